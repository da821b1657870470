use std::io::Write;

use rawzip::CompressionMethod;
use rawzip::ZipArchiveWriter;

use super::members::on_thread;
use super::unpack::Archive;
use super::*;

const LIMITS: ArchiveLimits = ArchiveLimits { max_bytes: 64 << 20, max_total: 256 << 20, max_members: 100, max_depth: 2 };

/// An archive of `files`, packed.
fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipArchiveWriter::new(Vec::new());
    for (name, bytes) in files {
        let (mut entry, config) = writer
            .new_file(rawzip::path::EntryPath::verbatim(name.as_bytes()))
            .compression_method(CompressionMethod::DEFLATE)
            .start()
            .expect("an entry");
        let encoder = flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::default());
        let mut data = config.wrap(encoder);
        data.write_all(bytes).expect("memory");
        let (encoder, descriptor) = data.finish().expect("memory");
        encoder.finish().expect("memory");
        entry.finish(descriptor).expect("memory");
    }
    writer.finish().expect("memory")
}

fn listed(bytes: Vec<u8>) -> Vec<Result<Member, Stopped>> {
    on_thread(Archive::Bytes(bytes), "returns.zip".to_owned(), LIMITS).collect()
}

/// Names and what became of them.
fn told(bytes: Vec<u8>) -> Vec<(String, String)> {
    let what = |content: &Content| match content {
        Content::Document(bytes) => format!("{} bytes", bytes.len()),
        Content::Skipped => "skipped".to_owned(),
        Content::Lost { kind, .. } => format!("{kind:?}"),
    };
    let lines = listed(bytes).into_iter().map(|member| match member {
        Ok(member) => (member.name.clone(), what(&member.content)),
        Err(stopped) => (String::new(), format!("{stopped:?}").split(['(', ' ']).next().unwrap_or_default().to_owned()),
    });
    lines.collect()
}

fn row(name: &str, what: &str) -> (String, String) {
    (name.to_owned(), what.to_owned())
}

#[test]
fn members_come_by_name_and_all_of_them() {
    let inner = zip(&[("b.csv", b"bb"), ("a.csv", b"a")]);
    let bytes = zip(&[("z.txt", b"zzz"), ("in/ner.zip", &inner), ("in/", b""), ("__MACOSX/._z.txt", b"x"), ("z.txt", b"again")]);
    assert_eq!(
        told(bytes),
        [
            row("__MACOSX/._z.txt", "skipped"),
            row("in/ner.zip/a.csv", "1 bytes"),
            row("in/ner.zip/b.csv", "2 bytes"),
            row("z.txt", "3 bytes"),
            row("z.txt", "5 bytes"),
        ]
    );
}

#[test]
fn packages_are_documents() {
    let package = zip(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>")]);
    let size = format!("{} bytes", package.len());
    assert_eq!(told(zip(&[("a.bin", &package), ("b.xlsx", &package)])), [row("a.bin", &size), row("b.xlsx", &size)]);
    assert_eq!(listed(package), [Err(Stopped::IsDocument)]);
}

#[test]
fn archives_lie_only_so_deep_in_each_other() {
    let one = zip(&[("a.txt", b"a")]);
    let three = zip(&[("two.zip", &zip(&[("one.zip", &one)]))]);
    assert_eq!(told(three), [row("two.zip/one.zip", "TooLarge")]);
}

#[test]
fn a_bomb_is_not_unpacked() {
    let zeros = vec![0_u8; 40 << 20];
    assert_eq!(told(zip(&[("a.csv", b"a"), ("bomb.csv", &zeros)])), [row("a.csv", "1 bytes"), row("bomb.csv", "TooLarge")]);
}

#[test]
fn all_of_an_archive_together_has_its_limit_and_a_large_one_a_larger() {
    let limits = ArchiveLimits { max_total: 1 << 10, ..LIMITS };
    let told = |bytes: Vec<u8>| -> Vec<bool> {
        let members = on_thread(Archive::Bytes(bytes), "returns.zip".to_owned(), limits);
        members.map(|member| matches!(member, Ok(Member { content: Content::Document(_), .. }))).collect()
    };
    let words = "The ward agrees a date of discharge with each family. ".repeat(2000);
    assert_eq!(told(zip(&[("a.txt", words.as_bytes())])), [false]);
    // Noise is not packed: the archive is as large as what it holds.
    let mut state = 1_u64;
    let mut step = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state.to_be_bytes()[0]
    };
    let noise: Vec<u8> = (0..20_000).map(|_| step()).collect();
    assert_eq!(told(zip(&[("a.txt", words.as_bytes()), ("noise.bin", &noise)])), [true, true]);
}

#[test]
fn too_many_members_are_refused() {
    let names: Vec<String> = (0..101).map(|number| format!("{number}.txt")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"x".as_slice())).collect();
    assert_eq!(told(zip(&files)), [row("", "Lost")]);
}

#[test]
fn damage_is_said_where_it_is() {
    let mut bytes = zip(&[("a.txt", b"some words that are packed"), ("b.txt", b"others")]);
    let at = bytes.windows(5).position(|window| window == b"a.txt").expect("the name") + 10;
    bytes[at] ^= 0x55;
    assert_eq!(told(bytes)[0], row("a.txt", "Unreadable"));
    assert!(matches!(
        listed(b"PK\x03\x04 and no directory".to_vec())[..],
        [Err(Stopped::Lost { kind: ErrorKind::Unreadable, .. })]
    ));
}

#[test]
fn passwords_are_reported() {
    let mut bytes = zip(&[("a.txt", b"words")]);
    // The flags of the local header, and those of the directory, whose signature is PK 1 2.
    let directory = bytes.windows(4).position(|window| window == b"PK\x01\x02").expect("a directory");
    bytes[6] |= 1;
    bytes[directory + 8] |= 1;
    assert_eq!(told(bytes), [row("a.txt", "Encrypted")]);
}

#[test]
fn links_are_no_documents() {
    let mut bytes = zip(&[("a.txt", b"/etc/passwd"), ("b.txt", b"words")]);
    let directory = bytes.windows(4).position(|window| window == b"PK\x01\x02").expect("a directory");
    // Made on Unix (3), and a symbolic link by its mode (APPNOTE.TXT, 4.4.2 and 4.4.15).
    bytes[directory + 5] = 3;
    bytes[directory + 38..directory + 42].copy_from_slice(&(0o120_777_u32 << 16).to_le_bytes());
    assert_eq!(told(bytes), [row("a.txt", "skipped"), row("b.txt", "5 bytes")]);
}

#[test]
fn an_archive_says_how_many_files_it_has() {
    let folder = tempfile::tempdir().expect("a folder");
    let stated = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("a file");
        stated_members(&path)
    };
    let three = zip(&[("a.txt", b"a"), ("b/", b""), ("b/c.txt", b"c")]);
    assert_eq!(stated("returns.ZIP", &three), Some(3));
    assert_eq!(stated("plan.xlsx", &three), None);
    assert_eq!(stated("cut.zip", &three[..three.len() - 12]), None);
    assert_eq!(stated("text.zip", b"a plan"), None);
    let names: Vec<String> = (0..70_000).map(|number| format!("{number}.txt")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    assert_eq!(stated("many.zip", &zip(&files)), Some(70_000));
}

#[test]
fn what_may_be_an_archive_is_told_by_signature_and_name() {
    assert!(may_be_archive(b"PK\x03\x04", "returns.zip") && may_be_archive(b"PK\x05\x06", "returns"));
    assert!(!may_be_archive(b"PK\x03\x04", "plan.XLSX") && !may_be_archive(b"Plan", "plan.zip"));
}
