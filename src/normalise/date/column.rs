//! What a column of dates tells about its two-number months: whether "Oct 17" is October 2017 or a day of October.

use crate::model::date::DateContext;

use super::lex::Kind;
use super::phrase::Core;
use super::reader::Reader;
use super::words::Word;

/// Guesses from all the texts of one date column whether its two-number month forms ("Oct 17", "Jun-17") are months of a year.
/// They are where the column has another month with its year, a number that can be no day, or a hyphen, slash or apostrophe
/// in such a form; they are days where it has none of these and another month's number can be no year ("Oct 3", "Oct 5th"). The
/// rest of `document` is kept.
pub fn column_context(cells: &mut dyn Iterator<Item = &str>, document: &DateContext) -> DateContext {
    let (mut month_and_year, mut month_and_day) = (document.month_and_year, false);
    while !month_and_year && let Some(cell) = cells.next() {
        match order(cell) {
            Some(Order::MonthAndYear) => month_and_year = true,
            Some(Order::MonthAndDay) => month_and_day = true,
            None => {}
        }
    }
    DateContext { month_and_year, month_and_day: month_and_day && !month_and_year, ..*document }
}

/// What the number after a month is.
enum Order {
    MonthAndYear,
    MonthAndDay,
}

/// What a cell tells for certain about the numbers after its months; a year outweighs a day.
fn order(cell: &str) -> Option<Order> {
    // Only a number after a month can tell, and most cells of other columns have none.
    if !cell.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let reader = Reader::new(cell, &DateContext::default());
    let mut found = None;
    for at in 0..reader.tokens.len() {
        match order_at(&reader, at) {
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
