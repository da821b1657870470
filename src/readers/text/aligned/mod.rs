//! Columns aligned by spaces or divided by pipes, as text layouts of pages, e-mails and terminals have them.
//!
//! A region of lines with gaps is a table when the gaps line up: [`columns`] finds the gutters, [`pipes`] divides lines at
//! bars, [`rows`] puts wrapped lines together. Every other line is prose.

mod columns;
mod pipes;
mod rows;
mod segments;

use std::ops::Range;

use crate::model::location::Place;
use crate::model::source::Block;
use crate::model::source::Grid;
use crate::model::source::GridRow;
use crate::model::source::TextBlock;
use crate::model::source::TextKind;
use crate::readers::error::ReadError;
use crate::readers::limits::Budget;
use crate::readers::text::Line;
use crate::readers::text::prose;
use crate::readers::text::prose::Opening;

/// Lines without a gap that may stand between two lines with gaps of one table: wrapped text, a section's name.
const LINES_BETWEEN: usize = 3;

/// A line of a table: its cells from left to right, and what stands right above it.
struct Entry<'a> {
    index: usize,
    cells: Vec<Part<'a>>,
    after_ruling: bool,
    after_blank: bool,
}

/// What one line gives to a cell.
#[derive(Clone, Copy)]
struct Part<'a> {
    column: usize,
    colspan: usize,
    text: &'a str,
}

/// What a line looks like.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Blank,
    Ruling,
    /// Bars divide it.
    Piped,
    /// Gaps of two and more spaces divide it.
    Gappy,
    Plain,
}

/// Columns of the table before, as a table goes on over pages whose few lines would not tell them.
#[derive(Default)]
pub(in crate::readers) struct Memory(Vec<Range<usize>>);

/// Reads lines without tabs.
pub(in crate::readers) fn read(
    lines: &[Line<'_>],
    memory: &mut Memory,
    budget: &mut Budget,
    blocks: &mut Vec<Block>,
) -> Result<(), ReadError> {
    let looks: Vec<Look> = lines.iter().map(look).collect();
    let mut done = 0;
    if looks.iter().any(|look| matches!(look, Look::Piped | Look::Gappy)) {
        let mut at = 0;
        while at < lines.len() {
            let Some(end) = region(&looks, at) else {
                at += 1;
                continue;
            };
            let tables = Search { lines, looks: &looks, memory }.tables(at, end);
            for (start, table_end, rows) in tables {
                prose(lines.get(done..start).unwrap_or_default(), budget, blocks)?;
                for row in &rows {
                    budget.spend(row.cells.len() + 1, lines.get(start).map_or(0, |line| line.index))?;
                }
                blocks.push(Block::Grid(Grid { rows, ..Grid::default() }));
                done = table_end;
            }
            at = end.max(done);
        }
    }
    prose(lines.get(done..).unwrap_or_default(), budget, blocks)
}

fn look(line: &Line<'_>) -> Look {
    let text = line.text;
    if text.trim().is_empty() {
        Look::Blank
    } else if prose::is_ruling(text) {
        Look::Ruling
    } else if pipes::count(text) > 0 {
        Look::Piped
    } else if segments::has_gap(text) {
        Look::Gappy
    } else {
        Look::Plain
    }
}

/// End of the region that starts at `start`: lines of one kind of division, with rulings, single blank lines and a few plain
/// lines between.
fn region(looks: &[Look], start: usize) -> Option<usize> {
    let first = looks.get(start..)?.iter().find(|look| **look != Look::Ruling)?;
    if !matches!(first, Look::Piped | Look::Gappy) {
        return None;
    }
    let (mut end, mut plain, mut blank) = (start, 0, 0);
    for (at, look) in looks.iter().enumerate().skip(start) {
        match look {
            Look::Blank => blank += 1,
            Look::Plain => (plain, blank) = (plain + 1, 0),
            Look::Ruling => blank = 0,
            look if look == first => (plain, blank) = (0, 0),
            _ => break,
        }
        if blank > 1 || plain > LINES_BETWEEN || (*first == Look::Piped && (plain > 0 || blank > 0)) {
            break;
        }
        if look == first || *look == Look::Ruling {
            end = at + 1;
        }
    }
    Some(end)
}

/// A table: where it starts and ends, and its rows.
type Found = (usize, usize, Vec<GridRow>);

/// The search for tables in a run of lines.
struct Search<'a, 'b> {
    lines: &'b [Line<'a>],
    looks: &'b [Look],
    memory: &'b mut Memory,
}

impl Search<'_, '_> {
    /// The tables of a region: one, with what stands above it, or one for each part between blank lines.
    fn tables(&mut self, start: usize, end: usize) -> Vec<Found> {
        let mut found = Vec::new();
        if let Some(table) = self.table(start, end) {
            if table.0 > start {
                found.extend(self.table(start, table.0));
            }
            found.push(table);
            return found;
        }
        let mut from = start;
        for at in start..=end {
            if at == end || self.looks.get(at) == Some(&Look::Blank) {
                if from > start || at < end {
                    found.extend(self.table(from, at));
                }
                from = at + 1;
            }
        }
        found
    }

    fn table(&mut self, start: usize, end: usize) -> Option<Found> {
        let lines = |start, end| self.lines.get(start..end).unwrap_or_default();
        let looks = |start, end| self.looks.get(start..end).unwrap_or_default();
        if looks(start, end).contains(&Look::Piped) {
            let entries = pipes::entries(lines(start, end), looks(start, end))?;
            let rows = rows::build(&entries, &pipes::widths(&entries));
            return (!rows.is_empty()).then_some((start, end, rows));
        }
        let columns = columns::find(lines(start, end), looks(start, end))
            .or_else(|| columns::fit_all(&self.memory.0, lines(start, end), looks(start, end)))?;
        let start = start + columns::preamble(&columns, lines(start, end), looks(start, end));
        let (start, end) = columns::extend(&columns, self.lines, self.looks, start, end);
        let entries = columns::entries(&columns, lines(start, end), looks(start, end));
        let widths: Vec<usize> = columns.iter().map(|column| column.end - column.start).collect();
        let rows = rows::build(&entries, &widths);
        self.memory.0 = columns;
        (!rows.is_empty()).then_some((start, end, rows))
    }
}

/// Each line as a block of its own, with the lines that only go on with it; a line that the next one underlines is a heading.
fn prose(lines: &[Line<'_>], budget: &mut Budget, blocks: &mut Vec<Block>) -> Result<(), ReadError> {
    let mut after_blank = true;
    // Where the last block is of the line before, how that began.
    let mut last: Option<Opening> = None;
    for (at, line) in lines.iter().enumerate() {
        let blank = line.text.trim().is_empty();
        if let (Some(opening), Some(Block::Text(block))) = (&mut last, blocks.last_mut())
            && opening.goes_on(&block.text, line.text)
        {
            budget.spend(1, line.index)?;
            prose::append(block, line.text, line.index);
            continue;
        }
        let level = lines.get(at + 1).filter(|_| after_blank && !blank).and_then(|next| prose::underline(next.text));
        let block = prose::block(line.text, Place::line(line.index));
        after_blank = blank;
        last = None;
        let Some(block) = block else { continue };
        last = level.is_none().then(|| Opening::of(&block, line.text));
        budget.spend(1, line.index)?;
        blocks.push(match (block, level) {
            (Block::Text(TextBlock { kind: TextKind::Paragraph, text, place }), Some(level)) => {
                Block::Text(TextBlock { kind: TextKind::Heading(level), text, place })
            }
            (block, _) => block,
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests;
