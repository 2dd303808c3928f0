//! Which account of the book a statement, a category or a transfer of a file belongs to.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::{Imported, Plan, Planner};
use crate::account::{Account, Class, Role};
use crate::import::{Split, Statement};

impl Planner<'_> {
    pub(super) fn add_account(&mut self, account: Account) {
        let is_there = self.journal.account_id(&account.name).is_some()
            || self
                .imported
                .change
                .accounts
                .iter()
                .any(|other| other.name == account.name);
        if !is_there {
            self.imported.change.accounts.push(account);
        }
    }

    /// The account in the book that a statement is of.
    pub(super) fn account(&self, statement: &Statement) -> Account {
        if let Some(name) = &self.plan.account {
            let class = Class::by_root(name).unwrap_or(Class::Asset);
            let known = self
                .journal
                .account_id(name)
                .map(|id| self.journal.account(id).clone());
            return known.unwrap_or_else(|| Account::named(name, class).with_role(Role::Cash));
        }
        let name = if statement.name.is_empty() {
            &statement.account
        } else {
            &statement.name
        };
        let name = clean(name);
        let kind = statement.kind.to_ascii_uppercase();
        let is_debt = ["CREDIT", "CCARD", "OTH L", "LOAN"]
            .iter()
            .any(|word| kind.contains(word));
        if let Some(class) = Class::by_root(&name) {
            return Account::named(&name, class);
        }
        if is_debt {
            return Account::named(
                &format!("Liabilities:{}", named_or(&name, "Card")),
                Class::Liability,
            );
        }
        let full = format!("Assets:{}", named_or(&name, "Bank"));
        let role = if kind == "OTH A" {
            Role::Plain
        } else {
            Role::Cash
        };
        Account::named(&full, Class::Asset).with_role(role)
    }

    /// The account of a category: one in brackets is another account of the person's.
    pub(super) fn category(&mut self, split: &Split) -> String {
        let category = split.category.trim();
        if let Some(account) = category
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
        {
            let name = clean(account);
            if Class::by_root(&name).is_some() {
                return name;
            }
            let statement = self
                .file
                .statements
                .iter()
                .find(|statement| clean(&statement.name) == name);
            let account = match statement {
                Some(statement) => self.account_of(statement),
                None if name.contains("信用卡") => {
                    Account::named(&format!("Liabilities:{name}"), Class::Liability)
                }
                None => {
                    Account::named(&format!("Assets:{name}"), Class::Asset).with_role(Role::Cash)
                }
            };
            let name = account.name.clone();
            self.add_account(account);
            return name;
        }
        let name = clean(category);
        if name.is_empty() {
            return self.unclassified(split.amount);
        }
        if Class::by_root(&name).is_some() {
            return name;
        }
        let told = self
            .file
            .accounts
            .iter()
            .find(|account| account.name == category);
        let class = told.map_or(
            if split.amount.is_sign_negative() {
                Class::Expense
            } else {
                Class::Income
            },
            |account| account.class,
        );
        format!("{}:{name}", class.root())
    }

    /// The account of another statement of the file, whatever account was named for this one.
    fn account_of(&self, statement: &Statement) -> Account {
        let plan = Plan {
            account: None,
            ..self.plan.clone()
        };
        let mut imported = Imported::default();
        let planner = Planner {
            journal: self.journal,
            plan: &plan,
            file: self.file,
            seen: HashMap::new(),
            imported: &mut imported,
        };
        planner.account(statement)
    }

    pub(super) fn unclassified(&self, amount: Decimal) -> String {
        let class = if amount.is_sign_negative() {
            Class::Expense
        } else {
            Class::Income
        };
        let known = self
            .journal
            .accounts()
            .iter()
            .find(|account| account.role == Role::Unclassified && account.class == class);
        known.map_or_else(
            || format!("{}:Unclassified", class.root()),
            |account| account.name.clone(),
        )
    }
}

fn named_or<'a>(name: &'a str, otherwise: &'a str) -> &'a str {
    if name.is_empty() { otherwise } else { name }
}

/// The name of an account without what other programs cannot read.
fn clean(name: &str) -> String {
    let levels = name.split(':').map(|level| {
        let letters = level.chars().map(|letter| {
            if letter.is_control() || "\"();[]".contains(letter) {
                ' '
            } else {
                letter
            }
        });
        let level: String = letters.collect();
        level.split_whitespace().collect::<Vec<_>>().join(" ")
    });
    levels
        .filter(|level| !level.is_empty())
        .collect::<Vec<_>>()
        .join(":")
}
