//! Ends a worker that takes too long, or that nobody waits for any more.

use std::io;
use std::process::Child;
use std::process::ExitStatus;
use std::sync::Arc;
use std::sync::Condvar;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::thread;
use std::thread::JoinHandle;
use std::time::Duration;
use std::time::Instant;

/// How often a watch looks whether the run has come to its end: less than people notice.
pub(super) const LOOK: Duration = Duration::from_millis(50);

/// How long a process that has closed its pipe, or does not keep to the protocol, is given to end by itself: how it ends tells
/// what happened to it.
const PATIENCE: u32 = 200;
const STEP: Duration = Duration::from_millis(5);

/// Watches one process, from a thread of its own.
#[derive(Debug)]
pub(super) struct Watch {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    halted: Arc<AtomicBool>,
}

#[derive(Debug)]
struct State {
    child: Child,
    /// When to end the process; `None` while nothing is asked of it.
    deadline: Option<Instant>,
    /// Whether it was ended because its time was up.
    late: bool,
    closed: bool,
}

impl Watch {
    /// Watches `child`; ends it as soon as `halted` is set.
    pub(super) fn start(child: Child, halted: &Arc<AtomicBool>) -> io::Result<Self> {
        let state = Mutex::new(State { child, deadline: None, late: false, closed: false });
        let shared = Arc::new(Shared { state, changed: Condvar::new(), halted: Arc::clone(halted) });
        let watched = Arc::clone(&shared);
        match thread::Builder::new().name("watch".to_owned()).spawn(move || watched.watch()) {
            Ok(thread) => Ok(Self { shared, thread: Some(thread) }),
            Err(error) => {
                Shared::kill(&mut shared.state());
                Err(error)
            }
        }
    }

    /// Gives the process `time` from now.
    pub(super) fn arm(&self, time: Duration) {
        // A time too far away to be told is no limit.
        self.shared.state().deadline = Instant::now().checked_add(time);
        // It looks often enough by itself for all but the shortest times, and is not woken for each document.
        if time < LOOK {
            self.shared.changed.notify_one();
        }
    }

    /// Whether the run has come to its end, and nobody waits for the process any more.
    pub(super) fn is_halted(&self) -> bool {
        self.shared.halted.load(Ordering::Relaxed)
    }

    /// Lets the process be.
    pub(super) fn disarm(&self) {
        self.shared.state().deadline = None;
    }

    /// How the process ended, and whether that was because its time was up. A process that does not end soon, although it has
    /// nothing more to say, is ended, and then there is nothing to tell.
    pub(super) fn end(&self) -> (Option<ExitStatus>, bool) {
        let mut state = self.shared.state();
        for _ in 0..PATIENCE {
            if let Ok(Some(status)) = state.child.try_wait() {
                return (Some(status), state.late);
            }
            drop(state);
            thread::sleep(STEP);
            state = self.shared.state();
        }
        Shared::kill(&mut state);
        (None, state.late)
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn kill(state: &mut State) {
        // It may be gone already. Waiting takes its entry out of the table of processes.
        let _ = state.child.kill();
        let _ = state.child.wait();
    }

    fn watch(&self) {
        let mut state = self.state();
        while !state.closed {
            let now = Instant::now();
            if self.halted.load(Ordering::Relaxed) {
                Self::kill(&mut state);
                return;
            }
            if state.deadline.is_some_and(|deadline| deadline <= now) {
                state.late = true;
                state.deadline = None;
                Self::kill(&mut state);
            }
            let left = state.deadline.map_or(LOOK, |deadline| deadline - now).min(LOOK);
            state = self.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        Self::kill(&mut state);
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // It is ended from here: until the thread has woken, some of that is done.
        let mut state = self.shared.state();
        state.closed = true;
        let _ = state.child.kill();
        drop(state);
        self.shared.changed.notify_one();
        if let Some(thread) = self.thread.take() {
            // It has not panicked: nothing in it can.
            let _ = thread.join();
        }
    }
}
