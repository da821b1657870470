//! Reads the dates that people write into plans: "By November 18", "30.11.18", "w/c 10th Sept", "Q3 2017/18", "ongoing".
//!
//! A text is cut into tokens once (`lex`, `words`); `scan` finds date phrases in them from left to right with the parsers of
//! numbers (`numeric`), months (`named`) and periods (`periods`), of the qualifiers in front (`prefix`) and of lists and ranges
//! (`ranges`); `stands` turns away what only looks like a date; `resolve` fills in the years that are left out and writes EDTF
//! (`edtf`). British order, day first.

mod column;
mod edtf;
mod field;
mod lasting;
mod lex;
mod named;
mod numeric;
mod ongoing;
mod periods;
mod phrase;
mod prefix;
mod ranges;
mod reader;
mod reading;
mod resolve;
mod scan;
mod stands;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_forms;
mod words;
mod years;

use crate::model::date::DateContext;
use crate::model::vocabulary::Vocabulary;

pub use reading::DateIssue;
pub use reading::DateReading;

use self::edtf::Point;
use self::field::FieldWords;
use self::lex::Kind;
use self::lex::Lexer;
use self::phrase::Weight;
use self::reader::Reader;
use self::words::Word;

/// Day numbers of spreadsheets that are read as dates: 1 January 2000 to 31 December 2049.
const SERIALS: std::ops::RangeInclusive<u32> = 36_526..=54_789;

/// Reads dates.
#[derive(Clone, Debug)]
pub struct Dates {
    words: FieldWords,
}

impl Dates {
    /// Takes the words around dates from `vocabulary`.
    #[must_use]
    pub fn new(vocabulary: &Vocabulary) -> Self {
        Self { words: FieldWords::new(vocabulary) }
    }

    fn reader<'t>(&'t self, text: &'t str, context: &DateContext) -> Reader<'t> {
        Reader::new(text, context, &self.words)
    }

    /// Reads the dates of a date cell, in the cell's order, repeats kept. A cell with text but no date gives exactly one
    /// reading with
    /// `edtf` `None`; a blank cell gives none.
    ///
    /// # Examples
    ///
    /// ```
    /// use hicm::model::date::DateContext;
    /// use hicm::model::vocabulary::Vocabulary;
    /// use hicm::normalise::date::Dates;
    ///
    /// let reader = Dates::new(Vocabulary::embedded());
    /// let dates = reader.read("Pilot by Oct 17, review 31.03.18", &DateContext::default());
    /// let edtf: Vec<_> = dates.iter().filter_map(|date| date.edtf.as_deref()).collect();
    /// assert_eq!(edtf, ["../2017-10", "2018-03-31"]);
    /// ```
    #[must_use]
    pub fn read(&self, text: &str, context: &DateContext) -> Vec<DateReading> {
        let whole = text.trim();
        if whole.is_empty() {
            return Vec::new();
        }
        if let Some(day) = bare_number(whole) {
            let mut edtf = String::with_capacity(10);
            day.write(&mut edtf);
            return vec![DateReading { raw: whole.to_owned(), edtf: Some(edtf), ongoing: false, issues: Vec::new() }];
        }
        let reader = self.reader(text, context);
        let phrases = reader.phrases();
        if phrases.is_empty() {
            if let Some(reading) = self.torn_year(whole, context).or_else(|| self.slipped_marks(whole)) {
                return vec![reading];
            }
            return vec![DateReading { raw: whole.to_owned(), edtf: None, ongoing: false, issues: Vec::new() }];
        }
        resolve::readings(phrases, &reader.tokens, context)
    }

    /// Whether a text is nothing but one or more dates, for telling date columns by what they hold. "Ongoing" may stand beside
    /// a date but is none, nor is a spreadsheet's bare day number, nor two small numbers ("31/03") alone.
    #[must_use]
    pub fn is_cell(&self, text: &str) -> bool {
        // Longer texts are prose that happens to begin with dates.
        const MOST_TOKENS: usize = 60;
        let foreign = |kind| match kind {
            Kind::Word(Word::Other) => true,
            Kind::Word(word) => {
                matches!(
                    word,
                    Word::Label
                        | Word::Document
                        | Word::Meeting
                        | Word::Months
                        | Word::Weeks
                        | Word::Moved
                        | Word::Due
                        | Word::Piece
                )
            }
            _ => false,
        };
        let strange = |token: lex::Token| {
            let word = text.get(token.start..token.end).unwrap_or_default();
            foreign(token.kind) && words::misspelt_month(word).is_none() && words::misspelt_season(word).is_none()
        };
        if Lexer::new(text, &self.words).enumerate().any(|(count, token)| count >= MOST_TOKENS || strange(token)) {
            return false;
        }
        let reader = self.reader(text, &DateContext::default());
        let phrases = reader.phrases();
        let mut at = 0;
        for phrase in &phrases {
            if !(at..phrase.first).all(|token| reader.links(token)) {
                return false;
            }
            at = phrase.next;
        }
        phrases.iter().any(|phrase| phrase.term.is_some() && phrase.weight != Weight::Slight)
            && (at..reader.tokens.len()).all(|token| reader.links(token))
    }

