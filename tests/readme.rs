//! README.md says what is true: its example is what the program prints, its commands are ones that the program takes.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use clap::CommandFactory;
use clap::Parser;
use hicm::cli::args::Args;
use hicm::model::vocabulary::Vocabulary;
use hicm::pipeline::Engine;
use hicm::readers::Options;
use hicm::sinks::JsonLines;
use hicm::sinks::Output;

/// Stands for what was left out of the example.
const CUT: char = '…';

fn readme() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("README.md")
}

/// The fenced block after the comment that names an example.
fn example(name: &str) -> String {
    let readme = readme();
    let (_, after) = readme.split_once(&format!("<!-- example: {name} -->\n```")).expect("the example's comment");
    let (_, block) = after.split_once('\n').expect("the fence's line");
    block.split_once("```").expect("the closing fence").0.to_owned()
}

/// The commands in blocks of shell input.
fn commands() -> Vec<String> {
    let readme = readme();
    let blocks = readme.split("```sh\n").skip(1).filter_map(|after| after.split("```").next());
    blocks.flat_map(str::lines).map(str::to_owned).collect()
}

/// The words of a shell command up to a comment, pipe or redirection; single quotes hold words together.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, part) in command.split('\'').enumerate() {
        if index % 2 == 1 {
            words.push(part.to_owned());
            continue;
        }
        for word in part.split_whitespace() {
            if word.starts_with(['#', '|', '<', '>']) {
                return words;
            }
            words.push(word.to_owned());
        }
    }
    words
}

/// Whether the parts of `shown` between cuts stand in `line` one after the other; the part that does not, if any.
fn missing<'a>(shown: &'a str, line: &str) -> Option<&'a str> {
    let mut rest = line;
    shown.split(CUT).find(|part| match rest.find(part) {
        Some(at) => {
            rest = &rest[at + part.len()..];
            false
        }
        None => true,
    })
}

#[test]
fn the_example_is_what_the_program_prints() {
    let engine = Engine::new(Arc::clone(Vocabulary::embedded()), Options::default());
    let mut output = Output { records: Some(JsonLines::new(Vec::new())), documents: None, audit: None };
    engine.convert("plan.csv", example("in").as_bytes(), &mut output).expect("memory can be written");
    let bytes = output.records.expect("records").finish().expect("memory can be written");
    let printed = String::from_utf8(bytes).expect("UTF-8");
    let records: Vec<&str> = printed.lines().collect();
    assert_eq!(records.len(), 3);
    let shown: String = example("out").lines().map(str::trim_start).collect();
    assert_eq!(missing(&shown, records[1]), None, "README.md shows what this does not hold:\n{}", records[1]);
}

#[test]
fn the_example_of_a_model_file_can_be_used() {
    Vocabulary::from_user(&example("model")).expect("a model file");
}

#[test]
fn every_command_shown_is_one_that_the_program_takes() {
    let mut shown = 0;
    for command in commands().iter().filter(|command| command.starts_with("hicm ")) {
        let parsed = Args::try_parse_from(words(command));
        assert!(parsed.is_ok(), "{command}: {}", parsed.err().map(|error| error.to_string()).unwrap_or_default());
        shown += 1;
    }
    assert!(shown > 10, "the commands were not found");
}

#[test]
fn every_subcommand_is_shown() {
    let commands = commands();
    for subcommand in Args::command().get_subcommands().filter(|subcommand| !subcommand.is_hide_set()) {
        let start = format!("hicm {}", subcommand.get_name());
        assert!(commands.iter().any(|command| command.starts_with(&start)), "README.md does not show {start}");
    }
}

#[test]
fn every_licence_file_is_there() {
    for name in ["LICENSE-MIT", "LICENSE-APACHE"] {
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(name).exists(), "{name} is missing");
        assert!(readme().contains(name), "README.md does not name {name}");
    }
}
