//! A line of next actions: `2日内发送资料,3天内跟进意向` is two tasks. Each needs a task and a date (E9); a vague promise is
//! refused with its words, so that the person can be told what to write instead (K59).

use chrono::{NaiveDate, NaiveDateTime};

use super::scan::fold;
use super::words::{find, resolve};
use super::{Anchor, DateError, Due, Resolved};

/// One next action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextAction {
    /// The task, without the words of its date.
    pub text: String,
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

/// Splits a line into its actions and counts each from `at`, or from `event` (A82).
pub fn parse_actions(
    text: &str,
    at: NaiveDateTime,
    event: Option<NaiveDate>,
) -> Result<Vec<NextAction>, ActionError> {
    let mut out: Vec<NextAction> = Vec::new();
    let clauses = text
        .split([',', '\u{ff0c}', ';', '\u{ff1b}', '、', '。', '\n'])
        .map(str::trim)
        .filter(|c| !c.is_empty());
    for clause in clauses {
        let hangs = out.last().is_some_and(|a| matches!(a.resolved.anchor, Anchor::BeforeEvent { .. }));
        match one(clause, at, event) {
            // `提前3天发送提醒,协调座位`: the second hangs on the event itself (K4)
            Err(ActionError::NoDate(task)) if hangs && event.is_some() => {
                let day = event.unwrap_or(at.date());
                let resolved =
                    Resolved { due: Due { day, time: None }, anchor: Anchor::BeforeEvent { days: 0 } };
                out.push(NextAction { text: task, resolved });
            }
            other => out.push(other?),
        }
    }
    if out.is_empty() { Err(ActionError::Date(DateError::Empty)) } else { Ok(out) }
}

fn one(clause: &str, at: NaiveDateTime, event: Option<NaiveDate>) -> Result<NextAction, ActionError> {
    let chars = fold(clause);
    let original: Vec<char> = clause.chars().collect();
    let Some(found) = find(&chars) else {
        let folded: String = chars.iter().collect();
        let vague = VAGUE.contains(&folded.trim()) || original.len() < 2;
        let text = clause.to_owned();
        return Err(if vague { ActionError::Vague(text) } else { ActionError::NoDate(text) });
    };
    let words: String = original.iter().skip(found.from).take(found.until - found.from).collect();
    if broken_time(&chars, found.until) {
        return Err(ActionError::Date(DateError::NotADate(clause.to_owned())));
    }
    let resolved = resolve(&found, words.trim(), at, event).map_err(ActionError::Date)?;
    if resolved.due.day < at.date() {
        return Err(ActionError::Passed(words.trim().to_owned()));
    }
    let before: String = original.iter().take(found.from).collect();
    let after: String = original.iter().skip(found.until).collect();
    let text = join(&before, &after);
    // one character is no task: a verb and what it is about need two
    if text.chars().count() < 2 {
        return Err(ActionError::NoTask(clause.to_owned()));
    }
    Ok(NextAction { text, resolved })
}

/// Whether a time that no clock shows stands at this place, `25:99`, or the rest of one, `10点25` and `:99`: it is no task.
fn broken_time(chars: &[char], at: usize) -> bool {
    let digit = |i: usize| chars.get(i).is_some_and(char::is_ascii_digit);
    let colon = |i: usize| chars.get(i) == Some(&':');
    let from = (at..chars.len()).find(|i| chars.get(*i).is_some_and(|c| !c.is_whitespace())).unwrap_or(at);
    let hour = (from..chars.len()).take_while(|i| digit(*i)).count();
    let minutes = |colon_at: usize| colon(colon_at) && digit(colon_at + 1) && digit(colon_at + 2);
    let time_before = at.checked_sub(1).is_some_and(|i| digit(i) || chars.get(i) == Some(&'分'));
    ((1..=2).contains(&hour) && minutes(from + hour)) || (from == at && time_before && minutes(at))
}

/// Words that begin with a sign which joins a date with its task elsewhere: `周五前发送`, but `明天前往上海`.
const WHOLE: &[&str] = &[
    "内蒙", "内部", "内容", "内测", "内训", "内审", "内勤", "内销", "内控", "内购", "前台", "前往", "前期",
    "前端", "前景", "前任", "要求", "要点", "要约", "要件", "需求", "需方",
];

/// What stands after a date, without the signs that join it with its date.
fn unjoined(after: &str) -> &str {
    let mut rest = after.trim();
    while let Some(sign) = rest.chars().next() {
        let joint = ['前', '内', '之', '要', '需', ':', '\u{ff1a}', '-', ' '].contains(&sign);
        if !joint || WHOLE.iter().any(|word| rest.starts_with(word)) {
            break;
        }
        rest = rest.get(sign.len_utf8()..).unwrap_or_default();
    }
    rest.trim()
}

/// The task from what stands before and after its date, without the joints.
fn join(before: &str, after: &str) -> String {
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
    fn a_time_that_no_clock_shows_is_no_part_of_a_task() {
        let now = at("2024-05-10T10:00:00");
        for text in
            ["明天10点25:99发资料", "明天25:99发资料", "tomorrow 10:99 send the deck", "10点25:99发资料"]
        {
            let wrong = parse_actions(text, now, None);
            assert_eq!(wrong, Err(ActionError::Date(DateError::NotADate(text.into()))), "{text}");
        }
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
}
