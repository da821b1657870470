//! What speaks for each state in each row: tags, headings, numbers, references, the row's own words.
//!
//! Scores are in nats. The weights are set by hand on tables of our own wording; the text score is learned.

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use rayon::iter::IndexedParallelIterator;
use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::Matcher;
use super::calibration::Ground;
use super::decode;
use super::decode::Decoded;
use super::decode::States;
use super::editions::Edition;
use super::headed;
use super::headed::Headed;
use super::headed::OTHER_MODEL;
use super::headed::Part;
use super::headed::Shape;
use super::headed::Speakers;
use super::headings::HeadingEvidence;
use super::references;
use super::references::References;
use super::shape;
use super::text::CLASSES;
use super::text::Scratch;
use crate::model::assignment::ColumnUse;
use crate::model::assignment::SignalKind;
use crate::model::change::ChangeNumber;
use crate::model::change::ChangeSet;
use crate::model::field::Field;
use crate::model::table::Boundary;
use crate::model::table::Heading;
use crate::model::table::HeadingKind;
use crate::model::table::Item;
use crate::model::table::Layout;
use crate::model::table::Piece;
use crate::model::table::Table;
use crate::model::vocabulary::Vocabulary;

/// How many rows are scored by one thread before it takes others.
const PART: usize = 256;

/// A tag that labels the row decides, whatever else is there.
const TAG: f64 = 12.0;

/// A tag governs the rows of its milestone's block until the next tag.
const TAG_CARRIED: f64 = 4.0;

/// A change mentioned with its number in passing.
const MENTION: f64 = 1.5;

/// Weight of the row's own words, and the least that they can say of a class.
const WORDS: f64 = 0.8;
const LEAST_WORDS: f64 = -5.0;

/// A reference whose first number is a change's, in a document where these numbers go with the changes.
const REFERENCE: f64 = 4.0;

/// Outside is the exception, but where a heading or the words say so; where no labels tell, the other rows of the table do.
const OUTSIDE_PRIOR: f64 = -1.0;

/// Where headings name programmes outside the eight and none names a change or the model, the document is not about the eight.
const OUTSIDE_AMONG_PROGRAMMES: f64 = 1.5;

/// A row before the first printing of a change's own label is not that change's.
const NOT_YET: f64 = -5.0;

/// A tag of a row and where it stands.
#[derive(Clone, Debug)]
pub(super) struct RowTag<'s> {
    pub(super) set: ChangeSet,
    pub(super) piece: Piece<'s>,
    pub(super) labels: bool,
    /// The number printed, where it is one only.
    pub(super) printed: Option<u8>,
}

/// One row of the document in the decoder.
#[derive(Debug)]
pub(super) struct RowEvidence<'s> {
    pub(super) table: usize,
    pub(super) item: usize,
    pub(super) tag: Option<RowTag<'s>>,
    /// The tag of an earlier row of its milestone's block.
    pub(super) governed: Option<ChangeSet>,
    /// Log-probability of the row's own words, outside first.
    pub(super) words: [f32; CLASSES],
    /// First number of its reference.
    pub(super) reference: Option<u8>,
    /// Page breaks since the change cell that governs the row was printed.
    pub(super) broken: bool,
}

/// What the headings over a row say.
#[derive(Debug)]
struct Said {
    parts: Vec<Part>,
    /// The row's number tells nothing beside it.
    overrules: bool,
    /// The row stands under a title that is about all of the eight.
    whole: bool,
}

/// All evidence about a document.
pub(super) struct Evidences<'s, 'v> {
    pub(super) rows: Vec<RowEvidence<'s>>,
    pub(super) headings: Vec<Vec<Arc<HeadingEvidence<'v>>>>,
    pub(super) states: States,
    pub(super) edition: Edition,
    /// The rows' own words are clear on the whole.
    clear: bool,
    /// What the headings over each row say, as an index of `said`.
    heard: Vec<usize>,
    said: Vec<Said>,
    references: References,
    /// For each row the changes whose label comes only further down.
    unprinted: Vec<ChangeSet>,
    emissions: Vec<f64>,
    boundaries: Vec<Boundary>,
    ordered: f64,
    cohesion: f64,
    /// Labels or tags name changes.
    labelled: bool,
    /// Without labels, what the rows of each row's table say of one that says nothing: how likely outside is.
    company: Vec<f64>,
    /// Headings name programmes outside the eight.
    programmes: bool,
    /// The document's title names another model.
    foreign: bool,
}

