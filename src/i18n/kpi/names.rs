//! The words of the figures, one row a KPI: name, short name and the formula in plain words. How values and verdicts read
//! stands next door. The short name is what a narrow column holds whole: [`NARROW`] cells, with the mark of a cause behind.

use crate::domain::cells::width;
use crate::i18n::{Lang, Text};

/// Cells of the narrowest column that names of figures stand in: whoever reads a name there reads it whole.
pub const NARROW: usize = 18;

/// The words of one KPI.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// Its id.
    pub id: &'static str,
    /// Its name.
    pub name: Text,
    /// The name in a narrow column, where the name itself is too long for it.
    pub short: Option<Text>,
    /// What is counted of what, over which time.
    pub formula: Text,
}

macro_rules! words {
    (@short) => { None };
    (@short $en:literal $zh:literal) => { Some(Text { en: $en, zh: $zh }) };
    ($( $id:literal $en:literal $zh:literal $(short $short_en:literal $short_zh:literal)?,
        $formula_en:literal $formula_zh:literal; )*) => {
        /// The words of every KPI, in the order of the table.
        pub const WORDS: &[Words] = &[ $( Words {
            id: $id,
            name: Text { en: $en, zh: $zh },
            short: words!(@short $($short_en $short_zh)?),
            formula: Text { en: $formula_en, zh: $formula_zh },
        }, )* ];
    };
}

