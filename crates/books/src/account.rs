//! Accounts: the five classes, and what else an account is to the statements.

use serde::{Deserialize, Serialize};

use crate::BookError;

/// The class of an account decides which statement it is on and on which side it grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// What one has. Grows by debits.
    Asset,
    /// What one owes. Grows by credits.
    Liability,
    /// What belongs to the owners. Grows by credits.
    Equity,
    /// What one earns. Grows by credits.
    Income,
    /// What one spends. Grows by debits.
    Expense,
}

impl Class {
    /// All, in the order of statements.
    pub const ALL: [Self; 5] = [
        Self::Asset,
        Self::Liability,
        Self::Equity,
        Self::Income,
        Self::Expense,
    ];

    /// Whether it stands on the income statement, and begins every year with nothing.
    #[must_use]
    pub fn is_temporary(self) -> bool {
        matches!(self, Self::Income | Self::Expense)
    }

    /// Whether people read its credits as positive.
    #[must_use]
    pub fn is_credit(self) -> bool {
        matches!(self, Self::Liability | Self::Equity | Self::Income)
    }

    /// The first level of names, as hledger and beancount have it.
    #[must_use]
    pub fn root(self) -> &'static str {
        match self {
            Self::Asset => "Assets",
            Self::Liability => "Liabilities",
            Self::Equity => "Equity",
            Self::Income => "Income",
            Self::Expense => "Expenses",
        }
    }

    /// As artifacts write it, such as `asset`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Asset => "asset",
            Self::Liability => "liability",
            Self::Equity => "equity",
            Self::Income => "income",
            Self::Expense => "expense",
        }
    }

    /// The class by its name in an artifact.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.name() == name)
    }

    /// What the first level of an account's name says, in English or Chinese.
    #[must_use]
    pub fn by_root(account: &str) -> Option<Self> {
        let root = account.split(':').next().unwrap_or_default().to_lowercase();
        Some(match root.as_str() {
            "asset" | "assets" | "資產" | "资产" => Self::Asset,
            "liability" | "liabilities" | "debt" | "debts" | "負債" | "负债" => Self::Liability,
            "equity" | "capital" | "權益" | "权益" | "所有者权益" | "業主權益" => {
                Self::Equity
            }
            "income" | "revenue" | "revenues" | "收入" => Self::Income,
            "expense" | "expenses" | "cost" | "costs" | "費用" | "费用" | "支出" => {
                Self::Expense
            }
            _ => return None,
        })
    }
}

/// What an account is beyond its class.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Nothing in particular.
    #[default]
    Plain,
    /// Money at hand and in banks: what cash flow is the change of.
    Cash,
    /// What customers owe.
    Receivable,
    /// What suppliers are owed.
    Payable,
    /// Tax that was paid to suppliers or received from customers.
    Tax,
    /// Buildings, machines, computers; buying and selling them is investing.
    FixedAsset,
    /// What of them is used up, or the expense of it: no cash moves.
    Depreciation,
    /// Money lent by banks and others; financing.
    Loan,
    /// Results of past years; what year-end closing books to.
    Retained,
    /// What nobody has put anywhere else yet.
    Unclassified,
    /// Gains and losses by rates of exchange.
    Exchange,
}

/// An account of the chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Name, levels parted by colons; unique in a book.
    pub name: String,
    /// Name as people read it.
    #[serde(default)]
    pub label: String,
    /// Its class.
    pub class: Class,
    /// What it is beyond that.
    #[serde(default)]
    pub role: Role,
}

impl Account {
    /// An account with a role that its name suggests and its own last level for a label.
    #[must_use]
    pub fn named(name: &str, class: Class) -> Self {
        Self {
            name: name.to_owned(),
            label: name.rsplit(':').next().unwrap_or(name).to_owned(),
            class,
            role: guess_role(name, class),
        }
    }

    /// The same under another label.
    #[must_use]
    pub fn labelled(mut self, label: &str) -> Self {
        if !label.is_empty() {
            label.clone_into(&mut self.label);
        }
        self
    }

    /// The same with a role.
    #[must_use]
    pub fn with_role(mut self, role: Role) -> Self {
        self.role = role;
        self
    }

    pub(crate) fn check(&self) -> Result<(), BookError> {
        let is_good = |level: &str| {
            !level.trim().is_empty()
                && level.trim() == level
                && !level.contains("  ")
                && !level
                    .chars()
                    .any(|letter| letter.is_control() || "\"();[]".contains(letter))
        };
        if self.name.chars().count() > 160 || !self.name.split(':').all(is_good) {
            return Err(BookError::AccountInvalid(self.name.clone()));
        }
        Ok(())
    }
}

