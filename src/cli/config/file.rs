//! `hicm.toml`.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

use anyhow::Context;
use anyhow::anyhow;
use anyhow::bail;
use toml::Spanned;

use super::Origin;
use super::Value;

/// Name of the file.
const NAME: &str = "hicm.toml";

/// Settings whose value is a path: under the file's folder, where it is not absolute.
const PATHS: [&str; 1] = ["model"];

/// The file in the working folder, or in the nearest folder above it that has one.
pub(super) fn find() -> Option<PathBuf> {
    let folder = std::env::current_dir().ok()?;
    folder.ancestors().map(|folder| folder.join(NAME)).find(|path| path.is_file())
}

/// The settings in the file at `path`, each of which has one of `names`.
pub(super) fn values(path: &Path, names: &[String]) -> anyhow::Result<Vec<Value>> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read the settings {}", path.display()))?;
    parse(&text, path, names)
}

fn parse(text: &str, path: &Path, names: &[String]) -> anyhow::Result<Vec<Value>> {
    let at = |offset: usize| text.get(..offset).unwrap_or(text).matches('\n').count() + 1;
    let table: BTreeMap<Spanned<String>, Spanned<toml::Value>> = toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| at(span.start));
        anyhow!("{}:{line}: {}", path.display(), error.message())
    })?;
    let mut found = Vec::new();
    for (key, value) in table {
        let line = at(key.span().start);
        let name = key.into_inner();
        if !names.contains(&name) {
            bail!("{}:{line}: {name}: there is no such setting; the settings are {}", path.display(), names.join(", "));
        }
        let text = match value.into_inner() {
            toml::Value::String(text) => text,
            toml::Value::Integer(number) => number.to_string(),
            toml::Value::Float(number) => number.to_string(),
            toml::Value::Boolean(flag) => flag.to_string(),
            other => {
                let found = other.type_str();
                bail!("{}:{line}: {name}: expected a text, a number, true or false, found {found}", path.display());
            }
        };
        let folder = path.parent().filter(|_| PATHS.contains(&name.as_str()));
        let text = folder.map_or_else(|| OsString::from(&text), |folder| folder.join(&text).into_os_string());
        found.push(Value { name, text, origin: Origin::File { path: path.to_owned(), line } });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> anyhow::Result<Vec<Value>> {
        let names = ["jobs", "model", "timeout"].map(str::to_owned);
        parse(text, Path::new("returns/hicm.toml"), &names)
    }

    #[test]
    fn values_know_their_line() {
        let values = parsed("# for the winter returns\njobs = 2\nmodel = \"ours.json\"\n").expect("settings");
        let shown: Vec<String> = values.iter().map(|value| format!("{} {:?} {}", value.name, value.text, value.origin)).collect();
        assert_eq!(shown, ["jobs \"2\" returns/hicm.toml:2", "model \"returns/ours.json\" returns/hicm.toml:3"]);
    }

    #[test]
    fn errors_name_file_line_and_key() {
        for (text, parts) in [
            ("jobs = 2\nthreads = 4\n", vec!["returns/hicm.toml:2", "threads", "timeout"]),
            ("\njobs = [1]\n", vec!["returns/hicm.toml:2", "jobs", "array"]),
            ("jobs = \n", vec!["returns/hicm.toml:1"]),
        ] {
            let said = parsed(text).expect_err("wrong settings").to_string();
            assert!(parts.iter().all(|part| said.contains(part)), "{said}");
        }
    }
}
