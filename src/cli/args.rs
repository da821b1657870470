//! What was typed, before anything is checked that clap cannot check.

use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use clap::ArgAction;
use clap::Args as ArgGroup;
use clap::Parser;
use clap::Subcommand;
use clap::ValueEnum;
use clap::ValueHint;
use clap_complete::Shell;

const EXAMPLES: &str = "\
Examples:
  hicm convert returns/ -o out             a folder of returns; records in out/records.jsonl
  hicm convert plan.csv | head -1          the first record of one plan
  find . -name '*.csv' -print0 | hicm convert --files-from - -0 -o out
  hicm match 'trusted assessors at home'   which of the eight changes a text speaks of
  hicm explain ID out                      why a record of a run is mapped as it is
  hicm dump tables plan.csv                what was found in a document
  hicm doctor --self-test                  what protects a run here, and whether it holds
  hicm schema columns duckdb               explicit column types for DuckDB's read_json

Exit status: 0 every document converted; 1 at least one failed; 2 wrong usage, or the run could
not go on; 130 after Ctrl-C or SIGTERM.";

/// Turn self-assessments and action plans against the High Impact Change Model into one auditable data set
///
/// Each row of a plan or return becomes a record: mapped to the eight changes of the model, with its cells by field, its dates,
/// levels, ratings and parties read, and with where each of these stands in the document.
#[derive(Debug, Parser)]
#[command(name = "hicm", version, after_help = EXAMPLES, infer_long_args = true)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// What to say on standard error.
    #[command(flatten)]
    pub logging: LoggingArgs,
    /// Take settings from this file instead of the nearest hicm.toml
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, global = true)]
    pub config: Option<PathBuf>,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Convert documents to records
    ///
    /// Without --output, records go to standard output as JSON Lines, in the order of the inputs. With it, the folder receives
    /// records.jsonl, documents.jsonl (one line an input, whatever happened to it) and audit.jsonl (everything that was read,
    /// and what became of it).
    Convert(ConvertArgs),
    /// Rank the eight changes for texts
    ///
    /// Each TEXT is one; without any, each line of standard input.
    Match(MatchArgs),
    /// Show why a record is mapped as it is
    ///
    /// Reads what a run with --output wrote, and needs no source: where the record stands, what it was made of, and what spoke for
    /// and against each change, as bars in nats (2.3 nats are odds of ten to one).
    Explain(ExplainArgs),
    /// Compare records with labels made by hand
    ///
    /// Accuracy by change and by basis, confusions, how far confidences can be trusted, fields, dates and values, what was lost and
    /// what was invented. A label is a line of JSON for each item: "lines", "changes" (a list), "also" (numbers that are accepted
    /// too), "fields", and where wanted "timescale", "extra", "maturity", "rag", "start", "due", "as_at", "organisations", "leads".
    Eval(EvalArgs),
    /// Show what each stage saw in a document
    Dump(DumpArgs),
    /// Print a schema of what is written, or of a model file
    Schema(SchemaArgs),
    /// Work with model files
    Model(ModelCommandArgs),
    /// Print a completion script for a shell
    ///
    /// For bash, for example: hicm completions bash > ~/.local/share/bash-completion/completions/hicm
    Completions(CompletionsArgs),
    /// Print the manual page
    Man(ManArgs),
    /// Show the settings, and where each comes from
    ///
    /// Settings are the options of convert that last: in hicm.toml (the nearest one, from the working folder upwards) as
    /// `jobs = 4`, in the environment as `HICM_JOBS=4`. What is typed counts most, then the environment, then the file.
    Config(ConfigArgs),
    /// Tell what protects a run on this machine, and whether it holds
    Doctor(DoctorArgs),
}

