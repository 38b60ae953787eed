//! The store: one SQLite file behind a narrow interface. [`Store::ask`] takes a question, [`Store::write`] a change;
//! both know the actor. SQL lives in this folder and nowhere else; what leaves it is plain data (`request`).

pub mod backup;
pub mod check;
mod daily;
pub mod facts;
pub mod fill;
pub mod open;
pub mod people;
mod read;
mod record;
pub mod request;
pub mod schema;
pub mod settings;
pub mod tables;
pub mod threads;
pub mod values;
mod words;
pub mod write;

use std::path::Path;

use rusqlite::Connection;

pub use open::Mode;
use request::StoreError;

/// One open database.
pub struct Store {
    db: Connection,
}

impl Store {
    /// Opens, makes or migrates the file at `path`.
    pub fn open(path: &Path, mode: Mode) -> Result<Self, StoreError> {
        Ok(Self { db: open::writer(path, mode)? })
    }

    /// A store in memory, for tests.
    pub fn memory() -> Result<Self, StoreError> {
        Ok(Self { db: open::memory()? })
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
