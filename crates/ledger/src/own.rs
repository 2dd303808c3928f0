//! The chart of a book that there is already: the person's own accounts, with what code needs to know
//! of them.
//!
//! It starts from the ready-made chart that the book has most of. The book's other accounts come with
//! what their names say: the lexicon tells what they cover, a few words what money they are. Ours
//! that only stand in their way are left out, so that a person with books of their own is not offered
//! forty accounts that they never use.

use assistant::artifact::Account;

use crate::chart::{Chart, ChartAccount, Class, Label, Role};
use crate::lexicon::{Lexicon, Strength};
use crate::text;

/// What is known of a book.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct KnownBook {
    /// Its accounts.
    pub accounts: Vec<Account>,
    /// The currency of its statements.
    pub currency: String,
}

/// From so many accounts of its own in a class on, a book that has none of ours does without ours.
const A_CHART: usize = 3;

/// What the names of accounts say about the money in them; the more telling words first.
const MONEY: [(Role, &[&str]); 9] = [
    (Role::Receivable, &["receivable", "应收"]),
    (Role::Payable, &["payable", "应付"]),
    (Role::Card, &["credit card", "信用卡"]),
    (Role::Savings, &["saving", "定存", "储蓄"]),
    (
        Role::Wallet,
        &[
            "paypal",
            "alipay",
            "wechat",
            "支付宝",
            "微信",
            "钱包",
            "wallet",
        ],
    ),
    (Role::Cash, &["cash", "petty", "现金", "零用金"]),
    (
        Role::Bank,
        &[
            "bank",
            "checking",
            "current account",
            "giro",
            "银行",
            "存款",
        ],
    ),
    (Role::Loan, &["loan", "mortgage", "借款", "贷款"]),
    (
        Role::Tax,
        &[
            "vat",
            "gst",
            "sales tax",
            "进项",
            "销项",
            "应交税",
            "营业税",
        ],
    ),
];

impl Chart {
    /// The chart of a book with these accounts. `usual` is the ready-made one where the accounts do
    /// not say which.
    pub fn of_book(accounts: &[Account], usual: Self) -> Self {
        let shared = |chart: &Self| {
            let ours = |own: &&Account| chart.account(&own.name).is_some();
            accounts.iter().filter(ours).count()
        };
        let nearest = Self::all().into_iter().max_by_key(shared);
        let mut chart = match nearest {
            Some(nearest) if shared(&nearest) > shared(&usual) => nearest,
            _ => usual,
        };
        chart.make_room(accounts);
        for own in accounts {
            chart.take_in(own);
        }
        chart
    }

    /// Takes ours away where the book has enough of its own and none of ours. What code itself books
    /// to stays.
    fn make_room(&mut self, accounts: &[Account]) {
        for class in [Class::Expense, Class::Income] {
            let is_of = move |own: &&Account| class_of(own) == Some(class);
            let own = || accounts.iter().filter(is_of);
            let has_ours = own().any(|own| self.account(&own.name).is_some());
            if !has_ours && own().count() >= A_CHART {
                self.accounts
                    .retain(|ours| ours.class() != Some(class) || !ours.roles.is_empty());
            }
        }
    }

    fn take_in(&mut self, own: &Account) {
        let Some(class) = class_of(own) else {
            return;
        };
        if let Some(ours) = self.accounts.iter_mut().find(|ours| ours.name == own.name) {
            let Label {
                en,
                zh_hant,
                zh_hans,
            } = &ours.label;
            // Ours are shown in the language of the text, unless the person calls them otherwise.
            if ![en, zh_hant, zh_hans].contains(&&own.label) {
                ours.label = Label::same(&own.label);
            }
            return;
        }
        let words = text::folded(own.name.rsplit(':').next().unwrap_or(&own.name));
        let account = ChartAccount {
            name: own.name.clone(),
            label: Label::same(&own.label),
            concepts: self.concepts(&words, class),
            roles: self.roles(&words, class, own),
            known_class: Some(class),
        };
        // The roles that it takes over are nobody else's any more.
        for ours in &mut self.accounts {
            ours.roles.retain(|role| !account.roles.contains(role));
        }
        self.accounts.push(account);
    }

