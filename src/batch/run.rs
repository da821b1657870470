//! A list of documents through the pipeline on several threads, written in the list's order.
//!
//! One thread lists and writes, a pool of others converts: each document that is listed is a task, which takes the document to
//! convert next from the [`Queue`] between them. Which of two documents of
//! the same bytes is the duplicate is decided by the list's order where they are written, so nothing depends on the number of
//! threads.

use std::fs::File;
use std::io;
use std::io::Read;
use std::num::NonZeroUsize;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::sync::mpsc;
use std::sync::mpsc::RecvTimeoutError;
use std::thread;
use std::time::Duration;
use std::time::Instant;

use sha2::Digest;
use sha2::Sha256;
use tracing::warn;

use super::Key;
use super::archive::ArchiveLimits;
use super::claims::Claims;
use super::convert::Convert;
use super::convert::Fault;
use super::convert::Isolation;
use super::folder::FolderError;
use super::inputs::Inputs;
use super::inputs::Origin;
use super::inputs::Request;
use super::inputs::reason;
use super::lines::Finished;
use super::lines::Lines;
use super::lines::Told;
use super::lines::Wanted;
use super::queue::Job;
use super::queue::Queue;
use super::worker::WorkerError;
use crate::model::document::DocumentLine;
use crate::model::document::ErrorKind;
use crate::pipeline;

/// How long the writing thread waits before it looks whether it is told to stop: less than people notice.
const PATIENCE: Duration = Duration::from_millis(50);

/// How long what is done may wait for its turn before it is stored: what a run that is killed may lose.
const STORED_AFTER: Duration = Duration::from_secs(1);

/// Stack of a converting thread, that of the main thread on Linux: a document must not crash in one and pass in the other.
pub(super) const STACK_BYTES: usize = 8 << 20;

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
    /// The output folder cannot be used any more.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The digests of the documents could not be kept.
    #[error("cannot keep a list of the documents in a temporary file; check the room in the folder for such files (TMPDIR)")]
    Claims(#[from] rusqlite::Error),
    /// The threads could not be started.
    #[error("cannot start {jobs} threads; give a smaller number with --jobs")]
    Threads {
        /// Threads that were asked for.
        jobs: NonZeroUsize,
        /// Why.
        source: io::Error,
    },
    /// No worker process can be had.
    #[error(transparent)]
    Worker(#[from] WorkerError),
}

/// Takes documents in the order of the list.
pub trait Writer {
    /// The kinds of lines that it takes.
    fn wanted(&self) -> Wanted;

    /// Writes one document.
    ///
    /// # Errors
    /// The document could not be written; the run cannot go on.
    fn write(&mut self, finished: Finished) -> Result<(), RunError>;

    /// Takes the lines of a document whose turn has not come, so that a run that is cut short need not convert it again.
    ///
    /// # Errors
    /// They could not be written; the run cannot go on.
    fn store(&mut self, _: &mut Finished) -> Result<(), RunError> {
        Ok(())
    }

    /// Makes what was written and stored so far last, where it is time to.
    ///
    /// # Errors
    /// It could not be written; the run cannot go on.
    fn settle(&mut self) -> Result<(), RunError> {
        Ok(())
    }
}

/// What an earlier run has left of documents.
pub trait Kept: Sync {
    /// What became of the document known by `key`, where that is known and still there.
    fn find(&self, key: &Key) -> Option<(Told, Lines)>;
}

/// How a list of documents is converted.
#[derive(Clone, Copy)]
pub struct Run<'a> {
    /// Where documents are converted.
    pub isolation: &'a Isolation,
    /// Number of threads.
    pub jobs: NonZeroUsize,
    /// Documents of more bytes are refused before they are read whole.
    pub max_bytes: u64,
    /// What earlier runs have left; `None` to convert everything.
    pub kept: Option<&'a dyn Kept>,
    /// Sees every document's line as soon as it is done, from the thread that converted it, and whether an earlier run had
    /// converted it.
    pub on_done: &'a (dyn Fn(&DocumentLine, bool) + Sync),
    /// Set from outside to stop the run.
    pub stop: &'a AtomicBool,
}

/// What the threads share.
struct Shared<'a> {
    run: Run<'a>,
    wanted: Wanted,
    queue: Queue,
    claims: Claims,
    /// Converters that have nothing to do: at most one a thread.
    idle: Mutex<Vec<Box<dyn Convert>>>,
    halted: Arc<AtomicBool>,
}

