//! Every field a person can see or edit, as one table: forms, `--set`, imports, the conflict dialog, masks and the profile
//! read it. Adding a field is adding a row here, a column in a migration and a word in `i18n`.

mod ids;
mod invalid;
mod kind;
mod lookup;
mod noun;
mod value;

use serde::{Deserialize, Serialize};

use super::alarm::BY_HAND;
use ids::{
    ACTIVATIONS, BOUNDS, CALENDARS, CAP_WINDOWS, CHURN_REASONS, COMPLAINT_ENDS, COMPLAINT_STATES, CONSENTS,
    COSTS, COUPONS, DATE_KINDS, DEPTHS, KINDS, METHOD_KINDS, NEEDS, ORDER_STATES, OUTCOMES, PRODUCT_STATES,
    QUOTE_STATES, RELATIONS, RESOURCES, SEVERITIES, SIZES, SOURCES, STATES, TAG_TYPES,
};
pub use ids::{
    CHANNELS, DEPARTMENTS, OPT_OUTS, OWN_KINDS, OWN_LONGEST, ROLES, SCENES, SCHEMES, TASK_KINDS, TOUCH_KINDS,
};
pub use invalid::{Invalid, Problem};
pub use kind::{Kind, Spec};
pub use lookup::fields_of;
pub use noun::{Noun, Row};
pub use value::Value;

macro_rules! fields {
    ($( $noun:ident { $( $field:ident $column:literal $kind:expr $(, $mark:ident)* ; )* } )*) => {
        /// Every field a person can see or edit; the table below says what each is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[expect(missing_docs, reason = "the table of fields is their documentation")]
        pub enum Field { $($( $field, )*)* }

        /// The table of fields, in the order in which a record shows them.
        pub const FIELDS: &[Spec] = &[ $($( Spec {
            field: Field::$field,
            noun: Noun::$noun,
            column: $column,
            kind: $kind,
            needed: false $(|| matches!(stringify!($mark).as_bytes(), b"needed"))*,
            private: false $(|| matches!(stringify!($mark).as_bytes(), b"private"))*,
        }, )*)* ];
    };
}

