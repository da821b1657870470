//! No table: a heading for each change, and what is done about it as a list below.
//!
//! A pass over the lines of a layout that no table took. Below a heading that names a change, entries of a list are items; a
//! heading below it says what they are ("Where are we now", "Actions"). Running text stays narrative. Where nothing is marked as
//! a list, lines are entries if they are short and no sentences.

use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use super::questions::Question;
use super::questions::is_asked;
use super::tail;
use crate::model::audit::Became;
use crate::model::change::ChangeNumber;
use crate::model::change::ChangeSet;
use crate::model::field::Field;
use crate::model::field::Meaning;
use crate::model::location::ColumnIndex;
use crate::model::location::Place;
use crate::model::numbering::numbered;
use crate::model::recognise::HeaderGuess;
use crate::model::recognise::Recognise;
use crate::model::source::TextKind;
use crate::model::table::Boundary;
use crate::model::table::Column;
use crate::model::table::Content;
use crate::model::table::Heading;
use crate::model::table::HeadingKind;
use crate::model::table::Item;
use crate::model::table::ItemCell;
use crate::model::table::Layout;
use crate::model::table::Line;
use crate::model::table::Piece;
use crate::model::table::Table;
use crate::model::text::has_words;

/// A heading without a mark of its own is no longer than this, in words.
const HEADING_WORDS: usize = 15;

/// Longest line, in words, that is an entry where nothing is marked as one.
const ENTRY_WORDS: usize = 45;

/// The same for a cell in a row of its own: nobody writes running text one paragraph a row.
const CELL_WORDS: usize = 150;

/// What opens an entry in a cell, where no list can be marked.
const BULLETS: [char; 10] = ['•', '●', '▪', '■', '◦', '‣', '·', '–', '-', '*'];

/// So many changes named by the headings of tables make a plan of tables: lists beside them explain or repeat it.
const TABLED: usize = 3;

/// Makes items of the lists in `layout` that stand under headings of changes; lines of a list of contents are `passed` over.
pub(in crate::tables) fn find(layout: &mut Layout<'_>, passed: &FxHashSet<usize>, recognise: &dyn Recognise) {
    if tabled(layout, recognise) >= TABLED {
        return;
    }
    let lines = layout.lines.iter().enumerate();
    let lines: Vec<Option<Said<'_>>> = lines.map(|(index, line)| Said::of(line).filter(|_| !passed.contains(&index))).collect();
    let marked = lines.iter().flatten().any(|said| said.kind == TextKind::ListItem);
    let siblings = siblings(&lines, recognise);
    let mut reader = Reader { recognise, marked, siblings, counted: None, section: None, sections: Vec::new() };
    for (index, (said, line)) in lines.iter().zip(&layout.lines).enumerate() {
        match said {
            Some(said) => reader.line(index, said),
            None if matches!(line.became, Became::Empty | Became::PageFurniture | Became::Legend) => {}
            None => reader.section = None,
        }
    }
    reader.finish();
    let mut sections = reader.sections;
    if !marked {
        drop_sentences(&mut sections, &lines);
    }
    let entries = sections.iter().map(|section| section.entries.len()).sum::<usize>();
    if entries < 2 || (!marked && !are_entries(&sections, &lines)) {
        return;
    }
    write(layout, &sections, &lines, recognise);
}

/// How many changes the headings over items of tables name.
fn tabled(layout: &Layout<'_>, recognise: &dyn Recognise) -> usize {
    let mut named = ChangeSet::NONE;
    for table in &layout.tables {
        for index in table.items.iter().flat_map(|item| table.path(item.heading)) {
            let change =
                table.headings.get(index).and_then(|heading| recognise.heading(&heading.text())).and_then(|guess| guess.change);
            named = change.map_or(named, |change| named.with(change));
        }
    }
    named.len()
}

/// A text outside tables.
#[derive(Clone, Copy)]
struct Said<'s> {
    piece: Piece<'s>,
    place: &'s Place,
    kind: TextKind,
    /// It stands in a row of its own.
    in_row: bool,
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
                Some(Self { piece: Piece::block(block), place: &block.place, kind: block.kind, in_row: false })
            }
            Content::Row(row) if line.became == Became::Narrative => match row.cells.as_slice() {
                [cell] => Some(Self::in_row(&row.place, Piece { row: None, ..Piece::cell(cell, 0) })),
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
        Self { piece: piece.part(bare.map_or(piece.text, str::trim_start)), place, kind, in_row: true }
    }

    fn text(&self) -> &'s str {
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
struct Section {
    heading: usize,
    level: u8,
    /// Headings below it, each with the entries from an index on that it governs.
    parts: Vec<Part>,
    entries: Vec<Entry>,
    /// Its entries are counted.
    counts: bool,
}

/// A heading below the heading of a change: what its entries are, or which milestone they belong to.
struct Part {
    line: usize,
    /// What its entries are; `None` for a milestone.
    guess: Option<HeaderGuess>,
}

struct Entry {
    line: usize,
    /// Index of the part that governs it.
    part: Option<usize>,
}

