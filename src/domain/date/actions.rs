//! A line of next actions: `2日内发送资料,3天内跟进意向` is two tasks. Each needs a task and a date (E9); a vague promise is
//! refused with its words, so that the person can be told what to write instead (K59).

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::scan::{Scan, fold};
use super::words::{Found, find, parse_due, resolve};
use super::{Anchor, DateError, Due, Resolved};
use super::{refused, split};

/// One next action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextAction {
    /// The task, without the words of its date.
    pub text: String,
    /// The words of its date; none where it hangs on the event.
    pub said: String,
    /// When, and counted from what.
    pub resolved: Resolved,
}

/// Why a line of next actions does not stand; each carries the words it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActionError {
    /// A task without a date.
    NoDate(String),
    /// A date without a task.
    NoTask(String),
    /// Neither says what nor when (E9).
    Vague(String),
    /// The words of a date do not hold.
    Date(DateError),
    /// The day lies before the talk it was promised in.
    Passed(String),
    /// It holds a second date, of which nobody knows what it belongs to: the whole and that date.
    TwoDates {
        /// The words.
        clause: String,
        /// The second date in them.
        second: String,
    },
    /// It comes again and again, and a promise has one date.
    Repeats(String),
}

/// Words that promise nothing.
const VAGUE: &[&str] = &[
    "后续跟进",
    "继续跟进",
    "跟进",
    "待跟进",
    "再跟进",
    "再联系",
    "后续联系",
    "保持联系",
    "再说",
    "有空联系",
    "尽快",
    "尽快跟进",
    "follow up",
    "follow up later",
    "keep in touch",
    "stay in touch",
    "later",
    "soon",
    "asap",
    "tbd",
];

/// Splits a line into its actions and counts each from `at`, or from `event` (A82). What would be due before `at` is
/// refused, an hour of its day too: who types `今天9点` in the afternoon means another day.
pub fn parse_actions(
    text: &str,
    at: NaiveDateTime,
    event: Option<NaiveDate>,
) -> Result<Vec<NextAction>, ActionError> {
    let actions = parse_written_actions(text, at, event)?;
    let passed = |due: Due| due.time.is_some_and(|time| due.day.and_time(time) <= at - TimeDelta::minutes(1));
    match actions.iter().find(|action| passed(action.resolved.due)) {
        Some(action) => Err(ActionError::Passed(action.said.clone())),
        None => Ok(actions),
    }
}

/// The same of a record that was written elsewhere: an hour of the day of the talk is taken as it stands, since files seldom
/// say when on that day the talk was.
pub fn parse_written_actions(
    text: &str,
    at: NaiveDateTime,
    event: Option<NaiveDate>,
) -> Result<Vec<NextAction>, ActionError> {
    let mut out: Vec<NextAction> = Vec::new();
    let mut promises = Vec::new();
    for clause in clauses(text, at, event) {
        promises.extend(split::promises(&clause, at.date())?);
    }
    // the day that a clause before has named: `周五10点拜访,下午3点回电` is one day
    let mut named: Option<NaiveDate> = None;
    for clause in promises.iter().map(String::as_str) {
        let hangs = out.last().is_some_and(|a| matches!(a.resolved.anchor, Anchor::BeforeEvent { .. }));
        match one(clause, at, event, named) {
            // `提前3天发送提醒,协调座位`: the second hangs on the event itself (K4)
            Err(ActionError::NoDate(task)) if hangs && event.is_some() => {
                let day = event.unwrap_or(at.date());
                let resolved =
                    Resolved { due: Due { day, time: None }, anchor: Anchor::BeforeEvent { days: 0 } };
                out.push(NextAction { text: task, said: String::new(), resolved });
                named = Some(day);
            }
            other => {
                let (action, day) = other?;
                named = day;
                out.push(action);
            }
        }
    }
    if out.is_empty() { Err(ActionError::Date(DateError::Empty)) } else { Ok(out) }
}

/// Signs between two clauses.
const SIGNS: [char; 7] = [',', '\u{ff0c}', ';', '\u{ff1b}', '、', '。', '\n'];

