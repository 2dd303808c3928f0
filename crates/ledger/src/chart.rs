//! Charts of accounts: ready-made ones as data, and what code needs to know of them.

use assistant::artifact::Account;
use serde::{Deserialize, Serialize};

use crate::language::Language;

/// The chart that a book has unless it says otherwise.
pub const DEFAULT: &str = "freelancer";

const CHARTS: [&str; 3] = [
    include_str!("../../../assets/ledger/charts/freelancer.toml"),
    include_str!("../../../assets/ledger/charts/company.toml"),
    include_str!("../../../assets/ledger/charts/household.toml"),
];

/// A chart of accounts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chart {
    /// Its name among the ready-made ones.
    pub id: String,
    /// Its name as people read it.
    pub label: Label,
    /// How things are paid when nothing is said.
    pub default_way: Role,
    /// Whether private spending has accounts.
    pub has_private_life: bool,
    /// Whether payments settle invoices that were booked before.
    pub keeps_receivables: bool,
    /// Whether tax that is told is booked by itself.
    pub splits_tax: bool,
    /// The accounts, in order.
    #[serde(rename = "account")]
    pub accounts: Vec<ChartAccount>,
}

/// A text in the three languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// English.
    pub en: String,
    /// 繁體中文.
    #[serde(rename = "zh-Hant")]
    pub zh_hant: String,
    /// 简体中文.
    #[serde(rename = "zh-Hans")]
    pub zh_hans: String,
}

impl Label {
    /// A name that is the same in every language: the person's own.
    pub fn same(name: &str) -> Self {
        Self {
            en: name.to_owned(),
            zh_hant: name.to_owned(),
            zh_hans: name.to_owned(),
        }
    }

    /// The text in a language.
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::English => &self.en,
            Language::Traditional => &self.zh_hant,
            Language::Simplified | Language::Chinese => &self.zh_hans,
        }
    }
}

/// An account of a chart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChartAccount {
    /// Its name, the class first: `Expenses:Meals`.
    pub name: String,
    /// Its name as people read it.
    #[serde(flatten)]
    pub label: Label,
    /// What of the lexicon it covers.
    #[serde(default)]
    pub concepts: Vec<String>,
    /// What code uses it for.
    #[serde(default)]
    pub roles: Vec<Role>,
    /// Its class, where a book says it; else its name does.
    #[serde(skip)]
    pub known_class: Option<Class>,
}

impl ChartAccount {
    /// Its class.
    pub fn class(&self) -> Option<Class> {
        self.known_class.or_else(|| Class::of(&self.name))
    }
}

/// What code puts money into of its own accord.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Notes and coins.
    Cash,
    /// The everyday bank account.
    Bank,
    /// Money put by.
    Savings,
    /// Alipay, PayPal and the like.
    Wallet,
    /// A credit card.
    Card,
    /// Bought and not paid yet.
    Payable,
    /// Sold and not paid yet.
    Receivable,
    /// Borrowed.
    Loan,
    /// Lent to others.
    Lent,
    /// Deposits that come back.
    Deposit,
    /// Put in by the owner.
    Capital,
    /// Taken out by the owner.
    Drawings,
    /// Where one currency becomes another.
    Conversion,
    /// Tax owed or owing.
    Tax,
    /// Shares and funds.
    Investment,
    /// What is sold.
    Sales,
    /// Paid by the owner out of their own pocket.
    OwnMoney,
    /// Income of no other account.
    OtherIncome,
    /// Spending of no other account.
    OtherExpense,
}

/// The classes of accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// What one has.
    Asset,
    /// What one owes.
    Liability,
    /// What is the owner's.
    Equity,
    /// What comes in.
    Income,
    /// What is used up.
    Expense,
}

impl Class {
    /// The class of an account by its name.
    pub fn of(name: &str) -> Option<Self> {
        Some(match name.split(':').next()? {
            "Assets" => Self::Asset,
            "Liabilities" => Self::Liability,
            "Equity" => Self::Equity,
            "Income" => Self::Income,
            "Expenses" => Self::Expense,
            _ => return None,
        })
    }

