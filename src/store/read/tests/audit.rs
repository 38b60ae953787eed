//! Who may look back how far, and that looking back tells no more than looking at the customer does.

use super::*;
use crate::domain::change::Edited;
use crate::domain::field::Row;
use crate::store::request::StoreError;
use crate::store::request::audit::{AuditList, AuditRow};

/// Wang and Sun of sales, Li of service, their managers; each rep has entered one customer with a phone and an address.
fn company() -> (Company, Vec<Actor>) {
    let mut c = Company::new();
    let people = [
        ("wang2", "王敏敏", "rep", "sales"),
        ("sun", "孙丽", "rep", "sales"),
        ("li", "李强", "rep", "service"),
        ("boss", "赵总监", "manager", "sales"),
        ("guard", "吴安", "security", "operations"),
        ("eye", "郑看", "viewer", "sales"),
    ]
    .map(|(login, name, role, department)| c.person(login, name, role, department));
    let admin = c.actor.clone();
    for (n, who) in people.iter().take(3).enumerate() {
        c.actor = who.clone();
        let id = c.customer(&format!("客户{n}"), "李经理", &format!("1390000003{n}"));
        let set = vec![Edited { field: Field::Address, was: Value::None, to: Value::text("张江路1号") }];
        c.write(Change::Edit { row: Row { noun: Noun::Customer, id: id.0 }, rev: 1, set });
    }
    c.actor = admin;
    (c, people.to_vec())
}

fn look(c: &Company, actor: &Actor, list: AuditList) -> Result<Vec<AuditRow>, StoreError> {
    match c.store.ask(actor, &Query::Audit(Box::new(list)), c.now)? {
        Answer::Audit(rows) => Ok(rows),
        other => panic!("{other:?}"),
    }
}

fn all() -> AuditList {
    AuditList { take: 100, ..AuditList::default() }
}

#[test]
fn i15_a_rep_looks_back_on_own_deeds_a_manager_on_the_departments_and_a_viewer_on_none() {
    let (c, people) = company();
    let names = |actor: &Actor| {
        let mut names: Vec<String> = look(&c, actor, all()).unwrap().into_iter().map(|r| r.person).collect();
        names.dedup();
        names
    };
    assert_eq!(names(&people[0]), ["王敏敏"]);
    assert_eq!(names(&people[3]), ["孙丽", "王敏敏"]);
    for actor in [&c.actor, &people[4]] {
        assert_eq!(names(actor), ["李强", "孙丽", "王敏敏"]);
    }
    assert_eq!(look(&c, &people[5], all()), Err(StoreError::Denied(Verb::Audit)));
    // by name one finds no more
    let other =
        |actor: &Actor| look(&c, actor, AuditList { who: Some("李强".into()), ..all() }).unwrap().len();
    assert_eq!((other(&people[0]), other(&people[3]), other(&people[4])), (0, 0, 2));
}

#[test]
fn of_an_own_customer_one_sees_what_everybody_did_to_it_and_of_others_what_one_did_oneself() {
    let (mut c, people) = company();
    let first: String =
        c.store.db.query_row("SELECT code FROM customer WHERE id=1", [], |r| r.get(0)).unwrap();
    c.plan(CustomerId(1), "回访", "2024-05-21");
    let of = |actor: &Actor, code: &str| {
        look(&c, actor, AuditList { customer: Some(code.into()), ..all() }).unwrap().len()
    };
    assert_eq!((of(&people[0], &first), of(&people[1], &first), of(&people[3], &first)), (3, 0, 3));
    assert_eq!(of(&people[0], "C999"), 0);
}

#[test]
fn conditions_narrow_and_the_newest_comes_first() {
    let (c, people) = company();
    let guard = &people[4];
    let rows = look(&c, guard, AuditList { verbs: vec!["edit".into()], ..all() }).unwrap();
    assert_eq!(rows.iter().map(|r| r.subject.as_str()).collect::<Vec<_>>(), ["客户2", "客户1", "客户0"]);
    assert_eq!((rows[0].rows, rows[0].undone, rows[0].via.as_str()), (1, false, "screen"));
    assert_eq!(look(&c, guard, AuditList { words: vec!["客户1".into()], ..all() }).unwrap().len(), 2);
    let now = c.now.at.timestamp_millis();
    for (since, until, count) in
        [(Some(now), None, 6), (Some(now + 1), None, 0), (None, Some(now), 0), (None, Some(now + 1), 6)]
    {
        assert_eq!(look(&c, guard, AuditList { since, until, ..all() }).unwrap().len(), count);
    }
    assert_eq!(look(&c, guard, AuditList { take: 4, ..all() }).unwrap().len(), 4);
}

#[test]
fn what_a_change_did_shows_masked_to_whoever_sees_the_customer_masked() {
    let (c, people) = company();
    let edit =
        look(&c, &people[4], AuditList { verbs: vec!["edit".into()], ..all() }).unwrap().pop().unwrap();
    let made = look(&c, &people[4], AuditList { verbs: vec!["add_customer".into()], ..all() })
        .unwrap()
        .pop()
        .unwrap();
    let shown = |actor: &Actor, id: i64| format!("{:?}", c.store.ask(actor, &Query::AuditOne(id), c.now));
    for actor in [&people[0], &people[3], &c.actor] {
        assert!(shown(actor, edit.id).contains("张江路1号"), "{}", shown(actor, edit.id));
        assert!(shown(actor, made.id).contains("13900000030"));
    }
    let masked = shown(&people[4], edit.id);
    assert!(masked.contains("Address") && !masked.contains("张江路1号"), "{masked}");
    let masked = shown(&people[4], made.id);
    assert!(masked.contains("139****0030") && !masked.contains("13900000030"), "{masked}");
    let refused = c.store.ask(&people[1], &Query::AuditOne(edit.id), c.now);
    assert_eq!(refused, Err(StoreError::Denied(Verb::Audit)), "not by its number either");
}
