//! The reader's connection, opened beside the writer's: each reads the whole schema, which is most of the way to a session's
//! first frame, and a machine has more than one processor.

use std::path::{Path, PathBuf};
use std::thread::JoinHandle;

use rusqlite::Connection;

use crate::store::open;
use crate::store::request::StoreError;

/// A connection to read, on its way.
pub struct Reading {
    path: PathBuf,
    /// Whether the file cannot be written.
    looks: bool,
    early: Option<JoinHandle<Result<Connection, StoreError>>>,
}

impl Reading {
    /// Begins to open the file, where there is nothing to be made or changed in it before.
    pub fn begin(path: &Path) -> Self {
        let path = path.to_path_buf();
        let early = open::is_ready(&path).then(|| {
            let path = path.clone();
            std::thread::spawn(move || open::reader(&path))
        });
        Self { path, looks: false, early }
    }

    /// The same where the file turned out to be one that cannot be written.
    #[must_use]
    pub fn looking(self) -> Self {
        Self { looks: true, early: None, ..self }
    }

    /// The connection, and whether it is only a look; what did not work early is tried again, and tells why it does not work.
    pub(super) fn connection(self) -> Result<(Connection, bool), StoreError> {
        if self.looks {
            return open::read_again(&self.path);
        }
        match self.early.map(JoinHandle::join) {
            Some(Ok(Ok(db))) => Ok((db, false)),
            _ => open::reader(&self.path).map(|db| (db, false)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Mode, Store};

    #[test]
    fn a_file_that_is_ready_is_opened_early_and_another_when_it_is_wanted() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let missing = Reading::begin(&path);
        assert!(missing.early.is_none());
        drop(Store::open(&path, Mode::Create).unwrap());
        assert!(missing.connection().is_ok());
        let ready = Reading::begin(&path);
        assert!(ready.early.is_some());
        assert!(ready.connection().unwrap().0.execute("DELETE FROM customer", []).is_err(), "it only reads");
        // an older one is changed first
        Store::open(&path, Mode::Existing).unwrap().db.pragma_update(None, "user_version", 1).unwrap();
        assert!(Reading::begin(&path).early.is_none());
    }
}
