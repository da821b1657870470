//! Tables of the structure tree, where the tree tells the truth about the page.

use crate::model::location::Rect;
use crate::model::page::Axis;
use crate::model::page::Direction;
use crate::model::page::Page;
use crate::model::page::Ruling;
use crate::model::page::TaggedCell;
use crate::model::page::TaggedTable;
use crate::model::page::Word;
use crate::model::source::Strategy;

use super::candidate::Candidate;
use super::candidate::Cell;
use super::candidate::ratio;
use super::gaps;
use super::lines;
use super::lines::Line;
use super::lines::word;
use super::short;
use super::text;

/// Share of the words in the area of a tagged table that its cells must hold; trees that an editor left behind hold fewer.
const COVERS: f64 = 0.9;

/// The outer edge of a table may be drawn this far, in points, from the nearest word.
const OUTSIDE: f64 = 60.0;

/// A header stands over its rows at most this far, in sizes of font.
const CLOSE: f64 = 2.5;

/// A header names at least so many columns.
const NAMES: usize = 3;

/// A span over more than this is no span but a broken number.
const MOST_SPAN: u32 = 1000;

/// The tagged tables of `page` that hold most of the words in their area, without words that are not `free`.
///
/// `before` are the column edges of the last table of the page before.
pub(super) fn tables(page: &Page, free: &[bool], before: Option<&[f64]>) -> Vec<Candidate> {
    page.tagged.iter().filter_map(|table| read(page, table, free, before)).collect()
}

fn read(page: &Page, table: &TaggedTable, free: &[bool], before: Option<&[f64]>) -> Option<Candidate> {
    let first_row = table.first_row;
    let rows: Vec<&Vec<TaggedCell>> = table.rows.iter().filter(|row| row.iter().any(|cell| !cell.words.is_empty())).collect();
    let mut cells = placed(&rows);
    let own = cells.iter().map(|cell| cell.column + cell.columns).max()?;
    // Rows of this page may all lack the cells of a column that is blank on it.
    let known = before.filter(|edges| table.first_row > 0 && edges.len() > own);
    let wider = known.filter(|edges| edges.len() > own + 1);
    let width = wider.map_or(own, |edges| edges.len() - 1);
    short::spread(page, &mut cells, rows.len(), width, known);
    let all: Vec<u32> = cells.iter().flat_map(|cell| cell.words.iter().copied()).collect();
    let twice = {
        let mut sorted = all.clone();
        sorted.sort_unstable();
        sorted.windows(2).any(|pair| pair[0] == pair[1])
    };
    let taken = all.iter().any(|index| free.get(*index as usize) != Some(&true));
    let share = coverage(page, &all)?;
    if width < 2 || twice || taken || share < COVERS || !in_order(page, &cells, rows.len()) || !in_columns(page, &cells, width) {
        return None;
    }
    let mut xs = edges(page, &cells, width, |cell| (cell.column, cell.columns), |bbox| (bbox.x0, bbox.x1));
    let ys = edges(page, &cells, rows.len(), |cell| (cell.row, cell.rows), |bbox| (bbox.y0, bbox.y1));
    snap(page, &cells, &mut xs, &drawn(page, &ys));
    if let Some(edges) = wider {
        xs = edges.to_vec();
    }
    let table = Candidate { by: Strategy::Tagged, xs, ys, cells, score: share };
    let headed = known_head(page, &table, free, before.filter(|_| first_row > 0));
    Some(headed.unwrap_or(table))
}

