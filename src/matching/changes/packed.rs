//! Tables by 64-bit hash in a run of bytes that is searched as it stands: what the program carries needs no reading before the
//! first document.
//!
//! A table's keys stand in ascending order behind a directory, which tells where the keys begin that share their first bits. The
//! directory has about as many places as there are keys, so that one or two are compared. All numbers are little-endian.

use std::fmt;

/// Why bytes are no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut;

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the packed tables are not whole: they end too early, or hold more than 32 bits can count")
    }
}

impl std::error::Error for Cut {}

/// The `N` bytes of `bytes` from `at` on.
pub(super) fn chunk<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..)?.first_chunk().copied()
}

/// Reads one part of packed tables after another.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cursor {
    at: usize,
}

impl Cursor {
    /// The next `N` bytes.
    pub(super) fn take<const N: usize>(&mut self, bytes: &[u8]) -> Result<[u8; N], Cut> {
        let taken = chunk(bytes, self.at).ok_or(Cut)?;
        self.at += N;
        Ok(taken)
    }

    /// The next whole number.
    pub(super) fn number(&mut self, bytes: &[u8]) -> Result<usize, Cut> {
        self.take(bytes).map(|number| u32::from_le_bytes(number) as usize)
    }

    /// Where the next `count` records of `size` bytes begin.
    pub(super) fn skip(&mut self, bytes: &[u8], count: usize, size: usize) -> Result<usize, Cut> {
        let start = self.at;
        self.at =
            count.checked_mul(size).and_then(|length| start.checked_add(length)).filter(|end| *end <= bytes.len()).ok_or(Cut)?;
        Ok(start)
    }
}

/// Where the keys of a table stand in the bytes that hold it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Keys {
    directory: usize,
    keys: usize,
    count: usize,
    bits: u32,
}

/// Size of a place in the directory, in bytes.
const PLACE: usize = size_of::<u32>();

/// Size of a key, in bytes.
const KEY: usize = size_of::<u64>();

impl Keys {
    /// Writes `keys`, which ascend.
    pub(super) fn pack(keys: &[u64], out: &mut Vec<u8>) {
        let bits = usize::BITS - keys.len().leading_zeros();
        put_number(out, keys.len());
        put_number(out, bits as usize);
        for place in 0..=1_u64 << bits {
            put_number(out, keys.partition_point(|key| prefix(*key, bits) < place));
        }
        keys.iter().for_each(|key| out.extend(key.to_le_bytes()));
    }

    /// Finds the table at `cursor`.
    pub(super) fn read(bytes: &[u8], cursor: &mut Cursor) -> Result<Self, Cut> {
        let count = cursor.number(bytes)?;
        let bits = u32::try_from(cursor.number(bytes)?).ok().filter(|bits| *bits < usize::BITS).ok_or(Cut)?;
        let directory = cursor.skip(bytes, (1 << bits) + 1, PLACE)?;
        let keys = cursor.skip(bytes, count, KEY)?;
        Ok(Self { directory, keys, count, bits })
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// The position of `key` among them.
    pub(super) fn position(&self, bytes: &[u8], key: u64) -> Option<usize> {
        let place = usize::try_from(prefix(key, self.bits)).ok()?;
        let start = |place: usize| chunk(bytes, self.directory + place * PLACE).map(|at| u32::from_le_bytes(at) as usize);
        (start(place)?..start(place + 1)?).find(|at| chunk(bytes, self.keys + at * KEY).map(u64::from_le_bytes) == Some(key))
    }
}

/// The first `bits` of a key.
fn prefix(key: u64, bits: u32) -> u64 {
    key.checked_shr(u64::BITS - bits).unwrap_or(0)
}

/// Writes a whole number; what does not fit 32 bits is cut to the greatest that does.
pub(super) fn put_number(out: &mut Vec<u8>, number: usize) {
    out.extend(u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(keys: &[u64]) -> (Vec<u8>, Keys) {
        let mut bytes = Vec::new();
        Keys::pack(keys, &mut bytes);
        let keys = Keys::read(&bytes, &mut Cursor::default()).expect("what was just written");
        (bytes, keys)
    }

    #[test]
    fn every_key_is_found_at_its_position_and_no_other() {
        for count in [0_u64, 1, 2, 3, 1000] {
            let mut all: Vec<u64> = (0..count).map(|n| (n + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)).collect();
            all.sort_unstable();
            let (bytes, keys) = packed(&all);
            assert_eq!(keys.len(), all.len());
            for (position, key) in all.iter().enumerate() {
                assert_eq!(keys.position(&bytes, *key), Some(position));
                assert_eq!(keys.position(&bytes, key ^ 1), None);
            }
            assert_eq!(keys.position(&bytes, u64::MAX), None);
        }
    }

    #[test]
    fn bytes_that_end_early_are_no_table() {
        let (bytes, _) = packed(&[1, 2, 3]);
        for end in 0..bytes.len() {
            assert!(Keys::read(&bytes[..end], &mut Cursor::default()).is_err(), "{end}");
        }
    }
}
