//! Takes an archive apart.
//!
//! The directory at the end of the file is the truth: members are taken in the order of their names, each is unpacked into
//! memory against its budget, and its checksum is compared. What cannot be had is said for that member alone.

use std::io::Read;

use flate2::read::DeflateDecoder;
use rawzip::CompressionMethod;
use rawzip::ReaderAt;
use rawzip::ZipArchive;
use rawzip::ZipArchiveEntryWayfinder;

use super::ArchiveLimits;
use super::Content;
use super::Member;
use super::Stopped;
use super::TOTAL_RATIO;
use super::extension;
use super::may_be_archive;
use super::names;
use crate::batch::inputs::is_system_name;
use crate::model::document::ErrorKind;

/// A member that unpacks to more than this must not be more than [`MOST_RATIO`] times its packed size.
const RATIO_FROM: u64 = 16 << 20;

/// Deflate packs text 3 to 20 times, and 1,032 times at most (zeros): 200 is out of reach for anything that people write.
const MOST_RATIO: u64 = 200;

/// Bytes that are unpacked between two looks at the budget.
const STEP_BYTES: usize = 256 * 1024;

/// Where the bytes of an archive come from.
pub(in crate::batch) enum Archive {
    /// A file, of which only what is needed is read.
    File(std::fs::File),
    /// Memory.
    Bytes(Vec<u8>),
}

/// What is left of the limits.
struct Budget {
    limits: ArchiveLimits,
    bytes: u64,
    members: u64,
}

/// An entry of the directory.
struct Entry {
    name: String,
    way: ZipArchiveEntryWayfinder,
    method: CompressionMethod,
    encrypted: bool,
    /// Whether it holds not a document but the path of one.
    is_link: bool,
    packed: u64,
}

/// Takes the members of `archive` called `name` and hands each to `each`, which says `false` when it wants no more.
pub(in crate::batch) fn unpack(
    archive: Archive,
    name: &str,
    limits: ArchiveLimits,
    each: &mut dyn FnMut(Member) -> bool,
) -> Result<(), Stopped> {
    let size = match &archive {
        Archive::File(file) => file.metadata().map_or(0, |metadata| metadata.len()),
        Archive::Bytes(bytes) => bytes.len() as u64,
    };
    let limits = ArchiveLimits { max_total: limits.max_total.max(size.saturating_mul(TOTAL_RATIO)), ..limits };
    let mut budget = Budget { limits, bytes: limits.max_total, members: limits.max_members };
    match archive {
        Archive::File(file) => {
            let mut buffer = vec![0; rawzip::RECOMMENDED_BUFFER_SIZE];
            let opened = ZipArchive::from_file(file, &mut buffer).map_err(|error| damaged(name, &error))?;
            take_apart(&opened, name, "", 1, &mut budget, each)
        }
        Archive::Bytes(bytes) => {
            let opened = ZipArchive::from_slice(bytes).map_err(|error| damaged(name, &error))?;
            take_apart(&opened.into_cursor_archive(), name, "", 1, &mut budget, each)
        }
    }
}

/// A file that only looks like an archive is left to the readers; one that is called an archive is a damaged one.
fn damaged(name: &str, error: &rawzip::Error) -> Stopped {
    if extension(name).as_deref() != Some("zip") {
        return Stopped::IsDocument;
    }
    let message = format!("the archive is damaged ({error}); check that it was copied whole, or send its documents one by one");
    Stopped::Lost { kind: ErrorKind::Unreadable, message }
}

/// `under` stands before the names of the members: empty, or the path of an archive in the archive with a `/`.
fn take_apart<R: ReaderAt>(
    archive: &ZipArchive<R>,
    name: &str,
    under: &str,
    depth: u32,
    budget: &mut Budget,
    each: &mut dyn FnMut(Member) -> bool,
) -> Result<(), Stopped> {
    let entries = entries(archive, name, budget)?;
    if entries.is_empty() {
        let message = "the archive holds no documents; check that it is the right one".to_owned();
        return Err(Stopped::Lost { kind: ErrorKind::Empty, message });
    }
    for entry in entries {
        let path = format!("{under}{}", entry.name);
        let content = if entry.is_link || is_system_name(&entry.name) {
            Content::Skipped
        } else {
            let content = content(archive, &entry, budget);
            match content {
                Content::Document(bytes) if may_be_archive(&bytes, &entry.name) => {
                    match nested(bytes, &path, depth, budget, each)? {
                        Some(content) => content,
                        None => continue,
                    }
                }
                other => other,
            }
        };
        if !each(Member { name: path, content }) {
            return Err(Stopped::NotWanted);
        }
    }
    Ok(())
}

/// Takes an archive in the archive apart; what is to be said in its place, where it is no archive or cannot be read (on).
fn nested(
    bytes: Vec<u8>,
    path: &str,
    depth: u32,
    budget: &mut Budget,
    each: &mut dyn FnMut(Member) -> bool,
) -> Result<Option<Content>, Stopped> {
    let opened = match ZipArchive::from_slice(bytes.as_slice()) {
        Ok(opened) => opened.into_cursor_archive(),
        Err(error) => {
            return Ok(Some(match damaged(path, &error) {
                Stopped::Lost { kind, message } => Content::Lost { kind, message },
                _ => Content::Document(bytes),
            }));
        }
    };
    let ended = if depth >= budget.limits.max_depth && !is_package(&opened) {
        let message = format!("archives lie more than {depth} deep in each other; unpack the outer ones and send what they hold");
        Err(Stopped::Lost { kind: ErrorKind::TooLarge, message })
    } else {
        take_apart(&opened, path, &format!("{path}/"), depth + 1, budget, each)
    };
    match ended {
        Ok(()) => Ok(None),
        Err(Stopped::IsDocument) => Ok(Some(Content::Document(bytes))),
        Err(Stopped::Lost { kind, message }) => Ok(Some(Content::Lost { kind, message })),
        Err(Stopped::NotWanted) => Err(Stopped::NotWanted),
    }
}

