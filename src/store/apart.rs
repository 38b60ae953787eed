//! A dry run beside the data: it writes to a copy that nobody else sees and that is gone afterwards, so that colleagues go
//! on writing however long it takes. Where no copy can be made (a store in memory, a disk without room for it) it runs in
//! the store itself and is taken back, and the others wait for it.

use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::request::StoreError;
use super::{Store, open};

/// Bytes that stay free on the disk beside a copy.
const SPARE: u64 = 256 << 20;

impl Store {
    /// Does something that leaves nothing behind, without keeping others from writing where that is possible.
    pub fn rehearse_apart<T>(&mut self, what: impl FnOnce(&mut Self) -> T) -> Result<T, StoreError> {
        match copy(&self.db) {
            Some(db) => Ok(what(&mut Self::on(db))),
            None => self.rehearse(what),
        }
    }
}

/// A copy of a store as it stands now, of which no file remains once it is closed; none where it cannot be made.
fn copy(db: &Connection) -> Option<Connection> {
    let path = db.path().filter(|path| !path.is_empty()).map(PathBuf::from)?;
    if !has_room(&path)? {
        return None;
    }
    let mut name = path.into_os_string();
    name.push(format!(".dry-{}", uuid::Uuid::now_v7().simple()));
    let place = PathBuf::from(name);
    std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&place).ok()?;
    let copy = open::apart(db, &place).ok();
    // the open file is all that is needed: nothing is left, even when the program is killed
    let gone = std::fs::remove_file(&place).is_ok();
    copy.filter(|_| gone)
}

/// Whether the disk holds the file a second time, and what is written to it.
fn has_room(path: &Path) -> Option<bool> {
    let size = std::fs::metadata(path).ok()?.len();
    let disk = rustix::fs::statvfs(path.parent()?).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize) > size.saturating_mul(2).saturating_add(SPARE))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::change::{Change, Envelope, NewCustomer};
    use crate::domain::clock::{Now, Zone};
    use crate::domain::field::{Field, Value};
    use crate::domain::people::{Actor, Via};
    use crate::store::Mode;

    fn add(store: &mut Store, actor: &Actor, name: &str, now: Now) {
        let values = vec![(Field::Name, Value::text(name))];
        let change = Change::AddCustomer(Box::new(NewCustomer { values, ..NewCustomer::default() }));
        store.write(actor, &Envelope { request: name.to_owned(), change, reason: None }, now).unwrap();
    }

    fn customers(store: &Store) -> i64 {
        store.db.query_row("SELECT count(*) FROM customer", [], |r| r.get(0)).unwrap()
    }

    #[test]
    fn a_colleague_writes_while_a_dry_run_goes_on_and_nothing_of_it_remains() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let now = Now { at: "2024-05-20T06:02:00Z".parse().unwrap(), zone: Zone::default() };
        let mut store = Store::open(&path, Mode::Create).unwrap();
        store.personal("wang", "王敏", now).unwrap();
        let actor = store.actor("wang", Via::Screen, "one").unwrap().unwrap();
        add(&mut store, &actor, "恒远物流", now);
        let mut other = Store::open(&path, Mode::Existing).unwrap();
        let seen = store
            .rehearse_apart(|copy| {
                add(copy, &actor, "只是试试", now);
                // no lock is held: this would wait for ten seconds and fail
                add(&mut other, &actor, "同事新增", now);
                customers(copy)
            })
            .unwrap();
        assert_eq!(seen, 2, "what was there, and what was tried; the colleague's came later");
        assert_eq!(customers(&store), 2);
        let names: i64 = store
            .db
            .query_row("SELECT count(*) FROM customer WHERE name='只是试试'", [], |r| r.get(0))
            .unwrap();
        assert_eq!(names, 0);
        let left = std::fs::read_dir(folder.path()).unwrap().flatten();
        let left: Vec<_> = left.map(|f| f.file_name().into_string().unwrap()).collect();
        assert!(left.iter().all(|name| !name.contains("dry")), "{left:?}");
    }

    #[test]
    fn a_store_in_memory_is_tried_in_itself_and_taken_back() {
        let now = Now { at: "2024-05-20T06:02:00Z".parse().unwrap(), zone: Zone::default() };
        let mut store = Store::memory().unwrap();
        let actor = store.personal("wang", "王敏", now).unwrap().unwrap();
        let seen = store.rehearse_apart(|copy| {
            add(copy, &actor, "只是试试", now);
            customers(copy)
        });
        assert_eq!((seen.unwrap(), customers(&store)), (1, 0));
    }
}
