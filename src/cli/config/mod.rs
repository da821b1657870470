//! Settings from a file and from the environment: the options of `convert` under the same names.
//!
//! `hicm.toml` has them as `jobs = 4`, the environment as `HICM_JOBS=4`. What is typed counts most, then the environment, then
//! the file. Each value is checked by the option that it stands for, so that there is one definition of what is right;
//! [`mod@file`] says in which line of the file a wrong one stands.

mod file;

use std::ffi::OsString;
use std::path::Path;
use std::path::PathBuf;

use anyhow::anyhow;
use clap::Command;
use clap::CommandFactory;
use clap::Parser;
use clap::parser::ValueSource;
use tracing::warn;

use super::args::Args;

/// Options of `convert` that are about one run, and no settings.
const NO_SETTINGS: [&str; 11] =
    ["output", "files-from", "null", "name", "force", "password", "config", "verbose", "quiet", "log-format", "help"];

/// The variable that names a file to take in place of `hicm.toml`.
const CONFIG_VARIABLE: &str = "HICM_CONFIG";

/// What the names of variables begin with.
const PREFIX: &str = "HICM_";

/// Where the value of a setting comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// A file, and the line there, 1-based.
    File {
        /// The file.
        path: PathBuf,
        /// The line.
        line: usize,
    },
    /// A variable of the environment.
    Environment(String),
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File { path, line } => write!(f, "{}:{line}", path.display()),
            Self::Environment(variable) => write!(f, "the variable {variable}"),
        }
    }
}

/// A setting that has a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Value {
    /// Name of the setting: that of the option without the hyphens in front.
    pub(super) name: String,
    /// The value as an option takes it.
    pub(super) text: OsString,
    /// Where it comes from.
    pub(super) origin: Origin,
}

/// Names of all settings, in the order in which `convert --help` has them.
pub(super) fn names() -> Vec<String> {
    let command = Args::command();
    let convert = command.find_subcommand("convert").map(Command::get_arguments).into_iter().flatten();
    let longs = convert.filter_map(|argument| argument.get_long()).filter(|long| !NO_SETTINGS.contains(long));
    longs.map(str::to_owned).collect()
}

/// What the option of the setting `name` says of itself that it is unless told.
pub(super) fn stated_default(name: &str) -> Option<String> {
    let command = Args::command();
    let mut options = command.find_subcommand("convert")?.get_arguments();
    let option = options.find(|argument| argument.get_long() == Some(name))?;
    option.get_default_values().first().map(|value| value.to_string_lossy().into_owned())
}

/// The settings that the file and the environment give. The file is `config`, else the one that the environment names, else
/// `hicm.toml` in the working folder or in the nearest folder above it that has one.
///
/// # Errors
/// The file cannot be read, or a value is not one that the option takes.
pub(super) fn values(config: Option<&Path>) -> anyhow::Result<Vec<Value>> {
    let named = config.map(Path::to_owned).or_else(|| std::env::var_os(CONFIG_VARIABLE).map(PathBuf::from));
    let file = named.or_else(file::find);
    // Without either, nobody asks what the settings are called, which takes the whole command line to be built.
    if file.is_none() && prefixed().next().is_none() {
        return Ok(Vec::new());
    }
    let names = names();
    let in_file = file.map_or_else(|| Ok(Vec::new()), |path| file::values(&path, &names))?;
    for variable in unknown(prefixed(), &names) {
        warn!(variable, "there is no such setting; hicm config show lists them");
    }
    let mut values = Vec::new();
    for name in names {
        let variable = variable(&name);
        let set = std::env::var_os(&variable).filter(|value| !value.is_empty());
        let set = set.map(|text| Value { name: name.clone(), text, origin: Origin::Environment(variable) });
        if let Some(value) = set.or_else(|| in_file.iter().find(|value| value.name == name).cloned()) {
            check(&value)?;
            values.push(value);
        }
    }
    Ok(values)
}

/// The variable of the setting `name`.
fn variable(name: &str) -> String {
    format!("{PREFIX}{}", name.replace('-', "_").to_ascii_uppercase())
}

