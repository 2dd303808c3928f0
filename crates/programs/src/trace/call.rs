//! Calls: layers put upon tensors, functions of the code's own, and the few of Python's and
//! TensorFlow's that such code uses.

use std::rc::Rc;

use parsers::tree_sitter::Node;

use super::value::{Function, Made, Value};
use super::{TraceError, Traced, Tracer, layers};
use crate::graph::{Activation, Graph, Layer, Merge, PoolKind, Shape};

/// What a call was given.
#[derive(Debug, Clone, Default)]
pub struct Given<'t> {
    /// In order.
    pub plain: Vec<Value<'t>>,
    /// By name.
    pub named: Vec<(String, Value<'t>)>,
}

impl<'t> Given<'t> {
    /// The value with that name, or at that place.
    pub fn get(&self, name: &str, place: usize) -> Option<&Value<'t>> {
        self.named
            .iter()
            .find(|(named, _)| named == name)
            .map(|(_, value)| value)
            .or_else(|| self.plain.get(place))
    }
}

impl<'t> Tracer<'t> {
    pub(super) fn call(&mut self, node: Node<'t>) -> Traced<Value<'t>> {
        let Some(callee) = node.child_by_field_name("function") else {
            return Ok(Value::Unknown);
        };
        let callee = self.evaluate(callee)?;
        let given = self.given(node)?;
        self.apply(node, &callee, given)
    }

    fn given(&mut self, node: Node<'t>) -> Traced<Given<'t>> {
        let mut given = Given::default();
        let Some(arguments) = node.child_by_field_name("arguments") else {
            return Ok(given);
        };
        if arguments.kind() == "generator_expression" {
            given.plain.push(self.evaluate(arguments)?);
            return Ok(given);
        }
        let mut cursor = arguments.walk();
        let all: Vec<Node<'t>> = arguments.named_children(&mut cursor).collect();
        for argument in all {
            match argument.kind() {
                "comment" => {}
                "keyword_argument" => {
                    if let (Some(name), Some(value)) = (
                        argument.child_by_field_name("name"),
                        argument.child_by_field_name("value"),
                    ) {
                        let value = self.evaluate(value)?;
                        given.named.push((self.text(name).to_owned(), value));
                    }
                }
                "list_splat" => {
                    if let Some(inner) = argument.named_child(0)
                        && let Value::Items(items) = self.evaluate(inner)?
                    {
                        given.plain.extend(items.borrow().clone());
                    }
                }
                _ => given.plain.push(self.evaluate(argument)?),
            }
        }
        Ok(given)
    }

    fn apply(&mut self, node: Node<'t>, callee: &Value<'t>, given: Given<'t>) -> Traced<Value<'t>> {
        match callee {
            Value::Library(name) => self.library(node, name, &given),
            Value::Function(function) => self.call_function(node, function, given),
            Value::Layer(made) => {
                let input = given.plain.first().or_else(|| given.get("inputs", 0));
                let input = input.cloned().unwrap_or(Value::Unknown);
                self.put_upon(node, made, input)
            }
            Value::Stack(layers) => {
                let layers = layers.borrow().clone();
                let mut value = given.plain.first().cloned().unwrap_or(Value::Unknown);
                for layer in layers {
                    value = self.apply(
                        node,
                        &layer,
                        Given {
                            plain: vec![value],
                            named: vec![],
                        },
                    )?;
                }
                Ok(value)
            }
            Value::Model(_) => self.beyond(node, "a model within a model is not followed"),
            Value::Method(object, name) => self.method(node, object, name, &given),
            _ => Ok(Value::Unknown),
        }
    }

    fn call_function(
        &mut self,
        node: Node<'t>,
        function: &Rc<Function<'t>>,
        given: Given<'t>,
    ) -> Traced<Value<'t>> {
        let mut named = Vec::new();
        for (place, (name, default)) in function.parameters.iter().enumerate() {
            let value = given.get(name, place).cloned().or_else(|| default.clone());
            match value {
                Some(value) => named.push((name.clone(), value)),
                None => return self.beyond(node, format!("the parameter {name} is not given")),
            }
        }
        self.run(function, named)
    }

    /// Calls a function that builds the network, with what is known for its parameters.
    pub(super) fn call_alone(&mut self, value: &Value<'t>) -> Traced<()> {
        let Value::Function(function) = value else {
            return Ok(());
        };
        let mut named = Vec::new();
        for (name, default) in &function.parameters {
            let known =
                match name.as_str() {
                    name if name.contains("class") => self.known.classes.map(Value::count),
                    name if name.contains("shape") => self.known.input.as_ref().map(|shape| {
                        Value::items(shape.iter().map(|n| Value::count(*n)).collect())
                    }),
                    _ => None,
                };
            match known.or_else(|| default.clone()) {
                Some(value) => named.push((name.clone(), value)),
                // A block: it is called by another.
                None => return Ok(()),
            }
        }
        let result = self.run(function, named)?;
        match result {
            Value::Model(output) => self.model = Some(output),
            Value::Stack(_) if self.model.is_none() => {
                self.model = self.stacked(function.body, &result)?;
            }
            // A function that returns the last tensor instead of a model.
            Value::Tensor(output) if self.model.is_none() => self.model = Some(output),
            _ => {}
        }
        Ok(())
    }

    /// The output of a stack that is a whole network.
    pub(super) fn stacked(&mut self, node: Node<'t>, stack: &Value<'t>) -> Traced<Option<usize>> {
        let Value::Stack(layers) = stack else {
            return Ok(None);
        };
        let start = layers.borrow().iter().find_map(|layer| match layer {
            Value::Layer(made) => match made.as_ref() {
                Made::Start(shape) => Some(shape.clone()),
                _ => None,
            },
            _ => None,
        });
        if self.graph.is_none() {
            self.begin(node, start)?;
        }
        let given = Given {
            plain: vec![Value::Tensor(0)],
            named: vec![],
        };
        match self.apply(node, stack, given)? {
            Value::Tensor(output) => Ok(Some(output)),
            _ => Ok(None),
        }
    }

    /// Starts the graph with the shape that the person named, or else the code's.
    pub(super) fn begin(&mut self, node: Node<'t>, shape: Option<Shape>) -> Traced<Value<'t>> {
        if self.graph.is_some() {
            // A second function may begin anew; two inputs of one network are beyond us.
            if self.model.is_none() && self.graph.as_ref().is_some_and(|g| g.nodes().len() > 1) {
                return self.beyond(node, "a network with two inputs is not followed");
            }
            return Ok(Value::Tensor(0));
        }
        let shape = match (self.known.input.clone(), shape) {
            (Some(known), Some(said)) if known.len() != said.len() => said,
            (Some(known), _) => known,
            (None, Some(said)) => said,
            (None, None) => return self.beyond(node, "the shape of the input is not said"),
        };
        if shape.is_empty() || shape.len() > 4 || shape.contains(&0) {
            return self.beyond(node, format!("{shape:?} is no shape for an input"));
        }
        self.graph = Some(Graph::new(shape));
        Ok(Value::Tensor(0))
    }

    pub(super) fn push(
        &mut self,
        node: Node<'t>,
        layer: Layer,
        inputs: &[usize],
    ) -> Traced<Value<'t>> {
        let Some(graph) = &mut self.graph else {
            return self.beyond(node, "a layer stands before the input");
        };
        match graph.push(layer, inputs) {
            Ok(place) => Ok(Value::Tensor(place)),
            Err(error) => Err(TraceError::Unfit {
                line: node.start_position().row + 1,
                error,
            }),
        }
    }

    /// Puts a layer upon what it is given: a tensor, or several.
    pub(super) fn put_upon(
        &mut self,
        node: Node<'t>,
        made: &Made<'t>,
        input: Value<'t>,
    ) -> Traced<Value<'t>> {
        match made {
            Made::Start(_) => Ok(input),
            Made::Runs(function) => {
                let function = function.clone();
                let given = Given {
                    plain: vec![input],
                    named: vec![],
                };
                self.apply(node, &function, given)
            }
            Made::Layers(layers) => {
                let mut inputs = self.tensors(node, &input)?;
                for layer in layers {
                    let layer = self.completed(layer.clone(), &inputs);
                    match self.push(node, layer, &inputs)? {
                        Value::Tensor(place) => inputs = vec![place],
                        other => return Ok(other),
                    }
                }
                Ok(inputs
                    .first()
                    .map_or(Value::Unknown, |place| Value::Tensor(*place)))
            }
        }
    }

    /// A layer that depends on what it is put upon: -1 in a shape, and the axes of a picture.
    fn completed(&self, layer: Layer, inputs: &[usize]) -> Layer {
        let shape = match (&self.graph, inputs.first()) {
            (Some(graph), Some(input)) => graph.shape(*input),
            _ => return layer,
        };
        match layer {
            // `usize::MAX` stands for the length that follows from the others.
            Layer::Reshape(mut lengths) => {
                let total: usize = shape.iter().product();
                let known: usize = lengths
                    .iter()
                    .filter(|length| **length != usize::MAX)
                    .product();
                for length in &mut lengths {
                    if *length == usize::MAX {
                        *length = total / known.max(1);
                    }
                }
                Layer::Reshape(lengths)
            }
            layer => layer,
        }
    }

    fn tensors(&self, node: Node<'t>, value: &Value<'t>) -> Traced<Vec<usize>> {
        match value {
            Value::Tensor(tensor) => Ok(vec![*tensor]),
            Value::Items(items) => {
                let mut tensors = Vec::new();
                for item in items.borrow().iter() {
                    tensors.extend(self.tensors(node, item)?);
                }
                Ok(tensors)
            }
            Value::Model(_) | Value::Layer(_) => {
                self.beyond(node, "a layer is put upon a layer that was not called")
            }
            _ => self.beyond(node, "a layer is put upon something that is no tensor"),
        }
    }

    fn method(
        &mut self,
        node: Node<'t>,
        object: &Value<'t>,
        name: &str,
        given: &Given<'t>,
    ) -> Traced<Value<'t>> {
        let first = given.plain.first().cloned();
        match (object, name, first) {
            (Value::Stack(layers), "add", Some(layer)) => {
                layers.borrow_mut().push(layer);
                Ok(Value::Nothing)
            }
            (Value::Items(items), "append", Some(value)) => {
                items.borrow_mut().push(value);
                Ok(Value::Nothing)
            }
            (Value::Items(items), "extend", Some(Value::Items(more))) => {
                let more = more.borrow().clone();
                items.borrow_mut().extend(more);
                Ok(Value::Nothing)
            }
            (Value::Items(items), "as_list", _) => Ok(Value::Items(Rc::clone(items))),
            (Value::Tensor(tensor), "get_shape", _) => Ok(self.shape_of(*tensor)),
            // A stack that is compiled, trained or summed up is the whole network.
            (Value::Stack(_), "compile" | "build" | "summary" | "fit", _) => {
                if self.model.is_none() {
                    self.model = self.stacked(node, object)?;
                }
                Ok(Value::Unknown)
            }
            _ => Ok(Value::Unknown),
        }
    }

