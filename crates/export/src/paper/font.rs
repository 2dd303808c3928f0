//! A font of the system that has every letter, and what a document of PDF needs of it.
//!
//! Chinese comes from what the system has; only the letters that are used go into the document.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Chunk, Name, Rect, Ref, Str};
use subsetter::GlyphRemapper;
use ttf_parser::Face;

/// The name under which pages know it.
pub const NAME: Name<'static> = Name(b"F");

const SYSTEM: SystemInfo<'static> = SystemInfo {
    registry: Str(b"Adobe"),
    ordering: Str(b"Identity"),
    supplement: 0,
};

/// Where systems keep fonts that have Chinese, best first, and then such that do not.
const USUAL: [&str; 22] = [
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/adobe-source-han-sans/SourceHanSans-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/arphic/uming.ttc",
    "/System/Library/Fonts/PingFang.ttc",
    "/System/Library/Fonts/STHeiti Light.ttc",
    "/System/Library/Fonts/Hiragino Sans GB.ttc",
    "/Library/Fonts/Arial Unicode.ttf",
    "/System/Library/Fonts/Supplemental/Arial Unicode.ttf",
    "C:\\Windows\\Fonts\\msjh.ttc",
    "C:\\Windows\\Fonts\\msyh.ttc",
    "C:\\Windows\\Fonts\\mingliu.ttc",
    "C:\\Windows\\Fonts\\simsun.ttc",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
    "/System/Library/Fonts/Supplemental/Arial.ttf",
    "C:\\Windows\\Fonts\\arial.ttf",
];

/// Why there is no font for a document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct FontError(String);

/// Stands for a letter that no font has.
const HOLE: char = '□';

/// The same where not even that is there.
const PLAIN_HOLE: char = '?';

/// A letter in the document.
#[derive(Clone, Copy)]
struct Letter {
    /// Its glyph in the whole font.
    old: u16,
    /// Its glyph in the document.
    new: u16,
    /// In thousandths of the size.
    width: f32,
}

/// A font of which a document has some letters.
pub struct Font {
    data: Vec<u8>,
    index: u32,
    letters: BTreeMap<char, Letter>,
    remapper: GlyphRemapper,
}

impl Font {
    /// The first font of the system that has all letters of a text.
    ///
    /// # Errors
    /// When there is none.
    pub fn find(text: &str) -> Result<Self, FontError> {
        let mut lacking = None;
        for path in USUAL.iter().map(PathBuf::from).chain(others()) {
            let Ok(data) = std::fs::read(&path) else {
                continue;
            };
            match Self::of(data, 0, text) {
                Ok(font) => return Ok(font),
                Err(letter) => lacking = lacking.or(letter),
            }
        }
        Err(FontError(match lacking {
            Some(letter) => format!(
                "No font of this system has the letter {letter}: install one that has (such as Noto Sans CJK) and try again."
            ),
            None => "No font was found on this system: install one (such as Noto Sans CJK) and try again.".to_owned(),
        }))
    }

    /// The font of the system that lacks the fewest letters of a text, and those that it lacks. A sign
    /// for a letter that is not there stands in their places.
    ///
    /// # Errors
    /// When there is no font at all.
    pub fn nearest(text: &str) -> Result<(Self, Vec<char>), FontError> {
        let mut wanted: BTreeSet<char> = text.chars().filter(|one| !one.is_control()).collect();
        wanted.extend([PLAIN_HOLE, ' ']);
        let mut best: Option<(Vec<u8>, Vec<char>)> = None;
        for path in USUAL.iter().map(PathBuf::from) {
            let Ok(data) = std::fs::read(&path) else {
                continue;
            };
            let Some(lacking) = lacking(&data, &wanted) else {
                continue;
            };
            let is_whole = lacking.is_empty();
            if best
                .as_ref()
                .is_none_or(|(_, least)| lacking.len() < least.len())
            {
                best = Some((data, lacking));
            }
            if is_whole {
                break;
            }
        }
        let Some((data, lacking)) = best else {
            return Self::find(text).map(|font| (font, Vec::new()));
        };
        wanted.retain(|letter| !lacking.contains(letter));
        let known: String = wanted.into_iter().collect();
        let with_hole = format!("{known}{HOLE}");
        let font = Self::of(data.clone(), 0, &with_hole)
            .or_else(|_| Self::of(data, 0, &known))
            .map_err(|_| FontError("The system's font cannot be read.".to_owned()))?;
        Ok((font, lacking))
    }

