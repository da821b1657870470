//! Compares single texts with the vocabulary: headers and row labels with meanings, headings with the names of changes.

use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use super::apart::Apart;
use super::asides::Asides;
use super::changes::tags::Tags;
use super::cut::Cuts;
use super::dated::is_level_by;
use super::dated::undated;
use super::dated::without_period;
use super::phrases::Met;
use super::phrases::Phrases;
use super::wording::Wordings;
use super::wording::written_out;
use crate::model::cells::Cells;
use crate::model::change::ChangeNumber;
use crate::model::field::Field;
use crate::model::field::Meaning;
use crate::model::numbering::numbered;
use crate::model::recognise::HeaderGuess;
use crate::model::recognise::HeadingGuess;
use crate::model::recognise::Mark;
use crate::model::recognise::Recognise;
use crate::model::recognise::Telling;
use crate::model::record::Level;
use crate::model::text::fold;
use crate::model::vocabulary::Vocabulary;

/// How much a header is like one that it begins, at least three fifths of it, or that it is one slip away from: above typos and
/// a little more in the text, which share words only.
const CUT_HEADER: f64 = 0.9;

/// How much a header is like those of its meaning that shares only words with them: just enough to give its column a field.
const WORDED: f64 = 0.72;

/// From this similarity on a header is the known one that it is like, whatever its words say.
const SURE: f64 = 0.85;

/// Least share of a name that a heading must have to be weighed at all.
const LEAST_NAME: f64 = 0.55;

/// Share of a name that is held to be met where its end is cut off.
const CUT: f64 = 0.92;

/// A name that a heading may bear.
#[derive(Debug)]
pub(crate) struct Name {
    /// As written in the vocabulary.
    pub(crate) text: String,
    /// The change, `None` for what is outside the eight.
    pub(crate) change: Option<ChangeNumber>,
    /// Names another model with changes of its own.
    pub(crate) other_model: bool,
    /// Names something that plans of the eight are part of.
    pub(crate) frame: bool,
}

/// A name met in a heading.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NameMet {
    /// Index of the name.
    pub(crate) name: usize,
    /// Share of the name that was met, 0 to 1.
    pub(crate) similarity: f64,
    /// Share of the heading that the name takes up, 0 to 1.
    pub(crate) coverage: f64,
    /// Likeness and length together: how much it says.
    pub(crate) strength: f64,
}

/// The vocabulary, ready to be compared with.
#[derive(Debug)]
pub struct Recogniser {
    headers: Headers,
    wordings: Wordings,
    names: Names,
    /// Words that stand in cells as values: levels, ratings, "none yet".
    values: FxHashSet<String>,
    milestone_openings: Vec<String>,
    outcomes: Vec<String>,
    /// What the model as a whole is called, folded.
    model_names: Vec<String>,
    summaries: Vec<String>,
    cells: Cells,
    apart: Apart,
    asides: Asides,
    tags: Tags,
}

/// The known headers.
#[derive(Debug, Default)]
struct Headers {
    /// By their folded text.
    exact: FxHashMap<String, Meaning>,
    /// Of each, by its position in `phrases` and `cut`.
    meanings: Vec<Meaning>,
    phrases: Phrases,
    cut: Cuts,
}

/// The names of changes and of what is outside the eight.
#[derive(Debug)]
struct Names {
    list: Vec<Name>,
    /// By their folded text, for headings that are just a name.
    exact: FxHashMap<String, usize>,
    phrases: Phrases,
    cut: Cuts,
}

impl Headers {
    fn new(vocabulary: &Vocabulary) -> Self {
        let mut headers = Self::default();
        let mut texts = Vec::new();
        for entry in &vocabulary.headers {
            let Some(meaning) = entry.meaning() else { continue };
            for word in &entry.words {
                let folded = fold(word);
                headers.exact.entry(folded.clone()).or_insert(meaning);
                headers.meanings.push(meaning);
                texts.push(folded);
            }
        }
        Self { phrases: Phrases::new(texts.iter().map(String::as_str)), cut: Cuts::new(texts), ..headers }
    }
}

