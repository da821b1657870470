//! Damaged PDF documents end in a result or an error, and never in a panic, a loop or a lot of memory.

mod support;

use std::fs;

use hicm::model::source::Format;
use hicm::readers;
use hicm::readers::Options;
use hicm::readers::ReadError;

/// Damaged documents made of each fixture.
const ROUNDS: u64 = 60;

/// The fixtures of PDF.
fn documents() -> Vec<Vec<u8>> {
    let paths = support::entries(&support::root().join("fixtures/pdf"));
    assert!(!paths.is_empty(), "fixtures/pdf holds no documents");
    paths.iter().map(|path| fs::read(path).expect("a fixture")).collect()
}

/// The next of a row of numbers that look like chance and are the same in each run (`SplitMix64`).
fn next(seed: &mut u64) -> usize {
    *seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *seed;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    usize::try_from((mixed ^ (mixed >> 31)) >> 16).unwrap_or(0)
}

#[test]
fn damaged_documents_end_in_a_result_or_an_error() {
    for (number, bytes) in documents().into_iter().enumerate() {
        for round in 0..ROUNDS {
            let mut seed = round * 1000 + number as u64;
            let mut damaged = bytes.clone();
            match round % 3 {
                0 => damaged.truncate(next(&mut seed) % bytes.len()),
                1 => {
                    for _ in 0..8 {
                        let at = next(&mut seed) % damaged.len();
                        damaged[at] = u8::try_from(next(&mut seed) % 256).expect("a byte");
                    }
                }
                _ => {
                    let from = next(&mut seed) % damaged.len();
                    let to = (from + next(&mut seed) % 200).min(damaged.len());
                    damaged.drain(from..to);
                }
            }
            let _ = readers::read(&damaged, Format::Pdf, &Options::default());
        }
    }
}

/// A document of `objects`, without a table of their positions.
fn document(objects: &[&str]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    for (number, object) in objects.iter().enumerate() {
        out.extend_from_slice(format!("{} 0 obj\n{object}\nendobj\n", number + 1).as_bytes());
    }
    out.extend_from_slice(b"trailer\n<</Root 1 0 R>>\n%%EOF\n");
    out
}

fn read(objects: &[&str]) -> Result<usize, ReadError> {
    readers::read(&document(objects), Format::Pdf, &Options::default()).map(|source| source.pages.len())
}

const CATALOGUE: &str = "<</Type/Catalog/Pages 2 0 R>>";

#[test]
fn loops_in_the_tree_of_pages_end() {
    assert!(read(&[CATALOGUE, "<</Type/Pages/Kids[2 0 R]/Count 1>>"]).is_err());
    assert!(read(&[CATALOGUE, "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>"]).is_err());
}

#[test]
fn a_form_that_draws_itself_ends() {
    let content = "<</Length 6>>stream\n/F Do \nendstream";
    let form = "<</Type/XObject/Subtype/Form/BBox[0 0 99 99]/Resources<</XObject<</F 5 0 R>>>>/Length 12>>stream\n/F Do /F Do \nendstream";
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>";
    assert_eq!(read(&[CATALOGUE, "<</Type/Pages/Kids[3 0 R]/Count 1>>", page, content, form]), Err(ReadError::Empty));
}

#[test]
fn a_page_without_text_is_said_to_be_empty() {
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>";
    assert_eq!(read(&[CATALOGUE, "<</Type/Pages/Kids[3 0 R]/Count 2000000000>>", page]), Err(ReadError::Empty));
}

#[test]
fn a_dynamic_form_is_said_to_be_one() {
    let catalogue = "<</Type/Catalog/Pages 2 0 R/NeedsRendering true/AcroForm<</XFA 4 0 R/Fields[]>>>>";
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>";
    let found = read(&[catalogue, "<</Type/Pages/Kids[3 0 R]/Count 1>>", page, "<</Length 2>>stream\n  \nendstream"]);
    assert!(matches!(found, Err(ReadError::Unsupported { .. })), "{found:?}");
}

#[test]
fn a_scan_that_nobody_reads_is_said_to_be_one() {
    let bytes = fs::read(support::root().join("fixtures/pdf/scanned-askew.pdf")).expect("a fixture");
    let found = readers::read(&bytes, Format::Pdf, &Options::default());
    assert!(matches!(found, Err(ReadError::NeedsOcr { .. })), "{found:?}");
}

#[test]
fn characters_larger_than_any_page_do_not_take_for_ever() {
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>";
    let matrix = "5000000 0 0 5000000";
    let content = format!("BT /F 1 Tf {matrix} 10 10 Tm (Home) Tj {matrix} 20 20 Tm (first) Tj ET");
    let content = format!("<</Length {}>>stream\n{content}\nendstream", content.len());
    let font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";
    let read = read(&[CATALOGUE, "<</Type/Pages/Kids[3 0 R]/Count 1>>", page, &content, font]);
    assert!(matches!(read, Ok(1)), "{read:?}");
}

#[test]
fn widths_of_more_glyphs_than_any_font_has_are_not_spelt_out() {
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R/G 6 0 R>>>>>>";
    let content = "BT /F 12 Tf 10 10 Td (Home) Tj /G 12 Tf 90 0 Td <0041> Tj ET";
    let content = format!("<</Length {}>>stream\n{content}\nendstream", content.len());
    let font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";
    let wide = "<</Type/Font/Subtype/Type0/BaseFont/Wide/Encoding/Identity-H/DescendantFonts[7 0 R]>>";
    for widths in ["/W[0 4294967295 500]", "/W2[0 4294967295 500 500 500]"] {
        let child = format!(
            "<</Type/Font/Subtype/CIDFontType2/BaseFont/Wide/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>{widths}>>"
        );
        let read = read(&[CATALOGUE, "<</Type/Pages/Kids[3 0 R]/Count 1>>", page, &content, font, wide, &child]);
        assert!(matches!(read, Ok(1)), "{widths}: {read:?}");
    }
}

#[test]
fn names_of_glyphs_beyond_any_code_are_not_counted_on() {
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R/G 6 0 R>>>>>>";
    let content = "BT /F 12 Tf 10 10 Td (Home) Tj /G 12 Tf 90 0 Td (first) Tj ET";
    let content = format!("<</Length {}>>stream\n{content}\nendstream", content.len());
    let font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";
    let endless = "<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding<</Differences[9223372036854775807/A/B]>>>>";
    let read = read(&[CATALOGUE, "<</Type/Pages/Kids[3 0 R]/Count 1>>", page, &content, font, endless]);
    assert!(matches!(read, Ok(1)), "{read:?}");
}
