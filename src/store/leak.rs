//! A leak as the store sees it besides its own rows: which exports are a case's, which customers left with them, and giving
//! the backups another key, which is no matter of one transaction. What people do about a leak is `write/leak`; what they
//! see of it `read/leak`.

use std::path::PathBuf;

use rusqlite::Connection;

use super::request::{Rekeyed, StoreError, VaultError};
use super::{Store, merged, people, settings, vault};
use crate::domain::change::{Change, Envelope};
use crate::domain::clock::Now;
use crate::domain::leak::{Leak, Secret};
use crate::domain::people::{Actor, Verb};

/// Milliseconds of a day.
const DAY: i64 = 24 * 60 * 60 * 1000;

/// Which exports `e` of the log are a case's: those of the person (`?1`; of everybody where nobody is named yet) since an
/// instant (`?2`), of which anything left.
pub const OF_CASE: &str = "e.at>=?2 AND e.person_id=coalesce(?1,e.person_id) AND e.state<>'refused'";

/// The customers `x` who left with exports `e`, as who they are by now (H7): begun with the exports, which are few, and not
/// with all that ever left.
pub fn left_with() -> String {
    format!(
        "export_log e CROSS JOIN (SELECT x.export_id, {} AS customer_id FROM export_customer x) x ON x.export_id=e.id",
        merged::IS_NOW
    )
}

/// The instant from which exports are looked at, for a leak of then (UTC ms).
pub fn from(db: &Connection, since: i64) -> rusqlite::Result<i64> {
    Ok(since - settings::number(db, "leak_days")? * DAY)
}

/// Whether a customer's data left with one of these exports.
pub fn affects(db: &Connection, person: Option<i64>, from: i64, customer: i64) -> rusqlite::Result<bool> {
    let mut query = db.prepare_cached(&format!(
        "SELECT 1 FROM export_customer x JOIN export_log e ON e.id=x.export_id WHERE x.customer_id=?3 AND {OF_CASE} LIMIT 1"
    ))?;
    for whose in std::iter::once(customer).chain(merged::into(db, customer)?) {
        if query.exists((person, from, whose))? {
            return Ok(true);
        }
    }
    Ok(false)
}

impl Store {
    /// Encrypts new backups to another key, and gives those that are there the same one as far as the old key opens them;
    /// none where no old key was given. The old key is used and forgotten (K52). Who finds the old key later comes again with
    /// the key that the case has given already: the backups made before get it then.
    pub fn reencrypt(
        &mut self,
        actor: &Actor,
        now: Now,
        (leak, request): (i64, &str),
        key: &str,
        old: Option<&Secret>,
    ) -> Result<Option<Rekeyed>, VaultError> {
        let to = vault::recipient(key)?;
        // what is no key is told before anything changes
        let old = old.map(|old| vault::identities(old.tell())).transpose()?;
        let envelope = |end: &str, what: Leak| Envelope {
            request: format!("{request}{end}"),
            change: Change::Leak(what),
            reason: None,
        };
        if old.is_none() || !self.has_given(actor, leak, key.trim())? {
            self.write(actor, &envelope("", Leak::Key { id: leak, key: key.trim().to_owned() }), now)?;
        }
        let Some(old) = old else { return Ok(None) };
        let folder = self.backups_in()?.ok_or(VaultError::NoFolder)?;
        let told = vault::rekey(&folder, &old, &to)?;
        let found = [told.changed.len(), told.shut.len(), told.plain.len()];
        self.write(actor, &envelope("-files", Leak::Rekeyed { id: leak, found }), now)?;
        Ok(Some(told))
    }

    /// Whether a case has given the backups this key before; asked by whoever may answer leaks.
    fn has_given(&self, actor: &Actor, leak: i64, key: &str) -> Result<bool, StoreError> {
        let actor = people::as_known(&self.db, actor)?.ok_or(StoreError::Denied(Verb::Freeze))?;
        people::need_own(&actor, Verb::Freeze)?;
        let sql = "SELECT 1 FROM leak_step s JOIN leak l ON l.id=s.leak_id
                   WHERE s.leak_id=?1 AND s.step='encrypt' AND l.state='open'";
        let given = self.db.prepare_cached(sql)?.exists([leak])?;
        Ok(given && settings::get(&self.db, "backup_key")? == key)
    }

    /// The folder into which backups were made last; the program's own knowledge, nobody types it.
    pub fn backups_in(&self) -> Result<Option<PathBuf>, StoreError> {
        Ok(settings::raw(&self.db, settings::BACKUPS_IN)?.map(PathBuf::from))
    }

    /// Remembers the folder into which backups are made.
    pub fn note_backups(&self, folder: &std::path::Path) -> Result<(), StoreError> {
        // a relative path would mean something else to the next one who reads it
        let Ok(whole) = folder.canonicalize() else { return Ok(()) };
        if self.backups_in()?.as_ref() != Some(&whole) {
            settings::keep(&self.db, settings::BACKUPS_IN, whole.to_str())?;
        }
        Ok(())
    }
}
