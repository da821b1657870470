//! Columns by white space: the gaps that stay free over the lines of a region, whatever single headers span them.

use crate::model::page::Page;

use super::headers;
use super::judge;
use super::lines;
use super::lines::Chunk;
use super::lines::Line;
use super::lines::word;

/// A gap wider than this, in sizes of font, parts two chunks; a word space is a quarter, in justified lines up to a half.
pub(super) const CHUNK_GAP: f64 = 0.7;

/// A space inside a chunk that lies on a gutter parts it when it is this wide: cells that nearly touch.
const FUSED_GAP: f64 = 0.36;

/// A text that begins within this of the left edge of its column, in sizes of font, begins there.
const AT_EDGE: f64 = 0.15;

/// So many lines of values tell columns without their headers.
const VALUES: usize = 4;

/// So many spaces between the words of a line tell how wide they are.
const SPACES: usize = 4;

/// Spaces between the words of a line differ by less than this, in sizes of font; in kerned and justified lines by more.
const EVEN: f64 = 0.04;

/// How many lines tell what chunks are usual.
const MODELS: usize = 16;

/// The lines of a region, their chunks, and the columns that these stand in.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    /// Edges of the columns from left to right, one more than columns.
    pub edges: Vec<f64>,
    /// Where the text of each column begins and ends.
    pub extents: Vec<(f64, f64)>,
}

/// A piece of a line in the columns that it covers.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// First column.
    pub column: usize,
    /// Columns covered, at least 1.
    pub columns: usize,
    /// Its words.
    pub words: Vec<u32>,
    /// Left edge of its characters.
    pub x0: f64,
    /// Right edge of its characters.
    pub x1: f64,
}

/// The columns that `lines` stand in; `hints` are edges that rulings give.
pub(super) fn columns(page: &Page, lines: &[Line], hints: &[f64]) -> Columns {
    let chunked: Vec<Vec<Chunk>> = lines.iter().map(|line| split_at(lines::chunks(page, line, CHUNK_GAP), page, hints)).collect();
    let extents = extents(page, &chunked, median_size(lines), hints);
    let extents = if hints.is_empty() { extents } else { headers::without_wide_spaces(page, extents, &chunked, hints) };
    let mut edges: Vec<f64> = extents.windows(2).map(|pair| edge_between(pair[0].1, pair[1].0, hints)).collect();
    if let (Some(first), Some(last)) = (extents.first(), extents.last()) {
        let (left, right) = chunked
            .iter()
            .flatten()
            .fold((first.0, last.1), |(left, right), chunk| (f64::min(left, chunk.x0), f64::max(right, chunk.x1)));
        edges.insert(0, left - 1.0);
        edges.push(right + 1.0);
    }
    Columns { edges, extents }
}

/// Where the text of each column begins and ends: what the richest lines cover, widened and filled up by what other lines have.
fn extents(page: &Page, chunked: &[Vec<Chunk>], size: f64, hints: &[f64]) -> Vec<(f64, f64)> {
    let models = models(chunked);
    let groups = headers::groups(chunked);
    // What stands over a hint is no text of one column.
    let over = |chunk: &Chunk| hints.iter().any(|hint| chunk.x0 + 1.0 < *hint && *hint < chunk.x1 - 1.0);
    let covered = |lines: &[&[Chunk]]| {
        let chunks = lines.iter().flat_map(|line| line.iter());
        let inside = chunks.filter(|chunk| !over(chunk) && !spans(chunk, &models) && !groups.contains(&headers::key(chunk)));
        merged(inside.map(|chunk| (chunk.x0, chunk.x1)).collect(), size, hints)
    };
    let mut intervals = covered(&models);
    // A header may stand over the edge of the next column.
    let of_values: Vec<&[Chunk]> = models.iter().copied().filter(|line| is_of_values(page, line)).collect();
    if of_values.len() >= VALUES {
        let values = covered(&of_values);
        if values.len() > intervals.len() {
            intervals = values;
        }
    }
    // From the last line up: what headers say counts least, and a name of a group must not join what stands below it.
    for chunk in chunked.iter().rev().flatten() {
        if over(chunk) {
            continue;
        }
        let distances = intervals.iter().map(|extent| (chunk.x0 - extent.1).max(extent.0 - chunk.x1) / size);
        let near: Vec<(usize, f64)> = distances.enumerate().filter(|(_, distance)| *distance < 0.5).collect();
        let mut touched = near.iter().filter(|(_, distance)| *distance < 0.25).map(|(at, _)| *at);
        match (touched.next(), touched.next()) {
            (Some(at), None) => intervals[at] = (intervals[at].0.min(chunk.x0), intervals[at].1.max(chunk.x1)),
            (None, _) if near.len() < 2 => intervals.push((chunk.x0, chunk.x1)),
            // What touches two columns is a header over both, also where it is so short that it only fills the gap between
            // them.
            _ => {}
        }
    }
    let extents = merged(intervals, size, hints);
    if chunked.len() >= 4 { headers::without_strays(page, extents, chunked, size) } else { extents }
}