/// What `convert` takes.
#[derive(Debug, ArgGroup)]
pub struct ConvertArgs {
    /// Files, folders (read recursively, in the order of their names), zip archives, or - for standard input
    #[arg(value_name = "INPUT", required_unless_present = "files_from", value_hint = ValueHint::AnyPath)]
    pub inputs: Vec<PathBuf>,
    /// Write records.jsonl, documents.jsonl and audit.jsonl into this folder
    ///
    /// The folder is made where it is not there. The files get their names at the end of the run: one that stops half way
    /// leaves what an earlier run wrote, and keeps what it has done in the folder's .hicm; the same command goes on from there.
    /// Documents that have not changed since an earlier run with the same options are not converted again.
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub output: Option<PathBuf>,
    /// Take further inputs from a list, one a line; - for standard input
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub files_from: Option<PathBuf>,
    /// The list has a NUL after each input, as find -print0 writes it
    #[arg(short = '0', long, requires = "files_from")]
    pub null: bool,
    /// File name of the document on standard input; its extension helps to tell what it is
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Convert everything again, also what an earlier run into the same folder has left
    #[arg(long, requires = "output")]
    pub force: bool,
    /// Number of threads, up to 1024; as many as there are processors unless told. The output is the same for any
    #[arg(short, long, value_name = "N", value_parser = jobs)]
    pub jobs: Option<NonZeroUsize>,
    /// Password for documents that are protected by one
    #[arg(long, value_name = "PASSWORD")]
    pub password: Option<String>,
    /// How sure.
    #[command(flatten)]
    pub sure: SureArgs,
    /// Words and model.
    #[command(flatten)]
    pub model: ModelArgs,
    /// Pictures of text.
    #[command(flatten)]
    pub ocr: OcrArgs,
    /// Caps.
    #[command(flatten)]
    pub limits: LimitArgs,
    /// Where documents are converted.
    #[command(flatten)]
    pub isolation: IsolationArgs,
}

/// How sure a change must be.
#[derive(Clone, Copy, Debug, ArgGroup)]
pub struct SureArgs {
    /// Leave out changes less sure than this, 0 to 1
    ///
    /// A row that loses all its changes is unmapped. What was left out stands in its alternatives, and a diagnostic says so. A
    /// confidence is the share of such decisions that were right in documents that the program had not learned from.
    #[arg(long, value_name = "P", value_parser = probability)]
    pub min_confidence: Option<f64>,
}

/// What `match` takes.
#[derive(Debug, ArgGroup)]
pub struct MatchArgs {
    /// Texts to rank the changes for
    #[arg(value_name = "TEXT")]
    pub texts: Vec<String>,
    /// Print a line of JSON for each text, with changes and alternatives in the form of a record
    #[arg(long)]
    pub json: bool,
    /// Show what spoke for and against the change and its strongest rival, as bars in nats
    #[arg(long, conflicts_with = "json")]
    pub explain: bool,
    /// How sure.
    #[command(flatten)]
    pub sure: SureArgs,
    /// Words and model.
    #[command(flatten)]
    pub model: ModelArgs,
}

/// What `explain` takes.
#[derive(Debug, ArgGroup)]
pub struct ExplainArgs {
    /// The record's id, as records.jsonl has it
    #[arg(value_name = "RECORD_ID")]
    pub record: String,
    /// The folder of a run with --output
    #[arg(value_name = "OUT_DIR", value_hint = ValueHint::DirPath)]
    pub dir: PathBuf,
    /// Words and model.
    #[command(flatten)]
    pub model: ModelArgs,
}

/// What `eval` takes.
#[derive(Debug, ArgGroup)]
pub struct EvalArgs {
    /// Labels of the records' document; or a folder of NAME.jsonl, each for the document NAME.* or NAME_*.*
    #[arg(long, value_name = "FILE", value_hint = ValueHint::AnyPath)]
    pub labels: PathBuf,
    /// The records, as convert wrote them; or the folder that it wrote them to
    #[arg(value_name = "RECORDS", value_hint = ValueHint::AnyPath)]
    pub records: PathBuf,
    /// Print the figures as one JSON object
    #[arg(long)]
    pub json: bool,
}

/// What `model` takes.
#[derive(Debug, ArgGroup)]
pub struct ModelCommandArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: ModelCommand,
}

