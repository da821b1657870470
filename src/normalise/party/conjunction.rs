//! "and" and "&": between two parties, or inside a name.

use super::Context;
use super::person;
use super::token::Kind;
use super::token::Token;
use super::traits::Traits;

/// Splits a piece of a cell at the joining words that part two parties. `ends_list` says that commas came before, so that
/// the first joining word is the list's last.
pub(super) fn split<'t, 'a>(piece: &'t [Token<'a>], ends_list: bool, context: Context<'_>) -> Vec<&'t [Token<'a>]> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut list_word: Option<&str> = None;
    for (at, token) in piece.iter().enumerate().filter(|(_, t)| t.kind == Kind::And && t.depth == context.depth) {
        let (left, right) = (piece.get(start..at).unwrap_or_default(), piece.get(at + 1..).unwrap_or_default());
        if !has_words(left) || !has_words(right) {
            continue;
        }
        let parts = match list_word {
            None if ends_list => {
                !in_post(&Sides::new(left, right, context).left) || parts(&Sides::new(left, right, context), context)
            }
            // "A, B & C and D": the list ends at "&", and "and" is inside its last name.
            Some(word) if word != token.text => false,
            _ => parts(&Sides::new(left, right, context), context),
        };
        if parts {
            out.push(left);
            start = at + 1;
            list_word = list_word.or(ends_list.then_some(token.text));
        }
    }
    out.push(piece.get(start..).unwrap_or_default());
    out
}

