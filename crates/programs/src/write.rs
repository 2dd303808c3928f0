//! The files of a program, written from tested templates.

use std::sync::LazyLock;

use assistant::artifact::CodeFile;
use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, UndefinedBehavior, Value, context};

use crate::graph::{Layer, describe, keras, torch};
use crate::request::{Dataset, Framework, Kind, Language};
use crate::specification::Specification;

macro_rules! templates {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../assets/programs/", $name)))),*]
    };
}

const TEMPLATES: &[(&str, &str)] = templates![
    "keras/detection.py.j2",
    "keras/image.py.j2",
    "keras/series.py.j2",
    "keras/tabular.py.j2",
    "keras/text.py.j2",
    "parts/boxes.py.j2",
    "parts/classes_report.py.j2",
    "parts/image_files.py.j2",
    "parts/keras_head.py.j2",
    "parts/series.py.j2",
    "parts/series_data.py.j2",
    "parts/series_results.py.j2",
    "parts/table.py.j2",
    "parts/table_data.py.j2",
    "parts/table_main_start.py.j2",
    "parts/table_results.py.j2",
    "parts/table_settings.py.j2",
    "parts/text.py.j2",
    "parts/text_data.py.j2",
    "parts/torch_head.py.j2",
    "parts/torch_train.py.j2",
    "pytorch/detection.py.j2",
    "pytorch/image.py.j2",
    "pytorch/series.py.j2",
    "pytorch/tabular.py.j2",
    "pytorch/text.py.j2",
    "readme/en.md.j2",
    "readme/zh-hans.md.j2",
    "readme/zh-hant.md.j2",
    "sklearn/clusters.py.j2",
];

static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = Environment::new();
    environment.set_syntax(
        SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .keep_trailing_newline(true)
            .build()
            .expect("the usual delimiters"),
    );
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    for (name, source) in TEMPLATES {
        environment
            .add_template_owned(*name, whole(source))
            .expect("the templates are built in, and a test renders each of them");
    }
    environment
});

/// A template with its parts in the places where it names them.
///
/// minijinja could do that itself; but its feature for it would be on for presets as well, which come
/// from anywhere and are not to name other files.
fn whole(source: &str) -> String {
    let part = |line: &str| {
        let name = line.strip_prefix("{% include \"")?.strip_suffix("\" %}")?;
        let (_, part) = TEMPLATES.iter().find(|(known, _)| *known == name)?;
        Some(whole(part))
    };
    source
        .lines()
        .map(|line| part(line).unwrap_or_else(|| format!("{line}\n")))
        .collect()
}

/// Why a program could not be written: a mistake of ours.
#[derive(Debug, thiserror::Error)]
#[error("the template {name} cannot be filled in: {source}")]
pub struct TemplateError {
    name: &'static str,
    source: minijinja::Error,
}

/// The files of the program: `train.py`, `requirements.txt` and `README.md`.
///
/// # Errors
/// When a template cannot be filled in, which tests rule out.
pub fn files(specification: &Specification) -> Result<Vec<CodeFile>, TemplateError> {
    let requirements = requirements(specification);
    let context = values(specification, &requirements);
    let program = render(template(specification), &context)?;
    let readme = render(
        match specification.language {
            Language::En => "readme/en.md.j2",
            Language::ZhHans => "readme/zh-hans.md.j2",
            Language::ZhHant => "readme/zh-hant.md.j2",
        },
        &context,
    )?;
    Ok(vec![
        file("train.py", "python", program),
        file("requirements.txt", "text", requirements.join("\n") + "\n"),
        file("README.md", "markdown", readme),
    ])
}

/// A file of a program.
pub fn file(name: &str, language: &str, text: String) -> CodeFile {
    CodeFile {
        name: name.to_owned(),
        language: language.to_owned(),
        text,
    }
}

