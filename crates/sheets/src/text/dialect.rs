//! What separates the cells of a text, guessed from its beginning.

/// How a text is cut into cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// Nothing when there is one column only.
    pub delimiter: Option<u8>,
    /// Whether quotation marks hold a cell together.
    pub quoting: bool,
    /// The first line says `sep=;` and is no row.
    pub has_separator_line: bool,
    /// How lines end.
    pub ends: Ends,
}

/// How lines end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    Lf,
    CrLf,
    Cr,
}

impl Ends {
    /// As bytes of UTF-8.
    pub const fn bytes(self) -> &'static [u8] {
        match self {
            Self::Lf => b"\n",
            Self::CrLf => b"\r\n",
            Self::Cr => b"\r",
        }
    }
}

/// Those that are guessed. When two fit equally well the earlier one is it: a comma is in texts
/// and numbers as well, a tab hardly ever.
const DELIMITERS: [u8; 4] = [b'\t', b';', b'|', b','];

/// A delimiter has to be better than an earlier one by this much.
const BETTER: f64 = 0.05;

impl Dialect {
    /// Guesses from the first part of a text; `is_all` when there is no other.
    pub fn guess(sample: &str, is_all: bool) -> Self {
        let first = sample.lines().next().unwrap_or_default();
        let stated = first
            .get(..4)
            .filter(|start| start.eq_ignore_ascii_case("sep="))
            .and_then(|_| match first[4..].trim_end_matches('\r').as_bytes() {
                [delimiter] if delimiter.is_ascii_punctuation() || *delimiter == b'\t' => {
                    Some(*delimiter)
                }
                [] if sample.starts_with("sep=\t") => Some(b'\t'),
                _ => None,
            });
        Self {
            delimiter: stated.or_else(|| delimiter(sample, is_all)),
            quoting: true,
            has_separator_line: stated.is_some(),
            ends: ends(sample),
        }
    }

    /// A reader of rows that cuts as this says.
    pub fn reader<R: std::io::Read>(&self, input: R) -> csv::Reader<R> {
        csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            // A letter that is in no text: everything is one cell.
            .delimiter(self.delimiter.unwrap_or(0))
            .quoting(self.quoting)
            .buffer_capacity(64 << 10)
            .from_reader(input)
    }
}

fn ends(sample: &str) -> Ends {
    match sample.find(['\r', '\n']) {
        Some(at) if sample[at..].starts_with("\r\n") => Ends::CrLf,
        Some(at) if sample[at..].starts_with('\r') && !sample.contains('\n') => Ends::Cr,
        _ => Ends::Lf,
    }
}

fn delimiter(sample: &str, is_all: bool) -> Option<u8> {
    let mut best: Option<(u8, f64)> = None;
    for delimiter in DELIMITERS {
        let score = score(sample, is_all, delimiter);
        if score > 0.0 && best.is_none_or(|(_, other)| score > other + BETTER) {
            best = Some((delimiter, score));
        }
    }
    best.map(|(delimiter, _)| delimiter)
}

/// How many of the rows have the number of cells that most rows have; zero when that is one.
fn score(sample: &str, is_all: bool, delimiter: u8) -> f64 {
    let dialect = Dialect {
        delimiter: Some(delimiter),
        quoting: true,
        has_separator_line: false,
        ends: Ends::Lf,
    };
    let mut reader = dialect.reader(sample.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut lengths = Vec::new();
    while matches!(reader.read_record(&mut record), Ok(true)) {
        lengths.push(record.len());
    }
    // The last row of a part is not a whole one.
    if !is_all && lengths.len() > 1 {
        lengths.pop();
    }
    let rows = lengths.len();
    let first = lengths.first().copied().unwrap_or(0);
    lengths.retain(|length| *length > 1);
    lengths.sort_unstable();
    let most = lengths
        .chunk_by(|one, other| one == other)
        .map(<[usize]>::len)
        .max()
        .unwrap_or(0);
    let share = most as f64 / rows.max(1) as f64;
    // A comma now and then in a list of texts does not make columns, unless the first line has it.
    let is_enough = share >= 0.5 || first > 1 && most > 0 || lengths.len() * 2 > rows;
    if is_enough { share } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_are_guessed() {
        for (sample, expected) in [
            ("a,b\n1,2\n", Some(b',')),
            ("a;b\n1,5;2,5\n1,5;2,5\n", Some(b';')),
            ("1,5;2,5\n1,5;2,5\n", Some(b';')),
            ("a\tb\n1,5\t2\n", Some(b'\t')),
            ("a|b\n1|2\n", Some(b'|')),
            ("name,note\nx,\"a;b;c\"\ny,\"d;e;f\"\n", Some(b',')),
            ("\"a;b\",c\n\"d;e\",f\n", Some(b',')),
            ("a\nb\nc\n", None),
            ("Hello\nWell, yes\nNo\nYes\nYes\n", None),
            ("Report\n\na;b;c\n1;2;3\n4;5;6\n", Some(b';')),
            ("sep=;\na;b,c\n", Some(b';')),
            ("SEP=,\r\na;b,c\r\n", Some(b',')),
            ("", None),
        ] {
            let found = Dialect::guess(sample, true);
            assert_eq!(found.delimiter, expected, "{sample:?}");
        }
    }
}
