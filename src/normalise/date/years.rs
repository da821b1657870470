//! Years by name and by their ends: "FY18/19", "next financial year", "year end", "2018/19 year end", "Y/E March 19".

use super::lex::Kind;
use super::periods::PeriodYear;
use super::phrase::Core;
use super::reader::Found;
use super::reader::Reader;
use super::words::Word;

impl Reader<'_> {
    /// "year end", "financial year 2018/19", "FY18/19", and after "end of" also "year".
    pub(super) fn named_year(&self, at: usize, end: bool) -> Option<Found> {
        if self.tokens.is(at, Word::FinancialYear)
            && let Some((PeriodYear::Financial(first), next)) = self.period_year(at)
        {
            // "FY19 Q2"
            if let Some((part, next)) = self.part_after(next) {
                return Some(Found::new(part.in_year(first), next));
            }
            if let Some(next) = self.year_end_at(next) {
                return Some(Found { end: true, ..Found::new(Core::FinancialYear { year: Some(first), count: 1 }, next) });
            }
            return Some(Found::new(Core::FinancialYear { year: Some(first), count: 1 }, next));
        }
        if let Some(found) = self.year_of_context(at).or_else(|| self.year_by_its_end(at)) {
            return Some(found);
        }
        let mut next = at + usize::from(self.tokens.is(at, Word::This));
        let calendar = self.tokens.is(next, Word::Calendar);
        match self.tokens.kind(next) {
            Kind::Word(Word::Financial) if self.tokens.mark(next + 1, b'.') && self.tokens.is(next + 2, Word::Year) => next += 3,
            Kind::Word(Word::Financial | Word::Calendar) if self.tokens.is(next + 1, Word::Year) => next += 2,
            Kind::Word(Word::Year | Word::YearEnd | Word::FinancialYear) => next += 1,
            _ => return None,
        }
        let dash = usize::from(self.tokens.mark(next, b'-'));
        let own_end = self.tokens.is(next - 1, Word::YearEnd) || self.tokens.is(next + dash, Word::End);
        if own_end && !self.tokens.is(next - 1, Word::YearEnd) {
            next += dash + 1;
        }
        let bare = |year| if calendar { Core::Year { year } } else { Core::FinancialYear { year, count: 1 } };
        let named = !self.tokens.is(at, Word::Year) && !self.tokens.is(at, Word::This);
        let ending = end || own_end;
        if own_end && let Some(found) = self.last_of_year(next) {
            return Some(found);
        }
        let (core, after) = match self.period_year(next) {
            Some((PeriodYear::Financial(first), after)) => (Core::FinancialYear { year: Some(first), count: 1 }, after),
            // "Year end 2018" closes 2017/18; "end of the year 2018" does not say so.
            Some((PeriodYear::Calendar(year), after)) if own_end && !calendar => (bare(Some(year - 1)), after),
            Some((PeriodYear::Calendar(year), after)) if ending || calendar => (Core::Year { year: Some(year) }, after),
            Some((PeriodYear::Calendar(year), after)) if named => (bare(Some(year)), after),
            None if ending && self.tokens.number(next).is_none() => {
                return Some(Found { end: own_end, ..Found::new(bare(None), next) });
            }
            _ => return None,
        };
        Some(Found { end: own_end, ..Found::new(core, after) })
    }

    /// "this financial year", "next financial year": told by the document's own.
    pub(super) fn year_of_context(&self, at: usize) -> Option<Found> {
        let later = match self.tokens.kind(at) {
            Kind::Word(Word::This) => 0,
            Kind::Word(Word::Next | Word::New) => 1,
            _ => return None,
        };
        let named = self.tokens.is(at + 1, Word::Financial) && self.tokens.is(at + 2, Word::Year);
        let next = at + if named { 3 } else { 2 };
        let year = self.context.financial_year?.checked_add(later)?;
        let whole = named || self.tokens.is(at + 1, Word::FinancialYear);
        (whole && !self.tokens.is(next, Word::End) && self.tokens.number(next).is_none())
            .then(|| Found::new(Core::FinancialYear { year: Some(year), count: 1 }, next))
    }

    /// The token after what makes the financial year before `at` its last day: "year end", "YE", "end of year", "end".
    pub(super) fn year_end_at(&self, at: usize) -> Option<usize> {
        let year = |at: usize| {
            let year = at + usize::from(self.tokens.is(at, Word::Financial));
            matches!(self.tokens.kind(year), Kind::Word(Word::Year | Word::FinancialYear)).then_some(year + 1)
        };
        match self.tokens.kind(at) {
            Kind::Word(Word::YearEnd) => Some(at + 1),
            Kind::Word(Word::Letter(b'y')) => self.initials_of_year_end(at),
            Kind::Word(Word::End) if self.closes(at + 1) => Some(at + 1),
            Kind::Word(Word::End) if self.tokens.is(at + 1, Word::Of) => {
                year(at + 2 + usize::from(self.tokens.is(at + 2, Word::The)))
            }
            Kind::Word(Word::Financial | Word::Year | Word::FinancialYear) => {
                let next = year(at)?;
                let end = next + usize::from(self.tokens.mark(next, b'-'));
                self.tokens.is(end, Word::End).then_some(end + 1)
            }
            _ => None,
        }
    }

    /// The token after "Y/E" at `at`.
    fn initials_of_year_end(&self, at: usize) -> Option<usize> {
        let whole = self.tokens.is(at, Word::Letter(b'y'))
            && self.tokens.mark(at + 1, b'/')
            && self.tokens.is(at + 2, Word::Letter(b'e'));
        (whole && self.tokens.glued(at + 1) && self.tokens.glued(at + 2)).then_some(at + 3)
    }

    /// "Y/E 18/19", "Y/E March 19".
    pub(super) fn year_end_initials(&self, at: usize) -> Option<Found> {
        let next = self.initials_of_year_end(at)?;
        if let Some(found) = self.last_of_year(next) {
            return Some(found);
        }
        let (year, next) = match self.period_year(next) {
            Some((PeriodYear::Financial(first), next)) => (Some(first), next),
            Some((PeriodYear::Calendar(year), next)) => (Some(year - 1), next),
            None => (None, next),
        };
        Some(Found { end: true, ..Found::new(Core::FinancialYear { year, count: 1 }, next) })
    }

    /// The month or day at `at` that ends a financial year: "March 19" of "year end March 19".
    fn last_of_year(&self, at: usize) -> Option<Found> {
        let last = self.month_core(at).or_else(|| self.number_core(at))?;
        matches!(last.core, Core::Month { month: 3, .. } | Core::Day { month: 3, day: 31, .. })
            .then_some(Found { end: true, ..last })
    }

    /// "year ending March 2019", "year to 31 March 2019": the twelve months up to that one.
    fn year_by_its_end(&self, at: usize) -> Option<Found> {
        let year = at + usize::from(self.tokens.is(at, Word::Financial));
        if !self.tokens.is(year, Word::Year) || !matches!(self.tokens.kind(year + 1), Kind::Word(Word::Ending | Word::To)) {
            return None;
        }
        let last = self.last_of_year(year + 2)?;
        let core = Core::FinancialYear { year: last.core.year().map(|year| year - 1), count: 1 };
        Some(Found { core, end: false, ..last })
    }
}
