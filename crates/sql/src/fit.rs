//! Whether a statement does what the words of the question ask for.
//!
//! "How many" wants a count, "never" a negation, "2024" a 2024 somewhere. A statement without one may
//! still be right, so nothing is refused for it; it counts for less in the vote, and an answer that
//! goes against the words is shown as less sure. The words are those of any question in English or
//! Chinese, never those of a database.

use std::ops::ControlFlow;

use sqlparser::ast::{Query, Value, ValueWithSpan, Visit, Visitor};

use crate::flags::{self, YES_AND_NO};
use crate::listed;
use crate::sqlite::{Mention, Schema};

/// What is left of the weight of a statement that goes against everything.
const LEAST: f64 = 0.15;

/// Words of a question, what a statement needs for them, and what its weight is multiplied with
/// where it has none of that.
struct Rule {
    name: &'static str,
    english: &'static [&'static str],
    chinese: &'static [&'static str],
    needs: &'static [&'static str],
    factor: f64,
}

const RULES: &[Rule] = &[
    Rule {
        name: "asks for a number of things",
        english: &["how many", "number of", "count of", "count the"],
        chinese: &[
            "多少个",
            "多少個",
            "多少位",
            "多少名",
            "多少人",
            "多少种",
            "多少種",
            "多少次",
            "多少张",
            "多少張",
            "多少笔",
            "多少筆",
            "多少家",
            "多少条",
            "多少條",
            "多少台",
            "多少辆",
            "多少輛",
            "多少件",
            "几个",
            "幾個",
            "几位",
            "幾位",
            "数量",
            "數量",
            "人数",
            "人數",
            "个数",
            "個數",
            "次数",
            "次數",
        ],
        needs: &[
            "COUNT(",
            "SUM(",
            "TOTAL(",
            "NUMBER",
            "NUM",
            "POPULATION",
            "AMOUNT",
            "QUANTITY",
        ],
        factor: 0.7,
    },
    Rule {
        name: "asks for an average",
        english: &["average", "mean", "on average"],
        chinese: &["平均"],
        needs: &["AVG(", "AVERAGE", "MEAN", "SUM("],
        factor: 0.5,
    },
    Rule {
        name: "asks for a total",
        english: &["total", "sum of", "altogether", "in all"],
        chinese: &[
            "总和", "總和", "合计", "合計", "总额", "總額", "总计", "總計", "一共", "总共", "總共",
        ],
        needs: &["SUM(", "COUNT(", "TOTAL"],
        factor: 0.7,
    },
    Rule {
        name: "asks for the first or last of an order",
        english: &[
            "most", "highest", "largest", "biggest", "maximum", "oldest", "longest", "greatest",
            "latest", "newest", "heaviest", "least", "lowest", "smallest", "minimum", "youngest",
            "shortest", "earliest", "fewest", "cheapest",
        ],
        chinese: &["最"],
        needs: &[
            "MAX(",
            "MIN(",
            "LIMIT",
            ">= ALL",
            "RANK(",
            "ROW_NUMBER(",
            "MAX",
            "MIN",
        ],
        factor: 0.5,
    },
    Rule {
        name: "leaves something out",
        english: &[
            "not",
            "never",
            "without",
            "no",
            "except",
            "neither",
            "nor",
            "excluding",
            "isn't",
            "aren't",
            "don't",
            "doesn't",
            "didn't",
            "wasn't",
            "weren't",
            "haven't",
            "hasn't",
            "cannot",
        ],
        chinese: &[
            "没", "沒", "不", "未", "非", "除了", "除去", "除外", "无", "無",
        ],
        needs: &[
            "NOT ", "EXCEPT", "<>", "!=", "IS NULL", "= 0", "IS FALSE", "= 'N'",
        ],
        factor: 0.5,
    },
    Rule {
        name: "asks for what is in both",
        english: &["both"],
        chinese: &["既", "同时", "同時", "都有"],
        needs: &["INTERSECT", "EXISTS", "HAVING", "AND"],
        factor: 0.7,
    },
    Rule {
        name: "asks for what is different",
        english: &["different", "distinct", "unique"],
        chinese: &["不同", "不重复", "不重複"],
        needs: &["DISTINCT", "GROUP BY", "INTERSECT", "UNION", "EXCEPT"],
        factor: 0.6,
    },
    Rule {
        name: "asks for an order",
        english: &[
            "sorted",
            "ordered by",
            "sort by",
            "order by",
            "ascending",
            "descending",
            "alphabetical",
            "alphabetically",
            "in the order of",
        ],
        chinese: &[
            "排序",
            "升序",
            "降序",
            "排列",
            "从高到低",
            "從高到低",
            "从低到高",
            "從低到高",
            "从大到小",
            "從大到小",
            "从小到大",
            "從小到大",
        ],
        needs: &["ORDER BY"],
        factor: 0.3,
    },
    Rule {
        name: "asks for each",
        english: &["each", "every", "per"],
        chinese: &["各", "每"],
        needs: &["GROUP BY", "PARTITION BY", "JOIN", "WHERE"],
        factor: 0.8,
    },
];

