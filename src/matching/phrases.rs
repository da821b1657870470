//! Known phrases and how well a text meets each of them: word by word, forgiving typos, plurals and words cut off.
//!
//! A phrase is met by the words of a text that stand close together. Words that every phrase has ("of", "the") weigh little.
//! One pass over the text's words finds all phrases that share a word with it; nothing is compared with every phrase.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::model::text::fold;

/// Weight of a word that says nothing by itself; any other word weighs 1.
const LINK_WEIGHT: f64 = 0.2;

/// Similarity of a word and its plural.
const PLURAL: f64 = 0.98;

/// Similarity of a word with a typo: one edit in a word of 5 to 8 letters, two in a longer one.
const TYPO: f64 = 0.9;

/// Similarity of a word and its beginning of at least five letters and more than three fifths: cut at a cell's edge, or another ending.
const CUT: f64 = 0.85;

/// Words that say nothing by themselves.
const LINKS: [&str; 36] = [
    "a", "an", "and", "are", "as", "at", "be", "by", "do", "for", "from", "has", "have", "how", "in", "into", "is", "it", "its",
    "of", "on", "or", "our", "that", "the", "their", "there", "this", "to", "was", "we", "what", "when", "will", "with", "you",
];

/// How well a text meets a phrase.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Met {
    /// Index of the phrase.
    pub(crate) phrase: usize,
    /// Share of the phrase that the text has, 0 to 1, by weight and likeness of words.
    pub(crate) recall: f64,
    /// Share of the text that the phrase takes up, 0 to 1.
    pub(crate) coverage: f64,
    /// How far into the text the met words begin: 0 at its start, in words.
    pub(crate) start: usize,
    /// Number of words from the first met to the last, both included.
    pub(crate) length: usize,
    /// Weight of the phrase: about its number of telling words.
    pub(crate) weight: f64,
}

#[derive(Debug)]
struct Phrase {
    words: SmallVec<[u32; 8]>,
    weight: f64,
}

/// An index of phrases by their words.
#[derive(Debug, Default)]
pub(crate) struct Phrases {
    words: FxHashMap<String, u32>,
    /// Words by first letter, for words that are not known to the letter.
    by_letter: FxHashMap<char, Vec<(String, u32)>>,
    weights: Vec<f64>,
    known: Vec<Phrase>,
    /// For each word the phrases that have it.
    postings: Vec<Vec<u32>>,
}

/// A known word that a word of a text may stand for.
#[derive(Clone, Copy, Debug)]
struct Likeness {
    word: u32,
    similarity: f64,
    position: usize,
}

