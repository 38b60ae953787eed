//! Campaigns, plans and budgets in the write path: who is touched and who is left out with the reason, shares to the fen,
//! a run as one job, the evaluation and the tasks in the queue, versions, approval.

use super::*;
use crate::domain::budget::Standing;
use crate::domain::change::TaskRef;
use crate::domain::field::Row;
use crate::domain::guard::Finding;
use crate::domain::queue::{Queue, Reason};
use crate::store::request::{Answer, CampaignRow, Members, PlanRow, Query};

pub(super) fn text(field: Field, value: &str) -> (Field, Value) {
    (field, Value::text(value))
}

pub(super) fn day(field: Field, value: &str) -> (Field, Value) {
    (field, Value::Day(value.parse().unwrap()))
}

fn campaign(filter: &str, more: &[(Field, Value)]) -> Change {
    let mut set = vec![
        text(Field::CampaignName, "夏季唤醒"),
        text(Field::CampaignFilter, filter),
        text(Field::CampaignChannel, "sms"),
        day(Field::CampaignStarts, "2024-05-20"),
        day(Field::CampaignEnds, "2024-05-31"),
    ];
    set.extend_from_slice(more);
    Change::Add { noun: Noun::Campaign, customer: CustomerId(0), set }
}

pub(super) fn made(rig: &mut Rig, filter: &str, more: &[(Field, Value)]) -> i64 {
    rig.write(campaign(filter, more)).made.unwrap().id
}

pub(super) fn row(rig: &Rig, id: i64) -> CampaignRow {
    match rig.store.ask(&rig.me, &Query::Campaigns, rig.now) {
        Ok(Answer::Campaigns(rows)) => rows.into_iter().find(|c| c.id == id).unwrap(),
        other => panic!("{other:?}"),
    }
}

fn members(rig: &Rig, id: i64) -> Members {
    match rig.store.ask(&rig.me, &Query::Members(id), rig.now) {
        Ok(Answer::Members(members)) => *members,
        other => panic!("{other:?}"),
    }
}

pub(super) fn run(rig: &Rig, id: i64) -> Change {
    Change::RunCampaign { campaign: id, rev: row(rig, id).rev }
}

pub(super) fn queue(rig: &Rig) -> Queue {
    match rig.store.ask(&rig.me, &Query::Queue { owner: None, whole: true, ahead: 14 }, rig.now) {
        Ok(Answer::Queue(queue)) => queue,
        other => panic!("{other:?}"),
    }
}

/// So many customers who have agreed to be touched.
pub(super) fn customers(rig: &mut Rig, count: usize) -> Vec<i64> {
    (0..count)
        .map(|n| {
            let id = rig.customer(&format!("客户{n:03}"));
            let set = vec![
                text(Field::ConsentState, "given"),
                text(Field::ConsentPurpose, "营销"),
                text(Field::ConsentWay, "短信"),
                day(Field::ConsentOn, "2024-05-01"),
            ];
            rig.write(Change::Add { noun: Noun::Consent, customer: CustomerId(id), set });
            id
        })
        .collect()
}

fn opt_out(rig: &mut Rig, customer: i64, channel: &str) {
    let set = vec![text(Field::OptOutChannel, channel), day(Field::OptOutSince, "2024-05-01")];
    rig.write(Change::Add { noun: Noun::OptOut, customer: CustomerId(customer), set });
}

pub(super) fn offer(rig: &mut Rig, customer: i64, product: &str) {
    let at = "2024-05-10T02:00:00Z".parse().unwrap();
    let touch =
        NewTouch { product: Some(product.into()), ..NewTouch::plain(CustomerId(customer), at, "推荐") };
    rig.write(Change::LogTouch(Box::new(touch)));
}

