//! A form: questions and their answers, side by side or one below the other, under the change that they are about.
//!
//! [`read`] tells whether rows are a form and what each of them is; [`write`](super::answers) makes items of it.

use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use super::options::choice;
use super::options::option;
use super::questions::Question;
use super::questions::is_asked;
use crate::model::field::Field;
use crate::model::field::Meaning;
use crate::model::recognise::Recognise;
use crate::model::source::GridCell;
use crate::model::source::GridRow;
use crate::model::text::has_words;
use crate::tables::facts::asks_politely;
use crate::tables::facts::is_about;
use crate::tables::facts::is_fact;
use crate::tables::facts::is_fact_cell;

/// The widest form: two questions with their answers beside each other, or three where each is known and answered.
const COLUMNS: usize = 4;
const COMPLETE: usize = 6;

/// Rows after which a table is told from a form by its width: longer forms repeat themselves before that.
const ENOUGH_ROWS: usize = 64;

/// A question and what stands behind it.
#[derive(Debug)]
pub(in crate::tables) struct Pair<'s> {
    pub(in crate::tables) asked: &'s GridCell,
    pub(in crate::tables) question: Question,
    pub(in crate::tables) answers: SmallVec<[&'s GridCell; 2]>,
}

/// What a row of a form is.
#[derive(Debug)]
pub(in crate::tables) enum FormRow<'s> {
    /// Nothing.
    Blank,
    /// Hidden by a page: no part of it.
    Hidden,
    /// The title of the form, before the first question.
    Title,
    /// Something about the document: "Completed by | …".
    About,
    /// "Question | Answer".
    Header,
    /// The change that the questions below are about.
    Heading,
    /// The same as an answer: "High impact change | Early discharge planning", and the pairs beside it: "SRO | Ann Lee".
    Change(Pair<'s>, SmallVec<[Pair<'s>; 2]>),
    /// Questions with their answers.
    Pairs(SmallVec<[Pair<'s>; 2]>),
    /// More of the answer above.
    More,
    /// One of several answers to choose from.
    Option {
        /// It is the one.
        chosen: bool,
    },
}

/// Rows that are a form.
#[derive(Debug)]
pub(in crate::tables) struct Form<'s> {
    /// First row behind it.
    pub(in crate::tables) end: usize,
    /// Its rows, from the one that it begins with.
    pub(in crate::tables) rows: Vec<FormRow<'s>>,
}

/// What stands around the rows.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::tables) struct Around {
    /// A heading above them names a change.
    pub(in crate::tables) named: bool,
    /// A form was being read when they began.
    pub(in crate::tables) goes_on: bool,
}

/// The form that begins at row `from`; `None` where the rows are anything else.
pub(in crate::tables) fn read<'s>(
    rows: &'s [GridRow],
    from: usize,
    around: Around,
    recognise: &dyn Recognise,
) -> Option<Form<'s>> {
    let mut form = Form { end: from, rows: Vec::new() };
    let mut signs = Signs { named: around.named, ..Signs::default() };
    let stacked = rows[from..].iter().all(|row| row.texts().count() <= 1);
    for (at, row) in rows.iter().enumerate().skip(from) {
        if opens_table(rows, at, recognise) {
            break;
        }
        if let Some(chosen) = option(rows, at, recognise).filter(|_| signs.asked > 0) {
            signs.answered += usize::from(chosen);
            signs.unanswered = false;
            form.rows.push(FormRow::Option { chosen });
            form.end = at + 1;
            continue;
        }
        if let Some(pair) = choice(rows, at, recognise) {
            signs.pairs += 1;
            signs.pair(&pair);
            form.rows.push(FormRow::Pairs(SmallVec::from_iter([pair])));
            form.end = at + 1;
            continue;
        }
        let Some(kind) = classify(row, rows.get(at + 1), stacked, &mut signs, recognise) else { break };
        form.rows.push(kind);
        form.end = at + 1;
        if signs.are_of_a_table() {
            return None;
        }
    }
    // What stands behind the last answer may be the title of the next thing.
    while let Some(FormRow::Blank | FormRow::Heading | FormRow::Title) = form.rows.last() {
        form.rows.pop();
        form.end -= 1;
    }
    signs.speak_for_form(around, stacked).then_some(form)
}

