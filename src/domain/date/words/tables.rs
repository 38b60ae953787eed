//! The words of which dues are made, in both languages, and what they mean: units, weekdays, weeks, months, and phrases that stand as a
//! whole. The first word that fits wins, so a longer one stands before those it begins with.

use chrono::Weekday;

use crate::domain::date::around::Side;
use crate::domain::date::yearly;

/// A phrase as understood, before it is counted from anything.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Phrase {
    Days(i64),
    Months(u32),
    Span(Span),
    Weekday(Week, Weekday),
    Weekend(Week),
    /// A day of a month of a year.
    InYear(Year, u32, Day),
    /// A day of a month counted from this one.
    InMonth(Month, Day),
    Festival(Year, yearly::Festival, Side),
    BeforeEvent(u16),
    Time,
}

/// A length of time, each part with its own way of counting.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Span {
    pub months: u32,
    pub days: i64,
    pub minutes: i64,
    /// Days on which people work.
    pub workdays: u32,
}

/// Which year a month belongs to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Year {
    /// The first one in which the day has not passed.
    Coming,
    /// So many years on: 今年 is 0.
    After(u16),
    /// As it is written.
    Written(i32),
}

/// Which month a day belongs to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Month {
    /// This one, or the next when the day has passed.
    Coming,
    /// So many months on: 本月 is 0.
    After(u32),
}

/// A day of a month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Day {
    On(u32),
    Last,
}

/// Which week a day of the week belongs to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Week {
    Coming,
    This,
    After(u32),
}

/// A unit of time, the shorter first.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
pub(super) enum Unit {
    Minute,
    Hour,
    Day,
    Workday,
    Week,
    Month,
    Year,
}

pub(super) const UNITS: &[(&str, Unit)] = &[
    ("分钟", Unit::Minute),
    ("个小时", Unit::Hour),
    ("小时", Unit::Hour),
    ("个工作日", Unit::Workday),
    ("工作日", Unit::Workday),
    ("个钟头", Unit::Hour),
    ("钟头", Unit::Hour),
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
    ("working days", Unit::Workday),
    ("working day", Unit::Workday),
    ("business days", Unit::Workday),
    ("business day", Unit::Workday),
    ("workdays", Unit::Workday),
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

pub(super) const WEEKDAYS: &[(&str, Weekday)] = &[
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

pub(super) const ZH_WEEKDAYS: &[(&str, Weekday)] = &[
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

pub(super) const ZH_WEEKS: &[(&str, Week)] = &[
    ("下下个", Week::After(2)),
    ("下下", Week::After(2)),
    ("下个", Week::After(1)),
    ("下", Week::After(1)),
    ("本", Week::This),
    ("这个", Week::This),
    ("这", Week::This),
];

/// Months counted from this one; a day or a part of the month follows.
pub(super) const ZH_MONTHS: &[(&str, Month)] = &[
    ("下下个月", Month::After(2)),
    ("下下月", Month::After(2)),
    ("下个月", Month::After(1)),
    ("下月", Month::After(1)),
    ("次月", Month::After(1)),
    ("本月", Month::After(0)),
    ("当月", Month::After(0)),
    ("这个月", Month::After(0)),
    ("这月", Month::After(0)),
];

/// Months counted from this one, in English.
pub(super) const EN_MONTHS: &[(&str, Month)] = &[
    ("next month", Month::After(1)),
    ("this month", Month::After(0)),
    ("the month", Month::After(0)),
    ("month", Month::After(0)),
];

pub(super) const ZH_YEARS: &[(&str, Year)] = &[
    ("大后年", Year::After(3)),
    ("后年", Year::After(2)),
    ("明年", Year::After(1)),
    ("来年", Year::After(1)),
    ("次年", Year::After(1)),
    ("今年", Year::After(0)),
    ("本年", Year::After(0)),
];

/// Parts of a month, and the day by which what is promised in them is due.
pub(super) const ZH_PARTS: &[(&str, Day)] = &[
    ("月底", Day::Last),
    ("月末", Day::Last),
    ("月初", Day::On(1)),
    ("月中旬", Day::On(20)),
    ("月上旬", Day::On(10)),
    ("月下旬", Day::Last),
    ("月中", Day::On(15)),
    ("月份底", Day::Last),
    ("月份中旬", Day::On(20)),
    ("月份上旬", Day::On(10)),
    ("月份下旬", Day::Last),
];

/// Numbers written out in English; `one` stands with `a`.
pub(super) const EN_NUMBERS: &[(&str, u32)] = &[
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("fifteen", 15),
    ("twenty", 20),
    ("thirty", 30),
];

pub(super) const FIXED: &[(&str, Phrase)] = &[
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
    ("明后天", Phrase::Days(2)),
    ("明后两天", Phrase::Days(2)),
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

pub(super) const MONTHS: &[(&str, u32)] = &[
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

pub(super) const ORDINALS: &[(&str, ())] = &[("st", ()), ("nd", ()), ("rd", ()), ("th", ())];

/// Words that say on which side of a festival a day lies.
pub(super) const AROUND: &[(&str, Side)] = &[
    ("前夕", Side::Before),
    ("之前", Side::Before),
    ("以前", Side::Before),
    ("前", Side::Before),
    ("过后", Side::After),
    ("之后", Side::After),
    ("以后", Side::After),
    ("后", Side::After),
];

/// Words that begin with 后 and belong to the task.
pub(super) const AFTER_WORDS: &[(&str, ())] =
    &[("后续", ()), ("后台", ()), ("后期", ()), ("后勤", ()), ("后端", ()), ("后备", ())];

/// Counting words: a figure before one of them counts things and not days. The second word begins like it and is none.
const MEASURES: &[(&str, &[&str])] = &[
    ("家", &["家访", "家庭", "家居", "家电", "家具", "家装"]),
    ("份", &[]),
    ("个", &["个人", "个工作日", "个月", "个星期", "个小时", "个礼拜", "个钟头", "个半"]),
    ("次", &["次日", "次月"]),
    ("位", &["位置"]),
    ("名", &["名单", "名片"]),
    ("台", &["台州", "台湾"]),
    ("件", &[]),
    ("套", &["套餐"]),
    ("种", &["种植"]),
    ("页", &[]),
    ("条", &["条款"]),
    ("倍", &[]),
    ("折", &[]),
    ("吨", &[]),
    ("箱", &[]),
    ("盒", &[]),
    ("瓶", &[]),
    ("遍", &[]),
    ("期", &["期待", "期间"]),
    ("方", &["方案", "方便"]),
    ("万", &["万达", "万科"]),
    ("元", &["元旦", "元宵"]),
    ("人", &["人事", "人员", "人力"]),
    ("%", &[]),
];

/// Whether a counting word stands here.
pub(super) fn measure_at(rest: &[char]) -> bool {
    let starts = |word: &str| word.chars().enumerate().all(|(i, c)| rest.get(i) == Some(&c));
    MEASURES.iter().any(|(word, others)| starts(word) && !others.iter().any(|other| starts(other)))
}
