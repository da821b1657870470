//! The program as its users meet it, in a folder of its own for each test.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;

use serde_json::Value;

/// The three files of an output folder.
pub(crate) const FILES: [&str; 3] = ["records.jsonl", "documents.jsonl", "audit.jsonl"];

/// A plan of two rows.
pub(crate) const PLAN: &str = "Change\tAction\tLead\tBy when\n\
                    1 Early discharge planning\tSet a date of discharge on admission\tWard manager\t31/10/2017\n\
                    5 Seven-day services\tOpen the therapy rota at weekends\tHead of therapies\tMarch 2018\n";

/// As `PLAN`, in other words.
pub(crate) const OTHER: &str = "Change,Action,Lead,By when\n\
                     Trusted assessors,Agree one form with care homes,Brokerage lead,June 2018\n\
                     Focus on choice,Print the choice leaflet,Ward manager,July 2018\n";

/// A folder of its own for one test.
pub(crate) struct Folder(pub(crate) PathBuf);

/// What a run left behind.
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Folder {
    pub(crate) fn new(test: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn with(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    /// The program with `arguments`, separated by spaces, in this folder.
    pub(crate) fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hicm"));
        command.current_dir(&self.0).args(arguments.split_whitespace()).env_remove("RUST_LOG");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub(crate) fn run(&self, arguments: &str) -> Ran {
        self.run_with(arguments, "")
    }

    pub(crate) fn run_with(&self, arguments: &str, stdin: impl AsRef<[u8]>) -> Ran {
        let mut child = self.command(arguments).spawn().unwrap();
        // A program that stops before it has read everything closes the pipe.
        let _ = child.stdin.take().unwrap().write_all(stdin.as_ref());
        let output = child.wait_with_output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    pub(crate) fn lines(&self, name: &str) -> Vec<Value> {
        lines(&fs::read_to_string(self.0.join(name)).unwrap())
    }

    /// The three files of the output folder `name`.
    pub(crate) fn files(&self, name: &str) -> [Vec<u8>; 3] {
        FILES.map(|file| fs::read(self.0.join(name).join(file)).unwrap())
    }

    /// Name, status and kind of error of each input in `out/documents.jsonl`.
    pub(crate) fn documents(&self) -> Vec<(String, String, Option<String>)> {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let of = |line: &Value| {
            let name = text(&line["document"]["name"]).unwrap();
            (name, text(&line["status"]).unwrap(), text(&line["error"]["kind"]))
        };
        self.lines("out/documents.jsonl").iter().map(of).collect()
    }
}

pub(crate) fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

pub(crate) fn row(name: &str, status: &str, kind: Option<&str>) -> (String, String, Option<String>) {
    (name.to_owned(), status.to_owned(), kind.map(str::to_owned))
}
