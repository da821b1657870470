//! What is said of a document as a whole.

use crate::model::diagnostic::Code;
use crate::model::diagnostic::Diagnostic;

/// Changes were tracked.
pub(super) fn tracked(inserted: usize, deleted: usize) -> Option<Diagnostic> {
    let message = format!("tracked changes: {inserted} insertions are read as text, {deleted} deletions are left out");
    (inserted + deleted > 0).then(|| Diagnostic::new(Code::TrackedChanges, message))
}

/// Remarks are read below the text.
pub(super) fn remarks(count: usize) -> Option<Diagnostic> {
    let message = format!("{count} notes or comments are read as narrative below the text");
    (count > 0).then(|| Diagnostic::new(Code::RemarksApart, message))
}

/// Embedded documents are not read.
pub(super) fn embedded(count: usize) -> Option<Diagnostic> {
    let message = format!("{count} embedded documents are not read; send them as files of their own");
    (count > 0).then(|| Diagnostic::new(Code::EmbeddedNotRead, message))
}

/// Hidden text was met.
pub(super) fn hidden(any: bool) -> Option<Diagnostic> {
    any.then(|| Diagnostic::new(Code::TextHidden, "hidden text was read and set aside"))
}
