//! Layers that a request lists: "two conv layers of 32 and 64, max pooling, dense 128, dropout 0.5,
//! softmax 10".
//!
//! A plain list is read here, exactly, and nothing is left to a model. As soon as the words tell of
//! branches, blocks or sums, the text is a description ([`Asked::Described`]) and not a list.

use std::sync::LazyLock;

use regex::Regex;

use super::numbers;
use crate::graph::{Activation, Cell, Conv, ConvKind, Layer, Pool, PoolKind, Recurrent};

/// What a request says of the layers.
#[derive(Debug, Clone, PartialEq)]
pub enum Asked {
    /// Nothing; the template's own will do.
    Nothing,
    /// A list, one upon the other, and what in it was not said and filled in.
    Listed(Vec<Layer>, Vec<String>),
    /// More than a list.
    Described,
}

macro_rules! pattern {
    ($name:ident, $pattern:expr) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new($pattern).expect("the pattern is a literal that tests use")
        });
    };
}

/// What a clause is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Noun {
    GlobalMax,
    GlobalAverage,
    Max,
    Average,
    Separable,
    Depthwise,
    Conv,
    BatchNorm,
    LayerNorm,
    Dropout,
    Flatten,
    Lstm,
    Gru,
    Rnn,
    Embedding,
    Softmax,
    Dense,
    Sigmoid,
    Output,
    Relu,
}

/// The nouns with their words; of two that begin at one place the earlier in this list counts.
const NOUNS: &[(Noun, &str)] = &[
    (
        Noun::GlobalMax,
        r"global\s+max(?:imum)?[\s-]?pool\w*|globalmaxpool\w*|全局最大池化",
    ),
    (
        Noun::GlobalAverage,
        r"global\s+(?:average|avg)[\s-]?pool\w*|globalaveragepool\w*|\bgap\b|全局平均池化",
    ),
    (
        Noun::Max,
        r"max(?:imum)?[\s-]?pool\w*|最大池化|\bpooling\b|\bpool\b|池化",
    ),
    (Noun::Average, r"(?:average|avg|mean)[\s-]?pool\w*|平均池化"),
    (
        Noun::Separable,
        r"(?:depthwise[\s-])?separable\s+conv\w*|可分离卷积|可分離卷積",
    ),
    (Noun::Depthwise, r"depthwise\s+conv\w*|深度卷积|深度卷積"),
    (
        Noun::BatchNorm,
        r"batch[\s-]?norm\w*|\bbn\b|批(?:量)?归一化|批(?:次)?標準化|批(?:次)?正規化|批标准化",
    ),
    (Noun::LayerNorm, r"layer[\s-]?norm\w*|层归一化|層歸一化"),
    (Noun::Dropout, r"drop-?out|随机失活|隨機失活|丢弃"),
    (Noun::Flatten, r"flatten\w*|展平|拉平|扁平"),
    (
        Noun::Lstm,
        r"(?:bi-?(?:directional)?[\s-]?)?lstm|长短期记忆|長短期記憶",
    ),
    (
        Noun::Gru,
        r"(?:bi-?(?:directional)?[\s-]?)?\bgru\b|双向gru|雙向gru",
    ),
    (Noun::Rnn, r"simple\s?rnn|\brnn\b"),
    (Noun::Embedding, r"embedding|嵌入层|嵌入層|词嵌入|詞嵌入"),
    (Noun::Conv, r"conv(?:olution(?:al)?)?\w*|卷积|卷積"),
    (Noun::Softmax, r"softmax"),
    (
        Noun::Dense,
        r"\bdense\b|fully[\s-]connected|\bfc\b|linear layer|全连接|全連接|全連結|稠密",
    ),
    (Noun::Sigmoid, r"sigmoid"),
    (Noun::Output, r"output layer|输出层|輸出層"),
    (
        Noun::Relu,
        r"\brelu\b|\bgelu\b|\btanh\b|\bleaky[\s_-]?relu\b|激活",
    ),
];

static PATTERNS: LazyLock<Vec<(Noun, Regex)>> = LazyLock::new(|| {
    NOUNS
        .iter()
        .map(|(noun, pattern)| {
            let pattern = Regex::new(pattern).expect("the pattern is a literal that tests use");
            (*noun, pattern)
        })
        .collect()
});

