//! The words of a profile: its sections, its marks, what cannot be done where.

use super::Text;
use crate::store::request::RewardState;

super::texts! {
    ALERTS "Watch out" "注意";
    PROMISES "Open promises" "未完成承诺";
    BASICS "Basics" "基本信息";
    CONTACTS "Contacts" "联系人";
    TAGS "Tags" "标签";
    CLASSES "Classes" "分类";
    SPEND "Spend by month" "月度消费";
    ORDERS "Orders" "订单";
    QUOTES "Quotes" "询价";
    REFUNDS "Refunds" "退款";
    REWARD_ASKED "asked; nobody named yet" "已邀请,尚未介绍";
    REWARD_WAITING "no deal yet; the reward is due with their first" "尚未成交,首单成交后发放奖励";
    REWARD_DUE "a deal: the reward is to be given" "已成交,待发放奖励";
    REWARD_GIVEN "reward given" "奖励已发放";
    REWARD_NONE "no reward: they had bought or were sent before" "无奖励:此前已成交或已由他人介绍";
    OPENINGS "Opening balance" "期初数据";
    BUDGETS "Budgets" "预算";
    EXPENSES "Expenses" "费用";
    OVERSPENT "Explanations of overspending" "超支说明";
    SHARES "Colleagues on it" "协作人";
    CONTRACTS "Contracts" "合同";
    DATES "Important dates" "重要日期";
    CONSENTS "Consent" "授权";
    OPT_OUTS "Opt-outs" "退订与免打扰";
    REFERRALS "Referrals" "转介绍";
    COUPONS "Coupons" "优惠券";
    MEMBERSHIP "Membership" "会员";
    ACTIVATIONS "Activation" "激活计划";
    VIEWS "Page views" "浏览记录";
    REFERRED "Referred by this customer" "由其介绍的客户";
    COMPLAINTS "Complaints" "投诉";
    SURVEYS "Surveys" "满意度";
    TIMELINE "Timeline" "时间线";
    OLD_NUMBERS "Old numbers" "旧编号";
    EMPTY_FIELDS "Not filled in" "未填写";
    MASKED "masked" "已屏蔽";
    HIDDEN_AMOUNTS "Amounts are masked for you." "金额对您已屏蔽。";
    KEY_CONTACT "key contact" "关键联系人";
    LATE_ENTRY "entered late" "补录";
    TWELVE_MONTHS "12 months {} yuan" "近12月 {} 元";
    ALL_TOGETHER "all {} yuan" "累计 {} 元";
    ORDERS_A_YEAR "{} {order|orders} a year" "每年 {} 单";
    LAST_ORDER "last order {}" "最近消费 {}";
    PUT_ASIDE "put aside until {}: {}" "推迟到 {}:{}";
    OPEN_COMPLAINT "open complaint" "未结投诉";
    CONSENT_WITHDRAWN "consent withdrawn" "已撤回授权";
    SINCE "since {}" "自 {}";
    BORN "({})" "({})";
    LEAD "{} {day|days} ahead" "提前{}天";
    MONTH_DAY "{}-{}" "{}月{}日";
    NO_TOUCH "No touch yet: {} logs the first." "尚无互动:{} 记录第一笔。";
    LAST "last {}" "上次 {}";
    LOADING "…" "…";
    NOBODY "Nobody is at hand: {} finds a customer." "尚未选择客户:{} 查找。";
    GONE "This customer is no longer there." "该客户已不存在。";
    MASKED_NO_EDIT "This is masked for you: {} shows it once and asks why; only its owner or a manager changes it." "此项对您屏蔽:按 {} 说明原因可查看一次,仅负责人或主管可修改。";
    NOT_YOURS "Only the owner of this customer or a manager may change this." "仅该客户的负责人或主管可以修改。";
    NOT_HERE "There is nothing to do this with on this line." "本行没有可执行此操作的内容。";
    COUPON_USED "This coupon has been used." "该优惠券已使用。";
    ADVICE "Advice" "建议";
    CONTENT "Content" "内容";
    MATCHES "Product" "匹配产品";
    MATCH_HIGH "needs match well: {}" "需求高度匹配:{}";
    MATCH_MEDIUM "needs match: {}" "需求部分匹配:{}";
    POTENTIAL "High potential" "高潜力";
    INQUIRED "inquiry of {} without a deal: {}" "{} 询价未成交:{}";
    FITS_NEW "a new product fits the needs: {}" "新品符合需求:{}";
    UNMET "Unmet need" "未满足需求";
    VIEWED "{}: {} {view|views}, no order" "{}:浏览 {} 次未下单";
    HANDS "Hand over?" "建议交接";
    BELONGS "moved from {} to {} on {}: its post is {}, the owner is {}" "{} → {}({}):责任岗位为{},负责人为{}";
    TO_WHOM "H → {}" "H → {}";
    MEMBER "Member" "会员";
    TO_LEVEL "{} yuan to {} ({})" "再消费 {} 元升级 {}({})";
    AT_LEVEL "level {}" "等级 {}";
    NO_TASK_HERE "Put the cursor on an open promise first." "请先把光标移到一项未完成承诺。";
    BY_RULE_STAYS "This follows from the facts; it goes when they do." "此项由数据自动得出,数据变化后会自动更新。";
    FIELD_STAYS "A field is emptied by editing it: {}." "如需清空该项,请修改:{}。";
    MORE "{} more: {} shows them" "其余 {} 条:{} 显示";
    EACH "{} yuan each" "单价{}元";
    ADD "Add" "新增";
}

/// How far the reward of a referral is (K12, K45).
pub const fn reward(state: RewardState) -> Text {
    match state {
        RewardState::Asked => REWARD_ASKED,
        RewardState::Waiting => REWARD_WAITING,
        RewardState::Due => REWARD_DUE,
        RewardState::Given => REWARD_GIVEN,
        RewardState::None => REWARD_NONE,
    }
}
