//! What the end of an entry says of who and when: "… (Lead: Ann Lee; by June 2018)", "… By when: May 2018".
//!
//! The entry keeps what stands before it and behind its bracket; the words in front of the colons only say what the others are.

use smallvec::SmallVec;

use crate::model::field::Field;
use crate::model::field::Meaning;
use crate::model::recognise::Recognise;
use crate::model::text::has_words;

/// What ends one part and may open the next.
const MARKS: [char; 8] = ['.', ';', ',', '(', '[', '–', '—', '-'];

/// Longest key in words.
const KEY_WORDS: usize = 14;

/// And in bytes, that a text of nothing but colons is not gone through for each.
const KEY_BYTES: usize = 300;

/// An entry taken apart.
pub(super) struct Tail<'s> {
    /// What it says itself.
    pub(super) rest: SmallVec<[&'s str; 2]>,
    pub(super) parts: Vec<Part<'s>>,
}

/// "Lead: Ann Lee".
#[derive(Debug, PartialEq)]
pub(super) struct Part<'s> {
    /// "Lead:"; none where the part stands behind another one ("…; by June 2018").
    pub(super) key: Option<&'s str>,
    pub(super) meaning: Meaning,
    pub(super) value: &'s str,
}

/// The words in front of the first colon of `text` and what stands behind it, where they may be a key and its value: "Lead: Ann
/// Lee", also "Lead: –", but not "Actions:-", which opens a list.
pub(in crate::tables) fn keyed(text: &str) -> Option<(&str, &str)> {
    let (key, value) = text.split_once(':')?;
    let short = key.split_whitespace().count() <= KEY_WORDS && has_words(key);
    let says = has_words(value) || (value.starts_with(char::is_whitespace) && !value.trim().is_empty());
    (short && says && !value.starts_with("//")).then(|| (key.trim(), value.trim()))
}

/// What stands in front of the first colon of `text`, where more than a few words stand behind it, and no name of a change or
/// programme: "HIC 3" of "HIC 3: the hub's lead starts in May".
pub(in crate::tables) fn before_more<'t>(text: &'t str, recognise: &dyn Recognise) -> Option<&'t str> {
    const FEWEST: usize = 4;
    let (key, value) = keyed(text)?;
    let name = recognise.heading(value).is_some_and(|guess| guess.similarity * guess.coverage >= 0.5);
    (!name && value.split_whitespace().count() >= FEWEST).then_some(key)
}

/// Takes `text` apart: words such as "Lead:" with what stands behind them, a date behind "by" among that.
pub(super) fn read<'s>(text: &'s str, recognise: &dyn Recognise) -> Tail<'s> {
    let mut keys: Vec<(usize, usize, Meaning)> = Vec::new();
    for (colon, _) in text.match_indices(':') {
        // A key lies behind the last mark or colon, and within a few words.
        let near = text.floor_char_boundary(colon.saturating_sub(KEY_BYTES));
        let before = text[near..colon].rmatch_indices(char::is_whitespace).nth(KEY_WORDS).map_or(near, |(at, _)| near + at);
        let marked = text[before..colon]
            .rfind(|c: char| c == ':' || MARKS.contains(&c))
            .map_or(before, |at| before + at + text[before + at..].chars().next().map_or(1, char::len_utf8));
        let known = |start: usize| {
            let key = text[start..colon].trim();
            recognise.header(key).filter(|guess| recognise.is_known_header(key) && says_who_or_when(guess.meaning))
        };
        // Without a mark, a capital opens the key: "Lead: Ann Lee   Timescale: May 2018".
        let capitals = text[marked..colon]
            .char_indices()
            .filter(|(at, c)| c.is_uppercase() && text[..marked + at].ends_with(char::is_whitespace));
        let mut starts = std::iter::once(marked).chain(capitals.map(|(at, _)| marked + at));
        // What opens with a key is one whole.
        let found = starts.find_map(|start| Some((start, known(start)?))).filter(|(start, _)| has_words(&text[..*start]));
        keys.extend(found.map(|(start, guess)| (start, colon + 1, guess.meaning)));
    }
    let Some((first, ..)) = keys.first().copied() else {
        return Tail { rest: SmallVec::from_elem(text, 1), parts: Vec::new() };
    };
    let bracket = text[..first].trim_end().chars().next_back().filter(|c| matches!(c, '(' | '['));
    let close = bracket.map(|open| if open == '(' { ')' } else { ']' });
    let mut parts = Vec::new();
    let mut rest: SmallVec<[&'s str; 2]> = SmallVec::from_elem(text[..first].trim_end_matches(is_mark), 1);
    for (at, (start, from, meaning)) in keys.iter().enumerate() {
        let end = keys.get(at + 1).map_or(text.len(), |next| next.0);
        let mut value = text.get(*from..end).unwrap_or_default();
        if let Some((inside, behind)) = close.and_then(|close| value.split_once(close)).filter(|_| end == text.len()) {
            rest.extend(Some(behind.trim()).filter(|behind| has_words(behind)));
            value = inside;
        }
        let (value, date) = by_date(value);
        let key = text.get(*start..*from).map(str::trim);
        parts.push(Part { key, meaning: *meaning, value: trim(value) });
        let due = |date| Part { key: None, meaning: Meaning::Field(Field::Due), value: trim(date) };
        parts.extend(date.map(due));
    }
    Tail { rest, parts }
}

