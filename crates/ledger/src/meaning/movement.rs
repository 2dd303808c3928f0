//! Movements between one's own accounts: withdrawn, repaid, borrowed, put in, taken out.

use std::sync::LazyLock;

use regex::Regex;

use super::{Kind, named_role, pattern};
use crate::chart::Role;

fn moved(from: Option<Role>, to: Option<Role>) -> Kind {
    Kind::Moved { from, to }
}

/// A pattern of movements and what it moves.
struct Movement {
    words: Regex,
    kind: Kind,
}

/// Movements between accounts, the more certain first.
static MOVEMENTS: LazyLock<Vec<Movement>> = LazyLock::new(|| {
    let movement = |words: &str, from: Option<Role>, to: Option<Role>| Movement {
        words: pattern(words),
        kind: moved(from, to),
    };
    vec![
        movement(
            r"\bcredit ?card (?:bill|balance|payment|debt)|\bcard (?:bill|balance)|\b(?:pay|paid|paying) (?:off |down )?(?:the |my |our )?(?:company )?(?:credit ?card|visa|amex|mastercard)\b|\b(?:pa(?:id|y|ying)|put|cleared|knocked|chipped|threw)\b.{0,24}\boff .{0,16}(?:the |my |our )(?:company )?(?:credit ?card|visa|amex|mastercard|card)\b|\bto (?:the |my |our )?credit card\b|\b(?:pay|paid|paying|cleared|settled) (?:off )?(?:the |my |our )?(?:whole |full |entire |rest of the )?(?:credit ?card|card|visa|amex|mastercard|store card) (?:balance|bill|debt|off)\b|(?:还|缴|交|付)(?:清|了)?.{0,4}(?:信用卡|卡费|卡债|花呗|白条)|(?:花呗|白条).{0,2}还|信用卡(?:还款|账单|帐单|费用?$|费[ ,;了]|卡费|款|缴款|欠款)|卡费",
            None,
            Some(Role::Card),
        ),
        movement(
            r"提现.{0,12}(?:银行|卡)|(?:支付宝|微信|零钱|余额宝|街口|钱包).{0,6}(?:提现|转出|转到|转回|提领).{0,12}|\b(?:withdrew|withdraw|transferred|moved|cashed out) .{0,20}\bfrom (?:my )?(?:paypal|alipay|wechat|venmo|revolut|wise|stripe)",
            Some(Role::Wallet),
            Some(Role::Bank),
        ),
        movement(
            r"\bwithdr(?:e|a)w\b|\bwithdrawn?\b|\bwithdrawal\b|\bfrom (?:the |an )?atm\b|\batm\b.{0,12}\bcash\b|\bcash(?: out)? from the bank|\btook out .{0,12}(?:in )?cash|\b(?:cash ?machine|cash ?point|atm|hole in the wall)\b.{0,24}\b(?:took out|got out|drew|out)\b|\b(?:took|got|drew) .{0,12}out (?:of|at|from) (?:the |a )?(?:cash ?machine|cash ?point|atm)|提款|取款|取现|提现|取钱|取了.{0,10}(?:现金|钱|块|元)|领钱|领现|领了?.{0,10}现金|提领|提了?.{0,10}现金|atm.{0,4}领|领.{0,4}出来",
            Some(Role::Bank),
            Some(Role::Cash),
        ),
        movement(
            r"\bdeposited .{0,24}(?:cash|into|in|at) ?|\bcash deposit|\bpaid .{0,16}cash into the bank|存(?:入|进|了|到)(?:.{0,8})(?:银行|账户|帐户|户头|现金)|(?:把|将)?.{0,6}现金.{0,8}存|存了?.{0,8}现金|存款(?:到|进|入)",
            Some(Role::Cash),
            Some(Role::Bank),
        ),
        movement(
            r"\b(?:topped|top|load(?:ed)?|add(?:ed)?)(?: up)? .{0,16}(?:paypal|revolut|wise|alipay|wechat|e-?wallet|venmo|grabpay|gopay|gcash|paytm|cash app|ez-?link|oyster|suica)|(?:充值|充了?|转|转入|储值|加值).{0,8}(?:微信|支付宝|零钱|余额宝|钱包|街口|line ?pay|paypal)|(?:微信|支付宝|钱包|街口|八达通|悠游卡|一卡通|交通卡|公交卡)(?:卡|零钱)?(?:充值|储值|加值|增值|充了)|(?:充值|增值|加值)(?:了|咗)?.{0,4}八达通|\btop(?:ped)?(?:ped|ping)? up .{0,12}\boctopus\b",
            None,
            Some(Role::Wallet),
        ),
        movement(
            r"\b(?:paid|pays?) (?:me|us) back\b|\brepaid (?:me|us)\b|\b(?:he|she|they) (?:gave|paid|sent) (?:me|us) (?:it |some |part )?back\b|\bgave (?:me|us) back (?:the |what)|\b(?:he|she|they|who)? ?(?:still )?owed (?:me|us)\b|(?:还|归还)(?:给)?我|还了我|还我",
            Some(Role::Lent),
            None,
        ),
        movement(
            r"(?:跟|向|找|问|同)我们?借.{0,24}(?:还|归还)",
            Some(Role::Lent),
            None,
        ),
        movement(
            r"\bborrow(?:ed)?\b|\b(?:lent|loaned|lends?) (?:me|us)\b|借给?了?我们?|\b(?:took|taken|take|got|received|drew)(?: out| down)? (?:a|an|the) .{0,20}\bloan\b|\bloan (?:of )?(?:from|received|came in|paid out|disbursed|proceeds)|\bbusiness loan .{0,14}(?:received|landed|came)|借入|向.{1,10}借|跟.{1,10}借|和.{1,8}借|借到|借来|(?:贷款|信贷|房贷|车贷|借贷).{0,5}(?:下来|到账|到帐|入账|入帐|拨款|放款|下款)|贷了|(?:拿到|收到|获得).{0,4}贷款|借了?.{0,8}(?:周转)",
            Some(Role::Loan),
            None,
        ),
        movement(
            r"\blent\b|\bloaned\b|\blend\b|\bgave .{0,40}\b(?:as|on) (?:a )?loan\b|借给|借出|借钱给|借了?.{0,6}给",
            None,
            Some(Role::Lent),
        ),
        movement(
            r"\brepa(?:y|id|yment|ying)\b|\bpaid (?:.{0,14} )?back\b|\bloan (?:re)?(?:payment|pmt|pymt)s?\b|\bloan instal|\binstal?lment (?:on|of|for) (?:the |my |our )?(?:.{0,10})loan|\bmortgage(?: payment)?\b|\boff (?:the |my |our )?(?:[a-z]+ )?loan|(?:还|偿还|归还|缴|付|交)了?.{0,8}(?:贷款|借款|房贷|车贷|学贷|贷)|还贷|还钱|还款|还给|还(?:了|给)?[他她]|把?欠.{1,8}的.{0,12}还|房贷|车贷|学贷|本金",
            None,
            Some(Role::Loan),
        ),
        movement(
            r"\b(?:put|invested?|contributed?|paid|inject(?:ed)?|transferred|added) .{0,40}(?:my own|own money|my savings|personal (?:money|funds|savings|account)|capital) .{0,30}(?:business|company|firm|shop)|\binto (?:the|my|our) (?:business|company|firm)\b|\bowner'?s? (?:contribution|investment|capital)|\bcapital (?:contribution|injection)|\bstart-?up capital|增资|注资|投入.{0,8}(?:资金|资本|股本)|自有资金|入股|资本金|(?:自己|个人|私人).{0,6}(?:拿|掏|出).{0,16}(?:投|放|垫|存).{0,4}(?:店|公司|生意|工作室)|股东(?:投入|出资|往来投)|(?:拿|用|投)自己.{0,8}(?:投|放|存)(?:进|入|到).{0,4}(?:公司|店|生意)|自己.{0,8}(?:投|放|存)(?:进|入|到)公司",
            Some(Role::Capital),
            None,
        ),
        movement(
            r"\bowner'?s? draw|\bdrawings\b|\bowner'?s? drawing\b|\bdrew .{0,20}(?:for|from)|\b(?:took|pulled|drew|moved|transferred) .{0,40}\bfor (?:myself|me|personal|private)\b|\bpaid myself\b|\bfor (?:my )?(?:own|personal|private) use\b|\bfor myself from\b|\bfrom the business account for (?:myself|personal)|自用|私用|(?:转|提|领|拿).{0,16}当.{0,6}(?:生活费|家用|零用)|(?:老板|股东|业主|我)(?:从|自)?.{0,8}(?:提了|提走|提取|领走|拿走)|提取自用|挪用家用|(?:公司|店里).{0,8}(?:拿|提|领).{0,12}(?:家用|自用|私用|生活费|回家)",
            None,
            Some(Role::Drawings),
        ),
        movement(
            r"\b(?:sold|redeemed) .{0,24}(?:shares|etf|fund units|stocks|bonds|crypto|bitcoin)\b|卖.{0,8}(?:股票|基金|etf|债券)|赎回",
            Some(Role::Investment),
            None,
        ),
        movement(
            r"\b(?:bought|invested|put) .{0,30}(?:shares|etf|index fund|mutual fund|stocks|bonds|bitcoin|crypto)\b|\b(?:moved|transferred|put|sent|wired|paid) .{0,20}\b(?:in)?to (?:my |the |our |a )?(?:brokerage|trading account|investment account|roth|ira|401k|sipp|index fund)\b|(?:买进?|买入).{0,12}[百千万\d]股|买了?.{0,4}00\d{2,4}|(?:买|定投|基金定投|申购|投资|投).{0,10}(?:股票|基金|etf|理财|黄金|债券|比特币)|定期定额",
            None,
            Some(Role::Investment),
        ),
        movement(
            r"(?:退|还|归还|拿回|收回|返还)了?.{0,6}(?:押金|保证金)|(?:押金|保证金)(?:已|都)?(?:退|还|拿回|收回|返)|\bdeposit (?:was |has been )?(?:returned|refunded|given back|came back)|\b(?:got|received) .{0,20}deposit back|\breturned .{0,14}deposit|\bdeposit back\b",
            Some(Role::Deposit),
            None,
        ),
        movement(
            r"(?:押金|按金|保证金).{0,6}给我|收(?:了|到)?.{0,8}(?:押金|按金|保证金)|\b(?:tenant|lodger|customer|client|hirer)s?\b.{0,30}\bpaid .{0,20}\b(?:security|damage|rental|refundable) deposit",
            Some(Role::Deposit),
            None,
        ),
        movement(
            r"\bdeposit\b.{0,40}\b(?:get|gets|getting) (?:it |that |this )?back\b|\bdeposit\b.{0,20}\b(?:refundable|returnable)\b|\b(?:security|rental|damage|holding|refundable) deposit|\bdeposit (?:on|for) (?:the |a |my |our )?(?:new )?(?:flat|apartment|office|shop|room|house|studio|unit|stall|kiosk|warehouse|space)|押金|按金|保证金|履约金",
            None,
            Some(Role::Deposit),
        ),
    ]
});

