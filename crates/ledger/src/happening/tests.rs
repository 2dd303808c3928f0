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

#[test]
fn a_day_is_of_what_it_is_told_of() {
    check(
        "gym 39 and netflix 17.99 both went out on March 3, then a fee of 6.50 the day after",
        &[
            "39 USD 2025-03-03 | gym 39",
            "17.99 USD 2025-03-03 | and netflix 17.99 both went out on March 3",
            "6.5 USD 2025-03-04 | then a fee of 6.50 the day after",
        ],
    );
    check(
        "ads for the black friday promo 600",
        &["600 USD 2025-03-14 | ads for the black friday promo 600"],
    );
    check(
        "3月10号打车38元，第二天又打车42元",
        &[
            "38 CNY 2025-03-10 | 3月10号打车38元",
            "42 CNY 2025-03-11 | 第二天又打车42元",
        ],
    );
}

#[test]
fn each_of_them_costs_that_much() {
    check(
        "昨天给爸妈各发了一千块红包",
        &["2000 CNY 2025-03-13 | 昨天给爸妈各发了一千块红包"],
    );
    check(
        "35h of editing at 28 USD/h via PayPal",
        &["980 USD 2025-03-14 | 35h of editing at 28 USD/h via PayPal"],
    );
    check(
        "mileage 120 km at £0.45 per km",
        &["54 GBP 2025-03-14 | mileage 120 km at £0.45 per km"],
    );
}

#[test]
fn numbers_of_places_and_pieces_are_no_sums() {
    check(
        "Plumber fixed the boiler in flat 12, cost me £185",
        &["185 GBP 2025-03-14 | Plumber fixed the boiler in flat 12, cost me £185"],
    );
    check(
        "a new lamp for desk 120",
        &["120 USD 2025-03-14 | a new lamp for desk 120"],
    );
    check(
        "卖掉43块手工皂，一共收了1290元",
        &["1290 CNY 2025-03-14 | 卖掉43块手工皂，一共收了1290元"],
    );
    check(
        "打车30块，午饭25元",
        &[
            "30 CNY 2025-03-14 | 打车30块",
            "25 CNY 2025-03-14 | 午饭25元",
        ],
    );
    check(
        "vet was 95 euro for the dog's ear, and 28 euro more on tablets",
        &[
            "95 EUR 2025-03-14 | vet was 95 euro for the dog's ear",
            "28 EUR 2025-03-14 | and 28 euro more on tablets",
        ],
    );
}

#[test]
fn a_day_told_of_all_is_the_day_of_all() {
    check(
        "School shoes $54.90 (20% off!), haircut $22, both yesterday",
        &[
            "54.9 USD 2025-03-13 | School shoes $54.90 (20% off!)",
            "22 USD 2025-03-13 | haircut $22, both yesterday",
        ],
    );
    check(
        "Strings 48.75, rosin 9. All on March 3",
        &[
            "48.75 USD 2025-03-03 | Strings 48.75",
            "9 USD 2025-03-03 | rosin 9",
        ],
    );
    check(
        "the rego is due on the 20th so I just paid it, $812.40",
        &["812.4 USD 2025-03-14 | the rego is due on the 20th so I just paid it, $812.40"],
    );
}

#[test]
fn a_day_that_nothing_took_is_doubted_and_not_lost() {
    let calendar = Calendar {
        today: "2025-03-14".parse().unwrap(),
        month_first: false,
    };
    let doubt = |text: &str| {
        let reading = read(&Text::new(text), &calendar, None);
        reading.happenings.iter().find_map(|one| one.when.doubt)
    };
    assert_eq!(
        doubt("new tyres 240. It was last Monday that I went there"),
        Some(DateDoubt::Neighbour)
    );
    assert_eq!(
        doubt("new tyres 240 on March 10. I was there on March 10"),
        None
    );
    assert_eq!(
        doubt("the rego is due on the 20th so I just paid it, 812"),
        None
    );
}

#[test]
fn what_is_counted_beside_a_sum_is_no_sum() {
    check(
        "Farrier did 4 horses at $45 a head, wormer was $27.99",
        &[
            "180 USD 2025-03-14 | Farrier did 4 horses at $45 a head",
            "27.99 USD 2025-03-14 | wormer was $27.99",
        ],
    );
    check(
        "Customer bring back 2 blender, I refund her ₦42,000",
        &["42000 NGN 2025-03-14 | Customer bring back 2 blender, I refund her ₦42,000"],
    );
    check(
        "A Math 4 lessons x S$70, Mrs Tan paid",
        &["280 SGD 2025-03-14 | A Math 4 lessons x S$70, Mrs Tan paid"],
    );
    check(
        "Sunday's plate came to $843.25, 61 in attendance",
        &["843.25 USD 2025-03-09 | Sunday's plate came to $843.25, 61 in attendance"],
    );
    // Here what it bought stands behind every sum.
    check(
        "£4 coffee, 3 bus",
        &["4 GBP 2025-03-14 | £4 coffee", "3 GBP 2025-03-14 | 3 bus"],
    );
    check(
        "Sold goods worth 275,000 naira and paid 3,000 for transport",
        &[
            "275000 NGN 2025-03-14 | Sold goods worth 275,000 naira",
            "3000 NGN 2025-03-14 | and paid 3,000 for transport",
        ],
    );
    check(
        "ugh parking ticket on 5th street, 65 bucks",
        &["65 USD 2025-03-14 | ugh parking ticket on 5th street, 65 bucks"],
    );
    check(
        "客人提前走了，退了他388房费",
        &["388 CNY 2025-03-14 | 客人提前走了，退了他388房费"],
    );
}

