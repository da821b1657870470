//! `hicm dump page`: a page as its reader saw it, drawn with words, rulings, fills and the cells that were found.

use std::io;
use std::io::Write;

use serde::Serialize;

use crate::model::location::Place;
use crate::model::location::Rect;
use crate::model::page::Axis;
use crate::model::page::Direction;
use crate::model::page::Page;
use crate::model::page::Ruling;
use crate::model::page::Word;
use crate::model::source::Block;
use crate::model::source::Source;

/// A page as a line of JSON.
#[derive(Debug, Serialize)]
struct PageOut<'a> {
    page: u32,
    label: Option<&'a str>,
    width: f64,
    height: f64,
    words: Vec<WordOut<'a>>,
    rulings: Vec<RulingOut>,
    fills: Vec<FillOut>,
    tagged: usize,
}

#[derive(Debug, Serialize)]
struct WordOut<'a> {
    text: &'a str,
    bbox: [f64; 4],
    size: f64,
    bold: bool,
    italic: bool,
    struck: bool,
    direction: &'static str,
    colour: String,
    confidence: Option<f32>,
}

#[derive(Debug, Serialize)]
struct RulingOut {
    from: [f64; 2],
    to: [f64; 2],
    thickness: f64,
    colour: String,
}

#[derive(Debug, Serialize)]
struct FillOut {
    bbox: [f64; 4],
    colour: String,
}

/// Writes a line of JSON for each of `pages`.
pub(super) fn write_json(pages: &[&Page], out: &mut impl Write) -> io::Result<()> {
    for page in pages {
        let ruling = |ruling: &Ruling| {
            let (from, to) = ends(ruling);
            RulingOut { from, to, thickness: ruling.thickness, colour: colour(ruling.colour) }
        };
        let line = PageOut {
            page: page.number.get(),
            label: page.label.as_deref(),
            width: page.width,
            height: page.height,
            words: page.words.iter().map(word_out).collect(),
            rulings: page.rulings.iter().map(ruling).collect(),
            fills: page.fills.iter().map(|fill| FillOut { bbox: edges(fill.bbox), colour: colour(fill.colour) }).collect(),
            tagged: page.tagged.len(),
        };
        serde_json::to_writer(&mut *out, &line)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn word_out(word: &Word) -> WordOut<'_> {
    WordOut {
        text: &word.text,
        bbox: edges(word.bbox),
        size: word.size,
        bold: word.bold,
        italic: word.italic,
        struck: word.struck,
        direction: match word.direction {
            Direction::Right => "right",
            Direction::Down => "down",
            Direction::Up => "up",
            Direction::Left => "left",
        },
        colour: colour(word.colour),
        confidence: word.confidence,
    }
}

fn edges(rect: Rect) -> [f64; 4] {
    [rect.x0, rect.y0, rect.x1, rect.y1]
}

fn ends(ruling: &Ruling) -> ([f64; 2], [f64; 2]) {
    match ruling.axis {
        Axis::Horizontal => ([ruling.from, ruling.at], [ruling.to, ruling.at]),
        Axis::Vertical => ([ruling.at, ruling.from], [ruling.at, ruling.to]),
    }
}

fn colour([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// Draws `page` with the cells that `laid_out` has on it, as SVG.
pub(super) fn write_svg(page: &Page, laid_out: &Source, out: &mut impl Write) -> io::Result<()> {
    let (width, height) = (page.width, page.height);
    writeln!(
        out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width:.1}pt" height="{height:.1}pt" viewBox="0 0 {width:.2} {height:.2}">"#
    )?;
    writeln!(out, r#"<rect width="100%" height="100%" fill="white"/>"#)?;
    for fill in &page.fills {
        rect(out, fill.bbox, &format!(r#"fill="{}""#, colour(fill.colour)))?;
    }
    for ruling in &page.rulings {
        let ([x1, y1], [x2, y2]) = ends(ruling);
        let (colour, thickness) = (colour(ruling.colour), ruling.thickness.max(0.3));
        writeln!(
            out,
            r#"<line x1="{x1:.2}" y1="{y1:.2}" x2="{x2:.2}" y2="{y2:.2}" stroke="{colour}" stroke-width="{thickness:.2}"/>"#
        )?;
    }
    for word in &page.words {
        draw_word(word, out)?;
    }
    draw_cells(page, laid_out, out)?;
    writeln!(out, "</svg>")
}

fn rect(out: &mut impl Write, bbox: Rect, style: &str) -> io::Result<()> {
    let (x, y, width, height) = (bbox.x0, bbox.y0, bbox.x1 - bbox.x0, bbox.y1 - bbox.y0);
    writeln!(out, r#"<rect x="{x:.2}" y="{y:.2}" width="{width:.2}" height="{height:.2}" {style}/>"#)
}

/// A word's box, and its text stretched to fill it.
fn draw_word(word: &Word, out: &mut impl Write) -> io::Result<()> {
    let bbox = word.bbox;
    rect(out, bbox, r##"fill="none" stroke="#3080ff" stroke-width="0.2""##)?;
    let (turn, length) = match word.direction {
        Direction::Right => (0, bbox.x1 - bbox.x0),
        Direction::Left => (180, bbox.x1 - bbox.x0),
        Direction::Down => (90, bbox.y1 - bbox.y0),
        Direction::Up => (-90, bbox.y1 - bbox.y0),
    };
    let (x, y) = (bbox.x0.midpoint(bbox.x1), bbox.y0.midpoint(bbox.y1));
    let weight = if word.bold { " font-weight=\"bold\"" } else { "" };
    let slant = if word.italic { " font-style=\"italic\"" } else { "" };
    let line = if word.struck { " text-decoration=\"line-through\"" } else { "" };
    let (size, colour, text) = (word.size, colour(word.colour), escaped(&word.text));
    writeln!(
        out,
        r#"<text transform="translate({x:.2} {y:.2}) rotate({turn})" text-anchor="middle" dominant-baseline="central" font-family="sans-serif" font-size="{size:.2}" textLength="{length:.2}" lengthAdjust="spacingAndGlyphs" fill="{colour}"{weight}{slant}{line}>{text}</text>"#
    )
}

fn draw_cells(page: &Page, laid_out: &Source, out: &mut impl Write) -> io::Result<()> {
    let on_page = |place: &Place| match place {
        Place::Region(region) if region.page == page.number => Some(region.bbox),
        _ => None,
    };
    for block in &laid_out.blocks {
        match block {
            Block::Grid(grid) => {
                let cells = grid.rows.iter().flat_map(|row| &row.cells);
                for bbox in cells.filter_map(|cell| on_page(&cell.place)) {
                    rect(out, bbox, r##"fill="#ff6000" fill-opacity="0.08" stroke="#ff6000" stroke-width="0.6""##)?;
                }
            }
            Block::Text(text) => {
                if let Some(bbox) = on_page(&text.place) {
                    rect(out, bbox, r##"fill="none" stroke="#20a040" stroke-width="0.4" stroke-dasharray="2""##)?;
                }
            }
        }
    }
    Ok(())
}

/// `text` as it stands between tags of XML, without the characters that XML has no place for.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_control() && *c != '\u{fffe}' && *c != '\u{ffff}') {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c => out.push(c),
        }
    }
    out
}
