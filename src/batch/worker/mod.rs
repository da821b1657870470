//! Documents are parsed in processes of the same program, so that whatever one of them does ends with its worker.
//!
//! [`process`] starts a worker and speaks with it in the frames of [`frame`] through [`pipe`]; [`watch`] ends it when its time
//! is up, and [`ended`] tells from its end what happened. [`serve()`] is the other side: it puts limits on itself
//! ([`sandbox`]), then takes one document after the other. [`pictures`] has the text of pictures read by the program that
//! started the worker, [`confined`] starts the programs of the system that do so, under limits of their own. [`mock`] has
//! documents that do harm, for `hicm doctor`.

mod confined;
mod ended;
mod frame;
mod mock;
mod pictures;
mod pipe;
mod process;
mod said;
mod sandbox;
mod serve;
mod watch;

use std::ffi::OsString;
use std::io;
use std::num::NonZero;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use serde::Deserialize;
use serde::Serialize;

use super::archive::ArchiveLimits;
use super::archive::members::Members;
use super::archive::unpack::Archive;
use super::lines::Wanted;
use crate::model::picture::ReadsPictures;
use crate::pipeline::Recipe;

pub use confined::Helper;
pub use confined::become_program;
pub use confined::tell_helper;
pub use mock::Mock;
pub use mock::Probe;
pub use said::PassOn;
pub use sandbox::Part;
pub use sandbox::Protection;
pub use serve::serve;
pub use serve::serve_archive;

/// Documents that a worker converts before it is renewed, so that memory that it does not give back does not add up: starting
/// one takes some 10 ms, which is 1 % of what so many ordinary documents take.
const RENEWED_AFTER: u32 = 1000;

/// How workers are started, and the limits that they are under.
#[derive(Clone, Debug)]
pub struct Workers {
    /// What converts.
    pub recipe: Recipe,
    /// Time for a document.
    pub timeout: Duration,
    /// Bytes of address space of a worker.
    pub max_memory: u64,
    /// Threads of a worker.
    pub threads: NonZero<usize>,
    /// The program, and what to give it so that it calls [`serve()`].
    pub program: PathBuf,
    /// See `program`.
    pub arguments: Vec<OsString>,
    /// Takes what workers write to standard error, where somebody wants it.
    pub pass_on: Option<PassOn>,
    /// Who reads pictures for the workers, which cannot start programs.
    pub pictures: Option<Arc<dyn ReadsPictures>>,
    /// What every document does instead of being converted.
    pub mock: Option<Mock>,
}

/// Why no worker can be had.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WorkerError {
    /// It could not be started.
    #[error("cannot start a worker process ({}); close other programs, or convert with --in-process", .program.display())]
    Start {
        /// The program.
        program: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It cannot begin in so little memory.
    #[error("a worker process cannot begin with {} MiB of memory; give it more with --max-memory (1G unless told)", .limit >> 20)]
    TooLittle {
        /// The limit, in bytes.
        limit: u64,
    },
    /// It ended before it could take a document.
    #[error("a worker process ended before it could begin: {said}; close other programs, or convert with --in-process")]
    Died {
        /// The last that it wrote to standard error, or how it ended.
        said: String,
    },
}

/// What a worker is told before its first document.
#[derive(Debug, Serialize, Deserialize)]
struct Setup {
    recipe: Recipe,
    records: bool,
    audit: bool,
    max_memory: u64,
    threads: NonZero<usize>,
    /// Whether pictures of text are read for it.
    pictures: bool,
    mock: Option<Mock>,
}

/// What a worker that takes an archive apart is told: the one value of its argument, JSON.
#[derive(Debug, Serialize, Deserialize)]
struct Unpacking {
    name: String,
    limits: ArchiveLimits,
    max_memory: u64,
}

impl Workers {
    /// Workers of this very program, which calls [`serve()`] when it is given `arguments`.
    #[must_use]
    pub fn of_this_program(recipe: Recipe, arguments: Vec<OsString>) -> Self {
        Self {
            recipe,
            timeout: Duration::from_mins(1),
            max_memory: 1 << 30,
            threads: NonZero::<usize>::MIN,
            program: this_program(),
            arguments,
            pass_on: None,
            pictures: None,
            mock: None,
        }
    }

    pub(super) fn converter(self: &Arc<Self>, wanted: Wanted, halted: &Arc<AtomicBool>) -> process::Converter {
        process::Converter::new(Arc::clone(self), wanted, Arc::clone(halted))
    }

    pub(super) fn members(&self, archive: Archive, name: &str, limits: ArchiveLimits, halted: &Arc<AtomicBool>) -> Members {
        process::members(self, archive, name, limits, halted)
    }

    /// Starts a worker and tells how far it is protected.
    ///
    /// # Errors
    /// [`WorkerError`] where none can be started.
    pub fn protection(&self) -> Result<Protection, WorkerError> {
        process::protection(self)
    }

    /// Starts a worker that tries what a document must not be able to do, and tells what it was able to.
    ///
    /// # Errors
    /// [`WorkerError`] where none can be started, or it ended.
    pub fn probe(&self) -> Result<Probe, WorkerError> {
        process::probe(self)
    }
}

/// The program that runs. On Linux this stays the same where its file is replaced during the run.
fn this_program() -> PathBuf {
    if cfg!(target_os = "linux") {
        return PathBuf::from("/proc/self/exe");
    }
    std::env::current_exe().unwrap_or_else(|_| PathBuf::from("hicm"))
}
