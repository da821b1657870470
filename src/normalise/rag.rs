//! Red, amber and green (and blue, complete) in a rating cell's text or fill.
//!
//! Only cells of a rating column come here. Even so "red" may be part of a programme's or a thing's name ("Red to Green",
//! "red bag"), and a cell may hold a whole remark: a colour then counts only where it opens the cell or follows a word such
//! as "rated".

use rustc_hash::FxHashSet;

use crate::model::record::Rag;
use crate::model::vocabulary::ValueWordKind;
use crate::model::vocabulary::Vocabulary;

use super::wordspan::WordSpan;
use super::wordspan::word_spans;

/// A rating and what it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RagReading {
    /// The rating.
    pub value: Rag,
    /// The cell's own words, or the fill as `#RRGGBB`.
    pub raw: String,
}

/// Reads ratings; built once from the vocabulary.
#[derive(Clone, Debug)]
pub struct Ratings {
    /// Longest first.
    phrases: Vec<Phrase>,
    /// What, behind a colour, makes it part of a name or a thing.
    things: FxHashSet<String>,
    /// Words that announce a rating, that put it in the past or in doubt, and that say that a state is reached in part only.
    cues: FxHashSet<String>,
    past: FxHashSet<String>,
    partial: FxHashSet<String>,
    /// States that a key says of its colours.
    states: Vec<(Vec<String>, Rag)>,
    /// Words that part a colour from its meaning in a sentence, with a space before and after.
    key_links: Vec<String>,
}

#[derive(Clone, Debug)]
struct Phrase {
    value: Rag,
    words: Vec<String>,
    strength: Strength,
}

/// How plainly a phrase says a rating; the plainest in a cell is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    /// A letter, which counts only where the cell holds nothing else but ratings.
    Letter,
    /// A state that a scheme equates with a colour ("complete").
    State,
    /// A colour.
    Colour,
}

#[derive(Clone, Copy, Debug)]
struct Mention {
    value: Rag,
    strength: Strength,
    /// First word and the word after the last.
    start: usize,
    end: usize,
}

/// Words of a cell that are read.
const LONGEST_CELL: usize = 400;
/// Cells of more words than this are remarks.
const REMARK_WORDS: usize = 8;
/// Below this share of full scale between the strongest and the weakest channel a fill is white, grey or the pale band of a
/// table style (style bands stay under 0.155; the spreadsheet styles "Good" and "Bad" have 0.16 and 0.22).
const COLOUR_SHARE: f64 = 0.155;
/// As [`COLOUR_SHARE`] for blues, since table styles band in pale blue (up to 0.38 of the strongest channel).
const BLUE_SATURATION: f64 = 0.4;
/// Fills darker than this are black for the eye.
const DARKEST: f64 = 0.25;

impl Ratings {
    /// Takes the words of the ratings from the vocabulary.
    #[must_use]
    pub fn new(vocabulary: &Vocabulary) -> Self {
        let mut phrases = Vec::new();
        let lower = |text: &String| text.to_lowercase();
        let colours: Vec<String> = vocabulary.colours.iter().map(lower).collect();
        for entry in &vocabulary.rag {
            for spelling in &entry.words {
                let words: Vec<String> = word_spans(spelling).into_iter().map(|w| w.lower).collect();
                let letters: usize = words.iter().map(|w| w.chars().count()).sum();
                let strength = match letters {
                    0 => continue,
                    // "AG" is two letters, too.
                    1 | 2 => Strength::Letter,
                    // A spelling names a colour, or a state.
                    _ if words.iter().any(|word| colours.contains(word)) => Strength::Colour,
                    _ => Strength::State,
                };
                phrases.push(Phrase { value: entry.value, words, strength });
            }
        }
        phrases.sort_by(|a: &Phrase, b| b.words.len().cmp(&a.words.len()).then_with(|| a.words.cmp(&b.words)));
        let things = vocabulary.coloured_things.iter().flat_map(|text| text.split_whitespace());
        let worded = |text: &String| word_spans(text).into_iter().map(|word| word.lower).collect::<Vec<_>>();
        let states = vocabulary.rag_states.iter().flat_map(|entry| entry.words.iter().map(|word| (word, entry.value)));
        let states = states.map(|(text, value)| (worded(text), value)).collect();
        let key_links = vocabulary.key_links.iter().map(|text| format!(" {} ", lower(text))).collect();
        let of_kind = |kind| vocabulary.value_words(kind).map(str::to_lowercase).collect();
        Self {
            phrases,
            things: things.map(str::to_lowercase).collect(),
            cues: of_kind(ValueWordKind::Rating),
            past: of_kind(ValueWordKind::RatingPast),
            partial: of_kind(ValueWordKind::RatingPartial),
            states,
            key_links,
        }
    }

