//! Backups of the whole store, and the way back: what is restored takes the place of what is there only when nobody works
//! in it, and what was there is kept beside.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use super::copy::copy;
use super::head::{self, Taken};
use super::request::StoreError;
use super::schema;
use super::state::{self, State};
use super::{Store, open};

impl Store {
    /// Copies this database to a file that does not exist yet.
    pub fn back_up(&self, to: &Path) -> Result<(), StoreError> {
        copy(&self.db, to)
    }
}

/// Puts the backup `from` in the place of `to`. The backup is read whole and has to be ours and sound; the present
/// database stays beside under a name with `stamp`, which is answered. Refused while another session has it open.
pub fn restore(from: &Path, to: &Path, stamp: &str) -> Result<Option<PathBuf>, StoreError> {
    let named = |path: &Path, e: &dyn std::fmt::Display| StoreError::unavailable_for(path, e);
    if !from.is_file() {
        return Err(StoreError::unavailable(from));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let not_ours = |_| StoreError::NotOurs(from.display().to_string());
    let backup = Connection::open_with_flags(from, flags).map_err(not_ours)?;
    match state::state(&backup).map_err(not_ours)? {
        State::Ours(version) if version > schema::version() => return Err(StoreError::Newer),
        State::Ours(_) => {}
        State::Empty | State::Foreign => return Err(StoreError::NotOurs(from.display().to_string())),
    }
    let fresh = to.with_extension(format!("restored-{stamp}.db"));
    if !to.exists() {
        open::place(to)?;
        copy(&backup, to)?;
        return Ok(None);
    }
    // told at once, before a large backup is copied, and asked again when it is there
    drop(unheld(to)?);
    copy(&backup, &fresh)?;
    let kept = to.with_extension(format!("before-{stamp}.db"));
    let moved = alone(to).and_then(|held| {
        if kept.exists() {
            return Err(named(&kept, &"exists already"));
        }
        std::fs::rename(to, &kept).map_err(|e| named(&kept, &e))?;
        for end in ["-wal", "-shm"] {
            let with = |path: &Path| {
                let mut name = path.as_os_str().to_os_string();
                name.push(end);
                PathBuf::from(name)
            };
            if with(to).exists() {
                std::fs::rename(with(to), with(&kept)).map_err(|e| named(&kept, &e))?;
            }
        }
        if let Err(error) = std::fs::rename(&fresh, to) {
            // without a database at its place the next start would make an empty one
            std::fs::rename(&kept, to).map_err(|e| named(&kept, &e))?;
            return Err(named(to, &error));
        }
        drop(held);
        // the names are on the disk too
        std::fs::File::open(open::folder(to)).and_then(|folder| folder.sync_all()).map_err(|e| named(to, &e))
    });
    if let Err(error) = moved {
        // best effort: the copy is of no use to anybody now
        let _ = std::fs::remove_file(&fresh);
        return Err(error);
    }
    Ok(Some(kept))
}

/// What keeps everybody out of a database; given up in this order.
struct Alone {
    _engine: Option<Connection>,
    _file: Option<Taken>,
}

/// Makes sure that nobody else has the database open, folds its log in, and keeps everybody out as long as what it answers
/// lives. Whoever has a store open says so by a lock of our own, which nothing that happens in their process takes away; the
/// engine's are asked besides, for other programs.
fn alone(path: &Path) -> Result<Alone, StoreError> {
    let file = unheld(path)?;
    Ok(Alone { _engine: engine_alone(path)?, _file: file })
}

/// Makes sure that no store has the file open, and that none is opened as long as what it answers lives; one that cannot even
/// be read is nobody's.
pub fn unheld(path: &Path) -> Result<Option<Taken>, StoreError> {
    match head::take(path) {
        Ok(None) => Err(StoreError::Busy),
        Ok(taken) => Ok(taken),
        Err(_) => Ok(None),
    }
}

/// The same by the engine's locks; a damaged database has nobody worth waiting for. Without a log nothing is done by name when
/// it is closed.
fn engine_alone(path: &Path) -> Result<Option<Connection>, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let Ok(db) = Connection::open_with_flags(path, flags) else { return Ok(None) };
    let locked = db.execute_batch(
        "PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT; PRAGMA journal_mode=DELETE; BEGIN EXCLUSIVE;",
    );
    match locked.map_err(|e| StoreError::from_engine(&e)) {
        Err(StoreError::Busy) => Err(StoreError::Busy),
        Err(_) => Ok(None),
        Ok(()) => Ok(Some(db)),
    }
}
