//! The sheets of an OpenDocument spreadsheet: rows and cells, each perhaps repeated a million times.

use std::collections::BTreeMap;
use std::io::Read;

use ecow::EcoString;
use quick_xml::events::BytesStart;
use quick_xml::events::Event;
use rustc_hash::FxHashMap;

use super::super::lists;
use super::super::lists::List;
use super::super::lists::Names;
use super::super::look::Look;
use super::super::sheet::Aside;
use super::super::sheet::LAST_COLUMN;
use super::super::sheet::LAST_ROW;
use super::super::sheet::Sheet;
use super::cell;
use super::cell::Cell;
use super::cell::Content;
use super::conditions;
use super::conditions::Allowed;
use super::conditions::address;
use super::conditions::allowed;
use super::styles::Styles;
use crate::model::location::CellRange;
use crate::model::location::ColumnIndex;
use crate::model::location::RowIndex;
use crate::model::source::TextKind;
use crate::readers::error::ReadError;
use crate::readers::limits::Budget;
use crate::readers::xml::Xml;
use crate::readers::xml::attribute;
use crate::readers::xml::local;
use crate::readers::xml::number;

/// Repeats of an empty cell or row beyond this are filled for looks only, to the edge of the sheet.
const MOST_SHADES: u32 = 256;

/// Reads all sheets.
pub(super) fn read<R: Read>(xml: &mut Xml<R>, styles: &Styles, budget: &mut Budget) -> Result<(Vec<Sheet>, Names), ReadError> {
    let mut reader = Reader::new(styles, budget);
    loop {
        let step = match xml.next()? {
            Event::Start(element) => reader.start(&element)?,
            Event::End(element) => {
                reader.end(element.local_name().as_ref())?;
                Step::Go
            }
            Event::Eof => return Ok((reader.sheets, reader.names)),
            _ => Step::Go,
        };
        match step {
            Step::Go => {}
            Step::Skip => xml.skip()?,
            Step::Cell(cell) => {
                let content = cell::read(xml)?;
                reader.cell(cell, content);
            }
            Step::Shapes => {
                let mut text = String::new();
                cell::inner(xml, &mut text)?;
                reader.aside(text, None);
            }
        }
    }
}

enum Step {
    Go,
    /// What the element holds is no part of the sheets.
    Skip,
    Cell(Cell),
    Shapes,
}

/// The row that is being read.
#[derive(Default)]
struct Row {
    repeated: u32,
    hidden: bool,
    look: Option<Look>,
    column: u32,
    cells: Vec<(u32, Cell, Content)>,
}

struct Reader<'a> {
    styles: &'a Styles,
    budget: &'a mut Budget,
    sheets: Vec<Sheet>,
    row: Row,
    next_row: u32,
    next_column: u32,
    hidden_groups: u32,
    /// The first of the header rows that are being read.
    head: Option<u32>,
    names: Names,
    /// What cells may hold, by the validation's name.
    allowed: FxHashMap<String, Allowed>,
    /// The cells of each validation on the sheet that is being read.
    choosing: BTreeMap<String, Vec<CellRange>>,
    /// Cells of the conditional format that is being read.
    formatted: Vec<CellRange>,
}

impl<'a> Reader<'a> {
    fn new(styles: &'a Styles, budget: &'a mut Budget) -> Self {
        Self {
            styles,
            budget,
            sheets: Vec::new(),
            row: Row::default(),
            next_row: 0,
            next_column: 0,
            hidden_groups: 0,
            head: None,
            names: Names::new(),
            allowed: FxHashMap::default(),
            choosing: BTreeMap::new(),
            formatted: Vec::new(),
        }
    }