#[test]
fn h52_one_touch_each_for_whoever_may_be_touched_the_cost_shared_to_the_fen_and_the_others_named() {
    let mut rig = rig();
    let ids = customers(&mut rig, 5);
    opt_out(&mut rig, ids[1], "sms");
    opt_out(&mut rig, ids[3], "phone");
    let id = made(&mut rig, "is:idle", &[(Field::CampaignCost, Value::Money(Fen(1_002)))]);
    let look = members(&rig, id);
    assert_eq!((look.preview, look.touched, look.looked), (true, 4, 5));
    assert_eq!(look.why, [("opted_out".to_owned(), 1)]);
    assert_eq!(rig.count("SELECT count(*) FROM touch"), 0, "a look ahead writes nothing");
    let run = run(&rig, id);
    rig.write(run);
    let shares = rig.text("SELECT group_concat(cost_fen) FROM (SELECT cost_fen FROM touch ORDER BY id)");
    assert_eq!(shares, Some("251,251,250,250".into()));
    let counted = "SELECT count(*) FROM touch WHERE job_id IS NULL AND recorded_at=at AND late=0";
    assert_eq!(rig.count(counted), 4, "written down as they happened, which timeliness counts (kpis.md C2)");
    let ran = row(&rig, id);
    assert_eq!((ran.state.as_str(), ran.touched, ran.left_out), ("running", 4, 1));
    let after = members(&rig, id);
    let out = after.rows.iter().find(|m| m.customer == ids[1]).unwrap();
    assert_eq!(out.state, "left_out");
    assert!(matches!(out.findings.as_slice(), [Finding::OptedOut { channel, .. }] if channel == "sms"));
    assert_eq!(
        rig.count("SELECT count(*) FROM touch WHERE campaign='M1' AND kind='proactive' AND channel='sms' AND closed=1"),
        4
    );
    rig.sound();
}

#[test]
fn a_run_is_one_job_that_is_undone_as_a_whole_and_can_be_brought_back() {
    let mut rig = rig();
    let ids = customers(&mut rig, 230);
    opt_out(&mut rig, ids[0], "all");
    let id = made(&mut rig, "is:idle", &[(Field::CampaignCost, Value::Money(Fen(50_000)))]);
    let change = run(&rig, id);
    let receipt = rig.write(change);
    assert!(receipt.job.is_some());
    assert_eq!(rig.count("SELECT count(*) FROM touch"), 229);
    assert_eq!(rig.count("SELECT sum(cost_fen) FROM touch"), 50_000);
    assert_eq!(rig.count("SELECT count(*) FROM campaign_member"), 230);
    rig.write(Change::Undo(None));
    assert_eq!(
        rig.count("SELECT count(*) FROM touch") + rig.count("SELECT count(*) FROM campaign_member"),
        0
    );
    let back = row(&rig, id);
    assert_eq!((back.state.as_str(), back.touched, back.left_out), ("draft", 0, 0));
    rig.sound();
    rig.write(Change::Redo);
    assert_eq!(rig.count("SELECT count(*) FROM touch"), 229);
    assert_eq!(row(&rig, id).state, "running");
    rig.sound();
}

#[test]
fn a_run_that_was_cut_goes_on_where_it_stopped_and_nobody_is_touched_twice() {
    let mut rig = rig();
    customers(&mut rig, 150);
    let id = made(&mut rig, "is:idle", &[(Field::CampaignCost, Value::Money(Fen(1_000)))]);
    let change = run(&rig, id);
    let receipt = rig.write(change);
    // as if the program had been killed after the first batch
    let last = rig.count("SELECT max(id) FROM change WHERE verb='campaign'");
    let cut = rig.count("SELECT touched FROM campaign")
        - rig.count(&format!("SELECT count(*) FROM change_row WHERE change_id={last} AND tbl='touch'"));
    assert_eq!(cut, 100);
    rig.store
        .db
        .execute_batch(&format!(
            "DELETE FROM find_touch WHERE rowid IN (SELECT row_id FROM change_row WHERE change_id={last} AND tbl='touch');
             DELETE FROM campaign_member WHERE touch_id IN (SELECT row_id FROM change_row WHERE change_id={last} AND tbl='touch');
             DELETE FROM touch WHERE id IN (SELECT row_id FROM change_row WHERE change_id={last} AND tbl='touch');
             UPDATE campaign SET touched=100, rev=rev+1; UPDATE job SET state='running'"
        ))
        .unwrap();
    assert!(row(&rig, id).cut);
    let change = run(&rig, id);
    let again = rig.write(change);
    assert_eq!(again.job, receipt.job);
    assert_eq!(rig.count("SELECT count(*) FROM touch"), 150);
    assert_eq!(rig.count("SELECT count(DISTINCT customer_id) FROM touch"), 150);
    assert_eq!(rig.count("SELECT sum(cost_fen) FROM touch"), 1_000);
    let ran = row(&rig, id);
    assert_eq!((ran.touched, ran.cut), (150, false));
    assert!(matches!(
        rig.attempt(run(&rig, id)),
        Err(StoreError::Invalid(Invalid { problem: Problem::HasRun, .. }))
    ));
}

