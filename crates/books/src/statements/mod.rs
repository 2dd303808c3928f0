//! Statements: every one for any period, with columns to compare, made by code from the postings.
//!
//! What cannot be converted to the book's currency has a part of its own in each statement, so that
//! no figure mixes currencies and every part ties out by itself.

mod aged;
mod cash;
mod equity;
mod exchange;
mod listing;
mod months;
mod results;
mod spending;
mod tally;
mod tax;
mod ties;

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::entry::{AccountId, CurrencyId};
use crate::journal::Journal;
use crate::period::Period;
use crate::words::{Language, Word};
pub use months::Months;
use tally::Tally;
pub use ties::Tie;

/// Which statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Every entry by date.
    Journal,
    /// Every posting by account, with running balances.
    GeneralLedger,
    /// What each account came to.
    TrialBalance,
    /// What was earned and spent.
    IncomeStatement,
    /// What there is and what is owed at the end.
    BalanceSheet,
    /// Where cash came from and went to, by what it was paid for.
    CashFlowDirect,
    /// How profit and the change in cash belong together.
    CashFlowIndirect,
    /// How equity came from its beginning to its end.
    EquityMovement,
    /// Net, tax and gross by code of tax.
    TaxSummary,
    /// Expenses by account, the largest first.
    SpendingByCategory,
    /// Expenses by who was paid, the largest first.
    SpendingByCounterparty,
    /// What customers owe, by who and by age.
    AgedReceivables,
    /// What suppliers are owed, by who and by age.
    AgedPayables,
    /// Gains and losses by rates of exchange.
    ExchangeGains,
    /// What nobody has put anywhere yet.
    Unclassified,
}

impl Kind {
    /// All, in the order in which an accountant looks at them.
    pub const ALL: [Self; 15] = [
        Self::TrialBalance,
        Self::IncomeStatement,
        Self::BalanceSheet,
        Self::CashFlowDirect,
        Self::CashFlowIndirect,
        Self::EquityMovement,
        Self::TaxSummary,
        Self::SpendingByCategory,
        Self::SpendingByCounterparty,
        Self::AgedReceivables,
        Self::AgedPayables,
        Self::ExchangeGains,
        Self::Unclassified,
        Self::Journal,
        Self::GeneralLedger,
    ];

    /// For programs, such as `trial_balance`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Journal => "journal",
            Self::GeneralLedger => "general_ledger",
            Self::TrialBalance => "trial_balance",
            Self::IncomeStatement => "income_statement",
            Self::BalanceSheet => "balance_sheet",
            Self::CashFlowDirect => "cash_flow_direct",
            Self::CashFlowIndirect => "cash_flow_indirect",
            Self::EquityMovement => "equity_movement",
            Self::TaxSummary => "tax_summary",
            Self::SpendingByCategory => "spending_by_category",
            Self::SpendingByCounterparty => "spending_by_counterparty",
            Self::AgedReceivables => "aged_receivables",
            Self::AgedPayables => "aged_payables",
            Self::ExchangeGains => "exchange_gains",
            Self::Unclassified => "unclassified",
        }
    }

    /// By [`Self::name`].
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Its title.
    #[must_use]
    pub fn title(self) -> Word {
        match self {
            Self::Journal => Word::Journal,
            Self::GeneralLedger => Word::GeneralLedger,
            Self::TrialBalance => Word::TrialBalance,
            Self::IncomeStatement => Word::IncomeStatement,
            Self::BalanceSheet => Word::BalanceSheet,
            Self::CashFlowDirect => Word::CashFlowDirect,
            Self::CashFlowIndirect => Word::CashFlowIndirect,
            Self::EquityMovement => Word::EquityMovement,
            Self::TaxSummary => Word::TaxSummary,
            Self::SpendingByCategory => Word::SpendingByCategory,
            Self::SpendingByCounterparty => Word::SpendingByCounterparty,
            Self::AgedReceivables => Word::AgedReceivables,
            Self::AgedPayables => Word::AgedPayables,
            Self::ExchangeGains => Word::ExchangeGains,
            Self::Unclassified => Word::Unclassified,
        }
    }
}

/// What kind of line it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// A heading without figures.
    Heading,
    /// Figures.
    Plain,
    /// Sums up lines above.
    Total,
}

/// A line of a statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Line<'j> {
    /// What it is about.
    pub label: Cow<'j, str>,
    /// How far it is set in.
    pub level: u8,
    /// What kind it is.
    pub look: Look,
    /// One for each column; nothing where there is none.
    pub figures: Vec<Option<Decimal>>,
    /// Currency of the figures.
    pub currency: CurrencyId,
    /// The account behind it.
    pub account: Option<AccountId>,
    /// The entry behind it.
    pub entry: Option<u32>,
    /// Whose entries are behind it, where they are of one.
    pub counterparty: Option<&'j str>,
    /// Lines that a total is the sum of, and whether each is taken away; indices of lines.
    pub terms: Vec<(usize, bool)>,
}

/// A statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Report<'j> {
    /// Which.
    pub kind: Kind,
    /// Its title, with the period where it has only one.
    pub title: String,
    /// Headings of the figures.
    pub columns: Vec<String>,
    /// Its lines.
    pub lines: Vec<Line<'j>>,
}

impl<'j> Report<'j> {
    /// The same in the form that the window and the command line show.
    #[must_use]
    pub fn statement(&self, journal: &Journal) -> assistant::artifact::Statement {
        assistant::artifact::Statement {
            title: self.title.clone(),
            columns: self.columns.clone(),
            rows: self.lines.iter().map(|line| row(line, journal)).collect(),
        }
    }

    fn push(&mut self, line: Line<'j>) -> usize {
        self.lines.push(line);
        self.lines.len() - 1
    }