/// The clauses of a line. A date by itself before a comma is that of the clause behind it, `周五,发资料`, unless that has one
/// of its own: then nobody knows what it belongs to, and it stays alone.
fn clauses(text: &str, at: NaiveDateTime, event: Option<NaiveDate>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut waits = false;
    for piece in text.split_inclusive(SIGNS) {
        let clause = piece.trim_end_matches(SIGNS).trim();
        if clause.is_empty() {
            continue;
        }
        let takes = if waits { takes(clause, at.date()) } else { Takes::Nothing };
        match (takes, out.last_mut()) {
            (Takes::Date, Some(date)) => *date = format!("{date}: {clause}"),
            (Takes::Day, Some(date)) => *date = format!("{date} {clause}"),
            _ => out.push(clause.to_owned()),
        }
        let date = || out.last().is_some_and(|date| parse_due(date, at, event).is_ok());
        waits = piece.ends_with([',', '\u{ff0c}']) && date();
    }
    out
}

/// What a clause can take of the one before it.
enum Takes {
    /// A date: it has none, or one that its task is about.
    Date,
    /// The day of the time with which it begins.
    Day,
    /// Nothing.
    Nothing,
}

fn takes(clause: &str, today: NaiveDate) -> Takes {
    let chars = fold(clause);
    match find(&chars, today) {
        Ok(None) if refused::reason(clause).is_none() => Takes::Date,
        Ok(Some(found)) if found.is_time() && found.from == 0 => Takes::Day,
        Ok(Some(found)) if is_about(&chars, &found) => Takes::Date,
        _ => Takes::Nothing,
    }
}

/// Whether a date is what the task is about, and stays in it.
fn is_about(chars: &[char], found: &Found) -> bool {
    let before = || chars.get(..found.from).unwrap_or_default();
    found.is_of_calendar()
        && (split::is_matter(chars, 0, found)
            || (before().iter().any(|c| !c.is_whitespace()) && split::is_attribute(chars, found)))
}

/// Reads one clause; a time alone is one of the day that a clause before has `named`. Answers the day that it names itself.
fn one(
    clause: &str,
    at: NaiveDateTime,
    event: Option<NaiveDate>,
    named: Option<NaiveDate>,
) -> Result<(NextAction, Option<NaiveDate>), ActionError> {
    let chars = fold(clause);
    let original: Vec<char> = clause.chars().collect();
    let not = || {
        let plain = || ActionError::Date(DateError::NotADate(clause.to_owned()));
        refused::reason(clause).unwrap_or_else(plain)
    };
    let Some(found) = find(&chars, at.date())
        .map_err(|()| not())?
        .filter(|found| !found.is_time() || !refused::is_of_past(&chars, found.from, found.until))
    else {
        if let Some(why) = refused::reason(clause) {
            return Err(why);
        }
        let folded: String = chars.iter().collect();
        let vague = VAGUE.contains(&folded.trim()) || original.len() < 2;
        let text = clause.to_owned();
        return Err(if vague { ActionError::Vague(text) } else { ActionError::NoDate(text) });
    };
    let words: String = original.iter().skip(found.from).take(found.until - found.from).collect();
    if broken_time(&chars, found.until) {
        return Err(not());
    }
    let named = named.filter(|_| found.is_time());
    // at the day's beginning none of its hours has passed yet
    let from = named.map_or(at, |day| day.and_time(NaiveTime::MIN));
    let resolved = resolve(&found, words.trim(), from, event).map_err(ActionError::Date)?;
    let said = words.trim().to_owned();
    if resolved.due.day < at.date() {
        return Err(ActionError::Passed(said));
    }
    let before: String = original.iter().take(found.from).collect();
    let after: String = original.iter().skip(found.until).collect();
    let text = if is_about(&chars, &found) { clause.to_owned() } else { join(&before, &after) };
    // one character is no task: a verb and what it is about need two
    if text.chars().count() < 2 {
        return Err(ActionError::NoTask(clause.to_owned()));
    }
    let day = if found.is_time() { named } else { Some(resolved.due.day) };
    let day = day.filter(|_| !is_deadline(&chars, found.from, found.until));
    Ok((NextAction { text, said, resolved }, day))
}

