//! What a user says about how documents are read.

use serde::Deserialize;
use serde::Serialize;

use crate::model::picture::WhenRead;
use crate::readers::limits::Limits;

/// What a user says about how documents are read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Options {
    /// Caps on what one document may hold.
    pub limits: Limits,
    /// Password for documents that are protected by one.
    pub password: Option<String>,
    /// When the text of pictures is read.
    pub pictures: WhenRead,
    /// Languages of the text of pictures, as who reads them names them, with `+` between.
    pub languages: String,
}

impl Default for Options {
    fn default() -> Self {
        Self { limits: Limits::default(), password: None, pictures: WhenRead::Auto, languages: "eng".to_owned() }
    }
}
