//! The parties that a run of words names: people, posts and bodies, which may stand side by side with nothing between.

use std::ops::Range;

use super::Context;
use super::person;
use super::terms;
use super::token::Kind;
use super::token::Token;
use super::token::spelled;
use super::traits::Traits;

/// A party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) kind: PartKind,
    pub(super) name: String,
}

/// What a party is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PartKind {
    /// A person.
    Person,
    /// One person's post, in full ("Head of …", "Chief …").
    Title,
    /// One person's post.
    Post,
    /// A body by its initials.
    Acronym,
    /// Anything else: a body, a team, several posts.
    Group,
}

impl Part {
    /// Whether the part is one person's post.
    pub(super) fn is_post(&self) -> bool {
        matches!(self.kind, PartKind::Title | PartKind::Post)
    }
}

/// Words of the longest run that is tried as names known from other cells.
const LONGEST_TILED: usize = 12;

/// The parties of a run of words (and joining words inside names), in order.
pub(super) fn of(words: &[Token<'_>], context: Context<'_>) -> Vec<Part> {
    let words = trimmed(words, context);
    let mut out = Vec::new();
    if words.iter().all(|t| t.has(Traits::BARE_LABEL) || !t.text.contains(char::is_alphabetic)) {
        return out;
    }
    let tileable = (2..=LONGEST_TILED).contains(&words.len());
    if tileable && !context.known.is_empty() && !context.known.has(words) && tiles(words, context, &mut out) {
        return out;
    }
    let mut people = people(words, context);
    if people.is_empty() {
        people.extend(person::beside_acronyms(words).map(|at| at..at + 2));
    }
    let mut from = 0;
    for person in &people {
        let gap = words.get(from..person.start).unwrap_or_default();
        gap_parts(gap, from > 0, true, context, &mut out);
        let name = spelled(words.get(person.clone()).unwrap_or_default());
        out.push(Part { kind: PartKind::Person, name });
        from = person.end;
    }
    gap_parts(words.get(from..).unwrap_or_default(), from > 0, false, context, &mut out);
    out
}

/// Without joining words, articles and commas at the ends, and without "lead" and "support" beside a body's initials.
fn trimmed<'t, 'a>(mut words: &'t [Token<'a>], context: Context<'_>) -> &'t [Token<'a>] {
    let idle = |t: &Token<'_>| t.kind != Kind::Word || t.text.is_empty() || t.text == "the";
    while let Some((_, rest)) = words.split_first().filter(|(t, _)| idle(t)) {
        words = rest;
    }
    while let Some((_, rest)) = words.split_last().filter(|(t, _)| idle(t)) {
        words = rest;
    }
    if context.leads {
        return words;
    }
    let all_acronyms = |words: &[Token<'_>]| !words.is_empty() && words.iter().all(|t| t.has(Traits::ACRONYM));
    if let Some((_, rest)) = words.split_last().filter(|(t, _)| t.has(Traits::BARE_LABEL)) {
        let rest = rest.split_last().filter(|(t, _)| t.text == "to").map_or(rest, |(_, rest)| rest);
        if all_acronyms(rest) {
            return rest;
        }
    }
    match words.split_first() {
        Some((label, rest)) if label.has(Traits::BARE_LABEL) && all_acronyms(rest) => rest,
        _ => words,
    }
}

/// Splits a run into names that stand alone elsewhere, where the whole run is such names and nothing else.
fn tiles(words: &[Token<'_>], context: Context<'_>, out: &mut Vec<Part>) -> bool {
    for at in (1..words.len()).rev() {
        let Some((first, rest)) = words.split_at_checked(at) else { continue };
        // "Westmarch" and "CCG" may both stand alone, and "Westmarch CCG" is still one body.
        let kind = rest.len() == 1 && rest.iter().all(|t| t.has(Traits::BODY.with(Traits::POST).with(Traits::KIND)));
        if !context.known.has(first) || (kind && !first.iter().all(|t| t.has(Traits::ACRONYM))) {
            continue;
        }
        let before = out.len();
        let kind = if context.known.has_person(first) { PartKind::Person } else { kind_of(first) };
        out.push(Part { kind, name: spelled(first) });
        if context.known.has(rest) {
            let kind = if context.known.has_person(rest) { PartKind::Person } else { kind_of(rest) };
            out.push(Part { kind, name: spelled(rest) });
            return true;
        }
        if tiles(rest, context, out) {
            return true;
        }
        out.truncate(before);
    }
    false
}

/// Where people stand in a run of words.
fn people(words: &[Token<'_>], context: Context<'_>) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
        let length = person::at(rest, context.leads, context.known).filter(|n| {
            let known = rest.get(..*n).is_some_and(|name| context.known.has_person(name));
            let before = at.checked_sub(1).and_then(|n| words.get(n)).filter(|_| out.last().is_none_or(|p| p.end < at));
            known || (!is_place(before, context) && (context.leads || !bears_a_name(rest.get(*n..).unwrap_or_default())))
        });
        match length {
            Some(length) => {
                // A lone name before a person is that person's own first name.
                let own = context.leads && at == 1 && words.first().is_some_and(|t| t.traits.is_plain_name());
                out.push(if own { 0..at + length } else { at..at + length });
                at += length;
            }
            None => at += 1,
        }
    }
    out
}

/// Whether the word before a first name makes it part of a place or a building.
fn is_place(before: Option<&Token<'_>>, context: Context<'_>) -> bool {
    before.is_some_and(|t| terms::BEFORE_PLACES.contains(&t.text) || (!context.leads && t.traits.is_plain_name()))
}

/// Whether what follows a person's name makes it a body's ("… Hospital", "… NHS Trust").
fn bears_a_name(rest: &[Token<'_>]) -> bool {
    rest.first().is_some_and(|t| t.text == "NHS" || (t.has(Traits::BODY.with(Traits::SUBJECT)) && !t.has(Traits::ACRONYM)))
}

/// The words between people. A post beside a person is that person's.
fn gap_parts(words: &[Token<'_>], after: bool, before: bool, context: Context<'_>, out: &mut Vec<Part>) {
    let mut words = trimmed(words, context);
    if after || before {
        while let Some((_, rest)) = words.split_first().filter(|(t, _)| t.has(Traits::BARE_LABEL) && !t.has(Traits::PLURAL)) {
            words = rest;
        }
    }
    if !words.iter().any(|t| t.text.contains(char::is_alphabetic)) {
        return;
    }
    if context.leads && (person::is_plain(words) || is_first_name(words)) {
        return out.push(Part { kind: PartKind::Person, name: spelled(words) });
    }
    let kind = kind_of(words);
    if (after || before) && matches!(kind, PartKind::Title | PartKind::Post) {
        return;
    }
    // "CCG CCG": a lost line break between a body and itself.
    let same = |a: &Token<'_>, b: &Token<'_>| kind == PartKind::Acronym && a.text == b.text;
    out.extend(words.chunk_by(|a, b| !same(a, b)).map(|name| Part { kind, name: spelled(name) }));
}

fn is_first_name(words: &[Token<'_>]) -> bool {
    matches!(words, [word] if word.has(Traits::FIRST_NAME) && word.has(Traits::CAPITAL) && !word.has(Traits::ACRONYM))
}

/// What a name without people is.
fn kind_of(words: &[Token<'_>]) -> PartKind {
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return PartKind::Group };
    if words.len() == 1 && first.has(Traits::POST_ACRONYM) {
        return PartKind::Title;
    }
    if words.iter().all(|t| t.has(Traits::ACRONYM)) {
        return PartKind::Acronym;
    }
    let several = words.iter().take_while(|t| t.text != "of").any(|t| t.has(Traits::POST) && t.has(Traits::PLURAL));
    if several || first.has(Traits::PLURAL) {
        return PartKind::Group;
    }
    let of = words.iter().position(|t| matches!(t.text, "of" | "for"));
    let post_of = of.and_then(|n| n.checked_sub(1)).and_then(|n| words.get(n)).is_some_and(|t| t.has(Traits::POST));
    let opening = first.has(Traits::POST_OPENING) && words.len() > 1 && !last.has(Traits::BODY);
    match (post_of, last.has(Traits::POST), opening) {
        (true, _, _) | (_, true, true) => PartKind::Title,
        (_, true, _) => PartKind::Post,
        (_, _, true) if first.has(Traits::POST) => PartKind::Title,
        _ => PartKind::Group,
    }
}
