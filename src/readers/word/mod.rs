//! Documents of word processors and presentations: paragraphs, headings, lists and tables, with what a person would see of them.
//!
//! Each format has a walk of its own that makes the same two things, paragraphs and tables (`content`); from there on they share
//! all: text with the look of its runs (`rich`), tables to grids (`grid`, `columns`), tables that only arrange others (`blocks`),
//! signs of symbol fonts (`symbols`). The parts of a package (`parts`) are
//! read as trees (`tree`).
//!
//! **Places.** Such a document has no lines or pages of its own. A place is the number of a paragraph: all paragraphs of the body
//! are counted in reading order, empty ones and those in cells too; those of page headers and footers go on from there, and a remark
//! stands where what it is about does. Slides have pages and regions.

mod blocks;
mod colour;
mod columns;
mod content;
mod doc;
mod docx;
mod edges;
mod grid;
mod notice;
mod numerals;
mod odt;
mod parts;
mod places;
mod pptx;
mod rich;
mod rows;
mod rtf;
mod symbols;
mod title;
mod tree;

use crate::model::source::Format;
use crate::model::source::Source;
use crate::readers::error::ReadError;
use crate::readers::limits::Budget;
use crate::readers::limits::Limits;

/// Reads a document of one of the formats of this module.
pub(super) fn read(bytes: &[u8], format: Format, limits: &Limits, budget: &mut Budget) -> Result<Source, ReadError> {
    let source = match format {
        Format::Docx | Format::Docm => docx::read(bytes, limits, budget)?,
        Format::Pptx => pptx::read(bytes, limits, budget)?,
        Format::Rtf => rtf::read(bytes, limits, budget)?,
        Format::Doc => doc::read(bytes, limits, budget)?,
        Format::Odt => odt::read(bytes, limits, budget)?,
        _ => return Err(ReadError::Unsupported { what: "a document", remedy: "save it as a Word document (.docx)" }),
    };
    if source.blocks.is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(source)
}
