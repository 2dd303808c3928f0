//! Which way the money went: spent, come in, come back, or only moved from one place to another.

use std::sync::LazyLock;

use regex::Regex;

use super::movement::{self, between_accounts};
use super::pattern;
use super::phrases::{may_have_been_paid, plain};
use crate::chart::Role;
use crate::lexicon::{Lexicon, Strength};

/// The four directions of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Spent.
    Expense,
    /// Come in.
    Income,
    /// Moved between one's own accounts, borrowed, lent, put in or taken out.
    Transfer,
    /// Spent before and come back, or earned before and given back.
    Refund,
}

impl Direction {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Expense => "expense",
            Self::Income => "income",
            Self::Transfer => "transfer",
            Self::Refund => "refund",
        }
    }
}

/// What kind of happening it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Something was bought or paid.
    Spent,
    /// Something came in.
    Earned,
    /// Something was sold or invoiced and is not paid yet.
    Owed,
    /// What was spent came back.
    Returned,
    /// What was earned was given back to a customer.
    GivenBack,
    /// Money moved from one account to another; the way it was paid stands for what is not said.
    Moved {
        /// Where it came from, if not from how it was paid.
        from: Option<Role>,
        /// Where it went, if not to how it was paid.
        to: Option<Role>,
    },
    /// One currency was changed for another.
    Changed,
}

/// What a happening means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meaning {
    /// Its kind.
    pub kind: Kind,
    /// What else it may be, where the words can be read in two ways.
    pub otherwise: Option<Direction>,
    /// Whether the words say so. What nobody says to have come in is taken as spent.
    pub is_told: bool,
}

impl Kind {
    /// The direction of the contract.
    pub fn direction(self) -> Direction {
        match self {
            Self::Spent => Direction::Expense,
            Self::Earned | Self::Owed => Direction::Income,
            Self::Returned | Self::GivenBack => Direction::Refund,
            Self::Moved { .. } | Self::Changed => Direction::Transfer,
        }
    }
}

static CHANGED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\bexchanged?\b|\bconverted\b|\bchanged .{0,24}(?:into|to|for) |换了|兑换|换成|换汇|换美|换日|换欧|换港|换台|换外币|结汇|购汇|买(?:了)?.{0,6}(?:美金|美元|日币|日元|欧元|外币)",
    )
});

static TO_CUSTOMER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\brefunded (?:a |an |the |our |my |one )?(?:customers?|clients?|buyers?|guest)|\b(?:we|i) refunded\b|\brefund(?:ed|s)? .{0,20}\bto (?:a |an |the |our |my )?(?:customer|client|buyer|guest)|\bgave (?:a |the |my |our |one )?(?:customer|client|buyer|guest)\b.{0,30}back|\bcustomer (?:returned|refund)|\bissued a refund|\b(?:customer|client|buyer|guest)\b.{0,50}\bgave (?:her|him|them|it)\b.{0,16}\bback\b|给.{0,4}(?:客人|客户|顾客|买家|学员|学生|家长).{0,2}退|退款?给(?:了)?.{0,4}(?:客|买家|顾客|学员|学生)|(?:客户|客人|顾客|买家|学员).{0,8}(?:退货|退款|退费|退钱|要求退|取消)|退.{0,8}给(?:客户|客人|顾客|买家)|(?:学生|学员|客户|客人|顾客|买家|租客).{0,24}(?:退|还)(?:返|回|了|给)?.{0,6}(?:他|她|佢)|赔.{0,4}给?客",
    )
});
static RETURNED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\brefund(?:ed|s)?\b|\bmoney back\b|\bsent (?:it |them |me |us )?back\b|\b(?:got|get|received|getting) .{0,40}\bback\b|\breturned (?:the|a|an|my|our|some|two|three|one|it|them|faulty|unused)|^(?:they|he|she|(?:the )?(?:shop|store|supplier|vendor|seller|hotel|airline)) (?:has |have )?(?:returned|(?:gave|paid) (?:it |me |us )?back)\b|\breimbursements?\b|\breimbursed (?:me|us|by|for|from)\b|\b(?:got|get|was|were|been|being|is) reimbursed\b|\breimbursed$|\btook .{0,30}\bback\b.{0,24}\bcredited\b|\bcredited .{0,24}\b(?:to|on) (?:my|our|the) (?:card|credit card|amex|visa|mastercard)\b|\brebate\b|\bcredited (?:me |us )?back|\bchargeback|\bcredit note\b|\bstore credit\b|\bput .{0,24}\bback (?:on|in(?:to)?) (?:my|our|the)\b|\bmoney (?:came|is) back\b|退(?:番|返).{0,8}(?:件|衫|货|咗|了)|退掉.{0,12}拿回|拿回(?:了)?.{0,6}(?:钱|元|块|款)|退款|退货|退费|退钱|退回|退还|退了|退票|退订|退运费|退差价|退给我|退(?:回|还)?(?:了)?我|退回来|返还|报销|报公账下来|返现|退换|保价|退税|(?:医保|健保|社保|保险(?:公司)?|公司|单位)(?:给我?|已)?(?:报|赔)(?:销|付)?了",
    )
});

