//! Headers in words that nobody listed: each word, and each pair of neighbours, speaks for the meanings whose known headers
//! have it.
//!
//! "Who's leading?" stands in no list, but "who" and "lead" stand in headers of one meaning. A naive Bayes score over the words
//! of all known headers and wordings; what it says is taken only where one meaning is clearly ahead and nearly all words are
//! known, so that short cells of a table are none.

use std::borrow::Cow;
use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::model::count::as_f64;
use crate::model::field::Meaning;
use crate::model::text::fold;
use crate::model::vocabulary::HeaderEntry;

/// Longest header in words that is told so; longer ones tell about many things.
const WORDS: usize = 9;

/// What is added to each count. Chosen, as the three limits below, on headers held out of the lists and on short cells of
/// tables that are no headers.
const SMOOTHING: f64 = 0.05;

/// How many words a meaning is held to have, for smoothing.
const BREADTH: f64 = 40.0;

/// Weight of what shows words in their place (pairs, the first and the last word) beside words alone.
const PLACED: f64 = 0.5;

/// Weight of how common a meaning is.
const PRIOR: f64 = 0.25;

/// Least probability of the meaning.
const LEAST: f64 = 0.8;

/// Least share of the words that are known.
const KNOWN: f64 = 0.75;

/// Least sum of evidence for the meaning, in nats.
const EVIDENCE: f64 = 2.0;

/// Room for so many features of known headers, about as many as the built-in lists have.
const FEATURES: usize = 6_000;

/// How often the headers of meanings, by their numbers, have a feature: most features are those of one or two.
type Counts = SmallVec<[(u16, u16); 4]>;

/// The words of known headers, with the meanings that they speak for.
#[derive(Debug, Default)]
pub(super) struct Wordings {
    meanings: Vec<Meaning>,
    /// Headers of each meaning.
    sizes: Vec<f64>,
    features: FxHashMap<u64, Counts>,
}

impl Wordings {
    /// Learns from `entries`; several may have one meaning. Quarters and groups are told by other things than their words.
    pub(super) fn new<'v>(entries: impl IntoIterator<Item = &'v HeaderEntry>) -> Self {
        let mut learned = Self::default();
        learned.features.reserve(FEATURES);
        for entry in entries {
            if let Some(meaning @ (Meaning::Field(_) | Meaning::Change)) = entry.meaning() {
                learned.learn(meaning, &entry.words);
            }
        }
        learned
    }

    fn learn(&mut self, meaning: Meaning, texts: &[String]) {
        let known = self.meanings.iter().position(|other| *other == meaning);
        let class = known.unwrap_or_else(|| {
            self.meanings.push(meaning);
            self.sizes.push(0.0);
            self.meanings.len() - 1
        });
        let number = u16::try_from(class).unwrap_or(u16::MAX);
        for text in texts {
            self.sizes[class] += 1.0;
            for feature in Features::of(text).once() {
                let counts = self.features.entry(feature).or_default();
                match counts.iter_mut().find(|(of, _)| *of == number) {
                    Some((_, count)) => *count = count.saturating_add(1),
                    None => counts.push((number, 1)),
                }
            }
        }
    }

    /// What `text` means as a header, if its words tell.
    pub(super) fn meaning(&self, text: &str) -> Option<Meaning> {
        let features = Features::of(text);
        let count = features.words.len();
        if count == 0 || count > WORDS {
            return None;
        }
        let known = features.words.iter().filter(|word| self.features.contains_key(word)).count();
        if as_f64(known) < KNOWN * as_f64(count) {
            return None;
        }
        let all: f64 = self.sizes.iter().sum();
        let mut scores: Vec<f64> = self.sizes.iter().map(|size| PRIOR * (size / all).ln()).collect();
        for feature in features.once() {
            let Some(counts) = self.features.get(&feature) else { continue };
            let weight = if features.words.contains(&feature) { 1.0 } else { PLACED };
            let total: f64 = counts.iter().map(|(_, count)| f64::from(*count)).sum();
            let classes = as_f64(self.sizes.len());
            let expected = (total + SMOOTHING * classes) / (all + SMOOTHING * BREADTH * classes);
            for (class, score) in scores.iter_mut().enumerate() {
                let met = counts.iter().find(|(of, _)| usize::from(*of) == class).map_or(0.0, |(_, count)| f64::from(*count));
                *score += weight * ((met + SMOOTHING) / (self.sizes[class] + SMOOTHING * BREADTH) / expected).ln();
            }
        }
        let best = (0..scores.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b]).then(b.cmp(a)))?;
        let sum: f64 = scores.iter().map(|score| (score - scores[best]).exp()).sum();
        let told = (scores[best] >= EVIDENCE && sum.recip() >= LEAST).then(|| self.meanings[best]);
        // "Summary of changes" has the word and no names of changes below it.
        told.filter(|meaning| *meaning != Meaning::Change)
    }
}

