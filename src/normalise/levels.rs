//! Levels by column: the status, quarters and plans beside it, the columns of the model's matrix.

use rustc_hash::FxHashMap;

use super::date::Dates;
use super::maturity::Maturity;
use super::maturity::MaturityReading;
use super::rag;
use super::rag::RagReading;
use super::record::Draft;
use super::record::Normaliser;
use super::record::TableReader;
use crate::model::assignment::ColumnUse;
use crate::model::cells::names_month;
use crate::model::date::DateContext;
use crate::model::diagnostic::Code;
use crate::model::diagnostic::Diagnostic;
use crate::model::field::Field;
use crate::model::field::Meaning;
use crate::model::recognise::Mark;
use crate::model::record::Level;
use crate::model::record::MaturityValue;
use crate::model::record::Rag;
use crate::model::record::TimescaleCell;
use crate::model::table::Column;
use crate::model::table::ItemCell;
use crate::model::table::Piece;
use crate::model::table::Table;
use crate::model::table::joined;
use crate::model::text::collapse;
use crate::model::text::fold;
use crate::model::text::has_words;

/// From so many words on the chosen cell of a matrix describes where things stand.
const DESCRIBES: usize = 4;

/// The period that the header of each column of levels names, EDTF.
pub(super) fn periods(table: &Table<'_>, uses: &[ColumnUse], context: &DateContext, dates: &Dates) -> Vec<Option<String>> {
    let period = |(column, usage): (&Column<'_>, &ColumnUse)| {
        let read = |text: &str| dates.read(text, context).into_iter().find_map(|reading| reading.edtf);
        match usage {
            ColumnUse::Maturity { .. } | ColumnUse::Field(Field::Status) => read(&column.header),
            ColumnUse::Level(_) => column.group.as_deref().and_then(read),
            _ => None,
        }
    };
    table.columns.iter().zip(uses).map(period).collect()
}

/// The columns of the model's matrix that are there again for another time, each with whether that is planned: what is not said
/// to be now stands behind it.
pub(super) fn again(table: &Table<'_>, uses: &[ColumnUse], normaliser: &Normaliser) -> FxHashMap<usize, bool> {
    let group = |index: usize| table.columns.get(index).and_then(|column| column.group.as_deref());
    let levels = || (0..uses.len()).filter(|index| matches!(uses[*index], ColumnUse::Level(_)));
    let Some(first) =
        levels().find_map(group).filter(|first| levels().any(|index| group(index).is_some_and(|own| own != *first)))
    else {
        return FxHashMap::default();
    };
    let now = |text: &str| normaliser.cells.mark(text) == Some(Mark::Chosen);
    let first_is_planned = normaliser.cells.plans(first);
    let planned = |text: &str| if text == first { first_is_planned } else { !first_is_planned && !now(text) };
    levels().filter_map(|index| Some((index, planned(group(index)?)))).collect()
}

/// Which columns give levels by their numbers, 1 to 5: each filled cell does, and the header speaks of levels or maturity.
pub(super) fn counted(table: &Table<'_>, uses: &[ColumnUse], maturity: &Maturity) -> Vec<bool> {
    /// Fewest cells that tell a scale.
    const FEWEST: usize = 3;
    let speaks = |column: &Column<'_>| {
        // "Risk level" and "Staffing score" have scales of their own.
        let of_levels = |text: &str| {
            let folded = fold(text);
            let says = |word: &&str| {
                !maturity.is_qualifier(word) && !word.starts_with(|c: char| c.is_ascii_digit()) && !names_month(word)
            };
            let mut words = folded.split(' ').filter(says).peekable();
            words.peek().is_some() && words.all(|word| maturity.scale().iter().any(|scale| scale == word))
        };
        of_levels(&column.header) || column.group.as_deref().is_some_and(of_levels)
    };
    let of_levels = |usage: &ColumnUse| matches!(usage, ColumnUse::Maturity { .. } | ColumnUse::Field(Field::Status));
    // A scale that begins at nought is another one, in all its columns.
    let nought = |index: usize| table.items.iter().filter_map(|item| item.cell(index)).any(|cell| cell.text().trim() == "0");
    if uses.iter().enumerate().any(|(index, usage)| of_levels(usage) && nought(index)) {
        return vec![false; table.columns.len()];
    }
    let counts = |(index, (column, usage)): (usize, (&Column<'_>, &ColumnUse))| {
        if !of_levels(usage) {
            return false;
        }
        let cells = || table.items.iter().filter_map(|item| item.cell(index)).map(ItemCell::text);
        let named = |text: &str| text.trim_start().starts_with(['L', 'l']);
        let (mut filled, mut all_named) = (0, true);
        for text in cells().filter(|text| !text.trim().is_empty()) {
            if numbered(&text, maturity).is_empty() {
                return false;
            }
            all_named &= named(&text);
            filled += 1;
        }
        filled >= FEWEST && (all_named || speaks(column))
    };
    table.columns.iter().zip(uses).enumerate().map(counts).collect()
}

