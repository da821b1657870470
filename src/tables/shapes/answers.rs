//! Items of a form: one for the change that its questions are about, further ones where it asks for several actions.

use smallvec::SmallVec;

use super::form::Form;
use super::form::FormRow;
use super::form::Pair;
use super::questions::Question;
use crate::model::audit::Became;
use crate::model::field::Field;
use crate::model::field::Meaning;
use crate::model::recognise::Recognise;
use crate::model::source::GridCell;
use crate::model::source::GridRow;
use crate::model::table::Column;
use crate::model::table::Content;
use crate::model::table::HeadingKind;
use crate::model::table::Line;
use crate::model::table::Piece;
use crate::model::text::collapse;
use crate::model::text::has_words;
use crate::tables::open::Open;
use crate::tables::open::RowAt;
use crate::tables::open::add_piece;

/// Where the reading of a form stands.
#[derive(Debug, Default)]
pub(in crate::tables) struct State {
    /// Keys of the questions and their columns.
    columns: Vec<(String, usize)>,
    /// The item that answers go to.
    item: Option<usize>,
    /// Items by the number behind their questions: "Action 2".
    numbered: SmallVec<[(u8, usize); 4]>,
    /// Columns answered in the current item.
    answered: Vec<usize>,
    /// The column of the last question.
    last: Option<usize>,
}

impl State {
    pub(super) fn heading(&mut self) {
        self.item = None;
        self.numbered.clear();
        self.answered.clear();
        self.last = None;
    }

    /// The column of `question`, made where it is asked for the first time.
    pub(super) fn column<'s>(&mut self, question: &Question, piece: Piece<'s>, columns: &mut Vec<Column<'s>>) -> usize {
        let known = self.columns.iter().find(|(key, _)| *key == question.key);
        if let Some((_, column)) = known {
            return *column;
        }
        columns.push(Column {
            header: collapse(piece.text).into_owned(),
            pieces: vec![piece],
            guess: question.likely,
            ..Column::default()
        });
        self.columns.push((question.key.clone(), columns.len() - 1));
        columns.len() - 1
    }

    /// The item that answers go to; `None` where the next one begins it.
    pub(super) fn item(&self) -> Option<usize> {
        self.item
    }

    /// Notes that `question` in `column` was answered in `item`.
    pub(super) fn answer(&mut self, question: &Question, column: usize, item: usize) {
        if self.item != Some(item) {
            self.answered.clear();
        }
        self.item = Some(item);
        self.answered.push(column);
        if let Some(number) = question.number
            && self.numbered.iter().all(|(of, _)| *of != number)
        {
            self.numbered.push((number, item));
        }
    }

    /// Turns to the item that an answer to `question` belongs to: that of its number, or a new one where an action is asked for
    /// again.
    pub(super) fn turn(&mut self, question: &Question, column: usize) {
        if let Some(number) = question.number {
            match self.numbered.iter().find(|(of, _)| *of == number) {
                Some((_, item)) => self.item = Some(*item),
                None if self.numbered.is_empty() && number == 1 => {}
                None => self.item = None,
            }
            return;
        }
        let again = self.answered.contains(&column);
        let first = self.columns.first().is_some_and(|(_, first)| *first == column);
        if again && (first || question.meaning() == Some(Meaning::Field(Field::Action))) {
            self.item = None;
        }
    }
}

/// Makes items of the rows of `form`, which begins at row `from` of `rows`.
pub(in crate::tables) fn write<'s>(
    form: Form<'s>,
    from: usize,
    rows: &'s [GridRow],
    open: &mut Open<'s>,
    state: &mut State,
    recognise: &dyn Recognise,
    lines: &mut Vec<Line<'s>>,
) {
    for (offset, kind) in form.rows.into_iter().enumerate() {
        let at = from + offset;
        let row = RowAt { rows, at, number: open.numbers.of(at) };
        let mut writer = Writer { row, open: &mut *open, state: &mut *state, recognise, lines: &mut *lines };
        match kind {
            FormRow::Hidden => writer.whole(Became::Hidden),
            FormRow::Blank => writer.whole(Became::Empty),
            FormRow::Header => writer.whole(Became::ColumnHeader),
            FormRow::About => writer.whole(Became::Narrative),
            FormRow::Title => {
                writer.open.push_title(row.row().cells.iter().map(|cell| Piece::cell(cell, row.number)).collect());
                writer.whole(Became::Section);
            }
            FormRow::Heading => writer.heading(),
            FormRow::Change(pair, beside) => writer.change(&pair, beside),
            FormRow::Pairs(pairs) => {
                // Beside a question without an answer nothing stands but itself again, where a merged cell was written out.
                let alone = matches!(&pairs[..], [pair] if pair.answers.is_empty());
                writer.pairs(pairs, alone);
            }
            FormRow::More => writer.more(),
            FormRow::Option { chosen } => writer.option(chosen),
        }
    }
}

