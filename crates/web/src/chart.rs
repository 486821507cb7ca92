//! Charts, drawn by the server: pictures for those who see them, the same numbers in a table for everybody.

mod bars;
mod line;
mod scale;

pub(crate) use bars::{Bar, Bars};
pub(crate) use line::{Line, Point};
