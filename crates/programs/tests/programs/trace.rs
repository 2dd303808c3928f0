use programs::graph::describe;
use programs::trace::{Known, trace};

fn known() -> Known {
    Known {
        input: Some(vec![32, 32, 3]),
        classes: Some(10),
    }
}

#[track_caller]
fn check(code: &str, expected: &str) {
    let graph = trace(code, &known()).unwrap_or_else(|error| panic!("{error}\n{code}"));
    let layers: Vec<String> = graph
        .nodes()
        .iter()
        .skip(1)
        .map(|node| format!("{}{:?}", describe(&node.layer), node.inputs))
        .collect();
    assert_eq!(layers.join("; "), expected);
}

#[test]
fn networks_are_followed_in_the_styles_that_models_write() {
    check(
        "import tensorflow as tf\nfrom tensorflow.keras import layers, models\nmodel = models.Sequential()\nmodel.add(layers.Conv2D(8, 3, activation='relu', input_shape=(28, 28, 1)))\nmodel.add(layers.Flatten())\nmodel.add(layers.Dense(10, activation='softmax'))\nmodel.compile(optimizer='adam', loss='mse')\n",
        "3×3 convolution of 8[0]; flat[1]; dense 10[2]",
    );
    check(
        "def dl_model(num_classes=10):\n    inputs = layers.Input(shape=(32, 32, 3))\n    x = inputs\n    for filters in [8, 16]:\n        x = Conv2D(filters, (3, 3), padding='same')(x)\n        x = ReLU()(x)\n    x = x + inputs\n    return Model(inputs, Dense(num_classes)(Flatten()(x)))\n",
        "3×3 convolution of 8[0]; relu[1]; 3×3 convolution of 16[2]; relu[3]; 1×1 convolution of 3[4]; addition[5, 0]; flat[6]; dense 10[7]",
    );
    check(
        "def block(t, n):\n    outs = []\n    groups = Lambda(lambda z: tf.split(z, 3, axis=-1))(t)\n    for g in groups:\n        outs.append(Conv2D(n, 1)(g))\n    return Concatenate()(outs)\n\ndef dl_model():\n    i = Input((32, 32, 3))\n    x = block(i, 4)\n    w = GlobalAveragePooling2D()(x)\n    w = Dense(x.shape[-1] // 2)(w)\n    w = Dense(x.shape[-1], activation='sigmoid')(w)\n    w = Reshape((1, 1, x.shape[-1]))(w)\n    x = Multiply()([x, w])\n    x = tf.reshape(x, (-1, 32 * 32 * 12))\n    m = keras.Model(inputs=i, outputs=Dense(10)(x))\n    return m\n",
        "group[0]; group[0]; group[0]; 1×1 convolution of 4[1]; 1×1 convolution of 4[2]; 1×1 convolution of 4[3]; concatenation[4, 5, 6]; global average pooling[7]; dense 6[8]; dense 12[9]; shaped[10]; product[7, 11]; shaped[12]; dense 10[13]",
    );
}

#[track_caller]
fn refused(code: &str, part: &str) {
    let error = trace(code, &known()).unwrap_err().to_string();
    assert!(error.contains(part), "{error:?} does not say {part:?}");
}

#[test]
fn what_is_not_followed_is_said_with_its_line() {
    refused("def f(:\n", "line 1");
    refused("x = 1\n", "no keras.Model");
    refused(
        "i = Input((4, 4, 3))\nx = Mystery(3)(i)\n",
        "line 2: the layer Mystery",
    );
    refused("while True:\n    pass\n", "while");
    refused("class Net(Model):\n    pass\n", "class");
    refused("def f():\n    return f()\nf()\n", "nested too deeply");
    refused(
        "for i in range(9000):\n    for j in range(9000):\n        k = i\n",
        "end",
    );
    refused("i = Input((8, 8, 3))\nx = Dense(0)(i)\n", "line 2");
    refused(
        "i = Input((8, 8, 3))\na, b = tf.split(i, 2, axis=-1)\n",
        "equal groups",
    );
}
