//! Whole documents, written down object by object: the parser finds objects without a table of their positions.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::*;

/// The words of a document of one page with `entries`, whose content is `content` and that has further `objects`.
fn words(entries: &str, content: &[u8], dictionary: &str, objects: &str) -> Vec<String> {
    let mut file = format!(
        "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R /StructTreeRoot 7 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
         3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R\n\
         {entries}\n\
         /Resources << /Font << /F1 5 0 R /F2 7 0 R >> /ColorSpace << /Cs1 [/ICCBased 6 0 R] >> >> >>\nendobj\n\
         5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n{objects}\n\
         4 0 obj\n<< /Length {} {dictionary} >>\nstream\n",
        content.len()
    )
    .into_bytes();
    file.extend_from_slice(content);
    file.extend_from_slice(b"\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\n");
    let source = read(&file, &Options::default(), None).expect("it has words");
    source.pages.iter().flat_map(|page| page.words.iter()).map(|word| word.text.clone()).collect()
}

#[test]
fn annotations_stand_behind_one_that_was_deleted() {
    let stamp = "7 0 obj\n<< /Type /Annot /Subtype /Stamp /Rect [20 20 120 40] /AP << /N 8 0 R >> >>\nendobj\n\
        8 0 obj\n<< /Subtype /Form /BBox [0 0 100 20] /Resources << /Font << /F1 5 0 R >> >> /Length 33 >>\nstream\n\
        BT /F1 12 Tf 2 5 Td (Draft) Tj ET\nendstream\nendobj";
    let found = words("/Annots [99 0 R 7 0 R]", b"BT /F1 12 Tf 20 100 Td (Plan) Tj ET", "", stamp);
    assert_eq!(found, ["Plan", "Draft"]);
}

#[test]
fn profiles_of_grey_tell_white_from_red() {
    let profile = "6 0 obj\n<< /N 1 /Length 0 >>\nstream\n\nendstream\nendobj";
    let content = b"/Cs1 cs 1 sc BT /F1 12 Tf 20 100 Td (ghost) Tj ET 0 sc BT /F1 12 Tf 20 50 Td (seen) Tj ET";
    assert_eq!(words("", content, "", profile), ["seen"]);
}

#[test]
fn characters_without_a_font_are_no_text() {
    // The catalogue is lost, and with it the table of what the codes of the font mean.
    let file = b"%PDF-1.4\n3 0 obj\n<< /Type /Page /MediaBox [0 0 300 200] /Contents 4 0 R\n\
        /Resources << /Font << /F1 5 0 R >> >> >>\nendobj\n\
        5 0 obj\n<< /Type /Font /Subtype /Type0 /BaseFont /Odd /Encoding /Identity-H /DescendantFonts [6 0 R] >>\nendobj\n\
        6 0 obj\n<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Odd\n\
        /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>\nendobj\n\
        4 0 obj\n<< /Length 43 >>\nstream\nBT /F1 12 Tf 20 100 Td <F033F04FF044> Tj ET \nendstream\nendobj\n";
    let error = read(file, &Options::default(), None).expect_err("it says nothing");
    assert!(matches!(error, ReadError::Damaged { .. } | ReadError::Empty), "{error}");
}

#[test]
fn white_text_on_a_banner_with_round_corners_can_be_seen() {
    let content = b"1 0 0 rg 20 80 m 120 80 l 130 80 130 90 130 100 c 130 110 l 20 110 l h f \
        1 1 1 rg BT /F1 12 Tf 30 90 Td (Banner) Tj ET BT /F1 12 Tf 30 20 Td (ghost) Tj ET";
    assert_eq!(words("", content, "", ""), ["Banner"]);
}

