//! Laws of the readers: no word is lost or made, nothing panics, places and columns are in order.

use hicm::model::location::Place;
use hicm::model::source::Block;
use hicm::model::source::Format;
use hicm::model::source::Source;
use hicm::model::text::words;
use hicm::readers::Options;
use hicm::readers::ReadError;
use hicm::readers::detect;
use hicm::readers::read;
use proptest::prelude::*;

const FORMATS: [Format; 5] = [Format::Text, Format::Csv, Format::Tsv, Format::Markdown, Format::Html];

/// Words that no format takes for markup.
const WORDS: &[&str] = &["alpha", "Beta", "GAMMA", "delta", "D2A", "2018", "1.1", "31/12/18", "na\u{ef}ve", "x's", "H&F", "zeta"];

/// Signs and gaps that plain text is made of; some begin markup that never ends.
#[rustfmt::skip]
const TEXT_SIGNS: &[&str] = &[
    " ", " ", " ", "\n", "\n", "\n\n", "\r\n", "\t", "\t", "  ", "     ", ", ", ",", ";", "; ", "|", " | ", "\"", "\"\"",
    "*", "**", "_", "<", " < ", "& ", "# ", "\n- ", "\u{2022} ", "\n---\n", "\n+--+--+\n", "\n\u{c}", "\u{a0}", "(", ")",
    ":", "\u{2013}", "~~", "<b>", "</b>", "<br>", "<p>",
];

/// As above, without what opens a link, a definition or HTML, whose parts are markup.
#[rustfmt::skip]
const MARKDOWN_SIGNS: &[&str] = &[
    " ", " ", " ", "\n", "\n", "\n\n", "\n\n", "  ", "\n    ", ", ", " | ", "\n| ", " |\n", "\n|---|---|\n", "*", "**", "_",
    "\n# ", "\n- ", "\n  - ", "\n1. ", "\n7) ", "\n> ", "\n---\n", "\n===\n", "\u{2013}", "\\", "\"", "(", ")", "\n\t", "\t",
];

/// Tags and gaps that HTML is made of, in any order; those of a line's inside have a space before or after.
#[rustfmt::skip]
const HTML_SIGNS: &[&str] = &[
    " ", " ", "\n", "<p>", "</p>", "<br>", " <b>", "</b> ", " <i>", "</i> ", " <span style='color:red'>", "</span> ",
    "<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<td rowspan=2>", "<td colspan=3>", "<th rowspan=0>", "<thead>",
    "<tbody>", "<caption>", "</caption>", "<ul>", "<li>", "</ul>", "<h1>", "</h1>", "<h4>", "<div>", "</div>",
    "<div hidden>", "<tr style='display:none'>", "<header>", "</header>", "<nav>", "</nav>", "<pre>", "</pre>", "&amp;",
    "&nbsp;", " <!-- -->", " <noscript>", "</noscript> ", "<form>", "</form>", "<select>", "<option>", "</select>", " <o:p>",
    "</o:p> ", " <title>zeta</title> ", " <textarea>zeta</textarea> ",
];

/// Text of words, each followed by one or more signs.
fn soup(signs: &'static [&'static str]) -> impl Strategy<Value = String> {
    let piece = (prop::sample::select(WORDS), prop::collection::vec(prop::sample::select(signs), 1..4));
    prop::collection::vec(piece, 1..60)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(word, signs)| std::iter::once(word).chain(signs)).collect())
}

/// What a table is made of: rows of cells, each of a few words.
fn table() -> impl Strategy<Value = Vec<Vec<String>>> {
    let cell = prop::collection::vec(prop::sample::select(WORDS), 0..5).prop_map(|words| words.join(" "));
    (2_usize..7).prop_flat_map(move |columns| prop::collection::vec(prop::collection::vec(cell.clone(), columns), 1..12))
}

fn sorted(mut words: Vec<String>) -> Vec<String> {
    words.sort();
    words
}

/// The words of everything that a source holds, sorted.
fn words_of(source: &Source) -> Vec<String> {
    let mut found = words(source.title.as_deref().unwrap_or_default());
    for block in &source.blocks {
        match block {
            Block::Text(text) => found.extend(words(&text.text)),
            Block::Grid(grid) => found.extend(grid.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| words(&cell.text))),
        }
    }
    sorted(found)
}

/// The words of a text whose tags and references are those of the signs above.
fn words_without_tags(text: &str) -> Vec<String> {
    let mut rest = text.replace("&amp;", "&").replace("&nbsp;", " ");
    let raw = ["<title>", "</title>", "<textarea>", "</textarea>"];
    for sign in HTML_SIGNS.iter().map(|sign| sign.trim()).filter(|sign| sign.starts_with('<')).chain(raw) {
        if !sign.contains("zeta") {
            rest = rest.replace(sign, " ");
        }
    }
    sorted(words(&rest))
}

fn source(text: &str, format: Format) -> Source {
    match read(text.as_bytes(), format, &Options::default()) {
        Ok(source) => source,
        Err(error) => panic!("{format:?}: {error} in {text:?}"),
    }
}

fn last_line(place: &Place) -> u32 {
    match place {
        Place::Lines { first, last } => {
            assert!(first <= last, "{place:?}");
            last.get()
        }
        _ => panic!("{place:?} is no place in text"),
    }
}

