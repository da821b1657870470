//! What a document gave, on its way from where it was converted to where it is written.

use std::io;
use std::io::BufReader;
use std::io::Seek;
use std::io::Write;

use tempfile::SpooledData;
use tempfile::SpooledTempFile;

use crate::model::document::DocumentLine;
use crate::sinks::JsonLines;
use crate::sinks::Output;

/// Bytes of one document's records, or of its audit lines, that are held in memory; what is more waits in a file without a
/// name. A return of 100 rows has some 400 KB of records.
const MEMORY_BYTES: usize = 1 << 20;

/// Bytes that are read from such a file at once.
const BUFFER_BYTES: usize = 256 * 1024;

/// The kinds of lines that are written besides the documents' own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Records.
    pub records: bool,
    /// Audit lines.
    pub audit: bool,
}

/// Lines of one kind, held until it is their turn.
#[derive(Debug)]
pub struct Spool {
    lines: SpooledTempFile,
    bytes: u64,
}

impl Default for Spool {
    fn default() -> Self {
        Self { lines: SpooledTempFile::new(MEMORY_BYTES), bytes: 0 }
    }
}

impl Spool {
    /// Bytes that it holds.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Bytes of memory that it takes up.
    fn held(&self) -> u64 {
        self.bytes.min(MEMORY_BYTES as u64)
    }

    /// Hands all that it holds to `to`; it is empty then.
    ///
    /// # Errors
    /// What `to` says, and what the temporary file says.
    pub fn hand_over(&mut self, to: &mut dyn Write) -> io::Result<()> {
        match std::mem::take(self).lines.into_inner() {
            SpooledData::InMemory(lines) => to.write_all(lines.get_ref()),
            SpooledData::OnDisk(mut file) => {
                file.rewind()?;
                io::copy(&mut BufReader::with_capacity(BUFFER_BYTES, file), to).map(drop)
            }
        }
    }
}

impl Write for Spool {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.lines.write(bytes)?;
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.lines.flush()
    }
}

/// The records and audit lines of a document.
#[derive(Debug, Default)]
pub struct Lines {
    /// Records.
    pub records: Spool,
    /// Audit lines.
    pub audit: Spool,
}

impl Lines {
    /// Lets `write` fill it with the lines that are wanted.
    pub(super) fn fill<T>(wanted: Wanted, write: impl FnOnce(&mut Output<Spool>) -> io::Result<T>) -> io::Result<(T, Self)> {
        let lines = || JsonLines::new(Spool::default());
        let mut output = Output { records: wanted.records.then(lines), documents: None, audit: wanted.audit.then(lines) };
        let told = write(&mut output)?;
        let taken = |lines: Option<JsonLines<Spool>>| lines.map_or_else(|| Ok(Spool::default()), JsonLines::finish);
        Ok((told, Self { records: taken(output.records)?, audit: taken(output.audit)? }))
    }
}

/// A document's own line, as it is read and as it is written.
#[derive(Clone, Debug)]
pub struct Told {
    /// The line.
    pub line: DocumentLine,
    /// The same in JSON, with the line's end. What a worker has written is passed on byte for byte.
    pub json: Vec<u8>,
}

impl Told {
    /// The line in JSON.
    pub(super) fn new(line: DocumentLine) -> io::Result<Self> {
        let mut json = serde_json::to_vec(&line).map_err(io::Error::from)?;
        json.push(b'\n');
        Ok(Self { line, json })
    }

    /// The line that stands in `json`.
    pub(super) fn parse(json: Vec<u8>) -> io::Result<Self> {
        let line = serde_json::from_slice(&json).map_err(io::Error::from)?;
        Ok(Self { line, json })
    }
}

/// A document that is done.
#[derive(Debug)]
pub struct Finished {
    /// Its own line.
    pub told: Told,
    /// Its records and audit lines; none where it failed.
    pub lines: Lines,
    /// By what an earlier or later run knows it again; `None` for what is no document.
    pub key: Option<super::Key>,
    /// Whether it was converted by an earlier run.
    pub kept: bool,
    /// Whether the writer has its lines already, see [`super::run::Writer::store`].
    pub stored: bool,
}

impl Finished {
    /// Bytes of memory that it takes up while it waits for its turn: some more for its line, which is there as text and read.
    pub(super) fn held(&self) -> u64 {
        let line = 4 * self.told.json.len() as u64;
        line + self.lines.records.held() + self.lines.audit.held()
    }
}
