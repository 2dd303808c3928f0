//! `model`: the models' files, and which of them answers.

use std::path::Path;
use std::process::ExitCode;

use desk::{Desk, ModelInfo};
use model::ModelId;

use crate::arguments::ModelCommand;
use crate::run::cancelled_by_interrupt;
use crate::{Outcome, print, progress};

pub async fn models(desk: &Desk, command: ModelCommand) -> Outcome {
    match command {
        ModelCommand::List { json } => print::models(&desk.models().list()?, json)?,
        ModelCommand::Pull { id } => pull(desk, id).await?,
        ModelCommand::Verify { id } => verify(desk, id).await?,
        ModelCommand::Remove { id } => {
            desk.models()
                .remove(&ModelId(id), &cancelled_by_interrupt())
                .await?
        }
        ModelCommand::Import { file } => import(desk, &file).await?,
        ModelCommand::Use { id, assistant } => {
            desk.choose_model(Some(&ModelId(id.clone())), assistant.as_deref())?;
            match assistant {
                Some(assistant) => println!("{id} answers for {assistant}"),
                None => println!("{id} answers from now on"),
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn pull(desk: &Desk, id: Option<String>) -> Result<(), assistant::Fault> {
    let info = desk.models().info(id.map(ModelId).as_ref())?;
    if info.present {
        println!("{} is here already", info.id);
        return Ok(());
    }
    let bar = bar(&info);
    let path = desk
        .models()
        .pull(
            &info.id,
            &|progress| bar.set_position(progress.done_bytes()),
            &cancelled_by_interrupt(),
        )
        .await?;
    bar.finish_and_clear();
    println!("{} is at {}", info.id, path.display());
    Ok(())
}

async fn verify(desk: &Desk, id: Option<String>) -> Result<(), assistant::Fault> {
    let chosen: Vec<ModelInfo> = match id {
        Some(id) => vec![desk.models().info(Some(&ModelId(id)))?],
        None => desk
            .models()
            .list()?
            .into_iter()
            .filter(|info| info.present)
            .collect(),
    };
    for info in chosen {
        let bar = bar(&info);
        desk.models()
            .verify(&info.id, &|progress| {
                bar.set_position(progress.done_bytes())
            })
            .await?;
        bar.finish_and_clear();
        println!("{} is whole", info.id);
    }
    Ok(())
}

async fn import(desk: &Desk, file: &Path) -> Result<(), assistant::Fault> {
    let total = file.metadata().map_or(0, |facts| facts.len());
    let bar = progress::bytes_bar(total);
    bar.set_message("copying");
    let info = desk
        .models()
        .import(
            file,
            &|progress| bar.set_position(progress.done_bytes()),
            &cancelled_by_interrupt(),
        )
        .await?;
    bar.finish_and_clear();
    println!("{} is here: {}", info.id, info.title);
    Ok(())
}

fn bar(info: &ModelInfo) -> indicatif::ProgressBar {
    let bar = progress::bytes_bar(info.byte_count());
    bar.set_message(info.id.to_string());
    bar
}
