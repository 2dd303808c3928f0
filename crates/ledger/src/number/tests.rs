use super::*;

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let folded = crate::text::folded(text);
    let found: Vec<String> = find(&folded, &[])
        .iter()
        .map(|number| {
            number.value.map_or("too large".to_owned(), |value| {
                value.normalize().to_string()
            })
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn digits() {
    check("84.50", &["84.5"]);
    check("2,400", &["2400"]);
    check("1.234,56", &["1234.56"]);
    check("1,234.56", &["1234.56"]);
    check("12,50", &["12.5"]);
    check("1 234 567 and 12 600", &["1234567", "12600"]);
    check("1,50,000", &["150000"]);
    check("1'200.50", &["1200.5"]);
    check("$1.5k", &["1500"]);
    check("20 grand, 2 million", &["20000", "2000000"]);
    check("12, 15", &["12", "15"]);
    check("22,24,26", &["22", "24", "26"]);
    check("1e400", &["too large"]);
    check("1e3", &["1000"]);
    check("９９", &["99"]);
    check("5m", &["5"]);
    check("$5m", &["5000000"]);
    check("99999999999999999999999999999999999999", &["too large"]);
    check("20k run", &["20000"]);
    check("1.234", &["1234"]);
    check(".5", &["0.5"]);
    check("35 lakh", &["3500000"]);
    check("192.168.1.2", &[]);
    check(".5,33,4", &["5", "33", "4"]);
    check(".1.2,", &["1.2"]);
    check(".,.", &[]);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(3_000))]

    /// Signs and digits in any order: it comes to an end, and no two numbers share a place.
    #[test]
    fn numbers_have_a_length_and_follow_each_other(text in "[0-9.,' ek萬百二點$]{0,16}") {
        let folded = crate::text::folded(&text);
        let mut at = 0;
        for number in find(&folded, &[]) {
            proptest::prop_assert!(number.span.start >= at && number.span.end > number.span.start);
            at = number.span.end;
        }
    }
}

#[test]
fn chinese() {
    check("三千零五十", &["3050"]);
    check("五千八", &["5800"]);
    check("兩百五", &["250"]);
    check("1萬2", &["12000"]);
    check("200萬", &["2000000"]);
    check("一万零五", &["10005"]);
    check("一百零一万一千", &["1011000"]);
    check("四千万零六千", &["40006000"]);
    check("五兆六十二亿四万五千二", &["5006200045200"]);
    check("一万五千亿", &["1500000000000"]);
    check("3万4000", &["34000"]);
    check("25万6千", &["256000"]);
    check("1.5萬", &["15000"]);
    check("壹仟貳佰", &["1200"]);
    check("十五點七", &["15.7"]);
    check("百五", &["150"]);
    check("廿五", &["25"]);
    check("百貨公司 千層麵", &[]);
    check("十二萬三", &["123000"]);
    check("一百多塊", &["100"]);
    check("二零二五", &["2025"]);
}

#[test]
fn english() {
    check("forty-five dollars", &["45"]);
    check("a hundred and twenty for paper", &["120"]);
    check("one hundred and three", &["103"]);
    check("two hundred and two thousand", &["202000"]);
    check("two grand", &["2000"]);
    check("twelve fifty", &["12.5"]);
    check("nineteen ninety-nine", &["19.99"]);
    check("half a million", &["500000"]);
    check("three and a half thousand", &["3500"]);
    check("two hundred point zero three", &["200.03"]);
    check("someone else often weighs", &[]);
    check("five million yen", &["5000000"]);
    check("lunch and a hundred drinks", &["100"]);
}
