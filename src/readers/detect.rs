//! What a document is: from its first bytes and what a package holds, then from how its text is divided, and only then from its name.

mod magic;
pub(super) mod package;

use crate::model::source::Format;
use crate::readers::delimited;
use crate::readers::delimited::Dialect;
use crate::readers::encoding;
use crate::readers::error::ReadError;

/// Bytes that are looked at.
const SAMPLE_BYTES: usize = 64 * 1024;

/// Share of control characters above which decoded bytes are no text, as one in so many characters.
const CONTROLS_ONE_IN: usize = 50;

/// Tells what a document is. `name` is its file name; only the extension counts.
///
/// # Errors
///
/// [`ReadError::Empty`] for zero bytes or white space only, [`ReadError::Unsupported`] for content that no reader takes,
/// [`ReadError::Encrypted`] for what cannot be opened even with a password.
pub fn detect(bytes: &[u8], name: &str) -> Result<Format, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if let Some(kind) = package::inspect(bytes) {
        return kind.format(&extension(name));
    }
    if magic::is_rich_text(bytes) {
        return Ok(Format::Rtf);
    }
    if magic::is_bare_workbook(bytes) {
        return Ok(Format::Xls);
    }
    if magic::is_pdf(bytes) {
        return Ok(Format::Pdf);
    }
    if let Some((what, remedy)) = magic::recognise(bytes) {
        return Err(ReadError::Unsupported { what, remedy });
    }
    let sample = bytes.get(..SAMPLE_BYTES).unwrap_or(bytes);
    let decoded = encoding::decode(sample);
    let text = decoded.text.as_ref();
    if sample.len() == bytes.len() && text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    if is_binary(text) {
        return Err(ReadError::Unsupported {
            what: "binary data of an unknown kind",
            remedy: "check that the file was saved and copied whole, or save it as CSV, HTML or plain text",
        });
    }
    if let Some((what, remedy)) = magic::recognise_text(text) {
        return Err(ReadError::Unsupported { what, remedy });
    }
    Ok(format(text, &extension(name)))
}

/// The extension in small letters, empty where there is none.
fn extension(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    file.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default()
}

fn is_binary(text: &str) -> bool {
    let control =
        |c: &char| (c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1b}')) || *c == '\u{fffd}';
    let controls = text.chars().filter(control).count();
    controls > 2 && controls * CONTROLS_ONE_IN > text.chars().count()
}

fn format(text: &str, extension: &str) -> Format {
    if is_html(text, extension) {
        return Format::Html;
    }
    let tabbed = Tabs::count(text);
    match extension {
        "md" | "markdown" | "mkd" if !tabbed.most() || has_table(text) => Format::Markdown,
        "csv" | "tsv" | "tab" if has_table(text) && !tabbed.any() => Format::Markdown,
        "tsv" | "tab" if tabbed.any() => Format::Tsv,
        "csv" | "tsv" | "tab" => match delimited::sniff(text) {
            Some(dialect) if dialect.delimiter == b'\t' => Format::Tsv,
            _ => Format::Csv,
        },
        _ => unnamed(text, &tabbed),
    }
}

/// The format of text whose name says nothing.
fn unnamed(text: &str, tabbed: &Tabs) -> Format {
    if !tabbed.any() && has_table(text) {
        return Format::Markdown;
    }
    match delimited::sniff(text) {
        Some(dialect) if dialect.delimiter == b'\t' => {
            if dialect.certainly_quoted {
                Format::Tsv
            } else {
                Format::Text
            }
        }
        Some(dialect) if is_delimited(&dialect) => Format::Csv,
        _ => Format::Text,
    }
}

/// Whether lines are divided so evenly that they are no prose: three records, cells without a space in front, and for the
/// comma, which prose is full of, three cells.
fn is_delimited(dialect: &Dialect) -> bool {
    let columns = if dialect.delimiter == b',' { 3 } else { 2 };
    dialect.columns >= columns
        && dialect.records >= 3
        && dialect.even >= 0.8
        && dialect.spaced <= 0.2
        && dialect.score >= 0.5 * (1.0 - 1.0 / f64::from(u32::try_from(dialect.columns).unwrap_or(u32::MAX)))
}

/// How many lines hold a tab.
struct Tabs {
    with: usize,
    lines: usize,
}

impl Tabs {
    fn count(text: &str) -> Self {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        lines.fold(Self { with: 0, lines: 0 }, |sum, line| Self {
            with: sum.with + usize::from(line.trim_start().contains('\t')),
            lines: sum.lines + 1,
        })
    }

    fn any(&self) -> bool {
        self.with > 0
    }

    fn most(&self) -> bool {
        self.with * 2 > self.lines
    }
}

/// Elements that open an HTML document or fragment. A cell of plain text may open with others (`<p>`, `<b>`).
const HTML_OPENINGS: [&str; 12] =
    ["html", "head", "body", "meta", "title", "style", "link", "table", "div", "main", "article", "center"];

fn is_html(text: &str, extension: &str) -> bool {
    let head: String = text.trim_start().chars().take(2048).collect::<String>().to_ascii_lowercase();
    let head = after_comments(&head);
    if head.starts_with("<!doctype html") || tag_at(head, "html") || (head.starts_with("<?xml") && head.contains("<html")) {
        return true;
    }
    match extension {
        "html" | "htm" | "xhtml" | "xht" => text.match_indices('<').any(|(at, _)| is_tag(text, at)),
        "md" | "markdown" | "mkd" => false,
        _ => HTML_OPENINGS.iter().any(|name| tag_at(head, name)),
    }
}

fn after_comments(mut head: &str) -> &str {
    while let Some((_, rest)) = head.strip_prefix("<!--").and_then(|rest| rest.split_once("-->")) {
        head = rest.trim_start();
    }
    head
}

fn tag_at(head: &str, name: &str) -> bool {
    let rest = head.strip_prefix('<').and_then(|rest| rest.strip_prefix(name));
    rest.is_some_and(|rest| rest.starts_with(|c: char| c == '>' || c == '/' || c.is_ascii_whitespace()))
}

fn is_tag(text: &str, at: usize) -> bool {
    let next = text.as_bytes().get(at + 1);
    next.is_some_and(|b| b.is_ascii_alphabetic() || *b == b'/') && text.get(at..).is_some_and(|rest| rest.contains('>'))
}

/// Whether a table of Markdown or, inside text, of HTML is there.
fn has_table(text: &str) -> bool {
    let html = || text.match_indices('<').any(|(at, _)| text.get(at..).is_some_and(|rest| tag_at(rest, "table")));
    has_pipe_table(text) || (html() && text.contains("</table>"))
}

/// Whether a line of cells stands on a delimiter row of as many cells (GitHub Flavored Markdown, 4.10).
fn has_pipe_table(text: &str) -> bool {
    let mut above = 0;
    for line in text.lines() {
        let cells = pipe_cells(line);
        if above > 0 && cells == above && is_delimiter_row(line) {
            return true;
        }
        above = cells;
    }
    false
}

/// Number of cells of a line with pipes, 0 without.
fn pipe_cells(line: &str) -> usize {
    if !line.contains('|') {
        return 0;
    }
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    line.strip_suffix('|').unwrap_or(line).split('|').count()
}

fn is_delimiter_row(line: &str) -> bool {
    line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

#[cfg(test)]
mod tests;
