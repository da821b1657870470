//! From the decoder's path to assignments: what decided each row, how sure that is, what else was weighed.

use std::sync::Arc;

use rayon::iter::IndexedParallelIterator;
use rayon::iter::ParallelIterator;
use rayon::slice::ParallelSliceMut;

use super::Matcher;
use super::decode::Decoded;
use super::emissions::Evidences;
use super::emissions::RowEvidence;
use super::emissions::own_words;
use super::explain;
use super::headed::Part;
use super::headings::HeadingEvidence;
use super::text::Scratch;
use crate::model::assignment::Assigned;
use crate::model::assignment::Assignment;
use crate::model::assignment::Basis;
use crate::model::assignment::ColumnUse;
use crate::model::assignment::Evidence;
use crate::model::assignment::Signal;
use crate::model::assignment::SignalKind;
use crate::model::change::CHANGES;
use crate::model::change::ChangeNumber;
use crate::model::change::ChangeSet;
use crate::model::diagnostic::Code;
use crate::model::diagnostic::Diagnostic;
use crate::model::table::Boundary;
use crate::model::table::HeadingKind;
use crate::model::table::Item;
use crate::model::table::Layout;
use crate::model::table::Table;
use crate::model::text::collapse;

/// A heading that bears a name at least this strongly decided.
const NAMED: f64 = 0.5;

/// Alternatives less likely than this are left out.
const LEAST_ALTERNATIVE: f64 = 0.02;

/// A change that is less likely than not is told in a diagnostic.
const UNSURE: f64 = 0.5;

/// How many rows are explained by one thread before it takes others.
const PART: usize = 256;

/// Longest text quoted as evidence, in characters.
const QUOTE: usize = 160;

/// The assignments of all items, by table.
pub(super) fn assign<'s>(
    matcher: &Matcher,
    layout: &Layout<'s>,
    uses: &[Vec<ColumnUse>],
    evidence: &Evidences<'s, '_>,
    decoded: &Decoded,
) -> Vec<Vec<Assignment>> {
    let judge = |index: usize| {
        let row = &evidence.rows[index];
        let table = &layout.tables[row.table];
        Judge {
            matcher,
            table,
            item: &table.items[row.item],
            uses: &uses[row.table],
            row,
            headings: &evidence.headings[row.table],
        }
    };
    let mut assigned: Vec<Assignment> = Vec::with_capacity(evidence.rows.len());
    for (index, state) in decoded.path.iter().copied().enumerate() {
        let judge = judge(index);
        let goes_on = index.checked_sub(1).is_some_and(|before| decoded.path[before] == state);
        let carried = assigned.last().filter(|_| goes_on && judge.item.boundary < Boundary::Milestone);
        assigned.push(judge.assignment(evidence, state, &decoded.probability[index], carried));
    }
    assigned.par_chunks_mut(PART).enumerate().for_each_init(Scratch::default, |scratch, (part, assigned)| {
        for (index, assignment) in (part * PART..).zip(assigned) {
            judge(index).explain(&explain::Row::new(evidence, decoded, index), assignment, scratch);
        }
    });
    let mut out: Vec<Vec<Assignment>> = layout.tables.iter().map(|table| Vec::with_capacity(table.items.len())).collect();
    let mut before: Vec<(ChangeNumber, String)> = Vec::new();
    for (index, mut assignment) in assigned.into_iter().enumerate() {
        let row = &evidence.rows[index];
        // What was carried from a row that its own words decided was matched there.
        for change in assignment.changes.iter_mut().filter(|c| c.basis == Basis::Carried && c.evidence.matched.is_empty()) {
            let from = before.iter().find(|(number, _)| *number == change.number);
            change.evidence.matched = from.map(|(_, matched)| matched.clone()).unwrap_or_default();
        }
        before.clear();
        before.extend(assignment.changes.iter().map(|change| (change.number, change.evidence.matched.clone())));
        if !evidence.ground().labelled {
            doubt(&mut assignment, &decoded.probability[index]);
        }
        out[row.table].push(settled(assignment, matcher.least));
    }
    out
}

struct Judge<'a, 's, 'v> {
    matcher: &'a Matcher,
    table: &'a Table<'s>,
    item: &'a Item<'s>,
    uses: &'a [ColumnUse],
    row: &'a RowEvidence<'s>,
    headings: &'a [Arc<HeadingEvidence<'v>>],
}

