//! What only looks like a table without rulings: contents lists, numbered paragraphs, lists of terms, columns of prose.

use crate::model::page::Page;
use crate::model::source::Strategy;

use super::candidate::Candidate;
use super::candidate::Cell;
use super::candidate::ratio;
use super::judge;
use super::lines;
use super::lines::Line;
use super::lines::word;
use super::traits::Traits;

/// So many labels come again where a form is filled in several times.
const LABELS: usize = 3;

/// A column of a newspaper has at least so many words, and so many in a line.
const COLUMN_WORDS: usize = 24;
const LINE_WORDS: usize = 3;

/// Share of the lines of the longest column that all columns of a newspaper have on average; cells of a row end at different heights.
const EVEN: f64 = 0.8;

/// Share of the width of its column that at least half of the lines of prose fill.
const FULL: f64 = 0.8;

/// Whether a table is the labels of a chart: many blank cells, and values that go up or down by the same step.
pub(super) fn is_chart(page: &Page, table: &Candidate) -> bool {
    if table.fullness() > 0.6 {
        return false;
    }
    let steps = |of: &dyn Fn(&Cell) -> bool| {
        let values: Vec<f64> = table.cells.iter().filter(|cell| of(cell)).filter_map(|cell| first_value(page, cell)).collect();
        is_progression(&values)
    };
    (0..table.width()).any(|column| steps(&|cell| cell.column == column))
        || (0..table.height()).any(|row| steps(&|cell| cell.row == row))
}

/// The number that the first word of `cell` is.
fn first_value(page: &Page, cell: &Cell) -> Option<f64> {
    number(&cell.words.first().and_then(|index| word(page, *index))?.text)
}

/// The number that `text` is.
pub(super) fn number(text: &str) -> Option<f64> {
    text.trim_start_matches('$').trim_end_matches('%').replace(',', "").parse().ok()
}

/// Five values or more with the same step between them; steps of one are years and ranks.
pub(super) fn is_progression(values: &[f64]) -> bool {
    let steps = || values.windows(2).map(|pair| pair[1] - pair[0]);
    let Some(step) = steps().next() else { return false };
    values.len() >= 5
        && step.abs() > f64::EPSILON
        && (step.abs() - 1.0).abs() > 1e-6
        && steps().all(|s| (s - step).abs() < 1e-6 * step.abs().max(1.0))
}

/// Whether a table that only white space shows is more than text that happens to stand in columns.
pub(super) fn is_table(page: &Page, table: &Candidate, traits: &Traits<'_>) -> bool {
    if table.width() == 2 && (is_marked_list(page, table) || is_contents(page, table)) {
        return false;
    }
    let values = share(table, 1, |cell| is_value_cell(page, cell));
    let unruled = table.by == Strategy::Spaced;
    let plain = table.width() == 2 && values < 0.5 && unruled && !has_bold_header(page, table) && !is_form(page, table, traits);
    !(plain || is_prose(page, table) || is_newspaper(page, table))
}

/// Whether the columns of a table are those of a newspaper: each is full of words from the first line to the last.
pub(super) fn is_newspaper(page: &Page, table: &Candidate) -> bool {
    let in_column = |column: usize| -> Vec<u32> {
        table.cells.iter().filter(|cell| cell.column == column).flat_map(|cell| cell.words.iter().copied()).collect()
    };
    let columns: Vec<Vec<Line>> = (0..table.width()).map(|column| lines::lines(page, &in_column(column))).collect();
    let most = columns.iter().map(Vec::len).max().unwrap_or(0);
    let even = ratio(columns.iter().map(Vec::len).sum(), most * columns.len());
    even >= EVEN && columns.iter().all(|lines| is_full_of_words(lines))
}

/// Whether `lines` of a column are prose: many words, and hardly a line that ends early.
fn is_full_of_words(lines: &[Line]) -> bool {
    let words: usize = lines.iter().map(|line| line.words.len()).sum();
    let widest = lines.iter().map(|line| line.bbox.width()).fold(0.0, f64::max);
    let mut widths: Vec<f64> = lines.iter().map(|line| line.bbox.width()).collect();
    widths.sort_by(f64::total_cmp);
    let usual = widths.get(widths.len() / 2).copied().unwrap_or(0.0);
    words >= COLUMN_WORDS && words >= LINE_WORDS * lines.len() && usual >= FULL * widest
}

/// The share of filled cells from column `from` on that `test` holds for.
fn share(table: &Candidate, from: usize, test: impl Fn(&Cell) -> bool) -> f64 {
    let filled = || table.cells.iter().filter(|cell| !cell.words.is_empty() && cell.column >= from);
    ratio(filled().filter(|cell| test(cell)).count(), filled().count())
}

fn is_value_cell(page: &Page, cell: &Cell) -> bool {
    cell.words.iter().filter_map(|index| word(page, *index)).all(|word| judge::is_value(&word.text))
}