#[test]
fn k19_whom_a_colleague_offered_the_product_is_put_back_with_a_reason_that_stays_with_the_touch() {
    let mut rig = rig();
    let ids = customers(&mut rig, 2);
    offer(&mut rig, ids[0], "P产品");
    opt_out(&mut rig, ids[1], "all");
    let id = made(&mut rig, "is:idle", &[text(Field::CampaignProduct, "P产品")]);
    assert_eq!(members(&rig, id).touched, 0);
    assert!(matches!(
        rig.attempt(run(&rig, id)),
        Err(StoreError::Invalid(Invalid { problem: Problem::NobodyLeft, .. }))
    ));
    let back = |customer: i64, reason: Option<&str>| Change::PutBack {
        campaign: id,
        customer: CustomerId(customer),
        reason: reason.map(Into::into),
    };
    assert!(matches!(rig.attempt(back(ids[0], Some(" "))), Err(StoreError::Invalid(_))));
    assert!(matches!(rig.attempt(back(ids[1], Some("试试"))), Err(StoreError::Guarded(_))));
    rig.write(back(ids[0], Some("客户主动问过")));
    let look = members(&rig, id);
    assert_eq!((look.touched, look.rows[1].state.as_str()), (1, "put_back"));
    rig.write(back(ids[0], None));
    assert_eq!(members(&rig, id).touched, 0);
    rig.write(back(ids[0], Some("客户主动问过")));
    let run = run(&rig, id);
    rig.write(run);
    assert_eq!(rig.text("SELECT override FROM touch WHERE campaign='M1'"), Some("客户主动问过".into()));
    rig.sound();
}

#[test]
fn g49_a_script_that_is_not_approved_blocks_the_whole_campaign() {
    let mut rig = rig();
    customers(&mut rig, 2);
    let script = vec![text(Field::ScriptTitle, "自己的话术"), text(Field::ScriptText, "您好")];
    rig.write(Change::Add { noun: Noun::Script, customer: CustomerId(0), set: script });
    let id = made(&mut rig, "is:idle", &[text(Field::CampaignScript, "自己的话术")]);
    assert!(members(&rig, id).blocked.is_some());
    let Err(StoreError::Guarded(found)) = rig.attempt(run(&rig, id)) else { panic!("it ran") };
    assert!(matches!(found.as_slice(), [Finding::Script { .. }]));
    assert_eq!(rig.count("SELECT count(*) FROM touch"), 0);
}

#[test]
fn x40_unknown_consent_and_unchecked_records_are_left_out_unless_a_setting_lets_them_pass() {
    let mut rig = rig();
    rig.customer("无授权");
    let id = made(&mut rig, "is:idle", &[]);
    assert_eq!(members(&rig, id).why, [("consent_unknown".to_owned(), 1)], "nobody could check alone");
    rig.person("li", "rep", "sales");
    let ids: Vec<String> = members(&rig, id).why.into_iter().map(|(id, _)| id).collect();
    assert_eq!(ids, ["consent_unknown", "unchecked"]);
    rig.write(Change::Set { key: "mass_consent".into(), value: "noted".into() });
    assert_eq!(members(&rig, id).why, [("unchecked".to_owned(), 1)]);
    rig.write(Change::Set { key: "mass_unchecked".into(), value: "noted".into() });
    assert_eq!(members(&rig, id).touched, 1);
}

