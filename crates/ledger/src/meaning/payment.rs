//! How something was paid.

use std::sync::LazyLock;

use regex::Regex;

use super::pattern;
use crate::chart::Role;

static WAYS: LazyLock<Vec<(Regex, Role)>> = LazyLock::new(|| {
    [
        // What was not paid yet, or by the owner, comes before the means.
        (r"\bon account\b|\bon credit\b|\bon tick\b|\bto be paid (?:later|next)|\bpay(?:able)? (?:later|within|next month)|\bnet 30\b|\bnot (?:yet )?paid|\bunpaid\b|\bon invoice\b|\bdue (?:next|in|on|by)\b|赊账|赊帐|赊|月结|先欠|欠着|还没付|尚未付|未付款|挂账|挂帐|货到付款未付|下个?月再付", Role::Payable),
        (r"\b(?:my|his|her|their) own (?:money|pocket|card|cash)|\bout of (?:my |own )?pocket|\bpersonal(?:ly)? (?:card|account|cash|money)|\bmy personal|自己(?:先)?(?:垫|付|掏)|代垫|先垫|垫付|自掏腰包|私人(?:卡|账户|帐户|户头)|个人(?:卡|账户|帐户)", Role::OwnMoney),
        (r"\bpaypal|\balipay|\bwechat|\bvenmo|\bcash app|\brevolut|\bwise\b|\be-?wallet|\bline ?pay|\bapple pay|\bgoogle pay|\bjkopay|\boctopus|\btouch ?'?n ?go|\bgrabpay|支付宝|微信|街口|悠游付|悠游卡|一卡通|八达通|全支付|零钱|钱包|余额宝|数字人民币|拉卡拉|台湾pay|扫码|云闪付", Role::Wallet),
        (r"\bpetty cash|\bin cash\b|\bby cash|\bwith cash|\bpaid cash|\bcash\b|现金|付现|现钞|零用金|现结", Role::Cash),
        (r"\bdebit card|\bbank card|金融卡|借记卡|储蓄卡|银行卡|签账金融|\bdebit\b", Role::Bank),
        (r"\b(?:company|business|corporate|credit|charge) card|\bvisa\b|\bmastercard|\bamex\b|\bamerican express|\bcard\b|\bcc\b|刷卡|信用卡|公司卡|商务卡|刷的|用卡|卡付|刷了|刷公司|花呗|白条", Role::Card),
        (r"\bbank transfer|\bwire(?:d)?\b|\btransfer(?:red)?\b|\bach\b|\bsepa\b|\bbacs\b|\beft\b|\bdirect debit|\bstanding order|\bcheque|\bcheck (?:no|number|#)|\bby check|\bbank\b|\bchecking|\bcurrent account|\bfrom (?:the )?(?:bank|checking|business) account|\bzelle|转账|转帐|汇款|匯款|电汇|网银|银行(?:账户|帐户|存款|扣|转|代扣)|对公|公账|公帐|公司账户|公司帐户|公司户头|自动扣|代扣|扣款|支票|转数快|\bfps\b|\batm", Role::Bank),
    ]
    .into_iter()
    .map(|(words, role)| (pattern(words), role))
    .collect()
});

/// How a happening was paid, where that is said.
pub fn way(folded: &str) -> Option<Role> {
    WAYS.iter()
        .find(|(words, role)| {
            words.find(folded).is_some_and(|found| {
                // "on credit card" is a card, not credit; a card's bill or a gift card pays nothing.
                let rest = &folded[found.end()..];
                let is_card_word = *role == Role::Payable && rest.trim_start().starts_with("card");
                let said = &folded[..found.start()];
                let is_other = *role == Role::Card
                    && [
                        "business cards",
                        "gift card",
                        "sim card",
                        "memory card",
                        "graphics card",
                        "birthday card",
                        "post card",
                        "travel card",
                        "oyster card",
                        "sd card",
                    ]
                    .iter()
                    .any(|word| {
                        word.ends_with(found.as_str())
                            && said.ends_with(word.trim_end_matches(found.as_str()))
                    });
                !is_card_word && !is_other
            })
        })
        .map(|(_, role)| *role)
}

/// The words without stored-value cards that something was paid with: they are no transport then.
pub fn without_cards(words: &str) -> String {
    static CARDS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?:用|刷)?(?:悠游卡|一卡通|八达通|交通卡|octopus)(?:付|支付|刷|扣)")
    });
    CARDS.replace_all(words, " ").into_owned()
}

/// The place of money that a word names, as in "from checking to savings".
#[expect(clippy::too_many_lines, reason = "a table, best read in one piece")]
pub fn named_role(word: &str) -> Option<Role> {
    const NAMES: [(&[&str], Role); 8] = [
        (
            &[
                "saving",
                "储蓄",
                "定存",
                "定期",
                "存款帐户",
                "存款账户",
                "emergency fund",
                "isa",
                "money market",
            ],
            Role::Savings,
        ),
        (
            &["credit card", "信用卡", "visa", "amex", "mastercard"],
            Role::Card,
        ),
        (
            &[
                "paypal",
                "alipay",
                "wechat",
                "wallet",
                "revolut",
                "venmo",
                "支付宝",
                "微信",
                "零钱",
                "钱包",
                "余额宝",
                "街口",
                "line pay",
                "wise",
                "悠游付",
            ],
            Role::Wallet,
        ),
        (
            &[
                "petty cash",
                "cash",
                "现金",
                "备用金",
                "零用金",
                "till",
                "抽屉",
                "保险箱",
            ],
            Role::Cash,
        ),
        (&["loan", "贷款", "房贷", "车贷"], Role::Loan),
        (
            &["invest", "brokerage", "证券", "股票", "基金", "理财"],
            Role::Investment,
        ),
        (
            &[
                "checking",
                "current",
                "bank",
                "business account",
                "main account",
                "银行",
                "活期",
                "活存",
                "账户",
                "帐户",
                "户头",
                "公司",
                "工资卡",
            ],
            Role::Bank,
        ),
        (&["account", "卡"], Role::Bank),
    ];
    NAMES
        .iter()
        .find(|(names, _)| names.iter().any(|name| word.contains(name)))
        .map(|(_, role)| *role)
}
