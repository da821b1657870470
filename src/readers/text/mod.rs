//! Plain text: lines with tabs between cells, columns aligned by spaces, or prose.
//!
//! A run of lines with tabs is a grid; a blank line, a form feed or a line without a tab ends it. Quotation marks mean nothing
//! here. Lines without tabs are searched for aligned columns; each other line is a block of its own.

pub(in crate::readers) mod aligned;
pub(in crate::readers) mod prose;

use crate::model::location::ColumnIndex;
use crate::model::location::Place;
use crate::model::source::Block;
use crate::model::source::Grid;
use crate::model::source::GridCell;
use crate::model::source::GridRow;
use crate::readers::error::ReadError;
use crate::readers::limits::Budget;
use crate::readers::markup;

/// A line, or the part of one before or after a form feed.
#[derive(Clone, Copy, Debug)]
pub(in crate::readers) struct Line<'a> {
    /// Zero-based index in the document.
    pub(in crate::readers) index: usize,
    /// The text without its line end.
    pub(in crate::readers) text: &'a str,
}

/// Reads `text`, whose first line has the zero-based index `first_line`.
pub(in crate::readers) fn read(text: &str, first_line: usize, budget: &mut Budget) -> Result<Vec<Block>, ReadError> {
    let mut reader =
        Reader { blocks: Vec::new(), rows: Vec::new(), loose: Vec::new(), memory: aligned::Memory::default(), budget };
    for (index, line) in text.split('\n').enumerate() {
        let line = Line { index: first_line + index, text: line.strip_suffix('\r').unwrap_or(line) };
        if line.text.contains('\u{c}') {
            reader.pages(line)?;
        } else {
            reader.line(line)?;
        }
    }
    reader.end_grid();
    reader.end_loose()?;
    let mut blocks = reader.blocks;
    if !blocks.iter().any(is_table) {
        blocks = blocks.into_iter().flat_map(unindent).collect();
    }
    Ok(blocks)
}

struct Reader<'a, 'b> {
    blocks: Vec<Block>,
    rows: Vec<GridRow>,
    loose: Vec<Line<'a>>,
    memory: aligned::Memory,
    budget: &'b mut Budget,
}

impl<'a> Reader<'a, '_> {
    fn line(&mut self, line: Line<'a>) -> Result<(), ReadError> {
        if line.text.contains('\t') {
            self.end_loose()?;
            let row = row(line, self.rows.last().map_or(0, |row| row.cells.len()));
            self.budget.spend(row.cells.len() + 1, line.index)?;
            self.rows.push(row);
        } else {
            self.end_grid();
            self.loose.push(line);
        }
        Ok(())
    }

    /// A line with form feeds: each ends a page, as a blank line would.
    fn pages(&mut self, line: Line<'a>) -> Result<(), ReadError> {
        for (part, text) in line.text.split('\u{c}').enumerate() {
            if part > 0 {
                self.end_grid();
                self.end_loose()?;
            }
            if !text.is_empty() {
                self.line(Line { text, ..line })?;
            }
        }
        Ok(())
    }

    fn end_grid(&mut self) {
        if !self.rows.is_empty() {
            self.blocks.push(Block::Grid(Grid { rows: std::mem::take(&mut self.rows), ..Grid::default() }));
        }
    }

    fn end_loose(&mut self) -> Result<(), ReadError> {
        if !self.loose.is_empty() {
            aligned::read(&self.loose, &mut self.memory, self.budget, &mut self.blocks)?;
            self.loose.clear();
        }
        Ok(())
    }
}

/// The row that a line with tabs makes; `expected` is the number of its cells, as far as can be told before.
fn row(line: Line<'_>, expected: usize) -> GridRow {
    let place = Place::line(line.index);
    let mut width = 0;
    let mut cells = Vec::with_capacity(expected);
    for raw in line.text.split('\t') {
        cells.extend(cell(raw, width, place.clone()));
        width += 1;
    }
    GridRow { place, width, cells, notes: Vec::new(), hidden: false }
}

/// The cell that `raw` makes; none where nothing but white space and markup is in it.
pub(in crate::readers) fn cell(raw: &str, column: u32, place: Place) -> Option<GridCell> {
    let cleaned = markup::clean(raw);
    (!cleaned.text.is_empty()).then_some(GridCell {
        column: ColumnIndex(column),
        text: cleaned.text.into(),
        place,
        rowspan: 1,
        colspan: 1,
        style: cleaned.style,
    })
}

fn is_table(block: &Block) -> bool {
    matches!(block, Block::Grid(grid) if grid.rows.iter().any(|row| row.cells.len() > 1))
}

/// Lines of a document without any table whose tabs only indent them.
fn unindent(block: Block) -> Vec<Block> {
    match block {
        Block::Grid(grid) => grid
            .rows
            .into_iter()
            .filter_map(|row| {
                let cell = row.cells.into_iter().next()?;
                prose::block(&cell.text, row.place)
            })
            .collect(),
        text @ Block::Text(_) => vec![text],
    }
}

#[cfg(test)]
mod tests;
