//! Rules that ask where a cell stands among the others of its rule: repeated ones, ranks, averages, scales of colours, and the
//! traffic lights of sets of icons, which count as the colours that they show.

use rustc_hash::FxHashMap;

use super::super::colour::Rgb;
use super::super::look::Look;
use super::super::sheet::Sheet;
use super::value::Value;
use crate::model::count::as_f64;
use crate::model::location::CellRange;

/// Cells of one rule that are looked at.
const MOST_CELLS: usize = 1_000_000;

/// What such a rule asks or shows.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::readers::workbook) enum Spread {
    /// Whether another cell holds the same.
    Repeated(bool),
    /// The first or last few, or per cent, by size.
    Rank { count: u32, percent: bool, bottom: bool },
    /// Above or below the mean, by so many standard deviations.
    Average { below: bool, equal: bool, deviations: f64 },
    /// Colours between points.
    Scale(Vec<(Point, Rgb)>),
    /// A light for each stretch between points, the lowest first.
    Lights(Vec<(Point, Option<Rgb>)>),
}

/// A point on a scale (ECMA-376 part 1, 18.18.12 and 18.3.1.11).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::readers::workbook) enum Point {
    Least,
    Most,
    Number(f64),
    /// Per cent of the way from the least to the most.
    Percent(f64),
    Percentile(f64),
}

/// The lights of a set of icons; `None` for arrows, which say how things move, and for other sets.
pub(in crate::readers::workbook) fn lights(set: &str, reversed: bool) -> Option<Vec<Option<Rgb>>> {
    const RED: Rgb = [0xFF, 0, 0];
    const AMBER: Rgb = [0xFF, 0xC0, 0];
    const GREEN: Rgb = [0, 0xB0, 0x50];
    let mut lights = match set {
        "3TrafficLights1" | "3TrafficLights2" | "3Signs" | "3Symbols" | "3Symbols2" | "3Flags" => {
            vec![Some(RED), Some(AMBER), Some(GREEN)]
        }
        "4TrafficLights" => vec![None, Some(RED), Some(AMBER), Some(GREEN)],
        _ => return None,
    };
    if reversed {
        lights.reverse();
    }
    Some(lights)
}

/// What the cells of a rule hold.
#[derive(Debug, Default)]
pub(super) struct Field {
    /// The numbers, ascending.
    numbers: Vec<f64>,
    /// How often each text stands.
    texts: FxHashMap<String, u32>,
}

impl Field {
    pub(super) fn of(sheet: &Sheet, cells: &[CellRange]) -> Self {
        let mut field = Self::default();
        let mut left = MOST_CELLS;
        for range in cells {
            let columns = range.first_column..=range.last_column;
            let from = sheet.rows.partition_point(|row| row.index < range.first_row.0);
            let rows = sheet.rows.iter().skip(from).take_while(|row| row.index <= range.last_row.0);
            for cell in rows.flat_map(|row| &row.cells).filter(|cell| columns.contains(&cell.column)).take(left) {
                left -= 1;
                if let Value::Number(number) = Value::of_cell(&cell.text) {
                    field.numbers.push(number);
                }
                *field.texts.entry(cell.text.trim().to_lowercase()).or_default() += 1;
            }
        }
        field.numbers.sort_unstable_by(f64::total_cmp);
        field
    }

    /// What a rule changes of a cell with this text; `None` where it does not hold.
    pub(super) fn change(&self, spread: &Spread, text: &str, change: Look) -> Option<Look> {
        let number = || match Value::of_cell(text) {
            Value::Number(number) => Some(number),
            _ => None,
        };
        let filled = |fill: Rgb| Look { fill: Some(fill), ..Look::default() };
        let holds = match spread {
            Spread::Repeated(repeated) => (self.texts.get(&text.trim().to_lowercase())? > &1) == *repeated,
            Spread::Rank { count, percent, bottom } => self.ranks(number()?, *count, *percent, *bottom)?,
            Spread::Average { below, equal, deviations } => {
                let (number, mean) = (number()?, self.mean()?);
                let edge = mean + self.deviation(mean) * if *below { -deviations } else { *deviations };
                let beyond = if *below { number < edge } else { number > edge };
                beyond || (*equal && (number - edge).abs() < f64::EPSILON)
            }
            Spread::Scale(points) => return self.scaled(points, number()?).map(filled),
            Spread::Lights(lights) => {
                let number = number()?;
                let lit = lights.iter().rfind(|(point, _)| self.at(*point).is_some_and(|at| number >= at));
                return lit.or(lights.first())?.1.map(filled);
            }
        };
        holds.then_some(change)
    }

    fn ranks(&self, number: f64, count: u32, percent: bool, bottom: bool) -> Option<bool> {
        let count = count as usize;
        let count = if percent { (self.numbers.len() * count / 100).max(1) } else { count };
        let count = count.clamp(1, self.numbers.len().max(1));
        Some(if bottom {
            number <= *self.numbers.get(count - 1)?
        } else {
            number >= *self.numbers.get(self.numbers.len().checked_sub(count)?)?
        })
    }

