//! What one group of customers adds up to: plain sums and counts, nothing worked out yet. `tally` fills them, `figures` makes
//! values of them; each belongs to the KPIs whose name it bears.

use super::book::SEGMENTS;

/// Places of sums: all together, then each segment.
pub const SLOTS: usize = SEGMENTS.len() + 1;

/// So many of so many, and so many not yet to be told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rate {
    /// Hits.
    pub k: i64,
    /// Cases.
    pub n: i64,
    /// Cases whose window is open.
    pub pending: i64,
}

impl Rate {
    pub const fn add(&mut self, hit: bool) {
        self.n += 1;
        self.k += hit as i64;
    }
}

/// What one group of customers adds up to.
#[derive(Clone, Debug, Default)]
pub struct Sums {
    pub response: Rate,
    pub conversion: Rate,
    pub reactivation: Rate,
    pub wakeup_fen: i64,
    pub prospects: Rate,
    pub first_orders: Rate,
    pub touch_fen: i64,
    pub delivered: i64,
    pub outbound: i64,
    pub breaches: i64,
    pub repurchase: Rate,
    pub rebuy: Rate,
    pub active_start: i64,
    pub active_before: i64,
    pub active_end: i64,
    pub lost: i64,
    /// Of those active at the start: what they brought in the time of activity before it, of that what they still bring, and
    /// all they bring now, in fen.
    pub base_fen: i64,
    pub still_fen: i64,
    pub now_fen: i64,
    pub orders: i64,
    pub order_fen: i64,
    pub loose_fen: i64,
    pub buyers: i64,
    pub orders_before: i64,
    pub order_fen_before: i64,
    pub old_fen: i64,
    pub old_fen_before: i64,
    pub new: Rate,
    pub year_fen: i64,
    pub year_orders: i64,
    pub year_buyers: i64,
    pub year_cost: i64,
    pub costed_fen: i64,
    pub year_spent: i64,
    pub kept: Rate,
    pub realised_fen: i64,
    pub history_buyers: i64,
    pub attitudes: Vec<(u32, bool, bool)>,
    pub attitude_unknown: i64,
    pub csat: Rate,
    pub score: i64,
    pub votes: [i64; 3],
    pub complaints: i64,
    pub complaints_before: i64,
    pub hours: Vec<f64>,
    pub hours_before: Vec<f64>,
    pub answered: Rate,
    pub solved: Rate,
    pub renewal: Rate,
    pub renewal_fen: (i64, i64),
    pub acquisition: i64,
    /// The same of the three months that end with the period, and whom it won.
    pub acquisition_rolling: i64,
    pub new_rolling: i64,
    pub retention: i64,
    pub timeliness: Rate,
    pub referrers: i64,
    pub activation: Rate,
    pub quotes: Rate,
}
