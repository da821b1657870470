//! Bodies and people in the cells of organisation and lead columns.
//!
//! A cell goes through small steps: torn words are mended (`torn`), the text becomes words and marks (`token`) with what is
//! known of each word (`traits`, `lexicon`; the lists are in `terms` and the vocabulary), phrases are settled
//! (`phrases`), then line breaks (`lines`); `split` cuts it into units at marks and, by `conjunction`, at "and"; `unit` reads a
//! party with the remarks on it, and `parts` tells people from bodies, with `person`.

mod conjunction;
mod known;
mod lexicon;
mod lines;
mod parts;
mod person;
mod phrases;
mod split;
mod terms;
#[cfg(test)]
mod tests;
mod token;
mod torn;
mod traits;
mod unit;

use std::sync::Arc;

use crate::model::text::fold;
use crate::model::vocabulary::Vocabulary;

pub use self::known::KnownNames;
use self::lexicon::Lexicon;
use self::parts::Part;
use self::parts::PartKind;
use self::token::Kind;
use self::token::Token;
use self::traits::Traits;

/// Bytes of the longest cell that is read as parties; a longer one is a narrative.
const LONGEST_CELL: usize = 2000;

/// What a column of parties is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartyColumn {
    /// Bodies; people who are named there are leads.
    Organisation,
    /// People, posts and teams; all of them are leads.
    Lead,
}

/// The parties of a cell, in the cell's order, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartyNames {
    /// Bodies.
    pub organisations: Vec<String>,
    /// People, posts and teams.
    pub leads: Vec<String>,
}

/// Reads parties; built once from the vocabulary.
#[derive(Clone, Debug)]
pub struct Parties {
    lexicon: Arc<Lexicon>,
}

/// Common first names and titles: what stands before a surname. They are those that parties are told by, and not thousands
/// more.
#[derive(Clone, Debug)]
pub(super) struct BeforeSurnames(Arc<Lexicon>);

impl BeforeSurnames {
    /// Whether `word`, in lower case, is one.
    pub(super) fn has(&self, word: &str) -> bool {
        self.0.known(word).is_some_and(|traits| traits.has(Traits::FIRST_NAME.with(Traits::TITLE)))
    }
}

/// What is read, and what is known besides.
#[derive(Clone, Copy)]
struct Context<'k> {
    /// The column names people.
    leads: bool,
    /// Brackets around the tokens in hand.
    depth: u8,
    known: &'k KnownNames,
    lexicon: &'k Lexicon,
}

impl Context<'_> {
    fn inside(self) -> Self {
        Self { depth: self.depth.saturating_add(1), ..self }
    }
}

impl Parties {
    /// Takes body words, joined names, areas and spellings of "nobody yet" from the vocabulary.
    #[must_use]
    pub fn new(vocabulary: &Vocabulary) -> Self {
        Self { lexicon: Arc::new(Lexicon::new(vocabulary)) }
    }

    /// What stands before a surname.
    pub(super) fn before_surnames(&self) -> BeforeSurnames {
        BeforeSurnames(Arc::clone(&self.lexicon))
    }

    /// The parties of a cell.
    ///
    /// Line breaks and runs of two or more spaces in `text` part names, unless one of them folds a name. `known` holds names
    /// that stand alone in other cells of the document; an empty one serves where there are none. A cell of more than 2,000
    /// bytes is a narrative and names no party.
    #[must_use]
    pub fn read(&self, text: &str, column: PartyColumn, known: &KnownNames) -> PartyNames {
        let mut out = PartyNames::default();
        for part in self.parts(text, column, known) {
            let names = match (column, part.kind) {
                (PartyColumn::Organisation, kind) if kind != PartKind::Person => &mut out.organisations,
                _ => &mut out.leads,
            };
            add(names, part.name);
        }
        out
    }

    /// The parties of a text that may be something else: `None` unless each of its parts is a person, a post, a body by its
    /// initials or one that says what kind of body it is; with `people`, unless each is a person by first name and surname.
    ///
    /// Two letters are a person's: "AL".
    pub(super) fn read_certain(&self, text: &str, people: bool) -> Option<PartyNames> {
        let mut out = PartyNames::default();
        for part in self.parts(text, PartyColumn::Organisation, &KnownNames::default()) {
            let words = || part.name.split_whitespace();
            let capital = words().all(|word| word.starts_with(char::is_uppercase) || matches!(word, "of" | "and" | "for" | "&"));
            let body = || words().any(|word| self.lexicon.is_body(word));
            let names = match part.kind {
                PartKind::Person => &mut out.leads,
                _ if people || !capital => return None,
                PartKind::Title | PartKind::Post => &mut out.leads,
                PartKind::Acronym if part.name.len() == 2 && !body() && !self.lexicon.is_department(&part.name) => &mut out.leads,
                PartKind::Group if !body() => return None,
                PartKind::Acronym | PartKind::Group => &mut out.organisations,
            };
            add(names, part.name);
        }
        Some(out).filter(|out| !out.leads.is_empty() || !out.organisations.is_empty())
    }

    /// Whether `text` is nothing but what announces a party: "Lead", "Exec Lead".
    pub(super) fn is_label(&self, text: &str) -> bool {
        let mut scratch = String::new();
        let mut has = |word: &str, traits| self.lexicon.traits(word, &mut scratch).has(traits);
        let (front, last) = text.trim().rsplit_once(' ').unwrap_or(("", text.trim()));
        has(last, Traits::BARE_LABEL) && front.split_whitespace().all(|word| has(word, Traits::LABEL))
    }

    /// The names that stand alone in a document's cells, for [`Parties::read`].
    pub fn learn<'a>(&self, cells: impl Iterator<Item = (&'a str, PartyColumn)>) -> KnownNames {
        let nothing = KnownNames::default();
        let mut known = KnownNames::default();
        for (text, column) in cells {
            let parts = self.parts(text, column, &nothing);
            for person in parts.iter().filter(|part| part.kind == PartKind::Person) {
                known.add_person(&person.name);
            }
            if let ([body], PartyColumn::Organisation) = (parts.as_slice(), column)
                && body.kind != PartKind::Person
            {
                known.add_body(&body.name);
            }
        }
        known
    }

    fn parts(&self, text: &str, column: PartyColumn, known: &KnownNames) -> Vec<Part> {
        if text.len() > LONGEST_CELL {
            return Vec::new();
        }
        let context = Context { leads: column == PartyColumn::Lead, depth: 0, known, lexicon: &self.lexicon };
        let text = torn::mend(text, &self.lexicon, known);
        let mut tokens = phrases::resolve(token::tokens(&text, &self.lexicon), &self.lexicon);
        known.mark(&mut tokens);
        let mut tokens = lines::resolve(tokens, context.leads, known);
        if !context.leads {
            keep_cut_off(&mut tokens);
        }
        split::parts(&tokens, context)
    }
}

/// Keeps the joining word of a body's name that the cell's end has cut off ("Eastvale and").
fn keep_cut_off(tokens: &mut [Token<'_>]) {
    if let [.., before, last] = tokens
        && last.kind == Kind::And
        && before.kind == Kind::Word
        && before.traits.is_plain_name()
        && !before.has(Traits::FIRST_NAME)
    {
        last.kind = Kind::Word;
    }
}

/// Adds a name that has at least two letters and is not there yet.
fn add(names: &mut Vec<String>, name: String) {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    if letters >= 2 && !names.iter().any(|other| fold(other) == fold(&name)) {
        names.push(name);
    }
}
