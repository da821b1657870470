//! HTML tags, comments and character references inside a cell of text.

use crate::readers::entities;
use crate::readers::markup;
use crate::readers::markup::Coverage;

/// What an element means for the text around its tags.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Inline,
    Bold,
    Struck,
    /// A line of its own.
    Block,
    /// A line break.
    Break,
    /// A cell of a table in a cell.
    Cell,
    /// Bold or struck by its style.
    Span,
}

/// One tag of a known element.
struct Tag<'a> {
    meaning: Meaning,
    close: bool,
    attributes: &'a str,
    len: usize,
}

/// Removes tags, comments and references; what is none stays.
pub(super) fn strip(text: &str) -> (String, Coverage) {
    let mut stripper = Stripper::default();
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|b| b == b'<' || b == b'&') {
        let (before, after) = rest.split_at(at);
        stripper.text(before);
        let used = stripper.mark(after);
        let (literal, next) = after.split_at(used.max(1));
        if used == 0 {
            stripper.text(literal);
        }
        rest = next;
    }
    stripper.text(rest);
    stripper.finish()
}

/// Collects text whose markup comes apart from it.
#[derive(Default)]
pub(super) struct Stripper {
    out: String,
    coverage: Coverage,
    bold: usize,
    struck: usize,
    spans: Vec<(bool, bool)>,
    after_break: bool,
    no_comment_end: bool,
    /// Where the text starts that marks hold apart from what follows, if no text came since.
    edge: Option<usize>,
    /// Where the last marked text opened.
    opened: usize,
}

impl Stripper {
    /// Ends the text.
    pub(super) fn finish(self) -> (String, Coverage) {
        (self.out, self.coverage)
    }

    /// Opens or closes bold text.
    pub(super) fn bold(&mut self, close: bool) {
        self.bold = step(self.bold, close);
        self.edge(close);
    }

    /// Opens or closes text in italics.
    pub(super) fn italic(&mut self, close: bool) {
        self.edge(close);
    }

    /// Opens or closes struck text.
    pub(super) fn struck(&mut self, close: bool) {
        self.struck = step(self.struck, close);
        self.edge(close);
    }

    /// Notes the marked text that ends here, if it does.
    fn edge(&mut self, close: bool) {
        let marked = if close { self.opened } else { 0 };
        self.opened = self.out.len();
        self.edge = Some(self.edge.map_or(marked, |known| known.min(marked)));
    }

    /// Takes the reference, comment or tag at the start of `text`; returns its length, or 0 where there is none.
    pub(super) fn mark(&mut self, text: &str) -> usize {
        if text.starts_with('&') {
            return entities::decode(text).map_or(0, |(c, len)| {
                let mut buffer = [0; 4];
                self.text(if c == '\u{a0}' { " " } else { c.encode_utf8(&mut buffer) });
                len
            });
        }
        if let Some(comment) = text.strip_prefix("<!--") {
            let end = if self.no_comment_end { None } else { comment.find("-->") };
            self.no_comment_end = end.is_none();
            return end.map_or(0, |end| end + "<!---->".len());
        }
        let Some(tag) = tag(text) else { return 0 };
        self.tag(&tag);
        tag.len
    }

    /// Adds text.
    pub(super) fn text(&mut self, text: &str) {
        let text = if self.after_break { text.trim_start_matches(' ') } else { text };
        if text.is_empty() {
            return;
        }
        self.after_break = false;
        let marked = self.edge.take().map(|start| self.out.get(start..).unwrap_or_default());
        if marked.is_some_and(|marked| markup::would_run_together(&self.out, marked, text)) {
            self.out.push(' ');
        }
        let (bold, struck) = self.spans.last().copied().unwrap_or_default();
        self.coverage.add(text, bold || self.bold > 0, struck || self.struck > 0);
        self.out.push_str(text);
    }

