//! The company's calendar: instants are UTC, business days are days in the company's time zone.
//! Nothing here reads a clock; [`Now`] is handed in from outside, so that tests and reports come out the same twice.

use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use serde::{Deserialize, Serialize};

/// The company's time zone as minutes east of UTC; kept in the database (setting `zone_minutes`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Zone(pub i32);

impl Default for Zone {
    /// Asia/Shanghai, which has no daylight saving (kpis.md C1).
    fn default() -> Self {
        Self(480)
    }
}

impl Zone {
    fn offset(self) -> FixedOffset {
        FixedOffset::east_opt(self.0.clamp(-14 * 60, 14 * 60) * 60)
            .unwrap_or_else(|| chrono::Offset::fix(&Utc))
    }

    /// The local date and time of an instant.
    pub fn local(self, at: DateTime<Utc>) -> NaiveDateTime {
        at.with_timezone(&self.offset()).naive_local()
    }

    /// The local day of an instant.
    pub fn day(self, at: DateTime<Utc>) -> NaiveDate {
        self.local(at).date()
    }

    /// The instant of a local date and time.
    pub fn instant(self, local: NaiveDateTime) -> DateTime<Utc> {
        self.offset()
            .from_local_datetime(&local)
            .single()
            .map_or_else(|| local.and_utc(), |t| t.with_timezone(&Utc))
    }

    /// An instant as RFC 3339 on the company's clock: `2025-09-05T09:00:00+08:00`.
    pub fn written(self, at: DateTime<Utc>) -> String {
        at.with_timezone(&self.offset()).to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
    }

    /// The first instant of a local day.
    pub fn start(self, day: NaiveDate) -> DateTime<Utc> {
        self.instant(day.and_time(NaiveTime::MIN))
    }

    /// The first instant after a local day.
    pub fn end(self, day: NaiveDate) -> DateTime<Utc> {
        self.start(day.checked_add_days(Days::new(1)).unwrap_or(day))
    }

    /// The instant after which something due on `day` (at `time`, if one was given) is overdue.
    pub fn overdue_after(self, day: NaiveDate, time: Option<NaiveTime>) -> DateTime<Utc> {
        time.map_or_else(|| self.end(day), |t| self.instant(day.and_time(t)))
    }
}

/// The present: an instant and the zone in which its day is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// The instant.
    pub at: DateTime<Utc>,
    /// The company's zone.
    pub zone: Zone,
}

impl Now {
    /// Today in the company's zone.
    pub fn today(self) -> NaiveDate {
        self.zone.day(self.at)
    }

    /// The local date and time.
    pub fn local(self) -> NaiveDateTime {
        self.zone.local(self.at)
    }

    /// UTC milliseconds, as stored.
    pub fn ms(self) -> i64 {
        self.at.timestamp_millis()
    }
}

/// The instant of a day and time written with its own offset: `2024-05-10T16:30:00Z`, `2024-05-10 16:30+08:00`. None where no
/// offset is written; behind a blank, `14:30-15:00` is from when until when, and only behind seconds a minus is an offset's.
pub fn stamped(text: &str) -> Option<DateTime<Utc>> {
    const FORMS: &[&str] = &["%Y-%m-%dT%H:%M:%S%.f%#z", "%Y-%m-%dT%H:%M%#z"];
    let text = text.trim();
    let (day, time) = text.split_once(['T', 't', ' '])?;
    let is_until = |(from, _): (&str, &str)| from.matches(':').count() < 2;
    if text.as_bytes().get(day.len()) == Some(&b' ') && time.split_once('-').is_some_and(is_until) {
        return None;
    }
    let time: String = time.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect();
    let text = format!("{}T{time}", day.trim().replace(['/', '.'], "-"));
    let at = FORMS.iter().find_map(|form| DateTime::parse_from_str(&text, form).ok());
    at.map(|at| at.to_utc())
}

/// An instant from stored UTC milliseconds; out-of-range values become the epoch.
pub fn from_ms(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(ms).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_business_day_begins_at_midnight_in_shanghai() {
        let zone = Zone::default();
        let before: DateTime<Utc> = "2024-05-31T15:59:59Z".parse().unwrap();
        let after: DateTime<Utc> = "2024-05-31T16:00:00Z".parse().unwrap();
        assert_eq!(zone.day(before).to_string(), "2024-05-31");
        assert_eq!(zone.day(after).to_string(), "2024-06-01");
        assert_eq!(zone.start(zone.day(after)), after);
    }

    #[test]
    fn an_instant_with_its_own_offset_is_that_instant() {
        let at: DateTime<Utc> = "2024-05-10T16:30:00Z".parse().unwrap();
        for text in [
            "2024-05-10T16:30:00Z",
            "2024-05-10T16:30Z",
            "2024-05-10t16:30:00.000z",
            "2024-05-11T00:30:00+08:00",
            "2024-05-11 00:30:00 +08:00",
            "2024-05-11T00:30+0800",
            "2024/05/11 00:30+08:00",
            "2024-05-10T11:30:00-05:00",
            "2024-05-10 11:30:00-05:00",
        ] {
            assert_eq!(stamped(text), Some(at), "{text}");
        }
        for text in ["2024-05-10 14:30-15:00", "2024-05-10T16:30:00", "2024-05-10", "16:30+08:00", "soon", ""]
        {
            assert_eq!(stamped(text), None, "{text}");
        }
    }

    #[test]
    fn a_due_without_a_time_is_overdue_when_the_day_is_over() {
        let zone = Zone::default();
        let day = NaiveDate::from_ymd_opt(2024, 5, 12).unwrap();
        assert_eq!(zone.day(zone.overdue_after(day, None)).to_string(), "2024-05-13");
        let at_five = zone.overdue_after(day, NaiveTime::from_hms_opt(17, 0, 0));
        assert_eq!(zone.local(at_five).to_string(), "2024-05-12 17:00:00");
    }
}
