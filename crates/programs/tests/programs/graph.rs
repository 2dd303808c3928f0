use programs::graph::{
    Activation, Conv, ConvKind, Graph, GraphError, Layer, Merge, Pool, PoolKind, describe, keras,
    torch,
};

fn conv(filters: usize, kernel: usize, stride: usize, same: bool) -> Layer {
    Layer::Conv(Conv {
        kind: ConvKind::Plain,
        filters,
        kernel: vec![kernel; 2],
        strides: vec![stride; 2],
        same,
        activation: Activation::Relu,
    })
}

fn pool(size: usize, stride: usize, same: bool) -> Layer {
    Layer::Pool(Pool {
        kind: PoolKind::Max,
        size: vec![size; 2],
        strides: vec![stride; 2],
        same,
    })
}

#[track_caller]
fn check(layer: Layer, input: &[usize], expected: &[usize]) {
    let mut graph = Graph::new(input.to_vec());
    let place = graph.push(layer, &[0]).unwrap();
    assert_eq!(graph.shape(place), expected);
}

#[test]
fn shapes_follow_the_rules_of_keras() {
    check(conv(96, 11, 4, false), &[227, 227, 3], &[55, 55, 96]);
    check(conv(8, 3, 2, true), &[33, 33, 3], &[17, 17, 8]);
    check(pool(3, 2, false), &[55, 55, 96], &[27, 27, 96]);
    check(pool(3, 2, true), &[28, 28, 4], &[14, 14, 4]);
    check(Layer::Flatten, &[4, 5, 6], &[120]);
    check(Layer::GlobalPool(PoolKind::Max), &[4, 5, 6], &[6]);
    check(
        Layer::Permute(vec![1, 2, 4, 3]),
        &[4, 5, 3, 2],
        &[4, 5, 2, 3],
    );
    check(Layer::Slice { start: 1, end: 3 }, &[4, 4, 3], &[4, 4, 2]);
    // A window that has no room goes over the edge.
    check(conv(4, 5, 1, false), &[3, 3, 1], &[3, 3, 4]);
}

#[test]
fn what_does_not_fit_is_an_error_that_names_the_layer() {
    let mut graph = Graph::new(vec![8, 8, 3]);
    assert!(matches!(
        graph.push(Layer::Reshape(vec![5]), &[0]),
        Err(GraphError::Mismatch { .. })
    ));
    assert!(graph.push(Layer::Slice { start: 0, end: 9 }, &[0]).is_err());
    assert!(graph.push(conv(0, 3, 1, true), &[0]).is_err());
    assert!(graph.push(conv(1_000_000, 3, 1, true), &[0]).is_err());
    assert!(graph.push(Layer::Dropout { rate: 1.5 }, &[0]).is_err());
    assert!(graph.push(Layer::Flatten, &[]).is_err());
    assert!(graph.push(Layer::Concat, &[]).is_err());
}

#[test]
fn tensors_are_brought_together_before_they_are_added() {
    let mut graph = Graph::new(vec![32, 32, 3]);
    let main = graph.push(conv(16, 3, 1, true), &[0]).unwrap();
    let small = graph.push(pool(2, 2, false), &[main]).unwrap();
    let added = graph.push(Layer::Merge(Merge::Add), &[small, 0]).unwrap();
    assert_eq!(graph.shape(added), [16, 16, 16]);
    assert_eq!(graph.mended().len(), 2, "{:?}", graph.mended());
    let weights = graph
        .push(Layer::GlobalPool(PoolKind::Average), &[added])
        .unwrap();
    let weighted = graph
        .push(Layer::Merge(Merge::Multiply), &[added, weights])
        .unwrap();
    assert_eq!(graph.shape(weighted), [16, 16, 16]);
    let joined = graph.push(Layer::Concat, &[main, weighted]).unwrap();
    assert_eq!(graph.shape(joined), [16, 16, 32]);
}

