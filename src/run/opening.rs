//! Opening the database where it takes long: a file of an older program is copied, checked and brought to this version, and
//! work that was cut off is ended. Until the first frame one line on the terminal says what is being done and how far; where
//! nobody watches nothing is written.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::domain::clock::Now;
use crate::i18n::{Lang, run as t};
use crate::store::request::{Opening, StoreError};
use crate::store::{Mode, Store};

/// How often the line is written anew at most.
const PACE: Duration = Duration::from_millis(100);

/// The line on the terminal; it is gone when this goes out of scope.
struct Line {
    lang: Lang,
    watched: bool,
    /// What it says, and since when.
    shown: Option<(std::mem::Discriminant<Opening>, Instant)>,
}

impl Line {
    fn new(lang: Lang) -> Self {
        Self { lang, watched: std::io::stderr().is_terminal(), shown: None }
    }

    fn tell(&mut self, what: Opening) {
        let kind = std::mem::discriminant(&what);
        let fresh = |(last, at): (_, Instant)| last == kind && at.elapsed() < PACE;
        if !self.watched || self.shown.is_some_and(fresh) {
            return;
        }
        self.shown = Some((kind, Instant::now()));
        write(&t::opening(what, self.lang));
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if self.shown.is_some() {
            write("");
        }
    }
}

/// Puts a text in the place of the line.
fn write(text: &str) {
    let mut err = std::io::stderr().lock();
    // nobody can be told: that is no reason not to open
    let _ = write!(err, "\r\x1b[K{text}").and_then(|()| err.flush());
}

/// Opens the database, saying what takes long.
pub fn open(path: &Path, mode: Mode, lang: Lang) -> Result<Store, StoreError> {
    let mut line = Line::new(lang);
    Store::open_telling(path, mode, &mut |what| line.tell(what))
}

/// A store that cannot be written still answers, where it can be read; else why it could not be opened. Where the system says
/// why, as of a network file system, it is not the writing alone that is in the way.
pub fn despite(path: &Path, error: StoreError) -> Result<Store, StoreError> {
    match error {
        StoreError::ReadOnly(_) | StoreError::Full | StoreError::Unavailable { why: None, .. } => {
            Store::open_to_look(path).map_err(|_| error)
        }
        error => Err(error),
    }
}

/// What somebody is told who opens a file that can only be read just now.
pub fn only_read(why: &StoreError, path: &Path, lang: Lang) -> String {
    match why {
        StoreError::Full => t::FULL_TO_READ.of(lang).to_owned(),
        _ => t::ONLY_READ.with(lang, &[&path.display()]),
    }
}

/// Ends what an earlier session has left half done, saying how far it is.
pub fn settle(store: &mut Store, now: Now, lang: Lang) -> Result<(), StoreError> {
    let mut line = Line::new(lang);
    store.end_rebuild(now, &mut |done, of| {
        line.tell(if done < of { Opening::Computed(done, of) } else { Opening::Joined });
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_written_is_looked_at_and_what_lies_on_a_network_is_not_opened() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        drop(Store::open(&path, Mode::Create).unwrap());
        let file = path.display().to_string();
        for why in [StoreError::ReadOnly(file), StoreError::Full, StoreError::unavailable(&path)] {
            assert!(despite(&path, why).is_ok_and(|store| store.only_looks()));
        }
        for why in [StoreError::unavailable_for(&path, "network file system"), StoreError::Newer] {
            assert_eq!(despite(&path, why.clone()).err(), Some(why));
        }
    }
}
