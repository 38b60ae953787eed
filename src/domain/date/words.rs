//! One due in words: `2日内`, `周五`, `下周三下午3点`, `月底`, `+3d`, `in 2 days`, `next fri 15:00`, `提前3天`.
//! A weekday name means the next such day, today excluded; `本周五` this week's; `下周三` that day of the next ISO week;
//! a month and day already past mean next year (product.md, Dates in words). Weekends are pointed out, not moved.
//! A month without a day, `9月`, is none: it may be what a task is about (`9月报价单`), and which day of it is meant nobody
//! can say but who wrote it. The person is asked for one, `9月1日`, `9月底`.
//! `3点` without its part of the day is 15:00, since nobody promises a call for the night; `03:00` and `凌晨3点` are.

mod edges;
mod phrase;
mod span;
mod tables;

use chrono::{Datelike, Days, Duration, Months, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Weekday};

use super::around::{self, Side};
use super::scan::{Clock, Part, Scan, fold};
use super::{Anchor, DateError, DayNote, Due, Resolved, day_note};
use edges::{Left, left, right};
use phrase::phrase_at;
use tables::{Day, MONTHS, Month, Phrase, Span, Week, Year, ZH_YEARS};

/// A phrase found in a text: where it begins and ends, in characters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    phrase: Phrase,
    time: Option<Clock>,
    pub from: usize,
    pub until: usize,
}

impl Found {
    /// Whether it is a time alone, of a day that is not said.
    pub fn is_time(&self) -> bool {
        self.phrase == Phrase::Time
    }

    /// Whether it is the day of the event itself.
    pub fn is_event_day(&self) -> bool {
        self.phrase == Phrase::BeforeEvent(0)
    }

    /// Whether it is the day of a festival, and none before or after it.
    pub const fn is_festival_day(&self) -> bool {
        matches!(self.phrase, Phrase::Festival(_, _, Side::On))
    }

    /// Whether it names a day and counts none: such a day may be what a task is about.
    pub const fn is_of_calendar(&self) -> bool {
        matches!(
            self.phrase,
            Phrase::InYear(..) | Phrase::InMonth(..) | Phrase::Weekday(..) | Phrase::Festival(..)
        )
    }
}

/// A day that says the part of it as well.
const TONIGHT: [char; 7] = ['t', 'o', 'n', 'i', 'g', 'h', 't'];

/// Years from now beyond which a due is a slip of the hand.
const FURTHEST: i32 = 50;

/// Reads the whole of `text` as one due, counted from `at`, and for `提前3天` from `event`.
pub fn parse_due(text: &str, at: NaiveDateTime, event: Option<NaiveDate>) -> Result<Resolved, DateError> {
    let chars = fold(text.trim());
    if chars.is_empty() {
        return Err(DateError::Empty);
    }
    let not = || {
        let words = text.trim().to_owned();
        let whole = month_at(&chars, 0).is_some_and(|until| until == chars.len());
        if whole { DateError::Month(words) } else { DateError::NotADate(words) }
    };
    let found = here(&chars, 0).ok_or_else(not)?;
    let found = right(&chars, found, at.date()).map_err(|()| not())?;
    let rest = chars.iter().skip(found.until).any(|c| !c.is_whitespace() && !"前内之以。.".contains(*c));
    if rest { Err(not()) } else { resolve(&found, text.trim(), at, event) }
}

/// The first phrase in a line, wherever it stands, the longest at its place; and an error where there is only a part of
/// what was meant: the end of a figure, one day of two, a week that has passed.
pub(super) fn find(chars: &[char], today: NaiveDate) -> Result<Option<Found>, ()> {
    let mut passed_over = false;
    for from in 0..chars.len() {
        if edges::inside_a_word(chars, from) {
            continue;
        }
        let Some(found) = here(chars, from) else {
            if Scan::new(chars, from).is_unread_clock(false) {
                return Err(());
            }
            continue;
        };
        match left(chars, from) {
            Left::Free => return right(chars, found, today).map(Some),
            Left::Figure => return Err(()),
            Left::Other => passed_over = true,
            Left::Name => {}
        }
    }
    if passed_over { Err(()) } else { Ok(None) }
}

