//! What moves with a customer that goes, table by table: one list says how each does, and a test asks it of the schema. A
//! touch's number carries its customer, so that it becomes another row, and whatever points at it follows.

use std::collections::BTreeMap;

use rusqlite::Connection;
use rusqlite::types::Value as Cell;

use super::Pair;
use crate::domain::contact::is_telling;
use crate::domain::field::Noun;
use crate::store::record::Work;
use crate::store::request::StoreError;
use crate::store::tables::{Image, TABLES, int, table, text, word};
use crate::store::write::belongs::{rows_of, whose};

/// How the rows of a table come to the customer that stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// As they are.
    Moves,
    /// As other rows, because their number says whose they are.
    Anew,
    /// With the touch whose they are.
    Along,
    /// In the last step, because both may have one where only one can be: by these columns they are the same.
    Meets(&'static [&'static str]),
    /// In the last step, by the rule of contacts.
    Contacts,
}
use How::{Along, Anew, Contacts, Meets, Moves};

/// Every table with a customer of its own.
pub const HOW: &[(Noun, How)] = &[
    (Noun::Touch, Anew),
    (Noun::Outcome, Along),
    (Noun::Task, Moves),
    // found by its order, which goes after it
    (Noun::OrderLine, Moves),
    (Noun::Order, Moves),
    (Noun::Quote, Moves),
    (Noun::Refund, Moves),
    (Noun::Contract, Moves),
    (Noun::Expense, Moves),
    (Noun::Referral, Moves),
    (Noun::Coupon, Moves),
    (Noun::Activation, Moves),
    (Noun::Browse, Moves),
    (Noun::Complaint, Moves),
    (Noun::Survey, Moves),
    (Noun::Request, Moves),
    (Noun::Alarm, Moves),
    (Noun::Plan, Moves),
    (Noun::Event, Moves),
    // found by its dispute, which goes after it
    (Noun::DisputeNote, Moves),
    (Noun::Dispute, Moves),
    (Noun::Contact, Contacts),
    (Noun::Method, Contacts),
    (Noun::ImportantDate, Meets(&["kind", "calendar", "month", "day", "contact_id"])),
    (Noun::Class, Meets(&["scheme"])),
    (Noun::CustomerTag, Meets(&["tag_id"])),
    (Noun::Opening, Meets(&[])),
    (Noun::Consent, Meets(&[])),
    (Noun::OptOut, Meets(&["channel"])),
    (Noun::Membership, Meets(&[])),
    (Noun::Budget, Meets(&["period", "category"])),
    (Noun::Overspend, Meets(&["period"])),
    (Noun::Member, Meets(&["campaign_id"])),
    (Noun::HandoverCustomer, Meets(&["handover_id"])),
    (Noun::LeakCustomer, Meets(&["leak_id"])),
    (Noun::Share, Meets(&["person_id"])),
    (Noun::OwnValue, Meets(&["field_id"])),
];

/// Tasks whose cause names the customer: what they are about is about the one that stays.
const CAUSES: &[&str] = &["cadence", "silence", "recall", "survey", "review"];

/// How many rows a customer has, table by table; only those with any.
pub fn counts(db: &Connection, customer: i64) -> Result<Vec<(Noun, i64)>, StoreError> {
    let mut found = Vec::new();
    for (noun, _) in HOW {
        let sql = format!("SELECT count(*) FROM {} WHERE {}", table(*noun).name, whose(*noun));
        let n: i64 = db.prepare_cached(&sql)?.query_row([customer], |r| r.get(0))?;
        if n > 0 {
            found.push((*noun, n));
        }
    }
    Ok(found)
}

