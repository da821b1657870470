//! Adds an extension to a vocabulary and remembers which key of the file each addition comes from, for errors.

use std::collections::BTreeSet;

use super::ApartEntry;
use super::AreaEntry;
use super::AreaGroup;
use super::DateWordEntry;
use super::EditionChange;
use super::EditionEntry;
use super::HeaderEntry;
use super::LevelEntry;
use super::OutsideEntry;
use super::RagEntry;
use super::ValueWordEntry;
use super::Vocabulary;
use super::error::Breach;
use super::extend::AreaExtension;
use super::extend::ChangeExtension;
use super::extend::Extension;
use super::extend::OutsideExtension;
use super::path::KeyPath;
use crate::model::text::fold;

/// A key in the grown vocabulary and the key in the file that put it there.
struct Origin {
    to: KeyPath,
    from: KeyPath,
}

impl Origin {
    fn of(list: &str, to: usize, from: usize) -> Self {
        let list = KeyPath::of(list);
        Self { to: list.index(to), from: list.index(from) }
    }

    fn key(&self, key: &str) -> Self {
        Self { to: self.to.key(key), from: self.from.key(key) }
    }

    fn index(&self, to: usize, from: usize) -> Self {
        Self { to: self.to.index(to), from: self.from.index(from) }
    }
}

/// A vocabulary that grows.
pub(super) struct Merge {
    into: Vocabulary,
    origins: Vec<Origin>,
}

/// An entry whose words are added to those of the entry with the same key.
trait Worded: Clone {
    fn same_key(&self, other: &Self) -> bool;
    fn words(&self) -> &[String];
    fn words_mut(&mut self) -> &mut Vec<String>;
}

macro_rules! worded {
    ($($entry:ident by $key:ident),* $(,)?) => {
        $(impl Worded for $entry {
            fn same_key(&self, other: &Self) -> bool {
                self.$key == other.$key
            }
            fn words(&self) -> &[String] {
                &self.words
            }
            fn words_mut(&mut self) -> &mut Vec<String> {
                &mut self.words
            }
        })*
    };
}
worded! { DateWordEntry by kind, ValueWordEntry by kind, LevelEntry by level, RagEntry by value, HeaderEntry by meaning, AreaGroup by codes }

impl Merge {
    /// Starts from `base`.
    pub(super) fn new(base: &Vocabulary) -> Self {
        Self { into: base.clone(), origins: Vec::new() }
    }

