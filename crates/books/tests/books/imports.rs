//! Files of banks and other programs, each in the manner of a real one and its bad twin.

use books::import::{self, File, Plan, plan};
use books::{Book, BookError, Draft, ImportError, Origin};
use rust_decimal::Decimal;

use crate::common::{book, day, decimal, draft};

const OFX: &str = "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nCHARSET:1252\n\n<OFX><BANKMSGSRSV1><STMTTRNRS>
<STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>1<ACCTID>77-1<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST>
<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260304120000<TRNAMT>-84.50<FITID>a1<NAME>Caf\u{e9} &amp; Bar<MEMO>Lunch</STMTTRN>
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260305<TRNAMT>1,200.00<FITID>a2<NAME>ACME</STMTTRN></BANKTRANLIST>
<LEDGERBAL><BALAMT>1115.50<DTASOF>20260305</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>";

const CAMT: &str = r#"<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>
<Acct><Id><IBAN>DE02</IBAN></Id><Ccy>EUR</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">10.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-01</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">2.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-02</Dt></Dt></Bal>
<Ntry><Amt Ccy="EUR">8.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-03-02</Dt></BookgDt>
<NtryDtls><TxDtls><Refs><EndToEndId>E1</EndToEndId></Refs><RltdPties><Cdtr><Pty><Nm>A &amp; B</Nm></Pty></Cdtr></RltdPties>
<RmtInf><Ustrd>Rent</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="EUR">9.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>PDNG</Cd></Sts></Ntry></Stmt></BkToCstmrStmt></Document>"#;

const MT940: &str = ":20:X\n:25:123/456\n:28C:1/1\n:60F:C260301EUR100,00\n:61:2603020302DR8,5NTRFNONREF//B1\n:86:166?00TRANSFER?20Rent?21 March?32A and B\n:62F:C260302EUR91,5\n-\n";

const QIF: &str = "!Account\nNGiro\nTBank\n^\n!Type:Bank\nD22/3'2026\nT-10.00\nPShop\nMThings\nSFood\n$-4.00\nSHome\nEfor the hall\n$-6.00\n^\n";

const CSV: &str = "Booking date;Payee;Purpose;Amount;Balance\n03.02.2026;ACME;Invoice 7;1.234,56;1.334,56\n14.02.2026;Landlord;Rent;-2.400,00;-1.065,44\n";

fn read(name: &str, text: &str) -> Result<File, ImportError> {
    import::read(name, text.as_bytes())
}

/// Account, date, amount, payee, memo and mark of every transaction.
fn print(file: &File) -> String {
    let mut out = String::new();
    for statement in &file.statements {
        let figure = |balance: &Option<import::Balance>| {
            balance
                .as_ref()
                .map_or("-".to_owned(), |balance| balance.amount.to_string())
        };
        let name = [
            statement.account.as_str(),
            statement.name.as_str(),
            &statement.currency,
        ]
        .join("|");
        out.push_str(&format!(
            "{name} {} {}\n",
            figure(&statement.opening),
            figure(&statement.closing)
        ));
        for one in &statement.transactions {
            let splits: Vec<String> = one
                .splits
                .iter()
                .map(|split| format!("{}={}", split.category, split.amount))
                .collect();
            let words = [one.payee.as_str(), &one.memo, &one.id].join("|");
            out.push_str(&format!(
                "{} {} {words} {}\n",
                one.date,
                one.amount,
                splits.join(",")
            ));
        }
    }
    file.notes
        .iter()
        .for_each(|note| out.push_str(&format!("! {note}\n")));
    out
}

