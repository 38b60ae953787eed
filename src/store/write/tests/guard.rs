//! The guard as the write path asks it: nobody slips past, whoever and whatever way in (E22, G46–G52).

use super::*;
use crate::domain::change::TaskRef;
use crate::domain::field::Row;
use crate::domain::guard::{Deed, Finding, Intent};
use crate::store::read::guard::guarded;
use crate::store::request::RowOutcome;

fn of_class(rig: &mut Rig, class: &str) -> i64 {
    let id = rig.customer(class);
    rig.write(Change::Class {
        customer: CustomerId(id),
        scheme: "segment".into(),
        value: Some(class.into()),
        reason: None,
    });
    id
}

fn log(rig: &mut Rig, touch: NewTouch) -> Result<Receipt, StoreError> {
    rig.attempt(Change::LogTouch(Box::new(touch)))
}

#[track_caller]
fn stopped(result: Result<Receipt, StoreError>) -> Vec<Finding> {
    match result {
        Err(StoreError::Guarded(found)) => found,
        other => panic!("{other:?}"),
    }
}

fn opt_out(customer: i64, channel: &str, since: &str) -> Change {
    Change::Add {
        noun: Noun::OptOut,
        customer: CustomerId(customer),
        set: vec![
            (Field::OptOutChannel, Value::text(channel)),
            (Field::OptOutSince, Value::Day(since.parse().unwrap())),
        ],
    }
}

#[test]
fn k48_the_third_touch_of_a_high_value_customer_is_stopped_whoever_made_the_two_before() {
    let mut rig = rig();
    let id = of_class(&mut rig, "high");
    rig.at("2024-05-15T02:00:00Z");
    let first = talk(id, rig.now);
    log(&mut rig, first).unwrap();
    rig.at("2024-05-18T02:00:00Z");
    let (me, other) = (rig.me.clone(), rig.person("li", "rep", "marketing"));
    rig.me = other;
    let second = NewTouch { channel: Some("sms".into()), ..talk(id, rig.now) };
    log(&mut rig, second).unwrap();
    rig.me = me;
    rig.at("2024-05-20T02:00:00Z");
    let third = talk(id, rig.now);
    let found = stopped(log(&mut rig, third.clone()));
    let Some(Finding::Cap { touches, .. }) = found.first() else { panic!("{found:?}") };
    let named: Vec<_> = touches.iter().map(|t| (t.person.as_str(), t.department.as_str())).collect();
    assert_eq!(named, [("王敏", "sales"), ("li", "marketing")]);
    // a blank reason is none; an answer is none of our own accord
    let blank = NewTouch { override_reason: Some("  ".into()), ..third.clone() };
    stopped(log(&mut rig, blank));
    log(&mut rig, NewTouch { kind: "reply".into(), ..third.clone() }).unwrap();
    assert_eq!(rig.count("SELECT count(*) FROM touch"), 3);
    let kept = NewTouch { override_reason: Some("客户来电要求".into()), ..third.clone() };
    let receipt = log(&mut rig, kept).unwrap();
    assert!(matches!(receipt.findings.first(), Some(Finding::Cap { .. })));
    assert_eq!(rig.count("SELECT count(*) FROM touch WHERE override='客户来电要求'"), 1);
    // the first one of the fifteenth has left the window by then, the breach counts
    rig.at("2024-05-22T02:00:01Z");
    let again = talk(id, rig.now);
    stopped(log(&mut rig, again));
    rig.sound();
}

