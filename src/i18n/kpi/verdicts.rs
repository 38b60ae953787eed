//! The words of verdicts, and of why there is none. Each has a short form for a column that does not hold it, so that no
//! word is cut: the whole sentence stands in the explanation below the table.

use super::signed;
use crate::domain::cells::width;
use crate::domain::kpi::stats::SMALL;
use crate::domain::kpi::{Figure, Verdict};
use crate::i18n::{Lang, Text};

crate::i18n::texts! {
    MET "met" "达标";
    MISSED "missed" "未达标";
    UNCLEAR "missed, unsure" "未达·难定";
    UNCLEAR_SHORT "unsure" "难定";
    NEARLY_OR_CHANCE "nearly, or chance" "略未达或难定";
    NEARLY "missed by a tenth at most" "略未达";
    NEARLY_SHORT "nearly" "略未达";
    TOO_FEW "too few" "样本太少";
    TOO_FEW_SHORT "too few" "太少";
    FEW "few" "少";
    RUNNING "running" "进行中";
    RUNNING_SHORT "runs" "进行中";
    NO_CASES "no cases" "无样本";
    NOTHING_BOOKED "no expenses booked" "未记费用";
    NOTHING_BOOKED_SHORT "unbooked" "未记费用";
    ONE_UNKNOWN "one of the two unknown" "缺其中一项";
    ONE_UNKNOWN_SHORT "unknown" "缺一项";
    NO_COST "cost of goods unknown" "货物成本未知";
    NO_COST_SHORT "no costs" "无成本";
    NO_BASE "no base" "无可比基数";
    NO_BASE_SHORT "no base" "无基数";
    MOSTLY_OPEN "most not answered" "多数未回复";
    MOSTLY_OPEN_SHORT "waiting" "多未回复";
    NO_PLAN "no plan" "无计划";
    NOTHING_ASKED "nothing handled" "无已处理请求";
    NOTHING_ASKED_SHORT "none yet" "无已处理";
    UNRECORDED "not written down then" "当时未记录";
    UNRECORDED_SHORT "unrecorded" "未记录";
    MASKED "masked: it would tell amounts of too few customers" "已隐藏:客户太少,会透露其金额";
    MASKED_SHORT "masked" "已隐藏";
    UNBUDGETED "outside the budget" "预算外";
    UNBUDGETED_SHORT "no budget" "预算外";
    PENDING "{} not yet due" "未到期{}";
    TOUCHES_PENDING "{} touches not yet due" "{}次互动未到期";
    TO_CHECK "{} to check" "待抽查{}";
}

/// A word and its short form.
type Word = (Text, Text);

/// The verdict on a figure, or why it has no value, as a column of so many cells shows it: the mark of a small sample goes
/// last of all, since the interval says the same.
pub fn verdict_in(figure: &Figure, judged: Option<Verdict>, cells: usize, lang: Lang) -> String {
    let whole = verdict(figure, judged, lang);
    if width(&whole) <= cells {
        return whole;
    }
    let few = few(figure, judged, lang);
    let short = |few| said(figure, judged, few, lang, |(_, short)| short);
    if width(&short(few)) <= cells { short(few) } else { short("") }
}

/// The verdict, or why there is no value, and how many cases are not yet due.
pub fn told(figure: &Figure, judged: Option<Verdict>, lang: Lang) -> String {
    let mut told = verdict(figure, judged, lang);
    if let Some(pending) = pending(figure, lang) {
        if !told.is_empty() {
            told.push_str(" · ");
        }
        told.push_str(&pending);
    }
    told
}

/// How many cases of a figure are open, where there are any.
pub fn pending(figure: &Figure, lang: Lang) -> Option<String> {
    let open = figure.pending.filter(|n| *n > 0)?;
    let text = match figure.id.as_str() {
        "accuracy" => TO_CHECK,
        // customers are counted, and open is every touch of theirs whose window is
        "response" | "conversion" | "reactivation" | "prospect_conversion" | "first_order" => TOUCHES_PENDING,
        _ => PENDING,
    };
    Some(text.with(lang, &[&open]))
}

/// The word of a verdict by itself.
pub const fn verdict_word(verdict: Verdict) -> Text {
    match verdict {
        Verdict::Met => MET,
        Verdict::Missed => MISSED,
        Verdict::Unclear => NEARLY_OR_CHANCE,
        Verdict::TooFew => TOO_FEW,
        Verdict::Running => RUNNING,
    }
}

/// Why there is no value.
pub fn reason(figure: &Figure, lang: Lang) -> &'static str {
    why_none(figure).0.of(lang)
}

/// The verdict on a figure, or why it has no value.
pub fn verdict(figure: &Figure, judged: Option<Verdict>, lang: Lang) -> String {
    said(figure, judged, few(figure, judged, lang), lang, |(whole, _)| whole)
}

