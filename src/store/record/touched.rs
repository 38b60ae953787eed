//! Which customers a change has touched so that something follows from it: their orders, what was spent on them.

use std::collections::BTreeSet;

use super::Work;

impl Work<'_> {
    /// Customers whose orders have changed since this was asked last.
    pub fn take_ordered(&mut self) -> BTreeSet<i64> {
        std::mem::take(&mut self.ordered)
    }

    /// Customers on whom something was spent since this was asked last.
    pub fn take_spent(&mut self) -> BTreeSet<i64> {
        std::mem::take(&mut self.spent)
    }
}
