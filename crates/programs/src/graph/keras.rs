//! A network as Python for Keras 3, in the functional style.

use std::collections::BTreeMap;

use super::{Activation, Conv, ConvKind, Graph, Layer, Merge, Node, Pool, PoolKind};

/// The statements that build the network, one a line, from `inputs = …` to the name that the last
/// of them gives, which is the second value.
#[must_use]
pub fn statements(graph: &Graph) -> (Vec<String>, String) {
    let names = names(graph);
    let mut lines = Vec::new();
    for (place, node) in graph.nodes().iter().enumerate() {
        let inputs: Vec<&str> = node
            .inputs
            .iter()
            .map(|input| names[*input].as_str())
            .collect();
        let made = match node.layer {
            Layer::Input => format!("keras.Input(shape={})", tuple(&node.shape)),
            _ => applied(&node.layer, &inputs, graph.rank_before(node)),
        };
        lines.push(format!("{} = {made}", names[place]));
    }
    (lines, names[graph.output()].clone())
}

/// A name for the output of each layer: `x` all along where the network is a plain stack.
pub(super) fn names(graph: &Graph) -> Vec<String> {
    let is_stack = graph
        .nodes()
        .iter()
        .enumerate()
        .skip(1)
        .all(|(place, node)| node.inputs == [place - 1]);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let name = |node: &Node| {
        let noun = node.layer.noun();
        let count = counts.entry(noun).or_default();
        *count += 1;
        match node.layer {
            Layer::Input => "inputs".to_owned(),
            _ if is_stack => "x".to_owned(),
            _ => format!("{noun}{count}"),
        }
    };
    graph.nodes().iter().map(name).collect()
}

fn applied(layer: &Layer, inputs: &[&str], rank: usize) -> String {
    let first = inputs.first().copied().unwrap_or_default();
    match layer {
        Layer::Slice { start, end } => format!("{first}[..., {start}:{end}]"),
        Layer::Merge(_) | Layer::Concat => {
            format!("{}([{}])", made(layer, rank), inputs.join(", "))
        }
        layer => format!("{}({first})", made(layer, rank)),
    }
}

/// The call that makes a layer upon a tensor with `rank` axes beside its channels.
fn made(layer: &Layer, rank: usize) -> String {
    match layer {
        Layer::Input | Layer::Slice { .. } => String::new(),
        Layer::Conv(conv) => convolution(conv),
        Layer::Pool(pool) => pooling(pool),
        Layer::GlobalPool(kind) => format!("layers.Global{}Pooling{rank}D()", word(*kind)),
        Layer::Flatten => "layers.Flatten()".to_owned(),
        Layer::Dense { units, activation } => {
            format!("layers.Dense({units}{})", then(*activation))
        }
        Layer::Dropout { rate } => format!("layers.Dropout({rate})"),
        Layer::BatchNorm => "layers.BatchNormalization()".to_owned(),
        Layer::LayerNorm => "layers.LayerNormalization()".to_owned(),
        Layer::Activation(activation) => format!("layers.Activation(\"{}\")", activation.keras()),
        Layer::Merge(merge) => format!(
            "layers.{}()",
            match merge {
                Merge::Add => "Add",
                Merge::Multiply => "Multiply",
                Merge::Subtract => "Subtract",
                Merge::Maximum => "Maximum",
                Merge::Average => "Average",
            }
        ),
        Layer::Concat => "layers.Concatenate()".to_owned(),
        Layer::Reshape(shape) => format!("layers.Reshape({})", tuple(shape)),
        Layer::Permute(order) => format!("layers.Permute({})", tuple(order)),
        Layer::Upsample(factors) => match factors.as_slice() {
            [factor] => format!("layers.UpSampling1D({factor})"),
            factors => format!("layers.UpSampling2D({})", tuple(factors)),
        },
        Layer::Resize(lengths) => match lengths.as_slice() {
            [height, width] => format!("layers.Resizing({height}, {width})"),
            lengths => format!("layers.Resizing(1, {})", tuple(lengths)),
        },
        Layer::ZeroPad(sides) => match sides.as_slice() {
            [side] => format!("layers.ZeroPadding1D({side})"),
            sides => format!("layers.ZeroPadding2D({})", tuple(sides)),
        },
        Layer::Embedding { words, size } => format!("layers.Embedding({words}, {size})"),
        Layer::Recurrent(layer) => {
            let sequences = match layer.sequences {
                true => ", return_sequences=True",
                false => "",
            };
            let cell = format!("layers.{}({}{sequences})", layer.cell.keras(), layer.units);
            match layer.both_ways {
                true => format!("layers.Bidirectional({cell})"),
                false => cell,
            }
        }
    }
}

fn convolution(conv: &Conv) -> String {
    let rank = conv.kernel.len();
    let name = match conv.kind {
        ConvKind::Plain => format!("Conv{rank}D"),
        ConvKind::Depthwise => format!("DepthwiseConv{rank}D"),
        ConvKind::Separable => format!("SeparableConv{rank}D"),
        ConvKind::Transposed => format!("Conv{rank}DTranspose"),
    };
    let filters = match conv.kind {
        ConvKind::Depthwise => String::new(),
        _ => format!("{}, ", conv.filters),
    };
    let strides = match conv.strides.iter().all(|stride| *stride == 1) {
        true => String::new(),
        false => format!(", strides={}", tuple(&conv.strides)),
    };
    let padding = match conv.same {
        true => ", padding=\"same\"",
        false => "",
    };
    format!(
        "layers.{name}({filters}{}{strides}{padding}{})",
        tuple(&conv.kernel),
        then(conv.activation)
    )
}

fn pooling(pool: &Pool) -> String {
    let strides = match pool.strides == pool.size {
        true => String::new(),
        false => format!(", strides={}", tuple(&pool.strides)),
    };
    let padding = match pool.same {
        true => ", padding=\"same\"",
        false => "",
    };
    format!(
        "layers.{}Pooling{}D({}{strides}{padding})",
        word(pool.kind),
        pool.size.len(),
        tuple(&pool.size)
    )
}

fn word(kind: PoolKind) -> &'static str {
    match kind {
        PoolKind::Max => "Max",
        PoolKind::Average => "Average",
    }
}

fn then(activation: Activation) -> String {
    match activation {
        Activation::Linear => String::new(),
        activation => format!(", activation=\"{}\"", activation.keras()),
    }
}

/// Numbers as Python writes a tuple.
#[must_use]
pub fn tuple(numbers: &[usize]) -> String {
    let texts: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    match texts.as_slice() {
        [one] => format!("({one},)"),
        texts => format!("({})", texts.join(", ")),
    }
}
