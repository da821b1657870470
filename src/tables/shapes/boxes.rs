//! A plan on a page: the names of changes across the top and nothing else, what is done for each below it.

use smallvec::SmallVec;

use super::transposed::Answered;
use super::transposed::Kind;
use super::transposed::Transposed;
use super::transposed::has_answer;
use crate::model::change::ChangeSet;
use crate::model::field::Field;
use crate::model::field::Meaning;
use crate::model::recognise::HeaderGuess;
use crate::model::recognise::Recognise;
use crate::model::source::GridCell;
use crate::model::source::GridRow;
use crate::model::table::Column;
use crate::model::table::HeadingKind;
use crate::model::table::Piece;
use crate::model::text::has_words;
use crate::tables::aside::is_figure;
use crate::tables::open::Open;
use crate::tables::open::RowAt;
use crate::tables::open::add_piece;

/// Fewest texts below the names.
const TEXTS: usize = 2;

/// Reads the rows from `from` on, of which the first is that of the names; `None` where they are anything else.
pub(super) fn read(rows: &[GridRow], from: usize, recognise: &dyn Recognise) -> Option<Transposed> {
    let columns = names(rows.get(from)?, recognise)?;
    let below = |row: &&GridRow| {
        let own = row.texts().all(|cell| columns.contains(&cell.column.get()) && cell.colspan <= 1);
        own && names(row, recognise).is_none()
    };
    let body = || rows[from + 1..].iter().take_while(below);
    let texts = || body().flat_map(GridRow::texts).filter(|cell| has_words(&cell.text));
    let heads = texts().filter(|cell| recognise.is_known_header(&cell.text)).count();
    let plain = texts().filter(|cell| !is_figure(&cell.text)).count();
    let are_boxes = plain >= TEXTS && heads * 2 < plain;
    let end = from + 1 + body().count();
    are_boxes.then(|| Transposed { heads: from..=from, again: Vec::new(), columns, end, kind: Kind::Boxes })
}

/// The columns of a row whose texts are all names of changes, each of another one.
fn names(row: &GridRow, recognise: &dyn Recognise) -> Option<Vec<usize>> {
    /// Fewest names.
    const NAMES: usize = 2;
    let name = |cell: &GridCell| {
        let guess = recognise.heading(&cell.text)?;
        guess.change.filter(|_| cell.colspan <= 1 && (guess.tagged || guess.similarity * guess.coverage >= 0.55))
    };
    let mut named = ChangeSet::NONE;
    let mut columns = Vec::new();
    for cell in row.texts() {
        named = named.with(name(cell).filter(|change| !named.contains(*change))?);
        columns.push(cell.column.get());
    }
    (columns.len() >= NAMES).then_some(columns)
}

/// Pushes an item for each text below a name.
pub(super) fn items<'s>(
    found: &Transposed,
    rows: &'s [GridRow],
    open: &mut Open<'s>,
    recognise: &dyn Recognise,
) -> Vec<Answered<'s>> {
    let mut answered = Vec::new();
    let cell = |at: usize, column: usize| rows[at].cell(column).filter(|cell| has_answer(cell));
    let mut cells = found.columns.iter().flat_map(|column| found.body(rows).filter_map(|at| cell(at, *column)));
    let field = if cells.all(|cell| recognise.level(&cell.text).is_some()) { Field::Status } else { Field::Action };
    let guess = Some(HeaderGuess { meaning: Meaning::Field(field), similarity: 1.0 });
    open.table.columns.push(Column { guess, ..Column::default() });
    for column in &found.columns {
        let heads = found.heads.clone().filter_map(|at| Some((at, rows[at].cell(*column)?)));
        let pieces = heads.map(|(at, cell)| Piece::cell(cell, open.numbers.of(at))).collect();
        open.push_heading(HeadingKind::Section, pieces);
        for at in found.body(rows) {
            let Some(cell) = cell(at, *column) else { continue };
            let row = RowAt { rows, at, number: open.numbers.of(at) };
            let index = open.push_item(row, SmallVec::new());
            let notes = rows[at].notes.iter().filter(|note| note.column.get() == *column);
            if let Some(item) = open.table.items.get_mut(index) {
                add_piece(item, 0, Piece::cell(cell, row.number));
                item.place = &cell.place;
                item.last_place = &cell.place;
                item.notes.extend(notes.map(|note| Piece::note(note, row.number)));
            }
            answered.push((at, &cell.place, index, true));
        }
    }
    answered
}
