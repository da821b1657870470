//! What speaks for each state in each row: tags, headings, numbers, the row's own words.
//!
//! Scores are in nats. The weights are set by hand on tables of our own wording; the text score is learned.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::Matcher;
use super::decode;
use super::decode::Decoded;
use super::decode::States;
use super::editions::Edition;
use super::headings::HeadingEvidence;
use super::tags;
use super::text::CLASSES;
use super::text::Scratch;
use crate::model::assignment::ColumnUse;
use crate::model::change::ChangeNumber;
use crate::model::change::ChangeSet;
use crate::model::field::Field;
use crate::model::table::Boundary;
use crate::model::table::HeadingKind;
use crate::model::table::Item;
use crate::model::table::Layout;
use crate::model::table::Piece;
use crate::model::table::Table;
use crate::model::vocabulary::Vocabulary;

/// A tag that labels the row decides, whatever else is there.
const TAG: f64 = 12.0;

/// A tag governs the rows of its milestone's block until the next tag.
const TAG_CARRIED: f64 = 4.0;

/// A change mentioned with its number in passing.
const MENTION: f64 = 1.5;

/// Weight of the row's own words, and the least that they can say of a class.
const WORDS: f64 = 0.8;
const LEAST_WORDS: f64 = -5.0;

/// A number behind the word "change" in a heading without a name; a bare number in front of one.
const NUMBER_TAGGED: f64 = 5.0;
const NUMBER_BARE: f64 = 1.2;

/// What the words of a heading without a clear name weigh.
const HEADING_WORDS: f64 = 3.5;

/// A heading that names no change beside headings that do.
const UNNAMED: f64 = 4.0;

/// Outside is the exception, but where a heading or the words say so.
const OUTSIDE_PRIOR: f64 = -1.0;

/// How much of a change cell's weight holds in the blank cells below it: little where labels are missing elsewhere, for then
/// one may be missing here too.
const HOLD: f64 = 0.15;
const HOLD_COMPLETE: f64 = 0.5;

/// Everything in a document about another model is outside this one.
const OTHER_MODEL: f64 = 14.0;

/// A row before the first printing of a change's own label is not that change's.
const NOT_YET: f64 = -5.0;

/// A tag of a row and where it stands.
#[derive(Clone, Debug)]
pub(super) struct RowTag<'s> {
    pub(super) set: ChangeSet,
    pub(super) piece: Piece<'s>,
    pub(super) labels: bool,
}

/// One row of the document in the decoder.
#[derive(Debug)]
pub(super) struct RowEvidence<'s> {
    pub(super) table: usize,
    pub(super) item: usize,
    pub(super) tag: Option<RowTag<'s>>,
    /// Log-probability of the row's own words, outside first.
    pub(super) words: [f32; CLASSES],
    /// Page breaks since the change cell that governs the row was printed.
    pub(super) broken: bool,
}

/// All evidence about a document.
pub(super) struct Evidences<'s, 'v> {
    pub(super) rows: Vec<RowEvidence<'s>>,
    pub(super) headings: Vec<Vec<HeadingEvidence<'v>>>,
    pub(super) states: States,
    pub(super) edition: Edition,
    emissions: Vec<f64>,
    boundaries: Vec<Boundary>,
    ordered: f64,
    cohesion: f64,
    /// How strongly a change cell holds in the rows below it.
    hold: f64,
    /// The document's title names another model.
    foreign: bool,
}

