//! What a number counts when no currency stands beside it.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::Sense;
use crate::number::{Number, Shape};
use crate::text::{Span, after, before, is_han, pattern};

/// Names that are written with numbers. They are passed over before numbers are looked for.
static NAMES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"7-?11|7-eleven|711便利|85度c|五十岚|八百屋|六福|四川|九份|三星|九龙|三明治|五金|百度|千层|百货|一兰|三井|万豪|",
        r"(?:microsoft|office) 365|m365|24/7|50/50|9to5|一起|一些|一下|一次性|一直|一样|一般|一定|统一|一共|万一|十分|三八|",
        r"50岚|\d+兆(?:的|宽|网|带|光)|228(?:那天|当天|连假|假期|纪念日)|\b(?:inv(?:oice)?|order|ref|po|no\.)[.:]? ?#?\d+(?:[-/]\d+)+\b|\b(?:invoices|orders|numbers|nos\.) #?\d+ ?(?:to|-|–) ?#?\d+\b|五星|七夕|八仙|九九重阳|三菱|五羊|双十一|双11|五一|六一|十一黄金周|一卡通|一点点|百胜|四季|第[一二三四五六七八九十\d]+|",
        r"101大楼|台北101|(?:9[258])(?:号?(?:无铅|汽油)|号油|加满)|\bcovid-19\b|web ?[23]\.0|\b[a-qs-wyz]\d{1,4}\b|\br[1-9]\b|\b\d{1,2}[a-z]\d\b|\bh&m\b|\b3m\b|\b[345]g\b|\b4s店|\b4k\b|\b3c\b|\b1password\b|\b99 ranch\b|\b7up\b|",
        r"(?:\+\d{1,3}[- ]?)?\(?\d{2,4}\)?-\d{3,4}-\d{3,4}\b|\b0\d{1,3}[- ]\d{3,4}[- ]?\d{3,4}\b|\b0\d{4} \d{6}\b|\b0\d{3} \d{3} \d{4}\b|\b0\d{9,10}\b|\+\d{8,14}\b|\b1[3-9]\d{9}\b|",
        r"三心二意|一心|一路|一同|一并|一半|各一半|三人行|八方|万一|千万别|一杯|一顿|一餐|一张|一本|一台|一件|一瓶|一份|一个|一只|一双|一条|一盒|一包|一袋|一支|一把|一家|一位|一批|一年|一天|一晚|一周|一些|一箱|一套|一趟|一场|一束|一副|一部|一片|一人|一名|一组|一款|一笔|一桶|一罐|一辆|一间"
    ))
});

/// Units behind a number, in English.
static UNITS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^[ -]?(?:in attendance|people|ppl|persons?|pax|guests|pcs?|pieces?|items?|units?|hours?|hrs?|h|minutes?|mins?|days?|nights?|weeks?|months?|years?|yrs?|",
        r"words?|lengths?|stems?|walks?|cuts?|lessons?|sessions?|classes|bales?|trays?|sacks?|yards?|acres?|characters?|km|kms|kilomet(?:er|re)s?|miles?|kgs?|kilos?|grams?|g|lbs?|ounces?|oz|lit(?:er|re)s?|l|ml|cl|gb|tb|mb|inch(?:es)?|cm|mm|met(?:er|re)s?|pages?|",
        r"pounds of|dozens?|percent|per cent|pct|points?|times|copies|cups?|bottles?|boxes|box|bags?|packs?|packets?|cans?|tickets?|rooms?|seats?|licen[cs]es|users?|",
        r"am|pm|a\.m\.|p\.m\.|o'clock|tix|st|nd|rd|th|mph|kwh|gallons?|sets?|pairs?|rolls?|sheets?|cartons?|crates?|of us|of them|ways?|stars?|years old|bedroom|person|day|night|hour|month|week)\b"
    ))
});

