//! Whether a network holds what its description speaks of: every sort of layer that is named, every
//! size of kernel, and nothing that joins tensors where no joining is spoken of.
//!
//! It says nothing of the order or of how layers are connected, which only reading could; but a small
//! model's usual mistakes are to leave a layer out and to add a shortcut that nobody asked for.

use std::sync::LazyLock;

use regex::Regex;

use crate::graph::{ConvKind, Graph, Layer, Merge, PoolKind};

/// A sort of layer: its name for the model, words that speak of it, and whether a layer is of it.
struct Sort {
    name: &'static str,
    words: Regex,
    is: fn(&Layer) -> bool,
    /// Whether it is a mistake where no word speaks of it.
    only_if_named: bool,
}

static SORTS: LazyLock<Vec<Sort>> = LazyLock::new(|| {
    let sort =
        |name: &'static str, words: &str, only_if_named: bool, is: fn(&Layer) -> bool| Sort {
            name,
            words: Regex::new(words).expect("the pattern is a literal that tests use"),
            is,
            only_if_named,
        };
    vec![
        sort("Dropout", r"dropout|随机失活|隨機失活", true, |l| {
            matches!(l, Layer::Dropout { .. })
        }),
        sort(
            "BatchNormalization",
            r"batch\s?norm|批.{0,2}归一化|批.{0,2}標準化",
            true,
            |l| matches!(l, Layer::BatchNorm),
        ),
        sort(
            "LayerNormalization",
            r"layer\s?norm|层归一化|層歸一化",
            true,
            |l| matches!(l, Layer::LayerNorm),
        ),
        sort(
            "MaxPooling2D",
            r"(?:^|[^l] )max[\s-]?pool|最大池化",
            true,
            |l| matches!(l, Layer::Pool(pool) if pool.kind == PoolKind::Max),
        ),
        sort(
            "AveragePooling2D",
            r"(?:^|[^l] )(?:average|avg)[\s-]?pool|平均池化",
            true,
            |l| matches!(l, Layer::Pool(pool) if pool.kind == PoolKind::Average),
        ),
        sort(
            "GlobalMaxPooling2D",
            r"global max|全局最大",
            true,
            |l| matches!(l, Layer::GlobalPool(PoolKind::Max)),
        ),
        sort(
            "GlobalAveragePooling2D",
            r"global average|global avg|全局平均",
            true,
            |l| matches!(l, Layer::GlobalPool(PoolKind::Average)),
        ),
        sort(
            "DepthwiseConv2D or SeparableConv2D",
            r"depthwise|separable|深度可分离|深度卷积",
            true,
            |l| matches!(l, Layer::Conv(conv) if matches!(conv.kind, ConvKind::Depthwise | ConvKind::Separable)),
        ),
        sort("Concatenate", r"concat|拼接|串联|串聯", true, |l| {
            matches!(l, Layer::Concat)
        }),
        sort(
            "Add",
            r"\badd(?:ed|ing|ition|itive|s)?\b|residual|\bsum(?:med|mation)?\b|shortcut|skip|相加|残差|殘差",
            true,
            |l| matches!(l, Layer::Merge(Merge::Add)),
        ),
        sort("Multiply", r"multipl|相乘|加权|加權", true, |l| {
            matches!(l, Layer::Merge(Merge::Multiply))
        }),
        sort(
            "tf.split",
            r"\bsplit|split(?:s|ted)\b|拆分|分成.{0,4}组",
            true,
            |l| matches!(l, Layer::Slice { .. }),
        ),
        sort("Flatten", r"flatten|展平|拉平", false, |l| {
            matches!(l, Layer::Flatten)
        }),
        sort("Reshape", r"reshap", false, |l| {
            matches!(l, Layer::Reshape(_))
        }),
    ]
});

static KERNELS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b([1-9])\s?[x×]\s?([1-9])\b").expect("the pattern is a literal that tests use")
});

static DENSE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(two|three|four|1|2|3|4)?\s*(?:additional |more )?(?:fully[\s-]connected|dense) layers?",
    )
    .expect("the pattern is a literal that tests use")
});

/// What a network lacks or has too much of, a clause each; `text` in small letters.
pub fn differences(text: &str, graph: &Graph) -> Vec<String> {
    let layers: Vec<&Layer> = graph.nodes().iter().map(|node| &node.layer).collect();
    let mut differences = Vec::new();
    for sort in SORTS.iter() {
        let is_named = sort.words.is_match(text);
        let is_there = layers.iter().any(|layer| (sort.is)(layer));
        match (is_named, is_there) {
            (true, false) => differences.push(format!("it has no {}", sort.name)),
            (false, true) if sort.only_if_named => {
                differences.push(format!("it has a {} that nobody asked for", sort.name));
            }
            _ => {}
        }
    }
    for found in KERNELS.captures_iter(text) {
        let size: Vec<usize> = [1, 2]
            .iter()
            .filter_map(|at| found[*at].parse().ok())
            .collect();
        let is_there = layers.iter().any(|layer| match layer {
            Layer::Conv(conv) => conv.kernel == size,
            Layer::Pool(pool) => pool.size == size,
            _ => false,
        });
        let clause = format!("nothing in it is {}x{}", &found[1], &found[2]);
        if !is_there && !differences.contains(&clause) {
            differences.push(clause);
        }
    }
    let wanted: usize = DENSE
        .captures_iter(text)
        .map(|found| match found.get(1).map(|count| count.as_str()) {
            Some("two" | "2") => 2,
            Some("three" | "3") => 3,
            Some("four" | "4") => 4,
            _ => 1,
        })
        .sum();
    let has = layers
        .iter()
        .filter(|layer| matches!(layer, Layer::Dense { .. }))
        .count();
    if wanted > has {
        differences.push(format!(
            "it has {has} dense layers where {wanted} are asked for"
        ));
    }
    differences
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::{Known, trace};

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let code = "i = Input((8, 8, 3))\na = Conv2D(4, 3, padding='same')(i)\na = Dropout(0.5)(a)\na = Add()([a, i])\nm = Model(i, Dense(2)(Flatten()(a)))\n";
        let graph = trace(code, &Known::default()).unwrap();
        assert_eq!(differences(text, &graph), expected);
    }

    #[test]
    fn what_is_spoken_of_is_looked_for() {
        check(
            "a 3x3 convolution with dropout is added to the input, a fully connected layer",
            &[],
        );
        check(
            "a 5x5 convolution with batch normalization is added; two fully connected layers",
            &[
                "it has a Dropout that nobody asked for",
                "it has no BatchNormalization",
                "nothing in it is 5x5",
                "it has 1 dense layers where 2 are asked for",
            ],
        );
        check(
            "convolution, dropout",
            &["it has a Add that nobody asked for"],
        );
    }
}