impl Phrases {
    /// Indexes folded `phrases`, each by its position.
    pub(crate) fn new<'a>(phrases: impl IntoIterator<Item = &'a str>) -> Self {
        let mut index = Self::default();
        for phrase in phrases {
            index.add(phrase);
        }
        index
    }

    fn add(&mut self, phrase: &str) {
        let number = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
        let mut words = SmallVec::new();
        let mut weight = 0.0;
        for word in phrase.split(' ').filter(|w| !w.is_empty()) {
            let id = self.word(word);
            weight += self.weights[id as usize];
            if !words.contains(&id) {
                self.postings[id as usize].push(number);
            }
            words.push(id);
        }
        self.known.push(Phrase { words, weight });
    }

    fn word(&mut self, word: &str) -> u32 {
        if let Some(id) = self.words.get(word) {
            return *id;
        }
        let id = u32::try_from(self.weights.len()).unwrap_or(u32::MAX);
        self.words.insert(word.to_owned(), id);
        self.weights.push(if LINKS.contains(&word) { LINK_WEIGHT } else { 1.0 });
        self.postings.push(Vec::new());
        if let Some(letter) = word.chars().next().filter(|_| word.len() >= 4) {
            self.by_letter.entry(letter).or_default().push((word.to_owned(), id));
        }
        id
    }

    /// Every phrase of which `text` has at least the share `least`, in the order of the phrases.
    pub(crate) fn meet(&self, text: &str, least: f64) -> Vec<Met> {
        let folded = fold(text);
        let words = self.rejoined(&folded);
        let mut likenesses: SmallVec<[Likeness; 32]> = SmallVec::new();
        let mut total = 0.0;
        for (position, word) in words.iter().enumerate() {
            total += if LINKS.contains(&word.as_ref()) { LINK_WEIGHT } else { 1.0 };
            self.alike(word, position, &mut likenesses);
            if position + 1 == words.len() {
                self.cut_off(word, position, &mut likenesses);
            }
        }
        // A text of nothing but link words ("What we will do") is told by them.
        let least_weight = if likenesses.iter().any(|l| self.weights[l.word as usize] >= 1.0) { 1.0 } else { 0.0 };
        let mut candidates: Vec<u32> = likenesses
            .iter()
            .filter(|l| self.weights[l.word as usize] >= least_weight)
            .flat_map(|l| &self.postings[l.word as usize])
            .copied()
            .collect();
        candidates.sort_unstable();
        candidates.dedup();
        let met = candidates.into_iter().filter_map(|number| self.measure(number, &likenesses, total));
        met.filter(|met| met.recall >= least).collect()
    }

    /// The words of a folded text; two that are torn apart ("acti vity") and no words by themselves are one again.
    fn rejoined<'t>(&self, folded: &'t str) -> SmallVec<[Cow<'t, str>; 32]> {
        let mut words: SmallVec<[Cow<'t, str>; 32]> = SmallVec::new();
        let known = |word: &str| self.words.contains_key(word);
        for word in folded.split(' ').filter(|w| !w.is_empty()) {
            if let Some(last) = words.last_mut()
                && (!known(last) || !known(word))
                && !last.bytes().any(|b| b.is_ascii_digit())
            {
                let joined = format!("{last}{word}");
                if joined.len() >= 5 && known(&joined) {
                    *last = Cow::Owned(joined);
                    continue;
                }
            }
            words.push(Cow::Borrowed(word));
        }
        words
    }

    /// The known words that `word` may stand for.
    fn alike(&self, word: &str, position: usize, out: &mut SmallVec<[Likeness; 32]>) {
        if let Some(id) = self.words.get(word) {
            out.push(Likeness { word: *id, similarity: 1.0, position });
        }
        let length = word.len();
        let Some(known) = word.chars().next().filter(|_| length >= 4).and_then(|letter| self.by_letter.get(&letter)) else {
            return;
        };
        for (other, id) in known {
            let similarity = likeness(word, other);
            if similarity > 0.0 && other != word {
                out.push(Likeness { word: *id, similarity, position });
            }
        }
    }

    /// The known words of which a text's last word may be the beginning: the edge of a cell cuts there.
    fn cut_off(&self, word: &str, position: usize, out: &mut SmallVec<[Likeness; 32]>) {
        if !(3..5).contains(&word.len()) || self.words.contains_key(word) {
            return;
        }
        let Some(known) = word.chars().next().and_then(|letter| self.by_letter.get(&letter)) else { return };
        let begun = known.iter().filter(|(other, _)| other.len() > word.len() + 1 && other.starts_with(word));
        out.extend(begun.map(|(_, id)| Likeness { word: *id, similarity: CUT, position }));
    }

    /// The best place of the text for one phrase.
    fn measure(&self, number: u32, likenesses: &[Likeness], total: f64) -> Option<Met> {
        let phrase = &self.known[number as usize];
        let window = phrase.words.len() + 2;
        let mut best: Option<Met> = None;
        let mut last_start = usize::MAX;
        for first in likenesses.iter().filter(|l| phrase.words.contains(&l.word)) {
            if first.position == last_start {
                continue;
            }
            last_start = first.position;
            let within = likenesses.iter().filter(|l| (first.position..first.position + window).contains(&l.position));
            let (mut got, mut text_weight, mut last) = (0.0, 0.0, first.position);
            let mut used: SmallVec<[(u32, f64); 24]> = SmallVec::new();
            for likeness in within.filter(|l| phrase.words.contains(&l.word)) {
                let weight = self.weights[likeness.word as usize];
                let wanted = phrase.words.iter().filter(|w| **w == likeness.word).count();
                let have = used.iter().filter(|(w, _)| *w == likeness.word).count();
                if have < wanted {
                    used.push((likeness.word, likeness.similarity));
                    got += weight * likeness.similarity;
                    text_weight += weight;
                    last = last.max(likeness.position);
                }
            }
            let met = Met {
                phrase: number as usize,
                recall: (got / phrase.weight).min(1.0),
                coverage: (text_weight / total.max(LINK_WEIGHT)).min(1.0),
                start: first.position,
                length: last + 1 - first.position,
                weight: phrase.weight,
            };
            if best.as_ref().is_none_or(|b| met.recall > b.recall + 1e-9) {
                best = Some(met);
            }
        }
        best
    }
}

