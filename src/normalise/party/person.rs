//! People among a run of words.

use super::known::KnownNames;
use super::token::Token;
use super::traits::Traits;

/// Words of the longest name that is looked for behind other words: a title, initials and small words included.
const LONGEST: usize = 7;

/// How many words a person's name takes at the start of `words`; `None` where none begins there.
///
/// A person is someone known from another cell, a title and a name, initials and a surname, or a common first name and a
/// surname. `leads` says that the column names people, so that surnames which are words of the field are heard as such.
pub(super) fn at(words: &[Token<'_>], leads: bool, known: &KnownNames) -> Option<usize> {
    let first = words.first()?;
    if !first.has(Traits::CAPITAL) {
        return None;
    }
    let met = |n: usize| words.get(..n).is_some_and(|name| known.has_person(name));
    if let Some(length) = [3, 2].into_iter().filter(|_| first.has(Traits::KNOWN)).find(|n| met(*n)) {
        return Some(length);
    }
    if first.has(Traits::TITLE) {
        return titled(words, leads, known);
    }
    if first.has(Traits::INITIAL) {
        let initials = words.iter().take(3).take_while(|t| t.has(Traits::INITIAL)).count();
        return words.get(initials).filter(|t| t.traits.is_plain_name()).map(|_| initials + 1);
    }
    first_name(words, leads)
}

/// A title with a surname, or with a first name and a surname.
fn titled(words: &[Token<'_>], leads: bool, known: &KnownNames) -> Option<usize> {
    let titles = words.iter().take(2).take_while(|t| t.has(Traits::TITLE)).count();
    let rest = words.get(titles..).filter(|rest| rest.first().is_some_and(|t| !t.has(Traits::TITLE)))?;
    if let Some(length) = at(rest, leads, known) {
        return Some(length + titles);
    }
    let names = rest.iter().take(2).take_while(|t| t.traits.is_plain_name()).count();
    (names > 0).then_some(names + titles)
}

/// A common first name, middle names or initials, small words, and a surname.
fn first_name(words: &[Token<'_>], leads: bool) -> Option<usize> {
    let first = words.first()?;
    if !first.has(Traits::FIRST_NAME) || first.has(Traits::BODY.with(Traits::POST)) {
        return None;
    }
    if first.has(Traits::ACRONYM) {
        let shouted = |t: &Token<'_>| t.text.len() >= 3 && t.text.chars().all(|c| !c.is_lowercase());
        let second = words.get(1).filter(|t| shouted(t) && !t.has(Traits::FIELD))?;
        return (shouted(first) && second.has(Traits::LETTERS)).then_some(2);
    }
    let mut at = 1;
    while words.get(at).is_some_and(|t| t.has(Traits::INITIAL)) {
        at += 1;
    }
    let middle = words.get(at).is_some_and(|t| t.has(Traits::FIRST_NAME));
    let after = words.get(at + 1).is_some_and(|t| is_surname(t, leads));
    let next_person =
        words.get(at + 1).is_some_and(|t| t.has(Traits::FIRST_NAME)) && words.get(at + 2).is_some_and(|t| is_surname(t, leads));
    if middle && after && !next_person {
        at += 1;
    }
    // "Ravinder Singh Dhillon", alone in a column of people, is one of them with a double surname.
    let double = leads && at == 1 && !middle && words.len() == 3 && words.iter().skip(1).all(|t| t.traits.is_plain_name());
    if double && after && !next_person {
        at += 1;
    }
    while words.get(at).is_some_and(|t| t.has(Traits::PARTICLE)) {
        at += 1;
    }
    words.get(at).filter(|t| is_surname(t, leads)).map(|_| at + 1)
}

fn is_surname(word: &Token<'_>, leads: bool) -> bool {
    let of_the_field = leads && word.has(Traits::SURNAME) && word.has(Traits::CAPITAL) && !word.has(Traits::PLURAL);
    word.traits.is_plain_name() || of_the_field
}

/// Whether the words end with a person's whole name.
pub(super) fn ends(words: &[Token<'_>], leads: bool, known: &KnownNames) -> bool {
    (0..words.len()).rev().take(LONGEST).any(|from| {
        let name = words.get(from..).unwrap_or_default();
        at(name, leads, known) == Some(name.len())
    })
}

/// Whether the words are two or three names and nothing else, so that in a column of people they are a person.
pub(super) fn is_plain(words: &[Token<'_>]) -> bool {
    let names = words.iter().filter(|t| t.traits.is_plain_name()).count();
    let small = words.iter().filter(|t| t.has(Traits::INITIAL.with(Traits::PARTICLE))).count();
    let last = words.last().is_some_and(|t| t.traits.is_plain_name());
    (2..=3).contains(&words.len()) && names >= 1 && last && names + small == words.len()
}

/// A person beside acronyms whose first name is not a common one ("RMWT Zeph Quill", "Zeph Quill LBWM"): where the two
/// words of the name stand, if the words are just that.
pub(super) fn beside_acronyms(words: &[Token<'_>]) -> Option<usize> {
    let acronym = |t: &Token<'_>| t.has(Traits::ACRONYM) && !t.has(Traits::KIND.with(Traits::POST));
    let split = words.len().checked_sub(2).filter(|n| *n > 0)?;
    let (before, last) = words.split_at_checked(split)?;
    if is_pair(last) && before.iter().all(acronym) {
        return Some(split);
    }
    let (first, after) = words.split_at_checked(2)?;
    // Before an acronym of three letters a place is likelier ("Upper Westmarch CCG").
    let long = after.first().is_some_and(|t| t.text.chars().count() >= 4);
    (is_pair(first) && long && after.iter().all(acronym)).then_some(0)
}

/// Two names that are no place's: a person, where the words about them say that a person may stand there.
pub(super) fn is_pair(words: &[Token<'_>]) -> bool {
    words.len() == 2 && words.iter().all(|t| t.traits.is_plain_name()) && !words.iter().all(|t| t.has(Traits::PLACE))
}