pattern!(
    COMPLEX,
    r"\bbranch|\bpath(?:way)?s?\b|parallel|concat|residual|\bskip\b|shortcut|\bsplit|\bblocks?\b|attention|combin|\bmerg|\badd(?:ed|ition|ing)\b|\bsum(?:med)?\b|multipl|\bfus(?:e|ed|ion)|reshap|permut|inception|\bu-?net|weighted|\bcomprising|consist(?:s|ing) of (?:two|three|four|several) |repeat|\binput'?s? |original|分支|残差|殘差|拼接|串联|并行|並行|跳跃|跳躍|注意力|相加|相乘|重复|重複|残块"
);
pattern!(
    BREAK,
    r"[,;\n]|\.(?:\s|$)|->|→|=>|>|、|\bthen\b|\bfollowed by\b|\bafter that\b|\bfinally\b|\bplus\b|\bnext\b|\band\b|\bwith an? (?:final )?output|接着|接著|然后|然後|后接|後接|再接|最后|最後|以及|\bended by\b|\bending (?:in|with)\b"
);
pattern!(KERNEL, r"(\d{1,2})\s*[x×*]\s*(\d{1,2})");
pattern!(RATE, r"(0?\.\d+)|(\d{1,2})\s*%");
pattern!(STRIDE, r"strides?\s*(?:of|=|:)?\s*\(?(\d)");
pattern!(
    JOINED,
    r"(\d+)\s*(?:,\s*and|,|\band\b|、|和|与|與|及|/)\s*(\d+)"
);
pattern!(EACH, r"\beach\b|\bevery\b|每(?:个|個|层|層)|各(?:接|跟)");
pattern!(EACH_FOLLOWED, r",?\s*\beach\b[^,.;]{0,20}?\bfollowed by\b");
pattern!(
    ABOUT,
    r"\b(?:cnn|network|model|classifier|architecture|layers?|neural|with|using|build|create|write|the|a|an|of|for|it|should|have|has|uses?|images?|units?|neurons|nodes|filters?|activation|kernels?|channels?|to|prevent|overfitting|code|keras|pytorch|in|on|two|three|four|one|and|is|are|by|size|same|padding|mnist|cifar-?10|trained?|data(?:set)?)\b"
);

/// What a request that was made plain says of layers. `is_sequence`: convolutions go along time.
pub fn read(text: &str, is_sequence: bool) -> Asked {
    let first = nouns(text).into_iter().map(|(start, ..)| start).min();
    let Some(first) = first else {
        return Asked::Nothing;
    };
    let nouns = nouns(text);
    let is_worded = |noun: Noun| !matches!(noun, Noun::Conv | Noun::Lstm | Noun::Gru | Noun::Rnn);
    // "a convolutional neural network" alone, or "an LSTM", lists no layers.
    let names_only = nouns
        .iter()
        .all(|(start, end, noun)| !is_worded(*noun) && !has_size(text, *start, *end));
    if names_only {
        return Asked::Nothing;
    }
    if COMPLEX.is_match(&text[first..]) || COMPLEX.is_match(text) && nouns.len() > 2 {
        return Asked::Described;
    }
    listed(text, is_sequence).unwrap_or(Asked::Described)
}

/// Whether a number or "layer" stands close to a noun.
fn has_size(text: &str, start: usize, end: usize) -> bool {
    let rest: String = text[end..].chars().take(24).collect();
    let lead: String = text[..start].chars().rev().take(10).collect();
    let is_network = rest.trim_start().starts_with("neural")
        || rest.trim_start().starts_with("network")
        || rest.trim_start().starts_with("神经")
        || rest.trim_start().starts_with("神經")
        || rest.trim_start().starts_with("網");
    let is_layer = rest.trim_start().starts_with("layer")
        || rest.trim_start().starts_with('层')
        || rest.trim_start().starts_with('層');
    !is_network
        && (is_layer
            || rest
                .split([',', '.', ';', '。'])
                .next()
                .is_some_and(|rest| rest.contains(|c: char| c.is_ascii_digit()))
                && !rest.contains("class")
            || lead.contains(|c: char| c.is_ascii_digit()))
}

/// Where nouns stand, in order, without those within others.
fn nouns(text: &str) -> Vec<(usize, usize, Noun)> {
    let mut found: Vec<(usize, usize, Noun)> = PATTERNS
        .iter()
        .flat_map(|(noun, pattern)| {
            pattern
                .find_iter(text)
                .map(|found| (found.start(), found.end(), *noun))
        })
        .collect();
    found.sort_by_key(|(start, end, _)| (*start, std::cmp::Reverse(*end)));
    let mut kept: Vec<(usize, usize, Noun)> = Vec::new();
    for one in found {
        if kept.last().is_none_or(|(_, end, _)| one.0 >= *end) {
            kept.push(one);
        }
    }
    kept
}

