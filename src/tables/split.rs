//! Two rows printed in one: two items of one row of the source.

use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use super::doubled;
use super::open::Cells;
use super::open::Open;
use super::open::RowAt;
use crate::model::audit::Became;
use crate::model::diagnostic::Code;
use crate::model::diagnostic::Diagnostic;
use crate::model::numbering::is_reference_only;
use crate::model::numbering::numbered;
use crate::model::table::Boundary;
use crate::model::table::Content;
use crate::model::table::Label;
use crate::model::table::Line;
use crate::model::table::Piece;
use crate::model::text::has_words;

impl<'s> Open<'s> {
    /// A row whose leading subject is empty while the row above holds two in one cell: the second is moved down.
    pub(super) fn mend_lost_subject(&mut self, cells: &mut Cells<'s>, lines: &mut Vec<Line<'s>>) {
        let Some(&column) = self.roles.subjects.first() else { return };
        if self.boundary > Boundary::Page || cells.iter().any(|(at, piece)| *at == column && has_words(piece.text)) {
            return;
        }
        let known = self.known_values(column);
        let index = self.table.items.len();
        let Some(last) = self.table.items.last_mut() else { return };
        let Some(cell) = last.cells.iter_mut().find(|cell| cell.column.get() == column) else { return };
        let [piece] = cell.pieces.as_mut_slice() else { return };
        let Some((left, right)) = doubled::at_known(piece.text, &known) else { return };
        let whole = *piece;
        let held = lines.iter_mut().rev().find(|line| line.item == Some((self.index, index - 1)) && line.row == whole.row);
        let Some(line) = held else { return };
        // The row's line keeps what stays in it; what is moved gets a line of its own.
        let pieces: Vec<Piece<'s>> = match &line.content {
            Content::Row(row) => row.cells.iter().map(|cell| Piece::cell(cell, line.row.unwrap_or(0))).collect(),
            Content::Pieces(pieces) => pieces.clone(),
            Content::Text(_) => return,
        };
        let keep =
            |p: Piece<'s>| if std::ptr::eq(p.place, whole.place) && std::ptr::eq(p.text, whole.text) { p.part(left) } else { p };
        line.content = Content::Pieces(pieces.into_iter().map(keep).collect());
        let moved = whole.part(right);
        *piece = whole.part(left);
        last.diagnostics.push(Diagnostic::new(Code::RowDoubled, "held the text of the next row too; split"));
        cells.push((column, moved));
        cells.sort_by_key(|(at, _)| *at);
        self.push_line(Content::Pieces(vec![moved]), Became::Item, Some(index), moved.row.unwrap_or(0), lines);
    }

    /// The texts that stand alone in the cells of `column`, as far as the table has been read.
    fn known_values(&self, column: usize) -> FxHashSet<String> {
        const LOOK_BACK: usize = 2_000;
        let items = self.table.items.iter().rev().take(LOOK_BACK);
        items.filter_map(|item| item.cell(column)).map(|cell| cell.text().into_owned()).filter(|text| has_words(text)).collect()
    }

    /// Two rows in one: at least two cells hold the same words twice.
    pub(super) fn split_doubled(&self, cells: &Cells<'s>) -> Option<[Cells<'s>; 2]> {
        let repeats = cells.iter().filter(|(_, piece)| piece.text.len() >= 8 && doubled::repeated(piece.text).is_some()).count();
        let references = self.roles.reference.and_then(|column| cells.iter().find(|(at, _)| *at == column));
        if repeats < 2 && references.and_then(|(_, piece)| two_references(piece.text)).is_none() {
            return None;
        }
        let (mut left, mut right): (Cells<'s>, Cells<'s>) = (SmallVec::new(), SmallVec::new());
        for (column, piece) in cells {
            let prose = self.roles.prose.get(*column).copied().unwrap_or(true);
            let reference = self.roles.reference == Some(*column);
            let parts = doubled::repeated(piece.text)
                .or_else(|| reference.then(|| two_references(piece.text)).flatten())
                .or_else(|| doubled::at_known(piece.text, &self.known_values(*column)))
                .or_else(|| (!prose).then(|| doubled::two_words(piece.text)).flatten())
                .or_else(|| prose.then(|| doubled::at_sentence(piece.text)).flatten())
                .or_else(|| prose.then(|| doubled::at_capital(piece.text)).flatten());
            match parts {
                Some((first, second)) => {
                    left.push((*column, piece.part(first)));
                    right.push((*column, piece.part(second)));
                }
                None => left.push((*column, *piece)),
            }
        }
        Some([left, right])
    }

    /// Two labels in one label cell: the text is split between them, what cannot be split goes to the last; `None` where no
    /// text can be split.
    pub(super) fn split_by_labels(&self, cells: &Cells<'s>) -> Option<[Cells<'s>; 2]> {
        let (mut left, mut right): (Cells<'s>, Cells<'s>) = (SmallVec::new(), SmallVec::new());
        for (column, piece) in cells {
            let subject = self.roles.subjects.contains(column);
            let parts = subject.then(|| doubled::at_sentence(piece.text).or_else(|| doubled::at_capital(piece.text))).flatten();
            if let Some((first, second)) = parts {
                left.push((*column, piece.part(first)));
                right.push((*column, piece.part(second)));
            } else {
                right.push((*column, *piece));
            }
        }
        (!left.is_empty()).then_some([left, right])
    }

    /// Two items, each with its label.
    pub(super) fn push_labelled(
        &mut self,
        row: RowAt<'s>,
        halves: [Cells<'s>; 2],
        labels: &[Label<'s>],
        block: &[Piece<'s>],
        lines: &mut Vec<Line<'s>>,
    ) {
        for (position, (cells, label)) in halves.into_iter().zip(labels).enumerate() {
            self.label = Some(label.clone());
            let mut pieces: Vec<Piece<'s>> = if position == 0 { block.to_vec() } else { Vec::new() };
            pieces.push(label.piece);
            let index = self.push_part(row, cells, &mut pieces);
            if position == 0 {
                pieces.extend(self.add_notes(row, index));
            }
            self.push_line(Content::Pieces(pieces), Became::Item, Some(index), row.number, lines);
        }
    }

    pub(super) fn push_two(&mut self, row: RowAt<'s>, halves: [Cells<'s>; 2], block: &[Piece<'s>], lines: &mut Vec<Line<'s>>) {
        for (position, cells) in halves.into_iter().enumerate() {
            let mut pieces = if position == 0 { block.to_vec() } else { Vec::new() };
            let index = self.push_part(row, cells, &mut pieces);
            if position == 0 {
                pieces.extend(self.add_notes(row, index));
            }
            self.push_line(Content::Pieces(pieces), Became::Item, Some(index), row.number, lines);
        }
    }

    /// One item of a row that holds two; adds its pieces to those of its line.
    fn push_part(&mut self, row: RowAt<'s>, cells: Cells<'s>, pieces: &mut Vec<Piece<'s>>) -> usize {
        pieces.extend(cells.iter().map(|(_, piece)| *piece));
        let index = self.push_item(row, cells);
        if let Some(item) = self.table.items.get_mut(index) {
            item.diagnostics.push(Diagnostic::new(Code::RowDoubled, "two rows stood in one; split"));
        }
        index
    }
}

/// The two references of a cell that holds nothing else.
fn two_references(text: &str) -> Option<(&str, &str)> {
    let (first, second) = text.trim().split_once(char::is_whitespace)?;
    let second = second.trim_start();
    let whole = |part: &str| is_reference_only(part) && numbered(part).is_some_and(|number| number.levels > 1);
    (whole(first) && whole(second)).then_some((first, second))
}
