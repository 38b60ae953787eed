//! What each setting of the company means, in words; the list of settings shows them, on the screen and on the command
//! line. Their values, defaults and sources stand in the store's table of settings.

use super::{Lang, Text, format, words};
use crate::store::request::{SettingRow, SettingTakes};

super::texts! {
    TITLE "Settings of the company" "公司设置";
    HINT "type a part of a word or a source, such as P20 or X11" "输入关键词或出处,如P20、X11";
    DEFAULT "default {}" "默认 {}";
    NOT_SET "not set" "未设置";
    SOURCE "source {}" "依据 {}";
    TAKES_BETWEEN "a whole number from {} to {}" "{}至{}的整数";
    TAKES_ONE_OF "one of {}" "可选:{}";
    TAKES_LEVELS "levels as NAME:YUAN:DISCOUNT:GIFT; several with ;" "格式 名称:金额:折扣:礼遇,多级用;分隔";
    TAKES_LINE "a line of text" "一行文字";
    TAKES_PLACE "the full path of a file, or nothing" "文件的完整路径,或留空";
    TAKES_KEY "a public key to encrypt to, age1…, or nothing" "加密用公钥age1…,或留空";
}

const fn w(en: &'static str, zh: &'static str) -> Text {
    Text { en, zh }
}

/// Key and what it means.
const MEANS: &[(&str, Text)] = &[
    ("zone_minutes", w("time zone, minutes east of UTC", "时区(UTC以东分钟)")),
    ("capacity", w("follow-ups a day holds", "每人每日待跟进上限")),
    (
        "silence_days",
        w(
            "days without a talk that are too many; a longer cadence of the class wins",
            "多少天未沟通即提醒(分类节奏更长的从其节奏)",
        ),
    ),
    ("governing", w("the scheme whose strategy rows make the cadence", "决定互动节奏的分类方案")),
    ("survey_months", w("months between two surveys", "满意度调查间隔(月)")),
    ("recall_months", w("months without an order after which a buyer is recalled", "多少个月未续购启动召回")),
    ("review_days", w("days after which an invalid customer is looked at again", "无效客户多少天后重新评估")),
    ("cap", w("contact cap of customers whose class has none", "无分类上限客户的触达上限(次)")),
    ("cap_window", w("the time the cap counts for", "触达上限的周期")),
    (
        "cap_counts",
        w(
            "what counts towards the cap: what we do of our own accord, or answers too",
            "触达上限计入:仅主动触达,或含回复",
        ),
    ),
    ("offer_days", w("days for which an offered product is not offered again", "同一产品多少天内不重复推荐")),
    (
        "overspend_percent",
        w("per cent of the year's budget from which a touch needs a reason", "费用达年预算百分之多少须说明"),
    ),
    ("mass_consent", w("mass touches where consent is unknown", "群发时授权未知的客户")),
    ("mass_unchecked", w("mass touches where nobody has checked the record", "群发时资料未核对的客户")),
    (
        "evaluation_months",
        w("months after its end in which a campaign is evaluated", "活动结束后多少个月内评估"),
    ),
    ("levels", w("levels of membership", "会员等级")),
    ("membership_near", w("yuan to the next level from which it is spoken of", "距下一等级多少元时提示")),
    ("coupon_days", w("days for which a coupon is valid", "优惠券有效天数")),
    (
        "coupon_remind_days",
        w("days before its end on which a coupon is pointed out", "优惠券到期前多少天提醒"),
    ),
    (
        "claim_follow_days",
        w("days after a claim without an order until it is followed up", "领取未下单多少天后跟进"),
    ),
    ("referral_reward", w("yuan of the reward for a referral that closed a deal", "转介绍成交奖励(元)")),
    ("big_deal", w("yuan of a deal after which one asks for a referral", "达到多少元的订单请求转介绍")),
    (
        "inquiry_months",
        w("months in which an inquiry without a deal shows high potential", "多少个月内询价未成交视为高潜力"),
    ),
    ("activation_days", w("days an activation has", "激活期限(天)")),
    (
        "unmet_views",
        w("views of a category without an order that show an unmet need", "浏览多少次未下单视为需求未满足"),
    ),
    ("unmet_days", w("days in which those views count", "上述浏览的统计天数")),
    ("code_width", w("digits of a new number's serial", "新客户编号流水位数")),
    ("late_hours", w("hours after which an entry is late for good", "多少小时后录入计为补录")),
    ("two_way_only", w("only what the customer takes part in counts as contact", "仅双向沟通计为互动")),
    (
        "annual",
        w(
            "the year of «annual spend»: the last twelve months, or the calendar year",
            "年消费口径:近12个月,或自然年",
        ),
    ),
    (
        "annualise",
        w("the spend of a customer younger than a year is scaled to a year", "不满一年的客户年消费按年折算"),
    ),
    ("categories_kept", w("categories that a customer's preference names", "品类偏好保留个数")),
    ("bell", w("promises at their time and new alarms ring the bell", "到点承诺与新预警响铃")),
    (
        "active_days",
        w(
            "days after an order for which a customer counts as active in the figures",
            "指标中下单后多少天内计为活跃",
        ),
    ),
    ("response_days", w("days in which an answer counts as a response", "响应统计天数")),
    ("conversion_days", w("days in which an order counts as a conversion", "转化统计天数")),
    (
        "discount_percent",
        w("yearly discount of a customer's lifetime value, per cent", "客户终身价值年折现率(%)"),
    ),
    (
        "feasible_percent",
        w("per cent of the budget that planned touches may cost", "计划触达费用占预算多少(%)以内为可行"),
    ),
    ("budget_counts", w("what runs against a customer's budget", "计入客户年预算的费用")),
    ("load_range", w("accounts per head out of their range", "人均户数超出范围时")),
    ("wake_up_cap", w("the cap of dormant customers when they are woken up", "沉睡客户唤醒时的触达上限")),
    (
        "cocreation_customers",
        w(
            "high-value customers who took up new products in a quarter, from which on a co-creation group is proposed",
            "一季度内多少户高价值客户响应新品即建议成立共创小组",
        ),
    ),
    (
        "forecast_days",
        w("days after which the chance to order is fitted anew", "下单可能性模型多少天重新拟合一次"),
    ),
    ("reveals", w("masked fields a person may reveal a day", "每人每日可查看隐藏字段次数")),
    (
        "look_ups",
        w(
            "whole numbers of others' customers a person may look up a day",
            "每人每日可查他人客户完整号码次数",
        ),
    ),
    ("export_rows", w("rows a person may export a day without a manager", "每人每日无需主管的导出行数")),
    ("leak_days", w("days before a leak from which exports belong to its case", "泄露事件追溯导出的天数")),
    ("export_large", w("rows from which an export raises an alarm", "导出多少行起触发预警")),
    ("history_place", w("file to which the head of the history is written daily", "历史链头每日写入的文件")),
    ("dispute_hours", w("hours in which a dispute about an owner is decided", "归属争议裁决时限(小时)")),
    ("arbiter_post", w("the post that decides disputes", "归属争议裁决岗位")),
    (
        "suited_days",
        w(
            "days after a move for which a hand-over to the class's post is suggested",
            "分层变动后建议交接的天数",
        ),
    ),
    ("handover_days", w("days in which a hand-over is signed and worked through", "交接签收核对时限(天)")),
    ("complaint_answer_hours", w("hours to the first answer to a complaint", "投诉首次响应时限(小时)")),
    ("complaint_solve_hours", w("hours to the solution of a complaint", "投诉解决方案时限(小时)")),
    ("request_hours", w("hours to the answer to another department", "部门协作响应时限(小时)")),
    (
        "churn_unanswered",
        w("unanswered touches running that warn of a leaving customer", "流失预警:连续无回应次数"),
    ),
    ("churn_drop", w("per cent of spending lost that warn of a leaving customer", "流失预警:消费下降百分比")),
    (
        "churn_rate",
        w("per cent of customers lost above which the emergency team meets", "客户流失率预警线(%)"),
    ),
    ("response_gap", w("how far response may fall below its target", "响应率低于目标的预警幅度")),
    ("response_gap_is", w("whether that is a share of the target or points", "上述幅度按目标比例或百分点")),
    ("rising_periods", w("periods in a row in which conversion rises", "转化率连续上升期数")),
    (
        "timeliness_floor",
        w("per cent of entries in time below which an alarm is raised", "录入及时率预警线(%)"),
    ),
    ("survey_line", w("points of a survey below which a plan is due", "满意度低于多少分须制定改进计划")),
    ("survey_questions", w("questions of the half-yearly survey", "半年度满意度调查题目")),
    ("survey_service", w("which of its questions are about service", "其中属服务质量的题目")),
    ("survey_product", w("which of its questions are about the product", "其中属产品功能的题目")),
    (
        "accuracy_every",
        w("one record in so many is drawn each month to be checked", "每月每多少份档案抽查一份"),
    ),
    (
        "few_customers",
        w(
            "customers that a figure of amounts covers at least, else it is masked",
            "金额类指标至少涉及几户才显示",
        ),
    ),
    ("review_day", w("day of the month of the monthly review", "月度复盘日(每月几日)")),
    ("emergency_team", w("who is in the emergency team", "应急小组成员")),
    ("post_director", w("post that answers for churn alarms", "流失类预警责任岗位")),
    ("post_marketing", w("post that answers for cost and campaign alarms", "费用与活动类预警责任岗位")),
    ("post_operations", w("post that answers for ownership and load alarms", "归属与负荷类预警责任岗位")),
    ("post_service", w("post that answers for service alarms", "服务类预警责任岗位")),
    ("post_sales", w("post that answers for sales alarms", "销售类预警责任岗位")),
    ("post_security", w("post that answers for leaks", "数据泄露责任岗位")),
    (
        "idle_minutes",
        w(
            "minutes without a key after which a server's session ends; 0 never",
            "服务器会话无操作多少分钟后结束(0不限)",
        ),
    ),
    (
        "weight_timeliness",
        w("weight of entries in time in the monthly sheet, per cent", "月度考核权重:录入及时(%)"),
    ),
    ("weight_promises", w("weight of promises kept", "月度考核权重:承诺兑现(%)")),
    ("weight_response", w("weight of response", "月度考核权重:响应率(%)")),
    ("weight_judged", w("weight of the head's own judgement", "月度考核权重:主管评价(%)")),
    ("backups_hourly", w("hourly backups kept", "保留每小时备份份数")),
    ("backups_daily", w("daily backups kept", "保留每日备份份数")),
    ("backups_monthly", w("monthly backups kept", "保留每月备份份数")),
    ("backup_key", w("public key backups are encrypted to", "备份加密公钥")),
    ("theme", w("colours, where nobody has chosen others", "默认配色")),
    ("lang", w("language, where nobody has chosen another", "默认语言(空为随环境)")),
    ("company", w("the company's name", "公司名称")),
];

