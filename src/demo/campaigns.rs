//! Two campaigns and a plan of the demo company: a wake-up that has run and was evaluated, a draft to look ahead at, and a
//! plan that is carried out. Who was touched by the first is read from the touches that bear its code.

use super::calendar::Calendar;
use crate::store::fill::rows::{Campaign, Day, Plan, PlanResource, PlanTarget, PlanTask, Text};

/// The code of the campaign that has run.
const RAN: &str = "M1";
/// The names under which its touches are talked of, in either language.
const CALLED: &[&str] = &["老客户唤醒", "Welcome back"];
/// Days since it began and ended.
const BEGAN: i32 = 80;
const ENDED: i32 = 50;
/// People of the team: the one who logs in, the head of sales, a representative.
const ME: i64 = 1;
const HEAD: i64 = 2;
const REP: i64 = 3;

/// What a touch of a talk is kept under: the code of the campaign that ran in its days, else what the talk calls it.
pub fn code(cal: &Calendar, called: Option<&'static str>, at: i64) -> Option<Text> {
    let called = called?;
    let days = cal.at(cal.back(BEGAN), 0)..cal.at(cal.back(ENDED - 1), 0);
    Some(if CALLED.contains(&called) && days.contains(&at) { RAN } else { called }.into())
}

/// The campaigns.
pub fn campaigns(cal: &Calendar) -> Vec<Campaign> {
    let ended = cal.back(ENDED);
    let began = cal.at(cal.back(BEGAN + 4), 10 * 60);
    let after = |day: chrono::NaiveDate| crate::domain::campaign::evaluate_on(day, 1);
    let ran = Campaign {
        id: 1,
        code: RAN.into(),
        name: "老客户唤醒".into(),
        goal: Some("沉睡客户重新询价或下单".into()),
        filter: "segment:dormant".into(),
        channel: "sms".into(),
        script: Some("D57".into()),
        text: Some("发送100元无门槛优惠券(7天有效)".into()),
        starts_on: Day(cal.back(BEGAN)),
        ends_on: Day(ended),
        owner_id: ME,
        state: "done".into(),
        evaluate_on: Day(after(ended)),
        result: Some(
            "短信到达率高但响应偏低;优惠券领取后未下单的由负责人3天内跟进,下次改为企业微信并按行业分组。"
                .into(),
        ),
        approved_by: Some(HEAD),
        ran_at: Some(began),
        created_by: ME,
        created_at: began,
        ..Campaign::default()
    };
    let ends = cal.ahead(21);
    let draft = Campaign {
        id: 2,
        code: "M2".into(),
        name: "高价值客户新品体验".into(),
        goal: Some("邀请试用新品,收集改进意见".into()),
        filter: "segment:high owner:me".into(),
        channel: "one_to_one".into(),
        script: Some("D55".into()),
        text: Some("邀请免费试用新品,名额3个".into()),
        starts_on: Day(cal.ahead(7)),
        ends_on: Day(ends),
        cost_fen: 600_000,
        owner_id: ME,
        state: "draft".into(),
        evaluate_on: Day(after(ends)),
        created_by: ME,
        created_at: cal.at(cal.back(2), 15 * 60),
        ..Campaign::default()
    };
    vec![ran, draft]
}

/// The plan.
pub fn plans(cal: &Calendar) -> Vec<Plan> {
    vec![Plan {
        id: 1,
        version: 1,
        name: "高价值客户季度深度维系".into(),
        filter: Some("segment:high".into()),
        relation: Some("strategic".into()),
        goal: Some("续约率90%以上,每位客户每季度深度拜访一次".into()),
        content: Some("一对一顾问;新品优先体验;行业报告".into()),
        channels: Some("visit,phone,wecom".into()),
        frequency: Some("每月一次轻互动,每季度一次拜访".into()),
        starts_on: Day(cal.back(30)),
        ends_on: Day(cal.ahead(60)),
        owner_id: ME,
        state: "running".into(),
        written_at: cal.at(cal.back(32), 11 * 60),
        written_by: ME,
    }]
}

/// Its tasks.
pub fn tasks(cal: &Calendar) -> Vec<PlanTask> {
    let task = |text: &'static str, due: chrono::NaiveDate, owner_id: i64| PlanTask {
        plan_id: 1,
        text: text.into(),
        due_on: Day(due),
        owner_id,
        state: "open".into(),
        done_at: None,
        done_by: None,
    };
    let done = PlanTask {
        state: "done".into(),
        done_at: Some(cal.at(cal.back(12), 16 * 60)),
        done_by: Some(ME),
        ..task("客户需求调研与访谈", cal.back(10), ME)
    };
    vec![
        done,
        task("制定每位客户的个性化方案", cal.ahead(6), ME),
        task("新品试用名额分配", cal.ahead(12), REP),
        task("季度效果评估并向上汇报", cal.ahead(58), ME),
    ]
}

/// What it needs.
pub fn resources(cal: &Calendar) -> Vec<PlanResource> {
    let part = |kind: &'static str, text: &'static str| PlanResource {
        plan_id: 1,
        kind: kind.into(),
        text: text.into(),
        amount_fen: None,
        on_day: None,
    };
    vec![
        part("people", "客户成功经理2名,售前工程师1名"),
        PlanResource { amount_fen: Some(3_000_000), ..part("money", "拜访与礼品费用") },
        PlanResource { on_day: Some(Day(cal.back(20))), ..part("training", "深度拜访话术培训") },
    ]
}

/// What it is measured by.
pub fn targets() -> Vec<PlanTarget> {
    let target = |kpi: &'static str, target: &'static str| PlanTarget {
        plan_id: 1,
        kpi: kpi.into(),
        target: target.into(),
        actual: None,
    };
    vec![target("续约率", "90%"), target("深度拜访覆盖", "100%"), target("NPS", "40")]
}