fields! {
    Customer {
        Code "code" Kind::Line(40), needed;
        Name "name" Kind::Line(120), needed;
        CustomerKind "kind" Kind::Choice(KINDS), needed;
        Industry "industry" Kind::Line(60);
        IndustryStandard "industry_std" Kind::Line(60);
        Employees "employees" Kind::Int;
        Size "size" Kind::Choice(SIZES);
        Revenue "revenue_fen" Kind::Money, private;
        Region "region" Kind::Line(60);
        Address "address" Kind::Line(200), private;
        Website "website" Kind::Line(120);
        Source "source" Kind::Choice(SOURCES);
        Referrer "referrer_id" Kind::Customer;
        Owner "owner_id" Kind::Person, needed;
        State "state" Kind::Choice(STATES);
        Depth "depth" Kind::Choice(DEPTHS);
        Relation "relation" Kind::Choice(RELATIONS);
        Need "need" Kind::Choice(NEEDS);
        PreferredChannel "channel" Kind::Choice(CHANNELS);
        PreferredCategory "category" Kind::Line(60);
        CooperationOn "cooperation_on" Kind::Day;
        ChurnReason "churn_reason" Kind::Choice(CHURN_REASONS);
        ChurnNote "churn_note" Kind::Line(200);
        CustomerNote "note" Kind::Block;
    }
    Contact {
        ContactName "name" Kind::Line(60), needed;
        ContactTitle "title" Kind::Line(60);
        ContactKey "is_key" Kind::Flag;
        ContactNote "note" Kind::Block;
    }
    Method {
        MethodContact "contact_id" Kind::Contact, needed;
        MethodKind "kind" Kind::Choice(METHOD_KINDS), needed;
        MethodValue "value" Kind::Line(120), needed, private;
    }
    Order {
        OrderCode "code" Kind::Line(40);
        OrderDay "ordered_on" Kind::PastDay, needed;
        OrderAmount "amount_fen" Kind::Money, needed, private;
        OrderCategory "category" Kind::Line(60);
        OrderStatus "status" Kind::Choice(ORDER_STATES), needed;
        OrderNote "note" Kind::Block;
    }
    OrderLine {
        LineProduct "product" Kind::Line(80), needed;
        LineCategory "category" Kind::Line(60);
        LineQuantity "quantity" Kind::Int, needed;
        LineUnit "unit_fen" Kind::Money, private;
        LineGift "gift" Kind::Flag;
    }
    Quote {
        QuoteDay "quoted_on" Kind::Day, needed;
        QuoteProduct "product" Kind::Line(80);
        QuoteAmount "amount_fen" Kind::Money, private;
        QuoteState "state" Kind::Choice(QUOTE_STATES), needed;
        QuoteNote "note" Kind::Block;
    }
    Refund {
        RefundDay "refunded_on" Kind::PastDay, needed;
        RefundAmount "amount_fen" Kind::Money, needed, private;
        RefundReason "reason" Kind::Line(200);
    }
    Opening {
        OpeningAsOf "as_of" Kind::Day, needed;
        OpeningFirst "first_on" Kind::PastDay;
        OpeningLast "last_on" Kind::PastDay;
        OpeningPerYear "per_year" Kind::Int;
        OpeningTotal "total_fen" Kind::Money, private;
        OpeningYear "year_fen" Kind::Money, private;
        OpeningCategory "category" Kind::Line(60);
        OpeningSource "source" Kind::Line(120);
    }
    Contract {
        ContractCode "code" Kind::Line(40);
        ContractSigned "signed_on" Kind::Day;
        ContractExpires "expires_on" Kind::Day;
        ContractRenewed "renewed_on" Kind::Day;
        ContractAnnual "annual_fen" Kind::Money, private;
        ContractNote "note" Kind::Block;
    }
    Expense {
        ExpenseDay "spent_on" Kind::PastDay, needed;
        ExpenseKind "category" Kind::Choice(COSTS), needed;
        ExpenseAmount "amount_fen" Kind::Money, needed, private;
        ExpenseNote "note" Kind::Line(120);
    }
    Budget {
        BudgetPeriod "period" Kind::Line(4), needed;
        BudgetAmount "amount_fen" Kind::Money, needed, private;
        BudgetNote "note" Kind::Line(120);
    }
    Touch {
        TouchAt "at" Kind::Moment, needed;
        TouchChannel "channel" Kind::Choice(CHANNELS);
        TouchKind "kind" Kind::Choice(TOUCH_KINDS), needed;
        TouchContact "contact_id" Kind::Contact;
        TouchTopic "topic" Kind::Line(80);
        TouchSummary "summary" Kind::Block, needed;
        TouchFeedback "feedback" Kind::Block;
        TouchResponded "responded" Kind::Flag;
        TouchCost "cost_fen" Kind::Money;
        TouchProduct "product" Kind::Line(120);
        TouchScript "script" Kind::Line(80);
        TouchEvent "event_on" Kind::Day;
        TouchClosed "closed" Kind::Flag;
        TouchOverride "override" Kind::Line(200);
    }
    Task {
        TaskText "text" Kind::Line(200), needed;
        TaskDue "due_on" Kind::When, needed;
        TaskOwner "owner_id" Kind::Person, needed;
        TaskSnoozed "snoozed_until" Kind::Day;
        TaskSnoozeReason "snooze_reason" Kind::Line(200);
    }
    ImportantDate {
        DateKind "kind" Kind::Choice(DATE_KINDS), needed;
        DateLabel "label" Kind::Line(60);
        DateContact "contact_id" Kind::Contact;
        DateCalendar "calendar" Kind::Choice(CALENDARS), needed;
        DateMonth "month" Kind::Int, needed;
        DateDay "day" Kind::Int, needed;
        DateYear "year" Kind::Int;
        DateLead "lead_days" Kind::Int;
    }
    Consent {
        ConsentState "state" Kind::Choice(CONSENTS), needed;
        ConsentPurpose "purpose" Kind::Line(120);
        ConsentWay "way" Kind::Line(60);
        ConsentOn "given_on" Kind::Day;
    }
    OptOut {
        OptOutChannel "channel" Kind::Choice(OPT_OUTS), needed;
        OptOutSince "since" Kind::Day, needed;
        OptOutWay "way" Kind::Line(60);
    }
    Referral {
        ReferralNew "new_id" Kind::Customer;
        ReferralAsked "asked_on" Kind::Day;
        ReferralCause "cause" Kind::Line(80);
        ReferralOutcome "outcome" Kind::Line(80);
        ReferralReward "reward" Kind::Line(80);
        ReferralWorth "reward_fen" Kind::Money, private;
        ReferralGiven "given_on" Kind::Day;
    }
    Coupon {
        CouponKind "kind" Kind::Choice(COUPONS), needed; CouponFace "face_fen" Kind::Money, private;
        CouponPrice "price_fen" Kind::Money, private; CouponOffer "offer_fen" Kind::Money, private;
        CouponIssued "issued_on" Kind::Day, needed; CouponValid "valid_to" Kind::Day;
        CouponClaimed "claimed_on" Kind::PastDay; CouponUsed "used_on" Kind::PastDay;
        CouponNote "note" Kind::Line(80);
    }
    Membership {
        MemberLevel "level" Kind::Line(20);
        MemberPoints "points" Kind::Int;
        MemberSince "since" Kind::Day;
        MemberNote "note" Kind::Line(80);
    }
    Activation {
        ActivationCause "cause" Kind::Choice(ACTIVATIONS), needed; ActivationPlan "plan" Kind::Line(200);
        ActivationStarted "started_on" Kind::Day, needed; ActivationDue "due_on" Kind::Day;
        ActivationOutcome "outcome" Kind::Choice(OUTCOMES), needed; ActivationEnded "ended_on" Kind::Day;
    }
    Browse {
        BrowseDay "viewed_on" Kind::PastDay, needed; BrowseCategory "category" Kind::Line(60), needed;
        BrowseViews "views" Kind::Int;
    }
    Complaint {
        ComplaintSummary "summary" Kind::Block, needed; ComplaintSubject "subject" Kind::Line(60);
        ComplaintSeverity "severity" Kind::Choice(SEVERITIES), needed;
        ComplaintState "state" Kind::Choice(COMPLAINT_STATES), needed;
        ComplaintOpened "opened_at" Kind::Moment, needed; ComplaintSolution "solution" Kind::Block;
        ComplaintHandler "handler_id" Kind::Person; ComplaintOrder "order_code" Kind::Line(40);
        ComplaintRepair "repair" Kind::Block; ComplaintRecheck "recheck_on" Kind::Day;
        ComplaintResult "recheck" Kind::Block; ComplaintEnd "ended" Kind::Choice(COMPLAINT_ENDS);
    }
    Request {
        RequestDepartment "department" Kind::Choice(DEPARTMENTS), needed;
        RequestText "text" Kind::Block, needed; RequestAnswer "answer" Kind::Block;
    }
    Alarm {
        AlarmRule "rule" Kind::Choice(BY_HAND), needed;
        AlarmNote "note" Kind::Block, needed; AlarmResult "result" Kind::Block, needed;
    }
    Leak {
        LeakPerson "person_id" Kind::Person;
        LeakSince "since" Kind::Moment;
        LeakNote "note" Kind::Block, needed; LeakResult "result" Kind::Block, needed; LeakLeftOut "left_out" Kind::Block;
    }
    Survey {
        SurveyOn "answered_on" Kind::PastDay, needed; SurveyScore "score" Kind::Int; SurveyNps "nps" Kind::Int;
        SurveyAnswers "answers" Kind::Line(120); SurveyComment "comment" Kind::Block;
    }
    Script {
        ScriptTitle "title" Kind::Line(40), needed;
        ScriptText "text" Kind::Block, needed;
        ScriptTarget "target" Kind::Classes;
        ScriptScene "scene" Kind::Choice(SCENES), needed;
        ScriptChannels "channels" Kind::Channels;
        ScriptNeeds "needs" Kind::Line(120);
    }
    Gift {
        GiftName "name" Kind::Line(60), needed;
        GiftTarget "target" Kind::Classes;
        GiftUnit "unit_fen" Kind::Money;
        GiftStock "stock" Kind::Int;
        GiftNote "note" Kind::Line(120);
    }
    Content {
        ContentTitle "title" Kind::Line(80), needed;
        ContentIndustry "industry" Kind::Line(60);
        ContentNeeds "needs" Kind::Line(120);
        ContentPlace "place" Kind::Line(300);
        ContentNote "note" Kind::Line(120);
    }
    Product {
        ProductName "name" Kind::Line(80), needed;
        ProductCategory "category" Kind::Line(60);
        ProductPrice "price_fen" Kind::Money;
        ProductNeeds "needs" Kind::Line(120);
        ProductFeature "feature" Kind::Line(80);
        ProductValue "value" Kind::Line(80);
        ProductNewOn "new_on" Kind::Day;
        ProductState "state" Kind::Choice(PRODUCT_STATES), needed;
    }
    Campaign {
        CampaignName "name" Kind::Line(60), needed; CampaignFilter "filter" Kind::Filter, needed;
        CampaignChannel "channel" Kind::Choice(CHANNELS), needed; CampaignText "text" Kind::Block;
        CampaignScript "script" Kind::Line(80); CampaignProduct "product" Kind::Line(120);
        CampaignStarts "starts_on" Kind::Day, needed; CampaignEnds "ends_on" Kind::Day, needed;
        CampaignCost "cost_fen" Kind::Money; CampaignGoal "goal" Kind::Line(120);
        CampaignOwner "owner_id" Kind::Person, needed; CampaignFace "face_fen" Kind::Money;
        CampaignPrice "price_fen" Kind::Money; CampaignOffer "offer_fen" Kind::Money;
        CampaignResult "result" Kind::Block;
    }
    Plan {
        PlanName "name" Kind::Line(60), needed; PlanFilter "filter" Kind::Filter;
        PlanCustomer "customer_id" Kind::Customer; PlanRelation "relation" Kind::Choice(RELATIONS);
        PlanGoal "goal" Kind::Line(200); PlanContent "content" Kind::Block;
        PlanChannels "channels" Kind::Channels; PlanFrequency "frequency" Kind::Line(60);
        PlanStarts "starts_on" Kind::Day, needed; PlanEnds "ends_on" Kind::Day, needed;
        PlanOwner "owner_id" Kind::Person, needed; PlanProblems "problems" Kind::Block;
        PlanReport "report" Kind::Block;
    }
    PlanTask {
        PlanTaskText "text" Kind::Line(200), needed; PlanTaskDue "due_on" Kind::Day, needed;
        PlanTaskOwner "owner_id" Kind::Person, needed;
    }
    PlanResource {
        ResourceKind "kind" Kind::Choice(RESOURCES), needed; ResourceText "text" Kind::Line(200), needed;
        ResourceAmount "amount_fen" Kind::Money; ResourceDay "on_day" Kind::Day;
    }
    PlanTarget {
        TargetKpi "kpi" Kind::Line(60), needed;
        TargetValue "target" Kind::Line(40), needed;
        TargetActual "actual" Kind::Line(40);
    }
    OwnField {
        OwnName "name" Kind::Line(40), needed; OwnKind "kind" Kind::Choice(OWN_KINDS), needed;
        OwnAllowed "allowed" Kind::Line(300);
    }
    OwnValue { OwnText "value" Kind::Line(OWN_LONGEST), private; }
    Share { SharePerson "person_id" Kind::Person, needed; }
    Overspend {
        OverspendPeriod "period" Kind::Line(4), needed; OverspendWhy "explanation" Kind::Line(200), needed;
    }
    Baseline { BaselineName "name" Kind::Line(60), needed; }
    CauseNote { CauseText "text" Kind::Block, needed; }
    Evaluation {
        EvaluationDue "due_on" Kind::Day, needed; EvaluationOwner "owner_id" Kind::Person, needed;
        EvaluationResult "result" Kind::Block;
    }
    EvaluationLine {
        LineMetric "metric" Kind::Line(60), needed;
        LineTarget "target" Kind::Line(40);
        LineBaseline "baseline" Kind::Line(40);
        LineActual "actual" Kind::Line(40);
        LineCause "cause" Kind::Block;
    }
    Suggestion {
        SuggestionDirection "direction" Kind::Line(60), needed; SuggestionMeasure "measure" Kind::Block, needed;
        SuggestionOwner "owner_id" Kind::Person, needed; SuggestionDue "due_on" Kind::Day, needed;
    }
    Assessment { AssessmentScore "score" Kind::Int, needed; AssessmentNote "note" Kind::Block; }
    Strategy {
        StrategyGoal "goal" Kind::Line(120), needed;
        StrategyTouches "touches" Kind::Beats;
        StrategyContent "content" Kind::Block;
        StrategyChannels "channels" Kind::Channels;
        StrategyScene "scene" Kind::Line(80);
        StrategyScript "script" Kind::Block;
        StrategyPost "post" Kind::Line(40);
        StrategyPerson "person_id" Kind::Person;
        StrategyBudget "budget_fen" Kind::Money;
        StrategyBound "bound" Kind::Choice(BOUNDS);
        StrategyTouchCost "touch_fen" Kind::Money;
        StrategyCap "cap_count" Kind::Int;
        StrategyCapWindow "cap_window" Kind::Choice(CAP_WINDOWS);
        StrategyLoadLow "load_low" Kind::Int;
        StrategyLoadHigh "load_high" Kind::Int;
        StrategyResources "resources" Kind::Line(200);
    }
    Overlay {
        OverlayName "name" Kind::Line(20), needed;
        OverlayCalendar "calendar" Kind::Choice(CALENDARS), needed;
        OverlayMonth "month" Kind::Int, needed;
        OverlayDay "day" Kind::Int, needed;
        OverlayLead "lead_days" Kind::Int, needed;
        OverlayLength "length_days" Kind::Int, needed;
        OverlayIndustry "industry" Kind::Line(60);
        OverlayContent "content" Kind::Block;
        OverlayChannel "channel" Kind::Choice(CHANNELS);
    }
    Person {
        PersonName "name" Kind::Line(60), needed;
        PersonRole "role" Kind::Choice(ROLES), needed;
        PersonDepartment "department" Kind::Choice(DEPARTMENTS), needed;
        PersonPost "post" Kind::Line(60);
        PersonDeputy "deputy_id" Kind::Person;
        AwayFrom "away_from" Kind::Day; AwayUntil "away_until" Kind::Day;
    }
    Entry {
        Next "next" Kind::Actions;
        TaskKind "task_kind" Kind::Choice(TASK_KINDS), needed;
        Until "until" Kind::Due, needed; MoveTo "move_to" Kind::Due, needed; CallAt "call_at" Kind::Due, needed;
        ByWhen "by_when" Kind::Due;
        Reason "reason" Kind::Line(200), needed;
        Contact "contact" Kind::Line(60);
        Title "title" Kind::Line(60);
        Phone "phone" Kind::Line(120), private;
        Wechat "wechat" Kind::Line(60), private;
        Email "email" Kind::Line(120), private;
        Birthday "birthday" Kind::Line(30);
        Coupon "coupon" Kind::Line(40);
        TouchGift "gift" Kind::Line(60);
        Tag "tag" Kind::Line(80), needed;
        TagName "tag_name" Kind::Line(60);
        TagType "tag_type" Kind::Choice(TAG_TYPES), needed;
        HandTo "hand_to" Kind::Person, needed; AtOnce "at_once" Kind::Flag, needed; CaseNote "case_note" Kind::Line(400), needed; Apology "apology" Kind::Block, needed; Compensation "compensation" Kind::Money; TypedName "typed_name" Kind::Line(120), needed; MergeWith "merge_with" Kind::Customer, needed;
        Scheme "scheme" Kind::Choice(SCHEMES), needed;
        ClassValue "class" Kind::Line(40);
        Filter "filter" Kind::Line(300);
        ViewName "view" Kind::Line(40), needed; Shared "shared" Kind::Flag;
        File "file" Kind::Line(400), needed;
        SettingValue "setting" Kind::Line(200), needed; AverageIndustry "average_industry" Kind::Line(60), needed;
        AverageYear "average_year" Kind::Int, needed; AverageYuan "average_yuan" Kind::Money, needed;
        PersonLogin "login" Kind::Line(40), needed;
        PersonKey "person_key" Kind::Line(120), needed;
        TargetFigure "target_figure" Kind::Line(40);
        PeriodText "period" Kind::Line(40), needed;
    }
}
