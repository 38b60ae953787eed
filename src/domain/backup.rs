//! Which backups of a folder stay and which may go: the newest of each of so many hours, days and months. Names carry the
//! instant, so that a folder says by itself what it holds. Nothing here touches a file.

use chrono::NaiveDateTime;

/// What every name begins with.
const HEAD: &str = "guanxi-";
/// How the instant stands in a name, in the company's zone.
const INSTANT: &str = "%Y%m%d-%H%M%S";
/// How an encrypted copy ends.
pub const LOCKED: &str = ".db.age";
/// How a plain copy ends.
pub const PLAIN: &str = ".db";

/// How many copies stay of each kind (operations.md, section 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keep {
    /// One an hour.
    pub hourly: usize,
    /// One a day.
    pub daily: usize,
    /// One a month.
    pub monthly: usize,
}

/// The name of a copy made at this instant.
pub fn name(at: NaiveDateTime, locked: bool) -> String {
    format!("{HEAD}{}{}", at.format(INSTANT), if locked { LOCKED } else { PLAIN })
}

/// The instant in the name of a copy; none for any other file.
pub fn instant(name: &str) -> Option<NaiveDateTime> {
    let rest = name.strip_prefix(HEAD)?;
    let stamp = rest.strip_suffix(LOCKED).or_else(|| rest.strip_suffix(PLAIN))?;
    NaiveDateTime::parse_from_str(stamp, INSTANT).ok()
}

/// The copies that may go. Whatever is not named like a copy stays, and so does the newest copy.
pub fn surplus(names: &[String], keep: Keep) -> Vec<String> {
    let mut copies: Vec<(NaiveDateTime, &String)> =
        names.iter().filter_map(|name| Some((instant(name)?, name))).collect();
    copies.sort();
    copies.reverse();
    let mut stays: Vec<&String> = copies.first().map(|(_, name)| *name).into_iter().collect();
    for (most, pattern) in [(keep.hourly, "%Y%m%d%H"), (keep.daily, "%Y%m%d"), (keep.monthly, "%Y%m")] {
        let mut last = String::new();
        let mut kept = 0;
        for (at, name) in &copies {
            let bucket = at.format(pattern).to_string();
            if bucket != last && kept < most {
                last = bucket;
                kept += 1;
                stays.push(name);
            }
        }
    }
    copies.into_iter().map(|(_, name)| name).filter(|name| !stays.contains(name)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Duration, NaiveDate};

    const KEEP: Keep = Keep { hourly: 24, daily: 30, monthly: 12 };

    fn at(hours: i64) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2024, 1, 1).unwrap().and_hms_opt(0, 5, 0).unwrap() + Duration::hours(hours)
    }

    #[test]
    fn two_years_of_hourly_copies_leave_a_day_of_hours_a_month_of_days_and_a_year_of_months() {
        let names: Vec<String> = (0..24 * 731).map(|hour| name(at(hour), hour % 2 == 0)).collect();
        let gone = surplus(&names, KEEP);
        let left: Vec<NaiveDateTime> =
            names.iter().filter(|n| !gone.contains(n)).filter_map(|n| instant(n)).collect();
        // the newest of a day counts among the hours too, and so on: 24 + 29 + 11
        assert_eq!(left.len(), 64);
        assert!(left.contains(&at(24 * 731 - 1)) && left.contains(&at(24 * 731 - 24)));
        assert!(!left.contains(&at(24 * 731 - 26)), "the day before has its newest only");
        assert_eq!(*left.first().unwrap(), at(24 * 397 - 1), "the end of the twelfth month back");
    }

    #[test]
    fn the_newest_stays_whatever_is_set_and_other_files_are_no_business_of_ours() {
        let names =
            vec![name(at(0), false), name(at(1), false), "notes.txt".to_owned(), "guanxi-x.db".to_owned()];
        let none = Keep { hourly: 0, daily: 0, monthly: 0 };
        assert_eq!(surplus(&names, none), [name(at(0), false)]);
        assert!(surplus(&[], KEEP).is_empty());
    }

    #[test]
    fn a_name_says_when_and_reads_back() {
        assert_eq!(name(at(14), true), "guanxi-20240101-140500.db.age");
        assert_eq!(instant(&name(at(14), true)), Some(at(14)));
        assert_eq!(instant(&name(at(14), false)), Some(at(14)));
        assert_eq!(instant("guanxi-20240101-140500.db.partial"), None);
    }
}
