//! Questions that a form asks: what they mean, and which of them are the same one asked again.

use crate::model::field::Field;
use crate::model::field::Meaning;
use crate::model::recognise::HeaderGuess;
use crate::model::recognise::Recognise;
use crate::model::text::fold;

/// From this similarity on a text is a known question. Answers share words with questions, so it is close.
const SIMILAR: f64 = 0.8;

/// Longest question in words: "How will we know when we have achieved the outcome?" has eleven.
const WORDS: usize = 25;

/// So many actions a form asks for at most; higher numbers are years: "Target level (March 19)".
const MOST: u8 = 12;

/// A question.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::tables) struct Question {
    /// What it means, where that is known.
    pub(in crate::tables) guess: Option<HeaderGuess>,
    /// What it means, or by its words seems to mean: enough to name the field of an answer, not to tell that something is
    /// asked.
    pub(in crate::tables) likely: Option<HeaderGuess>,
    /// Its words without its number, to know it again.
    pub(in crate::tables) key: String,
    /// The number behind it: 2 of "Action 2".
    pub(in crate::tables) number: Option<u8>,
}

impl Question {
    /// What `text` asks, whether anybody knows it or not; `None` where it has no words or too many.
    pub(in crate::tables) fn read(text: &str, recognise: &dyn Recognise) -> Option<Self> {
        let mut words: Vec<String> = fold(text).split(' ').map(str::to_owned).collect();
        if words.len() > WORDS || words.first().is_none_or(String::is_empty) {
            return None;
        }
        let asked = opened(text.trim().trim_end_matches([':', '-', '–']));
        let number = words.last().and_then(|word| word.parse().ok()).filter(|number| (1..=MOST).contains(number));
        let bare = if number.is_some() && words.len() > 1 {
            words.pop();
            asked.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '(' | ')' | '.' | '#'))
        } else {
            asked
        };
        let guess = recognise.header(asked).filter(|guess| guess.similarity >= SIMILAR);
        let known = |text: &str| recognise.header(text).filter(|guess| guess.similarity >= SIMILAR);
        // "Level by March 18" ends in a year: a number counts questions that are known without it.
        let number = number.filter(|_| known(bare).or_else(|| known(plain(bare, recognise)?)).is_some());
        let guess = guess.or_else(|| known(bare)).or_else(|| known(plain(bare, recognise)?));
        if words.len() > 1 && words[0].bytes().all(|b| b.is_ascii_digit()) {
            words.remove(0);
        }
        // Of what is known to be a question its words tell the meaning.
        let likely = guess.or_else(|| recognise.header(asked).filter(HeaderGuess::is_likely));
        Some(Self { guess, likely, key: words.join(" "), number: number.filter(|_| !bare.is_empty()) })
    }

    /// Its meaning.
    pub(in crate::tables) fn meaning(&self) -> Option<Meaning> {
        self.guess.map(|guess| guess.meaning)
    }

    /// Whether its answer is free text: what a form about a change asks for, and a cover sheet does not.
    pub(in crate::tables) fn asks_for_prose(meaning: Option<Meaning>) -> bool {
        matches!(meaning, Some(Meaning::Field(field)) if field.is_prose() && !matches!(field, Field::Milestone | Field::Spread))
    }
}

/// What a text asks for, without the words that ask: "Please describe your current position". `None` where it has no such
/// words.
fn plain<'t>(text: &'t str, recognise: &dyn Recognise) -> Option<&'t str> {
    let mut rest = text;
    while let Some((word, behind)) = rest.split_once(char::is_whitespace) {
        if !recognise.asks(word) {
            break;
        }
        rest = behind.trim_start();
    }
    (rest.len() < text.len()).then_some(rest)
}

/// The text behind a number or letter that counts it: "3. Gaps", "Q4: Who will lead?", "b) Lead".
fn opened(text: &str) -> &str {
    let counter = |c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | '(' | ':');
    let word = text.split_whitespace().next().unwrap_or_default();
    let counted = word.trim_start_matches(['Q', 'q']);
    let letter = word.len() == 2 && word.ends_with(')');
    let counts = letter || (!counted.is_empty() && counted.chars().all(counter));
    if counts && word.len() < text.len() { text[word.len()..].trim_start() } else { text }
}

/// Whether `text` is a question by its marks, known or not.
pub(in crate::tables) fn is_asked(text: &str) -> bool {
    let text = text.trim_end();
    text.ends_with(['?', ':']) && text.split_whitespace().count() <= WORDS
}
