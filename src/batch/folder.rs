//! The output folder: three files that are there whole or not at all.
//!
//! A run writes into the hidden folder `.hicm` and gives the files their names at its end. A run that is cut short leaves there
//! what it has written, and a [`Journal`] that says which document stands where: the next run with the same
//! options goes on from there, and takes over what it finds unchanged in the finished files of an earlier one.

use std::fs;
use std::fs::File;
use std::fs::TryLockError;
use std::io;
use std::io::BufWriter;
use std::io::Read;
use std::io::Seek;
use std::io::SeekFrom;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::OnceLock;
use std::sync::PoisonError;

use flate2::Crc;
use sha2::Digest;
use sha2::Sha256;
use tracing::warn;

use super::Isolation;
use super::Key;
use super::convert::Terms;
use super::journal::Extent;
use super::journal::Journal;
use super::journal::Retry;
use super::journal::Standing;
use super::lines::Finished;
use super::lines::Lines;
use super::lines::Told;
use super::lines::Wanted;
use super::run::Kept;
use super::run::RunError;
use super::run::Writer;
use crate::model::diagnostic::Code;
use crate::model::document::DocumentLine;
use crate::model::document::ErrorKind;
use crate::model::picture::ReadsPictures;

/// The files, in the order of [`Standing::extents`].
const FILES: [&str; 3] = ["records.jsonl", "documents.jsonl", "audit.jsonl"];

/// The folder in the output folder in which a run writes.
pub(super) const WORK: &str = ".hicm";

/// Ends of the names that the files bear while they are written, and while they are put in order.
const PART: &str = "part";
const ORDERED: &str = "ordered";

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
    #[error("cannot write {}; check the folder's permissions and the room on its disk, then run again", .path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Another run writes into it.
    #[error("another run is writing into {}; wait for its end, or name another folder with --output", .path.display())]
    Busy {
        /// The folder.
        path: PathBuf,
    },
    /// The journal cannot be used.
    #[error("cannot use the journal {}; check the room on its disk, or start over with --force", .path.display())]
    Journal {
        /// The journal.
        path: PathBuf,
        /// Why.
        source: rusqlite::Error,
    },
}

/// An output folder while a run writes into it. Dropped before [`Folder::commit`], it keeps for the next run what it has, and
/// leaves what an earlier run finished.
#[derive(Debug)]
pub struct Folder {
    place: Place,
    journal: Arc<Mutex<Journal>>,
    parts: [BufWriter<File>; 3],
    /// Ends of what is in the parts.
    ends: [u64; 3],
    /// Ends of what is in the parts in this run's order, from their beginning; the same while nothing had to be left out.
    ordered: [u64; 3],
    in_order: bool,
    position: u64,
    pictures: Pictures,
    /// Held until the run ends, however it ends.
    _lock: File,
}

/// Names of the files of a folder.
#[derive(Clone, Debug)]
struct Place {
    /// The folder, absolute and without links.
    path: PathBuf,
}

impl Place {
    fn work(&self, name: &str) -> PathBuf {
        self.path.join(WORK).join(name)
    }

    fn part(&self, name: &str, end: &str) -> PathBuf {
        self.work(&format!("{name}.{end}"))
    }

    fn cannot_write(&self, name: &str) -> impl Fn(io::Error) -> FolderError + use<> {
        let path = self.path.join(name);
        move |source| FolderError::Write { path: path.clone(), source }
    }

    fn journal(&self) -> PathBuf {
        self.work("journal.sqlite")
    }

    fn journal_failed(&self) -> impl Fn(rusqlite::Error) -> FolderError + use<> {
        let path = self.journal();
        move |source| FolderError::Journal { path: path.clone(), source }
    }

    fn open_journal(&self, fingerprint: &[u8], limits: &[u8], pictures: &Pictures) -> Result<Journal, FolderError> {
        let open = || Journal::open(&self.journal(), fingerprint, limits, &|| pictures.are_read());
        let opened = open().or_else(|error| {
            warn!(%error, "the journal of earlier runs cannot be read; everything is converted again");
            self.clear();
            open()
        });
        opened.map_err(self.journal_failed())
    }

