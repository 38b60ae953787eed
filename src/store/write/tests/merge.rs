//! Making two records of one customer one, by requirement: what moves, what stands, who may, what comes back (H7, H8, K56).

use std::collections::{BTreeMap, BTreeSet};

use super::erase_all::{self, seeded, written};
use super::*;
use crate::domain::dispute::Dispute;
use crate::domain::handover::{HandOver, Whom};
use crate::domain::merge::{Hindrance, Merge};
use crate::store::request::{Answer, Query};
use crate::store::tables::{TABLES, table, word};
use crate::store::values::by_code;
use crate::store::write::merge::moving::{HOW, counts};

/// Everything there is, table by table, without revisions: what an undo has to bring back.
fn all(rig: &Rig) -> BTreeMap<&'static str, Vec<String>> {
    let mut found = BTreeMap::new();
    for table in TABLES.iter().filter(|t| t.name != "setting") {
        let columns: Vec<String> = table.columns.iter().map(|c| format!("quote({c})")).collect();
        let key = if table.numbered { "id" } else { table.columns[0] };
        let sql = format!("SELECT {key}||':'||{} FROM {} ORDER BY 1", columns.join("||','||"), table.name);
        let mut query = rig.store.db.prepare(&sql).unwrap();
        let rows = query.query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect();
        found.insert(table.name, rows);
    }
    found
}

pub fn merge(keep: i64, gone: i64) -> Change {
    Change::Merge(Box::new(plain(keep, gone)))
}

fn plain(keep: i64, gone: i64) -> Merge {
    Merge {
        keep: CustomerId(keep),
        gone: CustomerId(gone),
        seen: None,
        take: Vec::new(),
        take_own: Vec::new(),
        note: None,
    }
}

fn add(rig: &mut Rig, noun: Noun, customer: i64, set: &[(Field, Value)]) -> Receipt {
    rig.write(Change::Add { noun, customer: CustomerId(customer), set: set.to_vec() })
}

fn hindered(result: Result<Receipt, StoreError>) -> Hindrance {
    match result.unwrap_err() {
        StoreError::Invalid(Invalid { problem: Problem::CannotMerge(why), .. }) => why,
        other => panic!("{other:?}"),
    }
}

/// A seeded customer, whose hand-over and dispute are over.
fn of_everything(rig: &mut Rig) -> i64 {
    let id = seeded(rig);
    written(rig, Some(id), |work| {
        for (noun, state) in [(Noun::Handover, "confirmed"), (Noun::Dispute, "decided")] {
            let sql = format!("SELECT id FROM {} WHERE state IN ('proposed','open')", table(noun).name);
            let open: Vec<i64> = work
                .db
                .prepare(&sql)
                .unwrap()
                .query_map([], |r| r.get(0))
                .unwrap()
                .map(Result::unwrap)
                .collect();
            for row in open {
                work.update(noun, row, &[("state", word(state))]).unwrap();
            }
        }
    });
    id
}

#[test]
fn h07_every_table_with_a_customer_says_how_it_moves_or_why_it_does_not() {
    let rig = rig();
    // what is kept of customers and is no record of anybody's
    let kept = [
        // its number becomes an alias
        "customer_alias",
        // written once and never again: read through `store/merged`
        "change",
        "look_up",
        "export_customer",
        // of the one that stays they are counted anew
        "facts",
        "entry",
        "scheme_stage",
        // the one that stays keeps its own
        "class_move",
    ];
    let named: BTreeSet<&str> = HOW.iter().map(|(noun, _)| table(*noun).name).chain(kept).collect();
    let points = "SELECT 1 FROM pragma_foreign_key_list(?1) WHERE \"table\"='customer'";
    for name in erase_all::tables(&rig) {
        let columns: Vec<String> = erase_all::columns(&rig, &name).into_iter().map(|(c, ..)| c).collect();
        let has = columns.iter().any(|c| c == "customer_id")
            || rig.store.db.prepare(points).unwrap().exists([&name]).unwrap() && name != "customer";
        assert_eq!(has, named.contains(name.as_str()), "{name}: how does it move when customers are merged?");
    }
    // other columns that name a customer are written by `moving::names`
    let sql = "SELECT t.name||'.'||f.\"from\" FROM sqlite_schema t JOIN pragma_foreign_key_list(t.name) f
               WHERE t.type='table' AND f.\"table\"='customer' AND f.\"from\"<>'customer_id' ORDER BY 1";
    assert_eq!(column::<String>(&rig.store.db, sql), ["customer.referrer_id", "referral.new_id"]);
}

