//! Which customers a change has touched so that something follows from it: their orders, what was spent on them.

use std::collections::{BTreeMap, BTreeSet};

use super::Work;

impl Work<'_> {
    /// Customers whose orders have changed since this was asked last; `true` where one that stood went, or another amount or
    /// state was written into it.
    pub fn take_ordered(&mut self) -> BTreeMap<i64, bool> {
        std::mem::take(&mut self.ordered)
    }

    /// Customers on whom something was spent since this was asked last.
    pub fn take_spent(&mut self) -> BTreeSet<i64> {
        std::mem::take(&mut self.spent)
    }
}
