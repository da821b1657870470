//! What the headings over a row say about it, in nats: the names and numbers that they bear, what their words speak of, and
//! that one names nothing beside headings that do.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::editions::Edition;
use super::emissions::RowEvidence;
use super::headings::CLEAR;
use super::headings::HeadingEvidence;
use super::headings::Named;
use super::text::CLASSES;
use crate::model::assignment::SignalKind;
use crate::model::change::ChangeNumber;
use crate::model::change::ChangeSet;
use crate::model::field::Field;
use crate::model::field::Meaning;
use crate::model::location::Place;
use crate::model::table::Column;
use crate::model::table::HeadingKind;
use crate::model::table::Item;
use crate::model::table::Layout;
use crate::model::table::Table;
use crate::model::vocabulary::Vocabulary;

/// A number behind the word "change" in a heading without a name; a bare number in front of one.
const NUMBER_TAGGED: f64 = 5.0;
const NUMBER_BARE: f64 = 1.2;

/// A change cell that says "-" or "n/a".
const NONE: f64 = 5.0;

/// What the words of a heading without a clear name weigh.
const HEADING_WORDS: f64 = 3.5;

/// A title is over all rows, so a name that it bears in part only is not held to be meant.
const TITLE_NAMED: f64 = 0.6;

/// A title that names something outside the eight names it in half of its words at least: "Urgent care and transfers of care
/// plan" is about both. And it has all of the name: "Better Care Fund plan" is not about the fund's metrics.
const TITLE_OUTSIDE: f64 = 0.5;
const TITLE_NAME: f64 = 0.85;

/// A heading that names no change beside headings that name something.
const UNNAMED: f64 = 4.0;

/// A heading that does not name a change that another heading of its kind names means another one, or none.
const NAMED_ELSEWHERE: f64 = 3.0;

/// How far the words of such a heading are believed where they speak for a change that another one names.
const MEANT_AGAIN: f64 = 0.4;

/// How much of a label's weight holds in the rows below its own: a change cell's little, since a blank below it is no label; a
/// section's all of it, but where a label may be lost. Held-back documents hardly tell values of `HOLD` from 0.1 to 0.25 apart
/// (`training/README.md`); rows of real plans are vaguer than our phrases, so that it is in the upper half.
const HOLD: f64 = 0.2;
const HOLD_COMPLETE: f64 = 0.5;
const HOLD_SECTION: f64 = 0.2;

/// The same of a tag ("Change 3") in a column before all others: there it stands once for the rows of its block. Behind the
/// actions a blank beside tags says that the row has none.
const HOLD_TAG: f64 = 1.0;

/// Everything under another model's name is outside this one.
pub(super) const OTHER_MODEL: f64 = 14.0;

/// Something that speaks in a row: how strongly for each class, outside first.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) kind: SignalKind,
    /// The heading that says it, where one does.
    pub(super) heading: Option<usize>,
    pub(super) nats: [f64; CLASSES],
}

impl Part {
    pub(super) fn new(kind: SignalKind, heading: Option<usize>) -> Self {
        Self { kind, heading, nats: [0.0; CLASSES] }
    }
}

/// What the say of a row's headings depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Headed {
    pub(super) table: usize,
    pub(super) innermost: Option<usize>,
    /// The change cell stands in the row's own line.
    pub(super) names_change: bool,
    /// There was a page break since it.
    pub(super) broken: bool,
    /// How many of the headings govern the row before as well.
    pub(super) shared: usize,
    /// A label may be lost above the row.
    pub(super) gap: bool,
}

impl Headed {
    /// What governs `item`; `before` is the item before it in its table.
    pub(super) fn of(table: &Table<'_>, item: &Item<'_>, before: Option<&Item<'_>>, row: &RowEvidence<'_>, gap: bool) -> Self {
        let (path, last) = (table.path(item.heading), before.map(|item| table.path(item.heading)).unwrap_or_default());
        let shared = path.iter().zip(&last).take_while(|(a, b)| a == b).count();
        let (table, broken) = (row.table, row.broken);
        Self { table, innermost: item.heading, names_change: item.names_change, broken, shared, gap }
    }
}