#[test]
fn files_of_every_kind_are_read() {
    let cases = [
        (
            "a.ofx",
            OFX,
            "77-1||EUR - 1115.50\n2026-03-04 -84.50 Café & Bar|Lunch|a1 \n2026-03-05 1200.00 ACME||a2 \n",
        ),
        (
            "a.xml",
            CAMT,
            "DE02||EUR 10.00 2.00\n2026-03-02 -8.00 A & B|Rent|E1 \n! A transaction that is not booked yet (PDNG) was left out.\n",
        ),
        (
            "a.sta",
            MT940,
            "123/456||EUR 100.00 91.5\n2026-03-02 -8.5 A and B|Rent March|B1 \n",
        ),
        (
            "a.qif",
            QIF,
            "|Giro| - -\n2026-03-22 -10.00 Shop|Things| Food=-4.00,Home=-6.00\n",
        ),
        ("a.csv", CSV, "||  100 -1065.44\n"),
    ];
    for (name, text, expected) in cases {
        let file = read(name, text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let printed = print(&file);
        if name == "a.csv" {
            assert!(printed.starts_with("|| 100"), "{printed}");
            assert!(
                printed.contains("2026-02-14 -2400 Landlord|Rent|"),
                "{printed}"
            );
            continue;
        }
        assert_eq!(printed, expected, "{name}");
    }
}

#[test]
fn columns_are_guessed_in_many_languages() {
    let cases = [
        (
            "Date,Description,Withdrawal,Deposit\n2026-01-02,Coffee,3.50,\n2026-01-03,Salary,,2000\n2026-01-04,Tea,1.25,\n",
            "-3.5,2000,-1.25",
        ),
        (
            "日期,摘要,支出金額,存入金額,餘額\n2026/01/02,午餐,120,,880\n2026/01/03,薪資,,50000,50880\n",
            "-120,50000",
        ),
        (
            "Buchungstag;Verwendungszweck;Soll;Haben\n13.01.2026;Miete;800,00;\n14.01.2026;Lohn;;3.000,50\n",
            "-800,3000.5",
        ),
        (
            "When,What,How much\n13/01/2026,Rent,-12.5\n02/02/2026,Pay,7.25\n",
            "-12.5,7.25",
        ),
    ];
    for (text, expected) in cases {
        let file = read("a.csv", text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let amounts: Vec<String> = file.statements[0]
            .transactions
            .iter()
            .map(|one| one.amount.normalize().to_string())
            .collect();
        assert_eq!(amounts.join(","), expected, "{text}");
    }
}

#[test]
fn chinese_files_are_read_in_their_encodings() {
    let text = "支付宝交易记录明细查询\n账号:[x]\n------------------\n交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注,\n2026-02-12 21:32:14 ,餐饮,麵館,/,午餐,支出,49.74,花呗,交易成功,1001\t,,,\n2026-02-13 21:32:14 ,转账,老王,/,还钱,收入,100.00,余额,交易成功,1002\t,,,\n2026-02-14 21:32:14 ,购物,店,/,鞋,支出,300.00,余额,交易关闭,1003\t,,,\n2026-02-14 22:32:14 ,退款,店,/,退款-鞋,不计收支,300.00,余额,退款成功,1003_1\t,,,\n";
    let (bytes, _, failed) = encoding_rs::GB18030.encode(text);
    assert!(!failed);
    for bytes in [text.as_bytes(), &bytes] {
        let file = import::read("a.csv", bytes).unwrap();
        assert_eq!(file.statements.len(), 2);
        assert_eq!(
            (
                file.statements[0].name.as_str(),
                file.statements[0].transactions[0].amount
            ),
            ("花呗", decimal("-49.74"))
        );
        assert_eq!(file.statements[1].transactions[0].amount, decimal("100.00"));
        assert_eq!(file.notes.len(), 2, "{:?}", file.notes);
    }
}

#[expect(
    clippy::too_many_lines,
    reason = "a table of bad files, best read in one piece"
)]
#[test]
fn what_is_broken_is_refused_with_a_reason() {
    let doctype = CAMT.replace("<Document", "<!DOCTYPE x [<!ENTITY e \"boom\">]><Document");
    let entity = OFX.replace("<OFX>", "<!DOCTYPE OFX [<!ENTITY e \"boom\">]><OFX>");
    let cases = [
        ("a.ofx", "", "it is empty"),
        ("a.ofx", " \n ", "it is empty"),
        ("a.ofx", "<OFX></OFX>", "it has no statement of an account"),
        ("a.ofx", "hello", "it is none of the formats"),
        (
            "a.qif",
            "This is not a QIF file.",
            "it is none of the formats",
        ),
        (
            "a.ofx",
            &OFX.replace("-84.50", "$84"),
            "$84 is not an amount",
        ),
        (
            "a.ofx",
            &OFX.replace("20260304120000", "20260231"),
            "20260231 is not a date",
        ),
        (
            "a.ofx",
            &OFX.replace("<DTPOSTED>20260305", ""),
            "a transaction has no date",
        ),
        (
            "a.ofx",
            OFX.split("<NAME>ACME").next().unwrap(),
            "the file ends in the middle",
        ),
        (
            "a.ofx",
            &OFX.replace("1,200.00", "1e400"),
            "1e400 is not an amount",
        ),
        ("a.ofx", &entity, "it declares a document type"),
        ("a.xml", &doctype, "it declares a document type"),
        (
            "a.xml",
            &CAMT.replace("8.00", "eight"),
            "eight is not an amount",
        ),
        ("a.xml", &CAMT[..CAMT.len() - 30], "XML:"),
        ("a.xml", "<html></html>", "it is none of the formats"),
        (
            "a.sta",
            &MT940.replace("2603020302DR8,5", "2613020302DR8,5"),
            "line 5: 2613020302DR8,5",
        ),
        (
            "a.sta",
            &MT940.replace("C260301EUR100,00", "X"),
            "line 4: X is not a balance",
        ),
        (
            "a.qif",
            &QIF.replace("$-6.00", "$-5.00"),
            "the parts are -9.00 together",
        ),
        ("a.qif", &QIF.replace("22/3'2026", "31/2'2026"), "line 6:"),
        ("a.csv", "Name,Age\nA,4\nB,5\n", "no column of dates"),
        (
            "a.journal",
            "2026-01-01 x\n  a  1\n  b  2 = x ???\n  c\n  d\n",
            "more than one amount is left out",
        ),
    ];
    for (name, text, reason) in cases {
        let error =
            read(name, text).expect_err(&format!("{name}: {text:.40} must be refused: {reason}"));
        assert!(
            error.to_string().contains(reason),
            "{name}: {error} is not about {reason}"
        );
    }
}

