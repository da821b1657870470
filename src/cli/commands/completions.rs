//! `hicm completions`: scripts that let a shell complete what is typed.

use clap::CommandFactory;

use crate::cli::args::Args;
use crate::cli::args::CompletionsArgs;
use crate::cli::exit::Exit;
use crate::cli::files;

/// Prints the script for the shell of `args`.
pub(super) fn run(args: &CompletionsArgs) -> anyhow::Result<Exit> {
    // Into memory first: the generator panics where its writer fails.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "hicm", &mut script);
    files::print(&script)?;
    Ok(Exit::Success)
}
