//! Caps on what one document may hold; they keep a hostile document within a bounded share of memory and time.

use serde::Deserialize;
use serde::Serialize;

use crate::model::location::LineNumber;
use crate::model::source::Block;
use crate::model::source::Source;
use crate::readers::error::ReadError;

/// Caps on what one document may hold. A document over a limit is refused, never cut.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Size of the document in bytes; 128 MiB unless told, a hundred times the largest return seen.
    pub max_bytes: u64,
    /// Length of a line in bytes; 16 MiB unless told. A cell of a workbook holds at most 32,767 characters, so that 16,384
    /// columns of 1,000 bytes fit. HTML has no lines that mean anything and is exempt.
    pub max_line_bytes: u64,
    /// Cells that hold text, rows and text blocks together; 4 million unless told, some 600 MB of memory.
    pub max_cells: u64,
    /// Elements of an HTML document; 1 million unless told. html5ever keeps about 300 bytes for each with its text.
    pub max_elements: u64,
    /// Bytes that the parts of a package unpack to, together; 256 MiB unless told. `max_cells` cells take some 60 bytes each in
    /// the XML of a workbook.
    pub max_unpacked_bytes: u64,
    /// How many bytes one packed byte may become in a part that unpacks to more than 16 MiB; 400 unless told. The most repetitive
    /// sheets come to 100; deflate cannot pass 1,032.
    pub max_ratio: u64,
    /// Parts of a package; 20,000 unless told.
    pub max_parts: u64,
    /// Elements of XML inside each other; 1,000 unless told. Tables nested ten deep in a Word document come to 100.
    pub max_depth: u32,
}

/// Unpacked bytes of a part up to which any ratio is well.
const RATIO_FROM: u64 = 16 << 20;

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 128 << 20,
            max_line_bytes: 16 << 20,
            max_cells: 4_000_000,
            max_elements: 1_000_000,
            max_unpacked_bytes: 256 << 20,
            max_ratio: 400,
            max_parts: 20_000,
            max_depth: 1_000,
        }
    }
}

impl Limits {
    /// Refuses a document of more than `max_bytes`.
    pub(super) fn check_size(&self, bytes: &[u8]) -> Result<(), ReadError> {
        let found = bytes.len() as u64;
        if found <= self.max_bytes {
            return Ok(());
        }
        Err(ReadError::TooLarge {
            what: "the document",
            found,
            limit: self.max_bytes,
            unit: "bytes",
            line: None,
            remedy: "split it, or raise the limit with --max-bytes",
        })
    }

    /// Refuses a package of which `all` bytes were unpacked, `own` of them from the part in hand, which has `packed` bytes packed.
    pub(super) fn check_unpacked(&self, all: u64, own: u64, packed: u64) -> Result<(), ReadError> {
        let by_ratio = self.max_ratio.saturating_mul(packed).max(RATIO_FROM);
        let (what, found, limit) = if all > self.max_unpacked_bytes {
            ("the package", all, self.max_unpacked_bytes)
        } else if own > by_ratio {
            ("a part of the package", own, by_ratio)
        } else {
            return Ok(());
        };
        let remedy = "save it again without empty rows and embedded objects, or raise --max-unpacked-bytes and --max-ratio";
        Err(ReadError::TooLarge { what, found, limit, unit: "bytes unpacked", line: None, remedy })
    }

    /// Refuses a workbook whose cells say more than a package may hold: a text that stands in the file once may stand in every cell.
    pub(super) fn check_text(&self, source: &Source) -> Result<(), ReadError> {
        let length = |block: &Block| match block {
            Block::Grid(grid) => grid.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.text.len() as u64).sum(),
            Block::Text(block) => block.text.len() as u64,
        };
        let found: u64 = source.blocks.iter().map(length).sum();
        if found <= self.max_unpacked_bytes {
            return Ok(());
        }
        Err(ReadError::TooLarge {
            what: "the text of all cells together",
            found,
            limit: self.max_unpacked_bytes,
            unit: "bytes",
            line: None,
            remedy: "split the workbook, or raise the limit with --max-unpacked-bytes",
        })
    }

    /// Refuses text with a line of more than `max_line_bytes`.
    pub(super) fn check_lines(&self, text: &str) -> Result<(), ReadError> {
        if text.len() as u64 <= self.max_line_bytes {
            return Ok(());
        }
        for (index, line) in text.split('\n').enumerate() {
            if line.len() as u64 > self.max_line_bytes {
                return Err(ReadError::TooLarge {
                    what: "a line",
                    found: line.len() as u64,
                    limit: self.max_line_bytes,
                    unit: "bytes",
                    line: Some(LineNumber::from_index(index).get()),
                    remedy: "break the line, or raise the limit with --max-line-bytes",
                });
            }
        }
        Ok(())
    }
}

/// What is left of the cells and blocks that a document may hold.
pub(super) struct Budget {
    limit: u64,
    spent: u64,
}

impl Budget {
    pub(super) fn new(limits: &Limits) -> Self {
        Self { limit: limits.max_cells, spent: 0 }
    }

    /// Takes `count` cells, rows or blocks that stand in the line with the zero-based index `line`.
    pub(super) fn spend(&mut self, count: usize, line: usize) -> Result<(), ReadError> {
        self.spent = self.spent.saturating_add(count as u64);
        if self.spent <= self.limit {
            return Ok(());
        }
        Err(ReadError::TooLarge {
            what: "the document",
            found: self.spent,
            limit: self.limit,
            unit: "cells and blocks",
            line: Some(LineNumber::from_index(line).get()),
            remedy: "split it, or raise the limit with --max-cells",
        })
    }
}
