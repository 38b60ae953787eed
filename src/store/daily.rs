//! The additive figures of each day, kept by differences: whatever a touch, an order, a refund or a customer stops
//! counting is taken off, whatever it counts now is put on. The sum of all of them is what a recount would find
//! (`assets/sql/daily.sql`, which `check` and a rebuild use).

use std::collections::BTreeMap;

use rusqlite::types::Value as Cell;
use rusqlite::{Connection, OptionalExtension};

use super::net::net;
use super::tables::{int, text};
use crate::domain::clock::{Zone, from_ms};
use crate::domain::field::Noun;

/// How many figures a day has.
const FIGURES: usize = 8;
/// The places of the figures, in the order of the table's columns.
const TOUCHES: usize = 0;
const PROACTIVE: usize = 1;
const ANSWERED: usize = 2;
const LATE: usize = 3;
const COST: usize = 4;
const ORDERS: usize = 5;
const ORDER_FEN: usize = 6;
const CUSTOMERS: usize = 7;

/// Day, person, segment and channel.
type Place = (String, i64, String, String);

/// A share of the figures of one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delta {
    place: Place,
    figures: [i64; FIGURES],
}

impl Delta {
    fn new(day: String, person: i64, segment: &str, channel: &str) -> Self {
        Self { place: (day, person, segment.to_owned(), channel.to_owned()), figures: [0; FIGURES] }
    }

    fn with(mut self, figure: usize, value: i64) -> Self {
        if let Some(place) = self.figures.get_mut(figure) {
            *place += value;
        }
        self
    }
}

/// The order whose share depends on this row.
pub fn order_of(noun: Noun, id: Option<i64>, image: &[(&'static str, Cell)]) -> Option<i64> {
    match noun {
        Noun::Order => id,
        Noun::Refund => int(image, "order_id"),
        _ => None,
    }
}

/// Adds (`sign` 1) or takes off (−1) what a row counts by itself; orders count by [`order`].
pub fn share(zone: Zone, noun: Noun, image: &[(&'static str, Cell)], sign: i64) -> Option<Delta> {
    let day = |column: &str| zone.day(from_ms(int(image, column).unwrap_or(0))).to_string();
    let yes = |column: &str| i64::from(int(image, column) == Some(1));
    match noun {
        Noun::Touch => {
            let segment = text(image, "segment_then").unwrap_or("");
            let channel = text(image, "channel").unwrap_or("");
            let proactive = i64::from(text(image, "kind") == Some("proactive"));
            let delta = Delta::new(day("at"), int(image, "person_id").unwrap_or(0), segment, channel)
                .with(TOUCHES, sign)
                .with(PROACTIVE, sign * proactive)
                .with(ANSWERED, sign * proactive * yes("responded"))
                .with(LATE, sign * yes("late"))
                .with(COST, sign * int(image, "cost_fen").unwrap_or(0));
            Some(delta)
        }
        Noun::Customer => {
            let person = int(image, "entered_by").unwrap_or(0);
            Some(Delta::new(day("created_at"), person, "", "").with(CUSTOMERS, sign))
        }
        // a refund that names no order takes its amount off its own day (kpis.md C5)
        Noun::Refund if int(image, "order_id").is_none() => {
            let day = text(image, "refunded_on").unwrap_or("").to_owned();
            let amount = int(image, "amount_fen").unwrap_or(0);
            Some(Delta::new(day, 0, "", "").with(ORDER_FEN, -sign * amount))
        }
        _ => None,
    }
}

/// Adds or takes off an order as it counts now: paid, and something left after its refunds (kpis.md C4, C5).
pub fn order(db: &Connection, id: i64, sign: i64, to: &mut Vec<Delta>) -> rusqlite::Result<()> {
    let read = |r: &rusqlite::Row<'_>| Ok((r.get(0)?, r.get::<_, Option<i64>>(1)?, r.get(2)?));
    let found: Option<(String, Option<i64>, i64)> = db
        .prepare_cached(concat!(
            "SELECT o.ordered_on, o.by_id, ",
            net!(),
            " FROM orders o WHERE o.id=?1 AND o.status='paid'"
        ))?
        .query_row([id], read)
        .optional()?;
    if let Some((day, person, net)) = found.filter(|(_, _, net)| *net > 0) {
        to.push(Delta::new(day, person.unwrap_or(0), "", "").with(ORDERS, sign).with(ORDER_FEN, sign * net));
    }
    Ok(())
}

/// Puts the differences of one change down.
pub fn add(db: &Connection, deltas: &[Delta]) -> rusqlite::Result<()> {
    let mut sums: BTreeMap<&Place, [i64; FIGURES]> = BTreeMap::new();
    for delta in deltas {
        let sum = sums.entry(&delta.place).or_default();
        for (sum, figure) in sum.iter_mut().zip(delta.figures) {
            *sum += figure;
        }
    }
    for ((day, person, segment, channel), f) in sums.into_iter().filter(|(_, f)| f.iter().any(|n| *n != 0)) {
        let [touches, proactive, answered, late, cost, orders, fen, customers] = f;
        db.prepare_cached(
            "INSERT INTO daily(day,person_id,segment,channel,touches,proactive,answered,late,cost_fen,orders,order_fen,customers)
             VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12)
             ON CONFLICT DO UPDATE SET touches=touches+?5, proactive=proactive+?6, answered=answered+?7, late=late+?8,
               cost_fen=cost_fen+?9, orders=orders+?10, order_fen=order_fen+?11, customers=customers+?12",
        )?
        .execute((day, person, segment, channel, touches, proactive, answered, late, cost, orders, fen, customers))?;
        if f.iter().any(|n| *n < 0) || fen > 0 {
            // a day on which nothing is left was never there; what a refund took off comes back as a positive amount
            db.prepare_cached(
                "DELETE FROM daily WHERE day=?1 AND person_id=?2 AND segment=?3 AND channel=?4 AND touches=0 AND proactive=0
                 AND answered=0 AND late=0 AND cost_fen=0 AND orders=0 AND order_fen=0 AND customers=0",
            )?
            .execute((day, person, segment, channel))?;
        }
    }
    Ok(())
}
