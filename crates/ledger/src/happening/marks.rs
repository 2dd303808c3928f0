//! Words around a sum that tell what it has to do with the others: a total, a price for one, change.

use std::sync::LazyLock;

use regex::Regex;

use crate::text::pattern;

/// Patterns of what stands before (`^…$` at its end) or behind a sum.
pub struct Marks {
    pub balance: Regex,
    pub list_price: Regex,
    pub was: Regex,
    pub change: Regex,
    pub change_behind: Regex,
    pub total: Regex,
    pub total_behind: Regex,
    pub plus: Regex,
    pub addition_behind: Regex,
    pub contained: Regex,
    pub tax_behind: Regex,
    pub each_behind: Regex,
    pub each: Regex,
    pub about_same: Regex,
    pub either: Regex,
    pub exchange: Regex,
    pub times: Regex,
    /// Behind a number: things that are bought by the piece.
    pub counted: Regex,
}

pub static MARKS: LazyLock<Marks> = LazyLock::new(|| Marks {
    balance: pattern(
        r"(?:\bbalance(?: is| of| now| was)*|余额|结余|还剩(?:下)?|剩(?:下|余)?|\bremaining|\bbudget(?: of| is| was)?|\blimit(?: of)?|预算|额度|\bleft over)[ 是:=了]*$",
    ),
    list_price: pattern(
        r"(?:原价|定价|标价|原本要?|市价|牌价|originally|original(?: price)?(?: of)?|regular(?:ly)?(?: price)?|list price|normally|instead of|down from|\brrp|usually|reduced from|marked down from)[ 是要卖为:]*$",
    ),
    was: pattern(r"\bwas(?: at)? ?$|\bworth ?$"),
    change: pattern(r"(?:找(?:了|我|回|零|给|您|你)*|\bchange(?: of| was)?|\bgot back)[ :]*$"),
    change_behind: pattern(r"^ ?(?:in |of )?(?:change|back)\b"),
    total: pattern(
        r"(?:共计?|总共|一共|合计|总计|总价|总额|总金额|小计|加起来|加总|全部|\btotal(?:l?ing|s|led)?|in total|altogether|grand total|bill came to|comes? to|came to|\bsum)(?: (?:of|is|was|came to|comes to|amount))*[ :=是为花付了要收]*$",
    ),
    total_behind: pattern(
        r"^ ?(?:in total|altogether|total\b|all in\b|all together|for all|for everything|for the lot|for both)",
    ),
    plus: pattern(
        r"(?:\bplus\b|\+|加上?|外加|另加|再加|连同?|另付|\band an extra)[ a-z]{0,10}(?:小费|服务费|运费|邮费|税|手续费)? ?$",
    ),
    addition_behind: pattern(
        r"^ ?(?:in |of |for |的)?(?:an? |the )?(?:tips?\b|gratuity|service charge|shipping|delivery(?: fee)?|postage|(?:sales )?tax\b|vat\b|gst\b|service fee|handling|小费|服务费|运费|邮费|营业税|增值税|税)",
    ),
    contained: pattern(
        r"(?:\bincl(?:uding|udes|\.)?|\bof which|\bthereof|内含|其中|含)(?: an?)?[ :]*(?:vat|tax|gst|税|营业税|增值税|税额)?(?: of)? ?$",
    ),
    tax_behind: pattern(r"^ ?(?:元|块)?(?:的|of )?(?:vat|gst|tax|sales tax|税|营业税|增值税)"),
    each_behind: pattern(
        r"^ ?(?:元|块钱?)?(?:(?:in |to |for |on )?each\b|apiece|a ?piece\b|ea\b|per (?:person|head|night|day|hour|item|piece|unit|month|week|box|bottle|pack|ticket|seat|kilo|kg|chair|licen[cs]e|user|year|page|word|cup|copy|km|kilomet(?:er|re)|mile)|/ ?(?:each|ea|night|hour|hr|h|day|person|head|pc|unit|pack|box|month|mo|kg|user|seat|week|l|litre|km|mile|个|张|件|人|晚|天|台|箱|盒|杯|瓶|本|斤|公斤|月|小时)|a (?:dozen|walk|lesson|class|session|metre|meter|litre|liter|length|stem|word|tray|bale|sack|yard|night|head|person|pop|box|unit|bottle|pack|kilo|ticket|copy|cup|seat|piece|day|hour|mile)\b|an hour\b|一(?:个|张|台|本|件|箱|瓶|份|人|晚|天|包|盒|双|条|支|只|次|斤|公斤|杯|套|小时|位|节|堂|课|顿|趟|盘|碗|把|根|株|棵|枚|期|场))",
    ),
    each: pattern(
        r"(?:@|单价|时薪|日薪|月薪|钟点费|各自?(?:发|给|付|转|包|送|交|拿|收|补|捐|打|汇)?了?|[千百]字|每[个张杯台本件箱瓶份包盒双条支只次斤套位堂课把袋][^\s\d,;]{0,4}|每(?:个?人|一?[^\s\d]{1,2})|一(?:个人|个|张|杯|台|本|件|箱|瓶|份|人|晚|天|包|盒|双|条|支|只|次|公斤|斤|套|位|小时|节|堂|课|顿|趟|盘|碗|把|块|根|株|棵|枚|期|场))[ 是要卖只才为:]*$",
    ),
    about_same: pattern(
        r"^[ ,]*(?:\(|≈|=|~|about|approx(?:imately)?\.?|equals|that is|i\.e\.|or about|约合?|折合|相当于|等于|合)[ (a-z≈约合]*$",
    ),
    either: pattern(r"^ ?(?:or|或|或者|还是|-|~|to|到|至)(?: maybe| about)? ?$"),
    exchange: pattern(
        r"\b(?:exchanged?|converted?|changed)\b|换了|兑换|换成|换汇|换(?:美|日|欧|台|人|港|英|外)|结汇|购汇|买了?(?:美金|美元|日币|日元|欧元|外汇|外币)",
    ),
    counted: pattern(
        r"^ ?(?:张|个|件|本|台|瓶|杯|箱|盒|份|双|条|支|只|套|斤|公斤|包|袋|tickets?\b|pieces?\b)",
    ),
    times: pattern(r"^ ?(?:元|块)? ?(?:x|×|\*|✕|乘以?|@) ?$"),
});