impl Names {
    fn new(vocabulary: &Vocabulary) -> Self {
        let list = names(vocabulary);
        let texts: Vec<String> = list.iter().map(|name| fold(&name.text)).collect();
        Self {
            list,
            exact: texts.iter().enumerate().rev().map(|(index, text)| (text.clone(), index)).collect(),
            phrases: Phrases::new(texts.iter().map(String::as_str)),
            cut: Cuts::new(texts),
        }
    }
}

impl Recogniser {
    /// Prepares `vocabulary`.
    #[must_use]
    pub fn new(vocabulary: &Vocabulary) -> Self {
        // The longest of the parts first: another thread, busy elsewhere until about then, finds the smaller ones.
        let (wordings, (headers, (names, apart))) = rayon::join(
            || Wordings::new(vocabulary.headers.iter().chain(&vocabulary.header_wordings)),
            || rayon::join(|| Headers::new(vocabulary), || (Names::new(vocabulary), Apart::new(vocabulary))),
        );
        Self {
            headers,
            wordings,
            names,
            values: values(vocabulary),
            milestone_openings: vocabulary.milestone_openings.iter().map(|word| fold(word)).collect(),
            outcomes: vocabulary.outcomes.iter().map(|word| fold(word)).collect(),
            model_names: vocabulary.model_names.iter().map(|name| fold(name)).collect(),
            summaries: vocabulary.summaries.iter().map(|word| fold(word)).collect(),
            cells: Cells::new(vocabulary),
            apart,
            asides: Asides::new(vocabulary),
            tags: Tags::new(vocabulary),
        }
    }

    /// The meaning of a header that the edge of its cell cut: a beginning of known headers of one meaning only.
    fn cut_header(&self, folded: &str) -> Option<Meaning> {
        let meaning = |index: usize| self.headers.meanings.get(index).copied();
        self.headers.cut.whole(folded, folded.contains(' '), meaning).map(|(_, meaning)| meaning)
    }

    /// The meaning of a known header beside a month. "From October 2017" is no header but a date.
    fn dated_header(&self, folded: &str) -> Option<HeaderGuess> {
        let known = |text: &str| self.headers.exact.get(text).copied();
        // "Priorities" are what governs the rows, "Priorities for 2023" what comes next.
        let of_period =
            || without_period(folded).and_then(|rest| known(&format!("{rest} for next year")).or_else(|| known(&rest)));
        // "Position at 1/9/16" is the current position of that day.
        let of_day = |rest: String| known(&rest).or_else(|| known(&format!("current {rest}")));
        let meaning = undated(folded).and_then(of_day).or_else(of_period)?;
        let of_dates = matches!(meaning, Meaning::Field(Field::Start | Field::Due));
        (!of_dates).then_some(HeaderGuess { meaning, similarity: SURE })
    }

    /// The known header that a folded text is most like.
    fn like_header(&self, folded: &str) -> Option<HeaderGuess> {
        let met = self.headers.phrases.meet(folded, 0.6);
        let best = met.iter().map(|met| (header_similarity(met), met)).max_by(|a, b| {
            let longer = a.1.weight.total_cmp(&b.1.weight);
            a.0.total_cmp(&b.0).then(longer).then(b.1.phrase.cmp(&a.1.phrase))
        });
        let (similarity, met) = best?;
        Some(HeaderGuess { meaning: *self.headers.meanings.get(met.phrase)?, similarity })
    }

    /// Finds tags.
    pub(in crate::matching) fn tags(&self) -> &Tags {
        &self.tags
    }

    /// The names of the vocabulary.
    pub(crate) fn name(&self, index: usize) -> Option<&Name> {
        self.names.list.get(index)
    }

