//! `history`: runs that were kept.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use assistant::{Fault, RunId, Status};
use desk::{
    Desk, ExportedRuns, Folders, ImportedRuns, JobProgress, RunRequest, RunsExport, UsageLine,
};
use history::{SpentBy, TagCount, Wanted};
use indicatif::ProgressBar;

use crate::arguments::{Filter, HistoryCommand, RunStatus, RunsFormat, RunsOptions, UsageBy};
use crate::run::cancelled_by_interrupt;
use crate::{Outcome, print, progress, run};

pub async fn history(desk: &Desk, command: HistoryCommand) -> Outcome {
    let history = desk.history();
    match command {
        HistoryCommand::List {
            json,
            limit,
            filter,
        } => list(desk, &wanted(filter, None), limit, json).await?,
        HistoryCommand::Search {
            query,
            json,
            limit,
            filter,
        } => list(desk, &wanted(filter, Some(query)), limit, json).await?,
        HistoryCommand::Show { run } => {
            let run = history.resolve(&run).await?;
            print::json(&history.show(&run).await?)?;
        }
        HistoryCommand::Pin { run } => {
            let run = history.resolve(&run).await?;
            history.star(&run, true).await?;
        }
        HistoryCommand::Unpin { run } => {
            let run = history.resolve(&run).await?;
            history.star(&run, false).await?;
        }
        HistoryCommand::Tag { run, tags } => {
            let run = history.resolve(&run).await?;
            for tag in tags {
                history.tag(&run, &tag).await?;
            }
        }
        HistoryCommand::Untag { run, tags } => {
            let run = history.resolve(&run).await?;
            for tag in tags {
                history.untag(&run, &tag).await?;
            }
        }
        HistoryCommand::Tags { json } => tags(&history.tags().await?, json)?,
        HistoryCommand::Delete { run } => {
            let run = history.resolve(&run).await?;
            history.delete(&run).await?;
        }
        HistoryCommand::Rerun { run, json } => return rerun(desk, &run, json).await,
        HistoryCommand::Compare { left, right, json } => compare(desk, &left, &right, json).await?,
        HistoryCommand::Export(options) => return export(desk, options).await,
        HistoryCommand::Import { file, json } => return import(desk, &file, json).await,
        HistoryCommand::Backup { to, json } => backup(desk, &to, json).await?,
        HistoryCommand::Restore { file, to, json } => {
            let data = desk.folders().data().to_owned();
            return restore(Some(data), &file, to, json).await;
        }
        HistoryCommand::Usage { by, limit, json } => usage(desk, by, limit, json).await?,
        HistoryCommand::Keep { days, forever } => keep(desk, days, forever)?,
        HistoryCommand::Tidy => println!("{}", desk.tidy().await?),
    }
    Ok(ExitCode::SUCCESS)
}

async fn list(desk: &Desk, wanted: &Wanted, limit: u32, json: bool) -> Result<(), Fault> {
    let found = desk.history().find(wanted, limit, None).await?;
    print::summaries(&found, json)
}

fn wanted(filter: Filter, words: Option<String>) -> Wanted {
    Wanted {
        words: words.unwrap_or_default(),
        assistant: filter.assistant,
        status: filter.status.map(|status| match status {
            RunStatus::Running => Status::Running,
            RunStatus::Done => Status::Done,
            RunStatus::Failed => Status::Failed,
            RunStatus::Cancelled => Status::Cancelled,
            RunStatus::Interrupted => Status::Interrupted,
        }),
        starred: filter.pinned,
        model: filter.of_model,
        tag: filter.tag,
        since: filter.since,
        until: filter.until,
    }
}

fn tags(tags: &[TagCount], json: bool) -> Result<(), Fault> {
    if json {
        return print::json(&tags);
    }
    for count in tags {
        println!("{:>6}  {}", count.runs, count.tag);
    }
    Ok(())
}

async fn rerun(desk: &Desk, run: &str, json: bool) -> Outcome {
    let run = desk.history().resolve(run).await?;
    let record = desk.history().show(&run).await?;
    let request = RunRequest {
        id: None,
        assistant: record.report.assistant,
        inputs: record.inputs,
        model: None,
        seed: None,
        exact: true,
    };
    run::one(desk, request, json).await
}

async fn compare(desk: &Desk, left: &str, right: &str, json: bool) -> Result<(), Fault> {
    let left = desk.history().resolve(left).await?;
    let right = desk.history().resolve(right).await?;
    let language = desk::Language::English;
    let compared = desk.compare_runs(&left, &right, language).await?;
    if json {
        return print::json(&compared);
    }
    for line in &compared.lines {
        match (&line.left, &line.right) {
            (Some(one), Some(other)) if one == other => println!("  {one}"),
            (one, other) => {
                for line in one.iter() {
                    println!("- {line}");
                }
                for line in other.iter() {
                    println!("+ {line}");
                }
            }
        }
    }
    if !compared.inputs.is_empty() {
        eprintln!("inputs that differ: {}", compared.inputs.join(", "));
    }
    if compared.is_same {
        eprintln!("both came to the same");
    }
    Ok(())
}