/// "from checking to savings"
static FROM_TO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\bfrom (?P<a>[a-z' -]{2,30}?) (?:in)?to (?P<b>[a-z' -]{2,30})|从(?P<c>[^,;0-9从到]{1,12}?)(?:转账?|转帐|转出|提|划|汇|移|拨|存)[^,;到至进入]*(?:到|至|进|入|给)(?P<d>[^,;0-9]{1,12})",
    )
});
static TO_SAVINGS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:moved|transferred|put|set aside|shifted|saved|sent|parked|stashed|tucked|squirreled|added|paid) .{0,30}(?:in(?:to)?|to) (?:my |the |our )?(?:high[- ]yield |joint |easy[- ]access )?(?P<a>savings?(?: account)?|checking|emergency fund|current account|isa)\b|(?:转|存)(?:到|入|进|去)?.{0,3}(?P<b>储蓄|定存|定期|活期|存款(?:账户|帐户)|储蓄账户|储蓄帐户)",
    )
});

/// The movement that a text tells of.
pub fn kind(said: &str) -> Option<Kind> {
    MOVEMENTS
        .iter()
        .find(|movement| movement.words.is_match(said))
        .map(|movement| movement.kind)
}

/// "from checking to savings": both ends by name.
pub fn between_accounts(said: &str) -> Option<Kind> {
    if let Some(found) = FROM_TO.captures(said) {
        let part = |names: [&str; 2]| {
            names
                .iter()
                .find_map(|name| found.name(name))
                .map(|part| part.as_str())
        };
        let from = part(["a", "c"]).and_then(named_role);
        let to = part(["b", "d"]).and_then(named_role);
        if let (Some(from), Some(to)) = (from, to) {
            // Both of the same sort: from one bank to another.
            let to = if from == to && to == Role::Bank {
                Role::Savings
            } else {
                to
            };
            return (from != to).then(|| moved(Some(from), Some(to)));
        }
    }
    let found = TO_SAVINGS.captures(said)?;
    let to = found
        .name("a")
        .or(found.name("b"))
        .and_then(|part| named_role(part.as_str()))?;
    let from = if to == Role::Bank {
        Role::Savings
    } else {
        Role::Bank
    };
    Some(moved(Some(from), Some(to)))
}