    /// The name that `text` is, to the letter but for case, marks and a plural.
    fn exact_name(&self, text: &str) -> Option<&Name> {
        let folded = fold(text);
        let index = self.names.exact.get(&folded).or_else(|| self.names.exact.get(folded.strip_suffix('s')?));
        self.names.list.get(*index?)
    }

    /// The name that `text` is the beginning of, its end cut off, or one slip away from ("Car ehomes"), with its index.
    fn nearly(&self, text: &str) -> Option<(usize, &Name)> {
        let folded = fold(text);
        let change = |index: usize| self.names.list.get(index).map(|name| name.change);
        let (index, _) = self.names.cut.whole(&folded, false, change).or_else(|| self.names.cut.slipped(&folded, change))?;
        self.names.list.get(index).map(|name| (index, name))
    }

    /// Whether `text` says what the model as a whole is called.
    pub(crate) fn names_model(&self, text: &str) -> bool {
        let folded = fold(text);
        let whole = |name: &str, at: usize| {
            let ends = folded.get(at + name.len()..).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
            ends && folded.get(..at).is_some_and(|before| before.is_empty() || before.ends_with(' '))
        };
        self.model_names.iter().any(|name| folded.match_indices(name.as_str()).any(|(at, _)| whole(name, at)))
    }

    /// What follows the tag or number that opens a heading ("Change 4: …", "4. …"), and the number of the tag.
    fn opened<'t>(&self, text: &'t str) -> (&'t str, Option<u8>) {
        if let Some((rest, number)) = self.tags.after_opening(text) {
            return (rest, number);
        }
        // "Section 6: …", "No. 6: …"
        let counted =
            text.split_once(char::is_whitespace).filter(|(word, _)| word.trim_end_matches('.').chars().all(char::is_alphabetic));
        let counted = counted.map(|(_, rest)| rest).filter(|rest| {
            let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            after.len() < rest.len() && after.trim_start().starts_with([':', '-', '–', '.'])
        });
        match numbered(counted.unwrap_or(text)) {
            Some(numbered) if (numbered.levels == 1 || numbered.number.ends_with(".0")) && !numbered.rest.is_empty() => {
                (numbered.rest, None)
            }
            _ => (text, None),
        }
    }

    /// The names that `text` bears as a heading, a number in front not counted, strongest first.
    pub(crate) fn names_in(&self, text: &str) -> Vec<NameMet> {
        let text = if self.exact_name(text).is_some() { text } else { self.opened(text).0 };
        let mut met: Vec<NameMet> = self.names.phrases.meet(text, LEAST_NAME).iter().map(strength).collect();
        if let Some((index, _)) = self.nearly(text) {
            met.push(strength(&Met { phrase: index, ..cut(text) }));
        }
        met.sort_by(|a, b| b.strength.total_cmp(&a.strength).then(a.name.cmp(&b.name)));
        met
    }
}

/// Longest text behind "Change 4" that makes a heading with it.
const TAGGED_WORDS: usize = 15;

/// What stands before a remark or a descriptor: "Seven-day services – lead: …", "Focus on choice. Early engagement …".
fn before_remark(text: &str) -> Option<&str> {
    let marks = [". ", ": ", " - ", " – ", " — ", " (", "; "];
    let end = marks.iter().filter_map(|mark| text.find(mark)).min()?;
    Some(text[..end].trim())
}

/// A name of several words, met whole, says more than an abbreviation; one that opens the heading or fills it says more than
/// one that is mentioned in it.
fn strength(met: &Met) -> NameMet {
    let place = if met.start <= 1 { 1.0 } else { 0.6 };
    let filled = 0.35 + 0.65 * met.coverage.sqrt();
    let long = 1.0 - 0.25 / met.weight.max(1.0);
    let likeness = met.recall.powi(2);
    NameMet {
        name: met.phrase,
        similarity: met.recall,
        coverage: met.coverage,
        strength: likeness * long * filled.max(place * 0.8),
    }
}

