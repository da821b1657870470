//! Maturity levels in the text of a status cell.
//!
//! A cell may name one level, two ("Plans in place/Established", in either order), be cut off in the middle of a level's
//! name, misspell it, or hold a level among other words. The spellings come from the vocabulary; this module decides which
//! mentions state a level and which only use its words ("a group was established").

use std::collections::BTreeMap;
use std::collections::HashSet;
use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::model::record::Level;
use crate::model::text::fold;
use crate::model::vocabulary::ValueWordKind;
use crate::model::vocabulary::Vocabulary;

use super::wordspan::WordSpan;
use super::wordspan::word_spans;

/// A level that a cell states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaturityReading {
    /// The level.
    pub level: Level,
    /// The cell's own words for it.
    pub raw: String,
}

/// Reads levels; built once from the vocabulary.
#[derive(Clone, Debug)]
pub struct Maturity {
    /// By their first letter, longest first, so that "not yet established" is met before "established".
    phrases: BTreeMap<char, Vec<Phrase>>,
    /// Folded words of headers that say of which change or when a level is.
    qualifiers: HashSet<String>,
    words: BesideLevels,
}

/// Words beside levels, in lower case.
#[derive(Clone, Debug)]
struct BesideLevels {
    /// What a scale of levels is called.
    scale: Vec<String>,
    /// They show that a level in small letters right behind them is stated.
    cues: FxHashSet<String>,
    /// They may stand beside levels without making the cell prose.
    beside: FxHashSet<String>,
    /// They may stand inside a level's name: "not yet fully established", "plans are in place", "plan's in place".
    inside: FxHashSet<String>,
}

impl BesideLevels {
    fn new(vocabulary: &Vocabulary) -> Self {
        let words = |kind| vocabulary.value_words(kind).map(str::to_lowercase).collect();
        let mut scale: Vec<String> = vocabulary.value_words(ValueWordKind::Level).map(str::to_lowercase).collect();
        // "Levels" is met before "level".
        scale.sort_by_key(|word| std::cmp::Reverse(word.len()));
        Self {
            scale,
            cues: words(ValueWordKind::LevelCue),
            beside: words(ValueWordKind::LevelBeside),
            inside: words(ValueWordKind::LevelInside),
        }
    }

    /// Whether a word says nothing beside levels.
    fn is_helper(&self, word: &str) -> bool {
        word.chars().all(|c| c.is_ascii_digit()) || self.beside.contains(word)
    }

    /// How many words a phrase takes at the start of `words`, with fillers inside it, two of its words run together ("Plans
    /// inplace"), or an abbreviation's letters parted by dots ("N.Y.E.").
    fn whole(&self, words: &[WordSpan], phrase: &[String]) -> Option<usize> {
        if let [abbreviation] = phrase
            && (2..=ABBREVIATION).contains(&abbreviation.len())
            && words
                .get(..abbreviation.len())
                .is_some_and(|letters| letters.iter().map(|w| w.lower.as_str()).eq(letters_of(abbreviation)))
        {
            return Some(abbreviation.len());
        }
        let mut used = 0;
        let mut joined = false;
        for (n, wanted) in phrase.iter().enumerate() {
            if std::mem::take(&mut joined) {
                continue;
            }
            while n > 0 && words.get(used).is_some_and(|w| w.lower != *wanted && self.inside.contains(&w.lower)) {
                used += 1;
            }
            let word = &words.get(used)?.lower;
            let rest = word.strip_prefix(wanted.as_str()).filter(|rest| !rest.is_empty());
            joined = rest.is_some() && rest == phrase.get(n + 1).map(String::as_str);
            if !joined && !alike(word, wanted) {
                return None;
            }
            used += 1;
        }
        Some(used)
    }

    /// The first word of a negation that governs the word `at` ("not", "not yet fully", "yet to be").
    fn negation(&self, words: &[WordSpan], at: usize) -> Option<usize> {
        let mut start = at;
        // "To be established" opens a cell: it is not.
        let opening = |n: usize| words.iter().take(n).map(|w| w.lower.as_str());
        let to_be = |n: usize| opening(n).eq(["to", "be"]) || opening(n).eq(["still", "to", "be"]);
        if to_be(at) {
            return Some(0);
        }
        while let Some(before) = start.checked_sub(1).filter(|before| at - before <= NEGATION_WITHIN) {
            match words.get(before).map(|w| w.lower.as_str())? {
                "not" | "no" | "never" | "without" => return Some(before),
                "yet" if start < at => {
                    let not = before.checked_sub(1).filter(|n| words.get(*n).is_some_and(|w| w.lower == "not"));
                    return Some(not.unwrap_or(before));
                }
                "yet" | "to" | "be" | "become" => start = before,
                filler if self.inside.contains(filler) || NEGATED.contains(&filler) => start = before,
                _ => return None,
            }
        }
        None
    }

