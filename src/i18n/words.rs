//! The words for ids of the store: `word("segment", "high")`. Groups are column or scheme names, since the same id means
//! different things in different columns. What people type is turned back into ids here as well.

use super::{
    Lang, Text, alarms, analysis, complaints, exports, handover, leak, own, people, review, scripts, staff,
};
use crate::domain::field::SCHEMES;

pub(super) const fn w(en: &'static str, zh: &'static str) -> Text {
    Text { en, zh }
}

/// Group, id, word.
pub type Word = (&'static str, &'static str, Text);

/// The table; that of people and their rights stands with their texts.
pub const WORDS: &[Word] = &[
    ("segment", "high", w("high-value", "高价值")),
    ("segment", "growth", w("growth", "潜力成长")),
    ("segment", "ordinary", w("ordinary", "普通活跃")),
    ("segment", "cooling", w("cooling", "冷却")),
    ("segment", "dormant", w("dormant", "沉睡")),
    ("grade", "A", w("A", "A")),
    ("grade", "B", w("B", "B")),
    ("grade", "C", w("C", "C")),
    ("lifecycle", "prospect", w("prospect", "潜在")),
    ("lifecycle", "new", w("new", "新客户")),
    ("lifecycle", "existing", w("existing", "老客户")),
    ("lifecycle", "lost", w("lost", "流失")),
    ("value", "high", w("high", "高")),
    ("value", "medium", w("medium", "中")),
    ("value", "low", w("low", "低")),
    ("expansion", "core", w("core", "核心")),
    ("expansion", "potential", w("potential", "潜力")),
    ("expansion", "review", w("to be reviewed", "待评估")),
    ("expansion", "idle", w("idle", "休眠")),
    ("expansion", "invalid", w("invalid", "无效")),
    ("stage", "acquisition", w("acquisition", "获取")),
    ("stage", "development", w("development", "发展")),
    ("stage", "maturity", w("maturity", "成熟")),
    ("stage", "churn", w("churn", "流失")),
    ("amount_tier", "high", w("high", "高")),
    ("amount_tier", "medium", w("medium", "中")),
    ("amount_tier", "low", w("low", "低")),
    ("need_match", "high", w("high", "高")),
    ("need_match", "low", w("low", "低")),
    ("scheme", "segment", w("Segment", "分层")),
    ("scheme", "grade", w("Grade", "等级")),
    ("scheme", "lifecycle", w("Lifecycle", "生命周期")),
    ("scheme", "value", w("Value", "价值")),
    ("scheme", "depth", w("Cooperation", "合作深度")),
    ("scheme", "relation", w("Relationship", "关系类型")),
    ("scheme", "need", w("Need", "需求")),
    ("scheme", "expansion", w("Expansion", "拓展类")),
    ("scheme", "stage", w("Stage", "CLM阶段")),
    ("campaign", "draft", w("draft", "草稿")),
    ("campaign", "running", w("running", "进行中")),
    ("campaign", "done", w("evaluated", "已评估")),
    ("plan", "draft", w("draft", "草稿")),
    ("plan", "running", w("running", "执行中")),
    ("plan", "done", w("closed", "已结束")),
    ("member", "clear", w("will be touched", "将触达")),
    ("member", "put_back", w("put back", "已恢复")),
    ("member", "touched", w("touched", "已触达")),
    ("member", "left_out", w("left out", "已排除")),
    ("result", "answered", w("answered", "已响应")),
    ("result", "claimed", w("claimed, not ordered", "已领取未下单")),
    ("result", "ordered", w("ordered", "已下单")),
    ("result", "declined", w("declined", "已拒绝")),
    ("target_group", "first_order", w("first order of new customers", "新客户首单转化")),
    ("target_group", "repurchase", w("repurchase of old customers", "老客户复购促进")),
    ("target_group", "wake_up", w("wake-up of sleeping customers", "沉睡客户唤醒")),
    ("target_group", "deep", w("deep care of high-value customers", "高价值客户深度维护")),
    ("target_group", "win_back", w("win-back of lost customers", "流失客户挽回")),
    ("target_group", "recall", w("recall of buyers without another order", "未续购客户召回")),
    ("target_group", "community", w("dormant customers into a benefits community", "沉睡客户福利社群")),
    ("target_group", "co_creation", w("co-creation with high-value customers", "高价值客户新品共创")),
    ("cost", "touch", w("touches", "互动")),
    ("cost", "gift", w("gifts", "礼品")),
    ("cost", "coupon", w("coupons", "优惠券")),
    ("cost", "reward", w("rewards", "奖励")),
    ("cost", "compensation", w("compensation", "补偿")),
    ("finding", "quiet", w("do not disturb", "免打扰")),
    ("finding", "opted_out", w("opted out", "已退订")),
    ("finding", "consent_withdrawn", w("consent withdrawn", "已撤回授权")),
    ("finding", "suspended", w("follow-up suspended", "跟进已暂停")),
    ("finding", "cap", w("cap reached", "触达已达上限")),
    ("finding", "script", w("script not approved", "话术未审批")),
    ("finding", "same_product", w("offered already", "近期已推荐")),
    ("finding", "budget", w("budget used up", "预算超支")),
    ("finding", "consent_unknown", w("no consent yet", "尚无授权")),
    ("finding", "unchecked", w("not checked", "未核对")),
    ("resource", "people", w("people", "人力")),
    ("resource", "material", w("material", "物力")),
    ("resource", "money", w("money", "财力")),
    ("resource", "training", w("training", "培训")),
    ("churn", "price", w("price", "价格")),
    ("churn", "service", w("service", "服务")),
    ("churn", "experience", w("experience", "体验")),
    ("churn", "need", w("unmet need", "需求未满足")),
    ("churn", "contact", w("lack of contact", "缺乏联系")),
    ("churn", "other", w("other", "其他")),
    ("coupon", "cash", w("cash coupon", "代金券")),
    ("coupon", "package", w("package price", "套餐优惠")),
    ("activation", "inquiry", w("inquiry without a deal", "询价未成交")),
    ("activation", "match", w("need matches a product", "需求匹配产品")),
    ("activation", "browse", w("views without an order", "浏览未下单")),
    ("activation", "other", w("other", "其他")),
    ("outcome", "open", w("running", "进行中")),
    ("outcome", "won", w("deal", "已成交")),
    ("outcome", "lost", w("no deal", "未成交")),
    ("product", "sold", w("sold", "在售")),
    ("product", "retired", w("retired", "停售")),
    ("script", "draft", w("draft", "草稿")),
    ("script", "approved", w("approved", "已审核")),
    ("script", "withdrawn", w("withdrawn", "已撤回")),
    ("cause", "coupon_end", w("remind of the coupon", "优惠券到期提醒")),
    ("cause", "coupon_claim", w("help to use the coupon", "引导使用优惠券")),
    ("cause", "reward", w("give the referral reward", "发放转介绍奖励")),
    ("cause", "activation", w("activation", "高潜力激活")),
    ("cause", "ask", w("ask for a referral", "请客户转介绍")),
    ("because", "coupon_end", w("unused coupon ends", "优惠券将到期")),
    ("because", "coupon_claim", w("claimed, not ordered", "已领券未下单")),
    ("because", "reward", w("referred customer closed a deal", "被介绍客户已成交")),
    ("because", "activation", w("weekly look at the activation", "激活计划周跟踪")),
    ("because", "ask", w("big deal or high satisfaction", "大单或高满意度")),
    ("touch_outcome", "claimed", w("claimed, not ordered", "已领取未下单")),
    ("touch_outcome", "ordered", w("ordered", "已下单")),
    ("scene", "quarterly_visit", w("quarterly visit", "季度回访")),
    ("scene", "monthly_care", w("monthly care", "月度关怀")),
    ("scene", "wake_up", w("wake-up", "沉睡唤醒")),
    ("scene", "project", w("new project", "新项目")),
    ("scene", "offer", w("special offer", "专属福利")),
    ("scene", "reminder", w("offer ends", "优惠到期")),
    ("scene", "anniversary", w("anniversary", "合作周年")),
    ("scene", "referral", w("referral", "转介绍")),
    ("scene", "need_question", w("need questions", "需求挖掘")),
    ("scene", "problem", w("last problem", "问题回访")),
    ("scene", "other", w("other", "其他")),
    ("kind", "company", w("company", "企业")),
    ("kind", "person", w("person", "个人")),
    ("own_kind", "text", w("text", "文本")),
    ("own_kind", "number", w("number", "数字")),
    ("own_kind", "date", w("date", "日期")),
    ("own_kind", "choice", w("choice", "单选")),
    ("size", "small", w("small", "小型")),
    ("size", "medium", w("medium", "中型")),
    ("size", "large", w("large", "大型")),
    ("source", "advertising", w("advertising", "广告")),
    ("source", "promotion", w("promotion", "促销")),
    ("source", "event", w("event", "线下活动")),
    ("source", "referral", w("referral", "转介绍")),
    ("source", "other", w("other", "其他")),
    ("state", "to_contact", w("to contact", "待联系")),
    ("state", "talking", w("talking", "洽谈中")),
    ("state", "quoted", w("quoted", "已报价")),
    ("state", "won", w("won", "已成交")),
    ("state", "waiting", w("waiting", "等待中")),
    ("state", "closed", w("closed", "已关闭")),
    ("depth", "strategic", w("strategic", "战略级")),
    ("depth", "cooperative", w("cooperative", "合作级")),
    ("depth", "trial", w("trial", "试用级")),
    ("relation", "transactional", w("transactional", "交易型")),
    ("relation", "relational", w("relational", "关系型")),
    ("relation", "strategic", w("strategic", "战略型")),
    ("need", "standard", w("standard", "标准化")),
    ("need", "custom", w("custom", "定制化")),
    ("need", "demanding", w("demanding", "高需求")),
    ("channel", "phone", w("phone", "电话")),
    ("channel", "visit", w("visit", "拜访")),
    ("channel", "wechat", w("WeChat", "微信")),
    ("channel", "wecom", w("WeCom", "企业微信")),
    ("channel", "sms", w("SMS", "短信")),
    ("channel", "email", w("e-mail", "邮件")),
    ("channel", "community", w("community", "企业社群")),
    ("channel", "video", w("video meeting", "视频会议")),
    ("channel", "livestream", w("livestream", "线上直播")),
    ("channel", "one_to_one", w("one-to-one", "一对一沟通")),
    ("channel", "event", w("event", "活动")),
    ("channel", "other", w("other", "其他")),
    ("channel", "all", w("do not disturb", "免打扰")),
    ("touch_kind", "proactive", w("proactive", "主动")),
    ("touch_kind", "reply", w("reply", "回复")),
    ("touch_kind", "inbound", w("inbound", "来访")),
    ("method", "mobile", w("mobile", "手机")),
    ("method", "landline", w("landline", "座机")),
    ("method", "wechat", w("WeChat", "微信")),
    ("method", "wecom", w("WeCom", "企业微信")),
    ("method", "email", w("e-mail", "邮箱")),
    ("method", "other", w("other", "其他")),
    ("date", "birthday", w("birthday", "生日")),
    ("date", "anniversary", w("anniversary", "合作周年")),
    ("date", "other", w("other", "其他")),
    ("calendar", "solar", w("solar", "公历")),
    ("calendar", "lunar", w("lunar", "农历")),
    ("consent", "unknown", w("unknown", "未知")),
    ("consent", "given", w("given", "已授权")),
    ("consent", "withdrawn", w("withdrawn", "已撤回")),
    ("quote", "open", w("open", "未成交")),
    ("quote", "won", w("won", "已成交")),
    ("quote", "lost", w("lost", "已流失")),
    ("order", "paid", w("paid", "已付款")),
    ("order", "cancelled", w("cancelled", "已取消")),
    ("task", "open", w("open", "待办")),
    ("task", "done", w("done", "已完成")),
    ("task", "dropped", w("dropped", "已取消")),
    ("task_kind", "promise", w("promised or asked for", "承诺或客户要求")),
    ("task_kind", "plan", w("a touch of our own accord", "主动触达")),
    ("anchor", "absolute", w("on a date", "指定日期")),
    ("anchor", "after_touch", w("after the touch", "互动后")),
    ("anchor", "before_event", w("before the event", "活动前")),
    ("tag", "basic", w("basic", "基础属性")),
    ("tag", "behaviour", w("behaviour", "行为")),
    ("tag", "value", w("value", "价值")),
    ("tag", "need", w("need", "需求")),
    ("how", "hand", w("by hand", "手动")),
    ("how", "rule", w("by rule", "自动")),
    ("how", "derived", w("derived", "自动")),
    ("how", "import", w("imported", "导入")),
    ("role", "rep", w("account manager", "客户经理")),
    ("role", "manager", w("manager", "主管")),
    ("role", "security", w("security officer", "数据安全负责人")),
    ("role", "admin", w("administrator", "管理员")),
    ("role", "viewer", w("viewer", "只读")),
    ("bound", "floor", w("at least", "≥")),
    ("bound", "cap", w("at most", "≤")),
    ("bound", "plain", w("about", "约")),
    ("cap", "7_days", w("in 7 days", "次/7天")),
    ("cap", "week", w("a week", "次/周")),
    ("cap", "month", w("a month", "次/月")),
    ("touch", "deep_visit", w("deep visit", "深度回访")),
    ("touch", "light_touch", w("light touch", "轻互动")),
    ("touch", "care", w("care", "标准关怀")),
    ("touch", "promotion", w("promotion", "促销触达")),
    ("touch", "wake_up", w("wake-up", "唤醒活动")),
    ("touch", "deep_talk", w("deep talk", "深度沟通")),
    ("touch", "phone_visit", w("phone visit", "电话回访")),
    ("touch", "greeting", w("greeting", "轻互动问候")),
    ("touch", "phone", w("phone call", "电话")),
    ("touch", "message", w("message", "消息")),
    ("verb", "add_customer", w("new customer", "新建客户")),
    ("verb", "add", w("new record", "新建记录")),
    ("verb", "apply_scheme", w("new rules", "启用新规则")),
    ("verb", "propose_scheme", w("rules proposed", "提议新规则")),
    ("verb", "reword", w("wording of a tag", "标签措辞")),
    ("verb", "benchmark", w("industry average", "录入行业平均")),
    ("verb", "edit", w("edit", "修改")),
    ("verb", "remove", w("removal", "删除")),
    ("verb", "log", w("touch", "记录互动")),
    ("verb", "unanswered", w("nobody reached, call again", "未联系上,稍后再打")),
    ("verb", "plan", w("planned task", "安排待办")),
    ("verb", "reschedule", w("new due", "改期")),
    ("verb", "done", w("done", "完成待办")),
    ("verb", "snooze", w("snooze", "推迟")),
    ("verb", "tag", w("tag", "加标签")),
    ("verb", "untag", w("tag removed", "去标签")),
    ("verb", "assign", w("assignment", "分配")),
    ("verb", "check", w("second check", "第二人核对")),
    ("verb", "class", w("class by hand", "手动分类")),
    ("verb", "turn_plan", w("plan", "计划")),
    ("verb", "put_back", w("put back", "恢复触达")),
    ("verb", "campaign", w("campaign", "营销活动")),
    ("verb", "approve_cost", w("cost approved", "审批费用")),
    ("verb", "outcome", w("outcome", "后续结果")),
    ("verb", "claim", w("coupon claimed", "领取优惠券")),
    ("verb", "use_coupon", w("coupon used", "使用优惠券")),
    ("verb", "approve", w("script approved", "审核话术")),
    ("verb", "withdraw", w("script withdrawn", "撤回话术")),
    ("verb", "save_view", w("saved view", "保存视图")),
    ("verb", "remove_view", w("view removed", "删除视图")),
    ("verb", "strategy", w("strategy", "策略")),
    ("verb", "overlay", w("festival or season", "节日/旺季")),
    ("verb", "set", w("setting", "设置")),
    ("verb", "add_person", w("new colleague", "新增人员")),
    ("verb", "freeze", w("frozen", "冻结")),
    ("verb", "thaw", w("thawed", "解冻")),
    ("verb", "add_key", w("new key", "新增密钥")),
    ("verb", "remove_key", w("key taken away", "移除密钥")),
    ("verb", "import", w("import", "导入")),
    ("verb", "undo", w("undo", "撤销")),
    ("verb", "redo", w("redo", "恢复")),
    ("verb", "demo", w("demo company", "演示公司")),
];

