//! How long from now: `2日内`, `3-5天内`, `一年半后`, `in 1-2 weeks`, `+3d`. Of a range the upper end counts, since a promise
//! is kept by then. A half is half of its own unit: twelve hours, half a week, fifteen days, six months.

use super::tables::{EN_NUMBERS, Phrase, Span, UNITS, Unit};
use crate::domain::date::scan::{Scan, chinese_digit};

/// What stands between the two ends of a range.
const TO: &[(&str, ())] = &[
    ("-", ()),
    ("~", ()),
    ("–", ()),
    ("—", ()),
    ("到", ()),
    ("至", ()),
    ("或", ()),
    ("to ", ()),
    ("or ", ()),
];

/// Words that say that what stands before them is counted from now.
const FROM_NOW: &[(&str, ())] = &[
    ("之内", ()),
    ("以内", ()),
    ("之后", ()),
    ("以后", ()),
    ("内", ()),
    ("后", ()),
    ("from now", ()),
    ("later", ()),
];

/// Words that begin with 内 and belong to the task: `3天内部评审` says no day.
const INNER: &[&str] = &["内蒙", "内部", "内容", "内测", "内训", "内审", "内勤", "内销", "内控", "内购"];

/// Reads a length of time with the word that counts it from now.
pub(super) fn span(scan: &mut Scan) -> Option<Phrase> {
    let plus = scan.take("+");
    let english = scan.word(&[("in ", ()), ("within ", ()), ("after ", ())]).is_some();
    scan.blanks();
    let mut sum = Span::default();
    let mut last = None;
    loop {
        let ((twice, unit), bare_month) = part(scan)?;
        // each smaller than the one before: `1小时30分钟`
        if last.is_some_and(|before| unit >= before) || (bare_month && !plus) {
            return None;
        }
        add(&mut sum, twice, unit)?;
        last = Some(unit);
        let mut ahead = *scan;
        ahead.blanks();
        ahead.word(&[("零", ()), ("又", ()), ("and ", ()), ("加", ())]);
        ahead.blanks();
        if part(&mut ahead).is_none() {
            break;
        }
        let mut next = *scan;
        next.blanks();
        next.word(&[("零", ()), ("又", ()), ("and ", ()), ("加", ())]);
        next.blanks();
        *scan = next;
    }
    let mut after = *scan;
    after.blanks();
    let inner = INNER.iter().any(|word| {
        let mut word_here = after;
        word_here.take(word)
    });
    let counted = !inner && after.word(FROM_NOW).is_some();
    if counted {
        *scan = after;
    }
    (plus || english || counted).then_some(Phrase::Span(sum))
}

/// A number of units, in halves, of a range the greater; and whether it may as well be the name of a month, `6月`.
fn part(scan: &mut Scan) -> Option<((i64, Unit), bool)> {
    let (mut twice, mut named) = amount(scan)?;
    let mut half = false;
    if scan.take("个半") {
        half = true;
    } else {
        half |= and_a_half(scan);
    }
    scan.blanks();
    let at = scan.at;
    let mut unit = scan.word(UNITS)?;
    named &= scan.at == at + 1 && scan.before() == Some('月') && !half;
    if !half && (scan.take("半") || and_a_half(scan)) {
        half = true;
    }
    // `3天到5天内`: the unit may stand at both ends
    let mut ahead = *scan;
    ahead.blanks();
    if ahead.word(TO).is_some() {
        ahead.blanks();
        if let Some(((upper, upper_unit), _)) = part(&mut ahead) {
            if upper_unit < unit || (upper_unit == unit && upper <= twice) {
                return None;
            }
            *scan = ahead;
            (twice, unit, half) = (upper, upper_unit, false);
        }
    }
    if half && twice % 2 != 0 {
        return None;
    }
    Some(((twice + i64::from(half), unit), named))
}

fn and_a_half(scan: &mut Scan) -> bool {
    let mut ahead = *scan;
    ahead.blanks();
    let found = ahead.word(&[("and a half", ())]).is_some();
    if found {
        *scan = ahead;
    }
    found
}

/// A number in halves, of a range the upper end; and whether a month may bear it as its name: `两` never does.
fn amount(scan: &mut Scan) -> Option<(i64, bool)> {
    let start = *scan;
    let (first, month) = one(scan)?;
    let mut ahead = *scan;
    ahead.blanks();
    if ahead.word(TO).is_some() {
        ahead.blanks();
        if let Some((second, _)) = one(&mut ahead) {
            let mut unit = ahead;
            unit.take("个半");
            unit.blanks();
            if unit.word(UNITS).is_some() || and_a_half(&mut unit) {
                *scan = ahead;
                return (second > first).then_some((second, month));
            }
        }
        return Some((first, month));
    }
    // `两三天` are up to three; after a name, `张三五天`, nobody knows
    if let (Some(low), Some(high)) =
        (start.next().and_then(chinese_digit), scan.next().and_then(chinese_digit))
        && scan.at == start.at + 1
    {
        let apart = start.before().is_none_or(|c| c.is_whitespace() || "在于请约后再:".contains(c));
        scan.at += 1;
        return (apart && 0 < low && low < high).then_some((i64::from(high) * 2, month));
    }
    Some((first, month))
}

/// One number in halves: `3`, `2.5`, `三十`, `半`, `an`, `half an`.
fn one(scan: &mut Scan) -> Option<(i64, bool)> {
    if scan.take("半") || scan.word(&[("half an ", ()), ("half a ", ())]).is_some() {
        return Some((1, false));
    }
    if scan.word(&[("an", ()), ("a", ()), ("one", ())]).is_some() {
        return Some((2, false));
    }
    if let Some(n) = scan.word(EN_NUMBERS) {
        return Some((i64::from(n) * 2, false));
    }
    let two = scan.next() == Some('两');
    let n = scan.number()?;
    let mut twice = i64::from(n) * 2;
    if scan.take(".") {
        let from = scan.at;
        twice += match scan.digits()? {
            0 => 0,
            5 if scan.at == from + 1 => 1,
            // a quarter of a day is no time that anybody means
            _ => return None,
        };
    }
    Some((twice, !two && n <= 12))
}

/// Adds so many halves of a unit.
fn add(sum: &mut Span, twice: i64, unit: Unit) -> Option<()> {
    let (whole, half) = (twice / 2, twice % 2);
    let months = |n: i64| u32::try_from(n).ok();
    match unit {
        Unit::Minute if half == 0 => sum.minutes = sum.minutes.checked_add(whole)?,
        Unit::Hour => sum.minutes = sum.minutes.checked_add(twice.checked_mul(30)?)?,
        Unit::Workday if half == 0 => sum.workdays = u32::try_from(whole).ok()?,
        Unit::Day => {
            sum.days = sum.days.checked_add(whole)?;
            sum.minutes += half * 720;
        }
        Unit::Week => sum.days = sum.days.checked_add(twice.checked_mul(7)?.checked_add(1)? / 2)?,
        Unit::Month => {
            sum.months = sum.months.checked_add(months(whole)?)?;
            sum.days += half * 15;
        }
        Unit::Year => sum.months = sum.months.checked_add(months(twice.checked_mul(6)?)?)?,
        Unit::Minute | Unit::Workday => return None,
    }
    Some(())
}