/// A table that goes on from the page before, with the header that is printed over it again: no part of the tree, it stands
/// close over the rows, in the columns with the edges `before`.
fn known_head(page: &Page, table: &Candidate, free: &[bool], before: Option<&[f64]>) -> Option<Candidate> {
    let xs = before.filter(|edges| edges.len() == table.xs.len())?;
    let crosses = |bbox: &Rect| xs[1..xs.len() - 1].iter().any(|edge| bbox.x0 + 1.0 < *edge && *edge < bbox.x1 - 1.0);
    let boxes = table.words().filter_map(|index| word(page, index)).map(|word| word.bbox);
    let top = boxes.map(|bbox| bbox.y0).fold(f64::INFINITY, f64::min);
    // Boxes of lines that stand close overlap.
    let above = |word: &Word| word.direction == Direction::Right && lines::middle(&word.bbox) < top;
    let words: Vec<u32> = (0_u32..)
        .zip(page.words.iter().zip(free))
        .filter(|(_, (word, free))| **free && above(word))
        .map(|(index, _)| index)
        .collect();
    let lines = lines::lines(page, &words);
    let boxes = |line: &Line| -> Vec<Rect> { line.words.iter().filter_map(|at| word(page, *at)).map(|word| word.bbox).collect() };
    let mut floor = top;
    let close = lines.iter().rev().take_while(|line| {
        let close = floor - line.bbox.y1 <= CLOSE * line.size && !boxes(line).iter().any(crosses);
        floor = floor.min(line.bbox.y0);
        close
    });
    let mut head: Vec<&Line> = close.collect();
    head.reverse();
    let title = title_of(page, &lines, &mut head, xs);
    let mut words: Vec<u32> = head.iter().flat_map(|line| line.words.iter().copied()).collect();
    words.sort_unstable();
    let bbox = words.iter().filter_map(|index| word(page, *index)).map(|word| word.bbox).reduce(Rect::around)?;
    let mut ys = vec![bbox.y0, f64::midpoint(bbox.y1, top)];
    ys.extend(table.ys.iter().skip(1));
    let down = |cell: &Cell| Cell { row: cell.row + 1, ..cell.clone() };
    let mut cells: Vec<Cell> =
        (0..table.width()).map(|column| Cell { row: 0, column, rows: 1, columns: 1, words: Vec::new() }).collect();
    let head = cells.len();
    cells.extend(table.cells.iter().map(down));
    let mut headed = Candidate { xs: xs.to_vec(), ys, cells, ..table.clone() };
    headed.take_words(page, &words);
    let filled = headed.cells[..head].iter().filter(|cell| !cell.words.is_empty()).count();
    let whole = headed.cells[..head].iter().map(|cell| cell.words.len()).sum::<usize>() == words.len();
    (whole && filled >= NAMES && 2 * filled > head).then(|| titled(headed, title))
}

/// The row over all columns that stands above the names of `head`: takes its line out of these, or is the next of `lines`. A
/// name that wraps begins beside others or goes on in lower case.
fn title_of(page: &Page, lines: &[Line], head: &mut Vec<&Line>, xs: &[f64]) -> Option<Line> {
    let bold = |line: &Line| text::is_bold(page, line);
    let left = |line: &Line| line.bbox.x0 < xs.get(1).copied().unwrap_or(0.0);
    let is_title = |line: &Line, below: &Line| {
        let apart = line.bbox.y1 < below.bbox.y1 - 0.7 * below.bbox.height();
        let first = below
            .words
            .first()
            .and_then(|at| word(page, *at))
            .filter(|first| left(below) && !first.text.starts_with(char::is_lowercase));
        let near = below.bbox.y0 - line.bbox.y1 <= CLOSE * line.size;
        let one = lines::chunks(page, line, gaps::CHUNK_GAP).len() == 1 && left(line);
        apart && near && one && first.is_some() && bold(line) == bold(below)
    };
    let (first, below) = (head.first().copied()?, head.get(1));
    if below.is_some_and(|below| is_title(first, below)) {
        return Some(head.remove(0).clone());
    }
    let above = lines.iter().rev().find(|line| line.bbox.y0 < first.bbox.y0)?;
    is_title(above, first).then(|| above.clone())
}

/// A table below a row over all its columns.
fn titled(table: Candidate, title: Option<Line>) -> Candidate {
    let Some(title) = title else { return table };
    let mut ys = vec![title.bbox.y0];
    ys.extend(&table.ys);
    let width = table.width();
    let mut cells = vec![Cell { row: 0, column: 0, rows: 1, columns: width, words: title.words }];
    cells.extend(table.cells.into_iter().map(|cell| Cell { row: cell.row + 1, ..cell }));
    Candidate { ys, cells, ..table }
}

/// Puts cells into slots as HTML does: each goes to the first slot of its row that no span from above holds.
fn placed(rows: &[&Vec<TaggedCell>]) -> Vec<Cell> {
    let mut cells = Vec::new();
    let mut held: Vec<usize> = Vec::new();
    for (row, tagged) in rows.iter().enumerate() {
        let mut column = 0;
        for cell in *tagged {
            while held.get(column).is_some_and(|until| *until > row) {
                column += 1;
            }
            let columns = cell.colspan.clamp(1, MOST_SPAN) as usize;
            let spanned = (cell.rowspan.clamp(1, MOST_SPAN) as usize).min(rows.len() - row);
            if held.len() < column + columns {
                held.resize(column + columns, 0);
            }
            held[column..column + columns].fill(row + spanned);
            cells.push(Cell { row, column, rows: spanned, columns, words: cell.words.clone() });
            column += columns;
        }
    }
    cells
}

