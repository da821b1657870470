//! Dates as the normaliser reads them: a year, a month of a year, and what surrounds a date that leaves something out.

/// A month of a year, 1 to 12.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct YearMonth {
    /// Calendar year.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u8,
}

/// What the document and the column tell about a date that leaves something out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DateContext {
    /// When the document was written or updated; "5th June" is the one nearest to it.
    pub dated: Option<YearMonth>,
    /// First calendar year of the plan's financial year (2017 for 2017/18); "end of Q3" and "year end" are in it.
    pub financial_year: Option<i32>,
    /// The column holds month-and-year dates, so that "Oct 17" is October 2017 and not a day.
    pub month_and_year: bool,
    /// The column holds months with their days in this order, so that "Oct 17" is a day of October.
    pub month_and_day: bool,
    /// The column holds days in numbers, so that "6/12" is the 6th of December and not six months.
    pub day_and_month: bool,
}
