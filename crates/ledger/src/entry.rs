//! From a happening and its account to an entry in double entry.
//!
//! Every figure here is one of the text or the result of a reckoning with them; nothing else is put in.

use assistant::artifact::{BookEntry, BookPosting, Doubt};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::account::{Guess, SURE, SURE_ALONE};
use crate::chart::{Chart, Role};
use crate::happening::{AmountDoubt, Happening};
use crate::meaning::{self, Direction, Kind, Meaning, Share, TaxHint};
use crate::money::currency;
use crate::trial::written;
use crate::words::{self, Reason};

/// Most choices that a doubt offers.
const CHOICES: usize = 5;

/// A happening on its way to an entry.
#[derive(Debug)]
pub struct Draft {
    /// What was read.
    pub happening: Happening,
    /// What it means.
    pub meaning: Meaning,
    /// Its account, as far as code can tell.
    pub guess: Guess,
    /// How it was paid, where that is said.
    pub way: Option<Role>,
    /// What is said about tax.
    pub tax: Option<TaxHint>,
    /// What is said about sharing.
    pub share: Option<Share>,
    /// With whom.
    pub party: String,
    /// For exchanges: currency and sum of the other side.
    pub other: Option<(String, Decimal)>,
}

impl Draft {
    /// The entry, with the account that was settled on.
    pub fn entry(&self, guess: &Guess, chart: &Chart, has_model: bool) -> BookEntry {
        let likelihood = guess.candidates.first().map_or(0.0, |first| first.1);
        let needs_account =
            meaning::Kind::direction(self.meaning.kind) != meaning::Direction::Transfer;
        let account = match guess.candidates.first() {
            Some((account, _)) => account.clone(),
            None => chart.role(Role::OtherExpense).to_owned(),
        };
        let postings = self.postings(&account, chart);
        let mut doubts = self.doubts(&account, chart);
        let is_models_alone = guess.is_open && self.guess.candidates.is_empty();
        let sure = if is_models_alone { SURE_ALONE } else { SURE };
        if needs_account && likelihood < sure {
            doubts.push(self.account_doubt(guess, chart, has_model));
            doubts.extend(self.direction_doubt());
        } else if needs_account && doubts.iter().any(|doubt| doubt.field == "direction") {
            // The other way round it would be in another account.
            doubts.push(self.account_doubt(guess, chart, has_model));
        }
        let settled = if needs_account { likelihood } else { 0.95 };
        let confidence = doubts
            .iter()
            .filter(|doubt| doubt.field != "account")
            .fold(settled, |sum, _| sum.min(0.6));
        BookEntry {
            date: self.happening.when.date.to_string(),
            description: self.happening.description.clone(),
            counterparty: self.party.clone(),
            postings,
            tax: self.tax.as_ref().map(|hint| hint.code.clone()),
            source: self.happening.source.clone(),
            confidence: (confidence * 1000.0).round() / 1000.0,
            direction: self.meaning.kind.direction().as_str().to_owned(),
            doubts,
        }
    }

    fn code(&self) -> &str {
        &self.happening.currency.code
    }

    fn postings(&self, account: &str, chart: &Chart) -> Vec<BookPosting> {
        let value = self.happening.charge.value.abs();
        let way = chart.role(self.place_of_money(chart));
        match self.meaning.kind {
            Kind::Spent => self.spent(account, way, value, chart),
            Kind::Earned => self.earned(account, way, value, chart),
            Kind::Owed => self.earned(account, chart.role(Role::Receivable), value, chart),
            Kind::Returned => self.pair(way, account, value),
            Kind::GivenBack => self.pair(chart.role(Role::Sales), way, value),
            Kind::Moved { from, to } => {
                let (from, to) = self.ends(from, to, chart);
                self.pair(chart.role(to), chart.role(from), value)
            }
            Kind::Changed => self.changed(way, value, chart),
        }
    }

    /// Where the money came from or went to: as told, else as is usual.
    fn place_of_money(&self, chart: &Chart) -> Role {
        match (self.meaning.kind, self.way) {
            // Nobody is paid into a credit card.
            (Kind::Earned, Some(Role::Card | Role::Payable | Role::OwnMoney))
            | (Kind::Earned, None) => Role::Bank,
            (_, Some(way)) => way,
            (_, None) => chart.default_way,
        }
    }

    /// Both ends of a movement; the one that is not settled by its kind is how it was paid.
    fn ends(&self, from: Option<Role>, to: Option<Role>, chart: &Chart) -> (Role, Role) {
        let settled = from.or(to);
        let said = self
            .way
            .filter(|way| Some(*way) != settled && *way != Role::Payable && *way != Role::OwnMoney);
        let usual = said.unwrap_or(chart.default_way);
        let (from, to) = (from.unwrap_or(usual), to.unwrap_or(usual));
        match chart.role(from) == chart.role(to) {
            true if from == Role::Bank => (Role::Cash, to),
            true => (Role::Bank, to),
            false => (from, to),
        }
    }

