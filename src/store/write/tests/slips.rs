//! Slips of the hand that the store refuses whatever road they come by: days and amounts that cannot be, numbers that are no
//! phone, names of nothing.

use super::*;
use crate::domain::people::Via;
use chrono::NaiveDate;

fn refusal(rig: &mut Rig, change: Change) -> Problem {
    match rig.attempt(change) {
        Err(StoreError::Invalid(Invalid { problem, .. })) => problem,
        other => panic!("{other:?}"),
    }
}

fn order(customer: i64, day: &str) -> Change {
    let set = vec![
        (Field::OrderAmount, Value::Money(Fen(100))),
        (Field::OrderDay, Value::Day(day.parse::<NaiveDate>().unwrap())),
    ];
    Change::Add { noun: Noun::Order, customer: CustomerId(customer), set }
}

fn method(customer: i64, contact: i64, kind: &str, value: &str) -> Change {
    let set = vec![
        (Field::MethodContact, Value::Id(contact)),
        (Field::MethodKind, Value::text(kind)),
        (Field::MethodValue, Value::text(value)),
    ];
    Change::Add { noun: Noun::Method, customer: CustomerId(customer), set }
}

#[test]
fn an_order_has_taken_place_and_not_before_anybody_kept_books() {
    let mut rig = rig();
    let id = rig.customer("恒远");
    assert_eq!(refusal(&mut rig, order(id, "2024-05-21")), Problem::Future);
    assert_eq!(refusal(&mut rig, order(id, "2099-01-01")), Problem::Future);
    assert_eq!(refusal(&mut rig, order(id, "1900-01-01")), Problem::TooEarly("1900-01-01".into()));
    let made = rig.write(order(id, "2024-05-20")).made.unwrap();
    // nor does an edit bring it there
    let to = Value::Day("2099-01-01".parse().unwrap());
    let was = Value::Day("2024-05-20".parse().unwrap());
    let set = vec![Edited { field: Field::OrderDay, was, to }];
    assert_eq!(refusal(&mut rig, Change::Edit { row: made, rev: 1, set }), Problem::Future);
    let much = vec![(Field::OrderAmount, Value::Money(Fen(99_999_999_999_999_900)))];
    let much = Change::Add { noun: Noun::Order, customer: CustomerId(id), set: much };
    assert_eq!(refusal(&mut rig, much), Problem::TooMuch("90,000,000,000".into()));
    rig.sound();
}

#[test]
fn what_has_happened_lies_on_no_day_that_is_to_come() {
    let mut rig = rig();
    let id = rig.customer("恒远");
    let on = |day: &str| Value::Day(day.parse::<NaiveDate>().unwrap());
    let yuan = Value::Money(Fen(100));
    let records = [
        (Noun::Survey, Field::SurveyOn, vec![(Field::SurveyScore, Value::Int(90))]),
        (Noun::Refund, Field::RefundDay, vec![(Field::RefundAmount, yuan.clone())]),
        (
            Noun::Expense,
            Field::ExpenseDay,
            vec![(Field::ExpenseKind, Value::text("gift")), (Field::ExpenseAmount, yuan)],
        ),
        (Noun::Browse, Field::BrowseDay, vec![(Field::BrowseCategory, Value::text("A"))]),
    ];
    for (noun, field, rest) in records {
        let add = |day: &str| {
            let set = rest.iter().cloned().chain([(field, on(day))]).collect();
            Change::Add { noun, customer: CustomerId(id), set }
        };
        assert_eq!(refusal(&mut rig, add("2024-05-21")), Problem::Future, "{field:?}");
        assert_eq!(refusal(&mut rig, add("1900-01-01")), Problem::TooEarly("1900-01-01".into()), "{field:?}");
        if noun != Noun::Refund {
            rig.write(add("2024-05-20"));
        }
    }
    rig.sound();
}

#[test]
fn a_talk_lies_after_the_day_on_which_records_begin() {
    let mut rig = rig();
    let id = rig.customer("恒远");
    let at = "1979-12-31T02:00:00Z".parse().unwrap();
    let touch = NewTouch {
        channel: Some("phone".into()),
        closed: true,
        ..NewTouch::plain(CustomerId(id), at, "x".to_owned())
    };
    let wrong = refusal(&mut rig, Change::LogTouch(Box::new(touch)));
    assert_eq!(wrong, Problem::TooEarly("1979-12-31".into()));
}

