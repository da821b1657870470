//! A worksheet part in BIFF12: cells, rows, columns and merges in one pass.

use ecow::EcoString;

use super::Text;
use super::record::Data;
use super::record::Records;
use super::styles::Styles;
use crate::model::location::CellRange;
use crate::model::location::ColumnIndex;
use crate::model::location::RowIndex;
use crate::readers::error::ReadError;
use crate::readers::limits::Budget;
use crate::readers::limits::Limits;
use crate::readers::package::Package;
use crate::readers::workbook::look::Look;
use crate::readers::workbook::sheet::LAST_COLUMN;
use crate::readers::workbook::sheet::Sheet;
use crate::readers::workbook::xls::error_text;
use crate::readers::workbook::xls::packed_number;

/// Reads the worksheet at `path` into `sheet`.
pub(super) fn read(
    package: &mut Package<'_>,
    path: &str,
    styles: &Styles,
    strings: &[Text],
    sheet: &mut Sheet,
    limits: &Limits,
    budget: &mut Budget,
) -> Result<(), ReadError> {
    let Some(part) = package.stream(path)? else {
        return Err(ReadError::Damaged {
            what: format!("the sheet {:?}", &*sheet.name),
            detail: format!("it has no part {path}"),
        });
    };
    let mut records = Records::new(part, path, limits.max_line_bytes);
    let mut reader = Reader { styles, strings, sheet, row: 0, hidden: false, next_column: 0 };
    while let Some((kind, data)) = records.next()? {
        if kind <= LAST_CELL || matches!(kind, MERGE | LINK) {
            budget.spend(1, 0)?;
        }
        // A record that is cut short says nothing.
        let _: Option<()> = match kind {
            // BrtRowHdr
            0 => reader.row(data),
            1..=LAST_CELL => reader.cell(kind, data),
            // BrtColInfo
            60 => reader.column(data),
            MERGE => reader.merge(data),
            LINK => reader.link(data),
            _ => None,
        };
    }
    Ok(())
}

/// `BrtShortIsst`, the last of the kinds of cells.
const LAST_CELL: u32 = 18;

/// `BrtMergeCell`.
const MERGE: u32 = 176;

/// `BrtHLink`.
const LINK: u32 = 494;

struct Reader<'a> {
    styles: &'a Styles,
    strings: &'a [Text],
    sheet: &'a mut Sheet,
    row: u32,
    hidden: bool,
    /// The column of a cell that does not name its own.
    next_column: u32,
}

impl Reader<'_> {
    fn row(&mut self, data: Data<'_>) -> Option<()> {
        self.row = data.u32(0)?;
        self.next_column = 0;
        let flags = data.u8(11)?;
        self.hidden = flags & 0x10 != 0;
        let style = usize::try_from(data.u32(4)?).ok()?;
        if let Some(fill) = self.styles.looks.get(style).fill.filter(|_| flags & 0x40 != 0) {
            self.sheet.row_fills.insert(self.row, fill);
        }
        Some(())
    }

    fn column(&mut self, data: Data<'_>) -> Option<()> {
        let (first, last) = (data.u32(0)?.min(LAST_COLUMN), data.u32(4)?.min(LAST_COLUMN));
        if data.u16(16)? & 1 != 0 {
            self.sheet.hidden_columns.push((first, last));
        }
        if let Some(fill) = self.styles.looks.get(usize::try_from(data.u32(12)?).ok()?).fill {
            self.sheet.column_fills.push((first, last, fill));
        }
        Some(())
    }

    fn merge(&mut self, data: Data<'_>) -> Option<()> {
        self.sheet.merges.push(cells(data)?);
        Some(())
    }

    /// A link: its cells, the id of its target, the place in that (MS-XLSB 2.4.690).
    fn link(&mut self, data: Data<'_>) -> Option<()> {
        let (id, next) = data.text(16)?;
        let (place, _) = data.text(next)?;
        self.sheet.linked.push((cells(data)?, id, place));
        Some(())
    }

    /// A cell: with its column in front, or in the next one (MS-XLSB 2.5.9 and 2.5.10).
    fn cell(&mut self, kind: u32, data: Data<'_>) -> Option<()> {
        let short = kind >= 12;
        let column = if short { self.next_column } else { data.u32(0)? };
        let at = if short { 0 } else { 4 };
        let style = data.u32(at)? & 0x00FF_FFFF;
        self.next_column = column.saturating_add(1);
        let mut look = self.styles.looks.get(usize::try_from(style).ok()?);
        let text = self.value(kind, Data(data.0.get(at + 4..)?), &mut look)?;
        if text.trim().is_empty() {
            self.sheet.shade(self.row, column, look.fill);
        } else {
            let style = look.style(&text);
            self.sheet.put(self.row, column, self.hidden, text, style);
        }
        Some(())
    }

    fn value(&self, kind: u32, data: Data<'_>, look: &mut Look) -> Option<EcoString> {
        let looks = &self.styles.looks;
        Some(match kind {
            2 | 13 => looks.number(*look, packed_number(data.u32(0)?)),
            3 | 11 | 14 => error_text(data.u8(0)?).into(),
            4 | 10 | 15 => if data.u8(0)? == 0 { "FALSE" } else { "TRUE" }.into(),
            5 | 9 | 16 => looks.number(*look, data.f64(0)?),
            6 | 8 | 17 => looks.text(*look, clean(data.text(0)?.0).into()),
            7 | 18 => {
                let text = self.strings.get(usize::try_from(data.u32(0)?).ok()?)?;
                look.bold |= text.bold;
                look.struck |= text.struck;
                looks.text(*look, text.text.clone())
            }
            _ => EcoString::new(),
        })
    }
}

/// Ends lines with a line feed alone.
pub(super) fn clean(text: String) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

/// The cells that a record begins with (MS-XLSB 2.5.153).
fn cells(data: Data<'_>) -> Option<CellRange> {
    let (first_row, last_row, first_column, last_column) = (data.u32(0)?, data.u32(4)?, data.u32(8)?, data.u32(12)?);
    Some(CellRange {
        first_row: RowIndex(first_row),
        last_row: RowIndex(last_row.max(first_row)),
        first_column: ColumnIndex(first_column),
        last_column: ColumnIndex(last_column.max(first_column)),
    })
}
