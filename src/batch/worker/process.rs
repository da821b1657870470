//! The side that starts workers.

use std::fs::File;
use std::io;
use std::io::BufReader;
use std::io::BufWriter;
use std::io::Write;
use std::process::ChildStdin;
use std::process::ChildStdout;
use std::process::Command;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::Once;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc;
use std::sync::mpsc::RecvTimeoutError;
use std::thread;
use std::time::Duration;
use std::time::Instant;

use serde::de::DeserializeOwned;
use tracing::warn;

use super::Probe;
use super::Protection;
use super::RENEWED_AFTER;
use super::Setup;
use super::Unpacking;
use super::WorkerError;
use super::Workers;
use super::ended;
use super::ended::Under;
use super::frame;
use super::frame::CHUNK_BYTES;
use super::frame::Kind;
use super::pictures;
use super::pictures::MOST_PICTURE;
use super::pipe;
use super::said::Said;
use super::serve::Failure;
use super::serve::Listed;
use super::watch::LOOK;
use super::watch::Watch;
use crate::batch::archive::ArchiveLimits;
use crate::batch::archive::Content;
use crate::batch::archive::Member;
use crate::batch::archive::Stopped;
use crate::batch::archive::members::Members;
use crate::batch::archive::unpack::Archive;
use crate::batch::convert::Convert;
use crate::batch::convert::Fault;
use crate::batch::lines::Lines;
use crate::batch::lines::Told;
use crate::batch::lines::Wanted;
use crate::model::document::ErrorKind;
use crate::model::picture::ReadsPictures;

/// Bytes of a document's own line, which holds counts and a few texts of the document.
const MOST_LINE: u64 = 16 << 20;

/// Bytes of records or audit lines that any document may give, and how many times its own size a large one may: 100,000 rows of
/// a workbook of 6 MB come to 450 MB. A text that governs all rows stands in each of their records, so that a document can be
/// made to give more than anybody has room for.
const MOST_LINES: u64 = 1 << 30;
const MOST_LINES_TIMES: u64 = 200;

/// Time for a worker to get ready, which takes some 10 ms where the machine has nothing else to do.
const START_TIME: Duration = Duration::from_mins(1);

/// How often a worker is started before the run is given up.
const STARTS: u32 = 3;

/// A document whose pictures are read may take so many times the time of another: half an hour unless told, enough for a
/// scan of 200 pages.
const PICTURES_TIMES: u32 = 30;

/// A running worker.
struct Process {
    stdin: Option<BufWriter<ChildStdin>>,
    stdout: BufReader<ChildStdout>,
    /// Dropped before `said`, which may wait for the end of the process.
    watch: Watch,
    said: Said,
    under: Under,
    /// Who reads pictures for it.
    pictures: Option<Arc<dyn ReadsPictures>>,
}

