//! Figures about the company: the table of KPIs, periods, the arithmetic, and the counting itself, as pure functions on
//! what the store tells of each customer (kpis.md sections 1 and 2).

mod bag;
mod book;
mod bought;
mod figures;
mod period;
mod rows;
pub mod stats;
mod sums;
mod table;
mod tally;
pub mod target;
#[cfg(test)]
mod tests;

pub use bag::Additive;
pub use book::{
    ACTIVATION_DAYS, Asked, Book, Category, Complaint, Contract, DAY, Event, Expense, HISTORY_DAYS, Order,
    Rules, SEGMENTS, Span, Survey, Touch, Way, YEAR_DAYS, ahead, back, place,
};
pub use figures::{Company, Figure, Plan, group};
pub use period::{LENGTHS, Length, Period};
pub use stats::Verdict;
pub use sums::{Counts, SLOTS};
pub use table::{Better, Group, KPIS, Kpi, Over, Unit, kpi};
pub use tally::{Parts, Tally};