/// Which columns are known to give levels: their header speaks of them, or one of their cells names one. Below "Status" most
/// plans say how far an action is.
pub(super) fn levelled(table: &Table<'_>, uses: &[ColumnUse], normaliser: &Normaliser) -> Vec<bool> {
    /// How many cells are looked at.
    const SAMPLE: usize = 200;
    let scale = normaliser.maturity.scale();
    let speaks = |text: &str| fold(text).split(' ').any(|word| scale.iter().any(|known| known == word));
    let gives = |(index, (column, usage)): (usize, (&Column<'_>, &ColumnUse))| match usage {
        ColumnUse::Maturity { .. } => true,
        ColumnUse::Field(Field::Status) => {
            let mut cells = table.items.iter().filter_map(|item| item.cell(index)).map(ItemCell::text).take(SAMPLE);
            speaks(&column.header)
                || column.group.as_deref().is_some_and(speaks)
                || cells.any(|text| !normaliser.maturity.read(&text).is_empty())
        }
        _ => false,
    };
    table.columns.iter().zip(uses).enumerate().map(gives).collect()
}

/// Headings that close with a level, by the first item below each, in a table without a column of levels.
pub(super) fn headed(table: &Table<'_>, uses: &[ColumnUse], normaliser: &Normaliser) -> FxHashMap<usize, usize> {
    let levels = |usage: &ColumnUse| {
        matches!(usage, ColumnUse::Field(Field::Status) | ColumnUse::Maturity { planned: false } | ColumnUse::Level(_))
    };
    let mut found = FxHashMap::default();
    if uses.iter().any(levels) {
        return found;
    }
    let closes: Vec<bool> = table.headings.iter().map(|heading| closing(&heading.text(), normaliser).is_some()).collect();
    if !closes.contains(&true) {
        return found;
    }
    let mut told: Vec<usize> = Vec::new();
    for (number, item) in table.items.iter().enumerate() {
        let path = table.path(item.heading);
        if let Some(heading) = path.into_iter().rev().find(|heading| closes.get(*heading) == Some(&true))
            && !told.contains(&heading)
        {
            told.push(heading);
            found.insert(number, heading);
        }
    }
    found
}

/// The level at the end of a heading, behind a bracket, a dash or a colon, and whether it is planned: "Early discharge planning
/// (Established)".
pub(super) fn closing<'t>(text: &'t str, normaliser: &Normaliser) -> Option<(&'t str, bool)> {
    // "Level 3: Established" heads what is told of that level.
    if normaliser.cells.level(text).is_some() {
        return None;
    }
    let text = text.trim();
    let bracketed = text.strip_suffix(')').map(|open| (open, '(')).or(text.strip_suffix(']').map(|open| (open, '[')));
    let (head, level) = if let Some((open, bracket)) = bracketed {
        open.rsplit_once(bracket)?
    } else {
        let marks = [": ", " \u{2013} ", " \u{2014} ", " - "];
        marks.iter().filter_map(|mark| text.rsplit_once(mark)).max_by_key(|(head, _)| head.len())?
    };
    let planned = normaliser.cells.level(level).is_none() && normaliser.cells.plans(level);
    (has_words(head) && normaliser.maturity.is_level_cell(level)).then_some((level, planned))
}