impl Process {
    fn start(workers: &Workers, further: &[&str], stdin: Stdio, halted: &Arc<AtomicBool>) -> Result<Self, WorkerError> {
        let cannot_start = |source| WorkerError::Start { program: workers.program.clone(), source };
        let mut command = Command::new(&workers.program);
        command.args(&workers.arguments).args(further).stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::piped());
        // A document has no business with this process's surroundings. A backtrace would read files.
        command.env_clear().env("RUST_BACKTRACE", "0");
        command.envs(std::env::var_os("RUST_LOG").map(|value| ("RUST_LOG", value)));
        alone(&mut command);
        let mut child = command.spawn().map_err(cannot_start)?;
        let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        stdin.iter().for_each(pipe::widen);
        stdout.iter().for_each(pipe::widen);
        let stdin = stdin.map(BufWriter::new);
        let watch = Watch::start(child, halted).map_err(cannot_start)?;
        // Both were asked for.
        let (Some(stdout), Some(stderr)) = (stdout, stderr) else {
            return Err(cannot_start(io::ErrorKind::BrokenPipe.into()));
        };
        let said = Said::start(stderr, workers.pass_on).map_err(cannot_start)?;
        let under = Under { timeout: workers.timeout, max_memory: workers.max_memory };
        let pictures = workers.pictures.clone();
        Ok(Self { stdin, stdout: BufReader::with_capacity(CHUNK_BYTES, stdout), watch, said, under, pictures })
    }

    /// A worker that is ready to convert.
    fn ready(workers: &Workers, wanted: Wanted, halted: &Arc<AtomicBool>) -> Result<(Self, Protection), WorkerError> {
        let mut process = Self::start(workers, &[], Stdio::piped(), halted)?;
        let setup = Setup {
            recipe: workers.recipe.clone(),
            records: wanted.records,
            audit: wanted.audit,
            max_memory: workers.max_memory,
            threads: workers.threads,
            pictures: workers.pictures.is_some(),
            mock: workers.mock,
        };
        process.watch.arm(START_TIME);
        let setup = serde_json::to_vec(&setup).map_err(io::Error::from);
        let sent = setup.and_then(|setup| process.send(&[(Kind::Setup, &setup)]));
        let ready = sent.and_then(|()| process.receive(MOST_LINE));
        process.watch.disarm();
        match ready {
            Ok(Some((Kind::Ready, bytes))) => {
                let protection = parsed(&bytes).unwrap_or_default();
                Ok((process, protection))
            }
            _ => Err(process.died()),
        }
    }

    fn died(mut self) -> WorkerError {
        let (kind, message) = self.ended("its start");
        if kind == ErrorKind::OutOfMemory {
            return WorkerError::TooLittle { limit: self.under.max_memory };
        }
        let said = self.said.text();
        let last = said.lines().rfind(|line| !line.trim().is_empty());
        let said = last.map_or_else(|| format!("{kind:?}: {message}"), str::to_owned);
        WorkerError::Died { said }
    }

    fn send(&mut self, frames: &[(Kind, &[u8])]) -> io::Result<()> {
        let to = self.stdin.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        frames.iter().try_for_each(|(kind, bytes)| frame::write(to, *kind, bytes))?;
        to.flush()
    }

    fn receive(&mut self, most: u64) -> io::Result<Option<(Kind, Vec<u8>)>> {
        frame::read(&mut self.stdout, most)
    }

    /// What the end of the process says about the document `name`.
    fn ended(&mut self, name: &str) -> (ErrorKind, String) {
        let (status, late) = self.watch.end();
        ended::told(name, status, late, &self.said.text(), self.under)
    }

    /// Answers a worker that wants the text of a picture. Its time stands still meanwhile, and begins anew; but once `until` is
    /// over, it gets none.
    fn read_picture(&mut self, bytes: Vec<u8>, until: Option<Instant>) -> Option<()> {
        if until.is_some_and(|until| until < Instant::now()) {
            self.watch.arm(Duration::ZERO);
            return Some(());
        }
        self.watch.disarm();
        let answer = self.answer(bytes)?;
        self.watch.arm(self.under.timeout);
        self.send(&[(Kind::Words, &answer)]).ok()
    }

    /// What to answer a worker that sent the picture in `bytes`; none where the run ends before that is known.
    fn answer(&self, bytes: Vec<u8>) -> Option<Vec<u8>> {
        let (send, receive) = mpsc::sync_channel(1);
        let pictures = self.pictures.clone();
        // Where the run has ended, nobody takes the answer.
        let read = move || drop(send.send(pictures::answer(&bytes, pictures.as_ref())));
        thread::Builder::new().name("picture".to_owned()).spawn(read).ok()?;
        loop {
            match receive.recv_timeout(LOOK) {
                Ok(answer) => return answer,
                Err(RecvTimeoutError::Timeout) if !self.watch.is_halted() => {}
                Err(_) => return None,
            }
        }
    }

    /// Converts a document; `None` where the process ended on it or does not keep to the protocol.
    fn convert(&mut self, name: &str, bytes: &[u8]) -> Option<Result<(Told, Lines), Fault>> {
        self.send(&[(Kind::Name, name.as_bytes()), (Kind::Document, bytes)]).ok()?;
        let mut lines = Lines::default();
        let most_lines = MOST_LINES.max((bytes.len() as u64).saturating_mul(MOST_LINES_TIMES));
        let until = Instant::now().checked_add(self.under.timeout.saturating_mul(PICTURES_TIMES));
        loop {
            let (kind, bytes) = self.receive(MOST_PICTURE).ok()??;
            let to = match kind {
                Kind::Picture => {
                    self.read_picture(bytes, until)?;
                    continue;
                }
                Kind::Records => &mut lines.records,
                Kind::Audit => &mut lines.audit,
                Kind::Told => return Told::parse(bytes).ok().map(|told| Ok((told, lines))),
                Kind::Failed => {
                    let Failure { kind, message } = parsed(&bytes)?;
                    return Some(Err(Fault::Document { kind, message }));
                }
                _ => return None,
            };
            if to.bytes() > most_lines {
                let message = format!(
                    "gives more than {} MiB of records or audit lines; split it, or shorten the \
                     texts that stand above many rows",
                    most_lines >> 20
                );
                return Some(Err(Fault::Document { kind: ErrorKind::TooLarge, message }));
            }
            if let Err(error) = to.write_all(&bytes) {
                return Some(Err(error.into()));
            }
        }
    }
}