/// The next rows that move before the last step, so many at most: touches first, whom it has sent last.
pub fn next(db: &Connection, customer: i64, most: usize) -> Result<Vec<(Noun, i64)>, StoreError> {
    let mut found = Vec::new();
    for (noun, _) in HOW.iter().filter(|(_, how)| matches!(how, Moves | Anew)) {
        let ids = rows_of(db, table(*noun), customer, most - found.len())?;
        found.extend(ids.into_iter().map(|id| (*noun, id)));
    }
    let rest = i64::try_from(most - found.len()).unwrap_or(i64::MAX);
    let sent: Vec<i64> = db
        .prepare_cached("SELECT id FROM customer WHERE referrer_id=?1 ORDER BY id LIMIT ?2")?
        .query_map([customer, rest], |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    found.extend(sent.into_iter().map(|id| (Noun::Customer, id)));
    Ok(found)
}

/// Makes the touches of a batch anew at the customer that stays: the new ones before anything else is written and the old
/// ones gone after whatever pointed at them. `between` writes what has to stand before the rest.
pub fn touches(
    work: &mut Work<'_>,
    pair: &Pair,
    batch: &[(Noun, i64)],
    between: impl FnOnce(&mut Work<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let contacts = same_contacts(work.db, pair)?;
    let mut became = BTreeMap::new();
    for (_, old) in batch.iter().filter(|(noun, _)| *noun == Noun::Touch) {
        let Some((_, mut row)) = work.read(Noun::Touch, *old)? else { continue };
        for (column, cell) in &mut row {
            match (*column, &cell) {
                ("customer_id", _) => *cell = Cell::Integer(pair.keep),
                ("contact_id", Cell::Integer(id)) => {
                    *cell = Cell::Integer(contacts.get(id).copied().unwrap_or(*id));
                }
                _ => {}
            }
        }
        became.insert(*old, work.insert(Noun::Touch, &row)?);
    }
    between(work)?;
    for (old, new) in &became {
        pair.became(work, Noun::Touch, *old, *new)?;
        for table in TABLES.iter().filter(|t| t.columns.contains(&"touch_id")) {
            let sql = format!("SELECT id FROM {} WHERE customer_id=?1 AND touch_id=?2", table.name);
            let ids: Vec<i64> = work
                .db
                .prepare_cached(&sql)?
                .query_map([pair.gone, *old], |r| r.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            let mut cells = vec![("touch_id", Cell::Integer(*new))];
            if HOW.contains(&(table.noun, Along)) {
                cells.push(("customer_id", Cell::Integer(pair.keep)));
            }
            for id in ids {
                work.update(table.noun, id, &cells)?;
            }
        }
    }
    for old in became.keys() {
        work.delete(Noun::Touch, *old)?;
    }
    Ok(())
}

/// Contacts of the customer that goes who are contacts of the other too, by name, and who they are there. Two without a name,
/// or with one that many have (李经理), are one person only where they have a number in common.
pub fn same_contacts(db: &Connection, pair: &Pair) -> Result<BTreeMap<i64, i64>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT g.id, k.id, g.name, EXISTS(
           SELECT 1 FROM method m JOIN method n ON n.contact_id=k.id AND n.digits=m.digits
           WHERE m.contact_id=g.id AND m.digits<>'')
         FROM contact g JOIN contact k ON k.name=g.name WHERE g.customer_id=?1 AND k.customer_id=?2 ORDER BY k.id",
    )?;
    let mut rows = query.query([pair.gone, pair.keep])?;
    let mut same = BTreeMap::new();
    while let Some(row) = rows.next()? {
        if row.get(3)? || is_telling(row.get_ref(2)?.as_str().unwrap_or_default()) {
            same.entry(row.get(0)?).or_insert(row.get(1)?);
        }
    }
    Ok(same)
}

/// Moves one row as it is, but for what in it names the customer; whom it has sent was sent by the other.
pub fn row(work: &mut Work<'_>, pair: &Pair, noun: Noun, id: i64) -> Result<(), StoreError> {
    if noun == Noun::Customer {
        let by = if id == pair.keep { Cell::Null } else { Cell::Integer(pair.keep) };
        work.update(noun, id, &[("referrer_id", by)])?;
        return Ok(());
    }
    let Some((_, row)) = work.read(noun, id)? else { return Ok(()) };
    let mut cells = vec![("customer_id", Cell::Integer(pair.keep))];
    match noun {
        Noun::Task => cells.extend(cause(work.db, pair, &row)?),
        Noun::Alarm => cells.extend(alarm(work, pair, &row)?),
        // nobody sends themselves
        Noun::Referral if int(&row, "new_id") == Some(pair.keep) => cells.push(("new_id", Cell::Null)),
        _ => {}
    }
    work.update(noun, id, &cells)?;
    Ok(())
}

/// The cause of a task with the customer that stays in it, unless that one has had it already.
fn cause(db: &Connection, pair: &Pair, row: &Image) -> Result<Image, StoreError> {
    let Some((kind, rest)) = text(row, "cause").and_then(|cause| cause.split_once(':')) else {
        return Ok(Image::new());
    };
    let Some(on) = rest.strip_prefix(&format!("{}:", pair.gone)).filter(|_| CAUSES.contains(&kind)) else {
        return Ok(Image::new());
    };
    renamed(db, &format!("{kind}:{}:{on}", pair.keep))
}

/// A cause that is free, as cells.
fn renamed(db: &Connection, cause: &str) -> Result<Image, StoreError> {
    let taken = db.prepare_cached("SELECT 1 FROM task WHERE cause=?1")?.exists([cause])?;
    Ok(if taken { Image::new() } else { vec![("cause", word(cause))] })
}

/// An alarm is about the customer that stays; one that this one has had for the same cause is over.
fn alarm(work: &Work<'_>, pair: &Pair, row: &Image) -> Result<Image, StoreError> {
    if text(row, "subject") != Some(format!("customer:{}", pair.gone).as_str()) {
        return Ok(Image::new());
    }
    let subject = format!("customer:{}", pair.keep);
    let taken = work
        .db
        .prepare_cached("SELECT 1 FROM alarm WHERE rule=?1 AND subject=?2 AND period=?3")?
        .exists((text(row, "rule"), &subject, text(row, "period")))?;
    Ok(match (taken, text(row, "state")) {
        (false, _) => vec![("subject", word(subject))],
        (true, Some("closed")) => Image::new(),
        (true, _) => vec![
            ("state", word("closed")),
            ("ended", word("gone")),
            ("climb_at", Cell::Null),
            ("closed_at", Cell::Integer(work.now.ms())),
        ],
    })
}

/// Whatever else names the customer that goes: who sent it, and the reward for that.
pub fn names(work: &mut Work<'_>, pair: &Pair) -> Result<(), StoreError> {
    let ids = |work: &Work<'_>, sql: &str| -> Result<Vec<i64>, StoreError> {
        let mut query = work.db.prepare_cached(sql)?;
        Ok(query.query_map([pair.gone], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?)
    };
    for id in ids(work, "SELECT id FROM referral WHERE new_id=?1")? {
        let own =
            work.read(Noun::Referral, id)?.and_then(|(_, row)| int(&row, "customer_id")) == Some(pair.keep);
        let new = if own { Cell::Null } else { Cell::Integer(pair.keep) };
        work.update(Noun::Referral, id, &[("new_id", new)])?;
    }
    for id in ids(work, "SELECT id FROM task WHERE cause='reward:'||?1")? {
        let Some((_, row)) = work.read(Noun::Task, id)? else { continue };
        let mut cells = renamed(work.db, &format!("reward:{}", pair.keep))?;
        let idle = cells.is_empty() || int(&row, "customer_id") == Some(pair.keep);
        if idle && text(&row, "state") == Some("open") {
            cells.push(("state", word("dropped")));
        }
        work.update(Noun::Task, id, &cells)?;
    }
    Ok(())
}

/// The numbers under which the customer that goes was known lead to the one that stays.
pub fn numbers(work: &mut Work<'_>, pair: &Pair) -> Result<(), StoreError> {
    let codes: Vec<String> = work
        .db
        .prepare_cached(
            "SELECT code FROM customer_alias WHERE customer_id=?1 UNION SELECT code FROM customer WHERE id=?1",
        )?
        .query_map([pair.gone], |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for code in codes {
        let alias = vec![("code", word(&code)), ("customer_id", Cell::Integer(pair.keep))];
        work.put(Noun::Alias, &code, Some(&alias))?;
    }
    Ok(())
}
