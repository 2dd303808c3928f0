//! What a look is tried on: a button, a card, a form, a navigation, a table, or a person's own HTML
//! with everything taken out of it that could do anything.

use assistant::{Code, Fault};
use scraper::{ElementRef, Html, Node};

use crate::language::Language;
use crate::render::escape;
use crate::words::pick;

/// Most characters of own HTML.
const LONGEST: usize = 20_000;

/// A piece of HTML without any script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The HTML.
    pub html: String,
}

/// Elements that a sample may have.
const TAGS: &[&str] = &[
    "a",
    "abbr",
    "article",
    "aside",
    "b",
    "blockquote",
    "br",
    "button",
    "caption",
    "cite",
    "code",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "input",
    "kbd",
    "label",
    "legend",
    "li",
    "main",
    "mark",
    "menu",
    "meter",
    "nav",
    "ol",
    "optgroup",
    "option",
    "p",
    "pre",
    "progress",
    "q",
    "s",
    "section",
    "select",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
];

/// Attributes that a sample may have; addresses are none of them.
const ATTRIBUTES: &[&str] = &[
    "class",
    "id",
    "type",
    "name",
    "value",
    "placeholder",
    "for",
    "disabled",
    "checked",
    "selected",
    "required",
    "open",
    "role",
    "colspan",
    "rowspan",
    "scope",
    "lang",
    "dir",
    "title",
    "aria-label",
    "aria-hidden",
    "aria-current",
    "aria-expanded",
    "aria-selected",
    "min",
    "max",
    "rows",
    "cols",
];

const VOID: &[&str] = &["br", "hr", "input"];

impl Sample {
    /// The sample of that name.
    #[must_use]
    pub fn named(name: &str, language: Language) -> Option<Self> {
        let say = |en, hant, hans| pick(language, en, hant, hans);
        let html = match name.trim().to_lowercase().as_str() {
            "button" => format!(
                "<button class=\"button\">{}</button>",
                say("Save changes", "儲存變更", "保存更改")
            ),
            "card" => format!(
                "<article class=\"card\">\n  <h3 class=\"card-title\">{}</h3>\n  <p class=\"card-text\">{}</p>\n  <a class=\"card-link\" href=\"#\">{}</a>\n</article>",
                say("Morning in the valley", "山谷的早晨", "山谷的早晨"),
                say(
                    "Two hours along the river, then up through the pines.",
                    "沿著河走兩小時，再穿過松林往上。",
                    "沿着河走两小时，再穿过松林往上。"
                ),
                say("See the route", "看路線", "看路线"),
            ),
            "form" => format!(
                "<form class=\"form\">\n  <label class=\"form-label\" for=\"email\">{}</label>\n  <input class=\"form-input\" id=\"email\" type=\"email\" placeholder=\"you@example.com\">\n  <button class=\"form-button\" type=\"submit\">{}</button>\n</form>",
                say("Email", "電子郵件", "电子邮件"),
                say("Subscribe", "訂閱", "订阅"),
            ),
            "navigation" | "nav" => format!(
                "<nav class=\"nav\">\n  <a class=\"nav-brand\" href=\"#\">{}</a>\n  <a class=\"nav-link\" href=\"#\" aria-current=\"page\">{}</a>\n  <a class=\"nav-link\" href=\"#\">{}</a>\n  <a class=\"nav-link\" href=\"#\">{}</a>\n</nav>",
                say("Harbour", "港邊", "港边"),
                say("Menu", "菜單", "菜单"),
                say("Hours", "時間", "时间"),
                say("Contact", "聯絡", "联系"),
            ),
            "table" => format!(
                "<table class=\"table\">\n  <thead>\n    <tr><th>{}</th><th>{}</th></tr>\n  </thead>\n  <tbody>\n    <tr><td>{}</td><td>12.50</td></tr>\n    <tr><td>{}</td><td>8.00</td></tr>\n    <tr><td>{}</td><td>3.20</td></tr>\n  </tbody>\n</table>",
                say("Item", "品項", "品项"),
                say("Price", "價格", "价格"),
                say("Lamp", "檯燈", "台灯"),
                say("Notebook", "筆記本", "笔记本"),
                say("Pencil", "鉛筆", "铅笔"),
            ),
            _ => return None,
        };
        Some(Self { html })
    }