#[test]
fn k48_d33_a_month_for_the_dormant_a_week_for_whoever_has_no_class_and_both_are_settings() {
    let mut rig = rig();
    let dormant = of_class(&mut rig, "dormant");
    let nobody = rig.customer("新客户");
    rig.at("2024-05-02T02:00:00Z");
    for id in [dormant, nobody] {
        let touch = talk(id, rig.now);
        log(&mut rig, touch).unwrap();
    }
    rig.at("2024-05-06T02:00:00Z");
    let touch = talk(nobody, rig.now);
    log(&mut rig, touch).unwrap();
    let touch = talk(dormant, rig.now);
    stopped(log(&mut rig, touch));
    let touch = talk(nobody, rig.now);
    stopped(log(&mut rig, touch.clone()));
    rig.write(Change::Set { key: "cap".into(), value: "2".into() });
    log(&mut rig, touch).unwrap();
    rig.write(Change::Set { key: "cap_window".into(), value: "month".into() });
    rig.at("2024-05-31T02:00:00Z");
    let touch = talk(nobody, rig.now);
    stopped(log(&mut rig, touch));
    // midnight in Shanghai
    rig.at("2024-05-31T16:00:00Z");
    let touch = talk(dormant, rig.now);
    log(&mut rig, touch).unwrap();
    rig.sound();
}

#[test]
fn k49_an_opt_out_stops_its_channel_do_not_disturb_all_and_a_breach_is_recorded_with_its_reason() {
    let mut rig = rig();
    let id = of_class(&mut rig, "high");
    rig.write(opt_out(id, "sms", "2024-05-20"));
    let by = |channel: &str, now: Now| NewTouch { channel: Some(channel.into()), ..talk(id, now) };
    let now = rig.now;
    let found = stopped(log(&mut rig, by("sms", now)));
    assert!(matches!(found.first(), Some(Finding::OptedOut { channel, .. }) if channel == "sms"));
    log(&mut rig, by("email", now)).unwrap();
    rig.write(opt_out(id, "all", "2024-05-20"));
    for channel in ["sms", "email", "phone", "visit"] {
        let found = stopped(log(&mut rig, by(channel, now)));
        assert!(matches!(found.first(), Some(Finding::Quiet { .. })), "{channel} {found:?}");
    }
    log(&mut rig, NewTouch { kind: "inbound".into(), ..by("phone", now) }).unwrap();
    let breach = NewTouch { override_reason: Some("误发".into()), ..by("sms", now) };
    log(&mut rig, breach).unwrap();
    assert_eq!(rig.text("SELECT override FROM touch WHERE override IS NOT NULL"), Some("误发".into()));
    // why the guard was passed stays with the touch
    let row = rig.count("SELECT id FROM touch WHERE override IS NOT NULL");
    assert!(matches!(
        rig.attempt(edit(Noun::Touch, row, 1, Field::TouchOverride, "误发", "")),
        Err(StoreError::Invalid(Invalid { field: Field::TouchOverride, problem: Problem::Empty }))
    ));
    rig.write(Change::Undo(None));
    assert_eq!(rig.count("SELECT count(*) FROM touch WHERE override IS NOT NULL"), 0);
    rig.sound();
}

#[test]
fn k19_a_product_offered_by_another_department_asks_for_a_reason_and_says_who_when_and_how_they_took_it() {
    let mut rig = rig();
    let id = of_class(&mut rig, "high");
    rig.at("2024-05-10T02:00:00Z");
    let offer =
        NewTouch {
            product: Some("P产品".into()), feedback: Some("暂不需要".into()), ..talk(id, rig.now)
        };
    log(&mut rig, offer.clone()).unwrap();
    rig.at("2024-05-20T02:00:00Z");
    rig.me = rig.person("li", "rep", "marketing");
    let again = NewTouch { at: rig.now.at, channel: Some("sms".into()), ..offer };
    let found = stopped(log(&mut rig, again.clone()));
    let Some(Finding::SameProduct { past, .. }) = found.first() else { panic!("{found:?}") };
    assert_eq!((past.person.as_str(), past.day.to_string().as_str()), ("王敏", "2024-05-10"));
    assert_eq!(past.feedback.as_deref(), Some("暂不需要"));
    log(&mut rig, NewTouch { product: Some("Q产品".into()), ..again }).unwrap();
    rig.sound();
}

