//! A due as a phrase: one reader a form of speech, tried one after the other at a place of the text. Nothing is counted
//! here; from what day a phrase counts is the business of `words`.

use super::tables::{FIXED, MONTHS, ORDINALS, Phrase, UNITS, Unit, WEEKDAYS, Week, ZH_WEEKDAYS, ZH_WEEKS};
use crate::domain::date::scan::Scan;
use crate::domain::date::yearly;

/// The phrase that begins at a place, and where it ends.
pub(super) fn phrase_at(chars: &[char], at: usize) -> Option<(Phrase, usize)> {
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
    let (Some(unit), Some(())) = (unit, before) else {
        scan.at = start;
        return None;
    };
    days_of(n, unit).map(Phrase::BeforeEvent)
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
