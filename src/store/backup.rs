//! Copies of a live database: one step of SQLite's backup interface to a temporary name, verified, then renamed.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::request::StoreError;

/// Copies `db` to `to`, which must not exist; a half-made copy never bears the final name.
pub fn copy(db: &Connection, to: &Path) -> Result<(), StoreError> {
    if to.exists() {
        return Err(StoreError::Unavailable(format!("{} (exists already)", to.display())));
    }
    let partial = to.with_extension("partial");
    let copied = (|| {
        use std::os::unix::fs::OpenOptionsExt;
        std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&partial)?;
        Ok::<_, std::io::Error>(())
    })();
    copied.map_err(|e| StoreError::Unavailable(format!("{} ({e})", to.display())))?;
    let result = fill(db, &partial);
    match result.and_then(|()| {
        std::fs::rename(&partial, to).map_err(|e| StoreError::Unavailable(format!("{} ({e})", to.display())))
    }) {
        Ok(()) => Ok(()),
        Err(e) => {
            // best effort: the copy is useless, the reason is what the person needs
            let _ = std::fs::remove_file(&partial);
            Err(e)
        }
    }
}

fn fill(db: &Connection, partial: &Path) -> Result<(), StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut copy = Connection::open_with_flags(partial, flags)?;
    // one step: in small steps every colleague's write would start it anew (operations.md section 2)
    rusqlite::backup::Backup::new(db, &mut copy)?.step(-1)?;
    let verdict: String = copy.query_row("PRAGMA quick_check(1)", [], |r| r.get(0))?;
    if verdict != "ok" {
        return Err(StoreError::Corrupt(verdict));
    }
    copy.pragma_update(None, "journal_mode", "DELETE")?;
    drop(copy);
    std::fs::File::open(partial)
        .and_then(|f| f.sync_all())
        .map_err(|e| StoreError::Unavailable(format!("{} ({e})", partial.display())))
}
