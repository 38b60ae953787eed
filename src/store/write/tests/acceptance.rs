//! Cases of the handbooks that run through several nouns, by their ids: a call that turned into a larger order, repeated
//! complaints that fell, risks with the one who answers for them, customers who belong into other hands.

use super::*;
use crate::domain::alarm::Step;
use crate::domain::field::Row;
use crate::domain::handover::{HandOver, Whom};
use crate::domain::kpi::Period;
use crate::domain::queue::Item;
use crate::store::request::{Answer, KpiQuery, Kpis, Profile, Query, Staff};

fn kpis(rig: &Rig, period: &str) -> Kpis {
    let query = KpiQuery { period: Period::read(period).unwrap(), as_of: None };
    match rig.store.ask(&rig.me, &Query::Kpis(query), rig.now).unwrap() {
        Answer::Kpis(kpis) => *kpis,
        other => panic!("{other:?}"),
    }
}

fn value(kpis: &Kpis, id: &str) -> Option<f64> {
    kpis.row("", id).unwrap().figure.value
}

fn profile(rig: &Rig, id: i64) -> Profile {
    match rig.store.ask(&rig.me, &Query::Profile(CustomerId(id)), rig.now).unwrap() {
        Answer::Profile(Some(profile)) => *profile,
        other => panic!("{other:?}"),
    }
}

fn queue(rig: &Rig) -> Vec<Item> {
    match rig.store.ask(&rig.me, &Query::Queue { owner: None, whole: true, ahead: 60 }, rig.now).unwrap() {
        Answer::Queue(queue) => queue.today,
        other => panic!("{other:?}"),
    }
}

fn add(noun: Noun, customer: i64, set: Vec<(Field, Value)>) -> Change {
    Change::Add { noun, customer: CustomerId(customer), set }
}

#[test]
fn k11_an_order_within_two_weeks_of_the_call_counts_for_it_and_the_month_shows_half_more() {
    let mut rig = rig();
    rig.at("2024-04-01T02:00:00Z");
    let id = rig.customer("恒远物流有限公司");
    // earlier orders, 20,000 in the mean
    rig.write(order(id, "2024-04-01", 18_000));
    rig.at("2024-05-06T02:00:00Z");
    rig.write(order(id, "2024-04-15", 22_000));
    rig.write(Change::LogTouch(Box::new(NewTouch { closed: true, ..talk(id, rig.now) })));
    rig.at("2024-05-18T02:00:00Z");
    rig.write(order(id, "2024-05-18", 30_000));
    let row = profile(&rig, id).row;
    assert_eq!(row.last_order.map(|day| day.to_string()).as_deref(), Some("2024-05-18"));
    assert_eq!(profile(&rig, id).total, Some(Fen(7_000_000)));
    // when nothing waits any more
    rig.at("2024-07-01T02:00:00Z");
    let may = kpis(&rig, "2024-05");
    assert_eq!((value(&may, "response"), value(&may, "conversion")), (Some(1.0), Some(1.0)));
    assert_eq!((value(&may, "aov"), value(&may, "aov_growth")), (Some(30_000.0), Some(0.5)));
    rig.sound();
}

#[test]
fn k23_ten_repeated_complaints_and_then_one_are_a_fall_of_ninety_percent() {
    let mut rig = rig();
    rig.at("2024-04-01T01:00:00Z");
    let ids: Vec<i64> = (0..10).map(|n| rig.customer(&format!("客户{n}"))).collect();
    for id in &ids {
        rig.write(order(*id, "2024-03-20", 100));
    }
    let complain = |id: i64, day: &str| {
        let at: chrono::DateTime<chrono::Utc> = format!("{day}T02:00:00Z").parse().unwrap();
        let set = vec![
            (Field::ComplaintSummary, Value::text("同一问题多部门重复联系")),
            (Field::ComplaintSubject, Value::text("重复联系")),
            (Field::ComplaintOpened, Value::Moment(at.timestamp_millis())),
        ];
        add(Noun::Complaint, id, set)
    };
    rig.at("2024-06-10T02:00:00Z");
    for id in &ids {
        rig.write(complain(*id, "2024-04-10"));
    }
    rig.write(complain(ids[0], "2024-05-10"));
    assert_eq!(value(&kpis(&rig, "2024-05"), "complaint_decrease"), Some(0.9));
}

