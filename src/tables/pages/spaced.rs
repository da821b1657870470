//! Tables from lines of text: columns by white space, rows by how cells wrap, with what rulings there are.

use std::collections::BTreeSet;

use crate::model::location::Rect;
use crate::model::page::Page;
use crate::model::source::Strategy;

use super::candidate::Candidate;
use super::candidate::Cell;
use super::gaps;
use super::gaps::Columns;
use super::gaps::Piece;
use super::lines;
use super::lines::Line;
use super::lines::word;
use super::remarks;
use super::rows;
use super::rows::Sheet;
use super::rulings::Segment;
use super::spans;

/// Rulings that lie in or about a region.
#[derive(Clone, Debug, Default)]
pub(super) struct Rules {
    /// Lines from left to right, from top to bottom of the page.
    pub across: Vec<Segment>,
    /// Lines from left to right: what stands over one spans the columns that it covers.
    pub over: Vec<Segment>,
    /// The lower edges of areas of one text each.
    pub grounds: Vec<Segment>,
    /// Edges of columns that lines from top to bottom give.
    pub down: Vec<f64>,
}

/// A ruling that covers this share of a region's width parts its rows.
const WHOLE: f64 = 0.6;

/// Lines of one text have less white between them than this, in sizes of font.
const CLOSE: f64 = 0.5;

/// Reads `lines` as a table; none where they stand in one column. Titles above and notes below are left out.
///
/// `prior` are the edges of the columns of a table that these lines may go on: they are kept where they agree, so that a column
/// that is blank from here on stays.
pub(super) fn table(page: &Page, lines: &[Line], rules: &Rules, prior: Option<&[f64]>) -> Option<Candidate> {
    let remarks = remarks::remarks(page, lines);
    let (first, last) = core(page, lines, &remarks, rules)?;
    let (lines, remarks) = (lines.get(first..=last)?, remarks.get(first..=last)?);
    let mut down = rules.down.clone();
    let mut columns = gaps::columns(page, lines, &down);
    if let Some(edges) = prior {
        let shared = columns.shared(page, lines, edges);
        if !shared.is_empty() {
            down.extend(shared);
            down.sort_by(f64::total_cmp);
            columns = gaps::columns(page, lines, &down);
        }
        columns = columns.within(edges).unwrap_or(columns);
    }
    if columns.len() < 2 {
        return None;
    }
    let (left, right) = (columns.edges.first().copied()?, columns.edges.last().copied()?);
    let whole: Vec<f64> = rules
        .across
        .iter()
        .filter(|rule| rule.to.min(right) - rule.from.max(left) >= WHOLE * (right - left))
        .map(|rule| rule.at)
        .collect();
    let mut pieces: Vec<Vec<Piece>> = lines.iter().map(|line| columns.pieces(page, line, &down)).collect();
    for ((line, pieces), remark) in lines.iter().zip(&mut pieces).zip(remarks) {
        if pieces.len() > 1 && *remark && lines::chunks(page, line, gaps::CHUNK_GAP).len() == 1 {
            let rest = pieces.split_off(1);
            pieces.iter_mut().for_each(|first| rest.iter().for_each(|piece| first.join(piece)));
        }
    }
    spans::join_names(page, lines, &mut pieces);
    let mut sheet = Sheet { page, lines, pieces, columns: &columns, rules: &whole, remarks };
    widen_headers(&mut sheet, rules);
    spans::widen(&mut sheet);
    let starts = rows::starts(&sheet);
    let ruled = touches(&whole, lines);
    Some(assemble(&sheet, &starts, if ruled { Strategy::Mixed } else { Strategy::Spaced }))
}

/// Reads `lines` as a table whose columns stand between `edges` and whose rows begin at `starts`.
pub(super) fn with_rows(page: &Page, lines: &[Line], edges: &[f64], starts: &[usize]) -> Option<Candidate> {
    let inner = edges.get(1..edges.len().checked_sub(1)?)?;
    let columns = gaps::columns(page, lines, inner).within(edges).or_else(|| {
        let columns = gaps::columns(page, lines, inner);
        (columns.edges.len() == edges.len()).then_some(columns)
    })?;
    let pieces = lines.iter().map(|line| columns.pieces(page, line, inner)).collect();
    let sheet = Sheet { page, lines, pieces, columns: &columns, rules: &[], remarks: &[] };
    Some(assemble(&sheet, starts, Strategy::Spaced))
}

