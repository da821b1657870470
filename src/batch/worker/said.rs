//! What a worker writes to standard error.

use std::collections::VecDeque;
use std::io;
use std::io::Read;
use std::process::ChildStderr;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::thread;
use std::thread::JoinHandle;

/// Bytes that are kept: the message of a runtime that aborts is a few lines.
const KEPT_BYTES: usize = 4096;

/// Takes what a worker writes to standard error.
pub type PassOn = fn(&[u8]);

/// The last that a worker wrote to standard error, gathered by a thread of its own.
#[derive(Debug)]
pub(super) struct Said {
    last: Arc<Mutex<VecDeque<u8>>>,
    thread: Option<JoinHandle<()>>,
    passes_on: bool,
}

impl Said {
    /// Gathers from `from`, and hands all of it, whole lines at a time, to `pass_on` where there is such.
    pub(super) fn start(mut from: ChildStderr, pass_on: Option<PassOn>) -> io::Result<Self> {
        let last = Arc::new(Mutex::new(VecDeque::new()));
        let gathered = Arc::clone(&last);
        let gather = move || {
            let mut buffer = [0; 1024];
            let mut begun = Vec::new();
            while let Ok(count @ 1..) = from.read(&mut buffer) {
                let Some(bytes) = buffer.get(..count) else { return };
                if let Some(pass_on) = pass_on {
                    begun.extend_from_slice(bytes);
                    let ended = begun.iter().rposition(|byte| *byte == b'\n').map(|end| end + 1);
                    if let Some(lines) = ended.or_else(|| (begun.len() > KEPT_BYTES).then_some(begun.len())) {
                        pass_on(begun.drain(..lines).as_slice());
                    }
                }
                let mut last = gathered.lock().unwrap_or_else(PoisonError::into_inner);
                last.extend(bytes);
                let over = last.len().saturating_sub(KEPT_BYTES);
                last.drain(..over);
            }
            if let Some(pass_on) = pass_on.filter(|_| !begun.is_empty()) {
                pass_on(&begun);
            }
        };
        let thread = thread::Builder::new().name("stderr".to_owned()).spawn(gather)?;
        Ok(Self { last, thread: Some(thread), passes_on: pass_on.is_some() })
    }

    /// All that is kept, once the worker has ended.
    pub(super) fn text(&mut self) -> String {
        self.finish();
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes: Vec<u8> = last.iter().copied().collect();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Waits until the worker has ended and nothing that it wrote is left.
    fn finish(&mut self) {
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Said {
    fn drop(&mut self) {
        // Who wants to see it wants the last lines, too.
        if self.passes_on {
            self.finish();
        }
    }
}
