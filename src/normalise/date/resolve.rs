//! Fills in the years that phrases leave out, and writes each as EDTF.

use crate::model::date::DateContext;
use crate::model::date::YearMonth;

use super::edtf::Part;
use super::edtf::Point;
use super::lex::Kind;
use super::lex::Tokens;
use super::phrase::Bound;
use super::phrase::Core;
use super::phrase::Edge;
use super::phrase::Phrase;
use super::phrase::Term;
use super::phrase::Week;
use super::phrase::Weight;
use super::reading::DateIssue;
use super::reading::DateReading;
use super::scan::Phrases;
use super::words::Word;

/// Years outside these are a caller's slip and tell nothing.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// The readings of `phrases`, which are in the order of `tokens`.
pub(super) fn readings(mut phrases: Phrases, tokens: &Tokens<'_>, context: &DateContext) -> Vec<DateReading> {
    let context = DateContext {
        dated: context.dated.filter(|dated| YEARS.contains(&dated.year) && (1..=12).contains(&dated.month)),
        financial_year: context.financial_year.filter(|year| YEARS.contains(year)),
        ..*context
    };
    let dated = phrases.iter().any(|phrase| phrase.term.is_some());
    phrases.retain(|phrase| !(phrase.term.is_none() && phrase.weight == Weight::Slight && dated));
    let mut phrases = drop_restated(phrases, tokens);
    settle(&mut phrases, tokens, &context);
    phrases.iter().map(|phrase| reading(phrase, tokens)).collect()
}

/// Takes together two dates that say the same of a quarter, a half or a year's end: "Q3 (Oct-Dec 2017)", "December 2017 (Q3)",
/// "year end (March 19)".
fn drop_restated(phrases: Phrases, tokens: &Tokens<'_>) -> Phrases {
    let mut kept = Phrases::new();
    for phrase in phrases {
        match kept.last_mut().and_then(|front| Some((restated(front, &phrase, tokens)?, front))) {
            Some((whole, front)) => *front = whole,
            None => kept.push(phrase),
        }
    }
    kept
}

/// The first of two such dates, with the year of the second where it has none itself.
fn restated(front: &Phrase, back: &Phrase, tokens: &Tokens<'_>) -> Option<Phrase> {
    let beside = front.next + 1 == back.first;
    let bracketed = beside && tokens.mark(front.next, b'(') && tokens.mark(back.next, b')');
    // "Q2 - July to September 2018"
    let dashed = beside && matches!(tokens.kind(front.next), Kind::Mark(b'-' | b':')) && back.until.is_some();
    let (a, b) = (front.term?, back.term?);
    let quarter = |term: Term| matches!(term.core, Core::Quarter { .. });
    let march = |term: Term| matches!(term.core, Core::Month { month: 3, .. } | Core::Day { month: 3, .. });
    let ends_year = |term: Term| matches!(term.core, Core::FinancialYear { .. }) && term.edge == Edge::End;
    let half = matches!(a.core, Core::Half { .. }) && back.until.is_some();
    let year_end = ends_year(a) && march(b) || march(a) && ends_year(b);
    // "1 April 2018 (18/19)": the year that it falls into.
    let within = matches!(b.core, Core::FinancialYear { count: 1, .. })
        && matches!(a.core, Core::Day { .. } | Core::Month { .. })
        && b.core.year().is_some_and(|first| a.core.in_financial_year(first) == a.core);
    if !(bracketed && (quarter(a) || quarter(b) || half || year_end || within) || dashed && (quarter(a) || half)) {
        return None;
    }
    let core = match (a.core.year(), b.core.year().or_else(|| back.until?.core.year())) {
        (None, Some(year)) => nearest(a.core, month_count(b.core, year)),
        _ => a.core,
    };
    Some(Phrase { next: back.next + usize::from(bracketed), term: Some(Term { core, ..a }), ..*front })
}

