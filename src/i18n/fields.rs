//! The words for fields and nouns; a field without a word does not compile.

use super::Text;
use crate::domain::field::{Field, Noun};

/// The value of a tag, where its type and its name stand above it.
pub const TAG_VALUE: Text = Text { en: "Value", zh: "取值" };

/// The label of a field.
pub const fn label(field: Field) -> Text {
    use Field as F;
    macro_rules! table {
        ($( $id:ident $en:literal $zh:literal; )*) => { match field { $( F::$id => Text { en: $en, zh: $zh }, )* } };
    }
    table! {
        Code "Number" "客户编号"; Name "Name" "客户名称"; CustomerKind "Kind" "类型"; Industry "Industry" "所属行业";
        IndustryStandard "Standard class" "国标行业"; Employees "Employees" "员工数"; Size "Size" "企业规模";
        Revenue "Revenue, yuan" "年营收(元)"; Region "Region" "地区"; Address "Address" "地址"; Website "Website" "网站";
        Source "Source" "获取渠道"; Referrer "Referred by" "转介绍人"; Owner "Owner" "负责人"; State "State" "客户状态";
        Depth "Cooperation" "合作深度"; Relation "Relationship" "关系类型"; Need "Need" "需求类型";
        PreferredChannel "Preferred channel" "偏好渠道"; PreferredCategory "Preferred category" "品类偏好";
        CooperationOn "Cooperating since" "首次合作"; ChurnReason "Reason for leaving" "流失原因"; ChurnNote "Details of leaving" "流失说明"; CustomerNote "Note" "备注";
        ContactName "Contact" "联系人"; ContactTitle "Position" "职位"; ContactKey "Key contact" "关键联系人"; ContactNote "Note" "备注";
        MethodContact "Contact" "联系人"; MethodKind "Kind" "方式"; MethodValue "Number or address" "号码/账号";
        OrderCode "Order number" "订单号"; OrderDay "Date" "日期"; OrderAmount "Amount, yuan" "金额(元)"; OrderCategory "Category" "品类";
        OrderStatus "Status" "状态"; OrderNote "Note" "备注";
        LineProduct "Product" "产品"; LineCategory "Category" "品类"; LineQuantity "Quantity" "数量"; LineUnit "Unit price, yuan" "单价(元)"; LineGift "Gift" "赠品";
        QuoteDay "Date" "日期"; QuoteProduct "Product" "产品"; QuoteAmount "Amount, yuan" "金额(元)"; QuoteState "State" "状态"; QuoteNote "Note" "备注";
        RefundDay "Date" "日期"; RefundAmount "Amount, yuan" "金额(元)"; RefundReason "Reason" "原因";
        OpeningAsOf "As of" "截至"; OpeningFirst "First order" "首单"; OpeningLast "Last order" "最近消费"; OpeningPerYear "Orders a year" "消费频次(次/年)";
        OpeningTotal "Total, yuan" "历史总额(元)"; OpeningYear "12 months, yuan" "近12月(元)"; OpeningCategory "Category" "品类"; OpeningSource "Source" "来源";
        ContractCode "Contract number" "合同号"; ContractSigned "Signed" "签订"; ContractExpires "Expires" "到期"; ContractRenewed "Renewed" "续签";
        ContractAnnual "Per year, yuan" "年金额(元)"; ContractNote "Note" "备注";
        TouchAt "When" "时间"; TouchChannel "Channel" "方式"; TouchKind "Kind" "性质"; TouchContact "With" "联系人"; TouchTopic "Topic" "主题";
        TouchSummary "What was said" "互动内容"; TouchFeedback "Feedback" "客户反馈"; TouchResponded "Answered" "有回应"; TouchCost "Cost, yuan" "费用(元)";
        TouchProduct "Offered" "推荐产品"; TouchScript "Script" "话术"; TouchEvent "Event on" "活动日期"; TouchClosed "Nothing to do" "无需跟进"; TouchOverride "Exception reason" "例外原因"; TaskKind "It is" "性质";
        TaskText "To do" "待办"; TaskDue "Due" "到期"; TaskOwner "Who" "执行人"; TaskSnoozed "Put aside until" "推迟到"; TaskSnoozeReason "Because" "推迟原因";
        DateKind "Kind" "类型"; DateLabel "Label" "名称"; DateContact "Contact" "联系人"; DateCalendar "Calendar" "历法"; DateMonth "Month" "月"; DateDay "Day" "日";
        DateYear "Year" "年份"; DateLead "Days ahead" "提前天数";
        ConsentState "Consent" "授权"; ConsentPurpose "Purpose" "用途"; ConsentWay "Way" "方式"; ConsentOn "Given on" "授权日期";
        OptOutChannel "Opted out of" "退订"; OptOutSince "Since" "自"; OptOutWay "Way" "方式";
        ReferralNew "Referred customer" "被介绍客户"; ReferralAsked "Asked on" "邀请日期"; ReferralCause "Occasion" "契机"; ReferralOutcome "Outcome" "结果";
        ReferralReward "Reward" "奖励"; ReferralWorth "Worth, yuan" "价值(元)"; ReferralGiven "Given on" "发放日期";
        CouponKind "Kind" "类型"; CouponFace "Face value, yuan" "面值(元)"; CouponPrice "Price before, yuan" "原价(元)"; CouponOffer "Price now, yuan" "优惠价(元)";
        CouponIssued "Issued on" "发放日期"; CouponValid "Valid to" "有效期至"; CouponClaimed "Claimed on" "领取日期"; CouponUsed "Used on" "使用日期"; CouponNote "Note" "备注";
        MemberLevel "Level" "会员等级"; MemberPoints "Points" "积分"; MemberSince "Since" "自"; MemberNote "Note" "备注";
        ActivationCause "Cause" "契机"; ActivationPlan "Solution" "针对性方案"; ActivationStarted "Started" "启动"; ActivationDue "Goal by" "目标日期"; ActivationOutcome "Result" "结果"; ActivationEnded "Ended" "结束";
        BrowseDay "Viewed on" "浏览日期"; BrowseCategory "Category" "品类"; BrowseViews "Views" "次数";
        CampaignName "Campaign" "活动名称"; CampaignFilter "Target group" "目标客户"; CampaignChannel "Channel" "渠道"; CampaignText "What it says" "触达内容"; CampaignScript "Script" "话术";
        CampaignProduct "Offered" "推荐产品"; CampaignStarts "Starts" "开始"; CampaignEnds "Ends" "结束"; CampaignCost "Cost in all, yuan" "总费用(元)"; CampaignGoal "Goal" "目标"; CampaignOwner "Owner" "负责人";
        CampaignFace "Coupon, yuan" "代金券面值(元)"; CampaignPrice "Package was, yuan" "套餐原价(元)"; CampaignOffer "Package now, yuan" "套餐优惠价(元)"; CampaignResult "Evaluation" "活动评估";
        PlanName "Plan" "计划名称"; PlanFilter "Target group" "目标客户群"; PlanCustomer "Or one customer" "或单个客户"; PlanRelation "Relationship" "关系类型"; PlanGoal "Goal" "目标"; PlanContent "Service and value" "服务内容与价值提升";
        PlanChannels "Channels" "沟通渠道"; PlanFrequency "Frequency" "沟通频率"; PlanStarts "Starts" "开始"; PlanEnds "Ends" "结束"; PlanOwner "Owner" "负责人"; PlanProblems "Problems, measures" "问题与措施"; PlanReport "Report upwards" "向上汇报";
        PlanTaskText "Task" "工作任务"; PlanTaskDue "Due" "时间节点"; PlanTaskOwner "Who" "责任人"; ResourceKind "Kind" "类型"; ResourceText "What" "内容"; ResourceAmount "Amount, yuan" "金额(元)"; ResourceDay "On" "日期";
        TargetKpi "KPI" "指标"; TargetValue "Target" "目标值"; TargetActual "Actual" "实际值"; OverspendPeriod "Year" "年度"; OverspendWhy "Why overspent" "超支说明"; SharePerson "Colleague" "协作人"; OwnName "Field" "字段名称"; OwnKind "It takes" "取值类型"; OwnAllowed "To choose from" "可选值"; OwnText "Own field" "自有字段";
        BaselineName "Baseline" "基线名称"; CauseText "Cause" "原因"; EvaluationDue "Evaluate by" "评估截止"; EvaluationOwner "Owner" "负责人"; EvaluationResult "Evaluation" "评估结论";
        LineMetric "Metric" "核心指标"; LineTarget "Target" "目标值"; LineBaseline "Baseline" "基线值"; LineActual "Actual" "实际值"; LineCause "Cause" "差异原因"; SuggestionDirection "Direction" "优化方向"; SuggestionMeasure "Measure" "具体措施";
        SuggestionOwner "Owner" "责任人"; SuggestionDue "Due" "完成时间"; AssessmentScore "Score 0–100" "评分0–100"; AssessmentNote "Note" "评语"; TargetFigure "Target" "目标值"; PeriodText "Period" "期间";
        ExpenseDay "Date" "日期"; ExpenseKind "For" "费用类别"; ExpenseAmount "Amount, yuan" "金额(元)"; ExpenseNote "Note" "备注"; BudgetPeriod "Year" "年度"; BudgetAmount "Budget, yuan" "预算(元)"; BudgetNote "Note" "备注";
        ScriptTitle "Title" "标题"; ScriptText "Text" "话术内容"; ScriptTarget "For" "适用客户"; ScriptScene "Scene" "场景"; ScriptChannels "Channels" "渠道"; ScriptNeeds "Need tags" "需求标签";
        GiftName "Gift" "礼品"; GiftTarget "For" "适用客户"; GiftUnit "Unit cost, yuan" "单价(元)"; GiftStock "Stock" "库存"; GiftNote "Note" "备注";
        ContentTitle "Title" "标题"; ContentIndustry "Industry" "行业"; ContentNeeds "Need tags" "需求标签"; ContentPlace "Path or link" "路径或链接"; ContentNote "Note" "备注";
        ProductName "Product" "产品"; ProductCategory "Category" "品类"; ProductPrice "Price, yuan" "价格(元)"; ProductNeeds "Need tags" "需求标签"; ProductFeature "Improved" "优化功能"; ProductValue "Value to customer" "客户价值"; ProductNewOn "Sold since" "上市日期"; ProductState "State" "状态";
        ComplaintSummary "Complaint" "投诉内容"; ComplaintSubject "Subject" "类别"; ComplaintSeverity "Severity" "严重度"; ComplaintState "State" "状态";
        ComplaintOpened "Received" "收到"; ComplaintSolution "Solution" "解决方案";
        ComplaintHandler "Handler" "处理人"; ComplaintOrder "Order number" "订单号"; ComplaintRepair "Repair plan" "修复措施"; ComplaintRecheck "Check again on" "复查日期"; ComplaintResult "Outcome" "处理结果"; ComplaintEnd "Why not counted" "不计原因";
        RequestDepartment "Department" "受理部门"; RequestText "What is needed" "请求内容"; RequestAnswer "Answer" "回复";
        AlarmRule "Alarm" "预警类型"; AlarmNote "What happened" "情况说明"; AlarmResult "Result" "处理结果";
        LeakPerson "Who took the data" "涉事人员"; LeakSince "Discovered at" "发现时间"; LeakNote "What happened" "情况说明"; LeakResult "Result" "处理结果"; LeakLeftOut "Why left open" "未完成步骤的原因";
        SurveyOn "Date" "日期"; SurveyScore "Score" "得分"; SurveyNps "Recommend 0–10" "推荐意愿0–10"; SurveyAnswers "Score per question" "各题得分"; SurveyComment "Comment" "意见";
        StrategyGoal "Goal" "维系目标"; StrategyTouches "Touch, ideal/worst" "频率(理想/最迟天)"; StrategyContent "Content" "互动内容";
        StrategyChannels "Channels" "渠道"; StrategyScene "Scene" "场景"; StrategyScript "Script" "话术"; StrategyPost "Responsible post" "责任岗位";
        StrategyPerson "Responsible person" "责任人"; StrategyBudget "Year budget, yuan" "年预算(元/户)"; StrategyBound "Bound" "预算性质";
        StrategyTouchCost "Cost a touch, yuan" "单次触达费用(元)"; StrategyCap "Contact cap" "触达上限"; StrategyCapWindow "Cap per" "上限周期";
        StrategyLoadLow "Per head, minimum" "人均客户下限"; StrategyLoadHigh "Per head, maximum" "人均客户上限"; StrategyResources "Resource support" "资源支持";
        OverlayName "Festival or season" "节日/旺季"; OverlayCalendar "Calendar" "历法"; OverlayMonth "Month" "月"; OverlayDay "Day" "日";
        OverlayLead "Days ahead" "提前天数"; OverlayLength "Lasts, days" "持续天数"; OverlayIndustry "Industry" "行业"; OverlayContent "Content" "内容"; OverlayChannel "Channel" "渠道";
        Next "Next actions" "下一步"; Until "Until" "直到"; MoveTo "New due" "改到"; CallAt "Call at" "回电时间"; ByWhen "By when" "期限"; Reason "Reason" "原因"; Contact "Contact" "联系人"; Title "Position" "职位"; Phone "Phone" "电话";
        Wechat "WeChat" "微信"; Email "E-mail" "邮箱"; Birthday "Birthday" "生日"; Coupon "Coupon" "优惠券"; TouchGift "Gift" "礼品"; Tag "Tag" "标签"; TagName "Tag name" "标签名称"; TagType "Tag type" "标签类型";
        HandTo "To whom" "接收人"; AtOnce "At once" "立即移交"; CaseNote "What is said" "说明"; Apology "What is said" "致歉内容"; Compensation "Each gets, yuan" "每户补偿(元)"; TypedName "Its name, typed" "输入客户名称"; MergeWith "The duplicate" "重复客户"; Scheme "Scheme" "分类方案"; ClassValue "Class" "类别"; Filter "Filter" "筛选"; ViewName "View" "视图名称"; Shared "For everybody" "所有人可见"; File "File" "文件"; SettingValue "Value" "取值"; AverageIndustry "Industry" "所属行业"; AverageYear "Year" "年份"; AverageYuan "Yuan a year" "年均消费(元)";
        PersonName "Name" "姓名"; PersonRole "Role" "角色"; PersonDepartment "Department" "部门"; PersonPost "Post" "岗位";
        PersonDeputy "Deputy while away" "休假代理人"; AwayFrom "Away from" "休假自"; AwayUntil "Away until" "休假至"; PersonLogin "Login" "登录名"; PersonKey "Key" "密钥";
    }
}

