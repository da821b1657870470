//! Ratios of whole runs of the program: two jobs to one, also behind a slow document, workers to none, ten and a hundred times as
//! many documents, the same again, with documents that do harm beside them, runs that are killed and go on, and the memory of
//! the program itself. A ratio says the same on every machine; one below two processors has no gain from two jobs.

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

/// A folder that `make` fills; made anew only where it is not there whole.
fn made(name: &str, make: impl FnOnce(&Path)) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let filled = folder.join("in");
    if !folder.join("done").exists() {
        fs::create_dir_all(&filled).expect("a folder");
        make(&filled);
        fs::write(folder.join("done"), "").expect("a file");
    }
    filled
}

/// A folder of `count` plans.
fn plans(count: usize) -> PathBuf {
    made(&format!("plans-{count}"), |folder| {
        for number in 0..count {
            let path = folder.join((number % 100).to_string());
            fs::create_dir_all(&path).expect("a folder");
            let rows: String = (0..ROWS).map(|row| ROW.replace("{}", &format!("site {number}.{row}"))).collect();
            fs::write(path.join(format!("{number}.txt")), format!("Change\tAction\tLead\tBy when\n{rows}")).expect("a file");
        }
    })
}

/// Rows of an ordinary return, and returns of a run that tells what workers cost.
const RETURN_ROWS: u32 = 50;
const RETURNS: usize = 1_000;

/// A folder of workbooks as long as a short return.
fn returns() -> PathBuf {
    made("returns", |folder| {
        for number in 0..RETURNS {
            let mut book = rust_xlsxwriter::Workbook::new();
            let sheet = book.add_worksheet();
            for (column, name) in (0..).zip(["Change", "Action", "Lead", "Organisation", "By when", "Maturity", "RAG"]) {
                sheet.write(0, column, name).expect("a cell");
            }
            for row in 1..=RETURN_ROWS {
                let action = format!("Agree one form for site {number}.{row} with every home");
                let cells =
                    ["Trusted assessors", &action, "Ward manager", "Westmarch Trust", "October 2017", "Plans in place", "Amber"];
                for (column, text) in (0..).zip(cells) {
                    sheet.write(row, column, text).expect("a cell");
                }
            }
            book.save(folder.join(format!("{number}.xlsx"))).expect("a file");
        }
    })
}

/// Ordinary plans beside the documents that do harm.
const ORDINARY: usize = 200;

/// Rows of a document that takes as long as some thousand plans.
const SLOW_ROWS: usize = 60_000;

/// A plan that keeps the others from their turn.
fn slow() -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("slow.txt");
    let rows: String = (0..SLOW_ROWS).map(|row| ROW.replace("{}", &format!("site {row}"))).collect();
    fs::write(&path, format!("Change\tAction\tLead\tBy when\n{rows}")).expect("a file");
    path
}

/// Runs that are cut short so many times each before they may go on to their end.
const ROUNDS: u32 = 25;
const KILLS: u32 = 4;

/// How many of so many runs, each killed at moments that only look like chance, ended with the same three files as one that
/// was not.
fn same_after_kills(input: &Path) -> u32 {
    let jobs = ["--jobs", "2"];
    let whole = run(input, false, &jobs);
    let expected = files();
    let mut state = 1_u32;
    let mut moment = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        whole.time * (state >> 16) / (1 << 16)
    };
    let same = (0..ROUNDS).filter(|_| {
        for kill in 0..KILLS {
            run_for(Some(moment()), input, kill > 0, &jobs);
        }
        run(input, true, &jobs);
        files() == expected
    });
    u32::try_from(same.count()).expect("few")
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

/// The three files of the last run.
fn files() -> [Vec<u8>; 3] {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("batch-out");
    ["records.jsonl", "documents.jsonl", "audit.jsonl"].map(|name| fs::read(folder.join(name)).expect("a file"))
}

/// Whether the last run has a line for each of its inputs, and `ordinary`, the files of a run without some of them, stand in its
/// files line by line.
fn has_all(ordinary: &[Vec<u8>; 3], inputs: usize) -> bool {
    let with_harmful = files();
    let lines = |bytes: &[u8]| bytes.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect::<Vec<_>>();
    let stands = |few: &[u8], many: &[u8]| {
        let mut many = lines(many).into_iter();
        lines(few).iter().all(|line| many.any(|other| other == *line))
    };
    let all = ordinary.iter().zip(&with_harmful).all(|(few, many)| stands(few, many));
    all && lines(&with_harmful[1]).len() == inputs + 1
}

/// What a run took.
struct Took {
    time: Duration,
    /// Most memory of the program itself, without its workers, in KiB; 0 where the system does not tell.
    memory: u64,
}

fn run_both(one: &Path, other: &Path, arguments: &[&str]) -> Took {
    run(one, false, &[&[other.to_str().expect("a path")], arguments].concat())
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
    let ordinary = plans(ORDINARY);
    let alone = run(&ordinary, false, &["--jobs", "2"]);
    let undisturbed = files();
    let harmful = run_both(&ordinary, &hostile(), &["--jobs", "2"]);
    let has_all = has_all(&undisturbed, ORDINARY + 5 * HARMFUL);
    let slow = slow();
    let behind = ["1", "2"].map(|jobs| run_both(&slow, &many, &["--jobs", jobs]));
    let returns = returns();
    let here = fastest(&returns, &["--jobs", "2", "--in-process"]);
    let in_workers = fastest(&returns, &["--jobs", "2"]);
    let small_here = fastest(&few, &["--jobs", "2", "--in-process"]);
    let large = run(&many, false, &["--jobs", "2"]);
    let again = run(&many, true, &["--jobs", "2"]);
    let same = same_after_kills(&few);
    let killed = run_for(Some(large.time / 2), &many, false, &["--jobs", "2"]);
    let gone_on = run(&many, true, &["--jobs", "2"]);
    let largest = run(&most, false, &["--jobs", "2"]);
    println!("two jobs are {:.2} times as fast as one", share(&one, &two));
    println!("behind a slow document they are {:.2} times as fast", share(&behind[0], &behind[1]));
    println!(
        "workers take {:.1} % more time than this process alone for returns of {RETURN_ROWS} rows, {:.1} % for plans of {ROWS}",
        (share(&in_workers, &here) - 1.0) * 100.0,
        (share(&two, &small_here) - 1.0) * 100.0
    );
    let said = if has_all { "every line of theirs is the same" } else { "their lines are not the same, which is a fault" };
    println!(
        "{} documents that do harm beside {ORDINARY} ordinary ones take {:.1} times their time; {said}",
        5 * HARMFUL,
        share(&harmful, &alone)
    );
    println!("of {ROUNDS} runs that were killed {KILLS} times each and went on, {same} ended as one that was not");
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