impl<'s, 'v> Evidences<'s, 'v> {
    /// Reads everything that the document says.
    pub(super) fn gather(matcher: &'v Matcher, layout: &Layout<'s>, uses: &[Vec<ColumnUse>]) -> Self {
        let headings = headings(matcher, layout);
        let title = layout.title.as_ref().map(Heading::text);
        let mut edition = Edition::detect(title.as_deref(), headings.iter().flatten().map(Arc::as_ref), &matcher.vocabulary);
        let mut rows = rows(matcher, layout, uses, &headings, edition);
        if edition.is_open() {
            let told = Edition::of_numbers(&numbers(layout, &rows, &headings), &matcher.vocabulary);
            if told != edition {
                edition = told;
                rows = self::rows(matcher, layout, uses, &headings, edition);
            }
        }
        let states = States::new(rows.iter().filter_map(|row| row.tag.as_ref().filter(|t| t.labels).map(|t| t.set)));
        let milestones_label = headed::milestones_label(layout, &headings);
        let anchors = anchors(layout, &rows, &headings, milestones_label);
        let mut ordered = shape::order(&anchors);
        let mut cohesion = 1.0;
        let labelled = anchors.iter().any(Option::is_some);
        let clarity = shape::clarity(&rows);
        if !labelled {
            cohesion = shape::cohesion(&rows, clarity);
            ordered *= cohesion;
        }
        let references = References::read(&rows, &governing(&anchors), edition, &matcher.vocabulary);
        let boundaries = boundaries(layout, &rows, &references);
        let title = title.map(|text| HeadingEvidence::read(&text, false, &matcher.recogniser, matcher.text));
        let mut evidences = Self {
            states,
            edition,
            clear: clarity >= shape::CLEAR,
            heard: Vec::new(),
            said: Vec::new(),
            unprinted: shape::unprinted(&rows, &anchors),
            company: shape::company(&rows),
            references,
            emissions: Vec::new(),
            boundaries,
            ordered,
            cohesion,
            labelled,
            programmes: false,
            foreign: title.is_some_and(|title| title.names_other_model()),
            rows,
            headings,
        };
        let shape = Shape { complete: shape::is_complete(&anchors), milestones_label };
        evidences.hear(layout, &anchors, &matcher.vocabulary, shape);
        evidences.emit();
        evidences
    }

    /// The best path and its probabilities.
    pub(super) fn decode(&self) -> Decoded {
        decode::decode(&self.states, &self.emissions, &self.boundaries, self.ordered, self.cohesion)
    }

    /// What the document as a whole tells of how sure its decisions are.
    pub(super) fn ground(&self) -> Ground {
        Ground { labelled: self.labelled, clear: self.clear, apart: self.cohesion < shape::TOGETHER }
    }

    /// Name of the document's edition.
    pub(super) fn edition_name(&self, vocabulary: &Vocabulary) -> Option<String> {
        self.edition.name(vocabulary).map(str::to_owned)
    }

    /// Listens to the headings over each row; rows that are headed alike are heard once.
    fn hear(&mut self, layout: &Layout<'_>, anchors: &[Option<ChangeNumber>], vocabulary: &Vocabulary, shape: Shape) {
        let gaps = shape::gaps(anchors, self.ordered);
        let speakers = Speakers::new(layout, &self.headings, self.edition, vocabulary, shape);
        self.programmes = speakers.outside >= 2;
        let mut known: FxHashMap<Headed, usize> = FxHashMap::default();
        for (index, row) in self.rows.iter().enumerate() {
            let table = &layout.tables[row.table];
            let before = row.item.checked_sub(1).and_then(|item| table.items.get(item));
            let headed = Headed::of(table, &table.items[row.item], before, row, gaps[index]);
            let heard = *known.entry(headed).or_insert_with(|| {
                self.said.push(Said {
                    parts: speakers.say(table, headed),
                    overrules: speakers.overrule(table, headed),
                    whole: speakers.whole(table, headed),
                });
                self.said.len() - 1
            });
            self.heard.push(heard);
        }
    }

