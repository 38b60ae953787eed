//! Customers that look like one that is being made (H8): the same name and phone, which refuses it, a phone in common or
//! nearly the same name, of which one is told. Whether somebody has a number, and who, shows whoever may not see it only as
//! a look-up that is kept and counted (I14), as `read/find` does before the form is saved; over the limit nothing is told.

use rusqlite::{Connection, OptionalExtension};

use super::customer::phones_of;
use crate::domain::change::Change;
use crate::domain::clock::Now;
use crate::domain::people::{Actor, Reach, Verb, reach};
use crate::domain::{find, phones};
use crate::store::look_up::{self, Noted};
use crate::store::request::{Limited, StoreError};
use crate::store::{people, words};

/// A customer that is there already under the same name and phone.
pub struct Twin {
    /// Its inside id.
    pub id: i64,
    /// Its number.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// The customer with equal name and a phone in common.
pub fn twin(db: &Connection, name: &str, phones: &[String]) -> Result<Option<Twin>, StoreError> {
    for phone in phones {
        let found = db
            .prepare_cached(
                "SELECT c.id, c.code, c.name FROM method m JOIN customer c ON c.id=m.customer_id
                 WHERE m.digits=?1 AND c.name=?2 LIMIT 1",
            )?
            .query_row((phone, name), |r| Ok(Twin { id: r.get(0)?, code: r.get(1)?, name: r.get(2)? }))
            .optional()?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// A customer that looks like the new one (H8): a phone in common, or the same name but for the form of the company.
pub fn alike(db: &Connection, name: &str, phones: &[String]) -> Result<Option<(String, String)>, StoreError> {
    for phone in phones {
        if let Some(twin) = by_phone(db, phone)? {
            return Ok(Some((twin.code, twin.name)));
        }
    }
    by_name(db, name)
}

/// Those numbers of a new customer of which the actor may learn whose they are, or that nobody has them: all where they
/// see every number, else as many as the day's limit leaves; each one told is kept and counted.
pub fn knowable(
    db: &Connection,
    actor: &Actor,
    now: Now,
    phones: &[String],
) -> Result<Vec<String>, StoreError> {
    if reach(actor.role, Verb::SeePrivate) == Reach::All {
        return Ok(phones.to_vec());
    }
    let mut told = Vec::new();
    for phone in phones {
        if may_know(db, actor, now, phone)? {
            told.push(phone.clone());
        }
    }
    Ok(told)
}

/// Keeps what a refusal has told: what was kept in the refused transaction is gone with it.
pub fn keep_refused(db: &Connection, actor: &Actor, now: Now, change: &Change) -> Result<(), StoreError> {
    match change {
        Change::AddCustomer(new) => knowable(db, actor, now, &phones_of(new)).map(drop),
        Change::All(changes) => changes.iter().try_for_each(|change| keep_refused(db, actor, now, change)),
        _ => Ok(()),
    }
}

/// Whether the actor may learn whose a number is: they see it, were told today, or have room for one look-up more. However
/// many customers have it, it is one number.
fn may_know(db: &Connection, actor: &Actor, now: Now, phone: &str) -> Result<bool, StoreError> {
    let holders = holders(db, phone)?;
    let mut hidden = (holders.is_empty() && phones::is_whole(phone)).then(|| Noted::number(None, phone));
    for customer in holders {
        match people::need(db, actor, Verb::SeePrivate, customer, now) {
            Ok(_) => {}
            Err(StoreError::Denied(_)) => {
                hidden = hidden.or_else(|| Some(Noted::number(Some(customer), phone)));
            }
            Err(other) => return Err(other),
        }
    }
    let Some(noted) = hidden else { return Ok(true) };
    if look_up::known(db, actor, now, &noted)? {
        return Ok(true);
    }
    match look_up::room(db, actor, now, Limited::Number) {
        Ok(_) => look_up::keep(db, actor, now, &noted)?,
        Err(StoreError::Limit { .. }) => return Ok(false),
        Err(other) => return Err(other),
    }
    Ok(true)
}

/// The customers that have this phone, a few at the most.
fn holders(db: &Connection, phone: &str) -> Result<Vec<i64>, StoreError> {
    let mut query = db.prepare_cached("SELECT DISTINCT customer_id FROM method WHERE digits=?1 LIMIT 5")?;
    Ok(query.query_map([phone], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// A customer with this phone.
fn by_phone(db: &Connection, phone: &str) -> Result<Option<Twin>, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT c.id, c.code, c.name FROM method m JOIN customer c ON c.id=m.customer_id WHERE m.digits=?1 LIMIT 1",
        )?
        .query_row([phone], |r| Ok(Twin { id: r.get(0)?, code: r.get(1)?, name: r.get(2)? }))
        .optional()?)
}

/// A customer of the same name but for the form of the company.
fn by_name(db: &Connection, name: &str) -> Result<Option<(String, String)>, StoreError> {
    let same = db
        .prepare_cached("SELECT code, name FROM customer WHERE name=?1 LIMIT 1")?
        .query_row([name], |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?;
    if same.is_some() {
        return Ok(same);
    }
    // names that begin with the same sounds lie together in the index by name
    let stem = find::stem(name);
    let key = words::sort_key(&stem, false);
    if key.is_empty() {
        return Ok(None);
    }
    let mut query = db.prepare_cached(
        "SELECT c.code, c.name FROM facts f JOIN customer c ON c.id=f.customer_id
         WHERE f.name_key>=?1 AND f.name_key<?1||char(1114111) ORDER BY f.name_key LIMIT 64",
    )?;
    let near = query.query_map([key], |r| Ok((r.get::<_, String>(0)?, r.get::<_, String>(1)?)))?;
    for found in near {
        let (code, other) = found?;
        if find::stem(&other) == stem {
            return Ok(Some((code, other)));
        }
    }
    Ok(None)
}
