//! Every word and phrase that the grammar of a party cell knows, in one table.

use std::borrow::Cow;
use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;
use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;

use super::terms;
use super::traits::Traits;
use crate::model::text::collapse;
use crate::model::text::fold;
use crate::model::vocabulary::Vocabulary;

/// Room for so many words, about as many as the built-in lists have: a table that grows is made anew each time.
const WORDS: usize = 5_000;

/// Words by their key (see [`key_into`]), and phrases by the key of their first word.
#[derive(Clone, Debug)]
pub(super) struct Lexicon {
    /// By the hash of the key: most of the thousands are first names, and all that is asked is what a word can be.
    words: FxHashMap<u64, Traits>,
    /// Longest first.
    phrases: FxHashMap<String, Vec<Phrase>>,
    /// In capitals, as initials are written.
    departments: FxHashSet<String>,
    /// In capitals.
    service_acronyms: FxHashSet<String>,
    /// As they are written.
    commissioners: Vec<String>,
    /// With single blanks.
    standing_services: Vec<String>,
}

/// Words with one meaning together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    /// Keys of the words; "and" also stands for "&".
    pub(super) words: Vec<String>,
    /// What it means.
    pub(super) meaning: Meaning,
}

/// Meaning of a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Meaning {
    /// Points elsewhere ("see").
    Reference,
    /// Begins a remark that goes on to the next mark ("until").
    Aside,
    /// Nobody yet ("to be confirmed").
    Nobody,
    /// One name in spite of its "and" or "with".
    Joined,
    /// One area in spite of its commas, unless several bodies follow.
    JoinedArea,
    /// One name in spite of its commas where one body follows ("…, … and … CCG"), or where no word is a place's.
    JoinedList,
    /// One area in spite of its commas, whatever follows.
    JoinedGroup,
    /// A body that bears a person's name.
    NamedBody,
    /// A body by these words alone.
    WholeBody,
    /// Links two parties ("supported by").
    Link,
}

impl Lexicon {
    pub(super) fn new(vocabulary: &Vocabulary) -> Self {
        let capitals = |list: &[String]| list.iter().map(|word| word.trim().to_uppercase()).collect();
        let mut lexicon = Self {
            words: FxHashMap::with_capacity_and_hasher(WORDS, FxBuildHasher),
            phrases: FxHashMap::default(),
            departments: capitals(&vocabulary.departments),
            service_acronyms: capitals(&vocabulary.service_acronyms),
            commissioners: vocabulary.commissioners.clone(),
            standing_services: vocabulary.standing_services.iter().map(|name| collapse(name).into_owned()).collect(),
        };
        lexicon.add_words(vocabulary);
        lexicon.add_phrases(vocabulary);
        lexicon
    }

    /// Whether `word` says what kind of body a name is of.
    pub(super) fn is_body(&self, word: &str) -> bool {
        self.known(&key(word)).is_some_and(|traits| traits.has(Traits::BODY))
    }

    /// Whether `name`, in capitals, is a department or craft of two letters and nobody's initials.
    pub(super) fn is_department(&self, name: &str) -> bool {
        self.departments.contains(name)
    }

    /// Whether `name`, in capitals, is a service that is known by its initials.
    pub(super) fn is_service_acronym(&self, name: &str) -> bool {
        self.service_acronyms.contains(name)
    }

    /// Whether `initials` end as those of commissioning bodies do.
    pub(super) fn is_commissioner(&self, initials: &str) -> bool {
        self.commissioners.iter().any(|end| initials.ends_with(end.as_str()))
    }

    /// Whether `words` are the whole name of a body that bears a person's, or whose name ends in no word for a body.
    pub(super) fn is_whole_body(&self, words: &[&str]) -> bool {
        let mut scratch = String::new();
        let Some(first) = words.first() else { return false };
        let named = |phrase: &&Phrase| matches!(phrase.meaning, Meaning::NamedBody | Meaning::WholeBody);
        let phrases = self.phrases(first, &mut scratch).iter().filter(named).filter(|phrase| phrase.words.len() == words.len());
        phrases.into_iter().any(|phrase| phrase.words.iter().zip(words).all(|(known, word)| *known == key(word)))
    }