/// The list; nothing where some part of it is not understood.
fn listed(text: &str, is_sequence: bool) -> Option<Asked> {
    let text = EACH_FOLLOWED
        .replace_all(&joined(text), ", each ")
        .into_owned();
    let mut list = List {
        is_sequence,
        layers: vec![],
        group: vec![],
        assumed: vec![],
        convs: 0,
    };
    for clause in BREAK.split(&text) {
        list.clause(clause.trim())?;
    }
    let has_layers = list
        .layers
        .iter()
        .any(|layer| !matches!(layer, Layer::Activation(_)));
    Some(match has_layers {
        true => Asked::Listed(list.layers, list.assumed),
        false => Asked::Nothing,
    })
}

/// "32 and 64" is one thing and no place to break a text at; neither is "32, 64".
fn joined(text: &str) -> String {
    let mut text = text.to_owned();
    // Twice: of "32, 64, 128" the first pass joins every other pair.
    for _ in 0..2 {
        let mut made = String::with_capacity(text.len());
        let mut end = 0;
        for found in JOINED.captures_iter(&text) {
            let (Some(whole), Some(second)) = (found.get(0), found.get(2)) else {
                continue;
            };
            let rest = text[whole.end()..].trim_start();
            // "dense 128, 3x3 conv" and "dropout 0.5, 10 classes" name new things.
            let is_new = rest.starts_with(['x', '×', '*', '.'])
                || rest.starts_with("conv")
                || rest.starts_with("class")
                || rest.starts_with("dense")
                || rest.starts_with("unit") && text[..whole.start()].trim_end().ends_with('.')
                || text[..whole.start()].ends_with('.');
            made.push_str(&text[end..whole.start()]);
            match is_new {
                true => made.push_str(whole.as_str()),
                false => {
                    made.push_str(&found[1]);
                    made.push('|');
                    made.push_str(second.as_str());
                }
            }
            end = whole.end();
        }
        made.push_str(&text[end..]);
        text = made;
    }
    text
}

/// The numbers of a clause that are no sizes of layers, and the clause without them.
struct Numbers {
    kernel: Option<[usize; 2]>,
    stride: Option<usize>,
    rest: String,
}

impl Numbers {
    fn of(clause: &str) -> Self {
        let kernel = KERNEL.captures(clause).and_then(|found| {
            let side = |at: usize| found[at].parse::<usize>().ok();
            Some([side(1)?, side(2)?])
        });
        let stride = STRIDE.captures(clause);
        let rest = STRIDE.replace_all(clause, " ");
        Self {
            kernel,
            stride: stride.and_then(|found| found[1].parse().ok()),
            rest: KERNEL.replace_all(&rest, " ").into_owned(),
        }
    }
}

/// A list that is being read.
struct List {
    is_sequence: bool,
    layers: Vec<Layer>,
    /// Where the layers of the last clause are.
    group: Vec<usize>,
    assumed: Vec<String>,
    convs: u32,
}

impl List {
    /// Takes in one clause; nothing where it is not understood.
    fn clause(&mut self, clause: &str) -> Option<()> {
        let nouns = nouns(clause);
        let is_each = EACH.is_match(clause);
        // "relu" beside another noun belongs to it, and so does the softmax of a dense layer.
        let main: Vec<Noun> = nouns
            .iter()
            .map(|(_, _, noun)| *noun)
            .filter(|noun| !matches!(noun, Noun::Relu))
            .collect();
        let noun = match main.as_slice() {
            [] => return self.words(clause, !nouns.is_empty()),
            [noun] => *noun,
            [Noun::Dense | Noun::Output, Noun::Softmax | Noun::Sigmoid]
            | [Noun::Softmax | Noun::Sigmoid, Noun::Dense | Noun::Output] => Noun::Dense,
            [Noun::Conv, Noun::Conv] | [Noun::Output, Noun::Dense] => main[0],
            _ => return None,
        };
        let made = self.made(noun, clause)?;
        if is_each {
            return self.put_between(&made);
        }
        self.group = (self.layers.len()..self.layers.len() + made.len()).collect();
        self.layers.extend(made);
        Some(())
    }

