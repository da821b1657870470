//! Programs of the system that help, such as the one that reads words in pictures: under limits of their own.
//!
//! This program starts itself, puts limits on itself and then lets the other take its place: so the limits hold from the first
//! instruction, and no code of ours runs between.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::process::Command;

use super::Protection;
#[cfg(unix)]
use super::sandbox;
use super::this_program;

/// Bytes of address space of a helper: a page of a scan takes some 300 MB.
#[cfg(unix)]
const MAX_MEMORY: u64 = 2 << 30;

/// How helpers are started: by this program, when it is given the arguments and then `--` and the helper's command.
#[derive(Clone, Debug)]
pub struct Helper {
    program: PathBuf,
    arguments: Vec<OsString>,
}

impl Helper {
    /// Helpers started by this very program, which calls [`become_program`] when it is given `arguments`, `--` and a command.
    #[must_use]
    pub fn of_this_program(arguments: Vec<OsString>) -> Self {
        Self { program: this_program(), arguments }
    }

    /// The command that starts `program` as a helper; where it is not on the search path, one that fails and says so.
    #[must_use]
    pub fn command(&self, program: &str) -> Command {
        let path = std::env::var_os("PATH").unwrap_or_default();
        if cfg!(not(unix)) || !std::env::split_paths(&path).any(|folder| folder.join(program).is_file()) {
            return Command::new(program);
        }
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).arg("--").arg(program);
        command
    }

    /// What limits a helper runs under, as one says that puts them on itself.
    ///
    /// # Errors
    /// None can be started.
    pub fn protection(&self) -> io::Result<Protection> {
        let told = Command::new(&self.program).args(&self.arguments).arg("--helper").output()?;
        Ok(serde_json::from_slice(&told.stdout)?)
    }
}

/// Puts a helper's limits on this process and lets `program`, with its arguments, take its place.
///
/// # Errors
/// The program cannot be started; else this does not return.
#[cfg(unix)]
pub fn become_program(program: &[OsString]) -> io::Result<()> {
    use std::os::unix::process::CommandExt;
    let (program, arguments) = program.split_first().ok_or(io::ErrorKind::InvalidInput)?;
    let _ = sandbox::limit_helper(MAX_MEMORY);
    Err(Command::new(program).args(arguments).exec())
}

/// Puts a helper's limits on this process and says how far it is protected then, in JSON.
///
/// # Errors
/// It cannot be written.
pub fn tell_helper(to: impl io::Write) -> io::Result<()> {
    #[cfg(unix)]
    let protection = sandbox::limit_helper(MAX_MEMORY);
    #[cfg(not(unix))]
    let protection = Protection::default();
    Ok(serde_json::to_writer(to, &protection)?)
}

/// No process can take another's place here.
///
/// # Errors
/// Always.
#[cfg(not(unix))]
pub fn become_program(_: &[OsString]) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
