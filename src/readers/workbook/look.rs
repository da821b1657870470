//! How cells look: what a cell's style number stands for.

use std::cell::RefCell;

use ecow::EcoString;
use rustc_hash::FxHashMap;

use super::colour::Rgb;
use super::format;
use super::format::NumberFormat;
use crate::model::source::Style;
use crate::readers::markup::colour;

/// What the style numbers of one workbook stand for.
#[derive(Debug, Default)]
pub(super) struct Looks {
    pub(super) formats: Vec<NumberFormat>,
    pub(super) looks: Vec<Look>,
    pub(super) epoch_1904: bool,
    /// Numbers that were shown before, by their format and bits: the dates of a plan recur.
    shown: RefCell<FxHashMap<(usize, u64), EcoString>>,
}

/// So many numbers are remembered as they are shown: ten years of days.
const MOST_SHOWN: usize = 4_096;

/// One style.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Look {
    /// Index into the formats; `None` is General.
    pub(super) format: Option<usize>,
    pub(super) bold: bool,
    pub(super) struck: bool,
    pub(super) fill: Option<Rgb>,
    /// Colour of the text.
    pub(super) ink: Option<Rgb>,
}

impl Look {
    /// What of it carries meaning in a cell of this text.
    pub(super) fn style(self, text: &str) -> Style {
        Style { emphasised: self.bold, struck: self.struck, fill: colour(text, self.fill, self.ink) }
    }
}

impl Looks {
    /// The style with this number; plain for one that is not there.
    pub(super) fn get(&self, index: usize) -> Look {
        self.looks.get(index).copied().unwrap_or_default()
    }

    /// Adds a format.
    pub(super) fn add_format(&mut self, code: &str) -> Option<usize> {
        if code.eq_ignore_ascii_case("general") {
            return None;
        }
        self.formats.push(NumberFormat::parse(code));
        Some(self.formats.len() - 1)
    }

    /// A number as it is shown.
    pub(super) fn number(&self, look: Look, value: f64) -> EcoString {
        let Some((index, format)) = look.format.and_then(|index| Some((index, self.formats.get(index)?))) else {
            return format::general(value).into();
        };
        let key = (index, value.to_bits());
        if let Some(text) = self.shown.borrow().get(&key) {
            return text.clone();
        }
        let text = EcoString::from(format.show(value, self.epoch_1904));
        let mut shown = self.shown.borrow_mut();
        if shown.len() < MOST_SHOWN {
            shown.insert(key, text.clone());
        }
        text
    }

    /// A date that has no format of its own.
    pub(super) fn date(serial: f64) -> EcoString {
        NumberFormat::parse("dd/mm/yyyy hh:mm").show(serial, false).into()
    }

    /// A text as it is shown.
    pub(super) fn text(&self, look: Look, text: EcoString) -> EcoString {
        let format = look.format.and_then(|index| self.formats.get(index));
        format.and_then(|format| format.show_text(&text)).map_or(text, EcoString::from)
    }
}
