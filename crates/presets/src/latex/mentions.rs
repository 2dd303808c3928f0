//! Whether an equation has what the words speak of: an integral where they say integral, a root
//! where they say root, the numbers and the letters that they name.
//!
//! It says nothing of how these belong together; but a small model's commonest mistake is to leave
//! one out, and this finds it without a model.

use crate::checks::Found;
use crate::tongue::is_han;

const NAME: &str = "says-all";

/// What words speak of, and what then stands in the LaTeX: one of these.
const SIGNS: &[(&[&str], &[&str])] = &[
    (
        &["integral", "integrate", "積分", "积分"],
        &["\\int", "\\iint", "\\iiint", "\\oint"],
    ),
    (
        &["infinity", "無窮", "无穷", "無限大", "无限大"],
        &["\\infty"],
    ),
    (&["square root", "根號", "根号", "平方根"], &["\\sqrt"]),
    (
        &["cube root", "立方根"],
        &["\\sqrt[3]", "\\frac{1}{3}", "1/3"],
    ),
    (&["limit", "極限", "极限"], &["\\lim"]),
    (&["matrix", "矩陣", "矩阵"], &["matrix}", "array}"]),
    (
        &["partial derivative", "偏導", "偏导", "偏微分"],
        &["\\partial"],
    ),
    (&["factorial", "階乘", "阶乘"], &["!"]),
    (&[" sine", "正弦"], &["\\sin"]),
    (&["cosine", "餘弦", "余弦"], &["\\cos"]),
    (&["tangent of", "正切"], &["\\tan"]),
    (&["natural log", "自然對數", "自然对数"], &["\\ln", "\\log"]),
    (
        &["absolute value", "絕對值", "绝对值"],
        &["|", "\\vert", "\\lvert"],
    ),
    (
        &["greater than", "大於", "大于"],
        &[">", "\\gt", "\\ge", "\\not"],
    ),
    (
        &["less than", "小於", "小于"],
        &["<", "\\lt", "\\le", "\\not"],
    ),
    (
        &["binomial", "choose", "組合數", "组合数"],
        &["\\binom", "\\choose", "C_", "C(", "!"],
    ),
    (
        &["plus or minus", "正負", "正负", "加減", "加减"],
        &["\\pm"],
    ),
    (&["alpha", "阿爾法", "阿尔法"], &["\\alpha"]),
    (&["beta", "貝塔", "贝塔"], &["\\beta"]),
    (&["theta", "西塔"], &["\\theta", "\\vartheta"]),
    (&["lambda"], &["\\lambda"]),
    (
        &["sigma", "西格瑪", "西格玛"],
        &["\\sigma", "\\Sigma", "\\sum"],
    ),
    (&["omega", "歐米伽", "欧米伽"], &["\\omega", "\\Omega"]),
];

/// Looks for what was said.
pub(super) fn look(said: &str, latex: &str) -> Found {
    let said = format!(" {}", said.to_lowercase());
    let lost = SIGNS.iter().find_map(|(words, signs)| {
        let word = words.iter().find(|word| said.contains(**word))?;
        let is_there = signs.iter().any(|sign| latex.contains(sign));
        (!is_there).then(|| (word.trim(), signs[0]))
    });
    if let Some((word, sign)) = lost {
        return Found::failed(
            NAME,
            format!("the words speak of {word:?}, and there is no {sign}"),
            format!("The words speak of {word:?}, so {sign} must stand in the LaTeX."),
        );
    }
    let numbers = numbers(&said);
    let letters = letters(&said);
    let lost = numbers
        .iter()
        .chain(&letters)
        .find(|one| !holds(latex, one));
    match lost {
        Some(lost) => Found::failed(
            NAME,
            format!("the words name {lost}, and it is not in the equation"),
            format!("The words name {lost}, so it must stand in the LaTeX."),
        ),
        None => Found::passed(
            NAME,
            format!("{} numbers and letters", numbers.len() + letters.len()),
        ),
    }
}

/// Numbers that were written in digits.
fn numbers(said: &str) -> Vec<String> {
    let parts = said.split(|letter: char| !letter.is_ascii_digit());
    let parts = parts.filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

/// Letters that stand alone and can be nothing but names of quantities.
fn letters(said: &str) -> Vec<String> {
    let is_border = |letter: char| (!letter.is_alphanumeric() || is_han(letter)) && letter != '\'';
    let words = said.split(is_border).filter(|word| word.len() == 1);
    let mut letters: Vec<String> = words
        .filter(|word| word.chars().all(|one| one.is_ascii_lowercase()))
        // `a` is an article, `s` a genitive, `d` the sign of a differential that may be left out.
        .filter(|word| !matches!(*word, "a" | "s" | "d" | "i"))
        .map(str::to_owned)
        .collect();
    letters.sort_unstable();
    letters.dedup();
    letters
}

/// Whether it stands there outside of the names of commands, small or large.
fn holds(latex: &str, wanted: &str) -> bool {
    let mut bare = String::new();
    let mut letters = latex.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == '\\' {
            while letters.next_if(char::is_ascii_alphabetic).is_some() {}
            bare.push(' ');
        } else {
            bare.push(letter.to_ascii_lowercase());
        }
    }
    bare.contains(wanted)
}
