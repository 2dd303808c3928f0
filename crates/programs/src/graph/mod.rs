//! A network as a graph of layers whose shapes are known: built step by step, each step checked as
//! the frameworks would check it, so that a program written from it builds.
//!
//! What does not fit is mended where there is one plain way (a projection before an addition, zeros
//! around a window that is larger than its picture) and said; otherwise it is an error that names
//! the layer. Nothing here knows Python.

mod finish;
pub mod keras;
mod layer;
mod shape;
pub mod torch;

pub use layer::{Activation, Cell, Conv, ConvKind, Layer, Merge, Pool, PoolKind, Recurrent, Shape};

/// Most layers of a network.
const MOST_NODES: usize = 2_000;

/// Largest number that a layer may be given.
const MOST_UNITS: usize = 65_536;

/// A network.
#[derive(Debug, Clone, PartialEq)]
pub struct Graph {
    nodes: Vec<Node>,
    output: usize,
    /// What was mended, a clause each.
    mended: Vec<String>,
}

/// A layer in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Which.
    pub layer: Layer,
    /// Where its input comes from.
    pub inputs: Vec<usize>,
    /// What comes out.
    pub shape: Shape,
}

/// Why a layer does not fit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GraphError {
    /// It wants another sort of tensor.
    #[error("{layer} cannot take a tensor of shape {shape:?}")]
    Unfit {
        /// Which layer.
        layer: String,
        /// What it was given.
        shape: Shape,
    },
    /// The shapes of what is to be joined do not go together.
    #[error("{layer} cannot join tensors of the shapes {shapes}")]
    Mismatch {
        /// Which layer.
        layer: String,
        /// What it was given.
        shapes: String,
    },
    /// A number that no layer can have.
    #[error("{0}")]
    Number(String),
    /// More than is sensible.
    #[error("the network has more than {MOST_NODES} layers")]
    TooLarge,
}

impl Graph {
    /// A network that is given a tensor of that shape.
    #[must_use]
    pub fn new(input: Shape) -> Self {
        let input = Node {
            layer: Layer::Input,
            inputs: vec![],
            shape: input,
        };
        Self {
            nodes: vec![input],
            output: 0,
            mended: vec![],
        }
    }

    /// The layers, each after those that it stands on.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The place of the last layer.
    #[must_use]
    pub fn output(&self) -> usize {
        self.output
    }

    /// What was mended, a clause each.
    #[must_use]
    pub fn mended(&self) -> &[String] {
        &self.mended
    }

    /// What comes out of a layer.
    #[must_use]
    pub fn shape(&self, node: usize) -> &[usize] {
        self.nodes.get(node).map_or(&[], |node| &node.shape)
    }

    /// How many axes beside the channels a layer's first input has.
    fn rank_before(&self, node: &Node) -> usize {
        let input = node.inputs.first().copied().unwrap_or_default();
        self.shape(input).len().saturating_sub(1)
    }

    /// What the network is given.
    #[must_use]
    pub fn input_shape(&self) -> &[usize] {
        self.shape(0)
    }

    /// Says which layer's output is the network's.
    pub fn set_output(&mut self, node: usize) {
        self.output = node;
    }

    /// Puts a layer upon others and returns its place.
    ///
    /// # Errors
    /// When it does not fit and there is no plain way to make it fit.
    pub fn push(&mut self, layer: Layer, inputs: &[usize]) -> Result<usize, GraphError> {
        if self.nodes.len() >= MOST_NODES {
            return Err(GraphError::TooLarge);
        }
        let (layer, inputs) = self.fitted(layer, inputs)?;
        let shapes: Vec<&[usize]> = inputs.iter().map(|input| self.shape(*input)).collect();
        let shape = shape::after(&layer, &shapes)?;
        if shape.contains(&0) {
            return Err(GraphError::Number(format!(
                "after {} nothing is left: {shape:?}",
                describe(&layer)
            )));
        }
        self.nodes.push(Node {
            layer,
            inputs,
            shape,
        });
        self.output = self.nodes.len() - 1;
        Ok(self.output)
    }

