//! The private folder of a demo company that is gone at the end. A program that was killed leaves its folder behind: whoever
//! makes the next one removes it. Whose program still runs is told by a lock in the folder, which ends with its process.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::fs::{FlockOperation, flock};

/// How the names of these folders begin.
const NAME: &str = "guanxi-demo-";
/// The file in them whose lock says that somebody is in there.
const HERE: &str = "here";
/// How old a folder is before it can be one that was left: one that is just being made has no lock for a moment.
const AGE: Duration = Duration::from_mins(1);

/// A folder that goes away with the program.
pub struct Passing {
    folder: PathBuf,
    _here: File,
}

impl Drop for Passing {
    fn drop(&mut self) {
        // best effort: it lies in the system's folder for such things, and the next one is swept
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

impl Passing {
    /// Makes one for the owner's eyes only, and removes those that killed programs have left.
    pub fn new() -> io::Result<Self> {
        Self::within(&std::env::temp_dir())
    }

    fn within(place: &Path) -> io::Result<Self> {
        sweep(place);
        let folder = place.join(format!("{NAME}{}", uuid::Uuid::now_v7().simple()));
        DirBuilder::new().mode(0o700).create(&folder)?;
        let here = OpenOptions::new().write(true).create_new(true).mode(0o600).open(folder.join(HERE))?;
        // where the system has no such locks nobody sweeps either
        let _ = flock(&here, FlockOperation::NonBlockingLockExclusive);
        Ok(Self { folder, _here: here })
    }

    /// Where its database stands.
    pub fn database(&self) -> PathBuf {
        self.folder.join("demo.db")
    }
}

/// Removes the folders of this person's demos in which nobody is any more; what cannot be removed stays.
fn sweep(place: &Path) {
    let mine = rustix::process::geteuid().as_raw();
    for entry in std::fs::read_dir(place).into_iter().flatten().flatten() {
        let named = entry.file_name().to_str().is_some_and(|name| name.starts_with(NAME));
        let folder = entry.path();
        let is_left = || {
            // a link is not followed
            let about = entry.metadata().ok().filter(|about| about.is_dir() && about.uid() == mine)?;
            let old = about.modified().ok()?.elapsed().ok()? >= AGE;
            let free = match File::open(folder.join(HERE)) {
                Ok(here) => flock(&here, FlockOperation::NonBlockingLockExclusive).is_ok(),
                // programs of before had none, and killed ones have left theirs
                Err(error) => error.kind() == io::ErrorKind::NotFound && is_quiet(&folder),
            };
            (old && free).then_some(())
        };
        if named && is_left().is_some() {
            drop(std::fs::remove_dir_all(&folder));
        }
    }
}

/// Whether nothing in a folder was written for a day.
fn is_quiet(folder: &Path) -> bool {
    const DAY: Duration = Duration::from_hours(24);
    let old = |entry: std::fs::DirEntry| {
        let written = entry.metadata().and_then(|about| about.modified());
        written.is_ok_and(|at| at.elapsed().is_ok_and(|since| since >= DAY))
    };
    std::fs::read_dir(folder).is_ok_and(|entries| entries.flatten().all(old))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn age(path: &Path) {
        let long_ago = std::time::SystemTime::now() - 2 * AGE;
        File::open(path).unwrap().set_modified(long_ago).unwrap();
    }

    #[test]
    fn a_folder_goes_with_its_program_and_one_that_was_left_with_the_next() {
        let place = tempfile::tempdir().unwrap();
        let there = |name: &str| place.path().join(name).exists();
        let first = Passing::within(place.path()).unwrap();
        std::fs::write(first.database(), "a").unwrap();
        age(&first.folder);
        for name in ["guanxi-demo-left", "guanxi-demo-young", "somebody-else"] {
            std::fs::create_dir(place.path().join(name)).unwrap();
            std::fs::write(place.path().join(name).join(HERE), "").unwrap();
            if name != "guanxi-demo-young" {
                age(&place.path().join(name));
            }
        }
        let second = Passing::within(place.path()).unwrap();
        assert!(first.folder.exists(), "its program runs");
        assert!(!there("guanxi-demo-left") && there("guanxi-demo-young") && there("somebody-else"));
        let gone = [first.folder.clone(), second.folder.clone()];
        drop((first, second));
        assert!(gone.iter().all(|folder| !folder.exists()));
    }
}
