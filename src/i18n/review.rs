//! The words of reviews: causes, baselines, evaluations, suggestions. The words for their ids stand in [`WORDS`], which
//! `words` reads as its own.

use std::cmp::Ordering;

use super::{Lang, format, kpi as k, words};
use crate::domain::kpi::{Better, Kpi, LENGTHS, Period, Unit, Verdict, stats::rounded};
use crate::domain::review::{Standing, is_share, like};
use crate::store::request::CauseRow;

super::texts! {
VIEW "Evaluation" "效果评估";
    NAME "Campaign or plan" "活动/计划";
    WHEN "From – to" "起止";
    DUE "Due" "截止";
    STATE "State" "状态";
    OWNER "Owner" "负责人";
    VERDICTS "Targets met" "达标";
    SUGGESTIONS "Suggestions" "优化建议";
    MET_OF "{} of {}" "{}/{}";
    DIMENSION "Dimension" "评估维度";
    METRIC "Metric" "核心指标";
    TARGET "Target" "目标值";
    BASELINE "Baseline" "基线";
    ACTUAL "Actual" "实际值";
    DIFFERENCE "Difference" "差异";
    VERDICT "Verdict" "判定";
    CAUSE "Cause" "差异原因";
    DIRECTION "Direction" "优化方向";
    MEASURE "Measure" "具体措施";
    CONCLUSION "Conclusion" "评估结论";
    NONE "Nothing was carried out yet: campaigns and plans stand here once they run." "暂无已执行的活动或计划,执行后在此评估。";
    NOT_BEGUN "{} begins the evaluation" "{} 开始评估";
    OPEN_HINT "{} opens · {} closes" "{} 打开 · {} 结束评估";
    CLOSED_HINT "{} opens · {} opens it again" "{} 打开 · {} 重新打开";
    LINE_HINT "{} target · {} cause · {} {customer|customers} behind it" "{} 目标 · {} 原因 · {} 查看客户";
    SUGGESTION_HINT "{} edit · {} done · {} change of the matrix" "{} 修改 · {} 完成 · {} 策略修改";
    AGAINST "{} · held against {}" "{} · 对比基线 {}";
    AGAINST_NOTHING "{} · no baseline" "{} · 无基线";
    OVERDUE "late" "已逾期";
    DONE "done" "完成";
    OPEN "open" "待办";
    PREPARED "matrix: {} prepared" "策略:{} 待应用";
    APPLIED "matrix: {} applied" "策略:{} 已应用";
    ADD_TO "Add to the evaluation" "添加";
    NOT_COUNTED "This line is counted by hand; no customers stand behind it." "该指标为手工填报,无客户明细。";
    COMPARE "Compare with" "对比基准";
    BEFORE "the period before" "上期";
    STORE "store these figures as a baseline" "保存本期为基线";
    STORED_BY "{} · {}" "{} · {}";
    CAUSES "Causes of this figure" "指标原因";
    NEW_CAUSE "write down a cause" "记录原因";
    TARGET_OF "Target · {}" "目标 · {}";
    CAUSE_FOR "Cause · {} · {}" "原因 · {} · {}";
    BASELINE_FOR "Baseline · {}" "基线 · {}";
    PERIOD "Period" "期间";
    PREPARE "Change of the matrix · {}" "策略修改 · {}";
    APPLY "Apply the change of the matrix · {}" "应用策略修改 · {}";
    NOTHING_TO_TARGET "This figure takes no target: neither more nor less of it is better." "该指标无方向,不设目标。";
    ASSESS "Month of {} · {}" "月度考核 · {} · {}";
    NOT_YET "{} has not begun; write a period that has." "{}尚未开始,请填写已开始的期间。";
    NO_CLASS "no class" "无分层";
    COHORT_OF "First purchase {} · {} {month|months} later" "首购{} · 其后第{}月";
    CAUSE_SHORT "cause {}: {}" "原因 {}:{}";
    BETTER "better" "向好";
    WORSE "worse" "转差";
    YEAR_BEFORE "{} {} on {} a year before" "同比{} {}(去年{})";
    BUDGET_AHEAD "{} {point|points} against the {} % of the year that is gone" "进度差{}百分点(全年已过{}%)";
    CHANGED "{} against {} of {}" "{} · 对比{}({})";
    POINTS "{} {point|points}" "{}百分点";
}

/// A metric in words: a KPI's name, a campaign's figure, or its own words.
pub fn metric(id: &str, segment: &str, lang: Lang) -> String {
    let name = match k::words(id) {
        Some(words) => words.name.of(lang),
        None => words::word("metric", id, lang),
    };
    if segment.is_empty() {
        name.to_owned()
    } else {
        format!("{name} · {}", words::word("segment", segment, lang))
    }
}

