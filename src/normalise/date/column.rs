//! What a column of dates tells about its two-number months: whether "Oct 17" is October 2017 or a day of October.

use crate::model::date::DateContext;

use super::Dates;
use super::lex::Kind;
use super::phrase::Core;
use super::reader::Reader;
use super::words::Word;

impl Dates {
    /// Guesses from all the texts of one date column what its forms of two numbers are; the rest of `document` is kept.
    ///
    /// "Oct 17" and "Jun-17" are months of a year where the column has another month with its year, a number that can be no
    /// day, or a hyphen, slash or apostrophe in such a form; they are days where it has none of these and another month's
    /// number can be no year ("Oct 3", "Oct 5th").
    ///
    /// "6/12" is a day where the column has other days in numbers ("31/8", "30.9.18") and no spans as clinicians write them
    /// ("2/52", "5/7").
    #[must_use]
    pub fn column(&self, cells: &mut dyn Iterator<Item = &str>, document: &DateContext) -> DateContext {
        let (mut month_and_year, mut month_and_day) = (document.month_and_year, false);
        let mut pairs = Pairs::default();
        for cell in cells {
            // Only numbers tell, and most cells of other columns have none.
            if !cell.bytes().any(|byte| byte.is_ascii_digit()) {
                continue;
            }
            let reader = self.reader(cell, &DateContext::default());
            match order(&reader) {
                Some(Order::MonthAndYear) => month_and_year = true,
                Some(Order::MonthAndDay) => month_and_day = true,
                None => {}
            }
            pairs.add(&reader);
        }
        DateContext {
            month_and_year,
            month_and_day: month_and_day && !month_and_year,
            day_and_month: pairs.are_days(),
            ..*document
        }
    }
}

/// What the cells that are two numbers with a slash tell of each other.
#[derive(Default)]
struct Pairs {
    /// A cell that is a day in numbers and nothing else.
    day: bool,
    /// A cell that is a number of days or weeks: "5/7", "2/52".
    span: bool,
    /// The second number of the first cell that may be either.
    second: Option<u32>,
}

impl Pairs {
    fn add(&mut self, reader: &Reader<'_>) {
        let tokens = &reader.tokens;
        let pair = tokens.len() == 3 && tokens.mark(1, b'/');
        if let (true, Some(first), Some(second)) = (pair, tokens.number(0), tokens.number(2)) {
            match second.value {
                7 | 52 => self.span = true,
                1..=12 if first.day().is_some_and(|day| day > 12) || (first.digits == 2 && first.value < 10) => self.day = true,
                // Spans of different lengths have the same second number; days rarely fall in one month.
                1..=11 if self.second.is_some_and(|other| other != second.value) => self.day = true,
                1..=11 => self.second = Some(second.value),
                _ => {}
            }
            return;
        }
        self.day |= reader.day_month_year(0).is_some_and(|found| found.next == tokens.len());
    }

    fn are_days(&self) -> bool {
        self.day && !self.span
    }
}

/// What the number after a month is.
enum Order {
    MonthAndYear,
    MonthAndDay,
}

/// What a cell tells for certain about the numbers after its months; a year outweighs a day.
fn order(reader: &Reader<'_>) -> Option<Order> {
    let mut found = None;
    for at in 0..reader.tokens.len() {
        match order_at(reader, at) {
            Some(Order::MonthAndYear) => return Some(Order::MonthAndYear),
            day => found = found.or(day),
        }
    }
    found
}

fn order_at(reader: &Reader<'_>, at: usize) -> Option<Order> {
    let tokens = &reader.tokens;
    let day = matches!(tokens.before(at), Kind::Number(_) | Kind::Word(Word::Of))
        || (tokens.glued(at) && matches!(tokens.before(at), Kind::Mark(b'-' | b'/')));
    let month = reader.month_at(at).filter(|_| !day)?;
    let number = tokens.number(month.next);
    match reader.with_year(month, None).core {
        Core::Month { year: Some(_), .. } => number.is_none_or(|number| number.day().is_none()).then_some(Order::MonthAndYear),
        Core::Day { year: None, .. } => {
            number.is_some_and(|number| number.ordinal || number.digits == 1).then_some(Order::MonthAndDay)
        }
        _ => None,
    }
}