/// The tables of words, one after the other.
pub fn all() -> impl Iterator<Item = &'static Word> {
    let company = [people::WORDS, staff::WORDS, handover::WORDS, scripts::WORDS, complaints::WORDS];
    let figures = [review::WORDS, analysis::WORDS, alarms::WORDS, exports::WORDS, leak::WORDS];
    std::iter::once(WORDS).chain(company).chain(figures).flatten()
}

/// The word for an id: the company's own for a class, else the table's; the id itself where nobody has one.
pub fn word<'a>(group: &str, id: &'a str, lang: Lang) -> &'a str {
    if SCHEMES.contains(&group)
        && let Some(word) = own::word(group, id, lang)
    {
        return word;
    }
    all().find(|(g, i, _)| *g == group && *i == id).map_or(id, |(.., text)| text.of(lang))
}

/// The id for what a person typed: the id itself or its word in either language, in any case.
pub fn id(group: &str, typed: &str) -> Option<&'static str> {
    let typed = typed.trim();
    if SCHEMES.contains(&group)
        && let Some(id) = own::id(group, typed)
    {
        return Some(id);
    }
    all()
        .filter(|(g, ..)| *g == group)
        .find(|(_, i, t)| i.eq_ignore_ascii_case(typed) || t.en.eq_ignore_ascii_case(typed) || t.zh == typed)
        .map(|(_, i, _)| *i)
}