#[test]
fn a_phone_or_address_is_one_by_whatever_road_it_comes() {
    let mut rig = rig();
    let contact = |value: &str| NewContact {
        name: "李雷".into(),
        methods: vec![("mobile".into(), value.into())],
        ..NewContact::default()
    };
    let new = |value: &str| NewCustomer { contacts: vec![contact(value)], ..named("恒远") };
    for bad in ["abc", "139", "1380013800"] {
        let wrong = refusal(&mut rig, Change::AddCustomer(Box::new(new(bad))));
        assert_eq!(wrong, Problem::NotAPhone(bad.into()), "{bad}");
    }
    let id = rig.write(Change::AddCustomer(Box::new(new("138 0013 8000")))).customer.unwrap().0;
    let person = rig.count("SELECT id FROM contact");
    let wrong = refusal(&mut rig, method(id, person, "email", "notmail"));
    assert_eq!(wrong, Problem::NotAnEmail("notmail".into()));
    rig.write(method(id, person, "email", "li@example.com"));
    let row = Row { noun: Noun::Method, id: rig.count("SELECT id FROM method WHERE kind='mobile'") };
    let edit = |to: &str| Edited {
        field: Field::MethodValue,
        was: Value::text("138 0013 8000"),
        to: Value::text(to),
    };
    let wrong = refusal(&mut rig, Change::Edit { row, rev: 1, set: vec![edit("abc")] });
    assert_eq!(wrong, Problem::NotAPhone("abc".into()));
    rig.sound();
}

#[test]
fn a23_nobody_comes_through_themselves() {
    let mut rig = rig();
    let id = rig.customer("恒远");
    let other = rig.customer("宏达");
    let referrer = |to: i64| Change::Edit {
        row: Row { noun: Noun::Customer, id },
        rev: 1,
        set: vec![Edited { field: Field::Referrer, was: Value::None, to: Value::Id(to) }],
    };
    assert_eq!(refusal(&mut rig, referrer(id)), Problem::Itself);
    rig.write(referrer(other));
}

#[test]
fn a_script_that_nobody_wrote_is_refused_with_the_nearest_and_a_file_keeps_its_words() {
    let mut rig = rig();
    let id = rig.customer("恒远");
    let script =
        vec![(Field::ScriptTitle, Value::text("季度回访")), (Field::ScriptText, Value::text("您好"))];
    rig.write(Change::Add { noun: Noun::Script, customer: CustomerId(0), set: script });
    let touch = |script: &str, now: Now| NewTouch {
        channel: Some("phone".into()),
        kind: "reply".into(),
        closed: true,
        script: Some(script.into()),
        ..NewTouch::plain(CustomerId(id), now.at, "x".to_owned())
    };
    let now = rig.now;
    let wrong = refusal(&mut rig, Change::LogTouch(Box::new(touch("季度会访", now))));
    assert_eq!(wrong, Problem::NoSuchScript("季度会访".into(), Some("季度回访".into())));
    let wrong = refusal(&mut rig, Change::LogTouch(Box::new(touch("no such", now))));
    assert_eq!(wrong, Problem::NoSuchScript("no such".into(), None));
    rig.me.via = Via::Import;
    let job = rig.write(Change::StartImport { what: "a.csv".into() }).job.unwrap();
    rig.write(Change::ImportRows { job, rows: vec![in_file(touch("旧话术", now))] });
    assert_eq!(rig.text("SELECT script FROM touch").as_deref(), Some("旧话术"));
}

#[test]
fn an_average_of_nothing_is_none() {
    let mut rig = rig();
    let average =
        |yuan: i64| Change::Benchmark { industry: "制造业".into(), year: 2024, average: Fen(yuan * 100) };
    assert_eq!(refusal(&mut rig, average(-5)), Problem::NotPositive("-5".into()));
    assert_eq!(refusal(&mut rig, average(999_999_999_999)), Problem::TooMuch("90,000,000,000".into()));
    rig.write(average(5));
}

#[test]
fn a_demo_that_somebody_has_worked_in_is_told_from_one_that_was_only_made() {
    let mut rig = rig();
    assert!(!rig.store.is_worked_in().unwrap());
    rig.me.via = Via::System;
    rig.customer("恒远");
    assert!(!rig.store.is_worked_in().unwrap(), "what the program does by itself is nobody's work");
    rig.me.via = Via::Screen;
    rig.customer("宏达");
    assert!(rig.store.is_worked_in().unwrap());
}