/// What can be done with a model file.
#[derive(Debug, Subcommand)]
pub enum ModelCommand {
    /// Say which names of a model file get in each other's way
    ///
    /// The same words under two changes, words a slip away from another change's, names that are also a header or a value, too
    /// short, or never read as what they stand for; each with its line and key. Exit status: 0 none does, 1 at least one, 2 the
    /// file cannot be used.
    Check {
        /// The file for --model
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// Print a line of JSON for each finding
        #[arg(long)]
        json: bool,
    },
}

/// What `dump` takes.
#[derive(Debug, ArgGroup)]
pub struct DumpArgs {
    /// Which stage
    #[arg(value_name = "STAGE", value_enum)]
    pub stage: Stage,
    /// The document, or - for standard input; one in an archive as returns.zip/plan.xlsx
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Print JSON: one value for tables, a line for each block or item otherwise
    #[arg(long)]
    pub json: bool,
    /// Cut lines to so many characters, 0 for never; unless told, the width of the terminal, or 120 where there is none
    #[arg(long, value_name = "N", conflicts_with = "json")]
    pub width: Option<usize>,
    /// Which page: the first unless told, or all with --json
    #[arg(long, value_name = "N")]
    pub page: Option<u32>,
    /// Write to this file
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// File name of the document on standard input; its extension helps to tell what it is
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Password for documents that are protected by one
    #[arg(long, value_name = "PASSWORD")]
    pub password: Option<String>,
    /// Words and model.
    #[command(flatten)]
    pub model: ModelArgs,
    /// Pictures of text.
    #[command(flatten)]
    pub ocr: OcrArgs,
    /// Caps.
    #[command(flatten)]
    pub limits: LimitArgs,
}

/// The stages that can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Stage {
    /// A page with its words, lines and areas, and the cells found on it: SVG, or a line of JSON for each page
    Page,
    /// The rows, cells and paragraphs that the reader saw
    Grid,
    /// The tables found in them, and what became of each line
    Tables,
    /// The changes of each item, with the evidence
    Matches,
}

/// What `schema` takes.
#[derive(Debug, ArgGroup)]
pub struct SchemaArgs {
    /// Which; the records' unless told.
    #[command(subcommand)]
    pub what: Option<SchemaCommand>,
}

/// What `schema` can print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Subcommand)]
pub enum SchemaCommand {
    /// JSON Schema of a line of records.jsonl (what is printed unless told)
    Records,
    /// JSON Schema of a line of documents.jsonl
    Documents,
    /// JSON Schema of a line of audit.jsonl
    Audit,
    /// JSON Schema of a file for --model
    Model,
    /// Explicit column types for an engine that would otherwise guess them
    Columns {
        /// The engine that will read the file
        #[arg(value_enum)]
        engine: ColumnEngine,
        /// The file whose columns are listed
        #[arg(value_enum, default_value_t = OutputFile::Records)]
        file: OutputFile,
    },
}

/// Engines with a column list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ColumnEngine {
    /// A JSON object from column to type, the columns of its JSON reader
    Duckdb,
    /// A schema in its data definition language
    Spark,
}

/// The files that are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OutputFile {
    /// One line an item
    Records,
    /// One line an input
    Documents,
    /// One line a block of a document
    Audit,
}

/// What `completions` takes.
#[derive(Debug, ArgGroup)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub shell: Shell,
}

/// What `man` takes.
#[derive(Debug, ArgGroup)]
pub struct ManArgs {
    /// Write hicm.1 and a page for each subcommand into this folder instead
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub dir: Option<PathBuf>,
}

/// What `config` takes.
#[derive(Debug, ArgGroup)]
pub struct ConfigArgs {
    /// What to do with the settings
    #[arg(value_enum)]
    pub what: ConfigAction,
}

/// What can be done with the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ConfigAction {
    /// Print them in the form of hicm.toml
    Show,
}