    /// Everything that speaks in a row, but what its tag says of sets and what its neighbours say.
    pub(super) fn parts(&self, index: usize) -> SmallVec<[Part; 8]> {
        let row = &self.rows[index];
        let said = &self.said[self.heard[index]];
        let mut parts: SmallVec<[Part; 8]> = said.parts.iter().cloned().collect();
        let mut words = Part::new(SignalKind::Words, None);
        words.nats.iter_mut().zip(row.words).for_each(|(slot, p)| *slot = WORDS * f64::from(p).max(LEAST_WORDS));
        parts.push(words);
        if let Some(change) = self.references.changes[index].filter(|_| self.references.trust > 0.0 && !said.overrules) {
            let mut reference = Part::new(SignalKind::Reference, None);
            reference.nats[usize::from(change.get())] = REFERENCE * self.references.trust;
            parts.push(reference);
        }
        if let Some(tag) = row.tag.as_ref().filter(|tag| !tag.labels) {
            let mut mention = Part::new(SignalKind::Tag, None);
            tag.set.iter().for_each(|change| mention.nats[usize::from(change.get())] = MENTION);
            parts.push(mention);
        }
        if !self.unprinted[index].is_empty() {
            let mut order = Part::new(SignalKind::Order, None);
            self.unprinted[index].iter().for_each(|change| order.nats[usize::from(change.get())] = NOT_YET);
            parts.push(order);
        }
        let mut prior = Part::new(SignalKind::Prior, None);
        let usual = match (self.labelled, self.programmes && !said.whole) {
            (true, _) => OUTSIDE_PRIOR,
            (false, true) => OUTSIDE_AMONG_PROGRAMMES,
            (false, false) => self.company[index],
        };
        prior.nats[0] = usual + if self.foreign { OTHER_MODEL } else { 0.0 };
        parts.push(prior);
        parts
    }

    /// What a tag that labels the row, or an earlier one of its block, says: the set and how strongly.
    pub(super) fn tagged(&self, index: usize) -> Option<(ChangeSet, f64)> {
        let row = &self.rows[index];
        let own = row.tag.as_ref().filter(|tag| tag.labels).map(|tag| (tag.set, TAG));
        own.or_else(|| row.governed.map(|set| (set, TAG_CARRIED)))
    }

    fn emit(&mut self) {
        let width = self.states.len();
        let mut emissions = vec![0.0; self.rows.len() * width];
        for index in 0..self.rows.len() {
            let out = &mut emissions[index * width..(index + 1) * width];
            for part in self.parts(index) {
                out.iter_mut().zip(part.nats).for_each(|(slot, nats)| *slot += nats);
            }
            for state in CLASSES..width {
                let members = self.states.set(state);
                let sum: f64 = members.iter().map(|change| out[usize::from(change.get())].exp()).sum();
                #[expect(clippy::cast_precision_loss, reason = "at most eight members")]
                let mean = sum / members.len() as f64;
                out[state] = mean.ln() - 1.0;
            }
            if let Some((set, nats)) = self.tagged(index) {
                out[self.states.of(set)] += nats;
            }
        }
        self.emissions = emissions;
    }

    /// The emission of a class in a row.
    pub(super) fn emission(&self, index: usize, class: usize) -> f64 {
        self.emissions[index * self.states.len() + class]
    }
}

fn headings<'s, 'v>(matcher: &'v Matcher, layout: &Layout<'s>) -> Vec<Vec<Arc<HeadingEvidence<'v>>>> {
    // The cell of a change column says the same in row after row, and is read and kept once.
    let mut known: FxHashMap<(Cow<'s, str>, bool), Arc<HeadingEvidence<'v>>> = FxHashMap::default();
    let mut read = |heading: &Heading<'s>| {
        let cell = heading.kind == HeadingKind::Change;
        let read = |(text, cell): &(Cow<'s, str>, bool)| HeadingEvidence::read(text, *cell, &matcher.recogniser, matcher.text);
        match known.entry((heading.text(), cell)) {
            Entry::Occupied(known) => Arc::clone(known.get()),
            Entry::Vacant(new) => {
                let evidence = Arc::new(read(new.key()));
                Arc::clone(new.insert(evidence))
            }
        }
    };
    layout.tables.iter().map(|table| table.headings.iter().map(&mut read).collect()).collect()
}

