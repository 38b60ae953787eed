//! The words of campaigns, plans and budgets.

use super::{Lang, format, guard, words};
use crate::domain::budget::Standing;
use crate::domain::money::Fen;
use crate::store::request::{BudgetRow, CampaignRow, MemberRow, Members};

super::texts! {
    CAMPAIGNS "Campaigns" "营销活动";
    PLANS "Plans" "维系计划";
    NAME "Name" "名称";
    STATE "State" "状态";
    GROUP "Group" "目标人数";
    TOUCHED "Touched" "触达";
    LEFT_OUT "Left out" "排除";
    ANSWERED "Answered" "响应";
    ORDERED "Ordered" "下单";
    COST "Cost" "费用 元";
    EVALUATE "Evaluate by" "评估截止";
    OWNER "Owner" "负责人";
    CUSTOMER "Customer" "客户";
    SEGMENT "Segment" "分层";
    WHY "Why" "原因";
    RESULT "Outcome" "结果";
    PERIOD "From – to" "起止";
    TARGET "Target group" "目标客户";
    CHANNEL "Channel" "渠道";
    SCRIPT "Script" "话术";
    OFFERED "Offered" "推荐产品";
    SAYS "What it says" "触达内容";
    GOAL "Goal" "目标";
    EVALUATION "Evaluation" "活动评估";
    APPROVAL "Cost" "费用";
    APPROVED "{}, approved by {}" "{},{}已审批";
    NOT_APPROVED "{}, not approved yet: {} approves" "{},待审批:{} 审批";
    COSTS "{} yuan" "{} 元";
    GIVES "{} yuan a customer" "每位客户 {} 元";
    COSTS_AND_GIVES "{} yuan and {} a customer" "{} 元,另每位客户 {} 元";
    NO_CAMPAIGNS "No campaign yet: {} makes the first." "暂无活动:{} 新建。";
    NOTHING_IN_PLAN "Nothing in it yet: {} adds a task, a resource or a target." "尚无内容:{} 添加任务、资源或指标。";
    NO_PLANS "No plan yet: {} makes the first." "暂无计划:{} 新建。";
    NO_MEMBERS "Nobody is in this target group." "目标客户为空。";
    CHOOSE_GROUP "Target group of the campaign" "选择目标客户";
    OWN_GROUP "another filter" "自定义筛选";
    MARKED_GROUP "{} marked {customer|customers}" "已标记的{}户";
    SHOWN "the list as it is filtered: {}" "当前筛选:{}";
    WOULD "Preview: {} will be touched, {} left out" "预览:将触达 {},排除 {}";
    WOULD_OF "Preview of the first {}: {} will be touched, {} left out" "预览前 {} 个:将触达 {},排除 {}";
    DID "{} touched, {} left out" "已触达 {},排除 {}";
    BLOCKED "Blocked: {}" "已阻止:{}";
    SAVED_NEXT "Saved · {} shows whom it would touch, {} runs it" "已保存 · {} 预览名单,{} 执行";
    DRAFT_NEXT "{} shows whom it would touch · {} runs it" "{} 预览名单 · {} 执行";
    RUNS "{} runs it" "{} 执行";
    BACK_HINT "{} puts back with a reason" "{} 说明原因后恢复触达";
    OUTCOME_HINT "{} notes the outcome" "{} 记录结果";
    PUT_BACK_BECAUSE "put back: {}" "恢复原因:{}";
    CANNOT_PUT_BACK "This cannot be put back: {}" "不能恢复:{}";
    NOTHING_TO_PUT_BACK "Only somebody who is left out can be put back." "只有被排除的客户才能恢复。";
    ONLY_TOUCHED "Only a touch has an outcome." "只有已触达的客户才有结果。";
    HAS_RUN "This campaign has run." "该活动已执行。";
    NOT_RUN "This campaign has not run yet: {} runs it." "该活动尚未执行:{} 执行。";
    TEXTS_AGAIN "{} once more writes them to a file" "再按 {} 写入文件";
    TEXT "Text" "文本";
    TEXT_LACKS "not to be sent: it still lacks {}" "缺少{},不可发送";
    TEXTS_LACK "{} of {} texts have a place without a value and are not in the file." "{} / {} 条文本有未填占位,未写入文件。";
    NO_TEXT_YET "The text is not here yet." "文本尚未就绪。";
    NO_COST "There is no cost to approve." "没有待审批的费用。";
    LOOK_FIRST "This is who will be touched and who not; {} once more runs it." "请先查看触达与排除名单,再按 {} 执行。";
    CUT "The run was cut; {} goes on." "执行曾中断,{} 继续。";
    NOTE_OUTCOME "What became of it" "后续结果";
    FOLLOW_CLAIM "claimed but not ordered: follow up" "已领取未下单,跟进";
    PROGRESS "Progress" "进度";
    FOR "For" "对象";
    VERSION "Version" "版本";
    DONE_OF "{} of {} done" "{}/{} 完成";
    LATE "{} late" "{} 项逾期";
    TASK "task" "任务";
    DONE "done" "完成";
    OPEN "open" "待办";
    OVERDUE "late" "逾期";
    EARLIER "version {}, {} by {}" "第{}版 · {} · {}";
    WRITTEN "version {}, {}, written by {}" "第{}版 · {} · {}";
    ADD_PART "Add to the plan" "添加";
    TURN "{}: start or close" "{} 启动/结束";
    RELATION "Relationship" "关系类型";
    CONTENT "Service and value" "服务与价值";
    CHANNELS "Channels" "沟通渠道";
    FREQUENCY "Frequency" "沟通频率";
    PROBLEMS "Problems, measures" "问题与措施";
    REPORT "Report" "向上汇报";
    KIND "Kind" "类型";
    WHAT "What" "内容";
    WHO "Who" "责任人";
    WHEN "By" "时间节点";
    ACTUAL "actual {}" "实际 {}";
    BUDGET_OF "Budget {}" "{}年预算";
    SPENT_OF "spent {} of {} yuan ({} %)" "已用 {} / {} 元({}%)";
    SPENT_ONLY "spent {} yuan" "已用 {} 元";
    OWN_BUDGET "own budget, approved by {}" "单独预算,{}审批";
    CLASS_BUDGET "budget of its class" "分类预算";
    PENDING "{} yuan to be approved" "{} 元待审批";
    OVERRUN "overspent" "超支";
    UNDER "floor not reached" "未达下限";
    EXPLAINED "explained by {}: {}" "{}说明:{}";
    NOT_EXPLAINED "to be explained" "待说明";
}

