//! Values in the formulas of conditional formats, and what a cell's shown text is worth.

use std::cmp::Ordering;

use super::super::format::Moment;

/// A value in a formula.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Empty,
    Number(f64),
    Text(String),
    Bool(bool),
    /// An error value, as `SEARCH` gives where nothing is found.
    Error,
}

impl Value {
    /// The value of a cell from the text that it shows.
    pub(super) fn of_cell(text: &str) -> Self {
        let text = text.trim();
        let (figures, scale) = text.strip_suffix('%').map_or((text, 1.0), |figures| (figures, 0.01));
        let figures = figures.trim_start_matches('£').replace(',', "");
        if let Some(serial) = serial(text) {
            return Self::Number(serial);
        }
        match (figures.parse::<f64>(), text) {
            (_, "") => Self::Empty,
            (_, "TRUE") => Self::Bool(true),
            (_, "FALSE") => Self::Bool(false),
            (Ok(number), _) if number.is_finite() => Self::Number(number * scale),
            _ => Self::Text(text.to_owned()),
        }
    }

    pub(super) fn is_true(&self) -> bool {
        match self {
            Self::Bool(value) => *value,
            Self::Number(value) => *value != 0.0,
            _ => false,
        }
    }

    /// Numbers come before texts, texts before truth values; case does not count. An empty cell is like nothing of each kind.
    pub(super) fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.partial_cmp(b).unwrap_or(Ordering::Less),
            (Self::Text(a), Self::Text(b)) => a.to_lowercase().cmp(&b.to_lowercase()),
            (Self::Bool(a), Self::Bool(b)) => a.cmp(b),
            (Self::Empty, Self::Empty) => Ordering::Equal,
            (Self::Empty, Self::Number(b)) => 0.0_f64.partial_cmp(b).unwrap_or(Ordering::Less),
            (Self::Number(a), Self::Empty) => a.partial_cmp(&0.0).unwrap_or(Ordering::Less),
            (Self::Empty, Self::Text(b)) if b.is_empty() => Ordering::Equal,
            (Self::Text(a), Self::Empty) if a.is_empty() => Ordering::Equal,
            (a, b) => a.rank().cmp(&b.rank()),
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Empty => 0,
            Self::Number(_) => 1,
            Self::Text(_) => 2,
            Self::Bool(_) => 3,
            Self::Error => 4,
        }
    }

    pub(super) fn text(&self) -> String {
        match self {
            Self::Empty | Self::Error => String::new(),
            Self::Number(number) => super::super::format::general(*number),
            Self::Text(text) => text.clone(),
            Self::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        }
    }

    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Empty => Some(0.0),
            Self::Bool(value) => Some(f64::from(u8::from(*value))),
            Self::Text(_) | Self::Error => None,
        }
    }
}

/// The day with this date, as workbooks count days.
pub(super) fn day(year: f64, month: f64, day: f64) -> Option<f64> {
    Moment::parse(&format!("{year:.0}-{month:.0}-{day:.0}"))
}

/// Whether a cell shows an error value: "#N/A", "#DIV/0!".
pub(super) fn is_error(text: &str) -> bool {
    let text = text.trim();
    text == "#N/A" || (text.starts_with('#') && text.len() > 2 && text.ends_with(['!', '?']))
}

/// The first letters of the months.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A date as cells show it ("31/01/2018", "31-Jan-18", "31 January 2018", "2018-01-31") as the number that stands behind it.
fn serial(text: &str) -> Option<f64> {
    if text.len() > 40 || !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (date, time) = match text.split_once(':') {
        Some((before, _)) => before.rsplit_once(' ')?,
        None => (text, ""),
    };
    let mut parts = date.split([' ', '/', '-', '.']).filter(|part| !part.is_empty());
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || !time.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let figure = |part: &str| part.parse::<u32>().ok().filter(|_| part.len() <= 4).map(f64::from);
    let (first_figure, third_figure) = (figure(first)?, figure(third)?);
    let named = || {
        let start = second.get(..3)?.to_ascii_lowercase();
        (1_u32..).zip(MONTHS).find_map(|(number, month)| (month == start).then_some(f64::from(number)))
    };
    let month = figure(second).or_else(named)?;
    if first.len() == 4 {
        return day(first_figure, month, third_figure);
    }
    let century = match third.len() {
        4 => 0.0,
        // Two digits are of the years 1930 to 2029, as workbooks have it.
        2 if third_figure < 30.0 => 2_000.0,
        2 => 1_900.0,
        _ => return None,
    };
    day(third_figure + century, month, first_figure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shown_dates_are_numbers() {
        for shown in ["31/01/2018", "31-Jan-18", "31 January 2018", "2018-01-31", "31.01.18", "31/01/2018 18:00"] {
            assert_eq!(Value::of_cell(shown), Value::Number(43_131.0), "{shown}");
        }
        for text in ["1/2", "2017/18", "3-4-5-6", "31 of 40 beds", "12-34", "10/20/30/40", "7 days a week", "31/31/2018"] {
            assert!(!matches!(Value::of_cell(text), Value::Number(_)), "{text}");
        }
    }
}
