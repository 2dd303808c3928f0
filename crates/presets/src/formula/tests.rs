use super::*;

#[track_caller]
fn check(formula: &str, expected: &str) {
    let (node, _) = parse(formula).unwrap_or_else(|why| panic!("{formula}: {why}"));
    let sheet = Sample::for_formula(&node);
    let value = compute(&node, &sheet).unwrap_or_else(|stop| panic!("{formula}: {stop:?}"));
    assert_eq!(
        value.shown(),
        expected,
        "{formula} on {}",
        sheet.shown(&node)
    );
}

#[test]
fn signs_bind_as_in_every_spreadsheet() {
    check("=1+2*3", "7");
    check("=-2^2", "4");
    check("=(1+2)*3-4/2", "7");
    check("=10%*50", "5");
    check("=\"a\"&1+1", "a2");
    check("=1/3", "0.3333333333");
    check("=1/0", "#DIV/0!");
    check("=\"x\"+1", "#VALUE!");
    check("=2<>3", "TRUE");
    check("={1,2;3,4}*2", "2, 4; 6, 8");
}

#[test]
fn cells_hold_what_the_formula_expects_there() {
    // A number in a row is ten times the row.
    check("=SUM(B2:B4)", "90");
    check("=SUM(B:B)", "780");
    check("=B2*1.05", "21");
    // Every other row of column A says Taipei: rows 1, 3, 5, 7, 9 and 11.
    check("=SUMIF(A:A,\"Taipei\",B:B)", "360");
    check("=COUNTIFS(A:A,\"Open\",B:B,\">30\")", "4");
    check("=AVERAGEIF(A:A,\"Paris\",C:C)", "60");
    check("=SUMPRODUCT((A1:A4=\"x\")*(B1:B4))", "40");
    check("=IF(D2>100,\"高\",\"低\")", "低");
    check("=LEFT(B2,FIND(\"@\",B2)-1)", "Ann");
    check("=VLOOKUP(A2,F2:G50,2,FALSE)", "20");
    check("=INDEX(C2:C9,MATCH(A3,B2:B9,0))", "30");
    check("=XLOOKUP(A2,F:F,G:G,\"none\")", "20");
}

#[test]
fn functions_of_every_day_are_computed() {
    check("=ROUND(2.345,2)", "2.35");
    check("=ROUNDUP(-1.2,0)", "-2");
    check("=CEILING(7,5)", "10");
    check("=MOD(-1,3)", "2");
    check("=MEDIAN(1,5,2,9)", "3.5");
    check("=LARGE(B1:B5,2)", "40");
    check("=RANK(B2,B1:B5)", "4");
    check("=COUNTIF(A1:A3,\"T*\")", "2");
    check("=UPPER(TRIM(\"  a  b \"))", "A B");
    check("=MID(\"spread\",2,3)", "pre");
    check("=SUBSTITUTE(\"a-b-c\",\"-\",\"+\",2)", "a-b+c");
    check("=TEXTJOIN(\", \",TRUE,\"a\",\"\",\"b\")", "a, b");
    check("=TEXT(1234.5,\"#,##0.00\")", "1,234.50");
    check("=TEXT(0.256,\"0.0%\")", "25.6%");
    check("=TEXT(DATE(2024,3,9),\"yyyy-mm-dd\")", "2024-03-09");
    check("=DAY(EOMONTH(DATE(2024,1,31),1))", "29");
    check("=DATEDIF(DATE(2020,5,20),DATE(2024,5,19),\"Y\")", "3");
    check("=NETWORKDAYS(DATE(2024,1,1),DATE(2024,1,14))", "10");
    check("=WEEKDAY(DATE(2024,1,1),2)", "1");
    check("=IFERROR(1/0,\"none\")", "none");
    check("=IFS(1>2,\"a\",TRUE,\"b\")", "b");
    check("=SWITCH(2,1,\"one\",2,\"two\",\"other\")", "two");
    check("=ROUND(PMT(0.05/12,360,200000),2)", "-1073.64");
    check("=AND(1<2,OR(FALSE,TRUE),NOT(FALSE))", "TRUE");
}

#[test]
fn what_cannot_be_computed_is_said() {
    let stop = |formula: &str| {
        let (node, _) = parse(formula).unwrap();
        compute(&node, &Sample::for_formula(&node)).unwrap_err()
    };
    assert_eq!(stop("=QUERY(A1:B2)"), Stop::Unknown("QUERY".to_owned()));
    assert!(matches!(stop("=IF(1)"), Stop::Arguments(_)));
    assert!(matches!(stop("=ROUND(1,2,3)"), Stop::Arguments(_)));
    assert!(matches!(stop("=SUMIFS(A1:A3,B1:B3)"), Stop::Arguments(_)));
    assert!(matches!(stop("=Prices*2"), Stop::Unknown(_)));
}
