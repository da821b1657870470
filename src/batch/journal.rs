//! What is known of documents from earlier runs into a folder: a database file with, for each, where its lines stand.
//!
//! The lines themselves are in the three files, finished (`published`) or not (`current`). A run adds the rows of a hundred
//! documents, or of a second, at once. Nothing is synced to the disk for that: a checksum tells whether the lines that a row
//! points to are still there, and where they are not the document is converted again.

use std::path::Path;
use std::time::Duration;
use std::time::Instant;

use rusqlite::Connection;
use rusqlite::OptionalExtension;
use rusqlite::Row;
use rusqlite::params;

/// Version of the tables; another one is not read.
const VERSION: i64 = 2;

/// Documents, and time, after which rows are committed.
const COMMIT_DOCUMENTS: u32 = 100;
const COMMIT_TIME: Duration = Duration::from_secs(1);

/// The run of documents that stand in no list; runs count from 1.
const NO_RUN: i64 = 0;

const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS state (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        fingerprint BLOB NOT NULL,  -- program and options: rows of another one count for nothing
        limits BLOB NOT NULL,       -- limits on a document
        run INTEGER NOT NULL,       -- number of the run
        published INTEGER NOT NULL, -- generation of the finished files
        current INTEGER NOT NULL,   -- generation of the files that are being written
        renaming TEXT               -- end of the names of the files that are about to get their final names
    );
    CREATE TABLE IF NOT EXISTS documents (
        key BLOB PRIMARY KEY,
        generation INTEGER NOT NULL,
        records_at INTEGER NOT NULL, records_bytes INTEGER NOT NULL,
        line_at INTEGER NOT NULL, line_bytes INTEGER NOT NULL,
        audit_at INTEGER NOT NULL, audit_bytes INTEGER NOT NULL,
        checksum INTEGER NOT NULL,
        retry INTEGER NOT NULL,     -- when a later run should try again, see Retry
        run INTEGER NOT NULL,       -- the last run in which it was in the list
        position INTEGER NOT NULL   -- and its place there
    ) WITHOUT ROWID;
    PRAGMA user_version = 2;
";

/// When a later run should try a document again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i64)]
pub(super) enum Retry {
    /// Never.
    Never = 0,
    /// The machine was busy, or the limits were too low: with other limits, and in any run after one that came to its end.
    Later = 1,
    /// Its pictures could not be read: once they can be.
    WhenReady = 2,
}

/// A part of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Extent {
    /// Where it begins, in bytes.
    pub(super) at: u64,
    /// Its length in bytes.
    pub(super) bytes: u64,
}

/// Where the lines of a document stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    /// The files: those of which run.
    pub(super) generation: i64,
    /// In the files of records, documents and audit lines.
    pub(super) extents: [Extent; 3],
    /// CRC-32 of all of it, in this order.
    pub(super) checksum: u32,
}

/// The journal of a folder.
#[derive(Debug)]
pub(super) struct Journal {
    connection: Connection,
    run: i64,
    /// Generation of the finished files.
    pub(super) published: i64,
    /// Generation of the files that are being written.
    pub(super) current: i64,
    /// End of the names of files whose renaming was cut short.
    pub(super) renaming: Option<String>,
    uncommitted: u32,
    committed: Instant,
}

type Result<T> = rusqlite::Result<T>;

