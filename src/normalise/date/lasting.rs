//! How long something goes on from a date: "from April for 6 months".

use super::edtf::Part;
use super::edtf::Point;
use super::lex::Kind;
use super::phrase::Bound;
use super::phrase::Core;
use super::phrase::Lasting;
use super::phrase::Phrase;
use super::phrase::Week;
use super::reader::Reader;
use super::words::Word;

/// Counts that are written as words; [`Word::Cardinal`] has those below.
const COUNTS: [(&str, u8); 8] =
    [("five", 5), ("six", 6), ("seven", 7), ("eight", 8), ("nine", 9), ("ten", 10), ("twelve", 12), ("eighteen", 18)];

impl Reader<'_> {
    /// Takes in how long it is from the date of `phrase`: "… for 6 months" after it, "for 6 months from …" around it, "6 months
    /// from …" where they begin a clause; what lasts so long may be named: "6 month pilot from …".
    pub(super) fn add_length(&self, phrase: &mut Phrase) {
        let Some(term) = phrase.term.filter(|_| phrase.until.is_none() && phrase.week == Week::None) else {
            return;
        };
        let fits = |lasting| match term.core {
            Core::Day { .. } => true,
            Core::Month { .. } => matches!(lasting, Lasting::Months(_)),
            _ => false,
        };
        if matches!(phrase.bound, Bound::None | Bound::From)
            && let Some((lasting, next)) = self.length_at(phrase.next)
            && fits(lasting)
        {
            (phrase.lasting, phrase.next) = (Some(lasting), next);
        } else if phrase.bound == Bound::From
            && let Some((lasting, front)) = self.length_before(phrase.first)
            && fits(lasting)
        {
            (phrase.lasting, phrase.first) = (Some(lasting), front);
        }
    }

    /// How long something lasts that begins with the phrase at `end`, and the first token that says so.
    fn length_before(&self, end: usize) -> Option<(Lasting, usize)> {
        /// Most words that name what lasts so long.
        const NAME: usize = 2;
        let named = (end.saturating_sub(NAME)..end)
            .rev()
            .take_while(|token| self.plain_word(*token) || self.tokens.is(*token, Word::Document))
            .count();
        (0..=named).find_map(|named| {
            let front = end.checked_sub(2 + named)?;
            let (lasting, next) = self.span_at(front)?;
            if next + named != end {
                return None;
            }
            let led = front.checked_sub(1).filter(|before| self.tokens.is(*before, Word::For));
            led.or_else(|| self.opens(front).then_some(front)).map(|first| (lasting, first))
        })
    }

    /// "for 6 months", "for two weeks" at `at`, and the token after it.
    fn length_at(&self, at: usize) -> Option<(Lasting, usize)> {
        self.span_at(at + 1).filter(|_| self.tokens.is(at, Word::For))
    }

    /// "6 months", "two weeks" at `at`, and the token after it.
    fn span_at(&self, at: usize) -> Option<(Lasting, usize)> {
        let count = match self.tokens.kind(at) {
            Kind::Number(number) if number.digits <= 2 && !number.ordinal => u8::try_from(number.value).ok()?,
            Kind::Word(Word::Cardinal(count)) => count,
            Kind::Word(Word::Other) => {
                let word = self.tokens.slice(at, at + 1);
                COUNTS.iter().find(|(name, _)| word.eq_ignore_ascii_case(name))?.1
            }
            _ => return None,
        };
        let lasting = match self.tokens.kind(at + 1) {
            Kind::Word(Word::Months) => Lasting::Months(count),
            Kind::Word(Word::Weeks | Word::Week) => Lasting::Weeks(count),
            Kind::Word(Word::Year) => Lasting::Months(count.checked_mul(12)?),
            Kind::Word(Word::Other) if self.tokens.slice(at + 1, at + 2).eq_ignore_ascii_case("years") => {
                Lasting::Months(count.checked_mul(12)?)
            }
            _ => return None,
        };
        (count > 0).then_some((lasting, at + 2))
    }
}

impl Point {
    /// The last month, or day, of what begins here and lasts so long; `None` where that cannot be told.
    pub(super) fn after(self, lasting: Lasting) -> Option<Self> {
        match (lasting, self.part) {
            (Lasting::Months(count), Part::Month(month)) => Some(self.in_month(i32::from(month) + i32::from(count) - 1)),
            (Lasting::Months(count), Part::Day(month, day)) => {
                self.year?;
                let month = self.in_month(i32::from(month) + i32::from(count));
                let Part::Month(number) = month.part else {
                    return None;
                };
                let last = Self { part: Part::Day(number, day), ..month };
                // From the 31st, six months end with the last day of a shorter month.
                let long = month.last_day();
                let held = matches!(long.part, Part::Day(_, length) if day > length);
                Some(if held { long } else { last.moved(-1) })
            }
            (Lasting::Weeks(count), Part::Day(..)) => {
                self.year?;
                Some((0..count).fold(self, |day, _| day.moved(7)).moved(-1))
            }
            _ => None,
        }
    }

    /// The month `count`, counted on from January of its year.
    fn in_month(self, count: i32) -> Self {
        let (years, month) = ((count - 1).div_euclid(12), (count - 1).rem_euclid(12) + 1);
        Self { year: self.year.map(|year| year + years), part: Part::Month(u8::try_from(month).unwrap_or(1)), ..self }
    }
}
