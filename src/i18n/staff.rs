//! The words of the board's people: load per head and the sheet of the month.

use super::Lang;
use crate::domain::staff::Hands;

super::texts! {
    VIEW "People" "人员";
    NAME "Name" "姓名";
    ROLE "Role" "角色";
    CUSTOMERS "Customers" "客户数";
    LOAD "Load" "人均负荷";
    TIMELY "Timely" "及时率";
    KEPT "In time" "按时率";
    RESPONSE "Answered" "响应率";
    POINTS "Points" "考核得分";
    METRIC "Metric" "考核指标";
    WEIGHT "Weight" "权重";
    CASES "Cases" "计入";
    SHARE "Reached" "达成";
    FREE "room left" "可再分配";
    FULL "within range" "适中";
    OVER "too many" "超负荷";
    POINTS_OF "{} of {}" "{}/{}";
    NONE "You answer for nobody's month here." "暂无可查看的人员。";
    HINT "{} opens what is behind · {} explains the columns" "{} 查看明细 · {} 本页说明";
    NOTE "Note" "评语";
    CLASSES "By class" "分层构成";
    CUSTOMERS_OF "customers: {}" "客户:{}";
    CLASS_OF "{} {} ({}–{} per head)" "{}{}户(人均{}–{})";
    CLASS_PLAIN "{} {}" "{}{}户";
    NOT_JUDGED "Not judged yet: {} judges the month." "尚未评分,按 {} 评分。";
    MONTH_ONLY "A month is judged; {} shows months." "请先按 {} 切换到月份再评分。";
}

/// How full the hands are, with a sign.
pub fn hands(hands: Hands, percent: i64, lang: Lang) -> String {
    match hands {
        Hands::Unknown => "–".to_owned(),
        Hands::Free => format!("○ {percent}% {}", FREE.of(lang)),
        Hands::Full => format!("✓ {percent}% {}", FULL.of(lang)),
        Hands::Over => format!("✗ {percent}% {}", OVER.of(lang)),
    }
}

/// Points as they are read: at most one decimal.
pub fn points(points: f64) -> String {
    format!("{}", crate::domain::kpi::stats::rounded(points, 1))
}
