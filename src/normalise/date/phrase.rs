//! What a date phrase says, before the years that it leaves out are known.

use super::edtf::Part;
use super::edtf::Point;
use super::edtf::days_in;
use super::edtf::easter_month;

/// A date without its qualifiers. A year that is not written is `None`. Quarters, halves and financial years count by the
/// calendar year in which the financial year begins (April, as in the public bodies of England).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Core {
    /// A day; it may be one that the month does not have.
    Day {
        year: Option<i32>,
        month: u8,
        day: u8,
    },
    Month {
        year: Option<i32>,
        month: u8,
    },
    Year {
        year: Option<i32>,
    },
    /// `code` as in EDTF, 21 to 24; a winter belongs to the year in which it begins.
    Season {
        year: Option<i32>,
        code: u8,
    },
    Quarter {
        year: Option<i32>,
        quarter: u8,
    },
    /// Half of a financial year, or of a calendar year.
    Half {
        year: Option<i32>,
        half: u8,
        calendar: bool,
    },
    /// `count` financial years in a row.
    FinancialYear {
        year: Option<i32>,
        count: i32,
    },
    /// The month of Easter Sunday.
    Easter {
        year: Option<i32>,
    },
}

impl Core {
    /// Its year.
    pub(super) fn year(self) -> Option<i32> {
        match self {
            Self::Day { year, .. }
            | Self::Month { year, .. }
            | Self::Year { year }
            | Self::Season { year, .. }
            | Self::Quarter { year, .. }
            | Self::Half { year, .. }
            | Self::FinancialYear { year, .. }
            | Self::Easter { year } => year,
        }
    }

    /// Whether it is one calendar or financial year, or several.
    pub(super) fn is_year(self) -> bool {
        matches!(self, Self::Year { .. } | Self::FinancialYear { .. })
    }

    /// The same in another year.
    pub(super) fn in_year(self, to: i32) -> Self {
        let mut core = self;
        match &mut core {
            Self::Day { year, .. }
            | Self::Month { year, .. }
            | Self::Year { year }
            | Self::Season { year, .. }
            | Self::Quarter { year, .. }
            | Self::Half { year, .. }
            | Self::FinancialYear { year, .. }
            | Self::Easter { year } => *year = Some(to),
        }
        core
    }

    /// The same in the financial year that begins in `first`, for a month named beside it.
    pub(super) fn in_financial_year(self, first: i32) -> Self {
        self.in_year(if self.begins_in().0 < 4 { first + 1 } else { first })
    }

    /// Month and day on which it begins, the month counted from January of its year: the fourth quarter of a financial year
    /// begins in month 13.
    fn begins_in(self) -> (i32, i32) {
        match self {
            Self::Day { month, day, .. } => (i32::from(month), i32::from(day)),
            Self::Month { month, .. } => (i32::from(month), 0),
            Self::Year { .. } => (1, 0),
            // Spring begins in March.
            Self::Season { code, .. } => (i32::from(code).saturating_sub(20) * 3, 0),
            Self::Quarter { quarter, .. } => (i32::from(quarter) * 3 + 1, 0),
            Self::Half { half, calendar, .. } => (i32::from(half) * 6 - if calendar { 5 } else { 2 }, 0),
            Self::FinancialYear { .. } | Self::Easter { .. } => (4, 0),
        }
    }

    /// The order of its beginning among dates; `None` without a year.
    pub(super) fn index(self) -> Option<i32> {
        let (month, day) = self.begins_in();
        self.year().map(|year| (year * 12 + month) * 32 + day)
    }

    /// The order of its last month, or day, among dates; `None` without a year.
    pub(super) fn last_index(self) -> Option<i32> {
        let more = match self {
            // A winter is written with the year in which it begins, so nothing of the next year lies before its end.
            Self::Season { code: 24, .. } => 0,
            Self::Season { .. } | Self::Quarter { .. } => 2,
            Self::Half { .. } => 5,
            Self::FinancialYear { .. } | Self::Year { .. } => 11,
            Self::Day { .. } | Self::Month { .. } | Self::Easter { .. } => 0,
        };
        self.index().map(|index| index + more * 32)
    }

    /// The month around which it lies, counted from January of its year.
    pub(super) fn middle(self) -> i32 {
        let length = match self {
            Self::Season { .. } | Self::Quarter { .. } => 1,
            Self::Half { .. } => 3,
            Self::FinancialYear { .. } | Self::Year { .. } => 6,
            Self::Day { .. } | Self::Month { .. } | Self::Easter { .. } => 0,
        };
        self.begins_in().0 + length
    }

    /// The day that its month does not have, where it names one; the month then stands alone.
    pub(super) fn without_impossible_day(self) -> (Self, Option<u8>) {
        match self {
            Self::Day { year, month, day } if day == 0 || day > days_in(year, month) => (Self::Month { year, month }, Some(day)),
            other => (other, None),
        }
    }