/// Whether a date is one until which there is time: `2日内`, `周五前`, `by friday`. It names no day on which anything is done.
fn is_deadline(chars: &[char], from: usize, until: usize) -> bool {
    let said: String = chars.get(from..until).unwrap_or_default().iter().collect();
    let behind: String = chars.get(until..).unwrap_or_default().iter().collect();
    let behind = behind.trim_start();
    let joint = behind.starts_with(['前', '内']) || behind.starts_with("之前") || behind.starts_with("之内");
    let joint = joint || behind.starts_with("以前") || behind.starts_with("以内");
    said.trim_end().ends_with(['前', '内'])
        || ["by ", "before ", "within "].iter().any(|word| said.starts_with(word))
        || (joint && !WHOLE.iter().any(|word| behind.starts_with(word)))
}

/// Whether a time that no clock shows stands at this place, `25:99` and `晚上3点`, or the rest of one, `10点25` and `:99`: it
/// is no task.
pub(super) fn broken_time(chars: &[char], at: usize) -> bool {
    let digit = |i: usize| chars.get(i).is_some_and(char::is_ascii_digit);
    let colon = |i: usize| chars.get(i) == Some(&':');
    let from = (at..chars.len()).find(|i| chars.get(*i).is_some_and(|c| !c.is_whitespace())).unwrap_or(at);
    let hour = (from..chars.len()).take_while(|i| digit(*i)).count();
    let minutes = |colon_at: usize| colon(colon_at) && digit(colon_at + 1) && digit(colon_at + 2);
    let time_before = at.checked_sub(1).is_some_and(|i| digit(i) || chars.get(i) == Some(&'分'));
    Scan::new(chars, from).is_unread_clock(true)
        || ((1..=2).contains(&hour) && minutes(from + hour))
        || (from == at && time_before && minutes(at))
}

/// Words that begin with a sign which joins a date with its task elsewhere: `周五前发送`, but `明天前往上海`.
const WHOLE: &[&str] = &[
    "内蒙", "内部", "内容", "内测", "内训", "内审", "内勤", "内销", "内控", "内购", "前台", "前往", "前期",
    "前端", "前景", "前任", "要求", "要点", "要约", "要件", "需求", "需方",
];

/// What stands after a date, without the signs that join it with its date.
pub(super) fn unjoined(after: &str) -> &str {
    let mut rest = after.trim();
    while let Some(sign) = rest.chars().next() {
        let joint = ['前', '内', '之', '要', '需', '的', ':', '\u{ff1a}', '-', ' '].contains(&sign);
        if !joint || WHOLE.iter().any(|word| rest.starts_with(word)) {
            break;
        }
        rest = rest.get(sign.len_utf8()..).unwrap_or_default();
    }
    rest.trim()
}

