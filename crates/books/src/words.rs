//! The words of statements and exports, in the person's language.

use crate::account::Class;

/// A language of the app.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Chinese as written in Taiwan.
    TraditionalChinese,
    /// Chinese as written on the mainland.
    SimplifiedChinese,
}

/// Words that statements and exports have of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is named after what it says")]
pub enum Word {
    Journal,
    GeneralLedger,
    TrialBalance,
    IncomeStatement,
    BalanceSheet,
    CashFlowDirect,
    CashFlowIndirect,
    EquityMovement,
    TaxSummary,
    SpendingByCategory,
    SpendingByCounterparty,
    AgedReceivables,
    AgedPayables,
    ExchangeGains,
    Unclassified,
    Days,
    Cost,
    Worth,
    Realised,
    Unrealised,
    TieReceivables,
    TiePayables,
    Debit,
    Credit,
    Balance,
    Opening,
    Closing,
    Total,
    Assets,
    Liabilities,
    Equity,
    Income,
    Expenses,
    Profit,
    NotClosed,
    LiabilitiesAndEquity,
    Operating,
    Investing,
    Financing,
    ExchangeEffect,
    CashChange,
    CashOpening,
    CashClosing,
    Contributions,
    Net,
    Tax,
    Gross,
    Nobody,
    Others,
    NoCode,
    Ties,
    TieTrial,
    TieSheet,
    TieEquity,
    TieCashDirect,
    TieCashIndirect,
    TieLedger,
    Holds,
    Broken,
    Check,
    Left,
    Right,
    Period,
    Currency,
    Account,
    Amount,
    Date,
    Number,
    Description,
    Counterparty,
    Value,
    ValueCurrency,
    Source,
    Signature,
    Prepared,
    Page,
    Seal,
    ExchangeWithin,
}