/// The first and last line that are no title or note: such a line begins in the first column and runs on over the next.
fn core(page: &Page, lines: &[Line], remarks: &[bool], rules: &Rules) -> Option<(usize, usize)> {
    let (mut first, mut last) = (0, lines.len().checked_sub(1)?);
    // Without its title a table may have other columns, so the next line is looked at anew.
    for _ in 0..8 {
        let columns = gaps::columns(page, lines.get(first..=last)?, &rules.down);
        if columns.len() < 2 || last - first < 2 {
            break;
        }
        let runs_on = |at: usize| {
            let pieces = columns.pieces(page, &lines[at], &rules.down);
            pieces.first().is_some_and(|piece| piece.column == 0 && piece.columns >= 2) && remarks.get(at) != Some(&true)
        };
        match (runs_on(first), runs_on(last)) {
            (true, _) => first += 1,
            (false, true) => last -= 1,
            (false, false) => break,
        }
    }
    Some((first, last))
}

/// Whether a ruling at one of `heights` lies between `lines` or close above or below them.
fn touches(heights: &[f64], lines: &[Line]) -> bool {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return false };
    heights.iter().any(|at| first.bbox.y0 - first.size < *at && *at < last.bbox.y1 + last.size)
}

/// A header over a ruling that runs across several columns spans these, and one on a ground of its own over several columns,
/// above which there is no text in these.
fn widen_headers(sheet: &mut Sheet<'_>, rules: &Rules) {
    let (left, right) = (sheet.columns.extents.first().map_or(0.0, |e| e.0), sheet.columns.extents.last().map_or(0.0, |e| e.1));
    for index in 0..sheet.pieces.len().saturating_sub(1) {
        let (top, bottom) = (lines::middle(&sheet.lines[index].bbox), lines::middle(&sheet.lines[index + 1].bbox));
        let is_under = |rule: &&Segment| top < rule.at && rule.at < bottom && rule.to - rule.from < 0.9 * (right - left);
        for (under, drawn) in [(&rules.over, true), (&rules.grounds, false)] {
            for rule in under.iter().filter(is_under) {
                let covered: Vec<usize> = (0..sheet.columns.len())
                    .filter(|column| {
                        let (x0, x1) = sheet.columns.extents[*column];
                        rule.from < f64::midpoint(x0, x1) && f64::midpoint(x0, x1) < rule.to
                    })
                    .collect();
                let (Some(first), Some(last)) = (covered.first(), covered.last()) else { continue };
                let name = name_over(sheet, rule, &rules.over, index);
                let top = name.last().copied().unwrap_or(index);
                let inside = |piece: &Piece| is_over(rule, piece);
                if !drawn && sheet.pieces[..top].iter().flatten().any(inside) {
                    continue;
                }
                for line in name {
                    let inside = sheet.pieces[line].iter_mut().filter(|piece| is_over(rule, piece));
                    inside.for_each(|piece| (piece.column, piece.columns) = (*first, last + 1 - first));
                }
            }
        }
    }
}

/// The lines of the name that stands over `rule`, from line `index` up: each has one text there. Below several texts side by
/// side stands no name but the rest of one of them: the rule parts rows beside a merged cell.
fn name_over(sheet: &Sheet<'_>, rule: &Segment, across: &[Segment], index: usize) -> Vec<usize> {
    let mut name = Vec::new();
    for line in (0..=index).rev() {
        let below = sheet.lines.get(line + 1).filter(|_| line < index);
        let apart = below.is_some_and(|below| below.bbox.y0 - sheet.lines[line].bbox.y1 > CLOSE * sheet.lines[line].size);
        let ruled = below.is_some_and(|below| {
            let (top, bottom) = (lines::middle(&sheet.lines[line].bbox), lines::middle(&below.bbox));
            across.iter().any(|other| top < other.at && other.at < bottom && other.from < rule.to && rule.from < other.to)
        });
        // The lines of a name that wraps stand close above each other.
        if apart || ruled {
            break;
        }
        match sheet.pieces[line].iter().filter(|piece| is_over(rule, piece)).count() {
            // What is set lower than its neighbours stands between their lines.
            0 if below.is_some_and(|below| below.bbox.y0 < sheet.lines[line].bbox.y1) => {}
            0 if below.is_none() && line > 0 && sheet.lines[line].bbox.y0 < sheet.lines[line - 1].bbox.y1 => {}
            0 => break,
            1 => name.push(line),
            _ => return Vec::new(),
        }
    }
    name
}

