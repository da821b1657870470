//! From a sheet to the blocks of a source.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ops::Range;

use ecow::EcoString;

use super::colour::Rgb;
use super::lists::List;
use super::regions;
use super::regions::Region;
use super::rules;
use super::sheet::Aside;
use super::sheet::LAST_COLUMN;
use super::sheet::LAST_ROW;
use super::sheet::Shade;
use super::sheet::Sheet;
use super::sheet::SheetRow;
use crate::model::diagnostic::Code;
use crate::model::diagnostic::Diagnostic;
use crate::model::location::CellRange;
use crate::model::location::ColumnIndex;
use crate::model::location::Place;
use crate::model::location::RowIndex;
use crate::model::location::SheetName;
use crate::model::source::Block;
use crate::model::source::Choices;
use crate::model::source::Grid;
use crate::model::source::GridCell;
use crate::model::source::GridRow;
use crate::model::source::Note;
use crate::model::source::Source;
use crate::model::source::Style;
use crate::model::source::TextBlock;
use crate::model::source::TextKind;

/// Names that programs give to sheets, in the languages that they speak; without digits.
const NAMES_OF_PROGRAMS: [&str; 14] = [
    "sheet",
    "feuil",
    "feuille",
    "tabelle",
    "blad",
    "hoja",
    "foglio",
    "planilha",
    "folha",
    "arkusz",
    "munka",
    "list",
    "table",
    "worksheet",
];

/// Rows under merged cells that are looked at on one sheet, for what the cells cover.
const MOST_MERGED: usize = 4_000_000;

/// Columns beyond this are not looked at for the fills of whole rows and columns.
const WIDEST_FILL: u32 = 256;

/// Adds what stands on `sheet` to `source`: its name, then its tables and texts.
pub(super) fn lay_out(mut sheet: Sheet, source: &mut Source) {
    if sheet.outside > 0 {
        let message =
            format!("{} cells of sheet {:?} lie outside a sheet's rows and columns; left out", sheet.outside, &*sheet.name);
        source.diagnostics.push(Diagnostic::new(Code::CellOutsideSheet, message).at(Place::Sheet(sheet.name.clone())));
    }
    rules::apply(&mut sheet);
    mark_heads(&mut sheet);
    sheet.tell_links();
    merge(&mut sheet);
    if sheet.rows.is_empty() && sheet.asides.is_empty() && sheet.notes.is_empty() {
        return;
    }
    if sheet.hidden {
        sheet.rows.iter_mut().for_each(|row| row.hidden = true);
    }
    say_hidden_columns(&sheet, source);
    let name = sheet.name.clone();
    let kind = if sheet.hidden || !says_something(&name) { TextKind::Furniture } else { TextKind::Heading(1) };
    source.blocks.push(Block::Text(TextBlock { kind, text: name.to_string(), place: Place::Sheet(name.clone()) }));
    Writer::new(sheet, name).write(source);
}

/// Whether a sheet's name is one that its user gave.
fn says_something(name: &str) -> bool {
    let word = name.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
    !word.is_empty() && !NAMES_OF_PROGRAMS.contains(&word.as_str())
}

fn say_hidden_columns(sheet: &Sheet, source: &mut Source) {
    if sheet.hidden || sheet.hidden_columns.is_empty() {
        return;
    }
    let filled: BTreeSet<u32> = sheet.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.column.0).collect();
    for (first, last) in &sheet.hidden_columns {
        if first <= last && filled.range(*first..=*last).next().is_some() {
            let range = CellRange {
                first_row: RowIndex(0),
                first_column: ColumnIndex(*first),
                last_row: RowIndex(sheet.rows.last().map_or(0, |row| row.index)),
                last_column: ColumnIndex(*last),
            };
            let message = format!("{range} of sheet {:?} is hidden; read like the rest", &*sheet.name);
            source.diagnostics.push(Diagnostic::new(Code::ColumnHidden, message).at(Place::cells(&sheet.name, range)));
        }
    }
}

