//! Between the one thread that lists and writes and the pool that converts: a window on the list of documents.
//!
//! Only so many documents wait to be converted, and all that waits, for a thread or for its turn to be written, takes up only
//! so much memory: a slow document at the head of the list stops the others no sooner than that. Several threads take the
//! largest of what waits, so that none begins a long document when the others are about to finish; but none is passed over by
//! more than may wait, for those behind it wait for its turn. One thread alone gains nothing by that and takes them as they
//! come.

use std::collections::BTreeMap;
use std::sync::Condvar;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::time::Duration;

use super::inputs::Input;
use super::lines::Finished;
use super::run::RunError;

/// Documents that wait for each thread: enough to find a large one among them.
const WAITING_PER_JOB: usize = 32;

/// Bytes of what waits in memory, members of archives and what is done before its turn, above which no more are listed.
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
    most_waiting: usize,
    largest_first: bool,
}

#[derive(Default)]
struct State {
    waiting: Vec<Job>,
    done: BTreeMap<u64, Result<Finished, RunError>>,
    /// Bytes in memory: of documents that wait or are being converted, and of what is done.
    held: u64,
    listed: u64,
    written: u64,
    /// Nothing more will be listed.
    closed: bool,
}

impl Queue {
    pub(super) fn new(jobs: usize) -> Self {
        let most_waiting = WAITING_PER_JOB.saturating_mul(jobs);
        Self { state: Mutex::default(), done: Condvar::new(), most_waiting, largest_first: jobs > 1 }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A thread that panicked did so outside: nothing in here can.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether another document may be listed.
    pub(super) fn has_room(&self) -> bool {
        self.has_room_in(&self.state())
    }

    fn has_room_in(&self, state: &State) -> bool {
        state.waiting.len() < self.most_waiting && (state.held < HELD_BYTES || state.listed == state.written)
    }

    /// Adds the next document of the list.
    pub(super) fn add(&self, input: Input) {
        let mut state = self.state();
        let index = state.listed;
        state.listed += 1;
        state.held += input.held();
        state.waiting.push(Job { index, input });
    }

    /// Says that nothing more will be listed.
    pub(super) fn close(&self) {
        self.state().closed = true;
    }

    /// Whether no document is left to be taken, now or later.
    pub(super) fn is_over(&self) -> bool {
        let state = self.state();
        state.closed && state.waiting.is_empty()
    }

    /// The document to convert next, where one waits.
    pub(super) fn take(&self) -> Option<Job> {
        let mut state = self.state();
        // Of documents of the same size the first goes first: so of the same bytes the second waits.
        let overdue = |job: &Job| state.listed - job.index > 2 * self.most_waiting as u64;
        let size = |job: &Job| match self.largest_first {
            true if overdue(job) => u64::MAX,
            true => job.input.size(),
            false => 0,
        };
        let next = state.waiting.iter().enumerate().max_by_key(|(_, job)| (size(job), u64::MAX - job.index));
        let position = next.map(|(position, _)| position)?;
        Some(state.waiting.swap_remove(position))
    }

    /// Hands back what became of the document at `index`, which held `held` bytes.
    pub(super) fn put(&self, index: u64, held: u64, finished: Result<Finished, RunError>) {
        let mut state = self.state();
        state.held -= held;
        state.insert(index, finished);
        self.done.notify_one();
    }

    /// Takes what became of the next document to write, where it is done within `patience`. With `more` to list, it waits only
    /// until there is room again.
    pub(super) fn next_done(&self, patience: Duration, more: bool) -> Option<Result<Finished, RunError>> {
        let state = self.state();
        let waited = self.done.wait_timeout_while(state, patience, |state| {
            !(state.done.contains_key(&state.written) || (more && self.has_room_in(state)))
        });
        let mut state = waited.unwrap_or_else(PoisonError::into_inner).0;
        let index = state.written;
        let finished = state.remove(index)?;
        state.written += 1;
        Some(finished)
    }

    /// Whether what is done before its turn, and what waits, leaves no room for more.
    pub(super) fn is_full(&self) -> bool {
        self.state().held >= HELD_BYTES
    }

    /// Takes what became of a document at `from` or further down the list, where that is one that `wanted` holds for. It is to be
    /// handed back with [`Self::put_back`].
    pub(super) fn take_ahead(&self, from: u64, wanted: impl Fn(&Finished) -> bool) -> Option<(u64, Finished)> {
        let mut state = self.state();
        let is_wanted = |done: &Result<Finished, RunError>| done.as_ref().is_ok_and(&wanted);
        let index = state.done.range(from..).find(|(_, done)| is_wanted(done)).map(|(index, _)| *index)?;
        state.remove(index)?.ok().map(|finished| (index, finished))
    }

    /// Hands back what [`Self::take_ahead`] gave.
    pub(super) fn put_back(&self, index: u64, finished: Finished) {
        self.state().insert(index, Ok(finished));
    }

    /// Whether all that was listed is written.
    pub(super) fn is_empty(&self) -> bool {
        let state = self.state();
        state.listed == state.written
    }
}

impl State {
    fn insert(&mut self, index: u64, finished: Result<Finished, RunError>) {
        self.held += held(&finished);
        self.done.insert(index, finished);
    }

