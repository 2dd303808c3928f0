//! What the model is asked: one of the accounts for one happening.
//!
//! The instruction and the examples are the same for every item, so that the worker reads them once.

use std::fmt::Write;

use model::{Message, Prompt, Role, Sampling};

use crate::chart::{Chart, Class};

/// What Qwen's models were trained to be told first.
const SYSTEM: &str = "You are Qwen, created by Alibaba Cloud. You are a helpful assistant.";

/// A happening and its account, to show what is wanted. None of them is in any set that is measured.
const SPENT: [(&str, &str); 12] = [
    ("porridge and juice before the meeting", "Meals"),
    ("sleeper berth to Lhasa", "Travel"),
    ("鑰匙圈和掛鉤", "Household"),
    ("new strings for the guitar lesson", "Entertainment"),
    ("补牙定金", "Medical"),
    ("quarterly retainer of the notary", "Professional Fees"),
    ("樣品打樣的布料", "Cost of Goods"),
    ("renewal of the font licence", "Software"),
    ("給阿姨的謝禮", "Gifts"),
    ("two boxes of ring folders", "Office Supplies"),
    ("小区门口修鞋", "Clothing"),
    ("tow truck", "Vehicle"),
];

const EARNED: [(&str, &str); 5] = [
    ("logo for the bakery, second half", "Sales"),
    ("third week of May from the employer", "Salary"),
    ("定存到期多出來的", "Interest"),
    ("车库租给邻居", "Rental"),
    ("won the raffle", "Other"),
];

/// The question which account a happening belongs to. `options` are the names of [`options`].
pub fn account(class: Class, options: &[String], words: &str) -> Prompt {
    let (what, examples): (&str, &[(&str, &str)]) = match class {
        Class::Income => ("Money came in. Which account of the books is it?", &EARNED),
        _ => ("Money was spent. Which account of the books is it?", &SPENT),
    };
    let mut lead = format!("{what}\nAccounts: {}\n\n", options.join(", "));
    for (text, account) in examples {
        if options.iter().any(|option| option == account) {
            // Writing into a String cannot fail.
            let _ = writeln!(lead, "{text} => {account}");
        }
    }
    let text = format!("{lead}{words} =>");
    Prompt {
        messages: vec![
            message(Role::System, SYSTEM.to_owned()),
            message(Role::User, text),
        ],
        preset: 1,
        lead: lead.len(),
        opening: String::new(),
        max_tokens: 16,
        sampling: Sampling::GREEDY,
        stop: vec!["\n".to_owned()],
        constraint: None,
        adapter: None,
    }
}

/// The accounts of a class with their short names, which are what the model chooses among.
pub fn options(chart: &Chart, class: Class) -> Vec<(String, String)> {
    chart
        .of_class(class)
        .map(|account| {
            let short = account.name.rsplit(':').next().unwrap_or(&account.name);
            (account.name.clone(), short.to_owned())
        })
        .collect()
}

fn message(role: Role, text: String) -> Message {
    Message { role, text }
}
