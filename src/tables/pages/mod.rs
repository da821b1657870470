//! From the words, rulings and fills of pages to grids and texts in reading order.
//!
//! A page is turned upright (`frame`) and its words are sorted into `lines`. Candidates for tables come from the structure tree
//! (`tagged`), from `rulings` (`lattice`) and, where none is drawn (`unruled`), from lines that keep the same gutters between texts
//! (`texts`, `slits`) or the same gaps (`regions`, `gaps`, `rows`, `spaced`); `judge` and `plausible` say how much each looks like a table. What is left is prose: read column by column (`zones`), without
//! page `furniture`, as headings, paragraphs and list items (`prose`). `traits` is what holds for the whole document, `grid` and
//! `text` write down what was found.

mod candidate;
mod frame;
mod furniture;
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
mod slits;
mod spaced;
mod tagged;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod text;
mod texts;
mod traits;
mod unruled;
mod zones;

use std::borrow::Cow;

use crate::model::page::Page;
use crate::model::source::Source;

use traits::Traits;

/// Makes blocks of the pages of `source`; what has no pages stays as it is.
///
/// Guarantee: every word of a page stands in exactly one cell or text block.
#[must_use]
pub fn lay_out(mut source: Source) -> Source {
    let pages = std::mem::take(&mut source.pages);
    let upright: Vec<(Cow<'_, Page>, frame::Turn)> = pages.iter().map(frame::upright).collect();
    let traits = Traits::of(upright.iter().map(|(page, _)| page.as_ref()));
    let furniture = furniture::of(upright.iter().map(|(page, _)| page.as_ref()));
    let mut before = None;
    for ((page, turn), furniture) in upright.iter().zip(&furniture) {
        source.blocks.extend(page::blocks(page, turn, &traits, furniture, &mut before));
    }
    source
}
