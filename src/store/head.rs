//! What this process holds of a database file beside the engine: its first bytes, and that it is at work in it. Closing any
//! descriptor of a file takes away all locks that the process has on it (fcntl(2)), those of the engine's open connections too,
//! and another process may then think that nobody is at work and drop the log ("How To Corrupt An SQLite Database File", 2.2).
//! So what is opened here is closed only when the file has no name any more: nobody can open it then, and it takes room.
//!
//! Every open store has a [`Hold`], a shared lock of the other kind (flock(2)) on that descriptor: the two kinds do not meet,
//! and this one ends with its process however that ends. Whoever puts another file in the place [`take`]s it alone first.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fs::File;
use std::io;
use std::os::unix::fs::{FileExt as _, MetadataExt as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;

/// Bytes of the header that tell what a file is (the format's manual, "The Database Header").
pub const LENGTH: usize = 72;

/// How long somebody who opens a file waits for one that is just put in its place, and who puts it there for commands that are
/// about to end; and how often they try.
const PATIENCE: Duration = Duration::from_secs(2);
const PAUSE: Duration = Duration::from_millis(10);

/// Device and number of a file.
type Number = (u64, u64);

/// A file that was looked at.
struct Held {
    file: File,
    /// Where it stood for each store of this process that is at work in it.
    at: Vec<PathBuf>,
    /// Whether it is being put away.
    taken: bool,
}

static HELD: Mutex<Option<HashMap<Number, Held>>> = Mutex::new(None);

fn all() -> MutexGuard<'static, Option<HashMap<Number, Held>>> {
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

fn number(path: &Path) -> io::Result<Number> {
    path.metadata().map(|about| (about.dev(), about.ino()))
}

/// The file at a path, opened where it is not yet.
fn held<'h>(all: &'h mut Option<HashMap<Number, Held>>, path: &Path) -> io::Result<(Number, &'h mut Held)> {
    let number = number(path)?;
    let held = match all.get_or_insert_default().entry(number) {
        Entry::Occupied(there) => there.into_mut(),
        Entry::Vacant(place) => place.insert(Held { file: File::open(path)?, at: Vec::new(), taken: false }),
    };
    Ok((number, held))
}

/// Lets go of files that were removed since and in which nobody is at work, as a demo company that was thrown away.
fn forget(all: &mut Option<HashMap<Number, Held>>) {
    let is_removed = |held: &Held| held.file.metadata().is_ok_and(|about| about.nlink() == 0);
    all.get_or_insert_default().retain(|_, held| held.taken || !held.at.is_empty() || !is_removed(held));
}

/// The first bytes of a file, fewer where it is shorter.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut all = all();
    let (_, Held { file, .. }) = held(&mut all, path)?;
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
    number(path).is_ok_and(|number| all().as_ref().is_some_and(|held| held.contains_key(&number)))
}

/// That a store of this process is at work in a file: as long as this lives, nobody puts another one in its place.
#[derive(Debug)]
pub struct Hold {
    file: Number,
    path: PathBuf,
}

impl Drop for Hold {
    fn drop(&mut self) {
        let mut all = all();
        let Some(held) = all.as_mut().and_then(|all| all.get_mut(&self.file)) else { return };
        if let Some(at) = held.at.iter().position(|path| *path == self.path) {
            held.at.swap_remove(at);
        }
        if held.at.is_empty() {
            // the descriptor stays
            let _ = flock(&held.file, FlockOperation::Unlock);
        }
    }
}

