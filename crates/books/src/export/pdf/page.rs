//! Pages: where lines stand on them, in points from the lower left corner.

use std::ops::Range;

use assistant::artifact::Statement;
use pdf_writer::{Content, Finish as _, Name, Pdf, Rect, Ref, Str, TextStr};

use export::paper::{Font, NAME};

use crate::BookError;

const WIDTH: f32 = 595.0;
const HEIGHT: f32 = 842.0;
const MARGIN: f32 = 50.0;
const LEADING: f32 = 14.0;
const SIZE: f32 = 9.0;
const TITLE: f32 = 14.0;
const INDENT: f32 = 12.0;

/// The fewest points that a label has, however many columns there are.
const LABEL: f32 = 150.0;

/// The most columns of figures beside each other.
const COLUMNS: usize = 4;

/// A document that is being written, line by line.
pub(super) struct Paper {
    font: Font,
    title: String,
    pages: Vec<Content>,
    /// The base line of the next line.
    y: f32,
}

impl Paper {
    pub(super) fn new(font: Font, title: &str) -> Self {
        Self {
            font,
            title: title.to_owned(),
            pages: Vec::new(),
            y: 0.0,
        }
    }

    /// Begins a page, with whose books they are on top.
    fn turn(&mut self) {
        self.pages.push(Content::new());
        self.y = HEIGHT - MARGIN;
        let title = self.title.clone();
        self.put(MARGIN, SIZE, &title);
        self.rule(MARGIN, WIDTH - MARGIN, self.y - 4.0);
        self.y -= LEADING * 2.0;
    }

    /// Makes sure that so many lines fit below.
    fn need(&mut self, lines: f32) {
        if self.pages.is_empty() || self.y - lines * LEADING < MARGIN + LEADING {
            self.turn();
        }
    }

    fn put(&mut self, x: f32, size: f32, text: &str) {
        let encoded = self.font.encode(text);
        let y = self.y;
        if let Some(page) = self.pages.last_mut() {
            page.begin_text();
            page.set_font(NAME, size);
            page.next_line(x, y);
            page.show(Str(&encoded));
            page.end_text();
        }
    }

    /// A text that ends at a point.
    fn put_right(&mut self, right: f32, size: f32, text: &str) {
        let width = self.font.width(text) * size;
        self.put(right - width, size, text);
    }

    fn rule(&mut self, from: f32, to: f32, y: f32) {
        if let Some(page) = self.pages.last_mut() {
            page.set_line_width(0.5);
            page.move_to(from, y);
            page.line_to(to, y);
            page.stroke();
        }
    }

    /// As much of a text as fits, with a sign that there is more.
    fn fitting(&self, text: &str, width: f32, size: f32) -> String {
        if self.font.width(text) * size <= width {
            return text.to_owned();
        }
        let mut short = String::new();
        for letter in text.chars() {
            short.push(letter);
            if self.font.width(&short) * size > width - size {
                short.pop();
                break;
            }
        }
        short.push_str("..");
        short
    }

    /// One statement, beginning on a page of its own. More columns than fit beside each other stand
    /// on further pages, with the labels again.
    pub(super) fn statement(&mut self, statement: &Statement, currency: &str) {
        let count = statement.columns.len();
        let mut first = 0;
        while first == 0 || first < count {
            let end = first + COLUMNS;
            self.part(statement, currency, first..end.min(count));
            first = end;
        }
    }