impl Run<'_> {
    /// Converts what `requests` stand for; `each` sees every document's line once it is written, and whether an earlier run had
    /// converted it. A path for which `is_own`
    /// holds is one of the run's own files and no document.
    ///
    /// # Errors
    /// [`RunError`] where the run cannot go on. A document that cannot be converted is no error: its line says so.
    pub fn convert(
        &self,
        requests: Vec<Request>,
        is_own: &dyn Fn(&Path) -> bool,
        writer: &mut dyn Writer,
        each: &mut dyn FnMut(&DocumentLine, bool),
    ) -> Result<(), RunError> {
        let halted = Arc::new(AtomicBool::new(false));
        let shared = Shared {
            run: *self,
            wanted: writer.wanted(),
            queue: Queue::new(self.jobs.get()),
            claims: Claims::default(),
            idle: Mutex::default(),
            halted: Arc::clone(&halted),
        };
        let limits = ArchiveLimits::for_documents(self.max_bytes);
        let unpacker = |archive, name: &str| self.isolation.members(archive, name, limits, &halted);
        let inputs = Inputs::new(requests, is_own, Box::new(unpacker));
        let (next, taken) = mpsc::channel();
        let taken = Mutex::new(taken);
        let take = || taken.lock().unwrap_or_else(PoisonError::into_inner).recv();
        // Plain threads and no pool: a thread of a pool that waits for the rows of its document would convert another
        // meanwhile.
        let work = || {
            while take().is_ok() {
                shared.convert_next();
            }
        };
        thread::scope(|scope| {
            // Moved in, so that the threads end with it.
            let next = next;
            for _ in 0..self.jobs.get() {
                let begun = thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, work);
                begun.map_err(|source| RunError::Threads { jobs: self.jobs, source })?;
            }
            let ended = shared.list_and_write(inputs, &next, writer, each);
            // Documents that are still being converted are of no use to anybody.
            halted.store(true, Ordering::Relaxed);
            ended
        })
    }
}