    /// The layer and its inputs, changed where that makes them fit.
    fn fitted(
        &mut self,
        layer: Layer,
        inputs: &[usize],
    ) -> Result<(Layer, Vec<usize>), GraphError> {
        check_numbers(&layer)?;
        match layer {
            Layer::Merge(_) if inputs.len() > 1 => {
                let inputs = self.merged(inputs)?;
                Ok((layer, inputs))
            }
            Layer::Concat if inputs.len() > 1 => {
                let inputs = self.joined(inputs)?;
                Ok((layer, inputs))
            }
            Layer::Merge(_) | Layer::Concat if inputs.is_empty() => Err(GraphError::Number(
                format!("{} is given nothing to join", describe(&layer)),
            )),
            layer if inputs.len() != 1 => Err(GraphError::Number(format!(
                "{} takes one tensor and is given {}",
                describe(&layer),
                inputs.len()
            ))),
            Layer::Conv(conv) => self.fitted_conv(conv, inputs[0]),
            Layer::Pool(pool) => self.fitted_pool(pool, inputs[0]),
            Layer::Recurrent(_) => {
                let rows = self.as_rows(inputs[0])?;
                Ok((layer, vec![rows]))
            }
            layer => Ok((layer, inputs.to_vec())),
        }
    }

    /// A window that is larger than what it looks at goes over the edge.
    fn fitted_conv(
        &mut self,
        mut conv: Conv,
        input: usize,
    ) -> Result<(Layer, Vec<usize>), GraphError> {
        let lengths = self.shape(input).to_vec();
        if !conv.same && is_too_small(&lengths, &conv.kernel) && conv.kind != ConvKind::Transposed {
            self.mended.push(format!(
                "a {} convolution had no room and got padding",
                by(&conv.kernel)
            ));
            conv.same = true;
        }
        Ok((Layer::Conv(conv), vec![input]))
    }

    fn fitted_pool(
        &mut self,
        mut pool: Pool,
        input: usize,
    ) -> Result<(Layer, Vec<usize>), GraphError> {
        let lengths = self.shape(input).to_vec();
        if !pool.same && is_too_small(&lengths, &pool.size) {
            self.mended.push(format!(
                "a {} pooling had no room and got padding",
                by(&pool.size)
            ));
            pool.same = true;
        }
        Ok((Layer::Pool(pool), vec![input]))
    }

    /// A picture as a sequence of its rows, for layers that read sequences.
    fn as_rows(&mut self, input: usize) -> Result<usize, GraphError> {
        match *self.shape(input) {
            [height, width, channels] => {
                self.push(Layer::Reshape(vec![height, width * channels]), &[input])
            }
            [length] => self.push(Layer::Reshape(vec![length, 1]), &[input]),
            _ => Ok(input),
        }
    }

    /// Tensors of one shape, or such as one is spread over the other.
    fn merged(&mut self, inputs: &[usize]) -> Result<Vec<usize>, GraphError> {
        let target = self.target(inputs);
        let wanted = self.shape(target).to_vec();
        inputs
            .iter()
            .map(|input| self.brought_to(*input, &wanted))
            .collect()
    }

    /// Which of several tensors the others are brought to: the one with the most axes, and of those
    /// the smallest picture with the most channels. The network's own input stays as it is where it
    /// is the smallest picture.
    fn target(&self, inputs: &[usize]) -> usize {
        let size = |input: usize| {
            let shape = self.shape(input);
            let (channels, lengths) = shape.split_last().unwrap_or((&0, &[]));
            let is_spread = lengths.iter().all(|length| *length == 1);
            let area: usize = lengths.iter().product();
            (
                shape.len(),
                !is_spread,
                std::cmp::Reverse(area),
                input == 0,
                *channels,
            )
        };
        inputs
            .iter()
            .copied()
            .max_by_key(|input| size(*input))
            .unwrap_or_default()
    }

