//! Rows that are the rest of the item before them, and how they are joined to it.

use smallvec::SmallVec;

use super::open::Cells;
use super::open::Open;
use super::open::RowAt;
use super::open::add_piece;
use super::pages;
use super::shapes::tail;
use crate::model::audit::Became;
use crate::model::diagnostic::Code;
use crate::model::diagnostic::Diagnostic;
use crate::model::field::Field;
use crate::model::field::Meaning;
use crate::model::location::Place;
use crate::model::numbering::numbered;
use crate::model::recognise::HeaderGuess;
use crate::model::recognise::Recognise;
use crate::model::source::GridRow;
use crate::model::table::Boundary;
use crate::model::table::Content;
use crate::model::table::Heading;
use crate::model::table::Item;
use crate::model::table::ItemCell;
use crate::model::table::Line;
use crate::model::table::Piece;
use crate::model::text::has_words;

impl<'s> Open<'s> {
    /// Whether the row is the rest of the last item: torn over a page break, or without a subject and nearly empty.
    pub(super) fn is_rest_of_last(&self, cells: &Cells<'s>) -> bool {
        let Some(last) = self.table.items.last() else { return false };
        if self.boundary >= Boundary::Milestone {
            return false;
        }
        let has = |column: Option<usize>| column.is_some_and(|c| cells.iter().any(|(at, p)| *at == c && has_words(p.text)));
        let leads_with_number =
            |column: &usize| cells.iter().any(|(at, piece)| at == column && numbered(piece.text).is_some_and(|n| n.levels > 1));
        if has(self.roles.reference) || has(self.roles.label) || self.roles.subjects.iter().any(leads_with_number) {
            return false;
        }
        let subjects: SmallVec<[usize; 2]> = if self.roles.subjects.is_empty() {
            self.profiles.longest().into_iter().collect()
        } else {
            self.roles.subjects.clone()
        };
        if !subjects.iter().any(|column| has(Some(*column))) && !has(self.roles.change) && !has(self.roles.milestone) {
            let filled = cells.iter().filter(|(_, piece)| has_words(piece.text)).count();
            return filled == 1 || filled * 5 <= 2 * last.cells.len();
        }
        // No page breaks a row of a sheet.
        let paged = self.boundary == Boundary::Page && !last.place.is_on_sheet();
        paged && (is_other_half(cells, last, &subjects) || self.is_torn(cells, last))
    }

    fn is_torn(&self, cells: &Cells<'s>, last: &Item<'s>) -> bool {
        let befores: SmallVec<[_; 12]> = cells
            .iter()
            .map(|(column, _)| {
                let block = if Some(*column) == self.roles.milestone {
                    self.milestone
                } else if Some(*column) == self.roles.change {
                    self.change
                } else {
                    None
                };
                match block.and_then(|index| self.table.headings.get(index)) {
                    Some(heading) => heading.text(),
                    None => last.cell(*column).map(ItemCell::text).unwrap_or_default(),
                }
            })
            .collect();
        let alone = cells.iter().filter(|(_, piece)| has_words(piece.text)).count() == 1;
        let hint = self.lack(cells) + if alone && last.cells.len() >= 3 { ALONE } else { 0.0 };
        is_torn(
            hint,
            cells.iter().zip(&befores).map(|((column, piece), before)| Joint {
                before,
                after: piece.text,
                prose: self.roles.prose.get(*column).copied().unwrap_or(true),
            }),
        )
    }

    /// How much it speaks for a torn row that columns which nearly every row fills, free text aside, are all blank here.
    fn lack(&self, cells: &Cells<'s>) -> f64 {
        let usual = self.profiles.usually_filled().filter(|column| !self.roles.prose.get(*column).copied().unwrap_or(true));
        let filled = |column: usize| cells.iter().any(|(at, piece)| *at == column && has_words(piece.text));
        match usual.clone().count() {
            _ if usual.clone().any(filled) => 0.0,
            0 => 0.0,
            1 => 1.0,
            _ => 1.5,
        }
    }

    /// Whether the only text of a row, in `column`, may be the rest of a row torn over a page break though it reads like a
    /// heading: headings stand in the first column, or over several, or look unlike the items.
    pub(super) fn may_be_torn(&self, column: usize, cells: &Cells<'s>) -> bool {
        let elsewhere = !self.section_columns.is_empty() && !self.section_columns.contains(&column);
        self.boundary == Boundary::Page
            && (elsewhere || self.roles.change.is_some_and(|change| change < column))
            && self.roles.subjects.contains(&column)
            && self.lack(cells) > 0.0
    }

