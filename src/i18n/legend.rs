//! What each view is for and what its columns mean: one sentence a view, one a column. The headings are those of the views
//! themselves, so that a column is explained under the name it bears.

use super::{
    Text, alarms as a, board as b, campaigns as c, complaints as p, kpi as k, ledger as l, matrix as m,
};
use super::{review as r, scripts as s, staff as h};

/// A view whose columns are explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named as its view is")]
pub enum Page {
    Customers,
    Profile,
    FollowUps,
    Touches,
    Requests,
    Complaints,
    Matrix,
    Scripts,
    Campaigns,
    Plans,
    Kpis,
    Alarms,
    Counts,
    Evaluation,
    People,
    Analysis,
    Models,
}

super::texts! {
    CUSTOMERS_FOR "Every customer you may see: find, filter, sort, and open one." "您可查看的全部客户:查找、筛选、排序、打开。";
    PROFILE_FOR "Everything known of one customer: promises, people, classes, orders, talks." "一位客户的全部资料:承诺、联系人、分类、订单与互动。";
    FOLLOW_UPS_FOR "What to do today, the most urgent first, each with its reason." "今天要做的事,最急的在前,每项都注明原因。";
    TOUCHES_FOR "Every talk with a customer by every department, the newest first." "各部门与客户的全部互动,最新的在前。";
    REQUESTS_FOR "What departments ask of each other about a customer, each with its clock." "部门之间就客户提出的请求,各有时限。";
    COMPLAINTS_FOR "Complaints with their two clocks: first answer, and solution." "客户投诉及两个时限:首次响应与解决。";
    MATRIX_FOR "How each class of customers is looked after, and how far that is kept." "各类客户的维系策略及执行情况。";
    SCRIPTS_FOR "What may be said and given, once approved, and how it is answered." "审核通过的话术与礼品,及其响应效果。";
    CAMPAIGNS_FOR "One message to a whole group: previewed, guarded, then one entry for each." "面向一组客户的活动:先预览并检查,再逐户记录。";
    PLANS_FOR "Longer work on a group: tasks, resources and targets." "对一组客户的长期计划:任务、资源与目标。";
    KPIS_FOR "How the work goes against its targets; every figure opens what is behind it." "各项指标与目标的对比,每个数字都可查看明细。";
    ALARMS_FOR "What must not wait, with who answers for it and the steps to take." "需要立即处理的预警,含责任人与处理步骤。";
    COUNTS_FOR "Plain counts of the period; every figure opens what is behind it." "本期的各项计数,每个数字都可查看明细。";
    EVALUATION_FOR "What came of campaigns and plans: baseline, target, actual, cause." "活动与计划的成效:基线、目标、实际、原因。";
    PEOPLE_FOR "How much each carries, and the sheet of the month." "每人的负荷与当月考核。";
    ANALYSIS_FOR "Trends, channels, moves between classes, cohorts and the way to a deal." "趋势、渠道、分类流动、同期群与成交漏斗。";
    MODELS_FOR "What may be expected of customers, and how well that came true." "对客户的预测及其准确度。";
    NUMBER "Number" "客户编号";
    NUMBER_IS "year, month and a running number within the month" "年、月与当月序号";
    SEGMENT "Segment" "分层";
    SEGMENT_IS "class by spend against the industry and by silence; w says why" "按与行业平均之比和未往来时间分类,w 查看依据";
    TOUCH "Touch" "互动";
    TOUCH_IS "days since anybody last talked with them" "距最近一次互动的天数";
    NEXT "Next" "下一步";
    NEXT_IS "the nearest promise or plan; late in red when its due has passed" "最近的承诺或安排,已过期显示逾期";
    SPEND "12 mo, yuan" "近12月 元";
    SPEND_IS "net orders of the last 12 months, yuan" "近12个月订单净额";
    MARK_IS "! before a name: a complaint is open" "名称前的 !:有未结投诉";
    MARK "Name" "名称";
    WHEN_IS "promises: late once their due has passed · since: a clock that calls · over: a clock of a request or complaint ran out" "承诺过期为逾期 · “自”为节奏到期 · 请求与投诉过时限为超时";
    WHY_IS "promise, request, alarm, or the rhythm: ▲ 35/37 days = 35 since the last talk, 37 at the latest; ✗ past that" "承诺、请求、预警或节奏:▲ 35/37天 = 距上次35天,最迟37天;✗ 已超过";
    UNRECORDED "▲ not updated · no entry" "▲信息未更新 · 未更新";
    UNRECORDED_IS "the follow-up was due more than 24 h ago and nothing has been written down since: a logs the talk, r moves the day" "到期超过24小时仍无记录:按 a 补记互动,或按 r 改期";
    DAY_IS "counted as due in the title bar; what a day cannot hold is counted at the end" "与标题栏的到期数一致;超出当日容量的在末尾计数";
    DAY "To do" "待办事项";
    ENTERED_IS "amber where it was written down more than 24 h later" "超过24小时才补录的显示为黄色";
    FEEDBACK_IS "green where the customer answered" "客户有响应的显示为绿色";
    CLOSED_IS "what was promised in that talk, or that nothing is to do" "该次互动承诺的事项,或注明无需跟进";
    CLOCK_IS "time left · ! over: it ran out · ✓ how long it took" "剩余时间 · !超时:已过时限 · ✓ 实际用时";
    ANSWER_IS "24 h to the first answer" "首次响应限24小时";
    SOLUTION_IS "48 h to a solution" "解决方案限48小时";
    ACCOUNTS_IS "customers of this class now; ! beside the class: the row lacks something" "该类现有客户数;类名后的 ! 表示策略有缺项";
    CADENCE_IS "share of those with a clock who were touched in time" "有节奏的客户中按时互动的比例";
    WEEK_IS "customers whose clock calls within 7 days" "7天内按节奏应联系的客户数";
    RHYTHM_IS "kind of touch and its days: 30/37 = every 30 days, at the latest after 37" "触达类型与天数:30/37 = 每30天一次,最迟37天";
    HEAD_IS "accounts a person / the range that is right · ✗ somebody has more · ▽ somebody has fewer" "人均客户数/标准范围 · ✗ 有人超出 · ▽ 有人不足";
    SPENT_IS "share of this year's budget of the class that is spent" "该类今年预算的使用比例";
    FEASIBLE_IS "cost of all planned touches of a year ÷ budget; ▲ more than the budget holds" "全年计划触达费用 ÷ 预算;▲ 超出预算";
    BUDGET_IS "yuan per customer and year" "每户每年预算";
    CAP_IS "touches that one customer may get, all departments together" "各部门合计对一户的触达上限";
    USES_IS "touches made with it" "使用次数";
    ANSWERED_IS "share of them that were answered" "其中获得响应的比例";
    FOR_IS "classes it is meant for" "适用的客户分类";
    GROUP_IS "customers the filter finds; open it to see who" "筛选得到的客户数,打开可查看名单";
    TOUCHED_IS "customers who got it" "已触达客户数";
    LEFT_IS "kept back by the guard: do not disturb, cap, budget …" "被检查规则排除:免打扰、上限、预算等";
    REPLIED_IS "answered within 7 days, of those touched" "触达后7天内响应的比例";
    ORDERED_IS "ordered afterwards, of those touched" "触达后下单的比例";
    EVALUATE_IS "the day by which its results are to be looked at" "须完成效果评估的日期";
    PROGRESS_IS "tasks done of all; late once their due has passed" "任务完成数,过期为逾期";
    VALUE_IS "of the period so far; ↑ ↓ against the period before, same days" "本期至今的值;↑↓ 与上期同期相比";
    COUNTED "counted" "统计于";
    COUNTED_IS "a running period follows every touch, order and complaint at once; only while an import changes thousands of customers of a company of over 100,000 the head says of which moment its figures are" "进行中的期间即时反映每次互动、订单和投诉;仅当客户超过10万户且导入变动数千户时,标题注明统计时刻";
    TARGET_IS "the bar ends at its mark where the target is reached; e sets it" "进度条到竖线即达标,e 设置目标";
    TREND_IS "the last twelve periods, each against the greatest" "最近12期,以最高值为满格";
    VERDICT_IS "✓ met · ✗ missed · ▲ missed, but the error of so few cases holds the target" "✓达标 · ✗未达标 · ▲未达标,但误差范围含目标";
    CASES_IS "how many cases the share is of; under 30 they are few" "计算所依据的样本数,少于30标“少”";
    LEVEL_IS "▲ high · △ medium" "▲高 · △中";
    START_IS "the day by which somebody must begin; over when nobody has" "须开始处理的时限,未启动即超时";
    STEPS_IS "steps done of those the handbook names" "已完成步骤/手册规定步骤";
    ANSWERS_IS "who answers for it; ↑ it has climbed to the head" "责任人;↑ 已升级到主管";
    SHARE_IS "of what stands in the line above, or of all touches" "占上一行或全部互动的比例";
    LATE_IS "open promises of all people whose due has passed; the title bar counts yours" "全体人员已过期的未完成承诺;标题栏只计您本人的";
    ENTRIES_IS "touches written down more than 24 h after the talk" "互动超过24小时才录入";
    DUE_IS "a month after the end, or the day that was set" "结束后一个月,或指定日期";
    MET_IS "lines that reached their target" "达到目标的指标数";
    SUGGESTED_IS "measures that came of it, done of all" "由此提出的优化措施,完成/全部";
    LOAD_IS "their customers against the most one person can look after, all classes together; ✗ above 100 %" "客户数 ÷ 每人最多可维系数,各类合计;✗ 超过100%";
    TIMELY_IS "touches written down within 24 h" "24小时内录入的互动比例";
    KEPT_IS "promises done by their due" "按时完成的承诺比例";
    RESPONSE_IS "touches of their own accord that were answered" "主动触达获得响应的比例";
    POINTS_IS "the three shares by their weights, and the manager's judgement" "按权重合计的三项比例与主管评分";
}

