//! What a recogniser read in the scans among the fixtures, kept as Tesseract printed it, so that tests need no Tesseract and give
//! the same with any version of it.

use std::fs;

use hicm::batch::tesseract;
use hicm::model::page::Word;
use hicm::model::picture::GreyPicture;
use hicm::model::picture::NotRead;
use hicm::model::picture::ReadsPictures;

/// Reads pictures by their size: `tests/recognised/<width>x<height>.tsv` holds the words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Recorded;

impl ReadsPictures for Recorded {
    fn words(&self, picture: &GreyPicture) -> Result<Vec<Word>, NotRead> {
        let path = super::root().join(format!("tests/recognised/{}x{}.tsv", picture.width, picture.height));
        let table = fs::read_to_string(path).map_err(|_| NotRead("nobody has read it".to_owned()))?;
        Ok(tesseract::words(&table, picture))
    }
}
