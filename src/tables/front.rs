//! Grids that tell about the document and not about the plan in it: cover sheets, version histories, glossaries, contacts.
//!
//! Three things tell them: a header of a table that stands apart, whatever stands around it; the heading of a part such as
//! "Document control" over a grid whose own header is none of a plan; labels with one answer each ("E-mail: | …") where no header
//! follows. Their rows are narrative.

use super::RowNumbers;
use super::build::Finder;
use super::facts;
use super::header;
use super::header::Band;
use crate::model::audit::Became;
use crate::model::field::Field;
use crate::model::field::Meaning;
use crate::model::recognise::Recognise;
use crate::model::source::GridCell;
use crate::model::source::GridRow;
use crate::model::source::TextKind;
use crate::model::table::Column;
use crate::model::text::has_words;

/// So many labels with answers make a grid without a header a cover.
const LABELS: usize = 2;

/// A label is close to a known header's words.
const LABEL: f64 = 0.85;

/// So many columns that a plan has, its references not counted and one of them about what a row says, make a header one of a
/// plan.
const PLANNED: usize = 2;

impl<'s> Finder<'s, '_> {
    /// Sets rows aside whose header or whose part's heading tells that they are about the document; the first row behind them.
    pub(super) fn apart(&mut self, rows: &'s [GridRow], start: usize) -> usize {
        let mut at = start;
        while let Some(end) = self.end_of_part(rows, at).filter(|end| *end > at) {
            self.aside(&rows[at..end], Became::Narrative);
            // What stands above such a grid is its heading and no other table's.
            self.pending.clear();
            at = end;
        }
        at
    }

    /// Sets labels with one answer each aside that begin at `start`; the first row behind them.
    pub(super) fn cover(&mut self, rows: &'s [GridRow], start: usize) -> usize {
        let recognise = self.recognise;
        let said = |row: &GridRow| row.texts().count() > 0;
        let Some(first) = (start..rows.len()).find(|at| said(&rows[*at])).filter(|_| !self.goes_on()) else { return start };
        let filled = is_filled_cover(&rows[first..], recognise) || is_of_people(&rows[first..], recognise);
        let filled = filled.then_some(rows.len());
        let end = filled.or_else(|| {
            let band = header::band_near(rows, start, RowNumbers::default(), recognise);
            if band.is_some() { None } else { end_of_labels(rows, first, recognise) }
        });
        let Some(end) = end.filter(|end| *end > start) else { return start };
        self.aside(&rows[start..end], Became::Narrative);
        end
    }

    /// Where the rows about the document end that begin at `at`.
    fn end_of_part(&self, rows: &'s [GridRow], at: usize) -> Option<usize> {
        let recognise = self.recognise;
        let said = |row: &GridRow| row.cells.iter().filter(|cell| has_words(&cell.text)).count();
        let first = (at..rows.len()).find(|at| said(&rows[*at]) > 0)?;
        let below = first + 1;
        let titled = said(&rows[first]) == 1 && rows.get(below).is_some_and(|row| is_apart_header(row, recognise));
        if is_apart_header(&rows[first], recognise) || titled {
            return Some(end_of_apart(rows, first + usize::from(titled), recognise));
        }
        if is_lists(&rows[first..], self.is_under_cover_title(), recognise) {
            return Some(rows.len());
        }
        let part = said(&rows[first]) == 1 && rows[first].texts().any(|cell| recognise.is_cover_title(&cell.text));
        if !self.is_under_cover_title() && !part {
            return None;
        }
        let band = header::band_near(rows, at, RowNumbers::default(), recognise);
        band.is_none_or(|band| !is_of_plan(&band)).then(|| end_of_apart(rows, first, recognise))
    }

    /// Whether the table before may go on here.
    fn goes_on(&self) -> bool {
        self.open.is_some() && !self.pending.iter().any(|placed| matches!(placed.block.kind, TextKind::Heading(_)))
    }

    /// Whether the nearest line above is the heading of a part about the document.
    fn is_under_cover_title(&self) -> bool {
        let nearest = self.pending.iter().rev().find(|placed| placed.block.kind != TextKind::ListItem);
        let nearest = nearest.or(self.outline.last().map(|(_, placed)| placed));
        nearest.is_some_and(|placed| self.recognise.is_cover_title(&placed.block.text))
    }
}

