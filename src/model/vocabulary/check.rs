//! The rules that a vocabulary keeps: nothing twice, nothing blank, nothing that points nowhere.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fmt;

use serde_json::Value;

use super::HeaderEntry;
use super::MODEL_SCHEMA;
use super::Vocabulary;
use super::error::Breach;
use super::names::Owner;
use super::path::KeyPath;
use crate::model::change::ChangeNumber;
use crate::model::field::Meaning;
use crate::model::record::Level;
use crate::model::record::Rag;
use crate::model::text::fold;

const LEVELS: [Level; 5] = [Level::NotYetEstablished, Level::PlansInPlace, Level::Established, Level::Mature, Level::Exemplary];
const RAGS: [Rag; 5] = [Rag::Red, Rag::Amber, Rag::Green, Rag::Blue, Rag::None];

impl Vocabulary {
    /// Every rule that is broken, in the order of the rules.
    pub(super) fn breaches(&self) -> Vec<Breach> {
        let mut out = Vec::new();
        if self.schema != MODEL_SCHEMA {
            out.push(Breach::new(KeyPath::of("schema"), format!("{MODEL_SCHEMA:?}"), format!("{:?}", self.schema)));
        }
        self.blanks(&mut out);
        self.numbers(&mut out);
        self.ids(&mut out);
        self.names_are_unique(&mut out);
        self.editions(&mut out);
        self.levels_and_ratings(&mut out);
        self.header_words(&mut out);
        self.apart_tables(&mut out);
        self.date_words(&mut out);
        self.words_of_values(&mut out);
        self.single_words(&mut out);
        self.areas(&mut out);
        let mut met = BTreeSet::new();
        // A blank text is no name either; it is said once.
        out.retain(|breach| met.insert(breach.path.to_string()) || breach.other.is_some());
        out
    }

    /// The first rule that is broken.
    pub(super) fn first_breach(&self) -> Result<(), Breach> {
        self.breaches().into_iter().next().map_or(Ok(()), Err)
    }

    fn blanks(&self, out: &mut Vec<Breach>) {
        // A vocabulary is plain data, so this conversion has nothing to fail on.
        if let Ok(value) = serde_json::to_value(self) {
            no_blank(&value, &KeyPath::default(), out);
        }
    }

    fn numbers(&self, out: &mut Vec<Breach>) {
        let mut first = BTreeMap::new();
        for (i, change) in self.changes.iter().enumerate() {
            let path = KeyPath::of("changes").index(i).key("number");
            if let Some(other) = first.insert(change.number, path.clone()) {
                out.push(Breach::clash(path, "each number once", change.number.to_string(), other));
            }
        }
        let missing = ChangeNumber::all().filter(|number| !first.contains_key(number));
        let breach = |missing| Breach::new(KeyPath::of("changes"), "all of the numbers 1 to 8", format!("no {missing}"));
        out.extend(missing.map(breach));
    }

    fn ids(&self, out: &mut Vec<Breach>) {
        let changes = self.changes.iter().enumerate().map(|(i, c)| (&c.id, KeyPath::of("changes").index(i)));
        let outside = self.outside.iter().enumerate().map(|(i, o)| (&o.id, KeyPath::of("outside").index(i)));
        let mut claims = Claims::new("an id that is used once");
        for (n, (id, path)) in changes.chain(outside).enumerate() {
            let path = path.key("id");
            if is_snake_case(id) {
                claims.claim(id, n, path, out);
            } else {
                out.push(Breach::new(path, "an id of lower-case letters, digits and single underscores", format!("{id:?}")));
            }
        }
    }

