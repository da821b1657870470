//! Lists that cells choose from: what a validation says outright, or the cells or the name that it points to.

use std::collections::BTreeMap;

use super::Book;
use super::a1;
use super::sheet::Sheet;
use crate::model::location::CellRange;

/// Values of one list beyond this are not kept: a list that a person chooses from is shorter.
const MOST_VALUES: usize = 500;

/// Lists of one sheet beyond this are not looked at.
const MOST_LISTS: usize = 10_000;

/// Names that stand for names, looked up one after the other.
const MOST_NAMES: usize = 8;

/// Cells that choose from a list.
#[derive(Clone, Debug)]
pub(super) struct List {
    pub(super) cells: Vec<CellRange>,
    /// What the validation says: `"Red,Amber"`, `Lists!$A$1:$A$3`, `Ratings`.
    formula: String,
    /// The values, once they are known.
    pub(super) values: Vec<String>,
}

impl List {
    /// Cells whose values a formula tells.
    pub(super) fn new(cells: Vec<CellRange>, formula: &str) -> Self {
        Self { cells, formula: formula.trim().trim_start_matches('=').to_owned(), values: Vec::new() }
    }

    /// Cells whose values are known.
    pub(super) fn of(cells: Vec<CellRange>, values: Vec<String>) -> Self {
        Self { cells, formula: String::new(), values }
    }
}

/// Looks up the values of all lists, now that all sheets are read.
pub(super) fn resolve(book: &mut Book) {
    for index in 0..book.sheets.len() {
        let mut lists = std::mem::take(&mut book.sheets[index].lists);
        lists.truncate(MOST_LISTS);
        for list in lists.iter_mut().filter(|list| list.values.is_empty()) {
            list.values = values(&list.formula, index, book);
        }
        lists.retain(|list| !list.values.is_empty());
        book.sheets[index].lists = lists;
    }
}

/// The values that a formula names for a cell of the sheet with this index.
fn values(formula: &str, own: usize, book: &Book) -> Vec<String> {
    if let Some(inside) = formula.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        let values = inside.split(',').map(|value| value.trim().replace("\"\"", "\""));
        return values.filter(|value| !value.is_empty()).take(MOST_VALUES).collect();
    }
    let mut formula = formula;
    for _ in 0..MOST_NAMES {
        let Some(meant) = book.names.get(&formula.to_lowercase()) else { break };
        formula = meant;
    }
    let Some((sheet, range)) = area(formula) else { return Vec::new() };
    let found = match sheet {
        Some(name) => book.sheets.iter().find(|sheet| sheet.name.eq_ignore_ascii_case(&name)),
        None => book.sheets.get(own),
    };
    found.map(|sheet| texts(sheet, range)).unwrap_or_default()
}

/// The texts in a range.
fn texts(sheet: &Sheet, range: CellRange) -> Vec<String> {
    let from = sheet.rows.partition_point(|row| row.index < range.first_row.0);
    let rows = sheet.rows.iter().skip(from).take_while(|row| row.index <= range.last_row.0);
    let cells = rows.flat_map(|row| &row.cells).filter(|cell| (range.first_column..=range.last_column).contains(&cell.column));
    cells.map(|cell| cell.text.trim().to_owned()).take(MOST_VALUES).collect()
}

/// Sheet and cells of `Lists!$A$1:$A$3`, `'My lists'!A1` or `$A$1:$A$3`.
pub(super) fn area(formula: &str) -> Option<(Option<String>, CellRange)> {
    let (sheet, cells) = match formula.rsplit_once('!') {
        Some((sheet, cells)) => (Some(sheet), cells),
        None => (None, formula),
    };
    let sheet = sheet.map(|name| {
        let quoted = name.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
        quoted.map_or_else(|| name.to_owned(), |name| name.replace("''", "'"))
    });
    Some((sheet, a1::range(cells)?))
}

/// The rows of print titles, as `Plan!$1:$5` or `Plan!$A:$B,Plan!$1:$5` names them.
pub(super) fn title_rows(formula: &str) -> Option<(u32, u32)> {
    let rows = formula.rsplit(',').find_map(|part| {
        let (first, last) = part.rsplit('!').next()?.split_once(':')?;
        let row = |text: &str| text.trim().trim_start_matches('$').parse::<u32>().ok()?.checked_sub(1);
        Some((row(first)?, row(last)?))
    });
    rows.filter(|(first, last)| first <= last)
}

/// Names that a workbook defines, folded, and what they stand for.
pub(super) type Names = BTreeMap<String, String>;

#[cfg(test)]
mod tests {
    use ecow::EcoString;

    use super::*;
    use crate::model::source::Style;

    fn book() -> Book {
        let mut lists = Sheet::new("My lists", true);
        for (row, text) in (0..).zip(["Red", "Amber", "Green"]) {
            lists.put(row, 1, false, EcoString::from(text), Style::default());
        }
        let names = [("ratings", "'My lists'!$B$1:$B$2"), ("alias", "Ratings")];
        let names = names.iter().map(|(name, meant)| ((*name).to_owned(), (*meant).to_owned())).collect();
        Book { sheets: vec![Sheet::new("Plan", false), lists], names, ..Book::default() }
    }

    #[test]
    fn values_are_said_outright_pointed_to_or_named() {
        let book = book();
        assert_eq!(values("\"Yes, No,\"", 0, &book), ["Yes", "No"]);
        assert_eq!(values("'My lists'!$B$2:$B$9", 0, &book), ["Amber", "Green"]);
        assert_eq!(values("Alias", 0, &book), ["Red", "Amber"]);
        assert_eq!(values("$B$1", 1, &book), ["Red"]);
        assert!(values("INDIRECT(A1)", 0, &book).is_empty());
    }

    #[test]
    fn print_titles_are_rows() {
        assert_eq!(title_rows("'Action plan'!$A:$B,'Action plan'!$3:$5"), Some((2, 4)));
        assert_eq!(title_rows("Plan!$A:$B"), None);
    }
}
