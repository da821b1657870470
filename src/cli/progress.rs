//! How far a run is: a bar on a terminal, a line every so often elsewhere.
//!
//! Both go on by themselves, for a single document may take a minute. How many documents there are is counted on a thread of its
//! own while the first are converted already.

use std::fmt;
use std::fmt::Write as _;
use std::io;
use std::io::IsTerminal;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::sync::mpsc;
use std::sync::mpsc::RecvTimeoutError;
use std::thread;
use std::thread::Scope;
use std::time::Duration;
use std::time::Instant;

use indicatif::HumanBytes;
use indicatif::HumanDuration;
use indicatif::ProgressStyle;
use tracing::Span;
use tracing::info_span;
use tracing_indicatif::span_ext::IndicatifSpanExt;
use tracing_indicatif::writer::get_indicatif_stderr_writer;

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
const TEMPLATE: &str = "{bar:24.cyan} {told}";

/// Target of the span that the bar stands for.
pub(super) const SPAN: &str = "hicm::progress";

/// Whether a run with `logging` has a bar.
pub(super) fn has_bar(logging: &LoggingArgs) -> bool {
    tells_people(logging) && io::stderr().is_terminal()
}

/// Whether people are told how a run goes and went: not where messages are for programs, or none are wanted.
pub(super) fn tells_people(logging: &LoggingArgs) -> bool {
    !logging.quiet && logging.log_format == LogFormat::Text
}

/// Progress of a run.
#[derive(Debug)]
pub(super) struct Progress {
    counts: Arc<Mutex<Counts>>,
    bar: Option<Span>,
    gone: Arc<AtomicBool>,
    /// Its end ends the lines.
    _lines: mpsc::Sender<()>,
}

/// What has been done.
#[derive(Debug)]
struct Counts {
    begun: Instant,
    done: u64,
    kept: u64,
    bytes: u64,
    failed: u64,
    /// Documents and bytes of all, once they are counted.
    total: Option<(u64, u64)>,
}

impl Progress {
    /// Progress through `requests` (paths; what is in memory already is not worth a count), which are counted on a thread of
    /// `scope`.
    pub(super) fn start<'scope, 'env>(
        scope: &'scope Scope<'scope, 'env>,
        requests: Vec<Request>,
        is_own: &'env (dyn Fn(&Path) -> bool + Sync),
        logging: &LoggingArgs,
    ) -> Self {
        let counts = Counts { begun: Instant::now(), done: 0, kept: 0, bytes: 0, failed: 0, total: None };
        let counts = Arc::new(Mutex::new(counts));
        let gone = Arc::new(AtomicBool::new(false));
        let (lines, ended) = mpsc::channel();
        // Without its thread, nobody is told how much is left, or how far it is.
        let spawn = |name: &str, work: Box<dyn FnOnce() + Send + 'scope>| {
            let _ = thread::Builder::new().name(name.to_owned()).spawn_scoped(scope, work);
        };
        if tells_people(logging) {
            let (counted, gone) = (Arc::clone(&counts), Arc::clone(&gone));
            let count = move || {
                let sum = inputs::count(&requests, is_own, &|| gone.load(Ordering::Relaxed));
                locked(&counted).total = sum;
            };
            spawn("count", Box::new(count));
        }
        let bar = has_bar(logging).then(|| bar(&counts));
        if tells_people(logging) && bar.is_none() {
            let counts = Arc::clone(&counts);
            let tell = move || {
                while ended.recv_timeout(EVERY) == Err(RecvTimeoutError::Timeout) {
                    let text = locked(&counts).text();
                    say_aside(format!("hicm: {text}\n").as_bytes());
                }
            };
            spawn("progress", Box::new(tell));
        }
        Self { counts, bar, gone, _lines: lines }
    }

    /// One more document is done; `kept` where an earlier run had done it.
    pub(super) fn step(&self, line: &DocumentLine, kept: bool) {
        let mut counts = locked(&self.counts);
        counts.done += 1;
        counts.kept += u64::from(kept);
        counts.bytes += line.bytes.unwrap_or(0);
        counts.failed += u64::from(line.error.is_some());
        let (done, all) = (counts.done, counts.total);
        // The bar is drawn with the counts.
        drop(counts);
        if let Some(bar) = &self.bar {
            if let Some((documents, _)) = all {
                bar.pb_set_length(documents.max(done));
            }
            bar.pb_set_position(done);
        }
    }
}

fn locked(counts: &Mutex<Counts>) -> MutexGuard<'_, Counts> {
    counts.lock().unwrap_or_else(PoisonError::into_inner)
}

fn bar(counts: &Arc<Mutex<Counts>>) -> Span {
    let span = info_span!(target: SPAN, "convert");
    let told = Arc::clone(counts);
    if let Ok(style) = ProgressStyle::with_template(TEMPLATE) {
        let tell = move |_: &indicatif::ProgressState, to: &mut dyn fmt::Write| {
            let _ = to.write_str(&locked(&told).text());
        };
        span.pb_set_style(&style.progress_chars("━╸ ").with_key("told", tell));
    }
    span.pb_start();
    span
}

impl Counts {
    fn text(&self) -> String {
        let elapsed = self.begun.elapsed();
        let total = self.total.filter(|(documents, _)| *documents >= self.done);
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
        let by_documents = by(documents.saturating_sub(self.done), converted);
        // Archives are counted packed: where more was unpacked than all of it together, bytes tell nothing.
        let share = match bytes.checked_sub(self.bytes) {
            Some(left) => f64::midpoint(by_documents, by(left, self.bytes) * as_f64(self.done) / as_f64(converted.max(1))),
            None => by_documents,
        };
        Duration::try_from_secs_f64(elapsed.as_secs_f64() * share).ok().filter(|_| converted > 0)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.gone.store(true, Ordering::Relaxed);
    }
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

/// Writes whole lines to standard error, from which the bar steps aside. Nobody is told less by one that could not be written.
pub(super) fn say_aside(lines: &[u8]) {
    let _ = match get_indicatif_stderr_writer() {
        Some(mut aside) => aside.write_all(lines),
        None => io::stderr().write_all(lines),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(done: u64, kept: u64, bytes: u64) -> Counts {
        let now = Instant::now();
        let begun = now.checked_sub(Duration::from_secs(10)).unwrap_or(now);
        Counts { begun, done, kept, bytes, failed: 3, total: Some((200, 2 << 20)) }
    }

    #[test]
    fn people_are_told_how_far_it_is() {
        let text = counts(100, 0, 1 << 20).text();
        assert!(text.starts_with("100 of 200 documents, 1.00 MiB, 10/s, 10 seconds left, 3 failed"), "{text}");
        let slow = counts(5, 0, 1 << 20).text();
        assert!(slow.contains(", 30/min, "), "{slow}");
        let unpacked = counts(100, 0, 3 << 20).text();
        assert!(unpacked.contains("10 seconds left"), "{unpacked}");
        let resumed = counts(100, 90, 1 << 20).text();
        assert!(resumed.contains("2 minutes left") || resumed.contains("100 seconds left"), "{resumed}");
    }
}
