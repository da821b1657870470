//! Workbooks of Excel 97 to 2003 that a password protects: the data of most records is encrypted where it stands, in blocks of
//! 1,024 bytes with a key each (MS-XLS 2.2.10, MS-OFFCRYPTO 2.3.5 and 2.3.6).

use md5::Md5;
use rc4::KeyInit;
use rc4::Rc4;
use rc4::StreamCipher;
use sha2::Digest;

use super::Hash;
use crate::readers::error::ReadError;

/// The password of workbooks that are only protected against changes; Excel opens them without asking (MS-OFFCRYPTO 2.3.1).
const DEFAULT_PASSWORD: &str = "VelvetSweatshop";

/// Bytes under one key.
const BLOCK: usize = 1024;

/// `FilePass`, the record that says how the rest is encrypted.
pub(in crate::readers) const FILE_PASS: u16 = 0x002F;

/// What stands in place of that record once the rest is plain: a kind that there is not.
const NOTHING: u16 = 0xFFFF;

/// `BoundSheet8`, whose first four bytes are plain.
const BOUND_SHEET: u16 = 0x0085;

/// Records that stay plain: `BOF`, `FilePass`, `UsrExcl`, `FileLock`, `InterfaceHdr`, `RRDInfo`, `RRDHead` (MS-XLS 2.2.10).
const PLAIN: [u16; 7] = [0x0809, FILE_PASS, 0x0194, 0x0195, 0x00E1, 0x0196, 0x0138];

/// The stream of a workbook without encryption; `None` where it has none.
pub(in crate::readers) fn open(stream: &[u8], password: Option<&str>) -> Result<Option<Vec<u8>>, ReadError> {
    let Some((at, data)) = file_pass(stream) else { return Ok(None) };
    let tried = password.is_some();
    let Some(lock) = Lock::read(data) else {
        return if tried {
            let remedy = "remove the password";
            Err(ReadError::Unsupported { what: "a workbook in an encryption that is not known", remedy })
        } else {
            Err(ReadError::Encrypted { tried })
        };
    };
    let keys = password.into_iter().chain([DEFAULT_PASSWORD]).find_map(|password| lock.keys(password));
    let Some(keys) = keys else { return Err(ReadError::Encrypted { tried }) };
    Ok(Some(decrypted(stream, at, &keys)))
}

/// The record that says how the rest is encrypted: where it begins, and its data.
fn file_pass(stream: &[u8]) -> Option<(usize, &[u8])> {
    let mut records = Records { stream, at: 0 };
    records.find(|(kind, ..)| matches!(*kind, FILE_PASS | 0x000A)).and_then(|(kind, at, length)| {
        let data = stream.get(at + 4..at + 4 + length)?;
        (kind == FILE_PASS).then_some((at, data))
    })
}

/// Kind, position and length of data of each record.
struct Records<'b> {
    stream: &'b [u8],
    at: usize,
}

impl Iterator for Records<'_> {
    type Item = (u16, usize, usize);

    fn next(&mut self) -> Option<Self::Item> {
        let at = self.at;
        let [kind, kind_high, length, length_high] = *self.stream.get(at..at.checked_add(4)?)? else { return None };
        let length = usize::from(u16::from_le_bytes([length, length_high]));
        let length = length.min(self.stream.len() - at - 4);
        self.at = at + 4 + length;
        Some((u16::from_le_bytes([kind, kind_high]), at, length))
    }
}

/// Decrypts what stands behind the record at `from`.
fn decrypted(stream: &[u8], from: usize, keys: &Keys) -> Vec<u8> {
    let mut out = stream.to_vec();
    if let Some(kind) = out.get_mut(from..from + 2) {
        kind.copy_from_slice(&NOTHING.to_le_bytes());
    }
    let mut mask = Mask { keys, block: None, bytes: [0; BLOCK] };
    for (kind, at, length) in (Records { stream, at: from }).skip(1) {
        if PLAIN.contains(&kind) {
            continue;
        }
        let skipped = if kind == BOUND_SHEET { 4.min(length) } else { 0 };
        for position in at + 4 + skipped..at + 4 + length {
            if let Some(byte) = out.get_mut(position) {
                *byte ^= mask.at(position);
            }
        }
    }
    out
}

/// The bytes that those of the stream are mixed with.
struct Mask<'k> {
    keys: &'k Keys,
    block: Option<usize>,
    bytes: [u8; BLOCK],
}

