//! Which layer of the graph a call of Keras makes.

use super::call::Given;
use super::value::{Made, Value};
use crate::graph::{
    Activation, Cell, Conv, ConvKind, Layer, Merge, Pool, PoolKind, Recurrent, Shape,
};

/// The layer that a call of that name makes; nothing where the name is none.
///
/// # Errors
/// When what it is given makes no layer, in a clause.
#[expect(
    clippy::too_many_lines,
    reason = "a table with one row for each layer, best read in one piece"
)]
pub fn made<'t>(
    name: &str,
    given: &Given<'t>,
    classes: Option<usize>,
) -> Result<Option<Made<'t>>, String> {
    let count = |name: &str, place: usize| count(given, name, place, classes);
    let layer = match name {
        "Conv1D"
        | "Conv2D"
        | "Convolution2D"
        | "SeparableConv1D"
        | "SeparableConv2D"
        | "SeparableConvolution2D"
        | "DepthwiseConv1D"
        | "DepthwiseConv2D"
        | "Conv1DTranspose"
        | "Conv2DTranspose" => {
            return convolution(name, given, classes).map(Some);
        }
        "MaxPooling1D" | "MaxPool1D" | "MaxPooling2D" | "MaxPool2D" => {
            pool(name, PoolKind::Max, given)?
        }
        "AveragePooling1D" | "AvgPool1D" | "AveragePooling2D" | "AvgPool2D" => {
            pool(name, PoolKind::Average, given)?
        }
        "GlobalMaxPooling1D" | "GlobalMaxPool1D" | "GlobalMaxPooling2D" | "GlobalMaxPool2D" => {
            Layer::GlobalPool(PoolKind::Max)
        }
        "GlobalAveragePooling1D"
        | "GlobalAvgPool1D"
        | "GlobalAveragePooling2D"
        | "GlobalAvgPool2D" => Layer::GlobalPool(PoolKind::Average),
        "Flatten" => Layer::Flatten,
        "Dense" => Layer::Dense {
            units: count("units", 0)?,
            activation: activation(given, 1)?,
        },
        "Dropout" | "SpatialDropout1D" | "SpatialDropout2D" => Layer::Dropout {
            rate: number(given, "rate", 0).ok_or("the rate of a Dropout is not said")?,
        },
        "BatchNormalization" => Layer::BatchNorm,
        "LayerNormalization" => Layer::LayerNorm,
        "Activation" => Layer::Activation(named_activation(given.get("activation", 0))?),
        "ReLU" => Layer::Activation(match number(given, "max_value", 0) {
            Some(most) if (most - 6.0).abs() < f64::EPSILON => Activation::Relu6,
            _ => Activation::Relu,
        }),
        "LeakyReLU" | "ELU" | "Softmax" | "PReLU" => Layer::Activation(match name {
            "ELU" => Activation::Elu,
            "Softmax" => Activation::Softmax,
            _ => Activation::LeakyRelu,
        }),
        "Add" => Layer::Merge(Merge::Add),
        "Multiply" => Layer::Merge(Merge::Multiply),
        "Subtract" => Layer::Merge(Merge::Subtract),
        "Maximum" => Layer::Merge(Merge::Maximum),
        "Average" => Layer::Merge(Merge::Average),
        "Concatenate" => Layer::Concat,
        "Reshape" => match given
            .get("target_shape", 0)
            .and_then(|shape| target(shape, false))
        {
            Some(shape) => Layer::Reshape(shape),
            None => return Err("the shape of a Reshape is not known".to_owned()),
        },
        "Permute" => match given.get("dims", 0).and_then(Value::list) {
            Some(order) => Layer::Permute(order.iter().filter_map(Value::as_count).collect()),
            None => return Err("the order of a Permute is not known".to_owned()),
        },
        "UpSampling1D" => Layer::Upsample(lengths(given, "size", 0, 1, 2)?),
        "UpSampling2D" => Layer::Upsample(lengths(given, "size", 0, 2, 2)?),
        "ZeroPadding2D" => Layer::ZeroPad(lengths(given, "padding", 0, 2, 1)?),
        "ZeroPadding1D" => Layer::ZeroPad(lengths(given, "padding", 0, 1, 1)?),
        "Embedding" => Layer::Embedding {
            words: count("input_dim", 0)?,
            size: count("output_dim", 1)?,
        },
        "LSTM" | "GRU" | "SimpleRNN" => Layer::Recurrent(Recurrent {
            cell: match name {
                "LSTM" => Cell::Lstm,
                "GRU" => Cell::Gru,
                _ => Cell::Simple,
            },
            units: count("units", 0)?,
            sequences: given
                .get("return_sequences", usize::MAX)
                .is_some_and(Value::is_true),
            both_ways: false,
        }),
        "Bidirectional" => return both_ways(given).map(Some),
        "TimeDistributed" => match given.plain.first() {
            Some(Value::Layer(inner)) => return Ok(Some(inner.as_ref().clone())),
            _ => return Err("TimeDistributed is given no layer".to_owned()),
        },
        "Lambda" => match given.get("function", 0) {
            Some(function) => return Ok(Some(Made::Runs(function.clone()))),
            None => return Err("a Lambda is given no function".to_owned()),
        },
        // They belong to the data, which the program brings in its own way.
        "Rescaling"
        | "Normalization"
        | "RandomFlip"
        | "RandomRotation"
        | "RandomZoom"
        | "GaussianNoise"
        | "ActivityRegularization"
        | "Identity" => {
            return Ok(Some(Made::Layers(vec![])));
        }
        _ => return Ok(None),
    };
    Ok(Some(Made::Layers(vec![layer])))
}

