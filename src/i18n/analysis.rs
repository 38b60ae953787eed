//! The words of the board's analyses.

super::texts! {
    VIEW "Analysis" "分析";
    TRENDS "Trends" "趋势";
    CHANNELS "Channels" "渠道对比";
    SCRIPTS "Scripts" "话术对比";
    MOVES "Class moves" "分类迁移";
    COHORTS "Cohorts" "同期群留存";
    FUNNEL "To the first order" "首单漏斗";
    STILL_COUNTED "… {} {period is|periods are} still being counted" "… 还有{}期正在统计";
    PAGE_HINT "{} · ←→ page" "{} · ←→换页";
    OF_SCHEME "{} · {} ({})" "{} · {}({})";
    WAY "Way" "方式";
    TOUCHES "Touches" "主动触达";
    ANSWERED "Answered" "响应率";
    CONVERTED "Ordered after" "触达后下单";
    COST "Cost, yuan" "费用 元";
    PER_TOUCH "Per touch" "单次成本";
    PER_ANSWER "Per answer" "单次响应成本";
    NO_WAY "not written down" "未填写";
    NO_TOUCHES "No touch of our own accord in this period." "本期没有主动触达。";
    NO_SCRIPT "No touch with a script in this period." "本期没有使用话术的触达。";
    WAYS_MEANING "Of the touches of our own accord, one by one; ordered after is not ordered because of." "按每次主动触达统计;“触达后下单”不等于“因触达下单”。";
    FROM_TO "from ↓  to →" "原分类↓ 现分类→";
    NO_CLASS "none" "无";
    MOVED_IN "moved in" "迁入";
    MOVED_OUT "moved out" "迁出";
    NO_MOVES "Nobody changed class in this period." "本期没有客户变更分类。";
    MOVES_MEANING "As it was before the first move of the period, and after the last." "以期内首次变更前与最后一次变更后的分类为准。";
    COHORT "First purchase" "首购月份";
    SIZE "Size" "户数";
    NO_COHORTS "No purchases yet." "暂无购买记录。";
    COHORTS_MEANING "Of those who first bought in the month, how many bought again so many months later; ~ the month still runs." "首购当月的客户在其后各月再次购买的比例;~ 表示当月未结束。";
    STEP "Step" "步骤";
    REACHED "Reached" "到达";
    OF_ALL "Of all" "占建档";
    OF_BEFORE "Of the step before" "上一步转化";
    NO_FUNNEL "Nobody was entered in this period." "本期没有新建客户。";
    FUNNEL_MEANING "Customers entered in the period and how far each has come by now; a later step counts for those before it." "本期建档客户至今到达的步骤;跳过的步骤视为已到达。";
    ON_THE_WAY "{} are still on the way." "进行中{}户。";
    NOBODY "Nobody stands behind this cell." "该格没有客户。";
    TREND_OF "{} · target {}" "{} · 目标{}";
}
