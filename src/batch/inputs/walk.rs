//! Goes through what was asked for, one document at a time.
//!
//! A folder is read in the order of the names of its files, the whole path compared: of `a-1.txt` and `a/z.txt` the first is
//! first. Only the names in the folders on the way to the current document are held.

use std::cmp::Ordering;
use std::fs;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::path::PathBuf;

use tracing::warn;
use walkdir::DirEntry;
use walkdir::WalkDir;

use super::Input;
use super::Origin;
use super::Request;
use super::names;
use super::names::is_system_name;
use crate::batch::archive;
use crate::batch::archive::Content;
use crate::batch::archive::Member;
use crate::batch::archive::Stopped;
use crate::batch::archive::members::Members;
use crate::batch::archive::unpack::Archive;
use crate::batch::folder::WORK;
use crate::model::document::ErrorKind;

/// What takes archives apart: called with the archive and its name.
type Unpacker<'a> = Box<dyn FnMut(Archive, &str) -> Members + 'a>;

/// The documents of a list of requests, in their order.
pub(in crate::batch) struct Inputs<'a> {
    requests: std::vec::IntoIter<Request>,
    is_own: &'a dyn Fn(&Path) -> bool,
    unpacker: Unpacker<'a>,
    folder: Option<Folder>,
    archive: Option<Opened>,
}

/// A folder on its way.
struct Folder {
    root: PathBuf,
    walk: walkdir::IntoIter,
    linked: Linked,
    /// Whether it gave more than lock and system files.
    has_documents: bool,
}

/// An archive on its way.
struct Opened {
    name: String,
    members: Members,
    /// What the archive is where it turns out to be a document.
    document: Option<Origin>,
}

impl<'a> Inputs<'a> {
    /// The documents of `requests`. A path for which `is_own` holds is one of the run's own files and no document.
    pub(in crate::batch) fn new(requests: Vec<Request>, is_own: &'a dyn Fn(&Path) -> bool, unpacker: Unpacker<'a>) -> Self {
        Self { requests: requests.into_iter(), is_own, unpacker, folder: None, archive: None }
    }

    /// A file, or the first member of an archive.
    fn file(&mut self, name: String, path: PathBuf, size: u64) -> Option<Input> {
        if is_system_name(&name) {
            return Some(Input { name, origin: Origin::Skipped });
        }
        match archive_at(&path, &name) {
            Some(file) => self.open(name, Archive::File(file), Origin::File(path, size)),
            None => Some(Input { name, origin: Origin::File(path, size) }),
        }
    }

    fn open(&mut self, name: String, archive: Archive, document: Origin) -> Option<Input> {
        let members = (self.unpacker)(archive, &name);
        self.archive = Some(Opened { name, members, document: Some(document) });
        self.next_member()
    }

    /// The next document of the open archive; `None`, and none is open, where there is none.
    fn next_member(&mut self) -> Option<Input> {
        let opened = self.archive.as_mut()?;
        let input = match opened.members.next() {
            Some(Ok(Member { name, content })) => {
                opened.document = None;
                let name = format!("{}/{name}", opened.name);
                let origin = match content {
                    Content::Document(bytes) => Origin::Bytes(bytes),
                    Content::Skipped => Origin::Skipped,
                    Content::Lost { kind, message } => Origin::Lost { kind, message },
                };
                return Some(Input { name, origin });
            }
            Some(Err(Stopped::IsDocument)) => {
                let name = opened.name.clone();
                opened.document.take().map(|origin| Input { name, origin })
            }
            Some(Err(Stopped::Lost { kind, message })) => Some(Input::lost(opened.name.clone(), kind, message)),
            Some(Err(Stopped::NotWanted)) | None => None,
        };
        self.archive = None;
        input
    }

    /// The next document of the open folder; `None`, and none is open, where there is none.
    fn next_in_folder(&mut self) -> Option<Input> {
        loop {
            let folder = self.folder.as_mut()?;
            let Some(entry) = folder.walk.next() else {
                let Folder { root, has_documents, .. } = self.folder.take()?;
                let message = "the folder holds no documents; check that it is the right one";
                return (!has_documents).then(|| Input::lost(names::given(&root), ErrorKind::Empty, message));
            };
            let found = match entry {
                Ok(entry) if is_work_folder(&entry) => {
                    folder.walk.skip_current_dir();
                    continue;
                }
                Ok(entry) if folder.linked.is_read_elsewhere(&entry) => {
                    warn!(path = %entry.path().display(), "not followed: what the link leads to is read where it lies");
                    folder.walk.skip_current_dir();
                    continue;
                }
                Ok(entry) => {
                    if entry.file_type().is_dir() || (self.is_own)(entry.path()) {
                        continue;
                    }
                    let name = names::under(&folder.root, entry.path());
                    folder.has_documents |= entry.file_type().is_file() && !is_system_name(&name);
                    if entry.file_type().is_file() {
                        let size = entry.metadata().map_or(0, |metadata| metadata.len());
                        self.file(name, entry.into_path(), size)
                    } else {
                        // Reading a pipe, socket or device might never end.
                        Some(Input { name, origin: Origin::Skipped })
                    }
                }
                Err(error) => {
                    let lost = not_walked(&folder.root, &error);
                    folder.has_documents |= lost.is_some();
                    lost
                }
            };
            if found.is_some() {
                return found;
            }
        }
    }