#[test]
fn d20_d21_touches_and_gifts_of_the_year_count_against_the_budget_and_coupons_do_not() {
    let mut rig = rig();
    let id = of_class(&mut rig, "high");
    let spend = |rig: &Rig, category: &str, day: &str, fen: i64| {
        rig.store
            .db
            .execute(
                "INSERT INTO expense(customer_id,spent_on,category,amount_fen) VALUES(?1,?2,?3,?4)",
                (id, day, category, fen),
            )
            .unwrap();
    };
    spend(&rig, "coupon", "2024-02-01", 100_000);
    spend(&rig, "gift", "2023-12-31", 100_000);
    spend(&rig, "gift", "2024-01-01", 50_000);
    let touch = |cost: i64, now: Now| NewTouch { cost: Fen(cost), ..talk(id, now) };
    rig.at("2024-04-01T02:00:00Z");
    let now = rig.now;
    log(&mut rig, touch(9_999, now)).unwrap();
    rig.at("2024-05-01T02:00:00Z");
    let now = rig.now;
    log(&mut rig, touch(1, now)).unwrap();
    rig.at("2024-05-20T02:00:00Z");
    let now = rig.now;
    let found = stopped(log(&mut rig, touch(0, now)));
    assert!(matches!(found.first(), Some(Finding::Budget { percent: 120, limit: 120 })), "{found:?}");
    // a budget of the customer's own stands above the class's
    rig.store
        .db
        .execute(
            "INSERT INTO budget(customer_id,period,category,amount_fen,approved_by) VALUES(?1,'2024','maintenance',60000,1)",
            [id],
        )
        .unwrap();
    log(&mut rig, touch(0, now)).unwrap();
}

#[test]
fn g41_g50_g51_suspended_asks_for_a_reason_and_unknown_consent_and_second_check_are_notes() {
    let mut rig = rig();
    let id = of_class(&mut rig, "high");
    let touch = talk(id, rig.now);
    let receipt = log(&mut rig, touch.clone()).unwrap();
    assert_eq!(
        receipt.findings,
        [Finding::ConsentUnknown, Finding::Unchecked { entered: Some("王敏".into()) }]
    );
    rig.write(Change::Class {
        customer: CustomerId(id),
        scheme: "expansion".into(),
        value: Some("invalid".into()),
        reason: None,
    });
    assert!(stopped(log(&mut rig, touch.clone())).contains(&Finding::Suspended));
    let kept = NewTouch { override_reason: Some("客户重新询价".into()), ..touch };
    // a reason is kept only where there was something to pass over
    log(&mut rig, kept.clone()).unwrap();
    rig.write(Change::Undo(None));
    rig.write(Change::Class {
        customer: CustomerId(id),
        scheme: "expansion".into(),
        value: None,
        reason: None,
    });
    log(&mut rig, kept).unwrap();
    assert_eq!(rig.count("SELECT count(*) FROM touch WHERE override IS NOT NULL"), 0);
}

#[test]
fn g49_a_script_that_is_not_approved_is_not_used() {
    let mut rig = rig();
    let id = of_class(&mut rig, "high");
    rig.store
        .db
        .execute_batch(
            "INSERT INTO script(code,version,title,text,state,created_at) VALUES
             ('S1',1,'新话术','您好','draft',0), ('S2',1,'旧话术','您好','withdrawn',0),
             ('S3',1,'回访','您好','withdrawn',0), ('S3',2,'回访','您好','approved',0), ('S3',3,'回访','您好','draft',0)",
        )
        .unwrap();
    let by = |script: &str, now: Now| NewTouch { script: Some(script.into()), ..talk(id, now) };
    let now = rig.now;
    for script in ["S1", "新话术", "S2"] {
        let found = stopped(log(&mut rig, by(script, now)));
        assert!(matches!(found.first(), Some(Finding::Script { .. })), "{script} {found:?}");
    }
    log(&mut rig, by("s3", now)).unwrap();
    assert!(
        matches!(log(&mut rig, by("随口说的", now)), Err(StoreError::Invalid(_))),
        "what nobody approved"
    );
}