#[test]
fn h07_whatever_a_customer_has_moves_and_an_undo_brings_all_of_it_back() {
    let mut rig = rig();
    let gone = of_everything(&mut rig);
    let keep = rig.customer("王晓明");
    rig.sound();
    let before = all(&rig);
    let (had, code) = (
        counts(&rig.store.db, gone).unwrap(),
        rig.text(&format!("SELECT code FROM customer WHERE id={gone}")),
    );
    assert_eq!(had.len(), HOW.len(), "{had:?}");
    let receipt = rig.write(merge(keep, gone));
    assert_eq!((receipt.verb, receipt.customer), ("merge", Some(CustomerId(keep))));
    assert_eq!(counts(&rig.store.db, gone).unwrap(), []);
    // the owner needs no leave to work on it
    let moved: Vec<_> = had.into_iter().filter(|(noun, _)| *noun != Noun::Share).collect();
    assert_eq!(counts(&rig.store.db, keep).unwrap(), moved);
    assert_eq!(rig.count(&format!("SELECT count(*) FROM customer WHERE id={gone}")), 0);
    assert_eq!(
        rig.text(&format!("SELECT code FROM customer_alias WHERE customer_id={keep} AND code<>'ALT'")),
        code
    );
    rig.sound();
    rig.write(Change::Undo(None));
    let after = all(&rig);
    for (name, rows) in &before {
        assert_eq!(rows, &after[name], "{name}");
    }
    rig.sound();
    // and the same once more, both ways
    rig.write(Change::Redo);
    assert_eq!(counts(&rig.store.db, gone).unwrap(), []);
    rig.sound();
    rig.write(Change::Undo(None));
    assert_eq!(all(&rig), before);
    rig.sound();
}

#[test]
fn h07_where_both_have_the_same_they_meet_and_nothing_is_an_error() {
    let mut rig = rig();
    let gone = of_everything(&mut rig);
    let keep = rig.customer("王晓明");
    // a twin of every row that can meet its like
    written(&mut rig, Some(keep), |work| {
        for (noun, how) in HOW {
            if !matches!(how, crate::store::write::merge::moving::How::Meets(_)) {
                continue;
            }
            let sql = format!("SELECT id FROM {} WHERE customer_id=?1 LIMIT 1", table(*noun).name);
            let id: i64 = work.db.query_row(&sql, [gone], |r| r.get(0)).unwrap();
            let (_, mut row) = work.read(*noun, id).unwrap().unwrap();
            for (column, cell) in &mut row {
                if *column == "customer_id" {
                    *cell = rusqlite::types::Value::Integer(keep);
                }
            }
            work.insert(*noun, &row).unwrap();
        }
    });
    rig.sound();
    let before = all(&rig);
    rig.write(merge(keep, gone));
    assert_eq!(counts(&rig.store.db, gone).unwrap(), []);
    rig.sound();
    rig.write(Change::Undo(None));
    assert_eq!(all(&rig), before);
    rig.sound();
}

#[test]
fn k56_one_phone_under_two_numbers_is_one_contact_with_one_phone_and_both_numbers_lead_to_it() {
    let mut rig = rig();
    let new = |code: &str, name: &str| {
        Change::AddCustomer(Box::new(NewCustomer {
            code: Some(code.into()),
            ..with_phone(name, "13800138000")
        }))
    };
    let keep = rig.write(new("C1", "宏达科技")).customer.unwrap().0;
    let gone = rig.write(new("C2", "宏达科技公司")).customer.unwrap().0;
    rig.write(Change::LogTouch(Box::new(NewTouch { closed: true, ..talk(gone, rig.now) })));
    let contact = rig.count(&format!("SELECT id FROM contact WHERE customer_id={gone}"));
    written(&mut rig, Some(gone), |work| {
        let touch: i64 = work.db.query_row("SELECT id FROM touch", [], |r| r.get(0)).unwrap();
        work.update(Noun::Touch, touch, &[("contact_id", rusqlite::types::Value::Integer(contact))]).unwrap();
    });
    let merged = Merge { note: Some("C2: 名称 宏达科技公司".into()), ..plain(keep, gone) };
    rig.write(Change::Merge(Box::new(merged)));
    assert_eq!(rig.count("SELECT count(*) FROM contact"), 1);
    assert_eq!(rig.count("SELECT count(*) FROM method"), 1);
    assert_eq!(
        rig.count(
            "SELECT count(*) FROM touch t JOIN contact c ON c.id=t.contact_id AND c.customer_id=t.customer_id"
        ),
        1
    );
    assert_eq!(by_code(&rig.store.db, "C2").unwrap(), Some(keep));
    assert_eq!(rig.text("SELECT name FROM customer"), Some("宏达科技".into()));
    assert_eq!(rig.text("SELECT note FROM customer"), Some("C2: 名称 宏达科技公司".into()));
    rig.sound();
}

