//! A ZIP package and its parts: names are met in any case and with either slash, and every byte that is unpacked is counted
//! against the caps, whatever the package says of its own sizes.

use std::io;
use std::io::Cursor;
use std::io::Read;

use rustc_hash::FxHashMap;
use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use crate::readers::error::ReadError;
use crate::readers::limits::Limits;

/// Opens every record of a central directory (APPNOTE.TXT 4.3.12).
const CENTRAL_RECORD: &[u8] = b"PK\x01\x02";

/// A package that is open for reading.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Index of each part by its folded name.
    parts: FxHashMap<String, usize>,
    limits: Limits,
    /// Bytes unpacked so far, over all parts.
    unpacked: u64,
}

impl<'b> Package<'b> {
    /// Opens the package; nothing is unpacked yet.
    pub(super) fn open(bytes: &'b [u8], limits: &Limits) -> Result<Self, ReadError> {
        // The directory is read whole, some 300 bytes of memory a record; so the records are counted first.
        let found = memchr::memmem::find_iter(bytes, CENTRAL_RECORD).count() as u64;
        if found > limits.max_parts {
            return Err(ReadError::TooLarge {
                what: "the package",
                found,
                limit: limits.max_parts,
                unit: "parts",
                line: None,
                remedy: "save it again without what it embeds",
            });
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged("the package", &error))?;
        let names = archive.file_names().enumerate();
        let parts = names.filter_map(|(index, name)| Some((folded(&name.ok()?), index))).collect();
        Ok(Self { archive, parts, limits: limits.clone(), unpacked: 0 })
    }

    /// Whether there is such a part.
    pub(super) fn holds(&self, name: &str) -> bool {
        self.parts.contains_key(&folded(name))
    }

    /// A part to be unpacked while it is read; `None` where there is no such part.
    pub(super) fn stream(&mut self, name: &str) -> Result<Option<Part<'_, 'b>>, ReadError> {
        let Some(index) = self.parts.get(&folded(name)) else { return Ok(None) };
        let file = self.archive.by_index(*index).map_err(|error| damaged(&format!("the part {name}"), &error))?;
        let packed = file.compressed_size();
        Ok(Some(Part { file, packed, own: 0, all: &mut self.unpacked, limits: &self.limits }))
    }

    /// A whole part; `None` where there is no such part.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(mut part) = self.stream(name)? else { return Ok(None) };
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).map_err(|error| from_io(&error, name))?;
        Ok(Some(bytes))
    }

    /// The first `most` bytes of a part, as text; `None` where there is no such part or it cannot be unpacked.
    pub(super) fn opening(&mut self, name: &str, most: u64) -> Option<String> {
        let part = self.stream(name).ok()??;
        let mut bytes = Vec::new();
        part.take(most).read_to_end(&mut bytes).ok()?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }
}

/// A name as names are compared: OPC holds them equal in any case (ECMA-376 part 2, 6.3.5), and some writers put backslashes.
fn folded(name: &str) -> String {
    name.trim_start_matches(['/', '\\']).replace('\\', "/").to_ascii_lowercase()
}

/// A part while it is unpacked. Reading fails with the [`ReadError`] inside once a cap is passed.
pub(super) struct Part<'a, 'b> {
    file: ZipFile<'a, Cursor<&'b [u8]>>,
    packed: u64,
    own: u64,
    all: &'a mut u64,
    limits: &'a Limits,
}

impl Read for Part<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(into)?;
        self.own += read as u64;
        *self.all += read as u64;
        self.limits.check_unpacked(*self.all, self.own, self.packed).map_err(io::Error::other)?;
        Ok(read)
    }
}

/// The error inside an error of reading, or damage to `part`.
pub(super) fn from_io(error: &io::Error, part: &str) -> ReadError {
    let inside = error.get_ref().and_then(|inside| inside.downcast_ref::<ReadError>());
    inside.cloned().unwrap_or_else(|| ReadError::Damaged { what: format!("the part {part}"), detail: error.to_string() })
}

fn damaged(what: &str, error: &ZipError) -> ReadError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            ReadError::Encrypted { tried: false }
        }
        other => ReadError::Damaged { what: what.to_owned(), detail: other.to_string() },
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write;

    use super::*;

    /// A package of these parts.
    pub(crate) fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
            writer.write_all(bytes).expect("written");
        }
        writer.finish().expect("a package").into_inner()
    }

    #[test]
    fn parts_are_met_in_any_spelling() {
        let bytes = packed(&[("XL\\Workbook.xml", b"<a/>")]);
        let mut package = Package::open(&bytes, &Limits::default()).expect("a package");
        assert!(package.holds("/xl/workbook.xml"));
        assert_eq!(package.part("xl/workbook.xml"), Ok(Some(b"<a/>".to_vec())));
        assert_eq!(package.part("xl/other.xml"), Ok(None));
    }

    #[test]
    fn what_unpacks_to_too_much_is_refused() {
        let blank = vec![b' '; 100_000];
        let bytes = packed(&[("a", &blank), ("b", &blank)]);
        let limits = Limits { max_unpacked_bytes: 150_000, ..Limits::default() };
        let mut package = Package::open(&bytes, &limits).expect("a package");
        assert!(package.part("a").is_ok());
        assert!(matches!(package.part("b"), Err(ReadError::TooLarge { limit: 150_000, .. })));
    }

    #[test]
    fn too_many_parts_are_refused() {
        let bytes = packed(&[("a", b""), ("b", b""), ("c", b"")]);
        let limits = Limits { max_parts: 2, ..Limits::default() };
        assert!(matches!(Package::open(&bytes, &limits).err(), Some(ReadError::TooLarge { found: 3, .. })));
    }
}
