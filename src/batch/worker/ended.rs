//! What the end of a worker says about the document that it had.

use std::process::ExitStatus;
use std::time::Duration;

use crate::model::document::ErrorKind;

/// What Rust's runtime says on standard error before it aborts: for a failed allocation (`alloc::handle_alloc_error`), and for
/// a stack overflow (`std::sys::stack_overflow`).
pub(super) const NO_MEMORY: &str = "memory allocation of ";
const OVERFLOWED: &str = "has overflowed its stack";

/// The limits that a worker was under.
#[derive(Clone, Copy, Debug)]
pub(super) struct Under {
    pub(super) timeout: Duration,
    pub(super) max_memory: u64,
}

/// What kind of failure it was that ended a worker on the document `name`, in words that are the same on every machine. `said`
/// is the last that it wrote to standard error.
pub(super) fn told(name: &str, status: Option<ExitStatus>, late: bool, said: &str, under: Under) -> (ErrorKind, String) {
    let report = "this is a fault of hicm, report it with the file";
    if late {
        let seconds = under.timeout.as_secs_f64();
        let message =
            format!("not done within {seconds} s; if the document is sound, raise the limit with --timeout, or split it");
        return (ErrorKind::Timeout, message);
    }
    if said.contains(NO_MEMORY) || killed_from_outside(status) {
        let limit = under.max_memory >> 20;
        let message = format!(
            "needed more memory than the limit of {limit} MiB; if the document is sound, raise the limit with --max-memory"
        );
        return (ErrorKind::OutOfMemory, message);
    }
    let what = if said.contains(OVERFLOWED) { "stack overflow".to_owned() } else { how(status) };
    (ErrorKind::Crashed, format!("the program crashed on {name} ({what}); {report}"))
}

#[cfg(unix)]
fn signal(status: Option<ExitStatus>) -> Option<i32> {
    status.and_then(|status| std::os::unix::process::ExitStatusExt::signal(&status))
}

#[cfg(not(unix))]
fn signal(_: Option<ExitStatus>) -> Option<i32> {
    None
}

/// SIGKILL: where we did not send it, the kernel did, which it does when the machine runs out of memory.
fn killed_from_outside(status: Option<ExitStatus>) -> bool {
    signal(status) == Some(9)
}

fn how(status: Option<ExitStatus>) -> String {
    let name = signal(status).map(|signal| match signal {
        4 => "illegal instruction".to_owned(),
        6 => "aborted".to_owned(),
        7 => "bus error".to_owned(),
        8 => "arithmetic error".to_owned(),
        11 => "segmentation fault".to_owned(),
        31 => "a system call that is not allowed".to_owned(),
        other => format!("signal {other}"),
    });
    let code = || status.and_then(|status| status.code()).map(|code| format!("exit status {code}"));
    name.or_else(code).unwrap_or_else(|| "it broke off".to_owned())
}

#[cfg(test)]
mod tests {
    #[cfg(unix)]
    use std::os::unix::process::ExitStatusExt;

    use super::*;

    #[cfg(unix)]
    const UNDER: Under = Under { timeout: Duration::from_mins(1), max_memory: 1 << 30 };

    #[cfg(unix)]
    fn told_of(raw: i32, late: bool, said: &str) -> (ErrorKind, String) {
        told("a.csv", Some(ExitStatus::from_raw(raw)), late, said, UNDER)
    }

    #[cfg(unix)]
    #[test]
    fn the_end_of_a_worker_tells_the_kind_of_failure() {
        assert_eq!(told_of(9, true, "").0, ErrorKind::Timeout);
        assert_eq!(told_of(9, false, "").0, ErrorKind::OutOfMemory);
        assert_eq!(told_of(6, false, "memory allocation of 99 bytes failed").0, ErrorKind::OutOfMemory);
        for (raw, said, what) in [
            (6, "\nthread '<unnamed>' (7) has overflowed its stack\n", "stack overflow"),
            (6, "", "aborted"),
            (11, "", "segmentation fault"),
            (3 << 8, "", "exit status 3"),
        ] {
            let (kind, message) = told_of(raw, false, said);
            assert_eq!(kind, ErrorKind::Crashed);
            assert!(message.contains(what) && message.contains("a.csv"), "{message}");
        }
    }
}
