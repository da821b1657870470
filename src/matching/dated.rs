//! Headers with the month in which their column was filled in: "Update October 2017", "Sept 17 position".

use crate::model::cells::names_month;

/// Words that lead from a header to its date.
const LINKS: [&str; 8] = ["as", "at", "of", "on", "in", "to", "for", "end"];

/// A folded header without the month that closes or opens it and the day and year beside that; `None` where there is none, or
/// nothing else.
pub(super) fn undated(folded: &str) -> Option<String> {
    let words: Vec<&str> = folded.split(' ').collect();
    let month = words.iter().position(|word| names_month(word))?;
    let is_number = |word: &&str| matches!(word.len(), 1 | 2 | 4) && word.bytes().all(|b| b.is_ascii_digit());
    let mut first = month;
    while first > 0 && (is_number(&words[first - 1]) || LINKS.contains(&words[first - 1])) {
        first -= 1;
    }
    let behind = words.iter().skip(month + 1).take_while(|word| is_number(word)).count();
    let last = month + behind;
    let rest = if last + 1 == words.len() {
        &words[..first]
    } else if first == 0 {
        &words[last + 1..]
    } else {
        return None;
    };
    // "Complete by March" is when, "Level by March" what.
    let rest = if last + 1 == words.len() { without_by(rest).unwrap_or(rest) } else { rest };
    (!rest.is_empty()).then(|| rest.join(" "))
}

/// Whether a folded header is of a level to be reached by some month: "Level by March 2019".
pub(super) fn is_level_by(folded: &str) -> bool {
    let words: Vec<&str> = folded.split(' ').collect();
    let month = words.iter().position(|word| names_month(word));
    let by = month.and_then(|month| words.get(..month)?.iter().rposition(|word| *word == "by"));
    by.is_some_and(|by| without_by(&words[..=by]).is_some())
}

/// A header of levels without the "by" at its end.
fn without_by<'w, 't>(words: &'w [&'t str]) -> Option<&'w [&'t str]> {
    let (last, rest) = words.split_last()?;
    let of_level = rest.iter().any(|word| matches!(*word, "level" | "maturity"));
    (*last == "by" && of_level).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_of_a_header_is_taken_off() {
        let left = |text: &str| undated(text);
        assert_eq!(left("update october 2017").as_deref(), Some("update"));
        assert_eq!(left("position as at 5 sept 17").as_deref(), Some("position"));
        assert_eq!(left("dec 17 update").as_deref(), Some("update"));
        assert_eq!(left("maturity level by end of march 2019").as_deref(), Some("maturity level"));
        assert_eq!(left("complete by march 2019").as_deref(), Some("complete by"));
        assert_eq!(left("october 2017"), None);
        assert_eq!(left("market update"), None);
        assert_eq!(left("progress update"), None);
        assert!(is_level_by("level by march 19") && !is_level_by("complete by march") && !is_level_by("level in march"));
    }
}