#[test]
fn hours_terms_and_names_are_no_sums() {
    check(
        "No sales, shut at 3 because of the snow, only spent 14.60 on grit",
        &[
            "14.6 USD 2025-03-14 | No sales, shut at 3 because of the snow, only spent 14.60 on grit",
        ],
    );
    check(
        "Invoiced Larkspur Ltd €1,850 for the rebrand, net 30",
        &["1850 EUR 2025-03-14 | Invoiced Larkspur Ltd €1,850 for the rebrand, net 30"],
    );
    check(
        "借给老周一千五，说好下个月还",
        &["1500 CNY 2025-03-14 | 借给老周一千五，说好下个月还"],
    );
    check(
        "學生繳了十堂課的學費 6000 元",
        &["6000 TWD 2025-03-14 | 學生繳了十堂課的學費 6000 元"],
    );
}

#[test]
fn rates_are_worked_out() {
    check(
        "new kettle 80 EUR minus 25%",
        &["60 EUR 2025-03-14 | new kettle 80 EUR minus 25%"],
    );
    check(
        "paid the hall a 40% deposit on the €500",
        &["200 EUR 2025-03-14 | paid the hall a 40% deposit on the €500"],
    );
    check(
        "dinner £50, added a 10% tip",
        &["55 GBP 2025-03-14 | dinner £50, added a 10% tip"],
    );
    check(
        "买椅子4把，每把250元，打八五折",
        &["850 CNY 2025-03-14 | 买椅子4把，每把250元，打八五折"],
    );
    // What was paid is told, or what the rate is of.
    check(
        "20% off shoes, £59.90",
        &["59.9 GBP 2025-03-14 | 20% off shoes, £59.90"],
    );
    check(
        "shirt $30, 100% cotton",
        &["30 USD 2025-03-14 | shirt $30, 100% cotton"],
    );
    check(
        "was £80, 25% off, paid £60",
        &["60 GBP 2025-03-14 | was £80, 25% off, paid £60", "NotPaid"],
    );
    check(
        "买纸12箱，一箱50元，满500减80",
        &["520 CNY 2025-03-14 | 买纸12箱，一箱50元，满500减80"],
    );
}

#[test]
fn a_price_goes_with_the_number_of_its_word() {
    check(
        "sold 5 dozen rolls on market day, €4 a dozen",
        &["20 EUR 2025-03-14 | sold 5 dozen rolls on market day, €4 a dozen"],
    );
    check(
        "2 hours Monday + 1.5 hours Friday at £30/hr",
        &["105 GBP 2025-03-10 | 2 hours Monday + 1.5 hours Friday at £30/hr"],
    );
    check(
        "校對費每字0.5元，共一萬字",
        &["5000 TWD 2025-03-14 | 校對費每字0.5元，共一萬字"],
    );
    check(
        "校對費千字80元，共一萬字",
        &["800 TWD 2025-03-14 | 校對費千字80元，共一萬字"],
    );
    check(
        "8 metres of oak at £12.50 the metre",
        &["100 GBP 2025-03-14 | 8 metres of oak at £12.50 the metre"],
    );
}

#[test]
fn the_last_sum_settles_what_it_is_of() {
    check(
        "curry came to £48, split 3 ways so I put in my £16",
        &["16 GBP 2025-03-14 | curry came to £48, split 3 ways so I put in my £16"],
    );
    check(
        "買布3匹，一匹120元，抹零實付350元",
        &["350 TWD 2025-03-14 | 買布3匹，一匹120元，抹零實付350元"],
    );
    check("a bench for £300, will think about it", &["NotPaid"]);
    check("remember to invoice the mill, about £900", &["NotPaid"]);
}

#[test]
fn days_that_are_counted_are_no_dates() {
    check(
        "木工三日人工，每日HK$900",
        &["2700 HKD 2025-03-14 | 木工三日人工，每日HK$900"],
    );
    check(
        "21號童鞋一雙，450元",
        &["450 TWD 2025-03-14 | 21號童鞋一雙，450元"],
    );
}

#[test]
fn what_is_owed_of_a_sum_is_no_sum_of_its_own() {
    check(
        "pizza for six came to £90 on my card, the other five still owe me £15 each",
        &[
            "90 GBP 2025-03-14 | pizza for six came to £90 on my card, the other five still owe me £15 each",
            "NotPaid",
        ],
    );
    check(
        "unit 4 paid 300 of their 450",
        &[
            "300 USD 2025-03-14 | unit 4 paid 300 of their 450",
            "NotPaid",
        ],
    );
    check(
        "petrol 30 litres at 1.50 = 45.00",
        &["45 USD 2025-03-14 | petrol 30 litres at 1.50 = 45.00"],
    );
    check("does anyone know if the £40 fee is a lot?", &["NotPaid"]);
    check(
        "6.5 hours of weeding at £20 an hour",
        &["130 GBP 2025-03-14 | 6.5 hours of weeding at £20 an hour"],
    );
}