    /// Adds everything that `extension` holds.
    pub(super) fn add(&mut self, extension: &Extension) -> Result<(), Breach> {
        self.changes(&extension.changes)?;
        self.outside(&extension.outside)?;
        self.editions(&extension.editions);
        self.areas(&extension.areas)?;
        self.apart(&extension.apart);
        let Self { into, origins } = self;
        add_words("maturity", &mut into.maturity, &extension.maturity, origins);
        add_words("rag", &mut into.rag, &extension.rag, origins);
        add_words("rag_states", &mut into.rag_states, &extension.rag_states, origins);
        add_words("headers", &mut into.headers, &extension.headers, origins);
        add_words("header_wordings", &mut into.header_wordings, &extension.header_wordings, origins);
        add_words("date_words", &mut into.date_words, &extension.date_words, origins);
        add_words("value_words", &mut into.value_words, &extension.value_words, origins);
        add_words("area_groups", &mut into.area_groups, &extension.area_groups, origins);
        let lists = [
            ("level_qualifiers", &mut into.level_qualifiers, &extension.level_qualifiers),
            ("key_links", &mut into.key_links, &extension.key_links),
            ("milestone_openings", &mut into.milestone_openings, &extension.milestone_openings),
            ("outcomes", &mut into.outcomes, &extension.outcomes),
            ("model_names", &mut into.model_names, &extension.model_names),
            ("summaries", &mut into.summaries, &extension.summaries),
            ("ticks", &mut into.ticks, &extension.ticks),
            ("unticked", &mut into.unticked, &extension.unticked),
            ("planned", &mut into.planned, &extension.planned),
            ("placeholders", &mut into.placeholders, &extension.placeholders),
            ("unassigned", &mut into.unassigned, &extension.unassigned),
            ("body_words", &mut into.body_words, &extension.body_words),
            ("joined_names", &mut into.joined_names, &extension.joined_names),
            ("named_bodies", &mut into.named_bodies, &extension.named_bodies),
            ("whole_bodies", &mut into.whole_bodies, &extension.whole_bodies),
            ("surnames", &mut into.surnames, &extension.surnames),
            ("first_names", &mut into.first_names, &extension.first_names),
            ("posts", &mut into.posts, &extension.posts),
            ("post_openings", &mut into.post_openings, &extension.post_openings),
            ("post_acronyms", &mut into.post_acronyms, &extension.post_acronyms),
            ("person_titles", &mut into.person_titles, &extension.person_titles),
            ("subjects", &mut into.subjects, &extension.subjects),
            ("body_kinds", &mut into.body_kinds, &extension.body_kinds),
            ("party_labels", &mut into.party_labels, &extension.party_labels),
            ("bare_party_labels", &mut into.bare_party_labels, &extension.bare_party_labels),
            ("commissioners", &mut into.commissioners, &extension.commissioners),
            ("departments", &mut into.departments, &extension.departments),
            ("service_acronyms", &mut into.service_acronyms, &extension.service_acronyms),
            ("standing_services", &mut into.standing_services, &extension.standing_services),
            ("area_labels", &mut into.area_labels, &extension.area_labels),
            ("cover_labels", &mut into.cover_labels, &extension.cover_labels),
            ("cover_titles", &mut into.cover_titles, &extension.cover_titles),
            ("cover_openings", &mut into.cover_openings, &extension.cover_openings),
            ("title_words", &mut into.title_words, &extension.title_words),
            ("key_openings", &mut into.key_openings, &extension.key_openings),
            ("note_openings", &mut into.note_openings, &extension.note_openings),
            ("requests", &mut into.requests, &extension.requests),
            ("position_words", &mut into.position_words, &extension.position_words),
            ("intention_words", &mut into.intention_words, &extension.intention_words),
            ("advice_words", &mut into.advice_words, &extension.advice_words),
            ("period_labels", &mut into.period_labels, &extension.period_labels),
            ("period_openings", &mut into.period_openings, &extension.period_openings),
            ("other_documents", &mut into.other_documents, &extension.other_documents),
            ("dated_by", &mut into.dated_by, &extension.dated_by),
            ("quarter_words", &mut into.quarter_words, &extension.quarter_words),
            ("superseded", &mut into.superseded, &extension.superseded),
            ("question_words", &mut into.question_words, &extension.question_words),
            ("change_words", &mut into.change_words, &extension.change_words),
            ("places", &mut into.places, &extension.places),
            ("colours", &mut into.colours, &extension.colours),
            ("coloured_things", &mut into.coloured_things, &extension.coloured_things),
        ];
        for (key, old, new) in lists {
            append(old, new, &Origin { to: KeyPath::of(key), from: KeyPath::of(key) }, origins);
        }
        Ok(())
    }

    /// The grown vocabulary, checked.
    pub(super) fn finish(self) -> Result<Vocabulary, Breach> {
        match self.breaches().into_iter().next() {
            Some(breach) => Err(breach),
            None => Ok(self.into),
        }
    }

    /// Every rule that the grown vocabulary breaks. Of two keys at odds the file's own comes first.
    pub(super) fn breaches(&self) -> Vec<Breach> {
        self.into.breaches().into_iter().map(|breach| self.in_file(breach)).collect()
    }

    /// A breach with the keys of the file in place of those of the grown vocabulary.
    fn in_file(&self, breach: Breach) -> Breach {
        let path = self.trace(&breach.path);
        let other = breach.other.as_ref().and_then(|other| self.trace(other));
        match (path, other) {
            (Some(path), Some(other)) => Breach { path, other: Some(other), ..breach },
            (Some(path), None) => Breach { path, other_in_base: true, ..breach },
            (None, Some(other)) => Breach { path: other, other: Some(breach.path), other_in_base: true, ..breach },
            (None, None) => breach,
        }
    }

