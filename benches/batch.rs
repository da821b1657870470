//! Ratios of whole runs of the program: two jobs to one, workers to none, ten and a hundred times as many documents, the same
//! again, with documents that do harm beside them, a run that is killed half way and goes on, and the memory of the program
//! itself. A ratio says the same on every machine; one below two processors has no gain from two jobs.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;
use std::thread;
use std::time::Duration;
use std::time::Instant;

use rawzip::CompressionMethod;
use rawzip::ZipArchiveWriter;
use rawzip::path::EntryPath;

/// A plan of eight rows, about as long as half a page; `{}` makes each another.
const ROW: &str = "Trusted assessors\tAgree one form for {} with every home\tWard manager, Westmarch Trust\tOctober 2017\n";
const ROWS: usize = 8;

/// Documents of the runs.
const FEW: usize = 1_000;
const MANY: usize = 10_000;
const MOST: usize = 100_000;

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

/// Copies of each document that does harm.
const HARMFUL: usize = 5;

/// A folder of documents that do harm: packages that unpack to more than anybody has, elements and arrays in each other without
/// end, what is no document at all. None of them gives a record.
fn hostile() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile");
    fs::create_dir_all(&folder).expect("a folder");
    let blanks = vec![b' '; 400 << 20];
    let bomb = packed(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", &blanks), ("xl/worksheets/sheet1.xml", b"")]);
    let nested = format!("%PDF-1.7\n1 0 obj {} endobj\ntrailer <</Root 1 0 R>>", "[".repeat(1 << 20));
    for copy in 0..HARMFUL {
        let write = |name: &str, bytes: &[u8]| {
            // Each copy is another document.
            let bytes = [bytes, copy.to_string().as_bytes()].concat();
            fs::write(folder.join(format!("{copy}-{name}")), bytes).expect("a file");
        };
        write("bomb.xlsx", &bomb);
        write("cut.xlsx", &bomb[..bomb.len() / 2]);
        write("nested.html", "<div>".repeat(1 << 20).as_bytes());
        write("nested.pdf", nested.as_bytes());
        write("noise.xls", &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0xff, 0xff]);
    }
    folder
}

/// A zip of `files`.
fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipArchiveWriter::new(Vec::new());
    for (name, bytes) in files {
        let entry = writer.new_file(EntryPath::verbatim(name.as_bytes())).compression_method(CompressionMethod::DEFLATE);
        let (mut entry, config) = entry.start().expect("memory");
        let mut data = config.wrap(flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::fast()));
        data.write_all(bytes).expect("memory");
        let (encoder, descriptor) = data.finish().expect("memory");
        encoder.finish().expect("memory");
        entry.finish(descriptor).expect("memory");
    }
    writer.finish().expect("memory")
}

/// The records of the last run.
fn records() -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_TARGET_TMPDIR")).join("batch-out/records.jsonl")).expect("records")
}

/// What a run took.
struct Took {
    time: Duration,
    /// Most memory of the program itself, without its workers, in KiB; 0 where the system does not tell.
    memory: u64,
}

fn run(input: &Path, again: bool, arguments: &[&str]) -> Took {
    run_for(None, input, again, arguments)
}

/// A run that is killed after some time, where it takes longer.
fn run_for(most: Option<Duration>, input: &Path, again: bool, arguments: &[&str]) -> Took {
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
        if most.is_some_and(|most| begun.elapsed() >= most) {
            child.kill().expect("the program");
        }
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
    let (few, many, most) = (plans(FEW), plans(MANY), plans(MOST));
    let rate = |count: u32, took: &Took| f64::from(count) / took.time.as_secs_f64();
    let share = |a: &Took, b: &Took| a.time.as_secs_f64() / b.time.as_secs_f64();
    let one = fastest(&few, &["--jobs", "1"]);
    let two = fastest(&few, &["--jobs", "2"]);
    let undisturbed = records();
    let harmful = hostile();
    let harmful = run(&few, false, &[harmful.to_str().expect("a path"), "--jobs", "2"]);
    let disturbed = records() != undisturbed;
    let here = fastest(&few, &["--jobs", "1", "--in-process"]);
    let large = run(&many, false, &["--jobs", "2"]);
    let again = run(&many, true, &["--jobs", "2"]);
    let killed = run_for(Some(large.time / 2), &many, false, &["--jobs", "2"]);
    let gone_on = run(&many, true, &["--jobs", "2"]);
    let largest = run(&most, false, &["--jobs", "2"]);
    println!("two jobs are {:.2} times as fast as one", share(&one, &two));
    println!("workers take {:.1} % more time than this process alone", (share(&one, &here) - 1.0) * 100.0);
    let (count, said) = (5 * HARMFUL, if disturbed { "are not the same, which is a fault" } else { "are the same" });
    println!(
        "{count} documents that do harm beside them take {:.1} % more time; the records {said}",
        (share(&harmful, &two) - 1.0) * 100.0
    );
    let of_few = |count: u32, took: &Took| rate(count, took) / rate(1_000, &two) * 100.0;
    let many_rate = (of_few(10_000, &large), of_few(100_000, &largest));
    println!("documents a second: {:.0} of 1,000", rate(1_000, &two));
    println!("of that rate, a run of 10,000 has {:.0} %, one of 100,000 {:.0} %", many_rate.0, many_rate.1);
    println!("a second run of 10,000 takes {:.1} % of the first's time", share(&again, &large) * 100.0);
    println!(
        "a run of 10,000 that is killed half way and goes on takes {:.1} % of an undisturbed one's time",
        (share(&killed, &large) + share(&gone_on, &large)) * 100.0
    );
    let kib = |took: &Took| f64::from(u32::try_from(took.memory).unwrap_or(u32::MAX));
    let times = |took: &Took| kib(took) / kib(&two).max(1.0);
    println!("memory of the program: {} KiB for 1,000 documents", two.memory);
    println!("of that, a run of 10,000 takes {:.2} times as much, one of 100,000 {:.2} times", times(&large), times(&largest));
}
