//! `hicm worker`: what the program starts to convert documents in. It is not for people.

use anyhow::Context;

use crate::batch::worker;
use crate::cli::args::WorkerArgs;
use crate::cli::exit::Exit;

/// Works until standard input ends.
pub(super) fn run(args: &WorkerArgs) -> anyhow::Result<Exit> {
    if !args.program.is_empty() {
        worker::become_program(&args.program).with_context(|| format!("cannot start {}", args.program[0].display()))?;
    }
    match &args.unpack {
        None if args.helper => worker::tell_helper(std::io::stdout().lock())?,
        Some(unpacking) => worker::serve_archive(unpacking)?,
        None => worker::serve()?,
    }
    Ok(Exit::Success)
}
