//! Floor 7: many documents, in order, whatever happens to one of them.
//!
//! [`inputs`] turns what was asked for into a sorted list of documents, [`run`] takes it through the pipeline on several
//! threads and writes in the list's order, [`folder`] keeps the three files of an output folder whole.

pub mod folder;
pub mod inputs;
pub mod run;

pub use folder::Folder;
pub use folder::FolderError;
pub use inputs::Input;
pub use inputs::Origin;
pub use inputs::Request;
pub use run::Run;
pub use run::RunError;
