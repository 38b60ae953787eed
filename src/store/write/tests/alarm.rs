//! Alarms: what fires them on both sides of each line, once per cause and period, and what people do with them.

use super::*;
use crate::domain::alarm::Step;

/// Looks for alarms and counts the open ones of a rule.
fn alarms(rig: &mut Rig, rule: &str) -> i64 {
    let (me, now) = (rig.me.clone(), rig.now);
    rig.store.watch_all(&me, now).unwrap();
    rig.count(&format!("SELECT count(*) FROM alarm WHERE rule='{rule}' AND state<>'closed'"))
}

fn complaint(rig: &mut Rig, customer: i64) -> i64 {
    let set = vec![(Field::ComplaintSummary, Value::text("发错货"))];
    rig.write(Change::Add { noun: Noun::Complaint, customer: CustomerId(customer), set }).made.unwrap().id
}

/// A customer of a class set by hand.
fn classed(rig: &mut Rig, name: &str, segment: &str) -> i64 {
    let new = NewCustomer { classes: vec![("segment".into(), segment.into())], ..named(name) };
    rig.write(Change::AddCustomer(Box::new(new))).customer.unwrap().0
}

#[test]
fn k41_a_complaint_alarms_after_each_line_once_and_no_more_when_it_was_answered() {
    let mut rig = rig();
    let customer = rig.customer("恒远物流有限公司");
    let id = complaint(&mut rig, customer);
    // received 10:00 in Shanghai: the line itself is in time
    rig.at("2024-05-21T02:00:00Z");
    assert_eq!(alarms(&mut rig, "complaint_answer"), 0);
    rig.at("2024-05-21T02:00:01Z");
    assert_eq!(alarms(&mut rig, "complaint_answer"), 1);
    assert_eq!(alarms(&mut rig, "complaint_answer"), 1, "the same cause raises one alarm");
    assert_eq!(alarms(&mut rig, "complaint_solution"), 0);
    rig.at("2024-05-22T02:00:01Z");
    assert_eq!(alarms(&mut rig, "complaint_solution"), 1);
    let step = |step| Change::Complaint { id, step };
    let said = crate::domain::complaint::Step::Answer { channel: "phone".into(), said: "已致电".into() };
    rig.write(step(said));
    assert_eq!(alarms(&mut rig, "complaint_answer"), 0, "the cause is over");
    assert_eq!(rig.text("SELECT ended FROM alarm WHERE rule='complaint_answer'").as_deref(), Some("gone"));
    assert_eq!(alarms(&mut rig, "complaint_solution"), 1);
    rig.sound();
}

#[test]
fn k21_a_request_alarms_after_two_hours_and_not_at_them() {
    let mut rig = rig();
    let customer = rig.customer("恒远物流有限公司");
    let set = vec![
        (Field::RequestDepartment, Value::text("marketing")),
        (Field::RequestText, Value::text("需市场部补充案例")),
    ];
    rig.write(Change::Ask { customer: CustomerId(customer), touch: None, set, by: None });
    rig.at("2024-05-20T04:00:00Z");
    assert_eq!(alarms(&mut rig, "request"), 0);
    rig.at("2024-05-20T04:01:00Z");
    assert_eq!(alarms(&mut rig, "request"), 1);
}

/// Two or fewer touches without an answer and the spending of two quarters, of a high-value customer.
fn falling(rig: &mut Rig, touches: usize, before: i64, now: i64) {
    let customer = classed(rig, "恒远物流有限公司", "high");
    for (n, day) in ["2024-05-01T02:00:00Z", "2024-05-06T02:00:00Z"].iter().enumerate() {
        if n < touches {
            let at = Now { at: day.parse().unwrap(), ..rig.now };
            let touch = NewTouch { responded: false, ..talk(customer, at) };
            rig.write(Change::LogTouch(Box::new(NewTouch { closed: true, ..touch })));
        }
    }
    rig.write(order(customer, "2024-01-15", before));
    rig.write(order(customer, "2024-04-15", now));
}

