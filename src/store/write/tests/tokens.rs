//! A new version of the program makes other tokens: an older file is written anew while everybody goes on.

use super::*;
use crate::domain::find::TOKENS;
use crate::store::check::Fault;
use crate::store::facts::round::Round;
use crate::store::process;
use crate::store::request::{Answer, Query};

/// Everything that the look-up indexes answer and hold, but for how it lies in segments.
fn content(rig: &Rig) -> Vec<Option<String>> {
    ["find_text", "find_digit", "find_touch"]
        .map(|index| {
            rig.text(&format!("SELECT group_concat(id) FROM (SELECT id FROM {index}_docsize ORDER BY id)"))
        })
        .into()
}

fn found(rig: &Rig, text: &str) -> Vec<i64> {
    match rig.store.ask(&rig.me, &Query::Find { text: text.into(), limit: 5 }, rig.now) {
        Ok(Answer::Find(found)) => found.iter().map(|hit| hit.row.id).collect(),
        other => panic!("{other:?}"),
    }
}

/// The touches the index of words answers with.
fn said(rig: &Rig, word: &str) -> i64 {
    rig.count(&format!("SELECT count(*) FROM find_touch WHERE find_touch MATCH '\"{word}\"'"))
}

/// A company of customers with a touch each, as an older program would have left it: its tokens are others.
fn old(customers: usize) -> (Rig, Vec<i64>) {
    let mut rig = rig();
    let ids: Vec<i64> = (0..customers)
        .map(|n| {
            let new = with_phone(&format!("客户恒远{n}"), &format!("1390000{n:04}"));
            let id = rig.write(Change::AddCustomer(Box::new(new))).customer.unwrap().0;
            rig.write(Change::LogTouch(Box::new(NewTouch { closed: true, ..talk(id, rig.now) })));
            id
        })
        .collect();
    while !rig.store.daily_round(rig.now, 100).unwrap().done {}
    assert!(!rig.store.waits_for_round());
    let db = &rig.store.db;
    for index in ["find_text", "find_digit", "find_touch"] {
        let rows = indexed(db, index);
        for row in rows {
            db.execute(&format!("DELETE FROM {index} WHERE rowid=?1"), [row]).unwrap();
            db.execute(&format!("INSERT INTO {index}(rowid,t) VALUES(?1,'old')"), [row]).unwrap();
        }
    }
    settings::keep(db, settings::TOKENS, Some("1")).unwrap();
    (rig, ids)
}

#[test]
fn an_older_look_up_is_told_by_the_check_and_written_anew_in_slices_while_others_write() {
    let (mut rig, ids) = old(25);
    let held = content(&rig);
    assert_eq!((found(&rig, "恒远3"), said(&rig, "推荐")), (vec![], 0));
    assert_eq!(rig.store.check(rig.now).unwrap(), [Fault::Tokens]);
    assert!(rig.store.waits_for_round());
    // the first slice, and then somebody writes
    assert_eq!(rig.store.daily_round(rig.now, 10).unwrap(), Round { moved: 10, done: false });
    assert_eq!(found(&rig, "恒远3"), [ids[3]]);
    assert_eq!(found(&rig, "恒远20"), Vec::<i64>::new(), "not reached yet");
    let new = rig.customer("后来的客户");
    assert_eq!(found(&rig, "后来"), [new]);
    // another session, which has not begun it, goes on where this one has stopped
    let mut slices = 0;
    while !rig.store.daily_round(rig.now, 10).unwrap().done {
        slices += 1;
    }
    assert!((5..10).contains(&slices), "{slices}");
    assert_eq!((found(&rig, "恒远20"), found(&rig, "13900000020")), (vec![ids[20]], vec![ids[20]]));
    assert_eq!(said(&rig, "推荐"), 25);
    for index in ["find_text", "find_digit", "find_touch"] {
        assert_eq!(
            rig.count(&format!("SELECT count(*) FROM {index} WHERE {index} MATCH 'old'")),
            0,
            "{index}"
        );
    }
    assert!(!rig.store.waits_for_round());
    let is = content(&rig);
    assert_eq!(is[1..], held[1..], "nothing stands there twice");
    rig.sound();
}

#[test]
fn a_repair_writes_an_older_look_up_anew_at_once() {
    let (mut rig, ids) = old(3);
    rig.store.repair(rig.now, &mut |_, _| {}).unwrap();
    assert_eq!((found(&rig, "恒远2"), said(&rig, "推荐")), (vec![ids[2]], 3));
    assert!(!rig.store.waits_for_round());
    rig.sound();
}

#[test]
fn a_renewal_to_the_tokens_of_a_program_in_between_begins_again() {
    let (mut rig, ids) = old(3);
    let mark = format!("{} touches {}", TOKENS - 1, i64::MAX);
    settings::keep(&rig.store.db, settings::TOKENS_FROM, Some(&mark)).unwrap();
    while !rig.store.daily_round(rig.now, 2).unwrap().done {}
    assert_eq!((found(&rig, "恒远1"), said(&rig, "推荐")), (vec![ids[1]], 3));
    rig.sound();
}

#[test]
fn the_look_up_of_a_newer_program_is_told_and_left_as_it_is() {
    let (mut rig, _) = old(3);
    let newer = (TOKENS + 1).to_string();
    settings::keep(&rig.store.db, settings::TOKENS, Some(&newer)).unwrap();
    assert_eq!(rig.store.daily_round(rig.now, 10).unwrap(), Round { moved: 0, done: true });
    assert_eq!(said(&rig, "推荐"), 0);
    assert_eq!(settings::raw(&rig.store.db, settings::TOKENS).unwrap(), Some(newer));
    assert_eq!(rig.store.check(rig.now).unwrap(), [Fault::Tokens]);
}

#[test]
fn while_another_session_writes_everything_anew_no_slice_does() {
    let (mut rig, _) = old(3);
    let by = format!("1 {}", process::began(1).unwrap());
    settings::keep(&rig.store.db, settings::REBUILD, Some("")).unwrap();
    settings::keep(&rig.store.db, settings::REBUILD_BY, Some(&by)).unwrap();
    assert_eq!(rig.store.daily_round(rig.now, 10).unwrap(), Round { moved: 0, done: true });
    assert_eq!(said(&rig, "推荐"), 0);
}

#[test]
fn a_file_without_customers_has_nothing_to_write_anew() {
    let rig = rig();
    assert_eq!(settings::raw(&rig.store.db, settings::TOKENS).unwrap(), Some(TOKENS.to_string()));
}