impl Judge<'_, '_, '_> {
    fn assignment(
        &self,
        evidence: &Evidences<'_, '_>,
        state: usize,
        probability: &[f64; CHANGES + 1],
        carried: Option<&Assignment>,
    ) -> Assignment {
        let set = evidence.states.set(state);
        let mut changes: Vec<Assigned> = set
            .iter()
            .map(|number| {
                let (basis, found) = self.decided(number, carried);
                Assigned {
                    number,
                    basis,
                    confidence: self.matcher.confidence.of(basis, evidence.ground(), probability[number.index()]),
                    evidence: found,
                    edition_number: self.edition_number(evidence, number),
                }
            })
            .collect();
        changes.sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then(a.number.cmp(&b.number)));
        let alternatives = alternatives(set, probability, changes.first().filter(|_| set.len() == 1));
        Assignment { changes, alternatives, diagnostics: self.contradictions(evidence) }
    }

    /// The number that the source's edition gives `change`: the one printed where it means that, else that of the name that a
    /// heading bears (an edition may make two changes of one), else the edition's.
    fn edition_number(&self, evidence: &Evidences<'_, '_>, change: ChangeNumber) -> Option<u8> {
        let (edition, vocabulary) = (evidence.edition, &self.matcher.vocabulary);
        let own = edition.number(change, vocabulary)?;
        let path = self.table.path(self.item.heading);
        let said = || path.iter().rev().filter_map(|h| self.headings.get(*h));
        let printed = said().filter_map(|heading| heading.number).find(|n| edition.translate(*n, vocabulary) == Some(change));
        let named =
            || said().filter_map(|heading| heading.of(change)).find_map(|n| edition.number_of_name(&n.name.text, vocabulary));
        Some(printed.or_else(named).unwrap_or(own))
    }

    /// What decided, strongest kind first.
    fn decided(&self, change: ChangeNumber, carried: Option<&Assignment>) -> (Basis, Evidence) {
        if let Some(found) = self.tagged(change) {
            return (Basis::Explicit, found);
        }
        if let Some(found) = self.headed(change) {
            return found;
        }
        let from_before = carried.and_then(|a| a.changes.iter().find(|c| c.number == change));
        let words = self.row.words;
        let own = (0..words.len()).max_by(|a, b| words[*a].total_cmp(&words[*b]));
        let inherited = |before: &&Assigned| matches!(before.basis, Basis::Explicit | Basis::Carried);
        if let Some(before) = from_before.filter(|before| inherited(before) || own != Some(usize::from(change.get()))) {
            return (Basis::Carried, before.evidence.clone());
        }
        (Basis::Text, self.worded(change))
    }

    fn tagged(&self, change: ChangeNumber) -> Option<Evidence> {
        let tag = self.row.tag.as_ref().filter(|tag| tag.labels && tag.set.contains(change))?;
        let place = Some(tag.piece.place.clone());
        Some(Evidence {
            text: collapse(tag.piece.text).into_owned(),
            matched: format!("tag {change}"),
            similarity: 1.0,
            place,
            signals: Vec::new(),
        })
    }

    fn headed(&self, change: ChangeNumber) -> Option<(Basis, Evidence)> {
        let path = self.table.path(self.item.heading);
        let named = path.iter().rev().find_map(|h| {
            let evidence = self.headings.get(*h)?;
            let named = evidence.of(change).filter(|n| n.met.strength >= NAMED);
            let numbered = evidence.named.is_empty() && evidence.tagged && evidence.number == Some(change.get());
            match named {
                Some(named) => Some((*h, named.name.text.clone(), named.met.similarity)),
                None => numbered.then(|| (*h, format!("change {change}"), 1.0)),
            }
        });
        let (h, matched, similarity) = named?;
        let heading = self.table.headings.get(h)?;
        let basis = if heading.kind == HeadingKind::Change && self.row.broken { Basis::Carried } else { Basis::Section };
        let place = heading.pieces.first().map(|piece| piece.place.clone());
        Some((
            basis,
            Evidence { text: quote(&heading.text()), matched, similarity: rounded(similarity), place, signals: Vec::new() },
        ))
    }

    fn worded(&self, change: ChangeNumber) -> Evidence {
        let class = usize::from(change.get());
        let similarity = rounded(f64::from(self.row.words.get(class).copied().unwrap_or(f32::NEG_INFINITY)).exp());
        let place = Some(self.item.place.clone());
        // What was matched is told with the signals: the words that weighed most.
        Evidence { text: quote(&collapse(&self.words())), matched: String::new(), similarity, place, signals: Vec::new() }
    }

    /// The row's own words, as the text score reads them.
    fn words(&self) -> String {
        let parts = own_words(self.table, self.item, self.uses);
        parts.iter().map(|(text, _)| *text).collect::<Vec<_>>().join("\n")
    }

    /// Says of each change taken what spoke for it and for its strongest rival.
    fn explain(&self, row: &explain::Row, assignment: &mut Assignment, scratch: &mut Scratch) {
        if assignment.changes.is_empty() {
            return;
        }
        let rival = row.rival_of(assignment.set());
        let words = self.words();
        let spoke: Vec<(usize, f32)> = assignment
            .changes
            .iter()
            .map(|c| usize::from(c.number.get()))
            .chain([rival])
            .flat_map(|class| [(class, 1.0), (class, -1.0)])
            .collect();
        let said = self.matcher.text.spoke(&words, &spoke, scratch);
        let signals = |class: usize| {
            row.signals(class, |part, weight| match part.kind {
                SignalKind::Words => {
                    let at = spoke.iter().position(|(c, sign)| *c == class && (*sign > 0.0) == (weight > 0.0))?;
                    said.get(at).filter(|words| !words.is_empty()).cloned()
                }
                _ => self.said(part),
            })
        };
        let against: Vec<Signal> = signals(rival);
        for change in &mut assignment.changes {
            let class = usize::from(change.number.get());
            change.evidence.signals = signals(class).into_iter().chain(against.iter().cloned()).collect();
            if change.basis == Basis::Text {
                let at = spoke.iter().position(|(c, _)| *c == class);
                change.evidence.matched = at.and_then(|at| said.get(at)).cloned().unwrap_or_default();
            }
        }
    }

    /// The source's words in which a part speaks.
    fn said(&self, part: &Part) -> Option<String> {
        match part.kind {
            SignalKind::Tag => self.row.tag.as_ref().map(|tag| collapse(tag.piece.text).into_owned()),
            SignalKind::Reference => self.row.reference.map(|number| format!("{number}.")),
            _ => part.heading.and_then(|h| self.table.headings.get(h)).map(|heading| heading.text().into_owned()),
        }
    }

    /// A printed number that disagrees with the name beside it.
    fn contradictions(&self, evidence: &Evidences<'_, '_>) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for h in self.table.path(self.item.heading) {
            let (Some(heading), Some(said)) = (self.table.headings.get(h), self.headings.get(h)) else { continue };
            let (Some(number), Some(named)) = (said.number, said.named.first().filter(|_| said.names_change())) else { continue };
            let Some(change) = named.name.change.filter(|_| heading.kind != HeadingKind::Milestone) else { continue };
            if evidence.edition.translate(number, &self.matcher.vocabulary) != Some(change) {
                let message = format!("{:?} prints {number} but names change {change}; the name counts", quote(&heading.text()));
                found.push(Diagnostic::new(Code::NumberContradictsName, message));
            }
        }
        found
    }
}

