//! The few fixed words of a page: names of sections, of days, of buttons, and what a screen reader
//! says. English, traditional and simplified Chinese.

use crate::language::Language;
use crate::plan::Kind;

/// A fixed word or sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    SkipToContent,
    MainNavigation,
    FooterNavigation,
    Email,
    Phone,
    Address,
    Website,
    Hours,
    Subscribe,
    EmailPlaceholder,
    GetInTouch,
    SeeMore,
    SeeMenu,
    SeePrices,
    SeeWork,
    SeeSchedule,
    Visit,
    Join,
    Try,
    Book,
    WriteUs,
    CallUs,
    BackToTop,
    Choose,
}

impl Word {
    /// In a language.
    #[must_use]
    pub fn text(self, language: Language) -> &'static str {
        let (en, hant, hans) = match self {
            Self::SkipToContent => ("Skip to content", "跳到主要內容", "跳到主要内容"),
            Self::MainNavigation => ("Main", "主選單", "主菜单"),
            Self::FooterNavigation => ("Footer", "頁尾選單", "页脚菜单"),
            Self::Email => ("Email", "電子郵件", "电子邮件"),
            Self::Phone => ("Phone", "電話", "电话"),
            Self::Address => ("Address", "地址", "地址"),
            Self::Website => ("Web", "網站", "网站"),
            Self::Hours => ("Open", "營業時間", "营业时间"),
            Self::Subscribe => ("Subscribe", "訂閱", "订阅"),
            Self::EmailPlaceholder => ("you@example.com", "you@example.com", "you@example.com"),
            Self::GetInTouch => ("Get in touch", "與我們聯絡", "联系我们"),
            Self::SeeMore => ("See more", "了解更多", "了解更多"),
            Self::SeeMenu => ("See what we offer", "看看我們的品項", "看看我们的品项"),
            Self::SeePrices => ("See prices", "查看價格", "查看价格"),
            Self::SeeWork => ("See the work", "觀看作品", "观看作品"),
            Self::SeeSchedule => ("See the programme", "查看議程", "查看日程"),
            Self::Visit => ("Plan your visit", "安排造訪", "安排到访"),
            Self::Join => ("Join us", "加入我們", "加入我们"),
            Self::Try => ("Get started", "開始使用", "开始使用"),
            Self::Book => ("Make an appointment", "預約", "预约"),
            Self::WriteUs => ("Write to us", "寫信給我們", "写信给我们"),
            Self::CallUs => ("Call us", "來電洽詢", "来电咨询"),
            Self::BackToTop => ("Back to top", "回到頁首", "回到页首"),
            Self::Choose => ("Choose", "選擇", "选择"),
        };
        pick(language, en, hant, hans)
    }
}

/// What the navigation calls a section.
#[must_use]
pub fn short_name(kind: Kind, language: Language) -> &'static str {
    let (en, hant, hans) = match kind {
        Kind::Navigation => ("Menu", "選單", "菜单"),
        Kind::Hero => ("Top", "首頁", "首页"),
        Kind::About => ("About", "關於", "关于"),
        Kind::Features => ("Why us", "特色", "特色"),
        Kind::Products => ("Offer", "品項", "产品"),
        Kind::Pricing => ("Pricing", "價格", "价格"),
        Kind::Gallery => ("Gallery", "作品", "作品"),
        Kind::Testimonials => ("Voices", "好評", "好评"),
        Kind::Faq => ("FAQ", "常見問題", "常见问题"),
        Kind::Team => ("Team", "團隊", "团队"),
        Kind::Steps => ("How it works", "流程", "流程"),
        Kind::Statistics => ("In numbers", "數字", "数字"),
        Kind::Schedule => ("Programme", "議程", "日程"),
        Kind::OpeningHours => ("Hours", "時間", "时间"),
        Kind::Contact => ("Contact", "聯絡", "联系"),
        Kind::Partners => ("Partners", "夥伴", "伙伴"),
        Kind::Notes => ("Good to know", "須知", "须知"),
        Kind::Newsletter => ("Newsletter", "電子報", "邮件订阅"),
        Kind::CallToAction => ("Start", "開始", "开始"),
        Kind::Footer => ("More", "更多", "更多"),
    };
    pick(language, en, hant, hans)
}

pub(crate) fn pick<'a>(language: Language, en: &'a str, hant: &'a str, hans: &'a str) -> &'a str {
    match language {
        Language::English => en,
        Language::Traditional => hant,
        Language::Simplified => hans,
    }
}
