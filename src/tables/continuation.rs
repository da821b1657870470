//! Whether a row is the rest of the item before it: torn over a page break, or a fragment with no subject of its own.

/// A cell before and after a break.
pub(super) struct Joint<'a> {
    /// The cell of the item before, empty where it has none.
    pub(super) before: &'a str,
    /// The cell of the row.
    pub(super) after: &'a str,
    /// The column holds free text.
    pub(super) prose: bool,
}

/// From which sum on a row after a page break is the rest of the item before it: one clear sign, and no sign against.
const TORN: f64 = 0.9;

/// Whether the cells after a page break run on from the cells before it.
pub(super) fn is_torn<'a>(joints: impl Iterator<Item = Joint<'a>>) -> bool {
    joints.map(|joint| joint_score(&joint)).sum::<f64>() >= TORN
}

fn joint_score(joint: &Joint<'_>) -> f64 {
    let (before, after) = (joint.before.trim(), joint.after.trim());
    if after.is_empty() {
        return 0.0;
    }
    if is_year(after) && is_month(before) {
        return 2.0;
    }
    if !joint.prose {
        // Two complete short values are two rows; a short value where there was none says little.
        return if before.is_empty() { -0.3 } else { -1.2 };
    }
    let opens = after.starts_with(|c: char| c.is_lowercase() || matches!(c, '(' | ')' | ',' | ';' | '&'));
    let closed = before.ends_with(['.', '?', '!', ';', ':']);
    match (opens, before.is_empty(), closed) {
        (true, true, _) => 0.3,
        (true, false, false) => 1.3,
        (true, false, true) => 0.4,
        (false, true, _) => -0.3,
        (false, false, true) => -1.0,
        (false, false, false) => -0.5,
    }
}

fn is_year(text: &str) -> bool {
    matches!(text.len(), 2 | 4) && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_month(text: &str) -> bool {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let word = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    let start: String = word.chars().take(3).flat_map(char::to_lowercase).collect();
    MONTHS.contains(&start.as_str()) && word.chars().all(|c| c.is_alphabetic() || c == '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn torn(cells: &[(&str, &str, bool)]) -> bool {
        is_torn(cells.iter().map(|(before, after, prose)| Joint { before, after, prose: *prose }))
    }

    #[test]
    fn a_sentence_that_runs_on_is_torn() {
        assert!(torn(&[("Ward staff to refer to the", "community team. New leaflet.", true), ("September", "2018", false)]));
        assert!(torn(&[("Patients who need", "support at home", true)]));
    }

    #[test]
    fn a_row_of_its_own_is_not() {
        assert!(!torn(&[("Ward staff refer.", "Leaflet printed", true), ("May 2018", "June 2018", false)]));
        assert!(!torn(&[("Ward staff refer", "Leaflet printed", true)]));
        assert!(!torn(&[("Ward staff refer", "eRecords in place", true), ("Established", "Mature", false)]));
    }
}
