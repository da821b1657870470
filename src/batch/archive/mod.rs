//! Archives: the documents in a zip, one after the other, none of them ever written to disk.
//!
//! [`unpack`] does the work; it runs in a worker process, or on a thread of this one where the run is not isolated. [`members`]
//! is the side that asks for one member after the other, [`names`] makes their names safe to show.

pub(super) mod members;
mod names;
pub(super) mod unpack;

use std::fs::File;
use std::io::Read;
use std::io::Seek;
use std::io::SeekFrom;
use std::path::Path;

use members::on_thread;
use serde::Deserialize;
use serde::Serialize;
use unpack::Archive;

use super::inputs::slashed;
use crate::model::document::ErrorKind;

/// Caps on an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_field_names, reason = "a cap is named as the options name it")]
pub(super) struct ArchiveLimits {
    /// Bytes of a member once unpacked; the cap on a document.
    pub(super) max_bytes: u64,
    /// Bytes of all members together once unpacked, archives in the archive counted too; or [`TOTAL_RATIO`] times the size of the
    /// archive, where that is more.
    pub(super) max_total: u64,
    /// Members, those of archives in the archive counted too.
    pub(super) max_members: u64,
    /// Archives in each other: 1 for an archive that holds documents only.
    pub(super) max_depth: u32,
}

impl ArchiveLimits {
    /// The limits that go with documents of at most `max_bytes`: unpacked, an archive holds at most 64 times that much (8 GiB
    /// unless told; a national collection of 150 returns has less than 1 GB) or [`TOTAL_RATIO`] times its own size, a million
    /// members (their names take up some 100 MB), and archives three deep.
    #[must_use]
    pub(super) fn for_documents(max_bytes: u64) -> Self {
        Self { max_bytes, max_total: max_bytes.saturating_mul(64), max_members: 1_000_000, max_depth: 3 }
    }
}

/// A large archive may unpack to so many times its size: office documents, which are packed already, to little more than once,
/// texts to three to ten times.
const TOTAL_RATIO: u64 = 20;

/// A member of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Member {
    /// Its name under the archive's.
    pub(super) name: String,
    /// What it holds.
    pub(super) content: Content,
}

/// What a member holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// A document.
    Document(Vec<u8>),
    /// A lock or system file, or a link, which holds no more than a path.
    Skipped,
    /// Nothing that can be had.
    Lost {
        /// What kind of failure.
        kind: ErrorKind,
        /// What was found and what to do.
        message: String,
    },
}

/// Why an archive gave nothing, or no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stopped {
    /// It is a document whose format is a package in the form of a zip: a workbook, a text.
    IsDocument,
    /// It cannot be read on.
    Lost {
        /// What kind of failure.
        kind: ErrorKind,
        /// What was found and what to do.
        message: String,
    },
    /// Nobody wants further members.
    NotWanted,
}

/// Extensions of formats that are zips inside. A file of such a name is a document whatever it holds.
const PACKAGES: [&str; 22] = [
    "xlsx", "xlsm", "xlsb", "xltx", "xltm", "docx", "docm", "dotx", "dotm", "pptx", "pptm", "ppsx", "ods", "odt", "odp", "odg",
    "ots", "ott", "epub", "pages", "numbers", "key",
];

/// Whether what opens with `head` and is called `name` may be an archive; only its directory tells for sure.
pub(super) fn may_be_archive(head: &[u8], name: &str) -> bool {
    let signed = [b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"].iter().any(|mark| head.starts_with(*mark));
    signed && extension(name).is_none_or(|extension| !PACKAGES.contains(&extension.as_str()))
}

/// The document at `path`, a name as it stands in the output: that of an archive, and behind it the name in there. None where no
/// part of the path is an archive with such a document of at most `max_bytes`.
#[must_use]
pub fn document_at(path: &Path, max_bytes: u64) -> Option<Vec<u8>> {
    let archive = path.ancestors().skip(1).find(|above| above.is_file())?;
    let wanted = slashed(path.strip_prefix(archive).ok()?);
    let opened = Archive::File(File::open(archive).ok()?);
    let mut members = on_thread(opened, slashed(archive), ArchiveLimits::for_documents(max_bytes));
    members.find_map(|member| match member {
        Ok(Member { name, content: Content::Document(bytes) }) if name == wanted => Some(bytes),
        _ => None,
    })
}

/// Bytes at the end of an archive in which the record of its directory lies: itself and a comment, and in front of it what an
/// archive of more than 65,535 files needs (APPNOTE.TXT, 4.3.14 to 4.3.16).
const END_BYTES: u64 = 22 + 65_535 + 20 + 56;

/// How many files the archive at `path` says that it has, folders and archives in it counted as one; none where it is not called
/// an archive, or does not say.
pub(super) fn stated_members(path: &Path) -> Option<u64> {
    extension(path.to_str()?).filter(|extension| extension == "zip")?;
    let mut file = File::open(path).ok()?;
    let length = file.seek(SeekFrom::End(0)).ok()?;
    file.seek(SeekFrom::Start(length.saturating_sub(END_BYTES))).ok()?;
    let mut end = Vec::new();
    file.take(END_BYTES).read_to_end(&mut end).ok()?;
    let record = |mark: &[u8]| end.windows(4).rposition(|window| window == mark).and_then(|at| end.get(at..));
    let count = record(b"PK\x05\x06")?.get(10..12)?;
    match u16::from_le_bytes(count.try_into().ok()?) {
        u16::MAX => Some(u64::from_le_bytes(record(b"PK\x06\x06")?.get(32..40)?.try_into().ok()?)),
        count => Some(u64::from(count)),
    }
}

fn extension(name: &str) -> Option<String> {
    let file = name.rsplit(['/', '\\']).next()?;
    file.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase())
}

#[cfg(test)]
mod tests;
