//! Conditional formats of a worksheet part (ECMA-376 part 1, 18.3.1.18 and 18.3.1.10).

use quick_xml::events::BytesStart;

use super::super::a1;
use super::super::colour::Rgb;
use super::super::look::Look;
use super::super::rules::Kind;
use super::super::rules::Point;
use super::super::rules::Rule;
use super::super::rules::Spread;
use super::super::rules::lights;
use super::styles::Styles;
use crate::model::location::CellRange;
use crate::readers::xml::attribute;
use crate::readers::xml::flag;
use crate::readers::xml::number;

/// Points of one scale; Excel has at most five.
const MOST_POINTS: usize = 5;

/// The conditional formats that are being read.
#[derive(Debug, Default)]
pub(super) struct Conditions {
    /// The cells of the format.
    cells: Vec<CellRange>,
    open: Option<Open>,
}

/// A rule that is being read.
#[derive(Debug)]
struct Open {
    /// `None` for a rule that is told by its points, or not read.
    kind: Option<Kind>,
    change: Option<Look>,
    formulas: Vec<String>,
    points: Vec<Point>,
    colours: Vec<Rgb>,
    /// The name of its set of icons, and whether the order is turned round.
    icons: Option<(String, bool)>,
    priority: u32,
    stop: bool,
}

impl Conditions {
    /// Takes the start of an element; says whether its text is wanted, which is a formula.
    pub(super) fn start(&mut self, name: &str, element: &BytesStart<'_>, styles: &Styles) -> bool {
        match (name, &mut self.open) {
            ("conditionalFormatting", _) => {
                self.cells = attribute(element, "sqref").map(|cells| a1::ranges(&cells)).unwrap_or_default();
            }
            ("cfRule", _) => self.open = Some(Open::of(element, styles)),
            ("formula", Some(open)) => return open.kind.is_some(),
            ("cfvo", Some(open)) if open.points.len() < MOST_POINTS => open.points.extend(point(element)),
            ("color", Some(open)) if open.colours.len() < MOST_POINTS => open.colours.extend(styles.colour(element)),
            ("iconSet", Some(open)) => {
                let set =
                    attribute(element, "iconSet").map_or_else(|| "3TrafficLights1".to_owned(), std::borrow::Cow::into_owned);
                open.icons = Some((set, flag(element, "reverse")));
            }
            _ => {}
        }
        false
    }

    pub(super) fn formula(&mut self, formula: String) {
        if let Some(open) = &mut self.open {
            open.formulas.push(formula);
        }
    }

    /// The rule that ends here.
    pub(super) fn end(&mut self) -> Option<Rule> {
        self.open.take()?.rule(&self.cells)
    }
}

impl Open {
    fn of(element: &BytesStart<'_>, styles: &Styles) -> Self {
        let text = |name| attribute(element, name).unwrap_or_default().into_owned();
        let kind = text("type");
        let no = |name| attribute(element, name).is_some_and(|value| matches!(value.as_ref(), "0" | "false"));
        let kind = match kind.as_str() {
            "top10" => Some(Kind::Among(Spread::Rank {
                count: number(element, "rank").unwrap_or(10),
                percent: flag(element, "percent"),
                bottom: flag(element, "bottom"),
            })),
            "aboveAverage" => Some(Kind::Among(Spread::Average {
                below: no("aboveAverage"),
                equal: flag(element, "equalAverage"),
                deviations: number(element, "stdDev").unwrap_or(0.0),
            })),
            _ => Kind::named(&kind, &text("operator"), &text("text")),
        };
        Self {
            kind,
            change: number::<usize>(element, "dxfId").and_then(|id| styles.changes.get(id)).copied(),
            formulas: Vec::new(),
            points: Vec::new(),
            colours: Vec::new(),
            icons: None,
            priority: number(element, "priority").unwrap_or(u32::MAX),
            stop: flag(element, "stopIfTrue"),
        }
    }

    fn rule(self, cells: &[CellRange]) -> Option<Rule> {
        let (kind, change) = match (self.kind, self.icons) {
            (Some(kind), _) => (kind, self.change?),
            (None, Some((set, reversed))) => {
                let lights = lights(&set, reversed)?;
                let all = lights.len() == self.points.len();
                (Kind::Among(Spread::Lights(self.points.into_iter().zip(lights).collect())), all.then(Look::default)?)
            }
            (None, None) => {
                let all = self.points.len() >= 2 && self.points.len() == self.colours.len();
                (Kind::Among(Spread::Scale(self.points.into_iter().zip(self.colours).collect())), all.then(Look::default)?)
            }
        };
        Some(Rule { cells: cells.to_vec(), kind, formulas: self.formulas, change, priority: self.priority, stop: self.stop })
    }
}

/// A point of a scale; `None` for a formula.
fn point(element: &BytesStart<'_>) -> Option<Point> {
    let value = || number::<f64>(element, "val").filter(|value| value.is_finite());
    Some(match attribute(element, "type")?.as_ref() {
        "min" => Point::Least,
        "max" => Point::Most,
        "num" => Point::Number(value()?),
        "percent" => Point::Percent(value()?),
        "percentile" => Point::Percentile(value()?),
        _ => return None,
    })
}
