//! What all sheets of a BIFF workbook share: texts, fonts, formats, styles, colours, and the list of sheets.

use ecow::EcoString;
use encoding_rs::Encoding;
use rustc_hash::FxHashMap;

use super::BOF;
use super::EOF;
use super::record::Record;
use super::record::Records;
use super::record::u16_at;
use super::record::u32_at;
use crate::readers::error::ReadError;
use crate::readers::limits::Budget;
use crate::readers::workbook::colour::Colours;
use crate::readers::workbook::format;
use crate::readers::workbook::look::Look;
use crate::readers::workbook::look::Looks;

/// The version of BIFF whose texts are in UTF-16; those before it have bytes of a code page.
const BIFF8: u16 = 0x0600;

/// What all sheets share.
#[derive(Debug)]
pub(super) struct Globals {
    pub(super) looks: Looks,
    pub(super) strings: Vec<Text>,
    pub(super) sheets: Vec<Entry>,
    pub(super) encoding: &'static Encoding,
    pub(super) is_biff8: bool,
    colours: Colours,
    fonts: Vec<Look>,
    formats: FxHashMap<u16, Option<usize>>,
    /// Styles as they are written: font, format, pattern and its two colours. Colours may stand behind them.
    styles: Vec<RawStyle>,
}

#[derive(Clone, Copy, Debug)]
struct RawStyle {
    font: u16,
    format: u16,
    pattern: u32,
    front: u32,
    back: u32,
}

/// A shared text.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) text: EcoString,
    /// Bold and struck throughout by the fonts of its runs.
    pub(super) bold: bool,
    pub(super) struck: bool,
}

/// A sheet as the workbook lists it.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) hidden: bool,
    pub(super) offset: usize,
}

impl Globals {
    /// Reads the first substream.
    pub(super) fn read(stream: &[u8], budget: &mut Budget) -> Result<Self, ReadError> {
        let mut globals = Self {
            looks: Looks::default(),
            strings: Vec::new(),
            sheets: Vec::new(),
            encoding: encoding_rs::WINDOWS_1252,
            is_biff8: false,
            colours: Colours::default(),
            fonts: Vec::new(),
            formats: FxHashMap::default(),
            styles: Vec::new(),
        };
        let mut shared = None;
        for (index, record) in Records::from(stream, 0).enumerate() {
            match record.kind {
                BOF if index == 0 => globals.is_biff8 = record.u16(0) == Some(BIFF8),
                EOF => break,
                0x00FC => shared = Some(record),
                _ => {
                    budget.spend(1, 0)?;
                    globals.record(&record);
                }
            }
        }
        globals.settle();
        if let Some(record) = shared {
            globals.shared_strings(&record, budget)?;
        }
        Ok(globals)
    }

    fn record(&mut self, record: &Record<'_>) {
        // A record that is cut short says nothing.
        let _: Option<()> = match record.kind {
            0x0022 => record.u16(0).map(|flag| self.looks.epoch_1904 = flag == 1),
            0x0042 => record.u16(0).map(|page| self.encoding = code_page(page)),
            0x0085 => self.sheet(record),
            0x0031 | 0x0231 => self.font(record),
            0x041E => self.format(record),
            0x0092 => self.palette(record),
            0x00E0 | 0x0443 | 0x0243 | 0x0043 => self.style(record),
            _ => None,
        };
    }

    fn sheet(&mut self, record: &Record<'_>) -> Option<()> {
        let data = record.data();
        let offset = usize::try_from(u32_at(data, 0)?).ok()?;
        let (state, kind, count) = (*data.get(4)?, *data.get(5)?, usize::from(*data.get(6)?));
        let mut reader = record.reader(7);
        let name = if self.is_biff8 {
            let flags = reader.u8()?;
            reader.chars(count, flags & 1 != 0)?
        } else {
            reader.bytes(count, self.encoding)?
        };
        // Worksheets and dialogs; charts, macros and modules hold no cells of a plan.
        if kind == 0 {
            self.sheets.push(Entry { name, hidden: state & 3 != 0, offset });
        }
        Some(())
    }

    fn font(&mut self, record: &Record<'_>) -> Option<()> {
        let flags = record.u16(2)?;
        // Up to BIFF4 a flag says bold, later the weight.
        let bold =
            if record.kind == 0x0231 { flags & 1 != 0 } else { record.u16(6).map_or(flags & 1 != 0, |weight| weight >= 600) };
        self.fonts.push(Look { bold, struck: flags & 8 != 0, ..Look::default() });
        Some(())
    }

