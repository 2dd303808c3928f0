//! Compositions: where a motif stands, and what is behind it.
//!
//! Every function returns the lines inside an `<svg>` of a fixed size, without the tag itself.

use super::Chance;

/// A motif placed so that it stands on `floor` with its middle at `x`.
fn placed(id: &str, x: f64, floor: f64, size: f64) -> String {
    let scale = size / 200.0;
    format!(
        "<use href=\"#m-{id}\" x=\"{:.0}\" y=\"{:.0}\" width=\"{size:.0}\" height=\"{size:.0}\"/>",
        x - size / 2.0,
        floor - 180.0 * scale
    )
}

fn rect(class: &str, x: f64, y: f64, width: f64, height: f64) -> String {
    format!(
        "<rect class=\"{class}\" x=\"{x:.0}\" y=\"{y:.0}\" width=\"{width:.0}\" height=\"{height:.0}\"/>"
    )
}

fn circle(class: &str, x: f64, y: f64, radius: f64) -> String {
    format!("<circle class=\"{class}\" cx=\"{x:.0}\" cy=\"{y:.0}\" r=\"{radius:.0}\"/>")
}

/// A window with a round top.
fn arch(class: &str, x: f64, top: f64, width: f64, bottom: f64) -> String {
    let r = width / 2.0;
    format!(
        "<path class=\"{class}\" d=\"M{:.0} {bottom:.0}V{:.0}a{r:.0} {r:.0} 0 0 1 {width:.0} 0V{bottom:.0}z\"/>",
        x - r,
        top + r
    )
}

/// What stands behind a motif of `size` on `floor`, in an area from `left` to `right`.
fn backdrop(which: usize, left: f64, right: f64, top: f64, floor: f64) -> Vec<String> {
    let middle = f64::midpoint(left, right);
    let width = right - left;
    let height = floor - top;
    match which % 5 {
        0 => vec![
            arch("t", middle, top + height * 0.10, width * 0.72, floor),
            circle(
                "a",
                middle + width * 0.25,
                top + height * 0.22,
                width * 0.09,
            ),
        ],
        1 => vec![
            circle(
                "p",
                middle,
                top + height * 0.52,
                (width * 0.40).min(height * 0.46),
            ),
            format!(
                "<circle class=\"sa\" stroke-width=\"3\" cx=\"{middle:.0}\" cy=\"{:.0}\" r=\"{:.0}\"/>",
                top + height * 0.52,
                (width * 0.45).min(height * 0.51)
            ),
        ],
        2 => stripes(left, right, top, floor),
        3 => vec![
            arch(
                "p",
                middle - width * 0.16,
                top + height * 0.22,
                width * 0.46,
                floor,
            ),
            arch(
                "t",
                middle + width * 0.17,
                top + height * 0.10,
                width * 0.46,
                floor,
            ),
        ],
        _ => vec![
            circle(
                "a",
                middle - width * 0.22,
                top + height * 0.30,
                width * 0.15,
            ),
            format!(
                "<path class=\"t\" d=\"M{left:.0} {floor:.0}V{:.0}c{:.0} {:.0} {:.0} {:.0} {width:.0} 0V{floor:.0}z\"/>",
                top + height * 0.62,
                width * 0.30,
                -height * 0.30,
                width * 0.62,
                height * 0.16
            ),
        ],
    }
}

fn stripes(left: f64, right: f64, top: f64, floor: f64) -> Vec<String> {
    let step = (right - left) / 10.0;
    let mut lines = Vec::new();
    let mut x = left + step / 2.0;
    while x < right - step / 4.0 {
        lines.push(rect("t", x, top, step / 2.0, floor - top));
        x += step;
    }
    lines
}

/// A picture in portrait, 480 by 560: the motif large, a companion small beside it.
#[must_use]
pub fn scene(motif: &str, companion: Option<&str>, seed: u32) -> Vec<String> {
    let mut chance = Chance::new(seed);
    let floor = 452.0;
    let mut lines = vec![rect("g", 0.0, 0.0, 480.0, 560.0)];
    lines.extend(backdrop(chance.below(5), 0.0, 480.0, 0.0, floor));
    lines.push(rect("d", 0.0, floor, 480.0, 108.0));
    lines.push(rect("b", 0.0, floor, 480.0, 14.0));
    match companion {
        Some(companion) => {
            lines.push(placed(companion, 392.0, floor + 18.0, 150.0));
            lines.push(placed(motif, 196.0, floor + 40.0, 310.0));
        }
        None => lines.push(placed(motif, 240.0, floor + 40.0, 360.0)),
    }
    lines
}

/// A picture in landscape, 1200 by 460: three windows side by side.
#[must_use]
pub fn panorama(motifs: &[&str], seed: u32) -> Vec<String> {
    let mut chance = Chance::new(seed);
    let first = chance.below(5);
    let floor = 384.0;
    let grounds = ["g", "b", "g"];
    let mut lines = Vec::new();
    for (place, ground) in grounds.into_iter().enumerate() {
        let left = [0.0, 400.0, 800.0][place];
        let motif = motifs
            .get(place % motifs.len().max(1))
            .copied()
            .unwrap_or("wave");
        lines.push(rect(ground, left, 0.0, 400.0, 460.0));
        let which = first + place * 2 + 1;
        if ground == "g" {
            lines.extend(backdrop(which, left, left + 400.0, 0.0, floor));
            lines.push(rect("d", left, floor, 400.0, 76.0));
        } else {
            // On the brand's own colour the motif needs a light window to be seen in.
            lines.push(arch("g", left + 200.0, 40.0, 300.0, floor));
            lines.push(circle("a", left + 290.0, 92.0, 26.0));
            lines.push(rect("d", left, floor, 400.0, 76.0));
        }
        lines.push(placed(motif, left + 200.0, floor + 26.0, 270.0));
    }
    lines
}