#[test]
fn k51_two_unanswered_and_thirty_percent_less_alarm_the_director_for_three_days() {
    let mut rig = rig();
    falling(&mut rig, 2, 10_000, 7_000);
    assert_eq!(alarms(&mut rig, "churn"), 1);
    assert_eq!(rig.count("SELECT start_by-since FROM alarm WHERE rule='churn'"), 3 * 24 * 3_600_000);
    assert_eq!(rig.text("SELECT post FROM alarm WHERE rule='churn'").as_deref(), Some("director"));
    assert_eq!(rig.text("SELECT level FROM alarm WHERE rule='churn'").as_deref(), Some("high"));
}

#[test]
fn k51_one_unanswered_or_twenty_nine_percent_less_do_not() {
    for (touches, now) in [(1, 7_000), (2, 7_100)] {
        let mut rig = rig();
        falling(&mut rig, touches, 10_000, now);
        assert_eq!(alarms(&mut rig, "churn"), 0, "{touches} touches, {now} yuan");
    }
}

fn costs(rig: &mut Rig, fen: i64) -> i64 {
    let customer = classed(rig, &format!("客户{fen}"), "growth");
    let touch = NewTouch { cost: Fen(fen), ..talk(customer, rig.now) };
    rig.write(Change::LogTouch(Box::new(NewTouch { closed: true, ..touch })));
    customer
}

#[test]
fn k50_two_hundred_and_forty_of_two_hundred_alarm_at_once_and_a_fen_less_does_not() {
    let mut rig = rig();
    costs(&mut rig, 23_999);
    assert_eq!(rig.count("SELECT count(*) FROM alarm"), 0);
    costs(&mut rig, 24_000);
    assert_eq!(rig.count("SELECT count(*) FROM alarm WHERE rule='overrun' AND post='marketing'"), 1);
    assert_eq!(alarms(&mut rig, "overrun"), 1, "the day's look finds it again and raises no second one");
    rig.write(Change::Undo(None));
    assert_eq!(rig.count("SELECT count(*) FROM alarm"), 0, "what the write caused goes with it");
    rig.sound();
}

/// An approved budget of the customer's own for this year.
fn own_budget(rig: &mut Rig, customer: i64, yuan: i64) {
    let set = vec![
        (Field::BudgetPeriod, Value::text("2024")),
        (Field::BudgetAmount, Value::Money(Fen(yuan * 100))),
    ];
    let made =
        rig.write(Change::Add { noun: Noun::Budget, customer: CustomerId(customer), set }).made.unwrap();
    let rev = rig.count("SELECT rev FROM budget");
    rig.write(Change::ApproveCost { row: made, rev });
}

#[test]
fn g3_k50_the_days_look_goes_by_the_customers_own_budget_before_that_of_the_class() {
    let mut rig = rig();
    let customer = costs(&mut rig, 11_999);
    own_budget(&mut rig, customer, 100);
    assert_eq!(alarms(&mut rig, "overrun"), 0);
    let mut rig = super::rig();
    let customer = costs(&mut rig, 12_000);
    own_budget(&mut rig, customer, 100);
    assert_eq!(alarms(&mut rig, "overrun"), 1);
    let mut rig = super::rig();
    let customer = costs(&mut rig, 23_000);
    own_budget(&mut rig, customer, 500);
    assert_eq!(alarms(&mut rig, "overrun"), 0, "a larger one of their own stands before the class's");
}

#[test]
fn g3_k50_a_campaign_that_overruns_a_budget_alarms_at_once() {
    let mut rig = rig();
    let id = super::campaign::customers(&mut rig, 1)[0];
    own_budget(&mut rig, id, 100);
    let cost = (Field::CampaignCost, Value::Money(Fen(13_000)));
    let campaign = super::campaign::made(&mut rig, "is:idle", &[cost]);
    let run = super::campaign::run(&rig, campaign);
    rig.write(run);
    assert_eq!(rig.count("SELECT count(*) FROM alarm WHERE rule='overrun'"), 1);
    rig.write(Change::Undo(None));
    assert_eq!(rig.count("SELECT count(*) FROM alarm"), 0);
    rig.sound();
}

