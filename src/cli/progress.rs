//! How far a run is: a bar on a terminal, a line every so often elsewhere.
//!
//! How many documents there are is counted on a thread of its own while the first are converted already.

use std::fmt::Write as _;
use std::io;
use std::io::IsTerminal;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::thread;
use std::thread::Scope;
use std::time::Duration;
use std::time::Instant;

use indicatif::HumanBytes;
use indicatif::HumanDuration;
use indicatif::ProgressBar;
use indicatif::ProgressDrawTarget;
use indicatif::ProgressStyle;

use super::args::LogFormat;
use super::args::LoggingArgs;
use crate::batch::Request;
use crate::batch::inputs;
use crate::model::document::DocumentLine;

/// Time between two lines where there is no terminal: a run of an hour fills a screen or two.
const EVERY: Duration = Duration::from_secs(30);

/// Below this, a rate says nothing.
const EARLY: Duration = Duration::from_millis(500);

/// Before this, nobody knows how long it takes.
const TELLS_LEFT: Duration = Duration::from_secs(3);

/// What the bar shows.
const TEMPLATE: &str = "{bar:24.cyan} {msg}";

/// The bar on the terminal, while there is one: other messages must not be written into it.
static BAR: Mutex<Option<ProgressBar>> = Mutex::new(None);

/// What has been done.
#[derive(Debug)]
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    /// Whether lines are written where there is no bar.
    lines: bool,
    said: Instant,
    begun: Instant,
    done: u64,
    kept: u64,
    bytes: u64,
    failed: u64,
    total: Arc<Mutex<Option<(u64, u64)>>>,
    gone: Arc<AtomicBool>,
}

impl Progress {
    /// Progress through `requests` (paths; what is in memory already is not worth a count), which are counted on a thread of
    /// `scope`. Silent where messages are for programs, or none
    /// are wanted.
    pub(super) fn start<'scope, 'env>(
        scope: &'scope Scope<'scope, 'env>,
        requests: Vec<Request>,
        is_own: &'env (dyn Fn(&Path) -> bool + Sync),
        logging: &LoggingArgs,
    ) -> Self {
        let wanted = !logging.quiet && logging.log_format == LogFormat::Text;
        let bar = (wanted && io::stderr().is_terminal()).then(bar);
        let total = Arc::new(Mutex::new(None));
        let gone = Arc::new(AtomicBool::new(false));
        if wanted {
            let (counted, ended) = (Arc::clone(&total), Arc::clone(&gone));
            let count = move || {
                let sum = inputs::count(&requests, is_own, &|| ended.load(Ordering::Relaxed));
                *counted.lock().unwrap_or_else(PoisonError::into_inner) = sum;
            };
            // Without the thread, nobody is told how much is left.
            let _ = thread::Builder::new().name("count".to_owned()).spawn_scoped(scope, count);
        }
        BAR.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&bar);
        let now = Instant::now();
        Self { bar, lines: wanted, said: now, begun: now, done: 0, kept: 0, bytes: 0, failed: 0, total, gone }
    }

    /// One more document is done; `kept` where an earlier run had done it.
    pub(super) fn step(&mut self, line: &DocumentLine, kept: bool) {
        self.done += 1;
        self.kept += u64::from(kept);
        self.bytes += line.bytes.unwrap_or(0);
        self.failed += u64::from(line.error.is_some());
        if let Some(bar) = &self.bar {
            if let Some((documents, _)) = self.total() {
                bar.set_length(documents.max(self.done));
            }
            bar.set_position(self.done);
            // The bar itself is drawn only so often; its text is made only then.
            if self.said.elapsed() >= Duration::from_millis(80) {
                self.said = Instant::now();
                bar.set_message(self.text());
            }
        } else if self.lines && self.said.elapsed() >= EVERY {
            self.said = Instant::now();
            say_aside(format!("hicm: {}\n", self.text()).as_bytes());
        }
    }

    fn total(&self) -> Option<(u64, u64)> {
        *self.total.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn text(&self) -> String {
        let elapsed = self.begun.elapsed();
        let total = self.total().filter(|(documents, _)| *documents >= self.done);
        let of = total.map(|(documents, _)| format!(" of {documents}")).unwrap_or_default();
        // Memory takes all.
        let noun = if total.map_or(self.done, |(documents, _)| documents) == 1 { "document" } else { "documents" };
        let mut text = format!("{}{of} {noun}, {}", self.done, HumanBytes(self.bytes));
        if elapsed > EARLY {
            let rate = per_second(self.done, elapsed);
            let _ = if rate < 1.0 { write!(text, ", {:.0}/min", rate * 60.0) } else { write!(text, ", {rate:.0}/s") };
            let known = total.filter(|_| elapsed > TELLS_LEFT);
            if let Some(left) = known.and_then(|(documents, bytes)| self.left(documents, bytes, elapsed)) {
                let _ = write!(text, ", {} left", HumanDuration(left));
            }
        }
        if self.failed > 0 {
            let _ = write!(text, ", {} failed", self.failed);
        }
        text
    }

    /// Time left, told from documents and bytes alike: neither all small nor all large ones come last. What an earlier run had
    /// done took no time.
    fn left(&self, documents: u64, bytes: u64, elapsed: Duration) -> Option<Duration> {
        let converted = self.done - self.kept;
        let by = |left: u64, done: u64| if done == 0 { 0.0 } else { as_f64(left) / as_f64(done) };
        let share = f64::midpoint(
            by(documents.saturating_sub(self.done), converted),
            by(bytes.saturating_sub(self.bytes), self.bytes) * as_f64(self.done) / as_f64(converted.max(1)),
        );
        Duration::try_from_secs_f64(elapsed.as_secs_f64() * share).ok().filter(|_| converted > 0)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.gone.store(true, Ordering::Relaxed);
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
            *BAR.lock().unwrap_or_else(PoisonError::into_inner) = None;
        }
    }
}