/// Whom a change concerns, in words: a class of the strategy table stands there as `segment:high`.
pub fn subject(subject: &str, lang: Lang) -> String {
    if let Some((kpi, segment)) = crate::domain::kpi::target::parse_key(subject) {
        let name = format!("{} {}", super::kpi::name(kpi.id, lang), word("segment", segment, lang));
        return name.trim_end().to_owned();
    }
    match subject.split_once(':') {
        Some(("alarm", rules)) => {
            let rules: Vec<&str> = rules.split(',').map(|id| alarms::rule(id).of(lang)).collect();
            super::format::list(&rules, lang)
        }
        Some((scheme, class)) if SCHEMES.contains(&scheme) => word(scheme, class, lang).to_owned(),
        None if SCHEMES.contains(&subject) => word("scheme", subject, lang).to_owned(),
        // a figure of a campaign stands there by its id; names are no ids
        _ => word("metric", subject, lang).to_owned(),
    }
}

/// The group of words of a field with a choice.
pub fn group(field: crate::domain::field::Field) -> &'static str {
    use crate::domain::field::Field as F;
    match field {
        F::CustomerKind => "kind",
        F::Size => "size",
        F::Source => "source",
        F::State => "state",
        F::Depth => "depth",
        F::Relation | F::PlanRelation => "relation",
        F::Need => "need",
        F::PreferredChannel | F::TouchChannel | F::OptOutChannel | F::CampaignChannel | F::OverlayChannel => {
            "channel"
        }
        F::OwnKind => "own_kind",
        F::StrategyBound => "bound",
        F::StrategyCapWindow => "cap",
        F::TouchKind => "touch_kind",
        F::TaskKind => "task_kind",
        F::MethodKind => "method",
        F::DateKind => "date",
        F::DateCalendar | F::OverlayCalendar => "calendar",
        F::ConsentState => "consent",
        F::QuoteState => "quote",
        F::OrderStatus => "order",
        F::ComplaintSeverity => "severity",
        F::ComplaintState => "complaint",
        F::ComplaintEnd => "ended",
        F::RequestDepartment | F::PersonDepartment => "department",
        F::PersonRole => "role",
        F::AlarmRule => "alarm",
        F::ChurnReason => "churn",
        F::CouponKind => "coupon",
        F::ResourceKind => "resource",
        F::ExpenseKind => "cost",
        F::ActivationCause => "activation",
        F::ActivationOutcome => "outcome",
        F::ProductState => "product",
        F::ScriptScene => "scene",
        F::TagType => "tag",
        F::Scheme => "scheme",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::field::{FIELDS, Kind};

    #[test]
    fn every_choice_of_every_field_has_a_word() {
        for spec in FIELDS {
            if let Kind::Choice(ids) = spec.kind {
                for id in ids {
                    assert!(
                        all().any(|(g, i, _)| *g == group(spec.field) && i == id),
                        "{} {id} in group {:?}",
                        spec.column,
                        group(spec.field)
                    );
                }
            }
        }
    }

    #[test]
    fn a_change_is_told_by_words_and_not_by_ids() {
        assert_eq!(subject("target.response.dormant", Lang::En), "Response rate dormant");
        assert_eq!(subject("target.nps", Lang::En), "NPS");
        assert_eq!(subject("segment:high", Lang::Zh), "高价值");
        assert_eq!(subject("campaign_response", Lang::Zh), "触达客户响应率");
        assert_eq!(subject("alarm:overrun,churn_rate", Lang::En), "Budget overrun, Churn rate");
        assert_eq!(subject("恒远物流", Lang::En), "恒远物流");
    }

    #[test]
    fn ids_come_back_from_words_of_either_language() {
        assert_eq!(id("segment", "高价值"), Some("high"));
        assert_eq!(id("segment", "Growth"), Some("growth"));
        assert_eq!(id("channel", "wechat"), Some("wechat"));
        assert_eq!(id("channel", "飞鸽"), None);
        assert_eq!(word("channel", "飞鸽", Lang::En), "飞鸽");
    }
}