    /// A letter as it is drawn.
    fn letter(&self, letter: char) -> Option<&Letter> {
        let drawn = self.letters.get(&letter);
        drawn.or_else(|| {
            let hole = self
                .letters
                .get(&HOLE)
                .or_else(|| self.letters.get(&PLAIN_HOLE));
            hole.filter(|_| !letter.is_control())
        })
    }

    /// The letter that it lacks where it lacks one.
    fn of(data: Vec<u8>, index: u32, text: &str) -> Result<Self, Option<char>> {
        let mut remapper = GlyphRemapper::new();
        let mut letters = BTreeMap::new();
        {
            let face = Face::parse(&data, index).map_err(|_| None)?;
            if face
                .raw_face()
                .table(ttf_parser::Tag::from_bytes(b"CFF2"))
                .is_some()
            {
                return Err(None);
            }
            let thousandth = f32::from(face.units_per_em()) / 1000.0;
            for letter in text.chars().filter(|letter| !letter.is_control()) {
                let old = face.glyph_index(letter).ok_or(Some(letter))?;
                let width = f32::from(face.glyph_hor_advance(old).unwrap_or_default()) / thousandth;
                let new = remapper.remap(old.0);
                letters.insert(
                    letter,
                    Letter {
                        old: old.0,
                        new,
                        width,
                    },
                );
            }
        }
        Ok(Self {
            data,
            index,
            letters,
            remapper,
        })
    }

    /// How wide a text is at size 1.
    #[must_use]
    pub fn width(&self, text: &str) -> f32 {
        let widths = text.chars().filter_map(|letter| self.letter(letter));
        widths.map(|letter| letter.width).sum::<f32>() / 1000.0
    }

    /// A text as the document's glyphs, two bytes each.
    #[must_use]
    pub fn encode(&self, text: &str) -> Vec<u8> {
        text.chars()
            .filter_map(|letter| self.letter(letter))
            .flat_map(|letter| letter.new.to_be_bytes())
            .collect()
    }

    /// Writes it into a document, from `first` on five objects.
    ///
    /// # Errors
    /// When the font cannot be cut down to what is used.
    pub fn write(&self, pdf: &mut Chunk, first: Ref) -> Result<(), FontError> {
        let broken = |_| FontError("The system's font cannot be put into a document.".to_owned());
        let subset = subsetter::subset(&self.data, self.index, &self.remapper).map_err(broken)?;
        let face = Face::parse(&self.data, self.index)
            .map_err(|_| FontError("The system's font cannot be read.".to_owned()))?;
        let [cid, descriptor, file, cmap] = [1, 2, 3, 4].map(|step| Ref::new(first.get() + step));
        // The letters of the name before the sign say that it is a part of a font.
        let name = Name(b"DESKHD+Letters");
        pdf.type0_font(first)
            .base_font(name)
            .encoding_predefined(Name(b"Identity-H"))
            .descendant_font(cid)
            .to_unicode(cmap);
        let cff = Face::parse(&subset, 0).ok().and_then(|subset| {
            subset
                .raw_face()
                .table(ttf_parser::Tag::from_bytes(b"CFF "))
                .map(<[u8]>::to_vec)
        });
        let cff = cff.or_else(|| is_cff(&subset));
        self.write_widths(pdf, cid, descriptor, name, cff.is_some());
        let thousandth = f32::from(face.units_per_em()) / 1000.0;
        let scaled = |units: i16| f32::from(units) / thousandth;
        let bounds = face.global_bounding_box();
        let mut writer = pdf.font_descriptor(descriptor);
        writer
            .name(name)
            .flags(FontFlags::SYMBOLIC)
            .bbox(Rect::new(
                scaled(bounds.x_min),
                scaled(bounds.y_min),
                scaled(bounds.x_max),
                scaled(bounds.y_max),
            ))
            .italic_angle(0.0)
            .ascent(scaled(face.ascender()))
            .descent(scaled(face.descender()))
            .cap_height(scaled(face.capital_height().unwrap_or(face.ascender())))
            .stem_v(80.0);
        match &cff {
            Some(_) => writer.font_file3(file),
            None => writer.font_file2(file),
        };
        drop(writer);
        match cff {
            Some(cff) => {
                pdf.stream(file, &cff)
                    .pair(Name(b"Subtype"), Name(b"CIDFontType0C"));
            }
            None => {
                pdf.stream(file, &subset);
            }
        }
        let mut unicode = UnicodeCmap::<u16>::new(Name(b"Custom"), SYSTEM);
        for (letter, glyph) in &self.letters {
            unicode.pair(glyph.new, *letter);
        }
        pdf.cmap(cmap, unicode.finish().as_slice());
        Ok(())
    }

