//! Names that a request gives: of the column to be predicted, of those to predict it from, of
//! classes.

use std::sync::LazyLock;

use regex::Regex;

/// Most columns or classes whose names are taken.
const MOST_NAMES: usize = 100;

/// Most letters of a name.
const MOST_LETTERS: usize = 40;

static PATTERNS: LazyLock<[Regex; 6]> = LazyLock::new(|| {
    [
        // predict the price from area, rooms and age
        r"(?i)(?:predict|estimate|forecast|regress)(?:s|ing)?\s+(?:the\s+|whether\s+(?:a\s+|the\s+)?|if\s+(?:a\s+|the\s+)?)?(?P<target>[^.;:,\n]{2,60}?)\s+(?:from|using|based on|given|by)\s+(?:their\s+|its\s+|the\s+|columns?\s+)?(?P<features>[^.;\n]{2,400})",
        // 根据面积、房间数和年龄预测价格
        r"(?:根据|根據|用|由|基于|基於|依据|依據|通过|透過)(?P<features>[^。；，,\n]{2,200}(?:[，,][^。；，,\n]{1,40})*?)[,，]?\s*(?:来|來)?(?:预测|預測|估计|估計|估算)(?P<target>[^。；，,\n]{1,20})",
        // the target column is price
        r"(?i)(?:target|label|output)\s+(?:column|variable|field)?\s*(?:is|=|:|called|named)\s*[`'\x22]?(?P<target>[\w ]{1,40}?)[`'\x22]?\s*(?:[.,;\n]|$)",
        r"(?:目标|目標|标签|標籤)(?:列|欄位|变量|變數|字段|欄)?(?:是|为|為|叫|:|：)\s*[`「“'\x22]?(?P<target>[\w\x{4e00}-\x{9fff}]{1,20})",
        // columns: area, rooms, age
        r"(?i)(?:columns|features|fields|inputs)\s*(?:are|is|:|=|called|named|such as)\s*(?P<features>[^.;\n]{2,400})",
        r"(?:列|欄位|特征|特徵|字段)(?:有|是|为|為|包括|包含|:|：)\s*(?P<features>[^。；\n]{2,200})",
    ]
    .map(|pattern| Regex::new(pattern).expect("the pattern is a literal that tests use"))
});

/// The column to be predicted, and those to predict it from.
pub fn target_and_features(text: &str) -> (Option<String>, Vec<String>) {
    let mut target = None;
    let mut features = Vec::new();
    for pattern in PATTERNS.iter() {
        let Some(found) = pattern.captures(text) else {
            continue;
        };
        if let (None, Some(named)) = (&target, found.name("target")) {
            target = column(named.as_str());
        }
        if let (true, Some(named)) = (features.is_empty(), found.name("features")) {
            features = list(named.as_str())
                .iter()
                .filter_map(|name| column(name))
                .collect();
        }
    }
    features.retain(|feature| Some(feature) != target.as_ref());
    // One thing alone is more often "a CSV file" than a column.
    if features.len() < 2 {
        features.clear();
    }
    (target, features)
}

/// The parts of an enumeration.
fn list(text: &str) -> Vec<String> {
    static BREAKS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\s*(?:,\s*and\s+|,\s*or\s+|,|，|、|;|\s+and\s+|\s+or\s+|\s+und\s+|和|与|與|以及|及|或)\s*")
            .expect("the pattern is a literal that tests use")
    });
    static TAIL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)\s+(?:in|with|using|stored|which|that|where|for)\s.*$")
            .expect("the pattern is a literal that tests use")
    });
    let text = TAIL.replace(text.trim(), "");
    BREAKS
        .split(&text)
        .map(|part| {
            part.trim()
                .trim_matches(['`', '\'', '"', '「', '」', '“', '”'])
                .to_owned()
        })
        .filter(|part| !part.is_empty())
        .take(MOST_NAMES)
        .collect()
}

/// Words that are about the data and no name of a column.
const NO_COLUMN: &[&str] = &[
    "csv",
    "file",
    "data",
    "dataset",
    "table",
    "images",
    "image",
    "photos",
    "features",
    "columns",
    "pytorch",
    "keras",
    "tensorflow",
    "scikit-learn",
    "sklearn",
    "model",
    "network",
    "rows",
    "数据",
    "数据集",
    "資料",
    "表格",
    "文件",
];

/// A name as a column has it: small letters and underscores, where it is English.
fn column(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches(['.', '。']);
    let text = text
        .strip_prefix("the ")
        .or_else(|| text.strip_prefix("a "))
        .unwrap_or(text);
    if text.is_empty() || text.chars().count() > MOST_LETTERS || text.split_whitespace().count() > 4
    {
        return None;
    }
    let name = match text.is_ascii() {
        true if text.contains('_')
            || !text.contains(' ') && text.chars().any(char::is_uppercase) =>
        {
            text.to_owned()
        }
        true => text
            .to_lowercase()
            .split(|letter: char| !letter.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join("_"),
        false => text.to_owned(),
    };
    let is_word = name
        .split('_')
        .any(|word| NO_COLUMN.contains(&word.to_lowercase().as_str()));
    (!name.is_empty() && !is_word).then_some(name)
}

static CLASSES: LazyLock<[Regex; 3]> = LazyLock::new(|| {
    [
        r"(?i)(?:classif|categori|distinguish|recogni|sort|label|separat|tell)\w*\b[^.;\n]{0,60}?\b(?:into|as|between|among|:)\s+(?P<names>[^.;\n:]{3,200})",
        r"(?i)(?:classes|categories|labels)\s*(?:are|:|=|\()\s*(?P<names>[^.;\n)]{3,200})",
        r"(?:分成|分为|分為|区分|區分|识别|識別|辨識|类别(?:是|有|为)|類別(?:是|有|為))(?P<names>[^。；，,\n]{1,20}(?:[、和与與或][^。；，,、\n]{1,12})+)",
    ]
    .map(|pattern| Regex::new(pattern).expect("the pattern is a literal that tests use"))
});

/// The names of the classes, where two or more are given.
pub fn class_names(text: &str) -> Vec<String> {
    for pattern in CLASSES.iter() {
        let Some(found) = pattern.captures(text) else {
            continue;
        };
        let names: Vec<String> = found
            .name("names")
            .map(|names| list(names.as_str()))
            .unwrap_or_default();
        let is_name = |name: &String| {
            name.split_whitespace().count() <= 3
                && name.chars().count() <= MOST_LETTERS
                && !name
                    .chars()
                    .any(|letter| letter.is_ascii_digit() || "()×".contains(letter))
        };
        if names.len() >= 2 && names.iter().all(is_name) {
            return names.iter().map(|name| bare(name)).collect();
        }
    }
    vec![]
}

/// Without articles, and without "三类" behind the last.
fn bare(name: &str) -> String {
    static TAIL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:[一二三四五六七八九十两兩]+|这|這|等)?(?:类|類|种|種)(?:别|別)?(?:的?(?:图片|圖片|照片|评论|邮件))?$|的?(?:图片|圖片|照片)$")
            .expect("the pattern is a literal that tests use")
    });
    let name = name
        .strip_prefix("a ")
        .or_else(|| name.strip_prefix("an "))
        .or_else(|| name.strip_prefix("the "))
        .or_else(|| name.strip_prefix("either "))
        .unwrap_or(name);
    TAIL.replace(name, "").trim().to_owned()
}
