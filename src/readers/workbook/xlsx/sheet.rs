//! A worksheet part: cells, rows, columns, merges and conditional formats in one pass.

use ecow::EcoString;
use quick_xml::events::BytesStart;
use quick_xml::events::Event;

use super::super::a1;
use super::super::format::Moment;
use super::super::lists::List;
use super::super::look::Look;
use super::super::look::Looks;
use super::super::sheet::Aside;
use super::super::sheet::LAST_COLUMN;
use super::super::sheet::Sheet;
use super::conditions::Conditions;
use super::strings;
use super::strings::Strings;
use super::styles::Styles;
use crate::model::location::CellRange;
use crate::model::source::TextKind;
use crate::readers::error::ReadError;
use crate::readers::limits::Budget;
use crate::readers::limits::Limits;
use crate::readers::package::Package;
use crate::readers::package::Part;
use crate::readers::xml::Xml;
use crate::readers::xml::attribute;
use crate::readers::xml::flag;
use crate::readers::xml::local;
use crate::readers::xml::number;

/// Reads the worksheet at `path` into `sheet`.
pub(super) fn read(
    package: &mut Package<'_>,
    path: &str,
    styles: &Styles,
    strings: &Strings,
    sheet: &mut Sheet,
    limits: &Limits,
    budget: &mut Budget,
) -> Result<(), ReadError> {
    let Some(part) = package.stream(path)? else {
        return Err(ReadError::Damaged {
            what: format!("the sheet {:?}", &*sheet.name),
            detail: format!("it has no part {path}"),
        });
    };
    let mut xml = Xml::new(part, path, limits);
    let mut reader = Reader::new(styles, strings, sheet, budget);
    loop {
        let step = match xml.next()? {
            Event::Start(element) => reader.start(&element)?,
            Event::End(element) => {
                reader.end(element.local_name().as_ref());
                Step::Go
            }
            Event::Eof => return Ok(()),
            _ => Step::Go,
        };
        match step {
            Step::Go => {}
            Step::Cell(cell) => reader.cell(&mut xml, &cell)?,
            Step::Margin => reader.margin(&mut xml)?,
            Step::Formula => {
                let mut formula = String::new();
                xml.text(&mut formula)?;
                reader.conditions.formula(formula);
            }
            Step::List => {
                reader.list.clear();
                xml.text(&mut reader.list)?;
            }
            Step::ListCells => {
                reader.value.clear();
                xml.text(&mut reader.value)?;
                reader.listed = a1::ranges(&reader.value);
            }
        }
    }
}

/// What an element asks for beyond its attributes.
enum Step {
    Go,
    Cell(Cell),
    /// The text of a page header or footer.
    Margin,
    /// A formula of a conditional format.
    Formula,
    /// What a validation says of the values that it allows.
    List,
    /// The cells that an extended validation is for.
    ListCells,
}

/// A cell's element.
struct Cell {
    row: u32,
    column: u32,
    look: Look,
    kind: Kind,
}

/// What a cell's value is (ECMA-376 part 1, 18.18.11).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Shared,
    Text,
    Bool,
    /// A date as ISO 8601 writes it.
    Date,
}

struct Reader<'a> {
    looks: &'a Looks,
    styles: &'a Styles,
    strings: &'a Strings,
    sheet: &'a mut Sheet,
    budget: &'a mut Budget,
    row: u32,
    column: u32,
    row_hidden: bool,
    value: String,
    conditions: Conditions,
    /// Cells of the validation that is being read, where it allows a list, and what it says of that.
    listed: Vec<CellRange>,
    list: String,
    in_list: bool,
}

impl<'a> Reader<'a> {
    fn new(styles: &'a Styles, strings: &'a Strings, sheet: &'a mut Sheet, budget: &'a mut Budget) -> Self {
        Self {
            looks: &styles.looks,
            styles,
            strings,
            sheet,
            budget,
            row: 0,
            column: 0,
            row_hidden: false,
            value: String::new(),
            conditions: Conditions::default(),
            listed: Vec::new(),
            list: String::new(),
            in_list: false,
        }
    }

