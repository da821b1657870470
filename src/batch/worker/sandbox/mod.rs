//! What a worker puts on itself before it sees the first byte of a document.
//!
//! Limits on memory and files hold on every Unix; on Linux, Landlock takes away the file system and the network, and a filter
//! ([`calls`]) leaves only the system calls that converting a document needs. Each is tried; what the kernel refuses is told.

#[cfg(target_os = "linux")]
mod calls;

use serde::Deserialize;
use serde::Serialize;

/// Whether a part of the protection is on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    /// It is.
    On,
    /// In part; what is missing.
    Partly(String),
    /// It is not; why.
    Off(String),
}

impl Default for Part {
    fn default() -> Self {
        Self::Off("this system has nothing of the kind".to_owned())
    }
}

#[cfg(unix)]
impl Part {
    fn of<E: std::fmt::Display>(result: Result<(), E>) -> Self {
        result.map_or_else(|error| Self::Off(error.to_string()), |()| Self::On)
    }
}

/// How far a worker, or a helper, is protected.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Protection {
    /// It can take no more memory than the limit (`RLIMIT_AS`).
    pub memory: Part,
    /// It cannot open files (a helper: write them) or connect (Landlock).
    pub files: Part,
    /// It cannot make system calls that its work does not need (seccomp).
    pub calls: Part,
}

impl Protection {
    /// The parts by name.
    #[must_use]
    pub fn parts(&self) -> [(&'static str, &Part); 3] {
        [("memory limit", &self.memory), ("files and network (Landlock)", &self.files), ("system calls (seccomp)", &self.calls)]
    }

    /// The parts that are not on, and why.
    pub(super) fn missing(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.parts().into_iter().filter_map(|(name, part)| match part {
            Part::On => None,
            Part::Partly(why) | Part::Off(why) => Some((name, why.as_str())),
        })
    }
}

/// Puts limits on this process: on its memory, on files (it can write none) and on dumps; and ends it with the program that
/// started it.
#[cfg(unix)]
pub(super) fn limit(max_memory: u64) -> Part {
    use rustix::process::Resource;
    use rustix::process::Rlimit;
    use rustix::process::setrlimit;

    let at_most = |resource, bytes| setrlimit(resource, Rlimit { current: Some(bytes), maximum: Some(bytes) });
    #[cfg(target_os = "linux")]
    // Where the kernel refuses, the end of the pipe still ends an idle worker, and the watch a busy one.
    let _ = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL));
    // What these forbid the other parts forbid too.
    let _ = at_most(Resource::Core, 0);
    let _ = at_most(Resource::Fsize, 0);
    Part::of(at_most(Resource::As, max_memory))
}

/// Whether the stack of the first thread may grow to so many bytes.
pub(super) fn has_stack(bytes: usize) -> bool {
    #[cfg(unix)]
    return rustix::process::getrlimit(rustix::process::Resource::Stack).current.is_none_or(|most| most >= bytes as u64);
    #[cfg(not(unix))]
    {
        let _ = bytes;
        false
    }
}

/// Nothing of the kind.
#[cfg(not(unix))]
pub(super) fn limit(_: u64) -> Part {
    Part::default()
}

/// Puts on this process what a helper program, such as the one that reads words in pictures, is to run under: limits, no
/// writing to files and no network. It may read files and start programs, for it could not work without. What the kernel
/// refuses is left out: a program of the system's is trusted more than a document.
#[cfg(unix)]
pub(super) fn limit_helper(max_memory: u64) -> Protection {
    let memory = limit(max_memory);
    #[cfg(target_os = "linux")]
    return Protection { memory, files: files(true), calls: Part::of(calls::filter_of_helper()) };
    #[cfg(not(target_os = "linux"))]
    Protection { memory, ..Protection::default() }
}

/// Enters the sandbox, which holds for this thread and all that are begun from it, and cannot be left. `memory` is what
/// [`limit`] gave. No thread can be begun in it but those of `begin`: Landlock goes over to threads that are begun under it,
/// and the filter of system calls, which lets none be begun, holds for all that are there.
#[cfg(target_os = "linux")]
pub(super) fn enter<T>(memory: Part, begin: impl FnOnce() -> T) -> (Protection, T) {
    let files = files(false);
    let begun = begin();
    (Protection { memory, files, calls: Part::of(calls::filter()) }, begun)
}

/// There is no sandbox here.
#[cfg(not(target_os = "linux"))]
pub(super) fn enter<T>(memory: Part, begin: impl FnOnce() -> T) -> (Protection, T) {
    (Protection { memory, ..Protection::default() }, begin())
}

/// Takes away the file system (with `may_read`, writing to it), the network and signals to other processes; files that are open
/// stay so.
#[cfg(target_os = "linux")]
fn files(may_read: bool) -> Part {
    use landlock::ABI;
    use landlock::Access;
    use landlock::AccessFs;
    use landlock::AccessNet;
    use landlock::Ruleset;
    use landlock::RulesetAttr;
    use landlock::RulesetCreatedAttr;
    use landlock::RulesetError;
    use landlock::RulesetStatus;
    use landlock::Scope;

    // The newest that the crate knows; what an older kernel does not know is left out of the ruleset.
    let abi = ABI::V6;
    let restrict = || -> Result<RulesetStatus, RulesetError> {
        let ruleset = Ruleset::default().handle_access(AccessFs::from_all(abi))?;
        let ruleset = ruleset.handle_access(AccessNet::from_all(abi))?.scope(Scope::from_all(abi))?;
        let roots = may_read.then_some("/");
        let readable = landlock::path_beneath_rules(roots, AccessFs::from_read(abi));
        Ok(ruleset.create()?.add_rules(readable)?.restrict_self()?.ruleset)
    };
    match restrict() {
        Ok(RulesetStatus::FullyEnforced) => Part::On,
        Ok(RulesetStatus::PartiallyEnforced) => Part::Partly("this kernel's Landlock is of an older version".to_owned()),
        Ok(RulesetStatus::NotEnforced) => Part::Off("this kernel has no Landlock".to_owned()),
        Err(error) => Part::Off(error.to_string()),
    }
}
