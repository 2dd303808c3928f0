//! Office Math, the form in which Word pastes a real equation, written from MathML.

use roxmltree::Node;

use super::mathml::is_silent;

const OPEN: &str =
    "<m:oMathPara xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\"><m:oMath>";
const CLOSE: &str = "</m:oMath></m:oMathPara>";

/// Signs that stretch over what follows them and have bounds.
const LARGE: &str = "∑∏∐∫∬∭∮∯∰⋃⋂⋁⋀⨁⨂";

/// The whole equation.
pub(super) fn write(root: Node<'_, '_>) -> String {
    format!("{OPEN}{}{CLOSE}", row(&elements(root)))
}

fn elements<'a, 'input>(node: Node<'a, 'input>) -> Vec<Node<'a, 'input>> {
    node.children().filter(Node::is_element).collect()
}

/// Things beside each other: a large sign takes what follows it under its roof, brackets what is
/// between them.
fn row(nodes: &[Node<'_, '_>]) -> String {
    let mut text = String::new();
    let mut at = 0;
    while at < nodes.len() {
        if let Some(nary) = Nary::of(nodes[at]) {
            let rest = &nodes[at + 1..];
            let end = rest
                .iter()
                .position(|node| is_relation(*node))
                .unwrap_or(rest.len());
            text.push_str(&nary.write(&row(&rest[..end])));
            at += 1 + end;
        } else if let Some(length) = bracketed(&nodes[at..]) {
            let (first, last) = (sign(nodes[at]), sign(nodes[at + length - 1]));
            let inner = row(&nodes[at + 1..at + length - 1]);
            text.push_str(&delimited(&first, &last, &inner));
            at += length;
        } else {
            text.push_str(&one(nodes[at]));
            at += 1;
        }
    }
    text
}

fn is_relation(node: Node<'_, '_>) -> bool {
    node.tag_name().name() == "mo"
        && matches!(
            sign(node).as_str(),
            "=" | "≠" | "≤" | "≥" | "<" | ">" | "≈" | "≡" | "," | "→" | "⇒"
        )
}

/// How many nodes a bracketed stretch at the beginning has, if there is one.
fn bracketed(nodes: &[Node<'_, '_>]) -> Option<usize> {
    let closing = closing_of(&sign_of_mo(*nodes.first()?)?)?;
    let opening = sign(nodes[0]);
    let mut depth = 0_usize;
    for (index, node) in nodes.iter().enumerate() {
        match sign_of_mo(*node) {
            Some(sign) if sign == opening && (opening != closing || index == 0) => depth += 1,
            Some(sign) if sign == closing => {
                depth -= 1;
                if depth == 0 {
                    return Some(index + 1);
                }
            }
            // A power at a closing bracket: the whole stretch is left as it stands.
            _ => {}
        }
    }
    None
}

fn closing_of(opening: &str) -> Option<String> {
    let closing = match opening {
        "(" => ")",
        "[" => "]",
        "{" => "}",
        "⟨" => "⟩",
        "⌊" => "⌋",
        "⌈" => "⌉",
        "|" => "|",
        "‖" => "‖",
        _ => return None,
    };
    Some(closing.to_owned())
}

fn sign_of_mo(node: Node<'_, '_>) -> Option<String> {
    (node.tag_name().name() == "mo").then(|| sign(node))
}

/// The characters of a node and all within it.
fn sign(node: Node<'_, '_>) -> String {
    let text = node.descendants().filter(Node::is_text);
    let text = text.filter_map(|node| node.text()).collect::<String>();
    text.chars().filter(|letter| !is_silent(*letter)).collect()
}

fn delimited(first: &str, last: &str, inner: &str) -> String {
    let (first, last) = (escaped(first), escaped(last));
    format!(
        "<m:d><m:dPr><m:begChr m:val=\"{first}\"/><m:endChr m:val=\"{last}\"/></m:dPr><m:e>{inner}</m:e></m:d>"
    )
}

/// A large sign with its bounds.
struct Nary {
    sign: String,
    below: String,
    above: String,
    beside: bool,
}

impl Nary {
    fn of(node: Node<'_, '_>) -> Option<Self> {
        let name = node.tag_name().name();
        let parts = elements(node);
        let (base, below, above) = match (name, parts.as_slice()) {
            ("mo", []) => (node, None, None),
            ("msub" | "munder", [base, below]) => (*base, Some(*below), None),
            ("msup" | "mover", [base, above]) => (*base, None, Some(*above)),
            ("msubsup" | "munderover", [base, below, above]) => (*base, Some(*below), Some(*above)),
            _ => return None,
        };
        let sign = sign(base);
        let is_large = sign.chars().count() == 1 && sign.chars().all(|one| LARGE.contains(one));
        is_large.then(|| Self {
            sign,
            below: below.map(one).unwrap_or_default(),
            above: above.map(one).unwrap_or_default(),
            beside: name.starts_with("ms") || name == "mo",
        })
    }

