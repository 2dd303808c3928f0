//! Turns of phrase that look like others, put plainly before a happening is taken for what it means, and
//! those that say nothing for certain.

use std::sync::LazyLock;

use regex::Regex;

use super::pattern;

/// 给我妈买 is for her and not to me.
static FOR_THE_FAMILY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"给我们?(?:家|爸|妈|爹|娘|老婆|老公|太太|先生|媳妇|儿子|女儿|孩子|宝宝|哥|姐|弟|妹|爷|奶|外公|外婆|姥|岳|婆婆|公公|男友|女友|男朋友|女朋友|朋友|同学|同事|老板)",
    )
});

static TO_COME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:which|that|and) (?:i|we)(?:'ll| will)? get (?:it )?back (?:when|once|after|if|at)\b[^,;]*",
    )
});

/// What others owe of it says nothing of what the teller paid.
static OWED_OF_IT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"[,;] ?(?:and )?(?:the )?(?:other|others|rest)\b[^,;]{0,24}\bowes? (?:me|us)\b[^,;]*")
});

static TO_MY_OWN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"还(?:了)?我(姐|妹|妈|爸|哥|弟|朋友|同学|同事|老婆|老公|舅|叔|姑|姨|爷|奶)")
});

static PAID_FOR: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b((?:he|she|they)(?: (?:has|have|just|already))?) paid for "));

static GAVE_AS_WELL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"还给([^我,;]{1,4}?)(包|买|做|带|送|发|订|点|充|请)"));

/// The words of a happening with such turns taken out of them.
pub fn plain(folded: &str) -> String {
    let folded = FOR_THE_FAMILY.replace_all(folded, "给亲人");
    // "I get it back when …" is to come, and "he paid for both" is his.
    let folded = TO_COME.replace_all(&folded, " ");
    let folded = PAID_FOR.replace_all(&folded, "$1 paid ");
    // 还给她包了红包: and gave her one.
    let folded = GAVE_AS_WELL.replace_all(&folded, "又给$1$2");
    let folded = OWED_OF_IT.replace_all(&folded, " ");
    // 还我姐 is to her.
    let folded = TO_MY_OWN.replace_all(&folded, "还给$1");
    // Income tax is no income.
    folded.replace("income tax", "tax")
}

/// Words of whoever is paid for something. They decide nothing, for one pays for lessons as well.
static MAY_EARN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\blessons?\b|\bstudents?\b|\bpupils?\b|\bclients?\b|\bcustomers?\b|\btenants?\b|\bguests?\b|\bsold\b|\bmarket stall\b|\bgot .{0,8}\bfrom\b|\bcame in\b|\bwedding\b|\bgig\b|\bcommission\b|学生|学员|客人|客户|顾客|租客|房客|买家|房费|课时|上课|营业",
    )
});
/// What can only be spent.
static OUT_IN_SO_MANY_WORDS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:i|we) (?:just |have )?(?:paid|bought|spent|ordered)\b|^(?:paid|bought|spent|ordered|booked)\b|\bcost\b|\bcharged me\b|买了|花了|付给|交了|缴了|请客|给客",
    )
});

/// Whether the teller may have been paid, although the words do not say so, nor that they paid.
pub fn may_have_been_paid(said: &str) -> bool {
    !OUT_IN_SO_MANY_WORDS.is_match(said) && MAY_EARN.is_match(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_are_put_plainly() {
        #[track_caller]
        fn check(said: &str, expected: &str) {
            assert_eq!(plain(said), expected);
        }
        check("he paid for both", "he paid both");
        check("还给她包了红包", "又给她包了红包");
        check("还我姐借款", "还给姐借款");
        check("还我钱", "还我钱");
        check("pizza, the others still owe me theirs", "pizza ");
        check("income tax", "tax");
    }
}
