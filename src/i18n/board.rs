//! The words of the board: its figures and its frame, and periods as people name them.

use chrono::{Datelike, NaiveDate};

use super::Lang;
use crate::domain::kpi::{Length, Period};

super::texts! {
    FIGURE "Figure" "指标";
    VALUE "Period" "本期";
    BEFORE "Before" "上期";
    BEFORE_SAME "Same days before" "上期同期";
    TREND "12 periods" "近12期";
    SHARE "Share" "占比";
    CUSTOMERS "Customers" "客户总数";
    NEW "New records" "新增档案";
    TOUCHES "Touches" "互动次数";
    ANSWERED "Answered, of our own" "主动互动有响应";
    SHARE_OF "{}% of {}" "{}% / {}";
    DUE "Follow-ups come due" "已到期待跟进";
    OVERDUE "Late follow-ups (all)" "全员逾期待跟进";
    OVERDUE_BEHIND "Customers with a late follow-up; the figure counts every follow-up." "有逾期待跟进的客户;指标按待跟进条数计。";
    BREACHES "Touches past the guard" "例外触达";
    LATE "Entries after 24 h" "超24小时补录";
    ORDERS "Orders" "订单数";
    REVENUE "Revenue, yuan" "成交额 元";
    COST "Touch cost, yuan" "触达成本 元";
    BY_SEGMENT "Touches by segment" "各分层互动";
    BY_PERSON "Touches by person" "各责任人互动";
    RATE "Answered" "响应率";
    NO_SEGMENT "prospects" "潜在客户";
    QUARTER "{} Q{}" "{}年第{}季度";
    MONTH "{}-{}" "{}年{}月";
    YEAR "{}" "{}年";
    DONE_IN_TIME "Of them done in time" "其中按时完成";
    RUNNING "{}, running, day {} of {}" "{}(进行中,第{}天,共{}天)";
    DAY_OF "{}, day {}/{}" "{},第{}/{}天";
    SAME_DAYS "{}, same days" "{}同期";
    COUNTED "trend {}/12" "已统计{}/12";
    AS_OF "{}, counted {}" "{},统计于{}";
    COUNTED_DAILY "Its first look each day counts everybody, since who is active changes at midnight; after that only what happens is counted. Other views and panes go on meanwhile." "进行中的周期每天首次查看时须全部统计(午夜后活跃客户会变化),之后只统计新发生的内容;期间其他页面照常可用。";
    LATEST "This is the present period." "已是本期。";
    MASKED "masked" "已隐藏";
    NOTHING_BEHIND "No list shows what stands behind this number yet." "暂无可显示该数字明细的列表。";
    VIEW_KPIS "KPIs" "指标";
    VIEW_COUNTS "Counts" "统计";
    VIEW_MODELS "Models" "模型";
    SEGMENT_HINT "{} · {} · ←→ segment" "{} · {} · ←→分层";
    SEGMENT_SHORT "{} ←→ {}" "{} ←→ {}";
    BEHIND "{} · {}: {} {customer|customers}" "{} · {}:{}户";
    NOBODY_BEHIND "No customer stands behind it: what it counts belongs to none in particular, or there is nothing yet." "没有对应的客户:所计内容不属于某一客户,或尚无记录。";
    RECORDED_BEHIND "Of a past period the count alone was written down: which records lacked something then, nobody can tell any more." "往期只记录了统计数:当时哪些档案有缺项,已无从得知。";
    BEHIND_SIDES "{} · {}: {} {customer|customers}: {}" "{} · {}:{}户,其中{}";
    BEHIND_CASES "{} · {}: {} {case|cases}: {}" "{} · {}:{}条,其中{}";
    BEHIND_FIRST ", the first {}" ",列出前{}户";
    SIDE_KEY "{} one side only" "{}只看一类";
    SIDE_ONLY "only {} · {} the next" "只看{} · {}下一类";
    MARKED "{} marked: {} tags, {} plans, {} hands over, {} exports; {} to assign" "已标记{}户:{}标签,{}安排,{}交接,{}导出;{}中可分配";
    NOTHING "No touches in this period." "本期没有互动。";
}

/// A period in words and, while it runs, how far it has gone.
pub fn period_so_far(shown: Period, today: NaiveDate, lang: Lang) -> String {
    let name = period(shown, lang);
    match days_gone(shown, today) {
        Some((gone, days)) => RUNNING.with(lang, &[&name, &gone, &days]),
        None => name,
    }
}

/// Which day of how many it is of a period that runs; none of a single day.
pub fn days_gone(shown: Period, today: NaiveDate) -> Option<(i64, i64)> {
    let days = (shown.until - shown.from).num_days();
    let runs = shown.from <= today && today < shown.until && days > 1;
    runs.then(|| ((today - shown.from).num_days() + 1, days))
}

/// A period in words: `2024年5月`, `2024 Q2`.
pub fn period(period: Period, lang: Lang) -> String {
    let (year, month) = (period.from.year(), period.from.month());
    match period.length {
        Length::Month => {
            let month = if lang == Lang::En { format!("{month:02}") } else { month.to_string() };
            MONTH.with(lang, &[&year, &month])
        }
        Length::Quarter => QUARTER.with(lang, &[&year, &month.div_ceil(3)]),
        Length::Year => YEAR.with(lang, &[&year]),
        Length::Week | Length::Span => period.label(),
    }
}