/// Gives every phrase its year: from its own other end, its neighbours in a list, the document, or the rest of the cell.
fn settle(phrases: &mut Phrases, tokens: &Tokens<'_>, context: &DateContext) {
    for phrase in phrases.iter_mut() {
        settle_ends(phrase);
    }
    for at in (1..phrases.len()).rev() {
        lend(phrases, at, at - 1, tokens, latest_before);
    }
    for at in 1..phrases.len() {
        lend(phrases, at - 1, at, tokens, earliest_after);
    }
    let known: Option<Core> =
        phrases.iter().filter_map(|phrase| phrase.term).map(|term| term.core).find(|core| core.year().is_some());
    let mut before: Option<Phrase> = None;
    for phrase in phrases.iter_mut() {
        let last = before.replace(*phrase);
        let Some(term) = phrase.term.filter(|term| term.core.year().is_none()) else {
            continue;
        };
        // "Oct and April" is in that order.
        let listed = last.filter(|last| last.inferred && last.until.is_none() && are_joined(last, phrase, tokens));
        let ahead = (phrase.first.saturating_sub(1)..phrase.next).any(|at| tokens.is(at, Word::Next));
        let beside = known.and_then(|core| core.year().map(|year| month_count(core, year)));
        let next = context.dated.filter(|_| ahead).and_then(|dated| after(term.core, dated));
        let core = next.or_else(|| from_context(term.core, context)).or_else(|| beside.map(|months| nearest(term.core, months)));
        let core = core.map(|core| listed.and_then(|last| Some(earliest_after(core, last.term?.core))).unwrap_or(core));
        if let Some(core) = core {
            phrase.term = Some(Term { core, ..term });
            phrase.inferred = true;
            // "next" is a part of what says so.
            let front = phrase.first.saturating_sub(1);
            if next.is_some() && front < phrase.first && tokens.slice(front, phrase.first).eq_ignore_ascii_case("next") {
                phrase.first = front;
            }
            settle_ends(phrase);
            before = Some(*phrase);
        }
    }
}

/// One end of a range takes the other's year.
fn settle_ends(phrase: &mut Phrase) {
    let (Some(start), Some(end)) = (phrase.term, phrase.until) else {
        return;
    };
    match (start.core.year(), end.core.year()) {
        (None, Some(_)) => {
            // The end of a year is not its beginning: "year end - June 18" begins in March 2018.
            let (begins, years) = start.begins();
            let core = latest_before(begins, end.core).year().map_or(start.core, |year| start.core.in_year(year - years));
            phrase.term = Some(Term { core, ..start });
        }
        (Some(_), None) => phrase.until = Some(Term { core: earliest_after(end.core, start.begins().0), ..end }),
        _ => {}
    }
}

/// Phrase `from` lends its year to phrase `to` beside it, where only a comma, "and" or the like stands between.
fn lend(phrases: &mut Phrases, from: usize, to: usize, tokens: &Tokens<'_>, placed: fn(Core, Core) -> Core) {
    let (Some(lender), Some(taker)) = (phrases.get(from).copied(), phrases.get(to).copied()) else {
        return;
    };
    let (Some(given), Some(term)) = (lender.term, taker.term) else {
        return;
    };
    if are_joined(&lender, &taker, tokens) && term.core.year().is_none() && given.core.year().is_some() {
        let core = placed(term.core, given.core);
        if let Some(taker) = phrases.get_mut(to) {
            taker.term = Some(Term { core, ..term });
            settle_ends(taker);
        }
    }
}

/// Whether only a comma, "and" or the like stands between two phrases.
fn are_joined(one: &Phrase, other: &Phrase, tokens: &Tokens<'_>) -> bool {
    let mut between = one.next.min(other.next)..one.first.max(other.first);
    between
        .all(|at| matches!(tokens.kind(at), Kind::Word(Word::And | Word::Or | Word::The) | Kind::Mark(b',' | b'&' | b'/' | b'+')))
}

/// `core` in the last year in which it does not begin after the end of `limit`.
fn latest_before(core: Core, limit: Core) -> Core {
    let Some(year) = limit.year() else {
        return core;
    };
    let fits = |year: &i32| core.in_year(*year).index() <= limit.last_index();
    core.in_year([year + 1, year, year - 1].into_iter().find(fits).unwrap_or(year))
}

/// `core` in the first year in which it does not end before the beginning of `limit`.
fn earliest_after(core: Core, limit: Core) -> Core {
    let Some(year) = limit.year() else {
        return core;
    };
    let fits = |year: &i32| core.in_year(*year).last_index() >= limit.index();
    core.in_year([year - 1, year, year + 1].into_iter().find(fits).unwrap_or(year))
}

/// Months from year 0 to the middle of `core` in `year`.
fn month_count(core: Core, year: i32) -> i32 {
    year * 12 + core.middle()
}

/// `core` in the year in which it lies nearest to a month; of two as near, the later.
fn nearest(core: Core, months: i32) -> Core {
    let year = months.div_euclid(12);
    let distance = |year: &i32| (month_count(core, *year) - months).abs();
    core.in_year([year + 1, year, year - 1].into_iter().min_by_key(distance).unwrap_or(year))
}