/// The next phrase from a place on that is a date by itself; one that goes on a figure too, since it may be a promise behind a
/// name: `联系张三|下周一回电`.
pub(super) fn again(chars: &[char], from: usize) -> Option<Found> {
    let mut at = from;
    while at < chars.len() {
        let found = if edges::inside_a_word(chars, at) { None } else { here(chars, at) };
        if let Some(found) = found {
            match left(chars, at) {
                Left::Free | Left::Figure => return Some(found),
                Left::Other | Left::Name => at = found.until.max(at + 1),
            }
        } else {
            at += 1;
        }
    }
    None
}

/// The phrase that begins at a place.
fn here(chars: &[char], from: usize) -> Option<Found> {
    let mut scan = Scan::new(chars, from);
    scan.word(&[("by ", ()), ("on ", ()), ("before ", ()), ("请在", ()), ("在", ()), ("于", ())]);
    scan.blanks();
    let said = |until: usize| {
        chars.get(..until).is_some_and(|read| read.ends_with(&TONIGHT)).then_some(Part::Evening)
    };
    let mut found =
        phrase_at(chars, scan.at).map(|(phrase, until)| Found { phrase, time: None, from, until });
    if let Some(found) = &mut found {
        if let Phrase::Festival(year, festival, Side::On) = found.phrase
            && Scan::new(chars, from).take("before ")
        {
            found.phrase = Phrase::Festival(year, festival, Side::Before);
        }
        let mut after = Scan::new(chars, found.until);
        after.blanks();
        after.word(&[("的", ()), (",", ())]);
        after.blanks();
        if let Some(time) = after.clock_in(said(found.until)) {
            found.time = Some(time);
            found.until = after.at;
        }
        return Some(*found);
    }
    // a time alone, or before its day: `3pm tomorrow`
    let mut clock = scan;
    let time = scan.clock()?;
    let until = scan.at;
    scan.blanks();
    scan.word(&[("on ", ())]);
    let after = phrase_at(chars, scan.at);
    let (phrase, until) = after.unwrap_or((Phrase::Time, until));
    let time = if said(until).is_some() { clock.clock_in(said(until))? } else { time };
    Some(Found { phrase, time: Some(time), from, until })
}