    fn brought_to(&mut self, input: usize, wanted: &[usize]) -> Result<usize, GraphError> {
        let shape = self.shape(input).to_vec();
        let (Some((has, lengths)), Some((channels, wanted_lengths))) =
            (shape.split_last(), wanted.split_last())
        else {
            return Ok(input);
        };
        if lengths.is_empty() && !wanted_lengths.is_empty() {
            // A weight for each channel is spread over the picture.
            let mut spread = vec![1; wanted_lengths.len()];
            spread.push(*has);
            let reshaped = self.push(Layer::Reshape(spread), &[input])?;
            return self.brought_to(reshaped, wanted);
        }
        if lengths.len() != wanted_lengths.len() {
            return Err(GraphError::Mismatch {
                layer: "an addition or product".to_owned(),
                shapes: format!("{shape:?} and {wanted:?}"),
            });
        }
        let mut input = input;
        let is_spread = lengths.iter().all(|length| *length == 1);
        if lengths != wanted_lengths && !is_spread {
            input = self.resized(input, wanted_lengths)?;
        }
        if has != channels && *has != 1 {
            input = self.projected(input, *channels)?;
        }
        Ok(input)
    }

    /// Another number of channels, by a projection that is learnt.
    fn projected(&mut self, input: usize, channels: usize) -> Result<usize, GraphError> {
        let rank = self.shape(input).len().saturating_sub(1);
        self.mended.push(format!(
            "{} channels are projected to {channels} so that they can be combined",
            self.shape(input).last().copied().unwrap_or_default()
        ));
        let layer = match rank {
            0 => Layer::Dense {
                units: channels,
                activation: Activation::Linear,
            },
            rank => Layer::Conv(Conv {
                kind: ConvKind::Plain,
                filters: channels,
                kernel: vec![1; rank],
                strides: vec![1; rank],
                same: true,
                activation: Activation::Linear,
            }),
        };
        self.push(layer, &[input])
    }

    /// Another height and width: by pooling where it divides, otherwise by resampling.
    fn resized(&mut self, input: usize, wanted: &[usize]) -> Result<usize, GraphError> {
        let shape = self.shape(input).to_vec();
        let lengths = &shape[..shape.len() - 1];
        self.mended.push(format!(
            "{} is brought to {} so that they can be combined",
            by(lengths),
            by(wanted)
        ));
        let strides: Vec<usize> = lengths
            .iter()
            .zip(wanted)
            .map(|(has, wanted)| has.div_ceil(*wanted))
            .collect();
        let divides = lengths
            .iter()
            .zip(&strides)
            .zip(wanted)
            .all(|((has, stride), wanted)| has.div_ceil(*stride) == *wanted);
        if divides {
            let pool = Pool {
                kind: PoolKind::Average,
                size: strides.clone(),
                strides,
                same: true,
            };
            return self.push(Layer::Pool(pool), &[input]);
        }
        self.push(Layer::Resize(wanted.to_vec()), &[input])
    }

    /// Tensors that differ in the last axis alone.
    fn joined(&mut self, inputs: &[usize]) -> Result<Vec<usize>, GraphError> {
        let ranks: Vec<usize> = inputs
            .iter()
            .map(|input| self.shape(*input).len())
            .collect();
        let most = ranks.iter().copied().max().unwrap_or_default();
        if ranks.iter().any(|rank| *rank != most) {
            return inputs
                .iter()
                .map(|input| match self.shape(*input).len() {
                    1 => Ok(*input),
                    _ => self.push(Layer::Flatten, &[*input]),
                })
                .collect();
        }
        let mut lengths = self.shape(inputs[0])[..most - 1].to_vec();
        for input in inputs {
            for (least, length) in lengths.iter_mut().zip(self.shape(*input)) {
                *least = (*least).min(*length);
            }
        }
        inputs
            .iter()
            .map(|input| {
                let shape = self.shape(*input);
                match shape[..most - 1] == lengths {
                    true => Ok(*input),
                    false => self.resized(*input, &lengths),
                }
            })
            .collect()
    }
}