/// What of a text speaks: its words by their stems, pairs of neighbours, the first word and the last.
struct Features {
    words: SmallVec<[u64; 12]>,
    placed: SmallVec<[u64; 16]>,
}

impl Features {
    fn of(text: &str) -> Self {
        let folded = fold(&written_out(text));
        let words: SmallVec<[u64; 12]> =
            folded.split(' ').filter(|word| !word.is_empty()).map(|word| FxBuildHasher.hash_one(&*stem(word))).collect();
        let pairs = words.windows(2).map(|pair| Placed::Pair(pair[0], pair[1]));
        let ends = words.first().map(|word| Placed::First(*word)).into_iter().chain(words.last().map(|word| Placed::Last(*word)));
        Self { placed: pairs.chain(ends).map(|placed| FxBuildHasher.hash_one(placed)).collect(), words }
    }

    /// Each of them once, in the order of the text.
    fn once(&self) -> SmallVec<[u64; 32]> {
        let mut once: SmallVec<[u64; 32]> = SmallVec::new();
        for feature in self.words.iter().chain(&self.placed) {
            if !once.contains(feature) {
                once.push(*feature);
            }
        }
        once
    }
}

/// Words, by their hashes, in their place.
#[derive(Hash)]
enum Placed {
    Pair(u64, u64),
    First(u64),
    Last(u64),
}

/// A word without its ending, so that "leading" and "leads" are one.
fn stem(word: &str) -> Cow<'_, str> {
    // By its last letter: nearly all words are asked one question, and not one for each ending.
    let endings: &[&str] = match word.as_bytes().last() {
        Some(b's') => &["ies", "es", "s"],
        Some(b'd') => &["ised", "ed"],
        Some(b'g') => &["ing"],
        Some(b't') => &["ment"],
        Some(b'y') => &["ly"],
        _ => &[],
    };
    let cut = endings.iter().find_map(|ending| {
        let rest = word.strip_suffix(ending).filter(|rest| rest.len() >= 3)?;
        Some((rest, *ending))
    });
    let (rest, ending) = cut.unwrap_or((word, ""));
    if ending == "ies" {
        return Cow::Owned(format!("{rest}y"));
    }
    let rest = rest.strip_suffix('e').filter(|rest| rest.len() >= 3).unwrap_or(rest);
    let doubled = rest.as_bytes().last_chunk::<2>().is_some_and(|[a, b]| a == b && b.is_ascii());
    Cow::Borrowed(if doubled && rest.len() > 3 { &rest[..rest.len() - 1] } else { rest })
}

/// A text with its contractions written out ("What we'll do", "Who's leading?"), and the sign that stands for a word of its own
/// ("#", "Action #").
pub(super) fn written_out(text: &str) -> Cow<'_, str> {
    const ASKING: [&str; 8] = ["what", "who", "where", "how", "when", "it", "that", "there"];
    if !text.contains(['\'', '\u{2019}', '#']) {
        return Cow::Borrowed(text);
    }
    let word = |word: &str| -> String {
        if word == "#" {
            return "No".to_owned();
        }
        let plain = word.replace('\u{2019}', "'");
        let Some((before, after)) = plain.split_once('\'') else { return plain };
        let tail = after.trim_end_matches(|c: char| !c.is_alphanumeric());
        match tail {
            "ll" => format!("{before} will"),
            "re" => format!("{before} are"),
            "ve" => format!("{before} have"),
            "s" if ASKING.iter().any(|asking| asking.eq_ignore_ascii_case(before)) => format!("{before} is"),
            _ => plain,
        }
    };
    Cow::Owned(text.split_whitespace().map(word).collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::field::Field;
    use crate::model::vocabulary::Vocabulary;

    fn meaning(text: &str) -> Option<Meaning> {
        let vocabulary = Vocabulary::embedded();
        Wordings::new(vocabulary.headers.iter().chain(&vocabulary.header_wordings)).meaning(text)
    }

    #[test]
    fn wordings_that_stand_in_no_list() {
        let field = |text| match meaning(text) {
            Some(Meaning::Field(field)) => Some(field),
            _ => None,
        };
        assert_eq!(field("Who's leading on this one?"), Some(Field::Lead));
        assert_eq!(field("When do you want to be finished?"), Some(Field::Due));
        assert_eq!(field("Steps that we will take"), Some(Field::Action));
        assert_eq!(field("How do things stand now?"), Some(Field::CurrentPosition));
    }

    #[test]
    fn cells_are_no_headers() {
        for text in ["Jane Porter", "Westmarch ward census", "Train ten care homes", "12 May 2018", "All wards", ""] {
            assert_eq!(meaning(text), None, "{text:?}");
        }
    }

    #[test]
    fn contractions_and_endings() {
        assert_eq!(written_out("What we\u{2019}ll do"), "What we will do");
        assert_eq!(written_out("Who's leading?"), "Who is leading?");
        assert_eq!(written_out("people's choice"), "people's choice");
        assert_eq!(stem("leading"), stem("leads"));
        assert_eq!(stem("planned"), stem("planning"));
    }
}
