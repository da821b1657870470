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
    /// The first rule that is broken.
    pub(super) fn find_breach(&self) -> Result<(), Breach> {
        if self.schema != MODEL_SCHEMA {
            return Err(Breach::new(KeyPath::of("schema"), format!("{MODEL_SCHEMA:?}"), format!("{:?}", self.schema)));
        }
        self.blanks()?;
        self.numbers()?;
        self.ids()?;
        self.names_are_unique()?;
        self.editions()?;
        self.levels_and_ratings()?;
        self.header_words()?;
        self.apart_tables()?;
        self.areas()
    }

    fn blanks(&self) -> Result<(), Breach> {
        // A vocabulary is plain data, so this conversion has nothing to fail on.
        serde_json::to_value(self).map_or(Ok(()), |value| no_blank(&value, &KeyPath::default()))
    }

    fn numbers(&self) -> Result<(), Breach> {
        let mut first = BTreeMap::new();
        for (i, change) in self.changes.iter().enumerate() {
            let path = KeyPath::of("changes").index(i).key("number");
            if let Some(other) = first.insert(change.number, path.clone()) {
                return Err(Breach::clash(path, "each number once", change.number.to_string(), other));
            }
        }
        match ChangeNumber::all().find(|number| !first.contains_key(number)) {
            Some(missing) => Err(Breach::new(KeyPath::of("changes"), "all of the numbers 1 to 8", format!("no {missing}"))),
            None => Ok(()),
        }
    }

    fn ids(&self) -> Result<(), Breach> {
        let changes = self.changes.iter().enumerate().map(|(i, c)| (&c.id, KeyPath::of("changes").index(i)));
        let outside = self.outside.iter().enumerate().map(|(i, o)| (&o.id, KeyPath::of("outside").index(i)));
        let mut claims = Claims::new("an id that is used once");
        for (n, (id, path)) in changes.chain(outside).enumerate() {
            let path = path.key("id");
            if !is_snake_case(id) {
                return Err(Breach::new(path, "an id of lower-case letters, digits and single underscores", format!("{id:?}")));
            }
            claims.claim(id, n, path)?;
        }
        Ok(())
    }

    fn names_are_unique(&self) -> Result<(), Breach> {
        let mut claims = Claims::new("a name of one change or programme only");
        for (i, change) in self.changes.iter().enumerate() {
            let path = KeyPath::of("changes").index(i);
            claims.claim(&change.name, Owner::Change(change.number), path.key("name"))?;
            claims.claim_all(&change.aliases, Owner::Change(change.number), &path.key("aliases"))?;
        }
        for (i, entry) in self.outside.iter().enumerate() {
            let path = KeyPath::of("outside").index(i);
            claims.claim(&entry.name, Owner::Outside(i), path.key("name"))?;
            claims.claim_all(&entry.aliases, Owner::Outside(i), &path.key("aliases"))?;
        }
        for (i, edition) in self.editions.iter().enumerate() {
            let path = KeyPath::of("editions").index(i).key("changes");
            for (j, change) in edition.changes.iter().enumerate() {
                let owner = change.change.map_or(Owner::Enabler, Owner::Change);
                claims.claim(&change.name, owner, path.index(j).key("name"))?;
            }
        }
        Ok(())
    }

    fn editions(&self) -> Result<(), Breach> {
        let mut names = Claims::new("a name of one edition only");
        for (i, edition) in self.editions.iter().enumerate() {
            let path = KeyPath::of("editions").index(i);
            names.claim(&edition.name, i, path.key("name"))?;
            names.claim_all(&edition.aliases, i, &path.key("aliases"))?;
            let mut first = BTreeMap::new();
            for (j, change) in edition.changes.iter().enumerate() {
                let Some(number) = change.number else { continue };
                let path = path.key("changes").index(j).key("number");
                if number == 0 {
                    return Err(Breach::new(path, "a number from 1", "0"));
                }
                if let Some(other) = first.insert(number, path.clone()) {
                    return Err(Breach::clash(path, "each number once in an edition", number.to_string(), other));
                }
            }
        }
        Ok(())
    }

    fn levels_and_ratings(&self) -> Result<(), Breach> {
        let levels = self.maturity.iter().map(|entry| (entry.level, entry.words.as_slice()));
        each_once("maturity", "level", &LEVELS, levels)?;
        each_once("rag", "value", &RAGS, self.rag.iter().map(|entry| (entry.value, entry.words.as_slice())))
    }

    fn header_words(&self) -> Result<(), Breach> {
        let mut claims = Claims::new("a header of one meaning only");
        for (path, meaning, entry) in by_meaning("headers", &self.headers)? {
            if meaning == Meaning::Group {
                // A group stands over other headers, so its words may mean something else where they stand alone.
                Claims::new("a text").claim_all(&entry.words, meaning, &path)?;
            } else {
                claims.claim_all(&entry.words, meaning, &path)?;
            }
        }
        let mut claims = Claims::new("a wording of one meaning only");
        for (path, meaning, entry) in by_meaning("header_wordings", &self.header_wordings)? {
            claims.claim_all(&entry.words, meaning, &path)?;
        }
        Ok(())
    }

    /// One header tells one kind of table; what stands beside it may stand beside others too.
    fn apart_tables(&self) -> Result<(), Breach> {
        let mut kinds = Claims::new("each kind of table once");
        let mut words = Claims::new("a header of one kind of table only");
        for (i, entry) in self.apart.iter().enumerate() {
            let path = KeyPath::of("apart").index(i);
            if !is_snake_case(&entry.about) {
                let found = format!("{:?}", entry.about);
                return Err(Breach::new(path.key("about"), "a name of lower-case letters, digits and single underscores", found));
            }
            kinds.claim(&entry.about, i, path.key("about"))?;
            words.claim_all(&entry.words, i, &path.key("words"))?;
        }
        Ok(())
    }

    fn areas(&self) -> Result<(), Breach> {
        let mut codes = BTreeSet::new();
        // The same name may stand for an area and, from a year on, for its successor.
        let mut names: BTreeMap<Option<u16>, Claims<usize>> = BTreeMap::new();
        for (i, area) in self.areas.iter().enumerate() {
            let path = KeyPath::of("areas").index(i);
            if !is_area_code(&area.code) {
                return Err(Breach::new(path.key("code"), "an ONS code such as E09000001", format!("{:?}", area.code)));
            }
            if !codes.insert(area.code.as_str()) {
                return Err(Breach::new(path.key("code"), "each code once", format!("{:?} a second time", area.code)));
            }
            let claims = names.entry(area.from_year).or_insert_with(|| Claims::new("a name of one area only"));
            claims.claim(&area.name, i, path.key("name"))?;
            claims.claim_all(&area.aliases, i, &path.key("aliases"))?;
        }
        let mut groups = Claims::new("a name of one group of areas only");
        for (i, group) in self.area_groups.iter().enumerate() {
            let path = KeyPath::of("area_groups").index(i);
            if let Some((j, code)) = group.codes.iter().enumerate().find(|(_, code)| !codes.contains(code.as_str())) {
                return Err(Breach::new(path.key("codes").index(j), "the code of an area of the model", format!("{code:?}")));
            }
            groups.claim_all(&group.words, i, &path.key("words"))?;
        }
        Ok(())
    }
}

