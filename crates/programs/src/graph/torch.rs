//! A network as Python for PyTorch: the modules and the way through them.
//!
//! The graph is channels last. Here pictures are channels first, which is what PyTorch's layers
//! take; sequences (N, T, C) and everything else keep their order and are turned where a layer
//! wants it otherwise.

use super::{Activation, Conv, ConvKind, Graph, Layer, Merge, Node, Pool, PoolKind, Recurrent};

/// A network in PyTorch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Module {
    /// The lines of `__init__`, such as `self.conv1 = nn.Conv2d(3, 32, 3)`.
    pub layers: Vec<String>,
    /// The lines of `forward(self, inputs)` up to its `return`.
    pub forward: Vec<String>,
}

/// The network. The softmax or sigmoid at its end is left out, because PyTorch's losses have it.
#[must_use]
pub fn module(graph: &Graph) -> Module {
    let variables = super::keras::names(graph);
    let mut module = Module::default();
    for (place, node) in graph.nodes().iter().enumerate().skip(1) {
        let inputs: Vec<&str> = node
            .inputs
            .iter()
            .map(|input| variables[*input].as_str())
            .collect();
        let mut layer = node.layer.clone();
        if place == graph.output()
            && let Layer::Dense { activation, .. } = &mut layer
        {
            *activation = Activation::Linear;
        }
        let written = Written {
            graph,
            node,
            layer: &layer,
            field: format!("{}{place}", layer.noun()),
            variable: &variables[place],
            inputs: &inputs,
        };
        written.write(&mut module);
    }
    let end = &variables[graph.output()];
    module.forward.push(format!("return {end}"));
    module
}

/// A layer that is being written.
struct Written<'a> {
    graph: &'a Graph,
    node: &'a Node,
    layer: &'a Layer,
    field: String,
    variable: &'a str,
    inputs: &'a [&'a str],
}