    /// Whether the cell says something besides levels.
    fn has_content(&self, words: &[WordSpan], mentions: &[Mention]) -> bool {
        words.iter().enumerate().any(|(n, word)| !mentions.iter().any(|m| m.words.contains(&n)) && !self.is_helper(&word.lower))
    }

    /// Whether a mention among other words states a level by its place or its writing.
    fn stands_out(&self, text: &str, words: &[WordSpan], mention: &Mention) -> bool {
        let Some(first) = words.get(mention.words.start) else { return false };
        let before = text.get(..first.at.start).unwrap_or_default();
        let opens = before.trim_end_matches([' ', '"', '\u{201c}', '\u{2022}', '\u{b7}']).chars().next_back();
        let opens = opens.is_none_or(|c| ".;:(/\n\r\t|-\u{2013}\u{2014}".contains(c));
        let capital = text.get(first.at.start..).and_then(|t| t.chars().next()).is_some_and(char::is_uppercase);
        let cue = mention.words.start.checked_sub(1).and_then(|n| words.get(n)).is_some_and(|w| self.cues.contains(&w.lower));
        (opens || capital || cue) && (mention.long || !qualifies(text, words, mention))
    }

    /// Lets a mention that counts carry one that only helping words part from it ("established to mature").
    fn spread(&self, words: &[WordSpan], mentions: &mut [Mention]) {
        let linked = |a: &Mention, b: &Mention| {
            words.get(a.words.end..b.words.start).is_some_and(|gap| gap.iter().all(|w| self.is_helper(&w.lower)))
        };
        for n in 1..mentions.len() {
            if let Some([a, b]) = mentions.get_mut(n - 1..=n) {
                b.stated |= a.stated && linked(a, b);
            }
        }
        for n in (1..mentions.len()).rev() {
            if let Some([a, b]) = mentions.get_mut(n - 1..=n) {
                a.stated |= b.stated && linked(a, b);
            }
        }
    }
}

#[derive(Clone, Debug)]
struct Phrase {
    level: Level,
    words: Vec<String>,
}

/// A level's words at a place in the cell, in words.
#[derive(Clone, Debug)]
struct Mention {
    level: Level,
    words: Range<usize>,
    /// An abbreviation of up to three letters, which counts only where nothing else is said.
    short: bool,
    /// Several words, which say more than a lone "established".
    long: bool,
    stated: bool,
}

/// Words that may stand between a negation and the level ("not quite established").
const NEGATED: [&str; 9] = ["all", "at", "currently", "entirely", "formally", "properly", "quite", "really", "yet"];
/// Words after a lone level that leave it a statement; any other word in small letters makes it an adjective or a verb.
const FOLLOWERS: [&str; 19] = [
    "across", "although", "and", "as", "at", "because", "but", "by", "for", "however", "in", "on", "or", "since", "to", "with",
    "within", "working", "moving",
];
/// Words of a cell that are read; a status that is not told by then is not told.
const LONGEST_CELL: usize = 400;
/// Words between a negation and the level that it governs.
const NEGATION_WITHIN: usize = 6;
/// Letters of the longest abbreviation of a level.
const ABBREVIATION: usize = 3;
/// Letters that a cut-off name must keep to be taken for the whole ("establ", "not yet").
const CUT_OFF_LETTERS: usize = 5;

impl Maturity {
    /// Takes the spellings of the levels, and what stands beside them in headers, from the vocabulary.
    #[must_use]
    pub fn new(vocabulary: &Vocabulary) -> Self {
        let mut phrases: Vec<Phrase> = Vec::new();
        for entry in &vocabulary.maturity {
            // "Est'd" is also written "Estd".
            let closed = entry.words.iter().filter(|spelling| spelling.contains('\'')).map(|spelling| spelling.replace('\'', ""));
            for spelling in entry.words.iter().cloned().chain(closed) {
                let words: Vec<String> = word_spans(&spelling).into_iter().map(|w| w.lower).collect();
                if !words.is_empty() {
                    phrases.push(Phrase { level: entry.level, words });
                }
            }
        }
        phrases.sort_by(|a, b| b.words.len().cmp(&a.words.len()).then_with(|| a.words.cmp(&b.words)));
        let mut by_letter: BTreeMap<char, Vec<Phrase>> = BTreeMap::new();
        for phrase in phrases {
            if let Some(letter) = phrase.words.first().and_then(|word| word.chars().next()) {
                by_letter.entry(letter).or_default().push(phrase);
            }
        }
        let qualifiers = vocabulary.level_qualifiers.iter().map(|word| fold(word)).collect();
        Self { phrases: by_letter, qualifiers, words: BesideLevels::new(vocabulary) }
    }

