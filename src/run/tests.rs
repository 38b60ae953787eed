//! A company on disk for tests of what runs beside the screen: one person, a clock that stands still.

use std::path::{Path, PathBuf};

use crate::domain::clock::{Now, Zone};
use crate::domain::people::{Actor, Via};
use crate::store::{Mode, Store};

/// Makes it in a folder; gives its file, its store, who works in it and when.
pub fn company(folder: &Path) -> (PathBuf, Store, Actor, Now) {
    let db = folder.join("a.db");
    let now = Now { at: "2024-05-20T06:02:00Z".parse().unwrap(), zone: Zone::default() };
    let mut store = Store::open(&db, Mode::Create).unwrap();
    store.personal("wang", "王敏", now).unwrap();
    let actor = store.actor("wang", Via::Screen, "one").unwrap().unwrap();
    (db, store, actor, now)
}
