//! How much a candidate looks like a table: what words its edges cut, what gaps and stacked values its cells still hold, how
//! many cells are blank.

use crate::model::page::Page;
use crate::model::source::Strategy;

use super::candidate::Candidate;
use super::candidate::Cell;
use super::candidate::ratio;
use super::lines;
use super::lines::Line;
use super::lines::word;
use super::text;

/// From which score on a candidate is a table.
pub(super) const ENOUGH: f64 = 0.5;

/// From which score on a lattice of areas is a table: areas may stand under some cells alone, and what they leave out has gaps.
pub(super) const ENOUGH_SHADED: f64 = 0.85;

/// From which score on lines without a lattice are a table.
pub(super) const ENOUGH_SPACED: f64 = 0.7;

/// A gap of more sizes of font than this within a line of a cell is the gap between two cells.
const INNER_GAP: f64 = 2.2;

/// A label of so many rows is one of the table's.
const LABELS: usize = 2;

/// Scores `candidate` from 0 to 1.
pub(super) fn judge(page: &Page, candidate: &Candidate) -> f64 {
    let filled = candidate.filled();
    if candidate.width() < 2 || candidate.height() < 2 || filled < 4 {
        return 0.0;
    }
    let (mut all_lines, mut gapped, mut stacked, mut cut, mut words) = (0, 0, 0, 0, 0);
    for cell in candidate.cells.iter().filter(|cell| !cell.words.is_empty()) {
        let lines = lines::lines(page, &cell.words);
        all_lines += lines.len();
        gapped += lines.iter().filter(|line| has_gap(page, line)).count();
        let values = lines.iter().filter(|line| line_is_value(page, line)).count();
        stacked += usize::from(values >= 2);
        words += cell.words.len();
        cut += cut_words(page, candidate, cell);
    }
    let blank = 1.0 - candidate.fullness();
    let loose = if candidate.by == Strategy::Ruled { 0.0 } else { looseness(page, candidate, blank) };
    let score = 1.0
        - loose
        - 3.0 * ratio(cut, words)
        - 1.5 * ratio(gapped, all_lines)
        - 1.2 * ratio(stacked, filled)
        - 1.2 * (blank - 0.5).max(0.0);
    score.clamp(0.0, 1.0)
}

/// Scores a table of texts, whose gutters tell already that it is one, by its rows of several cells: what stands between these
/// heads sections. Columns in which most rows are blank, as for ticks, say nothing.
pub(super) fn judge_texts(page: &Page, candidate: &Candidate) -> f64 {
    let filled = || candidate.cells.iter().filter(|cell| !cell.words.is_empty());
    let mut in_row = vec![0_usize; candidate.height()];
    filled().for_each(|cell| in_row.iter_mut().skip(cell.row).take(1).for_each(|count| *count += 1));
    let rows: Vec<bool> = in_row.iter().map(|count| *count >= 2).collect();
    let mut in_column = vec![0_usize; candidate.width()];
    let body = || filled().filter(|cell| rows.get(cell.row) == Some(&true));
    body().for_each(|cell| in_column.iter_mut().skip(cell.column).take(cell.columns).for_each(|count| *count += 1));
    let height = rows.iter().filter(|row| **row).count();
    let columns: Vec<bool> = in_column.iter().enumerate().map(|(at, count)| at == 0 || 2 * count >= height).collect();
    let mut body = candidate.clone();
    body.retain(&columns, &rows);
    (judge(page, &body) - ratio(paragraphs(page, candidate), candidate.height())).max(0.0)
}

/// What speaks against a table that no lattice draws: rows with a single cell, many blank cells (the axes of a chart), two
/// columns of text alone (lists of terms, numbered paragraphs).
fn looseness(page: &Page, candidate: &Candidate, blank: f64) -> f64 {
    let (mut rows, mut columns) = (vec![0_usize; candidate.height()], vec![0_usize; candidate.width()]);
    for cell in candidate.cells.iter().filter(|cell| !cell.words.is_empty()) {
        rows.iter_mut().skip(cell.row).take(1).for_each(|count| *count += 1);
        columns.iter_mut().skip(cell.column).take(cell.columns).for_each(|count| *count += 1);
    }
    // A column kept from the page before may be blank.
    columns.retain(|count| *count > 0);
    let share = |counts: &[usize]| ratio(counts.iter().filter(|count| **count >= 2).count(), counts.len());
    2.0 * ratio(paragraphs(page, candidate), rows.len())
        + 1.6 * (0.6 - share(&rows)).max(0.0)
        + 1.0 * (1.0 - share(&columns))
        + 3.0 * (blank - 0.5).max(0.0)
}

/// Rows that are one text over several columns, next to another such row or in more than a third of all rows: one alone is the
/// heading of a section. Those under a label that comes again ("Progress: …") go on with the row above and do not count.
fn paragraphs(page: &Page, candidate: &Candidate) -> usize {
    let runs_on = |cell: &&Cell| cell.column == 0 && cell.columns >= 2 && cell.words.len() >= 4;
    let label = |cell: &Cell| text::label(page, &cell.words);
    let all: Vec<&Cell> = candidate.cells.iter().filter(runs_on).collect();
    let again = |cell: &Cell| label(cell).is_some() && all.iter().filter(|other| label(other) == label(cell)).count() >= LABELS;
    let rows: Vec<usize> = all.iter().filter(|cell| !again(cell)).map(|cell| cell.row).collect();
    let beside = |row: usize| rows.iter().any(|other| row.abs_diff(*other) == 1);
    let together = rows.iter().filter(|row| beside(**row)).count();
    together.max(rows.len().saturating_sub(candidate.height() / 3))
}