    fn start(&mut self, element: &BytesStart<'_>) -> Result<Step, ReadError> {
        match local(element) {
            "table" => {
                let name = attribute(element, "name").unwrap_or_default();
                let hidden = attribute(element, "style-name").is_some_and(|style| self.styles.hides(&style));
                self.sheets.push(Sheet::new(&name, hidden));
                (self.next_row, self.next_column, self.hidden_groups) = (0, 0, 0);
            }
            "table-column" => self.column(element),
            "table-row-group" if attribute(element, "display").is_some_and(|value| value == "false") => self.hidden_groups += 1,
            "table-row" => {
                self.budget.spend(1, 0)?;
                self.row = Row {
                    repeated: number(element, "number-rows-repeated").unwrap_or(1),
                    hidden: is_hidden(element) || self.hidden_groups > 0,
                    look: attribute(element, "default-cell-style-name").map(|name| self.styles.look(&name)),
                    ..Row::default()
                };
            }
            "table-cell" => return Ok(Step::Cell(Cell::of(element, false, self.styles))),
            "covered-table-cell" => return Ok(Step::Cell(Cell::of(element, true, self.styles))),
            "shapes" => return Ok(Step::Shapes),
            // Earlier states of cells, and tables of the program itself.
            "tracked-changes" | "dde-links" | "data-pilot-tables" => return Ok(Step::Skip),
            "table-header-rows" => self.head = Some(self.next_row),
            _ => self.around(element),
        }
        Ok(Step::Go)
    }

    /// What stands around the cells: names, filters, validations, conditional formats.
    fn around(&mut self, element: &BytesStart<'_>) {
        let text = |name| attribute(element, name).unwrap_or_default();
        match local(element) {
            "named-range" => {
                self.names.extend(address(&text("cell-range-address")).map(|cells| (text("name").to_lowercase(), cells)));
            }
            "database-range" if text("display-filter-buttons") == "true" && text("contains-header") != "false" => {
                let area = address(&text("target-range-address")).and_then(|address| lists::area(&address));
                if let Some((Some(name), cells)) = area
                    && let Some(sheet) = self.sheets.iter_mut().find(|sheet| *sheet.name == *name)
                {
                    sheet.head(cells, 1);
                }
            }
            "content-validation" => {
                self.allowed.extend(allowed(&text("condition")).map(|allowed| (text("name").into_owned(), allowed)));
            }
            "conditional-format" => self.formatted = conditions::cells(&text("target-range-address")),
            "condition" => {
                let change = self.styles.look(&text("apply-style-name"));
                if let Some(sheet) = self.sheets.last_mut() {
                    let priority = u32::try_from(sheet.rules.len()).unwrap_or(u32::MAX);
                    sheet.rules.extend(conditions::rule(element, &self.formatted, change, priority));
                }
            }
            _ => {}
        }
    }

    /// Ends a sheet: its cells that choose from lists are known.
    fn finish_sheet(&mut self) {
        let choosing = std::mem::take(&mut self.choosing);
        let Some(sheet) = self.sheets.last_mut() else { return };
        let lists = choosing.into_iter().filter_map(|(name, cells)| {
            Some(match self.allowed.get(&name)? {
                Allowed::Values(values) => List::of(cells, values.clone()),
                Allowed::Formula(formula) => List::new(cells, formula),
            })
        });
        sheet.lists.extend(lists);
    }

    fn end(&mut self, name: &str) -> Result<(), ReadError> {
        match name {
            "table" => self.finish_sheet(),
            "table-header-rows" => {
                let rows = self.head.take().zip(self.next_row.checked_sub(1)).filter(|(first, last)| first <= last);
                if let Some((rows, sheet)) = rows.zip(self.sheets.last_mut()) {
                    sheet.head_rows(rows);
                }
            }
            "table-row" => return self.finish_row(),
            // Groups end in the order in which they began; which of them was hidden is told by their count alone.
            "table-row-group" => self.hidden_groups = self.hidden_groups.saturating_sub(1),
            _ => {}
        }
        Ok(())
    }

    fn column(&mut self, element: &BytesStart<'_>) {
        let first = self.next_column;
        let repeated = number::<u32>(element, "number-columns-repeated").unwrap_or(1);
        self.next_column = first.saturating_add(repeated).min(LAST_COLUMN + 1);
        let last = self.next_column.saturating_sub(1);
        let Some(sheet) = self.sheets.last_mut().filter(|_| first <= last) else { return };
        if is_hidden(element) {
            sheet.hidden_columns.push((first, last));
        }
        let look = attribute(element, "default-cell-style-name").map(|name| self.styles.look(&name));
        if let Some(fill) = look.and_then(|look| look.fill) {
            sheet.column_fills.push((first, last, fill));
        }
    }

