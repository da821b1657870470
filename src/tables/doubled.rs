//! Two rows printed in one: where to take their cells apart.

use rustc_hash::FxHashSet;

use crate::model::text::collapse;

/// The two halves of a text that is the same words twice.
pub(super) fn repeated(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    // The middle blank of "A A" stands at the middle byte, but for doubled blanks and line breaks around it.
    let middle = text.len() / 2;
    let at = (middle.saturating_sub(2)..=middle + 2)
        .find(|at| text.is_char_boundary(*at) && text.as_bytes().get(*at).is_some_and(u8::is_ascii_whitespace))?;
    let (left, right) = (text[..at].trim(), text[at..].trim());
    (!left.is_empty() && collapse(left) == collapse(right)).then_some((left, right))
}

/// Splits where one side, better both, is the whole text of another cell of the column.
pub(super) fn at_known<'s>(text: &'s str, known: &FxHashSet<String>) -> Option<(&'s str, &'s str)> {
    let text = text.trim();
    let mut best = None;
    for at in blanks(text) {
        let (left, right) = (text[..at].trim(), text[at..].trim());
        let (l, r) = (known.contains(&*collapse(left)), known.contains(&*collapse(right)));
        if l && r {
            return Some((left, right));
        }
        if (l || r) && best.is_none_or(|b: (&str, &str)| b.0.len() < left.len()) {
            best = Some((left, right));
        }
    }
    best
}

/// Splits two words, each a value by itself ("31.12.18 ongoing").
pub(super) fn two_words(text: &str) -> Option<(&str, &str)> {
    let (first, second) = text.trim().split_once(char::is_whitespace)?;
    let second = second.trim_start();
    (!second.contains(char::is_whitespace)).then_some((first, second))
}

/// Splits at the end of a sentence, nearest to the middle.
pub(super) fn at_sentence(text: &str) -> Option<(&str, &str)> {
    nearest_to_middle(text, |before, after| {
        before.ends_with(['.', '!', '?', ';']) && after.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '•')
    })
}

/// Splits where a capitalised word follows a word that does not call for one, nearest to the middle.
pub(super) fn at_capital(text: &str) -> Option<(&str, &str)> {
    const LINKS: [&str; 14] = ["and", "or", "of", "the", "for", "to", "with", "in", "at", "by", "on", "from", "a", "&"];
    nearest_to_middle(text, |before, after| {
        let previous = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        let mut next = after.split_whitespace();
        let (first, second) = (next.next().unwrap_or_default(), next.next().unwrap_or_default());
        let capitalised =
            first.chars().next().is_some_and(char::is_uppercase) && first.chars().nth(1).is_some_and(char::is_lowercase);
        let goes_on = second.chars().next().is_some_and(|c| !c.is_uppercase());
        capitalised && goes_on && !previous.ends_with([',', '/', '-', '(']) && !LINKS.contains(&previous.to_lowercase().as_str())
    })
}

fn nearest_to_middle(text: &str, fits: impl Fn(&str, &str) -> bool) -> Option<(&str, &str)> {
    let text = text.trim();
    blanks(text)
        .map(|at| (text[..at].trim_end(), text[at..].trim_start()))
        .filter(|(left, right)| !left.is_empty() && !right.is_empty() && fits(left, right))
        .min_by_key(|(left, right)| left.len().abs_diff(right.len()))
}

fn blanks(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.match_indices(char::is_whitespace).map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_repeats() {
        assert_eq!(repeated("East and West East and West"), Some(("East and West", "East and West")));
        assert_eq!(repeated("a  a"), Some(("a", "a")));
        assert_eq!(repeated("East West"), None);
        assert_eq!(repeated(""), None);
        assert_eq!(repeated("é é"), Some(("é", "é")));
    }

    #[test]
    fn splits_at_known_cells() {
        let known: FxHashSet<String> = ["Ann Lee".to_owned(), "ongoing".to_owned()].into_iter().collect();
        assert_eq!(at_known("Ann Lee Ward Managers", &known), Some(("Ann Lee", "Ward Managers")));
        assert_eq!(at_known("31.12.17 ongoing", &known), Some(("31.12.17", "ongoing")));
        assert_eq!(at_known("nothing here", &known), None);
    }

    #[test]
    fn splits_near_the_middle() {
        assert_eq!(at_sentence("It is here. It will go."), Some(("It is here.", "It will go.")));
        assert_eq!(
            at_capital("Staff meet with the ITU Improved links with partners"),
            Some(("Staff meet with the ITU", "Improved links with partners"))
        );
    }
}
