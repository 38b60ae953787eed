//! Why words with a time in them are no promise, where that can be said better than «not understood»: an hour that no clock
//! has, a day that has been, a day that comes again and again, a month of which no day is said. Only what could not be read as a date is looked at here.

use super::actions::ActionError;
use super::scan::{Scan, chinese_digit};
use super::words::month_at;
use super::{DateError, scan, split};

/// Days that have been, the longer first.
const PAST: &[(&str, ())] = &[
    ("the day before yesterday", ()),
    ("yesterday", ()),
    ("last week", ()),
    ("last month", ()),
    ("last year", ()),
    ("last monday", ()),
    ("last tuesday", ()),
    ("last wednesday", ()),
    ("last thursday", ()),
    ("last friday", ()),
    ("last saturday", ()),
    ("last sunday", ()),
    ("大前天", ()),
    ("前天", ()),
    ("前晚", ()),
    ("昨天", ()),
    ("昨日", ()),
    ("昨晚", ()),
    ("昨夜", ()),
    ("上上周", ()),
    ("上个星期", ()),
    ("上星期", ()),
    ("上个礼拜", ()),
    ("上礼拜", ()),
    ("上周", ()),
    ("上个月", ()),
    ("上月", ()),
    ("去年", ()),
    ("前年", ()),
];

/// Words that say that something comes again and again.
const AGAIN: &[(&str, ())] = &[
    ("每天", ()),
    ("每日", ()),
    ("每晚", ()),
    ("每早", ()),
    ("每周", ()),
    ("每星期", ()),
    ("每礼拜", ()),
    ("每月", ()),
    ("每季", ()),
    ("每年", ()),
    ("每个工作日", ()),
    ("每个星期", ()),
    ("每个礼拜", ()),
    ("每个月", ()),
    ("每个周", ()),
    ("每工作日", ()),
    ("每逢", ()),
    ("每隔", ()),
    ("隔天", ()),
    ("隔日", ()),
    ("隔周", ()),
    ("every ", ()),
    ("each ", ()),
    ("daily", ()),
    ("weekly", ()),
    ("monthly", ()),
];

/// What a clause in which no date could be read is refused for; none where nothing better is known.
pub(super) fn reason(clause: &str) -> Option<ActionError> {
    let chars = scan::fold(clause);
    let original: Vec<char> = clause.chars().collect();
    let said = |from: usize, until: usize| -> String {
        original.get(from..until).unwrap_or_default().iter().collect::<String>().trim().to_owned()
    };
    if let Some((from, until)) = no_hour(&chars) {
        return Some(ActionError::Date(DateError::NoSuchTime(said(from, until))));
    }
    let starts = (0..chars.len()).filter(|from| !inside(&chars, *from));
    for from in starts {
        let mut scan = Scan::new(&chars, from);
        if is_again(scan) {
            return Some(ActionError::Repeats(clause.to_owned()));
        }
        let joined = scan.before().is_some_and(|c| "线早晚马网以会".contains(c)) && scan.next() == Some('上');
        if !joined && scan.word(PAST).is_some() {
            // `跟进昨天的投诉` is about yesterday and says no date
            if scan.next() == Some('的') {
                return None;
            }
            return Some(ActionError::Passed(said(from, scan.at)));
        }
    }
    let (from, until) = whole_month(&chars)?;
    Some(ActionError::Date(DateError::Month(said(from, until))))
}

/// Where a month stands in place of a day: at the beginning, behind a blank or `在`, in English behind `in` or `by`; not what
/// a task is about, `发9月账单` and `9月报价单`.
fn whole_month(chars: &[char]) -> Option<(usize, usize)> {
    (0..chars.len()).find_map(|from| {
        let mut scan = Scan::new(chars, from);
        if scan.word(LEADS).is_some() {
            return month_at(chars, scan.at).map(|until| (scan.at, until));
        }
        let latin = scan.next().is_some_and(|c| c.is_ascii_alphabetic());
        let begins = scan.before().is_none_or(|c| c.is_whitespace() || "在于请".contains(c));
        let until = month_at(chars, from).filter(|_| begins && !latin)?;
        let matter = Scan::new(chars, until).next() == Some('的') || split::is_before_noun(chars, until);
        (!matter).then_some((from, until))
    })
}

/// Words before a month in English that make a time of it.
const LEADS: &[(&str, ())] = &[("in ", ()), ("by ", ()), ("during ", ()), ("before ", ())];