fn rows<'s>(
    matcher: &Matcher,
    layout: &Layout<'s>,
    uses: &[Vec<ColumnUse>],
    headings: &[Vec<Arc<HeadingEvidence<'_>>>],
    edition: Edition,
) -> Vec<RowEvidence<'s>> {
    let mut rows = Vec::with_capacity(layout.tables.iter().map(|table| table.items.len()).sum());
    for (index, table) in layout.tables.iter().enumerate() {
        let mut broken = false;
        let mut governing: Option<(usize, ChangeSet)> = None;
        let mut printed: Option<(Option<usize>, ChangeSet)> = None;
        for (number, (item, words)) in table.items.iter().zip(words(matcher, table, &uses[index])).enumerate() {
            broken = !item.names_change && item.boundary < Boundary::Section && (broken || item.boundary == Boundary::Page);
            let tag = row_tag(table, item, &headings[index], edition, matcher);
            let block = item.heading.filter(|h| table.headings[*h].kind == HeadingKind::Milestone);
            let labels = tag.as_ref().filter(|tag| tag.labels).map(|tag| tag.set);
            let governed = governing.filter(|(of, _)| labels.is_none() && Some(*of) == block).map(|(_, set)| set);
            // A change cell that is blank below the one with several changes goes on with them, but not in another block.
            if item.names_change {
                printed = labels.map(|set| (block, set));
            }
            let held = || printed.filter(|(of, _)| labels.is_none() && *of == block).map(|(_, set)| set);
            let governed = governed.or_else(held);
            if let Some(set) = labels {
                governing = block.map(|block| (block, set));
            }
            rows.push(RowEvidence {
                table: index,
                item: number,
                tag,
                governed,
                words,
                reference: references::first_number(item, &uses[index]),
                broken,
            });
        }
    }
    rows
}

/// What the own words of each item of a table say.
fn words<'s>(matcher: &Matcher, table: &Table<'s>, uses: &[ColumnUse]) -> Vec<[f32; CLASSES]> {
    let score = |scratch: &mut Scratch, item: &Item<'s>| {
        let score = matcher.text.score_parts(&own_words(table, item, uses), scratch);
        // A row without a known word says nothing, and not what is common.
        let words = if score.known == 0 { [0.0; CLASSES] } else { score.log_probability };
        #[expect(clippy::cast_possible_truncation, reason = "seven digits are plenty for a score")]
        words.map(|p| p as f32)
    };
    table.items.par_iter().with_min_len(PART).map_init(Scratch::default, score).collect()
}

/// Of the rows that a number without a name labels, behind the word "change" or its like, the number and the row's words.
fn numbers(
    layout: &Layout<'_>,
    rows: &[RowEvidence<'_>],
    headings: &[Vec<Arc<HeadingEvidence<'_>>>],
) -> Vec<(u8, [f32; CLASSES])> {
    let number = |row: &RowEvidence<'_>| {
        let table = &layout.tables[row.table];
        let own = row.tag.as_ref().filter(|tag| tag.labels).and_then(|tag| tag.printed);
        let path = table.path(table.items[row.item].heading);
        let said = || path.iter().rev().map(|h| &headings[row.table][*h]);
        own.or_else(|| said().find(|heading| heading.tagged).and_then(|heading| heading.number))
    };
    rows.iter().filter_map(|row| Some((number(row)?, row.words))).collect()
}

/// Where only one row of so many bears a tag among its words, and no heading names a change and no cell is a tag, the document
/// is not labelled: its words speak of a change by its number.
const ROWS_OF_A_LONE_TAG: usize = 5;

/// For each row the change that its own label, its new heading or its tag names.
fn anchors(
    layout: &Layout<'_>,
    rows: &[RowEvidence<'_>],
    headings: &[Vec<Arc<HeadingEvidence<'_>>>],
    milestones_label: bool,
) -> Vec<Option<ChangeNumber>> {
    let mut last = None;
    let anchor = |row: &RowEvidence<'_>| {
        let table = &layout.tables[row.table];
        let item = &table.items[row.item];
        if let Some(tag) = row.tag.as_ref().filter(|tag| tag.labels) {
            return tag.set.single();
        }
        let path = table.path(item.heading);
        let named = path.iter().rev().find(|h| {
            let kind = table.headings[**h].kind;
            (milestones_label || kind != HeadingKind::Milestone) && headings[row.table][**h].names_change()
        })?;
        let this = (row.table, *named);
        let new = last != Some(this) || item.names_change;
        last = Some(this);
        let heading = &headings[row.table][*named];
        new.then(|| heading.named.first().and_then(|n| n.name.change)).flatten()
    };
    let anchors: Vec<_> = rows.iter().map(anchor).collect();
    let is_cell = |row: &RowEvidence<'_>| {
        let mut pieces = layout.tables[row.table].items[row.item].cells.iter().flat_map(|cell| &cell.pieces);
        label(row).is_some_and(|text| pieces.any(|piece| piece.text.trim() == text))
    };
    let labelled = rows.iter().zip(&anchors).any(|(row, anchor)| anchor.is_some() && (label(row).is_none() || is_cell(row)));
    let tags = rows.iter().filter(|row| label(row).is_some()).count();
    if !labelled && tags * ROWS_OF_A_LONE_TAG <= rows.len() { vec![None; rows.len()] } else { anchors }
}

/// The words of the tag that labels a row.
fn label<'s>(row: &RowEvidence<'s>) -> Option<&'s str> {
    row.tag.as_ref().filter(|tag| tag.labels).map(|tag| tag.piece.text)
}