/// What goes against the words of the question, and what is left of the statement's weight, 0 to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// In words; empty where nothing does.
    pub against: Vec<String>,
    /// 1 where nothing does.
    pub weight: f64,
}

/// Holds a statement against a question. `mentions` are values of the data that stand in it.
pub fn fit(query: &Query, question: &str, mentions: &[Mention], schema: &Schema) -> Fit {
    let sql = query.to_string().to_uppercase();
    let asked = Asked::of(question);
    let mut fit = Fit {
        against: Vec::new(),
        weight: 1.0,
    };
    let mut doubt = |what: String, factor: f64| {
        fit.against.push(what);
        fit.weight = (fit.weight * factor).max(LEAST);
    };
    for rule in RULES {
        if asked.says(rule) && !rule.needs.iter().any(|need| sql.contains(need)) {
            doubt(format!("the question {}", rule.name), rule.factor);
        }
    }
    let negation = RULES
        .iter()
        .find(|rule| rule.name == "leaves something out");
    let leaves_out = [" NOT IN ", "NOT EXISTS", "EXCEPT", "<>"]
        .iter()
        .any(|word| sql.contains(word));
    if leaves_out && !negation.is_some_and(|rule| asked.says(rule)) && !asked.compares() {
        doubt("the question leaves nothing out".to_owned(), 0.7);
    }
    for number in asked
        .numbers()
        .filter(|number| !sql.contains(number.as_str()))
    {
        doubt(format!("the question says {number}"), 0.4);
    }
    if let (Some(listed), Some(shown)) = (listed::asked_for(question), listed::shown(query))
        && listed != shown
    {
        doubt(format!("the question lists {listed} columns"), 0.8);
    }
    if let Some(flag) = flags::not_used(query, &asked.words, schema) {
        doubt(format!("the question speaks of {}", flag.name), 0.4);
    }
    let literals = literals(query);
    let missing = mentions.iter().find(|mention| {
        mention.meaning.is_none()
            && mention.value.chars().count() > 2
            && !literals
                .iter()
                .any(|text| text.contains(&mention.value.to_lowercase()))
            && !is_name(&sql, &mention.value)
            && !mentions
                .iter()
                .any(|code| stands_for(code, mention, &literals))
    });
    if let Some(mention) = missing {
        doubt(format!("the question says {:?}", mention.value), 0.75);
    }
    let strange = literals
        .iter()
        .find(|text| asked.knows_nothing_of(text, mentions));
    if let Some(text) = strange {
        doubt(format!("the question says nothing of {text:?}"), 0.7);
    }
    fit
}

/// Whether a statement has the code for a value that is in the question.
fn stands_for(code: &Mention, value: &Mention, literals: &[String]) -> bool {
    let means_it = |meaning: &str| meaning.eq_ignore_ascii_case(&value.value);
    code.meaning.as_deref().is_some_and(means_it)
        && literals
            .iter()
            .any(|text| *text == code.value.to_lowercase())
}

