//! Names of fonts (MS-DOC 2.9.282, `SttbfFfn`), to know those whose letters are signs.

use crate::readers::word::doc::bytes::byte;
use crate::readers::word::doc::bytes::short;
use crate::readers::word::symbols::SymbolFont;

/// Where the name begins in the description of a font (2.9.76).
const NAME: usize = 39;

/// The fonts whose letters are signs, by number.
pub(super) fn read(table: &[u8]) -> Vec<Option<SymbolFont>> {
    let count = short(table, 0).unwrap_or(0);
    let mut at = 4;
    let mut fonts = Vec::new();
    for _ in 0..count {
        let Some(len) = byte(table, at).map(usize::from) else { break };
        let description = table.get(at + 1..at + 1 + len).unwrap_or_default();
        let units = description.get(NAME..).unwrap_or_default().chunks_exact(2);
        let units = units.map(|unit| short(unit, 0).unwrap_or(0)).take_while(|unit| *unit != 0);
        let name: String = char::decode_utf16(units).filter_map(Result::ok).collect();
        fonts.push(SymbolFont::named(&name));
        at += 1 + len;
    }
    fonts
}