/// Nothing is exported that was not asked for: without a run, a filter or `--all` that is wrong usage.
async fn export(desk: &Desk, options: RunsOptions) -> Outcome {
    let wanted = wanted(options.filter, options.words);
    let names: Vec<String> = options.runs.into_iter().chain(options.more).collect();
    let is_filtered = wanted != Wanted::default();
    let complaint = match (names.is_empty(), options.all || is_filtered) {
        (true, false) => Some("Which runs? Name some, say how they are to be, or say --all."),
        (false, true) => Some("Name runs, or say how they are to be, but not both."),
        _ => None,
    };
    if let Some(complaint) = complaint {
        eprintln!("{complaint}");
        return Ok(ExitCode::from(2));
    }
    let mut runs: Vec<RunId> = Vec::with_capacity(names.len());
    for name in names {
        let run = desk.history().resolve(&name).await?;
        if !runs.contains(&run) {
            runs.push(run);
        }
    }
    let request = RunsExport {
        runs,
        wanted,
        format: match options.format {
            RunsFormat::Md => desk::RunsFormat::Markdown,
            RunsFormat::Html => desk::RunsFormat::Html,
            RunsFormat::Json => desk::RunsFormat::Json,
            RunsFormat::Docx => desk::RunsFormat::Docx,
            RunsFormat::Pdf => desk::RunsFormat::Pdf,
        },
        with_files: options.with_files,
        language: options.language.into(),
    };
    let exported = written(desk, &request, &options.to).await?;
    if options.json {
        print::json(&exported)?;
    } else {
        println!("{} runs, {} files of theirs", exported.runs, exported.files);
    }
    if exported.files_left_out > 0 {
        eprintln!(
            "{} files are too large to come along, or are not there any more.",
            exported.files_left_out
        );
    }
    if !exported.lacking.is_empty() {
        eprintln!("No font of this computer has: {}", exported.lacking);
    }
    eprintln!("{}", options.to.display());
    Ok(ExitCode::SUCCESS)
}

/// Writes the runs while a bar tells how many are done.
async fn written(desk: &Desk, request: &RunsExport, to: &Path) -> Result<ExportedRuns, Fault> {
    let bar = progress::count_bar();
    let exported = desk
        .export_runs(request, to, &teller(&bar), &cancelled_by_interrupt())
        .await;
    bar.finish_and_clear();
    exported
}

/// Something that was left out is a failure, although the rest is here.
async fn import(desk: &Desk, file: &Path, json: bool) -> Outcome {
    let bar = progress::bytes_bar(0);
    let imported = desk
        .import_runs(file, &teller(&bar), &cancelled_by_interrupt())
        .await;
    bar.finish_and_clear();
    let imported = imported?;
    if json {
        print::json(&imported)?;
    } else {
        say(&imported);
    }
    Ok(match imported.conflicts + imported.refused {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    })
}

fn say(imported: &ImportedRuns) {
    println!(
        "{} runs are new, {} were here already",
        imported.added, imported.present
    );
    if imported.conflicts > 0 {
        eprintln!(
            "{} were left out because another run of that name is here",
            imported.conflicts
        );
    }
    if imported.refused > 0 {
        eprintln!(
            "{} were left out because they are no runs",
            imported.refused
        );
    }
    for note in &imported.notes {
        eprintln!("  {}: {}", note.place, note.reason);
    }
}

async fn backup(desk: &Desk, to: &Path, json: bool) -> Result<(), Fault> {
    let bar = progress::bytes_bar(0);
    let written = desk
        .back_up(to, &teller(&bar), &cancelled_by_interrupt())
        .await;
    bar.finish_and_clear();
    let written = written?;
    if json {
        return print::json(&written);
    }
    println!("{} files are in {}", written.files, to.display());
    Ok(())
}

/// Brings a backup back, for which no desk may be open in the folder.
pub async fn restore(
    data_dir: Option<PathBuf>,
    file: &Path,
    to: Option<PathBuf>,
    json: bool,
) -> Outcome {
    let folder = match to {
        Some(folder) => folder,
        None => Folders::place(data_dir)?,
    };
    let bar = progress::bytes_bar(0);
    let restored = desk::restore(file, &folder, &teller(&bar), &cancelled_by_interrupt()).await;
    bar.finish_and_clear();
    let restored = restored?;
    if json {
        print::json(&restored)?;
    } else {
        println!(
            "{} files with {} runs, as of {}, are in {}",
            restored.files, restored.runs, restored.made_at, restored.folder
        );
    }
    Ok(ExitCode::SUCCESS)
}

async fn usage(desk: &Desk, by: UsageBy, limit: u32, json: bool) -> Result<(), Fault> {
    let by = match by {
        UsageBy::Run => SpentBy::Run,
        UsageBy::Assistant => SpentBy::Assistant,
        UsageBy::Month => SpentBy::Month,
        UsageBy::Model => SpentBy::Model,
    };
    let lines = desk.usage(by, limit).await?;
    if json {
        return print::json(&lines);
    }
    let row = |line: &UsageLine| {
        vec![
            line.name.clone(),
            line.runs.to_string(),
            line.prompt.to_string(),
            line.cached.to_string(),
            line.output.to_string(),
            line.dollars.clone().unwrap_or_default(),
        ]
    };
    let rows: Vec<Vec<String>> = lines.iter().map(row).collect();
    let names = ["", "runs", "read", "of it known", "written", "dollars"];
    print::table(&names.map(String::from), &rows);
    Ok(())
}

fn keep(desk: &Desk, days: Option<u32>, forever: bool) -> Result<(), Fault> {
    if days.is_some() || forever {
        desk.set_keep_days(days)?;
    }
    match desk.keep_days()? {
        Some(days) => println!("{days} days"),
        None => println!("for ever"),
    }
    Ok(())
}

/// Moves a bar on.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "both were made from whole numbers"
)]
fn teller(bar: &ProgressBar) -> impl Fn(JobProgress) + Send + Sync + '_ {
    move |now| {
        bar.set_length(now.total as u64);
        bar.set_position(now.done as u64);
    }
}
