//! Which of the documents with the same bytes comes first in the list.
//!
//! The first thousands stand in memory; more live in a temporary file of `SQLite`, which holds in memory only some pages of it: a run
//! over a million documents needs no more memory than one over ten thousand, and one over a few opens no file.

use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;

use rusqlite::Connection;
use rusqlite::OptionalExtension;
use rusqlite::params;
use rustc_hash::FxHashMap;

/// Pages that `SQLite` keeps in memory, in KiB: the digests of some ten thousand documents.
const CACHE_KIB: i64 = 512;

/// Claims that are kept in memory before a file is opened.
const IN_MEMORY: usize = 4_096;

/// The claims of a run's documents on their bytes.
#[derive(Default)]
pub(super) struct Claims(Mutex<Table>);

/// Half of a SHA-256, which is enough to tell documents apart.
type Key = [u8; 16];

enum Table {
    Memory(FxHashMap<Key, u64>),
    File(Connection),
}

impl Default for Table {
    fn default() -> Self {
        Self::Memory(FxHashMap::default())
    }
}

impl Claims {
    /// Says that the bytes of `digest` stand at `place` of the list; gives the first place, so far, at which they do.
    pub(super) fn claim(&self, digest: &[u8; 32], place: u64) -> rusqlite::Result<u64> {
        let mut table = self.table();
        match &mut *table {
            Table::Memory(claims) => {
                let first = claims.entry(key(digest)).or_insert(place);
                *first = place.min(*first);
                let first = *first;
                if claims.len() > IN_MEMORY {
                    let file = open()?;
                    claims.iter().try_for_each(|(key, place)| claim_in(&file, key, *place).map(drop))?;
                    *table = Table::File(file);
                }
                Ok(first)
            }
            Table::File(file) => claim_in(file, &key(digest), place),
        }
    }

    /// The first place, so far, of the bytes of `digest`.
    pub(super) fn first(&self, digest: &[u8; 32]) -> rusqlite::Result<Option<u64>> {
        match &*self.table() {
            Table::Memory(claims) => Ok(claims.get(&key(digest)).copied()),
            Table::File(file) => {
                let mut statement = file.prepare_cached("SELECT place FROM claims WHERE digest = ?1")?;
                let first: Option<i64> = statement.query_row([key(digest)], |row| row.get(0)).optional()?;
                Ok(first.map(|first| u64::try_from(first).unwrap_or(0)))
            }
        }
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An empty table in a file that has no name, and is gone when it is closed.
fn open() -> rusqlite::Result<Connection> {
    let connection = Connection::open("")?;
    connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
    connection.pragma_update_and_check(None, "journal_mode", "OFF", |_| Ok(()))?;
    connection.execute_batch("CREATE TABLE claims (digest BLOB PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID; BEGIN")?;
    Ok(connection)
}

/// As [`Claims::claim`], in a file.
fn claim_in(file: &Connection, key: &Key, place: u64) -> rusqlite::Result<u64> {
    let sql = "INSERT INTO claims VALUES (?1, ?2) ON CONFLICT (digest) DO UPDATE SET place = min(place, excluded.place)
               RETURNING place";
    // No list has 2^63 documents.
    let place = i64::try_from(place).unwrap_or(i64::MAX);
    let first: i64 = file.prepare_cached(sql)?.query_row(params![key, place], |row| row.get(0))?;
    Ok(u64::try_from(first).unwrap_or(0))
}

fn key(digest: &[u8; 32]) -> Key {
    *digest.first_chunk().unwrap_or(&[0; 16])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lowest_place_has_the_claim() {
        let claims = Claims::default();
        let (one, other) = ([1; 32], [2; 32]);
        assert_eq!(claims.first(&one).expect("an answer"), None);
        assert_eq!([7, 3, 5].map(|place| claims.claim(&one, place).expect("a claim")), [7, 3, 3]);
        assert_eq!(claims.claim(&other, 9).expect("a claim"), 9);
        assert_eq!(claims.first(&one).expect("an answer"), Some(3));
    }

    #[test]
    fn more_claims_than_memory_are_kept() {
        let claims = Claims::default();
        let digest = |number: u64| {
            let mut digest = [0; 32];
            digest[..8].copy_from_slice(&number.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
            digest
        };
        for number in 0..40_000 {
            claims.claim(&digest(number), number).expect("a claim");
        }
        assert!((0..40_000).step_by(997).all(|number| claims.first(&digest(number)).expect("an answer") == Some(number)));
    }
}