/// Whether most chunks of a line behind the first are values.
pub(super) fn is_of_values(page: &Page, chunks: &[Chunk]) -> bool {
    let value = |chunk: &&Chunk| judge::are_values(page, &chunk.words);
    2 * chunks.iter().skip(1).filter(value).count() > chunks.len().saturating_sub(1)
}

/// Joins intervals without a gutter between them.
fn merged(mut intervals: Vec<(f64, f64)>, size: f64, hints: &[f64]) -> Vec<(f64, f64)> {
    intervals.sort_by(|a, b| a.0.total_cmp(&b.0));
    let hinted = |from: f64, to: f64| hints.iter().any(|hint| from - 1.0 <= *hint && *hint <= to + 1.0);
    let mut extents: Vec<(f64, f64)> = Vec::new();
    for (x0, x1) in intervals {
        match extents.last_mut() {
            Some(last) if x0 - last.1 < 0.25 * size && !hinted(last.1, x0) => last.1 = last.1.max(x1),
            _ => extents.push((x0, x1)),
        }
    }
    extents
}

/// The edge in a gutter: a ruling if one stands there, else its middle.
fn edge_between(from: f64, to: f64, hints: &[f64]) -> f64 {
    let hint = hints.iter().copied().find(|hint| from - 1.0 <= *hint && *hint <= to + 1.0);
    hint.unwrap_or(f64::midpoint(from, to))
}

/// Parts chunks at the hints that no word crosses.
fn split_at(chunks: Vec<Chunk>, page: &Page, hints: &[f64]) -> Vec<Chunk> {
    if hints.is_empty() {
        return chunks;
    }
    let mut out = Vec::with_capacity(chunks.len());
    for chunk in chunks {
        out.extend(part(page, &chunk.words, |x1, x0| hints.iter().any(|hint| x1 - 1.0 <= *hint && *hint <= x0 + 1.0)));
    }
    out
}

/// Parts `words` of one line wherever `parts` says so of the right edge of a word and the left edge of the next.
fn part(page: &Page, words: &[u32], parts: impl Fn(f64, f64) -> bool) -> Vec<Chunk> {
    let mut out: Vec<Chunk> = Vec::new();
    for &index in words {
        let Some(word) = word(page, index) else { continue };
        let (x0, x1) = lines::ink(word);
        match out.last_mut() {
            Some(last) if !parts(last.x1, x0) => {
                last.words.push(index);
                last.x1 = last.x1.max(x1);
            }
            _ => out.push(Chunk { words: vec![index], x0, x1 }),
        }
    }
    out
}

/// The lines with the most chunks, a few spread over the region.
fn models(chunked: &[Vec<Chunk>]) -> Vec<&[Chunk]> {
    let mut counts: Vec<usize> = chunked.iter().map(Vec::len).collect();
    counts.sort_unstable_by(|a, b| b.cmp(a));
    // The second highest count: one line alone may be an accident.
    let most = counts.get(1).copied().unwrap_or(0);
    let least = (most * 7).div_ceil(10).max(2);
    let rich: Vec<&[Chunk]> = chunked.iter().filter(|chunks| chunks.len() >= least).map(Vec::as_slice).collect();
    let step = rich.len().div_ceil(MODELS).max(1);
    rich.into_iter().step_by(step).collect()
}

/// Whether `chunk` covers two or more chunks of most lines that have any there.
fn spans(chunk: &Chunk, models: &[&[Chunk]]) -> bool {
    let covered = |line: &[Chunk]| line.iter().filter(|other| overlap(chunk, other) > 1.0).count();
    let counts: Vec<usize> = models.iter().map(|line| covered(line)).filter(|count| *count > 0).collect();
    2 * counts.iter().filter(|count| **count >= 2).count() > counts.len()
}

/// How far two chunks stand over each other.
pub(super) fn overlap(a: &Chunk, b: &Chunk) -> f64 {
    a.x1.min(b.x1) - a.x0.max(b.x0)
}

