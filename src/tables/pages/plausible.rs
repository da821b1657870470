//! What only looks like a table without rulings: contents lists, numbered paragraphs, lists of terms, columns of prose.

use crate::model::page::Page;
use crate::model::source::Strategy;

use super::candidate::Candidate;
use super::candidate::Cell;
use super::candidate::ratio;
use super::judge;
use super::lines;
use super::lines::word;
use super::traits::Traits;

/// So many labels come again where a form is filled in several times.
const LABELS: usize = 3;

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
    let first = cell.words.first().and_then(|index| word(page, *index))?;
    first.text.trim_end_matches('%').replace(',', "").parse().ok()
}

/// Five values or more with the same step between them; steps of one are years and ranks.
fn is_progression(values: &[f64]) -> bool {
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
    !(plain || is_prose(page, table))
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