/// Measure words behind a number, in folded Chinese.
static MEASURES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^ ?(?:车次|班次|航次|大寿|周年|单|节|堂|个(?:人|月|小时|钟头|星期|礼拜|晚上)?|台|张|瓶|杯|件|双|条|箱|盒|包|袋|枝|辆|位|份|次|天|晚|夜|间|公斤|斤|公里|公升|里路|吨|升|隻|顿|餐|套|桶|罐|根|颗|粒|棵|朵|",
        r"对|组|场|小时|分钟|钟|周|层|级|岁|度|折|成|寸|吋|英寸|平米|平方|坪|人份|人|本|支|把|部|只|片|期|名|点|盘|碗|串|打|匹|卷|块|卡|号|楼|年|月|日|路|桌|趟|箱子|道|束|盆|幅|门|股|倍|代|版|季|集|圈|头|尾|座|栋|户|家|字|页|行|棵|码)"
    ))
});

/// What follows a measure word that shows it to be part of another word: 支付, 本月, 打车.
static NO_MEASURES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^ ?(?:堂(?:食|弟|妹|哥|姐|兄|吃)|节(?:日|假|目|约|省|点|气)|单(?:据|价|位|独|身|人|号|子|程|品|元)|支(?:付|出|票)|本(?:周|月|日|人|来|期|店)|打(?:车|的|印|折|包|八|九|七|工|款|到|给|入)|个(?:人|体)(?:卡|账|帐|户|名|所)|把(?:钱|它|这)|部分|对(?:方|公|账|帐)|成(?:本|功|都)|点(?:了|餐|外|卡)|月(?:租|费|结|卡|票|付|底|初)|年(?:费|底|初|终|货)|日(?:元|圆|币|用|常|本)|人(?:民|工|家|情)|号码|份子|家(?:用|里|具|乐|电)|代(?:驾|付|购|垫)|名片|片(?:场|酬)|集(?:资)|版(?:权|费)|座(?:椅|垫)|包(?:月|邮|括|含|车|裹)|天(?:猫|然)|周(?:转|边)|头款|门票|卡(?:费|里|上)|路(?:费|边|上)|股(?:票|息|利)|场(?:租|地)|级别|次日|间接|点心|道路|套餐|组合|度假|双人|块)|字(?:幕|典|画|帖|体|母)|行(?:李|程|政|业|情|人|李箱)|页面",
    )
});

/// Words before a number that make it a name.
static LABELS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?:#|\b(?:no\.?|nr\.?|number|invoice|inv\.?|order|ref\.?|reference|room|flight(?: [a-z][a-z0-9])?|size|sizes|suite|apt\.?|apartment|bus|route|gate|table|version|(?:phone|tel\.?|telephone|mobile)(?: number| no\.?| is|:)|zip|",
        r"box|acct\.?|ending(?: in)?|po|iphone|ipad|galaxy|windows|pixel|playstation|ps|xbox|model|level|class|tier|phase|grade|gen|generation|mk|highway|formula|area|chapter|volume|season|episode|platform|floor|",
        r"terminal|track|exit|odometer|odo|mileage|meter reading|zone|section|receipt|batch|serial|seat|postcode|employee)",
        r"(?:\s*(?:is|no\.?|nr\.?|number|#|:|code))*|(?:房间?号?|编号|单号|订单|统编|统一编号|统一编|发票号码?|发票|号码|电话|手机号?|卡号|尾号|末四码|帐号|账号|工号|车次|车号|第|型号|序号|邮编|门牌|票号|学号|班次|航班|桌号)(?:号码?|是|为|[:：])?)\s*$"
    ))
});

/// Rooms that have a purpose and no number.
static ROOMS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:waiting|meeting|conference|dining|living|stock|show|class|changing|server|board|break|staff|tea|tasting|treatment) ?room\s*$",
    )
});

/// Words before a year.
static BEFORE_YEAR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:\b(?:in|since|during|fy|year|calendar|until|summer|winter|spring|autumn|fall|january|february|march|april|may|june|july|august|september|october|november|december))\s*$",
    )
});

/// Streets and such behind a house number.
static STREETS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^ (?:[a-z']+ ){1,2}(?:street|st\.?|road|rd\.?|avenue|ave\.?|lane|drive|square|way|blvd|boulevard)\b",
    )
});

