//! Where a value stands: positions state their base and unit in the type, and one shape is written for all formats.

use std::fmt;
use std::num::NonZeroU32;
use std::ops::Deref;
use std::ops::RangeInclusive;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::Serialize;

/// A line of a text source, 1-based.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineNumber(NonZeroU32);

/// A page of a paged source, 1-based.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PageNumber(NonZeroU32);

macro_rules! one_based {
    ($name:ident) => {
        impl $name {
            /// Makes the position from a zero-based index; indices beyond `u32` stay at the last position.
            #[must_use]
            pub fn from_index(index: usize) -> Self {
                let number = u32::try_from(index).unwrap_or(u32::MAX - 1).saturating_add(1);
                Self(NonZeroU32::MIN.saturating_add(number - 1))
            }

            /// The 1-based number.
            #[must_use]
            pub fn get(self) -> u32 {
                self.0.get()
            }
        }
    };
}
one_based!(LineNumber);
one_based!(PageNumber);

/// A row of a grid or table, zero-based.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowIndex(pub u32);

/// A column of a grid or table, zero-based.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ColumnIndex(pub u32);

impl ColumnIndex {
    /// The index as a `usize`, for use with slices.
    #[must_use]
    pub fn get(self) -> usize {
        self.0 as usize
    }
}

/// A rectangle of a page in points, origin at the top left of the page as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rect {
    /// Left edge.
    pub x0: f64,
    /// Top edge.
    pub y0: f64,
    /// Right edge.
    pub x1: f64,
    /// Bottom edge.
    pub y1: f64,
}

impl Rect {
    /// Distance from the left to the right edge.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.x1 - self.x0
    }

    /// Distance from the top to the bottom edge.
    #[must_use]
    pub fn height(&self) -> f64 {
        self.y1 - self.y0
    }

    /// The smallest rectangle around this one and `other`.
    #[must_use]
    pub fn around(self, other: Self) -> Self {
        Self { x0: self.x0.min(other.x0), y0: self.y0.min(other.y0), x1: self.x1.max(other.x1), y1: self.y1.max(other.y1) }
    }
}

/// Cells of a sheet, zero-based and inclusive; written in A1 form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellRange {
    /// First row.
    pub first_row: RowIndex,
    /// First column.
    pub first_column: ColumnIndex,
    /// Last row.
    pub last_row: RowIndex,
    /// Last column.
    pub last_column: ColumnIndex,
}

impl CellRange {
    /// One cell.
    #[must_use]
    pub fn cell(row: RowIndex, column: ColumnIndex) -> Self {
        Self { first_row: row, first_column: column, last_row: row, last_column: column }
    }
}

impl fmt::Display for CellRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_a1(f, self.first_column, self.first_row)?;
        if (self.first_row, self.first_column) != (self.last_row, self.last_column) {
            f.write_str(":")?;
            write_a1(f, self.last_column, self.last_row)?;
        }
        Ok(())
    }
}

fn write_a1(f: &mut fmt::Formatter<'_>, column: ColumnIndex, row: RowIndex) -> fmt::Result {
    let mut letters = [0_u8; 8];
    let mut at = letters.len();
    let mut rest = u64::from(column.0) + 1;
    while rest > 0 {
        at -= 1;
        letters[at] = b'A' + ((rest - 1) % 26) as u8;
        rest = (rest - 1) / 26;
    }
    for letter in &letters[at..] {
        write!(f, "{}", char::from(*letter))?;
    }
    write!(f, "{}", u64::from(row.0) + 1)
}

/// Where a block or cell stands in its source.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Place {
    /// Lines of a text source, inclusive.
    Lines {
        /// First line.
        first: LineNumber,
        /// Last line; the same as `first` for a cell on one line.
        last: LineNumber,
    },
    /// One cell of a workbook, kept small: a place stands in every cell of a source.
    Cell {
        /// Name of the sheet.
        sheet: SheetName,
        /// Row.
        row: RowIndex,
        /// Column, zero-based; sheets have at most 16,384.
        column: u16,
    },
    /// Several cells of a workbook.
    Cells(Box<SheetCells>),
    /// A sheet of a workbook as a whole, where its name says something.
    Sheet(SheetName),
    /// A region of a page.
    Region(Box<PageRegion>),
}

/// The name of a workbook's sheet, shared by all places on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetName(Arc<Box<str>>);

impl SheetName {
    /// Makes a name to be shared.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self(Arc::new(name.into()))
    }
}

