//! Which names of a model get in each other's way: the same words under two changes, words a slip apart, names that tables or
//! values would be taken for, names that a heading is never read as.

use serde::Serialize;

use super::recogniser::Recogniser;
use crate::model::change::ChangeNumber;
use crate::model::recognise::Recognise;
use crate::model::text::fold;
use crate::model::vocabulary::ModelName;
use crate::model::vocabulary::Owner;
use crate::model::vocabulary::Vocabulary;

/// A name shorter than this, in letters and digits, is met by chance.
const SHORT: usize = 3;

/// What is wrong with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ClashKind {
    /// The same words stand under another change or programme.
    Same,
    /// A slip or two away from a name of another change or programme.
    Near,
    /// Also a column header: a row or cell with it is taken for that.
    Header,
    /// Also a value, a summary or a milestone, which no heading is.
    Value,
    /// Too short to be told from chance.
    Short,
    /// As a heading it is read as something else.
    Unreachable,
    /// Known already, under the same change.
    Known,
}

impl ClashKind {
    /// Whether rows may be mapped wrongly for it.
    #[must_use]
    pub fn is_weighty(self) -> bool {
        self != Self::Known
    }
}

/// A name that gets in the way of another, or does nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Clash {
    /// What is wrong.
    pub kind: ClashKind,
    /// The name, as written.
    pub name: String,
    /// The other name, where there is one.
    pub other: Option<String>,
    /// What was found and what to do, for people.
    pub message: String,
}

/// Everything wrong with `names`, which stand in a file, as part of `model`, which holds them and perhaps others; each with the
/// position of its name among `names`.
#[must_use]
pub fn find(model: &Vocabulary, names: &[ModelName]) -> Vec<(usize, Clash)> {
    let recogniser = Recogniser::new(model);
    let known: Vec<(String, ModelName)> = model.names().into_iter().map(|name| (fold(&name.text), name)).collect();
    let mut found = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let clash = among(name, index, names, &known).or_else(|| by_itself(name, &recogniser));
        found.extend(clash.map(|clash| (index, clash)));
    }
    found
}

/// What another name makes of it.
fn among(name: &ModelName, index: usize, names: &[ModelName], known: &[(String, ModelName)]) -> Option<Clash> {
    let words = fold(&name.text);
    let others = || known.iter().filter(|(_, other)| other.owner != name.owner);
    if let Some((_, other)) = others().find(|(folded, _)| *folded == words) {
        return Some(clash(ClashKind::Same, name, Some(other), "is also a name of", "; take it out of one"));
    }
    let near = |folded: &str| {
        let edits = match words.len().min(folded.len()) {
            0..=4 => 0,
            5..=8 => 1,
            _ => 2,
        };
        edits > 0 && words.len().abs_diff(folded.len()) <= edits && strsim::osa_distance(&words, folded) <= edits
    };
    if let Some((_, other)) = others().find(|(folded, _)| near(folded)) {
        return Some(clash(ClashKind::Near, name, Some(other), "is a slip away from", "; a misspelling may be read as either"));
    }
    let before = names.iter().take(index).find(|other| other.owner == name.owner && fold(&other.text) == words);
    let embedded = || Vocabulary::embedded().names().into_iter().find(|o| o.owner == name.owner && fold(&o.text) == words);
    let twice = before.cloned().or_else(|| embedded().filter(|_| known.len() > names.len()));
    twice.map(|other| clash(ClashKind::Known, name, Some(&other), "is already", "; it can be left out"))
}

/// What is wrong with a name whatever the others are.
fn by_itself(name: &ModelName, recogniser: &Recogniser) -> Option<Clash> {
    let text = name.text.as_str();
    if fold(text).chars().filter(|c| c.is_alphanumeric()).count() < SHORT {
        return Some(clash(
            ClashKind::Short,
            name,
            None,
            "is too short to be told from chance",
            "; write out what it stands for",
        ));
    }
    if recogniser.is_known_header(text) {
        let remedy = "; a cell with it is taken for a header, give the name a word more";
        return Some(clash(ClashKind::Header, name, None, "is also the header of a column", remedy));
    }
    if recogniser.is_value(text) || recogniser.is_summary(text) || recogniser.is_milestone(text) {
        let remedy = "; no heading is made of it, give the name a word more";
        return Some(clash(ClashKind::Value, name, None, "is also a value, a summary or a milestone", remedy));
    }
    let read = recogniser.heading(text).map(|guess| guess.change);
    let meant: Option<ChangeNumber> = match name.owner {
        Owner::Change(number) => Some(number),
        Owner::Outside(_) | Owner::Enabler => None,
    };
    if read == Some(meant) {
        return None;
    }
    let as_read = match read {
        Some(Some(number)) => format!("is read as change {number}"),
        Some(None) => "is read as outside the eight".to_owned(),
        None => "is not read as a name".to_owned(),
    };
    Some(clash(ClashKind::Unreachable, name, None, &as_read, "; leave it out or word it otherwise"))
}

fn clash(kind: ClashKind, name: &ModelName, other: Option<&ModelName>, says: &str, remedy: &str) -> Clash {
    let what = other.map(|other| format!(" {:?} of {}", other.text, other.owner)).unwrap_or_default();
    let message = format!("{:?} of {} {says}{what}{remedy}", name.text, name.owner);
    Clash { kind, name: name.text.clone(), other: other.map(|other| other.text.clone()), message }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::vocabulary::ModelFile;

    fn kinds(changes: &str) -> Vec<(String, ClashKind)> {
        let text = format!(r#"{{"schema": "hicm.model/1", "extends": true, "changes": [{changes}]}}"#);
        let file = ModelFile::parse(&text).expect("a model file");
        let model = file.unchecked().expect("a model");
        let names = file.names(&text, &model);
        find(&model, &names).into_iter().map(|(_, clash)| (clash.name, clash.kind)).collect()
    }

    #[test]
    fn names_that_get_in_the_way_are_found() {
        let one = |number: u8, alias: &str| kinds(&format!(r#"{{"number": {number}, "aliases": ["{alias}"]}}"#));
        assert_eq!(one(4, "Straight to sofa"), []);
        assert_eq!(one(4, "Trusted assessor"), [("Trusted assessor".to_owned(), ClashKind::Same)]);
        assert_eq!(one(4, "Trusted asessor rota")[..], []);
        assert_eq!(one(4, "Weekand working"), [("Weekand working".to_owned(), ClashKind::Near)]);
        assert_eq!(one(4, "Lead"), [("Lead".to_owned(), ClashKind::Header)]);
        assert_eq!(one(4, "Established"), [("Established".to_owned(), ClashKind::Value)]);
        assert_eq!(one(4, "HF"), [("HF".to_owned(), ClashKind::Short)]);
        assert_eq!(one(4, "Home first"), [("Home first".to_owned(), ClashKind::Known)]);
    }

    #[test]
    fn two_names_of_one_file_clash() {
        let found = kinds(r#"{"number": 4, "aliases": ["Sofa scheme"]}, {"number": 5, "aliases": ["Sofa scheme"]}"#);
        assert_eq!(found.iter().map(|(_, kind)| *kind).collect::<Vec<_>>(), [ClashKind::Same, ClashKind::Same]);
    }
}