    /// Gives the item right above what a row says of it, where its only text opens with a header: "Progress: agreed by the
    /// board". False where it is no such row.
    pub(super) fn answer_last(
        &mut self,
        row: RowAt<'s>,
        cells: &Cells<'s>,
        recognise: &dyn Recognise,
        lines: &mut Vec<Line<'s>>,
    ) -> bool {
        let Some((key, value, guess)) = answer(cells, recognise) else { return false };
        // The row may stand on the next page.
        let near = matches!(self.boundary, Boundary::None | Boundary::Page);
        let Some(last) = self.table.items.last().filter(|_| near) else { return false };
        // Where the rows stand under heads such as "Lead: Ann Lee", the next of these is no answer.
        let heads = |heading: &Heading<'_>| {
            let text = heading.text();
            tail::keyed(&text).and_then(|(key, _)| recognise.header(key)).is_some_and(|other| other.meaning == guess.meaning)
        };
        let column = self.table.columns.iter().position(|column| column.meaning() == Some(guess.meaning));
        let said = column.is_some_and(|column| last.cell(column).is_some_and(|cell| has_words(&cell.text())));
        if said || self.table.headings.iter().any(heads) {
            return false;
        }
        let column = column.unwrap_or_else(|| {
            let column = self.add_column(key.text, key, Some(guess));
            self.settle();
            column
        });
        let index = self.table.items.len() - 1;
        if let Some(item) = self.table.items.get_mut(index) {
            item.last_place = &row.row().place;
            self.boundary = Boundary::None;
            add_piece(item, column, value);
        }
        let mut pieces = vec![value];
        pieces.extend(self.add_notes(row, index));
        self.push_line(Content::Pieces(vec![key]), Became::ColumnHeader, None, row.number, lines);
        self.push_line(Content::Pieces(pieces), Became::Continuation, Some(index), row.number, lines);
        true
    }

    /// Takes the row `at`, the first on its page, as the rest of the last item's; false where there is none that it could go on
    /// with.
    pub(super) fn torn_row(&mut self, rows: &'s [GridRow], at: usize, lines: &mut Vec<Line<'s>>) -> bool {
        if self.table.items.is_empty() || self.boundary != Boundary::Page {
            return false;
        }
        let row = RowAt { rows, at, number: self.numbers.of(at) };
        let cells = self.cells(row.row(), row.number);
        self.continue_last(row, cells, lines);
        true
    }

    pub(super) fn continue_last(&mut self, row: RowAt<'s>, cells: Cells<'s>, lines: &mut Vec<Line<'s>>) {
        let torn = self.boundary == Boundary::Page;
        self.boundary = Boundary::None;
        let index = self.table.items.len().saturating_sub(1);
        for (column, piece) in cells {
            let block = [(self.roles.milestone, self.milestone), (self.roles.change, self.change)];
            let heading = block.into_iter().find(|(role, _)| *role == Some(column)).and_then(|(_, heading)| heading);
            if let Some(heading) = heading.and_then(|h| self.table.headings.get_mut(h)) {
                heading.pieces.push(piece);
            } else if let Some(item) = self.table.items.get_mut(index) {
                add_piece(item, column, piece);
            }
        }
        if let Some(item) = self.table.items.get_mut(index) {
            item.last_place = &row.row().place;
            if torn {
                item.diagnostics.push(Diagnostic::new(Code::RowTorn, "torn over a page break; joined with the row after it"));
            }
        }
        self.add_notes(row, index);
        self.push_line(Content::Row(row.row()), Became::Continuation, Some(index), row.number, lines);
    }
}

/// Whether a row holds what the last item lacks, its subject too, and nothing that it has: a cell that did not fit on the page
/// stands whole on the next one.
fn is_other_half(cells: &Cells<'_>, last: &Item<'_>, subjects: &[usize]) -> bool {
    let page = |place: &Place| if let Place::Region(region) = place { Some(region.page) } else { None };
    let next = cells.first().and_then(|(_, piece)| page(piece.place));
    if next.is_none() || next == page(last.last_place) {
        return false;
    }
    let said = |column: usize| last.cell(column).is_some_and(|cell| has_words(&cell.text()));
    let apart = cells.iter().all(|(column, piece)| !has_words(piece.text) || !said(*column));
    apart && last.cells.len() >= HALF && !subjects.iter().any(|column| said(*column))
}

