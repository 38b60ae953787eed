//! The reader of a file that can only be looked at. It is read as one that does not change, so that whatever was written to it
//! since would be misread: as soon as anything has happened to it, it is opened anew, to read as ever where that works by then.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use rusqlite::InterruptHandle;

use crate::store::{Store, open};

/// What the file was when it was opened last.
pub(super) struct Again {
    path: PathBuf,
    seen: Option<(u64, SystemTime, bool)>,
    interrupt: Arc<Mutex<InterruptHandle>>,
}

impl Again {
    pub(super) fn new(path: &Path, store: &Store, interrupt: Arc<Mutex<InterruptHandle>>) -> Self {
        let seen = if store.looks { open::trace(path) } else { None };
        Self { path: path.to_path_buf(), seen, interrupt }
    }

    /// Opens it anew where it has to be; whether that was done.
    pub(super) fn open(&mut self, store: &mut Store) -> bool {
        if !store.looks {
            return false;
        }
        let now = open::trace(&self.path);
        if now == self.seen {
            return false;
        }
        let Ok((db, looks)) = open::read_again(&self.path) else { return false };
        *self.interrupt.lock().unwrap_or_else(PoisonError::into_inner) = db.get_interrupt_handle();
        (store.db, store.looks, self.seen) = (db, looks, now);
        true
    }
}
