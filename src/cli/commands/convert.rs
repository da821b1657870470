//! `hicm convert`: documents to records.

use std::io;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread;

use anyhow::Context;
use signal_hook::consts::SIGINT;
use signal_hook::consts::SIGTERM;
use signal_hook::flag;
use tracing::error;
use tracing::info;

use crate::batch::Folder;
use crate::batch::Request;
use crate::batch::Run;
use crate::batch::RunError;
use crate::batch::Stream;
use crate::batch::Writer;
use crate::cli::args::ConvertArgs;
use crate::cli::args::LogFormat;
use crate::cli::args::LoggingArgs;
use crate::cli::exit::Exit;
use crate::cli::files;
use crate::cli::present;
use crate::cli::progress;
use crate::cli::progress::Progress;
use crate::cli::settings::ConvertSettings;
use crate::cli::summary::Summary;
use crate::model::vocabulary::Vocabulary;

/// Converts what `args` name.
pub(super) fn run(args: ConvertArgs, logging: &LoggingArgs) -> anyhow::Result<Exit> {
    let ConvertSettings { requests, output, jobs, isolation, vocabulary, max_bytes, force } =
        ConvertSettings::check(args, logging)?;
    // Standard input is read by now: until then Ctrl-C ends the program at once.
    let stop = stop_when_asked()?;
    let run = Run { isolation: &isolation, jobs, max_bytes, kept: None, on_done: &|_, _| (), stop: &stop };
    let mut summary = Summary::default();
    let ended = match output.as_deref() {
        Some(path) => to_folder(&run, requests, path, force, &mut summary, logging),
        None => to_stdout(&run, requests, &mut summary, logging),
    };
    if let Err(error) = ended {
        if !matches!(error.downcast_ref(), Some(RunError::Interrupted)) {
            return Err(error);
        }
        let written = output.as_ref().map_or("", |_| "; what was done is kept, and the same command goes on from there");
        let _ = writeln!(io::stderr(), "hicm: interrupted{written}");
        return Ok(Exit::Interrupted);
    }
    close(&summary, vocabulary.as_deref(), output.as_deref(), logging);
    Ok(if summary.has_failures() { Exit::SomeFailed } else { Exit::Success })
}

/// The signals that ask a program to end: Ctrl-C, and on Unix also what `kill`, the end of the session and a closed terminal
/// send.
#[cfg(unix)]
const ENDING: &[i32] = &[SIGINT, SIGTERM, signal_hook::consts::SIGHUP];
#[cfg(not(unix))]
const ENDING: &[i32] = &[SIGINT, SIGTERM];

/// A flag that the first of these signals sets; a second one ends the program where it stands.
fn stop_when_asked() -> anyhow::Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let status = i32::from(Exit::Interrupted.code());
    for signal in ENDING {
        // In this order: the first signal finds the flag not set yet and passes the shutdown by.
        let shutdown = flag::register_conditional_shutdown(*signal, status, Arc::clone(&stop));
        shutdown.and_then(|_| flag::register(*signal, Arc::clone(&stop))).context("cannot watch for Ctrl-C")?;
    }
    // Where files may only be so large, a write that fails says more than the end of the program.
    #[cfg(unix)]
    flag::register(signal_hook::consts::SIGXFSZ, Arc::default()).context("cannot watch for files that are too large")?;
    Ok(stop)
}

fn to_folder(
    run: &Run<'_>,
    requests: Vec<Request>,
    path: &Path,
    force: bool,
    summary: &mut Summary,
    logging: &LoggingArgs,
) -> anyhow::Result<()> {
    let mut folder = Folder::open(path, run.isolation, force)?;
    let path = folder.path().to_owned();
    let kept = folder.kept()?;
    let run = &Run { kept: Some(&kept), ..*run };
    convert(run, requests, &|file| Folder::owns(&path, file), &mut folder, summary, logging)?;
    folder.commit()?;
    Ok(())
}

fn to_stdout(run: &Run<'_>, requests: Vec<Request>, summary: &mut Summary, logging: &LoggingArgs) -> anyhow::Result<()> {
    let mut stream = Stream::new(files::stdout());
    convert(run, requests, &|_| false, &mut stream, summary, logging)?;
    stream.finish()?;
    Ok(())
}

fn convert(
    run: &Run<'_>,
    requests: Vec<Request>,
    is_own: &(dyn Fn(&Path) -> bool + Sync),
    writer: &mut dyn Writer,
    summary: &mut Summary,
    logging: &LoggingArgs,
) -> Result<(), RunError> {
    let is_path = |request: &&Request| matches!(request, Request::Path(_));
    let paths = requests.iter().filter(is_path).cloned().collect();
    thread::scope(|scope| {
        let progress = Progress::start(scope, paths, is_own, logging);
        let run = Run { on_done: &|line, kept| progress.step(line, kept), ..*run };
        run.convert(requests, is_own, writer, &mut |line, kept| {
            info!(document = line.document.name, status = present::key(&line.status), items = line.items, kept, "done");
            if let Some(failure) = line.error.as_ref().filter(|_| logging.log_format == LogFormat::Json) {
                error!(document = line.document.name, kind = present::key(&failure.kind), "{}", failure.message);
            }
            summary.add(line, kept);
        })
    })
}

/// Says how it went. A closed standard error changes nothing about that.
fn close(summary: &Summary, vocabulary: Option<&Vocabulary>, folder: Option<&Path>, logging: &LoggingArgs) {
    // In one piece: standard error has no buffer of its own.
    let mut to = io::BufWriter::new(anstream::stderr().lock());
    let _ = if progress::tells_people(logging) {
        summary.write(vocabulary, folder, &mut to)
    } else if logging.log_format == LogFormat::Json {
        summary.log();
        Ok(())
    } else {
        summary.write_failures(&mut to)
    };
    let _ = to.flush();
}
