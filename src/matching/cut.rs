//! Names and headers that the edge of a cell cut off ("Trusted asse", "Action req"), or that are one slip of the pen away ("Stat date",
//! "Progress to ate").

/// Fewest bytes of what is left of a folded text.
const LEAST: usize = 5;

/// At least this share of the whole text must be left, in tenths; with less it could be many others.
const LEAST_TENTHS: usize = 6;

/// Shortest and longest folded text, in bytes, that one slip is looked for in: a shorter one is a slip away from too much.
const SLIP_LEAST: usize = 7;
const SLIP_MOST: usize = 48;

/// Known texts in alphabetical order, each with its index.
#[derive(Debug, Default)]
pub(super) struct Cuts {
    sorted: Vec<(String, usize)>,
}

impl Cuts {
    /// Indexes folded `texts`, each by its position.
    pub(super) fn new(texts: impl IntoIterator<Item = String>) -> Self {
        let mut sorted: Vec<(String, usize)> = texts.into_iter().zip(0..).collect();
        sorted.sort_unstable();
        Self { sorted }
    }

    /// The one meaning, told by `meaning`, of all known texts that `folded` is a beginning of, with the index of the first of
    /// them. The cut goes through a word, and only where `between` also between words: what ends there is mostly a text of its own
    /// ("Discharge").
    pub(super) fn whole<M: PartialEq>(
        &self,
        folded: &str,
        between: bool,
        meaning: impl Fn(usize) -> Option<M>,
    ) -> Option<(usize, M)> {
        let (last, words) = folded.split(' ').fold(("", 0), |(_, words), word| (word, words + 1));
        // A lone letter of the second word may begin any: "Supporting c".
        if folded.len() < LEAST || (last.len() < 2 && words < 3) {
            return None;
        }
        let first = self.sorted.partition_point(|(text, _)| text.as_str() < folded);
        let begun = self.sorted.iter().skip(first).take_while(|(text, _)| text.starts_with(folded));
        let cut = |text: &str| {
            let rest = text.get(folded.len()..).unwrap_or_default();
            let ends = rest.is_empty() || (rest.starts_with(' ') && !between);
            !ends && folded.len() * 10 >= text.len() * LEAST_TENTHS
        };
        agreed(begun.filter(|(text, _)| cut(text)).map(|(_, index)| *index), meaning)
    }

    /// The one meaning of all known texts of several words that `folded` is one slip away from, as a whole: a letter or a space too many,
    /// missing, wrong or swapped. Each word by itself may be too short to tell.
    pub(super) fn slipped<M: PartialEq>(&self, folded: &str, meaning: impl Fn(usize) -> Option<M>) -> Option<(usize, M)> {
        let first = folded.chars().next().filter(|_| (SLIP_LEAST..=SLIP_MOST).contains(&folded.len()))?;
        let start = self.sorted.partition_point(|(text, _)| text.chars().next() < Some(first));
        let near = self.sorted.iter().skip(start).take_while(|(text, _)| text.starts_with(first));
        let near = near.filter(|(text, _)| text.len().abs_diff(folded.len()) <= 1 && text.contains(' '));
        agreed(near.filter(|(text, _)| is_slip(text, folded)).map(|(_, index)| *index), meaning)
    }
}

/// The one meaning of all of `indices`, with the first of them.
fn agreed<M: PartialEq>(mut indices: impl Iterator<Item = usize>, meaning: impl Fn(usize) -> Option<M>) -> Option<(usize, M)> {
    let first = indices.next()?;
    let told = meaning(first)?;
    indices.all(|index| meaning(index).as_ref() == Some(&told)).then_some((first, told))
}

/// Whether two texts differ by one character too many, missing or wrong, or by two that are swapped; another number is no slip. Nothing is
/// allocated: this is asked of many names for each text.
fn is_slip(known: &str, text: &str) -> bool {
    let (known, text) = (known.as_bytes(), text.as_bytes());
    let same = |(a, b): &(&u8, &u8)| a == b;
    let start = known.iter().zip(text).take_while(same).count();
    let (known, text) = (&known[start..], &text[start..]);
    let end = known.iter().rev().zip(text.iter().rev()).take_while(same).count();
    let (known, text) = (&known[..known.len() - end], &text[..text.len() - end]);
    let slip = match (known, text) {
        ([_], [] | [_]) | ([], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    };
    slip && !known.iter().chain(text).any(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::text::fold;

    #[test]
    fn a_cut_goes_through_a_word_and_leaves_one_meaning() {
        let texts = ["Trusted assessors", "Trusted assessment", "Care homes", "Care hours", "Discharge hub"];
        let meanings = [6, 6, 8, 5, 3];
        let cuts = Cuts::new(texts.map(fold));
        let whole = |text: &str| cuts.whole(text, false, |index| meanings.get(index).copied()).map(|(_, meaning)| meaning);
        assert_eq!(whole("trusted asse"), Some(6));
        assert_eq!(whole("care hom"), Some(8));
        assert_eq!(whole("care ho"), None, "homes or hours");
        assert_eq!(whole("care h"), None, "one letter");
        assert_eq!(whole("discharge"), None, "ends with a word");
        assert_eq!(whole("trust"), None, "too little is left");
        assert_eq!(whole("care homes"), None, "nothing is cut off");
        assert_eq!(cuts.whole("discharge", true, |index| meanings.get(index).copied()), Some((4, 3)));
    }

    #[test]
    fn one_slip_in_a_text_leaves_one_meaning() {
        let texts = ["Start date", "Progress to date", "Key milestone", "Lead organisation", "Led organisation", "Section 75"];
        let meanings = [1, 2, 3, 4, 5, 6];
        let cuts = Cuts::new(texts.map(fold));
        let slipped = |text: &str| cuts.slipped(text, |index| meanings.get(index).copied()).map(|(_, meaning)| meaning);
        assert_eq!(slipped("stat date"), Some(1));
        assert_eq!(slipped("progress to ate"), Some(2));
        assert_eq!(slipped("keymilestone"), Some(3));
        assert_eq!(slipped("lead rganisation"), Some(4));
        assert_eq!(slipped("leed organisation"), None, "lead or led");
        assert_eq!(slipped("start date"), None, "no slip");
        assert_eq!(slipped("stat dat"), None, "two slips");
        assert_eq!((slipped("section 76"), slipped("sction 75")), (None, Some(6)), "another number");
    }
}
