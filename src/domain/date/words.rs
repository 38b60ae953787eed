//! One due in words: `2日内`, `周五`, `下周三下午3点`, `月底`, `+3d`, `in 2 days`, `next fri 15:00`, `提前3天`.
//! A weekday name means the next such day, today excluded; `本周五` this week's; `下周三` that day of the next ISO week;
//! a month and day already past mean next year (product.md, Dates in words). Weekends are pointed out, not moved.

mod phrase;
mod tables;

use chrono::{Datelike, Days, Duration, Months, NaiveDate, NaiveDateTime, NaiveTime, Weekday};

use super::scan::{Scan, fold};
use super::{Anchor, DateError, Due, Resolved};
use phrase::phrase_at;
use tables::{Phrase, Week};

/// A phrase found in a text: where it begins and ends, in characters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    phrase: Phrase,
    time: Option<NaiveTime>,
    pub from: usize,
    pub until: usize,
}

/// Years from now beyond which a due is a slip of the hand.
const FURTHEST: i32 = 50;

/// Reads the whole of `text` as one due, counted from `at`, and for `提前3天` from `event`.
pub fn parse_due(text: &str, at: NaiveDateTime, event: Option<NaiveDate>) -> Result<Resolved, DateError> {
    let chars = fold(text.trim());
    if chars.is_empty() {
        return Err(DateError::Empty);
    }
    let not = || DateError::NotADate(text.trim().to_owned());
    let found = here(&chars, 0).ok_or_else(not)?;
    let rest = chars.iter().skip(found.until).any(|c| !c.is_whitespace() && !"前内之以。.".contains(*c));
    if rest { Err(not()) } else { resolve(&found, text.trim(), at, event) }
}

/// The first phrase in a line, wherever it stands; the longest at its place.
pub(super) fn find(chars: &[char]) -> Option<Found> {
    (0..chars.len()).find_map(|from| {
        let before = from.checked_sub(1).and_then(|i| chars.get(i));
        let first = chars.get(from)?;
        // not in the middle of a Latin word or a figure
        let inside = |a: &char, b: &char| {
            (a.is_ascii_alphabetic() && b.is_ascii_alphabetic()) || (a.is_ascii_digit() && b.is_ascii_digit())
        };
        if before.is_some_and(|b| inside(b, first)) { None } else { here(chars, from) }
    })
}

/// The phrase that begins at a place.
fn here(chars: &[char], from: usize) -> Option<Found> {
    let mut scan = Scan::new(chars, from);
    scan.word(&[("by ", ()), ("on ", ()), ("before ", ()), ("请在", ()), ("在", ()), ("于", ())]);
    scan.blanks();
    let mut found =
        phrase_at(chars, scan.at).map(|(phrase, until)| Found { phrase, time: None, from, until });
    if let Some(found) = &mut found {
        let mut after = Scan::new(chars, found.until);
        after.blanks();
        after.word(&[("的", ()), (",", ())]);
        after.blanks();
        if let Some(time) = after.clock() {
            found.time = Some(time);
            found.until = after.at;
        }
        return Some(*found);
    }
    // a time alone, or before its day: `3pm tomorrow`
    let time = scan.clock()?;
    let until = scan.at;
    scan.blanks();
    scan.word(&[("on ", ())]);
    let after = phrase_at(chars, scan.at);
    let (phrase, until) = after.unwrap_or((Phrase::Time, until));
    Some(Found { phrase, time: Some(time), from, until })
}

