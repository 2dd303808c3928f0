//! Which fields of the entries are right, and whether what is wrong was at least marked.
//!
//! Sums are compared as hundred-thousandths of a unit, so that no floating point number is involved.

use super::ask::{Books, Entry, Outcome};
use super::labels::{Item, Label};

/// What became of the fields of one happening. Nothing where the label does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields {
    pub amount: bool,
    pub currency: Option<bool>,
    pub date: Option<bool>,
    pub direction: bool,
    pub account: Option<bool>,
    /// Something is wrong, and the entry does not mark the field.
    pub is_wrong_unmarked: bool,
    /// Whether the entry marks anything at all.
    pub is_marked: bool,
    /// What went wrong, in words.
    pub faults: Vec<String>,
}

/// What became of one text.
#[derive(Debug, Default)]
pub struct Judgement {
    pub fields: Vec<Fields>,
    /// Entries that do not add up.
    pub unbalanced: usize,
    /// Sums that are in no entry and not left over either.
    pub lost: usize,
    /// Entries or leftovers of which the label knows nothing.
    pub invented: Vec<String>,
    /// Whether what must be left over or marked was.
    pub is_expectation_met: bool,
    pub total_ms: Option<u64>,
    pub model: Option<String>,
}

/// Holds the result of a text against its label.
pub fn judge(item: &Item, outcome: &Outcome) -> Judgement {
    let nothing = Books::default();
    let shown = outcome
        .artifact
        .as_ref()
        .filter(|books| outcome.status == "done" && !books.draft);
    let books = shown.unwrap_or(&nothing);
    let partners = partners(&item.entries, &books.entries);
    let mut judgement = Judgement {
        total_ms: outcome.total_ms(),
        model: outcome.model.clone(),
        unbalanced: books
            .entries
            .iter()
            .filter(|entry| !balances(entry))
            .count(),
        is_expectation_met: true,
        ..Judgement::default()
    };
    for (label, partner) in item.entries.iter().zip(&partners) {
        let entry = partner.map(|at| &books.entries[at]);
        let fields = compare(label, entry);
        let is_left = books.unresolved.iter().any(|leftover| {
            leftover
                .source
                .contains(|letter: char| letter.is_ascii_digit())
        });
        if entry.is_none() && !is_left {
            judgement.lost += 1;
        }
        judgement.fields.push(fields);
    }
    let strange = (0..books.entries.len()).filter(|at| !partners.contains(&Some(*at)));
    judgement.invented = strange.map(|at| books.entries[at].source.clone()).collect();
    let codes: Vec<&str> = books
        .unresolved
        .iter()
        .map(|leftover| leftover.code.as_str())
        .collect();
    let marks = |field: &String| {
        let first = partners
            .first()
            .copied()
            .flatten()
            .map(|at| &books.entries[at]);
        first.is_some_and(|entry| entry.doubts.iter().any(|doubt| doubt.field == *field))
    };
    judgement.is_expectation_met = item
        .unresolved
        .iter()
        .all(|code| codes.contains(&code.as_str()))
        && item.flagged.iter().all(marks);
    judgement
}

/// For each label the entry that it is compared with: one of the same sum, else the one in its place.
fn partners(labels: &[Label], entries: &[Entry]) -> Vec<Option<usize>> {
    let mut taken = vec![false; entries.len()];
    let mut partners: Vec<Option<usize>> = labels
        .iter()
        .enumerate()
        .map(|(place, label)| {
            let fits = |at: &usize| !taken[*at] && has_amount(&entries[*at], &label.amount);
            let found = Some(place)
                .filter(|at| *at < entries.len() && fits(at))
                .or_else(|| (0..entries.len()).find(fits));
            if let Some(at) = found {
                taken[at] = true;
            }
            found
        })
        .collect();
    if labels.len() == entries.len() {
        for (place, partner) in partners.iter_mut().enumerate() {
            if partner.is_none() && !taken[place] {
                taken[place] = true;
                *partner = Some(place);
            }
        }
    }
    partners
}

#[expect(
    clippy::too_many_lines,
    reason = "one figure after another, best read in one piece"
)]
fn compare(label: &Label, entry: Option<&Entry>) -> Fields {
    let Some(entry) = entry else {
        return Fields {
            currency: label.currency.as_ref().map(|_| false),
            date: label.date.as_ref().map(|_| false),
            account: (!label.accounts.is_empty()).then_some(false),
            is_wrong_unmarked: true,
            faults: vec![format!("no entry of {}", label.amount)],
            ..Fields::default()
        };
    };
    let accounts: Vec<&str> = entry
        .postings
        .iter()
        .map(|posting| posting.account.as_str())
        .collect();
    let mut fields = Fields {
        amount: has_amount(entry, &label.amount),
        currency: label.currency.as_ref().map(|code| {
            entry
                .postings
                .iter()
                .any(|posting| posting.currency == *code)
        }),
        date: label.date.as_ref().map(|date| entry.date == *date),
        direction: entry.direction == label.direction,
        account: (!label.accounts.is_empty()).then(|| {
            label
                .accounts
                .iter()
                .any(|account| accounts.contains(&account.as_str()))
        }),
        is_marked: !entry.doubts.is_empty(),
        ..Fields::default()
    };
    let mut wrong = |is_right: Option<bool>, field: &str, found: String| {
        if is_right == Some(false) {
            let is_marked = entry.doubts.iter().any(|doubt| doubt.field == field);
            fields.is_wrong_unmarked |= !is_marked;
            let mark = if is_marked { "marked" } else { "NOT marked" };
            fields
                .faults
                .push(format!("{field} {found} ({mark}) in {}", label.amount));
        }
    };
    let (amount, currency, date, direction, account) = (
        fields.amount,
        fields.currency,
        fields.date,
        fields.direction,
        fields.account,
    );
    wrong(Some(amount), "amount", gross(entry).join("/"));
    wrong(
        currency,
        "currency",
        entry
            .postings
            .first()
            .map_or(String::new(), |posting| posting.currency.clone()),
    );
    wrong(date, "date", entry.date.clone());
    wrong(Some(direction), "direction", entry.direction.clone());
    wrong(account, "account", accounts.join(" / "));
    fields
}