fn is_too_small(shape: &[usize], window: &[usize]) -> bool {
    shape.len() == window.len() + 1
        && shape
            .iter()
            .zip(window)
            .any(|(length, window)| length < window)
}

/// Refuses numbers that no network has, so that no program is written that eats all memory.
fn check_numbers(layer: &Layer) -> Result<(), GraphError> {
    let (least, most) = match layer {
        Layer::Dense { units, .. } => (*units, *units),
        Layer::Conv(conv) => {
            let windows = conv.kernel.iter().chain(&conv.strides);
            let least = windows.clone().copied().min().unwrap_or(1);
            let filters = match conv.kind {
                ConvKind::Depthwise => 1,
                _ => conv.filters,
            };
            (
                least.min(filters),
                windows.copied().max().unwrap_or(1).max(filters),
            )
        }
        Layer::Pool(pool) => {
            let windows = pool.size.iter().chain(&pool.strides);
            (
                windows.clone().copied().min().unwrap_or(1),
                windows.copied().max().unwrap_or(1),
            )
        }
        Layer::Recurrent(layer) => (layer.units, layer.units),
        Layer::Embedding { words, size } => (*words.min(size), *size),
        Layer::Dropout { rate } if !(0.0..1.0).contains(rate) => {
            return Err(GraphError::Number(format!(
                "a dropout of {rate} is not between 0 and 1"
            )));
        }
        _ => (1, 1),
    };
    if least == 0 || most > MOST_UNITS {
        return Err(GraphError::Number(format!(
            "{} has a size of {}",
            describe(layer),
            if least == 0 { 0 } else { most }
        )));
    }
    Ok(())
}

/// A layer in a few words.
#[must_use]
pub fn describe(layer: &Layer) -> String {
    match layer {
        Layer::Conv(conv) => {
            let kind = match conv.kind {
                ConvKind::Plain => "convolution",
                ConvKind::Depthwise => "depthwise convolution",
                ConvKind::Separable => "separable convolution",
                ConvKind::Transposed => "transposed convolution",
            };
            format!("{} {kind} of {}", by(&conv.kernel), conv.filters)
        }
        Layer::Pool(pool) => format!("{} {} pooling", by(&pool.size), pool.kind.word()),
        Layer::GlobalPool(kind) => format!("global {} pooling", kind.word()),
        Layer::Dense { units, .. } => format!("dense {units}"),
        Layer::Dropout { rate } => format!("dropout {rate}"),
        Layer::BatchNorm => "batch normalization".to_owned(),
        Layer::LayerNorm => "layer normalization".to_owned(),
        Layer::Activation(activation) => activation.keras().to_owned(),
        Layer::Merge(Merge::Add) => "addition".to_owned(),
        Layer::Merge(Merge::Multiply) => "product".to_owned(),
        Layer::Merge(_) => "merge".to_owned(),
        Layer::Concat => "concatenation".to_owned(),
        Layer::Recurrent(layer) => format!("{} {}", layer.cell.keras(), layer.units),
        layer => layer.noun().to_owned(),
    }
}

/// Lengths as people write them.
fn by(lengths: &[usize]) -> String {
    let texts: Vec<String> = lengths.iter().map(ToString::to_string).collect();
    texts.join("×")
}

impl PoolKind {
    fn word(self) -> &'static str {
        match self {
            Self::Max => "max",
            Self::Average => "average",
        }
    }
}

impl Cell {
    /// As Keras calls it.
    #[must_use]
    pub fn keras(self) -> &'static str {
        match self {
            Self::Lstm => "LSTM",
            Self::Gru => "GRU",
            Self::Simple => "SimpleRNN",
        }
    }
}