    fn tag(&mut self, tag: &Tag<'_>) {
        match tag.meaning {
            Meaning::Inline => {}
            Meaning::Bold => self.bold(tag.close),
            Meaning::Struck => self.struck(tag.close),
            Meaning::Span if tag.close => drop(self.spans.pop()),
            Meaning::Span => {
                let (bold, struck) = self.spans.last().copied().unwrap_or_default();
                let style = tag.attributes.to_ascii_lowercase();
                self.spans.push((bold || is_bold(&style), struck || style.contains("line-through")));
            }
            Meaning::Cell if self.out.ends_with(char::is_whitespace) => {}
            Meaning::Cell => self.out.push(' '),
            Meaning::Block | Meaning::Break => self.end_line(tag.meaning == Meaning::Break),
        }
    }

    /// Ends a line; not where one has just ended unless `always`.
    pub(super) fn end_line(&mut self, always: bool) {
        self.out.truncate(self.out.trim_end_matches(' ').len());
        if always || !(self.out.is_empty() || self.out.ends_with('\n')) {
            self.out.push('\n');
        }
        self.after_break = true;
        self.opened = self.opened.min(self.out.len());
        self.edge = None;
    }
}

fn step(depth: usize, close: bool) -> usize {
    if close { depth.saturating_sub(1) } else { depth + 1 }
}

/// Whether a style in small letters makes text bold (CSS Fonts 4, 2.2: `bold`, or a weight of 600 and more).
pub(super) fn is_bold(style: &str) -> bool {
    style.split_once("font-weight").is_some_and(|(_, value)| {
        let value = value.trim_start_matches([':', ' ']);
        value.starts_with("bold") || ["600", "700", "800", "900"].iter().any(|weight| value.starts_with(weight))
    })
}

/// The tag of a known element at the start of `text`, up to its `>`. A `<` before that means that it is none, which also
/// keeps the search linear.
fn tag(text: &str) -> Option<Tag<'_>> {
    let inner = text.strip_prefix('<')?;
    let close = inner.starts_with('/');
    let inner = if close { inner.get(1..)? } else { inner };
    let name_len = inner.bytes().position(|b| !(b.is_ascii_alphanumeric() || b == b':')).unwrap_or(inner.len());
    let (name, after) = inner.split_at(name_len);
    let meaning = meaning(name)?;
    let end = tag_end(after)?;
    Some(Tag { meaning, close, attributes: after.get(..end)?, len: 1 + usize::from(close) + name_len + end + 1 })
}

/// Position of the `>` that ends a tag, one in a quoted value left aside unless the quotation has no end.
fn tag_end(after: &str) -> Option<usize> {
    if !after.starts_with(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/') {
        return None;
    }
    let (mut quote, mut quoted_end, mut last) = (None, None, b' ');
    for (at, b) in after.bytes().enumerate() {
        match (b, quote) {
            (b'<', _) => break,
            (b'>', None) => return Some(at),
            (b'>', Some(_)) => quoted_end = quoted_end.or(Some(at)),
            (b'"' | b'\'', None) if last == b'=' => quote = Some(b),
            (_, Some(open)) if open == b => (quote, quoted_end) = (None, None),
            _ => {}
        }
        if !b.is_ascii_whitespace() {
            last = b;
        }
    }
    quoted_end
}

fn meaning(name: &str) -> Option<Meaning> {
    let mut buffer = [0_u8; 10];
    let lower = buffer.get_mut(..name.len())?;
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    Some(match &*lower {
        b"b" | b"strong" => Meaning::Bold,
        b"s" | b"del" | b"strike" => Meaning::Struck,
        b"br" => Meaning::Break,
        b"td" | b"th" => Meaning::Cell,
        b"span" => Meaning::Span,
        b"p" | b"div" | b"li" | b"ul" | b"ol" | b"dl" | b"dd" | b"dt" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"hr"
        | b"blockquote" | b"center" | b"pre" | b"table" | b"tbody" | b"tfoot" | b"thead" | b"tr" | b"caption" | b"section"
        | b"article" | b"figure" => Meaning::Block,
        b"a" | b"abbr" | b"big" | b"cite" | b"code" | b"em" | b"font" | b"i" | b"img" | b"ins" | b"kbd" | b"label" | b"mark"
        | b"o:p" | b"q" | b"samp" | b"small" | b"sub" | b"sup" | b"tt" | b"u" | b"var" | b"wbr" => Meaning::Inline,
        _ => return None,
    })
}