    fn library(&mut self, node: Node<'t>, name: &str, given: &Given<'t>) -> Traced<Value<'t>> {
        if let Some(value) = super::builtin::counted(name, given) {
            return Ok(value);
        }
        if let Some(value) = self.model_part(node, name, given)? {
            return Ok(value);
        }
        if let Some(value) = self.function_of_tensorflow(node, name, given)? {
            return Ok(value);
        }
        let made = layers::made(name, given, self.known.classes).map_err(|what| {
            self.beyond::<()>(node, what)
                .err()
                .unwrap_or(TraceError::NoModel)
        })?;
        match made {
            Some(made) => {
                if let Made::Layers(_) = &made
                    && let Some(shape) =
                        given.get("input_shape", usize::MAX).and_then(layers::shape)
                    && self.graph.is_none()
                {
                    self.begin(node, Some(shape))?;
                }
                Ok(Value::Layer(Rc::new(made)))
            }
            None if name.starts_with(|first: char| first.is_uppercase())
                && !given_nothing(given) =>
            {
                if layers::is_beside(name) {
                    return Ok(Value::Unknown);
                }
                self.beyond(node, format!("the layer {name} is not known here"))
            }
            None => Ok(Value::Unknown),
        }
    }

    /// Functions upon tensors: `tf.split`, `concatenate`, `tf.nn.relu` and the like.
    fn function_of_tensorflow(
        &mut self,
        node: Node<'t>,
        name: &str,
        given: &Given<'t>,
    ) -> Traced<Option<Value<'t>>> {
        let first = given
            .plain
            .first()
            .or_else(|| given.get("value", usize::MAX))
            .or_else(|| given.get("values", usize::MAX))
            .or_else(|| given.get("inputs", usize::MAX))
            .or_else(|| given.get("x", usize::MAX))
            .or_else(|| given.get("tensor", usize::MAX))
            .cloned();
        let Some(first) = first else { return Ok(None) };
        let tensors = self.tensors(node, &first).unwrap_or_default();
        let Some(input) = tensors.first().copied() else {
            return Ok(None);
        };
        let layer = match name {
            "split" => return self.split(node, input, given).map(Some),
            "concat" | "concatenate" => Layer::Concat,
            "add" | "multiply" | "subtract" | "maximum" => {
                let merge = match name {
                    "add" => Merge::Add,
                    "multiply" => Merge::Multiply,
                    "subtract" => Merge::Subtract,
                    _ => Merge::Maximum,
                };
                let mut all = tensors.clone();
                for other in given.plain.iter().skip(1) {
                    all.extend(self.tensors(node, other)?);
                }
                return self.push(node, Layer::Merge(merge), &all).map(Some);
            }
            "reshape" => match given.get("shape", 1).or_else(|| given.get("newshape", 1)) {
                Some(shape) => match layers::target(shape, true) {
                    Some(shape) => self.completed(Layer::Reshape(shape), &[input]),
                    None => return self.beyond(node, "the shape is not known"),
                },
                None => return Ok(None),
            },
            "transpose" => match given
                .get("perm", 1)
                .or_else(|| given.get("axes", 1))
                .and_then(Value::list)
            {
                Some(order) => {
                    Layer::Permute(order.iter().skip(1).filter_map(Value::as_count).collect())
                }
                None => return self.beyond(node, "the order of the axes is not said"),
            },
            "reduce_mean" | "mean" => Layer::GlobalPool(PoolKind::Average),
            "reduce_max" => Layer::GlobalPool(PoolKind::Max),
            "dropout" => return Ok(Some(Value::Tensor(input))),
            name => match Activation::named(name) {
                Some(activation) if name.starts_with(|c: char| c.is_lowercase()) => {
                    Layer::Activation(activation)
                }
                _ => return Ok(None),
            },
        };
        self.push(node, layer, &tensors).map(Some)
    }

    fn split(&mut self, node: Node<'t>, input: usize, given: &Given<'t>) -> Traced<Value<'t>> {
        let channels = self
            .graph
            .as_ref()
            .and_then(|graph| graph.shape(input).last().copied())
            .unwrap_or_default();
        let parts = given
            .get("num_or_size_splits", 1)
            .or_else(|| given.get("indices_or_sections", 1));
        let lengths: Vec<usize> = match parts {
            Some(Value::Items(_)) => parts
                .and_then(Value::list)
                .unwrap_or_default()
                .iter()
                .filter_map(Value::as_count)
                .collect(),
            Some(parts) => match parts.as_count() {
                Some(count) if count > 0 && channels.is_multiple_of(count) => {
                    vec![channels / count; count]
                }
                Some(count) => {
                    return self.beyond(
                        node,
                        format!("{channels} channels cannot be split into {count} equal groups"),
                    );
                }
                None => return self.beyond(node, "into how many parts is not said"),
            },
            None => return self.beyond(node, "into how many parts is not said"),
        };
        let mut start = 0;
        let mut groups = Vec::new();
        for length in lengths {
            let end = start + length;
            groups.push(self.push(node, Layer::Slice { start, end }, &[input])?);
            start = end;
        }
        Ok(Value::items(groups))
    }
}

fn given_nothing(given: &Given<'_>) -> bool {
    given.plain.is_empty() && given.named.is_empty()
}
