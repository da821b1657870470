//! Reads model files: the embedded one, one that stands alone, and one that adds to the embedded one.

use std::sync::Arc;
use std::sync::OnceLock;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::ChangeEntry;
use super::Vocabulary;
use super::error::Breach;
use super::error::VocabularyError;
use super::extend::Extension;
use super::path::KeyPath;
use super::path::Position;
use crate::model::change::ChangeNumber;

/// The model that the program carries.
const EMBEDDED: &str = include_str!("../../../schema/model.json");

/// The same, read, once somebody has asked for it.
static READ: OnceLock<Arc<Vocabulary>> = OnceLock::new();

/// What a user's model file can be; its JSON Schema is the one to give an editor.
#[derive(Clone, Debug, PartialEq, JsonSchema)]
#[schemars(untagged, title = "hicm model file")]
pub enum ModelFile {
    /// `"extends": true`: adds to the embedded model.
    Extension(Box<Extension>),
    /// Stands alone, in place of the embedded model.
    Whole(Box<Vocabulary>),
}

/// The one key that tells the two forms apart; all others are passed over.
#[derive(Deserialize)]
struct Form {
    extends: Option<bool>,
}

impl ModelFile {
    /// Reads a model file of either form, without checking its rules.
    ///
    /// # Errors
    /// [`VocabularyError`] where the text is not JSON or has another shape; `"extends": false` is an error too.
    pub fn parse(text: &str) -> Result<Self, VocabularyError> {
        match decode::<Form>(text)?.extends {
            Some(true) => decode(text).map(Box::new).map(Self::Extension),
            Some(false) => Err(not_extending().into_error(Some(without_mark(text)))),
            None => decode(text).map(Box::new).map(Self::Whole),
        }
    }
}

/// What a change is called.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ChangeName {
    /// Number in the 2015 model.
    pub number: ChangeNumber,
    /// Name in the 2015 model.
    pub name: String,
}

/// All other keys are passed over.
#[derive(Default, Deserialize)]
struct Names {
    changes: Vec<ChangeName>,
}

fn embedded_names() -> Vec<ChangeName> {
    serde_json::from_str::<Names>(EMBEDDED).unwrap_or_default().changes
}

fn not_extending() -> Breach {
    Breach::new(KeyPath::of("extends"), "true, or no such key in a file that stands alone", "false")
}

impl Vocabulary {
    /// The model that the program carries, read once.
    ///
    /// It is checked in a test and not at run time, so nobody asks where in it a key stands, which takes time to keep; the
    /// empty vocabulary that a broken one would give is never seen.
    #[must_use]
    pub fn embedded() -> &'static Arc<Self> {
        READ.get_or_init(|| serde_json::from_str(EMBEDDED).unwrap_or_default())
    }

    /// `named`, or the model that the program carries where there is none.
    #[must_use]
    pub fn or_embedded(named: Option<Arc<Self>>) -> Arc<Self> {
        named.unwrap_or_else(|| Arc::clone(Self::embedded()))
    }

    /// The names of the changes of `named`, or of the model that the program carries where there is none: these are read
    /// without the rest, which is all that a program needs which leaves the documents to others.
    #[must_use]
    pub fn change_names(named: Option<&Self>) -> Vec<ChangeName> {
        let name = |entry: &ChangeEntry| ChangeName { number: entry.number, name: entry.name.clone() };
        match named.or(READ.get().map(|read| &**read)) {
            Some(vocabulary) => vocabulary.changes.iter().map(name).collect(),
            None => embedded_names(),
        }
    }

    /// Reads and checks a model file that stands alone.
    ///
    /// # Errors
    /// [`VocabularyError`] where the text is not JSON, has another shape, or breaks a rule of the model.
    pub fn parse(text: &str) -> Result<Self, VocabularyError> {
        let vocabulary: Self = decode(text)?;
        vocabulary.first_breach().map_err(|breach| breach.into_error(Some(without_mark(text))))?;
        Ok(vocabulary)
    }

    /// Reads and checks a user's model file: one with `"extends": true` adds to the embedded model, any other takes its place.
    ///
    /// # Errors
    /// As [`Vocabulary::parse`] and [`Vocabulary::extend`].
    pub fn from_user(text: &str) -> Result<Self, VocabularyError> {
        match ModelFile::parse(text)? {
            ModelFile::Extension(extension) => Self::embedded().extended(&extension, without_mark(text)),
            ModelFile::Whole(vocabulary) => {
                vocabulary.first_breach().map_err(|breach| breach.into_error(Some(without_mark(text))))?;
                Ok(*vocabulary)
            }
        }
    }

    /// This vocabulary with what the file adds, checked.
    ///
    /// # Errors
    /// [`VocabularyError`] where the text is not JSON, has no `"extends": true`, has another shape, or breaks a rule of the
    /// model together with this vocabulary. Keys are those of the file; a key of this vocabulary is named as such.
    pub fn extend(&self, text: &str) -> Result<Self, VocabularyError> {
        self.extended(&decode(text)?, without_mark(text))
    }

    fn extended(&self, extension: &Extension, text: &str) -> Result<Self, VocabularyError> {
        if !extension.extends {
            return Err(not_extending().into_error(Some(text)));
        }
        extension.add_to(self).map_err(|breach| breach.into_error(Some(text)))
    }

    /// Checks the rules of the model: the eight changes once each, ids and codes well formed and used once, known header
    /// meanings, single words where a list is of such, no blank text, and no name, level, rating, header or area under two
    /// entries.
    ///
    /// # Errors
    /// [`VocabularyError::Rule`] for the first rule that is broken.
    pub fn check(&self) -> Result<(), VocabularyError> {
        self.first_breach().map_err(|breach| breach.into_error(None))
    }
}

/// `text` without the byte order mark that some editors write.
fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

fn decode<T: DeserializeOwned>(text: &str) -> Result<T, VocabularyError> {
    let mut reader = serde_json::Deserializer::from_str(without_mark(text));
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        shape_or_syntax(&error.into_inner(), &path)
    })?;
    reader.end().map_err(|error| shape_or_syntax(&error, "."))?;
    Ok(value)
}

fn shape_or_syntax(error: &serde_json::Error, path: &str) -> VocabularyError {
    let position = Position { line: error.line(), column: error.column() };
    let shown = error.to_string();
    // serde_json ends its messages with the place, which stands in `position` already.
    let place = format!(" at line {} column {}", position.line, position.column);
    let message = shown.strip_suffix(&place).unwrap_or(&shown).to_owned();
    if error.is_data() {
        let path = if path == "." { "the file".to_owned() } else { path.to_owned() };
        VocabularyError::Shape { path, position, message }
    } else {
        VocabularyError::Syntax { position, message }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_whole_model() {
        let whole = Vocabulary::embedded();
        let names = embedded_names();
        assert_eq!(names.len(), 8);
        assert_eq!(names, Vocabulary::change_names(Some(whole)));
        let mut own = (**whole).clone();
        "Straight to sofa".clone_into(&mut own.changes[3].name);
        assert_eq!(Vocabulary::change_names(Some(&own))[3].name, "Straight to sofa");
    }
}
