//! What a program is to be, complete: what the request says, what was found out beside, and a
//! sensible value for everything else.

use crate::graph::{
    Activation, Cell, Conv, ConvKind, Graph, GraphError, Layer, Pool, PoolKind, Recurrent,
};
use crate::request::{Dataset, Framework, Kind, Language, Request};

/// Channels of a picture in colour.
const COLOUR: usize = 3;

/// Longest side of the images that a pretrained network is shown.
const MOST_SIDE: usize = 256;

/// Words of a text that are read, unless the request says otherwise.
const TEXT_LENGTH: usize = 200;

/// Different words that are known.
const WORDS: usize = 20_000;

/// Everything that a template needs to know.
#[derive(Debug, Clone, PartialEq)]
pub struct Specification {
    /// The task.
    pub kind: Kind,
    /// The library.
    pub framework: Framework,
    /// The language of the person.
    pub language: Language,
    /// Data that the frameworks bring.
    pub dataset: Option<Dataset>,
    /// How many classes.
    pub classes: usize,
    /// Their names; empty where they are not known.
    pub class_names: Vec<String>,
    /// How many images, rows or texts there are, where that is known.
    pub samples: Option<usize>,
    /// Height, width and channels that the network sees.
    pub image: [usize; 3],
    /// Height and width of the images themselves, where they are scaled.
    pub scaled_from: Option<(usize, usize)>,
    /// The column to be predicted, or that holds the class.
    pub target: String,
    /// The columns to predict it from; empty for all others.
    pub features: Vec<String>,
    /// The file with the data.
    pub file: String,
    /// How many groups, where that is said.
    pub clusters: Option<usize>,
    /// How many steps ahead.
    pub horizon: usize,
    /// From how many steps.
    pub window: usize,
    /// Rounds through the data.
    pub epochs: usize,
    /// How many at once.
    pub batch: usize,
    /// Step of the optimizer.
    pub learning_rate: f64,
    /// Name of the optimizer's class.
    pub optimizer: &'static str,
    /// Whether it is to run on a phone.
    pub is_mobile: bool,
    /// Whether a pretrained network is fine-tuned.
    pub transfer: bool,
    /// The network where it is code's own and its shapes are known.
    pub network: Option<Graph>,
    /// The layers that were asked for, where the shapes are not known before the data is.
    pub listed: Vec<Layer>,
    /// Whether the layers are the person's.
    pub custom: bool,
    /// What was not said and was chosen, a clause each.
    pub assumed: Vec<String>,
}

/// What was found out beside the request.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// The task, where the words did not say.
    pub kind: Option<Kind>,
    /// The column to be predicted.
    pub target: Option<String>,
    /// The columns to predict it from.
    pub features: Vec<String>,
    /// The network that was described.
    pub network: Option<Graph>,
    /// What it lacks of its description, or has too much.
    pub differences: Vec<String>,
    /// The layers that were listed.
    pub listed: Vec<Layer>,
}

impl Specification {
    /// The specification for a request of a kind that there is a template for.
    ///
    /// # Errors
    /// When the layers that were asked for do not fit together.
    pub fn new(request: &Request, kind: Kind, found: Found) -> Result<Self, GraphError> {
        let mut assumed = Vec::new();
        let framework = library(request, kind, &mut assumed);
        let samples = request.samples;
        let custom = found.network.is_some() || !found.listed.is_empty();
        let mut made = Self {
            kind,
            framework,
            language: request.language,
            dataset: request.dataset.filter(|_| kind == Kind::Image),
            classes: classes(request, kind, &mut assumed),
            class_names: request.class_names.clone(),
            samples,
            image: [0; 3],
            scaled_from: None,
            target: String::new(),
            features: vec![],
            file: request
                .file
                .clone()
                .unwrap_or_else(|| file_of(kind).to_owned()),
            clusters: request.clusters,
            horizon: request.horizon.unwrap_or(7),
            window: 0,
            epochs: request.epochs.unwrap_or_else(|| epochs(kind, samples)),
            batch: request.batch.unwrap_or_else(|| batch(kind, samples)),
            learning_rate: request.learning_rate.unwrap_or(match kind {
                Kind::Detection if framework == Framework::Pytorch => 5e-3,
                _ => 1e-3,
            }),
            optimizer: match request.optimizer {
                Some("adamw") => "AdamW",
                Some("sgd") => "SGD",
                Some("rmsprop") => "RMSprop",
                _ => "Adam",
            },
            is_mobile: request.is_mobile,
            transfer: false,
            network: None,
            listed: vec![],
            custom,
            assumed,
        };
        if made.class_names.len() != made.classes {
            made.class_names.clear();
        }
        made.choose_columns(request, &found);
        made.choose_image(request, custom, found.network.as_ref());
        made.window = request.window.unwrap_or((made.horizon * 4).clamp(12, 168));
        made.network = made.built(&found)?;
        if matches!(kind, Kind::Classes | Kind::Numbers) {
            made.listed = found.listed;
        }
        Ok(made)
    }