    fn write(&self, over: &str) -> String {
        let place = if self.beside { "subSup" } else { "undOvr" };
        let hide = |text: &str, what: &str| match text {
            "" => format!("<m:{what}Hide m:val=\"1\"/>"),
            _ => String::new(),
        };
        format!(
            "<m:nary><m:naryPr><m:chr m:val=\"{}\"/><m:limLoc m:val=\"{place}\"/>{}{}</m:naryPr><m:sub>{}</m:sub><m:sup>{}</m:sup><m:e>{over}</m:e></m:nary>",
            self.sign,
            hide(&self.below, "sub"),
            hide(&self.above, "sup"),
            self.below,
            self.above
        )
    }
}

/// One thing.
fn one(node: Node<'_, '_>) -> String {
    let parts = elements(node);
    let part = |index: usize| parts.get(index).map(|part| one(*part)).unwrap_or_default();
    match node.tag_name().name() {
        "mi" | "mn" | "mo" => run(node, false),
        "mtext" | "ms" => run(node, true),
        "mspace" | "annotation" | "annotation-xml" => String::new(),
        "mfrac" => fraction(node, &part(0), &part(1)),
        "msup" => format!(
            "<m:sSup><m:e>{}</m:e><m:sup>{}</m:sup></m:sSup>",
            part(0),
            part(1)
        ),
        "msub" => format!(
            "<m:sSub><m:e>{}</m:e><m:sub>{}</m:sub></m:sSub>",
            part(0),
            part(1)
        ),
        "msubsup" => format!(
            "<m:sSubSup><m:e>{}</m:e><m:sub>{}</m:sub><m:sup>{}</m:sup></m:sSubSup>",
            part(0),
            part(1),
            part(2)
        ),
        "msqrt" => format!(
            "<m:rad><m:radPr><m:degHide m:val=\"1\"/></m:radPr><m:deg/><m:e>{}</m:e></m:rad>",
            row(&parts)
        ),
        "mroot" => format!(
            "<m:rad><m:deg>{}</m:deg><m:e>{}</m:e></m:rad>",
            part(1),
            part(0)
        ),
        "munder" => format!(
            "<m:limLow><m:e>{}</m:e><m:lim>{}</m:lim></m:limLow>",
            part(0),
            part(1)
        ),
        "mover" => over(&parts, &part(0), &part(1)),
        "munderover" => format!(
            "<m:limUpp><m:e><m:limLow><m:e>{}</m:e><m:lim>{}</m:lim></m:limLow></m:e><m:lim>{}</m:lim></m:limUpp>",
            part(0),
            part(1),
            part(2)
        ),
        "mtable" => table(&parts),
        "semantics" => part(0),
        _ => row(&parts),
    }
}

fn fraction(node: Node<'_, '_>, above: &str, below: &str) -> String {
    // A fraction without a bar is a binomial coefficient.
    let bar = match node.attribute("linethickness") {
        Some(thickness) if thickness.starts_with('0') => "<m:fPr><m:type m:val=\"noBar\"/></m:fPr>",
        _ => "",
    };
    format!("<m:f>{bar}<m:num>{above}</m:num><m:den>{below}</m:den></m:f>")
}

/// An accent where one stands above, a limit otherwise.
fn over(parts: &[Node<'_, '_>], base: &str, above: &str) -> String {
    let sign = parts.get(1).map(|part| sign(*part)).unwrap_or_default();
    let accent = match sign.as_str() {
        "^" | "ˆ" | "\u{302}" => "\u{302}",
        "~" | "˜" | "\u{303}" => "\u{303}",
        "¯" | "‾" | "_" | "\u{305}" => "\u{305}",
        "→" | "\u{20d7}" => "\u{20d7}",
        "˙" | "\u{307}" => "\u{307}",
        "¨" | "\u{308}" => "\u{308}",
        _ => return format!("<m:limUpp><m:e>{base}</m:e><m:lim>{above}</m:lim></m:limUpp>"),
    };
    format!("<m:acc><m:accPr><m:chr m:val=\"{accent}\"/></m:accPr><m:e>{base}</m:e></m:acc>")
}

fn table(rows: &[Node<'_, '_>]) -> String {
    let rows: String = rows
        .iter()
        .map(|row_node| {
            let cells = elements(*row_node);
            let cells: String = cells
                .iter()
                .map(|cell| format!("<m:e>{}</m:e>", row(&elements(*cell))))
                .collect();
            format!("<m:mr>{cells}</m:mr>")
        })
        .collect();
    format!("<m:m>{rows}</m:m>")
}

fn run(node: Node<'_, '_>, is_words: bool) -> String {
    let text: String = node
        .text()
        .unwrap_or_default()
        .chars()
        .filter(|letter| is_words || !is_silent(*letter))
        .collect();
    if text.is_empty() {
        return String::new();
    }
    let upright = is_words || (node.tag_name().name() == "mi" && text.chars().count() > 1);
    let style = if upright {
        "<m:rPr><m:sty m:val=\"p\"/></m:rPr>"
    } else {
        ""
    };
    format!("<m:r>{style}<m:t>{}</m:t></m:r>", escaped(&text))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
