//! People as they are changed: what an administrator sets, what people say of their own absence, who administers in the
//! end, and what reaches whoever stands in.

use super::*;
use crate::domain::alarm;
use crate::domain::handover::{HandOver, Whom};
use crate::domain::people::PersonId;
use crate::domain::user::Staff;
use crate::store::request::{Answer, Query, Which};

/// The change of one field of a person, as somebody sees it who looks just now.
fn set(rig: &Rig, person: PersonId, field: Field, to: Value) -> Change {
    let row = Row { noun: Noun::Person, id: person.0 };
    let Ok(Answer::Record(Some(record))) = rig.store.ask(&rig.me, &Query::Record(row), rig.now) else {
        panic!()
    };
    let was = record.get(field).clone();
    Change::Edit { row, rev: record.rev, set: vec![Edited { field, was, to }] }
}

fn put(rig: &mut Rig, person: PersonId, field: Field, to: Value) -> Result<Receipt, StoreError> {
    let change = set(rig, person, field, to);
    rig.attempt(change)
}

fn day(text: &str) -> Value {
    Value::Day(text.parse().unwrap())
}

fn refused(field: Field, problem: Problem) -> StoreError {
    StoreError::Invalid(Invalid { field, problem })
}

fn columns(rig: &Rig) -> String {
    let sql = "SELECT role||' '||department||' '||post||' '||name||' '||coalesce(deputy_id,'-')||' '||coalesce(away_from,'-')
               ||' '||coalesce(away_until,'-') FROM person WHERE id=2";
    rig.text(sql).unwrap()
}

#[test]
fn a139_an_administrator_changes_a_person_and_every_change_is_recorded_and_taken_back() {
    let mut rig = rig();
    let li = rig.person("li", "rep", "service").id;
    let before = columns(&rig);
    let me = rig.me.id;
    let new = [
        (Field::PersonName, Value::text("李雷")),
        (Field::PersonRole, Value::text("manager")),
        (Field::PersonDepartment, Value::text("marketing")),
        (Field::PersonPost, Value::text("市场部经理")),
        (Field::PersonDeputy, Value::Id(me.0)),
        (Field::AwayFrom, day("2024-05-21")),
        (Field::AwayUntil, day("2024-05-24")),
    ];
    for (field, value) in new.clone() {
        let told = put(&mut rig, li, field, value).unwrap();
        assert_eq!((told.verb, told.rows), ("edit", 1), "{field:?}");
    }
    assert_eq!(columns(&rig), "manager marketing 市场部经理 李雷 1 2024-05-21 2024-05-24");
    put(&mut rig, li, Field::PersonPost, Value::None).unwrap();
    for _ in 0..=new.len() {
        rig.write(Change::Undo(None));
    }
    assert_eq!(columns(&rig), before);
    rig.sound();
}

#[test]
fn the_last_administrator_is_neither_demoted_nor_frozen_nor_undone() {
    let mut rig = rig();
    let me = rig.me.id;
    let li = rig.person("li", "rep", "service").id;
    let rep = Value::text("rep");
    let last = Err(refused(Field::PersonRole, Problem::LastAdmin));
    assert_eq!(put(&mut rig, me, Field::PersonRole, rep.clone()), last);
    // with a second one the first may go, and the second is the last then
    let made = put(&mut rig, li, Field::PersonRole, Value::text("admin")).unwrap();
    put(&mut rig, me, Field::PersonRole, rep.clone()).unwrap();
    rig.me = rig.store.actor("li", Via::Screen, "s3").unwrap().unwrap();
    assert_eq!(put(&mut rig, li, Field::PersonRole, rep), last);
    assert_eq!(rig.attempt(Change::Undo(made.change)), last);
    assert_eq!(rig.store.actor("li", Via::Screen, "").unwrap().unwrap().role.id(), "admin");
    // a security officer freezes, but not the last one who could thaw
    rig.me = rig.person("wu", "security", "operations");
    assert_eq!(rig.attempt(Change::Staff(Staff::Freeze(li))), last);
    rig.sound();
}

/// A key that is no one's elsewhere.
fn key(n: u8) -> crate::domain::user::Key {
    let (fingerprint, body) = (format!("SHA256:{n}"), format!("AAAA{n}"));
    crate::domain::user::Key { kind: "ssh-ed25519".into(), body, fingerprint, note: String::new() }
}

