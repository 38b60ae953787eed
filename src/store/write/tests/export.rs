//! Taking data out: who may, how much, and that nothing leaves before it is in the log.

use super::*;
use crate::domain::filter;
use crate::domain::people::{RIGHTS, Role, reach};
use crate::store::export::columns;
use crate::store::request::Limited;
use crate::store::request::export::{Cell, Export, Exported, Wanted};

fn wanted(rig: &Rig, what: Exported, typed: &str) -> Wanted {
    Wanted {
        request: format!("x{}", rig.count("SELECT count(*) FROM change")),
        what,
        filter: filter::parse(typed).unwrap(),
        only: Vec::new(),
        typed: typed.into(),
        period: None,
        format: "csv".into(),
        place: "-".into(),
        reason: "季度对账".into(),
    }
}

fn begin(rig: &mut Rig, what: Exported, typed: &str) -> Result<Export, StoreError> {
    let wanted = wanted(rig, what, typed);
    rig.store.export(&rig.me.clone(), &wanted, rig.now)
}

/// All rows.
pub(super) fn all(rig: &mut Rig, what: Exported, typed: &str) -> Vec<Vec<Cell>> {
    let mut export = begin(rig, what, typed).unwrap();
    let mut rows = Vec::new();
    while let Some(page) = rig.store.export_page(&rig.me.clone(), &mut export).unwrap() {
        rows.extend(page);
    }
    rig.store.export_ended(&export, true, rig.now).unwrap();
    assert_eq!(export.rows, rows.len() as u64);
    rows
}

impl Rig {
    /// The customers of whoever sits there.
    fn own(&self, place: usize) -> Vec<i64> {
        let ids = if place == 0 { 1..3 } else { 3..4 };
        let customers: Vec<i64> = ids.collect();
        assert!(customers.iter().all(|id| {
            self.count(&format!("SELECT owner_id FROM customer WHERE id={id}")) == self.me.id.0
        }));
        customers
    }
}

#[test]
fn whose_data_leaves_with_everything_is_written_down_in_batches() {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    let mut rig = rig();
    let id = rig.customer("宏达");
    rig.store
        .db
        .execute_batch(&format!(
            "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM n WHERE n<4001)
             INSERT INTO customer(code,name,owner_id,first_owner_id,created_at)
             SELECT 'K'||n, 'K'||n, owner_id, first_owner_id, created_at FROM n, customer WHERE id={id}"
        ))
        .unwrap();
    let mut export = begin(&mut rig, Exported::All, "").unwrap();
    let commits = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&commits);
    let hook = move || {
        counted.fetch_add(1, Ordering::Relaxed);
        false
    };
    rig.store.db.commit_hook(Some(hook)).unwrap();
    rig.store.whole(&mut export, &mut |_| Ok::<(), StoreError>(())).unwrap();
    assert_eq!(rig.count("SELECT count(*) FROM export_customer"), 4_002);
    assert_eq!(commits.load(Ordering::Relaxed), 3, "two batches, and how many rows there were");
}

/// Two customers of Wang in sales, one of Li in service.
fn company() -> (Rig, Vec<Actor>) {
    let mut rig = rig();
    let people = [
        "wang:rep:sales",
        "boss:manager:sales",
        "li:rep:service",
        "guard:security:operations",
        "eye:viewer:sales",
    ]
    .map(|who| {
        let mut parts = who.split(':');
        let mut next = || parts.next().unwrap();
        let (login, role, department) = (next(), next(), next());
        rig.person(&format!("{login}2"), role, department)
    });
    let admin = rig.me.clone();
    for (owner, name, phone) in
        [(0, "宏达机械", "13900000031"), (0, "优品汇零售", "13700005548"), (2, "恒远物流", "13800002210")]
    {
        rig.me = people[owner].clone();
        let id = rig.write(Change::AddCustomer(Box::new(with_phone(name, phone)))).customer.unwrap().0;
        rig.write(order(id, "2024-05-02", 100));
        rig.write(Change::LogTouch(Box::new(talk(id, rig.now))));
    }
    rig.me = admin;
    (rig, people.to_vec())
}

