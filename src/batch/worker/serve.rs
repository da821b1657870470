//! The worker: takes documents from standard input and writes nothing but frames to standard output.

use std::fs::File;
use std::io;
use std::io::Read;
use std::io::Seek;
use std::io::StdinLock;
use std::io::Write;
use std::num::NonZero;
use std::sync::Arc;

use rayon::ThreadPoolBuilder;
use serde::Deserialize;
use serde::Serialize;

use super::Setup;
use super::Unpacking;
use super::ended::NO_MEMORY;
use super::frame;
use super::frame::CHUNK_BYTES;
use super::frame::Kind;
use super::mock;
use super::pictures;
use super::pipe;
use super::pipe::Pipe;
use super::sandbox;
use crate::batch::archive::Content;
use crate::batch::archive::Member;
use crate::batch::archive::Stopped;
use crate::batch::archive::unpack;
use crate::batch::archive::unpack::Archive;
use crate::batch::convert::crashed;
use crate::batch::convert::guarded;
use crate::batch::run::STACK_BYTES;
use crate::model::document::ErrorKind;
use crate::pipeline::Engine;
use crate::sinks::JsonLines;
use crate::sinks::Output;

/// Why a document gave nothing.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Failure {
    pub(super) kind: ErrorKind,
    pub(super) message: String,
}

/// What a member of an archive is.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Listed {
    /// A document, whose bytes follow.
    Document {
        /// How many.
        bytes: u64,
    },
    /// A lock or system file.
    Skipped,
    /// It cannot be had.
    Lost(Failure),
}

/// Converts documents until standard input ends.
///
/// # Errors
/// What a pipe says; what came was no frame.
pub fn serve() -> io::Result<()> {
    let Some((Kind::Setup, setup)) = frame::read(&mut io::stdin().lock(), u64::MAX)? else {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "this is for the program's own use: hicm convert starts it"));
    };
    let setup: Setup = serde_json::from_slice(&setup)?;
    let pipe = Pipe::standard_output()?;
    confined(setup.max_memory, setup.threads, |protection| {
        let mut engine = setup.recipe.engine();
        if setup.pictures {
            engine = engine.reading_pictures(Arc::new(pictures::Asks { pipe: pipe.clone() }));
        }
        pipe.send(Kind::Ready, &serde_json::to_vec(&protection)?)?;
        loop {
            // Standard input is not kept locked: answers about pictures come by it, too.
            let name = document(&mut io::stdin().lock(), Kind::Name)?;
            let Some(name) = name else { return Ok(()) };
            let name = String::from_utf8_lossy(&name).into_owned();
            let bytes = document(&mut io::stdin().lock(), Kind::Document)?.ok_or(io::ErrorKind::UnexpectedEof)?;
            if let Some(mock) = setup.mock {
                mock::act(mock, &mut |kind, bytes| pipe.send(kind, bytes))?;
            }
            convert(&engine, &setup, &name, &bytes, &pipe)?;
        }
    })
}

/// Runs `work` under the limits and in the sandbox, on one of so many threads with stacks of a size at least; what it does in
/// parallel is done on them.
fn confined(
    max_memory: u64,
    threads: NonZero<usize>,
    work: impl FnOnce(sandbox::Protection) -> io::Result<()> + Send,
) -> io::Result<()> {
    let limited = sandbox::limit(max_memory);
    let pool = ThreadPoolBuilder::new().num_threads(threads.get()).stack_size(STACK_BYTES);
    // The first thread has memory from the system in larger pieces than any other, so it is one of them where its stack will
    // do.
    let pool = if sandbox::has_stack(STACK_BYTES) { pool.use_current_thread() } else { pool };
    let begin = || pool.build();
    let (protection, pool) = sandbox::enter(limited, begin);
    // A stack is memory, too, but the system says so in other words.
    let pool = pool.map_err(|error| io::Error::other(format!("{NO_MEMORY}{STACK_BYTES} bytes for a stack failed: {error}")))?;
    // A panic in `work` that was not a document's has said what it has to say.
    guarded(|| pool.install(|| work(protection))).unwrap_or_else(|_| Err(io::Error::other("the worker crashed")))
}