/// Whether a value is a name in the statement as well.
fn is_name(sql: &str, value: &str) -> bool {
    sql.contains(&value.to_uppercase().replace(' ', "_")) || sql.contains(&value.to_uppercase())
}

/// The texts of a statement, in small letters.
fn literals(query: &Query) -> Vec<String> {
    struct Texts(Vec<String>);
    impl Visitor for Texts {
        type Break = ();
        fn pre_visit_value(&mut self, value: &ValueWithSpan) -> ControlFlow<()> {
            if let Value::SingleQuotedString(text) = &value.value {
                self.0.push(text.to_lowercase());
            }
            ControlFlow::Continue(())
        }
    }
    let mut texts = Texts(Vec::new());
    let _ = query.visit(&mut texts);
    texts.0
}

/// The words of a question.
struct Asked {
    /// As it is written, in small letters.
    text: String,
    /// Its words in small letters, each between two blanks.
    words: String,
}

impl Asked {
    fn of(question: &str) -> Self {
        let text = question.to_lowercase().replace('’', "'");
        let spaced: String = text
            .chars()
            .map(|letter| match letter {
                '\'' => letter,
                _ if letter.is_alphanumeric() => letter,
                _ => ' ',
            })
            .collect();
        let words: Vec<&str> = spaced.split_whitespace().collect();
        let words = format!(" {} ", words.join(" "));
        // These say nothing of what comes first, and nothing of what is left out.
        let words = words
            .replace(" at most ", " ")
            .replace(" at least ", " ")
            .replace(" not only ", " ")
            .replace(" no less than ", " ")
            .replace(" no more than ", " ");
        let text = text
            .replace("不同", "異")
            .replace("不重复", "異")
            .replace("不重複", "異");
        Self { text, words }
    }

    fn says(&self, rule: &Rule) -> bool {
        let is_different = rule.chinese.contains(&"不同") && self.text.contains('異');
        is_different
            || rule
                .english
                .iter()
                .any(|word| self.words.contains(&format!(" {word} ")))
            || rule.chinese.iter().any(|word| self.text.contains(word))
    }

    /// Whether it may leave something out in words that are no negation.
    fn compares(&self) -> bool {
        [
            " other ",
            " besides ",
            " but ",
            " outside ",
            " only ",
            " different ",
            " except ",
        ]
        .iter()
        .any(|word| self.words.contains(word))
            || ["其他", "其它", "以外", "只"]
                .iter()
                .any(|word| self.text.contains(word))
    }

    /// Numbers in digits that are not a part of a word.
    fn numbers(&self) -> impl Iterator<Item = String> {
        let pieces = self
            .text
            .split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '.'));
        let numbers = pieces.filter_map(|piece| {
            let number = piece.trim_matches('.');
            let is_number =
                !number.is_empty() && number.chars().all(|letter| letter.is_ascii_digit());
            is_number.then(|| number.trim_start_matches('0').to_owned())
        });
        numbers
            .filter(|number| !number.is_empty())
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// Whether a text of a statement came from nowhere. Only of questions in Latin letters: others are
    /// about values in another script.
    fn knows_nothing_of(&self, text: &str, mentions: &[Mention]) -> bool {
        if !self.text.is_ascii() || !text.is_ascii() {
            return false;
        }
        let text = text.trim_matches(|letter: char| !letter.is_ascii_alphanumeric());
        let letters = text.chars().filter(char::is_ascii_alphabetic).count();
        if letters < 3 || text.contains('%') || YES_AND_NO.contains(&text) {
            return false;
        }
        let is_mentioned = mentions
            .iter()
            .any(|mention| mention.value.to_lowercase() == text);
        let stem = text.strip_suffix('s').unwrap_or(text);
        let first = text.split(' ').next().unwrap_or(text);
        !is_mentioned && !self.text.contains(stem) && !self.text.contains(first)
    }
}

#[cfg(test)]
#[path = "fit_tests.rs"]
mod tests;
