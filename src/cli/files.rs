//! Files and streams of the command line: what is read for it, and where results are printed.

use std::ffi::OsStr;
use std::fs::File;
use std::io;
use std::io::BufWriter;
use std::io::Read;
use std::io::StdoutLock;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use anstream::AutoStream;
use anyhow::Context;
use anyhow::bail;

use super::settings::is_stdin;

/// Writes of this many bytes reach standard output at once.
const BUFFER_BYTES: usize = 64 * 1024;

/// The paths that stand in `list` (`-` for standard input), one a line or with a NUL after each. Blank entries name nothing.
pub(super) fn list(list: &Path, null: bool) -> anyhow::Result<Vec<PathBuf>> {
    let mut bytes = Vec::new();
    let read = if is_stdin(list) {
        io::stdin().lock().read_to_end(&mut bytes)
    } else {
        File::open(list).and_then(|mut file| file.read_to_end(&mut bytes))
    };
    read.with_context(|| format!("cannot read the list {}", list.display()))?;
    if !null && bytes.contains(&0) {
        bail!("the list {} has a NUL after each input, as find -print0 writes it; say so with -0", list.display());
    }
    let separator = if null { 0 } else { b'\n' };
    let entries = bytes.split(|byte| *byte == separator);
    let entries = entries.map(|entry| if null { entry } else { entry.strip_suffix(b"\r").unwrap_or(entry) });
    Ok(entries.filter(|entry| !entry.trim_ascii().is_empty()).map(path).collect())
}

/// A path from the bytes of a list: as they are where the system's paths are bytes, as UTF-8 elsewhere.
fn path(bytes: &[u8]) -> PathBuf {
    #[cfg(unix)]
    let path = <OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(bytes);
    #[cfg(not(unix))]
    let text = String::from_utf8_lossy(bytes);
    #[cfg(not(unix))]
    let path = OsStr::new(text.as_ref());
    PathBuf::from(path)
}

/// All of `reader`, but at most one byte more than `max_bytes`: enough to see that it is too large.
pub(super) fn read_limited(reader: impl Read, max_bytes: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(max_bytes.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Standard output for data.
pub(super) fn stdout() -> BufWriter<StdoutLock<'static>> {
    BufWriter::with_capacity(BUFFER_BYTES, io::stdout().lock())
}

/// Standard output for people: styles are taken out where it is no terminal.
pub(super) fn styled_stdout() -> BufWriter<AutoStream<StdoutLock<'static>>> {
    BufWriter::with_capacity(BUFFER_BYTES, anstream::stdout().lock())
}

/// Prints a text whole.
pub(super) fn print(text: &[u8]) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text)?;
    out.flush()?;
    Ok(())
}
