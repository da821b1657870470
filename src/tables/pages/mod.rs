//! From the words, rulings and fills of pages to grids and texts in reading order.

mod candidate;
mod frame;
mod gaps;
mod grid;
mod judge;
mod lattice;
mod lines;
mod page;
mod plausible;
mod prose;
mod regions;
mod rows;
mod rulings;
mod spaced;
#[cfg(test)]
mod testing;
mod text;

use crate::model::source::Source;

/// Makes blocks of the pages of `source`; what has no pages stays as it is.
///
/// Guarantee: every word of a page stands in exactly one cell or text block.
#[must_use]
pub fn lay_out(mut source: Source) -> Source {
    let pages = std::mem::take(&mut source.pages);
    let breaking = prose::breaking(&pages);
    for page in &pages {
        source.blocks.extend(page::blocks(page, breaking));
    }
    source
}
