//! What the write path holds, by requirement. The rig writes to a store in memory with a clock that tests set.

mod acceptance;
mod advice;
mod alarm;
mod campaign;
mod chain;
mod colleagues;
mod complaint;
mod completeness;
mod deal;
mod dispute;
mod due;
mod erase;
mod erase_all;
mod export;
mod facts;
mod figured;
mod followed;
mod forecast;
mod gift;
mod guard;
mod habits;
mod handover;
mod import;
mod journal;
mod kept;
mod leak;
mod merge;
mod moves;
mod own;
mod pairs;
mod person;
mod rare;
mod replay;
mod reveal;
mod review;
mod rights;
mod rules;
mod scheme;
mod script;
mod slips;
mod speed;
mod survey;
mod tag;
mod tokens;
mod touch;
mod twins;

use super::*;
use crate::domain::change::{Each, Edited, ImportRow, NewContact, NewCustomer, NewTask, NewTouch, TagPath};
use crate::domain::date::{Anchor, Due};
use crate::domain::field::{Field, Invalid, Problem, Value};
use crate::domain::money::Fen;
use crate::domain::people::Via;

pub struct Rig {
    pub store: Store,
    pub me: Actor,
    pub now: Now,
    requests: usize,
}

pub fn rig() -> Rig {
    let mut store = Store::memory().unwrap();
    let now = Now { at: "2024-05-20T02:00:00Z".parse().unwrap(), zone: store.zone() };
    let me = store.personal("wang", "王敏", now).unwrap().unwrap();
    Rig { store, me, now, requests: 0 }
}

/// The same with a store in a file, and a second connection to it: what somebody else does in the middle of a long write.
pub fn rig_and_other(folder: &std::path::Path) -> (Rig, Store) {
    let path = folder.join("a.db");
    let mut store = Store::open(&path, super::super::Mode::Create).unwrap();
    let now = Now { at: "2024-05-20T02:00:00Z".parse().unwrap(), zone: store.zone() };
    let me = store.personal("wang", "王敏", now).unwrap().unwrap();
    let other = Store::open(&path, super::super::Mode::Existing).unwrap();
    (Rig { store, me, now, requests: 0 }, other)
}

impl Rig {
    /// Writes, while somebody else makes the writer a rep as soon as anything is told of how far it has come.
    pub fn demoted_meanwhile(&mut self, other: &Store, change: Change) -> Result<Receipt, StoreError> {
        let envelope = Envelope { request: "long".into(), change, reason: None };
        let me = self.me.clone();
        let demote = "UPDATE person SET role='rep', rev=rev+1 WHERE id=?1 AND role<>'rep'";
        self.store.write_with_progress(&me, &envelope, self.now, &mut |_, _| {
            other.db.execute(demote, [me.id.0]).unwrap();
        })
    }

    pub fn at(&mut self, instant: &str) {
        self.now.at = instant.parse().unwrap();
    }

    /// Another person, who writes from then on.
    pub fn person(&mut self, login: &str, role: &str, department: &str) -> Actor {
        self.store
            .db
            .execute(
                "INSERT INTO person(login,name,role,department,created_at) VALUES(?1,?1,?2,?3,0)",
                (login, role, department),
            )
            .unwrap();
        self.store.actor(login, Via::Screen, "s2").unwrap().unwrap()
    }

    pub fn attempt(&mut self, change: Change) -> Result<Receipt, StoreError> {
        self.requests += 1;
        let envelope = Envelope { request: format!("r{}", self.requests), change, reason: None };
        self.store.write(&self.me, &envelope, self.now)
    }

    pub fn write(&mut self, change: Change) -> Receipt {
        self.attempt(change).unwrap()
    }

    /// A setting as the first person, who may, sets it.
    pub fn write_setting(&mut self, key: &str, value: &str) {
        settings::keep(&self.store.db, key, Some(value)).unwrap();
    }

    pub fn customer(&mut self, name: &str) -> i64 {
        let receipt = self.write(Change::AddCustomer(Box::new(named(name))));
        receipt.customer.unwrap().0
    }

    pub fn count(&self, sql: &str) -> i64 {
        self.store.db.query_row(sql, [], |r| r.get(0)).unwrap()
    }

