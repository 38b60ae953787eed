//! What every follow-up of the queue shows of its customer, and whether its cause has been dealt with: one form for promises,
//! dates, complaints and cadences, each of which is read in its own file.

use chrono::NaiveDate;

use super::eyes::Eyes;
use crate::domain::change::TaskRef;
use crate::domain::clock::from_ms;
use crate::domain::customer::CustomerId;
use crate::domain::queue::{Item, Reason};
use crate::store::request::StoreError;

/// What every item shows of its customer.
pub(super) const CUSTOMER: &str = "f.customer_id, f.code, c.name, f.segment, f.contact, f.phone";

/// Since when nobody has talked with a customer, as the facts count it: the last two-way contact, else the first day.
pub(super) const HEARD: &str = "coalesce(f.last_two_way, (SELECT min(o.at, c.created_at) FROM
    (SELECT min(at) AS at FROM touch WHERE id BETWEEN f.customer_id<<20 AND ((f.customer_id+1)<<20)-1) o), c.created_at)";

/// Whether somebody has tried to reach a customer since then: who was not asked owes no answer.
pub(super) const TRIED: &str = "(f.last_touch>coalesce(f.last_two_way,0) AND EXISTS(SELECT 1 FROM touch
    WHERE id BETWEEN f.customer_id<<20 AND ((f.customer_id+1)<<20)-1 AND kind='proactive' AND at>coalesce(f.last_two_way,0)))";

/// A follow-up of the customer on a row that begins with [`CUSTOMER`].
pub(super) fn item(
    r: &rusqlite::Row<'_>,
    task: TaskRef,
    text: String,
    due: NaiveDate,
    reason: Reason,
    at: i64,
) -> rusqlite::Result<Item> {
    Ok(Item {
        customer: CustomerId(r.get(0)?),
        code: r.get(1)?,
        name: r.get(2)?,
        segment: r.get(3)?,
        contact: r.get(4)?,
        phone: r.get(5)?,
        ..Item::bare(task, text, due, at, reason)
    })
}

/// Whether a cause has been dealt with: it has a task row.
pub(super) fn handled(eyes: &Eyes, cause: &str) -> Result<bool, StoreError> {
    Ok(eyes.db.prepare_cached("SELECT 1 FROM task WHERE cause=?1")?.exists([cause])?)
}

/// Days since an instant.
pub(super) fn days_since(eyes: &Eyes, at: i64) -> i64 {
    (eyes.now.today() - eyes.now.zone.day(from_ms(at))).num_days()
}
