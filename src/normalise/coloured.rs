//! Ratings shown by colour alone, in a table without a column for them: each row's progress, or date, is red, amber or green.
//!
//! Cells are coloured for many reasons: bands that tell rows apart, a colour for each change or partner, a scale from high to low,
//! what is new since the last version. A rating has the colours of a traffic light and follows none of these patterns.

use super::legend::Legend;
use super::maturity::Maturity;
use super::rag::Ratings;
use crate::model::assignment::ColumnUse;
use crate::model::field::Field;
use crate::model::record::Rag;
use crate::model::table::Item;
use crate::model::table::Table;
use crate::model::text::fold;

/// How many items are looked at.
const SAMPLE: usize = 60;

/// Fewest items that are coloured so.
const LEAST: usize = 3;

/// Most fills that one scheme has, each colour in two shades at most; a scale of colours has more.
const SHADES: usize = 8;

/// Fewest rows that show bands over other cells too, bands of one column, which four ratings may look like by chance, or blocks of one
/// colour each.
const BANDS: usize = 4;
const LONE_BANDS: usize = 6;
const BLOCKS: usize = 3;

/// A coloured cell.
struct Coloured {
    value: Rag,
    fill: [u8; 3],
    /// The heading that governs its item.
    heading: Option<usize>,
}

/// The column whose fills rate the items of `table`: most items have one, of several colours. The colours of levels and of changes
/// are those of what they stand for.
pub(super) fn column(
    table: &Table<'_>,
    uses: &[ColumnUse],
    ratings: &Ratings,
    maturity: &Maturity,
    legend: &Legend,
) -> Option<usize> {
    let rated = |usage: &ColumnUse| *usage == ColumnUse::Field(Field::Rag) || matches!(usage, ColumnUse::Level(_));
    if uses.iter().any(rated) {
        return None;
    }
    let rates = |usage: ColumnUse| match usage {
        // A partner may have a colour, as a change or a milestone may.
        ColumnUse::Field(field) => {
            !matches!(field, Field::Milestone | Field::Reference | Field::Lead | Field::Organisation | Field::Spread)
        }
        ColumnUse::Extra => true,
        _ => false,
    };
    let items = || table.items.iter().take(SAMPLE);
    let states_level =
        |index: usize| items().filter_map(|item| item.cell(index)).any(|cell| maturity.is_level_cell(&cell.text()));
    let all = items().count();
    let of_parties = |index: usize| {
        let party = |usage: &ColumnUse| matches!(usage, ColumnUse::Field(Field::Lead | Field::Organisation));
        let mut columns = uses.iter().enumerate().filter(|(_, usage)| party(usage)).map(|(column, _)| column);
        columns.any(|party| {
            let pair = |item: &Item<'_>| Some((fold(&item.cell(party)?.text()), coloured(item, index, ratings)?.fill));
            tell_each_other(items().filter_map(pair))
        })
    };
    let is_band = |index: usize, cells: &[Coloured]| {
        let beside = |item: &Item<'_>| {
            let fill = coloured(item, index, ratings).map(|cell| cell.fill);
            let mut others = item.cells.iter().filter(|cell| cell.column.get() != index).flat_map(|cell| &cell.pieces);
            fill.is_none() || others.any(|piece| piece.style.fill == fill)
        };
        alternate(cells) && (cells.len() >= LONE_BANDS || items().all(beside))
    };
    let holds = |index: &usize| {
        if !uses.get(*index).is_some_and(|usage| rates(*usage)) {
            return false;
        }
        let cells: Vec<Coloured> = items().filter_map(|item| coloured(item, *index, ratings)).collect();
        let known = cells.iter().any(|cell| legend.of_fill(cell.fill).is_some());
        cells.len() >= LEAST
            && cells.len() * 10 >= all * 6
            && (known || is_traffic_light(&cells) && !is_band(*index, &cells) && !is_of_blocks(&cells) && !of_parties(*index))
            && !states_level(*index)
    };
    (0..uses.len()).rev().find(holds)
}

fn coloured(item: &Item<'_>, index: usize, ratings: &Ratings) -> Option<Coloured> {
    let fill = item.cell(index)?.pieces.iter().find_map(|piece| piece.style.fill)?;
    Some(Coloured { value: ratings.from_fill(fill)?.value, fill, heading: item.heading })
}