/// Whether rows are lists side by side that cells elsewhere choose from, each under its header: the levels from low to high, or
/// under a heading such as "Lists" other values, each once. `titled` is whether such a heading stands above.
fn is_lists(rows: &[GridRow], titled: bool, recognise: &dyn Recognise) -> bool {
    /// The longest list, the longest entry in words, and the fewest entries that tell a list.
    const LONGEST: usize = 60;
    const WORDS: usize = 10;
    const ENTRIES: usize = 3;
    /// So many levels in order are no column of assessments.
    const LEVELS: usize = 4;
    let Some((header, below)) = rows.split_first().filter(|(_, below)| (ENTRIES..LONGEST).contains(&below.len())) else {
        return false;
    };
    let mut columns: Vec<usize> = rows.iter().flat_map(|row| row.texts().map(|cell| cell.column.get())).collect();
    columns.sort_unstable();
    columns.dedup();
    let listed = |column: usize| below.iter().filter_map(move |row| row.cell(column)).filter(|cell| has_words(&cell.text));
    let is_list = |column: &usize| {
        let mut texts: Vec<&str> = listed(*column).map(|cell| cell.text.trim()).collect();
        let all = texts.len();
        texts.sort_unstable();
        texts.dedup();
        let headed = header.cell(*column).is_some_and(|cell| has_words(&cell.text));
        headed && texts.len() == all && texts.iter().all(|text| text.split_whitespace().count() <= WORDS)
    };
    let is_ladder = |column: &usize| {
        let levels: Vec<_> = listed(*column).filter_map(|cell| recognise.level(&cell.text)).collect();
        levels.len() >= LEVELS && levels.len() == listed(*column).count() && levels.windows(2).all(|pair| pair[0] < pair[1])
    };
    let is_values = |column: &usize| {
        let known = |cell: &GridCell| recognise.is_value(&cell.text) || recognise.level(&cell.text).is_some();
        listed(*column).count() >= ENTRIES && listed(*column).all(known)
    };
    // "Early discharge planning" over levels from low to high, or beside them, is assessed; who does what is no list of values.
    let plans = |cell: &GridCell| recognise.header(&cell.text).is_some_and(|guess| guess.is_sure() && is_of_items(guess.meaning));
    let names = |row: &GridRow| row.texts().any(|cell| recognise.names_change(&cell.text));
    if names(header) || header.texts().any(plans) || (!titled && below.iter().any(names)) {
        return false;
    }
    let told = columns.iter().any(is_ladder) || (titled && columns.iter().any(is_values));
    told && columns.iter().all(is_list)
}

/// Whether a column of such a meaning is one of items, and of no list to choose from.
fn is_of_items(meaning: Meaning) -> bool {
    meaning.is_subject() || matches!(meaning, Meaning::Field(Field::Lead | Field::Due | Field::Start))
}

/// Whether a row is the header of a table that says nothing of the plan.
pub(super) fn is_apart_header(row: &GridRow, recognise: &dyn Recognise) -> bool {
    /// Longest first header, in bytes: this is asked of every row.
    const FIRST: usize = 80;
    let short = row.texts().next().is_some_and(|cell| cell.text.len() <= FIRST);
    let texts: Vec<&str> = row.texts().filter(|_| short).map(|cell| cell.text.as_str()).collect();
    recognise.is_apart_header(&texts)
}

/// The first row behind `from` that opens a table of a plan, its titles counted.
pub(super) fn end_of_apart(rows: &[GridRow], from: usize, recognise: &dyn Recognise) -> usize {
    let texts = |at: usize| rows.get(at).map_or(0, |row| row.texts().count());
    // A wider row may be a plan's header in words that are not known to the letter.
    let wider = |at: usize| {
        let band = || header::band_at(rows, at, RowNumbers::default(), recognise);
        texts(at) > texts(from).max(LABELS) && band().is_some_and(|band| is_of_plan(&band))
    };
    let opens = |at: &usize| (header::may_open(&rows[*at], recognise) || wider(*at)) && !is_apart_header(&rows[*at], recognise);
    end_before(rows, from, &opens)
}

/// Where rows from `from` on end: at the first that `opens` something else, its titles counted.
fn end_before(rows: &[GridRow], from: usize, opens: &dyn Fn(&usize) -> bool) -> usize {
    let Some(opens) = (from + 1..rows.len()).find(opens) else { return rows.len() };
    let titles = rows[from + 1..opens].iter().rev().take_while(|row| row.texts().count() == 1).count();
    opens - titles
}