    fn heading(
        &mut self,
        label: impl Into<Cow<'j, str>>,
        level: u8,
        currency: CurrencyId,
    ) -> usize {
        self.push(Line {
            label: label.into(),
            level,
            look: Look::Heading,
            figures: Vec::new(),
            currency,
            account: None,
            entry: None,
            counterparty: None,
            terms: Vec::new(),
        })
    }

    fn plain(
        &mut self,
        label: impl Into<Cow<'j, str>>,
        currency: CurrencyId,
        account: Option<AccountId>,
        figures: Vec<Option<Decimal>>,
    ) -> usize {
        self.push(Line {
            label: label.into(),
            level: 1,
            look: Look::Plain,
            figures,
            currency,
            account,
            entry: None,
            counterparty: None,
            terms: Vec::new(),
        })
    }

    /// A total of lines that stand above, each added or taken away.
    fn total(
        &mut self,
        label: impl Into<Cow<'j, str>>,
        currency: CurrencyId,
        terms: Vec<(usize, bool)>,
    ) -> usize {
        let mut figures = vec![Decimal::ZERO; self.columns.len()];
        for (place, is_less) in &terms {
            for (sum, figure) in figures.iter_mut().zip(&self.lines[*place].figures) {
                let figure = figure.unwrap_or_default();
                *sum += if *is_less { -figure } else { figure };
            }
        }
        self.push(Line {
            label: label.into(),
            level: 0,
            look: Look::Total,
            figures: figures.into_iter().map(Some).collect(),
            currency,
            account: None,
            entry: None,
            counterparty: None,
            terms,
        })
    }
}

fn row(line: &Line<'_>, journal: &Journal) -> assistant::artifact::StatementRow {
    let digits = journal.digits(line.currency);
    let figure = |figure: &Option<Decimal>| match figure {
        Some(figure) => plain(*figure, digits),
        None => String::new(),
    };
    let is_heading = line.look == Look::Heading;
    assistant::artifact::StatementRow {
        label: line.label.to_string(),
        level: u32::from(line.level),
        figures: line.figures.iter().map(figure).collect(),
        is_total: line.look == Look::Total,
        account: line.account.map(|id| journal.account(id).name.clone()),
        currency: if is_heading {
            String::new()
        } else {
            journal.currency(line.currency).to_owned()
        },
        entry: line.entry,
        counterparty: line.counterparty.map(str::to_owned),
    }
}

/// A figure with at least so many digits after the point; nothing is `0`, never `-0`.
#[must_use]
pub fn plain(figure: Decimal, digits: u32) -> String {
    let mut figure = figure.normalize();
    if figure.scale() < digits {
        figure.rescale(digits);
    }
    if figure.is_zero() {
        figure.set_sign_positive(true);
    }
    figure.to_string()
}

/// Statements of a book over periods; the first one is the one that is asked about, the others are
/// to compare.
pub struct Statements<'j> {
    journal: &'j Journal,
    periods: Vec<Period>,
    language: Language,
    tally: Tally,
}

impl<'j> Statements<'j> {
    /// Adds everything up.
    #[must_use]
    pub fn new(journal: &'j Journal, periods: Vec<Period>, language: Language) -> Self {
        let tally = Tally::new(journal, &periods);
        Self {
            journal,
            periods,
            language,
            tally,
        }
    }

    /// The book.
    #[must_use]
    pub fn journal(&self) -> &'j Journal {
        self.journal
    }

    /// The periods, that which is asked about first.
    #[must_use]
    pub fn periods(&self) -> &[Period] {
        &self.periods
    }

    /// The language of the words.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// One of them.
    #[must_use]
    pub fn report(&self, kind: Kind) -> Report<'j> {
        match kind {
            Kind::Journal => self.journal_report(),
            Kind::GeneralLedger => self.general_ledger(),
            Kind::TrialBalance => self.trial_balance(),
            Kind::IncomeStatement => self.income_statement(),
            Kind::BalanceSheet => self.balance_sheet(),
            Kind::CashFlowDirect => self.cash_flow_direct(),
            Kind::CashFlowIndirect => self.cash_flow_indirect(),
            Kind::EquityMovement => self.equity_movement(),
            Kind::TaxSummary => self.tax_summary(),
            Kind::SpendingByCategory => self.spending_by_category(),
            Kind::SpendingByCounterparty => self.spending_by_counterparty(),
            Kind::AgedReceivables => self.aged(kind, crate::Role::Receivable),
            Kind::AgedPayables => self.aged(kind, crate::Role::Payable),
            Kind::ExchangeGains => self.exchange_gains(),
            Kind::Unclassified => self.unclassified(),
        }
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> Vec<Report<'j>> {
        Kind::ALL
            .into_iter()
            .map(|kind| self.report(kind))
            .collect()
    }

    fn say(&self, word: Word) -> &'static str {
        word.say(self.language)
    }

    /// An empty statement with a column for each period.
    fn begin(&self, kind: Kind) -> Report<'j> {
        let columns = self.periods.iter().map(Period::to_string).collect();
        self.begin_with(kind, columns)
    }

    fn begin_with(&self, kind: Kind, columns: Vec<String>) -> Report<'j> {
        let title = self.say(kind.title());
        let title = match self.periods.first() {
            Some(period) => format!("{title}, {period}"),
            None => title.to_owned(),
        };
        Report {
            kind,
            title,
            columns,
            lines: Vec::new(),
        }
    }

    /// A heading that names the currency, where there are several.
    fn currency_heading(&self, report: &mut Report<'j>, currency: CurrencyId) {
        if self.tally.currencies.len() > 1 {
            report.heading(self.journal.currency(currency), 0, currency);
        }
    }
}