/// Whether a column of this meaning says who or when, and not what.
fn says_who_or_when(meaning: Meaning) -> bool {
    matches!(meaning, Meaning::Field(Field::Lead | Field::Organisation | Field::Due | Field::Start | Field::Rag | Field::Status))
}

/// "Ann Lee; by June 2018": what stands behind the mark is a date.
fn by_date(value: &str) -> (&str, Option<&str>) {
    let found = [", by ", "; by ", " by end ", ", due "].iter().filter_map(|mark| value.find(mark)).min();
    match found {
        Some(at) if value[at..].bytes().any(|b| b.is_ascii_digit()) => (&value[..at], Some(&value[at..])),
        _ => (value, None),
    }
}

/// What parts an entry from the words about it.
fn is_mark(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | ';' | '(' | '[' | '–' | '—' | '-')
}

fn trim(value: &str) -> &str {
    let value = value.trim_matches(|c: char| is_mark(c) || matches!(c, ')' | ']'));
    // "J." is a name cut short, "Ann Lee." is not.
    if value.rsplit(' ').next().is_some_and(|word| word.len() == 2) { value } else { value.trim_end_matches('.') }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::testing::Few;

    #[test]
    fn who_and_when() {
        let (lead, due) = (Meaning::Field(Field::Lead), Meaning::Field(Field::Due));
        let of = |text| {
            let tail = read(text, &Few);
            let parts: Vec<_> = tail.parts.iter().map(|part| (part.meaning, part.value)).collect();
            (tail.rest.to_vec(), parts)
        };
        let both = |date| vec![(lead, "Ann Lee"), (due, date)];
        assert_eq!(of("Open a hub (Lead: Ann Lee; by June 2018)"), (vec!["Open a hub"], both("by June 2018")));
        assert_eq!(of("Open a hub. Lead: Ann Lee. By when: May 2018"), (vec!["Open a hub."], both("May 2018")));
        assert_eq!(of("Open a hub (Lead: Ann Lee) in the north"), (vec!["Open a hub", "in the north"], vec![(lead, "Ann Lee")]));
        assert_eq!(of("Open a hub  By when: May 2018"), (vec!["Open a hub"], vec![(due, "May 2018")]));
        assert_eq!(of("Ann Lee By when: May 2018"), (vec!["Ann Lee"], vec![(due, "May 2018")]));
        assert_eq!(of("Open a hub: a place to meet"), (vec!["Open a hub: a place to meet"], vec![]));
        assert_eq!(of("Lead: Ann Lee"), (vec!["Lead: Ann Lee"], vec![]));
    }

    #[test]
    fn keys_and_their_values() {
        assert_eq!(keyed("Lead: Ann Lee"), Some(("Lead", "Ann Lee")));
        assert_eq!(keyed("Coverage: \u{2022}"), Some(("Coverage", "\u{2022}")));
        for text in ["Actions:-", "Actions:", "Actions: ", "https://example.org/plan"] {
            assert_eq!(keyed(text), None, "{text}");
        }
    }
}
