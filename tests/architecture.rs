//! The direction of imports, read from the sources: stages know only the model, the pipeline sees the stages, batch the
//! pipeline, and the command line all of them. It works because every import is written `use crate::module::…`, one a line.

use std::fs;
use std::path::Path;
use std::path::PathBuf;

/// What each top-level module may name, besides itself.
const MAY_NAME: [(&str, &[&str]); 9] = [
    ("model", &[]),
    ("readers", &["model"]),
    ("tables", &["model"]),
    ("matching", &["model"]),
    ("normalise", &["model"]),
    ("sinks", &["model"]),
    ("pipeline", &["model", "readers", "tables", "matching", "normalise", "sinks"]),
    ("batch", &["model", "sinks", "pipeline"]),
    ("cli", &["model", "readers", "matching", "sinks", "pipeline", "batch"]),
];

/// Lines of code (blank lines, comments and unit tests not counted) above which a file has a second subject.
const MOST_CODE: usize = 500;

/// A source file without its unit tests.
struct Source {
    path: PathBuf,
    /// Parts of its module path: `readers`, `html`, `table`.
    module: Vec<String>,
    /// Its lines of code, with their numbers.
    code: Vec<(usize, String)>,
}

impl Source {
    fn read(path: PathBuf, root: &Path) -> Self {
        let text = fs::read_to_string(&path).expect("a source file");
        let mut module: Vec<String> = path
            .with_extension("")
            .strip_prefix(root)
            .expect("a path under src")
            .components()
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect();
        module.retain(|part| part != "mod");
        // What rustfmt leaves at the left margin after `#[cfg(test)]` is the module of tests, which ends a file here.
        let tests = ["", "pub(super) "].map(|seen| format!("\n#[cfg(test)]\n{seen}mod tests {{"));
        let code = tests.iter().fold(text.as_str(), |code, tests| code.split(tests.as_str()).next().unwrap_or_default());
        let lines = code.lines().enumerate().map(|(index, line)| (index + 1, line.trim().to_owned()));
        let code = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with("//")).collect();
        Self { path, module, code }
    }

    fn top(&self) -> &str {
        self.module.first().map_or("", String::as_str)
    }
}

/// Every file under `src` but unit tests in files of their own.
fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("tests.rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    assert!(files.len() > 20, "the sources were not found");
    files.into_iter().map(|path| Source::read(path, &root)).collect()
}

/// The modules that a line names by `crate::`.
fn named(line: &str) -> impl Iterator<Item = &str> {
    line.match_indices("crate::").filter_map(|(at, word)| {
        let whole_word = !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let rest = &line[at + word.len()..];
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        whole_word.then_some(&rest[..end])
    })
}

/// Runs `find` over every line of code and fails with all that it finds.
fn nowhere(what: &str, find: impl Fn(&Source, &str) -> bool) {
    let mut found = Vec::new();
    for source in sources() {
        let lines = source.code.iter().filter(|(_, line)| find(&source, line));
        found.extend(lines.map(|(number, line)| format!("{}:{number}: {line}", source.path.display())));
    }
    assert!(found.is_empty(), "{what}:\n{}", found.join("\n"));
}

#[test]
fn every_module_names_only_the_floors_below() {
    nowhere("reaches into a module that it must not know", |source, line| {
        let (_, may) = MAY_NAME.iter().find(|(module, _)| *module == source.top()).copied().unwrap_or(("", &[]));
        named(line)
            .any(|module| module != source.top() && !may.contains(&module) && MAY_NAME.iter().any(|(known, _)| *known == module))
    });
}

#[test]
fn every_module_has_its_floor() {
    for source in sources() {
        let top = source.top();
        assert!(["lib", "main"].contains(&top) || MAY_NAME.iter().any(|(module, _)| *module == top), "{top} has no floor");
    }
}

#[test]
fn imports_are_written_one_a_line() {
    nowhere("hides what it imports", |_, line| line.contains("crate::{") || (line.starts_with("use ") && line.ends_with("::*;")));
}

#[test]
fn no_module_climbs_to_the_root_by_super() {
    nowhere("climbs to the crate's root", |source, line| line.contains(&"super::".repeat(source.module.len().max(1))));
}

#[test]
fn no_file_is_a_drawer_for_everything() {
    for source in sources() {
        let drawer =
            source.module.iter().find(|part| ["utils", "util", "helpers", "helper", "misc", "common"].contains(&part.as_str()));
        assert!(drawer.is_none(), "{} says nothing about its subject", source.path.display());
    }
}

#[test]
fn every_file_has_one_subject() {
    let long: Vec<String> = sources()
        .iter()
        .filter(|source| source.code.len() > MOST_CODE)
        .map(|source| format!("{}: {} lines of code", source.path.display(), source.code.len()))
        .collect();
    assert!(long.is_empty(), "over {MOST_CODE} lines:\n{}", long.join("\n"));
}
