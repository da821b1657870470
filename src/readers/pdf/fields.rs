//! Values of form fields (ISO 32000-1, 12.7) that their widgets do not draw, and check boxes as characters.

use ecow::EcoString;
use hayro_syntax::object::Dict;
use hayro_syntax::object::Name;
use hayro_syntax::object::Object;
use kurbo::Affine;
use kurbo::Point;
use kurbo::Rect;
use kurbo::Vec2;

use crate::model::count::as_f64;
use crate::readers::pdf::arrays;
use crate::readers::pdf::marks::Glyph;
use crate::readers::pdf::strings;

/// Parents of a field that are asked for what it inherits.
const MAX_PARENTS: u32 = 16;

/// Flags of buttons (ISO 32000-1, table 226).
const FLAG_PUSH_BUTTON: u32 = 1 << 16;

/// Flag of text fields that hide what is typed (table 228).
const FLAG_PASSWORD: u32 = 1 << 13;

/// Size of a value's characters in points where the widget is higher than a line.
const SIZE: f64 = 10.0;

/// How many sizes are tried; each is smaller than the one before.
const SIZES: usize = 40;

/// Width of a character in shares of the size: the average of common text faces.
const WIDTH: f64 = 0.5;

/// Distance of lines in shares of the size.
const LEADING: f64 = 1.2;

/// A check box that is set, and one that is not.
const CHECKED: &str = "\u{2612}";
const UNCHECKED: &str = "\u{2610}";

/// What a widget stands for.
pub(super) enum Value {
    /// A button that is on or off, whatever is drawn for it.
    Button(bool),
    /// Text, where nothing is drawn for it.
    Text(String),
    /// Nothing beside what is drawn.
    None,
}

/// The value of the field that `widget` shows.
pub(super) fn value(widget: &Dict<'_>) -> Value {
    if widget.get::<Name<'_>>(b"Subtype".as_slice()).as_deref() != Some(b"Widget") {
        return Value::None;
    }
    let flags = match inherited(widget, b"Ff") {
        Some(Object::Number(flags)) => u32::try_from(flags.as_i64()).unwrap_or(0),
        _ => 0,
    };
    let Some(Object::Name(kind)) = inherited(widget, b"FT") else {
        return Value::None;
    };
    match kind.as_ref() {
        b"Btn" if flags & FLAG_PUSH_BUTTON == 0 => {
            let state = widget.get::<Name<'_>>(b"AS".as_slice()).map(|name| name.to_vec()).or_else(|| named(widget));
            Value::Button(state.is_some_and(|state| state != b"Off"))
        }
        b"Tx" if flags & FLAG_PASSWORD != 0 => Value::None,
        b"Tx" | b"Ch" => inherited(widget, b"V").and_then(|value| text(&value)).map_or(Value::None, Value::Text),
        _ => Value::None,
    }
}

fn named(widget: &Dict<'_>) -> Option<Vec<u8>> {
    match inherited(widget, b"V") {
        Some(Object::Name(name)) => Some(name.to_vec()),
        _ => None,
    }
}

/// The value of `key` of the field or, where it has none, of the nearest field above.
fn inherited<'a>(widget: &Dict<'a>, key: &[u8]) -> Option<Object<'a>> {
    let mut field = widget.clone();
    for _ in 0..MAX_PARENTS {
        if let Some(value) = field.get::<Object<'a>>(key) {
            return Some(value);
        }
        field = field.get::<Dict<'a>>(b"Parent".as_slice())?;
    }
    None
}

/// A text, or several choices one a line.
fn text(value: &Object<'_>) -> Option<String> {
    let text = match value {
        Object::String(text) => strings::text(text.as_bytes()),
        Object::Stream(stream) => strings::text(&stream.decoded_data().ok()?),
        Object::Array(choices) => {
            let choices = arrays::items(choices).filter_map(|choice| match choice {
                Object::String(text) => Some(strings::text(text.as_bytes())),
                _ => None,
            });
            choices.collect::<Vec<String>>().join("\n")
        }
        _ => return None,
    };
    (!text.trim().is_empty()).then_some(text)
}

