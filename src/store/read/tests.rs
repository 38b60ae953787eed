//! Questions and answers on a small company in memory: paging, masks, look-up, the queue.

mod audit;
mod cadence;
mod every;
mod few;
mod find;
mod own;
mod queue;
mod rights;
mod strategy;
mod touches;

use std::collections::BTreeSet;

use super::*;
use crate::domain::change::{
    Change, Each, Envelope, NewContact, NewCustomer, NewTask, NewTouch, TagPath, TaskRef,
};
use crate::domain::clock::Zone;
use crate::domain::customer::CustomerId;
use crate::domain::date::{Anchor, Due};
use crate::domain::field::{Field, Invalid, Noun, Problem, Value};
use crate::domain::filter;
use crate::domain::money::Fen;
use crate::domain::people::{Actor, Via};
use crate::domain::queue::{Queue, Reason};
use crate::store::request::{List, Receipt, Seek, Sort, TouchList};

struct Company {
    store: Store,
    actor: Actor,
    now: Now,
    requests: u32,
}

fn at(text: &str) -> Now {
    Now { at: text.parse().unwrap(), zone: Zone::default() }
}

impl Company {
    fn new() -> Self {
        let mut store = Store::memory().unwrap();
        let now = at("2024-05-20T06:02:00Z");
        store.personal("wang", "王敏", now).unwrap();
        let actor = store.actor("wang", Via::Screen, "one").unwrap().unwrap();
        Self { store, actor, now, requests: 0 }
    }

    fn person(&mut self, login: &str, name: &str, role: &str, department: &str) -> Actor {
        self.store
            .db
            .execute(
                "INSERT INTO person(login,name,role,department,created_at) VALUES(?1,?2,?3,?4,0)",
                (login, name, role, department),
            )
            .unwrap();
        self.store.actor(login, Via::Screen, login).unwrap().unwrap()
    }

    fn write(&mut self, change: Change) -> Receipt {
        self.requests += 1;
        let envelope = Envelope { request: format!("r{}", self.requests), change, reason: None };
        self.store.write(&self.actor, &envelope, self.now).unwrap()
    }

    fn customer(&mut self, name: &str, contact: &str, phone: &str) -> CustomerId {
        let contacts = vec![NewContact {
            name: contact.into(),
            title: None,
            methods: vec![("mobile".into(), phone.into())],
        }];
        let new = NewCustomer {
            values: vec![(Field::Name, Value::text(name))],
            contacts,
            ..NewCustomer::default()
        };
        self.write(Change::AddCustomer(Box::new(new))).customer.unwrap()
    }

    fn class(&mut self, customer: CustomerId, scheme: &str, value: &str) {
        let (scheme, value) = (scheme.to_owned(), Some(value.to_owned()));
        self.write(Change::Class { customer, scheme, value, reason: None });
    }

    fn touch(&mut self, customer: CustomerId, day: &str, summary: &str) {
        let at = at(&format!("{day}T02:00:00Z")).at;
        let touch = NewTouch { responded: true, ..NewTouch::plain(customer, at, summary) };
        self.write(Change::LogTouch(Box::new(touch)));
    }

    fn plan(&mut self, customer: CustomerId, text: &str, due: &str) {
        let due = Due { day: due.parse().unwrap(), time: None };
        let task = NewTask { text: text.into(), due, anchor: Anchor::Absolute };
        self.write(Change::AddTask { customer, task });
    }

    fn ask(&self, query: &Query) -> Answer {
        self.store.ask(&self.actor, query, self.now).unwrap()
    }

    fn found(&self, text: &str) -> Vec<String> {
        match self.ask(&Query::Find { text: text.into(), limit: 50 }) {
            Answer::Find(found) => found.into_iter().map(|f| f.row.name).collect(),
            other => panic!("{other:?}"),
        }
    }

    fn queue(&self) -> Queue {
        match self.ask(&Query::Queue { owner: None, whole: false, ahead: 14 }) {
            Answer::Queue(queue) => queue,
            other => panic!("{other:?}"),
        }
    }

    fn window(&self, list: &List) -> crate::store::request::Window<crate::store::request::CustomerRow> {
        match self.ask(&Query::Customers(list.clone())) {
            Answer::Customers(window) => window,
            other => panic!("{other:?}"),
        }
    }
}