#[test]
fn h07_what_one_says_stands_what_it_does_not_say_is_filled_and_what_was_chosen_is_taken() {
    let mut rig = rig();
    let (keep, gone) = (rig.customer("宏达科技"), rig.customer("宏达"));
    let set = |rig: &mut Rig, id: i64, fields: &[(Field, &str)]| {
        for (field, to) in fields {
            let rev = rig.count(&format!("SELECT rev FROM customer WHERE id={id}"));
            rig.write(edit(Noun::Customer, id, rev, *field, "", to));
        }
    };
    set(
        &mut rig,
        keep,
        &[(Field::Region, "华东"), (Field::Address, "上海路1号"), (Field::CustomerNote, "甲")],
    );
    set(
        &mut rig,
        gone,
        &[
            (Field::Region, "华南"),
            (Field::Address, "广州路2号"),
            (Field::Website, "hd.cn"),
            (Field::CustomerNote, "乙"),
            (Field::State, "closed"),
        ],
    );
    let what = Merge { take: vec![Field::Address], note: Some("行业 华南".into()), ..plain(keep, gone) };
    rig.write(Change::Merge(Box::new(what)));
    let of = |rig: &Rig, column: &str| rig.text(&format!("SELECT {column} FROM customer"));
    assert_eq!(of(&rig, "region").as_deref(), Some("华东"));
    assert_eq!(of(&rig, "address").as_deref(), Some("广州路2号"));
    assert_eq!(of(&rig, "website").as_deref(), Some("hd.cn"));
    assert_eq!(of(&rig, "state"), None, "that nothing is to be done at the other is not so here");
    assert_eq!(of(&rig, "note").as_deref(), Some("甲\n乙\n行业 华南"));
    rig.sound();
}

#[test]
fn i14_after_a_merge_nobody_reads_in_the_note_what_is_masked_to_them() {
    let mut rig = rig();
    let zhao = rig.person("zhao", "rep", "service");
    let (keep, gone) = (rig.customer("宏达科技"), rig.customer("宏达"));
    for (id, region, address) in [(keep, "华东", "上海路1号"), (gone, "华南", "广州路2号")] {
        for (field, to) in [(Field::Region, region), (Field::Address, address)] {
            let rev = rig.count(&format!("SELECT rev FROM customer WHERE id={id}"));
            rig.write(edit(Noun::Customer, id, rev, field, "", to));
        }
    }
    written(&mut rig, None, |work| {
        let field = vec![
            ("key", word("line")),
            ("name", word("产线")),
            ("kind", word("text")),
            ("allowed", word("[]")),
        ];
        let field = work.insert(Noun::OwnField, &field).unwrap();
        for (id, value) in [(keep, "三条产线"), (gone, "五条产线")] {
            let number = rusqlite::types::Value::Integer;
            let value =
                vec![("customer_id", number(id)), ("field_id", number(field)), ("value", word(value))];
            work.insert(Noun::OwnValue, &value).unwrap();
        }
    });
    let question = Query::Merging { keep: CustomerId(keep), gone: CustomerId(gone) };
    let Answer::Merging(look) = rig.store.ask(&rig.me, &question, rig.now).unwrap() else { panic!() };
    assert_eq!(look.own.len(), 1);
    let lang = crate::i18n::Lang::Zh;
    let with = crate::i18n::entry::Context { now: rig.now, lang, people: &[], contacts: &[], customers: &[] };
    let note = crate::i18n::merge::note(&look, &[], &with);
    rig.write(Change::Merge(Box::new(Merge { note, ..plain(keep, gone) })));
    let profile = rig.store.ask(&zhao, &Query::Profile(CustomerId(keep)), rig.now).unwrap();
    let told = format!("{profile:?}");
    assert!(told.contains("华南"), "{told}");
    assert!(!told.contains("广州路2号") && !told.contains("五条产线"), "{told}");
    rig.sound();
}

