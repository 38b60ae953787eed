//! What people were shown beyond the mask: single fields after a reason (`reveal`), and whole numbers that somebody typed
//! (`number`), who thereby learned whose they are or that nobody has them. Both are kept for good and counted per person
//! and day; over the limit of the settings the store says no more.

use rusqlite::Connection;
use sha2::{Digest as _, Sha256};

use super::request::{Limited, StoreError};
use super::{Store, settings, turn};
use crate::domain::clock::Now;
use crate::domain::people::{Actor, Reach, Verb, reach};

/// Something that was shown beyond the mask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    /// What.
    pub what: Limited,
    /// Of whom; none where a number belongs to nobody.
    pub customer: Option<i64>,
    /// The column of the field that was shown.
    pub field: Option<&'static str>,
    /// Why.
    pub reason: Option<String>,
}

impl Noted {
    /// A whole number that was typed, and whose it is; one of nobody is told from others by its digest.
    pub fn number(customer: Option<i64>, digits: &str) -> Self {
        let first = Sha256::digest(digits).first_chunk().copied().unwrap_or_default();
        let reason = customer.is_none().then(|| format!("{:016x}", u64::from_be_bytes(first)));
        Self { what: Limited::Number, customer, field: None, reason }
    }
}

/// The id of a kind as the log has it.
const fn id(what: Limited) -> &'static str {
    match what {
        Limited::Reveal => "reveal",
        Limited::Number => "number",
        Limited::Rows => "rows",
    }
}

/// How many a person was shown today.
pub fn today(db: &Connection, actor: &Actor, now: Now, what: Limited) -> rusqlite::Result<i64> {
    let from = now.zone.start(now.today()).timestamp_millis();
    db.prepare_cached("SELECT count(*) FROM look_up WHERE person_id=?1 AND at>=?2 AND what=?3")?
        .query_row((actor.id.0, from, id(what)), |r| r.get(0))
}

/// Whether the person was shown the same number today already.
pub fn known(db: &Connection, actor: &Actor, now: Now, noted: &Noted) -> rusqlite::Result<bool> {
    let from = now.zone.start(now.today()).timestamp_millis();
    db.prepare_cached(
        "SELECT 1 FROM look_up WHERE person_id=?1 AND at>=?2 AND what=?3 AND customer_id IS ?4 AND reason IS ?5",
    )?
    .exists((actor.id.0, from, id(noted.what), noted.customer, &noted.reason))
}

/// Refuses one more than the day's limit, for whoever has one; answers how many this one makes, and the limit.
pub fn room(
    db: &Connection,
    actor: &Actor,
    now: Now,
    what: Limited,
) -> Result<Option<(i64, i64)>, StoreError> {
    if reach(actor.role, Verb::RevealFreely) != Reach::No {
        return Ok(None);
    }
    let key = if what == Limited::Reveal { "reveals" } else { "look_ups" };
    let (so_far, most) = (today(db, actor, now, what)?, settings::number(db, key)?);
    if so_far >= most { Err(StoreError::Limit { what, most }) } else { Ok(Some((so_far + 1, most))) }
}

/// Keeps what was shown.
pub fn keep(db: &Connection, actor: &Actor, now: Now, noted: &Noted) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO look_up(at,person_id,customer_id,what,field,reason) VALUES(?1,?2,?3,?4,?5,?6)",
    )?
    .execute((now.ms(), actor.id.0, noted.customer, id(noted.what), noted.field, &noted.reason))?;
    Ok(())
}

impl Store {
    /// Keeps what an answer shows, before anybody sees it: what is not on record would not count towards the limit (I14). A
    /// connection that only reads writes for that moment.
    pub fn note(&self, actor: &Actor, now: Now, noted: &[Noted]) -> Result<(), StoreError> {
        if noted.is_empty() {
            return Ok(());
        }
        let _head = turn::wait(&self.db);
        let reads: bool = self.db.pragma_query_value(None, "query_only", |r| r.get(0))?;
        self.db.pragma_update(None, "query_only", false)?;
        let kept = noted.iter().try_for_each(|one| keep(&self.db, actor, now, one));
        self.db.pragma_update(None, "query_only", reads)?;
        Ok(kept?)
    }
}
