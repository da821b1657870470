//! Numbers as figures.

use super::decimal::Decimal;
use super::decimal::general;
use super::parse::Section;
use super::parse::Token;

/// Shows `value` by a section that is no date.
pub(super) fn show(section: &Section, value: f64) -> String {
    let tokens = section.tokens.as_slice();
    let digits = || tokens.iter().filter(|token| matches!(token, Token::Digit(_)));
    if !value.is_finite() || tokens.contains(&Token::Slash) || tokens.is_empty() {
        return general(value);
    }
    if tokens.contains(&Token::General) || digits().count() == 0 {
        let parts = tokens.iter().map(|token| match token {
            Token::Literal(literal) => literal.clone(),
            Token::General => general(value),
            Token::Percent => "%".to_owned(),
            _ => String::new(),
        });
        return parts.collect::<String>().trim().to_owned();
    }
    let mut decimal = Decimal::new(value);
    let percents = tokens.iter().filter(|token| **token == Token::Percent).count();
    decimal.shift(2 * i32::try_from(percents).unwrap_or(0));
    decimal.shift(-3 * trailing_commas(tokens));
    let layout = Layout::of(tokens);
    let mut power = None;
    if layout.exponent.is_some() && !decimal.is_zero() {
        let step = i32::try_from(layout.whole.len().max(1)).unwrap_or(1);
        let magnitude = decimal.magnitude();
        let exponent = if step > 1 { magnitude.div_euclid(step) * step } else { magnitude };
        decimal.shift(-exponent);
        power = Some(exponent);
    }
    decimal.round(layout.fraction.len());
    let negative = value < 0.0 && !decimal.is_zero();
    let text = layout.write(tokens, &decimal, power.unwrap_or(0));
    let text = text.trim();
    if negative { format!("-{text}") } else { text.to_owned() }
}

/// How many commas stand behind the last digit: each divides by a thousand.
fn trailing_commas(tokens: &[Token]) -> i32 {
    let last = tokens.iter().rposition(|token| matches!(token, Token::Digit(_))).unwrap_or(0);
    let commas = tokens.iter().skip(last + 1).take_while(|token| **token == Token::Comma).count();
    i32::try_from(commas).unwrap_or(0)
}

/// Where the digits of a format stand.
struct Layout {
    /// Indices of the places before the point, behind it, and in the exponent.
    whole: Vec<usize>,
    fraction: Vec<usize>,
    power: Vec<usize>,
    exponent: Option<usize>,
    thousands: bool,
}

impl Layout {
    fn of(tokens: &[Token]) -> Self {
        let find = |wanted: fn(&Token) -> bool| tokens.iter().position(wanted);
        let exponent = find(|token| matches!(token, Token::Exponent(_)));
        let point = find(|token| *token == Token::Point).filter(|at| exponent.is_none_or(|exponent| *at < exponent));
        let end = exponent.unwrap_or(tokens.len());
        let places = |range: std::ops::Range<usize>| -> Vec<usize> {
            range.filter(|at| matches!(tokens.get(*at), Some(Token::Digit(_)))).collect()
        };
        let whole = places(0..point.unwrap_or(end));
        let last = whole.last().copied().unwrap_or(0);
        Self {
            thousands: tokens.iter().take(last).any(|token| *token == Token::Comma),
            fraction: places(point.unwrap_or(end)..end),
            power: places(end..tokens.len()),
            exponent,
            whole,
        }
    }

    fn write(&self, tokens: &[Token], decimal: &Decimal, power: i32) -> String {
        let mut out = String::new();
        let whole = decimal.whole();
        let fraction = decimal.fraction(self.fraction.len());
        let power_digits = power.abs().to_string();
        for (at, token) in tokens.iter().enumerate() {
            match token {
                Token::Literal(literal) => out.push_str(literal),
                Token::Percent => out.push('%'),
                Token::Point => self.point(tokens, &fraction, &mut out),
                Token::Exponent(plus) => {
                    out.push('E');
                    match (power < 0, plus) {
                        (true, _) => out.push('-'),
                        (false, true) => out.push('+'),
                        (false, false) => {}
                    }
                }
                Token::Digit(kind) => {
                    if let Some(place) = self.whole.iter().position(|index| *index == at) {
                        put(&whole, place, self.whole.len(), *kind, self.thousands, &mut out);
                    } else if let Some(place) = self.fraction.iter().position(|index| *index == at) {
                        let rest = fraction.get(place..).unwrap_or_default();
                        if *kind == '0' || rest.bytes().any(|digit| digit != b'0') || self.zero_behind(tokens, place) {
                            out.push_str(rest.get(..1).unwrap_or_default());
                        }
                    } else if let Some(place) = self.power.iter().position(|index| *index == at) {
                        put(&power_digits, place, self.power.len(), *kind, false, &mut out);
                    }
                }
                _ => {}
            }
        }
        out
    }

    /// The point, unless nothing follows it.
    fn point(&self, tokens: &[Token], fraction: &str, out: &mut String) {
        if self.zero_behind(tokens, 0) || fraction.bytes().any(|digit| digit != b'0') {
            out.push('.');
        }
    }

    /// Whether a digit behind the point, from `place` on, is always shown.
    fn zero_behind(&self, tokens: &[Token], place: usize) -> bool {
        self.fraction.iter().skip(place).any(|at| tokens.get(*at) == Some(&Token::Digit('0')))
    }
}

/// The digits for one of `places` places: the first takes all that the places have no room for.
fn put(digits: &str, place: usize, places: usize, kind: char, thousands: bool, out: &mut String) {
    let mut one = |digit: char, behind: usize| {
        out.push(digit);
        if thousands && behind > 0 && behind.is_multiple_of(3) {
            out.push(',');
        }
    };
    let behind = places - place - 1;
    if place == 0 && digits.len() > places {
        let (more, _) = digits.split_at(digits.len() - places + 1);
        for (index, digit) in more.chars().enumerate() {
            one(digit, digits.len() - index - 1);
        }
    } else if let Some(digit) = digits.len().checked_sub(behind + 1).and_then(|at| digits.get(at..=at)) {
        digit.chars().for_each(|digit| one(digit, behind));
    } else if kind == '0' {
        one('0', behind);
    }
}
