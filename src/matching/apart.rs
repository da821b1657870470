//! Texts that tell about a document and not about the plan in it: labels and titles of a cover, headers of tables that stand
//! apart (versions, terms, contacts). They are compared as whole texts, case, marks and a plural's ending not counted.

use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use crate::model::numbering::numbered;
use crate::model::text::fold;
use crate::model::vocabulary::Vocabulary;

/// Longest text that is compared, in bytes: the national return's longest header has about 170.
const LONGEST: usize = 200;

/// The words of the vocabulary that tell about a document, ready to be compared with.
#[derive(Debug, Default)]
pub(super) struct Apart {
    labels: FxHashSet<String>,
    titles: FxHashSet<String>,
    /// The kinds of table that a header may belong to, and whether it tells the kind by itself.
    headers: FxHashMap<String, SmallVec<[(usize, bool); 4]>>,
    kinds: usize,
}

impl Apart {
    /// Prepares `vocabulary`.
    pub(super) fn new(vocabulary: &Vocabulary) -> Self {
        let mut headers: FxHashMap<String, SmallVec<[(usize, bool); 4]>> = FxHashMap::default();
        for (kind, entry) in vocabulary.apart.iter().enumerate() {
            let words = entry.words.iter().map(|word| (word, true));
            for (word, tells) in words.chain(entry.beside.iter().map(|word| (word, false))) {
                headers.entry(key(word)).or_default().push((kind, tells));
            }
        }
        Self {
            labels: vocabulary.cover_labels.iter().chain(&vocabulary.area_labels).map(|label| key(label)).collect(),
            titles: vocabulary.cover_titles.iter().map(|title| key(title)).collect(),
            headers,
            kinds: vocabulary.apart.len(),
        }
    }

    pub(super) fn is_cover_label(&self, text: &str) -> bool {
        text.len() <= LONGEST && self.labels.contains(&key(text))
    }

    pub(super) fn is_cover_title(&self, text: &str) -> bool {
        let rest = numbered(text).map_or(text, |number| number.rest);
        text.len() <= LONGEST && (self.titles.contains(&key(text)) || self.titles.contains(&key(rest)))
    }

    /// Whether `texts` head a table of a kind that stands apart; a column that the kind does not have and that `is_subject`
    /// says what a plan's rows are about makes it a plan's.
    pub(super) fn is_apart_header(&self, texts: &[&str], is_subject: &dyn Fn(&str) -> bool) -> bool {
        let Some(opens) = texts.first().filter(|text| texts.len() >= 2 && text.len() <= LONGEST) else { return false };
        // Any row may be asked this: its first text ends it, nearly always.
        let (numbers, opens) = (counts(opens), self.headers.contains_key(&key(opens)));
        if !(numbers || opens) || texts.iter().any(|text| text.len() > LONGEST) {
            return false;
        }
        let met: SmallVec<[_; 8]> = texts.iter().map(|text| self.headers.get(&key(text))).collect();
        (0..self.kinds).any(|kind| {
            let of_kind = |tells: bool| {
                let own = |(of, by_itself): &(usize, bool)| *of == kind && (*by_itself || !tells);
                met.iter().flatten().filter(|kinds| kinds.iter().any(own)).count()
            };
            let known = of_kind(false);
            // A table of risks or contacts does not begin with "Action".
            let first = met.first().copied().flatten().is_some_and(|kinds| kinds.iter().any(|(of, _)| *of == kind));
            if !first && !numbers {
                return false;
            }
            // A column of one's own does no harm beside three that are known, or beside two that tell the kind by themselves.
            let own = texts.len() - known;
            let few = own * 3 <= known || (of_kind(true) >= 2 && own * 2 <= known);
            let is_own =
                |kinds: Option<&SmallVec<[(usize, bool); 4]>>| kinds.is_none_or(|kinds| !kinds.iter().any(|(of, _)| *of == kind));
            let subject = || texts.iter().zip(&met).any(|(text, kinds)| is_own(*kinds) && is_subject(text));
            of_kind(true) >= 1 && known >= 2 && few && !subject()
        })
    }
}

/// Whether a header only counts the rows: "No.", "Ref", "#".
fn counts(text: &str) -> bool {
    matches!(fold(text).as_str(), "" | "no" | "ref" | "id" | "number" | "reference" | "item")
}

/// A text without case, marks, a remark in brackets ("Likelihood (1-5)") and the ending of a plural.
fn key(text: &str) -> String {
    let outside = text.split_once('(').map_or(text, |(before, _)| before);
    let mut folded = fold(if outside.trim().is_empty() { text } else { outside });
    if folded.len() > 3 && folded.ends_with('s') && !folded.ends_with("ss") {
        folded.pop();
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apart() -> Apart {
        Apart::new(Vocabulary::embedded())
    }

    #[test]
    fn tables_apart_are_told_by_their_header() {
        let is = |texts: &[&str]| apart().is_apart_header(texts, &|text| text == "Action");
        assert!(is(&["Version", "Date", "Author", "Summary of changes"]));
        assert!(is(&["Abbreviation", "Meaning"]));
        assert!(is(&["Name", "Job title", "Organisation", "E-mail"]));
        assert!(is(&["Name", "Role", "Signature", "Date", "Seal number"]));
        assert!(is(&["Risk", "Likelihood (1-5)", "Impact (1-5)", "Mitigation"]));
        assert!(is(&["Risk", "Score", "Mitigation", "Owner"]));
        assert!(is(&["Risk", "Description", "Action to avoid or mitigate risk"]));
        assert!(is(&["Role", "Name"]));
        assert!(is(&["Date", "Meeting", "Venue"]));
        assert!(!is(&["Action", "Impact", "Risks", "Mitigation"]));
        assert!(!is(&["Change", "Baseline", "Actual", "Target"]));
        assert!(!is(&["Version", "Action", "Lead", "Due date"]));
        assert!(!is(&["Ref", "Action", "Lead", "Email"]));
        assert!(!is(&["Name", "Organisation"]));
        assert!(is(&["National condition", "Confirmation", "Why not"]));
        assert!(is(&["Patient", "Ward", "Reason for delay", "Comment"]));
        assert!(is(&["Lesson", "Raised by", "Date"]));
        assert!(is(&["Vacancies", "Manager", "Contact", "Forecast"]));
        assert!(!is(&["Vacancies", "Manager", "Contact", "Action"]));
        assert!(!is(&["Capacity", "Gap", "Lead"]));
        assert!(!is(&["Learning", "Outcome", "Owner"]));
    }

    #[test]
    fn covers_have_labels_and_titles() {
        assert!(apart().is_cover_label("Completed by:"));
        assert!(apart().is_cover_label("Selected Health & Wellbeing Board"));
        assert!(!apart().is_cover_label("Current position:"));
        assert!(apart().is_cover_title("1. Cover"));
        assert!(!apart().is_cover_title("Action plan"));
    }
}
