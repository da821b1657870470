//! Where a link leads (MS-XLS 2.4.140, MS-OSHARED 2.3.7).

use super::record::Reader;
use super::record::Record;
use crate::model::location::CellRange;
use crate::model::location::ColumnIndex;
use crate::model::location::RowIndex;

/// Bits that tell which parts a link has.
const HAS_MONIKER: u32 = 0x1;
const HAS_NAME: u32 = 0x10;
const HAS_FRAME: u32 = 0x80;
const MONIKER_IS_TEXT: u32 = 0x100;

/// The class of a moniker that is an address.
const ADDRESS: [u8; 16] = [0xE0, 0xC9, 0xEA, 0x79, 0xF9, 0xBA, 0xCE, 0x11, 0x8C, 0x82, 0x00, 0xAA, 0x00, 0x4B, 0xA9, 0x0B];

/// The cells of a link, and its target where that is an address.
pub(super) fn read(record: &Record<'_>) -> Option<(CellRange, String)> {
    let bound = |at| record.u16(at).map(u32::from);
    let cells = CellRange {
        first_row: RowIndex(bound(0)?),
        last_row: RowIndex(bound(2)?),
        first_column: ColumnIndex(bound(4)?),
        last_column: ColumnIndex(bound(6)?),
    };
    let flags = record.u32(28)?;
    let mut reader = record.reader(32);
    for bit in [HAS_NAME, HAS_FRAME] {
        if flags & bit != 0 {
            text(&mut reader)?;
        }
    }
    if flags & HAS_MONIKER == 0 {
        return None;
    }
    if flags & MONIKER_IS_TEXT != 0 {
        return Some((cells, text(&mut reader)?));
    }
    for byte in ADDRESS {
        (reader.u8()? == byte).then_some(())?;
    }
    let count = usize::try_from(reader.u32()?).ok()? / 2;
    // Behind the address and its end others may stand, of which nobody has use.
    let address = reader.chars(count, true)?;
    Some((cells, address.split('\0').next().unwrap_or_default().to_owned()))
}

/// A text with its length in front, its closing zero counted.
fn text(reader: &mut Reader<'_, '_>) -> Option<String> {
    let count = usize::try_from(reader.u32()?).ok()?;
    Some(reader.chars(count, true)?.trim_end_matches('\0').to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::record::Records;
    use super::*;

    fn utf16(text: &str) -> Vec<u8> {
        text.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect()
    }

    fn record(flags: u32, parts: &[&[u8]]) -> Vec<u8> {
        let mut data: Vec<u8> = [4_u16, 4, 2, 3].iter().flat_map(|bound| bound.to_le_bytes()).collect();
        data.extend([0; 16]);
        data.extend(2_u32.to_le_bytes());
        data.extend(flags.to_le_bytes());
        parts.iter().for_each(|part| data.extend(*part));
        let length = u16::try_from(data.len()).expect("short");
        [&0x01B8_u16.to_le_bytes(), &length.to_le_bytes(), data.as_slice()].concat()
    }

    fn target(bytes: &[u8]) -> Option<(u32, u32, String)> {
        let record = Records::from(bytes, 0).next()?;
        read(&record).map(|(cells, target)| (cells.first_row.0, cells.first_column.0, target))
    }

    #[test]
    fn an_address_behind_the_name_of_a_link() {
        let (name, address) = (utf16("Plan"), utf16("https://westmarch.example/plan"));
        let (names, bytes) = (5_u32.to_le_bytes(), u32::try_from(address.len()).expect("short").to_le_bytes());
        let bytes = record(HAS_MONIKER | HAS_NAME, &[&names, &name, &ADDRESS, &bytes, &address]);
        assert_eq!(target(&bytes), Some((4, 2, "https://westmarch.example/plan".to_owned())));
        assert_eq!(target(&bytes[..bytes.len() - 8]), None, "cut short");
    }

    #[test]
    fn places_in_the_workbook_and_files_are_no_addresses() {
        assert_eq!(target(&record(0x8, &[&4_u32.to_le_bytes(), &utf16("A!1")])), None);
        assert_eq!(target(&record(HAS_MONIKER, &[&[3; 16], &[0; 30]])), None);
    }
}