#[test]
fn i16_the_calendar_has_own_dues_alone_and_the_matrix_is_nobodys_who_may_take_nothing_out() {
    let (mut rig, people) = company();
    for (actor, dues) in [(0, 2), (2, 1)] {
        rig.me = people[actor].clone();
        for customer in rig.own(actor) {
            rig.write(Change::AddTask {
                customer: CustomerId(customer),
                task: next("发送资料", "2024-05-24"),
            });
        }
        assert_eq!(all(&mut rig, Exported::Calendar, "").len(), dues, "{actor}");
        let matrix = all(&mut rig, Exported::Matrix, "");
        assert!(matrix.iter().all(|r| r.len() == columns(Exported::Matrix).len()) && matrix.len() > 5);
        assert!(!all(&mut rig, Exported::Board, "").is_empty());
    }
    rig.me = people[4].clone();
    for what in [Exported::Calendar, Exported::Matrix, Exported::Board] {
        assert_eq!(begin(&mut rig, what, "").unwrap_err(), StoreError::Denied(Verb::Export));
    }
}

#[test]
fn a141_i16_everybody_takes_out_what_they_see_in_full_and_every_try_is_in_the_log() {
    let (mut rig, people) = company();
    let admin = rig.me.clone();
    let names = |rows: &[Vec<Cell>]| rows.iter().map(|r| r[1].clone()).collect::<Vec<_>>();
    let text = |t: &str| Cell::Text(t.into());
    let (wang, li) = (vec![text("宏达机械"), text("优品汇零售")], vec![text("恒远物流")]);
    for (actor, seen) in [
        (&admin, [wang.clone(), li.clone()].concat()),
        (&people[0], wang.clone()),
        (&people[1], wang.clone()),
        (&people[2], li),
    ] {
        rig.me = actor.clone();
        for what in [Exported::Customers, Exported::Contacts, Exported::Orders, Exported::Touches] {
            let rows = all(&mut rig, what, "");
            assert_eq!(names(&rows), seen, "{what:?} by {actor:?}");
            assert!(rows.iter().all(|r| r.len() == columns(what).len()));
        }
        assert_eq!(
            rig.count("SELECT count(*) FROM export_log WHERE state='done'"),
            rig.count("SELECT count(*) FROM export_log")
        );
    }
    rig.me = people[0].clone();
    assert_eq!(names(&all(&mut rig, Exported::Customers, "宏达")), wang[..1]);
    let export = begin(&mut rig, Exported::Customers, "").unwrap();
    assert_eq!((export.planned, export.beyond, export.large), (2, 1, false));
    for who in [3, 4] {
        rig.me = people[who].clone();
        assert_eq!(begin(&mut rig, Exported::Customers, "").unwrap_err(), StoreError::Denied(Verb::Export));
    }
    assert_eq!(rig.count("SELECT count(*) FROM export_log WHERE state='refused' AND refusal='right'"), 2);
    assert_eq!(rig.count("SELECT count(*) FROM change WHERE verb='export_refused' AND reason='季度对账'"), 2);
    assert_eq!(rig.count("SELECT count(*) FROM change WHERE verb='export'"), 18);
    rig.me = admin;
    assert_eq!(
        rig.attempt(Change::Undo(None)),
        Err(StoreError::NothingToUndo),
        "an export is nothing to take back"
    );
    rig.sound();
}

#[test]
fn i5_the_log_is_written_before_the_first_row_and_knows_whose_data_left_however_it_ends() {
    let (mut rig, people) = company();
    rig.me = people[0].clone();
    let mut export = begin(&mut rig, Exported::Touches, "").unwrap();
    let log = "SELECT state||' '||planned||' '||rows||' '||what||' '||place||' '||reason FROM export_log";
    assert_eq!(rig.text(log), Some("running 2 0 touches - 季度对账".into()));
    assert_eq!(rig.count("SELECT count(*) FROM export_customer"), 0);
    let page = rig.store.export_page(&people[0], &mut export).unwrap().unwrap();
    assert_eq!(page.len(), 2);
    assert_eq!(rig.text(log), Some("running 2 2 touches - 季度对账".into()));
    assert_eq!(rig.text("SELECT group_concat(customer_id) FROM export_customer"), Some("1,2".into()));
    rig.store.export_ended(&export, false, rig.now).unwrap();
    rig.store.export_ended(&export, true, rig.now).unwrap();
    assert_eq!(rig.text("SELECT state FROM export_log"), Some("cut".into()), "how it ended stays");
    for sql in [
        "DELETE FROM export_log",
        "UPDATE export_log SET reason='x'",
        "UPDATE export_log SET rows=0",
        "DELETE FROM export_customer",
        "UPDATE export_customer SET customer_id=9",
    ] {
        assert!(rig.store.db.execute_batch(sql).unwrap_err().to_string().contains("not rewritten"), "{sql}");
    }
    let none = Wanted { reason: "  ".into(), ..wanted(&rig, Exported::Orders, "") };
    let empty = Invalid { field: Field::Reason, problem: Problem::Empty };
    assert_eq!(rig.store.export(&people[0], &none, rig.now).unwrap_err(), StoreError::Invalid(empty));
}

