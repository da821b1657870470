//! A list of documents through the pipeline on several threads, written in the list's order.
//!
//! The list is taken in portions. The documents of a portion are read side by side, the second bearer of the same bytes is
//! told from the first in the list's order, each is converted into memory, and then all are written in order: so nothing
//! depends on the number of threads. A large document is a portion of its own and goes straight to the writer.

use std::any::Any;
use std::fs::File;
use std::io;
use std::io::Read;
use std::io::Write;
use std::num::NonZeroUsize;
use std::panic;
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;

use rayon::ThreadPool;
use rayon::ThreadPoolBuilder;
use rayon::iter::IntoParallelIterator;
use rayon::iter::ParallelIterator;
use rustc_hash::FxHashSet;

use super::inputs::Input;
use super::inputs::Origin;
use super::inputs::reason;
use crate::model::document::DocumentLine;
use crate::model::document::ErrorKind;
use crate::pipeline;
use crate::pipeline::Engine;
use crate::sinks::JsonLines;
use crate::sinks::Output;

/// Documents of a portion for each thread: enough that a slow one does not leave the others idle for long.
const PORTION_DOCUMENTS: usize = 16;

/// Bytes of a portion for each thread. Records and audit lines of a document take up about ten times its bytes. Fewer in unit
/// tests, which convert slowly.
const PORTION_BYTES: u64 = if cfg!(test) { 64 << 10 } else { 2 << 20 };

/// Documents of more bytes are written as they are converted.
const LARGE_BYTES: u64 = PORTION_BYTES;

/// Stack of a worker, that of the main thread on Linux: a document must not crash in one and pass in the other.
const STACK_BYTES: usize = 8 << 20;

/// Why a run did not come to its end.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    /// It was told to stop.
    #[error("interrupted")]
    Interrupted,
    /// A line could not be written.
    #[error("cannot write the output")]
    Write(#[from] io::Error),
    /// The threads could not be started.
    #[error("cannot start {jobs} threads; give a smaller number with --jobs")]
    Threads {
        /// Threads that were asked for.
        jobs: NonZeroUsize,
        /// Why.
        source: rayon::ThreadPoolBuildError,
    },
}

/// How a list of documents is converted.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    /// What converts each.
    pub engine: &'a Engine,
    /// Number of threads.
    pub jobs: NonZeroUsize,
    /// Documents of more bytes are refused before they are read whole.
    pub max_bytes: u64,
    /// Set from outside to stop the run between two documents.
    pub stop: &'a AtomicBool,
}

/// A document on its way.
enum Stage {
    /// Its bytes and their id.
    Read { name: String, id: String, bytes: Vec<u8> },
    /// There is nothing to convert.
    Told(Box<DocumentLine>),
}

/// The kinds of lines that the run's output takes.
#[derive(Clone, Copy)]
struct Wanted {
    records: bool,
    documents: bool,
    audit: bool,
}

impl Wanted {
    fn of<W: Write>(output: &Output<W>) -> Self {
        let Output { records, documents, audit } = output;
        Self { records: records.is_some(), documents: documents.is_some(), audit: audit.is_some() }
    }

    fn in_memory(self) -> Output<Vec<u8>> {
        let memory = || JsonLines::new(Vec::new());
        Output { records: self.records.then(memory), documents: self.documents.then(memory), audit: self.audit.then(memory) }
    }
}

/// A document's lines, not yet written.
struct Converted {
    line: DocumentLine,
    output: Option<Output<Vec<u8>>>,
}

