//! Records to one stream, such as standard output.

use std::io;
use std::io::Write;

use super::lines::Finished;
use super::lines::Wanted;
use super::run::RunError;
use super::run::Writer;

/// Writes records, and nothing else, to a stream.
#[derive(Debug)]
pub struct Stream<W: Write> {
    to: W,
}

impl<W: Write> Stream<W> {
    /// Writes to `to`, which should be buffered.
    pub fn new(to: W) -> Self {
        Self { to }
    }

    /// Writes out what is buffered and gives the stream back.
    ///
    /// # Errors
    /// What the stream says; a broken pipe among it.
    pub fn finish(mut self) -> io::Result<W> {
        self.to.flush()?;
        Ok(self.to)
    }
}

impl<W: Write> Writer for Stream<W> {
    fn wanted(&self) -> Wanted {
        Wanted { records: true, audit: false }
    }

    fn write(&mut self, mut finished: Finished) -> Result<(), RunError> {
        Ok(finished.lines.records.hand_over(&mut self.to)?)
    }
}
