//! What the mask keeps from whoever searches, sorts and filters; what is shared, and what a task shows. What every question
//! shows to every role stands in `every`.

use super::*;
use crate::domain::field::Row;
use crate::store::request::{Limited, StoreError};

const PHONE: &str = "13900000031";

struct House {
    c: Company,
    customer: CustomerId,
    /// Login and whether they see the customer of Wang in full.
    people: Vec<(Actor, bool)>,
}

/// Wang of sales owns a customer; Li works on it with him; the others do not.
fn house() -> House {
    let mut c = Company::new();
    let wang = c.person("rep", "王敏敏", "rep", "sales");
    let li = c.person("shared", "李强", "rep", "service");
    let people = vec![
        (c.actor.clone(), true),
        (wang.clone(), true),
        (li.clone(), true),
        (c.person("boss", "赵总监", "manager", "sales"), true),
        (c.person("near", "孙丽", "rep", "sales"), false),
        (c.person("far", "周主管", "manager", "service"), false),
        (c.person("guard", "吴安", "security", "operations"), false),
        (c.person("viewer", "郑看", "viewer", "sales"), false),
    ];
    let admin = std::mem::replace(&mut c.actor, wang);
    let contacts = vec![NewContact {
        name: "李经理".into(),
        title: Some("采购总监".into()),
        methods: vec![
            ("mobile".into(), "139 0000 0031".into()),
            ("email".into(), "li@example.com".into()),
            ("wechat".into(), "wx_lijingli".into()),
        ],
    }];
    let values =
        vec![(Field::Name, Value::text("宏达机械")), (Field::Address, Value::text("浦东新区张江路1号"))];
    let new = NewCustomer { values, contacts, ..NewCustomer::default() };
    let customer = c.write(Change::AddCustomer(Box::new(new))).customer.unwrap();
    let set = vec![
        (Field::OrderDay, Value::Day("2024-05-02".parse().unwrap())),
        (Field::OrderAmount, Value::Money(Fen(8_640_000))),
    ];
    c.write(Change::Add { noun: Noun::Order, customer, set });
    c.touch(customer, "2024-05-10", "推荐A品类新品");
    c.write(Change::Add { noun: Noun::Share, customer, set: vec![(Field::SharePerson, Value::Id(li.id.0))] });
    // before and after values in the history
    let Answer::Record(Some(record)) = c.ask(&Query::Record(Row { noun: Noun::Customer, id: customer.0 }))
    else {
        panic!("the customer is there");
    };
    let edited = crate::domain::change::Edited {
        field: Field::Revenue,
        was: Value::None,
        to: Value::Money(Fen(8_640_000)),
    };
    c.write(Change::Edit { row: record.row, rev: record.rev, set: vec![edited] });
    c.actor = admin;
    House { c, customer, people }
}

#[test]
fn the_order_by_spend_tells_nobody_what_the_cells_hide() {
    let mut h = house();
    // the admin's own customer bought less and has the greater number
    let other = h.c.customer("优品汇零售", "周店长", "13700005548");
    let set = vec![
        (Field::OrderDay, Value::Day("2024-05-02".parse().unwrap())),
        (Field::OrderAmount, Value::Money(Fen(100))),
    ];
    h.c.write(Change::Add { noun: Noun::Order, customer: other, set });
    let names = |actor: &Actor, descending| {
        let query = Query::Customers(list(Sort::Spend, descending, Seek::Top, 50));
        match h.c.store.ask(actor, &query, h.c.now).unwrap() {
            Answer::Customers(window) => window.rows.into_iter().map(|r| r.id).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        }
    };
    let (first, second) = (h.customer.0, other.0);
    for (actor, _) in &h.people {
        let both = [names(actor, false), names(actor, true)];
        match actor.role {
            crate::domain::people::Role::Admin => {
                assert_eq!(both, [vec![second, first], vec![first, second]]);
            }
            // whoever sees neither gets the order of the numbers, whoever sees one gets it first
            _ => assert!(both[0].first() == Some(&first) || both[0] == [second, first], "{both:?}"),
        }
        if !h.people.iter().any(|(a, sees)| a.id == actor.id && *sees) && actor.department != "operations" {
            assert!(both.iter().all(|b| b.len() == 2), "{both:?}");
        }
    }
    let viewer = &h.people.last().unwrap().0;
    assert_eq!(names(viewer, false), [first, second]);
    assert_eq!(names(viewer, true), [second, first], "by number only, turned round");
}

