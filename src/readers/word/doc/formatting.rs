//! Formatting: which properties hold for the bytes of the text (MS-DOC 2.4.6), and lists of single properties (2.2.5).

use crate::readers::word::doc::bytes::byte;
use crate::readers::word::doc::bytes::index;
use crate::readers::word::doc::bytes::long;
use crate::readers::word::doc::bytes::short;
use crate::readers::word::doc::bytes::slice;

/// Size of a page of formatting (2.9.33, 2.9.175).
const PAGE: usize = 512;

/// Bytes of the text and the properties that hold for them.
#[derive(Clone, Copy, Debug)]
struct Run<'d> {
    first: usize,
    end: usize,
    properties: &'d [u8],
}

/// What holds for the bytes of the text, in order.
#[derive(Debug, Default)]
pub(super) struct Runs<'d> {
    runs: Vec<Run<'d>>,
}

impl<'d> Runs<'d> {
    /// Reads the pages that a `PlcBteChpx` names, of characters.
    pub(super) fn characters(document: &'d [u8], plc: &[u8]) -> Self {
        Self::of(document, plc, |page, entries, run| {
            let at = usize::from(byte(page, entries + run)?) * 2;
            let len = usize::from(byte(page, at).filter(|_| at > 0)?);
            slice(page, at + 1, len)
        })
    }

    /// Reads the pages that a `PlcBtePapx` names, of paragraphs: the style, then properties.
    pub(super) fn paragraphs(document: &'d [u8], plc: &[u8]) -> Self {
        Self::of(document, plc, |page, entries, run| {
            let at = usize::from(byte(page, entries + run * 13)?) * 2;
            match usize::from(byte(page, at).filter(|_| at > 0)?) {
                0 => slice(page, at + 2, usize::from(byte(page, at + 1)?) * 2),
                half => slice(page, at + 1, half * 2 - 1),
            }
        })
    }

    fn of(document: &'d [u8], plc: &[u8], properties: impl Fn(&'d [u8], usize, usize) -> Option<&'d [u8]>) -> Self {
        let pages = plc.len().saturating_sub(4) / 8;
        let mut runs = Vec::new();
        for page in 0..pages.min(document.len() / PAGE + 1) {
            let number = long(plc, (pages + 1) * 4 + page * 4).map_or(usize::MAX, |number| index(number & 0x003F_FFFF));
            let Some(page) = number.checked_mul(PAGE).and_then(|at| slice(document, at, PAGE)) else { continue };
            let count = usize::from(page.last().copied().unwrap_or(0));
            for run in 0..count {
                let (Some(first), Some(end)) = (long(page, run * 4), long(page, run * 4 + 4)) else { break };
                let properties = properties(page, (count + 1) * 4, run).unwrap_or_default();
                runs.push(Run { first: index(first), end: index(end), properties });
            }
        }
        runs.sort_by_key(|run| run.first);
        Self { runs }
    }

    /// The properties that hold for the byte `at`, and the bytes that they hold for.
    pub(super) fn at(&self, at: usize) -> (&'d [u8], std::ops::Range<usize>) {
        let after = self.runs.partition_point(|run| run.first <= at);
        let found = after.checked_sub(1).and_then(|run| self.runs.get(run)).filter(|run| at < run.end);
        found.map_or((&[], at..at + 1), |run| (run.properties, run.first..run.end))
    }
}

/// A single property: what it is, and its value.
pub(super) struct Property<'d> {
    pub(super) code: u16,
    pub(super) value: &'d [u8],
}

impl Property<'_> {
    /// The first byte of the value.
    pub(super) fn byte(&self) -> u8 {
        byte(self.value, 0).unwrap_or(0)
    }

    /// The first 16 bits of the value.
    pub(super) fn short(&self) -> u16 {
        short(self.value, 0).unwrap_or(0)
    }

    /// Whether a property that is on or off is on; what is as in the style counts as off (2.9.327).
    pub(super) fn is_on(&self) -> bool {
        matches!(self.byte(), 1 | 0x81)
    }
}

/// Code of the definition of a row's cells, whose length takes two bytes.
pub(super) const ROW_DEFINITION: u16 = 0xD608;

/// Code of changed tab stops, whose length may be told by what it holds (2.9.187).
const TABS: u16 = 0xC615;

/// The single properties of a list (2.2.5.1).
pub(super) fn properties(list: &[u8]) -> impl Iterator<Item = Property<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let code = short(list, at)?;
        at += 2;
        let (skip, len) = match code >> 13 {
            0 | 1 => (0, 1),
            2 | 4 | 5 => (0, 2),
            3 => (0, 4),
            7 => (0, 3),
            _ if code == ROW_DEFINITION => (2, usize::from(short(list, at)?).checked_sub(1)?),
            _ => match byte(list, at)? {
                255 if code == TABS => {
                    let deleted = usize::from(byte(list, at + 1)?);
                    let added = usize::from(byte(list, at + 2 + deleted * 4)?);
                    (1, 2 + deleted * 4 + added * 3)
                }
                len => (1, usize::from(len)),
            },
        };
        let value = slice(list, at + skip, len)?;
        at += skip + len;
        Some(Property { code, value })
    })
}