/// The task from what stands before and after its date, without the joints.
pub(super) fn join(before: &str, after: &str) -> String {
    let before = before.trim().trim_end_matches(['在', '于', '请', ':', '\u{ff1a}']).trim();
    let after = unjoined(after);
    let lower = before.to_lowercase();
    let before = [" by", " on", " in", " at"]
        .iter()
        .find(|joint| lower.ends_with(*joint))
        .and_then(|joint| before.get(..before.len() - joint.len()))
        .unwrap_or(before);
    let latin = before.chars().last().is_some_and(|c| c.is_ascii())
        && after.chars().next().is_some_and(|c| c.is_ascii());
    let before = if split::is_joint(before) { "" } else { before };
    if before.is_empty() || after.is_empty() || !latin {
        format!("{before}{after}")
    } else {
        format!("{before} {after}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    fn read(text: &str, when: &str, event: Option<&str>) -> Vec<(String, String)> {
        parse_actions(text, at(when), event.map(|e| e.parse().unwrap()))
            .unwrap()
            .into_iter()
            .map(|a| (a.text, a.resolved.due.day.to_string()))
            .collect()
    }

    #[test]
    fn k03_two_tasks_from_one_line_due_on_their_days() {
        let tasks = read("2日内发送资料,3天内跟进意向", "2024-05-10T10:00:00", None);
        assert_eq!(
            tasks,
            [("发送资料".into(), "2024-05-12".into()), ("跟进意向".into(), "2024-05-13".into())]
        );
    }

    #[test]
    fn an_hour_without_a_day_behind_a_day_is_one_of_that_day() {
        let mut wrong = Vec::new();
        // Monday, half past three
        for (text, wanted) in [
            ("周五10点拜访,下午3点回电", ["05-24 10:00", "05-24 15:00"]),
            ("周五下午3点拜访,上午10点发资料", ["05-24 15:00", "05-24 10:00"]),
            ("明天拜访,下午3点回电", ["05-21 -", "05-21 15:00"]),
            ("3天后拜访,9点回电", ["05-23 -", "05-23 09:00"]),
            ("visit friday 10:00, call at 3pm", ["05-24 10:00", "05-24 15:00"]),
            ("今天拜访,下午4点回电", ["05-20 -", "05-20 16:00"]),
            ("周五拜访,晚上12点回电", ["05-24 -", "05-25 00:00"]),
            // a day of its own stands above it
            ("周五10点拜访,明天下午3点回电", ["05-24 10:00", "05-21 15:00"]),
            // until then there is time: no day is named
            ("2日内发送资料,下午4点回电", ["05-22 -", "05-20 16:00"]),
            ("周五前发送资料,下午4点回电", ["05-24 -", "05-20 16:00"]),
            ("10点拜访,下午4点回电", ["05-21 10:00", "05-20 16:00"]),
        ] {
            let read: Result<Vec<String>, _> =
                parse_actions(text, at("2024-05-20T15:30:00"), None).map(|actions| {
                    let time = |due: Due| due.time.map_or("-".to_owned(), |t| t.format("%H:%M").to_string());
                    let told = |due: Due| format!("{} {}", due.day.format("%m-%d"), time(due));
                    actions.into_iter().map(|a| told(a.resolved.due)).collect()
                });
            if read.as_ref().ok().is_none_or(|read| read[..] != wanted) {
                wrong.push((text, read));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        let three = read("周五10点拜访,11点签约,下午3点回电", "2024-05-20T15:30:00", None);
        assert!(three.iter().all(|(_, day)| day == "2024-05-24"), "{three:?}");
        // an hour of today that has passed is none to promise, as where today is said
        let passed = parse_actions("今天发资料,9点回电", at("2024-05-20T15:30:00"), None);
        assert_eq!(passed, Err(ActionError::Passed("9点".into())));
    }

    #[test]
    fn k04_a_reminder_counts_back_from_the_event_and_the_second_task_hangs_on_it() {
        let tasks = read("提前3天发送参会提醒,协调座位", "2024-05-12T10:00:00", Some("2024-06-20"));
        assert_eq!(
            tasks,
            [("发送参会提醒".into(), "2024-06-17".into()), ("协调座位".into(), "2024-06-20".into())]
        );
        let no_event = parse_actions("提前3天发送参会提醒", at("2024-05-12T10:00:00"), None);
        assert_eq!(no_event, Err(ActionError::Date(DateError::EventNeeded("提前3天".into()))));
    }

    #[test]
    fn k03_a_date_before_a_comma_is_that_of_the_task_behind_it() {
        // Monday
        let when = "2024-05-20T15:30:00";
        let mut wrong = Vec::new();
        for (text, wanted) in [
            ("周五,发资料", &[("发资料", "05-24")][..]),
            ("周五前,发资料", &[("发资料", "05-24")]),
            ("Friday, send the deck", &[("send the deck", "05-24")]),
            ("周五,发资料,下周三,拜访", &[("发资料", "05-24"), ("拜访", "05-29")]),
            ("周五,发资料,下周三拜访", &[("发资料", "05-24"), ("拜访", "05-29")]),
            ("明天回电,周五,发资料", &[("回电", "05-21"), ("发资料", "05-24")]),
            ("下周,三家客户回访", &[("三家客户回访", "05-27")]),
            ("周五,下午3点回电", &[("回电", "05-24")]),
            ("周五,下午3点,回电", &[("回电", "05-24")]),
            ("周五,准备国庆活动方案", &[("准备国庆活动方案", "05-24")]),
            ("6月1日,通知客户6月5日发货", &[("通知客户6月5日发货", "06-01")]),
            ("提前3天,发送提醒,协调座位", &[("发送提醒", "06-17"), ("协调座位", "06-20")]),
        ] {
            let event = Some("2024-06-20".parse().unwrap());
            let read = parse_actions(text, at(when), event).map(|read| {
                read.into_iter()
                    .map(|a| (a.text, a.resolved.due.day.format("%m-%d").to_string()))
                    .collect::<Vec<_>>()
            });
            let wanted: Vec<_> = wanted.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
            if read.as_ref() != Ok(&wanted) {
                wrong.push((text, read));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        let three = parse_actions("周五,下午3点,回电", at(when), None).unwrap().remove(0);
        assert_eq!(three.resolved.due.time, NaiveTime::from_hms_opt(15, 0, 0));
        // whose date is whose nobody knows, and what has been is no promise
        for (text, why) in [
            ("周五,下周三拜访", ActionError::NoTask("周五".into())),
            ("周五,拜访和下周一回电", ActionError::NoTask("周五".into())),
            ("周五;发资料", ActionError::NoTask("周五".into())),
            ("周五,", ActionError::NoTask("周五".into())),
            ("周五,发资料,拜访客户", ActionError::NoDate("拜访客户".into())),
            ("周五,昨天发资料", ActionError::NoTask("周五".into())),
            ("2月30日,发资料", ActionError::Date(DateError::NoSuchDay("2月30日".into()))),
            ("2024-05-17,发资料", ActionError::Passed("2024-05-17".into())),
        ] {
            assert_eq!(parse_actions(text, at(when), None), Err(why), "{text}");
        }
    }

    #[test]
    fn k59_a_vague_promise_is_refused_and_a_task_with_a_date_is_taken() {
        let now = at("2024-05-10T10:00:00");
        assert_eq!(parse_actions("后续跟进", now, None), Err(ActionError::Vague("后续跟进".into())));
        assert_eq!(
            parse_actions("follow up later", now, None),
            Err(ActionError::Vague("follow up later".into()))
        );
        assert!(parse_actions("3天内跟进意向", now, None).is_ok());
        assert_eq!(parse_actions("发送资料", now, None), Err(ActionError::NoDate("发送资料".into())));
        assert_eq!(parse_actions("3天内", now, None), Err(ActionError::NoTask("3天内".into())));
        assert_eq!(parse_actions(" ,", now, None), Err(ActionError::Date(DateError::Empty)));
    }

    #[test]
    fn k03_a_day_before_the_talk_is_no_promise() {
        let now = at("2024-05-10T10:00:00");
        for text in ["2020-01-01发资料", "send the deck 2024-05-09"] {
            assert!(matches!(parse_actions(text, now, None), Err(ActionError::Passed(_))), "{text}");
        }
        let event = Some("2024-05-11".parse().unwrap());
        let before = parse_actions("提前3天发送参会提醒", now, event);
        assert_eq!(before, Err(ActionError::Passed("提前3天".into())));
        assert!(parse_actions("2024-05-10发资料", now, None).is_ok());
        assert!(parse_actions("今天发资料", now, None).is_ok());
    }

    #[test]
    fn k03_an_hour_of_today_that_has_passed_is_no_promise_but_a_record_keeps_it() {
        let now = at("2024-05-20T15:30:40");
        for (text, said) in
            [("今天9点回电", "今天9点"), ("今天3点回电", "今天3点"), ("call today 10:00", "today 10:00")]
        {
            assert_eq!(parse_actions(text, now, None), Err(ActionError::Passed(said.into())), "{text}");
        }
        for text in ["今天15:30回电", "今天4点回电", "今天回电", "9点回电"] {
            assert!(parse_actions(text, now, None).is_ok(), "{text}");
        }
        let kept = parse_written_actions("今天9点回电", now, None).unwrap().remove(0);
        assert_eq!(kept.resolved.due.time, NaiveTime::from_hms_opt(9, 0, 0));
        assert_eq!(kept.resolved.due.day, now.date());
    }

    #[test]
    fn a_time_that_no_clock_shows_is_no_part_of_a_task() {
        let now = at("2024-05-10T10:00:00");
        for text in ["明天晚上3点回电", "晚上3点回电", "明天半夜回电", "明天凌晨回电", "今夜12点回电"]
        {
            let wrong = parse_actions(text, now, None);
            assert_eq!(wrong, Err(ActionError::Date(DateError::NotADate(text.into()))), "{text}");
        }
        for (text, said) in [
            ("明天25点发资料", "25点"),
            ("明天10点25:99发资料", "25:99"),
            ("明天25:99发资料", "25:99"),
            ("tomorrow 10:99 send the deck", "10:99"),
            ("10点25:99发资料", "25:99"),
        ] {
            let wrong = parse_actions(text, now, None);
            assert_eq!(wrong, Err(ActionError::Date(DateError::NoSuchTime(said.into()))), "{text}");
        }
        let due = |text| parse_actions(text, now, None).unwrap().remove(0);
        let midnight = due("今晚12点回电");
        assert_eq!(midnight.text, "回电");
        assert_eq!(
            midnight.resolved.due,
            Due { day: "2024-05-11".parse().unwrap(), time: Some(NaiveTime::MIN) },
            "the end of tonight"
        );
        assert_eq!(due("明天凌晨2点回电").resolved.due.time, NaiveTime::from_hms_opt(2, 0, 0));
        assert_eq!(read("明天10点25分发资料", "2024-05-10T10:00:00", None)[0].0, "发资料");
    }

    #[test]
    fn english_lines_read_as_well_and_the_date_may_stand_anywhere() {
        let tasks = read("send the deck in 2 days; call fri 15:00", "2026-11-23T10:00:00", None);
        assert_eq!(
            tasks,
            [("send the deck".into(), "2026-11-25".into()), ("call".into(), "2026-11-27".into())]
        );
        let tasks = read("周五下午3点回电", "2026-11-23T10:00:00", None);
        assert_eq!(tasks, [("回电".into(), "2026-11-27".into())]);
        let tasks = read("拜访客户 下周三", "2026-11-23T10:00:00", None);
        assert_eq!(tasks, [("拜访客户".into(), "2026-12-02".into())]);
    }

    #[test]
    fn a_task_that_begins_like_a_joint_keeps_its_first_character() {
        let when = "2024-05-10T10:00:00";
        for (text, task) in [
            ("明天 内蒙古分公司回访", "内蒙古分公司回访"),
            ("周五需求调研", "需求调研"),
            ("明天要求对方确认", "要求对方确认"),
            ("2日内前往上海", "前往上海"),
            ("周五前:内部评审", "内部评审"),
            ("周五前发送报价", "发送报价"),
            ("明天需发送资料", "发送资料"),
            ("本周五之前要确认合同", "确认合同"),
        ] {
            assert_eq!(read(text, when, None)[0].0, task, "{text}");
        }
    }

    #[test]
    fn e9_a_figure_is_read_to_its_end_or_not_at_all() {
        let base = "2026-11-23T10:00:00";
        let mut wrong = Vec::new();
        for (text, task, due) in [
            ("6月底前签合同", "签合同", "2027-06-30"),
            ("3-5天内发资料", "发资料", "2026-11-28"),
            ("1-2周内回访", "回访", "2026-12-07"),
            ("2.5小时后回电", "回电", "2026-11-23"),
            ("一百二十天后回访", "回访", "2027-03-23"),
            ("一年半后续签", "续签", "2028-05-23"),
            ("两周半后续约", "续约", "2026-12-11"),
            ("一天半后回电", "回电", "2026-11-24"),
            ("明年3月5日续约", "续约", "2027-03-05"),
            ("明年底签合同", "签合同", "2027-12-31"),
            ("call in 1-2 weeks", "call", "2026-12-07"),
            ("in 2.5 hours call back", "call back", "2026-11-23"),
            ("sign by next month end", "sign", "2026-12-31"),
            ("sign by the end of june", "sign", "2027-06-30"),
            ("联系张三3天内回电", "联系张三回电", "2026-11-26"),
            ("联系张三周五回电", "联系张三回电", "2026-11-27"),
            ("致电13800138000 明天", "致电13800138000", "2026-11-24"),
            ("拜访3-5家客户 明天", "拜访3-5家客户", "2026-11-24"),
            ("打印A12-3 明天", "打印A12-3", "2026-11-24"),
            ("去15号楼拜访 周五", "去15号楼拜访", "2026-11-27"),
            ("下周2家客户回访", "2家客户回访", "2026-11-30"),
            ("明天周二发资料", "发资料", "2026-11-24"),
            ("周五前国庆活动方案", "国庆活动方案", "2026-11-27"),
            ("元旦当天发祝福", "当天发祝福", "2027-01-01"),
            ("12-01回访", "回访", "2026-12-01"),
            ("12-01 天虹商场回访", "天虹商场回访", "2026-12-01"),
            ("周五一起吃饭", "一起吃饭", "2026-11-27"),
            ("周五后续沟通", "后续沟通", "2026-11-27"),
            ("下周初步沟通", "初步沟通", "2026-11-30"),
            ("发资料-3天内", "发资料-", "2026-11-26"),
        ] {
            let actions = parse_actions(text, at(base), None).map(|read| {
                read.into_iter().map(|a| (a.text, a.resolved.due.day.to_string())).collect::<Vec<_>>()
            });
            if actions.as_deref() != Ok(&[(task.to_owned(), due.to_owned())]) {
                wrong.push((text, actions));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn e9_what_cannot_be_read_safely_is_refused_and_never_shortened() {
        let mut wrong = Vec::new();
        for text in [
            "2.25小时后回电",
            "五一半个工作日发送报价",
            "五一小时内发送报价",
            "五一八小时发送报价",
            "3千天后回访",
            "5-3天内发资料",
            "张三五天内回访",
            "-3天后回访",
            "10多天后回访",
            "上周五发资料",
            "上个月5号发资料",
            "去年底签合同",
            "每月底发对账单",
            "每周五回访",
            "每3天后回访",
            "第3周周五交付",
            "周三周五回访",
            "周三或周五回访",
            "周一至周三回访",
            "周一二回访",
            "明天或后天回访",
            "3月5日-8日拜访",
            "3月15-20日拜访",
            "3-5日发资料",
            "3:00-5:00回电",
            "明年3月续约",
            "明年上半年续约",
            "明年一季度续约",
            "下周初发资料",
            "下个月第一周拜访",
            "下周三家客户回访",
            "农历八月十五拜访",
            "八月初五拜访",
            "6月后签合同",
            "3个月底回访",
            "春节前3天发货",
            "周五以后联系",
            "call after friday",
            "提前3-5天通知",
            "上半年内签约",
            "以后天天联系",
            "3天内部评审",
            "下下下周三回访",
            "10-11-2027拜访",
            "in 2.25 hours call back",
            "in 2 1/2 hours call back",
            "twenty one days later call",
            "in a week or two call",
            "end of next week send",
            "early next month send",
            "last friday send",
            "every monday send",
            "next month 5th send",
            "june 5-8 visit",
            "call friday or monday",
            "3 days before friday send",
        ] {
            let event = Some("2027-06-20".parse().unwrap());
            if let Ok(read) = parse_actions(text, at("2026-11-23T10:00:00"), event) {
                wrong.push((text, read));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(matches!(
            parse_actions("本月5号发资料", at("2026-11-23T10:00:00"), None),
            Err(ActionError::Passed(_))
        ));
    }

    proptest::proptest! {
        #[test]
        fn e9_nothing_of_a_typed_figure_remains_in_the_task(
            figure in "[1-9][0-9]{0,2}|[1-9]\\.[0-9]{1,2}|[1-9](-|~|–|到|至|或)[1-9][0-9]?|[一二三四五六七八九两][一二三四五六七八九十百零半]{0,4}|十[一二三]?|半",
            unit in "(个半)?(小时|月)|个月|天|日|周|年|分钟|个工作日|月底|月中旬|月初|号",
            half in "半?",
            end in "内|后|之内|前|",
            lead in "|在|请于|明年|今年|下个月|本月|提前|上|每|第",
        ) {
            let text = format!("{lead}{figure}{unit}{half}{end}发送报价");
            if let Ok(actions) = parse_actions(&text, at("2026-11-23T10:00:00"), Some("2030-06-20".parse().unwrap())) {
                for action in actions {
                    proptest::prop_assert_eq!(action.text, "发送报价", "{}", text);
                }
            }
        }

        #[test]
        fn e9_nothing_of_a_typed_figure_remains_in_the_task_in_english(
            figure in "[1-9][0-9]{0,2}|[1-9]\\.[0-9]{1,2}|[1-9](-|~|–| to | or )[1-9][0-9]?|(a|an|two|twenty|twenty one|half an|2 and a half)",
            unit in "hours?|days?|weeks?|months|years?|working days|min|h|d|w",
            half in "( and a half)?( or two)?",
            lead in "(in|within|after|by|every|last) |",
            end in "( later| from now| before)?",
        ) {
            let text = format!("{lead}{figure} {unit}{half}{end} send the quotation");
            if let Ok(actions) = parse_actions(&text, at("2026-11-23T10:00:00"), Some("2030-06-20".parse().unwrap())) {
                for action in actions {
                    proptest::prop_assert_eq!(action.text, "send the quotation", "{}", text);
                }
            }
        }
    }
}