    fn choose_columns(&mut self, request: &Request, found: &Found) {
        let usual = match self.kind {
            Kind::Text => "label",
            Kind::Series => "value",
            _ => "target",
        };
        let target = request.target.clone().or_else(|| found.target.clone());
        let needs_target = matches!(
            self.kind,
            Kind::Text | Kind::Series | Kind::Classes | Kind::Numbers
        );
        if target.is_none() && needs_target {
            self.assumed
                .push(format!("the column to be predicted: {usual}"));
        }
        self.target = target.unwrap_or_else(|| usual.to_owned());
        self.features = match request.features.is_empty() {
            true => found.features.clone(),
            false => request.features.clone(),
        };
        if matches!(self.kind, Kind::Text) {
            // What follows "from" in a request about texts are the texts.
            self.target = usual.to_owned();
            self.features.clear();
        }
        if self.kind == Kind::Series {
            self.features
                .retain(|name| name != "date" && name != "time");
        }
        self.features.retain(|name| *name != self.target);
    }

    fn choose_image(&mut self, request: &Request, custom: bool, network: Option<&Graph>) {
        if !matches!(self.kind, Kind::Image | Kind::Detection) {
            return;
        }
        let said = request.size;
        let drawn = network.and_then(|network| match *network.input_shape() {
            [height, width, channels] => Some((height, width, Some(channels))),
            _ => None,
        });
        let own = self.dataset.map(|dataset| {
            let [height, width, channels] = dataset.shape();
            (height, width, Some(channels))
        });
        if own.is_none() && said.is_none() && drawn.is_none() {
            self.assumed
                .push("the size of the images: 224×224".to_owned());
        }
        let (height, width, channels) = own.or(said).or(drawn).unwrap_or((224, 224, None));
        let channels = channels.filter(|channels| *channels > 0).unwrap_or(COLOUR);
        self.transfer = self.kind == Kind::Image
            && !custom
            && self.dataset.is_none()
            && !request.from_scratch
            && channels == COLOUR
            && height.min(width) >= 64;
        let most = if self.is_mobile { 224 } else { MOST_SIDE };
        let longest = height.max(width);
        self.image = match longest > most && !custom {
            true => {
                self.scaled_from = Some((height, width));
                // Networks halve the picture five times.
                let scaled = |side: usize| (side * most / longest).next_multiple_of(32);
                [scaled(height), scaled(width), channels]
            }
            false => [height, width, channels],
        };
        if self.kind == Kind::Detection {
            let side = if self.is_mobile { 320 } else { 480 };
            self.image = [side, side, COLOUR];
            self.scaled_from = None;
        }
    }

    /// The network where code writes it, ended as the task needs it.
    fn built(&self, found: &Found) -> Result<Option<Graph>, GraphError> {
        let (units, activation) = match self.kind {
            Kind::Image if self.transfer => return Ok(None),
            Kind::Image | Kind::Text => (self.classes, Activation::Softmax),
            Kind::Series => (self.horizon, Activation::Linear),
            _ => return Ok(None),
        };
        if let Some(network) = &found.network {
            return network.finished(units, activation).map(Some);
        }
        let mut graph = Graph::new(match self.kind {
            Kind::Image => self.image.to_vec(),
            Kind::Text => vec![TEXT_LENGTH],
            _ => vec![self.window, 1 + self.features.len()],
        });
        let mut last = 0;
        if self.kind == Kind::Text {
            last = graph.push(
                Layer::Embedding {
                    words: WORDS,
                    size: 64,
                },
                &[last],
            )?;
        }
        let layers = match found.listed.is_empty() {
            true => self.usual_layers(),
            false => found.listed.clone(),
        };
        for layer in layers {
            // A dense layer after pictures stands upon a flat row of numbers.
            let is_flat = graph.shape(last).len() == 1;
            if matches!(layer, Layer::Dense { .. }) && !is_flat {
                last = graph.push(Layer::Flatten, &[last])?;
            }
            let is_recurrent = matches!(layer, Layer::Recurrent(_) | Layer::Conv(_));
            if is_recurrent && is_flat {
                return Err(GraphError::Unfit {
                    layer: crate::graph::describe(&layer),
                    shape: graph.shape(last).to_vec(),
                });
            }
            last = graph.push(layer, &[last])?;
        }
        // A last dense layer that is no end of a network is one of those before the end.
        let is_end = match graph.nodes().last().map(|node| &node.layer) {
            Some(Layer::Dense {
                units: had,
                activation,
            }) => *had == units || matches!(activation, Activation::Softmax | Activation::Sigmoid),
            _ => true,
        };
        if !is_end {
            last = graph.push(Layer::Dense { units, activation }, &[last])?;
        }
        graph.set_output(last);
        graph.finished(units, activation).map(Some)
    }

