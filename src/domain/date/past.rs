//! When a touch happened, as a person types it: `昨天下午3点`, `10分钟前`, `today 9:00`, `2024-05-10 14:30`.

use chrono::{Duration, NaiveDate, NaiveDateTime, NaiveTime};

use super::scan::{Clock, Scan, fold};
use super::{DateError, parse_calendar};

/// Reads a day that has come, with its time if one was given; `now` and minutes ago give both.
pub fn parse_past(text: &str, now: NaiveDateTime) -> Result<(NaiveDate, Option<NaiveTime>), DateError> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err(DateError::Empty);
    }
    if let Some(found) = parse_calendar(trimmed) {
        return Ok(found);
    }
    let chars = fold(trimmed);
    let not = || DateError::NotADate(trimmed.to_owned());
    if let Some(at) = ago(&chars, now) {
        return Ok((at.date(), Some(at.time())));
    }
    let mut scan = Scan::new(&chars, 0);
    let days = scan.word(&[
        ("大前天", 3),
        ("前天", 2),
        ("昨天", 1),
        ("昨日", 1),
        ("昨", 1),
        ("今天", 0),
        ("今日", 0),
        ("今", 0),
        ("the day before yesterday", 2),
        ("yesterday", 1),
        ("today", 0),
    ]);
    scan.blanks();
    let time = scan.clock();
    scan.blanks();
    if scan.at < chars.len() || (days.is_none() && time.is_none()) {
        return month_day(&chars, now).ok_or_else(not);
    }
    // `昨晚12点` is today's 00:00; without a day it is the midnight that has passed
    let day =
        now.date() - Duration::days(days.map_or(0, |days| days - i64::from(time.is_some_and(|c| c.next))));
    Ok((day, time.map(|c| come(c, day, now))))
}

/// The time that is meant: `昨天3点` is 15:00, but where that is still to come the hour is that of the night.
fn come(clock: Clock, day: NaiveDate, now: NaiveDateTime) -> NaiveTime {
    let meant = clock.in_business();
    if day.and_time(meant) <= now { meant } else { clock.time }
}

/// `now`, `刚才`, `10分钟前`, `2 hours ago`, `3天前`.
fn ago(chars: &[char], now: NaiveDateTime) -> Option<NaiveDateTime> {
    let mut scan = Scan::new(chars, 0);
    if scan.word(&[("刚才", ()), ("刚刚", ()), ("现在", ()), ("just now", ()), ("now", ())]).is_some() {
        return (scan.at == chars.len()).then_some(now);
    }
    let half = scan.take("半");
    let n = if half { 1 } else { i64::from(scan.number()?) };
    scan.blanks();
    let minutes = scan.word(&[
        ("分钟", 1),
        ("个小时", 60),
        ("小时", 60),
        ("天", 1440),
        ("minutes", 1),
        ("minute", 1),
        ("min", 1),
        ("hours", 60),
        ("hour", 60),
        ("h", 60),
        ("days", 1440),
        ("day", 1440),
    ])?;
    scan.blanks();
    scan.word(&[("以前", ()), ("之前", ()), ("前", ()), ("ago", ())])?;
    let minutes = if half { minutes / 2 } else { n.checked_mul(minutes)? };
    (scan.at == chars.len()).then(|| now.checked_sub_signed(Duration::try_minutes(minutes)?))?
}

/// `5-10 14:30`, `5月10日`: the last such day that has come.
fn month_day(chars: &[char], now: NaiveDateTime) -> Option<(NaiveDate, Option<NaiveTime>)> {
    let mut scan = Scan::new(chars, 0);
    let month = scan.number()?;
    scan.word(&[("月", ()), ("-", ()), ("/", ())])?;
    let day = scan.number()?;
    scan.word(&[("日", ()), ("号", ())]);
    scan.blanks();
    let time = scan.clock();
    scan.blanks();
    let year = chrono::Datelike::year(&now.date());
    let last =
        (0..=8).filter_map(|y| NaiveDate::from_ymd_opt(year - y, month, day)).find(|d| *d <= now.date());
    if scan.at < chars.len() {
        return None;
    }
    let day = if time.is_some_and(|c| c.next) { last?.succ_opt() } else { last };
    day.map(|day| (day, time.map(|c| come(c, day, now))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_that_have_passed() {
        let now: NaiveDateTime = "2024-05-20T14:02:00".parse().unwrap();
        for (text, day, time) in [
            ("昨天下午3点", "2024-05-19", Some("15:00")),
            ("today 9:00", "2024-05-20", Some("09:00")),
            ("刚才", "2024-05-20", Some("14:02")),
            ("10分钟前", "2024-05-20", Some("13:52")),
            ("2 hours ago", "2024-05-20", Some("12:02")),
            ("半小时前", "2024-05-20", Some("13:32")),
            ("2024-05-10 14:30", "2024-05-10", Some("14:30")),
            ("5月10日", "2024-05-10", None),
            ("12-30 10:00", "2023-12-30", Some("10:00")),
            ("前天", "2024-05-18", None),
            ("昨天3点", "2024-05-19", Some("15:00")),
            ("今天3点", "2024-05-20", Some("03:00")),
            ("5月10日3点半", "2024-05-10", Some("15:30")),
            ("昨天03:00", "2024-05-19", Some("03:00")),
            ("昨晚12点", "2024-05-20", Some("00:00")),
            ("晚上12点", "2024-05-20", Some("00:00")),
            ("今天凌晨2点", "2024-05-20", Some("02:00")),
            ("5月10日晚上12点", "2024-05-11", Some("00:00")),
        ] {
            let (d, t) = parse_past(text, now).unwrap_or_else(|e| panic!("{text}: {e:?}"));
            assert_eq!(
                (d.to_string().as_str(), t.map(|t| t.format("%H:%M").to_string()).as_deref()),
                (day, time),
                "{text}"
            );
        }
        assert!(parse_past("昨晚3点", now).is_err(), "nobody knows which night");
        assert_eq!(parse_past("soon", now), Err(DateError::NotADate("soon".into())));
        assert_eq!(parse_past("", now), Err(DateError::Empty));
    }
}