/// Changes that were weighed and not taken. Where one was `taken`, they share what its confidence leaves, however much of it
/// they would have together, as several of a set.
fn alternatives(set: ChangeSet, probability: &[f64; CHANGES + 1], taken: Option<&Assigned>) -> Vec<(ChangeNumber, f64)> {
    let others = || ChangeNumber::all().filter(|change| !set.contains(*change));
    let all: f64 = others().map(|change| probability[change.index()]).sum();
    let share = taken.map_or(1.0, |taken| share_left(taken.confidence, probability[taken.number.index()].min(1.0 - all)));
    let mut out: Vec<(ChangeNumber, f64)> = others()
        .map(|change| (change, rounded(probability[change.index()] * share)))
        .filter(|(_, p)| *p >= LEAST_ALTERNATIVE)
        .collect();
    sort_alternatives(&mut out);
    out
}

/// Takes the row of a document without labels out of its change, where for all that is known of such odds it is likelier to be
/// outside.
fn doubt(assignment: &mut Assignment, probability: &[f64; CHANGES + 1]) {
    let [taken] = assignment.changes.as_slice() else { return };
    let outside = probability[CHANGES] * share_left(taken.confidence, probability[taken.number.index()]);
    if matches!(taken.basis, Basis::Carried | Basis::Text) && outside > taken.confidence {
        assignment.alternatives.push((taken.number, taken.confidence));
        sort_alternatives(&mut assignment.alternatives);
        assignment.changes.clear();
    }
}

