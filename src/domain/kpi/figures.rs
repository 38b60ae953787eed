//! From sums to figures: every KPI of every group of customers, in the order of the table.

use super::book::SEGMENTS;
use super::figure::{Figure, mean, mean_hours, middle, share};
use super::rows::{KPIS, kpi};
use super::seen::{Company, Seen};
use super::sums::Rate;
use super::table::Kpi;
use super::tally::Tally;

impl Tally {
    /// Every figure of every group: all together first, then the segments in their order.
    pub fn figures(&self, company: &Company) -> Vec<Vec<Figure>> {
        let mut all = self.clone();
        for expense in &company.expenses {
            all.expense(expense, None);
        }
        let group =
            |(slot, s)| KPIS.iter().map(|kpi| figure(kpi, &Seen { s, company, all: &all, slot })).collect();
        all.sums.slots.iter().enumerate().map(group).collect()
    }

    /// One figure of one group, as far as customers' books make it.
    pub fn one(&self, id: &str, slot: usize) -> Option<Figure> {
        let (kpi, s) = (kpi(id)?, self.sums.slots.get(slot)?);
        Some(figure(kpi, &Seen { s, company: &Company::default(), all: self, slot }))
    }
}

/// The figure of a KPI that is a share, of what was counted and written down before.
pub fn share_of(id: &str, k: i64, n: i64) -> Figure {
    Figure { id: id.to_owned(), pending: None, ..share(Rate { k, n, pending: 0 }) }
}

/// What a figure is the change of, now and before, where either may be missing: of one customer one of the two mostly is.
pub type Means = (Option<f64>, Option<f64>);

impl Tally {
    /// The two means that make a change, of one group; none where the figure is no change of means.
    pub fn means(&self, id: &str, slot: usize) -> Option<Means> {
        let s = self.sums.slots.get(slot)?;
        Some(match id {
            "aov_growth" => (mean(s.order_fen, s.orders), mean(s.order_fen_before, s.orders_before)),
            "response_time_shortening" => (middle(&s.waits), middle(&s.waits_before)),
            "sync_shortening" => (mean_hours(s.handled), mean_hours(s.handled_before)),
            _ => return None,
        })
    }
}

fn figure(kpi: &Kpi, seen: &Seen<'_>) -> Figure {
    let made = (kpi.count)(seen);
    let pending = made.pending.filter(|_| kpi.waits());
    let covers = kpi.covers.map(|of| of(seen));
    Figure { id: kpi.id.to_owned(), pending, covers, ..made }
}

/// The name of a group by its place: `""` for all, else the segment.
pub fn group(slot: usize) -> &'static str {
    slot.checked_sub(1).and_then(|i| SEGMENTS.get(i).copied()).unwrap_or("")
}
