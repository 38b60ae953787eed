//! Who may merge and take it back, and what stands against it (H7).

use super::*;
use crate::domain::dispute::Dispute;
use crate::domain::handover::{HandOver, Whom};
use crate::domain::merge::Hindrance;

fn hindered(result: Result<Receipt, StoreError>) -> Hindrance {
    match result.unwrap_err() {
        StoreError::Invalid(Invalid { problem: Problem::CannotMerge(why), .. }) => why,
        other => panic!("{other:?}"),
    }
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
