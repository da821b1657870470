//! `hicm man`: manual pages in roff.

use std::fs;
use std::path::Path;

use anyhow::Context;
use clap::CommandFactory;
use clap_mangen::Man;

use crate::cli::args::Args;
use crate::cli::args::ManArgs;
use crate::cli::exit::Exit;
use crate::cli::files;

/// Prints the page of the program, or writes all pages into the folder of `args`.
pub(super) fn run(args: &ManArgs) -> anyhow::Result<Exit> {
    if let Some(dir) = &args.dir {
        pages(dir).with_context(|| format!("cannot write manual pages into {}", dir.display()))?;
    } else {
        let mut page = Vec::new();
        Man::new(Args::command()).render(&mut page)?;
        files::print(&page)?;
    }
    Ok(Exit::Success)
}

fn pages(dir: &Path) -> std::io::Result<()> {
    fs::create_dir_all(dir)?;
    // The page of `help` would only repeat what the others say.
    clap_mangen::generate_to(Args::command().disable_help_subcommand(true), dir)
}
