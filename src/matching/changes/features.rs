//! What the text score sees of a text: its words folded, expanded and cut to stems, alone, by root and in pairs. Training and
//! scoring both take their features from here, so they cannot drift apart.

use std::borrow::Cow;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::packed::Cursor;
use super::packed::Keys;
use super::packed::chunk;
use super::packed::put_number;
use crate::model::text::fold_into;

pub use super::packed::Cut;

/// The shortest stem, in bytes, that may be read as a misspelling of a known one. Below this the nearest word is too often
/// another word ("ward", "word").
const MIN_CORRECTED: usize = 5;

/// Longer ones, in bytes, are no words: each byte is tried.
const MAX_CORRECTED: usize = 40;

/// How many bytes of a longer stem make its root: what "rehabilitation" and "rehab" share.
const ROOT: usize = 5;

/// Stands behind a root in its name, to tell it from a stem.
const ROOT_MARK: &str = "*";

/// The features of the first, second and third word of a text that is like no known one: few rows about a discharge have such
/// words, and rows about something else have many.
pub const STRANGE: [&str; 3] = ["?1", "?2", "?3"];

/// Words that say nothing about the change; a pair reaches over them ("discharge to assess").
const DROPPED: &str = "a about across again all also am an and any are as at be been being both but by can could did do does \
    done during each either else etc ever every for from further get give given had has have having he her here him his how \
    however i if in into is it its just may me might more most much must my no nor not now of on once one only or other our \
    own per shall she should so some such than that the their them then there these they this those through thus to too \
    under until up upon us very via was we were what when where whether which while who whom whose why will with within \
    would yet you your ie eg re nhs ccg ccgs hwb tbc tba na pm am st nd rd th";

/// Abbreviations and words written as one, with the words that they stand for.
const EXPANDED: &[(&str, &str)] = &[
    ("7ds", "seven day service"),
    ("7dsw", "seven day service working"),
    ("acp", "advance care plan"),
    ("acps", "advance care plans"),
    ("ae", "emergency department"),
    ("amu", "acute assessment unit"),
    ("asc", "adult social care"),
    ("bcf", "better care fund"),
    ("bedstate", "bed state"),
    ("cga", "comprehensive geriatric assessment"),
    ("chc", "continuing health care"),
    ("csu", "commissioning support unit"),
    ("d2a", "discharge to assess"),
    ("d2ah", "discharge to assess home"),
    ("detoc", "delayed transfer care"),
    ("dfg", "disabled facilities grant"),
    ("dfgs", "disabled facilities grant"),
    ("dom", "domiciliary"),
    ("dst", "decision support tool"),
    ("dsts", "decision support tool"),
    ("dta", "discharge to assess"),
    ("dtoc", "delayed transfer care"),
    ("dtocs", "delayed transfer care"),
    ("ed", "emergency department"),
    ("edd", "expected date discharge"),
    ("edds", "expected date discharge"),
    ("ehch", "enhanced health care homes"),
    ("eol", "end life"),
    ("eolc", "end life care"),
    ("esd", "early supported discharge"),
    ("fnc", "funded nursing care"),
    ("gps", "gp"),
    ("h2a", "home to assess"),
    ("healthcare", "health care"),
    ("homecare", "home care"),
    ("homefirst", "home first"),
    ("ibcf", "improved better care fund"),
    ("idt", "integrated discharge team"),
    ("idts", "integrated discharge team"),
    ("la", "local authority"),
    ("las", "local authority"),
    ("ld", "learning disability"),
    ("los", "length stay"),
    ("mau", "acute assessment unit"),
    ("mdt", "multidisciplinary team"),
    ("mdts", "multidisciplinary team"),
    ("medfit", "medically fit"),
    ("mff", "medically fit"),
    ("mffd", "medically fit discharge"),
    ("mh", "mental health"),
    ("mofd", "medically optimised discharge"),
    ("msk", "musculoskeletal"),
    ("ooh", "out hours"),
    ("ot", "occupational therapist"),
    ("ots", "occupational therapist"),
    ("pdd", "predicted date discharge"),
    ("phb", "personal health budget"),
    ("phbs", "personal health budget"),
    ("poc", "package care"),
    ("pocs", "package care"),
    ("qi", "quality improvement"),
    ("r2g", "red green"),
    ("rtg", "red green"),
    ("realtime", "real time"),
    ("redbag", "red bag"),
    ("redbags", "red bag"),
    ("sau", "acute assessment unit"),
    ("spa", "single point access"),
    ("spoa", "single point access"),
    ("spoc", "single point contact"),
    ("sw", "social worker"),
    ("sws", "social worker"),
    ("ta", "trusted assessor"),
    ("tas", "trusted assessor"),
    ("toc", "transfer care"),
    ("tta", "medicine take out"),
    ("ttas", "medicine take out"),
    ("tto", "medicine take out"),
    ("ttos", "medicine take out"),
    ("vcs", "voluntary community sector"),
    ("vcse", "voluntary community sector"),
    ("vcses", "voluntary community sector"),
    ("vw", "virtual ward"),
    ("whiteboards", "white board"),
    ("whiteboard", "white board"),
];

