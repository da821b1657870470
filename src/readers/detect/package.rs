//! Which kind of document a package is: what a ZIP file or an OLE compound file holds.

use std::io::Cursor;

use cfb::CompoundFile;

use crate::model::source::Format;
use crate::readers::error::ReadError;
use crate::readers::limits::Limits;
use crate::readers::package::Package;

/// Opens every OLE compound file (MS-CFB 2.2).
pub(in crate::readers) const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// What a package holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::readers) enum Kind {
    /// Office Open XML.
    Xlsx,
    Xlsm,
    Xlsb,
    Docx,
    Docm,
    Pptx,
    /// OpenDocument.
    Ods,
    Odt,
    Odp,
    /// Formats of Office 2003 and before.
    Xls,
    Doc,
    Ppt,
    /// Office Open XML that a password protects, in an OLE compound file.
    Protected,
    /// OpenDocument that a password protects.
    ProtectedOds,
    ProtectedOdt,
    /// ZIP without a document that is known.
    Archive,
    /// OLE compound file without a document that is known.
    Compound,
    /// OLE compound file that cannot be opened and whose bytes do not tell what it was.
    Broken,
}

/// What the package holds; `None` where the bytes are no package.
pub(in crate::readers) fn inspect(bytes: &[u8]) -> Option<Kind> {
    if [b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"].iter().any(|mark| bytes.starts_with(*mark)) {
        return Some(zipped(bytes));
    }
    bytes.starts_with(OLE).then(|| compound(bytes))
}

impl Kind {
    /// The format that a reader takes it as. `extension` tells what a protected document is before it is opened.
    pub(super) fn format(self, extension: &str) -> Result<Format, ReadError> {
        let unsupported = |what, remedy| Err(ReadError::Unsupported { what, remedy });
        match self {
            Self::Xlsx => Ok(Format::Xlsx),
            Self::Xlsm => Ok(Format::Xlsm),
            Self::Xlsb => Ok(Format::Xlsb),
            Self::Xls => Ok(Format::Xls),
            Self::Ods | Self::ProtectedOds => Ok(Format::Ods),
            Self::Docx => Ok(Format::Docx),
            Self::Docm => Ok(Format::Docm),
            Self::Doc => Ok(Format::Doc),
            Self::Odt | Self::ProtectedOdt => Ok(Format::Odt),
            Self::Pptx => Ok(Format::Pptx),
            Self::Ppt => unsupported("a PowerPoint presentation", REMEDY_OFFICE),
            Self::Odp => unsupported("a presentation (OpenDocument)", REMEDY_OFFICE),
            Self::Protected => match extension {
                "xlsm" | "xltm" => Ok(Format::Xlsm),
                "xlsb" => Ok(Format::Xlsb),
                "docx" | "dotx" => Ok(Format::Docx),
                "docm" | "dotm" => Ok(Format::Docm),
                "pptx" | "pptm" | "ppsx" => Ok(Format::Pptx),
                _ => Ok(Format::Xlsx),
            },
            Self::Archive => unsupported("an archive (ZIP)", "unpack it and send what it holds"),
            Self::Compound => unsupported("an OLE compound file of an unknown kind", REMEDY_OFFICE),
            Self::Broken => Err(ReadError::Damaged {
                what: "the OLE compound file".to_owned(),
                detail: "neither its tables nor its directory can be read".to_owned(),
            }),
        }
    }
}

const REMEDY_OFFICE: &str = "save it as CSV, HTML or plain text";

/// Bytes of a part that are looked at.
const OPENING: u64 = 256 * 1024;

/// Content types of main parts (ECMA-376 part 1, 12.2 and MS-OE376) and what they tell, more telling ones first.
const CONTENT_TYPES: [(&str, Kind); 13] = [
    ("ms-excel.sheet.binary.macroenabled.main", Kind::Xlsb),
    ("ms-excel.sheet.macroenabled.main", Kind::Xlsm),
    ("ms-excel.template.macroenabled.main", Kind::Xlsm),
    ("spreadsheetml.sheet.main", Kind::Xlsx),
    ("spreadsheetml.template.main", Kind::Xlsx),
    ("ms-word.document.macroenabled", Kind::Docm),
    ("ms-word.template.macroenabledtemplate", Kind::Docm),
    ("wordprocessingml.document.main", Kind::Docx),
    ("wordprocessingml.template.main", Kind::Docx),
    ("presentationml.presentation.main", Kind::Pptx),
    ("presentationml.slideshow.main", Kind::Pptx),
    ("presentationml.template.main", Kind::Pptx),
    ("ms-powerpoint.presentation.macroenabled.main", Kind::Pptx),
];

/// Main parts, for packages whose content types say nothing.
const MAIN_PARTS: [(&str, Kind); 4] = [
    ("xl/workbook.xml", Kind::Xlsx),
    ("xl/workbook.bin", Kind::Xlsb),
    ("word/document.xml", Kind::Docx),
    ("ppt/presentation.xml", Kind::Pptx),
];

fn zipped(bytes: &[u8]) -> Kind {
    let Ok(mut package) = Package::open(bytes, &Limits::default()) else { return torn(bytes) };
    if let Some(mime) = package.opening("mimetype", OPENING)
        && let Some(kind) = open_document(&mime)
    {
        let manifest = package.opening("META-INF/manifest.xml", OPENING).unwrap_or_default();
        return match kind {
            Kind::Ods if manifest.contains("encryption-data") => Kind::ProtectedOds,
            Kind::Odt if manifest.contains("encryption-data") => Kind::ProtectedOdt,
            kind => kind,
        };
    }
    let types = package.opening("[Content_Types].xml", OPENING).unwrap_or_default().to_ascii_lowercase();
    let by_type = CONTENT_TYPES.iter().find(|(name, _)| types.contains(name));
    let by_part = || MAIN_PARTS.iter().find(|(name, _)| package.holds(name));
    if let Some((_, kind)) = by_type.or_else(by_part) {
        return *kind;
    }
    let manifest = package.opening("META-INF/manifest.xml", OPENING).unwrap_or_default();
    open_document(&manifest).unwrap_or(Kind::Archive)
}

