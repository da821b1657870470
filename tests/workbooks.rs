//! Two ways, one answer: the texts that our readers find in the fixtures of workbooks are those that calamine finds, at the same
//! places; and what is broken, huge or protected ends with a reason.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::Path;

use calamine::Data;
use calamine::Reader;
use calamine::Sheets;
use hicm::model::location::At;
use hicm::model::source::Block;
use hicm::model::source::Format;
use hicm::model::source::Grid;
use hicm::readers;
use hicm::readers::Limits;
use hicm::readers::Options;
use hicm::readers::ReadError;

/// Texts by sheet and cell.
type Texts = BTreeMap<(String, String), String>;

fn fixtures() -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let folders = ["xlsx", "xlsm", "xlsb", "xls", "ods"].map(|format| root.join(format));
    let files = folders.iter().flat_map(|folder| fs::read_dir(folder).expect("a folder of fixtures"));
    let named = files.map(|entry| {
        let path = entry.expect("a fixture").path();
        (path.file_name().expect("a name").to_string_lossy().into_owned(), fs::read(&path).expect("a fixture"))
    });
    named.collect()
}

/// What our reader found: the texts of cells and lines by the first cell of each.
fn ours(name: &str, bytes: &[u8]) -> Texts {
    let format = readers::detect(bytes, name).expect("a format");
    let source = readers::read(bytes, format, &Options::default()).expect("a workbook");
    let mut texts = Texts::new();
    let mut add = |at: At, text: &str| {
        if let (Some(sheet), Some(range)) = (at.sheet, at.range) {
            let first = range.split(':').next().unwrap_or_default().to_owned();
            texts.insert((sheet, first), text.to_owned());
        }
    };
    for block in &source.blocks {
        match block {
            Block::Text(block) => add(At::from(&block.place), &block.text),
            Block::Grid(grid) => {
                grid.rows.iter().flat_map(|row| &row.cells).for_each(|cell| add(At::from(&cell.place), &cell.text));
            }
        }
    }
    texts
}

/// What calamine found: texts alone, since it does not show numbers as a workbook does.
fn theirs(bytes: &[u8]) -> Texts {
    let mut workbook: Sheets<_> = calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).expect("a workbook");
    let mut texts = Texts::new();
    for sheet in workbook.sheet_names() {
        let range = workbook.worksheet_range(&sheet).expect("a sheet");
        let (row, column) = range.start().unwrap_or_default();
        for (down, right, data) in range.used_cells() {
            if let Data::String(text) = data {
                let letters = name_of(column as usize + right);
                texts.insert((sheet.clone(), format!("{letters}{}", row as usize + down + 1)), text.clone());
            }
        }
    }
    texts
}

fn name_of(column: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(column % 26).expect("a letter"));
    if column < 26 { letter.to_string() } else { format!("{}{letter}", name_of(column / 26 - 1)) }
}

#[test]
fn texts_are_those_that_calamine_finds() {
    for (name, bytes) in fixtures().into_iter().filter(|(name, _)| !name.starts_with("protected")) {
        // calamine refuses a cell beyond the last column, and counts it with a sheet's extent otherwise.
        if name.starts_with("tables-apart") {
            continue;
        }
        let (ours, theirs) = (ours(&name, &bytes), theirs(&bytes));
        assert!(!theirs.is_empty(), "{name}: calamine finds no text");
        for (place, text) in theirs {
            let found = ours.get(&place).map(|text| text.trim());
            assert_eq!(found, Some(text.trim()), "{name}: {place:?}");
        }
    }
}

#[test]
fn what_is_cut_short_or_changed_ends_with_a_reason_or_is_read() {
    for (name, bytes) in fixtures() {
        for length in (0..bytes.len()).step_by(bytes.len() / 40 + 1) {
            let cut = &bytes[..length];
            if let Ok(format) = readers::detect(cut, &name) {
                let _ = readers::read(cut, format, &Options::default());
            }
            let mut changed = bytes.clone();
            changed[length] ^= 0x55;
            if let Ok(format) = readers::detect(&changed, &name) {
                let _ = readers::read(&changed, format, &Options::default());
            }
        }
    }
}

