//! Messages to standard error.

use std::ffi::OsString;
use std::io;
use std::io::IsTerminal;
use std::panic;

use anyhow::Context;
use tracing::error;
use tracing_subscriber::EnvFilter;

use super::args::LogFormat;
use super::args::LoggingArgs;
use super::progress::Aside;

/// The variable that, where it is set, decides what is logged.
const VARIABLE: &str = "RUST_LOG";

/// Target of the closing summary where messages are JSON.
pub(super) const SUMMARY: &str = "hicm::summary";

/// Whether `RUST_LOG` decides what is logged.
pub(super) fn is_set_from_outside() -> bool {
    std::env::var_os(VARIABLE).is_some_and(|value| !value.is_empty())
}

/// Starts logging, and makes a panic one more message.
pub(super) fn start(args: &LoggingArgs) -> anyhow::Result<()> {
    let filter = filter(args)?;
    let colour = io::stderr().is_terminal() && anstream::stderr().current_choice() != anstream::ColorChoice::Never;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(Aside::default).with_ansi(colour);
    // Another subscriber is there only where the library's user has set one; that one then receives the messages.
    let _ = match args.log_format {
        LogFormat::Text => builder.without_time().with_target(args.verbose > 0).try_init(),
        LogFormat::Json => builder.json().try_init(),
    };
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let said = panic.payload().downcast_ref::<&str>().copied();
        let said = said.or_else(|| panic.payload().downcast_ref::<String>().map(String::as_str));
        error!(place, "the program crashed: {}", said.unwrap_or("no message"));
    }));
    Ok(())
}

/// Arguments for this program's `subcommand` that let it say as much as this process does.
pub(super) fn arguments(subcommand: &str, args: &LoggingArgs) -> Vec<OsString> {
    let quiet = args.quiet.then_some("--quiet");
    let json = (args.log_format == LogFormat::Json).then_some("--log-format=json");
    let verbose = std::iter::repeat_n("-v", usize::from(args.verbose));
    std::iter::once(subcommand).chain(quiet).chain(json).chain(verbose).map(OsString::from).collect()
}

fn filter(args: &LoggingArgs) -> anyhow::Result<EnvFilter> {
    let filter = if is_set_from_outside() {
        EnvFilter::try_from_env(VARIABLE).with_context(|| format!("{VARIABLE} is no list of levels such as hicm=debug"))?
    } else {
        EnvFilter::new(match (args.quiet, args.verbose) {
            (true, _) => "hicm=error",
            (false, 0) => "hicm=warn",
            (false, 1) => "hicm=info",
            (false, 2) => "hicm=debug",
            (false, _) => "trace",
        })
    };
    let summary = if args.quiet { "hicm::summary=error" } else { "hicm::summary=info" };
    Ok(filter.add_directive(summary.parse()?))
}