/// The word for a noun.
pub const fn noun(noun: Noun) -> Text {
    macro_rules! table {
        ($( $id:ident $en:literal $zh:literal; )*) => { match noun { $( Noun::$id => Text { en: $en, zh: $zh }, )* } };
    }
    table! {
        Person "person" "人员"; Customer "customer" "客户"; Alias "old number" "旧编号"; Class "class" "分类"; Contact "contact" "联系人";
        Method "contact method" "联系方式"; Tag "tag" "标签"; CustomerTag "tag" "标签"; Order "order" "订单"; OrderLine "order line" "订单行";
        Quote "quote" "询价"; Refund "refund" "退款"; Opening "opening balance" "期初"; Contract "contract" "合同"; Expense "expense" "费用";
        Budget "budget" "预算"; Touch "touch" "互动"; Outcome "outcome" "后续结果"; Task "task" "待办"; ImportantDate "important date" "重要日期";
        Consent "consent" "授权"; OptOut "opt-out" "退订"; Referral "referral" "转介绍"; Complaint "complaint" "投诉"; Survey "survey" "满意度调查"; Request "request to a department" "部门请求"; Alarm "alarm" "预警";
        SchemeVersion "rules" "规则"; Proposal "proposed rules" "规则提议"; Benchmark "benchmark" "行业基准";
        Coupon "coupon" "优惠券"; Membership "membership" "会员"; Activation "activation" "激活计划"; Browse "page views" "浏览记录";
        Script "script" "话术"; Gift "gift" "礼品"; Content "content" "内容资料"; Product "product" "产品"; ProductTag "need tag of a product" "产品需求标签";
        Campaign "campaign" "营销活动"; Member "member of a campaign" "活动客户"; Plan "plan" "计划"; PlanTask "task of a plan" "计划任务"; PlanResource "resource of a plan" "计划资源"; PlanTarget "KPI target" "指标目标"; Overspend "explanation of overspending" "超支说明";
        Strategy "strategy" "策略"; StrategyTouch "touch kind" "触达类型"; StrategyVersion "version" "版本"; Overlay "festival or season" "节日/旺季";
        Baseline "baseline" "基线"; CauseNote "cause" "原因说明"; Evaluation "evaluation" "效果评估"; EvaluationLine "line of an evaluation" "评估指标"; Suggestion "suggestion" "优化建议"; Assessment "assessment" "月度考核";
        Event "event" "事件"; BookRef "book number" "账簿编号"; Share "colleague on it" "协作人";
        Dispute "ownership dispute" "归属争议"; DisputeNote "note on a dispute" "争议说明"; Handover "hand-over" "客户交接"; HandoverItem "checklist of a hand-over" "交接清单"; HandoverCustomer "customer of a hand-over" "交接客户";
        Leak "leak" "泄露事件"; LeakStep "step of a leak" "泄露处理步骤"; LeakCustomer "customer of a leak" "泄露涉及客户";
        SavedView "view" "视图"; PersonKey "key" "密钥"; Setting "setting" "设置"; OwnField "own field" "自有字段"; OwnValue "own field" "自有字段"; Entry "entry" "输入";
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::cells::width;
    use crate::domain::field::FIELDS;
    use crate::i18n::Lang;

    #[test]
    fn no_label_is_cut_in_a_form_and_no_two_of_a_record_read_the_same() {
        for lang in [Lang::En, Lang::Zh] {
            for spec in FIELDS {
                let name = label(spec.field).of(lang);
                assert!(width(name) <= 18, "{name}: {} cells", width(name));
                let again = FIELDS.iter().find(|other| {
                    other.noun == spec.noun
                        && other.field != spec.field
                        && label(other.field).of(lang) == name
                });
                assert!(spec.noun == Noun::Entry || again.is_none(), "{name} twice in {:?}", spec.noun);
            }
        }
    }
}
