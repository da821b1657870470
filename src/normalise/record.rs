//! The records of a table.

use std::sync::Mutex;
use std::sync::PoisonError;

use rayon::iter::IndexedParallelIterator;
use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;
use rustc_hash::FxHashMap;

use super::area::Areas;
use super::closing::Closings;
use super::coloured;
use super::date;
use super::date::DateReading;
use super::date::Dates;
use super::document::FactReader;
use super::document::Facts;
use super::legend::Legend;
use super::levels;
use super::maturity::Maturity;
use super::monthly;
use super::party::KnownNames;
use super::party::Parties;
use super::party::PartyColumn;
use super::party::PartyNames;
use super::rag::Ratings;
use super::reference;
use super::scale::Scale;
use crate::model::assignment::Assigned;
use crate::model::assignment::Assignment;
use crate::model::assignment::ColumnUse;
use crate::model::assignment::TableMatch;
use crate::model::cells::Cells;
use crate::model::date::DateContext;
use crate::model::diagnostic::Code;
use crate::model::diagnostic::Diagnostic;
use crate::model::document::Area;
use crate::model::document::DocumentRef;
use crate::model::field::Field;
use crate::model::field::Meaning;
use crate::model::location::At;
use crate::model::record::Alternative;
use crate::model::record::ChangeMatch;
use crate::model::record::DateValue;
use crate::model::record::Extra;
use crate::model::record::FieldPlace;
use crate::model::record::Fields;
use crate::model::record::Located;
use crate::model::record::Normalised;
use crate::model::record::RECORD_SCHEMA;
use crate::model::record::Record;
use crate::model::record::RecordDiagnostic;
use crate::model::record::TimescaleCell;
use crate::model::source::Source;
use crate::model::table::Heading;
use crate::model::table::HeadingKind;
use crate::model::table::Item;
use crate::model::table::Layout;
use crate::model::table::Piece;
use crate::model::table::Table;
use crate::model::table::joined;
use crate::model::vocabulary::Vocabulary;

/// Reads values out of items.
#[derive(Debug)]
pub struct Normaliser {
    facts: FactReader,
    pub(super) parties: Parties,
    pub(super) maturity: Maturity,
    pub(super) cells: Cells,
    pub(super) ratings: Ratings,
    areas: Areas,
    ids: Vec<String>,
}

/// Where records go: some into each `T`, by several threads, and these on from there, by one at a time and in order.
pub struct RecordSink<'a, T, E> {
    /// Puts a record into a `T`, behind those that it has.
    pub put: &'a (dyn Fn(&mut T, Record) + Sync),
    /// Takes a `T` to which nothing will be added.
    pub take: &'a mut (dyn FnMut(T) -> Result<(), E> + Send),
}

/// What all records of a document share.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shared<'a, 's> {
    document: &'a DocumentRef,
    edition: Option<&'a str>,
    title: Option<&'a Heading<'s>>,
    /// Names that stand alone somewhere in the document.
    names: &'a KnownNames,
    /// What the document's key says of its ratings.
    pub(super) legend: &'a Legend,
    /// What it says of its levels.
    pub(super) scale: &'a Scale,
}

impl Normaliser {
    /// Prepares `vocabulary`.
    #[must_use]
    pub fn new(vocabulary: &Vocabulary) -> Self {
        let mut ids: Vec<(usize, String)> = vocabulary.changes.iter().map(|c| (c.number.index(), c.id.clone())).collect();
        ids.sort();
        let parties = Parties::new(vocabulary);
        Self {
            facts: FactReader::new(vocabulary),
            maturity: Maturity::new(vocabulary),
            cells: Cells::new(vocabulary),
            ratings: Ratings::new(vocabulary),
            areas: Areas::new(vocabulary, parties.before_surnames()),
            parties,
            ids: ids.into_iter().map(|(_, id)| id).collect(),
        }
    }

    /// Reads dates.
    pub(super) fn dates(&self) -> &Dates {
        &self.facts.dates
    }

    /// Reads what the document says of itself; `file` is its name.
    #[must_use]
    pub fn facts(&self, source: &Source, layout: &Layout<'_>, matched: &[TableMatch], file: &str) -> Facts {
        self.facts.facts(source, layout, matched, file)
    }

