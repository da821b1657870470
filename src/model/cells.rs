//! The one notion that all stages share of what a short cell says beyond words of a sentence: a level's name, a mark in a
//! matrix, a quarter, a blank to be filled in.

use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use crate::model::recognise::Mark;
use crate::model::record::Level;
use crate::model::text::fold;
use crate::model::text::words;
use crate::model::vocabulary::Vocabulary;

/// Longest header of a level or quarter, in bytes: more is text about it.
const LONGEST: usize = 60;

/// The vocabulary of cells, ready to be asked.
#[derive(Debug, Default)]
pub struct Cells {
    levels: FxHashMap<String, Level>,
    ticks: FxHashSet<String>,
    unticked: FxHashSet<String>,
    /// Folded, with a space before and after, to be found inside a header.
    planned: Vec<String>,
    placeholders: FxHashSet<String>,
    /// Words that may stand beside a quarter in a header.
    beside_quarters: FxHashSet<String>,
    superseded: FxHashSet<String>,
}

impl Cells {
    /// Prepares `vocabulary`.
    #[must_use]
    pub fn new(vocabulary: &Vocabulary) -> Self {
        let levels = vocabulary.maturity.iter().flat_map(|entry| entry.words.iter().map(|word| (fold(word), entry.level)));
        let plain = |list: &[String]| list.iter().map(|word| word.to_lowercase()).collect();
        Self {
            levels: levels.collect(),
            ticks: plain(&vocabulary.ticks),
            unticked: plain(&vocabulary.unticked),
            planned: vocabulary.planned.iter().map(|word| format!(" {} ", fold(word))).collect(),
            placeholders: vocabulary.placeholders.iter().map(|word| fold(word)).collect(),
            superseded: vocabulary.superseded.iter().map(|word| fold(word)).collect(),
            beside_quarters: vocabulary.quarter_words.iter().flat_map(|text| words(text)).collect(),
        }
    }

    /// The level that `text` names and nothing else but a number: "Established", "3. Established", "Level 3: Established".
    #[must_use]
    pub fn level(&self, text: &str) -> Option<Level> {
        if text.len() > LONGEST {
            return None;
        }
        self.levels.get(&unnumbered(text)).copied()
    }

    /// The levels that a name, cut short at the end of a word or within it, begins: "Not yet", "2. Plans", "Exemp". Low to
    /// high.
    #[must_use]
    pub fn levels_begun(&self, text: &str) -> SmallVec<[Level; 2]> {
        /// Least letters of a name that tell it from a mark.
        const LETTERS: usize = 3;
        let own = if text.len() > LONGEST { String::new() } else { unnumbered(text.trim_end_matches(['.', '…'])) };
        if own.len() < LETTERS {
            return SmallVec::new();
        }
        let begun = self.levels.iter().filter(|(name, _)| name.starts_with(&own)).map(|(_, level)| *level);
        let mut begun: SmallVec<[Level; 2]> = begun.collect();
        begun.sort_unstable();
        begun.dedup();
        begun
    }

    /// What `text` says as a mark in a matrix, or the box or tick that it opens with.
    #[must_use]
    pub fn mark(&self, text: &str) -> Option<Mark> {
        let text = text.trim();
        let whole = text.trim_end_matches(['.', '!']).to_lowercase();
        if self.ticks.contains(&whole) || self.ticks.contains(text) {
            return Some(Mark::Chosen);
        }
        if self.unticked.contains(&whole) || self.unticked.contains(text) {
            return Some(Mark::Unchosen);
        }
        if text.len() <= LONGEST && self.marks_plan(text) {
            return Some(Mark::Planned);
        }
        let sign = text
            .chars()
            .next()
            .filter(|c| !c.is_alphanumeric() && !c.is_ascii() && !matches!(c, '•' | '●' | '–' | '—' | '■' | '○'))?;
        let sign = sign.to_string();
        if self.ticks.contains(&sign) {
            return Some(Mark::Chosen);
        }
        self.unticked.contains(&sign).then_some(Mark::Unchosen)
    }

