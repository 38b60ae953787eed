//! The words of reviews: causes, baselines, evaluations, suggestions. The words for their ids stand in [`WORDS`], which
//! `words` reads as its own.

use super::words::w;
use super::{Lang, Text, format, kpi as k, words};
use crate::domain::kpi::{Verdict, stats::rounded};
use crate::domain::review::{Standing, is_share, like};

/// Group, id, word.
pub const WORDS: &[(&str, &str, Text)] = &[
    ("verb", "cause", w("cause noted", "记录原因")),
    ("verb", "baseline", w("baseline stored", "保存基线")),
    ("verb", "evaluate", w("evaluation begun", "开始评估")),
    ("verb", "close_evaluation", w("evaluation closed or opened", "结束/重开评估")),
    ("verb", "prepare", w("change of the matrix prepared", "拟定策略修改")),
    ("dimension", "value", w("customer value", "客户价值提升")),
    ("dimension", "efficiency", w("efficiency", "运营效率优化")),
    ("dimension", "satisfaction", w("satisfaction", "客户满意度")),
    ("dimension", "activity", w("the activity itself", "活动本身")),
    ("dimension", "own", w("own target", "自定目标")),
    ("metric", "campaign_response", w("answered, of those touched", "触达客户响应率")),
    ("metric", "campaign_conversion", w("ordered, of those touched", "触达客户转化率")),
    ("metric", "campaign_cost", w("cost per customer touched", "单户触达成本")),
    ("verb", "assess", w("assessment", "月度考核")),
    ("evaluation", "none", w("not begun", "未开始")),
    ("evaluation", "open", w("open", "进行中")),
    ("evaluation", "done", w("closed", "已结束")),
];

super::texts! {
    POINTS "{} points" "{}个百分点";
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
    if unit { POINTS.with(lang, &[&text]) } else { text }
}

/// A verdict with its sign, or nothing.
pub fn verdict(verdict: Option<Verdict>, lang: Lang) -> String {
    verdict.map_or_else(String::new, |v| format!("{} {}", v.sign(), k::verdict_word(v).of(lang)))
}

/// A period from its first to its last day, short.
pub fn days(period: crate::domain::kpi::Period, today: chrono::NaiveDate) -> String {
    format!("{} – {}", format::day(period.from, today), format::day(period.last(), today))
}