/// Where names with numbers in them stand.
pub fn names(text: &str) -> Vec<Span> {
    NAMES
        .find_iter(text)
        .filter(|found| {
            let span = found.range();
            let is_free = crate::text::is_whole_word(text, &span);
            // 一百 is no name even where 一百货 might be one; 一个 before 亿 neither.
            let next = after(text, span.end);
            is_free
                && !is_behind_a_point(text, span.start)
                && !goes_on_as_a_figure(text, span.end)
                && !next.is_some_and(|letter| "百千万亿".contains(letter))
                && !is_amount_like(text, &span)
        })
        .map(|found| found.range())
        .collect()
}

/// 2.4k is no screen, and 1.3m no maker of glue: they are the ends of numbers.
fn is_behind_a_point(text: &str, at: usize) -> bool {
    let head = text[..at].strip_suffix(['.', ',']).unwrap_or_default();
    head.ends_with(|letter: char| letter.is_ascii_digit())
}

/// R1 is no name in R1,240.
fn goes_on_as_a_figure(text: &str, at: usize) -> bool {
    let rest = text[at..].strip_prefix([',', '.', ' ']).unwrap_or_default();
    let is_behind_a_digit = text[..at].ends_with(|letter: char| letter.is_ascii_digit());
    is_behind_a_digit && rest.starts_with(|letter: char| letter.is_ascii_digit())
}

/// 五十元 is not the beginning of a shop's name, 一一五 no word.
fn is_amount_like(text: &str, span: &Span) -> bool {
    let said = &text[span.clone()];
    let is_han = said.chars().all(is_han);
    is_han
        && before(text, span.start)
            .is_some_and(|letter| "百千万十二三四五六七八九".contains(letter))
}

/// How many bytes to either side of a number are looked at.
const NEAR: usize = 90;

/// What a number without a currency counts.
pub fn sense(text: &str, number: &Number) -> Sense {
    // What stands near is enough, and a long text is not read anew for every number.
    let begin = text.floor_char_boundary(number.span.start.saturating_sub(NEAR));
    let end = text.ceil_char_boundary((number.span.end + NEAR).min(text.len()));
    let head = &text[begin..number.span.start];
    let tail = &text[number.span.end..end];
    let trimmed = tail.trim_start();
    if trimmed.starts_with(['%', '‰'])
        || head.ends_with("百分之")
        || trimmed.starts_with("percent")
        || trimmed.starts_with('趴')
    {
        return Sense::Percent;
    }
    if let Some(sense) = by_itself(&text[number.span.clone()], number) {
        return sense;
    }
    if number.shape == Shape::Words && !number.is_scaled && !number.has_fraction {
        return word(head, tail);
    }
    if before(text, number.span.start)
        .is_some_and(|letter| letter.is_ascii_alphabetic() || letter == '_')
    {
        return Sense::Name;
    }
    if is_time(head, tail) || is_hour(head, number) || is_term(head, tail, number) {
        return Sense::Measure;
    }
    let is_room = trimmed.starts_with(['房', '室'])
        && !["房费", "房租", "房款", "房价", "房贷", "房钱"]
            .iter()
            .any(|word| trimmed.starts_with(word));
    // f/1.4 is what a lens is called.
    let is_of_a_lens = head.ends_with("f/");
    if is_of_a_lens || (STREETS.is_match(tail) || is_room) && number.is_plain_integer() {
        return Sense::Name;
    }
    let is_bare_han = number.shape == Shape::Han && !number.is_scaled;
    if UNITS.is_match(tail) || is_measured(tail) {
        return Sense::Count;
    }
    if LABELS.is_match(head) && !ROOMS.is_match(head) && !number.has_fraction {
        return Sense::Name;
    }
    if is_year(head, tail, number) {
        return Sense::Year;
    }
    if tail.starts_with(|letter: char| letter.is_ascii_alphabetic() && letter != 'x')
        || TIMES_AS_MUCH.is_match(tail)
        || DEPARTS.is_match(tail) && head.ends_with("the ")
    {
        return Sense::Measure;
    }
    if is_bare_han {
        // A single numeral among words is as often part of one.
        return if number.span.len() > 3 {
            Sense::Count
        } else {
            Sense::Word
        };
    }
    Sense::Money
}

