//! Seasons, quarters, halves, financial years by name, and the ends of years.

use super::lex::Kind;
use super::lex::Number;
use super::numeric::short_year;
use super::phrase::Core;
use super::reader::Found;
use super::reader::Reader;
use super::reader::Weak;
use super::words::Word;
use super::words::misspelt_season;

/// The year of a quarter or half.
#[derive(Clone, Copy, Debug)]
pub(super) enum PeriodYear {
    Financial(i32),
    Calendar(i32),
}

impl Reader<'_> {
    /// A period that begins at `at`; `end` where "end of" stands in front, so that "year" alone is one.
    pub(super) fn period_core(&self, at: usize, end: bool) -> Option<Found> {
        match self.tokens.kind(at) {
            Kind::Word(Word::Season(code)) => Some(self.season(at + 1, code)),
            Kind::Word(Word::Quarter | Word::Letter(b'q')) => self.quarter(at),
            Kind::Word(Word::Letter(b'h')) => self.half_number(at),
            Kind::Word(Word::Ordinal(count)) => self.counted(at, count),
            Kind::Number(number) if number.ordinal && self.free(at) => self.counted(at, u8::try_from(number.value).ok()?),
            Kind::Word(
                Word::Financial | Word::Calendar | Word::Year | Word::YearEnd | Word::FinancialYear | Word::This | Word::Next,
            ) => self.named_year(at, end),
            Kind::Word(Word::Letter(b'y')) => self.year_end_initials(at),
            Kind::Word(Word::Christmas) => Some(self.feast(at + 1, |year| Core::Month { year, month: 12 })),
            Kind::Word(Word::Easter) => Some(self.feast(at + 1, |year| Core::Easter { year })),
            Kind::Word(Word::New) if self.tokens.is(at + 1, Word::Year) => {
                Some(self.feast(at + 2, |year| Core::Month { year, month: 1 }))
            }
            Kind::Word(Word::New) => self.year_of_context(at),
            Kind::Word(Word::Other) => self.misspelt_season(at),
            _ => None,
        }
    }

    /// The token after what may stand between a period and its year.
    fn period_link(&self, at: usize) -> usize {
        match self.tokens.kind(at) {
            Kind::Mark(b',' | b'-' | b':' | b'/' | b'(') | Kind::Word(Word::Of | Word::In) => at + 1,
            _ => at,
        }
    }

    /// The year at `at`, financial or calendar, with a bracket around it or not.
    pub(super) fn period_year(&self, at: usize) -> Option<(PeriodYear, usize)> {
        let start = self.period_link(at);
        let abbreviated = self.tokens.is(start, Word::FinancialYear);
        let start = start + usize::from(abbreviated);
        let quoted = self.tokens.mark(start, b'\'') && self.tokens.glued(start + 1);
        let start = start + usize::from(quoted);
        let (year, next) = match self.financial_year_at(start) {
            Some(year) if year.count == 1 => (PeriodYear::Financial(year.first), year.next),
            Some(_) => return None,
            None => {
                let number = self.tokens.number(start)?;
                if let Some(first) = closed_financial_year(number) {
                    return Some((PeriodYear::Financial(first), start + 1)).filter(|_| !self.tokens.mark(at, b'('));
                }
                let short = short_year(number).filter(|_| {
                    quoted
                        || (self.likely_year(number.value)
                            && !self.measured(start + 1)
                            && !self.plain_word(start + 1)
                            && self.month_at(start + 1).is_none())
                });
                let full = number.full_year().filter(|_| !self.starts_whole_date(start));
                let year = full.or(short)?;
                // "FY18" is called after the year in which it ends.
                let year = if abbreviated { PeriodYear::Financial(year - 1) } else { PeriodYear::Calendar(year) };
                (year, start + 1)
            }
        };
        let bracketed = self.tokens.mark(at, b'(');
        if bracketed && !self.tokens.mark(next, b')') {
            return None;
        }
        Some((year, next + usize::from(bracketed)))
    }

    /// Whether the number at `at` begins a numeric date, as after "Q3 - 31/12/17".
    fn starts_whole_date(&self, at: usize) -> bool {
        self.continued(at + 1, b'/') || self.continued(at + 1, b'-') || self.continued(at + 1, b'.')
    }

    fn season(&self, at: usize, code: u8) -> Found {
        let at = if self.tokens.slice(at, at + 1).eq_ignore_ascii_case("term") { at + 1 } else { at };
        let bare = Core::Season { year: None, code };
        match self.period_year(at) {
            Some((PeriodYear::Financial(first), next)) => Found::new(bare.in_financial_year(first), next),
            Some((PeriodYear::Calendar(year), next)) => Found::new(bare.in_year(year), next),
            None => Found::weak(bare, at, Weak::Season),
        }
    }

    fn misspelt_season(&self, at: usize) -> Option<Found> {
        if !matches!(self.tokens.kind(at + 1), Kind::Number(_)) {
            return None;
        }
        let code = misspelt_season(self.tokens.slice(at, at + 1))?;
        let name = match code {
            21 => "spring",
            22 => "summer",
            23 => "autumn",
            _ => "winter",
        };
        let found = self.season(at + 1, code);
        (found.weak == Weak::No).then_some(Found { misspelt: Some((at, name)), ..found })
    }

    /// The quarter's number, 1 to 4, and the token after it, of "Q3", "Qtr 3", "quarter three" at `at`.
    fn quarter_number(&self, at: usize) -> Option<(u8, usize)> {
        if !matches!(self.tokens.kind(at), Kind::Word(Word::Quarter | Word::Letter(b'q'))) {
            return None;
        }
        let dot = usize::from(self.tokens.mark(at + 1, b'.'));
        let (number, next) = match self.tokens.kind(at + 1 + dot) {
            Kind::Number(number) if number.digits == 1 => (u8::try_from(number.value).ok()?, at + 2 + dot),
            Kind::Word(Word::Cardinal(number)) => (number, at + 2),
            _ => return None,
        };
        (1..=4).contains(&number).then_some((number, next))
    }

    /// A quarter or half after its financial year: "2017/18 Q3", "2017/18 (H1)".
    pub(super) fn part_after(&self, at: usize) -> Option<(Core, usize)> {
        let bracket = self.tokens.mark(at, b'(');
        let at = at + usize::from(matches!(self.tokens.kind(at), Kind::Mark(b',' | b'-' | b':' | b'(')));
        let quarter = || self.quarter_number(at).map(|(quarter, next)| (Core::Quarter { year: None, quarter }, next));
        let half = || self.half_at(at).map(|(half, next)| (Core::Half { year: None, half, calendar: false }, next));
        let (core, next) = quarter().or_else(half)?;
        let closed = self.tokens.mark(next, b')');
        // "2018/19 (Q3-Q4)": the range takes in the bracket.
        let more = matches!(self.tokens.kind(next), Kind::Mark(b'-' | b'/'));
        (!bracket || closed || more).then_some((core, next + usize::from(bracket && closed)))
    }

    fn quarter(&self, at: usize) -> Option<Found> {
        if let Some(found) = self.quarter_by_its_end(at) {
            return Some(found);
        }
        let (quarter, next) = self.quarter_number(at)?;
        let end = self.after_end(next);
        Some(Found { end: end > next, ..self.quarter_with_year(quarter, end) })
    }

    /// The token after "end" of "Q3 end", "Q3-end 18/19" at `at`; `at` where it stands for something else.
    fn after_end(&self, at: usize) -> usize {
        let end = at + usize::from(self.tokens.mark(at, b'-'));
        let whole = self.tokens.is(end, Word::End) && (self.closes(end + 1) || self.period_year(end + 1).is_some());
        if whole { end + 1 } else { at }
    }

    /// "quarter ending December 2017": the three months up to that one.
    fn quarter_by_its_end(&self, at: usize) -> Option<Found> {
        if !self.tokens.is(at + 1, Word::Ending) {
            return None;
        }
        let last = self.month_core(at + 2).or_else(|| self.number_core(at + 2))?;
        let (Core::Month { year, month } | Core::Day { year, month, .. }) = last.core else {
            return None;
        };
        let (quarter, first) = match month {
            3 => (4, year.map(|year| year - 1)),
            6 | 9 | 12 => (month / 3 - 1, year),
            _ => return None,
        };
        Some(Found { weak: Weak::No, ..Found { core: Core::Quarter { year: first, quarter }, ..last } })
    }

    fn quarter_with_year(&self, quarter: u8, at: usize) -> Found {
        let (year, next) = match self.period_year(at) {
            Some((PeriodYear::Financial(first), next)) => (Some(first), next),
            // The fourth quarter lies in the next calendar year: "Q4 2018" of a plan for 2017/18 is its own.
            Some((PeriodYear::Calendar(year), next)) if quarter == 4 && self.context.financial_year == Some(year - 1) => {
                (Some(year - 1), next)
            }
            Some((PeriodYear::Calendar(year), next)) => (Some(year), next),
            // "Q1 next year"
            None if self.tokens.is(at, Word::Next) && self.tokens.is(at + 1, Word::Year) => {
                (self.context.financial_year.map(|year| year + 1), at + 2)
            }
            None => (None, at),
        };
        Found::new(Core::Quarter { year, quarter }, next)
    }

    /// The second quarter of "Q1-4", "Q3/4": a number without its letter at `at`, later than `first`.
    pub(super) fn later_quarter(&self, first: u8, at: usize) -> Option<Found> {
        let number = self.tokens.number(at).filter(|number| number.digits == 1 && self.tokens.glued(at))?;
        let quarter = u8::try_from(number.value).ok().filter(|quarter| (first + 1..=4).contains(quarter))?;
        Some(self.quarter_with_year(quarter, at + 1))
    }

    /// The half's number, 1 or 2, and the token after it, of "H1" at `at`.
    fn half_at(&self, at: usize) -> Option<(u8, usize)> {
        let number = self.tokens.number(at + 1).filter(|number| number.digits == 1 && self.tokens.glued(at + 1))?;
        let half = u8::try_from(number.value).ok().filter(|half| (1..=2).contains(half))?;
        self.tokens.is(at, Word::Letter(b'h')).then_some((half, at + 2))
    }

    /// "H1 2018/19".
    fn half_number(&self, at: usize) -> Option<Found> {
        let (half, next) = self.half_at(at)?;
        Some(self.half(half, next))
    }

    fn half(&self, half: u8, at: usize) -> Found {
        let core = |year, calendar| Core::Half { year: Some(year), half, calendar };
        match self.period_year(at) {
            Some((PeriodYear::Financial(year), next)) => Found::new(core(year, false), next),
            Some((PeriodYear::Calendar(year), next)) => Found::new(core(year, true), next),
            None => {
                let bare = Core::Half { year: None, half, calendar: false };
                self.of_the_year(at).map_or_else(|| Found::weak(bare, at, Weak::Period), |next| Found::new(bare, next))
            }
        }
    }

    /// The token after "of the year", "of this financial year" at `at`.
    fn of_the_year(&self, at: usize) -> Option<usize> {
        let the = at + 1 + usize::from(matches!(self.tokens.kind(at + 1), Kind::Word(Word::The | Word::This)));
        let year = the + usize::from(self.tokens.is(the, Word::Financial));
        let whole =
            self.tokens.is(at, Word::Of) && matches!(self.tokens.kind(year), Kind::Word(Word::Year | Word::FinancialYear));
        (whole && self.tokens.number(year + 1).is_none()).then_some(year + 1)
    }

    /// "third quarter of 2017/18", "first half of 2018".
    fn counted(&self, at: usize, count: u8) -> Option<Found> {
        match self.tokens.kind(at + 1) {
            Kind::Word(Word::Quarter | Word::Letter(b'q')) => {
                let quarter = if count == 5 { 4 } else { count };
                (1..=4).contains(&quarter).then(|| self.quarter_with_year(quarter, at + 2))
            }
            Kind::Word(Word::Half) if (1..=2).contains(&count) => Some(self.half(count, at + 2)),
            _ => None,
        }
    }

    fn feast(&self, at: usize, core: impl Fn(Option<i32>) -> Core) -> Found {
        match self.period_year(at) {
            Some((PeriodYear::Financial(first), next)) => Found::new(core(None).in_financial_year(first), next),
            Some((PeriodYear::Calendar(year), next)) => Found::new(core(Some(year)), next),
            None => Found::weak(core(None), at, Weak::Period),
        }
    }
}

/// The first year of a financial year whose slash was left out: "Q3 1920". What may be a calendar year is one ("2021").
fn closed_financial_year(number: Number) -> Option<i32> {
    let (first, second) = (number.value / 100, number.value % 100);
    let year = number.digits == 4 && !number.ordinal && (10..40).contains(&first) && second == first + 1;
    (year && number.full_year().is_none()).then(|| i32::try_from(first).ok().map(|first| 2000 + first)).flatten()
}