#[test]
fn h07_an_opt_out_stays_one_and_what_was_withdrawn_stays_withdrawn() {
    let mut rig = rig();
    let (keep, gone) = (rig.customer("宏达科技"), rig.customer("宏达"));
    let state = |to: &str| [(Field::ConsentState, Value::text(to))];
    add(&mut rig, Noun::Consent, keep, &state("given"));
    add(&mut rig, Noun::Consent, gone, &state("withdrawn"));
    let quiet = |channel: &str, since: &str| {
        [
            (Field::OptOutChannel, Value::text(channel)),
            (Field::OptOutSince, Value::Day(since.parse().unwrap())),
        ]
    };
    add(&mut rig, Noun::OptOut, keep, &quiet("sms", "2024-05-10"));
    add(&mut rig, Noun::OptOut, gone, &quiet("sms", "2024-04-01"));
    add(&mut rig, Noun::OptOut, gone, &quiet("all", "2024-05-01"));
    rig.write(merge(keep, gone));
    assert_eq!(rig.text("SELECT state FROM consent").as_deref(), Some("withdrawn"));
    let all = "SELECT group_concat(channel||since) FROM (SELECT * FROM opt_out ORDER BY channel)";
    assert_eq!(rig.text(all).as_deref(), Some("all2024-05-01,sms2024-04-01"));
    assert_eq!(rig.count("SELECT quiet FROM facts"), 1);
    rig.sound();
}

#[test]
fn h07_what_both_were_said_to_have_bought_and_spent_is_added() {
    let mut rig = rig();
    let (keep, gone) = (rig.customer("宏达科技"), rig.customer("宏达"));
    for (id, yuan, first) in [(keep, 100, "2023-02-01"), (gone, 300, "2022-01-01")] {
        add(
            &mut rig,
            Noun::Opening,
            id,
            &[
                (Field::OpeningAsOf, Value::Day("2024-01-01".parse().unwrap())),
                (Field::OpeningFirst, Value::Day(first.parse().unwrap())),
                (Field::OpeningTotal, Value::Money(Fen(yuan * 100))),
            ],
        );
        rig.write(order(id, "2024-05-02", yuan));
    }
    rig.write(merge(keep, gone));
    assert_eq!(rig.count("SELECT spend_total FROM facts"), 80_000);
    assert_eq!(rig.count("SELECT orders FROM facts"), 2);
    assert_eq!(rig.text("SELECT first_order FROM facts").as_deref(), Some("2022-01-01"));
    rig.sound();
}

#[test]
fn a23_whom_the_gone_one_has_sent_was_sent_by_the_other_and_nobody_sends_themselves() {
    let mut rig = rig();
    let (keep, gone, third) = (rig.customer("宏达科技"), rig.customer("宏达"), rig.customer("优品汇"));
    let by = |rig: &mut Rig, id: i64, by: i64| {
        let rev = rig.count(&format!("SELECT rev FROM customer WHERE id={id}"));
        let set = vec![Edited { field: Field::Referrer, was: Value::None, to: Value::Id(by) }];
        rig.write(Change::Edit { row: Row { noun: Noun::Customer, id }, rev, set });
    };
    by(&mut rig, third, gone);
    by(&mut rig, keep, gone);
    add(&mut rig, Noun::Referral, gone, &[(Field::ReferralNew, Value::Id(keep))]);
    rig.write(merge(keep, gone));
    assert_eq!(rig.count(&format!("SELECT referrer_id FROM customer WHERE id={third}")), keep);
    assert_eq!(rig.count(&format!("SELECT referrer_id IS NULL FROM customer WHERE id={keep}")), 1);
    assert_eq!(
        rig.count("SELECT new_id IS NULL AND customer_id IN (SELECT id FROM customer) FROM referral"),
        1
    );
    rig.sound();
    rig.write(Change::Undo(None));
    rig.sound();
}

#[test]
fn h07_only_who_may_with_both_merges_them_and_only_who_may_takes_it_back() {
    let mut rig = rig();
    let admin = rig.me.clone();
    let (li, zhao) = (rig.person("li", "rep", "sales"), rig.person("zhao", "rep", "sales"));
    let (head, other) = (rig.person("head", "manager", "sales"), rig.person("other", "manager", "service"));
    rig.me = li.clone();
    let (keep, mine) = (rig.customer("宏达科技"), rig.customer("宏达"));
    rig.me = zhao.clone();
    let theirs = rig.customer("宏达公司");
    rig.write(Change::AddTask { customer: CustomerId(theirs), task: next("送样", "2024-05-22") });
    for (who, a, b) in [(&li, keep, theirs), (&zhao, keep, theirs), (&zhao, keep, mine), (&other, keep, mine)]
    {
        rig.me = who.clone();
        assert_eq!(rig.attempt(merge(a, b)).unwrap_err(), StoreError::Denied(Verb::Merge));
    }
    rig.me = li.clone();
    rig.write(merge(keep, mine));
    rig.me = head.clone();
    rig.write(merge(keep, theirs));
    // what its owner had to do is the other owner's to do, as at a hand-over
    assert_eq!(rig.count("SELECT owner_id FROM task"), li.id.0);
    let change = rig.count("SELECT max(id) FROM change");
    // who may no longer do it takes it back no more
    rig.store.db.execute("UPDATE person SET role='rep', rev=rev+1 WHERE id=?1", [head.id.0]).unwrap();
    rig.me = head;
    assert_eq!(rig.attempt(Change::Undo(None)).unwrap_err(), StoreError::Denied(Verb::Merge));
    rig.me = admin;
    rig.write(Change::Undo(Some(change)));
    assert_eq!(rig.count("SELECT owner_id FROM task"), zhao.id.0);
    rig.sound();
}

