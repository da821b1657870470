//! The substream of a sheet: cells, rows, columns, merges and comments in the order of the records.

use ecow::EcoString;
use rustc_hash::FxHashMap;

use super::EOF;
use super::error_text;
use super::globals::Globals;
use super::globals::with_line_feeds;
use super::hyperlink;
use super::packed_number;
use super::record::Record;
use super::record::Records;
use super::record::u16_at;
use super::record::u32_at;
use crate::model::location::CellRange;
use crate::model::location::ColumnIndex;
use crate::model::location::RowIndex;
use crate::model::source::TextKind;
use crate::readers::error::ReadError;
use crate::readers::limits::Budget;
use crate::readers::workbook::look::Look;
use crate::readers::workbook::sheet::Aside;
use crate::readers::workbook::sheet::Sheet;
use crate::readers::workbook::xlsx::margin_words;

/// Reads a sheet's records into `sheet`.
pub(super) fn read(records: Records<'_>, globals: &Globals, sheet: &mut Sheet, budget: &mut Budget) -> Result<(), ReadError> {
    let mut reader = Reader {
        globals,
        sheet,
        budget,
        hidden_rows: rustc_hash::FxHashSet::default(),
        formula: None,
        object: None,
        notes: Vec::new(),
        texts: FxHashMap::default(),
        depth: 0,
    };
    for record in records {
        // Charts on a sheet are substreams within its own.
        match record.kind {
            0x0809 | 0x0409 | 0x0209 | 0x0009 => reader.depth += 1,
            EOF => {
                reader.depth = reader.depth.saturating_sub(1);
                if reader.depth == 0 {
                    break;
                }
            }
            _ if reader.depth > 1 => {}
            _ => {
                reader.budget.spend(1, 0)?;
                reader.record(&record)?;
            }
        }
    }
    reader.finish();
    Ok(())
}

/// A position and style, as the first six bytes of each cell's record have it.
#[derive(Clone, Copy)]
struct At {
    row: u32,
    column: u32,
    look: Look,
}

struct Reader<'a> {
    globals: &'a Globals,
    sheet: &'a mut Sheet,
    budget: &'a mut Budget,
    hidden_rows: rustc_hash::FxHashSet<u32>,
    /// The cell whose formula gave a text, which comes next.
    formula: Option<At>,
    /// Kind and number of the drawn object whose text comes next.
    object: Option<(u16, u16)>,
    /// Row, column and object of each comment.
    notes: Vec<(u32, u32, u16)>,
    /// Texts of drawn comments.
    texts: FxHashMap<u16, String>,
    depth: u32,
}

/// A drawn object that is a comment (MS-XLS 2.5.143).
const COMMENT: u16 = 0x19;

