//! A formula of a spreadsheet, by the common grammar of Excel, LibreOffice and Google Sheets:
//! parsed, with functions that there are and with the cells that were spoken of.

use std::sync::LazyLock;

use ::regex::Regex;

use super::{Argument, Entry, Found, Looked};

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

/// How deep brackets may lie in each other.
const DEEPEST: usize = 64;

fn formula(at: &Looked<'_>) -> Found {
    let text = at.text.trim();
    let Some(body) = text.strip_prefix('=') else {
        return failed("it does not begin with =", "Begin the formula with =.");
    };
    let mut parser = Parser {
        rest: body.trim_start(),
        functions: Vec::new(),
        depth: 0,
    };
    let parsed = parser.expression().and_then(|()| match parser.rest.trim() {
        "" => Ok(()),
        left => Err(format!("{left:?} is left over")),
    });
    match parsed {
        Err(why) => failed(&why, &format!("The formula cannot be parsed: {why}.")),
        Ok(()) => {
            let used = parser.functions;
            let unknown = used
                .iter()
                .find(|name| !FUNCTIONS.contains(&format!(" {name} ")));
            match unknown {
                Some(unknown) => failed(
                    &format!("there is no function {unknown}"),
                    &format!("There is no function {unknown}; use common functions of Excel."),
                ),
                None => Found::passed("formula", format!("functions: {}", used.join(", "))),
            }
        }
    }
}

fn failed(why: &str, feedback: &str) -> Found {
    Found::failed("formula", why, feedback)
}

/// A parser that only says whether a formula is one, and which functions it calls.
struct Parser<'a> {
    rest: &'a str,
    functions: Vec<String>,
    depth: usize,
}

impl Parser<'_> {
    fn takes(&mut self, text: &str) -> bool {
        self.rest = self.rest.trim_start();
        match self.rest.strip_prefix(text) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn expression(&mut self) -> Result<(), String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err("brackets lie too deep in each other".to_owned());
        }
        self.operand()?;
        while self.operator() {
            self.operand()?;
        }
        self.depth -= 1;
        Ok(())
    }

    fn operator(&mut self) -> bool {
        [
            ">=", "<=", "<>", "+", "-", "*", "/", "^", "&", "=", "<", ">", ":",
        ]
        .iter()
        .any(|operator| self.takes(operator))
    }

    fn operand(&mut self) -> Result<(), String> {
        while self.takes("-") || self.takes("+") {}
        if self.takes("(") {
            self.expression()?;
            self.close(")")?;
        } else if self.takes("{") {
            self.list(&[",", ";"], "}")?;
        } else if self.takes("\"") {
            self.string()?;
        } else {
            self.name()?;
        }
        while self.takes("%") {}
        Ok(())
    }

    fn string(&mut self) -> Result<(), String> {
        loop {
            let end = self.rest.find('"').ok_or("a text is never closed")?;
            self.rest = &self.rest[end + 1..];
            match self.rest.strip_prefix('"') {
                Some(rest) => self.rest = rest,
                None => return Ok(()),
            }
        }
    }

    /// A number, a cell, a whole column, a named range, `TRUE`, or a function with its arguments.
    fn name(&mut self) -> Result<(), String> {
        self.rest = self.rest.trim_start();
        if let Some(quoted) = self.rest.strip_prefix('\'') {
            let end = quoted
                .find('\'')
                .ok_or("the name of a sheet is never closed")?;
            self.rest = &quoted[end + 1..];
            if !self.takes("!") {
                return Err("the name of a sheet needs ! behind it".to_owned());
            }
        }
        let is_part = |one: char| one.is_alphanumeric() || matches!(one, '$' | '.' | '_' | '!');
        let end = self
            .rest
            .find(|one: char| !is_part(one))
            .unwrap_or(self.rest.len());
        let name = self.rest[..end].to_owned();
        if name.is_empty() {
            let next: String = self.rest.chars().take(1).collect();
            return Err(match next.as_str() {
                "" => "it ends where something is missing".to_owned(),
                next => format!("{next:?} stands where a value is missing"),
            });
        }
        self.rest = &self.rest[end..];
        if !self.rest.starts_with('(') {
            return Ok(());
        }
        self.takes("(");
        self.functions.push(name.to_uppercase());
        self.list(&[","], ")")
    }

    fn list(&mut self, separators: &[&str], end: &str) -> Result<(), String> {
        loop {
            if self.takes(end) {
                return Ok(());
            }
            if separators.iter().any(|separator| self.takes(separator)) {
                continue;
            }
            self.expression()?;
            let goes_on = separators.iter().any(|separator| self.takes(separator));
            if !goes_on {
                return self.close(end);
            }
        }
    }

    fn close(&mut self, end: &str) -> Result<(), String> {
        match self.takes(end) {
            true => Ok(()),
            false if self.rest.trim_start().starts_with(';') => {
                Err("arguments are separated by commas here".to_owned())
            }
            false => Err(format!("{end} is missing")),
        }
    }
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