    /// A debit and a credit of the same sum.
    fn pair(&self, debit: &str, credit: &str, value: Decimal) -> Vec<BookPosting> {
        vec![
            posting(debit, value, self.code()),
            posting(credit, -value, self.code()),
        ]
    }

    fn spent(&self, account: &str, way: &str, value: Decimal, chart: &Chart) -> Vec<BookPosting> {
        if let Some(share) = self.share {
            let own = self.rounded(value / Decimal::from(share.parts));
            let rest = match share.is_private {
                true => chart.role(Role::Drawings),
                false => chart.role(Role::Receivable),
            };
            let rest = if chart.keeps_receivables
                || share.is_private
                || chart.account("Assets:Accounts Receivable").is_some()
            {
                rest
            } else {
                chart.role(Role::Lent)
            };
            return vec![
                posting(account, own, self.code()),
                posting(rest, value - own, self.code()),
                posting(way, -value, self.code()),
            ];
        }
        let (net, tax, gross) = self.taxed(value, chart);
        let mut postings = vec![posting(account, net, self.code())];
        if !tax.is_zero() {
            postings.push(posting(chart.role(Role::Tax), tax, self.code()));
        }
        postings.push(posting(way, -gross, self.code()));
        postings
    }

    fn earned(&self, account: &str, way: &str, value: Decimal, chart: &Chart) -> Vec<BookPosting> {
        let (net, tax, gross) = self.taxed(value, chart);
        let mut postings = vec![
            posting(way, gross, self.code()),
            posting(account, -net, self.code()),
        ];
        if !tax.is_zero() {
            postings.push(posting(chart.role(Role::Tax), -tax, self.code()));
        }
        postings
    }

    /// Net, tax and gross of a sum. A chart that does not keep tax apart has it in the net.
    fn taxed(&self, value: Decimal, chart: &Chart) -> (Decimal, Decimal, Decimal) {
        let rate = self
            .tax
            .as_ref()
            .and_then(|hint| hint.rate)
            .map(|rate| rate / Decimal::ONE_HUNDRED);
        let is_included = self.tax.as_ref().is_none_or(|hint| hint.is_included);
        let (tax, gross) = match (self.happening.charge.tax, rate) {
            (Some(tax), _) => (tax, value),
            (None, Some(rate)) if is_included => {
                (value - self.rounded(value / (Decimal::ONE + rate)), value)
            }
            (None, Some(rate)) => {
                let tax = self.rounded(value * rate);
                (tax, value + tax)
            }
            (None, None) => (Decimal::ZERO, value),
        };
        match chart.splits_tax && tax < gross {
            true => (gross - tax, tax, gross),
            false => (gross, Decimal::ZERO, gross),
        }
    }

