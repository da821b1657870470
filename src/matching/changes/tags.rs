//! Explicit tags in a row's own cells: "Change 4", "Change 1 & 3", "HIC 2-4", "All changes".

use smallvec::SmallVec;

use crate::model::change::ChangeNumber;
use crate::model::change::ChangeSet;
use crate::model::vocabulary::ValueWordKind;
use crate::model::vocabulary::Vocabulary;

/// A tag found in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::matching) struct Tag<'a> {
    /// The numbers as printed.
    pub(in crate::matching) numbers: Numbers,
    /// The words of the tag.
    pub(in crate::matching) text: &'a str,
    /// The tag opens or closes the cell, or stands in brackets: it labels the row. Elsewhere it may only refer to a change.
    pub(in crate::matching) labels: bool,
    /// Where it ends in the text, in bytes.
    end: usize,
}

/// The numbers of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::matching) enum Numbers {
    /// "All changes".
    All,
    /// Bit `n` for the printed number `n`, 1 to 14.
    Printed(u16),
}

impl Numbers {
    /// The printed numbers, ascending.
    pub(in crate::matching) fn printed(self) -> impl Iterator<Item = u8> {
        let bits = match self {
            Self::All => 0,
            Self::Printed(bits) => bits,
        };
        (1..=14_u8).filter(move |n| bits & (1 << n) != 0)
    }

    /// The number, where it is one only.
    pub(in crate::matching) fn single(self) -> Option<u8> {
        let mut printed = self.printed();
        printed.next().filter(|_| printed.next().is_none())
    }

    /// The set of changes, each number translated by `translate`.
    pub(in crate::matching) fn set(self, translate: impl Fn(u8) -> Option<ChangeNumber>) -> ChangeSet {
        match self {
            Self::All => ChangeSet::ALL,
            Self::Printed(_) => self.printed().filter_map(translate).collect(),
        }
    }
}

/// Finds tags by the words that open them.
#[derive(Debug, Default)]
pub(in crate::matching) struct Tags {
    /// Words that, before a number, make it a tag.
    openings: Vec<String>,
    /// Words that may stand between an opening and its number: "HICM ref: 2".
    links: Vec<String>,
    /// Words that may stand before an opening: "High Impact Change 4".
    before: Vec<String>,
    /// How they and "all" begin, in lower case, each beginning once.
    begins: Vec<[u8; 3]>,
}

impl Tags {
    /// Takes the openings from `vocabulary`.
    pub(in crate::matching) fn new(vocabulary: &Vocabulary) -> Self {
        let openings: Vec<String> = vocabulary.change_words.iter().map(|word| word.to_lowercase()).collect();
        let beginning = |word: &str| word.as_bytes().first_chunk::<3>().copied();
        let mut begins: Vec<[u8; 3]> = openings.iter().map(String::as_str).chain(["all"]).filter_map(beginning).collect();
        begins.sort_unstable();
        begins.dedup();
        let words = |kind| vocabulary.value_words(kind).map(str::to_owned).collect();
        Self { openings, links: words(ValueWordKind::TagLink), before: words(ValueWordKind::TagOpening), begins }
    }