/// Most texts of the first column stand in the document again: the labels of a form that is filled in for each of several subjects.
fn is_form(page: &Page, table: &Candidate, traits: &Traits<'_>) -> bool {
    let labels = || table.cells.iter().filter(|cell| cell.column == 0 && cell.columns == 1 && !cell.words.is_empty());
    let words = |cell: &Cell| cell.words.iter().filter_map(|index| word(page, *index)).map(|word| word.text.as_str()).collect();
    let mut again: Vec<Vec<&str>> =
        labels().map(words).filter(|words: &Vec<&str>| traits.recurs(words.iter().copied())).collect();
    let count = again.len();
    again.sort_unstable();
    again.dedup();
    again.len() >= LABELS && 5 * count >= 3 * labels().count()
}

/// The first row is bold and the others are not.
fn has_bold_header(page: &Page, table: &Candidate) -> bool {
    let bold = |cell: &Cell| cell.words.iter().filter_map(|index| word(page, *index)).all(|word| word.bold);
    let (head, body): (Vec<&Cell>, Vec<&Cell>) =
        table.cells.iter().filter(|cell| !cell.words.is_empty()).partition(|c| c.row == 0);
    head.len() >= 2 && head.iter().all(|cell| bold(cell)) && !body.iter().all(|cell| bold(cell))
}

/// The first column holds only bullets and numbers: a list with hanging indents.
fn is_marked_list(page: &Page, table: &Candidate) -> bool {
    let first = || table.cells.iter().filter(|cell| cell.column == 0 && !cell.words.is_empty());
    let marks = first().filter(|cell| {
        let text = cell.words.iter().filter_map(|index| word(page, *index)).map(|word| word.text.as_str());
        let text: String = text.collect();
        is_list_mark(&text)
    });
    let rest = share(table, 1, |cell| is_value_cell(page, cell));
    rest < 0.5 && 10 * marks.count() >= 6 * first().count()
}

/// "1.", "2.3", "(a)", "iv)", `[12]`, a bullet.
fn is_list_mark(text: &str) -> bool {
    let core = text.trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']' | '.' | ':'));
    core.chars().count() <= 1
        || core.len() <= 6 && core.chars().all(|c| c.is_ascii_digit() || c == '.')
        || core.len() <= 5 && core.chars().all(|c| matches!(c.to_ascii_lowercase(), 'i' | 'v' | 'x'))
}

/// The last column holds page numbers that never go back.
fn is_contents(page: &Page, table: &Candidate) -> bool {
    let last = table.width() - 1;
    let cells: Vec<&Cell> = table.cells.iter().filter(|cell| cell.column == last && !cell.words.is_empty()).collect();
    let numbers: Vec<u32> = cells
        .iter()
        .filter_map(|cell| match cell.words.as_slice() {
            [only] => word(page, *only)?.text.parse().ok(),
            _ => None,
        })
        .collect();
    numbers.len() >= 3 && 10 * numbers.len() >= 8 * cells.len() && numbers.windows(2).all(|pair| pair[0] <= pair[1])
}

/// Two or three columns of long texts without a value: columns of a newspaper.
fn is_prose(page: &Page, table: &Candidate) -> bool {
    let full = share(table, 0, |cell| cell.words.len() >= 4);
    let lower = share(table, 0, |cell| {
        lines::lines(page, &cell.words)
            .first()
            .and_then(|line| line.words.first())
            .and_then(|index| word(page, *index))
            .is_some_and(|word| word.text.starts_with(char::is_lowercase))
    });
    table.width() <= 3 && full > 0.7 && lower > 0.35
}

#[cfg(test)]
mod tests {
    use super::super::testing::page;
    use super::*;

    /// A table of one row whose cells have the given lines.
    fn newspaper(columns: [&[&str]; 2]) -> bool {
        let place = |column: usize, line: usize| ([10.0, 210.0][column], 10.0 + [0.0, 12.0, 24.0, 36.0, 48.0, 60.0][line]);
        let mut texts: Vec<(f64, f64, &str)> = Vec::new();
        let mut counts = [0_u32; 2];
        for (column, lines) in columns.iter().enumerate() {
            for (at, line) in lines.iter().enumerate() {
                let (x, y) = place(column, at);
                texts.push((x, y, *line));
                counts[column] += u32::try_from(line.split(' ').count()).unwrap_or(0);
            }
        }
        let cell = |column: usize, words: Vec<u32>| Cell { row: 0, column, rows: 1, columns: 1, words };
        let cells = vec![cell(0, (0..counts[0]).collect()), cell(1, (counts[0]..counts[0] + counts[1]).collect())];
        let table = Candidate { by: Strategy::Spaced, xs: vec![9.0, 200.0, 400.0], ys: vec![9.0, 80.0], cells, score: 0.0 };
        is_newspaper(&page(&texts), &table)
    }

    #[test]
    fn columns_full_of_words_are_no_table() {
        let prose = [
            "each ward keeps a list of all",
            "beds that are free at noon on",
            "that day and rings the homes",
            "to ask which of them can take",
        ];
        assert!(newspaper([&prose, &prose]));
        assert!(!newspaper([&prose, &["a list of beds"]]));
        assert!(!newspaper([&prose, &["Ann Lee", "Bob Ray", "Cy Poe", "Di Orr"]]));
    }
}
