//! Tables of rich text (RTF specification, "Table definitions"): what control words say of rows and cells.

use crate::readers::word::content::Down;
use crate::readers::word::rows::CellShape;
use crate::readers::word::rows::RowShape;

/// What a row says of a cell.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Definition {
    right: i32,
    open: bool,
    on: bool,
    goes_on: bool,
    fill: Option<usize>,
}

/// What a row says of itself.
#[derive(Clone, Debug, Default)]
pub(super) struct RowProperties {
    cells: Vec<Definition>,
    next: Definition,
    left: i32,
    header: bool,
    /// Deleted under change tracking.
    pub(super) deleted: bool,
}

impl RowProperties {
    /// Takes a control word that is about a row or cell.
    pub(super) fn take(&mut self, word: &[u8], number: Option<i32>) {
        match word {
            b"trowd" => *self = Self::default(),
            b"trleft" => self.left = number.unwrap_or(0),
            b"trhdr" => self.header = true,
            b"clvmgf" => self.next.open = true,
            b"clvmrg" => self.next.on = true,
            b"clmrg" => self.next.goes_on = true,
            b"clcbpat" => self.next.fill = number.and_then(|number| usize::try_from(number).ok()),
            b"cellx" => {
                let cell = Definition { right: number.unwrap_or(0), ..std::mem::take(&mut self.next) };
                self.cells.push(cell);
            }
            _ => {}
        }
    }

    /// What the cells of the row are, with the colours of the document.
    pub(super) fn shape(&self, colours: &[Option<[u8; 3]>]) -> RowShape {
        let cell = |cell: &Definition| CellShape {
            right: cell.right,
            down: match (cell.on, cell.open) {
                (true, _) => Down::On,
                (false, true) => Down::Open,
                (false, false) => Down::Rows(1),
            },
            goes_on: cell.goes_on,
            fill: cell.fill.and_then(|fill| colours.get(fill).copied().flatten()),
        };
        RowShape { left: self.left, cells: self.cells.iter().map(cell).collect(), header: self.header }
    }
}
