//! Conditional formats that can be told from what cells hold.

mod formula;
mod spread;
mod value;

use rustc_hash::FxHashMap;

use super::look::Look;
use super::sheet::Sheet;
use crate::model::location::CellRange;

pub(super) use spread::Point;
pub(super) use spread::Spread;
pub(super) use spread::lights;

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
    /// Whether the cell is blank.
    Blank(bool),
    /// Whether the cell holds an error.
    Error(bool),
    /// Where the cell stands among the others.
    Among(Spread),
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
    /// The kind of rule with these attributes; `None` for those that say more in other ones, for bars, and for what depends on
    /// the day.
    pub(super) fn named(kind: &str, operator: &str, text: &str) -> Option<Self> {
        let text = text.to_lowercase();
        Some(match kind {
            "containsText" => Self::Contains(text),
            "notContainsText" => Self::Lacks(text),
            "beginsWith" => Self::Begins(text),
            "endsWith" => Self::Ends(text),
            "expression" => Self::Formula,
            "containsBlanks" => Self::Blank(true),
            "notContainsBlanks" => Self::Blank(false),
            "containsErrors" => Self::Error(true),
            "notContainsErrors" => Self::Error(false),
            "duplicateValues" => Self::Among(Spread::Repeated(true)),
            "uniqueValues" => Self::Among(Spread::Repeated(false)),
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

/// What rules give a cell, and whether no further one counts.
type Changed = FxHashMap<(u32, u32), (Look, bool)>;

/// Changes the looks of the cells for which rules of the sheet hold.
pub(super) fn apply(sheet: &mut Sheet) {
    let mut rules = std::mem::take(&mut sheet.rules);
    if rules.is_empty() {
        return;
    }
    rules.sort_by_key(|rule| rule.priority);
    let mut applied = Applied { sheet, looks: 0, edge: last_column(sheet), changed: Changed::default() };
    for rule in &rules {
        if applied.rule(rule).is_none() {
            break;
        }
    }
    let mut changed = applied.changed;
    for row in &mut sheet.rows {
        for cell in &mut row.cells {
            if let Some((look, _)) = changed.remove(&(row.index, cell.column.0)) {
                cell.style.fill = look.fill.or(cell.style.fill);
                cell.style.struck |= look.struck;
            }
        }
    }
    // What is left are cells without a text.
    let mut blank: Vec<((u32, u32), Look)> = changed.into_iter().map(|(at, (look, _))| (at, look)).collect();
    blank.retain(|(_, look)| look.fill.is_some());
    blank.sort_unstable_by_key(|(at, _)| *at);
    let is_blank = |row: u32, column: u32| blank.binary_search_by_key(&(row, column), |(at, _)| *at).is_ok();
    sheet.shades.retain(|shade| !is_blank(shade.row, shade.column));
    for ((row, column), look) in blank {
        sheet.shade(row, column, look.fill);
    }
}

/// The last column of a sheet with a text.
fn last_column(sheet: &Sheet) -> u32 {
    sheet.rows.iter().filter_map(|row| row.cells.last()).map(|cell| cell.column.0).max().unwrap_or(0)
}

/// Rules as they are applied to a sheet.
struct Applied<'s> {
    sheet: &'s Sheet,
    /// Cells looked at so far.
    looks: usize,
    /// The last column with a text.
    edge: u32,
    /// What each cell was given, so that a rule of lower rank does not undo it.
    changed: Changed,
}

impl Applied<'_> {
    /// Applies a rule; `None` where enough cells were looked at.
    fn rule(&mut self, rule: &Rule) -> Option<()> {
        let Some(origin) = rule.cells.first().map(|range| (range.first_row.0, range.first_column.0)) else { return Some(()) };
        let sheet = self.sheet;
        let test = Test {
            rule,
            formulas: rule.formulas.iter().map(|text| formula::Formula::parse(text)).collect(),
            field: match &rule.kind {
                Kind::Among(_) => spread::Field::of(sheet, &rule.cells),
                _ => spread::Field::default(),
            },
            origin,
        };
        // A blank cell is none among others, and without a fill nothing of it is seen.
        let blanks = rule.change.fill.is_some() && !matches!(rule.kind, Kind::Among(_));
        for range in &rule.cells {
            let columns = range.first_column.0..=range.last_column.0;
            let from = sheet.rows.partition_point(|row| row.index < range.first_row.0);
            for row in sheet.rows.iter().skip(from).take_while(|row| row.index <= range.last_row.0) {
                let start = row.cells.partition_point(|cell| cell.column < range.first_column);
                let mut next = *columns.start();
                for cell in row.cells.iter().skip(start).take_while(|cell| columns.contains(&cell.column.0)) {
                    if blanks {
                        (next..cell.column.0).try_for_each(|column| self.cell(&test, (row.index, column), ""))?;
                    }
                    self.cell(&test, (row.index, cell.column.0), &cell.text)?;
                    next = cell.column.0.saturating_add(cell.colspan);
                }
                if blanks {
                    let end = self.edge.min(*columns.end());
                    (next..=end).try_for_each(|column| self.cell(&test, (row.index, column), ""))?;
                }
            }
        }
        Some(())
    }

    fn cell(&mut self, test: &Test<'_>, at: (u32, u32), text: &str) -> Option<()> {
        self.looks += 1;
        if self.looks > MOST_LOOKS {
            return None;
        }
        if self.changed.get(&at).is_some_and(|(_, stopped)| *stopped) {
            return Some(());
        }
        let around = formula::Around { sheet: self.sheet, at, origin: test.origin };
        if let Some(change) = test.change(text, &around) {
            let (look, stopped) = self.changed.entry(at).or_default();
            look.fill = look.fill.or(change.fill);
            look.struck |= change.struck;
            *stopped |= test.rule.stop;
        }
        Some(())
    }
}

/// A rule with what is worked out of it once.
struct Test<'r> {
    rule: &'r Rule,
    formulas: Vec<formula::Formula>,
    field: spread::Field,
    origin: (u32, u32),
}

impl Test<'_> {
    /// What the rule changes of a cell with this text; `None` where it does not hold.
    fn change(&self, text: &str, around: &formula::Around<'_>) -> Option<Look> {
        let lower = || text.to_lowercase();
        let holds = match &self.rule.kind {
            Kind::Contains(part) => lower().contains(part.as_str()),
            Kind::Lacks(part) => !lower().contains(part.as_str()),
            Kind::Begins(part) => lower().starts_with(part.as_str()),
            Kind::Ends(part) => lower().ends_with(part.as_str()),
            Kind::Formula => self.formulas.first()?.value(around)?.is_true(),
            Kind::Compares(operator) => self.compares(*operator, text, around),
            Kind::Blank(blank) => text.trim().is_empty() == *blank,
            Kind::Error(error) => value::is_error(text) == *error,
            Kind::Among(spread) => return self.field.change(spread, text, self.rule.change),
        };
        holds.then_some(self.rule.change)
    }

    fn compares(&self, operator: Operator, text: &str, around: &formula::Around<'_>) -> bool {
        let own = value::Value::of_cell(text);
        let value = |index: usize| self.formulas.get(index).and_then(|formula| formula.value(around));
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
