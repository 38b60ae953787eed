//! Orders that an imported total may hold already. A total of a spreadsheet is an opening balance of the day of its import, and
//! an order is added to it whatever its day is (K43): somebody who enters what was forgotten wants that. A file of old orders
//! beside the totals of the same orders is another thing, and only the person knows which of the two it is; so it is counted
//! and told, and nothing is left out unasked.

use super::Store;
use super::request::StoreError;

/// The last order and the last opening balance before an import.
#[derive(Clone, Copy, Debug)]
pub struct Balances {
    order: i64,
    opening: i64,
}

impl Store {
    /// Where orders and opening balances end now.
    pub fn balances(&self) -> Result<Balances, StoreError> {
        let mut query = self.db.prepare_cached(
            "SELECT (SELECT coalesce(max(id),0) FROM orders),(SELECT coalesce(max(id),0) FROM opening)",
        )?;
        Ok(query.query_row([], |r| Ok(Balances { order: r.get(0)?, opening: r.get(1)? }))?)
    }

    /// How many orders stand beside a total of a later day since then, because the order came in or the total did.
    pub fn counted_twice(&self, before: Balances) -> Result<u64, StoreError> {
        let mut query = self.db.prepare_cached(
            "SELECT
               (SELECT count(*) FROM orders o CROSS JOIN opening b ON b.customer_id=o.customer_id
                WHERE o.id>?1 AND o.status='paid' AND b.total_fen>0 AND o.ordered_on<=b.as_of)
             + (SELECT count(*) FROM opening b CROSS JOIN orders o ON o.customer_id=b.customer_id
                WHERE b.id>?2 AND b.total_fen>0 AND o.id<=?1 AND o.status='paid' AND o.ordered_on<=b.as_of)",
        )?;
        Ok(query.query_row([before.order, before.opening], |r| r.get(0))?)
    }
}
