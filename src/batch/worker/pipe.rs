//! The ways between a worker and the program that started it.

use std::fs::File;
use std::io;
use std::io::BufWriter;
use std::io::Write;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;

use super::frame;
use super::frame::CHUNK_BYTES;
use super::frame::Kind;

/// A worker's way to the program that started it. What a document of ordinary length gives goes out at once, with the frame
/// that closes it: each time less that the other side is woken.
#[derive(Clone)]
pub(super) struct Pipe(Arc<Mutex<BufWriter<File>>>);

impl Pipe {
    /// To standard output.
    pub(super) fn standard_output() -> io::Result<Self> {
        let to = BufWriter::with_capacity(2 * CHUNK_BYTES, standard_output()?);
        Ok(Self(Arc::new(Mutex::new(to))))
    }

    /// Writes a frame that has time until the next that is sent.
    pub(super) fn put(&self, kind: Kind, bytes: &[u8]) -> io::Result<()> {
        frame::write(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner), kind, bytes)
    }

    /// Writes a frame that is waited for.
    pub(super) fn send(&self, kind: Kind, bytes: &[u8]) -> io::Result<()> {
        let mut to = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        frame::write(&mut *to, kind, bytes)?;
        to.flush()
    }
}

/// Bytes that a pipe holds, the most that Linux allows without a privilege (`/proc/sys/fs/pipe-max-size`, pipe(7)): a document and
/// what it gave go through without the two sides taking turns.
#[cfg(target_os = "linux")]
const PIPE_BYTES: usize = 1 << 20;

/// Lets `pipe` hold more, where the system has such a thing and allows it.
#[cfg(target_os = "linux")]
pub(super) fn widen(pipe: &impl std::os::fd::AsFd) {
    let _ = rustix::pipe::fcntl_setpipe_size(pipe, PIPE_BYTES);
}

/// Lets `pipe` hold more, where the system has such a thing and allows it.
#[cfg(not(target_os = "linux"))]
pub(super) fn widen<T>(_: &T) {}

/// Standard input as the file that it is, without a buffer of this process.
pub(super) fn standard_input() -> io::Result<File> {
    file(&io::stdin())
}

fn standard_output() -> io::Result<File> {
    file(&io::stdout())
}

#[cfg(unix)]
fn file(stream: &impl std::os::fd::AsFd) -> io::Result<File> {
    stream.as_fd().try_clone_to_owned().map(File::from)
}

#[cfg(windows)]
fn file(stream: &impl std::os::windows::io::AsHandle) -> io::Result<File> {
    stream.as_handle().try_clone_to_owned().map(File::from)
}