#[test]
fn d19_a_cost_is_approved_before_a_rep_spends_it_and_a_changed_one_anew() {
    let mut rig = rig();
    customers(&mut rig, 1);
    rig.write(Change::Set { key: "mass_unchecked".into(), value: "noted".into() });
    let boss = rig.me.clone();
    rig.me = rig.person("li", "rep", "sales");
    let id = made(&mut rig, "is:idle", &[(Field::CampaignCost, Value::Money(Fen(100)))]);
    let unapproved = |r: Result<Receipt, StoreError>| {
        matches!(r, Err(StoreError::Invalid(Invalid { problem: Problem::CostNotApproved, .. })))
    };
    assert!(unapproved(rig.attempt(run(&rig, id))));
    let approve =
        |rig: &Rig| Change::ApproveCost { row: Row { noun: Noun::Campaign, id }, rev: row(rig, id).rev };
    assert!(matches!(rig.attempt(approve(&rig)), Err(StoreError::Denied(Verb::Approve))));
    let rep = std::mem::replace(&mut rig.me, boss.clone());
    let change = approve(&rig);
    rig.write(change);
    rig.me = rep.clone();
    assert_eq!(row(&rig, id).approved_by.as_deref(), Some("王敏"));
    let set =
        vec![Edited { field: Field::CampaignCost, was: Value::Money(Fen(100)), to: Value::Money(Fen(200)) }];
    let rev = row(&rig, id).rev;
    rig.write(Change::Edit { row: Row { noun: Noun::Campaign, id }, rev, set });
    assert!(unapproved(rig.attempt(run(&rig, id))));
    rig.me = boss;
    let change = approve(&rig);
    rig.write(change);
    rig.me = rep;
    let change = run(&rig, id);
    rig.write(change);
    assert_eq!(rig.count("SELECT sum(cost_fen) FROM touch"), 200);
}

#[test]
fn d19_h37_what_every_customer_gets_is_a_cost_to_be_approved_and_another_offer_is_approved_anew() {
    let money = |yuan: i64| Value::Money(Fen(yuan * 100));
    for (offer, field) in [
        (vec![(Field::CampaignFace, money(20))], Field::CampaignFace),
        (vec![(Field::CampaignPrice, money(299)), (Field::CampaignOffer, money(199))], Field::CampaignPrice),
        (vec![(Field::CampaignPrice, money(299)), (Field::CampaignOffer, money(199))], Field::CampaignOffer),
    ] {
        let mut rig = rig();
        customers(&mut rig, 1);
        rig.write(Change::Set { key: "mass_unchecked".into(), value: "noted".into() });
        let boss = rig.me.clone();
        rig.me = rig.person("li", "rep", "sales");
        let id = made(&mut rig, "is:idle", &offer);
        let of = Row { noun: Noun::Campaign, id };
        let unapproved = |rig: &mut Rig| {
            let change = run(rig, id);
            matches!(
                rig.attempt(change),
                Err(StoreError::Invalid(Invalid { problem: Problem::CostNotApproved, .. }))
            )
        };
        assert!(unapproved(&mut rig), "{field:?}");
        let rep = std::mem::replace(&mut rig.me, boss.clone());
        let rev = row(&rig, id).rev;
        rig.write(Change::ApproveCost { row: of, rev });
        rig.me = rep;
        let was = offer.iter().find(|(f, _)| *f == field).unwrap().1.clone();
        let set = vec![Edited { field, was, to: money(250) }];
        let rev = row(&rig, id).rev;
        rig.write(Change::Edit { row: of, rev, set });
        assert_eq!(row(&rig, id).approved_by, None, "{field:?}");
        if field == Field::CampaignOffer {
            let set = vec![Edited { field, was: money(250), to: money(299) }];
            let rev = row(&rig, id).rev;
            rig.write(Change::Edit { row: of, rev, set });
            assert!(!row(&rig, id).costs(), "a package at its price gives nothing away");
        } else {
            assert!(unapproved(&mut rig), "{field:?}");
            rig.me = boss.clone();
            let rev = row(&rig, id).rev;
            rig.write(Change::ApproveCost { row: of, rev });
        }
        let change = run(&rig, id);
        rig.write(change);
        // no customer's budget bears it (D21)
        assert_eq!(rig.count("SELECT sum(cost_fen) FROM touch"), 0);
        rig.sound();
    }
}

