//! How the segment of a customer went, as its orders and answers imply: what it was at each touch, and the moves of the last
//! year. What it is today the rules in force say; the fill sets the last move right by them.

use chrono::{Datelike, Months, NaiveDate};

use super::calendar::Calendar;
use super::classes::segment;
use crate::store::fill::Bundle;
use crate::store::fill::rows::ClassMove;

/// Calendar months after which somebody is silent, and of the spending that counts (B10).
const SILENT: u32 = 3;
const SPENT: u32 = 12;
/// Days of which moves are told.
const TOLD: i32 = 365;
/// The first of January 1970 as chrono counts days.
const EPOCH: i64 = 719_163;

/// Something that happened: its day, the first day on which it no longer counts, and what it was worth.
struct Past {
    on: i32,
    over: i32,
    fen: i64,
}

impl Past {
    fn new(day: NaiveDate, months: u32, fen: i64) -> Self {
        let last = day.checked_add_months(Months::new(months)).unwrap_or(day);
        Self { on: day.num_days_from_ce(), over: last.num_days_from_ce() + 1, fen }
    }

    const fn counts(&self, day: i32) -> bool {
        self.on <= day && day < self.over
    }
}

/// What is known of a customer's past.
struct History {
    orders: Vec<Past>,
    heard: Vec<Past>,
    benchmark: i64,
}

impl History {
    fn of(cal: &Calendar, benchmark: i64, bundle: &Bundle) -> Self {
        let back = |order: i64| bundle.refunds.iter().filter(move |r| r.order_id == Some(order));
        let orders: Vec<Past> = bundle
            .orders
            .iter()
            .map(|o| {
                let refunded: i64 = back(o.id).map(|r| r.amount_fen).sum();
                Past::new(o.ordered_on.0, SPENT, o.amount_fen - refunded)
            })
            .collect();
        let bought = bundle.orders.iter().map(|o| o.ordered_on.0);
        let two_way = bundle.touches.iter().filter(|t| t.responded || t.kind == "inbound");
        let answered = two_way.filter_map(|t| NaiveDate::from_num_days_from_ce_opt(day(cal, t.at)));
        let heard = bought.chain(answered).map(|day| Past::new(day, SILENT, 0)).collect();
        Self { orders, heard, benchmark }
    }

    /// The segment at the end of a day; none before the first order.
    fn at(&self, day: i32) -> Option<&'static str> {
        self.orders.iter().find(|o| o.on <= day)?;
        let spent = self.orders.iter().filter(|o| o.counts(day)).map(|o| o.fen).sum();
        Some(segment(spent, self.benchmark, self.heard.iter().any(|h| h.counts(day))))
    }

    /// Days on which the segment may change, oldest first.
    fn turns(&self, from: i32, until: i32) -> Vec<i32> {
        let all = self.orders.iter().chain(&self.heard).flat_map(|past| [past.on, past.over]);
        let mut turns: Vec<i32> = all.filter(|day| from < *day && *day <= until).collect();
        turns.sort_unstable();
        turns.dedup();
        turns
    }
}

/// The local day of an instant.
fn day(cal: &Calendar, at: i64) -> i32 {
    let local = at + i64::from(cal.zone.0) * 60_000;
    i32::try_from(local.div_euclid(86_400_000) + EPOCH).unwrap_or_default()
}

/// Puts down the segment of every touch at its time, and the moves.
pub fn write(cal: &Calendar, benchmark: i64, bundle: &mut Bundle) {
    let history = History::of(cal, benchmark, bundle);
    for touch in &mut bundle.touches {
        // of the day before: the touch itself may have changed it
        touch.segment_then = history.at(day(cal, touch.at) - 1).map(Into::into);
    }
    let today = cal.today.num_days_from_ce();
    let mut was = history.at(today - TOLD);
    for turn in history.turns(today - TOLD, today) {
        let became = history.at(turn);
        if became == was {
            continue;
        }
        let at = NaiveDate::from_num_days_from_ce_opt(turn).map_or(cal.now, |on| cal.at(on, 18 * 60));
        bundle.moves.push(ClassMove {
            customer_id: bundle.customer.id,
            scheme: "segment".into(),
            was: was.map(Into::into),
            became: became.map(Into::into),
            at: at.min(cal.now),
            version: 1,
            how: "rule".into(),
        });
        was = became;
    }
}
