//! Documents of several sections, each a run: Markdown, HTML, DOCX and PDF from the same blocks.
//!
//! A document is written section by section, so that a whole history needs no more memory than one run;
//! only PDF, which has to know every letter before its font, is made at the end and has a limit. What a
//! section says is decided in [`crate::runs`]; here it is only put into a form. No text of a run is ever
//! taken for markup.

mod docx;
mod html;
mod markdown;
mod pdf;

use std::io::{Seek, Write};

use crate::ExportError;

/// A kind of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentFormat {
    /// GitHub's Markdown.
    Markdown,
    /// One file that needs no other, without scripts.
    Html,
    /// Word 2007 and later.
    Docx,
    /// A4, with page numbers.
    Pdf,
}

impl DocumentFormat {
    /// The usual ending of a file's name.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Docx => "docx",
            Self::Pdf => "pdf",
        }
    }
}

/// What stands on top of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cover {
    /// Its title.
    pub title: String,
    /// A line below it.
    pub note: String,
    /// The language of its own words, such as `zh-Hant`.
    pub language: String,
    /// The word for a page.
    pub page: String,
}

/// A run in a document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Section {
    /// What was asked, in one line.
    pub title: String,
    /// What is to be known of it: a name and a value each.
    pub about: Vec<(String, String)>,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading within the section.
    Heading(String),
    /// Words, with their line breaks.
    Text(String),
    /// Words that must not be overlooked.
    Note(String),
    /// A text in a language for machines.
    Code {
        /// By the name that editors use; may be empty.
        language: String,
        /// The text.
        text: String,
    },
    /// Points, one below the other.
    List(Vec<String>),
    /// Names with a value each.
    Facts(Vec<(String, String)>),
    /// Rows and columns.
    Table(Grid),
    /// A drawing, where the format can show one.
    Picture {
        /// In SVG.
        svg: String,
        /// What it shows.
        words: String,
    },
}

/// Rows and columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grid {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Whether a column holds numbers; one each.
    pub numbers: Vec<bool>,
    /// The rows, each with a cell for every column.
    pub rows: Vec<Vec<String>>,
}

impl Grid {
    /// Rows of texts. A row that is too short or too long is made to fit.
    #[must_use]
    pub fn new(columns: Vec<String>, mut rows: Vec<Vec<String>>) -> Self {
        for row in &mut rows {
            row.resize(columns.len(), String::new());
        }
        let numbers = (0..columns.len())
            .map(|place| is_number_column(rows.iter().map(|row| row[place].as_str())))
            .collect();
        Self {
            columns,
            numbers,
            rows,
        }
    }
}

fn is_number_column<'a>(cells: impl Iterator<Item = &'a str>) -> bool {
    let mut cells = cells.filter(|cell| !cell.is_empty()).peekable();
    cells.peek().is_some()
        && cells.all(|cell| {
            let plain = cell.replace(',', "");
            plain.trim_start_matches('+').parse::<f64>().is_ok()
        })
}

/// What came of a document.
#[derive(Debug)]
pub struct Finished<W> {
    /// What it was written into.
    pub out: W,
    /// Letters that no font of this system has; a sign stands in their places.
    pub lacking: Vec<char>,
}

/// A document that is being written.
pub struct DocumentWriter<W: Write + Seek>(Form<W>);

enum Form<W: Write + Seek> {
    Markdown(W),
    Html(W),
    Docx(Box<docx::Package<W>>),
    Pdf(Box<pdf::Gathered<W>>),
}

impl<W: Write + Seek> DocumentWriter<W> {
    /// Begins one.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn new(format: DocumentFormat, mut out: W, cover: &Cover) -> Result<Self, ExportError> {
        Ok(Self(match format {
            DocumentFormat::Markdown => {
                out.write_all(markdown::head(cover).as_bytes())?;
                Form::Markdown(out)
            }
            DocumentFormat::Html => {
                out.write_all(html::head(cover).as_bytes())?;
                Form::Html(out)
            }
            DocumentFormat::Docx => Form::Docx(Box::new(docx::Package::new(out, cover)?)),
            DocumentFormat::Pdf => Form::Pdf(Box::new(pdf::Gathered::new(out, cover.clone()))),
        }))
    }

    /// Adds a section.
    ///
    /// # Errors
    /// When it cannot be written, or it is too much for the format.
    pub fn add(&mut self, section: &Section) -> Result<(), ExportError> {
        match &mut self.0 {
            Form::Markdown(out) => out.write_all(markdown::section(section).as_bytes())?,
            Form::Html(out) => out.write_all(html::section(section).as_bytes())?,
            Form::Docx(package) => package.add(section)?,
            Form::Pdf(gathered) => gathered.add(section)?,
        }
        Ok(())
    }

    /// Ends it.
    ///
    /// # Errors
    /// When it cannot be written, or no font can be used.
    pub fn finish(self) -> Result<Finished<W>, ExportError> {
        let whole = |out| Finished {
            out,
            lacking: Vec::new(),
        };
        Ok(match self.0 {
            Form::Markdown(out) => whole(out),
            Form::Html(mut out) => {
                out.write_all(html::FOOT.as_bytes())?;
                whole(out)
            }
            Form::Docx(package) => whole(package.finish()?),
            Form::Pdf(gathered) => gathered.finish()?,
        })
    }
}

/// One section in Markdown, without a document around it.
#[must_use]
pub fn in_markdown(blocks: &[Block]) -> String {
    markdown::blocks(blocks)
}

/// A text in which `&`, `<`, `>` and quotes have no meaning, and without what XML has no letter for.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(letter),
            '\u{fffe}' | '\u{ffff}' => {}
            other if other.is_control() => {}
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests;