#[test]
fn i14_a_whole_number_is_found_noted_and_counted_and_a_part_only_where_it_shows() {
    let h = house();
    let near = &h.people[4].0;
    let find = |text: &str| h.c.store.ask(near, &Query::Find { text: text.into(), limit: 9 }, h.c.now);
    let count = |sql: &str| -> i64 { h.c.store.db.query_row(sql, [], |r| r.get(0)).unwrap() };
    let hits = |text: &str| match find(text) {
        Ok(Answer::Find(found)) => found.len(),
        other => panic!("{other:?}"),
    };
    // middle digits do not show and are not found
    assert_eq!((hits("0000003"), hits("90000"), hits("0031"), hits("139")), (0, 0, 1, 1));
    let before = count("SELECT count(*) FROM look_up");
    assert_eq!(before, 1, "the number that a rep's new customer came with");
    assert_eq!(hits(PHONE), 1);
    assert_eq!(hits("139 0000 0031"), 1, "asked again");
    // the box asks at each key, and a mobile number is none before its last
    assert_eq!((hits("1391234567"), hits("13912345678")), (0, 0));
    assert_eq!(
        count("SELECT count(*) FROM look_up WHERE what='number'"),
        before + 2,
        "one found, one of nobody"
    );
    // a filter by a word finds no more than shows
    let filter = |text: &str| filter::parse(text).unwrap();
    let counted = |text: &str| match h.c.store.ask(near, &Query::Count(filter(text)), h.c.now).unwrap() {
        Answer::Count(count) => count.shown,
        other => panic!("{other:?}"),
    };
    assert_eq!((counted(PHONE), counted("0031")), (0, 1));
    // the limit of the day
    crate::store::settings::keep(&h.c.store.db, "look_ups", Some("2")).unwrap();
    assert_eq!(find("13912345679"), Err(StoreError::Limit { what: Limited::Number, most: 2 }));
    assert_eq!(hits("0031"), 1, "what shows is found all the same");
    // the duplicate check tells as much and counts as much
    let alike = |actor: &Actor| {
        let query = Query::Alike { name: String::new(), phones: vec!["13900000032".into()] };
        h.c.store.ask(actor, &query, h.c.now)
    };
    assert_eq!(alike(near), Err(StoreError::Limit { what: Limited::Number, most: 2 }));
    assert_eq!(alike(&h.c.actor), Ok(Answer::Alike(Vec::new())), "an administrator sees all numbers anyway");
}

#[test]
fn a_shared_customer_shows_in_full_until_it_is_no_longer_shared() {
    let mut h = house();
    let li = h.people[2].0.clone();
    let phone = |h: &House| match h.c.store.ask(&li, &Query::Card(h.customer), h.c.now).unwrap() {
        Answer::Card(Some(card)) => card.row.phone,
        other => panic!("{other:?}"),
    };
    assert_eq!(phone(&h).as_deref(), Some("139 0000 0031"));
    let spend = Query::Count(filter::parse("spend:>1").unwrap());
    assert!(matches!(h.c.store.ask(&li, &spend, h.c.now), Ok(Answer::Count(count)) if count.shown == 1));
    h.c.write(Change::Remove { row: Row { noun: Noun::Share, id: 1 }, rev: 1 });
    assert_eq!(phone(&h).as_deref(), Some("139****0031"));
    assert!(matches!(h.c.store.ask(&li, &spend, h.c.now), Ok(Answer::Count(count)) if count.shown == 0));
}

#[test]
fn a_task_for_a_colleagues_customer_shows_its_phone_masked() {
    let mut h = house();
    let near = h.people[4].0.clone();
    let admin = std::mem::replace(&mut h.c.actor, near.clone());
    h.c.plan(h.customer, "回访", "2024-05-20");
    h.c.actor = admin;
    let answer = h.c.store.ask(&near, &Query::Queue { owner: None, whole: true, ahead: 1 }, h.c.now).unwrap();
    let Answer::Queue(queue) = answer else { panic!("{answer:?}") };
    assert_eq!(queue.today.first().unwrap().phone.as_deref(), Some("139****0031"));
}

#[test]
fn what_is_said_to_a_customer_never_carries_the_stars_of_a_masked_amount() {
    let mut h = house();
    let admin = h.people[0].0.clone();
    let rep = std::mem::replace(&mut h.c.actor, admin);
    for (key, value) in [("membership_near", "1000000"), ("levels", "VIP:100000:9折:生日礼")] {
        h.c.write(Change::Set { key: key.into(), value: value.into() });
    }
    h.c.actor = rep;
    // the script that tells how much was spent, for whatever class
    h.c.store.db.execute("UPDATE script SET target=NULL, rev=rev+1 WHERE code='D56'", []).unwrap();
    for (who, sees) in &h.people {
        let card = match h.c.store.ask(who, &Query::Card(h.customer), h.c.now).unwrap() {
            Answer::Card(Some(card)) => card,
            other => panic!("{other:?}"),
        };
        let texts: Vec<&str> = card.scripts.iter().map(|said| said.text.as_str()).collect();
        assert!(!texts.is_empty() && texts.iter().all(|text| !text.contains('*')), "{texts:?}");
        assert_eq!(texts.iter().any(|text| text.contains("累计消费")), *sees, "{texts:?}");
    }
}

#[test]
fn k56_one_phone_under_two_numbers_is_listed_to_whoever_sees_both_in_full() {
    let mut h = house();
    // the administrator's own, with a number that a rep's customer has
    let other = h.c.customer("宏达机械厂", "李经理", "139-0000-0031");
    h.c.customer("优品汇零售", "周店长", "13700005548");
    let listed = |actor: &Actor| {
        let filter = filter::parse("is:duplicate").unwrap();
        let query = Query::Customers(List { filter, ..list(Sort::Code, false, Seek::Top, 9) });
        match h.c.store.ask(actor, &query, h.c.now).unwrap() {
            Answer::Customers(window) => window.rows.into_iter().map(|r| r.id).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        }
    };
    // the administrator and the head of both owners' department
    for (at, (actor, _)) in h.people.iter().enumerate() {
        let both = if matches!(at, 0 | 3) { vec![h.customer.0, other.0] } else { Vec::new() };
        assert_eq!(listed(actor), both, "{actor:?}");
    }
}