static STRONG_IN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:received|receive|recd|rec\'d|rcvd|got paid|get paid|was paid|were paid|been paid|payment from|payments from|earned|earn|came in|came through|cleared into|coming in|landed|payday|payouts?|hit (?:my|our|the)? ?(?:bank|account)|incoming|deposited by|rang up|took in|brought in|flogged)\b|(?:^|\b(?:i|we) )(?:just |have )?collected\b|\bpaid (?:me|us)\b|\b(?:sent|gave|tipped|transferred|wired) (?:me|us)\b|\bsold\b|\ball paid (?:on|at) the door\b|\b(?:the |that )?(?:money|payment|transfer) (?:has |just )?(?:arrived|came in|is in)\b|\b(?:cash|card|online|counter|bar) sales?\b|^sales?\b|\bsales (?:of|today|were|this)|\bcredited\b|\bi won\b|\bwe won\b|\bwon (?:a |the )|\bincome\b|\binvoice (?:\S+ )?(?:was |has been |got |is )?paid by\b|\bpaid (?:the|our|my|their|its) .{0,24}invoice|\bgot (?:my|a|the|our) .{0,14}(?:salary|bonus|pay|wage|commission|dividend|grant)|\bmade .{0,12}(?:selling|from|at the market|on ebay|on etsy)|(?:^|\b(?:i|we|and|just)|[,;]) ?made (?:about |around |like |nearly |almost )*(?:[^a-z ]{0,3}\d|(?:bucks|quid|dollars|euros|pounds|cash)\b)|\b(?:tenants?|lodgers?|customers?|clients?|buyers?|patients?|mums?|moms?|dads?|parents?|students?|pupils?|guests?|famil(?:y|ies)|couple|bride|groom|vicar|pub|school|council)\b[^,;]{0,24}\bpaid\b|\b(?:venmo|zelle|paypal|cash ?app|revolut)(?:e?d|led)? (?:me|us)\b|\b(?:rent|wages|pay|payment|salary|fees?|balance) (?:in )?from\b|\bmade (?:fixing|cleaning|painting|teaching|driving|walking|doing|from|on|at)\b|\b(?:flat|unit|apartment|apt) ?\d*[a-z]? (?:has |just |only )?(?:paid|gave (?:me|us))\b|\bgot .{0,10}in tips\b|\btips? (?:from|off) (?:the |a |my )?(?:customers?|clients?|guests?)|(?:打|转|汇|付|交|拨)过来|(?:学生|学员|家长|客户|客人|顾客|买家|房客|租客)(?:的)?(?:妈妈?|爸爸?|父母|太太|先生)?(?:已经?|刚刚?|也|都|就)?(?:给|付|转|汇|拿)(?:了|来|过来)?我?们?(?:现金|钱|款)|收到|收了|收(?:的|取)?(?:工钱|工费|学费|订金|定金|房租|租金|尾款)|(?:奶奶|爷爷|外婆|外公|姥姥|姥爷|爸爸?|妈妈?|舅舅|姑姑|叔叔|伯伯|阿姨|婆婆|公公|岳父|岳母|长辈|亲戚)们?(?:都|也)?给了|流水|(?:客人|顾客|房客|买家).{0,8}付了|已?(?:转账|转帐|汇款)付清|已收|(?:微信|支付宝|现金|转账)收|(?:租客|房客|租户).{0,12}(?:交租|交了租|过数|交房租)|收款|收入|入账|入帐|进账|进帐|到账|到帐|汇来|匯来|转来|付来|缴来|打来|打款给我|^[^给,;]{1,8}打款(?:了|[ ,;]|$)|汇给我|转给我|付给我|给了?我|发给我|拿到(?:了)?.{0,4}(?:薪|工资|奖|稿|钱)|领到|赚|挣|(?:^|[^外买拍专变])卖|售出|营收|营业额|配息|分红|中奖|中了|收租|结清|抢到|接案|抢红包",
    )
});
static OWED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\bowes? (?:us|me)\b|\b(?:i|we) (?:have )?(?:invoiced|billed)\b|\binvoiced (?:the |a )?[a-z]|\bsent (?:an |the )?invoice|\bissued (?:an |the )?invoice|\binvoice (?:sent|issued)|欠我|欠我们|开(?:了|立)?.{0,8}发票给|请款|开票给|应收|未收|还没收到|尚未收到|还没付我|尚未付我",
    )
});
static WEAK_IN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\bsalary\b|\bpaychecks?\b|\bpaycheques?\b|\bpay ?day\b|\bmy wages?\b|\bbonus\b|\bdividends?\b|\broyalt(?:y|ies)\b|\bcommission\b|\bbank interest|\binterest (?:income|from|on (?:my |the )?savings)|\bsavings interest|\bpension\b|\bgrant\b|\bretainer\b|\brental income|\btakings\b|\bcashback\b|\bstipend\b|薪水|薪资|工资|月薪|奖金|年终|出粮|稿费|版税|股息|股利|利息|租金收入|补助|补贴|理赔|尾款|定金|订金|货款|头款|退休金|营业收入|销售额|佣金|津贴|兼职费|演讲费|讲师费|讲课费|外快",
    )
});
static STRONG_OUT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:i |we |have |just )*(?:paid|bought|purchased|spent|ordered|booked|subscribed|donated|hired|renewed|tipped|gave|pay|rented|topped|sent)\b|\b(?:i|we) (?:just |have |also )?(?:paid|bought|purchased|spent|ordered|booked|donated|hired|renewed|tipped|gave|got charged|were charged|was charged)\b|\bpaid (?:to|for|out|the (?:plumber|lawyer|accountant|landlord|cleaner|electrician|designer|driver|staff|employees?))\b|\b(?:charged|billed|invoiced) (?:me|us)\b|^(?:i |we )?reimbursed [a-z]|\bcost(?:s)? (?:me|us)\b|\b(?:handed|gave|paid) out\b|\bbonus(?:es)? (?:for|to) (?:the |my |our )|\bto (?:staff|employees?|the (?:staff|team|employees?|intern|assistant|designer|freelancer|contractor))\b|\b(?:was|were|got) (?:debited|deducted|charged)\b|花了|付了|买了|缴了|交了|支付|付给|给[^我].{0,9}?(?:打|转|汇)(?:了|款|过去)|(?:请|雇|找)(?:了)?.{0,3}(?:工读生|临时工|兼职|帮手|师傅|阿姨|工人)|(?:员工|工读生|临时工|店员|助理).{0,12}(?:薪|工资)|发工资|发薪|给.{1,8}(?:结|开|发|付|算)(?:了)?.{0,4}(?:工资|薪水|工钱|报酬|钱)|付工资|给员工|给.{1,6}发(?:工资|薪|奖金|年终)|发.{0,4}(?:工资|薪水|薪资|奖金)给|付.{0,6}(?:薪水|薪资|工资|利息|尾款|定金|订金|货款|佣金|稿费)|缴|付|买|交|进货|批货|支出|花费|扣了|扣款|贷款利息|退租|(?:银行|平台|商家|店家|房东|物业).{0,3}收|收(?:取|了).{0,10}(?:手续费|费用|年费|服务费)|被收|收了我们?",
    )
});
/// A subject that is neither I nor we, and then pays.
static OTHERS_PAY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:the |our |my |a )?(?P<s>[a-z0-9&.' -]{2,40}?) (?:has |have |just |already |finally )?(?:paid|sent|transferr?ed|wired|settled|remitted|pays)\b(?P<r>.*)|(?P<h>客户|客人|顾客|甲方|买家|房客|租客|学员|学生|家长|业主|(?:客户|客人)?[a-z][a-z0-9 .&'-]{0,20}|[^,;我们付汇转]{1,6}公司)(?:公司)?(?:已经?|昨天|今天|刚刚?|终于)?(?:付|汇|转|打|结|缴|支付|给)(?:了|来|清|款|钱|账|帐|现金|过来|进来)|(?P<o>客户|客人|顾客|买家|学员|学生|家长|房客|租客)(?:订|买|要|下单|加购).{0,40}(?:付清|付款|付了|已付|付完|结账|结帐|买单)",
    )
});
static SELF: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:i|we|have|then|also|and|just|yesterday|today|company|boss|he|she|had|lunch|dinner|breakfast|taxi|rent|.*\b(?:bill|fee|invoice|subscription|insurance|premium|tax|taxes|rent|fees|fine|designer invoice|invoice from))$",
    )
});