/// A value of a metric, as the board shows it; a plain number where the metric is in words.
pub fn value(metric: &str, value: Option<f64>, lang: Lang) -> String {
    match (like(metric), value) {
        (_, None) => "—".to_owned(),
        (Some(kpi), Some(v)) => k::value(kpi, v, lang),
        (None, Some(v)) => format!("{}", rounded(v, 2)),
    }
}

/// A target with its direction; as written where it is no figure.
pub fn target(metric: &str, standing: &Standing, written: Option<&str>, lang: Lang) -> String {
    match (like(metric), standing.target) {
        (Some(kpi), Some(v)) => k::target(kpi, v, lang),
        _ => written.unwrap_or("").to_owned(),
    }
}

/// How far what was reached is from what was aimed at; of shares in percentage points.
pub fn difference(metric: &str, standing: &Standing, lang: Lang) -> String {
    let Some(difference) = standing.difference else { return String::new() };
    let (number, unit) = if is_share(metric) {
        (rounded(difference * 100.0, 1), true)
    } else {
        (rounded(difference, 2), false)
    };
    let sign = if number > 0.0 { "+" } else { "" };
    let text = format!("{sign}{number}");
    if unit {
        return POINTS.with(lang, &[&text]);
    }
    // what is counted by hand is told by how much it changed, too (K23)
    match standing.change().filter(|_| like(metric).is_none()) {
        Some(change) => format!("{text} ({:+}%)", rounded(change * 100.0, 1)),
        None => text,
    }
}

/// A verdict with its sign, or nothing.
pub fn verdict(verdict: Option<Verdict>, lang: Lang) -> String {
    verdict.map_or_else(String::new, |v| format!("{} {}", v.sign(), k::verdict_word(v).of(lang)))
}

/// A period from its first to its last day, short.
pub fn days(period: crate::domain::kpi::Period, today: chrono::NaiveDate) -> String {
    format!("{} – {}", format::day(period.from, today), format::day(period.last(), today))
}

/// A cause with its period, as a line of a list.
pub fn cause(cause: &CauseRow, lang: Lang) -> String {
    let label = if cause.segment.is_empty() {
        String::new()
    } else {
        format!("{} · ", words::word("segment", &cause.segment, lang))
    };
    format!("{label}{}", CAUSE_SHORT.with(lang, &[&span(cause.period), &cause.text]))
}

/// A period as briefly as it can be told: the month, quarter or year that it is, else its days.
pub fn span(period: Period) -> String {
    let whole = LENGTHS.iter().map(|length| Period::of(*length, period.from));
    whole.into_iter().find(|p| p.from == period.from && p.until == period.until).unwrap_or(period).label()
}

/// How a value stands to the one it is compared with: an arrow and the difference, of shares in percentage points.
pub fn change(kpi: &Kpi, now: f64, before: f64, lang: Lang) -> (&'static str, String) {
    let percent = kpi.unit == Unit::Share;
    let by = if percent { rounded((now - before) * 100.0, 1) } else { rounded(now - before, 2) };
    let arrow = if by > 0.0 {
        "↑"
    } else if by < 0.0 {
        "↓"
    } else {
        "→"
    };
    let sign = if by > 0.0 { "+" } else { "" };
    let text = match kpi.unit {
        // as short as the value it stands beside
        Unit::Yuan if now.abs().max(by.abs()) >= k::LARGE => format!("{sign}{}", k::amount(by, lang)),
        Unit::Yuan if by != 0.0 => format!("{sign}{}", k::value(kpi, by, lang)),
        _ => format!("{sign}{by}"),
    };
    (arrow, if percent { POINTS.with(lang, &[&text]) } else { text })
}

/// Whether a change is for the better, in words; nothing where it is neither.
pub fn direction(kpi: &Kpi, now: f64, before: f64, lang: Lang) -> &'static str {
    let good = match kpi.better {
        Better::More => Ordering::Greater,
        Better::Less | Better::Below => Ordering::Less,
        Better::Neither => return "",
    };
    match now.total_cmp(&before) {
        Ordering::Equal => "",
        way if way == good => BETTER.of(lang),
        _ => WORSE.of(lang),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::kpi::kpi;

    #[test]
    fn a_change_is_told_in_the_units_of_the_value_beside_it() {
        let value = kpi("customer_value").unwrap();
        let told = |now, before, lang| change(value, now, before, lang).1;
        assert_eq!(told(4_050_000.0, 4_002_418.1, Lang::En), "+47.58 k");
        assert_eq!(told(4_050_000.0, 4_002_418.1, Lang::Zh), "+4.76万");
        assert_eq!(told(99_999.0, 101_000.5, Lang::En), "-1,001.50");
    }
}
