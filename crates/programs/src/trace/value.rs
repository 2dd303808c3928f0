//! The values that code for networks goes about with.

use std::cell::RefCell;
use std::rc::Rc;

use parsers::tree_sitter::Node;

use crate::graph::Layer;

/// A value.
#[derive(Debug, Clone)]
pub enum Value<'t> {
    /// `None`.
    Nothing,
    /// Something that does not matter here, such as a history of training.
    Unknown,
    /// `True` or `False`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Another number.
    Float(f64),
    /// A text.
    Text(String),
    /// A list or a tuple.
    Items(Rc<RefCell<Vec<Value<'t>>>>),
    /// What a layer of the graph gives.
    Tensor(usize),
    /// A layer that was made and not yet put upon anything.
    Layer(Rc<Made<'t>>),
    /// A function of the code's own.
    Function(Rc<Function<'t>>),
    /// A name from a library, its last part.
    Library(String),
    /// A `Sequential`.
    Stack(Rc<RefCell<Vec<Value<'t>>>>),
    /// A `Model` with its output.
    Model(usize),
    /// A method of a value.
    Method(Box<Value<'t>>, String),
}

/// A layer that was made.
#[derive(Debug, Clone)]
pub enum Made<'t> {
    /// One or several layers of the graph, one upon the other.
    Layers(Vec<Layer>),
    /// A layer that runs a function.
    Runs(Value<'t>),
    /// The start of a stack, with its shape where that is said.
    Start(Vec<usize>),
}

/// A function of the code's own.
#[derive(Debug, Clone)]
pub struct Function<'t> {
    /// Names of its parameters with what they are when nothing is said.
    pub parameters: Vec<(String, Option<Value<'t>>)>,
    /// Its body: a block, or the expression of a lambda.
    pub body: Node<'t>,
    /// Whether it is a lambda.
    pub is_lambda: bool,
}

impl<'t> Value<'t> {
    /// A list of values.
    pub fn items(values: Vec<Self>) -> Self {
        Self::Items(Rc::new(RefCell::new(values)))
    }

    /// A whole number from a count.
    pub fn count(count: usize) -> Self {
        Self::Int(i64::try_from(count).unwrap_or(i64::MAX))
    }

    /// Whether Python takes it for true; what is not known is not.
    pub fn is_true(&self) -> bool {
        match self {
            Self::Bool(value) => *value,
            Self::Int(value) => *value != 0,
            Self::Float(value) => *value != 0.0,
            Self::Text(text) => !text.is_empty(),
            Self::Items(items) => !items.borrow().is_empty(),
            Self::Nothing | Self::Unknown | Self::Library(_) => false,
            _ => true,
        }
    }

    /// Where its function stands in the code.
    pub fn place(&self) -> usize {
        match self {
            Self::Function(function) => function.body.start_byte(),
            _ => 0,
        }
    }

    /// As a number of something.
    pub fn as_count(&self) -> Option<usize> {
        match self {
            Self::Int(value) => usize::try_from(*value).ok(),
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "whole and within bounds, as was asked just before"
            )]
            Self::Float(value) if value.fract() == 0.0 && (0.0..1e9).contains(value) => {
                Some(*value as usize)
            }
            Self::Bool(value) => Some(usize::from(*value)),
            _ => None,
        }
    }

    /// As a number.
    pub fn as_number(&self) -> Option<f64> {
        match self {
            #[expect(clippy::cast_precision_loss, reason = "sizes of layers are small")]
            Self::Int(value) => Some(*value as f64),
            Self::Float(value) => Some(*value),
            _ => None,
        }
    }

    /// The values of a list.
    pub fn list(&self) -> Option<Vec<Self>> {
        match self {
            Self::Items(items) => Some(items.borrow().clone()),
            _ => None,
        }
    }
}
