//! Tables (OpenDocument 1.3 part 3, 9): rows and cells with what they cover and how often they are repeated.

use crate::readers::error::ReadError;
use crate::readers::word::content::Cell;
use crate::readers::word::content::Down;
use crate::readers::word::content::Row;
use crate::readers::word::content::Table;
use crate::readers::word::odt::story::Story;
use crate::readers::word::odt::styles::Style;
use crate::readers::word::tree::Element;

/// Most columns that a table of a text has, and most that a cell may cover; Writer itself allows 16,384, pages hold far fewer.
const WIDEST: u32 = 1000;

/// Most rows that a cell may cover.
const TALLEST: u32 = 65_534;

impl Story<'_, '_> {
    /// Reads a `table:table`.
    pub(super) fn table(&mut self, element: Element<'_>) -> Result<Table, ReadError> {
        let mut table = Table::default();
        self.rows(element, false, &mut table)?;
        Ok(table)
    }

    fn rows(&mut self, parent: Element<'_>, header: bool, table: &mut Table) -> Result<(), ReadError> {
        for child in parent.children() {
            match child.name() {
                "table:table-column" => {
                    let width = self.styles.get("table-column", child).and_then(|style| style.width).unwrap_or(u32::MAX);
                    let room = (WIDEST as usize).saturating_sub(table.widths.len());
                    let count = (repeated(child, "number-columns-repeated") as usize).min(room);
                    table.widths.extend(std::iter::repeat_n(width, count));
                }
                "table:table-row" => self.row(child, header, table)?,
                "table:table-header-rows" => self.rows(child, true, table)?,
                "table:table-rows"
                | "table:table-row-group"
                | "table:table-columns"
                | "table:table-header-columns"
                | "table:table-column-group" => self.rows(child, header, table)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn row(&mut self, element: Element<'_>, header: bool, table: &mut Table) -> Result<(), ReadError> {
        let hidden = matches!(element.attribute("visibility"), Some("collapse" | "filter"));
        let mut row = Row { first: self.paragraphs, header, hidden, ..Row::default() };
        for child in element.children() {
            match child.name() {
                "table:table-cell" => self.cell(child, &mut row)?,
                "table:covered-table-cell" => {
                    row.width = row.width.saturating_add(repeated(child, "number-columns-repeated").min(WIDEST));
                    self.covered(child, &mut row)?;
                }
                _ => {}
            }
        }
        let filled = row.cells.iter().any(|cell| !cell.items.is_empty());
        let copies = repeated(element, "number-rows-repeated");
        if filled && copies > 1 {
            self.budget.spend((copies as usize).saturating_mul(row.cells.len()), self.paragraphs)?;
            table.rows.extend(std::iter::repeat_n(row.clone(), copies as usize - 1));
        }
        table.rows.push(row);
        Ok(())
    }

    /// A cell that another covers is not shown; text in it is joined to the cell before.
    fn covered(&mut self, element: Element<'_>, row: &mut Row) -> Result<(), ReadError> {
        let mut items = Vec::new();
        self.blocks(element, &mut items)?;
        if let Some(cell) = row.cells.last_mut() {
            cell.items.append(&mut items);
        }
        Ok(())
    }

    fn cell(&mut self, element: Element<'_>, row: &mut Row) -> Result<(), ReadError> {
        let span = |name: &str, most: u32| repeated(element, name).min(most);
        let colspan = span("number-columns-spanned", WIDEST);
        let rowspan = span("number-rows-spanned", TALLEST);
        let fill = self.styles.get("table-cell", element).and_then(Style::fill);
        let first = self.paragraphs;
        let mut items = Vec::new();
        self.blocks(element, &mut items)?;
        // A cell without a paragraph shows an empty one.
        self.paragraphs += usize::from(self.paragraphs == first);
        let cell = Cell { column: row.width, colspan, down: Down::Rows(rowspan), items, fill, first };
        let copies = repeated(element, "number-columns-repeated").min(WIDEST);
        row.width = row.width.saturating_add(copies);
        let empty = cell.items.is_empty() && cell.fill.is_none();
        let copies = if empty { 1 } else { copies };
        self.budget.spend(copies as usize - 1, self.paragraphs)?;
        for copy in 1..copies {
            row.cells.push(Cell { column: cell.column.saturating_add(copy - 1), ..cell.clone() });
        }
        row.cells.push(Cell { column: cell.column.saturating_add(copies - 1), ..cell });
        Ok(())
    }
}

/// A count in an attribute, at least 1, which it is where it is not told.
fn repeated(element: Element<'_>, name: &str) -> u32 {
    element
        .attribute(name)
        .and_then(|count| count.parse::<u64>().ok())
        .map_or(1, |count| u32::try_from(count).unwrap_or(u32::MAX))
        .max(1)
}
