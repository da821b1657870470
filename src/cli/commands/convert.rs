//! `hicm convert`: documents to records.

use std::io;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use anyhow::Context;
use signal_hook::consts::SIGINT;
use signal_hook::flag;
use tracing::info;

use crate::batch::Folder;
use crate::batch::Request;
use crate::batch::Run;
use crate::batch::RunError;
use crate::batch::inputs;
use crate::cli::args::ConvertArgs;
use crate::cli::args::LogFormat;
use crate::cli::args::LoggingArgs;
use crate::cli::exit::Exit;
use crate::cli::files;
use crate::cli::present;
use crate::cli::progress::Progress;
use crate::cli::settings::ConvertSettings;
use crate::cli::summary::Summary;
use crate::model::vocabulary::Vocabulary;
use crate::pipeline::Engine;
use crate::sinks::JsonLines;
use crate::sinks::Output;

/// Converts what `args` name.
pub(super) fn run(args: ConvertArgs, logging: &LoggingArgs) -> anyhow::Result<Exit> {
    let ConvertSettings { requests, output, jobs, vocabulary, options, min_confidence } = ConvertSettings::check(args)?;
    // Standard input is read by now: until then Ctrl-C ends the program at once.
    let stop = stop_on_interrupt()?;
    let max_bytes = options.limits.max_bytes;
    let engine = Engine::new(Arc::clone(&vocabulary), options).at_least(min_confidence);
    let run = Run { engine: &engine, jobs, max_bytes, stop: &stop };
    let mut summary = Summary::default();
    let ended = match &output {
        Some(path) => to_folder(&run, requests, path, &mut summary, logging),
        None => to_stdout(&run, requests, &mut summary, logging),
    };
    if let Err(error) = ended {
        if !matches!(error.downcast_ref(), Some(RunError::Interrupted)) {
            return Err(error);
        }
        let written = if output.is_some() { "; the output folder is as it was" } else { "" };
        let _ = writeln!(io::stderr(), "hicm: interrupted{written}");
        return Ok(Exit::Interrupted);
    }
    close(&summary, &vocabulary, logging);
    Ok(if summary.has_failures() { Exit::SomeFailed } else { Exit::Success })
}

/// A flag that the first Ctrl-C sets; a second one ends the program where it stands.
fn stop_on_interrupt() -> anyhow::Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let status = i32::from(Exit::Interrupted.code());
    // In this order: the first Ctrl-C finds the flag not set yet and passes the shutdown by.
    let shutdown = flag::register_conditional_shutdown(SIGINT, status, Arc::clone(&stop));
    shutdown.and_then(|_| flag::register(SIGINT, Arc::clone(&stop))).context("cannot watch for Ctrl-C")?;
    Ok(stop)
}

fn to_folder(
    run: &Run<'_>,
    requests: Vec<Request>,
    path: &Path,
    summary: &mut Summary,
    logging: &LoggingArgs,
) -> anyhow::Result<()> {
    let (folder, mut output) = Folder::create(path)?;
    let inputs = inputs::list(requests, &|path| folder.owns(path));
    convert(run, inputs, &mut output, summary, logging)?;
    folder.commit(output)?;
    Ok(())
}

fn to_stdout(run: &Run<'_>, requests: Vec<Request>, summary: &mut Summary, logging: &LoggingArgs) -> anyhow::Result<()> {
    let inputs = inputs::list(requests, &|_| false);
    let mut output = Output { records: Some(JsonLines::new(files::stdout())), documents: None, audit: None };
    convert(run, inputs, &mut output, summary, logging)?;
    output.records.map_or(Ok(()), |records| records.finish().map(drop))?;
    Ok(())
}

fn convert<W: Write>(
    run: &Run<'_>,
    inputs: Vec<inputs::Input>,
    output: &mut Output<W>,
    summary: &mut Summary,
    logging: &LoggingArgs,
) -> Result<(), RunError> {
    let mut progress = Progress::new(inputs.len(), logging);
    run.convert(inputs, output, &mut |line| {
        info!(document = line.document.name, status = present::key(&line.status), items = line.items, "done");
        summary.add(line);
        if let Some(progress) = &mut progress {
            progress.step(&line.document.name);
        }
    })
}

/// Says how it went. A closed standard error changes nothing about that.
fn close(summary: &Summary, vocabulary: &Vocabulary, logging: &LoggingArgs) {
    let mut to = anstream::stderr().lock();
    let _ = match (logging.log_format, logging.quiet) {
        (LogFormat::Json, _) => {
            summary.log();
            Ok(())
        }
        (LogFormat::Text, true) => summary.write_failures(&mut to),
        (LogFormat::Text, false) => summary.write(vocabulary, &mut to),
    };
}
