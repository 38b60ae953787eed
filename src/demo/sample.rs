//! What has been looked through of the monthly sample of records (F23): each that was drawn and that nobody had checked
//! before, on a day of its month; of the present month those whose day has come.

use chrono::{Datelike, Months, NaiveDate, Weekday};

use super::calendar::Calendar;
use crate::domain::kpi::sample::{EVERY, drawn};

/// Who looks records through: whoever has checked the customers of the handbook, too.
pub const WHO: i64 = 4;

/// The instant at which a record entered so many days ago was looked through; none where it was not drawn yet.
pub fn looked_through(cal: &Calendar, customer: i64, created: i32) -> Option<i64> {
    let first = cal.back(created).with_day(1)?;
    let next = |month: &NaiveDate| month.checked_add_months(Months::new(1));
    let month = std::iter::successors(next(&first), next)
        .take_while(|month| *month <= cal.today)
        .find(|month| drawn(customer, *month, EVERY))?;
    // spread over the first weeks of the month, on working days
    let day = month.with_day(2 + u32::try_from(customer % 24).ok()?)?;
    let day = match day.weekday() {
        Weekday::Sat => day.succ_opt()?.succ_opt()?,
        Weekday::Sun => day.succ_opt()?,
        _ => day,
    };
    (day < cal.today).then(|| cal.at(day, 9 * 60 + customer.rem_euclid(7) * 30))
}