/// "Next April": the first one after the month `dated`. Periods that the document's own year tells are told by it.
fn after(core: Core, dated: YearMonth) -> Option<Core> {
    let months = dated.year * 12 + i32::from(dated.month);
    let part = matches!(core, Core::Day { .. } | Core::Month { .. } | Core::Season { .. });
    (dated.year - 1..=dated.year + 1).map(|year| core.in_year(year)).find(|core| part && count(*core) > months)
}

fn from_context(core: Core, context: &DateContext) -> Option<Core> {
    let first = context.financial_year;
    let months = context.dated.map(|YearMonth { year, month }| year * 12 + i32::from(month));
    let near = months.map(|months| nearest(core, months));
    match core {
        Core::Quarter { .. } | Core::Half { .. } | Core::FinancialYear { .. } => first.map(|year| core.in_year(year)).or(near),
        // What is planned for Easter is planned for the next one.
        Core::Easter { .. } if near.is_some_and(|near| months.is_some_and(|months| count(near) < months)) => {
            near.and_then(|near| near.year().map(|year| near.in_year(year + 1)))
        }
        Core::Year { .. } => context.dated.map(|dated| dated.year).or(first).map(|year| core.in_year(year)),
        _ => {
            let planned = first.map(|first| core.in_financial_year(first));
            match (near, planned, months) {
                // What the plan's own year still holds ahead is not what passed before that year: in a plan of May 2017 for
                // 2017/18, "31st March" is that of 2018.
                (Some(near), Some(planned), Some(months)) if count(near) < count(planned) && count(planned) > months => {
                    Some(planned)
                }
                (near, planned, _) => near.or(planned),
            }
        }
    }
}

fn count(core: Core) -> i32 {
    core.year().map_or(0, |year| month_count(core, year))
}

fn reading(phrase: &Phrase, tokens: &Tokens<'_>) -> DateReading {
    let raw = tokens.slice(phrase.first, phrase.next);
    let mut issues = Vec::new();
    let edtf = phrase.term.map(|term| write(phrase, term, &mut issues));
    let read = || edtf.clone().unwrap_or_else(|| "ongoing".to_owned());
    for issue in &mut issues {
        if let DateIssue::ImpossibleDay { read: text, .. } = issue {
            *text = read();
        }
    }
    if phrase.inferred {
        issues.push(DateIssue::YearInferred { raw: raw.to_owned(), read: read() });
    }
    if let Some((token, word)) = phrase.misspelt {
        issues.push(DateIssue::Misspelt { raw: tokens.slice(token, token + 1).to_owned(), read: word });
    }
    if phrase.torn {
        issues.push(DateIssue::Torn { raw: raw.to_owned(), read: read() });
    }
    DateReading { raw: raw.to_owned(), edtf, ongoing: phrase.term.is_none(), issues }
}

/// Writes the phrase, whose date is `term`; impossible days go to `issues`.
fn write(phrase: &Phrase, term: Term, issues: &mut Vec<DateIssue>) -> String {
    let (mut first, mut last) = ends(term, issues);
    match phrase.week {
        Week::Commencing => last = last.moved(6),
        Week::Ending => first = first.moved(-6),
        Week::None => {}
    }
    let mut until = phrase.until.map(|until| ends(until, issues).1);
    if until.is_none() && matches!(phrase.bound, Bound::None | Bound::From) {
        until = phrase.lasting.and_then(|lasting| first.after(lasting));
    }
    last = until.unwrap_or(last);
    let bound = match phrase.bound {
        Bound::None if phrase.until.is_none() && term.edge == Edge::End => Bound::By,
        Bound::From if until.is_some() => Bound::None,
        bound => bound,
    };
    let mut out = String::with_capacity(22);
    match bound {
        Bound::By => {
            out.push_str("../");
            last.write(&mut out);
        }
        Bound::Before => {
            out.push_str("../");
            first.write(&mut out);
        }
        Bound::From => {
            first.write(&mut out);
            out.push_str("/..");
        }
        Bound::None => {
            first.write(&mut out);
            if first != last {
                out.push('/');
                last.write(&mut out);
            }
        }
    }
    out
}

fn ends(term: Term, issues: &mut Vec<DateIssue>) -> (Point, Point) {
    let (core, impossible) = term.core.without_impossible_day();
    if let (Core::Month { year, month }, Some(day)) = (core, impossible) {
        issues.push(DateIssue::ImpossibleDay { day, month, year, read: String::new() });
    }
    let (first, last) = core.points();
    match term.edge {
        Edge::None => (first, last),
        Edge::About => (first.about(), last.about()),
        // A day that does not exist was meant as the end of its month; the month says as much.
        Edge::End if impossible.is_some() || matches!(last.part, Part::Season(_)) => (last, last),
        Edge::End => (last.last_day(), last.last_day()),
    }
}
