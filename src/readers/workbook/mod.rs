//! Workbooks: each format's reader hands over its sheets in one form (`sheet`), and these become grids and texts (`grids`).
//!
//! One pass over a sheet's part gives its cells and what stands beside them there: rows and columns that are hidden or filled,
//! merges, conditional formats. No reader makes a dense range, so that two cells in the corners of a sheet cost what two cells
//! cost. `look` and `format` make of a number and its style the text that Excel shows; `rules` colours what conditional formats
//! colour; `regions` parts several tables on a sheet.

mod a1;
mod colour;
mod format;
mod grids;
mod hyperlinks;
mod lists;
mod look;
mod ods;
mod regions;
mod rules;
mod sheet;
mod xls;
mod xlsb;
mod xlsx;

use crate::model::diagnostic::Diagnostic;
use crate::model::source::Format;
use crate::model::source::Source;
use crate::readers::error::ReadError;
use crate::readers::limits::Budget;
use crate::readers::options::Options;
use crate::readers::workbook::sheet::Sheet;

/// A workbook as its reader hands it over.
#[derive(Debug, Default)]
struct Book {
    title: Option<String>,
    sheets: Vec<Sheet>,
    names: lists::Names,
    diagnostics: Vec<Diagnostic>,
}

/// Reads a workbook.
pub(super) fn read(bytes: &[u8], format: Format, options: &Options) -> Result<Source, ReadError> {
    let limits = &options.limits;
    let mut budget = Budget::new(limits);
    let mut book = match format {
        Format::Xlsx | Format::Xlsm => xlsx::read(bytes, limits, &mut budget)?,
        Format::Ods => ods::read(bytes, limits, &mut budget)?,
        Format::Xls => xls::read(bytes, options.password.as_deref(), &mut budget)?,
        Format::Xlsb => xlsb::read(bytes, limits, &mut budget)?,
        _ => return Err(ReadError::Unsupported { what: "no workbook", remedy: "read it as what it is" }),
    };
    lists::resolve(&mut book);
    let mut source = Source { title: book.title, diagnostics: book.diagnostics, ..Source::default() };
    for sheet in book.sheets {
        grids::lay_out(sheet, &mut source);
    }
    if source.blocks.is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(source)
}
