//! OpenDocument packages that a password protects: each part is packed, then encrypted by itself, and the manifest says how
//! (OpenDocument 1.2 part 3, 3.8).

use std::io::Cursor;
use std::io::Read;
use std::io::Write;

use flate2::read::DeflateDecoder;
use pbkdf2::pbkdf2_hmac;
use quick_xml::events::BytesStart;
use quick_xml::events::Event;
use sha1::Sha1;
use zip::CompressionMethod;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::Cipher;
use super::Hash;
use super::MOST_ROUNDS;
use super::binary;
use super::damaged;
use crate::readers::error::ReadError;
use crate::readers::limits::Limits;
use crate::readers::package::Package;
use crate::readers::xml::Xml;
use crate::readers::xml::attribute;
use crate::readers::xml::local;
use crate::readers::xml::number;

/// The parts that readers look at.
const PARTS: [&str; 3] = ["content.xml", "styles.xml", "meta.xml"];

/// Bytes of a packed part that its checksum is of.
const CHECKED: usize = 1024;

/// The same package without a password, as far as readers look at it.
pub(in crate::readers) fn open(bytes: &[u8], password: Option<&str>, limits: &Limits) -> Result<Vec<u8>, ReadError> {
    let Some(password) = password else { return Err(ReadError::Encrypted { tried: false }) };
    let mut package = Package::open(bytes, limits)?;
    let entries = entries(&mut package, limits)?;
    if entries.iter().any(|entry| entry.path == "encrypted-package") {
        return Err(unknown());
    }
    let mut plain = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut unpacked = 0;
    for name in ["mimetype"].into_iter().chain(PARTS) {
        let Some(part) = package.part(name)? else { continue };
        let part = match entries.iter().find(|entry| entry.path == name && entry.is_encrypted()) {
            Some(entry) => entry.open(&part, password, limits, &mut unpacked)?,
            None => part,
        };
        let written = plain.start_file(name, options).map_err(|error| error.to_string());
        let written = written.and_then(|()| plain.write_all(&part).map_err(|error| error.to_string()));
        written.map_err(|detail| damaged(&detail))?;
    }
    let plain = plain.finish().map_err(|error| damaged(&error.to_string()))?;
    Ok(plain.into_inner())
}

/// Newer and older programs than those of OpenDocument 1.2 encrypt otherwise.
fn unknown() -> ReadError {
    ReadError::Unsupported { what: "an OpenDocument file in an encryption that is not known", remedy: "remove the password" }
}

/// How one part is encrypted.
#[derive(Default)]
struct Entry {
    path: String,
    algorithm: String,
    iv: Vec<u8>,
    derivation: String,
    salt: Vec<u8>,
    rounds: u32,
    key_bytes: usize,
    /// How the password is hashed before its key is derived; by SHA-1 unless said (OpenDocument 1.2 part 3, 4.12).
    start: Option<Hash>,
    checksum: Vec<u8>,
    checked_by: String,
}

fn entries(package: &mut Package<'_>, limits: &Limits) -> Result<Vec<Entry>, ReadError> {
    const MANIFEST: &str = "META-INF/manifest.xml";
    let mut entries: Vec<Entry> = Vec::new();
    let Some(part) = package.stream(MANIFEST)? else { return Ok(entries) };
    let mut xml = Xml::new(part, MANIFEST, limits);
    loop {
        match xml.next()? {
            Event::Start(element) => {
                if local(&element) == "file-entry" {
                    let path = attribute(&element, "full-path").unwrap_or_default().into_owned();
                    entries.push(Entry { path, ..Entry::default() });
                } else if let Some(entry) = entries.last_mut() {
                    entry.describe(&element);
                }
            }
            Event::Eof => return Ok(entries),
            _ => {}
        }
    }
}

impl Entry {
    fn describe(&mut self, element: &BytesStart<'_>) {
        let text = |name| attribute(element, name).unwrap_or_default().into_owned();
        match local(element) {
            "encryption-data" => {
                self.checksum = binary(element, "checksum");
                self.checked_by = text("checksum-type");
            }
            "algorithm" => {
                self.algorithm = text("algorithm-name");
                self.iv = binary(element, "initialisation-vector");
            }
            "key-derivation" => {
                self.derivation = text("key-derivation-name");
                self.salt = binary(element, "salt");
                self.rounds = number(element, "iteration-count").unwrap_or(0);
                self.key_bytes = number(element, "key-size").unwrap_or(16);
            }
            "start-key-generation" if text("start-key-generation-name").to_ascii_lowercase().ends_with("sha256") => {
                self.start = Some(Hash::Sha256);
            }
            _ => {}
        }
    }

    fn is_encrypted(&self) -> bool {
        !self.algorithm.is_empty()
    }

    /// The part as it was before it was packed and encrypted. `unpacked` counts over all parts.
    fn open(&self, part: &[u8], password: &str, limits: &Limits, unpacked: &mut u64) -> Result<Vec<u8>, ReadError> {
        let known = self.algorithm.ends_with("-cbc") && self.algorithm.contains("aes") && self.derivation.ends_with("PBKDF2");
        if !known {
            return Err(unknown());
        }
        if self.rounds > MOST_ROUNDS {
            return Err(damaged("its password is hashed more often than any program does"));
        }
        let mut key = vec![0; self.key_bytes.min(64)];
        let start = self.start.unwrap_or(Hash::Sha1).of([password.as_bytes(), &[]]);
        pbkdf2_hmac::<Sha1>(&start, &self.salt, self.rounds, &mut key);
        let cipher = Cipher::new(&key).ok_or_else(|| damaged("its key has an odd length"))?;
        let mut packed = cipher.decrypt(part, Some(&self.iv));
        // The last byte says how many fill the last block (XML Encryption, 5.2).
        let fill = packed.last().map_or(0, |fill| usize::from(*fill));
        if (1..=16).contains(&fill) {
            packed.truncate(packed.len() - fill);
        }
        if !self.fits(&packed) {
            return Err(ReadError::Encrypted { tried: true });
        }
        let mut plain = Vec::new();
        let most = limits.max_unpacked_bytes.saturating_sub(*unpacked).saturating_add(1);
        let read = DeflateDecoder::new(packed.as_slice()).take(most).read_to_end(&mut plain);
        read.map_err(|error| damaged(&error.to_string()))?;
        *unpacked += plain.len() as u64;
        limits.check_unpacked(*unpacked, plain.len() as u64, packed.len() as u64)?;
        Ok(plain)
    }

    /// Whether the checksum is that of the packed part, which it is under the right password alone.
    fn fits(&self, packed: &[u8]) -> bool {
        let hash = if self.checked_by.to_ascii_lowercase().contains("sha256") { Hash::Sha256 } else { Hash::Sha1 };
        let head = if self.checked_by.ends_with("1k") || self.checked_by.ends_with("1K") {
            packed.get(..CHECKED).unwrap_or(packed)
        } else {
            packed
        };
        !self.checksum.is_empty() && hash.of([head, &[]]) == self.checksum
    }
}