/// What speaks for a form.
#[derive(Debug, Default)]
struct Signs {
    named: bool,
    /// Questions met, and those that are known.
    asked: usize,
    known: usize,
    /// Rows of pairs, and those with more cells than a form has.
    pairs: usize,
    wide: usize,
    answered: usize,
    /// Answers that only say what to fill in.
    requests: usize,
    /// The first question.
    first: Option<String>,
    meanings: FxHashSet<Meaning>,
    /// It asks for a text about the plan.
    prose: bool,
    /// It asks for a level or a rating.
    rates: bool,
    /// A question is asked again without another heading in between.
    repeats: bool,
    since_heading: FxHashSet<String>,
    /// The last question has no answer yet.
    unanswered: bool,
    /// The last row of pairs had two, and nothing was asked since.
    doubled: bool,
}

impl Signs {
    fn heading(&mut self) {
        self.named = true;
        self.since_heading.clear();
        self.unanswered = false;
        self.doubled = false;
    }

    fn pair(&mut self, pair: &Pair<'_>) {
        self.asked += 1;
        // Below a change's name, words that seem to ask are believed where an answer stands beside them.
        let believed = self.named && !pair.answers.is_empty();
        let meaning = pair.question.meaning().or(pair.question.likely.map(|guess| guess.meaning).filter(|_| believed));
        self.known += usize::from(meaning.is_some() || is_asked(&pair.asked.text));
        self.meanings.extend(meaning);
        self.prose |= Question::asks_for_prose(meaning);
        self.rates |= matches!(pair.question.meaning(), Some(Meaning::Field(Field::Status | Field::Rag)));
        self.answered += usize::from(!pair.answers.is_empty());
        self.requests += usize::from(pair.answers.iter().any(|cell| asks_politely(&cell.text)));
        self.unanswered = pair.answers.is_empty();
        let again = !self.since_heading.insert(pair.question.key.clone());
        self.repeats |= again && pair.question.number.is_none();
        self.first.get_or_insert_with(|| pair.question.key.clone());
    }

    /// Whether the row below asks the first question of the form again: what stands above it is what the next one is about.
    fn begins_again(&self, next: Option<&GridRow>, recognise: &dyn Recognise) -> bool {
        let asked = next.and_then(|row| row.cells.first()).and_then(|cell| Question::read(&cell.text, recognise));
        asked.is_some_and(|question| self.since_heading.len() > 1 && self.first.as_ref() == Some(&question.key))
    }

    /// Whether so many rows were met, most of them wider than a form, that no form begins here: the rest of a long table need
    /// not be looked at.
    fn are_of_a_table(&self) -> bool {
        self.pairs >= ENOUGH_ROWS && self.wide * 2 > self.pairs
    }

    /// Row labels ("Current Position", "Planned Activity") that come again and again label rows and ask nothing.
    fn speak_for_form(&self, around: Around, stacked: bool) -> bool {
        if around.goes_on {
            return self.known > 0 && self.known * 2 >= self.asked && self.wide * 5 <= self.pairs;
        }
        let least = if self.named && !stacked { 2 } else { 3 };
        let labels = self.meanings.len() <= 2 && self.repeats;
        // Under a change's name, levels and ratings alone are what is asked of it.
        let rated = self.named && self.rates && self.known == self.asked && self.wide == 0 && !stacked;
        (self.prose || rated)
            && !labels
            && self.meanings.len() >= least
            && self.known * 5 >= self.asked * 3
            && self.wide * 5 <= self.pairs
            && (self.answered > 0 || self.named)
            && (self.requests == 0 || self.requests * 2 < self.answered)
    }
}

