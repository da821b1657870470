//! The records of a part in BIFF12 (MS-XLSB 2.1.4): kind and length in seven bits a byte, then the data.

use std::io;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Read;

use crate::readers::error::ReadError;
use crate::readers::package;

/// The records of a part, one at a time.
pub(super) struct Records<R> {
    source: BufReader<R>,
    data: Vec<u8>,
    most: u64,
    part: String,
}

/// A record's data; every value is `None` where the record is cut short.
#[derive(Clone, Copy)]
pub(super) struct Data<'d>(pub(super) &'d [u8]);

impl<R: Read> Records<R> {
    /// Reads `source`, whose records may have `most` bytes each; `part` names it in messages.
    pub(super) fn new(source: R, part: &str, most: u64) -> Self {
        Self { source: BufReader::with_capacity(32 * 1024, source), data: Vec::new(), most, part: part.to_owned() }
    }

    /// The next record's kind and data.
    pub(super) fn next(&mut self) -> Result<Option<(u32, Data<'_>)>, ReadError> {
        let at_end = self.source.fill_buf().map(<[u8]>::is_empty);
        if at_end.map_err(|error| self.error(&error))? {
            return Ok(None);
        }
        let kind = self.variable(2)?;
        let length = u64::from(self.variable(4)?);
        if length > self.most {
            return Err(ReadError::TooLarge {
                what: "a record",
                found: length,
                limit: self.most,
                unit: "bytes",
                line: None,
                remedy: "save the workbook as xlsx, or raise the limit with --max-line-bytes",
            });
        }
        self.data.clear();
        let read = (&mut self.source).take(length).read_to_end(&mut self.data);
        read.map_err(|error| self.error(&error))?;
        Ok(Some((kind, Data(&self.data))))
    }

    /// A number of at most `bytes` bytes, seven bits in each.
    fn variable(&mut self, bytes: u32) -> Result<u32, ReadError> {
        let mut value = 0;
        for index in 0..bytes {
            let mut byte = [0];
            self.source.read_exact(&mut byte).map_err(|error| self.error(&error))?;
            value |= u32::from(byte[0] & 0x7F) << (7 * index);
            if byte[0] & 0x80 == 0 {
                break;
            }
        }
        Ok(value)
    }

    fn error(&self, error: &io::Error) -> ReadError {
        package::from_io(error, &self.part)
    }
}

impl Data<'_> {
    pub(super) fn u8(self, at: usize) -> Option<u8> {
        self.0.get(at).copied()
    }

    pub(super) fn u16(self, at: usize) -> Option<u16> {
        Some(u16::from_le_bytes(self.0.get(at..at.checked_add(2)?)?.try_into().ok()?))
    }

    pub(super) fn u32(self, at: usize) -> Option<u32> {
        Some(u32::from_le_bytes(self.0.get(at..at.checked_add(4)?)?.try_into().ok()?))
    }

    pub(super) fn f64(self, at: usize) -> Option<f64> {
        Some(f64::from_le_bytes(self.0.get(at..at.checked_add(8)?)?.try_into().ok()?))
    }

    /// A text with its length in front, in UTF-16, and the offset behind it; empty for none (MS-XLSB 2.5.166).
    pub(super) fn text(self, at: usize) -> Option<(String, usize)> {
        let count = self.u32(at)?;
        let start = at.checked_add(4)?;
        if count == u32::MAX {
            return Some((String::new(), start));
        }
        let end = start.checked_add(usize::try_from(count).ok()?.checked_mul(2)?)?;
        let units: Vec<u16> =
            self.0.get(start..end)?.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        Some((String::from_utf16_lossy(&units), end))
    }

    /// A text with the fonts of its runs: where each begins, and its number (MS-XLSB 2.5.121).
    pub(super) fn rich_text(self, at: usize) -> Option<(String, Vec<(u16, u16)>)> {
        let flags = self.u8(at)?;
        let (text, end) = self.text(at + 1)?;
        let mut runs = Vec::new();
        if flags & 1 != 0
            && let Some(count) = self.u32(end)
        {
            let bytes = self.0.get(end + 4..).unwrap_or_default().chunks_exact(4);
            runs.extend(bytes.take(usize::try_from(count).ok()?).filter_map(|run| Some((Data(run).u16(0)?, Data(run).u16(2)?))));
        }
        Some((text, runs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_read_to_the_end() {
        let bytes = [0x07, 0x02, 1, 2, 0xE9, 0x04, 0x00, 0x13, 0x80];
        let mut records = Records::new(&bytes[..], "a.bin", 100);
        assert!(matches!(records.next(), Ok(Some((7, Data([1, 2]))))));
        assert!(matches!(records.next(), Ok(Some((617, Data([]))))));
        assert!(matches!(records.next(), Err(ReadError::Damaged { .. })));
    }

    #[test]
    fn lengths_that_lie_are_refused_or_cut() {
        let mut long = Records::new(&[0x07, 0xFF, 0xFF, 0xFF, 0x7F, 1][..], "a.bin", 100);
        assert!(matches!(long.next(), Err(ReadError::TooLarge { .. })));
        assert_eq!(Data(&[0xFF, 0xFF, 0xFF, 0x7F, 1, 0]).text(0), None);
        assert_eq!(Data(&[1, 0, 0, 0, 0x41, 0]).text(0), Some(("A".to_owned(), 6)));
    }
}
