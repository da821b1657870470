//! Finds the columns of lines that gaps divide: a gutter is blank in nearly all of the lines.

use std::ops::Range;

use crate::readers::text::Line;
use crate::readers::text::aligned::Entry;
use crate::readers::text::aligned::Look;
use crate::readers::text::aligned::Part;
use crate::readers::text::aligned::segments;
use crate::readers::text::aligned::segments::Segment;
use crate::readers::text::prose;

/// Share of lines that may run over a gutter, as one in so many: section names, long headings.
const CROSSING_ONE_IN: usize = 10;

/// Narrowest gutter, in characters.
const NARROWEST_GUTTER: usize = 2;

/// Fewest lines with gaps that make a table.
const FEWEST_LINES: usize = 3;

/// Columns of characters that the columns of a table take, from left to right; none where gaps do not line up.
pub(super) fn find(lines: &[Line<'_>], looks: &[Look]) -> Option<Vec<Range<usize>>> {
    let divided: Vec<Vec<Segment<'_>>> =
        lines.iter().zip(looks).filter(|(_, look)| **look == Look::Gappy).map(|(line, _)| segments::of(line.text)).collect();
    if divided.len() < FEWEST_LINES {
        return None;
    }
    let columns = occupied(&divided);
    (columns.len() > 1 && fits(&divided, &columns)).then_some(columns)
}

/// `columns`, if every line with gaps has each of its parts at the start of another of them.
pub(super) fn fit_all(columns: &[Range<usize>], lines: &[Line<'_>], looks: &[Look]) -> Option<Vec<Range<usize>>> {
    let mut divided = lines.iter().zip(looks).filter(|(_, look)| **look == Look::Gappy).map(|(line, _)| segments::of(line.text));
    let starts = |segment: &Segment<'_>| columns.iter().any(|column| column.start == segment.start);
    (!columns.is_empty() && divided.all(|segments| segments.iter().all(starts))).then(|| columns.to_vec())
}

/// Number of lines above the table in its region: they end with a blank line, and each fills at most half of the columns.
pub(super) fn preamble(columns: &[Range<usize>], lines: &[Line<'_>], looks: &[Look]) -> usize {
    let sparse = |(line, look): &(&Line<'_>, &Look)| match look {
        Look::Blank => true,
        Look::Ruling => false,
        _ => segments::of(line.text).len() * 2 <= columns.len(),
    };
    let above = lines.iter().zip(looks).take_while(sparse).count();
    looks.iter().take(above).rposition(|look| *look == Look::Blank).map_or(0, |blank| blank + 1)
}

/// Runs of character columns that more than a few lines hold text in, joined over gaps too narrow for a gutter.
fn occupied(divided: &[Vec<Segment<'_>>]) -> Vec<Range<usize>> {
    let width = divided.iter().flatten().map(|segment| segment.end).max().unwrap_or(0);
    let mut changes = vec![0_isize; width + 1];
    for segment in divided.iter().flatten() {
        for (at, change) in [(segment.start, 1), (segment.end, -1)] {
            if let Some(count) = changes.get_mut(at) {
                *count += change;
            }
        }
    }
    let most_crossing = isize::try_from(divided.len() / CROSSING_ONE_IN).unwrap_or(isize::MAX);
    let mut columns: Vec<Range<usize>> = Vec::new();
    let mut texts = 0;
    for (at, change) in changes.iter().enumerate() {
        texts += change;
        if texts <= most_crossing {
            continue;
        }
        match columns.last_mut() {
            Some(last) if at < last.end + NARROWEST_GUTTER => last.end = at + 1,
            _ => columns.push(at..at + 1),
        }
    }
    columns
}

/// Whether lines fit the columns: most have two and more filled, no two of their parts in one, and the parts of each column
/// line up at one side. A list with its signs in a column of their own is no table.
fn fits(divided: &[Vec<Segment<'_>>], columns: &[Range<usize>]) -> bool {
    let (mut filled, mut doubled) = (0, 0);
    for segments in divided {
        let mut found: Vec<usize> = segments.iter().map(|segment| column_of(segment, columns)).collect();
        let before = found.len();
        found.dedup();
        filled += usize::from(found.len() > 1);
        doubled += usize::from(found.len() < before);
    }
    let first: Vec<&str> = divided.iter().filter_map(|segments| segments.first()).map(|segment| segment.text).collect();
    let list = columns.len() == 2 && first.iter().all(|text| is_list_sign(text));
    filled >= FEWEST_LINES
        && doubled * 5 <= divided.len()
        && !list
        && (1..columns.len()).all(|column| lines_up(divided, columns, column))
}

/// Whether at least half of the parts in a column start, or end, at one place.
fn lines_up(divided: &[Vec<Segment<'_>>], columns: &[Range<usize>], column: usize) -> bool {
    let parts = || divided.iter().flatten().filter(|segment| column_of(segment, columns) == column);
    let most = |mut sides: Vec<usize>| {
        sides.sort_unstable();
        sides.chunk_by(|a, b| a == b).map(<[usize]>::len).max().unwrap_or(0)
    };
    let total = parts().count();
    most(parts().map(|part| part.start).collect()) * 2 >= total || most(parts().map(|part| part.end).collect()) * 2 >= total
}

fn is_list_sign(text: &str) -> bool {
    let bare = text.trim_end_matches(['.', ')', ':']);
    let sign = !text.contains(char::is_alphanumeric);
    let number = bare.len() < text.len() && (bare.bytes().all(|b| b.is_ascii_digit()) || bare.len() == 1);
    sign || number || (text == "o") || prose::list_item(text).is_some_and(|rest| rest.len() < 2)
}

/// The column that a part belongs to: the one it overlaps first, else the nearest to its left.
fn column_of(segment: &Segment<'_>, columns: &[Range<usize>]) -> usize {
    let overlapped = columns.iter().position(|column| segment.start < column.end && column.start < segment.end);
    overlapped.unwrap_or_else(|| columns.partition_point(|column| column.start <= segment.start).saturating_sub(1))
}

/// Takes plain lines right above and below that stand within a column but the first, as wrapped headers and cells do.
pub(super) fn extend(
    columns: &[Range<usize>],
    lines: &[Line<'_>],
    looks: &[Look],
    mut start: usize,
    mut end: usize,
) -> (usize, usize) {
    let inside = |at: usize| {
        let (Some(line), Some(Look::Plain)) = (lines.get(at), looks.get(at)) else { return false };
        let segments = segments::of(line.text);
        let Some(segment) = segments.first() else { return false };
        columns.iter().skip(1).any(|column| column.start == segment.start && segment.end <= column.end)
    };
    while start > 0 && inside(start - 1) {
        start -= 1;
    }
    while inside(end) {
        end += 1;
    }
    (start, end)
}

/// The lines with their parts in columns.
pub(super) fn entries<'a>(columns: &[Range<usize>], lines: &[Line<'a>], looks: &[Look]) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry<'a>> = Vec::new();
    let (mut after_ruling, mut after_blank) = (false, false);
    for (line, look) in lines.iter().zip(looks) {
        match look {
            Look::Blank => after_blank = true,
            Look::Ruling => after_ruling = true,
            _ => {
                let cells = parts(line.text, *look == Look::Gappy, columns);
                entries.push(Entry { index: line.index, cells, after_ruling, after_blank });
                (after_ruling, after_blank) = (false, false);
            }
        }
    }
    entries
}

/// The parts of a line; one that runs over a gutter is cut there if the line has gaps elsewhere and a space in the gutter.
fn parts<'a>(line: &'a str, divided: bool, columns: &[Range<usize>]) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    for segment in segments::of(line) {
        let mut rest = Some(segment);
        while let Some(segment) = rest.take() {
            let column = column_of(&segment, columns);
            let mut cut = segment;
            if let (true, [this, next, ..]) = (divided, columns.get(column..).unwrap_or_default())
                && next.start < segment.end
                && let Some((left, right)) = segment.split(this.end, next.start)
            {
                cut = left;
                rest = Some(right);
            }
            parts.push(Part { column, colspan: 1, text: cut.text });
        }
    }
    parts
}
