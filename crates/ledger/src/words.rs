//! What is said to the person about doubts and leftovers, in the language of their text.

use crate::happening::{AmountDoubt, DateDoubt, Why};
use crate::language::Language;

/// A sentence in three languages.
type Words = (&'static str, &'static str, &'static str);

fn pick(words: Words, language: Language) -> &'static str {
    match language {
        Language::English => words.0,
        Language::Traditional => words.1,
        Language::Simplified | Language::Chinese => words.2,
    }
}

/// The code and the sentence for a piece without an entry.
#[expect(clippy::too_many_lines, reason = "a table, best read in one piece")]
pub fn leftover(why: Why, language: Language) -> (&'static str, &'static str) {
    let (code, words): (&str, Words) = match why {
        Why::NoAmount => (
            "no-amount",
            (
                "No sum of money is told here.",
                "這裡沒有提到金額。",
                "这里没有提到金额。",
            ),
        ),
        Why::TooLarge => (
            "amount-too-large",
            (
                "This number is too large to be a sum of money.",
                "這個數字大得不像一筆金額。",
                "这个数字大得不像一笔金额。",
            ),
        ),
        Why::Zero => (
            "amount-zero",
            (
                "The sum is nothing, so there is nothing to book.",
                "金額是零，沒有可以入帳的。",
                "金额是零，没有可以入账的。",
            ),
        ),
        Why::SumOfOthers => (
            "sum-of-others",
            (
                "This is a total of the sums before it and is not booked again.",
                "這是前面各筆的合計，不再入帳一次。",
                "这是前面各笔的合计，不再入账一次。",
            ),
        ),
        Why::NotPaid => (
            "list-price",
            (
                "This is a price that was not paid.",
                "這是標價，不是實際付的金額。",
                "这是标价，不是实际付的金额。",
            ),
        ),
        Why::Balance => (
            "balance",
            (
                "This is what is left or a limit, nothing that was paid.",
                "這是餘額或額度，不是付出的金額。",
                "这是余额或额度，不是付出的金额。",
            ),
        ),
        Why::Equivalent => (
            "equivalent",
            (
                "This is the same sum in another currency.",
                "這是同一筆金額換算成另一種貨幣。",
                "这是同一笔金额换算成另一种货币。",
            ),
        ),
        Why::Unread => (
            "unread-amount",
            (
                "This sum belongs to no happening that could be made out.",
                "看不出這筆金額屬於哪一件事。",
                "看不出这笔金额属于哪一件事。",
            ),
        ),
    };
    (code, pick(words, language))
}

/// Why a date is not certain.
pub fn date(doubt: DateDoubt, language: Language) -> &'static str {
    let words: Words = match doubt {
        DateDoubt::Two => (
            "Two days are named.",
            "提到了兩個日期。",
            "提到了两个日期。",
        ),
        DateDoubt::Impossible => (
            "There is no such day in the calendar.",
            "日曆上沒有這一天。",
            "日历上没有这一天。",
        ),
        DateDoubt::Ambiguous => (
            "This date can be read in two ways.",
            "這個日期可以有兩種讀法。",
            "这个日期可以有两种读法。",
        ),
        DateDoubt::Vague => (
            "It is only told about when it was.",
            "只說了大概的時間。",
            "只说了大概的时间。",
        ),
        DateDoubt::Neighbour => (
            "The date is told of another item beside it.",
            "日期是寫在旁邊另一項的。",
            "日期是写在旁边另一项的。",
        ),
        DateDoubt::Ahead => (
            "This day is still to come.",
            "這一天還沒到。",
            "这一天还没到。",
        ),
    };
    pick(words, language)
}

