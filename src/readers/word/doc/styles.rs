//! Styles (MS-DOC 2.4.6.5, 2.9.260): what the built-in ones say, in any language, and those based on them.

use crate::model::source::TextKind;
use crate::readers::word::doc::bytes::short;

/// `istdBase` of a style that is based on none (2.9.261).
const NONE: u16 = 0x0FFF;

/// Longest chain of styles based on each other that is followed.
const LONGEST_CHAIN: usize = 64;

/// Numbers of the built-in styles (2.9.261, `sti`).
const TITLE: u16 = 62;

/// The styles of a document, by their number: the built-in style that each is, and the style that it is based on.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: Vec<(u16, u16)>,
}

impl Styles {
    /// Reads an `STSH`.
    pub(super) fn of(sheet: &[u8]) -> Self {
        let mut styles = Vec::new();
        let Some(header) = short(sheet, 0).map(usize::from) else { return Self::default() };
        let count = short(sheet, 2).unwrap_or(0);
        let mut at = 2 + header;
        for _ in 0..count {
            let Some(len) = short(sheet, at).map(usize::from) else { break };
            let told = if len > 0 { (short(sheet, at + 2), short(sheet, at + 4)) } else { (None, None) };
            styles.push((told.0.unwrap_or(NONE) & 0x0FFF, told.1.map_or(NONE, |base| base >> 4)));
            // Each begins at an even position.
            at += 2 + len + len % 2;
        }
        Self { styles }
    }

    /// What a paragraph of a style is.
    pub(super) fn kind(&self, style: u16) -> TextKind {
        let mut next = style;
        for _ in 0..LONGEST_CHAIN {
            let Some((built_in, base)) = self.styles.get(usize::from(next)) else { break };
            match *built_in {
                level @ 1..=9 => return TextKind::Heading(u8::try_from(level).unwrap_or(9)),
                19..=27 => return TextKind::Furniture,
                TITLE => return TextKind::Heading(1),
                _ => next = *base,
            }
        }
        TextKind::Paragraph
    }
}
