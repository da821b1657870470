//! `hicm doctor`: what protects a run here, and whether it holds.

use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use crate::batch::Isolation;
use crate::batch::Request;
use crate::batch::Run;
use crate::batch::Stream;
use crate::batch::Tesseract;
use crate::batch::Workers;
use crate::batch::worker::Mock;
use crate::batch::worker::Part;
use crate::batch::worker::Probe;
use crate::batch::worker::Protection;
use crate::cli::args::DoctorArgs;
use crate::cli::args::LoggingArgs;
use crate::cli::args::WORKER;
use crate::cli::exit::Exit;
use crate::cli::files;
use crate::cli::logging;
use crate::cli::settings;
use crate::model::document::DocumentLine;
use crate::model::document::ErrorKind;
use crate::model::document::Status;
use crate::pipeline::Recipe;

/// Limits of the self-test: a document that hangs is given up on soon, one that takes memory gets little.
const TEST_TIME: Duration = Duration::from_secs(2);
const TEST_MEMORY: u64 = 512 << 20;

/// A plan that is converted between the documents that do harm.
const PLAN: &str = "Change\tAction\tLead\tBy when\nTrusted assessors\tAgree one form\tWard manager\tOctober 2017\n";

/// What is said of one part.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Good,
    /// It would be better otherwise, but documents are converted all the same.
    Weak,
    Bad,
}

/// All that is said.
#[derive(Default)]
struct Findings {
    text: Vec<u8>,
    bad: bool,
}

impl Findings {
    fn say(&mut self, verdict: Verdict, what: &str, how: &str) {
        let mark = match verdict {
            Verdict::Good => "ok  ",
            Verdict::Weak => "weak",
            Verdict::Bad => "BAD ",
        };
        self.bad |= verdict == Verdict::Bad;
        // Memory takes all.
        let _ = writeln!(self.text, "{mark}  {what}: {how}");
    }

    fn say_result(&mut self, what: &str, result: Result<String, String>) {
        match result {
            Ok(how) => self.say(Verdict::Good, what, &how),
            Err(why) => self.say(Verdict::Bad, what, &why),
        }
    }
}

/// Looks at everything that `args` ask for.
pub(super) fn run(args: &DoctorArgs, logging: &LoggingArgs) -> anyhow::Result<Exit> {
    let mut findings = Findings::default();
    let workers = settings::workers(&args.isolation, Recipe::default(), logging);
    findings.say(Verdict::Good, "hicm", env!("CARGO_PKG_VERSION"));
    findings.say(Verdict::Good, "processors", &settings::processors().to_string());
    protection(&workers, &mut findings);
    probe(&workers, &mut findings);
    tesseract(&mut findings);
    let temporary = std::env::temp_dir();
    findings.say_result("temporary folder", writable(&temporary));
    if let Some(output) = &args.output {
        findings.say_result("output folder", writable(output));
    }
    if args.self_test {
        self_test(logging, &mut findings);
    }
    files::print(&findings.text)?;
    Ok(if findings.bad { Exit::SomeFailed } else { Exit::Success })
}

/// What a worker says that it has put on itself.
fn protection(workers: &Workers, findings: &mut Findings) {
    let protection = match workers.protection() {
        Ok(protection) => protection,
        Err(error) => return findings.say(Verdict::Bad, "worker process", &error.to_string()),
    };
    let limits = format!("{} MiB and {} s for a document", workers.max_memory >> 20, workers.timeout.as_secs_f64());
    findings.say(Verdict::Good, "worker process", &limits);
    parts(&protection, "worker's ", findings);
}

/// Which parts of a protection are on.
fn parts(protection: &Protection, whose: &str, findings: &mut Findings) {
    for (name, part) in protection.parts() {
        let what = format!("{whose}{name}");
        match part {
            Part::On => findings.say(Verdict::Good, &what, "on"),
            Part::Partly(why) => findings.say(Verdict::Weak, &what, &format!("on in part: {why}")),
            Part::Off(why) => findings.say(Verdict::Weak, &what, &format!("off: {why}")),
        }
    }
}

