//! How far a run is: one line on a terminal, nothing elsewhere.

use std::io;
use std::io::IsTerminal;
use std::io::Write;
use std::time::Duration;
use std::time::Instant;

use super::args::LogFormat;
use super::args::LoggingArgs;
use super::logging;
use super::present;

/// The line is written anew at most so often: no faster than it can be read.
const EVERY: Duration = Duration::from_millis(100);

/// A line that says how far a run is.
#[derive(Debug)]
pub(super) struct Progress {
    total: usize,
    done: usize,
    shown: Option<Instant>,
    width: usize,
}

impl Progress {
    /// Progress through `total` documents; hidden where standard error is no terminal or other messages stand on it.
    pub(super) fn new(total: usize, logging: &LoggingArgs) -> Option<Self> {
        let alone =
            !logging.quiet && logging.verbose == 0 && logging.log_format == LogFormat::Text && !logging::is_set_from_outside();
        let width = terminal_size::terminal_size_of(io::stderr()).map(|(width, _)| usize::from(width.0));
        (total > 1 && alone && io::stderr().is_terminal()).then(|| Self {
            total,
            done: 0,
            shown: None,
            width: width.unwrap_or(80),
        })
    }

    /// One more document is done.
    pub(super) fn step(&mut self, name: &str) {
        self.done += 1;
        if self.shown.is_some_and(|shown| shown.elapsed() < EVERY) {
            return;
        }
        self.shown = Some(Instant::now());
        let line = format!("{}/{} {}", self.done, self.total, present::visible(name));
        // Nobody is told less by a line that could not be written.
        let _ = write!(io::stderr(), "\r\x1b[K{}", present::cut(&line, self.width.saturating_sub(1)));
        let _ = io::stderr().flush();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown.is_some() {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
