//! "Deliverable" over a column: where no other says what is done and each row has its own, it is the action and governs nothing.

use rustc_hash::FxHashSet;

use crate::model::field::Field;
use crate::model::field::Meaning;
use crate::model::recognise::HeaderGuess;
use crate::model::recognise::Recognise;
use crate::model::source::GridRow;
use crate::model::table::Column;
use crate::model::text::fold;
use crate::model::text::has_words;
use crate::tables::rows::is_summary_row;

/// How many rows are looked at.
const SAMPLE: usize = 40;

/// Fewest rows that tell by themselves; two where the texts are long.
const ROWS: usize = 3;

/// Mean length in bytes from which texts say what is done; names of projects are shorter.
const TEXT: usize = 24;

/// Lets a milestone's header mean the action where the `rows` below it show that it does.
pub(in crate::tables) fn tell(columns: &mut [Column<'_>], rows: &[GridRow], recognise: &dyn Recognise) {
    // Where things stand may be a word or a date; what is done is a text.
    let subject = |index: usize| match columns[index].meaning() {
        Some(Meaning::Field(Field::CurrentPosition)) => Texts::of(index, rows, recognise).are_long(),
        meaning => meaning.is_some_and(Meaning::is_subject),
    };
    if (0..columns.len()).any(|index| subject(index) || columns[index].is_label) {
        return;
    }
    // A column of texts whose header nobody knows may say what is done too.
    let rival = |index: usize| columns[index].meaning().is_none() && Texts::of(index, rows, recognise).are_long();
    if (0..columns.len()).any(rival) {
        return;
    }
    let milestone = |column: &Column<'_>| column.meaning() == Some(Meaning::Field(Field::Milestone));
    let Some(index) = columns.iter().position(milestone) else { return };
    let texts = Texts::of(index, rows, recognise);
    // Names of projects are as short as what is done: a plan has changes or dates beside them.
    let beside = [Meaning::Change, Meaning::Field(Field::Due), Meaning::Field(Field::Start)];
    let planned = columns.iter().any(|column| column.meaning().is_some_and(|meaning| beside.contains(&meaning)));
    let short = planned && !fold(&columns[index].header).contains("milestone");
    if (texts.are_long() || short) && texts.each_row_has_its_own() {
        let similarity = columns[index].guess.map_or(1.0, |guess| guess.similarity);
        columns[index].guess = Some(HeaderGuess { meaning: Meaning::Field(Field::Action), similarity });
    }
}

/// What the cells of a column look like.
#[derive(Default)]
struct Texts {
    /// Rows with several cells.
    rows: usize,
    filled: usize,
    length: usize,
    distinct: usize,
    merged: bool,
}

impl Texts {
    fn of(index: usize, rows: &[GridRow], recognise: &dyn Recognise) -> Self {
        let mut texts = Self::default();
        let mut seen = FxHashSet::default();
        let sums = |row: &GridRow| is_summary_row(row.texts().map(|cell| cell.text.as_str()), recognise);
        for row in rows.iter().filter(|row| row.texts().nth(1).is_some() && !sums(row)).take(SAMPLE) {
            texts.rows += 1;
            let Some(cell) = row.cell(index).filter(|cell| has_words(&cell.text)) else { continue };
            texts.filled += 1;
            texts.length += cell.text.len();
            texts.merged |= cell.rowspan > 1;
            texts.distinct += usize::from(seen.insert(cell.text.as_str()));
        }
        texts
    }

    fn are_long(&self) -> bool {
        self.filled > 0 && self.length >= TEXT * self.filled
    }

    fn each_row_has_its_own(&self) -> bool {
        self.filled + usize::from(self.are_long()) >= ROWS
            && !self.merged
            && self.distinct == self.filled
            && self.filled * 10 >= self.rows * 9
    }
}
