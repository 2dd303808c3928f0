//! What is built into Python or makes a model of Keras.

use std::cell::RefCell;
use std::rc::Rc;

use parsers::tree_sitter::Node;

use super::call::Given;
use super::value::{Made, Value};
use super::{Traced, Tracer, layers};
use crate::graph::Graph;

/// Most items of a range.
const MOST_ITEMS: i64 = 10_000;

/// What one of Python's own functions gives; nothing where the name is none of them.
pub fn counted<'t>(name: &str, given: &Given<'t>) -> Option<Value<'t>> {
    let first = given.plain.first();
    Some(match name {
        "range" => range(given),
        "len" => match first.and_then(Value::list) {
            Some(items) => Value::count(items.len()),
            None => Value::Unknown,
        },
        "list" | "tuple" | "sorted" => Value::items(first.and_then(Value::list)?),
        "reversed" => Value::items(first.and_then(Value::list)?.into_iter().rev().collect()),
        "int" | "float" | "str" => match first {
            Some(Value::Float(value)) if name == "int" => {
                let whole = Value::Float(value.trunc()).as_count();
                whole.map_or(Value::Unknown, Value::count)
            }
            Some(value) => value.clone(),
            None => Value::Unknown,
        },
        "max" | "min" => extreme(name, given),
        "enumerate" => {
            let numbered = first.and_then(Value::list)?.into_iter().enumerate();
            let pairs = numbered.map(|(place, item)| Value::items(vec![Value::count(place), item]));
            Value::items(pairs.collect())
        }
        "zip" => {
            let lists: Vec<Vec<Value<'t>>> = given.plain.iter().filter_map(Value::list).collect();
            let length = lists.iter().map(Vec::len).min().unwrap_or_default();
            let row = |row: usize| lists.iter().map(|list| list[row].clone()).collect();
            Value::items((0..length).map(|at| Value::items(row(at))).collect())
        }
        "print" => Value::Nothing,
        _ => return None,
    })
}

fn whole_numbers(given: &Given<'_>) -> Vec<i64> {
    let numbers = given.plain.iter().filter_map(|value| match value {
        Value::Int(value) => Some(*value),
        _ => None,
    });
    numbers.collect()
}

fn range<'t>(given: &Given<'t>) -> Value<'t> {
    let (start, end, step) = match whole_numbers(given).as_slice() {
        [end] => (0, *end, 1),
        [start, end] => (*start, *end, 1),
        [start, end, step] if *step > 0 => (*start, *end, *step),
        _ => return Value::Unknown,
    };
    let step = usize::try_from(step).unwrap_or(1);
    let numbers = (start..end.min(start.saturating_add(MOST_ITEMS))).step_by(step);
    Value::items(numbers.map(Value::Int).collect())
}

fn extreme<'t>(name: &str, given: &Given<'t>) -> Value<'t> {
    let numbers = whole_numbers(given).into_iter();
    let value = match name {
        "max" => numbers.max(),
        _ => numbers.min(),
    };
    value.map_or(Value::Unknown, Value::Int)
}

impl<'t> Tracer<'t> {
    /// Inputs, stacks and models.
    pub(super) fn model_part(
        &mut self,
        node: Node<'t>,
        name: &str,
        given: &Given<'t>,
    ) -> Traced<Option<Value<'t>>> {
        let first = given.plain.first();
        Ok(Some(match name {
            "int_shape" => match first {
                Some(Value::Tensor(tensor)) => self.shape_of(*tensor),
                _ => Value::Unknown,
            },
            "Input" | "InputLayer" => {
                let shape = given
                    .get("shape", 0)
                    .or_else(|| given.get("input_shape", 0))
                    .and_then(layers::shape);
                if self.in_stack(node) || name == "InputLayer" {
                    let start = shape.or_else(|| self.known.input.clone());
                    let start = Made::Start(start.unwrap_or_default());
                    return Ok(Some(Value::Layer(Rc::new(start))));
                }
                self.begin(node, shape)?
            }
            "Sequential" => {
                let layers = first.or_else(|| given.get("layers", 0));
                let layers = layers.and_then(Value::list).unwrap_or_default();
                Value::Stack(Rc::new(RefCell::new(layers)))
            }
            "Model" => self.model(node, given.get("outputs", 1))?,
            _ => return Ok(None),
        }))
    }

    fn model(&mut self, node: Node<'t>, output: Option<&Value<'t>>) -> Traced<Value<'t>> {
        let last = self.graph.as_ref().map_or(0, Graph::output);
        let output = match output {
            Some(Value::Tensor(output)) => *output,
            // A name that was never given: the model forgot to call its last layer so.
            Some(Value::Library(_)) if last > 0 => last,
            _ => return self.beyond(node, "the model's output is no tensor"),
        };
        self.model = Some(output);
        Ok(Value::Model(output))
    }

    /// Whether an `Input` stands in the list of a `Sequential` or is added to one.
    fn in_stack(&self, node: Node<'t>) -> bool {
        let mut above = node.parent();
        for _ in 0..3 {
            let Some(parent) = above else { return false };
            if parent.kind() == "call" {
                let callee = parent.child_by_field_name("function");
                return callee.is_some_and(|callee| {
                    let name = self.text(callee);
                    name.ends_with("Sequential") || name.ends_with(".add")
                });
            }
            above = parent.parent();
        }
        false
    }
}