struct Reader<'r> {
    recognise: &'r dyn Recognise,
    /// The document marks its lists.
    marked: bool,
    /// Headings that stand among those of changes and are of their kind.
    siblings: Vec<usize>,
    /// The number in front of the last heading of a change.
    counted: Option<u32>,
    section: Option<Section>,
    sections: Vec<Section>,
}

impl Reader<'_> {
    fn finish(&mut self) {
        self.sections.extend(self.section.take().filter(|section| !section.entries.is_empty()));
    }

    fn line(&mut self, line: usize, said: &Said<'_>) {
        let level = match said.kind {
            TextKind::Heading(level) => Some(level),
            _ => None,
        };
        if names_change(said, self.recognise) || self.siblings.contains(&line) || self.goes_on_counting(said) {
            self.counted = counted(said);
            self.finish();
            let level = level.unwrap_or(u8::MAX);
            self.section = Some(Section { heading: line, level, parts: Vec::new(), entries: Vec::new(), counts: false });
            return;
        }
        let Some(section) = &mut self.section else { return };
        let question = Question::read(said.text(), self.recognise).filter(|question| question.guess.is_some());
        let asks = said.kind != TextKind::ListItem && question.as_ref().is_some_and(|_| said.words() <= HEADING_WORDS);
        match level {
            Some(level) if level <= section.level && level < u8::MAX && !(asks && level == section.level) => {
                self.finish();
            }
            Some(_) => section.parts.push(Part { line, guess: question.and_then(|question| question.guess) }),
            None if asks && (is_asked(said.text()) || !said.is_sentence()) => {
                section.parts.push(Part { line, guess: question.and_then(|question| question.guess) });
            }
            None if said.kind == TextKind::ListItem || self.may_be_entry(said) => {
                if let Some(section) = &mut self.section {
                    section.counts |= counted(said).is_some();
                    let part = section.parts.len().checked_sub(1);
                    section.entries.push(Entry { line, part });
                }
            }
            None => {}
        }
    }

    /// Whether a short unmarked line bears the number behind that of the last heading, above entries that are not counted: its name is
    /// one that nobody knows.
    fn goes_on_counting(&self, said: &Said<'_>) -> bool {
        let follows = self.counted.zip(counted(said)).is_some_and(|(last, this)| this == last + 1);
        let plain = self.section.as_ref().is_some_and(|section| !section.entries.is_empty() && !section.counts);
        follows && plain && said.kind == TextKind::Paragraph && said.words() <= HEADING_WORDS / 2
    }

    /// Whether an unmarked line may be an entry: it is numbered, or nothing in the document is marked.
    fn may_be_entry(&self, said: &Said<'_>) -> bool {
        let counted = numbered(said.text()).is_some_and(|number| !number.rest.is_empty());
        let answers = self.section.as_ref().and_then(|section| section.parts.last()).is_some_and(|part| part.guess.is_some());
        let longest = if said.in_row { CELL_WORDS } else { ENTRY_WORDS };
        counted || answers || (!self.marked && said.words() <= longest && said.words() > 2)
    }
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

/// Marked headings of the level of those that name changes and among them: one that nobody knows by its name is one too. Before the first
/// of them stands one where the first is not the first of the eight.
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
    among.iter().filter(|(_, said)| said.kind == level).map(|(line, _)| *line).collect()
}

