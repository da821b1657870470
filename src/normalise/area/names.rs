//! Names of areas in a text: the longest known name at each word, also misspelt where the text may be trusted to be a name.

use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use super::super::party::BeforeSurnames;
use crate::model::text::fold;
use crate::model::vocabulary::ValueWordKind;
use crate::model::vocabulary::Vocabulary;

/// Shortest word in which one letter missing, doubled or swapped is forgiven.
const TYPO_LETTERS: usize = 6;

/// Shortest word in which also a wrong letter is forgiven: "Survey" is not Surrey.
const WRONG_LETTERS: usize = 8;

/// Shortest name of several words that is known when they are closed up.
const CLOSED_LETTERS: usize = 8;

/// The areas that a name stands for, as positions in [`Vocabulary::areas`]; of an area and its successor both.
pub(super) type Owners = SmallVec<[u16; 4]>;

#[derive(Debug)]
struct Name {
    words: Vec<String>,
    owners: Owners,
    /// A name of capitals only ("LLR"), which lower-case letters do not spell.
    acronym: bool,
}

/// A name that stands in a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mention<'t> {
    /// The areas.
    pub(super) owners: Owners,
    /// The words.
    pub(super) raw: &'t str,
    /// The folded word behind it, where there is one.
    pub(super) next: Option<String>,
    /// It is one word that begins a sentence, so that its capital says nothing.
    pub(super) opens: bool,
}

/// How a text writes its names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Writing {
    /// Running text: names have capitals and are spelt as known.
    Prose,
    /// A title, a cover line: names have capitals and may be misspelt.
    Title,
    /// A file name or an answer on a form: any case, may be misspelt.
    Loose,
}

/// An index of names by their first words.
#[derive(Debug)]
pub(super) struct Names {
    known: Vec<Name>,
    /// Names by their first word, the longest first.
    first: FxHashMap<String, Vec<u32>>,
    /// Names of several words by all of them closed up: `TowerHamlets`.
    closed: FxHashMap<String, u32>,
    /// First words by first letter, for misspelt ones.
    by_letter: FxHashMap<char, Vec<String>>,
    people: BeforeSurnames,
    /// What follows a name in the name of a place within the area or elsewhere: an address or a ward, not the area.
    places: FxHashSet<String>,
    /// What follows a name that is also a verb or a thing: "Reading the plan", "Reading list".
    no_areas: FxHashSet<String>,
}

/// A word of a text.
struct Word<'t> {
    folded: String,
    from: usize,
    to: usize,
    text: &'t str,
}

impl Names {
    /// Indexes the areas of `vocabulary`, their aliases and the names of groups of them.
    pub(super) fn new(vocabulary: &Vocabulary, people: BeforeSurnames) -> Self {
        let places = vocabulary.places.iter().flat_map(|text| text.split_whitespace());
        let mut index = Self {
            people,
            places: places.map(str::to_lowercase).collect(),
            no_areas: vocabulary.value_words(ValueWordKind::NoArea).map(str::to_lowercase).collect(),
            known: Vec::new(),
            first: FxHashMap::default(),
            closed: FxHashMap::default(),
            by_letter: FxHashMap::default(),
        };
        for (at, area) in vocabulary.areas.iter().enumerate() {
            let owner = u16::try_from(at).unwrap_or(u16::MAX);
            for name in std::iter::once(&area.name).chain(&area.aliases) {
                index.add(name, &[owner]);
            }
        }
        for group in &vocabulary.area_groups {
            let owners = vocabulary.areas.iter().enumerate().filter(|(_, area)| group.codes.contains(&area.code));
            let owners: Vec<u16> = owners.filter_map(|(at, _)| u16::try_from(at).ok()).collect();
            group.words.iter().for_each(|name| index.add(name, &owners));
        }
        index
    }