/// Words of `cell` that stand out over its left or right edge by a quarter of their width; leader dots may.
fn cut_words(page: &Page, candidate: &Candidate, cell: &Cell) -> usize {
    let bbox = candidate.cell_box(cell);
    let cut = |index: &&u32| {
        word(page, **index).is_some_and(|word| {
            let (x0, x1) = lines::ink(word);
            let out = (bbox.x0 - x0).max(x1 - bbox.x1);
            out > 2.0 && out > 0.25 * (x1 - x0) && x1 > x0
        })
    };
    cell.words.iter().filter(cut).count()
}

fn has_gap(page: &Page, line: &Line) -> bool {
    line.words.windows(2).any(|pair| {
        let (Some(a), Some(b)) = (word(page, pair[0]), word(page, pair[1])) else { return false };
        b.bbox.x0 - a.bbox.x1 > INNER_GAP * line.size && !lines::is_amount(&a.text, &b.text)
    })
}

/// Whether a line is one number, share or dash; one that ends in a dash is the beginning of a range.
fn line_is_value(page: &Page, line: &Line) -> bool {
    let mut digits = false;
    let range = line.words.last().and_then(|index| word(page, *index)).is_some_and(|word| is_open_range(&word.text));
    !range
        && line.words.iter().filter_map(|index| word(page, *index)).all(|word| {
            digits |= word.text.bytes().any(|b| b.is_ascii_digit());
            is_value(&word.text)
        })
        && digits
}

/// Whether the words of a text are all values, and none is a year, which heads values.
pub(super) fn are_values(page: &Page, words: &[u32]) -> bool {
    let mut words = words.iter().filter_map(|index| word(page, *index));
    words.all(|word| is_value(&word.text) && !is_year(&word.text))
}

/// Whether `text` is a number with a dash behind it.
pub(super) fn is_open_range(text: &str) -> bool {
    text.strip_suffix(['-', '\u{2013}']).is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit() || c == '%'))
}

/// Whether `text` is a year of four figures.
pub(super) fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) && (text.starts_with("19") || text.starts_with("20"))
}

/// Whether `text` is a number, a share, an amount, or a mark for none.
pub(super) fn is_value(text: &str) -> bool {
    const AROUND: [char; 13] = ['(', ')', '*', '%', '$', '\u{a3}', '\u{20ac}', '<', '>', '+', ',', '\u{b1}', '~'];
    let core = text.trim_matches(AROUND);
    match core.to_lowercase().as_str() {
        "" | "-" | "\u{2013}" | "\u{2014}" | "n/a" | "na" | "n.a." | "n.a" | "." | ".." | "..." | "x" => true,
        core => {
            core.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '.' | '\u{2013}' | '\u{2212}'))
                && core.chars().any(|c| c.is_ascii_digit())
                && core.chars().filter(|c| c.is_alphabetic()).count() <= 1
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::page;
    use super::*;

    #[test]
    fn leader_dots_are_not_cut() {
        let page = page(&[
            (10.0, 10.0, "Beds ...................."),
            (150.0, 10.0, "12"),
            (10.0, 22.0, "Vans ...................."),
            (150.0, 22.0, "7"),
        ]);
        let cell = |row: usize, column: usize, words: Vec<u32>| Cell { row, column, rows: 1, columns: 1, words };
        let cells = vec![cell(0, 0, vec![0, 1]), cell(0, 1, vec![2]), cell(1, 0, vec![3, 4]), cell(1, 1, vec![5])];
        let table = |edge: f64| Candidate {
            by: Strategy::Spaced,
            xs: vec![9.0, edge, 170.0],
            ys: vec![9.0, 21.0, 33.0],
            cells: cells.clone(),
            score: 0.0,
        };
        assert!(judge(&page, &table(90.0)) > 0.99);
        assert!(judge(&page, &table(20.0)) < 0.5, "words are cut");
    }

    #[test]
    fn values_and_words() {
        for value in ["12", "1,304.5", "86.2%", "(0.4)", "-3", "\u{2013}", "n/a", "$12", "17*", "\u{b1}0.4"] {
            assert!(is_value(value), "{value}");
        }
        for text in ["Beds", "2nd floor", "April", "A1 ward"] {
            assert!(!is_value(text), "{text}");
        }
    }

    #[test]
    fn a_range_over_two_lines_is_one_value() {
        let page = page(&[(10.0, 10.0, "4.5\u{2013}"), (10.0, 22.0, "12.2"), (60.0, 10.0, "7.1"), (60.0, 22.0, "8.0")]);
        let lines = lines::lines(&page, &[0, 1]);
        assert_eq!(lines.iter().filter(|line| line_is_value(&page, line)).count(), 1);
        let lines = lines::lines(&page, &[2, 3]);
        assert_eq!(lines.iter().filter(|line| line_is_value(&page, line)).count(), 2);
    }
}
