//! Headers among the chunks that tell columns: those that group others, stand apart from their texts, or stand over nothing.

use crate::model::page::Page;

use super::gaps;
use super::lines::Chunk;
use super::lines::word;

/// A gap wider than this, in sizes of font, is no accident in one line.
const STRAY_GAP: f64 = 1.5;

/// How many lines a header has at most.
const HEADER_LINES: usize = 6;

/// So many columns side by side in which one line stands are headers.
const HEADERS: usize = 3;

/// A column without a header has text in so many lines.
const COLUMN: usize = 3;

/// What tells a chunk from all others of a region.
pub(super) fn key(chunk: &Chunk) -> Option<u32> {
    chunk.words.first().copied()
}

/// Headers that group others: two or more chunks of the next line stand under them.
pub(super) fn groups(chunked: &[Vec<Chunk>]) -> Vec<Option<u32>> {
    let mut out = Vec::new();
    for pair in chunked.windows(2).take(HEADER_LINES) {
        let under = |chunk: &Chunk| {
            pair[1].iter().filter(|other| chunk.x0 - 1.0 <= other.x0 && gaps::overlap(chunk, other) > 1.0).count()
        };
        out.extend(pair[0].iter().filter(|chunk| under(chunk) >= 2).map(key));
    }
    out
}

/// Joins an extent that only one line has to a near neighbour: a header with a wide gap in it.
pub(super) fn without_strays(page: &Page, extents: Vec<(f64, f64)>, chunked: &[Vec<Chunk>], size: f64) -> Vec<(f64, f64)> {
    let mut counts = vec![0_usize; extents.len()];
    // Extents that stand far behind the text of the one before them in a line.
    let mut apart = vec![false; extents.len()];
    for line in chunked {
        let mut before: Option<&Chunk> = None;
        for chunk in line {
            let at = extents.partition_point(|extent| extent.1 < chunk.x0);
            if extents.get(at).is_some_and(|extent| extent.0 <= chunk.x0 && chunk.x1 <= extent.1) {
                counts[at] += 1;
                let beside = before.filter(|before| at > 0 && extents[at - 1].0 <= before.x0);
                apart[at] |= beside.is_some_and(|before| chunk.x0 - before.x1 >= STRAY_GAP * size);
            }
            before = Some(chunk);
        }
    }
    let extents = with_headers(page, extents, &mut counts, &mut apart, chunked);
    // Several of them are columns that only their headers stand in.
    if counts.chunk_by(|a, b| *a <= 1 && *b <= 1).any(|run| run.len() >= HEADERS) {
        return extents;
    }
    let mut out: Vec<((f64, f64), usize)> = Vec::new();
    for ((extent, count), apart) in extents.into_iter().zip(counts).zip(apart) {
        match out.last_mut() {
            Some((last, before)) if !apart && (count <= 1 || *before <= 1) && extent.0 - last.1 < STRAY_GAP * size => {
                last.1 = extent.1;
                *before += count;
            }
            _ => out.push((extent, count)),
        }
    }
    out.into_iter().map(|(extent, _)| extent).collect()
}

/// Joins an extent that no hint parts from the one before it where all of its texts go on in lower case: spaces of justified
/// lines.
pub(super) fn without_wide_spaces(
    page: &Page,
    extents: Vec<(f64, f64)>,
    chunked: &[Vec<Chunk>],
    hints: &[f64],
) -> Vec<(f64, f64)> {
    let lower = |chunk: &Chunk| {
        let first = chunk.words.first().and_then(|index| word(page, *index));
        first.is_some_and(|word| word.text.starts_with(char::is_lowercase))
    };
    let mut out: Vec<(f64, f64)> = Vec::with_capacity(extents.len());
    for extent in extents {
        let mut chunks = chunked.iter().flatten().filter(|chunk| extent.0 <= chunk.x0 && chunk.x1 <= extent.1);
        match out.last_mut() {
            Some(last) if !hints.iter().any(|hint| (last.1 - 1.0..=extent.0 + 1.0).contains(hint)) && chunks.all(lower) => {
                last.1 = extent.1;
            }
            _ => out.push(extent),
        }
    }
    out
}

