//! Pictures for the documentation: as PNG with 256 colours, a quarter of the bytes.

use std::collections::HashMap;

use color_quant::NeuQuant;

/// Colours that are kept exactly, because large areas have them.
const EXACT: usize = 64;
/// Colours in all.
const COLOURS: usize = 256;
/// One of so many points is looked at to find the other colours.
const SAMPLED: i32 = 7;

type Colour = [u8; 3];

/// The same picture with few colours.
///
/// # Panics
/// When it is no PNG of eight bits.
#[must_use]
pub fn small(picture: &[u8]) -> Vec<u8> {
    let (width, height, points) = read(picture);
    let palette = palette(&points);
    let mut known = HashMap::new();
    let indices: Vec<u8> = points
        .iter()
        .map(|point| {
            *known
                .entry(*point)
                .or_insert_with(|| nearest(&palette, *point))
        })
        .collect();
    let mut small = Vec::new();
    let mut encoder = png::Encoder::new(&mut small, width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette.concat());
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header().expect("a header can be written");
    writer
        .write_image_data(&indices)
        .expect("the points can be written");
    writer.finish().expect("the end can be written");
    small
}

fn read(picture: &[u8]) -> (u32, u32, Vec<Colour>) {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(picture));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().expect("this is a PNG");
    let mut bytes = vec![0; reader.output_buffer_size().expect("it fits into memory")];
    let frame = reader.next_frame(&mut bytes).expect("it can be read");
    let parts = match frame.color_type {
        png::ColorType::Rgb => 3,
        png::ColorType::Rgba => 4,
        other => panic!("{other:?} is no picture of a window"),
    };
    let points = bytes[..frame.buffer_size()].chunks_exact(parts);
    let points = points.map(|point| [point[0], point[1], point[2]]);
    (frame.width, frame.height, points.collect())
}

/// The colours of large areas, and others that fit the rest.
fn palette(points: &[Colour]) -> Vec<Colour> {
    let mut counts: HashMap<Colour, usize> = HashMap::new();
    for point in points {
        *counts.entry(*point).or_default() += 1;
    }
    let mut colours: Vec<(usize, Colour)> = counts
        .into_iter()
        .map(|(colour, count)| (count, colour))
        .collect();
    colours.sort_unstable_by(|a, b| b.cmp(a));
    if colours.len() <= COLOURS {
        return colours.into_iter().map(|(_, colour)| colour).collect();
    }
    let exact = colours.iter().take(EXACT).map(|(_, colour)| *colour);
    let rest: Vec<u8> = colours
        .iter()
        .skip(EXACT)
        // A colour counts as often as it is seen, but no area counts for all the others.
        .flat_map(|(count, colour)| std::iter::repeat_n(*colour, (*count).min(200)))
        .flat_map(|[red, green, blue]| [red, green, blue, 255])
        .collect();
    let found = NeuQuant::new(SAMPLED, COLOURS - EXACT, &rest);
    let found = found.color_map_rgb();
    let found = found
        .chunks_exact(3)
        .map(|part| [part[0], part[1], part[2]]);
    exact.chain(found).collect()
}

fn nearest(palette: &[Colour], point: Colour) -> u8 {
    let distance = |colour: &Colour| -> i32 {
        let parts = colour.iter().zip(point);
        parts
            .map(|(one, other)| (i32::from(*one) - i32::from(other)).pow(2))
            .sum()
    };
    let found = palette
        .iter()
        .enumerate()
        .min_by_key(|(_, colour)| distance(colour));
    found.map_or(0, |(at, _)| u8::try_from(at).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture in which every column has a colour of its own, before a ground of one colour.
    fn striped(columns: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, columns, 8);
        encoder.set_color(png::ColorType::Rgba);
        let row = (0..columns).flat_map(|x| {
            let shade = u8::try_from(x % 256).unwrap();
            let high = u8::try_from(x / 256).unwrap();
            if x % 2 == 0 {
                [250, 246, 240, 255]
            } else {
                [shade, high, 90, 255]
            }
        });
        let row: Vec<u8> = row.collect();
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(&row.repeat(8)).unwrap();
        writer.finish().unwrap();
        bytes
    }

    #[test]
    fn few_colours_stay_as_they_are_and_the_ground_always_does() {
        let (few, many) = (striped(64), striped(2_000));
        assert_eq!(read(&small(&few)), read(&few));
        let (width, height, points) = read(&small(&many));
        assert_eq!((width, height), (2_000, 8));
        assert!(
            points
                .iter()
                .step_by(2)
                .all(|point| *point == [250, 246, 240])
        );
        let far = points.iter().zip(read(&many).2).map(|(one, other)| {
            one.iter()
                .zip(other)
                .map(|(one, other)| one.abs_diff(other))
                .max()
        });
        assert!(far.max().flatten().unwrap() < 24);
    }
}