/// How strongly a heading names something outside the eight.
fn outside(evidence: &HeadingEvidence<'_>, kind: HeadingKind) -> f64 {
    let partly = |named: &Named<'_>| named.met.coverage < TITLE_OUTSIDE || named.met.similarity < TITLE_NAME || named.name.frame;
    let partly = kind == HeadingKind::Title && evidence.outside.as_ref().is_some_and(partly);
    if partly && !evidence.names_other_model() { 0.0 } else { evidence.outside_strength() }
}

/// Whether a heading clearly names something outside the eight, and no change.
fn names_programme(evidence: &HeadingEvidence<'_>, kind: HeadingKind) -> bool {
    outside(evidence, kind) >= CLEAR && !evidence.names_change()
}

/// Whether what stands as milestones in a document are labels: no other heading names a change, they name at least three, and
/// most of them name something.
pub(super) fn milestones_label(layout: &Layout<'_>, headings: &[Vec<Arc<HeadingEvidence<'_>>>]) -> bool {
    let all = || layout.tables.iter().zip(headings).flat_map(|(table, headings)| table.headings.iter().zip(headings));
    if all().any(|(heading, said)| heading.kind != HeadingKind::Milestone && said.names_change()) {
        return false;
    }
    let milestones = || all().filter(|(heading, _)| heading.kind == HeadingKind::Milestone).map(|(_, said)| said);
    let changes: ChangeSet = milestones().filter_map(|evidence| evidence.change()).collect();
    let named = milestones().filter(|said| said.names_change() || names_programme(said, HeadingKind::Section)).count();
    changes.len() >= 3 && named * 2 > milestones().count()
}

/// The title that stands nearest over a row, of the headings that govern it.
fn innermost_title(table: &Table<'_>, path: &[usize]) -> Option<usize> {
    path.iter().rev().find(|h| table.headings[**h].kind == HeadingKind::Title).copied()
}

/// Whether the column of changes stands before all others but counters.
fn change_leads(table: &Table<'_>) -> bool {
    let counts = |column: &&Column<'_>| column.meaning() == Some(Meaning::Field(Field::Reference)) || column.header.is_empty();
    table.columns.iter().find(|column| !counts(column)).is_some_and(|column| column.meaning() == Some(Meaning::Change))
}

/// The headings of a document.
pub(super) struct Speakers<'a, 'v> {
    headings: &'a [Vec<Arc<HeadingEvidence<'v>>>],
    edition: Edition,
    vocabulary: &'a Vocabulary,
    /// How many headings of each kind name a change, or something outside.
    named: [usize; 4],
    /// The changes that headings of each kind name.
    changes: [ChangeSet; 4],
    /// How many headings name something outside.
    pub(super) outside: usize,
    /// For each heading whether it stands right below one that names a change.
    belongs: Vec<Vec<bool>>,
    shape: Shape,
}

/// For each heading whether it stands right below one that names a change, before any of that one's rows: "Action plan" or
/// "Sponsor: Ann Lee" between a change and its table is no section beside the change's.
fn belongs(layout: &Layout<'_>, headings: &[Vec<Arc<HeadingEvidence<'_>>>]) -> Vec<Vec<bool>> {
    // A heading governs further tables, too, and is known by where it stands.
    let mut seen: FxHashSet<*const Place> = FxHashSet::default();
    let mut belongs: Vec<Vec<bool>> = headings.iter().map(|headings| vec![false; headings.len()]).collect();
    for ((table, said), belongs) in layout.tables.iter().zip(headings).zip(&mut belongs) {
        for item in &table.items {
            let mut below = false;
            for h in table.path(item.heading) {
                let place = table.headings[h].pieces.first().map(|piece| std::ptr::from_ref(piece.place));
                let new = place.is_some_and(|place| seen.insert(place));
                belongs[h] |= new && below;
                below = new && (below || said[h].names_change());
            }
        }
    }
    belongs
}

/// What is known of a document's labels as a whole.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// Every change up to the last that is printed has its label.
    pub(super) complete: bool,
    /// What stands as milestones are labels.
    pub(super) milestones_label: bool,
}