/// Which share of the words in the area of `words` these are.
fn coverage(page: &Page, words: &[u32]) -> Option<f64> {
    let area = words.iter().filter_map(|index| word(page, *index)).map(|word| word.bbox).reduce(Rect::around)?;
    let inside = page.words.iter().filter(|word| {
        let (x, y) = (f64::midpoint(word.bbox.x0, word.bbox.x1), lines::middle(&word.bbox));
        area.x0 <= x && x <= area.x1 && area.y0 <= y && y <= area.y1
    });
    Some(ratio(words.len(), inside.count().max(words.len())))
}

/// Whether each row begins no higher than the one before it.
fn in_order(page: &Page, cells: &[Cell], rows: usize) -> bool {
    let mut tops = vec![f64::INFINITY; rows];
    for cell in cells.iter().filter(|cell| cell.rows == 1) {
        let top = cell.words.iter().filter_map(|index| word(page, *index)).map(|word| word.bbox.y0).fold(f64::INFINITY, f64::min);
        tops[cell.row] = tops[cell.row].min(top);
    }
    tops.retain(|top| top.is_finite());
    let back = tops.windows(2).filter(|pair| pair[1] < pair[0] - 2.0).count();
    back * 20 <= tops.len()
}

/// Whether cells stand no further left than the columns before theirs begin: rows of a torn tree lack cells, or have too many.
fn in_columns(page: &Page, cells: &[Cell], width: usize) -> bool {
    let single = || cells.iter().filter(|cell| cell.columns == 1);
    let left = |cell: &Cell| cell.words.iter().filter_map(|at| word(page, *at)).map(|word| word.bbox.x0).reduce(f64::min);
    let mut begins = vec![f64::INFINITY; width];
    for (cell, x0) in single().filter_map(|cell| Some((cell, left(cell)?))) {
        begins[cell.column] = begins[cell.column].min(x0);
    }
    let mut reached = f64::NEG_INFINITY;
    let before: Vec<f64> = begins
        .iter()
        .map(|begin| {
            let before = reached;
            reached = if begin.is_finite() { reached.max(*begin) } else { reached };
            before
        })
        .collect();
    let placed = single().filter_map(|cell| Some((cell, left(cell)?)));
    let (back, all) =
        placed.fold((0, 0), |(back, all), (cell, x0)| (back + usize::from(x0 < before[cell.column] - 2.0), all + 1));
    back * 20 <= all
}

/// Edges of `count` slots from the words of the cells that cover only one.
fn edges(
    page: &Page,
    cells: &[Cell],
    count: usize,
    slot: impl Fn(&Cell) -> (usize, usize),
    side: impl Fn(Rect) -> (f64, f64),
) -> Vec<f64> {
    let mut extents: Vec<Option<(f64, f64)>> = vec![None; count];
    for cell in cells {
        let (at, covered) = slot(cell);
        let ink = cell.words.iter().filter_map(|index| word(page, *index)).map(|word| word.bbox).reduce(Rect::around);
        if let (1, Some(ink), Some(extent)) = (covered, ink, extents.get_mut(at)) {
            let (from, to) = side(ink);
            *extent = Some(extent.map_or((from, to), |(a, b)| (a.min(from), b.max(to))));
        }
    }
    let all = cells.iter().flat_map(|cell| &cell.words).filter_map(|index| word(page, *index)).map(|word| side(word.bbox));
    let (start, end) = all.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), (from, to)| (a.min(from), b.max(to)));
    let mut edges = vec![start];
    let mut reached = start;
    for index in 0..count.saturating_sub(1) {
        reached = extents[index].map_or(reached, |(_, to)| to.max(reached));
        let next = extents[index + 1..].iter().flatten().map(|(from, _)| *from).next().unwrap_or(end);
        let edge = if next > reached { f64::midpoint(reached, next) } else { next };
        edges.push(edge.clamp(edges.last().copied().unwrap_or(start), end.max(start)));
    }
    edges.push(end);
    edges
}