#[test]
fn whoever_is_frozen_in_the_middle_gets_no_further_row() {
    let (mut rig, people) = company();
    rig.me = people[0].clone();
    let mut export = begin(&mut rig, Exported::Customers, "").unwrap();
    rig.store.db.execute("UPDATE person SET state='frozen', rev=rev+1 WHERE login='wang2'", []).unwrap();
    let denied = Err(StoreError::Denied(Verb::Export));
    assert_eq!(rig.store.export_page(&people[0], &mut export), denied);
    assert_eq!(begin(&mut rig, Exported::Customers, "").unwrap_err(), StoreError::Denied(Verb::Export));
}

#[test]
fn i16_the_alarm_of_a_large_export_is_not_the_exporters_to_take_back() {
    let (mut rig, people) = company();
    rig.write(Change::Set { key: "export_large".into(), value: "2".into() });
    rig.me = people[0].clone();
    assert_eq!(all(&mut rig, Exported::Customers, "").len(), 2);
    let raised = rig.count("SELECT id FROM change WHERE verb='alarm' AND via='system'");
    let told = rig.attempt(Change::Undo(Some(raised)));
    assert_eq!(told, Err(StoreError::Denied(Verb::Configure)));
    assert_eq!(rig.count("SELECT count(*) FROM alarm WHERE rule='export'"), 1);
    rig.sound();
}

#[test]
fn i16_a_customer_who_goes_to_others_in_the_middle_stays_and_a_role_that_takes_nothing_out_gets_no_more() {
    let (mut rig, people) = company();
    rig.me = people[0].clone();
    let mut export = begin(&mut rig, Exported::Customers, "").unwrap();
    assert_eq!((export.planned, export.beyond), (2, 1));
    rig.store.db.execute("UPDATE customer SET owner_id=?1, rev=rev+1 WHERE id=1", [people[2].id.0]).unwrap();
    rig.store.db.execute("UPDATE facts SET owner_id=?1 WHERE customer_id=1", [people[2].id.0]).unwrap();
    let page = rig.store.export_page(&people[0], &mut export).unwrap().unwrap();
    assert_eq!(page.iter().map(|row| row[1].clone()).collect::<Vec<_>>(), [Cell::Text("优品汇零售".into())]);
    assert_eq!((export.rows, export.beyond), (1, 2));
    assert_eq!(rig.text("SELECT group_concat(customer_id) FROM export_customer"), Some("2".into()));
    for what in [Exported::Customers, Exported::Matrix] {
        let mut export = begin(&mut rig, what, "").unwrap();
        let looks_on = |rig: &Rig, role: &str| {
            let sql = "UPDATE person SET role=?2, rev=rev+1 WHERE id=?1";
            rig.store.db.execute(sql, (people[0].id.0, role)).unwrap();
        };
        looks_on(&rig, "viewer");
        let told = rig.store.export_page(&people[0], &mut export);
        assert_eq!(told, Err(StoreError::Denied(Verb::Export)), "{what:?}");
        looks_on(&rig, "rep");
    }
}

#[test]
fn i16_a_day_holds_so_many_rows_without_a_manager_and_large_exports_are_marked() {
    let (mut rig, people) = company();
    for (key, value) in [("export_rows", "3"), ("export_large", "2")] {
        rig.write(Change::Set { key: key.into(), value: value.into() });
    }
    rig.me = people[0].clone();
    assert_eq!(all(&mut rig, Exported::Customers, "宏达").len(), 1);
    assert_eq!(all(&mut rig, Exported::Customers, "").len(), 2, "exactly the limit");
    let over = StoreError::Limit { what: Limited::Rows, most: 3 };
    assert_eq!(begin(&mut rig, Exported::Customers, "宏达").unwrap_err(), over);
    assert_eq!(rig.count("SELECT count(*) FROM export_log WHERE state='refused' AND refusal='limit'"), 1);
    assert_eq!(rig.text("SELECT group_concat(large,'') FROM export_log"), Some("010".into()));
    rig.at("2024-05-21T02:00:00Z");
    assert_eq!(all(&mut rig, Exported::Customers, "").len(), 2, "another day");
    // one that has only begun counts as it was planned
    drop(begin(&mut rig, Exported::Customers, "宏达").unwrap());
    assert_eq!(begin(&mut rig, Exported::Customers, "宏达").unwrap_err(), over);
    rig.me = people[1].clone();
    for _ in 0..3 {
        assert_eq!(all(&mut rig, Exported::Customers, "").len(), 2, "a manager has no limit");
    }
}

