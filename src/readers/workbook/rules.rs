//! Conditional formats that can be told from what cells hold.

mod formula;

use super::look::Look;
use super::sheet::Sheet;
use crate::model::location::CellRange;

/// One rule of a conditional format.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) cells: Vec<CellRange>,
    pub(super) kind: Kind,
    pub(super) formulas: Vec<String>,
    /// What changes where it holds.
    pub(super) change: Look,
    /// The lowest number counts most.
    pub(super) priority: u32,
    /// No rule after it counts where it holds.
    pub(super) stop: bool,
}

/// What a rule asks (ECMA-376 part 1, 18.18.12).
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// Comparison with one or two values.
    Compares(Operator),
    Contains(String),
    Lacks(String),
    Begins(String),
    Ends(String),
    /// A formula that is true.
    Formula,
}

/// How a cell is compared (ECMA-376 part 1, 18.18.15).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Between,
    NotBetween,
}

/// How many cells are looked at, over all rules of a sheet.
const MOST_LOOKS: usize = 4_000_000;

impl Kind {
    /// The kind of rule with these attributes; `None` for scales, bars, ranks and what depends on the day.
    pub(super) fn named(kind: &str, operator: &str, text: &str) -> Option<Self> {
        let text = text.to_lowercase();
        Some(match kind {
            "containsText" => Self::Contains(text),
            "notContainsText" => Self::Lacks(text),
            "beginsWith" => Self::Begins(text),
            "endsWith" => Self::Ends(text),
            "expression" => Self::Formula,
            "cellIs" => Self::Compares(match operator {
                "equal" => Operator::Equal,
                "notEqual" => Operator::NotEqual,
                "lessThan" => Operator::Less,
                "lessThanOrEqual" => Operator::LessOrEqual,
                "greaterThan" => Operator::Greater,
                "greaterThanOrEqual" => Operator::GreaterOrEqual,
                "between" => Operator::Between,
                "notBetween" => Operator::NotBetween,
                _ => return None,
            }),
            _ => return None,
        })
    }
}

/// Changes the looks of the cells for which rules of the sheet hold.
pub(super) fn apply(sheet: &mut Sheet) {
    let mut rules = std::mem::take(&mut sheet.rules);
    rules.sort_by_key(|rule| rule.priority);
    let mut looks = 0_usize;
    // What each cell was given, so that a rule of lower rank does not undo it.
    let mut changed: rustc_hash::FxHashMap<(u32, u32), (Look, bool)> = rustc_hash::FxHashMap::default();
    for rule in &rules {
        let Some(origin) = rule.cells.first().map(|range| (range.first_row.0, range.first_column.0)) else { continue };
        let compiled: Vec<formula::Formula> = rule.formulas.iter().map(|text| formula::Formula::parse(text)).collect();
        for range in &rule.cells {
            let from = sheet.rows.partition_point(|row| row.index < range.first_row.0);
            for row in sheet.rows.iter().skip(from).take_while(|row| row.index <= range.last_row.0) {
                for cell in &row.cells {
                    let column = cell.column.0;
                    looks += 1;
                    if looks > MOST_LOOKS {
                        return;
                    }
                    if !(range.first_column.0..=range.last_column.0).contains(&column) {
                        continue;
                    }
                    let at = (row.index, column);
                    if changed.get(&at).is_some_and(|(_, stopped)| *stopped) {
                        continue;
                    }
                    let around = formula::Around { sheet, at, origin };
                    if holds(rule, &compiled, &cell.text, &around) {
                        let (look, stopped) = changed.entry(at).or_default();
                        look.fill = look.fill.or(rule.change.fill);
                        look.struck |= rule.change.struck;
                        *stopped |= rule.stop;
                    }
                }
            }
        }
    }
    for row in &mut sheet.rows {
        for cell in &mut row.cells {
            if let Some((look, _)) = changed.get(&(row.index, cell.column.0)) {
                cell.style.fill = look.fill.or(cell.style.fill);
                cell.style.struck |= look.struck;
            }
        }
    }
}

fn holds(rule: &Rule, formulas: &[formula::Formula], text: &str, around: &formula::Around<'_>) -> bool {
    let lower = || text.to_lowercase();
    let value = |index: usize| formulas.get(index).and_then(|formula| formula.value(around));
    match &rule.kind {
        Kind::Contains(part) => lower().contains(part.as_str()),
        Kind::Lacks(part) => !lower().contains(part.as_str()),
        Kind::Begins(part) => lower().starts_with(part.as_str()),
        Kind::Ends(part) => lower().ends_with(part.as_str()),
        Kind::Formula => value(0).is_some_and(|value| value.is_true()),
        Kind::Compares(operator) => {
            let own = formula::Value::of_cell(text);
            let order = |index: usize| value(index).map(|value| own.compare(&value));
            let Some(first) = order(0) else { return false };
            match operator {
                Operator::Equal => first.is_eq(),
                Operator::NotEqual => first.is_ne(),
                Operator::Less => first.is_lt(),
                Operator::LessOrEqual => first.is_le(),
                Operator::Greater => first.is_gt(),
                Operator::GreaterOrEqual => first.is_ge(),
                Operator::Between => first.is_ge() && order(1).is_some_and(std::cmp::Ordering::is_le),
                Operator::NotBetween => first.is_lt() || order(1).is_some_and(std::cmp::Ordering::is_gt),
            }
        }
    }
}
