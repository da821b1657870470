//! Conditions on cells: what they may hold, how they look when they hold it, and the addresses that both are given with.

use quick_xml::events::BytesStart;

use super::super::a1;
use super::super::look::Look;
use super::super::rules::Kind;
use super::super::rules::Rule;
use crate::model::location::CellRange;
use crate::readers::xml::attribute;

/// An address as workbooks of Excel write it: `Lists!$A$1:$A$3` for `[$Lists.$A$1:.$A$3]` (OpenDocument 1.3 part 3, 18.3.1).
pub(super) fn address(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches('[').trim_end_matches(']');
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    let (sheet, first) = first.rsplit_once('.').unwrap_or(("", first));
    let last = last.rsplit_once('.').map_or(last, |(_, cell)| cell);
    let range = format!("{first}:{last}");
    a1::range(&range)?;
    let sheet = sheet.trim_start_matches('$');
    Some(if sheet.is_empty() { range } else { format!("{sheet}!{range}") })
}

/// The cells of a list of addresses, whatever their sheet.
pub(super) fn cells(text: &str) -> Vec<CellRange> {
    let addresses = text.split_ascii_whitespace().filter_map(address);
    addresses.filter_map(|address| a1::range(address.rsplit('!').next()?)).collect()
}

/// What a validation allows, where it allows a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Allowed {
    Values(Vec<String>),
    /// The cells or the name that a formula of Excel would have.
    Formula(String),
}

/// Reads `of:cell-content-is-in-list("Red";"Amber")`; `None` for other conditions.
pub(super) fn allowed(condition: &str) -> Option<Allowed> {
    let (_, inside) = condition.split_once("cell-content-is-in-list(")?;
    let inside = inside.trim_end().strip_suffix(')')?.trim();
    if inside.starts_with('"') {
        let values = inside.split(';').map(unquoted).filter(|value| !value.is_empty());
        return Some(Allowed::Values(values.collect()));
    }
    Some(Allowed::Formula(address(inside).unwrap_or_else(|| inside.to_owned())))
}

fn unquoted(text: &str) -> String {
    let text = text.trim();
    let inside = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inside.map_or_else(|| text.to_owned(), |inside| inside.replace("\"\"", "\""))
}

/// A rule of a conditional format, as LibreOffice writes it: `="Late"`, `between(1,5)`, `contains-text("late")`,
/// `formula-is($E3="late")`.
pub(super) fn rule(element: &BytesStart<'_>, cells: &[CellRange], change: Look, priority: u32) -> Option<Rule> {
    let value = attribute(element, "value")?;
    let (kind, formulas) = condition(value.trim())?;
    Some(Rule { cells: cells.to_vec(), kind, formulas, change, priority, stop: false })
}

fn condition(value: &str) -> Option<(Kind, Vec<String>)> {
    let compares = |operator: &str, formulas: &[&str]| {
        let formulas = formulas.iter().map(|formula| formula.trim().to_owned()).collect();
        Some((Kind::named("cellIs", operator, "")?, formulas))
    };
    for (sign, operator) in [
        ("<=", "lessThanOrEqual"),
        (">=", "greaterThanOrEqual"),
        ("!=", "notEqual"),
        ("<", "lessThan"),
        (">", "greaterThan"),
        ("=", "equal"),
    ] {
        if let Some(formula) = value.strip_prefix(sign) {
            return compares(operator, &[formula]);
        }
    }
    let (name, inside) = value.strip_suffix(')')?.split_once('(')?;
    let text = || unquoted(inside);
    match name {
        "between" => compares("between", &inside.split(',').collect::<Vec<_>>()),
        "not-between" => compares("notBetween", &inside.split(',').collect::<Vec<_>>()),
        "formula-is" => {
            Some((Kind::named("expression", "", "")?, vec![inside.replace("[.", "").replace(']', "").replace(';', ",")]))
        }
        "contains-text" => Some((Kind::named("containsText", "", &text())?, Vec::new())),
        "not-contains-text" => Some((Kind::named("notContainsText", "", &text())?, Vec::new())),
        "begins-with" => Some((Kind::named("beginsWith", "", &text())?, Vec::new())),
        "ends-with" => Some((Kind::named("endsWith", "", &text())?, Vec::new())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_of_excel() {
        assert_eq!(address("[$Lists.$A$1:.$A$3]").as_deref(), Some("Lists!$A$1:$A$3"));
        assert_eq!(address("'Action plan'.B2").as_deref(), Some("'Action plan'!B2:B2"));
        assert_eq!(address(".B2:.C3").as_deref(), Some("B2:C3"));
        assert_eq!(address("Ratings"), None);
        assert_eq!(cells("Plan.F3:Plan.F7 Plan.H3").len(), 2);
    }

    #[test]
    fn lists_are_said_outright_or_pointed_to() {
        let said = |condition| allowed(condition);
        assert_eq!(
            said("of:cell-content-is-in-list(\"Red\";\"Late, or lost\")"),
            Some(Allowed::Values(vec!["Red".to_owned(), "Late, or lost".to_owned()]))
        );
        assert_eq!(said("of:cell-content-is-in-list([$Lists.$A$1:.$A$3])"), Some(Allowed::Formula("Lists!$A$1:$A$3".to_owned())));
        assert_eq!(said("cell-content-is-in-list(Ratings)"), Some(Allowed::Formula("Ratings".to_owned())));
        assert_eq!(said("of:cell-content()>5"), None);
    }

    #[test]
    fn rules_compare_or_look_for_words() {
        let (kind, formulas) = condition("=\"Late\"").expect("a rule");
        assert_eq!((kind, formulas), (Kind::Compares(super::super::super::rules::Operator::Equal), vec!["\"Late\"".to_owned()]));
        assert_eq!(condition("contains-text(\"Late\")"), Some((Kind::Contains("late".to_owned()), Vec::new())));
        assert_eq!(condition("between(1,5)").map(|(_, formulas)| formulas.len()), Some(2));
        assert_eq!(condition("duplicate"), None);
    }
}
