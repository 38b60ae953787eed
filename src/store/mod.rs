//! The store: one SQLite file behind a narrow interface. [`Store::ask`] takes a question, [`Store::write`] a change;
//! both know the actor. SQL lives in this folder and nowhere else; what leaves it is plain data (`request`).

mod alarm;
pub mod backup;
pub mod balances;
mod beside;
pub mod brake;
pub mod chain;
pub mod check;
pub mod copy;
mod counted;
mod daily;
mod entry;
pub mod export;
pub mod facts;
pub mod fill;
pub mod forecast;
mod functions;
pub mod head;
mod keys;
mod late;
mod leak;
pub mod look_up;
mod merged;
mod moves;
mod net;
pub mod open;
mod own_block;
pub mod people;
pub mod process;
mod read;
mod record;
mod referral;
mod repair;
pub mod request;
pub mod schema;
mod scheme;
pub mod session;
pub mod settings;
mod since;
pub mod sql;
mod standing;
mod state;
pub mod tables;
mod taken;
pub mod tally;
pub mod targets;
pub mod threads;
mod touch_sum;
pub mod turn;
pub mod values;
pub mod vault;
pub mod watch;
pub mod whole;
mod words;
pub mod write;

use std::path::Path;
use std::sync::Arc;

use rusqlite::Connection;

use brake::Brake;
pub use open::Mode;
use request::{Opening, StoreError};
use taken::Taken;
use turn::Pace;

/// One open database.
pub struct Store {
    db: Connection,
    /// Keeps the file in its place as long as the connection lives; a store in memory has none, and a second connection of a
    /// session is held by the first.
    hold: Option<head::Hold>,
    /// Pulled by whoever wants long work to stop between two of its steps.
    brake: Arc<Brake>,
    /// Whether the file could be opened to read only.
    looks: bool,
    /// How many rows of a file go into one transaction.
    pace: Pace,
    /// Which row of its file each touch stands for, while a file comes in.
    taken: Taken,
    /// Hears how far a long count is: customers done of all.
    far: Option<Box<dyn Fn(u64, u64) + Send>>,
}

impl Store {
    /// Opens, makes or migrates the file at `path`.
    pub fn open(path: &Path, mode: Mode) -> Result<Self, StoreError> {
        Self::open_telling(path, mode, &mut |_| {})
    }

    /// The same; `tell` hears what takes long, which a large file of an older program does.
    pub fn open_telling(path: &Path, mode: Mode, tell: &mut dyn FnMut(Opening)) -> Result<Self, StoreError> {
        Ok(Self::holding(open::writer(path, mode, tell)?))
    }

    /// Opens a file that cannot be written for questions alone; what would write fails with the file's name.
    pub fn open_to_look(path: &Path) -> Result<Self, StoreError> {
        Ok(Self { looks: true, ..Self::holding(open::look(path)?) })
    }

    /// Whether it was opened for questions alone.
    pub const fn only_looks(&self) -> bool {
        self.looks
    }

    /// Opens a file to write that could only be looked at; whoever holds the brake holds that of the new one.
    pub(crate) fn open_again(&mut self, path: &Path) -> Result<(), StoreError> {
        let brake = self.brake();
        // where another file was put in the place of the one that is looked at, the new store is judged by its own alone
        drop(self.hold.take());
        match Self::open(path, Mode::Existing) {
            Ok(store) => *self = Self { brake, ..store },
            Err(error) => {
                // it goes on looking
                self.hold = path.canonicalize().and_then(|real| head::hold(&real)).ok();
                return Err(error);
            }
        }
        Ok(())
    }

    fn holding((db, hold): (Connection, head::Hold)) -> Self {
        Self { hold: Some(hold), ..Self::on(db) }
    }

    fn on(db: Connection) -> Self {
        Self {
            db,
            hold: None,
            brake: Arc::default(),
            looks: false,
            pace: Pace::default(),
            taken: Taken::default(),
            far: None,
        }
    }

    /// Moves much of what the log holds into the file, where nobody is kept waiting by it: sessions do this once they have
    /// answered, so that no commit has to.
    pub fn fold(&self) {
        open::fold(&self.db, open::FOLDED);
    }

