//! A figure explained in plain words: how it is counted, from what, over which time, out of which records, and what it is
//! held against. The formula itself stands in the table of `kpi`; here it becomes a handful of lines that one reads at once.

use super::{Lang, Text, kpi as k};
use crate::domain::kpi::stats::rounded;
use crate::domain::kpi::{Figure, Kpi, Unit, kpi, target};
use crate::store::request::KpiRow;

super::texts! {
    FORMULA "How: {}" "算法:{}";
    COUNTED "Numbers: {} of {}" "数字:{} / {}";
    DIVIDED "Numbers: {} ÷ {}" "数字:{} ÷ {}";
    COMPARED "Numbers: {} now, {} before" "数字:本期{},上期{}";
    VALUE "{} = {}" "{} = {}";
    ALONE "Numbers: {}" "数字:{}";
    PERIOD "Period: {}" "期间:{}";
    SOURCE "Source: {}" "来源:{}";
    TARGET "Target: {} (e changes it; setting {})" "目标:{}(e 修改;设置项 {})";
    NO_TARGET "Target: none (e sets one)" "目标:未设(e 设置)";
    TOUCHES "touches" "互动记录";
    ORDERS "orders" "订单";
    CONTRACTS "contracts" "合同";
    SURVEYS "surveys" "满意度调查";
    COMPLAINTS "complaints" "投诉";
    EXPENSES "expenses" "费用";
    BUDGETS "budgets" "预算";
    CLASSES "classes" "分类";
    REQUESTS "requests between departments" "跨部门请求";
    STRATEGY "the strategy table" "策略表";
    CUSTOMERS "customers" "客户档案";
    QUOTES "quotations" "报价";
    ACTIVATIONS "activation plans" "激活计划";
    PEOPLE "people" "人员";
    TASKS "next actions" "待办";
    EVENTS "changes of customers" "客户变动";
}

/// The words for the records of a table.
const fn records(table: &str) -> Text {
    match table.as_bytes() {
        b"touch" => TOUCHES,
        b"orders" => ORDERS,
        b"request" => REQUESTS,
        b"strategy" => STRATEGY,
        b"contract" => CONTRACTS,
        b"survey" => SURVEYS,
        b"complaint" => COMPLAINTS,
        b"expense" => EXPENSES,
        b"budget" => BUDGETS,
        b"class" => CLASSES,
        b"quote" => QUOTES,
        b"activation" => ACTIVATIONS,
        b"person" => PEOPLE,
        b"task" => TASKS,
        b"customer_event" => EVENTS,
        _ => CUSTOMERS,
    }
}

/// A figure of a segment (empty for all) in a period that is named, line by line.
pub fn lines(row: &KpiRow, segment: &str, period: &str, lang: Lang) -> Vec<String> {
    let Some(kpi) = kpi(&row.figure.id) else { return Vec::new() };
    let formula = k::words(kpi.id).map_or("", |w| w.formula.of(lang));
    let mut numbers = numbers(kpi, &row.figure, lang);
    if let Some(pending) = k::pending(&row.figure, lang) {
        numbers.push_str(" · ");
        numbers.push_str(&pending);
    }
    let tables: Vec<&str> = kpi.rows.iter().map(|table| records(table).of(lang)).collect();
    let target = match row.target {
        Some(value) => {
            let key = if kpi.target(segment) == kpi.target("") { "" } else { segment };
            TARGET.with(lang, &[&k::target(kpi, value, lang), &target::key(kpi.id, key)])
        }
        None if !target::takes(kpi) => super::review::NOTHING_TO_TARGET.of(lang).to_owned(),
        None => NO_TARGET.of(lang).to_owned(),
    };
    vec![
        FORMULA.with(lang, &[&formula]),
        numbers,
        PERIOD.with(lang, &[&period]),
        SOURCE.with(lang, &[&super::format::list(&tables, lang)]),
        target,
    ]
}

