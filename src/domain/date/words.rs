//! One due in words: `2日内`, `周五`, `下周三下午3点`, `月底`, `+3d`, `in 2 days`, `next fri 15:00`, `提前3天`.
//! A weekday name means the next such day, today excluded; `本周五` this week's; `下周三` that day of the next ISO week;
//! a month and day already past mean next year (product.md, Dates in words). Weekends are pointed out, not moved.

use chrono::{Datelike, Days, Duration, Months, NaiveDate, NaiveDateTime, NaiveTime, Weekday};

use super::scan::{Scan, fold};
use super::{Anchor, DateError, Due, Resolved, yearly};

/// A phrase as understood, before it is counted from anything.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Phrase {
    Days(i64),
    Months(u32),
    Minutes(i64),
    Weekday(Week, Weekday),
    Weekend(Week),
    MonthDay(u32, u32),
    Date(i32, u32, u32),
    DayOfMonth(u32, u32),
    MonthEnd(u32),
    MonthStart(u32),
    YearEnd,
    Festival(yearly::Festival),
    BeforeEvent(u16),
    Time,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Week {
    Coming,
    This,
    After(u32),
}

/// A phrase found in a text: where it begins and ends, in characters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    phrase: Phrase,
    time: Option<NaiveTime>,
    pub from: usize,
    pub until: usize,
}

#[derive(Clone, Copy, PartialEq)]
enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

const UNITS: &[(&str, Unit)] = &[
    ("分钟", Unit::Minute),
    ("个小时", Unit::Hour),
    ("小时", Unit::Hour),
    ("个工作日", Unit::Day),
    ("个星期", Unit::Week),
    ("星期", Unit::Week),
    ("个礼拜", Unit::Week),
    ("礼拜", Unit::Week),
    ("个月", Unit::Month),
    ("天", Unit::Day),
    ("日", Unit::Day),
    ("周", Unit::Week),
    ("月", Unit::Month),
    ("年", Unit::Year),
    ("minutes", Unit::Minute),
    ("minute", Unit::Minute),
    ("mins", Unit::Minute),
    ("min", Unit::Minute),
    ("hours", Unit::Hour),
    ("hour", Unit::Hour),
    ("h", Unit::Hour),
    ("days", Unit::Day),
    ("day", Unit::Day),
    ("d", Unit::Day),
    ("weeks", Unit::Week),
    ("week", Unit::Week),
    ("w", Unit::Week),
    ("months", Unit::Month),
    ("month", Unit::Month),
    ("m", Unit::Month),
    ("years", Unit::Year),
    ("year", Unit::Year),
    ("y", Unit::Year),
];

const WEEKDAYS: &[(&str, Weekday)] = &[
    ("monday", Weekday::Mon),
    ("tuesday", Weekday::Tue),
    ("wednesday", Weekday::Wed),
    ("thursday", Weekday::Thu),
    ("friday", Weekday::Fri),
    ("saturday", Weekday::Sat),
    ("sunday", Weekday::Sun),
    ("mon", Weekday::Mon),
    ("tues", Weekday::Tue),
    ("tue", Weekday::Tue),
    ("wed", Weekday::Wed),
    ("thurs", Weekday::Thu),
    ("thu", Weekday::Thu),
    ("fri", Weekday::Fri),
    ("sat", Weekday::Sat),
    ("sun", Weekday::Sun),
];

const ZH_WEEKDAYS: &[(&str, Weekday)] = &[
    ("一", Weekday::Mon),
    ("二", Weekday::Tue),
    ("三", Weekday::Wed),
    ("四", Weekday::Thu),
    ("五", Weekday::Fri),
    ("六", Weekday::Sat),
    ("日", Weekday::Sun),
    ("天", Weekday::Sun),
    ("1", Weekday::Mon),
    ("2", Weekday::Tue),
    ("3", Weekday::Wed),
    ("4", Weekday::Thu),
    ("5", Weekday::Fri),
    ("6", Weekday::Sat),
    ("7", Weekday::Sun),
];

const ZH_WEEKS: &[(&str, Week)] = &[
    ("下下个", Week::After(2)),
    ("下下", Week::After(2)),
    ("下个", Week::After(1)),
    ("下", Week::After(1)),
    ("本", Week::This),
    ("这个", Week::This),
    ("这", Week::This),
];

