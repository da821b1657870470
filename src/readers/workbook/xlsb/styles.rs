//! The part of styles in BIFF12.

use rustc_hash::FxHashMap;

use super::record::Data;
use super::record::Records;
use crate::readers::error::ReadError;
use crate::readers::limits::Limits;
use crate::readers::package::Package;
use crate::readers::workbook::colour;
use crate::readers::workbook::colour::Colours;
use crate::readers::workbook::colour::Rgb;
use crate::readers::workbook::format;
use crate::readers::workbook::look::Look;
use crate::readers::workbook::look::Looks;

/// The styles of a workbook.
#[derive(Debug, Default)]
pub(super) struct Styles {
    pub(super) looks: Looks,
    pub(super) colours: Colours,
    formats: FxHashMap<u16, Option<usize>>,
    fonts: Vec<Look>,
    fills: Vec<RawFill>,
    styles: Vec<[u16; 3]>,
}

/// A fill whose colours may be numbers of a palette that stands behind it.
#[derive(Clone, Copy, Debug)]
struct RawFill {
    pattern: u32,
    front: Colour,
    back: Colour,
}

/// A colour as BIFF12 writes it (MS-XLSB 2.4.324).
#[derive(Clone, Copy, Debug)]
enum Colour {
    Automatic,
    Indexed(u32),
    Given(Rgb),
    Themed(u32, f64),
}

impl Styles {
    pub(super) fn read(&mut self, package: &mut Package<'_>, path: &str, limits: &Limits) -> Result<(), ReadError> {
        let Some(part) = package.stream(path)? else { return Ok(()) };
        let mut records = Records::new(part, path, limits.max_line_bytes);
        let (mut of_cells, mut palette) = (false, 0);
        while let Some((kind, data)) = records.next()? {
            match kind {
                // BrtFont
                43 => self.fonts.push(font(data)),
                // BrtFmt
                44 => {
                    if let (Some(id), Some((code, _))) = (data.u16(0), data.text(2)) {
                        let format = self.looks.add_format(&code);
                        self.formats.insert(id, format);
                    }
                }
                // BrtFill
                45 => self.fills.push(RawFill {
                    pattern: data.u32(0).unwrap_or(0),
                    front: Colour::read(data, 4),
                    back: Colour::read(data, 12),
                }),
                // BrtXF
                47 if of_cells => self.styles.push([2, 4, 6].map(|at| data.u16(at).unwrap_or(0))),
                // BrtBeginCellXFs, BrtEndCellXFs
                617 => of_cells = true,
                618 => of_cells = false,
                // BrtIndexedColor
                475 => {
                    if let (Some(red), Some(green), Some(blue)) = (data.u8(0), data.u8(1), data.u8(2)) {
                        self.colours.set_indexed(palette, [red, green, blue]);
                    }
                    palette += 1;
                }
                _ => {}
            }
        }
        self.settle();
        Ok(())
    }

    /// Works out the styles once all that they name is known.
    fn settle(&mut self) {
        for [format, font, fill] in std::mem::take(&mut self.styles) {
            let looks = &mut self.looks;
            let format =
                *self.formats.entry(format).or_insert_with(|| format::builtin(format).and_then(|code| looks.add_format(code)));
            let fill = self.fills.get(usize::from(fill)).and_then(|fill| fill.colour(&self.colours));
            let font = self.fonts.get(usize::from(font)).copied().unwrap_or_default();
            self.looks.looks.push(Look { format, fill, ..font });
        }
    }

    /// Whether all runs of a text are bold, and struck out.
    pub(super) fn common(&self, runs: &[(u16, u16)]) -> (bool, bool) {
        let from_start = runs.first().is_some_and(|(at, _)| *at == 0);
        let font = |number: u16| self.fonts.get(usize::from(number)).copied().unwrap_or_default();
        let all = |test: fn(Look) -> bool| from_start && runs.iter().all(|(_, number)| test(font(*number)));
        (all(|look| look.bold), all(|look| look.struck))
    }
}

fn font(data: Data<'_>) -> Look {
    let (flags, weight) = (data.u16(2).unwrap_or(0), data.u16(4).unwrap_or(400));
    Look { bold: weight >= 600, struck: flags & 8 != 0, ..Look::default() }
}

impl RawFill {
    fn colour(&self, colours: &Colours) -> Option<Rgb> {
        match self.pattern {
            0 => None,
            1 => self.front.rgb(colours),
            _ => self.front.rgb(colours).or_else(|| self.back.rgb(colours)),
        }
    }
}

impl Colour {
    fn read(data: Data<'_>, at: usize) -> Self {
        let index = data.u8(at + 1).map_or(0, u32::from);
        let tint = f64::from(data.u16(at + 2).unwrap_or(0).cast_signed()) / 32_767.0;
        match data.u8(at).unwrap_or(0) >> 1 {
            1 => Self::Indexed(index),
            2 => {
                let channel = |offset: usize| data.u8(at + offset).unwrap_or(0);
                Self::Given(colour::tinted([channel(4), channel(5), channel(6)], tint))
            }
            3 => Self::Themed(index, tint),
            _ => Self::Automatic,
        }
    }

    fn rgb(self, colours: &Colours) -> Option<Rgb> {
        match self {
            Self::Automatic => None,
            Self::Indexed(index) => colours.indexed(index),
            Self::Given(rgb) => Some(rgb),
            Self::Themed(index, tint) => colours.themed(index, tint),
        }
    }
}