#[test]
fn codes_of_faces_that_are_not_in_the_document_are_those_of_their_maker() {
    // The words as the writer's own copy of the face numbers its glyphs.
    let font = "7 0 obj\n<< /Type /Font /Subtype /Type0 /BaseFont /Arial /Encoding /Identity-H /DescendantFonts [8 0 R] >>\nendobj\n\
        8 0 obj\n<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Arial /DW 600 /FontDescriptor << /Type /FontDescriptor /FontName /Arial /Flags 32 >>\n\
        /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>\nendobj";
    let content = b"BT /F2 12 Tf 20 100 Td <0033004F00440051> Tj ET";
    assert_eq!(words("", content, "", font), ["Plan"]);
    // Beside a table of glyphs, the codes are characters.
    let table =
        font.replace("/DW 600", "/DW 600 /CIDToGIDMap 9 0 R") + "\n9 0 obj\n<< /Length 2 >>\nstream\n\0\0\nendstream\nendobj";
    let content = b"BT /F2 12 Tf 20 100 Td <0050006C0061006E> Tj ET";
    assert_eq!(words("", content, "", &table), ["Plan"]);
}

#[test]
fn what_stands_before_damage_in_a_stream_is_read() {
    let line = |at: u64| {
        let (x, y, number) = (28 * (at % 10) + 5, 4 * (at / 10) + 5, at * 7_919_777 % 1_000_003);
        format!("BT /F1 4 Tf {x} {y} Td ({number}) Tj ET\n")
    };
    let content: String = (0..400).map(line).collect();
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
    packed.write_all(content.as_bytes()).expect("memory");
    let mut packed = packed.finish().expect("memory");
    let middle = packed.len() / 2;
    packed[middle..middle + 100].fill(0xff);
    let found = words("", &packed, "/Filter /FlateDecode", "");
    assert!((50..390).contains(&found.len()), "{}", found.len());
}

#[test]
fn a_form_takes_from_its_page_what_it_lacks() {
    let form = "7 0 obj\n<< /Type /Annot /Subtype /Stamp /Rect [20 20 120 40] /AP << /N 8 0 R >> >>\nendobj\n\
        8 0 obj\n<< /Subtype /Form /BBox [0 0 100 20] /Resources << /ProcSet [/PDF] >> /Length 33 >>\nstream\n\
        BT /F1 12 Tf 2 5 Td (Draft) Tj ET\nendstream\nendobj";
    assert_eq!(words("/Annots [7 0 R]", b"", "", form), ["Draft"]);
}

#[test]
fn what_a_widget_cuts_off_is_read() {
    let field = "7 0 obj\n<< /Type /Annot /Subtype /Widget /FT /Tx /V (Hub opens at nine) /Rect [20 20 60 40] /AP << /N 8 0 R >> >>\nendobj\n\
        8 0 obj\n<< /Subtype /Form /BBox [0 0 40 20] /Resources << /Font << /F1 5 0 R >> >> /Length 45 >>\nstream\n\
        BT /F1 12 Tf 2 5 Td (Hub opens at nine) Tj ET\nendstream\nendobj";
    assert_eq!(words("/Annots [7 0 R]", b"", "", field), ["Hub", "opens", "at", "nine"]);
}

#[test]
fn narrow_spaces_end_words_though_none_is_printed() {
    let content = b"BT /F1 12 Tf 20 100 Td [(home) -115 (first) 40 (ly)] TJ ET";
    assert_eq!(words("", content, "", ""), ["home", "firstly"]);
}

#[test]
fn letters_spaced_for_show_are_a_word_and_those_of_a_grid_are_not() {
    assert_eq!(words("", b"BT /F1 12 Tf 20 100 Td (P l a n) Tj ET", "", ""), ["Plan"]);
    assert_eq!(words("", b"BT /F1 12 Tf 20 100 Td (X X X X) Tj ET", "", ""), ["X", "X", "X", "X"]);
    let grid = b"BT /F1 12 Tf 20 100 Td (W) Tj 14 0 Td (i) Tj 14 0 Td (l) Tj 14 0 Td (m) Tj 14 0 Td (a) Tj ET";
    assert_eq!(words("", grid, "", ""), ["W", "i", "l", "m", "a"]);
}