    pub fn text(&self, sql: &str) -> Option<String> {
        self.store.db.query_row(sql, [], |r| r.get(0)).unwrap()
    }

    pub fn sound(&self) {
        assert_eq!(self.store.check(self.now).unwrap(), []);
        replay::replayed(&self.store.db);
    }
}

pub fn named(name: &str) -> NewCustomer {
    NewCustomer { values: vec![(Field::Name, Value::Text(name.into()))], ..NewCustomer::default() }
}

pub fn with_phone(name: &str, phone: &str) -> NewCustomer {
    let contact = NewContact {
        name: "李经理".into(),
        title: Some("采购总监".into()),
        methods: vec![("mobile".into(), phone.into())],
    };
    NewCustomer { contacts: vec![contact], ..named(name) }
}

pub fn talk(customer: i64, at: Now) -> NewTouch {
    NewTouch { responded: true, ..NewTouch::plain(CustomerId(customer), at.at, "推荐A品类新品") }
}

/// A touch as a row of a file that gives its time.
pub fn in_file(touch: NewTouch) -> ImportRow {
    ImportRow::Touch { touch, row: 1, day_only: false }
}

pub fn next(text: &str, day: &str) -> NewTask {
    NewTask {
        text: text.into(),
        due: Due { day: day.parse().unwrap(), time: None },
        anchor: Anchor::AfterTouch,
    }
}

pub fn order(customer: i64, day: &str, yuan: i64) -> Change {
    Change::Add {
        noun: Noun::Order,
        customer: CustomerId(customer),
        set: vec![
            (Field::OrderDay, Value::Day(day.parse().unwrap())),
            (Field::OrderAmount, Value::Money(Fen(yuan * 100))),
        ],
    }
}

pub fn need(name: &str, value: &str) -> TagPath {
    TagPath { kind: "need".into(), name: name.into(), value: value.into() }
}

pub fn edit(noun: Noun, id: i64, rev: i64, field: Field, was: &str, to: &str) -> Change {
    let set = vec![Edited { field, was: Value::text(was), to: Value::text(to) }];
    Change::Edit { row: Row { noun, id }, rev, set }
}

#[test]
fn k05_numbers_go_on_after_the_months_greatest_whatever_its_width_and_start_anew_each_month() {
    let mut rig = rig();
    for n in 1..=4 {
        let code = Some(format!("C20240500{n}"));
        rig.write(Change::AddCustomer(Box::new(NewCustomer { code, ..named(&format!("n{n}")) })));
    }
    let code =
        |rig: &mut Rig, name: &str| rig.write(Change::AddCustomer(Box::new(named(name)))).code.unwrap();
    assert_eq!(code(&mut rig, "a"), "C2024050005");
    assert_eq!(code(&mut rig, "b"), "C2024050006");
    rig.at("2024-05-31T16:00:00Z");
    assert_eq!(code(&mut rig, "c"), "C2024060001");
    rig.sound();
}

#[test]
fn k05_the_next_number_of_a_month_is_found_by_an_index_however_many_there_are() {
    let rig = rig();
    for table in ["customer", "customer_alias"] {
        let sql = format!("EXPLAIN QUERY PLAN {}", customer::greatest_of(table));
        let plan: String = rig.store.db.query_row(&sql, (11, "C202405"), |r| r.get(3)).unwrap();
        assert!(plan.contains(&format!("{table}_serial (<expr>=? AND code>? AND code<?)")), "{plan}");
    }
}

#[test]
fn a07_an_equal_number_is_refused_and_so_is_an_old_one_of_another_customer() {
    let mut rig = rig();
    let new = |code: &str, name: &str| {
        Change::AddCustomer(Box::new(NewCustomer { code: Some(code.into()), ..named(name) }))
    };
    let id = rig.write(new("CUST001", "甲")).customer.unwrap().0;
    let taken = StoreError::Invalid(Invalid {
        field: Field::Code,
        problem: Problem::Taken { code: "CUST001".into(), name: "甲".into() },
    });
    assert_eq!(rig.attempt(new("CUST001", "乙")).unwrap_err(), taken);
    // the old number stays findable (K6) and stays taken
    rig.write(edit(Noun::Customer, id, 1, Field::Code, "CUST001", "CUST9"));
    assert_eq!(rig.text("SELECT code FROM customer_alias"), Some("CUST001".into()));
    assert!(matches!(rig.attempt(new("CUST001", "乙")), Err(StoreError::Invalid(_))));
    // the customer itself may have it back
    rig.write(edit(Noun::Customer, id, 2, Field::Code, "CUST9", "CUST001"));
    assert_eq!(rig.text("SELECT group_concat(code) FROM customer_alias"), Some("CUST9".into()));
    rig.sound();
}