#[test]
fn the_last_key_of_an_administrator_is_neither_taken_away_nor_undone_nor_frozen_nor_demoted() {
    let mut rig = rig();
    let me = rig.me.id;
    let li = rig.person("li", "rep", "service").id;
    let zhou = rig.person("zhou", "admin", "sales").id;
    let last = Err(refused(Field::PersonKey, Problem::LastKey));
    rig.write(Change::Staff(Staff::AddKey(li, key(1))));
    // nobody who administers has come in with a key yet: nothing is shut
    rig.write(Change::Staff(Staff::RemoveKey(li, "SHA256:1".into())));
    let first = rig.write(Change::Staff(Staff::AddKey(me, key(2))));
    assert_eq!(rig.attempt(Change::Staff(Staff::RemoveKey(me, "SHA256:2".into()))), last);
    assert_eq!(rig.attempt(Change::Undo(first.change)), last);
    assert_eq!(put(&mut rig, me, Field::PersonRole, Value::text("rep")), last);
    rig.me = rig.store.actor("zhou", Via::Screen, "s9").unwrap().unwrap();
    assert_eq!(rig.attempt(Change::Staff(Staff::Freeze(me))), last);
    // with another key it may go
    rig.write(Change::Staff(Staff::AddKey(zhou, key(3))));
    rig.write(Change::Staff(Staff::RemoveKey(me, "SHA256:2".into())));
    rig.sound();
}

#[test]
fn what_cannot_be_so_of_an_absence_is_refused_at_its_field() {
    let mut rig = rig();
    let li = rig.person("li", "rep", "service").id;
    let own = refused(Field::PersonDeputy, Problem::OwnDeputy);
    assert_eq!(put(&mut rig, li, Field::PersonDeputy, Value::Id(li.0)), Err(own));
    assert_eq!(
        put(&mut rig, li, Field::AwayUntil, day("2024-05-24")),
        Err(refused(Field::AwayFrom, Problem::Empty))
    );
    put(&mut rig, li, Field::AwayFrom, day("2024-05-24")).unwrap();
    assert_eq!(
        put(&mut rig, li, Field::AwayUntil, day("2024-05-23")),
        Err(refused(Field::AwayUntil, Problem::EndsBefore))
    );
    put(&mut rig, li, Field::AwayUntil, day("2024-05-24")).unwrap();
    let boss = Value::text("boss");
    let Err(StoreError::Invalid(invalid)) = put(&mut rig, li, Field::PersonRole, boss) else { panic!() };
    assert_eq!(invalid.field, Field::PersonRole);
}

#[test]
fn people_say_when_they_are_away_themselves_a_head_for_the_department_and_nobody_else_or_more() {
    let mut rig = rig();
    let wang = rig.me.id;
    let li = rig.person("li", "rep", "service").id;
    let away = |rig: &mut Rig, person: PersonId| put(rig, person, Field::AwayFrom, day("2024-05-21"));
    for (login, role, department, own, of_li) in [
        ("rep", "rep", "service", true, false),
        ("head", "manager", "service", true, true),
        ("other", "manager", "sales", true, false),
        ("eye", "viewer", "service", false, false),
        ("guard", "security", "service", false, false),
    ] {
        let admin = rig.me.clone();
        rig.me = rig.person(login, role, department);
        let me = rig.me.id;
        let denied: Result<(), StoreError> = Err(StoreError::Denied(Verb::Configure));
        let told = away(&mut rig, me).map(|_| ());
        assert_eq!(told, if own { Ok(()) } else { denied.clone() }, "{role}");
        if own {
            rig.write(Change::Undo(None));
        }
        let told = away(&mut rig, li).map(|_| ());
        assert_eq!(told.is_ok(), of_li, "{role} {department}");
        if of_li {
            rig.write(Change::Undo(None));
        }
        // the administrator is of sales
        let told = away(&mut rig, wang).map(|_| ());
        assert_eq!(told, if login == "other" { Ok(()) } else { denied.clone() }, "{role}");
        if login == "other" {
            rig.write(Change::Undo(None));
        }
        assert_eq!(put(&mut rig, me, Field::PersonRole, Value::text("admin")).map(|_| ()), denied);
        rig.me = admin;
    }
}

