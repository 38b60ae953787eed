//! How figures read: values in their units, targets with their direction, the heads of the table. The names and formulas of
//! the KPIs stand in `names`, the verdicts in `verdicts`. What is rounded is rounded here and nowhere below (C10).

mod names;
mod verdicts;

pub use names::{NARROW, WORDS, Words, name, name_in, words};
pub use verdicts::{ALL as VERDICTS, pending, reason, told, verdict, verdict_in, verdict_word};

use super::{Lang, Text, format, words};
use crate::domain::kpi::stats::rounded;
use crate::domain::kpi::{Figure, Group, Kpi, Unit};
use crate::domain::money::Fen;

super::texts! {
    MAINTENANCE "Maintenance" "维护";
    EXPANSION "Expansion" "拓展";
    WORK "Work" "工作";
    ALL_CUSTOMERS "All customers" "全部客户";
    HEAD "{} · known {}" "{} · 截至{}";
    COLUMN_KPI "KPI" "指标";
    INTERVAL "95 % interval {} to {}" "95%区间{}~{}";
    COLUMN_VALUE "Value" "本期";
    COLUMN_CHANGE "Change" "较上期";
    COLUMN_TARGET "Target" "目标";
    COLUMN_VERDICT "Verdict" "判定";
    COLUMN_NOTE "Cause, interval, open cases" "原因、区间、未到期";
    COLUMN_CASES "Cases" "样本";
    HOURS "{} h" "{}小时";
    COUNTING "Counting…" "正在统计…";
    COUNTING_FAR "Counting… {} %" "正在统计…{}%";
}

/// That figures are being counted, and how far that is where it is known: customers done of all.
pub fn counting(far: Option<(u64, u64)>, lang: Lang) -> String {
    match far {
        Some((done, of)) if of > 0 => COUNTING_FAR.with(lang, &[&(done.min(of) * 100 / of)]),
        _ => COUNTING.of(lang).to_owned(),
    }
}

/// The heading of a group.
pub const fn group(group: Group) -> Text {
    match group {
        Group::Maintenance => MAINTENANCE,
        Group::Expansion => EXPANSION,
        Group::Work => WORK,
    }
}

/// The name of a group of customers: a segment, or all of them.
pub fn whose(segment: &str, lang: Lang) -> &str {
    if segment.is_empty() { ALL_CUSTOMERS.of(lang) } else { words::word("segment", segment, lang) }
}

/// A value as the screen shows it, rounded (C10).
pub fn value(kpi: &Kpi, value: f64, lang: Lang) -> String {
    let plain = |decimals: usize| {
        let value = rounded(value, i32::try_from(decimals).unwrap_or(0));
        format!("{value:.decimals$}")
    };
    match kpi.unit {
        Unit::Share => {
            let sign = if signed(kpi) && value > 0.0 { "+" } else { "" };
            format!("{sign}{:.1}%", rounded(value * 100.0, 1))
        }
        Unit::Points if kpi.id == "nps" => {
            let points = rounded(value, 0);
            if points > 0.0 { format!("+{points:.0}") } else { format!("{points:.0}") }
        }
        Unit::Points | Unit::Ratio => plain(1),
        Unit::Yuan => {
            // two decimals always (C10), also where a list elsewhere leaves .00 out
            let text = Fen(rounded(value * 100.0, 0) as i64).yuan_grouped();
            if text.contains('.') { text } else { format!("{text}.00") }
        }
        Unit::Hours => HOURS.with(lang, &[&plain(1)]),
        Unit::Count => format::count(rounded(value, 0) as i64),
    }
}

/// Whether a share is a change, which bears its sign.
fn signed(kpi: &Kpi) -> bool {
    kpi.changes()
}

/// A figure's value; below five cases only the count (C9), without a value the dash.
pub fn shown(kpi: &Kpi, figure: &Figure, lang: Lang) -> String {
    match (figure.value, figure.k, figure.n) {
        (None, ..) => "—".to_owned(),
        (Some(_), Some(k), Some(n)) if n < 5 => format!("{k}/{n}"),
        (Some(v), ..) => value(kpi, v, lang),
    }
}

/// The same for a narrow column: amounts from 100,000 yuan on in 万 and 亿, or millions, so that no figure is cut.
pub fn short(kpi: &Kpi, figure: &Figure, lang: Lang) -> String {
    match figure.value.filter(|_| kpi.unit == Unit::Yuan) {
        Some(v) => short_value(kpi, v, lang),
        None => shown(kpi, figure, lang),
    }
}

/// A value, large amounts in 万 and 亿, or millions and billions.
pub fn short_value(kpi: &Kpi, v: f64, lang: Lang) -> String {
    if kpi.unit == Unit::Yuan && v.abs() >= LARGE { amount(v, lang) } else { value(kpi, v, lang) }
}

/// Amounts from here on are told in large units, in yuan.
pub const LARGE: f64 = 100_000.0;

/// A large amount with at most four digits, whatever its size.
pub fn amount(yuan: f64, lang: Lang) -> String {
    let units: [(f64, &str); 3] = match lang {
        Lang::Zh => [(1e8, "亿"), (1e4, "万"), (1.0, "")],
        Lang::En => [(1e9, " bn"), (1e6, " m"), (1e3, " k")],
    };
    let (unit, sign) = units.into_iter().find(|(unit, _)| yuan.abs() >= *unit).unwrap_or((1.0, ""));
    let parts = yuan / unit;
    let digits = match parts.abs() {
        p if p >= 999.95 => 0,
        p if p >= 99.995 => 1,
        _ => 2,
    };
    format!("{}{sign}", rounded(parts, digits))
}

/// A target with its direction.
pub fn target(kpi: &Kpi, target: f64, lang: Lang) -> String {
    let sign = match kpi.better {
        crate::domain::kpi::Better::More => "≥",
        crate::domain::kpi::Better::Less => "≤",
        crate::domain::kpi::Better::Below => "<",
        crate::domain::kpi::Better::Neither => "",
    };
    let text = match kpi.unit {
        Unit::Share => format!("{}%", trimmed(rounded(target * 100.0, 1))),
        Unit::Hours => value(kpi, target, lang),
        _ => trimmed(rounded(target, 2)),
    };
    format!("{sign}{text}")
}

fn trimmed(value: f64) -> String {
    format!("{value}")
}

/// How many cases, as the table shows them.
pub fn cases(figure: &Figure) -> String {
    figure.cases.map_or_else(String::new, format::count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::kpi::kpi;

    #[test]
    fn c10_values_are_rounded_on_the_screen_only() {
        let say = |id: &str, v| value(kpi(id).unwrap(), v, Lang::En);
        assert_eq!(say("response", 0.783), "78.3%");
        assert_eq!(say("response", 0.782_5), "78.3%");
        assert_eq!(say("aov_growth", 0.041), "+4.1%");
        assert_eq!(say("complaint_decrease", -0.12), "-12.0%");
        assert_eq!(say("nps", 45.88), "+46");
        assert_eq!(say("cac", 6_400.0), "6,400.00");
        assert_eq!(target(kpi("response").unwrap(), 0.8, Lang::Zh), "≥80%");
        assert_eq!(target(kpi("cost_per_touch").unwrap(), 30.0, Lang::Zh), "≤30");
    }
}