/// The members that are files, by name.
fn entries<R: ReaderAt>(archive: &ZipArchive<R>, name: &str, budget: &mut Budget) -> Result<Vec<Entry>, Stopped> {
    let mut found = Vec::new();
    let mut buffer = vec![0; rawzip::MAX_CENTRAL_DIRECTORY_RECORD_SIZE];
    let mut listed = archive.entries(&mut buffer);
    while let Some(entry) = listed.next_entry().map_err(|error| damaged(name, &error))? {
        if names_a_package(entry.file_path().as_bytes()) {
            return Err(Stopped::IsDocument);
        }
        if entry.is_dir() {
            continue;
        }
        budget.members = budget.members.checked_sub(1).ok_or_else(|| too_many(budget.limits.max_members))?;
        found.push(Entry {
            name: names::shown(entry.file_path().as_bytes(), entry.flags().is_utf8()),
            way: entry.wayfinder(),
            method: entry.compression_method(),
            encrypted: entry.flags().is_encrypted() || entry.flags().is_masked(),
            is_link: entry.mode().is_symlink(),
            packed: entry.compressed_size_hint(),
        });
    }
    // Members of the same name stay in the directory's order.
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

fn too_many(limit: u64) -> Stopped {
    let message = format!("the archive holds more than {limit} files; split it");
    Stopped::Lost { kind: ErrorKind::TooLarge, message }
}

/// Parts that every package has: of Office Open XML (ECMA-376, part 2, 10.1.2) and of `OpenDocument` and EPUB (mimetype).
fn names_a_package(path: &[u8]) -> bool {
    path == b"[Content_Types].xml" || path == b"mimetype"
}

fn is_package<R: ReaderAt>(archive: &ZipArchive<R>) -> bool {
    let mut buffer = vec![0; rawzip::MAX_CENTRAL_DIRECTORY_RECORD_SIZE];
    let mut listed = archive.entries(&mut buffer);
    while let Ok(Some(entry)) = listed.next_entry() {
        if names_a_package(entry.file_path().as_bytes()) {
            return true;
        }
    }
    false
}

/// What a member holds.
fn content<R: ReaderAt>(archive: &ZipArchive<R>, entry: &Entry, budget: &mut Budget) -> Content {
    if entry.encrypted {
        let message = "the file in the archive is protected by a password; unpack the archive and send what it holds";
        return Content::Lost { kind: ErrorKind::Encrypted, message: message.to_owned() };
    }
    match bytes(archive, entry, budget) {
        Ok(bytes) => Content::Document(bytes),
        Err((kind, message)) => Content::Lost { kind, message },
    }
}

/// Why a member cannot be had.
type Loss = (ErrorKind, String);

fn bytes<R: ReaderAt>(archive: &ZipArchive<R>, entry: &Entry, budget: &mut Budget) -> Result<Vec<u8>, Loss> {
    let opened = archive.get_entry(entry.way).map_err(|error| torn(&error))?;
    match entry.method {
        CompressionMethod::STORE => limited(opened.verifying_reader(opened.reader()), entry.packed, budget),
        CompressionMethod::DEFLATE => {
            limited(opened.verifying_reader(DeflateDecoder::new(opened.reader())), entry.packed, budget)
        }
        method => {
            let method = method.name().map_or_else(|| format!("method {}", method.as_u16()), str::to_owned);
            let message = format!("the file in the archive is packed with {method}; pack it as an ordinary zip (Deflate)");
            Err((ErrorKind::Unsupported, message))
        }
    }
}

fn torn(error: &dyn std::error::Error) -> Loss {
    (ErrorKind::Unreadable, format!("the archive is damaged at this file ({error}); send the file by itself"))
}

/// All of `from`, as far as the budget goes.
fn limited(mut from: impl Read, packed: u64, budget: &mut Budget) -> Result<Vec<u8>, Loss> {
    let mut bytes = Vec::new();
    loop {
        let before = bytes.len();
        let step = from.by_ref().take(STEP_BYTES as u64).read_to_end(&mut bytes);
        step.map_err(|error| torn(&error))?;
        let read = (bytes.len() - before) as u64;
        if read == 0 {
            return Ok(bytes);
        }
        let total = bytes.len() as u64;
        let over = |what: String| (ErrorKind::TooLarge, what);
        budget.bytes = budget.bytes.checked_sub(read).ok_or_else(|| {
            over(format!(
                "the archive unpacks to more than {} bytes; split it, or raise --max-bytes, 64 times which it may",
                budget.limits.max_total
            ))
        })?;
        if total > budget.limits.max_bytes {
            let limit = budget.limits.max_bytes;
            return Err(over(format!(
                "the document has more bytes than the limit of {limit}; split it, or raise the limit with --max-bytes"
            )));
        }
        if total > RATIO_FROM && total / MOST_RATIO > packed {
            return Err(over(format!(
                "{packed} bytes of the archive unpack to more than {MOST_RATIO} times as many; no document does that, so it was not read"
            )));
        }
    }
}