    /// What is ticked in a text with several boxes, "☐ Established ☒ Mature" or "Established ☐ Mature ☒"; `None` where it has
    /// fewer.
    #[must_use]
    pub fn ticked(&self, text: &str) -> Option<String> {
        let sign = |c: char| !c.is_alphanumeric() && !c.is_ascii();
        let chosen = |c: char| self.ticks.contains(c.encode_utf8(&mut [0; 4]));
        let open = |c: char| self.unticked.contains(c.encode_utf8(&mut [0; 4]));
        let boxes: Vec<(usize, char)> = text
            .char_indices()
            .filter(|(_, c)| sign(*c) && (matches!(c, '☐' | '□' | '○') || (chosen(*c) && !matches!(c, '•' | '●' | '■'))))
            .collect();
        if boxes.len() < 2 || !boxes.iter().any(|(_, c)| open(*c)) {
            return None;
        }
        let before = !text.trim_start().starts_with(|c| boxes.first().is_some_and(|(_, first)| *first == c));
        let mut ticked = Vec::new();
        for (n, (at, c)) in boxes.iter().enumerate().filter(|(_, (_, c))| !open(*c)) {
            let part = if before {
                let from = n.checked_sub(1).and_then(|last| boxes.get(last)).map_or(0, |(at, c)| at + c.len_utf8());
                text.get(from..*at)
            } else {
                text.get(at + c.len_utf8()..boxes.get(n + 1).map_or(text.len(), |(next, _)| *next))
            };
            ticked.extend(part.map(str::trim));
        }
        Some(ticked.join("\n"))
    }

    /// Whether a word of a header says that another column of its kind has come in its place: "Original date", "RAG last
    /// month".
    #[must_use]
    pub fn is_superseded(&self, header: &str) -> bool {
        fold(header).split(' ').any(|word| self.superseded.contains(word))
    }

    /// Whether `text` is a header for a quarter's figures: "Q3 17/18", "Q4 2017-18 (Current)", "Quarter 1 18/19 planned".
    #[must_use]
    pub fn is_quarter(&self, text: &str) -> bool {
        if text.len() > LONGEST {
            return false;
        }
        let folded = fold(text);
        let mut quarters = 0;
        let mut counted = false;
        for word in folded.split(' ') {
            let digits = word.bytes().all(|b| b.is_ascii_digit());
            let number = word.trim_start_matches(|c: char| c.is_ascii_alphabetic());
            let letters = &word[..word.len() - number.len()];
            let quarter = matches!(number, "1" | "2" | "3" | "4");
            if quarter && (matches!(letters, "q" | "qtr" | "quarter") || (counted && digits)) {
                quarters += 1;
            } else if !(self.beside_quarters.contains(word) || word == "qtr" || (digits && matches!(word.len(), 2 | 4))) {
                return false;
            }
            counted = matches!(word, "quarter" | "qtr");
        }
        quarters == 1
    }

    /// Whether the words of `text` say that what it heads is planned: "Q1 18/19 (Planned)".
    #[must_use]
    pub fn plans(&self, text: &str) -> bool {
        let folded = format!(" {} ", fold(text));
        self.planned.iter().any(|word| if word.len() > 3 { folded.contains(word) } else { folded == *word })
    }

    /// "Target", "Target by March 2018", "Our target": a few words about the plan itself, and not what it says.
    fn marks_plan(&self, text: &str) -> bool {
        const ALONE: usize = 3;
        const OPENED: usize = 6;
        let words = text.split_whitespace().count();
        let first = || text.split_whitespace().next().is_some_and(|word| self.plans(word));
        (words <= ALONE || (words <= OPENED && first())) && self.plans(text) && !self.says_more(text)
    }

    /// Whether a text that plans says what: "Plan for training", and not "Target by March 2018".
    fn says_more(&self, text: &str) -> bool {
        let folded = format!(" {} ", fold(text));
        let mut planned: Vec<&String> = self.planned.iter().filter(|word| word.len() > 3).collect();
        planned.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let rest = planned.into_iter().fold(folded, |rest, word| rest.replace(word.as_str(), " "));
        let timed = |word: &str| {
            self.beside_quarters.contains(word) || names_month(word) || word.bytes().any(|b| b.is_ascii_digit()) || word.len() < 3
        };
        !rest.split_whitespace().all(timed)
    }

    /// Whether `text` is what a form shows where nothing is filled in, with or without brackets around it.
    #[must_use]
    pub fn is_placeholder(&self, text: &str) -> bool {
        text.len() <= LONGEST && self.placeholders.contains(&fold(text))
    }
}