/// Whether a piece stands over a rule from side to side.
fn is_over(rule: &Segment, piece: &Piece) -> bool {
    rule.from - 2.0 <= piece.x0 && piece.x1 <= rule.to + 2.0
}

/// The cells of the rows that begin at `starts`.
fn assemble(sheet: &Sheet<'_>, starts: &[usize], by: Strategy) -> Candidate {
    let lines = sheet.lines;
    let mut cells: Vec<Cell> = Vec::new();
    let mut ys = vec![lines.first().map_or(0.0, |line| line.bbox.y0 - 1.0)];
    for (at, start) in starts.iter().enumerate() {
        let end = starts.get(at + 1).copied().unwrap_or(lines.len());
        let row = ys.len() - 1;
        let own = row_cells(row, &sheet.pieces[*start..end], sheet.columns);
        match grouped(sheet, &own).filter(|_| at == 0) {
            Some((under, edge)) => {
                ys.push(edge);
                cells.extend(under);
            }
            None => cells.extend(own),
        }
        let bottom = lines[*start..end].iter().map(|line| line.bbox.y1).fold(f64::NEG_INFINITY, f64::max);
        let next = lines.get(end).map(|line| line.bbox.y0);
        ys.push(next.map_or(bottom + 1.0, |next| f64::midpoint(bottom, next)));
    }
    Candidate { by, xs: sheet.columns.edges.clone(), ys, cells, score: 0.0 }
}

/// The two rows that a header is whose cells stand in the middle: a name over several columns and theirs below it, and beside
/// these the cells that reach over both rows, whose lines stand between. The second is where the lower row begins.
fn grouped(sheet: &Sheet<'_>, own: &[Cell]) -> Option<(Vec<Cell>, f64)> {
    let boxes =
        |words: &[u32]| words.iter().filter_map(|index| word(sheet.page, *index)).map(|word| word.bbox).collect::<Vec<_>>();
    let around = |words: &[u32]| boxes(words).into_iter().reduce(Rect::around);
    let mut edge: Option<f64> = None;
    let mut cells = Vec::new();
    for cell in own {
        let pieces = || sheet.pieces.iter().flatten().filter(|piece| piece.words.iter().all(|index| cell.words.contains(index)));
        let name: Vec<u32> = pieces().filter(|piece| piece.columns > 1).flat_map(|piece| piece.words.clone()).collect();
        let below: Vec<&Piece> = pieces().filter(|piece| piece.columns == 1).collect();
        let columns: BTreeSet<usize> = below.iter().map(|piece| piece.column).collect();
        if cell.columns < 2 || name.is_empty() || columns.len() < 2 {
            cells.push(Cell { rows: 2, ..cell.clone() });
            continue;
        }
        let bottom = around(&name)?.y1;
        let top = below.iter().filter_map(|piece| around(&piece.words)).map(|bbox| bbox.y0).reduce(f64::min)?;
        if top < f64::midpoint(bottom, bottom - 0.5 * sheet.lines.first()?.size) {
            return None;
        }
        edge = Some(edge.unwrap_or(f64::NEG_INFINITY).max(f64::midpoint(bottom, top)));
        cells.push(Cell { words: name, ..cell.clone() });
        for column in columns {
            let words = below.iter().filter(|piece| piece.column == column).flat_map(|piece| piece.words.clone()).collect();
            cells.push(Cell { row: cell.row + 1, column, rows: 1, columns: 1, words });
        }
    }
    edge.map(|edge| (cells, edge))
}

/// The cells of one row; pieces that share a column are one cell.
fn row_cells(row: usize, lines: &[Vec<Piece>], columns: &Columns) -> Vec<Cell> {
    let mut pieces: Vec<&Piece> = lines.iter().flatten().collect();
    pieces.sort_by_key(|piece| (piece.column, piece.columns));
    let mut cells: Vec<Cell> = Vec::new();
    for piece in pieces {
        match cells.last_mut() {
            Some(cell) if piece.column < cell.column + cell.columns => {
                cell.columns = cell.columns.max(piece.column + piece.columns - cell.column);
                cell.words.extend(&piece.words);
            }
            _ => {
                let words = piece.words.clone();
                cells.push(Cell { row, column: piece.column, rows: 1, columns: piece.columns, words });
            }
        }
    }
    cells.retain(|cell| cell.column < columns.len());
    cells
}