#[test]
fn k20_g17_h30_a_follow_up_without_an_entry_is_warned_of_in_its_owners_queue_and_counts_in_the_sheet() {
    let mut rig = rig();
    let id = rig.customer("恒远物流");
    rig.at("2024-05-10T01:00:00Z");
    let mut call = next("回访", "2024-05-10");
    call.due.time = chrono::NaiveTime::from_hms_opt(10, 0, 0);
    rig.write(Change::AddTask { customer: CustomerId(id), task: call });
    let warned = |rig: &Rig| queue(rig).iter().any(|item| item.unrecorded);
    let entries =
        |rig: &Rig| match rig.store.ask(&rig.me, &Query::Staff(Period::read("2024-05").unwrap()), rig.now) {
            Ok(Answer::Staff(staff)) => {
                let Staff { rows, .. } = *staff;
                (rows[0].entries.k, rows[0].entries.n)
            }
            other => panic!("{other:?}"),
        };
    rig.at("2024-05-11T01:59:59Z");
    assert!(!warned(&rig));
    rig.at("2024-05-11T02:00:00Z");
    assert!(warned(&rig), "at twenty-four hours");
    assert_eq!(entries(&rig), (0, 1), "an entry that was never made was due");
    // what is written down now is late for good, and the warning is over
    let at = Now { at: "2024-05-10T02:00:00Z".parse().unwrap(), ..rig.now };
    rig.at("2024-05-11T02:01:00Z");
    rig.write(Change::LogTouch(Box::new(NewTouch { closed: true, ..talk(id, at) })));
    assert!(!warned(&rig));
    assert_eq!((entries(&rig), rig.count("SELECT late FROM touch")), ((0, 1), 1));
    rig.sound();
}

#[test]
fn k20_an_entry_at_nine_fifty_nine_is_on_time_and_at_a_minute_past_ten_late_for_good() {
    for (recorded, late) in [("2024-05-11T01:59:00Z", 0), ("2024-05-11T02:01:00Z", 1)] {
        let mut rig = rig();
        let id = rig.customer("恒远物流");
        let at = Now { at: "2024-05-10T02:00:00Z".parse().unwrap(), ..rig.now };
        rig.at(recorded);
        let touch = rig.write(Change::LogTouch(Box::new(NewTouch { closed: true, ..talk(id, at) }))).made;
        assert_eq!(rig.count("SELECT late FROM touch"), late, "{recorded}");
        // another text does not make it early
        let touch = touch.unwrap();
        rig.write(edit(Noun::Touch, touch.id, 1, Field::TouchSummary, "推荐A品类新品", "已确认"));
        assert_eq!(rig.count("SELECT late FROM touch"), late);
    }
}

