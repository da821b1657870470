//! What the normaliser gives back: the dates of a cell and what was odd about each.

use std::fmt;

use super::edtf::days_in;
use super::words::month_name;

/// One date phrase found in a cell, or, where `edtf` is `None` and `ongoing` false, the whole cell without a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateReading {
    /// The shortest phrase that gives the date, as it stands in the cell.
    pub raw: String,
    /// The date in EDTF (ISO 8601-2); `None` where no date is stated.
    pub edtf: Option<String>,
    /// Whether the phrase says that the matter goes on.
    pub ongoing: bool,
    /// What was odd about it, in the order of the variants of [`DateIssue`].
    pub issues: Vec<DateIssue>,
}

/// Something odd about a date; displayed it says what was read as what.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DateIssue {
    /// A day that the month does not have; the month is kept.
    ImpossibleDay {
        /// The day as written.
        day: u8,
        /// Month, 1 to 12.
        month: u8,
        /// Calendar year, where it is known.
        year: Option<i32>,
        /// The date that was made of it.
        read: String,
    },
    /// A date without a year; the year comes from the document or the rest of the cell.
    YearInferred {
        /// The phrase.
        raw: String,
        /// The date that was made of it.
        read: String,
    },
    /// A misspelt word.
    Misspelt {
        /// The word as written.
        raw: String,
        /// The word it was read as.
        read: &'static str,
    },
    /// The marks between the numbers of a day are missing or others.
    Marks {
        /// The day as written.
        raw: String,
        /// The date that was made of it.
        read: String,
    },
    /// Blanks inside a number or a word were closed.
    Torn {
        /// The phrase.
        raw: String,
        /// What it was read as: the date, or "ongoing".
        read: String,
    },
}

impl fmt::Display for DateIssue {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ImpossibleDay { day: 0, month, read, .. } => {
                write!(out, "{} has no day 0; read as {read}", month_name(*month))
            }
            Self::ImpossibleDay { day: _, month, year, read } => {
                write!(out, "{} has {} days; read as {read}", month_name(*month), days_in(*year, *month))
            }
            Self::YearInferred { raw, read } => write!(out, "no year in \"{raw}\"; read as {read}"),
            Self::Misspelt { raw, read } => write!(out, "\"{raw}\" read as {read}"),
            Self::Marks { raw, read } => write!(out, "\"{raw}\" read as {read}"),
            Self::Torn { raw, read } => write!(out, "\"{raw}\" has a blank inside; read as {read}"),
        }
    }
}
