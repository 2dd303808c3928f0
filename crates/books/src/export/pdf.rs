//! The statements on paper: A4, a line to sign on, page numbers, the seal of the book.
//!
//! One font of the system draws everything, Chinese included; only the letters that are used are put
//! into the file. Where no font of the system has a letter, that is said and nothing is drawn: a
//! statement with holes must not be signed.

mod page;

use assistant::artifact::Statement;

use crate::BookError;
use crate::record::Seal;
use crate::statements::{Kind, Statements, Tie};
use crate::words::Word;
use export::paper::Font;
use page::Paper;

/// What an accountant signs; the listings are handed over as data.
const SIGNED: [Kind; 7] = [
    Kind::TrialBalance,
    Kind::IncomeStatement,
    Kind::BalanceSheet,
    Kind::CashFlowDirect,
    Kind::CashFlowIndirect,
    Kind::EquityMovement,
    Kind::TaxSummary,
];

pub(super) fn write(statements: &Statements<'_>, seal: Seal) -> Result<Vec<u8>, BookError> {
    let journal = statements.journal();
    let reports: Vec<_> = SIGNED
        .into_iter()
        .map(|kind| statements.report(kind).statement(journal))
        .collect();
    let say = |word: Word| word.say(statements.language());
    let ties = statements.ties();
    let letters = letters(statements, &reports, &ties);
    let font = Font::find(&letters).map_err(|error| BookError::Export(error.to_string()))?;
    let mut paper = Paper::new(font, &journal.info().title);
    for report in &reports {
        paper.statement(report, say(Word::Currency));
    }
    let ties: Vec<[String; 3]> = ties
        .iter()
        .map(|tie| {
            let holds = if tie.holds() {
                Word::Holds
            } else {
                Word::Broken
            };
            let currency = journal.currency(tie.currency);
            [
                format!("{}, {} {currency}", say(tie.word), tie.column),
                crate::statements::plain(tie.left, journal.digits(tie.currency)),
                say(holds).to_owned(),
            ]
        })
        .collect();
    paper.ties(say(Word::Ties), &ties);
    paper.signature(
        say(Word::Signature),
        &format!("{}: {seal}", say(Word::Seal)),
    );
    paper.finish(say(Word::Page))
}

/// Every letter that is written.
fn letters(statements: &Statements<'_>, reports: &[Statement], ties: &[Tie]) -> String {
    let say = |word: Word| word.say(statements.language());
    let mut letters = statements.journal().info().title.clone();
    for report in reports {
        letters.push_str(&report.title);
        letters.extend(report.columns.iter().map(String::as_str));
        for row in &report.rows {
            letters.push_str(&row.label);
            letters.push_str(&row.currency);
        }
    }
    for tie in ties {
        letters.push_str(say(tie.word));
        letters.push_str(&tie.column);
        letters.push_str(statements.journal().currency(tie.currency));
    }
    let words = [
        Word::Ties,
        Word::Signature,
        Word::Page,
        Word::Seal,
        Word::Holds,
        Word::Broken,
        Word::Currency,
    ];
    letters.extend(words.map(say));
    letters.push_str("0123456789abcdef-–.,:/ ");
    letters
}
