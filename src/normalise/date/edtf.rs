//! Calendar arithmetic and the writing of EDTF (ISO 8601-2:2019, levels 1 and 2).

/// How fine a point in time is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A calendar year.
    Year,
    /// An EDTF season code, 21 to 24.
    Season(u8),
    /// A month, 1 to 12.
    Month(u8),
    /// A month and its day.
    Day(u8, u8),
}

/// A date as EDTF writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Point {
    /// Calendar year, 0 to 9999; where it is not known, `XXXX` is written.
    pub(super) year: Option<i32>,
    /// The rest of it.
    pub(super) part: Part,
    /// Whether `~` follows.
    pub(super) approximate: bool,
}

impl Point {
    /// A point that is exact.
    pub(super) fn new(year: Option<i32>, part: Part) -> Self {
        Self { year, part, approximate: false }
    }

    /// The same point, approximate.
    pub(super) fn about(self) -> Self {
        Self { approximate: true, ..self }
    }

    /// The last day in it. A season has no fixed last day and stays; so does February of an unknown year.
    pub(super) fn last_day(self) -> Self {
        let part = match self.part {
            Part::Year => Part::Day(12, 31),
            Part::Month(2) if self.year.is_none() => self.part,
            Part::Month(month) => Part::Day(month, days_in(self.year, month)),
            other => other,
        };
        Self { part, ..self }
    }

    /// The day `days` (up to 28, either way) from this one; only a day of a known year moves.
    pub(super) fn moved(self, days: i8) -> Self {
        let (Some(year), Part::Day(month, day)) = (self.year, self.part) else {
            return self;
        };
        let length = i16::from(days_in(Some(year), month));
        let target = i16::from(day) + i16::from(days);
        let (year, month, day) = if target < 1 {
            let (year, month) = if month == 1 { (year - 1, 12) } else { (year, month - 1) };
            (year, month, target + i16::from(days_in(Some(year), month)))
        } else if target > length {
            let (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
            (year, month, target - length)
        } else {
            (year, month, target)
        };
        let day = u8::try_from(day).unwrap_or(1);
        Self { year: Some(year), part: Part::Day(month, day), ..self }
    }

    /// Writes it.
    pub(super) fn write(self, out: &mut String) {
        match self.year.and_then(|year| u16::try_from(year).ok()).filter(|year| *year <= 9999) {
            Some(year) => {
                two_digits(out, year / 100);
                two_digits(out, year % 100);
            }
            None => out.push_str("XXXX"),
        }
        match self.part {
            Part::Year => {}
            Part::Season(number) | Part::Month(number) => field(out, number),
            Part::Day(month, day) => {
                field(out, month);
                field(out, day);
            }
        }
        if self.approximate {
            out.push('~');
        }
    }
}

fn field(out: &mut String, number: u8) {
    out.push('-');
    two_digits(out, u16::from(number));
}

fn two_digits(out: &mut String, number: u16) {
    for digit in [number / 10 % 10, number % 10] {
        out.push(char::from_digit(u32::from(digit), 10).unwrap_or('0'));
    }
}

/// How many days a month (1 to 12) has; 29 for February of an unknown year.
pub(super) fn days_in(year: Option<i32>, month: u8) -> u8 {
    match month {
        2 if year.is_some_and(|year| !leap(year)) => 28,
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// The month, 3 or 4, in which Easter Sunday of a Gregorian year falls (the anonymous computus of 1876).
pub(super) fn easter_month(year: i32) -> u8 {
    let golden = year.rem_euclid(19);
    let (century, rest) = (year.div_euclid(100), year.rem_euclid(100));
    let moon = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15).rem_euclid(30);
    let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4).rem_euclid(7);
    let late = (golden + 11 * moon + 22 * weekday) / 451;
    if moon + weekday - 7 * late + 114 < 124 { 3 } else { 4 }
}

/// The calendar day of a day number as spreadsheets store it (1 is 1 January 1900 of the calendar that they share, with its
/// 29 February 1900); only numbers from 61 on are counted rightly, and only such are asked for.
pub(super) fn from_serial(serial: u32) -> Point {
    // 36526 is 1 January 2000.
    let (mut year, mut rest) = (2000, serial.saturating_sub(36_526));
    let length = |year| if leap(year) { 366 } else { 365 };
    while rest >= length(year) {
        rest -= length(year);
        year += 1;
    }
    let mut month = 1;
    while rest >= u32::from(days_in(Some(year), month)) {
        rest -= u32::from(days_in(Some(year), month));
        month += 1;
    }
    Point::new(Some(year), Part::Day(month, u8::try_from(rest + 1).unwrap_or(1)))
}

/// The day that eight digits write as `YYYYMMDD` (ISO 8601 basic format), in 2000 to 2049.
pub(super) fn from_compact(number: u32) -> Option<Point> {
    let year = i32::try_from(number / 10_000).ok().filter(|year| (2000..2050).contains(year))?;
    let month = u8::try_from(number / 100 % 100).ok().filter(|month| (1..=12).contains(month))?;
    let day = u8::try_from(number % 100).ok().filter(|day| (1..=days_in(Some(year), month)).contains(day))?;
    Some(Point::new(Some(year), Part::Day(month, day)))
}
