//! A merge of very many rows: in batches, cut off, gone on with, taken back as a whole (H7).

use super::*;

#[test]
fn h07_a_customer_with_very_many_rows_goes_in_batches_that_are_undone_as_a_whole() {
    let mut rig = rig();
    let (keep, gone) = (rig.customer("宏达科技"), rig.customer("宏达"));
    for i in 0..130 {
        let topic = Some(format!("第{i}次"));
        let call = NewTouch { closed: true, topic, kind: "inbound".into(), ..talk(gone, rig.now) };
        rig.write(Change::LogTouch(Box::new(call)));
    }
    orders(&mut rig, gone);
    // what hangs on a touch goes with it, what hangs on an order before it
    let (touch, first) = (rig.count("SELECT min(id) FROM touch"), rig.count("SELECT min(id) FROM orders"));
    written(&mut rig, Some(gone), |work| {
        let number = rusqlite::types::Value::Integer;
        let of = |column, id| vec![("customer_id", number(gone)), (column, number(id))];
        let outcome = [of("touch_id", touch), vec![("at", number(0)), ("kind", word("claimed"))]].concat();
        work.insert(Noun::Outcome, &outcome).unwrap();
        let line = vec![
            ("product", word("X")),
            ("quantity", number(1)),
            ("unit_fen", number(1)),
            ("gift", number(0)),
        ];
        // more of them than a batch takes
        for _ in 0..150 {
            work.insert(Noun::OrderLine, &[of("order_id", first), line.clone()].concat()).unwrap();
        }
    });
    let before = all(&rig);
    let mut told = Vec::new();
    let envelope = Envelope { request: "merge".into(), change: merge(keep, gone), reason: None };
    let me = rig.me.clone();
    let receipt =
        rig.store.write_with_progress(&me, &envelope, rig.now, &mut |n, of| told.push((n, of))).unwrap();
    assert_eq!(told, [(100, 401), (200, 401), (300, 401), (400, 401), (401, 401)]);
    assert_eq!(counts(&rig.store.db, gone).unwrap(), []);
    let whose = "SELECT DISTINCT o.customer_id||' '||l.customer_id FROM touch_outcome o, order_line l";
    assert_eq!(rig.text(whose), Some(format!("{keep} {keep}")));
    assert!(receipt.job.is_some());
    assert_eq!(rig.count("SELECT count(*) FROM job WHERE state='done' AND verb='merge'"), 1);
    assert_eq!(rig.count(&format!("SELECT count(*) FROM touch WHERE customer_id={keep}")), 130);
    // each by how far the job was: what is left may be as much as before
    let names = "SELECT request FROM change WHERE verb='merge' ORDER BY id";
    assert_eq!(
        column::<String>(&rig.store.db, names),
        ["merge", "merge#100", "merge#200", "merge#300", "merge#400"]
    );
    rig.sound();
    // asked for once more it is answered and not done again
    let again = rig.store.write(&me, &envelope, rig.now).unwrap();
    assert_eq!(again.change, receipt.change);
    taken_back(&mut rig, &before);
}

#[test]
fn h07_one_that_was_cut_goes_on_where_it_stopped_also_when_asked_for_anew() {
    let mut rig = rig();
    let (keep, gone) = (rig.customer("宏达科技"), rig.customer("宏达"));
    orders(&mut rig, gone);
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
    taken_back(&mut rig, &before);
}

/// More than go in one batch.
fn orders(rig: &mut Rig, customer: i64) {
    for _ in 0..120 {
        rig.write(order(customer, "2024-05-02", 10));
    }
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
    orders(&mut rig, gone);
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
    orders(&mut rig, long);
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
    orders(&mut rig, gone);
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