#[test]
fn h37_a_run_asks_again_inside_its_transactions_whether_it_may() {
    let folder = tempfile::tempdir().unwrap();
    let (mut rig, other) = rig_and_other(folder.path());
    customers(&mut rig, 3);
    rig.write(Change::Set { key: "mass_unchecked".into(), value: "noted".into() });
    let id = made(&mut rig, "is:idle", &[(Field::CampaignCost, Value::Money(Fen(100)))]);
    rig.me = rig.person("head", "manager", "sales");
    let change = run(&rig, id);
    assert_eq!(rig.demoted_meanwhile(&other, change), Err(StoreError::Denied(Verb::Approve)));
    assert_eq!(rig.count("SELECT count(*) FROM touch"), 0);
}

#[test]
fn g25_the_evaluation_stands_in_the_owners_queue_once_a_month_after_the_end_until_it_is_written() {
    let mut rig = rig();
    customers(&mut rig, 1);
    let id = made(&mut rig, "is:idle", &[]);
    let run = run(&rig, id);
    rig.write(run);
    let due =
        |rig: &Rig| queue(rig).today.iter().filter(|i| matches!(i.reason, Reason::Evaluation { .. })).count();
    rig.at("2024-06-29T15:59:00Z");
    assert_eq!(due(&rig), 0);
    rig.at("2024-06-30T02:00:00Z");
    assert_eq!(due(&rig), 1);
    assert_eq!(queue(&rig).today.iter().filter(|i| i.name == "夏季唤醒").count(), 1);
    // it is not ticked off, it is written
    let tick = Change::Done(vec![TaskRef::Row(Row { noun: Noun::Campaign, id })]);
    assert!(rig.attempt(tick).is_err());
    let rev = row(&rig, id).rev;
    rig.write(edit(Noun::Campaign, id, rev, Field::CampaignResult, "", "响应率12%,下次改用企业微信"));
    assert_eq!((due(&rig), row(&rig, id).state.as_str()), (0, "done"));
    // what was sent stands as it was sent
    let rev = row(&rig, id).rev;
    assert!(matches!(
        rig.attempt(edit(Noun::Campaign, id, rev, Field::CampaignFilter, "is:idle", "segment:high")),
        Err(StoreError::Invalid(Invalid { problem: Problem::HasRun, .. }))
    ));
    rig.sound();
}

#[test]
fn k14_k15_the_offer_goes_out_with_its_coupon_and_a_claim_is_an_answer_with_a_follow_up_and_no_order() {
    let mut rig = rig();
    let ids = customers(&mut rig, 1);
    let class = Change::Class {
        customer: CustomerId(ids[0]),
        scheme: "segment".into(),
        value: Some("dormant".into()),
        reason: None,
    };
    rig.write(class);
    let more = [
        (Field::CampaignCost, Value::Money(Fen(1_000))),
        (Field::CampaignPrice, Value::Money(Fen(29_900))),
        (Field::CampaignOffer, Value::Money(Fen(19_900))),
        text(Field::CampaignScript, "D59"),
    ];
    let id = made(&mut rig, "segment:dormant", &more);
    let run = run(&rig, id);
    rig.write(run);
    assert!(rig.count("SELECT max(cost_fen) FROM touch") <= 1_000);
    assert_eq!(rig.text("SELECT valid_to||' '||offer_fen FROM coupon"), Some("2024-05-27 19900".into()));
    rig.at("2024-05-22T02:00:00Z");
    let touch = rig.count("SELECT id FROM touch");
    let outcome =
        |kind: &str, next: Option<NewTask>| Change::Outcome { touch, kind: kind.into(), note: None, next };
    rig.write(outcome("claimed", Some(super::next("领取未下单,跟进", "2024-05-25"))));
    assert_eq!(rig.text("SELECT responded||converted||segment_then FROM touch"), Some("10dormant".into()));
    let follow =
        "SELECT group_concat(substr(cause,1,12)||' '||due_on) FROM task WHERE cause NOT LIKE 'coupon_end:%'";
    assert_eq!(rig.text(follow), Some("coupon_claim 2024-05-25".into()));
    assert_eq!(rig.count("SELECT count(*) FROM touch"), 1, "a claim is no touch of its own");
    assert_eq!(members(&rig, id).rows[0].outcome.as_deref(), Some("claimed"));
    assert_eq!((row(&rig, id).answered, row(&rig, id).ordered), (1, 0));
    // a second word about the same makes no second task
    rig.write(outcome("claimed", Some(super::next("领取未下单,跟进", "2024-05-25"))));
    assert_eq!(rig.text(follow), Some("coupon_claim 2024-05-25".into()));
    assert_eq!(rig.count("SELECT count(*) FROM task"), 2, "the coupon's end and its claim");
    rig.at("2024-05-24T02:00:00Z");
    rig.write(order(ids[0], "2024-05-23", 199));
    rig.write(outcome("ordered", None));
    assert_eq!((row(&rig, id).answered, row(&rig, id).ordered), (1, 1));
    assert_eq!(rig.text("SELECT used_on FROM coupon"), Some("2024-05-24".into()));
    assert_eq!(rig.count("SELECT order_id IS NOT NULL FROM touch"), 1);
    // the segment may change, the campaign keeps the one of the touch (F51)
    let class = Change::Class {
        customer: CustomerId(ids[0]),
        scheme: "segment".into(),
        value: Some("ordinary".into()),
        reason: None,
    };
    rig.write(class);
    assert_eq!(members(&rig, id).rows[0].segment.as_deref(), Some("dormant"));
    rig.sound();
}