    /// Keeps a cell until its row ends: the row may be repeated.
    fn cell(&mut self, cell: Cell, content: Content) {
        let column = self.row.column;
        self.row.column = column.saturating_add(cell.repeated);
        let fill = cell.look.and_then(|look| look.fill);
        let says = !content.text.trim().is_empty() || !content.note.is_empty() || !content.shape.is_empty();
        if says || fill.is_some() || cell.has_value() || cell.validation.is_some() {
            self.row.cells.push((column, cell, content));
        }
    }

    fn finish_row(&mut self) -> Result<(), ReadError> {
        let row = std::mem::take(&mut self.row);
        let first = self.next_row;
        self.next_row = first.saturating_add(row.repeated);
        let Some(sheet) = self.sheets.last_mut() else { return Ok(()) };
        if let Some(fill) = row.look.and_then(|look| look.fill) {
            let last = self.next_row.min(first.saturating_add(MOST_SHADES));
            sheet.row_fills.extend((first..last).map(|index| (index, fill)));
        }
        for (column, cell, content) in &row.cells {
            if let Some(name) = &cell.validation {
                let last = |from: u32, count: u32, edge: u32| from.saturating_add(count.max(1) - 1).min(edge);
                self.choosing.entry(name.clone()).or_default().push(CellRange {
                    first_row: RowIndex(first),
                    first_column: ColumnIndex(*column),
                    last_row: RowIndex(last(first, row.repeated, LAST_ROW)),
                    last_column: ColumnIndex(last(*column, cell.repeated, LAST_COLUMN)),
                });
            }
            let look = cell.look.or(row.look).unwrap_or_default();
            let text = cell.shown(&content.text, look, self.styles);
            let spoken = !text.trim().is_empty();
            let rows = if spoken { row.repeated } else { row.repeated.min(MOST_SHADES) };
            let columns = if spoken { cell.repeated } else { cell.repeated.min(MOST_SHADES) };
            let rows = first..first.saturating_add(rows).min(LAST_ROW + 2);
            for index in rows {
                for at in *column..column.saturating_add(columns).min(LAST_COLUMN + 2) {
                    if spoken {
                        self.budget.spend(1, 0)?;
                        put(sheet, (index, at), row.hidden, &text, look, cell);
                    } else {
                        sheet.shade(index, at, look.fill);
                    }
                }
            }
            if !content.note.is_empty() {
                sheet.notes.insert((first, *column), content.note.clone());
            }
            let at = CellRange::cell(RowIndex(first), ColumnIndex(*column));
            content.links.iter().for_each(|target| sheet.link(&at, target));
            if !content.shape.is_empty() {
                let aside = Aside { text: content.shape.clone(), kind: TextKind::Paragraph, anchor: Some((first, *column)) };
                sheet.asides.push(aside);
            }
        }
        Ok(())
    }

    fn aside(&mut self, text: String, anchor: Option<(u32, u32)>) {
        if let Some(sheet) = self.sheets.last_mut().filter(|_| !text.trim().is_empty()) {
            sheet.asides.push(Aside { text, kind: TextKind::Paragraph, anchor });
        }
    }
}

/// Puts a cell with its span, unless a merged cell covers it.
fn put(sheet: &mut Sheet, (row, column): (u32, u32), hidden: bool, text: &EcoString, look: Look, cell: &Cell) {
    if cell.covered {
        let aside = Aside { text: text.to_string(), kind: TextKind::Furniture, anchor: Some((row, column)) };
        sheet.asides.push(aside);
        return;
    }
    sheet.put(row, column, hidden, text.clone(), look.style(text));
    if cell.columns > 1 || cell.rows > 1 {
        sheet.merges.push(CellRange {
            first_row: RowIndex(row),
            first_column: ColumnIndex(column),
            last_row: RowIndex(row.saturating_add(cell.rows.max(1) - 1).min(LAST_ROW)),
            last_column: ColumnIndex(column.saturating_add(cell.columns.max(1) - 1).min(LAST_COLUMN)),
        });
    }
}

/// Whether rows or columns are hidden: by hand, or by a filter.
fn is_hidden(element: &BytesStart<'_>) -> bool {
    attribute(element, "visibility").is_some_and(|value| value != "visible")
}
