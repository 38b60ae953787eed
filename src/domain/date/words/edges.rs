//! Whether a phrase stands for itself where it was found. A phrase that begins in the middle of a figure, or behind which
//! the figure goes on, says another day than the person meant: it is refused, never shortened.

use chrono::{Datelike, NaiveDate};

use super::Found;
use super::phrase::phrase_at;
use super::tables::{AFTER_WORDS, EN_NUMBERS, Phrase, UNITS, Week, measure_at};
use crate::domain::date::around::Side;
use crate::domain::date::scan::{Clock, Scan, chinese_digit, tail};

/// What stands before a phrase.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Left {
    /// Nothing that belongs to it.
    Free,
    /// The beginning of the same figure: `一百|二十天后`.
    Figure,
    /// A word that makes another day of it: `上|周五`, `每|月底`.
    Other,
    /// A name of which its figures are a part: `A|12-3`.
    Name,
}

/// Signs and words that join two ends of a range.
const JOINTS: &[char] = &['-', '~', '–', '—', '到', '至', '或', '和', '与', '及', '/', '.', ':'];

/// Words before a day that make another of it, in English.
const OTHER: &[&str] = &[
    "end of",
    "start of",
    "beginning of",
    "middle of",
    "mid",
    "early",
    "late",
    "last",
    "every",
    "each",
    "since",
    "previous",
    "past",
    "hundred",
    "thousand",
    "half",
    "after",
];

/// Whether no phrase may begin at a place: within a Latin word or a figure, or at a blank.
pub(super) fn inside_a_word(chars: &[char], from: usize) -> bool {
    let before = from.checked_sub(1).and_then(|i| chars.get(i));
    let blank = chars.get(from).is_some_and(|c| c.is_whitespace());
    blank
        || matches!((before, chars.get(from)), (Some(a), Some(b))
        if (a.is_ascii_alphabetic() && b.is_ascii_alphabetic()) || (a.is_ascii_digit() && b.is_ascii_digit()))
}

const fn is_place(c: char) -> bool {
    matches!(c, '十' | '百' | '千' | '万' | '亿' | '几' | '数' | '多' | '余')
}

fn is_figure(c: char) -> bool {
    c.is_ascii_digit() || chinese_digit(c).is_some() || is_place(c)
}

/// Looks at what stands before the phrase that begins at a place.
pub(super) fn left(chars: &[char], from: usize) -> Left {
    let Some(first) = chars.get(from).copied() else { return Left::Free };
    let before = tail(chars.get(..from).unwrap_or_default());
    let ends = |word: &str| {
        before.iter().rev().zip(word.chars().rev()).filter(|(a, b)| **a == *b).count() == word.chars().count()
    };
    let last = before.last().copied();
    let figure = is_figure(first) || "半+".contains(first) || number_word(chars, from);
    if (first.is_ascii_alphabetic() || figure) && english_other(before) {
        return if figure { Left::Figure } else { Left::Other };
    }
    let Some(last) = last else { return Left::Free };
    let above =
        last == '上' && !["早上", "晚上", "线上", "马上", "网上", "以上", "会上"].into_iter().any(ends);
    if figure {
        // `T+3`, `A12-3`, `#5-1`, `第3天`
        if first != '+' && first.is_ascii_digit() && (last.is_ascii_alphabetic() || "#$¥￥%第".contains(last))
        {
            return Left::Name;
        }
        let mixed = first.is_ascii_digit() && chinese_digit(last).is_some();
        let half = first == '半' && "大小前后上下多夜".contains(last);
        let word = [
            "提前",
            "会前",
            "活动前",
            "之前",
            "以前",
            "农历",
            "阴历",
            "每",
            "隔",
            "年",
            "月",
            "第",
            "个",
            "夜",
            "晨",
        ];
        if (is_figure(last) && !mixed)
            || last == '半'
            || half
            || above
            || word.into_iter().any(ends)
            || goes_on(before)
        {
            return Left::Figure;
        }
        return Left::Free;
    }
    // a week, a month, a year with what makes another one of it before it
    if "周星礼月年下本这".contains(first) {
        if is_figure(last) && !(first == '周' && chinese_digit(last).is_some() && !counted(before)) {
            return Left::Figure;
        }
        let then = ["然后", "随后", "此后"].into_iter().any(ends);
        if above || (!then && "去前每各隔第个同半双单下本这今明后财学周季".contains(last)) || goes_on(before)
        {
            return Left::Other;
        }
    }
    let unlike = match first {
        '后' => "以之然最随今前背明大".contains(last),
        '大' => last == '大',
        '明' | '今' => last == '如',
        _ => false,
    };
    let festival =
        first != '后' && ["去年", "前年", "上年", "每年", "上个", "去年的", "年年"].into_iter().any(ends);
    if unlike || festival { Left::Other } else { Left::Free }
}

