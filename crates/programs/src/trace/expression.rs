//! Expressions: numbers, names, lists, operators, parts of things.

use parsers::tree_sitter::Node;

use super::value::{Function, Value};
use super::{DEEPEST, Flow, Traced, Tracer};
use crate::graph::{Layer, Merge};
use std::rc::Rc;

impl<'t> Tracer<'t> {
    pub(super) fn evaluate(&mut self, node: Node<'t>) -> Traced<Value<'t>> {
        self.step(node)?;
        if self.depth > DEEPEST {
            return self.beyond(node, "the code is nested too deeply");
        }
        self.depth += 1;
        let value = self.evaluate_inner(node);
        self.depth -= 1;
        value
    }

    fn evaluate_inner(&mut self, node: Node<'t>) -> Traced<Value<'t>> {
        let text = self.text(node);
        match node.kind() {
            "identifier" => Ok(self
                .lookup(text)
                .unwrap_or_else(|| Value::Library(text.to_owned()))),
            "integer" => Ok(text
                .replace('_', "")
                .parse()
                .map_or(Value::Unknown, Value::Int)),
            "float" => Ok(text
                .replace('_', "")
                .parse()
                .map_or(Value::Unknown, Value::Float)),
            "string" => Ok(Value::Text(self.string(node))),
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            "none" | "ellipsis" => Ok(Value::Nothing),
            "list" | "tuple" | "expression_list" | "set" => self.items(node),
            "parenthesized_expression" | "await" => match node.named_child(0) {
                Some(inner) => self.evaluate(inner),
                None => Ok(Value::Nothing),
            },
            "call" => self.call(node),
            "attribute" => self.attribute(node),
            "subscript" => self.subscript(node),
            "binary_operator" => self.binary(node),
            "unary_operator" => self.unary(node),
            "not_operator" => {
                let inner = self.argument(node)?;
                Ok(Value::Bool(!inner.is_true()))
            }
            "comparison_operator" => self.comparison(node),
            "boolean_operator" => self.boolean(node),
            "conditional_expression" => self.conditional(node),
            "lambda" => match node.child_by_field_name("body") {
                Some(body) => self.function(node.child_by_field_name("parameters"), body, true),
                None => Ok(Value::Unknown),
            },
            "list_comprehension" | "generator_expression" => self.comprehension(node),
            _ => Ok(Value::Unknown),
        }
    }

    fn items(&mut self, node: Node<'t>) -> Traced<Value<'t>> {
        let mut cursor = node.walk();
        let items: Vec<Node<'t>> = node
            .named_children(&mut cursor)
            .filter(|item| item.kind() != "comment")
            .collect();
        let mut values = Vec::with_capacity(items.len());
        for item in items {
            match item.kind() {
                "list_splat" => {
                    let inner = item.named_child(0).map(|inner| self.evaluate(inner));
                    if let Some(Value::Items(more)) = inner.transpose()? {
                        values.extend(more.borrow().clone());
                    }
                }
                _ => values.push(self.evaluate(item)?),
            }
        }
        Ok(Value::items(values))
    }

    fn string(&self, node: Node<'t>) -> String {
        let mut cursor = node.walk();
        node.named_children(&mut cursor)
            .filter(|part| part.kind() == "string_content")
            .map(|part| self.text(part))
            .collect()
    }

    fn argument(&mut self, node: Node<'t>) -> Traced<Value<'t>> {
        match node
            .child_by_field_name("argument")
            .or_else(|| node.named_child(0))
        {
            Some(inner) => self.evaluate(inner),
            None => Ok(Value::Unknown),
        }
    }

    /// A function or lambda with its parameters.
    pub(super) fn function(
        &mut self,
        parameters: Option<Node<'t>>,
        body: Node<'t>,
        is_lambda: bool,
    ) -> Traced<Value<'t>> {
        let mut named = Vec::new();
        if let Some(parameters) = parameters {
            let mut cursor = parameters.walk();
            let all: Vec<Node<'t>> = parameters.named_children(&mut cursor).collect();
            for parameter in all {
                let name = parameter
                    .child_by_field_name("name")
                    .or_else(|| parameter.named_child(0))
                    .unwrap_or(parameter);
                let default = match parameter.child_by_field_name("value") {
                    Some(value) => Some(self.evaluate(value)?),
                    None => None,
                };
                named.push((self.text(name).to_owned(), default));
            }
        }
        Ok(Value::Function(Rc::new(Function {
            parameters: named,
            body,
            is_lambda,
        })))
    }

    fn attribute(&mut self, node: Node<'t>) -> Traced<Value<'t>> {
        let (Some(object), Some(name)) = (
            node.child_by_field_name("object"),
            node.child_by_field_name("attribute"),
        ) else {
            return Ok(Value::Unknown);
        };
        let name = self.text(name);
        Ok(match self.evaluate(object)? {
            Value::Library(_) => Value::Library(name.to_owned()),
            Value::Tensor(tensor) if name == "shape" => self.shape_of(tensor),
            Value::Model(output) if name == "output" => Value::Tensor(output),
            Value::Model(_) if name == "input" => Value::Tensor(0),
            Value::Unknown => Value::Unknown,
            object => Value::Method(Box::new(object), name.to_owned()),
        })
    }

    /// The shape with the batch, as Keras has it.
    pub(super) fn shape_of(&self, tensor: usize) -> Value<'t> {
        let shape = self
            .graph
            .as_ref()
            .map_or(&[][..], |graph| graph.shape(tensor));
        let lengths = shape.iter().map(|length| Value::count(*length));
        Value::items(std::iter::once(Value::Nothing).chain(lengths).collect())
    }

    fn subscript(&mut self, node: Node<'t>) -> Traced<Value<'t>> {
        let Some(object) = node.child_by_field_name("value") else {
            return Ok(Value::Unknown);
        };
        let object = self.evaluate(object)?;
        let mut cursor = node.walk();
        let places: Vec<Node<'t>> = node
            .children_by_field_name("subscript", &mut cursor)
            .collect();
        match object {
            Value::Items(items) => {
                let items = items.borrow().clone();
                match places.as_slice() {
                    [place] if place.kind() == "slice" => {
                        let (start, end) = self.bounds(*place, items.len())?;
                        Ok(Value::items(
                            items.get(start..end).unwrap_or_default().to_vec(),
                        ))
                    }
                    [place] => {
                        let place = self.evaluate(*place)?;
                        self.item(node, &items, &place)
                    }
                    _ => Ok(Value::Unknown),
                }
            }
            Value::Tensor(tensor) => self.sliced(node, tensor, &places),
            _ => Ok(Value::Unknown),
        }
    }

    fn item(&self, node: Node<'t>, items: &[Value<'t>], place: &Value<'t>) -> Traced<Value<'t>> {
        let Value::Int(place) = place else {
            return Ok(Value::Unknown);
        };
        let length = i64::try_from(items.len()).unwrap_or(i64::MAX);
        let place = if *place < 0 { place + length } else { *place };
        let item = usize::try_from(place).ok().and_then(|at| items.get(at));
        match item {
            Some(item) => Ok(item.clone()),
            None => self.beyond(node, "there is no such item in the list"),
        }
    }

    /// Some channels of a tensor; slices of other axes are not followed.
    fn sliced(&mut self, node: Node<'t>, tensor: usize, places: &[Node<'t>]) -> Traced<Value<'t>> {
        let channels = self
            .graph
            .as_ref()
            .and_then(|graph| graph.shape(tensor).last().copied())
            .unwrap_or_default();
        let Some((last, others)) = places.split_last() else {
            return Ok(Value::Unknown);
        };
        let are_whole = others
            .iter()
            .all(|place| place.kind() == "ellipsis" || self.text(*place).trim() == ":");
        if !are_whole || others.is_empty() || last.kind() != "slice" {
            return self.beyond(node, "only channels can be taken out of a tensor");
        }
        let (start, end) = self.bounds(*last, channels)?;
        if (start, end) == (0, channels) {
            return Ok(Value::Tensor(tensor));
        }
        self.push(node, Layer::Slice { start, end }, &[tensor])
    }

    /// The two ends of a slice over so many.
    fn bounds(&mut self, slice: Node<'t>, length: usize) -> Traced<(usize, usize)> {
        let mut ends = [Value::Nothing, Value::Nothing];
        let mut at = 0;
        let mut cursor = slice.walk();
        let parts: Vec<Node<'t>> = slice.children(&mut cursor).collect();
        for part in parts {
            match part.kind() {
                ":" => at += 1,
                _ if at < 2 => ends[at] = self.evaluate(part)?,
                _ => return self.beyond(slice, "a slice with steps is not followed"),
            }
        }
        let whole = i64::try_from(length).unwrap_or(i64::MAX);
        let place = |value: &Value<'t>, otherwise: i64| {
            let place = match value {
                Value::Int(place) if *place < 0 => whole + place,
                Value::Int(place) => *place,
                _ => otherwise,
            };
            usize::try_from(place.clamp(0, whole)).unwrap_or_default()
        };
        Ok((place(&ends[0], 0), place(&ends[1], whole)))
    }

    fn binary(&mut self, node: Node<'t>) -> Traced<Value<'t>> {
        let (Some(left), Some(right), Some(operator)) = (
            node.child_by_field_name("left"),
            node.child_by_field_name("right"),
            node.child_by_field_name("operator"),
        ) else {
            return Ok(Value::Unknown);
        };
        let left = self.evaluate(left)?;
        let right = self.evaluate(right)?;
        self.operate(node, self.text(operator), left, right)
    }

    pub(super) fn operate(
        &mut self,
        node: Node<'t>,
        operator: &str,
        left: Value<'t>,
        right: Value<'t>,
    ) -> Traced<Value<'t>> {
        let merge = match operator {
            "+" => Some(Merge::Add),
            "*" => Some(Merge::Multiply),
            "-" => Some(Merge::Subtract),
            _ => None,
        };
        Ok(match (left, right, merge) {
            (Value::Tensor(left), Value::Tensor(right), Some(merge)) => {
                return self.push(node, Layer::Merge(merge), &[left, right]);
            }
            (Value::Tensor(_), _, _) | (_, Value::Tensor(_), _) => {
                return self.beyond(node, "a tensor and a number cannot be combined; use layers");
            }
            (Value::Int(left), Value::Int(right), _) => whole(operator, left, right),
            (Value::Items(left), Value::Items(right), Some(Merge::Add)) => {
                let mut all = left.borrow().clone();
                all.extend(right.borrow().clone());
                Value::items(all)
            }
            (Value::Items(items), Value::Int(times), Some(Merge::Multiply))
            | (Value::Int(times), Value::Items(items), Some(Merge::Multiply)) => {
                let times = usize::try_from(times).unwrap_or_default().min(1_000);
                let once = items.borrow().clone();
                let all = std::iter::repeat_n(once, times).flatten().collect();
                Value::items(all)
            }
            (Value::Text(left), Value::Text(right), Some(Merge::Add)) => Value::Text(left + &right),
            (left, right, _) => match (left.as_number(), right.as_number()) {
                (Some(left), Some(right)) => fractional(operator, left, right),
                _ => Value::Unknown,
            },
        })
    }

    fn unary(&mut self, node: Node<'t>) -> Traced<Value<'t>> {
        let operator = node
            .child_by_field_name("operator")
            .map(|operator| self.text(operator));
        let value = self.argument(node)?;
        Ok(match (operator, value) {
            (Some("-"), Value::Int(value)) => Value::Int(value.saturating_neg()),
            (Some("-"), Value::Float(value)) => Value::Float(-value),
            (Some("+"), value) => value,
            _ => Value::Unknown,
        })
    }

    fn comparison(&mut self, node: Node<'t>) -> Traced<Value<'t>> {
        let mut cursor = node.walk();
        let parts: Vec<Node<'t>> = node.children(&mut cursor).collect();
        let [left, operator, right] = parts.as_slice() else {
            return Ok(Value::Unknown);
        };
        let operator = self.text(*operator).to_owned();
        let left = self.evaluate(*left)?;
        let right = self.evaluate(*right)?;
        let is_nothing = |value: &Value<'t>| matches!(value, Value::Nothing);
        Ok(match (operator.as_str(), &left, &right) {
            ("is" | "==", left, right) if is_nothing(left) || is_nothing(right) => {
                Value::Bool(is_nothing(left) && is_nothing(right))
            }
            ("is not" | "!=", left, right) if is_nothing(left) || is_nothing(right) => {
                Value::Bool(!(is_nothing(left) && is_nothing(right)))
            }
            ("==", Value::Text(left), Value::Text(right)) => Value::Bool(left == right),
            ("!=", Value::Text(left), Value::Text(right)) => Value::Bool(left != right),
            (operator, left, right) => match (left.as_number(), right.as_number()) {
                (Some(left), Some(right)) => Value::Bool(match operator {
                    "<" => left < right,
                    "<=" => left <= right,
                    ">" => left > right,
                    ">=" => left >= right,
                    #[expect(clippy::float_cmp, reason = "they are whole numbers, as Python's are")]
                    "!=" => left != right,
                    #[expect(clippy::float_cmp, reason = "they are whole numbers, as Python's are")]
                    _ => left == right,
                }),
                _ => Value::Unknown,
            },
        })
    }

    fn boolean(&mut self, node: Node<'t>) -> Traced<Value<'t>> {
        let (Some(left), Some(right), Some(operator)) = (
            node.child_by_field_name("left"),
            node.child_by_field_name("right"),
            node.child_by_field_name("operator"),
        ) else {
            return Ok(Value::Unknown);
        };
        let first = self.evaluate(left)?;
        match (self.text(operator), first.is_true()) {
            ("and", false) | ("or", true) => Ok(first),
            _ => self.evaluate(right),
        }
    }

    fn conditional(&mut self, node: Node<'t>) -> Traced<Value<'t>> {
        let mut cursor = node.walk();
        let parts: Vec<Node<'t>> = node.named_children(&mut cursor).collect();
        let [yes, condition, no] = parts.as_slice() else {
            return Ok(Value::Unknown);
        };
        match self.evaluate(*condition)?.is_true() {
            true => self.evaluate(*yes),
            false => self.evaluate(*no),
        }
    }

    /// `[f(x) for x in xs]`, with one loop and no condition.
    fn comprehension(&mut self, node: Node<'t>) -> Traced<Value<'t>> {
        let Some(body) = node.child_by_field_name("body") else {
            return Ok(Value::Unknown);
        };
        let mut cursor = node.walk();
        let clauses: Vec<Node<'t>> = node
            .named_children(&mut cursor)
            .filter(|child| child.kind() == "for_in_clause")
            .collect();
        let [clause] = clauses.as_slice() else {
            return self.beyond(node, "a loop within a loop is not followed here");
        };
        let (Some(left), Some(right)) = (
            clause.child_by_field_name("left"),
            clause.child_by_field_name("right"),
        ) else {
            return Ok(Value::Unknown);
        };
        let Value::Items(items) = self.evaluate(right)? else {
            return self.beyond(right, "what this loop goes over is not known");
        };
        let items = items.borrow().clone();
        let mut values = Vec::with_capacity(items.len());
        for item in items {
            self.assign(left, item)?;
            values.push(self.evaluate(body)?);
        }
        Ok(Value::items(values))
    }

    /// What a function of the code's own gives.
    pub(super) fn run(
        &mut self,
        function: &Function<'t>,
        named: Vec<(String, Value<'t>)>,
    ) -> Traced<Value<'t>> {
        if self.depth > DEEPEST {
            return self.beyond(function.body, "the functions call one another without end");
        }
        self.depth += 1;
        self.scopes.push(named.into_iter().collect());
        let result = match function.is_lambda {
            true => self.evaluate(function.body),
            false => self.block(function.body).map(|flow| match flow {
                Flow::Return(value) => value,
                _ => Value::Nothing,
            }),
        };
        self.scopes.pop();
        self.depth -= 1;
        result
    }
}

fn whole<'t>(operator: &str, left: i64, right: i64) -> Value<'t> {
    let value = match operator {
        "+" => left.checked_add(right),
        "-" => left.checked_sub(right),
        "*" => left.checked_mul(right),
        "//" => left.checked_div_euclid(right),
        "%" => left.checked_rem_euclid(right),
        "**" => u32::try_from(right)
            .ok()
            .and_then(|power| left.checked_pow(power)),
        _ => None,
    };
    #[expect(clippy::cast_precision_loss, reason = "sizes of layers are small")]
    match (operator, value) {
        ("/", _) if right != 0 => Value::Float(left as f64 / right as f64),
        (_, Some(value)) => Value::Int(value),
        _ => Value::Unknown,
    }
}

fn fractional<'t>(operator: &str, left: f64, right: f64) -> Value<'t> {
    let value = match operator {
        "+" => left + right,
        "-" => left - right,
        "*" => left * right,
        "/" if right != 0.0 => left / right,
        "//" if right != 0.0 => (left / right).floor(),
        "**" => left.powf(right),
        _ => return Value::Unknown,
    };
    Value::Float(value)
}