/// Whoever pays for sending something back spends.
static PAID_POSTAGE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:付|出|贴|花)了?.{0,4}(?:退货)?(?:运费|邮费|快递费)|\bpaid .{0,16}(?:return )?(?:shipping|postage)\b",
    )
});

/// Who mostly pays, named first: a customer who does something, and nothing says that they were paid.
static CUSTOMER_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:the |a |my |our |one |old |new )?(?:customers?|clients?|tenants?|lodgers?|buyers?|patients?|guests?)\b|^(?:客户|客人|顾客|买家|租客|房客|学员|家长)",
    )
});

/// What a happening means. `source` is as it was written, `folded` in plain form with its context.
pub fn meaning(folded: &str, has_exchange: bool) -> Meaning {
    let folded = plain(folded);
    let said = folded.trim();
    let certain = |kind| Meaning {
        kind,
        otherwise: None,
        is_told: true,
    };
    if has_exchange && CHANGED.is_match(said) {
        return certain(Kind::Changed);
    }
    if let Some(kind) = between_accounts(said) {
        return certain(kind);
    }
    if PAID_POSTAGE.is_match(said) && !said.contains("我运费") {
        return certain(Kind::Spent);
    }
    if TO_CUSTOMER.is_match(said) {
        return certain(Kind::GivenBack);
    }
    let is_interest_paid = [
        "loan interest",
        "interest on the loan",
        "interest charged",
        "贷款利息",
        "房贷利息",
        "借款利息",
        "付利息",
    ]
    .iter()
    .any(|word| said.contains(word));
    if is_interest_paid {
        return certain(Kind::Spent);
    }
    if let Some(kind) = movement::kind(said).filter(|_| !is_fee(said)) {
        return moved(said, kind);
    }
    if RETURNED.is_match(said) {
        let to_us = !said.contains("退租");
        if to_us {
            return certain(Kind::Returned);
        }
    }
    in_or_out(said)
}