/// Puts a worker out of reach of the terminal's Ctrl-C, which is for the program that started it, and into a folder that always
/// exists.
fn alone(command: &mut Command) {
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        command.arg0("hicm").process_group(0).current_dir("/");
    }
    #[cfg(not(unix))]
    let _ = command;
}

fn parsed<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    serde_json::from_slice(bytes).ok()
}

/// Converts in a worker that is started when it is first needed, and anew when it has ended.
pub(in crate::batch) struct Converter {
    workers: Arc<Workers>,
    wanted: Wanted,
    halted: Arc<AtomicBool>,
    process: Option<Process>,
    converted: u32,
}

impl Converter {
    pub(super) fn new(workers: Arc<Workers>, wanted: Wanted, halted: Arc<AtomicBool>) -> Self {
        Self { workers, wanted, halted, process: None, converted: 0 }
    }

    fn process(&mut self) -> Result<Process, WorkerError> {
        if let Some(process) = self.process.take().filter(|_| self.converted < RENEWED_AFTER) {
            return Ok(process);
        }
        self.converted = 0;
        let start = || Process::ready(&self.workers, self.wanted, &self.halted);
        // One that was ended from outside while it started says nothing about the next.
        let started = (1..STARTS).find_map(|_| start().ok()).map_or_else(start, Ok);
        let (process, protection) = started?;
        say_once(&protection);
        Ok(process)
    }
}

/// What does not protect is said once a run.
fn say_once(protection: &Protection) {
    static SAID: Once = Once::new();
    SAID.call_once(|| {
        for (part, why) in protection.missing() {
            warn!(part, why, "documents are converted without this protection; hicm doctor tells more");
        }
    });
}

impl Convert for Converter {
    fn convert(&mut self, name: &str, bytes: &[u8]) -> Result<(Told, Lines), Fault> {
        let mut process = self.process().map_err(|error| Fault::Run(error.into()))?;
        self.converted += 1;
        process.watch.arm(self.workers.timeout);
        let converted = process.convert(name, bytes);
        process.watch.disarm();
        match converted {
            // After a panic, what the worker holds is not to be relied on.
            Some(Err(fault)) => Err(fault),
            Some(Ok(converted)) => {
                self.process = Some(process);
                Ok(converted)
            }
            None => {
                let (kind, message) = process.ended(name);
                Err(Fault::Document { kind, message })
            }
        }
    }
}

/// The members of an archive that is taken apart in a worker of its own, which has the open file as its standard input.
pub(super) fn members(
    workers: &Workers,
    archive: Archive,
    name: &str,
    limits: ArchiveLimits,
    halted: &Arc<AtomicBool>,
) -> Members {
    match start_unpacking(workers, archive, name, limits, halted) {
        Ok(process) => Box::new(Unpacked { process: Some(process), name: name.to_owned() }),
        Err(error) => {
            let message = error.to_string();
            Box::new(std::iter::once(Err(Stopped::Lost { kind: ErrorKind::Unreadable, message })))
        }
    }
}

