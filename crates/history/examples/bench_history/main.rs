//! `cargo xtask bench desk --history`: how long a person waits with a million runs in their history.
//!
//! The runs are made here, in English and Chinese, with words that are in nearly every run and words that
//! are in a handful. Each figure is the 95th of a hundred: opening the file and reading the first page, a
//! page further down under every filter, a search, and keeping one more run from its beginning to its end.

mod made;

use std::error::Error;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use assistant::driver::Record as _;
use assistant::{RunId, Status};
use figures::{Table, percentile};
use history::{History, Wanted};
use made::Maker;

/// Runs, unless told otherwise.
const RUNS: usize = 1_000_000;

/// Runs that are taken in at a time.
const BATCH: usize = 1_000;

/// Runs on a page.
const PAGE: u32 = 40;

type Outcome<T> = Result<T, Box<dyn Error>>;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let as_json = arguments.iter().any(|argument| argument == "--json");
    let after = |name: &str| {
        let place = arguments.iter().position(|argument| argument == name)?;
        arguments.get(place + 1)
    };
    let count = after("--limit").map_or(Ok(RUNS), |number| number.parse())?;
    let temporary = tempfile::tempdir()?;
    let folder = temporary.path();
    let mut figures = Table::default();
    let mut maker = Maker::default();

    let begin = Instant::now();
    let history = History::open(folder).await?;
    while maker.made() < count {
        let batch = maker.kept(BATCH.min(count - maker.made()));
        history.take_in(&batch).await?;
        if maker.made() % 50_000 < BATCH {
            eprintln!(
                "{} runs, {:.0} s",
                maker.made(),
                begin.elapsed().as_secs_f64()
            );
        }
    }
    history.close().await;
    figures.report("runs", made::number(count));
    figures.report("writing_seconds", begin.elapsed().as_secs_f64());
    let size = std::fs::metadata(folder.join("history.sqlite"))?.len();
    figures.report(
        "megabytes",
        made::number(usize::try_from(size / 1_000_000)?),
    );

    let mut opening = Vec::new();
    for _ in 0..20 {
        let begin = Instant::now();
        let history = History::open(folder).await?;
        let first = history.list(PAGE, None).await?;
        opening.push(millis(begin));
        if first.is_empty() {
            return Err("the first page is empty".into());
        }
        history.close().await;
    }
    figures.under("open_ms", percentile(&opening, 95), 300.0);
    let history = History::open(folder).await?;
    figures.under("page_ms", pages(&history, &mut maker).await?, 50.0);
    figures.under("search_ms", searches(&history, &maker).await?, 100.0);
    figures.under("append_ms", appends(&history, &mut maker).await?, 5.0);
    history.close().await;
    if as_json {
        println!("{}", figures.json());
    } else {
        print!("{figures}");
    }
    Ok(())
}

/// Pages anywhere, under every filter that the window offers.
async fn pages(history: &History, maker: &mut Maker) -> Outcome<f64> {
    let base = Wanted::default;
    let filters = [
        base(),
        Wanted {
            assistant: Some("chess".to_owned()),
            ..base()
        },
        Wanted {
            status: Some(Status::Failed),
            ..base()
        },
        Wanted {
            starred: true,
            ..base()
        },
        Wanted {
            model: Some("home:large".to_owned()),
            assistant: Some("sql".to_owned()),
            status: Some(Status::Done),
            ..base()
        },
        Wanted {
            tag: Some("tax".to_owned()),
            ..base()
        },
        Wanted {
            since: Some("2024-02-01".to_owned()),
            until: Some("2024-02-03".to_owned()),
            ..base()
        },
    ];
    let mut times = Vec::new();
    for filter in &filters {
        let mut worst: f64 = 0.0;
        for _ in 0..20 {
            let before = RunId(maker.any_name());
            let begin = Instant::now();
            history.find(filter, PAGE, Some(&before)).await?;
            worst = worst.max(millis(begin));
            times.push(millis(begin));
        }
        eprintln!("page {worst:7.1} ms at worst  {filter:?}");
    }
    Ok(percentile(&times, 95))
}

async fn searches(history: &History, maker: &Maker) -> Outcome<f64> {
    let mut times = Vec::new();
    for query in maker.queries() {
        let begin = Instant::now();
        let found = history.search(&query, PAGE).await?.len();
        times.push(millis(begin));
        eprintln!("search {:7.1} ms, {found:2} runs  {query}", millis(begin));
    }
    Ok(percentile(&times, 95))
}

async fn appends(history: &History, maker: &mut Maker) -> Outcome<f64> {
    let (mut times, mut beginnings) = (Vec::new(), Vec::new());
    for _ in 0..200 {
        let (start, report) = maker.fresh();
        let begin = Instant::now();
        history.begin(&start).await?;
        beginnings.push(millis(begin));
        history.finish(&report).await?;
        times.push(millis(begin));
        // Nobody's runs come faster than this, and the upkeep of the file goes on between them.
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let worst = times.iter().copied().fold(0.0, f64::max);
    eprintln!(
        "append {worst:7.1} ms at worst, {:.1} of 95 of 100 for the beginning",
        percentile(&beginnings, 95)
    );
    Ok(percentile(&times, 95))
}

fn millis(begin: Instant) -> f64 {
    begin.elapsed().as_secs_f64() * 1000.0
}