/// Marks the cells of rows that the workbook itself takes for headers.
fn mark_heads(sheet: &mut Sheet) {
    for range in std::mem::take(&mut sheet.heads) {
        let from = sheet.rows.partition_point(|row| row.index < range.first_row.0);
        for row in sheet.rows.iter_mut().skip(from).take_while(|row| row.index <= range.last_row.0) {
            let inside = row.cells.iter_mut().filter(|cell| (range.first_column..=range.last_column).contains(&cell.column));
            inside.for_each(|cell| cell.style.emphasised = true);
        }
    }
}

/// Gives merged cells their spans and takes out what they cover.
fn merge(sheet: &mut Sheet) {
    let mut looked_at = 0;
    for mut range in std::mem::take(&mut sheet.merges) {
        range.last_row = range.last_row.min(RowIndex(LAST_ROW));
        range.last_column = range.last_column.min(ColumnIndex(LAST_COLUMN));
        if range.first_row > range.last_row || range.first_column > range.last_column {
            continue;
        }
        let name = sheet.name.clone();
        let Some(cell) = sheet.cell_mut(range.first_row.0, range.first_column.0) else { continue };
        if cell.rowspan > 1 || cell.colspan > 1 {
            continue;
        }
        cell.rowspan = range.last_row.0 - range.first_row.0 + 1;
        cell.colspan = range.last_column.0 - range.first_column.0 + 1;
        cell.place = Place::cells(&name, range);
        let from = sheet.rows.partition_point(|row| row.index < range.first_row.0);
        let mut covered = Vec::new();
        for row in sheet.rows.iter_mut().skip(from).take_while(|row| row.index <= range.last_row.0) {
            looked_at += 1;
            if looked_at > MOST_MERGED {
                break;
            }
            let index = row.index;
            let start = row.cells.partition_point(|cell| cell.column.0 < range.first_column.0);
            let end = row.cells.partition_point(|cell| cell.column.0 <= range.last_column.0);
            let keep = usize::from(index == range.first_row.0);
            covered.extend(row.cells.drain((start + keep).min(end)..end).map(|cell| Aside {
                anchor: Some((index, cell.column.0)),
                text: cell.text.into(),
                kind: TextKind::Furniture,
            }));
        }
        sheet.asides.extend(covered);
    }
    sheet.rows.retain(|row| !row.cells.is_empty());
}

/// The fill of each column, as far as they are looked at.
fn column_fills(ranges: &[(u32, u32, Rgb)], edge: u32) -> Vec<Option<Rgb>> {
    let end = edge.saturating_add(WIDEST_FILL);
    let mut fills = Vec::new();
    for (first, last, fill) in ranges {
        for column in *first..last.saturating_add(1).min(end) {
            let column = column as usize;
            fills.resize(fills.len().max(column + 1), None);
            fills[column] = Some(*fill);
        }
    }
    fills
}

/// Writes the blocks of one sheet.
struct Writer {
    name: SheetName,
    hidden: bool,
    shades: Vec<Shade>,
    row_fills: BTreeMap<u32, Rgb>,
    /// Fills of whole columns, from the first column on.
    column_fills: Vec<Option<Rgb>>,
    notes: BTreeMap<(u32, u32), String>,
    asides: Vec<Aside>,
    lists: Vec<List>,
    rows: Vec<SheetRow>,
    /// The sheet's first column with text.
    edge: u32,
    /// Width of the widest grid so far: a later part of a table may lack its last columns.
    width: u32,
}

impl Writer {
    fn new(sheet: Sheet, name: SheetName) -> Self {
        let edge = sheet.rows.iter().filter_map(|row| row.cells.first()).map(|cell| cell.column.0).min().unwrap_or(0);
        let mut shades = sheet.shades;
        shades.sort_unstable();
        Self {
            name,
            hidden: sheet.hidden,
            shades,
            row_fills: sheet.row_fills,
            column_fills: column_fills(&sheet.column_fills, edge),
            notes: sheet.notes,
            asides: sheet.asides,
            lists: sheet.lists,
            rows: sheet.rows,
            edge,
            width: 0,
        }
    }

