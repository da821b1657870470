//! The output folder: three files that are there whole or not at all.

use std::fs;
use std::fs::File;
use std::io;
use std::io::BufWriter;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use super::lines::Finished;
use super::lines::Wanted;
use super::run::RunError;
use super::run::Writer;

/// The files.
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
    /// The temporary files, in the same order.
    files: Vec<BufWriter<File>>,
}

impl Folder {
    /// Makes the folder `path` where it is not there, and opens its three files.
    ///
    /// # Errors
    /// [`FolderError`] where the folder cannot be made or written in.
    pub fn create(path: &Path) -> Result<Self, FolderError> {
        let cannot_make = |source| FolderError::Create { path: path.to_owned(), source };
        fs::create_dir_all(path).map_err(cannot_make)?;
        let mut folder = Self { path: path.canonicalize().map_err(cannot_make)?, parts: Vec::new(), files: Vec::new() };
        FILES.iter().try_for_each(|name| folder.open(name, path))?;
        Ok(folder)
    }

    fn open(&mut self, name: &str, given: &Path) -> Result<(), FolderError> {
        // The process id keeps two runs into one folder apart.
        let part = self.path.join(format!(".{name}.{}{PART}", std::process::id()));
        let file = File::create(&part).map_err(|source| FolderError::Write { path: given.join(name), source })?;
        self.parts.push(part);
        self.files.push(BufWriter::with_capacity(BUFFER_BYTES, file));
        Ok(())
    }

    /// The folder, absolute and without links.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether `file` is one of the files that a run writes into `folder`, which is absolute and without links.
    #[must_use]
    pub fn owns(folder: &Path, file: &Path) -> bool {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let hidden = name.strip_prefix('.').filter(|name| name.ends_with(PART));
        let is_part = hidden.is_some_and(|name| FILES.iter().any(|file| name.starts_with(file)));
        let is_output = is_part || FILES.contains(&name.as_ref());
        is_output && file.parent().and_then(|parent| parent.canonicalize().ok()).is_some_and(|parent| parent == folder)
    }

    /// Writes out what is buffered and gives the files their names.
    ///
    /// # Errors
    /// [`FolderError::Write`] with the file that could not be finished.
    pub fn commit(mut self) -> Result<(), FolderError> {
        for index in 0..self.files.len() {
            let flushed = self.files[index].flush();
            flushed.map_err(|source| self.cannot_write(FILES[index], source))?;
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

impl Writer for Folder {
    fn wanted(&self) -> Wanted {
        Wanted { records: true, audit: true }
    }

    fn write(&mut self, finished: Finished) -> Result<(), RunError> {
        let Finished { told, mut lines, .. } = finished;
        lines.records.copy_to(&mut self.files[0])?;
        self.files[1].write_all(&told.json)?;
        lines.audit.copy_to(&mut self.files[2])?;
        Ok(())
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
