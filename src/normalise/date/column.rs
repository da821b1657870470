//! What a column of dates tells about its two-number months: whether "Oct 17" is October 2017.

use crate::model::date::DateContext;

use super::lex::Kind;
use super::phrase::Core;
use super::reader::Reader;
use super::words::Word;

/// Guesses from all the texts of one date column whether its two-number month forms ("Oct 17", "Jun-17") are months of a year.
/// They are where the column has another month with its year, a number that can be no day, or a hyphen, slash or apostrophe
/// in such a form. The rest of `document` is kept.
pub fn column_context(mut cells: &mut dyn Iterator<Item = &str>, document: &DateContext) -> DateContext {
    let month_and_year = document.month_and_year || Iterator::any(&mut cells, has_month_and_year);
    DateContext { month_and_year, ..*document }
}

fn has_month_and_year(cell: &str) -> bool {
    // Only a number after a month can tell, and most cells of other columns have none.
    if !cell.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let reader = Reader::new(cell, &DateContext::default());
    let tokens = &reader.tokens;
    (0..tokens.len()).any(|at| {
        let day = matches!(tokens.before(at), Kind::Number(_) | Kind::Word(Word::Of))
            || (tokens.glued(at) && matches!(tokens.before(at), Kind::Mark(b'-' | b'/')));
        let Some(month) = reader.month_at(at).filter(|_| !day) else {
            return false;
        };
        let found = reader.with_year(month, None);
        let number = tokens.number(month.next);
        match found.core {
            Core::Month { year: Some(_), .. } => number.is_none_or(|number| number.day().is_none()),
            _ => false,
        }
    })
}