impl Written<'_> {
    fn shape_before(&self) -> &[usize] {
        let input = self.node.inputs.first().copied().unwrap_or_default();
        self.graph.shape(input)
    }

    fn channels(&self) -> usize {
        self.shape_before().last().copied().unwrap_or_default()
    }

    fn first(&self) -> &str {
        self.inputs.first().copied().unwrap_or_default()
    }

    fn line(&self, module: &mut Module, expression: &str) {
        let line = format!("{} = {expression}", self.variable);
        module.forward.push(line);
    }

    fn field(&self, module: &mut Module, made: &str) {
        module.layers.push(format!("self.{} = {made}", self.field));
    }

    fn write(&self, module: &mut Module) {
        let first = self.first().to_owned();
        match self.layer {
            Layer::Input => {}
            Layer::Conv(conv) => self.conv(conv, module),
            Layer::Pool(pool) => self.pool(pool, module),
            Layer::Dense { units, activation } => self.dense(*units, *activation, module),
            Layer::Recurrent(layer) => self.recurrent(layer, module),
            Layer::BatchNorm | Layer::LayerNorm => self.norm(module),
            Layer::Dropout { rate } => {
                self.field(module, &format!("nn.Dropout({rate})"));
                self.line(module, &format!("self.{}({first})", self.field));
            }
            Layer::Embedding { words, size } => {
                self.field(module, &format!("nn.Embedding({words}, {size})"));
                self.line(module, &format!("self.{}({first})", self.field));
            }
            Layer::Activation(activation) => {
                let expression = activated(*activation, &first, self.shape_before().len());
                self.line(module, &expression);
            }
            layer => {
                let expression = self.plain(layer);
                self.line(module, &expression);
            }
        }
    }

    /// Layers that hold no weights.
    fn plain(&self, layer: &Layer) -> String {
        let first = self.first();
        let is_picture = self.shape_before().len() == 3;
        match layer {
            Layer::GlobalPool(kind) => {
                let axes = match is_picture {
                    true => "(2, 3)",
                    false => "1",
                };
                match kind {
                    PoolKind::Max => format!("{first}.amax(dim={axes})"),
                    PoolKind::Average => format!("{first}.mean(dim={axes})"),
                }
            }
            Layer::Flatten => format!("torch.flatten({first}, 1)"),
            Layer::Merge(merge) => merged(*merge, self.inputs),
            Layer::Concat => {
                let axis = if is_picture { 1 } else { -1 };
                format!("torch.cat([{}], dim={axis})", self.inputs.join(", "))
            }
            Layer::Slice { start, end } => match is_picture {
                true => format!("{first}[:, {start}:{end}]"),
                false => format!("{first}[..., {start}:{end}]"),
            },
            Layer::Reshape(shape) => self.reshaped(shape),
            Layer::Permute(order) => self.permuted(order),
            Layer::Upsample(factors) => {
                let factors = super::keras::tuple(factors);
                self.along(&format!("F.interpolate({{}}, scale_factor={factors})"))
            }
            Layer::Resize(lengths) => {
                let lengths = super::keras::tuple(lengths);
                self.along(&format!("F.interpolate({{}}, size={lengths})"))
            }
            Layer::ZeroPad(sides) => {
                let sides: Vec<String> = sides
                    .iter()
                    .rev()
                    .flat_map(|side| [side.to_string(), side.to_string()])
                    .collect();
                self.along(&format!("F.pad({{}}, ({}))", sides.join(", ")))
            }
            _ => first.to_owned(),
        }
    }

    /// An expression over channels first, with sequences turned for it and back.
    fn along(&self, expression: &str) -> String {
        let first = self.first();
        match self.shape_before().len() {
            2 => {
                let turned = format!("{first}.transpose(1, 2)");
                format!("{}.transpose(1, 2)", expression.replace("{}", &turned))
            }
            _ => expression.replace("{}", first),
        }
    }

    /// Reshaping counts channels last, as the graph does.
    fn reshaped(&self, shape: &[usize]) -> String {
        let mut value = self.first().to_owned();
        if self.shape_before().len() == 3 {
            value.push_str(".permute(0, 2, 3, 1)");
        }
        let lengths: Vec<String> = shape.iter().map(ToString::to_string).collect();
        value = format!("{value}.reshape(-1, {})", lengths.join(", "));
        if shape.len() == 3 {
            value.push_str(".permute(0, 3, 1, 2)");
        }
        value
    }

    fn permuted(&self, order: &[usize]) -> String {
        let mut value = self.first().to_owned();
        let is_picture = order.len() == 3;
        if is_picture {
            value.push_str(".permute(0, 2, 3, 1)");
        }
        let axes: Vec<String> = order.iter().map(ToString::to_string).collect();
        value = format!("{value}.permute(0, {})", axes.join(", "));
        if is_picture {
            value.push_str(".permute(0, 3, 1, 2)");
        }
        value
    }

    fn conv(&self, conv: &Conv, module: &mut Module) {
        let rank = conv.kernel.len();
        let channels = self.channels();
        let (before, padding) = match conv.kind {
            ConvKind::Transposed => (String::new(), transposed_padding(conv)),
            _ => self.padding(&conv.kernel, &conv.strides, conv.same, "0"),
        };
        let kernel = sizes(&conv.kernel);
        let strides = match conv.strides.iter().all(|stride| *stride == 1) {
            true => String::new(),
            false => format!(", stride={}", sizes(&conv.strides)),
        };
        let filters = conv.filters;
        let made = match conv.kind {
            ConvKind::Plain => {
                format!("nn.Conv{rank}d({channels}, {filters}, {kernel}{strides}{padding})")
            }
            ConvKind::Depthwise => format!(
                "nn.Conv{rank}d({channels}, {channels}, {kernel}{strides}{padding}, groups={channels})"
            ),
            ConvKind::Separable => format!(
                "nn.Sequential(nn.Conv{rank}d({channels}, {channels}, {kernel}{strides}{padding}, groups={channels}, bias=False), nn.Conv{rank}d({channels}, {filters}, 1))"
            ),
            ConvKind::Transposed => format!(
                "nn.ConvTranspose{rank}d({channels}, {filters}, {kernel}{strides}{padding})"
            ),
        };
        self.field(module, &made);
        let padded = match before.as_str() {
            "" => "{}".to_owned(),
            sides => format!("F.pad({{}}, {sides})"),
        };
        let expression = self.along(&format!("self.{}({padded})", self.field));
        self.line(module, &expression);
        self.activate(conv.activation, rank + 1, module);
    }

    fn pool(&self, pool: &Pool, module: &mut Module) {
        let rank = pool.size.len();
        let lowest = match pool.kind {
            PoolKind::Max => "float(\"-inf\")",
            PoolKind::Average => "0",
        };
        let (before, padding) = self.padding(&pool.size, &pool.strides, pool.same, lowest);
        let name = match pool.kind {
            PoolKind::Max => "max",
            PoolKind::Average => "avg",
        };
        let edge = match pool.kind {
            // Zeros that stand over the edge are no part of a mean.
            PoolKind::Average if !padding.is_empty() => ", count_include_pad=False",
            _ => "",
        };
        let padded = match before.as_str() {
            "" => "{}".to_owned(),
            sides if lowest == "0" => format!("F.pad({{}}, {sides})"),
            sides => format!("F.pad({{}}, {sides}, value={lowest})"),
        };
        let expression = self.along(&format!(
            "F.{name}_pool{rank}d({padded}, {}, stride={}{padding}{edge})",
            sizes(&pool.size),
            sizes(&pool.strides)
        ));
        self.line(module, &expression);
    }

    /// What goes around before the layer, and the layer's own padding: PyTorch's own is the same on
    /// both sides, which Keras's is not where an odd number of cells is missing.
    fn padding(
        &self,
        window: &[usize],
        strides: &[usize],
        same: bool,
        lowest: &str,
    ) -> (String, String) {
        if !same {
            return (String::new(), String::new());
        }
        let totals: Vec<usize> = self
            .shape_before()
            .iter()
            .zip(window)
            .zip(strides)
            .map(|((length, window), stride)| {
                let windows = length.div_ceil(*stride);
                ((windows - 1) * stride + window).saturating_sub(*length)
            })
            .collect();
        let fits_inside = lowest == "0" || totals.iter().zip(window).all(|(total, w)| total <= w);
        if totals.iter().all(|total| *total == 0) {
            return (String::new(), String::new());
        }
        if totals.iter().all(|total| total % 2 == 0) && fits_inside {
            let half: Vec<usize> = totals.iter().map(|total| total / 2).collect();
            return (String::new(), format!(", padding={}", sizes(&half)));
        }
        let sides: Vec<String> = totals
            .iter()
            .rev()
            .flat_map(|total| [(total / 2).to_string(), total.div_ceil(2).to_string()])
            .collect();
        (format!("({})", sides.join(", ")), String::new())
    }

    fn dense(&self, units: usize, activation: Activation, module: &mut Module) {
        let channels = self.channels();
        self.field(module, &format!("nn.Linear({channels}, {units})"));
        let first = self.first();
        let rank = self.shape_before().len();
        let expression = match rank {
            // Of a picture the channels are the last axis only for a moment.
            3 => format!(
                "self.{}({first}.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)",
                self.field
            ),
            _ => format!("self.{}({first})", self.field),
        };
        self.line(module, &expression);
        self.activate(activation, rank, module);
    }

    fn recurrent(&self, layer: &Recurrent, module: &mut Module) {
        let name = match layer.cell {
            super::Cell::Lstm => "LSTM",
            super::Cell::Gru => "GRU",
            super::Cell::Simple => "RNN",
        };
        let both = match layer.both_ways {
            true => ", bidirectional=True",
            false => "",
        };
        let channels = self.channels();
        self.field(
            module,
            &format!(
                "nn.{name}({channels}, {}, batch_first=True{both})",
                layer.units
            ),
        );
        let call = format!("self.{}({})[0]", self.field, self.first());
        let units = layer.units;
        match (layer.sequences, layer.both_ways) {
            (true, _) => self.line(module, &call),
            (false, false) => self.line(module, &format!("{call}[:, -1]")),
            (false, true) => {
                // The backward reader has read everything at the first step.
                let both = format!("{}_both", self.variable);
                module.forward.push(format!("{both} = {call}"));
                self.line(
                    module,
                    &format!("torch.cat([{both}[:, -1, :{units}], {both}[:, 0, {units}:]], dim=1)"),
                );
            }
        }
    }

    fn norm(&self, module: &mut Module) {
        let channels = self.channels();
        let rank = self.shape_before().len();
        let first = self.first();
        let (made, expression) = match (self.layer, rank) {
            (Layer::BatchNorm, 3) => (
                format!("nn.BatchNorm2d({channels})"),
                format!("self.{}({first})", self.field),
            ),
            (Layer::BatchNorm, 2) => (
                format!("nn.BatchNorm1d({channels})"),
                self.along(&format!("self.{}({{}})", self.field)),
            ),
            (Layer::BatchNorm, _) => (
                format!("nn.BatchNorm1d({channels})"),
                format!("self.{}({first})", self.field),
            ),
            (_, 3) => (
                format!("nn.LayerNorm({channels})"),
                format!(
                    "self.{}({first}.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)",
                    self.field
                ),
            ),
            _ => (
                format!("nn.LayerNorm({channels})"),
                format!("self.{}({first})", self.field),
            ),
        };
        self.field(module, &made);
        self.line(module, &expression);
    }

    fn activate(&self, activation: Activation, rank: usize, module: &mut Module) {
        if activation != Activation::Linear {
            let expression = activated(activation, self.variable, rank);
            self.line(module, &expression);
        }
    }
}