/// Where a month without a day ends that begins at a place: `9月`, `明年3月份`, `september`.
pub(super) fn month_at(chars: &[char], at: usize) -> Option<usize> {
    let mut scan = Scan::new(chars, at);
    if scan.word(MONTHS).is_some() {
        return Some(scan.at);
    }
    scan.word(ZH_YEARS);
    scan.number().filter(|month| (1..=12).contains(month))?;
    if !scan.take("月") {
        return None;
    }
    scan.take("份");
    Some(scan.at)
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
    let mut time = found.time.map(Clock::in_business);
    let next = found.time.is_some_and(|clock| clock.next);
    let day = match found.phrase {
        Phrase::Days(n) => {
            anchor = if n == 0 { Anchor::Absolute } else { Anchor::AfterTouch };
            plus(n)?
        }
        Phrase::Months(n) => {
            anchor = Anchor::AfterTouch;
            today.checked_add_months(Months::new(n)).ok_or_else(far)?
        }
        Phrase::Span(span) => {
            anchor = if span == Span::default() { Anchor::Absolute } else { Anchor::AfterTouch };
            let then = after(at, span).ok_or_else(far)?;
            if span.minutes != 0 {
                // `2小时后3点` says two times
                if time.is_some() {
                    return Err(DateError::NotADate(text.to_owned()));
                }
                time = NaiveTime::from_hms_opt(then.hour(), then.minute(), 0);
            }
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
        Phrase::InYear(year, month, day) => in_year(today, year, month, day).ok_or_else(no_day)?,
        Phrase::InMonth(Month::Coming, day) => in_month(today, 0, day)
            .filter(|d| *d >= today)
            .or_else(|| in_month(today, 1, day))
            .ok_or_else(no_day)?,
        Phrase::InMonth(Month::After(n), day) => in_month(today, n, day).ok_or_else(no_day)?,
        Phrase::Festival(Year::After(years), festival, side) => {
            let new_year = around::new_year(today, years).ok_or_else(far)?;
            let day = festival.on_or_after(new_year).ok_or_else(no_day)?;
            around::place(festival, side, day).ok_or_else(no_day)?
        }
        Phrase::Festival(_, festival, side) => around::next(festival, side, today).ok_or_else(no_day)?,
        Phrase::BeforeEvent(days) => {
            anchor = Anchor::BeforeEvent { days };
            let event = event.ok_or_else(|| DateError::EventNeeded(text.to_owned()))?;
            event.checked_sub_days(Days::new(u64::from(days))).ok_or_else(far)?
        }
        // a time that has passed today is tomorrow's
        Phrase::Time if !next && time.is_some_and(|t| t <= at.time()) => plus(1)?,
        Phrase::Time => today,
    };
    let day = if next { day.succ_opt().ok_or_else(far)? } else { day };
    if (day.year() - today.year()).abs() > FURTHEST {
        return Err(far());
    }
    Ok(Resolved { due: Due { day, time }, anchor })
}

/// The moment so long after another.
fn after(at: NaiveDateTime, span: Span) -> Option<NaiveDateTime> {
    let then = at.checked_add_months(Months::new(span.months))?;
    let mut then = then.checked_add_signed(Duration::try_days(span.days)?)?;
    let furthest = at.date().year() + FURTHEST + 1;
    for _ in 0..span.workdays {
        then = then.checked_add_days(Days::new(1))?;
        while then.year() <= furthest
            && !matches!(day_note(then.date()), None | Some(DayNote::WorkingWeekend))
        {
            then = then.checked_add_days(Days::new(1))?;
        }
        if then.year() > furthest {
            return None;
        }
    }
    then.checked_add_signed(Duration::try_minutes(span.minutes)?)
}

/// A day of the month so many months on.
fn in_month(today: NaiveDate, months: u32, day: Day) -> Option<NaiveDate> {
    let first = today.with_day(1)?.checked_add_months(Months::new(months))?;
    match day {
        Day::On(day) => first.with_day(day),
        Day::Last => first.checked_add_months(Months::new(1))?.pred_opt(),
    }
}

/// A month and day of a year: of this year, or of the next when past; 02-29 waits for a leap year.
fn in_year(today: NaiveDate, year: Year, month: u32, day: Day) -> Option<NaiveDate> {
    let of = |year: i32| in_month(NaiveDate::from_ymd_opt(year, month, 1)?, 0, day);
    match year {
        Year::Coming => (0..=8).filter_map(|years| of(today.year() + years)).find(|d| *d >= today),
        Year::After(years) => of(today.year() + i32::from(years)),
        Year::Written(year) => of(year),
    }
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
            ("今晚12点", "2026-11-24 00:00"),
            ("晚上12点", "2026-11-24 00:00"),
            ("tonight at 12", "2026-11-24 00:00"),
            ("tonight at 8", "2026-11-23 20:00"),
            ("at 8 tonight", "2026-11-23 20:00"),
            ("tonight", "2026-11-23"),
            ("friday midnight", "2026-11-28 00:00"),
            ("周五24:00", "2026-11-28 00:00"),
            ("明天晚上12点(周二)", "2026-11-25 00:00"),
            ("明天凌晨2点", "2026-11-24 02:00"),
            ("凌晨2点", "2026-11-24 02:00"),
            ("3点", "2026-11-23 15:00"),
            ("三点半", "2026-11-23 15:30"),
            ("明天6点", "2026-11-24 18:00"),
            ("周五3:30", "2026-11-27 15:30"),
            ("at 3:30", "2026-11-23 15:30"),
            ("明天03:30", "2026-11-24 03:30"),
            ("明天7点", "2026-11-24 07:00"),
            ("3am", "2026-11-24 03:00"),
            ("明天清晨", "2026-11-24 07:00"),
            ("明天中午11点半", "2026-11-24 11:30"),
            ("tomorrow at noon", "2026-11-24 12:00"),
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
            ("3-5天内", "2026-11-28"),
            ("3天到5天内", "2026-11-28"),
            ("1~2周后", "2026-12-07"),
            ("两三天内", "2026-11-26"),
            ("三至五个工作日内", "2026-11-30"),
            ("in 5 working days", "2026-11-30"),
            ("2.5小时后", "2026-11-23 12:30"),
            ("一个半小时后", "2026-11-23 11:30"),
            ("1小时30分钟后", "2026-11-23 11:30"),
            ("半天后", "2026-11-23 22:00"),
            ("一天半内", "2026-11-24 22:00"),
            ("两周半后", "2026-12-11"),
            ("一个半月后", "2027-01-07"),
            ("一百二十天后", "2027-03-23"),
            ("一年半后", "2028-05-23"),
            ("一年零三个月后", "2028-02-23"),
            ("in 1-2 weeks", "2026-12-07"),
            ("in two to three days", "2026-11-26"),
            ("in 2.5 hours", "2026-11-23 12:30"),
            ("in half an hour", "2026-11-23 10:30"),
            ("in an hour and a half", "2026-11-23 11:30"),
            ("6月底", "2027-06-30"),
            ("12月初", "2026-12-01"),
            ("12月中旬", "2026-12-20"),
            ("明年2月底", "2027-02-28"),
            ("明年3月5日", "2027-03-05"),
            ("明年底", "2027-12-31"),
            ("明年春节", "2027-02-06"),
            ("后年国庆", "2028-10-01"),
            ("明年", "2027-11-23"),
            ("今年底", "2026-12-31"),
            ("2027年底", "2027-12-31"),
            ("2027年6月底", "2027-06-30"),
            ("本月5号", "2026-11-05"),
            ("本月底", "2026-11-30"),
            ("下月中旬", "2026-12-20"),
            ("下下个月5号", "2027-01-05"),
            ("次月底", "2026-12-31"),
            ("end of june", "2027-06-30"),
            ("next month end", "2026-12-31"),
            ("next month's end", "2026-12-31"),
            ("end of next month", "2026-12-31"),
            ("June 17 2028", "2028-06-17"),
            ("明天(周二)", "2026-11-24"),
            ("11月27日周五下午3点", "2026-11-27 15:00"),
        ] {
            assert_eq!(due(text, "2026-11-23T10:00:00"), wanted, "{text}");
        }
    }

    #[test]
    fn an_hour_without_its_part_of_the_day_is_one_of_business() {
        for (text, at, wanted) in [
            ("3点", "2026-11-23T15:30:00", "2026-11-24 15:00"),
            ("3点", "2026-11-23T14:00:00", "2026-11-23 15:00"),
            ("9点", "2026-11-23T15:30:00", "2026-11-24 09:00"),
            ("12点", "2026-11-23T15:30:00", "2026-11-24 12:00"),
            ("今晚8点", "2026-11-23T15:30:00", "2026-11-23 20:00"),
        ] {
            assert_eq!(due(text, at), wanted, "{text} at {at}");
        }
    }

    #[test]
    fn what_is_no_due_is_named() {
        let now = "2026-11-23T10:00:00";
        assert_eq!(due("", now), "Empty");
        assert_eq!(due("soon", now), "NotADate(\"soon\")");
        for month in ["9月", "明年3月", "十月份", "September"] {
            assert_eq!(due(month, now), format!("Month(\"{month}\")"));
        }
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
