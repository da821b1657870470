//! A number as decimal digits, rounded as Excel does: at most fifteen digits count, and half is rounded away from zero.

/// Digits that count; what a double holds beyond them is noise of its binary form.
const SIGNIFICANT: usize = 15;

/// The digits of a number without its sign: `0.d1d2d3… × 10^exponent`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    digits: Vec<u8>,
    exponent: i32,
}

impl Decimal {
    /// The digits of the absolute value of a finite number.
    pub(super) fn new(value: f64) -> Self {
        let text = format!("{:.*e}", SIGNIFICANT - 1, value.abs());
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let digits = mantissa.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect();
        let mut decimal = Self { digits, exponent: exponent.parse().unwrap_or(0) + 1 };
        decimal.trim();
        decimal
    }

    fn trim(&mut self) {
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
        if self.digits.is_empty() {
            self.exponent = 0;
        }
    }

    pub(super) fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// The power of ten of the first digit.
    pub(super) fn magnitude(&self) -> i32 {
        self.exponent - 1
    }

    pub(super) fn is_whole(&self) -> bool {
        i32::try_from(self.digits.len()).is_ok_and(|digits| digits <= self.exponent)
    }

    /// Times ten to the power of `by`.
    pub(super) fn shift(&mut self, by: i32) {
        if !self.is_zero() {
            self.exponent += by;
        }
    }

    /// Rounds to `places` digits behind the point.
    pub(super) fn round(&mut self, places: usize) {
        let keep = i32::try_from(places).unwrap_or(i32::MAX).saturating_add(self.exponent);
        let Ok(keep) = usize::try_from(keep) else {
            self.digits.clear();
            return self.trim();
        };
        if keep >= self.digits.len() {
            return;
        }
        let up = self.digits[keep] >= 5;
        self.digits.truncate(keep);
        if up {
            let nines = self.digits.iter().rev().take_while(|digit| **digit == 9).count();
            self.digits.truncate(keep - nines);
            if let Some(last) = self.digits.last_mut() {
                *last += 1;
            } else {
                self.digits.push(1);
                self.exponent += 1;
            }
        }
        self.trim();
    }

    /// Rounds to so many digits that count.
    pub(super) fn round_to(&mut self, significant: i32) {
        let places = significant - self.exponent;
        if let Ok(places) = usize::try_from(places) {
            self.round(places);
        }
    }

    /// The digits before the point, empty for none.
    pub(super) fn whole(&self) -> String {
        let count = usize::try_from(self.exponent).unwrap_or(0);
        (0..count).map(|at| self.digit(at)).collect()
    }

    /// `places` digits behind the point.
    pub(super) fn fraction(&self, places: usize) -> String {
        let leading = usize::try_from(-self.exponent).unwrap_or(0);
        let first = usize::try_from(self.exponent).unwrap_or(0);
        (0..places).map(|at| if at < leading { '0' } else { self.digit(first + at - leading) }).collect()
    }

    fn digit(&self, at: usize) -> char {
        self.digits.get(at).map_or('0', |digit| char::from(b'0' + digit))
    }

    /// Written plainly, without zeros that say nothing.
    fn plain(&self) -> String {
        let whole = self.whole();
        let places = i32::try_from(self.digits.len()).unwrap_or(i32::MAX).saturating_sub(self.exponent);
        let fraction = self.fraction(usize::try_from(places).unwrap_or(0));
        let whole = if whole.is_empty() { "0" } else { &whole };
        if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
    }
}

/// A number without a format: as many digits as eleven characters hold, and whole numbers whole.
pub(super) fn general(value: f64) -> String {
    if !value.is_finite() {
        return value.to_string();
    }
    let mut decimal = Decimal::new(value);
    let magnitude = decimal.magnitude();
    let text = if decimal.is_zero() {
        return "0".to_owned();
    } else if decimal.is_whole() && magnitude < 15 {
        decimal.plain()
    } else if (-4..=10).contains(&magnitude) {
        decimal.round_to(if magnitude < 0 { 10 + magnitude } else { 10.max(magnitude + 1) });
        decimal.plain()
    } else {
        decimal.round_to(6);
        let sign = if decimal.magnitude() < 0 { '-' } else { '+' };
        let power = decimal.magnitude().abs();
        decimal.shift(-decimal.magnitude());
        format!("{}E{sign}{power:02}", decimal.plain())
    };
    if value < 0.0 { format!("-{text}") } else { text }
}