    /// What parts a colour from its meaning in a key that is a sentence: " means ".
    pub(super) fn key_links(&self) -> impl Iterator<Item = &str> {
        self.key_links.iter().map(String::as_str)
    }

    /// The rating whose colour `word` names.
    pub(super) fn colour(&self, word: &str) -> Option<Rag> {
        let lower = word.to_lowercase();
        let own =
            |phrase: &&Phrase| phrase.strength == Strength::Colour && matches!(phrase.words.as_slice(), [own] if *own == lower);
        self.phrases.iter().find(own).map(|phrase| phrase.value)
    }

    /// The rating of a state that is the whole of `text`, or opens it before a bracket or another state: what a key says of a
    /// colour ("On track", "Complete / closed").
    #[must_use]
    pub(super) fn state(&self, text: &str) -> Option<Rag> {
        let opening = text.split(['(', '/', ',', ';', '\u{2013}', '-']).next()?;
        let words: Vec<String> = word_spans(opening).into_iter().map(|word| word.lower).collect();
        self.states.iter().find(|(state, _)| *state == words).map(|(_, value)| *value)
    }

    /// Whether the colour is part of a thing's name ("red bag", "blue light").
    fn is_thing(&self, text: &str, words: &[WordSpan], mention: &Mention) -> bool {
        let end = words.get(mention.end.saturating_sub(1)).map_or(0, |w| w.at.end);
        let Some(next) = words.get(mention.end) else { return false };
        let near = text.get(end..next.at.start).is_some_and(|gap| matches!(gap, " " | "-" | ""));
        mention.strength == Strength::Colour && near && self.things.contains(&next.lower)
    }

    /// The rating that a rating cell's text states; `None` where it is blank or says something else.
    ///
    /// Of several colours the first counts, except that one after "was" or "previously" gives way to another, one after
    /// "now" wins, and of a pair such as "Amber/Green" the more cautious is taken. A colour outranks a state ("Green –
    /// complete"). Letters count where the cell holds nothing else. "Not rated" and its like give [`Rag::None`] only where
    /// they are the whole cell.
    #[must_use]
    pub fn read(&self, text: &str) -> Option<RagReading> {
        let mut words = word_spans(text);
        words.truncate(LONGEST_CELL);
        let mut mentions = self.mentions(&words);
        if mentions.is_empty() {
            mentions.extend(self.misspelt(&words));
        }
        if let Some(all) = mentions.first().filter(|m| m.value == Rag::None && m.start == 0 && m.end == words.len()) {
            return Some(reading(text, &words, *all, all.value));
        }
        let links = |word: &str| self.cues.contains(word) || self.past.contains(word) || word == "to";
        let announced = words.iter().filter(|word| links(&word.lower)).count();
        let only_ratings = mentions.iter().map(|m| m.end - m.start).sum::<usize>() + announced == words.len();
        let counts = |m: &&Mention| {
            m.value != Rag::None
                && (m.strength != Strength::Letter || only_ratings || announces(text, &words, m))
                && !(m.strength == Strength::State && self.is_partial(&words, m))
                && self.is_plain(&words, m)
                && !self.is_thing(text, &words, m)
        };
        let heard: Vec<Mention> = mentions.iter().filter(counts).copied().collect();
        let Some(strongest) = heard.iter().map(|m| m.strength).max() else {
            return symbol(text);
        };
        let heard: Vec<Mention> = heard.into_iter().filter(|m| m.strength == strongest).collect();
        if is_programme(&words) {
            return None;
        }
        self.choose(text, &words, &heard)
    }