/// The size of font that half of the lines reach.
pub(super) fn median_size(lines: &[Line]) -> f64 {
    let mut sizes: Vec<f64> = lines.iter().map(|line| line.size).collect();
    sizes.sort_by(f64::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(10.0)
}

impl Piece {
    /// Takes in the piece behind it.
    pub(super) fn join(&mut self, next: &Self) {
        self.columns = next.column + next.columns - self.column;
        self.words.extend(&next.words);
        self.x1 = self.x1.max(next.x1);
    }
}

impl Columns {
    /// Number of columns.
    pub(super) fn len(&self) -> usize {
        self.extents.len()
    }

    /// Those of `edges` that no word of `lines` crosses, where these are columns of the same table: most of its own edges are
    /// among them.
    pub(super) fn shared(&self, page: &Page, lines: &[Line], edges: &[f64]) -> Vec<f64> {
        let inner = |edges: &[f64]| edges.get(1..edges.len().saturating_sub(1)).unwrap_or_default().to_vec();
        let between = |edge: &f64| self.extents.windows(2).any(|pair| pair[0].1 - 1.0 <= *edge && *edge <= pair[1].0 + 1.0);
        let known = inner(edges);
        let same = known.iter().filter(|edge| between(edge)).count();
        if known.len() <= self.len().saturating_sub(1) || 3 * same < 2 * self.len().saturating_sub(1) {
            return Vec::new();
        }
        let crosses = |line: &Line, edge: f64| {
            let mut words = line.words.iter().filter_map(|index| word(page, *index));
            words.any(|word| word.bbox.x0 + 1.0 < edge && edge < word.bbox.x1 - 1.0)
        };
        let free = |edge: &f64| 12 * lines.iter().filter(|line| crosses(line, *edge)).count() <= lines.len();
        known.into_iter().filter(free).collect()
    }

    /// The same text in the columns between `edges`; none where it does not stand in them.
    pub(super) fn within(&self, edges: &[f64]) -> Option<Self> {
        let count = edges.len().checked_sub(1)?;
        let inner = edges.get(1..count)?;
        if count <= self.len() {
            return None;
        }
        let mut extents: Vec<Option<(f64, f64)>> = vec![None; count];
        for (x0, x1) in &self.extents {
            let at = inner.partition_point(|edge| *edge < x0 + 3.0);
            let fits = at == inner.partition_point(|edge| *edge < x1 - 3.0);
            let slot = extents.get_mut(at).filter(|slot| fits && slot.is_none())?;
            *slot = Some((*x0, *x1));
        }
        let extents = extents.iter().enumerate().map(|(at, extent)| extent.unwrap_or((edges[at], edges[at]))).collect();
        Some(Self { edges: edges.to_vec(), extents })
    }

    /// The pieces of `line` in these columns.
    pub(super) fn pieces(&self, page: &Page, line: &Line, hints: &[f64]) -> Vec<Piece> {
        let inner = self.edges.get(1..self.edges.len().saturating_sub(1)).unwrap_or_default();
        let gutter = |x1: f64, x0: f64| {
            let wide = x0 - x1 > CHUNK_GAP * line.size;
            // A gap between chunks that lies within one column is only a gap.
            let crossed = inner.iter().any(|edge| x1 - 1.0 <= *edge && *edge <= x0 + 1.0);
            let hinted = hints.iter().any(|edge| x1 - 1.0 <= *edge && *edge <= x0 + 1.0);
            hinted || (crossed && (wide || x0 - x1 > FUSED_GAP * line.size))
        };
        let mut pieces: Vec<Piece> = Vec::new();
        let mut parts = part(page, &line.words, gutter);
        if parts.len() > 1 {
            // Beside other cells, what begins where a column begins is the next cell, however little white is before it.
            let begins = |x0: f64| self.extents.iter().skip(1).any(|extent| (x0 - extent.0).abs() <= AT_EDGE * line.size);
            let crossed = |x1: f64, x0: f64| inner.iter().any(|edge| x1 - 1.0 <= *edge && *edge <= x0 + 1.0);
            parts = part(page, &line.words, |x1, x0| gutter(x1, x0) || crossed(x1, x0) && begins(x0));
        }
        if self.runs_on(page, line, &parts) {
            parts = part(page, &line.words, |_, _| false);
        }
        for chunk in parts {
            let (first, last) = self.covered(chunk.x0, chunk.x1);
            match pieces.last_mut() {
                Some(before) if before.column + before.columns > first => {
                    before.columns = before.columns.max(last + 1 - before.column);
                    before.words.extend(chunk.words);
                    before.x1 = before.x1.max(chunk.x1);
                }
                _ => pieces.push(Piece {
                    column: first,
                    columns: last + 1 - first,
                    words: chunk.words,
                    x0: chunk.x0,
                    x1: chunk.x1,
                }),
            }
        }
        pieces
    }

    /// Whether a line without a wide gap is one text over several columns, the heading of a section: the words behind its
    /// gutters begin where no cell does, or it is bold and fills two of several columns, or its words follow each other evenly.
    /// Texts that nearly touch begin at the left edge of their columns.
    fn runs_on(&self, page: &Page, line: &Line, parts: &[Chunk]) -> bool {
        let at_edge = |chunk: &Chunk| self.extents.iter().any(|extent| (chunk.x0 - extent.0).abs() <= AT_EDGE * line.size);
        let [first, others @ ..] = parts else { return false };
        let heading = others.len() == 1 && self.len() > 2 && super::text::is_bold(page, line);
        !others.is_empty()
            && self.covered(first.x0, first.x1).0 == 0
            && (heading || !others.iter().any(at_edge) || is_evenly_spaced(page, line, parts))
            && lines::chunks(page, line, CHUNK_GAP).len() == 1
    }

    /// The first and last column that `x0..x1` covers more than the edge of.
    fn covered(&self, x0: f64, x1: f64) -> (usize, usize) {
        let inner = self.edges.get(1..self.edges.len().saturating_sub(1)).unwrap_or_default();
        let first = inner.partition_point(|edge| *edge < x0 + 2.0);
        let last = inner.partition_point(|edge| *edge < x1 - 2.0);
        if last >= first { (first, last) } else { (last, last) }
    }
}

/// Whether the spaces between `parts` of a line are those between its other words: texts that nearly touch are any distance
/// apart.
fn is_evenly_spaced(page: &Page, line: &Line, parts: &[Chunk]) -> bool {
    let mut inner: Vec<f64> = Vec::new();
    for pair in parts.iter().flat_map(|part| part.words.windows(2)) {
        if let [before, after] = pair
            && let (Some(before), Some(after)) = (word(page, *before), word(page, *after))
        {
            inner.push(after.bbox.x0 - before.bbox.x1);
        }
    }
    inner.sort_by(f64::total_cmp);
    let Some(usual) = inner.get(inner.len() / 2).filter(|_| inner.len() >= SPACES) else { return false };
    let even = |gap: f64| (gap - usual).abs() <= EVEN * line.size;
    parts.windows(2).all(|pair| even(pair[1].x0 - pair[0].x1))
}

#[cfg(test)]
mod tests {
    use super::super::testing::lines_of;
    use super::super::testing::page;
    use super::*;

    fn found(texts: &[(f64, f64, &str)]) -> (Page, Vec<Line>, Columns) {
        let page = page(texts);
        let lines = lines_of(&page);
        let columns = columns(&page, &lines, &[]);
        (page, lines, columns)
    }

    #[test]
    fn a_header_over_two_columns_spans_them() {
        let (page, lines, columns) = found(&[
            (100.0, 10.0, "Beds in all wards"),
            (10.0, 22.0, "Ward"),
            (100.0, 22.0, "2016"),
            (160.0, 22.0, "2017"),
            (10.0, 34.0, "North"),
            (100.0, 34.0, "12"),
            (160.0, 34.0, "14"),
        ]);
        assert_eq!(columns.len(), 3);
        let header = columns.pieces(&page, &lines[0], &[]);
        assert_eq!((header[0].column, header[0].columns), (1, 2));
    }

    #[test]
    fn beside_other_cells_a_word_at_the_edge_of_a_column_begins_a_cell() {
        let rows = [
            (10.0, "North"),
            (60.0, "Head of bay"),
            (118.0, "May 2018"),
            (10.0, "East"),
            (60.0, "Joan Lee"),
            (118.0, "June 2018"),
        ];
        let mut texts: Vec<(f64, f64, &str)> =
            rows.iter().zip([10.0, 10.0, 10.0, 22.0, 22.0, 22.0]).map(|((x, text), y)| (*x, y, *text)).collect();
        texts.extend([(10.0, 34.0, "West"), (60.0, 34.0, "Head of ward"), (118.0, 34.0, "July 2018")]);
        let (page, lines, columns) = found(&texts);
        let last = columns.pieces(&page, &lines[2], &[]);
        assert_eq!(last.iter().map(|piece| (piece.column, piece.columns)).collect::<Vec<_>>(), [(0, 1), (1, 1), (2, 1)]);
    }

    #[test]
    fn words_of_a_label_make_no_columns() {
        let (_, _, columns) =
            found(&[(10.0, 10.0, "North ward"), (100.0, 10.0, "12"), (10.0, 22.0, "East bay"), (100.0, 22.0, "7")]);
        assert_eq!(columns.len(), 2);
    }

    #[test]
    fn the_name_of_a_group_joins_no_columns_below_it() {
        let (_, _, columns) = found(&[
            (134.0, 10.0, "All of 2016"),
            (190.0, 22.0, "Change from"),
            (10.0, 34.0, "Ward"),
            (120.0, 34.0, "Beds"),
            (200.0, 34.0, "prior year"),
            (260.0, 34.0, "Vans"),
            (10.0, 46.0, "North"),
            (130.0, 46.0, "12"),
            (230.0, 46.0, "14"),
            (270.0, 46.0, "3"),
            (10.0, 58.0, "East"),
            (130.0, 58.0, "14"),
            (230.0, 58.0, "16"),
            (270.0, 58.0, "5"),
        ]);
        assert_eq!(columns.len(), 4);
    }

    #[test]
    fn a_header_over_the_edge_of_the_next_column_joins_no_values() {
        let mut texts = vec![(10.0, 10.0, "Ward"), (100.0, 10.0, "Employed now"), (166.0, 22.0, "Beds"), (240.0, 10.0, "Vans")];
        for (name, y) in ["North", "East", "South", "West"].into_iter().zip([34.0, 46.0, 58.0, 70.0]) {
            texts.extend([(10.0, y, name), (110.0, y, "12"), (160.0, y, "2,345"), (240.0, y, "7")]);
        }
        let (_, _, columns) = found(&texts);
        assert_eq!(columns.len(), 4);
    }

    #[test]
    fn a_name_over_a_gutter_that_is_known_joins_no_columns() {
        let texts = [
            (10.0, 10.0, "Action"),
            (128.0, 10.0, "Delivery"),
            (100.0, 22.0, "Lead"),
            (160.0, 22.0, "When"),
            (10.0, 34.0, "Agree a form"),
            (100.0, 34.0, "Ann Lee"),
            (160.0, 34.0, "May"),
            (10.0, 46.0, "Count beds"),
            (100.0, 46.0, "Bob Ray"),
            (160.0, 46.0, "June"),
        ];
        let (page, lines, _) = found(&texts);
        assert_eq!(columns(&page, &lines, &[80.0, 150.0]).len(), 3);
    }

    #[test]
    fn a_bold_heading_whose_space_lies_on_a_gutter_is_one_text() {
        let (mut page, lines, columns) = found(&[
            (10.0, 10.0, "Homes"),
            (40.0, 10.0, "and wards"),
            (10.0, 22.0, "North"),
            (40.0, 22.0, "Agree a form"),
            (160.0, 22.0, "Ann Lee"),
            (10.0, 34.0, "East"),
            (40.0, 34.0, "Count beds"),
            (160.0, 34.0, "Bob Ray"),
        ]);
        assert_eq!(columns.pieces(&page, &lines[0], &[37.5]).len(), 2);
        page.words.iter_mut().filter(|word| word.bbox.y0 < 20.0).for_each(|word| word.bold = true);
        assert_eq!(columns.pieces(&page, &lines[0], &[37.5]).len(), 1);
    }

    #[test]
    fn a_text_whose_words_follow_each_other_evenly_runs_on_over_columns() {
        let (page, lines, columns) = found(&[
            (10.0, 10.0, "North"),
            (100.0, 10.0, "Ann"),
            (200.0, 10.0, "May"),
            // A word begins at 100 points by chance.
            (10.0, 22.0, "three bays are full each of us waits for a bed"),
            (10.0, 34.0, "East"),
            (100.0, 34.0, "Bob"),
            (200.0, 34.0, "June"),
        ]);
        assert!(lines[1].words.iter().any(|index| (page.words[*index as usize].bbox.x0 - 100.0).abs() < 1.0));
        assert_eq!(columns.pieces(&page, &lines[1], &[95.0, 195.0]).len(), 1);
    }

    #[test]
    fn columns_of_the_table_before_part_what_stands_free_in_them() {
        let (page, lines, columns) = found(&[
            (10.0, 10.0, "Agree a form"),
            (100.0, 10.0, "Ann Lee"),
            (10.0, 22.0, "Count the beds"),
            (100.0, 22.0, "Bob Ray"),
        ]);
        assert_eq!(columns.shared(&page, &lines, &[5.0, 95.0, 116.5, 150.0]), [95.0, 116.5]);
        assert!(columns.shared(&page, &lines, &[5.0, 40.0, 50.0, 150.0]).is_empty());
    }
}
