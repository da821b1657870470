//! Number formats: a cell's number as Excel shows it in a British office.
//!
//! A format code is cut into sections and tokens once (`parse`); a number is then shown as a date or time (`date`) or as a
//! figure (`figure`). Where what is shown would lose or twist the date, more is shown than Excel does: a date without a year
//! gets its year, a date in figures with the month first is written day first, and midnight is not said.

mod builtin;
mod date;
mod decimal;
mod figure;
mod parse;

pub(super) use builtin::builtin;
pub(super) use date::Moment;

use parse::Section;
use parse::Token;

/// A number format.
#[derive(Clone, Debug, Default)]
pub(super) struct NumberFormat {
    sections: Vec<Section>,
}

impl NumberFormat {
    /// Reads a format code (ECMA-376 part 1, 18.8.31).
    pub(super) fn parse(code: &str) -> Self {
        Self { sections: parse::sections(code) }
    }

    /// The number as it is shown. `epoch_1904` is the workbook's way of counting days.
    pub(super) fn show(&self, value: f64, epoch_1904: bool) -> String {
        let Some((section, value)) = self.choose(value) else { return general(value) };
        if section.is_date() {
            // Excel shows hashes for what lies outside its calendar; the number itself tells more.
            return Moment::from_serial(value, epoch_1904)
                .map_or_else(|| general(value), |moment| date::show(section, &moment, value));
        }
        let text = figure::show(section, value);
        // A format may hide the number altogether (";;;"); it is still what the cell holds.
        if text.trim().is_empty() && value != 0.0 { general(value) } else { text }
    }

    /// The text of a text cell as it is shown: formats may put words around it.
    pub(super) fn show_text(&self, text: &str) -> Option<String> {
        let section = self.sections.iter().find(|section| section.tokens.contains(&Token::Text))?;
        let dressed = section.tokens.iter().any(|token| matches!(token, Token::Literal(_)));
        dressed.then(|| {
            let parts = section.tokens.iter().map(|token| match token {
                Token::Literal(literal) => literal.as_str(),
                Token::Text => text,
                _ => "",
            });
            parts.collect()
        })
    }

    /// The section for a number, and the number as that section shows it.
    fn choose(&self, value: f64) -> Option<(&Section, f64)> {
        let figures: Vec<&Section> = self.sections.iter().filter(|section| !section.tokens.contains(&Token::Text)).collect();
        if figures.iter().any(|section| section.condition.is_some()) {
            let met = figures.iter().find(|section| section.condition.is_none_or(|condition| condition.holds(value)));
            return met.map(|section| (*section, value));
        }
        match figures.as_slice() {
            [] => None,
            [only] => Some((only, value)),
            [positive, negative] => Some(if value < 0.0 { (negative, -value) } else { (positive, value) }),
            [positive, negative, zero, ..] => Some(if value < 0.0 {
                (negative, -value)
            } else if value == 0.0 {
                (zero, value)
            } else {
                (positive, value)
            }),
        }
    }
}

/// A number without any format.
pub(super) fn general(value: f64) -> String {
    decimal::general(value)
}

#[cfg(test)]
mod tests;
