//! What a request says, read by code: the task, numbers, names, constraints, in English and Chinese.
//!
//! Only what stands in the text is read; what it leaves open is decided where the program is
//! written, and said there. The model is asked for the little that code cannot find here.

mod columns;
mod kind;
pub mod layers;
mod numbers;

use std::sync::LazyLock;

use regex::Regex;

pub use kind::{Kind, Likely};
pub use layers::Asked;
use numbers::Number;

/// Which library a program is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Framework {
    /// Keras 3, on whichever backend there is.
    Keras,
    /// PyTorch.
    Pytorch,
    /// scikit-learn.
    Sklearn,
}

/// The language that a request is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English, and every other.
    En,
    /// Traditional Chinese.
    ZhHant,
    /// Simplified Chinese.
    ZhHans,
}

/// Data that the frameworks bring themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dataset {
    /// Handwritten digits, 28×28, grey.
    Mnist,
    /// Clothes, 28×28, grey.
    FashionMnist,
    /// Ten things, 32×32.
    Cifar10,
    /// A hundred things, 32×32.
    Cifar100,
}

impl Dataset {
    /// Height, width and channels.
    #[must_use]
    pub fn shape(self) -> [usize; 3] {
        match self {
            Self::Mnist | Self::FashionMnist => [28, 28, 1],
            Self::Cifar10 | Self::Cifar100 => [32, 32, 3],
        }
    }

    /// How many classes it has.
    #[must_use]
    pub fn classes(self) -> usize {
        match self {
            Self::Cifar100 => 100,
            _ => 10,
        }
    }
}

/// What a request says.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// The text itself.
    pub text: String,
    /// Its language.
    pub language: Language,
    /// Which task it is, as far as code can tell.
    pub kind: Likely,
    /// The library that is named.
    pub framework: Option<Framework>,
    /// Data that the frameworks bring.
    pub dataset: Option<Dataset>,
    /// How many classes.
    pub classes: Option<usize>,
    /// Their names.
    pub class_names: Vec<String>,
    /// How many images, rows or texts there are.
    pub samples: Option<usize>,
    /// Height and width of the images, and channels where they are said.
    pub size: Option<(usize, usize, Option<usize>)>,
    /// The column to be predicted.
    pub target: Option<String>,
    /// The columns to predict it from.
    pub features: Vec<String>,
    /// The file with the data.
    pub file: Option<String>,
    /// How many groups.
    pub clusters: Option<usize>,
    /// How many steps ahead.
    pub horizon: Option<usize>,
    /// From how many steps.
    pub window: Option<usize>,
    /// Rounds through the data.
    pub epochs: Option<usize>,
    /// How many at once.
    pub batch: Option<usize>,
    /// Step of the optimizer.
    pub learning_rate: Option<f64>,
    /// Name of the optimizer.
    pub optimizer: Option<&'static str>,
    /// Whether it is to run on a phone or another small device.
    pub is_mobile: bool,
    /// Whether a network that was trained before is not wanted.
    pub from_scratch: bool,
    /// What it says of the layers.
    pub layers: Asked,
}

impl Request {
    /// Reads a request. `framework`: what the form says, which goes before the text.
    #[must_use]
    pub fn read(text: &str, framework: Option<Framework>) -> Self {
        let plain = numbers::plain(text);
        let numbers = numbers::all(&plain);
        let dataset = dataset(&plain);
        let class_names = columns::class_names(text);
        let classes = classes(&plain, &numbers)
            .or((class_names.len() > 1).then_some(class_names.len()))
            .or(dataset.map(Dataset::classes));
        let kind = kind::read(&plain);
        let (target, features) = columns::target_and_features(text);
        let is_sequence = matches!(kind.sure(), Some(Kind::Text | Kind::Series));
        Self {
            language: language(text),
            framework: framework.or_else(|| named_framework(&plain)),
            dataset,
            classes,
            class_names,
            samples: before(&plain, &numbers, &SAMPLES),
            size: size(&plain),
            target,
            features,
            file: FILE.find(text).map(|file| file.as_str().to_owned()),
            clusters: before(&plain, &numbers, &CLUSTERS),
            horizon: horizon(&plain, &numbers),
            window: window(&plain, &numbers),
            epochs: before(&plain, &numbers, &EPOCHS).or_else(|| after(&plain, &EPOCHS_BEFORE)),
            batch: after(&plain, &BATCH),
            learning_rate: RATE
                .captures(&plain)
                .and_then(|found| found[1].parse().ok())
                .filter(|rate| (0.0..1.0).contains(rate) && *rate > 0.0),
            optimizer: optimizer(&plain),
            is_mobile: MOBILE.is_match(&plain),
            from_scratch: SCRATCH.is_match(&plain),
            layers: layers::read(&plain, is_sequence),
            kind,
            text: text.to_owned(),
        }
    }
}

