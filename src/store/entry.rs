//! What each customer is found by, in one narrow row: the look-up holds thousands of candidates against what was typed. The
//! view `entry_now` says what it is by the records; the table `entry` is kept in the transaction that changes them.

use rusqlite::{Connection, OptionalExtension};

use crate::domain::find::{self, digit_tokens, text_tokens};

/// What stands between the texts of a list.
const BETWEEN: char = '\u{1f}';

/// What a customer is found by.
pub struct Entry {
    customer: i64,
    owner: i64,
    name: String,
    codes: String,
    contacts: Option<String>,
    tags: Option<String>,
    phones: Option<String>,
}

/// Looks at what is kept of a customer; none where there is no such one.
pub fn look<T>(
    db: &Connection,
    customer: i64,
    at: impl FnOnce(&find::Entry) -> T,
) -> rusqlite::Result<Option<T>> {
    db.prepare_cached("SELECT owner_id, name, codes, contacts, tags, phones FROM entry WHERE customer_id=?1")?
        .query_row([customer], |row| {
            let text = |i| Ok::<_, rusqlite::Error>(row.get_ref(i)?.as_str()?);
            let list = |i| Ok::<_, rusqlite::Error>(parts(row.get_ref(i)?.as_str_or_null()?));
            Ok(at(&find::Entry {
                owner: row.get(0)?,
                name: text(1)?,
                codes: list(2)?,
                contacts: list(3)?,
                tags: list(4)?,
                phones: list(5)?,
            }))
        })
        .optional()
}

impl Entry {
    /// As the records have it; none where there is no such customer.
    pub fn now(db: &Connection, customer: i64) -> rusqlite::Result<Option<Self>> {
        db.prepare_cached(
            "SELECT customer_id, owner_id, name, codes, contacts, tags, phones FROM entry_now WHERE customer_id=?1",
        )?
        .query_row([customer], |row| {
            Ok(Self {
                customer: row.get(0)?,
                owner: row.get(1)?,
                name: row.get(2)?,
                codes: row.get(3)?,
                contacts: row.get(4)?,
                tags: row.get(5)?,
                phones: row.get(6)?,
            })
        })
        .optional()
    }

    /// Keeps it; a row that says the same already is not written.
    pub fn keep(&self, db: &Connection) -> rusqlite::Result<()> {
        db.prepare_cached(
            "INSERT INTO entry VALUES(?1,?2,?3,?4,?5,?6,?7) ON CONFLICT(customer_id) DO UPDATE
             SET owner_id=?2, name=?3, codes=?4, contacts=?5, tags=?6, phones=?7
             WHERE (owner_id,name,codes,contacts,tags,phones) IS NOT (?2,?3,?4,?5,?6,?7)",
        )?
        .execute((
            self.customer,
            self.owner,
            &self.name,
            &self.codes,
            &self.contacts,
            &self.tags,
            &self.phones,
        ))?;
        Ok(())
    }

    /// Keeps nothing of a customer any more.
    pub fn forget(db: &Connection, customer: i64) -> rusqlite::Result<()> {
        db.prepare_cached("DELETE FROM entry WHERE customer_id=?1")?.execute([customer])?;
        Ok(())
    }

    /// Its tokens in the index of words.
    pub fn words(&self) -> String {
        text_tokens(&find::Entry {
            owner: self.owner,
            name: &self.name,
            codes: parts(Some(&self.codes)),
            contacts: parts(self.contacts.as_deref()),
            tags: parts(self.tags.as_deref()),
            phones: Vec::new(),
        })
    }

    /// Its tokens in the index of digits; empty where there are none.
    pub fn digits(&self) -> String {
        digit_tokens(&parts(self.phones.as_deref()))
    }
}

/// The texts of a list.
fn parts(list: Option<&str>) -> Vec<&str> {
    list.map(|list| list.split(BETWEEN).collect()).unwrap_or_default()
}