    /// The services that are a party by their name alone.
    pub(super) fn standing_services(&self) -> impl Iterator<Item = &str> {
        self.standing_services.iter().map(String::as_str)
    }

    fn add_words(&mut self, vocabulary: &Vocabulary) {
        // Posts come before all that may be a post's plural ("leads").
        let lists = [
            (&vocabulary.first_names, Traits::FIRST_NAME),
            (&vocabulary.surnames, Traits::SURNAME),
            (&vocabulary.posts, Traits::POST),
            (&vocabulary.post_openings, Traits::POST_OPENING),
            (&vocabulary.post_acronyms, Traits::POST_ACRONYM),
            (&vocabulary.subjects, Traits::SUBJECT),
            (&vocabulary.person_titles, Traits::TITLE),
            (&vocabulary.party_labels, Traits::LABEL),
            (&vocabulary.bare_party_labels, Traits::BARE_LABEL),
            (&vocabulary.body_kinds, Traits::KIND),
        ];
        for (words, traits) in lists {
            words.iter().flat_map(|name| name.split_whitespace()).for_each(|word| self.add_word(word, traits));
        }
        let lists = [
            (terms::QUALIFIERS, Traits::QUALIFIER),
            (terms::PARTICLES, Traits::PARTICLE),
            (terms::CONTACTS, Traits::CONTACT),
            (terms::ABBREVIATIONS, Traits::ABBREVIATION),
        ];
        for (words, traits) in lists {
            words.split_ascii_whitespace().for_each(|word| self.add_word(word, traits));
        }
        for spelling in &vocabulary.body_words {
            // Of a name of several words the last is the kind of body ("foundation trust").
            let Some(word) = spelling.split_whitespace().next_back() else { continue };
            // "partners" is a plural although no list has "partner"; "NHS" is none.
            let plural = singular(word).is_some_and(|stem| stem.len() >= 4);
            self.add_word(word, Traits::BODY.with(if plural { Traits::PLURAL } else { Traits::default() }));
        }
    }

    fn add_word(&mut self, word: &str, traits: Traits) {
        // Most words stand in their lists as their keys are.
        let is_key = word.bytes().all(|byte| byte.is_ascii_lowercase());
        let key = if is_key { Cow::Borrowed(word) } else { Cow::Owned(key(word)) };
        let stem = singular(&key).and_then(|stem| self.known(stem));
        let plural = stem.filter(|t| t.has(Traits::BODY.with(Traits::POST))).map(as_plural).unwrap_or_default();
        let slot = self.words.entry(FxBuildHasher.hash_one(&*key)).or_default();
        *slot = slot.with(traits).with(plural);
    }

    /// What is known of the word that has this key.
    pub(super) fn known(&self, key: &str) -> Option<Traits> {
        self.words.get(&FxBuildHasher.hash_one(key)).copied()
    }

    fn add_phrases(&mut self, vocabulary: &Vocabulary) {
        for name in &vocabulary.joined_names {
            let meaning = if name.contains(',') { Meaning::JoinedList } else { Meaning::Joined };
            self.add_phrase(&fold(name), meaning);
        }
        let areas = vocabulary.areas.iter().flat_map(|area| std::iter::once(&area.name).chain(&area.aliases));
        for area in areas {
            let name = fold(area);
            name.split(' ').filter(|word| word.len() > 3).for_each(|word| self.add_word(word, Traits::PLACE));
            if area.contains(',') {
                self.add_phrase(&name, Meaning::JoinedArea);
            } else if name.split(' ').any(|word| matches!(word, "and" | "with")) {
                self.add_phrase(&name, Meaning::Joined);
            }
        }
        for name in vocabulary.area_groups.iter().flat_map(|group| &group.words).filter(|name| name.contains(',')) {
            self.add_phrase(&fold(name), Meaning::JoinedGroup);
        }
        for phrase in &vocabulary.whole_bodies {
            self.add_phrase(phrase, Meaning::WholeBody);
        }
        for phrase in &vocabulary.unassigned {
            self.add_phrase(phrase, Meaning::Nobody);
        }
        for phrase in &vocabulary.named_bodies {
            self.add_phrase(phrase, Meaning::NamedBody);
        }
        for phrase in terms::LINKS {
            self.add_phrase(phrase, Meaning::Link);
        }
        for phrase in terms::ASIDES {
            self.add_phrase(phrase, Meaning::Aside);
        }
        for month in terms::MONTHS.split_ascii_whitespace() {
            self.add_phrase(&format!("from {month}"), Meaning::Aside);
        }
        for phrase in terms::REFERENCES {
            self.add_phrase(phrase, Meaning::Reference);
        }
    }

