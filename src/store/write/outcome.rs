//! What became of a touch later: noted on the touch it came from, with its time, and never a touch of its own (E24, K15).

use rusqlite::OptionalExtension;
use rusqlite::types::Value as Cell;

use super::{subject, task};
use crate::domain::change::NewTask;
use crate::domain::clock::from_ms;
use crate::domain::customer::CustomerId;
use crate::domain::field::{Field, Noun, Problem, Row, Value};
use crate::domain::people::Verb;
use crate::store::net::purchase;
use crate::store::people;
use crate::store::record::Work;
use crate::store::request::{Receipt, StoreError};
use crate::store::since::wrote;
use crate::store::tables::{Image, cell as cell_of, flag, int, opt_int, word};
use crate::store::values::{cell, invalid};

/// What can become of a touch, by id.
pub const KINDS: &[&str] = &["answered", "claimed", "ordered", "declined"];

/// Notes an outcome: an answer in any case, an order where it was one; what is to be done about it becomes a task.
pub fn note(
    work: &mut Work<'_>,
    touch: i64,
    kind: &str,
    note: Option<&str>,
    next: Option<&NewTask>,
) -> Result<Receipt, StoreError> {
    if !KINDS.contains(&kind) {
        return invalid(Field::TouchResponded, Problem::NotOneOf(kind.to_owned(), KINDS));
    }
    let Some((_, image)) = work.read(Noun::Touch, touch)? else { return Err(StoreError::Gone { who: None }) };
    let customer = int(&image, "customer_id").unwrap_or(0);
    people::need(work.db, work.actor, Verb::Log, customer, work.now)?;
    let now = work.now.ms();
    let known = work
        .db
        .prepare_cached("SELECT 1 FROM touch_outcome WHERE touch_id=?1 AND kind=?2")?
        .exists((touch, kind))?;
    if !known {
        // a note may be missing
        let words = match note.map(str::trim).filter(|note| !note.is_empty()) {
            Some(note) => cell(work.db, work.now, customer, Field::Reason, &Value::text(note))?,
            None => Cell::Null,
        };
        let row = [
            ("customer_id", Cell::Integer(customer)),
            ("touch_id", Cell::Integer(touch)),
            ("at", Cell::Integer(now)),
            ("kind", word(kind)),
            ("note", words),
        ];
        work.insert(Noun::Outcome, &row)?;
    }
    let mut row = vec![
        ("responded", flag(true)),
        ("responded_at", opt_int(Some(int(&image, "responded_at").unwrap_or(now)))),
    ];
    let order =
        if kind == "ordered" { order(work, customer, int(&image, "at").unwrap_or(now))? } else { None };
    if kind == "ordered" {
        row.push(("converted", flag(true)));
        row.push(("order_id", opt_int(order.or(int(&image, "order_id")))));
    }
    work.update(Noun::Touch, touch, &row)?;
    let followed = coupon(work, touch, kind, order)?;
    if let Some(next) = next.filter(|_| !known && !followed) {
        task::make(work, customer, next, work.actor.id.0, "promise", Some((touch, None)))?;
    }
    Ok(Receipt {
        subject: subject(work.db, customer)?,
        customer: Some(CustomerId(customer)),
        ..Receipt::default()
    })
}

/// Takes an outcome away again, with what it had said of its touch: an answer, a conversion, an order, as far as no other
/// outcome says the same.
pub fn withdraw(work: &mut Work<'_>, id: i64) -> Result<(), StoreError> {
    let Some((_, outcome)) = work.read(Noun::Outcome, id)? else { return Ok(()) };
    work.delete(Noun::Outcome, id)?;
    let Some(touch) = int(&outcome, "touch_id") else { return Ok(()) };
    if work.read(Noun::Touch, touch)?.is_none() {
        return Ok(());
    }
    let left = |sql: &str| work.db.prepare_cached(sql)?.exists([touch]);
    let mut columns = Vec::new();
    if !left("SELECT 1 FROM touch_outcome WHERE touch_id=?1")? {
        columns.extend(["responded", "responded_at"]);
    }
    if !left("SELECT 1 FROM touch_outcome WHERE touch_id=?1 AND kind='ordered'")? {
        columns.extend(["converted", "order_id"]);
    }
    let mut row = Image::new();
    for column in columns {
        row.extend(before(work, touch, column)?.map(|cell| (column, cell)));
    }
    work.update(Noun::Touch, touch, &row)?;
    Ok(())
}

/// What a column of a touch was before its outcomes wrote it; none where the last to write it was somebody else.
fn before(work: &Work<'_>, touch: i64, column: &'static str) -> Result<Option<Cell>, StoreError> {
    let all = wrote(work.db, Row { noun: Noun::Touch, id: touch }, column)?;
    if all.is_empty() && column == "converted" {
        // nothing is on record about it: without an order it has not converted
        return Ok(Some(flag(false)));
    }
    let mut outcomes = work.db.prepare_cached(
        "SELECT 1 FROM change_row WHERE change_id=?1 AND tbl='touch_outcome'
         AND ?2 IN (json_extract(before,'$.touch_id'), json_extract(after,'$.touch_id'))",
    )?;
    let mut was = None;
    for wrote in all {
        let Some(image) = wrote.before else { break };
        if !outcomes.exists((wrote.change, touch))? {
            break;
        }
        was = Some(cell_of(&image, column).clone());
    }
    Ok(was)
}

/// The first order on or after the day of the touch, if it is written down already.
fn order(work: &Work<'_>, customer: i64, at: i64) -> Result<Option<i64>, StoreError> {
    let day = work.now.zone.day(from_ms(at)).to_string();
    Ok(work
        .db
        .prepare_cached(concat!(
            "SELECT o.id FROM orders o WHERE o.customer_id=?1 AND o.ordered_on>=?2 AND ",
            purchase!(),
            " ORDER BY o.ordered_on, o.id LIMIT 1"
        ))?
        .query_row((customer, day), |r| r.get(0))
        .optional()?)
}

/// The coupon that came with a touch is claimed or used with it; answers whether it has a task that follows the claim up,
/// which is the one task of this cause (G28, G57).
fn coupon(work: &mut Work<'_>, touch: i64, kind: &str, order: Option<i64>) -> Result<bool, StoreError> {
    let coupons: Vec<i64> = work
        .db
        .prepare_cached("SELECT id FROM coupon WHERE touch_id=?1")?
        .query_map([touch], |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let today = word(work.now.today().to_string());
    let mut followed = false;
    for id in coupons {
        let Some((_, image)) = work.read(Noun::Coupon, id)? else { continue };
        let claimed = cell_of(&image, "claimed_on").clone();
        let claimed = if claimed == Cell::Null { today.clone() } else { claimed };
        let mut row = vec![("claimed_on", claimed)];
        match kind {
            "claimed" => {}
            "ordered" => row.extend([("used_on", today.clone()), ("order_id", opt_int(order))]),
            _ => continue,
        }
        work.update(Noun::Coupon, id, &row)?;
        super::coupon::tasks(work, id)?;
        followed |= work
            .db
            .prepare_cached("SELECT 1 FROM task WHERE cause=?1 AND state='open'")?
            .exists([format!("coupon_claim:{id}")])?;
    }
    Ok(followed)
}
