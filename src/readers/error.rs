//! Why a document cannot be read.

use crate::model::document::ErrorKind;

/// Why a document cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// Zero bytes, or nothing but white space.
    #[error("the document holds no text; check that it was saved and copied whole")]
    Empty,
    /// The content is of a kind that no reader takes.
    #[error("found {what}, which cannot be read; {remedy}")]
    Unsupported {
        /// What the content is, with its article.
        what: &'static str,
        /// What the sender can do.
        remedy: &'static str,
    },
    /// The content cannot be read without a password.
    #[error("the document is protected by a password{}; remove the password, or give it with --password", opened(*.tried))]
    Encrypted {
        /// A password was given and is not the right one.
        tried: bool,
    },
    /// The content is of a known kind but broken.
    #[error("{what} is damaged: {detail}; open it in the program that made it and save it again")]
    Damaged {
        /// What is broken, with its article and, where known, its name.
        what: String,
        /// What is wrong with it.
        detail: String,
    },
    /// The document holds nothing but pictures of text, and they were not read.
    #[error("the document is a scan, pictures of text; {reason}")]
    NeedsOcr {
        /// Why they were not read, and what to do.
        reason: String,
    },
    /// Something is larger than its limit.
    #[error("{what} has {found} {unit}{}, over the limit of {limit}; {remedy}", at_line(*.line))]
    TooLarge {
        /// What is too large.
        what: &'static str,
        /// Its size, as far as it was measured.
        found: u64,
        /// The limit.
        limit: u64,
        /// The unit of both.
        unit: &'static str,
        /// The line where the limit was passed, 1-based.
        line: Option<u32>,
        /// What the sender can do.
        remedy: &'static str,
    },
}

impl ReadError {
    /// The kind of failure, as `documents.jsonl` has it.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Empty => ErrorKind::Empty,
            Self::Unsupported { .. } => ErrorKind::Unsupported,
            Self::Encrypted { .. } => ErrorKind::Encrypted,
            Self::Damaged { .. } => ErrorKind::Unreadable,
            Self::NeedsOcr { .. } => ErrorKind::NeedsOcr,
            Self::TooLarge { .. } => ErrorKind::TooLarge,
        }
    }
}

fn opened(tried: bool) -> &'static str {
    if tried { ", and the one given does not open it" } else { "" }
}

fn at_line(line: Option<u32>) -> String {
    line.map(|line| format!(" (line {line})")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_name_size_place_and_remedy() {
        let error = ReadError::TooLarge { what: "a line", found: 9, limit: 5, unit: "bytes", line: Some(3), remedy: "split it" };
        assert_eq!(error.to_string(), "a line has 9 bytes (line 3), over the limit of 5; split it");
        assert_eq!(error.kind(), ErrorKind::TooLarge);
    }
}
