//! `cargo xtask gallery`: pictures of every view, made anew for `docs/gallery/desk`.

use crate::failure::Failure;
use crate::test::step;

/// Builds everything and has the real window photographed. A picture that did not change stays the
/// same file.
pub fn errand(arguments: &[String]) -> Result<(), Failure> {
    if let Some(argument) = arguments.first() {
        return Err(Failure::usage(format!("gallery takes no {argument}")));
    }
    step::set_up()?;
    step::build_everything()?;
    step::on_a_screen("e2e_pictures", &["--ignored", "--test-threads=1"])
}
