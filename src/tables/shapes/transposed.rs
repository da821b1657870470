//! A table on its side: the changes across the top, the questions down the first column. Each change's column is a form.

use smallvec::SmallVec;

use super::answers::State;
use super::boxes;
use super::questions::Question;
use super::questions::is_asked;
use crate::model::audit::Became;
use crate::model::change::ChangeNumber;
use crate::model::field::Field;
use crate::model::field::Meaning;
use crate::model::location::Place;
use crate::model::numbering::numbered;
use crate::model::recognise::HeaderGuess;
use crate::model::recognise::Mark;
use crate::model::recognise::Recognise;
use crate::model::source::GridCell;
use crate::model::source::GridRow;
use crate::model::source::Note;
use crate::model::table::Column;
use crate::model::table::Content;
use crate::model::table::HeadingKind;
use crate::model::table::Label;
use crate::model::table::Line;
use crate::model::table::Piece;
use crate::model::text::fold;
use crate::model::text::has_words;
use crate::tables::open::Open;
use crate::tables::open::RowAt;
use crate::tables::open::add_piece;

/// How many rows of a title may stand above the changes.
const TITLES: usize = 4;

/// Rows with changes across and questions down.
#[derive(Debug)]
pub(in crate::tables) struct Transposed {
    /// The row with the changes, and the last that names them: "Change 1" above its name.
    pub(super) heads: std::ops::RangeInclusive<usize>,
    /// Rows that name them again, at the top of a page.
    pub(super) again: Vec<usize>,
    /// The columns of the changes.
    pub(super) columns: Vec<usize>,
    /// First row behind it.
    pub(in crate::tables) end: usize,
    pub(super) kind: Kind,
}

/// What the rows below the changes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Each asks something.
    Questions,
    /// Each is an area, a site or a time, and its cells are the levels there.
    Levels,
    /// They have no label, and each cell is for itself.
    Boxes,
}

/// So many levels under changes make a table of them.
const RATED: usize = 4;

/// The first row of changes of a table on its side that begins with `rows`.
pub(in crate::tables) fn head<'r>(rows: &'r [GridRow], recognise: &dyn Recognise) -> Option<&'r GridRow> {
    rows.iter().take(TITLES + 1).find(|row| changes(row, recognise).is_some())
}

/// Reads the rows from `from` on; `None` where they are anything else.
pub(in crate::tables) fn read(rows: &[GridRow], from: usize, recognise: &dyn Recognise) -> Option<Transposed> {
    if let Some(found) = boxes::read(rows, from, recognise) {
        return Some(found);
    }
    let is_head = |at: usize| changes(&rows[at], recognise);
    let reach = rows.len().min(from + TITLES + 1);
    let (head, columns) = (from..reach).find_map(|at| Some(at).zip(is_head(at)))?;
    if (from..head).any(|at| rows[at].texts().count() > 2) {
        return None;
    }
    let first = *columns.first()?;
    let second = rows.get(head + 1).is_some_and(|row| {
        let asks = |cell: &GridCell| Question::read(&cell.text, recognise).and_then(|question| question.meaning());
        let labelled = label(row, first).and_then(asks).is_some_and(|meaning| meaning != Meaning::Change);
        !labelled && changes(row, recognise).is_some_and(|below| below == columns)
    });
    let last = head + usize::from(second);
    let mut end = last + 1;
    let mut again = Vec::new();
    let (mut known, mut asked) = (0, 0);
    let (mut answers, mut levels) = (0, 0);
    // Rows of levels under labels that ask nothing: "Royal – current", "Royal – target Dec 2018".
    let mut stated: SmallVec<[Vec<String>; 4]> = SmallVec::new();
    // Each quarter is a question of its own.
    let mut meanings: SmallVec<[(Meaning, Option<String>); 8]> = SmallVec::new();
    while let Some(row) = rows.get(end) {
        if (head..=last).any(|head| is_again(row, &rows[head])) {
            again.push(end);
            end += 1;
            continue;
        }
        if changes(row, recognise).is_some() || ends(row, recognise) {
            break;
        }
        if let Some(question) = label(row, first).and_then(|cell| Question::read(&cell.text, recognise).map(|q| (cell, q))) {
            let (cell, question) = question;
            let levels = states_levels(row, &columns, recognise);
            let guess = guess(cell, &question, recognise).filter(|guess| !levels || guess.is_sure());
            asked += 1;
            known += usize::from(guess.is_some() || is_asked(&cell.text));
            if guess.is_none() && levels {
                stated.push(subject(&cell.text, recognise));
            }
            let meaning = guess.map(|guess| guess.meaning);
            let timed = meaning == Some(Meaning::Timescale);
            let meaning = meaning.map(|meaning| (meaning, timed.then(|| question.key.clone())));
            meanings.extend(meaning.filter(|meaning| !meanings.contains(meaning)));
        }
        let cells = columns.iter().filter_map(|column| row.cell(*column)).filter(|cell| has_words(&cell.text));
        for cell in cells {
            answers += 1;
            levels += usize::from(recognise.level(&cell.text).is_some());
        }
        end += 1;
    }
    let of_one = known > 0 && !stated.is_empty() && stated.windows(2).all(|pair| pair[0] == pair[1]);
    let extra = if of_one { stated.len() } else { 0 };
    let asks = meanings.len() + usize::from(of_one) >= 2 && (known + extra) * 2 >= asked;
    let rated = !asks && known == 0 && answers >= RATED && levels * 5 >= answers * 4;
    let kind = if rated { Kind::Levels } else { Kind::Questions };
    (asks || rated).then_some(Transposed { heads: head..=last, again, columns, end, kind })
}

