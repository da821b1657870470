//! The reader that the parsers of numbers, months and periods share: tokens, context, and how a date may stand among others.

use crate::model::date::DateContext;
use crate::model::vocabulary::DateWordKind;

use super::field::FieldWords;
use super::lex::Kind;
use super::lex::Tokens;
use super::phrase::Core;
use super::words::Word;

/// Reads the dates of one text.
pub(super) struct Reader<'t> {
    pub(super) tokens: Tokens<'t>,
    pub(super) context: DateContext,
    pub(super) words: &'t FieldWords,
}

/// What must stand around a form for it to be a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weak {
    /// Nothing: the form is enough.
    No,
    /// A month without year or day.
    Month,
    /// A season without year.
    Season,
    /// A year alone.
    Year,
    /// A financial year: a date, unless it belongs to a name ("2016/17 contract").
    FinancialYear,
    /// Two small numbers: "31/03", "10/17", "17/18".
    Numbers,
    /// Two small numbers that may be a share: "12/8".
    Fraction,
    /// A half, a feast or a year's end without year.
    Period,
}

/// A date without qualifiers, found in the tokens up to `next`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) core: Core,
    pub(super) next: usize,
    pub(super) weak: Weak,
    /// Written so that it is a date even in prose.
    pub(super) certain: bool,
    /// The token that is a misspelt word, and the word.
    pub(super) misspelt: Option<(usize, &'static str)>,
    pub(super) torn: bool,
    /// It is the last day that is meant ("year end").
    pub(super) end: bool,
}

impl Found {
    /// A form that is a date wherever it stands in a date cell.
    pub(super) fn new(core: Core, next: usize) -> Self {
        Self { core, next, weak: Weak::No, certain: false, misspelt: None, torn: false, end: false }
    }

    /// A form that is a date only in the right surroundings.
    pub(super) fn weak(core: Core, next: usize, weak: Weak) -> Self {
        Self { weak, ..Self::new(core, next) }
    }
}

impl<'t> Reader<'t> {
    /// Reads `text` in `context`.
    pub(super) fn new(text: &'t str, context: &DateContext, words: &'t FieldWords) -> Self {
        Self { tokens: Tokens::of(text, words), context: *context, words }
    }

    /// Whether the token at `at` is a word of the field of this kind.
    pub(super) fn is_of(&self, at: usize, kind: DateWordKind) -> bool {
        self.words.is(self.tokens.slice(at, at + 1), kind)
    }

    /// A date without qualifiers that begins at token `at`; `end` where "end of" stands in front.
    pub(super) fn core(&self, at: usize, end: bool) -> Option<Found> {
        match self.tokens.kind(at) {
            Kind::Number(_) => self.number_core(at).or_else(|| self.period_core(at, end)),
            Kind::Word(_) => self.month_core(at).or_else(|| self.period_core(at, end)),
            Kind::Mark(b'\'') => self.quoted_year(at),
            Kind::Mark(_) | Kind::End => None,
        }
    }

    /// Whether the number at `at` is its own, not the tail of a code, a time or a sum ("COVID-19", "4.2", "£30").
    pub(super) fn free(&self, at: usize) -> bool {
        if !self.tokens.glued(at) || self.tokens.number(at).is_none() || self.follows_whole_day(at) {
            return true;
        }
        let Some(before) = at.checked_sub(1) else {
            return true;
        };
        match self.tokens.kind(before) {
            Kind::Word(Word::Other | Word::Letter(_)) | Kind::Number(_) | Kind::Mark(b'#' | b'+' | b'%' | b'_') => false,
            Kind::Mark(b'/' | b'.' | b':' | b',' | b'-') => {
                let front = self.tokens.before(before);
                let number = matches!(front, Kind::Number(_));
                let code = self.tokens.mark(before, b'-') && matches!(front, Kind::Word(Word::Other | Word::Letter(_)));
                !(self.tokens.glued(before) && (number || code))
            }
            _ => true,
        }
    }

    /// Whether a day in numbers begins at `at` behind a slash that is none of its own marks: the second of "30.11.17/31.1.18".
    fn follows_whole_day(&self, at: usize) -> bool {
        let slash = at.checked_sub(1).is_some_and(|before| self.tokens.mark(before, b'/'));
        slash && !self.tokens.mark(at + 1, b'/') && self.day_month_year(at).is_some()
    }

    /// Whether a word such as "phase" makes the number at `at` a label.
    pub(super) fn labelled(&self, at: usize) -> bool {
        matches!(self.tokens.before(at), Kind::Word(Word::Label | Word::No)) && !self.tokens.begins_line(at)
    }