/// Counts a phrase from the touch's time or the event.
pub(super) fn resolve(
    found: &Found,
    text: &str,
    at: NaiveDateTime,
    event: Option<NaiveDate>,
) -> Result<Resolved, DateError> {
    let no_day = || DateError::NoSuchDay(text.to_owned());
    let far = || DateError::TooFar(text.to_owned());
    let today = at.date();
    let plus = |days: i64| Duration::try_days(days).and_then(|d| today.checked_add_signed(d)).ok_or_else(far);
    let monday = today - Days::new(u64::from(today.weekday().num_days_from_monday()));
    let in_week = |weeks: u32, day: Weekday| {
        monday.checked_add_days(Days::new(u64::from(weeks) * 7 + u64::from(day.num_days_from_monday())))
    };
    let mut anchor = Anchor::Absolute;
    let mut time = found.time;
    let day = match found.phrase {
        Phrase::Days(n) => {
            anchor = if n == 0 { Anchor::Absolute } else { Anchor::AfterTouch };
            plus(n)?
        }
        Phrase::Months(n) => {
            anchor = Anchor::AfterTouch;
            today.checked_add_months(Months::new(n)).ok_or_else(far)?
        }
        Phrase::Minutes(n) => {
            anchor = Anchor::AfterTouch;
            let then = Duration::try_minutes(n).and_then(|d| at.checked_add_signed(d)).ok_or_else(far)?;
            time = NaiveTime::from_hms_opt(chrono::Timelike::hour(&then), chrono::Timelike::minute(&then), 0);
            then.date()
        }
        Phrase::Weekday(Week::Coming, day) => {
            let ahead = (7 + day.num_days_from_monday() - today.weekday().num_days_from_monday()) % 7;
            plus(if ahead == 0 { 7 } else { i64::from(ahead) })?
        }
        Phrase::Weekday(Week::This, day) => in_week(0, day).ok_or_else(far)?,
        Phrase::Weekday(Week::After(n), day) => in_week(n, day).ok_or_else(far)?,
        Phrase::Weekend(week) => {
            let weeks = if let Week::After(n) = week { n } else { 0 };
            in_week(weeks, Weekday::Sat)
                .filter(|d| *d >= today)
                .or_else(|| in_week(weeks, Weekday::Sun))
                .ok_or_else(far)?
        }
        Phrase::MonthDay(month, day) => month_day(today, month, day).ok_or_else(no_day)?,
        Phrase::Date(year, month, day) => NaiveDate::from_ymd_opt(year, month, day).ok_or_else(no_day)?,
        Phrase::DayOfMonth(0, day) => {
            let this = today.with_day(day).filter(|d| *d >= today);
            let next = || first_of(today, 1).and_then(|d| d.with_day(day));
            this.or_else(next).ok_or_else(no_day)?
        }
        Phrase::DayOfMonth(n, day) => first_of(today, n).and_then(|d| d.with_day(day)).ok_or_else(no_day)?,
        Phrase::MonthEnd(n) => first_of(today, n + 1).and_then(|d| d.pred_opt()).ok_or_else(far)?,
        Phrase::MonthStart(n) => first_of(today, n).ok_or_else(far)?,
        Phrase::YearEnd => NaiveDate::from_ymd_opt(today.year(), 12, 31).ok_or_else(far)?,
        Phrase::Festival(festival) => festival.on_or_after(today).ok_or_else(no_day)?,
        Phrase::BeforeEvent(days) => {
            anchor = Anchor::BeforeEvent { days };
            let event = event.ok_or_else(|| DateError::EventNeeded(text.to_owned()))?;
            event.checked_sub_days(Days::new(u64::from(days))).ok_or_else(far)?
        }
        // a time that has passed today is tomorrow's
        Phrase::Time if time.is_some_and(|t| t <= at.time()) => plus(1)?,
        Phrase::Time => today,
    };
    if (day.year() - today.year()).abs() > FURTHEST {
        return Err(far());
    }
    Ok(Resolved { due: Due { day, time }, anchor })
}

/// The first of the month so many months on.
fn first_of(today: NaiveDate, months: u32) -> Option<NaiveDate> {
    today.with_day(1)?.checked_add_months(Months::new(months))
}

