//! What a cell's text can be, for the stages before this one: a date, a level, a name, a rating.

use super::Normaliser;
use super::party::KnownNames;
use super::party::PartyColumn;
use crate::model::date::DateContext;
use crate::model::recognise::Values;

impl Values for Normaliser {
    fn is_date(&self, text: &str) -> bool {
        self.dates().is_cell(text)
    }

    fn is_ongoing(&self, text: &str) -> bool {
        /// Longest such text in bytes.
        const LONGEST: usize = 24;
        text.len() <= LONGEST && self.dates().read(text, &DateContext::default()).iter().all(|date| date.ongoing)
    }

    fn is_level(&self, text: &str) -> bool {
        /// Longest text in bytes whose dates are looked for: "Established by end of March 2018".
        const DATED: usize = 60;
        if self.maturity.is_level_cell(text) {
            return true;
        }
        if text.len() > DATED || !text.bytes().any(|b| b.is_ascii_digit()) {
            return false;
        }
        let dates = self.dates().read(text, &DateContext::default());
        let rest =
            dates.iter().filter(|date| date.edtf.is_some()).fold(text.to_owned(), |rest, date| rest.replacen(&date.raw, " ", 1));
        rest.len() < text.len() && self.maturity.is_level_cell(&rest)
    }

    fn is_person(&self, text: &str) -> bool {
        if text.len() > 60 {
            return false;
        }
        let names = self.parties.read(text, PartyColumn::Organisation, &KnownNames::default());
        !names.leads.is_empty() && names.organisations.is_empty()
    }

    fn is_rating(&self, text: &str) -> bool {
        text.len() <= 12 && self.ratings.read(text).is_some()
    }
}
