//! Ratios of whole runs of the program: two jobs to one, workers to none, ten times as many documents, the same again, and the
//! memory of the program itself. A ratio says the same on every machine; one below two processors has no gain from two jobs.

use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;
use std::thread;
use std::time::Duration;
use std::time::Instant;

/// A plan of eight rows, about as long as half a page; `{}` makes each another.
const ROW: &str = "Trusted assessors\tAgree one form for {} with every home\tWard manager, Westmarch Trust\tOctober 2017\n";
const ROWS: usize = 8;

/// Documents of the smaller and the larger run.
const FEW: usize = 1_000;
const MANY: usize = 10_000;

/// A folder of `count` plans; made anew only where it is not there.
fn plans(count: usize) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("plans-{count}"));
    if folder.join("done").exists() {
        return folder.join("in");
    }
    for number in 0..count {
        let path = folder.join("in").join((number % 100).to_string());
        fs::create_dir_all(&path).expect("a folder");
        let rows: String = (0..ROWS).map(|row| ROW.replace("{}", &format!("site {number}.{row}"))).collect();
        fs::write(path.join(format!("{number}.txt")), format!("Change\tAction\tLead\tBy when\n{rows}")).expect("a file");
    }
    fs::write(folder.join("done"), "").expect("a file");
    folder.join("in")
}

/// What a run took.
struct Took {
    time: Duration,
    /// Most memory of the program itself, without its workers, in KiB; 0 where the system does not tell.
    memory: u64,
}

fn run(input: &Path, again: bool, arguments: &[&str]) -> Took {
    let output = Path::new(env!("CARGO_TARGET_TMPDIR")).join("batch-out");
    if !again {
        let _ = fs::remove_dir_all(&output);
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_hicm"));
    command.arg("convert").arg(input).arg("-o").arg(&output).arg("-q").args(arguments).stdin(Stdio::null());
    let begun = Instant::now();
    let mut child = command.spawn().expect("the program");
    let mut memory = 0;
    while child.try_wait().expect("the program").is_none() {
        memory = memory.max(most_memory(child.id()));
        thread::sleep(Duration::from_millis(5));
    }
    Took { time: begun.elapsed(), memory }
}

/// `VmHWM` of a process (proc(5)).
fn most_memory(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// The fastest of three, which other work on the machine has disturbed least.
fn fastest(input: &Path, arguments: &[&str]) -> Took {
    let mut runs: Vec<Took> = (0..3).map(|_| run(input, false, arguments)).collect();
    runs.sort_by_key(|took| took.time);
    runs.swap_remove(0)
}

#[expect(clippy::print_stdout, reason = "a bench prints what it measured")]
fn main() {
    // `cargo test --benches` runs this too, without wanting anything measured.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let (few, many) = (plans(FEW), plans(MANY));
    let rate = |count: u32, took: &Took| f64::from(count) / took.time.as_secs_f64();
    let share = |a: &Took, b: &Took| a.time.as_secs_f64() / b.time.as_secs_f64();
    let one = fastest(&few, &["--jobs", "1"]);
    let two = fastest(&few, &["--jobs", "2"]);
    let here = fastest(&few, &["--jobs", "1", "--in-process"]);
    let large = run(&many, false, &["--jobs", "2"]);
    let again = run(&many, true, &["--jobs", "2"]);
    println!("two jobs are {:.2} times as fast as one", share(&one, &two));
    println!("workers take {:.1} % more time than this process alone", (share(&one, &here) - 1.0) * 100.0);
    println!("documents a second: {:.0} of 1,000, {:.0} of 10,000", rate(1_000, &two), rate(10_000, &large));
    println!("a second run of 10,000 takes {:.1} % of the first's time", share(&again, &large) * 100.0);
    println!("memory of the program: {} KiB for 1,000, {} KiB for 10,000", two.memory, large.memory);
}
