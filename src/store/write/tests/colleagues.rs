//! What one may do of a colleague's: their tasks, touches in their name, what everybody shares.

use super::*;
use crate::domain::change::TaskRef;

/// A customer of the first person's with a task due on the 21st, and a colleague of theirs who writes from then on.
fn colleagues(role: &str, department: &str) -> (Rig, i64, TaskRef) {
    let mut rig = rig();
    rig.store.db.execute("UPDATE person SET department='sales', rev=rev+1", []).unwrap();
    let id = rig.customer("恒远物流");
    let task = next("寄合同", "2024-05-21");
    let made = rig.write(Change::AddTask { customer: CustomerId(id), task }).made.unwrap().id;
    rig.me = rig.person("li", role, department);
    (rig, id, TaskRef::Stored(made))
}

/// Ticking, putting aside and moving a task.
fn acts(task: &TaskRef) -> [Change; 3] {
    [
        Change::Snooze { task: task.clone(), until: "2024-05-25".parse().unwrap(), reason: "出差".into() },
        Change::Reschedule { task: task.clone(), due: next("", "2024-05-28").due },
        Change::Done(vec![task.clone()]),
    ]
}

#[test]
fn a_colleagues_task_is_moved_and_ticked_by_who_shares_the_customer_stands_in_or_supervises_and_nobody_else()
{
    for (role, department) in [("rep", "sales"), ("rep", "service"), ("manager", "service")] {
        let (mut rig, id, task) = colleagues(role, department);
        for change in acts(&task) {
            assert_eq!(rig.attempt(change), Err(StoreError::Denied(Verb::Supervise)), "{role} {department}");
        }
        let cause = TaskRef::Cause {
            customer: CustomerId(id),
            cause: format!("silence:{id}:2024-01-01"),
            text: "久未联系".into(),
            due: "2024-05-20".parse().unwrap(),
        };
        assert_eq!(rig.attempt(Change::Done(vec![cause])), Err(StoreError::Denied(Verb::Supervise)));
        // what one has asked for oneself one may take back
        let own = rig.write(Change::AddTask { customer: CustomerId(id), task: next("回电", "2024-05-22") });
        rig.write(Change::Done(vec![TaskRef::Stored(own.made.unwrap().id)]));
    }
    let (mut rig, _, task) = colleagues("manager", "sales");
    for change in acts(&task) {
        rig.write(change);
    }
    let (mut rig, id, task) = colleagues("rep", "service");
    let sql = "INSERT INTO customer_share(customer_id,person_id,at) VALUES(?1,?2,0)";
    rig.store.db.execute(sql, (id, rig.me.id.0)).unwrap();
    for change in acts(&task) {
        rig.write(change);
    }
    let (mut rig, _, task) = colleagues("rep", "service");
    let away = "UPDATE person SET deputy_id=?1, away_from='2024-05-19', rev=rev+1 WHERE id=1";
    rig.store.db.execute(away, [rig.me.id.0]).unwrap();
    for change in acts(&task) {
        rig.write(change);
    }
}

#[test]
fn a_talk_with_a_colleagues_silent_customer_ends_the_silence() {
    let (mut rig, id, _) = colleagues("rep", "service");
    let admin = rig.store.actor("wang", Via::Screen, "s1").unwrap().unwrap();
    let rep = std::mem::replace(&mut rig.me, admin);
    let silence = TaskRef::Cause {
        customer: CustomerId(id),
        cause: format!("silence:{id}:2024-01-01"),
        text: "久未联系".into(),
        due: "2024-05-20".parse().unwrap(),
    };
    rig.write(Change::Reschedule { task: silence, due: next("", "2024-05-22").due });
    rig.me = rep;
    let inbound =
        NewTouch { kind: "inbound".into(), channel: Some("phone".into()), closed: true, ..talk(id, rig.now) };
    rig.write(Change::LogTouch(Box::new(inbound)));
    assert_eq!(rig.text("SELECT state FROM task WHERE kind='silence'").as_deref(), Some("done"));
    rig.sound();
}

#[test]
fn a_touch_in_a_colleagues_name_takes_the_right_to_act_for_them() {
    let touch = |id: i64, now: Now| {
        let by = Some(crate::domain::people::PersonId(1));
        Change::LogTouch(Box::new(NewTouch {
            by,
            kind: "inbound".into(),
            channel: Some("phone".into()),
            closed: true,
            ..talk(id, now)
        }))
    };
    let (mut rig, id, _) = colleagues("rep", "sales");
    let change = touch(id, rig.now);
    assert_eq!(rig.attempt(change), Err(StoreError::Denied(Verb::Supervise)));
    assert_eq!(rig.count("SELECT count(*) FROM touch"), 0);
    let (mut rig, id, _) = colleagues("manager", "sales");
    let change = touch(id, rig.now);
    rig.write(change);
    assert_eq!(rig.count("SELECT person_id FROM touch"), 1);
}

#[test]
fn a_view_that_everybody_shares_is_changed_only_by_who_may_take_it_away() {
    let (mut rig, ..) = colleagues("rep", "sales");
    let save = |filter: &str, shared: bool| Change::SaveView {
        name: "催办".into(),
        filter: filter.into(),
        sort: "due".into(),
        descending: false,
        shared,
    };
    rig.write(save("due:<3d", true));
    assert_eq!(rig.attempt(save("is:idle", true)), Err(StoreError::Denied(Verb::Edit)));
    rig.write(save("is:idle", false));
    assert_eq!(rig.text("SELECT filter FROM saved_view WHERE person_id IS NULL").as_deref(), Some("due:<3d"));
    rig.me = rig.person("zhao", "manager", "service");
    rig.write(save("is:idle", true));
    assert_eq!(rig.text("SELECT filter FROM saved_view WHERE person_id IS NULL").as_deref(), Some("is:idle"));
}

#[test]
fn f8_a_session_over_ssh_does_not_name_files_of_the_server() {
    let mut rig = rig();
    let now = rig.now;
    let folder = tempfile::tempdir().unwrap();
    let set =
        Change::Set { key: "history_place".into(), value: folder.path().join("heads").display().to_string() };
    for (place, answer) in [("192.0.2.7", Err(StoreError::Denied(Verb::Configure))), ("", Ok(1))] {
        rig.store.begin_session(&rig.me, place, now).unwrap();
        assert_eq!(rig.attempt(set.clone()).map(|r| r.rows), answer, "{place:?}");
    }
}

#[test]
fn a_task_that_a_head_writes_is_the_owners_only_in_their_own_department() {
    for (department, owners) in [("sales", true), ("service", false)] {
        let (mut rig, id, _) = colleagues("manager", department);
        let me = rig.me.id.0;
        let task = next("回电", "2024-05-22");
        let made = rig.write(Change::AddTask { customer: CustomerId(id), task }).made.unwrap().id;
        let whose = rig.count(&format!("SELECT owner_id FROM task WHERE id={made}"));
        assert_eq!(whose, if owners { 1 } else { me }, "{department}");
    }
}
