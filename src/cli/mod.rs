//! Floor 8: the command line.
//!
//! [`args`] is what was typed, [`config`] what the file and the environment add, [`settings`] the same checked, [`commands`] what each subcommand does, [`exit`] how it ended.
//! Results go to standard output and everything else to standard error.

pub mod args;
mod commands;
mod config;
pub mod exit;
mod files;
mod logging;
mod present;
mod progress;
mod settings;
mod summary;
mod waterfall;

use std::ffi::OsString;
use std::io;
use std::io::Write;

use clap::Parser;

use args::Args;
use args::Command;
use exit::Exit;

/// Runs the program with `arguments`, the first of which is its own name.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let parsed = Args::try_parse_from(&arguments);
    let args = match parsed {
        Ok(args) => args,
        Err(error) => {
            // Help and version go to standard output, which may be closed; there is no one to tell.
            let _ = error.print();
            return if error.use_stderr() { Exit::Usage } else { Exit::Success };
        }
    };
    configured(args, arguments).unwrap_or_else(|error| report(&error))
}

/// Runs what was typed, with the settings of the file and the environment where it leaves them open.
fn configured(args: Args, arguments: Vec<OsString>) -> anyhow::Result<Exit> {
    logging::start(&args.logging)?;
    if matches!(args.command, Command::Worker(_)) {
        return commands::run(args, &[]);
    }
    let values = config::values(args.config.as_deref())?;
    let args = Args::try_parse_from(config::fill(arguments, &values))?;
    commands::run(args, &values)
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