macro_rules! pattern {
    ($name:ident, $pattern:expr) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new($pattern).expect("the pattern is a literal that tests use")
        });
    };
}

pattern!(
    SAMPLES,
    r"^\s*(?:(?:of|labell?ed|training|train|colou?r|gr[ae]y|rgb|customer|product|sample|small|large|medical|x-ray|个|個|万|萬|的)\s*)*(?:images?|photos?|pictures?|samples?|rows?|records?|examples?|reviews?|tweets?|emails?|messages?|documents?|texts?|张|張|幅|条|條|行|封|篇|筆|笔)"
);
pattern!(
    CLASSES,
    r"^\s*-?\s*(?:(?:different|distinct|possible|output|image|object|flower|bird|dog|plant)\s+)?(?:classes|class\b|categor(?:y|ies)|labels?\b|kinds?\b|types?\b|species|breeds|sorts?\b|topics|类|類|种|種|个?类别|個?類別|个分类|個分類|分类|分類|个标签|個標籤)"
);
pattern!(
    CLUSTERS,
    r"^\s*-?\s*(?:(?:customer|distinct|different)\s+)?(?:clusters?|groups?|segments?|个?簇|群|组|組|个群|個群|个组)"
);
pattern!(
    EPOCHS,
    r"^\s*(?:training\s+)?(?:epochs?|轮|輪|个\s*epoch|個\s*epoch|次迭代)"
);
pattern!(EPOCHS_BEFORE, r"epochs?\s*(?:=|:|of|为|為)?\s*(\d+)");
pattern!(
    BATCH,
    r"(?:batch(?:\s|-|_)?size|批大小|批次大小|batches)\s*(?:=|:|of|is|为|為|是)?\s*(\d+)"
);
pattern!(
    RATE,
    r"(?:learning(?:\s|-|_)?rate|\blr\b|学习率|學習率)\s*(?:=|:|of|is|为|為|是)?\s*([\d.]+(?:e-?\d+)?)"
);
pattern!(
    MOBILE,
    r"phone|mobile|android|\bios\b|edge device|raspberry|embedded|microcontroller|tflite|手机|手機|移动端|移動端|嵌入式|树莓派|樹莓派|行動裝置"
);
pattern!(
    SCRATCH,
    r"from scratch|no pre-?train|without (?:a )?pre-?train|not pre-?trained|从头|從頭|从零|從零|不用预训练|不用預訓練"
);
pattern!(FILE, r"[A-Za-z0-9_./-]+\.(?:csv|tsv|parquet|xlsx|jsonl?)\b");
pattern!(
    SIZE,
    r"(\d{2,4})\s*(?:px|pixels?)?\s*(?:x|×|\*|by|乘)\s*(\d{2,4})(?:\s*(?:x|×|\*)\s*(\d{1,3}))?"
);
pattern!(
    SHAPE,
    r"\(\s*(\d{1,4})\s*,\s*(\d{1,4})\s*,\s*(\d{1,4})\s*\)"
);
pattern!(
    AHEAD,
    r"^\s*(?:-?\s*)(?:steps?|hours?|days?|weeks?|months?|quarters?|years?|minutes?|小时|小時|天|日|周|週|个?月|個?月|季度|年|步)"
);

/// The first number that such words follow.
fn before(text: &str, numbers: &[Number], words: &Regex) -> Option<usize> {
    numbers
        .iter()
        .find(|number| words.is_match(&text[number.end..]))
        .and_then(Number::count)
}

fn after(text: &str, words: &Regex) -> Option<usize> {
    words
        .captures(text)
        .and_then(|found| found[1].parse().ok())
        .filter(|number| *number > 0)
}

fn classes(text: &str, numbers: &[Number]) -> Option<usize> {
    let counted = before(text, numbers, &CLASSES).filter(|count| (2..=10_000).contains(count));
    let is_binary = ["binary", "二分类", "二分類", "yes or no", "是否"]
        .iter()
        .any(|word| text.contains(word));
    let by_end = || {
        // "softmax layer with 1,000 neurons"
        static END: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"softmax\s*(?:layer|output)?\s*(?:with|of|,|\()?\s*([\d,]+)")
                .expect("the pattern is a literal that tests use")
        });
        let found = END.captures(text)?;
        found[1].replace(',', "").parse().ok()
    };
    counted.or_else(by_end).or(is_binary.then_some(2))
}

