//! Sums that settle what came before them, and sums that nobody paid.
//!
//! "It came to 51.60, split four ways, so I put in my 12.90": one thing happened, and the last sum is the
//! one that moved. "A chair for 1,150, will think about it": nothing happened at all.

use std::sync::LazyLock;

use regex::Regex;

use crate::text::pattern;

/// What a sum has to do with the sum before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closes {
    /// It is the teller's own part of that.
    OwnPart,
    /// It is what was paid in the end.
    PaidInTheEnd,
    /// Less was paid than that.
    Less,
}

static OWN_PART: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:\bmy (?:own )?(?:share|part|half|bit|portion|third|quarter|cut)?(?: of (?:it|that))?(?: (?:is|was|came to|comes to|being|of))?|\bi (?:just |only |then )?(?:put in|chipped in|threw in|paid|owe|gave)(?: my)?(?: share| part| half)?|我(?:的|那|自己)*一?份(?:是|为)?|我(?:只|就)?(?:付|出|转|给)(?:了|给)?[他她]?我?的?那?一?份?)[ :]*$",
    )
});
static SHARED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\bsplit\b|\bshared?\b|\bways\b|\bhalf\b|\bhalves\b|\bthird\b|\bbetween (?:us|the)\b|\beach of us\b|平分|均分|\baa\b|分摊|平摊|均摊|[一二两三四五六七八九十\d]个?人|各付",
    )
});
static IN_THE_END: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:实付|实收|实际(?:只)?(?:付|收|支付|到手|花)(?:了)?|折后价?|券后|优惠后|(?:最后|最终)(?:只)?(?:付|给|收|花)了?|\bactually paid|\bended up paying|\bpaid (?:only|just)|\bgot it (?:for|down to)|\bdown to|^ ?=)[ :]*$",
    )
});
static SO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\bso (?:i )?(?:only |just )?(?:paid )?(?:the (?:last|remaining|other) )?$")
});
/// What has to be said for "so" to mean that less was paid.
static LESS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\bhalf\b|\boff\b|\bdiscount|\balready\b|\bup ?front\b|\bdeduct|\bless\b|\bdeposit\b")
});

/// Whether a sum settles the one before it. `between` is what stands between both, `sentence` the whole.
pub fn closes(between: &str, sentence: &str) -> Option<Closes> {
    if OWN_PART.is_match(between) && SHARED.is_match(sentence) {
        return Some(Closes::OwnPart);
    }
    if IN_THE_END.is_match(between) {
        return Some(Closes::PaidInTheEnd);
    }
    (SO.is_match(between) && LESS.is_match(sentence)).then_some(Closes::Less)
}

static NOT_PAID_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:\b(?:did(?:n't| not) (?:take|buy|pay for|get|want|need)|decided against|turned down|skipped|need to (?:invoice|bill|pay|buy|order))(?: [a-z']+){0,3}|^\s*(?:call|ring|phone|email|text|message|remind) [a-z' ]{2,24}\b(?:back|on|about)\b.*|\bremember to (?:invoice|bill|pay|buy|order|chase|send)\b.*|\bshould (?:be|cost)(?: me| us)?(?: about| around)?|\bquoted?(?: me| us)?(?: was| is| of| at)?|\bquotes? (?:from|for)(?: [a-z']+){1,7}|报价(?:是|为)?|答应(?:给|付)[^,;花付]*|记得要?(?:付|交|买|请款|催)[^,;]*|(?:听说|据说|打算|计划(?:买|换)|准备(?:买|换|订)|想(?:买|换))[^;花付了]{0,24}|没有?买[^,;花付]{0,4})[ $€£¥]*$",
    )
});
static NOT_PAID_BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:will|i'll|need to|have to) think\b|\bthink(?:ing)? (?:it over|about it)\b|\btoo (?:expensive|dear|pricey|steep)\b|\bmaybe (?:later|next)\b|\balready (?:in the books|booked|entered|recorded)\b|再看看|再说|再考虑|考虑一下|下个?(?:月|周|星期|礼拜)再|太贵|好贵|没舍得|(?:记|入)过账",
    )
});
/// Words of what was done. Whoever has paid may well think of more.
static DONE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:paid|bought|got|spent|received|took|sold|sent|transferred|collected|ordered)\b|[花付买交收还卖刷退转](?:了|掉|完|到|好)|已",
    )
});

