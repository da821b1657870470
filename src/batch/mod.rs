//! Floor 7: many documents, in order, whatever happens to one of them.
//!
//! [`inputs`] turns what was asked for into a list of documents, one at a time; [`archive`] takes zips apart. [`run`] takes the
//! list through the pipeline on several threads and writes in the list's order, with [`queue`] between listing, converting and
//! writing, and [`claims`] to tell duplicates. [`convert`] says who converts a document: this process, or a [`worker`] under limits and in a sandbox. [`folder`]
//! keeps the three files of an output folder whole, and [`journal`] what is known of them from earlier runs.
//! [`tesseract`] reads pictures of text with the program of that name.

mod archive;
mod claims;
mod convert;
pub mod folder;
pub mod inputs;
mod journal;
pub mod lines;
mod queue;
pub mod run;
mod stream;
pub mod tesseract;
pub mod worker;

pub use archive::document_at;
pub use convert::Isolation;
pub use folder::Folder;
pub use folder::FolderError;
pub use inputs::Input;
pub use inputs::Origin;
pub use inputs::Request;
pub use run::Run;
pub use run::RunError;
pub use run::Writer;
pub use stream::Stream;
pub use tesseract::Tesseract;
pub use worker::Workers;

/// What a document is known by: its bytes, and its bytes together with its name, which stands in its records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// SHA-256 of its bytes.
    pub digest: [u8; 32],
    /// SHA-256 of that and the name.
    pub document: [u8; 32],
}
