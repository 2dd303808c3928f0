//! The layers that a network may be made of, free of any framework. Shapes are channels last and
//! leave the batch out, as in Keras; the writer for PyTorch turns them round.

/// Lengths of a tensor's axes without the batch, channels last.
pub type Shape = Vec<usize>;

/// One layer.
#[derive(Debug, Clone, PartialEq)]
pub enum Layer {
    /// What the network is given.
    Input,
    /// A convolution over one or two axes.
    Conv(Conv),
    /// A pooling over one or two axes.
    Pool(Pool),
    /// A pooling over all axes but the channels.
    GlobalPool(PoolKind),
    /// Everything in one row.
    Flatten,
    /// Fully connected, over the last axis.
    Dense {
        /// Numbers that come out.
        units: usize,
        /// What follows at once.
        activation: Activation,
    },
    /// Some numbers are left out while training.
    Dropout {
        /// Which share, 0 to 1.
        rate: f64,
    },
    /// Batch normalization.
    BatchNorm,
    /// Layer normalization over the last axis.
    LayerNorm,
    /// A function applied to every number.
    Activation(Activation),
    /// Several tensors become one, number by number.
    Merge(Merge),
    /// Several tensors side by side along the last axis.
    Concat,
    /// The same numbers in another shape.
    Reshape(Shape),
    /// The axes in another order, counted from 1 as in Keras.
    Permute(Vec<usize>),
    /// Some of the channels.
    Slice {
        /// The first.
        start: usize,
        /// The one after the last.
        end: usize,
    },
    /// Every cell several times.
    Upsample(Vec<usize>),
    /// Another height and width.
    Resize(Vec<usize>),
    /// Zeros around, the same on both sides of an axis.
    ZeroPad(Vec<usize>),
    /// Numbers of words become vectors.
    Embedding {
        /// How many words there are.
        words: usize,
        /// Length of a vector.
        size: usize,
    },
    /// A recurrent layer.
    Recurrent(Recurrent),
}

/// A convolution.
#[derive(Debug, Clone, PartialEq)]
pub struct Conv {
    /// How its kernels are joined to the channels.
    pub kind: ConvKind,
    /// Channels that come out; of a depthwise one it follows from the input.
    pub filters: usize,
    /// Lengths of the kernel.
    pub kernel: Vec<usize>,
    /// How far it moves.
    pub strides: Vec<usize>,
    /// Whether zeros are put around, so that a stride of 1 keeps the lengths.
    pub same: bool,
    /// What follows at once.
    pub activation: Activation,
}

/// How the kernels of a convolution are joined to the channels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConvKind {
    /// Every filter sees all channels.
    Plain,
    /// Each channel has its own.
    Depthwise,
    /// Depthwise and then 1×1.
    Separable,
    /// It makes the lengths larger.
    Transposed,
}

/// A pooling.
#[derive(Debug, Clone, PartialEq)]
pub struct Pool {
    /// What becomes of a window.
    pub kind: PoolKind,
    /// Lengths of the window.
    pub size: Vec<usize>,
    /// How far it moves.
    pub strides: Vec<usize>,
    /// Whether there may be windows over the edge.
    pub same: bool,
}

/// What becomes of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PoolKind {
    /// The largest.
    Max,
    /// The mean.
    Average,
}

/// How several numbers become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Merge {
    /// Their sum.
    Add,
    /// Their product.
    Multiply,
    /// The first less the second.
    Subtract,
    /// The largest.
    Maximum,
    /// The mean.
    Average,
}

/// A recurrent layer.
#[derive(Debug, Clone, PartialEq)]
pub struct Recurrent {
    /// Which sort of cell.
    pub cell: Cell,
    /// Numbers of its state.
    pub units: usize,
    /// Whether it gives its state at every step and not only at the last.
    pub sequences: bool,
    /// Whether it reads from both ends.
    pub both_ways: bool,
}

/// A sort of recurrent cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// Long short-term memory.
    Lstm,
    /// Gated recurrent unit.
    Gru,
    /// The plain one.
    Simple,
}

/// A function applied to every number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activation {
    /// None.
    Linear,
    /// Rectified.
    Relu,
    /// Rectified and at most 6.
    Relu6,
    /// Rectified, with a small slope below 0.
    LeakyRelu,
    /// Exponential below 0.
    Elu,
    /// Elu, scaled.
    Selu,
    /// Gaussian error.
    Gelu,
    /// x · sigmoid(x).
    Silu,
    /// Hyperbolic tangent.
    Tanh,
    /// Logistic.
    Sigmoid,
    /// Over the last axis, so that it adds up to 1.
    Softmax,
    /// Smooth rectifier.
    Softplus,
}

impl Activation {
    /// By the name that Keras or PyTorch has for it.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().replace('_', "").as_str() {
            "linear" | "none" | "identity" => Self::Linear,
            "relu" => Self::Relu,
            "relu6" => Self::Relu6,
            "leakyrelu" => Self::LeakyRelu,
            "elu" => Self::Elu,
            "selu" => Self::Selu,
            "gelu" => Self::Gelu,
            "silu" | "swish" => Self::Silu,
            "tanh" => Self::Tanh,
            "sigmoid" | "hardsigmoid" => Self::Sigmoid,
            "softmax" => Self::Softmax,
            "softplus" => Self::Softplus,
            _ => return None,
        })
    }

    /// As Keras calls it.
    #[must_use]
    pub fn keras(self) -> &'static str {
        match self {
            Self::Linear => "linear",
            Self::Relu => "relu",
            Self::Relu6 => "relu6",
            Self::LeakyRelu => "leaky_relu",
            Self::Elu => "elu",
            Self::Selu => "selu",
            Self::Gelu => "gelu",
            Self::Silu => "silu",
            Self::Tanh => "tanh",
            Self::Sigmoid => "sigmoid",
            Self::Softmax => "softmax",
            Self::Softplus => "softplus",
        }
    }
}

impl Layer {
    /// A short name for it, from which the names of variables are made.
    #[must_use]
    pub fn noun(&self) -> &'static str {
        match self {
            Self::Input => "inputs",
            Self::Conv(_) => "conv",
            Self::Pool(_) => "pool",
            Self::GlobalPool(_) => "summary",
            Self::Flatten => "flat",
            Self::Dense { .. } => "dense",
            Self::Dropout { .. } => "dropout",
            Self::BatchNorm | Self::LayerNorm => "norm",
            Self::Activation(_) => "active",
            Self::Merge(Merge::Add) => "added",
            Self::Merge(Merge::Multiply) => "weighted",
            Self::Merge(_) => "merged",
            Self::Concat => "joined",
            Self::Reshape(_) | Self::Permute(_) => "shaped",
            Self::Slice { .. } => "group",
            Self::Upsample(_) | Self::Resize(_) => "resized",
            Self::ZeroPad(_) => "padded",
            Self::Embedding { .. } => "words",
            Self::Recurrent(_) => "memory",
        }
    }
}
