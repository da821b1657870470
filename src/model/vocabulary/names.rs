//! The names of a model, and where a file has them: what a check of clashes goes through.

use std::fmt;

use super::EditionEntry;
use super::Vocabulary;
use super::error::VocabularyError;
use super::load::ModelFile;
use super::merge::Merge;
use super::path::KeyPath;
use super::path::Position;
use crate::model::change::ChangeNumber;

/// What a name stands for.
#[derive(Clone, Copy, Debug)]
pub enum Owner {
    /// One of the eight.
    Change(ChangeNumber),
    /// A programme outside the eight, by its place in the model.
    Outside(usize),
    /// A change or enabler of an edition that has no place in the eight; it may share its name with a programme outside.
    Enabler,
}

impl PartialEq for Owner {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Change(a), Self::Change(b)) => a == b,
            (Self::Outside(a), Self::Outside(b)) => a == b,
            (Self::Enabler, Self::Enabler | Self::Outside(_)) | (Self::Outside(_), Self::Enabler) => true,
            _ => false,
        }
    }
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Change(number) => write!(f, "change {number}"),
            Self::Outside(_) => f.write_str("a programme outside the eight"),
            Self::Enabler => f.write_str("an edition, outside the eight"),
        }
    }
}

/// A name in a model.
#[derive(Clone, Debug)]
pub struct ModelName {
    /// The name, as written.
    pub text: String,
    /// What it stands for.
    pub owner: Owner,
    /// Its key, `changes[3].aliases[2]`.
    pub path: String,
    /// Where it stands in the file; `None` where it was not read from one.
    pub position: Option<Position>,
}

/// Names on their way into a list.
struct Names<'a> {
    file: Option<&'a str>,
    found: Vec<ModelName>,
}

impl Names<'_> {
    fn add(&mut self, text: &str, owner: Owner, path: &KeyPath) {
        let position = self.file.and_then(|file| path.locate(file));
        self.found.push(ModelName { text: text.to_owned(), owner, path: path.to_string(), position });
    }

    fn add_all(&mut self, texts: &[String], owner: Owner, path: &KeyPath) {
        texts.iter().enumerate().for_each(|(index, text)| self.add(text, owner, &path.index(index)));
    }

    fn editions(&mut self, editions: &[EditionEntry]) {
        for (i, edition) in editions.iter().enumerate() {
            let path = KeyPath::of("editions").index(i).key("changes");
            for (j, change) in edition.changes.iter().enumerate() {
                let owner = change.change.map_or(Owner::Enabler, Owner::Change);
                self.add(&change.name, owner, &path.index(j).key("name"));
            }
        }
    }
}

impl Vocabulary {
    /// Every name of a change or of something outside.
    #[must_use]
    pub fn names(&self) -> Vec<ModelName> {
        self.names_of(None)
    }

    fn names_of(&self, file: Option<&str>) -> Vec<ModelName> {
        let mut names = Names { file, found: Vec::new() };
        for (i, change) in self.changes.iter().enumerate() {
            let (owner, path) = (Owner::Change(change.number), KeyPath::of("changes").index(i));
            names.add(&change.name, owner, &path.key("name"));
            names.add_all(&change.aliases, owner, &path.key("aliases"));
        }
        for (i, entry) in self.outside.iter().enumerate() {
            let (owner, path) = (Owner::Outside(i), KeyPath::of("outside").index(i));
            names.add(&entry.name, owner, &path.key("name"));
            names.add_all(&entry.aliases, owner, &path.key("aliases"));
        }
        names.editions(&self.editions);
        names.found
    }
}

impl ModelFile {
    /// The model that the file makes, without its rules being checked.
    ///
    /// # Errors
    /// [`VocabularyError`] where an extension cannot be added, as one of a programme that has no name.
    pub fn unchecked(&self) -> Result<Vocabulary, VocabularyError> {
        match self {
            Self::Whole(vocabulary) => Ok(vocabulary.as_ref().clone()),
            Self::Extension(extension) => {
                let mut merge = Merge::new(Vocabulary::embedded());
                merge.add(extension).map_err(|breach| breach.into_error(None))?;
                Ok(merge.unchecked())
            }
        }
    }

    /// Every rule that the file, `text`, breaks by itself or with the embedded model, in the order of the rules.
    #[must_use]
    pub fn breaches(&self, text: &str) -> Vec<VocabularyError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let breaches = match self {
            Self::Whole(vocabulary) => vocabulary.breaches(),
            Self::Extension(extension) => {
                let mut merge = Merge::new(Vocabulary::embedded());
                merge.add(extension).map_or_else(|breach| vec![breach], |()| merge.breaches())
            }
        };
        breaches.into_iter().map(|breach| breach.into_error(Some(text))).collect()
    }

    /// The names that stand in the file, `text`, in the order of its kind: `model` is what it makes.
    #[must_use]
    pub fn names(&self, text: &str, model: &Vocabulary) -> Vec<ModelName> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let extension = match self {
            Self::Whole(vocabulary) => return vocabulary.names_of(Some(text)),
            Self::Extension(extension) => extension,
        };
        let mut names = Names { file: Some(text), found: Vec::new() };
        for (i, change) in extension.changes.iter().enumerate() {
            let (owner, path) = (Owner::Change(change.number), KeyPath::of("changes").index(i));
            change.name.iter().for_each(|name| names.add(name, owner, &path.key("name")));
            names.add_all(&change.aliases, owner, &path.key("aliases"));
        }
        for (i, entry) in extension.outside.iter().enumerate() {
            let place = model.outside.iter().position(|known| known.id == entry.id).unwrap_or(usize::MAX);
            let (owner, path) = (Owner::Outside(place), KeyPath::of("outside").index(i));
            entry.name.iter().for_each(|name| names.add(name, owner, &path.key("name")));
            names.add_all(&entry.aliases, owner, &path.key("aliases"));
        }
        names.editions(&extension.editions);
        names.found
    }
}
