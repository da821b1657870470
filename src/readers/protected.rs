//! Opens documents that a password protects. Here: those of Office Open XML, where the package is encrypted as a whole and lies in
//! a compound file (MS-OFFCRYPTO 2.3.4, agile and standard encryption).

pub(super) mod biff;
pub(super) mod open_document;

use std::io::Cursor;
use std::io::Read;

use aes::Block;
use aes::cipher::BlockCipherDecrypt;
use aes::cipher::KeyInit;
use cfb::CompoundFile;
use data_encoding::BASE64;
use quick_xml::events::BytesStart;
use quick_xml::events::Event;
use sha1::Sha1;
use sha2::Digest;
use sha2::Sha256;
use sha2::Sha384;
use sha2::Sha512;

use crate::readers::error::ReadError;
use crate::readers::limits::Limits;
use crate::readers::xml::Xml;
use crate::readers::xml::attribute;
use crate::readers::xml::local;
use crate::readers::xml::number;

/// Bytes that are encrypted at a time (MS-OFFCRYPTO 2.3.4.15).
const SEGMENT: usize = 4096;

/// Rounds of hashing beyond this are a trap; Office writes 100,000.
const MOST_ROUNDS: u32 = 2_000_000;

/// Rounds of hashing in standard encryption (MS-OFFCRYPTO 2.3.4.7).
const STANDARD_ROUNDS: u32 = 50_000;

/// The package inside a protected document.
pub(super) fn open(bytes: &[u8], password: Option<&str>, limits: &Limits) -> Result<Vec<u8>, ReadError> {
    let Some(password) = password else { return Err(ReadError::Encrypted { tried: false }) };
    let info = stream(bytes, "/EncryptionInfo")?;
    let package = stream(bytes, "/EncryptedPackage")?;
    let units: Vec<u8> = password.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let opened = match info.get(..4) {
        Some([4, 0, 4, 0]) => Agile::read(info.get(8..).unwrap_or_default(), limits)?.open(&units, &package),
        Some([2..=4, 0, 2, 0]) => {
            Standard::read(&info).ok_or_else(|| damaged("its encryption is not described"))?.open(&units, &package)
        }
        _ => {
            return Err(ReadError::Unsupported {
                what: "a document in an encryption that is not known",
                remedy: "remove the password",
            });
        }
    };
    opened.ok_or(ReadError::Encrypted { tried: true })
}

fn stream(bytes: &[u8], name: &str) -> Result<Vec<u8>, ReadError> {
    let mut file = CompoundFile::open(Cursor::new(bytes)).map_err(|error| damaged(&error.to_string()))?;
    let stream = file.open_stream(name).map_err(|error| damaged(&error.to_string()))?;
    let mut out = Vec::new();
    stream.take(bytes.len() as u64).read_to_end(&mut out).map_err(|error| damaged(&error.to_string()))?;
    Ok(out)
}

fn damaged(detail: &str) -> ReadError {
    ReadError::Damaged { what: "the protected document".to_owned(), detail: detail.to_owned() }
}

/// Hash functions that agile encryption may name.
#[derive(Clone, Copy)]
enum Hash {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "SHA1" | "SHA-1" => Self::Sha1,
            "SHA256" => Self::Sha256,
            "SHA384" => Self::Sha384,
            "SHA512" => Self::Sha512,
            _ => return None,
        })
    }

    fn of(self, parts: [&[u8]; 2]) -> Vec<u8> {
        fn digest<D: Digest>(parts: [&[u8]; 2]) -> Vec<u8> {
            let mut hasher = D::new();
            parts.iter().for_each(|part| hasher.update(part));
            hasher.finalize().to_vec()
        }
        match self {
            Self::Sha1 => digest::<Sha1>(parts),
            Self::Sha256 => digest::<Sha256>(parts),
            Self::Sha384 => digest::<Sha384>(parts),
            Self::Sha512 => digest::<Sha512>(parts),
        }
    }

    /// The password hashed again and again.
    fn stretched(self, salt: &[u8], password: &[u8], rounds: u32) -> Vec<u8> {
        (0..rounds).fold(self.of([salt, password]), |hash, round| self.of([&round.to_le_bytes(), &hash]))
    }
}

