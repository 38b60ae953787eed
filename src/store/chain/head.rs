//! The head of the chain at a place of the administrator's, one line a day: whoever has the file of the database and not
//! that place cannot rewrite the end of the record unseen either. A line is the day, the last change and its hash.

use std::fs::{File, OpenOptions};
use std::io::{BufReader, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use super::{end, outside};
use crate::domain::clock::Now;
use crate::store::check::Fault;
use crate::store::request::StoreError;
use crate::store::{Store, settings};

/// The setting that names the place.
const PLACE: &str = "history_place";

impl Store {
    /// Notes the head of the chain at the administrator's place, where there is one and today's is not there yet.
    pub fn mark_history(&self, now: Now) -> Result<(), StoreError> {
        let place = settings::get(&self.db, PLACE)?;
        let today = Now { at: now.at, zone: settings::zone(&self.db)? }.today().to_string();
        let noted = settings::raw(&self.db, settings::MARKED_ON)?.is_some_and(|on| on >= today);
        let (change, hash) = end(&self.db)?;
        if place.is_empty() || noted || change == 0 {
            return Ok(());
        }
        let hash: String = hash.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(digit).collect();
        append(&place, &format!("{today} {change} {hash}\n"))
            .map_err(|e| StoreError::unavailable_for(Path::new(&place), e))?;
        settings::keep(&self.db, settings::MARKED_ON, Some(&today))?;
        Ok(())
    }

    /// The first change that was noted outside and is not in the record any more as it was; the place, where it cannot be
    /// read although something was noted there.
    pub(in crate::store) fn noted_heads(&self) -> Result<Option<Fault>, StoreError> {
        let place = settings::get(&self.db, PLACE)?;
        if place.is_empty() || settings::raw(&self.db, settings::MARKED_ON)?.is_none() {
            return Ok(None);
        }
        match File::open(&place).and_then(|file| outside(&self.db, BufReader::new(file))) {
            Ok(missing) => Ok(missing.map(Fault::Noted)),
            Err(_) => Ok(Some(Fault::Place(place))),
        }
    }
}

fn digit(half: u8) -> char {
    char::from_digit(u32::from(half), 16).unwrap_or('0')
}

/// Adds a line to a file, for the owner's eyes only, never through a link.
fn append(place: &str, line: &str) -> std::io::Result<()> {
    let no_follow = i32::try_from(rustix::fs::OFlags::NOFOLLOW.bits()).unwrap_or(0);
    let mut file =
        OpenOptions::new().append(true).create(true).mode(0o600).custom_flags(no_follow).open(place)?;
    file.write_all(line.as_bytes())?;
    file.sync_all()
}