/// For each row the last anchor at or above it.
fn governing(anchors: &[Option<ChangeNumber>]) -> Vec<Option<ChangeNumber>> {
    let mut last = None;
    anchors
        .iter()
        .map(|anchor| {
            last = anchor.or(last);
            last
        })
        .collect()
}

/// What lies before each row; a reference that opens a block is as good as a section.
fn boundaries(layout: &Layout<'_>, rows: &[RowEvidence<'_>], references: &References) -> Vec<Boundary> {
    let boundary = |(row, opens): (&RowEvidence<'_>, &bool)| {
        let printed = layout.tables[row.table].items[row.item].boundary;
        if *opens { printed.max(Boundary::Section) } else { printed }
    };
    rows.iter().zip(&references.opens).map(boundary).collect()
}

/// The texts that say what a row is about, the heaviest first: its subject, the milestone above it, its other prose; names,
/// dates and levels say nothing.
pub(super) fn own_words<'s>(table: &Table<'s>, item: &Item<'s>, uses: &[ColumnUse]) -> SmallVec<[(&'s str, f32); 16]> {
    const MILESTONE: f32 = 0.7;
    const OTHER: f32 = 0.5;
    let mut parts: SmallVec<[(&'s str, f32); 16]> = SmallVec::new();
    let weight = |usage: ColumnUse| match usage {
        ColumnUse::Field(field) if field.is_subject() => 1.0,
        ColumnUse::Labelled => 1.0,
        ColumnUse::Field(field) if field.is_prose() && !matches!(field, Field::Spread | Field::Milestone) => OTHER,
        _ => 0.0,
    };
    for cell in &item.cells {
        let weight = uses.get(cell.column.get()).map_or(0.0, |usage| weight(*usage));
        parts.extend(cell.pieces.iter().filter(|_| weight > 0.0).map(|piece| (piece.text, weight)));
    }
    for heading in table.path(item.heading).into_iter().filter_map(|h| table.headings.get(h)) {
        if heading.kind == HeadingKind::Milestone {
            parts.extend(heading.pieces.iter().map(|piece| (piece.text, MILESTONE)));
        }
    }
    if parts.is_empty() {
        let cells = item.cells.iter().filter(|cell| uses.get(cell.column.get()) == Some(&ColumnUse::Extra));
        parts.extend(cells.flat_map(|cell| &cell.pieces).map(|piece| (piece.text, OTHER)));
    }
    parts.sort_by(|a, b| b.1.total_cmp(&a.1));
    parts
}

/// The tag of a row: one that labels it before one that is only mentioned; a heading over it that names several changes is
/// one too.
fn row_tag<'s>(
    table: &Table<'s>,
    item: &Item<'s>,
    headings: &[Arc<HeadingEvidence<'_>>],
    edition: Edition,
    matcher: &Matcher,
) -> Option<RowTag<'s>> {
    let translate = |number| edition.translate(number, &matcher.vocabulary);
    let mut found: Option<RowTag<'s>> = None;
    let pieces: SmallVec<[&Piece<'s>; 12]> = item.cells.iter().flat_map(|cell| &cell.pieces).collect();
    for piece in pieces {
        if let Some(tag) = matcher.recogniser.tags().find(piece.text)
            && found.as_ref().is_none_or(|f| tag.labels && !f.labels)
        {
            let set = tag.numbers.set(translate);
            let printed = tag.numbers.single();
            found = Some(RowTag { set, piece: piece.part(tag.text), labels: tag.labels, printed });
        }
    }
    if found.as_ref().is_some_and(|tag| tag.labels) {
        return found;
    }
    // A change cell labels the rows of its own line only.
    let held = |h: &usize| table.headings[*h].kind == HeadingKind::Change && !item.names_change;
    let several = |h: &usize| headings.get(*h).is_some_and(|heading| heading.several.is_some());
    let milestone = |h: &usize| table.headings[*h].kind == HeadingKind::Milestone;
    let governing = table.path(item.heading).into_iter().rev().find(|h| several(h) || !milestone(h));
    let several =
        governing.filter(|h| !held(h)).and_then(|h| Some((headings.get(h)?.several?, *table.headings[h].pieces.first()?)));
    several.map(|(numbers, piece)| RowTag { set: numbers.set(translate), piece, labels: true, printed: None }).or(found)
}