/// What a setting means; its key where nobody has put it in words.
pub fn means(key: &str, lang: Lang) -> &str {
    MEANS.iter().find(|(id, _)| *id == key).map_or(key, |(_, text)| text.of(lang))
}

/// Key, id and word of what a setting can be; the first two rows are for every switch.
const CHOICES: &[(&str, &str, Text)] = &[
    ("", "0", w("no", "否")),
    ("", "1", w("yes", "是")),
    ("", "left_out", w("left out", "排除")),
    ("", "noted", w("only noted", "仅提示")),
    ("annual", "last12", w("the last twelve months", "近12个月")),
    ("annual", "calendar", w("the calendar year", "自然年")),
    ("cap_counts", "proactive", w("of our own accord", "仅主动触达")),
    ("cap_counts", "all", w("answers too", "含回复")),
    ("response_gap_is", "relative", w("a share of the target", "按目标比例")),
    ("response_gap_is", "points", w("percentage points", "百分点")),
    ("budget_counts", "touch_gift", w("touches and gifts", "触达与礼品")),
    ("budget_counts", "all", w("coupons and rewards too", "含优惠券与奖励")),
    ("load_range", "warned", w("an alarm is raised", "触发预警")),
    ("load_range", "shown", w("only shown", "仅显示")),
    ("wake_up_cap", "holds", w("holds", "不放宽")),
    ("wake_up_cap", "lifted", w("is lifted", "放宽")),
    ("cap_window", "7_days", w("any 7 days", "任意7天")),
    ("cap_window", "week", w("a calendar week", "自然周")),
    ("cap_window", "month", w("a calendar month", "自然月")),
    ("theme", "auto", w("as the terminal says", "随终端")),
    ("theme", "dark", w("dark", "深色")),
    ("theme", "light", w("light", "浅色")),
    ("theme", "sixteen", w("sixteen colours", "十六色")),
    ("theme", "mono", w("no colour", "无色")),
    ("lang", "en", w("English", "English")),
    ("lang", "zh", w("中文", "中文")),
];