#[test]
fn nobody_takes_out_what_they_do_not_see_in_full() {
    assert!(RIGHTS.iter().any(|r| r.verb == Verb::Export));
    for role in [Role::Rep, Role::Manager, Role::Security, Role::Admin, Role::Viewer] {
        assert!(reach(role, Verb::Export) <= reach(role, Verb::SeePrivate), "{role:?}");
        assert!(reach(role, Verb::ExportFreely) <= reach(role, Verb::Export), "{role:?}");
    }
}

#[test]
fn a_word_that_very_many_customers_have_is_counted_listed_and_taken_out_whole() {
    use crate::store::request::{Answer, List, Query, Seek, Sort};
    let mut rig = rig();
    let job = rig.write(Change::StartImport { what: "客户.csv".into() }).job.unwrap();
    let named = |n: usize| {
        let kind = if n.is_multiple_of(2) { "科技有限公司" } else { "有限科技公司" };
        crate::domain::change::ImportRow::Customer(named(&format!("{n:04}{kind}")))
    };
    for at in (0..5_200).step_by(400) {
        rig.write(Change::ImportRows { job, rows: (at..at + 400).map(named).collect() });
    }
    rig.write(Change::FinishImport { job });
    let filter = |text: &str| crate::domain::filter::parse(text).unwrap();
    let ask = |query: &Query| rig.store.ask(&rig.me, query, rig.now).unwrap();
    // one gram, which the index tells by itself; several, which it does not; both with a condition besides
    for (text, n) in [
        ("科技", 5_200),
        ("科技有限", 2_600),
        ("限科技公", 2_600),
        ("科技 owner:me", 5_200),
        ("科技有限 is:idle", 2_600),
        ("科技有限 有限科技", 0),
        ("0007有限", 1),
    ] {
        let Answer::Count(count) = ask(&Query::Count(filter(text))) else { panic!("{text}") };
        assert_eq!((count.shown, count.more, count.total), (n, false, 5_200), "{text}");
        let Answer::Fitting(ids) = ask(&Query::Fitting(filter(text))) else { panic!("{text}") };
        assert_eq!(ids.len() as u64, n, "{text}");
        let mut eyes = crate::store::read::eyes::Eyes::new(&rig.store.db, &rig.me, rig.now);
        let (out, beside) = crate::store::read::export::ids(&mut eyes, &filter(text), &[]).unwrap();
        assert_eq!((out.len() as u64, beside), (n, 0), "{text}");
    }
    // the list is walked to its end and back, and every row holds the word
    for (descending, seek) in [(false, Seek::Top), (true, Seek::Top), (false, Seek::End)] {
        let list = List {
            filter: filter("科技有限"),
            sort: Sort::Name,
            descending,
            seek,
            take: 100,
            own: Vec::new(),
        };
        let Answer::Customers(window) = ask(&Query::Customers(list)) else { panic!() };
        assert_eq!(window.rows.len(), 100);
        assert!(window.rows.iter().all(|row| row.name.contains("科技有限")));
        assert_eq!((window.before, window.after), (seek == Seek::End, seek == Seek::Top));
    }
}

#[test]
fn where_the_index_does_not_tell_counting_ends_and_what_is_done_to_all_is_refused() {
    use crate::store::read::filter::conditions;
    let mut rig = rig();
    for n in 0..4 {
        rig.customer(&format!("{n}号科技有限公司"));
    }
    let filter = crate::domain::filter::parse("is:idle").unwrap();
    let mut eyes = crate::store::read::eyes::Eyes::new(&rig.store.db, &rig.me, rig.now);
    let mut found = conditions(&mut eyes, &filter).unwrap();
    found.unsure.extend(crate::domain::find::needle("科技有限"));
    for (most, expected) in [(3, (3, true)), (4, (4, false)), (5, (4, false))] {
        assert_eq!(found.count(&mut eyes, Some(most)).unwrap(), expected);
    }
    for (most, expected) in [(3, None), (4, Some(4)), (5, Some(4))] {
        let whole = found.clone().settled(&mut eyes, most);
        assert_eq!(whole.as_ref().err(), expected.map_or(Some(&StoreError::TooWide { most }), |_: u64| None));
        assert_eq!(whole.ok().map(|c| c.count(&mut eyes, None).unwrap().0), expected);
    }
}
