//! What stands around a number: the sign or word of a currency, before it or behind it.

use rust_decimal::Decimal;

use super::cents;
use super::currency::{Named, is_code, words_before, words_behind};
use crate::number::Number;
use crate::text::{Span, Text, after, before, is_latin};

/// A number with the currency around it.
#[derive(Debug, Clone, PartialEq)]
pub struct Worth {
    /// Number and currency together.
    pub span: Span,
    /// The value, smaller units included.
    pub value: Option<Decimal>,
    /// Which currency; nothing where none is named.
    pub named: Option<Named>,
}

/// Reads what stands around a number. A number without a currency comes back as it is.
pub fn around(text: &Text, number: &Number) -> Worth {
    let folded = text.folded();
    let mut money = Worth {
        span: number.span.clone(),
        value: number.value,
        named: None,
    };
    let head = head(folded, number.span.start).or_else(|| code_before(text, number.span.start));
    let tail = tail(folded, number, head.is_some()).or_else(|| code_after(text, number.span.end));
    if let Some((begin, named)) = &head {
        money.span.start = *begin;
        money.named = Some(named.clone());
    }
    if let Some(found) = tail {
        money.span.end = found.end;
        if found.is_cents {
            money.value = money.value.map(|value| value / Decimal::ONE_HUNDRED);
        }
        // 人民币50元, $50 USD: the more certain of both.
        if !matches!(money.named, Some(Named::Code(_))) || matches!(found.named, Named::Code(_)) {
            money.named = Some(found.named);
        }
    }
    if money.named.is_some() || folded[money.span.end..].starts_with(['毛', '角']) {
        cents::add(folded, &mut money);
    }
    money
}

/// A sign or word before a number.
fn head(text: &str, at: usize) -> Option<(usize, Named)> {
    let trimmed = text[..at].trim_end_matches(' ');
    if at - trimmed.len() > 2 {
        return None;
    }
    let trimmed = trimmed.strip_suffix(':').unwrap_or(trimmed);
    let word = words_before().iter().find(|word| {
        trimmed.ends_with(&word.text) && {
            let begin = trimmed.len() - word.text.len();
            let is_alphabetic = word.text.starts_with(is_latin);
            !(is_alphabetic && before(text, begin).is_some_and(is_latin))
        }
    })?;
    Some((trimmed.len() - word.text.len(), word.named.clone()))
}

struct Tail {
    end: usize,
    named: Named,
    is_cents: bool,
}

/// A sign or word behind a number.
fn tail(text: &str, number: &Number, has_head: bool) -> Option<Tail> {
    let at = number.span.end;
    let rest = &text[at..];
    let trimmed = rest.trim_start_matches([' ', '-']);
    let gap = rest.len() - trimmed.len();
    if gap > 1 {
        return None;
    }
    let word = words_behind()
        .iter()
        .find(|word| fits(&word.text, trimmed, gap, number, text))?;
    let end = at + gap + word.text.len();
    // "rmb 10 usd 20": what stands before a number belongs to that one.
    let next = text[end..].trim_start_matches(' ').chars().next();
    let belongs_ahead = has_head
        && word.text.starts_with(is_latin)
        && next.is_some_and(|letter| letter.is_ascii_digit());
    (!belongs_ahead).then(|| Tail {
        end,
        named: word.named.clone(),
        is_cents: word.is_cents,
    })
}

fn fits(word: &str, rest: &str, gap: usize, number: &Number, text: &str) -> bool {
    let Some(after_word) = rest.strip_prefix(word) else {
        return false;
    };
    let next = after_word.chars().next();
    match word {
        // One letter is a currency only where it touches the number.
        "p" | "c" => gap == 0 && !next.is_some_and(is_latin),
        // A sign before a further number is that number's.
        "$" | "¥" | "￥" | "€" | "£" | "₹" | "฿" | "₩" | "₫" | "₱" | "₽" | "₺" | "₪" | "₦"
        | "₭" => !next.is_some_and(|letter| letter.is_ascii_digit()),
        "pounds" | "pound" => !is_weight(after_word) && !next.is_some_and(is_latin),
        "块" | "块钱" => !is_piece(word, after_word, number, text),
        "刀" | "欧" | "镑" | "铢" => {
            !next.is_some_and(|letter| "片叉具洲元式姆".contains(letter))
        }
        "元" | "圆" => !next.is_some_and(|letter| "旦宵素".contains(letter)),
        _ => {
            !(word.ends_with(is_latin)
                && next.is_some_and(|letter| is_latin(letter) && !letter.is_ascii_digit()))
        }
    }
}

/// "two pounds of apples".
fn is_weight(rest: &str) -> bool {
    rest.trim_start().starts_with("of ")
}