#[test]
fn h08_equal_name_and_phone_is_refused_and_one_of_both_is_told() {
    let mut rig = rig();
    let first = rig.write(Change::AddCustomer(Box::new(with_phone("恒远物流有限公司", "138 0013 8000"))));
    assert_eq!(first.alike, None);
    let same =
        rig.attempt(Change::AddCustomer(Box::new(with_phone("恒远物流有限公司", "+86 138-0013-8000"))));
    assert!(matches!(
        same,
        Err(StoreError::Invalid(Invalid { field: Field::Name, problem: Problem::Taken { .. } }))
    ));
    let phone = rig.write(Change::AddCustomer(Box::new(with_phone("别的公司", "13800138000"))));
    assert_eq!(phone.alike.unwrap().1, "恒远物流有限公司");
    let name = rig.write(Change::AddCustomer(Box::new(with_phone("恒远物流公司", "13900000000"))));
    assert_eq!(name.alike.unwrap().1, "恒远物流有限公司");
    let other = rig.write(Change::AddCustomer(Box::new(with_phone("恒远机械有限公司", "13700000000"))));
    assert_eq!(other.alike, None);
}

#[test]
fn a_request_that_comes_twice_is_written_once() {
    let mut rig = rig();
    let envelope = Envelope {
        request: "same".into(),
        change: Change::AddCustomer(Box::new(with_phone("恒远物流", "13800138000"))),
        reason: None,
    };
    let first = rig.store.write(&rig.me, &envelope, rig.now).unwrap();
    let again = rig.store.write(&rig.me, &envelope, rig.now).unwrap();
    assert_eq!((first.change, first.made, &first.code), (again.change, again.made, &again.code));
    assert_eq!((first.customer, first.rows), (again.customer, again.rows));
    assert_eq!(rig.count("SELECT count(*) FROM customer"), 1);
}

#[test]
fn whatever_a_request_has_made_is_named_again_when_it_comes_twice() {
    let mut rig = rig();
    let id = rig.customer("恒远物流");
    let customer = CustomerId(id);
    let set = vec![
        (Field::RequestDepartment, Value::text("service")),
        (Field::RequestText, Value::text("保修口径")),
    ];
    let contact = NewContact { name: "李经理".into(), ..NewContact::default() };
    let raise =
        |rule: &str| Change::RaiseAlarm { rule: rule.into(), customer: None, note: "名单外泄".into() };
    let call = Box::new(NewTouch::plain(customer, rig.now.at, "未接"));
    let new = crate::domain::user::NewPerson {
        login: "li".into(),
        name: "李娜".into(),
        role: crate::domain::people::Role::Rep,
        department: "sales".into(),
        post: String::new(),
        key: None,
    };
    let makes = [
        Change::AddContact { customer, contact },
        Change::Add { noun: Noun::Referral, customer, set: Vec::new() },
        Change::LogTouch(Box::new(NewTouch { closed: true, ..talk(id, rig.now) })),
        Change::Unanswered { touch: call, task: None, again: next("再打", "2024-05-21") },
        Change::AddTask { customer, task: next("送样", "2024-05-22") },
        Change::Ask { customer, touch: None, set, by: None },
        raise("dispute"),
        raise("leak"),
        Change::Reword { tag: None, path: need("需求", "效率") },
        Change::Staff(crate::domain::user::Staff::Add(Box::new(new))),
    ];
    for (i, change) in makes.into_iter().enumerate() {
        let envelope = Envelope { request: format!("twice{i}"), change, reason: None };
        let first = rig.store.write(&rig.me, &envelope, rig.now).unwrap();
        let again = rig.store.write(&rig.me, &envelope, rig.now).unwrap();
        assert!(first.made.is_some(), "{envelope:?}");
        assert_eq!((first.change, first.made), (again.change, again.made), "{envelope:?}");
    }
    // many tasks are nobody's one
    let each = Each::Plan(next("回访", "2024-05-23"));
    let many = Change::Many { customers: vec![customer], each };
    let envelope = Envelope { request: "many".into(), change: many, reason: None };
    for _ in 0..2 {
        assert_eq!(rig.store.write(&rig.me, &envelope, rig.now).unwrap().made, None);
    }
}

