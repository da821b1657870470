//! The phrases that are learned from.

use hicm::matching::changes::text::CLASSES;

pub(super) const PHRASES: &str = "training/phrases.tsv";

/// A text and its class.
pub(super) struct Phrase {
    pub(super) class: usize,
    pub(super) text: String,
}

/// Lines of a class, a tab and a phrase, sorted by class with their order in the file kept, so that the folds get like
/// shares of each; then the phrases of class `*`, which stand in rows of any. Lines that start with `#` and blank lines are
/// skipped.
pub(super) fn read(tsv: &str) -> Result<(Vec<Phrase>, Vec<String>), String> {
    let mut phrases = Vec::new();
    let mut asides = Vec::new();
    for (number, line) in tsv.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(aside) = line.strip_prefix("*\t") {
            asides.push(aside.to_owned());
            continue;
        }
        let parsed = line.split_once('\t').and_then(|(class, text)| Some((class.parse::<usize>().ok()?, text)));
        let (class, text) =
            parsed.filter(|(class, _)| *class < CLASSES).ok_or_else(|| format!("{PHRASES}:{}: {line:?}", number + 1))?;
        phrases.push(Phrase { class, text: text.to_owned() });
    }
    phrases.sort_by_key(|p| p.class);
    Ok((phrases, asides))
}
