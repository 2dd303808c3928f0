use super::*;
use crate::tongue::Tongue;

fn equation(latex: &str, tongue: Tongue) -> EquationResult {
    let made = make(latex);
    assert!(
        made.parses.check.passed,
        "{latex}: {}",
        made.parses.check.detail
    );
    assert!(
        made.draws.check.passed,
        "{latex}: {}",
        made.draws.check.detail
    );
    let document = roxmltree::Document::parse(&made.mathml).unwrap();
    let root = document.root_element();
    EquationResult {
        latex: latex.into(),
        omml: omml::write(root),
        spoken: spoken::say(root, tongue),
        svg: made.svg,
        mathml: made.mathml,
        draft: false,
    }
}

#[test]
fn equations_are_drawn_written_for_word_and_read_aloud() {
    let cases = [
        (
            "x^2 + y^2 = z^2",
            "x squared plus y squared equals z squared",
            "x 的平方 加 y 的平方 等於 z 的平方",
        ),
        (r"\frac{a}{b}", "a over b", "b 分之 a"),
        (
            r"\int_a^b f",
            "the integral from a to b of f",
            "從 a 到 b 的積分 f",
        ),
        (r"\sqrt{2}", "the square root of 2", "根號 2"),
        (
            r"\sum_{i=1}^n i",
            "the sum from i equals 1 to n of i",
            "從 i 等於 1 到 n 的總和 i",
        ),
    ];
    for (latex, english, chinese) in cases {
        let made = equation(latex, Tongue::English);
        assert_eq!(made.spoken, english);
        assert_eq!(equation(latex, Tongue::Traditional).spoken, chinese);
        assert!(
            made.svg.contains("<path") && !made.svg.contains("<text"),
            "{latex} needs fonts"
        );
        roxmltree::Document::parse(&made.omml).unwrap();
    }
    let integral = equation(r"\int_a^b f(x) \, dx = F(b) - F(a)", Tongue::English);
    assert!(
        integral.omml.contains("<m:nary>") && integral.omml.contains("<m:d>"),
        "{}",
        integral.omml
    );
}

#[test]
fn equations_that_look_the_same_have_one_skeleton() {
    let skeleton = |latex: &str| {
        let mathml = mathml::convert(latex).unwrap();
        let document = roxmltree::Document::parse(&mathml).unwrap();
        mathml::skeleton(document.root_element())
    };
    assert_eq!(skeleton("x^2"), skeleton("x^{2}"));
    assert_eq!(skeleton(r"\left( x \right)"), skeleton("(x)"));
    assert_ne!(skeleton("x^2"), skeleton("x_2"));
    assert_ne!(skeleton(r"\frac{ab}{c}"), skeleton(r"\frac{a}{bc}"));
}

#[test]
fn what_a_model_puts_around_is_taken_off() {
    let cases = [
        ("$$x$$", "x"),
        ("\\[ x \\]", "x"),
        ("```latex\n\\[\nx\n\\]\n```", "x"),
        ("The formula is $x^2$, as known.", "x^2"),
        ("\\begin{equation}\nx\n\\end{equation}", "x"),
        ("x", "x"),
    ];
    for (text, expected) in cases {
        assert_eq!(bare::bare(text), expected, "{text}");
    }
}

#[test]
fn mistakes_are_found() {
    for wrong in [r"\frac{1}", r"\nosuchcommand x", "{x", r"\left( x"] {
        assert!(!is_sound(wrong), "{wrong}");
    }
    let says_all = |said: &str, latex: &str| mentions::look(said, latex).check.passed;
    assert!(says_all("the integral of x", r"\int x \, dx"));
    assert!(!says_all("the integral of x", "x"));
    assert!(!says_all("x plus y", "x + z"));
    assert!(!says_all("12 plus x", "1 + x"));
    assert!(says_all("Euler's identity", r"e^{i\pi} + 1 = 0"));
    assert!(says_all("圓的面積等於 π 乘以 r 的平方", r"A = \pi r^2"));
}
