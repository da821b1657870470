//! Dates with a month's name: "1st July 2017", "Jun-17", "October 17, 2017", "Apirl 19".

use super::lex::Kind;
use super::lex::Number;
use super::numeric::short_year;
use super::phrase::Core;
use super::reader::Found;
use super::reader::Reader;
use super::reader::Weak;
use super::words::Word;
use super::words::classify;
use super::words::misspelt_long_month;
use super::words::misspelt_month;
use super::words::misspelt_month_of_year;
use super::words::month_name;

/// A month's name in the tokens up to `next`.
#[derive(Clone, Copy, Debug)]
pub(super) struct MonthAt {
    /// 1 to 12.
    pub(super) number: u8,
    pub(super) next: usize,
    short: bool,
    torn: bool,
    misspelt: Option<(usize, &'static str)>,
}

/// What stands between a month and its year.
struct Link {
    next: usize,
    /// A hyphen or slash.
    joined: bool,
    /// A comma or "of", after which a small number may be a new clause's.
    apart: bool,
    /// An apostrophe, which only a year has.
    quoted: bool,
}

impl Reader<'_> {
    /// A month's name at `at`, whole or torn by a blank.
    pub(super) fn month_at(&self, at: usize) -> Option<MonthAt> {
        let Kind::Word(word) = self.tokens.kind(at) else {
            return None;
        };
        let hit = |number, next, short, torn| MonthAt { number, next, short, torn, misspelt: None };
        match word {
            Word::Month { number, short } => match self.torn_month(at).filter(|_| short) {
                Some((number, next)) => Some(hit(number, next, false, true)),
                None => Some(hit(number, at + 1, short, false)),
            },
            Word::Other | Word::Letter(_) | Word::No => self.torn_month(at).map(|(number, next)| hit(number, next, false, true)),
            _ => None,
        }
    }

    /// The month whose name is the two or three words from `at` on, put together, and the token after it: "Septem ber", "Nov
    /// emb er", and "Se pt" in front of a number.
    fn torn_month(&self, at: usize) -> Option<(u8, usize)> {
        let mut whole = [0u8; 9];
        let mut length = 0;
        for next in at + 1..=at + 3 {
            let rest = matches!(self.tokens.kind(next - 1), Kind::Word(Word::Other | Word::Letter(_)));
            if next > at + 1 && !rest {
                return None;
            }
            let piece = self.tokens.slice(next - 1, next).as_bytes();
            for (to, from) in whole.get_mut(length..length + piece.len())?.iter_mut().zip(piece) {
                *to = *from;
            }
            length += piece.len();
            if next > at + 1
                && let Word::Month { number, short } = classify(whole.get(..length).unwrap_or_default())
            {
                let dash = usize::from(matches!(self.tokens.kind(next), Kind::Mark(b'-' | b'/' | b'\'')));
                // "Ma r ch" is March, and no March with "ch" behind it.
                if !short || self.tokens.number(next + dash).is_some() {
                    return Some((number, next));
                }
            }
        }
        None
    }

    /// A month's name at `at` with a slip in it; the caller must have seen something else that makes it a date.
    fn misspelt_at(&self, at: usize) -> Option<MonthAt> {
        if !self.tokens.is(at, Word::Other) {
            return None;
        }
        let word = self.tokens.slice(at, at + 1);
        let year = self.tokens.number(at + 1);
        let number = if year.is_some_and(|number| number.full_year().is_some()) {
            misspelt_month_of_year(word)?
        } else if year.is_some_and(|number| number.digits == 2 && self.likely_year(number.value)) {
            misspelt_month(word).or_else(|| misspelt_long_month(word))?
        } else {
            misspelt_month(word)?
        };
        let misspelt = Some((at, month_name(number)));
        Some(MonthAt { number, next: at + 1, short: true, torn: false, misspelt })
    }

    /// A date that begins with the month at `at`.
    pub(super) fn month_core(&self, at: usize) -> Option<Found> {
        if let Some(month) = self.month_at(at) {
            return Some(self.with_year(month, None));
        }
        let month = self.misspelt_at(at)?;
        let found = self.with_year(month, None);
        // A long name is one even without a year where nothing but qualifiers stands beside it: "by Sepember".
        let alone = self.tokens.len() == found.next && month_name(month.number).len() > 5 && self.led_by_qualifiers(at);
        let dated = matches!(found.core, Core::Month { year: Some(_), .. }) && !self.plain_word(found.next);
        (alone || dated).then_some(found)
    }

    /// Whether the tokens before `at` are at most the words in front of a date.
    fn led_by_qualifiers(&self, at: usize) -> bool {
        at == 0 || self.prefix(0).is_some_and(|prefix| prefix.next == at)
    }