impl Run<'_> {
    /// Converts `inputs` into `output`; `each` sees every document's line once it is written.
    ///
    /// # Errors
    /// [`RunError`] where the run cannot go on. A document that cannot be converted is no error: its line says so.
    pub fn convert<W: Write>(
        &self,
        inputs: Vec<Input>,
        output: &mut Output<W>,
        each: &mut dyn FnMut(&DocumentLine),
    ) -> Result<(), RunError> {
        let jobs = self.jobs;
        let pool = ThreadPoolBuilder::new().num_threads(jobs.get()).stack_size(STACK_BYTES).build();
        let pool = pool.map_err(|source| RunError::Threads { jobs, source })?;
        let mut seen = FxHashSet::default();
        let mut inputs = inputs.into_iter().peekable();
        while inputs.peek().is_some() {
            let portion = take_portion(&mut inputs, jobs);
            self.portion(portion, &pool, &mut seen, output, each)?;
        }
        Ok(())
    }

    fn portion<W: Write>(
        &self,
        inputs: Vec<Input>,
        pool: &ThreadPool,
        seen: &mut FxHashSet<String>,
        output: &mut Output<W>,
        each: &mut dyn FnMut(&DocumentLine),
    ) -> Result<(), RunError> {
        let read: Vec<Stage> = pool.install(|| inputs.into_par_iter().map(|input| self.read(input)).collect());
        let stages: Vec<Stage> = read.into_iter().map(|stage| told_if_seen(stage, seen)).collect();
        if let [Stage::Read { name, id, bytes }] = stages.as_slice()
            && bytes.len() as u64 > LARGE_BYTES
        {
            self.check_stop()?;
            let line = self.stream(name, id, bytes, output)?;
            each(&line);
            return Ok(());
        }
        let wanted = Wanted::of(output);
        let converted: Vec<Result<Converted, RunError>> =
            pool.install(|| stages.into_par_iter().map(|stage| self.buffered(stage, wanted)).collect());
        for converted in converted {
            let Converted { line, output: lines } = converted?;
            match lines {
                Some(lines) => append(output, lines)?,
                None => output.document(&line)?,
            }
            each(&line);
        }
        Ok(())
    }

    fn check_stop(&self) -> Result<(), RunError> {
        if self.stop.load(Ordering::Relaxed) { Err(RunError::Interrupted) } else { Ok(()) }
    }

    /// Gets the bytes of a document.
    fn read(&self, input: Input) -> Stage {
        let Input { name, origin } = input;
        let line = match origin {
            Origin::Bytes(bytes) => return Stage::Read { id: pipeline::document_id(&bytes), name, bytes },
            Origin::File(path) => match self.read_file(&path) {
                Ok(bytes) if bytes.len() as u64 > self.max_bytes => self.too_large(&name, &path),
                Ok(bytes) => return Stage::Read { id: pipeline::document_id(&bytes), name, bytes },
                Err(error) => {
                    let (kind, message) = reason(&error);
                    pipeline::failed(&name, None, None, kind, message)
                }
            },
            Origin::Skipped => pipeline::skipped(&name),
            Origin::Lost { kind, message } => pipeline::failed(&name, None, None, kind, message),
        };
        Stage::Told(Box::new(line))
    }

    /// The bytes of a file, and one more than the limit where it is larger.
    fn read_file(&self, path: &Path) -> io::Result<Vec<u8>> {
        let file = File::open(path)?;
        let expected = file.metadata().map_or(0, |metadata| metadata.len()).min(self.max_bytes);
        let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or(0).saturating_add(1));
        file.take(self.max_bytes.saturating_add(1)).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn too_large(&self, name: &str, path: &Path) -> DocumentLine {
        let size = path.metadata().ok().filter(std::fs::Metadata::is_file).map(|metadata| metadata.len());
        let found = size.map_or_else(|| "more bytes than".to_owned(), |size| format!("{size} bytes, over"));
        let limit = self.max_bytes;
        let message = format!("the document has {found} the limit of {limit}; split it, or raise the limit with --max-bytes");
        pipeline::failed(name, None, size, ErrorKind::TooLarge, message)
    }

    /// Converts a document into memory.
    fn buffered(&self, stage: Stage, wanted: Wanted) -> Result<Converted, RunError> {
        self.check_stop()?;
        let (name, id, bytes) = match stage {
            Stage::Read { name, id, bytes } => (name, id, bytes),
            Stage::Told(line) => return Ok(Converted { line: *line, output: None }),
        };
        let mut lines = wanted.in_memory();
        match guarded(|| self.engine.convert(&name, &bytes, &mut lines)) {
            Ok(line) => Ok(Converted { line: line?, output: Some(lines) }),
            Err(what) => Ok(Converted { line: crashed(&name, id, &bytes, &what, ""), output: None }),
        }
    }

    /// Converts a document straight into `output`.
    fn stream<W: Write>(&self, name: &str, id: &str, bytes: &[u8], output: &mut Output<W>) -> Result<DocumentLine, RunError> {
        match guarded(|| self.engine.convert(name, bytes, output)) {
            Ok(line) => Ok(line?),
            Err(what) => {
                let line = crashed(name, id.to_owned(), bytes, &what, "; what was written of it before is not complete");
                output.document(&line)?;
                Ok(line)
            }
        }
    }
}