/// Begins to be at work in a file; fails with [`io::ErrorKind::WouldBlock`] where somebody does not stop putting another one in
/// its place.
pub fn hold(path: &Path) -> io::Result<Hold> {
    let until = Instant::now() + PATIENCE;
    forget(&mut all());
    loop {
        {
            let mut all = all();
            let (file, held) = held(&mut all, path)?;
            if !held.taken && (!held.at.is_empty() || lock(&held.file, FlockOperation::NonBlockingLockShared))
            {
                // another one may have come in its place meanwhile
                if number(path).is_ok_and(|now| now == file) {
                    held.at.push(path.to_path_buf());
                    return Ok(Hold { file, path: path.to_path_buf() });
                }
                if held.at.is_empty() {
                    let _ = flock(&held.file, FlockOperation::Unlock);
                }
            }
        }
        if Instant::now() >= until {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        std::thread::sleep(PAUSE);
    }
}

/// Whether a lock is had now. Where the system has no such locks the engine's are all there is.
fn lock(file: &File, how: FlockOperation) -> bool {
    !matches!(flock(file, how), Err(Errno::WOULDBLOCK | Errno::INTR))
}

/// Whether another file stands where a store of this process has opened one: what is written there would be lost.
pub fn is_replaced(path: &Path) -> bool {
    let now = number(path).ok();
    let all = all();
    let mut files = all.iter().flatten().filter(|(_, held)| held.at.iter().any(|at| at == path));
    files.any(|(file, _)| Some(*file) != now)
}

/// A file in which nobody is at work, and nobody can be as long as this lives.
#[derive(Debug)]
pub struct Taken(Number);

impl Drop for Taken {
    fn drop(&mut self) {
        if let Some(held) = all().as_mut().and_then(|all| all.get_mut(&self.0)) {
            held.taken = false;
            let _ = flock(&held.file, FlockOperation::Unlock);
        }
    }
}

/// Takes a file alone, to put another in its place; none where anybody is at work in it, however idle.
pub fn take(path: &Path) -> io::Result<Option<Taken>> {
    let until = Instant::now() + PATIENCE;
    loop {
        {
            let mut all = all();
            let (file, held) = held(&mut all, path)?;
            if !held.taken && held.at.is_empty() && lock(&held.file, FlockOperation::NonBlockingLockExclusive)
            {
                held.taken = true;
                return Ok(Some(Taken(file)));
            }
        }
        if Instant::now() >= until {
            return Ok(None);
        }
        std::thread::sleep(PAUSE);
    }
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

    #[test]
    fn a_file_in_which_somebody_is_at_work_is_not_taken_and_one_that_is_taken_is_opened_by_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        std::fs::write(&path, "a").unwrap();
        let (one, two) = (hold(&path).unwrap(), hold(&path).unwrap());
        drop(one);
        assert!(take(&path).unwrap().is_none(), "the second is still there");
        drop(two);
        let taken = take(&path).unwrap().unwrap();
        assert_eq!(hold(&path).unwrap_err().kind(), io::ErrorKind::WouldBlock);
        drop(taken);
        assert!(hold(&path).is_ok());
    }

    #[test]
    fn a_file_that_was_removed_takes_no_room_once_nobody_is_at_work_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let [one, two] = ["one.db", "two.db"].map(|name| folder.path().join(name));
        let is_open = || {
            let open = std::fs::read_dir("/proc/self/fd").unwrap().flatten();
            open.filter_map(|fd| std::fs::read_link(fd.path()).ok())
                .any(|file| file.to_string_lossy().starts_with(&*one.to_string_lossy()))
        };
        let store = Store::open(&one, Mode::Create).unwrap();
        std::fs::remove_file(&one).unwrap();
        drop(Store::open(&two, Mode::Create).unwrap());
        assert!(is_open(), "a store is at work in it");
        drop(store);
        drop(Store::open(&two, Mode::Existing).unwrap());
        assert!(!is_open());
    }

    #[test]
    fn a_store_whose_file_was_replaced_writes_nothing_into_the_one_that_was_put_away() {
        let folder = tempfile::tempdir().unwrap();
        let (path, kept, other) =
            (folder.path().join("a.db"), folder.path().join("b.db"), folder.path().join("c.db"));
        let mut store = Store::open(&path, Mode::Create).unwrap();
        drop(Store::open(&other, Mode::Create).unwrap());
        std::fs::rename(&path, kept).unwrap();
        std::fs::rename(&other, &path).unwrap();
        let now = crate::domain::clock::Now {
            at: "2024-05-20T06:02:00Z".parse().unwrap(),
            zone: crate::domain::clock::Zone::default(),
        };
        let done = store.personal("wang", "王敏", now);
        assert_eq!(done.unwrap_err(), crate::store::request::StoreError::Replaced);
        // a store that is opened now is in the one that stands there
        drop(store);
        assert!(Store::open(&path, Mode::Existing).unwrap().personal("wang", "王敏", now).is_ok());
    }
}
