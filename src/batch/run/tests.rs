use std::path::PathBuf;
use std::sync::Arc;

use super::*;
use crate::model::document::Status;
use crate::model::vocabulary::Vocabulary;
use crate::readers::Options;

const PLAN: &str = "Change\tAction\tLead\tBy when\n1 Early discharge planning\tSet a date on admission\tWard manager\tOct 2017\n";

fn bytes(name: &str, text: &str) -> Input {
    Input { name: name.to_owned(), origin: Origin::Bytes(text.as_bytes().to_vec()) }
}

fn convert(inputs: Vec<Input>, jobs: usize) -> (Vec<DocumentLine>, Vec<u8>) {
    let engine = Engine::new(Arc::new(Vocabulary::embedded().clone()), Options::default());
    let stop = AtomicBool::new(false);
    let jobs = NonZeroUsize::new(jobs).expect("a thread");
    let run = Run { engine: &engine, jobs, max_bytes: 1 << 20, stop: &stop };
    let mut output = Output { records: Some(JsonLines::new(Vec::new())), documents: None, audit: None };
    let mut lines = Vec::new();
    run.convert(inputs, &mut output, &mut |line| lines.push(line.clone())).expect("a run");
    (lines, output.records.expect("records").finish().expect("bytes"))
}

fn statuses(lines: &[DocumentLine]) -> Vec<Status> {
    lines.iter().map(|line| line.status).collect()
}

#[test]
fn the_same_bytes_count_once() {
    let (lines, records) = convert(vec![bytes("a.txt", PLAN), bytes("b.txt", PLAN)], 2);
    assert_eq!(statuses(&lines), [Status::Ok, Status::Duplicate]);
    assert_eq!(lines[1].duplicate_of, lines[0].document.id);
    let once = convert(vec![bytes("a.txt", PLAN)], 1).1;
    assert_eq!(String::from_utf8_lossy(&records), String::from_utf8_lossy(&once));
}

#[test]
fn files_without_bytes_are_each_empty() {
    let (lines, _) = convert(vec![bytes("a.txt", ""), bytes("b.txt", "")], 1);
    assert_eq!(statuses(&lines), [Status::Failed, Status::Failed]);
}

#[test]
fn a_file_that_vanishes_fails_alone() {
    let gone = Input { name: "gone.txt".to_owned(), origin: Origin::File(PathBuf::from("no/such/gone.txt")) };
    let (lines, records) = convert(vec![gone, bytes("a.txt", PLAN)], 1);
    assert_eq!(statuses(&lines), [Status::Failed, Status::Ok]);
    assert_eq!(lines[0].error.as_ref().map(|error| error.kind), Some(ErrorKind::NotFound));
    assert!(!records.is_empty());
}

#[test]
fn a_large_document_is_written_as_a_small_one() {
    let row = "\tAgree a date of discharge with the family\tWard manager\tOct 2017\n";
    let text = format!("{PLAN}{}", row.repeat(3 * usize::try_from(LARGE_BYTES).expect("a size") / row.len() / 2));
    let inputs = || vec![bytes("a.txt", PLAN), bytes("large.txt", &text), bytes("large again.txt", &text)];
    let (lines, records) = convert(inputs(), 4);
    assert_eq!(statuses(&lines), [Status::Ok, Status::Ok, Status::Duplicate]);
    assert_eq!(records, convert(inputs(), 1).1);
    assert_eq!(records.split(|byte| *byte == b'\n').count() as u64, lines[0].items + lines[1].items + 1);
}

#[test]
fn a_stopped_run_says_so() {
    let engine = Engine::new(Arc::new(Vocabulary::embedded().clone()), Options::default());
    let stop = AtomicBool::new(true);
    let run = Run { engine: &engine, jobs: NonZeroUsize::MIN, max_bytes: 1 << 20, stop: &stop };
    let mut output = Output::<Vec<u8>> { records: None, documents: None, audit: None };
    let ended = run.convert(vec![bytes("a.txt", PLAN)], &mut output, &mut |_| ());
    assert!(matches!(ended, Err(RunError::Interrupted)));
}

#[test]
fn a_panic_is_caught_with_what_it_said() {
    assert_eq!(guarded(|| 1), Ok(1));
    assert_eq!(guarded(|| assert!(PLAN.is_empty(), "at row {}", 7)), Err("at row 7".to_owned()));
    let line = crashed("a.txt", "00".to_owned(), b"x", "at row 7", "");
    assert_eq!(line.status, Status::Failed);
    assert!(line.error.is_some_and(|error| error.message.contains("a.txt") && error.message.contains("at row 7")));
}

#[test]
fn portions_are_bounded_and_large_documents_stand_alone() {
    let large = "x".repeat(usize::try_from(LARGE_BYTES).expect("a size") + 1);
    let small = || bytes("small", "x");
    let mut inputs: Vec<Input> = (0..PORTION_DOCUMENTS + 3).map(|_| small()).collect();
    inputs.push(bytes("large", &large));
    inputs.push(small());
    let mut inputs = inputs.into_iter().peekable();
    let sizes = std::iter::from_fn(|| Some(take_portion(&mut inputs, NonZeroUsize::MIN).len()).filter(|count| *count > 0));
    assert_eq!(sizes.collect::<Vec<_>>(), [PORTION_DOCUMENTS, 3, 1, 1]);
}