/// Whether the cells of a row under changes are levels and nothing else.
fn states_levels(row: &GridRow, columns: &[usize], recognise: &dyn Recognise) -> bool {
    let mut said = columns.iter().filter_map(|column| row.cell(*column)).filter(|cell| has_words(&cell.text)).peekable();
    said.peek().is_some() && said.all(|cell| recognise.level(&cell.text).is_some())
}

/// What a label of levels is about, without the words that say when they are reached: "royal" of "Royal – target Dec 2018".
fn subject(text: &str, recognise: &dyn Recognise) -> Vec<String> {
    let when = |word: &str| recognise.says_when(word) || recognise.is_known_header(word);
    fold(text).split(' ').filter(|word| !when(word)).map(str::to_owned).collect()
}

/// The columns of a row that name changes, where most of its cells behind the first do.
fn changes(row: &GridRow, recognise: &dyn Recognise) -> Option<Vec<usize>> {
    let cells: Vec<&GridCell> = row.cells.iter().filter(|cell| has_words(&cell.text)).collect();
    if cells.len() < 2 || cells.iter().any(|cell| cell.text.len() > 200) {
        return None;
    }
    let behind = cells.iter().filter(|cell| cell.column.get() > 0);
    let mut columns = Vec::new();
    let mut numbers: Vec<u8> = Vec::new();
    let mut clear = 0;
    for cell in behind.clone() {
        let guess = recognise.heading(&cell.text).filter(|guess| guess.tagged || guess.similarity * guess.coverage >= 0.4);
        let counted = numbered(&cell.text).filter(|number| number.levels == 1 && !number.rest.is_empty());
        clear += usize::from(guess.as_ref().is_some_and(|guess| guess.change.is_some()));
        if guess.is_some() || counted.is_some() {
            columns.push(cell.column.get());
            numbers.extend(guess.and_then(|guess| guess.change).map(ChangeNumber::get));
        }
    }
    numbers.sort_unstable();
    let distinct = numbers.windows(2).all(|pair| pair[0] != pair[1]);
    (clear >= 2 && distinct && columns.len() * 3 >= behind.count() * 2).then_some(columns)
}

/// Whether a row is the head again, which a page repeats at its top.
pub(in crate::tables) fn is_again(row: &GridRow, head: &GridRow) -> bool {
    let said = |row: &GridRow| -> Vec<(usize, String)> {
        let cells = row.cells.iter().filter(|cell| has_words(&cell.text));
        cells.map(|cell| (cell.column.get(), fold(&cell.text))).collect()
    };
    let page = |row: &GridRow| match &row.place {
        Place::Region(region) => Some(region.page),
        _ => None,
    };
    page(head).zip(page(row)).is_some_and(|(head, row)| head < row) && said(row) == said(head)
}