/// Names that begin like a layer's and are none: optimizers, losses, callbacks.
pub fn is_beside(name: &str) -> bool {
    const BESIDE: &[&str] = &[
        "Adam",
        "AdamW",
        "SGD",
        "RMSprop",
        "Adagrad",
        "Nadam",
        "SparseCategoricalCrossentropy",
        "CategoricalCrossentropy",
        "BinaryCrossentropy",
        "MeanSquaredError",
        "Accuracy",
        "EarlyStopping",
        "ModelCheckpoint",
        "ReduceLROnPlateau",
        "ImageDataGenerator",
        "L1",
        "L2",
        "L1L2",
        "GlorotUniform",
        "HeNormal",
        "Constant",
        "TensorBoard",
        "Tensor",
        "ExponentialDecay",
        "Path",
    ];
    BESIDE.contains(&name)
}

fn count(
    given: &Given<'_>,
    name: &str,
    place: usize,
    classes: Option<usize>,
) -> Result<usize, String> {
    let value = given.get(name, place);
    let named_classes = match value {
        Some(Value::Library(named)) if named.to_lowercase().contains("class") => classes,
        _ => None,
    };
    value
        .and_then(Value::as_count)
        .or(named_classes)
        .ok_or_else(|| format!("the number {name} is not known"))
}

fn number(given: &Given<'_>, name: &str, place: usize) -> Option<f64> {
    given.get(name, place).and_then(Value::as_number)
}

/// A number for every axis, or one for all.
fn lengths(
    given: &Given<'_>,
    name: &str,
    place: usize,
    rank: usize,
    otherwise: usize,
) -> Result<Vec<usize>, String> {
    let unknown = || format!("{name} is not known");
    match given.get(name, place) {
        None | Some(Value::Nothing) => Ok(vec![otherwise; rank]),
        Some(Value::Items(items)) => {
            let items = items.borrow();
            let lengths: Option<Vec<usize>> = items
                .iter()
                .map(|item| match item {
                    // ((1, 1), (1, 1)): the sides of an axis, of which the first counts.
                    Value::Items(sides) => sides.borrow().first().and_then(Value::as_count),
                    item => item.as_count(),
                })
                .collect();
            match lengths {
                Some(lengths) if lengths.len() == rank => Ok(lengths),
                Some(lengths) if lengths.len() == 1 => Ok(vec![lengths[0]; rank]),
                _ => Err(unknown()),
            }
        }
        Some(value) => Ok(vec![value.as_count().ok_or_else(unknown)?; rank]),
    }
}