    fn names_are_unique(&self, out: &mut Vec<Breach>) {
        let mut claims = Claims::new("a name of one change or programme only");
        for (i, change) in self.changes.iter().enumerate() {
            let path = KeyPath::of("changes").index(i);
            claims.claim(&change.name, Owner::Change(change.number), path.key("name"), out);
            claims.claim_all(&change.aliases, Owner::Change(change.number), &path.key("aliases"), out);
        }
        for (i, entry) in self.outside.iter().enumerate() {
            let path = KeyPath::of("outside").index(i);
            claims.claim(&entry.name, Owner::Outside(i), path.key("name"), out);
            claims.claim_all(&entry.aliases, Owner::Outside(i), &path.key("aliases"), out);
        }
        for (i, edition) in self.editions.iter().enumerate() {
            let path = KeyPath::of("editions").index(i).key("changes");
            for (j, change) in edition.changes.iter().enumerate() {
                let owner = change.change.map_or(Owner::Enabler, Owner::Change);
                claims.claim(&change.name, owner, path.index(j).key("name"), out);
            }
        }
    }

    fn editions(&self, out: &mut Vec<Breach>) {
        let mut names = Claims::new("a name of one edition only");
        for (i, edition) in self.editions.iter().enumerate() {
            let path = KeyPath::of("editions").index(i);
            names.claim(&edition.name, i, path.key("name"), out);
            names.claim_all(&edition.aliases, i, &path.key("aliases"), out);
            let mut first = BTreeMap::new();
            for (j, change) in edition.changes.iter().enumerate() {
                let Some(number) = change.number else { continue };
                let path = path.key("changes").index(j).key("number");
                if number == 0 {
                    out.push(Breach::new(path, "a number from 1", "0"));
                } else if let Some(other) = first.insert(number, path.clone()) {
                    out.push(Breach::clash(path, "each number once in an edition", number.to_string(), other));
                }
            }
        }
    }

    fn levels_and_ratings(&self, out: &mut Vec<Breach>) {
        let levels = self.maturity.iter().map(|entry| (entry.level, entry.words.as_slice()));
        each_once("maturity", "level", &LEVELS, levels, out);
        each_once("rag", "value", &RAGS, self.rag.iter().map(|entry| (entry.value, entry.words.as_slice())), out);
        let states = self.rag_states.iter().map(|entry| (entry.value, entry.words.as_slice()));
        each_once("rag_states", "value", &[], states, out);
    }

    fn header_words(&self, out: &mut Vec<Breach>) {
        let mut claims = Claims::new("a header of one meaning only");
        for (path, meaning, entry) in by_meaning("headers", &self.headers, out) {
            if meaning == Meaning::Group {
                // A group stands over other headers, so its words may mean something else where they stand alone.
                Claims::new("a text").claim_all(&entry.words, meaning, &path, out);
            } else {
                claims.claim_all(&entry.words, meaning, &path, out);
            }
        }
        let mut claims = Claims::new("a wording of one meaning only");
        for (path, meaning, entry) in by_meaning("header_wordings", &self.header_wordings, out) {
            claims.claim_all(&entry.words, meaning, &path, out);
        }
    }

    /// One header tells one kind of table; what stands beside it may stand beside others too.
    fn apart_tables(&self, out: &mut Vec<Breach>) {
        let mut kinds = Claims::new("each kind of table once");
        let mut words = Claims::new("a header of one kind of table only");
        for (i, entry) in self.apart.iter().enumerate() {
            let path = KeyPath::of("apart").index(i);
            if !is_snake_case(&entry.about) {
                let found = format!("{:?}", entry.about);
                out.push(Breach::new(path.key("about"), "a name of lower-case letters, digits and single underscores", found));
            }
            kinds.claim(&entry.about, i, path.key("about"), out);
            words.claim_all(&entry.words, i, &path.key("words"), out);
        }
    }