    /// Whether `word`, folded, says beside "level" or "maturity" in a header of which change or when a level is.
    pub(super) fn is_qualifier(&self, word: &str) -> bool {
        self.qualifiers.contains(word)
    }

    /// What a scale of levels is called, in lower case, longer words first.
    pub(super) fn scale(&self) -> &[String] {
        &self.words.scale
    }

    /// The levels that a status cell states, low to high, each once; empty where it states none.
    ///
    /// Next to other words a level counts where it opens the cell, a line or a clause, where it is written with a capital,
    /// after a word such as "currently", or where only words such as "to" part it from a level that counts.
    #[must_use]
    pub fn read(&self, text: &str) -> Vec<MaturityReading> {
        let words = opening(text);
        let mentions = self.stated(text, &words);
        let mut out: Vec<MaturityReading> = Vec::new();
        for mention in mentions.iter().filter(|m| m.stated) {
            if out.iter().all(|seen| seen.level != mention.level) {
                out.push(MaturityReading { level: mention.level, raw: source(text, &words, &mention.words).to_owned() });
            }
        }
        out.sort_by_key(|reading| reading.level);
        out
    }

    /// Whether the cell says a level and nothing else, so that it is a level wherever it stands.
    #[must_use]
    pub fn is_level_cell(&self, text: &str) -> bool {
        let words = opening(text);
        let mentions = self.stated(text, &words);
        mentions.iter().any(|m| m.stated) && !self.words.has_content(&words, &mentions)
    }

    /// All mentions in order, each marked whether it states a level.
    fn stated(&self, text: &str, words: &[WordSpan]) -> Vec<Mention> {
        let mut mentions = self.mentions(text, words);
        if mentions.is_empty() {
            return mentions;
        }
        let content = self.words.has_content(words, &mentions);
        for mention in &mut mentions {
            mention.stated = !content || (!mention.short && self.words.stands_out(text, words, mention));
        }
        self.words.spread(words, &mut mentions);
        mentions
    }

    fn mentions(&self, text: &str, words: &[WordSpan]) -> Vec<Mention> {
        let mut out = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let Some((phrase, end)) = self.phrase_at(words, at) else {
                at += 1;
                continue;
            };
            let letters: usize = phrase.words.iter().map(String::len).sum();
            let (short, long) = (letters <= ABBREVIATION, phrase.words.len() > 1);
            if is_verb(text, words, at, end) || is_done_again(text, words, at) {
                at = end;
                continue;
            }
            // "No - not yet established" is no double negation.
            let negative = phrase.words.first().is_some_and(|word| word == "not");
            match self.words.negation(words, at).filter(|_| !negative) {
                None => out.push(Mention { level: phrase.level, words: at..end, short, long, stated: false }),
                Some(start) if phrase.level == Level::Established => {
                    out.push(Mention { level: Level::NotYetEstablished, words: start..end, short, long: true, stated: false });
                }
                Some(_) => {}
            }
            at = end;
        }
        out
    }

    /// The longest phrase that begins at a word, whole or cut off by the end of the cell, and where it ends.
    fn phrase_at(&self, words: &[WordSpan], at: usize) -> Option<(&Phrase, usize)> {
        let rest = words.get(at..)?;
        let first = rest.first()?.lower.chars().next()?;
        let near = self.phrases.get(&first)?;
        let met = |phrase, length: Option<usize>| length.map(|length| (phrase, at + length));
        let mut whole = near.iter().find_map(|phrase: &Phrase| met(phrase, self.words.whole(rest, &phrase.words)));
        whole = whole.or_else(|| near.iter().find_map(|phrase| met(phrase, cut_off(rest, &phrase.words))));
        whole
    }
}

fn opening(text: &str) -> Vec<WordSpan> {
    let mut words = word_spans(text);
    words.truncate(LONGEST_CELL);
    words
}

/// The letters of an abbreviation, each a text.
fn letters_of(abbreviation: &str) -> impl Iterator<Item = &str> {
    abbreviation.split_inclusive(|_: char| true)
}

