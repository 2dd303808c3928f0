//! Writing HTML that a designer likes to open: one element a line, indented, and everything that
//! is not ours escaped.

use super::marks::{PagePart, PartKind, name};

/// A document, or a part of one, being written.
#[derive(Debug)]
pub struct Html {
    text: String,
    depth: usize,
    /// Parts that were marked so far; nothing where parts are not to be marked.
    parts: Option<Vec<PagePart>>,
}

/// Where a text stands in the plan: section, field and item, as an edit names them.
pub type Place<'a> = (&'a str, &'a str, usize);

impl Html {
    /// Nothing yet, so many levels deep.
    #[must_use]
    pub fn at(depth: usize) -> Self {
        Self {
            text: String::new(),
            depth,
            parts: None,
        }
    }

    /// The same with every part of the plan marked by its name.
    #[must_use]
    pub fn marked_at(depth: usize) -> Self {
        Self {
            parts: Some(Vec::new()),
            ..Self::at(depth)
        }
    }

    /// One line of markup as it is.
    pub fn line(&mut self, markup: &str) {
        for _ in 0..self.depth {
            self.text.push_str("  ");
        }
        self.text.push_str(markup);
        self.text.push('\n');
    }

    /// Lines that are indented already.
    pub fn raw(&mut self, lines: &str) {
        self.text.push_str(lines);
    }

    /// Opens an element; `tag` is its name with its attributes.
    pub fn open(&mut self, tag: &str) {
        self.line(&format!("<{tag}>"));
        self.depth += 1;
    }

    /// Closes an element.
    pub fn close(&mut self, name: &str) {
        self.depth = self.depth.saturating_sub(1);
        self.line(&format!("</{name}>"));
    }

    /// An element with nothing but text in it, or nothing where there is no text.
    pub fn text(&mut self, tag: &str, text: &str) {
        if !text.is_empty() {
            let name = tag.split(' ').next().unwrap_or(tag);
            self.line(&format!("<{tag}>{}</{name}>", escape(text)));
        }
    }

    /// The same for a text of the plan, which can be taken hold of.
    pub fn part(&mut self, tag: &str, text: &str, place: Place<'_>) {
        if !text.is_empty() {
            let mark = self.mark(place, text);
            self.text(&format!("{tag}{mark}"), text);
        }
    }

    /// The attribute that marks an element as a text of the plan; nothing where parts are not marked.
    pub fn mark(&mut self, place: Place<'_>, text: &str) -> String {
        self.marked(PartKind::Text, place, text)
    }

    /// The same for a picture of a motif.
    pub fn mark_picture(&mut self, section: &str, item: usize, motif: &str) -> String {
        self.marked(PartKind::Picture, (section, "picture", item), motif)
    }

    /// The same for a picture that can only be replaced.
    pub fn mark_portrait(&mut self, section: &str, item: usize) -> String {
        self.marked(PartKind::Portrait, (section, "picture", item), "")
    }

    /// The same for a whole section.
    pub fn mark_section(&mut self, section: &str) -> String {
        self.marked(PartKind::Section, (section, "", 0), "")
    }

    fn marked(&mut self, kind: PartKind, place: Place<'_>, text: &str) -> String {
        let Some(parts) = &mut self.parts else {
            return String::new();
        };
        let id = name(place);
        let (section, field, item) = place;
        // The name of the page stands in header and footer, and is one part.
        if !parts.iter().any(|part| part.id == id) {
            parts.push(PagePart {
                id: id.clone(),
                kind,
                section: section.to_owned(),
                field: field.to_owned(),
                item,
                text: text.to_owned(),
            });
        }
        format!(" data-part=\"{}\"", escape(&id))
    }

    /// What was written.
    #[must_use]
    pub fn finish(self) -> String {
        self.text
    }

    /// What was written, and which parts were marked in it.
    #[must_use]
    pub fn finish_with_parts(self) -> (String, Vec<PagePart>) {
        (self.text, self.parts.unwrap_or_default())
    }
}

/// Text as HTML, also within quoted attributes. What cannot stand in a document is left out.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' | '\r' => out.push(' '),
            letter if letter.is_control() || is_noncharacter(letter) => {}
            letter => out.push(letter),
        }
    }
    out
}

fn is_noncharacter(letter: char) -> bool {
    let code = u32::from(letter);
    code & 0xfffe == 0xfffe || (0xfdd0..=0xfdef).contains(&code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_text_becomes_markup() {
        assert_eq!(
            escape("<b onclick=\"x\">'&\u{0}\u{fffe}\n"),
            "&lt;b onclick=&quot;x&quot;&gt;&#39;&amp; "
        );
    }

    #[test]
    fn parts_are_marked_only_where_that_is_wanted() {
        let mut plain = Html::at(0);
        plain.part("p class=\"lead\"", "Warm", ("hero", "lead", 0));
        assert_eq!(plain.finish(), "<p class=\"lead\">Warm</p>\n");
        let mut marked = Html::marked_at(0);
        marked.part("p class=\"lead\"", "Warm", ("hero", "lead", 0));
        marked.part("p", "", ("hero", "label", 0));
        let (text, parts) = marked.finish_with_parts();
        assert_eq!(
            text,
            "<p class=\"lead\" data-part=\"hero/lead/0\">Warm</p>\n"
        );
        assert_eq!(parts.len(), 1, "what is not there cannot be taken hold of");
        assert_eq!(parts[0].text, "Warm");
    }
}
