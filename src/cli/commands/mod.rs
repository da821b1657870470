//! What each subcommand does, one file each.

mod completions;
mod convert;
mod dump;
mod man;
mod match_text;
mod schema;
mod worker;

use super::args::Args;
use super::args::Command;
use super::exit::Exit;

/// Runs the subcommand of `args`.
pub(super) fn run(args: Args) -> anyhow::Result<Exit> {
    match args.command {
        Command::Convert(convert) => convert::run(convert, &args.logging),
        Command::Match(texts) => match_text::run(&texts),
        Command::Dump(dump) => dump::run(&dump),
        Command::Schema(schema) => schema::run(&schema),
        Command::Completions(completions) => completions::run(&completions),
        Command::Man(man) => man::run(&man),
        Command::Worker(work) => worker::run(&work),
    }
}
