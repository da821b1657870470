//! Dates and times: from the serial numbers of a workbook to what is shown.

use std::fmt::Write;

use super::parse::Section;
use super::parse::Token;

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const WEEKDAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// Days from 1 January 1970 to the day before 1 January 1900, counted as Excel does from March 1900 on.
const EPOCH_1900: i64 = -25_569;

/// Days from the beginning of the older calendar to that of 1904 (ECMA-376 part 1, 18.17.4.1).
const SHIFT_1904: f64 = 1_462.0;

/// The last serial number: 31 December 9999.
const LAST_SERIAL: f64 = 2_958_465.0;

const SECONDS_A_DAY: f64 = 86_400.0;

/// A date and a time of day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::readers::workbook) struct Moment {
    pub(in crate::readers::workbook) year: i64,
    /// 1 to 12.
    pub(in crate::readers::workbook) month: u32,
    /// 1 to 31.
    pub(in crate::readers::workbook) day: u32,
    /// 0 is Sunday.
    weekday: usize,
    /// Thousandths of a second since midnight.
    millis: u32,
}

impl Moment {
    /// Reads a serial number of days; `None` outside the calendar of workbooks.
    pub(in crate::readers::workbook) fn from_serial(serial: f64, epoch_1904: bool) -> Option<Self> {
        let serial = if epoch_1904 { serial + SHIFT_1904 } else { serial };
        if !(0.0..LAST_SERIAL + 1.0).contains(&serial) {
            return None;
        }
        let mut days = whole(serial.floor());
        let mut millis = whole(((serial - serial.floor()) * SECONDS_A_DAY * 1000.0).round());
        if millis >= 86_400_000 {
            (days, millis) = (days + 1, 0);
        }
        // Excel counts a 29 February 1900 that never was: days up to then lie one further on.
        let days = EPOCH_1900 + days + i64::from(days < 60);
        let (year, month, day) = civil(days);
        let weekday = usize::try_from((days + 4).rem_euclid(7)).unwrap_or(0);
        Some(Self { year, month, day, weekday, millis: u32::try_from(millis).unwrap_or(0) })
    }

    /// The serial number of a date, in the calendar of 1900.
    pub(in crate::readers::workbook) fn serial(year: i64, month: u32, day: u32, seconds: f64) -> f64 {
        let days = days_from_civil(year, month, day) - EPOCH_1900;
        // Calendars of workbooks end in the year 9999, far below what a double counts exactly.
        let days = i32::try_from(days).map_or(0.0, f64::from);
        (if days < 61.0 { days - 1.0 } else { days }) + seconds / SECONDS_A_DAY
    }

    /// The serial number of a date or time as ISO 8601 writes it: "2017-03-31", "2017-03-31T09:30:00Z", "PT09H30M00S".
    pub(in crate::readers::workbook) fn parse(text: &str) -> Option<f64> {
        if let Some(duration) = text.strip_prefix("PT") {
            return Some(clock(duration, ['H', 'M', 'S']) / SECONDS_A_DAY);
        }
        let (date, time) = text.split_once(['T', ' ']).unwrap_or((text, ""));
        let mut parts = date.splitn(3, '-');
        let (year, month, day) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        if !(0..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return None;
        }
        Some(Self::serial(year, month, day, clock(time.trim_end_matches('Z'), [':', ':', ':'])))
    }

    fn is_midnight(&self) -> bool {
        self.millis == 0
    }
}

/// Seconds of hours, minutes and seconds, each ended by its mark.
fn clock(text: &str, marks: [char; 3]) -> f64 {
    let mut rest = text;
    let mut seconds = 0.0;
    for (mark, unit) in marks.into_iter().zip([3600.0, 60.0, 1.0]) {
        let (value, after) = match rest.split_once(mark) {
            Some((value, after)) => (value, after),
            None if mark == ':' => (rest, ""),
            None => continue,
        };
        seconds += value.replace(',', ".").parse().unwrap_or(0.0) * unit;
        rest = after;
    }
    seconds
}

/// A number that is whole and small, as an integer.
fn whole(value: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "whole, and within the calendar or the milliseconds of a day")]
    let whole = value as i64;
    whole
}

/// Year, month and day of a day counted from 1 January 1970 (the era method of Howard Hinnant's `civil_from_days`).
fn civil(days: i64) -> (i64, u32, u32) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, u32::try_from(month).unwrap_or(1), u32::try_from(day).unwrap_or(1))
}

fn days_from_civil(year: i64, month: u32, day: u32) -> i64 {
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = i64::from((month + 9) % 12);
    let of_year = (153 * month_from_march + 2) / 5 + i64::from(day) - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year - 719_468
}

