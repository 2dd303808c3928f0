//! A document on paper. It is made when everything is there, because the font has to be chosen by the
//! letters that are used: one of the system's that has most of them. What no font has is said.

use std::io::{Seek, Write};

use super::{Block, Cover, Finished, Grid, Section};
use crate::ExportError;
use crate::paper::{Font, ROOM, Sheets, broken};

/// More than anybody prints, and than a reader opens at once.
const MOST_PAGES: usize = 2_000;

/// Bytes of text that certainly take more pages than that.
const MOST_BYTES: usize = MOST_PAGES * 8_000;

const SIZE: f32 = 10.0;
const LEADING: f32 = 15.0;
const SMALL: f32 = 8.5;
const SMALL_LEADING: f32 = 12.0;
const SOFT: f32 = 0.35;
const INK: f32 = 0.0;

/// Between the columns of a table.
const GUTTER: f32 = 8.0;

/// The least that a column of a table is given; where there is no room for it, each row becomes a list.
const LEAST_COLUMN: f32 = 38.0;

/// The most that a column takes where others want room.
const USUAL_COLUMN: f32 = 220.0;

/// What will be on paper.
pub(super) struct Gathered<W> {
    out: W,
    cover: Cover,
    sections: Vec<Section>,
    bytes: usize,
}

impl<W: Write + Seek> Gathered<W> {
    pub(super) fn new(out: W, cover: Cover) -> Self {
        Self {
            out,
            cover,
            sections: Vec::new(),
            bytes: 0,
        }
    }

    pub(super) fn add(&mut self, section: &Section) -> Result<(), ExportError> {
        let mut length = 0;
        each_text(section, &mut |text| length += text.len());
        self.bytes += length;
        if self.bytes > MOST_BYTES {
            return Err(ExportError::TooManyPages { most: MOST_PAGES });
        }
        self.sections.push(section.clone());
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<Finished<W>, ExportError> {
        let mut letters = format!(
            "{}{}{}0123456789/•: ",
            self.cover.title, self.cover.note, self.cover.page
        );
        for section in &self.sections {
            each_text(section, &mut |text| letters.push_str(text));
        }
        let (font, lacking) =
            Font::nearest(&letters).map_err(|error| ExportError::NoFont(error.to_string()))?;
        let mut paper = Paper(Sheets::new(font, MOST_PAGES));
        paper.words(&self.cover.title, 0.0, 20.0, 27.0, INK)?;
        paper.words(&self.cover.note, 0.0, SIZE, LEADING, SOFT)?;
        for section in &self.sections {
            paper.section(section)?;
        }
        let Cover {
            title,
            page,
            language,
            ..
        } = &self.cover;
        let bytes = paper.0.finish(title, page, language)?;
        self.out.write_all(&bytes)?;
        Ok(Finished {
            out: self.out,
            lacking,
        })
    }
}

/// Every text of a section.
fn each_text(section: &Section, see: &mut dyn FnMut(&str)) {
    see(&section.title);
    each_of(&section.about, see);
    for block in &section.blocks {
        match block {
            Block::Heading(text) | Block::Text(text) | Block::Note(text) => see(text),
            Block::Code { text, .. } => see(text),
            Block::List(points) => points.iter().for_each(|point| see(point)),
            Block::Facts(facts) => each_of(facts, see),
            Block::Table(grid) => {
                grid.columns.iter().for_each(|name| see(name));
                grid.rows.iter().flatten().for_each(|cell| see(cell));
            }
            Block::Picture { .. } => {}
        }
    }
}

fn each_of(pairs: &[(String, String)], see: &mut dyn FnMut(&str)) {
    for (name, value) in pairs {
        see(name);
        see(value);
    }
}

struct Paper(Sheets);

impl Paper {
    fn section(&mut self, section: &Section) -> Result<(), ExportError> {
        self.0.gap(20.0);
        self.0.need(90.0)?;
        self.0.rule();
        self.0.down(12.0);
        self.0.mark(&section.title);
        self.words(&section.title, 0.0, 14.0, 19.0, INK)?;
        self.0.gap(4.0);
        self.facts(&section.about)?;
        for block in &section.blocks {
            self.0.gap(6.0);
            self.block(block)?;
        }
        Ok(())
    }

    fn block(&mut self, block: &Block) -> Result<(), ExportError> {
        match block {
            Block::Heading(words) => {
                self.0.gap(6.0);
                self.0.need(50.0)?;
                self.words(words, 0.0, 11.5, 16.0, INK)
            }
            Block::Text(words) | Block::Note(words) => self.words(words, 0.0, SIZE, LEADING, INK),
            Block::Code { text, .. } => self.code(text),
            Block::List(points) => points
                .iter()
                .try_for_each(|point| self.words(&format!("• {point}"), 0.0, SIZE, LEADING, INK)),
            Block::Facts(pairs) => self.facts(pairs),
            Block::Table(grid) => self.table(grid),
            Block::Picture { .. } => Ok(()),
        }
    }