fn list(sort: Sort, descending: bool, seek: Seek, take: usize) -> List {
    List { filter: filter::Filter::default(), sort, descending, seek, take, own: Vec::new() }
}

#[test]
fn walking_by_windows_shows_every_customer_once_in_order_forward_and_back_whatever_is_empty() {
    let mut c = Company::new();
    for n in 0..23 {
        let id = c.customer(&format!("客户{n:02}"), "某总", &format!("170000000{n:02}"));
        if n % 3 == 0 {
            c.class(id, "grade", ["A", "B", "C"][n % 2]);
        }
        if n % 4 == 0 {
            c.plan(id, "回访", &format!("2024-06-{:02}", 1 + n));
        }
        if n % 5 == 0 {
            c.touch(id, &format!("2024-05-{:02}", 1 + n % 19), "电话");
        }
    }
    for sort in
        [Sort::Code, Sort::Name, Sort::Grade, Sort::NextDue, Sort::LastTouch, Sort::LastOrder, Sort::Spend]
    {
        for descending in [false, true] {
            let whole: Vec<i64> =
                c.window(&list(sort, descending, Seek::Top, 100)).rows.iter().map(|r| r.id).collect();
            assert_eq!(whole.iter().collect::<BTreeSet<_>>().len(), 23, "{sort:?}");
            let ends = c.window(&list(sort, descending, Seek::End, 5));
            assert_eq!(
                ends.rows.iter().map(|r| r.id).collect::<Vec<_>>(),
                whole[18..],
                "{sort:?} {descending}"
            );
            assert!(ends.before && !ends.after);
            for (i, id) in whole.iter().enumerate() {
                let window = c.window(&list(sort, descending, Seek::Around(*id), 6));
                let here = window.rows.iter().position(|r| r.id == *id).unwrap();
                let from = i - here;
                let ids: Vec<i64> = window.rows.iter().map(|r| r.id).collect();
                assert_eq!(ids, whole[from..from + ids.len()], "{sort:?} {descending} around {i}");
                assert_eq!((window.before, window.after), (from > 0, from + ids.len() < 23));
            }
        }
    }
    let by_grade = c.window(&list(Sort::Grade, true, Seek::Top, 100)).rows;
    assert!(
        by_grade[0].grade.is_some() && by_grade[22].grade.is_none(),
        "empty ones come last downwards too"
    );
}

#[test]
fn the_caller_is_found_by_any_part_of_name_pinyin_initials_contact_number_tag_and_phone() {
    let mut c = Company::new();
    let id = c.customer("上海科技新材料有限公司", "单雄信", "138 0013 8812");
    c.customer("恒远物流有限公司", "陈总", "+86 139-0000-2210");
    let tag = TagPath { kind: "need".into(), name: "关注点".into(), value: "关注性价比".into() };
    c.write(Change::Many { customers: vec![id], each: Each::Tag(tag) });
    for typed in [
        "科技",
        "新材",
        "技",
        "kejixin",
        "shkj",
        "单雄",
        "shanxx",
        "C202405",
        "性价比",
        "8812",
        "138",
        "0138",
        "13800138812",
    ] {
        let found = c.found(typed);
        assert!(found.contains(&"上海科技新材料有限公司".to_owned()), "{typed}: {found:?}");
    }
    assert_eq!(c.found("hengyuan"), ["恒远物流有限公司"]);
    assert_eq!(c.found("13900002210"), ["恒远物流有限公司"]);
    assert!(c.found("不存在的").is_empty() && c.found("99887766").is_empty());
}