/// Where nothing is marked as a list, sentences among entries that are none are running text.
fn drop_sentences(sections: &mut [Section], lines: &[Option<Said<'_>>]) {
    let sentence =
        |entry: &Entry| lines.get(entry.line).and_then(Option::as_ref).is_some_and(|said| said.is_sentence() && !said.in_row);
    let all: usize = sections.iter().map(|section| section.entries.len()).sum();
    let sentences = sections.iter().flat_map(|section| &section.entries).filter(|entry| sentence(entry)).count();
    if sentences * 2 < all {
        sections.iter_mut().for_each(|section| section.entries.retain(|entry| entry.part.is_some() || !sentence(entry)));
    }
}

/// Whether the unmarked lines below headings of changes are entries and no prose: at least two changes have them, and few are sentences.
fn are_entries(sections: &[Section], lines: &[Option<Said<'_>>]) -> bool {
    let said = sections.iter().flat_map(|section| &section.entries).filter_map(|entry| lines.get(entry.line)?.as_ref());
    let (mut all, mut sentences) = (0, 0);
    for said in said {
        all += 1;
        sentences += usize::from(said.is_sentence() && !said.in_row);
    }
    let several = sections.iter().filter(|section| section.entries.len() >= 2).count();
    several >= 2 && all >= 4 && sentences * 2 < all
}

/// Writes the tables of `sections` into `layout`, in the order of its lines.
fn write<'s>(layout: &mut Layout<'s>, sections: &[Section], lines: &[Option<Said<'s>>], recognise: &dyn Recognise) {
    let mut made: Vec<(usize, Table<'s>)> = Vec::new();
    let mut first = 0;
    for section in sections {
        let table = table(section, lines, first, recognise);
        first += table.items.len();
        made.push((section.heading, table));
    }
    // Tables stand in the order of the document, so those after a list move up.
    let starts: Vec<usize> = (0..layout.tables.len())
        .map(|index| layout.lines.iter().position(|line| line.item.is_some_and(|(t, _)| t == index)).unwrap_or(usize::MAX))
        .collect();
    let before = |start: usize| made.iter().filter(|(line, _)| *line < start).count();
    for line in &mut layout.lines {
        if let Some((table, _)) = &mut line.item {
            *table += before(starts[*table]);
        }
    }
    let mut tables: Vec<(usize, Table<'s>)> = starts.into_iter().zip(std::mem::take(&mut layout.tables)).collect();
    tables.extend(made);
    tables.sort_by_key(|(start, _)| *start);
    let index = |section: &Section| tables.iter().position(|(start, table)| *start == section.heading && table.number == 0);
    for section in sections {
        let Some(table) = index(section) else { continue };
        layout.lines[section.heading].became = Became::Section;
        for part in &section.parts {
            let milestone = part.guess.is_none();
            layout.lines[part.line].became = if milestone { Became::Milestone } else { Became::ColumnHeader };
        }
        for (number, entry) in section.entries.iter().enumerate() {
            let line = &mut layout.lines[entry.line];
            line.became = Became::Item;
            line.item = Some((table, number));
        }
    }
    layout.tables = tables.into_iter().map(|(_, table)| table).collect();
}

/// The table of one section; `first` items outside tables stand before it.
fn table<'s>(section: &Section, lines: &[Option<Said<'s>>], first: usize, recognise: &dyn Recognise) -> Table<'s> {
    let said = |line: usize| lines.get(line).and_then(Option::as_ref);
    let heading = |line: usize, kind, parent| said(line).map(|said| Heading { pieces: vec![said.piece], kind, parent });
    let mut table = Table { number: 0, first, ..Table::default() };
    table.headings.extend(heading(section.heading, HeadingKind::Section, None));
    let action = HeaderGuess { meaning: Meaning::Field(Field::Action), similarity: 1.0 };
    table.columns.push(Column { guess: Some(action), ..Column::default() });
    let mut last = None;
    let mut places: Vec<(usize, Option<usize>)> = Vec::new();
    for part in &section.parts {
        let Some(said) = said(part.line) else { continue };
        if let Some(guess) = part.guess {
            let known = table.columns.iter().position(|column| column.meaning() == Some(guess.meaning));
            let column = known.unwrap_or(table.columns.len());
            if known.is_none() {
                let header = said.text().trim().to_owned();
                table.columns.push(Column { header, pieces: vec![said.piece], guess: Some(guess), ..Column::default() });
            }
            places.push((column, None));
        } else {
            table.headings.extend(heading(part.line, HeadingKind::Milestone, Some(0)));
            places.push((0, Some(table.headings.len() - 1)));
        }
    }
    for entry in &section.entries {
        let Some(said) = said(entry.line) else { continue };
        let (column, milestone) = entry.part.and_then(|part| places.get(part).copied()).unwrap_or((0, None));
        let boundary = match last {
            None => Boundary::Table,
            Some(part) if part == entry.part => Boundary::None,
            Some(_) => Boundary::Labels,
        };
        last = Some(entry.part);
        table.items.push(item(said, column, milestone.or(Some(0)), boundary));
        let Some(item) = table.items.last_mut() else { continue };
        let mut add = |meaning, text| {
            let column = column_of(meaning, &mut table.columns);
            let at = item.cells.partition_point(|cell| cell.column.get() < column);
            let pieces = SmallVec::from_elem(said.piece.part(text), 1);
            item.cells.insert(at, ItemCell { column: ColumnIndex(to_u32(column)), pieces });
        };
        let parts = tail::parts(said.text(), recognise);
        parts.into_iter().for_each(|(meaning, text)| add(meaning, text));
        if let Some(number) = numbered(said.text()).filter(|number| !number.rest.is_empty()) {
            add(Meaning::Field(Field::Reference), number.number);
            let own = item.cells.iter_mut().find(|cell| cell.column.get() == column);
            own.into_iter().flat_map(|cell| &mut cell.pieces).for_each(|piece| piece.text = number.rest);
        }
    }
    table
}

/// The column of `meaning`, without a header of its own.
fn column_of(meaning: Meaning, columns: &mut Vec<Column<'_>>) -> usize {
    columns.iter().position(|column| column.meaning() == Some(meaning)).unwrap_or_else(|| {
        columns.push(Column { guess: Some(HeaderGuess { meaning, similarity: 1.0 }), ..Column::default() });
        columns.len() - 1
    })
}

fn to_u32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

fn item<'s>(said: &Said<'s>, column: usize, heading: Option<usize>, boundary: Boundary) -> Item<'s> {
    let column = ColumnIndex(to_u32(column));
    let cells =
        if has_words(said.text()) { vec![ItemCell { column, pieces: SmallVec::from_elem(said.piece, 1) }] } else { Vec::new() };
    Item {
        cells,
        label: None,
        heading,
        names_change: false,
        boundary,
        row: 0,
        place: said.place,
        last_place: said.place,
        notes: Vec::new(),
        diagnostics: Vec::new(),
    }
}