    /// The rating that a fill colour stands for, by its hue; `None` for white, greys, black, the pale bands of table styles,
    /// and hues that no scheme uses. `rgb` is red, green, blue, 0 to 255. Yellow and orange are amber.
    #[must_use]
    pub fn from_fill(&self, rgb: [u8; 3]) -> Option<RagReading> {
        let [red, green, blue] = rgb.map(|channel| f64::from(channel) / 255.0);
        let strongest = red.max(green).max(blue);
        let spread = strongest - red.min(green).min(blue);
        if spread < COLOUR_SHARE || strongest < DARKEST {
            return None;
        }
        let value = match hue(red, green, blue, strongest, spread) {
            0.0..16.0 | 340.0..=360.0 => Rag::Red,
            16.0..70.0 => Rag::Amber,
            70.0..172.0 => Rag::Green,
            172.0..256.0 if spread / strongest >= BLUE_SATURATION => Rag::Blue,
            _ => return None,
        };
        Some(RagReading { value, raw: hex(rgb) })
    }

    /// A colour with a slip of the pen that is the whole cell: "Ambr", "Geen".
    fn misspelt(&self, words: &[WordSpan]) -> Option<Mention> {
        /// Shortest colour that is known with a slip: "Red" is one from too many words.
        const LETTERS: usize = 5;
        let [word] = words else { return None };
        let near = |phrase: &&Phrase| match phrase.words.as_slice() {
            [colour] if phrase.strength == Strength::Colour && colour.len() >= LETTERS => {
                colour.as_bytes().first() == word.lower.as_bytes().first() && strsim::osa_distance(colour, &word.lower) == 1
            }
            _ => false,
        };
        let phrase = self.phrases.iter().find(near)?;
        Some(Mention { value: phrase.value, strength: phrase.strength, start: 0, end: 1 })
    }

    fn mentions(&self, words: &[WordSpan]) -> Vec<Mention> {
        let mut out = Vec::new();
        let mut at = 0;
        while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
            let begins =
                |p: &&Phrase| p.words.len() <= rest.len() && p.words.iter().zip(rest).all(|(wanted, word)| *wanted == word.lower);
            match self.phrases.iter().find(begins) {
                Some(phrase) => {
                    let end = at + phrase.words.len();
                    out.push(Mention { value: phrase.value, strength: phrase.strength, start: at, end });
                    at = end;
                }
                None => at += 1,
            }
        }
        out
    }

    /// Whether a state is not reached yet, or in part only: "75% complete", "to be completed".
    fn is_partial(&self, words: &[WordSpan], mention: &Mention) -> bool {
        let before = mention.start.checked_sub(1).and_then(|n| words.get(n)).map(|w| w.lower.as_str());
        before.is_some_and(|word| self.partial.contains(word) || (word != "100" && word.chars().all(|c| c.is_ascii_digit())))
    }

    /// Whether a mention may count in a cell of this length.
    fn is_plain(&self, words: &[WordSpan], mention: &Mention) -> bool {
        words.len() <= REMARK_WORDS || mention.start < 2 || before(words, mention).is_some_and(|word| self.cues.contains(word))
    }

    /// The mention that the cell means.
    fn choose(&self, text: &str, words: &[WordSpan], heard: &[Mention]) -> Option<RagReading> {
        let cued = |m: &&Mention, cues: &[&str]| before(words, m).is_some_and(|word| cues.contains(&word));
        if let Some(now) = heard.iter().find(|m| cued(m, &["now", "currently"])) {
            return Some(reading(text, words, *now, now.value));
        }
        let present = |m: &&Mention| !before(words, m).is_some_and(|word| self.past.contains(word));
        let first = heard.iter().find(present).or_else(|| heard.first().filter(|m| !cued(m, &["not", "if", "until"])))?;
        if let Some(second) = heard.iter().find(|m| m.start >= first.end && becomes(text, words, first, m)) {
            return Some(reading(text, words, *second, second.value));
        }
        let pair = heard.iter().find(|m| m.start == first.end && adjoins(text, words, first, m));
        Some(match pair {
            Some(second) => reading(text, words, Mention { end: second.end, ..*first }, first.value.min(second.value)),
            None => reading(text, words, *first, first.value),
        })
    }
}

