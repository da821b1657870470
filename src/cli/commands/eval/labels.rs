//! Labels of documents: what somebody who read the source says of each item.

use std::fs;
use std::path::Path;
use std::path::PathBuf;

use anyhow::Context;
use anyhow::bail;
use serde_json::Value;

use crate::model::record::RECORD_SCHEMA;

/// The lines of a file of JSON Lines; blank ones are passed over.
pub(super) fn lines(path: &Path) -> anyhow::Result<Vec<Value>> {
    let shown = path.display();
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {shown}"))?;
    let parsed = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(|(index, line)| {
        serde_json::from_str(line).with_context(|| format!("{shown}, line {}: expected a JSON object", index + 1))
    });
    parsed.collect()
}

/// The records in a file that `hicm convert` wrote.
pub(super) fn records(path: &Path) -> anyhow::Result<Vec<Value>> {
    let records = lines(path)?;
    if let Some((index, record)) = records.iter().enumerate().find(|(_, record)| record["schema"] != RECORD_SCHEMA) {
        let found = record["schema"].as_str().map_or_else(|| "none".to_owned(), |schema| format!("{schema:?}"));
        let expected = format!("expected records, as in records.jsonl (\"schema\": \"{RECORD_SCHEMA}\")");
        bail!("{}, line {}: {expected}; the schema found is {found}", path.display(), index + 1);
    }
    Ok(records)
}

/// The items that are labelled in `path`, checked for what an evaluation cannot do without.
pub(super) fn items(path: &Path) -> anyhow::Result<Vec<Value>> {
    let items = lines(path)?;
    for (index, item) in items.iter().enumerate() {
        let numbers = item["changes"].as_array().filter(|list| list.iter().all(|n| (1..=8).contains(&n.as_u64().unwrap_or(0))));
        if numbers.is_none() || !item["fields"].is_object() {
            let expected = "expected a label with \"changes\" (a list of numbers from 1 to 8) and \"fields\" (an object)";
            bail!("{}, label {}: {expected}", path.display(), index + 1);
        }
    }
    Ok(items)
}

/// The label files of a folder, in the order of their names.
pub(super) fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.with_context(|| format!("cannot read {}", folder.display()))?.path();
        if path.is_file() && path.extension().is_some_and(|extension| extension == "jsonl") {
            files.push(path);
        }
    }
    files.sort();
    if files.is_empty() {
        bail!("{} holds no label files; give a folder of NAME.jsonl", folder.display());
    }
    Ok(files)
}

/// Whether the labels in `file`, NAME.jsonl, are those of a document called NAME, NAME.txt or `NAME_anything.txt`.
pub(super) fn are_of(file: &Path, document: &str) -> bool {
    let Some(wanted) = file.file_stem().and_then(|stem| stem.to_str()) else { return false };
    let name = document.rsplit('/').next().unwrap_or(document);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    [name, stem].contains(&wanted) || stem.strip_prefix(wanted).is_some_and(|rest| rest.starts_with('_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_find_their_document() {
        let is = |document| are_of(Path::new("labels/plan.jsonl"), document);
        assert!(is("plan.txt") && is("returns/plan_final.csv") && is("plan"));
        assert!(!is("plans.txt") && !is("other/planb.csv"));
    }
}
