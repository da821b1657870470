use super::*;
use crate::model::document::ErrorKind;

fn is(bytes: &[u8], name: &str, expected: Format) {
    assert_eq!(detect(bytes, name), Ok(expected), "{name}");
}

fn is_not_text(bytes: &[u8], part: &str) {
    let error = detect(bytes, "a.txt").err();
    assert_eq!(error.as_ref().map(ReadError::kind), Some(ErrorKind::Unsupported), "{part}");
    let message = error.map(|error| error.to_string()).unwrap_or_default();
    assert!(message.contains(part), "{message}");
}

#[test]
fn content_outranks_the_name() {
    is(b"<!DOCTYPE html><p>x</p>", "a.csv", Format::Html);
    is(b"<table><tr><td>1</td></tr></table>", "a.xls", Format::Html);
    is(b"\x09\0\x04\0\x02\0\x10\0\x0A\0\0\0", "a.txt", Format::Xls);
    is(b"Ref\tAction\n1\tPlan\n", "a.csv", Format::Tsv);
    is(b"Ref;Action\n1;Plan\n", "a.tsv", Format::Csv);
    is(b"| a | b |\n|---|---|\n| 1 | 2 |\n", "a.txt", Format::Markdown);
    is(b"Plan\n\n<table>\n\t<tr><td>1</td></tr>\n</table>\n", "a.txt", Format::Markdown);
    is(b"Ref;Action;Lead\n1;Plan;A\n2;Do;B\n", "a.txt", Format::Csv);
}

#[test]
fn the_name_decides_what_content_leaves_open() {
    is(b"# Plan\n\n- one\n", "a.md", Format::Markdown);
    is(b"# Plan\n\n- one\n", "a.txt", Format::Text);
    is(b"Ref,Action\n1,Plan\n", "a.csv", Format::Csv);
    is(b"Ref\tAction\n1\tPlan\n", "a.txt", Format::Text);
    is(b"Ref\tAction\n1\tPlan\n", "a.tsv", Format::Tsv);
    is(b"plan <b>x</b>", "a.html", Format::Html);
}

#[test]
fn prose_is_no_table() {
    is(b"We met, talked, and left.\nThen we ate, drank, and slept.\nAll was well, calm, and good.\n", "a.txt", Format::Text);
    is(b"one\ntwo; three\nfour\n", "notes", Format::Text);
}

#[test]
fn tabbed_text_with_certain_quotes_is_tsv() {
    is(b"Ref\tAction\n1\t\"Plan\nand do\"\n", "a.txt", Format::Tsv);
    is(b"Ref\tAction\n1\t\"Plan, do\"\n", "a.txt", Format::Tsv);
    is(b"Ref\tAction\n1\t\"Plan, do\"\n2\tDo, then\n", "a.txt", Format::Text);
    is(b"Ref\tAction\n1\tan \"Adult\" plan\n2\t\"pull\"\n", "a.txt", Format::Text);
    let utf16: Vec<u8> = "\u{feff}Ref\tAction\r\n1\tPlan\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    is(&utf16, "a.csv", Format::Tsv);
}

#[test]
fn other_kinds_are_named() {
    is(b"PK\x03\x04......word/document.xml", "a.doc", Format::Docx);
    assert_eq!(detect(b"%PDF-1.7\n", "plan.txt"), Ok(Format::Pdf));
    is(b"\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\nstartxref\n9\n%%EOF\n", "plan.pdf", Format::Pdf);
    is(b"PK\x03\x04......word/document.xml", "a.doc", Format::Docx);
    is_not_text(b"PK\x03\x04......notes.txt", "ZIP");
    let broken = detect(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....", "a.xls").map_err(|error| error.kind());
    assert_eq!(broken, Err(ErrorKind::Unreadable));
    is(b"{\\rtf1\\ansi", "a.doc", Format::Rtf);
    is_not_text(b"\x89PNG\r\n\x1A\n", "PNG");
    is_not_text(b"\x1F\x8B\x08", "gzip");
    is_not_text(&[[b'a'; 257].as_slice(), b"ustar\0"].concat(), "tar");
    is_not_text(b"<?xml version='1.0'?><a/>", "XML");
    is_not_text(b"a\0\0\x01b\0\x02\0\0\x07", "binary");
}

#[test]
fn nothing_is_empty() {
    assert_eq!(detect(b"", "a.txt"), Err(ReadError::Empty));
    assert_eq!(detect(b" \r\n\t\n", "a.csv"), Err(ReadError::Empty));
    assert_eq!(detect(b"\xEF\xBB\xBF\n", "a.csv"), Err(ReadError::Empty));
}