/// Why a sum is not certain.
pub fn amount(doubt: &AmountDoubt, language: Language) -> &'static str {
    let words: Words = match doubt {
        AmountDoubt::About => (
            "The sum is only told about.",
            "金額只是大概。",
            "金额只是大概。",
        ),
        AmountDoubt::Reading(_) => (
            "This number can be read in two ways.",
            "這個數字可以有兩種讀法。",
            "这个数字可以有两种读法。",
        ),
        AmountDoubt::NoCount => (
            "It is the price of one, and nothing says how many there were.",
            "這是單價，沒有說數量。",
            "这是单价，没有说数量。",
        ),
        AmountDoubt::Either(_) => (
            "One sum or another is told.",
            "提到了兩個可能的金額。",
            "提到了两个可能的金额。",
        ),
        AmountDoubt::TotalDiffers(_) => (
            "The total that is told is not the sum of the items.",
            "說的合計和各項加起來不一樣。",
            "说的合计和各项加起来不一样。",
        ),
        AmountDoubt::Promoted => (
            "This number could also be the name of something, such as of an invoice.",
            "這個數字也可能是編號。",
            "这个数字也可能是编号。",
        ),
        AmountDoubt::Change => (
            "It is what was given less the change.",
            "這是付出的減去找回的。",
            "这是付出的减去找回的。",
        ),
        AmountDoubt::WorkedOut(_) => (
            "It is worked out from the price and the rate that are told.",
            "這是用說到的價錢和比例算出來的。",
            "这是用说到的价钱和比例算出来的。",
        ),
        AmountDoubt::Unused => (
            "Another number beside it may belong to the sum.",
            "旁邊還有一個數字可能和金額有關。",
            "旁边还有一个数字可能和金额有关。",
        ),
        AmountDoubt::Negative => (
            "The sum is written as negative.",
            "金額寫成負數。",
            "金额写成负数。",
        ),
    };
    pick(words, language)
}

/// Other reasons for a doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The account is a guess.
    Account,
    /// No model was there to choose the account.
    AccountOpen,
    /// The way the money went can be read in two ways.
    Direction,
    /// Nothing says which way the money went.
    DirectionUntold,
    /// The sign is of several currencies.
    Currency,
    /// A currency that is not known.
    CurrencyUnknown,
    /// How much of a shared sum is one's own.
    Share,
    /// Tax without a rate.
    TaxRate,
    /// The payment may settle an invoice that was booked before.
    Settles,
    /// Which of two sums was given and which received.
    Exchange,
}

/// A reason in a sentence.
pub fn reason(reason: Reason, language: Language) -> &'static str {
    let words: Words = match reason {
        Reason::Account => (
            "The account is a guess.",
            "科目是推測的。",
            "科目是推测的。",
        ),
        Reason::AccountOpen => (
            "Nothing says which account this belongs to.",
            "看不出屬於哪個科目。",
            "看不出属于哪个科目。",
        ),
        Reason::Direction => (
            "It can be read as money in or money out.",
            "可以理解為收入，也可以理解為支出。",
            "可以理解为收入，也可以理解为支出。",
        ),
        Reason::DirectionUntold => (
            "Nothing says whether this was spent or came in.",
            "沒有說是付出還是收進來的。",
            "没有说是付出还是收进来的。",
        ),
        Reason::Currency => (
            "The currency is not told for certain.",
            "沒有明說是哪種貨幣。",
            "没有明说是哪种货币。",
        ),
        Reason::CurrencyUnknown => (
            "This currency is not known.",
            "不認得這種貨幣。",
            "不认得这种货币。",
        ),
        Reason::Share => (
            "The sum was shared: it is booked as paid in full, the others' part as owed to you.",
            "這筆是分攤的：按全額付款入帳，別人的部分記為應收。",
            "这笔是分摊的：按全额付款入账，别人的部分记为应收。",
        ),
        Reason::TaxRate => (
            "Tax comes on top, and no rate is told.",
            "外加稅金，但沒有說稅率。",
            "外加税金，但没有说税率。",
        ),
        Reason::Settles => (
            "If the invoice was booked before, this settles it.",
            "如果發票先前已入帳，這筆是收回應收帳款。",
            "如果发票先前已入账，这笔是收回应收账款。",
        ),
        Reason::Exchange => (
            "Please see which sum was given and which was received.",
            "請確認哪一筆是付出、哪一筆是換得。",
            "请确认哪一笔是付出、哪一笔是换得。",
        ),
    };
    pick(words, language)
}

/// Title of the trial balance and its columns.
pub fn trial_balance(language: Language) -> (&'static str, [&'static str; 2], &'static str) {
    (
        pick(("Trial balance", "試算表", "试算表"), language),
        [
            pick(("Debit", "借方", "借方"), language),
            pick(("Credit", "貸方", "贷方"), language),
        ],
        pick(("Total", "合計", "合计"), language),
    )
}