/// What a worker was able to do although it says that it cannot.
fn probe(workers: &Workers, findings: &mut Findings) {
    let probing = Workers { mock: Some(Mock::Probe), ..workers.clone() };
    let Probe { read_file, wrote_file, opened_socket, started_program, took_memory } = match probing.probe() {
        Ok(probe) => probe,
        Err(error) => return findings.say(Verdict::Bad, "tried from inside", &error.to_string()),
    };
    for (what, done) in [
        ("read a file", read_file),
        ("write a file", wrote_file),
        ("open a socket", opened_socket),
        ("start a program", started_program),
        ("take more memory", took_memory),
    ] {
        let what = format!("tried from inside: {what}");
        if done { findings.say(Verdict::Weak, &what, "was possible") } else { findings.say(Verdict::Good, &what, "refused") }
    }
}

/// The program that reads words in pictures, where it is there, and the limits that it runs under.
fn tesseract(findings: &mut Findings) {
    let asked = Command::new("tesseract").arg("--version").output().ok().filter(|output| output.status.success());
    let Some(version) = asked else {
        return findings.say(Verdict::Weak, "tesseract", "not found; scanned pages cannot be read");
    };
    let first = |bytes: &[u8]| String::from_utf8_lossy(bytes).lines().next().unwrap_or_default().to_owned();
    let version = Some(first(&version.stdout)).filter(|line| !line.is_empty()).unwrap_or_else(|| first(&version.stderr));
    let helper = settings::helper();
    let languages = Tesseract::new("eng").helped(helper.clone()).languages().unwrap_or_default();
    let english = if languages.iter().any(|language| language == "eng") { Verdict::Good } else { Verdict::Weak };
    findings.say(english, "tesseract", &format!("{version}, languages {}", languages.join(" ")));
    match helper.protection() {
        Ok(protection) => parts(&protection, "tesseract's ", findings),
        Err(error) => findings.say(Verdict::Weak, "tesseract's limits", &format!("cannot be told: {error}")),
    }
}

fn writable(folder: &Path) -> Result<String, String> {
    let shown = folder.display();
    // An output folder is made at the first run; what must be there is the nearest one above it.
    let there = folder.ancestors().find(|folder| folder.is_dir()).unwrap_or(Path::new("."));
    let there = if there.as_os_str().is_empty() { Path::new(".") } else { there };
    match tempfile::tempfile_in(there) {
        Ok(_) => Ok(format!("{shown} can be written")),
        Err(error) => Err(format!("{shown} cannot be written ({error}); check its permissions and the room on its disk")),
    }
}

/// Lets documents do harm, and shows that each ends as it should and the next one is converted.
fn self_test(logging: &LoggingArgs, findings: &mut Findings) {
    for mock in Mock::HARMFUL {
        let kind = match mock {
            Mock::Hang => ErrorKind::Timeout,
            Mock::Memory => ErrorKind::OutOfMemory,
            _ => ErrorKind::Crashed,
        };
        let what = format!("a document that {}", mock.as_str());
        let result = converted(Some(mock), logging).and_then(|line| match line.error {
            Some(error) if error.kind == kind => Ok(format!("caught ({})", error.message)),
            Some(error) => Err(format!("ended as {:?} and not {kind:?}: {}", error.kind, error.message)),
            None => Err("was not caught".to_owned()),
        });
        findings.say_result(&what, result);
    }
    let plan = converted(None, logging).and_then(|line| match (line.status, line.items) {
        (Status::Ok, 1) => Ok("converted".to_owned()),
        (status, items) => Err(format!("ended as {status:?} with {items} items")),
    });
    findings.say_result("a document that does no harm", plan);
}

/// What becomes of a document that does what `mock` says.
fn converted(mock: Option<Mock>, logging: &LoggingArgs) -> Result<DocumentLine, String> {
    let arguments = logging::arguments(WORKER, logging);
    let default = Workers::of_this_program(Recipe::default(), arguments);
    let timeout = if mock == Some(Mock::Hang) { TEST_TIME } else { default.timeout };
    let workers = Workers { timeout, max_memory: TEST_MEMORY, mock, ..default };
    let isolation = Isolation::Workers(Arc::new(workers));
    let stop = AtomicBool::new(false);
    let jobs = std::num::NonZeroUsize::MIN;
    let run = Run { isolation: &isolation, jobs, max_bytes: 1 << 20, kept: None, on_done: &|_, _| (), stop: &stop };
    let requests = vec![Request::Bytes { name: "plan.txt".to_owned(), bytes: PLAN.as_bytes().to_vec() }];
    let mut told = None;
    let ended = run.convert(requests, &|_| false, &mut Stream::new(std::io::sink()), &mut |line, _| told = Some(line.clone()));
    ended.map_err(|error| error.to_string())?;
    told.ok_or_else(|| "gave no line".to_owned())
}
