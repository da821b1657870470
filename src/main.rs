//! The program `hicm`; everything is in [`hicm::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    hicm::cli::run(std::env::args_os()).into()
}
