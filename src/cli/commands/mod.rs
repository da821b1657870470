//! What each subcommand does, one file each.

mod completions;
mod config;
mod convert;
mod doctor;
mod dump;
mod eval;
mod explain;
mod man;
mod match_text;
mod model;
mod schema;
mod worker;

use super::args::Args;
use super::args::Command;
use super::args::WorkerArgs;
use super::config::Value;
use super::exit::Exit;
use super::logging;

/// Runs the subcommand of `args`. `values` are the settings of the file and the environment.
pub(super) fn run(args: Args, values: &[Value]) -> anyhow::Result<Exit> {
    match args.command {
        Command::Convert(convert) => convert::run(convert, &args.logging),
        Command::Match(texts) => match_text::run(&texts),
        Command::Explain(explain) => explain::run(&explain),
        Command::Eval(eval) => eval::run(&eval),
        Command::Dump(dump) => dump::run(&dump),
        Command::Schema(schema) => schema::run(&schema),
        Command::Model(command) => model::run(&command.command),
        Command::Completions(completions) => completions::run(&completions),
        Command::Man(man) => man::run(&man),
        Command::Config(config) => config::run(&config, values),
        Command::Doctor(doctor) => doctor::run(&doctor, &args.logging),
    }
}

/// Does what the program that started this one sends.
pub(super) fn work(args: &WorkerArgs) -> anyhow::Result<Exit> {
    logging::start(&args.logging)?;
    worker::run(args)
}