#[test]
fn h07_what_is_not_decided_yet_is_not_decided_by_a_merge() {
    let mut rig = rig();
    let (keep, gone) = (rig.customer("宏达科技"), rig.customer("宏达"));
    let admin = rig.me.clone();
    assert_eq!(hindered(rig.attempt(merge(keep, keep))), Hindrance::Same);
    let li = rig.person("li", "rep", "sales");
    rig.me = li.clone();
    let open = Dispute::Open { customer: CustomerId(gone), reason: "先联系".into() };
    rig.write(Change::Dispute(open));
    rig.me = admin.clone();
    assert_eq!(hindered(rig.attempt(merge(keep, gone))), Hindrance::Dispute);
    assert_eq!(hindered(rig.attempt(merge(gone, keep))), Hindrance::Dispute);
    rig.me = li.clone();
    rig.write(Change::Undo(None));
    rig.me = admin;
    let whom = Whom::These(vec![CustomerId(keep)]);
    let what = HandOver::Propose { whom, to: li.id, at_once: false, reason: None };
    rig.write(Change::HandOver(Box::new(what)));
    assert_eq!(hindered(rig.attempt(merge(keep, gone))), Hindrance::HandOver);
    rig.write(Change::Undo(None));
    let name = "宏达".to_owned();
    rig.write(Change::Erase { customer: CustomerId(gone), name, reason: "来函".into() });
    assert_eq!(hindered(rig.attempt(merge(keep, gone))), Hindrance::Erased);
}

#[test]
fn h07_it_is_refused_where_one_of_both_is_another_by_now_and_its_undo_where_something_came_after() {
    let mut rig = rig();
    let (keep, gone) = (rig.customer("宏达科技"), rig.customer("宏达"));
    rig.write(Change::LogTouch(Box::new(NewTouch { closed: true, ..talk(gone, rig.now) })));
    rig.write(edit(Noun::Customer, gone, 1, Field::Region, "", "华东"));
    let seen = Merge { seen: Some((1, 1)), ..plain(keep, gone) };
    assert!(matches!(rig.attempt(Change::Merge(Box::new(seen))), Err(StoreError::Stale { who: Some(_) })));
    rig.write(Change::Merge(Box::new(Merge { seen: Some((1, 2)), ..plain(keep, gone) })));
    let merged = rig.count("SELECT max(id) FROM change");
    let touch = rig.count("SELECT id FROM touch");
    rig.write(edit(Noun::Touch, touch, 1, Field::TouchTopic, "", "报价"));
    let refused = rig.attempt(Change::Undo(Some(merged))).unwrap_err();
    assert!(matches!(refused, StoreError::Overtaken { .. }), "{refused:?}");
    rig.write(Change::Undo(None));
    rig.write(Change::Undo(None));
    assert_eq!(rig.count("SELECT customer_id FROM touch"), gone);
    rig.sound();
}

#[test]
fn h07_a_customer_with_very_many_rows_goes_in_batches_that_are_undone_as_a_whole() {
    let mut rig = rig();
    let (keep, gone) = (rig.customer("宏达科技"), rig.customer("宏达"));
    for i in 0..130 {
        let topic = Some(format!("第{i}次"));
        let call = NewTouch { closed: true, topic, kind: "inbound".into(), ..talk(gone, rig.now) };
        rig.write(Change::LogTouch(Box::new(call)));
    }
    for _ in 0..120 {
        rig.write(order(gone, "2024-05-02", 10));
    }
    let before = all(&rig);
    let mut told = Vec::new();
    let envelope = Envelope { request: "merge".into(), change: merge(keep, gone), reason: None };
    let me = rig.me.clone();
    let receipt =
        rig.store.write_with_progress(&me, &envelope, rig.now, &mut |n, of| told.push((n, of))).unwrap();
    assert_eq!(told, [(100, 250), (200, 250), (250, 250)]);
    assert!(receipt.job.is_some());
    assert_eq!(rig.count("SELECT count(*) FROM job WHERE state='done' AND verb='merge'"), 1);
    assert_eq!(rig.count(&format!("SELECT count(*) FROM touch WHERE customer_id={keep}")), 130);
    // each by how far the job was: what is left may be as much as before
    let names = "SELECT request FROM change WHERE verb='merge' ORDER BY id";
    assert_eq!(column::<String>(&rig.store.db, names), ["merge", "merge#100", "merge#200"]);
    rig.sound();
    // asked for once more it is answered and not done again
    let again = rig.store.write(&me, &envelope, rig.now).unwrap();
    assert_eq!(again.change, receipt.change);
    rig.write(Change::Undo(None));
    assert_eq!(all(&rig), before);
    rig.sound();
}

