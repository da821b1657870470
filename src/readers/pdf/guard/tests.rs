use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::*;

fn packed(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(data).expect("a vector takes all");
    encoder.finish().expect("a vector takes all")
}

fn document(dictionary: &str, data: &[u8]) -> Vec<u8> {
    let mut out = format!("%PDF-1.7\n4 0 obj\n<<{dictionary}>>stream\n").into_bytes();
    out.extend_from_slice(data);
    out.extend_from_slice(b"\nendstream\nendobj\n");
    out
}

fn limits() -> Limits {
    Limits { max_bytes: 1 << 20, ..Limits::default() }
}

#[test]
fn bombs_are_refused_whatever_they_are_packed_in() {
    let bomb = packed(&vec![0; 4 << 20]);
    let twice = packed(&bomb);
    let hex: Vec<u8> = twice.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect();
    for (filters, data) in [
        ("/Filter/FlateDecode", &bomb),
        ("/Filter [/FlateDecode /FlateDecode]", &twice),
        ("/Filter[/AHx/Fl/Fl]", &hex),
        ("/Type/ObjStm/Filter/FlateDecode", &bomb),
        ("/Filter/Flate#44ecode", &bomb),
    ] {
        let found = check(&document(filters, data), &limits());
        assert!(matches!(found, Err(ReadError::TooLarge { .. })), "{filters}: {found:?}");
    }
}

#[test]
fn what_fits_is_taken() {
    let fits = packed(&vec![7; 1 << 19]);
    assert_eq!(check(&document("/Filter/FlateDecode", &fits), &limits()), Ok(()));
    assert_eq!(check(&document("/Filter/FlateDecode", b"damaged"), &limits()), Ok(()));
}

#[test]
fn nesting_counts_outside_strings_only() {
    let deep = |open: &str| format!("%PDF-1.7\n1 0 obj\n{}", open.repeat(300));
    assert!(check(deep("[").as_bytes(), &limits()).is_err());
    assert!(check(deep("<</A ").as_bytes(), &limits()).is_err());
    assert_eq!(check(deep("[]<</A<>>>").as_bytes(), &limits()), Ok(()));
    assert_eq!(check(format!("({})", deep("[")).as_bytes(), &limits()), Ok(()));
    assert!(check(&document("/Type/ObjStm/Filter/FlateDecode", &packed(deep("[").as_bytes())), &limits()).is_err());
}

#[test]
fn lzw_is_followed() {
    // 256 clears, 65 65 65 at nine bits each, 257 ends.
    let raw = [0b1000_0000, 0b0001_0000, 0b0100_1000, 0b0010_0100, 0b0001_1000, 0b0000_1000];
    let Unpacked::Data(data) = unpack::unpack(&raw, &[Filter::Lzw], 100, true) else { panic!("it is small") };
    assert_eq!(data, b"AAA");
}
