//! Names of documents, and which names are those of no document.

use std::ffi::OsStr;
use std::fmt::Write;
use std::path::Component;
use std::path::Path;

/// The path of a document under the folder that was asked for.
pub(super) fn under(root: &Path, path: &Path) -> String {
    slashed(path.strip_prefix(root).unwrap_or(path))
}

/// The name of a path as it was given; only its last part where it is absolute.
pub(super) fn given(path: &Path) -> String {
    let name = if path.is_absolute() { path.file_name().map(Path::new).map(slashed) } else { Some(slashed(path)) };
    name.filter(|name| !name.is_empty()).unwrap_or_else(|| ".".to_owned())
}

/// `path` with `/` between its parts, and nothing before the first. Bytes that are no text stand as `%FF`.
pub(in crate::batch) fn slashed(path: &Path) -> String {
    let mut name = String::new();
    for component in path.components() {
        let part: &OsStr = match component {
            Component::Normal(part) => part,
            Component::ParentDir => OsStr::new(".."),
            Component::CurDir | Component::RootDir | Component::Prefix(_) => continue,
        };
        if !name.is_empty() {
            name.push('/');
        }
        for chunk in part.as_encoded_bytes().utf8_chunks() {
            name.push_str(chunk.valid());
            for byte in chunk.invalid() {
                // Memory takes all.
                let _ = write!(name, "%{byte:02X}");
            }
        }
    }
    name
}

/// Whether `name` (a path with `/`) is that of a file that programs and desktops leave beside documents: owner files of
/// Microsoft Office (`~$…`) and LibreOffice (`.~lock.…#`), folder settings and previews of macOS and Windows, and the resource
/// forks that macOS writes to foreign disks and into archives.
pub(in crate::batch) fn is_system_name(name: &str) -> bool {
    let name = name.rsplit('/').next().unwrap_or(name);
    let known = [".DS_Store", "Thumbs.db", "desktop.ini"];
    name.starts_with("~$")
        || name.starts_with("._")
        || (name.starts_with(".~lock.") && name.ends_with('#'))
        || known.iter().any(|known| name.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_bears_its_path_as_given_but_never_an_absolute_one() {
        let given = |path: &str| given(Path::new(path));
        assert_eq!(given("returns/2017/a.txt"), "returns/2017/a.txt");
        assert_eq!(given("./a.txt"), "a.txt");
        assert_eq!(given("../a.txt"), "../a.txt");
        assert_eq!(given("."), ".");
        #[cfg(unix)]
        assert_eq!(given("/srv/returns/a.txt"), "a.txt");
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_no_text_stay_different() {
        use std::os::unix::ffi::OsStrExt;
        let name = |bytes: &[u8]| slashed(Path::new(OsStr::from_bytes(bytes)));
        assert_eq!(name(b"in/\xe9t\xe9.csv"), "in/%E9t%E9.csv");
        assert_eq!(name(b"in/\xe8t\xe8.csv"), "in/%E8t%E8.csv");
    }

    #[test]
    fn lock_and_system_files_are_known() {
        for name in ["~$plan.xlsx", "a/.DS_Store", "Thumbs.db", "thumbs.db", ".~lock.plan.ods#", "__MACOSX/._plan.csv"] {
            assert!(is_system_name(name), "{name}");
        }
        for name in ["plan~$.xlsx", "DS_Store", ".hidden.csv", "a.lock", "~$folder/plan.csv"] {
            assert!(!is_system_name(name), "{name}");
        }
    }
}