impl Journal {
    /// Opens the journal at `path` for another run; what it knows of runs with another `fingerprint` is forgotten, and so are
    /// documents that are to be tried again. `is_ready` tells whether pictures can be read, and is asked only where one could
    /// not.
    pub(super) fn open(path: &Path, fingerprint: &[u8], limits: &[u8], is_ready: &dyn Fn() -> bool) -> Result<Self> {
        let connection = Connection::open(path)?;
        // One process at a time has the folder's lock, so no memory need be shared; this also works on network drives.
        connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
        connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if version != VERSION {
            connection.execute_batch("DROP TABLE IF EXISTS state; DROP TABLE IF EXISTS documents;")?;
        }
        connection.execute_batch(TABLES)?;
        let fresh = "INSERT OR IGNORE INTO state VALUES (1, ?1, ?2, 0, 0, 1, NULL)";
        connection.execute(fresh, [fingerprint, limits])?;
        connection.execute("UPDATE state SET run = run + 1", [])?;
        let other = |column: &str, value: &[u8]| {
            connection.query_row(&format!("SELECT {column} <> ?1 FROM state"), [value], |row| row.get::<_, bool>(0))
        };
        if other("fingerprint", fingerprint)? {
            connection.execute("DELETE FROM documents", [])?;
        }
        // A run that was cut short goes on without waiting once more for what has kept it waiting.
        let later = "DELETE FROM documents WHERE retry = ?1 AND (?2 OR generation <> (SELECT current FROM state))";
        connection.execute(later, params![Retry::Later as i64, other("limits", limits)?])?;
        let waits = "SELECT EXISTS (SELECT 1 FROM documents WHERE retry = ?1)";
        if connection.query_row(waits, [Retry::WhenReady as i64], |row| row.get(0))? && is_ready() {
            connection.execute("DELETE FROM documents WHERE retry = ?1", [Retry::WhenReady as i64])?;
        }
        connection.execute("UPDATE state SET fingerprint = ?1, limits = ?2", [fingerprint, limits])?;
        let state = "SELECT run, published, current, renaming FROM state";
        let (run, published, current, renaming) =
            connection.query_row(state, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        connection.execute_batch("BEGIN")?;
        Ok(Self { connection, run, published, current, renaming, uncommitted: 0, committed: Instant::now() })
    }

    /// Where the lines of the document known by `key` stand.
    pub(super) fn find(&self, key: &[u8]) -> Result<Option<Standing>> {
        let sql = "SELECT generation, records_at, records_bytes, line_at, line_bytes, audit_at, audit_bytes, checksum
                   FROM documents WHERE key = ?1";
        self.connection.prepare_cached(sql)?.query_row([key], standing).optional()
    }

    /// Remembers a document at `position` of the list; without one, it stands in no list until [`Self::touch`] says so.
    pub(super) fn add(&mut self, key: &[u8], standing: &Standing, retry: Retry, position: Option<u64>) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO documents VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
        let [records, line, audit] = standing.extents;
        self.connection.prepare_cached(sql)?.execute(params![
            key,
            standing.generation,
            signed(records.at),
            signed(records.bytes),
            signed(line.at),
            signed(line.bytes),
            signed(audit.at),
            signed(audit.bytes),
            standing.checksum,
            retry as i64,
            position.map_or(NO_RUN, |_| self.run),
            signed(position.unwrap_or(0)),
        ])?;
        self.uncommitted += 1;
        Ok(())
    }

    /// Says that a document that is known stands in this run's list too.
    pub(super) fn touch(&mut self, key: &[u8], position: u64) -> Result<()> {
        let sql = "UPDATE documents SET run = ?2, position = ?3 WHERE key = ?1";
        self.connection.prepare_cached(sql)?.execute(params![key, self.run, signed(position)])?;
        self.uncommitted += 1;
        Ok(())
    }

    /// Whether it is time to commit.
    pub(super) fn is_due(&self) -> bool {
        self.uncommitted >= COMMIT_DOCUMENTS || (self.uncommitted > 0 && self.committed.elapsed() >= COMMIT_TIME)
    }

    /// Commits; what the rows point to should have left this process by now.
    pub(super) fn commit(&mut self) -> Result<()> {
        self.connection.execute_batch("COMMIT; BEGIN")?;
        self.uncommitted = 0;
        self.committed = Instant::now();
        Ok(())
    }

    /// Forgets what does not lie within the first `lengths` bytes of the files that are being written, and gives the ends of
    /// what does.
    pub(super) fn ends_within(&mut self, lengths: [u64; 3]) -> Result<[u64; 3]> {
        let [records, line, audit] = lengths.map(signed);
        let beyond = "DELETE FROM documents WHERE generation = ?1 AND
                      (records_at + records_bytes > ?2 OR line_at + line_bytes > ?3 OR audit_at + audit_bytes > ?4)";
        self.connection.execute(beyond, params![self.current, records, line, audit])?;
        let sql = "SELECT coalesce(max(records_at + records_bytes), 0), coalesce(max(line_at + line_bytes), 0),
                    coalesce(max(audit_at + audit_bytes), 0) FROM documents WHERE generation = ?1";
        let ends = |row: &Row<'_>| Ok([unsigned(row.get(0)?), unsigned(row.get(1)?), unsigned(row.get(2)?)]);
        self.connection.query_row(sql, [self.current], ends)
    }

    /// Calls `each` with where the documents of this run stand, in the list's order.
    pub(super) fn in_order<E: From<rusqlite::Error>>(
        &self,
        mut each: impl FnMut(Standing) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let sql = "SELECT generation, records_at, records_bytes, line_at, line_bytes, audit_at, audit_bytes, checksum
                   FROM documents WHERE run = ?1 ORDER BY position";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([self.run])?;
        while let Some(row) = rows.next()? {
            each(standing(row)?)?;
        }
        Ok(())
    }

    /// Says that the documents of this run now stand one after the other in files of the current generation.
    pub(super) fn put_in_order(&mut self) -> Result<()> {
        self.connection.execute_batch(
            "CREATE TEMP TABLE moved AS SELECT key,
                sum(records_bytes) OVER before - records_bytes AS records_at,
                sum(line_bytes) OVER before - line_bytes AS line_at,
                sum(audit_bytes) OVER before - audit_bytes AS audit_at
             FROM documents WHERE run = (SELECT run FROM state)
             WINDOW before AS (ORDER BY position ROWS UNBOUNDED PRECEDING);
             UPDATE documents SET records_at = moved.records_at, line_at = moved.line_at, audit_at = moved.audit_at
             FROM moved WHERE moved.key = documents.key;
             DROP TABLE moved;",
        )
    }