#[test]
fn k50_what_is_not_essential_is_suspended_for_the_class_until_the_review() {
    let mut rig = rig();
    costs(&mut rig, 24_000);
    let id = rig.count("SELECT id FROM alarm");
    let act = Change::Alarm { id, step: Step::Act { at: 0, text: "暂停".into() } };
    rig.write(act);
    assert_eq!(
        rig.text("SELECT value FROM setting WHERE key='suspended.growth'").as_deref(),
        Some("2024-06-05")
    );
    assert_eq!(rig.count("SELECT ticked FROM alarm"), 1);
    rig.write(Change::Undo(None));
    assert_eq!(rig.count("SELECT count(*) FROM setting WHERE key='suspended.growth'"), 0);
    assert_eq!(rig.count("SELECT ticked FROM alarm"), 0);
    rig.sound();
}

fn survey(rig: &mut Rig, customer: i64, score: i64) {
    let set = vec![(Field::SurveyScore, Value::Int(score))];
    rig.write(Change::Add { noun: Noun::Survey, customer: CustomerId(customer), set });
}

fn grade(rig: &Rig, customer: i64) -> String {
    rig.text(&format!("SELECT grade FROM facts WHERE customer_id={customer}")).unwrap_or_default()
}

#[test]
fn k42_seventy_nine_makes_an_a_a_b_with_a_plan_and_eighty_does_not() {
    let mut rig = rig();
    let plans =
        |rig: &Rig| rig.count("SELECT count(*) FROM task WHERE cause LIKE 'improve:%' AND state='open'");
    let a = rig.customer("甲");
    rig.write(order(a, "2024-05-01", 120_000));
    assert_eq!(grade(&rig, a), "A");
    survey(&mut rig, a, 80);
    assert_eq!((grade(&rig, a).as_str(), plans(&rig)), ("A", 0));
    survey(&mut rig, a, 79);
    assert_eq!((grade(&rig, a).as_str(), plans(&rig)), ("B", 1));
    assert_eq!(rig.count("SELECT count(*) FROM alarm WHERE rule='survey'"), 1);
    rig.write(Change::Undo(None));
    assert_eq!((grade(&rig, a).as_str(), plans(&rig)), ("A", 0));
    for (name, yuan, stays) in [("乙", 30_000, "B"), ("丙", 500, "C")] {
        let customer = rig.customer(name);
        rig.write(order(customer, "2024-05-01", yuan));
        survey(&mut rig, customer, 79);
        assert_eq!(grade(&rig, customer), stays);
    }
    assert_eq!(plans(&rig), 2);
    rig.sound();
}

#[test]
fn k42_a_later_survey_that_reaches_the_line_gives_the_grade_back() {
    let mut rig = rig();
    let a = rig.customer("甲");
    rig.write(order(a, "2024-05-01", 120_000));
    survey(&mut rig, a, 60);
    rig.at("2024-08-20T02:00:00Z");
    survey(&mut rig, a, 85);
    assert_eq!(grade(&rig, a), "A");
}

/// So many of fifty high-value customers answered their touch of April.
fn april(answered: usize) -> Rig {
    let mut rig = rig();
    rig.at("2024-04-10T02:00:00Z");
    for n in 0..50 {
        let customer = classed(&mut rig, &format!("客户{n:02}"), "high");
        let touch = NewTouch { responded: n < answered, ..talk(customer, rig.now) };
        rig.write(Change::LogTouch(Box::new(NewTouch { closed: true, ..touch })));
    }
    rig.at("2024-05-20T02:00:00Z");
    rig
}

#[test]
fn k33_thirty_two_of_fifty_alarm_and_thirty_three_do_not() {
    let mut red = april(33);
    assert_eq!(alarms(&mut red, "response"), 0);
    let mut rig = april(32);
    assert_eq!(alarms(&mut rig, "response"), 1);
    assert_eq!(rig.text("SELECT period FROM alarm WHERE rule='response'").as_deref(), Some("2024-04"));
    let facts = rig.text("SELECT figures FROM alarm WHERE rule='response'").unwrap();
    assert!(facts.contains("\"answered\",\"value\":32.0") && facts.contains("0.64"), "{facts}");
    // closed, and the same month raises none again
    let id = rig.count("SELECT id FROM alarm WHERE rule='response'");
    rig.write(Change::Alarm { id, step: Step::Close("换话术".into()) });
    assert_eq!(alarms(&mut rig, "response"), 0);
}