    /// A day and its month at `at`: "5th June", "5 of June 2017", "5-Jun-17".
    pub(super) fn day_and_month(&self, at: usize) -> Option<Found> {
        let number = self.tokens.number(at)?;
        if let Some(day) = self.torn_day(at, number) {
            let found = self.with_year(self.month_at(at + 2)?, Some(day));
            return Some(Found { torn: true, ..found });
        }
        let day = number.day()?;
        let mut month_at = at + 1;
        let mut dotted = false;
        match self.tokens.kind(month_at) {
            Kind::Word(Word::Of) => month_at += 1 + usize::from(self.tokens.is(month_at + 1, Word::The)),
            Kind::Mark(mark @ (b'-' | b'/' | b'.' | b',')) if self.tokens.glued(month_at) && self.tokens.glued(month_at + 1) => {
                dotted = mark == b'.';
                month_at += 1;
            }
            // "30th. November 2017"
            Kind::Mark(b'.') if number.ordinal => month_at += 1,
            _ => {}
        }
        if let Some(month) = self.month_at(month_at) {
            // "1.June 2018" is the first of a list, "5.Jun.17" a date.
            if dotted && !(self.tokens.mark(month.next, b'.') && self.tokens.number(month.next + 1).is_some()) {
                return None;
            }
            let found = self.with_year(month, Some(day));
            // "10 may be discharged"
            let verb = month.number == 5 && !self.tokens.capital(month_at) && found.core.year().is_none();
            return (!verb || self.closes(found.next)).then_some(found);
        }
        let month = self.misspelt_at(month_at)?;
        let found = self.with_year(month, Some(day));
        (found.core.year().is_some() || (month.number >= 8 && self.closes(found.next))).then_some(found)
    }

    /// The day of "3 1st March", where `number` begins a clause.
    fn torn_day(&self, at: usize, number: Number) -> Option<u8> {
        let rest = self.tokens.number(at + 1).filter(|rest| rest.ordinal && rest.digits == 1)?;
        let day = u8::try_from(number.value.checked_mul(10)?.checked_add(rest.value)?).ok()?;
        (number.digits == 1 && !number.ordinal && self.opens(at) && (10..=31).contains(&day)).then_some(day)
    }

    /// The date that `month`, with the `day` in front of it, makes with what follows.
    pub(super) fn with_year(&self, month: MonthAt, day: Option<u8>) -> Found {
        let core = |year| match day {
            Some(day) => Core::Day { year, month: month.number, day },
            None => Core::Month { year, month: month.number },
        };
        let link = self.link(&month);
        let holiday = || self.holiday(month.next).filter(|_| day.is_none());
        let found = if let Some((year, next, _)) = holiday().and_then(|behind| self.full_year_at(behind)) {
            Found { certain: true, ..Found::new(core(Some(year)), next) }
        } else if let Some((year, next)) = self.bracketed_year(month.next) {
            Found { certain: true, ..Found::new(core(Some(year)), next) }
        } else if let Some(year) = self.financial_year_at(link.next).filter(|year| year.full || !link.joined) {
            Found::new(core(None).in_financial_year(year.first), year.next)
        } else if let Some((year, next, torn)) = self.full_year_at(link.next) {
            Found { certain: true, torn, ..Found::new(core(Some(year)), next) }
        } else {
            let short = match day {
                Some(_) => self.year_after_day(&link, core),
                None => self.number_after_month(&link, month.number),
            };
            let weak = if day.is_some() { Weak::No } else { Weak::Month };
            short.unwrap_or_else(|| Found::weak(core(None), month.next, weak))
        };
        Found {
            misspelt: month.misspelt,
            torn: found.torn || month.torn,
            certain: found.certain && month.misspelt.is_none(),
            ..found
        }
    }

    /// "(2017)" at `at`.
    fn bracketed_year(&self, at: usize) -> Option<(i32, usize)> {
        let year = self.tokens.number(at + 1)?.full_year()?;
        (self.tokens.mark(at, b'(') && self.tokens.mark(at + 2, b')')).then_some((year, at + 3))
    }

    fn link(&self, month: &MonthAt) -> Link {
        let at = month.next;
        let close = self.tokens.glued(at) || self.tokens.glued(at + 1);
        let (mut joined, mut apart) = (false, false);
        let mut next = match self.tokens.kind(at) {
            Kind::Mark(b'.') if self.tokens.glued(at) && (month.short || self.full_year_at(at + 1).is_some()) => at + 1,
            Kind::Mark(b',') | Kind::Word(Word::Of) => {
                apart = true;
                at + 1
            }
            Kind::Mark(b'-' | b'/') if close || self.full_year_at(at + 1).is_some() => {
                joined = true;
                at + 1
            }
            _ => at,
        };
        let quoted = self.tokens.mark(next, b'\'') && self.tokens.glued(next + 1);
        next += usize::from(quoted);
        Link { next, joined, apart, quoted }
    }

