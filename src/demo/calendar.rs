//! The days of the demo company, counted back from today: working days, festivals, instants. Made once, asked millions of
//! times.

use std::collections::HashMap;

use chrono::{Datelike, Days, Months, NaiveDate};
use fastrand::Rng;

use crate::domain::clock::{Now, Zone};
use crate::domain::date::{DayNote, Yearly, day_note};

/// Days that are kept before and after today.
const BEFORE: i32 = 2200;
const AFTER: i32 = 120;
/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;
/// The first day of 1970, counted from the first day of year 1.
const EPOCH: i32 = 719_163;
/// Minutes in which a firm works: from half past eight to six.
const OPEN: (i64, i64) = (8 * 60 + 40, 17 * 60 + 50);

/// The festivals on which customers are greeted.
const FESTIVALS: &[(&str, &str, Yearly)] = &[
    ("春节", "Spring Festival", Yearly::Lunar { month: 1, day: 1 }),
    ("端午节", "Dragon Boat Festival", Yearly::Lunar { month: 5, day: 5 }),
    ("中秋节", "Mid-Autumn Festival", Yearly::Lunar { month: 8, day: 15 }),
    ("国庆节", "National Day", Yearly::Solar { month: 10, day: 1 }),
];

/// A festival that was celebrated.
#[derive(Clone, Copy, Debug)]
pub struct Feast {
    /// Its Chinese name.
    pub chinese: &'static str,
    /// Its English name.
    pub english: &'static str,
    /// The days since it, when customers were greeted.
    pub back: i32,
}

/// The days around today. A day is written as days back from today, so that arithmetic is plain.
#[derive(Debug)]
pub struct Calendar {
    /// Today.
    pub today: NaiveDate,
    /// The company's zone.
    pub zone: Zone,
    /// UTC milliseconds now.
    pub now: i64,
    /// Minutes of today that have passed.
    pub minute: i64,
    /// Days since three calendar months before today: who was active on that day or later is active (B10).
    pub quarter: i32,
    /// Days since twelve calendar months before today.
    pub year: i32,
    /// Festivals of the last year.
    pub feasts: Vec<Feast>,
    days: Vec<(NaiveDate, bool)>,
    lunar: HashMap<(u32, u32), NaiveDate>,
}

impl Calendar {
    /// The calendar as of now.
    pub fn new(now: Now) -> Self {
        let today = now.today();
        let local = now.local();
        let shift = |back: i32| moved(today, back);
        let days: Vec<(NaiveDate, bool)> = (-AFTER..=BEFORE)
            .map(|back| {
                let day = shift(back);
                (day, matches!(day_note(day), None | Some(DayNote::WorkingWeekend)))
            })
            .collect();
        let since = |months: u32| {
            let then = today.checked_sub_months(Months::new(months)).unwrap_or(today);
            i32::try_from((today - then).num_days()).unwrap_or(0)
        };
        let mut cal = Self {
            today,
            zone: now.zone,
            now: now.ms(),
            minute: i64::from(chrono::Timelike::num_seconds_from_midnight(&local) / 60),
            quarter: since(3),
            year: since(12),
            feasts: Vec::new(),
            days,
            lunar: HashMap::new(),
        };
        for (chinese, english, yearly) in FESTIVALS {
            for year in [today.year() - 1, today.year()] {
                let Some(day) = yearly.in_year(year) else { continue };
                let back = i32::try_from((today - day).num_days()).unwrap_or(0) + 2;
                if (2..=360).contains(&back) {
                    cal.feasts.push(Feast { chinese, english, back });
                }
            }
        }
        for month in 1..=12 {
            for day in 1..=30 {
                if let Some(next) = (Yearly::Lunar { month, day }).next_on_or_after(today) {
                    cal.lunar.insert((month, day), next);
                }
            }
        }
        cal
    }