    /// Says, durably, that the files of the current generation, whose names have this `end`, are about to get their final
    /// names. What was not in this run's list is forgotten.
    pub(super) fn renaming(&mut self, end: &str) -> Result<()> {
        self.connection.execute("DELETE FROM documents WHERE run <> ?1 OR generation <> ?2", [self.run, self.current])?;
        self.connection.execute("UPDATE state SET renaming = ?1", [end])?;
        self.connection.execute_batch("COMMIT; PRAGMA wal_checkpoint(TRUNCATE); BEGIN")?;
        self.renaming = Some(end.to_owned());
        Ok(())
    }

    /// Says that they have their names.
    pub(super) fn published(&mut self) -> Result<()> {
        self.connection.execute("UPDATE state SET published = current, current = current + 1, renaming = NULL", [])?;
        self.published = self.current;
        self.current += 1;
        self.renaming = None;
        self.commit()
    }
}

fn standing(row: &Row<'_>) -> Result<Standing> {
    let extent =
        |first: usize| -> Result<Extent> { Ok(Extent { at: unsigned(row.get(first)?), bytes: unsigned(row.get(first + 1)?) }) };
    Ok(Standing { generation: row.get(0)?, extents: [extent(1)?, extent(3)?, extent(5)?], checksum: row.get(7)? })
}

/// Integers of the database are signed; no file has 2^63 bytes.
fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(generation: i64, at: u64, bytes: u64) -> Standing {
        Standing { generation, extents: [Extent { at, bytes }; 3], checksum: 7 }
    }

    #[test]
    fn rows_are_kept_moved_and_forgotten() {
        let folder = tempfile::tempdir().expect("a folder");
        let open = || Journal::open(&folder.path().join("journal"), b"one", b"", &|| false).expect("a journal");
        let mut journal = open();
        assert_eq!((journal.published, journal.current), (0, 1));
        journal.add(b"a", &at(1, 0, 4), Retry::Never, Some(1)).expect("a row");
        journal.add(b"b", &at(1, 4, 6), Retry::Later, Some(0)).expect("a row");
        journal.add(b"c", &at(1, 10, 6), Retry::Never, Some(2)).expect("a row");
        assert_eq!(journal.ends_within([12; 3]).expect("ends"), [10; 3]);
        assert_eq!(journal.find(b"c").expect("no row"), None);
        journal.put_in_order().expect("order");
        assert_eq!(journal.find(b"b").expect("a row"), Some(at(1, 0, 6)));
        assert_eq!(journal.find(b"a").expect("a row"), Some(at(1, 6, 4)));
        journal.renaming("part").expect("a commit");
        journal.published().expect("a commit");
        assert_eq!((journal.published, journal.current), (1, 2));
        drop(journal);
        let journal = open();
        assert_eq!(journal.find(b"a").expect("a row"), Some(at(1, 6, 4)));
        assert_eq!(journal.find(b"b").expect("no row"), None);
    }

    #[test]
    fn what_failed_is_tried_again_when_something_may_have_changed() {
        let folder = tempfile::tempdir().expect("a folder");
        let open = |limits: &str, is_ready: bool| {
            Journal::open(&folder.path().join("journal"), b"one", limits.as_bytes(), &|| is_ready).expect("a journal")
        };
        let known =
            |journal: &Journal| ["sound", "slow", "scan"].map(|key| journal.find(key.as_bytes()).expect("an answer").is_some());
        let mut journal = open("60 s", false);
        journal.add(b"sound", &at(1, 0, 4), Retry::Never, Some(0)).expect("a row");
        journal.add(b"scan", &at(1, 4, 6), Retry::WhenReady, Some(1)).expect("a row");
        journal.add(b"slow", &at(1, 10, 6), Retry::Later, Some(2)).expect("a row");
        journal.commit().expect("a commit");
        drop(journal);
        // Cut short, a run goes on as it was.
        let mut journal = open("60 s", false);
        assert_eq!(known(&journal), [true, true, true]);
        assert_eq!(journal.ends_within([16; 3]).expect("ends"), [16; 3]);
        journal.commit().expect("a commit");
        drop(journal);
        let mut journal = open("90 s", true);
        assert_eq!(known(&journal), [true, false, false]);
        assert_eq!(journal.ends_within([16; 3]).expect("ends"), [4; 3]);
        journal.add(b"slow", &at(1, 4, 6), Retry::Later, Some(2)).expect("a row");
        journal.touch(b"sound", 0).expect("a row");
        journal.renaming("part").expect("a commit");
        journal.published().expect("a commit");
        drop(journal);
        // After its end, what failed is tried again.
        assert_eq!(known(&open("90 s", true)), [true, false, false]);
    }
}
