//! The last touches to a network: it ends as its task needs it, and nothing idle is left in it.

use super::{Activation, Graph, GraphError, Layer, Node, PoolKind};

/// From how many numbers on a picture is pooled and not flattened before a dense layer: a dense
/// layer of 128 upon as many would hold 50 million weights.
const MOST_FLAT: usize = 400_000;

impl Graph {
    /// The network with an end of `units` numbers: a flat row before the dense layers, as many
    /// units in the last one, and `activation` behind it.
    ///
    /// # Errors
    /// When its layers do not fit together after all.
    pub fn finished(&self, units: usize, activation: Activation) -> Result<Self, GraphError> {
        let head = self.head();
        let mut made = Self::new(self.input_shape().to_vec());
        made.mended.clone_from(&self.mended);
        let mut places = vec![None; self.nodes.len()];
        places[0] = Some(0);
        let is_used = self.used();
        for (place, node) in self.nodes.iter().enumerate().skip(1) {
            if !is_used[place] {
                continue;
            }
            let mut inputs: Vec<usize> = node
                .inputs
                .iter()
                .filter_map(|input| places[*input])
                .collect();
            if head.first == Some(place) {
                inputs = vec![made.flat(inputs[0])?];
            }
            if head.softmax == Some(place) {
                places[place] = inputs.first().copied();
                continue;
            }
            let layer = match &node.layer {
                Layer::Dense { .. } if head.last == Some(place) => {
                    made.note_units(node, units);
                    Layer::Dense { units, activation }
                }
                layer => layer.clone(),
            };
            places[place] = Some(made.push(layer, &inputs)?);
        }
        let end = places[self.output].unwrap_or_default();
        if head.last.is_none() {
            let flat = made.flat(end)?;
            made.mended
                .push(format!("a last dense layer of {units} was put at the end"));
            made.push(Layer::Dense { units, activation }, &[flat])?;
        } else {
            made.output = end;
        }
        Ok(made)
    }

    fn note_units(&mut self, node: &Node, units: usize) {
        if let Layer::Dense { units: had, .. } = node.layer
            && had != units
        {
            self.mended
                .push(format!("the last dense layer has {units} units, not {had}"));
        }
    }

    fn flat(&mut self, input: usize) -> Result<usize, GraphError> {
        let shape = self.shape(input);
        if shape.len() < 2 {
            return Ok(input);
        }
        match shape.iter().product::<usize>() > MOST_FLAT {
            true => self.push(Layer::GlobalPool(PoolKind::Average), &[input]),
            false => self.push(Layer::Flatten, &[input]),
        }
    }

    /// The run of dense layers at the end.
    fn head(&self) -> Head {
        let mut head = Head::default();
        let mut place = self.output;
        loop {
            let node = &self.nodes[place];
            match node.layer {
                Layer::Dense { .. } => {
                    head.last = head.last.or(Some(place));
                    head.first = Some(place);
                }
                Layer::Activation(Activation::Softmax | Activation::Sigmoid)
                    if head.last.is_none() && head.softmax.is_none() =>
                {
                    head.softmax = Some(place);
                }
                Layer::Dropout { .. } | Layer::Activation(_) | Layer::BatchNorm
                    if head.last.is_some() => {}
                _ => break,
            }
            match node.inputs.first() {
                Some(input) => place = *input,
                None => break,
            }
        }
        if head.last.is_none() {
            head.softmax = None;
        }
        head
    }

    /// Which layers the output stands on.
    fn used(&self) -> Vec<bool> {
        let mut used = vec![false; self.nodes.len()];
        let mut waiting = vec![self.output];
        while let Some(place) = waiting.pop() {
            if !std::mem::replace(&mut used[place], true) {
                waiting.extend(&self.nodes[place].inputs);
            }
        }
        used
    }
}

/// Where the run of dense layers at the end is.
#[derive(Default)]
struct Head {
    first: Option<usize>,
    last: Option<usize>,
    /// A softmax or sigmoid that stands behind it by itself.
    softmax: Option<usize>,
}
