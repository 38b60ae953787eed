//! The frame of a write: a transaction of its own, or a savepoint inside a rehearsal. A rehearsal runs true writes on the
//! true data and takes all of them back at the end, so that what it counts is what a real run would do.

use std::ops::Deref;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Savepoint};

use crate::store::request::StoreError;
use crate::store::turn::{self, Turn};
use crate::store::{Mode, Store, copy, process, session};

/// What a write stands in until it is kept.
pub enum Frame<'c> {
    /// A transaction of its own.
    Alone(Turn<'c>),
    /// A part of a rehearsal.
    Inside(Savepoint<'c>),
}

impl<'c> Frame<'c> {
    /// Opens a frame; given up unless it is kept.
    pub fn open(db: &'c mut Connection) -> rusqlite::Result<Self> {
        Ok(if db.is_autocommit() { Self::Alone(turn::begin(db)?) } else { Self::Inside(db.savepoint()?) })
    }

    /// Keeps what was written.
    pub fn commit(self) -> rusqlite::Result<()> {
        match self {
            Self::Alone(transaction) => transaction.commit(),
            Self::Inside(savepoint) => savepoint.commit(),
        }
    }
}

impl Deref for Frame<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        match self {
            Self::Alone(transaction) => transaction,
            Self::Inside(savepoint) => savepoint,
        }
    }
}

impl Store {
    /// The file, where somebody else has a session on it.
    fn shared(&self) -> Result<Option<PathBuf>, StoreError> {
        let Some(path) = self.db.path().filter(|path| !path.is_empty()).map(PathBuf::from) else {
            return Ok(None);
        };
        let own = std::process::id();
        let others = session::all(&self.db, None)?;
        let others = others.iter().any(|(_, p)| p.pid != own && process::lives(p.pid, p.began));
        Ok(others.then_some(path))
    }

    /// Does something and takes back whatever it wrote, as if it had never been. While others work in the same file it is
    /// done to a copy, because nobody could write until it is taken back. Undo and bulk edits inside a rehearsal are not
    /// foreseen.
    pub fn rehearse<T>(&mut self, what: impl FnOnce(&mut Self) -> T) -> Result<T, StoreError> {
        if let Some(path) = self.shared()? {
            return Ok(what(&mut copy(&self.db, &path)?));
        }
        let _head = turn::wait(&self.db);
        self.db.execute_batch("BEGIN IMMEDIATE")?;
        let result = what(self);
        self.db.execute_batch("ROLLBACK")?;
        Ok(result)
    }
}

/// A copy of a database that is gone with its store: it lies nowhere any more once it is open.
fn copy(db: &Connection, path: &Path) -> Result<Store, StoreError> {
    let copy = path.with_extension(format!("rehearsal-{}.db", std::process::id()));
    // left by a process of this number that was killed while it copied
    let _ = std::fs::remove_file(&copy);
    copy::copy(db, &copy)?;
    let store = Store::open(&copy, Mode::Existing);
    // without a log beside it, and without waiting for the disk: nobody will ever read it again
    let alone = store.and_then(|mut store| {
        // it is to lie nowhere: that is no file which somebody has put away
        drop(store.hold.take());
        store.db.pragma_update_and_check(None, "journal_mode", "MEMORY", |_| Ok(()))?;
        store.db.execute_batch("PRAGMA locking_mode=EXCLUSIVE; PRAGMA synchronous=OFF;")?;
        Ok(store)
    });
    std::fs::remove_file(&copy).map_err(|e| StoreError::unavailable_for(&copy, e))?;
    alone
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::change::{Change, Envelope};
    use crate::domain::clock::{Now, Zone};
    use crate::domain::people::Via;
    use crate::store::settings;

    #[test]
    fn a_rehearsal_beside_others_is_a_copys_and_they_write_meanwhile() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let mut store = Store::open(&path, Mode::Create).unwrap();
        let now = Now { at: "2024-05-20T02:00:00Z".parse().unwrap(), zone: Zone::default() };
        store.personal("wang", "王敏", now).unwrap();
        let me = store.actor("wang", Via::Command, "one").unwrap().unwrap();
        assert_eq!(store.shared().unwrap(), None, "nobody else is here");
        // a process that lives and is not this one
        store
            .db
            .execute(
                "INSERT INTO session(id,person_id,pid,began,started_at) VALUES('two',1,1,?1,0)",
                [process::began(1).unwrap_or(0)],
            )
            .unwrap();
        let mut other = Store::open(&path, Mode::Existing).unwrap();
        let set = |request: &str, value: &str| Envelope {
            request: request.into(),
            change: Change::Set { key: "capacity".into(), value: value.into() },
            reason: None,
        };
        let seen = store
            .rehearse(|copy| {
                copy.write(&me, &set("rehearsed", "30"), now).unwrap();
                other.write(&me, &set("true", "40"), now).unwrap();
                settings::raw(&copy.db, "capacity").unwrap()
            })
            .unwrap();
        assert_eq!(seen.as_deref(), Some("30"));
        assert_eq!(settings::raw(&store.db, "capacity").unwrap().as_deref(), Some("40"));
        let left: Vec<_> =
            std::fs::read_dir(folder.path()).unwrap().flatten().map(|e| e.file_name()).collect();
        assert!(left.iter().all(|name| !name.to_string_lossy().contains("rehearsal")), "{left:?}");
    }
}