const FIXED: &[(&str, Phrase)] = &[
    ("大后天", Phrase::Days(3)),
    ("后天", Phrase::Days(2)),
    ("明天", Phrase::Days(1)),
    ("明日", Phrase::Days(1)),
    ("明", Phrase::Days(1)),
    ("今天", Phrase::Days(0)),
    ("今日", Phrase::Days(0)),
    ("今", Phrase::Days(0)),
    ("the day after tomorrow", Phrase::Days(2)),
    ("day after tomorrow", Phrase::Days(2)),
    ("tomorrow", Phrase::Days(1)),
    ("tmr", Phrase::Days(1)),
    ("tonight", Phrase::Days(0)),
    ("today", Phrase::Days(0)),
    ("下下个月底", Phrase::MonthEnd(2)),
    ("下个月底", Phrase::MonthEnd(1)),
    ("下月底", Phrase::MonthEnd(1)),
    ("本月底", Phrase::MonthEnd(0)),
    ("这个月底", Phrase::MonthEnd(0)),
    ("月底", Phrase::MonthEnd(0)),
    ("月末", Phrase::MonthEnd(0)),
    ("end of next month", Phrase::MonthEnd(1)),
    ("the end of the month", Phrase::MonthEnd(0)),
    ("end of the month", Phrase::MonthEnd(0)),
    ("end of month", Phrase::MonthEnd(0)),
    ("eom", Phrase::MonthEnd(0)),
    ("下个月初", Phrase::MonthStart(1)),
    ("下月初", Phrase::MonthStart(1)),
    ("月初", Phrase::MonthStart(1)),
    ("年底", Phrase::YearEnd),
    ("年末", Phrase::YearEnd),
    ("end of year", Phrase::YearEnd),
    ("end of the year", Phrase::YearEnd),
    ("next month", Phrase::Months(1)),
    ("next week", Phrase::Days(7)),
    ("next year", Phrase::Months(12)),
    ("this weekend", Phrase::Weekend(Week::This)),
    ("next weekend", Phrase::Weekend(Week::After(1))),
    ("weekend", Phrase::Weekend(Week::This)),
    ("下周末", Phrase::Weekend(Week::After(1))),
    ("本周末", Phrase::Weekend(Week::This)),
    ("这周末", Phrase::Weekend(Week::This)),
    ("周末", Phrase::Weekend(Week::This)),
    ("活动当天", Phrase::BeforeEvent(0)),
    ("活动当日", Phrase::BeforeEvent(0)),
    ("当天", Phrase::BeforeEvent(0)),
    ("on the day of the event", Phrase::BeforeEvent(0)),
    ("on the day", Phrase::BeforeEvent(0)),
];

const MONTHS: &[(&str, u32)] = &[
    ("january", 1),
    ("february", 2),
    ("march", 3),
    ("april", 4),
    ("may", 5),
    ("june", 6),
    ("july", 7),
    ("august", 8),
    ("september", 9),
    ("october", 10),
    ("november", 11),
    ("december", 12),
    ("jan", 1),
    ("feb", 2),
    ("mar", 3),
    ("apr", 4),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("sept", 9),
    ("sep", 9),
    ("oct", 10),
    ("nov", 11),
    ("dec", 12),
];

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

fn phrase_at(chars: &[char], at: usize) -> Option<(Phrase, usize)> {
    const READERS: &[fn(&mut Scan) -> Option<Phrase>] =
        &[before_event, date, fixed, day_of_month, weekday, month_word, spoken_month, span, festival];
    READERS.iter().find_map(|read| {
        let mut scan = Scan::new(chars, at);
        read(&mut scan).map(|phrase| (phrase, scan.at))
    })
}

fn fixed(scan: &mut Scan) -> Option<Phrase> {
    let start = *scan;
    let phrase = scan.word(FIXED)?;
    // 今, 明 stand for a day only before a part of it: 今晚8点, 明早9点
    let short = scan.at == start.at + 1;
    let mut ahead = *scan;
    if short && ahead.word(&[("早", ()), ("晚", ()), ("上午", ()), ("中午", ()), ("下午", ())]).is_none()
    {
        return None;
    }
    Some(phrase)
}

/// `提前3天`, `活动前3天`, `3 days before`.
fn before_event(scan: &mut Scan) -> Option<Phrase> {
    let start = scan.at;
    if scan.take("提前") || scan.take("活动前") || scan.take("会前") {
        let half = scan.number()?;
        let unit = scan.word(UNITS)?;
        return days_of(half, unit).map(Phrase::BeforeEvent);
    }
    let n = scan.digits()?;
    scan.blanks();
    let unit = scan.word(UNITS);
    scan.blanks();
    let before = scan.word(&[("before the event", ()), ("before", ()), ("ahead", ())]);
    match (unit, before) {
        (Some(unit), Some(())) => days_of(n, unit).map(Phrase::BeforeEvent),
        _ => {
            scan.at = start;
            None
        }
    }
}

fn days_of(n: u32, unit: Unit) -> Option<u16> {
    let days = match unit {
        Unit::Day => n,
        Unit::Week => n.checked_mul(7)?,
        Unit::Month => n.checked_mul(30)?,
        _ => return None,
    };
    u16::try_from(days).ok()
}

/// `2024-06-17`, `2024年6月17日`, `6月17日`, `6-17`, `06/17`.
fn date(scan: &mut Scan) -> Option<Phrase> {
    let first = scan.number()?;
    let spoken = scan.take("年");
    if spoken || (first > 31 && (scan.take("-") || scan.take("/") || scan.take("."))) {
        let month = scan.number()?;
        if !(scan.take("月") || scan.take("-") || scan.take("/") || scan.take(".")) {
            return None;
        }
        let day = scan.number()?;
        day_word(scan);
        return Some(Phrase::Date(i32::try_from(first).ok()?, month, day));
    }
    if scan.take("月") {
        let day = scan.number()?;
        day_word(scan);
        return Some(Phrase::MonthDay(first, day));
    }
    if first <= 12 && (scan.take("-") || scan.take("/")) {
        let day = scan.digits().filter(|d| (1..=31).contains(d))?;
        return Some(Phrase::MonthDay(first, day));
    }
    None
}

