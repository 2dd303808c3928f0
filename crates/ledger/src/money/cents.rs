//! Hundredths behind a sum: 三块三, 12块5毛, "5 dollars and 20 cents".

use rust_decimal::Decimal;

use super::worth::Worth;
use crate::number;
use crate::text::after;

/// Signs that make a counted thing of the digit before them.
const MEASURES: &str =
    "个张台只件杯瓶本包盒条双份碗次天年月日号人位斤公里百千万十点块元岁楼袋箱片根支把串罐颗";

/// Hundredths behind the main unit: 三块三, 12块5毛, 5 dollars and 20 cents, 3 euros 50.
pub fn add(text: &str, money: &mut Worth) {
    let unit_end = money.span.end;
    let said = &text[money.span.clone()];
    // 两美元又三美分 names the hundredths as English does.
    let names_cents = text[unit_end..].starts_with('又');
    if (said.ends_with(['块', '元', '圆', '蚊']) && !names_cents)
        || said.ends_with("块钱")
        || text[unit_end..].starts_with(['毛', '角'])
    {
        chinese_cents(text, money);
        return;
    }
    let rest = &text[unit_end..];
    let trimmed = rest.trim_start_matches([' ', '又']);
    let trimmed = trimmed.strip_prefix("and ").unwrap_or(trimmed);
    let begin = unit_end + rest.len() - trimmed.len();
    let is_word = said.ends_with(char::is_alphabetic);
    if !is_word || begin - unit_end > 5 {
        return;
    }
    // Cents are close by or not there; the rest of a long text is not read for them.
    let near = &text[begin..text.ceil_char_boundary((begin + 40).min(text.len()))];
    let found = number::find(near, &[]).into_iter().next();
    let Some(cents) = found.filter(|number| number.span.start == 0) else {
        return;
    };
    let Some(value) = cents
        .value
        .filter(|value| *value < Decimal::ONE_HUNDRED && value.fract().is_zero())
    else {
        return;
    };
    let end = begin + cents.span.end;
    let behind = &text[end..];
    let unit = ["cents", "cent", "pence", "美分", "p", "sen"]
        .iter()
        .find_map(|word| {
            behind
                .trim_start()
                .strip_prefix(word)
                .map(|rest| text.len() - rest.len())
        });
    // Without a word for it only two digits in English directly behind are cents: "five bucks fifty".
    let is_bare = is_over(behind, cents.shape) && value >= Decimal::TEN && begin - unit_end == 1;
    if let Some(end) = unit.or(is_bare.then_some(end)) {
        money.value = money.value.map(|main| main + value / Decimal::ONE_HUNDRED);
        money.span.end = end;
    }
}

/// Whether nothing behind a number can belong to it. In words it may be followed by more of the sentence.
fn is_over(behind: &str, shape: number::Shape) -> bool {
    const GOES_ON: [&str; 11] = [
        "and",
        "then",
        "for",
        "on",
        "at",
        "in",
        "from",
        "yesterday",
        "today",
        "so",
        "but",
    ];
    let behind = behind.trim_start();
    let word = behind.split(' ').next().unwrap_or_default();
    let ends = behind
        .chars()
        .next()
        .is_none_or(|letter| ",.;:!)\n".contains(letter));
    ends || shape == number::Shape::Words && GOES_ON.contains(&word)
}

/// 三块三(毛五), 12块5, 8块半, 5元3毛2分; also 五毛 by itself.
fn chinese_cents(text: &str, money: &mut Worth) {
    let mut at = money.span.end;
    if text[at..].starts_with(['毛', '角']) && money.named.is_none() {
        money.value = money.value.map(|value| value / Decimal::TEN);
        at += '毛'.len_utf8();
        money.span.end = at;
        return;
    }
    let is_casual = text[..at].ends_with(['块', '蚊']);
    if is_casual && text[at..].starts_with('半') {
        money.value = money.value.map(|value| value + Decimal::new(5, 1));
        money.span.end = at + '半'.len_utf8();
        return;
    }
    let mut sum = Decimal::ZERO;
    let mut first = true;
    loop {
        let digits = digits_at(text, at);
        let Some(value) = number::small_han(&digits).filter(|_| !digits.is_empty()) else {
            break;
        };
        let end = at + digits.len();
        let value = Decimal::from(value);
        let next = after(text, end);
        let (worth, end) = match next {
            Some('毛' | '角') => (value / Decimal::TEN, end + '毛'.len_utf8()),
            Some('分') => (value / Decimal::ONE_HUNDRED, end + '分'.len_utf8()),
            next if (is_free(next) || is_one_of(text, end)) && (is_casual || !first) => {
                let is_tenth = digits.chars().count() == 1 && first;
                (
                    value
                        / if is_tenth {
                            Decimal::TEN
                        } else {
                            Decimal::ONE_HUNDRED
                        },
                    end,
                )
            }
            _ => break,
        };
        sum += worth;
        at = end;
        first = false;
    }
    money.value = money.value.map(|value| value + sum);
    money.span.end = at;
    if text[at..].starts_with('钱') {
        money.span.end += '钱'.len_utf8();
    }
}

/// At most two digits. Of 四块五一斤 the 一 belongs to what the price is for.
fn digits_at(text: &str, at: usize) -> String {
    let mut digits: String = text[at..]
        .chars()
        .take_while(|letter| is_small_digit(*letter))
        .take(2)
        .collect();
    if let Some(last) = digits.strip_suffix('一').map(str::len)
        && last > 0
        && is_one_of(text, at + last)
    {
        digits.truncate(last);
    }
    digits
}

/// Whether 一 and a counted thing follow: 五一斤.
fn is_one_of(text: &str, at: usize) -> bool {
    let rest = text[at..].strip_prefix('一');
    rest.and_then(|rest| rest.chars().next())
        .is_some_and(|letter| MEASURES.contains(letter) && !"点块元百千万十".contains(letter))
}

fn is_small_digit(letter: char) -> bool {
    letter.is_ascii_digit()
        || number::small_han(&letter.to_string()).is_some_and(|digit| digit < 10)
}

/// Whether no counted thing follows: 三块三 but not 三块3个.
fn is_free(next: Option<char>) -> bool {
    next.is_none_or(|letter| {
        !MEASURES.contains(letter) && !letter.is_ascii_digit() && !is_small_digit(letter)
    })
}