/// 两块蛋糕 are pieces of cake, two yuan are not told like that.
fn is_piece(word: &str, rest: &str, number: &Number, text: &str) -> bool {
    const THINGS: [&str; 28] = [
        "蛋糕",
        "豆腐",
        "面包",
        "肉",
        "披萨",
        "巧克力",
        "电池",
        "地毯",
        "布",
        "肥皂",
        "玻璃",
        "木板",
        "香皂",
        "硬盘",
        "显卡",
        "主板",
        "牛排",
        "鸡排",
        "饼",
        "屏幕",
        "手表",
        "砖",
        "板",
        "糖",
        "排骨",
        "荧幕",
        "萤幕",
        "石",
    ];
    let is_few =
        number.value.is_some_and(|value| value < Decimal::from(20)) && !number.has_fraction;
    let after_verb = text[..number.span.start]
        .trim_end()
        .ends_with(['花', '付', '共', '要', '收', '费', '找']);
    word == "块"
        && is_few
        && !after_verb
        && THINGS
            .iter()
            .any(|thing| rest.trim_start().starts_with(thing))
}

/// Three capitals that are a code, or look like one.
fn code(text: &Text, span: &Span) -> Option<Named> {
    let written = text.original(span);
    let is_capital = written.len() == 3 && written.bytes().all(|byte| byte.is_ascii_uppercase());
    if !is_capital {
        return None;
    }
    is_code(written).then(|| Named::Code(written.to_owned()))
}

fn code_before(text: &Text, at: usize) -> Option<(usize, Named)> {
    let folded = text.folded();
    let trimmed = folded[..at].trim_end_matches(' ');
    let begin = trimmed
        .len()
        .checked_sub(3)
        .filter(|begin| folded.is_char_boundary(*begin))?;
    let is_free = at - trimmed.len() <= 1 && !before(folded, begin).is_some_and(is_latin);
    let named = code(text, &(begin..trimmed.len())).filter(|_| is_free)?;
    Some((begin, named))
}

fn code_after(text: &Text, at: usize) -> Option<Tail> {
    let folded = text.folded();
    let begin = at + usize::from(folded[at..].starts_with(' '));
    let end = begin + 3;
    if end > folded.len()
        || !folded.is_char_boundary(end)
        || after(folded, end).is_some_and(is_latin)
    {
        return None;
    }
    let named = code(text, &(begin..end)).or_else(|| invented(text, &(begin..end)))?;
    Some(Tail {
        end,
        named,
        is_cents: false,
    })
}

/// `20 XYZ`: written like a code and none. Words that often stand in capitals are no such thing.
fn invented(text: &Text, span: &Span) -> Option<Named> {
    const WORDS: [&str; 34] = [
        "VAT", "GST", "TAX", "USB", "DHL", "UPS", "KFC", "IBM", "ATM", "PDF", "SSD", "LED", "CEO",
        "AWS", "API", "EMS", "MOT", "BBQ", "SIM", "VPN", "VPS", "BUS", "CAB", "FOR", "AND", "THE",
        "PER", "INC", "LTD", "LLC", "GAS", "TEA", "KTV", "ETC",
    ];
    let written = text.original(span);
    let is_like = written.len() == 3
        && written.bytes().all(|byte| byte.is_ascii_uppercase())
        && !WORDS.contains(&written);
    is_like.then(|| Named::Unknown(written.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number;

    #[track_caller]
    fn check(text: &str, value: &str, named: &str) {
        let text = Text::new(text);
        let number = number::find(text.folded(), &[]).into_iter().next().unwrap();
        let money = around(&text, &number);
        let name = match money.named {
            None => "none".to_owned(),
            Some(Named::Code(code)) => code,
            Some(Named::OneOf(_, family)) => format!("{family:?}"),
            Some(Named::Unknown(word)) => format!("?{word}"),
        };
        let found = money.value.map(|value| value.normalize().to_string());
        assert_eq!(
            (found.as_deref(), name.as_str()),
            (Some(value), named),
            "{}",
            text.folded()
        );
    }

    #[test]
    fn signs_words_and_codes() {
        check("€20", "20", "EUR");
        check("20€", "20", "EUR");
        check("$1.5k", "1500", "Dollar");
        check("NT$500", "500", "TWD");
        check("HK$ 120", "120", "HKD");
        check("RM45", "45", "MYR");
        check("US$20.00", "20", "USD");
        check("forty-five dollars", "45", "Dollar");
        check("12,600 元", "12600", "Yuan");
        check("50 KES", "50", "KES");
        check("50 XYZ", "50", "?XYZ");
        check("paid 20 VAT", "20", "none");
        check("人民币50元", "50", "CNY");
        check("85港币", "85", "HKD");
        check("24,000 日圓", "24000", "JPY");
        check("0.5 BTC", "0.5", "?BTC");
        check("rmb 10 usd 20", "10", "CNY");
        check("USD115.5", "115.5", "USD");
        check("17 pounds of apples", "17", "none");
    }

    #[test]
    fn hundredths() {
        check("三塊三", "3.3", "Yuan");
        check("三十八块五，晚上", "38.5", "Yuan");
        check("12块5毛", "12.5", "Yuan");
        check("八塊半", "8.5", "Yuan");
        check("50元6角三分", "50.63", "Yuan");
        check("五毛", "0.5", "none");
        check("两块蛋糕", "2", "none");
        check("5 dollars and 20 cents", "5.2", "Dollar");
        check("five bucks fifty", "5.5", "Dollar");
        check("99 cents", "0.99", "Dollar");
        check("50p", "0.5", "GBP");
        check("两美元又三美分", "2.03", "USD");
        check("15元3个", "15", "Yuan");
        check("八十六块四", "86.4", "Yuan");
    }
}
