//! How a run ended.

use std::process::ExitCode;

/// How a run ended, as the program that started it sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Every document was converted; also where whoever read standard output closed it.
    Success,
    /// The run finished, but at least one document failed.
    SomeFailed,
    /// Wrong usage or configuration, or the run itself could not go on.
    Usage,
    /// Stopped by Ctrl-C, or by another signal that asks a program to end.
    Interrupted,
}

impl Exit {
    /// The exit status.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::SomeFailed => 1,
            Self::Usage => 2,
            // As shells give for a program ended by signal 2, SIGINT: 128 + 2.
            Self::Interrupted => 130,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