    /// Dates inside prose, only those that are certain: a month's name with its year, or a day in numbers with its year. For
    /// the dates of documents: "Updated: May 17", "Position as at 31/03/2018".
    #[must_use]
    pub fn find(&self, text: &str, context: &DateContext) -> Vec<DateReading> {
        if !text.bytes().any(|byte| byte.is_ascii_digit()) {
            return Vec::new();
        }
        let reader = self.reader(text, context);
        let mut phrases = reader.phrases();
        phrases.retain(|phrase| phrase.weight == Weight::Certain);
        resolve::readings(phrases, &reader.tokens, context)
    }

    /// Reads "2017/18", "2017-18" or "17/18" as a financial year: its first calendar year.
    #[must_use]
    pub fn financial_year(&self, text: &str) -> Option<i32> {
        let reader = self.reader(text, &DateContext::default());
        let year = reader.financial_year_at(0)?;
        (year.count == 1 && year.next == reader.tokens.len()).then_some(year.first)
    }

    /// A cell that is a year, or a financial year, torn by blanks: "201 8/19".
    fn torn_year(&self, text: &str, context: &DateContext) -> Option<DateReading> {
        let of_year = |c: char| c.is_ascii_digit() || matches!(c, '/' | '-');
        let closed: String = text.split_whitespace().collect();
        if closed.len() == text.len() || closed.len() < 4 || !closed.chars().all(of_year) {
            return None;
        }
        let reader = self.reader(&closed, context);
        let phrases = reader.phrases();
        let whole = matches!(phrases.as_slice(), [only] if only.first == 0 && only.next == reader.tokens.len());
        let year = |phrase: &phrase::Phrase| matches!(phrase.term, Some(term) if term.core.is_year());
        if !whole || !phrases.iter().all(year) {
            return None;
        }
        let mut reading = resolve::readings(phrases, &reader.tokens, context).pop()?;
        let read = reading.edtf.clone().unwrap_or_default();
        reading.issues.push(DateIssue::Torn { raw: text.to_owned(), read });
        Some(DateReading { raw: text.to_owned(), ..reading })
    }

    /// A cell that is a day whose marks slipped: "31,03,17", "31/032017".
    fn slipped_marks(&self, text: &str) -> Option<DateReading> {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let marks = text.chars().filter(|c| matches!(c, ',' | '/' | '.' | '-' | ';')).count();
        if digits.len() + marks != text.len() || !(1..=2).contains(&marks) || !matches!(digits.len(), 6 | 8) {
            return None;
        }
        // Only a mark in its place tells how the digits are meant.
        let in_place = text.char_indices().filter(|(_, c)| !c.is_ascii_digit()).all(|(at, _)| matches!(at, 2 | 4 | 5));
        let (day, rest) = digits.split_at(2);
        let (month, year) = rest.split_at(2);
        let day =
            self.reader(&format!("{day}/{month}/{year}"), &DateContext::default()).day_month_year(0).filter(|_| in_place)?;
        let (first, _) = day.core.without_impossible_day().0.points();
        let mut edtf = String::with_capacity(10);
        first.write(&mut edtf);
        let issue = DateIssue::Marks { raw: text.to_owned(), read: edtf.clone() };
        Some(DateReading { raw: text.to_owned(), edtf: Some(edtf), ongoing: false, issues: vec![issue] })
    }
}

/// A cell of digits alone that is a day: a spreadsheet's day number whose format was lost ("42916", "42916.0"), `YYYYMMDD` or
/// `DDMMYYYY`.
fn bare_number(text: &str) -> Option<Point> {
    let (digits, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !matches!(digits.len(), 5 | 8) || !all_digits(digits) || !all_digits(fraction) {
        return None;
    }
    let number: u32 = digits.parse().ok()?;
    if digits.len() == 5 {
        return SERIALS.contains(&number).then(|| edtf::from_serial(number));
    }
    let british = || edtf::from_compact(number % 10_000 * 10_000 + number / 10_000 % 100 * 100 + number / 1_000_000);
    edtf::from_compact(number).or_else(british).filter(|_| digits.len() == text.len())
}