    /// What stops a long write that can go on later, when it is set to `true`.
    pub fn brake(&self) -> Arc<Brake> {
        Arc::clone(&self.brake)
    }

    /// A store in memory, for tests.
    pub fn memory() -> Result<Self, StoreError> {
        Ok(Self::on(open::memory()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::{Now, Zone};

    #[test]
    fn a_new_store_has_the_present_version_and_opens_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        assert!(matches!(Store::open(&path, Mode::Existing), Err(StoreError::Unavailable { .. })));
        drop(Store::open(&path, Mode::Create).unwrap());
        let store = Store::open(&path, Mode::Existing).unwrap();
        assert_eq!(state::state(&store.db).unwrap(), state::State::Ours(schema::version()));
        assert!(Store::memory().is_ok());
    }

    #[test]
    fn a_file_that_cannot_be_written_is_looked_at_and_refuses_what_would_write() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a b?.db");
        drop(Store::open(&path, Mode::Create).unwrap());
        let mut store = Store::open_to_look(&path).unwrap();
        assert!(store.is_blank().unwrap());
        let now = Now { at: "2024-05-20T06:02:00Z".parse().unwrap(), zone: Zone::default() };
        assert!(matches!(store.personal("wang", "王敏", now), Err(StoreError::ReadOnly(_))));
        assert!(matches!(
            Store::open_to_look(&folder.path().join("none.db")),
            Err(StoreError::Unavailable { .. })
        ));
    }

    /// Makes a file of the version before this one.
    fn make_older(path: &Path) {
        let older = schema::version() - 1;
        let db = Connection::open(path).unwrap();
        for sql in schema::up_to(usize::try_from(older).unwrap()) {
            db.execute_batch(sql).unwrap();
        }
        let ours: i32 =
            Store::memory().unwrap().db.query_row("PRAGMA application_id", [], |r| r.get(0)).unwrap();
        db.pragma_update(None, "application_id", ours).unwrap();
        db.pragma_update(None, "user_version", older).unwrap();
    }

    #[test]
    fn a_file_that_is_looked_at_and_replaced_by_an_older_one_is_opened_again() {
        let folder = tempfile::tempdir().unwrap();
        let [path, other] = ["a.db", "b.db"].map(|name| folder.path().join(name));
        drop(Store::open(&path, Mode::Create).unwrap());
        let mut store = Store::open_to_look(&path).unwrap();
        make_older(&other);
        std::fs::rename(&other, &path).unwrap();
        store.open_again(&path).unwrap();
        assert!(!store.only_looks());
        assert_eq!(state::state(&store.db).unwrap(), state::State::Ours(schema::version()));
    }

    #[test]
    fn a_file_that_cannot_be_opened_again_is_looked_at_and_held_as_before() {
        let folder = tempfile::tempdir().unwrap();
        let [path, other] = ["a.db", "b.db"].map(|name| folder.path().join(name));
        drop(Store::open(&path, Mode::Create).unwrap());
        let mut store = Store::open_to_look(&path).unwrap();
        std::fs::rename(&path, &other).unwrap();
        std::fs::write(&path, "no database").unwrap();
        assert!(store.open_again(&path).is_err() && store.only_looks() && store.hold.is_some());
        std::fs::rename(&other, &path).unwrap();
        assert!(store.open_again(&path).is_ok());
    }

    #[test]
    fn an_older_file_tells_how_far_its_opening_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        make_older(&path);
        let mut told = Vec::new();
        let store = Store::open_telling(&path, Mode::Existing, &mut |what| told.push(what)).unwrap();
        assert_eq!(state::state(&store.db).unwrap(), state::State::Ours(schema::version()));
        let size =
            std::fs::metadata(path.with_extension(format!("before-{}.db", schema::version()))).unwrap();
        let mut copied = told.iter().filter_map(|what| match what {
            Opening::Copied(done, of) => Some((*done, *of)),
            _ => None,
        });
        assert_eq!(copied.next_back(), Some((size.len(), size.len())), "{told:?}");
        assert!(told.ends_with(&[Opening::Checked(size.len()), Opening::Upgraded(1, 1)]), "{told:?}");
        // a file of this version has nothing to tell
        Store::open_telling(&path, Mode::Existing, &mut |what| panic!("{what:?}")).unwrap();
    }
}