/// The numbers of which the value is made, and the value.
fn numbers(kpi: &Kpi, figure: &Figure, lang: Lang) -> String {
    let value = match figure.value {
        Some(value) => k::value(kpi, value, lang),
        None => format!("— {}", k::reason(figure, lang)),
    };
    let count = |n: i64| super::format::count(n);
    // amounts are parts of amounts, hits of cases are counted; a change has what it is a change of
    let part = |n: f64| match kpi.unit {
        Unit::Yuan => k::amount(n, lang),
        _ if kpi.id == "complaint_decrease" => format!("{:.2}%", rounded(n * 100.0, 2)),
        _ if matches!(kpi.id, "response_time_shortening" | "sync_shortening") => {
            k::HOURS.with(lang, &[&format!("{:.1}", rounded(n, 1))])
        }
        _ if n.fract() == 0.0 => count(n as i64),
        _ => format!("{n:.4}"),
    };
    let said = match (figure.k, figure.n, figure.parts) {
        (Some(hits), Some(cases), _) => COUNTED.with(lang, &[&count(hits), &count(cases)]),
        (_, _, Some((now, before))) if kpi.changes() => COMPARED.with(lang, &[&part(now), &part(before)]),
        (_, _, Some((part_of, whole))) => {
            let whole = if whole.fract() == 0.0 { count(whole as i64) } else { part(whole) };
            DIVIDED.with(lang, &[&part(part_of), &whole])
        }
        _ => return ALONE.with(lang, &[&value]),
    };
    VALUE.with(lang, &[&said, &value])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::kpi::KPIS;

    fn row(id: &str, figure: &Figure, target: Option<f64>) -> KpiRow {
        KpiRow { figure: Figure { id: id.to_owned(), ..figure.clone() }, target, verdict: None }
    }

    #[test]
    fn a_figure_says_how_it_is_counted_from_what_and_what_it_is_held_against() {
        let churn =
            Figure { k: Some(135), n: Some(2_753), value: Some(135.0 / 2_753.0), ..Figure::empty("churn") };
        let lines = lines(&row("churn", &churn, Some(0.15)), "", "2024-05", Lang::En);
        assert!(lines[0].contains("active at the start"), "{lines:?}");
        assert_eq!(lines[1], "Numbers: 135 of 2,753 = 4.9%");
        assert_eq!(lines[2], "Period: 2024-05");
        assert_eq!(lines[3], "Source: orders");
        assert_eq!(lines[4], "Target: ≤15% (e changes it; setting target.churn)");
    }

    #[test]
    fn a_change_names_both_amounts_and_what_waits_is_counted() {
        let growth = Figure { parts: Some((80.0, 100.0)), value: Some(-0.2), ..Figure::empty("aov_growth") };
        let told = lines(&row("aov_growth", &growth, None), "", "2024-05", Lang::En);
        assert_eq!(told[1], "Numbers: 80 now, 100 before = -20.0%");
        assert_eq!(told[4], "Target: none (e sets one)");
        let says = |id: &str, parts: (f64, f64), value: f64| {
            let figure = Figure { parts: Some(parts), value: Some(value), ..Figure::empty(id) };
            lines(&row(id, &figure, None), "", "2024-05", Lang::En).swap_remove(1)
        };
        assert_eq!(
            says("complaint_decrease", (0.001_6, 0.000_8), -1.0),
            "Numbers: 0.16% now, 0.08% before = -100.0%"
        );
        assert_eq!(says("sync_shortening", (2.0, 10.0), 0.8), "Numbers: 2.0 h now, 10.0 h before = +80.0%");
        let open = Figure { k: Some(0), n: Some(0), pending: Some(7), ..Figure::empty("conversion") };
        let told = lines(&row("conversion", &open, None), "", "2024-05", Lang::En);
        assert_eq!(told[1], "Numbers: 0 of 0 = — no cases · 7 touches not yet due");
    }

    #[test]
    fn every_table_that_figures_come_from_has_its_word() {
        for table in KPIS.iter().flat_map(|kpi| kpi.rows) {
            assert!(*table == "customer" || records(table) != CUSTOMERS, "{table}");
        }
    }
}
