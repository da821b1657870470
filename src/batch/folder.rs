//! The output folder: three files that are there whole or not at all.

use std::fs;
use std::fs::File;
use std::io;
use std::io::BufWriter;
use std::path::Path;
use std::path::PathBuf;

use crate::sinks::JsonLines;
use crate::sinks::Output;

/// The files, in the order of [`Output`].
const FILES: [&str; 3] = ["records.jsonl", "documents.jsonl", "audit.jsonl"];

/// End of the names that the files bear while they are written.
const PART: &str = ".part";

/// Writes of this many bytes reach the file at once.
const BUFFER_BYTES: usize = 256 * 1024;

/// Why an output folder cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FolderError {
    /// The folder is not there and cannot be made.
    #[error("cannot make the output folder {}; name a folder, and one that you may write in", .path.display())]
    Create {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file in it cannot be written.
    #[error("cannot write {}; check the folder's permissions and the room on its disk", .path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// An output folder while its files are written under temporary names. Dropped before [`Folder::commit`], it removes them and
/// leaves what an earlier run wrote.
#[derive(Debug)]
pub struct Folder {
    /// The folder, absolute and without links.
    path: PathBuf,
    /// Names of the temporary files, in the order of [`FILES`].
    parts: Vec<PathBuf>,
}

impl Folder {
    /// Makes the folder `path` where it is not there, and opens its three files.
    ///
    /// # Errors
    /// [`FolderError`] where the folder cannot be made or written in.
    pub fn create(path: &Path) -> Result<(Self, Output<BufWriter<File>>), FolderError> {
        let cannot_make = |source| FolderError::Create { path: path.to_owned(), source };
        fs::create_dir_all(path).map_err(cannot_make)?;
        let mut folder = Self { path: path.canonicalize().map_err(cannot_make)?, parts: Vec::new() };
        let records = folder.open(FILES[0], path)?;
        let documents = folder.open(FILES[1], path)?;
        let audit = folder.open(FILES[2], path)?;
        Ok((folder, Output { records, documents, audit }))
    }

    fn open(&mut self, name: &str, given: &Path) -> Result<Option<JsonLines<BufWriter<File>>>, FolderError> {
        // The process id keeps two runs into one folder apart.
        let part = self.path.join(format!(".{name}.{}{PART}", std::process::id()));
        let file = File::create(&part).map_err(|source| FolderError::Write { path: given.join(name), source })?;
        self.parts.push(part);
        Ok(Some(JsonLines::new(BufWriter::with_capacity(BUFFER_BYTES, file))))
    }

    /// Whether `path` is one of the files that a run writes into this folder.
    #[must_use]
    pub fn owns(&self, path: &Path) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let hidden = name.strip_prefix('.').filter(|name| name.ends_with(PART));
        let is_part = hidden.is_some_and(|name| FILES.iter().any(|file| name.starts_with(file)));
        let is_output = is_part || FILES.contains(&name.as_ref());
        is_output && path.parent().and_then(|parent| parent.canonicalize().ok()).is_some_and(|parent| parent == self.path)
    }

    /// Writes out `output` and gives the files their names.
    ///
    /// # Errors
    /// [`FolderError::Write`] with the file that could not be finished.
    pub fn commit(mut self, output: Output<BufWriter<File>>) -> Result<(), FolderError> {
        let writers = [output.records, output.documents, output.audit];
        for (name, writer) in FILES.iter().zip(writers) {
            let flushed = writer.map_or(Ok(()), |lines| lines.finish().map(drop));
            flushed.map_err(|source| self.cannot_write(name, source))?;
        }
        for (name, part) in FILES.iter().zip(&self.parts) {
            fs::rename(part, self.path.join(name)).map_err(|source| self.cannot_write(name, source))?;
        }
        self.parts.clear();
        Ok(())
    }

    fn cannot_write(&self, name: &str, source: io::Error) -> FolderError {
        FolderError::Write { path: self.path.join(name), source }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        for part in &self.parts {
            // Nothing can be done about a file that cannot be removed; a later run does not take it for a document.
            let _ = fs::remove_file(part);
        }
    }
}