    /// To the digits of the currency, or to those that the sum was told with.
    fn rounded(&self, value: Decimal) -> Decimal {
        let told = self.happening.charge.value.normalize().scale();
        let digits = currency::decimals(self.code()).max(told);
        value.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero)
    }

    /// One currency for another: each balances against the account for conversions.
    fn changed(&self, way: &str, value: Decimal, chart: &Chart) -> Vec<BookPosting> {
        let Some((other_code, other)) = &self.other else {
            return self.pair(chart.role(Role::Conversion), way, value);
        };
        let (main, other) = ((self.code(), value), (other_code.as_str(), *other));
        let (given, got) = if self.first_was_got() {
            (other, main)
        } else {
            (main, other)
        };
        let between = chart.role(Role::Conversion);
        vec![
            posting(way, got.1, got.0),
            posting(between, -got.1, got.0),
            posting(between, given.1, given.0),
            posting(way, -given.1, given.0),
        ]
    }

    /// 換了 1000 美金，花了…: the first sum was received. "exchanged A for B": it was given.
    fn first_was_got(&self) -> bool {
        let said = &self.happening.folded;
        let is_bought = said.contains("bought") || said.contains("买");
        let is_paid_behind = ["花了", "付了", "用了", "cost", "paying", "paid"]
            .iter()
            .any(|word| said.contains(word));
        is_bought || is_paid_behind
    }

    #[expect(
        clippy::too_many_lines,
        reason = "one condition after another, each with what is to be asked"
    )]
    fn doubts(&self, account: &str, chart: &Chart) -> Vec<Doubt> {
        let mut doubts = Vec::new();
        let language = self.happening.language;
        self.date_doubt(&mut doubts);
        for doubt in &self.happening.charge.doubts {
            doubts.push(Doubt {
                field: "amount".to_owned(),
                reason: words::amount(doubt, language).to_owned(),
                choices: self.amount_choices(doubt),
            });
        }
        let mut add = |field: &str, reason: Reason, choices: Vec<String>| {
            doubts.push(Doubt {
                field: field.to_owned(),
                reason: words::reason(reason, language).to_owned(),
                choices,
            });
        };
        let currency = &self.happening.currency;
        if let Some(unknown) = &currency.unknown {
            add(
                "currency",
                Reason::CurrencyUnknown,
                vec![currency.code.clone(), unknown.clone()],
            );
        } else if !currency.others.is_empty() {
            let choices = std::iter::once(&currency.code).chain(&currency.others);
            add(
                "currency",
                Reason::Currency,
                choices.take(CHOICES).cloned().collect(),
            );
        }
        if let Some(other) = self.meaning.otherwise {
            let own = self.meaning.kind.direction().as_str();
            add(
                "direction",
                Reason::Direction,
                vec![own.to_owned(), other.as_str().to_owned()],
            );
        }
        if self.share.is_some_and(|share| !share.is_private) && self.meaning.kind == Kind::Spent {
            add("amount", Reason::Share, self.share_choices());
        }
        if self
            .tax
            .as_ref()
            .is_some_and(|hint| !hint.is_included && hint.rate.is_none())
            && self.happening.charge.tax.is_none()
        {
            add(
                "amount",
                Reason::TaxRate,
                vec![written(self.happening.charge.value.abs(), self.code())],
            );
        }
        if self.meaning.kind == Kind::Changed {
            add("amount", Reason::Exchange, Vec::new());
        }
        let may_settle = ["invoice", "发票", "货款", "尾款"]
            .iter()
            .any(|word| self.happening.folded.contains(word));
        if self.meaning.kind == Kind::Earned && chart.keeps_receivables && may_settle {
            let receivable = chart.role(Role::Receivable).to_owned();
            add(
                "account",
                Reason::Settles,
                vec![account.to_owned(), receivable],
            );
        }
        doubts
    }

    fn share_choices(&self) -> Vec<String> {
        let value = self.happening.charge.value.abs();
        let parts = self.share.map_or(1, |share| share.parts);
        vec![
            written(value, self.code()),
            written(self.rounded(value / Decimal::from(parts)), self.code()),
        ]
    }

    fn date_doubt(&self, doubts: &mut Vec<Doubt>) {
        let when = &self.happening.when;
        if let Some(doubt) = when.doubt {
            doubts.push(Doubt {
                field: "date".to_owned(),
                reason: words::date(doubt, self.happening.language).to_owned(),
                choices: when
                    .choices
                    .iter()
                    .take(CHOICES)
                    .map(ToString::to_string)
                    .collect(),
            });
        }
    }

    fn amount_choices(&self, doubt: &AmountDoubt) -> Vec<String> {
        let own = self.happening.charge.value.abs();
        let other = match doubt {
            AmountDoubt::Reading(other)
            | AmountDoubt::WorkedOut(other)
            | AmountDoubt::Either(other)
            | AmountDoubt::TotalDiffers(other) => Some(*other),
            _ => None,
        };
        std::iter::once(own)
            .chain(other)
            .map(|value| written(value, self.code()))
            .collect()
    }

    /// Nothing in the words says that it was spent, nor what for: then it may as well have come in.
    fn direction_doubt(&self) -> Option<Doubt> {
        let is_open = !self.meaning.is_told && self.meaning.otherwise.is_none();
        is_open.then(|| Doubt {
            field: "direction".to_owned(),
            reason: words::reason(Reason::DirectionUntold, self.happening.language).to_owned(),
            choices: [Direction::Expense, Direction::Income, Direction::Refund]
                .map(|direction| direction.as_str().to_owned())
                .to_vec(),
        })
    }

    fn account_doubt(&self, guess: &Guess, chart: &Chart, has_model: bool) -> Doubt {
        let reason = match guess.candidates.is_empty() || (!has_model && guess.is_open) {
            true => Reason::AccountOpen,
            false => Reason::Account,
        };
        let mut choices: Vec<String> = guess
            .candidates
            .iter()
            .take(CHOICES)
            .map(|(account, _)| account.clone())
            .collect();
        if choices.is_empty() {
            choices.push(chart.role(Role::OtherExpense).to_owned());
        }
        Doubt {
            field: "account".to_owned(),
            reason: words::reason(reason, self.happening.language).to_owned(),
            choices,
        }
    }
}

fn posting(account: &str, amount: Decimal, currency: &str) -> BookPosting {
    BookPosting {
        account: account.to_owned(),
        amount: written(amount, currency),
        currency: currency.to_owned(),
    }
}
