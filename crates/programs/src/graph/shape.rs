//! What shape comes out of a layer, by the rules that Keras and PyTorch share.

use super::{Conv, ConvKind, GraphError, Layer, Shape, describe};

/// The shape after a layer that is given tensors of these shapes.
#[expect(
    clippy::too_many_lines,
    reason = "a table with one row for each layer, best read in one piece"
)]
pub fn after(layer: &Layer, shapes: &[&[usize]]) -> Result<Shape, GraphError> {
    let first = shapes.first().copied().unwrap_or_default();
    let unfit = || GraphError::Unfit {
        layer: describe(layer),
        shape: first.to_vec(),
    };
    Ok(match layer {
        Layer::Input
        | Layer::Dropout { .. }
        | Layer::BatchNorm
        | Layer::LayerNorm
        | Layer::Activation(_) => first.to_vec(),
        Layer::Conv(conv) => convolved(conv, first).ok_or_else(unfit)?,
        Layer::Pool(pool) => {
            let lengths = windows(first, &pool.size, &pool.strides, pool.same).ok_or_else(unfit)?;
            with_channels(lengths, *first.last().ok_or_else(unfit)?)
        }
        Layer::GlobalPool(_) => match first {
            [_, .., channels] => vec![*channels],
            _ => return Err(unfit()),
        },
        Layer::Flatten => vec![first.iter().product()],
        Layer::Dense { units, .. } => match first.split_last() {
            Some((_, lengths)) => with_channels(lengths.to_vec(), *units),
            None => return Err(unfit()),
        },
        Layer::Merge(_) => spread(layer, shapes)?,
        Layer::Concat => {
            let channels = shapes.iter().filter_map(|shape| shape.last()).sum();
            let (_, lengths) = first.split_last().ok_or_else(unfit)?;
            with_channels(lengths.to_vec(), channels)
        }
        Layer::Reshape(shape) => {
            if shape.iter().product::<usize>() != first.iter().product::<usize>() {
                return Err(GraphError::Mismatch {
                    layer: "a reshape".to_owned(),
                    shapes: format!("{first:?} and {shape:?}"),
                });
            }
            shape.clone()
        }
        Layer::Permute(order) => {
            let mut sorted = order.clone();
            sorted.sort_unstable();
            if sorted != (1..=first.len()).collect::<Vec<_>>() {
                return Err(unfit());
            }
            order.iter().map(|axis| first[axis - 1]).collect()
        }
        Layer::Slice { start, end } => match first.split_last() {
            Some((channels, lengths)) if start < end && end <= channels => {
                with_channels(lengths.to_vec(), end - start)
            }
            _ => return Err(unfit()),
        },
        Layer::Upsample(factors) => {
            scaled(first, factors, |length, factor| length * factor).ok_or_else(unfit)?
        }
        Layer::Resize(lengths) => scaled(first, lengths, |_, length| length).ok_or_else(unfit)?,
        Layer::ZeroPad(sides) => {
            scaled(first, sides, |length, side| length + 2 * side).ok_or_else(unfit)?
        }
        Layer::Embedding { size, .. } => match first {
            [length] => vec![*length, *size],
            _ => return Err(unfit()),
        },
        Layer::Recurrent(layer) => match first {
            [length, _] => {
                let units = layer.units * if layer.both_ways { 2 } else { 1 };
                match layer.sequences {
                    true => vec![*length, units],
                    false => vec![units],
                }
            }
            _ => return Err(unfit()),
        },
    })
}

fn with_channels(mut lengths: Shape, channels: usize) -> Shape {
    lengths.push(channels);
    lengths
}

fn scaled(shape: &[usize], by: &[usize], change: impl Fn(usize, usize) -> usize) -> Option<Shape> {
    let (channels, lengths) = shape.split_last()?;
    if lengths.len() != by.len() {
        return None;
    }
    let lengths = lengths
        .iter()
        .zip(by)
        .map(|(length, by)| change(*length, *by))
        .collect();
    Some(with_channels(lengths, *channels))
}

fn convolved(conv: &Conv, shape: &[usize]) -> Option<Shape> {
    let (channels, lengths) = shape.split_last()?;
    let filters = match conv.kind {
        ConvKind::Depthwise => *channels,
        _ => conv.filters,
    };
    if conv.kind == ConvKind::Transposed {
        let lengths = (lengths.len() == conv.kernel.len()).then(|| {
            let sides = lengths.iter().zip(&conv.strides).zip(&conv.kernel);
            sides
                .map(|((length, stride), kernel)| match conv.same {
                    true => length * stride,
                    false => (length - 1) * stride + kernel.max(stride),
                })
                .collect::<Shape>()
        })?;
        return Some(with_channels(lengths, filters));
    }
    let lengths = windows(shape, &conv.kernel, &conv.strides, conv.same)?;
    Some(with_channels(lengths, filters))
}

/// How many windows there are along each axis.
fn windows(shape: &[usize], size: &[usize], strides: &[usize], same: bool) -> Option<Shape> {
    let (_, lengths) = shape.split_last()?;
    if lengths.len() != size.len() || lengths.len() != strides.len() {
        return None;
    }
    lengths
        .iter()
        .zip(size)
        .zip(strides)
        .map(|((length, window), stride)| match same {
            true => Some(length.div_ceil(*stride)),
            false => Some(length.checked_sub(*window)? / stride + 1),
        })
        .collect()
}

/// The shape of several tensors of which the smaller are spread over the larger.
fn spread(layer: &Layer, shapes: &[&[usize]]) -> Result<Shape, GraphError> {
    let mismatch = || GraphError::Mismatch {
        layer: describe(layer),
        shapes: format!("{shapes:?}"),
    };
    let rank = shapes.first().map_or(0, |shape| shape.len());
    if shapes.iter().any(|shape| shape.len() != rank) {
        return Err(mismatch());
    }
    (0..rank)
        .map(|axis| {
            let most = shapes.iter().map(|shape| shape[axis]).max().unwrap_or(1);
            let fits = shapes
                .iter()
                .all(|shape| shape[axis] == most || shape[axis] == 1);
            fits.then_some(most).ok_or_else(mismatch)
        })
        .collect()
}