/// Coloured signs of the emoji.
const SYMBOLS: [(char, Rag); 10] = [
    ('\u{1f534}', Rag::Red),
    ('\u{1f7e5}', Rag::Red),
    ('\u{1f7e0}', Rag::Amber),
    ('\u{1f7e1}', Rag::Amber),
    ('\u{1f7e7}', Rag::Amber),
    ('\u{1f7e8}', Rag::Amber),
    ('\u{1f7e2}', Rag::Green),
    ('\u{1f7e9}', Rag::Green),
    ('\u{1f535}', Rag::Blue),
    ('\u{1f7e6}', Rag::Blue),
];

/// The rating that a coloured sign shows, where the cell's words tell none; the first of several.
fn symbol(text: &str) -> Option<RagReading> {
    let known = |c: char| SYMBOLS.iter().find(|(sign, _)| *sign == c).map(|(_, value)| *value);
    let (sign, value) = text.chars().find_map(|c| known(c).map(|value| (c, value)))?;
    Some(RagReading { value, raw: sign.to_string() })
}

/// The rating of a coloured sign that opens a text: "\u{1f7e2} Frailty unit opened".
pub(super) fn opening_symbol(text: &str) -> Option<RagReading> {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '\u{2013}' | '\u{2022}'));
    let sign = text.chars().next()?;
    symbol(sign.encode_utf8(&mut [0; 4]))
}

/// Whether a capital letter opens the cell and a remark on it follows: "R - off track".
fn announces(text: &str, words: &[WordSpan], mention: &Mention) -> bool {
    let end = words.get(mention.end.saturating_sub(1)).map_or(0, |w| w.at.end);
    let (before, after) = (text.get(..end).unwrap_or_default(), text.get(end..).unwrap_or_default().trim_start());
    mention.start == 0
        && !before.chars().any(char::is_lowercase)
        && after.starts_with(['-', '\u{2013}', '\u{2014}', ':', '(', '='])
}

/// A fill as it is written: `#RRGGBB`.
pub(super) fn hex([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02X}{green:02X}{blue:02X}")
}

/// Hue in degrees, 0 to 360 (the hexagonal hue of HSV).
fn hue(red: f64, green: f64, blue: f64, strongest: f64, spread: f64) -> f64 {
    let sixth = if strongest <= red {
        ((green - blue) / spread).rem_euclid(6.0)
    } else if strongest <= green {
        (blue - red) / spread + 2.0
    } else {
        (red - green) / spread + 4.0
    };
    sixth * 60.0
}

/// The word before a mention, words such as "at" left out.
fn before<'w>(words: &'w [WordSpan], mention: &Mention) -> Option<&'w str> {
    let earlier = words.get(..mention.start)?.iter().rev().map(|w| w.lower.as_str());
    earlier.into_iter().find(|word| !matches!(*word, "as" | "at" | "is" | "a" | "the" | "to" | "rag"))
}

/// Whether the cell names the ward programme "Red to Green" or its "red and green days"; a change of rating is not told so.
fn is_programme(words: &[WordSpan]) -> bool {
    const NAMES: [[&str; 3]; 4] =
        [["red", "to", "green"], ["red", "2", "green"], ["red", "green", "day"], ["red", "green", "days"]];
    words.windows(3).any(|three| NAMES.iter().any(|name| three.iter().map(|w| w.lower.as_str()).eq(*name)))
}

/// What stands between two mentions, white space left out.
fn gap<'t>(text: &'t str, words: &[WordSpan], first: &Mention, second: &Mention) -> Option<&'t str> {
    let end = words.get(first.end.saturating_sub(1)).map_or(0, |w| w.at.end);
    let start = words.get(second.start).map_or(0, |w| w.at.start);
    text.get(end..start).map(str::trim)
}

/// Whether a rating has become another ("R\u{2192}A", "Red to Amber").
fn becomes(text: &str, words: &[WordSpan], first: &Mention, second: &Mention) -> bool {
    gap(text, words, first, second).is_some_and(|gap| matches!(gap, "\u{2192}" | "->" | "-->" | "=>" | ">" | "to" | "now"))
}