#[test]
fn what_two_people_changed_apart_is_merged_and_told_and_what_both_changed_is_a_conflict() {
    let mut rig = rig();
    let id = rig.customer("宏达");
    let wang = rig.me.clone();
    rig.me = rig.person("li", "admin", "sales");
    rig.write(edit(Noun::Customer, id, 1, Field::Region, "", "华东"));
    rig.write(edit(Noun::Customer, id, 2, Field::Website, "", "hd.cn"));
    rig.me = wang;
    // wang still sees revision 1
    let merged = rig.write(edit(Noun::Customer, id, 1, Field::Industry, "", "制造业"));
    let told: Vec<_> = merged.merged.iter().map(|(f, v, w)| (*f, v.clone(), w.as_str())).collect();
    assert!(told.contains(&(Field::Region, Value::Text("华东".into()), "li")), "{told:?}");
    assert_eq!(told.len(), 2);
    let clash = rig.attempt(edit(Noun::Customer, id, 1, Field::Region, "", "华南")).unwrap_err();
    let StoreError::Conflict { who, rev, clashes, .. } = clash else { panic!("{clash:?}") };
    assert_eq!((who.as_str(), rev, clashes.len()), ("li", 4, 1));
    assert_eq!(clashes[0].theirs, Value::Text("华东".into()));
    assert_eq!(clashes[0].mine, Value::Text("华南".into()));
    // both wrote the same: nothing to decide
    assert!(rig.attempt(edit(Noun::Customer, id, 1, Field::Region, "", "华东")).is_ok());
    rig.sound();
}

#[test]
fn a_row_that_is_gone_is_told_with_who_removed_it() {
    let mut rig = rig();
    let id = rig.customer("宏达");
    let contact = rig
        .write(Change::AddContact {
            customer: CustomerId(id),
            contact: NewContact { name: "王".into(), ..NewContact::default() },
        })
        .made
        .unwrap();
    rig.write(Change::Remove { row: contact, rev: 1 });
    let gone = rig.attempt(edit(Noun::Contact, contact.id, 1, Field::ContactName, "王", "李")).unwrap_err();
    assert_eq!(gone, StoreError::Gone { who: Some("王敏".into()) });
}

#[test]
fn a_rep_edits_own_customers_only_logs_for_all_and_stands_in_for_an_absent_colleague() {
    let mut rig = rig();
    let id = rig.customer("宏达");
    rig.me = rig.person("rep", "rep", "service");
    let region = || edit(Noun::Customer, id, 1, Field::Region, "", "华东");
    assert_eq!(rig.attempt(region()).unwrap_err(), StoreError::Denied(Verb::Edit));
    let now = rig.now;
    rig.write(Change::LogTouch(Box::new(talk(id, now))));
    assert!(matches!(
        rig.attempt(Change::Set { key: "capacity".into(), value: "9".into() }),
        Err(StoreError::Denied(Verb::Configure))
    ));
    let me = rig.me.id.0;
    rig.store
        .db
        .execute("UPDATE person SET deputy_id=?1, away_from='2024-05-20', away_until='2024-05-20', rev=rev+1 WHERE id=1", [me])
        .unwrap();
    rig.write(region());
    rig.at("2024-05-20T16:00:00Z");
    assert_eq!(
        rig.attempt(edit(Noun::Customer, id, 2, Field::Region, "华东", "华南")).unwrap_err(),
        StoreError::Denied(Verb::Edit)
    );
}