#[test]
fn h07_one_that_was_cut_goes_on_where_it_stopped_also_when_asked_for_anew() {
    let mut rig = rig();
    let (keep, gone) = (rig.customer("宏达科技"), rig.customer("宏达"));
    for _ in 0..120 {
        rig.write(order(gone, "2024-05-02", 10));
    }
    let before = all(&rig);
    // the second step fails where the customer itself would go
    let (me, now) = (rig.me.clone(), rig.now);
    let envelope = Envelope { request: "cut".into(), change: merge(keep, gone), reason: None };
    rig.store
        .db
        .execute_batch(
            "CREATE TEMP TRIGGER cut BEFORE DELETE ON customer BEGIN SELECT RAISE(ABORT,'cut'); END",
        )
        .unwrap();
    assert!(rig.store.write(&me, &envelope, now).is_err());
    rig.store.db.execute_batch("DROP TRIGGER cut").unwrap();
    assert_eq!(rig.count("SELECT count(*) FROM job WHERE state='running'"), 1);
    rig.write(merge(keep, gone));
    assert_eq!(rig.count("SELECT count(*) FROM job"), 1);
    assert_eq!(rig.count("SELECT count(*) FROM job WHERE state='done'"), 1);
    assert_eq!(rig.count(&format!("SELECT count(*) FROM orders WHERE customer_id={keep}")), 120);
    rig.sound();
    rig.write(Change::Undo(None));
    assert_eq!(all(&rig), before);
    rig.sound();
}

/// A merge that fails where the customer itself would go: what was written before stands under a job that runs.
fn cut(rig: &mut Rig, keep: i64, gone: i64) {
    let stop = "CREATE TEMP TRIGGER cut BEFORE DELETE ON customer BEGIN SELECT RAISE(ABORT,'cut'); END";
    rig.store.db.execute_batch(stop).unwrap();
    assert!(rig.attempt(merge(keep, gone)).is_err());
    rig.store.db.execute_batch("DROP TRIGGER cut").unwrap();
    assert_eq!(rig.count("SELECT count(*) FROM job WHERE state='running'"), 1);
}

#[test]
fn h07_one_that_was_cut_is_taken_back_only_by_who_may_with_both() {
    let mut rig = rig();
    let (li, zhao) = (rig.person("li", "rep", "sales"), rig.person("zhao", "rep", "sales"));
    rig.me = li.clone();
    let (keep, gone) = (rig.customer("宏达科技"), rig.customer("宏达"));
    for _ in 0..120 {
        rig.write(order(gone, "2024-05-02", 10));
    }
    cut(&mut rig, keep, gone);
    let change = rig.count("SELECT max(id) FROM change");
    let give = |rig: &Rig, id: i64, to: &Actor| {
        rig.store
            .db
            .execute("UPDATE customer SET owner_id=?2, rev=rev+1 WHERE id=?1", [id, to.id.0])
            .unwrap();
    };
    for theirs in [keep, gone] {
        give(&rig, theirs, &zhao);
        let refused = rig.attempt(Change::Undo(Some(change))).unwrap_err();
        assert_eq!(refused, StoreError::Denied(Verb::Merge));
        give(&rig, theirs, &li);
    }
    rig.write(Change::Undo(Some(change)));
    assert_eq!(rig.count(&format!("SELECT count(*) FROM orders WHERE customer_id={gone}")), 120);
}

#[test]
fn h07_one_that_was_cut_is_not_taken_for_that_of_a_customer_whose_number_begins_the_same() {
    let mut rig = rig();
    let keep = rig.customer("宏达科技");
    let short = rig.customer("宏达");
    let mut long = short;
    while long < short * 10 {
        long = rig.customer(&format!("客户{long}"));
    }
    assert_eq!(long, short * 10);
    for _ in 0..120 {
        rig.write(order(long, "2024-05-02", 10));
    }
    cut(&mut rig, keep, long);
    rig.write(merge(keep, short));
    assert_eq!(rig.count("SELECT count(*) FROM job WHERE state='running'"), 1, "it is another one's");
    rig.write(merge(keep, long));
    assert_eq!(rig.count("SELECT count(*) FROM job WHERE state='running'"), 0);
    rig.sound();
}