/// A row of a form on its way into the table.
struct Writer<'w, 's> {
    row: RowAt<'s>,
    open: &'w mut Open<'s>,
    state: &'w mut State,
    recognise: &'w dyn Recognise,
    lines: &'w mut Vec<Line<'s>>,
}

impl<'s> Writer<'_, 's> {
    fn whole(&mut self, became: Became) {
        self.open.push_line(Content::Row(self.row.row()), became, None, self.row.number, self.lines);
    }

    fn part(&mut self, pieces: Vec<Piece<'s>>, became: Became, item: Option<usize>) {
        if !pieces.is_empty() {
            self.open.push_line(Content::Pieces(pieces), became, item, self.row.number, self.lines);
        }
    }

    fn piece(&self, cell: &'s GridCell) -> Piece<'s> {
        Piece::cell(cell, self.row.number)
    }

    fn heading(&mut self) {
        let shown = self.row.row().cells.iter().find(|cell| has_words(&cell.text)).map(|cell| self.piece(cell));
        self.open.push_heading(HeadingKind::Section, shown.into_iter().collect());
        self.whole(Became::Section);
        self.state.heading();
    }

    /// Comments on a row's cells go with its answers.
    fn notes(&mut self) {
        let notes: Vec<Piece<'s>> = match self.state.item {
            Some(item) => self.open.add_notes(self.row, item),
            None => self.row.row().notes.iter().map(|note| Piece::note(note, self.row.number)).collect(),
        };
        let became = if self.state.item.is_some() { Became::Continuation } else { Became::Narrative };
        self.part(notes, became, self.state.item);
    }

    fn change(&mut self, pair: &Pair<'s>, beside: SmallVec<[Pair<'s>; 2]>) {
        let answers: Vec<Piece<'s>> = pair.answers.iter().map(|cell| self.piece(cell)).collect();
        self.part(vec![self.piece(pair.asked)], Became::ColumnHeader, None);
        self.open.push_heading(HeadingKind::Section, answers.clone());
        self.part(answers, Became::Section, None);
        self.state.heading();
        self.pairs(beside, false);
    }

    fn pairs(&mut self, pairs: SmallVec<[Pair<'s>; 2]>, alone: bool) {
        for pair in pairs {
            let asked = self.piece(pair.asked);
            let column = self.state.column(&pair.question, asked, &mut self.open.table.columns);
            let shown = if alone { self.row.row().texts().map(|cell| self.piece(cell)).collect() } else { vec![asked] };
            self.part(shown, Became::ColumnHeader, None);
            self.state.last = Some(column);
            let answers: Vec<Piece<'s>> = pair.answers.iter().map(|cell| self.piece(cell)).collect();
            if answers.is_empty() {
                continue;
            }
            if answers.iter().all(|piece| self.recognise.is_placeholder(piece.text)) {
                self.part(answers, Became::Empty, None);
                continue;
            }
            self.state.turn(&pair.question, column);
            self.answer(Some(&pair.question), column, answers);
        }
        self.notes();
    }

    fn more(&mut self) {
        let cells = self.row.row().cells.iter();
        let answers: Vec<Piece<'s>> = cells.filter(|cell| has_words(&cell.text)).map(|cell| self.piece(cell)).collect();
        match self.state.last {
            Some(column) => self.answer(None, column, answers),
            None => self.part(answers, Became::Narrative, None),
        }
        self.notes();
    }

    /// One of several answers to choose from: the chosen one is the answer, its mark and the others are not.
    fn option(&mut self, chosen: bool) {
        let cells = self.row.row().texts().map(|cell| self.piece(cell));
        let mut pieces: Vec<Piece<'s>> = cells.collect();
        if let Some(column) = self.state.last.filter(|_| chosen && !pieces.is_empty()) {
            let level = pieces.remove(0);
            self.answer(None, column, vec![level]);
        }
        self.part(pieces, Became::Legend, None);
        self.notes();
    }

    /// Adds the answer to the item in hand, or begins one.
    fn answer(&mut self, question: Option<&Question>, column: usize, answers: Vec<Piece<'s>>) {
        let (index, became) = if let Some(index) = self.state.item {
            (index, Became::Continuation)
        } else {
            self.open.note_state(self.row.row());
            (self.open.push_item(self.row, SmallVec::new()), Became::Item)
        };
        match question {
            Some(question) => self.state.answer(question, column, index),
            None => self.state.item = Some(index),
        }
        if let Some(item) = self.open.table.items.get_mut(index) {
            answers.iter().for_each(|piece| add_piece(item, column, *piece));
            item.last_place = &self.row.row().place;
        }
        self.part(answers, became, Some(index));
    }
}
