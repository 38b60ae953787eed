//! What one group of customers adds up to: plain sums and counts, nothing worked out yet. `tally` fills them, `figures` makes
//! values of them; each belongs to the KPIs whose name it bears. All of them can be added and taken off again (`bag`).

use serde::{Deserialize, Serialize};

pub use super::bag::Rate;
use super::bag::{Additive, Bag};
use super::book::SEGMENTS;

/// Places of sums: all together, then each segment.
pub const SLOTS: usize = SEGMENTS.len() + 1;

macro_rules! sums {
    ($(#[$about:meta])* $name:ident { $( $(#[$doc:meta])* $field:ident: $kind:ty, )* }) => {
        $(#[$about])*
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        pub struct $name {
            $( $(#[$doc])* pub $field: $kind, )*
        }

        impl Additive for $name {
            fn shift(&mut self, more: &Self, less: &Self) {
                $( self.$field.shift(&more.$field, &less.$field); )*
            }
        }
    };
}

sums! {
/// What one group of customers adds up to.
Sums {
    response: Rate,
    conversion: Rate,
    reactivation: Rate,
    wakeup_fen: i64,
    prospects: Rate,
    first_orders: Rate,
    touch_fen: i64,
    delivered: i64,
    outbound: i64,
    breaches: i64,
    repurchase: Rate,
    rebuy: Rate,
    active_start: i64,
    active_before: i64,
    active_end: i64,
    lost: i64,
    /// Of those active at the start: what they brought in the time of activity before it, of that what they still bring, and
    /// all they bring now, in fen.
    base_fen: i64,
    still_fen: i64,
    now_fen: i64,
    orders: i64,
    order_fen: i64,
    loose_fen: i64,
    buyers: i64,
    orders_before: i64,
    order_fen_before: i64,
    old_fen: i64,
    old_fen_before: i64,
    new: Rate,
    year_fen: i64,
    year_orders: i64,
    year_buyers: i64,
    year_cost: i64,
    costed_fen: i64,
    year_spent: i64,
    kept: Rate,
    realised_fen: i64,
    history_buyers: i64,
    attitudes: Bag<(u32, bool, bool)>,
    attitude_unknown: i64,
    csat: Rate,
    score: i64,
    /// Scores of the questions about service and about the product: their sum and number (F22).
    service: (i64, i64),
    product: (i64, i64),
    votes: [i64; 3],
    complaints: i64,
    complaints_before: i64,
    /// How long complaints waited for an answer, in ms; without one, for ever.
    waits: Bag<i64>,
    waits_before: Bag<i64>,
    /// Of them, those about having been contacted again and again (F25).
    repeated: i64,
    repeated_before: i64,
    answered: Rate,
    solved: Rate,
    renewal: Rate,
    renewal_fen: (i64, i64),
    acquisition: i64,
    /// The same of the three months that end with the period, and whom it won.
    acquisition_rolling: i64,
    new_rolling: i64,
    retention: i64,
    timeliness: Rate,
    referrers: i64,
    activation: Rate,
    quotes: Rate,
    /// What other departments were asked and have handled: ms until then, and how many (F24).
    handled: (i64, i64),
    handled_before: (i64, i64),
    /// Records drawn and checked by a second person: without having to correct them, of all; and those still to check (F23).
    accurate: Rate,
    /// What was spent on customers besides touches since the calendar year began, in fen (F37).
    to_date_fen: i64,
    /// How many customers' amounts the sums above are made of: what they paid in the period and the one before, the old ones
    /// among them, and in the year; contracts that were to be renewed; what was booked on them to win and to keep them, the
    /// first also of three months; what was spent on them since the calendar year began.
    payers: i64,
    payers_before: i64,
    old_payers: i64,
    old_payers_before: i64,
    year_payers: i64,
    renewing: i64,
    booked_on: [i64; 2],
    booked_on_rolling: i64,
    spent_on: i64,
}
}

sums! {
/// What is counted of customers without opening their books: all together first, then the segments.
Counts {
    /// Customers there are when the period ends.
    live: [i64; SLOTS],
    /// The same when it began.
    live_before: [i64; SLOTS],
    /// What touches cost in the last year.
    touch_year: [i64; SLOTS],
    /// What they cost since the calendar year began in which the period ends (F37).
    touch_to_date: [i64; SLOTS],
    /// Tasks done in time, of those due.
    tasks: [(i64, i64); SLOTS],
    /// Key fields filled, of all.
    complete: [(i64, i64); SLOTS],
    /// Records checked by a second person, of all.
    checked: [(i64, i64); SLOTS],
}
}
