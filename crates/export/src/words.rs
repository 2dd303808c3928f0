//! The few words that a workbook has of its own.

/// Words of a workbook in a person's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// Name of the sheet with the rows.
    pub result: &'static str,
    /// Name of the sheet about the query.
    pub query: &'static str,
    /// Before the question.
    pub question: &'static str,
    /// Before the statement.
    pub statement: &'static str,
    /// Before the explanation.
    pub explanation: &'static str,
    /// Before what has to be known about the rows.
    pub note: &'static str,
    /// The rows are not all.
    pub truncated: &'static str,
    /// The answer did not pass its checks.
    pub draft: &'static str,
}

impl Words {
    /// English.
    pub const ENGLISH: Self = Self {
        result: "Result",
        query: "Query",
        question: "Question",
        statement: "SQL",
        explanation: "How it was found",
        note: "Note",
        truncated: "These are the first rows; there were more.",
        draft: "This is a draft that did not pass its checks.",
    };

    /// Chinese as written in Taiwan.
    pub const TRADITIONAL_CHINESE: Self = Self {
        result: "結果",
        query: "查詢",
        question: "問題",
        statement: "SQL",
        explanation: "查詢方式",
        note: "備註",
        truncated: "這裡只有前面的資料列，後面還有更多。",
        draft: "這是未通過檢查的草稿。",
    };

    /// Chinese as written in mainland China.
    pub const SIMPLIFIED_CHINESE: Self = Self {
        result: "结果",
        query: "查询",
        question: "问题",
        statement: "SQL",
        explanation: "查询方式",
        note: "备注",
        truncated: "这里只有前面的行，后面还有更多。",
        draft: "这是未通过检查的草稿。",
    };
}
