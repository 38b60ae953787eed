//! The words of the ledger: follow-ups and touches.

use super::{Lang, alarms, complaints, format, words};
use crate::domain::clock::Now;
use crate::domain::queue::{CAUSES, Item, Reason};

/// What there is to do for an item of the queue: its own words, else those of its reason, with the channel to use.
pub fn what(item: &Item, lang: Lang) -> String {
    let own = match &item.reason {
        Reason::Silence { .. } if item.text.is_empty() || item.text == "silence" => GET_IN_TOUCH.of(lang),
        Reason::Date { kind, label, .. } => {
            return GREET.with(lang, &[&words::word("date", kind, lang), &label]).trim().to_owned();
        }
        Reason::Cadence { kind, .. } if item.text.is_empty() => words::word("touch", kind, lang),
        Reason::Recall { .. } if item.text.is_empty() => RECALL.of(lang),
        Reason::Survey { .. } if item.text.is_empty() => SURVEY.of(lang),
        Reason::Review if item.text.is_empty() => REVIEW.of(lang),
        Reason::Evaluation { .. } => EVALUATE.of(lang),
        Reason::Cause { id } => return task(Some(id), &item.text, lang),
        Reason::Alarm { step, .. } => return alarms::step(step).of(lang).to_owned(),
        _ => return item.text.clone(),
    };
    item.advice
        .channel
        .as_ref()
        .map_or_else(|| own.to_owned(), |c| BY_CHANNEL.with(lang, &[&own, &words::word("channel", c, lang)]))
}

/// A task in words: what stands for a cause is named by it, its text is data.
pub fn task(cause: Option<&str>, text: &str, lang: Lang) -> String {
    match cause.filter(|id| CAUSES.contains(id)) {
        Some(id) => format!("{} {text}", words::word("cause", id, lang)),
        None => text.to_owned(),
    }
}

/// Why an item stands in the queue, in words, with the weaker reasons after it.
pub fn why(item: &Item, now: Now, lang: Lang) -> String {
    // what was promised and left nothing written down is told as that
    let mut words = match (item.unrecorded, item.also.is_empty()) {
        (true, true) => NOT_UPDATED.of(lang).to_owned(),
        (true, false) => NOT_UPDATED_SHORT.of(lang).to_owned(),
        (false, _) => reason(&item.reason, now, lang),
    };
    for also in &item.also {
        words.push_str(" · ");
        words.push_str(&short(also, lang));
    }
    words
}

/// Why an item stands in the queue, in words.
pub fn reason(reason: &Reason, now: Now, lang: Lang) -> String {
    let today = now.today();
    match reason {
        Reason::Promise => PROMISED.of(lang).to_owned(),
        Reason::Plan => PLANNED.of(lang).to_owned(),
        Reason::Silence { days, asked } => silent(*days, *asked, lang),
        Reason::Cadence { days, worst, .. } if reason.is_late() => CADENCE_LATE.with(lang, &[days, worst]),
        Reason::Cadence { days, ideal, .. } => CADENCE_DUE.with(lang, &[days, ideal]),
        Reason::Recall { days } => NOT_BOUGHT.with(lang, &[days]),
        Reason::Survey { days: Some(days) } => SURVEYED.with(lang, &[days]),
        Reason::Survey { days: None } => SURVEY.of(lang).to_owned(),
        Reason::Review => INVALID_YEAR.of(lang).to_owned(),
        Reason::PlanTask => OF_PLAN.of(lang).to_owned(),
        Reason::Suggestion { of: Some(of) } => SUGGESTED_BY.with(lang, &[of]),
        Reason::Suggestion { of: None } => SUGGESTED.of(lang).to_owned(),
        Reason::Evaluation { ended } => ENDED.with(lang, &[&format::day(*ended, today)]),
        Reason::Alarm { rule, .. } => alarms::rule(rule).of(lang).to_owned(),
        Reason::Complaint { line, until } => complaints::line(*line, until - now.ms(), lang),
        Reason::Request { department, answered, .. } => {
            let text = if *answered { complaints::HAS_ANSWERED } else { complaints::ASKS };
            text.with(lang, &[&words::word("department", department, lang)])
        }
        Reason::Cause { id } => words::word("because", id, lang).to_owned(),
        Reason::Date { on, years, kind, label } => {
            let kind = words::word("date", kind, lang);
            let day = format::day(*on, today);
            let rest = years.filter(|y| *y > 0).map_or(label.clone(), |y| YEARS.with(lang, &[&y]));
            DATE_NEAR.with(lang, &[&kind, &day, &rest]).trim_end().to_owned()
        }
    }
}

/// How long nobody has talked with a customer: without an answer where somebody has tried since, else without contact.
pub fn silent(days: i64, asked: bool, lang: Lang) -> String {
    let text = if asked { SILENT } else { NOT_CONTACTED };
    text.with(lang, &[&days])
}

