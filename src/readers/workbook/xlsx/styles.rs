//! The part of styles and the theme: what style numbers and conditional formats look like.

use quick_xml::events::BytesStart;
use quick_xml::events::Event;
use rustc_hash::FxHashMap;

use super::super::colour::Colours;
use super::super::colour::Rgb;
use super::super::colour::hex;
use super::super::format;
use super::super::look::Look;
use super::super::look::Looks;
use super::strings::is_on;
use crate::readers::error::ReadError;
use crate::readers::limits::Limits;
use crate::readers::package::Package;
use crate::readers::xml::Xml;
use crate::readers::xml::attribute;
use crate::readers::xml::local;
use crate::readers::xml::number;

/// The styles of a workbook.
#[derive(Debug, Default)]
pub(super) struct Styles {
    pub(super) looks: Looks,
    /// What conditional formats change, by their number.
    pub(super) changes: Vec<Look>,
    colours: Colours,
}

impl Styles {
    /// The colour that an element names.
    pub(super) fn colour(&self, element: &BytesStart<'_>) -> Option<Rgb> {
        let tint = number(element, "tint").unwrap_or(0.0);
        if let Some(colour) = attribute(element, "rgb").and_then(|value| hex(&value)) {
            return Some(super::super::colour::tinted(colour, tint));
        }
        match number::<u32>(element, "theme") {
            Some(theme) => self.colours.themed(theme, tint),
            None => self.colours.indexed(number(element, "indexed")?),
        }
    }
}

/// Reads the styles at `path` with the colours of the theme at `theme`.
pub(super) fn read(
    package: &mut Package<'_>,
    path: Option<&str>,
    theme: Option<&str>,
    limits: &Limits,
) -> Result<Styles, ReadError> {
    let mut reader = Reader::default();
    if let Some(theme) = theme {
        let listed = theme_colours(package, theme, limits)?;
        reader.styles.colours.set_theme(&listed);
    }
    let Some(path) = path else { return Ok(Styles::default()) };
    // The palette stands behind what it colours, so it is read first.
    reader.palette(package, path, limits)?;
    let Some(part) = package.stream(path)? else { return Ok(Styles::default()) };
    let mut xml = Xml::new(part, path, limits);
    loop {
        match xml.next()? {
            Event::Start(element) => reader.start(&element),
            Event::End(element) => reader.end(element.local_name().as_ref()),
            Event::Eof => return Ok(reader.styles),
            _ => {}
        }
    }
}

/// The colours of a theme in the order that it lists them.
pub(in crate::readers::workbook) fn theme_colours(
    package: &mut Package<'_>,
    path: &str,
    limits: &Limits,
) -> Result<Vec<Rgb>, ReadError> {
    let mut listed = Vec::new();
    let Some(part) = package.stream(path)? else { return Ok(listed) };
    let mut xml = Xml::new(part, path, limits);
    let mut inside = false;
    loop {
        match xml.next()? {
            Event::Start(element) => match local(&element) {
                "clrScheme" => inside = true,
                "srgbClr" if inside => listed.extend(attribute(&element, "val").and_then(|value| hex(&value))),
                "sysClr" if inside => {
                    let shown = attribute(&element, "lastClr").and_then(|value| hex(&value));
                    let dark = attribute(&element, "val").is_some_and(|value| value == "windowText");
                    listed.push(shown.unwrap_or(if dark { [0; 3] } else { [255; 3] }));
                }
                _ => {}
            },
            Event::End(element) if element.local_name().as_ref() == "clrScheme" => return Ok(listed),
            Event::Eof => return Ok(listed),
            _ => {}
        }
    }
}

/// Which list of the part is being read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum List {
    #[default]
    None,
    Fonts,
    Fills,
    CellFormats,
    Changes,
}

#[derive(Default)]
struct Reader {
    styles: Styles,
    list: List,
    /// Formats of this workbook by their number, as indices into the looks' formats.
    formats: FxHashMap<u32, Option<usize>>,
    fonts: Vec<Look>,
    fills: Vec<Option<Rgb>>,
    fill: Fill,
}