    /// The grown vocabulary as it is, its rules not checked.
    pub(super) fn unchecked(self) -> Vocabulary {
        self.into
    }

    /// The key of the file that put `path` into the vocabulary: that of the nearest part above it that was added.
    fn trace(&self, path: &KeyPath) -> Option<KeyPath> {
        let moved = self.origins.iter().filter_map(|o| Some((o.to.len(), path.moved(&o.to, &o.from)?)));
        moved.max_by_key(|(len, _)| *len).map(|(_, path)| path)
    }

    fn changes(&mut self, added: &[ChangeExtension]) -> Result<(), Breach> {
        for (i, change) in added.iter().enumerate() {
            let number = change.number;
            let Some((at, old)) = self.into.changes.iter_mut().enumerate().find(|(_, c)| c.number == number) else {
                let path = KeyPath::of("changes").index(i).key("number");
                return Err(Breach::new(path, "a change of the model that is extended", number.to_string()));
            };
            let origin = Origin::of("changes", at, i);
            replace(&mut old.id, change.id.as_ref(), origin.key("id"), &mut self.origins);
            replace(&mut old.name, change.name.as_ref(), origin.key("name"), &mut self.origins);
            append(&mut old.aliases, &change.aliases, &origin.key("aliases"), &mut self.origins);
            append(&mut old.cues, &change.cues, &origin.key("cues"), &mut self.origins);
        }
        Ok(())
    }

    fn outside(&mut self, added: &[OutsideExtension]) -> Result<(), Breach> {
        for (i, entry) in added.iter().enumerate() {
            let end = self.into.outside.len();
            let Some((at, old)) = self.into.outside.iter_mut().enumerate().find(|(_, o)| o.id == entry.id) else {
                let Some(name) = entry.name.clone() else {
                    let found = format!("the new id {:?} alone", entry.id);
                    return Err(Breach::new(KeyPath::of("outside").index(i), "a name beside a new id", found));
                };
                self.origins.push(Origin::of("outside", end, i));
                self.into.outside.push(OutsideEntry {
                    id: entry.id.clone(),
                    name,
                    aliases: entry.aliases.clone(),
                    other_model: false,
                    frame: false,
                });
                continue;
            };
            let origin = Origin::of("outside", at, i);
            replace(&mut old.name, entry.name.as_ref(), origin.key("name"), &mut self.origins);
            append(&mut old.aliases, &entry.aliases, &origin.key("aliases"), &mut self.origins);
        }
        Ok(())
    }

    fn editions(&mut self, added: &[EditionEntry]) {
        for (i, edition) in added.iter().enumerate() {
            let end = self.into.editions.len();
            let Some((at, old)) = self.into.editions.iter_mut().enumerate().find(|(_, e)| e.name == edition.name) else {
                self.origins.push(Origin::of("editions", end, i));
                self.into.editions.push(edition.clone());
                continue;
            };
            let origin = Origin::of("editions", at, i);
            append(&mut old.aliases, &edition.aliases, &origin.key("aliases"), &mut self.origins);
            let changes = origin.key("changes");
            for (j, change) in edition.changes.iter().enumerate() {
                let k = old.changes.iter().position(|c| same_change(c, change)).unwrap_or(old.changes.len());
                self.origins.push(changes.index(k, j));
                match old.changes.get_mut(k) {
                    Some(slot) => *slot = change.clone(),
                    None => old.changes.push(change.clone()),
                }
            }
        }
    }

    fn apart(&mut self, added: &[ApartEntry]) {
        for (i, entry) in added.iter().enumerate() {
            let end = self.into.apart.len();
            let Some((at, old)) = self.into.apart.iter_mut().enumerate().find(|(_, old)| old.about == entry.about) else {
                self.origins.push(Origin::of("apart", end, i));
                self.into.apart.push(entry.clone());
                continue;
            };
            let origin = Origin::of("apart", at, i);
            append(&mut old.words, &entry.words, &origin.key("words"), &mut self.origins);
            append(&mut old.beside, &entry.beside, &origin.key("beside"), &mut self.origins);
        }
    }