#[test]
fn g44_a_customer_that_moved_to_a_class_of_another_post_is_suggested_for_hand_over_until_it_was() {
    let mut rig = rig();
    rig.at("2024-05-01T02:00:00Z");
    let rep = rig.person("zhang", "rep", "sales");
    let manager = rig.person("chen", "rep", "sales");
    let post = |rig: &Rig, login: &str, post: &str| {
        let sql = "UPDATE person SET post=?2, rev=rev+1 WHERE login=?1";
        rig.store.db.execute(sql, (login, post)).unwrap();
    };
    post(&rig, "zhang", "销售代表");
    post(&rig, "chen", "客户成功经理");
    let id = rig.customer("恒远物流");
    let class = |value: &str| Change::Class {
        customer: CustomerId(id),
        scheme: "segment".into(),
        value: Some(value.into()),
        reason: Some("测试".into()),
    };
    rig.write(Change::Many { customers: vec![CustomerId(id)], each: Each::Assign(rep.id) });
    rig.write(class("growth"));
    let suited = |rig: &Rig| profile(rig, id).advice.suited;
    let found = |rig: &Rig| {
        let filter = crate::domain::filter::parse("is:misplaced").unwrap();
        match rig.store.ask(&rig.me, &Query::Count(filter), rig.now).unwrap() {
            Answer::Count(count) => count.shown,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!((suited(&rig), found(&rig)), (None, 0), "its first class is no move");
    rig.at("2024-05-18T02:00:00Z");
    rig.write(class("high"));
    let told = suited(&rig).unwrap();
    assert_eq!((told.was.as_str(), told.class.as_str()), ("growth", "high"));
    assert_eq!((told.post.as_str(), told.own.as_str()), ("客户成功经理", "销售代表"));
    assert_eq!(told.on.to_string(), "2024-05-18");
    assert_eq!(told.to, Some((manager.id.0, "chen".to_owned())));
    assert_eq!(found(&rig), 1);
    // who is only back where they were has moved nowhere
    rig.at("2024-05-18T02:00:01Z");
    rig.write(Change::Undo(None));
    assert_eq!((suited(&rig), found(&rig)), (None, 0));
    rig.at("2024-05-18T02:00:02Z");
    rig.write(Change::Redo);
    // so many days it is told, and no longer
    let sql = "INSERT OR REPLACE INTO setting(key,value) VALUES('suited_days','1')";
    rig.store.db.execute(sql, []).unwrap();
    rig.at("2024-05-19T02:00:02Z");
    assert_eq!(found(&rig), 1);
    rig.at("2024-05-19T02:00:03Z");
    assert_eq!((suited(&rig), found(&rig)), (None, 0));
    rig.store.db.execute("DELETE FROM setting WHERE key='suited_days'", []).unwrap();
    // whoever has the post already is asked nothing
    post(&rig, "zhang", "客户成功经理");
    assert_eq!((suited(&rig), found(&rig)), (None, 0));
    post(&rig, "zhang", "销售代表");
    rig.at("2024-05-19T02:00:00Z");
    let whom = Whom::These(vec![CustomerId(id)]);
    let what = HandOver::Propose { whom, to: manager.id, at_once: true, reason: None };
    rig.write(Change::HandOver(Box::new(what)));
    assert_eq!((suited(&rig), found(&rig)), (None, 0));
    rig.sound();
}

#[test]
fn h34_a_high_value_customer_about_to_leave_goes_to_the_director_with_one_step() {
    let mut rig = rig();
    let director = rig.person("wu", "manager", "sales");
    rig.store.db.execute("UPDATE person SET post='客户成功总监', rev=rev+1 WHERE login='wu'", []).unwrap();
    let new = NewCustomer { classes: vec![("segment".into(), "high".into())], ..named("恒远物流") };
    let id = rig.write(Change::AddCustomer(Box::new(new))).customer.unwrap().0;
    for day in ["2024-05-01T02:00:00Z", "2024-05-06T02:00:00Z"] {
        let at = Now { at: day.parse().unwrap(), ..rig.now };
        let touch = NewTouch { responded: false, closed: true, ..talk(id, at) };
        rig.write(Change::LogTouch(Box::new(touch)));
    }
    rig.write(order(id, "2024-01-15", 10_000));
    rig.write(order(id, "2024-04-15", 7_000));
    let (me, now) = (rig.me.clone(), rig.now);
    rig.store.watch_all(&me, now).unwrap();
    let alarm = rig.count("SELECT id FROM alarm WHERE rule='churn'");
    assert_eq!(rig.count("SELECT owner_id FROM alarm WHERE rule='churn'"), director.id.0);
    rig.write(Change::Alarm { id: alarm, step: Step::Act { at: 0, text: "提升服务层级".into() } });
    assert_eq!(rig.count("SELECT owner_id FROM customer"), director.id.0);
    rig.write(Change::Undo(None));
    assert_eq!(rig.count("SELECT owner_id FROM customer"), me.id.0, "one change, taken back as one");
    rig.sound();
}

#[test]
fn h36_an_overrun_waits_for_the_monthly_review_with_its_three_steps_and_asks_for_an_explanation() {
    let mut rig = rig();
    let head = rig.person("huang", "manager", "marketing");
    rig.store.db.execute("UPDATE person SET post='市场部经理', rev=rev+1 WHERE login='huang'", []).unwrap();
    let new = NewCustomer { classes: vec![("segment".into(), "growth".into())], ..named("宏达机械") };
    let id = rig.write(Change::AddCustomer(Box::new(new))).customer.unwrap().0;
    let touch = NewTouch { cost: Fen(24_000), closed: true, ..talk(id, rig.now) };
    rig.write(Change::LogTouch(Box::new(touch)));
    assert_eq!(rig.count("SELECT owner_id FROM alarm WHERE rule='overrun'"), head.id.0);
    let Answer::Alarms(alarms) =
        rig.store.ask(&head, &Query::Alarms(crate::store::request::Which::Mine), rig.now).unwrap()
    else {
        panic!()
    };
    let steps: Vec<&str> = alarms[0].ticked.each().map(|(step, _)| step).collect();
    assert_eq!(steps, ["suspend", "channels", "reallocate"]);
    let budget = |rig: &Rig| profile(rig, id).budget.unwrap();
    assert_eq!(budget(&rig).explanation, None);
    let why = vec![
        (Field::OverspendPeriod, Value::text("2024")),
        (Field::OverspendWhy, Value::text("样机寄送两次")),
    ];
    rig.write(add(Noun::Overspend, id, why));
    assert_eq!(budget(&rig).explanation, Some(("样机寄送两次".into(), "王敏".into())));
    rig.sound();
}

#[test]
fn h37_a_budget_counts_once_a_manager_has_approved_it_and_never_before() {
    let mut rig = rig();
    let admin = rig.me.clone();
    let rep = rig.person("li", "rep", "sales");
    rig.me = rep.clone();
    let id = rig.customer("宏达机械");
    let set =
        vec![(Field::BudgetPeriod, Value::text("2024")), (Field::BudgetAmount, Value::Money(Fen(80_000)))];
    let own: Row = rig.write(add(Noun::Budget, id, set)).made.unwrap();
    let budget = |rig: &Rig| {
        let row = profile(rig, id).budget.unwrap();
        (row.budget, row.pending)
    };
    assert_eq!(budget(&rig), (None, Some(Fen(80_000))));
    let approve = Change::ApproveCost { row: own, rev: 1 };
    assert!(matches!(rig.attempt(approve.clone()), Err(StoreError::Denied(_))), "not by whoever asks");
    rig.me = admin;
    rig.write(approve);
    assert_eq!(budget(&rig), (Some(Fen(80_000)), None));
    rig.sound();
}

#[test]
fn h38_a_churn_rate_over_the_line_calls_the_emergency_team_that_the_setting_names_within_a_day() {
    let mut rig = rig();
    rig.write(Change::Set { key: "emergency_team".into(), value: "吴峰、李强、孙涛".into() });
    rig.write(Change::Set { key: "churn_rate".into(), value: "15".into() });
    let now = rig.now;
    let sql = "INSERT INTO alarm(rule,subject,period,level,figures,since,raised_at,start_by,post,owner_id)
        VALUES('churn_rate','all','2024-04','high','[]',?1,?1,?2,'operations',1)";
    rig.store.db.execute(sql, (now.ms(), now.ms() + 24 * 3_600_000)).unwrap();
    let Answer::Alarms(alarms) =
        rig.store.ask(&rig.me, &Query::Alarms(crate::store::request::Which::Open), now).unwrap()
    else {
        panic!()
    };
    assert_eq!(alarms[0].note.as_deref(), Some("吴峰、李强、孙涛"));
    let rule = crate::domain::alarm::rule("churn_rate").unwrap();
    assert_eq!(
        (rule.level, rule.start),
        (crate::domain::alarm::Level::High, crate::domain::alarm::Start::Hours(24))
    );
    assert_eq!(rule.steps.first(), Some(&"team"));
}

#[test]
fn h10_names_are_checked_by_somebody_else_than_whoever_entered_them_with_who_and_when() {
    let mut rig = rig();
    let admin = rig.me.clone();
    let rep = rig.person("li", "rep", "sales");
    rig.me = rep;
    let id = rig.customer("恒远物流有限公司");
    assert!(rig.attempt(Change::Check(CustomerId(id))).is_err(), "the enterer is no checker");
    rig.me = admin.clone();
    rig.write(Change::Check(CustomerId(id)));
    assert_eq!(rig.count("SELECT checked_by FROM customer"), admin.id.0);
    let checked = kpis(&rig, "2024-05");
    assert_eq!(value(&checked, "checked"), Some(1.0));
    rig.sound();
}

#[test]
fn k21_a_request_answered_after_an_hour_and_fifty_minutes_is_in_time_and_after_two_hours_and_one_late() {
    for (answered, late) in [("2024-05-20T03:50:00Z", false), ("2024-05-20T04:01:00Z", true)] {
        let mut rig = rig();
        let id = rig.customer("恒远物流");
        let sales = rig.person("li", "rep", "sales");
        let marketing = rig.person("zhao", "rep", "marketing");
        rig.me = sales;
        let set = vec![
            (Field::RequestDepartment, Value::text("marketing")),
            (Field::RequestText, Value::text("需市场部补充案例")),
        ];
        let ask = Change::Ask { customer: CustomerId(id), touch: None, set, by: None };
        let request = rig.write(ask).made.unwrap().id;
        let inbox = |rig: &Rig| match rig.store.ask(
            &marketing,
            &Query::Requests(crate::store::request::Which::Open),
            rig.now,
        ) {
            Ok(Answer::Requests(rows)) => rows,
            other => panic!("{other:?}"),
        };
        assert_eq!(inbox(&rig).first().map(|row| row.text.as_str()), Some("需市场部补充案例"));
        rig.me = marketing.clone();
        rig.at(answered);
        let step = crate::domain::requests::Step::Answer("案例三份已发".into());
        rig.write(Change::Request { id: request, step });
        assert_eq!(rig.count("SELECT answered_at>due_at FROM request") == 1, late, "{answered}");
    }
}
