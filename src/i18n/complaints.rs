//! The words of complaints and of requests between departments: their clocks, stages and what keys do with them.

use super::{Lang, Text, words};
use crate::domain::complaint::{Clock, Line};
use crate::store::request::{RequestRow, Which};

const MINUTE: i64 = 60_000;

/// What complaints are about, as the handbooks and the demo companies write it.
const CATEGORIES: &[(&str, &str)] = &[
    ("repeat contact", "重复触达"),
    ("late delivery", "发货延误"),
    ("after-sales", "售后"),
    ("damaged gift", "赠品破损"),
    ("invoice", "发票"),
    ("product quality", "产品质量"),
    ("system fault", "系统故障"),
];

/// What a complaint is about in the language of whoever reads it; a company's own words stay as they are.
pub fn category(subject: &str, lang: Lang) -> &str {
    let is = |(en, zh): &&(&str, &str)| en.eq_ignore_ascii_case(subject) || *zh == subject;
    CATEGORIES.iter().find(is).map_or(subject, |(en, zh)| if lang == Lang::Zh { zh } else { en })
}

/// A length of time as people say it: `25m`, `3h20m`, `26h`, `4d2h`; what is long is said roughly.
pub fn length(ms: i64, lang: Lang) -> String {
    let minutes = ms.abs() / MINUTE;
    let (days, hours, rest) = (minutes / 1440, minutes / 60, minutes % 60);
    let (parts, units): ([i64; 2], [Text; 2]) = if minutes >= 72 * 60 {
        ([days, hours % 24], [DAYS, HOURS])
    } else if hours >= 24 {
        ([hours, 0], [HOURS, MINUTES])
    } else {
        ([hours, rest], [HOURS, MINUTES])
    };
    let said: String =
        parts.iter().zip(units).filter(|(n, _)| **n > 0).map(|(n, unit)| unit.with(lang, &[n])).collect();
    if said.is_empty() { MINUTES.with(lang, &[&0]) } else { said }
}

/// A clock in words, with a sign that says without colour how it stands.
pub fn clock(clock: Clock, lang: Lang) -> String {
    match clock {
        Clock::Met { took, late: false } => MET.with(lang, &[&length(took, lang)]),
        Clock::Met { took, late: true } => MET_LATE.with(lang, &[&length(took, lang)]),
        Clock::Runs { left } if left < 0 => LATE_BY.with(lang, &[&length(left, lang)]),
        Clock::Runs { left } => LEFT.with(lang, &[&length(left, lang)]),
        Clock::Stopped => "–".to_owned(),
    }
}

/// Why a complaint stands in the queue.
pub fn line(line: Line, left: i64, lang: Lang) -> String {
    let said = match line {
        Line::Answer => WAITS_ANSWER,
        Line::Solution => WAITS_SOLUTION,
        Line::Recheck => return WAITS_RECHECK.of(lang).to_owned(),
        Line::Closing => return WAITS_CLOSING.of(lang).to_owned(),
    };
    format!("{} {}", said.of(lang), clock(Clock::Runs { left }, lang))
}

/// Which complaints or requests a list shows.
pub const fn which(which: Which) -> Text {
    match which {
        Which::Open => SHOWN_OPEN,
        Which::Mine => SHOWN_MINE,
        Which::All => SHOWN_ALL,
    }
}

/// Who asks whom: `销售部 王敏 → 市场部`.
pub fn way(row: &RequestRow, lang: Lang) -> String {
    let department = |id: &str| words::word("department", id, lang).to_owned();
    format!("{} {} → {}", department(&row.from_department), row.from, department(&row.department))
}

