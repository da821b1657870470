//! JSON Lines: one value a line, keys in the order of the schema, nothing that differs from run to run.

use std::io;
use std::io::Write;

use crate::model::audit::AuditLine;
use crate::model::document::DocumentLine;

/// One kind of line to one writer.
#[derive(Debug, Default)]
pub struct JsonLines<W: Write> {
    writer: W,
    /// The line in hand: a line is written as one piece, since JSON comes in pieces of a few bytes and what waits in a file
    /// would take a system call for each.
    line: Vec<u8>,
}

impl<W: Write> JsonLines<W> {
    /// Writes to `writer`, a line at a time.
    pub fn new(writer: W) -> Self {
        Self { writer, line: Vec::new() }
    }

    /// Writes one line.
    ///
    /// # Errors
    /// What the writer says; a broken pipe among it.
    pub fn write(&mut self, value: &impl serde::Serialize) -> io::Result<()> {
        self.line.clear();
        serde_json::to_writer(&mut self.line, value).map_err(io::Error::from)?;
        self.line.push(b'\n');
        self.writer.write_all(&self.line)
    }

    /// Adds lines that were written elsewhere.
    ///
    /// # Errors
    /// What the writer says.
    pub fn append(&mut self, lines: &[u8]) -> io::Result<()> {
        self.writer.write_all(lines)
    }

    /// Writes out what is buffered and gives the writer back.
    ///
    /// # Errors
    /// What the writer says.
    pub fn finish(mut self) -> io::Result<W> {
        self.writer.flush()?;
        Ok(self.writer)
    }
}

/// Where the three kinds of lines go; a kind that is not wanted has no writer.
#[derive(Debug)]
pub struct Output<W: Write> {
    /// Records.
    pub records: Option<JsonLines<W>>,
    /// Documents.
    pub documents: Option<JsonLines<W>>,
    /// The audit ledger.
    pub audit: Option<JsonLines<W>>,
}

impl<W: Write> Output<W> {
    /// Writes records whose lines were written elsewhere.
    ///
    /// # Errors
    /// What the writer says.
    pub fn append_records(&mut self, lines: &[u8]) -> io::Result<()> {
        self.records.as_mut().map_or(Ok(()), |records| records.append(lines))
    }

    /// Writes a document's line.
    ///
    /// # Errors
    /// What the writer says.
    pub fn document(&mut self, document: &DocumentLine) -> io::Result<()> {
        self.documents.as_mut().map_or(Ok(()), |lines| lines.write(document))
    }

    /// Writes an audit line.
    ///
    /// # Errors
    /// What the writer says.
    pub fn audit(&mut self, line: &AuditLine) -> io::Result<()> {
        self.audit.as_mut().map_or(Ok(()), |lines| lines.write(line))
    }
}
