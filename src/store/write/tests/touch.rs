//! Touches and tasks.

use super::*;
use crate::domain::change::TaskRef;

#[test]
fn k03_two_tasks_from_one_line_are_due_on_their_days_and_the_first_is_the_customers_next() {
    let mut rig = rig();
    let id = rig.customer("宏达");
    rig.at("2024-05-10T02:00:00Z");
    let now = rig.now;
    let touch = NewTouch {
        next: vec![next("发送资料", "2024-05-12"), next("跟进意向", "2024-05-13")],
        closed: false,
        feedback: Some("对新品功能感兴趣,要求发详细资料".into()),
        ..talk(id, now)
    };
    let receipt = rig.write(Change::LogTouch(Box::new(touch)));
    assert_eq!(receipt.made.unwrap().id, (id << 20) + 1);
    assert_eq!(rig.text("SELECT group_concat(due_on) FROM task"), Some("2024-05-12,2024-05-13".into()));
    assert_eq!(
        rig.text("SELECT t.text FROM facts f JOIN task t ON t.id=f.next_task"),
        Some("发送资料".into())
    );
    // overdue when the day is over in Shanghai
    assert_eq!(
        rig.count("SELECT next_due FROM facts"),
        "2024-05-12T16:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap().timestamp_millis()
    );
    rig.sound();
}

#[test]
fn e12_neither_a_next_action_nor_nothing_to_do_is_refused_but_not_on_import() {
    let mut rig = rig();
    let id = rig.customer("宏达");
    let open = NewTouch { closed: false, ..talk(id, rig.now) };
    let refused = StoreError::Invalid(Invalid { field: Field::TouchClosed, problem: Problem::NextOrClosed });
    assert_eq!(rig.attempt(Change::LogTouch(Box::new(open))).unwrap_err(), refused);
    let no_channel = NewTouch { channel: None, ..talk(id, rig.now) };
    assert!(matches!(
        rig.attempt(Change::LogTouch(Box::new(no_channel))),
        Err(StoreError::Invalid(Invalid { field: Field::TouchChannel, problem: Problem::Empty }))
    ));
}

#[test]
fn k20_a_record_is_on_time_up_to_twenty_four_hours_and_late_for_good_after() {
    for (recorded, late) in
        [("2024-05-11T09:59:00+08:00", 0), ("2024-05-11T10:00:00+08:00", 0), ("2024-05-11T10:01:00+08:00", 1)]
    {
        let mut rig = rig();
        rig.at("2024-05-10T10:00:00+08:00");
        let id = rig.customer("宏达");
        let touch = talk(id, rig.now);
        rig.at(recorded);
        rig.write(Change::LogTouch(Box::new(touch)));
        assert_eq!(rig.count("SELECT late FROM touch"), late, "{recorded}");
        assert_eq!(rig.count("SELECT sum(late) FROM daily"), late);
        rig.sound();
    }
}

#[test]
fn a_touch_in_the_future_with_a_strangers_contact_or_below_cost_zero_is_refused() {
    let mut rig = rig();
    let (a, b) = (rig.customer("甲"), rig.customer("乙"));
    let contact = rig
        .write(Change::AddContact {
            customer: CustomerId(b),
            contact: NewContact { name: "王".into(), ..NewContact::default() },
        })
        .made
        .unwrap()
        .id;
    let mut later = rig.now;
    later.at += chrono::Duration::milliseconds(1);
    let refused = |rig: &mut Rig, touch: NewTouch| match rig.attempt(Change::LogTouch(Box::new(touch))) {
        Err(StoreError::Invalid(invalid)) => invalid,
        other => panic!("{other:?}"),
    };
    let now = rig.now;
    assert_eq!(refused(&mut rig, talk(a, later)).problem, Problem::Future);
    let stranger = NewTouch { contact: Some(contact), ..talk(a, now) };
    assert_eq!(refused(&mut rig, stranger).field, Field::TouchContact);
    assert_eq!(refused(&mut rig, NewTouch { cost: Fen(-1), ..talk(a, now) }).field, Field::TouchCost);
    assert_eq!(refused(&mut rig, NewTouch { summary: "  ".into(), ..talk(a, now) }).problem, Problem::Empty);
    assert_eq!(refused(&mut rig, NewTouch { kind: "spam".into(), ..talk(a, now) }).field, Field::TouchKind);
}

#[test]
fn f51_a_touch_keeps_the_segment_of_its_time() {
    let mut rig = rig();
    let id = rig.customer("宏达");
    let class = |value: &str| Change::Class {
        customer: CustomerId(id),
        scheme: "segment".into(),
        value: Some(value.into()),
        reason: None,
    };
    rig.write(class("dormant"));
    let now = rig.now;
    rig.write(Change::LogTouch(Box::new(talk(id, now))));
    rig.write(class("high"));
    assert_eq!(rig.text("SELECT segment_then FROM touch"), Some("dormant".into()));
    assert_eq!(rig.text("SELECT segment FROM daily WHERE touches>0"), Some("dormant".into()));
    rig.sound();
}