impl Reader<'_> {
    fn record(&mut self, record: &Record<'_>) -> Result<(), ReadError> {
        // A record that is cut short says nothing.
        let _: Option<()> = match record.kind {
            0x0203 => self.at(record).zip(record.f64(6)).map(|(at, value)| self.number(at, value)),
            0x0003 => self.at(record).zip(record.f64(7)).map(|(at, value)| self.number(at, value)),
            0x0002 => self.at(record).zip(record.u16(7)).map(|(at, value)| self.number(at, f64::from(value))),
            0x027E => self.at(record).zip(record.u32(6)).map(|(at, rk)| self.number(at, packed_number(rk))),
            0x00BD => self.many_numbers(record)?,
            0x00FD => self.shared_text(record),
            0x0204 | 0x00D6 => {
                self.at(record).zip(self.text_at(record, 6)).map(|(at, text)| self.text(at, with_line_feeds(text)))
            }
            0x0004 => {
                let count = record.data().get(7).map(|count| usize::from(*count));
                let text = count.and_then(|count| record.reader(8).bytes(count, self.globals.encoding));
                self.at(record).zip(text).map(|(at, text)| self.text(at, with_line_feeds(text)))
            }
            0x0205 => self.boolean_or_error(record, 6),
            0x0005 => self.boolean_or_error(record, 7),
            0x0006 | 0x0206 | 0x0406 => self.formula(record),
            0x0207 | 0x0007 => self.formula_text(record),
            0x0201 => self.at(record).map(|at| self.blank(at)),
            0x00BE => self.many_blanks(record),
            0x0208 => self.row(record),
            0x007D => self.column(record),
            0x00E5 => self.merges(record)?,
            0x001C => self.note(record),
            0x01B8 => self.link(record)?,
            0x005D => self.object(record),
            0x01B6 => self.object_text(record),
            0x0014 | 0x0015 => self.margin(record),
            _ => None,
        };
        Ok(())
    }

    fn at(&self, record: &Record<'_>) -> Option<At> {
        Some(self.position(record.u16(0)?, record.u16(2)?, record.u16(4)?))
    }

    fn position(&self, row: u16, column: u16, style: u16) -> At {
        At { row: u32::from(row), column: u32::from(column), look: self.globals.looks.get(usize::from(style)) }
    }

    fn put(&mut self, at: At, text: EcoString) {
        if text.trim().is_empty() {
            return self.blank(at);
        }
        let hidden = self.hidden_rows.contains(&at.row);
        let style = at.look.style(&text);
        self.sheet.put(at.row, at.column, hidden, text, style);
    }

    fn number(&mut self, at: At, value: f64) {
        let text = self.globals.looks.number(at.look, value);
        self.put(at, text);
    }

    fn text(&mut self, at: At, text: EcoString) {
        let text = self.globals.looks.text(at.look, text);
        self.put(at, text);
    }

    fn blank(&mut self, at: At) {
        self.sheet.shade(at.row, at.column, at.look.fill);
    }

    fn many_numbers(&mut self, record: &Record<'_>) -> Result<Option<()>, ReadError> {
        let data = record.data();
        let (Some(row), Some(first), Some(cells)) =
            (record.u16(0), record.u16(2), data.len().checked_sub(2).and_then(|end| data.get(4..end)))
        else {
            return Ok(None);
        };
        for (column, cell) in (first..).zip(cells.chunks_exact(6)) {
            self.budget.spend(1, 0)?;
            if let (Some(style), Some(rk)) = (u16_at(cell, 0), u32_at(cell, 2)) {
                self.number(self.position(row, column, style), packed_number(rk));
            }
        }
        Ok(Some(()))
    }

    fn many_blanks(&mut self, record: &Record<'_>) -> Option<()> {
        let data = record.data();
        let (Some(row), Some(first), Some(cells)) =
            (record.u16(0), record.u16(2), data.len().checked_sub(2).and_then(|end| data.get(4..end)))
        else {
            return None;
        };
        for (column, cell) in (first..).zip(cells.chunks_exact(2)) {
            if let Some(style) = u16_at(cell, 0) {
                self.blank(self.position(row, column, style));
            }
        }
        Some(())
    }

    fn shared_text(&mut self, record: &Record<'_>) -> Option<()> {
        let mut at = self.at(record)?;
        let text = self.globals.strings.get(usize::try_from(record.u32(6)?).ok()?)?;
        at.look.bold |= text.bold;
        at.look.struck |= text.struck;
        self.text(at, text.text.clone());
        Some(())
    }

    /// A text with its length in front.
    fn text_at(&self, record: &Record<'_>, offset: usize) -> Option<String> {
        let mut reader = record.reader(offset);
        if self.globals.is_biff8 {
            return reader.rich().map(|(text, _)| text);
        }
        let count = usize::from(reader.u16()?);
        reader.bytes(count, self.globals.encoding)
    }

    fn boolean_or_error(&mut self, record: &Record<'_>, offset: usize) -> Option<()> {
        let at = self.at(record)?;
        let (value, is_error) = (*record.data().get(offset)?, *record.data().get(offset + 1)?);
        self.put(at, truth_or_error(value, is_error != 0));
        Some(())
    }

    /// The value that a formula had when the workbook was saved (MS-XLS 2.5.133).
    fn formula(&mut self, record: &Record<'_>) -> Option<()> {
        let at = self.at(record)?;
        let value = record.data().get(6..14)?;
        if value.get(6..8)? != [0xFF, 0xFF] {
            self.number(at, record.f64(6)?);
            return Some(());
        }
        match value {
            [0, ..] => self.formula = Some(at),
            [kind @ 1..=2, _, value, ..] => self.put(at, truth_or_error(*value, *kind == 2)),
            _ => self.blank(at),
        }
        Some(())
    }

    fn formula_text(&mut self, record: &Record<'_>) -> Option<()> {
        let at = self.formula.take()?;
        let text = self.text_at(record, 0)?;
        self.text(at, with_line_feeds(text));
        Some(())
    }

    fn row(&mut self, record: &Record<'_>) -> Option<()> {
        let (row, flags) = (u32::from(record.u16(0)?), record.u16(12)?);
        if flags & 0x20 != 0 {
            self.hidden_rows.insert(row);
        }
        let style = record.u16(14)? & 0x0FFF;
        if let Some(fill) = self.globals.looks.get(usize::from(style)).fill.filter(|_| flags & 0x80 != 0) {
            self.sheet.row_fills.insert(row, fill);
        }
        Some(())
    }

    fn column(&mut self, record: &Record<'_>) -> Option<()> {
        let (first, last) = (u32::from(record.u16(0)?), u32::from(record.u16(2)?));
        if record.u16(8)? & 1 != 0 {
            self.sheet.hidden_columns.push((first, last));
        }
        if let Some(fill) = self.globals.looks.get(usize::from(record.u16(6)?)).fill {
            self.sheet.column_fills.push((first, last, fill));
        }
        Some(())
    }

    fn merges(&mut self, record: &Record<'_>) -> Result<Option<()>, ReadError> {
        for range in record.data().get(2..).unwrap_or_default().chunks_exact(8) {
            self.budget.spend(1, 0)?;
            let bound = |at| u16_at(range, at).map_or(0, u32::from);
            self.sheet.merges.push(CellRange {
                first_row: RowIndex(bound(0)),
                last_row: RowIndex(bound(2).max(bound(0))),
                first_column: ColumnIndex(bound(4)),
                last_column: ColumnIndex(bound(6).max(bound(4))),
            });
        }
        Ok(Some(()))
    }

    /// A comment: with its text up to BIFF5, later with the number of the box that has it.
    fn note(&mut self, record: &Record<'_>) -> Option<()> {
        let (row, column) = (u32::from(record.u16(0)?), u32::from(record.u16(2)?));
        if self.globals.is_biff8 {
            self.notes.push((row, column, record.u16(6)?));
        } else {
            let count = usize::from(record.u16(4)?);
            let text = record.reader(6).bytes(count, self.globals.encoding)?;
            self.sheet.notes.insert((row, column), text);
        }
        Some(())
    }

    fn link(&mut self, record: &Record<'_>) -> Result<Option<()>, ReadError> {
        self.budget.spend(1, 0)?;
        Ok(hyperlink::read(record).map(|(cells, target)| self.sheet.link(&cells, &target)))
    }

    /// Kind and number of a drawn object stand first in it (MS-XLS 2.5.143).
    fn object(&mut self, record: &Record<'_>) -> Option<()> {
        self.object = (record.u16(0)? == 0x15).then_some((record.u16(4)?, record.u16(6)?));
        Some(())
    }

    fn object_text(&mut self, record: &Record<'_>) -> Option<()> {
        let (kind, number) = self.object.take()?;
        let count = usize::from(record.u16(10)?);
        let mut reader = record.reader(0);
        reader.next_part()?;
        let flags = reader.u8()?;
        let text = reader.chars(count, flags & 1 != 0)?.replace('\r', "\n");
        if kind == COMMENT {
            self.texts.insert(number, text);
        } else if !text.trim().is_empty() {
            self.sheet.asides.push(Aside { text: text.trim().to_owned(), kind: TextKind::Paragraph, anchor: None });
        }
        Some(())
    }

    fn margin(&mut self, record: &Record<'_>) -> Option<()> {
        let code = if self.globals.is_biff8 {
            record.reader(0).rich()?.0
        } else {
            let mut reader = record.reader(0);
            let count = usize::from(reader.u8()?);
            reader.bytes(count, self.globals.encoding)?
        };
        let text = margin_words(&code);
        if !text.is_empty() {
            self.sheet.asides.push(Aside { text, kind: TextKind::Furniture, anchor: None });
        }
        Some(())
    }

    /// Joins comments with their texts, which may stand before or behind them.
    fn finish(self) {
        for (row, column, object) in self.notes {
            if let Some(text) = self.texts.get(&object).filter(|text| !text.trim().is_empty()) {
                self.sheet.notes.insert((row, column), text.clone());
            }
        }
    }
}

fn truth_or_error(value: u8, is_error: bool) -> EcoString {
    match (is_error, value) {
        (true, code) => error_text(code),
        (false, 0) => "FALSE",
        (false, _) => "TRUE",
    }
    .into()
}
