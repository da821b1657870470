//! Where tables without a lattice may stand: runs of lines that keep the same gaps.

use crate::model::page::Page;

use super::gaps;
use super::lines;
use super::lines::Chunk;
use super::lines::Line;
use super::text;

/// A gap wider than this, in sizes of font, may part columns.
const GAP: f64 = 1.0;

/// Lines of a table are at most this far apart, in sizes of font from bottom to top.
const APART: f64 = 2.6;

/// Above the title of the next table is more white than this, in sizes of font, and twice as much as between any lines before
/// it.
const TITLE: f64 = 1.4;

/// Lines in letters so many times larger than all those of a table are text below it.
const LARGER: f64 = 1.12;

/// So many lines tell how much white is usual.
const ROWS: usize = 3;

/// How many lines with a single chunk may stand between lines with several.
const SINGLES: usize = 3;

/// How many lines above a run are looked at for its header.
const HEADER_LINES: usize = 6;

/// A run of lines that may be a table, as indices of its first and last line.
pub(super) type Run = (usize, usize);

/// The gaps of one line, outer ones to infinity.
type Gaps = Vec<(f64, f64)>;

/// Finds the runs in `lines`, which stand in order.
pub(super) fn runs(page: &Page, lines: &[Line]) -> Vec<Run> {
    let chunked: Vec<Vec<Chunk>> = lines.iter().map(|line| lines::chunks(page, line, GAP)).collect();
    let mut runs = Vec::new();
    let mut start = 0;
    while start < lines.len() {
        if chunked[start].len() < 2 {
            start += 1;
            continue;
        }
        let (end, free) = grow(page, lines, &chunked, start);
        let rich = chunked[start..=end].iter().filter(|chunks| chunks.len() >= 2).count();
        let most = chunked[start..=end].iter().map(Vec::len).max().unwrap_or(0);
        if rich >= 3 || (rich == 2 && most >= 3) {
            let floor = runs.last().map_or(0, |(_, last): &Run| last + 1);
            runs.push((header_above(page, lines, &chunked, (start, end), floor, &free), end));
            start = end + 1;
        } else {
            start += 1;
        }
    }
    runs
}

/// The last line of the run that begins at `start`, and the gaps that stay free in it: it grows while a gap stays free and the
/// lines stand close.
fn grow(page: &Page, lines: &[Line], chunked: &[Vec<Chunk>], start: usize) -> (usize, Gaps) {
    let mut free = gaps(&chunked[start], lines[start].size);
    let mut end = start;
    let mut singles = 0;
    let mut bottom = lines[start].bbox.y1;
    let mut widest = 0.0_f64;
    for next in start + 1..lines.len() {
        let reach = APART * lines[next].size.max(lines[next - 1].size);
        let white = lines[next].bbox.y0 - bottom;
        let title = chunked[next].len() == 1 && white > TITLE * lines[next].size && white > 2.0 * widest;
        let larger = lines[next].size > LARGER * size(&lines[start..=end]);
        if white > reach || (title && !is_label(page, chunked, next) || larger) && end - start >= ROWS {
            break;
        }
        widest = widest.max(white);
        bottom = bottom.max(lines[next].bbox.y1);
        let here = gaps(&chunked[next], lines[next].size);
        let kept = meet(&free, &here, 0.5 * lines[next].size);
        if chunked[next].len() >= 2 {
            if kept.len() < 3 {
                break;
            }
            free = kept;
            end = next;
            singles = 0;
        } else {
            // A label or cell that wraps stays in its column; two lines over most columns are a note and the next table's
            // title.
            singles += match free.len() - kept.len().min(free.len()) {
                0 => 1,
                crossed if 2 * crossed > free.len() => SINGLES + 1,
                _ => 2,
            };
            if singles > 2 * SINGLES {
                break;
            }
        }
    }
    // A wrapped last label stands below the last line with several chunks, and a cell may wrap further.
    let inside = |chunk: &Chunk| free.iter().all(|gap| !(gap.0 < chunk.x1 - 1.0 && chunk.x0 + 1.0 < gap.1));
    let mut below: Option<f64> = None;
    // What goes on in lower case may stand further below.
    let reach = |at: usize| if text::first_word(page, &lines[at]).starts_with(char::is_lowercase) { 1.8 } else { 1.35 };
    while end > start
        && let Some([only]) = chunked.get(end + 1).map(Vec::as_slice)
        && lines[end + 1].bbox.y1 - lines[end].bbox.y1 < reach(end + 1) * lines[end].size
        && inside(only)
        && below.is_none_or(|x0| (x0 - only.x0).abs() < 1.0)
    {
        below = Some(only.x0);
        end += 1;
    }
    (end, free)
}

/// The size of font of the largest of `lines`.
fn size(lines: &[Line]) -> f64 {
    lines.iter().map(|line| line.size).fold(0.0, f64::max)
}

/// Whether a text alone in its line is the first line of a label, whose values stand in one of the next lines: below the title
/// of a table comes its header.
fn is_label(page: &Page, chunked: &[Vec<Chunk>], at: usize) -> bool {
    let next = chunked.get(at + 1..).unwrap_or_default().iter().take(SINGLES).find(|chunks| chunks.len() > 1);
    next.is_some_and(|chunks| gaps::is_of_values(page, chunks))
}