/// Whether a row closes the table: a line of its own behind it.
fn ends(row: &GridRow, recognise: &dyn Recognise) -> bool {
    let mut cells = row.cells.iter().filter(|cell| has_words(&cell.text));
    let (Some(first), None) = (cells.next(), cells.next()) else { return false };
    let question = Question::read(&first.text, recognise).is_some_and(|question| question.guess.is_some());
    first.column.get() == 0 && !question && !is_asked(&first.text)
}

/// The question of a row: the last text before the columns of changes.
fn label(row: &GridRow, first: usize) -> Option<&GridCell> {
    row.cells.iter().rfind(|cell| cell.column.get() < first && has_words(&cell.text))
}

/// What a question means; a level's name asks for a mark.
fn guess(cell: &GridCell, question: &Question, recognise: &dyn Recognise) -> Option<HeaderGuess> {
    let level = recognise.level(&cell.text).map(|level| HeaderGuess { meaning: Meaning::Level(level), similarity: 1.0 });
    level.or(question.likely)
}

/// The cell over `column`, also one that is merged over it.
fn over(row: &GridRow, column: usize) -> Option<&GridCell> {
    row.cells.iter().find(|cell| {
        let from = cell.column.get();
        (from..from + cell.colspan.max(1) as usize).contains(&column) && has_answer(cell)
    })
}

/// Hidden by a page, and no part of it; what a workbook hides is read all the same.
fn is_hidden(row: &GridRow) -> bool {
    row.hidden && !row.place.is_on_sheet()
}

pub(super) fn has_answer(cell: &GridCell) -> bool {
    !cell.text.trim().is_empty()
}

/// Makes an item of each change's column of `found`, and lines of its rows.
pub(in crate::tables) fn write<'s>(
    found: &Transposed,
    from: usize,
    rows: &'s [GridRow],
    open: &mut Open<'s>,
    recognise: &dyn Recognise,
    lines: &mut Vec<Line<'s>>,
) {
    for (at, row) in rows.iter().enumerate().take(*found.heads.start()).skip(from) {
        let number = open.numbers.of(at);
        let pieces: Vec<Piece<'s>> = row.cells.iter().map(|cell| Piece::cell(cell, number)).collect();
        let said = pieces.iter().any(|piece| has_words(piece.text));
        open.push_line(Content::Row(row), if said { Became::Section } else { Became::Empty }, None, number, lines);
        if said {
            open.push_title(pieces);
        }
    }
    let items = match found.kind {
        Kind::Questions => items(found, rows, open, recognise),
        Kind::Levels => levels(found, rows, open, recognise),
        Kind::Boxes => boxes::items(found, rows, open, recognise),
    };
    for at in found.heads.clone() {
        head_lines(&rows[at], at, found, open, lines);
    }
    for (at, row) in rows.iter().enumerate().take(found.end).skip(found.heads.end() + 1) {
        if found.again.contains(&at) {
            open.push_line(Content::Row(row), Became::ColumnHeader, None, open.numbers.of(at), lines);
            continue;
        }
        body_lines(row, at, found, &items, open, lines);
    }
}

impl Transposed {
    /// The rows below the changes that a reader sees.
    pub(super) fn body(&self, rows: &[GridRow]) -> impl Iterator<Item = usize> {
        (self.heads.end() + 1..self.end).filter(|at| !is_hidden(&rows[*at]) && !self.again.contains(at))
    }
}

/// An answer and the item that it went to: row, place of its cell, item, whether it is the item's first.
pub(super) type Answered<'s> = (usize, &'s Place, usize, bool);