/// Shows a moment by a section that is a date.
pub(super) fn show(section: &Section, moment: &Moment, serial: f64) -> String {
    let tokens = day_first(&section.tokens);
    let tokens = if moment.is_midnight() { without_time(tokens) } else { tokens };
    let twelve = tokens.contains(&Token::AmPm);
    let mut out = String::new();
    for token in &tokens {
        match token {
            Token::Literal(literal) => out.push_str(literal),
            Token::Point => out.push('.'),
            Token::Comma => out.push(','),
            Token::Slash => out.push('/'),
            Token::Digit(c) => out.push(*c),
            Token::Date(part, count) => date_part(*part, *count, moment, twelve, &mut out),
            Token::Elapsed(unit, count) => elapsed(*unit, *count, serial, &mut out),
            Token::Fraction(digits) => {
                let millis = format!("{:03}", moment.millis % 1000);
                let _ = write!(out, ".{}", millis.get(..*digits).unwrap_or(&millis));
            }
            Token::AmPm => out.push_str(if moment.millis < 43_200_000 { "AM" } else { "PM" }),
            _ => {}
        }
    }
    let text = out.trim();
    match without_year(&tokens) {
        Some(between) => format!("{text}{between}{}", moment.year),
        None => text.to_owned(),
    }
}

/// What stands between day and month of a date without a year; `None` for others.
fn without_year(tokens: &[Token]) -> Option<&str> {
    let find = |part: char| tokens.iter().position(|token| matches!(token, Token::Date(found, _) if *found == part));
    let (day, month) = (find('d')?, find('m')?);
    if find('y').is_some() {
        return None;
    }
    match tokens.get(day.min(month) + 1) {
        Some(Token::Literal(between)) => Some(between),
        Some(Token::Slash) => Some("/"),
        _ => Some(" "),
    }
}

/// The tokens with the day before the month where both are figures: what is read on is read day first.
fn day_first(tokens: &[Token]) -> Vec<Token> {
    let mut tokens = tokens.to_vec();
    let position = |part: char, most: usize| {
        tokens.iter().position(|token| matches!(token, Token::Date(found, count) if *found == part && *count <= most))
    };
    // A year in front orders the rest (2017-03-31).
    let year = tokens.iter().position(|token| matches!(token, Token::Date('y', _)));
    if let (Some(month), Some(day)) = (position('m', 2), position('d', 2))
        && month < day
        && year.is_none_or(|year| year > month)
    {
        tokens.swap(month, day);
    }
    tokens
}

/// The tokens of the date alone, where there is one.
fn without_time(tokens: Vec<Token>) -> Vec<Token> {
    let is_day = |token: &Token| matches!(token, Token::Date('y' | 'm' | 'd', _));
    let is_time = |token: &Token| matches!(token, Token::Date('h' | 'i' | 's', _) | Token::Fraction(_) | Token::AmPm);
    if !tokens.iter().any(is_day) || !tokens.iter().any(is_time) {
        return tokens;
    }
    let (first, last) = (tokens.iter().position(is_day).unwrap_or(0), tokens.iter().rposition(is_day).unwrap_or(0));
    tokens.into_iter().skip(first).take(last + 1 - first).filter(|token| !is_time(token)).collect()
}

fn date_part(part: char, count: usize, moment: &Moment, twelve: bool, out: &mut String) {
    let hours = moment.millis / 3_600_000;
    let figure = |value: u32, out: &mut String| {
        let _ = if count >= 2 { write!(out, "{value:02}") } else { write!(out, "{value}") };
    };
    let name = |name: &str, out: &mut String| out.push_str(if count == 3 { name.get(..3).unwrap_or(name) } else { name });
    match (part, count) {
        ('y', ..=2) => {
            let _ = write!(out, "{:02}", moment.year % 100);
        }
        ('y', _) => {
            let _ = write!(out, "{}", moment.year);
        }
        ('m', 5) => out.push_str(month(moment).get(..1).unwrap_or_default()),
        ('m', 3..) => name(month(moment), out),
        ('m', _) => figure(moment.month, out),
        ('d', 3..) => name(WEEKDAYS.get(moment.weekday).copied().unwrap_or_default(), out),
        ('d', _) => figure(moment.day, out),
        ('h', _) if twelve => figure((hours + 11) % 12 + 1, out),
        ('h', _) => figure(hours, out),
        ('i', _) => figure(moment.millis / 60_000 % 60, out),
        ('s', _) => figure(moment.millis / 1000 % 60, out),
        _ => {}
    }
}

fn month(moment: &Moment) -> &'static str {
    let index = usize::try_from(moment.month).unwrap_or(1).saturating_sub(1);
    MONTHS.get(index).copied().unwrap_or_default()
}

/// Hours, minutes or seconds since the beginning.
fn elapsed(unit: char, count: usize, serial: f64, out: &mut String) {
    let seconds = whole((serial * SECONDS_A_DAY).round());
    let value = match unit {
        'h' => seconds / 3600,
        'm' => seconds / 60,
        _ => seconds,
    };
    let _ = write!(out, "{value:0count$}");
}
