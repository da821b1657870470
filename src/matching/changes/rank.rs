//! The changes of a text that stands alone: `hicm match`.

use smallvec::SmallVec;

use super::Matcher;
use super::assign::quote;
use super::assign::rounded;
use super::assign::settled;
use super::assign::share_left;
use super::explain;
use super::headed::Part;
use super::headings::HeadingEvidence;
use super::text::CLASSES;
use super::text::Scratch;
use super::text::log_softmax;
use crate::model::assignment::Assigned;
use crate::model::assignment::Assignment;
use crate::model::assignment::Basis;
use crate::model::assignment::Evidence;
use crate::model::assignment::Signal;
use crate::model::assignment::SignalKind;
use crate::model::change::ChangeNumber;
use crate::model::text::has_words;

/// A name that the text bears weighs up to this many nats beside its words.
const NAME: f64 = 4.0;

impl Matcher {
    /// Ranks the eight for `text`: the likeliest as the change, the others as alternatives; none where outside is likeliest.
    #[must_use]
    pub fn rank(&self, text: &str) -> Assignment {
        if !has_words(text) {
            return Assignment::default();
        }
        if let Some(tag) = self.recogniser.tags().find(text).filter(|tag| tag.labels) {
            let set = tag.numbers.set(|number| ChangeNumber::new(u32::from(number)));
            let changes = set.iter().map(|number| Assigned {
                number,
                basis: Basis::Explicit,
                confidence: 1.0,
                evidence: Evidence {
                    text: tag.text.to_owned(),
                    matched: format!("tag {number}"),
                    similarity: 1.0,
                    place: None,
                    signals: Vec::new(),
                },
                edition_number: None,
            });
            return Assignment { changes: changes.collect(), ..Assignment::default() };
        }
        let scratch = &mut Scratch::default();
        let named = HeadingEvidence::named(text, false, &self.recogniser);
        let parts = self.parts(text, &named, scratch);
        let mut scores = [0.0; CLASSES];
        parts.iter().for_each(|part| scores.iter_mut().zip(part.nats).for_each(|(score, nats)| *score += nats));
        let belief = log_softmax(scores);
        let probability = belief.map(f64::exp);
        let mut order: Vec<usize> = (0..CLASSES).collect();
        order.sort_by(|a, b| probability[*b].total_cmp(&probability[*a]).then(a.cmp(b)));
        let number = |class: &usize| ChangeNumber::new(u32::try_from(*class).ok()?);
        let best = order.first().and_then(number);
        let row = explain::Row::alone(parts, belief);
        let changes = best.map(|number| self.ranked(number, text, &named, &row, probability[usize::from(number.get())], scratch));
        let left = changes.as_ref().map_or(1.0, |c| share_left(c.confidence, probability[usize::from(c.number.get())]));
        let others = order.iter().filter_map(number).filter(|n| Some(*n) != best);
        let alternatives = others.map(|n| (n, rounded(left * probability[usize::from(n.get())]))).collect();
        settled(Assignment { changes: changes.into_iter().collect(), alternatives, diagnostics: Vec::new() }, self.least)
    }

    /// What speaks in a text that stands alone: its words, and the names that it bears.
    fn parts(&self, text: &str, named: &HeadingEvidence<'_>, scratch: &mut Scratch) -> SmallVec<[Part; 8]> {
        let mut words = Part::new(SignalKind::Words, None);
        words.nats = self.text.score(text, scratch).log_probability;
        let mut names = Part::new(SignalKind::Name, None);
        for change in ChangeNumber::all() {
            names.nats[usize::from(change.get())] = NAME * named.strength(change);
        }
        names.nats[0] = NAME * named.outside_strength();
        [words, names].into_iter().collect()
    }

    /// What speaks in `text` for the likeliest class, outside included, and for its strongest rival; nothing in a text without
    /// words.
    #[must_use]
    pub fn signals(&self, text: &str) -> Vec<Signal> {
        if !has_words(text) {
            return Vec::new();
        }
        let scratch = &mut Scratch::default();
        let named = HeadingEvidence::named(text, false, &self.recogniser);
        let parts = self.parts(text, &named, scratch);
        let mut scores = [0.0; CLASSES];
        parts.iter().for_each(|part| scores.iter_mut().zip(part.nats).for_each(|(score, nats)| *score += nats));
        let row = explain::Row::alone(parts, scores);
        let best = (0..CLASSES).max_by(|a, b| scores[*a].total_cmp(&scores[*b]).then(b.cmp(a))).unwrap_or(0);
        self.spoken(text, &named, &row, best, scratch).0
    }

    /// The signals for `class` and for its strongest rival, and the words that spoke for it.
    fn spoken(
        &self,
        text: &str,
        named: &HeadingEvidence<'_>,
        row: &explain::Row,
        class: usize,
        scratch: &mut Scratch,
    ) -> (Vec<Signal>, String) {
        let rival = row.rival(class);
        let spoke = [(class, 1.0), (class, -1.0), (rival, 1.0), (rival, -1.0)];
        let said = self.text.spoke(text, &spoke, scratch);
        let name = |class: usize| match ChangeNumber::new(u32::try_from(class).ok()?) {
            Some(change) => named.of(change).map(|named| named.name.text.clone()),
            None => named.outside.as_ref().map(|named| named.name.text.clone()),
        };
        let signals = |class: usize| {
            row.signals(class, |part, weight| match part.kind {
                SignalKind::Words => {
                    let at = spoke.iter().position(|(c, sign)| *c == class && (*sign > 0.0) == (weight > 0.0))?;
                    said.get(at).filter(|words| !words.is_empty()).cloned()
                }
                _ => name(class),
            })
        };
        (signals(class).into_iter().chain(signals(rival)).collect(), said.into_iter().next().unwrap_or_default())
    }

    fn ranked(
        &self,
        number: ChangeNumber,
        text: &str,
        named: &HeadingEvidence<'_>,
        row: &explain::Row,
        probability: f64,
        scratch: &mut Scratch,
    ) -> Assigned {
        let (signals, words) = self.spoken(text, named, row, usize::from(number.get()), scratch);
        let (matched, similarity) = match named.of(number) {
            Some(named) => (named.name.text.clone(), rounded(named.met.similarity)),
            None => (words, rounded(probability)),
        };
        let evidence = Evidence { text: quote(text), matched, similarity, place: None, signals };
        let confidence = self.confidence.alone(probability);
        Assigned { number, basis: Basis::Text, confidence, evidence, edition_number: None }
    }
}
