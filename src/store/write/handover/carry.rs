//! What goes with a customer from one person to another: the customer itself, the giver's open tasks, the complaints they
//! handle, the plans that are for this customer alone. Coupons, budgets, contacts and the history hang on the customer and
//! need no move; who touched it first stays written (X31). Whatever way a customer takes to another owner leads through here.

use rusqlite::OptionalExtension;
use rusqlite::types::Value as Cell;

use crate::domain::field::Noun;
use crate::store::record::Work;
use crate::store::request::StoreError;
use crate::store::tables::{int, opt_text, table};

/// What a person holds of a customer besides the customer: table, column, question for the rows.
const HELD: &[(Noun, &str, &str)] = &[
    (Noun::Task, "owner_id", "SELECT id FROM task WHERE customer_id=?1 AND state='open' AND owner_id=?2"),
    (
        Noun::Complaint,
        "handler_id",
        "SELECT id FROM complaint WHERE customer_id=?1 AND state<>'resolved' AND handler_id=?2",
    ),
    (
        Noun::Plan,
        "owner_id",
        "SELECT id FROM plan WHERE customer_id=?1 AND of_id IS NULL AND state<>'done' AND owner_id=?2",
    ),
    (
        Noun::PlanTask,
        "owner_id",
        "SELECT t.id FROM plan p JOIN plan_task t ON t.plan_id=p.id
         WHERE p.customer_id=?1 AND p.of_id IS NULL AND t.state='open' AND t.owner_id=?2",
    ),
];

/// The word for leave to work on a customer, among what a receiver had before.
const SHARE: &str = "share";

/// The column that says who holds it.
fn column(noun: Noun) -> &'static str {
    HELD.iter().find(|(of, ..)| *of == noun).map_or("owner_id", |(_, column, _)| *column)
}

/// Moves a customer with what goes along; false where it belongs to somebody else by now, or is gone.
pub fn over(work: &mut Work<'_>, customer: i64, from: i64, to: i64) -> Result<bool, StoreError> {
    let Some((_, row)) = work.read(Noun::Customer, customer)? else { return Ok(false) };
    if int(&row, "owner_id") != Some(from) {
        return Ok(false);
    }
    work.update(Noun::Customer, customer, &[("owner_id", Cell::Integer(to))])?;
    along(work, customer, from, to)?;
    Ok(true)
}

/// The same as a step of a hand-over: answers what the receiver had of the customer before, which is theirs if it comes
/// back; none where it did not go over.
pub fn hand(work: &mut Work<'_>, customer: i64, from: i64, to: i64) -> Result<Option<Cell>, StoreError> {
    let mut kept: Vec<String> =
        held(work, customer, to)?.iter().map(|(noun, id)| format!("{}:{id}", table(*noun).name)).collect();
    if share_of(work, customer, to)?.is_some() {
        kept.push(SHARE.to_owned());
    }
    Ok(over(work, customer, from, to)?.then(|| opt_text(Some(&kept.join(" ")))))
}

/// The way back: what the receiver had before stays with them.
pub fn back(
    work: &mut Work<'_>,
    customer: i64,
    giver: i64,
    receiver: i64,
    kept: &str,
) -> Result<bool, StoreError> {
    let had: Vec<&str> = kept.split(' ').collect();
    let theirs: Vec<(Noun, i64)> = held(work, customer, receiver)?
        .into_iter()
        .filter(|(noun, id)| had.contains(&format!("{}:{id}", table(*noun).name).as_str()))
        .collect();
    if !over(work, customer, receiver, giver)? {
        return Ok(false);
    }
    for (noun, id) in theirs {
        work.update(noun, id, &[(column(noun), Cell::Integer(receiver))])?;
    }
    if had.contains(&SHARE) {
        let row = [
            ("customer_id", Cell::Integer(customer)),
            ("person_id", Cell::Integer(receiver)),
            ("by_id", Cell::Integer(work.actor.id.0)),
            ("at", Cell::Integer(work.now.ms())),
        ];
        work.insert(Noun::Share, &row)?;
    }
    Ok(true)
}

/// What goes along where the new owner is written already; who owns a customer needs no leave to work on it.
pub fn along(work: &mut Work<'_>, customer: i64, from: i64, to: i64) -> Result<(), StoreError> {
    for (noun, id) in held(work, customer, from)? {
        work.update(noun, id, &[(column(noun), Cell::Integer(to))])?;
    }
    match share_of(work, customer, to)? {
        Some(share) => work.delete(Noun::Share, share),
        None => Ok(()),
    }
}

/// What somebody holds of a customer.
fn held(work: &Work<'_>, customer: i64, person: i64) -> Result<Vec<(Noun, i64)>, StoreError> {
    let mut all = Vec::new();
    for (noun, _, sql) in HELD {
        let mut query = work.db.prepare_cached(sql)?;
        let rows = query.query_map((customer, person), |r| r.get(0))?;
        for row in rows {
            all.push((*noun, row?));
        }
    }
    Ok(all)
}

/// The row by which a colleague works on a customer.
fn share_of(work: &Work<'_>, customer: i64, person: i64) -> Result<Option<i64>, StoreError> {
    Ok(work
        .db
        .prepare_cached("SELECT id FROM customer_share WHERE customer_id=?1 AND person_id=?2")?
        .query_row((customer, person), |r| r.get(0))
        .optional()?)
}