/// The name of a reason that stands beside a stronger one.
fn short(reason: &Reason, lang: Lang) -> String {
    match reason {
        Reason::Cadence { kind, .. } => {
            format!("{} {}", sign(reason).unwrap_or_default(), words::word("touch", kind, lang))
        }
        Reason::Recall { .. } => RECALL.of(lang).to_owned(),
        Reason::Survey { .. } => SURVEY.of(lang).to_owned(),
        Reason::Review => REVIEW.of(lang).to_owned(),
        Reason::Cause { id } => words::word("cause", id, lang).to_owned(),
        Reason::Silence { days, asked } => silent(*days, *asked, lang),
        Reason::Alarm { rule, .. } => alarms::rule(rule).of(lang).to_owned(),
        Reason::Complaint { .. } => complaints::COMPLAINTS.of(lang).to_owned(),
        Reason::Request { .. } => complaints::REQUESTS.of(lang).to_owned(),
        Reason::Promise => PROMISED.of(lang).to_owned(),
        Reason::Plan => PLANNED.of(lang).to_owned(),
        Reason::PlanTask => OF_PLAN.of(lang).to_owned(),
        Reason::Suggestion { .. } => SUGGESTED.of(lang).to_owned(),
        Reason::Evaluation { .. } => EVALUATE.of(lang).to_owned(),
        Reason::Date { kind, .. } => words::word("date", kind, lang).to_owned(),
    }
}

/// The sign of a clock that rings: what colour alone must not say.
pub const fn sign(reason: &Reason) -> Option<&'static str> {
    match reason {
        Reason::Cadence { .. } if reason.is_late() => Some("✗"),
        Reason::Cadence { .. } => Some("▲"),
        _ => None,
    }
}

super::texts! {
    FOLLOW_UPS "Follow-ups" "待跟进";
    TOUCHES "Touches" "全部互动";
    WHEN "When" "时间";
    SINCE "since" "自";
    WHAT "To do" "待办事项";
    WHO "Customer" "客户";
    WHY "Reason" "原因";
    CONTACT "Contact" "联系人";
    PHONE "Phone" "电话";
    SEGMENT "Segment" "分层";
    CHANNEL "Channel" "互动方式";
    SAID "What was said" "互动内容简述";
    FEEDBACK "Feedback" "客户反馈";
    NEXT "Next actions" "后续跟进";
    BY "By" "责任人";
    CODE "Number" "客户编号";
    AT "When" "互动时间";
    GET_IN_TOUCH "get in touch" "主动联系";
    GREET "greet for the {} {}" "{}问候 {}";
    PROMISED "promise" "承诺";
    PLANNED "planned" "安排";
    SILENT "{} {day|days} without an answer" "{}天没有回应";
    NOT_CONTACTED "no contact for {} {day|days}" "{}天未联系";
    CADENCE_DUE "▲ {}/{} {day|days}" "▲ {}/{}天";
    CADENCE_LATE "✗ {}/{} {day|days}" "✗ {}/{}天";
    BY_CHANNEL "{} ({})" "{}({})";
    RECALL "recall" "客户召回";
    NOT_BOUGHT "no order for {} {day|days}" "{}天未下单";
    SURVEY "satisfaction survey" "满意度调查";
    SURVEYED "last survey {} {day|days} ago" "上次调查{}天前";
    REVIEW "re-evaluate" "重新评估";
    INVALID_YEAR "invalid for a year" "无效客户满一年";
    EVALUATE "evaluate it" "效果评估";
    SUGGESTED "suggested by a review" "复盘建议";
    SUGGESTED_BY "suggested after {}" "复盘建议 · {}";
    OF_PLAN "plan" "计划任务";
    ENDED "campaign ended {}" "活动{}结束";
    NO_CUSTOMER_HERE "This is about no single customer." "此项不针对单个客户。";
    DATE_NEAR "{} {} {}" "{} {} {}";
    YEARS "{} {year|years}" "{}年";
    TODAY_N "{} for today" "今天 {} 项";
    TODAY_OF "{} for today, of {} that are due" "今天 {} 项,到期共 {} 项";
    PREPARE "▲ {} begins {}: prepare its content ({}, then o)" "▲ {}自{}开始:请准备节日内容({} 后按 o)";
    NO_FURTHER "No further customer stands in this list." "列表中没有其他客户。";
    MORE_DUE "{} more {is|are} due than a day holds: {} shows all" "另有 {} 项到期,超出当日容量:{} 显示全部";
    LATER "Later" "之后";
    ALL_DONE "Nothing is due. Well done." "没有到期事项。";
    NO_TOUCHES "No touch fits." "没有符合条件的互动。";
    LATE_ENTRY "late entry" "补录";
    NOT_UPDATED "▲ not updated" "▲信息未更新";
    NOT_UPDATED_SHORT "no entry" "未更新";
    CLOSED "nothing to do" "无需跟进";
    MORE_THAN_FITS "{} more {is|are} due than a day holds." "另有 {} 项到期,超出当日容量。";
    NOT_ANSWERED "no answer" "未接";
    LINE_BUSY "line busy" "占线";
    DAY_LIST "Follow-ups of {} {}  {}" "待跟进清单 {} {}  {}";
    FILTER_HINT "{} words · by:me · is:gap (no channel) · is:override" "{} 关键词 · 责任人:我 · 是:缺口(无渠道) · 是:例外";
    FOUND_BY "search: {}" "搜索:{}";
}