impl Shared<'_> {
    fn list_and_write(
        &self,
        mut inputs: Inputs<'_>,
        next: &mpsc::Sender<()>,
        writer: &mut dyn Writer,
        each: &mut dyn FnMut(&DocumentLine, bool),
    ) -> Result<(), RunError> {
        let mut index = 0;
        let mut more = true;
        let mut written = Instant::now();
        loop {
            if self.run.stop.load(Ordering::Relaxed) {
                if matches!(self.run.isolation, Isolation::InProcess { .. }) {
                    warn!("what is being converted is finished first; interrupt once more to end at once");
                }
                self.store_ahead(writer)?;
                return Err(RunError::Interrupted);
            }
            if more && self.queue.has_room() {
                if let Some(input) = inputs.next() {
                    self.queue.add(input);
                    // A thread that is no more was ended by a panic, which ends the run.
                    let _ = next.send(());
                } else {
                    more = false;
                    self.queue.close();
                }
            } else if self.queue.is_empty() {
                return Ok(());
            } else if let Some(finished) = self.queue.next_done(PATIENCE, more) {
                let finished = self.not_twice(index, finished?)?;
                index += 1;
                let (line, kept) = (finished.told.line.clone(), finished.kept);
                writer.write(finished)?;
                each(&line, kept);
                written = Instant::now();
            } else if written.elapsed() >= STORED_AFTER || self.queue.is_full() {
                self.store_ahead(writer)?;
                writer.settle()?;
            }
        }
    }

    /// Has what is done before its turn stored: the document at the head of the list may take long.
    fn store_ahead(&self, writer: &mut dyn Writer) -> Result<(), RunError> {
        let is_new = |finished: &Finished| finished.key.is_some() && !finished.kept && !finished.stored;
        let mut from = 0;
        while let Some((index, mut finished)) = self.queue.take_ahead(from, is_new) {
            writer.store(&mut finished)?;
            finished.stored = true;
            self.queue.put_back(index, finished);
            from = index + 1;
        }
        Ok(())
    }

    /// The document at `index` as a duplicate where one before it has the same bytes.
    fn not_twice(&self, index: u64, finished: Finished) -> Result<Finished, RunError> {
        let Some(key) = finished.key else { return Ok(finished) };
        if self.claims.first(&key.digest)?.is_none_or(|first| first >= index) {
            return Ok(finished);
        }
        let line = finished.told.line;
        let bytes = line.bytes.unwrap_or(0);
        Ok(told(pipeline::duplicate(&line.document.name, pipeline::id_of(&key.digest), bytes))?)
    }

    /// Converts one of the documents that wait.
    fn convert_next(&self) {
        if self.halted.load(Ordering::Relaxed) {
            return;
        }
        let Some(Job { index, input }) = self.queue.take() else { return };
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let found = idle().pop();
        let mut converter = found.unwrap_or_else(|| self.run.isolation.converter(self.wanted, &self.halted));
        let held = input.held();
        let finished = self.finish(index, &input.name, input.origin, converter.as_mut());
        let spent = if self.queue.is_over() {
            Some(converter)
        } else {
            idle().push(converter);
            None
        };
        if let Ok(finished) = &finished {
            (self.run.on_done)(&finished.told.line, finished.kept);
        }
        self.queue.put(index, held, finished);
        // To end a worker takes a while, in which what it gave is written.
        drop(spent);
    }

    fn finish(&self, index: u64, name: &str, origin: Origin, converter: &mut dyn Convert) -> Result<Finished, RunError> {
        let line = match origin {
            Origin::Bytes(bytes) if bytes.len() as u64 > self.run.max_bytes => {
                too_large(name, Some(bytes.len() as u64), self.run.max_bytes)
            }
            Origin::Bytes(bytes) => return self.document(index, name, &bytes, converter),
            Origin::File(_, size) if size > self.run.max_bytes => too_large(name, Some(size), self.run.max_bytes),
            Origin::File(path, size) => match self.read_file(&path, size) {
                Ok(bytes) if bytes.len() as u64 > self.run.max_bytes => too_large(name, None, self.run.max_bytes),
                Ok(bytes) => return self.document(index, name, &bytes, converter),
                Err(error) => {
                    let (kind, message) = reason(&error);
                    pipeline::failed(name, None, None, kind, message)
                }
            },
            Origin::Stream(path) => match self.read_stream(path) {
                Ok(bytes) if bytes.len() as u64 > self.run.max_bytes => too_large(name, None, self.run.max_bytes),
                Ok(bytes) => return self.document(index, name, &bytes, converter),
                Err((kind, message)) => pipeline::failed(name, None, None, kind, message),
            },
            Origin::Skipped => pipeline::skipped(name),
            Origin::Lost { kind, message } => pipeline::failed(name, None, None, kind, message),
        };
        Ok(told(line)?)
    }

    /// The bytes of a file, and one more than the limit where it is larger.
    fn read_file(&self, path: &Path, expected: u64) -> io::Result<Vec<u8>> {
        read_up_to(path, self.run.max_bytes.saturating_add(1), expected)
    }

    /// The bytes of a pipe, and one more than the limit where it has more. It is read on a thread of its own: if nobody ever
    /// writes to it, only the end of the program ends the wait.
    fn read_stream(&self, path: PathBuf) -> Result<Vec<u8>, (ErrorKind, String)> {
        let (send, receive) = mpsc::sync_channel(1);
        let most = self.run.max_bytes.saturating_add(1);
        // Where the run has ended, or lost its patience, nobody takes what was read.
        let read = move || drop(send.send(read_up_to(&path, most, 0)));
        thread::Builder::new().name("pipe".to_owned()).spawn(read).map_err(|error| reason(&error))?;
        let timeout = self.run.isolation.timeout();
        let until = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        loop {
            match receive.recv_timeout(PATIENCE) {
                Ok(read) => return read.map_err(|error| reason(&error)),
                Err(RecvTimeoutError::Disconnected) => return Err(reason(&io::ErrorKind::BrokenPipe.into())),
                Err(RecvTimeoutError::Timeout) => {}
            }
            if self.halted.load(Ordering::Relaxed) || until.is_some_and(|until| until <= Instant::now()) {
                let seconds = timeout.unwrap_or_default().as_secs_f64();
                let message = format!(
                    "its end did not come within {seconds} s; save it to a file first, or raise the limit with --timeout"
                );
                return Err((ErrorKind::Timeout, message));
            }
        }
    }

    fn document(&self, index: u64, name: &str, bytes: &[u8], converter: &mut dyn Convert) -> Result<Finished, RunError> {
        let key = Key::new(pipeline::digest(bytes), name);
        // Two files without bytes have nothing in common: each is empty.
        if !bytes.is_empty() && self.claims.claim(&key.digest, index)? < index {
            return Ok(told(pipeline::duplicate(name, pipeline::id_of(&key.digest), bytes.len() as u64))?);
        }
        let found = self.run.kept.filter(|_| !bytes.is_empty()).and_then(|kept| kept.find(&key));
        let kept = found.is_some();
        let converted = found.map_or_else(|| converter.convert(name, bytes), Ok);
        let key = (!bytes.is_empty()).then_some(key);
        match converted {
            Ok((told, lines)) => Ok(Finished { told, lines, key, kept, stored: false }),
            Err(Fault::Document { kind, message }) => {
                let id = pipeline::document_id(bytes);
                let line = pipeline::failed(name, Some(id), Some(bytes.len() as u64), kind, message);
                Ok(Finished { key, ..told(line)? })
            }
            Err(Fault::Run(error)) => Err(error),
        }
    }
}

/// The first `most` bytes of a file that probably has `expected`.
fn read_up_to(path: &Path, most: u64, expected: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or(0).saturating_add(1));
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn told(line: DocumentLine) -> io::Result<Finished> {
    Ok(Finished { told: Told::new(line)?, lines: Lines::default(), key: None, kept: false, stored: false })
}

fn too_large(name: &str, size: Option<u64>, limit: u64) -> DocumentLine {
    let found = size.map_or_else(|| "more bytes than".to_owned(), |size| format!("{size} bytes, over"));
    let message = format!("the document has {found} the limit of {limit}; split it, or raise the limit with --max-bytes");
    pipeline::failed(name, None, size, ErrorKind::TooLarge, message)
}

impl Key {
    fn new(digest: [u8; 32], name: &str) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(digest);
        hasher.update(name.as_bytes());
        Self { digest, document: hasher.finalize().into() }
    }
}

#[cfg(test)]
mod tests;
