//! Dates that share a month or a year: lists of days, and ranges.

use smallvec::SmallVec;

use super::lex::Kind;
use super::phrase::Bound;
use super::phrase::Core;
use super::phrase::Edge;
use super::phrase::Phrase;
use super::phrase::Term;
use super::phrase::Week;
use super::prefix::Prefix;
use super::reader::Found;
use super::reader::Reader;
use super::reader::Weak;
use super::scan::Phrases;
use super::words::Word;

/// Most days that one list ("1st, 8th and 15th June") may have.
const MOST_DAYS: usize = 8;

/// Days of a list, each with its token.
type Days = SmallVec<[(usize, u8); MOST_DAYS]>;

impl Reader<'_> {
    /// Several days of one month: "1-5 May 2018" is one range, "1st, 8th and 15th June" three dates.
    pub(super) fn days(&self, at: usize, prefix: &Prefix, out: &mut Phrases) -> Option<usize> {
        let first = prefix.next;
        let number = self.tokens.number(first)?;
        if !self.free(first) || (self.labelled(first) && !number.ordinal) {
            return None;
        }
        let mut days = Days::new();
        days.push((first, number.day()?));
        let mut next = first + 1;
        let (found, range) = loop {
            let (after, range) = self.joins_days(next, prefix.between)?;
            if self.tokens.mark(next, b'-')
                && self.tokens.glued(next)
                && self.tokens.glued(after)
                && let Some(found) = self.day_month_year(after)
            {
                break (found, true);
            }
            if let Some(found) = self.day_and_month(after) {
                // "Draft 4, 12th January" is no list.
                let ordinal = self.tokens.number(after).is_some_and(|day| day.ordinal);
                if ordinal != number.ordinal && self.tokens.mark(next, b',') {
                    return None;
                }
                break (found, range);
            }
            if range || days.len() == MOST_DAYS {
                return None;
            }
            let more = self.tokens.number(after)?;
            days.push((after, more.day()?));
            next = after + 1;
        };
        if range { Self::day_range(at, prefix, &days, &found, out) } else { self.day_list(at, prefix, &days, &found, out) }
    }

    /// Adds the range from the one day in `days` to the day `found`.
    fn day_range(at: usize, prefix: &Prefix, days: &Days, found: &Found, out: &mut Phrases) -> Option<usize> {
        let Core::Day { year, month, day: last } = found.core else {
            return None;
        };
        let (_, day) = *days.first().filter(|(_, day)| days.len() == 1 && *day <= last)?;
        let until = Some(Term { core: found.core, edge: Edge::None });
        let start = Found { core: Core::Day { year, month, day }, ..*found };
        out.push(Phrase { until, ..prefix.phrase(at, &start) });
        Some(found.next)
    }

    /// Adds each of `days`, which share the month of the last one, `found`, and that one.
    fn day_list(&self, at: usize, prefix: &Prefix, days: &Days, found: &Found, out: &mut Phrases) -> Option<usize> {
        let Core::Day { year, month, .. } = found.core else {
            return None;
        };
        for (token, day) in days {
            let start = if *token == prefix.next { at } else { *token };
            let one = Found { core: Core::Day { year, month, day: *day }, ..*found };
            out.push(Phrase { next: token + 1, ..prefix.phrase(start, &one) });
        }
        let start = days.last().map_or(at, |(token, _)| self.tokens.next_number(token + 1));
        out.push(prefix.phrase(start, found));
        Some(found.next)
    }

    /// The token after what joins two days at `at`, and whether it makes them a range.
    fn joins_days(&self, at: usize, between: bool) -> Option<(usize, bool)> {
        let and = |at| usize::from(self.tokens.is(at, Word::And));
        match self.tokens.kind(at) {
            Kind::Mark(b'-' | b'/') | Kind::Word(Word::To | Word::Until) => Some((at + 1, true)),
            Kind::Word(Word::And) => Some((at + 1, between)),
            Kind::Mark(b',') => Some((at + 1 + and(at + 1), false)),
            Kind::Mark(b'&') | Kind::Word(Word::Or) => Some((at + 1, false)),
            _ => None,
        }
    }

    /// The end of a range that `start` begins, where one follows.
    pub(super) fn range(&self, start: &Found, front: &Prefix) -> Option<(Term, Found)> {
        let (at, slash) = self.joins_range(start.next, front.between).filter(|_| !self.moves(start.next))?;
        // The hyphens of a list begin its lines, and the first line too; that of a range that was wrapped does not.
        if self.tokens.mark(0, b'-') && self.tokens.begins_line(at - 1) {
            return None;
        }
        if let Core::Quarter { quarter, .. } = start.core
            && let Some(found) = self.later_quarter(quarter, at)
        {
            return Some((Term { core: found.core, edge: Edge::None }, found));
        }
        let mut prefix = self.prefix(at).unwrap_or_else(|| Prefix::none(at));
        if prefix.bound != Bound::None || prefix.week != Week::None || prefix.between {
            return None;
        }
        // "End of Jan / early Feb" is either of two.
        if slash && front.edge == Edge::End && prefix.edge == Edge::About {
            return None;
        }
        while matches!(self.tokens.kind(prefix.next), Kind::Word(Word::The | Word::Weekday)) {
            prefix.next += 1;
        }
        let found = self.core(prefix.next, prefix.edge == Edge::End)?;
        let days = !slash && matches!((start.core, found.core), (Core::Day { .. }, Core::Day { .. })) && self.closes(found.next);
        // "Quarter 2 - July to September": the months say the quarter once more.
        let months = matches!((start.core, found.core), (Core::Quarter { .. } | Core::Half { .. }, Core::Month { .. }));
        if months && self.joins_range(found.next, false).is_some_and(|(next, _)| self.month_at(next).is_some()) {
            return None;
        }
        let found = if slash { self.last_of_months(start.core, found) } else { found };
        // "26/7 - 10/8": the first can only be a day, so the second is one too.
        let share = found.weak == Weak::Fraction && !(days && start.weak == Weak::Numbers);
        let plain = share || (found.weak == Weak::Numbers && start.weak != Weak::Numbers && !days);
        let number = matches!(found.weak, Weak::Year | Weak::FinancialYear) && !self.closes(found.next);
        let month = found.weak == Weak::Month && !self.month_stands(prefix.next, found.next);
        // "June/July 2017" is a range; two whole dates with a slash between are two dates.
        let apart = slash
            && !are_next_months(start.core, found.core)
            && !(front.edge == Edge::About && prefix.edge == Edge::About)
            && (start.core.year().is_some() || !same_kind(start.core, found.core));
        let begins = Term { core: start.core, edge: if start.end { Edge::End } else { front.edge } }.begins().0;
        let backwards = matches!((begins.index(), found.core.last_index()), (Some(a), Some(b)) if b < a);
        if plain || number || month || apart || backwards {
            return None;
        }
        let edge = if found.end { Edge::End } else { prefix.edge };
        Some((Term { core: found.core, edge }, found))
    }

    /// The last of months that follow each other with slashes between: "December" of "Oct/Nov/Dec 18", where `found` is the
    /// second.
    fn last_of_months(&self, start: Core, mut found: Found) -> Found {
        let next =
            |a: Core, b: Core| matches!((a, b), (Core::Month { month: a, .. }, Core::Month { month: b, .. }) if b == a % 12 + 1);
        let mut before = start;
        while next(before, found.core)
            && self.tokens.mark(found.next, b'/')
            && let Some(later) = self.core(found.next + 1, false).filter(|later| next(found.core, later.core))
        {
            before = found.core;
            found = later;
        }
        found
    }

    /// The token after what joins the two ends of a range at `at`, and whether it is a slash.
    fn joins_range(&self, at: usize, between: bool) -> Option<(usize, bool)> {
        match self.tokens.kind(at) {
            Kind::Mark(b'-') | Kind::Word(Word::To | Word::Until) => Some((at + 1, false)),
            Kind::Word(Word::Through) => Some((at + 1 + usize::from(self.tokens.is(at + 1, Word::To)), false)),
            Kind::Word(Word::And) | Kind::Mark(b'&') if between => Some((at + 1, false)),
            Kind::Mark(b'/') => Some((at + 1, true)),
            _ => None,
        }
    }
}

/// Whether two months of known years follow each other: "Dec 17/Jan 18" is a range like "Dec/Jan".
fn are_next_months(a: Core, b: Core) -> bool {
    let (Core::Month { year: Some(year), month }, Core::Month { year: Some(later), month: next }) = (a, b) else {
        return false;
    };
    (later * 12 + i32::from(next)) - (year * 12 + i32::from(month)) == 1
}

fn same_kind(a: Core, b: Core) -> bool {
    matches!(
        (a, b),
        (Core::Month { .. }, Core::Month { .. })
            | (Core::Season { .. }, Core::Season { .. })
            | (Core::Quarter { .. }, Core::Quarter { .. })
    )
}
