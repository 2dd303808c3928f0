//! From words to LaTeX, where they can be put together in one way only.

use super::Token;

/// A stretch that was put together.
struct Piece {
    tex: String,
    level: Level,
}

/// How tightly it holds together.
#[derive(Clone, Copy, PartialEq)]
enum Level {
    /// A letter or a number, with or without a power.
    Atom,
    /// Something with a sign or a name of its own, or factors side by side.
    Product,
    /// With a fraction written out of words at its outside.
    Fraction,
    /// Terms.
    Sum,
}

/// The whole, if nothing is left over.
pub(super) fn parse(tokens: &[Token]) -> Option<String> {
    let mut parser = Parser { tokens, at: 0 };
    let mut tex = parser.sum()?.tex;
    while let Some(Token::Relation(sign)) =
        parser.next_if(|token| matches!(token, Token::Relation(_)))
    {
        tex = format!("{tex} {sign} {}", parser.sum()?.tex);
    }
    (parser.at == tokens.len()).then_some(tex)
}

struct Parser<'a> {
    tokens: &'a [Token],
    at: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a Token> {
        self.tokens.get(self.at)
    }

    fn next_if(&mut self, wanted: impl Fn(&Token) -> bool) -> Option<&'a Token> {
        let token = self.peek().filter(|token| wanted(token))?;
        self.at += 1;
        Some(token)
    }

    fn takes(&mut self, wanted: &Token) -> bool {
        self.next_if(|token| token == wanted).is_some()
    }

    /// Terms. A fraction among terms that are none could reach further than its own words.
    fn sum(&mut self) -> Option<Piece> {
        let from = self.at;
        let mut sign = if self.takes(&Token::Minus) { "-" } else { "" };
        let mut tex = String::new();
        let mut terms = Vec::new();
        loop {
            let term = self.product()?;
            terms.push(term.level);
            tex = match tex.as_str() {
                "" => format!("{sign}{}", term.tex),
                tex => format!("{tex} {sign} {}", term.tex),
            };
            let next = match self.peek() {
                Some(Token::Plus) => "+",
                Some(Token::Minus) => "-",
                Some(Token::PlusMinus) => r"\pm",
                _ => break,
            };
            self.at += 1;
            // "Plus equals", as people say it.
            if matches!(self.peek(), Some(Token::Relation(_))) {
                break;
            }
            sign = next;
        }
        // "X plus one squared" and "n minus one factorial" may mean the whole.
        let reaches_back = terms.len() > 1 && self.has_loose_power(from);
        if reaches_back {
            return None;
        }
        let fractions = terms
            .iter()
            .filter(|level| **level == Level::Fraction)
            .count();
        if fractions > 0 && fractions < terms.len() {
            return None;
        }
        let level = match terms.as_slice() {
            [only] if sign.is_empty() || !tex.starts_with('-') => *only,
            [_] => Level::Product,
            _ => Level::Sum,
        };
        Some(Piece { tex, level })
    }

    /// Whether a power or a factorial stands behind a number, or a factorial behind anything but the
    /// first word, since a place.
    fn has_loose_power(&self, from: usize) -> bool {
        let read = &self.tokens[from..self.at];
        read.windows(2).enumerate().any(|(place, pair)| {
            let is_number = matches!(pair[0], Token::Number(_));
            match pair[1] {
                Token::Squared | Token::Cubed | Token::Power => is_number,
                Token::Factorial => is_number || place > 0,
                _ => false,
            }
        })
    }

    /// Factors.
    fn product(&mut self) -> Option<Piece> {
        let first_was = self.at;
        let mut piece = self.factor()?;
        let mut is_said = false;
        loop {
            match self.peek() {
                Some(Token::Times) => {
                    self.at += 1;
                    is_said = true;
                    let next = self.factor()?;
                    piece = times(&piece, &next)?;
                }
                Some(Token::Over) => {
                    self.at += 1;
                    let below = self.factor()?;
                    if piece.level == Level::Fraction
                        || matches!(self.peek(), Some(Token::Times | Token::Over))
                    {
                        return None;
                    }
                    piece = Piece {
                        tex: format!(r"\frac{{{}}}{{{}}}", piece.tex, below.tex),
                        level: Level::Fraction,
                    };
                }
                // "Two x": side by side without a word.
                Some(Token::Letter(_))
                    if matches!(
                        self.tokens.get(self.at - 1),
                        Some(Token::Letter(_) | Token::Number(_))
                    ) =>
                {
                    let next = self.factor()?;
                    piece = times(&piece, &next)?;
                }
                Some(Token::FunctionBehind(name)) => {
                    self.at += 1;
                    // Does the function belong to all factors, or to the last?
                    if is_said || piece.level == Level::Fraction {
                        return None;
                    }
                    piece = applied(name, &piece);
                }
                _ => break,
            }
        }
        debug_assert!(self.at > first_was, "a product takes a token at least");
        Some(piece)
    }

    /// A thing and its powers.
    fn factor(&mut self) -> Option<Piece> {
        let mut piece = self.base()?;
        loop {
            let power = match self.peek() {
                Some(Token::Squared) => "^2".to_owned(),
                Some(Token::Cubed) => "^3".to_owned(),
                Some(Token::Factorial) => "!".to_owned(),
                Some(Token::Power) => {
                    self.at += 1;
                    let exponent = self.exponent()?;
                    self.at -= 1;
                    format!("^{{{exponent}}}")
                }
                _ => return Some(piece),
            };
            self.at += 1;
            if piece.level != Level::Atom || piece.tex.contains('^') {
                return None;
            }
            piece.tex.push_str(&power);
        }
    }

    /// An exponent of one word. "To the n plus one" could go on.
    fn exponent(&mut self) -> Option<String> {
        let sign = if self.takes(&Token::Minus) { "-" } else { "" };
        let atom = self.atom()?;
        let is_letter = !atom.starts_with(|one: char| one.is_ascii_digit());
        let goes_on = matches!(
            self.peek(),
            Some(Token::Plus | Token::Minus | Token::Times | Token::Over)
        ) && matches!(self.tokens.get(self.at + 1), Some(Token::Number(_)))
            && !matches!(
                self.tokens.get(self.at + 2),
                Some(Token::Times | Token::Letter(_) | Token::Power)
            );
        if (is_letter && goes_on)
            || matches!(
                self.peek(),
                Some(Token::Squared | Token::Cubed | Token::Letter(_))
            )
        {
            return None;
        }
        Some(format!("{sign}{atom}"))
    }

    fn atom(&mut self) -> Option<String> {
        let token = self.next_if(|token| {
            matches!(token, Token::Number(_) | Token::Letter(_) | Token::Infinity)
        })?;
        Some(match token {
            Token::Number(tex) | Token::Letter(tex) => tex.clone(),
            _ => r"\infty".to_owned(),
        })
    }

    fn base(&mut self) -> Option<Piece> {
        if let Some(tex) = self.atom() {
            if self.takes(&Token::Parts) {
                let above = self.atom()?;
                return Some(Piece {
                    tex: format!(r"\frac{{{above}}}{{{tex}}}"),
                    level: Level::Product,
                });
            }
            return Some(Piece {
                tex,
                level: Level::Atom,
            });
        }
        let token = self.peek()?;
        self.at += 1;
        let tex = match token {
            Token::Function(name) => return Some(applied(name, &self.argument()?)),
            Token::SquareRoot => format!(r"\sqrt{{{}}}", self.argument()?.tex),
            Token::CubeRoot => format!(r"\sqrt[3]{{{}}}", self.argument()?.tex),
            Token::AbsoluteValue => format!(r"\left|{}\right|", self.argument()?.tex),
            Token::Integral => self.integral()?,
            Token::From => self.bounds_first()?,
            Token::Series(sign) => self.series(sign)?,
            Token::Limit => self.limit()?,
            Token::Derivative => self.derivative()?,
            Token::Gradient => self.gradient()?,
            _ => return None,
        };
        Some(Piece {
            tex,
            level: Level::Product,
        })
    }

    /// What a function is applied to: factors, and no terms, because nobody can hear where the
    /// brackets close.
    fn argument(&mut self) -> Option<Piece> {
        let piece = self.product()?;
        let goes_on = matches!(
            self.peek(),
            Some(Token::Plus | Token::Minus | Token::PlusMinus)
        ) && !matches!(self.tokens.get(self.at + 1), Some(Token::Relation(_)));
        (piece.level != Level::Fraction && !goes_on).then_some(piece)
    }

    fn bound(&mut self) -> Option<String> {
        let sign = if self.takes(&Token::Minus) { "-" } else { "" };
        Some(format!("{sign}{}", self.atom()?))
    }

    fn bounds(&mut self) -> Option<(String, String)> {
        let below = self.bound()?;
        self.takes(&Token::To).then_some(())?;
        Some((below, self.bound()?))
    }

    /// "The integral [from a to b] [of f] [d x]".
    fn integral(&mut self) -> Option<String> {
        let mut tex = r"\int".to_owned();
        let is_bounded = self.takes(&Token::From);
        if is_bounded {
            let (below, above) = self.bounds()?;
            tex = format!("{tex}_{{{below}}}^{{{above}}}");
        }
        if !self.takes(&Token::Of) {
            return is_bounded.then_some(tex);
        }
        let body = self.sum()?;
        let letter = match self.peek() {
            Some(Token::Differential(letter)) => letter.clone(),
            Some(Token::WithRespectTo) => {
                self.at += 1;
                match self.next_if(|token| matches!(token, Token::Letter(_)))? {
                    Token::Letter(letter) => {
                        self.at -= 1;
                        letter.clone()
                    }
                    _ => return None,
                }
            }
            _ if body.level == Level::Sum => return None,
            _ => return Some(format!("{tex} {}", body.tex)),
        };
        self.at += 1;
        Some(format!(r"{tex} {} \, d{letter}", in_brackets(&body)))
    }

    /// "從 a 到 b 的積分".
    fn bounds_first(&mut self) -> Option<String> {
        let (below, above) = self.bounds()?;
        self.takes(&Token::IntegralBehind).then_some(())?;
        Some(format!(r"\int_{{{below}}}^{{{above}}}"))
    }

    /// "The sum from i equals a to b of f".
    fn series(&mut self, sign: &str) -> Option<String> {
        self.takes(&Token::From).then_some(())?;
        let index = self.atom()?;
        self.takes(&Token::Relation("=")).then_some(())?;
        let (below, above) = self.bounds()?;
        let bounds = format!("{sign}_{{{index}={below}}}^{{{above}}}");
        if !self.takes(&Token::Of) {
            return Some(bounds);
        }
        Some(format!("{bounds} {}", self.argument()?.tex))
    }

    /// "The limit as x approaches a of f".
    fn limit(&mut self) -> Option<String> {
        self.takes(&Token::As).then_some(())?;
        let letter = self.atom()?;
        self.takes(&Token::To).then_some(())?;
        let to = self.bound()?;
        self.takes(&Token::Of).then_some(())?;
        Some(format!(
            r"\lim_{{{letter} \to {to}}} {}",
            self.argument()?.tex
        ))
    }

    /// "The derivative of f with respect to x".
    fn derivative(&mut self) -> Option<String> {
        self.takes(&Token::Of).then_some(())?;
        let body = self.sum()?;
        self.takes(&Token::WithRespectTo).then_some(())?;
        let letter = self.atom()?;
        Some(format!(r"\frac{{d}}{{d{letter}}} {}", in_brackets(&body)))
    }

    /// "The gradient of f [with respect to x]".
    fn gradient(&mut self) -> Option<String> {
        self.takes(&Token::Of).then_some(())?;
        let body = self.sum()?;
        if self.takes(&Token::WithRespectTo) {
            let letter = self.atom()?;
            return Some(format!(r"\nabla_{{{letter}}} {}", in_brackets(&body)));
        }
        (body.level != Level::Sum).then(|| format!(r"\nabla {}", body.tex))
    }
}