/// A fee for a movement is no movement.
fn is_fee(said: &str) -> bool {
    [
        "fee",
        "charge",
        "手续费",
        "工本费",
        "年费",
        "费用率",
        "利息",
    ]
    .iter()
    .any(|word| said.contains(word))
        && !["card bill", "信用卡费", "卡费"]
            .iter()
            .any(|word| said.contains(word))
}

/// Deposits are an asset, and many would book them as spent.
fn moved(said: &str, kind: Kind) -> Meaning {
    let is_deposit = matches!(
        kind,
        Kind::Moved {
            to: Some(Role::Deposit),
            ..
        }
    );
    let is_mortgage = said.contains("mortgage") || said.contains("房贷") || said.contains("车贷");
    Meaning {
        kind,
        otherwise: (is_deposit || is_mortgage).then_some(Direction::Expense),
        is_told: true,
    }
}

/// "invoice paid by wire" names a means, "invoice paid by ACME" somebody who paid.
static BY_MEANS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\bpaid by (?:the |my |our |company |corporate |bank |credit |debit )*(?:wire|card|cash|che(?:que|ck)|transfer|paypal|direct debit|visa|amex)\b",
    )
});

fn in_or_out(said: &str) -> Meaning {
    let goes_out = STRONG_OUT.is_match(said);
    let comes_in = STRONG_IN.is_match(&BY_MEANS.replace_all(said, "paid"));
    let otherwise = |is_open: bool, direction| is_open.then_some(direction);
    if OWED.is_match(said) && !said.contains("invoice from") {
        return Meaning {
            kind: Kind::Owed,
            otherwise: None,
            is_told: true,
        };
    }
    // "Fixed her gears, she paid 45": a customer, or the one that the teller lives with.
    if !goes_out && !comes_in && SOMEBODY_PAID.is_match(said) {
        return Meaning {
            kind: Kind::Earned,
            otherwise: Some(Direction::Expense),
            is_told: true,
        };
    }
    if let Some(is_open) = paid_by_others(said) {
        return Meaning {
            kind: Kind::Earned,
            otherwise: otherwise(is_open, Direction::Expense),
            is_told: true,
        };
    }
    // 发奖金给我 comes in although 发…奖金 goes out.
    let to_me = ["给我", "paid me", "paid us", "发给我", "给了我"]
        .iter()
        .any(|word| said.contains(word));
    let is_strong_in = comes_in && (!goes_out || to_me || begins_in(said));
    let is_weak_in = WEAK_IN.is_match(said) && !goes_out;
    if is_strong_in || is_weak_in {
        // "Cook's salary" is paid to the cook, "my husband's salary" is not.
        let is_of_others = !comes_in && OF_OTHERS.is_match(said);
        let is_open = comes_in && goes_out && !to_me || is_of_others;
        return Meaning {
            kind: Kind::Earned,
            otherwise: otherwise(is_open, Direction::Expense),
            is_told: true,
        };
    }
    let is_of_a_customer = !goes_out && CUSTOMER_FIRST.is_match(said) || may_have_been_paid(said);
    Meaning {
        kind: Kind::Spent,
        otherwise: otherwise(comes_in && goes_out || is_of_a_customer, Direction::Income),
        is_told: goes_out,
    }
}

