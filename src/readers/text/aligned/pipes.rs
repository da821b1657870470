//! Lines that bars divide: tables of databases and wikis, tables drawn with box characters.

use crate::readers::text::Line;
use crate::readers::text::aligned::Entry;
use crate::readers::text::aligned::Look;
use crate::readers::text::aligned::Part;

/// Bars: the pipe and the vertical lines of box drawing.
const BARS: &[char] = &['|', '\u{2502}', '\u{2503}', '\u{2551}'];

/// Number of bars in a line.
pub(super) fn count(line: &str) -> usize {
    line.matches(BARS).count()
}

/// The lines with their cells; none unless most are divided alike, in two and more.
pub(super) fn entries<'a>(lines: &[Line<'a>], looks: &[Look]) -> Option<Vec<Entry<'a>>> {
    let divided = || lines.iter().zip(looks).filter(|(_, look)| **look == Look::Piped).map(|(line, _)| line.text);
    let mut counts: Vec<(usize, &str)> = divided().map(|line| (cells(line).len(), line)).collect();
    counts.sort_by_key(|(count, _)| *count);
    let alike = counts.chunk_by(|a, b| a.0 == b.0).max_by_key(|chunk| chunk.len())?;
    let (columns, model) = *alike.first()?;
    if alike.len() < 2 || columns < 2 || alike.len() * 10 < counts.len() * 6 {
        return None;
    }
    let model = bars(model);
    let mut entries = Vec::new();
    let mut after_ruling = false;
    for (line, look) in lines.iter().zip(looks) {
        if *look == Look::Piped {
            entries.push(Entry { index: line.index, cells: parts(line.text, columns, &model), after_ruling, after_blank: false });
            after_ruling = false;
        } else {
            after_ruling |= *look == Look::Ruling;
        }
    }
    Some(entries)
}

/// Widest text of each column.
pub(super) fn widths(entries: &[Entry<'_>]) -> Vec<usize> {
    let mut widths = Vec::new();
    for part in entries.iter().flat_map(|entry| &entry.cells) {
        if widths.len() <= part.column {
            widths.resize(part.column + 1, 0);
        }
        if let Some(width) = widths.get_mut(part.column) {
            *width = part.text.chars().count().max(*width);
        }
    }
    widths
}

/// The text between bars, those at the line's ends left aside.
fn cells(line: &str) -> Vec<&str> {
    let line = line.trim();
    let line = line.strip_prefix(BARS).unwrap_or(line);
    line.strip_suffix(BARS).unwrap_or(line).split(BARS).collect()
}

/// Places of the bars inside a line, in characters.
fn bars(line: &str) -> Vec<usize> {
    let trimmed = line.trim_start();
    let lead = line.chars().count() - trimmed.chars().count();
    let places = trimmed.trim_end().chars().enumerate().filter(|(_, c)| BARS.contains(c)).map(|(at, _)| at + lead);
    let last = lead + trimmed.trim_end().chars().count() - 1;
    places.filter(|at| *at != lead && *at != last).collect()
}

/// The cells of a line. Where it has fewer than others, a cell goes over the columns whose bars it leaves out.
fn parts<'a>(line: &'a str, columns: usize, model: &[usize]) -> Vec<Part<'a>> {
    let texts = cells(line);
    let places: Vec<usize> = bars(line).iter().filter_map(|bar| model.iter().position(|known| known == bar)).collect();
    let merged = texts.len() < columns && places.len() + 1 == texts.len();
    let start =
        |at: usize| if merged { at.checked_sub(1).map_or(0, |before| places.get(before).map_or(0, |bar| bar + 1)) } else { at };
    let end = |at: usize| if merged { places.get(at).map_or(columns, |bar| bar + 1) } else { at + 1 };
    let part = |(at, text): (usize, &&'a str)| Part { column: start(at), colspan: end(at) - start(at), text: text.trim() };
    texts.iter().enumerate().map(part).filter(|part| !part.text.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_placed() {
        assert_eq!(bars("| a | b |"), [4]);
        assert_eq!(bars(" a | b"), [3]);
        assert_eq!(count("\u{2502} a \u{2502}"), 2);
    }

    #[test]
    fn merged_cells_cover_columns() {
        let found: Vec<_> =
            parts("| ab    | c |", 3, &[4, 8]).iter().map(|part| (part.column, part.colspan, part.text)).collect();
        assert_eq!(found, [(0, 2, "ab"), (2, 1, "c")]);
    }
}