#[test]
fn h07_one_that_is_killed_behind_its_last_rows_has_ended() {
    let mut rig = rig();
    let (keep, gone) = (rig.customer("宏达科技"), rig.customer("宏达"));
    for _ in 0..120 {
        rig.write(order(gone, "2024-05-02", 10));
    }
    let (me, now) = (rig.me.clone(), rig.now);
    let envelope = Envelope { request: "killed".into(), change: merge(keep, gone), reason: None };
    let killed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let mut progress = |n, of| assert!(n < of, "killed here");
        rig.store.write_with_progress(&me, &envelope, now, &mut progress).unwrap();
    }));
    assert!(killed.is_err());
    assert_eq!(rig.count("SELECT count(*) FROM job WHERE state='done'"), 1);
    rig.sound();
}

#[test]
fn a23_very_many_who_were_sent_go_over_in_batches_too() {
    let mut rig = rig();
    let (keep, gone) = (rig.customer("宏达科技"), rig.customer("宏达"));
    for i in 0..120 {
        let id = rig.customer(&format!("客户{i}"));
        written(&mut rig, Some(id), |work| {
            let by = [("referrer_id", rusqlite::types::Value::Integer(gone))];
            work.update(Noun::Customer, id, &by).unwrap();
        });
    }
    let receipt = rig.write(merge(keep, gone));
    assert!(receipt.job.is_some());
    assert_eq!(rig.count(&format!("SELECT count(*) FROM customer WHERE referrer_id={keep}")), 120);
    rig.sound();
    rig.write(Change::Undo(None));
    assert_eq!(rig.count(&format!("SELECT count(*) FROM customer WHERE referrer_id={gone}")), 120);
    rig.sound();
}

#[test]
fn h07_two_contacts_without_a_name_are_one_only_with_a_number_in_common() {
    for (other, contacts) in [("13800138001", 2), ("138 0013 8000", 1)] {
        let mut rig = rig();
        let new = |code: &str, phone: &str| {
            let mut new = NewCustomer {
                code: Some(code.into()),
                ..with_phone(if code == "C1" { "宏达科技" } else { "宏达" }, phone)
            };
            for contact in &mut new.contacts {
                contact.name = "—".into();
            }
            Change::AddCustomer(Box::new(new))
        };
        let keep = rig.write(new("C1", "13800138000")).customer.unwrap().0;
        let gone = rig.write(new("C2", other)).customer.unwrap().0;
        rig.write(merge(keep, gone));
        assert_eq!(rig.count("SELECT count(*) FROM contact"), contacts, "{other}");
        rig.sound();
    }
}

#[test]
fn h07_what_stands_whole_is_not_filled_from_the_other() {
    let mut rig = rig();
    let (keep, gone) = (rig.customer("宏达科技"), rig.customer("宏达"));
    let day = || Value::Day("2024-04-01".parse().unwrap());
    add(&mut rig, Noun::Consent, keep, &[(Field::ConsentState, Value::text("withdrawn"))]);
    let given = [(Field::ConsentState, Value::text("given")), (Field::ConsentOn, day())];
    add(&mut rig, Noun::Consent, gone, &given);
    let class = |customer: i64, value: &str, reason: Option<&str>| {
        let (scheme, value) = ("segment".to_owned(), Some(value.to_owned()));
        let reason = reason.map(str::to_owned);
        Change::Class { customer: CustomerId(customer), scheme, value, reason }
    };
    rig.write(class(keep, "high", None));
    rig.write(class(gone, "ordinary", Some("量小")));
    rig.write(merge(keep, gone));
    assert_eq!(rig.text("SELECT state||coalesce(given_on,'') FROM consent").as_deref(), Some("withdrawn"));
    let hand = "SELECT value||coalesce(reason,'') FROM class WHERE scheme='segment'";
    assert_eq!(rig.text(hand).as_deref(), Some("high"));
    rig.sound();
}

#[test]
fn i18_an_erasure_leaves_a_colleague_who_is_called_as_somebody_that_was_merged() {
    let mut rig = rig();
    let li = rig.person("li", "rep", "sales");
    let called = rig.text(&format!("SELECT name FROM person WHERE id={}", li.id.0)).unwrap();
    let (keep, gone) = (rig.customer("宏达科技"), rig.customer(&called));
    written(&mut rig, None, |work| {
        work.insert(
            Noun::Tag,
            &[("type", word("need")), ("name", word(format!("{called}推荐"))), ("value", word("x"))],
        )
        .unwrap();
    });
    rig.write(merge(keep, gone));
    let name = "宏达科技".to_owned();
    rig.write(Change::Erase { customer: CustomerId(keep), name, reason: "来函".into() });
    assert_eq!(rig.text("SELECT name FROM tag WHERE name LIKE '%推荐'"), Some(format!("{called}推荐")));
}