/// How a text meets the name that it is the beginning of: all of it, and all but the name's end.
fn cut(text: &str) -> Met {
    let words = text.split_whitespace().count();
    #[expect(clippy::cast_precision_loss, reason = "a heading has few words")]
    let weight = words as f64;
    Met { phrase: 0, recall: CUT, coverage: 1.0, start: 0, length: words, weight }
}

fn values(vocabulary: &Vocabulary) -> FxHashSet<String> {
    let levels = vocabulary.maturity.iter().flat_map(|entry| &entry.words);
    let ratings = vocabulary.rag.iter().flat_map(|entry| &entry.words);
    let words = levels.chain(ratings).chain(&vocabulary.unassigned).map(String::as_str);
    words.chain(["yes", "no", "y", "n", "x"]).map(fold).collect()
}

fn names(vocabulary: &Vocabulary) -> Vec<Name> {
    let mut names = Vec::new();
    for change in &vocabulary.changes {
        for text in std::iter::once(&change.name).chain(&change.aliases) {
            names.push(Name { text: text.clone(), change: Some(change.number), other_model: false, frame: false });
        }
    }
    for outside in &vocabulary.outside {
        for text in std::iter::once(&outside.name).chain(&outside.aliases) {
            names.push(Name { text: text.clone(), change: None, other_model: outside.other_model, frame: outside.frame });
        }
    }
    for change in vocabulary.editions.iter().flat_map(|edition| &edition.changes) {
        names.push(Name { text: change.name.clone(), change: change.change, other_model: false, frame: false });
    }
    names
}

impl Recognise for Recogniser {
    fn header(&self, text: &str) -> Option<HeaderGuess> {
        if text.len() > 240 {
            return None;
        }
        let text: &str = &written_out(text);
        let folded = fold(text);
        if let Some(meaning) = self.headers.exact.get(&folded) {
            return Some(HeaderGuess { meaning: *meaning, similarity: 1.0 });
        }
        // What stands in brackets explains the header and does not name the column.
        if let Some((outside, _)) = text.split_once('(')
            && let Some(guess) = self.header(outside).filter(|guess| guess.similarity >= 0.8)
        {
            return Some(guess);
        }
        if folded.is_empty() {
            return None;
        }
        if self.cells.is_quarter(text) {
            return Some(HeaderGuess { meaning: Meaning::Timescale, similarity: 1.0 });
        }
        let cut = self.cut_header(&folded).map(|meaning| HeaderGuess { meaning, similarity: CUT_HEADER });
        let like = self.like_header(&folded);
        let best = cut.filter(|cut| like.is_none_or(|like| cut.similarity > like.similarity)).or(like);
        if best.is_some_and(|best| best.similarity >= SURE) {
            return best;
        }
        if let Some((_, meaning)) = self.headers.cut.slipped(&folded, |index| self.headers.meanings.get(index).copied()) {
            return Some(HeaderGuess { meaning, similarity: CUT_HEADER });
        }
        // All words together tell more than those that one header shares.
        let meaning = self.wordings.meaning(text);
        let agreed = best.filter(|best| meaning.is_none_or(|meaning| meaning == best.meaning) && best.similarity >= WORDED);
        let told = agreed.or(meaning.map(|meaning| HeaderGuess { meaning, similarity: WORDED }));
        told.or_else(|| self.dated_header(&folded)).or(best)
    }

    fn is_known_header(&self, text: &str) -> bool {
        if text.len() > 120 {
            return false;
        }
        let folded = fold(&written_out(text));
        self.headers.exact.contains_key(&folded) && !self.values.contains(&folded)
    }

    fn is_value(&self, text: &str) -> bool {
        text.len() <= 60 && self.values.contains(&fold(text))
    }

