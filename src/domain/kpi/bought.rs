//! What a customer bought between two days: purchase events, amounts, costs. Plain questions to a customer's book; which days
//! are asked about, the counting in `tally` knows.

use chrono::NaiveDate;

use super::book::{Book, Order};

/// The purchases of a book.
#[derive(Clone, Copy)]
pub struct Bought<'b>(pub &'b Book);

impl<'b> Bought<'b> {
    fn within(self, from: NaiveDate, until: NaiveDate) -> impl Iterator<Item = &'b Order> {
        self.0.orders.iter().filter(move |o| from <= o.day && o.day < until)
    }

    /// Purchase events are customer-days (C6).
    pub fn events(self, from: NaiveDate, until: NaiveDate) -> usize {
        let mut days: Vec<NaiveDate> = self.within(from, until).map(|o| o.day).collect();
        days.dedup();
        days.len()
    }

    /// Orders.
    pub fn count(self, from: NaiveDate, until: NaiveDate) -> i64 {
        i64::try_from(self.within(from, until).count()).unwrap_or(0)
    }

    /// Their amounts in fen.
    pub fn amount(self, from: NaiveDate, until: NaiveDate) -> i64 {
        self.within(from, until).map(|o| o.net).sum()
    }

    /// Refunds that name no order, in fen.
    pub fn loose(self, from: NaiveDate, until: NaiveDate) -> i64 {
        self.0.loose.iter().filter(|(day, _)| from <= *day && *day < until).map(|(_, fen)| fen).sum()
    }

    /// Amounts less refunds that name no order (C5), in fen.
    pub fn net(self, from: NaiveDate, until: NaiveDate) -> i64 {
        self.amount(from, until) - self.loose(from, until)
    }

    /// Costs of goods as far as they are known, in fen.
    pub fn cost(self, from: NaiveDate, until: NaiveDate) -> i64 {
        self.within(from, until).filter_map(|o| o.cost).sum()
    }

    /// Amounts of the orders whose cost is known, in fen.
    pub fn costed(self, from: NaiveDate, until: NaiveDate) -> i64 {
        self.within(from, until).filter(|o| o.cost.is_some()).map(|o| o.net).sum()
    }
}