/// What a number says without anything around it: a tenner is money, 0050 is what a
/// share is called, and eight digits in a row are a number of something.
fn by_itself(said: &str, number: &Number) -> Option<Sense> {
    if said.ends_with("tenner") || said.ends_with("fiver") {
        return Some(Sense::Money);
    }
    let is_code =
        number.is_plain_integer() && (said.len() >= 4 && said.starts_with('0') || said.len() >= 8);
    is_code.then_some(Sense::Name)
}

/// "2.3x": how many times as much, and not of what.
static TIMES_AS_MUCH: LazyLock<Regex> = LazyLock::new(|| pattern(r"^x(?:[^a-z0-9 ]|$)"));

/// "the 8.40 train". Without "the" it is what a ride cost.
static DEPARTS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^ (?:train|bus|ferry|flight|showing|screening)s?\b"));

fn is_measured(tail: &str) -> bool {
    MEASURES.is_match(tail) && !NO_MEASURES.is_match(tail)
}

/// A small number in an English word is money only where it stands like a price: "paid twenty for lunch".
fn word(head: &str, tail: &str) -> Sense {
    let verbs = [
        "paid", "spent", "cost", "costs", "for", "was", "were", "got", "received", "earned",
        "charged", "paying", "just", "only", "of", "about",
    ];
    let last = head.trim_end().rsplit(' ').next().unwrap_or_default();
    let next = tail.trim_start();
    let first = next.split([' ', ',', '.', ';']).next().unwrap_or_default();
    let ends = [
        "",
        "for",
        "on",
        "in",
        "at",
        "to",
        "from",
        "by",
        "yesterday",
        "today",
        "cash",
        "with",
        "and",
        "last",
    ];
    let is_price = verbs.contains(&last) && ends.contains(&first) && !tail.starts_with('-');
    if is_price { Sense::Money } else { Sense::Count }
}

/// "shut at 3", "home by 10".
fn is_hour(head: &str, number: &Number) -> bool {
    static HOURS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"\b(?:shut|closed?|opened?|home|back|started|finished|left|arrived|done|over|up|there|here) (?:at|by|till|until|around|about) $|\b(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)? (?:at|by|from|around|before|after) $|\b(?:tomorrow|tonight|morning|afternoon|evening) at $",
        )
    });
    let is_of_a_day = number.value.is_some_and(|value| value <= Decimal::from(24));
    is_of_a_day && number.is_plain_integer() && HOURS.is_match(head)
}

/// "net 30" of an invoice is when it is due. What is left of pay is told with its currency or as more.
fn is_term(head: &str, tail: &str, number: &Number) -> bool {
    const TERMS: [u32; 8] = [7, 10, 14, 15, 30, 45, 60, 90];
    let is_one = TERMS
        .iter()
        .any(|term| number.value == Some(Decimal::from(*term)));
    is_one && head.ends_with("net ") && head.contains("invoice") && !tail.starts_with(" for")
}

fn is_time(head: &str, tail: &str) -> bool {
    let ends_with_digit = |text: &str| text.ends_with(|letter: char| letter.is_ascii_digit());
    let begins_with_digit = |text: &str| text.starts_with(|letter: char| letter.is_ascii_digit());
    let colon_after = tail.strip_prefix(':').is_some_and(begins_with_digit);
    let colon_before = head.strip_suffix(':').is_some_and(ends_with_digit);
    colon_after || colon_before
}

fn is_year(head: &str, tail: &str, number: &Number) -> bool {
    let is_like = number.is_plain_integer()
        && number
            .value
            .is_some_and(|value| (Decimal::from(1990)..Decimal::from(2100)).contains(&value));
    // "insurance for 2026"; "the desk for 2000" is a price.
    let is_covered = head.ends_with("for ")
        && number
            .value
            .is_some_and(|value| value > Decimal::from(2010) && !(value % Decimal::TEN).is_zero());
    is_like
        && (is_covered
            || BEFORE_YEAR.is_match(head)
            || tail.trim_start().starts_with('年')
            || tail.starts_with(" tax")
            || tail.starts_with(" edition")
            || tail.starts_with(" model"))
}
