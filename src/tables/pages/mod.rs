//! From the words, rulings and fills of pages to grids and texts in reading order.
//!
//! A page is turned upright (`frame`), pages that are strips of one sheet are put side by side (`level`, `wide`), with the way
//! back to the pages as they are shown (`shown`), and the words of each are sorted into `lines`. Candidates for tables come
//! from the structure tree (`tagged`, `short`), from `rulings` (`lattice`) and, where none is drawn (`unruled`), from lines
//! that keep the same gutters between texts (`texts`, `slits`) or the same gaps (`regions`, `gaps`, `headers`, `spans`, `rows`,
//! `spaced`), where need be in columns that begin where others of the document do (`starts`); `judge` and `plausible` say how much each looks like a table. What is left is prose: read column by column
//! (`zones`, `apart`) or card by card (`cards`), without page `furniture`, as headings, paragraphs and list items (`prose`). `traits` is what holds for
//! the whole document, `grid` and
//! `text` write down what was found.

mod again;
mod apart;
mod banded;
mod broken;
mod candidate;
mod cards;
mod forms;
mod frame;
mod furniture;
mod gaps;
mod grid;
mod headers;
mod headings;
mod judge;
mod lattice;
mod level;
mod lines;
mod page;
mod plausible;
mod prose;
mod regions;
mod remarks;
mod rows;
mod rulings;
mod seam;
mod short;
mod shown;
mod slits;
mod spaced;
mod spans;
mod starts;
mod tagged;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_headers;
mod text;
mod texts;
mod traits;
mod unruled;
mod wide;
mod zones;

pub(super) use broken::parts_date;

use crate::model::page::Page;
use crate::model::recognise::KnowsWords;
use crate::model::source::Source;

use again::Headers;
use starts::Starts;
use traits::Traits;

/// Makes blocks of the pages of `source`, one page after the other.
pub(super) fn lay_out(mut source: Source, words: &dyn KnowsWords) -> Source {
    let pages = std::mem::take(&mut source.pages);
    let upright: Vec<(Page, frame::Turn)> = pages.into_iter().map(frame::upright).collect();
    let mut traits = Traits::of(upright.iter().map(|(page, _)| page), words);
    let furniture = furniture::of(upright.iter().map(|(page, _)| page));
    let (mut before, mut headers) = (None, Headers::default());
    let mut sheets = wide::sheets(upright, furniture);
    for sheet in &mut sheets {
        let printed = headings::printed(&sheet.page);
        sheet.furniture.extend(&printed);
        sheet.again.extend(printed);
    }
    traits.cards = sheets.iter().any(|sheet| cards::shows(&sheet.page));
    traits.starts = Starts::of(sheets.iter().map(|sheet| &sheet.page));
    // A page goes as soon as its blocks are made: what it says would stand in memory twice.
    for sheet in sheets {
        source.blocks.extend(page::blocks(&sheet, &traits, &mut before, &mut headers));
    }
    source
}