    /// A word says one thing of a date.
    fn date_words(&self, out: &mut Vec<Breach>) {
        let mut kinds = BTreeMap::new();
        let mut claims = Claims::new("a word of one kind only");
        for (i, entry) in self.date_words.iter().enumerate() {
            let path = KeyPath::of("date_words").index(i);
            if let Some(other) = kinds.insert(entry.kind, path.key("kind")) {
                out.push(Breach::clash(path.key("kind"), "each once", shown(&entry.kind), other));
            }
            for (j, text) in entry.words.iter().enumerate() {
                let path = path.key("words").index(j);
                for word in text.split_whitespace() {
                    // Texts are cut at anything else.
                    if word.chars().all(char::is_alphabetic) {
                        claims.claim(word, entry.kind, path.clone(), out);
                    } else {
                        out.push(Breach::new(path.clone(), "words of letters only", format!("{word:?}")));
                    }
                }
            }
        }
    }

    /// A word may say one thing of a rating and another of a level.
    fn words_of_values(&self, out: &mut Vec<Breach>) {
        let mut kinds = BTreeMap::new();
        for (i, entry) in self.value_words.iter().enumerate() {
            let path = KeyPath::of("value_words").index(i);
            if let Some(other) = kinds.insert(entry.kind, path.key("kind")) {
                out.push(Breach::clash(path.key("kind"), "each once", shown(&entry.kind), other));
            }
            let mut claims = Claims::new("a word");
            for (j, text) in entry.words.iter().enumerate() {
                text.split_whitespace().for_each(|word| claims.claim(word, entry.kind, path.key("words").index(j), out));
            }
        }
    }

    /// What is compared with words one by one is one word.
    fn single_words(&self, out: &mut Vec<Breach>) {
        let lists = [
            ("level_qualifiers", &self.level_qualifiers),
            ("departments", &self.departments),
            ("service_acronyms", &self.service_acronyms),
            ("cover_openings", &self.cover_openings),
            ("title_words", &self.title_words),
            ("other_documents", &self.other_documents),
            ("change_words", &self.change_words),
            ("colours", &self.colours),
        ];
        for (key, list) in lists {
            let several = list.iter().enumerate().filter(|(_, text)| fold(text).contains(' '));
            out.extend(several.map(|(i, text)| Breach::new(KeyPath::of(key).index(i), "a single word", format!("{text:?}"))));
        }
        // Shorter ones begin too many other words before a number.
        let short = self.change_words.iter().enumerate().filter(|(_, word)| word.len() < 3);
        let breach =
            |(i, word)| Breach::new(KeyPath::of("change_words").index(i), "a word of three letters or more", format!("{word:?}"));
        out.extend(short.map(breach));
    }

    fn areas(&self, out: &mut Vec<Breach>) {
        let mut codes = BTreeSet::new();
        // The same name may stand for an area and, from a year on, for its successor.
        let mut names: BTreeMap<Option<u16>, Claims<usize>> = BTreeMap::new();
        for (i, area) in self.areas.iter().enumerate() {
            let path = KeyPath::of("areas").index(i);
            if !is_area_code(&area.code) {
                out.push(Breach::new(path.key("code"), "an ONS code such as E09000001", format!("{:?}", area.code)));
            } else if !codes.insert(area.code.as_str()) {
                out.push(Breach::new(path.key("code"), "each code once", format!("{:?} a second time", area.code)));
            }
            let claims = names.entry(area.from_year).or_insert_with(|| Claims::new("a name of one area only"));
            claims.claim(&area.name, i, path.key("name"), out);
            claims.claim_all(&area.aliases, i, &path.key("aliases"), out);
        }
        let mut groups = Claims::new("a name of one group of areas only");
        for (i, group) in self.area_groups.iter().enumerate() {
            let path = KeyPath::of("area_groups").index(i);
            for (j, code) in group.codes.iter().enumerate().filter(|(_, code)| !codes.contains(code.as_str())) {
                out.push(Breach::new(path.key("codes").index(j), "the code of an area of the model", format!("{code:?}")));
            }
            groups.claim_all(&group.words, i, &path.key("words"), out);
        }
    }
}

