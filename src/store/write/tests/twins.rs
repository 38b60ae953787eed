//! Touches of a ledger that is read again after somebody has worked on them here (K56): each is known by what its row said.

use super::*;
use crate::store::request::RowOutcome;

/// Reads rows as a file of their own; a row by its place in it.
fn read(rig: &mut Rig, rows: &[NewTouch]) -> Vec<RowOutcome> {
    read_days(rig, rows, false)
}

fn read_days(rig: &mut Rig, rows: &[NewTouch], day_only: bool) -> Vec<RowOutcome> {
    let job = rig.write(Change::StartImport { what: "互动.csv".into() }).job.unwrap();
    let rows = (1..).zip(rows).map(|(row, touch)| ImportRow::Touch { touch: touch.clone(), row, day_only });
    let outcomes = rig.write(Change::ImportRows { job, rows: rows.collect() }).outcomes;
    rig.write(Change::FinishImport { job });
    outcomes
}

fn said(rig: &Rig, customer: i64, summary: &str) -> NewTouch {
    NewTouch { summary: summary.into(), ..talk(customer, rig.now) }
}

const SAME: RowOutcome = RowOutcome::Same;
const MADE: RowOutcome = RowOutcome::Made;

/// Edits a field of the newest touch.
fn correct(rig: &mut Rig, field: Field, was: Value, to: Value) {
    let id = rig.count("SELECT max(id) FROM touch");
    let rev = rig.count(&format!("SELECT rev FROM touch WHERE id={id}"));
    rig.write(Change::Edit { row: Row { noun: Noun::Touch, id }, rev, set: vec![Edited { field, was, to }] });
}

#[test]
fn k56_a_touch_whose_summary_or_time_was_corrected_is_known_as_it_was_and_as_it_is() {
    let mut rig = rig();
    let id = rig.customer("恒远物流");
    let row = said(&rig, id, "电话勾通");
    assert_eq!(read(&mut rig, std::slice::from_ref(&row)), [MADE]);
    rig.at("2024-05-21T02:00:00Z");
    correct(&mut rig, Field::TouchSummary, Value::text("电话勾通"), Value::text("电话沟通"));
    let at = row.at.timestamp_millis();
    for later in [-3_600_000, -3 * 86_400_000] {
        correct(&mut rig, Field::TouchAt, Value::Moment(at), Value::Moment(at + later));
        assert_eq!(read(&mut rig, std::slice::from_ref(&row)), [SAME], "{later}");
        let corrected = NewTouch {
            summary: "电话沟通".into(),
            at: row.at + chrono::TimeDelta::milliseconds(later),
            ..row.clone()
        };
        assert_eq!(read(&mut rig, &[corrected]), [SAME], "{later}");
        correct(&mut rig, Field::TouchAt, Value::Moment(at + later), Value::Moment(at));
    }
    rig.sound();
}

#[test]
fn k56_a_row_is_no_twin_of_a_touch_that_another_row_of_its_file_means() {
    let mut rig = rig();
    let id = rig.customer("恒远物流");
    let (typo, right) = (said(&rig, id, "电话勾通"), said(&rig, id, "电话沟通"));
    read(&mut rig, std::slice::from_ref(&typo));
    correct(&mut rig, Field::TouchSummary, Value::text("电话勾通"), Value::text("电话沟通"));
    // what the touch is called now is another talk of that day
    assert_eq!(read(&mut rig, &[typo.clone(), right.clone()]), [SAME, MADE]);
    assert_eq!(read(&mut rig, &[right.clone(), typo.clone()]), [SAME, SAME]);
    assert_eq!(read(&mut rig, &[typo, right]), [SAME, SAME]);
    assert_eq!(rig.count("SELECT count(*) FROM touch"), 2);
    rig.sound();
}