/// Whether a row is the header of an ordinary table within the form: known headers side by side.
fn opens_table(rows: &[GridRow], at: usize, recognise: &dyn Recognise) -> bool {
    let row = &rows[at];
    let texts: SmallVec<[&GridCell; 8]> = row.texts().collect();
    // A quarter beside a question is its answer.
    let counts = |meaning: Meaning| texts.len() > 2 || !matches!(meaning, Meaning::Timescale | Meaning::OpenTimescale);
    let known = |cell: &GridCell| {
        let guess = recognise.header(&cell.text).filter(|_| cell.text.len() <= 80);
        guess.is_some_and(|guess| guess.similarity >= 0.85 && counts(guess.meaning))
    };
    let beside = texts.windows(2).filter(|pair| pair[0].column.get() + 1 == pair[1].column.get());
    let adjacent = beside.filter(|pair| known(pair[0]) && known(pair[1])).count();
    let all = texts.iter().filter(|cell| known(cell)).count();
    // As many that are only like headers are no questions with their answers, either.
    let like = |cell: &&GridCell| {
        let guess = recognise.header(&cell.text).filter(|_| cell.text.len() <= 80 && !recognise.is_value(&cell.text));
        guess.is_some_and(|guess| guess.is_likely())
    };
    if texts.len() >= COLUMNS && texts.iter().all(like) {
        return true;
    }
    let below = rows.get(at + 1).and_then(|row| row.cells.first());
    let asks = below.is_some_and(|cell| Question::read(&cell.text, recognise).is_some_and(|q| q.guess.is_some()));
    adjacent >= 1 && all == texts.len() && (all >= 3 || !asks)
}

/// What a row is; `None` where it can be none of a form.
fn classify<'s>(
    row: &'s GridRow,
    next: Option<&'s GridRow>,
    stacked: bool,
    signs: &mut Signs,
    recognise: &dyn Recognise,
) -> Option<FormRow<'s>> {
    if row.hidden && !row.place.is_on_sheet() {
        return Some(FormRow::Hidden);
    }
    let cells: SmallVec<[&'s GridCell; 4]> = row.cells.iter().filter(|cell| has_words(&cell.text)).collect();
    // "Reporting month | May 2018 | RAG | Amber" is about the change, too.
    if is_about(row, recognise) && !cells.iter().skip(2).any(|cell| asks(cell, recognise)) {
        return Some(FormRow::About);
    }
    let repeated = cells.len() > 1 && cells.iter().all(|cell| cell.text == cells[0].text);
    let Some(first) = cells.first().copied() else { return Some(FormRow::Blank) };
    if cells.len() == 1 || repeated {
        return Some(single(first, row, next, stacked, signs, recognise));
    }
    if first.column.get() > 0 && signs.asked > 0 && cells.iter().all(|cell| cell.column.get() > 0) && !asks(first, recognise) {
        // Below two questions with their answers nothing tells which of them it goes on; below a header of four columns it is a
        // row.
        signs.wide += usize::from(cells.len() > 2 || signs.doubled);
        return Some(FormRow::More);
    }
    let mut pairs = pairs(&cells, signs, recognise);
    pairs.first()?;
    let names = |pair: &Pair<'_>| {
        pair.question.meaning() == Some(Meaning::Change)
            && matches!(pair.answers.as_slice(), [answer] if recognise
                .heading(&answer.text)
                .is_some_and(|guess| guess.tagged || guess.similarity * guess.coverage >= 0.5))
    };
    if let Some(at) = pairs.iter().position(names) {
        let named = pairs.remove(at);
        signs.heading();
        // Each text beside it is a question or the answer to one.
        if pairs.iter().any(|pair| pair.answers.len() > 1 || pair.question.likely.is_none() && !is_asked(&pair.asked.text)) {
            return None;
        }
        signs.pairs += usize::from(!pairs.is_empty());
        signs.doubled = !pairs.is_empty();
        pairs.iter().for_each(|pair| signs.pair(pair));
        return Some(FormRow::Change(named, pairs));
    }
    let unasked = pairs.iter().all(|pair| pair.question.guess.is_none() && !is_asked(&pair.asked.text));
    let short = |cell: &&GridCell| cell.text.split_whitespace().count() <= 4;
    if signs.asked == 0
        && unasked
        && cells.iter().all(short)
        && next.is_some_and(|next| next.cells.first().is_some_and(|c| asks(c, recognise)))
    {
        return Some(FormRow::Header);
    }
    signs.pairs += 1;
    pairs.iter().for_each(|pair| signs.pair(pair));
    signs.doubled = pairs.len() > 1;
    Some(FormRow::Pairs(pairs))
}