impl<'s, 'v> Evidences<'s, 'v> {
    /// Reads everything that the document says.
    pub(super) fn gather(matcher: &'v Matcher, layout: &Layout<'s>, uses: &[Vec<ColumnUse>]) -> Self {
        let headings: Vec<Vec<HeadingEvidence<'v>>> = layout
            .tables
            .iter()
            .map(|table| {
                table
                    .headings
                    .iter()
                    .map(|h| HeadingEvidence::read(&h.text(), h.kind == HeadingKind::Change, &matcher.recogniser, matcher.text))
                    .collect()
            })
            .collect();
        let edition = Edition::detect(headings.iter().flatten(), &matcher.vocabulary);
        let mut rows = Vec::new();
        let mut scratch = Scratch::default();
        for (index, table) in layout.tables.iter().enumerate() {
            let mut broken = false;
            for (number, item) in table.items.iter().enumerate() {
                broken = !item.names_change && item.boundary < Boundary::Section && (broken || item.boundary == Boundary::Page);
                let score = matcher.text.score_parts(&own_words(table, item, &uses[index]), &mut scratch);
                // A row without a known word says nothing, and not what is common.
                let words = if score.known == 0 { [0.0; CLASSES] } else { score.log_probability };
                rows.push(RowEvidence {
                    table: index,
                    item: number,
                    tag: row_tag(table, item, &headings[index], edition, &matcher.vocabulary),
                    #[expect(clippy::cast_possible_truncation, reason = "seven digits are plenty for a score")]
                    words: words.map(|p| p as f32),
                    broken,
                });
            }
        }
        let states = States::new(rows.iter().filter_map(|row| row.tag.as_ref().filter(|t| t.labels).map(|t| t.set)));
        let boundaries = rows.iter().map(|row| layout.tables[row.table].items[row.item].boundary).collect();
        let mut evidences = Self {
            rows,
            headings,
            states,
            edition,
            emissions: Vec::new(),
            boundaries,
            ordered: 0.0,
            cohesion: 1.0,
            hold: HOLD,
            foreign: false,
        };
        let anchors = evidences.anchors(layout);
        evidences.ordered = order(&anchors);
        evidences.hold = if is_complete(&anchors) { HOLD_COMPLETE } else { HOLD };
        let title =
            layout.title.as_ref().map(|title| HeadingEvidence::read(&title.text(), false, &matcher.recogniser, matcher.text));
        evidences.foreign = title.is_some_and(|title| title.names_other_model());
        if anchors.iter().all(Option::is_none) {
            evidences.cohesion = cohesion(&evidences.rows);
            evidences.ordered *= evidences.cohesion;
        }
        evidences.emissions = evidences.emit(layout, &anchors, &matcher.vocabulary);
        evidences
    }

    /// The best path and its probabilities.
    pub(super) fn decode(&self) -> Decoded {
        decode::decode(&self.states, &self.emissions, &self.boundaries, self.ordered, self.cohesion)
    }

    /// Name of the document's edition.
    pub(super) fn edition_name(&self, vocabulary: &Vocabulary) -> Option<String> {
        self.edition.name(vocabulary).map(str::to_owned)
    }

