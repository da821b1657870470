//! The records of a BIFF stream, and the texts in them, which may go on in `CONTINUE` records (MS-XLS 2.1.4, 2.5.293).

use encoding_rs::Encoding;
use smallvec::SmallVec;

/// A record that goes on the one before it.
const CONTINUE: u16 = 0x003C;

/// A record with the parts that it is continued in.
#[derive(Debug)]
pub(super) struct Record<'b> {
    pub(super) kind: u16,
    parts: SmallVec<[&'b [u8]; 1]>,
}

/// The records of a stream from an offset on.
pub(super) struct Records<'b> {
    rest: &'b [u8],
}

impl<'b> Records<'b> {
    pub(super) fn from(stream: &'b [u8], offset: usize) -> Self {
        Self { rest: stream.get(offset..).unwrap_or_default() }
    }

    /// Kind, data and what follows, of the record at the front.
    fn split(&self) -> Option<(u16, &'b [u8], &'b [u8])> {
        let (header, rest) = self.rest.split_at_checked(4)?;
        let (kind, length) = (u16_at(header, 0)?, usize::from(u16_at(header, 2)?));
        // A file that was cut short ends within a record.
        let (data, rest) = rest.split_at(length.min(rest.len()));
        Some((kind, data, rest))
    }
}

impl<'b> Iterator for Records<'b> {
    type Item = Record<'b>;

    fn next(&mut self) -> Option<Record<'b>> {
        let (kind, data, rest) = self.split()?;
        self.rest = rest;
        let mut parts = SmallVec::from_elem(data, 1);
        while let Some((CONTINUE, data, rest)) = self.split() {
            parts.push(data);
            self.rest = rest;
        }
        Some(Record { kind, parts })
    }
}

impl<'b> Record<'b> {
    /// The record's own bytes, without those that go on in others.
    pub(super) fn data(&self) -> &'b [u8] {
        self.parts.first().copied().unwrap_or_default()
    }

    pub(super) fn u16(&self, at: usize) -> Option<u16> {
        u16_at(self.data(), at)
    }

    pub(super) fn u32(&self, at: usize) -> Option<u32> {
        u32_at(self.data(), at)
    }

    pub(super) fn f64(&self, at: usize) -> Option<f64> {
        Some(f64::from_le_bytes(self.data().get(at..at + 8)?.try_into().ok()?))
    }

    /// A reader of what begins at `at` and may go on in further records.
    pub(super) fn reader(&self, at: usize) -> Reader<'_, 'b> {
        Reader { parts: &self.parts, part: 0, at }
    }
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// Reads on through the parts of a record.
pub(super) struct Reader<'r, 'b> {
    parts: &'r [&'b [u8]],
    part: usize,
    at: usize,
}

impl Reader<'_, '_> {
    /// Whether the part in hand is read to its end.
    fn at_end(&self) -> bool {
        self.parts.get(self.part).is_none_or(|part| self.at >= part.len())
    }

    pub(super) fn u8(&mut self) -> Option<u8> {
        while self.at_end() {
            if self.part + 1 >= self.parts.len() {
                return None;
            }
            self.part += 1;
            self.at = 0;
        }
        let byte = *self.parts.get(self.part)?.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.u8()?, self.u8()?]))
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        Some(u32::from(self.u16()?) | u32::from(self.u16()?) << 16)
    }

    pub(super) fn skip(&mut self, mut bytes: usize) -> Option<()> {
        while bytes > 0 {
            self.u8()?;
            self.at -= 1;
            let left = self.parts.get(self.part)?.len() - self.at;
            let step = left.min(bytes);
            self.at += step;
            bytes -= step;
        }
        Some(())
    }

    /// Begins the next part, where a text box keeps its text.
    pub(super) fn next_part(&mut self) -> Option<()> {
        self.part += 1;
        self.at = 0;
        self.parts.get(self.part).map(|_| ())
    }

    /// A text of `count` UTF-16 units, in one byte each where the flags say so; each part it goes on in has flags of its own.
    pub(super) fn chars(&mut self, count: usize, mut wide: bool) -> Option<String> {
        let mut units: Vec<u16> = Vec::with_capacity(count.min(64));
        while units.len() < count {
            if self.at_end() {
                wide = self.u8()? & 1 != 0;
                continue;
            }
            let part = self.parts.get(self.part)?;
            let left = part.get(self.at..)?;
            let wanted = count - units.len();
            if wide {
                let taken = left.chunks_exact(2).take(wanted);
                let length = taken.len();
                if length == 0 {
                    return None;
                }
                units.extend(taken.map(|pair| u16::from_le_bytes([pair[0], pair[1]])));
                self.at += 2 * length;
            } else {
                let taken = left.get(..wanted.min(left.len()))?;
                units.extend(taken.iter().map(|byte| u16::from(*byte)));
                self.at += taken.len();
            }
        }
        Some(String::from_utf16_lossy(&units))
    }

    /// A text of BIFF8 with what may stand beside it: runs of fonts, sounds of Japanese (MS-XLS 2.5.293). The fonts of its runs
    /// are handed back.
    pub(super) fn rich(&mut self) -> Option<(String, Vec<(u16, u16)>)> {
        let count = self.u16()?;
        let flags = self.u8()?;
        let runs = if flags & 8 != 0 { self.u16()? } else { 0 };
        let beside = if flags & 4 != 0 { self.u32()? } else { 0 };
        let text = self.chars(usize::from(count), flags & 1 != 0)?;
        let mut fonts = Vec::new();
        for _ in 0..runs {
            fonts.push((self.u16()?, self.u16()?));
        }
        if beside > 0 {
            self.skip(usize::try_from(beside).ok()?)?;
        }
        Some((text, fonts))
    }

    /// A text of `count` bytes in the workbook's code page, as BIFF5 and before have it.
    pub(super) fn bytes(&mut self, count: usize, encoding: &'static Encoding) -> Option<String> {
        let mut bytes = Vec::with_capacity(count.min(256));
        for _ in 0..count {
            bytes.push(self.u8()?);
        }
        Some(encoding.decode_without_bom_handling(&bytes).0.into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).expect("short");
        [&kind.to_le_bytes(), &length.to_le_bytes(), data].concat()
    }

    #[test]
    fn a_text_goes_on_with_flags_of_its_own() {
        let stream = [
            record(0x00FC, b"\x06\x00\x00abc"),
            record(CONTINUE, b"\x01d\0\xE9\0"),
            record(CONTINUE, b"\x00f"),
            record(0x000A, b""),
        ];
        let stream = stream.concat();
        let mut records = Records::from(&stream, 0);
        let strings = records.next().expect("a record");
        assert_eq!(strings.reader(0).rich(), Some(("abcdéf".to_owned(), Vec::new())));
        assert_eq!(records.next().map(|record| record.kind), Some(0x000A));
        assert!(records.next().is_none());
    }

    #[test]
    fn records_that_lie_end() {
        let stream = record(0x00FC, b"\xFF\xFF\x01abc");
        let lying = Records::from(&stream, 0).next().expect("a record");
        assert_eq!(lying.reader(0).rich(), None);
        assert!(Records::from(b"\xFC\x00\xFF", 0).next().is_none());
        assert_eq!(Records::from(b"\xFC\x00\xFF\xFFab", 0).next().map(|record| record.data().len()), Some(2));
    }
}