#[test]
fn a_rep_sees_a_colleagues_phone_and_amounts_masked_in_every_answer() {
    let mut c = Company::new();
    let id = c.customer("恒远物流有限公司", "陈总", "13900002210");
    let order = vec![
        (Field::OrderDay, Value::Day("2024-05-01".parse().unwrap())),
        (Field::OrderAmount, Value::Money(Fen(100_000))),
        (Field::OrderStatus, Value::Text("paid".into())),
    ];
    c.write(Change::Add { noun: Noun::Order, customer: id, set: order });
    let rep = c.person("li", "李雷", "rep", "sales");
    c.actor = rep;
    let row = c.window(&list(Sort::Code, false, Seek::Top, 9)).rows[0].clone();
    assert_eq!((row.phone.as_deref(), row.spend_12m), (Some("139****2210"), None));
    let Answer::Card(Some(card)) = c.ask(&Query::Card(id)) else { panic!() };
    assert_eq!(card.contacts[0].phones, ["139****2210"]);
    let Answer::Profile(Some(profile)) = c.ask(&Query::Profile(id)) else { panic!() };
    let text = format!("{profile:?}");
    assert!(!text.contains("13900002210") && !text.contains("100000"), "{text}");
    assert!(!profile.may_edit && profile.months.is_none() && profile.total.is_none());
    // digits: the visible ones and a whole number find it, hidden ones do not
    assert_eq!(c.found("2210").len(), 1);
    assert_eq!(c.found("13900002210").len(), 1);
    assert_eq!(c.found("0000").len(), 0);
    let Answer::Find(found) = c.ask(&Query::Find { text: "2210".into(), limit: 9 }) else { panic!() };
    assert_eq!((found[0].matched, found[0].text.as_str()), ("phone", "139****2210"));
    let spend = filter::parse("spend:>1").unwrap();
    let Answer::Count(count) = c.ask(&Query::Count(spend)) else { panic!() };
    assert_eq!((count.shown, count.total), (0, 1), "a masked amount is not found out by asking for it");
    // nor by which limits of the rules it passes
    let limits = |c: &Company| {
        let Answer::Why(whys) = c.ask(&Query::Why { customer: id, scheme: None }) else { panic!() };
        let told = |scheme: &str| {
            let why = whys.iter().find(|why| why.account.scheme == scheme).unwrap();
            let checks = why.account.tried.iter().flat_map(|t| t.alternatives.iter().flatten());
            let held: Vec<_> =
                checks.filter(|check| check.metric == "spend_12m").map(|check| check.holds).collect();
            (held, why.account.better.is_some())
        };
        (told("grade"), told("value"))
    };
    let hidden = limits(&c);
    assert!(hidden.0.0.iter().chain(&hidden.1.0).all(Option::is_none) && hidden.0.0.len() == 4, "{hidden:?}");
    assert!(!hidden.0.1 && !hidden.1.1, "what is lacking for a better class tells by what is left out");
    c.actor = c.store.actor("wang", Via::Screen, "").unwrap().unwrap();
    let shown = limits(&c);
    assert!(shown.0.0.iter().all(Option::is_some) && shown.1.1, "{shown:?}");
}

#[test]
fn k39_thirty_days_are_no_silence_thirty_one_are_and_a_grade_with_a_longer_rhythm_waits() {
    let mut c = Company::new();
    let id = c.customer("宏达机械制造有限公司", "李经理", "13900000031");
    c.class(id, "grade", "A");
    c.touch(id, "2024-04-10", "电话");
    c.now = at("2024-05-10T02:00:00Z");
    assert!(c.queue().today.is_empty());
    c.now = at("2024-05-11T02:00:00Z");
    let item = c.queue().today[0].clone();
    assert!(matches!(&item.reason, Reason::Cadence { kind, days: 31, .. } if kind == "deep_talk"));
    assert_eq!(item.also, [Reason::Silence { days: 31, asked: false }]);
    // ticked off, the cause is gone
    c.write(Change::Done(vec![item.task]));
    assert!(c.queue().today.is_empty());
    c.class(id, "grade", "C");
    assert!(c.queue().today.is_empty());
}

#[test]
fn k39_a_silent_customer_who_does_not_answer_is_tried_again_and_one_ticked_off_comes_back() {
    let mut c = Company::new();
    // where no row of the strategy table asks for touches, silence stands alone
    c.store.db.execute("DELETE FROM strategy_touch", []).unwrap();
    let id = c.customer("宏达机械制造有限公司", "李经理", "13900000031");
    c.touch(id, "2024-04-10", "电话");
    c.now = at("2024-05-12T02:00:00Z");
    let item = c.queue().today[0].clone();
    let tried = NewTouch { done: vec![item.task.clone()], ..NewTouch::plain(id, c.now.at, "短信") };
    c.write(Change::LogTouch(Box::new(tried)));
    let queue = c.queue();
    assert!(queue.today.is_empty(), "{queue:?}");
    assert_eq!(queue.later[0].due, "2024-05-19".parse().unwrap());
    c.now = at("2024-05-19T02:00:00Z");
    let item = c.queue().today[0].clone();
    assert_eq!(
        item.reason,
        Reason::Silence { days: 39, asked: true },
        "the unanswered message counts for nothing"
    );
    c.write(Change::Done(vec![item.task]));
    assert!(c.queue().today.is_empty());
    c.now = at("2024-06-18T01:00:00Z");
    assert!(c.queue().today.is_empty());
    c.now = at("2024-06-18T03:00:00Z");
    assert_eq!(c.queue().today[0].reason, Reason::Silence { days: 69, asked: true });
    let answered = NewTouch { responded: true, ..NewTouch::plain(id, c.now.at, "电话") };
    c.write(Change::LogTouch(Box::new(answered)));
    assert!(c.queue().today.is_empty() && c.queue().later.is_empty());
}