    fn write(mut self, source: &mut Source) {
        let (mut anchored, loose): (Vec<Aside>, Vec<Aside>) =
            std::mem::take(&mut self.asides).into_iter().partition(|aside| aside.anchor.is_some());
        anchored.sort_by_key(|aside| aside.anchor);
        let mut anchored = anchored.into_iter().peekable();
        source.blocks.extend(loose.into_iter().map(|aside| self.text(aside)));
        let mut seen_table = false;
        for region in regions::part(std::mem::take(&mut self.rows), self.edge) {
            while let Some(aside) = anchored.next_if(|aside| aside.anchor.is_some_and(|(row, _)| row < region.first_row())) {
                source.blocks.push(self.text(aside));
            }
            let (titles, region) = if self.hidden { (None, region) } else { region.without_titles(self.edge, !seen_table) };
            if let Some(titles) = titles {
                self.lines(titles, source);
            }
            if region.is_lines(self.edge) && !self.hidden {
                self.lines(region, source);
            } else {
                seen_table |= region.rows.iter().any(|row| row.cells.len() > 2);
                source.blocks.push(Block::Grid(self.grid(region)));
            }
        }
        source.blocks.extend(anchored.map(|aside| self.text(aside)));
        for ((row, column), text) in std::mem::take(&mut self.notes) {
            let kind = if self.hidden { TextKind::Furniture } else { TextKind::Paragraph };
            source.blocks.push(self.text(Aside { text, kind, anchor: Some((row, column)) }));
        }
    }

    fn text(&self, aside: Aside) -> Block {
        let place = match aside.anchor {
            Some((row, column)) => Place::cells(&self.name, CellRange::cell(RowIndex(row), ColumnIndex(column))),
            None => Place::Sheet(self.name.clone()),
        };
        let kind = if self.hidden { TextKind::Furniture } else { aside.kind };
        Block::Text(TextBlock { kind, text: aside.text, place })
    }

    /// Lone texts are lines of text; comments on them follow.
    fn lines(&mut self, region: Region, source: &mut Source) {
        for row in region.rows {
            for cell in row.cells {
                source.blocks.push(Block::Text(TextBlock {
                    kind: TextKind::Paragraph,
                    text: cell.text.into(),
                    place: cell.place,
                }));
            }
            for note in self.notes_of(row.index, &(0..u32::MAX), 0) {
                source.blocks.push(Block::Text(TextBlock { kind: TextKind::Paragraph, text: note.text, place: note.place }));
            }
        }
    }

    fn grid(&mut self, region: Region) -> Grid {
        let Region { rows, columns, room } = region;
        let own = columns.end - columns.start;
        if columns.start == self.edge {
            self.width = self.width.max(own);
        }
        let width = if columns.start == self.edge { self.width } else { own };
        // A later part of a table may have texts in fewer columns, and fills in all of them.
        let columns = columns.start..columns.start.saturating_add(width).min(room);
        // Columns that cells of rows above still cover, each with the last row that it is covered in.
        let mut below: Vec<(Range<u32>, u32)> = Vec::new();
        let indices: Vec<u32> = rows.iter().map(|row| row.index).collect();
        let rows = rows.into_iter().map(|row| {
            below.retain(|(_, last)| *last >= row.index);
            self.row(row, &columns, width, &mut below)
        });
        let mut rows: Vec<GridRow> = rows.collect();
        // A span is told in rows of the sheet, of which blank ones are not in the grid.
        for (at, row) in rows.iter_mut().enumerate() {
            for cell in row.cells.iter_mut().filter(|cell| cell.rowspan > 1) {
                let end = indices[at].saturating_add(cell.rowspan);
                let covered = indices[at..].iter().take_while(|index| **index < end).count();
                cell.rowspan = u32::try_from(covered).unwrap_or(1).max(1);
            }
        }
        let choices = self.choices(&indices, &columns);
        Grid { sheet: Some(self.name.clone()), rows, choices, found: None, goes_on: false }
    }