/// Vertical lines beside the middle of a table with the row edges `ys`, from left to right.
fn drawn(page: &Page, ys: &[f64]) -> Vec<f64> {
    let (Some(top), Some(bottom)) = (ys.first(), ys.last()) else { return Vec::new() };
    let beside = |ruling: &&Ruling| ruling.axis == Axis::Vertical && ruling.from < *bottom && ruling.to > *top;
    let mut drawn: Vec<f64> = page.rulings.iter().filter(beside).map(|ruling| ruling.at).collect();
    drawn.sort_by(f64::total_cmp);
    drawn.dedup_by(|a, b| (*a - *b).abs() < 1.0);
    drawn
}

/// Moves edges of columns, which lie somewhere between words, to the lines that are drawn between these words: those beside
/// blank columns in their order, where there are as many lines.
fn snap(page: &Page, cells: &[Cell], xs: &mut [f64], drawn: &[f64]) {
    let ink = |cell: &Cell| cell.words.iter().filter_map(|at| word(page, *at)).map(|word| word.bbox).reduce(Rect::around);
    let inks: Vec<(&Cell, Rect)> = cells.iter().filter_map(|cell| Some((cell, ink(cell)?))).collect();
    let last = xs.len().saturating_sub(1);
    let gap = |column: usize| {
        let before = inks.iter().filter(|(cell, _)| cell.column + cell.columns <= column).map(|(_, ink)| ink.x1);
        let after = inks.iter().filter(|(cell, _)| cell.column >= column).map(|(_, ink)| ink.x0);
        (before.reduce(f64::max), after.reduce(f64::min))
    };
    let gaps: Vec<(Option<f64>, Option<f64>)> = (0..=last).map(gap).collect();
    let mut column = 0;
    while column < gaps.len() {
        let count = gaps[column..].iter().take_while(|gap| **gap == gaps[column]).count();
        let (from, to) = gaps[column];
        let edges = &mut xs[column..column + count];
        let (from, to) = (from.unwrap_or(edges[0] - OUTSIDE), to.unwrap_or(edges[count - 1] + OUTSIDE));
        let between: Vec<f64> = drawn.iter().copied().filter(|at| from - 1.0 <= *at && *at <= to + 1.0).collect();
        if between.len() == count {
            edges.copy_from_slice(&between);
        } else if let [edge] = edges
            && let Some(at) = between.iter().min_by(|a, b| (**a - *edge).abs().total_cmp(&(**b - *edge).abs()))
        {
            *edge = *at;
        }
        column += count;
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::down;
    use super::super::testing::page;
    use super::*;

    #[test]
    fn edges_beside_blank_columns_are_the_lines_that_are_drawn() {
        let mut page = page(&[(12.0, 12.0, "one"), (170.0, 12.0, "four"), (12.0, 42.0, "five"), (170.0, 42.0, "eight")]);
        page.rulings = [10.0, 60.0, 110.0, 160.0, 210.0].map(|x| down(x, 5.0, 70.0)).to_vec();
        let cell = |words: Vec<u32>| TaggedCell { words, header: false, rowspan: 1, colspan: 1 };
        let row = |first: u32| vec![cell(vec![first]), cell(Vec::new()), cell(Vec::new()), cell(vec![first + 1])];
        page.tagged = vec![TaggedTable { id: 0, first_row: 0, rows: vec![row(0), row(2)] }];
        let found = tables(&page, &[true; 4], None);
        assert_eq!(found[0].xs, [10.0, 60.0, 110.0, 160.0, 210.0]);
    }

    #[test]
    fn rows_short_of_a_cell_stand_under_the_columns_of_the_page_before() {
        let mut page = page(&[(10.0, 12.0, "Section"), (60.0, 32.0, "Agreement"), (150.0, 32.0, "Ann")]);
        let cell = |word: u32, colspan: u32| TaggedCell { words: vec![word], header: false, rowspan: 1, colspan };
        page.tagged = vec![TaggedTable { id: 0, first_row: 4, rows: vec![vec![cell(0, 3)], vec![cell(1, 1), cell(2, 1)]] }];
        let found = tables(&page, &[true; 3], Some(&[8.0, 55.0, 145.0, 200.0]));
        assert_eq!(found[0].cells.iter().map(|cell| cell.column).collect::<Vec<_>>(), [0, 1, 2]);
    }

    #[test]
    fn a_header_that_is_printed_again_without_a_tag_is_a_row() {
        let mut page = page(&[
            (10.0, 12.0, "Ward"),
            (60.0, 12.0, "Beds"),
            (120.0, 12.0, "Lead"),
            (60.0, 24.0, "known"),
            (60.0, 44.0, "week"),
            (10.0, 64.0, "East"),
            (60.0, 64.0, "Nine"),
        ]);
        let cell = |words: &[u32]| TaggedCell { words: words.to_vec(), header: false, rowspan: 1, colspan: 1 };
        let tagged = vec![vec![cell(&[]), cell(&[4]), cell(&[])], vec![cell(&[5]), cell(&[6]), cell(&[])]];
        page.tagged = vec![TaggedTable { id: 0, first_row: 3, rows: tagged }];
        let edges = [8.0, 55.0, 115.0, 160.0];
        let found = tables(&page, &[true; 7], Some(&edges));
        assert_eq!((found[0].height(), found[0].xs.as_slice()), (3, edges.as_slice()));
        let head: Vec<&[u32]> = found[0].cells.iter().filter(|cell| cell.row == 0).map(|cell| cell.words.as_slice()).collect();
        assert_eq!(head, [&[0][..], &[1, 3], &[2]]);
        // Boxes of lines that stand close overlap.
        page.words[3].bbox.y1 = 46.0;
        assert_eq!(tables(&page, &[true; 7], Some(&edges))[0].height(), 3);
        // A line over the columns is a title.
        page.words[1].bbox.x1 = 119.0;
        assert_eq!(tables(&page, &[true; 7], Some(&edges))[0].height(), 2);
        // A table that begins here has its header in the tree.
        page.tagged[0].first_row = 0;
        assert_eq!(tables(&page, &[true; 7], Some(&edges))[0].height(), 2);
    }

    #[test]
    fn a_row_over_all_columns_is_printed_again_above_the_header() {
        let mut page = page(&[
            (10.0, 12.0, "HIC 2 Actions of all of the wards"),
            (10.0, 28.0, "Ward"),
            (60.0, 28.0, "Beds"),
            (120.0, 28.0, "Lead"),
            (10.0, 44.0, "East"),
            (60.0, 44.0, "Nine"),
        ]);
        let words = page.words.len();
        let cell = |at: usize| TaggedCell { words: vec![u32::try_from(at).unwrap_or(0)], header: false, rowspan: 1, colspan: 1 };
        let empty = TaggedCell { words: Vec::new(), header: false, rowspan: 1, colspan: 1 };
        page.tagged = vec![TaggedTable { id: 0, first_row: 3, rows: vec![vec![cell(words - 2), cell(words - 1), empty]] }];
        let found = tables(&page, &vec![true; words], Some(&[8.0, 55.0, 115.0, 160.0]));
        assert_eq!((found[0].height(), found[0].cells[0].columns, found[0].cells[0].words.len()), (3, 3, words - 5));
        // The first line of a name that wraps is none.
        page.words[words - 5].text = "ward".into();
        assert_eq!(tables(&page, &vec![true; words], Some(&[8.0, 55.0, 115.0, 160.0]))[0].height(), 2);
    }

    #[test]
    fn a_tree_whose_rows_are_moved_to_the_right_is_not_followed() {
        let mut page = page(&[
            (10.0, 12.0, "East"),
            (60.0, 12.0, "Nine"),
            (120.0, 12.0, "Ann"),
            (10.0, 32.0, "West"),
            (60.0, 32.0, "Four"),
            (120.0, 32.0, "Bob"),
        ]);
        let cell = |words: &[u32]| TaggedCell { words: words.to_vec(), header: false, rowspan: 1, colspan: 1 };
        let row = |before: usize, first: u32| -> Vec<TaggedCell> {
            (0..5_usize)
                .map(|at| at.wrapping_sub(before))
                .map(|at| match u32::try_from(at) {
                    Ok(at @ 0..3) => cell(&[first + at]),
                    _ => cell(&[]),
                })
                .collect()
        };
        for (before, count) in [(0, 1), (2, 0)] {
            page.tagged = vec![TaggedTable { id: 0, first_row: 0, rows: vec![row(0, 0), row(before, 3)] }];
            assert_eq!(tables(&page, &[true; 6], None).len(), count);
        }
    }
}
