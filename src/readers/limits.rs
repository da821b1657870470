//! Caps on what one document may hold; they keep a hostile document within a bounded share of memory and time.

use crate::model::location::LineNumber;
use crate::readers::error::ReadError;

/// Caps on what one document may hold. A document over a limit is refused, never cut.
#[derive(Clone, Debug, PartialEq, Eq)]
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
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_bytes: 128 << 20, max_line_bytes: 16 << 20, max_cells: 4_000_000, max_elements: 1_000_000 }
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
            remedy: "split it, or raise the limit on bytes",
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
                    remedy: "break the line, or raise the limit on the length of a line",
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
            remedy: "split it, or raise the limit on cells",
        })
    }
}