/// Whether two mentions form one rating ("Amber/Green", "A-G", "Red and Amber").
fn adjoins(text: &str, words: &[WordSpan], first: &Mention, second: &Mention) -> bool {
    gap(text, words, first, second).is_some_and(|gap| gap.chars().all(|c| " /&-+\u{2013}".contains(c)))
}

fn reading(text: &str, words: &[WordSpan], mention: Mention, value: Rag) -> RagReading {
    let start = words.get(mention.start).map_or(0, |w| w.at.start);
    let end = words.get(mention.end.saturating_sub(1)).map_or(start, |w| w.at.end);
    RagReading { value, raw: text.get(start..end).unwrap_or_default().to_owned() }
}

#[cfg(test)]
mod tests {
    use crate::model::vocabulary::RagEntry;

    use super::Rag::Amber;
    use super::Rag::Blue;
    use super::Rag::Green;
    use super::Rag::Red;
    use super::*;

    fn ratings() -> Ratings {
        let entry = |value, words: &[&str]| RagEntry { value, words: words.iter().map(|&w| w.to_owned()).collect() };
        let rag = vec![
            entry(Red, &["Red", "R"]),
            entry(Amber, &["Amber", "Yellow", "Orange", "Amb", "A"]),
            entry(Green, &["Green", "Grn", "G", "On track"]),
            entry(Blue, &["Blue", "Complete", "Completed", "B"]),
            entry(Rag::None, &["Not rated", "No rating", "N/A", "Not applicable"]),
        ];
        let Vocabulary { value_words, colours, coloured_things, .. } = Vocabulary::clone(Vocabulary::embedded());
        Ratings::new(&Vocabulary { rag, value_words, colours, coloured_things, ..Vocabulary::default() })
    }

    #[track_caller]
    fn reads(text: &str, value: Rag, raw: &str) {
        assert_eq!(ratings().read(text), Some(RagReading { value, raw: raw.to_owned() }), "{text:?}");
    }

    #[track_caller]
    fn nothing(text: &str) {
        assert_eq!(ratings().read(text), None, "{text:?}");
    }