/// Beginnings written apart or with a hyphen as often as not: "co-ordinator", "multi disciplinary", "pre admission".
const PREFIXES: [&str; 4] = ["co", "multi", "pre", "inter"];

/// The numbers that mean something as words; others are dates, counts and references.
const NUMBERS: [&str; 12] = ["0", "1", "2", "3", "7", "14", "21", "24", "72", "111", "136", "999"];

/// What a word is replaced with before it is cut.
#[derive(Clone, Copy, Debug)]
enum Special {
    Drop,
    Expand(&'static str),
}

/// The hashes of a stem and of its root; a short stem has no root.
#[derive(Clone, Copy, Debug)]
struct Known {
    stem: u64,
    root: Option<u64>,
    /// No known stem is like it.
    strange: bool,
}

impl Known {
    fn new(prefix: &str, stem: &str) -> Self {
        let whole = hash_on(hash(prefix), stem);
        let root = if prefix.is_empty() { root(stem).map(|root| hash_on(hash(root), ROOT_MARK)) } else { None };
        Self { stem: whole, root, strange: false }
    }
}

/// A stem in a text and the place of the word that it comes from.
#[derive(Clone, Debug)]
struct Token {
    known: Known,
    /// Byte range in the folded text.
    source: Range<usize>,
}

/// A stem, the root of one, or two stems side by side.
#[derive(Clone, Debug)]
pub struct Feature {
    /// Identifies the feature: [`feature_hash`] of its stems.
    pub hash: u64,
    /// The words of the folded text that it comes from, as a byte range.
    pub source: Range<usize>,
}

/// Buffers that are kept from one text to the next.
#[derive(Debug, Default)]
pub struct Scratch {
    folded: String,
    tokens: Vec<Token>,
    features: Vec<Feature>,
}

impl Scratch {
    /// The features of the text extracted last, stems and roots before pairs, repeats included.
    #[must_use]
    pub fn features(&self) -> &[Feature] {
        &self.features
    }

    /// The hashes of the stems of the text extracted last, in its order; a misspelt one has the hash of the known stem.
    pub fn stem_hashes(&self) -> impl Iterator<Item = u64> {
        self.tokens.iter().map(|token| token.known.stem)
    }

    /// The folded words that a feature of the text extracted last comes from.
    #[must_use]
    pub fn words(&self, feature: &Feature) -> &str {
        self.folded(&feature.source)
    }

