//! With whom: the name of who paid or was paid, as it was written.

use std::sync::LazyLock;

use regex::Regex;

use super::{Direction, pattern};

static CHINESE: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        r"(?:客户|客戶|甲方|房客|租客|供应商|供應商|厂商|廠商|业主|業主|房东|房東)[「“]?(?P<n>[A-Za-z][\w&.' -]{1,30}|[\p{Han}]{1,6}?(?:公司|先生|小姐|女士|太太|总|總|老师|老師))",
        r"(?:付给|付給|汇给|匯給|转给|轉給|交给|交給|还给|還給|借给|借給|发给|發給)(?P<n>[A-Za-z][\w&.' -]{1,30}|[\p{Han}]{2,6}?)(?:的|\d|，|,|。|$|工资|工資|薪水|货款|貨款| )",
        r"(?:向|跟|和|与|與|从|從|在)(?P<n>[A-Za-z][\w&.'-]{1,30}(?: [A-Z][\w&.'-]+)*)",
        r"(?:在|去|到|于)(?P<n>[\p{Han}A-Za-z0-9·]{2,10}?)(?:买|買|吃|喝|花|刷|订|訂|消费|消費|住|加油|付|购|購|领|領|看)",
        r"(?:向|跟|和|与|與)(?P<n>[\p{Han}]{2,6}?)(?:买|買|吃|借|租|订|訂|收|一起|聚|喝|拿|进货|進貨|批)",
        r"^(?P<n>[A-Za-z][\w&.'-]{1,30}(?: [A-Z][\w&.'-]+)*)(?:公司)?(?:已)?(?:付|汇|匯|转|轉|打|结|結)",
    ]
    .into_iter()
    .map(pattern)
    .collect()
});

static ENGLISH: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    const NAME: &str = r"(?P<n>(?:[A-Z][\w&.'’-]*|\d+[A-Z]\w*)(?: (?:of |and |& |de |the )?(?:[A-Z][\w&.'’-]*|& ?[A-Z]\w*))*)";
    [
        format!(r"(?:^|[.;,] )(?:[Tt]he |[Oo]ur )?(?:[Cc]lient |[Cc]ustomer |[Tt]enant )?{NAME} (?:has |have )?(?:paid|sent|transferred|wired|refunded|reimbursed|settled|owes|gave|returned|charged|invoiced|billed)\b"),
        format!(r"\b(?:from|at|with|by|via|(?:paid|sent|gave|transferred|wired|repaid|donated|lent) (?:[a-z$€£0-9.,]+ ){{0,3}}to|for client|client|customer|tenant|supplier|vendor|landlord|invoiced|billed|paid|lent|refunded) (?:the |The |my friend |our client |client |customer )?{NAME}"),
        format!(r"^{NAME} (?:subscription|bill|invoice|order|refund|fare|ride|receipt|licen[cs]e|hosting|ads?)\b"),
    ]
    .iter()
    .map(|text| pattern(text))
    .collect()
});

/// Capitals that are no names.
const NO_NAMES: [&str; 48] = [
    "I",
    "We",
    "The",
    "My",
    "Our",
    "A",
    "An",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "VAT",
    "GST",
    "USD",
    "EUR",
    "GBP",
    "ATM",
    "Visa",
    "Mastercard",
    "Amex",
    "Paid",
    "Lunch",
    "Dinner",
    "Taxi",
    "Rent",
    "He",
    "She",
    "They",
    "Cash",
    "PayPal",
    "You",
    "Bought",
    "Aug",
];

/// Chinese words that stand where a name would and are none.
const NO_PARTIES: [&str; 20] = [
    "网上",
    "線上",
    "网络",
    "路边",
    "外面",
    "楼下",
    "家里",
    "公司",
    "银行",
    "自己",
    "朋友家",
    "线上",
    "網路",
    "網上",
    "里面",
    "那边",
    "这里",
    "这边",
    "银行卡",
    "超市",
];

/// Who paid or was paid; nothing where nobody is named.
pub fn party(source: &str, direction: Direction) -> Option<String> {
    let patterns = if source.chars().any(crate::text::is_han) {
        CHINESE.iter().chain(ENGLISH.iter())
    } else {
        ENGLISH.iter().chain(CHINESE.iter())
    };
    for pattern in patterns {
        for found in pattern.captures_iter(source) {
            let name = found.name("n").map(|name| tidy(name.as_str()));
            if let Some(name) = name.filter(|name| is_name(name)) {
                return Some(name);
            }
        }
    }
    place(source).filter(|_| direction != Direction::Transfer)
}

/// A shop or service that the lexicon knows by name.
fn place(source: &str) -> Option<String> {
    let text = crate::text::Text::new(source);
    let hits = crate::lexicon::Lexicon::built_in().find(text.folded(), |_| true);
    let hit = hits
        .into_iter()
        .find(|hit| hit.strength == crate::lexicon::Strength::Place)?;
    Some(text.original(&hit.span).trim_end_matches("'s").to_owned())
}

fn tidy(name: &str) -> String {
    name.trim()
        .trim_end_matches("'s")
        .trim_end_matches("’s")
        .trim_end_matches(['.', ',', '-', '\'', ' '])
        .to_owned()
}

fn is_name(name: &str) -> bool {
    let first = name.split(' ').next().unwrap_or_default();
    let is_date = name.chars().any(|letter| letter.is_ascii_digit()) && name.chars().count() < 4;
    name.chars().count() > 1
        && !is_date
        && !NO_NAMES.contains(&first)
        && !NO_PARTIES.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, expected: &str) {
        let found = party(source, Direction::Expense);
        assert_eq!(found.unwrap_or_default(), expected, "{source}");
    }

    #[test]
    fn names_are_found() {
        check("Lunch with ACME 84.50", "ACME");
        check("ACME paid the 5,000 invoice", "ACME");
        check("3 office chairs from IKEA", "IKEA");
        check("Dinner at The Ivy", "Ivy");
        check("groceries at Whole Foods yesterday", "Whole Foods");
        check("Adobe subscription 59.99", "Adobe");
        check("paid on Monday", "");
        check("收到客户王先生的货款两万五", "王先生");
        check("今天在星巴克买咖啡32块", "星巴克");
        check("ACME付了5000", "ACME");
    }
}