/// Height, width and channels. Kernels are written the same way, so small ones do not count.
fn size(text: &str) -> Option<(usize, usize, Option<usize>)> {
    if let Some(found) = SHAPE.captures(text) {
        let number = |place: usize| found[place].parse::<usize>().ok();
        if let (Some(height), Some(width), Some(channels)) = (number(1), number(2), number(3))
            && height >= 8
            && width >= 8
        {
            return Some((height, width, Some(channels)));
        }
    }
    SIZE.captures_iter(text).find_map(|found| {
        let width: usize = found[1].parse().ok()?;
        let height: usize = found[2].parse().ok()?;
        let rest = &text[found.get(0)?.end()..];
        let is_kernel =
            rest.trim_start().starts_with("conv") || rest.trim_start().starts_with("kernel");
        let channels = found
            .get(3)
            .and_then(|channels| channels.as_str().parse().ok());
        (width >= 16 && height >= 16 && !is_kernel).then_some((height, width, channels))
    })
}

fn dataset(text: &str) -> Option<Dataset> {
    let has = |word: &str| text.contains(word);
    Some(match () {
        () if has("fashion-mnist") || has("fashion mnist") || has("fashionmnist") => {
            Dataset::FashionMnist
        }
        () if has("mnist") => Dataset::Mnist,
        () if has("cifar-100") || has("cifar100") || has("cifar 100") => Dataset::Cifar100,
        () if has("cifar") => Dataset::Cifar10,
        () => return None,
    })
}

fn named_framework(text: &str) -> Option<Framework> {
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    Some(match () {
        () if has(&["pytorch", "torch"]) => Framework::Pytorch,
        () if has(&["keras", "tensorflow", "tf."]) => Framework::Keras,
        () if has(&["sklearn", "scikit"]) => Framework::Sklearn,
        () => return None,
    })
}

fn optimizer(text: &str) -> Option<&'static str> {
    ["adamw", "rmsprop", "adam", "sgd"]
        .into_iter()
        .find(|name| text.contains(name))
}

/// "for the next 12 months", "7 天": how many steps ahead.
fn horizon(text: &str, numbers: &[Number]) -> Option<usize> {
    const BEFORE: &[&str] = &[
        "next",
        "coming",
        "ahead",
        "following",
        "forecast",
        "未来",
        "未來",
        "接下来",
        "接下來",
        "今后",
        "今後",
        "之后",
        "下",
    ];
    numbers.iter().find_map(|number| {
        let mut start = number.start.saturating_sub(24);
        while !text.is_char_boundary(start) {
            start += 1;
        }
        let lead = &text[start..number.start];
        let is_ahead = BEFORE.iter().any(|word| lead.trim_end().ends_with(word))
            || text[number.end..].trim_start().contains(" ahead")
                && AHEAD.is_match(&text[number.end..]);
        match is_ahead && AHEAD.is_match(&text[number.end..]) {
            true => number.count(),
            false => None,
        }
    })
}

/// "from the last 24 hours", "过去 30 天": from how many steps.
fn window(text: &str, numbers: &[Number]) -> Option<usize> {
    const BEFORE: &[&str] = &[
        "last",
        "past",
        "previous",
        "window of",
        "过去",
        "過去",
        "最近",
        "前",
        "窗口为",
        "窗口為",
    ];
    numbers.iter().find_map(|number| {
        let lead = text[..number.start].trim_end();
        let is_back = BEFORE.iter().any(|word| lead.ends_with(word));
        match is_back && (AHEAD.is_match(&text[number.end..]) || lead.ends_with("of")) {
            true => number.count(),
            false => None,
        }
    })
}

/// Chinese is told by its letters, and which by those that the other has not.
fn language(text: &str) -> Language {
    const ONLY_HANT: &str = "個類張圖訓練樣數據預測這個與種為們時間價錢幫層輸";
    const ONLY_HANS: &str = "个类张图训练样数据预测这与种为们时间价钱帮层输";
    let count = |letters: &str| {
        text.chars()
            .filter(|letter| letters.contains(*letter))
            .count()
    };
    let is_chinese = text
        .chars()
        .any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
    match is_chinese {
        false => Language::En,
        true if count(ONLY_HANT) > count(ONLY_HANS) => Language::ZhHant,
        true => Language::ZhHans,
    }
}
