//! The due of a task is one field with two columns: its day, and the time where one was given.

use super::*;
use crate::domain::date::Due;

fn due(text: &str) -> Value {
    Value::Due(Due::written(text).unwrap())
}

/// A task due on the 21st at three, and its row.
fn timed(rig: &mut Rig) -> Row {
    let id = rig.customer("恒远物流");
    let mut task = next("寄合同", "2024-05-21");
    task.due.time = "15:00:00".parse().ok();
    rig.write(Change::AddTask { customer: CustomerId(id), task }).made.unwrap()
}

fn moved(row: Row, rev: i64, was: Value, to: Value) -> Change {
    Change::Edit { row, rev, set: vec![Edited { field: Field::TaskDue, was, to }] }
}

const STANDS: &str =
    "SELECT due_on||' '||coalesce(due_time,'-')||' '||((due_at-unixepoch(due_on)*1000)/60000) FROM task";

#[test]
fn e13_a_due_is_edited_with_its_time_and_both_are_told_and_taken_back() {
    let mut rig = rig();
    let row = timed(&mut rig);
    // minutes from midnight UTC, eight hours behind
    assert_eq!(rig.text(STANDS).unwrap(), "2024-05-21 15:00 420");
    rig.write(moved(row, 1, due("2024-05-21 15:00"), due("2024-05-22 09:30")));
    assert_eq!(rig.text(STANDS).unwrap(), "2024-05-22 09:30 90");
    rig.write(moved(row, 2, due("2024-05-22 09:30"), due("2024-05-22 17:00")));
    assert_eq!(rig.text(STANDS).unwrap(), "2024-05-22 17:00 540");
    rig.write(moved(row, 3, due("2024-05-22 17:00"), due("2024-05-23")));
    assert_eq!(rig.text(STANDS).unwrap(), "2024-05-23 - 960", "a day without a time has none");
    rig.write(Change::Undo(None));
    assert_eq!(rig.text(STANDS).unwrap(), "2024-05-22 17:00 540");
    rig.sound();
}

#[test]
fn e13_a_time_that_a_colleague_has_changed_is_a_conflict_and_is_told_where_another_field_is_edited() {
    let mut rig = rig();
    let row = timed(&mut rig);
    rig.write(moved(row, 1, due("2024-05-21 15:00"), due("2024-05-21 16:00")));
    let mine = moved(row, 1, due("2024-05-21 15:00"), due("2024-05-21 17:00"));
    let Err(StoreError::Conflict { clashes, .. }) = rig.attempt(mine) else { panic!("no conflict") };
    assert_eq!((&clashes[0].theirs, &clashes[0].mine), (&due("2024-05-21 16:00"), &due("2024-05-21 17:00")));
    let text = Edited { field: Field::TaskText, was: Value::text("寄合同"), to: Value::text("寄样品") };
    let receipt = rig.write(Change::Edit { row, rev: 1, set: vec![text] });
    let merged: Vec<_> = receipt.merged.iter().map(|(field, value, _)| (*field, value.clone())).collect();
    assert_eq!(merged, [(Field::TaskDue, due("2024-05-21 16:00"))]);
    assert_eq!(rig.text(STANDS).unwrap(), "2024-05-21 16:00 480");
}