/// What a view is for.
pub const fn purpose(page: Page) -> Text {
    match page {
        Page::Customers => CUSTOMERS_FOR,
        Page::Profile => PROFILE_FOR,
        Page::FollowUps => FOLLOW_UPS_FOR,
        Page::Touches => TOUCHES_FOR,
        Page::Requests => REQUESTS_FOR,
        Page::Complaints => COMPLAINTS_FOR,
        Page::Matrix => MATRIX_FOR,
        Page::Scripts => SCRIPTS_FOR,
        Page::Campaigns => CAMPAIGNS_FOR,
        Page::Plans => PLANS_FOR,
        Page::Kpis => KPIS_FOR,
        Page::Alarms => ALARMS_FOR,
        Page::Counts => COUNTS_FOR,
        Page::Evaluation => EVALUATION_FOR,
        Page::People => PEOPLE_FOR,
        Page::Analysis => ANALYSIS_FOR,
        Page::Models => MODELS_FOR,
    }
}

/// The columns of a view, each with what it means.
pub const fn columns(page: Page) -> &'static [(Text, Text)] {
    match page {
        Page::Customers => &[
            (NUMBER, NUMBER_IS),
            (MARK, MARK_IS),
            (SEGMENT, SEGMENT_IS),
            (TOUCH, TOUCH_IS),
            (NEXT, NEXT_IS),
            (SPEND, SPEND_IS),
        ],
        Page::FollowUps => {
            &[(l::WHEN, WHEN_IS), (DAY, DAY_IS), (l::WHY, WHY_IS), (UNRECORDED, UNRECORDED_IS)]
        }
        Page::Touches => {
            &[(l::AT, ENTERED_IS), (l::FEEDBACK, FEEDBACK_IS), (l::NEXT, CLOSED_IS), (SEGMENT, SEGMENT_IS)]
        }
        Page::Requests => &[(p::CLOCK, CLOCK_IS)],
        Page::Complaints => {
            &[(p::ANSWER_LINE, ANSWER_IS), (p::SOLUTION_LINE, SOLUTION_IS), (p::CLOCK, CLOCK_IS)]
        }
        Page::Matrix => &[
            (m::ACCOUNTS, ACCOUNTS_IS),
            (m::ON_CADENCE, CADENCE_IS),
            (m::DUE_WEEK, WEEK_IS),
            (m::RHYTHM, RHYTHM_IS),
            (m::HEAD_LOAD, HEAD_IS),
            (m::SPENT, SPENT_IS),
            (m::FEASIBLE, FEASIBLE_IS),
            (m::BUDGET, BUDGET_IS),
            (m::CAP, CAP_IS),
        ],
        Page::Scripts => &[(s::FOR, FOR_IS), (s::USES, USES_IS), (s::ANSWERED, ANSWERED_IS)],
        Page::Campaigns => &[
            (c::GROUP, GROUP_IS),
            (c::TOUCHED, TOUCHED_IS),
            (c::LEFT_OUT, LEFT_IS),
            (c::ANSWERED, REPLIED_IS),
            (c::ORDERED, ORDERED_IS),
            (c::EVALUATE, EVALUATE_IS),
        ],
        Page::Plans => &[(c::PROGRESS, PROGRESS_IS)],
        Page::Kpis => &[
            (k::COLUMN_VALUE, VALUE_IS),
            (COUNTED, COUNTED_IS),
            (k::COLUMN_TARGET, TARGET_IS),
            (b::TREND, TREND_IS),
            (k::COLUMN_VERDICT, VERDICT_IS),
            (k::COLUMN_CASES, CASES_IS),
        ],
        Page::Alarms => {
            &[(a::LEVEL, LEVEL_IS), (a::START, START_IS), (a::STEPS, STEPS_IS), (a::OWNER, ANSWERS_IS)]
        }
        Page::Counts => {
            &[(b::SHARE, SHARE_IS), (b::OVERDUE, LATE_IS), (b::LATE, ENTRIES_IS), (b::TREND, TREND_IS)]
        }
        Page::Evaluation => &[(r::DUE, DUE_IS), (r::VERDICTS, MET_IS), (r::SUGGESTIONS, SUGGESTED_IS)],
        Page::People => &[
            (h::LOAD, LOAD_IS),
            (h::TIMELY, TIMELY_IS),
            (h::KEPT, KEPT_IS),
            (h::RESPONSE, RESPONSE_IS),
            (h::POINTS, POINTS_IS),
        ],
        Page::Profile | Page::Analysis | Page::Models => &[],
    }
}
