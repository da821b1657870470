//! Where the links of cells lead. A person has that with a click, so it is kept beside the cell, as a comment on it is.

use rustc_hash::FxHashMap;

use super::sheet::Sheet;
use crate::model::location::CellRange;

/// Longest target in bytes that is kept: Excel takes no longer one.
const LONGEST: usize = 2_083;

/// How many of a sheet's links are kept: Excel takes no more.
const MOST: usize = 65_530;

/// What programs write before an address that people leave out.
const BEFORE: [&str; 4] = ["mailto:", "https://", "http://", "www."];

impl Sheet {
    /// Notes that a click on `cells` leads to `target`; of several cells the first has the text.
    pub(super) fn link(&mut self, cells: &CellRange, target: &str) {
        if has_scheme(target) && target.len() <= LONGEST && self.links.len() < MOST {
            self.links.push((cells.first_row.0, cells.first_column.0, target.trim().to_owned()));
        }
    }

    /// Notes where links lead whose targets `outside` tells by their ids.
    pub(super) fn resolve_links(&mut self, outside: &FxHashMap<&str, &str>) {
        for (cells, id, place) in std::mem::take(&mut self.linked) {
            let Some(target) = outside.get(id.as_str()).copied() else { continue };
            if place.is_empty() {
                self.link(&cells, target);
            } else {
                self.link(&cells, &format!("{target}#{place}"));
            }
        }
    }

    /// Puts the targets that say more than their cells beside them, below the comments that are there.
    pub(super) fn tell_links(&mut self) {
        for (row, column, target) in std::mem::take(&mut self.links) {
            let cells = self.rows.binary_search_by_key(&row, |row| row.index).ok().map(|at| &self.rows[at].cells);
            let cell = cells.and_then(|cells| cells.iter().find(|cell| cell.column.0 == column));
            if cell.is_none_or(|cell| is_told(&target, &cell.text)) {
                continue;
            }
            let note = self.notes.entry((row, column)).or_default();
            if !note.is_empty() {
                note.push('\n');
            }
            note.push_str(&target);
        }
    }
}

/// Whether `target` leads out of the workbook. A path without a scheme is one in its author's own folders.
fn has_scheme(target: &str) -> bool {
    let scheme = target.trim_start().split_once(':').map(|(scheme, _)| scheme);
    // One letter is a drive.
    scheme.is_some_and(|scheme| {
        scheme.len() > 1 && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
    })
}

/// Whether the text of a cell has the address that its link leads to.
fn is_told(target: &str, text: &str) -> bool {
    let mut address = target.to_lowercase();
    for before in BEFORE {
        if let Some(rest) = address.strip_prefix(before) {
            address = rest.to_owned();
        }
    }
    let address = address.split('?').next().unwrap_or_default().trim_end_matches('/');
    text.to_lowercase().contains(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_the_text_has_are_told() {
        assert!(is_told("mailto:ann.lee@westmarch.example?subject=Plan", "Ann Lee (Ann.Lee@westmarch.example)"));
        assert!(is_told("https://www.westmarch.example/", "westmarch.example"));
        assert!(!is_told("mailto:ann.lee@westmarch.example", "Ann Lee"));
        assert!(!is_told("https://westmarch.example/plan", "westmarch.example"));
    }

    #[test]
    fn places_in_the_workbook_and_paths_are_no_targets() {
        assert!(has_scheme("https://westmarch.example") && has_scheme("file:///C:/plan.docx") && has_scheme("mailto:a@b"));
        assert!(
            !has_scheme("Sheet2!A1") && !has_scheme("#Sheet2") && !has_scheme("C:\\plan.docx") && !has_scheme("plan%20b.docx")
        );
    }
}
