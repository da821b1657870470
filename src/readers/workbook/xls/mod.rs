//! Workbooks of Excel 2003 and before: a stream of BIFF records, in a compound file or, of the oldest, alone (MS-XLS).
//!
//! The first substream holds what all sheets share, and says where each sheet's substream begins.

mod globals;
mod hyperlink;
mod record;
mod sheet;

use std::borrow::Cow;
use std::io::Cursor;
use std::io::Read;

use cfb::CompoundFile;

use self::globals::Globals;
use self::record::Records;
use super::Book;
use super::sheet::Sheet;
use crate::readers::detect::package::OLE;
use crate::readers::error::ReadError;
use crate::readers::limits::Budget;
use crate::readers::protected::biff;

/// Kinds of record that part the stream.
const BOF: u16 = 0x0809;
const EOF: u16 = 0x000A;

/// Reads a workbook.
pub(super) fn read(bytes: &[u8], password: Option<&str>, budget: &mut Budget) -> Result<Book, ReadError> {
    let stream = if bytes.starts_with(OLE) { Cow::Owned(workbook_stream(bytes)?) } else { Cow::Borrowed(bytes) };
    let opened = biff::open(&stream, password)?;
    let stream = opened.as_deref().unwrap_or(&stream);
    let globals = Globals::read(stream, budget)?;
    let mut book = Book::default();
    if globals.sheets.is_empty() {
        // BIFF4 and before: the stream is the sheet.
        let mut sheet = Sheet::new("Sheet1", false);
        sheet::read(Records::from(stream, 0), &globals, &mut sheet, budget)?;
        book.sheets.push(sheet);
    }
    for entry in &globals.sheets {
        let mut sheet = Sheet::new(&entry.name, entry.hidden);
        sheet::read(Records::from(stream, entry.offset), &globals, &mut sheet, budget)?;
        book.sheets.push(sheet);
    }
    Ok(book)
}

/// The stream of the workbook inside a compound file: "Book" up to Excel 95.
fn workbook_stream(bytes: &[u8]) -> Result<Vec<u8>, ReadError> {
    let damaged = |detail: String| ReadError::Damaged { what: "the compound file".to_owned(), detail };
    let mut file = CompoundFile::open(Cursor::new(bytes)).map_err(|error| damaged(error.to_string()))?;
    for name in ["/Workbook", "/Book", "/WORKBOOK", "/BOOK"] {
        if !file.is_stream(name) {
            continue;
        }
        let stream = file.open_stream(name).map_err(|error| damaged(error.to_string()))?;
        let mut out = Vec::new();
        // No stream is longer than the file, whatever its directory says.
        stream.take(bytes.len() as u64).read_to_end(&mut out).map_err(|error| damaged(error.to_string()))?;
        return Ok(out);
    }
    Err(damaged("it has no stream of a workbook".to_owned()))
}

/// An error value as it is shown (MS-XLS 2.5.10).
pub(super) fn error_text(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        0x2B => "#GETTING_DATA",
        _ => "#ERROR!",
    }
}

/// A number packed into 32 bits (MS-XLS 2.5.217).
pub(super) fn packed_number(rk: u32) -> f64 {
    let value = if rk & 2 != 0 { f64::from(rk.cast_signed() >> 2) } else { f64::from_bits(u64::from(rk & !3) << 32) };
    if rk & 1 != 0 { value / 100.0 } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::limits::Limits;

    #[test]
    fn the_oldest_workbooks_are_one_sheet() {
        let label = |row: u8, text: &str| {
            let length = u8::try_from(text.len()).expect("a short text");
            [&[4, 0, 8 + length, 0, row, 0, 0, 0, 0, 0, 0, length], text.as_bytes()].concat()
        };
        let bytes = [&[9, 0, 4, 0, 2, 0, 0x10, 0][..], &label(0, "Action"), &label(1, "Rent beds"), &[0x0A, 0, 0, 0]].concat();
        let book = read(&bytes, None, &mut Budget::new(&Limits::default())).expect("a workbook");
        let cells = book.sheets.iter().flat_map(|sheet| &sheet.rows).flat_map(|row| &row.cells);
        assert_eq!(cells.map(|cell| cell.text.as_str()).collect::<Vec<_>>(), ["Action", "Rent beds"]);
    }

    #[test]
    fn packed_numbers_are_unpacked() {
        assert!((packed_number(0x0000_000A) - 2.0).abs() < f64::EPSILON);
        assert!((packed_number(0xFFFF_FFF6) + 3.0).abs() < f64::EPSILON);
        assert!((packed_number(0x0000_04D3) - 3.08).abs() < 1e-12);
        assert!((packed_number(0x3FF0_0000) - 1.0).abs() < f64::EPSILON);
    }
}
