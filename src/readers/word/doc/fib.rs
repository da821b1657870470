//! The file information block (MS-DOC 2.5): where everything is.

use crate::readers::error::ReadError;
use crate::readers::word::doc::bytes::index;
use crate::readers::word::doc::bytes::long;
use crate::readers::word::doc::bytes::short;

/// `FibBase.wIdent` (2.5.2).
const WORD: u16 = 0xA5EC;

/// The same in documents of Word 6 and 95.
const WORD_6: u16 = 0xA5DC;

/// `FibBase.nFib` of Word 97, the first whose block is laid out like this (2.5.1).
const WORD_97: u16 = 0x00C1;

/// Where the pairs of offset and length begin (2.5.5), after blocks of fixed length.
const PAIRS: usize = 154;

/// Where the lengths of the stories stand (2.5.4), that of the main text first.
const STORIES: usize = 76;

/// The file information block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fib<'d> {
    document: &'d [u8],
}

/// Stories in the order in which they stand in the text (2.5.4); the one for macros is never there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Story {
    Main,
    Footnotes,
    Headers,
    Macros,
    Comments,
    Endnotes,
    TextBoxes,
    HeaderTextBoxes,
}

impl Story {
    pub(super) const ALL: [Self; 8] = [
        Self::Main,
        Self::Footnotes,
        Self::Headers,
        Self::Macros,
        Self::Comments,
        Self::Endnotes,
        Self::TextBoxes,
        Self::HeaderTextBoxes,
    ];
}

/// What a pair of offset and length points to in the table stream: its position in the list (2.5.6).
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    Styles = 1,
    Footnotes = 2,
    Characters = 12,
    Paragraphs = 13,
    Fonts = 15,
    Text = 33,
    Endnotes = 46,
}

impl<'d> Fib<'d> {
    /// Reads the block at the start of the main stream.
    pub(super) fn of(document: &'d [u8]) -> Result<Self, ReadError> {
        let damaged = |detail: &str| ReadError::Damaged { what: "the document".to_owned(), detail: detail.to_owned() };
        let begins = short(document, 0);
        if begins != Some(WORD) && begins != Some(WORD_6) {
            return Err(damaged("its main stream does not begin as one of Word"));
        }
        if begins == Some(WORD_6) || short(document, 2).is_none_or(|version| version < WORD_97) {
            return Err(ReadError::Unsupported {
                what: "a document of Word 95 or before",
                remedy: "open it in Word or LibreOffice and save it as a Word document (.docx)",
            });
        }
        if short(document, 10).is_some_and(|flags| flags & 0x0100 != 0) {
            return Err(ReadError::Encrypted { tried: false });
        }
        Ok(Self { document })
    }

    /// Name of the stream that holds the tables (2.5.2, `fWhichTblStm`).
    pub(super) fn table_stream(&self) -> &'static str {
        if short(self.document, 10).is_some_and(|flags| flags & 0x0200 != 0) { "1Table" } else { "0Table" }
    }

    /// The bytes of a part in the table stream.
    pub(super) fn part<'t>(&self, part: Part, tables: &'t [u8]) -> &'t [u8] {
        let at = PAIRS + part as usize * 8;
        let range = || {
            let start = index(long(self.document, at)?);
            let len = index(long(self.document, at + 4)?);
            tables.get(start..start.checked_add(len)?)
        };
        range().unwrap_or_default()
    }

    /// For each reference to a note in the main text, in order, whether it is to an endnote (2.8.8, 2.8.7).
    pub(super) fn references(&self, tables: &[u8]) -> Vec<bool> {
        let positions = |part: Part| {
            // A position for each, one more, and two bytes for each.
            let list = self.part(part, tables);
            let count = list.len().saturating_sub(4) / 6;
            (0..count).filter_map(move |at| long(list, at * 4))
        };
        let mut found: Vec<(u32, bool)> = positions(Part::Footnotes).map(|at| (at, false)).collect();
        found.extend(positions(Part::Endnotes).map(|at| (at, true)));
        found.sort_unstable();
        found.into_iter().map(|(_, endnote)| endnote).collect()
    }

    /// Number of characters of a story.
    pub(super) fn length(&self, story: Story) -> u32 {
        // Lengths are signed; none is negative.
        long(self.document, STORIES + story as usize * 4).filter(|length| i32::try_from(*length).is_ok()).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_before_word_97_are_told_as_such() {
        for begin in [[0xDC, 0xA5, 0x68, 0x00], [0xDC, 0xA5, 0x65, 0x00], [0xEC, 0xA5, 0x6C, 0x00]] {
            let stream = [begin.as_slice(), &[0; 60]].concat();
            assert!(matches!(Fib::of(&stream), Err(ReadError::Unsupported { .. })), "{begin:x?}");
        }
        assert!(matches!(Fib::of(&[0; 64]), Err(ReadError::Damaged { .. })));
    }
}