#[test]
fn k53_a_dispute_that_is_raised_by_hand_is_the_operations_directors_for_a_day() {
    let mut rig = rig();
    let customer = rig.customer("恒远物流有限公司");
    let director = rig.person("wu", "manager", "operations");
    rig.store.db.execute("UPDATE person SET post='运营总监', rev=rev+1 WHERE login='wu'", []).unwrap();
    rig.write(Change::RaiseAlarm {
        rule: "dispute".into(),
        customer: Some(CustomerId(customer)),
        note: "销售与市场都认为客户归自己".into(),
    });
    assert_eq!(rig.count("SELECT owner_id FROM alarm"), director.id.0);
    assert_eq!(rig.count("SELECT start_by-since FROM alarm"), 24 * 3_600_000);
    let again = Change::RaiseAlarm { rule: "churn".into(), customer: None, note: "x".into() };
    assert!(matches!(rig.attempt(again), Err(StoreError::Invalid(_))), "a rule that records show");
}

#[test]
fn k52_a_leak_is_to_be_answered_within_the_hour() {
    let mut rig = rig();
    rig.at("2024-05-20T06:00:00Z");
    rig.write(Change::RaiseAlarm { rule: "leak".into(), customer: None, note: "名单外泄".into() });
    assert_eq!(rig.count("SELECT start_by-since FROM alarm"), 3_600_000);
    assert_eq!(rig.text("SELECT level FROM alarm").as_deref(), Some("high"));
}

#[test]
fn an_alarm_that_nobody_begins_climbs_to_the_head_and_the_director_and_one_that_was_begun_stays() {
    let mut rig = rig();
    let customer = rig.customer("恒远物流有限公司");
    let head = rig.person("sun", "manager", "service");
    let director = rig.person("wu", "manager", "operations");
    rig.store.db.execute("UPDATE person SET post='运营总监', rev=rev+1 WHERE login='wu'", []).unwrap();
    let worker = rig.person("zhao", "rep", "service");
    rig.store.db.execute("UPDATE person SET post='客服主管', rev=rev+1 WHERE login='zhao'", []).unwrap();
    complaint(&mut rig, customer);
    rig.at("2024-05-21T03:00:00Z");
    assert_eq!(alarms(&mut rig, "complaint_answer"), 1);
    assert_eq!(rig.count("SELECT owner_id FROM alarm"), worker.id.0);
    // the line was at 10:00, four hours to begin: at 14:00 it does not climb yet
    rig.at("2024-05-21T06:00:00Z");
    alarms(&mut rig, "complaint_answer");
    assert_eq!(rig.count("SELECT climbed FROM alarm"), 0);
    rig.at("2024-05-21T06:00:01Z");
    alarms(&mut rig, "complaint_answer");
    assert_eq!(
        (rig.count("SELECT climbed FROM alarm"), rig.count("SELECT climbed_to FROM alarm")),
        (1, head.id.0)
    );
    rig.at("2024-05-22T01:59:00Z");
    let tick = Change::Alarm { id: 1, step: Step::Tick(0) };
    let mut other = rig.me.clone();
    std::mem::swap(&mut other, &mut rig.me);
    rig.me = rig.person("li", "rep", "sales");
    assert!(matches!(rig.attempt(tick.clone()), Err(StoreError::Denied(_))), "not theirs");
    rig.me = other;
    rig.at("2024-05-22T06:00:02Z");
    alarms(&mut rig, "complaint_answer");
    assert_eq!(rig.count("SELECT climbed_to FROM alarm WHERE rule='complaint_answer'"), director.id.0);
    rig.write(tick);
    assert_eq!(rig.text("SELECT state FROM alarm WHERE id=1").as_deref(), Some("acknowledged"));
}

