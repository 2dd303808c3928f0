use programs::graph::describe;
use programs::request::{Asked, Framework, Kind, Request};

#[track_caller]
fn kind(text: &str, expected: Option<Kind>) {
    assert_eq!(Request::read(text, None).kind.sure(), expected, "{text}");
}

#[test]
fn the_task_is_read_in_both_languages() {
    kind(
        "An image classifier for 5 classes, 25,000 training images of 500×500",
        Some(Kind::Image),
    );
    kind(
        "图像分类器，五类，两万五千张 500x500 的图片",
        Some(Kind::Image),
    );
    kind(
        "detect cars and pedestrians in street photos with bounding boxes",
        Some(Kind::Detection),
    );
    kind("在工厂照片中检测安全帽的位置", Some(Kind::Detection));
    kind(
        "predict house prices from area, rooms and age",
        Some(Kind::Numbers),
    );
    kind("根據面積、房間數預測房價", Some(Kind::Numbers));
    kind("predict whether a customer will churn", Some(Kind::Classes));
    kind("预测客户是否会流失", Some(Kind::Classes));
    kind("sentiment analysis of product reviews", Some(Kind::Text));
    kind("把新闻文章分类成体育、财经和娱乐", Some(Kind::Text));
    kind(
        "forecast daily sales for the next 30 days",
        Some(Kind::Series),
    );
    kind("预测未来 7 天的用电量", Some(Kind::Series));
    kind("cluster our customers into 4 groups", Some(Kind::Clusters));
    kind("对用户做聚类", Some(Kind::Clusters));
    kind("a GAN that draws anime faces", Some(Kind::Other));
    kind("用强化学习玩平衡杆", Some(Kind::Other));
    kind("something with my data please", None);
}

#[test]
fn numbers_and_names_are_read() {
    let read = Request::read(
        "An image classifier for 5 classes, 25,000 training images of 500×500",
        None,
    );
    assert_eq!(
        (read.classes, read.samples, read.size),
        (Some(5), Some(25_000), Some((500, 500, None)))
    );
    let read = Request::read(
        "图像分类，五个类别，两万五千张训练图片，大小 300x200，要在手机上运行，训练20轮",
        None,
    );
    assert_eq!(
        (read.classes, read.samples, read.size),
        (Some(5), Some(25_000), Some((200, 300, None)))
    );
    assert_eq!((read.is_mobile, read.epochs), (true, Some(20)));
    let read = Request::read(
        "Classify photos into cats, dogs and birds with PyTorch, batch size 16, learning rate 0.0003",
        None,
    );
    assert_eq!(read.class_names, ["cats", "dogs", "birds"]);
    assert_eq!(
        (read.classes, read.batch, read.learning_rate),
        (Some(3), Some(16), Some(0.0003))
    );
    assert_eq!(read.framework, Some(Framework::Pytorch));
    let read = Request::read(
        "predict the price from area, number of rooms and age in houses.csv",
        None,
    );
    assert_eq!(read.target.as_deref(), Some("price"));
    assert_eq!(read.features, ["area", "number_of_rooms", "age"]);
    assert_eq!(read.file.as_deref(), Some("houses.csv"));
    let read = Request::read("根据面积、房间数和楼龄预测价格", None);
    assert_eq!(read.target.as_deref(), Some("价格"));
    assert_eq!(read.features, ["面积", "房间数", "楼龄"]);
    let read = Request::read(
        "forecast demand for the next 12 months from the past 36 months",
        None,
    );
    assert_eq!((read.horizon, read.window), (Some(12), Some(36)));
    assert_eq!(
        Request::read("cluster into 4 groups", None).clusters,
        Some(4)
    );
}

#[track_caller]
fn listed(text: &str, expected: &str) {
    match Request::read(text, None).layers {
        Asked::Listed(layers, _) => {
            let layers: Vec<String> = layers.iter().map(describe).collect();
            assert_eq!(layers.join(", "), expected, "{text}");
        }
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn plain_lists_of_layers_are_read_exactly() {
    listed(
        "a CNN for images with two conv layers of 32 and 64, max pooling, dense 128, dropout 0.5, softmax 10",
        "3×3 convolution of 32, 3×3 convolution of 64, 2×2 max pooling, dense 128, dropout 0.5, dense 10",
    );
    listed(
        "image classifier: conv 5x5 16 filters -> maxpool 2x2 -> conv 3x3 32 filters -> flatten -> dense 100 relu -> dropout 30% -> softmax 4",
        "5×5 convolution of 16, 2×2 max pooling, 3×3 convolution of 32, flat, dense 100, dropout 0.3, dense 4",
    );
    listed(
        "图像分类：两个卷积层 32 和 64，最大池化，全连接 128，dropout 0.5，softmax 10",
        "3×3 convolution of 32, 3×3 convolution of 64, 2×2 max pooling, dense 128, dropout 0.5, dense 10",
    );
    listed(
        "image classification with three convolutional layers of 32, 64 and 128 filters, each followed by max pooling, then a dense layer with 256 units",
        "3×3 convolution of 32, 2×2 max pooling, 3×3 convolution of 64, 2×2 max pooling, 3×3 convolution of 128, 2×2 max pooling, dense 256",
    );
}

#[test]
fn descriptions_are_told_from_lists() {
    let described = |text: &str| Request::read(text, None).layers == Asked::Described;
    assert!(described(
        "two parallel branches of 3x3 convolutions that are concatenated, then a dense layer"
    ));
    assert!(described(
        "a residual block: the output of two conv layers of 64 is added to the input"
    ));
    assert_eq!(
        Request::read(
            "an image classifier with a convolutional neural network",
            None
        )
        .layers,
        Asked::Nothing
    );
    assert_eq!(
        Request::read("classify photos into 3 classes", None).layers,
        Asked::Nothing
    );
}