fn in_brackets(piece: &Piece) -> String {
    match piece.level {
        Level::Sum => format!(r"\left({}\right)", piece.tex),
        _ => piece.tex.clone(),
    }
}

fn applied(name: &str, piece: &Piece) -> Piece {
    let tex = match (name, piece.level) {
        (r"\sqrt", _) => format!("{name}{{{}}}", piece.tex),
        (_, Level::Atom) if !piece.tex.contains('^') => format!("{name} {}", piece.tex),
        _ => format!("{name}({})", piece.tex),
    };
    Piece {
        tex,
        level: Level::Product,
    }
}

/// Two factors. Digits never stand side by side, and neither does what a fraction is made of.
fn times(one: &Piece, other: &Piece) -> Option<Piece> {
    // Nobody says "n times n" who could say "n squared": more is meant to follow.
    let is_twice = one.tex == other.tex
        && one
            .tex
            .starts_with(|first: char| first.is_ascii_alphabetic());
    if one.level == Level::Fraction || other.level == Level::Fraction || is_twice {
        return None;
    }
    let is_number = other.tex.starts_with(|first: char| first.is_ascii_digit());
    let tex = match (
        is_number,
        other.tex.starts_with('\\')
            && one.tex.ends_with(|last: char| last.is_ascii_alphabetic())
            && one.tex.contains('\\'),
    ) {
        (true, _) => format!(r"{} \times {}", one.tex, other.tex),
        // A command's name ends where another begins, so nothing need stand between.
        (false, true) => format!("{}{}", one.tex, other.tex),
        (false, false) if ends_in_command(&one.tex) => format!("{} {}", one.tex, other.tex),
        (false, false) => format!("{}{}", one.tex, other.tex),
    };
    Some(Piece {
        tex,
        level: Level::Product,
    })
}

/// Whether a letter put behind would be read as part of a command's name.
fn ends_in_command(tex: &str) -> bool {
    let name = tex.rsplit('\\').next().unwrap_or_default();
    tex.contains('\\') && !name.is_empty() && name.chars().all(|one| one.is_ascii_alphabetic())
}