/// The variables of the environment that look like settings.
fn prefixed() -> impl Iterator<Item = String> {
    let texts = std::env::vars_os().filter_map(|(variable, _)| variable.into_string().ok());
    texts.filter(|text| text.starts_with(PREFIX))
}

/// Those of `variables` that are no settings. Others may use the same prefix, so that this is no error.
fn unknown(variables: impl Iterator<Item = String>, names: &[String]) -> Vec<String> {
    let known = |text: &str| text == CONFIG_VARIABLE || names.iter().any(|name| variable(name) == text);
    variables.filter(|text| !known(text)).collect()
}

fn option(value: &Value) -> OsString {
    let mut option = OsString::from(format!("--{}=", value.name));
    option.push(&value.text);
    option
}

/// Asks the option whether it takes the value.
fn check(value: &Value) -> anyhow::Result<()> {
    let arguments = ["hicm".into(), "convert".into(), "-".into(), option(value)];
    Args::try_parse_from(arguments).map(drop).map_err(|error| {
        let said = error.to_string();
        let said = said.lines().next().unwrap_or_default().trim_start_matches("error: ");
        anyhow!("{}: {}: {said}", value.origin, value.name)
    })
}

/// `arguments` with the `values` that they leave open and that their subcommand has an option for.
pub(super) fn fill(mut arguments: Vec<OsString>, values: &[Value]) -> Vec<OsString> {
    let Ok(matches) = Args::command().try_get_matches_from(&arguments) else { return arguments };
    let Some((subcommand, typed)) = matches.subcommand() else { return arguments };
    let command = Args::command();
    let Some(command) = command.find_subcommand(subcommand) else { return arguments };
    let open = values.iter().filter(|value| {
        let argument = command.get_arguments().find(|argument| argument.get_long() == Some(value.name.as_str()));
        argument.is_some_and(|argument| !matches!(typed.value_source(argument.get_id().as_str()), Some(ValueSource::CommandLine)))
    });
    // After the two hyphens there are inputs only.
    let end = arguments.iter().position(|argument| argument == "--").unwrap_or(arguments.len());
    arguments.splice(end..end, open.map(option).collect::<Vec<_>>());
    arguments
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(name: &str, text: &str) -> Value {
        Value { name: name.to_owned(), text: text.into(), origin: Origin::Environment("HICM_X".to_owned()) }
    }

    fn filled(arguments: &str, values: &[Value]) -> String {
        let arguments = arguments.split(' ').map(OsString::from).collect();
        let filled = fill(arguments, values);
        filled.iter().map(|argument| argument.to_string_lossy()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn options_that_last_are_settings() {
        let names = names();
        for name in ["jobs", "timeout", "max-memory", "in-process", "model", "max-bytes", "min-confidence"] {
            assert!(names.iter().any(|found| found == name), "{name}");
        }
        assert!(!names.iter().any(|name| name == "output" || name == "verbose" || name == "help"));
    }

    #[test]
    fn variables_that_look_like_settings_are_told() {
        let variables = ["HICM_JOBS", "HICM_JOB", "HICM_CONFIG", "HICM_MAX_MEMORY"].map(str::to_owned);
        assert_eq!(unknown(variables.into_iter(), &names()), ["HICM_JOB"]);
    }

    #[test]
    fn what_is_typed_counts_most() {
        let values = [value("jobs", "2"), value("model", "a b.json")];
        assert_eq!(filled("hicm convert a.csv", &values), "hicm convert a.csv --jobs=2 --model=a b.json");
        assert_eq!(filled("hicm convert -j4 -- a.csv", &values), "hicm convert -j4 --model=a b.json -- a.csv");
        assert_eq!(filled("hicm match x", &values), "hicm match x --model=a b.json");
        assert_eq!(filled("hicm schema", &values), "hicm schema");
    }

    #[test]
    fn wrong_values_are_refused_with_their_origin() {
        assert!(check(&value("jobs", "2")).is_ok() && check(&value("in-process", "false")).is_ok());
        let said = check(&value("timeout", "soon")).expect_err("no time").to_string();
        assert!(said.contains("HICM_X") && said.contains("timeout") && said.contains("soon"), "{said}");
    }
}