fn start_unpacking(
    workers: &Workers,
    archive: Archive,
    name: &str,
    limits: ArchiveLimits,
    halted: &Arc<AtomicBool>,
) -> Result<Process, WorkerError> {
    let unpacking = Unpacking { name: name.to_owned(), limits, max_memory: workers.max_memory };
    let cannot_start = |source| WorkerError::Start { program: workers.program.clone(), source };
    let unpacking = serde_json::to_string(&unpacking).map_err(|error| cannot_start(error.into()))?;
    let further = ["--unpack", unpacking.as_str()];
    match archive {
        Archive::File(file) => Process::start(workers, &further, rewound(file).map_err(cannot_start)?.into(), halted),
        Archive::Bytes(bytes) => {
            let mut process = Process::start(workers, &further, Stdio::piped(), halted)?;
            if let Some(mut to) = process.stdin.take() {
                // A worker that stops before it has read everything closes the pipe, and says why in its own way.
                let write = move || to.write_all(&bytes).and_then(|()| to.flush());
                thread::Builder::new().spawn(write).map_err(cannot_start)?;
            }
            Ok(process)
        }
    }
}

fn rewound(mut file: File) -> io::Result<File> {
    io::Seek::rewind(&mut file)?;
    Ok(file)
}

/// Members that a worker sends.
struct Unpacked {
    process: Option<Process>,
    name: String,
}

/// What a worker that takes an archive apart sends.
enum Sent {
    Member(Member),
    Stopped(Stopped),
    End,
}

impl Unpacked {
    /// What comes next; `None` where the process ended or does not keep to the protocol.
    fn member(process: &mut Process) -> Option<Sent> {
        let (kind, bytes) = process.receive(MOST_LINE).ok()??;
        match kind {
            Kind::Member => {
                let (name, listed): (String, Listed) = parsed(&bytes)?;
                let content = match listed {
                    Listed::Document { bytes: most } => match process.receive(most).ok()?? {
                        (Kind::MemberBytes, bytes) => Content::Document(bytes),
                        _ => return None,
                    },
                    Listed::Skipped => Content::Skipped,
                    Listed::Lost(Failure { kind, message }) => Content::Lost { kind, message },
                };
                Some(Sent::Member(Member { name, content }))
            }
            Kind::Stopped => match parsed::<Option<Failure>>(&bytes)? {
                Some(Failure { kind, message }) => Some(Sent::Stopped(Stopped::Lost { kind, message })),
                None => Some(Sent::Stopped(Stopped::IsDocument)),
            },
            Kind::Told => Some(Sent::End),
            _ => None,
        }
    }
}

impl Iterator for Unpacked {
    type Item = Result<Member, Stopped>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut process = self.process.take()?;
        process.watch.arm(process.under.timeout);
        let member = Self::member(&mut process);
        process.watch.disarm();
        match member {
            Some(Sent::Member(member)) => {
                self.process = Some(process);
                Some(Ok(member))
            }
            Some(Sent::Stopped(stopped)) => Some(Err(stopped)),
            Some(Sent::End) => None,
            None => {
                let (kind, message) = process.ended(&self.name);
                Some(Err(Stopped::Lost { kind, message }))
            }
        }
    }
}

const NOTHING: Wanted = Wanted { records: false, audit: false };

/// See [`Workers::protection`].
pub(super) fn protection(workers: &Workers) -> Result<Protection, WorkerError> {
    Process::ready(workers, NOTHING, &Arc::default()).map(|(_, protection)| protection)
}

/// See [`Workers::probe`].
pub(super) fn probe(workers: &Workers) -> Result<Probe, WorkerError> {
    let (mut process, _) = Process::ready(workers, NOTHING, &Arc::default())?;
    process.watch.arm(workers.timeout);
    let sent = process.send(&[(Kind::Name, b"probe"), (Kind::Document, b"")]);
    let probed = sent.and_then(|()| process.receive(MOST_LINE)).ok().flatten();
    process.watch.disarm();
    match probed {
        Some((Kind::Probed, bytes)) => parsed(&bytes).ok_or_else(|| process.died()),
        _ => Err(process.died()),
    }
}