/// Somebody's pay who may work for the teller.
static OF_OTHERS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b[a-z]+'s (?:salary|wages?|pay|bonus|paycheck|stipend)\b|(?:阿姨|师傅|保姆|司机|助理|店员|员工|工人|小[a-z\p{Han}]|老[\p{Han}])的?(?:工资|薪水|奖金|月薪)",
    )
});

static SOMEBODY_PAID: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b(?:she|he|they) (?:has |have |just |already )?paid\b"));

fn begins_in(said: &str) -> bool {
    STRONG_IN
        .find(said)
        .zip(STRONG_OUT.find(said))
        .is_some_and(|(income, outgo)| income.start() <= outgo.start())
}

/// "ACME paid the invoice". The answer says whether it can be read otherwise: "Tom paid for dinner".
fn paid_by_others(said: &str) -> Option<bool> {
    let found = OTHERS_PAY.captures(said)?;
    if found.name("h").or(found.name("o")).is_some() {
        return Some(false);
    }
    let subject = found.name("s")?.as_str().trim();
    // "the rego is due so I just paid it": it is I who paid.
    let is_own = subject
        .split(' ')
        .any(|word| matches!(word, "i" | "we" | "i've" | "we've"));
    if SELF.is_match(subject) || subject.is_empty() || is_own {
        return None;
    }
    let rest = found
        .name("r")
        .map_or("", |rest| rest.as_str().trim_start());
    let known = Lexicon::built_in().find(subject, |concept| {
        !matches!(concept, "sales" | "rental" | "salary" | "grants")
    });
    // "ACME paid €5,000" is most likely a customer, and may be a bill of theirs.
    if NOTHING_BUT_A_SUM.is_match(rest) && known.is_empty() && !has_digit(subject) {
        return Some(true);
    }
    // "car insurance paid yesterday", "cleaning 240 paid by card": a thing does not pay.
    let passive = [
        "by ",
        "with ",
        "via ",
        "in cash",
        "on ",
        "yesterday",
        "today",
        "last ",
        "from ",
    ];
    let is_passive = rest.is_empty() || passive.iter().any(|word| rest.starts_with(word));
    let is_thing = known.iter().any(|hit| hit.strength == Strength::Word);
    if is_passive || is_thing || has_digit(subject) {
        return None;
    }
    Some(rest.starts_with("for "))
}

