//! What the writers of the demo company know of one customer, once its life, its orders and its talks are drawn.

use super::life::Life;
use super::orders::Sale;

/// What happened with a customer so far.
pub struct Story<'a> {
    pub life: &'a Life,
    pub sales: &'a [Sale],
    pub segment: Option<&'static str>,
    /// Days since they last answered.
    pub answered: Option<i32>,
    /// Orders of the last twelve months.
    pub count: i64,
}