/// Whether a header has what a plan's has: several known columns, one of which says what a row is about.
fn is_of_plan(band: &Band<'_>) -> bool {
    let counts = |meaning: &Meaning| *meaning != Meaning::Field(Field::Reference);
    let mut meanings: Vec<Meaning> = band.columns.iter().filter_map(Column::meaning).filter(counts).collect();
    meanings.sort_unstable();
    meanings.dedup();
    let says = |meaning: &Meaning| match meaning {
        Meaning::Field(field) => field.is_subject() || *field == Field::Status,
        Meaning::Change | Meaning::Level(_) => true,
        Meaning::Timescale | Meaning::OpenTimescale | Meaning::Group => false,
    };
    meanings.len() >= PLANNED && meanings.iter().any(says)
}

/// Whether rows are pairs of which most are known to be about the document: the few others ("SRO | …") are too.
fn is_filled_cover(rows: &[GridRow], recognise: &dyn Recognise) -> bool {
    let said = || rows.iter().filter(|row| row.texts().count() > 0);
    let pair = |row: &&GridRow| row.texts().count() <= 2 && row.texts().all(|cell| !facts::is_sentence(&cell.text));
    // Any sheet may be asked this: the first row of a wide one ends it.
    if !said().all(|row| pair(&row)) {
        return false;
    }
    let facts = said().filter(|row| facts::is_fact_row(row, recognise)).count();
    let names = || said().filter_map(|row| row.texts().next()).any(|cell| recognise.heading(&cell.text).is_some());
    facts >= LABELS && facts * 2 >= said().count() && !names()
}

/// Whether rows are pairs that only say who and when, perhaps below a title ("Action log", "SRO | Ann Lee"): what a sheet says in front of
/// its table.
fn is_of_people(rows: &[GridRow], recognise: &dyn Recognise) -> bool {
    let said = || rows.iter().filter(|row| row.texts().count() > 0);
    let label =
        |row: &GridRow| row.texts().next().map(|cell| cell.text.trim_end().trim_end_matches(':').to_owned()).unwrap_or_default();
    let of_people = |row: &GridRow| {
        let meaning = recognise.header(&label(row)).filter(|guess| guess.similarity >= LABEL).map(|guess| guess.meaning);
        matches!(meaning, Some(Meaning::Field(Field::Lead | Field::Organisation | Field::Start | Field::Due)))
    };
    let names = |row: &GridRow| row.texts().any(|cell| recognise.heading(&cell.text).is_some());
    let pairs = || said().filter(|row| row.texts().count() == 2);
    let kept = |row: &&GridRow| match row.texts().count() {
        1 => true,
        2 => of_people(row) || facts::is_fact_row(row, recognise),
        _ => false,
    };
    let header = || pairs().any(|row| row.texts().all(|cell| recognise.is_known_header(&cell.text)));
    pairs().count() > 0 && said().all(|row| kept(&row) && !names(row)) && !header()
}

/// Where labels with one answer each end that begin at `first`, with the titles and remarks among them.
fn end_of_labels(rows: &[GridRow], first: usize, recognise: &dyn Recognise) -> Option<usize> {
    let alone = |row: &GridRow| row.texts().count() <= 1;
    let names = |row: &GridRow| row.texts().any(|cell| recognise.names_change(&cell.text));
    let tells = |row: &GridRow| facts::is_fact_row(row, recognise) || facts::is_explanation(row);
    let leading = rows[first..].iter().take_while(|row| tells(row) || (alone(row) && !names(row)));
    let end = first + leading.count();
    let facts: Vec<usize> = (first..end).filter(|at| tells(&rows[*at])).collect();
    let own = |at: &&usize| {
        let label = rows[**at].texts().next().map(|cell| cell.text.as_str()).unwrap_or_default();
        facts::is_explanation(&rows[**at]) || !recognise.is_known_header(label.trim_end().trim_end_matches(':'))
    };
    let last = *facts.last()?;
    if end == rows.len() || facts.iter().filter(own).count() >= LABELS {
        let opens = |at: &usize| header::may_open(&rows[*at], recognise) || is_apart_header(&rows[*at], recognise);
        return Some(end_before(rows, last, &opens)).filter(|_| facts.iter().any(|at| own(&at)));
    }
    (facts.iter().all(|at| own(&at))).then_some(last + 1)
}
