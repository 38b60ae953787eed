//! The periods before the one that is shown, for trends and comparisons: asked for one after the other, the latest first,
//! so that the figures themselves never wait for them.

use super::super::super::shared::Shared;
use super::Board;
use crate::domain::kpi::{KPIS, place};
use crate::store::request::Period;

/// Periods of a trend, the present one included.
const TRAIL: usize = 12;

/// The values of an earlier period, by group and row.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Past {
    period: Period,
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
        let past = self.past.iter().find(|p| p.period == period)?;
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

    /// The latest earlier period that is missing or may have changed.
    pub(super) fn missing(&self, s: &Shared) -> Option<Period> {
        let mut trail = self.period(s.now.today()).trail(TRAIL);
        trail.pop();
        let known =
            |period: &Period| self.past.iter().any(|p| p.period == *period && p.revision == s.revision);
        trail.into_iter().rev().find(|period| !known(period))
    }

    /// Takes an earlier period in.
    pub(super) fn learn(&mut self, s: &Shared) {
        let Some(kpis) = s.feeds.kpi_past() else { return };
        let values = kpis.groups.iter().map(|g| g.rows.iter().map(|r| r.figure.value).collect()).collect();
        self.past.retain(|p| p.period != kpis.period);
        self.past.push(Past { period: kpis.period, revision: s.revision, values });
        // of periods stepped past long ago, nobody asks any more
        let surplus = self.past.len().saturating_sub(6 * TRAIL);
        self.past.drain(..surplus);
    }
}
