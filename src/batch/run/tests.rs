use super::*;
use crate::batch::Stream;
use crate::model::document::Status;
use crate::pipeline::Recipe;

const PLAN: &str = "Change\tAction\tLead\tBy when\n1 Early discharge planning\tSet a date on admission\tWard manager\tOct 2017\n";

fn bytes(name: &str, text: &str) -> Request {
    Request::Bytes { name: name.to_owned(), bytes: text.as_bytes().to_vec() }
}

fn convert(requests: Vec<Request>, jobs: usize) -> (Vec<DocumentLine>, Vec<u8>) {
    let isolation = Isolation::in_process(&Recipe::default());
    let stop = AtomicBool::new(false);
    let jobs = NonZeroUsize::new(jobs).expect("a thread");
    let run = Run { isolation: &isolation, jobs, max_bytes: 4 << 20, kept: None, on_done: &|_, _| (), stop: &stop };
    let mut stream = Stream::new(Vec::new());
    let mut lines = Vec::new();
    run.convert(requests, &|_| false, &mut stream, &mut |line, _| lines.push(line.clone())).expect("a run");
    (lines, stream.finish().expect("bytes"))
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

/// People are told how far it is while a slow document keeps the others from their turn.
#[test]
fn what_is_done_is_told_before_its_turn() {
    let isolation = Isolation::in_process(&Recipe::default());
    let stop = AtomicBool::new(false);
    let row = "\tAgree a date of discharge with the family\tWard manager\tOct 2017\n";
    let slow = bytes("0.txt", &format!("{PLAN}{}", row.repeat(2000)));
    let requests = (1..5).map(|number| bytes(&format!("{number}.txt"), &PLAN.replace("2017", &format!("201{number}"))));
    let told = Mutex::new(Vec::new());
    let tell = |line: &DocumentLine, _: bool| told.lock().expect("a list").push(line.document.name.clone());
    let run = Run { isolation: &isolation, jobs: two(), max_bytes: 4 << 20, kept: None, on_done: &tell, stop: &stop };
    let requests = std::iter::once(slow).chain(requests).collect();
    run.convert(requests, &|_| false, &mut Stream::new(Vec::new()), &mut |_, _| ()).expect("a run");
    let told = told.into_inner().expect("a list");
    assert_eq!((told.len(), told.last().map(String::as_str)), (5, Some("0.txt")));
}

fn two() -> NonZeroUsize {
    NonZeroUsize::new(2).expect("two")
}

#[test]
fn files_without_bytes_are_each_empty() {
    let (lines, _) = convert(vec![bytes("a.txt", ""), bytes("b.txt", "")], 1);
    assert_eq!(statuses(&lines), [Status::Failed, Status::Failed]);
}

#[test]
fn a_large_document_is_written_as_a_small_one() {
    let row = "\tAgree a date of discharge with the family\tWard manager\tOct 2017\n";
    let text = format!("{PLAN}{}", row.repeat(2000));
    let requests = || vec![bytes("a.txt", PLAN), bytes("large.txt", &text), bytes("large again.txt", &text)];
    let (lines, records) = convert(requests(), 4);
    assert_eq!(statuses(&lines), [Status::Ok, Status::Ok, Status::Duplicate]);
    assert_eq!(records, convert(requests(), 1).1);
    assert_eq!(records.split(|byte| *byte == b'\n').count() as u64, lines[0].items + lines[1].items + 1);
}

#[test]
fn duplicates_are_told_by_the_order_of_the_list() {
    let requests =
        || (0..40).map(|number| bytes(&format!("{number}.txt"), &PLAN.replace("Oct", ["Oct", "Nov", "Dec"][number % 3])));
    let one = convert(requests().collect(), 1);
    for jobs in [2, 3, 8] {
        let many = convert(requests().collect(), jobs);
        assert_eq!(statuses(&many.0), statuses(&one.0));
        assert_eq!(many.1, one.1);
    }
    assert_eq!(one.0.iter().filter(|line| line.status == Status::Ok).count(), 3);
}

#[test]
fn a_stopped_run_says_so() {
    let isolation = Isolation::in_process(&Recipe::default());
    let stop = AtomicBool::new(true);
    let run =
        Run { isolation: &isolation, jobs: NonZeroUsize::MIN, max_bytes: 1 << 20, kept: None, on_done: &|_, _| (), stop: &stop };
    let ended = run.convert(vec![bytes("a.txt", PLAN)], &|_| false, &mut Stream::new(Vec::new()), &mut |_, _| ());
    assert!(matches!(ended, Err(RunError::Interrupted)));
}