    fn next_request(&mut self, request: Request) -> Option<Input> {
        match request {
            Request::Bytes { name, bytes } if archive::may_be_archive(&bytes, &name) => {
                self.open(name, Archive::Bytes(bytes.clone()), Origin::Bytes(bytes))
            }
            Request::Bytes { name, bytes } => Some(Input { name, origin: Origin::Bytes(bytes) }),
            Request::Path(path) => match fs::metadata(&path) {
                Ok(metadata) if metadata.is_dir() => {
                    let linked = Linked::under(&path);
                    self.folder = Some(Folder { walk: walk(&path), root: path, linked, has_documents: false });
                    None
                }
                Ok(metadata) if metadata.is_file() => self.file(names::given(&path), path, metadata.len()),
                // Somebody who names a pipe wants it read.
                Ok(_) => Some(Input { name: names::given(&path), origin: Origin::Stream(path) }),
                Err(error) => Some(Input::unreachable(names::given(&path), &error)),
            },
        }
    }
}

impl Iterator for Inputs<'_> {
    type Item = Input;

    fn next(&mut self) -> Option<Input> {
        loop {
            let found = self.next_member().or_else(|| self.next_in_folder());
            if found.is_some() {
                return found;
            }
            let request = self.requests.next()?;
            let found = self.next_request(request);
            if found.is_some() {
                return found;
            }
        }
    }
}

/// The open file where `path` may be an archive.
fn archive_at(path: &Path, name: &str) -> Option<File> {
    let mut file = File::open(path).ok()?;
    let mut head = [0; 4];
    file.read_exact(&mut head).ok()?;
    archive::may_be_archive(&head, name).then_some(file)
}

fn walk(root: &Path) -> walkdir::IntoIter {
    WalkDir::new(root).follow_links(true).sort_by(by_path).into_iter()
}

/// The order that the whole paths of what lies in two entries of a folder have: that of a folder's name with a `/`.
fn by_path(a: &DirEntry, b: &DirEntry) -> Ordering {
    fn bytes(entry: &DirEntry) -> impl Iterator<Item = u8> {
        let slash = entry.file_type().is_dir().then_some(b'/');
        entry.file_name().as_encoded_bytes().iter().copied().chain(slash)
    }
    bytes(a).cmp(bytes(b))
}

/// Whether it is where a run keeps what it has done; this one's, or another's.
fn is_work_folder(entry: &DirEntry) -> bool {
    entry.depth() > 0 && entry.file_type().is_dir() && entry.file_name() == WORK
}

/// The folders that links led to. A folder is read once, however many links lead to it: links between a few folders would
/// otherwise lead through all of these in every order.
struct Linked {
    /// Folders that are read with all that is in them, as they are called without links.
    read: Vec<PathBuf>,
}

impl Linked {
    /// None yet, in the folder `root`.
    fn under(root: &Path) -> Self {
        Self { read: fs::canonicalize(root).into_iter().collect() }
    }

    /// Whether `entry` is a link to a folder that is read without it. One that is not is held to be read from here on.
    fn is_read_elsewhere(&mut self, entry: &DirEntry) -> bool {
        if entry.depth() == 0 || !entry.path_is_symlink() || !entry.file_type().is_dir() {
            return false;
        }
        // What cannot be told is left to the walk, which says why.
        let Ok(folder) = fs::canonicalize(entry.path()) else { return false };
        let known = self.read.iter().any(|read| folder.starts_with(read));
        if !known {
            self.read.push(folder);
        }
        known
    }
}

fn not_walked(root: &Path, error: &walkdir::Error) -> Option<Input> {
    let path = error.path().unwrap_or(root);
    if error.loop_ancestor().is_some() {
        warn!(path = %path.display(), "not followed: the link leads back to a folder above it");
        return None;
    }
    let name = if path == root { names::given(root) } else { names::under(root, path) };
    Some(match error.io_error() {
        Some(error) => Input::unreachable(name, error),
        None => Input::lost(name, ErrorKind::Unreadable, "cannot be read; check the folder's permissions"),
    })
}

/// See [`super::count`].
pub(super) fn count(requests: &[Request], is_own: &dyn Fn(&Path) -> bool, stop: &dyn Fn() -> bool) -> Option<(u64, u64)> {
    let mut sum = (0_u64, 0_u64);
    for request in requests {
        let path = match request {
            Request::Bytes { bytes, .. } => {
                sum = (sum.0 + 1, sum.1 + bytes.len() as u64);
                continue;
            }
            Request::Path(path) => path,
        };
        let mut linked = Linked::under(path);
        let walk = walk(path);
        for entry in walk.filter_entry(|entry| !is_work_folder(entry) && !linked.is_read_elsewhere(entry)) {
            if stop() {
                return None;
            }
            let Ok(entry) = entry else { continue };
            if !entry.file_type().is_dir() && !is_own(entry.path()) {
                let metadata = entry.metadata().ok();
                let is_file = metadata.as_ref().is_some_and(std::fs::Metadata::is_file);
                let documents = if is_file { archive::stated_members(entry.path()) } else { None };
                sum = (sum.0.saturating_add(documents.unwrap_or(1)), sum.1 + metadata.map_or(0, |metadata| metadata.len()));
            }
        }
    }
    Some(sum)
}