    fn remove(&mut self, index: u64) -> Option<Result<Finished, RunError>> {
        let finished = self.done.remove(&index)?;
        self.held -= held(&finished);
        Some(finished)
    }
}

fn held(finished: &Result<Finished, RunError>) -> u64 {
    finished.as_ref().map_or(0, Finished::held)
}

#[cfg(test)]
mod tests {
    use super::super::inputs::Origin;
    use super::super::lines::Lines;
    use super::super::lines::Told;
    use super::*;
    use crate::pipeline;

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
            assert!(!queue.is_over(), "more may come");
            queue.add(input("e", 1));
            queue.close();
            assert!(!queue.is_over(), "one waits");
            assert!(queue.take().is_some() && queue.is_over());
        }
    }

    #[test]
    fn none_is_passed_over_for_long() {
        let queue = Queue::new(2);
        queue.add(input("small", 1));
        let mut passed = 0;
        loop {
            queue.add(input("large", 9));
            queue.add(input("large", 9));
            if queue.take().is_some_and(|job| job.index == 0) {
                break;
            }
            passed += 1;
        }
        assert!(passed < 2 * WAITING_PER_JOB, "{passed}");
    }

    fn finished(json: usize) -> Finished {
        let line = pipeline::skipped("a");
        let told = Told { line, json: vec![b' '; json] };
        Finished { told, lines: Lines::default(), key: None, kept: false, stored: false }
    }

    #[test]
    fn only_so_many_wait_for_a_thread() {
        let queue = Queue::new(1);
        let mut listed = 0;
        while queue.has_room() {
            queue.add(input("a", 1));
            listed += 1;
        }
        assert_eq!(listed, WAITING_PER_JOB);
        let queue = Queue::new(1);
        queue.add(input("large", usize::try_from(HELD_BYTES).expect("a size")));
        assert!(!queue.has_room());
    }

    #[test]
    fn a_slow_document_at_the_head_stops_the_others_only_where_memory_ends() {
        let queue = Queue::new(1);
        queue.add(input("slow", 1));
        let slow = queue.take().expect("a job");
        let mut done = 0;
        while queue.has_room() {
            queue.add(input("quick", 1));
            let job = queue.take().expect("a job");
            queue.put(job.index, 1, Ok(finished(64 << 10)));
            done += 1;
        }
        assert_eq!(done, HELD_BYTES >> 18);
        assert!(queue.is_full() && queue.next_done(Duration::ZERO, true).is_none());
        // Taken over by the writer, they make room.
        let mut from = 0;
        while let Some((index, _)) = queue.take_ahead(from, |_| true) {
            queue.put_back(index, finished(1));
            from = index + 1;
        }
        assert!(queue.has_room() && from == done + 1);
        queue.put(slow.index, 1, Ok(finished(1)));
        assert!((0..=done).all(|_| queue.next_done(Duration::ZERO, false).is_some()));
        assert!(queue.is_empty());
    }
}