fn template(specification: &Specification) -> &'static str {
    match (specification.kind, specification.framework) {
        (Kind::Clusters, _) => "sklearn/clusters.py.j2",
        (Kind::Image, Framework::Pytorch) => "pytorch/image.py.j2",
        (Kind::Image, _) => "keras/image.py.j2",
        (Kind::Detection, Framework::Pytorch) => "pytorch/detection.py.j2",
        (Kind::Detection, _) => "keras/detection.py.j2",
        (Kind::Text, Framework::Pytorch) => "pytorch/text.py.j2",
        (Kind::Text, _) => "keras/text.py.j2",
        (Kind::Series, Framework::Pytorch) => "pytorch/series.py.j2",
        (Kind::Series, _) => "keras/series.py.j2",
        (_, Framework::Pytorch) => "pytorch/tabular.py.j2",
        _ => "keras/tabular.py.j2",
    }
}

fn render(name: &'static str, context: &Value) -> Result<String, TemplateError> {
    let wrap = |source| TemplateError { name, source };
    let template = ENVIRONMENT.get_template(name).map_err(wrap)?;
    template
        .render(context)
        .map(|text| tidy(&text))
        .map_err(wrap)
}

/// Without white space at the ends of lines and with two empty lines in a row at most.
fn tidy(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.trim().lines().map(str::trim_end) {
        empty = if line.is_empty() { empty + 1 } else { 0 };
        if empty <= 2 {
            made.push_str(line);
            made.push('\n');
        }
    }
    made
}

#[expect(
    clippy::too_many_lines,
    reason = "a table with one row for each name that a template uses"
)]
fn values(specification: &Specification, requirements: &[String]) -> Value {
    let one = specification;
    let network = one.network.as_ref();
    let (network_lines, network_output) = network.map(keras::statements).unwrap_or_default();
    let module = network.map(torch::module).unwrap_or_default();
    let listed: Vec<String> = match network {
        Some(graph) if one.custom => graph
            .nodes()
            .iter()
            .skip(1)
            .map(|node| describe(&node.layer))
            .collect(),
        _ => one.listed.iter().map(describe).collect(),
    };
    let table_lines = match one.framework {
        Framework::Pytorch => one.listed.iter().flat_map(torch_line).collect(),
        _ => one.listed.iter().filter_map(keras_line).collect(),
    };
    let is_tabular = matches!(one.kind, Kind::Classes | Kind::Numbers);
    let names = backbone(one.is_mobile);
    let [height, width, _] = one.image;
    context! {
        title => title(one),
        summary => summary(one),
        kind => kind_name(one.kind),
        framework => framework_name(one.framework),
        dataset => one.dataset.map(dataset_name),
        dataset_title => one.dataset.map(dataset_title),
        torch_dataset => one.dataset.map(torch_dataset),
        dataset_shape => one.dataset.map(|dataset| keras::tuple(&dataset.shape())),
        classes => one.classes,
        class_names => (!one.class_names.is_empty()).then(|| python(&one.class_names)),
        image_shape => keras::tuple(&one.image),
        scaled_from => one.scaled_from.map(|(height, width)| format!("{height}×{width}")),
        height, width,
        side => one.image[0],
        odd_channels => (!matches!(one.image[2], 1 | 3)).then_some(one.image[2]),
        flip => !matches!(one.dataset, Some(Dataset::Mnist)) && one.dataset.is_none_or(|d| d.shape()[2] == 3),
        transfer => one.transfer,
        fine_tune_epochs => (one.epochs / 2).max(1),
        backbone => names.0,
        torch_backbone => match one.kind {
            Kind::Detection if one.is_mobile => "fasterrcnn_mobilenet_v3_large_320_fpn",
            Kind::Detection => "fasterrcnn_mobilenet_v3_large_fpn",
            _ => names.1,
        },
        torch_head => names.2,
        custom => one.custom,
        layer_list => (listed.len() <= 12 && !listed.is_empty()).then(|| listed.join(", ")),
        network => if is_tabular { table_lines } else { network_lines },
        network_output,
        network_layers => module.layers,
        network_forward => module.forward,
        target => one.target.clone(),
        features => python(&one.features),
        text_column => "text",
        date_column => "date",
        file => one.file.clone(),
        is_classes => one.kind == Kind::Classes,
        clusters => one.clusters,
        algorithm => "KMeans",
        length => one.text_length(),
        window => one.window,
        horizon => one.horizon,
        batch => one.batch,
        epochs => one.epochs,
        learning_rate => one.learning_rate.to_string(),
        optimizer => one.optimizer,
        mobile => one.is_mobile,
        samples => one.samples,
        assumed => one.assumed.clone(),
        requirements => requirements.to_vec(),
    }
}