#[test]
fn k56_promises_that_were_added_or_removed_since_hide_no_touch() {
    let mut rig = rig();
    let id = rig.customer("恒远物流");
    let promised = |rig: &Rig, summary: &str, next: &[NewTask]| NewTouch {
        next: next.to_vec(),
        closed: false,
        ..said(rig, id, summary)
    };
    let (send, call) = (next("寄样品", "2024-05-23"), next("回访", "2024-05-24"));
    let rows = [
        promised(&rig, "甲", std::slice::from_ref(&send)),
        promised(&rig, "乙", &[send.clone(), call.clone()]),
        promised(&rig, "丙", &[]),
    ];
    assert_eq!(read(&mut rig, &rows), [MADE, MADE, MADE]);
    rig.at("2024-05-21T02:00:00Z");
    for touch in 1..=3 {
        let touch = (id << 20) + touch;
        let next = Some(next("发报价", "2024-05-25"));
        rig.write(Change::Outcome { touch, kind: "answered".into(), note: None, next });
    }
    assert_eq!(rig.count("SELECT count(*) FROM task"), 6);
    assert_eq!(read(&mut rig, &rows), [SAME, SAME, SAME]);
    // one of them was kept, the other is none any more
    for text in ["寄样品", "回访"] {
        let task = rig.count(&format!("SELECT max(id) FROM task WHERE text='{text}'"));
        let row = Row { noun: Noun::Task, id: task };
        rig.write(Change::Remove { row, rev: 1 });
    }
    assert_eq!(read(&mut rig, &rows), [SAME, SAME, SAME]);
    assert_eq!(rig.count("SELECT count(*) FROM touch"), 3);
    // what somebody promised here is no promise of a file, and another promise is another talk
    let others = [promised(&rig, "甲", &[next("发报价", "2024-05-25")]), promised(&rig, "甲", &[call])];
    let others = others.map(|row| NewTouch { at: rows[0].at, ..row });
    assert_eq!(read(&mut rig, &others), [MADE, MADE]);
    rig.sound();
}

#[test]
fn k56_a_row_without_a_promise_means_the_touch_without_one_first() {
    let mut rig = rig();
    let id = rig.customer("恒远物流");
    let bare = said(&rig, id, "电话沟通");
    let with = NewTouch { next: vec![next("回访", "2024-05-24")], closed: false, ..bare.clone() };
    assert_eq!(read(&mut rig, &[with.clone(), bare.clone()]), [MADE, MADE]);
    assert_eq!(read(&mut rig, &[bare.clone(), with.clone()]), [SAME, SAME]);
    // where somebody has cleared the cell the talk is the same
    let mut rig = super::rig();
    let id = rig.customer("恒远物流");
    assert_eq!(id << 20, with.customer.0 << 20);
    assert_eq!(read(&mut rig, &[with]), [MADE]);
    assert_eq!(read(&mut rig, &[bare]), [SAME]);
    rig.sound();
}

#[test]
fn k56_a_row_of_a_day_is_known_whenever_on_that_day_the_talk_was_written_down() {
    let mut rig = rig();
    let id = rig.customer("恒远物流");
    let touch = said(&rig, id, "电话沟通");
    rig.write(Change::LogTouch(Box::new(NewTouch { closed: true, ..touch.clone() })));
    let noon = NewTouch { at: "2024-05-20T04:00:00Z".parse().unwrap(), closed: true, ..touch };
    rig.at("2024-05-20T09:00:00Z");
    assert_eq!(read(&mut rig, std::slice::from_ref(&noon)), [MADE], "at noon there was another");
    rig.write(Change::Undo(None));
    assert_eq!(read_days(&mut rig, &[noon], true), [SAME]);
    rig.sound();
}

#[test]
fn k56_a_touch_of_a_campaign_is_known_in_a_ledger_which_names_none() {
    let mut rig = rig();
    let id = rig.customer("恒远物流");
    let touch = NewTouch { closed: true, ..said(&rig, id, "邀请参加品鉴会") };
    let of_campaign = NewTouch { campaign: Some("M1".into()), ..touch.clone() };
    rig.write(Change::LogTouch(Box::new(of_campaign)));
    assert_eq!(read(&mut rig, &[touch]), [SAME]);
    rig.sound();
}

#[test]
fn k56_a_batch_that_is_sent_again_finds_its_own_rows() {
    let mut rig = rig();
    let id = rig.customer("恒远物流");
    let job = rig.write(Change::StartImport { what: "互动.csv".into() }).job.unwrap();
    let touch = said(&rig, id, "电话沟通");
    let rows = |n: i64| {
        (1..=n).map(|row| ImportRow::Touch { touch: touch.clone(), row, day_only: false }).collect::<Vec<_>>()
    };
    let send = |rig: &mut Rig, rows: Vec<ImportRow>| {
        let envelope =
            Envelope { request: "rows".into(), change: Change::ImportRows { job, rows }, reason: None };
        rig.store.write(&rig.me, &envelope, rig.now).unwrap().outcomes
    };
    assert_eq!(send(&mut rig, rows(2)), [MADE, MADE]);
    // with other bounds, as where the first sending was cut
    assert_eq!(send(&mut rig, rows(3)), [SAME, SAME, MADE]);
    rig.write(Change::FinishImport { job });
    assert_eq!(rig.count("SELECT count(*) FROM touch"), 3);
    rig.sound();
}
