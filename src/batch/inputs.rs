//! From what was asked for to the documents that it stands for, each with the name that it bears in the output.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::Component;
use std::path::Path;
use std::path::PathBuf;

use tracing::warn;
use walkdir::DirEntry;
use walkdir::WalkDir;

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
    /// never absolute.
    pub name: String,
    /// Where its bytes come from.
    pub origin: Origin,
}

/// Where the bytes of a document come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A file.
    File(PathBuf),
    /// They are here.
    Bytes(Vec<u8>),
    /// A lock or system file, which is not read.
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
}

/// Lists the documents of `requests`, in their order; those of a folder in the order of their names. A path for which `is_own`
/// holds is one of the run's own files and no document.
#[must_use]
pub fn list(requests: Vec<Request>, is_own: &dyn Fn(&Path) -> bool) -> Vec<Input> {
    let mut inputs = Vec::with_capacity(requests.len());
    for request in requests {
        match request {
            Request::Bytes { name, bytes } => inputs.push(Input { name, origin: Origin::Bytes(bytes) }),
            Request::Path(path) => match fs::metadata(&path) {
                Ok(metadata) if metadata.is_dir() => folder(&path, is_own, &mut inputs),
                Ok(_) => inputs.push(file(given_name(&path), path)),
                Err(error) => inputs.push(unreachable(given_name(&path), &error)),
            },
        }
    }
    inputs
}

fn file(name: String, path: PathBuf) -> Input {
    let origin = if is_system_file(&path) { Origin::Skipped } else { Origin::File(path) };
    Input { name, origin }
}

/// The line of a path that cannot be reached. The error's kind is worded by Rust, so that it is the same on every machine.
fn unreachable(name: String, error: &io::Error) -> Input {
    let (kind, message) = reason(error);
    Input::lost(name, kind, message)
}

/// What an error in reaching or reading a path means to the person who gave it.
pub(super) fn reason(error: &io::Error) -> (ErrorKind, String) {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            (ErrorKind::NotFound, "there is no such file; check the path, and that nobody has moved the file".to_owned())
        }
        kind => (ErrorKind::Unreadable, format!("cannot be read: {kind}; check the file's permissions and its disk")),
    }
}

/// Adds the documents under `root`.
fn folder(root: &Path, is_own: &dyn Fn(&Path) -> bool, inputs: &mut Vec<Input>) {
    let mut found: Vec<Input> = WalkDir::new(root)
        .follow_links(true)
        .into_iter()
        .filter_map(|entry| match entry {
            Ok(entry) => found_in_folder(root, entry, is_own),
            Err(error) => not_walked(root, &error),
        })
        .collect();
    if found.iter().all(|input| input.origin == Origin::Skipped) {
        let message = "the folder holds no documents; check that it is the right one";
        inputs.push(Input::lost(given_name(root), ErrorKind::Empty, message));
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    inputs.append(&mut found);
}

fn found_in_folder(root: &Path, entry: DirEntry, is_own: &dyn Fn(&Path) -> bool) -> Option<Input> {
    if entry.file_type().is_dir() || is_own(entry.path()) {
        return None;
    }
    let name = name_under(root, entry.path());
    if entry.file_type().is_file() {
        return Some(file(name, entry.into_path()));
    }
    // Reading a pipe, socket or device might never end.
    Some(Input { name, origin: Origin::Skipped })
}

fn not_walked(root: &Path, error: &walkdir::Error) -> Option<Input> {
    let path = error.path().unwrap_or(root);
    if error.loop_ancestor().is_some() {
        warn!(path = %path.display(), "not followed: the link leads back to a folder above it");
        return None;
    }
    let name = if path == root { given_name(root) } else { name_under(root, path) };
    Some(match error.io_error() {
        Some(error) => unreachable(name, error),
        None => Input::lost(name, ErrorKind::Unreadable, "cannot be read; check the folder's permissions"),
    })
}

fn name_under(root: &Path, path: &Path) -> String {
    slashed(path.strip_prefix(root).unwrap_or(path))
}

/// The name of a path as it was given; only its last part where it is absolute.
fn given_name(path: &Path) -> String {
    let name = if path.is_absolute() { path.file_name().map(Path::new).map(slashed) } else { Some(slashed(path)) };
    name.filter(|name| !name.is_empty()).unwrap_or_else(|| ".".to_owned())
}

fn slashed(path: &Path) -> String {
    let mut name = String::new();
    for component in path.components() {
        let part: &OsStr = match component {
            Component::Normal(part) => part,
            Component::ParentDir => OsStr::new(".."),
            Component::CurDir | Component::RootDir | Component::Prefix(_) => continue,
        };
        if !name.is_empty() {
            name.push('/');
        }
        name.push_str(&part.to_string_lossy());
    }
    name
}

/// Files that programs and desktops leave beside documents: owner files of Microsoft Office (`~$…`) and LibreOffice
/// (`.~lock.…#`), folder settings and previews of macOS and Windows, and the resource forks that macOS writes to foreign disks.
fn is_system_file(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let known = [".DS_Store", "Thumbs.db", "desktop.ini"];
    name.starts_with("~$")
        || name.starts_with("._")
        || (name.starts_with(".~lock.") && name.ends_with('#'))
        || known.iter().any(|known| name.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests;