#[test]
fn a_correction_may_not_turn_an_answer_into_a_touch_that_would_have_been_stopped() {
    let mut rig = rig();
    let id = of_class(&mut rig, "dormant");
    let touch = talk(id, rig.now);
    log(&mut rig, touch.clone()).unwrap();
    let reply = log(&mut rig, NewTouch { kind: "reply".into(), ..touch }).unwrap().made.unwrap().id;
    let turn = |to: &str| edit(Noun::Touch, reply, 1, Field::TouchKind, "reply", to);
    assert!(matches!(stopped(rig.attempt(turn("proactive"))).first(), Some(Finding::Cap { .. })));
    // what does not make it worse passes, also where the touch would be stopped today
    rig.write(edit(Noun::Touch, reply - 1, 1, Field::TouchChannel, "phone", "sms"));
    rig.write(opt_out(id, "email", "2024-05-20"));
    let moved = edit(Noun::Touch, reply - 1, 2, Field::TouchChannel, "sms", "email");
    assert!(matches!(stopped(rig.attempt(moved)).as_slice(), [Finding::OptedOut { .. }]));
    let row = Row { noun: Noun::Touch, id: reply };
    let with_reason = vec![
        Edited { field: Field::TouchKind, was: Value::text("reply"), to: Value::text("proactive") },
        Edited { field: Field::TouchOverride, was: Value::None, to: Value::text("记错了") },
    ];
    rig.write(Change::Edit { row, rev: 1, set: with_reason });
    rig.sound();
}

#[test]
fn k49_the_reason_of_an_earlier_breach_is_none_for_a_new_one() {
    let mut rig = rig();
    let id = of_class(&mut rig, "high");
    rig.write(opt_out(id, "sms", "2024-05-20"));
    rig.write(opt_out(id, "email", "2024-05-20"));
    let now = rig.now;
    let breach =
        NewTouch { channel: Some("sms".into()), override_reason: Some("误发".into()), ..talk(id, now) };
    let touch = log(&mut rig, breach).unwrap().made.unwrap().id;
    let row = Row { noun: Noun::Touch, id: touch };
    let by_mail = Edited { field: Field::TouchChannel, was: Value::text("sms"), to: Value::text("email") };
    let found = stopped(rig.attempt(Change::Edit { row, rev: 1, set: vec![by_mail.clone()] }));
    assert!(matches!(found.as_slice(), [Finding::OptedOut { channel, .. }] if channel == "email"));
    let why = Edited {
        field: Field::TouchOverride,
        was: Value::text("误发"),
        to: Value::text("客户当面同意发邮件"),
    };
    rig.write(Change::Edit { row, rev: 1, set: vec![by_mail, why] });
    rig.sound();
}

#[test]
fn a_call_that_nobody_took_fills_no_cap_and_is_held_by_the_customers_wish_alone() {
    let mut rig = rig();
    let id = of_class(&mut rig, "dormant");
    let call = |rig: &Rig, task: Option<TaskRef>| Change::Unanswered {
        touch: Box::new(NewTouch::plain(CustomerId(id), rig.now.at, "未接")),
        task,
        again: next("再打", "2024-05-21"),
    };
    for _ in 0..3 {
        rig.write(call(&rig, None));
    }
    assert_eq!(rig.count("SELECT count(*) FROM touch WHERE reached=0"), 3);
    let touch = talk(id, rig.now);
    log(&mut rig, touch).unwrap();
    let promise = TaskRef::Stored(rig.count("SELECT min(id) FROM task WHERE kind='promise'"));
    rig.write(call(&rig, None));
    rig.write(opt_out(id, "phone", "2024-05-20"));
    stopped(rig.attempt(call(&rig, None)));
    // our word to the customer is kept all the same
    rig.write(call(&rig, Some(promise)));
    rig.sound();
}