/// As the whole of a phrase is met, where `words` end before the phrase does.
fn cut_off(words: &[WordSpan], phrase: &[String]) -> Option<usize> {
    let (last, before) = words.split_last()?;
    let wanted = phrase.get(before.len())?;
    let letters: usize = words.iter().map(|w| w.lower.len()).sum();
    let same = before.iter().zip(phrase).all(|(word, wanted)| alike(&word.lower, wanted));
    (same && letters >= CUT_OFF_LETTERS && wanted.starts_with(&last.lower)).then_some(words.len())
}

/// The same word, give or take a slip: one letter in a word of five, two from eight letters on.
fn alike(word: &str, wanted: &str) -> bool {
    if word == wanted {
        return true;
    }
    let slips = match wanted.len() {
        0..5 => return false,
        5..8 => 1,
        _ => 2,
    };
    if word.len().abs_diff(wanted.len()) > slips || word.chars().next() != wanted.chars().next() {
        return false;
    }
    let other_form = ["es", "ing", "ment", "ity"].iter().any(|end| word.ends_with(end) && !wanted.ends_with(end));
    !other_form && strsim::osa_distance(word, wanted) <= slips
}

/// Whether the words from `at` to `end` are "establish" as a verb: with an object after it, or all that "to" governs. At the
/// end of a cell it is a level that was cut off.
fn is_verb(text: &str, words: &[WordSpan], at: usize, end: usize) -> bool {
    let bare = end == at + 1 && words.get(at).is_some_and(|w| w.lower == "establish");
    let governed = at == 1 && words.first().is_some_and(|w| w.lower == "to");
    let gap = || text.get(words.get(at)?.at.end..words.get(end)?.at.start);
    let object = gap().is_some_and(|gap| gap.chars().all(char::is_whitespace));
    bare && (object || governed)
}

/// Whether the word at `at` is "established" of "re-established": what was done and no level.
fn is_done_again(text: &str, words: &[WordSpan], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| words.get(before)).filter(|word| word.lower == "re");
    let gap = before.zip(words.get(at)).and_then(|(before, word)| text.get(before.at.end..word.at.start));
    gap.is_some_and(|gap| matches!(gap, "-" | "\u{2010}" | "\u{2011}"))
}

/// Whether a lone level qualifies or governs the word that follows ("Established a group", "mature conversations").
fn qualifies(text: &str, words: &[WordSpan], mention: &Mention) -> bool {
    let end = words.get(mention.words.end.saturating_sub(1)).map_or(0, |w| w.at.end);
    let Some(next) = words.get(mention.words.end) else { return false };
    let between = text.get(end..next.at.start).unwrap_or_default();
    let small = text.get(next.at.start..).and_then(|t| t.chars().next()).is_some_and(char::is_lowercase);
    between.chars().all(|c| c == ' ') && small && !FOLLOWERS.contains(&next.lower.as_str())
}

