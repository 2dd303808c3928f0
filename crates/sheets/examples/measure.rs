//! Writes a CSV file of a million rows, takes it in, and says how long that took and how much
//! memory it needed. `measure ROWS`, `measure ROWS xlsx` for a workbook, or `measure FILE` for a file
//! that is there. (Of a workbook it is the memory for writing it as well.)

#![expect(clippy::unwrap_used, reason = "an errand, not the product")]

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::time::Instant;

use sheets::Options;
use tokio_util::sync::CancellationToken;

fn write(path: &Path, rows: u64) {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path).unwrap());
    writeln!(file, "id,day,customer,city,item,quantity,price,paid at").unwrap();
    let mut line = String::new();
    for row in 0..rows {
        line.clear();
        let (day, month) = (row % 28 + 1, row / 28 % 12 + 1);
        write!(
            line,
            "{row},2024-{month:02}-{day:02},Customer number {},\"Taipei, 信義區\",",
            row * 7919 % 50_000
        )
        .unwrap();
        write!(
            line,
            "Item {},{},\"1,{:03}.{:02}\",",
            row % 997,
            row % 13,
            row % 1000,
            row % 100
        )
        .unwrap();
        writeln!(
            file,
            "{line}2024-{month:02}-{day:02} 13:{:02}:{:02}",
            row % 60,
            row / 60 % 60
        )
        .unwrap();
    }
    file.flush().unwrap();
}

fn write_workbook(path: &Path, rows: u32) {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet_with_low_memory().unwrap();
    for (name, column) in ["id", "customer", "city", "item", "quantity", "price"]
        .iter()
        .zip(0..)
    {
        sheet.write(0, column, *name).unwrap();
    }
    for row in 1..=rows {
        let number = f64::from(row);
        sheet.write(row, 0, number).unwrap();
        sheet
            .write(row, 1, format!("Customer number {}", row * 79 % 50_000))
            .unwrap();
        sheet.write(row, 2, "Taipei").unwrap();
        sheet.write(row, 3, format!("Item {}", row % 997)).unwrap();
        sheet.write(row, 4, number % 13.0).unwrap();
        sheet.write(row, 5, number / 100.0).unwrap();
    }
    book.save(path).unwrap();
}

/// The most memory that was ever in use, in MB; Linux only.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) / 1000
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let argument = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "1000000".to_owned());
    let mut source = folder.path().join("measure.csv");
    match argument.parse() {
        Ok(rows) if std::env::args().nth(2).is_some() => {
            source.set_extension("xlsx");
            write_workbook(&source, u32::try_from(rows).unwrap());
        }
        Ok(rows) => write(&source, rows),
        Err(_) => source = argument.into(),
    }
    let target = folder.path().join("measure.sqlite");
    let begun = Instant::now();
    let cancel = CancellationToken::new();
    let report = sheets::import(&source, &target, &Options::default(), &|_| {}, &cancel).unwrap();
    let seconds = begun.elapsed().as_secs_f64();
    let (from, to) = (
        source.metadata().unwrap().len(),
        target.metadata().unwrap().len(),
    );
    for table in &report.tables {
        println!(
            "{}: {} rows, {} columns",
            table.name,
            table.rows,
            table.columns.len()
        );
    }
    println!(
        "{:.1} MB to {:.1} MB in {seconds:.2} s, {} MB of memory at most",
        from as f64 / 1e6,
        to as f64 / 1e6,
        peak()
    );
}
