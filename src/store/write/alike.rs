//! Customers that look like one that is being made (H8): the same name and phone, which refuses it, a phone in common or
//! nearly the same name, of which one is told. Whose a number is shows who may not see it only as a look-up that is kept
//! and counted (I14), as `read/find` does before the form is saved.

use rusqlite::{Connection, OptionalExtension};

use crate::domain::find;
use crate::domain::people::Verb;
use crate::store::look_up::{self, Noted};
use crate::store::record::Work;
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

/// The same for whoever may not see every number: over the day's limit whose it is remains untold.
pub fn told(work: &Work<'_>, name: &str, phones: &[String]) -> Result<Option<(String, String)>, StoreError> {
    for phone in phones {
        if let Some(twin) = by_phone(work.db, phone)?
            && may_know(work, twin.id, phone)?
        {
            return Ok(Some((twin.code, twin.name)));
        }
    }
    by_name(work.db, name)
}

/// Whether the actor sees the customer's numbers, was told today, or has room for one look-up more, which is kept then.
fn may_know(work: &Work<'_>, customer: i64, phone: &str) -> Result<bool, StoreError> {
    let Work { db, actor, now, .. } = *work;
    if people::need(db, actor, Verb::SeePrivate, customer, now).is_ok() {
        return Ok(true);
    }
    let noted = Noted::number(Some(customer), phone);
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
