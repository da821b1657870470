//! The formulas of conditional formats, as far as texts, numbers, cells of the same sheet and a few functions go. What goes
//! beyond that has no value, and its rule does not hold.

use super::super::a1;
use super::super::sheet::Sheet;
use super::value::Value;
use super::value::day;

/// Formulas nested deeper are not read.
const DEEPEST: usize = 32;

/// Formulas of more bytes are not read; Excel takes 8,192 characters (ECMA-376 part 1, 18.17).
const LONGEST: usize = 8_192;

/// The cell that a formula is asked for.
pub(super) struct Around<'a> {
    pub(super) sheet: &'a Sheet,
    /// Row and column of the cell.
    pub(super) at: (u32, u32),
    /// Row and column of the cell that the formula is written for: references move with the distance.
    pub(super) origin: (u32, u32),
}

/// A formula, parsed.
#[derive(Debug)]
pub(super) struct Formula(Option<Node>);

#[derive(Clone, Debug, PartialEq)]
enum Node {
    Value(Value),
    /// Row and column, and whether each stays where it is.
    Cell((u32, u32), (bool, bool)),
    Binary(&'static str, Box<Node>, Box<Node>),
    Call(String, Vec<Node>),
}

impl Formula {
    pub(super) fn parse(text: &str) -> Self {
        let mut parser = Parser { rest: text.trim().trim_start_matches('='), depth: 0 };
        let node = if text.len() <= LONGEST { parser.comparison() } else { None };
        Self(node.filter(|_| parser.rest.trim().is_empty()))
    }

    /// Its value for the cell `around`; `None` where that is beyond what is read here.
    pub(super) fn value(&self, around: &Around<'_>) -> Option<Value> {
        evaluate(self.0.as_ref()?, around)
    }
}

/// Operators of one rank, longer ones first.
const COMPARISONS: [&str; 6] = ["<>", "<=", ">=", "=", "<", ">"];

struct Parser<'t> {
    rest: &'t str,
    depth: usize,
}

impl Parser<'_> {
    fn take(&mut self, mark: &str) -> bool {
        let rest = self.rest.trim_start();
        match rest.strip_prefix(mark) {
            Some(after) => {
                self.rest = after;
                true
            }
            None => false,
        }
    }

    fn comparison(&mut self) -> Option<Node> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let mut left = self.joined()?;
        while let Some(operator) = COMPARISONS.into_iter().find(|operator| self.take(operator)) {
            left = Node::Binary(operator, Box::new(left), Box::new(self.joined()?));
        }
        self.depth -= 1;
        Some(left)
    }

    fn joined(&mut self) -> Option<Node> {
        let mut left = self.atom()?;
        while let Some(operator) = ["&", "+", "-"].into_iter().find(|operator| self.take(operator)) {
            left = Node::Binary(operator, Box::new(left), Box::new(self.atom()?));
        }
        Some(left)
    }

    fn atom(&mut self) -> Option<Node> {
        if self.take("(") {
            let inside = self.comparison()?;
            return self.take(")").then_some(inside);
        }
        if self.take("\"") {
            return self.quoted();
        }
        let rest = self.rest.trim_start();
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '$' | '.' | '_'))).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        self.rest = after;
        if let Ok(number) = word.parse::<f64>() {
            let number = if self.take("%") { number / 100.0 } else { number };
            return Some(Node::Value(Value::Number(number)));
        }
        if word.is_empty() {
            // A sign in front of a number.
            if !self.take("-") || !self.rest.trim_start().starts_with(|c: char| c.is_ascii_digit()) {
                return None;
            }
            return match self.atom()? {
                Node::Value(Value::Number(number)) => Some(Node::Value(Value::Number(-number))),
                _ => None,
            };
        }
        if self.take("(") {
            return self.call(word.to_ascii_uppercase());
        }
        match word.to_ascii_uppercase().as_str() {
            "TRUE" => Some(Node::Value(Value::Bool(true))),
            "FALSE" => Some(Node::Value(Value::Bool(false))),
            _ => {
                let at = a1::position(word)?;
                let column_stays = word.starts_with('$');
                let row_stays = word.get(1..).is_some_and(|rest| rest.contains('$'));
                // A range, or a cell of another sheet.
                (!self.rest.starts_with([':', '!'])).then_some(Node::Cell(at, (row_stays, column_stays)))
            }
        }
    }

    /// A text up to its closing mark; two marks stand for one.
    fn quoted(&mut self) -> Option<Node> {
        let mut text = String::new();
        loop {
            let (part, after) = self.rest.split_once('"')?;
            text.push_str(part);
            self.rest = after;
            match after.strip_prefix('"') {
                Some(after) => {
                    text.push('"');
                    self.rest = after;
                }
                None => return Some(Node::Value(Value::Text(text))),
            }
        }
    }

    fn call(&mut self, name: String) -> Option<Node> {
        let mut arguments = Vec::new();
        if !self.take(")") {
            loop {
                arguments.push(self.comparison()?);
                if self.take(")") {
                    break;
                }
                if !self.take(",") {
                    return None;
                }
            }
        }
        Some(Node::Call(name, arguments))
    }
}

fn evaluate(node: &Node, around: &Around<'_>) -> Option<Value> {
    match node {
        Node::Value(value) => Some(value.clone()),
        Node::Cell(at, stays) => Some(around.cell(*at, *stays)),
        Node::Binary(operator, left, right) => {
            let (left, right) = (evaluate(left, around)?, evaluate(right, around)?);
            if left == Value::Error || right == Value::Error {
                return Some(Value::Error);
            }
            let order = left.compare(&right);
            Some(match *operator {
                "&" => Value::Text(left.text() + &right.text()),
                "+" => Value::Number(left.number()? + right.number()?),
                "-" => Value::Number(left.number()? - right.number()?),
                "=" => Value::Bool(order.is_eq()),
                "<>" => Value::Bool(order.is_ne()),
                "<" => Value::Bool(order.is_lt()),
                "<=" => Value::Bool(order.is_le()),
                ">" => Value::Bool(order.is_gt()),
                _ => Value::Bool(order.is_ge()),
            })
        }
        Node::Call(name, arguments) => {
            let values: Vec<Value> = arguments.iter().map(|argument| evaluate(argument, around)).collect::<Option<_>>()?;
            call(name, &values)
        }
    }
}

