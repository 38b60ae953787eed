//! A second look for somebody who was erased already. The first one told whose records still name them and left those to a
//! person; what that person edited since stands in the record with the old words before it. By the name, typed once more, the
//! lines of those rows are blanked, and what still names them is told again. The name itself is kept nowhere.

use rusqlite::{Connection, OptionalExtension};

use super::named::Words;
use super::{Request, history, known, mentioned};
use crate::domain::clock::Now;
use crate::domain::customer::CustomerId;
use crate::domain::field::{Field, Problem, Row, Value};
use crate::domain::people::{Actor, Verb};
use crate::store::record::{Header, Work};
use crate::store::request::{Receipt, StoreError};
use crate::store::tables::of_record;
use crate::store::values::{cell, code_and_name, invalid};
use crate::store::write::frame::Frame;
use crate::store::{chain, people};

/// The change by which a customer was erased last.
pub fn erased_by(db: &Connection, customer: i64) -> Result<Option<i64>, StoreError> {
    let sql = "SELECT max(id) FROM change WHERE customer_id=?1 AND verb='erase'";
    Ok(db.prepare_cached(sql)?.query_row([customer], |r| r.get(0)).optional()?.flatten())
}

/// Takes the typed name out of the record of what was changed since.
pub fn erase(
    db: &mut Connection,
    actor: &Actor,
    request: Request<'_>,
    now: Now,
    (customer, typed, erasure): (CustomerId, &str, i64),
) -> Result<Receipt, StoreError> {
    let sought = typed.trim().to_owned();
    let (code, name) = code_and_name(db, customer.0)?.unwrap_or_default();
    // a single letter names nobody, and the number is what they are called now
    if sought.chars().count() < 2 || sought == code || sought == name {
        return invalid(Field::TypedName, Problem::ErasedAlready);
    }
    let said = request.reason.map_or(Value::None, Value::text);
    if cell(db, now, 0, Field::Reason, &said)? == rusqlite::types::Value::Null {
        return invalid(Field::Reason, Problem::Empty);
    }
    let words = Words::typed(db, customer.0, &sought)?;
    let mentions = mentioned::elsewhere(db, customer.0, &words.all, &words.all)?;
    let rows = changed_since(db, erasure, &sought)?;
    let since = "SELECT id, subject, coalesce(reason,'') FROM change WHERE id>?1 AND digest IS NULL";
    let headers =
        history::told(db, since, erasure, |subject, reason| words.name(subject) || words.name(reason))?;
    let tx = Frame::open(db)?;
    // what was read took its time: who asks may be somebody else by now
    let actor = known(&tx, actor)?;
    people::need(&tx, &actor, Verb::Erase, customer.0, now)?;
    let work = Work::new(&tx, &actor, now, None);
    let header = Header {
        subject: &code,
        customer: Some(customer.0),
        reason: request.reason,
        ..Header::own(request.name, request.act.id())
    };
    let change = work.finish(&header, true)?;
    let mut cleared = 0;
    if let Some(change) = change {
        for header in headers {
            chain::blank_header(&tx, header, change)?;
            cleared += 1;
        }
        for (table, row) in rows {
            // what still stands there is told, and judged by a person first
            let stands = of_record(&table).is_some_and(|(table, _)| {
                mentions.iter().any(|m| m.row == Row { noun: table.noun, id: row })
            });
            if !stands {
                cleared += history::blank_lines(&tx, &table, row, change, |text| words.name(text))?.len();
            }
        }
    }
    tx.commit()?;
    Ok(Receipt {
        change,
        verb: request.act.id(),
        subject: code,
        customer: Some(customer),
        mentions,
        cleared: Some(cleared),
        ..Receipt::default()
    })
}

/// The rows of which a change since says the word.
fn changed_since(db: &Connection, erasure: i64, sought: &str) -> Result<Vec<(String, i64)>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT DISTINCT tbl, row_id FROM change_row
         WHERE change_id>?1 AND digest IS NULL AND (instr(before,?2)>0 OR instr(after,?2)>0)",
    )?;
    let found = query.query_map((erasure, sought), |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}