pub(super) fn document(from: &mut StdinLock<'_>, kind: Kind) -> io::Result<Option<Vec<u8>>> {
    match frame::read(from, u64::MAX)? {
        Some((found, bytes)) if found == kind => Ok(Some(bytes)),
        Some(_) => Err(io::ErrorKind::InvalidData.into()),
        None => Ok(None),
    }
}

fn convert(engine: &Engine, setup: &Setup, name: &str, bytes: &[u8], pipe: &Pipe) -> io::Result<()> {
    let lines = |kind| Some(JsonLines::new(Framed { kind, pipe: pipe.clone(), buffer: Vec::new() }));
    let mut output = Output {
        records: lines(Kind::Records).filter(|_| setup.records),
        documents: None,
        audit: lines(Kind::Audit).filter(|_| setup.audit),
    };
    match guarded(|| engine.convert(name, bytes, &mut output)) {
        Ok(line) => {
            let mut line = serde_json::to_vec(&line?)?;
            line.push(b'\n');
            for lines in [output.records, output.audit].into_iter().flatten() {
                lines.finish()?;
            }
            pipe.send(Kind::Told, &line)
        }
        Err(what) => {
            let failure = Failure { kind: ErrorKind::Crashed, message: crashed(name, &what) };
            pipe.send(Kind::Failed, &serde_json::to_vec(&failure)?)
        }
    }
}

/// Lines of one kind, sent a frame at a time.
struct Framed {
    kind: Kind,
    pipe: Pipe,
    buffer: Vec<u8>,
}

impl Write for Framed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // Many lines that come at once go out in frames of a size for which the other side need not ask the system for memory.
        let room = CHUNK_BYTES.saturating_sub(self.buffer.len()).min(bytes.len());
        self.buffer.extend_from_slice(&bytes[..room]);
        if self.buffer.len() >= CHUNK_BYTES {
            self.flush()?;
        }
        Ok(room)
    }

    fn flush(&mut self) -> io::Result<()> {
        if !self.buffer.is_empty() {
            self.pipe.put(self.kind, &self.buffer)?;
            self.buffer.clear();
        }
        Ok(())
    }
}

/// Takes the archive on standard input apart; `unpacking` is what the program that started this one has put into the argument.
///
/// # Errors
/// What a pipe says; `unpacking` is not what it should be.
pub fn serve_archive(unpacking: &str) -> io::Result<()> {
    let Unpacking { name, limits, max_memory } = serde_json::from_str(unpacking)?;
    let (file, pipe) = (pipe::standard_input()?, Pipe::standard_output()?);
    confined(max_memory, NonZero::<usize>::MIN, |_| {
        let archive = archive(file, limits.max_bytes)?;
        let mut sent = Ok(());
        let ended = unpack::unpack(archive, &name, limits, &mut |member| {
            sent = send_member(&pipe, member);
            sent.is_ok()
        });
        sent?;
        match ended {
            Ok(()) => pipe.send(Kind::Told, b""),
            Err(Stopped::NotWanted) => Ok(()),
            Err(Stopped::IsDocument) => pipe.send(Kind::Stopped, &serde_json::to_vec(&None::<Failure>)?),
            Err(Stopped::Lost { kind, message }) => {
                pipe.send(Kind::Stopped, &serde_json::to_vec(&Some(Failure { kind, message }))?)
            }
        }
    })
}

fn archive(mut file: File, max_bytes: u64) -> io::Result<Archive> {
    if file.stream_position().is_ok() {
        return Ok(Archive::File(file));
    }
    let mut bytes = Vec::new();
    file.take(max_bytes.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(Archive::Bytes(bytes))
}

fn send_member(pipe: &Pipe, Member { name, content }: Member) -> io::Result<()> {
    let listed = match &content {
        Content::Document(bytes) => Listed::Document { bytes: bytes.len() as u64 },
        Content::Skipped => Listed::Skipped,
        Content::Lost { kind, message } => Listed::Lost(Failure { kind: *kind, message: message.clone() }),
    };
    let told = serde_json::to_vec(&(name, listed))?;
    let Content::Document(bytes) = content else { return pipe.send(Kind::Member, &told) };
    pipe.put(Kind::Member, &told)?;
    pipe.send(Kind::MemberBytes, &bytes)
}
