//! The words of alarms: what each rule says, its steps, who answers for it, and the figures that fired it.

use super::{Lang, Text, complaints, format, words};
use crate::domain::alarm::Fact;
use crate::domain::complaint::Clock;
use crate::domain::money::Fen;
use crate::store::request::AlarmRow;

macro_rules! told {
    ($(#[$doc:meta])* $name:ident, $otherwise:expr; $( $id:literal $en:literal $zh:literal; )*) => {
        $(#[$doc])*
        pub fn $name(id: &str) -> Text {
            match id {
                $( $id => Text { en: $en, zh: $zh }, )*
                _ => $otherwise,
            }
        }
    };
}

told! {
    /// What a rule says.
    rule, OTHER;
    "churn" "About to leave" "高价值客户流失预警";
    "frequency" "Buys less often" "购买频次下降";
    "overrun" "Budget overrun" "预算超支";
    "response" "Response far below target" "响应率低于目标20%";
    "touch_cost" "Touches too dear" "单次触达成本超标";
    "conversion_rising" "Conversion keeps rising" "高价值转化率持续上升";
    "churn_rate" "Churn rate" "流失率超标";
    "timeliness" "Entries late" "信息更新不及时";
    "activation" "Too few activated" "激活转化率不足";
    "complaint_answer" "Complaint unanswered" "投诉超时未响应";
    "complaint_solution" "Complaint unsolved" "投诉超时未解决";
    "request" "Request unanswered" "部门请求超时";
    "survey" "Unsatisfied" "满意度低于80分";
    "load" "Load out of range" "人均户数超出范围";
    "export" "Large export" "大量导出";
    "stale_tags" "Tags not refreshed for a quarter" "标签一季度未刷新";
    "underspent" "Floor budget not reached" "保底预算未达成";
    "cocreation" "High interest in new products" "高价值客户关注新品";
    "leak" "Information leak" "客户信息泄露";
    "dispute" "Ownership dispute" "客户归属争议";
}

told! {
    /// A step of the response.
    step, OTHER;
    "level_up" "raise the level of service: hand over to who answers for it" "提升服务层级:转交负责人";
    "care_gift" "emergency care gift (free service pack)" "紧急关怀礼(免费服务包)";
    "deep_survey" "ask in depth why" "深度调研流失原因";
    "call_now" "call and ask what has changed" "致电了解变化原因";
    "care_plan" "plan for this customer" "制定客户维系计划";
    "suspend" "suspend what is not essential for the class" "暂停同类客户非必要互动";
    "channels" "look at what each channel gives for its cost" "重新评估渠道性价比";
    "reallocate" "apply for more budget, or shift it" "申请追加或调剂预算";
    "find_cause" "find the cause and note it" "分析原因并记录";
    "change_script" "change the script" "调整话术";
    "change_row" "change the row of the matrix" "调整策略表";
    "community" "wake up by community instead" "改用社群式唤醒";
    "referral" "add the referral incentive" "增加转介绍激励";
    "team" "24-hour emergency team" "启动24小时应急小组";
    "recall" "recall plan" "制定召回计划";
    "late_entries" "see whose entries are late" "查看逾期补录名单";
    "assess" "count it in the monthly assessment" "计入月度考核";
    "more_touches" "contact more often" "增加联系频次";
    "trial" "offer an extra trial" "追加试用";
    "answer" "answer the customer" "响应客户";
    "tell_owner" "tell the owner" "告知客户负责人";
    "solve" "give a solution" "给出解决方案";
    "repair" "make it good again" "修复客户关系";
    "recheck" "look again afterwards" "复查";
    "take" "take the request" "受理请求";
    "reply" "answer the request" "回复请求";
    "improve" "improvement plan" "制定改进计划";
    "talk" "talk with the customer" "与客户面谈";
    "resurvey" "ask again afterwards" "改进后再次调查";
    "hand_over" "hand customers over" "移交部分客户";
    "refresh_tags" "look through the tags: filter is:retag" "逐户刷新标签(筛选is:retag)";
    "group" "build a co-creation group with these customers" "与这些客户建立产品共创小组";
    "freeze" "freeze the person's access" "冻结涉事人员权限";
    "audit" "go through the export log" "审计导出日志";
    "encrypt" "change the encryption" "更换数据加密";
    "clear_up" "ask why; if it was not for work, report a leak" "核实用途;非工作需要则上报泄露";
    "apologise" "apologise to and compensate customers" "致歉并补偿客户";
    "heads" "meeting of the heads: first touch owns" "部门主管会议:首触归属、共同跟进";
    "handover" "hand over by the checklist" "按交接清单移交";
    "arbitrate" "the arbiter decides" "仲裁人裁决";
}

told! {
    /// Who answers for it.
    post, OTHER;
    "director" "customer success director" "客户成功总监";
    "marketing" "marketing manager" "市场部经理";
    "operations" "operations director" "运营总监";
    "service" "head of service" "客服主管";
    "sales" "sales director" "销售总监";
    "security" "data security officer" "数据安全负责人";
    "owner" "account owner" "客户负责人";
    "self" "the person" "本人";
    "asked" "head of the department" "受理部门主管";
}

told! {
    /// A figure that fired it.
    figure, OTHER;
    "unanswered" "unanswered running" "连续未回应";
    "spend_change" "spent" "近3月消费变化";
    "spent_3m" "last 3 months" "近3月消费";
    "spent_before" "3 months before" "前3月消费";
    "bought_2m" "purchases in 2 months" "近2月购买次数";
    "bought_before" "2 months before" "前2月购买次数";
    "budget_used" "of the budget" "占预算";
    "spent" "spent" "已用";
    "budget" "budget" "预算";
    "answered" "answered" "响应";
    "touched" "touched" "触达";
    "rate" "rate" "比率";
    "target" "target" "目标";
    "line" "line" "预警线";
    "cost" "per touch" "单次成本";
    "lost" "lost" "流失";
    "of" "of" "总数";
    "in_time" "in time" "及时";
    "deals" "deals" "成交";
    "activated" "activated" "激活";
    "period_1" "4 periods ago" "前3期";
    "period_2" "2 before" "前2期";
    "period_3" "before" "上期";
    "period_4" "last" "本期";
    "accounts" "accounts" "负责户数";
    "stale" "customers with old tags" "待刷新客户";
    "under" "below the floor" "未达保底";
    "interested" "took up new products" "响应新品";
    "load_low" "from" "下限";
    "load_high" "to" "上限";
    "waits" "waits" "已等待";
    "rows" "rows" "行数";
    "exports" "exports" "导出次数";
    "score" "score" "得分";
    "nps" "NPS" "NPS";
}

/// A figure in words: `近3月消费变化 −35%`.
pub fn fact(fact: &Fact, lang: Lang) -> String {
    let value = match fact.unit.as_str() {
        "share" => format!("{:+.1}%", fact.value * 100.0),
        "yuan" => format!("¥{}", format::yuan(Fen((fact.value * 100.0).round() as i64))),
        "hours" => complaints::length((fact.value * 3_600_000.0).round() as i64, lang),
        _ => format::count(fact.value.round() as i64),
    };
    // only a change has a sign
    let value = if fact.name == "spend_change" { value } else { value.trim_start_matches('+').to_owned() };
    let name = figure(&fact.name).of(lang);
    // a share of something is said before what it is of
    if fact.unit == "share" && name.starts_with("of ") {
        return format!("{value} {name}");
    }
    format!("{name} {value}")
}

/// What fired it, in one line.
pub fn facts(row: &AlarmRow, lang: Lang) -> String {
    row.figures.iter().map(|f| fact(f, lang)).collect::<Vec<_>>().join(" · ")
}

/// What it is about: the customer, the class or the person.
pub fn about(row: &AlarmRow, lang: Lang) -> String {
    let segment = row.segment.as_deref().map(|id| words::word("segment", id, lang).to_owned());
    match (&row.name, &row.person, segment) {
        (Some(name), ..) => name.clone(),
        (_, Some(person), Some(segment)) => format!("{person} · {segment}"),
        (_, Some(person), None) => person.clone(),
        (_, _, Some(segment)) => segment,
        _ => row.note.clone().unwrap_or_else(|| COMPANY.of(lang).to_owned()).replace('\n', " "),
    }
}

/// What the form says in which it is closed; a customer stands in the head of the form.
pub fn closes(row: &AlarmRow, lang: Lang) -> String {
    let (close, rule) = (super::commands::CLOSE_ALARM.of(lang), rule(&row.rule).of(lang));
    match row.customer {
        Some(_) => format!("{close} · {rule}"),
        None => format!("{close} · {rule} · {}", about(row, lang)),
    }
}

/// How its clock stands.
pub fn clock(row: &AlarmRow, now: i64, lang: Lang) -> String {
    if row.state == "closed" {
        return "–".to_owned();
    }
    if row.ticked.done != 0 {
        return BEGUN.of(lang).to_owned();
    }
    complaints::clock(Clock::Runs { left: row.start_by - now }, lang)
}

/// How it stands.
pub fn state(row: &AlarmRow, lang: Lang) -> String {
    let id = match (row.state.as_str(), row.ended.as_deref()) {
        ("closed", Some("gone")) => "gone",
        (state, _) => state,
    };
    let said = words::word("alarm_state", id, lang);
    match row.climbed {
        0 => said.to_owned(),
        n => format!("{said} {}", if n == 1 { CLIMBED_1 } else { CLIMBED_2 }.of(lang)),
    }
}

super::texts! {
    VIEW "Alarms" "预警";
    OTHER "other" "其他";
    COMPANY "company" "全公司";
    LEVEL "Level" "级别";
    ALARM "Alarm" "预警";
    ABOUT "About" "对象";
    START "Start by" "启动时限";
    STEPS "Steps" "步骤";
    STATE "State" "状态";
    OWNER "Answers" "责任人";
    RAISED "Raised" "触发";
    FIRED "Fired by" "触发数据";
    NOTE "What was said" "说明";
    RESULT "Result" "处理结果";
    CLOSED "Closed" "关闭";
    WHAT_NOW "Keys" "操作";
    BEGUN "begun" "已启动";
    CLIMBED_1 "↑ head" "↑主管";
    CLIMBED_2 "↑↑ director" "↑↑总监";
    STEP_DONE "✓ {}" "✓ {}";
    STEP_OPEN "□ {}" "□ {}";
    KEYS "{} take on · {} do the next step · {} tick it · {} close · {} open" "{} 确认 · {} 执行下一步 · {} 勾选 · {} 关闭 · {} 打开";
    NONE "No alarm. {} shows others, {} raises one." "没有预警。{} 切换范围,{} 手动上报。";
    HEAD "{} · {} ({} shows others)" "{} · {} 条({} 切换范围)";
    HEAD_LATE "{} · {} · {} not begun in time ({} shows others)" "{} · {} 条 · 超时未启动 {}({} 切换范围)";
    ALL_DONE "All steps are done: {} closes it with its result." "步骤均已完成:{} 填写结果并关闭。";
    OF_NOBODY "This alarm is of no customer; choose one with {} first." "该预警不属于某一客户,请先用 {} 选择客户。";
    IS_CLOSED "This alarm is closed." "该预警已关闭。";
    TICK_HERE "This step is done elsewhere: {} ticks it." "该步骤在别处完成后按 {} 勾选。";
    SUSPEND_NOW "Suspend it for the class until the next review" "暂停至下次复核";
    SUSPEND_MEANS "No proactive touch that is not essential passes for any customer of the class meanwhile." "其间该类客户的非必要主动互动将被拦下。";
    TASK_OF "{}: {}" "{}:{}";
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::alarm::RULES;

    #[test]
    fn every_rule_step_and_post_has_words() {
        for r in RULES {
            assert_ne!(rule(r.id).en, OTHER.en, "{}", r.id);
            assert_ne!(post(r.post).en, OTHER.en, "{}", r.post);
            for s in r.steps {
                assert_ne!(step(s).en, OTHER.en, "{s}");
            }
        }
    }

    #[test]
    fn figures_are_said_in_their_unit() {
        assert_eq!(fact(&Fact::new("spend_change", -0.35, "share"), Lang::Zh), "近3月消费变化 -35.0%");
        assert_eq!(fact(&Fact::new("rate", 0.64, "share"), Lang::En), "rate 64.0%");
        assert_eq!(fact(&Fact::new("budget_used", 1.66, "share"), Lang::En), "166.0% of the budget");
        assert_eq!(fact(&Fact::new("waits", 25.0, "hours"), Lang::Zh), "已等待 25小时");
    }
}
