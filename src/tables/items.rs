//! Ordinary rows: their cells, the blocks and labels that they open, the item that they become.

use smallvec::SmallVec;

use super::labels;
use super::open::Cells;
use super::open::Open;
use super::open::RowAt;
use super::shapes::matrix;
use crate::model::audit::Became;
use crate::model::diagnostic::Code;
use crate::model::diagnostic::Diagnostic;
use crate::model::field::Field;
use crate::model::field::Meaning;
use crate::model::recognise::Recognise;
use crate::model::source::GridCell;
use crate::model::source::GridRow;
use crate::model::table::Boundary;
use crate::model::table::Content;
use crate::model::table::HeadingKind;
use crate::model::table::Label;
use crate::model::table::Line;
use crate::model::table::Piece;
use crate::model::table::joined;
use crate::model::text::fold;
use crate::model::text::has_words;

impl<'s> Open<'s> {
    /// An ordinary row: one item, or two printed in one.
    pub(super) fn item_row(
        &mut self,
        row: RowAt<'s>,
        mut cells: Cells<'s>,
        recognise: &dyn Recognise,
        lines: &mut Vec<Line<'s>>,
    ) {
        if self.profiles.begin_row() {
            for (column, piece) in &cells {
                self.profiles.learn(*column, piece.text);
            }
        }
        let levels = self.roles.levels.iter();
        let unchosen: Vec<_> = levels.flat_map(|levels| matrix::take_unchosen(&mut cells, levels, recognise)).collect();
        self.note_state(row.row());
        let mut block = self.take_blocks(row, &mut cells, recognise);
        let label_cell = cells.iter().find(|(at, _)| Some(*at) == self.roles.label).map(|(_, piece)| *piece);
        let labels = self.take_labels(&mut cells, recognise);
        self.mend_lost_subject(&mut cells, lines);
        if labels.len() > 1 {
            // A row of the matrix is one, and what it does not choose would be lost between two.
            match self.split_by_labels(&cells).filter(|_| unchosen.is_empty()) {
                Some(halves) => return self.push_labelled(row, halves, &labels, &block, lines),
                // Nothing to part: the row keeps its label as it stands.
                None => self.label = label_cell.map(|piece| Label { piece, meaning: labels[0].meaning, inherited: false }),
            }
        }
        if let Some(halves) = self.split_doubled(&cells).filter(|_| unchosen.is_empty()) {
            block.extend(label_cell);
            return self.push_two(row, halves, &block, lines);
        }
        let blanks = self.take_blanks(&mut cells, recognise);
        if cells.is_empty() {
            // Only a change cell, a milestone or a label: it governs what follows.
            let opened = self.milestone.and_then(|index| self.table.headings.get(index));
            let milestone = opened.is_some_and(|heading| heading.pieces.iter().any(|piece| piece.row == Some(row.number)));
            let became = if milestone { Became::Milestone } else { Became::Section };
            let unsaid = [(Became::Legend, unchosen), (Became::Empty, blanks)];
            return self.push_row(row, became, None, &unsaid, lines);
        }
        if self.lacks_subject(&cells) {
            self.noted.push(Diagnostic::new(Code::RowWithoutSubject, "the cell that says what the row is about is empty"));
        }
        let index = self.push_item(row, cells);
        self.add_notes(row, index);
        self.push_row(row, Became::Item, Some(index), &[(Became::Legend, unchosen)], lines);
    }

