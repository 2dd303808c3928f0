//! What somebody wrote beside the columns when they made a table.
//!
//! SQLite keeps the text of every CREATE TABLE, comments and all. In an office database they are
//! often the only place that says what `sts` or `amt_ct` means. Nothing is parsed here but where a
//! definition begins and ends.

/// Longest comment that is told; a longer one is an essay and not a label.
const LONGEST: usize = 160;

/// Comments of one CREATE TABLE.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Comments {
    /// Of the table itself: beside or before the opening parenthesis.
    pub table: String,
    /// Of columns, by name, in order.
    pub columns: Vec<(String, String)>,
}

/// Reads the comments of a CREATE TABLE statement.
///
/// A comment belongs to the definition that stands before it on its line; one on a line of its own
/// belongs to the definition that follows.
pub fn of_table(sql: &str) -> Comments {
    let mut reader = Reader::default();
    let mut rest = sql;
    while let Some(character) = rest.chars().next() {
        let length = reader.take(rest, character);
        rest = &rest[length..];
    }
    reader.end_of_definition();
    reader.comments
}

#[derive(Default)]
struct Reader {
    comments: Comments,
    depth: usize,
    /// The definition that is being read.
    definition: String,
    /// The name of the last definition that ended, while its line goes on.
    last: Option<String>,
    /// Comments that wait for the name of their definition.
    waiting: String,
    /// Whether anything but a comment stands on this line.
    line_has_text: bool,
}

impl Reader {
    /// Takes what begins here and returns its length.
    fn take(&mut self, rest: &str, first: char) -> usize {
        if rest.starts_with("--") {
            let end = rest.find('\n').unwrap_or(rest.len());
            self.comment(&rest[2..end]);
            return end;
        }
        if rest.starts_with("/*") {
            let end = rest.find("*/").unwrap_or(rest.len());
            self.comment(rest.get(2..end).unwrap_or_default());
            return rest.len().min(end + 2);
        }
        if let Some(closing) = closing_quote(first) {
            let length = quoted_length(rest, first, closing);
            self.text(&rest[..length]);
            return length;
        }
        match first {
            '(' => {
                self.depth += 1;
                if self.depth == 1 {
                    self.definition.clear();
                    self.last = None;
                    self.line_has_text = true;
                } else {
                    self.text("(");
                }
            }
            ')' => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth > 0 {
                    self.text(")");
                }
            }
            ',' if self.depth == 1 => self.end_of_definition(),
            '\n' => {
                self.line_has_text = false;
                self.last = None;
                self.definition.push(' ');
            }
            other => {
                let mut buffer = [0; 4];
                self.text(other.encode_utf8(&mut buffer));
            }
        }
        first.len_utf8()
    }

    fn text(&mut self, text: &str) {
        self.definition.push_str(text);
        self.line_has_text |= !text.trim().is_empty();
    }

    fn comment(&mut self, text: &str) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() || text.chars().count() > LONGEST {
            return;
        }
        let is_of_table = self.depth == 0
            || self.definition.trim().is_empty() && self.last.is_none() && self.line_has_text;
        if is_of_table && self.comments.columns.is_empty() {
            add(&mut self.comments.table, &text);
        } else if let Some(name) = self.last.clone() {
            self.keep(name, &text);
        } else {
            add(&mut self.waiting, &text);
        }
    }

    fn end_of_definition(&mut self) {
        let name = first_name(&self.definition);
        let waiting = std::mem::take(&mut self.waiting);
        if let Some(name) = &name
            && !waiting.is_empty()
        {
            self.keep(name.clone(), &waiting);
        }
        self.last = name;
        self.definition.clear();
    }

    fn keep(&mut self, name: String, text: &str) {
        match self
            .comments
            .columns
            .iter_mut()
            .find(|(known, _)| *known == name)
        {
            Some((_, comment)) => add(comment, text),
            None => self.comments.columns.push((name, text.to_owned())),
        }
    }
}

fn add(comment: &mut String, text: &str) {
    if !comment.is_empty() {
        comment.push_str("; ");
    }
    comment.push_str(text);
}

fn closing_quote(opening: char) -> Option<char> {
    match opening {
        '\'' | '"' | '`' => Some(opening),
        '[' => Some(']'),
        _ => None,
    }
}

/// Length of a quoted text with its quotes; a doubled quote stands for one.
fn quoted_length(text: &str, opening: char, closing: char) -> usize {
    let mut characters = text.char_indices().skip(1).peekable();
    while let Some((place, character)) = characters.next() {
        if character != closing {
            continue;
        }
        let is_doubled =
            opening == closing && characters.peek().is_some_and(|(_, next)| *next == closing);
        match is_doubled {
            true => drop(characters.next()),
            false => return place + closing.len_utf8(),
        }
    }
    text.len()
}

/// The name with which a definition begins, without its quotes.
fn first_name(definition: &str) -> Option<String> {
    let definition = definition.trim_start();
    let first = definition.chars().next()?;
    if let Some(closing) = closing_quote(first) {
        let length = quoted_length(definition, first, closing);
        let inner = definition.get(first.len_utf8()..length - closing.len_utf8())?;
        let doubled: String = [closing, closing].iter().collect();
        return Some(inner.replace(&doubled, &closing.to_string()));
    }
    let end = definition
        .find(char::is_whitespace)
        .unwrap_or(definition.len());
    (end > 0).then(|| definition[..end].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(sql: &str, table: &str, columns: &[(&str, &str)]) {
        let found = of_table(sql);
        assert_eq!(found.table, table, "{sql}");
        let found: Vec<_> = found
            .columns
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        assert_eq!(found, columns, "{sql}");
    }

    #[test]
    fn a_comment_belongs_to_the_definition_on_its_line_or_to_the_next() {
        check("CREATE TABLE a (b TEXT, c INT)", "", &[]);
        check(
            "CREATE TABLE a (\n b TEXT, -- A active, C closed\n c INT -- cents\n)",
            "",
            &[("b", "A active, C closed"), ("c", "cents")],
        );
        check(
            "CREATE TABLE a ( -- 字典表\n -- 代码\n dm TEXT,\n mc TEXT /* 名称 */, x INT)",
            "字典表",
            &[("dm", "代码"), ("mc", "名称")],
        );
        check("-- orders\nCREATE TABLE a (\n b TEXT)", "orders", &[]);
    }

    #[test]
    fn commas_and_quotes_inside_a_definition_do_not_end_it() {
        check(
            "CREATE TABLE a (\n\"b, \"\"c\" TEXT DEFAULT '--, no', -- yes\n d NUMERIC(5, 2) CHECK (d IN (1, 2)), -- two\n [e f] INT -- three\n, PRIMARY KEY (d, [e f]))",
            "",
            &[("b, \"c", "yes"), ("d", "two"), ("e f", "three")],
        );
    }

    #[test]
    fn what_is_cut_off_or_odd_is_no_reason_to_fail() {
        for sql in [
            "",
            "CREATE TABLE a (b 'x",
            "CREATE TABLE a (\"",
            "/*",
            "--",
            "CREATE TABLE a (b)) -- x",
        ] {
            of_table(sql);
        }
    }
}
