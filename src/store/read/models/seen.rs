//! What the repeat-purchase model looks at: every customer's history as of now and as of 90 days ago, the fit of the one and
//! the back-test of the other. Where the histories come from, `models` knows.

use chrono::{Days, NaiveDate};

use super::{Bought, Days3};
use crate::domain::models::forecast::{self, HORIZON};
use crate::domain::models::purchase::{self, Fitted, Gate, History};
use crate::store::request::Backtest;

/// What the repeat-purchase model and its back-test look at.
#[derive(Default)]
pub struct Seen {
    /// As of now.
    pub histories: Vec<Days3>,
    /// The same as 90 days ago, and whether they bought since.
    pub earlier: Vec<(Days3, bool)>,
    /// Days since the first purchase of all.
    oldest: u32,
}

impl Seen {
    /// Adds one customer.
    pub fn add(&mut self, bought: &[Bought]) {
        let Some(now) = history(bought, 0) else { return };
        self.oldest = self.oldest.max(now.2);
        self.histories.push(now);
        if let Some(then) = history(bought, HORIZON) {
            self.earlier.push((then, bought.iter().any(|(ago, _)| *ago < HORIZON)));
        }
    }

    /// Weeks of history.
    pub fn weeks(&self) -> f64 {
        f64::from(self.oldest) / 7.0
    }

    /// The fit, and what the gate says of it.
    pub fn fit(&self) -> (Option<Fitted>, Gate) {
        let fitted = fit(self.histories.iter().copied(), self.weeks());
        let gate = fitted.as_ref().map_or(Gate::TooFew, purchase::gate);
        (fitted.filter(|_| gate != Gate::NoDifference), gate)
    }

    /// The forecast of 90 days ago, fitted on what was known then, against what came.
    pub fn backtest(&self, as_of: NaiveDate) -> Option<Backtest> {
        let weeks = f64::from(self.oldest.saturating_sub(HORIZON)) / 7.0;
        let model = fit(self.earlier.iter().map(|(h, _)| *h), weeks)?.model;
        let chance = |(x, t_x, t): Days3| model.buys(&History::of_days(x, t_x, t), f64::from(HORIZON) / 7.0);
        let said: Vec<(f64, bool)> = self.earlier.iter().map(|(h, bought)| (chance(*h), *bought)).collect();
        Some(Backtest {
            made_on: as_of.checked_sub_days(Days::new(u64::from(HORIZON)))?,
            customers: said.len(),
            said: said.iter().map(|(chance, _)| chance).sum(),
            actual: said.iter().filter(|(_, bought)| *bought).count(),
            bands: forecast::bands(said),
        })
    }
}

/// The fit of some histories, where there is enough to fit.
fn fit(histories: impl Iterator<Item = Days3> + Clone, weeks: f64) -> Option<Fitted> {
    let repeaters = histories.clone().filter(|h| h.0 > 0).count();
    if !purchase::enough(histories.clone().count(), repeaters, weeks) {
        return None;
    }
    purchase::fit(&purchase::group(histories))
}

/// The history of purchase days up to so many days ago.
pub(super) fn history(bought: &[Bought], ago: u32) -> Option<Days3> {
    let known: Vec<u32> = bought.iter().map(|(day, _)| *day).filter(|day| *day >= ago).collect();
    let (first, last) = (*known.first()?, *known.last()?);
    Some((u32::try_from(known.len()).unwrap_or(u32::MAX) - 1, first - last, first - ago))
}
