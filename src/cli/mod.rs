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
use args::WorkerArgs;
use exit::Exit;

/// Runs the program with `arguments`, the first of which is its own name.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let ran = if arguments.get(1).is_some_and(|first| first == args::WORKER) {
        WorkerArgs::try_parse_from(&arguments[1..]).map(|args| commands::work(&args))
    } else {
        Args::try_parse_from(&arguments).map(|args| configured(args, arguments))
    };
    match ran {
        Ok(ran) => ran.unwrap_or_else(|error| report(&error)),
        Err(error) => {
            // Help and version go to standard output, which may be closed; there is no one to tell.
            let _ = error.print();
            if error.use_stderr() { Exit::Usage } else { Exit::Success }
        }
    }
}

/// Runs what was typed, with the settings of the file and the environment where it leaves them open.
fn configured(args: Args, arguments: Vec<OsString>) -> anyhow::Result<Exit> {
    logging::start(&args.logging)?;
    let values = config::values(args.config.as_deref())?;
    // What was typed is not parsed again for nothing: a short run is noticeably shorter without.
    let args = if values.is_empty() { args } else { Args::try_parse_from(config::fill(arguments, &values))? };
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
