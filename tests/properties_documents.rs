//! Laws of the readers of word processors' documents: whatever is torn out of, doubled in or written over a document, it is
//! read or refused with an error that has a name, and what is read is in order.

mod support;

use std::io::Cursor;
use std::io::Read;
use std::io::Write;
use std::sync::LazyLock;

use hicm::model::location::Place;
use hicm::model::source::Block;
use hicm::model::source::Source;
use hicm::readers::Limits;
use hicm::readers::Options;
use hicm::readers::ReadError;
use hicm::readers::detect;
use hicm::readers::read;
use proptest::prelude::*;
use support::Fixture;
use zip::ZipArchive;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A document: its parts, or itself alone where it is no package.
struct Document {
    name: String,
    parts: Vec<(String, Vec<u8>)>,
}

static DOCUMENTS: LazyLock<Vec<Document>> = LazyLock::new(|| {
    let fixtures = Fixture::all().into_iter().filter(|f| ["docx", "odt", "pptx", "rtf", "doc"].contains(&f.format.as_str()));
    fixtures.map(|fixture| document(&fixture.name(), std::fs::read(&fixture.source).expect("a fixture"))).collect()
});

fn document(name: &str, bytes: Vec<u8>) -> Document {
    let mut parts = Vec::new();
    if let Ok(mut archive) = ZipArchive::new(Cursor::new(&bytes)) {
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).expect("a part");
            let mut content = Vec::new();
            file.read_to_end(&mut content).expect("a part unpacks");
            parts.push((file.name().expect("a name").into_owned(), content));
        }
    } else {
        parts.push((String::new(), bytes));
    }
    Document { name: name.to_owned(), parts }
}

fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    if let [(name, bytes)] = parts
        && name.is_empty()
    {
        return bytes.clone();
    }
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(name.as_str(), SimpleFileOptions::default()).expect("a part");
        writer.write_all(bytes).expect("written");
    }
    writer.finish().expect("a package").into_inner()
}

/// What is done to a part.
#[derive(Clone, Debug)]
enum Wound {
    Overwrite(prop::sample::Index, u8),
    Cut(prop::sample::Index, usize),
    Double(prop::sample::Index, usize),
    Break(prop::sample::Index),
    Number(prop::sample::Index, u64),
}

fn wound() -> impl Strategy<Value = Wound> {
    let at = any::<prop::sample::Index>;
    prop_oneof![
        (at(), any::<u8>()).prop_map(|(at, byte)| Wound::Overwrite(at, byte)),
        (at(), 1_usize..200).prop_map(|(at, len)| Wound::Cut(at, len)),
        (at(), 1_usize..400).prop_map(|(at, len)| Wound::Double(at, len)),
        at().prop_map(Wound::Break),
        (at(), prop::sample::select(vec![0, 1, 65_535, 1_000_000_000, u64::from(u32::MAX), u64::MAX]))
            .prop_map(|(at, number)| Wound::Number(at, number)),
    ]
}

fn inflict(bytes: &mut Vec<u8>, wound: &Wound) {
    if bytes.is_empty() {
        return;
    }
    let len = bytes.len();
    let span = |at: &prop::sample::Index, width: usize| {
        let at = at.index(len);
        at..(at + width).min(len)
    };
    match wound {
        Wound::Overwrite(at, byte) => bytes[at.index(len)] = *byte,
        Wound::Cut(at, width) => drop(bytes.drain(span(at, *width))),
        Wound::Double(at, width) => {
            let copy = bytes[span(at, *width)].to_vec();
            let at = at.index(len);
            bytes.splice(at..at, copy);
        }
        Wound::Break(at) => bytes.truncate(at.index(len)),
        Wound::Number(at, number) => {
            // The next run of digits from there on.
            let Some(from) = (at.index(len)..len).find(|at| bytes[*at].is_ascii_digit()) else { return };
            let to = (from..len).find(|at| !bytes[*at].is_ascii_digit()).unwrap_or(len);
            bytes.splice(from..to, number.to_string().into_bytes());
        }
    }
}

fn options() -> Options {
    // Small enough that a document that asks for much is refused soon.
    Options { limits: Limits { max_cells: 200_000, ..Limits::default() }, ..Options::default() }
}

