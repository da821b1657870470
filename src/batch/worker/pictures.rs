//! Pictures of text on their way from a worker to who reads them, and their words on the way back.

use std::fmt;
use std::io;
use std::sync::Arc;

use super::frame::Kind;
use super::pipe::Pipe;
use super::serve;
use crate::model::page::Word;
use crate::model::picture::GreyPicture;
use crate::model::picture::NotRead;
use crate::model::picture::ReadsPictures;

/// Bytes of a picture at most: its numbers, and the pixels of the largest that readers draw, with room to spare.
pub(super) const MOST_PICTURE: u64 = 64 << 20;

/// Asks the program that started this worker.
pub(super) struct Asks {
    pub(super) pipe: Pipe,
}

impl fmt::Debug for Asks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Asks")
    }
}

impl ReadsPictures for Asks {
    fn words(&self, picture: &GreyPicture) -> Result<Vec<Word>, NotRead> {
        let lost = |error: io::Error| NotRead(format!("the program that reads it cannot be asked: {error}"));
        self.pipe.send(Kind::Picture, &to_bytes(picture)).map_err(lost)?;
        let answer = serve::document(&mut io::stdin().lock(), Kind::Words).map_err(lost)?;
        let answer = answer.ok_or_else(|| lost(io::ErrorKind::UnexpectedEof.into()))?;
        let words: Result<Vec<Word>, String> = serde_json::from_slice(&answer).map_err(|error| lost(error.into()))?;
        words.map_err(NotRead)
    }
}

/// Three numbers of four bytes, then the pixels.
fn to_bytes(picture: &GreyPicture) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(picture.pixels.len() + 12);
    for number in [picture.width, picture.height, picture.dots_per_inch] {
        bytes.extend_from_slice(&number.to_le_bytes());
    }
    bytes.extend_from_slice(&picture.pixels);
    bytes
}

/// The picture that a worker sent; none where its numbers do not fit its pixels.
fn from_bytes(bytes: &[u8]) -> Option<GreyPicture> {
    let (head, pixels) = bytes.split_at_checked(12)?;
    let number = |at: usize| head.get(at..at + 4).and_then(|part| part.try_into().ok()).map(u32::from_le_bytes);
    let (width, height, dots_per_inch) = (number(0)?, number(4)?, number(8)?);
    let fits = u64::from(width) * u64::from(height) == pixels.len() as u64 && dots_per_inch > 0;
    fits.then(|| GreyPicture { width, height, dots_per_inch, pixels: pixels.to_vec() })
}

/// What to answer a worker that sent the picture in `bytes`; none where that is no picture.
pub(super) fn answer(bytes: &[u8], reader: Option<&Arc<dyn ReadsPictures>>) -> Option<Vec<u8>> {
    let picture = from_bytes(bytes)?;
    let words = reader?.words(&picture).map_err(|error| error.to_string());
    serde_json::to_vec(&words).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Refuses;

    impl ReadsPictures for Refuses {
        fn words(&self, picture: &GreyPicture) -> Result<Vec<Word>, NotRead> {
            Err(NotRead(format!("{picture:?}")))
        }
    }

    #[test]
    fn a_picture_arrives_as_it_was_sent() {
        let picture = GreyPicture { width: 3, height: 2, dots_per_inch: 300, pixels: vec![1, 2, 3, 4, 5, 6] };
        let bytes = to_bytes(&picture);
        assert_eq!(from_bytes(&bytes), Some(picture));
        assert_eq!(from_bytes(&bytes[..17]), None);
        let reader: Arc<dyn ReadsPictures> = Arc::new(Refuses);
        let answer = answer(&bytes, Some(&reader)).expect("an answer");
        let answer: Result<Vec<Word>, String> = serde_json::from_slice(&answer).expect("JSON");
        assert_eq!(answer, Err("3 by 2 pixels, 300 an inch".to_owned()));
    }
}
