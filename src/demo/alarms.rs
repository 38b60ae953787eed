//! Alarms of the demo company's last months, dealt with and closed with their result. The program's own rules raise every one
//! of them from the company's records; here stands what became of them. Those of today the program raises.

use chrono::{Datelike, NaiveDate};

use super::calendar::Calendar;
use crate::domain::clock::Now;
use crate::store::fill::rows::Alarm;

/// People of the team: the head of sales, the head of marketing, the operations director.
const SALES: i64 = 2;
const MARKETING: i64 = 7;
const OPERATIONS: i64 = 9;

/// The month so many months before this one.
fn month(cal: &Calendar, back: u32) -> NaiveDate {
    let first = cal.today.with_day(1).unwrap_or(cal.today);
    first.checked_sub_months(chrono::Months::new(back)).unwrap_or(first)
}

/// Months of which figures were looked at.
const LOOKS: u32 = 3;
const HOUR: i64 = 60 * 60 * 1000;

/// Dealt with: so many of its steps, and closed with this result.
fn closed(alarm: Alarm, owner: i64, ticked: i64, days: i64, result: &'static str) -> Alarm {
    Alarm {
        owner_id: owner,
        state: "closed".into(),
        acknowledged_by: Some(owner),
        acknowledged_at: Some(alarm.raised_at + HOUR),
        ticked,
        ended: Some("done".into()),
        result: Some(result.into()),
        closed_by: Some(owner),
        closed_at: Some(alarm.raised_at + days * 24 * HOUR),
        ..alarm
    }
}

/// The instants at which figures were looked at: the eighth of each of the last months.
pub fn looks(now: Now) -> Vec<Now> {
    let cal = Calendar::new(now);
    let at = |back| cal.at(month(&cal, back).with_day(8).unwrap_or(cal.today), 8 * 60 + 40);
    (1..=LOOKS)
        .rev()
        .filter_map(|back| Some(Now { at: chrono::DateTime::from_timestamp_millis(at(back))?, ..now }))
        .collect()
}

/// Who dealt with an alarm about figures, and how it ended. What came of it in figures, the figures say.
pub fn dealt(alarm: Alarm) -> Alarm {
    let (owner, steps, days, result) = match alarm.rule.as_ref() {
        "response" => (MARKETING, 0b111, 9, "短信改为企业微信,按行业分组发送"),
        "touch_cost" => (MARKETING, 0b11, 12, "礼品改为电子资料包"),
        "churn_rate" => (OPERATIONS, 0b111, 20, "24小时小组逐户回访,主因为售后响应延迟;召回计划已执行"),
        "timeliness" => (OPERATIONS, 0b11, 14, "补录遗漏记录,周会通报超时人员"),
        "activation" => (SALES, 0b11, 10, "激活期内增加一次试用邀请"),
        _ => (SALES, 0b1, 7, "经验已在周会分享,转介绍话术更新"),
    };
    closed(alarm, owner, steps, days, result)
}
