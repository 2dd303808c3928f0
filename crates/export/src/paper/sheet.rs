//! Sheets of paper, filled line by line from the top: what is beyond the last line goes onto a new one.

use pdf_writer::{Content, Finish as _, Name, Pdf, Rect, Ref, Str, TextStr};

use super::{Font, NAME};
use crate::ExportError;

const WIDTH: f32 = 595.0;
const HEIGHT: f32 = 842.0;
const MARGIN: f32 = 56.0;

/// Where words may stand, in points.
pub(crate) const ROOM: f32 = WIDTH - 2.0 * MARGIN;

/// Size of what stands below the words of a page.
const FOOT: f32 = 8.0;

/// An entry of the list of contents that readers show beside the pages.
struct Mark {
    title: String,
    page: usize,
    y: f32,
}

/// Sheets that are being filled.
pub(crate) struct Sheets {
    font: Font,
    pages: Vec<Content>,
    marks: Vec<Mark>,
    /// The upper edge of the next line.
    y: f32,
    most: usize,
}

impl Sheets {
    /// Empty sheets, of which there may be so many.
    pub(crate) fn new(font: Font, most: usize) -> Self {
        Self {
            font,
            pages: Vec::new(),
            marks: Vec::new(),
            y: 0.0,
            most,
        }
    }

    pub(crate) fn font(&self) -> &Font {
        &self.font
    }

    /// Goes on to a new sheet where less than that height is left; whether it did.
    pub(crate) fn need(&mut self, height: f32) -> Result<bool, ExportError> {
        if !self.pages.is_empty() && self.y - height >= MARGIN {
            return Ok(false);
        }
        if self.pages.len() == self.most {
            return Err(ExportError::TooManyPages { most: self.most });
        }
        self.pages.push(Content::new());
        self.y = HEIGHT - MARGIN;
        Ok(true)
    }

    /// Leaves a gap, where there is something above it.
    pub(crate) fn gap(&mut self, height: f32) {
        if !self.pages.is_empty() && self.y < HEIGHT - MARGIN {
            self.y -= height;
        }
    }

    /// Goes on below a line of that height.
    pub(crate) fn down(&mut self, height: f32) {
        self.y -= height;
    }

    /// Puts words into the line, so far from the margin, as dark as that (0 is black).
    pub(crate) fn put(&mut self, x: f32, size: f32, grey: f32, text: &str) {
        let encoded = self.font.encode(text);
        let y = self.y - size;
        if let Some(page) = self.pages.last_mut() {
            page.set_fill_gray(grey);
            page.begin_text();
            page.set_font(NAME, size);
            page.next_line(MARGIN + x, y);
            page.show(Str(&encoded));
            page.end_text();
        }
    }

    /// Words that end so far from the margin.
    pub(crate) fn put_right(&mut self, right: f32, size: f32, grey: f32, text: &str) {
        let width = self.font.width(text) * size;
        self.put(right - width, size, grey, text);
    }

    /// A ground below the next line.
    pub(crate) fn ground(&mut self, height: f32) {
        let y = self.y - height;
        if let Some(page) = self.pages.last_mut() {
            page.set_fill_gray(0.95);
            page.rect(MARGIN, y, ROOM, height);
            page.fill_nonzero();
        }
    }

    /// A line from margin to margin.
    pub(crate) fn rule(&mut self) {
        let y = self.y;
        if let Some(page) = self.pages.last_mut() {
            page.set_line_width(0.4);
            page.move_to(MARGIN, y);
            page.line_to(WIDTH - MARGIN, y);
            page.stroke();
        }
    }

    /// Lets the list of contents lead here.
    pub(crate) fn mark(&mut self, title: &str) {
        self.marks.push(Mark {
            title: title.to_owned(),
            page: self.pages.len().saturating_sub(1),
            y: self.y,
        });
    }

    /// The document, its pages numbered.
    pub(crate) fn finish(
        mut self,
        title: &str,
        page_word: &str,
        language: &str,
    ) -> Result<Vec<u8>, ExportError> {
        let count = self.pages.len();
        let pages = std::mem::take(&mut self.pages);
        let mut pdf = Pdf::new();
        let [catalog, tree, info, font] = [1, 2, 3, 4].map(Ref::new);
        // The font takes five objects.
        let mut next = Ref::new(9);
        let mut kids = Vec::with_capacity(count);
        for (number, page) in pages.into_iter().enumerate() {
            self.pages = vec![page];
            self.y = MARGIN - FOOT;
            let words = format!("{page_word} {} / {count}", number + 1);
            self.put_right(ROOM, FOOT, 0.4, &words);
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
        let outline = self.outline(&mut pdf, &kids, next);
        let mut root = pdf.catalog(catalog);
        root.pages(tree).lang(TextStr(language));
        if let Some(outline) = outline {
            root.outlines(outline);
        }
        root.finish();
        let number = i32::try_from(kids.len()).unwrap_or(i32::MAX);
        pdf.pages(tree).kids(kids).count(number);
        pdf.document_info(info)
            .title(TextStr(title))
            .producer(TextStr("Deskhand"));
        self.font
            .write(&mut pdf, font)
            .map_err(|error| ExportError::NoFont(error.to_string()))?;
        debug_assert!(NAME == Name(b"F"), "pages know the font by its name");
        Ok(pdf.finish())
    }

    fn outline(&self, pdf: &mut Pdf, pages: &[Ref], mut next: Ref) -> Option<Ref> {
        let outline = next.bump();
        let items: Vec<Ref> = self.marks.iter().map(|_| next.bump()).collect();
        let (first, last) = (*items.first()?, *items.last()?);
        pdf.outline(outline)
            .first(first)
            .last(last)
            .count(i32::try_from(items.len()).unwrap_or(i32::MAX));
        for (place, mark) in self.marks.iter().enumerate() {
            let mut item = pdf.outline_item(items[place]);
            item.title(TextStr(&mark.title)).parent(outline);
            if place > 0 {
                item.prev(items[place - 1]);
            }
            if let Some(after) = items.get(place + 1) {
                item.next(*after);
            }
            if let Some(page) = pages.get(mark.page) {
                item.dest().page(*page).xyz(0.0, mark.y, None);
            }
        }
        Some(outline)
    }
}