/// The cell's own text for a range of words.
fn source<'t>(text: &'t str, words: &[WordSpan], range: &Range<usize>) -> &'t str {
    let start = words.get(range.start).map_or(0, |w| w.at.start);
    let end = range.end.checked_sub(1).and_then(|n| words.get(n)).map_or(start, |w| w.at.end);
    text.get(start..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::model::vocabulary::LevelEntry;

    use super::Level::Established as E;
    use super::Level::Exemplary as X;
    use super::Level::Mature as M;
    use super::Level::NotYetEstablished as N;
    use super::Level::PlansInPlace as P;
    use super::*;

    fn maturity() -> Maturity {
        let entry = |level, words: &[&str]| LevelEntry { level, words: words.iter().map(|&w| w.to_owned()).collect() };
        let levels = vec![
            entry(N, &["Not yet established", "NYE"]),
            entry(P, &["Plans in place", "Plan in place", "PIP"]),
            entry(E, &["Established"]),
            entry(M, &["Mature"]),
            entry(X, &["Exemplary"]),
        ];
        let value_words = Vocabulary::embedded().value_words.clone();
        Maturity::new(&Vocabulary { maturity: levels, value_words, ..Vocabulary::default() })
    }

    fn levels(text: &str) -> Vec<Level> {
        maturity().read(text).into_iter().map(|r| r.level).collect()
    }

    #[track_caller]
    fn reads(text: &str, want: &[Level]) {
        assert_eq!(levels(text), want, "{text:?}");
    }

    #[test]
    fn what_is_not_or_is_to_be() {
        for text in [
            "To be established",
            "Still to be established",
            "Not quite established",
            "not currently established",
            "Not yet formally established",
        ] {
            reads(text, &[N]);
        }
        reads("No - not yet established", &[N]);
        reads("Mainly established, some elements mature", &[E, M]);
    }

    #[test]
    fn levels_in_any_case() {
        reads("Not yet established", &[N]);
        reads("plans in place", &[P]);
        reads("Plans In Place", &[P]);
        reads("Plan's in place", &[P]);
        reads("ESTABLISHED", &[E]);
        reads("Mature.", &[M]);
        reads("  exemplary \n", &[X]);
        reads("3 - Established", &[E]);
        reads("Level 4: Mature", &[M]);
        reads("NYE", &[N]);
        reads("PiP", &[P]);
        reads("Level 3", &[]);
    }

    #[test]
    fn two_levels_come_low_to_high() {
        reads("Plans in place/Established", &[P, E]);
        reads("Established/Plans in place", &[P, E]);
        reads("Mature / Exemplary", &[M, X]);
        reads("established to mature", &[E, M]);
        reads("Established (working towards Mature)", &[E, M]);
        reads("Plans in place moving to established", &[P, E]);
        reads("Established & Mature", &[E, M]);
        reads("Established Established", &[E]);
        reads("PIP/NYE", &[N, P]);
    }

    #[test]
    fn slips_and_cut_off_names() {
        reads("Establised", &[E]);
        reads("Estabilshed", &[E]);
        reads("Plan in place", &[P]);
        reads("Plans are in place", &[P]);
        reads("Plans in palce", &[P]);
        reads("Exemplery", &[X]);
        reads("Matrue", &[M]);
        reads("Plans in place/establish", &[P, E]);
        reads("Plans in place/est", &[P]);
        reads("Plans in pl", &[P]);
        reads("Plansin place", &[P]);
        reads("Notyet established", &[N]);
        reads("N.Y.E.", &[N]);
        reads("P.I.P.", &[P]);
        reads("Not yet", &[N]);
        reads("Not yet establi", &[N]);
        reads("Exempl", &[X]);
    }

    #[test]
    fn negations_are_never_the_level() {
        reads("Not established", &[N]);
        reads("not yet fully established", &[N]);
        reads("Yet to be established", &[N]);
        reads("Not mature", &[]);
        reads("Not yet mature", &[]);
        reads("No plans in place", &[]);
        reads("Not yet established / Plans in place", &[N, P]);
        reads("Immature", &[]);
    }

    #[test]
    fn debris_gives_none() {
        for text in ["", "1 '", "\u{b7}", "1", "In progress", "Complete", "n/a", "On target"] {
            reads(text, &[]);
        }
    }

    #[test]
    fn words_of_a_level_in_prose_state_nothing() {
        reads("In progress; team established", &[]);
        reads("Re-established", &[]);
        reads("Established a weekly group", &[]);
        reads("We have established links with housing and a group meets weekly", &[]);
        reads("Mature conversations are held with families", &[]);
        reads("Work to establish", &[]);
        reads("Establish a working group", &[]);
        reads("To establish", &[]);
        reads("The hub establishes flow", &[]);
    }

    #[test]
    fn levels_beside_remarks() {
        reads("Established \u{2013} hub opened in Westmarch", &[E]);
        reads("Established across both sites", &[E]);
        reads("Plans in place to recruit two nurses", &[P]);
        reads("Currently established with gaps at weekends", &[E]);
        reads("Eastvale: Mature; Westmarch: Plans in place", &[P, M]);
        reads("The board rated us Mature in May", &[M]);
        reads("Westmarch is established to mature", &[]);
        reads("Hub: established to mature", &[E, M]);
    }

    #[test]
    fn raw_is_the_sources_own_spelling() {
        let got = maturity().read("Establised / plans  in\nplace");
        let raw: Vec<&str> = got.iter().map(|r| r.raw.as_str()).collect();
        assert_eq!(raw, ["plans  in\nplace", "Establised"]);
    }

    #[test]
    fn level_cells_hold_nothing_else() {
        let maturity = maturity();
        for text in [
            "Established",
            "Plans in place/establish",
            "established to mature",
            "Currently: Mature (Q3 17/18)",
            "2 Plans in Place",
        ] {
            assert!(maturity.is_level_cell(text), "{text:?}");
        }
        for text in ["", "1 '", "March 2018", "Established \u{2013} hub opened", "A group was established", "Team established"] {
            assert!(!maturity.is_level_cell(text), "{text:?}");
        }
    }

    #[test]
    fn headers_of_levels_say_when_and_not_of_what() {
        let maturity = Maturity::new(Vocabulary::embedded());
        assert!(["current", "q3", "hicm"].into_iter().all(|word| maturity.is_qualifier(word)));
        assert!(!maturity.is_qualifier("risk"));
    }
}