#[test]
fn too_much_is_refused_before_it_is_read() {
    let many = vec![b'x'; 41_000_001];
    let found = import::read("a.ofx", &many);
    assert!(
        matches!(found, Err(ImportError::TooLarge { megabytes: 42, .. })),
        "{found:?}"
    );
}

#[test]
fn an_archive_that_is_no_workbook_is_refused() {
    import::read("a.xlsx", b"PK\x03\x04 and nothing that makes sense").unwrap_err();
}

fn take_in(book: &mut Book, text: &str, name: &str) -> (usize, usize) {
    let file = read(name, text).unwrap();
    let imported = plan(&file, book.journal(), &Plan::default()).unwrap();
    let posted = book.commit(&imported.change).unwrap();
    (posted.len(), imported.duplicates)
}

#[test]
fn the_same_file_twice_posts_nothing_new() {
    for (name, text, count) in [
        ("a.ofx", OFX, 2),
        ("a.xml", CAMT, 1),
        ("a.sta", MT940, 1),
        ("a.qif", QIF, 1),
        ("a.csv", CSV, 2),
        (
            "a.journal",
            "2026-01-01 x\n  assets:a  1 EUR\n  assets:b\n",
            1,
        ),
    ] {
        let (_folder, mut book) = book();
        // A statement that says what it begins with brings that along.
        let opening = usize::from(matches!(name, "a.xml" | "a.sta" | "a.csv"));
        assert_eq!(
            take_in(&mut book, text, name),
            (count + opening, 0),
            "{name}"
        );
        let seal = book.seal();
        assert_eq!(take_in(&mut book, text, name), (0, count), "{name}");
        assert_eq!(book.seal(), seal, "{name}");
    }
}

#[test]
fn two_transactions_that_are_the_same_in_everything_are_two() {
    let line = "2026-01-02,Coffee,3.50,,\n";
    let text = format!("Date,Description,Debit,Credit,Id\n{line}{line}2026-01-03,Pay,,5,\n");
    let (_folder, mut book) = book();
    assert_eq!(take_in(&mut book, &text, "a.csv"), (3, 0));
    let more = format!("{text}{line}");
    assert_eq!(take_in(&mut book, &more, "a.csv"), (1, 3));
}

