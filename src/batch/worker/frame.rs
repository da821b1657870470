//! What a worker and the program that started it say to each other: frames of a kind, a length and that many bytes.
//!
//! The program sends [`Kind::Setup`] once and then, for each document, its name and its bytes. The worker answers the first
//! with [`Kind::Ready`] and each document with records and audit lines, closed by [`Kind::Told`] or [`Kind::Failed`]; in
//! between it may send a [`Kind::Picture`] and be answered with [`Kind::Words`]. A worker
//! that takes an archive apart sends members, closed by [`Kind::Stopped`] or the end of the stream.

use std::io;
use std::io::Read;
use std::io::Write;

/// Kinds of frames, with the byte that each begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Kind {
    /// To the worker: how to work, JSON.
    Setup = 1,
    /// To the worker: the name of a document.
    Name = 2,
    /// To the worker: the document.
    Document = 3,
    /// It can work; how far it is protected, JSON.
    Ready = 4,
    /// Some records.
    Records = 5,
    /// Some audit lines.
    Audit = 6,
    /// The document's own line; it is done.
    Told = 7,
    /// Why a document was not converted, JSON; it is done.
    Failed = 8,
    /// A member of an archive, JSON.
    Member = 9,
    /// The bytes of the member before it.
    MemberBytes = 10,
    /// Why the archive gives no more, JSON.
    Stopped = 11,
    /// What a probe was able to do, JSON.
    Probed = 12,
    /// A picture whose text is wanted.
    Picture = 13,
    /// To the worker: the words of a picture, or why they cannot be had, JSON.
    Words = 14,
}

/// All kinds, to find one by its byte.
const KINDS: [Kind; 14] = [
    Kind::Setup,
    Kind::Name,
    Kind::Document,
    Kind::Ready,
    Kind::Records,
    Kind::Audit,
    Kind::Told,
    Kind::Failed,
    Kind::Member,
    Kind::MemberBytes,
    Kind::Stopped,
    Kind::Probed,
    Kind::Picture,
    Kind::Words,
];

/// Bytes of a frame of lines: large enough that the frames cost nothing, small enough to be held twice.
pub(super) const CHUNK_BYTES: usize = 64 << 10;

/// Writes a frame.
pub(super) fn write(to: &mut impl Write, kind: Kind, bytes: &[u8]) -> io::Result<()> {
    to.write_all(&[kind as u8])?;
    to.write_all(&(bytes.len() as u64).to_le_bytes())?;
    to.write_all(bytes)
}

/// Reads a frame of at most `most` bytes; `None` at the end of the stream.
pub(super) fn read(from: &mut impl Read, most: u64) -> io::Result<Option<(Kind, Vec<u8>)>> {
    let mut head = [0; 9];
    let mut filled = 0;
    while let Some(rest) = head.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match from.read(rest) {
            Ok(0) if filled == 0 => return Ok(None),
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let [byte, length @ ..] = head;
    let length = u64::from_le_bytes(length);
    let kind = KINDS.into_iter().find(|kind| *kind as u8 == byte);
    let Some(kind) = kind.filter(|_| length <= most) else {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "the other side does not keep to the protocol"));
    };
    // Memory grows with what arrives, not with what is promised.
    let mut bytes = Vec::new();
    if from.take(length).read_to_end(&mut bytes)? as u64 != length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Some((kind, bytes)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn frames_are_read_as_they_were_written() {
        let mut pipe = Vec::new();
        for kind in KINDS {
            write(&mut pipe, kind, &[kind as u8; 3]).expect("memory");
        }
        let mut from = pipe.as_slice();
        for kind in KINDS {
            assert_eq!(read(&mut from, 3).expect("a frame"), Some((kind, vec![kind as u8; 3])));
        }
        assert_eq!(read(&mut from, 3).expect("the end"), None);
    }

    proptest! {
        /// Whatever a worker that was taken over sends: frames or an error, and no more memory than was sent.
        #[test]
        fn any_bytes_are_frames_or_refused(
            heads in prop::collection::vec((0_u8..20, 0_u64..40, any::<bool>()), 0..6),
            rest in prop::collection::vec(any::<u8>(), 0..64),
        ) {
            let mut pipe = Vec::new();
            for (kind, length, is_huge) in heads {
                pipe.push(kind);
                pipe.extend((if is_huge { u64::MAX - length } else { length }).to_le_bytes());
                pipe.extend(&rest);
            }
            let mut from = pipe.as_slice();
            let mut read_bytes = 0;
            while let Ok(Some((_, bytes))) = read(&mut from, u64::MAX) {
                read_bytes += bytes.len() + 9;
            }
            prop_assert!(read_bytes <= pipe.len());
        }
    }

    #[test]
    fn what_is_no_frame_is_refused() {
        let mut pipe = Vec::new();
        write(&mut pipe, Kind::Records, b"four").expect("memory");
        assert!(read(&mut pipe.as_slice(), 3).is_err());
        assert!(read(&mut &pipe[..12], 4).is_err());
        assert!(read(&mut &pipe[..5], 4).is_err());
        pipe[0] = 99;
        assert!(read(&mut pipe.as_slice(), 4).is_err());
    }
}