/// The kind that an OpenDocument media type names (OpenDocument 1.3 part 2, appendix C).
fn open_document(mime: &str) -> Option<Kind> {
    let kind = mime.split("vnd.oasis.opendocument.").nth(1)?;
    let kinds = [("spreadsheet", Kind::Ods), ("text", Kind::Odt), ("presentation", Kind::Odp)];
    kinds.iter().find(|(name, _)| kind.starts_with(name)).map(|(_, kind)| *kind)
}

/// A package without a directory, as a download that broke off leaves it: what its first parts are called tells what it was
/// meant to be, and its reader tells what is wrong.
fn torn(bytes: &[u8]) -> Kind {
    const REACH: usize = 16 * 1024;
    let head = bytes.get(..REACH).unwrap_or(bytes);
    let holds = |mark: &str| memchr::memmem::find(head, mark.as_bytes()).is_some();
    let kinds = [
        ("opendocument.spreadsheet", Kind::Ods),
        ("opendocument.text", Kind::Odt),
        ("opendocument.presentation", Kind::Odp),
        ("xl/", Kind::Xlsx),
        ("word/", Kind::Docx),
        ("ppt/", Kind::Pptx),
    ];
    kinds.iter().find(|(mark, _)| holds(mark)).map_or(Kind::Archive, |(_, kind)| *kind)
}

/// Streams at the root of a compound file and what they tell. A protected package has no other; a workbook may lie in a Word
/// document only below the root.
const STREAMS: [(&str, Kind); 5] = [
    ("EncryptedPackage", Kind::Protected),
    ("WordDocument", Kind::Doc),
    ("PowerPoint Document", Kind::Ppt),
    ("Workbook", Kind::Xls),
    ("Book", Kind::Xls),
];

fn compound(bytes: &[u8]) -> Kind {
    let Ok(file) = CompoundFile::open(Cursor::new(bytes)) else { return broken_compound(bytes) };
    let names: Vec<String> = file.read_root_storage().map(|entry| entry.name().to_ascii_lowercase()).collect();
    let found = STREAMS.iter().find(|(name, _)| names.iter().any(|found| found == &name.to_ascii_lowercase()));
    found.map_or(Kind::Compound, |(_, kind)| *kind)
}

/// A compound file whose tables are broken: the names in its directory, entries of 128 bytes (MS-CFB 2.6.1).
fn broken_compound(bytes: &[u8]) -> Kind {
    const ENTRY: usize = 128;
    let names: Vec<&[u8]> = bytes.chunks_exact(ENTRY).filter_map(|entry| entry.get(..64)).collect();
    let holds = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        names.iter().any(|found| found.starts_with(&wide))
    };
    STREAMS.iter().find(|(name, _)| holds(name)).map_or(Kind::Broken, |(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::package::tests::packed;

    fn types(name: &str) -> Vec<u8> {
        format!("<Types><Override PartName=\"/a\" ContentType=\"application/{name}+xml\"/></Types>").into_bytes()
    }

    #[test]
    fn packages_are_told_by_what_they_hold() {
        let cases = [
            ("vnd.openxmlformats-officedocument.spreadsheetml.sheet.main", Kind::Xlsx),
            ("vnd.ms-excel.sheet.macroEnabled.main", Kind::Xlsm),
            ("vnd.ms-excel.sheet.binary.macroEnabled.main", Kind::Xlsb),
            ("vnd.openxmlformats-officedocument.wordprocessingml.document.main", Kind::Docx),
            ("vnd.openxmlformats-officedocument.presentationml.presentation.main", Kind::Pptx),
            ("octet-stream", Kind::Archive),
        ];
        for (name, kind) in cases {
            assert_eq!(inspect(&packed(&[("[Content_Types].xml", &types(name))])), Some(kind), "{name}");
        }
        assert_eq!(inspect(&packed(&[("xl/workbook.xml", b"")])), Some(Kind::Xlsx));
        assert_eq!(inspect(&packed(&[("mimetype", b"application/vnd.oasis.opendocument.text")])), Some(Kind::Odt));
        let protected: [(&str, &[u8]); 2] = [
            ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
            ("META-INF/manifest.xml", b"<manifest:encryption-data/>"),
        ];
        assert_eq!(inspect(&packed(&protected)), Some(Kind::ProtectedOds));
        assert_eq!(inspect(b"PK\x03\x04......xl/workbook.xml"), Some(Kind::Xlsx));
        assert_eq!(inspect(b"Ref\tAction\n"), None);
    }

    #[test]
    fn compound_files_are_told_by_their_streams() {
        for (name, kind) in STREAMS {
            let mut file = CompoundFile::create(Cursor::new(Vec::new())).expect("a compound file");
            file.create_stream(format!("/{name}")).expect("a stream");
            file.create_storage("/ObjectPool").expect("a storage");
            file.create_stream("/ObjectPool/Workbook").expect("a stream");
            let mut bytes = file.into_inner().into_inner();
            assert_eq!(inspect(&bytes), Some(kind), "{name}");
            bytes.truncate(512 * 4);
            assert!(inspect(&bytes).is_some());
        }
        assert_eq!(inspect(&[OLE, &[0xff; 1024]].concat()), Some(Kind::Broken));
    }
}
