//! Floor 8: the command line.
//!
//! [`args`] is what was typed, [`settings`] the same checked, [`commands`] what each subcommand does, [`exit`] how it ended.
//! Results go to standard output and everything else to standard error.

pub mod args;
mod commands;
pub mod exit;
mod files;
mod logging;
mod present;
mod progress;
mod settings;
mod summary;

use std::ffi::OsString;
use std::io;
use std::io::Write;

use clap::Parser;

use args::Args;
use exit::Exit;

/// Runs the program with `arguments`, the first of which is its own name.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let args = match Args::try_parse_from(arguments) {
        Ok(args) => args,
        Err(error) => {
            // Help and version go to standard output, which may be closed; there is no one to tell.
            let _ = error.print();
            return if error.use_stderr() { Exit::Usage } else { Exit::Success };
        }
    };
    let ended = logging::start(&args.logging).and_then(|()| commands::run(args));
    ended.unwrap_or_else(|error| report(&error))
}

/// Says why the run could not go on. A reader that has closed standard output has seen enough.
fn report(error: &anyhow::Error) -> Exit {
    let closed = |cause: &(dyn std::error::Error + 'static)| {
        cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    };
    if error.chain().any(closed) {
        return Exit::Success;
    }
    let _ = writeln!(io::stderr(), "hicm: error: {error:#}");
    Exit::Usage
}
