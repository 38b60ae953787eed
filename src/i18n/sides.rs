//! How a customer stands to a figure, in the words of that figure: lost or kept, late or in time. The board's lists behind
//! a number use them; which side a customer stands on, the store decides by the counting of the figure itself.

use super::Lang;
use crate::store::request::Side;

super::texts! {
    NOT_ANSWERED "not answered" "未回复";
    ANSWERED "answered" "已回应";
    SILENT "no answer" "未回应";
    LOST "lost" "流失";
    KEPT "kept" "留存";
    ORDERED "ordered" "已下单";
    NO_ORDER "no order" "未下单";
    AGAIN "bought again" "再次购买";
    ONCE "not again" "未再购买";
    IN_TIME "in time" "按时";
    TOO_LATE "late" "超时";
    RENEWED "renewed" "已续约";
    NOT_RENEWED "not renewed" "未续约";
    CONTENT "satisfied" "满意";
    NOT_CONTENT "not satisfied" "不满意";
    COMPLAINED "complained" "有投诉";
    WON "won" "成交";
    NOT_WON "not won" "未成交";
    LESS_THAN "worse than before" "差于上期";
    SLOW "slow" "偏慢";
    QUICK "quick" "不慢";
    NO_LESS "no worse" "不差于上期";
    TO_CHECK "to check" "待抽查";
    CORRECTED "corrected" "已更正";
    RIGHT "right" "准确";
    LACKING "incomplete" "有缺项";
    COMPLETE "complete" "完整";
    LEFT "left the class" "已退出高价值";
    STANDS "of high value" "高价值";
    UNCHECKED "unchecked" "未复核";
    CHECKED "checked" "已复核";
    OVERRUN "overrun" "超支";
    WITHIN "within" "未超";
    BELOW_PLAN "below plan" "少于计划";
    AS_PLANNED "as planned" "达到计划";
    COUNTS "counts" "计入";
    NOT_COUNTED "does not" "未计入";
    BETWEEN ", " ",";
    NOT_DUE "not yet due" "未到期";
}

/// The word for how a customer stands to a figure.
pub fn side(id: &str, side: Side, lang: Lang) -> &'static str {
    let (bad, good) = match id {
        "churn" | "retention" => (LOST, KEPT),
        "response" | "reactivation" => (SILENT, ANSWERED),
        "conversion" | "prospect_conversion" | "first_order" | "activation" => (NO_ORDER, ORDERED),
        "repurchase" | "rebuy" => (ONCE, AGAIN),
        "renewal" | "renewal_value" => (NOT_RENEWED, RENEWED),
        "csat" | "csat_points" | "score_service" | "score_product" | "nps" => (NOT_CONTENT, CONTENT),
        "complaint_rate" => (COMPLAINED, COUNTS),
        "answered_24h" | "solved_48h" | "timeliness" | "response_time" | "sync_time" | "tasks_in_time"
        | "promises" => (TOO_LATE, IN_TIME),
        "completeness" => (LACKING, COMPLETE),
        "high_value_growth" => (LEFT, STANDS),
        "checked" => (UNCHECKED, CHECKED),
        "accuracy" => (CORRECTED, RIGHT),
        "customer_cost" => (OVERRUN, WITHIN),
        "cadence" => (BELOW_PLAN, AS_PLANNED),
        "sales_conversion" => (NOT_WON, WON),
        "grr"
        | "nrr"
        | "aov_growth"
        | "repurchase_amount_growth"
        | "complaint_decrease"
        | "repeat_contact_decrease" => (LESS_THAN, NO_LESS),
        "response_time_shortening" | "sync_shortening" => (SLOW, QUICK),
        _ => (NOT_COUNTED, COUNTS),
    };
    match side {
        Side::Bad => bad,
        Side::Good => good,
        Side::Open if id == "accuracy" => TO_CHECK,
        Side::Open => NOT_DUE,
    }
    .of(lang)
}