#[test]
fn k03_alarms_complaints_and_requests_of_somebody_away_go_to_the_deputy_for_that_time_alone() {
    let mut rig = rig();
    let li = rig.person("li", "rep", "service");
    let id = rig.customer("恒远物流");
    let asked = rig.write(Change::Ask {
        customer: CustomerId(id),
        touch: None,
        set: vec![
            (Field::RequestDepartment, Value::text("marketing")),
            (Field::RequestText, Value::text("要一份样册")),
        ],
        by: None,
    });
    let complaint = vec![
        (Field::ComplaintSummary, Value::text("迟到")),
        (Field::ComplaintSeverity, Value::text("high")),
        (Field::ComplaintState, Value::text("open")),
        (Field::ComplaintOpened, Value::Moment(rig.now.ms())),
    ];
    rig.write(Change::Add { noun: Noun::Complaint, customer: CustomerId(id), set: complaint });
    rig.write(Change::RaiseAlarm {
        rule: "dispute".into(),
        customer: Some(CustomerId(id)),
        note: "争执".into(),
    });
    let alarm = rig.count("SELECT id FROM alarm");
    rig.store.db.execute("UPDATE alarm SET owner_id=1, rev=rev+1", []).unwrap();
    let me = rig.me.id;
    let mine = |rig: &Rig| {
        let ask = |query: Query| rig.store.ask(&li, &query, rig.now).unwrap();
        let Answer::Alarms(alarms) = ask(Query::Alarms(Which::Mine)) else { panic!() };
        let Answer::Complaints(complaints) = ask(Query::Complaints(Which::Mine)) else { panic!() };
        let Answer::Requests(requests) = ask(Query::Requests(Which::Mine)) else { panic!() };
        let Answer::Title(title) = ask(Query::Title) else { panic!() };
        (alarms.len(), complaints.rows.len(), requests.len(), title.alarms)
    };
    let act = |rig: &mut Rig| {
        let admin = std::mem::replace(&mut rig.me, li.clone());
        let told = rig.attempt(Change::Alarm { id: alarm, step: alarm::Step::Acknowledge }).map(|_| ());
        rig.me = admin;
        told
    };
    assert_eq!(mine(&rig), (0, 0, 0, 0));
    assert_eq!(act(&mut rig), Err(StoreError::Denied(Verb::Supervise)));
    put(&mut rig, me, Field::PersonDeputy, Value::Id(li.id.0)).unwrap();
    put(&mut rig, me, Field::AwayFrom, day("2024-05-21")).unwrap();
    put(&mut rig, me, Field::AwayUntil, day("2024-05-22")).unwrap();
    for (instant, stands_in) in [
        ("2024-05-20T02:00:00Z", false),
        ("2024-05-21T02:00:00Z", true),
        ("2024-05-22T02:00:00Z", true),
        ("2024-05-23T02:00:00Z", false),
    ] {
        rig.at(instant);
        let n = usize::from(stands_in);
        assert_eq!(mine(&rig), (n, n, n, n), "{instant}");
    }
    rig.at("2024-05-21T02:00:00Z");
    assert_eq!(act(&mut rig), Ok(()));
    assert!(asked.made.is_some());
}

#[test]
fn a27_whoever_only_looks_on_owns_no_customer_stands_in_for_nobody_and_is_not_offered() {
    let mut rig = rig();
    let customer = rig.customer("恒远物流");
    let li = rig.person("li", "rep", "service").id;
    let row = Row { noun: Noun::Customer, id: customer };
    let owner = |rig: &mut Rig, to: PersonId| {
        let Ok(Answer::Record(Some(record))) = rig.store.ask(&rig.me, &Query::Record(row), rig.now) else {
            panic!()
        };
        let was = record.get(Field::Owner).clone();
        let set = vec![Edited { field: Field::Owner, was, to: Value::Id(to.0) }];
        rig.attempt(Change::Edit { row, rev: record.rev, set }).map(drop)
    };
    for role in ["viewer", "security"] {
        let looker = rig.person(role, role, "sales").id;
        let none = |field| Err(refused(field, Problem::NoWorker(role.into())));
        assert_eq!(owner(&mut rig, looker), none(Field::Owner));
        assert_eq!(
            put(&mut rig, li, Field::PersonDeputy, Value::Id(looker.0)).map(drop),
            none(Field::PersonDeputy)
        );
        let whom = Whom::These(vec![CustomerId(customer)]);
        let propose = HandOver::Propose { whom, to: looker, at_once: true, reason: Some("x".into()) };
        assert_eq!(rig.attempt(Change::HandOver(Box::new(propose))).map(drop), none(Field::HandTo));
    }
    let Ok(Answer::Loads(loads)) = rig.store.ask(&rig.me, &Query::Loads, rig.now) else { panic!() };
    let offered: Vec<&str> = loads.iter().filter(|row| row.active).map(|row| row.login.as_str()).collect();
    assert_eq!(offered, ["wang", "li"]);
    owner(&mut rig, li).unwrap();
    rig.sound();
}