    /// Whether the number before `at` goes on with the same mark and another number ("1.2.3").
    pub(super) fn continued(&self, at: usize, mark: u8) -> bool {
        self.tokens.mark(at, mark) && self.tokens.glued(at) && self.tokens.glued(at + 1) && self.tokens.number(at + 1).is_some()
    }

    /// Whether what stands at `at` makes the small number before it a time, a share, a count or the start of a date in numbers:
    /// "10 am", "5:30", "17%", "17.5", "31/12/17".
    pub(super) fn measured(&self, at: usize) -> bool {
        match self.tokens.kind(at) {
            Kind::Word(Word::Meridiem) | Kind::Mark(b'%') => true,
            Kind::Mark(mark @ (b'-' | b'/')) => self.continued(at, mark) && self.continued(at + 2, mark),
            Kind::Mark(mark @ (b':' | b'.' | b',')) => self.continued(at, mark),
            _ => false,
        }
    }

    /// Whether a word in small letters that is nothing in a date phrase stands at `at`.
    pub(super) fn plain_word(&self, at: usize) -> bool {
        let plain = matches!(self.tokens.kind(at), Kind::Word(Word::Other | Word::Meeting | Word::Months | Word::Weeks));
        plain && !self.tokens.capital(at)
    }

    /// Whether a clause can begin at `at`.
    pub(super) fn opens(&self, at: usize) -> bool {
        match self.tokens.before(at) {
            Kind::End | Kind::Word(Word::And | Word::Or | Word::Replaced | Word::ToBeConfirmed) => true,
            Kind::Mark(b'-') => !self.tokens.glued(at) || !self.tokens.glued(at.saturating_sub(1)),
            Kind::Mark(mark) => matches!(mark, b';' | b',' | b'(' | b')' | b':' | b'|' | b'*' | b'&' | b'.' | b'\'' | b'~'),
            Kind::Word(_) | Kind::Number(_) => false,
        }
    }

    /// Whether a clause can end before `at`.
    pub(super) fn closes(&self, at: usize) -> bool {
        match self.tokens.kind(at) {
            Kind::End | Kind::Word(Word::And | Word::Or | Word::Ongoing | Word::ToBeConfirmed | Word::Replaced) => true,
            Kind::Mark(b'-') => !self.tokens.glued(at) || !self.tokens.glued(at + 1),
            Kind::Mark(mark) => {
                matches!(mark, b';' | b',' | b'(' | b')' | b':' | b'|' | b'*' | b'&' | b'.' | b'?' | b'\'' | b'!' | b'~')
            }
            Kind::Word(_) | Kind::Number(_) => false,
        }
    }

    /// Whether the token at `at` may stand between dates without being more than that.
    pub(super) fn links(&self, at: usize) -> bool {
        match self.tokens.kind(at) {
            Kind::Mark(mark) => {
                matches!(mark, b',' | b';' | b'/' | b'-' | b'.' | b':' | b'(' | b')' | b'&' | b'+' | b'*' | b'|' | b'?' | b'~')
            }
            Kind::Word(word) => matches!(
                word,
                Word::And
                    | Word::Or
                    | Word::On
                    | Word::In
                    | Word::The
                    | Word::At
                    | Word::During
                    | Word::For
                    | Word::Weekday
                    | Word::Meridiem
                    | Word::Noon
                    | Word::By
                    | Word::From
                    | Word::To
                    | Word::Of
                    | Word::Financial
                    | Word::Year
                    | Word::FinancialYear
                    | Word::Replaced
                    | Word::ToBeConfirmed
                    | Word::Letter(b't' | b'z')
            ),
            Kind::Number(number) => {
                self.tokens.mark(at + 1, b':')
                    || number.digits == 2 && matches!(self.tokens.before(at), Kind::Mark(b':'))
                    || self.measured(at + 1)
            }
            Kind::End => true,
        }
    }

    /// Whether a two-digit number may be a year of this document, for forms that could be a day as well.
    pub(super) fn likely_year(&self, value: u32) -> bool {
        // The model came in 2015; earlier numbers are rather days.
        if self.has_near() { self.is_near(value) } else { (13..=40).contains(&value) }
    }

    fn has_near(&self) -> bool {
        self.context.dated.is_some() || self.context.financial_year.is_some()
    }

    /// Whether the document's own date or year is near the year of this century that `value` is.
    pub(super) fn is_near(&self, value: u32) -> bool {
        let near = self.context.dated.map(|dated| dated.year).or(self.context.financial_year);
        let year = i32::try_from(value).map(|value| 2000 + value);
        // Plans look a few years ahead and back.
        let reach = |near: i32| near.saturating_sub(5)..=near.saturating_add(8);
        near.zip(year.ok()).is_some_and(|(near, year)| reach(near).contains(&year))
    }
}