    /// The folded words at a place of the text extracted last.
    #[must_use]
    pub fn folded(&self, source: &Range<usize>) -> &str {
        self.folded.get(source.clone()).unwrap_or_default()
    }
}

/// Known stems by their spellings, right and wrong.
#[derive(Clone, Debug)]
pub(super) struct Spellings {
    bytes: Cow<'static, [u8]>,
    /// Each known stem's hash, and that of each way to leave out one of its characters.
    keys: Keys,
    /// For each of these the number of the stem.
    stems: usize,
    /// The hashes of each stem and of its root, 0 where it has none.
    known: usize,
}

/// Size of a stem's two hashes, in bytes.
const KNOWN: usize = 2 * size_of::<u64>();

impl Spellings {
    /// Packs `stems`, commonest first: where two share a misspelling the first has it.
    pub(super) fn pack<'s>(stems: impl Iterator<Item = &'s str> + Clone, out: &mut Vec<u8>) {
        let numbered = || stems.clone().zip(0_u32..);
        let mut spellings: FxHashMap<u64, u32> = numbered().map(|(stem, number)| (hash(stem), number)).collect();
        for (stem, number) in numbered().filter(|(stem, _)| may_be_misspelt(stem)) {
            for at in 1..stem.len() {
                spellings.entry(hash_without(stem, at)).or_insert(number);
            }
        }
        let mut spellings: Vec<(u64, u32)> = spellings.into_iter().collect();
        spellings.sort_unstable();
        let keys: Vec<u64> = spellings.iter().map(|(key, _)| *key).collect();
        Keys::pack(&keys, out);
        spellings.iter().for_each(|(_, number)| out.extend(number.to_le_bytes()));
        put_number(out, stems.clone().count());
        for known in stems.map(|stem| Known::new("", stem)) {
            out.extend(known.stem.to_le_bytes());
            out.extend(known.root.unwrap_or(0).to_le_bytes());
        }
    }

    /// Finds the packed spellings at `cursor`.
    pub(super) fn read(bytes: Cow<'static, [u8]>, cursor: &mut Cursor) -> Result<Self, Cut> {
        let keys = Keys::read(&bytes, cursor)?;
        let stems = cursor.skip(&bytes, keys.len(), size_of::<u32>())?;
        let count = cursor.number(&bytes)?;
        let known = cursor.skip(&bytes, count, KNOWN)?;
        Ok(Self { bytes, keys, stems, known })
    }

    /// The stem that is spelt so.
    fn get(&self, spelling: u64) -> Option<Known> {
        let at = self.keys.position(&self.bytes, spelling)?;
        let number = u32::from_le_bytes(chunk(&self.bytes, self.stems + at * size_of::<u32>())?) as usize;
        let hash = |at: usize| chunk(&self.bytes, self.known + number * KNOWN + at).map(u64::from_le_bytes);
        Some(Known { stem: hash(0)?, root: hash(size_of::<u64>()).filter(|root| *root != 0), strange: false })
    }
}

/// The words that are known, and the ways to misspell them.
#[derive(Debug)]
pub struct Lexicon {
    special: FxHashMap<&'static str, Special>,
    spellings: Spellings,
}

