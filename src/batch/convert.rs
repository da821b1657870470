//! Who converts a document: this process, or a worker.

use std::any::Any;
use std::io;
use std::panic;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use super::archive::ArchiveLimits;
use super::archive::members;
use super::archive::members::Members;
use super::archive::unpack::Archive;
use super::lines::Lines;
use super::lines::Told;
use super::lines::Wanted;
use super::run::RunError;
use super::worker::Workers;
use crate::model::document::ErrorKind;
use crate::model::picture::ReadsPictures;
use crate::pipeline::Engine;
use crate::pipeline::Recipe;

/// Where documents are converted.
#[derive(Clone, Debug)]
pub enum Isolation {
    /// In this process: no limits on time and memory hold, and a document that overflows the stack ends the run.
    InProcess {
        /// What converts.
        engine: Arc<Engine>,
        /// What it is made from, see [`Recipe::digest`].
        digest: [u8; 32],
    },
    /// In worker processes, under limits.
    Workers(Arc<Workers>),
}

/// Why a document was not converted.
#[derive(Debug)]
pub(super) enum Fault {
    /// For a reason of its own.
    Document {
        /// What kind of failure.
        kind: ErrorKind,
        /// What was found and what to do.
        message: String,
    },
    /// The run cannot go on.
    Run(RunError),
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Run(RunError::Write(error))
    }
}

/// What decides what documents give, except the version of the program.
#[derive(Clone, Debug, Default)]
pub(super) struct Terms {
    /// See [`Recipe::digest`].
    pub(super) recipe: [u8; 32],
    /// The limits on a document, which decide only whether it gives anything.
    pub(super) limits: Vec<u8>,
    /// Who reads pictures of text.
    pub(super) pictures: Option<Arc<dyn ReadsPictures>>,
}

/// Converts one document after the other.
pub(super) trait Convert: Send {
    /// Converts the document `name`.
    fn convert(&mut self, name: &str, bytes: &[u8]) -> Result<(Told, Lines), Fault>;
}

impl Isolation {
    /// Conversion in this process.
    #[must_use]
    pub fn in_process(recipe: &Recipe) -> Self {
        Self::InProcess { engine: Arc::new(recipe.engine()), digest: recipe.digest() }
    }

    /// Conversion in this process, with the text of pictures read by `pictures`.
    #[must_use]
    pub fn in_process_reading(recipe: &Recipe, pictures: Arc<dyn ReadsPictures>) -> Self {
        Self::InProcess { engine: Arc::new(recipe.engine().reading_pictures(pictures)), digest: recipe.digest() }
    }

    /// What decides what documents give.
    pub(super) fn terms(&self) -> Terms {
        match self {
            Self::InProcess { engine, digest } => {
                Terms { recipe: *digest, limits: Vec::new(), pictures: engine.pictures().cloned() }
            }
            Self::Workers(workers) => Terms {
                recipe: workers.recipe.digest(),
                limits: [workers.timeout.as_nanos().to_le_bytes().as_slice(), &workers.max_memory.to_le_bytes()].concat(),
                pictures: workers.pictures.clone(),
            },
        }
    }

    /// Time that a document may take; `None` for as long as it likes.
    pub(super) fn timeout(&self) -> Option<Duration> {
        match self {
            Self::InProcess { .. } => None,
            Self::Workers(workers) => Some(workers.timeout),
        }
    }

    /// What one thread converts with. Workers are ended once `halted` is set.
    pub(super) fn converter(&self, wanted: Wanted, halted: &Arc<AtomicBool>) -> Box<dyn Convert> {
        match self {
            Self::InProcess { engine, .. } => Box::new(InProcess { engine: Arc::clone(engine), wanted }),
            Self::Workers(workers) => Box::new(workers.converter(wanted, halted)),
        }
    }

    /// The members of an archive.
    pub(super) fn members(&self, archive: Archive, name: &str, limits: ArchiveLimits, halted: &Arc<AtomicBool>) -> Members {
        match self {
            Self::InProcess { .. } => members::on_thread(archive, name.to_owned(), limits),
            Self::Workers(workers) => workers.members(archive, name, limits, halted),
        }
    }
}

/// Converts in this process.
struct InProcess {
    engine: Arc<Engine>,
    wanted: Wanted,
}

impl Convert for InProcess {
    fn convert(&mut self, name: &str, bytes: &[u8]) -> Result<(Told, Lines), Fault> {
        match guarded(|| Lines::fill(self.wanted, |output| self.engine.convert(name, bytes, output))) {
            Ok(converted) => {
                let (line, lines) = converted?;
                Ok((Told::new(line)?, lines))
            }
            Err(what) => Err(Fault::Document { kind: ErrorKind::Crashed, message: crashed(name, &what) }),
        }
    }
}

/// Runs `convert`; a panic in it is caught, and what it said is the error.
pub(super) fn guarded<T>(convert: impl FnOnce() -> T) -> Result<T, String> {
    // What a panic leaves half done is a document's own: its buffers, which are dropped.
    panic::catch_unwind(AssertUnwindSafe(convert)).map_err(|payload| said(payload.as_ref()))
}

fn said(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no message".to_owned())
}

/// What is said of a document on which the program crashed.
pub(super) fn crashed(name: &str, what: &str) -> String {
    format!("the program crashed on {name} ({what}); this is a fault of hicm, report it with the file")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_caught_with_what_it_said() {
        assert_eq!(guarded(|| 1), Ok(1));
        assert_eq!(guarded::<()>(|| panic!("at row {}", 7)), Err("at row 7".to_owned()));
        assert!(crashed("a.txt", "at row 7").contains("a.txt"));
    }
}