#[test]
fn bank_and_book_are_compared() {
    let (_folder, mut book) = book();
    let file = read("a.sta", MT940).unwrap();
    let account = Some("Assets:Bank".to_owned());
    let options = Plan {
        account,
        currency: None,
    };
    let imported = plan(&file, book.journal(), &options).unwrap();
    let balance = &imported.reconciled[0];
    assert_eq!(
        (balance.statement, balance.summed),
        (decimal("91.5"), Some(decimal("91.50")))
    );
    // What was there before comes with the first statement, and only with it.
    assert!(balance.agrees(), "{balance:?}");
    let posted = book.commit(&imported.change).unwrap();
    assert_eq!(posted.len(), 2);
    assert_eq!(book.journal().entry(1).unwrap().origin, Origin::Opening);
    let entry = book.journal().entry(2).unwrap();
    assert_eq!(
        (entry.counterparty.as_str(), entry.date),
        ("A and B", day("2026-03-02"))
    );
    let missing = draft(
        "2026-03-01",
        "Fee",
        &[("Assets:Bank", "-1"), ("Equity:Capital", "1")],
    );
    book.post(vec![missing]).unwrap();
    let imported = plan(&file, book.journal(), &options).unwrap();
    assert!(imported.change.entries.is_empty() && !imported.reconciled[0].agrees());
}

#[test]
fn journals_of_other_programs_come_to_what_they_say() {
    let hledger = "account assets:kasse  ; type:C\nP 2026-01-01 USD 0.9 EUR\n\n2026-01-01 * (7) ACME | lunch  ; note\n    expenses:food  €1,234.50\n    assets:kasse\n\n2026/1/2 exchange\n  assets:usd  10 USD @ 0.91 EUR\n  assets:kasse  -9.10 EUR\n\n2026-01-03 inferred\n  assets:usd  10 USD\n  assets:kasse  EUR -9\n\n~ monthly\n  a  1\n  b\n";
    let beancount = "option \"title\" \"x\"\n2026-01-01 open Assets:X-Kasse\n  name: \"assets:kasse\"\n2026-01-01 open Expenses:Food EUR\n2026-01-02 * \"ACME \\\"A\\\"\" \"lunch; good\" #eat\n  source: \"words\"\n  Expenses:Food  12.30 EUR ; mine\n  Assets:X-Kasse\n2026-01-03 txn \"fund\"\n  Assets:X-Kasse  3 ABC {2.00 EUR} @ 2.50 EUR\n  Assets:X-Kasse  -6.00 EUR\n2026-01-04 balance Assets:X-Kasse 1 EUR\n";
    let journal = read("a.journal", hledger).unwrap();
    assert_eq!(journal.entries.len(), 3);
    assert_eq!(journal.entries[0].postings[1].amount, decimal("-1234.50"));
    assert_eq!(journal.entries[0].counterparty, "ACME");
    let worth = |draft: &Draft| draft.postings[0].worth.clone().unwrap();
    assert_eq!(
        worth(&journal.entries[1]),
        (decimal("9.10"), "EUR".to_owned())
    );
    assert_eq!(worth(&journal.entries[2]), (decimal("9"), "EUR".to_owned()));
    let ledger = read("a.beancount", beancount).unwrap();
    assert_eq!(ledger.entries.len(), 2);
    let lunch = &ledger.entries[0];
    assert_eq!(
        (lunch.counterparty.as_str(), lunch.description.as_str()),
        ("ACME \"A\"", "lunch; good")
    );
    assert_eq!(
        (lunch.tags[0].as_str(), lunch.source.as_str()),
        ("eat", "words")
    );
    assert_eq!(lunch.postings[1].account, "assets:kasse");
    assert_eq!(worth(&ledger.entries[1]).0, decimal("6"));
    for refused in [
        "include x.journal\n",
        "2026-01-01 x\n  a  1 EUR\n  b  = 5 EUR\n",
        "2026-13-01 x\n  a  1\n  b\n",
    ] {
        read("a.journal", refused).unwrap_err();
    }
}

#[test]
fn an_unbalanced_journal_is_refused_whole() {
    let (_folder, mut book) = book();
    let text = "2026-01-01 good\n  assets:a  1 EUR\n  assets:b\n\n2026-01-02 bad\n  assets:a  1 EUR\n  assets:b  -2 EUR\n";
    let file = read("a.journal", text).unwrap();
    let imported = plan(&file, book.journal(), &Plan::default()).unwrap();
    let found = book.commit(&imported.change);
    assert!(
        matches!(found, Err(BookError::Unbalanced { difference, .. }) if difference == Decimal::NEGATIVE_ONE)
    );
    assert!(book.journal().entries().is_empty());
}