/// Joins an extent that holds nothing but a header to the neighbour that has text in many lines but none in that line: a header
/// in the middle of its column, over texts that begin at its left, or at the left of figures that are set to the right. The
/// same header may stand over several parts of the region.
fn with_headers(
    page: &Page,
    mut extents: Vec<(f64, f64)>,
    counts: &mut Vec<usize>,
    apart: &mut Vec<bool>,
    chunked: &[Vec<Chunk>],
) -> Vec<(f64, f64)> {
    let holds = |extent: &(f64, f64), line: &[Chunk]| line.iter().any(|chunk| extent.0 <= chunk.x0 && chunk.x0 <= extent.1);
    let mut at = 0;
    while at < extents.len() {
        let lines: Vec<&[Chunk]> = chunked.iter().map(Vec::as_slice).filter(|line| holds(&extents[at], line)).collect();
        let first = chunked.iter().position(|line| holds(&extents[at], line)).filter(|line| *line < HEADER_LINES);
        let header =
            first.is_some() && counts[at] == lines.len() && (lines.len() == 1 || is_one_text(page, &extents[at], &lines));
        // Several headers side by side over nothing: their columns are blank.
        let body = &chunked[chunked.len() / 2..];
        let alone = |other: &usize| {
            let next = extents.get((2 * at).wrapping_sub(*other));
            next.is_none_or(|next| body.iter().any(|line| holds(next, line)))
        };
        let lacks = |other: &usize| {
            let more = counts[*other] >= COLUMN.max(lines.len() + 1);
            header && more && lines.iter().all(|line| !holds(&extents[*other], line))
        };
        let beside = [at.checked_sub(1), Some(at + 1).filter(|next| *next < extents.len())];
        match beside.into_iter().flatten().filter(alone).find(lacks) {
            Some(other) => {
                let (first, last) = (at.min(other), at.max(other));
                extents[first].1 = extents[last].1;
                counts[first] += counts[last];
                extents.remove(last);
                counts.remove(last);
                apart.remove(last);
                at = first;
            }
            None => at += 1,
        }
    }
    extents
}

/// Whether what `lines` hold in an extent is the same text everywhere.
fn is_one_text(page: &Page, extent: &(f64, f64), lines: &[&[Chunk]]) -> bool {
    let texts = lines.iter().flat_map(|line| line.iter()).filter(|chunk| extent.0 <= chunk.x0 && chunk.x0 <= extent.1);
    let mut texts = texts.map(|chunk| chunk.words.iter().filter_map(|index| word(page, *index)).map(|word| word.text.as_str()));
    let Some(first) = texts.next() else { return false };
    let first: Vec<&str> = first.collect();
    texts.all(|text| text.eq(first.iter().copied()))
}

#[cfg(test)]
mod tests {
    use super::super::testing::lines_of;
    use super::super::testing::page;

    /// How many columns `texts` stand in.
    fn columns(texts: &[(f64, f64, &str)]) -> usize {
        let page = page(texts);
        super::gaps::columns(&page, &lines_of(&page), &[]).len()
    }

    #[test]
    fn a_header_far_behind_the_one_before_it_has_a_column_of_its_own() {
        let columns = columns(&[
            (10.0, 10.0, "Action"),
            (100.0, 10.0, "30 days"),
            (160.0, 10.0, "60 days"),
            (10.0, 22.0, "Agree a form now"),
            (160.0, 22.0, "X"),
            (10.0, 34.0, "Count empty beds"),
            (160.0, 34.0, "X"),
            (10.0, 46.0, "Call the van"),
        ]);
        assert_eq!(columns, 3);
    }

    #[test]
    fn a_header_in_the_middle_belongs_to_the_texts_at_the_left() {
        let columns = columns(&[
            (40.0, 10.0, "Ref"),
            (100.0, 10.0, "Action"),
            (10.0, 22.0, "1"),
            (100.0, 22.0, "Agree a form"),
            (10.0, 34.0, "2"),
            (100.0, 34.0, "Count the beds"),
            (10.0, 46.0, "3"),
            (100.0, 46.0, "Call the van"),
        ]);
        assert_eq!(columns, 2);
    }

    #[test]
    fn a_header_that_is_printed_again_belongs_to_the_figures_at_the_right() {
        let mut texts = Vec::new();
        for (part, y) in [(0, 10.0), (1, 46.0)] {
            texts.extend([(10.0, y, "Action"), (100.0, y, "Due"), (200.0, y, "Notes")]);
            for (row, action) in [(1.0, "Agree a form"), (2.0, "Count the beds")] {
                let due = if part == 0 { "2018-05-01" } else { "2018-06-01" };
                texts.extend([(10.0, y + 12.0 * row, action), (145.0, y + 12.0 * row, due), (200.0, y + 12.0 * row, "ok")]);
            }
        }
        assert_eq!(columns(&texts), 3);
    }

    #[test]
    fn wide_spaces_of_justified_lines_part_no_columns() {
        let columns = |last: &str| {
            let page = page(&[
                (10.0, 10.0, "Change"),
                (110.0, 10.0, "Who"),
                (10.0, 22.0, "Home first"),
                (80.0, 22.0, last),
                (110.0, 22.0, "Ann Lee"),
                (10.0, 34.0, "Beds known"),
                (80.0, 34.0, last),
                (110.0, 34.0, "Bob Ray"),
                (10.0, 46.0, "Vans"),
                (110.0, 46.0, "Cy Poe"),
            ]);
            super::gaps::columns(&page, &lines_of(&page), &[103.0]).len()
        };
        assert_eq!(columns("to"), 2);
        assert_eq!(columns("A2"), 3);
    }
}