    fn add_phrase(&mut self, phrase: &str, meaning: Meaning) {
        let words: Vec<String> = phrase.split_whitespace().map(key).filter(|word| !word.is_empty()).collect();
        let Some(first) = words.first().cloned() else { return };
        self.add_word(&first, Traits::PHRASE);
        let phrases = self.phrases.entry(first).or_default();
        let rank = |phrase: &Phrase| (usize::MAX - phrase.words.len(), phrase.meaning);
        let new = Phrase { words, meaning };
        let at = phrases.partition_point(|old| rank(old) <= rank(&new));
        phrases.insert(at, new);
    }

    /// The meaning and the shape of a word.
    pub(super) fn traits(&self, word: &str, scratch: &mut String) -> Traits {
        key_into(word, scratch);
        let shape = Traits::of_shape(word);
        if let Some(meaning) = self.known(scratch) {
            return shape.with(meaning);
        }
        match singular(scratch).and_then(|stem| self.known(stem)) {
            Some(meaning) => shape.with(as_plural(meaning)),
            None => shape,
        }
    }

    /// The phrases that begin with a word, longest first.
    pub(super) fn phrases(&self, first: &str, scratch: &mut String) -> &[Phrase] {
        key_into(first, scratch);
        self.phrases.get(scratch.as_str()).map_or(&[], Vec::as_slice)
    }
}

/// The stem of what may be a plural.
fn singular(key: &str) -> Option<&str> {
    key.strip_suffix('s').filter(|stem| stem.len() >= 2 && !stem.ends_with('s'))
}

/// The traits of a plural, given its singular's.
fn as_plural(singular: Traits) -> Traits {
    let lost = Traits::FIRST_NAME.with(Traits::TITLE).with(Traits::PHRASE).with(Traits::PARTICLE).with(Traits::POST_ACRONYM);
    singular.without(lost).with(Traits::PLURAL)
}

/// A word as the lexicon keys it: its letters and digits in lower case and without accents ("t.b.c" and "TBC" are one,
/// "Siobhán" is "siobhan"), `&` as "and".
pub(super) fn key(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    key_into(word, &mut out);
    out
}

/// As [`key`], into a buffer that is cleared first.
pub(super) fn key_into(word: &str, out: &mut String) {
    out.clear();
    if word == "&" || word == "+" {
        out.push_str("and");
        return;
    }
    for c in word.chars().filter(|c| c.is_alphanumeric()) {
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else {
            c.to_lowercase().for_each(|c| out.push(without_accent(c)));
        }
    }
}

/// The plain letter of an accented one of the Latin alphabet, in lower case; any other letter as it is.
fn without_accent(letter: char) -> char {
    const PLAIN: [(char, &str); 16] = [
        ('a', "àáâãäåāăą"),
        ('c', "çćčċ"),
        ('d', "ďđð"),
        ('e', "èéêëēĕėęě"),
        ('g', "ğģġ"),
        ('i', "ìíîïīįı"),
        ('k', "ķ"),
        ('l', "ĺļľł"),
        ('n', "ñńņň"),
        ('o', "òóôõöøōő"),
        ('r', "ŕř"),
        ('s', "śşšș"),
        ('t', "ţťț"),
        ('u', "ùúûüūůűų"),
        ('y', "ýÿ"),
        ('z', "źżž"),
    ];
    PLAIN.iter().find(|(_, accented)| accented.contains(letter)).map_or(letter, |(plain, _)| *plain)
}