    /// For each row the change that its own label, its new heading or its tag names.
    fn anchors(&self, layout: &Layout<'_>) -> Vec<Option<ChangeNumber>> {
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
                kind != HeadingKind::Milestone && self.headings[row.table][**h].names_change()
            })?;
            let this = (row.table, *named);
            let new = last != Some(this) || item.names_change;
            last = Some(this);
            let heading = &self.headings[row.table][*named];
            new.then(|| heading.named.first().and_then(|n| n.name.change)).flatten()
        };
        self.rows.iter().map(anchor).collect()
    }

    fn emit(&self, layout: &Layout<'_>, anchors: &[Option<ChangeNumber>], vocabulary: &Vocabulary) -> Vec<f64> {
        let width = self.states.len();
        let mut emissions = vec![0.0; self.rows.len() * width];
        let siblings = self.siblings(layout);
        let mut governing = None;
        let unprinted = unprinted(&self.rows, anchors);
        let mut cache: FxHashMap<HeadedKey, [f64; CLASSES]> = FxHashMap::default();
        for (index, row) in self.rows.iter().enumerate() {
            let table = &layout.tables[row.table];
            let item = &table.items[row.item];
            let first = index == 0 || {
                let before = &self.rows[index - 1];
                before.table != row.table || table.items[before.item].heading != item.heading
            };
            let key = (row.table, item.heading, item.names_change, row.broken, first);
            let headed = cache.entry(key).or_insert_with(|| self.headed(row, table, item, first, &siblings, vocabulary));
            let out = &mut emissions[index * width..(index + 1) * width];
            for (class, slot) in out.iter_mut().enumerate().take(CLASSES) {
                *slot = headed[class] + WORDS * f64::from(row.words[class]).max(LEAST_WORDS);
            }
            out[0] += OUTSIDE_PRIOR + if self.foreign { OTHER_MODEL } else { 0.0 };
            for change in unprinted[index].iter() {
                out[usize::from(change.get())] += NOT_YET;
            }
            for state in CLASSES..width {
                let members = self.states.set(state);
                let sum: f64 = members.iter().map(|change| out[usize::from(change.get())].exp()).sum();
                #[expect(clippy::cast_precision_loss, reason = "at most eight members")]
                let mean = sum / members.len() as f64;
                out[state] = mean.ln() - 1.0;
            }
            self.emit_tag(row, out);
            let block = (row.table, item.heading.filter(|h| table.headings[*h].kind == HeadingKind::Milestone));
            match row.tag.as_ref().filter(|tag| tag.labels) {
                Some(tag) => governing = block.1.map(|_| (block, self.states.of(tag.set))),
                None => {
                    if let Some((_, state)) = governing.filter(|(of, _)| *of == block) {
                        out[state] += TAG_CARRIED;
                    }
                }
            }
        }
        emissions
    }

    fn emit_tag(&self, row: &RowEvidence<'_>, out: &mut [f64]) {
        let Some(tag) = &row.tag else { return };
        if tag.labels {
            out[self.states.of(tag.set)] += TAG;
        } else {
            tag.set.iter().for_each(|change| out[usize::from(change.get())] += MENTION);
        }
    }

    /// What the headings over a row say; `first` is the first row under its innermost heading.
    fn headed(
        &self,
        row: &RowEvidence<'_>,
        table: &Table<'_>,
        item: &Item<'_>,
        first: bool,
        siblings: &Siblings,
        vocabulary: &Vocabulary,
    ) -> [f64; CLASSES] {
        let mut out = [0.0; CLASSES];
        let path = table.path(item.heading);
        let innermost_title = path.iter().rev().find(|h| table.headings[**h].kind == HeadingKind::Title).copied();
        let mut inner_named = false;
        for h in path.iter().rev() {
            let kind = table.headings[*h].kind;
            let evidence = &self.headings[row.table][*h];
            let scope = match kind {
                HeadingKind::Title | HeadingKind::Section => 1.0,
                HeadingKind::Milestone if first => 1.0,
                HeadingKind::Milestone => 0.6,
                HeadingKind::Change => match (item.names_change, row.broken) {
                    (true, _) => 1.0,
                    (false, broken) => self.hold * if broken { 0.2 } else { 1.0 },
                },
            };
            // What governs most closely counts most: a title names the whole, a section its part.
            let scope = if inner_named { 0.15 * scope } else { scope };
            let weight = scope
                * match kind {
                    HeadingKind::Title => 6.5,
                    HeadingKind::Section | HeadingKind::Change => 7.5,
                    HeadingKind::Milestone => 3.0,
                };
            for named in &evidence.named {
                if let Some(change) = named.name.change {
                    out[usize::from(change.get())] += weight * named.met.strength;
                }
            }
            out[0] += weight * evidence.outside_strength() + if evidence.names_other_model() { OTHER_MODEL } else { 0.0 };
            if kind != HeadingKind::Milestone {
                self.number(evidence, scope, &mut out, vocabulary);
                let compared = kind != HeadingKind::Title || innermost_title == Some(*h);
                if compared && !evidence.names_change() && evidence.number.is_none() {
                    siblings.unnamed(evidence, kind, scope, &mut out);
                }
                inner_named |= evidence.names_change() || evidence.outside_strength() >= 0.6;
            }
        }
        out
    }

    /// The printed number counts where no name does.
    fn number(&self, evidence: &HeadingEvidence<'_>, scope: f64, out: &mut [f64; CLASSES], vocabulary: &Vocabulary) {
        let Some(number) = evidence.number.filter(|_| !evidence.names_change()) else { return };
        let class = self.edition.translate(number, vocabulary).map_or(0, |change| usize::from(change.get()));
        let weight = if evidence.tagged { NUMBER_TAGGED } else { NUMBER_BARE };
        out[class] += scope * weight;
    }

    fn siblings(&self, layout: &Layout<'_>) -> Siblings {
        let mut counts = [0_usize; 4];
        for (table, headings) in layout.tables.iter().zip(&self.headings) {
            for (heading, evidence) in table.headings.iter().zip(headings) {
                counts[heading.kind as usize] += usize::from(evidence.names_change());
            }
        }
        Siblings { counts }
    }
}

/// What the say of headings depends on: table, innermost heading, change printed in the row, page break since, first row below.
type HeadedKey = (usize, Option<usize>, bool, bool, bool);

/// How many headings of each kind name a change.
struct Siblings {
    counts: [usize; 4],
}

impl Siblings {
    /// A heading without a clear name: its words say what they can; beside headings that do name changes it speaks for outside.
    fn unnamed(&self, evidence: &HeadingEvidence<'_>, kind: HeadingKind, scope: f64, out: &mut [f64; CLASSES]) {
        let beside = self.named(kind);
        if let Some(words) = evidence.words.filter(|_| kind != HeadingKind::Title || beside) {
            out.iter_mut().zip(words).for_each(|(slot, p)| *slot += scope * HEADING_WORDS * p);
        }
        if beside {
            let strongest = evidence.named.first().map_or(0.0, |n| n.met.strength);
            let outside = evidence.words.map_or(1.0, |words| words[0]);
            let unnamed = if kind == HeadingKind::Change { 0.3 * outside } else { outside.max(0.4) };
            out[0] += scope * UNNAMED * unnamed * (1.0 - strongest).max(0.0);
        }
    }