    /// Removes what earlier runs left in the working folder.
    fn clear(&self) {
        for name in FILES {
            let _ = fs::remove_file(self.part(name, PART));
            let _ = fs::remove_file(self.part(name, ORDERED));
        }
        for name in ["journal.sqlite", "journal.sqlite-wal", "journal.sqlite-shm"] {
            let _ = fs::remove_file(self.work(name));
        }
    }

    /// Gives the files with this `end` their final names. One that is not there has its name already.
    fn rename(&self, end: &str) -> Result<(), FolderError> {
        for name in FILES {
            match fs::rename(self.part(name, end), self.path.join(name)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(self.cannot_write(name)(error)),
                _ => {}
            }
        }
        // The names are safe once the folder is; where a system cannot sync folders there is nothing more to be done.
        let _ = File::open(&self.path).and_then(|folder| folder.sync_all());
        Ok(())
    }
}

impl Folder {
    /// Opens the folder `path` for a run with `isolation`; makes it where it is not there. What earlier runs with other options
    /// have left counts for nothing; with `force`, nothing counts.
    ///
    /// # Errors
    /// [`FolderError`] where the folder cannot be made or written in, or another run writes into it.
    pub fn open(path: &Path, isolation: &Isolation, force: bool) -> Result<Self, FolderError> {
        let cannot_make = |source| FolderError::Create { path: path.to_owned(), source };
        fs::create_dir_all(path).map_err(cannot_make)?;
        let place = Place { path: path.canonicalize().map_err(cannot_make)? };
        fs::create_dir_all(place.path.join(WORK)).map_err(cannot_make)?;
        let lock = lock(&place, path)?;
        // The names are given at the end; that they can be is better known now.
        tempfile::tempfile_in(&place.path).map_err(|source| FolderError::Write { path: path.to_owned(), source })?;
        let Terms { recipe, limits, pictures } = isolation.terms();
        let (fingerprint, pictures) = (of_this_program(&recipe), Pictures::of(pictures));
        let mut journal = place.open_journal(&fingerprint, &limits, &pictures)?;
        if let Some(end) = journal.renaming.clone() {
            place.rename(&end)?;
            journal.published().map_err(place.journal_failed())?;
        }
        if force {
            drop(journal);
            place.clear();
            journal = place.open_journal(&fingerprint, &limits, &pictures)?;
        }
        let (parts, ends) = open_parts(&place, &mut journal)?;
        Ok(Self {
            place,
            journal: Arc::new(Mutex::new(journal)),
            parts,
            ends,
            ordered: [0; 3],
            in_order: true,
            position: 0,
            pictures,
            _lock: lock,
        })
    }