/// The word for one of the things a setting can be.
pub fn choice<'a>(key: &str, id: &'a str, lang: Lang) -> &'a str {
    let own = CHOICES.iter().find(|(of, value, _)| (of.is_empty() || *of == key) && *value == id);
    match (own, key) {
        (Some((.., text)), _) => text.of(lang),
        (None, "governing") => words::word("scheme", id, lang),
        (None, _) => words::word(key, id, lang),
    }
}

/// A value as people read it.
pub fn value(row: &SettingRow, value: &str, lang: Lang) -> String {
    match row.takes {
        _ if value.is_empty() => NOT_SET.of(lang).to_owned(),
        SettingTakes::OneOf(_) => choice(row.key, value, lang).to_owned(),
        SettingTakes::Between(..) => value.parse().map_or_else(|_| value.to_owned(), format::count),
        _ => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::settings::SETTINGS;

    #[test]
    fn what_a_setting_can_be_is_a_word_and_no_id() {
        use crate::store::request::SettingTakes as Takes;
        for setting in SETTINGS {
            let Takes::OneOf(ids) = setting.takes else { continue };
            for id in ids.iter().filter(|id| !id.is_empty() && setting.key != "lang") {
                let said = choice(setting.key, id, Lang::Zh);
                let chinese = said.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
                assert!(chinese || said == "CLM阶段", "{} {id}: {said}", setting.key);
            }
        }
    }

    #[test]
    fn every_setting_says_what_it_means() {
        let silent: Vec<&str> =
            SETTINGS.iter().map(|s| s.key).filter(|key| !MEANS.iter().any(|(id, _)| id == key)).collect();
        assert!(silent.is_empty(), "{silent:?}");
    }
}