    /// The class by its name in an artifact.
    pub fn by_name(name: &str) -> Option<Self> {
        let all = [
            Self::Asset,
            Self::Liability,
            Self::Equity,
            Self::Income,
            Self::Expense,
        ];
        all.into_iter().find(|class| class.as_str() == name)
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Asset => "asset",
            Self::Liability => "liability",
            Self::Equity => "equity",
            Self::Income => "income",
            Self::Expense => "expense",
        }
    }
}

impl Chart {
    /// A ready-made chart.
    pub fn ready_made(id: &str) -> Option<Self> {
        Self::all().into_iter().find(|chart| chart.id == id)
    }

    /// All ready-made charts; the first is the default.
    pub fn all() -> Vec<Self> {
        CHARTS
            .iter()
            .map(|text| toml::from_str(text).expect("the built-in charts are read by a test"))
            .collect()
    }

    /// The account that code uses for something. Where a chart has none, the next best.
    pub fn role(&self, role: Role) -> &str {
        let has = |wanted: Role| {
            self.accounts
                .iter()
                .find(|account| account.roles.contains(&wanted))
                .map(|account| account.name.as_str())
        };
        let next_best = match role {
            Role::OwnMoney | Role::Capital => Role::Capital,
            Role::Savings | Role::Wallet | Role::Cash => Role::Bank,
            Role::Receivable | Role::Sales => Role::Sales,
            Role::OtherIncome => Role::Sales,
            Role::Drawings => Role::OtherExpense,
            _ => Role::Bank,
        };
        has(role)
            .or_else(|| has(next_best))
            .or_else(|| self.accounts.first().map(|account| account.name.as_str()))
            .unwrap_or("Assets:Bank")
    }

    /// The account that covers a concept.
    pub fn of_concept(&self, concept: &str) -> Option<&ChartAccount> {
        self.accounts
            .iter()
            .find(|account| account.concepts.iter().any(|own| own == concept))
    }

    /// The account of that name.
    pub fn account(&self, name: &str) -> Option<&ChartAccount> {
        self.accounts.iter().find(|account| account.name == name)
    }

    /// The accounts of a class that a happening may belong to.
    pub fn of_class(&self, class: Class) -> impl Iterator<Item = &ChartAccount> {
        self.accounts
            .iter()
            .filter(move |account| account.class() == Some(class))
    }

    /// All accounts as they are shown.
    pub fn shown(&self, language: Language) -> Vec<Account> {
        self.accounts
            .iter()
            .filter_map(|account| {
                Some(Account {
                    name: account.name.clone(),
                    label: account.label.in_language(language).to_owned(),
                    class: account.class()?.as_str().to_owned(),
                })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    #[test]
    fn the_built_in_charts_are_whole() {
        for chart in Chart::all() {
            for role in [
                Role::Cash,
                Role::Bank,
                Role::Card,
                Role::Payable,
                Role::Loan,
                Role::Conversion,
                Role::OtherExpense,
                Role::Sales,
            ] {
                let name = chart.role(role);
                assert!(
                    chart.account(name).is_some(),
                    "{} has no {role:?}",
                    chart.id
                );
            }
            for account in &chart.accounts {
                assert!(Class::of(&account.name).is_some(), "{}", account.name);
                for concept in &account.concepts {
                    assert!(
                        Lexicon::built_in().has(concept),
                        "{concept} is in no lexicon"
                    );
                }
                let same = chart
                    .accounts
                    .iter()
                    .filter(|other| other.name == account.name);
                assert_eq!(same.count(), 1, "{} is there twice", account.name);
            }
        }
        assert_eq!(Chart::all()[0].id, DEFAULT);
    }

    #[test]
    fn the_default_chart_covers_the_lexicon() {
        let chart = Chart::ready_made(DEFAULT).unwrap();
        for concept in Lexicon::built_in().concepts() {
            assert!(
                chart.of_concept(concept).is_some(),
                "{concept} has no account"
            );
        }
    }
}