/// A fill in the making.
#[derive(Default)]
struct Fill {
    pattern: Option<String>,
    front: Option<Rgb>,
    back: Option<Rgb>,
    /// The first colour of a gradient.
    stop: Option<Rgb>,
}

impl Reader {
    fn palette(&mut self, package: &mut Package<'_>, path: &str, limits: &Limits) -> Result<(), ReadError> {
        let Some(part) = package.stream(path)? else { return Ok(()) };
        let mut xml = Xml::new(part, path, limits);
        let mut index = 0;
        loop {
            match xml.next()? {
                Event::Start(element) if local(&element) == "rgbColor" => {
                    if let Some(colour) = attribute(&element, "rgb").and_then(|value| hex(&value)) {
                        self.styles.colours.set_indexed(index, colour);
                    }
                    index += 1;
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn start(&mut self, element: &BytesStart<'_>) {
        match (local(element), self.list) {
            ("numFmt", _) => self.number_format(element),
            ("fonts", _) => self.list = List::Fonts,
            ("fills", _) => self.list = List::Fills,
            ("cellXfs", _) => self.list = List::CellFormats,
            ("dxfs", _) => self.list = List::Changes,
            ("font", List::Fonts) => self.fonts.push(Look::default()),
            ("dxf", List::Changes) => self.styles.changes.push(Look::default()),
            ("b", _) => self.font(|look| look.bold = is_on(element)),
            ("strike", _) => self.font(|look| look.struck = is_on(element)),
            ("color", List::Fonts) => {
                let ink = self.styles.colour(element);
                self.font(|look| look.ink = ink);
            }
            ("fill", _) => self.fill = Fill::default(),
            ("patternFill", _) => self.fill.pattern = attribute(element, "patternType").map(std::borrow::Cow::into_owned),
            ("fgColor", _) => self.fill.front = self.styles.colour(element),
            ("bgColor", _) => self.fill.back = self.styles.colour(element),
            ("color", List::Fills) if self.fill.stop.is_none() => self.fill.stop = self.styles.colour(element),
            ("xf", List::CellFormats) => self.cell_format(element),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match (name, self.list) {
            ("fonts" | "fills" | "cellXfs" | "dxfs", _) => self.list = List::None,
            ("fill", List::Fills) => self.fills.push(self.fill.colour(false)),
            ("fill", List::Changes) => {
                let colour = self.fill.colour(true);
                if let Some(change) = self.styles.changes.last_mut() {
                    change.fill = colour;
                }
            }
            _ => {}
        }
    }

    fn font(&mut self, set: impl FnOnce(&mut Look)) {
        let look = match self.list {
            List::Fonts => self.fonts.last_mut(),
            List::Changes => self.styles.changes.last_mut(),
            _ => None,
        };
        if let Some(look) = look {
            set(look);
        }
    }

    fn number_format(&mut self, element: &BytesStart<'_>) {
        let (Some(id), Some(code)) = (number(element, "numFmtId"), attribute(element, "formatCode")) else { return };
        let format = self.styles.looks.add_format(&code);
        self.formats.insert(id, format);
    }

    fn cell_format(&mut self, element: &BytesStart<'_>) {
        let index = |name| number::<usize>(element, name);
        let id: u32 = number(element, "numFmtId").unwrap_or(0);
        let looks = &mut self.styles.looks;
        let format = *self
            .formats
            .entry(id)
            .or_insert_with(|| u16::try_from(id).ok().and_then(format::builtin).and_then(|code| looks.add_format(code)));
        let font = index("fontId").and_then(|font| self.fonts.get(font)).copied().unwrap_or_default();
        let fill = index("fillId").and_then(|fill| self.fills.get(fill)).copied().flatten();
        looks.looks.push(Look { format, fill, ..font });
    }
}

impl Fill {
    /// The colour that is seen. A solid fill shows its front, in a conditional format its back (ECMA-376 part 1, 18.8.32).
    fn colour(&self, conditional: bool) -> Option<Rgb> {
        match self.pattern.as_deref() {
            None if conditional => self.back.or(self.front),
            None | Some("none") => self.stop,
            Some("solid") if conditional => self.back.or(self.front),
            Some("solid") => self.front.or(self.back),
            Some(_) => self.front.or(self.back),
        }
    }
}