/// Whether at least two of red, amber and green are there, or green beside the blue of what is done, in few shades.
fn is_traffic_light(cells: &[Coloured]) -> bool {
    let has = |value: Rag| cells.iter().any(|cell| cell.value == value);
    let lights = [Rag::Red, Rag::Amber, Rag::Green].into_iter().filter(|value| has(*value)).count();
    let mut fills: Vec<[u8; 3]> = cells.iter().map(|cell| cell.fill).collect();
    fills.sort_unstable();
    fills.dedup();
    (lights >= 2 || (has(Rag::Green) && has(Rag::Blue))) && fills.len() <= SHADES
}

/// Whether two fills take turns row by row: bands.
fn alternate(cells: &[Coloured]) -> bool {
    let turns = cells.windows(2).all(|pair| pair[0].fill != pair[1].fill);
    cells.len() >= BANDS && turns && cells.windows(3).all(|three| three[0].fill == three[2].fill)
}

/// Whether each text has a fill of its own, and most texts come again: the colours are those of what the texts name.
fn tell_each_other(pairs: impl Iterator<Item = (String, [u8; 3])>) -> bool {
    let mut known: Vec<(String, [u8; 3])> = Vec::new();
    let mut all = 0;
    for (text, fill) in pairs {
        all += 1;
        match known.iter().find(|(other, used)| *other == text || *used == fill) {
            Some((other, used)) if *other == text && *used == fill => {}
            Some(_) => return false,
            None => known.push((text, fill)),
        }
    }
    known.len() > 1 && all >= 2 * known.len()
}

/// Whether each of several blocks of rows has one fill for itself: that of its change.
fn is_of_blocks(cells: &[Coloured]) -> bool {
    let blocks: Vec<&[Coloured]> = cells.chunk_by(|a, b| a.heading == b.heading).collect();
    let several = blocks.iter().filter(|block| block.len() > 1).count();
    blocks.len() >= BLOCKS
        && several >= BLOCKS
        && blocks.iter().all(|block| block.windows(2).all(|pair| pair[0].fill == pair[1].fill))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(fills: &[([u8; 3], usize)]) -> Vec<Coloured> {
        let ratings = Ratings::new(crate::model::vocabulary::Vocabulary::embedded());
        let cell = |(fill, heading): &([u8; 3], usize)| {
            ratings.from_fill(*fill).map(|read| Coloured { value: read.value, fill: *fill, heading: Some(*heading) })
        };
        fills.iter().filter_map(cell).collect()
    }

    const RED: [u8; 3] = [255, 0, 0];
    const AMBER: [u8; 3] = [255, 192, 0];
    const GREEN: [u8; 3] = [0, 176, 80];
    const BLUE: [u8; 3] = [0, 112, 192];

    #[test]
    fn ratings_are_traffic_lights() {
        assert!(is_traffic_light(&cells(&[(RED, 0), (AMBER, 0), (GREEN, 0)])));
        assert!(is_traffic_light(&cells(&[(GREEN, 0), (BLUE, 0), (GREEN, 0)])));
        assert!(!is_traffic_light(&cells(&[(AMBER, 0), (BLUE, 0), (AMBER, 0)])));
        let scale: Vec<([u8; 3], usize)> = (0..12).map(|step| ([255, 20 * step, 0], 0)).collect();
        assert!(!is_traffic_light(&cells(&scale)));
    }

    #[test]
    fn bands_take_turns() {
        assert!(alternate(&cells(&[(AMBER, 0), (GREEN, 0), (AMBER, 0), (GREEN, 0)])));
        assert!(!alternate(&cells(&[(AMBER, 0), (GREEN, 0), (GREEN, 0), (AMBER, 0)])));
        assert!(!alternate(&cells(&[(AMBER, 0), (GREEN, 0), (RED, 0), (GREEN, 0)])));
    }

    #[test]
    fn partners_have_a_colour_each() {
        let pairs = |texts: &[(&str, [u8; 3])]| tell_each_other(texts.iter().map(|(text, fill)| ((*text).to_owned(), *fill)));
        assert!(pairs(&[("council", RED), ("trust", GREEN), ("council", RED), ("trust", GREEN)]));
        assert!(!pairs(&[("council", RED), ("trust", GREEN), ("council", GREEN), ("trust", GREEN)]));
        assert!(!pairs(&[("council", RED), ("trust", GREEN)]));
    }

    #[test]
    fn blocks_have_a_colour_each() {
        let blocks = [(RED, 0), (RED, 0), (GREEN, 1), (GREEN, 1), (AMBER, 2), (AMBER, 2)];
        assert!(is_of_blocks(&cells(&blocks)));
        let rated = [(RED, 0), (GREEN, 0), (GREEN, 1), (GREEN, 1), (AMBER, 2), (AMBER, 2)];
        assert!(!is_of_blocks(&cells(&rated)));
    }
}
