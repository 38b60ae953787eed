//! Figures about the company: the table of KPIs, periods, the arithmetic, and the counting itself, as pure functions on
//! what the store tells of each customer (kpis.md sections 1 and 2).

mod bag;
mod book;
mod bought;
mod few;
mod figure;
mod figures;
mod period;
mod rows;
pub mod sample;
mod seen;
pub mod stats;
mod sums;
mod table;
mod tally;
pub mod target;
#[cfg(test)]
mod tests;

pub use bag::Additive;
pub use book::{
    ACTIVATION_DAYS, Asked, Book, Category, Complaint, Contract, DAY, Event, Expense, HISTORY_DAYS, Looked,
    Order, Rules, SEGMENTS, Span, Survey, Touch, Way, YEAR_DAYS, ahead, back, place,
};
pub use few::hidden;
pub use figure::{Covers, Figure};
pub use figures::{Means, group, share_of};
pub use period::{LENGTHS, Length, Period};
pub use rows::{KPIS, kpi};
pub use seen::{Company, Plan};
pub use stats::Verdict;
pub use sums::{Counts, SLOTS};
pub use table::{Better, Group, Kpi, Over, Unit};
pub use tally::{Parts, Tally};