/// Questions ask about sums and pay none.
static ASKS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\s*(?:does|do|did|can|could|should|would|is|are|am|how|what|which|who|when|where|why|anyone|any idea)\b|(?:吗|呢|么)\s*$",
    )
});

/// Whether a sentence asks something. `end` is what it ends with.
pub fn asks(sentence: &str, end: Option<char>) -> bool {
    (end == Some('?') || sentence.trim_end().ends_with('吗'))
        && ASKS.is_match(sentence)
        && !DONE.is_match(sentence)
}

/// Whether a balance was paid and is not what is left: "the balance of 1,750 hit my account".
pub fn is_moved(tail: &str) -> bool {
    static MOVED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^[^,;]{0,30}\b(?:hit (?:my|our)|came in|arrived|received|landed|was paid|paid in|cleared)\b",
        )
    });
    MOVED.is_match(tail)
}

/// What others owe of a sum that was told.
pub fn is_owed_of_it(between: &str) -> bool {
    static OWED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"\b(?:still )?owes? (?:me|us) ?[$€£¥]?$|^ of (?:their|his|her|the|its) ?[$€£¥]?$")
    });
    OWED.is_match(between)
}

/// Whether the words around a sum say that nobody paid it. `before` is what stands between the sum before
/// and this one, `behind` what follows up to the next.
pub fn is_not_paid(before: &str, behind: &str) -> bool {
    if NOT_PAID_BEFORE.is_match(before) {
        return true;
    }
    NOT_PAID_BEHIND.is_match(behind) && !DONE.is_match(before) && !DONE.is_match(behind)
}

static THRESHOLD: LazyLock<Regex> = LazyLock::new(|| pattern(r"满(\d{2,6}) ?元?(?:立)?[减送] ?$"));

/// Of 满400减50 the sum from which on, for what stands before the second.
pub fn threshold(before: &str) -> Option<&str> {
    THRESHOLD
        .captures(before)
        .and_then(|found| found.get(1))
        .map(|sum| sum.as_str())
}

/// Whether a sum is what was taken off the one before it: 满减优惠20元.
pub fn is_off(before: &str) -> bool {
    static OFF: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?:满减|立减|优惠|减免|抵扣|抵了|减了|少收)(?:优惠|券|了)? ?$"));
    OFF.is_match(before)
}

/// Whether a sum is the first of 满400减50.
pub fn is_threshold(before: &str, behind: &str) -> bool {
    before.trim_end().ends_with('满')
        && behind
            .trim_start_matches(['元', ' ', '立'])
            .starts_with(['减', '送'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_settles_the_sum_before_it() {
        #[track_caller]
        fn check(between: &str, expected: Option<Closes>) {
            assert_eq!(closes(between, between), expected, "{between}");
        }
        check(", split 3 ways so i put in my ", Some(Closes::OwnPart));
        check(",三个人平分,我那份", Some(Closes::OwnPart));
        check(",打完折实付", Some(Closes::PaidInTheEnd));
        check(", half if paid early so ", Some(Closes::Less));
        check(" and so ", None);
        check(", then my ", None);
        check(", bread ", None);
    }

    #[test]
    fn what_nobody_paid() {
        #[track_caller]
        fn check(before: &str, behind: &str, expected: bool) {
            assert_eq!(is_not_paid(before, behind), expected, "{before}…{behind}");
        }
        check("the desk is ", " there, will think about it", true);
        check(" didn't take the ", " cover", true);
        check("didn't get the bus so i took a taxi ", "", false);
        check("没加糖的奶茶", "", false);
        check("remember to invoice the mill, ", "", true);
        check(",答应给他的", "下个月再给", true);
        check("还了", ",剩的下个月再说", false);
        check("paid ", " but it was too expensive", false);
        check("lunch ", "", false);
        check("call jim back on ", " about the chairs", true);
        check("听说隔壁房租涨到", "一个月了", true);
    }
}
