//! The words of reports, and figures as they stand in them: changes with their sign, numbers beside a picture.

use super::{Lang, format, kpi};
use crate::domain::kpi::stats::rounded;
use crate::domain::kpi::{Kpi, Unit};

super::texts! {
    REPORT "Report" "报告";
    TITLE "Report on {}" "{}经营报告";
    DAYS "{} to {}" "{}至{}";
    KNOWN "figures as known on {}" "数据截至{}";
    KNOWN_AT "Figures as known on" "数据截至";
    BY "made for {}" "制表:{}";
    MADE_BY "Made for" "制表";
    FROM "First day" "起始日";
    LAST "Last day" "截止日";
    STATE "State of the period" "期间状态";
    SIGNS "Signs" "图例";
    OVER "period closed" "期间已结束";
    RUNNING "period still running: figures will change" "期间未结束,数字还会变化";
    FIGURES "Figures" "指标";
    AGAINST "Against target" "对照目标";
    STANDINGS "{} {figure has|figures have} a target: {}." "有目标的指标{}项:{}。";
    NO_TARGETS "No figure has a target." "没有设目标的指标。";
    N_MET "{} met" "达标{}项";
    N_MISSED "{} missed" "未达标{}项";
    N_UNCLEAR "{} missed, but closely or perhaps by chance" "略未达或难定{}项";
    N_OPEN "{} cannot be told yet" "尚不能判定{}项";
    MISSED "Targets that were missed" "未达目标的指标";
    NONE_MISSED "No target was missed." "没有未达目标的指标。";
    BEFORE "Before" "上期";
    CHANGE "Change" "变化";
    SINCE "vs before" "较上期";
    TREND "Trend" "趋势";
    TREND_NOTE "{} {period|periods} up to this one. The dashed line is the target; the last point is this period." "截至本期共{}期。虚线为目标,末点为本期。";
    NO_TREND "There is no trend yet." "尚无趋势。";
    BY_CLASS "{} by class" "各分层{}";
    OTHERS "Other figures, all customers" "其他指标(全部客户)";
    CLASS "Class" "分层";
    CLASSES "By class" "分层对照";
    CLASSES_NOTE "The class of a touch is the one at the time of the touch." "互动按其发生时的分层计。";
    NO_CLASSES "No class has a figure in this period." "本期各分层均无数据。";
    ID "Id" "编号";
    HITS "Hits" "命中";
    LOW "95 % from" "95%区间下限";
    HIGH "95 % to" "95%区间上限";
    NOT_DUE "Not yet due" "未到期";
    PART "Part" "类别";
    PERIOD "Period" "期间";
    CAUSES "Causes" "原因";
    CAUSE "Cause" "原因";
    CAUSE_BY "{} ({})" "{}({})";
    NO_CAUSE "no cause written down yet" "尚未填写原因";
    NO_CAUSES "No cause was written down for this period." "本期没有填写原因。";
    WRITTEN_BY "By" "填写人";
    WRITTEN_ON "On" "日期";
    ALARMS "Alarms" "预警";
    ALARMS_NOTE "Alarms that were raised in the period or open in it, and how they ended." "在本期触发或本期内尚未关闭的预警及其处理结果。";
    NO_ALARMS "No alarm was raised or open in this period." "本期内没有触发的预警,也没有尚未关闭的预警。";
    ACTIVITIES "Activities" "活动";
    ACTIVITIES_NOTE "Campaigns and plans that ended in the period or were to be evaluated in it." "本期结束或应在本期评估的营销活动与计划。";
    NO_ACTIVITIES "No campaign or plan ended in this period or was to be evaluated in it." "本期没有结束或应评估的营销活动与计划。";
    ACTIVITY "Activity" "活动";
    OWNER "Owner" "责任人";
    EVALUATE_BY "Evaluate by" "评估期限";
    EVALUATION_STATE "Evaluation" "评估";
    LATE "{}, late" "{},已逾期";
    RESULT "Conclusion" "结论";
    EVALUATION "Evaluation" "效果评估";
    NO_EVALUATION "No evaluation of these has begun." "尚未开始评估。";
    DIMENSION "Dimension" "维度";
    METRIC "Metric" "指标";
    BASELINE "Baseline" "基线";
    REACHED "Reached" "实际";
    DIFFERENCE "Difference" "差异";
    SUGGESTIONS "Suggestions" "改进建议";
    NO_SUGGESTIONS "No suggestion is open." "没有待办的改进建议。";
    DIRECTION "Direction" "改进方向";
    MEASURE "Measure" "改进措施";
    FOLLOWS_FROM "Follows from" "来源";
    OF_THE_BOARD "review of the board" "看板复盘";
    DUE "Due" "期限";
    STATE_OF "State" "状态";
    DONE "done" "已完成";
    OPEN "open" "进行中";
    OVERDUE "late" "已逾期";
    FORMULAS "How it is counted" "口径";
    FORMULAS_NOTE "Shares are of cases whose waiting time is over; the others are told as not yet due. Changes of shares are percentage points." "比率只计等待期已过的样本,其余列为未到期。比率的变化以百分点计。";
    COUNTED "Counted" "算法";
    LEGEND "✓ met · ✗ missed · ▲ missed, but by a tenth at most or within what chance explains · ○ fewer than 5 cases: no verdict · “few”: fewer than 30 cases · — nothing to count." "✓达标 · ✗未达标 · ▲未达,但差距不超过一成或在误差范围内 · ○样本少于5,不判定 · “少”:样本少于30 · — 无可计样本。";
    POINTS "{} pp" "{}点";
    AHEAD "{} has not begun yet; name a period that has." "{}尚未开始,请换一个已开始的时间段。";
    NOT_MADE "The report could not be made: {}" "报告无法生成:{}";
    THERE "{} is there already; name another file." "{}已存在,请另取文件名。";
    NO_FILE "{} could not be written: {}." "{}无法写入:{}。";
    NO_ANSWER "the store gave no report" "数据库未给出报告";
    WRITTEN "Report written to {}" "报告已写入 {}";
    COUNTING "Counting period {} of {}…" "正在统计第{}期(共{}期)…";
    TO_SCREEN "A workbook is no text: name a file with --out FILE, or - for a pipe." "xlsx不是文本,请用 --out 文件名 指定文件,管道用 -。";
    PAGE "Page with pictures" "网页(含图)";
    MARKDOWN "Markdown" "Markdown";
    WORKBOOK "Workbook" "工作簿";
    BEGUN "The report on {} is being written…" "正在写出{}的报告…";
    NOT_HERE "A session over SSH writes no file; from your own machine: ssh … report --period {} > {}" "SSH会话不写文件,请在自己的机器上运行:ssh … report --period {} > {}";
    ONLY_PIPED "A session over SSH writes no file; leave -o away, or write -o - for a workbook, as in “ssh … report --period 2024-Q1 > q1.html”." "SSH会话不写文件:去掉-o,工作簿则写 -o -,如“ssh … report --period 2024-Q1 > q1.html”。";
}

