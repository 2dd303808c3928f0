//! English words of mathematics.

use super::Token;

/// What several words mean together, the longest first where one begins another.
const PHRASES: &[(&str, Token)] = &[
    ("is greater than or equal to", Token::Relation(r"\ge")),
    ("is less than or equal to", Token::Relation(r"\le")),
    ("greater than or equal to", Token::Relation(r"\ge")),
    ("less than or equal to", Token::Relation(r"\le")),
    ("is not equal to", Token::Relation(r"\ne")),
    ("is approximately equal to", Token::Relation(r"\approx")),
    ("is approximately", Token::Relation(r"\approx")),
    ("is equal to", Token::Relation("=")),
    ("is greater than", Token::Relation(">")),
    ("is less than", Token::Relation("<")),
    ("greater than", Token::Relation(">")),
    ("less than", Token::Relation("<")),
    ("equal to", Token::Relation("=")),
    ("equals", Token::Relation("=")),
    ("equal", Token::Relation("=")),
    ("is", Token::Relation("=")),
    ("plus or minus", Token::PlusMinus),
    ("plus", Token::Plus),
    ("minus", Token::Minus),
    ("negative", Token::Minus),
    ("multiplied by", Token::Times),
    ("times", Token::Times),
    ("divided by", Token::Over),
    ("over", Token::Over),
    ("squared", Token::Squared),
    ("cubed", Token::Cubed),
    ("factorial", Token::Factorial),
    ("raised to the power of", Token::Power),
    ("to the power of", Token::Power),
    ("to the power", Token::Power),
    ("to the", Token::Power),
    ("natural logarithm of", Token::Function(r"\ln")),
    ("natural log of", Token::Function(r"\ln")),
    ("logarithm of", Token::Function(r"\log")),
    ("log of", Token::Function(r"\log")),
    ("cosine of", Token::Function(r"\cos")),
    ("sine of", Token::Function(r"\sin")),
    ("tangent of", Token::Function(r"\tan")),
    ("square root of", Token::SquareRoot),
    ("cube root of", Token::CubeRoot),
    ("absolute value of", Token::AbsoluteValue),
    ("integral", Token::Integral),
    ("sum", Token::Series(r"\sum")),
    ("product", Token::Series(r"\prod")),
    ("limit", Token::Limit),
    ("derivative", Token::Derivative),
    ("gradient", Token::Gradient),
    ("with respect to", Token::WithRespectTo),
    ("approaches", Token::To),
    ("goes to", Token::To),
    ("tends to", Token::To),
    ("from", Token::From),
    ("to", Token::To),
    ("of", Token::Of),
    ("as", Token::As),
    ("infinity", Token::Infinity),
];

const GREEK: &[&str] = &[
    "alpha", "beta", "gamma", "delta", "epsilon", "theta", "lambda", "mu", "pi", "rho", "sigma",
    "tau", "phi", "psi", "omega",
];

/// Nouns before which `a` is an article.
const NOUNS: &[&str] = &[
    "square", "cube", "fraction", "sum", "limit", "product", "log", "function",
];

/// The tokens, if every word is known.
pub(super) fn tokens(text: &str) -> Option<Vec<Token>> {
    let text = text.to_lowercase();
    let text = text
        .trim()
        .trim_end_matches(['.', '?', '!'])
        .replace([',', '-'], " ");
    let words: Vec<&str> = text
        .split_whitespace()
        .filter(|word| *word != "the")
        .collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let rest = &words[at..];
        if rest[0] == "a" && rest.get(1).is_some_and(|next| NOUNS.contains(next)) {
            at += 1;
            continue;
        }
        let (token, taken) = phrase(rest)
            .or_else(|| number(rest))
            .or_else(|| letter(rest))?;
        tokens.push(token);
        at += taken;
    }
    Some(tokens)
}

fn phrase(words: &[&str]) -> Option<(Token, usize)> {
    PHRASES.iter().find_map(|(phrase, token)| {
        // The article was taken out of the text, so it is out of the phrases as well.
        let wanted: Vec<&str> = phrase.split(' ').filter(|word| *word != "the").collect();
        // "To the" alone would then be any "to".
        let is_bare = *phrase == "to the";
        (!is_bare && words.starts_with(&wanted)).then(|| (token.clone(), wanted.len()))
    })
}

fn letter(words: &[&str]) -> Option<(Token, usize)> {
    let word = words[0];
    if let Some(greek) = GREEK.iter().find(|greek| **greek == word) {
        return Some((Token::Letter(format!(r"\{greek}")), 1));
    }
    let is_letter =
        |word: &str| word.len() == 1 && word.starts_with(|one: char| one.is_ascii_lowercase());
    if let Some(letter) = word.strip_prefix('d').filter(|rest| is_letter(rest)) {
        return Some((Token::Differential(letter.to_owned()), 1));
    }
    match words {
        ["d", next, ..] if is_letter(next) => Some((Token::Differential((*next).to_owned()), 2)),
        [word, ..] if is_letter(word) => Some((Token::Letter((*word).to_owned()), 1)),
        _ => None,
    }
}

const UNITS: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

const TENS: &[&str] = &[
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];

/// A number in digits, or in words up to 999,999.
fn number(words: &[&str]) -> Option<(Token, usize)> {
    let is_number = |word: &str| {
        word.parse::<f64>().is_ok() && word.starts_with(|one: char| one.is_ascii_digit())
    };
    if is_number(words[0]) {
        return Some((Token::Number(words[0].to_owned()), 1));
    }
    let place = |list: &[&str], word: &str| list.iter().position(|one| *one == word);
    let (mut whole, mut part, mut taken) = (0_usize, 0_usize, 0_usize);
    // How large the next word may be: "two two" are two numbers, and no number is "five twenty".
    let mut room = usize::MAX;
    for word in words {
        let (value, next_room) = if let Some(unit) = place(UNITS, word) {
            (unit, 0)
        } else if let Some(tens) = place(TENS, word) {
            ((tens + 2) * 10, 10)
        } else {
            match *word {
                "hundred" if part > 0 && part < 10 => {
                    part *= 100;
                    room = 100;
                }
                "thousand" if part > 0 && whole == 0 => {
                    whole = part * 1_000;
                    part = 0;
                    room = 1_000;
                }
                _ => break,
            }
            taken += 1;
            continue;
        };
        if value >= room {
            break;
        }
        part += value;
        room = next_room;
        taken += 1;
    }
    (taken > 0).then(|| (Token::Number((whole + part).to_string()), taken))
}
