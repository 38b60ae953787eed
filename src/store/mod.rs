//! The store: one SQLite file behind a narrow interface. [`Store::ask`] takes a question, [`Store::write`] a change;
//! both know the actor. SQL lives in this folder and nowhere else; what leaves it is plain data (`request`).

mod alarm;
pub mod backup;
pub mod brake;
pub mod chain;
pub mod check;
mod daily;
pub mod export;
pub mod facts;
pub mod fill;
pub mod forecast;
mod leak;
pub mod look_up;
mod moves;
mod net;
pub mod open;
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
pub mod sql;
pub mod tables;
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
use request::StoreError;
use turn::Pace;

/// One open database.
pub struct Store {
    db: Connection,
    /// Pulled by whoever wants long work to stop between two of its steps.
    brake: Arc<Brake>,
    /// How many rows of a file go into one transaction.
    pace: Pace,
}

impl Store {
    /// Opens, makes or migrates the file at `path`.
    pub fn open(path: &Path, mode: Mode) -> Result<Self, StoreError> {
        Ok(Self::on(open::writer(path, mode)?))
    }

    fn on(db: Connection) -> Self {
        Self { db, brake: Arc::default(), pace: Pace::default() }
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

    #[test]
    fn a_new_store_has_the_present_version_and_opens_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        assert!(matches!(Store::open(&path, Mode::Existing), Err(StoreError::Unavailable(_))));
        drop(Store::open(&path, Mode::Create).unwrap());
        let store = Store::open(&path, Mode::Existing).unwrap();
        assert_eq!(schema::state(&store.db).unwrap(), schema::State::Ours(schema::version()));
        assert!(Store::memory().is_ok());
    }
}