    /// The Health and Wellbeing Board areas that a document speaks for; `name` is the document's.
    #[must_use]
    pub fn areas(&self, source: &Source, layout: &Layout<'_>, name: &str, facts: &Facts) -> Vec<Area> {
        self.areas.find(source, layout, name, facts.year)
    }

    /// Makes the records of all tables of a document; those of a long table are made by several threads.
    ///
    /// # Errors
    /// What `to` says.
    pub fn records<T: Default + Send, E: Send>(
        &self,
        layout: &Layout<'_>,
        matched: &[TableMatch],
        edition: Option<&str>,
        facts: &Facts,
        document: &DocumentRef,
        to: RecordSink<'_, T, E>,
    ) -> Result<(), E> {
        let RecordSink { put, take } = to;
        let names = self
            .parties
            .learn(layout.tables.iter().zip(matched).flat_map(|(table, matched)| party_cells(table, &matched.columns)));
        let legend = Legend::read(layout, &self.ratings, &self.cells);
        let scale = Scale::read(layout, &self.cells);
        let shared = Shared { document, edition, title: layout.title.as_ref(), names: &names, legend: &legend, scale: &scale };
        for (table, matched) in layout.tables.iter().zip(matched) {
            let reader = TableReader::new(self, shared, table, matched, facts);
            let make = |part: usize, (items, assignments): (&[Item<'_>], &[Assignment])| {
                let mut made = T::default();
                for (number, (item, assignment)) in items.iter().zip(assignments).enumerate() {
                    put(&mut made, reader.record(part * PART + number, item, assignment));
                }
                made
            };
            let parts: Vec<_> = table.items.chunks(PART).zip(matched.items.chunks(PART)).collect();
            if let [rows] = parts.as_slice() {
                take(make(0, *rows))?;
                continue;
            }
            let mut waiting = Vec::new();
            // While some are made, those before them are written.
            for (batch, parts) in parts.chunks(BATCH).enumerate() {
                let parts = parts.par_iter().enumerate().map(|(part, rows)| make(batch * BATCH + part, *rows));
                let before = std::mem::take(&mut waiting);
                let (written, made) = rayon::join(|| before.into_iter().try_for_each(&mut *take), || parts.collect::<Vec<T>>());
                written?;
                waiting = made;
            }
            waiting.into_iter().try_for_each(&mut *take)?;
        }
        Ok(())
    }
}

/// Whether a comment is where a link leads and nothing else.
fn is_address(text: &str) -> bool {
    const SCHEMES: [&str; 8] = ["http", "https", "mailto", "tel", "sip", "file", "ftp", "onenote"];
    let scheme = text.split_once(':').map(|(scheme, _)| scheme);
    !text.contains('\n') && scheme.is_some_and(|scheme| SCHEMES.iter().any(|known| known.eq_ignore_ascii_case(scheme)))
}

/// Cells of names that stand alone teach where to split others; a sample is enough.
fn party_cells<'a, 's>(
    table: &'a Table<'s>,
    uses: &'a [ColumnUse],
) -> impl Iterator<Item = (&'s str, PartyColumn)> + use<'a, 's> {
    const SAMPLE: usize = 2_000;
    let cells = table.items.iter().take(SAMPLE).flat_map(|item| &item.cells);
    cells.filter_map(|cell| {
        let column = match uses.get(cell.column.get())? {
            ColumnUse::Field(Field::Organisation) => PartyColumn::Organisation,
            ColumnUse::Field(Field::Lead) => PartyColumn::Lead,
            _ => return None,
        };
        cell.pieces.first().map(|piece| (piece.text, column))
    })
}

/// What the records of one table share.
pub(super) struct TableReader<'a, 's> {
    pub(super) normaliser: &'a Normaliser,
    pub(super) shared: Shared<'a, 's>,
    pub(super) table: &'a Table<'s>,
    pub(super) uses: &'a [ColumnUse],
    /// Context for the dates of each column.
    dates: Vec<DateContext>,
    /// Context for the dates of the document.
    document_dates: DateContext,
    /// The period that each column of levels is for, EDTF.
    pub(super) periods: Vec<Option<String>>,
    /// The column whose fills rate the items, where no column is for ratings.
    pub(super) coloured: Option<usize>,
    /// For each column whether numbers in it are levels.
    pub(super) counted: Vec<bool>,
    /// Columns of the matrix that are there for several times, and whether theirs is planned.
    pub(super) levels_again: FxHashMap<usize, bool>,
    /// For each column whether it is known to give levels.
    pub(super) levelled: Vec<bool>,
    /// The columns of earlier ratings, the latest first: they rate an item that has none yet in the column of ratings.
    pub(super) rated_before: Vec<usize>,
    references_in_front: bool,
    /// Items that are the first below a heading that closes with a level, and those headings.
    pub(super) headed_levels: FxHashMap<usize, usize>,
    /// For the ends of actions, where no column says who, or when.
    closings: Option<Closings<'a>>,
    /// Cells of names already read: the same few stand in row after row.
    read: Mutex<FxHashMap<(bool, String), PartyNames>>,
}

/// How many records are made by one thread before it takes others, so that what several of them share is worth its cost.
const PART: usize = 64;

/// How many such parts are in memory before they are written: enough that no thread waits for another for long.
const BATCH: usize = 16;

/// What stands for a header in `extra` over a comment, and over one that is nothing but where a link leads.
const COMMENT: &str = "Comment";
const LINK: &str = "Link";

/// How many different cells of names are kept.
const KEPT_NAMES: usize = 4_096;

/// A record in the making.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) fields: Fields,
    extra: Vec<Extra>,
    cells: Vec<FieldPlace>,
    pub(super) normalised: Normalised,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'a, 's> TableReader<'a, 's> {
    fn new(
        normaliser: &'a Normaliser,
        shared: Shared<'a, 's>,
        table: &'a Table<'s>,
        matched: &'a TableMatch,
        facts: &Facts,
    ) -> Self {
        let context = |column: usize| match matched.columns[column] {
            ColumnUse::Field(Field::Due | Field::Start) | ColumnUse::Timescale { open: true } => {
                let mut cells = table.items.iter().filter_map(|item| item.cell(column)?.pieces.first().map(|piece| piece.text));
                normaliser.dates().column(&mut cells, &facts.dates)
            }
            _ => facts.dates,
        };
        Self {
            normaliser,
            shared,
            table,
            uses: &matched.columns,
            dates: (0..matched.columns.len()).map(context).collect(),
            document_dates: facts.dates,
            periods: levels::periods(table, &matched.columns, &facts.dates, normaliser.dates()),
            coloured: coloured::column(table, &matched.columns, &normaliser.ratings, &normaliser.maturity, shared.legend),
            counted: levels::counted(table, &matched.columns, &normaliser.maturity),
            levels_again: levels::again(table, &matched.columns, normaliser),
            levelled: levels::levelled(table, &matched.columns, normaliser),
            rated_before: monthly::earlier(table, &matched.columns, &facts.dates, normaliser),
            headed_levels: levels::headed(table, &matched.columns, normaliser),
            references_in_front: reference::are_in_front(table, &matched.columns),
            closings: closings(table, &matched.columns, normaliser),
            read: Mutex::default(),
        }
    }

    fn record(&self, number: usize, item: &Item<'_>, assignment: &Assignment) -> Record {
        let mut draft = Draft::default();
        let path = self.table.path(item.heading);
        self.milestones(&path, &mut draft);
        for cell in &item.cells {
            self.cell(item, cell.column.get(), &cell.pieces, &mut draft);
        }
        self.closing(&mut draft);
        self.headed_level(number, &mut draft);
        self.rating_before(item, &mut draft);
        self.signed(item, &mut draft);
        for note in &item.notes {
            let located = self.located(&[*note]);
            let header = if is_address(&located.text) { LINK } else { COMMENT };
            draft.extra.push(Extra { header: Some(header.to_owned()), text: located.text, at: located.at });
            self.places(None, &[*note], &mut draft);
        }
        let id = self.shared.document.id.as_deref().unwrap_or_default();
        let diagnostics = item.diagnostics.iter().chain(&draft.diagnostics).chain(&assignment.diagnostics);
        let diagnostics =
            diagnostics.map(|d| RecordDiagnostic { code: d.code, field: d.field.map(str::to_owned), message: d.message.clone() });
        Record {
            schema: RECORD_SCHEMA,
            id: format!("{id}-{}-{}", self.table.number, self.table.first + number + 1),
            document: self.shared.document.clone(),
            changes: assignment.changes.iter().map(|assigned| self.change(assigned)).collect(),
            alternatives: Alternative::list(assignment),
            section: self.section(&path),
            row_label: item.label.as_ref().map(|label| self.located(&[label.piece])),
            diagnostics: diagnostics.collect(),
            fields: draft.fields,
            extra: draft.extra,
            normalised: draft.normalised,
            at: self.item_at(item),
            cells: draft.cells,
        }
    }

    fn located(&self, pieces: &[Piece<'_>]) -> Located {
        let at = pieces.first().map(|piece| piece.at(Some(self.table.number))).unwrap_or_default();
        Located { text: joined(pieces).into_owned(), at }
    }

    fn item_at(&self, item: &Item<'_>) -> At {
        let mut at = At::from(item.place);
        at.last_line = At::from(item.last_place).last_line;
        if self.table.number > 0 {
            at.table = Some(self.table.number);
            at.row = Some(item.row + 1);
        }
        at
    }

    /// The headings over an item, the document's title first; intermediate headings are the `milestone` field.
    fn section(&self, path: &[usize]) -> Vec<Located> {
        let mut section = Vec::with_capacity(path.len() + 1);
        let headings = path.iter().filter_map(|h| self.table.headings.get(*h)).filter(|h| h.kind != HeadingKind::Milestone);
        let same = |a: &Heading<'_>, b: &Heading<'_>| match (a.pieces.first(), b.pieces.first()) {
            (Some(a), Some(b)) => std::ptr::eq(a.place, b.place) && a.text == b.text,
            _ => false,
        };
        if let Some(title) = self.shared.title.filter(|title| !headings.clone().any(|h| same(h, title))) {
            section.push(self.located(&title.pieces));
        }
        section.extend(headings.map(|heading| self.located(&heading.pieces)));
        section
    }

    fn milestones(&self, path: &[usize], draft: &mut Draft) {
        let headings = path.iter().filter_map(|h| self.table.headings.get(*h));
        for heading in headings.filter(|h| h.kind == HeadingKind::Milestone) {
            draft.fields.add(Field::Milestone, &heading.text());
            self.places(Some(Field::Milestone.key()), &heading.pieces, draft);
        }
    }

    /// Notes where the pieces of a field stand, by its key; of a cell in `extra` without one.
    pub(super) fn places(&self, key: Option<&str>, pieces: &[Piece<'_>], draft: &mut Draft) {
        let places =
            pieces.iter().map(|piece| FieldPlace { field: key.map(str::to_owned), at: piece.at(Some(self.table.number)) });
        draft.cells.extend(places);
    }

    fn change(&self, assigned: &Assigned) -> ChangeMatch {
        let id = self.normaliser.ids.get(assigned.number.index()).map_or("", String::as_str);
        ChangeMatch::new(assigned, id, self.shared.edition)
    }

    fn cell(&self, item: &Item<'_>, column: usize, pieces: &[Piece<'_>], draft: &mut Draft) {
        let label = item.label.as_ref().and_then(|label| label.meaning);
        // No column of ratings or of a level is one of them.
        if self.coloured == Some(column) {
            self.rag("", pieces, draft);
        }
        if pieces.iter().all(|piece| piece.text.is_empty()) {
            // Nothing is written there, but the fill may be the rating, or show the level.
            match self.uses.get(column) {
                Some(ColumnUse::Field(Field::Rag)) => self.rag("", pieces, draft),
                Some(ColumnUse::Level(level)) => self.level(*level, column, pieces, draft),
                _ => {}
            }
            return;
        }
        match self.uses.get(column).copied().unwrap_or(ColumnUse::Extra) {
            ColumnUse::Field(field) => self.field(field, label, column, pieces, draft),
            ColumnUse::Labelled => {
                let field = match label {
                    Some(Meaning::Field(field)) => field,
                    _ => Field::Action,
                };
                self.field(field, None, column, pieces, draft);
            }
            ColumnUse::Timescale { open } => self.timescale(open, column, pieces, draft),
            ColumnUse::Maturity { planned } => self.maturity(planned, column, pieces, draft),
            ColumnUse::Level(level) => self.level(level, column, pieces, draft),
            ColumnUse::Rating => self.ticked_rating(column, pieces, draft),
            ColumnUse::Change | ColumnUse::Label | ColumnUse::Extra => self.extra(column, pieces, draft),
        }
    }

    pub(super) fn extra(&self, column: usize, pieces: &[Piece<'_>], draft: &mut Draft) {
        let header = self.table.columns.get(column).map(|c| c.header.clone()).filter(|header| !header.is_empty());
        let located = self.located(pieces);
        draft.extra.push(Extra { header, text: located.text, at: located.at });
        self.places(None, pieces, draft);
    }

    fn timescale(&self, open: bool, column: usize, pieces: &[Piece<'_>], draft: &mut Draft) {
        let header = self.table.columns.get(column).map(|c| c.header.clone()).unwrap_or_default();
        let text = joined(pieces).into_owned();
        if open {
            let read = self.dates(&text, column);
            let real = read.into_iter().filter(|reading| reading.edtf.is_some() || reading.ongoing);
            let values: Vec<DateValue> = real.map(|reading| dated(reading, "timescale", draft)).collect();
            draft.normalised.due.extend(values);
        }
        draft.fields.timescale.push(TimescaleCell { header, text });
        self.places(Some("timescale"), pieces, draft);
    }

    fn field(&self, field: Field, label: Option<Meaning>, column: usize, pieces: &[Piece<'_>], draft: &mut Draft) {
        let text = joined(pieces);
        match field {
            // The date of a row that states a position is when it stood so, not when something is due.
            Field::Due if label == Some(Meaning::Field(Field::CurrentPosition)) => {
                let values: Vec<DateValue> = self.dates(&text, column).into_iter().map(|r| dated(r, "as_at", draft)).collect();
                draft.normalised.as_at.extend(values);
                return self.extra(column, pieces, draft);
            }
            Field::Due | Field::Start => {
                let field = if field == Field::Due && says_begun(&text) { Field::Start } else { field };
                let values: Vec<DateValue> =
                    self.dates(&text, column).into_iter().map(|r| dated(r, field.key(), draft)).collect();
                if !values.is_empty() && values.iter().all(|value| value.edtf.is_none() && !value.ongoing) {
                    draft.diagnostics.push(Diagnostic::new(Code::DateNotRead, format!("no date in {text:?}")).field(field.key()));
                }
                if field == Field::Start {
                    draft.normalised.start.extend(values);
                } else {
                    draft.normalised.due.extend(values);
                }
                draft.fields.add(field, &text);
                return self.places(Some(field.key()), pieces, draft);
            }
            Field::Action if self.references_in_front => {
                if let Some((number, rest)) = reference::split(&text) {
                    draft.fields.add(Field::Reference, number);
                    draft.fields.add(Field::Action, rest);
                    self.places(Some(Field::Reference.key()), &pieces[..1], draft);
                    return self.places(Some(Field::Action.key()), pieces, draft);
                }
            }
            Field::Organisation | Field::Lead => self.party(field, pieces, draft),
            Field::Status => self.status(&text, column, false, draft),
            // "Where are we now: Established".
            Field::CurrentPosition if self.normaliser.maturity.is_level_cell(&text) && !has(self.uses, says_level) => {
                self.status(&text, column, false, draft);
            }
            Field::Rag => self.rag(&text, pieces, draft),
            _ => {}
        }
        draft.fields.add(field, &text);
        self.places(Some(field.key()), pieces, draft);
    }

    /// Reads who and when at the end of the action, where the table has no columns for them.
    fn closing(&self, draft: &mut Draft) {
        let Some(closings) = self.closings else { return };
        let Some(action) = draft.fields.action.as_deref() else { return };
        let Some(found) = closings.read(action, &self.document_dates) else { return };
        if draft.normalised.due.is_empty() && !has(self.uses, says_when) {
            let values: Vec<DateValue> = found.dates.into_iter().map(|reading| dated(reading, "action", draft)).collect();
            draft.normalised.due.extend(values);
        }
        if draft.normalised.leads.is_empty() && draft.normalised.organisations.is_empty() && !has(self.uses, says_who) {
            draft.normalised.leads = found.names.leads;
            draft.normalised.organisations = found.names.organisations;
        }
    }

    pub(super) fn dates(&self, text: &str, column: usize) -> Vec<DateReading> {
        let context = self.dates.get(column).copied().unwrap_or_default();
        self.normaliser.dates().read(text, &context)
    }

    fn party(&self, field: Field, pieces: &[Piece<'_>], draft: &mut Draft) {
        let column = if field == Field::Lead { PartyColumn::Lead } else { PartyColumn::Organisation };
        // Line breaks and runs of blanks inside a cell part names, so the cell is read as it stands.
        let text = pieces.iter().map(|piece| piece.text).collect::<Vec<_>>().join(" ");
        let key = (column == PartyColumn::Lead, text);
        let read = || self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let known = read().get(&key).cloned();
        let names = known.unwrap_or_else(|| {
            let names = self.normaliser.parties.read(&key.1, column, self.shared.names);
            let mut read = read();
            if read.len() < KEPT_NAMES {
                read.insert(key, names.clone());
            }
            names
        });
        for (found, known) in
            [(names.organisations, &mut draft.normalised.organisations), (names.leads, &mut draft.normalised.leads)]
        {
            for name in found {
                if !known.contains(&name) {
                    known.push(name);
                }
            }
        }
    }
}

fn has(uses: &[ColumnUse], says: fn(ColumnUse) -> bool) -> bool {
    uses.iter().any(|usage| says(*usage))
}

fn says_when(usage: ColumnUse) -> bool {
    matches!(usage, ColumnUse::Field(Field::Due | Field::Start) | ColumnUse::Timescale { .. })
}

fn says_who(usage: ColumnUse) -> bool {
    matches!(usage, ColumnUse::Field(Field::Lead | Field::Organisation))
}

fn says_level(usage: ColumnUse) -> bool {
    matches!(usage, ColumnUse::Field(Field::Status) | ColumnUse::Maturity { .. } | ColumnUse::Level(_))
}

/// What the ends of the actions of `table` may say, where it has no column for one of who and when.
fn closings<'n>(table: &Table<'_>, uses: &[ColumnUse], normaliser: &'n Normaliser) -> Option<Closings<'n>> {
    let action = uses.iter().position(|usage| *usage == ColumnUse::Field(Field::Action))?;
    if has(uses, says_when) && has(uses, says_who) {
        return None;
    }
    let actions = table.items.iter().filter_map(|item| item.cell(action)?.pieces.last().map(|piece| piece.text));
    Some(Closings::of(actions, normaliser.dates(), &normaliser.parties))
}

/// The value of a date phrase; what was odd about it goes to the draft.
fn dated(reading: DateReading, field: &'static str, draft: &mut Draft) -> DateValue {
    for issue in &reading.issues {
        draft.diagnostics.push(Diagnostic::new(issue_code(issue), issue.to_string()).field(field));
    }
    DateValue { raw: reading.raw, edtf: reading.edtf, ongoing: reading.ongoing }
}

/// "Work commenced July 17" in a column of dates says when it began.
fn says_begun(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric()).take(4).map(str::to_ascii_lowercase);
    let said = words.find(|word| matches!(word.as_str(), "not" | "be" | "commenced" | "started" | "began" | "begun"));
    // "Not started", "to be started by May": it has not.
    said.is_some_and(|word| word != "not" && word != "be")
}

fn issue_code(issue: &date::DateIssue) -> Code {
    match issue {
        date::DateIssue::ImpossibleDay { .. } => Code::DateImpossibleDay,
        date::DateIssue::YearInferred { .. } => Code::DateYearInferred,
        date::DateIssue::Misspelt { .. } | date::DateIssue::Marks { .. } => Code::DateMisspelt,
        date::DateIssue::Torn { .. } => Code::CellTorn,
    }
}

#[cfg(test)]
mod tests {
    use super::says_begun;

    #[test]
    fn what_is_not_or_to_be_started_has_not_begun() {
        assert!(says_begun("Work commenced July 17"));
        assert!(!says_begun("Not started"));
        assert!(!says_begun("To be started by May 2018"));
        assert!(!says_begun("May 2018"));
    }
}