    /// The sample that a description speaks of; a card where it speaks of none.
    #[must_use]
    pub fn fitting(look: &str, language: Language) -> Self {
        let lower = look.to_lowercase();
        let words: [(&str, &[&str]); 5] = [
            (
                "form",
                &["form", "input", "field", "表單", "表单", "輸入", "输入"],
            ),
            (
                "navigation",
                &[
                    "navigation",
                    "nav",
                    "menu bar",
                    "導覽",
                    "导航",
                    "選單",
                    "菜单",
                ],
            ),
            ("table", &["table", "表格"]),
            ("button", &["button", "按鈕", "按钮"]),
            ("card", &[]),
        ];
        let name = words
            .iter()
            .find(|(_, words)| words.iter().any(|word| lower.contains(word)))
            .map_or("card", |(name, _)| *name);
        let html = Self::named(name, language)
            .map(|sample| sample.html)
            .unwrap_or_default();
        Self { html }
    }

    /// A person's own HTML.
    ///
    /// # Errors
    /// When there is no element in it, or too much of it.
    pub fn own(html: &str) -> Result<Self, Fault> {
        let unusable = |sentence: &str| {
            Fault::new(Code::InputInvalid, sentence)
                .with("input", "sample")
                .with("wanted", "HTML")
        };
        if html.chars().count() > LONGEST {
            return Err(unusable(
                "The sample is too long: up to 20,000 characters of HTML.",
            ));
        }
        let document = Html::parse_fragment(html);
        let mut out = String::new();
        let mut elements = 0;
        for child in document.root_element().children() {
            write(child, &mut out, &mut elements, 0);
        }
        if elements == 0 {
            return Err(unusable(
                "The sample has no HTML element; name one of button, card, form, navigation, table, or write some HTML.",
            ));
        }
        Ok(Self {
            html: out.trim().to_owned(),
        })
    }

    /// Selectors by which its parts can be reached.
    #[must_use]
    pub fn classes(&self) -> Vec<String> {
        let document = Html::parse_fragment(&self.html);
        let mut classes: Vec<String> = Vec::new();
        for element in document
            .tree
            .root()
            .descendants()
            .filter_map(ElementRef::wrap)
        {
            let value = element.value();
            let own: Vec<String> = value.classes().map(|class| format!(".{class}")).collect();
            let name = value.name();
            let names = if own.is_empty() && name != "html" {
                vec![name.to_owned()]
            } else {
                own
            };
            for name in names {
                if !classes.contains(&name) {
                    classes.push(name);
                }
            }
        }
        classes
    }
}

/// Writes what may stand in a sample.
fn write(node: ego_tree::NodeRef<'_, Node>, out: &mut String, elements: &mut usize, depth: usize) {
    if depth > 40 {
        return;
    }
    if let Node::Text(text) = node.value() {
        // Line breaks between elements are kept, so that it stays readable.
        let text: Vec<String> = text.split('\n').map(escape).collect();
        out.push_str(&text.join("\n"));
        return;
    }
    let Some(element) = node.value().as_element() else {
        return;
    };
    let name = element.name();
    if matches!(
        name,
        "script" | "style" | "template" | "noscript" | "iframe" | "object" | "svg" | "math"
    ) {
        return;
    }
    let is_allowed = TAGS.contains(&name);
    if is_allowed {
        *elements += 1;
        out.push('<');
        out.push_str(name);
        for (attribute, value) in element.attrs() {
            if ATTRIBUTES.contains(&attribute) {
                out.push_str(&format!(" {attribute}=\"{}\"", escape(value)));
            }
        }
        if name == "a" {
            out.push_str(" href=\"#\"");
        }
        out.push('>');
    }
    for child in node.children() {
        write(child, out, elements, depth + 1);
    }
    if is_allowed && !VOID.contains(&name) {
        out.push_str(&format!("</{name}>"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_sample_does_anything() {
        let sample = Sample::own("<div class='a' onclick='x()'><script>alert(1)</script><a href='javascript:x'>A&amp;B</a><img src=x onerror=y></div>").unwrap();
        assert_eq!(
            sample.html,
            "<div class=\"a\"><a href=\"#\">A&amp;B</a></div>"
        );
        assert_eq!(sample.classes(), [".a", "a"]);
        assert!(Sample::own("only words").is_err());
    }

    #[test]
    fn a_description_names_its_sample() {
        assert!(
            Sample::fitting("a glowing button", Language::English)
                .html
                .starts_with("<button")
        );
        assert!(
            Sample::fitting("漂亮的表格", Language::Traditional)
                .html
                .starts_with("<table")
        );
        assert!(
            Sample::fitting("soft and round", Language::English)
                .html
                .starts_with("<article")
        );
    }
}
