use super::*;

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let calendar = Calendar {
        today: "2025-03-14".parse().unwrap(),
        month_first: text.chars().any(crate::text::is_han),
    };
    let reading = read(&Text::new(text), &calendar, None);
    let mut found: Vec<(usize, String)> = reading
        .happenings
        .iter()
        .map(|happening| {
            let value = happening.charge.value.normalize();
            let said = format!(
                "{value} {} {} | {}",
                happening.currency.code, happening.when.date, happening.source
            );
            (happening.span.start, said)
        })
        .collect();
    found.extend(
        reading
            .leftovers
            .iter()
            .map(|leftover| (leftover.span.start, format!("{:?}", leftover.why))),
    );
    found.sort();
    let found: Vec<String> = found.into_iter().map(|(_, said)| said).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn names_and_counts_are_no_sums() {
    check(
        "spent 18.20 on stamps and 6 mailers",
        &["18.2 USD 2025-03-14 | spent 18.20 on stamps and 6 mailers"],
    );
    check(
        "Makro run: beans R1,240, six crates of milk R534",
        &[
            "1240 ZAR 2025-03-14 | Makro run: beans R1,240",
            "534 ZAR 2025-03-14 | six crates of milk R534",
        ],
    );
    check(
        "Halvorsen paid inv 2025-118, NOK 14,500",
        &["14500 NOK 2025-03-14 | Halvorsen paid inv 2025-118, NOK 14,500"],
    );
    check(
        "续了一年宽带，500兆的，1200块",
        &["1200 CNY 2025-03-14 | 续了一年宽带，500兆的，1200块"],
    );
    check(
        "Ryanair refunded flight FR 1824, €73.40",
        &["73.4 EUR 2025-03-14 | Ryanair refunded flight FR 1824, €73.40"],
    );
    check(
        "Payout SGD 1,976.20 (orders 88213 to 88240) today",
        &["1976.2 SGD 2025-03-14 | Payout SGD 1,976.20 (orders 88213 to 88240) today"],
    );
    check(
        "uber home, 64.80 USD, surge was 2.3x",
        &["64.8 USD 2025-03-14 | uber home, 64.80 USD, surge was 2.3x"],
    );
    check(
        "the 8.40 train, £9.35 for a sandwich",
        &["9.35 GBP 2025-03-14 | the 8.40 train, £9.35 for a sandwich"],
    );
    check(
        "insurance for 2026, SEK 3,450",
        &["3450 SEK 2025-03-14 | insurance for 2026, SEK 3,450"],
    );
    check("500兆元的工程", &["TooLarge"]);
}

/// What looks like a name or a count and is a sum is never passed over in silence.
#[test]
fn sums_are_no_names_and_counts() {
    check(
        "3.20 bus, 4.50 coffee",
        &[
            "3.2 USD 2025-03-14 | 3.20 bus",
            "4.5 USD 2025-03-14 | 4.50 coffee",
        ],
    );
    check(
        "gave Mark 50, lunch 12.40",
        &[
            "50 USD 2025-03-14 | gave Mark 50",
            "12.4 USD 2025-03-14 | lunch 12.40",
        ],
    );
    check(
        "sold the desk for 2000, coffee 4.50",
        &[
            "2000 USD 2025-03-14 | sold the desk for 2000",
            "4.5 USD 2025-03-14 | coffee 4.50",
        ],
    );
    check(
        "Canon R5 for 1,200 EUR",
        &["1200 EUR 2025-03-14 | Canon R5 for 1,200 EUR"],
    );
    check(
        "NYE dinner 312 bucks, plumber on Christmas Eve €260",
        &[
            "312 USD 2024-12-31 | NYE dinner 312 bucks",
            "260 EUR 2024-12-24 | plumber on Christmas Eve €260",
        ],
    );
}