/// What the texts for people ask for.
fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Image => "image",
        Kind::Detection => "detection",
        Kind::Text => "text",
        Kind::Series => "series",
        Kind::Clusters => "clusters",
        Kind::Classes | Kind::Numbers | Kind::Other => "table",
    }
}

fn framework_name(framework: Framework) -> &'static str {
    match framework {
        Framework::Keras => "keras",
        Framework::Pytorch => "pytorch",
        Framework::Sklearn => "sklearn",
    }
}

/// A list of texts as Python writes it.
fn python(texts: &[String]) -> String {
    // JSON's lists of texts are Python's.
    serde_json::to_string(texts).unwrap_or_else(|_| "[]".to_owned())
}

fn dataset_name(dataset: Dataset) -> &'static str {
    match dataset {
        Dataset::Mnist => "mnist",
        Dataset::FashionMnist => "fashion_mnist",
        Dataset::Cifar10 => "cifar10",
        Dataset::Cifar100 => "cifar100",
    }
}

fn dataset_title(dataset: Dataset) -> &'static str {
    match dataset {
        Dataset::Mnist => "MNIST",
        Dataset::FashionMnist => "Fashion-MNIST",
        Dataset::Cifar10 => "CIFAR-10",
        Dataset::Cifar100 => "CIFAR-100",
    }
}

fn torch_dataset(dataset: Dataset) -> &'static str {
    match dataset {
        Dataset::Mnist => "MNIST",
        Dataset::FashionMnist => "FashionMNIST",
        Dataset::Cifar10 => "CIFAR10",
        Dataset::Cifar100 => "CIFAR100",
    }
}

/// A pretrained network: in Keras, in torchvision, and where its last layer is there.
fn backbone(is_mobile: bool) -> (&'static str, &'static str, &'static str) {
    match is_mobile {
        true => ("MobileNetV3Small", "mobilenet_v3_small", "classifier[3]"),
        false => ("EfficientNetV2B0", "efficientnet_b0", "classifier[1]"),
    }
}

fn title(one: &Specification) -> String {
    let library = match one.framework {
        Framework::Keras => "Keras",
        Framework::Pytorch => "PyTorch",
        Framework::Sklearn => "scikit-learn",
    };
    let what = match one.kind {
        Kind::Image => format!("Image classification into {} classes", one.classes),
        Kind::Detection => format!("Object detection of {} classes", one.classes),
        Kind::Classes => format!("Classification of table rows into {} classes", one.classes),
        Kind::Numbers => format!("Prediction of {} from table rows", safe(&one.target)),
        Kind::Text => format!("Text classification into {} classes", one.classes),
        Kind::Series => format!("Forecast of {} steps of {}", one.horizon, safe(&one.target)),
        Kind::Clusters => "Grouping of table rows".to_owned(),
        Kind::Other => "A program".to_owned(),
    };
    format!("{what}, with {library}.")
}

/// A name without what would end the text that it stands in.
fn safe(name: &str) -> String {
    name.replace(['"', '\\', '\n'], " ")
}