/// The header that the only text of a row opens with, what stands behind it, and what the header means.
fn answer<'s>(cells: &Cells<'s>, recognise: &dyn Recognise) -> Option<(Piece<'s>, Piece<'s>, HeaderGuess)> {
    let [(_, piece)] = cells.as_slice() else { return None };
    let (key, value) = tail::keyed(piece.text)?;
    let guess = recognise.header(key).filter(|_| recognise.is_known_header(key))?;
    let tells = |field: Field| !field.is_subject() && !matches!(field, Field::Reference | Field::Milestone);
    matches!(guess.meaning, Meaning::Field(field) if tells(field)).then(|| (piece.part(key), piece.part(value), guess))
}

/// A cell before and after a break.
struct Joint<'a> {
    /// The cell of the item before, empty where it has none.
    before: &'a str,
    /// The cell of the row.
    after: &'a str,
    /// The column holds free text.
    prose: bool,
}

/// Half of a row that a page parted has so many cells.
const HALF: usize = 2;

/// How much it speaks for a torn row that one cell alone is filled, where the item before has several.
const ALONE: f64 = 1.0;

/// From which sum on a row after a page break is the rest of the item before it: one clear sign, and no sign against.
const TORN: f64 = 0.9;

/// Whether the cells after a page break run on from the cells before it.
fn is_torn<'a>(hint: f64, joints: impl Iterator<Item = Joint<'a>>) -> bool {
    hint + joints.map(|joint| joint_score(&joint)).sum::<f64>() >= TORN
}

fn joint_score(joint: &Joint<'_>) -> f64 {
    let (before, after) = (joint.before.trim(), joint.after.trim());
    if after.is_empty() {
        return 0.0;
    }
    if is_year(after) && is_month(before) || pages::parts_date(before, after) {
        return 2.0;
    }
    if runs_out(before) {
        return 1.3;
    }
    if !joint.prose {
        // Two complete short values are two rows; a short value where there was none says little.
        return if before.is_empty() { -0.3 } else { -1.2 };
    }
    let opens = after.starts_with(|c: char| c.is_lowercase() || matches!(c, '(' | ')' | ',' | ';' | '&'));
    let closed = before.ends_with(['.', '?', '!', ';', ':']);
    match (opens, before.is_empty(), closed) {
        (true, true, _) => 0.3,
        (true, false, false) => 1.3,
        (true, false, true) => 0.4,
        (false, true, _) => -0.3,
        (false, false, true) => -1.0,
        (false, false, false) => -0.5,
    }
}

/// Whether `text` ends in a word or mark that wants another: "Head of", "Westmarch Council /".
fn runs_out(text: &str) -> bool {
    const OPEN: [&str; 9] = ["of", "and", "the", "with", "from", "&", "/", "a", "an"];
    text.rsplit(char::is_whitespace).next().is_some_and(|word| word.len() < text.len() && OPEN.contains(&word))
}

fn is_year(text: &str) -> bool {
    matches!(text.len(), 2 | 4) && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_month(text: &str) -> bool {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let word = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    let start: String = word.chars().take(3).flat_map(char::to_lowercase).collect();
    MONTHS.contains(&start.as_str()) && word.chars().all(|c| c.is_alphabetic() || c == '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn torn(cells: &[(&str, &str, bool)]) -> bool {
        is_torn(0.0, cells.iter().map(|(before, after, prose)| Joint { before, after, prose: *prose }))
    }

    #[test]
    fn a_sentence_that_runs_on_is_torn() {
        assert!(torn(&[("Ward staff to refer to the", "community team. New leaflet.", true), ("September", "2018", false)]));
        assert!(torn(&[("Patients who need", "support at home", true)]));
    }

    #[test]
    fn short_cells_that_want_another_word_are_torn() {
        assert!(torn(&[
            ("Ward staff refer", "patients early", true),
            ("Head of", "Brokerage", false),
            ("31/03/201", "8", false)
        ]));
        assert!(torn(&[("Westmarch Council /", "Eastvale CCG", false)]));
        assert!(!torn(&[("Ward staff refer.", "Leaflet printed", true), ("31/03/2018", "8", false)]));
    }

    #[test]
    fn a_row_of_its_own_is_not() {
        assert!(!torn(&[("Ward staff refer.", "Leaflet printed", true), ("May 2018", "June 2018", false)]));
        assert!(!torn(&[("Ward staff refer", "Leaflet printed", true)]));
        assert!(!torn(&[("Ward staff refer", "eRecords in place", true), ("Established", "Mature", false)]));
    }
}
