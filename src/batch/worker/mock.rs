//! What documents could do, done on purpose: for `hicm doctor`, which shows that each is caught. A worker does it only when the
//! program that starts it says so before the first document; nothing in a document leads here.

use std::fs;
use std::hint;
use std::io;
use std::net::TcpListener;
use std::process;
use std::process::Command;
use std::thread;
use std::time::Duration;

use serde::Deserialize;
use serde::Serialize;

use super::frame::Kind;
use super::serve::Failure;
use crate::batch::convert::crashed;
use crate::batch::convert::guarded;
use crate::model::document::ErrorKind;

/// What a document does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mock {
    /// Nothing ever again.
    Hang,
    /// A panic.
    Panic,
    /// Ends the process.
    Abort,
    /// Overflows the stack.
    Overflow,
    /// Takes all memory.
    Memory,
    /// Tries what it must not be able to do, and tells.
    Probe,
}

impl Mock {
    /// All that do harm.
    pub const HARMFUL: [Self; 5] = [Self::Hang, Self::Panic, Self::Abort, Self::Overflow, Self::Memory];

    /// What it does, in words.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hang => "hangs",
            Self::Panic => "panics",
            Self::Abort => "aborts",
            Self::Overflow => "overflows the stack",
            Self::Memory => "takes all memory",
            Self::Probe => "probes",
        }
    }
}

/// What a probe was able to do from inside the sandbox.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each answers a question of its own")]
pub struct Probe {
    /// It opened a file.
    pub read_file: bool,
    /// It wrote a file.
    pub wrote_file: bool,
    /// It opened a socket.
    pub opened_socket: bool,
    /// It started a program.
    pub started_program: bool,
    /// It got more memory than the limit.
    pub took_memory: bool,
}

/// Does it.
pub(super) fn act(mock: Mock, send: &mut dyn FnMut(Kind, &[u8]) -> io::Result<()>) -> io::Result<()> {
    match mock {
        Mock::Hang => loop {
            thread::sleep(Duration::from_secs(1));
        },
        Mock::Panic => {
            let nothing: Option<u8> = hint::black_box(None);
            let caught = guarded(|| assert!(nothing.is_some(), "a document that panics"));
            let message = crashed("the document", &caught.err().unwrap_or_default());
            let failure = Failure { kind: ErrorKind::Crashed, message };
            send(Kind::Failed, &serde_json::to_vec(&failure)?)
        }
        Mock::Abort => process::abort(),
        Mock::Overflow => {
            hint::black_box(deeper(hint::black_box(1)));
            Ok(())
        }
        Mock::Memory => {
            let mut taken: Vec<Vec<u8>> = Vec::new();
            loop {
                taken.push(hint::black_box(vec![0; 16 << 20]));
            }
        }
        Mock::Probe => send(Kind::Probed, &serde_json::to_vec(&probe())?),
    }
}

/// Calls itself until the stack is full. What it returns depends on the call, so that it cannot become a loop.
fn deeper(depth: u64) -> u64 {
    let frame = hint::black_box([depth; 64]);
    if frame[1] == 0 { 0 } else { deeper(depth + 1) ^ hint::black_box(frame)[2] }
}

fn probe() -> Probe {
    let file = std::env::temp_dir().join(format!("hicm-probe-{}", process::id()));
    let wrote_file = fs::write(&file, "probe").is_ok();
    // It is there only where it could be written.
    let _ = fs::remove_file(&file);
    Probe {
        read_file: fs::read_dir("/").is_ok() || fs::read("/etc/hostname").is_ok(),
        wrote_file,
        opened_socket: TcpListener::bind("127.0.0.1:0").is_ok(),
        started_program: Command::new("/bin/true").status().is_ok(),
        took_memory: Vec::<u8>::new().try_reserve_exact(64 << 30).is_ok(),
    }
}