    /// Some columns of a statement.
    fn part(&mut self, statement: &Statement, currency: &str, shown: Range<usize>) {
        self.turn();
        let title = statement.title.clone();
        self.put(MARGIN, TITLE, &title);
        self.y -= LEADING * 2.0;
        let headings = &statement.columns[shown.clone()];
        let columns = shown.len().max(1);
        #[expect(
            clippy::cast_precision_loss,
            reason = "a statement has a handful of columns"
        )]
        let room = (WIDTH - 2.0 * MARGIN - LABEL - 30.0) / columns as f32;
        let rights: Vec<f32> = (0..columns)
            .map(|place| {
                #[expect(
                    clippy::cast_precision_loss,
                    reason = "a statement has a handful of columns"
                )]
                let left = (columns - 1 - place) as f32;
                WIDTH - MARGIN - left * room
            })
            .collect();
        self.columns(headings, currency, &rights, room);
        for row in &statement.rows {
            if self.y < MARGIN + 2.0 * LEADING {
                self.turn();
                self.columns(headings, currency, &rights, room);
            }
            let is_heading = row.figures.is_empty();
            if is_heading && row.level == 0 {
                self.y -= LEADING / 2.0;
            }
            #[expect(clippy::cast_precision_loss, reason = "levels are few")]
            let x = MARGIN + row.level.min(6) as f32 * INDENT;
            let width = if is_heading {
                WIDTH - MARGIN - x
            } else {
                LABEL - (x - MARGIN)
            };
            let label = self.fitting(&row.label, width, SIZE);
            self.put(x, SIZE, &label);
            if !is_heading {
                self.put(MARGIN + LABEL, SIZE, &row.currency);
            }
            let figures = row.figures.get(shown.clone()).unwrap_or_default();
            for (right, figure) in rights.iter().zip(figures) {
                self.put_right(*right, SIZE, &grouped(figure));
                if row.is_total && !figure.is_empty() {
                    self.rule(right - room * 0.7, *right, self.y + LEADING - 4.0);
                }
            }
            self.y -= LEADING;
        }
    }

    fn columns(&mut self, headings: &[String], currency: &str, rights: &[f32], room: f32) {
        // Headings of several words take several lines.
        let lines: Vec<Vec<String>> = headings
            .iter()
            .map(|column| self.wrapped(column, room - 6.0))
            .collect();
        let height = lines.iter().map(Vec::len).max().unwrap_or(1);
        for line in 0..height {
            for (right, column) in rights.iter().zip(&lines) {
                if let Some(text) = column.get(line) {
                    self.put_right(*right, SIZE, text);
                }
            }
            if line + 1 == height {
                self.put(MARGIN + LABEL, SIZE, currency);
            }
            self.y -= LEADING;
        }
        self.rule(MARGIN, WIDTH - MARGIN, self.y + LEADING - 4.0);
    }

    fn wrapped(&self, text: &str, width: f32) -> Vec<String> {
        let mut lines = vec![String::new()];
        for word in text.split(' ') {
            let last = lines.last().cloned().unwrap_or_default();
            let longer = if last.is_empty() {
                word.to_owned()
            } else {
                format!("{last} {word}")
            };
            if last.is_empty() || self.font.width(&longer) * SIZE <= width {
                if let Some(line) = lines.last_mut() {
                    *line = longer;
                }
            } else {
                lines.push(word.to_owned());
            }
        }
        lines
    }

    /// The tie-outs: what must be equal, the figure, whether it is.
    pub(super) fn ties(&mut self, title: &str, ties: &[[String; 3]]) {
        self.turn();
        self.put(MARGIN, TITLE, title);
        self.y -= LEADING * 2.0;
        for [what, figure, holds] in ties {
            self.need(1.0);
            let what = self.fitting(what, 300.0, SIZE);
            self.put(MARGIN, SIZE, &what);
            self.put_right(WIDTH - MARGIN - 90.0, SIZE, &grouped(figure));
            self.put_right(WIDTH - MARGIN, SIZE, holds);
            self.y -= LEADING;
        }
    }

    /// A line to sign on, and the seal below it.
    pub(super) fn signature(&mut self, words: &str, seal: &str) {
        self.need(8.0);
        self.y -= LEADING * 5.0;
        self.rule(MARGIN, MARGIN + 260.0, self.y + LEADING - 2.0);
        self.put(MARGIN, SIZE, words);
        self.y -= LEADING * 2.0;
        self.put(MARGIN, 6.0, seal);
    }

    /// The document, its pages numbered.
    pub(super) fn finish(mut self, page_word: &str) -> Result<Vec<u8>, BookError> {
        let count = self.pages.len();
        let pages = std::mem::take(&mut self.pages);
        let mut pdf = Pdf::new();
        let [catalog, tree, info, font] = [1, 2, 3, 4].map(Ref::new);
        // The font takes five objects.
        let mut next = Ref::new(9);
        let mut kids = Vec::new();
        for (number, page) in pages.into_iter().enumerate() {
            self.pages = vec![page];
            self.y = MARGIN - LEADING;
            let text = format!("{page_word} {} / {count}", number + 1);
            self.put_right(WIDTH - MARGIN, SIZE, &text);
            let content = self.pages.pop().unwrap_or_else(Content::new).finish();
            let (id, stream) = (next.bump(), next.bump());
            kids.push(id);
            let mut page = pdf.page(id);
            page.media_box(Rect::new(0.0, 0.0, WIDTH, HEIGHT));
            page.parent(tree);
            page.contents(stream);
            page.resources().fonts().pair(NAME, font);
            page.finish();
            pdf.stream(stream, content.as_slice());
        }
        pdf.catalog(catalog).pages(tree);
        let number = i32::try_from(kids.len()).unwrap_or(i32::MAX);
        pdf.pages(tree).kids(kids).count(number);
        pdf.document_info(info)
            .title(TextStr(&self.title))
            .producer(TextStr("Deskhand"));
        self.font
            .write(&mut pdf, font)
            .map_err(|error| BookError::Export(error.to_string()))?;
        debug_assert!(NAME == Name(b"F"), "pages know the font by its name");
        Ok(pdf.finish())
    }
}

/// Thousands apart by a comma.
fn grouped(figure: &str) -> String {
    let (sign, rest) = match figure.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", figure),
    };
    let (whole, fraction) = match rest.split_once('.') {
        Some((whole, fraction)) => (whole, format!(".{fraction}")),
        None => (rest, String::new()),
    };
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}{fraction}")
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_are_apart() {
        let cases = [
            ("", ""),
            ("0.00", "0.00"),
            ("-1234567.8", "-1,234,567.8"),
            ("123", "123"),
        ];
        for (figure, expected) in cases {
            assert_eq!(grouped(figure), expected);
        }
    }
}
