//! What the model is asked: small things, one at a time.

use assistant::Attempt;
use model::{Constraint, Message, Prompt, Role, Sampling};
use serde_json::json;

use crate::request::{Framework, Kind, Request};
use crate::trace::{Known, TraceError};

/// Most tokens of a network.
const NETWORK_TOKENS: u32 = 1_400;

/// Most tokens of a whole program.
const PROGRAM_TOKENS: u32 = 2_200;

fn message(role: Role, text: impl Into<String>) -> Message {
    Message {
        role,
        text: text.into(),
    }
}

/// Which task a request is about.
pub fn kind(text: &str) -> Prompt {
    let options: Vec<&str> = Kind::ALL.iter().map(|kind| kind.words()).collect();
    let lead = format!(
        "Which machine learning task is this request about? Answer with one of: {}.\n\nRequest: ",
        options.join("; ")
    );
    Prompt {
        lead: lead.len(),
        messages: vec![message(Role::User, format!("{lead}{text}"))],
        preset: 0,
        opening: String::new(),
        max_tokens: 16,
        sampling: Sampling::GREEDY,
        stop: vec![],
        constraint: None,
        adapter: None,
    }
}

/// The names of the columns that a request speaks of.
pub fn columns(text: &str, kind: Kind) -> Prompt {
    let lead = format!(
        "A table is used for {}. Which column is to be predicted, and which columns is it predicted from? \
         Answer as JSON with short column names taken from the request: \
         {{\"target\": \"...\", \"features\": [\"...\"]}}. Leave features empty where none are named.\n\nRequest: ",
        kind.words()
    );
    Prompt {
        lead: lead.len(),
        messages: vec![message(Role::User, format!("{lead}{text}"))],
        preset: 0,
        opening: String::new(),
        max_tokens: 200,
        sampling: Sampling::GREEDY,
        stop: vec![],
        constraint: Some(Constraint::JsonSchema(json!({
            "type": "object",
            "properties": {
                "target": {"type": "string", "maxLength": 40},
                "features": {"type": "array", "items": {"type": "string", "maxLength": 40}, "maxItems": 20},
            },
            "required": ["target", "features"],
            "additionalProperties": false,
        }))),
        adapter: None,
    }
}