/// Whether a name opens a post's scope, so that what "and" or a comma adds belongs to the post ("Head of Quality and Safety").
pub(super) fn in_post(words: &[Token<'_>]) -> bool {
    let of = words.iter().rposition(|t| matches!(t.text, "of" | "for" | "Of"));
    of.and_then(|n| words.get(..n))
        .is_some_and(|post| post.last().is_some_and(|t| t.has(Traits::POST.with(Traits::POST_OPENING))))
}

fn has_words(tokens: &[Token<'_>]) -> bool {
    tokens.iter().any(|t| t.kind == Kind::Word)
}

/// The words that stand against each other at a joining word, remarks in brackets and after dashes left out.
struct Sides<'a> {
    left: Vec<Token<'a>>,
    /// Up to the next joining word.
    near: Vec<Token<'a>>,
    /// Up to the next dash or colon.
    right: Vec<Token<'a>>,
}

impl<'a> Sides<'a> {
    fn new(left: &[Token<'a>], right: &[Token<'a>], context: Context<'_>) -> Self {
        let level = |t: &&Token<'_>| t.depth == context.depth;
        let mark = |t: &Token<'_>| matches!(t.kind, Kind::Dash | Kind::Colon);
        let word = |t: &&Token<'_>| matches!(t.kind, Kind::Word | Kind::And | Kind::Comma);
        let after_mark = left.iter().rposition(|t| level(&t) && mark(t)).map_or(0, |n| n + 1);
        let left = left.get(after_mark..).unwrap_or_default().iter().filter(level).filter(word).copied().collect();
        let right: Vec<_> = right.iter().filter(level).take_while(|t| !mark(t)).filter(word).copied().collect();
        let near = right.iter().take_while(|t| t.kind == Kind::Word).copied().collect();
        Self { left, near, right }
    }
}

/// Whether two parties meet.
fn parts(sides: &Sides<'_>, context: Context<'_>) -> bool {
    let Sides { left, near, right } = sides;
    let new_person = person::at(near, context.leads, context.known).is_some();
    let new_post = near.first().is_some_and(|t| t.has(Traits::POST_OPENING.with(Traits::POST_ACRONYM)) && t.has(Traits::CAPITAL));
    let ends_post = |words: &[Token<'_>]| words.last().is_some_and(|t| t.has(Traits::POST) && !t.has(Traits::PLURAL));
    if in_post(left) {
        return new_person || new_post || (near.len() > 1 && ends_post(near) && near.iter().all(|t| t.has(Traits::FIELD)));
    }
    let opened = left.len() > 1 && left.first().is_some_and(|t| t.has(Traits::POST_OPENING));
    if context.leads && opened && ends_post(left) && ends_post(near) && near.len() == 1 && right.len() == 1 {
        return true;
    }
    if left.last().is_some_and(|t| t.has(Traits::INITIAL)) {
        return false;
    }
    new_person
        || (new_post && in_post(near))
        || is_complete(left, right, context)
        || stands_alone(near, context)
        || (!context.leads && context.lexicon.is_whole_body(&near.iter().map(|t| t.text).collect::<Vec<_>>()))
        || is_service(left, near, context)
        || are_alike(left, near)
        || are_two_names(left, near, right, context)
}

/// Whether the left side is a party in full, whatever follows.
fn is_complete(left: &[Token<'_>], right: &[Token<'_>], context: Context<'_>) -> bool {
    let Some(last) = left.last() else { return false };
    let person = person::ends(left, context.leads, context.known);
    let half = context.lexicon.is_service_acronym(last.text)
        && left.len() == 1
        && right.last().is_some_and(|t| t.has(Traits::BODY.with(Traits::POST)) && !t.has(Traits::ACRONYM));
    let post = last.has(Traits::POST) && !last.has(Traits::QUALIFIER);
    person || (!half && last.has(Traits::ACRONYM)) || last.ends_body() || post || context.known.has(left)
}

/// Whether the right side is a party by one word ("… and CCG", "… and EVCCG", "… and partners"), or is the local authority.
fn stands_alone(near: &[Token<'_>], context: Context<'_>) -> bool {
    let is = |token: &Token<'_>, word: &str| token.text.eq_ignore_ascii_case(word);
    let local = |a: &Token<'_>, b: &Token<'_>| is(a, "local") && (is(b, "authority") || is(b, "authorities"));
    let [word] = near else { return matches!(near, [a, b] if local(a, b)) };
    let kind = word.has(Traits::KIND.with(Traits::BODY)) || context.lexicon.is_commissioner(word.text);
    let acronym = !context.leads && word.has(Traits::ACRONYM) && kind;
    acronym || (word.has(Traits::BODY) && word.has(Traits::PLURAL) && !word.has(Traits::SUBJECT)) || context.known.has(near)
}

/// Whether the left side is a service by its full name and the right side a body that the service is no part of: "Community
/// Health and WMFT". What only goes on with the service's subject ("… and Wellbeing") is its name.
fn is_service(left: &[Token<'_>], near: &[Token<'_>], context: Context<'_>) -> bool {
    if context.leads || left.len() < 2 || !left.last().is_some_and(|t| t.has(Traits::SUBJECT)) {
        return false;
    }
    let initials = |t: &Token<'_>| t.has(Traits::ACRONYM) && t.text.len() > 2 && !context.lexicon.is_service_acronym(t.text);
    let body = near.first().is_some_and(|t| t.has(Traits::CAPITAL) && !t.has(Traits::SUBJECT))
        && near.last().is_some_and(Token::ends_body)
        && near.len() > 1;
    let standing = context.lexicon.standing_services().any(|name| {
        let words = name.split(' ');
        left.len() == words.clone().count() && words.zip(left).all(|(word, t)| t.text.eq_ignore_ascii_case(word))
    });
    matches!(near, [word] if initials(word)) || (standing && body)
}

/// Whether both sides open with the same word ("NHS … and NHS …").
fn are_alike(left: &[Token<'_>], near: &[Token<'_>]) -> bool {
    let opening = left.first().zip(near.first()).is_some_and(|(a, b)| a.text.eq_ignore_ascii_case(b.text));
    opening && left.len() > 1 && near.len() > 1
}

/// Whether both sides are proper names: two people in a column of people, two places otherwise, unless one body follows
/// that may be named after both ("Eastvale and Westmarch Council", but "Eastvale and Westmarch CCGs").
fn are_two_names(left: &[Token<'_>], near: &[Token<'_>], right: &[Token<'_>], context: Context<'_>) -> bool {
    let plain = |words: &[Token<'_>]| !words.is_empty() && words.len() <= 3 && words.iter().all(|t| t.traits.is_plain_name());
    if context.leads {
        return plain(left) && plain(near);
    }
    let place = |words: &[Token<'_>]| {
        words.iter().any(|t| t.traits.is_plain_name())
            && words
                .iter()
                .all(|t| t.traits.is_plain_name() || t.has(Traits::QUALIFIER) || t.text.starts_with(char::is_lowercase))
    };
    let kind = right.iter().find(|t| t.has(Traits::BODY) || (t.has(Traits::KIND) && t.has(Traits::ACRONYM)));
    let names = near.iter().take_while(|t| !t.has(Traits::BODY.with(Traits::KIND)));
    let names: Vec<Token<'_>> = names.copied().collect();
    place(left) && place(&names) && kind.is_none_or(|t| t.has(Traits::PLURAL) || t.text.ends_with('s'))
}
