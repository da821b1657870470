//! Dates of numbers alone: "31.12.17", "2018-07-12", "10/2017", "2018/19", and "30.1 1.18" with its blank closed.

use super::lex::Kind;
use super::lex::Number;
use super::phrase::Core;
use super::reader::Found;
use super::reader::Reader;
use super::reader::Weak;
use super::words::Word;

/// A financial year in the tokens up to `next`.
#[derive(Clone, Copy, Debug)]
pub(super) struct FinancialYear {
    /// The calendar year in which it begins.
    pub(super) first: i32,
    /// How many follow each other ("2017-19" is two).
    pub(super) count: i32,
    pub(super) next: usize,
    /// Whether the first year is written with four digits.
    pub(super) full: bool,
}

impl Reader<'_> {
    /// A date that begins with the number at `at`; the caller has seen that nothing is glued to its front.
    pub(super) fn number_core(&self, at: usize) -> Option<Found> {
        let number = self.tokens.number(at)?;
        if number.digits > 4 {
            return None;
        }
        if number.digits == 4 {
            return self.year_first(at, number);
        }
        let whole = self.day_month_year(at).or_else(|| self.torn(at)).or_else(|| self.blanks_between());
        if whole.is_some() || (self.labelled(at) && !number.ordinal) {
            return whole;
        }
        self.day_and_month(at)
            .or_else(|| self.month_and_full_year(at, number))
            .or_else(|| self.financial_year_core(at))
            .or_else(|| self.two_numbers(at, number))
    }

    /// "2018-07-12", "2018-07", "2018/19", "2018 October", "2018".
    fn year_first(&self, at: usize, number: Number) -> Option<Found> {
        let year = number.full_year()?;
        if let Some(found) = self.iso_day(at, year) {
            return Some(found);
        }
        if self.labelled(at) {
            return None;
        }
        if let Some(found) = self.financial_year_core(at) {
            return Some(found);
        }
        if let Some(month) = self.glued_number(at + 1, b"-/").filter(|month| month.digits == 2)
            && let Some(month) = month_of(month)
        {
            return Some(Found::new(Core::Month { year: Some(year), month }, at + 3));
        }
        if let Some(month) = self.month_at(at + 1)
            && self.tokens.number(month.next).is_none()
            && !self.tokens.mark(month.next, b'\'')
        {
            return Some(Found::new(Core::Month { year: Some(year), month: month.number }, month.next));
        }
        // "2018 Q3", "2020 Spring"
        if let Some((core, next)) = self.part_after(at + 1) {
            return Some(Found::new(core.in_year(year), next));
        }
        if let Kind::Word(Word::Season(code)) = self.tokens.kind(at + 1)
            && self.closes(at + 2)
        {
            return Some(Found::new(Core::Season { year: Some(year), code }, at + 2));
        }
        // "2018ABC", "2018:1", "2018.5" and "2018/7/x" are no years.
        let odd = self.tokens.glued(at + 1)
            && (matches!(self.tokens.kind(at + 1), Kind::Word(Word::Other | Word::Letter(_)))
                || self.glued_number(at + 1, b"/:.,").is_some());
        (!odd).then(|| Found::weak(Core::Year { year: Some(year) }, at + 1, Weak::Year))
    }

    fn iso_day(&self, at: usize, year: i32) -> Option<Found> {
        let Kind::Mark(mark @ (b'-' | b'/' | b'.')) = self.tokens.kind(at + 1) else {
            return None;
        };
        let month = month_of(self.glued_number(at + 1, &[mark])?)?;
        let day = self.glued_number(at + 3, &[mark])?;
        let day = u8::try_from(day.value).ok().filter(|value| *value <= 31 && day.digits <= 2)?;
        if self.continued(at + 5, mark) {
            return None;
        }
        Some(Found { certain: true, ..Found::new(Core::Day { year: Some(year), month, day }, at + 5) })
    }

    /// The number after one of `marks` at `at`, all without blanks.
    fn glued_number(&self, at: usize, marks: &[u8]) -> Option<Number> {
        let Kind::Mark(mark) = self.tokens.kind(at) else {
            return None;
        };
        let number = self.tokens.number(at + 1)?;
        (marks.contains(&mark) && self.tokens.glued(at) && self.tokens.glued(at + 1) && !number.ordinal).then_some(number)
    }

    /// The separator at `at`, doubled or not, and the number that follows it, without blanks.
    fn separated(&self, at: usize) -> Option<(u8, usize, Number)> {
        let Kind::Mark(mark @ (b'/' | b'.' | b'-')) = self.tokens.kind(at) else {
            return None;
        };
        let again = matches!(self.tokens.kind(at + 1), Kind::Mark(b'/' | b'.')) && mark != b'-';
        let doubled = (again || self.tokens.mark(at + 1, mark)) && self.tokens.glued(at + 1);
        let at = at + usize::from(doubled);
        let Kind::Mark(mark) = self.tokens.kind(at) else {
            return None;
        };
        Some((mark, at + 1, self.glued_number(at, &[mark])?)).filter(|_| self.tokens.glued(at))
    }

    /// "31.12.17", "31/12/2017", "31-12-17".
    pub(super) fn day_month_year(&self, at: usize) -> Option<Found> {
        let day = self.tokens.number(at)?;
        let (first, middle, month) = self.separated(at + 1)?;
        let (second, last, year) = self.separated(middle + 1)?;
        // "1-5/6/17" is a range of days; a mark that differs is a slip only where the order is plain.
        let mixed = first != second;
        // "15/01-15/04/18" is a range.
        if mixed && first == b'/' && second == b'-' && self.continued(last + 1, b'/') {
            return None;
        }
        let more = [b'/', b'.', b'-'].iter().any(|mark| (mixed || *mark == second) && self.continued(last + 1, *mark));
        if more || (mixed && (first == b'-' || month_of(month).is_none())) {
            return None;
        }
        let padded = day.digits == 2 && month.digits == 2;
        let certain = year.digits == 4 || first == b'/' || (first == b'.' && padded);
        if let Some((year, next, true)) = self.full_year_at(last) {
            let found = Found::new(day_of(day, month, year)?, next);
            return Some(Found { torn: true, certain, ..found });
        }
        // The other order is not taken for a day beside a word and with a short year: "LOS 7/14/21", "7/14/21 day reviews".
        if (at > 0 || matches!(self.tokens.kind(last + 1), Kind::Word(Word::Label | Word::Other)))
            && year.full_year().is_none()
            && month_of(month).is_none()
        {
            return None;
        }
        let year = year.full_year().or_else(|| short_year(year))?;
        Some(Found { certain, ..Found::new(day_of(day, month, year)?, last + 1) })
    }

    /// A day whose numbers a narrow column tore: "30.1 1.18", "30.11. 18".
    fn torn(&self, at: usize) -> Option<Found> {
        let (day, first) = self.torn_number(at)?;
        let Kind::Mark(mark @ (b'.' | b'/' | b'-')) = self.tokens.kind(first) else {
            return None;
        };
        let (month, second) = self.torn_number(first + 1)?;
        if !self.tokens.mark(second, mark) {
            return None;
        }
        let (year, next) = match self.full_year_at(second + 1) {
            Some((year, next, _)) => (year, next),
            None => self.torn_number(second + 1).and_then(|(number, next)| Some((short_year(number)?, next)))?,
        };
        let core = day_of(day, month, year)?;
        let gaps = (at + 1..next).filter(|token| !self.tokens.glued(*token)).count();
        // "2 1.5.17" is a label and a day, unless it is the whole cell.
        let cell = at == 0 && next == self.tokens.len();
        let labelled = !cell && self.day_month_year(at + 1).is_some();
        if gaps == 0 || labelled || self.continued(next, mark) {
            return None;
        }
        // Blanks on both sides of both marks are a habit, not damage.
        let habit = gaps == 4 && next == at + 5;
        Some(Found { torn: !habit, ..Found::new(core, next) })
    }

    /// A number of at most two digits at `at`, closed up where they stand apart.
    pub(super) fn torn_number(&self, at: usize) -> Option<(Number, usize)> {
        let single = |number: &Number| number.digits == 1 && !number.ordinal;
        let number = self.tokens.number(at).filter(|number| number.digits <= 2)?;
        match self.tokens.number(at + 1).filter(single) {
            Some(rest) if single(&number) => {
                Some((Number { value: number.value * 10 + rest.value, digits: 2, ordinal: false }, at + 2))
            }
            _ => Some((number, at + 1)),
        }
    }

    /// "31 12 2017", "31 12 17" where it is the whole text.
    fn blanks_between(&self) -> Option<Found> {
        if self.tokens.len() != 3 {
            return None;
        }
        let (day, month, year) = (self.tokens.number(0)?, self.tokens.number(1)?, self.tokens.number(2)?);
        let padded = day.digits == 2 && month.digits == 2 && self.likely_year(year.value);
        let year = year.full_year().or_else(|| short_year(year).filter(|_| padded))?;
        let core = day_of(day, month, year)?;
        Some(Found::new(core, 3))
    }

    /// "10/2017".
    fn month_and_full_year(&self, at: usize, number: Number) -> Option<Found> {
        let month = month_of(number)?;
        let year = self.glued_number(at + 1, b"/-.")?.full_year()?;
        if self.continued(at + 3, b'/') || self.continued(at + 3, b'.') {
            return None;
        }
        Some(Found::new(Core::Month { year: Some(year), month }, at + 3))
    }

    /// "31/03" (a day), "10/17" (a month): so little that the surroundings must want a date.
    fn two_numbers(&self, at: usize, first: Number) -> Option<Found> {
        let second = self.glued_number(at + 1, b"/.-")?;
        let slash = self.tokens.mark(at + 1, b'/');
        let ranged = self.tokens.mark(at + 3, b'-') && (self.day_month_year(at + 4).is_some() || self.pair_of_days(at + 4));
        let more = !ranged && [b'/', b'.', b'-', b':'].iter().any(|mark| self.continued(at + 3, *mark));
        let letters = self.tokens.glued(at + 3) && matches!(self.tokens.kind(at + 3), Kind::Word(_));
        if first.ordinal || second.digits != 2 && !slash || more || letters || (self.measured(at + 3) && !ranged) {
            return None;
        }
        let padded = second.digits == 2 && (slash || first.digits == 2);
        // "by 12/8" is a day; "12/8" alone may as well be a share, and "6/12" and "14/7" what clinicians write for six months
        // and fourteen days.
        let days = second.value == 7 && first.value.is_multiple_of(7);
        let share = second.digits == 1 && ((1..=12).contains(&first.value) || days) || second.value == 12 && first.digits == 1;
        // "5/7 to 7/7": days of a week.
        let week = second.value == 7 && first.value <= 7 && self.tokens.before(at) == Kind::Word(Word::To);
        if week && at.checked_sub(2).is_some_and(|seven| self.tokens.number(seven).is_some_and(|number| number.value == 7)) {
            return None;
        }
        if slash && share && month_of(second).is_some() {
            let core = Core::Day { year: None, month: month_of(second)?, day: first.day()? };
            return Some(Found::weak(core, at + 3, Weak::Fraction));
        }
        let core = match (first.day(), month_of(first), month_of(second)) {
            // "24/7" is a way of working.
            (Some(24), _, Some(7)) if second.digits == 1 => None,
            (Some(day), _, Some(month)) if padded || (slash && day > 12) => Some(Core::Day { year: None, month, day }),
            (_, Some(month), None) if slash && second.digits == 2 && (13..=40).contains(&second.value) => {
                Some(Core::Month { year: short_year(second), month })
            }
            _ => None,
        }?;
        Some(Found::weak(core, at + 3, Weak::Numbers))
    }

    /// Whether "28/09" ends the text at `at`, the second of "02/07-28/09".
    fn pair_of_days(&self, at: usize) -> bool {
        let day = self.tokens.number(at).and_then(Number::day);
        let month = self.glued_number(at + 1, b"/").filter(|month| month.digits == 2).and_then(month_of);
        day.is_some() && month.is_some() && self.closes(at + 3)
    }

    /// A financial year at `at`: "2018/19", "2018-19", "2018/2019", "18/19", "2017-19".
    pub(super) fn financial_year_at(&self, at: usize) -> Option<FinancialYear> {
        let first = self.tokens.number(at).filter(|number| !number.ordinal)?;
        let Kind::Mark(mark @ (b'/' | b'-')) = self.tokens.kind(at + 1) else {
            return None;
        };
        let second = self.tokens.number(at + 2).filter(|number| !number.ordinal)?;
        if self.continued(at + 3, mark) {
            return None;
        }
        let glued = self.tokens.glued(at + 1) && self.tokens.glued(at + 2);
        let start = first.full_year().or_else(|| short_year(first).filter(|_| glued))?;
        let full = first.digits == 4;
        let end = match second.digits {
            2 => start - start % 100 + i32::try_from(second.value).ok()?,
            4 if full => second.full_year()?,
            // "2018/9"
            1 if full && glued && mark == b'/' => start - start % 10 + i32::try_from(second.value).ok()?,
            _ => return None,
        };
        let end = if end < start { end + if second.digits == 1 { 10 } else { 100 } } else { end };
        let count = end - start;
        // "2017-19" spans two, as two-year plans write it; "2017-2019" and "2015-12" do not.
        let span = full && second.digits == 2 && (2..=4).contains(&count) && second.value > 12;
        // "12/13" may be a day, "17/18" not.
        let single = count == 1 && (full || first.value >= 13);
        (span || single).then_some(FinancialYear { first: start, count, next: at + 3, full })
    }

    fn financial_year_core(&self, at: usize) -> Option<Found> {
        let year = self.financial_year_at(at)?;
        if year.count == 1
            && let Some((core, next)) = self.part_after(year.next)
        {
            return Some(Found::new(core.in_year(year.first), next));
        }
        let core = Core::FinancialYear { year: Some(year.first), count: year.count };
        if let Some(next) = self.year_end_at(year.next) {
            return Some(Found { end: true, ..Found::new(core, next) });
        }
        // "18/19 FY", "2018/19 financial year"
        let called = self.tokens.is(year.next, Word::FinancialYear)
            || self.tokens.is(year.next, Word::Financial) && self.tokens.is(year.next + 1, Word::Year);
        if called && year.count == 1 {
            return Some(Found::new(core, year.next));
        }
        let weak = if year.full { Weak::FinancialYear } else { Weak::Year };
        Some(Found::weak(core, year.next, weak))
    }

    /// "'18": a year after an apostrophe.
    pub(super) fn quoted_year(&self, at: usize) -> Option<Found> {
        let number = self.tokens.number(at + 1).filter(|number| number.digits == 2 && !number.ordinal)?;
        let alone = self.opens(at) && self.closes(at + 2) && self.tokens.glued(at + 1) && !self.tokens.mark(at + 2, b'\'');
        alone.then(|| Found::weak(Core::Year { year: short_year(number) }, at + 2, Weak::Year))
    }
}

/// Two digits as a year from 1970 to 2069; `None` for other numbers.
pub(super) fn short_year(number: Number) -> Option<i32> {
    let value = i32::try_from(number.value).ok()?;
    (number.digits == 2 && !number.ordinal).then_some(if value < 70 { 2000 + value } else { 1900 + value })
}

fn month_of(number: Number) -> Option<u8> {
    let month = u8::try_from(number.value).ok()?;
    ((1..=12).contains(&month) && number.digits <= 2 && !number.ordinal).then_some(month)
}

/// British order; the other one only where the month would be impossible. A day up to 39 is a slip whose month still counts.
fn day_of(day: Number, month: Number, year: i32) -> Option<Core> {
    if day.digits > 2 || month.digits > 2 || month.ordinal {
        return None;
    }
    let year = Some(year);
    if let Some(month) = month_of(month) {
        let day = u8::try_from(day.value).ok().filter(|day| *day < 40)?;
        return Some(Core::Day { year, month, day });
    }
    if day.ordinal {
        return None;
    }
    Some(Core::Day { year, month: month_of(day)?, day: month.day()? })
}