/// AES with a key of one of its three lengths.
enum Cipher {
    Aes128(aes::Aes128),
    Aes192(aes::Aes192),
    Aes256(aes::Aes256),
}

impl Cipher {
    fn new(key: &[u8]) -> Option<Self> {
        Some(match key.len() {
            16 => Self::Aes128(aes::Aes128::new_from_slice(key).ok()?),
            24 => Self::Aes192(aes::Aes192::new_from_slice(key).ok()?),
            32 => Self::Aes256(aes::Aes256::new_from_slice(key).ok()?),
            _ => return None,
        })
    }

    fn block(&self, block: [u8; 16]) -> [u8; 16] {
        let mut block = Block::from(block);
        match self {
            Self::Aes128(cipher) => cipher.decrypt_block(&mut block),
            Self::Aes192(cipher) => cipher.decrypt_block(&mut block),
            Self::Aes256(cipher) => cipher.decrypt_block(&mut block),
        }
        block.into()
    }

    /// Decrypts whole blocks: each by itself, or with `iv` chained to the one before it.
    fn decrypt(&self, data: &[u8], iv: Option<&[u8]>) -> Vec<u8> {
        let mut before: Option<[u8; 16]> = iv.map(|iv| fitted(iv, 16).try_into().unwrap_or_default());
        let mut out = Vec::with_capacity(data.len());
        for block in data.chunks_exact(16) {
            let block: [u8; 16] = block.try_into().unwrap_or_default();
            let mut plain = self.block(block);
            if let Some(before) = &mut before {
                plain.iter_mut().zip(*before).for_each(|(byte, mask)| *byte ^= mask);
                *before = block;
            }
            out.extend_from_slice(&plain);
        }
        out
    }
}

/// Bytes cut or filled up to a length (MS-OFFCRYPTO 2.3.4.11).
fn fitted(bytes: &[u8], length: usize) -> Vec<u8> {
    let mut out = bytes.to_vec();
    out.resize(length, 0x36);
    out
}

/// The plain package: its length stands in front of it.
fn without_length(package: &[u8], plain: Vec<u8>) -> Option<Vec<u8>> {
    let length = u64::from_le_bytes(package.get(..8)?.try_into().ok()?);
    let mut plain = plain;
    plain.truncate(usize::try_from(length).ok()?);
    Some(plain)
}

/// Agile encryption, described in XML (MS-OFFCRYPTO 2.3.4.10).
#[derive(Default)]
struct Agile {
    data: Parameters,
    key: Parameters,
    rounds: u32,
    verifier_input: Vec<u8>,
    verifier_value: Vec<u8>,
    key_value: Vec<u8>,
}

/// How something is encrypted.
#[derive(Default)]
struct Parameters {
    salt: Vec<u8>,
    hash: Option<Hash>,
    key_bytes: usize,
}

impl Parameters {
    fn of(element: &BytesStart<'_>) -> Self {
        Self {
            salt: binary(element, "saltValue"),
            hash: attribute(element, "hashAlgorithm").and_then(|name| Hash::named(&name)),
            key_bytes: number::<usize>(element, "keyBits").unwrap_or(0) / 8,
        }
    }
}

fn binary(element: &BytesStart<'_>, name: &str) -> Vec<u8> {
    attribute(element, name).and_then(|text| BASE64.decode(text.trim().as_bytes()).ok()).unwrap_or_default()
}

