//! Paper: pages of A4 on which lines of words stand, and the font that draws them.
//!
//! Tables of figures have a layout of their own where they are made (`books`); this is for running
//! words, which have to be broken into lines in any script.

mod font;
mod lines;
mod sheet;

pub use font::{Font, FontError, NAME};
pub(crate) use lines::broken;
pub(crate) use sheet::{ROOM, Sheets};
