//! A formula of a spreadsheet, by the common grammar of Excel, LibreOffice and Google Sheets:
//! parsed, with functions that there are and with the cells that were spoken of, and computed on a
//! sample that is made up for it.

use std::sync::LazyLock;

use ::regex::Regex;

use super::{Argument, Entry, Found, Looked};
use crate::formula::{Sample, Stop, compute, parse};

pub(super) const FORMULA: Entry = Entry {
    name: "formula",
    argument: Argument::None,
    look: formula,
};

pub(super) const CELLS: Entry = Entry {
    name: "cells",
    argument: Argument::Inputs(1, 1),
    look: cells,
};

/// Functions that the three have in common or that are met every day.
const FUNCTIONS: &str = " ABS ADDRESS AND ARRAYFORMULA ASC AVERAGE AVERAGEIF AVERAGEIFS BYROW CEILING CHAR CHOOSE CLEAN CODE COLUMN COLUMNS CONCAT CONCATENATE CORREL COS COUNT COUNTA COUNTBLANK COUNTIF COUNTIFS COUNTUNIQUE DATE DATEDIF DATEVALUE DAY DAYS DB DEC2BIN DEGREES DOLLAR EDATE EOMONTH ERROR.TYPE EVEN EXACT EXP FACT FILTER FIND FIXED FLOOR FORECAST FREQUENCY FV GCD GEOMEAN HLOOKUP HOUR HYPERLINK IF IFERROR IFNA IFS INDEX INDIRECT INT IPMT IRR ISBLANK ISERROR ISEVEN ISNA ISNUMBER ISODD ISTEXT LAMBDA LARGE LCM LEFT LEN LET LN LOG LOG10 LOOKUP LOWER MATCH MAX MAXIFS MEDIAN MID MIN MINIFS MINUTE MOD MODE MONTH MROUND NA NETWORKDAYS NETWORKDAYS.INTL NOT NOW NPER NPV ODD OFFSET OR PERCENTILE PERCENTRANK PI PMT POWER PPMT PRODUCT PROPER PV QUARTILE QUERY QUOTIENT RADIANS RAND RANDBETWEEN RANK RANK.EQ RATE REGEXEXTRACT REGEXMATCH REGEXREPLACE REPLACE REPT RIGHT ROMAN ROUND ROUNDDOWN ROUNDUP ROW ROWS SEARCH SECOND SEQUENCE SIGN SIN SLN SMALL SORT SORTBY SPLIT SQRT STDEV STDEV.P STDEV.S SUBSTITUTE SUBTOTAL SUM SUMIF SUMIFS SUMPRODUCT SWITCH T TAN TEXT TEXTAFTER TEXTBEFORE TEXTJOIN TEXTSPLIT TIME TIMEVALUE TODAY TRANSPOSE TREND TRIM TRUNC TYPE UNICODE UNIQUE UPPER VALUE VAR VAR.P VAR.S VLOOKUP WEEKDAY WEEKNUM WORKDAY WORKDAY.INTL XIRR XLOOKUP XMATCH XNPV XOR YEAR YEARFRAC ";

fn formula(at: &Looked<'_>) -> Found {
    let (node, used) = match parse(at.text) {
        Ok(parsed) => parsed,
        Err(why) if why.contains("begin with") => {
            return failed(&why, "Begin the formula with =.");
        }
        Err(why) => return failed(&why, &format!("The formula cannot be parsed: {why}.")),
    };
    let unknown = used
        .iter()
        .find(|name| !FUNCTIONS.contains(&format!(" {name} ")));
    if let Some(unknown) = unknown {
        return failed(
            &format!("there is no function {unknown}"),
            &format!("There is no function {unknown}; use common functions of Excel."),
        );
    }
    let sample = Sample::for_formula(&node);
    match compute(&node, &sample) {
        Ok(value) => {
            let found = Found::passed("formula", format!("computed: {}", value.shown()));
            found
                .with("sample", sample.shown(&node))
                .with("computed", value.shown())
        }
        Err(Stop::Arguments(why)) => failed(&why, &format!("{why}. Write the formula again.")),
        Err(Stop::Unknown(name)) => Found::passed(
            "formula",
            format!("parsed, and not computed: {name} is not known here"),
        ),
    }
}

fn failed(why: &str, feedback: &str) -> Found {
    Found::failed("formula", why, feedback)
}

static CELL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b([A-Z]{1,2})([1-9][0-9]{0,5})\b").expect("it is a constant that a test compiles")
});

static COLUMN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i:columns?)\s+([A-Z])\b|\b([A-Z])\s*[欄栏列]")
        .expect("it is a constant that a test compiles")
});

/// Every cell and column that was spoken of stands in the formula.
fn cells(at: &Looked<'_>) -> Found {
    let said = at.input(0).unwrap_or_default();
    let formula = at.text.replace('$', "");
    let mut cells = CELL.find_iter(said).map(|found| found.as_str());
    let lost_cell = cells
        .find(|cell| !formula.contains(cell))
        .map(str::to_owned);
    let lost_column = COLUMN
        .captures_iter(said)
        .filter_map(|groups| groups.iter().skip(1).flatten().next())
        .map(|column| column.as_str().to_owned())
        .find(|column| {
            let wanted = Regex::new(&format!(r"\b{column}([0-9]+)?\b"));
            !wanted.is_ok_and(|wanted| wanted.is_match(&formula))
        });
    match lost_cell.or(lost_column) {
        None => Found::passed("cells", "the cells that were spoken of"),
        Some(lost) => Found::failed(
            "cells",
            format!("{lost} is spoken of, and the formula does not use it"),
            format!("The formula must use {lost}."),
        ),
    }
}
