//! A cell's tokens as units, one party each: parted at solidi, semicolons, breaks and commas, and at "and" where
//! [`super::conjunction`] hears two parties.

use super::Context;
use super::conjunction;
use super::parts::Part;
use super::parts::PartKind;
use super::token::Kind;
use super::token::Token;
use super::traits::Traits;
use super::unit;

/// The parties of the tokens at one depth of brackets, in order.
pub(super) fn parts(tokens: &[Token<'_>], context: Context<'_>) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::new();
    let mut after_person = false;
    for (mark, chunk) in
        split_at(tokens, |t, _| t.depth == context.depth && matches!(t.kind, Kind::Slash | Kind::Stop | Kind::Break))
    {
        let pieces = split_at(chunk, |t, so_far| {
            t.depth == context.depth && t.kind == Kind::Comma && !lists_subjects(so_far, t, chunk, context.leads)
        });
        let last = pieces.len().saturating_sub(1);
        for (n, (comma, piece)) in pieces.iter().enumerate() {
            for (m, unit) in conjunction::split(piece, last > 0 && n == last, context).into_iter().enumerate() {
                let found = unit::read(unit, context);
                let mark = if m > 0 { Some(Kind::And) } else { comma.or(mark) };
                if after_person && is_apposition(&found, mark, context.leads) {
                    // "Jane Doe, Matron, WMFT": whom she works for may follow what she is.
                    after_person = found.iter().all(Part::is_post) && mark == Some(Kind::Comma);
                    continue;
                }
                after_person = found.last().map_or(after_person && mark == Some(Kind::Stop), |p| p.kind == PartKind::Person);
                out.extend(found);
            }
        }
    }
    out
}

/// Whether a lone post is what the person before it does ("Jane Doe, Matron"; over a line break only a title in full), or, in a
/// column of people, initials are whom that person works for ("Jane Doe, CCG"). Two letters may be a person's own.
fn is_apposition(found: &[Part], mark: Option<Kind>, leads: bool) -> bool {
    match (found, mark) {
        ([body], Some(Kind::Comma)) if leads && body.kind == PartKind::Acronym => body.name.chars().count() > 2,
        ([post], Some(Kind::Comma)) => post.is_post(),
        ([post], Some(Kind::Break)) => post.kind == PartKind::Title,
        _ => false,
    }
}

/// Whether a comma goes on with the subjects of a post ("Director of Finance, Performance and Quality", "Assistant Director,
/// Adult Social Care"; in a column of people also "Service Manager, Hospital Discharge").
fn lists_subjects(so_far: &[Token<'_>], comma: &Token<'_>, chunk: &[Token<'_>], leads: bool) -> bool {
    let at = chunk.iter().position(|t| std::ptr::eq(t, comma)).map_or(chunk.len(), |n| n + 1);
    let rest = chunk.get(at..).unwrap_or_default().iter().take_while(|t| t.kind != Kind::Comma);
    let opens = so_far.first().is_some_and(|t| t.has(Traits::POST_OPENING));
    let of_the_field = leads && so_far.len() > 1 && so_far.iter().all(|t| t.has(Traits::FIELD) && !t.has(Traits::TITLE));
    let post = (opens || of_the_field) && so_far.last().is_some_and(|t| t.has(Traits::POST) && !t.has(Traits::PLURAL));
    if !post && !conjunction::in_post(so_far) {
        return false;
    }
    let subject = |t: &Token<'_>| t.has(Traits::SUBJECT.with(Traits::QUALIFIER)) && !t.has(Traits::POST);
    // "Hospital" opens a department's name, and ends it only where there are several ("Community Hospitals").
    let hospital = |t: &Token<'_>| leads && t.has(Traits::BODY) && !t.has(Traits::ACRONYM);
    let rest: Vec<&Token<'_>> = rest.collect();
    let several = |t: &Token<'_>| rest.len() > 1 && hospital(t) && t.has(Traits::PLURAL);
    let ends = rest.last().is_some_and(|t| subject(t) || several(t));
    // The "and" of "Health and Wellbeing" is a word of that name.
    let joins = |t: &Token<'_>| t.kind == Kind::And || matches!(t.text, "and" | "&");
    ends && rest.iter().all(|t| joins(t) || subject(t) || hospital(t))
}

/// The stretches between the tokens that `parts` marks, each with the mark before it. `parts` is given a token and the
/// stretch that stands before it.
fn split_at<'t, 'a>(
    tokens: &'t [Token<'a>],
    parts: impl Fn(&Token<'a>, &[Token<'a>]) -> bool,
) -> Vec<(Option<Kind>, &'t [Token<'a>])> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut mark = None;
    for (at, token) in tokens.iter().enumerate() {
        let so_far = tokens.get(start..at).unwrap_or_default();
        if parts(token, so_far) {
            out.push((mark, so_far));
            mark = Some(token.kind);
            start = at + 1;
        }
    }
    out.push((mark, tokens.get(start..).unwrap_or_default()));
    out
}
