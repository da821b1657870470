//! Form fields of rich text (RTF specification, "Form fields").

use crate::readers::word::symbols::tick_box;

/// What a form field says of itself.
#[derive(Debug, Default)]
pub(super) struct Field {
    /// 0 for text, 1 for a box, 2 for a list.
    pub(super) kind: i32,
    /// What it holds; 25 where it holds what it began with.
    pub(super) result: Option<i32>,
    pub(super) default: Option<i32>,
    /// Entries of a list.
    pub(super) entries: Vec<String>,
}

/// The value of a result that nobody set.
const UNSET: i32 = 25;

impl Field {
    /// What a field without text shows: a box, or the entry that was chosen.
    pub(super) fn shown(self) -> Option<String> {
        let value = self.result.filter(|result| *result != UNSET).or(self.default).unwrap_or(0);
        match self.kind {
            1 => Some(tick_box(value == 1).to_owned()),
            2 => self.entries.into_iter().nth(usize::try_from(value).ok()?),
            _ => None,
        }
    }
}