    /// A clause without a noun: an activation, or words about something else.
    fn words(&mut self, clause: &str, has_activation: bool) -> Option<()> {
        if has_activation {
            let activation = activation(clause)?;
            for place in self.group.clone() {
                if let Some(
                    Layer::Conv(Conv {
                        activation: had, ..
                    })
                    | Layer::Dense {
                        activation: had, ..
                    },
                ) = self.layers.get_mut(place)
                {
                    *had = activation;
                }
            }
            return Some(());
        }
        // Between layers, numbers that belong to nothing that is known are too much to guess at.
        let is_strange = !self.layers.is_empty()
            && clause.contains(|letter: char| letter.is_ascii_digit())
            && !ABOUT.is_match(clause)
            && !clause.contains("epoch")
            && !clause.contains("class");
        (!is_strange).then_some(())
    }

    /// "each followed by max pooling": behind every layer of the last clause.
    fn put_between(&mut self, made: &[Layer]) -> Option<()> {
        let group = std::mem::take(&mut self.group);
        if group.is_empty() || group.last() != Some(&(self.layers.len() - 1)) {
            return None;
        }
        let start = *group.first()?;
        let old = self.layers.split_off(start);
        for layer in old {
            self.layers.push(layer);
            self.layers.extend_from_slice(made);
        }
        self.group = (start..self.layers.len()).collect();
        Some(())
    }

    fn made(&mut self, noun: Noun, clause: &str) -> Option<Vec<Layer>> {
        let numbers = Numbers::of(clause);
        let count = count(&numbers.rest).unwrap_or(1);
        let many = |layer: Layer| Some(vec![layer; count]);
        match noun {
            Noun::Conv | Noun::Separable | Noun::Depthwise => self.convs(noun, clause, &numbers),
            Noun::Dense | Noun::Output | Noun::Softmax | Noun::Sigmoid => {
                self.denses(noun, clause, &numbers)
            }
            Noun::Lstm | Noun::Gru | Noun::Rnn => self.recurrents(noun, clause, &numbers),
            Noun::Max => many(self.pool(PoolKind::Max, &numbers)),
            Noun::Average => many(self.pool(PoolKind::Average, &numbers)),
            Noun::GlobalMax => many(Layer::GlobalPool(PoolKind::Max)),
            Noun::GlobalAverage => many(Layer::GlobalPool(PoolKind::Average)),
            Noun::BatchNorm => many(Layer::BatchNorm),
            Noun::LayerNorm => many(Layer::LayerNorm),
            Noun::Flatten => Some(vec![Layer::Flatten]),
            Noun::Dropout => Some(vec![self.dropout(clause)]),
            // The words of a text are made vectors by the template.
            Noun::Embedding => Some(vec![]),
            Noun::Relu => None,
        }
    }

    /// The lengths of a window: along time there is one.
    fn window(&self, kernel: Option<[usize; 2]>, otherwise: usize) -> Vec<usize> {
        let kernel = kernel.unwrap_or([otherwise; 2]);
        match self.is_sequence {
            true => vec![kernel[0]],
            false => kernel.to_vec(),
        }
    }

    fn pool(&self, kind: PoolKind, numbers: &Numbers) -> Layer {
        let size = self.window(numbers.kernel, 2);
        let strides = match numbers.stride {
            Some(stride) => vec![stride; size.len()],
            None => size.clone(),
        };
        Layer::Pool(Pool {
            kind,
            size,
            strides,
            same: false,
        })
    }

    fn dropout(&mut self, clause: &str) -> Layer {
        let said = RATE.captures(clause).and_then(|found| match found.get(1) {
            Some(rate) => rate.as_str().parse::<f64>().ok(),
            None => found[2].parse::<f64>().ok().map(|percent| percent / 100.0),
        });
        let rate = said.unwrap_or_else(|| {
            self.assumed.push("the rate of a dropout: 0.5".to_owned());
            0.5
        });
        Layer::Dropout { rate }
    }

    fn convs(&mut self, noun: Noun, clause: &str, numbers: &Numbers) -> Option<Vec<Layer>> {
        let size = self.window(numbers.kernel, 3);
        let kind = match noun {
            Noun::Separable => ConvKind::Separable,
            Noun::Depthwise => ConvKind::Depthwise,
            _ => ConvKind::Plain,
        };
        let filters = self.sizes(&numbers.rest, "filters of a convolution", |list| {
            list.convs += 1;
            32 << (list.convs - 1).min(3)
        })?;
        self.convs = self.convs.max(u32::try_from(filters.len()).unwrap_or(1));
        let activation = activation(clause).unwrap_or(Activation::Relu);
        let same = !clause.contains("valid") && !clause.contains("no padding");
        let layer = |filters: usize| {
            Layer::Conv(Conv {
                kind,
                filters,
                strides: vec![numbers.stride.unwrap_or(1); size.len()],
                kernel: size.clone(),
                same,
                activation,
            })
        };
        Some(filters.into_iter().map(layer).collect())
    }