/// Guarantees of a reader: places inside the document, cells in order, spans inside the grid, no cell over another.
fn is_in_order(source: &Source, lines: usize) {
    for block in &source.blocks {
        let grid = match block {
            Block::Text(text) => {
                assert!(!text.text.trim().is_empty());
                assert!(last_line(&text.place) as usize <= lines, "{text:?} of {lines}");
                continue;
            }
            Block::Grid(grid) => grid,
        };
        for (index, row) in grid.rows.iter().enumerate() {
            assert!(last_line(&row.place) as usize <= lines);
            let mut free = 0;
            for cell in &row.cells {
                assert!(cell.column.0 >= free && cell.colspan > 0 && cell.rowspan > 0, "{row:?}");
                assert!(index + cell.rowspan as usize <= grid.rows.len(), "{cell:?}");
                assert!(last_line(&cell.place) <= last_line(&row.place), "{row:?}");
                assert!(!cell.text.is_empty() || cell.style.fill.is_some());
                free = cell.column.0 + cell.colspan;
            }
            assert!(free <= row.width, "{row:?}");
        }
    }
}

/// Reads bytes as every format; only errors that have a name may come.
fn reads_or_refuses(bytes: &[u8]) {
    let lines = bytes.iter().filter(|b| matches!(b, b'\n' | b'\r')).count() + 1;
    let _ = detect(bytes, "a.txt");
    let _ = detect(bytes, "a.csv");
    for format in FORMATS {
        match read(bytes, format, &Options::default()) {
            Ok(source) => is_in_order(&source, lines),
            Err(error) => assert!(matches!(error, ReadError::Empty), "{error}"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn text_keeps_its_words(text in soup(TEXT_SIGNS)) {
        for format in [Format::Text, Format::Csv, Format::Tsv] {
            let source = source(&text, format);
            prop_assert_eq!(words_of(&source), words_without_tags(&text), "{:?}", format);
            is_in_order(&source, text.len());
        }
    }

    #[test]
    fn markdown_keeps_its_words(text in soup(MARKDOWN_SIGNS)) {
        let source = source(&text, Format::Markdown);
        prop_assert_eq!(words_of(&source), sorted(words(&text)));
        is_in_order(&source, text.len());
    }

    #[test]
    fn html_keeps_its_words(text in soup(HTML_SIGNS)) {
        let text = format!("<!doctype html><body>{text}");
        let body = text.trim_start_matches("<!doctype html><body>");
        let source = source(&text, Format::Html);
        prop_assert_eq!(words_of(&source), words_without_tags(body));
        is_in_order(&source, text.matches('\n').count() + 1);
    }

    #[test]
    fn bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        reads_or_refuses(&bytes);
    }

    #[test]
    fn torn_documents_are_read_or_refused(text in soup(HTML_SIGNS), cut in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = text.into_bytes();
        let at = cut.index(bytes.len());
        bytes[at] = byte;
        reads_or_refuses(&bytes);
        reads_or_refuses(&bytes[at..]);
    }

    #[test]
    fn one_table_reads_alike_in_every_format(rows in table()) {
        let header: Vec<String> = (0..rows[0].len()).map(|column| format!("Head{column}")).collect();
        let rows: Vec<Vec<String>> = std::iter::once(header.clone()).chain(rows).collect();
        let lines = |sign: &str| rows.iter().map(|row| row.join(sign)).collect::<Vec<_>>().join("\n");
        let rule = vec!["---"; header.len()].join("|");
        let mut piped: Vec<String> = rows.iter().map(|row| format!("|{}|", row.join("|"))).collect();
        piped.insert(1, format!("|{rule}|"));
        let html: String = rows.iter().flat_map(|row| ["<tr><td>".to_owned(), row.join("<td>")]).collect();
        let quoted: Vec<String> =
            rows.iter().map(|row| row.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(",")).collect();
        for (text, format) in [
            (lines("\t"), Format::Text),
            (lines("\t"), Format::Tsv),
            (lines(";"), Format::Csv),
            (quoted.join("\r\n"), Format::Csv),
            (piped.join("\n"), Format::Markdown),
            (format!("<table>{}</table>", html.replace("H&F", "H&amp;F")), Format::Html),
        ] {
            let source = source(&text, format);
            let [Block::Grid(grid)] = source.blocks.as_slice() else { panic!("{format:?}: {source:?} of {text:?}") };
            let found: Vec<Vec<&str>> = grid
                .rows
                .iter()
                .map(|row| (0..header.len()).map(|column| row.cell(column).map_or("", |cell| cell.text.as_str())).collect())
                .collect();
            prop_assert_eq!(found, rows.clone(), "{:?}", format);
        }
    }

    #[test]
    fn encodings_read_alike(text in soup(&[" ", "\t", "\n", ", ", " \u{2013} ", "\u{2019}s "])) {
        prop_assume!(text.contains('\u{2013}') || text.contains('\u{2019}') || text.is_ascii());
        let expected = words_of(&source(&text, Format::Text));
        let mark = |mark: &[u8], bytes: Vec<u8>| [mark.to_vec(), bytes].concat();
        let utf16 = |to: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to).collect::<Vec<u8>>();
        for bytes in [
            mark(b"\xEF\xBB\xBF", text.clone().into_bytes()),
            mark(b"\xFF\xFE", utf16(u16::to_le_bytes)),
            mark(b"\xFE\xFF", utf16(u16::to_be_bytes)),
        ] {
            let source = read(&bytes, Format::Text, &Options::default()).unwrap_or_default();
            prop_assert_eq!(words_of(&source), expected.clone());
            prop_assert!(source.diagnostics.is_empty());
        }
    }
}