#[test]
fn whoever_was_frozen_and_whoever_only_looks_writes_nothing() {
    let mut rig = rig();
    let id = rig.customer("宏达");
    let now = rig.now;
    let denied = || StoreError::Denied(Verb::Log);
    // a security officer writes what a leak asks for, and takes that back
    for (login, role, undo) in [("v", "viewer", denied()), ("s", "security", StoreError::NothingToUndo)] {
        rig.me = rig.person(login, role, "sales");
        assert_eq!(
            rig.attempt(Change::LogTouch(Box::new(talk(id, now)))).unwrap_err(),
            StoreError::Denied(Verb::Log)
        );
        assert_eq!(rig.attempt(Change::Undo(None)).unwrap_err(), undo);
    }
    rig.me = rig.person("f", "admin", "sales");
    rig.store.db.execute("UPDATE person SET state='frozen', rev=rev+1 WHERE login='f'", []).unwrap();
    assert!(matches!(rig.attempt(Change::AddCustomer(Box::new(named("x")))), Err(StoreError::Denied(_))));
    assert_eq!(rig.store.actor("f", Via::Screen, "s").unwrap(), None);
}

#[test]
fn k57_the_database_itself_refuses_a_checker_who_entered_and_a_write_that_forgets_the_revision() {
    let mut rig = rig();
    let id = rig.customer("宏达");
    let db = &rig.store.db;
    assert!(db.execute("UPDATE customer SET checked_by=entered_by, rev=rev+1 WHERE id=?1", [id]).is_err());
    assert!(db.execute("UPDATE customer SET region='x' WHERE id=?1", [id]).is_err());
    assert!(db.execute("DELETE FROM change", []).is_err());
    assert!(db.execute("UPDATE change_row SET after=NULL", []).is_err());
}

#[test]
fn a_class_by_hand_has_who_and_why_and_an_unknown_class_is_refused() {
    let mut rig = rig();
    let id = rig.customer("宏达");
    let class = |scheme: &str, value: Option<&str>| Change::Class {
        customer: CustomerId(id),
        scheme: scheme.into(),
        value: value.map(Into::into),
        reason: Some("老板说".into()),
    };
    rig.write(class("segment", Some("high")));
    assert_eq!(rig.text("SELECT segment FROM facts"), Some("high".into()));
    assert_eq!(rig.text("SELECT how||reason FROM class"), Some("hand老板说".into()));
    assert!(matches!(rig.attempt(class("segment", Some("A"))), Err(StoreError::Invalid(_))));
    // depth is a column of the customer and has no second home
    rig.write(class("depth", Some("strategic")));
    assert_eq!(rig.text("SELECT depth FROM customer"), Some("strategic".into()));
    rig.write(class("segment", None));
    assert_eq!(rig.text("SELECT segment FROM facts"), None);
    rig.sound();
}

#[test]
fn k44_a_changed_need_shows_the_new_tag_and_keeps_the_old_in_the_record() {
    let mut rig = rig();
    let id = rig.customer("宏达");
    let many = |each: Each| Change::Many { customers: vec![CustomerId(id)], each };
    rig.write(many(Each::Tag(need("关注产品类别", "基础款"))));
    rig.write(many(Each::Untag(need("关注产品类别", "基础款"))));
    rig.write(many(Each::Tag(need("关注产品类别", "定制化"))));
    let shown = rig.text("SELECT group_concat(t.value) FROM customer_tag c JOIN tag t ON t.id=c.tag_id");
    assert_eq!(shown, Some("定制化".into()));
    assert_eq!(rig.count("SELECT count(*) FROM change_row WHERE tbl='customer_tag' AND after IS NULL"), 1);
    rig.sound();
}

#[test]
fn a03_a_tag_takes_its_standard_wording() {
    let mut rig = rig();
    let (a, b) = (rig.customer("甲"), rig.customer("乙"));
    let tag = |id: i64, value: &str| Change::Many {
        customers: vec![CustomerId(id)],
        each: Each::Tag(TagPath { kind: "basic".into(), name: "行业".into(), value: value.into() }),
    };
    rig.write(tag(a, "互联网信息服务"));
    rig.store
        .db
        .execute("INSERT INTO tag(type,name,value,alias_of) VALUES('basic','行业','互联网公司',1)", [])
        .unwrap();
    rig.write(tag(b, "互联网公司"));
    assert_eq!(rig.count("SELECT count(DISTINCT tag_id) FROM customer_tag"), 1);
}