    fn write_widths(
        &self,
        pdf: &mut Chunk,
        cid: Ref,
        descriptor: Ref,
        name: Name<'_>,
        is_cff: bool,
    ) {
        let mut font = pdf.cid_font(cid);
        font.subtype(if is_cff {
            CidFontType::Type0
        } else {
            CidFontType::Type2
        })
        .base_font(name)
        .system_info(SYSTEM)
        .font_descriptor(descriptor)
        .default_width(0.0);
        if !is_cff {
            font.cid_to_gid_map_predefined(Name(b"Identity"));
        }
        let by_glyph: BTreeMap<u16, f32> = self
            .letters
            .values()
            .map(|letter| (letter.new, letter.width))
            .collect();
        let mut widths = font.widths();
        for (glyph, width) in by_glyph {
            widths.consecutive(glyph, [width]);
        }
        debug_assert!(
            self.letters.values().all(|letter| letter.old != 0),
            "all letters are there"
        );
    }
}

/// The letters that a font lacks; nothing where it is none that can be used.
fn lacking(data: &[u8], wanted: &BTreeSet<char>) -> Option<Vec<char>> {
    let face = Face::parse(data, 0).ok()?;
    let cff2 = ttf_parser::Tag::from_bytes(b"CFF2");
    if face.raw_face().table(cff2).is_some() {
        return None;
    }
    let lacks = |letter: &&char| face.glyph_index(**letter).is_none();
    Some(wanted.iter().filter(lacks).copied().collect())
}

/// The table of outlines of a subset that is too small for a reader of fonts.
fn is_cff(subset: &[u8]) -> Option<Vec<u8>> {
    let count = u16::from_be_bytes([*subset.get(4)?, *subset.get(5)?]);
    for place in 0..usize::from(count) {
        let record = subset.get(12 + place * 16..28 + place * 16)?;
        if &record[..4] == b"CFF " {
            let number = |at: usize| {
                let bytes = record[at..at + 4].try_into().ok()?;
                usize::try_from(u32::from_be_bytes(bytes)).ok()
            };
            let (begin, length) = (number(8)?, number(12)?);
            return subset
                .get(begin..begin.checked_add(length)?)
                .map(<[u8]>::to_vec);
        }
    }
    None
}

/// What else lies in the usual folders, for systems that keep fonts elsewhere.
fn others() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = [
        "/usr/share/fonts",
        "/usr/local/share/fonts",
        "/Library/Fonts",
    ]
    .iter()
    .map(PathBuf::from)
    .collect();
    if let Some(home) = std::env::var_os("HOME") {
        folders.push(Path::new(&home).join(".local/share/fonts"));
    }
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(folder) else {
            continue;
        };
        for path in entries.flatten().map(|entry| entry.path()) {
            let ending = path
                .extension()
                .and_then(|ending| ending.to_str())
                .unwrap_or_default();
            if path.is_dir() {
                folders.push(path);
            } else if matches!(ending, "ttf" | "otf" | "ttc") && found.len() < 200 {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