    fn usual_layers(&self) -> Vec<Layer> {
        let dropout = |rate: f64| Layer::Dropout { rate };
        let recurrent = |cell: Cell, units: usize, both_ways: bool| {
            Layer::Recurrent(Recurrent {
                cell,
                units,
                sequences: false,
                both_ways,
            })
        };
        match self.kind {
            Kind::Text => vec![dropout(0.2), recurrent(Cell::Lstm, 64, true), dropout(0.3)],
            Kind::Series => vec![recurrent(Cell::Lstm, 64, false), dropout(0.1)],
            _ => {
                let conv = |filters: usize| {
                    Layer::Conv(Conv {
                        kind: ConvKind::Plain,
                        filters,
                        kernel: vec![3, 3],
                        strides: vec![1, 1],
                        same: true,
                        activation: Activation::Relu,
                    })
                };
                let pool = Layer::Pool(Pool {
                    kind: PoolKind::Max,
                    size: vec![2, 2],
                    strides: vec![2, 2],
                    same: false,
                });
                let mut layers: Vec<Layer> = [32, 64, 128]
                    .into_iter()
                    .flat_map(|filters| [conv(filters), Layer::BatchNorm, pool.clone()])
                    .collect();
                layers.push(Layer::GlobalPool(PoolKind::Average));
                layers.push(dropout(0.3));
                layers
            }
        }
    }

    /// Words of a text that are read.
    #[must_use]
    pub fn text_length(&self) -> usize {
        TEXT_LENGTH
    }
}

fn library(request: &Request, kind: Kind, assumed: &mut Vec<String>) -> Framework {
    match (kind, request.framework) {
        (Kind::Clusters, _) => Framework::Sklearn,
        (_, Some(Framework::Pytorch)) => Framework::Pytorch,
        (_, Some(Framework::Keras)) => Framework::Keras,
        _ => {
            assumed.push("the library: Keras".to_owned());
            Framework::Keras
        }
    }
}

fn classes(request: &Request, kind: Kind, assumed: &mut Vec<String>) -> usize {
    let needs = matches!(
        kind,
        Kind::Image | Kind::Detection | Kind::Classes | Kind::Text
    );
    request.classes.unwrap_or_else(|| {
        let usual = match kind {
            Kind::Image => 10,
            _ => 2,
        };
        if needs {
            assumed.push(format!("the number of classes: {usual}"));
        }
        usual
    })
}

fn file_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "data/texts.csv",
        Kind::Series => "data/series.csv",
        _ => "data/table.csv",
    }
}

/// The more there is to learn from, the fewer rounds it takes.
fn epochs(kind: Kind, samples: Option<usize>) -> usize {
    match (kind, samples) {
        (Kind::Classes | Kind::Numbers, _) => 100,
        (Kind::Series, _) => 60,
        (_, Some(count)) if count < 2_000 => 40,
        (_, Some(count)) if count < 10_000 => 25,
        (_, Some(count)) if count < 60_000 => 15,
        (_, Some(_)) => 8,
        (_, None) => 20,
    }
}

fn batch(kind: Kind, samples: Option<usize>) -> usize {
    match (kind, samples) {
        (Kind::Detection, _) => 4,
        (_, Some(count)) if count < 500 => 8,
        (Kind::Classes | Kind::Numbers | Kind::Text | Kind::Series, _) => 64,
        _ => 32,
    }
}
