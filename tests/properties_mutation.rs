//! Fixtures with a few bytes changed: whatever comes of it, it comes as lines, and nothing panics or hangs.
//!
//! This is the part of fuzzing that a stable compiler can do within a test run; `fuzz/` has the rest. `HICM_MUTATION_SECONDS`
//! lets it run longer.

mod support;

use std::fs;
use std::time::Duration;
use std::time::Instant;

use hicm::model::document::Status;
use hicm::sinks::JsonLines;
use hicm::sinks::Output;
use proptest::prelude::*;
use proptest::test_runner::Config;
use proptest::test_runner::TestRunner;
use support::ENGINE;
use support::Fixture;

/// Time that all cases together take unless told.
const SECONDS: u64 = 10;

/// Time in which a fixture with a few bytes changed must be converted, with a compiler that does not optimise, on a busy
/// machine.
const MOST_TIME: Duration = Duration::from_secs(20);

/// A change to some bytes; places are shares of the document's length.
#[derive(Clone, Debug)]
enum Mutation {
    Set(f64, u8),
    Flip(f64, u8),
    Remove(f64, usize),
    Repeat(f64, usize, usize),
    Insert(f64, Vec<u8>),
    Cut(f64),
}

/// Bytes that mean something to one reader or another.
const TOKENS: [&[u8]; 14] = [
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"<table>",
    b"</td>",
    b"<tr",
    b"rowspan=\"65535\"",
    b"|",
    b"\t\t",
    b"\"",
    b"\r",
    b"&#x110000;",
    b"99999999999999999999",
    b"\xf0\x9f",
];

fn mutation() -> impl Strategy<Value = Mutation> {
    let place = || 0.0..1.0_f64;
    prop_oneof![
        (place(), any::<u8>()).prop_map(|(at, byte)| Mutation::Set(at, byte)),
        (place(), 0..8_u8).prop_map(|(at, bit)| Mutation::Flip(at, bit)),
        (place(), 1..400_usize).prop_map(|(at, count)| Mutation::Remove(at, count)),
        (place(), 1..200_usize, 2..20_usize).prop_map(|(at, count, times)| Mutation::Repeat(at, count, times)),
        (place(), prop::sample::select(TOKENS.to_vec())).prop_map(|(at, token)| Mutation::Insert(at, token.to_vec())),
        place().prop_map(Mutation::Cut),
    ]
}

#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::cast_sign_loss, reason = "a share of a length")]
fn offset(bytes: &[u8], share: f64) -> usize {
    (bytes.len() as f64 * share) as usize
}

fn mutate(bytes: &mut Vec<u8>, mutation: &Mutation) {
    match mutation {
        Mutation::Set(at, byte) => {
            let at = offset(bytes, *at);
            bytes.iter_mut().skip(at).take(1).for_each(|found| *found = *byte);
        }
        Mutation::Flip(at, bit) => {
            let at = offset(bytes, *at);
            bytes.iter_mut().skip(at).take(1).for_each(|found| *found ^= 1 << bit);
        }
        Mutation::Remove(at, count) => {
            let at = offset(bytes, *at);
            bytes.drain(at..(at + count).min(bytes.len()));
        }
        Mutation::Repeat(at, count, times) => {
            let at = offset(bytes, *at);
            let part = bytes[at..(at + count).min(bytes.len())].repeat(*times);
            bytes.splice(at..at, part);
        }
        Mutation::Insert(at, token) => {
            let at = offset(bytes, *at);
            bytes.splice(at..at, token.iter().copied());
        }
        Mutation::Cut(at) => bytes.truncate(offset(bytes, *at)),
    }
}

#[test]
fn changed_fixtures_give_lines_and_no_panic() {
    let seconds = std::env::var("HICM_MUTATION_SECONDS").ok().and_then(|seconds| seconds.parse().ok()).unwrap_or(SECONDS);
    let until = Instant::now() + Duration::from_secs(seconds);
    let fixtures: Vec<(String, Vec<u8>)> =
        Fixture::all().into_iter().map(|fixture| (fixture.name(), fs::read(&fixture.source).expect("a source"))).collect();
    let cases = (0..fixtures.len(), prop::collection::vec(mutation(), 1..6));
    let mut runner = TestRunner::new(Config { cases: u32::MAX, failure_persistence: None, ..Config::default() });
    while Instant::now() < until {
        runner = TestRunner::new_with_rng(Config { cases: 8, failure_persistence: None, ..Config::default() }, runner.new_rng());
        let tested = runner.run(&cases, |(index, mutations)| {
            let (name, mut bytes) = fixtures[index].clone();
            mutations.iter().for_each(|mutation| mutate(&mut bytes, mutation));
            let begun = Instant::now();
            let lines = || Some(JsonLines::new(Vec::new()));
            let mut output = Output { records: lines(), documents: lines(), audit: lines() };
            let line = ENGINE.convert(&name, &bytes, &mut output).expect("memory takes all");
            prop_assert!(begun.elapsed() < MOST_TIME, "{name} took {:?}", begun.elapsed());
            let records = output.records.expect("records").finish().expect("memory takes all");
            let count = records.split(|byte| *byte == b'\n').count() as u64 - 1;
            prop_assert_eq!(count, line.items);
            prop_assert_eq!(line.error.is_some(), line.status == Status::Failed);
            Ok(())
        });
        tested.unwrap_or_else(|failure| panic!("{failure}"));
    }
}