#[test]
fn words_of_two_tagged_cells_are_two_however_close_they_stand() {
    let content = b"BT /F1 12 Tf 20 100 Td /TD << /MCID 0 >> BDC (Done) Tj EMC /TD << /MCID 1 >> BDC (Not) Tj EMC \
        /TD << /MCID 2 >> BDC ( y) Tj EMC /TD << /MCID 3 >> BDC (et) Tj EMC ET";
    let tags = |first: &str, second: &str| {
        let tree = format!(
            "7 0 obj\n<< /Type /StructTreeRoot /K 8 0 R >>\nendobj\n8 0 obj\n<< /S /Table /P 7 0 R /K 9 0 R >>\nendobj\n\
             9 0 obj\n<< /S /TR /P 8 0 R /K [10 0 R 11 0 R] >>\nendobj\n\
             10 0 obj\n<< /S /TD /P 9 0 R /Pg 3 0 R /K [{first}] >>\nendobj\n\
             11 0 obj\n<< /S /TD /P 9 0 R /Pg 3 0 R /K [{second}] >>\nendobj"
        );
        words("/StructParents 0", content, "", &tree)
    };
    assert_eq!(tags("0", "1 2 3"), ["Done", "Not", "yet"]);
    assert_eq!(tags("0 1 2 3", ""), ["DoneNot", "yet"]);
}

#[test]
fn drawn_letters_with_numbers_for_names_say_their_codes() {
    let font = "7 0 obj\n<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /FirstChar 233 /LastChar 233\n\
        /Widths [1] /Encoding << /Differences [233 /a233] >> /CharProcs << /a233 8 0 R >> >>\nendobj\n\
        8 0 obj\n<< /Length 10 >>\nstream\n1 0 d0 f  \nendstream\nendobj";
    assert_eq!(words("", b"BT /F2 12 Tf 20 100 Td <E9> Tj ET", "", font), ["\u{e9}"]);
}

#[test]
fn codes_are_characters_where_only_those_of_letters_have_widths() {
    let font = |widths: &str| {
        format!(
            "7 0 obj\n<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+Odd /Encoding /Identity-H /DescendantFonts [8 0 R] >>\nendobj\n\
             8 0 obj\n<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+Odd /DW 600 /W [{widths}] /CIDToGIDMap 9 0 R\n\
             /FontDescriptor << /Type /FontDescriptor /FontName /ABCDEF+Odd /Flags 32 /FontFile2 9 0 R >>\n\
             /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>\nendobj\n\
             9 0 obj\n<< /Length 2 >>\nstream\n\0\0\nendstream\nendobj"
        )
    };
    let content = b"BT /F2 12 Tf 20 100 Td <0050006C0061006E> Tj ET";
    assert_eq!(words("", content, "", &font("80 [600] 97 110 600")), ["Plan"]);
    assert_ne!(words("", content, "", &font("1 [600 600] 97 110 600")), ["Plan"]);
    assert_ne!(words("", content, "", &font("51 [600] 68 93 600")), ["Plan"], "numbers of glyphs");
}

#[test]
fn letters_of_a_narrow_face_follow_each_other_closely() {
    assert_eq!(words("", b"BT /F1 12 Tf 40 Tz 20 100 Td (will) Tj ET", "", ""), ["will"]);
}

#[test]
fn a_document_that_lost_its_content_s_place_is_searched_for_it() {
    let page = |table: &str| {
        format!(
            "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
             3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Annots [7 0 R]\n\
             /Resources << /Font << /F1 5 0 R >> >> >>\nendobj\n5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n\
             7 0 obj\n<< /Type /Annot /Subtype /Widget /FT /Tx /V (Lead) /Rect [20 20 60 40] >>\nendobj\n\
             4 0 obj\n<< /Length 35 >>\nstream\nBT /F1 12 Tf 20 100 Td (Plan) Tj ET\nendstream\nendobj\n{table}"
        )
    };
    let file = page("");
    let at = |number: u32| file.find(&format!("\n{number} 0 obj")).map_or(0, |at| at + 1);
    let entry = |number: u32| {
        if [4, 6].contains(&number) { "0000000000 65535 f \n".to_owned() } else { format!("{:010} 00000 n \n", at(number)) }
    };
    let entries: String = (1..8).map(entry).collect();
    let start = file.len();
    let table =
        format!("xref\n0 8\n0000000000 65535 f \n{entries}trailer\n<< /Root 1 0 R /Size 8 >>\nstartxref\n{start}\n%%EOF\n");
    let source = read(page(&table).as_bytes(), &Options::default(), None).expect("it has words");
    let found: Vec<&str> = source.pages.iter().flat_map(|page| &page.words).map(|word| word.text.as_str()).collect();
    assert_eq!(found, ["Plan", "Lead"]);
}