#[test]
fn k40_a_birthday_is_pointed_out_three_days_ahead_and_an_anniversary_says_how_many_years() {
    let mut c = Company::new();
    let id = c.customer("宏达机械制造有限公司", "李经理", "13900000031");
    let date = |kind: &str, month: i64, day: i64, year: Option<i64>| {
        let mut set = vec![
            (Field::DateKind, Value::Text(kind.into())),
            (Field::DateCalendar, Value::Text("solar".into())),
            (Field::DateMonth, Value::Int(month)),
            (Field::DateDay, Value::Int(day)),
            (Field::DateLead, Value::Int(3)),
        ];
        set.extend(year.map(|y| (Field::DateYear, Value::Int(y))));
        Change::Add { noun: Noun::ImportantDate, customer: id, set }
    };
    c.now = at("2024-06-10T02:00:00Z");
    c.write(date("anniversary", 6, 18, Some(2021)));
    c.touch(id, "2024-06-09", "电话");
    c.now = at("2024-06-14T02:00:00Z");
    assert!(c.queue().today.is_empty());
    c.now = at("2024-06-15T02:00:00Z");
    let item = c.queue().today[0].clone();
    assert!(matches!(item.reason, Reason::Date { years: Some(3), on, .. } if on.to_string() == "2024-06-18"));
    let until = "2024-06-17".parse().unwrap();
    c.write(Change::Snooze { task: item.task, until, reason: "出差".into() });
    assert!(c.queue().today.is_empty(), "put aside");
    c.now = at("2024-06-17T02:00:00Z");
    assert_eq!(c.queue().today.len(), 1, "back on its day, once");
}

#[test]
fn k03_a_promise_of_yesterday_stands_first_and_a_deputy_sees_the_queue_of_an_absent_colleague() {
    let mut c = Company::new();
    let id = c.customer("宏达机械制造有限公司", "李经理", "13900000031");
    c.plan(id, "发送资料", "2024-05-19");
    c.plan(id, "跟进意向", "2024-05-20");
    let queue = c.queue();
    assert_eq!(queue.today.iter().map(|i| i.text.as_str()).collect::<Vec<_>>(), ["发送资料", "跟进意向"]);
    assert!(queue.today[0].is_overdue(c.now) && !queue.today[1].is_overdue(c.now));
    let deputy = c.person("li", "李雷", "rep", "sales");
    let wang = c.actor.clone();
    c.actor = deputy.clone();
    assert!(c.queue().today.is_empty());
    c.store
        .db
        .execute(
            "UPDATE person SET deputy_id=?1, away_from='2024-05-18', away_until='2024-05-25', rev=rev+1 WHERE id=?2",
            (deputy.id.0, wang.id.0),
        )
        .unwrap();
    let queue = c.queue();
    assert_eq!(queue.today.len(), 2);
    assert_eq!(queue.today[0].phone.as_deref(), Some("13900000031"), "the deputy sees it in full");
    assert_eq!(queue.today[0].task, TaskRef::Stored(1));
}

#[test]
fn k09_a_note_is_found_by_a_word_in_it() {
    let mut c = Company::new();
    let id = c.customer("恒远物流有限公司", "陈总", "13900002210");
    c.touch(id, "2024-05-12", "企业近期有新项目上线");
    c.touch(id, "2024-05-13", "寄送样品");
    let list = TouchList { text: "新项目".into(), take: 50, ..TouchList::default() };
    let Answer::Touches(window) = c.ask(&Query::Touches(list)) else { panic!() };
    assert_eq!(window.rows.iter().map(|t| t.summary.as_str()).collect::<Vec<_>>(), ["企业近期有新项目上线"]);
    let all = TouchList { take: 1, ..TouchList::default() };
    let Answer::Touches(window) = c.ask(&Query::Touches(all)) else { panic!() };
    assert_eq!((window.rows[0].summary.as_str(), window.after), ("寄送样品", true));
}

