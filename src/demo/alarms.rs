//! Alarms of the demo company's last months: some that were dealt with and closed with their result, one that is being dealt
//! with. Those of today are raised by the program itself.

use chrono::{Datelike, NaiveDate};

use super::calendar::Calendar;
use crate::domain::alarm::{Fact, rule, start_by};
use crate::store::fill::rows::{Alarm, Text};

/// People of the team: the head of sales, the head of marketing, the operations director.
const SALES: i64 = 2;
const MARKETING: i64 = 7;
const OPERATIONS: i64 = 9;

/// The month so many months before this one.
fn month(cal: &Calendar, back: u32) -> NaiveDate {
    let first = cal.today.with_day(1).unwrap_or(cal.today);
    first.checked_sub_months(chrono::Months::new(back)).unwrap_or(first)
}

/// One alarm of a month, raised on the eighth of the month after it.
fn raised(
    cal: &Calendar,
    id: &'static str,
    segment: Option<&'static str>,
    back: u32,
    facts: &[Fact],
) -> Alarm {
    let of = month(cal, back);
    let on = month(cal, back - 1).with_day(8).unwrap_or(of);
    let at = cal.at(on.min(cal.today), 8 * 60 + 40);
    let rule = rule(id);
    let by = rule.map_or(at, |r| start_by(r.start, at, cal.zone, 5));
    let subject: Text = segment.map_or_else(|| "all".into(), |s| format!("segment:{s}").into());
    Alarm {
        rule: id.into(),
        subject,
        period: format!("{}-{:02}", of.year(), of.month()).into(),
        level: rule.map_or("low", |r| r.level.id()).into(),
        segment: segment.map(Into::into),
        figures: serde_json::to_string(facts).unwrap_or_else(|_| "[]".to_owned()).into(),
        since: at,
        raised_at: at,
        start_by: by,
        post: rule.map_or("operations", |r| r.post).into(),
        state: "raised".into(),
        ..Alarm::default()
    }
}

const HOUR: i64 = 60 * 60 * 1000;
/// A customer of the handbooks.
const SHOWN: i64 = 2;

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

/// The alarms.
pub fn alarms(cal: &Calendar) -> Vec<Alarm> {
    let share = |name: &str, value: f64| Fact::new(name, value, "share");
    let count = |name: &str, value: f64| Fact::new(name, value, "count");
    let response =
        [count("answered", 46.0), count("touched", 201.0), share("rate", 46.0 / 201.0), share("target", 0.3)];
    let cost = [Fact::new("cost", 34.6, "yuan"), Fact::new("target", 30.0, "yuan")];
    let churn = [count("lost", 121.0), count("of", 742.0), share("rate", 121.0 / 742.0), share("line", 0.15)];
    let late = [count("in_time", 1_012.0), count("of", 1_163.0), share("rate", 0.870), share("line", 0.9)];
    let leaving = [
        count("unanswered", 2.0),
        share("spend_change", -0.34),
        Fact::new("spent_3m", 33_000.0, "yuan"),
        Fact::new("spent_before", 50_000.0, "yuan"),
    ];
    vec![
        closed(
            raised(cal, "response", Some("dormant"), 4, &response),
            MARKETING,
            0b111,
            9,
            "短信改为企业微信,按行业分组发送,次月响应率回升至31%",
        ),
        closed(
            raised(cal, "touch_cost", Some("growth"), 3, &cost),
            MARKETING,
            0b01,
            12,
            "礼品改为电子资料包,单次成本降至27元",
        ),
        closed(
            raised(cal, "churn_rate", None, 3, &churn),
            OPERATIONS,
            0b111,
            20,
            "24小时小组逐户回访,主因为售后响应延迟;召回计划执行后回落到13.8%",
        ),
        Alarm {
            customer_id: Some(SHOWN),
            subject: format!("customer:{SHOWN}").into(),
            ..closed(
                raised(cal, "churn", None, 4, &leaving),
                SALES,
                0b111,
                16,
                "总监登门回访,补发免费服务包;客户恢复季度采购",
            )
        },
        Alarm {
            owner_id: SALES,
            state: "acknowledged".into(),
            acknowledged_by: Some(SALES),
            acknowledged_at: Some(cal.at(month(cal, 1).with_day(9).unwrap_or(cal.today), 10 * 60)),
            ticked: 0b01,
            ..raised(cal, "timeliness", None, 2, &late)
        },
    ]
}