impl Lexicon {
    /// Of `stems`, commonest first: where two share a misspelling the first has it.
    ///
    /// # Errors
    /// There are more than 32 bits can count.
    pub fn new<'s>(stems: impl Iterator<Item = &'s str> + Clone) -> Result<Self, Cut> {
        let mut bytes = Vec::new();
        Spellings::pack(stems, &mut bytes);
        Spellings::read(bytes.into(), &mut Cursor::default()).map(Self::of)
    }

    /// Of stems that are packed.
    pub(super) fn of(spellings: Spellings) -> Self {
        let mut special: FxHashMap<&'static str, Special> = DROPPED.split(' ').map(|word| (word, Special::Drop)).collect();
        special.extend(EXPANDED.iter().map(|(word, words)| (*word, Special::Expand(words))));
        Self { special, spellings }
    }

    /// Whether `word`, in lower case, is known as it is spelt; abbreviations, which are written in capitals, are no words.
    #[must_use]
    pub fn knows(&self, word: &str) -> bool {
        let stem = hash(stem(word));
        matches!(self.special.get(word), Some(Special::Drop)) || self.spellings.get(stem).is_some_and(|known| known.stem == stem)
    }

    /// `prefix` and `stem` as one stem, or where that is not known the known stem that is one edit away.
    fn resolve(&self, prefix: &str, stem: &str) -> Known {
        let own = Known::new(prefix, stem);
        let strange = Known { strange: true, ..own };
        if let Some(known) = self.spellings.get(own.stem) {
            return known;
        }
        if !prefix.is_empty() || !may_be_misspelt(stem) {
            return strange;
        }
        // A first letter is seldom wrong, and holding on to it keeps "bridge" from "fridge".
        (1..stem.len()).find_map(|at| self.spellings.get(hash_without(stem, at))).unwrap_or(strange)
    }

    /// Finds the features of `text`; they stand in `scratch` then.
    pub fn extract(&self, text: &str, scratch: &mut Scratch) {
        let Scratch { folded, tokens, features } = scratch;
        fold_into(text, folded);
        tokens.clear();
        features.clear();
        self.visit(folded, |prefix, stem, source| tokens.push(Token { known: self.resolve(prefix, stem), source }));
        for token in tokens.iter() {
            let hashes = std::iter::once(token.known.stem).chain(token.known.root);
            features.extend(hashes.map(|hash| Feature { hash, source: token.source.clone() }));
        }
        for (first, second) in tokens.iter().zip(tokens.iter().skip(1)) {
            let source = first.source.start..second.source.end;
            features.push(Feature { hash: combine(first.known.stem, second.known.stem), source });
        }
        let strange = tokens.iter().filter(|token| token.known.strange);
        features.extend(strange.zip(STRANGE).map(|(token, name)| Feature { hash: hash(name), source: token.source.clone() }));
    }

    /// The stems of `text` as it is spelt, for building a vocabulary.
    #[must_use]
    pub fn stems(&self, text: &str) -> Vec<String> {
        let mut folded = String::new();
        fold_into(text, &mut folded);
        let mut out = Vec::new();
        self.visit(&folded, |prefix, stem, _| out.push(format!("{prefix}{stem}")));
        out
    }

    /// Hands each stem of a folded text to `sink`, as a prefix and the rest, with the byte range of its word.
    fn visit<'t>(&self, folded: &'t str, mut sink: impl FnMut(&'t str, &'t str, Range<usize>)) {
        let mut prefix: Option<Range<usize>> = None;
        let mut end = 0;
        for word in folded.split(' ') {
            let place = end..end + word.len();
            end = place.end + 1;
            if let Some(before) = prefix.take() {
                sink(folded.get(before.clone()).unwrap_or_default(), stem(word), before.start..place.end);
            } else if PREFIXES.contains(&word) && end < folded.len() {
                prefix = Some(place);
            } else {
                self.visit_word(word, |stem| sink("", stem, place.clone()));
            }
        }
    }

    fn visit_word<'t>(&self, word: &'t str, mut sink: impl FnMut(&'t str)) {
        match self.special.get(word) {
            Some(Special::Expand(words)) => words.split(' ').filter(|w| *w != "to").for_each(|w| sink(stem(w))),
            None if word.starts_with(|c: char| c.is_ascii_digit()) => {
                let (number, unit) = word.split_at(word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len()));
                if NUMBERS.contains(&number) {
                    sink(if number == "7" { "seven" } else { number });
                }
                if unit.len() > 2 {
                    sink(stem(unit));
                }
            }
            None if word.len() > 1 => sink(stem(word)),
            Some(Special::Drop) | None => {}
        }
    }
}

/// The root of a stem, for one that is long enough.
fn root(stem: &str) -> Option<&str> {
    stem.get(..ROOT)
}

/// The name of the feature that the root of `stem` is, for one that is long enough.
#[must_use]
pub fn root_name(stem: &str) -> Option<String> {
    root(stem).map(|root| format!("{root}{ROOT_MARK}"))
}

/// Whether the feature of this name is a stem, and not a root or a pair.
#[must_use]
pub fn is_stem(name: &str) -> bool {
    !name.contains(' ') && !name.ends_with(ROOT_MARK) && !STRANGE.contains(&name)
}

/// The identity of a feature by its name: a stem, a [`root_name`], or two stems with a space between.
#[must_use]
pub fn feature_hash(name: &str) -> u64 {
    name.split_once(' ').map_or_else(|| hash(name), |(first, second)| combine(hash(first), hash(second)))
}