    /// The folder, absolute and without links.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.place.path
    }

    /// Whether `file` is one of the files that a run leaves in `folder`, which is absolute and without links.
    #[must_use]
    pub fn owns(folder: &Path, file: &Path) -> bool {
        let name = file.file_name().unwrap_or_default();
        let parent = || file.parent().and_then(|parent| parent.canonicalize().ok());
        FILES.iter().any(|own| name == *own) && parent().is_some_and(|parent| parent == folder)
    }

    /// What earlier runs have left.
    ///
    /// # Errors
    /// [`FolderError::Write`] where a part cannot be opened to be read.
    pub fn kept(&self) -> Result<KeptLines, FolderError> {
        let open = |name: &str| File::open(self.place.part(name, PART)).map_err(self.place.cannot_write(name));
        let parts = [open(FILES[0])?, open(FILES[1])?, open(FILES[2])?];
        let published = FILES.map(|name| File::open(self.place.path.join(name)).ok());
        Ok(KeptLines { journal: Arc::clone(&self.journal), files: Mutex::new(KeptFiles { parts, published }) })
    }

    /// Writes out what is buffered and gives the files their names.
    ///
    /// # Errors
    /// [`FolderError`] with the file that could not be finished.
    pub fn commit(mut self) -> Result<(), FolderError> {
        self.flush()?;
        let mut journal = self.journal.lock().unwrap_or_else(PoisonError::into_inner);
        let end = if self.in_order && self.ordered == self.ends {
            for (name, part) in FILES.iter().zip(&self.parts) {
                part.get_ref().sync_all().map_err(self.place.cannot_write(name))?;
            }
            PART
        } else {
            self.put_in_order(&mut journal)?;
            ORDERED
        };
        journal.renaming(end).map_err(self.place.journal_failed())?;
        self.place.rename(end)?;
        journal.published().map_err(self.place.journal_failed())?;
        for name in FILES {
            // Left over where the files had to be put in order.
            let _ = fs::remove_file(self.place.part(name, PART));
        }
        Ok(())
    }

    /// Copies the lines of this run's documents from the parts, in the list's order, into files of their own.
    fn put_in_order(&self, journal: &mut Journal) -> Result<(), FolderError> {
        for (index, name) in FILES.into_iter().enumerate() {
            let failed = self.place.cannot_write(name);
            let mut from = File::open(self.place.part(name, PART)).map_err(&failed)?;
            let to = File::create(self.place.part(name, ORDERED)).map_err(&failed)?;
            let mut to = BufWriter::with_capacity(BUFFER_BYTES, to);
            journal
                .in_order(|standing| -> Result<(), Ordering> { Ok(copy(&mut from, standing.extents[index], &mut to)?) })
                .map_err(|error| match error {
                    Ordering::Io(error) => failed(error),
                    Ordering::Journal(error) => self.place.journal_failed()(error),
                })?;
            to.into_inner().map_err(io::IntoInnerError::into_error).and_then(|file| file.sync_all()).map_err(&failed)?;
        }
        journal.put_in_order().map_err(self.place.journal_failed())
    }

    fn journal(&self) -> MutexGuard<'_, Journal> {
        self.journal.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Hands the lines to the system and then commits the rows that point to them.
    fn flush(&mut self) -> Result<(), FolderError> {
        for (name, part) in FILES.iter().zip(&mut self.parts) {
            part.flush().map_err(self.place.cannot_write(name))?;
        }
        self.journal().commit().map_err(self.place.journal_failed())
    }

    /// Adds the lines of a document at the ends of the parts.
    fn append(&mut self, told: &Told, lines: &mut Lines) -> Result<Standing, FolderError> {
        let mut crc = Crc::new();
        let mut extents = [Extent::default(); 3];
        for (index, name) in FILES.into_iter().enumerate() {
            let failed = self.place.cannot_write(name);
            let mut to = Counted { to: &mut self.parts[index], crc: &mut crc, bytes: 0 };
            let written = match index {
                0 => lines.records.hand_over(&mut to),
                1 => to.write_all(&told.json),
                _ => lines.audit.hand_over(&mut to),
            };
            written.map_err(failed)?;
            extents[index] = Extent { at: self.ends[index], bytes: to.bytes };
        }
        let generation = self.journal().current;
        Ok(Standing { generation, extents, checksum: crc.sum() })
    }

    /// Whether `json` stands at `extent` of the part of documents' lines.
    fn stands(&self, extent: Extent, json: &[u8]) -> bool {
        let mut found = Vec::new();
        let mut read = || copy(&mut File::open(self.place.part(FILES[1], PART))?, extent, &mut found);
        // Names of files that are gone are few, so that the file is not kept open.
        extent.bytes == json.len() as u64 && read().is_ok() && found == json
    }

    fn add(&mut self, finished: Finished) -> Result<(), FolderError> {
        let Finished { told, mut lines, key, kept, stored } = finished;
        let position = self.position;
        self.position += 1;
        let failed = self.place.journal_failed();
        let is_known = kept || stored;
        let stands = if let Some(key) = key.filter(|_| !is_known) {
            (key.document, None)
        } else {
            // A line that is no document's is known by its place in the list and its text.
            let document = key.map_or_else(|| of_line(position, &told.json), |key| key.document);
            let known = self.journal().find(&document).map_err(&failed)?;
            let known = known.filter(|known| known.generation == self.journal().current);
            (document, known.filter(|known| is_known || self.stands(known.extents[1], &told.json)))
        };
        let standing = match stands {
            (key, Some(known)) => {
                self.journal().touch(&key, position).map_err(&failed)?;
                known
            }
            (key, None) => {
                let standing = self.append(&told, &mut lines)?;
                self.ends = ends_of(&standing);
                let retry = self.retry(&told.line);
                self.journal().add(&key, &standing, retry, Some(position)).map_err(&failed)?;
                standing
            }
        };
        self.in_order &= standing.extents.map(|extent| extent.at) == self.ordered;
        self.ordered = ends_of(&standing);
        self.flush_when_due()
    }

    /// When a later run should try the document of `line` again.
    fn retry(&self, line: &DocumentLine) -> Retry {
        let unread = || line.diagnostics.iter().any(|found| found.code == Code::PageNotRead.as_str());
        match line.error.as_ref().map(|error| error.kind) {
            Some(ErrorKind::Timeout | ErrorKind::OutOfMemory | ErrorKind::Crashed) => Retry::Later,
            Some(ErrorKind::NeedsOcr) if !self.pictures.are_read() => Retry::WhenReady,
            None if unread() && !self.pictures.are_read() => Retry::WhenReady,
            _ => Retry::Never,
        }
    }

    fn flush_when_due(&mut self) -> Result<(), FolderError> {
        let is_due = self.journal().is_due();
        if is_due { self.flush() } else { Ok(()) }
    }
}