    fn mean(&self) -> Option<f64> {
        let sum: f64 = self.numbers.iter().sum();
        (!self.numbers.is_empty()).then(|| sum / as_f64(self.numbers.len()))
    }

    fn deviation(&self, mean: f64) -> f64 {
        let squares: f64 = self.numbers.iter().map(|number| (number - mean).powi(2)).sum();
        (squares / as_f64(self.numbers.len().max(2) - 1)).sqrt()
    }

    fn at(&self, point: Point) -> Option<f64> {
        let (least, most) = (*self.numbers.first()?, *self.numbers.last()?);
        Some(match point {
            Point::Least => least,
            Point::Most => most,
            Point::Number(number) => number,
            Point::Percent(percent) => least + (most - least) * percent / 100.0,
            Point::Percentile(percent) => {
                let last = self.numbers.len() - 1;
                // The nearest rank below, and the share of the way to the next.
                let rank = as_f64(last) * percent.clamp(0.0, 100.0) / 100.0;
                let below = (0..=last).rfind(|index| as_f64(*index) <= rank).unwrap_or(0);
                let (low, high) = (self.numbers[below], self.numbers[(below + 1).min(last)]);
                low + (high - low) * (rank - as_f64(below))
            }
        })
    }

    /// The colour of a number on a scale: that of the points around it, mixed.
    fn scaled(&self, points: &[(Point, Rgb)], number: f64) -> Option<Rgb> {
        let placed: Vec<(f64, Rgb)> =
            points.iter().map(|(point, colour)| Some((self.at(*point)?, *colour))).collect::<Option<_>>()?;
        let (first, last) = (placed.first()?, placed.last()?);
        if number <= first.0 {
            return Some(first.1);
        }
        let Some(pair) = placed.windows(2).find(|pair| number <= pair[1].0) else { return Some(last.1) };
        let ((low, from), (high, to)) = (pair[0], pair[1]);
        let share = if high > low { ((number - low) / (high - low)).clamp(0.0, 1.0) } else { 1.0 };
        let mixed = from.iter().zip(to).map(|(a, b)| {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between two bytes")]
            let byte = (f64::from(*a) + (f64::from(b) - f64::from(*a)) * share).round() as u8;
            byte
        });
        let mixed: Vec<u8> = mixed.collect();
        mixed.try_into().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::location::ColumnIndex;
    use crate::model::location::RowIndex;
    use crate::model::source::Style;

    /// For each of the texts whether the rule holds, as the colour's first channel or a dot.
    fn held(texts: &[&str], spread: &Spread) -> Vec<Option<u8>> {
        let mut sheet = Sheet::new("Plan", false);
        for (row, text) in (0..).zip(texts) {
            sheet.put(row, 0, false, (*text).into(), Style::default());
        }
        let cells = CellRange {
            first_row: RowIndex(0),
            first_column: ColumnIndex(0),
            last_row: RowIndex(99),
            last_column: ColumnIndex(0),
        };
        let field = Field::of(&sheet, &[cells]);
        let change = Look { fill: Some([9, 0, 0]), ..Look::default() };
        let looks = texts.iter().map(|text| field.change(spread, text, change));
        looks.map(|look| look?.fill.map(|fill| fill[0])).collect()
    }

    #[test]
    fn ranks_and_averages_count_numbers_alone() {
        let texts = ["1", "2", "x", "3", "10"];
        let top = Spread::Rank { count: 2, percent: false, bottom: false };
        assert_eq!(held(&texts, &top), [None, None, None, Some(9), Some(9)]);
        let bottom = Spread::Rank { count: 25, percent: true, bottom: true };
        assert_eq!(held(&texts, &bottom), [Some(9), None, None, None, None]);
        let above = Spread::Average { below: false, equal: false, deviations: 0.0 };
        assert_eq!(held(&texts, &above), [None, None, None, None, Some(9)]);
        assert_eq!(held(&["a", "A ", "b"], &Spread::Repeated(true)), [Some(9), Some(9), None]);
    }

    #[test]
    fn scales_mix_and_lights_do_not() {
        let scale = vec![(Point::Least, [0, 0, 0]), (Point::Percentile(50.0), [100, 0, 0]), (Point::Most, [200, 0, 0])];
        assert_eq!(held(&["1", "2", "3", "5", ""], &Spread::Scale(scale)), [Some(0), Some(67), Some(120), Some(200), None]);
        let lights = lights("3TrafficLights1", false).expect("a set of lights").into_iter();
        let points = [Point::Percent(0.0), Point::Percent(33.0), Point::Percent(67.0)];
        let lights = Spread::Lights(points.into_iter().zip(lights).collect());
        assert_eq!(held(&["1", "2", "3", "n/a"], &lights), [Some(255), Some(255), Some(0), None]);
    }
}