    fn add(&mut self, name: &str, owners: &[u16]) {
        let words: Vec<String> = fold(name).split(' ').map(str::to_owned).collect();
        let Some(first) = words.first() else { return };
        let same = |at: &&u32| self.known[**at as usize].words == words;
        if let Some(at) = self.first.get(first).and_then(|list| list.iter().find(same)).copied() {
            let known = &mut self.known[at as usize].owners;
            known.extend(owners.iter().filter(|owner| !known.contains(owner)).copied().collect::<Owners>());
            return;
        }
        let acronym = name.chars().count() <= 6 && name.chars().filter(char::is_ascii_uppercase).count() >= 2;
        let at = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
        if let Some(letter) = first.chars().next().filter(|_| first.len() + 1 >= TYPO_LETTERS) {
            let begun = self.by_letter.entry(letter).or_default();
            if !begun.contains(first) {
                begun.push(first.clone());
            }
        }
        let list = self.first.entry(first.clone()).or_default();
        let shorter = list.iter().position(|at| self.known[*at as usize].words.len() < words.len());
        list.insert(shorter.unwrap_or(list.len()), at);
        if words.len() > 1 {
            self.closed.entry(words.concat()).or_insert(at);
        }
        self.known.push(Name { words, owners: owners.iter().copied().collect(), acronym });
    }

    /// The names in `text`, none within another.
    pub(super) fn find<'t>(&self, text: &'t str, writing: Writing) -> Vec<Mention<'t>> {
        let words = words(text);
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let Some((name, length)) = self.at(&words[at..], writing) else {
                at += 1;
                continue;
            };
            let next = words.get(at + length).map(|word| word.folded.clone());
            let last = &words[at + length - 1];
            // "Torbay A&E" is no "Torbay a …".
            let joined = words.get(at + length + 1).is_some_and(|word| word.text == "&");
            let no_name = |next: &str| length == 1 && self.no_areas.contains(next) && !joined;
            let other = next.as_deref().is_some_and(|next| self.places.contains(next) || no_name(next));
            let surname =
                length == 1 && at.checked_sub(1).is_some_and(|front| self.is_person(text, &words[front], &words[at], writing));
            if !other && !surname {
                let lower = words.get(at + length).is_some_and(|word| word.text.starts_with(char::is_lowercase));
                found.push(Mention {
                    owners: name.owners.clone(),
                    raw: text.get(words[at].from..last.to).unwrap_or_default(),
                    next,
                    opens: length == 1 && lower && opens_sentence(text, words[at].from),
                });
            }
            at += length;
        }
        found
    }

    /// Whether `front` is a title or a first name before what would be an area by itself: "Mr Durham", "Mary Sutton".
    fn is_person(&self, text: &str, front: &Word<'_>, name: &Word<'_>, writing: Writing) -> bool {
        let gap = text.get(front.to..name.from).unwrap_or_default();
        let beside = matches!(gap, " " | ". ") || (writing == Writing::Loose && matches!(gap, "_" | "-"));
        let capital = writing == Writing::Loose || front.text.starts_with(char::is_uppercase);
        beside && capital && self.people.has(&front.folded) && !self.first.contains_key(&front.folded)
    }

    /// The longest name with which `words` begin, and how many of them it takes.
    fn at(&self, words: &[Word<'_>], writing: Writing) -> Option<(&Name, usize)> {
        let first = words.first()?;
        let capital = writing == Writing::Loose || first.text.starts_with(|c: char| !c.is_lowercase());
        if !capital {
            return None;
        }
        let fits = |at: &&u32| {
            let name = &self.known[**at as usize];
            name.words.len() <= words.len()
                && name.words.iter().zip(words).all(|(known, word)| spells(known, &word.folded, writing))
                && (!name.acronym
                    || (writing == Writing::Loose && first.folded.len() > 2)
                    || !words[..name.words.len()].iter().any(|word| word.text.contains(char::is_lowercase)))
        };
        let exact = self.first.get(&first.folded).and_then(|list| list.iter().find(fits));
        let misspelt = || {
            let letter = first.folded.chars().next().filter(|_| writing != Writing::Prose)?;
            let mut alike = self.by_letter.get(&letter)?.iter().filter(|known| spells(known, &first.folded, writing));
            alike.find_map(|known| self.first.get(known)?.iter().find(fits))
        };
        if let Some(at) = exact.or_else(misspelt) {
            let name = &self.known[*at as usize];
            return Some((name, name.words.len()));
        }
        let closed =
            self.closed.get(&first.folded).filter(|_| writing != Writing::Prose && first.folded.len() >= CLOSED_LETTERS)?;
        Some((&self.known[*closed as usize], 1))
    }
}

