//! `hicm config`: the settings, and where each comes from.

use std::io::Write;

use anyhow::Context;

use crate::batch::Workers;
use crate::cli::args::ConfigArgs;
use crate::cli::config;
use crate::cli::config::Value;
use crate::cli::exit::Exit;
use crate::cli::files;
use crate::cli::settings;
use crate::pipeline::Recipe;
use crate::readers::Options;

/// Shows all settings in the form of `hicm.toml`, those without a value as remarks.
pub(super) fn run(_: &ConfigArgs, values: &[Value]) -> anyhow::Result<Exit> {
    let mut out = Vec::new();
    for name in config::names() {
        let (setting, origin) = if let Some(value) = values.iter().find(|value| value.name == name) {
            (format!("{name} = {}", written(&value.text.to_string_lossy())), value.origin.to_string())
        } else {
            let value = default(&name).context("a setting without a default")?;
            (format!("# {name} = {value}"), "default".to_owned())
        };
        writeln!(out, "{setting:<36} # {origin}")?;
    }
    files::print(&out)?;
    Ok(Exit::Success)
}

/// A value as TOML has it.
fn written(text: &str) -> String {
    let bare = text.parse::<f64>().is_ok_and(f64::is_finite) || matches!(text, "true" | "false");
    if bare { text.to_owned() } else { toml::Value::String(text.to_owned()).to_string() }
}

/// What a setting is where nobody says anything, as TOML has it.
fn default(name: &str) -> Option<String> {
    let workers = || Workers::of_this_program(Recipe::default(), Vec::new());
    if let Some(stated) = config::stated_default(name) {
        return Some(written(&stated));
    }
    let text = match name {
        "jobs" => settings::processors().to_string(),
        "model" => String::new(),
        "min-confidence" => "0".to_owned(),
        "in-process" => "false".to_owned(),
        "timeout" => format!("{}s", workers().timeout.as_secs()),
        "max-memory" => size(workers().max_memory),
        other => {
            let options = serde_json::to_value(Options::default()).ok()?;
            let key = match other {
                "ocr" => "pictures".to_owned(),
                "ocr-language" => "languages".to_owned(),
                other => other.replace('-', "_"),
            };
            match options.get("limits").and_then(|limits| limits.get(&key)).or_else(|| options.get(&key))? {
                serde_json::Value::String(text) => text.to_ascii_lowercase(),
                serde_json::Value::Number(bytes) if name.ends_with("-bytes") => size(bytes.as_u64()?),
                other => other.to_string(),
            }
        }
    };
    Some(written(&text))
}

/// A number of bytes in the largest unit that leaves nothing over.
fn size(bytes: u64) -> String {
    let whole = [("G", 30), ("M", 20), ("K", 10)].into_iter().find(|(_, bits)| bytes > 0 && bytes.trailing_zeros() >= *bits);
    whole.map_or_else(|| bytes.to_string(), |(unit, bits)| format!("{}{unit}", bytes >> bits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_written_as_people_write_them() {
        assert_eq!([128 << 20, 3 << 30, 1000, 0, 5 << 10].map(size), ["128M", "3G", "1000", "0", "5K"]);
    }

    #[test]
    fn every_setting_has_a_default() {
        for name in config::names() {
            assert!(default(&name).is_some(), "{name}");
        }
    }
}
