//! Making two records of one customer one, by requirement: what moves, what stands, who may, what comes back (H7, H8, K56).

mod batches;
mod contacts;
mod gone;
mod meet;
mod rights;

use std::collections::{BTreeMap, BTreeSet};

use super::erase_all::{self, seeded, written};
use super::*;
use crate::domain::merge::Merge;
use crate::store::request::{Answer, Query};
use crate::store::tables::{TABLES, table, word};
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

/// Takes the last change back and finds everything as it was.
fn taken_back(rig: &mut Rig, before: &BTreeMap<&'static str, Vec<String>>) {
    rig.write(Change::Undo(None));
    let after = all(rig);
    for (name, rows) in before {
        assert_eq!(rows, &after[name], "{name}");
    }
    rig.sound();
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
    taken_back(&mut rig, &before);
    // and the same once more, both ways
    rig.write(Change::Redo);
    assert_eq!(counts(&rig.store.db, gone).unwrap(), []);
    rig.sound();
    taken_back(&mut rig, &before);
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
    taken_back(&mut rig, &before);
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
