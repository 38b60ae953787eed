//! What goes with a customer from one person to another: the customer itself, the giver's open tasks, the complaints they
//! handle, the plans that are for this customer alone. Coupons, budgets, contacts and the history hang on the customer and
//! need no move; who touched it first stays written (X31).

use rusqlite::types::Value as Cell;

use crate::domain::field::Noun;
use crate::store::record::Work;
use crate::store::request::StoreError;
use crate::store::tables::int;

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

/// Moves a customer with what goes along; false where it belongs to somebody else by now, or is gone.
pub fn over(work: &mut Work<'_>, customer: i64, from: i64, to: i64) -> Result<bool, StoreError> {
    let Some((_, row)) = work.read(Noun::Customer, customer)? else { return Ok(false) };
    if int(&row, "owner_id") != Some(from) {
        return Ok(false);
    }
    work.update(Noun::Customer, customer, &[("owner_id", Cell::Integer(to))])?;
    for (noun, column, sql) in HELD {
        let rows: Vec<i64> = work
            .db
            .prepare_cached(sql)?
            .query_map((customer, from), |r| r.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for row in rows {
            work.update(*noun, row, &[(*column, Cell::Integer(to))])?;
        }
    }
    Ok(true)
}