#[test]
fn closing_asks_for_a_result_and_a_closed_alarm_stays_closed() {
    let mut rig = rig();
    costs(&mut rig, 24_000);
    let id = rig.count("SELECT id FROM alarm");
    let close = |text: &str| Change::Alarm { id, step: Step::Close(text.into()) };
    let Err(StoreError::Invalid(Invalid { field, problem })) = rig.attempt(close("  ")) else { panic!() };
    assert_eq!((field, problem), (Field::AlarmResult, Problem::Empty));
    rig.write(close("预算已追加"));
    let Err(StoreError::Invalid(Invalid { problem, .. })) = rig.attempt(close("再关")) else { panic!() };
    assert_eq!(problem, Problem::AlarmClosed);
    rig.write(Change::Undo(None));
    assert_eq!(rig.text("SELECT state FROM alarm").as_deref(), Some("raised"));
}

#[test]
fn a_step_that_a_colleague_has_done_is_not_done_a_second_time() {
    let mut rig = rig();
    let customer = rig.customer("恒远物流有限公司");
    survey(&mut rig, customer, 60);
    let id = rig.count("SELECT id FROM alarm WHERE rule='survey'");
    let tasks = |rig: &Rig| rig.count("SELECT count(*) FROM task WHERE kind='promise'");
    let acts = |at: u8| Change::Alarm { id, step: Step::Act { at, text: "改进方案".into() } };
    let at = (0..8).find(|at| rig.attempt(acts(*at)).is_ok() && tasks(&rig) == 1).unwrap();
    let again = rig.attempt(acts(at)).unwrap_err();
    assert_eq!(again, StoreError::Stale { who: Some("王敏".into()) });
    assert_eq!(tasks(&rig), 1);
    // a tick twice is a tick
    assert_eq!(rig.write(Change::Alarm { id, step: Step::Tick(at) }).rows, 0);
}

#[test]
fn an_alarm_stands_in_the_queue_of_whoever_answers_for_it_with_its_next_step() {
    use crate::domain::change::TaskRef;
    use crate::domain::queue::Reason;
    use crate::store::request::{Answer, Query};

    let mut rig = rig();
    costs(&mut rig, 24_000);
    let asked = |rig: &Rig| {
        let query = Query::Queue { owner: None, whole: true, ahead: 60 };
        let Answer::Queue(queue) = rig.store.ask(&rig.me, &query, rig.now).unwrap() else { panic!() };
        let mut items = queue.today.into_iter().chain(queue.later);
        items.find_map(|item| match item.reason {
            Reason::Alarm { rule, step } => Some((rule, step, item.due.to_string(), item.task)),
            _ => None,
        })
    };
    let (rule, step, due, task) = asked(&rig).unwrap();
    // the review of May is on 5 June
    assert_eq!((rule.as_str(), step.as_str(), due.as_str()), ("overrun", "suspend", "2024-06-05"));
    let TaskRef::Row(_) = task else { panic!("{task:?}") };
    rig.write(Change::Done(vec![task]));
    assert_eq!(asked(&rig).unwrap().1, "channels");
    let id = rig.count("SELECT id FROM alarm");
    rig.write(Change::Alarm { id, step: Step::Close("已追加".into()) });
    assert!(asked(&rig).is_none());
}

#[test]
fn k08_fewer_purchases_in_two_months_than_in_those_before_warn_the_manager_without_the_churn_alarm() {
    let mut rig = rig();
    let customer = classed(&mut rig, "恒远物流有限公司", "high");
    // two months back from the 20th of May is the 21st of March
    for day in ["2024-01-25", "2024-02-20", "2024-03-10"] {
        rig.write(order(customer, day, 70_000));
    }
    rig.write(order(customer, "2024-04-10", 210_000));
    assert_eq!(alarms(&mut rig, "frequency"), 1);
    assert_eq!(
        rig.text("SELECT subject FROM alarm WHERE rule='frequency'"),
        Some(format!("customer:{customer}"))
    );
    let owner = "SELECT a.owner_id=c.owner_id FROM alarm a, customer c WHERE a.rule='frequency'";
    assert_eq!(rig.count(owner), 1, "its own manager is told");
    assert_eq!(alarms(&mut rig, "churn"), 0, "nobody left a touch unanswered, and nothing less was spent");
    rig.sound();
}

#[test]
fn k08_as_many_purchases_as_before_warn_nobody() {
    let mut rig = rig();
    let customer = classed(&mut rig, "恒远物流有限公司", "high");
    for day in ["2024-02-20", "2024-03-10", "2024-04-10", "2024-05-10"] {
        rig.write(order(customer, day, 70_000));
    }
    assert_eq!(alarms(&mut rig, "frequency"), 0);
}