/// A picture of one thing, 400 by 300.
#[must_use]
pub fn tile(motif: &str, seed: u32) -> Vec<String> {
    let mut chance = Chance::new(seed);
    let floor = 250.0;
    let mut lines = vec![rect("g", 0.0, 0.0, 400.0, 300.0)];
    lines.extend(backdrop(chance.below(5), 30.0, 370.0, 0.0, floor));
    lines.push(rect("t", 0.0, floor, 400.0, 50.0));
    lines.push(placed(motif, 200.0, floor + 22.0, 218.0));
    lines
}

/// A composition of quarter circles and bars, 400 by 400: what hangs in a gallery.
#[must_use]
pub fn poster(seed: u32) -> Vec<String> {
    let mut chance = Chance::new(seed);
    let inks = ["b", "a", "d", "m", "p", "t"];
    let mut lines = vec![rect("g", 0.0, 0.0, 400.0, 400.0)];
    for row in 0..4_u8 {
        for column in 0..4_u8 {
            let (x, y) = (f64::from(column) * 100.0, f64::from(row) * 100.0);
            let ink = inks[chance.below(inks.len())];
            match chance.below(8) {
                0 => lines.push(circle(ink, x + 50.0, y + 50.0, 50.0)),
                1 => lines.push(rect(ink, x, y, 100.0, 100.0)),
                2 => lines.push(format!(
                    "<path class=\"{ink}\" d=\"M{x} {y}h100a100 100 0 0 1-100 100z\"/>"
                )),
                3 => lines.push(format!(
                    "<path class=\"{ink}\" d=\"M{} {y}v100h-100a100 100 0 0 1 100-100z\"/>",
                    x + 100.0
                )),
                4 => lines.push(format!(
                    "<path class=\"{ink}\" d=\"M{x} {}a50 50 0 0 1 100 0z\"/>",
                    y + 100.0
                )),
                5 => lines.push(format!(
                    "<path class=\"{ink}\" d=\"M{x} {y}l100 100h-100z\"/>"
                )),
                6 => {
                    lines.push(circle(ink, x + 50.0, y + 50.0, 32.0));
                    lines.push(format!(
                        "<circle class=\"sd\" stroke-width=\"4\" cx=\"{}\" cy=\"{}\" r=\"44\"/>",
                        x + 50.0,
                        y + 50.0
                    ));
                }
                _ => {}
            }
        }
    }
    lines
}

/// Somebody, 200 by 200, without a face of their own.
#[must_use]
pub fn portrait(seed: u32) -> Vec<String> {
    let mut chance = Chance::new(seed);
    let ground = ["t", "g", "m", "a"][chance.below(4)];
    let coat = ["b", "d"][chance.below(2)];
    let hair = match chance.below(4) {
        0 => "M66 84c-4-44 72-46 68 0-6-18-20-24-34-24s-28 6-34 24z",
        1 => {
            "M62 122c-8-50-2-82 38-82s46 32 38 82c-10-6-10-30-12-42-14-2-36-6-44-16-6 18-8 46-20 58z"
        }
        2 => "M66 82c0-12 4-26 14-32-6-16 46-18 44 2 8 6 10 18 10 30-18-10-46-16-68 0z",
        _ => {
            "M64 92c-10-34 16-56 40-52 26-2 40 22 32 52-2-14-8-22-14-26-16 8-40 6-48 2-6 6-8 14-10 24z"
        }
    };
    vec![
        rect(ground, 0.0, 0.0, 200.0, 200.0),
        format!("<path class=\"{coat}\" d=\"M28 200c0-44 34-60 72-60s72 16 72 60z\"/>"),
        "<path class=\"p\" d=\"M84 116h32v30c-8 12-24 12-32 0z\"/>".to_owned(),
        "<ellipse class=\"p\" cx=\"100\" cy=\"92\" rx=\"33\" ry=\"38\"/>".to_owned(),
        format!("<path class=\"l\" d=\"{hair}\"/>"),
    ]
}

/// Streets with a pin, 480 by 400.
#[must_use]
pub fn map(seed: u32) -> Vec<String> {
    let mut chance = Chance::new(seed);
    let tilt = [-14, -8, 9, 15][chance.below(4)];
    let mut lines = vec![rect("g", 0.0, 0.0, 480.0, 400.0)];
    lines.push(format!("<g transform=\"rotate({tilt} 240 200)\">"));
    lines.push(
        "  <path class=\"t\" d=\"M-80 300c140-60 220 40 340-10s180-60 320-20v240h-660z\"/>"
            .to_owned(),
    );
    lines.push(format!("  {}", rect("m", -60.0, 40.0, 190.0, 120.0)));
    for (x, width) in [(-20.0, 12.0), (150.0, 18.0), (300.0, 12.0), (410.0, 14.0)] {
        lines.push(format!("  {}", rect("p", x, -120.0, width, 640.0)));
    }
    for (y, width) in [(14.0, 12.0), (176.0, 20.0), (262.0, 10.0)] {
        lines.push(format!("  {}", rect("p", -120.0, y, 760.0, width)));
    }
    lines.push("</g>".to_owned());
    lines.push(
        "<ellipse class=\"l\" cx=\"240\" cy=\"212\" rx=\"26\" ry=\"8\" opacity=\".35\"/>"
            .to_owned(),
    );
    lines.push(
        "<path class=\"b\" d=\"M240 210c-40-48-56-72-56-98a56 56 0 0 1 112 0c0 26-16 50-56 98z\"/>"
            .to_owned(),
    );
    lines.push(circle("p", 240.0, 112.0, 24.0));
    lines
}
