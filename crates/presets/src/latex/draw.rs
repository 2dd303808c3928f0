//! Drawing: the picture of an equation, with its glyphs as outlines, so that it needs no fonts.
//! The parser keeps to KaTeX's rules, which are those of the window.

use std::panic::{AssertUnwindSafe, catch_unwind};

use ratex_layout::{LayoutOptions, layout, to_display_list};
use ratex_svg::{SvgOptions, render_to_svg};

/// Pixels of an em.
const FONT_SIZE: f64 = 40.0;

/// The picture.
///
/// # Errors
/// Why there is none, as a clause.
pub(super) fn svg(latex: &str) -> Result<String, String> {
    // The drawer is young, and an equation that it cannot take must not end the program.
    let drawn = catch_unwind(AssertUnwindSafe(|| {
        let nodes = ratex_parser::parse(latex).map_err(|error| error.to_string())?;
        if nodes.is_empty() {
            return Err("there is nothing in it".to_owned());
        }
        let list = to_display_list(&layout(&nodes, &LayoutOptions::default()));
        let options = SvgOptions {
            font_size: FONT_SIZE,
            embed_glyphs: true,
            ..SvgOptions::default()
        };
        Ok(render_to_svg(&list, &options))
    }));
    drawn.unwrap_or_else(|_| Err("it cannot be drawn".to_owned()))
}