/// Whether the time that stands there is one of a day that has been: `昨天|3点`, `昨|晚`, `3pm| yesterday`.
pub(super) fn is_of_past(chars: &[char], from: usize, until: usize) -> bool {
    let before: String = chars.get(..from).unwrap_or_default().iter().collect();
    let before = before.trim_end();
    let night = chars.get(from).is_some_and(|c| "晚夜".contains(*c));
    let mut after = Scan::new(chars, until);
    after.blanks();
    before.ends_with('昨')
        || (night && before.ends_with('前'))
        || PAST.iter().any(|(word, ())| before.ends_with(word))
        || (after.word(PAST).is_some() && after.next() != Some('的'))
}

/// Whether a word stands here that says that something comes again and again: `每周五`, `每3天`.
pub(super) fn is_again(mut scan: Scan) -> bool {
    if scan.word(AGAIN).is_some() {
        return true;
    }
    scan.take("每") && scan.next().is_some_and(|c| c.is_ascii_digit() || chinese_digit(c).is_some())
}

/// Where an hour or minute stands that no clock has: `25:00`, `26点`, `10:75`.
fn no_hour(chars: &[char]) -> Option<(usize, usize)> {
    let digit = |i: usize| chars.get(i).is_some_and(char::is_ascii_digit);
    (0..chars.len()).filter(|from| digit(*from) && !inside(chars, *from)).find_map(|from| {
        let mut scan = Scan::new(chars, from);
        let hour = scan.digits()?;
        let short = scan.at <= from + 2;
        if scan.take(":") {
            let minutes_at = scan.at;
            let minute = scan.digits()?;
            let two = scan.at == minutes_at + 2;
            return (short && two && (hour > 24 || minute > 59)).then_some((from, scan.at));
        }
        (short && hour > 24 && (scan.take("点") || scan.take("时"))).then_some((from, scan.at))
    })
}

/// Whether a place lies within a Latin word or a figure.
fn inside(chars: &[char], from: usize) -> bool {
    let before = from.checked_sub(1).and_then(|i| chars.get(i));
    matches!((before, chars.get(from)), (Some(a), Some(b)) if a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::date::parse_actions;

    #[test]
    fn e9_what_is_no_promise_is_told_why() {
        let at = "2024-05-20T15:30:00".parse().unwrap();
        let no_time = |said: &str| ActionError::Date(DateError::NoSuchTime(said.into()));
        let passed = |said: &str| ActionError::Passed(said.into());
        let month = |said: &str| ActionError::Date(DateError::Month(said.into()));
        let again = |said: &str| ActionError::Repeats(said.into());
        let mut wrong = Vec::new();
        for (text, why) in [
            ("25:00回电", no_time("25:00")),
            ("26点回电", no_time("26点")),
            ("明天25:00回电", no_time("25:00")),
            ("tomorrow 10:75 call", no_time("10:75")),
            ("昨天回电", passed("昨天")),
            ("昨晚回电", passed("昨晚")),
            ("昨天3点回电", passed("昨天")),
            ("call 3pm yesterday", passed("yesterday")),
            ("yesterday 3pm call", passed("yesterday")),
            ("回电 前天", passed("前天")),
            ("上周五发资料", passed("上周")),
            ("去年底签合同", passed("去年")),
            ("call yesterday", passed("yesterday")),
            ("Last Friday send", passed("Last Friday")),
            ("每周五回访", again("每周五回访")),
            ("每天联系", again("每天联系")),
            ("每3天后回访", again("每3天后回访")),
            ("每月底发对账单", again("每月底发对账单")),
            ("every monday send", again("every monday send")),
            ("9月回访", month("9月")),
            ("明年3月续约", month("明年3月")),
            ("十月份拜访", month("十月份")),
            ("回访 9月", month("9月")),
            ("请在9月回访", month("9月")),
            ("call in September", month("September")),
            ("发送6月报价单", ActionError::NoDate("发送6月报价单".into())),
            ("6月报价单", ActionError::NoDate("6月报价单".into())),
            ("9月的账单", ActionError::NoDate("9月的账单".into())),
            ("march in", ActionError::NoDate("march in".into())),
            ("跟进昨天的投诉", ActionError::NoDate("跟进昨天的投诉".into())),
            ("联系每家客户", ActionError::NoDate("联系每家客户".into())),
            ("发资料2:1", ActionError::NoDate("发资料2:1".into())),
        ] {
            let read = parse_actions(text, at, None);
            if read.as_ref() != Err(&why) {
                wrong.push((text, read));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(parse_actions("明天跟进昨天的投诉", at, None).is_ok());
    }
}
