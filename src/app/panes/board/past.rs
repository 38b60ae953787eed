//! The periods before the one that is shown, for trends and comparisons: asked for one after the other, the latest first,
//! so that the figures themselves never wait for them.

use super::super::super::shared::Shared;
use super::Board;
use crate::domain::kpi::{KPIS, Length, Rules, Span, ahead, place};
use crate::store::request::{KpiQuery, Period};

/// Periods of a trend, the present one included.
const TRAIL: usize = 12;

/// The values of an earlier period, by group and row.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Past {
    period: Period,
    /// Known when, where that is earlier than now: the same days of the period before.
    as_of: Option<i64>,
    revision: u64,
    values: Vec<Vec<Option<f64>>>,
}

impl Board {
    /// The values of a row in the twelve periods up to the one shown, oldest first; what is not known yet is missing.
    pub fn trail(&self, row: usize, s: &Shared) -> Vec<Option<f64>> {
        let shown = self.period(s.now.today());
        shown
            .trail(TRAIL)
            .into_iter()
            .map(|period| {
                if period == shown {
                    let kpis = self.kpis(s)?;
                    return kpis.group(self.segment()).get(row)?.figure.value;
                }
                self.known(period, self.group, row)
            })
            .collect()
    }

    /// The value of a row in an earlier period, where it is known.
    fn known(&self, period: Period, group: usize, row: usize) -> Option<f64> {
        let past = self.past.iter().find(|p| p.period == period && p.as_of.is_none())?;
        past.values.get(group)?.get(row).copied().flatten()
    }

    /// The values of a figure of a segment in the twelve periods up to the one shown, oldest first.
    pub fn trail_of(&self, id: &str, segment: &str, s: &Shared) -> Vec<Option<f64>> {
        let shown = self.period(s.now.today());
        let group = place(segment).map_or(0, |at| at + 1);
        let Some(row) = KPIS.iter().position(|k| k.id == id) else { return Vec::new() };
        let value = |period| {
            if period == shown {
                return self.kpis(s)?.row(segment, id)?.figure.value;
            }
            self.known(period, group, row)
        };
        shown.trail(TRAIL).into_iter().map(value).collect()
    }

    /// While the period on the screen runs: the same days of the one before, as they were known at their end.
    pub(super) fn same_days(&self, s: &Shared) -> Option<KpiQuery> {
        let period = self.period(s.now.today());
        let span = Span { period, zone: s.now.zone, as_of: s.now.ms(), rules: Rules::default() };
        Some(KpiQuery { period: period.before(), as_of: Some(span.same_days()?) })
    }

    /// Whether the figures are compared with the same days of the period before.
    pub fn compares_same_days(&self, s: &Shared) -> bool {
        self.against.is_none() && self.same_days(s).is_some()
    }

    /// The value that a row is compared with: of the period before or, while this one runs, of the same days of it.
    pub(super) fn earlier(&self, row: usize, s: &Shared) -> Option<f64> {
        let query = self.same_days(s);
        let period = self.period(s.now.today()).before();
        let as_of = query.and_then(|q| q.as_of);
        let past = self.past.iter().find(|p| p.period == period && p.as_of == as_of)?;
        past.values.get(self.group)?.get(row).copied().flatten()
    }

    /// The same period a year earlier, where the calendar has one that is not among those just before (C12); while the
    /// present one runs, as many days of it.
    fn year_query(&self, s: &Shared) -> Option<KpiQuery> {
        let shown = self.period(s.now.today());
        let back = match shown.length {
            Length::Month => 12,
            Length::Quarter => 4,
            Length::Week => 52,
            Length::Year | Length::Span => return None,
        };
        let period = (0..back).fold(shown, |period, _| period.before());
        let span = Span { period: shown, zone: s.now.zone, as_of: s.now.ms(), rules: Rules::default() };
        let as_of = span.runs().then(|| {
            let days = u64::try_from((span.stand() - shown.from).num_days()).unwrap_or_default();
            s.now.zone.start(ahead(period.from, days).min(period.until)).timestamp_millis() - 1
        });
        Some(KpiQuery { period, as_of })
    }

    /// The value of a row in the same period a year earlier, where it is known.
    pub(super) fn year_before(&self, row: usize, s: &Shared) -> Option<f64> {
        let query = self.year_query(s)?;
        let past = self.past.iter().find(|p| p.period == query.period && p.as_of == query.as_of)?;
        past.values.get(self.group)?.get(row).copied().flatten()
    }

    /// What is missing of the periods before, or may have changed: first what is compared with, then the latest, last the
    /// one of a year ago.
    pub(super) fn missing(&self, s: &Shared) -> Option<KpiQuery> {
        let mut trail = self.period(s.now.today()).trail(TRAIL);
        trail.pop();
        let known = |query: &KpiQuery| {
            let same = |p: &Past| p.period == query.period && p.as_of == query.as_of;
            self.past.iter().any(|p| same(p) && p.revision == s.revision)
        };
        let trail = trail.into_iter().rev().map(|period| KpiQuery { period, as_of: None });
        self.same_days(s).into_iter().chain(trail).chain(self.year_query(s)).find(|query| !known(query))
    }

    /// How many of the twelve periods are still to be counted; they are the oldest.
    pub fn uncounted(&self, s: &Shared) -> usize {
        let mut trail = self.period(s.now.today()).trail(TRAIL);
        trail.pop();
        let known = |period: &Period| self.past.iter().any(|p| p.period == *period && p.as_of.is_none());
        trail.iter().filter(|period| !known(period)).count()
    }

    /// Takes an earlier period in.
    pub(super) fn learn(&mut self, s: &Shared) {
        let Some(kpis) = s.feeds.kpi_past() else { return };
        let values = kpis.groups.iter().map(|g| g.rows.iter().map(|r| r.figure.value).collect()).collect();
        let asked = KpiQuery { period: kpis.period, as_of: Some(kpis.as_of) };
        let parts = [self.same_days(s), self.year_query(s)];
        let as_of = parts.into_iter().flatten().find(|part| *part == asked).and_then(|part| part.as_of);
        self.past.retain(|p| p.period != kpis.period || p.as_of != as_of);
        self.past.push(Past { period: kpis.period, as_of, revision: s.revision, values });
        // of periods stepped past long ago, nobody asks any more
        let surplus = self.past.len().saturating_sub(6 * TRAIL);
        self.past.drain(..surplus);
    }
}
