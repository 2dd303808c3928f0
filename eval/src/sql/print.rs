//! Figures for people (an aligned table) and for programs (one JSON object).

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::judge::{Judgement, Verdict};
use super::tally::{Figures, Tally};

/// One block for each language: a line for the whole set, one for each hardness, then what must hold.
pub fn table(tallies: &[Tally], out: &mut dyn Write) -> io::Result<()> {
    for tally in tallies {
        let model = tally.model.as_deref().unwrap_or("unknown model");
        writeln!(out, "sql, {} ({model})\n", tally.language.code())?;
        writeln!(
            out,
            "{:<8} {:>9} {:>8} {:>8} {:>12} {:>11} {:>12} {:>8} {:>10} {:>10}",
            "",
            "questions",
            "match",
            "shown",
            "shown wrong",
            "sure wrong",
            "not running",
            "repairs",
            "median ms",
            "p90 ms"
        )?;
        row("all", &tally.whole, out)?;
        for (hardness, figures) in &tally.by_hardness {
            row(hardness, figures, out)?;
        }
        writeln!(out)?;
        if let (Some(must), Some(met)) = (tally.match_must(), tally.match_met()) {
            let (share, must) = (percent(tally.whole.execution_match), percent(must));
            writeln!(
                out,
                "execution match {share}, must be {must}: {}",
                word(met)
            )?;
        }
        writeln!(
            out,
            "wrong and shown as sure {}, must be under {}: {}",
            percent(tally.whole.sure_wrong),
            percent(tally.sure_must()),
            word(tally.sure_met())
        )?;
        let broken = tally.whole.shown_not_running;
        writeln!(
            out,
            "queries shown that do not run {broken}, must be 0: {}\n",
            word(tally.running_met())
        )?;
    }
    Ok(())
}

fn row(name: &str, figures: &Figures, out: &mut dyn Write) -> io::Result<()> {
    let ms = |value: Option<u64>| value.map_or_else(|| "-".to_owned(), |value| value.to_string());
    writeln!(
        out,
        "{name:<8} {:>9} {:>8} {:>8} {:>12} {:>11} {:>12} {:>8.2} {:>10} {:>10}",
        figures.questions,
        percent(figures.execution_match),
        percent(figures.shown),
        percent(figures.shown_wrong),
        percent(figures.sure_wrong),
        figures.shown_not_running,
        figures.repairs_mean,
        ms(figures.median_ms),
        ms(figures.p90_ms),
    )
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

fn word(met: bool) -> &'static str {
    if met { "met" } else { "NOT met" }
}

/// One flat object; every figure is {"value", "must", "met"}, its name opens with the language.
pub fn json(tallies: &[Tally], out: &mut dyn Write) -> io::Result<()> {
    let mut object = Map::new();
    for tally in tallies {
        let code = tally.language.code();
        object.insert(format!("{code}.model"), free(tally.model.as_deref()));
        add(&mut object, code, &tally.whole);
        for (hardness, figures) in &tally.by_hardness {
            add(&mut object, &format!("{code}.{hardness}"), figures);
        }
        object.insert(
            format!("{code}.execution_match"),
            json!({"value": tally.whole.execution_match, "must": tally.match_must(), "met": tally.match_met()}),
        );
        object.insert(
            format!("{code}.sure_wrong"),
            json!({"value": tally.whole.sure_wrong, "must": tally.sure_must(), "met": tally.sure_met()}),
        );
        object.insert(
            format!("{code}.shown_not_running"),
            json!({"value": tally.whole.shown_not_running, "must": 0, "met": tally.running_met()}),
        );
    }
    writeln!(out, "{}", Value::Object(object))
}

fn add(object: &mut Map<String, Value>, group: &str, figures: &Figures) {
    for (name, figure) in [
        ("questions", free(figures.questions)),
        ("execution_match", free(figures.execution_match)),
        ("shown", free(figures.shown)),
        ("shown_wrong", free(figures.shown_wrong)),
        ("sure_wrong", free(figures.sure_wrong)),
        ("shown_not_running", free(figures.shown_not_running)),
        ("repairs_mean", free(figures.repairs_mean)),
        ("total_ms_median", free(figures.median_ms)),
        ("total_ms_p90", free(figures.p90_ms)),
    ] {
        object.insert(format!("{group}.{name}"), figure);
    }
}

/// A figure that may be what it likes.
fn free(value: impl Into<Value>) -> Value {
    json!({"value": value.into(), "must": null, "met": null})
}

/// The questions that went wrong, with both queries.
pub fn wrong(judgements: &[Judgement], out: &mut dyn Write) -> io::Result<()> {
    for judgement in judgements
        .iter()
        .filter(|judgement| judgement.verdict != Verdict::Right)
    {
        let question = &judgement.question;
        let ours = judgement.outcome.draft_sql().unwrap_or("(no query)");
        writeln!(
            out,
            "{} [{}, {}] {}",
            question.key(),
            question.database,
            question.hardness,
            judgement.reason
        )?;
        writeln!(out, "  question  {}", one_line(&question.text))?;
        writeln!(out, "  gold      {}", one_line(&question.gold))?;
        writeln!(out, "  ours      {}\n", one_line(ours))?;
    }
    Ok(())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