#[test]
fn k60_b07_buyers_without_another_order_are_a_group_and_so_is_whoever_was_not_heard_of_for_three_months() {
    let mut rig = rig();
    let ids = customers(&mut rig, 3);
    rig.write(order(ids[0], "2023-10-01", 100));
    rig.write(order(ids[1], "2024-05-01", 100));
    let group = |rig: &mut Rig, filter: &str| {
        let id = made(rig, filter, &[]);
        let mut rows: Vec<i64> = members(rig, id).rows.into_iter().map(|m| m.customer).collect();
        rows.sort_unstable();
        rows
    };
    assert_eq!(group(&mut rig, "is:recall"), [ids[0]]);
    assert_eq!(group(&mut rig, "silent:>90d bought:>90d"), [ids[0], ids[2]]);
    assert_eq!(group(&mut rig, "bought:>19d"), [ids[0], ids[2]]);
    assert_eq!(group(&mut rig, "bought:>=19d"), ids);
    assert_eq!(group(&mut rig, "lifecycle:prospect"), [ids[2]]);
}

#[test]
fn a_group_of_mine_is_the_owners_and_a_campaign_that_ends_before_it_starts_is_refused() {
    let mut rig = rig();
    let ids = customers(&mut rig, 1);
    let id = made(&mut rig, "owner:me", &[]);
    rig.me = rig.person("boss", "admin", "sales");
    assert_eq!(members(&rig, id).rows[0].customer, ids[0]);
    let Change::Add { noun, customer, mut set } = campaign("is:idle", &[]) else { unreachable!() };
    set.retain(|(f, _)| *f != Field::CampaignEnds);
    set.push(day(Field::CampaignEnds, "2024-05-19"));
    assert!(matches!(
        rig.attempt(Change::Add { noun, customer, set }),
        Err(StoreError::Invalid(Invalid { field: Field::CampaignEnds, problem: Problem::EndsBefore }))
    ));
    let wrong = campaign("colour:red", &[]);
    assert!(matches!(
        rig.attempt(wrong),
        Err(StoreError::Invalid(Invalid { field: Field::CampaignFilter, problem: Problem::Filter(_) }))
    ));
}

fn plan(set: &[(Field, Value)]) -> Change {
    let mut all = vec![
        text(Field::PlanName, "三季度深度维系"),
        day(Field::PlanStarts, "2024-05-20"),
        day(Field::PlanEnds, "2024-09-30"),
    ];
    all.extend_from_slice(set);
    Change::Add { noun: Noun::Plan, customer: CustomerId(0), set: all }
}