/// The entries of a list of headers with the path of their words, each meaning once.
fn by_meaning<'v>(key: &'static str, entries: &'v [HeaderEntry]) -> Result<Vec<(KeyPath, Meaning, &'v HeaderEntry)>, Breach> {
    let mut meanings = Claims::new("each meaning once");
    let mut found = Vec::new();
    for (i, entry) in entries.iter().enumerate() {
        let path = KeyPath::of(key).index(i);
        let Some(meaning) = entry.meaning() else {
            let known = HeaderEntry::meanings().join(", ");
            return Err(Breach::new(path.key("meaning"), format!("one of {known}"), format!("{:?}", entry.meaning)));
        };
        meanings.claim(&entry.meaning, i, path.key("meaning"))?;
        found.push((path.key("words"), meaning, entry));
    }
    Ok(found)
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
    fn claim(&mut self, text: &str, owner: O, path: KeyPath) -> Result<(), Breach> {
        let words = fold(text);
        if words.is_empty() {
            return Err(Breach::new(path, "a text with letters or digits", format!("{text:?}")));
        }
        match self.claimed.get(&words) {
            Some((other, _)) if *other == owner => Ok(()),
            Some((_, at)) => Err(Breach::clash(path, self.rule, format!("{text:?}"), at.clone())),
            None => {
                self.claimed.insert(words, (owner, path));
                Ok(())
            }
        }
    }

    fn claim_all(&mut self, texts: &[String], owner: O, path: &KeyPath) -> Result<(), Breach> {
        texts.iter().enumerate().try_for_each(|(i, text)| self.claim(text, owner, path.index(i)))
    }
}

/// Every key of a closed set has one entry, and no word stands under two of them.
fn each_once<'a, K: Copy + Ord + fmt::Debug>(
    list: &str,
    key: &str,
    all: &[K],
    entries: impl Iterator<Item = (K, &'a [String])>,
) -> Result<(), Breach> {
    let list = KeyPath::of(list);
    let mut first = BTreeMap::new();
    let mut claims = Claims::new("a word of one entry only");
    for (i, (value, words)) in entries.enumerate() {
        let path = list.index(i);
        claims.claim_all(words, value, &path.key("words"))?;
        if let Some(other) = first.insert(value, path.key(key)) {
            return Err(Breach::clash(path.key(key), "each once", shown(&value), other));
        }
    }
    match all.iter().find(|value| !first.contains_key(value)) {
        Some(missing) => Err(Breach::new(list, "an entry for each", format!("none for {}", shown(missing)))),
        None => Ok(()),
    }
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

fn no_blank(value: &Value, path: &KeyPath) -> Result<(), Breach> {
    match value {
        Value::String(text) if text.trim().is_empty() => Err(Breach::new(path.clone(), "a text", "a blank one")),
        Value::Array(items) => items.iter().enumerate().try_for_each(|(i, item)| no_blank(item, &path.index(i))),
        Value::Object(keys) => keys.iter().try_for_each(|(key, item)| no_blank(item, &path.key(key))),
        _ => Ok(()),
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