    /// The first tag of `text`.
    pub(in crate::matching) fn find<'t>(&self, text: &'t str) -> Option<Tag<'t>> {
        if !self.may_hold_tag(text.as_bytes()) {
            return None;
        }
        let words: SmallVec<[Word<'_>; 64]> = words(text).collect();
        (0..words.len()).find_map(|at| self.tag_at(text, &words, at))
    }

    /// What follows a tag that opens `text` ("High Impact Change 4: …"), and the tag's first number.
    pub(in crate::matching) fn after_opening<'t>(&self, text: &'t str) -> Option<(&'t str, Option<u8>)> {
        let words: SmallVec<[Word<'_>; 8]> = words(text).take(12).collect();
        let at = (0..words.len()).take(3).find(|at| !self.before.iter().any(|word| words[*at].is(word)))?;
        let tag = self.tag_at(text, &words, at)?;
        let number = tag.numbers.printed().next();
        let rest = text.get(tag.end..)?.trim_start_matches(|c: char| !c.is_alphanumeric());
        Some((rest, number))
    }

    /// Whether a word begins as one of the openings does: most cells are done here.
    fn may_hold_tag(&self, text: &[u8]) -> bool {
        let begins = |at: usize| at == 0 || !text[at - 1].is_ascii_alphabetic();
        text.windows(3)
            .enumerate()
            .any(|(at, w)| begins(at) && self.begins.contains(&[w[0], w[1], w[2]].map(|byte| byte.to_ascii_lowercase())))
    }

    fn tag_at<'a>(&self, text: &'a str, words: &[Word<'a>], at: usize) -> Option<Tag<'a>> {
        let opening = words.get(at)?;
        let all = opening.is("all");
        if all {
            let mut next = at + 1;
            while words
                .get(next)
                .is_some_and(|w| w.is("8") || w.is("eight") || w.is("high") || w.is("impact") || w.is("of") || w.is("the"))
            {
                next += 1;
            }
            let last = words.get(next).filter(|w| w.is("changes") || w.is("hics"))?;
            return Some(tag(text, opening.start, last.end(), Numbers::All));
        }
        if !self.opens(opening) {
            return None;
        }
        let mut next = at + 1;
        while words.get(next).is_some_and(|w| self.opens(w) || self.links.iter().any(|link| w.is(link))) {
            next += 1;
        }
        let (bits, last) = numbers(text, words, next)?;
        Some(tag(text, opening.start, last, Numbers::Printed(bits)))
    }

    /// Whether a letter or two stand for a word that opens a tag.
    fn abbreviates(&self, letters: &str) -> bool {
        let lower = letters.to_lowercase();
        let ends = |word: &String| lower.len() == 2 && word.ends_with(&lower);
        lower.len() <= 2 && self.openings.iter().any(|word| word.starts_with(&lower) || ends(word))
    }

    fn opens(&self, word: &Word<'_>) -> bool {
        self.openings.iter().any(|opening| word.is(opening))
    }
}

/// The numbers of a text that is nothing but a list of them, as a change column may hold: "2", "1 & 3", "All"; also behind a
/// letter or two that a word for a change begins or ends with ("C4", "IC 6").
pub(in crate::matching) fn list(text: &str, tags: &Tags) -> Option<Numbers> {
    if text.len() > 40 {
        return None;
    }
    let words: SmallVec<[Word<'_>; 8]> = words(text).collect();
    if let [all] | [all, _] = words.as_slice()
        && all.is("all")
        && words.get(1).is_none_or(|w| w.is("8") || w.is("eight") || w.is("changes"))
    {
        return Some(Numbers::All);
    }
    let lettered = words.first().is_some_and(|word| tags.abbreviates(word.text));
    let (bits, end) = numbers(text, &words, usize::from(lettered))?;
    let rest = text[end..].trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ')'));
    rest.is_empty().then_some(Numbers::Printed(bits))
}

/// A word and where it stands.
#[derive(Clone, Copy)]
struct Word<'a> {
    text: &'a str,
    start: usize,
}

impl Word<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    fn is(&self, other: &str) -> bool {
        self.text.eq_ignore_ascii_case(other)
    }
}

fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let is_part = |c: char| c.is_alphanumeric() || c == '&';
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text[rest..].find(is_part)?;
        let alphabetic = text[start..].starts_with(char::is_alphabetic);
        // "Chg1" is two words, "1&3" three.
        let end = text[start..]
            .find(|c: char| !is_part(c) || c == '&' || (alphabetic && c.is_ascii_digit()))
            .map_or(text.len(), |length| start + length.max(1));
        rest = end;
        Some(Word { text: &text[start..end], start })
    })
}

/// A list of numbers: "1 & 3", "2, 4 and 5", "2-4".
fn numbers(text: &str, words: &[Word<'_>], mut at: usize) -> Option<(u16, usize)> {
    let first = number(text, words.get(at)?)?;
    let mut bits = 1_u16 << first;
    let mut previous = first;
    let mut end = words.get(at)?.end();
    loop {
        let between = words.get(at + 1).map(|w| text[end..w.start].trim());
        let linked = words.get(at + 1).is_some_and(|w| w.is("and") || w.is("&"));
        let next = if linked { at + 2 } else { at + 1 };
        let range = matches!(between, Some("-" | "–"));
        let joined = linked || range || matches!(between, Some("," | "/" | "+"));
        let Some((word, value)) = words.get(next).filter(|_| joined).and_then(|w| number(text, w).map(|n| (w, n))) else { break };
        if range && value > previous {
            (previous..=value).for_each(|n| bits |= 1 << n);
        }
        bits |= 1 << value;
        previous = value;
        end = word.end();
        at = next;
    }
    Some((bits, end))
}

/// A number from 1 to 14 that is not part of a longer figure ("4.2", "24/7") or a count of something ("2 weeks").
fn number(text: &str, word: &Word<'_>) -> Option<u8> {
    let value: u8 = word.text.parse().ok().filter(|n| (1..=14).contains(n))?;
    let after = &text[word.end()..];
    let digits = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    let goes_on = match after.strip_prefix('/') {
        Some(rest) => digits(rest) && !ends_slashed(rest),
        None => after.starts_with(['.', '%']) && digits(&after[1..]),
    };
    // "7-day services", "2 weeks": a count and no number of a change.
    let unit = after.trim_start_matches(['-', ' ']).to_ascii_lowercase();
    let counted = ["day", "week", "month", "hour"].iter().any(|word| unit.starts_with(word));
    (!goes_on && !counted).then_some(value)
}

/// Whether what follows a number and a slash is the last of a list ("1/3", "HIC 2/4/5: …"), and no part of a date or of "5/7
/// working".
fn ends_slashed(rest: &str) -> bool {
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let value: Option<u8> = rest[..rest.len() - after.len()].parse().ok();
    match after.strip_prefix('/').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
        _ if value.is_none_or(|value| !(1..=14).contains(&value)) => false,
        Some(rest) => ends_slashed(rest),
        None => value != Some(7) || !after.trim_start().starts_with(char::is_alphabetic),
    }
}