/// The password of the fixtures that a password protects.
const PASSWORD: &str = "Westmarch 1";

#[test]
fn protected_workbooks_open_with_their_password() {
    let fixtures = fixtures();
    let find = |name: &str| &fixtures.iter().find(|(found, _)| found == name).expect("a fixture").1;
    for (name, plain) in [
        ("protected-by-a-password.xlsx", "fills-dates-and-merged-changes.xlsx"),
        ("protected-by-a-password.xls", "merged-change-struck-row-hidden-column.xls"),
        ("protected-by-a-password.ods", "sheet-per-change.ods"),
    ] {
        let protected = find(name);
        let format = readers::detect(protected, name).expect("a format");
        let read = |password: Option<&str>| {
            readers::read(protected, format, &Options { password: password.map(str::to_owned), ..Options::default() })
        };
        assert_eq!(read(None).err(), Some(ReadError::Encrypted { tried: false }), "{name}");
        assert_eq!(read(Some("Westmarch 2")).err(), Some(ReadError::Encrypted { tried: true }), "{name}");
        let opened = read(Some(PASSWORD)).expect("a workbook");
        let same = readers::read(find(plain), format, &Options::default()).expect("a workbook");
        assert_eq!(format!("{:?}", opened.blocks), format!("{:?}", same.blocks), "{name}");
    }
}

#[test]
fn lists_and_header_rows_are_told() {
    for (name, bytes) in fixtures().into_iter().filter(|(name, _)| name.starts_with("lists-")) {
        let format = readers::detect(&bytes, &name).expect("a format");
        let source = readers::read(&bytes, format, &Options::default()).expect("a workbook");
        let grids: Vec<&Grid> =
            source.blocks.iter().filter_map(|block| if let Block::Grid(grid) = block { Some(grid) } else { None }).collect();
        let plan = grids.first().expect("a plan");
        assert!(plan.rows.first().expect("a header").cells.iter().all(|cell| cell.style.emphasised), "{name}");
        let choices: Vec<&[String]> = plan.choices.iter().map(|choices| choices.values.as_slice()).collect();
        let wanted: &[&[&str]] =
            if format == Format::Xlsx { &[&["Late", "Done"], &["Red", "Amber", "Green"]] } else { &[&["Late", "Done"]] };
        assert_eq!(choices, wanted, "{name}");
    }
}

/// A text that stands in the file once and in thousands of cells.
#[test]
fn a_text_that_stands_in_every_cell_counts_in_each() {
    let text = "discharged".repeat(3_000);
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for row in 0..100 {
        sheet.write(row, 0, text.as_str()).expect("a cell");
    }
    let bytes = book.save_to_buffer().expect("a workbook");
    let read = |max_unpacked_bytes| {
        let options = Options { limits: Limits { max_unpacked_bytes, ..Limits::default() }, ..Options::default() };
        readers::read(&bytes, Format::Xlsx, &options)
    };
    assert!(read(4 << 20).is_ok());
    let error = read(1 << 20).expect_err("a limit");
    assert!(matches!(error, ReadError::TooLarge { found: 3_000_000.., .. }), "{error}");
}

#[test]
fn workbooks_over_a_limit_are_refused() {
    let small = |change: fn(&mut Limits)| {
        let mut limits = Limits::default();
        change(&mut limits);
        Options { limits, ..Options::default() }
    };
    let tight = [
        small(|limits| limits.max_cells = 5),
        small(|limits| limits.max_unpacked_bytes = 500),
        small(|limits| limits.max_parts = 1),
        small(|limits| limits.max_depth = 2),
    ];
    let (name, bytes) = fixtures().into_iter().find(|(name, _)| name.starts_with("cover")).expect("a workbook");
    let format = readers::detect(&bytes, &name).expect("a format");
    for options in tight {
        assert!(matches!(readers::read(&bytes, format, &options), Err(ReadError::TooLarge { .. })), "{:?}", options.limits);
    }
}
