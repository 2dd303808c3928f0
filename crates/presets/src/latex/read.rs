//! Simple mathematics in words, read exactly, in English and in Chinese.
//!
//! What can be read in one way only needs no model: "two plus two equals four". Whatever could be
//! meant in two ways ("one over x plus one") and every word that is not known makes the reader give
//! up, and then the model is asked. It never guesses.

mod chinese;
mod english;
mod parse;

use crate::tongue::Tongue;

/// The equation that some words can only mean.
#[must_use]
pub fn read(words: &str) -> Option<String> {
    if words.chars().count() > 400 {
        return None;
    }
    let tokens = match Tongue::of(words).is_chinese() {
        true => chinese::tokens(words)?,
        false => english::tokens(words)?,
    };
    parse::parse(&tokens)
}

/// A word, or several that belong together.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A number, as it stands in LaTeX.
    Number(String),
    /// A letter, Latin or Greek, as it stands in LaTeX.
    Letter(String),
    Infinity,
    Plus,
    Minus,
    PlusMinus,
    Times,
    /// "Over", "divided by".
    Over,
    /// "Equals", "is less than": the sign.
    Relation(&'static str),
    Squared,
    Cubed,
    Factorial,
    /// "To the power of".
    Power,
    /// "Sine of": the command.
    Function(&'static str),
    /// The same behind what it is applied to, as in Chinese.
    FunctionBehind(&'static str),
    SquareRoot,
    CubeRoot,
    AbsoluteValue,
    Integral,
    /// "From … to … 的積分".
    IntegralBehind,
    /// A sum or a product with bounds: the command.
    Series(&'static str),
    Limit,
    Derivative,
    Gradient,
    From,
    To,
    Of,
    As,
    WithRespectTo,
    /// "d x": the letter.
    Differential(String),
    /// "分之": the denominator comes first.
    Parts,
}

#[cfg(test)]
mod tests {
    use super::read;

    #[track_caller]
    fn check(cases: &[(&str, &str)]) {
        for (words, expected) in cases {
            assert_eq!(read(words).as_deref(), Some(*expected), "{words}");
        }
    }

    #[test]
    fn english_is_read() {
        check(&[
            ("two plus two equals four", "2 + 2 = 4"),
            ("The integral from zero to infinity", r"\int_{0}^{\infty}"),
            (
                "The gradient of x squared plus two times x with respect to x",
                r"\nabla_{x} \left(x^2 + 2x\right)",
            ),
            ("The log of two times x", r"\log(2x)"),
            (
                "x squared plus y squared plus equals z squared",
                "x^2 + y^2 = z^2",
            ),
            ("twenty-one minus 3.5 is less than a", "21 - 3.5 < a"),
            ("the square root of two", r"\sqrt{2}"),
            (
                "x to the power of n plus y to the power of n equals z to the power of n",
                "x^{n} + y^{n} = z^{n}",
            ),
            ("one over x equals y", r"\frac{1}{x} = y"),
            (
                "the integral from minus one to one of x squared dx",
                r"\int_{-1}^{1} x^2 \, dx",
            ),
            (
                "the sum from i equals one to n of i squared",
                r"\sum_{i=1}^{n} i^2",
            ),
            (
                "the limit as x approaches zero of the sine of x",
                r"\lim_{x \to 0} \sin x",
            ),
            (
                "the derivative of x cubed minus x with respect to x",
                r"\frac{d}{dx} \left(x^3 - x\right)",
            ),
            ("n factorial", "n!"),
            ("alpha times beta equals gamma", r"\alpha\beta = \gamma"),
        ]);
    }

    #[test]
    fn chinese_is_read() {
        check(&[
            ("二加二等於四", "2 + 2 = 4"),
            ("x的平方加y的平方等于z的平方", "x^2 + y^2 = z^2"),
            ("從零到無窮大的積分", r"\int_{0}^{\infty}"),
            ("根號二", r"\sqrt{2}"),
            ("三分之一加六分之一", r"\frac{1}{3} + \frac{1}{6}"),
            ("x的n次方", "x^{n}"),
            ("2x的對數", r"\log(2x)"),
            ("二十五减十三等于十二", "25 - 13 = 12"),
            ("n的階乘", "n!"),
        ]);
    }

    #[test]
    fn what_could_mean_two_things_is_not_read() {
        let unsure = [
            "one over x plus one",
            "x plus one over two",
            "the square root of x plus one",
            "x to the n plus one",
            "sine of x over x",
            "the Newton-Leibniz formula",
            "牛頓萊布尼茲公式",
            "the sum of x and y",
            "x plus one squared",
            "n factorial equals n times n minus one factorial",
            "plus",
            "",
            "two two",
            "x equals",
            "根號x加一",
        ];
        for words in unsure {
            assert_eq!(read(words), None, "{words}");
        }
    }
}
