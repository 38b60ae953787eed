//! The first bytes of a database file, read beside the engine. Closing any descriptor of a file takes away all locks that the
//! process has on it (fcntl(2)), those of the engine's open connections too, and another process may then think that nobody
//! is at work and drop the log ("How To Corrupt An SQLite Database File", 2.2). So what is opened here is never closed.

use std::collections::HashMap;
use std::fs::File;
use std::io;
use std::os::unix::fs::{FileExt as _, MetadataExt as _};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Bytes of the header that tell what a file is (the format's manual, "The Database Header").
pub const LENGTH: usize = 72;

/// Device and number of each file that was looked at, and its descriptor.
static HELD: Mutex<Option<HashMap<(u64, u64), File>>> = Mutex::new(None);

/// The first bytes of a file, fewer where it is shorter.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    let about = path.metadata()?;
    let mut held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
    let held = held.get_or_insert_default();
    let file = match held.entry((about.dev(), about.ino())) {
        std::collections::hash_map::Entry::Occupied(there) => there.into_mut(),
        std::collections::hash_map::Entry::Vacant(place) => place.insert(File::open(path)?),
    };
    let mut bytes = vec![0; LENGTH];
    let mut read = 0;
    while let Some(rest) = bytes.get_mut(read..).filter(|rest| !rest.is_empty()) {
        match file.read_at(rest, read as u64)? {
            0 => break,
            n => read += n,
        }
    }
    bytes.truncate(read);
    Ok(bytes)
}

/// Whether this is a database that this process has opened: nobody else in it may open and close the file.
pub fn is_held(path: &Path) -> bool {
    let held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
    let file = path.metadata().map(|about| (about.dev(), about.ino()));
    file.is_ok_and(|file| held.as_ref().is_some_and(|held| held.contains_key(&file)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Mode, Store};

    /// Locks of this process on a file (`proc_locks(5)`).
    fn locks(path: &Path) -> usize {
        let ino = path.metadata().unwrap().ino();
        let (mine, file) = (format!(" {} ", std::process::id()), format!(":{ino} "));
        let all = std::fs::read_to_string("/proc/locks").unwrap();
        all.lines().filter(|l| l.contains("POSIX") && l.contains(&mine) && l.contains(&file)).count()
    }

    #[test]
    fn a_second_store_of_the_process_leaves_the_locks_of_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let first = Store::open(&path, Mode::Create).unwrap();
        let count =
            || first.db.query_row("SELECT count(*) FROM customer", [], |r| r.get::<_, i64>(0)).unwrap();
        assert_eq!((count(), locks(&path)), (0, 1), "an open connection holds the file");
        assert!(is_held(&path));
        drop(Store::open(&path, Mode::Existing).unwrap());
        assert_eq!((count(), locks(&path)), (0, 1));
    }

    #[test]
    fn a_short_file_and_one_that_is_not_there_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        assert!(read(&path).is_err() && !is_held(&path));
        std::fs::write(&path, "short").unwrap();
        assert_eq!(read(&path).unwrap(), b"short");
    }
}