words! {
    "response" "Response rate" "响应率",
        "customers who answered within 7 days ÷ customers reached by a touch in the period" "7天内有回应的客户 ÷ 本期触达成功的客户";
    "conversion" "Conversion rate" "转化率",
        "customers with an order within 30 days after a touch ÷ customers reached (after, not because of)" "触达后30天内下单的客户 ÷ 本期触达成功的客户(触达后下单,不等于因触达下单)";
    "repurchase" "Repurchase rate" "复购率",
        "customers who bought on two days or more ÷ customers who bought, 365 days" "365天内购买两天及以上的客户 ÷ 有购买的客户";
    "rebuy" "Bought again" "回购率",
        "buyers of the period before who bought again ÷ buyers of the period before" "上期买家中本期再买的 ÷ 上期买家";
    "churn" "Churn rate" "客户流失率",
        "active at the start and not at the end ÷ active at the start (active: an order in 180 days)" "期初活跃、期末不活跃 ÷ 期初活跃(活跃:180天内有订单)";
    "retention" "Retention rate" "客户留存率",
        "active at the start and still at the end ÷ active at the start" "期初活跃且期末仍活跃 ÷ 期初活跃";
    "grr" "Revenue kept, GRR" "收入留存GRR",
        "of customers active at the start: revenue of 180 days now, none counted above what it was ÷ revenue of the 180 days before" "期初活跃客户:现180天收入(每户不超过原额) ÷ 期初前180天收入";
    "nrr" "Revenue with growth, NRR" "净收入留存NRR" short "Revenue grown, NRR" "净收入留存NRR",
        "of customers active at the start: revenue of 180 days now ÷ revenue of the 180 days before" "期初活跃客户:现180天收入 ÷ 期初前180天收入";
    "renewal" "Renewal rate" "续约率",
        "contracts renewed from 90 days before to 30 days after their end ÷ contracts that ended" "到期前90天至后30天内续约的合同 ÷ 到期合同";
    "renewal_value" "Renewed by value" "续约金额率",
        "annual amount of contracts renewed ÷ annual amount of contracts that ended" "续约合同年金额 ÷ 到期合同年金额";
    "csat" "Satisfied, CSAT" "满意度CSAT",
        "answers of 4 and 5 of 5 ÷ all answers" "4分和5分的答卷 ÷ 全部答卷";
    "csat_points" "CSAT score" "满意度得分",
        "mean of all answers, 5 of 5 is 100 points" "全部答卷的平均分,5分=100";
    "score_service" "Service score" "服务质量得分",
        "mean of the answers to the questions about service (setting survey_service), 0–100" "服务类题目的平均分(设置项survey_service),0–100";
    "score_product" "Product score" "产品功能得分",
        "mean of the answers to the questions about the product (setting survey_product), 0–100" "产品类题目的平均分(设置项survey_product),0–100";
    "nps" "NPS" "净推荐值NPS",
        "share of 9–10 less share of 0–6, the latest answer of each customer" "9–10分占比减0–6分占比,每户取最近一次";
    "complaint_rate" "Complaint rate" "投诉率",
        "valid complaints ÷ active customers at the end" "有效投诉 ÷ 期末活跃客户";
    "complaint_decrease" "Complaints fall" "投诉率降幅",
        "(complaint rate before − now) ÷ before" "(上期投诉率 − 本期) ÷ 上期";
    "repeat_contacts" "Repeat contact" "重复触达投诉",
        "valid complaints with the subject repeat contact" "主题为重复触达的有效投诉数";
    "repeat_contact_decrease" "Repeat contact falls" "重复触达降幅" short "Fewer repeats" "重复触达降幅",
        "(complaints about repeat contact before − now) ÷ before" "(上期重复触达投诉 − 本期) ÷ 上期";
    "loyalty" "Truly loyal" "真正忠诚",
        "buys often or renewed, and thinks well of us ÷ customers whose attitude is known" "常购或续约且评价好 ÷ 态度已知的客户";
    "reactivation" "Reactivated" "唤醒率",
        "dormant customers who answered or ordered ÷ dormant customers reached" "有回应或下单的沉睡客户 ÷ 触达成功的沉睡客户";
    "retention_cost" "Cost of keeping" "客户保留成本",
        "retention expenses ÷ customers kept" "维系费用 ÷ 保留的客户";
    "customer_value" "Customer value" "客户价值",
        "net revenue − cost of goods − own costs, 365 days" "365天净收入 − 货物成本 − 自身成本";
    "revenue" "Net revenue" "净收入",
        "amount of orders less refunds that name no order" "订单金额减未指明订单的退款";
    "orders" "Orders" "订单数",
        "orders that were not cancelled and not wholly refunded" "未取消且未全额退款的订单";
    "buyers" "Buyers" "下单客户",
        "customers with an order in the period" "本期有订单的客户";
    "new_customers" "New customers" "新客户",
        "customers whose first order lies in the period" "首单在本期的客户";
    "aov" "Order value" "客单价",
        "amount of orders ÷ orders" "订单金额 ÷ 订单数";
    "aov_growth" "Growth of order value" "客单价增长率" short "Order value growth" "客单价增长率",
        "(order value now − before) ÷ before" "(本期客单价 − 上期) ÷ 上期";
    "revenue_per_buyer" "Revenue per buyer" "人均成交额",
        "amount of orders ÷ customers who ordered" "订单金额 ÷ 下单客户";
    "repurchase_amount_growth" "Growth from old customers" "老客复购增长" short "Old buyers' growth" "老客复购增长",
        "growth of net revenue from customers whose first order lies before the period compared with" "首单早于对比期的客户,净收入的增长率";
    "high_value_growth" "More high-value customers" "高价值户增长" short "High-value growth" "高价值户增长",
        "(high-value customers at the end − at the start) ÷ at the start" "(期末高价值客户 − 期初) ÷ 期初";
    "high_value_share" "Share of high-value" "高价值收入占比" short "High-value share" "高价值收入占比",
        "net revenue of high-value customers ÷ all, 365 days" "365天高价值客户净收入 ÷ 全部";
    "prospect_conversion" "Prospects won" "潜客转化率",
        "prospects with a first order within 30 days ÷ prospects reached" "30天内首单的潜在客户 ÷ 触达的潜在客户";
    "first_order" "First orders" "新客首单转化",
        "first orders within 30 days ÷ customers first contacted in the period" "30天内首单 ÷ 本期首次接触的客户";
    "sales_conversion" "Deals from inquiries" "销售转化率" short "Inquiries won" "销售转化率",
        "inquiries of the period that were won ÷ inquiries" "本期询价中成交的 ÷ 询价";
    "activation" "Activation" "激活转化率",
        "orders within 30 days ÷ customers put on an activation plan" "30天内下单 ÷ 进入激活计划的客户";
    "referral" "Customers who refer" "转介绍率" short "Referrers" "转介绍率",
        "active customers named as referrer of a new record ÷ active customers" "被新客户记为转介绍人的活跃客户 ÷ 活跃客户";
    "referral_share" "New by referral" "转介绍新客占比",
        "new customers who came by referral ÷ new customers" "转介绍来的新客 ÷ 新客";
    "cac" "Cost of a new customer" "获客成本CAC" short "New customer, CAC" "获客成本CAC",
        "acquisition expenses ÷ customers with their first order" "获客费用 ÷ 首单客户";
    "cac_rolling" "Cost of one, 3 months" "近3月获客成本" short "CAC, 3 months" "近3月获客成本",
        "acquisition expenses ÷ customers won, both of the three months that end with the period" "截至期末近3个月:获客费用 ÷ 新客户";
    "ltv" "Lifetime value, forecast" "生命周期价值" short "LTV, forecast" "生命周期价值",
        "order value × orders a year × margin × r/(1+i−r), r the yearly retention" "客单价 × 年单数 × 毛利率 × r/(1+i−r),r为年留存率";
    "ltv_cac" "Lifetime value ÷ cost" "LTV/获客成本" short "LTV ÷ CAC" "LTV/获客成本",
        "forecast of the lifetime value ÷ cost of a new customer; only where both are known" "预测生命周期价值 ÷ 获客成本,两者皆有时才显示";
    "ltv_realised" "Lifetime value so far" "已实现价值" short "LTV so far" "已实现价值",
        "net revenue less cost of goods of three years ÷ buyers" "三年净收入减货物成本 ÷ 买家";
    "cost_per_touch" "Cost per touch" "单次触达成本",
        "all costs of outbound touches ÷ those that reached the customer" "主动触达全部费用 ÷ 触达成功次数";
    "budget_acquisition" "Budget, acquisition" "获客预算执行" short "Acquisition budget" "获客预算执行",
        "spent ÷ budget of the period" "已支出 ÷ 本期预算";
    "budget_retention" "Budget, retention" "维系预算执行" short "Retention budget" "维系预算执行",
        "spent ÷ budget of the period" "已支出 ÷ 本期预算";
    "customer_cost" "Cost against budget" "单户费用占预算" short "Cost ÷ budget" "单户费用占预算",
        "touches, gifts and what else runs against it since 1 January ÷ yearly budgets of the customers" "1月1日至今互动、礼品等计入费用 ÷ 客户年度预算之和";
    "response_time" "Time to answer" "响应周期",
        "median hours from complaint to the first human reply; open cases count as endless" "投诉到首次人工回复的中位小时数,未回复按无穷大";
    "response_time_shortening" "Answers got quicker" "响应周期缩短" short "Answers quicker" "响应周期缩短",
        "(median before − now) ÷ before" "(上期中位数 − 本期) ÷ 上期";
    "answered_24h" "Answered in 24 h" "24小时回复率",
        "complaints answered within 24 hours ÷ complaints" "24小时内回复的投诉 ÷ 投诉";
    "solved_48h" "Solved in 48 h" "48小时解决率",
        "complaints with a solution within 48 hours ÷ complaints" "48小时内给出方案的投诉 ÷ 投诉";
    "sync_time" "Departments sync" "跨部门处理时长",
        "mean hours from the entry of a request to its handling by the other department; open ones not yet in it" "跨部门协同请求从录入到对方处理的平均小时数,未处理的暂不计";
    "sync_shortening" "Sync got quicker" "跨部门同步提速",
        "(mean hours before − now) ÷ before" "(上期平均时长 − 本期) ÷ 上期";
    "timeliness" "Recorded in 24 h" "信息更新及时率",
        "changes written down within 24 hours ÷ changes" "24小时内录入的变化 ÷ 全部变化";
    "tasks_in_time" "Promises in time" "承诺按时率",
        "next actions done by their due ÷ next actions due" "按时完成的待办 ÷ 到期待办";
    "cadence" "Cadence kept" "节奏完成率",
        "our touches that reached customers ÷ touches planned by the rows of the strategy table for the days gone" "触达成功的主动互动 ÷ 策略表各行按已过天数计划的互动";
    "breaches" "Guard passed" "违规触达",
        "touches that passed the guard with a reason" "说明理由后越过拦截的触达次数";
    "wakeup_cost" "Cost of waking one" "单户唤醒成本",
        "costs of touches to dormant customers ÷ customers reactivated" "沉睡客户触达费用 ÷ 唤醒的客户";
    "customers" "Customers" "客户数",
        "customers there are when the period ends" "期末客户数";
    "accounts_per_head" "Accounts per head" "人均户数",
        "customers at the end ÷ account managers in post" "期末客户 ÷ 在岗客户经理";
    "accounts_per_head_growth" "Growth of accounts per head" "人均户数增长" short "Per-head growth" "人均户数增长",
        "(accounts per head now − before) ÷ before" "(本期人均户数 − 上期) ÷ 上期";
    "completeness" "Records complete" "资料完整度",
        "contact, phone, industry and size filled ÷ all of them; of a past period as its last day of work counted them" "联系人、电话、行业、规模已填 ÷ 应填;往期以期内最后一次每日统计为准";
    "checked" "Records checked" "复核率",
        "records checked by a second person ÷ records" "第二人复核的档案 ÷ 全部档案";
    "accuracy" "Data right" "数据准确率",
        "of the month's sample (setting accuracy_every): records a second person checked without a correction in the day before the tick ÷ records checked" "当月抽查样本(设置项accuracy_every)中:复核时前一天内无需更正的档案 ÷ 已复核的档案";
}