#[test]
fn a_planned_touch_is_stopped_needs_a_reason_or_passes_and_a_promise_is_never_asked() {
    let mut rig = rig();
    let id = of_class(&mut rig, "dormant");
    let plan = |day: &str, reason: Option<&str>| Change::PlanTouch {
        customer: CustomerId(id),
        task: next("唤醒短信", day),
        reason: reason.map(Into::into),
    };
    let touch = talk(id, rig.now);
    log(&mut rig, touch).unwrap();
    assert!(matches!(stopped(rig.attempt(plan("2024-05-31", None))).first(), Some(Finding::Cap { .. })));
    rig.write(plan("2024-06-01", None));
    // the plan of June fills June
    stopped(rig.attempt(plan("2024-06-30", None)));
    rig.write(plan("2024-06-30", Some("客户生日")));
    assert_eq!(
        rig.text("SELECT group_concat(kind||coalesce(override,''),' ') FROM task"),
        Some("plan plan客户生日".into())
    );
    rig.write(Change::AddTask { customer: CustomerId(id), task: next("客户要的资料", "2024-06-30") });
    rig.write(opt_out(id, "all", "2024-05-20"));
    // no reason lets a plan pass the customer's own wish
    stopped(rig.attempt(plan("2024-08-01", Some("必须"))));
    rig.write(Change::AddTask { customer: CustomerId(id), task: next("客户要的报价", "2024-06-30") });
    rig.sound();
}

#[test]
fn planning_for_many_leaves_out_whom_the_guard_holds_and_says_why() {
    let mut rig = rig();
    let ids: Vec<i64> = (0..3).map(|_| of_class(&mut rig, "dormant")).collect();
    let touch = talk(ids[0], rig.now);
    log(&mut rig, touch).unwrap();
    rig.write(opt_out(ids[1], "all", "2024-05-20"));
    let customers: Vec<_> = ids.iter().map(|id| CustomerId(*id)).collect();
    let change =
        Change::Many { customers: customers.clone(), each: Each::Plan(next("唤醒", "2024-05-30")) };
    let receipt = rig.write(change);
    let why: Vec<_> = receipt.left_out.iter().map(|l| std::mem::discriminant(&l.finding)).collect();
    assert_eq!(why.len(), 2);
    assert_eq!(rig.text("SELECT group_concat(customer_id) FROM task"), Some(ids[2].to_string()));
    // the same question for a slice of customers, as a campaign asks it
    let intent = Intent { channel: Some("sms".into()), ..Intent::new(Deed::Touch, rig.now.at) };
    let guarded = guarded(&rig.store.db, &customers, &intent, rig.now).unwrap();
    let cleared: Vec<bool> = guarded.iter().map(|g| g.findings.len() == 2).collect();
    assert_eq!(cleared, [false, false, true], "{guarded:?}");
    rig.sound();
}

#[test]
fn an_import_of_the_past_and_the_demo_company_are_not_asked() {
    let mut rig = rig();
    let id = of_class(&mut rig, "dormant");
    let job = rig.write(Change::StartImport { what: "台账.csv".into() }).job.unwrap();
    let rows =
        (0..3).map(|n| in_file(NewTouch { summary: format!("第{n}次"), ..talk(id, rig.now) })).collect();
    let outcomes = rig.write(Change::ImportRows { job, rows }).outcomes;
    assert!(outcomes.iter().all(|o| *o == RowOutcome::Made), "{outcomes:?}");
    rig.write(Change::FinishImport { job });
    rig.me.via = Via::Demo;
    let touch = talk(id, rig.now);
    log(&mut rig, touch).unwrap();
    rig.sound();
}

#[test]
fn k57_whoever_entered_a_record_cannot_check_it_and_the_check_can_be_taken_back() {
    let mut rig = rig();
    let id = rig.customer("宏达");
    assert_eq!(rig.attempt(Change::Check(CustomerId(id))).unwrap_err(), StoreError::SameHand);
    let me = rig.me.clone();
    rig.me = rig.person("zhao", "rep", "sales");
    // somebody to whom the record shows masked cannot have checked it
    assert_eq!(rig.attempt(Change::Check(CustomerId(id))).unwrap_err(), StoreError::Denied(Verb::Check));
    rig.me = rig.person("head", "manager", "sales");
    rig.write(Change::Check(CustomerId(id)));
    assert_eq!(rig.count("SELECT checked_by FROM customer"), rig.me.id.0);
    let touch = talk(id, rig.now);
    assert_eq!(log(&mut rig, touch).unwrap().findings, [Finding::ConsentUnknown]);
    rig.write(Change::Undo(None));
    rig.write(Change::Undo(None));
    assert_eq!(rig.text("SELECT checked_by FROM customer"), None);
    rig.me = me;
    rig.sound();
}
