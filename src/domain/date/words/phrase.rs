//! A due as a phrase: one reader a form of speech, tried one after the other at a place of the text. Nothing is counted
//! here; from what day a phrase counts is the business of `words`.

use super::span::span;
use super::tables::{
    AFTER_WORDS, AROUND, Day, EN_MONTHS, FIXED, MONTHS, Month, ORDINALS, Phrase, UNITS, Unit, WEEKDAYS, Week,
    Year, ZH_MONTHS, ZH_PARTS, ZH_WEEKDAYS, ZH_WEEKS, ZH_YEARS, measure_at,
};
use crate::domain::date::around::Side;
use crate::domain::date::scan::{Scan, chinese_digit};
use crate::domain::date::yearly;

/// The phrase that begins at a place, and where it ends.
pub(super) fn phrase_at(chars: &[char], at: usize) -> Option<(Phrase, usize)> {
    const READERS: &[fn(&mut Scan) -> Option<Phrase>] = &[
        before_event,
        month_end,
        date,
        in_year,
        fixed,
        day_of_month,
        weekday,
        spoken_month,
        span,
        bare,
        festival,
    ];
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

/// `2024-06-17`, `2024年6月17日`, `6月17日`, `6月底`, `6-17`, `06/17`.
fn date(scan: &mut Scan) -> Option<Phrase> {
    let start = *scan;
    let first = scan.number()?;
    if scan.take("年") {
        let year = Year::Written(i32::try_from(first).ok()?);
        return day_in(scan, year);
    }
    if first > 31 && (scan.take("-") || scan.take("/") || scan.take(".")) {
        let month = scan.number()?;
        if !(scan.take("月") || scan.take("-") || scan.take("/") || scan.take(".")) {
            return None;
        }
        let day = scan.number()?;
        day_word(scan);
        return Some(Phrase::InYear(Year::Written(i32::try_from(first).ok()?), month, Day::On(day)));
    }
    if first <= 12 && (scan.take("-") || scan.take("/")) {
        let day = scan.digits().filter(|d| (1..=31).contains(d))?;
        // `1-2周`, `3-5家`, `3-5号` are ranges
        let counts = measure_at(scan.rest()) || unit_at(*scan) || scan.next() == Some('号');
        return (!counts).then_some(Phrase::InYear(Year::Coming, first, Day::On(day)));
    }
    *scan = start;
    day_in(scan, Year::Coming)
}

/// `明年3月5日`, `今年底`, `明年6月底`, `明年春节`.
fn in_year(scan: &mut Scan) -> Option<Phrase> {
    let year = scan.word(ZH_YEARS).or_else(|| {
        let end = scan.word(&[("年底", ()), ("年末", ()), ("end of year", ()), ("end of the year", ())]);
        end.map(|()| Year::Coming)
    })?;
    if year == Year::Coming {
        return Some(Phrase::InYear(Year::After(0), 12, Day::Last));
    }
    scan.take("的");
    if scan.word(&[("底", ()), ("末", ()), ("年底", ()), ("年末", ())]).is_some() {
        return Some(Phrase::InYear(year, 12, Day::Last));
    }
    if scan.take("年初") || (scan.next() == Some('初') && !first_word(*scan) && scan.take("初")) {
        return Some(Phrase::InYear(year, 1, Day::On(1)));
    }
    festival_in(scan, year).or_else(|| day_in(scan, year))
}

/// A month with its day or its part, in a year.
fn day_in(scan: &mut Scan, year: Year) -> Option<Phrase> {
    if let Year::Written(_) = year
        && scan.word(&[("底", ()), ("末", ())]).is_some()
    {
        return Some(Phrase::InYear(year, 12, Day::Last));
    }
    let month = scan.number()?;
    if let Some(day) = part_of_month(scan) {
        return Some(Phrase::InYear(year, month, day));
    }
    if !scan.take("月") {
        return None;
    }
    let spelt = scan.next().is_some_and(|c| !c.is_ascii_digit());
    let day = scan.number()?;
    if !day_word(scan) {
        // `3月3家客户` counts customers, `五月一起` no day: without its word only what can be no other thing is a day
        let ends = scan.next().is_none_or(|c| c.is_whitespace() || "前内之以".contains(c));
        if measure_at(scan.rest()) || unit_at(*scan) || (spelt && day < 11 && !ends) {
            return None;
        }
    }
    Some(Phrase::InYear(year, month, Day::On(day)))
}

/// `月底`, `月中旬`: a part of the month before it. `月初五` is a day of the moon, `月中标` another word.
fn part_of_month(scan: &mut Scan) -> Option<Day> {
    let start = *scan;
    let day = scan.word(ZH_PARTS)?;
    let moon =
        scan.before() == Some('初') && scan.next().is_some_and(|c| chinese_digit(c).is_some() || c == '十');
    let mut sign = *scan;
    sign.at -= 1;
    if moon
        || (scan.before() == Some('初') && first_word(sign))
        || (scan.before() == Some('中') && middle_word(sign))
    {
        *scan = start;
        return None;
    }
    Some(day)
}

/// Whether 初 begins another word here.
fn first_word(mut scan: Scan) -> bool {
    scan.word(&[
        ("初步", ()),
        ("初次", ()),
        ("初稿", ()),
        ("初审", ()),
        ("初版", ()),
        ("初期", ()),
        ("初始", ()),
    ])
    .is_some()
}

/// Whether 中 begins another word here.
fn middle_word(mut scan: Scan) -> bool {
    const WORDS: &[(&str, ())] = &[
        ("中标", ()),
        ("中国", ()),
        ("中心", ()),
        ("中间", ()),
        ("中介", ()),
        ("中小", ()),
        ("中央", ()),
        ("中秋", ()),
        ("中型", ()),
        ("中期", ()),
    ];
    scan.word(WORDS).is_some()
}

/// Whether a unit of time follows: at once, or in Latin letters after a blank.
fn unit_at(mut scan: Scan) -> bool {
    let at = scan.at;
    scan.blanks();
    let latin = scan.next().is_some_and(|c| c.is_ascii_alphabetic());
    let mut counted = scan;
    let unit =
        counted.word(UNITS).is_some() || counted.take("点") || counted.take("个半") || counted.take("半");
    let mut end = counted;
    end.blanks();
    unit && (latin || at == scan.at || end.word(&[("内", ()), ("后", ()), ("之", ()), ("以", ())]).is_some())
}

fn day_word(scan: &mut Scan) -> bool {
    scan.word(&[("日", ()), ("号", ())]).is_some()
}

/// `15号`, `下月5号`, `本月20日`, `下月底`, `月中旬`; `15号楼` is a house.
fn day_of_month(scan: &mut Scan) -> Option<Phrase> {
    let start = *scan;
    let month = scan.word(ZH_MONTHS);
    if let Some(month) = month {
        scan.at -= 1;
        if let Some(day) = part_of_month(scan) {
            return Some(Phrase::InMonth(month, day));
        }
        scan.at += 1;
    } else if let Some(day) = part_of_month(scan) {
        let month = match day {
            Day::Last => Month::After(0),
            Day::On(1) => Month::After(1),
            Day::On(_) => Month::Coming,
        };
        return Some(Phrase::InMonth(month, day));
    }
    let month = month.or_else(|| {
        scan.word(&[
            ("next month on the ", Month::After(1)),
            ("this month on the ", Month::After(0)),
            ("the ", Month::Coming),
        ])
    });
    let said = scan.at > start.at;
    let day = scan.number()?;
    let dated = scan.take("号") || (said && (scan.take("日") || scan.word(ORDINALS).is_some()));
    let place = scan.next().is_some_and(|c| "楼店线馆院机门厅仓库文码桌车位房厂岗".contains(c));
    if !dated || place || !(1..=31).contains(&day) {
        return None;
    }
    Some(Phrase::InMonth(month.unwrap_or(Month::Coming), Day::On(day)))
}

/// `end of june`, `next month end`, `the end of the month`.
fn month_end(scan: &mut Scan) -> Option<Phrase> {
    if scan.take("eom") {
        return Some(Phrase::InMonth(Month::After(0), Day::Last));
    }
    let end = scan.word(&[("the end of ", ()), ("end of ", ())]).is_some();
    let in_month = scan.word(EN_MONTHS).map(|month| Phrase::InMonth(month, Day::Last));
    let phrase = in_month.or_else(|| {
        scan.word(MONTHS).map(|month| {
            let year = year_after(scan).map_or(Year::Coming, Year::Written);
            Phrase::InYear(year, month, Day::Last)
        })
    })?;
    if end {
        return Some(phrase);
    }
    scan.word(&[("'s", ())]);
    scan.blanks();
    scan.take("end").then_some(phrase)
}

/// A year of four figures after a month in English.
fn year_after(scan: &mut Scan) -> Option<i32> {
    let mut ahead = *scan;
    ahead.blanks();
    let from = ahead.at;
    let year = ahead.digits().filter(|y| (1900..=2200).contains(y) && ahead.at == from + 4)?;
    *scan = ahead;
    i32::try_from(year).ok()
}

/// `下个月`, `下周`, `明年` alone; not where a day or a part of it follows, which nobody has read.
fn bare(scan: &mut Scan) -> Option<Phrase> {
    let phrase = scan.word(&[
        ("下下个月", Phrase::Months(2)),
        ("下下月", Phrase::Months(2)),
        ("下个月", Phrase::Months(1)),
        ("下月", Phrase::Months(1)),
        ("明年", Phrase::Months(12)),
        ("后年", Phrase::Months(24)),
        ("下下周", Phrase::Days(14)),
        ("下周", Phrase::Days(7)),
        ("下星期", Phrase::Days(7)),
        ("next month", Phrase::Months(1)),
        ("next week", Phrase::Days(7)),
        ("next year", Phrase::Months(12)),
    ])?;
    let mut after = *scan;
    after.blanks();
    after.take("的");
    let rest = after.rest();
    let starts = |word: &str| word.chars().enumerate().all(|(i, c)| rest.get(i) == Some(&c));
    let part =
        ["末", "底", "第", "上半", "下半", "上旬", "中旬", "下旬", "春", "夏", "秋", "冬", "月", "年", "半"]
            .into_iter()
            .any(starts)
            || (starts("初") && !first_word(after))
            || (starts("中") && !middle_word(after))
            || (starts("q") && rest.get(1).is_some_and(char::is_ascii_digit));
    let spelt = after.next().is_some_and(|c| chinese_digit(c).is_some());
    let figure = after.number().is_some() && (spelt || !measure_at(after.rest()));
    (!part && !figure).then_some(phrase)
}

/// `周五`, `下周三`, `next fri`, `this friday`; `下周2家客户` and `周三四` are no day.
fn weekday(scan: &mut Scan) -> Option<Phrase> {
    let start = scan.at;
    let week = scan.word(ZH_WEEKS);
    if scan.word(&[("周", ()), ("星期", ()), ("礼拜", ())]).is_some()
        && let Some(day) = scan.word(ZH_WEEKDAYS)
    {
        let digit = scan.before().is_some_and(|c| c.is_ascii_digit());
        let sun = scan.before() == Some('天') && scan.next() == Some('天');
        let figure = digit && scan.next().is_some_and(|c| c.is_ascii_digit() || "-~.".contains(c));
        let mut after = *scan;
        let next_day = after.word(ZH_WEEKDAYS).is_some_and(|next| !digit && next == day.succ())
            && !measure_at(after.rest())
            && !scan.rest().starts_with(&['一', '起']);
        let counts = measure_at(scan.rest()) || (digit && unit_at(*scan));
        return (!counts && !figure && !next_day && !sun)
            .then_some(Phrase::Weekday(week.unwrap_or(Week::Coming), day));
    }
    scan.at = start;
    let week = scan.word(&[("next ", Week::After(1)), ("this ", Week::This), ("coming ", Week::Coming)]);
    scan.blanks();
    scan.word(WEEKDAYS).map(|day| Phrase::Weekday(week.unwrap_or(Week::Coming), day))
}

/// `17 June`, `June 17`, `17th of June`, with a year where one is written.
fn spoken_month(scan: &mut Scan) -> Option<Phrase> {
    let (month, day) = if let Some(month) = scan.word(MONTHS) {
        scan.blanks();
        let day = scan.digits()?;
        scan.word(ORDINALS);
        (month, day)
    } else {
        let day = scan.digits()?;
        scan.word(ORDINALS);
        scan.blanks();
        scan.word(&[("of ", ())]);
        (scan.word(MONTHS)?, day)
    };
    let year = year_after(scan).map_or(Year::Coming, Year::Written);
    Some(Phrase::InYear(year, month, Day::On(day)))
}

fn festival(scan: &mut Scan) -> Option<Phrase> {
    let after = scan.take("after ");
    let read = festival_in(scan, Year::Coming)?;
    Some(match read {
        Phrase::Festival(year, festival, Side::On) if after => Phrase::Festival(year, festival, Side::After),
        _ => read,
    })
}

/// A festival with the word that says before or after it; `国庆前3天` and `国庆前后` are left to nobody.
fn festival_in(scan: &mut Scan, year: Year) -> Option<Phrase> {
    let festival = scan.word(yearly::FESTIVALS)?;
    // `五一小时内` is a figure that nobody reads
    let mut figure = *scan;
    while figure
        .next()
        .is_some_and(|c| c.is_ascii_digit() || chinese_digit(c).is_some() || "十百千".contains(c))
    {
        figure.at += 1;
    }
    if scan.before() == Some('一') && unit_at(figure) {
        return None;
    }
    let mut around = *scan;
    let other = around
        .word(&[
            ("前往", ()),
            ("前台", ()),
            ("前期", ()),
            ("前端", ()),
            ("前景", ()),
            ("前任", ()),
            ("前后", ()),
        ])
        .or_else(|| around.word(AFTER_WORDS));
    let side = if other.is_some() { None } else { around.word(AROUND) };
    let more = around.number().is_some() || around.next().is_some_and(|c| "第几半".contains(c));
    let side = side.filter(|_| !more).inspect(|_| *scan = around);
    Some(Phrase::Festival(year, festival, side.unwrap_or(Side::On)))
}
