//! The title in the properties of a document (MS-OLEPS 2.21, `SummaryInformation`).

use crate::readers::word::doc::bytes::index;
use crate::readers::word::doc::bytes::long;
use crate::readers::word::doc::bytes::short;
use crate::readers::word::doc::bytes::slice;
use crate::readers::word::rtf::charset;
use crate::readers::word::title;

/// Numbers of properties, and the types that their values have (2.3.3, 2.15).
const CODE_PAGE: u32 = 1;
const TITLE: u32 = 2;
const NARROW: u32 = 30;
const WIDE: u32 = 31;

/// The title, unless nobody gave it.
pub(super) fn title(stream: &[u8]) -> Option<String> {
    let set = stream.get(index(long(stream, 44)?)..)?;
    let value = |wanted: u32| {
        let count = index(long(set, 4)?).min(set.len() / 8);
        let found = (0..count).find(|at| long(set, 8 + at * 8) == Some(wanted))?;
        set.get(index(long(set, 12 + found * 8)?)..)
    };
    let text = value(TITLE)?;
    let len = index(long(text, 4)?);
    match long(text, 0)? {
        NARROW => {
            let page = value(CODE_PAGE).and_then(|page| short(page, 4)).map_or(1252, i32::from);
            let bytes = slice(text, 8, len)?;
            let text = charset::code_page(page).decode_without_bom_handling(bytes).0;
            title::told(text.trim_end_matches('\0'))
        }
        WIDE => {
            let units = slice(text, 8, len.checked_mul(2)?)?.chunks_exact(2).map(|unit| short(unit, 0).unwrap_or(0));
            let text: String = char::decode_utf16(units).filter_map(Result::ok).collect();
            title::told(text.trim_end_matches('\0'))
        }
        _ => None,
    }
}