    fn slot(&self, back: i32) -> (NaiveDate, bool) {
        let at = usize::try_from(back + AFTER).ok();
        at.and_then(|at| self.days.get(at)).copied().unwrap_or_else(|| (moved(self.today, back), true))
    }

    /// The day so many days ago.
    pub fn back(&self, back: i32) -> NaiveDate {
        self.slot(back).0
    }

    /// The day so many days from today.
    pub fn ahead(&self, days: i32) -> NaiveDate {
        self.back(-days)
    }

    /// How many days ago a day was.
    pub fn since(&self, day: NaiveDate) -> i32 {
        i32::try_from((self.today - day).num_days()).unwrap_or(i32::MAX)
    }

    /// Whether people work on the day so many days ago.
    pub fn works(&self, back: i32) -> bool {
        self.slot(back).1
    }

    /// The nearest working day: this one, else the one before; today counts only once it has begun.
    pub fn working(&self, back: i32) -> i32 {
        let first = i32::from(self.minute < OPEN.0 + 30);
        let mut back = back.max(first);
        while !self.works(back) {
            back += 1;
        }
        back
    }

    /// This day if people work on it, else a working day some days before: not all on the last one before a holiday.
    pub fn earlier(&self, back: i32, rng: &mut Rng) -> i32 {
        let away = if self.works(back) { 0 } else { rng.i32(0..8) };
        self.working(back + away)
    }

    /// This day if people work on it, else a working day before or after.
    pub fn near(&self, back: i32, rng: &mut Rng) -> i32 {
        let away = if self.works(back) { 0 } else { rng.i32(-4..5) };
        self.working(back + away)
    }

    /// UTC milliseconds of a minute of a day.
    pub fn at(&self, day: NaiveDate, minute: i64) -> i64 {
        i64::from(day.num_days_from_ce() - EPOCH) * DAY_MS + (minute - i64::from(self.zone.0)) * 60_000
    }

    /// Some minute of a working day, not later than now.
    pub fn minute_of(&self, back: i32, rng: &mut Rng) -> i64 {
        let end = if back <= 0 { (self.minute - 5).clamp(OPEN.0 + 1, OPEN.1) } else { OPEN.1 };
        let minute = rng.i64(OPEN.0..end);
        // over noon people eat
        if (12 * 60..13 * 60).contains(&minute) && rng.u8(0..4) > 0 { minute - 90 } else { minute }
    }

    /// The next day of a date that comes every year, today included.
    pub fn next_on(&self, lunar: bool, month: u32, day: u32) -> Option<NaiveDate> {
        if lunar {
            return self.lunar.get(&(month, day)).copied();
        }
        Yearly::Solar { month, day }.next_on_or_after(self.today)
    }
}

fn moved(day: NaiveDate, back: i32) -> NaiveDate {
    let days = Days::new(u64::from(back.unsigned_abs()));
    let moved = if back < 0 { day.checked_add_days(days) } else { day.checked_sub_days(days) };
    moved.unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_and_working_days_are_those_of_the_clock() {
        let now = Now { at: "2024-05-20T06:02:00Z".parse().unwrap(), zone: Zone::default() };
        let cal = Calendar::new(now);
        assert_eq!(cal.at(cal.today, 14 * 60 + 2), now.ms());
        assert_eq!((cal.back(1).to_string().as_str(), cal.works(1)), ("2024-05-19", false));
        assert_eq!(cal.working(1), 3);
        // the holidays of May 2024 had working weekends before and after
        assert!(cal.works(cal.since("2024-05-11".parse().unwrap())));
        assert!(!cal.works(cal.since("2024-05-02".parse().unwrap())));
        assert_eq!((cal.quarter, cal.year), (90, 366));
        assert!(
            cal.feasts.iter().any(|f| f.chinese == "春节" && cal.back(f.back).to_string() == "2024-02-08")
        );
        assert_eq!(cal.next_on(true, 8, 15), "2024-09-17".parse().ok());
    }
}