    #[test]
    fn a_model_file_adds_what_stands_beside_a_rating() {
        let file = r#"{"schema": "hicm.model/1", "extends": true, "value_words": [
            {"kind": "rating_past", "words": ["erstwhile"]}, {"kind": "rating_partial", "words": ["barely"]}]}"#;
        let Ok(grown) = Vocabulary::embedded().extend(file) else { panic!("a good file") };
        let (old, new) = (Ratings::new(Vocabulary::embedded()), Ratings::new(&grown));
        let read = |ratings: &Ratings, text: &str| ratings.read(text).map(|reading| reading.value);
        assert_eq!((read(&old, "barely complete"), read(&new, "barely complete")), (Some(Blue), None));
        assert_eq!((read(&old, "Erstwhile red, green"), read(&new, "Erstwhile red, green")), (Some(Red), Some(Green)));
    }

    #[test]
    fn words_and_letters() {
        reads("GREEN", Green, "GREEN");
        reads("Grn", Green, "Grn");
        reads("R", Red, "R");
        reads(" (a) ", Amber, "a");
        reads("B.", Blue, "B");
        reads("Yellow", Amber, "Yellow");
        reads("Completed", Blue, "Completed");
        reads("RAG: Amber", Amber, "Amber");
        reads("RAG - G", Green, "G");
    }

    #[test]
    fn a_letter_with_a_remark() {
        reads("R - off track", Red, "R");
        reads("A: delays", Amber, "A");
        nothing("A delay");
        nothing("a - z");
    }

    #[test]
    fn slips_in_colours() {
        let ratings = Ratings::new(Vocabulary::embedded());
        let value = |text: &str| ratings.read(text).map(|reading| reading.value);
        assert_eq!((value("Ambr"), value("Geen"), value("Grren")), (Some(Rag::Amber), Some(Rag::Green), Some(Rag::Green)));
        assert_eq!((value("Rod"), value("Member"), value("Ambr wing")), (None, None, None));
    }

    #[test]
    fn coloured_signs() {
        reads("\u{1f534} overdue", Red, "\u{1f534}");
        reads("\u{1f7e8}", Amber, "\u{1f7e8}");
        reads("\u{1f7e2} Amber", Amber, "Amber");
        nothing("\u{26aa}");
    }

    #[test]
    fn a_state_in_part() {
        for text in ["75% complete", "Not yet complete", "To be completed", "Partially complete", "Nearly complete"] {
            nothing(text);
        }
        reads("100% complete", Blue, "complete");
    }

    #[test]
    fn colours_among_other_words() {
        reads("Amber - delayed", Amber, "Amber");
        reads("On target (green)", Green, "green");
        reads("Complete \u{2013} Green", Green, "Green");
        reads("Status: red", Red, "red");
        reads("Work is on track and the group will meet again in May, rated green", Green, "green");
        reads("Green. All beds are open and the team meets each morning at nine", Green, "Green");
        nothing("The team hands out leaflets about the amber alert of the trust each week");
        nothing("A group meets");
        nothing("Plan B agreed");
    }

    #[test]
    fn of_two_ratings() {
        reads("Amber/Green", Amber, "Amber/Green");
        reads("Green/Amber", Amber, "Green/Amber");
        reads("A/G", Amber, "A/G");
        reads("R \u{2192} A", Amber, "A");
        reads("Red to Amber", Amber, "Amber");
        reads("G (was A)", Green, "G");
        reads("Red - Amber", Red, "Red - Amber");
        reads("Was red, now amber", Amber, "amber");
        reads("Green (previously amber)", Green, "Green");
        reads("Previously amber, green", Green, "green");
        reads("Amber moving to green", Amber, "Amber");
        reads("Moved from Red to Amber", Amber, "Amber");
        reads("Amber, red if beds close", Amber, "Amber");
    }

    #[test]
    fn no_rating_and_no_cell() {
        reads("Not rated", Rag::None, "Not rated");
        reads("N/A", Rag::None, "N/A");
        nothing("");
        nothing(" - ");
        nothing("Delayed");
        reads("Green (N/A for Westmarch)", Green, "Green");
    }

    #[test]
    fn names_that_hold_a_colour() {
        for text in [
            "Red to Green",
            "Red2Green",
            "Red 2 Green",
            "red bag scheme",
            "Red/Green days",
            "Blue light",
            "R2G",
            "Westmarch Red Cross",
        ] {
            nothing(text);
        }
    }

    #[track_caller]
    fn fills(rgb: u32, value: Option<Rag>) {
        let [_, red, green, blue] = rgb.to_be_bytes();
        assert_eq!(ratings().from_fill([red, green, blue]).map(|r| r.value), value, "{rgb:06X}");
    }

    #[test]
    fn fills_by_hue() {
        for rgb in [0xFF_0000, 0xC0_0000, 0xFF_C7CE, 0xFF_5050, 0xDA_9694, 0xFF_3300] {
            fills(rgb, Some(Red));
        }
        for rgb in [0xFF_C000, 0xFF_FF00, 0xFF_EB9C, 0xED_7D31, 0xF7_9646, 0xFF_9900, 0xFF_FF99] {
            fills(rgb, Some(Amber));
        }
        for rgb in [0x92_D050, 0x00_B050, 0x00_FF00, 0xC6_EFCE, 0x9B_BB59, 0x70_AD47, 0xA9_D08E] {
            fills(rgb, Some(Green));
        }
        for rgb in [0x00_B0F0, 0x00_70C0, 0x00_00FF, 0x44_72C4, 0x1F_497D, 0x5B_9BD5] {
            fills(rgb, Some(Blue));
        }
    }

    #[test]
    fn fills_without_a_rating() {
        for rgb in [
            0xFF_FFFF, 0x00_0000, 0x80_8080, 0xD9_D9D9, 0xDC_E6F1, 0xB8_CCE4, 0xBD_D7EE, 0xD9_E1F2, 0xE2_EFDA, 0xFC_E4D6,
            0x70_30A0,
        ] {
            fills(rgb, None);
        }
    }

    #[test]
    fn a_fill_keeps_its_colour() {
        assert_eq!(ratings().from_fill([255, 192, 0]).map(|r| r.raw).as_deref(), Some("#FFC000"));
    }
}