    /// Whether headings of this kind are where the document names its changes.
    fn named(&self, kind: HeadingKind) -> bool {
        self.counts[kind as usize] >= 2
    }
}

/// How strictly the anchors keep the order of the eight: 0.2 where too few tell, up to 1.
fn order(anchors: &[Option<ChangeNumber>]) -> f64 {
    let mut numbers: Vec<ChangeNumber> = anchors.iter().flatten().copied().collect();
    numbers.dedup();
    if numbers.len() < 3 {
        return 0.2;
    }
    let pairs = numbers.len() - 1;
    let falls = numbers.windows(2).filter(|pair| pair[1] < pair[0]).count();
    #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 headings")]
    let share = falls as f64 / pairs as f64;
    (1.0 - 4.0 * share).max(0.0)
}

/// Whether the document prints the label of every change up to the last that it has.
fn is_complete(anchors: &[Option<ChangeNumber>]) -> bool {
    let printed: ChangeSet = anchors.iter().flatten().copied().collect();
    printed.len() >= 3 && printed.iter().last().is_some_and(|last| usize::from(last.get()) == printed.len())
}

/// Whether rows of a kind stand together in a document that names no change: 0 where neighbours are no more alike than any
/// two rows, 1 where they are as alike as can be. Such a document is read row by row or block by block accordingly.
fn cohesion(rows: &[RowEvidence<'_>]) -> f64 {
    let shares: Vec<[f64; CLASSES]> = rows.iter().map(|row| row.words.map(|p| f64::from(p).exp())).collect();
    let product = |a: &[f64; CLASSES], b: &[f64; CLASSES]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    let pairs = shares.windows(2).count();
    if pairs < 4 {
        return 0.5;
    }
    #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 rows")]
    let (count, pairs) = (shares.len() as f64, pairs as f64);
    let mean: [f64; CLASSES] = std::array::from_fn(|class| shares.iter().map(|row| row[class]).sum::<f64>() / count);
    let neighbours = shares.windows(2).map(|pair| product(&pair[0], &pair[1])).sum::<f64>() / pairs;
    let alone = shares.iter().map(|row| product(row, row)).sum::<f64>() / count;
    let chance = product(&mean, &mean);
    (1.5 * (neighbours - chance) / (alone - chance).max(1e-9)).clamp(0.0, 1.0)
}

/// For each row the changes whose own label is printed only further down in its table.
fn unprinted(rows: &[RowEvidence<'_>], anchors: &[Option<ChangeNumber>]) -> Vec<ChangeSet> {
    let mut by_row = vec![ChangeSet::NONE; rows.len()];
    let mut start = 0;
    while start < rows.len() {
        let end = (start..rows.len()).find(|r| rows[*r].table != rows[start].table).unwrap_or(rows.len());
        let all: ChangeSet = anchors[start..end].iter().flatten().copied().collect();
        let mut printed = ChangeSet::NONE;
        for row in start..end {
            if let Some(change) = anchors[row] {
                printed = printed.with(change);
            }
            by_row[row] = all.iter().filter(|change| !printed.contains(*change)).collect();
        }
        start = end;
    }
    by_row
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
    headings: &[HeadingEvidence<'_>],
    edition: Edition,
    vocabulary: &Vocabulary,
) -> Option<RowTag<'s>> {
    let translate = |number| edition.translate(number, vocabulary);
    let mut found: Option<RowTag<'s>> = None;
    let pieces: SmallVec<[&Piece<'s>; 12]> = item.cells.iter().flat_map(|cell| &cell.pieces).collect();
    for piece in pieces {
        if let Some(tag) = tags::find(piece.text)
            && found.as_ref().is_none_or(|f| tag.labels && !f.labels)
        {
            let set = tag.numbers.set(translate);
            found = Some(RowTag { set, piece: piece.part(tag.text), labels: tag.labels });
        }
    }
    if found.as_ref().is_some_and(|tag| tag.labels) {
        return found;
    }
    let several = |h: &usize| headings.get(*h).is_some_and(|heading| heading.several.is_some());
    let milestone = |h: &usize| table.headings[*h].kind == HeadingKind::Milestone;
    let governing = table.path(item.heading).into_iter().rev().find(|h| several(h) || !milestone(h));
    let several = governing.and_then(|h| Some((headings.get(h)?.several?, *table.headings[h].pieces.first()?)));
    several.map(|(numbers, piece)| RowTag { set: numbers.set(translate), piece, labels: true }).or(found)
}
