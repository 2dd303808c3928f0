//! Renders plans of pages: `render PLAN.json PAGE.html ...`, in pairs. To look at layouts and themes
//! without asking a model.

use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    for pair in paths.chunks_exact(2) {
        let plan = pages::plan::PagePlan::read(&std::fs::read_to_string(&pair[0])?)?;
        std::fs::write(&pair[1], pages::render::render(&plan))?;
    }
    Ok(())
}