impl Agile {
    fn read(xml: &[u8], limits: &Limits) -> Result<Self, ReadError> {
        let mut agile = Self::default();
        let mut xml = Xml::new(xml, "EncryptionInfo", limits);
        loop {
            match xml.next()? {
                Event::Start(element) => match local(&element) {
                    "keyData" => agile.data = Parameters::of(&element),
                    "encryptedKey" => {
                        agile.key = Parameters::of(&element);
                        agile.rounds = number(&element, "spinCount").unwrap_or(0);
                        agile.verifier_input = binary(&element, "encryptedVerifierHashInput");
                        agile.verifier_value = binary(&element, "encryptedVerifierHashValue");
                        agile.key_value = binary(&element, "encryptedKeyValue");
                    }
                    _ => {}
                },
                Event::Eof => break,
                _ => {}
            }
        }
        if agile.rounds > MOST_ROUNDS {
            return Err(damaged("its password is hashed more often than any program does"));
        }
        Ok(agile)
    }

    /// The package; `None` where the password is another.
    fn open(&self, password: &[u8], package: &[u8]) -> Option<Vec<u8>> {
        let hash = self.key.hash?;
        let stretched = hash.stretched(&self.key.salt, password, self.rounds);
        let part = |purpose: [u8; 8], data: &[u8]| {
            let key = fitted(&hash.of([&stretched, &purpose]), self.key.key_bytes);
            Some(Cipher::new(&key)?.decrypt(data, Some(&self.key.salt)))
        };
        // The purposes of keys (MS-OFFCRYPTO 2.3.4.13).
        let input = part([0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79], &self.verifier_input)?;
        let value = part([0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E], &self.verifier_value)?;
        let input = input.get(..self.key.salt.len().min(input.len()))?;
        if input.is_empty() || !value.starts_with(&hash.of([input, &[]])) {
            return None;
        }
        let secret = part([0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6], &self.key_value)?;
        let cipher = Cipher::new(secret.get(..self.key.key_bytes)?)?;
        let mut plain = Vec::with_capacity(package.len());
        for (number, segment) in (0_u32..).zip(package.get(8..)?.chunks(SEGMENT)) {
            let iv = self.data.hash?.of([&self.data.salt, &number.to_le_bytes()]);
            plain.extend(cipher.decrypt(segment, Some(&iv)));
        }
        without_length(package, plain)
    }
}

/// Standard encryption, described in binary (MS-OFFCRYPTO 2.3.4.5).
struct Standard {
    key_bytes: usize,
    salt: Vec<u8>,
    verifier: Vec<u8>,
    verifier_hash: Vec<u8>,
}

impl Standard {
    fn read(info: &[u8]) -> Option<Self> {
        let u32_at = |at: usize| Some(u32::from_le_bytes(info.get(at..at.checked_add(4)?)?.try_into().ok()?));
        let header = usize::try_from(u32_at(8)?).ok()?;
        let verifier = header.checked_add(12)?;
        Some(Self {
            key_bytes: usize::try_from(u32_at(28)?).ok()? / 8,
            salt: info.get(verifier.checked_add(4)?..verifier.checked_add(20)?)?.to_vec(),
            verifier: info.get(verifier + 20..verifier.checked_add(36)?)?.to_vec(),
            verifier_hash: info.get(verifier + 40..verifier.checked_add(72)?)?.to_vec(),
        })
    }

    fn open(&self, password: &[u8], package: &[u8]) -> Option<Vec<u8>> {
        let stretched = Hash::Sha1.stretched(&self.salt, password, STANDARD_ROUNDS);
        let hash = Hash::Sha1.of([&stretched, &[0; 4]]);
        let widened = |pad: u8| {
            let mut block = [pad; 64];
            block.iter_mut().zip(&hash).for_each(|(byte, mask)| *byte ^= mask);
            Hash::Sha1.of([&block, &[]])
        };
        let key = [widened(0x36), widened(0x5C)].concat();
        let cipher = Cipher::new(key.get(..self.key_bytes)?)?;
        let verifier = Hash::Sha1.of([&cipher.decrypt(&self.verifier, None), &[]]);
        if !cipher.decrypt(&self.verifier_hash, None).starts_with(&verifier) {
            return None;
        }
        without_length(package, cipher.decrypt(package.get(8..)?, None))
    }
}