#[test]
fn g22_tags_that_nobody_refreshed_for_a_quarter_are_a_task_of_the_owner_once_a_quarter() {
    let mut rig = rig();
    let customer = rig.customer("恒远物流");
    rig.at("2023-12-31T02:00:00Z");
    let tag = Each::Tag(need("痛点", "关注交付周期"));
    rig.write(Change::Many { customers: vec![CustomerId(customer)], each: tag });
    // on the last day of March the last quarter is not over: October to December is
    rig.at("2024-03-31T02:00:00Z");
    assert_eq!(alarms(&mut rig, "stale_tags"), 0);
    rig.at("2024-04-01T02:00:00Z");
    assert_eq!(alarms(&mut rig, "stale_tags"), 1);
    assert_eq!(rig.count("SELECT owner_id FROM alarm WHERE rule='stale_tags'"), rig.me.id.0);
    assert_eq!(alarms(&mut rig, "stale_tags"), 1, "once a quarter");
}

#[test]
fn g55_a_floor_that_was_not_reached_is_told_in_december_and_never_before() {
    let mut rig = rig();
    let customer = classed(&mut rig, "恒远物流有限公司", "high");
    rig.at("2024-11-30T02:00:00Z");
    assert_eq!(alarms(&mut rig, "underspent"), 0);
    rig.at("2024-12-01T02:00:00Z");
    assert_eq!(alarms(&mut rig, "underspent"), 1);
    assert_eq!(rig.text("SELECT segment FROM alarm WHERE rule='underspent'").as_deref(), Some("high"));
    let mut rig = self::rig();
    let met = classed(&mut rig, "达标客户", "high");
    rig.at("2024-12-01T02:00:00Z");
    rig.write(Change::LogTouch(Box::new(NewTouch { cost: Fen(50_000), ..talk(met, rig.now) })));
    assert_eq!(alarms(&mut rig, "underspent"), 0, "500 yuan are the floor, and reached");
    assert_eq!(customer, met);
}

#[test]
fn g11_five_high_value_customers_who_took_up_what_is_new_are_a_group_and_four_are_none() {
    let mut rig = rig();
    let set = vec![
        (Field::ProductName, Value::text("扫码枪HS-2")),
        (Field::ProductNewOn, Value::Day("2024-03-01".parse().unwrap())),
        (Field::ProductState, Value::text("sold")),
    ];
    rig.write(Change::Add { noun: Noun::Product, customer: CustomerId(0), set });
    for n in 0..5 {
        let customer = classed(&mut rig, &format!("客户{n}"), "high");
        let touch = NewTouch { product: Some("扫码枪HS-2".into()), ..talk(customer, rig.now) };
        assert_eq!(alarms(&mut rig, "cocreation"), 0, "{n}");
        rig.write(Change::LogTouch(Box::new(touch)));
    }
    assert_eq!(alarms(&mut rig, "cocreation"), 1);
}

#[test]
fn g56_an_alarm_is_its_owners_and_their_heads_and_no_other_departments() {
    let mut rig = rig();
    let li = rig.person("li", "rep", "service");
    rig.me = li.clone();
    let customer = Some(CustomerId(rig.customer("恒远物流")));
    let id = rig
        .write(Change::RaiseAlarm { rule: "dispute".into(), customer, note: "争执".into() })
        .made
        .unwrap()
        .id;
    rig.store.db.execute("UPDATE alarm SET owner_id=?1, rev=rev+1", [li.id.0]).unwrap();
    for (login, role, department, may) in [
        ("far", "manager", "marketing", false),
        ("rep", "rep", "service", false),
        ("head", "manager", "service", true),
        ("li", "", "", true),
    ] {
        rig.me = if login == "li" { li.clone() } else { rig.person(login, role, department) };
        let told = rig.attempt(Change::Alarm { id, step: Step::Acknowledge }).map(|_| ());
        assert_eq!(told, if may { Ok(()) } else { Err(StoreError::Denied(Verb::Supervise)) }, "{login}");
    }
}