/// The levels of "3", "Level 3" or "L2/3"; none where the text is anything else.
fn numbered(text: &str, maturity: &Maturity) -> Vec<MaturityReading> {
    const LEVELS: [Level; 5] =
        [Level::NotYetEstablished, Level::PlansInPlace, Level::Established, Level::Mature, Level::Exemplary];
    let lower = text.trim().to_ascii_lowercase();
    let scale = || maturity.scale().iter().map(String::as_str);
    let rest = scale().chain(["l"]).find_map(|word| lower.strip_prefix(word)).unwrap_or(&lower).trim_start();
    let level = |word: &str| match word.as_bytes() {
        [digit @ b'1'..=b'5'] => LEVELS.get(usize::from(digit - b'1')).copied(),
        _ => None,
    };
    let found: Option<Vec<Level>> =
        rest.split(['/', '-', '–', ' ']).filter(|word| !matches!(*word, "" | "to" | "and" | "&")).map(level).collect();
    let mut found = found.filter(|found| found.len() <= 2).unwrap_or_default();
    found.sort_unstable();
    found.dedup();
    let raw = text.trim();
    found.into_iter().map(|level| MaturityReading { level, raw: raw.to_owned() }).collect()
}

impl TableReader<'_, '_> {
    /// The level that the heading over an item closes with; of the items below it the first tells it.
    pub(super) fn headed_level(&self, number: usize, draft: &mut Draft) {
        let heading = self.headed_levels.get(&number).and_then(|heading| self.table.headings.get(*heading));
        let told = draft.normalised.maturity.iter().any(|value| !value.planned);
        let Some(heading) = heading.filter(|_| !told) else { return };
        let text = heading.text();
        if let Some((raw, planned)) = closing(&text, self.normaliser) {
            let read = self.normaliser.maturity.read(raw).into_iter();
            let values = read.map(|reading| MaturityValue { level: reading.level, raw: reading.raw, period: None, planned });
            // What is planned stands behind where things are.
            draft.normalised.maturity.splice(0..0, values);
        }
    }

    /// The levels of a status cell, or of a cell in a column for some time.
    pub(super) fn status(&self, text: &str, column: usize, planned: bool, draft: &mut Draft) {
        let boxes = self.normaliser.cells.ticked(text);
        let coded = self.shared.scale.of(text).map(|level| MaturityReading { level, raw: text.trim().to_owned() });
        let mut levels =
            coded.map_or_else(|| self.normaliser.maturity.read(boxes.as_deref().unwrap_or(text)), |reading| vec![reading]);
        if levels.is_empty() && self.counted.get(column) == Some(&true) {
            levels = numbered(text, &self.normaliser.maturity);
        }
        if levels.is_empty() && self.rates(text) {
            return self.rag(text, &[], draft);
        }
        if levels.is_empty() && has_words(text) && self.levelled.get(column) == Some(&true) {
            let message = format!("no level in {:?}", collapse(text));
            draft.diagnostics.push(Diagnostic::new(Code::MaturityNotRead, message).field("status"));
        }
        // "Established by March 2018" says itself when.
        let own = || self.dates(text, column).into_iter().find_map(|reading| reading.edtf);
        let period = self.periods.get(column).cloned().flatten().or_else(|| if planned { own() } else { None });
        draft.normalised.maturity.extend(levels.into_iter().map(|reading| MaturityValue {
            level: reading.level,
            raw: reading.raw,
            period: period.clone(),
            planned,
        }));
    }

    /// "Amber" below "Status", where no column is for ratings. "Complete" is a state of the action and rates nothing here
    /// unless the document's key says so, and a letter may be that of "yes".
    fn rates(&self, text: &str) -> bool {
        let colour = |reading: &RagReading| {
            let light = matches!(reading.value, Rag::Red | Rag::Amber | Rag::Green) && reading.raw.len() > 2;
            light || rag::opening_symbol(text).is_some()
        };
        let rated = || self.explains(text) || self.normaliser.ratings.read(text).as_ref().is_some_and(colour);
        !self.uses.contains(&ColumnUse::Field(Field::Rag)) && rated()
    }