/// Whether a sum is added to the one before it: "plus 8 tip", 外加 5% is a rate and told elsewhere.
pub fn is_addition(between: &str, tail: &str) -> bool {
    let patterns = &*MARKS;
    let is_named = patterns.addition_behind.is_match(tail)
        || ["小费", "服务费", "tip of ", "tip ", "shipping ", "运费"]
            .iter()
            .any(|word| {
                between
                    .trim_start_matches([',', ' '])
                    .trim_end_matches(' ')
                    .ends_with(word.trim_end())
            });
    let is_short = between.chars().count() <= 14;
    let has_plus = patterns.plus.is_match(between);
    let ends = tail.trim_start();
    let is_bare = ends.is_empty()
        || ends.starts_with([',', '.', ')'])
        || ends.starts_with("on ")
        || ends.starts_with("in ")
        || ends.starts_with("by ");
    is_short && ((has_plus && (is_named || is_bare)) || (is_named && is_joint(between)))
}

/// "and 8 tip", ", tip 8", "+ 8 shipping" and the like, with nothing else between.
fn is_joint(between: &str) -> bool {
    static JOINT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^[ ,、]*(?:and|with|plus|\+|&|加上?|另加|外加|和|连)?(?: an?| the| a \d+%)? ?(?:tip(?: of)?|小费|服务费|运费|邮费|shipping(?: of| was)?|delivery)?[ :]*$",
        )
    });
    JOINT.is_match(between)
}