    fn start(&mut self, element: &BytesStart<'_>) -> Result<Step, ReadError> {
        match local(element) {
            "c" => return Ok(Step::Cell(self.cell_start(element))),
            "row" => self.row_start(element)?,
            "col" => self.column_start(element),
            "mergeCell" => {
                self.budget.spend(1, 0)?;
                self.sheet.merges.extend(attribute(element, "ref").and_then(|cells| a1::range(&cells)));
            }
            name @ ("conditionalFormatting" | "cfRule" | "formula" | "cfvo" | "color" | "iconSet")
                if self.conditions.start(name, element, self.styles) =>
            {
                return Ok(Step::Formula);
            }
            "hyperlink" => {
                self.budget.spend(1, 0)?;
                let text = |name| attribute(element, name).unwrap_or_default().into_owned();
                self.sheet.linked.extend(a1::range(&text("ref")).map(|cells| (cells, text("id"), text("location"))));
            }
            "dataValidation" => {
                self.in_list = attribute(element, "type").is_some_and(|kind| kind == "list");
                self.listed = attribute(element, "sqref").map(|cells| a1::ranges(&cells)).unwrap_or_default();
                self.list.clear();
            }
            "formula1" if self.in_list => return Ok(Step::List),
            "sqref" if self.in_list => return Ok(Step::ListCells),
            "autoFilter" => {
                if let Some(cells) = attribute(element, "ref").and_then(|cells| a1::range(&cells)) {
                    self.sheet.head(cells, 1);
                }
            }
            "oddHeader" | "oddFooter" | "firstHeader" | "firstFooter" => return Ok(Step::Margin),
            _ => {}
        }
        Ok(Step::Go)
    }

    fn end(&mut self, name: &str) {
        match name {
            "row" => self.row += 1,
            "cfRule" => self.sheet.rules.extend(self.conditions.end()),
            "dataValidation" if self.in_list => {
                self.in_list = false;
                self.sheet.lists.push(List::new(std::mem::take(&mut self.listed), &self.list));
            }
            _ => {}
        }
    }

    fn row_start(&mut self, element: &BytesStart<'_>) -> Result<(), ReadError> {
        self.budget.spend(1, 0)?;
        let (mut style, mut own) = (None, false);
        self.row_hidden = false;
        for attribute in element.attributes().with_checks(false).flatten() {
            let value = attribute.value.as_ref();
            match attribute.key.as_ref() {
                "r" => self.row = value.parse::<u32>().unwrap_or(1).saturating_sub(1),
                "hidden" => self.row_hidden = matches!(value, "1" | "true"),
                "s" => style = value.parse().ok(),
                "customFormat" => own = matches!(value, "1" | "true"),
                _ => {}
            }
        }
        self.column = 0;
        if let Some(fill) = style.filter(|_| own).and_then(|style| self.looks.get(style).fill) {
            self.sheet.row_fills.insert(self.row, fill);
        }
        Ok(())
    }

    fn column_start(&mut self, element: &BytesStart<'_>) {
        let bound = |name| number::<u32>(element, name).unwrap_or(1).saturating_sub(1).min(LAST_COLUMN);
        let (first, last) = (bound("min"), bound("max"));
        if flag(element, "hidden") {
            self.sheet.hidden_columns.push((first, last));
        }
        if let Some(fill) = number(element, "style").and_then(|style| self.looks.get(style).fill) {
            self.sheet.column_fills.push((first, last, fill));
        }
    }

    fn cell_start(&mut self, element: &BytesStart<'_>) -> Cell {
        let mut cell = Cell { row: self.row, column: self.column, look: Look::default(), kind: Kind::Number };
        let mut style = 0;
        for attribute in element.attributes().with_checks(false).flatten() {
            let value = attribute.value.as_ref();
            match attribute.key.as_ref() {
                "r" => (cell.row, cell.column) = a1::position(value).unwrap_or((cell.row, cell.column)),
                "s" => style = value.parse().unwrap_or(0),
                "t" => {
                    cell.kind = match value {
                        "s" => Kind::Shared,
                        "str" | "inlineStr" | "e" => Kind::Text,
                        "b" => Kind::Bool,
                        "d" => Kind::Date,
                        _ => Kind::Number,
                    }
                }
                _ => {}
            }
        }
        cell.look = self.looks.get(style);
        self.column = cell.column.saturating_add(1);
        cell
    }