/// Whether pictures of text can be read in this run; found out when it is first asked for.
#[derive(Debug)]
struct Pictures {
    reader: Option<Arc<dyn ReadsPictures>>,
    is_ready: OnceLock<bool>,
}

impl Pictures {
    fn of(reader: Option<Arc<dyn ReadsPictures>>) -> Self {
        Self { reader, is_ready: OnceLock::new() }
    }

    fn are_read(&self) -> bool {
        *self.is_ready.get_or_init(|| self.reader.as_ref().is_some_and(|reader| reader.is_ready()))
    }
}

/// Why files could not be put in order.
enum Ordering {
    Io(io::Error),
    Journal(rusqlite::Error),
}

impl From<io::Error> for Ordering {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<rusqlite::Error> for Ordering {
    fn from(error: rusqlite::Error) -> Self {
        Self::Journal(error)
    }
}

fn ends_of(standing: &Standing) -> [u64; 3] {
    standing.extents.map(|extent| extent.at + extent.bytes)
}

/// What a line that is no document's is known by.
fn of_line(position: u64, json: &[u8]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(b"line");
    hasher.update(position.to_le_bytes());
    hasher.update(json);
    hasher.finalize().into()
}

/// `options` together with the program: its version, and size and time of its file, for a version is built more than once.
fn of_this_program(options: &[u8; 32]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(options);
    hasher.update(env!("CARGO_PKG_VERSION"));
    let metadata = std::env::current_exe().and_then(fs::metadata).ok();
    let modified = metadata.as_ref().and_then(|metadata| metadata.modified().ok());
    let since = modified.and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
    hasher.update(metadata.map_or(0, |metadata| metadata.len()).to_le_bytes());
    hasher.update(since.map_or(0, |since| since.as_nanos()).to_le_bytes());
    hasher.finalize().into()
}

fn lock(place: &Place, given: &Path) -> Result<File, FolderError> {
    let path = place.work("lock");
    let opened = File::options().create(true).truncate(false).write(true).open(&path);
    let lock = opened.map_err(|source| FolderError::Write { path: given.join(WORK).join("lock"), source })?;
    match lock.try_lock() {
        Err(TryLockError::WouldBlock) => Err(FolderError::Busy { path: given.to_owned() }),
        // A file system without locks; SQLite's own may still hold two runs apart.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(lock),
    }
}

/// Opens the parts and cuts off what no row points to.
fn open_parts(place: &Place, journal: &mut Journal) -> Result<([BufWriter<File>; 3], [u64; 3]), FolderError> {
    let open = |name: &str| {
        let part = File::options().create(true).truncate(false).write(true).open(place.part(name, PART));
        part.map_err(place.cannot_write(name))
    };
    let files = [open(FILES[0])?, open(FILES[1])?, open(FILES[2])?];
    let length = |file: &File| file.metadata().map_or(0, |metadata| metadata.len());
    let lengths = [length(&files[0]), length(&files[1]), length(&files[2])];
    let ends = journal.ends_within(lengths).map_err(place.journal_failed())?;
    for ((name, mut file), end) in FILES.iter().zip(&files).zip(ends) {
        let cut = file.set_len(end).and_then(|()| file.seek(SeekFrom::Start(end)));
        cut.map_err(place.cannot_write(name))?;
    }
    Ok((files.map(|file| BufWriter::with_capacity(BUFFER_BYTES, file)), ends))
}

fn copy(from: &mut File, extent: Extent, to: &mut impl Write) -> io::Result<()> {
    from.seek(SeekFrom::Start(extent.at))?;
    if io::copy(&mut Read::by_ref(from).take(extent.bytes), to)? == extent.bytes {
        return Ok(());
    }
    Err(io::ErrorKind::UnexpectedEof.into())
}

/// Counts and sums what is written.
struct Counted<'a, W> {
    to: &'a mut W,
    crc: &'a mut Crc,
    bytes: u64,
}

