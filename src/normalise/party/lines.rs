//! Line breaks and runs of spaces: some part two names, others fold one name into a narrow column.

use super::known::KnownNames;
use super::person;
use super::token::Gap;
use super::token::Kind;
use super::token::Token;
use super::traits::Traits;

/// Puts a [`Kind::Break`] where a break parts two names, and makes every other break a space.
pub(super) fn resolve<'a>(tokens: Vec<Token<'a>>, leads: bool, known: &KnownNames) -> Vec<Token<'a>> {
    if tokens.iter().skip(1).all(|t| t.gap < Gap::Run) {
        return tokens;
    }
    let mut out: Vec<Token<'a>> = Vec::with_capacity(tokens.len() + 4);
    // Where the words begin that stand before the break in question.
    let mut start = 0;
    for (at, token) in tokens.iter().enumerate() {
        let left = out.get(start..).unwrap_or_default();
        let right = tokens.get(at..).unwrap_or_default();
        if token.gap >= Gap::Run && parts(left, right, leads, known) {
            out.push(Token { text: "", kind: Kind::Break, gap: Gap::Space, traits: Traits::default(), ..*token });
            start = out.len();
        }
        out.push(Token { gap: token.gap.min(Gap::Space), ..*token });
        if token.kind != Kind::Word {
            start = out.len();
        }
    }
    out
}

/// Whether the break before `right` parts two names.
fn parts(left: &[Token<'_>], right: &[Token<'_>], leads: bool, known: &KnownNames) -> bool {
    let Some(first) = right.first().filter(|t| t.depth == 0) else { return false };
    let Some(last) = left.last() else { return false };
    if first.kind != Kind::Word {
        return false;
    }
    let next = right.iter().skip(1).take_while(|t| t.kind == Kind::Word && t.gap < Gap::Run).count();
    let right = right.get(..=next).unwrap_or_default();
    let folded = known.has_person(&[*last, *first]) && left.len() == 1
        || continues(left, right)
        || last_is_open(left, right, known)
        || completes(left, right, leads, known)
        || is_folded_person(left, right, leads);
    !folded
}

/// Small letters go on with a name that began with a capital.
fn continues(left: &[Token<'_>], right: &[Token<'_>]) -> bool {
    let small = right.first().is_some_and(|t| t.text.starts_with(char::is_lowercase));
    small && left.first().is_some_and(|t| t.has(Traits::CAPITAL))
}

/// The left side ends with a word that needs another ("Head of", "Adult Social", "Dr").
fn last_is_open(left: &[Token<'_>], right: &[Token<'_>], known: &KnownNames) -> bool {
    const SMALL: [&str; 9] = ["of", "for", "the", "to", "in", "on", "at", "upon", "&"];
    let Some(last) = left.last() else { return false };
    if SMALL.contains(&last.text) || last.has(Traits::TITLE.with(Traits::ABBREVIATION)) {
        return true;
    }
    if left.len() == 1 && last.text == "NHS" && right.first().is_some_and(|t| t.traits.is_plain_name()) {
        return true;
    }
    let initial = last.has(Traits::INITIAL) && right.len() == 1;
    let surname = left.len() > 1 && last.has(Traits::SURNAME) && left.first().is_some_and(|t| t.has(Traits::FIRST_NAME));
    let open = last.has(Traits::QUALIFIER) && !surname && !last.has(Traits::ACRONYM);
    initial || (open && person::at(right, true, known).is_none())
}

/// The right side is the last word of the left side's name ("Primary Care" "Leads", "Westmarch" "CCG", "LBWM" "CCGs").
fn completes(left: &[Token<'_>], right: &[Token<'_>], leads: bool, known: &KnownNames) -> bool {
    let [word] = right else { return false };
    let Some(last) = left.last() else { return false };
    let kind = word.has(Traits::KIND) && word.has(Traits::ACRONYM);
    let head = word.has(Traits::BODY.with(Traits::POST)) && (!word.has(Traits::ACRONYM) || kind) || word.text == "UK";
    let place = last.text.contains('&') || (kind && word.has(Traits::PLURAL));
    let ended = last.ends_body() || last.has(Traits::POST) || (last.has(Traits::ACRONYM) && !place);
    let person = person::ends(left, leads, known) || (leads && person::is_plain(left));
    head && !ended && !person
}

/// A first name and a surname on lines of their own; a body may stand before the one or behind the other.
fn is_folded_person(left: &[Token<'_>], right: &[Token<'_>], leads: bool) -> bool {
    let (Some((a, before)), Some((b, after))) = (left.split_last(), right.split_first()) else { return false };
    let body = |t: &Token<'_>| t.has(Traits::ACRONYM.with(Traits::BODY).with(Traits::POST));
    if !before.last().is_none_or(body) || !after.first().is_none_or(|t| t.has(Traits::ACRONYM)) {
        return false;
    }
    let first_name = a.has(Traits::FIRST_NAME);
    let surname = b.traits.is_plain_name() || (first_name && b.has(Traits::SURNAME) && b.has(Traits::CAPITAL));
    if !a.traits.is_plain_name() || !surname {
        return false;
    }
    let other = b.has(Traits::FIRST_NAME);
    // A first name alone needs its surname; in a column of people two first names, each on its line, are two people.
    if leads && before.is_empty() { !(first_name && other) } else { first_name }
}