#[test]
fn filters_leave_the_customers_that_fit() {
    let mut c = Company::new();
    let high = c.customer("恒远物流有限公司", "陈总", "13900002210");
    let other = c.customer("宏达机械制造有限公司", "李经理", "13900000031");
    c.class(high, "segment", "high");
    c.plan(other, "回访", "2024-05-22");
    c.touch(high, "2024-04-01", "电话");
    let count = |c: &Company, text: &str| {
        let Answer::Count(count) = c.ask(&Query::Count(filter::parse(text).unwrap())) else { panic!() };
        count.shown
    };
    for (text, n) in [
        ("", 2),
        ("owner:me", 2),
        ("owner:王敏", 2),
        ("owner:me|WANG", 2),
        ("segment:high", 1),
        ("due:<3d", 1),
        ("due:<2d", 0),
        ("silent:>30d", 2),
        ("silent:<60d", 1),
        ("is:idle", 1),
        ("is:prospect", 2),
        ("恒远", 1),
        ("宏达 owner:me due:<9d", 1),
        ("region:上海", 0),
        ("orders:>=1", 0),
    ] {
        assert_eq!(count(&c, text), n, "{text}");
    }
    let set: crate::domain::ids::Ids = [other].into_iter().collect();
    assert_eq!(count(&c, &format!("marked:{}", set.text())), 1);
    assert_eq!(count(&c, &format!("segment:high marked:{}", set.text())), 0);
}

#[test]
fn a_filter_that_names_nobody_says_so_with_the_nearest_name_and_a_view_of_it_spoils_no_list() {
    let mut c = Company::new();
    c.customer("恒远物流有限公司", "陈总", "13900002210");
    let told = |text: &str| {
        let query = Query::Count(filter::parse(text).unwrap());
        match c.store.ask(&c.actor, &query, c.now) {
            Err(StoreError::Invalid(Invalid { problem: Problem::Filter(error), .. })) => error,
            other => panic!("{other:?}"),
        }
    };
    let nobody = |value: &str, near: Option<&str>| filter::FilterError::Owner {
        value: value.into(),
        near: near.map(str::to_owned),
    };
    assert_eq!(told("owner:nobody"), nobody("nobody", None));
    assert_eq!(told("owner:me|王明"), nobody("王明", Some("王敏")));
    c.write(Change::SaveView {
        name: "前同事".into(),
        filter: "owner:nobody".into(),
        sort: "code".into(),
        descending: false,
        shared: true,
    });
    let Answer::Views(views) = c.ask(&Query::Views) else { panic!() };
    assert!(views.iter().any(|view| view.name == "前同事" && view.count == 0), "{views:?}");
}

#[test]
fn what_undo_would_take_back_is_told_with_its_fields() {
    let mut c = Company::new();
    let id = c.customer("恒远物流有限公司", "陈总", "13900002210");
    let row = crate::domain::field::Row { noun: Noun::Customer, id: id.0 };
    let set = vec![crate::domain::change::Edited {
        field: Field::Region,
        was: Value::None,
        to: Value::Text("上海".into()),
    }];
    c.write(Change::Edit { row, rev: 1, set });
    let Answer::Undoable(undoable) = c.ask(&Query::Undoable) else { panic!() };
    let deed = undoable.undo.unwrap();
    assert_eq!((deed.verb.as_str(), deed.subject.as_str()), ("edit", "恒远物流有限公司"));
    let [altered] = deed.fields.as_slice() else { panic!("{:?}", deed.fields) };
    assert_eq!(
        (altered.field, &altered.own, &altered.was, &altered.to),
        (Field::Region, &None, &Value::None, &Value::text("上海"))
    );
    c.write(Change::Undo(Some(deed.id)));
    let Answer::Undoable(undoable) = c.ask(&Query::Undoable) else { panic!() };
    assert_eq!(undoable.undo.unwrap().verb, "add_customer");
    assert_eq!(undoable.redo.unwrap().verb, "undo");
}