/// What the others' probabilities are multiplied with where the one taken has `confidence` and not its own `probability`.
pub(super) fn share_left(confidence: f64, probability: f64) -> f64 {
    (1.0 - confidence) / (1.0 - probability).max(1e-9)
}

fn sort_alternatives(alternatives: &mut [(ChangeNumber, f64)]) {
    alternatives.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
}

/// Leaves out changes with a confidence below `least` and says which are unsure.
pub(super) fn settled(mut assignment: Assignment, least: f64) -> Assignment {
    let weak: Vec<(ChangeNumber, f64)> =
        assignment.changes.iter().map(|c| (c.number, c.confidence)).filter(|(_, p)| *p < least.max(UNSURE)).collect();
    if weak.is_empty() {
        return assignment;
    }
    let shown = |list: &[(ChangeNumber, f64)]| list.iter().map(|(n, p)| format!("{n} at {p}")).collect::<Vec<_>>().join(", ");
    let others = match assignment.alternatives.as_slice() {
        [] => String::new(),
        others => format!("; also weighed: {}", shown(others.get(..others.len().min(3)).unwrap_or_default())),
    };
    let out: Vec<(ChangeNumber, f64)> = weak.iter().copied().filter(|(_, p)| *p < least).collect();
    let fate = if out.is_empty() { "kept".to_owned() } else { format!("left out below {least}: {}", shown(&out)) };
    let message = format!("unsure of change {}{others}; {fate}", shown(&weak));
    assignment.changes.retain(|change| change.confidence >= least);
    assignment.alternatives.extend(out);
    sort_alternatives(&mut assignment.alternatives);
    assignment.diagnostics.push(Diagnostic::new(Code::ChangeUnsure, message));
    assignment
}

/// Three decimals: more would claim more than is known, and differ from machine to machine.
pub(super) fn rounded(value: f64) -> f64 {
    (value.clamp(0.0, 1.0) * 1_000.0).round() / 1_000.0
}

/// The beginning of a text, cut at a word.
pub(super) fn quote(text: &str) -> String {
    if text.chars().count() <= QUOTE {
        return text.to_owned();
    }
    let cut: String = text.chars().take(QUOTE).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", &cut[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_is_likelier_outside_is_there() {
        let number = ChangeNumber::new(5).unwrap_or_else(|| unreachable!("1 to 8"));
        let evidence =
            Evidence { text: String::new(), matched: String::new(), similarity: 1.0, place: None, signals: Vec::new() };
        let taken = |basis, confidence| Assigned { number, basis, confidence, evidence: evidence.clone(), edition_number: None };
        let left = |basis, confidence, probability: [f64; CHANGES + 1]| {
            let mut assignment = Assignment { changes: vec![taken(basis, confidence)], ..Assignment::default() };
            doubt(&mut assignment, &probability);
            (assignment.changes.len(), assignment.alternatives)
        };
        let outside = [0.0, 0.0, 0.0, 0.0, 0.55, 0.0, 0.0, 0.0, 0.45];
        assert_eq!(left(Basis::Text, 0.4, outside), (0, vec![(number, 0.4)]));
        assert_eq!(left(Basis::Text, 0.6, outside).0, 1);
        assert_eq!(left(Basis::Section, 0.4, outside).0, 1);
        let another = [0.45, 0.0, 0.0, 0.0, 0.55, 0.0, 0.0, 0.0, 0.0];
        assert_eq!(left(Basis::Text, 0.4, another).0, 1);
    }

    #[test]
    fn alternatives_share_what_the_confidence_leaves() {
        let one = |number: u32| ChangeNumber::new(number).unwrap_or_else(|| unreachable!("1 to 8"));
        let taken = Assigned {
            number: one(5),
            basis: Basis::Section,
            confidence: 0.9,
            evidence: Evidence { text: String::new(), matched: String::new(), similarity: 1.0, place: None, signals: Vec::new() },
            edition_number: None,
        };
        let left = |probability: [f64; CHANGES + 1]| {
            let out = alternatives(ChangeSet::from(one(5)), &probability, Some(&taken));
            out.iter().map(|(_, p)| p).sum::<f64>()
        };
        assert!((left([0.2, 0.0, 0.0, 0.0, 0.8, 0.0, 0.0, 0.0, 0.0]) - 0.1).abs() < 1e-9);
        // As many sets of several as there are, all with the change that was taken.
        assert!((left([0.5, 0.5, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0]) - 0.1).abs() < 1e-9);
    }
}
