//! What the end of an entry says of who and when: "… (Lead: Ann Lee; by June 2018)", "… By when: May 2018".
//!
//! The entry keeps its whole text; the parts found here are fields beside it.

use crate::model::field::Field;
use crate::model::field::Meaning;
use crate::model::recognise::Recognise;

/// What ends one part and may open the next.
const MARKS: [char; 7] = ['.', ';', ',', '(', '–', '—', '-'];

/// The parts of `text` behind words such as "Lead:", and a date behind "by" among them.
pub(super) fn parts<'s>(text: &'s str, recognise: &dyn Recognise) -> Vec<(Meaning, &'s str)> {
    let mut keys: Vec<(usize, usize, Meaning)> = Vec::new();
    for (colon, _) in text.match_indices(':') {
        let start = text[..colon]
            .rfind(|c: char| MARKS.contains(&c))
            .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
        let key = text[start..colon].trim();
        let known = recognise.header(key).filter(|guess| recognise.is_known_header(key) && says_who_or_when(guess.meaning));
        keys.extend(known.map(|guess| (start, colon + 1, guess.meaning)));
    }
    let mut parts = Vec::new();
    for (at, (_, from, meaning)) in keys.iter().enumerate() {
        let end = keys.get(at + 1).map_or(text.len(), |next| next.0);
        let value = text.get(*from..end).unwrap_or_default();
        let (value, date) = by_date(value);
        parts.push((*meaning, trim(value)));
        parts.extend(date.map(|date| (Meaning::Field(Field::Due), trim(date))));
    }
    parts.retain(|(_, value)| !value.is_empty());
    parts
}

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

fn trim(value: &str) -> &str {
    value.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')' | '–' | '—')).trim_end_matches('.')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::recognise::HeaderGuess;
    use crate::model::recognise::HeadingGuess;
    use crate::model::recognise::Mark;
    use crate::model::record::Level;

    struct Two;

    impl Recognise for Two {
        fn header(&self, text: &str) -> Option<HeaderGuess> {
            let field = match text {
                "Lead" => Field::Lead,
                "By when" => Field::Due,
                _ => return None,
            };
            Some(HeaderGuess { meaning: Meaning::Field(field), similarity: 1.0 })
        }
        fn is_known_header(&self, text: &str) -> bool {
            self.header(text).is_some()
        }
        fn is_value(&self, _: &str) -> bool {
            false
        }
        fn heading(&self, _: &str) -> Option<HeadingGuess> {
            None
        }
        fn is_milestone(&self, _: &str) -> bool {
            false
        }
        fn level(&self, _: &str) -> Option<Level> {
            None
        }
        fn mark(&self, _: &str) -> Option<Mark> {
            None
        }
        fn is_planned(&self, _: &str) -> bool {
            false
        }
        fn is_placeholder(&self, _: &str) -> bool {
            false
        }
        fn is_cover_label(&self, _: &str) -> bool {
            false
        }
        fn is_cover_title(&self, _: &str) -> bool {
            false
        }
        fn is_apart_header(&self, _: &[&str]) -> bool {
            false
        }
        fn is_summary(&self, _: &str) -> bool {
            false
        }
    }

    #[test]
    fn who_and_when() {
        let (lead, due) = (Meaning::Field(Field::Lead), Meaning::Field(Field::Due));
        assert_eq!(parts("Open a hub (Lead: Ann Lee; by June 2018)", &Two), [(lead, "Ann Lee"), (due, "by June 2018")]);
        assert_eq!(parts("Open a hub. Lead: Ann Lee. By when: May 2018", &Two), [(lead, "Ann Lee"), (due, "May 2018")]);
        assert_eq!(parts("Open a hub: a place to meet", &Two), []);
    }
}
