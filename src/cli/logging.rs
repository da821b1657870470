//! Messages to standard error.

use std::ffi::OsString;
use std::io;
use std::io::IsTerminal;
use std::panic;

use anyhow::Context;
use tracing::error;
use tracing_indicatif::IndicatifLayer;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use super::args::LogFormat;
use super::args::LoggingArgs;
use super::progress;

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
    let bars = progress::has_bar(args).then(IndicatifLayer::new);
    let to = bars.as_ref().map(IndicatifLayer::get_stderr_writer);
    let to = move || -> Box<dyn io::Write> { to.clone().map_or_else(|| Box::new(io::stderr()) as _, |to| Box::new(to) as _) };
    let layer = tracing_subscriber::fmt::layer().with_writer(to).with_ansi(colour);
    let layer = match args.log_format {
        LogFormat::Text => layer.without_time().with_target(args.verbose > 0).with_filter(filter).boxed(),
        LogFormat::Json => layer.json().with_filter(filter).boxed(),
    };
    let bars = bars.map(|bars| bars.with_filter(filter_fn(|metadata| metadata.target() == progress::SPAN)));
    // Another subscriber is there only where the library's user has set one; that one then receives the messages.
    let _ = tracing_subscriber::registry().with(layer).with(bars).try_init();
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
