//! What a worker writes to standard error.

use std::collections::VecDeque;
use std::io;
use std::io::Read;
use std::io::Write;
use std::process::ChildStderr;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::thread;
use std::thread::JoinHandle;

/// Bytes that are kept: the message of a runtime that aborts is a few lines.
const KEPT_BYTES: usize = 4096;

/// The last that a worker wrote to standard error, gathered by a thread of its own.
#[derive(Debug)]
pub(super) struct Said {
    last: Arc<Mutex<VecDeque<u8>>>,
    thread: Option<JoinHandle<()>>,
}

impl Said {
    /// Gathers from `from`, and passes all of it on where `pass_on` says so.
    pub(super) fn start(mut from: ChildStderr, pass_on: bool) -> io::Result<Self> {
        let last = Arc::new(Mutex::new(VecDeque::new()));
        let gathered = Arc::clone(&last);
        let gather = move || {
            let mut buffer = [0; 1024];
            while let Ok(count @ 1..) = from.read(&mut buffer) {
                let Some(bytes) = buffer.get(..count) else { return };
                if pass_on {
                    // A closed standard error changes nothing for the run.
                    let _ = io::stderr().write_all(bytes);
                }
                let mut last = gathered.lock().unwrap_or_else(PoisonError::into_inner);
                last.extend(bytes);
                let over = last.len().saturating_sub(KEPT_BYTES);
                last.drain(..over);
            }
        };
        let thread = thread::Builder::new().name("stderr".to_owned()).spawn(gather)?;
        Ok(Self { last, thread: Some(thread) })
    }

    /// All that is kept, once the worker has ended.
    pub(super) fn text(&mut self) -> String {
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes: Vec<u8> = last.iter().copied().collect();
        String::from_utf8_lossy(&bytes).into_owned()
    }
}
