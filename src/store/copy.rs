//! Copying a live database: by SQLite's backup interface to a temporary name, verified, then renamed.

use std::path::Path;

use rusqlite::backup::StepResult;
use rusqlite::{Connection, OpenFlags};

use super::request::{Opening, StoreError};
use super::state::{State, state};

/// Cache of the connection that verifies a copy, in KiB (negative, as SQLite has it).
const CHECKED: i64 = -65_536;
/// Pages of one step of a copy: all of them, or as many as are told of at a time (16 MiB).
const ALL: i32 = -1;
const STEP: i32 = 4_096;

/// Copies `db` to `to`, which must not exist; a half-made copy never bears the final name.
pub fn copy(db: &Connection, to: &Path) -> Result<(), StoreError> {
    // in one step: in small steps every colleague's write would start it anew (operations.md section 2)
    copy_in(db, to, ALL, &mut |_| {})
}

fn copy_in(db: &Connection, to: &Path, pages: i32, tell: &mut dyn FnMut(Opening)) -> Result<(), StoreError> {
    if to.exists() {
        return Err(StoreError::unavailable_for(to, "exists already"));
    }
    let partial = to.with_extension(format!("{}.partial", std::process::id()));
    let copied = (|| {
        use std::os::unix::fs::OpenOptionsExt;
        std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&partial)?;
        Ok::<_, std::io::Error>(())
    })();
    copied.map_err(|e| StoreError::unavailable_for(to, e))?;
    let result = fill(db, &partial, pages, tell);
    match result.and_then(|()| std::fs::rename(&partial, to).map_err(|e| StoreError::unavailable_for(to, e)))
    {
        Ok(()) => Ok(()),
        Err(e) => {
            // best effort: the copy is useless, the reason is what the person needs
            let _ = std::fs::remove_file(&partial);
            Err(e)
        }
    }
}

/// The same before a migration from `version`: a sound copy of that version that is there already serves as well, since a
/// migration that has failed left everything as it was.
pub fn copy_before(
    path: &Path,
    to: &Path,
    version: i32,
    tell: &mut dyn FnMut(Opening),
) -> Result<(), StoreError> {
    if to.exists() && is_copy(to, version) {
        return Ok(());
    }
    // whoever holds the lock cannot be copied from, so it is read as by anybody else
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    // nobody writes meanwhile, so that it can be told how far it is
    copy_in(&Connection::open_with_flags(path, flags)?, to, STEP, tell)
}

fn is_copy(path: &Path, version: i32) -> bool {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(path, flags).is_ok_and(|db| {
        let sound = db.query_row("PRAGMA integrity_check(1)", [], |r| r.get::<_, String>(0));
        state(&db).is_ok_and(|is| is == State::Ours(version)) && sound.is_ok_and(|v| v == "ok")
    })
}

fn fill(
    db: &Connection,
    partial: &Path,
    pages: i32,
    tell: &mut dyn FnMut(Opening),
) -> Result<(), StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut copy = Connection::open_with_flags(partial, flags)?;
    let page: u64 = db.pragma_query_value(None, "page_size", |r| r.get(0))?;
    let whole = {
        let backup = rusqlite::backup::Backup::new(db, &mut copy)?;
        loop {
            let step = backup.step(pages)?;
            let (left, all) = (backup.progress().remaining, backup.progress().pagecount);
            let [left, all] = [left, all].map(|n| u64::try_from(n).unwrap_or(0) * page);
            tell(Opening::Copied(all - left, all));
            match step {
                StepResult::Done => break all,
                StepResult::More => {}
                // what is there would pass for a sound database
                _ => return Err(StoreError::Busy),
            }
        }
    };
    tell(Opening::Checked(whole));
    // the check looks every row up in every index: a small cache would read each page again and again
    copy.pragma_update(None, "cache_size", CHECKED)?;
    let verdict: String = copy.query_row("PRAGMA integrity_check(1)", [], |r| r.get(0))?;
    if verdict != "ok" {
        return Err(StoreError::Corrupt(verdict));
    }
    copy.pragma_update(None, "journal_mode", "DELETE")?;
    drop(copy);
    std::fs::File::open(partial)
        .and_then(|f| f.sync_all())
        .map_err(|e| StoreError::unavailable_for(partial, e))
}