/// A verdict with its sign and the mark of a small sample, or the reason, each word in one of its forms.
fn said(figure: &Figure, judged: Option<Verdict>, few: &str, lang: Lang, form: fn(Word) -> Text) -> String {
    if figure.value.is_none() {
        return form(why_none(figure)).of(lang).to_owned();
    }
    let Some(judged) = judged else { return few.to_owned() };
    let gap = if few.is_empty() { "" } else { " " };
    format!("{}{}{gap}{few}", judged.sign(), form(word(figure, judged)).of(lang))
}

fn word(figure: &Figure, verdict: Verdict) -> Word {
    match verdict {
        Verdict::Met => (MET, MET),
        Verdict::Missed => (MISSED, MISSED),
        Verdict::Unclear if figure.chance.is_some() => (UNCLEAR, UNCLEAR_SHORT),
        Verdict::Unclear => (NEARLY, NEARLY_SHORT),
        Verdict::TooFew => (TOO_FEW, TOO_FEW_SHORT),
        Verdict::Running => (RUNNING, RUNNING_SHORT),
    }
}

/// The mark of a small sample (C9); what is too small for a verdict needs none.
fn few(figure: &Figure, judged: Option<Verdict>, lang: Lang) -> &'static str {
    match figure.cases {
        Some(n) if figure.value.is_some() && figure.chance.is_some() && n < SMALL => {
            if judged == Some(Verdict::TooFew) { "" } else { FEW.of(lang) }
        }
        _ => "",
    }
}

/// Why a figure has no value.
fn why_none(figure: &Figure) -> Word {
    if figure.masked {
        return (MASKED, MASKED_SHORT);
    }
    let (cases, spent) = (figure.cases.unwrap_or(0), figure.parts.map(|(spent, _)| spent));
    match figure.id.as_str() {
        "response_time" if cases > 0 => (MOSTLY_OPEN, MOSTLY_OPEN_SHORT),
        "budget_acquisition" | "budget_retention" | "customer_cost" if spent.is_some_and(|s| s > 0.0) => {
            (UNBUDGETED, UNBUDGETED_SHORT)
        }
        "cac" | "cac_rolling" | "retention_cost" if spent == Some(0.0) => {
            (NOTHING_BOOKED, NOTHING_BOOKED_SHORT)
        }
        "cadence" | "customer_cost" => (NO_PLAN, NO_PLAN),
        // of a time before the day's look wrote it down
        "completeness" => (UNRECORDED, UNRECORDED_SHORT),
        "sync_time" => (NOTHING_ASKED, NOTHING_ASKED_SHORT),
        "ltv" if cases >= SMALL => (NO_COST, NO_COST_SHORT),
        "ltv_cac" if cases >= SMALL => (ONE_UNKNOWN, ONE_UNKNOWN_SHORT),
        "ltv" | "ltv_cac" if cases > 0 => (TOO_FEW, TOO_FEW_SHORT),
        id if crate::domain::kpi::kpi(id).is_some_and(signed) => (NO_BASE, NO_BASE_SHORT),
        _ => (NO_CASES, NO_CASES),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::kpi::KPIS;

    /// Cells of the verdict on a screen of 80 and of 40 columns.
    const COLUMNS: [usize; 2] = [11, 8];

    #[test]
    fn no_verdict_and_no_reason_is_cut_on_a_narrow_screen() {
        let judged =
            [Verdict::Met, Verdict::Missed, Verdict::Unclear, Verdict::TooFew, Verdict::Running].map(Some);
        let figures = |id: &str, value: Option<f64>| {
            let samples = [(None, None), (Some(12), Some((0.1, 0.9))), (Some(99), Some((0.1, 0.9)))];
            samples.map(|(cases, chance)| Figure {
                value,
                cases,
                chance,
                parts: Some((if cases.is_some() { 1.0 } else { 0.0 }, 0.0)),
                ..Figure::empty(id)
            })
        };
        for lang in [Lang::En, Lang::Zh] {
            for (kpi, verdict) in KPIS.iter().flat_map(|kpi| judged.map(|verdict| (kpi, verdict))) {
                for figure in figures(kpi.id, Some(1.0)).into_iter().chain(figures(kpi.id, None)) {
                    let said = verdict_in(&figure, verdict, COLUMNS[0], lang);
                    assert!(width(&said) <= COLUMNS[0], "{}: {said}", kpi.id);
                }
            }
        }
        let bare = Figure { value: Some(1.0), ..Figure::empty("nps") };
        for verdict in judged {
            assert!(width(&verdict_in(&bare, verdict, COLUMNS[1], Lang::En)) <= COLUMNS[1], "{verdict:?}");
        }
    }

    #[test]
    fn a_word_stands_whole_where_it_fits() {
        let figure = Figure { value: Some(0.7), chance: Some((0.6, 0.9)), ..Figure::empty("response") };
        assert_eq!(verdict_in(&figure, Some(Verdict::Unclear), 15, Lang::En), "▲missed, unsure");
        assert_eq!(verdict_in(&figure, Some(Verdict::Unclear), 14, Lang::En), "▲unsure");
        assert_eq!(verdict_in(&Figure::empty("cac"), None, 11, Lang::En), "no cases");
    }
}
