//! What network a piece of Keras code describes: the part of Python that such code is written in is
//! gone through step by step over a real syntax tree, and every layer lands in a [`Graph`].
//!
//! Nothing is executed: no import, no file, no call but those that make layers and count. What is
//! not understood is an error with its line, which goes back to the model. Scopes are dynamic, which
//! serves functions that build blocks; classes are not gone into.

mod builtin;
mod call;
mod expression;
mod layers;
mod value;

use std::collections::HashMap;

use parsers::tree_sitter::Node;

use crate::graph::{Graph, GraphError, Shape};
use value::Value;

/// Most statements and expressions that are gone through.
const MOST_STEPS: usize = 200_000;

/// Deepest nesting of calls and expressions.
const DEEPEST: usize = 60;

/// What is known before the code is read.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// The shape that the person named; it goes before the code's.
    pub input: Option<Shape>,
    /// How many classes there are.
    pub classes: Option<usize>,
}

/// Why a piece of code is no network.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TraceError {
    /// It is not Python.
    #[error("{0}")]
    Syntax(parsers::Flaw),
    /// Something in it cannot be followed.
    #[error("line {line}: {what}")]
    Beyond {
        /// Where, from 1.
        line: usize,
        /// What.
        what: String,
    },
    /// A layer does not fit where it stands.
    #[error("line {line}: {error}")]
    Unfit {
        /// Where, from 1.
        line: usize,
        /// Why.
        error: GraphError,
    },
    /// It makes no network.
    #[error("the code makes no keras.Model")]
    NoModel,
}

/// The network that a piece of code describes.
///
/// # Errors
/// When it is not Python, or not a network in the functional or sequential style.
pub fn trace(source: &str, known: &Known) -> Result<Graph, TraceError> {
    let tree = parsers::python::tree(source).map_err(TraceError::Syntax)?;
    let mut tracer = Tracer {
        source,
        known,
        scopes: vec![HashMap::new()],
        graph: None,
        model: None,
        steps: 0,
        depth: 0,
    };
    tracer.block(tree.root_node())?;
    if tracer.model.is_none() {
        tracer.call_builders()?;
    }
    match (tracer.graph, tracer.model) {
        (Some(mut graph), Some(output)) if output > 0 => {
            graph.set_output(output);
            Ok(graph)
        }
        _ => Err(TraceError::NoModel),
    }
}

/// How a block ended.
enum Flow<'t> {
    Next,
    Return(Value<'t>),
    Break,
}

/// A walk over one piece of code.
struct Tracer<'t> {
    source: &'t str,
    known: &'t Known,
    scopes: Vec<HashMap<String, Value<'t>>>,
    graph: Option<Graph>,
    /// The output of the last model that was made.
    model: Option<usize>,
    steps: usize,
    depth: usize,
}

type Traced<T> = Result<T, TraceError>;

impl<'t> Tracer<'t> {
    fn text(&self, node: Node<'t>) -> &'t str {
        self.source.get(node.byte_range()).unwrap_or_default()
    }

    fn beyond<T>(&self, node: Node<'t>, what: impl Into<String>) -> Traced<T> {
        Err(TraceError::Beyond {
            line: node.start_position().row + 1,
            what: what.into(),
        })
    }

    fn step(&mut self, node: Node<'t>) -> Traced<()> {
        self.steps += 1;
        match self.steps > MOST_STEPS {
            true => self.beyond(node, "the code does not come to an end"),
            false => Ok(()),
        }
    }

    fn lookup(&self, name: &str) -> Option<Value<'t>> {
        self.scopes
            .iter()
            .rev()
            .find_map(|scope| scope.get(name).cloned())
    }

    fn set(&mut self, name: &str, value: Value<'t>) {
        if let Some(scope) = self.scopes.last_mut() {
            scope.insert(name.to_owned(), value);
        }
    }