fn tag(text: &str, start: usize, end: usize, numbers: Numbers) -> Tag<'_> {
    // "High Impact Change 4" opens with its second word.
    let before = text[..start].trim_end();
    let before = before.strip_suffix("High").or_else(|| before.strip_suffix("high")).unwrap_or(before).trim_end();
    let after = text[end..].trim_start();
    let labels = before.is_empty()
        || after.is_empty()
        || (before.ends_with(['(', '[']) && after.starts_with([')', ']']))
        || before.ends_with('\n');
    Tag { numbers, text: &text[start..end], labels, end }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags() -> Tags {
        Tags::new(Vocabulary::embedded())
    }

    fn check(text: &str, printed: &[u8], labels: bool) {
        let tag = tags().find(text);
        let got: Option<(Vec<u8>, bool)> = tag.map(|t| (t.numbers.printed().collect(), t.labels));
        assert_eq!(got, Some((printed.to_vec(), labels)), "{text:?}");
    }

    #[test]
    fn reads_tags() {
        check("Change 2 Leads met", &[2], true);
        check("Change 1 & 3", &[1, 3], true);
        check("Chg1", &[1], true);
        check("Leaflet agreed (HIC 7)", &[7], true);
        check("Changes 2, 4 and 5: agreed", &[2, 4, 5], true);
        check("High Impact Change 6 - assessors", &[6], true);
        check("HICM 3-5", &[3, 4, 5], true);
        check("HICM ref: 2 & 6", &[2, 6], true);
        check("HICM 1/3", &[1, 3], true);
        check("HICM1&3", &[1, 3], true);
        check("Changes 2/4/5: agreed", &[2, 4, 5], true);
        check("HIC 5 - 7-day services", &[5], true);
        check("as described under change 4 of this plan", &[4], false);
        assert_eq!(tags().find("All changes – triggers agreed").map(|t| t.numbers), Some(Numbers::All));
        assert_eq!(tags().find("all eight high impact changes").map(|t| t.numbers), Some(Numbers::All));
    }

    #[test]
    fn reads_lists() {
        let list = |text| list(text, &tags());
        let printed = |text| list(text).map(|numbers| numbers.printed().collect::<Vec<u8>>());
        assert_eq!(printed("1/3"), Some(vec![1, 3]));
        assert_eq!(printed("1&3"), Some(vec![1, 3]));
        assert_eq!(printed("C4"), Some(vec![4]));
        assert_eq!(printed("IC 6"), Some(vec![6]));
        assert_eq!(printed("#5"), Some(vec![5]));
        assert_eq!(printed("Q3"), None);
        assert_eq!(printed("2 & 6"), Some(vec![2, 6]));
        assert_eq!(printed(" 3"), Some(vec![3]));
        assert_eq!(list("All 8"), Some(Numbers::All));
        assert_eq!(list("2 posts"), None);
        assert_eq!(list("Allied health"), None);
    }

    #[test]
    fn reads_what_follows_an_opening_tag() {
        assert_eq!(tags().after_opening("High Impact Change 4: Home first"), Some(("Home first", Some(4))));
        assert_eq!(tags().after_opening("HIC 7 - Choice"), Some(("Choice", Some(7))));
        assert_eq!(tags().after_opening("Chg 2"), Some(("", Some(2))));
        assert_eq!(tags().after_opening("A change of 4 staff"), None);
    }

    #[test]
    fn a_model_file_adds_what_stands_beside_a_tag() {
        let file = r#"{"schema": "hicm.model/1", "extends": true, "value_words": [
            {"kind": "tag_link", "words": ["item"]}, {"kind": "tag_opening", "words": ["our"]}]}"#;
        let Ok(grown) = Vocabulary::embedded().extend(file) else { panic!("a good file") };
        let grown = Tags::new(&grown);
        assert_eq!(tags().find("HIC item 4: beds"), None);
        assert_eq!(grown.find("HIC item 4: beds").and_then(|tag| tag.numbers.single()), Some(4));
        assert_eq!(tags().after_opening("Our HIC 4: Beds"), None);
        assert_eq!(grown.after_opening("Our HIC 4: Beds"), Some(("Beds", Some(4))));
    }

    #[test]
    fn leaves_other_words_alone() {
        for text in [
            "Change lead to be named",
            "changed 4 times",
            "change 24/7 cover",
            "change 1/4/2018",
            "change 5/7 working",
            "impact 2017",
            "Hicks 4",
            "All partners",
            "",
        ] {
            assert_eq!(tags().find(text), None, "{text:?}");
        }
    }
}