/// The words of a KPI; its id stands in where there are none.
pub fn words(id: &str) -> Option<&'static Words> {
    WORDS.iter().find(|w| w.id == id)
}

/// The name of a KPI.
pub fn name(id: &str, lang: Lang) -> &str {
    words(id).map_or(id, |w| w.name.of(lang))
}

/// The name of a KPI as a column of so many cells shows it: whole where it fits, else the short one.
pub fn name_in(id: &str, cells: usize, lang: Lang) -> &str {
    let whole = name(id, lang);
    match words(id).and_then(|w| w.short).filter(|_| width(whole) > cells) {
        Some(short) => short.of(lang),
        None => whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::kpi::KPIS;

    #[test]
    fn every_kpi_has_its_words_in_the_same_order() {
        assert_eq!(
            KPIS.iter().map(|k| k.id).collect::<Vec<_>>(),
            WORDS.iter().map(|w| w.id).collect::<Vec<_>>()
        );
    }

    #[test]
    fn every_name_stands_whole_in_the_narrowest_column_and_no_two_are_alike_there() {
        for lang in [Lang::En, Lang::Zh] {
            let shown: Vec<&str> = KPIS.iter().map(|k| name_in(k.id, NARROW, lang)).collect();
            for (i, name) in shown.iter().enumerate() {
                assert!(width(name) <= NARROW, "{name}: {} cells", width(name));
                assert!(!shown.iter().skip(i + 1).any(|other| other == name), "{name} stands there twice");
            }
        }
        assert_eq!(name_in("nrr", 24, Lang::En), "Revenue with growth, NRR");
        assert_eq!(name_in("nrr", 23, Lang::En), "Revenue grown, NRR");
    }
}
