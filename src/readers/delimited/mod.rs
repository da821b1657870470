//! Delimited text of unknown dialect: comma, semicolon, tab or pipe, with or without quotation marks.
//!
//! Bytes between delimiters become cells; lines before and after a table become text; a blank line ends a table only where the
//! next one has another width.

mod assemble;
mod dialect;
mod quotes;

use csv::ReaderBuilder;
use csv::StringRecord;

use crate::model::location::Place;
use crate::model::source::Block;
use crate::model::source::GridRow;
use crate::readers::error::ReadError;
use crate::readers::limits::Budget;
use crate::readers::text;

pub(super) use dialect::Dialect;
pub(super) use dialect::sniff;

/// One record of the file.
struct Record<'a> {
    row: GridRow,
    /// Its bytes in the text, line end left out.
    raw: &'a str,
    /// A blank line stands before it.
    after_blank: bool,
    /// It reads like prose with commas: no quotation marks, and a space after every delimiter.
    prose: bool,
}

/// Reads delimited text; tab is the delimiter of `tabbed` text if it holds one, else the dialect is told by the content.
pub(super) fn read(text: &str, tabbed: bool, budget: &mut Budget) -> Result<Vec<Block>, ReadError> {
    let (declared, skipped) = dialect::declared(text);
    let body = text.get(skipped..).unwrap_or_default();
    let tab = (tabbed && body.contains('\t')).then_some(b'\t');
    let delimiter = declared.or(tab).or_else(|| sniff(body).map(|dialect| dialect.delimiter));
    let first_line = usize::from(skipped > 0);
    let Some(delimiter) = delimiter else {
        if is_quoted_column(body) {
            let body = quotes::repair(body, b',');
            let records = records(&body, b',', first_line, budget)?;
            return Ok(assemble::column(records));
        }
        return text::read(body, first_line, budget);
    };
    let body = quotes::repair(body, delimiter);
    let records = records(&body, delimiter, first_line, budget)?;
    Ok(assemble::blocks(records, delimiter))
}

/// Whether lines that nothing divides are the only column of a table: some stand in quotation marks, because of a comma inside.
fn is_quoted_column(body: &str) -> bool {
    body.lines().map(str::trim).any(|line| line.len() > 2 && line.starts_with('"') && line.ends_with('"') && line.contains(','))
}

/// Every record that is not blank.
fn records<'a>(body: &'a str, delimiter: u8, first_line: usize, budget: &mut Budget) -> Result<Vec<Record<'a>>, ReadError> {
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(body.as_bytes());
    let mut records = Vec::new();
    let mut fields = StringRecord::new();
    let (mut at, mut line) = (0, first_line);
    let mut after_blank = false;
    // A slice neither fails to be read nor, being UTF-8 cut at ASCII, to be UTF-8.
    while reader.read_record(&mut fields).unwrap_or(false) {
        let end = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        // The csv crate counts the line end before a record, and blank lines, into the record.
        let passed = body.get(at..end).unwrap_or_default();
        let raw = passed.trim_start_matches(['\r', '\n']);
        let gap = newlines(passed.get(..passed.len() - raw.len()).unwrap_or_default());
        let tail = raw.len() - raw.trim_end_matches(['\r', '\n']).len();
        let raw = raw.get(..raw.len() - tail).unwrap_or_default();
        after_blank |= gap > usize::from(at > 0);
        line += gap;
        at = end - tail;
        if raw.trim_matches([' ', '\u{c}', '\u{a0}']).is_empty() {
            after_blank = true;
            continue;
        }
        let last = line + newlines(raw);
        let row = row(&fields, line, last);
        budget.spend(row.cells.len() + 1, line)?;
        line = last;
        let prose = is_prose(&fields, raw);
        records.push(Record { row, raw, after_blank: std::mem::take(&mut after_blank), prose });
    }
    Ok(records)
}

/// The row that a record of the lines `first..=last` makes; a field may go over several of them.
fn row(fields: &StringRecord, first: usize, last: usize) -> GridRow {
    let mut line = first;
    let mut cells = Vec::with_capacity(fields.iter().filter(|field| !field.is_empty()).count());
    for (column, field) in (0_u32..).zip(fields) {
        let place = if first == last { Place::line(first) } else { field_place(field, &mut line) };
        cells.extend(text::cell(field, column, place));
    }
    let width = u32::try_from(fields.len()).unwrap_or(u32::MAX);
    GridRow { place: Place::lines(first, last), width, cells, notes: Vec::new(), hidden: false }
}

/// The lines that the text of a field stands in; moves `line` to the field's end.
fn field_place(field: &str, line: &mut usize) -> Place {
    let lead = field.len() - field.trim_start().len();
    let text = field.trim();
    let first = *line + newlines(field.get(..lead).unwrap_or_default());
    *line += newlines(field);
    Place::lines(first, first + newlines(text))
}

fn newlines(text: &str) -> usize {
    if text.contains('\n') { text.bytes().filter(|b| *b == b'\n').count() } else { 0 }
}

fn is_prose(fields: &StringRecord, raw: &str) -> bool {
    fields.len() > 1 && !raw.contains('"') && fields.iter().skip(1).all(|field| field.starts_with(' '))
}

#[cfg(test)]
mod tests;