impl Word {
    /// In a language.
    #[must_use]
    pub fn say(self, language: Language) -> &'static str {
        let (english, traditional, simplified) = self.all();
        match language {
            Language::English => english,
            Language::TraditionalChinese => traditional,
            Language::SimplifiedChinese => simplified,
        }
    }

    #[expect(clippy::too_many_lines, reason = "a table with one row for each word")]
    fn all(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Journal => ("Journal", "日記帳", "日记账"),
            Self::GeneralLedger => ("General ledger", "總分類帳", "总账"),
            Self::TrialBalance => ("Trial balance", "試算表", "试算平衡表"),
            Self::IncomeStatement => ("Income statement", "損益表", "利润表"),
            Self::BalanceSheet => ("Balance sheet", "資產負債表", "资产负债表"),
            Self::CashFlowDirect => (
                "Cash flow (direct)",
                "現金流量表（直接法）",
                "现金流量表（直接法）",
            ),
            Self::CashFlowIndirect => (
                "Cash flow (indirect)",
                "現金流量表（間接法）",
                "现金流量表（间接法）",
            ),
            Self::EquityMovement => ("Movement in equity", "權益變動表", "所有者权益变动表"),
            Self::TaxSummary => ("Tax summary", "稅額彙總", "税额汇总"),
            Self::SpendingByCategory => ("Spending by category", "支出分類", "支出分类"),
            Self::SpendingByCounterparty => ("Spending by payee", "支出對象", "支出对象"),
            Self::AgedReceivables => ("Receivables by age", "應收帳款帳齡", "应收账款账龄"),
            Self::AgedPayables => ("Payables by age", "應付帳款帳齡", "应付账款账龄"),
            Self::ExchangeGains => ("Exchange gains and losses", "匯兌損益", "汇兑损益"),
            Self::Days => ("days", "天", "天"),
            Self::Cost => ("Cost", "成本", "成本"),
            Self::Worth => ("Worth on the last day", "期末價值", "期末价值"),
            Self::Realised => ("Realised", "已實現", "已实现"),
            Self::Unrealised => ("Unrealised", "未實現", "未实现"),
            Self::TieReceivables => (
                "Receivables by age = their accounts",
                "應收帳齡 = 應收科目",
                "应收账龄 = 应收科目",
            ),
            Self::TiePayables => (
                "Payables by age = their accounts",
                "應付帳齡 = 應付科目",
                "应付账龄 = 应付科目",
            ),
            Self::Unclassified => ("Unclassified", "未分類", "未分类"),
            Self::Debit => ("Debit", "借方", "借方"),
            Self::Credit => ("Credit", "貸方", "贷方"),
            Self::Balance => ("Balance", "餘額", "余额"),
            Self::Opening => ("Opening balance", "期初餘額", "期初余额"),
            Self::Closing => ("Closing balance", "期末餘額", "期末余额"),
            Self::Total => ("Total", "合計", "合计"),
            Self::Assets => ("Assets", "資產", "资产"),
            Self::Liabilities => ("Liabilities", "負債", "负债"),
            Self::Equity => ("Equity", "權益", "所有者权益"),
            Self::Income => ("Income", "收入", "收入"),
            Self::Expenses => ("Expenses", "費用", "费用"),
            Self::Profit => ("Profit or loss", "本期損益", "本期损益"),
            Self::NotClosed => ("Result not closed yet", "尚未結轉損益", "尚未结转损益"),
            Self::LiabilitiesAndEquity => {
                ("Liabilities and equity", "負債及權益", "负债和所有者权益")
            }
            Self::Operating => ("Operating activities", "營業活動", "经营活动"),
            Self::Investing => ("Investing activities", "投資活動", "投资活动"),
            Self::Financing => ("Financing activities", "籌資活動", "筹资活动"),
            Self::ExchangeEffect => ("Effect of exchange rates", "匯率變動影響", "汇率变动影响"),
            Self::CashChange => ("Change in cash", "現金增減", "现金净增加额"),
            Self::CashOpening => ("Cash at the beginning", "期初現金", "期初现金"),
            Self::CashClosing => ("Cash at the end", "期末現金", "期末现金"),
            Self::Contributions => (
                "Owners' contributions and withdrawals",
                "業主投入與提取",
                "所有者投入和提取",
            ),
            Self::Net => ("Net", "未稅金額", "不含税金额"),
            Self::Tax => ("Tax", "稅額", "税额"),
            Self::Gross => ("Gross", "含稅金額", "含税金额"),
            Self::Others => ("Everything else", "其他", "其他"),
            Self::Nobody => ("Nobody named", "未記名", "未记名"),
            Self::NoCode => ("Without a code", "無稅碼", "无税码"),
            Self::Ties => ("Tie-outs", "勾稽檢查", "勾稽检查"),
            Self::TieTrial => ("Debits = credits", "借方 = 貸方", "借方 = 贷方"),
            Self::TieSheet => (
                "Assets = liabilities + equity",
                "資產 = 負債 + 權益",
                "资产 = 负债 + 所有者权益",
            ),
            Self::TieEquity => (
                "Profit + contributions = movement in equity",
                "損益 + 投入提取 = 權益變動",
                "损益 + 投入提取 = 权益变动",
            ),
            Self::TieCashDirect => (
                "Cash flow (direct) = change in cash",
                "現金流量（直接法）= 現金增減",
                "现金流量（直接法）= 现金增减",
            ),
            Self::TieCashIndirect => (
                "Cash flow (indirect) = change in cash",
                "現金流量（間接法）= 現金增減",
                "现金流量（间接法）= 现金增减",
            ),
            Self::TieLedger => (
                "General ledger = trial balance",
                "總分類帳 = 試算表",
                "总账 = 试算表",
            ),
            Self::Holds => ("holds", "相符", "相符"),
            Self::Broken => ("does not hold", "不符", "不符"),
            Self::Check => ("Check", "檢查", "检查"),
            Self::Left => ("Left side", "左方", "左边"),
            Self::Right => ("Right side", "右方", "右边"),
            Self::Period => ("Period", "期間", "期间"),
            Self::Currency => ("Currency", "幣別", "币种"),
            Self::Account => ("Account", "科目", "科目"),
            Self::Amount => ("Amount", "金額", "金额"),
            Self::Date => ("Date", "日期", "日期"),
            Self::Number => ("No.", "編號", "编号"),
            Self::Description => ("Description", "摘要", "摘要"),
            Self::Counterparty => ("Payee", "對象", "对方"),
            Self::Value => ("Value", "帳面金額", "入账金额"),
            Self::ValueCurrency => ("Value in", "帳面幣別", "入账币种"),
            Self::Source => ("Source", "原文", "原文"),
            Self::Signature => (
                "Date, place, signature",
                "日期、地點、簽名",
                "日期、地点、签名",
            ),
            Self::Prepared => ("Prepared from the book on", "編製日期", "编制日期"),
            Self::Page => ("Page", "頁", "页"),
            Self::Seal => ("Seal of the book", "帳本封印", "账本封印"),
            Self::ExchangeWithin => (
                "Exchange differences in profit",
                "損益中的匯兌差額",
                "损益中的汇兑差额",
            ),
        }
    }

    /// The heading of a class.
    #[must_use]
    pub fn of_class(class: Class) -> Self {
        match class {
            Class::Asset => Self::Assets,
            Class::Liability => Self::Liabilities,
            Class::Equity => Self::Equity,
            Class::Income => Self::Income,
            Class::Expense => Self::Expenses,
        }
    }
}