/// What `doctor` takes.
#[derive(Debug, ArgGroup)]
pub struct DoctorArgs {
    /// Let documents do harm (hang, panic, abort, overflow the stack, take all memory) and show that each is caught
    #[arg(long)]
    pub self_test: bool,
    /// See whether this output folder can be written too
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub output: Option<PathBuf>,
    /// Where documents are converted.
    #[command(flatten)]
    pub isolation: IsolationArgs,
}

/// The subcommand that the program starts itself with, to convert what it sends. It is not for people, and stands apart from
/// theirs: a worker begins sooner where not all of them are built first.
pub const WORKER: &str = "worker";

/// What [`WORKER`] takes.
#[derive(Debug, Parser)]
#[command(name = "hicm worker", about = "Convert what the program that started this one sends", long_about = None)]
pub struct WorkerArgs {
    /// What to say on standard error.
    #[command(flatten)]
    pub logging: LoggingArgs,
    /// Take the archive on standard input apart; the value says which and how
    #[arg(long, value_name = "JSON")]
    pub unpack: Option<String>,
    /// Put the limits of a helper on and say which hold
    #[arg(long)]
    pub helper: bool,
    /// Put the limits of a helper on, then let this program take the worker's place
    #[arg(last = true, value_name = "PROGRAM")]
    pub program: Vec<OsString>,
}

/// The model and its words.
#[derive(Debug, ArgGroup)]
pub struct ModelArgs {
    /// Use this model file: with "extends": true it adds words to the built-in model, otherwise it takes its place
    #[arg(long = "model", value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub model_file: Option<PathBuf>,
}

/// Pictures of text.
#[derive(Clone, Debug, ArgGroup)]
#[command(next_help_heading = "Scans")]
pub struct OcrArgs {
    /// When pages that are pictures are read, with Tesseract
    ///
    /// auto unless told: where a page has no text of its own.
    #[arg(long, value_name = "WHEN", value_enum)]
    pub ocr: Option<Ocr>,
    /// Languages of scans as Tesseract names them, with + between; eng unless told
    #[arg(long, value_name = "LANGUAGE")]
    pub ocr_language: Option<String>,
}

/// When pictures are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Ocr {
    /// Where a page has no text of its own
    Auto,
    /// On every page that is a picture
    Always,
    /// Not at all
    Never,
}

/// Caps on one document. Sizes take K, M or G, of 1,024 each.
#[derive(Debug, ArgGroup)]
#[command(next_help_heading = "Limits")]
pub struct LimitArgs {
    /// Refuse documents of more bytes; 128M unless told
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub max_bytes: Option<u64>,
    /// Refuse text with a longer line; 16M unless told
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub max_line_bytes: Option<u64>,
    /// Refuse documents of more cells and blocks; 4 million unless told
    #[arg(long, value_name = "N")]
    pub max_cells: Option<u64>,
    /// Refuse HTML of more elements; 1 million unless told
    #[arg(long, value_name = "N")]
    pub max_elements: Option<u64>,
    /// Refuse workbooks and other packages that unpack to more bytes; 256M unless told
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub max_unpacked_bytes: Option<u64>,
    /// Refuse packages with a large part of which a byte unpacks to more; 400 unless told
    #[arg(long, value_name = "N")]
    pub max_ratio: Option<u64>,
    /// Refuse packages of more parts; 20,000 unless told
    #[arg(long, value_name = "N")]
    pub max_parts: Option<u64>,
    /// Refuse XML of elements nested deeper; 1,000 unless told
    #[arg(long, value_name = "N")]
    pub max_depth: Option<u32>,
}

/// Where documents are converted, and for how long.
#[derive(Debug, ArgGroup)]
#[command(next_help_heading = "Isolation")]
pub struct IsolationArgs {
    /// Give up on a document after this time, such as 30s or 5m; 60s unless told
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub timeout: Option<Duration>,
    /// Give up on a document that needs more memory; 1G unless told
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub max_memory: Option<u64>,
    /// Convert in this process, without limits on time and memory and without a sandbox
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub in_process: Option<bool>,
}