fn bar() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    ProgressStyle::with_template(TEMPLATE).map_or(bar.clone(), |style| bar.with_style(style.progress_chars("━╸ ")))
}

fn as_f64(number: u64) -> f64 {
    // Exact up to 2^53, and nobody reads more digits than that.
    #[expect(clippy::cast_precision_loss, reason = "shown to people in three digits")]
    let number = number as f64;
    number
}

fn per_second(count: u64, elapsed: Duration) -> f64 {
    as_f64(count) / elapsed.as_secs_f64()
}

/// Writes whole lines to standard error. Nobody is told less by one that could not be written.
pub(super) fn say_aside(lines: &[u8]) {
    let _ = Aside.write_all(lines);
}

/// Standard error for messages: the bar steps aside while they are written.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Aside;

impl Write for Aside {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let bar = BAR.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match bar {
            Some(bar) => bar.suspend(|| io::stderr().write(bytes)),
            None => io::stderr().write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn progress(done: u64, kept: u64, bytes: u64) -> Progress {
        let now = Instant::now();
        let begun = now.checked_sub(Duration::from_secs(10)).unwrap_or(now);
        let total = Arc::new(Mutex::new(Some((200, 2 << 20))));
        Progress { bar: None, lines: true, said: now, begun, done, kept, bytes, failed: 3, total, gone: Arc::default() }
    }

    #[test]
    fn people_are_told_how_far_it_is() {
        let text = progress(100, 0, 1 << 20).text();
        assert!(text.starts_with("100 of 200 documents, 1.00 MiB, 10/s, 10 seconds left, 3 failed"), "{text}");
        let slow = progress(5, 0, 1 << 20).text();
        assert!(slow.contains(", 30/min, "), "{slow}");
        let resumed = progress(100, 90, 1 << 20).text();
        assert!(resumed.contains("2 minutes left") || resumed.contains("100 seconds left"), "{resumed}");
    }
}
