//! Lines of a table to rows: a cell that was wrapped over several lines is put together again.
//!
//! Rulings and blank lines tell rows apart where they stand between all of them. Else a line goes on with the row above if
//! every cell of it may be wrapped: its first word would not have fitted on the line above.

use crate::model::location::ColumnIndex;
use crate::model::location::Place;
use crate::model::source::GridCell;
use crate::model::source::GridRow;
use crate::readers::markup;
use crate::readers::text::aligned::Entry;
use crate::readers::text::aligned::Part;

/// Lines above a first ruling that are taken for one wrapped header.
const HEADER_LINES: usize = 4;

/// Puts lines together; `widths` are those of the columns, in characters.
pub(super) fn build(entries: &[Entry<'_>], widths: &[usize]) -> Vec<GridRow> {
    let header = header_lines(entries);
    let separated = separators(entries, header, widths);
    let mut rows: Vec<Vec<&Entry<'_>>> = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        let starts = match separated {
            _ if at < header => at == 0,
            _ if at == header || entry.after_ruling => true,
            Separator::Rulings => false,
            Separator::Blanks => entry.after_blank,
            Separator::None => rows.last().is_none_or(|row| entry.after_blank && row.len() > 1 || !continues(row, entry, widths)),
        };
        match rows.last_mut() {
            Some(row) if !starts => row.push(entry),
            _ => rows.push(vec![entry]),
        }
    }
    let width = u32::try_from(widths.len()).unwrap_or(u32::MAX);
    rows.iter().enumerate().map(|(at, lines)| row(lines, width, at == 0 && header > 0)).collect()
}

/// What stands between the rows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Separator {
    Rulings,
    /// Blank lines, or rulings.
    Blanks,
    None,
}

/// Number of lines above the first ruling, if it may be the one under a header.
fn header_lines(entries: &[Entry<'_>]) -> usize {
    let first = entries.iter().skip(1).position(|entry| entry.after_ruling).map(|at| at + 1);
    first.filter(|lines| *lines <= HEADER_LINES).unwrap_or(0)
}

/// Whether rulings, or blank lines, stand between all rows: they make three groups and more below the header, one of several
/// lines, and no line inside a group starts a row by its looks.
fn separators(entries: &[Entry<'_>], header: usize, widths: &[usize]) -> Separator {
    let body = entries.get(header..).unwrap_or_default();
    let test = |starts: fn(&Entry<'_>) -> bool| {
        let groups: Vec<&[Entry<'_>]> = body.chunk_by(|_, next| !starts(next)).collect();
        let wrapped = groups.iter().any(|group| group.len() > 1);
        let torn = |pair: &[Entry<'_>]| if let [above, below] = pair { starts_row(above, below, widths) } else { false };
        groups.len() > 2 && wrapped && !groups.iter().any(|group| group.windows(2).any(torn))
    };
    if test(|entry| entry.after_ruling) {
        return Separator::Rulings;
    }
    if test(|entry| entry.after_blank || entry.after_ruling) { Separator::Blanks } else { Separator::None }
}

/// Whether a line inside a group surely starts a row: its first cell and another are filled, and none of them is wrapped.
fn starts_row(above: &Entry<'_>, below: &Entry<'_>, widths: &[usize]) -> bool {
    let first = below.cells.first().is_some_and(|part| part.column == 0);
    first && below.cells.len() > 1 && below.cells.iter().all(|part| !is_wrapped(above, part, widths))
}

/// Whether a line goes on with the row above.
fn continues(row: &[&Entry<'_>], entry: &Entry<'_>, widths: &[usize]) -> bool {
    let (Some(above), Some(first)) = (row.last(), row.first()) else { return false };
    if !entry.cells.iter().all(|part| is_wrapped(above, part, widths)) {
        return false;
    }
    let small = entry.cells.iter().any(|part| part.text.starts_with(char::is_lowercase));
    let filled = |entry: &Entry<'_>| entry.cells.iter().filter(|part| part.column > 0).count();
    // Where all cells but the first are filled again, this is as likely a row whose first cell holds for several.
    let fewer = filled(entry) < filled(first);
    if entry.cells.first().is_some_and(|part| part.column == 0) { fewer && small } else { fewer || small }
}

/// Whether a cell's line may be the wrapped end of the cell above it.
fn is_wrapped(above: &Entry<'_>, part: &Part<'_>, widths: &[usize]) -> bool {
    let Some(before) = above.cells.iter().find(|cell| cell.column == part.column) else { return false };
    let width = widths.get(part.column).copied().unwrap_or(0);
    let word = part.text.split_whitespace().next().unwrap_or_default();
    let full = before.text.chars().count() + 1 + word.chars().count() > width;
    full || part.text.starts_with(char::is_lowercase) || before.text.ends_with([',', '-', '&', '/'])
}

/// The row that lines make.
fn row(lines: &[&Entry<'_>], width: u32, header: bool) -> GridRow {
    let mut parts: Vec<(Part<'_>, usize)> = Vec::new();
    for entry in lines {
        parts.extend(entry.cells.iter().map(|part| (*part, entry.index)));
    }
    parts.sort_by_key(|(part, _)| part.column);
    let groups: Vec<&[(Part<'_>, usize)]> = parts.chunk_by(|a, b| a.0.column == b.0.column).collect();
    let next_column = |at: usize| groups.get(at + 1).and_then(|next| next.first()).map_or(usize::MAX, |(part, _)| part.column);
    let cells = groups.iter().enumerate().filter_map(|(at, group)| cell(group, next_column(at), header)).collect();
    let first = lines.first().map_or(0, |entry| entry.index);
    let last = lines.last().map_or(0, |entry| entry.index);
    GridRow { place: Place::lines(first, last), width, cells, notes: Vec::new(), hidden: false }
}

/// The cell that parts of one column make, which ends before `next_column`: a line break between lines, two spaces between parts of one line.
fn cell(parts: &[(Part<'_>, usize)], next_column: usize, header: bool) -> Option<GridCell> {
    let (first, last) = (parts.first()?, parts.last()?);
    let mut raw = String::new();
    let mut line = first.1;
    for (part, index) in parts {
        if !raw.is_empty() {
            raw.push_str(if *index == line { "  " } else { "\n" });
        }
        line = *index;
        raw.push_str(part.text);
    }
    let colspan = first.0.colspan.min(next_column - first.0.column);
    let cleaned = markup::clean(&raw);
    let mut style = cleaned.style;
    style.emphasised |= header;
    (!cleaned.text.is_empty()).then(|| GridCell {
        column: ColumnIndex(u32::try_from(first.0.column).unwrap_or(u32::MAX)),
        text: cleaned.text.into(),
        place: Place::lines(first.1, last.1),
        rowspan: 1,
        colspan: u32::try_from(colspan).unwrap_or(1).max(1),
        style,
    })
}