/// What a change is told in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// A difference of percentages.
    Gap,
    /// A difference.
    Difference,
    /// A growth.
    Growth,
}

/// A change with its sign: `+2.1 pp`, `-3.0`, `+5.4%`.
pub fn change(value: f64, of: Change, lang: Lang) -> String {
    let (value, percent) = if of == Change::Growth { (value * 100.0, "%") } else { (value, "") };
    let value = rounded(value, 1);
    let sign = if value > 0.0 { "+" } else { "" };
    let text = format!("{sign}{value:.1}{percent}");
    if of == Change::Gap { POINTS.with(lang, &[&text]) } else { text }
}

/// A number beside a picture, as short as it can be.
pub fn axis(kpi: &Kpi, value: f64, lang: Lang) -> String {
    match kpi.unit {
        Unit::Share => format!("{}%", rounded(value * 100.0, 1)),
        Unit::Yuan | Unit::Count => short(value, lang),
        _ => format!("{}", rounded(value, 2)),
    }
}

/// A number in the large units of the language.
fn short(value: f64, lang: Lang) -> String {
    let large = if lang == Lang::Zh { 1e4 } else { 1e3 };
    match value {
        v if v.abs() >= large => kpi::amount(v, lang),
        v if v.fract() == 0.0 => format::count(v as i64),
        v => format!("{}", rounded(v, 2)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::kpi::kpi;

    #[test]
    fn changes_bear_their_sign_and_nought_has_none() {
        assert_eq!(change(2.14, Change::Gap, Lang::En), "+2.1 pp");
        assert_eq!(change(-2.14, Change::Gap, Lang::Zh), "-2.1点");
        assert_eq!(change(0.054, Change::Growth, Lang::En), "+5.4%");
        assert_eq!(change(-0.01, Change::Difference, Lang::En), "0.0");
    }

    #[test]
    fn numbers_beside_a_picture_are_short_in_both_languages() {
        let say = |id: &str, v, lang| axis(kpi(id).unwrap(), v, lang);
        assert_eq!(say("response", 0.5, Lang::En), "50%");
        assert_eq!(say("complaint_rate", 0.005, Lang::En), "0.5%");
        assert_eq!(say("revenue", 30_000_000.0, Lang::En), "30 m");
        assert_eq!(say("revenue", 30_000_000.0, Lang::Zh), "3000万");
        assert_eq!(say("revenue", 250_000_000.0, Lang::Zh), "2.5亿");
        assert_eq!(say("orders", 1_500.0, Lang::En), "1.5 k");
        assert_eq!(say("orders", 500.0, Lang::Zh), "500");
        assert_eq!(say("nps", -20.0, Lang::En), "-20");
    }
}