    fn denses(&mut self, noun: Noun, clause: &str, numbers: &Numbers) -> Option<Vec<Layer>> {
        let usual = match noun {
            Noun::Dense if !clause.contains("softmax") => Activation::Relu,
            Noun::Sigmoid => Activation::Sigmoid,
            _ => Activation::Softmax,
        };
        let activation = activation(clause).unwrap_or(usual);
        let units = self.sizes(&numbers.rest, "units of a dense layer", |_| 128)?;
        let layer = |units: usize| Layer::Dense { units, activation };
        Some(units.into_iter().map(layer).collect())
    }

    fn recurrents(&mut self, noun: Noun, clause: &str, numbers: &Numbers) -> Option<Vec<Layer>> {
        let units = self.sizes(&numbers.rest, "units of a recurrent layer", |_| 64)?;
        let last = units.len() - 1;
        let both_ways = ["bi", "双", "雙"].iter().any(|word| clause.contains(word));
        let cell = match noun {
            Noun::Lstm => Cell::Lstm,
            Noun::Gru => Cell::Gru,
            _ => Cell::Simple,
        };
        let layer = |(place, units): (usize, usize)| {
            Layer::Recurrent(Recurrent {
                cell,
                units,
                sequences: place < last,
                both_ways,
            })
        };
        Some(units.into_iter().enumerate().map(layer).collect())
    }

    /// The sizes of the layers that a clause names: one each, or one for all of a count.
    fn sizes(
        &mut self,
        clause: &str,
        what: &str,
        usual: impl Fn(&mut Self) -> usize,
    ) -> Option<Vec<usize>> {
        let count = count(clause);
        let mut sizes: Vec<usize> = Vec::new();
        for number in numbers::all(clause) {
            let text = &clause[number.start..number.end];
            let is_size = text.starts_with(|c: char| c.is_ascii_digit());
            // The count itself: "3 conv layers".
            let is_count = number.start <= 3 && count == number.count() && number.value < 10.0;
            if is_size && !is_count && number.value >= 1.0 {
                sizes.push(number.count()?);
            }
        }
        match (count.unwrap_or(1), sizes.as_slice()) {
            (_, []) => {
                let sizes: Vec<usize> = (0..count.unwrap_or(1)).map(|_| usual(self)).collect();
                let said: Vec<String> = sizes.iter().map(ToString::to_string).collect();
                self.assumed.push(format!("{what}: {}", said.join(", ")));
                Some(sizes)
            }
            (count, [size]) => Some(vec![*size; count]),
            (1, sizes) => Some(sizes.to_vec()),
            (count, sizes) if count == sizes.len() => Some(sizes.to_vec()),
            _ => None,
        }
    }
}

/// How many layers a clause speaks of, where it begins with a number before its noun.
fn count(clause: &str) -> Option<usize> {
    static COUNT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:^|\b(?:with|has|have|of|using|contains?|comprises?|including)\s+|[有含包用：:]\s*)(?:(a|an|one|two|three|four|five|six|seven|eight|\d)\s+(?:more\s+|additional\s+)?[a-z\d]|([一两兩二三四五六七八])\s*[个個层層])")
            .expect("the pattern is a literal that tests use")
    });
    let found = COUNT.captures(clause)?;
    let value = match (found.get(1), found.get(2)) {
        (Some(word), _) => numbers::word(word.as_str()).or_else(|| word.as_str().parse().ok())?,
        (None, Some(letter)) => numbers::chinese(letter.as_str())?,
        _ => return None,
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a number from one to nine"
    )]
    Some(value as usize).filter(|count| *count > 0)
}

/// The activation that a clause names.
fn activation(clause: &str) -> Option<Activation> {
    const NAMES: &[(&str, Activation)] = &[
        ("leaky", Activation::LeakyRelu),
        ("relu6", Activation::Relu6),
        ("relu", Activation::Relu),
        ("gelu", Activation::Gelu),
        ("tanh", Activation::Tanh),
        ("softmax", Activation::Softmax),
        ("sigmoid", Activation::Sigmoid),
        ("selu", Activation::Selu),
        ("elu", Activation::Elu),
        ("swish", Activation::Silu),
    ];
    NAMES
        .iter()
        .find(|(name, _)| clause.contains(name))
        .map(|(_, activation)| *activation)
}