fn has_digit(subject: &str) -> bool {
    subject.contains(|letter: char| letter.is_ascii_digit())
}

/// What follows "paid" where only the sum does.
static NOTHING_BUT_A_SUM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^[^a-z]*(?:(?:[a-z]{3}|k|euros?|dollars?|pounds?|yuan|bucks)\b)?[^a-z]*$")
});

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Direction) {
        let found = meaning(&crate::text::folded(text), false).kind.direction();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn money_goes_out() {
        for text in [
            "Lunch with ACME",
            "rent on the 1st",
            "paid by credit card for paper",
            "發工資給小李",
            "刷信用卡買書",
            "轉帳付房租",
            "Freelance designer invoice paid by wire",
            "bank transfer fee",
            "信用卡年費",
            "貸款利息",
            "paid the plumber",
            "Insurance premium was debited",
            "transferred rent to the landlord",
            "bought toner on sale",
            "美團點了外賣",
            "给供应商打了货款",
            "請工讀生幫忙兩天，薪水",
            "christmas bonus for the shop girls, handed out today",
            "they billed me 58.30 commission",
            "給兼職小王結工資",
            "made a cake for the office, flour and eggs",
            "給我媽買了條羊毛圍巾",
            "the permit is due so I just paid it now",
            "my drawing tablet, new nibs",
            "Reimbursed Carol for the snacks she bought",
            "The tax office collected income tax",
            "Adobe went up again, off the Visa",
        ] {
            check(text, Direction::Expense);
        }
    }

    #[test]
    fn money_comes_in() {
        for text in [
            "ACME paid the invoice",
            "Got my salary",
            "收到客戶貨款",
            "老闆發獎金給我",
            "Sold an old desk",
            "存款利息入帳",
            "Interest was credited to the savings account",
            "房客繳來八月租金",
            "Acme owes us for July",
            "賣出手工皂",
            "mowed lawns this afternoon, made 95 bucks cash",
            "Client Halvorsen AS paid the invoice, came through Monday",
            "這星期上了四堂課，今天學生媽媽給現金",
            "客人訂了蛋糕，昨天全額付清了",
            "Tenant in 4B paid March rent",
            "租客昨天把四月的房租打過來了",
            "at the brewery we rang up",
            "Fixed Mrs Okafor's gears, she paid by card",
            "攜程打款，三個訂單",
        ] {
            check(text, Direction::Income);
        }
    }

    #[test]
    fn who_pays_and_says_no_more_is_a_customer_and_in_doubt() {
        let doubt = |text: &str| meaning(&crate::text::folded(text), false).otherwise;
        for text in [
            "ACME paid €5,000",
            "Globex paid 5k",
            "Initech paid 300 EUR",
            "ACME paid",
        ] {
            check(text, Direction::Income);
            assert_eq!(doubt(text), Some(Direction::Expense), "{text}");
        }
        for text in ["Rent paid 900", "electricity bill paid 60", "I paid 50"] {
            check(text, Direction::Expense);
        }
    }

    #[test]
    fn money_moves_or_comes_back() {
        for text in [
            "Moved from checking to savings",
            "parked it in my high-yield savings",
            "Paid off 650 of the Amex",
            "withdrew cash",
            "信用卡還款",
            "從支付寶提現到銀行卡",
            "向銀行借了",
            "Mum lent me some money",
            "朋友借給我",
            "Repaid the loan",
            "I put my own money into the business",
            "領了現金",
            "car loan pmt went out",
            "he gave me back 5,000 this morning",
            "從店裡戶頭轉兩萬元出來當自己的生活費",
            "paid the whole Amex balance off from checking",
            "Took out for myself from the business account",
        ] {
            check(text, Direction::Transfer);
        }
        for text in [
            "Amazon refunded me",
            "Zara put 35.95 EUR back on my card for the coat",
            "賣家退我 459 元，鞋子尺寸不合",
            "退掉一件拿回 690 元",
            "退貨退款",
            "看病医保报了",
            "We refunded a customer",
            "got 20 back for the broken lamp",
            "they returned 44.90 for the jacket",
            "the shop gave us back 12",
        ] {
            check(text, Direction::Refund);
        }
    }
}