    fn words(
        &mut self,
        text: &str,
        x: f32,
        size: f32,
        leading: f32,
        grey: f32,
    ) -> Result<(), ExportError> {
        for line in broken(self.0.font(), text, ROOM - x, size) {
            self.0.need(leading)?;
            self.0.put(x, size, grey, &line);
            self.0.down(leading);
        }
        Ok(())
    }

    fn code(&mut self, text: &str) -> Result<(), ExportError> {
        for line in broken(self.0.font(), text, ROOM - 12.0, SMALL) {
            self.0.need(SMALL_LEADING)?;
            self.0.ground(SMALL_LEADING);
            self.0.put(6.0, SMALL, INK, &line);
            self.0.down(SMALL_LEADING);
        }
        Ok(())
    }

    fn facts(&mut self, pairs: &[(String, String)]) -> Result<(), ExportError> {
        let widest = pairs
            .iter()
            .map(|(name, _)| self.0.font().width(name) * SMALL)
            .fold(0.0, f32::max);
        let x = (widest + 12.0).min(ROOM / 3.0);
        for (name, value) in pairs {
            self.0.need(SMALL_LEADING)?;
            let name = broken(self.0.font(), name, x - 6.0, SMALL);
            self.0
                .put(0.0, SMALL, SOFT, name.first().map_or("", String::as_str));
            let value = if value.is_empty() { " " } else { value };
            self.words(value, x, SMALL, SMALL_LEADING, INK)?;
        }
        Ok(())
    }

    fn table(&mut self, grid: &Grid) -> Result<(), ExportError> {
        let Some(widths) = self.widths(grid) else {
            return self.as_lists(grid);
        };
        self.row(&grid.columns, grid, &widths, SOFT)?;
        for row in &grid.rows {
            if self.0.need(SMALL_LEADING + 4.0)? {
                self.row(&grid.columns, grid, &widths, SOFT)?;
            }
            self.row(row, grid, &widths, INK)?;
        }
        Ok(())
    }

    /// A table that is too wide for paper: the names and values of each row.
    fn as_lists(&mut self, grid: &Grid) -> Result<(), ExportError> {
        for row in &grid.rows {
            let pairs: Vec<(String, String)> = grid
                .columns
                .iter()
                .cloned()
                .zip(row.iter().cloned())
                .collect();
            self.facts(&pairs)?;
            self.0.gap(6.0);
        }
        Ok(())
    }

    fn row(
        &mut self,
        cells: &[String],
        grid: &Grid,
        widths: &[f32],
        grey: f32,
    ) -> Result<(), ExportError> {
        let lines: Vec<Vec<String>> = cells
            .iter()
            .zip(widths)
            .map(|(cell, width)| broken(self.0.font(), cell, *width, SMALL))
            .collect();
        let height = lines.iter().map(Vec::len).max().unwrap_or(1).max(1);
        for line in 0..height {
            self.0.need(SMALL_LEADING)?;
            let mut x = 0.0;
            for (place, width) in widths.iter().enumerate() {
                let text = lines.get(place).and_then(|lines| lines.get(line));
                match text {
                    Some(text) if grid.numbers.get(place) == Some(&true) => {
                        self.0.put_right(x + width, SMALL, grey, text);
                    }
                    Some(text) => self.0.put(x, SMALL, grey, text),
                    None => {}
                }
                x += width + GUTTER;
            }
            self.0.down(SMALL_LEADING);
        }
        self.0.down(1.0);
        self.0.rule();
        self.0.down(3.0);
        Ok(())
    }

    /// How wide the columns are; nothing where there is no room for them beside each other.
    fn widths(&self, grid: &Grid) -> Option<Vec<f32>> {
        #[expect(clippy::cast_precision_loss, reason = "columns are few")]
        let count = grid.columns.len() as f32;
        let room = ROOM - GUTTER * (count - 1.0);
        if count == 0.0 || room / count < LEAST_COLUMN {
            return None;
        }
        let natural: Vec<f32> = (0..grid.columns.len())
            .map(|place| {
                let cells = grid.rows.iter().filter_map(|row| row.get(place));
                let texts = cells.chain(grid.columns.get(place));
                texts
                    .flat_map(|text| text.lines())
                    .map(|line| self.0.font().width(line) * SMALL + 1.0)
                    .fold(LEAST_COLUMN / 2.0, f32::max)
            })
            .collect();
        let wanted: f32 = natural.iter().sum();
        if wanted <= room {
            return Some(natural);
        }
        // Narrow columns keep what they need; the wide ones share what is left.
        let capped: Vec<f32> = natural
            .iter()
            .map(|width| width.min(USUAL_COLUMN))
            .collect();
        let sum: f32 = capped.iter().sum();
        let scale = (room / sum).min(1.0);
        let widths: Vec<f32> = capped
            .iter()
            .map(|width| (width * scale).max(LEAST_COLUMN.min(*width)))
            .collect();
        let excess: f32 = widths.iter().sum::<f32>() - room;
        if excess <= 0.0 {
            return Some(widths);
        }
        let wide: f32 = widths.iter().filter(|width| **width > LEAST_COLUMN).sum();
        let shrunk = widths.iter().map(|width| match *width > LEAST_COLUMN {
            true => width - excess * width / wide,
            false => *width,
        });
        Some(shrunk.collect())
    }
}