/// Not the same for two stems the other way round.
fn combine(first: u64, second: u64) -> u64 {
    (first.rotate_left(23) ^ second).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// FNV-1a, 64 bits: hashes a joined word piece by piece, and is the same on every machine.
fn hash(text: &str) -> u64 {
    hash_on(0xcbf2_9ce4_8422_2325, text)
}

fn hash_on(state: u64, text: &str) -> u64 {
    text.bytes().fold(state, hash_byte)
}

fn hash_byte(state: u64, byte: u8) -> u64 {
    (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
}

/// The hash of `stem` without its byte `at`.
fn hash_without(stem: &str, at: usize) -> u64 {
    let kept = stem.bytes().enumerate().filter(|(i, _)| *i != at).map(|(_, byte)| byte);
    kept.fold(hash(""), hash_byte)
}

fn may_be_misspelt(stem: &str) -> bool {
    (MIN_CORRECTED..=MAX_CORRECTED).contains(&stem.len()) && stem.bytes().all(|b| b.is_ascii_lowercase())
}

/// `word` without the ending of a plural; other endings are left to the roots. Only ever cuts, so the result need not be a
/// word. "Homes" stays: residents live in homes, patients go home.
#[must_use]
pub fn stem(word: &str) -> &str {
    let not_plural = ["ss", "us", "is"].iter().any(|ending| word.ends_with(ending));
    if word.len() < 4 || !word.is_ascii() || not_plural || word == "homes" {
        return word;
    }
    let cut = |ending, least| word.strip_suffix(ending).filter(|rest: &&str| rest.len() >= least);
    let hissing = cut("es", 3).filter(|rest| ["ss", "ch", "sh", "x"].iter().any(|end| rest.ends_with(end)));
    cut("ies", 3).or(hissing).or_else(|| cut("s", 3)).or_else(|| cut("y", 4)).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon(stems: &[&str]) -> Lexicon {
        Lexicon::new(stems.iter().copied()).expect("a few stems")
    }

    fn stems(text: &str) -> String {
        lexicon(&[]).stems(text).join(" ")
    }

    fn hashes(lexicon: &Lexicon, text: &str) -> Vec<u64> {
        let mut scratch = Scratch::default();
        lexicon.extract(text, &mut scratch);
        scratch.features().iter().map(|f| f.hash).collect()
    }

    #[test]
    fn plurals_share_a_stem_and_inflections_a_root() {
        for (singular, plural) in [("ward", "wards"), ("family", "families"), ("process", "processes"), ("bus", "bus")] {
            assert_eq!(stem(singular), stem(plural));
        }
        assert_ne!(stem("home"), stem("homes"));
        assert_eq!(root_name("assessing"), root_name("assessment"));
        assert_eq!(root_name("ward"), None);
    }

    #[test]
    fn abbreviations_are_their_words() {
        assert_eq!(stems("MDTs"), stems("Multi-disciplinary team"));
        assert_eq!(stems("EDD"), stems("expected date of discharge"));
        assert_eq!(stems("co-ordinator"), stems("coordinators"));
        assert_eq!(stems("7 day services"), stems("7DS"));
        assert_eq!(stems("multidisciplinary"), stems("multi disciplinary"));
    }

    #[test]
    fn numbers_and_empty_words_are_left_out() {
        assert_eq!(stems("by the 31/12/2017, 45 of them"), "");
        assert_eq!(stems("24hrs"), "24 hrs");
    }

    #[test]
    fn a_slip_of_one_letter_is_the_known_word() {
        let lexicon = lexicon(&["assessor", "trust"]);
        for slip in ["assesor", "assesssor", "asessor", "assessot", "assessro", "assessors"] {
            assert_eq!(hashes(&lexicon, slip), hashes(&lexicon, "assessor"), "{slip}");
        }
        assert_ne!(hashes(&lexicon, "aggressor"), hashes(&lexicon, "assessor"));
    }

    #[test]
    fn features_have_the_hash_of_their_names() {
        let lexicon = lexicon(&[]);
        let mut scratch = Scratch::default();
        lexicon.extract("The Trusted Assessor", &mut scratch);
        let words: Vec<_> = scratch.features().iter().map(|f| (f.hash, scratch.words(f))).collect();
        let expected = [
            ("trusted", "trusted"),
            ("trust*", "trusted"),
            ("assessor", "assessor"),
            ("asses*", "assessor"),
            ("trusted assessor", "trusted assessor"),
            (STRANGE[0], "trusted"),
            (STRANGE[1], "assessor"),
        ];
        assert_eq!(words, expected.map(|(name, words)| (feature_hash(name), words)));
    }
}