fn call(name: &str, values: &[Value]) -> Option<Value> {
    let first = values.first();
    let text = |index: usize| values.get(index).map(Value::text);
    let count = || values.get(1).map_or(Some(1.0), Value::number);
    Some(match name {
        "AND" => Value::Bool(values.iter().all(Value::is_true)),
        "OR" => Value::Bool(values.iter().any(Value::is_true)),
        "NOT" => Value::Bool(!first?.is_true()),
        "ISNUMBER" => Value::Bool(matches!(first?, Value::Number(_))),
        "ISTEXT" => Value::Bool(matches!(first?, Value::Text(_))),
        "ISBLANK" => Value::Bool(matches!(first?, Value::Empty)),
        "ISERROR" | "ISERR" | "ISNA" => Value::Bool(matches!(first?, Value::Error)),
        "UPPER" | "LOWER" | "TRIM" if matches!(first?, Value::Error) => Value::Error,
        "UPPER" => Value::Text(text(0)?.to_uppercase()),
        "LOWER" => Value::Text(text(0)?.to_lowercase()),
        "TRIM" => Value::Text(text(0)?.split_whitespace().collect::<Vec<_>>().join(" ")),
        "IF" => values.get(if first?.is_true() { 1 } else { 2 }).cloned().unwrap_or(Value::Bool(first?.is_true())),
        "DATE" => {
            let part = |index: usize| values.get(index).and_then(Value::number);
            Value::Number(day(part(0)?, part(1)?, part(2)?)?)
        }
        "LEN" => Value::Number(text(0)?.chars().map(|_| 1.0).sum()),
        "EXACT" => Value::Bool(text(0)? == text(1)?),
        "LEFT" => Value::Text(taken(text(0)?.chars(), count()?).into_iter().collect()),
        "RIGHT" => Value::Text(taken(text(0)?.chars().rev(), count()?).into_iter().rev().collect()),
        "SEARCH" | "FIND" => {
            let (part, whole) = (text(0)?, text(1)?);
            let found = if name == "FIND" { whole.find(&part) } else { whole.to_lowercase().find(&part.to_lowercase()) };
            found.map_or(Value::Error, |at| Value::Number(1.0 + whole.bytes().take(at).map(|_| 1.0).sum::<f64>()))
        }
        _ => return None,
    })
}

/// The first `count` characters.
fn taken(chars: impl Iterator<Item = char>, count: f64) -> Vec<char> {
    let mut left = count;
    chars
        .take_while(|_| {
            left -= 1.0;
            left >= 0.0
        })
        .collect()
}

impl Around<'_> {
    /// The value of the cell that a reference stands for here.
    fn cell(&self, (row, column): (u32, u32), (row_stays, column_stays): (bool, bool)) -> Value {
        let moved = |at: u32, stays: bool, here: u32, origin: u32| {
            if stays { Some(at) } else { at.checked_add(here)?.checked_sub(origin) }
        };
        let row = moved(row, row_stays, self.at.0, self.origin.0);
        let column = moved(column, column_stays, self.at.1, self.origin.1);
        let text = row.zip(column).and_then(|(row, column)| self.sheet.text(row, column));
        text.map_or(Value::Empty, Value::of_cell)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::source::Style;

    /// The formula's value in C3, written for C2, where A3 is "Red" and B3 is 5%.
    fn value(formula: &str) -> Option<Value> {
        let mut sheet = Sheet::new("Plan", false);
        sheet.put(2, 0, false, "Red".into(), Style::default());
        sheet.put(2, 1, false, "5%".into(), Style::default());
        Formula::parse(formula).value(&Around { sheet: &sheet, at: (2, 2), origin: (1, 2) })
    }

    #[test]
    fn references_move_with_the_cell() {
        assert_eq!(value("$A2=\"red\""), Some(Value::Bool(true)));
        assert_eq!(value("$A$2=\"red\""), Some(Value::Bool(false)));
        assert_eq!(value("B2<10%"), Some(Value::Bool(true)));
        assert_eq!(value("C2=\"\""), Some(Value::Bool(true)));
    }

    #[test]
    fn functions_are_few() {
        assert_eq!(value("NOT(ISERROR(SEARCH(\"ed\",A2)))"), Some(Value::Bool(true)));
        assert_eq!(value("ISNUMBER(SEARCH(\"green\",$A2))"), Some(Value::Bool(false)));
        assert_eq!(value("AND(LEFT(A2,1)=\"R\", LEN(A2)=3)"), Some(Value::Bool(true)));
        assert_eq!(value("OR(A2=\"x\",B2>-1)"), Some(Value::Bool(true)));
        assert_eq!(value("A2&\"\"\"\"=\"red\"\"\""), Some(Value::Bool(true)));
        assert_eq!(value("DATE(2018,1,31)"), Some(Value::Number(43_131.0)));
        assert_eq!(value("IF(A2=\"Red\",1,2)=1"), Some(Value::Bool(true)));
        for beyond in ["TODAY()>A2", "SUM(A1:A2)", "Other!A1=1", "A2=", "((((", "\"", &"(".repeat(10_000), &"1=".repeat(10_000)] {
            assert_eq!(value(beyond), None, "{beyond}");
        }
    }
}