/// How alike two different words are, a plural's ending not counted; 0 where they are not.
fn likeness(word: &str, known: &str) -> f64 {
    let (word, known) = match (before_s(word), before_s(known)) {
        (None, Some(known)) if known.len() >= 4 => (word, known),
        (Some(word), None) if word.len() >= 4 => (word, known),
        _ => (word, known),
    };
    if word == known {
        return PLURAL;
    }
    let (a, b) = (word.len(), known.len());
    let (short, long) = if a <= b { (word, known) } else { (known, word) };
    if long.strip_prefix(short) == Some("es") {
        return PLURAL;
    }
    if short.len() >= 5 && short.len() * 5 > long.len() * 3 && long.starts_with(short) {
        return CUT;
    }
    let edits = match short.len() {
        0..=4 => 0,
        5..=8 => 1,
        _ => 2,
    };
    // An edit adds a letter to the set of those in the word, takes one from it, or both.
    if edits == 0 || a.abs_diff(b) > edits || (letters(word) ^ letters(known)).count_ones() as usize > 2 * edits {
        return 0.0;
    }
    if strsim::osa_distance(word, known) <= edits { TYPO } else { 0.0 }
}

/// What stands before the "s" at the end of a word. Asked of so many pairs of words that it looks at the byte.
fn before_s(word: &str) -> Option<&str> {
    word.as_bytes().last().filter(|byte| **byte == b's').and_then(|_| word.get(..word.len() - 1))
}

/// The set of letters in a word. Several may share a place, so that two sets differ in no more places than in letters.
fn letters(word: &str) -> u64 {
    word.bytes().fold(0, |set, byte| set | 1 << (byte & 63))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recall(phrase: &str, text: &str) -> f64 {
        Phrases::new([fold(phrase).as_str()]).meet(text, 0.0).first().map_or(0.0, |met| met.recall)
    }

    #[test]
    fn forgives_typos_cuts_and_plurals() {
        assert!(recall("trusted assessors", "Trusted Assesor model") > 0.9);
        assert!(recall("discharge planning", "Early dischar planing") > 0.8);
        assert!(recall("planned activity", "Planned Acti") > 0.9);
        assert!(recall("seven day services", "Seven-Day Service") > 0.95);
    }

    #[test]
    fn torn_words_are_whole_again() {
        assert!(recall("planned activity", "Planned Acti- vity") > 0.99);
        assert!(recall("systems to monitor patient flow", "Sys tems to moni- tor patient flow") > 0.99);
    }

    #[test]
    fn a_word_is_not_met_by_its_first_part_alone() {
        assert!(recall("discharge2assess", "Hospital discharge action plan") < 0.5);
    }

    #[test]
    fn scattered_words_do_not_meet_a_phrase() {
        let text = "early in the year the ward will, after discharge of most patients, begin planning";
        assert!(recall("early discharge planning", text) < 0.7);
    }

    #[test]
    fn tells_where_and_how_much() {
        let met = Phrases::new(["home first"]).meet("Our approach: home first for all", 0.9);
        assert_eq!(met.first().map(|m| (m.start, m.length)), Some((2, 2)));
    }
}