    /// A year of four digits at `at`, or one torn by a blank ("20 17"), and whether it was.
    pub(super) fn full_year_at(&self, at: usize) -> Option<(i32, usize, bool)> {
        let number = self.tokens.number(at)?;
        if let Some(year) = number.full_year() {
            return Some((year, at + 1, false));
        }
        let rest = self.tokens.number(at + 1).filter(|rest| !rest.ordinal && !number.ordinal)?;
        let century = match (number.digits, rest.digits) {
            (1, 3) => number.value == 2,
            (2, 2) => number.value == 20,
            (3, 1) => (200..205).contains(&number.value),
            _ => false,
        };
        let value = number.value.checked_mul(10u32.checked_pow(u32::from(rest.digits))?)?;
        let year = i32::try_from(value.checked_add(rest.value)?).ok()?;
        // "20 17" in front of a month or a further mark is a count and a day.
        let more = self.month_at(at + 2).is_some() || self.measured(at + 2) || self.continued(at + 2, b'/');
        (century && (2000..2050).contains(&year) && !more).then_some((year, at + 2, true))
    }

    /// The number of at most two digits at `at`, the token after it, and whether it was closed up, which only the end of a
    /// clause allows.
    fn short_number(&self, at: usize) -> Option<(Number, usize, bool)> {
        let (whole, next) = self.torn_number(at)?;
        match next - at {
            2 if self.closes(next) => Some((whole, next, true)),
            _ => Some((self.tokens.number(at)?, at + 1, false)),
        }
    }

    /// Two digits after day and month, which with their year are `core`: "4 Jan 13".
    fn year_after_day(&self, link: &Link, core: impl Fn(Option<i32>) -> Core) -> Option<Found> {
        let (number, next, torn) = self.short_number(link.next)?;
        let year = short_year(number).filter(|year| (2000..2050).contains(year))?;
        // "30 June 17 July 2018": the second number is the next day's.
        let day_of_next = !link.joined && number.day().is_some() && self.month_at(next).is_some();
        let count = self.plain_word(next) && (link.apart || !self.likely_year(number.value));
        let year_only = !day_of_next && !count && !self.measured(next);
        (link.quoted || year_only).then(|| Found { torn, certain: true, ..Found::new(core(Some(year)), next) })
    }

    /// Two digits, or one, after a month: a year ("Oct 17"), or a day ("Oct 5", "October 17, 2017").
    fn number_after_month(&self, link: &Link, month: u8) -> Option<Found> {
        let (number, next, torn) = self.short_number(link.next)?;
        let day = number.day().filter(|_| !link.quoted);
        if let Some(day) = day.filter(|_| !link.joined)
            && let Some((year, next)) = self.year_after_american_day(next)
        {
            return Some(Found { certain: true, ..Found::new(Core::Day { year: Some(year), month, day }, next) });
        }
        if self.measured(next) {
            return None;
        }
        // "10 homes by Oct, 20 by Dec"
        let count = self.plain_word(next) || link.apart && self.tokens.is(next, Word::By);
        let other = number.ordinal || (link.apart && count);
        if !other && (link.quoted || self.is_year(number, link.joined)) {
            // "In July 17 patients" has no year that is certain.
            let core = Core::Month { year: Some(short_year(number)?), month };
            return Some(Found { torn, certain: !count, ..Found::new(core, next) });
        }
        let day = day.filter(|_| number.ordinal || !count)?;
        Some(Found { torn, ..Found::new(Core::Day { year: None, month, day }, next) })
    }

    /// The year of "October 17, 2017" at `at`, after the day.
    fn year_after_american_day(&self, at: usize) -> Option<(i32, usize)> {
        let at = at + usize::from(self.tokens.mark(at, b','));
        let year = self.tokens.number(at)?.full_year()?;
        self.financial_year_at(at).is_none().then_some((year, at + 1))
    }

    /// Whether the number after a month is its year.
    fn is_year(&self, number: Number, joined: bool) -> bool {
        if number.digits != 2 || number.value >= 50 {
            return false;
        }
        if number.value > 31 {
            return true;
        }
        if self.context.month_and_day && !joined {
            return false;
        }
        // Spreadsheets show months as "Jun-17"; below 9 it is rather the day of "Jun-05", and from 30 on that of "Jan-31" where
        // no plan looks so far ahead.
        let far = number.value >= 30 && !self.is_near(number.value);
        if joined || self.context.month_and_year { number.value >= 9 && !far } else { self.likely_year(number.value) }
    }
}