/// What was paid in all: the debits of each currency.
fn gross(entry: &Entry) -> Vec<String> {
    let mut sums: Vec<(&str, i128)> = Vec::new();
    for posting in &entry.postings {
        let Some(units) = units(&posting.amount).filter(|units| *units > 0) else {
            continue;
        };
        match sums.iter_mut().find(|sum| sum.0 == posting.currency) {
            Some(sum) => sum.1 += units,
            None => sums.push((&posting.currency, units)),
        }
    }
    sums.iter()
        .map(|(code, units)| format!("{} {code}", *units / 100_000))
        .collect()
}

fn has_amount(entry: &Entry, amount: &str) -> bool {
    let wanted = units(amount);
    let mut sums: Vec<(&str, i128)> = Vec::new();
    for posting in &entry.postings {
        let Some(units) = units(&posting.amount) else {
            return false;
        };
        if units > 0 {
            match sums.iter_mut().find(|sum| sum.0 == posting.currency) {
                Some(sum) => sum.1 += units,
                None => sums.push((&posting.currency, units)),
            }
        }
    }
    // Where money was changed both sides pass through an account between them.
    sums.iter().any(|sum| Some(sum.1) == wanted)
}

fn balances(entry: &Entry) -> bool {
    let mut sums: Vec<(&str, i128)> = Vec::new();
    for posting in &entry.postings {
        let Some(units) = units(&posting.amount) else {
            return false;
        };
        match sums.iter_mut().find(|sum| sum.0 == posting.currency) {
            Some(sum) => sum.1 += units,
            None => sums.push((&posting.currency, units)),
        }
    }
    entry.postings.len() >= 2 && sums.iter().all(|sum| sum.1 == 0)
}

/// A decimal in hundred-thousandths; nothing where it is none or finer.
fn units(decimal: &str) -> Option<i128> {
    let (sign, digits) = match decimal.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, decimal),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if fraction.len() > 5 || whole.is_empty() {
        return None;
    }
    let padded = format!("{whole}{fraction:0<5}");
    padded.parse::<i128>().ok().map(|units| sign * units)
}

#[cfg(test)]
mod tests {
    use super::super::ask::{Doubt, Posting};
    use super::*;

    fn entry(amount: &str, date: &str, marked: &[&str]) -> Entry {
        let posting = |account: &str, amount: String| Posting {
            account: account.into(),
            amount,
            currency: "EUR".into(),
        };
        Entry {
            date: date.into(),
            direction: "expense".into(),
            postings: vec![
                posting("Expenses:Meals", amount.into()),
                posting("Assets:Bank", format!("-{amount}")),
            ],
            doubts: marked
                .iter()
                .map(|field| Doubt {
                    field: (*field).into(),
                })
                .collect(),
            source: String::new(),
        }
    }

    fn label() -> Label {
        Label {
            amount: "20.5".into(),
            currency: Some("EUR".into()),
            date: Some("2025-03-14".into()),
            direction: "expense".into(),
            accounts: vec!["Expenses:Meals".into()],
        }
    }

    #[test]
    fn fields_are_compared() {
        let right = compare(&label(), Some(&entry("20.50", "2025-03-14", &[])));
        assert!(right.amount && right.date == Some(true) && right.faults.is_empty());
        let wrong = compare(&label(), Some(&entry("20.50", "2025-03-13", &[])));
        assert!(wrong.date == Some(false) && wrong.is_wrong_unmarked);
        let marked = compare(&label(), Some(&entry("20.50", "2025-03-13", &["date"])));
        assert!(marked.date == Some(false) && !marked.is_wrong_unmarked && marked.is_marked);
        assert!(compare(&label(), None).is_wrong_unmarked);
    }

    #[test]
    fn entries_balance() {
        assert!(balances(&entry("20.50", "", &[])));
        let mut crooked = entry("20.50", "", &[]);
        crooked.postings[0].amount = "20.51".into();
        assert!(!balances(&crooked));
        assert_eq!(units("1.5"), Some(150_000));
        assert_eq!(units("-0.00001"), Some(-1));
        assert_eq!(units("x"), None);
    }
}
