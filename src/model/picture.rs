//! Pictures of text, and who can read them: the readers of documents make the pictures, a program outside reads them.

use std::fmt;

use serde::Deserialize;
use serde::Serialize;

use crate::model::page::Word;

/// A picture in shades of grey.
#[derive(Clone, PartialEq, Eq)]
pub struct GreyPicture {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Pixels an inch; a point is a 72nd of an inch.
    pub dots_per_inch: u32,
    /// The pixels, row by row from the top left, 0 black, 255 white.
    pub pixels: Vec<u8>,
}

/// Reads text in pictures.
pub trait ReadsPictures: fmt::Debug + Send + Sync {
    /// The words of `picture` in reading order, each with its confidence. Boxes and sizes are in points from the top left of the
    /// picture.
    ///
    /// # Errors
    ///
    /// The picture could not be read, with the reason.
    fn words(&self, picture: &GreyPicture) -> Result<Vec<Word>, NotRead>;

    /// Whether it could read a picture now: what it needs may not be installed.
    fn is_ready(&self) -> bool {
        true
    }
}

/// Why a picture could not be read, as a fragment of a sentence with what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotRead(pub String);

/// When the text of pictures is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhenRead {
    /// Where a page says no text of its own.
    #[default]
    Auto,
    /// On every page that is a picture, also where the document has text for it.
    Always,
    /// Not at all.
    Never,
}

impl fmt::Debug for GreyPicture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} by {} pixels, {} an inch", self.width, self.height, self.dots_per_inch)
    }
}