impl Shape {
    /// The kind that a heading speaks as.
    pub(super) fn kind(self, kind: HeadingKind) -> HeadingKind {
        if kind == HeadingKind::Milestone && self.milestones_label { HeadingKind::Section } else { kind }
    }
}

impl<'a, 'v> Speakers<'a, 'v> {
    pub(super) fn new(
        layout: &Layout<'_>,
        headings: &'a [Vec<Arc<HeadingEvidence<'v>>>],
        edition: Edition,
        vocabulary: &'a Vocabulary,
        shape: Shape,
    ) -> Self {
        let (mut named, mut outside) = ([0_usize; 4], 0);
        let mut changes = [ChangeSet::NONE; 4];
        for (table, headings) in layout.tables.iter().zip(headings) {
            for (heading, evidence) in table.headings.iter().zip(headings) {
                let labels = shape.kind(heading.kind);
                let kind = labels as usize;
                if let Some(change) = evidence.change() {
                    changes[kind] = changes[kind].with(change);
                }
                let programme = names_programme(evidence, labels) && labels != HeadingKind::Milestone;
                outside += usize::from(programme);
                named[kind] += usize::from(evidence.names_change() || programme);
            }
        }
        Self { headings, edition, vocabulary, named, changes, outside, belongs: belongs(layout, headings), shape }
    }

    /// What the headings over a row say, one part for each thing said.
    pub(super) fn say(&self, table: &Table<'_>, headed: Headed) -> Vec<Part> {
        let mut parts = Vec::new();
        let path = table.path(headed.innermost);
        let innermost_title = innermost_title(table, &path);
        let evidence = |h: &usize| &self.headings[headed.table][*h];
        let above: ChangeSet = path.iter().filter_map(|h| evidence(h).change()).collect();
        let mut inner_named = false;
        for (depth, h) in path.iter().enumerate().rev() {
            let kind = self.shape.kind(table.headings[*h].kind);
            let evidence = evidence(h);
            // What governs most closely counts most: a title names the whole, a section its part.
            let block = evidence.tagged && change_leads(table);
            let scope = self.scope(kind, headed, depth, block) * if inner_named { 0.15 } else { 1.0 };
            parts.push(self.names(evidence, kind, scope, *h));
            if kind != HeadingKind::Milestone {
                parts.extend(self.number(evidence, scope, *h));
                // A title that is about all of the eight is not one beside those of other programmes.
                let compared = kind != HeadingKind::Title || (Some(*h) == innermost_title && !evidence.whole);
                let belongs = self.belongs[headed.table][*h];
                if compared && !belongs && !evidence.names_change() && evidence.number.is_none() {
                    parts.push(self.unnamed(evidence, kind, scope, *h, above));
                }
                inner_named |= evidence.names_change() || names_programme(evidence, kind);
            }
        }
        parts.retain(|part| part.nats.iter().any(|nats| *nats != 0.0));
        parts
    }

    /// Whether the title over a row says that it is about the model as a whole.
    pub(super) fn whole(&self, table: &Table<'_>, headed: Headed) -> bool {
        innermost_title(table, &table.path(headed.innermost)).is_some_and(|title| self.headings[headed.table][title].whole)
    }

    /// Whether the nearest label over a row says that the row is something else than its number: it names a programme, or
    /// nothing beside labels that do.
    pub(super) fn overrule(&self, table: &Table<'_>, headed: Headed) -> bool {
        let path = table.path(headed.innermost);
        let mut labels = path.iter().rev().map(|h| (self.shape.kind(table.headings[*h].kind), &self.headings[headed.table][*h]));
        let nearest = labels.find(|(kind, _)| matches!(kind, HeadingKind::Section | HeadingKind::Change));
        nearest.is_some_and(|(kind, said)| {
            let unnamed = self.named[kind as usize] >= 2 && said.named.is_empty() && !said.goes_on;
            names_programme(said, kind) || unnamed
        })
    }

    /// How much of a heading's weight holds in a row; `block` of a tag that heads a block of rows.
    fn scope(&self, kind: HeadingKind, headed: Headed, depth: usize, block: bool) -> f64 {
        let fresh = depth >= headed.shared;
        match kind {
            HeadingKind::Change if headed.names_change || fresh => 1.0,
            HeadingKind::Change => {
                let hold = if self.shape.complete {
                    HOLD_COMPLETE
                } else if block {
                    HOLD_TAG
                } else {
                    HOLD
                };
                hold * if headed.broken { 0.2 } else { 1.0 }
            }
            HeadingKind::Section | HeadingKind::Title if headed.gap && !fresh => HOLD_SECTION,
            HeadingKind::Milestone if !fresh => 0.6,
            HeadingKind::Title | HeadingKind::Section | HeadingKind::Milestone => 1.0,
        }
    }

    fn names(&self, evidence: &HeadingEvidence<'_>, kind: HeadingKind, scope: f64, heading: usize) -> Part {
        let weight = scope
            * match kind {
                HeadingKind::Title => 6.5,
                HeadingKind::Section | HeadingKind::Change => 7.5,
                HeadingKind::Milestone => 3.0,
            };
        let mut part = Part::new(SignalKind::Name, Some(heading));
        let clear = |strength: f64| kind != HeadingKind::Title || strength >= TITLE_NAMED;
        for named in evidence.named.iter().filter(|named| clear(named.met.strength)) {
            if let Some(change) = named.name.change {
                part.nats[usize::from(change.get())] += weight * named.met.strength;
            }
        }
        // Beside titles of changes or programmes, that of a frame is one of them.
        let among = kind == HeadingKind::Title && self.named[kind as usize] >= 2 && evidence.names_frame();
        let outside = if among { evidence.outside_strength() } else { outside(evidence, kind) };
        part.nats[0] += weight * outside + if evidence.names_other_model() { OTHER_MODEL } else { 0.0 };
        part
    }

    /// The printed number counts where there is no name.
    fn number(&self, evidence: &HeadingEvidence<'_>, scope: f64, heading: usize) -> Option<Part> {
        let number = evidence.number.filter(|_| !evidence.names_change() && evidence.outside_strength() < CLEAR)?;
        let class = self.edition.translate(number, self.vocabulary).map_or(0, |change| usize::from(change.get()));
        let mut part = Part::new(SignalKind::Number, Some(heading));
        part.nats[class] = scope * if evidence.tagged { NUMBER_TAGGED } else { NUMBER_BARE };
        Some(part)
    }

    /// A heading without a clear name: its words say what they can; beside headings that do name something it speaks for
    /// outside, and against the changes that those name, but for the changes that headings `above` the row name.
    fn unnamed(&self, evidence: &HeadingEvidence<'_>, kind: HeadingKind, scope: f64, heading: usize, above: ChangeSet) -> Part {
        let mut part = Part::new(SignalKind::Heading, Some(heading));
        let beside = self.named[kind as usize] >= 2;
        if let Some(words) = evidence.words.filter(|_| kind != HeadingKind::Title || beside) {
            let named = self.changes[kind as usize];
            for (class, (slot, p)) in (0..).zip(part.nats.iter_mut().zip(words)) {
                let elsewhere = ChangeNumber::new(class).is_some_and(|change| named.contains(change) && !above.contains(change));
                *slot += scope * HEADING_WORDS * p * if elsewhere { MEANT_AGAIN } else { 1.0 };
            }
        }
        if evidence.none {
            part.nats[0] += scope * NONE;
        }
        if beside && !evidence.goes_on {
            let strongest = evidence.named.first().map_or(0.0, |n| n.met.strength);
            let outside = evidence.words.map_or(1.0, |words| words[0]);
            let unnamed = if kind == HeadingKind::Change { 0.3 * outside } else { outside.max(0.4) };
            part.nats[0] += scope * UNNAMED * unnamed * (1.0 - strongest).max(0.0);
            for change in self.changes[kind as usize].iter().filter(|change| !above.contains(*change)) {
                let class = usize::from(change.get());
                let worded = evidence.words.map_or(0.0, |words| words[class] * MEANT_AGAIN);
                let meant = worded.max(evidence.strength(change));
                part.nats[class] -= scope * NAMED_ELSEWHERE * (1.0 - meant);
            }
        }
        part
    }
}
