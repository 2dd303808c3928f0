//! Writing HTML that a designer likes to open: one element a line, indented, and everything that
//! is not ours escaped.

/// A document, or a part of one, being written.
#[derive(Debug)]
pub struct Html {
    text: String,
    depth: usize,
}

impl Html {
    /// Nothing yet, so many levels deep.
    #[must_use]
    pub fn at(depth: usize) -> Self {
        Self {
            text: String::new(),
            depth,
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

    /// What was written.
    #[must_use]
    pub fn finish(self) -> String {
        self.text
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
}