    /// A level for a quarter, or one that is planned.
    pub(super) fn maturity(&self, planned: bool, column: usize, pieces: &[Piece<'_>], draft: &mut Draft) {
        let text = joined(pieces);
        self.status(&text, column, planned, draft);
        let header = self.table.columns.get(column);
        if header.and_then(Column::meaning) != Some(Meaning::Timescale) {
            return self.extra(column, pieces, draft);
        }
        let header = header.map(|column| column.header.clone()).unwrap_or_default();
        draft.fields.timescale.push(TimescaleCell { header, text: text.into_owned() });
        self.places(Some("timescale"), pieces, draft);
    }

    /// A cell of the matrix that is not empty or shaded: its column is the level.
    pub(super) fn level(&self, level: Level, column: usize, pieces: &[Piece<'_>], draft: &mut Draft) {
        let text = joined(pieces);
        let mark = self.normaliser.cells.mark(&text);
        let filled = pieces.iter().find_map(|piece| piece.style.fill);
        let plans = mark != Some(Mark::Chosen) && filled.is_some_and(|fill| self.plans(fill));
        let mark = if plans { Mark::Planned } else { mark.unwrap_or(Mark::Chosen) };
        if mark != Mark::Unchosen {
            let raw = self.table.columns.get(column).map(|column| column.header.clone()).unwrap_or_default();
            let again = self.levels_again.get(&column);
            let planned = mark == Mark::Planned || again == Some(&true);
            let period = again.and_then(|_| self.periods.get(column)?.clone());
            draft.normalised.maturity.push(MaturityValue { level, raw, period, planned });
            draft.normalised.maturity.sort_by_key(|value| (value.planned, value.level));
        }
        if text.is_empty() {
            return;
        }
        let position = ColumnUse::Field(Field::CurrentPosition);
        // What a fill chooses is text whatever its length, unless it says when, or is the sign of a choice itself.
        let says = || filled.is_some() && has_words(&text) && self.normaliser.cells.mark(&text).is_none() && !self.is_date(&text);
        let describes = mark == Mark::Chosen && (text.split_whitespace().count() >= DESCRIBES || says());
        if describes && !self.uses.contains(&position) {
            draft.fields.add(Field::CurrentPosition, &text);
            return self.places(Some(Field::CurrentPosition.key()), pieces, draft);
        }
        self.extra(column, pieces, draft);
    }
}

#[cfg(test)]
mod tests {
    use crate::model::vocabulary::Vocabulary;

    use super::*;

    #[test]
    fn headings_close_with_levels() {
        let normaliser = Normaliser::new(crate::model::vocabulary::Vocabulary::embedded());
        let of = |text: &str| closing(text, &normaliser).map(|(raw, planned)| (raw.to_owned(), planned));
        let said = |raw: &str, planned: bool| Some((raw.to_owned(), planned));
        assert_eq!(of("1) Early discharge planning (Established)"), said("Established", false));
        assert_eq!(of("Patient flow \u{2013} Plans in place"), said("Plans in place", false));
        assert_eq!(of("Home first [target: Mature]"), said("target: Mature", true));
        for text in ["Level 3: Established", "Established", "Home first (pathway 1)", "Care homes: a team was established"] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_of_levels() {
        let maturity = Maturity::new(Vocabulary::embedded());
        let of = |text: &str| numbered(text, &maturity).into_iter().map(|reading| reading.level).collect::<Vec<_>>();
        assert_eq!(of("3"), [Level::Established]);
        assert_eq!(of("Level 3"), [Level::Established]);
        assert_eq!(of("L2/3"), [Level::PlansInPlace, Level::Established]);
        assert_eq!(of("level 4 to 5"), [Level::Mature, Level::Exemplary]);
        for text in ["0", "6", "1 '", "3 of 5 homes", "", "Level", "12"] {
            assert!(of(text).is_empty(), "{text}");
        }
    }
}