    /// What the lexicon says an account covers, as far as no other one does.
    fn concepts(&self, words: &str, class: Class) -> Vec<String> {
        if !matches!(class, Class::Expense | Class::Income) {
            return Vec::new();
        }
        let hits = Lexicon::built_in().find(words, |concept| self.of_concept(concept).is_none());
        let mut concepts: Vec<String> = hits
            .into_iter()
            .filter(|hit| hit.strength != Strength::Weak)
            .map(|hit| hit.concept.to_owned())
            .collect();
        concepts.dedup();
        concepts
    }

    /// What code uses the account for: what its name says, where ours is none of the book's.
    fn roles(&self, words: &str, class: Class, own: &Account) -> Vec<Role> {
        if !matches!(class, Class::Asset | Class::Liability) {
            return Vec::new();
        }
        let label = text::folded(&own.label);
        let has = |word: &&str| words.contains(*word) || label.contains(*word);
        let found = MONEY.iter().find(|(_, names)| names.iter().any(has));
        let Some((role, _)) = found else {
            return Vec::new();
        };
        let is_debt = matches!(role, Role::Payable | Role::Card | Role::Loan);
        let is_either = *role == Role::Tax;
        let fits = is_either || is_debt == (class == Class::Liability);
        let is_taken = self
            .accounts
            .iter()
            .any(|other| other.known_class.is_some() && other.roles.contains(role));
        match fits && !is_taken {
            true => vec![*role],
            false => Vec::new(),
        }
    }
}

/// The class that the book says, else the one that the name says.
fn class_of(account: &Account) -> Option<Class> {
    Class::by_name(&account.class).or_else(|| Class::of(&account.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(name: &str, class: &str) -> Account {
        Account {
            name: name.to_owned(),
            label: name.rsplit(':').next().unwrap_or(name).to_owned(),
            class: class.to_owned(),
        }
    }

    fn usual() -> Chart {
        Chart::ready_made(crate::chart::DEFAULT).unwrap()
    }

    #[test]
    fn a_book_that_was_made_with_one_of_ours_keeps_it() {
        let household = Chart::ready_made("household").unwrap();
        let mut accounts = household.shown(crate::language::Language::English);
        accounts.push(account("Expenses:Allotment", "expense"));
        let chart = Chart::of_book(&accounts, usual());
        assert_eq!(chart.id, "household");
        assert_eq!(chart.accounts.len(), household.accounts.len() + 1);
        assert!(chart.account("Expenses:Allotment").is_some());
        assert_eq!(chart.role(Role::Bank), household.role(Role::Bank));
    }

    #[test]
    fn accounts_of_a_book_of_ones_own_are_understood_by_their_names() {
        let accounts = [
            account("資產:零用金", "asset"),
            account("資產:玉山銀行", "asset"),
            account("負債:信用卡", "liability"),
            account("費用:電費", "expense"),
            account("費用:午餐", "expense"),
            account("費用:計程車", "expense"),
            account("收入:接案", "income"),
        ];
        let chart = Chart::of_book(&accounts, usual());
        let covers = |concept: &str| chart.of_concept(concept).map(|one| one.name.as_str());
        assert_eq!(covers("utilities"), Some("費用:電費"));
        assert_eq!(covers("meals"), Some("費用:午餐"));
        assert_eq!(covers("transport"), Some("費用:計程車"));
        assert_eq!(covers("rent"), None);
        assert_eq!(chart.role(Role::Cash), "資產:零用金");
        assert_eq!(chart.role(Role::Bank), "資產:玉山銀行");
        assert_eq!(chart.role(Role::Card), "負債:信用卡");
        // One account of income is no chart, so ours are there as well.
        assert!(chart.account("Income:Sales").is_some());
        let spending: Vec<&str> = chart
            .of_class(Class::Expense)
            .filter(|one| one.roles.is_empty())
            .map(|one| one.name.as_str())
            .collect();
        assert_eq!(spending, ["費用:電費", "費用:午餐", "費用:計程車"]);
    }

    #[test]
    fn a_book_that_a_bank_s_file_made_still_has_accounts_to_choose() {
        let accounts = [
            account("Assets:Bank", "asset"),
            account("Expenses:Unclassified", "expense"),
        ];
        let chart = Chart::of_book(&accounts, usual());
        assert!(chart.account("Expenses:Meals").is_some());
        assert!(chart.account("Expenses:Unclassified").is_some());
    }
}