#[test]
fn a_task_is_ticked_once_put_aside_with_a_reason_and_moved() {
    let mut rig = rig();
    let id = rig.customer("宏达");
    let task = rig
        .write(Change::AddTask { customer: CustomerId(id), task: next("送样", "2024-05-22") })
        .made
        .unwrap()
        .id;
    let stored = TaskRef::Stored(task);
    let snooze = |until: &str, reason: &str| Change::Snooze {
        task: TaskRef::Stored(task),
        until: until.parse().unwrap(),
        reason: reason.into(),
    };
    assert!(matches!(rig.attempt(snooze("2024-05-20", "忙")), Err(StoreError::Invalid(_))));
    assert!(matches!(rig.attempt(snooze("2024-05-21", " ")), Err(StoreError::Invalid(_))));
    rig.write(snooze("2024-05-25", "客户出差"));
    assert_eq!(rig.text("SELECT next_due FROM facts"), None);
    assert_eq!(rig.text("SELECT stale_on FROM facts"), Some("2024-05-25".into()));
    // time alone brings it back
    rig.at("2024-05-25T02:00:00Z");
    let round = rig.store.daily_round(rig.now, 100).unwrap();
    assert_eq!((round.moved, round.done), (1, true));
    assert_eq!(rig.count("SELECT next_task FROM facts"), task);
    let due = Due { day: "2024-06-01".parse().unwrap(), time: chrono::NaiveTime::from_hms_opt(17, 0, 0) };
    rig.write(Change::Reschedule { task: stored.clone(), due });
    assert_eq!(rig.text("SELECT due_on||due_time FROM task"), Some("2024-06-0117:00".into()));
    rig.write(Change::Done(vec![stored.clone()]));
    assert_eq!(rig.count("SELECT open_tasks FROM facts"), 0);
    assert_eq!(rig.write(Change::Done(vec![stored])).change, None);
    rig.sound();
}

#[test]
fn g57_a_cause_gets_one_row_and_never_a_second() {
    let mut rig = rig();
    let id = rig.customer("宏达");
    let cause = TaskRef::Cause {
        customer: CustomerId(id),
        cause: "date:17:2024-06-18".into(),
        text: "生日问候".into(),
        due: "2024-06-15".parse().unwrap(),
    };
    let until = "2024-06-16".parse().unwrap();
    rig.write(Change::Snooze { task: cause.clone(), until, reason: "出差".into() });
    rig.write(Change::Done(vec![cause]));
    assert_eq!(rig.text("SELECT group_concat(kind||state) FROM task"), Some("datedone".into()));
    rig.sound();
}

#[test]
fn a_touch_ticks_the_tasks_it_fulfils_and_the_silence_it_breaks() {
    let mut rig = rig();
    let id = rig.customer("宏达");
    let task = rig
        .write(Change::AddTask { customer: CustomerId(id), task: next("送样", "2024-05-22") })
        .made
        .unwrap()
        .id;
    let silence = TaskRef::Cause {
        customer: CustomerId(id),
        cause: format!("silence:{id}:2024-05-20"),
        text: "回访".into(),
        due: "2024-05-20".parse().unwrap(),
    };
    rig.write(Change::Snooze { task: silence, until: "2024-05-30".parse().unwrap(), reason: "忙".into() });
    let now = rig.now;
    rig.write(Change::LogTouch(Box::new(NewTouch { done: vec![TaskRef::Stored(task)], ..talk(id, now) })));
    assert_eq!(rig.count("SELECT count(*) FROM task WHERE state='done'"), 2);
    rig.sound();
}

#[test]
fn a_task_that_is_done_is_neither_moved_nor_put_aside_from_an_old_list_and_who_did_it_is_told() {
    let mut rig = rig();
    let id = rig.customer("宏达");
    let stored = TaskRef::Stored(
        rig.write(Change::AddTask { customer: CustomerId(id), task: next("送样", "2024-05-22") })
            .made
            .unwrap()
            .id,
    );
    let cause = TaskRef::Cause {
        customer: CustomerId(id),
        cause: "date:17:2024-06-18".into(),
        text: "生日问候".into(),
        due: "2024-06-15".parse().unwrap(),
    };
    rig.write(Change::Done(vec![stored.clone(), cause.clone()]));
    let on = Some("2024-05-20 10:00".to_owned());
    let gone = StoreError::Over { dropped: false, who: Some("王敏".into()), on };
    for task in [stored.clone(), cause] {
        let until = "2024-05-25".parse().unwrap();
        let aside = Change::Snooze { task: task.clone(), until, reason: "客户出差".into() };
        assert_eq!(rig.attempt(aside).unwrap_err(), gone);
        let due = Due { day: "2024-06-01".parse().unwrap(), time: None };
        assert_eq!(rig.attempt(Change::Reschedule { task, due }).unwrap_err(), gone);
    }
    // the promise to call again stands in the queue all the same
    rig.write(Change::Unanswered {
        touch: Box::new(NewTouch::plain(CustomerId(id), rig.now.at, "未接")),
        task: Some(stored),
        again: next("再打", "2024-05-23"),
    });
    let open = "SELECT group_concat(text||due_on) FROM task WHERE state='open'";
    assert_eq!(rig.text(open).as_deref(), Some("再打2024-05-23"));
    rig.sound();
}

#[test]
fn a_message_that_is_logged_for_a_silence_that_was_broken_meanwhile_is_logged_and_moves_nothing() {
    let mut rig = rig();
    let id = rig.customer("宏达");
    let silence = TaskRef::Cause {
        customer: CustomerId(id),
        cause: format!("silence:{id}:2024-05-20"),
        text: "回访".into(),
        due: "2024-05-20".parse().unwrap(),
    };
    rig.write(Change::Done(vec![silence.clone()]));
    let message = NewTouch { responded: false, done: vec![silence], closed: true, ..talk(id, rig.now) };
    rig.write(Change::LogTouch(Box::new(message)));
    assert_eq!(rig.text("SELECT group_concat(state||due_on) FROM task").as_deref(), Some("done2024-05-20"));
}