fn plans(rig: &Rig) -> Vec<PlanRow> {
    match rig.store.ask(&rig.me, &Query::Plans, rig.now) {
        Ok(Answer::Plans(plans)) => plans,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a135_h41_tasks_of_a_plan_that_is_carried_out_stand_in_their_owners_queues_and_move_its_progress() {
    let mut rig = rig();
    let id = rig.write(plan(&[text(Field::PlanFilter, "segment:high")])).made.unwrap().id;
    let parent = Row { noun: Noun::Plan, id };
    let task = |owner: i64, due: &str| Change::AddTo {
        parent,
        noun: Noun::PlanTask,
        set: vec![
            text(Field::PlanTaskText, "需求调研"),
            day(Field::PlanTaskDue, due),
            (Field::PlanTaskOwner, Value::Id(owner)),
        ],
    };
    let li = rig.person("li", "rep", "sales");
    rig.write(task(li.id.0, "2024-05-20"));
    let mine = rig.write(task(rig.me.id.0, "2024-05-21")).made.unwrap();
    for (noun, set) in [
        (Noun::PlanResource, vec![text(Field::ResourceKind, "money"), text(Field::ResourceText, "礼品")]),
        (Noun::PlanTarget, vec![text(Field::TargetKpi, "retention"), text(Field::TargetValue, "90 %")]),
    ] {
        rig.write(Change::AddTo { parent, noun, set });
    }
    let boss = rig.me.clone();
    let of_plan = |rig: &Rig| {
        let queue = queue(rig);
        queue.today.iter().chain(&queue.later).filter(|i| i.reason == Reason::PlanTask).count()
    };
    assert_eq!(of_plan(&rig), 0, "a draft asks nobody");
    rig.write(Change::TurnPlan { plan: id, rev: 1 });
    assert_eq!(of_plan(&rig), 1);
    rig.me = li;
    assert_eq!(of_plan(&rig), 1);
    let other = Change::Done(vec![TaskRef::Row(mine)]);
    assert!(matches!(rig.attempt(other), Err(StoreError::Denied(_))), "that task is somebody else's");
    let task = TaskRef::Row(Row { noun: Noun::PlanTask, id: plans(&rig)[0].tasks[0].id });
    rig.write(Change::Reschedule {
        task: task.clone(),
        due: Due { day: "2024-05-22".parse().unwrap(), time: None },
    });
    rig.write(Change::Done(vec![task]));
    assert_eq!(of_plan(&rig), 0);
    rig.me = boss;
    let plan = &plans(&rig)[0];
    assert_eq!(plan.tasks.iter().filter(|t| t.done).count(), 1);
    assert_eq!((plan.resources.len(), plan.targets.len()), (1, 1));
    rig.sound();
}

#[test]
fn h44_a_plan_that_is_carried_out_is_changed_as_a_new_version_and_the_old_one_stays_readable() {
    let mut rig = rig();
    let both = plan(&[text(Field::PlanFilter, "segment:high"), (Field::PlanCustomer, Value::Id(1))]);
    assert!(rig.attempt(both).is_err());
    assert!(matches!(
        rig.attempt(plan(&[])),
        Err(StoreError::Invalid(Invalid { problem: Problem::GroupOrCustomer, .. }))
    ));
    let id = rig.write(plan(&[text(Field::PlanFilter, "segment:high")])).made.unwrap().id;
    rig.write(edit(Noun::Plan, id, 1, Field::PlanGoal, "", "续约率90%"));
    assert_eq!((plans(&rig)[0].version, plans(&rig)[0].earlier.len()), (1, 0), "a draft is just written");
    rig.write(Change::TurnPlan { plan: id, rev: 2 });
    rig.write(edit(Noun::Plan, id, 3, Field::PlanGoal, "续约率90%", "续约率95%"));
    let all = plans(&rig);
    assert_eq!(all.len(), 1);
    assert_eq!((all[0].version, all[0].goal.as_deref()), (2, Some("续约率95%")));
    assert_eq!((all[0].earlier[0].version, all[0].earlier[0].goal.as_deref()), (1, Some("续约率90%")));
    let old = all[0].earlier[0].id;
    assert!(matches!(
        rig.attempt(edit(Noun::Plan, old, 1, Field::PlanGoal, "续约率90%", "x")),
        Err(StoreError::Denied(_))
    ));
    rig.write(Change::Undo(None));
    assert_eq!((plans(&rig)[0].version, plans(&rig)[0].earlier.len()), (1, 0));
    let change = Change::Remove { row: Row { noun: Noun::Plan, id }, rev: plans(&rig)[0].rev };
    rig.write(change);
    assert!(plans(&rig).is_empty());
    rig.sound();
}

#[test]
fn a123_d21_g52_the_year_by_cost_kind_an_own_budget_once_approved_and_why_it_was_overspent() {
    let mut rig = rig();
    let id = rig.customer("宏达");
    let add = |noun: Noun, set: Vec<(Field, Value)>| Change::Add { noun, customer: CustomerId(id), set };
    let budget = |rig: &Rig| crate::store::read::budget::of(&rig.store.db, id, rig.now).unwrap();
    let rep = rig.person("li", "rep", "sales");
    rig.write(Change::Many { customers: vec![CustomerId(id)], each: Each::Assign(rep.id) });
    let boss = std::mem::replace(&mut rig.me, rep.clone());
    let amount = |fen: i64| (Field::BudgetAmount, Value::Money(Fen(fen)));
    let own =
        rig.write(add(Noun::Budget, vec![text(Field::BudgetPeriod, "2024"), amount(20_000)])).made.unwrap();
    assert_eq!(budget(&rig).budget, None, "nobody has approved it");
    assert!(matches!(
        rig.attempt(add(Noun::Budget, vec![text(Field::BudgetPeriod, "二零二四"), amount(1)])),
        Err(StoreError::Invalid(Invalid { problem: Problem::NotAYear(_) | Problem::TooLong(_), .. }))
    ));
    rig.me = boss.clone();
    rig.write(Change::ApproveCost { row: own, rev: 1 });
    let spend = |kind: &str, fen: i64| {
        add(
            Noun::Expense,
            vec![text(Field::ExpenseKind, kind), (Field::ExpenseAmount, Value::Money(Fen(fen)))],
        )
    };
    rig.write(spend("coupon", 99_900));
    rig.write(spend("reward", 100_000));
    rig.write(spend("gift", 20_000));
    let touch = NewTouch { cost: Fen(3_999), ..talk(id, rig.now) };
    rig.write(Change::LogTouch(Box::new(touch)));
    let row = budget(&rig);
    assert_eq!((row.budget, row.counting), (Some(Fen(20_000)), Some(Fen(23_999))));
    assert_eq!(
        (row.spent.coupon, row.spent.reward, row.standing),
        (Fen(99_900), Fen(100_000), Standing::Within)
    );
    rig.write(spend("gift", 1));
    assert_eq!((budget(&rig).standing, budget(&rig).explanation.clone()), (Standing::Overrun, None));
    let why = |words: &str| {
        add(Noun::Overspend, vec![text(Field::OverspendPeriod, "2024"), text(Field::OverspendWhy, words)])
    };
    rig.write(why("大客户来访"));
    rig.write(why("大客户两次来访"));
    assert_eq!(budget(&rig).explanation, Some(("大客户两次来访".into(), "王敏".into())));
    assert_eq!(rig.count("SELECT count(*) FROM overspend"), 1);
    // a budget that a rep raises is to be approved anew
    rig.me = rep;
    let set = vec![Edited {
        field: Field::BudgetAmount,
        was: Value::Money(Fen(20_000)),
        to: Value::Money(Fen(90_000)),
    }];
    rig.write(Change::Edit { row: own, rev: 2, set });
    assert_eq!(budget(&rig).budget, None);
    rig.sound();
}

#[test]
fn g27_a_coupon_of_a_campaign_is_pointed_out_before_it_ends() {
    let mut rig = rig();
    customers(&mut rig, 2);
    let id = made(&mut rig, "is:idle", &[(Field::CampaignFace, Value::Money(Fen(5_000)))]);
    let run = run(&rig, id);
    rig.write(run);
    let due = "SELECT group_concat(due_on||text) FROM task WHERE cause LIKE 'coupon_end:%' AND state='open'";
    assert_eq!(rig.text(due).unwrap(), "2024-05-25¥50 · 2024-05-27,2024-05-25¥50 · 2024-05-27");
    rig.write(Change::Undo(None));
    assert_eq!(rig.count("SELECT count(*) FROM task"), 0);
    rig.sound();
}