impl<W: Write> Write for Counted<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.crc.update(bytes.get(..written).unwrap_or(bytes));
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

impl Writer for Folder {
    fn wanted(&self) -> Wanted {
        Wanted { records: true, audit: true }
    }

    fn write(&mut self, finished: Finished) -> Result<(), RunError> {
        Ok(self.add(finished)?)
    }

    fn store(&mut self, finished: &mut Finished) -> Result<(), RunError> {
        let Some(key) = finished.key else { return Ok(()) };
        let mut lines = std::mem::take(&mut finished.lines);
        let standing = self.append(&finished.told, &mut lines)?;
        self.ends = ends_of(&standing);
        let retry = self.retry(&finished.told.line);
        let added = self.journal().add(&key.document, &standing, retry, None);
        Ok(added.map_err(self.place.journal_failed())?)
    }

    fn settle(&mut self) -> Result<(), RunError> {
        Ok(self.flush_when_due()?)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be kept is converted again.
        let _ = self.flush();
    }
}

/// The lines of documents that earlier runs have left in a folder.
#[derive(Debug)]
pub struct KeptLines {
    journal: Arc<Mutex<Journal>>,
    files: Mutex<KeptFiles>,
}

#[derive(Debug)]
struct KeptFiles {
    parts: [File; 3],
    published: [Option<File>; 3],
}

impl KeptLines {
    fn read(&self, standing: &Standing, is_part: bool) -> io::Result<(Told, Lines)> {
        let mut crc = Crc::new();
        let (mut lines, mut json) = (Lines::default(), Vec::new());
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        for (index, extent) in standing.extents.into_iter().enumerate() {
            let KeptFiles { parts, published } = &mut *files;
            let file = if is_part { Some(&mut parts[index]) } else { published[index].as_mut() };
            let file = file.ok_or(io::ErrorKind::NotFound)?;
            let to: &mut dyn Write = match index {
                0 => &mut lines.records,
                1 => &mut json,
                _ => &mut lines.audit,
            };
            let mut to = to;
            copy(file, extent, &mut Counted { to: &mut to, crc: &mut crc, bytes: 0 })?;
        }
        if crc.sum() != standing.checksum {
            return Err(io::ErrorKind::InvalidData.into());
        }
        Ok((Told::parse(json)?, lines))
    }
}

impl Kept for KeptLines {
    fn find(&self, key: &Key) -> Option<(Told, Lines)> {
        let (standing, current, published) = {
            let journal = self.journal.lock().unwrap_or_else(PoisonError::into_inner);
            // A journal that cannot be read knows nothing; the next commit says so.
            (journal.find(&key.document).ok().flatten()?, journal.current, journal.published)
        };
        let is_part = standing.generation == current;
        (is_part || standing.generation == published).then(|| self.read(&standing, is_part).ok()).flatten()
    }
}
