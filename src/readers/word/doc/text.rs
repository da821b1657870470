//! The text in pieces (MS-DOC 2.4.1): which characters stand where in the main stream.

use encoding_rs::WINDOWS_1252;

use crate::readers::error::ReadError;
use crate::readers::word::doc::bytes::byte;
use crate::readers::word::doc::bytes::index;
use crate::readers::word::doc::bytes::long;
use crate::readers::word::doc::bytes::short;
use crate::readers::word::doc::bytes::slice;

/// A run of characters that stand together.
#[derive(Clone, Copy, Debug)]
struct Piece {
    /// Position of its first character in the text, and the one after its last.
    first: u32,
    end: u32,
    /// Where it begins in the main stream.
    at: usize,
    /// A character is one byte and not two.
    narrow: bool,
}

/// The text of a document.
#[derive(Default)]
pub(super) struct Text<'d> {
    document: &'d [u8],
    pieces: Vec<Piece>,
}

/// A character, and where it stands in the main stream.
#[derive(Clone, Copy, Debug)]
pub(super) struct Character {
    pub(super) c: char,
    pub(super) at: usize,
}

impl<'d> Text<'d> {
    /// Reads the table of pieces, a `Clx` (2.9.38).
    pub(super) fn of(document: &'d [u8], clx: &[u8]) -> Result<Self, ReadError> {
        let damaged = |detail: &str| ReadError::Damaged { what: "the document".to_owned(), detail: detail.to_owned() };
        let mut at = 0;
        while byte(clx, at) == Some(1) {
            at += 3 + usize::from(short(clx, at + 1).unwrap_or(0));
        }
        if byte(clx, at) != Some(2) {
            return Err(damaged("it has no table of pieces"));
        }
        let len = long(clx, at + 1).map_or(0, index);
        let table = slice(clx, at + 5, len).ok_or_else(|| damaged("its table of pieces breaks off"))?;
        let count = table.len().saturating_sub(4) / 12;
        let mut pieces = Vec::new();
        let mut characters = 0_usize;
        for piece in 0..count {
            let (Some(first), Some(end)) = (long(table, piece * 4), long(table, piece * 4 + 4)) else { break };
            let Some(place) = long(table, (count + 1) * 4 + piece * 8 + 2) else { break };
            let narrow = place & 0x4000_0000 != 0;
            let place = index(place & 0x3FFF_FFFF);
            let at = if narrow { place / 2 } else { place };
            characters = characters.saturating_add(index(end.saturating_sub(first)));
            pieces.push(Piece { first, end, at, narrow });
        }
        // Pieces do not overlap, so that there are no more characters than bytes.
        if characters > document.len() {
            return Err(damaged("its pieces hold more text than the file"));
        }
        Ok(Self { document, pieces })
    }

    /// The characters from `first` up to `end`.
    pub(super) fn characters(&self, first: u32, end: u32) -> impl Iterator<Item = Character> {
        let pieces = self.pieces.iter().filter(move |piece| piece.first < end && piece.end > first);
        pieces.flat_map(move |piece| {
            let from = index(first.max(piece.first) - piece.first);
            let to = index(end.min(piece.end) - piece.first);
            let width = if piece.narrow { 1 } else { 2 };
            let bytes = piece.at.saturating_add(from * width)..piece.at.saturating_add(to * width).min(self.document.len());
            decoded(self.document, bytes, piece.narrow)
        })
    }
}

fn decoded(document: &[u8], bytes: std::ops::Range<usize>, narrow: bool) -> Box<dyn Iterator<Item = Character> + '_> {
    if narrow {
        return Box::new(bytes.filter_map(|at| Some(Character { c: letter(byte(document, at)?), at })));
    }
    let start = bytes.start;
    let units = document.get(bytes).unwrap_or_default().chunks_exact(2).map(|unit| match unit {
        [low, high] => u16::from_le_bytes([*low, *high]),
        _ => 0,
    });
    let mut at = start;
    Box::new(char::decode_utf16(units).map(move |c| {
        let c = c.unwrap_or(char::REPLACEMENT_CHARACTER);
        let here = at;
        at += c.len_utf16() * 2;
        Character { c, at: here }
    }))
}

/// A character of one byte: those below 0x80 are themselves, signs too that control the text (2.9.73).
fn letter(byte: u8) -> char {
    if byte < 0x80 {
        return char::from(byte);
    }
    WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER)
}