    fn block(&mut self, block: Node<'t>) -> Traced<Flow<'t>> {
        let mut cursor = block.walk();
        let statements: Vec<Node<'t>> = block.named_children(&mut cursor).collect();
        for statement in statements {
            match self.statement(statement)? {
                Flow::Next => {}
                other => return Ok(other),
            }
        }
        Ok(Flow::Next)
    }

    fn statement(&mut self, node: Node<'t>) -> Traced<Flow<'t>> {
        self.step(node)?;
        match node.kind() {
            "expression_statement" => {
                let mut cursor = node.walk();
                let inner: Vec<Node<'t>> = node.named_children(&mut cursor).collect();
                for expression in inner {
                    self.expression_statement(expression)?;
                }
                Ok(Flow::Next)
            }
            "return_statement" => {
                let value = match node.named_child(0) {
                    Some(value) => self.evaluate(value)?,
                    None => Value::Nothing,
                };
                Ok(Flow::Return(value))
            }
            "function_definition" => {
                self.define(node)?;
                Ok(Flow::Next)
            }
            "decorated_definition" => match node.child_by_field_name("definition") {
                Some(definition) => self.statement(definition),
                None => Ok(Flow::Next),
            },
            "for_statement" => self.each(node),
            "if_statement" => self.branch(node),
            "break_statement" => Ok(Flow::Break),
            "while_statement" => self.beyond(node, "a while loop is not followed; use a for loop"),
            "with_statement" | "try_statement" => match node.child_by_field_name("body") {
                Some(body) => self.block(body),
                None => Ok(Flow::Next),
            },
            "class_definition" => self.beyond(
                node,
                "a class is not followed; write a function that returns keras.Model(inputs, outputs)",
            ),
            // Imports, comments, pass, assert and the like build nothing.
            _ => Ok(Flow::Next),
        }
    }

    fn expression_statement(&mut self, node: Node<'t>) -> Traced<()> {
        match node.kind() {
            "assignment" => {
                let (Some(left), Some(right)) = (
                    node.child_by_field_name("left"),
                    node.child_by_field_name("right"),
                ) else {
                    return Ok(());
                };
                let value = match right.kind() {
                    // a = b = c
                    "assignment" => {
                        self.expression_statement(right)?;
                        match right.child_by_field_name("left") {
                            Some(inner) => self.evaluate(inner)?,
                            None => Value::Unknown,
                        }
                    }
                    _ => self.evaluate(right)?,
                };
                self.assign(left, value)
            }
            "augmented_assignment" => {
                let (Some(left), Some(right), Some(operator)) = (
                    node.child_by_field_name("left"),
                    node.child_by_field_name("right"),
                    node.child_by_field_name("operator"),
                ) else {
                    return Ok(());
                };
                let old = self.evaluate(left)?;
                let new = self.evaluate(right)?;
                let sign = self.text(operator).trim_end_matches('=');
                let value = self.operate(node, sign, old, new)?;
                self.assign(left, value)
            }
            _ => self.evaluate(node).map(|_| ()),
        }
    }

    fn assign(&mut self, target: Node<'t>, value: Value<'t>) -> Traced<()> {
        match target.kind() {
            "identifier" => {
                self.set(self.text(target), value);
                Ok(())
            }
            "pattern_list" | "tuple_pattern" | "list_pattern" => {
                let mut cursor = target.walk();
                let names: Vec<Node<'t>> = target.named_children(&mut cursor).collect();
                let values = match &value {
                    Value::Items(items) => items.borrow().clone(),
                    Value::Unknown => vec![Value::Unknown; names.len()],
                    _ => return self.beyond(target, "this cannot be taken apart"),
                };
                if values.len() != names.len() {
                    return self.beyond(
                        target,
                        format!("{} names for {} values", names.len(), values.len()),
                    );
                }
                for (name, value) in names.into_iter().zip(values) {
                    self.assign(name, value)?;
                }
                Ok(())
            }
            "subscript" => self.assign_item(target, value),
            // Attributes of objects are of no interest.
            _ => Ok(()),
        }
    }

    fn assign_item(&mut self, target: Node<'t>, value: Value<'t>) -> Traced<()> {
        let (Some(object), Some(place)) = (
            target.child_by_field_name("value"),
            target.child_by_field_name("subscript"),
        ) else {
            return Ok(());
        };
        let object = self.evaluate(object)?;
        if let (Value::Items(items), Value::Int(place)) = (object, self.evaluate(place)?) {
            let mut items = items.borrow_mut();
            let length = i64::try_from(items.len()).unwrap_or(i64::MAX);
            let place = if place < 0 { place + length } else { place };
            if let Some(item) = usize::try_from(place).ok().and_then(|at| items.get_mut(at)) {
                *item = value;
            }
        }
        Ok(())
    }

    fn define(&mut self, node: Node<'t>) -> Traced<()> {
        let (Some(name), Some(body)) = (
            node.child_by_field_name("name"),
            node.child_by_field_name("body"),
        ) else {
            return Ok(());
        };
        let function = self.function(node.child_by_field_name("parameters"), body, false)?;
        self.set(self.text(name), function);
        Ok(())
    }

    fn each(&mut self, node: Node<'t>) -> Traced<Flow<'t>> {
        let (Some(left), Some(right), Some(body)) = (
            node.child_by_field_name("left"),
            node.child_by_field_name("right"),
            node.child_by_field_name("body"),
        ) else {
            return Ok(Flow::Next);
        };
        let Value::Items(items) = self.evaluate(right)? else {
            return self.beyond(right, "what this loop goes over is not known");
        };
        let items = items.borrow().clone();
        for item in items {
            self.assign(left, item)?;
            match self.block(body)? {
                Flow::Next => {}
                Flow::Break => break,
                Flow::Return(value) => return Ok(Flow::Return(value)),
            }
        }
        Ok(Flow::Next)
    }

    fn branch(&mut self, node: Node<'t>) -> Traced<Flow<'t>> {
        let (Some(condition), Some(body)) = (
            node.child_by_field_name("condition"),
            node.child_by_field_name("consequence"),
        ) else {
            return Ok(Flow::Next);
        };
        if self.evaluate(condition)?.is_true() {
            return self.block(body);
        }
        let mut cursor = node.walk();
        let others: Vec<Node<'t>> = node
            .children_by_field_name("alternative", &mut cursor)
            .collect();
        for other in others {
            match other.kind() {
                "elif_clause" => {
                    let condition = match other.child_by_field_name("condition") {
                        Some(condition) => self.evaluate(condition)?.is_true(),
                        None => false,
                    };
                    if let (true, Some(body)) =
                        (condition, other.child_by_field_name("consequence"))
                    {
                        return self.block(body);
                    }
                }
                _ => {
                    if let Some(body) = other.child_by_field_name("body") {
                        return self.block(body);
                    }
                }
            }
        }
        Ok(Flow::Next)
    }

    /// Where nobody calls the function that builds the network, it is called here.
    fn call_builders(&mut self) -> Traced<()> {
        let Some(scope) = self.scopes.first() else {
            return Ok(());
        };
        let mut functions: Vec<Value<'t>> = scope
            .values()
            .filter(|value| matches!(value, Value::Function(_)))
            .cloned()
            .collect();
        // The one that is written last stands upon the others.
        functions.sort_by_key(Value::place);
        let mut failure = None;
        for function in functions.into_iter().rev() {
            let graph = self.graph.take();
            match self.call_alone(&function) {
                Ok(()) if self.model.is_some() => return Ok(()),
                Ok(()) => {}
                Err(error) => failure = failure.or(Some(error)),
            }
            self.graph = graph;
        }
        failure.map_or(Ok(()), Err)
    }
}
