//! What an engine is made from, in a form that can be sent to another process and compared with that of an earlier run.

use std::sync::Arc;

use serde::Deserialize;
use serde::Serialize;
use sha2::Digest;
use sha2::Sha256;

use super::Engine;
use crate::model::vocabulary::Vocabulary;
use crate::readers::Options;

/// What an engine is made from.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Recipe {
    /// The model and its words; the built-in one where there is none.
    pub vocabulary: Option<Arc<Vocabulary>>,
    /// How documents are read.
    pub options: Options,
    /// Changes less sure than this are left out, 0 to 1.
    pub min_confidence: f64,
}

impl Recipe {
    /// The engine.
    #[must_use]
    pub fn engine(&self) -> Engine {
        Engine::new(self.vocabulary(), self.options.clone()).at_least(self.min_confidence)
    }

    /// The model and its words.
    #[must_use]
    pub fn vocabulary(&self) -> Arc<Vocabulary> {
        Vocabulary::or_embedded(self.vocabulary.clone())
    }

    /// SHA-256 over all of it: two recipes of the same digest make engines that convert alike, in one version of the program.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let mut hasher = Sha256::new();
        // Writing plain data into memory cannot fail; if it did, an empty text would make every run convert anew.
        hasher.update(serde_json::to_vec(self).unwrap_or_default());
        hasher.finalize().into()
    }
}