impl Mask<'_> {
    fn at(&mut self, position: usize) -> u8 {
        let block = position / BLOCK;
        if self.block != Some(block) {
            self.block = Some(block);
            self.bytes = [0; BLOCK];
            self.keys.apply(block, &mut self.bytes);
        }
        self.bytes[position % BLOCK]
    }
}

/// How a workbook is encrypted.
struct Lock {
    kind: LockKind,
    salt: Vec<u8>,
    verifier: Vec<u8>,
    verifier_hash: Vec<u8>,
}

#[derive(Clone, Copy)]
enum LockKind {
    /// RC4 with MD5 and 40 bits (MS-OFFCRYPTO 2.3.6).
    Old,
    /// RC4 with SHA-1 and a key of so many bits (MS-OFFCRYPTO 2.3.5).
    CryptoApi(u32),
}

/// `CALG_RC4` (MS-OFFCRYPTO 2.3.2).
const RC4: u32 = 0x6801;

impl Lock {
    /// Reads the data of `FilePass`; `None` for the obfuscation of Excel 95 and what is cut short.
    fn read(data: &[u8]) -> Option<Self> {
        let u16_at = |at: usize| Some(u16::from_le_bytes(data.get(at..at + 2)?.try_into().ok()?));
        let u32_at = |at: usize| Some(u32::from_le_bytes(data.get(at..at.checked_add(4)?)?.try_into().ok()?));
        let bytes = |at: usize, count: usize| data.get(at..at.checked_add(count)?).map(<[u8]>::to_vec);
        match (u16_at(0)?, u16_at(2)?, u16_at(4)?) {
            (1, 1, 1) => {
                Some(Self { kind: LockKind::Old, salt: bytes(6, 16)?, verifier: bytes(22, 16)?, verifier_hash: bytes(38, 16)? })
            }
            (1, 2..=4, 2) => {
                let header = usize::try_from(u32_at(10)?).ok()?;
                let verifier = header.checked_add(14)?;
                let bits = u32_at(14 + 16)?;
                (u32_at(14 + 8)? == RC4).then_some(())?;
                Some(Self {
                    kind: LockKind::CryptoApi(if bits == 0 { 40 } else { bits }),
                    salt: bytes(verifier.checked_add(4)?, 16)?,
                    verifier: bytes(verifier.checked_add(20)?, 16)?,
                    verifier_hash: bytes(verifier.checked_add(40)?, 20)?,
                })
            }
            _ => None,
        }
    }

    /// The keys under this password; `None` where it is another.
    fn keys(&self, password: &str) -> Option<Keys> {
        let units: Vec<u8> = password.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let keys = match self.kind {
            LockKind::Old => {
                let first = Md5::digest(&units);
                let salted = [first.get(..5)?, self.salt.as_slice()].concat().repeat(16);
                Keys { kind: self.kind, secret: Md5::digest(salted).get(..5)?.to_vec() }
            }
            LockKind::CryptoApi(_) => Keys { kind: self.kind, secret: Hash::Sha1.of([&self.salt, &units]) },
        };
        let mut proof = [self.verifier.as_slice(), &self.verifier_hash].concat();
        keys.apply(0, &mut proof);
        let (verifier, hash) = proof.split_at(self.verifier.len());
        let wanted = match self.kind {
            LockKind::Old => Md5::digest(verifier).to_vec(),
            LockKind::CryptoApi(_) => Hash::Sha1.of([verifier, &[]]),
        };
        (wanted == hash).then_some(keys)
    }
}

/// What the key of each block is made from.
struct Keys {
    kind: LockKind,
    secret: Vec<u8>,
}

impl Keys {
    /// Mixes `bytes` with those of a block from its start.
    fn apply(&self, block: usize, bytes: &mut [u8]) {
        let number = u32::try_from(block).unwrap_or(u32::MAX).to_le_bytes();
        let key = match self.kind {
            LockKind::Old => Md5::digest([self.secret.as_slice(), &number].concat()).to_vec(),
            LockKind::CryptoApi(bits) => {
                let mut key = Hash::Sha1.of([&self.secret, &number]);
                key.truncate(usize::try_from(bits / 8).unwrap_or(0).clamp(1, 16));
                // Keys of 40 bits are filled up (MS-OFFCRYPTO 2.3.5.2).
                if bits == 40 {
                    key.resize(16, 0);
                }
                key
            }
        };
        if let Ok(mut cipher) = Rc4::new_from_slice(&key) {
            cipher.apply_keystream(bytes);
        }
    }
}