super::texts! {
    COMPLAINTS "Complaints" "投诉";
    REQUESTS "Requests" "部门请求";
    MINUTES "{}m" "{}分";
    HOURS "{}h" "{}小时";
    DAYS "{}d" "{}天";
    LEFT "{} left" "还剩{}";
    LATE_BY "! {} over" "! 超时{}";
    MET "✓ {}" "✓ {}";
    MET_LATE "✗ {}" "✗ {}";
    ANSWER_LINE "Answer" "首次响应";
    SOLUTION_LINE "Solution" "解决方案";
    SUMMARY "Complaint" "投诉内容";
    CUSTOMER "Customer" "客户";
    STATE "State" "状态";
    SEVERITY "Severity" "严重度";
    HANDLER "Handler" "处理人";
    RECEIVED "Received" "收到";
    REPAIR "Repair" "修复措施";
    RECHECK "Look again" "复查";
    FOUND "Outcome" "处理结果";
    ORDER "Order" "订单";
    SOLUTION "Solution" "解决方案";
    ASKED "Asked" "发起";
    WAY "From → to" "发起 → 受理";
    WHAT "Request" "请求内容";
    CLOCK "Clock" "时限";
    TAKEN_BY "Taken by" "受理人";
    ANSWER "Answer" "回复";
    ENTRY "From the entry" "来自互动";
    NO_COMPLAINTS "No complaint here. {} takes one up for the customer at hand, {} shows others." "没有投诉。{} 为当前客户登记投诉,{} 切换范围。";
    NO_REQUESTS "No request here. {} asks another department about the customer at hand." "没有部门请求。{} 就当前客户向其他部门发起请求。";
    SHOWN_OPEN "open" "未结";
    SHOWN_MINE "mine" "我的";
    SHOWN_ALL "all" "全部";
    HEAD "{} · {} ({} shows others)" "{} · {} 条({} 切换范围)";
    HEAD_LATE "{} · {} · {} over the clock ({} shows others)" "{} · {} 条 · 超时 {}({} 切换范围)";
    WAITS_ANSWER "complaint, answer" "投诉待响应";
    WAITS_SOLUTION "complaint, solution" "投诉待解决";
    WAITS_RECHECK "complaint, look again" "投诉复查";
    WAITS_CLOSING "complaint, to be closed" "投诉待结案";
    ASKS "asked by {}" "{}请求";
    HAS_ANSWERED "answered by {}" "{}已回复";
    CLOSED_ALREADY "This complaint is closed." "该投诉已结案。";
    ANSWER_FIRST "Nobody has answered yet." "尚未回复。";
    NEXT_STEP "Next" "下一步";
    STEPS "{} answer · {} solution · {} next step · {} take over · {} withdrawn or no complaint" "{} 响应 · {} 方案 · {} 下一步 · {} 接手 · {} 撤诉/无效";
    REQUEST_STEPS "{} take · {} answer · {} refuse · {} next step" "{} 受理 · {} 回复 · {} 拒绝 · {} 下一步";
    ON_TIME "in time" "按时";
    TOO_LATE "too late" "超时";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_category_is_read_in_either_language_and_own_words_stay() {
        assert_eq!(category("发货延误", Lang::En), "late delivery");
        assert_eq!(category("Repeat contact", Lang::Zh), "重复触达");
        assert_eq!(category("发货延误", Lang::Zh), "发货延误");
        assert_eq!(category("包装太差", Lang::En), "包装太差");
    }

    #[test]
    fn lengths_are_said_in_two_parts_and_clocks_with_a_sign() {
        let hour = 60 * MINUTE;
        assert_eq!(length(0, Lang::En), "0m");
        assert_eq!(length(3 * hour + 20 * MINUTE, Lang::En), "3h20m");
        assert_eq!(length(26 * hour, Lang::Zh), "26小时");
        assert_eq!(length(98 * hour, Lang::Zh), "4天2小时");
        assert_eq!(clock(Clock::Runs { left: -5 * hour }, Lang::Zh), "! 超时5小时");
        assert_eq!(clock(Clock::Met { took: 2 * hour, late: false }, Lang::En), "✓ 2h");
    }
}
