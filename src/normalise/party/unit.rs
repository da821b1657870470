//! One party with what is said of it: after a dash or a colon, or in brackets.

use super::Context;
use super::parts;
use super::parts::Part;
use super::parts::PartKind;
use super::person;
use super::split;
use super::token::Kind;
use super::token::Token;
use super::token::spelled;
use super::traits::Traits;

/// The parties of a unit.
///
/// A person's post, team or employer beside the person ("Jane Doe – Head of …", "Jane Doe (Westmarch Council)") is a remark in
/// a column of people, and so is a post before its holder and the initials of a body before its man or woman. In a column of
/// bodies the employer is a party too. Initials in brackets repeat the name before them. A remark on a body or post stays in
/// its name.
pub(super) fn read(unit: &[Token<'_>], context: Context<'_>) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::new();
    let mut head = 0;
    let mut first: &[Token<'_>] = &[];
    for facet in facets(unit, context.depth) {
        let parts = if facet.bracket { split::parts(facet.tokens, context.inside()) } else { parts::of(facet.tokens, context) };
        // "WMBC (Zeph Quill)": in a remark on a body two names are a person even where the first is not a common one.
        let parts = match parts.as_slice() {
            [part] if !out.is_empty() && person::is_pair(facet.tokens) => {
                vec![Part { kind: PartKind::Person, name: part.name.clone() }]
            }
            _ => parts,
        };
        if parts.is_empty() {
            continue;
        }
        if out.is_empty() {
            out = parts;
            head = facet.start;
            first = facet.tokens;
            continue;
        }
        if let ([name], [employer]) = (out.as_mut_slice(), parts.as_slice())
            && !context.leads
            && is_employed(first, employer)
        {
            name.kind = PartKind::Person;
        }
        let whole = unit.get(head..facet.end).unwrap_or_default();
        join(&mut out, parts, facet.bracket, whole, context);
    }
    out
}

/// Whether two names with initials behind them that are not their own are a person at a body: "Zeph Quill (WMBC)".
fn is_employed(name: &[Token<'_>], employer: &Part) -> bool {
    let initials: String = name.iter().filter_map(|t| t.text.chars().next()).collect();
    let own = employer.name.to_uppercase().starts_with(&initials.to_uppercase());
    let place = name.iter().any(|t| t.has(Traits::PLACE));
    employer.kind == PartKind::Acronym && employer.name.chars().count() > 2 && person::is_pair(name) && !place && !own
}

/// Adds what a later facet names.
fn join(out: &mut Vec<Part>, parts: Vec<Part>, bracket: bool, whole: &[Token<'_>], context: Context<'_>) {
    let is_person = |part: &Part| part.kind == PartKind::Person;
    let is_acronym = |part: &Part| part.kind == PartKind::Acronym;
    if parts.iter().any(is_person) {
        // "CCG - Jane Doe", "Council - Jane Doe"
        let kind = |part: &Part| is_acronym(part) || (!part.name.contains(' ') && context.lexicon.is_body(&part.name));
        if context.leads && out.len() == 1 && out.iter().all(|part| part.is_post() || (kind(part) && !bracket)) {
            out.clear();
        }
        out.extend(parts.into_iter().filter(|part| is_person(part) || (!context.leads && !part.is_post())));
    } else if out.iter().any(is_person) {
        out.extend(parts.into_iter().filter(|part| !context.leads && !part.is_post()));
    } else if parts.iter().all(is_acronym) && (parts.len() > 1 || out.iter().all(is_acronym) != bracket) {
        // Several initials are bodies of their own; one in brackets is another name of the body before it.
        if parts.len() > 1 || !bracket {
            out.extend(parts);
        }
    } else if let ([only], false) = (out.as_mut_slice(), whole.iter().any(|t| t.kind == Kind::Stop)) {
        only.name = spelled(whole);
    } else {
        out.extend(parts);
    }
}

/// A stretch of a unit between its dashes, colons and brackets.
struct Facet<'t, 'a> {
    tokens: &'t [Token<'a>],
    bracket: bool,
    /// Where it begins and ends in the unit, brackets included.
    start: usize,
    end: usize,
}

fn facets<'t, 'a>(unit: &'t [Token<'a>], depth: u8) -> Vec<Facet<'t, 'a>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut bracket = false;
    for (at, token) in unit.iter().enumerate().filter(|(_, t)| t.depth == depth) {
        if !matches!(token.kind, Kind::Dash | Kind::Colon | Kind::Open | Kind::Close) {
            continue;
        }
        let closes = bracket && token.kind == Kind::Close;
        push(&mut out, unit, start..at, bracket, closes);
        start = at + 1;
        bracket = token.kind == Kind::Open;
    }
    push(&mut out, unit, start..unit.len(), bracket, false);
    out
}

fn push<'t, 'a>(out: &mut Vec<Facet<'t, 'a>>, unit: &'t [Token<'a>], range: std::ops::Range<usize>, bracket: bool, closes: bool) {
    let tokens = unit.get(range.clone()).unwrap_or_default();
    if !tokens.is_empty() {
        out.push(Facet { tokens, bracket, start: range.start, end: range.end + usize::from(closes) });
    }
}