/// Pushes the items, column by column, and says which cell went to which.
fn items<'s>(found: &Transposed, rows: &'s [GridRow], open: &mut Open<'s>, recognise: &dyn Recognise) -> Vec<Answered<'s>> {
    let mut answered: Vec<Answered<'s>> = Vec::new();
    let mut state = State::default();
    let first = found.columns.first().copied().unwrap_or(1);
    let means = |row: &GridRow| Question::read(&label(row, first)?.text, recognise)?.likely.map(|guess| guess.meaning);
    let acts = found.body(rows).any(|at| means(&rows[at]) == Some(Meaning::Field(Field::Action)));
    for column in &found.columns {
        let heads = found.heads.clone().filter_map(|at| Some((at, rows[at].cell(*column)?)));
        let pieces = heads.map(|(at, cell)| Piece::cell(cell, open.numbers.of(at))).collect();
        open.push_heading(HeadingKind::Section, pieces);
        state.heading();
        let mut asked = None;
        for at in found.body(rows) {
            // A row without a question is the rest of the row above, cut by the edge of a page.
            let own = label(&rows[at], first);
            asked = own.or(asked);
            let Some(asked) = asked else { continue };
            let Some(mut question) = Question::read(&asked.text, recognise) else { continue };
            let status = HeaderGuess { meaning: Meaning::Field(Field::Status), similarity: 1.0 };
            let levels = states_levels(&rows[at], &found.columns, recognise);
            let guess = guess(asked, &question, recognise).filter(|guess| !levels || guess.is_sure());
            question.guess = guess.or(levels.then_some(status));
            // Under each change nothing but the levels and its priority: that is what is to be done.
            if !acts && question.guess.is_some_and(|guess| guess.meaning == Meaning::Field(Field::Milestone)) {
                question.guess = Some(HeaderGuess { meaning: Meaning::Field(Field::Action), similarity: 1.0 });
            }
            question.likely = question.guess;
            let row = RowAt { rows, at, number: open.numbers.of(at) };
            let place = state.column(&question, Piece::cell(asked, row.number), &mut open.table.columns);
            let Some(cell) = over(&rows[at], *column).filter(|cell| !recognise.is_placeholder(&cell.text)) else { continue };
            let level = matches!(question.meaning(), Some(Meaning::Level(_)));
            if level && recognise.mark(&cell.text) == Some(Mark::Unchosen) && !has_words(&cell.text) {
                continue;
            }
            if own.is_some() {
                state.turn(&question, place);
            }
            let new = state.item().is_none();
            let index = state.item().unwrap_or_else(|| open.push_item(row, SmallVec::new()));
            let notes = rows[at].notes.iter().filter(|note| note.column.get() == *column);
            state.answer(&question, place, index);
            if let Some(item) = open.table.items.get_mut(index) {
                add_piece(item, place, Piece::cell(cell, row.number));
                item.notes.extend(notes.map(|note| Piece::note(note, row.number)));
                item.last_place = &cell.place;
                if new {
                    item.place = &cell.place;
                }
            }
            if answered.iter().all(|(_, place, ..)| !std::ptr::eq(*place, &raw const cell.place)) {
                answered.push((at, &cell.place, index, new));
            }
        }
    }
    answered
}

/// Pushes an item for each level in a table of areas and changes; its row's label says where it holds. A row that sums up
/// others has none.
fn levels<'s>(found: &Transposed, rows: &'s [GridRow], open: &mut Open<'s>, recognise: &dyn Recognise) -> Vec<Answered<'s>> {
    let mut answered: Vec<Answered<'s>> = Vec::new();
    let first = found.columns.first().copied().unwrap_or(1);
    let guess = Some(HeaderGuess { meaning: Meaning::Field(Field::Status), similarity: 1.0 });
    open.table.columns.push(Column { guess, ..Column::default() });
    for column in &found.columns {
        let heads = found.heads.clone().filter_map(|at| Some((at, rows[at].cell(*column)?)));
        let pieces = heads.map(|(at, cell)| Piece::cell(cell, open.numbers.of(at))).collect();
        open.push_heading(HeadingKind::Section, pieces);
        // The last item, and what it is about.
        let mut last: Option<(Vec<String>, usize)> = None;
        for at in found.body(rows) {
            let label = label(&rows[at], first).filter(|cell| !recognise.is_summary(&cell.text));
            let (Some(label), Some(cell)) = (label, rows[at].cell(*column).filter(|cell| has_words(&cell.text))) else {
                continue;
            };
            let row = RowAt { rows, at, number: open.numbers.of(at) };
            open.label = Some(Label { piece: Piece::cell(label, row.number), meaning: None, inherited: false });
            let piece = Piece::cell(cell, row.number);
            let planned = recognise.is_planned(&label.text);
            let about = subject(&label.text, recognise);
            let place = usize::from(planned);
            if planned && open.table.columns.len() == 1 {
                // "target Dec 2018": whose it is stands in the row's label.
                let when: Vec<&str> = label.text.split_whitespace().filter(|word| !about.contains(&fold(word))).collect();
                let header = when.join(" ").trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
                open.table.columns.push(Column { header, guess, ..Column::default() });
            }
            // The level that is planned for a place is told beside the one there now.
            let beside = last.take().filter(|(of, _)| planned && *of == about).map(|(_, index)| index);
            let index = beside.unwrap_or_else(|| open.push_item(row, SmallVec::new()));
            let notes = rows[at].notes.iter().filter(|note| note.column.get() == *column);
            if let Some(item) = open.table.items.get_mut(index) {
                add_piece(item, place, piece);
                if beside.is_none() {
                    item.place = &cell.place;
                }
                item.last_place = &cell.place;
                item.notes.extend(notes.map(|note| Piece::note(note, row.number)));
            }
            answered.push((at, &cell.place, index, beside.is_none()));
            last = Some((about, index)).filter(|_| !planned);
        }
    }
    open.label = None;
    answered
}