    fn heading(&self, text: &str) -> Option<HeadingGuess> {
        if text.len() > 2_000 {
            return None;
        }
        let whole = HeadingGuess { change: None, similarity: 1.0, coverage: 1.0, tagged: false };
        if let Some(name) = self.exact_name(text) {
            return Some(HeadingGuess { change: name.change, ..whole });
        }
        let tag = self.tags.find(text).filter(|tag| tag.labels && text.split_whitespace().count() <= TAGGED_WORDS);
        let number = tag.and_then(|tag| tag.numbers.printed().next());
        let (rest, _) = self.opened(text);
        if let Some(name) = self.exact_name(rest).or_else(|| self.exact_name(before_remark(rest)?)) {
            return Some(HeadingGuess { change: name.change, tagged: number.is_some(), ..whole });
        }
        if let Some((_, name)) = self.nearly(rest).filter(|_| number.is_none()) {
            return Some(HeadingGuess { change: name.change, similarity: CUT, ..whole });
        }
        let met = self.names_in(rest);
        let best = met.first().filter(|met| met.similarity >= 0.8 && met.strength >= 0.5);
        if let Some(number) = number {
            // "Change 4" and a few words of one's own, or a name that says more than the number.
            let named = best.and_then(|met| self.names.list.get(met.name)).and_then(|name| name.change);
            return Some(HeadingGuess { change: named.or(ChangeNumber::new(u32::from(number))), tagged: true, ..whole });
        }
        let best = best?;
        let change = self.names.list.get(best.name)?.change;
        Some(HeadingGuess { change, similarity: best.similarity, coverage: best.coverage, tagged: false })
    }