#[test]
fn a_text_is_cut_between_its_sums() {
    check(
        "Lunch with ACME 84.50 on the company card yesterday, rent 2,400 on the 1st, ACME paid the 5,000 invoice; 上週三買了兩台螢幕共 12,600 元",
        &[
            "84.5 USD 2025-03-13 | Lunch with ACME 84.50 on the company card yesterday",
            "2400 USD 2025-03-01 | rent 2,400 on the 1st",
            "5000 USD 2025-03-14 | ACME paid the 5,000 invoice",
            "12600 TWD 2025-03-05 | 上週三買了兩台螢幕共 12,600 元",
        ],
    );
    check(
        "- taxi 15\n- coffee 4.20, paid in cash\n",
        &[
            "15 USD 2025-03-14 | taxi 15",
            "4.2 USD 2025-03-14 | coffee 4.20, paid in cash",
        ],
    );
    check(
        "昨天午餐120，計程車250",
        &[
            "120 TWD 2025-03-13 | 昨天午餐120",
            "250 TWD 2025-03-13 | 計程車250",
        ],
    );
    check(
        "lunch 20 taxi 15",
        &[
            "20 USD 2025-03-14 | lunch 20",
            "15 USD 2025-03-14 | taxi 15",
        ],
    );
    check(
        "Got my salary, 4,150, on the 3rd; rent of 1,200 went out the same day",
        &[
            "4150 USD 2025-03-03 | Got my salary, 4,150, on the 3rd",
            "1200 USD 2025-03-03 | rent of 1,200 went out the same day",
        ],
    );
    check(
        "20 for lunch 15 for the taxi",
        &[
            "20 USD 2025-03-14 | 20 for lunch",
            "15 USD 2025-03-14 | 15 for the taxi",
        ],
    );
}

#[test]
fn sums_belong_together() {
    check(
        "3 chairs at 45 each",
        &["135 USD 2025-03-14 | 3 chairs at 45 each"],
    );
    check("便當 90 元 × 6", &["540 TWD 2025-03-14 | 便當 90 元 × 6"]);
    check(
        "dinner 64 plus 8 tip",
        &["72 USD 2025-03-14 | dinner 64 plus 8 tip"],
    );
    check(
        "買3箱礦泉水，每箱36元",
        &["108 TWD 2025-03-14 | 買3箱礦泉水，每箱36元"],
    );
    check(
        "lunch 20, taxi 15, total 35",
        &[
            "20 USD 2025-03-14 | lunch 20",
            "15 USD 2025-03-14 | taxi 15, total 35",
            "SumOfOthers",
        ],
    );
    check(
        "was 120 but paid 89 for the headphones",
        &[
            "89 USD 2025-03-14 | was 120 but paid 89 for the headphones",
            "NotPaid",
        ],
    );
    check(
        "拿一千元付，找了 240 元，買文具",
        &["760 TWD 2025-03-14 | 拿一千元付，找了 240 元，買文具"],
    );
    check(
        "买了五斤苹果，四块五一斤",
        &["22.5 CNY 2025-03-14 | 买了五斤苹果，四块五一斤"],
    );
    check(
        "Team dinner for 6, 312.40 including a 40 tip",
        &["312.4 USD 2025-03-14 | Team dinner for 6, 312.40 including a 40 tip"],
    );
    // The price of one or of both is not said: what it would be for both is the doubt.
    check(
        "高鐵票台北到台中 700 元兩張",
        &["700 TWD 2025-03-14 | 高鐵票台北到台中 700 元兩張"],
    );
}

#[test]
fn what_is_counted_is_no_sum() {
    check(
        "flyers: 500 for $64",
        &["64 USD 2025-03-14 | flyers: 500 for $64"],
    );
    check(
        "A$2.4k came in from Bluegum",
        &["2400 AUD 2025-03-14 | A$2.4k came in from Bluegum"],
    );
    check(
        "Dropped 4 parcels for 46.80",
        &["46.8 USD 2025-03-14 | Dropped 4 parcels for 46.80"],
    );
    check(
        "paid the editor €900 for 12 videos",
        &["900 EUR 2025-03-14 | paid the editor €900 for 12 videos"],
    );
    check(
        "报了网课699元，一共24节",
        &["699 CNY 2025-03-14 | 报了网课699元，一共24节"],
    );
    check(
        "今天卖了3单，收到240元",
        &["240 CNY 2025-03-14 | 今天卖了3单，收到240元"],
    );
}

#[test]
fn nothing_is_lost() {
    check("Lunch", &["NoAmount"]);
    check("paid 1e400 for lunch", &["TooLarge"]);
    check("lunch 0", &["Zero"]);
    check("🎉🎉", &[]);
    check(
        "Had lunch with Bob. It cost 20.",
        &["20 USD 2025-03-14 | Had lunch with Bob. It cost 20"],
    );
    check(
        "3/5:\nlunch 20\ntaxi 15",
        &[
            "20 USD 2025-03-05 | lunch 20",
            "15 USD 2025-03-05 | taxi 15",
        ],
    );
    check(
        "curtains for the meeting room 85",
        &["85 USD 2025-03-14 | curtains for the meeting room 85"],
    );
    check(
        "room 305, hotel 180",
        &["180 USD 2025-03-14 | room 305, hotel 180"],
    );
}