fn head_lines<'s>(row: &'s GridRow, at: usize, found: &Transposed, open: &mut Open<'s>, lines: &mut Vec<Line<'s>>) {
    let number = open.numbers.of(at);
    let (named, others): (Vec<_>, Vec<_>) = row.cells.iter().partition(|cell| found.columns.contains(&cell.column.get()));
    for (cells, became) in [(others, Became::ColumnHeader), (named, Became::Section)] {
        if !cells.is_empty() {
            let mut pieces: Vec<Piece<'s>> = cells.into_iter().map(|cell| Piece::cell(cell, number)).collect();
            if became == Became::Section {
                pieces.extend(row.notes.iter().map(|note| Piece::note(note, number)));
            }
            open.push_line(Content::Pieces(pieces), became, None, number, lines);
        }
    }
}

fn body_lines<'s>(
    row: &'s GridRow,
    at: usize,
    found: &Transposed,
    items: &[Answered<'s>],
    open: &mut Open<'s>,
    lines: &mut Vec<Line<'s>>,
) {
    let number = open.numbers.of(at);
    if is_hidden(row) {
        return open.push_line(Content::Row(row), Became::Hidden, None, number, lines);
    }
    let first = found.columns.first().copied().unwrap_or(1);
    let mut unsaid: [(Became, Vec<Piece<'s>>); 2] = [(Became::ColumnHeader, Vec::new()), (Became::Narrative, Vec::new())];
    let mut said: Vec<(Piece<'s>, usize, bool)> = Vec::new();
    for cell in &row.cells {
        let piece = Piece::cell(cell, number);
        let went = items.iter().find(|(of, place, ..)| *of == at && std::ptr::eq(*place, &raw const cell.place));
        match went {
            Some((_, _, item, new)) => said.push((piece, *item, *new)),
            None if cell.column.get() < first => unsaid[0].1.push(piece),
            None => unsaid[1].1.push(piece),
        }
    }
    let commented = |note: &&Note| said.iter().any(|(piece, ..)| piece.column == Some(note.column));
    let (answered, others): (Vec<&Note>, Vec<&Note>) = row.notes.iter().partition(commented);
    unsaid[1].1.extend(others.into_iter().map(|note| Piece::note(note, number)));
    for (became, pieces) in unsaid {
        if !pieces.is_empty() {
            let became = if pieces.iter().any(|piece| has_words(piece.text)) { became } else { Became::Empty };
            open.push_line(Content::Pieces(pieces), became, None, number, lines);
        }
    }
    for (piece, item, new) in said {
        let became = if new { Became::Item } else { Became::Continuation };
        let notes = answered.iter().filter(|note| piece.column == Some(note.column)).map(|note| Piece::note(note, number));
        let pieces = std::iter::once(piece).chain(notes).collect();
        open.push_line(Content::Pieces(pieces), became, Some(item), number, lines);
    }
    if row.cells.is_empty() {
        open.push_line(Content::Row(row), Became::Empty, None, number, lines);
    }
}
