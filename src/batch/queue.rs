//! Between the one thread that lists and writes and the pool that converts: a window on the list of documents.
//!
//! The window begins with the next document to write and is of bounded length and memory. Several threads take the largest of
//! what waits in it, so that none begins a long document when the others are about to finish; what is done waits for its turn.
//! One thread alone gains nothing by that and takes them as they come.

use std::collections::BTreeMap;
use std::sync::Condvar;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::time::Duration;

use super::inputs::Input;
use super::lines::Finished;
use super::run::RunError;

/// Documents in the window for each thread: enough that a slow one at its head does not soon leave the others idle.
const WINDOW_PER_JOB: u64 = 32;

/// Bytes of documents that wait in memory (members of archives) above which no more are listed.
const HELD_BYTES: u64 = 64 << 20;

/// A document in the window.
pub(super) struct Job {
    /// Its place in the list, from 0.
    pub(super) index: u64,
    /// The document.
    pub(super) input: Input,
}

/// The window.
pub(super) struct Queue {
    state: Mutex<State>,
    done: Condvar,
    window: u64,
    largest_first: bool,
}

#[derive(Default)]
struct State {
    waiting: Vec<Job>,
    done: BTreeMap<u64, Result<Finished, RunError>>,
    /// Bytes of documents in memory that wait or are being converted.
    held: u64,
    listed: u64,
    written: u64,
}

impl Queue {
    pub(super) fn new(jobs: usize) -> Self {
        let window = WINDOW_PER_JOB.saturating_mul(jobs as u64);
        Self { state: Mutex::default(), done: Condvar::new(), window, largest_first: jobs > 1 }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A thread that panicked did so outside: nothing in here can.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether another document may be listed.
    pub(super) fn has_room(&self) -> bool {
        let state = self.state();
        let length = state.listed - state.written;
        length < self.window && (state.held < HELD_BYTES || length == 0)
    }

    /// Adds the next document of the list.
    pub(super) fn add(&self, input: Input) {
        let mut state = self.state();
        let index = state.listed;
        state.listed += 1;
        state.held += input.held();
        state.waiting.push(Job { index, input });
    }

    /// The document to convert next, where one waits.
    pub(super) fn take(&self) -> Option<Job> {
        let mut state = self.state();
        // Of documents of the same size the first goes first: so of the same bytes the second waits.
        let size = |job: &Job| if self.largest_first { job.input.size() } else { 0 };
        let next = state.waiting.iter().enumerate().max_by_key(|(_, job)| (size(job), u64::MAX - job.index));
        let position = next.map(|(position, _)| position)?;
        Some(state.waiting.swap_remove(position))
    }

    /// Hands back what became of the document at `index`, which held `held` bytes.
    pub(super) fn put(&self, index: u64, held: u64, finished: Result<Finished, RunError>) {
        let mut state = self.state();
        state.held -= held;
        state.done.insert(index, finished);
        self.done.notify_one();
    }

    /// Takes what became of the next document to write, where it is done within `patience`.
    pub(super) fn next_done(&self, patience: Duration) -> Option<Result<Finished, RunError>> {
        let state = self.state();
        let waited = self.done.wait_timeout_while(state, patience, |state| !state.done.contains_key(&state.written));
        let mut state = waited.unwrap_or_else(PoisonError::into_inner).0;
        let index = state.written;
        let finished = state.done.remove(&index)?;
        state.written += 1;
        Some(finished)
    }

    /// Takes what became of a document further down the list, where that is one that `wanted` holds for. It is to be handed
    /// back with [`Self::put_back`].
    pub(super) fn take_ahead(&self, wanted: impl Fn(&Finished) -> bool) -> Option<(u64, Finished)> {
        let mut state = self.state();
        let is_wanted = |done: &Result<Finished, RunError>| done.as_ref().is_ok_and(&wanted);
        let index = state.done.iter().find(|(_, done)| is_wanted(done)).map(|(index, _)| *index)?;
        state.done.remove(&index)?.ok().map(|finished| (index, finished))
    }

    /// Hands back what [`Self::take_ahead`] gave.
    pub(super) fn put_back(&self, index: u64, finished: Finished) {
        self.state().done.insert(index, Ok(finished));
    }

    /// Whether all that was listed is written.
    pub(super) fn is_empty(&self) -> bool {
        let state = self.state();
        state.listed == state.written
    }
}

#[cfg(test)]
mod tests {
    use super::super::inputs::Origin;
    use super::*;

    fn input(name: &str, size: usize) -> Input {
        Input { name: name.to_owned(), origin: Origin::Bytes(vec![b'x'; size]) }
    }

    #[test]
    fn the_largest_goes_first_and_equals_in_order() {
        for (jobs, order) in [(2, ["b", "d", "c", "a"]), (1, ["a", "b", "c", "d"])] {
            let queue = Queue::new(jobs);
            for (name, size) in [("a", 1), ("b", 5), ("c", 3), ("d", 5)] {
                queue.add(input(name, size));
            }
            let taken: Vec<String> = (0..4).filter_map(|_| queue.take()).map(|job| job.input.name).collect();
            assert_eq!(taken, order);
            assert!(queue.take().is_none());
        }
    }

    #[test]
    fn the_window_is_bounded() {
        let queue = Queue::new(1);
        let mut listed = 0;
        while queue.has_room() {
            queue.add(input("a", 1));
            listed += 1;
        }
        assert_eq!(listed, WINDOW_PER_JOB);
        let queue = Queue::new(1);
        queue.add(input("large", usize::try_from(HELD_BYTES).expect("a size")));
        assert!(!queue.has_room());
    }
}
