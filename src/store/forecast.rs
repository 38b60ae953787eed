//! The repeat-purchase model as it is kept: fitted beside everything else when the last fit is old, with the back-test of
//! the forecast of 90 days ago, and read by every profile. It is a figure that follows from the records, no change of a
//! person's; nothing is fitted on a key press.

use chrono::{Days, NaiveDate};
use rusqlite::Connection;

use super::read::models::{Seen, each};
use super::request::StoreError;
use super::{Store, settings};
use crate::domain::clock::Now;
use crate::domain::models::forecast::{Forecast, Test};

/// After so many ms a fit that somebody began is nobody's any more.
const BEGUN: i64 = 10 * 60 * 1_000;

/// Fits on the orders up to a day; takes no lock and writes nothing.
pub fn fit(db: &Connection, as_of: NaiveDate) -> Result<Forecast, StoreError> {
    let mut seen = Seen::default();
    each(db, as_of, &mut |_, bought| seen.add(bought))?;
    let (fitted, _) = seen.fit();
    let test = fitted.and_then(|_| seen.backtest(as_of));
    Ok(Forecast {
        as_of,
        model: fitted.map(|f| [f.model.r, f.model.alpha, f.model.a, f.model.b]),
        test: test.map(|test| Test { made_on: test.made_on, bands: test.bands }),
    })
}

/// The fit that is kept; one that cannot be read is none.
pub fn kept(db: &Connection) -> rusqlite::Result<Option<Forecast>> {
    Ok(settings::raw(db, settings::FORECAST)?.and_then(|json| serde_json::from_str(&json).ok()))
}

impl Store {
    /// Whether the kept fit is missing, old or of another time, and no other session is at it; if so, this one says that it
    /// begins.
    pub(in crate::store) fn begin_forecast(&self, now: Now) -> Result<bool, StoreError> {
        let days = u64::try_from(settings::number(&self.db, "forecast_days")?).unwrap_or(1);
        let today = settings::zone(&self.db)?.day(now.at);
        let holds = kept(&self.db)?.is_some_and(|fit| {
            fit.as_of <= today && fit.as_of.checked_add_days(Days::new(days)).is_some_and(|next| today < next)
        });
        let begun: Option<i64> =
            settings::raw(&self.db, settings::FORECAST_BEGUN)?.and_then(|at| at.parse().ok());
        let others = begun.is_some_and(|at| (at..at + BEGUN).contains(&now.ms()));
        if holds || others {
            return Ok(false);
        }
        settings::keep(&self.db, settings::FORECAST_BEGUN, Some(&now.ms().to_string()))?;
        Ok(true)
    }

    /// Keeps a fit; whether it says anything else than the one before.
    pub(in crate::store) fn keep_forecast(&self, fit: &Forecast) -> Result<bool, StoreError> {
        let before = kept(&self.db)?;
        let json = serde_json::to_string(fit).map_err(|e| StoreError::Defect(e.to_string()))?;
        settings::keep(&self.db, settings::FORECAST, Some(&json))?;
        settings::keep(&self.db, settings::FORECAST_BEGUN, None)?;
        Ok(before.is_none_or(|before| before.model != fit.model || before.test != fit.test))
    }

    /// Fits at once and keeps it: for a company that was just made.
    pub fn fit_forecast(&self, now: Now) -> Result<(), StoreError> {
        let today = settings::zone(&self.db)?.day(now.at);
        self.keep_forecast(&fit(&self.db, today)?).map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::Zone;

    fn at(text: &str) -> Now {
        Now { at: text.parse().unwrap(), zone: Zone::default() }
    }

    #[test]
    fn a_fit_is_made_once_by_one_session_and_again_after_its_days() {
        let store = Store::memory().unwrap();
        let begun = at("2024-05-20T06:00:00Z");
        assert!(store.begin_forecast(begun).unwrap());
        assert!(!store.begin_forecast(at("2024-05-20T06:09:59Z")).unwrap(), "another session is at it");
        assert!(store.begin_forecast(at("2024-05-20T06:10:00Z")).unwrap(), "that one must have died");
        store.fit_forecast(begun).unwrap();
        assert!(!store.begin_forecast(at("2024-05-26T06:00:00Z")).unwrap());
        assert!(store.begin_forecast(at("2024-05-27T06:00:00Z")).unwrap(), "seven days later");
        let nothing = kept(&store.db).unwrap().unwrap();
        assert_eq!((nothing.model, nothing.test), (None, None), "too few customers are no model");
    }

    #[test]
    fn a_fit_that_says_the_same_moves_no_screen() {
        let store = Store::memory().unwrap();
        let first =
            Forecast { as_of: "2024-05-20".parse().unwrap(), model: Some([0.2, 4.4, 0.8, 2.4]), test: None };
        assert!(store.keep_forecast(&first).unwrap());
        let later = Forecast { as_of: "2024-05-27".parse().unwrap(), ..first.clone() };
        assert!(!store.keep_forecast(&later).unwrap());
        assert_eq!(kept(&store.db).unwrap(), Some(later));
    }
}