    /// Reads what a cell holds, to its end.
    fn cell(&mut self, xml: &mut Xml<Part<'_, '_>>, cell: &Cell) -> Result<(), ReadError> {
        let outside = xml.depth().saturating_sub(1);
        let mut look = cell.look;
        self.value.clear();
        while xml.depth() > outside {
            let inline = match xml.next()? {
                Event::Start(element) => match local(&element) {
                    "v" => false,
                    "is" => true,
                    _ => {
                        xml.skip()?;
                        continue;
                    }
                },
                Event::Eof => break,
                _ => continue,
            };
            if inline {
                if let Some(runs) = strings::text_of(xml, &mut self.value)? {
                    look.bold |= runs.bold;
                    look.struck |= runs.struck;
                }
            } else {
                xml.text(&mut self.value)?;
            }
        }
        let text = self.shown(cell.kind, &mut look);
        if text.trim().is_empty() {
            self.sheet.shade(cell.row, cell.column, look.fill);
            return Ok(());
        }
        self.budget.spend(1, 0)?;
        let style = look.style(&text);
        self.sheet.put(cell.row, cell.column, self.row_hidden, text, style);
        Ok(())
    }

    /// The value that was read as it is shown.
    fn shown(&mut self, kind: Kind, look: &mut Look) -> EcoString {
        let value = self.value.as_str();
        match kind {
            Kind::Shared => {
                let found = value.trim().parse().ok().and_then(|index| self.strings.get(index));
                let Some((text, runs)) = found else { return EcoString::new() };
                if let Some(runs) = runs {
                    look.bold |= runs.bold;
                    look.struck |= runs.struck;
                }
                self.looks.text(*look, text.clone())
            }
            Kind::Text => {
                strings::unescape(&mut self.value);
                self.looks.text(*look, self.value.as_str().into())
            }
            Kind::Bool => match value.trim() {
                "1" | "true" => "TRUE".into(),
                "0" | "false" => "FALSE".into(),
                other => other.into(),
            },
            Kind::Date => match Moment::parse(value.trim()) {
                Some(serial) if look.format.is_some() => self.looks.number(*look, serial),
                Some(serial) => Looks::date(serial),
                None => value.into(),
            },
            Kind::Number => match value.trim().parse::<f64>() {
                Ok(_) if look.format.is_none() && is_plain(value) => value.into(),
                Ok(number) => self.looks.number(*look, number),
                Err(_) => value.into(),
            },
        }
    }

    /// The text of a page header or footer.
    fn margin(&mut self, xml: &mut Xml<Part<'_, '_>>) -> Result<(), ReadError> {
        let mut code = String::new();
        xml.text(&mut code)?;
        let text = margin_words(&code);
        if !text.is_empty() {
            self.sheet.asides.push(Aside { text, kind: TextKind::Furniture, anchor: None });
        }
        Ok(())
    }
}

/// Whether a number is written as it is shown without a format: a whole number without leading zeros, of at most 15 digits.
fn is_plain(value: &str) -> bool {
    let digits = value.strip_prefix('-').unwrap_or(value);
    let whole = !digits.is_empty() && digits.len() <= 15 && digits.bytes().all(|byte| byte.is_ascii_digit());
    whole && (digits.len() == 1 || !digits.starts_with('0'))
}

/// The words of a page header: without the codes for parts, fonts, page numbers and dates (ECMA-376 part 1, 18.3.1.46).
pub(in crate::readers::workbook) fn margin_words(code: &str) -> String {
    let mut out = String::new();
    let mut rest = code;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let mut chars = after.chars();
        rest = match chars.next() {
            Some('&') => {
                out.push('&');
                chars.as_str()
            }
            Some('"') => chars.as_str().split_once('"').map_or("", |(_, rest)| rest),
            Some('L' | 'C' | 'R') => {
                out.push('\n');
                chars.as_str()
            }
            Some('K') => chars.as_str().get(6..).unwrap_or_default(),
            Some(c) if c.is_ascii_digit() => after.trim_start_matches(|c: char| c.is_ascii_digit()),
            _ => chars.as_str(),
        };
    }
    out.push_str(rest);
    let lines = out.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_headers_lose_their_codes() {
        assert_eq!(margin_words("&L&\"Arial,Bold\"&12Plan && do&CPage &P of &N&R&D"), "Plan & do\nPage  of");
        assert_eq!(margin_words("&CHealth && Care"), "Health & Care");
    }

    #[test]
    fn whole_numbers_stand_as_they_are() {
        assert!(is_plain("42") && is_plain("-7") && is_plain("0"));
        assert!(!is_plain("4.0") && !is_plain("007") && !is_plain("1E5") && !is_plain("-"));
    }
}