/// What the customers of a campaign are left out for, with their counts: `触达已达上限 12 · 免打扰 3`.
pub fn why(members: &Members, lang: Lang) -> String {
    let parts: Vec<String> = members
        .why
        .iter()
        .map(|(id, n)| {
            format!("{} {}", words::word("finding", id, lang), format::count(i64::try_from(*n).unwrap_or(0)))
        })
        .collect();
    parts.join(" · ")
}

/// How a campaign's list of members is headed.
pub fn heading(members: &Members, campaign: &CampaignRow, lang: Lang) -> String {
    let count = |n: usize| format::count(i64::try_from(n).unwrap_or(0));
    let out = members.looked - members.touched.min(members.looked);
    if !members.preview {
        return DID.with(lang, &[&format::count(campaign.touched), &format::count(campaign.left_out)]);
    }
    if members.more {
        WOULD_OF.with(lang, &[&count(members.looked), &count(members.touched), &count(out)])
    } else {
        WOULD.with(lang, &[&count(members.touched), &count(out)])
    }
}

/// Why a member is where they are, in a word or two each.
pub fn member(row: &MemberRow, lang: Lang) -> String {
    let mut parts: Vec<&str> = row.findings.iter().map(|f| guard::short(f).of(lang)).collect();
    parts.dedup();
    format::list(&parts, lang)
}

/// What a campaign costs: itself, and with every customer; nothing where it costs nothing.
pub fn cost(row: &CampaignRow, lang: Lang) -> Option<String> {
    let yuan = |fen: Option<Fen>| fen.filter(|fen| fen.0 > 0).map(format::yuan);
    match (yuan(row.cost), yuan(row.each)) {
        (None, None) => None,
        (Some(cost), None) => Some(COSTS.with(lang, &[&cost])),
        (None, Some(each)) => Some(GIVES.with(lang, &[&each])),
        (Some(cost), Some(each)) => Some(COSTS_AND_GIVES.with(lang, &[&cost, &each])),
    }
}

/// How the budget of a customer's year stands, in one line.
pub fn budget(row: &BudgetRow, lang: Lang) -> String {
    let yuan = |fen: Fen| format::yuan(fen);
    let counting = row.counting.unwrap_or_default();
    let mut parts = vec![match row.budget.filter(|b| b.0 > 0) {
        Some(budget) => {
            let percent = counting.0.saturating_mul(100) / budget.0;
            SPENT_OF.with(lang, &[&yuan(counting), &yuan(budget), &percent])
        }
        None => SPENT_ONLY.with(lang, &[&yuan(counting)]),
    }];
    parts.extend(match &row.approved_by {
        Some(who) => Some(OWN_BUDGET.with(lang, &[who])),
        None => row.budget.map(|_| CLASS_BUDGET.of(lang).to_owned()),
    });
    let kinds = [
        ("touch", row.spent.touch),
        ("gift", row.spent.gift),
        ("coupon", row.spent.coupon),
        ("reward", row.spent.reward),
        ("compensation", row.spent.compensation),
    ];
    parts.extend(
        kinds
            .into_iter()
            .filter(|(_, fen)| fen.0 > 0)
            .map(|(id, fen)| format!("{} {}", words::word("cost", id, lang), yuan(fen))),
    );
    parts.extend(row.pending.map(|fen| PENDING.with(lang, &[&yuan(fen)])));
    match (row.standing, &row.explanation) {
        (Standing::Overrun, Some((why, who))) => {
            parts.push(OVERRUN.of(lang).to_owned());
            parts.push(EXPLAINED.with(lang, &[who, why]));
        }
        (Standing::Overrun, None) => {
            parts.push(format!("{} ({})", OVERRUN.of(lang), NOT_EXPLAINED.of(lang)));
        }
        (Standing::Under, _) => parts.push(UNDER.of(lang).to_owned()),
        (Standing::Within, _) => {}
    }
    parts.join(" · ")
}