    /// Its first and its last point; the same where EDTF has a word for the whole.
    pub(super) fn points(self) -> (Point, Point) {
        let one = |year, part| (Point::new(year, part), Point::new(year, part));
        let months = |year, first, last| (month_of_financial_year(year, first), month_of_financial_year(year, last));
        match self {
            Self::Day { year, month, day } => one(year, Part::Day(month, day)),
            Self::Month { year, month } => one(year, Part::Month(month)),
            Self::Year { year } => one(year, Part::Year),
            Self::Season { year, code } => one(year, Part::Season(code)),
            Self::Easter { year } => one(year, Part::Month(year.map_or(4, easter_month))),
            Self::Quarter { year, quarter } => months(year, quarter * 3 - 2, quarter * 3),
            Self::Half { year, half, calendar: false } => months(year, half * 6 - 5, half * 6),
            Self::Half { year, half, calendar: true } => {
                (Point::new(year, Part::Month(half * 6 - 5)), Point::new(year, Part::Month(half * 6)))
            }
            Self::FinancialYear { year, count } => {
                (month_of_financial_year(year, 1), month_of_financial_year(year.map(|year| year + count - 1), 12))
            }
        }
    }
}

/// The `count`th month, 1 to 12, of the financial year that begins in `first`.
fn month_of_financial_year(first: Option<i32>, count: u8) -> Point {
    if count <= 9 {
        Point::new(first, Part::Month(count + 3))
    } else {
        Point::new(first.map(|year| year + 1), Part::Month(count - 9))
    }
}

/// What bounds a date gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    /// The date itself.
    None,
    /// Up to its end: "by", "until".
    By,
    /// Up to its beginning: "before".
    Before,
    /// From its beginning on.
    From,
}

/// Which part of a date is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    /// All of it.
    None,
    /// Its last day.
    End,
    /// Roughly it: "early", "mid", "start of".
    About,
}

/// Whether a day stands for a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Week {
    /// It does not.
    None,
    /// For the seven days from it on.
    Commencing,
    /// For the seven days up to it.
    Ending,
}

/// How long something goes on from its date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lasting {
    Months(u8),
    Weeks(u8),
}

/// How much a form counts by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// A date even in prose.
    Certain,
    /// A date in a date cell.
    Usual,
    /// Little: two small numbers, which may well be something else, or "ongoing" in front of a noun, which counts only where
    /// the cell gives no date.
    Slight,
}

/// A date and which part of it is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Term {
    pub(super) core: Core,
    pub(super) edge: Edge,
}

impl Term {
    /// What a range from here on begins with, and how many years it lies after its core's: the end of a financial year is the
    /// last day of March.
    pub(super) fn begins(self) -> (Core, i32) {
        match self.core {
            Core::FinancialYear { year, count } if self.edge == Edge::End => {
                (Core::Day { year: year.map(|year| year + count), month: 3, day: 31 }, count)
            }
            Core::Year { year } if self.edge == Edge::End => (Core::Day { year, month: 12, day: 31 }, 0),
            core => (core, 0),
        }
    }
}

/// A date phrase as it stands in the tokens `first` up to, not including, `next`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Phrase {
    pub(super) first: usize,
    pub(super) next: usize,
    pub(super) bound: Bound,
    pub(super) week: Week,
    /// `None` for "ongoing".
    pub(super) term: Option<Term>,
    /// The end of a range.
    pub(super) until: Option<Term>,
    /// How long it lasts: "from April for 6 months".
    pub(super) lasting: Option<Lasting>,
    /// The token that is a misspelt word, and the word.
    pub(super) misspelt: Option<(usize, &'static str)>,
    /// Blanks inside a number or word were closed.
    pub(super) torn: bool,
    pub(super) weight: Weight,
    /// The year is the document's or the cell's, not the phrase's.
    pub(super) inferred: bool,
}

impl Phrase {
    /// A phrase that gives no date, in the tokens `first` up to, not including, `next`.
    pub(super) fn undated(first: usize, next: usize) -> Self {
        Self {
            first,
            next,
            bound: Bound::None,
            week: Week::None,
            term: None,
            until: None,
            lasting: None,
            misspelt: None,
            torn: false,
            weight: Weight::Usual,
            inferred: false,
        }
    }

    /// Carries the qualifier of a range with a slash to both ends: "end of January/February" is the end of both, "mid-May/June"
    /// roughly both.
    pub(super) fn widen_edge(&mut self) {
        let (Some(start), Some(until)) = (&mut self.term, &mut self.until) else {
            return;
        };
        if until.edge == Edge::None {
            until.edge = start.edge;
        }
        if start.edge == Edge::End && self.bound == Bound::None {
            start.edge = Edge::None;
            self.bound = Bound::By;
        }
    }
}