    fn is_milestone(&self, text: &str) -> bool {
        let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
        let opening: String = text.chars().take_while(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
        if !self.milestone_openings.contains(&opening) {
            return false;
        }
        let rest = text.trim_start_matches(char::is_alphabetic).trim_start();
        rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, ':' | '-' | '–' | '—' | '#'))
    }

    fn is_outcome(&self, text: &str) -> bool {
        self.outcomes.contains(&fold(text))
    }

    fn level(&self, text: &str) -> Option<Level> {
        self.cells.level(text)
    }

    fn levels_begun(&self, text: &str) -> SmallVec<[Level; 2]> {
        self.cells.levels_begun(text)
    }

    fn mark(&self, text: &str) -> Option<Mark> {
        self.cells.mark(text)
    }

    fn is_superseded(&self, text: &str) -> bool {
        self.cells.is_superseded(text)
    }

    fn is_planned(&self, text: &str) -> bool {
        self.cells.plans(text) || is_level_by(&fold(text))
    }

    fn is_placeholder(&self, text: &str) -> bool {
        self.cells.is_placeholder(text)
    }

    fn is_cover_label(&self, text: &str) -> bool {
        self.apart.is_cover_label(text)
    }

    fn is_cover_title(&self, text: &str) -> bool {
        self.apart.is_cover_title(text)
    }

    fn opens_cover(&self, word: &str) -> bool {
        self.asides.opens_cover(word)
    }

    fn title_words(&self, text: &str) -> usize {
        self.asides.title_words(text)
    }

    fn opens_key(&self, text: &str) -> bool {
        self.asides.opens_key(text)
    }

    fn opens_note(&self, text: &str) -> bool {
        self.asides.opens_note(text)
    }

    fn asks(&self, word: &str) -> bool {
        self.asides.asks(word)
    }

    fn is_request(&self, text: &str) -> bool {
        self.asides.is_request(text)
    }

    fn telling(&self, sentence: &str) -> Option<Telling> {
        self.asides.telling(sentence)
    }

    fn is_apart_header(&self, texts: &[&str]) -> bool {
        let is_subject =
            |text: &str| self.is_known_header(text) && self.header(text).is_some_and(|guess| guess.meaning.is_subject());
        self.apart.is_apart_header(texts, &is_subject)
    }

    fn is_summary(&self, text: &str) -> bool {
        if text.len() > 60 || text.split_whitespace().count() > 5 {
            return false;
        }
        let folded = fold(text);
        self.summaries
            .iter()
            .any(|summary| folded.strip_prefix(summary.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
    }
}

/// A header that is the phrase, or the phrase and a little more. One telling word in a longer header says little.
fn header_similarity(met: &Met) -> f64 {
    let dice = 2.0 * met.recall * met.coverage / (met.recall + met.coverage).max(1e-9);
    let contained = match (met.recall >= 0.97, met.weight > 1.5) {
        (true, true) => 0.6 + 0.38 * met.coverage,
        (true, false) => 0.5 + 0.4 * met.coverage,
        (false, _) => 0.0,
    };
    dice.max(contained * met.recall)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recogniser() -> Recogniser {
        Recogniser::new(Vocabulary::embedded())
    }

    fn header(text: &str) -> Option<Meaning> {
        recogniser().header(text).filter(HeaderGuess::is_likely).map(|guess| guess.meaning)
    }

    #[test]
    fn headers_in_many_wordings() {
        assert_eq!(header("ACTION REQUIRED"), Some(Meaning::Field(Field::Action)));
        assert_eq!(header("Completoin Date"), Some(Meaning::Field(Field::Due)));
        assert_eq!(header("Responsible Organisation"), Some(Meaning::Field(Field::Organisation)));
        assert_eq!(header("Task Description (8 High Impact Changes)"), Some(Meaning::Field(Field::Action)));
        assert_eq!(header("Responsible organi"), Some(Meaning::Field(Field::Organisation)));
        assert_eq!(header("Westmarch ward census"), None);
        assert_eq!(header(" # "), Some(Meaning::Field(Field::Reference)));
        assert_eq!(header("Action #"), Some(Meaning::Field(Field::Reference)));
        assert_eq!(header("Status (RAG)"), Some(Meaning::Field(Field::Rag)));
        assert_eq!(header("Update October 2017"), Some(Meaning::Field(Field::Progress)));
        assert_eq!(header("From October 2017"), None);
        assert_eq!(header("*"), None);
    }

    #[test]
    fn headers_that_a_narrow_cell_cut() {
        assert_eq!(header("Responsible organi"), Some(Meaning::Field(Field::Organisation)));
        assert_eq!(header("Delivery Gr"), Some(Meaning::Field(Field::Organisation)));
        assert_eq!(header("What will it look and f"), Some(Meaning::Field(Field::IntendedOutcome)));
        assert_eq!(header("Westmarch wa"), None);
    }

    #[test]
    fn headings_name_changes() {
        let change = |text: &str| recogniser().heading(text).and_then(|guess| guess.change).map(ChangeNumber::get);
        assert_eq!(change("4. Seven-day service"), Some(5));
        assert_eq!(change("Focused on choice"), Some(7));
        assert_eq!(change("Enhancing health care in homes"), Some(8));
        assert_eq!(change("Home first/discharge to access"), Some(4));
        assert_eq!(change("3. Focus on c"), Some(7));
        assert_eq!(change("Care ho"), Some(8));
        assert_eq!(change("Outcome 3 - get the basics right"), None);
        assert_eq!(change("2. Systems to monitor patient f"), Some(2));
        assert_eq!(change("8 Enhancing health in care hom"), Some(8));
    }

    #[test]
    fn titles_that_name_the_model_as_a_whole() {
        let titles = ["Westmarch HICM action plan", "Delayed Transfers of Care", "High-Impact Change Model 2017/18"];
        assert!(titles.into_iter().all(|title| recogniser().names_model(title)));
        assert!(
            !["Workforce", "HICMAN project", "Impact of change", ""].into_iter().any(|title| recogniser().names_model(title))
        );
    }

    #[test]
    fn milestones_and_summaries() {
        assert!(recogniser().is_milestone("- Outcome 3 – Protocol"));
        assert!(!recogniser().is_milestone("Outcome measures to be agreed"));
        assert!(recogniser().is_outcome("OUTCOME:"));
        assert!(!recogniser().is_outcome("Key milestones"));
        assert!(recogniser().is_summary("Overall RAG rating"));
        assert!(!recogniser().is_summary("Overall we want all partners to agree one process"));
    }
}