    fn format(&mut self, record: &Record<'_>) -> Option<()> {
        let id = record.u16(0)?;
        let mut reader = record.reader(2);
        let code = if self.is_biff8 {
            reader.rich()?.0
        } else {
            let count = usize::from(reader.u8()?);
            reader.bytes(count, self.encoding)?
        };
        // The codes of currencies that every workbook lists are those of the office that it was made in.
        let format = self.looks.add_format(&code);
        self.formats.insert(id, format);
        Some(())
    }

    fn palette(&mut self, record: &Record<'_>) -> Option<()> {
        let count = usize::from(record.u16(0)?);
        for (index, colour) in record.data().get(2..)?.chunks_exact(4).take(count).enumerate() {
            if let [red, green, blue, _] = colour {
                self.colours.set_indexed(8 + index, [*red, *green, *blue]);
            }
        }
        Some(())
    }

    fn style(&mut self, record: &Record<'_>) -> Option<()> {
        let data = record.data();
        let style = match (record.kind, data.len()) {
            (0x00E0, 20..) => {
                let (border, colours) = (u32_at(data, 14)?, u32::from(u16_at(data, 18)?));
                RawStyle {
                    font: u16_at(data, 0)?,
                    format: u16_at(data, 2)?,
                    pattern: border >> 26,
                    front: colours & 0x7F,
                    back: colours >> 7 & 0x7F,
                }
            }
            (0x00E0, _) => {
                let fill = u32_at(data, 8)?;
                RawStyle {
                    font: u16_at(data, 0)?,
                    format: u16_at(data, 2)?,
                    pattern: fill >> 16 & 0x3F,
                    front: fill & 0x7F,
                    back: fill >> 7 & 0x7F,
                }
            }
            // BIFF2 to BIFF4: font and format in a byte each.
            _ => RawStyle { font: u16::from(*data.first()?), format: u16::from(*data.get(1)?), pattern: 0, front: 0, back: 0 },
        };
        self.styles.push(style);
        Some(())
    }

    /// Works out the styles once all fonts, formats and colours are known.
    fn settle(&mut self) {
        for style in std::mem::take(&mut self.styles) {
            let looks = &mut self.looks;
            let format = *self
                .formats
                .entry(style.format)
                .or_insert_with(|| format::builtin(style.format).and_then(|code| looks.add_format(code)));
            let font = self.font_at(style.font);
            let colour = |index: u32| self.colours.indexed(index);
            let fill = match style.pattern {
                0 => None,
                1 => colour(style.front),
                _ => colour(style.front).or_else(|| colour(style.back)),
            };
            self.looks.looks.push(Look { format, fill, ..font });
        }
    }

    /// The font with this number; there is no fourth (MS-XLS 2.5.129).
    fn font_at(&self, number: u16) -> Look {
        let index = usize::from(if number > 4 { number - 1 } else { number });
        self.fonts.get(index).copied().unwrap_or_default()
    }

    /// The shared texts; the count that the record gives is not believed.
    fn shared_strings(&mut self, record: &Record<'_>, budget: &mut Budget) -> Result<(), ReadError> {
        let mut reader = record.reader(8);
        while let Some((text, runs)) = reader.rich() {
            budget.spend(1, 0)?;
            let starts_with_run = runs.first().is_some_and(|(at, _)| *at == 0);
            let all = |test: fn(Look) -> bool| starts_with_run && runs.iter().all(|(_, font)| test(self.font_at(*font)));
            let text = Text { bold: all(|look| look.bold), struck: all(|look| look.struck), text: with_line_feeds(text) };
            self.strings.push(text);
        }
        Ok(())
    }
}

/// Ends lines with a line feed alone.
pub(super) fn with_line_feeds(text: String) -> EcoString {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text.into() }
}

/// The encoding of a Windows code page (MS-XLS 2.4.52).
fn code_page(page: u16) -> &'static Encoding {
    match page {
        874 => encoding_rs::WINDOWS_874,
        932 => encoding_rs::SHIFT_JIS,
        936 => encoding_rs::GBK,
        949 => encoding_rs::EUC_KR,
        950 => encoding_rs::BIG5,
        1250 => encoding_rs::WINDOWS_1250,
        1251 => encoding_rs::WINDOWS_1251,
        1253 => encoding_rs::WINDOWS_1253,
        1254 => encoding_rs::WINDOWS_1254,
        1255 => encoding_rs::WINDOWS_1255,
        1256 => encoding_rs::WINDOWS_1256,
        1257 => encoding_rs::WINDOWS_1257,
        1258 => encoding_rs::WINDOWS_1258,
        10000 | 32768 => encoding_rs::MACINTOSH,
        10007 => encoding_rs::X_MAC_CYRILLIC,
        866 => encoding_rs::IBM866,
        65001 => encoding_rs::UTF_8,
        _ => encoding_rs::WINDOWS_1252,
    }
}