impl Deref for SheetName {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

/// Cells of a workbook's sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetCells {
    /// Name of the sheet.
    pub sheet: SheetName,
    /// The cells.
    pub range: CellRange,
}

/// A region of a page.
#[derive(Clone, Debug, PartialEq)]
pub struct PageRegion {
    /// The page.
    pub page: PageNumber,
    /// The region.
    pub bbox: Rect,
}

impl Place {
    /// The place of one text line, from its zero-based index.
    #[must_use]
    pub fn line(index: usize) -> Self {
        let line = LineNumber::from_index(index);
        Self::Lines { first: line, last: line }
    }

    /// Whether it is a place of a workbook.
    #[must_use]
    pub fn is_on_sheet(&self) -> bool {
        matches!(self, Self::Cell { .. } | Self::Cells(_) | Self::Sheet(_))
    }

    /// The sheet and the columns of it, first and last, that it covers.
    #[must_use]
    pub fn columns(&self) -> Option<(&SheetName, RangeInclusive<u32>)> {
        match self {
            Self::Cell { sheet, column, .. } => Some((sheet, u32::from(*column)..=u32::from(*column))),
            Self::Cells(cells) => Some((&cells.sheet, cells.range.first_column.0..=cells.range.last_column.0)),
            Self::Lines { .. } | Self::Sheet(_) | Self::Region(_) => None,
        }
    }

    /// The place of cells of a sheet.
    #[must_use]
    pub fn cells(sheet: &SheetName, range: CellRange) -> Self {
        match u16::try_from(range.first_column.0) {
            Ok(column) if range == CellRange::cell(range.first_row, range.first_column) => {
                Self::Cell { sheet: sheet.clone(), row: range.first_row, column }
            }
            _ => Self::Cells(Box::new(SheetCells { sheet: sheet.clone(), range })),
        }
    }

    /// The place of text lines `first..=last`, zero-based.
    #[must_use]
    pub fn lines(first: usize, last: usize) -> Self {
        Self::Lines { first: LineNumber::from_index(first), last: LineNumber::from_index(last) }
    }
}

/// A place as it is written: every key always present, `null` where it does not apply.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct At {
    /// Page, 1-based.
    pub page: Option<u32>,
    /// `[x0, y0, x1, y1]` in points from the page's top left as it is shown.
    pub bbox: Option<[f64; 4]>,
    /// Sheet name.
    pub sheet: Option<String>,
    /// Cells in A1 form.
    pub range: Option<String>,
    /// First line, 1-based.
    pub line: Option<u32>,
    /// Last line, 1-based.
    pub last_line: Option<u32>,
    /// Table number in the document's order, 1-based.
    pub table: Option<u32>,
    /// Row in the table, 1-based.
    pub row: Option<u32>,
    /// Column in the table, 1-based.
    pub column: Option<u32>,
}

impl From<&Place> for At {
    fn from(place: &Place) -> Self {
        let mut at = Self::default();
        match place {
            Place::Lines { first, last } => {
                at.line = Some(first.get());
                at.last_line = Some(last.get());
            }
            Place::Cell { sheet, row, column } => {
                let column = ColumnIndex(u32::from(*column));
                at.sheet = Some(sheet.to_string());
                at.range = Some(CellRange::cell(*row, column).to_string());
            }
            Place::Cells(cells) => {
                at.sheet = Some(cells.sheet.to_string());
                at.range = Some(cells.range.to_string());
            }
            Place::Sheet(sheet) => at.sheet = Some(sheet.to_string()),
            Place::Region(region) => {
                let bbox = region.bbox;
                at.page = Some(region.page.get());
                at.bbox = Some([bbox.x0, bbox.y0, bbox.x1, bbox.y1]);
            }
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a1_names_columns_past_z() {
        let range = |r, c| CellRange {
            first_row: RowIndex(r),
            first_column: ColumnIndex(c),
            last_row: RowIndex(r),
            last_column: ColumnIndex(c),
        };
        assert_eq!(range(0, 0).to_string(), "A1");
        assert_eq!(range(9, 26).to_string(), "AA10");
        assert_eq!(range(1_048_575, 16_383).to_string(), "XFD1048576");
    }

    #[test]
    fn positions_start_at_one() {
        assert_eq!(LineNumber::from_index(0).get(), 1);
        assert_eq!(PageNumber::from_index(41).get(), 42);
    }
}