/// Worked examples. Every sentence stands above what is built for it, which keeps a small model at
/// the text; the two differ in everything, so that it copies neither.
const EXAMPLES: [(&str, &str); 2] = [
    (
        "Create a model for images of shape (28, 28, 1) with 10 classes. It has two paths. In the first path a 1x1 \
convolution is followed by a 3x3 depthwise convolution and dropout. The second path is average pooling. The outputs of \
both paths are concatenated, and a 1x1 convolution restores the number of channels of the input. The result is added to \
the input. Finally, a flattening layer and two fully connected layers give the classes.",
        r#"```python
def dl_model():
    inputs = layers.Input(shape=(28, 28, 1))
    # In the first path a 1x1 convolution is followed by a 3x3 depthwise convolution and dropout
    path1 = layers.Conv2D(32, (1, 1), padding="same", activation="relu")(inputs)
    path1 = layers.DepthwiseConv2D((3, 3), padding="same", activation="relu")(path1)
    path1 = layers.Dropout(0.3)(path1)
    # The second path is average pooling
    path2 = layers.AveragePooling2D((2, 2), strides=1, padding="same")(inputs)
    # The outputs of both paths are concatenated
    joined = layers.Concatenate()([path1, path2])
    # A 1x1 convolution restores the number of channels of the input
    restored = layers.Conv2D(inputs.shape[-1], (1, 1), padding="same")(joined)
    # The result is added to the input
    added = layers.Add()([restored, inputs])
    # A flattening layer and two fully connected layers
    flat = layers.Flatten()(added)
    dense = layers.Dense(128, activation="relu")(flat)
    outputs = layers.Dense(10, activation="softmax")(dense)
    return keras.Model(inputs, outputs)
```"#,
    ),
    (
        "Create a model for images of shape (64, 64, 3) with 4 classes. The input is split into three groups along the \
channels; each group goes through a 5x5 convolution and batch normalization, and the outputs are concatenated. Two \
blocks follow, each a 3x3 convolution and max pooling. Then global average pooling and two fully connected layers \
generate a weight for each channel, which are reshaped and multiplied with the features. Global max pooling and a fully \
connected layer give the classes.",
        r#"```python
def dl_model():
    inputs = layers.Input(shape=(64, 64, 3))
    # The input is split into three groups along the channels
    groups = layers.Lambda(lambda t: tf.split(t, 3, axis=-1))(inputs)
    # Each group goes through a 5x5 convolution and batch normalization
    outs = []
    for group in groups:
        out = layers.Conv2D(16, (5, 5), padding="same", activation="relu")(group)
        outs.append(layers.BatchNormalization()(out))
    # The outputs are concatenated
    x = layers.Concatenate()(outs)
    # Two blocks follow, each a 3x3 convolution and max pooling
    for filters in [32, 64]:
        x = layers.Conv2D(filters, (3, 3), padding="same", activation="relu")(x)
        x = layers.MaxPooling2D((2, 2))(x)
    # Global average pooling and two fully connected layers generate a weight for each channel
    weights = layers.GlobalAveragePooling2D()(x)
    weights = layers.Dense(16, activation="relu")(weights)
    weights = layers.Dense(x.shape[-1], activation="sigmoid")(weights)
    # They are reshaped and multiplied with the features
    weights = layers.Reshape((1, 1, x.shape[-1]))(weights)
    x = layers.Multiply()([x, weights])
    # Global max pooling and a fully connected layer
    x = layers.GlobalMaxPooling2D()(x)
    outputs = layers.Dense(4, activation="softmax")(x)
    return keras.Model(inputs, outputs)
```"#,
    ),
];

/// The network that a request describes.
pub fn network(request: &Request, known: &Known, failed: &[Attempt]) -> Prompt {
    let system = "You write Keras models in the functional style: one function dl_model() that returns \
keras.Model(inputs, outputs). You build exactly the layers, branches and connections that are described, in their \
order, with padding=\"same\" wherever tensors are added or concatenated. Above each part stands, as a comment, the \
sentence that it is for. You write no imports, no training and no \
classes, only the function, in one Python block.";
    let mut messages = vec![message(Role::System, system)];
    for (asked, answer) in EXAMPLES {
        messages.push(message(Role::User, asked));
        messages.push(message(Role::Assistant, answer));
    }
    let preset = messages.len();
    let mut facts = Vec::new();
    if let Some(shape) = &known.input {
        let lengths: Vec<String> = shape.iter().map(ToString::to_string).collect();
        facts.push(format!("The input shape is ({}).", lengths.join(", ")));
    }
    if let Some(classes) = known.classes {
        facts.push(format!("There are {classes} classes."));
    }
    let mut asked = format!("{}\n{}", request.text, facts.join(" "));
    if let Some(last) = failed.last() {
        asked = format!("{asked}\n\n{}", last.feedback);
    }
    messages.push(message(Role::User, asked));
    Prompt {
        messages,
        preset,
        lead: 0,
        opening: "```python\ndef dl_model():\n".to_owned(),
        max_tokens: NETWORK_TOKENS,
        // The first answer is the likeliest; those after a failure differ.
        sampling: Sampling {
            temperature: 0.6,
            top_p: 0.95,
            seed: 7,
            repeat_penalty: 1.0,
        },
        stop: vec!["\n```".to_owned()],
        constraint: None,
        adapter: None,
    }
}

/// What the model is told about a network that could not be followed.
pub fn network_feedback(error: &TraceError) -> String {
    format!(
        "An earlier attempt failed with: {error}. Write it differently: plain Keras layers, every tensor from a layer, \
         padding=\"same\" before tensors are joined."
    )
}

/// A whole program.
pub fn free(request: &Request, library: Framework, failed: &[Attempt]) -> Prompt {
    let library = match library {
        Framework::Keras => "Keras",
        Framework::Pytorch => "PyTorch",
        Framework::Sklearn => "scikit-learn",
    };
    let mut asked = format!(
        "Write one complete Python program with {library} for this request: {}\n\nIt has data loading, the model, \
         training, evaluation and saving, in functions with comments, and a main guard. Answer with one Python block.",
        request.text
    );
    if let Some(last) = failed.last() {
        asked = format!("{asked}\n\n{}", last.feedback);
    }
    Prompt {
        messages: vec![message(Role::User, asked)],
        preset: 0,
        lead: 0,
        opening: "```python\n".to_owned(),
        max_tokens: PROGRAM_TOKENS,
        sampling: Sampling {
            repeat_penalty: 1.05,
            ..Sampling::GREEDY
        },
        stop: vec!["\n```".to_owned()],
        constraint: None,
        adapter: None,
    }
}