/// Whether a word that counts in English begins here: `two days`, `half an hour`.
fn number_word(chars: &[char], from: usize) -> bool {
    let mut scan = Scan::new(chars, from);
    scan.word(&[("an", ()), ("a", ()), ("one", ()), ("half", ())]).is_some()
        || scan.word(EN_NUMBERS).is_some()
}

/// Whether the words before end with one that makes another day of what follows, or with a number.
fn english_other(before: &[char]) -> bool {
    let text: String = before.iter().collect();
    let joined =
        text.ends_with(['-', '\'']) && text.chars().rev().nth(1).is_some_and(|c| c.is_ascii_alphanumeric());
    let text = text.trim_end().trim_end_matches('-').trim_end();
    let text = text.strip_suffix(" the").or_else(|| text.strip_suffix(" this")).unwrap_or(text);
    let word = |word: &&str| {
        text.strip_suffix(*word).is_some_and(|rest| !rest.ends_with(|c: char| c.is_alphanumeric()))
    };
    joined || OTHER.iter().any(word) || EN_NUMBERS.iter().any(|(number, _)| word(number))
}

/// Whether the text ends with a number and its unit, or with a number and a sign that joins it with the next: `3-`, `1小时`.
fn goes_on(before: &[char]) -> bool {
    let mut end = before.len();
    let at = |i: usize| i.checked_sub(1).and_then(|i| before.get(i)).copied();
    if at(end).is_some_and(|c| JOINTS.contains(&c)) {
        end -= 1;
        // a dash before everything makes it less than nought
        return at(end).is_none_or(|c| is_figure(c) || "天日周月年时号".contains(c))
            && before.get(end) != Some(&':');
    }
    let text: String = before.iter().collect();
    let numbered = |rest: &str| {
        let word = rest.trim_end().rsplit(' ').next().unwrap_or_default().to_owned();
        word.ends_with(is_figure) || EN_NUMBERS.iter().any(|(n, _)| *n == word) || word == "half"
    };
    if [" to", " or", " and"].iter().any(|joint| text.trim_end().strip_suffix(joint).is_some_and(numbered)) {
        return true;
    }
    (1..=4).any(|back| {
        let Some(from) = end.checked_sub(back) else { return false };
        let mut scan = Scan::new(before, from);
        let number = at(from)
            .is_some_and(|c| c.is_ascii_digit() || chinese_digit(c).is_some() || c == '十' || c == '半');
        number && scan.word(UNITS).is_some() && scan.at == end
    })
}

/// Whether the text ends with a number that counts: of digits, or of more than one sign.
fn counted(before: &[char]) -> bool {
    let mut back = before.iter().rev();
    back.next();
    back.next().is_some_and(|c| is_figure(*c))
}

