//! Asks for the members of an archive one after the other.

use std::panic;
use std::panic::AssertUnwindSafe;
use std::sync::mpsc;
use std::sync::mpsc::Receiver;
use std::thread;

use super::ArchiveLimits;
use super::Member;
use super::Stopped;
use super::unpack;
use super::unpack::Archive;
use crate::model::document::ErrorKind;

/// The members of an archive in order; an error is the last.
pub(in crate::batch) type Members = Box<dyn Iterator<Item = Result<Member, Stopped>>>;

/// The members of an archive that is taken apart on a thread of this process. One member waits while another is in use.
pub(in crate::batch) fn on_thread(archive: Archive, name: String, limits: ArchiveLimits) -> Members {
    let (send, receive) = mpsc::sync_channel(0);
    let started = thread::Builder::new().name("unpack".to_owned()).spawn(move || {
        let unpacked = panic::catch_unwind(AssertUnwindSafe(|| {
            unpack::unpack(archive, &name, limits, &mut |member| send.send(Ok(member)).is_ok())
        }));
        let ended = unpacked.unwrap_or_else(|_| Err(crashed()));
        if let Err(stopped) = ended {
            // Where nobody listens, nobody is told less.
            let _ = send.send(Err(stopped));
        }
    });
    match started {
        Ok(_) => Box::new(Waiting(receive)),
        Err(error) => Box::new(std::iter::once(Err(Stopped::Lost {
            kind: ErrorKind::Unreadable,
            message: format!("the archive cannot be taken apart: no thread can be started ({error}); close other programs"),
        }))),
    }
}

fn crashed() -> Stopped {
    let message = "the program crashed on the archive; this is a fault of hicm, report it with the file";
    Stopped::Lost { kind: ErrorKind::Crashed, message: message.to_owned() }
}

/// Members that another thread sends.
struct Waiting(Receiver<Result<Member, Stopped>>);

impl Iterator for Waiting {
    type Item = Result<Member, Stopped>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.recv().ok()
    }
}
