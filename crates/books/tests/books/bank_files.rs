//! Real files of banks beside the project, where they are: all valid ones are read as the files beside
//! them say, broken ones are refused with a reason.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use books::import;
use jiff::civil::Date;
use rust_decimal::Decimal;

fn folder(name: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/eval/ledger/bank");
    let folder = root.join(name);
    if !folder.is_dir() {
        eprintln!("there are no bank files beside the project, so none were read");
        return None;
    }
    Some(folder)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
        {
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Day and amount of each transaction, and whether it takes a credit back.
type Listed = Vec<(Date, Decimal, bool)>;

/// The expected transactions out of a dump of Python objects: one line of the dump at a time.
fn expected(text: &str) -> Listed {
    let mut listed = Listed::new();
    let mut lines = text
        .lines()
        .skip_while(|line| !line.starts_with("transactions:"))
        .peekable();
    let mut amount = None;
    while let Some(line) = lines.next() {
        let line = line.trim();
        if line.starts_with("- !!python/object:mt940.models.Transaction") {
            amount = None;
        } else if line.starts_with("amount: !!python/object/apply:decimal.Decimal") {
            let figure = lines
                .next()
                .unwrap_or_default()
                .trim()
                .trim_start_matches("- ");
            amount = amount.or(figure.trim_matches('\'').parse().ok());
        } else if line == "status: RC" {
            if let Some(last) = listed.last_mut() {
                last.2 = true;
            }
        } else if line == "date: !!python/object/apply:mt940.models.Date" {
            lines.next();
            let coded = lines.next().unwrap_or_default().trim().to_owned();
            if let (Some(day), Some(amount)) = (unpickled(&coded), amount) {
                listed.push((day, amount, false));
            }
        }
    }
    listed
}

/// A date that Python has pickled: four bytes in base 64, year, year, month, day.
fn unpickled(coded: &str) -> Option<Date> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits = coded
        .bytes()
        .filter_map(|letter| LETTERS.iter().position(|other| *other == letter));
    let all = bits.fold(0_u64, |all, six| (all << 6) | six as u64) >> 4;
    let byte = |place: u32| (all >> (8 * place)) & 0xff;
    let year = i16::try_from((byte(3) << 8) | byte(2)).ok()?;
    Date::new(
        year,
        i8::try_from(byte(1)).ok()?,
        i8::try_from(byte(0)).ok()?,
    )
    .ok()
}

#[test]
fn every_mt940_is_read_as_expected() {
    let Some(folder) = folder("mt940") else {
        return;
    };
    let mut seen = 0;
    for path in files(&folder)
        .iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "sta"))
    {
        let text = std::fs::read_to_string(path.with_extension("yml")).unwrap();
        let wanted = expected(&text);
        let file = import::read(&path.display().to_string(), &std::fs::read(path).unwrap());
        let file = file.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let found = file
            .statements
            .iter()
            .flat_map(|statement| &statement.transactions);
        let found: Vec<_> = found.map(|one| (one.date, one.amount)).collect();
        assert_eq!(found.len(), wanted.len(), "{}", path.display());
        for (found, wanted) in found.iter().zip(&wanted) {
            // The expected file has taken-back credits as money in; the balances of the bank's own
            // file only come out with them as money out, which is what the standard says.
            let amount = if wanted.2 { -wanted.1 } else { wanted.1 };
            assert_eq!((found.0, found.1), (wanted.0, amount), "{}", path.display());
            seen += 1;
        }
    }
    assert!(seen > 100, "only {seen} transactions were compared");
}

#[test]
fn every_ofx_is_read_or_refused_with_a_reason() {
    let Some(folder) = folder("ofx") else { return };
    let refused = [
        "bank_small.ofx",
        "date_missing.ofx",
        "decimal_error.ofx",
        "error_message.ofx",
        "signon_fail.ofx",
        "signon_success.ofx",
        "signon_success_no_message.ofx",
    ];
    for path in files(&folder) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let file = import::read(&name, &std::fs::read(&path).unwrap());
        let is_refused = refused.contains(&name.as_str());
        assert_eq!(file.is_err(), is_refused, "{name}: {file:?}");
    }
}

#[test]
fn every_camt_is_read_or_refused_with_a_reason() {
    let Some(folder) = folder("camt") else { return };
    let counts: BTreeMap<String, Result<usize, String>> = files(&folder)
        .iter()
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let file = import::read(&name, &std::fs::read(path).unwrap());
            let count = file.map(|file| {
                file.statements
                    .iter()
                    .map(|statement| statement.transactions.len())
                    .sum()
            });
            (name, count.map_err(|error| error.to_string()))
        })
        .collect();
    for (name, count) in &counts {
        assert_eq!(count.is_err(), name.contains("wrong"), "{name}: {count:?}");
    }
    assert_eq!(counts["camt053.v2.multi.statement.xml"], Ok(2));
}

#[test]
fn every_qif_is_read_or_refused_with_a_reason() {
    let Some(folder) = folder("qif") else { return };
    for path in files(&folder) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let file = import::read(&name, &std::fs::read(&path).unwrap());
        let is_bad = matches!(name.as_str(), "empty.qif" | "invalid.txt");
        assert_eq!(file.is_err(), is_bad, "{name}: {file:?}");
    }
}

/// Day, amount and mark of each transaction of an expected ledger.
fn expected_ledger(text: &str) -> Vec<(String, Decimal, String)> {
    let mut listed = Vec::new();
    let (mut date, mut id) = (String::new(), String::new());
    for line in text.lines() {
        let is_entry =
            line.len() > 11 && line.as_bytes()[0].is_ascii_digit() && line.contains(" * ");
        if is_entry {
            line[..10].clone_into(&mut date);
            id.clear();
        } else if let Some(mark) = line.trim().strip_prefix("orderId: ") {
            mark.trim_matches('"').clone_into(&mut id);
        } else if line.starts_with('\t') && line.trim_end().ends_with("CNY") && !date.is_empty() {
            let amount: Decimal = line
                .split_whitespace()
                .rev()
                .nth(1)
                .unwrap()
                .parse()
                .unwrap();
            listed.push((std::mem::take(&mut date), amount.abs(), id.clone()));
        }
    }
    listed.sort();
    listed
}

#[test]
fn alipay_and_wechat_are_read_as_expected() {
    let Some(folder) = folder("cn") else { return };
    for name in ["alipay", "wechat"] {
        let bytes =
            std::fs::read(folder.join(format!("{name}/example-{name}-records.csv"))).unwrap();
        let file = import::read("records.csv", &bytes).unwrap();
        let text =
            std::fs::read_to_string(folder.join(format!("{name}/example-{name}-output.beancount")))
                .unwrap();
        let mut found: Vec<_> = file
            .statements
            .iter()
            .flat_map(|statement| &statement.transactions)
            .map(|one| {
                // The expected ledger has what was moved and what it cost apart.
                let fee = one
                    .splits
                    .get(1)
                    .map_or(Decimal::ZERO, |fee| fee.amount.abs());
                (one.date.to_string(), one.amount.abs() - fee, one.id.clone())
            })
            .collect();
        found.sort();
        assert_eq!(found, expected_ledger(&text), "{name}");
    }
}