/// What to say on standard error.
#[derive(Clone, Debug, ArgGroup)]
#[command(next_help_heading = "Messages")]
pub struct LoggingArgs {
    /// Say more: -v each document, -vv each stage; the variable RUST_LOG, where set, decides instead
    #[arg(short, long, action = ArgAction::Count, global = true)]
    pub verbose: u8,
    /// Say only what failed
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Form of the messages
    #[arg(long, value_name = "FORMAT", value_enum, global = true, default_value_t = LogFormat::Text)]
    pub log_format: LogFormat,
}

/// Forms of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people
    Text,
    /// A JSON object a line
    Json,
}

/// A probability, "0.8".
fn probability(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| format!("expected a number from 0 to 1 such as 0.8, found {text:?}"))
}

/// A number of threads. Each has a worker: more than a thousand would only keep the system from its work.
fn jobs(text: &str) -> Result<NonZeroUsize, String> {
    let number = text.parse::<NonZeroUsize>().ok().filter(|number| number.get() <= 1024);
    number.ok_or_else(|| format!("expected a number from 1 to 1024 such as 4, found {text:?}"))
}

/// A number of bytes, "4096", "64K", "128MiB".
fn size(text: &str) -> Result<u64, String> {
    let wrong = || format!("expected a number of bytes such as 4096, 64K, 128M or 1G, found {text:?}");
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let number: u64 = digits.parse().map_err(|_| wrong())?;
    let unit = text.get(digits.len()..).unwrap_or_default().to_ascii_uppercase();
    let shift = match unit.strip_suffix("IB").or_else(|| unit.strip_suffix('B')).unwrap_or(&unit) {
        "" if unit != "IB" => 0,
        "K" => 10,
        "M" => 20,
        "G" => 30,
        _ => return Err(wrong()),
    };
    number.checked_mul(1 << shift).ok_or_else(wrong)
}

/// A time, "30", "30s", "500ms", "1.5m", "2h"; a number alone is seconds.
fn duration(text: &str) -> Result<Duration, String> {
    let wrong = || format!("expected a time such as 30s, 5m or 1h, found {text:?}");
    let number = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let seconds = match text.get(number.len()..).unwrap_or_default() {
        "ms" => 0.001,
        "" | "s" => 1.0,
        "m" => 60.0,
        "h" => 3600.0,
        _ => return Err(wrong()),
    };
    let time = number.parse().ok().and_then(|number: f64| Duration::try_from_secs_f64(number * seconds).ok());
    time.filter(|time| !time.is_zero()).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definition_is_consistent() {
        Args::command().debug_assert();
        WorkerArgs::command().debug_assert();
    }

    #[test]
    fn sizes_have_units() {
        for (text, bytes) in
            [("0", 0), ("4096", 4096), ("64K", 65_536), ("64kib", 65_536), ("128MiB", 128 << 20), ("1gb", 1 << 30)]
        {
            assert_eq!(size(text), Ok(bytes), "{text}");
        }
        for text in ["", "M", "1.5M", "-1", "1T", "5iB", "99999999999G"] {
            assert!(size(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_probability_is_from_0_to_1() {
        assert_eq!(probability("0.8"), Ok(0.8));
        for text in ["", "1.1", "-0.1", "NaN", "80%"] {
            assert!(probability(text).is_err(), "{text}");
        }
    }

    #[test]
    fn times_have_units() {
        for (text, seconds) in [("30", 30.0), ("30s", 30.0), ("500ms", 0.5), ("1.5m", 90.0), ("2h", 7200.0), ("0.2", 0.2)] {
            assert_eq!(duration(text), Ok(Duration::from_secs_f64(seconds)), "{text}");
        }
        for text in ["", "s", "0", "-1", "1d", "1us", "inf"] {
            assert!(duration(text).is_err(), "{text}");
        }
    }

    #[test]
    fn every_option_is_documented() {
        fn check(command: &clap::Command) {
            for argument in command.get_arguments() {
                assert!(argument.get_help().is_some(), "{} of {}", argument.get_id(), command.get_name());
            }
            command.get_subcommands().for_each(check);
        }
        check(&Args::command());
    }
}