/// The character of a check box in `rect` of user space, seen through `ctm`.
pub(super) fn button(on: bool, rect: Rect, ctm: Affine) -> Glyph {
    let size = rect.width().min(rect.height());
    let origin = Point::new(rect.x0, rect.y0 + 0.2 * size);
    glyph(EcoString::inline(if on { CHECKED } else { UNCHECKED }), origin, size, size, ctm)
}

/// The characters of `text` in `rect` of user space, seen through `ctm`: lines from the top, broken between words, as wide as
/// characters mostly are and in a size in which all of them fit; a word that is wider than the widget is narrowed.
pub(super) fn characters(text: &str, rect: Rect, ctm: Affine) -> Vec<Glyph> {
    let most = |size: f64| rect.width() / (WIDTH * size);
    let mut size = SIZE.min(rect.height() / LEADING);
    for _ in 0..SIZES {
        let mut lines = 0;
        set(text, most(size), |opens, _| lines += usize::from(opens));
        let height = as_f64(lines) * LEADING * size;
        if height <= rect.height() {
            break;
        }
        // Half the size takes about a quarter of the room.
        size *= (rect.height() / height).sqrt().min(0.95);
    }
    let mut lines: Vec<String> = Vec::new();
    set(text, most(size), |opens, word| match lines.last_mut() {
        Some(line) if !opens => {
            line.push(' ');
            line.push_str(word);
        }
        _ => lines.push(word.to_owned()),
    });
    let mut out = Vec::new();
    let mut y = rect.y1 - size;
    for line in lines {
        let width = (WIDTH * size).min(rect.width() / as_f64(line.chars().count()));
        let mut x = rect.x0;
        for c in line.chars() {
            out.push(glyph(EcoString::from(c), Point::new(x, y), size, width, ctm));
            x += width;
        }
        y -= size * LEADING;
    }
    out
}

/// Hands each word of `text` to `sink`, with whether it opens a line: none has more than `most` characters unless it is one word.
fn set<'t>(text: &'t str, most: f64, mut sink: impl FnMut(bool, &'t str)) {
    for line in text.split(['\r', '\n']) {
        let mut length = 0;
        for word in line.split_whitespace() {
            let more = word.chars().count();
            let opens = length == 0 || as_f64(length + 1 + more) > most;
            length = if opens { more } else { length + 1 + more };
            sink(opens, word);
        }
    }
}

fn glyph(text: EcoString, origin: Point, size: f64, width: f64, ctm: Affine) -> Glyph {
    let turn = |vector: Vec2| ctm * vector.to_point() - ctm * Point::ORIGIN;
    Glyph {
        text,
        origin: ctm * origin,
        advance: turn(Vec2::new(width, 0.0)),
        up: turn(Vec2::new(0.0, size)),
        ascent: 0.8,
        descent: 0.2,
        tracking: 0.0,
        bold: false,
        italic: false,
        colour: [0; 3],
        hidden: false,
        mark: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_value_is_broken_into_lines_that_fit() {
        let mut opening = Vec::new();
        set("meet at nine\nevery day", 8.0, |opens, word| opening.extend(opens.then_some(word)));
        assert_eq!(opening, ["meet", "nine", "every", "day"]);
        let rect = Rect::new(0.0, 0.0, 60.0, 20.0);
        let glyphs = characters("Meet at nine every day and decide who may go home", rect, Affine::IDENTITY);
        let inside = |glyph: &Glyph| glyph.origin.y >= 0.0 && glyph.origin.x + glyph.advance.x <= 60.01;
        assert!(glyphs.iter().all(inside));
        assert!(glyphs.iter().any(|glyph| glyph.origin.y < 14.0));
    }

    #[test]
    fn every_word_of_a_long_value_is_set_wherever_it_is_put() {
        let text = "word ".repeat(60_000);
        for rect in [Rect::new(0.0, 0.0, 100.0, 12.0), Rect::new(20.0, 20.0, 900_000_000.0, 21.0)] {
            let glyphs = characters(&text, rect, Affine::IDENTITY);
            assert_eq!(glyphs.iter().filter(|glyph| glyph.text == "w").count(), 60_000);
            assert!(glyphs.iter().all(|glyph| glyph.origin.y >= rect.y0));
        }
    }
}