fn summary(one: &Specification) -> String {
    let size = one
        .samples
        .map(|count| format!(" About {count} examples to learn from."));
    let size = size.unwrap_or_default();
    match one.kind {
        Kind::Image if one.transfer => format!(
            "Fine-tunes a pretrained {}: with photographs that is better and faster than learning from nothing.{size}",
            backbone(one.is_mobile).0
        ),
        Kind::Image if one.custom => {
            format!("The network has the layers that were asked for.{size}")
        }
        Kind::Image => format!("A convolutional network that learns from nothing.{size}"),
        Kind::Detection => format!("Fine-tunes a pretrained detector on images with boxes.{size}"),
        Kind::Classes | Kind::Numbers => format!(
            "Numbers are scaled, texts become columns of 0 and 1, gaps are filled; then a small network learns.{size}"
        ),
        Kind::Text => {
            format!("Texts become rows of word numbers; the network reads them in order.{size}")
        }
        Kind::Series => format!(
            "From the last {} steps the next {} are forecast; time is never mixed.{size}",
            one.window, one.horizon
        ),
        Kind::Clusters | Kind::Other => format!("Rows that are alike are put together.{size}"),
    }
}

/// A layer of a network for tables, whose width is known when the data is.
fn keras_line(layer: &Layer) -> Option<String> {
    let made = match layer {
        Layer::Dense { units, activation } => {
            format!(
                "layers.Dense({units}, activation=\"{}\")",
                activation.keras()
            )
        }
        Layer::Dropout { rate } => format!("layers.Dropout({rate})"),
        Layer::BatchNorm => "layers.BatchNormalization()".to_owned(),
        Layer::LayerNorm => "layers.LayerNormalization()".to_owned(),
        Layer::Activation(activation) => format!("layers.Activation(\"{}\")", activation.keras()),
        _ => return None,
    };
    Some(format!("x = {made}(x)"))
}

fn torch_line(layer: &Layer) -> Vec<String> {
    match layer {
        Layer::Dense { units, activation } => {
            let mut lines = vec![format!("nn.LazyLinear({units})")];
            lines.extend(torch_activation(*activation));
            lines
        }
        Layer::Dropout { rate } => vec![format!("nn.Dropout({rate})")],
        Layer::BatchNorm => vec!["nn.LazyBatchNorm1d()".to_owned()],
        Layer::Activation(activation) => torch_activation(*activation).into_iter().collect(),
        _ => vec![],
    }
}

fn torch_activation(activation: crate::graph::Activation) -> Option<String> {
    use crate::graph::Activation as A;
    let name = match activation {
        A::Linear => return None,
        A::Relu => "ReLU()",
        A::Relu6 => "ReLU6()",
        A::LeakyRelu => "LeakyReLU(0.2)",
        A::Elu => "ELU()",
        A::Selu => "SELU()",
        A::Gelu => "GELU()",
        A::Silu => "SiLU()",
        A::Tanh => "Tanh()",
        A::Sigmoid => "Sigmoid()",
        A::Softmax => "Softmax(dim=1)",
        A::Softplus => "Softplus()",
    };
    Some(format!("nn.{name}"))
}

/// What has to be installed, each at the version that the templates were tried with.
fn requirements(one: &Specification) -> Vec<String> {
    let mut lines: Vec<&str> = match one.framework {
        Framework::Keras if one.is_mobile => vec!["keras==3.15.1", "tensorflow==2.21.0"],
        Framework::Keras => vec!["keras==3.15.1", "jax==0.10.2"],
        Framework::Pytorch => vec!["torch==2.15.0"],
        Framework::Sklearn => vec!["scikit-learn==1.9.1", "joblib==1.6.0"],
    };
    let needs_vision = one.framework == Framework::Pytorch
        && (one.transfer || one.dataset.is_some() || one.kind == Kind::Detection);
    if needs_vision {
        lines.push("torchvision==0.29.2");
    }
    lines.push("numpy==2.4.6");
    match one.kind {
        Kind::Image | Kind::Detection => lines.push("pillow==13.0.0"),
        Kind::Classes | Kind::Numbers | Kind::Series | Kind::Clusters => {
            lines.push("pandas==3.1.1");
        }
        _ => {}
    }
    if one.file.ends_with(".xlsx") {
        lines.push("openpyxl==3.1.5");
    }
    if one.file.ends_with(".parquet") {
        lines.push("pyarrow==22.0.0");
    }
    lines.into_iter().map(str::to_owned).collect()
}
