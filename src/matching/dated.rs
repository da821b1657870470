//! Headers with the month in which their column was filled in: "Update October 2017", "Sept 17 position".

use crate::model::cells::names_month;

/// Words that lead from a header to its date.
const LINKS: [&str; 8] = ["as", "at", "of", "on", "in", "to", "for", "end"];

/// A folded header without the month that closes or opens it and the day and year beside that; `None` where there is none, or nothing else.
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
    (!rest.is_empty()).then(|| rest.join(" "))
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
        assert_eq!(left("october 2017"), None);
        assert_eq!(left("market update"), None);
        assert_eq!(left("progress update"), None);
    }
}