/// A function over a tensor with that many axes beside the batch.
fn activated(activation: Activation, value: &str, rank: usize) -> String {
    match activation {
        Activation::Linear => value.to_owned(),
        Activation::Relu => format!("F.relu({value})"),
        Activation::Relu6 => format!("F.relu6({value})"),
        Activation::LeakyRelu => format!("F.leaky_relu({value}, 0.2)"),
        Activation::Elu => format!("F.elu({value})"),
        Activation::Selu => format!("F.selu({value})"),
        Activation::Gelu => format!("F.gelu({value})"),
        Activation::Silu => format!("F.silu({value})"),
        Activation::Tanh => format!("torch.tanh({value})"),
        Activation::Sigmoid => format!("torch.sigmoid({value})"),
        // The channels of a picture are its first axis here.
        Activation::Softmax if rank == 3 => format!("torch.softmax({value}, dim=1)"),
        Activation::Softmax => format!("torch.softmax({value}, dim=-1)"),
        Activation::Softplus => format!("F.softplus({value})"),
    }
}

fn merged(merge: Merge, inputs: &[&str]) -> String {
    match merge {
        Merge::Add => inputs.join(" + "),
        Merge::Multiply => inputs.join(" * "),
        Merge::Subtract => inputs.join(" - "),
        Merge::Average => format!("({}) / {}", inputs.join(" + "), inputs.len()),
        Merge::Maximum => {
            let mut inputs = inputs.iter();
            let first = inputs.next().copied().unwrap_or_default().to_owned();
            inputs.fold(first, |value, input| {
                format!("torch.maximum({value}, {input})")
            })
        }
    }
}

/// Keras makes a transposed convolution with "same" exactly `stride` times as long.
fn transposed_padding(conv: &Conv) -> String {
    let pairs = conv.kernel.iter().zip(&conv.strides);
    match conv.same {
        true => {
            let padding: Vec<usize> = pairs
                .clone()
                .map(|(kernel, stride)| kernel.saturating_sub(*stride).div_ceil(2))
                .collect();
            let extra: Vec<usize> = pairs
                .zip(&padding)
                .map(|((kernel, stride), padding)| (stride + 2 * padding).saturating_sub(*kernel))
                .collect();
            format!(
                ", padding={}, output_padding={}",
                sizes(&padding),
                sizes(&extra)
            )
        }
        false => {
            let extra: Vec<usize> = pairs
                .map(|(kernel, stride)| stride.saturating_sub(*kernel))
                .collect();
            match extra.iter().all(|extra| *extra == 0) {
                true => String::new(),
                false => format!(", output_padding={}", sizes(&extra)),
            }
        }
    }
}

/// One number where all are the same.
fn sizes(numbers: &[usize]) -> String {
    match numbers {
        [first, rest @ ..] if rest.iter().all(|number| number == first) => first.to_string(),
        numbers => super::keras::tuple(numbers),
    }
}