    /// The line of a row, and one for each part of it that became something else.
    fn push_row(
        &mut self,
        row: RowAt<'s>,
        became: Became,
        item: Option<usize>,
        parts: &[(Became, Vec<Piece<'s>>)],
        lines: &mut Vec<Line<'s>>,
    ) {
        if parts.iter().all(|(_, pieces)| pieces.is_empty()) {
            return self.push_line(Content::Row(row.row()), became, item, row.number, lines);
        }
        let taken = |cell: &&GridCell| parts.iter().flat_map(|(_, pieces)| pieces).any(|piece| piece.is_whole(cell));
        let kept: Vec<Piece<'s>> =
            row.row().cells.iter().filter(|cell| !taken(cell)).map(|cell| Piece::cell(cell, row.number)).collect();
        let notes = row.row().notes.iter().map(|note| Piece::note(note, row.number));
        let kept: Vec<Piece<'s>> = kept.into_iter().chain(notes).collect();
        if !kept.is_empty() {
            self.push_line(Content::Pieces(kept), became, item, row.number, lines);
        }
        for (became, pieces) in parts.iter().filter(|(_, pieces)| !pieces.is_empty()) {
            self.push_line(Content::Pieces(pieces.clone()), *became, None, row.number, lines);
        }
    }

    /// Notes what the source does to a row as a whole: hides it, strikes it out.
    pub(super) fn note_state(&mut self, row: &GridRow) {
        if row.hidden {
            self.noted.push(Diagnostic::new(Code::RowHidden, "the source hides this row; read like the rest"));
        }
        let length = |struck: bool| {
            let cells = row.cells.iter().filter(|cell| cell.style.struck == struck && has_words(&cell.text));
            cells.map(|cell| cell.text.len()).sum::<usize>()
        };
        if length(true) > length(false) {
            self.noted.push(Diagnostic::new(Code::RowStruck, "the row is struck out: what it says was withdrawn"));
        }
    }

    fn lacks_subject(&self, cells: &Cells<'s>) -> bool {
        let says = |column: &usize| cells.iter().any(|(at, piece)| at == column && has_words(piece.text));
        !self.roles.subjects.is_empty() && !self.roles.subjects.iter().any(says)
    }

    /// Takes the cells out of a row that says nothing but what a form shows where nothing is filled in; a number, or what a
    /// column that nobody knows explains beside it, is not filled in either.
    fn take_blanks(&self, cells: &mut Cells<'s>, recognise: &dyn Recognise) -> Vec<Piece<'s>> {
        let unsaid = |piece: &Piece<'s>| !has_words(piece.text) || recognise.is_placeholder(piece.text);
        let blanks = cells.iter().filter(|(_, piece)| has_words(piece.text) && unsaid(piece)).count();
        let printed = |at: usize| {
            let column = self.table.columns.get(at);
            column.is_some_and(|c| matches!(c.meaning(), None | Some(Meaning::Field(Field::Reference))) && !c.header.is_empty())
        };
        let few = blanks == 0 || !cells.iter().all(|(at, piece)| unsaid(piece) || (blanks > 1 && printed(*at)));
        if few { Vec::new() } else { cells.drain(..).map(|(_, piece)| piece).collect() }
    }

    /// Takes the cells of the change and milestone columns out of the row: they open headings.
    fn take_blocks(&mut self, row: RowAt<'s>, cells: &mut Cells<'s>, recognise: &dyn Recognise) -> Vec<Piece<'s>> {
        let mut taken = Vec::new();
        self.names_change = false;
        for (role, kind) in [(self.roles.change, HeadingKind::Change), (self.roles.milestone, HeadingKind::Milestone)] {
            let Some(column) = role else { continue };
            let second = self.roles.change_name.filter(|_| kind == HeadingKind::Change);
            let own = |at: usize| at == column || Some(at) == second;
            let pieces: Vec<Piece<'s>> = cells.iter().filter(|(at, _)| own(*at)).map(|(_, piece)| *piece).collect();
            // A dash says that the row is about no change.
            let says = |piece: &Piece<'_>| has_words(piece.text) || matches!(piece.text.trim(), "-" | "–" | "—");
            if !pieces.iter().any(says) {
                continue;
            }
            let open = if kind == HeadingKind::Change { self.change } else { self.milestone };
            let text = joined(&pieces);
            let same = open.and_then(|index| self.table.headings.get(index)).is_some_and(|heading| heading.text() == text);
            if !same && kind == HeadingKind::Change && has_words(&text) && is_strip(&text, row, column, recognise) {
                let message = format!("{text:?} in the change column names no change; kept as it stands");
                self.noted.push(Diagnostic::new(Code::ChangeLabelUnreadable, message));
                continue;
            }
            cells.retain(|(at, _)| !own(*at));
            self.names_change |= kind == HeadingKind::Change;
            if !same {
                self.push_heading(kind, pieces.clone());
            }
            taken.extend(pieces);
        }
        taken
    }

    /// Takes the label out of the row and keeps it for the rows below.
    fn take_labels(&mut self, cells: &mut Cells<'s>, recognise: &dyn Recognise) -> SmallVec<[Label<'s>; 2]> {
        let mut labels: SmallVec<[Label<'s>; 2]> = SmallVec::new();
        let Some(column) = self.roles.label else { return labels };
        let cell = cells.iter().position(|(at, piece)| *at == column && has_words(piece.text));
        let Some(cell) = cell else {
            if let Some(label) = &mut self.label {
                label.inherited = true;
            }
            return labels;
        };
        let piece = cells.remove(cell).1;
        let found = labels::split_labels(piece.text, recognise);
        if found.is_empty() {
            labels.push(Label { piece, meaning: None, inherited: false });
        }
        labels.extend(found.into_iter().map(|(text, meaning)| Label {
            piece: piece.part(text),
            meaning: Some(meaning),
            inherited: false,
        }));
        for label in &labels {
            let Some(meaning) = label.meaning else { continue };
            let current = self.label.as_ref().and_then(|label| label.meaning);
            if self.labels_seen.first() == Some(&meaning) && current != Some(meaning) {
                self.boundary = self.boundary.max(Boundary::Labels);
                self.labels_seen.clear();
            }
            if !self.labels_seen.contains(&meaning) {
                self.labels_seen.push(meaning);
            }
        }
        self.label = labels.last().cloned();
        labels
    }
}

/// Whether a change cell is only a strip of the column beside it that bled in: nearly every word of it begins a word of the
/// rows that it stands beside, or it is a letter or two.
fn is_strip(text: &str, row: RowAt<'_>, column: usize, recognise: &dyn Recognise) -> bool {
    /// A strip is a few lines high, and so are rows.
    const ROWS: usize = 4;
    if recognise.heading(text).is_some_and(|guess| guess.similarity * guess.coverage >= 0.5) {
        return false;
    }
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    // "n/a" says that the row is about no change; a letter alone says nothing.
    if letters > 1 && recognise.is_value(text) {
        return false;
    }
    // "C4" and "#4" are short for a change.
    let number = text.trim_start_matches(|c: char| c.is_alphabetic() || c == '#');
    if !is_numbers(number) && letters < 3 {
        return true;
    }
    let own = fold(text);
    let beside = row.rows.iter().skip(row.at).take(ROWS);
    let texts = beside.filter_map(|row| row.cells.iter().find(|cell| cell.column.get() > column && has_words(&cell.text)));
    let beside: Vec<String> = texts.map(|cell| fold(&cell.text)).collect();
    let words: Vec<&str> = beside.iter().flat_map(|text| text.split(' ')).collect();
    let (mut met, mut all) = (0, 0);
    for word in own.split(' ') {
        all += 1;
        met += usize::from(words.iter().any(|other| other.starts_with(word) || (word.len() > 2 && other.ends_with(word))));
    }
    all >= 4 && met * 4 >= 3 * all
}

/// "2", "1 & 3": numbers of changes, and no debris.
fn is_numbers(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits > 0 && text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '&' | ',' | '-' | '–' | '/' | '.'))
}
