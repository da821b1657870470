//! From what was asked for to the documents that it stands for, each with the name that it bears in the output.
//!
//! [`walk`] goes through folders and archives one document at a time, so that a million of them take up no more memory than
//! ten; [`names`] gives them their names.

mod names;
mod walk;

use std::io;
use std::path::Path;
use std::path::PathBuf;

pub(super) use names::is_system_name;
pub(super) use names::slashed;
pub(super) use walk::Inputs;

use crate::model::document::ErrorKind;

/// What was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// A file, or a folder with all that is in it.
    Path(PathBuf),
    /// Bytes that were read already, such as those of standard input.
    Bytes {
        /// The name of the document.
        name: String,
        /// The document.
        bytes: Vec<u8>,
    },
}

/// One document to convert, or the reason why there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Name in the output: the path under the folder that was asked for, or the path of a file as it was given; with `/`, and
    /// never absolute. In an archive, the archive's name, `/`, and the name there.
    pub name: String,
    /// Where its bytes come from.
    pub origin: Origin,
}

/// Where the bytes of a document come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A file, and its size in bytes when it was listed.
    File(PathBuf, u64),
    /// A pipe or the like that somebody named: it may have bytes late, or never an end.
    Stream(PathBuf),
    /// They are here.
    Bytes(Vec<u8>),
    /// A lock or system file, or no file at all, as a link in an archive; it is not read.
    Skipped,
    /// There are none.
    Lost {
        /// What kind of failure.
        kind: ErrorKind,
        /// What was found and what to do.
        message: String,
    },
}

impl Input {
    fn lost(name: String, kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { name, origin: Origin::Lost { kind, message: message.into() } }
    }

    /// The line of a path that cannot be reached.
    fn unreachable(name: String, error: &io::Error) -> Self {
        let (kind, message) = reason(error);
        Self::lost(name, kind, message)
    }

    /// Size in bytes as far as it is known without reading.
    pub(super) fn size(&self) -> u64 {
        match &self.origin {
            Origin::File(_, size) => *size,
            Origin::Bytes(bytes) => bytes.len() as u64,
            Origin::Stream(_) | Origin::Skipped | Origin::Lost { .. } => 0,
        }
    }

    /// Bytes of memory that it takes up while it waits.
    pub(super) fn held(&self) -> u64 {
        if let Origin::Bytes(bytes) = &self.origin { bytes.len() as u64 } else { 0 }
    }
}

/// What an error in reaching or reading a path means to the person who gave it. The error's kind is worded by Rust, so that it
/// is the same on every machine.
pub(super) fn reason(error: &io::Error) -> (ErrorKind, String) {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            (ErrorKind::NotFound, "there is no such file; check the path, and that nobody has moved the file".to_owned())
        }
        kind => (ErrorKind::Unreadable, format!("cannot be read: {kind}; check the file's permissions and its disk")),
    }
}

/// How many documents `requests` stand for, and of how many bytes; archives by what they say of themselves, and packed. For people
/// who wait: nothing depends on it.
#[must_use]
pub fn count(requests: &[Request], is_own: &dyn Fn(&Path) -> bool, stop: &dyn Fn() -> bool) -> Option<(u64, u64)> {
    walk::count(requests, is_own, stop)
}

#[cfg(test)]
mod tests;
