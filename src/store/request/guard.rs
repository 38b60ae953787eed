//! What the guard answers about each of some customers, and whom a change for many left out because of it.

use crate::domain::customer::CustomerId;
use crate::domain::guard::Finding;

/// What stands against a touch of one customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guarded {
    /// Who.
    pub customer: CustomerId,
    /// What, in the order of product.md's table; nothing where the way is free.
    pub findings: Vec<Finding>,
}

/// A customer to whom a change for many did nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Their name.
    pub name: String,
    /// The first thing that stood against it.
    pub finding: Finding,
}