fn day_word(scan: &mut Scan) {
    scan.word(&[("日", ()), ("号", ())]);
}

/// `15号`, `下月5号`, `本月20日`.
fn day_of_month(scan: &mut Scan) -> Option<Phrase> {
    let months = scan.word(&[
        ("下个月", 1),
        ("下月", 1),
        ("本月", 0),
        ("这个月", 0),
        ("next month on the ", 1),
        ("the ", 0),
    ]);
    let day = scan.number()?;
    if !(scan.take("号") || (months.is_some() && (scan.take("日") || scan.word(ORDINALS).is_some()))) {
        return None;
    }
    (1..=31).contains(&day).then_some(Phrase::DayOfMonth(months.unwrap_or(0), day))
}

const ORDINALS: &[(&str, ())] = &[("st", ()), ("nd", ()), ("rd", ()), ("th", ())];

/// `下个月`, `下月` without a day.
fn month_word(scan: &mut Scan) -> Option<Phrase> {
    scan.word(&[
        ("下下个月", Phrase::Months(2)),
        ("下个月", Phrase::Months(1)),
        ("下月", Phrase::Months(1)),
        ("明年", Phrase::Months(12)),
        ("下下周", Phrase::Days(14)),
        ("下周", Phrase::Days(7)),
        ("下星期", Phrase::Days(7)),
    ])
}

/// `周五`, `下周三`, `next fri`, `this friday`.
fn weekday(scan: &mut Scan) -> Option<Phrase> {
    let start = scan.at;
    let week = scan.word(ZH_WEEKS);
    if scan.word(&[("周", ()), ("星期", ()), ("礼拜", ())]).is_some()
        && let Some(day) = scan.word(ZH_WEEKDAYS)
    {
        return Some(Phrase::Weekday(week.unwrap_or(Week::Coming), day));
    }
    scan.at = start;
    let week = scan.word(&[("next ", Week::After(1)), ("this ", Week::This), ("coming ", Week::Coming)]);
    scan.blanks();
    scan.word(WEEKDAYS).map(|day| Phrase::Weekday(week.unwrap_or(Week::Coming), day))
}

/// `17 June`, `June 17`, `17th of June`.
fn spoken_month(scan: &mut Scan) -> Option<Phrase> {
    if let Some(month) = scan.word(MONTHS) {
        scan.blanks();
        let day = scan.digits()?;
        scan.word(ORDINALS);
        return Some(Phrase::MonthDay(month, day));
    }
    let day = scan.digits()?;
    scan.word(ORDINALS);
    scan.blanks();
    scan.word(&[("of ", ())]);
    scan.word(MONTHS).map(|month| Phrase::MonthDay(month, day))
}

/// `2日内`, `3天后`, `两周后`, `半小时后`, `+3d`, `in 2 days`, `within an hour`.
fn span(scan: &mut Scan) -> Option<Phrase> {
    let plus = scan.take("+");
    let english = scan.word(&[("in ", ()), ("within ", ()), ("after ", ())]).is_some();
    scan.blanks();
    let half = scan.take("半");
    let one = !half && scan.word(&[("a ", ()), ("an ", ()), ("one ", ())]).is_some();
    let n = if half || one { 1 } else { scan.number()? };
    scan.blanks();
    let unit = scan.word(UNITS)?;
    let more_half = scan.take("半");
    let chinese = scan.word(&[
        ("之内", ()),
        ("以内", ()),
        ("之后", ()),
        ("以后", ()),
        ("内", ()),
        ("后", ()),
        ("from now", ()),
        (" from now", ()),
        (" later", ()),
    ]);
    if !plus && !english && chinese.is_none() {
        return None;
    }
    let n = i64::from(n);
    Some(match (unit, half || more_half) {
        (Unit::Minute, _) => Phrase::Minutes(n),
        (Unit::Hour, true) if half => Phrase::Minutes(30),
        (Unit::Hour, extra) => Phrase::Minutes(n.checked_mul(60)? + if extra { 30 } else { 0 }),
        (Unit::Day, _) => Phrase::Days(n),
        (Unit::Week, _) => Phrase::Days(n.checked_mul(7)?),
        (Unit::Month, true) if half => Phrase::Days(15),
        (Unit::Month, _) => Phrase::Months(u32::try_from(n).ok()?),
        (Unit::Year, true) if half => Phrase::Months(6),
        (Unit::Year, _) => Phrase::Months(u32::try_from(n.checked_mul(12)?).ok()?),
    })
}

fn festival(scan: &mut Scan) -> Option<Phrase> {
    scan.word(yearly::FESTIVALS).map(Phrase::Festival)
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