fn reads_or_refuses(name: &str, bytes: &[u8]) {
    let Ok(format) = detect(bytes, name) else { return };
    match read(bytes, format, &options()) {
        Ok(source) => is_in_order(&source),
        Err(ReadError::Empty | ReadError::Damaged { .. } | ReadError::TooLarge { .. }) => {}
        Err(error) => assert!(matches!(error, ReadError::Unsupported { .. } | ReadError::Encrypted { .. }), "{error}"),
    }
}

/// Guarantees of a reader: no empty text, cells in order, spans inside the grid, no cell over another.
fn is_in_order(source: &Source) {
    for block in &source.blocks {
        let grid = match block {
            Block::Text(text) => {
                assert!(!text.text.trim().is_empty());
                continue;
            }
            Block::Grid(grid) => grid,
        };
        for (index, row) in grid.rows.iter().enumerate() {
            is_forward(&row.place);
            let mut free = 0;
            for cell in &row.cells {
                is_forward(&cell.place);
                assert!(cell.column.0 >= free && cell.colspan > 0 && cell.rowspan > 0, "{row:?}");
                assert!(index + cell.rowspan as usize <= grid.rows.len(), "{cell:?}");
                assert!(!cell.text.is_empty() || cell.style.fill.is_some());
                free = cell.column.0.saturating_add(cell.colspan);
            }
            assert!(free <= row.width, "{row:?}");
        }
    }
}

fn is_forward(place: &Place) {
    match place {
        Place::Lines { first, last } => assert!(first <= last, "{place:?}"),
        Place::Region(region) => assert!(region.bbox.x0 <= region.bbox.x1 && region.bbox.y0 <= region.bbox.y1, "{place:?}"),
        _ => {}
    }
}

#[test]
fn fixtures_are_in_order() {
    for document in DOCUMENTS.iter() {
        let bytes = packed(&document.parts);
        let format = detect(&bytes, &document.name).expect("a format");
        is_in_order(&read(&bytes, format, &options()).expect("a document"));
    }
}

#[test]
fn cells_that_are_said_to_cover_others_stand_over_none() {
    let mut wounded = 0;
    let of_slides = |document: &&Document| document.parts.iter().any(|(name, _)| name.starts_with("ppt/slides/"));
    for document in DOCUMENTS.iter().filter(of_slides) {
        let wide = |(name, bytes): &(String, Vec<u8>)| {
            let wide = String::from_utf8_lossy(bytes).replace("<a:tc>", "<a:tc gridSpan=\"2\">").into_bytes();
            (name.clone(), if name.starts_with("ppt/slides/slide") { wide } else { bytes.clone() })
        };
        let parts: Vec<(String, Vec<u8>)> = document.parts.iter().map(wide).collect();
        wounded += usize::from(parts != document.parts);
        reads_or_refuses(&document.name, &packed(&parts));
    }
    assert!(wounded > 0, "no presentation has a table");
}

#[test]
fn what_names_its_parts_wrongly_is_refused_with_a_name() {
    for document in DOCUMENTS.iter().filter(|document| document.parts.len() > 1) {
        for missing in 0..document.parts.len() {
            let mut parts = document.parts.clone();
            parts.remove(missing);
            reads_or_refuses(&document.name, &packed(&parts));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn wounded_parts_are_read_or_refused(
        which in any::<prop::sample::Index>(),
        part in any::<prop::sample::Index>(),
        wounds in prop::collection::vec(wound(), 1..6),
    ) {
        let document = &DOCUMENTS[which.index(DOCUMENTS.len())];
        let mut parts = document.parts.clone();
        let at = part.index(parts.len());
        for wound in &wounds {
            inflict(&mut parts[at].1, wound);
        }
        reads_or_refuses(&document.name, &packed(&parts));
    }

    #[test]
    fn wounded_packages_are_read_or_refused(which in any::<prop::sample::Index>(), wounds in prop::collection::vec(wound(), 1..6)) {
        let document = &DOCUMENTS[which.index(DOCUMENTS.len())];
        let mut bytes = packed(&document.parts);
        for wound in &wounds {
            inflict(&mut bytes, wound);
        }
        reads_or_refuses(&document.name, &bytes);
    }
}
