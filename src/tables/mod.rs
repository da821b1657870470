//! Floor 2: from the blocks of a source to tables of items under headings.
//!
//! Guarantee: every block of the source stands in exactly one [`Line`](crate::model::table::Line) (a row that became two things
//! in one line for each), and every cell of an item's line is in that item: in its cells, its label or its headings.
//!
//! A band of header rows opens a table ([`header`]); each further row is a heading, an item, the rest of an item or nothing
//! ([`rows`], [`items`], [`rest`]); grids without a header of their own continue the table before, aligned by what their
//! columns hold ([`columns`]); two rows printed in one are taken apart ([`doubled`], [`split`]). Pages come first: [`pages`]
//! makes blocks of them, and [`stitch`] puts together what their edges cut.

mod aside;
mod build;
mod columns;
mod contents;
mod doubled;
mod facts;
mod front;
mod furniture;
mod header;
mod items;
mod labels;
mod open;
mod pages;
mod parting;
mod rest;
mod rows;
mod shapes;
mod single;
mod split;
mod stated;
mod stitch;
#[cfg(test)]
mod testing;
mod title;

pub use build::find;

use crate::model::recognise::KnowsWords;
use crate::model::recognise::Recognise;
use crate::model::source::Source;

/// Makes blocks of the pages of `source`, which has some. `words` tells what is one word that a line end broke.
///
/// Guarantee: every word of a page stands in exactly one cell or text block.
#[must_use]
pub fn lay_out(source: Source, recognise: &dyn Recognise, words: &dyn KnowsWords) -> Source {
    let mut source = pages::lay_out(source, words);
    stitch::stitch(&mut source.blocks, recognise);
    source
}

/// Row numbers of a table from row indices of a grid: a table may begin within a grid, and go on over several.
#[derive(Clone, Copy, Debug, Default)]
struct RowNumbers {
    /// What is added to an index.
    shift: i64,
}

impl RowNumbers {
    /// The table's row for the grid's row `index`, zero-based.
    fn of(self, index: usize) -> u32 {
        let number = i64::try_from(index).unwrap_or(i64::MAX).saturating_add(self.shift);
        u32::try_from(number.max(0)).unwrap_or(u32::MAX)
    }

    /// Numbers of a table that begins at row `index`.
    fn from_row(index: usize) -> Self {
        Self { shift: -i64::try_from(index).unwrap_or(i64::MAX) }
    }

    /// Numbers of a table that has `rows` rows before this grid.
    fn after(rows: u32) -> Self {
        Self { shift: i64::from(rows) }
    }
}