    /// What cells of the columns choose from, in the rows with these indices.
    fn choices(&self, rows: &[u32], columns: &Range<u32>) -> Vec<Choices> {
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return Vec::new() };
        let mut found: BTreeMap<u32, &List> = BTreeMap::new();
        for list in &self.lists {
            for cells in list.cells.iter().filter(|cells| cells.first_row.0 <= *last && cells.last_row.0 >= *first) {
                for column in cells.first_column.0.max(columns.start)..cells.last_column.0.saturating_add(1).min(columns.end) {
                    found.entry(column - columns.start).or_insert(list);
                }
            }
        }
        let choices = found.into_iter();
        choices.map(|(column, list)| Choices { column: ColumnIndex(column), values: list.values.clone() }).collect()
    }

    fn row(&mut self, row: SheetRow, columns: &Range<u32>, width: u32, below: &mut Vec<(Range<u32>, u32)>) -> GridRow {
        let SheetRow { index, hidden, mut cells } = row;
        self.shade(index, columns, below, &mut cells);
        for cell in &cells {
            if cell.rowspan > 1 {
                let covered = cell.column.0..cell.column.0.saturating_add(cell.colspan);
                below.push((covered, index.saturating_add(cell.rowspan - 1)));
            }
        }
        let range = CellRange {
            first_row: RowIndex(index),
            first_column: cells.first().map_or(ColumnIndex(columns.start), |cell| cell.column),
            last_row: RowIndex(index),
            last_column: cells.last().map_or(ColumnIndex(columns.start), |cell| ColumnIndex(cell.column.0 + cell.colspan - 1)),
        };
        for cell in &mut cells {
            cell.column.0 = cell.column.0.saturating_sub(columns.start);
        }
        cells.shrink_to_fit();
        let notes = self.notes_of(index, columns, columns.start);
        GridRow { place: Place::cells(&self.name, range), width, cells, notes, hidden }
    }

    /// Takes the comments on a row's cells; their columns are counted from `start`.
    fn notes_of(&mut self, row: u32, columns: &Range<u32>, start: u32) -> Vec<Note> {
        if self.notes.is_empty() {
            return Vec::new();
        }
        let found: Vec<u32> =
            self.notes.range((row, columns.start)..(row, columns.end)).map(|((_, column), _)| *column).collect();
        let taken = found.into_iter().filter_map(|column| {
            let text = self.notes.remove(&(row, column))?;
            let place = Place::cells(&self.name, CellRange::cell(RowIndex(row), ColumnIndex(column)));
            Some(Note { column: ColumnIndex(column.saturating_sub(start)), text, place })
        });
        taken.collect()
    }

    /// Adds the empty cells of a row whose fill says something.
    fn shade(&self, row: u32, columns: &Range<u32>, below: &[(Range<u32>, u32)], cells: &mut Vec<GridCell>) {
        let from = self.shades.partition_point(|shade| (shade.row, shade.column) < (row, columns.start));
        let own = self.shades.iter().skip(from).take_while(|shade| shade.row == row && shade.column < columns.end);
        let mut fills: BTreeMap<u32, Rgb> = own.map(|shade| (shade.column, shade.fill)).collect();
        let row_fill = self.row_fills.get(&row);
        if row_fill.is_some() || !self.column_fills.is_empty() {
            for column in columns.clone().take(WIDEST_FILL as usize) {
                let of_column = || self.column_fills.get(column as usize).copied().flatten();
                if let Some(fill) = row_fill.copied().or_else(of_column) {
                    fills.entry(column).or_insert(fill);
                }
            }
        }
        // A heading across the table is filled to the table's end; in a row of several texts a blank may be a rating.
        let common = cells.first().and_then(|cell| cell.style.fill);
        let uniform = cells.len() < 2;
        for (column, fill) in fills {
            let hidden_below = below.iter().any(|(covered, _)| covered.contains(&column));
            let Err(at) = cells.binary_search_by_key(&column, |cell| cell.column.0) else { continue };
            let beside = at.checked_sub(1).and_then(|at| cells.get(at));
            let covered = beside.is_some_and(|cell| column < cell.column.0.saturating_add(cell.colspan));
            if covered || hidden_below || (uniform && common == Some(fill)) {
                continue;
            }
            let place = Place::cells(&self.name, CellRange::cell(RowIndex(row), ColumnIndex(column)));
            let style = Style { fill: Some(fill), ..Style::default() };
            let cell = GridCell { column: ColumnIndex(column), text: EcoString::new(), place, rowspan: 1, colspan: 1, style };
            cells.insert(at, cell);
        }
    }
}