/// Whether `word` spells `known`, with a slip of the pen where the writing may have such.
fn spells(known: &str, word: &str, writing: Writing) -> bool {
    if known == word {
        return true;
    }
    let short = known.len().min(word.len());
    if writing == Writing::Prose || short + 1 < TYPO_LETTERS || known.len() < TYPO_LETTERS || known.len().abs_diff(word.len()) > 1
    {
        return false;
    }
    // "Staff" is no slip of "Staffs": what is short and only lacks its end is a word of its own.
    if short < TYPO_LETTERS && (known.starts_with(word) || word.starts_with(known)) {
        return false;
    }
    // A city and its county ("Derby", "Derbyshire") differ by more than a slip; so do those told apart by a last letter.
    let wrong = known.len() == word.len() && strsim::hamming(known, word) == Ok(1);
    strsim::osa_distance(known, word) == 1 && (!wrong || short >= WRONG_LETTERS)
}

/// The words of a text: runs of letters and digits, an apostrophe within dropped, "&" as "and".
fn words(text: &str) -> Vec<Word<'_>> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let within = c.is_alphanumeric() || (matches!(c, '\'' | '\u{2019}') && start.is_some());
        match (within, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let word = text.get(from..at).unwrap_or_default();
                out.push(Word { folded: fold(word), from, to: at, text: word });
                start = None;
            }
            _ => {}
        }
        if c == '&' {
            out.push(Word { folded: "and".to_owned(), from: at, to: at + 1, text: "&" });
        }
    }
    out
}

fn opens_sentence(text: &str, from: usize) -> bool {
    let before = text.get(..from).unwrap_or_default().trim_end();
    before.is_empty() || before.ends_with(['.', '!', '?', ':', ';', '\n', '\u{2022}', '-', '\u{2013}'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalise::party::Parties;

    fn embedded() -> Names {
        Names::new(Vocabulary::embedded(), Parties::new(Vocabulary::embedded()).before_surnames())
    }

    fn found(text: &str, writing: Writing) -> Vec<String> {
        let vocabulary = Vocabulary::embedded();
        let names = embedded();
        let name = |owner: &u16| vocabulary.areas[*owner as usize].name.clone();
        names.find(text, writing).iter().flat_map(|mention| mention.owners.iter().map(name).collect::<Vec<_>>()).collect()
    }

    #[test]
    fn the_longest_name_is_meant() {
        assert_eq!(found("North Tyneside and Derbyshire", Writing::Prose), ["North Tyneside", "Derbyshire"]);
        assert_eq!(found("Kingston upon Thames", Writing::Prose), ["Kingston upon Thames"]);
        assert_eq!(found("Cheshire West & Chester", Writing::Prose), ["Cheshire West and Chester"]);
    }

    #[test]
    fn slips_of_the_pen_are_forgiven_in_titles_only() {
        assert_eq!(found("Cumbira wide", Writing::Title), ["Cumbria"]);
        assert_eq!(found("Wolverhamptan plan", Writing::Title), ["Wolverhampton"]);
        assert!(found("Cumbira wide", Writing::Prose).is_empty());
        assert!(found("Survey of Midway staff, Banking", Writing::Title).is_empty());
    }

    #[test]
    fn people_and_other_names_are_no_areas() {
        for text in ["Plan by Mary Sutton", "Mr Durham", "Bury Lodge", "Reading list", "Bexley Wing, discharge"] {
            assert!(found(text, Writing::Title).is_empty(), "{text}");
        }
        assert!(found("mr_barnet", Writing::Loose).is_empty());
        assert_eq!(found("Mary Sutton of Suffolk", Writing::Title), ["Suffolk"]);
        assert_eq!(found("Mary, Sutton", Writing::Title), ["Sutton"]);
    }

    #[test]
    fn towns_with_another_area_in_their_name_are_their_own() {
        assert_eq!(found("Bury St Edmunds", Writing::Title), ["Suffolk"]);
        assert_eq!(found("Newcastle-under-Lyme", Writing::Title), ["Staffordshire"]);
    }

    #[test]
    fn groups_stand_for_several() {
        assert_eq!(found("BNSSG delivery board", Writing::Prose).len(), 3);
        assert!(found("the bnssg area", Writing::Prose).is_empty());
        assert_eq!(found("hicm_bnssg_return", Writing::Loose).len(), 3);
        assert_eq!(found("Greater Manchester", Writing::Title).len(), 10);
    }

    #[test]
    fn words_and_addresses_are_no_areas() {
        assert!(found("reading the notes", Writing::Prose).is_empty());
        assert!(found("Essex Street, Surrey House", Writing::Prose).is_empty());
        assert!(embedded().find("Reading about choice", Writing::Prose)[0].opens);
    }
}