/// The entries of a list of headers with the path of their words, each meaning once.
fn by_meaning<'v>(
    key: &'static str,
    entries: &'v [HeaderEntry],
    out: &mut Vec<Breach>,
) -> Vec<(KeyPath, Meaning, &'v HeaderEntry)> {
    let mut meanings = Claims::new("each meaning once");
    let mut found = Vec::new();
    for (i, entry) in entries.iter().enumerate() {
        let path = KeyPath::of(key).index(i);
        let Some(meaning) = entry.meaning() else {
            let known = HeaderEntry::meanings().join(", ");
            out.push(Breach::new(path.key("meaning"), format!("one of {known}"), format!("{:?}", entry.meaning)));
            continue;
        };
        meanings.claim(&entry.meaning, i, path.key("meaning"), out);
        found.push((path.key("words"), meaning, entry));
    }
    found
}

/// Who has claimed which words.
struct Claims<O> {
    rule: &'static str,
    claimed: BTreeMap<String, (O, KeyPath)>,
}

impl<O: Copy + PartialEq> Claims<O> {
    fn new(rule: &'static str) -> Self {
        Self { rule, claimed: BTreeMap::new() }
    }

    /// Two owners cannot have the same words; one owner may have them twice.
    fn claim(&mut self, text: &str, owner: O, path: KeyPath, out: &mut Vec<Breach>) {
        let words = fold(text);
        if words.is_empty() {
            out.push(Breach::new(path, "a text with letters or digits", format!("{text:?}")));
            return;
        }
        match self.claimed.get(&words) {
            Some((other, _)) if *other == owner => {}
            Some((_, at)) => out.push(Breach::clash(path, self.rule, format!("{text:?}"), at.clone())),
            None => {
                self.claimed.insert(words, (owner, path));
            }
        }
    }

    fn claim_all(&mut self, texts: &[String], owner: O, path: &KeyPath, out: &mut Vec<Breach>) {
        texts.iter().enumerate().for_each(|(i, text)| self.claim(text, owner, path.index(i), out));
    }
}

/// Every key of a closed set has one entry, and no word stands under two of them.
fn each_once<'a, K: Copy + Ord + fmt::Debug>(
    list: &str,
    key: &str,
    all: &[K],
    entries: impl Iterator<Item = (K, &'a [String])>,
    out: &mut Vec<Breach>,
) {
    let list = KeyPath::of(list);
    let mut first = BTreeMap::new();
    let mut claims = Claims::new("a word of one entry only");
    for (i, (value, words)) in entries.enumerate() {
        let path = list.index(i);
        claims.claim_all(words, value, &path.key("words"), out);
        if let Some(other) = first.insert(value, path.key(key)) {
            out.push(Breach::clash(path.key(key), "each once", shown(&value), other));
        }
    }
    let missing = all.iter().filter(|value| !first.contains_key(value));
    out.extend(missing.map(|missing| Breach::new(list.clone(), "an entry for each", format!("none for {}", shown(missing)))));
}

/// A variant's name as a model file has it.
fn shown<K: fmt::Debug>(value: &K) -> String {
    let mut out = String::new();
    for c in format!("{value:?}").chars() {
        if c.is_ascii_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

fn no_blank(value: &Value, path: &KeyPath, out: &mut Vec<Breach>) {
    match value {
        Value::String(text) if text.trim().is_empty() => out.push(Breach::new(path.clone(), "a text", "a blank one")),
        Value::Array(items) => items.iter().enumerate().for_each(|(i, item)| no_blank(item, &path.index(i), out)),
        Value::Object(keys) => keys.iter().for_each(|(key, item)| no_blank(item, &path.key(key), out)),
        _ => {}
    }
}

fn is_snake_case(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_lowercase())
        && id.split('_').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

/// Nine characters: E for England and eight digits (ONS coding of areas).
fn is_area_code(code: &str) -> bool {
    code.strip_prefix('E').is_some_and(|digits| digits.len() == 8 && digits.bytes().all(|b| b.is_ascii_digit()))
}