#[test]
fn a_network_ends_as_its_task_needs_it() {
    let mut graph = Graph::new(vec![28, 28, 1]);
    let last = graph.push(conv(8, 3, 1, true), &[0]).unwrap();
    // Not used by the output.
    graph.push(conv(99, 3, 1, true), &[0]).unwrap();
    let last = graph
        .push(
            Layer::Dense {
                units: 16,
                activation: Activation::Relu,
            },
            &[last],
        )
        .unwrap();
    let last = graph
        .push(
            Layer::Dense {
                units: 7,
                activation: Activation::Linear,
            },
            &[last],
        )
        .unwrap();
    let last = graph
        .push(Layer::Activation(Activation::Softmax), &[last])
        .unwrap();
    graph.set_output(last);
    let done = graph.finished(10, Activation::Softmax).unwrap();
    let layers: Vec<String> = done
        .nodes()
        .iter()
        .map(|node| describe(&node.layer))
        .collect();
    assert_eq!(
        layers,
        [
            "inputs",
            "3×3 convolution of 8",
            "flat",
            "dense 16",
            "dense 10"
        ]
    );
    assert_eq!(done.shape(done.output()), [10]);
}

/// A network with every sort of thing that is written differently in the two frameworks.
fn varied() -> Graph {
    let mut graph = Graph::new(vec![32, 32, 3]);
    let conv1 = graph.push(conv(6, 3, 2, true), &[0]).unwrap();
    let norm = graph.push(Layer::BatchNorm, &[conv1]).unwrap();
    let first = graph
        .push(Layer::Slice { start: 0, end: 3 }, &[norm])
        .unwrap();
    let second = graph
        .push(Layer::Slice { start: 3, end: 6 }, &[norm])
        .unwrap();
    let pooled = graph.push(pool(3, 1, true), &[first]).unwrap();
    let joined = graph.push(Layer::Concat, &[pooled, second]).unwrap();
    let shaped = graph
        .push(Layer::Reshape(vec![16, 16, 3, 2]), &[joined])
        .unwrap();
    let turned = graph
        .push(Layer::Permute(vec![1, 2, 4, 3]), &[shaped])
        .unwrap();
    let back = graph
        .push(Layer::Reshape(vec![16, 16, 6]), &[turned])
        .unwrap();
    let added = graph.push(Layer::Merge(Merge::Add), &[back, norm]).unwrap();
    let flat = graph.push(Layer::Flatten, &[added]).unwrap();
    graph
        .push(
            Layer::Dense {
                units: 4,
                activation: Activation::Softmax,
            },
            &[flat],
        )
        .unwrap();
    graph
}

#[track_caller]
fn has_lines(text: &[String], lines: &[&str]) {
    for line in lines {
        assert!(
            text.iter().any(|one| one == line),
            "no {line:?} in\n{}",
            text.join("\n")
        );
    }
}

#[test]
fn a_network_is_written_for_both_frameworks() {
    let graph = varied();
    let (lines, output) = keras::statements(&graph);
    assert_eq!(output, "dense1");
    has_lines(
        &lines,
        &[
            "inputs = keras.Input(shape=(32, 32, 3))",
            "conv1 = layers.Conv2D(6, (3, 3), strides=(2, 2), padding=\"same\", activation=\"relu\")(inputs)",
            "group1 = norm1[..., 0:3]",
            "pool1 = layers.MaxPooling2D((3, 3), strides=(1, 1), padding=\"same\")(group1)",
            "joined1 = layers.Concatenate()([pool1, group2])",
            "shaped1 = layers.Reshape((16, 16, 3, 2))(joined1)",
            "shaped2 = layers.Permute((1, 2, 4, 3))(shaped1)",
            "added1 = layers.Add()([shaped3, norm1])",
            "dense1 = layers.Dense(4, activation=\"softmax\")(flat1)",
        ],
    );
    let module = torch::module(&graph);
    has_lines(
        &module.layers,
        &[
            "self.conv1 = nn.Conv2d(3, 6, 3, stride=2)",
            "self.norm2 = nn.BatchNorm2d(6)",
            "self.dense12 = nn.Linear(1536, 4)",
        ],
    );
    has_lines(
        &module.forward,
        &[
            // An odd number of cells is missing: Keras puts the larger part behind.
            "conv1 = self.conv1(F.pad(inputs, (0, 1, 0, 1)))",
            "conv1 = F.relu(conv1)",
            "group1 = norm1[:, 0:3]",
            "pool1 = F.max_pool2d(group1, 3, stride=1, padding=1)",
            "joined1 = torch.cat([pool1, group2], dim=1)",
            "shaped1 = joined1.permute(0, 2, 3, 1).reshape(-1, 16, 16, 3, 2)",
            "shaped2 = shaped1.permute(0, 1, 2, 4, 3)",
            "shaped3 = shaped2.reshape(-1, 16, 16, 6).permute(0, 3, 1, 2)",
            "added1 = shaped3 + norm1",
            "dense1 = self.dense12(flat1)",
            "return dense1",
        ],
    );
}
