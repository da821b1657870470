//! No table: a heading for each change, and what is done about it as a list below.
//!
//! A pass over the lines of a layout that no table took. Below a heading that names a change, entries of a list are items; a
//! heading below it says what they are ("Where are we now", "Actions"). Running text beside lists stays narrative. Where
//! nothing is marked as a list, lines are entries if they are short and no sentences, and paragraphs are where they tell of a
//! place. A line "Current position: …" says itself what it is: such lines below one heading are the answers of one item.

use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;

use super::entries;
use super::entries::counter;
use super::prose;
use super::questions::Question;
use super::questions::is_asked;
use super::tail;
use crate::model::audit::Became;
use crate::model::change::ChangeNumber;
use crate::model::change::ChangeSet;
use crate::model::field::Field;
use crate::model::field::Meaning;
use crate::model::location::Place;
use crate::model::numbering::numbered;
use crate::model::recognise::HeaderGuess;
use crate::model::recognise::Recognise;
use crate::model::source::TextKind;
use crate::model::table::Content;
use crate::model::table::Layout;
use crate::model::table::Line;
use crate::model::table::Piece;
use crate::model::table::Table;
use crate::model::text::fold;

/// A heading without a mark of its own is no longer than this, in words.
const HEADING_WORDS: usize = 15;

/// Longest line, in words, that is an entry where nothing is marked as one.
const ENTRY_WORDS: usize = 45;

/// The same for a cell in a row of its own: nobody writes running text one paragraph a row.
const CELL_WORDS: usize = 150;

/// Running text has so many words at least.
const RUNNING_WORDS: usize = 5;

/// So many questions that are asked of so many changes make a form.
const QUESTIONS: usize = 3;

/// What opens an entry in a cell, where no list can be marked.
const BULLETS: [char; 10] = ['•', '●', '▪', '■', '◦', '‣', '·', '–', '-', '*'];

/// So many changes named by the headings of tables make a plan of tables: lists below the same names explain or repeat it.
const TABLED: usize = 3;

/// Makes items of the lists in `layout` that stand under headings of changes; lines of a list of contents are `passed` over.
pub(in crate::tables) fn find(layout: &mut Layout<'_>, passed: &FxHashSet<usize>, recognise: &dyn Recognise) {
    let tabled = tabled(layout, recognise);
    let lines = layout.lines.iter().enumerate();
    let lines: Vec<Option<Said<'_>>> = lines.map(|(index, line)| Said::of(line).filter(|_| !passed.contains(&index))).collect();
    let marked = lines.iter().flatten().any(|said| said.kind == TextKind::ListItem);
    let siblings = siblings(&lines, recognise);
    let habits = Habits::of(&lines, recognise);
    let reader = Reader { recognise, marked, siblings, habits, counted: None, section: None, sections: Vec::new() };
    let mut all = reader.read(layout, &lines);
    let asked = asked(&all, &lines);
    let form = !asked.is_empty();
    prose::positions(&mut all, &lines, recognise);
    let listed = if form { asked } else { listed(&all, &lines, marked) };
    let by_change = |table: &Table<'_>| table.columns.iter().any(|column| column.meaning() == Some(Meaning::Change));
    let alone = tabled.is_empty() && !layout.tables.iter().any(|table| !table.items.is_empty() && by_change(table));
    let count = |sections: &[Section]| sections.iter().map(|section| section.entries.len()).sum::<usize>();
    // Without marks nothing parts entries from running text.
    let mixed = !marked && count(&listed) < count(&all);
    let told = if alone && !form && (listed.is_empty() || mixed) { prose::told(all, &lines, recognise) } else { None };
    let mut sections = told.unwrap_or(listed);
    if tabled.len() >= TABLED {
        let change = |section: &Section| lines[section.heading].and_then(|said| recognise.heading(said.text())?.change);
        sections.retain(|section| change(section).is_some_and(|change| !tabled.contains(change)));
    }
    if !sections.is_empty() {
        entries::write(layout, &sections, &lines, recognise);
    }
}

