//! From sums to figures: every KPI of every group of customers, in the order of the table.

use super::book::SEGMENTS;
use super::figure::Figure;
use super::rows::{KPIS, kpi};
use super::seen::{Company, Seen};
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

fn figure(kpi: &Kpi, seen: &Seen<'_>) -> Figure {
    let made = (kpi.count)(seen);
    let pending = made.pending.filter(|_| kpi.waits());
    Figure { id: kpi.id.to_owned(), pending, ..made }
}

/// The name of a group by its place: `""` for all, else the segment.
pub fn group(slot: usize) -> &'static str {
    slot.checked_sub(1).and_then(|i| SEGMENTS.get(i).copied()).unwrap_or("")
}