    fn areas(&mut self, added: &[AreaExtension]) -> Result<(), Breach> {
        for (i, area) in added.iter().enumerate() {
            let end = self.into.areas.len();
            let at = match &area.code {
                Some(code) => self.into.areas.iter().position(|old| old.code == *code),
                None => Some(self.area_by_name(i, area)?),
            };
            let Some((at, old)) = at.and_then(|at| Some((at, self.into.areas.get_mut(at)?))) else {
                let (Some(code), Some(name)) = (area.code.clone(), area.name.clone()) else {
                    let found = format!("the new code {:?} alone", area.code.as_deref().unwrap_or_default());
                    return Err(Breach::new(KeyPath::of("areas").index(i), "a name beside a new code", found));
                };
                self.origins.push(Origin::of("areas", end, i));
                self.into.areas.push(AreaEntry { code, name, aliases: area.aliases.clone(), from_year: area.from_year });
                continue;
            };
            let origin = Origin::of("areas", at, i);
            if area.code.is_some() {
                replace(&mut old.name, area.name.as_ref(), origin.key("name"), &mut self.origins);
                old.from_year = area.from_year.or(old.from_year);
            }
            append(&mut old.aliases, &area.aliases, &origin.key("aliases"), &mut self.origins);
        }
        Ok(())
    }

    /// The area that entry `i`, which gives no code, names; of an area and its successor `from_year` tells.
    fn area_by_name(&self, i: usize, area: &AreaExtension) -> Result<usize, Breach> {
        let path = KeyPath::of("areas").index(i);
        let Some(name) = &area.name else {
            return Err(Breach::new(path, "a code or a name", "neither"));
        };
        let wanted = sameness(name);
        let named = |old: &AreaEntry| std::iter::once(&old.name).chain(&old.aliases).any(|known| sameness(known) == wanted);
        let areas = self.into.areas.iter().enumerate();
        let of_year = |old: &AreaEntry| area.from_year.is_none_or(|year| old.from_year == Some(year));
        let found: Vec<usize> = areas.filter(|(_, old)| named(old) && of_year(old)).map(|(at, _)| at).collect();
        match found.as_slice() {
            [only] => Ok(*only),
            [] => Err(Breach::new(path.key("name"), "the name of a known area, or a code beside it", format!("{name:?}"))),
            several => {
                let codes: Vec<&str> = several.iter().filter_map(|at| Some(self.into.areas.get(*at)?.code.as_str())).collect();
                let expected = format!("a code beside a name of several areas ({})", codes.join(", "));
                Err(Breach::new(path.key("name"), expected, format!("{name:?}")))
            }
        }
    }
}

fn same_change(old: &EditionChange, new: &EditionChange) -> bool {
    old.number == new.number && (new.number.is_some() || sameness(&old.name) == sameness(&new.name))
}

/// What two texts of the same words share; texts without words ("-", "?") are compared as they stand.
fn sameness(text: &str) -> String {
    let folded = fold(text);
    if folded.is_empty() { text.to_owned() } else { folded }
}

fn replace(old: &mut String, new: Option<&String>, origin: Origin, origins: &mut Vec<Origin>) {
    if let Some(new) = new {
        old.clone_from(new);
        origins.push(origin);
    }
}

fn append(old: &mut Vec<String>, new: &[String], origin: &Origin, origins: &mut Vec<Origin>) {
    if new.is_empty() {
        return;
    }
    let mut known: BTreeSet<String> = old.iter().map(|text| sameness(text)).collect();
    for (i, text) in new.iter().enumerate() {
        if known.insert(sameness(text)) {
            origins.push(origin.index(old.len(), i));
            old.push(text.clone());
        }
    }
}

fn add_words<T: Worded>(list: &str, old: &mut Vec<T>, new: &[T], origins: &mut Vec<Origin>) {
    for (i, entry) in new.iter().enumerate() {
        let end = old.len();
        let Some((at, known)) = old.iter_mut().enumerate().find(|(_, known)| known.same_key(entry)) else {
            origins.push(Origin::of(list, end, i));
            old.push(entry.clone());
            continue;
        };
        append(known.words_mut(), entry.words(), &Origin::of(list, at, i).key("words"), origins);
    }
}