fn convolution<'t>(
    name: &str,
    given: &Given<'t>,
    classes: Option<usize>,
) -> Result<Made<'t>, String> {
    let kind = match name {
        name if name.contains("Separable") => ConvKind::Separable,
        name if name.contains("Depthwise") => ConvKind::Depthwise,
        name if name.contains("Transpose") => ConvKind::Transposed,
        _ => ConvKind::Plain,
    };
    let rank = if name.contains('1') { 1 } else { 2 };
    let (filters, at) = match kind {
        ConvKind::Depthwise => (0, 0),
        _ => (count(given, "filters", 0, classes)?, 1),
    };
    let multiplier = match kind {
        ConvKind::Depthwise => number(given, "depth_multiplier", usize::MAX).unwrap_or(1.0),
        _ => 1.0,
    };
    if multiplier > 1.0 {
        return Err("a depth_multiplier above 1 is not known here".to_owned());
    }
    Ok(Made::Layers(vec![Layer::Conv(Conv {
        kind,
        filters,
        kernel: lengths(given, "kernel_size", at, rank, 3)?,
        strides: lengths(given, "strides", at + 1, rank, 1)?,
        same: is_same(given, at + 2),
        activation: activation(given, usize::MAX)?,
    })]))
}

fn pool(name: &str, kind: PoolKind, given: &Given<'_>) -> Result<Layer, String> {
    let rank = if name.contains('1') { 1 } else { 2 };
    let size = lengths(given, "pool_size", 0, rank, 2)?;
    let strides = match given.get("strides", 1) {
        None | Some(Value::Nothing) => size.clone(),
        Some(_) => lengths(given, "strides", 1, rank, 2)?,
    };
    Ok(Layer::Pool(Pool {
        kind,
        size,
        strides,
        same: is_same(given, 2),
    }))
}

fn is_same(given: &Given<'_>, place: usize) -> bool {
    matches!(given.get("padding", place), Some(Value::Text(padding)) if padding.eq_ignore_ascii_case("same"))
}

fn activation(given: &Given<'_>, place: usize) -> Result<Activation, String> {
    match given.get("activation", place) {
        None => Ok(Activation::Linear),
        value => named_activation(value),
    }
}

fn named_activation(value: Option<&Value<'_>>) -> Result<Activation, String> {
    let named = match value {
        Some(Value::Nothing) => return Ok(Activation::Linear),
        Some(Value::Text(name) | Value::Library(name)) => Activation::named(name),
        Some(Value::Layer(made)) => match made.as_ref() {
            Made::Layers(layers) => match layers.as_slice() {
                [Layer::Activation(activation)] => Some(*activation),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    };
    named.ok_or_else(|| "this activation is not known".to_owned())
}

fn both_ways<'t>(given: &Given<'t>) -> Result<Made<'t>, String> {
    if let Some(Value::Layer(made)) = given.get("layer", 0)
        && let Made::Layers(layers) = made.as_ref()
        && let [Layer::Recurrent(inner)] = layers.as_slice()
    {
        let mut inner = inner.clone();
        inner.both_ways = true;
        return Ok(Made::Layers(vec![Layer::Recurrent(inner)]));
    }
    Err("Bidirectional is given no recurrent layer".to_owned())
}

/// A shape as an `Input` is given it: its lengths, `None` for what varies.
pub fn shape(value: &Value<'_>) -> Option<Shape> {
    match value {
        Value::Items(items) => items.borrow().iter().map(Value::as_count).collect(),
        value => value.as_count().map(|length| vec![length]),
    }
}

/// A shape to be brought into: -1 is `usize::MAX` until the rest is known. `with_batch`: the first
/// length is the batch's.
pub fn target(value: &Value<'_>, with_batch: bool) -> Option<Shape> {
    let lengths = match value {
        Value::Items(items) => items.borrow().clone(),
        value => vec![value.clone()],
    };
    lengths
        .iter()
        .skip(usize::from(with_batch))
        .map(|length| match length {
            Value::Int(-1) | Value::Nothing => Some(usize::MAX),
            length => length.as_count(),
        })
        .collect()
}