/// A month and day: this year, or next year when past; 02-29 waits for a leap year.
fn month_day(today: NaiveDate, month: u32, day: u32) -> Option<NaiveDate> {
    (0..=8)
        .filter_map(|years| NaiveDate::from_ymd_opt(today.year() + years, month, day))
        .find(|d| *d >= today)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(text: &str, at: &str) -> String {
        match parse_due(text, at.parse().unwrap(), Some(NaiveDate::from_ymd_opt(2026, 12, 20).unwrap())) {
            Ok(r) => match r.due.time {
                Some(t) => format!("{} {}", r.due.day, t.format("%H:%M")),
                None => r.due.day.to_string(),
            },
            Err(e) => format!("{e:?}"),
        }
    }

    /// Base: Monday 2026-11-23 10:00, as in the table of wanted results.
    #[test]
    fn words_for_dates_mean_what_people_mean() {
        for (text, wanted) in [
            ("tomorrow 3pm", "2026-11-24 15:00"),
            ("in 3 days", "2026-11-26"),
            ("in 2 weeks", "2026-12-07"),
            ("in an hour", "2026-11-23 11:00"),
            ("friday", "2026-11-27"),
            ("monday", "2026-11-30"),
            ("this friday", "2026-11-27"),
            ("next friday", "2026-12-04"),
            ("next fri 15:00", "2026-12-04 15:00"),
            ("next month", "2026-12-23"),
            ("end of month", "2026-11-30"),
            ("+3d", "2026-11-26"),
            ("+2w", "2026-12-07"),
            ("+1m", "2026-12-23"),
            ("+30min", "2026-11-23 10:30"),
            ("3天后", "2026-11-26"),
            ("3天内", "2026-11-26"),
            ("2日内", "2026-11-25"),
            ("两周后", "2026-12-07"),
            ("30分钟后", "2026-11-23 10:30"),
            ("半小时后", "2026-11-23 10:30"),
            ("2小时内", "2026-11-23 12:00"),
            ("一个月内", "2026-12-23"),
            ("下个月", "2026-12-23"),
            ("月底", "2026-11-30"),
            ("下月底", "2026-12-31"),
            ("下月5号", "2026-12-05"),
            ("元旦", "2027-01-01"),
            ("春节", "2027-02-06"),
            ("大后天", "2026-11-26"),
            ("后天", "2026-11-25"),
            ("明天下午3点", "2026-11-24 15:00"),
            ("今晚8点", "2026-11-23 20:00"),
            ("明早9点", "2026-11-24 09:00"),
            ("周五", "2026-11-27"),
            ("周一", "2026-11-30"),
            ("本周五", "2026-11-27"),
            ("本周一", "2026-11-23"),
            ("下周三", "2026-12-02"),
            ("下周三下午两点半", "2026-12-02 14:30"),
            ("下下周一", "2026-12-07"),
            ("星期日", "2026-11-29"),
            ("周末", "2026-11-28"),
            ("15号", "2026-12-15"),
            ("23号", "2026-11-23"),
            ("6月17日", "2027-06-17"),
            ("12-01", "2026-12-01"),
            ("11/23", "2026-11-23"),
            ("11-22", "2027-11-22"),
            ("17 June", "2027-06-17"),
            ("December 5th", "2026-12-05"),
            ("2027-06-17", "2027-06-17"),
            ("2027年6月17日 15:00", "2027-06-17 15:00"),
            ("年底", "2026-12-31"),
            ("提前3天", "2026-12-17"),
            ("活动前一周", "2026-12-13"),
            ("活动当天", "2026-12-20"),
            ("3 days before", "2026-12-17"),
            ("3pm", "2026-11-23 15:00"),
            ("9:00", "2026-11-24 09:00"),
            ("3pm tomorrow", "2026-11-24 15:00"),
            ("+3d", "2026-11-26"),
            ("周五前", "2026-11-27"),
        ] {
            assert_eq!(due(text, "2026-11-23T10:00:00"), wanted, "{text}");
        }
    }

    #[test]
    fn what_is_no_due_is_named() {
        let now = "2026-11-23T10:00:00";
        assert_eq!(due("", now), "Empty");
        assert_eq!(due("soon", now), "NotADate(\"soon\")");
        assert_eq!(due("2月30日", now), "NoSuchDay(\"2月30日\")");
        assert_eq!(due("2026-13-01", now), "NoSuchDay(\"2026-13-01\")");
        assert_eq!(due("+99999999999d", now), "TooFar(\"+99999999999d\")");
        assert_eq!(due("60年后", now), "TooFar(\"60年后\")");
        assert_eq!(due("50年后", now), "2076-11-23");
        let no_event = parse_due("提前3天", now.parse().unwrap(), None);
        assert_eq!(no_event, Err(DateError::EventNeeded("提前3天".into())));
    }

    #[test]
    fn a_leap_day_waits_for_a_leap_year() {
        assert_eq!(due("2月29日", "2026-11-23T10:00:00"), "2028-02-29");
        assert_eq!(due("下个月", "2026-01-31T10:00:00"), "2026-02-28");
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics_and_no_due_lies_before_its_day(text in "[\\PC]{0,24}|[0-9一二三十下本周月日天号点半+dwmh: 内后前提-]{0,12}") {
            let at: NaiveDateTime = "2026-11-23T10:00:00".parse().unwrap();
            let _ = crate::domain::date::parse_actions(&text, at, Some(at.date()));
            let _ = crate::domain::date::parse_past(&text, at);
            let _ = crate::domain::date::parse_yearly(&text);
            if let Ok(r) = parse_due(&text, at, None) {
                // only a written date, or a day of this week, may lie in the past
                let written = text.contains(['-', '/', '年', '.', '本', '这', '/', '-', '.']) || text.contains("this");
                proptest::prop_assert!(r.due.day >= at.date() || written, "{} {:?}", text, r);
            }
        }
    }
}