#[test]
fn h07_the_history_of_both_is_the_history_of_the_one_that_stays() {
    let mut rig = rig();
    let (keep, gone) = (rig.customer("宏达科技"), rig.customer("宏达"));
    rig.write(edit(Noun::Customer, gone, 1, Field::Region, "", "华东"));
    rig.write(edit(Noun::Customer, keep, 1, Field::Website, "", "hd.cn"));
    rig.write(merge(keep, gone));
    let told = |rig: &Rig| match rig.store.ask(&rig.me, &Query::Profile(CustomerId(keep)), rig.now).unwrap() {
        Answer::Profile(Some(profile)) => profile.history.iter().map(|d| d.verb.clone()).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(told(&rig), ["merge", "edit", "edit", "add_customer", "add_customer"]);
    rig.write(Change::Undo(None));
    assert_eq!(told(&rig), ["undo", "merge", "edit", "add_customer"]);
}

#[test]
fn i18_an_erasure_finds_what_was_said_of_whoever_was_merged_into_the_customer() {
    let mut rig = rig();
    let gone = of_everything(&mut rig);
    let keep = rig.customer("李大力");
    rig.write(merge(keep, gone));
    rig.sound();
    let name = "李大力".to_owned();
    rig.write(Change::Erase { customer: CustomerId(keep), name, reason: "来函".into() });
    for secret in [erase_all::SECRET, erase_all::NAME, erase_all::PHONE, "李大力"] {
        let mut left = erase_all::stands(&rig, secret);
        if secret == erase_all::SECRET {
            left.retain(|place| !erase_all::is_naming(place));
        }
        assert_eq!(left, BTreeSet::new(), "{secret}");
    }
    assert_eq!(crate::store::chain::verify(&rig.store.db).unwrap(), None);
}

#[test]
fn h07_moves_between_classes_are_kept_aside_and_come_back_with_an_undo() {
    let mut rig = rig();
    let (keep, gone) = (rig.customer("宏达科技"), rig.customer("宏达"));
    for class in ["high", "ordinary"] {
        let (scheme, value) = ("segment".to_owned(), Some(class.to_owned()));
        rig.write(Change::Class { customer: CustomerId(gone), scheme, value, reason: None });
    }
    let moves = "SELECT group_concat(customer_id||scheme||coalesce(was,'')||became||at) FROM
                 (SELECT * FROM class_move WHERE customer_id=2 ORDER BY id)";
    let was = rig.text(moves);
    assert!(was.is_some() && gone == 2);
    for again in [merge(keep, gone), Change::Redo] {
        rig.write(again);
        assert_eq!(rig.text(moves), None);
        rig.write(Change::Undo(None));
        assert_eq!(rig.text(moves), was);
        assert_eq!(rig.count("SELECT count(*) FROM setting WHERE key LIKE 'gone:%'"), 0);
    }
    rig.sound();
}

#[test]
fn k52_whoever_left_with_an_export_and_was_merged_since_left_as_the_one_that_stays() {
    use crate::store::leak::{affects, left_with};
    let mut rig = rig();
    let (keep, gone, third) = (rig.customer("宏达科技"), rig.customer("宏达"), rig.customer("宏达公司"));
    rig.store
        .db
        .execute_batch(&format!(
            "INSERT INTO export_log(id,change_id,person_id,at,what,filter,format,place,reason,planned,state)
               SELECT 1,max(id),1,1000,'customers','','csv','a.csv','','1','done' FROM change;
             INSERT INTO export_customer VALUES(1,{gone}),(1,{third});"
        ))
        .unwrap();
    let left = |rig: &Rig| {
        let sql = format!("SELECT DISTINCT x.customer_id FROM {} ORDER BY 1", left_with());
        column::<i64>(&rig.store.db, &sql)
    };
    let is = |rig: &Rig, customer: i64| affects(&rig.store.db, None, 0, customer).unwrap();
    assert_eq!((left(&rig), is(&rig, keep)), (vec![gone, third], false));
    rig.write(merge(keep, gone));
    assert_eq!((left(&rig), is(&rig, keep)), (vec![keep, third], true));
    rig.write(merge(third, keep));
    assert_eq!((left(&rig), is(&rig, third)), (vec![third], true));
    rig.write(Change::Undo(None));
    rig.write(Change::Undo(None));
    assert_eq!((left(&rig), is(&rig, keep)), (vec![gone, third], false));
    rig.sound();
}