/// The first line of the header of the run `start..=end`: lines that stand close above it over its later columns, or in several
/// chunks.
fn header_above(page: &Page, lines: &[Line], chunked: &[Vec<Chunk>], run: Run, floor: usize, free: &Gaps) -> usize {
    let (start, end) = run;
    let left = chunked[start..=end].iter().filter_map(|chunks| chunks.first()).map(|c| c.x0).fold(f64::INFINITY, f64::min);
    let right = chunked[start..=end].iter().filter_map(|chunks| chunks.last()).map(|c| c.x1).fold(0.0, f64::max);
    let seconds = chunked[start..=end].iter().filter_map(|chunks| chunks.get(1)).map(|chunk| chunk.x0);
    let second = seconds.fold(f64::INFINITY, f64::min);
    let mut first = start;
    while first > floor && start - first < HEADER_LINES {
        let above = first - 1;
        let close = lines[first].bbox.y0 - lines[above].bbox.y1 < 0.9 * lines[first].size;
        let chunks = &chunked[above];
        let within = chunks.iter().all(|chunk| chunk.x0 > left - 6.0 && chunk.x1 < right + 6.0);
        let named = chunks.len() >= 2 || chunks.iter().all(|chunk| chunk.x0 > second - 12.0);
        let header = named || names_columns(page, &lines[above], free);
        if !(close && within && header) {
            break;
        }
        first = above;
    }
    first
}

/// Cuts off what stands above the top rule and below the bottom rule of a run; `rules` are the heights of those that cross most
/// of it.
pub(super) fn within_rules(lines: &[Line], run: Run, rules: &[f64]) -> Run {
    let (mut first, mut last) = run;
    let above = |rule: f64| lines[first..=last].iter().filter(|line| lines::middle(&line.bbox) < rule).count();
    if let [top, second, ..] = rules {
        let (before, between) = (above(*top), above(*second) - above(*top));
        let after = last + 1 - first - before - between;
        // A rule above and one below the header; with only the second, what stands above is the header.
        if (1..=4).contains(&between) && after >= 2 || rules.len() >= 3 {
            let bottom = rules.last().map_or(0, |rule| above(*rule));
            if rules.len() >= 3 && bottom > before + between {
                last = first + bottom - 1;
            }
            first += before;
        }
    }
    if first <= last { (first, last) } else { run }
}

/// Whether words of a line stand in two or more of the columns between the gaps and none stands in a gap's middle: headers
/// that nearly touch.
fn names_columns(page: &Page, line: &Line, free: &Gaps) -> bool {
    let inner: Vec<f64> =
        free.iter().filter(|gap| gap.0.is_finite() && gap.1.is_finite()).map(|gap| f64::midpoint(gap.0, gap.1)).collect();
    let words = || line.words.iter().filter_map(|index| lines::word(page, *index));
    let cut = words().any(|word| inner.iter().any(|middle| word.bbox.x0 < *middle && *middle < word.bbox.x1));
    let columns: std::collections::BTreeSet<usize> =
        words().map(|word| inner.partition_point(|middle| *middle <= word.bbox.x0)).collect();
    !cut && inner.len() >= 2 && columns.len() > 2
}

/// The gaps of a line: what its chunks leave free.
fn gaps(chunks: &[Chunk], size: f64) -> Gaps {
    let mut gaps = vec![];
    let mut from = f64::NEG_INFINITY;
    for chunk in chunks {
        if chunk.x0 - from > gaps::CHUNK_GAP * size {
            gaps.push((from, chunk.x0));
        }
        from = chunk.x1;
    }
    gaps.push((from, f64::INFINITY));
    gaps
}

/// What is free in both, if at least `least` wide.
fn meet(a: &Gaps, b: &Gaps, least: f64) -> Gaps {
    let (mut i, mut j) = (0, 0);
    let mut out = Vec::new();
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        let (from, to) = (x.0.max(y.0), x.1.min(y.1));
        if to - from >= least {
            out.push((from, to));
        }
        if x.1 < y.1 { i += 1 } else { j += 1 }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::testing::lines_of;
    use super::super::testing::page;
    use super::*;

    const TABLE: [(f64, f64, &str); 8] = [
        (40.0, 100.0, "Ward"),
        (200.0, 100.0, "Beds"),
        (40.0, 112.0, "North"),
        (200.0, 112.0, "12"),
        (40.0, 124.0, "East"),
        (200.0, 124.0, "7"),
        (40.0, 136.0, "South"),
        (200.0, 136.0, "9"),
    ];

    fn found(below: &[(f64, f64, &str)], larger: bool) -> Vec<Run> {
        let mut page = page(&[TABLE.as_slice(), below].concat());
        page.words.iter_mut().filter(|word| larger && word.bbox.y0 > 140.0).for_each(|word| word.size = 12.0);
        runs(&page, &lines_of(&page))
    }

    #[test]
    fn a_label_that_wraps_below_a_blank_line_is_no_title() {
        let below = |value: &'static str| {
            [(40.0, 166.0, "West and"), (40.0, 178.0, "hill"), (200.0, 178.0, value), (40.0, 190.0, "All"), (200.0, 190.0, "3")]
        };
        assert_eq!(found(&below("4"), false), [(0, 6)]);
        assert_eq!(found(&below("Vans"), false)[0], (0, 3));
    }

    #[test]
    fn text_in_larger_letters_is_below_the_table() {
        let below =
            [(40.0, 148.0, "Wide words"), (200.0, 148.0, "in lines"), (40.0, 160.0, "that reach"), (200.0, 160.0, "the edge")];
        assert_eq!(found(&below, false)[0], (0, 5));
        assert_eq!(found(&below, true)[0], (0, 3));
    }
}