/// Looks at what stands behind a phrase: the same day said once more is taken with it, another one is refused.
pub(super) fn right(chars: &[char], mut found: Found, today: NaiveDate) -> Result<Found, ()> {
    let last = found.until.checked_sub(1).and_then(|i| chars.get(i)).copied();
    let mut scan = Scan::new(chars, found.until);
    let start = scan;
    let figure = last.is_some_and(|c| c.is_ascii_digit());
    let more = match scan.next() {
        Some(c) if figure && c.is_ascii_digit() => true,
        Some('.' | '-' | '/' | '~' | '–' | ':') if figure => {
            scan.rest().get(1).is_some_and(char::is_ascii_digit)
        }
        Some('底' | '末' | '初' | '中' | '上' | '下') if last == Some('月') => true,
        // but `周五半天培训`
        Some('半') => !scan.rest().get(1).is_some_and(|c| "夜天日小个年月价成".contains(*c)),
        Some('多') => matches!(found.phrase, Phrase::BeforeEvent(_) | Phrase::Span(_)),
        _ => false,
    };
    if more {
        return Err(());
    }
    scan.blanks();
    let half = scan.word(&[("and a half", ()), ("and half", ()), ("before", ()), ("ago", ())]).is_some();
    let or_so = scan.take("or ") && scan.word(EN_NUMBERS).is_some();
    if half || or_so {
        return Err(());
    }
    scan = start;
    scan.blanks();
    let bracket = scan.take("(");
    scan.take("的");
    // `明天(周二)`, `11月27日周五`
    let next = phrase_at(chars, scan.at);
    let dated = matches!(next, Some((Phrase::Span(_) | Phrase::InYear(..) | Phrase::InMonth(..), _)));
    if matches!(found.phrase, Phrase::BeforeEvent(_)) && next.is_some() {
        return Err(());
    }
    if dated && scan.next().is_some_and(|c| is_figure(c) || c == '半') {
        return Err(());
    }
    if let Some((Phrase::Weekday(week, day), until)) = next {
        let same_day = Found { time: found.time.map(|clock| Clock { next: false, ..clock }), ..found };
        let resolved = super::resolve(&same_day, "", today.and_time(chrono::NaiveTime::MIN), None);
        let same = resolved.is_ok_and(|r| r.due.day.weekday() == day);
        if same && week == Week::Coming {
            let mut after = Scan::new(chars, until);
            if !bracket || after.take(")") {
                found.until = after.at;
                after.blanks();
                if found.time.is_none()
                    && let Some(time) = after.clock()
                {
                    (found.time, found.until) = (Some(time), after.at);
                }
                return Ok(found);
            }
        }
        if matches!(found.phrase, Phrase::Weekday(..)) && until - scan.at <= 3 {
            return Err(());
        }
    }
    // `周五以后联系` is promised for no day
    let mut later = scan;
    later.word(&[("之", ()), ("以", ())]);
    let mut noun = later;
    if noun.word(AFTER_WORDS).is_none() && later.take("后") {
        return Err(());
    }
    // `下个月半小时前`
    let mut ahead = scan;
    while ahead.next().is_some_and(|c| is_figure(c) || c == '半') {
        ahead.at += 1;
    }
    let length = ahead.at > scan.at && ahead.word(UNITS).is_some();
    ahead.take("半");
    if length && ahead.word(&[("前", ()), ("内", ()), ("后", ()), ("之", ()), ("以", ())]).is_some() {
        return Err(());
    }
    let (mut range, mut joined) = (false, false);
    while let Some(c) = scan.next() {
        if joined && goes_on_at(chars, scan, range) {
            return Err(());
        }
        let word = scan.word(&[("to ", ()), ("or ", ()), ("and ", ()), ("until ", ())]).is_some();
        let joint = JOINTS.contains(&c) && !".:".contains(c);
        if !word {
            if !joint && !c.is_whitespace() && !"前后之以内".contains(c) {
                break;
            }
            scan.at += 1;
        }
        range |= word || joint;
        joined |= range || !c.is_whitespace();
    }
    Ok(found)
}

/// Whether another day, time or number of a unit follows; a festival is what the task is about, but in a range.
fn goes_on_at(chars: &[char], mut scan: Scan, range: bool) -> bool {
    let named = phrase_at(chars, scan.at).is_some_and(|(phrase, _)| {
        phrase != Phrase::BeforeEvent(0) && (range || !matches!(phrase, Phrase::Festival(_, _, Side::On)))
    });
    let mut clock = scan;
    if named || clock.clock().is_some() {
        return true;
    }
    let number =
        scan.number().is_some() || scan.word(EN_NUMBERS).is_some() || scan.take("half") || scan.take("半");
    let at = scan.at;
    scan.blanks();
    let unit =
        scan.word(UNITS).is_some() || scan.word(&[("日", ()), ("号", ()), ("点", ()), ("th", ())]).is_some();
    let ends = scan.next().is_none() && at == scan.at;
    number && (unit || ends) && !measure_at(scan.rest())
}
