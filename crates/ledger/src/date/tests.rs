use super::*;

#[track_caller]
fn check(today: &str, text: &str, expected: &[&str]) {
    let calendar = Calendar {
        today: today.parse().unwrap(),
        month_first: text.chars().any(crate::text::is_han),
    };
    let folded = crate::text::folded(text);
    let found: Vec<String> = find(&folded, &calendar)
        .into_iter()
        .map(|mention| match mention.day {
            Day { date: None, .. } => "never".to_owned(),
            Day {
                date: Some(date),
                certainty: Certainty::Told,
                ..
            } => date.to_string(),
            Day {
                date: Some(date),
                certainty,
                ..
            } => format!("{date} {certainty:?}").to_lowercase(),
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}

const FRIDAY: &str = "2025-03-14";

#[test]
fn digits() {
    check(FRIDAY, "paid 2025-03-05", &["2025-03-05"]);
    // With points the day comes first, wherever people write so.
    check(FRIDAY, "5.3.2025", &["2025-03-05"]);
    check(FRIDAY, "21/04/16", &["2016-04-21"]);
    check(FRIDAY, "12/28 dinner", &["2024-12-28"]);
    check(FRIDAY, "9/3 dinner", &["2024-09-03 ambiguous"]);
    check(FRIDAY, "open 24/7 for $3/5", &[]);
    check(FRIDAY, "114/3/5 午餐", &["2025-03-05"]);
    check(FRIDAY, "2/30 lunch", &["never"]);
    check(FRIDAY, "3.5 买菜 86", &["2025-03-05"]);
    check(FRIDAY, "3.5 km taxi", &[]);
}

#[test]
fn english() {
    check(
        FRIDAY,
        "on the 1st, and on the 15th",
        &["2025-03-01", "2025-02-15"],
    );
    check(
        FRIDAY,
        "yesterday, last night, today",
        &["2025-03-13", "2025-03-13", "2025-03-14"],
    );
    check(FRIDAY, "the day before yesterday", &["2025-03-12"]);
    check(FRIDAY, "last Friday", &["2025-03-07"]);
    check(FRIDAY, "last Monday", &["2025-03-03 ambiguous"]);
    check(FRIDAY, "on Monday", &["2025-03-10"]);
    check(
        FRIDAY,
        "two weeks ago; 3 days ago; a month ago",
        &["2025-02-28", "2025-03-11", "2025-02-14"],
    );
    check(FRIDAY, "March 5, 2,400", &["2025-03-05"]);
    check(FRIDAY, "March 2,400", &[]);
    check(FRIDAY, "5 December 2024", &["2024-12-05"]);
    check(FRIDAY, "Feb 31", &["never"]);
    check(FRIDAY, "the first Friday of last month", &["2025-02-07"]);
    check(FRIDAY, "at the end of last year", &["2024-12-31 vague"]);
    check(FRIDAY, "may I have 20 for lunch", &[]);
    check(FRIDAY, "the 20th of last month", &["2025-02-20"]);
    check(FRIDAY, "1 month and 21 days ago", &["2025-01-24"]);
    check(FRIDAY, "second invoice for the third floor", &[]);
}

#[test]
fn chinese() {
    check(FRIDAY, "上週三", &["2025-03-05"]);
    check(FRIDAY, "週三", &["2025-03-12"]);
    check(
        FRIDAY,
        "前天、大前天和昨晚",
        &["2025-03-12", "2025-03-11", "2025-03-13"],
    );
    check(FRIDAY, "上個月15號", &["2025-02-15"]);
    check(FRIDAY, "三月五日", &["2025-03-05"]);
    check(FRIDAY, "去年年底", &["2024-12-31 vague"]);
    check(FRIDAY, "二零二四年八月十五", &["2024-08-15"]);
    check(FRIDAY, "2月31日", &["never"]);
    check(FRIDAY, "3天前", &["2025-03-11"]);
    check(FRIDAY, "兩個禮拜前", &["2025-02-28"]);
    check(FRIDAY, "8月1日或2日", &["2024-08-01", "2024-08-02"]);
    check(FRIDAY, "坐3號線到305號房", &[]);
    check(FRIDAY, "一周三次", &[]);
    check(FRIDAY, "三月房租 18000", &["2025-03-14 period"]);
    check(FRIDAY, "民國113年12月28日", &["2024-12-28"]);
    check(FRIDAY, "上上個週三", &["2025-02-26"]);
}