#[test]
fn a_setting_takes_its_own_values_only_and_facts_follow_it() {
    let mut rig = rig();
    let id = rig.customer("宏达");
    let set = |key: &str, value: &str| Change::Set { key: key.into(), value: value.into() };
    assert_eq!(rig.text("SELECT silent_on FROM facts"), Some("2024-06-20".into()));
    rig.write(set("silence_days", "45"));
    assert_eq!(rig.text("SELECT silent_on FROM facts"), Some("2024-07-05".into()));
    assert!(matches!(rig.attempt(set("silence_days", "0")), Err(StoreError::Invalid(_))));
    assert!(matches!(rig.attempt(set("password", "x")), Err(StoreError::Invalid(_))));
    rig.write(Change::Undo(None));
    assert_eq!(rig.text("SELECT silent_on FROM facts"), Some("2024-06-20".into()));
    assert_eq!(rig.count("SELECT count(*) FROM setting WHERE key='silence_days'"), 0);
    assert!(id > 0);
    rig.sound();
}

#[test]
fn a_view_of_an_equal_name_is_replaced_and_a_removed_one_comes_back() {
    let mut rig = rig();
    let save = |filter: &str| Change::SaveView {
        name: "今日必联".into(),
        filter: filter.into(),
        sort: "code".into(),
        descending: false,
        shared: false,
    };
    let made = rig.write(save("owner:me")).made.unwrap();
    assert_eq!(rig.write(save("due:<3d")).made, None);
    rig.write(Change::RemoveView(made.id));
    rig.write(Change::Undo(None));
    assert_eq!(rig.text("SELECT filter FROM saved_view"), Some("due:<3d".into()));
}

/// The first column of what a query finds.
pub fn column<T: rusqlite::types::FromSql>(db: &Connection, sql: &str) -> Vec<T> {
    db.prepare(sql).unwrap().query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect()
}

/// The row numbers of an index of the look-up, in their order.
pub fn indexed(db: &Connection, index: &str) -> Vec<i64> {
    column(db, &format!("SELECT id FROM {index}_docsize ORDER BY id"))
}

/// The whole content of every table, to compare two moments; revisions and the record itself left out.
pub fn content(db: &Connection) -> Vec<String> {
    let tables: Vec<String> = column(
        db,
        "SELECT name FROM sqlite_schema WHERE type='table' AND name NOT LIKE 'find_%' AND name NOT LIKE 'sqlite_%'
         AND name NOT IN ('change','change_row','job','class_move') ORDER BY name",
    );
    let mut content = Vec::new();
    for table in tables {
        let mut query = db.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let names: Vec<String> = query.column_names().map(ToString::to_string).collect();
        let mut rows = query.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let cells: Vec<String> = names
                .iter()
                .enumerate()
                .filter(|(_, name)| *name != "rev")
                .map(|(i, name)| format!("{name}={:?}", row.get::<_, rusqlite::types::Value>(i).unwrap()))
                .collect();
            content.push(format!("{table} {}", cells.join(" ")));
        }
    }
    for index in ["find_text", "find_digit", "find_touch"] {
        let rows = indexed(db, index);
        content.push(format!("{index} {rows:?}"));
    }
    content.sort();
    content
}

#[test]
fn several_changes_are_all_written_or_none_and_one_undo_takes_them_back() {
    let mut rig = rig();
    let id = rig.customer("恒远物流");
    let customer = CustomerId(id);
    let region = edit(Noun::Customer, id, 1, Field::Region, "", "华东");
    let tag = Change::Many { customers: vec![customer], each: Each::Tag(need("关注点", "关注交期")) };
    let class = |value: &str| Change::Class {
        customer,
        scheme: "segment".into(),
        value: Some(value.into()),
        reason: None,
    };
    let state = "SELECT (SELECT region IS NOT NULL FROM customer)||(SELECT count(*) FROM customer_tag)
        ||(SELECT count(*) FROM class)";
    let bad = rig.attempt(Change::All(vec![region.clone(), tag.clone(), class("nonsense")]));
    assert!(matches!(bad, Err(StoreError::Invalid(_))), "{bad:?}");
    assert_eq!(rig.text(state).as_deref(), Some("000"));
    let receipt = rig.write(Change::All(vec![region, tag, class("growth")]));
    assert_eq!((receipt.verb, receipt.subject.as_str(), receipt.rows), ("edit", "恒远物流", 4));
    assert_eq!(rig.text(state).as_deref(), Some("111"));
    rig.write(Change::Undo(None));
    assert_eq!(rig.text(state).as_deref(), Some("000"));
    rig.sound();
}
