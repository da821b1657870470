//! Records to blocks: which lines are a table, which stand before, between or after tables.

use std::collections::BTreeMap;

use crate::model::source::Block;
use crate::model::source::Grid;
use crate::model::source::GridRow;
use crate::readers::delimited::Record;
use crate::readers::text::prose;

/// Puts records together. Records between two blank lines are a section; a section of the same width as the table before it
/// goes on with that table.
pub(super) fn blocks(records: Vec<Record<'_>>, delimiter: u8) -> Vec<Block> {
    let main = mode(records.iter());
    let prosy = is_prosy(&records, main);
    let mut out = Assembly { blocks: Vec::new(), rows: Vec::new(), width: 0, delimiter: char::from(delimiter) };
    let mut section: Vec<Record<'_>> = Vec::new();
    for record in records {
        if record.after_blank && !section.is_empty() {
            out.section(std::mem::take(&mut section), main, prosy);
        }
        section.push(record);
    }
    out.section(section, main, prosy);
    out.end_table();
    out.blocks
}

/// The rows of a table of one column; a blank line parts it.
pub(super) fn column(records: Vec<Record<'_>>) -> Vec<Block> {
    let mut grids: Vec<Grid> = Vec::new();
    for record in records {
        match grids.last_mut().filter(|_| !record.after_blank) {
            Some(grid) => grid.rows.push(record.row),
            None => grids.push(Grid { rows: vec![record.row], ..Grid::default() }),
        }
    }
    grids.into_iter().map(Block::Grid).collect()
}

/// The most frequent width of two and more, the wider of two; 1 where there is none.
fn mode<'a, 'b: 'a>(records: impl Iterator<Item = &'a Record<'b>>) -> u32 {
    let mut counts = BTreeMap::new();
    for record in records.filter(|record| record.row.width > 1) {
        *counts.entry(record.row.width).or_insert(0_usize) += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map_or(1, |(width, _)| width)
}

/// Whether the table itself has a space after each delimiter, so that this does not tell prose.
fn is_prosy(records: &[Record<'_>], main: u32) -> bool {
    let table = || records.iter().filter(|record| record.row.width == main);
    table().filter(|record| record.prose).count() * 2 > table().count()
}

struct Assembly {
    blocks: Vec<Block>,
    rows: Vec<GridRow>,
    /// Width of the open table.
    width: u32,
    delimiter: char,
}

impl Assembly {
    /// Takes the records between two blank lines. Lines at their start and end that do not fit the table are text.
    fn section(&mut self, records: Vec<Record<'_>>, main: u32, prosy: bool) {
        let mut width = mode(records.iter());
        let divided = records.iter().filter(|record| record.row.width > 1).count();
        if divided == 1 && width != main && self.rows.is_empty() {
            width = 1;
        }
        let prose = |record: &Record<'_>| record.prose && !prosy && (record.row.width != width || width != main);
        let before = |record: &Record<'_>| record.row.width == 1 || record.row.width * 2 <= width || prose(record);
        let after = |record: &Record<'_>| record.row.width == 1 || prose(record);
        let first = if width == 1 { records.len() } else { records.iter().take_while(|record| before(record)).count() };
        let last = records.iter().skip(first).rposition(|record| !after(record)).map_or(first, |at| first + at + 1);
        if first > 0 || width != self.width {
            self.end_table();
        }
        for (at, record) in records.into_iter().enumerate() {
            if (first..last).contains(&at) {
                self.width = width;
                self.rows.push(record.row);
            } else {
                self.end_table();
                self.blocks.extend(self.text(&record));
            }
        }
    }

    fn end_table(&mut self) {
        self.width = 0;
        if !self.rows.is_empty() {
            self.blocks.push(Block::Grid(Grid { rows: std::mem::take(&mut self.rows), ..Grid::default() }));
        }
    }

    /// The line as it was written, without the delimiters at its end; the fields of a quoted one with ", " between.
    fn text(&self, record: &Record<'_>) -> Option<Block> {
        let place = record.row.place.clone();
        if record.raw.contains('"') {
            let fields: Vec<_> = record.row.cells.iter().map(|cell| cell.text.as_str()).collect();
            return prose::block(&fields.join(", "), place);
        }
        let line = record.raw.trim_end_matches(|c: char| c == self.delimiter || c.is_whitespace());
        prose::block(&line.replace('\t', " "), place)
    }
}