/// The words of a level's name, folded, without its number and what stands in brackets.
fn unnumbered(text: &str) -> String {
    let outside = text.split_once('(').map_or(text, |(before, _)| before);
    let folded = fold(if outside.trim().is_empty() { text } else { outside });
    let number = |word: &str| word.len() == 1 && word.bytes().all(|b| b.is_ascii_digit());
    let counted = |word: &&str| *word != "level" && *word != "stage" && !number(word);
    folded.split(' ').filter(counted).collect::<Vec<_>>().join(" ")
}

/// The months in lower case, January first.
const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// Whether `word`, in lower case, is the name of a month, or three letters of it or more.
#[must_use]
pub fn names_month(word: &str) -> bool {
    month_number(word).is_some()
}

/// The number of the month that `word`, in lower case, names, in full or by three letters or more; 1 for January.
#[must_use]
pub fn month_number(word: &str) -> Option<u32> {
    (1..).zip(MONTHS).find(|(_, month)| word.len() >= 3 && month.starts_with(word)).map(|(number, _)| number)
}

/// Whether `text` is a month and its year and nothing else: "Apr-18", "April 2018".
#[must_use]
pub fn is_month(text: &str) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    let folded = fold(text);
    let Some((month, year)) = folded.split_once(' ') else { return false };
    names_month(month) && matches!(year.len(), 2 | 4) && year.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells() -> Cells {
        Cells::new(Vocabulary::embedded())
    }

    #[test]
    fn levels_with_a_number() {
        assert_eq!(cells().level("Level 3: Established"), Some(Level::Established));
        assert_eq!(cells().level("2. Plans in place"), Some(Level::PlansInPlace));
        assert_eq!(cells().level("Mature (4)"), Some(Level::Mature));
        assert_eq!(cells().level("A group was established"), None);
    }

    #[test]
    fn levels_cut_short() {
        assert_eq!(cells().levels_begun("Not yet").as_slice(), [Level::NotYetEstablished]);
        assert_eq!(cells().levels_begun("2. Plans").as_slice(), [Level::PlansInPlace]);
        assert_eq!(cells().levels_begun("Ex").as_slice(), []);
        assert_eq!(cells().levels_begun("Planning").as_slice(), []);
    }

    #[test]
    fn marks_alone_and_in_front() {
        assert_eq!(cells().mark("x"), Some(Mark::Chosen));
        assert_eq!(cells().mark("\u{2612} Board rounds on two wards"), Some(Mark::Chosen));
        assert_eq!(cells().mark("\u{2610} Board rounds on all wards"), Some(Mark::Unchosen));
        assert_eq!(cells().mark("Target"), Some(Mark::Planned));
        assert_eq!(cells().mark("T"), Some(Mark::Planned));
        assert_eq!(cells().mark("Target by March 2018"), Some(Mark::Planned));
        assert_eq!(cells().mark("Target for Q2"), Some(Mark::Planned));
        assert_eq!(cells().mark("Our target"), Some(Mark::Planned));
        assert_eq!(cells().mark("A plan for board rounds is written"), None);
        assert_eq!(cells().mark("Plan for training of assessors"), None);
        assert_eq!(cells().mark("Plan for training"), None);
        assert_eq!(cells().mark("Board rounds on all wards"), None);
    }

    #[test]
    fn boxes_in_one_cell() {
        let ticked = |text: &str| cells().ticked(text);
        assert_eq!(ticked("☐ Plans in place ☒ Established ☐ Mature").as_deref(), Some("Established"));
        assert_eq!(ticked("Plans in place ☐ Established ☑").as_deref(), Some("Established"));
        assert_eq!(ticked("☐ Mature ☐ Exemplary").as_deref(), Some(""));
        assert_eq!(ticked("Established"), None);
    }

    #[test]
    fn months() {
        assert!(["Apr-18", "April 2018", "Sept 17"].into_iter().all(is_month));
        assert!(!["April", "May do 18", "Mark 17", "12 Apr 18", "2018"].into_iter().any(is_month));
    }

    #[test]
    fn quarters() {
        let cells = Cells::new(Vocabulary::embedded());
        for text in ["Q3 17/18", "Q4 17/18 (Current)", "Quarter 1 2018-19 (Planned)", "Qtr 2", "Position at end of Q2 2018/19"] {
            assert!(cells.is_quarter(text), "{text}");
        }
        for text in ["", "Q1 and Q2", "Q3 17/18 actions", "2017/18", "QTR"] {
            assert!(!cells.is_quarter(text), "{text}");
        }
    }
}
