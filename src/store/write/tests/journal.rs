//! The record of changes: one line a row, undo and redo.

use super::*;

fn undo(rig: &mut Rig) -> Result<Receipt, StoreError> {
    rig.attempt(Change::Undo(None))
}

#[test]
fn one_change_leaves_one_line_for_each_row_however_often_it_was_touched() {
    let mut rig = rig();
    let receipt = rig.write(Change::AddCustomer(Box::new(with_phone("宏达", "13800138000"))));
    assert_eq!(receipt.rows, 3);
    let twice =
        "SELECT count(*) FROM (SELECT 1 FROM change_row GROUP BY change_id,tbl,row_id HAVING count(*)>1)";
    assert_eq!((rig.count("SELECT count(*) FROM change_row"), rig.count(twice)), (3, 0));
    let id = receipt.customer.unwrap().0;
    rig.write(edit(Noun::Customer, id, 1, Field::Region, "", "华东"));
    assert_eq!(
        rig.text("SELECT before||after||rev_after FROM change_row ORDER BY id DESC LIMIT 1"),
        Some(r#"{"region":null}{"region":"华东"}2"#.into())
    );
    // nothing changed: nothing recorded
    assert_eq!(rig.write(edit(Noun::Customer, id, 2, Field::Region, "华东", "华东")).change, None);
}

#[test]
fn undo_takes_back_the_last_that_stands_and_redo_brings_it_back_until_something_else_is_done() {
    let mut rig = rig();
    let id = rig.customer("宏达");
    let region = |rig: &Rig| rig.text("SELECT region FROM customer");
    rig.write(edit(Noun::Customer, id, 1, Field::Region, "", "华东"));
    rig.write(edit(Noun::Customer, id, 2, Field::Region, "华东", "华南"));
    assert_eq!(undo(&mut rig).unwrap().subject, "宏达");
    assert_eq!(region(&rig), Some("华东".into()));
    undo(&mut rig).unwrap();
    assert_eq!(region(&rig), None);
    rig.write(Change::Redo);
    assert_eq!(region(&rig), Some("华东".into()));
    rig.write(Change::Redo);
    assert_eq!(region(&rig), Some("华南".into()));
    assert_eq!(rig.attempt(Change::Redo).unwrap_err(), StoreError::NothingToUndo);
    undo(&mut rig).unwrap();
    undo(&mut rig).unwrap();
    undo(&mut rig).unwrap();
    assert_eq!(rig.count("SELECT count(*) FROM customer"), 0);
    assert_eq!(undo(&mut rig).unwrap_err(), StoreError::NothingToUndo);
    rig.write(Change::Redo);
    let other = rig.customer("恒远");
    assert_eq!(rig.attempt(Change::Redo).unwrap_err(), StoreError::NothingToUndo);
    assert_ne!(other, id);
    rig.sound();
}

#[test]
fn what_somebody_built_on_is_not_taken_back_and_they_are_named() {
    let mut rig = rig();
    let id = rig.customer("宏达");
    rig.write(edit(Noun::Customer, id, 1, Field::Region, "", "华东"));
    let wang = rig.me.clone();
    rig.me = rig.person("li", "admin", "sales");
    rig.write(edit(Noun::Customer, id, 2, Field::Website, "", "hd.cn"));
    let li = std::mem::replace(&mut rig.me, wang);
    let overtaken = undo(&mut rig).unwrap_err();
    assert!(
        matches!(&overtaken, StoreError::Overtaken { who, verb, .. } if who == "li" && verb == "edit"),
        "{overtaken:?}"
    );
    // once they take theirs back, mine can go
    let wang = std::mem::replace(&mut rig.me, li);
    undo(&mut rig).unwrap();
    rig.me = wang;
    undo(&mut rig).unwrap();
    assert_eq!(rig.text("SELECT region FROM customer"), None);
    rig.sound();
}

#[test]
fn a_customer_with_a_colleagues_touch_is_not_taken_back() {
    let mut rig = rig();
    let id = rig.customer("宏达");
    let wang = rig.me.clone();
    rig.me = rig.person("li", "rep", "service");
    let now = rig.now;
    rig.write(Change::LogTouch(Box::new(talk(id, now))));
    rig.me = wang;
    let overtaken = undo(&mut rig).unwrap_err();
    assert!(
        matches!(&overtaken, StoreError::Overtaken { who, verb, .. } if who == "li" && verb == "log"),
        "{overtaken:?}"
    );
    rig.sound();
}

#[test]
fn anothers_change_is_taken_back_by_a_head_and_not_by_a_colleague() {
    let mut rig = rig();
    let id = rig.customer("宏达");
    let change = rig.write(edit(Noun::Customer, id, 1, Field::Region, "", "华东")).change;
    let wang = rig.me.clone();
    for (login, role, department, may) in [
        ("rep", "rep", "sales", false),
        ("far", "manager", "service", false),
        ("head", "manager", "sales", true),
    ] {
        rig.me = rig.person(login, role, department);
        assert_eq!(rig.attempt(Change::Undo(change)).is_ok(), may, "{login}");
    }
    rig.me = wang;
    assert_eq!(rig.attempt(Change::Undo(change)).unwrap_err(), StoreError::NothingToUndo);
}

#[test]
fn a143_what_one_may_no_longer_edit_one_does_not_take_back_either() {
    let mut rig = rig();
    let head = rig.me.clone();
    let li = rig.person("li", "rep", "sales");
    let far = rig.person("far", "rep", "service");
    rig.me = li.clone();
    let id = rig.write(Change::AddCustomer(Box::new(with_phone("宏达", "13800138000")))).customer.unwrap().0;
    let renamed = rig.write(edit(Noun::Customer, id, 1, Field::Region, "", "华东")).change;
    let now = rig.now;
    rig.write(Change::LogTouch(Box::new(talk(id, now))));
    rig.me = head;
    rig.write(Change::Many { customers: vec![CustomerId(id)], each: Each::Assign(far.id) });
    rig.me = li;
    assert_eq!(rig.attempt(Change::Undo(renamed)).unwrap_err(), StoreError::Denied(Verb::Edit));
    assert_eq!(rig.text("SELECT region FROM customer").as_deref(), Some("华东"));
    // the touch is their own word, which a colleague's customer does not change
    rig.write(Change::Undo(None));
    assert_eq!(rig.count("SELECT count(*) FROM touch"), 0);
    rig.sound();
}

#[test]
fn a_removed_customer_comes_back_with_all_that_hung_on_it() {
    let mut rig = rig();
    let id = rig.write(Change::AddCustomer(Box::new(with_phone("宏达", "13800138000")))).customer.unwrap().0;
    let now = rig.now;
    rig.write(Change::LogTouch(Box::new(NewTouch {
        next: vec![next("送样", "2024-05-22")],
        ..talk(id, now)
    })));
    rig.write(order(id, "2024-05-01", 100));
    rig.write(edit(Noun::Customer, id, 1, Field::Code, "C2024050001", "K1"));
    let tag = Each::Tag(need("关注点", "关注性价比"));
    rig.write(Change::Many { customers: vec![CustomerId(id)], each: tag });
    let before = content(&rig.store.db);
    let row = Row { noun: Noun::Customer, id };
    let conflict = rig.attempt(Change::Remove { row, rev: 1 }).unwrap_err();
    assert!(matches!(conflict, StoreError::Stale { .. }));
    rig.write(Change::Remove { row, rev: 2 });
    for table in
        ["customer", "contact", "method", "touch", "task", "orders", "facts", "customer_tag", "daily"]
    {
        assert_eq!(rig.count(&format!("SELECT count(*) FROM {table}")), 0, "{table}");
    }
    rig.sound();
    undo(&mut rig).unwrap();
    assert_eq!(content(&rig.store.db), before);
    // its revision went on: a form that shows the row of before is told
    assert_eq!(rig.count("SELECT rev FROM customer"), 3);
    rig.sound();
}

#[test]
fn many_are_done_in_batches_under_one_job_and_taken_back_and_brought_back_as_a_whole() {
    let mut rig = rig();
    let ids: Vec<CustomerId> = (0..450).map(|n| CustomerId(rig.customer(&format!("n{n}")))).collect();
    let before = content(&rig.store.db);
    let change = Change::Many { customers: ids, each: Each::Tag(need("关注点", "关注性价比")) };
    let envelope = Envelope { request: "many".into(), change, reason: None };
    let mut told = Vec::new();
    let receipt = rig
        .store
        .write_with_progress(&rig.me, &envelope, rig.now, &mut |done, of| told.push((done, of)))
        .unwrap();
    assert_eq!(told, [(100, 450), (200, 450), (300, 450), (400, 450), (450, 450)]);
    assert_eq!((receipt.rows, receipt.subject.as_str()), (451, "n0 +449"));
    let tagged = content(&rig.store.db);
    assert_eq!(rig.count("SELECT count(*) FROM change WHERE job_id=1"), 5);
    let again = rig.store.write(&rig.me, &envelope, rig.now).unwrap();
    assert_eq!((again.change, rig.count("SELECT count(*) FROM change WHERE job_id=1")), (receipt.change, 5));
    undo(&mut rig).unwrap();
    assert_eq!(content(&rig.store.db), before);
    assert_eq!(rig.text("SELECT state FROM job"), Some("undone".into()));
    rig.write(Change::Redo);
    assert_eq!(content(&rig.store.db), tagged);
    assert_eq!(rig.text("SELECT state FROM job"), Some("done".into()));
    rig.sound();
}

#[test]
fn a_job_that_was_cut_goes_on_where_it_stopped() {
    let mut rig = rig();
    let ids: Vec<CustomerId> = (0..450).map(|n| CustomerId(rig.customer(&format!("n{n}")))).collect();
    let change = Change::Many { customers: ids, each: Each::Tag(need("关注点", "关注性价比")) };
    let envelope = Envelope { request: "many".into(), change, reason: None };
    // the fifth batch fails, as after a cut
    rig.store
        .db
        .execute_batch(
            "CREATE TEMP TRIGGER cut BEFORE INSERT ON customer_tag WHEN NEW.customer_id>400 BEGIN SELECT RAISE(ABORT,'cut'); END",
        )
        .unwrap();
    assert!(rig.store.write(&rig.me, &envelope, rig.now).is_err());
    assert_eq!(rig.count("SELECT count(*) FROM customer_tag"), 400);
    assert!(matches!(
        rig.store.check(rig.now).unwrap().as_slice(),
        [crate::store::check::Fault::Unfinished { .. }]
    ));
    rig.store.db.execute_batch("DROP TRIGGER cut").unwrap();
    rig.store.write(&rig.me, &envelope, rig.now).unwrap();
    assert_eq!(rig.count("SELECT count(*) FROM customer_tag"), 450);
    rig.sound();
}

#[test]
fn to_assign_takes_the_open_promises_along() {
    let mut rig = rig();
    let id = rig.customer("宏达");
    rig.write(Change::AddTask { customer: CustomerId(id), task: next("送样", "2024-05-22") });
    let li = rig.person("li", "rep", "service");
    rig.write(Change::Many { customers: vec![CustomerId(id)], each: Each::Assign(li.id) });
    assert_eq!(rig.count("SELECT owner_id FROM task"), li.id.0);
    assert_eq!(rig.count("SELECT owner_id FROM facts"), li.id.0);
    rig.sound();
}

/// What the random walk may do at each step.
fn step(rig: &mut Rig, dice: &mut fastrand::Rng) -> Option<Change> {
    let ids: Vec<i64> = column(&rig.store.db, "SELECT id FROM customer");
    if ids.is_empty() {
        return Some(Change::AddCustomer(Box::new(with_phone("客户", "13800138000"))));
    }
    let id = ids[dice.usize(..ids.len())];
    let rev = |noun: &str, id: i64| rig.count(&format!("SELECT rev FROM {noun} WHERE id={id}"));
    let one = |sql: &str| rig.store.db.query_row(sql, [], |r| r.get::<_, i64>(0)).ok();
    Some(match dice.u8(..14) {
        0 | 1 => {
            let n = dice.u32(..);
            Change::AddCustomer(Box::new(NewCustomer {
                tags: vec![need("关注点", ["价格", "质量"][dice.usize(..2)])],
                classes: vec![("segment".into(), ["high", "dormant"][dice.usize(..2)].into())],
                ..with_phone(&format!("客户{n}"), &format!("138{n:08}"))
            }))
        }
        2 | 3 => {
            let now = rig.now;
            let touch = NewTouch {
                next: vec![next("送样", "2024-05-22")],
                cost: Fen(dice.i64(0..100)),
                responded: dice.bool(),
                // many in a day, which the guard lets pass with a reason
                override_reason: Some("客户要求".into()),
                ..talk(id, now)
            };
            Change::LogTouch(Box::new(touch))
        }
        4 | 5 => order(id, ["2024-05-01", "2023-01-01"][dice.usize(..2)], dice.i64(1..100)),
        6 => edit(Noun::Customer, id, rev("customer", id), Field::Name, "", &format!("名{}", dice.u8(..))),
        7 => edit(Noun::Customer, id, rev("customer", id), Field::Code, "", &format!("K{}", dice.u16(..))),
        8 => Change::Class {
            customer: CustomerId(id),
            scheme: "segment".into(),
            value: dice.bool().then(|| "growth".into()),
            reason: None,
        },
        9 => Change::Done(vec![crate::domain::change::TaskRef::Stored(one(
            "SELECT id FROM task WHERE state='open' ORDER BY id LIMIT 1",
        )?)]),
        10 => Change::Many {
            customers: ids.iter().copied().map(CustomerId).collect(),
            each: Each::Tag(need("关注点", "服务")),
        },
        11 => {
            let touch = one("SELECT max(id) FROM touch WHERE id>0")?;
            let row = Row { noun: Noun::Touch, id: touch };
            Change::Remove { row, rev: rev("touch", touch) }
        }
        12 => {
            let order = one("SELECT max(id) FROM orders WHERE status='paid'")?;
            edit(Noun::Order, order, rev("orders", order), Field::OrderStatus, "paid", "cancelled")
        }
        _ => {
            let row = Row { noun: Noun::Customer, id };
            Change::Remove { row, rev: rev("customer", id) }
        }
    })
}

#[test]
fn k10_as_many_undos_as_changes_lead_back_to_the_start_and_as_many_redos_forth_again() {
    for seed in 0..6 {
        let mut dice = fastrand::Rng::with_seed(seed);
        let mut rig = rig();
        let id = rig.customer("开始");
        rig.write(order(id, "2024-02-01", 10));
        let mut states = vec![content(&rig.store.db)];
        while states.len() < 40 {
            let Some(change) = step(&mut rig, &mut dice) else { continue };
            let rows = rig.attempt(change.clone());
            match rows {
                Ok(receipt) if receipt.change.is_some() => states.push(content(&rig.store.db)),
                Ok(_) | Err(StoreError::Invalid(_)) => {}
                Err(other) => panic!("seed {seed}: {change:?}: {other:?}"),
            }
        }
        rig.sound();
        let all = states.len() - 1;
        // some way back, some way forth, then all the way back and forth
        let mut at = all;
        let turns: Vec<bool> =
            (0..60).map(|_| dice.u8(..3) > 0).chain([true; 60]).chain([false; 60]).collect();
        for back in turns {
            if back && at == 0 || !back && at == all {
                continue;
            }
            rig.write(if back { Change::Undo(None) } else { Change::Redo });
            at = if back { at - 1 } else { at + 1 };
            assert_eq!(content(&rig.store.db), states[at], "seed {seed} at {at}");
        }
        rig.sound();
    }
}

#[test]
fn a_removal_is_called_after_what_was_removed_and_not_after_what_hung_on_it() {
    use crate::store::request::{Answer, Query};
    let mut rig = rig();
    let customer = CustomerId(rig.customer("宏达"));
    let day = Value::Day("2024-05-20".parse().unwrap());
    let set = vec![(Field::OrderDay, day), (Field::OrderAmount, Value::Money(Fen(100_000)))];
    let order = rig.write(Change::Add { noun: Noun::Order, customer, set }).made.unwrap();
    let set = vec![(Field::LineProduct, Value::text("维保"))];
    rig.write(Change::AddTo { parent: order, noun: Noun::OrderLine, set });
    let last = |rig: &Rig| {
        let answer = rig.store.ask(&rig.me, &Query::Undoable, rig.now).unwrap();
        let Answer::Undoable(undoable) = answer else { panic!("no answer") };
        undoable.undo.map(|deed| (deed.verb, deed.noun))
    };
    assert_eq!(last(&rig), Some(("add".into(), Some(Noun::OrderLine))));
    let rev = rig.count("SELECT rev FROM orders");
    rig.write(Change::Remove { row: order, rev });
    assert_eq!(last(&rig), Some(("remove".into(), Some(Noun::Order))));
    assert_eq!(rig.count("SELECT count(*) FROM order_line"), 0);
}

#[test]
fn a143_tags_and_a_class_of_a_customer_who_has_gone_to_others_are_theirs_and_a_job_is_taken_back_whole_or_not()
 {
    let mut rig = rig();
    let head = rig.me.clone();
    let li = rig.person("li", "rep", "sales");
    let far = rig.person("far", "rep", "service");
    rig.me = li.clone();
    let ids: Vec<CustomerId> = (0..BATCH + 20).map(|n| CustomerId(rig.customer(&format!("n{n}")))).collect();
    let tag = Each::Tag(need("关注点", "关注性价比"));
    let tagged = rig.write(Change::Many { customers: ids.clone(), each: tag }).change;
    let class = |customer: CustomerId| Change::Class {
        customer,
        scheme: "segment".into(),
        value: Some("high".into()),
        reason: None,
    };
    let classed = rig.write(class(ids[5])).change;
    rig.me = head.clone();
    rig.write(Change::Many { customers: vec![ids[5]], each: Each::Assign(far.id) });
    rig.me = li;
    for change in [tagged, classed] {
        assert_eq!(rig.attempt(Change::Undo(change)).unwrap_err(), StoreError::Denied(Verb::Edit));
    }
    let of_all = i64::try_from(BATCH + 20).unwrap();
    assert_eq!(rig.count("SELECT count(*) FROM customer_tag"), of_all, "no batch of it either");
    rig.me = head;
    for change in [tagged, classed] {
        rig.write(Change::Undo(change));
    }
    assert_eq!(rig.count("SELECT (SELECT count(*) FROM customer_tag)+(SELECT count(*) FROM class)"), 0);
    rig.sound();
}

#[test]
fn a_customer_given_to_another_department_comes_back_to_whoever_gave_it_and_to_no_head_of_the_other() {
    for by_hand in [false, true] {
        let mut rig = rig();
        let li = rig.person("li", "rep", "sales");
        let far = rig.person("far", "rep", "service");
        let theirs = rig.person("theirs", "manager", "service");
        let head = rig.person("head", "manager", "sales");
        rig.me = li.clone();
        let id = rig.customer("宏达");
        rig.me = head.clone();
        let given = if by_hand {
            let set = vec![Edited { field: Field::Owner, was: Value::Id(li.id.0), to: Value::Id(far.id.0) }];
            Change::Edit { row: Row { noun: Noun::Customer, id }, rev: 1, set }
        } else {
            Change::Many { customers: vec![CustomerId(id)], each: Each::Assign(far.id) }
        };
        let change = rig.write(given).change;
        rig.me = theirs;
        assert!(matches!(rig.attempt(Change::Undo(change)), Err(StoreError::Denied(_))), "{by_hand}");
        rig.me = head;
        rig.write(Change::Undo(None));
        assert_eq!(rig.count("SELECT owner_id FROM customer"), li.id.0, "{by_hand}");
        rig.sound();
    }
}

#[test]
fn a_decision_is_taken_back_by_whoever_decides_and_not_by_a_head_of_the_customers_owner() {
    let mut rig = rig();
    let admin = rig.me.clone();
    let li = rig.person("li", "rep", "sales");
    let sun = rig.person("sun", "rep", "sales");
    let ops = rig.person("ops", "manager", "operations");
    let head = rig.person("head", "manager", "sales");
    rig.me = li;
    let customer = CustomerId(rig.customer("宏达"));
    rig.me = sun.clone();
    let open = crate::domain::dispute::Dispute::Open { customer, reason: "首触".into() };
    rig.write(Change::Dispute(open));
    rig.me = ops;
    let decide =
        crate::domain::dispute::Dispute::Decide { id: 1, rev: 1, owner: sun.id, reason: "首触".into() };
    let decided = rig.write(Change::Dispute(decide)).change;
    rig.me = head;
    assert_eq!(rig.attempt(Change::Undo(decided)).unwrap_err(), StoreError::Denied(Verb::Arbitrate));
    rig.me = admin;
    rig.write(Change::Undo(decided));
    assert_eq!(rig.text("SELECT state FROM dispute").as_deref(), Some("open"));
    rig.sound();
}