/// As many documents as are converted side by side: a bounded number, of a bounded size, or one large one.
fn take_portion(inputs: &mut std::iter::Peekable<impl Iterator<Item = Input>>, jobs: NonZeroUsize) -> Vec<Input> {
    let most = jobs.get().saturating_mul(PORTION_DOCUMENTS);
    let room = PORTION_BYTES.saturating_mul(jobs.get() as u64);
    let mut portion = Vec::new();
    let mut bytes: u64 = 0;
    while portion.len() < most {
        let Some(size) = inputs.peek().map(size) else { break };
        bytes = bytes.saturating_add(size);
        if !portion.is_empty() && (size > LARGE_BYTES || bytes > room) {
            break;
        }
        portion.extend(inputs.next());
        if size > LARGE_BYTES {
            break;
        }
    }
    portion
}

/// Size in bytes as far as it can be told without reading; a file may be another size when it is read.
fn size(input: &Input) -> u64 {
    match &input.origin {
        Origin::File(path) => path.metadata().map_or(0, |metadata| metadata.len()),
        Origin::Bytes(bytes) => bytes.len() as u64,
        Origin::Skipped | Origin::Lost { .. } => 0,
    }
}

/// Turns the second bearer of the same bytes into its line. Two files without bytes have nothing in common: each is empty.
fn told_if_seen(stage: Stage, seen: &mut FxHashSet<String>) -> Stage {
    match stage {
        Stage::Read { name, id, bytes } if !bytes.is_empty() && !seen.insert(id.clone()) => {
            Stage::Told(Box::new(pipeline::duplicate(&name, id, bytes.len() as u64)))
        }
        other => other,
    }
}

/// Writes the lines of a document.
fn append<W: Write>(output: &mut Output<W>, lines: Output<Vec<u8>>) -> io::Result<()> {
    let Output { records, documents, audit } = output;
    for (to, from) in [(records, lines.records), (documents, lines.documents), (audit, lines.audit)] {
        if let (Some(to), Some(from)) = (to, from) {
            to.append(&from.finish()?)?;
        }
    }
    Ok(())
}

/// Runs `convert`; a panic in it is caught, and what it said is the error.
fn guarded<T>(convert: impl FnOnce() -> T) -> Result<T, String> {
    // What a panic leaves half done is a document's own: its buffers, which are dropped, or its last line.
    panic::catch_unwind(AssertUnwindSafe(convert)).map_err(|payload| said(payload.as_ref()))
}

fn said(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no message".to_owned())
}

fn crashed(name: &str, id: String, bytes: &[u8], what: &str, also: &str) -> DocumentLine {
    let message = format!("the program crashed on {name} ({what}){also}; this is a fault of hicm, report it with the file");
    pipeline::failed(name, Some(id), Some(bytes.len() as u64), ErrorKind::Crashed, message)
}

#[cfg(test)]
mod tests;