/// A row with one text: a heading, a question without an answer, more of the answer above.
fn single<'s>(
    cell: &'s GridCell,
    row: &'s GridRow,
    next: Option<&'s GridRow>,
    stacked: bool,
    signs: &mut Signs,
    recognise: &dyn Recognise,
) -> FormRow<'s> {
    // An answer may speak of a change; below a question it is its answer unless it is nothing but the name.
    let least = if stacked && signs.unanswered { 0.9 } else { 0.55 };
    let named = recognise.heading(&cell.text).filter(|guess| guess.tagged || guess.similarity * guess.coverage >= least);
    if named.is_some() && cell.text.split_whitespace().count() <= 30 && !asks(cell, recognise) {
        signs.heading();
        return FormRow::Heading;
    }
    // A line merged over the whole form is its title, and what it says of the document asks nothing.
    let wide = cell.colspan > 1 && cell.colspan >= row.width && !is_asked(&cell.text);
    if signs.asked == 0 && (wide || is_fact(&cell.text, recognise)) {
        return FormRow::Title;
    }
    let first = cell.column.get() == 0 || row.width == 1;
    if !stacked && first && signs.begins_again(next, recognise) {
        signs.heading();
        return FormRow::Heading;
    }
    if signs.asked == 0 && !stacked && !is_asked(&cell.text) && !asks(cell, recognise) && opens_form(next, recognise) {
        return FormRow::Title;
    }
    let asking = is_asked(&cell.text) || (cell.style.emphasised && signs.known > 0);
    // The blank cells beside them are for the answers.
    let beside = stacked && row.width >= 2 && cell.colspan == 1 && !row.place.is_on_sheet();
    let opens = if stacked {
        beside || asking || recognise.is_known_header(&cell.text) || (asks(cell, recognise) && !signs.unanswered)
    } else {
        asks(cell, recognise) || (asking && !signs.unanswered)
    };
    if first
        && opens
        && let Some(question) = Question::read(&cell.text, recognise)
    {
        let pair = Pair { asked: cell, question, answers: SmallVec::new() };
        signs.pairs += 1;
        signs.pair(&pair);
        signs.doubled = false;
        return FormRow::Pairs(SmallVec::from_iter([pair]));
    }
    if signs.asked == 0 {
        return FormRow::Title;
    }
    signs.wide += usize::from(signs.doubled);
    signs.answered += usize::from(signs.unanswered && (stacked || !first || row.texts().count() == 1));
    signs.unanswered = false;
    FormRow::More
}

/// Whether the form begins below a row: with a blank line, or with the change that it is about.
fn opens_form(next: Option<&GridRow>, recognise: &dyn Recognise) -> bool {
    let Some(cell) = next.and_then(|row| row.cells.iter().find(|cell| has_words(&cell.text))) else { return true };
    let change = Question::read(&cell.text, recognise).is_some_and(|question| question.meaning() == Some(Meaning::Change));
    change || recognise.heading(&cell.text).is_some_and(|guess| guess.tagged || guess.coverage >= 0.8)
}

/// Whether a cell asks a question that is known.
fn asks(cell: &GridCell, recognise: &dyn Recognise) -> bool {
    Question::read(&cell.text, recognise).is_some_and(|question| question.guess.is_some())
}

/// The cells of a row as questions, each with the answers behind it. What stands right behind a question is its answer,
/// whatever its words.
fn pairs<'s>(cells: &[&'s GridCell], signs: &mut Signs, recognise: &dyn Recognise) -> SmallVec<[Pair<'s>; 2]> {
    let mut pairs: SmallVec<[Pair<'s>; 2]> = SmallVec::new();
    for cell in cells {
        let free = pairs.last().is_none_or(|pair| cell.column.get() > pair.asked.column.get() + pair.asked.colspan as usize);
        let opens = pairs.is_empty() || (free && (asks(cell, recognise) || is_asked(&cell.text)));
        let mut question = Question::read(&cell.text, recognise).filter(|_| opens);
        if let Some(question) = question.as_mut().filter(|question| question.guess.is_none())
            && is_fact_cell(cell.text.trim_end().trim_end_matches(':'), recognise)
        {
            question.likely = None;
        }
        match (question, pairs.last_mut()) {
            (Some(question), _) => pairs.push(Pair { asked: cell, question, answers: SmallVec::new() }),
            (None, Some(pair)) => pair.answers.push(cell),
            (None, None) => return pairs,
        }
    }
    let known = |pair: &Pair<'_>| pair.answers.len() == 1 && pair.question.guess.is_some();
    let complete = cells.len() <= COMPLETE && pairs.iter().all(known);
    let wide = cells.len() > COLUMNS && !complete;
    signs.wide += usize::from(wide || pairs.iter().any(|pair| pair.answers.len() > 1));
    pairs
}