/// The sections as forms, where each change is asked the same under headings of their own: what stands below them answers, who and
/// when as well; no sections where that is not so.
fn asked(all: &[Section], lines: &[Option<Said<'_>>]) -> Vec<Section> {
    let text = |line: usize| lines.get(line).and_then(Option::as_ref).map(|said| fold(said.text())).unwrap_or_default();
    let questions = |section: &Section| {
        let mut texts: Vec<String> = section.parts.iter().map(|part| text(part.line)).collect();
        let asked = texts.len();
        texts.sort_unstable();
        texts.dedup();
        (texts.len() == asked).then_some(texts)
    };
    let first = all.first().and_then(questions).unwrap_or_default();
    let is_form = |section: &Section| {
        let guesses = || section.parts.iter().filter_map(|part| part.guess);
        let known = guesses().count() == section.parts.len();
        let beside = guesses().filter(|guess| !guess.meaning.is_subject()).count();
        let below = section.entries.iter().all(|entry| entry.part.is_some() && entry.key.is_none());
        // Several entries of a list are an action each.
        let listed = |entry: &Entry| lines[entry.line].as_ref().is_some_and(|said| said.kind == TextKind::ListItem);
        let several = section.entries.windows(2).any(|pair| pair[0].part == pair[1].part && listed(&pair[0]) && listed(&pair[1]));
        let below = below && !several;
        let same = questions(section).is_some_and(|texts| texts.iter().filter(|text| first.contains(*text)).count() >= QUESTIONS);
        known && beside > 0 && below && same && !section.keyed
    };
    if all.len() < QUESTIONS || !all.iter().all(is_form) {
        return Vec::new();
    }
    all.iter().map(|section| Section { form: true, ..section.clone() }).collect()
}

/// The entries of lists, without running text; no sections where there are no lists.
fn listed(all: &[Section], lines: &[Option<Said<'_>>], marked: bool) -> Vec<Section> {
    let mut sections = all.to_vec();
    sections.iter_mut().for_each(|section| section.entries.retain(|entry| !entry.runs));
    if !marked {
        drop_sentences(&mut sections, lines);
    }
    sections.retain(|section| !section.entries.is_empty());
    let entries = sections.iter().map(|section| section.entries.len()).sum::<usize>();
    if entries < 2 || (!marked && !are_entries(&sections, lines)) { Vec::new() } else { sections }
}

/// The changes that the headings over items of tables name.
fn tabled(layout: &Layout<'_>, recognise: &dyn Recognise) -> ChangeSet {
    let mut named = ChangeSet::NONE;
    for table in &layout.tables {
        for index in table.items.iter().flat_map(|item| table.path(item.heading)) {
            let change =
                table.headings.get(index).and_then(|heading| recognise.heading(&heading.text())).and_then(|guess| guess.change);
            named = change.map_or(named, |change| named.with(change));
        }
    }
    named
}

/// A text outside tables.
#[derive(Clone, Copy)]
pub(super) struct Said<'s> {
    pub(super) piece: Piece<'s>,
    pub(super) place: &'s Place,
    kind: TextKind,
    /// It stands in a row of its own.
    in_row: bool,
    /// Nobody made a comment on it, so that its line is nothing but its words.
    pub(super) bare: bool,
}

impl<'s> Said<'s> {
    /// The text of a line that no table took.
    fn of(line: &Line<'s>) -> Option<Self> {
        let note = matches!(&line.content, Content::Text(block) if block.kind == TextKind::Note);
        if note
            || line.item.is_some()
            || !matches!(line.became, Became::Narrative | Became::Section | Became::Title | Became::Milestone)
        {
            return None;
        }
        match &line.content {
            Content::Text(block) if block.place.is_on_sheet() && block.kind == TextKind::Paragraph => {
                Some(Self::in_row(&block.place, Piece::block(block)))
            }
            Content::Text(block) => {
                Some(Self { piece: Piece::block(block), place: &block.place, kind: block.kind, in_row: false, bare: true })
            }
            Content::Row(row) if line.became == Became::Narrative => match row.cells.as_slice() {
                [cell] => {
                    let said = Self::in_row(&row.place, Piece { row: None, ..Piece::cell(cell, 0) });
                    Some(Self { bare: row.notes.is_empty(), ..said })
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// The only cell of a row: what opens with a bullet is an entry of a list.
    fn in_row(place: &'s Place, piece: Piece<'s>) -> Self {
        let bare = piece.text.trim_start().strip_prefix(BULLETS).filter(|rest| rest.starts_with(char::is_whitespace));
        let kind = match bare {
            Some(_) => TextKind::ListItem,
            None if piece.style.emphasised => TextKind::Heading(u8::MAX),
            None => TextKind::Paragraph,
        };
        Self { piece: piece.part(bare.map_or(piece.text, str::trim_start)), place, kind, in_row: true, bare: true }
    }

    pub(super) fn text(&self) -> &'s str {
        self.piece.text
    }

    fn words(&self) -> usize {
        self.text().split_whitespace().count()
    }

    fn is_sentence(&self) -> bool {
        self.text().trim_end().ends_with(['.', ';']) && self.words() > 7
    }
}

/// What stands below the heading of a change.
#[derive(Clone)]
pub(super) struct Section {
    pub(super) heading: usize,
    /// Only what stands in front of the colon is the heading: what stands behind it is the first entry.
    pub(super) keyed: bool,
    level: u8,
    /// Headings below it, each with the entries from an index on that it governs.
    pub(super) parts: Vec<Part>,
    pub(super) entries: Vec<Entry>,
    /// Its entries are counted.
    counts: bool,
    /// Headings below it ask for one thing each, and what stands below these answers: all is one item.
    pub(super) form: bool,
}

/// A heading below the heading of a change: what its entries are, or which milestone they belong to.
#[derive(Clone)]
pub(super) struct Part {
    pub(super) line: usize,
    /// What its entries are; `None` for a milestone.
    pub(super) guess: Option<HeaderGuess>,
    /// It ends in a colon: a question without an answer, where answers stand around it ("Lead:" above "By when: May 2018").
    blank: bool,
}

impl Section {
    /// The part that governs an answer which stands here: a question without an answer parts no item.
    fn part_of_answer(&self) -> Option<usize> {
        let last = self.entries.last().filter(|last| last.key.is_some());
        let mut since = self.parts.iter().rev().take_while(|part| last.is_some_and(|last| part.line > last.line));
        match last {
            Some(last) if since.all(|part| part.blank) => last.part,
            _ => self.parts.len().checked_sub(1),
        }
    }
}

#[derive(Clone)]
pub(super) struct Entry {
    pub(super) line: usize,
    /// Index of the part that governs it.
    pub(super) part: Option<usize>,
    /// What it says of itself: "Current position: …".
    pub(super) key: Option<Key>,
    /// It is running text.
    pub(super) runs: bool,
    /// What running text tells of.
    pub(super) field: Option<Field>,
}

/// The words in front of a colon that say what stands behind it.
#[derive(Clone, Copy)]
pub(super) struct Key {
    /// What they mean, where that is known.
    pub(super) guess: Option<HeaderGuess>,
}

/// What lines of a document do again and again.
struct Habits {
    /// What they open with in front of a colon.
    keys: FxHashSet<String>,
    /// How often entries of lists are the same ("Next steps").
    entries: FxHashMap<String, usize>,
    /// How often headings, and lines that ask, are the same.
    headings: FxHashMap<String, usize>,
    /// Entries of lists name changes, and others stand between them.
    named_entries: bool,
    /// Lines open with the name of a change and a colon.
    named_keys: bool,
}

impl Habits {
    fn of(lines: &[Option<Said<'_>>], recognise: &dyn Recognise) -> Self {
        /// So many times make a habit.
        const OFTEN: usize = 3;
        let (mut keys, mut entries) = (FxHashMap::<String, usize>::default(), FxHashMap::<String, usize>::default());
        let mut headings = FxHashMap::<String, usize>::default();
        let (mut by_entry, mut by_key, mut named, mut listed) = (ChangeSet::NONE, ChangeSet::NONE, 0, 0);
        for said in lines.iter().flatten() {
            if let Some((key, _)) = tail::keyed(said.text()) {
                *keys.entry(fold(key)).or_default() += 1;
                by_key = exactly_named(key, recognise).map_or(by_key, |change| by_key.with(change));
            }
            if matches!(said.kind, TextKind::Heading(_)) || (said.kind == TextKind::Paragraph && is_asked(said.text())) {
                *headings.entry(fold(said.text())).or_default() += 1;
            }
            if said.kind == TextKind::ListItem {
                *entries.entry(fold(said.text())).or_default() += 1;
                listed += 1;
                if let Some(change) = exactly_named(said.text(), recognise) {
                    by_entry = by_entry.with(change);
                    named += 1;
                }
            }
        }
        Self {
            keys: keys.into_iter().filter(|(_, count)| *count >= OFTEN).map(|(text, _)| text).collect(),
            entries,
            headings,
            named_entries: by_entry.len() >= OFTEN && 2 * named <= listed,
            named_keys: by_key.len() >= OFTEN,
        }
    }
}

/// The change that a text is the name or the tag of, and nothing else.
fn exactly_named(text: &str, recognise: &dyn Recognise) -> Option<ChangeNumber> {
    let short = text.split_whitespace().count() <= HEADING_WORDS;
    let guess = recognise.heading(text).filter(|guess| short && (guess.tagged || guess.similarity * guess.coverage >= 0.9))?;
    guess.change
}

struct Reader<'r> {
    recognise: &'r dyn Recognise,
    /// The document marks its lists.
    marked: bool,
    /// Headings that stand among those of changes and are of their kind.
    siblings: Vec<usize>,
    habits: Habits,
    /// The number in front of the last heading of a change.
    counted: Option<u32>,
    section: Option<Section>,
    sections: Vec<Section>,
}

impl Reader<'_> {
    /// The sections of `layout`, of which `lines` are those that no table took.
    fn read(mut self, layout: &Layout<'_>, lines: &[Option<Said<'_>>]) -> Vec<Section> {
        for (index, (said, line)) in lines.iter().zip(&layout.lines).enumerate() {
            match said {
                Some(said) => self.line(index, said),
                None if matches!(line.became, Became::Empty | Became::PageFurniture | Became::Legend) => {}
                None => self.section = None,
            }
        }
        self.finish();
        // Where each change is one line that opens with its name, what stands below the last is no further line of it.
        let last = self.sections.len().saturating_sub(1);
        let lone = |section: &Section| section.keyed && section.entries.len() == 1;
        if last > 1 && self.sections.iter().take(last).all(lone) {
            let last = self.sections.last_mut().filter(|section| section.keyed);
            last.into_iter().for_each(|section| section.entries.truncate(1));
        }
        self.sections
    }

    fn finish(&mut self) {
        self.sections.extend(self.section.take().filter(|section| !section.entries.is_empty()));
    }

    fn line(&mut self, line: usize, said: &Said<'_>) {
        let level = match said.kind {
            TextKind::Heading(level) => Some(level),
            _ => None,
        };
        let keyed = self.opens_with_name(said);
        if keyed
            || names_change(said, self.recognise)
            || self.is_named_entry(said)
            || self.names_other(said)
            || self.siblings.contains(&line)
            || self.goes_on_counting(said)
        {
            self.counted = counted(said);
            self.finish();
            let level = level.unwrap_or(u8::MAX);
            let mut section =
                Section { heading: line, keyed, level, parts: Vec::new(), entries: Vec::new(), counts: false, form: false };
            if keyed {
                let runs = said.kind != TextKind::ListItem && !self.may_be_entry(said);
                section.entries.push(Entry { line, part: None, key: None, runs, field: None });
            }
            self.section = Some(section);
            return;
        }
        let Some(section) = &mut self.section else { return };
        let question = Question::read(said.text(), self.recognise).filter(|question| question.guess.is_some());
        let listed = said.kind == TextKind::ListItem;
        let again = || {
            let times = self.habits.entries.get(&fold(said.text())).copied().unwrap_or_default();
            times > 2 || (times == 2 && self.recognise.is_known_header(said.text()))
        };
        let asks = question.as_ref().is_some_and(|_| said.words() <= HEADING_WORDS) && (!listed || again());
        // Headings that come again below those of changes ask for something, in whatever words.
        let often = || self.habits.headings.get(&fold(said.text())).is_some_and(|times| *times >= QUESTIONS);
        let likely = || Question::read(said.text(), self.recognise).is_some_and(|question| question.likely.is_some());
        let marked = level.is_some() || (!listed && is_asked(said.text()));
        let asks = asks || (marked && often() && likely());
        // "5. Risks" behind "4. Home first" is another part.
        let follows = self.counted.zip(counted(said)).is_some_and(|(last, this)| this == last + 1);
        match level {
            Some(level) if level <= section.level && level < u8::MAX && !(asks && level == section.level && !follows) => {
                self.finish();
            }
            // A marked heading is asked for its words; a line that may be anything must be known.
            Some(_) => {
                let guess = Question::read(said.text(), self.recognise).and_then(|question| question.likely);
                let guess = guess.filter(|guess| !matches!(guess.meaning, Meaning::Change));
                section.parts.push(Part { line, guess, blank: false });
            }
            None if let Some(key) = key(said, &self.habits.keys, self.recognise) => {
                section.entries.push(Entry { line, part: section.part_of_answer(), key: Some(key), runs: false, field: None });
            }
            None if asks && follows => self.finish(),
            None if asks && (is_asked(said.text()) || !said.is_sentence()) => {
                let blank = said.text().trim_end().ends_with(':');
                let guess = Question::read(said.text(), self.recognise).and_then(|question| question.likely);
                section.parts.push(Part { line, guess: question.and_then(|question| question.guess).or(guess), blank });
            }
            None => {
                let runs = said.kind != TextKind::ListItem && !self.may_be_entry(said);
                if let Some(section) = self.section.as_mut().filter(|_| !runs || said.words() >= RUNNING_WORDS) {
                    section.counts |= !runs && counted(said).is_some();
                    let part = section.parts.len().checked_sub(1);
                    section.entries.push(Entry { line, part, key: None, runs, field: None });
                }
            }
        }
    }

    /// Whether a line opens with the name of a change and a colon, as others do, and goes on with more than its name: "HIC 3:
    /// the hub's lead starts in May".
    fn opens_with_name(&self, said: &Said<'_>) -> bool {
        let listed = said.kind == TextKind::ListItem;
        let may = self.habits.named_keys && said.bare && (listed || (said.kind == TextKind::Paragraph && !self.marked));
        let name = tail::before_more(said.text(), self.recognise).filter(|_| may);
        name.is_some_and(|name| exactly_named(name, self.recognise).is_some())
    }

    /// Whether an entry of a list is the name of a change, above entries of its own.
    fn is_named_entry(&self, said: &Said<'_>) -> bool {
        let listed = said.kind == TextKind::ListItem && self.habits.named_entries;
        listed && exactly_named(said.text(), self.recognise).is_some()
    }

    /// Whether a line is the name of something outside the eight and nothing else: it stands among the changes as one of them.
    /// A marked heading bears a number, too.
    fn names_other(&self, said: &Said<'_>) -> bool {
        const NAME_WORDS: usize = 3;
        let follows = self.counted.zip(counted(said)).is_some_and(|(last, this)| this == last + 1);
        let outside = || self.recognise.heading(said.text()).filter(|guess| guess.change.is_none());
        if let TextKind::Heading(level) = said.kind {
            let beside = self.section.as_ref().is_some_and(|section| section.level == level && level < u8::MAX);
            return beside
                && outside().is_some_and(|guess| guess.tagged || (follows && guess.similarity * guess.coverage >= 0.7));
        }
        let exact = || outside().is_some_and(|guess| guess.similarity * guess.coverage >= 0.9);
        said.kind == TextKind::Paragraph
            && self.section.is_some()
            && (follows || (counted(said).is_none() && said.words() >= NAME_WORDS))
            && said.words() <= HEADING_WORDS
            && exact()
    }

    /// Whether a short unmarked line bears the number behind that of the last heading, above entries that are not counted: its
    /// name is one that nobody knows.
    fn goes_on_counting(&self, said: &Said<'_>) -> bool {
        let follows = self.counted.zip(counted(said)).is_some_and(|(last, this)| this == last + 1);
        // "7. Risks" heads another part.
        let asks = || Question::read(said.text(), self.recognise).is_some_and(|question| question.guess.is_some());
        let plain = self.section.as_ref().is_some_and(|section| !section.entries.is_empty() && !section.counts);
        follows && plain && !asks() && said.kind == TextKind::Paragraph && said.words() <= HEADING_WORDS / 2
    }

    /// Whether an unmarked line may be an entry: it is numbered, or nothing in the document is marked.
    fn may_be_entry(&self, said: &Said<'_>) -> bool {
        let counted = counter(said.text()).is_some();
        let answers = self.section.as_ref().and_then(|section| section.parts.last()).is_some_and(|part| part.guess.is_some());
        let longest = if said.in_row { CELL_WORDS } else { ENTRY_WORDS };
        counted || answers || (!self.marked && said.words() <= longest && said.words() > 2)
    }
}

/// What a line says of itself in front of a colon: something known, or what lines say again and again. An entry of a list may
/// have a colon of its own, so its key must be known.
fn key(said: &Said<'_>, keys: &FxHashSet<String>, recognise: &dyn Recognise) -> Option<Key> {
    const KNOWN: f64 = 0.85;
    let (key, _) = tail::keyed(said.text()).filter(|_| said.bare)?;
    let listed = said.kind == TextKind::ListItem;
    let least = if listed { KNOWN } else { HeaderGuess::LIKELY };
    let guess = recognise.header(key).filter(|guess| guess.similarity >= least && matches!(guess.meaning, Meaning::Field(_)));
    let repeated = || !listed && keys.contains(&fold(key)) && recognise.heading(key).is_none();
    (guess.is_some() || repeated()).then_some(Key { guess })
}

/// The number in front of a line, of one level.
fn counted(said: &Said<'_>) -> Option<u32> {
    numbered(said.text())
        .filter(|number| number.levels == 1 && !number.rest.is_empty())
        .and_then(|number| number.number.parse().ok())
}

/// Whether a line is the heading of a change.
fn names_change(said: &Said<'_>, recognise: &dyn Recognise) -> bool {
    let Some(guess) = recognise.heading(said.text()) else { return false };
    if guess.change.is_none() || said.words() > 2 * HEADING_WORDS {
        return false;
    }
    match said.kind {
        TextKind::Heading(_) => guess.tagged || guess.similarity * guess.coverage >= 0.4,
        TextKind::ListItem | TextKind::Furniture | TextKind::Note => false,
        TextKind::Paragraph => {
            said.words() <= HEADING_WORDS && !said.is_sentence() && (guess.tagged || guess.similarity * guess.coverage >= 0.7)
        }
    }
}

/// Marked headings of the level of those that name changes and among them: one that nobody knows by its name is one too. Before
/// the first of them stands one where the first is not the first of the eight.
fn siblings(lines: &[Option<Said<'_>>], recognise: &dyn Recognise) -> Vec<usize> {
    let marked = |said: &Said<'_>| matches!(said.kind, TextKind::Heading(level) if level < u8::MAX);
    let headings: Vec<(usize, &Said<'_>)> =
        lines.iter().enumerate().filter_map(|(line, said)| Some((line, said.as_ref().filter(|said| marked(said))?))).collect();
    let named: Vec<usize> = (0..headings.len()).filter(|at| names_change(headings[*at].1, recognise)).collect();
    let (Some(first), Some(last)) = (named.first().copied(), named.last().copied()) else { return Vec::new() };
    if named.len() < 3 {
        return Vec::new();
    }
    let level = headings[first].1.kind;
    let number = recognise.heading(headings[first].1.text()).and_then(|guess| guess.change).map_or(1, ChangeNumber::get);
    let from = first.saturating_sub(usize::from(number).saturating_sub(1));
    let among = headings.get(from..=last).unwrap_or_default();
    // What comes again below each of them asks for something.
    let mut times: FxHashMap<String, usize> = FxHashMap::default();
    headings.iter().for_each(|(_, said)| *times.entry(fold(said.text())).or_default() += 1);
    let again = |said: &Said<'_>| times[&fold(said.text())] >= QUESTIONS && !names_change(said, recognise);
    among.iter().filter(|(_, said)| said.kind == level && !again(said)).map(|(line, _)| *line).collect()
}

/// Where nothing is marked as a list, sentences among entries that are none are running text.
fn drop_sentences(sections: &mut [Section], lines: &[Option<Said<'_>>]) {
    let sentence =
        |entry: &Entry| lines.get(entry.line).and_then(Option::as_ref).is_some_and(|said| said.is_sentence() && !said.in_row);
    let all: usize = sections.iter().map(|section| section.entries.len()).sum();
    let sentences = sections.iter().flat_map(|section| &section.entries).filter(|entry| sentence(entry)).count();
    if sentences * 2 < all {
        sections
            .iter_mut()
            .for_each(|section| section.entries.retain(|entry| entry.part.is_some() || entry.key.is_some() || !sentence(entry)));
    }
}

/// Whether the unmarked lines below headings of changes are entries and no prose: at least two changes have them, and few are
/// sentences, or they say of themselves that they are ("Action: …"), or their numbers do ("4.1" below "4.").
fn are_entries(sections: &[Section], lines: &[Option<Said<'_>>]) -> bool {
    let entries = sections.iter().flat_map(|section| &section.entries);
    let said = entries.filter_map(|entry| Some((entry, lines.get(entry.line)?.as_ref()?)));
    let (mut all, mut sentences) = (0, 0);
    for (entry, said) in said {
        all += 1;
        sentences += usize::from(entry.key.is_none() && said.is_sentence() && !said.in_row);
    }
    let several = sections.iter().filter(|section| section.entries.len() >= 2).count();
    let subject = |entry: &Entry| entry.key.and_then(|key| key.guess).is_some_and(|guess| guess.meaning.is_subject());
    let told = sections.iter().filter(|section| section.entries.iter().any(subject)).count();
    let number = |line: usize| lines.get(line)?.as_ref().and_then(|said| numbered(said.text())).map(|number| number.number);
    let below = |section: &&Section| {
        let Some(above) = number(section.heading) else { return false };
        let within = |own: &str| own.strip_prefix(above).is_some_and(|rest| rest.starts_with('.'));
        section.entries.iter().all(|entry| number(entry.line).is_some_and(within))
    };
    let counted = sections.iter().filter(below).count() >= 2;
    (((several >= 2 && all >= 4) || counted) && sentences * 2 < all) || (told >= 2 && sentences == 0)
}
