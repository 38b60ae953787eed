//! Figures about the company: the table of KPIs, periods, the arithmetic, and the counting itself, as pure functions on
//! what the store tells of each customer (kpis.md sections 1 and 2).

mod book;
mod figures;
mod period;
pub mod stats;
mod sums;
mod table;
mod tally;
pub mod target;
#[cfg(test)]
mod tests;

pub use book::{
    ACTIVATION_DAYS, Book, Category, Complaint, Contract, Event, Expense, HISTORY_DAYS, Order, Rules,
    SEGMENTS, Span, Survey, Touch, Way, YEAR_DAYS, ahead, back, place,
};
pub use figures::{Company, Figure, group};
pub use period::{LENGTHS, Length, Period};
pub use stats::Verdict;
pub use table::{Better, Group, KPIS, Kpi, Over, Unit, kpi};
pub use tally::Tally;
