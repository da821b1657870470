//! The changes of a text that stands alone: `hicm match`.

use super::Matcher;
use super::assign::quote;
use super::assign::rounded;
use super::assign::settled;
use super::assign::share_left;
use super::headings::HeadingEvidence;
use super::tags;
use super::text::CLASSES;
use super::text::Scratch;
use crate::model::assignment::Assigned;
use crate::model::assignment::Assignment;
use crate::model::assignment::Basis;
use crate::model::assignment::Evidence;
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
        if let Some(tag) = tags::find(text).filter(|tag| tag.labels) {
            let set = tag.numbers.set(|number| ChangeNumber::new(u32::from(number)));
            let changes = set.iter().map(|number| Assigned {
                number,
                basis: Basis::Explicit,
                confidence: 1.0,
                evidence: Evidence { text: tag.text.to_owned(), matched: format!("tag {number}"), similarity: 1.0, place: None },
                edition_number: None,
            });
            return Assignment { changes: changes.collect(), ..Assignment::default() };
        }
        let named = HeadingEvidence::read(text, false, &self.recogniser, self.text);
        let words = self.text.score(text, &mut Scratch::default()).log_probability;
        let mut scores = words;
        for change in ChangeNumber::all() {
            scores[usize::from(change.get())] += NAME * named.strength(change);
        }
        scores[0] += NAME * named.outside_strength();
        let highest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let total: f64 = scores.iter().map(|s| (s - highest).exp()).sum();
        let probability = scores.map(|s| (s - highest).exp() / total);
        let mut order: Vec<usize> = (0..CLASSES).collect();
        order.sort_by(|a, b| probability[*b].total_cmp(&probability[*a]).then(a.cmp(b)));
        let best = order.first().copied().and_then(|class| ChangeNumber::new(u32::try_from(class).ok()?));
        let changes = best.map(|number| self.ranked(number, text, &named, probability[usize::from(number.get())]));
        let left = changes.as_ref().map_or(1.0, |c| share_left(c.confidence, probability[usize::from(c.number.get())]));
        let others = order.iter().filter_map(|class| ChangeNumber::new(u32::try_from(*class).ok()?)).filter(|n| Some(*n) != best);
        let alternatives = others.map(|n| (n, rounded(left * probability[usize::from(n.get())]))).collect();
        settled(Assignment { changes: changes.into_iter().collect(), alternatives, diagnostics: Vec::new() }, self.least)
    }

    fn ranked(&self, number: ChangeNumber, text: &str, named: &HeadingEvidence<'_>, probability: f64) -> Assigned {
        let (matched, similarity) = if let Some(named) = named.of(number) {
            (named.name.text.clone(), rounded(named.met.similarity))
        } else {
            (self.spoke_for(text, usize::from(number.get())), rounded(probability))
        };
        let evidence = Evidence { text: quote(text), matched, similarity, place: None };
        Assigned {
            number,
            basis: Basis::Text,
            confidence: rounded(self.confidence.alone(probability)),
            evidence,
            edition_number: None,
        }
    }
}