/// Words in names, most telling first.
const WORDS: [(Class, Role, &[&str]); 10] = [
    (
        Class::Asset,
        Role::Depreciation,
        &["depreciation", "累計折舊", "累计折旧"],
    ),
    (
        Class::Asset,
        Role::Receivable,
        &["receivable", "應收", "应收"],
    ),
    (
        Class::Asset,
        Role::Tax,
        &[
            "vat",
            "gst",
            "input tax",
            "sales tax",
            "進項",
            "进项",
            "留抵",
        ],
    ),
    (
        Class::Asset,
        Role::FixedAsset,
        &[
            "fixed",
            "equipment",
            "vehicle",
            "furniture",
            "building",
            "computers",
            "固定資產",
            "固定资产",
            "設備",
            "设备",
        ],
    ),
    (
        Class::Asset,
        Role::Cash,
        &[
            "cash",
            "bank",
            "checking",
            "chequing",
            "current account",
            "saving",
            "wallet",
            "petty",
            "paypal",
            "alipay",
            "wechat",
            "現金",
            "现金",
            "銀行",
            "银行",
            "存款",
            "零用金",
            "零钱",
            "微信",
            "支付宝",
            "支付寶",
            "錢包",
            "钱包",
        ],
    ),
    (
        Class::Liability,
        Role::Tax,
        &["vat", "gst", "tax", "銷項", "销项", "應付稅", "应交税"],
    ),
    (
        Class::Liability,
        Role::Loan,
        &["loan", "mortgage", "borrowing", "借款", "貸款", "贷款"],
    ),
    (
        Class::Liability,
        Role::Payable,
        &["payable", "應付", "应付"],
    ),
    (
        Class::Equity,
        Role::Retained,
        &["retained", "保留盈餘", "未分配利润", "累積盈虧", "留存"],
    ),
    (
        Class::Expense,
        Role::Depreciation,
        &["depreciation", "折舊", "折旧"],
    ),
];

/// Words for what nobody has classified, whatever the class.
const UNCLASSIFIED: [&str; 6] = [
    "unclassified",
    "uncategori",
    "suspense",
    "未分類",
    "未分类",
    "fixme",
];

/// Words for rates of exchange.
const EXCHANGE: [&str; 5] = [
    "exchange gain",
    "exchange loss",
    "匯兌",
    "汇兑",
    "exchange difference",
];

/// What the name of an account suggests.
#[must_use]
pub fn guess_role(name: &str, class: Class) -> Role {
    let lower = name.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    if has(&UNCLASSIFIED) {
        return Role::Unclassified;
    }
    if class.is_temporary() && has(&EXCHANGE) {
        return Role::Exchange;
    }
    WORDS
        .iter()
        .find(|(of, _, words)| *of == class && has(words))
        .map_or(Role::Plain, |(_, role, _)| *role)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_suggest_roles_in_both_languages() {
        let cases = [
            ("Assets:Bank:Checking", Class::Asset, Role::Cash),
            ("資產:現金", Class::Asset, Role::Cash),
            ("Assets:Receivable", Class::Asset, Role::Receivable),
            ("Assets:Equipment", Class::Asset, Role::FixedAsset),
            (
                "Assets:Equipment:Accumulated depreciation",
                Class::Asset,
                Role::Depreciation,
            ),
            ("Liabilities:Credit card", Class::Liability, Role::Plain),
            ("Liabilities:銷項稅額", Class::Liability, Role::Tax),
            ("Expenses:Unclassified", Class::Expense, Role::Unclassified),
            ("Income:Exchange gains", Class::Income, Role::Exchange),
            ("Expenses:Bank fees", Class::Expense, Role::Plain),
        ];
        for (name, class, role) in cases {
            assert_eq!(guess_role(name, class), role, "{name}");
        }
    }

    #[test]
    fn names_that_other_programs_cannot_read_are_refused() {
        let check = |name: &str| Account::named(name, Class::Asset).check().is_ok();
        assert!(check("Assets:Bank of X") && check("資產:現金"));
        for bad in ["", "A:", ":A", "A: B", "A  B", "A;B", "A\nB"] {
            assert!(!check(bad), "{bad:?}");
        }
    }
}
