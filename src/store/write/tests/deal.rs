//! Coupons, membership, referrals and activation: what follows from a claim, an order, an upgrade, and how an undo takes
//! the consequences along.

use super::*;
use crate::domain::books::{BookRow, Foreign};
use crate::domain::change::{ImportRow, TaskRef};
use crate::domain::coupon::NewCoupon;
use crate::store::request::{Answer, Query, RewardState};

fn money(yuan: i64) -> Value {
    Value::Money(Fen(yuan * 100))
}

fn day(text: &str) -> Value {
    Value::Day(text.parse().unwrap())
}

fn add(noun: Noun, customer: i64, set: &[(Field, Value)]) -> Change {
    Change::Add { noun, customer: CustomerId(customer), set: set.to_vec() }
}

fn task(rig: &Rig, cause: &str) -> Option<(String, String, String)> {
    rig.store
        .db
        .query_row("SELECT state, due_on, text FROM task WHERE cause=?1", [cause], |r| {
            Ok((r.get(0)?, r.get(1)?, r.get(2)?))
        })
        .optional()
        .unwrap()
}

fn state(rig: &Rig, cause: &str) -> Option<String> {
    task(rig, cause).map(|(state, ..)| state)
}

/// A customer who was sent the package of case 2 on 2024-05-20.
fn case_two(rig: &mut Rig) -> (i64, i64) {
    let customer = rig.customer("优品汇零售");
    let coupon = NewCoupon::Package { price: Fen(29_900), offer: Fen(19_900) };
    let touch = NewTouch {
        channel: Some("sms".into()),
        cost: Fen(1_000),
        script: Some("D59".into()),
        coupon: Some(coupon),
        responded: false,
        ..talk(customer, rig.now)
    };
    let touch = rig.write(Change::LogTouch(Box::new(touch))).made.unwrap().id;
    (customer, touch)
}

fn coupon(used: bool) -> Change {
    Change::Coupon { coupon: 1, used }
}

#[test]
fn k14_a_coupon_sent_with_a_touch_is_valid_for_seven_days_and_pointed_out_before_it_ends() {
    let mut rig = rig();
    let (_, touch) = case_two(&mut rig);
    assert_eq!(rig.text("SELECT valid_to FROM coupon").unwrap(), "2024-05-27");
    assert_eq!(rig.count("SELECT touch_id FROM coupon"), touch);
    assert_eq!(rig.count("SELECT cost_fen FROM touch"), 1_000);
    let end = task(&rig, "coupon_end:1").unwrap();
    assert_eq!(end, ("open".into(), "2024-05-25".into(), "¥299→199 · 2024-05-27".into()));
    assert_eq!(task(&rig, "coupon_claim:1"), None);
    rig.write(Change::Undo(None));
    assert_eq!(rig.count("SELECT count(*) FROM coupon") + rig.count("SELECT count(*) FROM task"), 0);
    rig.sound();
}

#[test]
fn k15_a_claim_without_an_order_is_an_outcome_of_the_same_touch_and_followed_up_after_three_days() {
    let mut rig = rig();
    let (customer, touch) = case_two(&mut rig);
    rig.at("2024-05-21T02:00:00Z");
    rig.write(coupon(false));
    assert_eq!(rig.text("SELECT kind FROM touch_outcome").unwrap(), "claimed");
    assert_eq!(rig.count("SELECT touch_id FROM touch_outcome"), touch);
    assert_eq!(rig.count("SELECT responded*10+converted FROM touch"), 10);
    assert_eq!(task(&rig, "coupon_claim:1").unwrap().1, "2024-05-24");
    // a second claim changes nothing: one cause, one task
    assert_eq!(rig.write(coupon(false)).rows, 0);
    assert_eq!(rig.count("SELECT count(*) FROM task"), 2);
    let heard =
        format!("SELECT count(*) FROM facts WHERE customer_id={customer} AND last_two_way IS NOT NULL");
    assert_eq!(rig.count(&heard), 1, "a claim is a two-way interaction");
    rig.write(Change::Undo(None));
    assert_eq!(rig.count("SELECT responded FROM touch"), 0);
    assert_eq!(task(&rig, "coupon_claim:1"), None);
    rig.sound();
}

#[test]
fn k17_two_sets_at_199_use_the_coupon_and_the_touch_has_converted() {
    let mut rig = rig();
    let (customer, touch) = case_two(&mut rig);
    rig.write(coupon(false));
    rig.at("2024-05-24T02:00:00Z");
    rig.write(order(customer, "2024-05-24", 398));
    rig.write(coupon(true));
    assert_eq!(rig.text("SELECT used_on FROM coupon").unwrap(), "2024-05-24");
    assert_eq!(rig.count("SELECT converted FROM touch"), 1);
    assert_eq!(rig.count(&format!("SELECT order_id=(SELECT id FROM orders) FROM touch WHERE id={touch}")), 1);
    assert_eq!(rig.count("SELECT spend_total FROM facts"), 39_800);
    for cause in ["coupon_end:1", "coupon_claim:1"] {
        assert_eq!(state(&rig, cause).as_deref(), Some("dropped"));
    }
    let kinds = "SELECT group_concat(kind) FROM (SELECT kind FROM touch_outcome ORDER BY id)";
    assert_eq!(rig.text(kinds).unwrap(), "claimed,ordered");
    rig.write(Change::Undo(None));
    assert_eq!(state(&rig, "coupon_claim:1").as_deref(), Some("open"));
    rig.sound();
}

#[test]
fn k14_a_coupon_that_has_ended_takes_no_order_of_later_and_two_coupons_not_the_same_one() {
    let mut rig = rig();
    let (customer, _) = case_two(&mut rig);
    rig.at("2024-05-28T02:00:00Z");
    rig.write(order(customer, "2024-05-28", 398));
    assert!(matches!(
        rig.attempt(coupon(true)).unwrap_err(),
        StoreError::Invalid(Invalid { field: Field::CouponUsed, problem: Problem::Ended(day) }) if day == "2024-05-27"
    ));
    // one of its last day is, whenever it is written down
    rig.write(order(customer, "2024-05-27", 199));
    rig.write(coupon(true));
    assert_eq!(rig.text("SELECT used_on FROM coupon").unwrap(), "2024-05-27");
    let second = [(Field::CouponFace, money(100)), (Field::CouponIssued, day("2024-05-20"))];
    rig.write(add(Noun::Coupon, customer, &second));
    assert!(rig.attempt(Change::Coupon { coupon: 2, used: true }).is_err(), "its order is the other's");
    rig.sound();
}

#[test]
fn g27_a_reminder_that_was_put_to_another_day_stays_there_until_its_coupon_ends_on_another() {
    let mut rig = rig();
    case_two(&mut rig);
    let id = rig.count("SELECT id FROM task WHERE cause='coupon_end:1'");
    let due = Due { day: "2024-05-22".parse().unwrap(), time: None };
    rig.write(Change::Reschedule { task: TaskRef::Stored(id), due });
    rig.write(edit(Noun::Coupon, 1, 1, Field::CouponNote, "", "已电话告知"));
    assert_eq!(task(&rig, "coupon_end:1").unwrap().1, "2024-05-22");
    rig.write(edit_day(Noun::Coupon, 1, 2, Field::CouponValid, "2024-05-27", "2024-05-30"));
    assert_eq!(task(&rig, "coupon_end:1").unwrap().1, "2024-05-28");
    rig.sound();
}

#[test]
fn g27_a_reminder_of_before_the_day_of_its_cause_was_kept_moves_unless_somebody_has_moved_it() {
    for moved in [false, true] {
        let mut rig = rig();
        case_two(&mut rig);
        let id = rig.count("SELECT id FROM task WHERE cause='coupon_end:1'");
        rig.store.db.execute("UPDATE task SET event_on=NULL, rev=rev+1 WHERE id=?1", [id]).unwrap();
        let due = Due { day: "2024-05-22".parse().unwrap(), time: None };
        if moved {
            rig.write(Change::Reschedule { task: TaskRef::Stored(id), due });
        }
        rig.write(edit(Noun::Coupon, 1, 1, Field::CouponNote, "", "已电话告知"));
        assert_eq!(task(&rig, "coupon_end:1").unwrap().1, if moved { "2024-05-22" } else { "2024-05-25" });
        rig.write(edit_day(Noun::Coupon, 1, 2, Field::CouponValid, "2024-05-27", "2024-05-30"));
        assert_eq!(task(&rig, "coupon_end:1").unwrap().1, "2024-05-28");
    }
}

fn outcome(touch: i64, kind: &str, note: &str) -> Change {
    Change::Outcome { touch, kind: kind.into(), note: Some(note.into()), next: None }
}

#[test]
fn g27_g28_what_is_noted_on_the_touch_moves_the_tasks_of_its_coupon_and_is_one_outcome() {
    let mut rig = rig();
    let (customer, touch) = case_two(&mut rig);
    rig.at("2024-05-21T02:00:00Z");
    rig.write(outcome(touch, "claimed", ""));
    assert_eq!(task(&rig, "coupon_claim:1").unwrap().1, "2024-05-24");
    rig.write(order(customer, "2024-05-21", 398));
    rig.write(outcome(touch, "ordered", ""));
    for cause in ["coupon_end:1", "coupon_claim:1"] {
        assert_eq!(state(&rig, cause).as_deref(), Some("dropped"), "{cause}");
    }
    let kinds = "SELECT group_concat(kind) FROM (SELECT kind FROM touch_outcome ORDER BY id)";
    assert_eq!(rig.text(kinds).unwrap(), "claimed,ordered");
    rig.sound();
}

#[test]
fn e24_a_note_that_is_too_long_is_told_and_an_empty_one_is_none() {
    let mut rig = rig();
    let (_, touch) = case_two(&mut rig);
    let long = rig.attempt(outcome(touch, "answered", &"长".repeat(5_000)));
    assert!(
        matches!(long, Err(StoreError::Invalid(Invalid { problem: Problem::TooLong(_), .. }))),
        "{long:?}"
    );
    assert_eq!(rig.count("SELECT count(*) FROM touch_outcome"), 0);
    rig.write(outcome(touch, "answered", "  "));
    assert_eq!(rig.text("SELECT note FROM touch_outcome"), None);
}

#[test]
fn a65_a_coupon_by_hand_needs_its_worth_and_one_that_goes_takes_its_reminder_along() {
    let mut rig = rig();
    let customer = rig.customer("宏达");
    let bare = rig.attempt(add(Noun::Coupon, customer, &[]));
    assert!(matches!(bare, Err(StoreError::Invalid(Invalid { field: Field::CouponFace, .. }))), "{bare:?}");
    let package = [(Field::CouponKind, Value::Text("package".into())), (Field::CouponPrice, money(299))];
    let half = rig.attempt(add(Noun::Coupon, customer, &package));
    assert!(matches!(half, Err(StoreError::Invalid(Invalid { field: Field::CouponOffer, .. }))));
    rig.write(add(Noun::Coupon, customer, &[(Field::CouponFace, money(100))]));
    assert_eq!(task(&rig, "coupon_end:1").unwrap().2, "¥100 · 2024-05-27");
    rig.write(edit_day(Noun::Coupon, 1, 1, Field::CouponValid, "2024-05-27", "2024-06-10"));
    assert_eq!(task(&rig, "coupon_end:1").unwrap().1, "2024-06-08");
    rig.write(Change::Remove { row: Row { noun: Noun::Coupon, id: 1 }, rev: 2 });
    assert_eq!(state(&rig, "coupon_end:1").as_deref(), Some("dropped"));
    rig.sound();
}

fn edit_day(noun: Noun, id: i64, rev: i64, field: Field, was: &str, to: &str) -> Change {
    Change::Edit { row: Row { noun, id }, rev, set: vec![Edited { field, was: day(was), to: day(to) }] }
}

fn referred(rig: &mut Rig, name: &str, referrer: i64) -> i64 {
    let mut new = named(name);
    new.values.push((Field::Referrer, Value::Id(referrer)));
    rig.write(Change::AddCustomer(Box::new(new))).customer.unwrap().0
}

#[test]
fn k12_k45_the_first_deal_of_a_referred_customer_rewards_the_referrer_once() {
    let mut rig = rig();
    let referrer = rig.customer("恒远物流");
    let first = referred(&mut rig, "甲公司", referrer);
    let second = referred(&mut rig, "乙公司", referrer);
    let rewards =
        |rig: &Rig| rig.count("SELECT count(*) FROM task WHERE cause LIKE 'reward:%' AND state='open'");
    assert_eq!(rewards(&rig), 0, "an introduction alone is not rewarded");
    rig.write(order(first, "2024-05-20", 0));
    assert_eq!(rewards(&rig), 0, "a sample is no deal");
    rig.write(order(first, "2024-05-20", 5_000));
    assert_eq!(
        task(&rig, &format!("reward:{first}")).unwrap(),
        ("open".into(), "2024-05-27".into(), "甲公司 · ¥1000".into())
    );
    assert_eq!(rig.count("SELECT customer_id FROM task WHERE cause LIKE 'reward:%'"), referrer);
    rig.write(order(first, "2024-05-20", 6_000));
    assert_eq!(rewards(&rig), 1, "the second deal is not rewarded again");
    rig.write(order(second, "2024-05-20", 10));
    assert_eq!(rewards(&rig), 2);
    // undo of the order takes the reward back
    rig.write(Change::Undo(None));
    assert_eq!(rewards(&rig), 1);
    rig.write(Change::Redo);
    assert_eq!(rewards(&rig), 2);
    // given: it stands in the history of the referrer, and no later order brings it again
    let id = rig.count(&format!("SELECT id FROM task WHERE cause='reward:{second}'"));
    rig.write(Change::Done(vec![TaskRef::Stored(id)]));
    assert_eq!(rig.text("SELECT given_on FROM referral").unwrap(), "2024-05-20");
    assert_eq!(rig.count("SELECT reward_fen FROM referral"), 100_000);
    assert_eq!(rig.count("SELECT new_id FROM referral"), second);
    rig.write(order(second, "2024-05-20", 20));
    assert_eq!(state(&rig, &format!("reward:{second}")).as_deref(), Some("done"));
    rig.sound();
}

#[test]
fn k12_k45_a105_a_referral_that_names_whom_it_brought_is_rewarded_with_their_first_deal() {
    let mut rig = rig();
    let (referrer, other) = (rig.customer("恒远物流"), rig.customer("宏达"));
    let (new, old) = (rig.customer("甲公司"), rig.customer("乙公司"));
    rig.write(order(old, "2022-05-20", 100));
    let named = |customer: i64, whom: Option<i64>| Change::Add {
        noun: Noun::Referral,
        customer: CustomerId(customer),
        set: whom.map(|id| (Field::ReferralNew, Value::Id(id))).into_iter().collect(),
    };
    let by = |rig: &Rig, id: i64| {
        rig.count(&format!("SELECT coalesce(referrer_id,0) FROM customer WHERE id={id}"))
    };
    let states = |rig: &Rig, id: i64| {
        let profile = rig.store.ask(&rig.me, &Query::Profile(CustomerId(id)), rig.now).unwrap();
        let Answer::Profile(Some(profile)) = profile else { panic!("no profile") };
        profile.rewards.iter().map(|(_, state)| *state).collect::<Vec<_>>()
    };
    rig.write(named(referrer, Some(new)));
    rig.write(named(referrer, Some(old)));
    rig.write(named(referrer, Some(referrer)));
    assert_eq!((by(&rig, new), by(&rig, old), by(&rig, referrer)), (referrer, referrer, 0));
    // whoever was sent before stays so
    rig.write(named(other, Some(new)));
    assert_eq!(by(&rig, new), referrer);
    assert_eq!(states(&rig, other), [RewardState::None]);
    assert_eq!(states(&rig, referrer), [RewardState::Waiting, RewardState::None, RewardState::None]);
    rig.write(order(new, "2024-05-20", 5_000));
    assert_eq!(states(&rig, referrer)[0], RewardState::Due);
    let task = rig.count(&format!("SELECT id FROM task WHERE cause='reward:{new}'"));
    rig.write(Change::Done(vec![TaskRef::Stored(task)]));
    assert_eq!(states(&rig, referrer)[0], RewardState::Given);
    assert_eq!(rig.count("SELECT count(*) FROM referral"), 4, "it stands in the record that was there");
    rig.sound();
    // the one who was named goes with the record that named them
    let last = rig.customer("丙公司");
    rig.write(named(referrer, Some(last)));
    rig.write(Change::Undo(None));
    assert_eq!(by(&rig, last), 0);
}

fn sent_by(rig: &Rig, id: i64) -> i64 {
    rig.count(&format!("SELECT coalesce(referrer_id,0) FROM customer WHERE id={id}"))
}

/// Corrects whom the first referral names.
fn renamed(rig: &mut Rig, was: Option<i64>, to: Option<i64>) {
    let value = |id: Option<i64>| id.map_or(Value::None, Value::Id);
    let rev = rig.count("SELECT rev FROM referral WHERE id=1");
    let set = vec![Edited { field: Field::ReferralNew, was: value(was), to: value(to) }];
    rig.write(Change::Edit { row: Row { noun: Noun::Referral, id: 1 }, rev, set });
}

#[test]
fn a23_a105_whom_a_referral_names_no_longer_was_not_sent_by_its_referrer() {
    let mut rig = rig();
    let (by, other) = (rig.customer("恒远物流"), rig.customer("宏达"));
    let (b, c) = (rig.customer("甲公司"), rig.customer("乙公司"));
    rig.write(order(b, "2024-05-20", 5_000));
    let rewards =
        |rig: &Rig| rig.count("SELECT count(*) FROM task WHERE cause LIKE 'reward:%' AND state='open'");
    rig.write(add(Noun::Referral, by, &[(Field::ReferralNew, Value::Id(b))]));
    assert_eq!((sent_by(&rig, b), rewards(&rig)), (by, 1));
    // another one: the reward goes with the one who was named by mistake
    renamed(&mut rig, Some(b), Some(c));
    assert_eq!((sent_by(&rig, b), sent_by(&rig, c), rewards(&rig)), (0, by, 0));
    rig.write(Change::Undo(None));
    assert_eq!((sent_by(&rig, b), sent_by(&rig, c), rewards(&rig)), (by, 0, 1));
    // nobody
    renamed(&mut rig, Some(b), None);
    assert_eq!((sent_by(&rig, b), rewards(&rig)), (0, 0));
    // the referral goes
    renamed(&mut rig, None, Some(b));
    assert_eq!(sent_by(&rig, b), by);
    let rev = rig.count("SELECT rev FROM referral WHERE id=1");
    rig.write(Change::Remove { row: Row { noun: Noun::Referral, id: 1 }, rev });
    assert_eq!((sent_by(&rig, b), rewards(&rig)), (0, 0));
    rig.write(Change::Undo(None));
    assert_eq!((sent_by(&rig, b), rewards(&rig)), (by, 1));
    // a second referral that says the same keeps it so, and whom somebody else has sent stays so
    rig.write(add(Noun::Referral, by, &[(Field::ReferralNew, Value::Id(b))]));
    renamed(&mut rig, Some(b), None);
    assert_eq!(sent_by(&rig, b), by);
    let third = referred(&mut rig, "丙公司", other);
    renamed(&mut rig, None, Some(third));
    renamed(&mut rig, Some(third), None);
    assert_eq!(sent_by(&rig, third), other);
    rig.sound();
}

fn removed(rig: &mut Rig, noun: Noun, id: i64) {
    let rev = rig.count(&format!("SELECT rev FROM {} WHERE id={id}", tables::table(noun).name));
    rig.write(Change::Remove { row: Row { noun, id }, rev });
}

#[test]
fn a23_a105_whom_somebody_wrote_down_as_the_referrer_stays_so_when_a_referral_goes() {
    let mut rig = rig();
    let a = rig.customer("恒远物流");
    let b = referred(&mut rig, "甲公司", a);
    rig.write(order(b, "2024-05-20", 5_000));
    // ticking the reward writes the referral down, which never said who sent them
    let task = rig.count(&format!("SELECT id FROM task WHERE cause='reward:{b}'"));
    rig.write(Change::Done(vec![TaskRef::Stored(task)]));
    assert_eq!(rig.count("SELECT new_id FROM referral"), b);
    removed(&mut rig, Noun::Referral, 1);
    assert_eq!(sent_by(&rig, b), a);
    // nor did one that was written down afterwards
    let second = rig.write(add(Noun::Referral, a, &[(Field::ReferralNew, Value::Id(b))])).made.unwrap().id;
    removed(&mut rig, Noun::Referral, second);
    assert_eq!(sent_by(&rig, b), a);
    rig.sound();
}

#[test]
fn a23_a105_the_next_referral_that_names_somebody_says_who_sent_them() {
    let mut rig = rig();
    let (a, other, b) = (rig.customer("恒远物流"), rig.customer("宏达"), rig.customer("甲公司"));
    rig.write(order(b, "2024-05-20", 5_000));
    for by in [a, other] {
        rig.write(add(Noun::Referral, by, &[(Field::ReferralNew, Value::Id(b))]));
    }
    let whose =
        |rig: &Rig| rig.count("SELECT customer_id FROM task WHERE cause LIKE 'reward:%' AND state='open'");
    assert_eq!((sent_by(&rig, b), whose(&rig)), (a, a));
    removed(&mut rig, Noun::Referral, 1);
    assert_eq!((sent_by(&rig, b), whose(&rig)), (other, other), "the reward is theirs now");
    removed(&mut rig, Noun::Referral, 2);
    assert_eq!(sent_by(&rig, b), 0);
    assert_eq!(state(&rig, &format!("reward:{b}")).as_deref(), Some("dropped"));
    rig.write(Change::Undo(None));
    rig.write(Change::Undo(None));
    assert_eq!((sent_by(&rig, b), whose(&rig)), (a, a));
    rig.sound();
}

#[test]
fn a_referral_that_names_a_colleagues_customer_is_written_and_leaves_the_customer_as_it_is() {
    let mut rig = rig();
    let theirs = rig.customer("甲公司");
    rig.me = rig.person("li", "rep", "service");
    let mine = rig.customer("恒远物流");
    rig.write(add(Noun::Referral, mine, &[(Field::ReferralNew, Value::Id(theirs))]));
    assert_eq!(rig.count("SELECT new_id FROM referral"), theirs);
    assert_eq!(sent_by(&rig, theirs), 0);
    assert_eq!(rig.count(&format!("SELECT rev FROM customer WHERE id={theirs}")), 1);
    // nor is it taken from them again by who may not edit them
    rig.store
        .db
        .execute("UPDATE customer SET referrer_id=?1, rev=rev+1 WHERE id=?2", (mine, theirs))
        .unwrap();
    renamed(&mut rig, Some(theirs), None);
    assert_eq!(sent_by(&rig, theirs), mine);
    // of one's own it is
    let own = rig.customer("乙公司");
    renamed(&mut rig, None, Some(own));
    assert_eq!(sent_by(&rig, own), mine);
}

#[test]
fn k12_k45_a_referrer_who_is_corrected_gets_the_reward_and_its_ledger_entry() {
    let mut rig = rig();
    let (a, b) = (rig.customer("恒远物流"), rig.customer("宏达"));
    let li = rig.person("li", "rep", "sales").id;
    rig.write(Change::Many { customers: vec![CustomerId(b)], each: Each::Assign(li) });
    let new = referred(&mut rig, "甲公司", a);
    rig.write(order(new, "2024-05-20", 100));
    let whose = |rig: &Rig| {
        rig.store
            .db
            .query_row(
                "SELECT customer_id, owner_id, id FROM task WHERE cause LIKE 'reward:%' AND state='open'",
                [],
                |r| Ok((r.get::<_, i64>(0)?, r.get::<_, i64>(1)?, r.get::<_, i64>(2)?)),
            )
            .unwrap()
    };
    assert_eq!(whose(&rig).0, a);
    let rev = rig.count(&format!("SELECT rev FROM customer WHERE id={new}"));
    let set = vec![Edited { field: Field::Referrer, was: Value::Id(a), to: Value::Id(b) }];
    rig.write(Change::Edit { row: Row { noun: Noun::Customer, id: new }, rev, set });
    let (customer, owner, task) = whose(&rig);
    assert_eq!((customer, owner), (b, li.0));
    rig.write(Change::Done(vec![TaskRef::Stored(task)]));
    assert_eq!(rig.count("SELECT customer_id FROM referral"), b);
    rig.sound();
}

#[test]
fn k45_a_reward_that_comes_back_is_for_whoever_owns_the_referrer_by_then() {
    let mut rig = rig();
    let referrer = rig.customer("恒远物流");
    let new = referred(&mut rig, "甲公司", referrer);
    let id = rig.write(order(new, "2024-05-20", 100)).made.unwrap().id;
    rig.write(edit(Noun::Order, id, 1, Field::OrderStatus, "paid", "cancelled"));
    let li = rig.person("li", "rep", "sales").id;
    rig.write(Change::Many { customers: vec![CustomerId(referrer)], each: Each::Assign(li) });
    rig.write(edit(Noun::Order, id, 2, Field::OrderStatus, "cancelled", "paid"));
    assert_eq!(rig.count("SELECT owner_id FROM task WHERE cause LIKE 'reward:%' AND state='open'"), li.0);
}

#[test]
fn k45_an_order_that_is_cancelled_or_removed_takes_its_reward_along() {
    let mut rig = rig();
    let referrer = rig.customer("恒远物流");
    let new = referred(&mut rig, "甲公司", referrer);
    let id = rig.write(order(new, "2024-05-20", 100)).made.unwrap().id;
    let cause = format!("reward:{new}");
    rig.write(edit(Noun::Order, id, 1, Field::OrderStatus, "paid", "cancelled"));
    assert_eq!(state(&rig, &cause).as_deref(), Some("dropped"));
    rig.write(edit(Noun::Order, id, 2, Field::OrderStatus, "cancelled", "paid"));
    assert_eq!(state(&rig, &cause).as_deref(), Some("open"));
    rig.write(Change::Remove { row: Row { noun: Noun::Order, id }, rev: 3 });
    assert_eq!(state(&rig, &cause).as_deref(), Some("dropped"));
    rig.sound();
}

#[test]
fn k24_an_upgrade_by_orders_is_a_conversion_of_the_touch_before_it() {
    let mut rig = rig();
    let customer = rig.customer("优品汇");
    rig.write(add(Noun::Membership, customer, &[]));
    rig.write(order(customer, "2024-05-10", 2_000));
    assert_eq!(rig.text("SELECT level FROM membership"), None);
    rig.write(Change::LogTouch(Box::new(talk(customer, rig.now))));
    rig.at("2024-05-22T02:00:00Z");
    rig.write(order(customer, "2024-05-22", 499));
    assert_eq!(rig.text("SELECT level FROM membership"), None, "2499 is not enough");
    rig.write(order(customer, "2024-05-22", 1));
    assert_eq!(rig.text("SELECT level FROM membership").unwrap(), "VIP");
    assert_eq!(rig.text("SELECT since FROM membership").unwrap(), "2024-05-22");
    assert_eq!(rig.count("SELECT converted FROM touch"), 1);
    rig.write(Change::Undo(None));
    assert_eq!(rig.count("SELECT converted FROM touch"), 0);
    rig.sound();
}

/// Another amount of an order.
fn corrected(rig: &mut Rig, order: i64, was: i64, to: i64) {
    let rev = rig.count(&format!("SELECT rev FROM orders WHERE id={order}"));
    let set = vec![Edited { field: Field::OrderAmount, was: money(was), to: money(to) }];
    rig.write(Change::Edit { row: Row { noun: Noun::Order, id: order }, rev, set });
}

#[test]
fn k24_an_order_that_was_less_or_never_was_takes_the_upgrade_and_its_conversion_along() {
    let mut rig = rig();
    let customer = rig.customer("优品汇");
    rig.write(add(Noun::Membership, customer, &[]));
    rig.write(Change::LogTouch(Box::new(talk(customer, rig.now))));
    let id = rig.write(order(customer, "2024-05-20", 50_000)).made.unwrap().id;
    let stands = |rig: &Rig| {
        let (level, since) =
            (rig.text("SELECT level FROM membership"), rig.text("SELECT since FROM membership"));
        (level, since, rig.count("SELECT converted FROM touch"))
    };
    let vip = (Some("VIP".to_owned()), Some("2024-05-20".to_owned()), 1);
    assert_eq!(stands(&rig), vip);
    corrected(&mut rig, id, 50_000, 500);
    assert_eq!(stands(&rig), (None, None, 0));
    rig.write(Change::Undo(None));
    assert_eq!(stands(&rig), vip);
    // what does not make it less leaves the level alone, whatever the company asks for it by now
    rig.write_setting("levels", "VIP:90000:9折:生日礼");
    rig.write(edit(Noun::Order, id, 3, Field::OrderNote, "", "加急"));
    rig.write(order(customer, "2024-05-20", 1));
    assert_eq!(stands(&rig), vip);
    removed(&mut rig, Noun::Order, id);
    assert_eq!(stands(&rig), (None, None, 0));
    rig.sound();
}

#[test]
fn k24_a_member_falls_to_the_level_that_is_reached_or_was_given_by_hand_and_no_lower() {
    let mut rig = rig();
    rig.write_setting("levels", "VIP:2500:9折:;钻石:10000:8折:");
    let (both, given) = (rig.customer("优品汇"), rig.customer("恒远"));
    rig.write(add(Noun::Membership, both, &[]));
    rig.write(add(Noun::Membership, given, &[(Field::MemberLevel, Value::text("VIP"))]));
    let level =
        |rig: &Rig, of: i64| rig.text(&format!("SELECT level FROM membership WHERE customer_id={of}"));
    for (customer, falls_to) in [(both, None), (given, Some("VIP"))] {
        rig.write(Change::LogTouch(Box::new(talk(customer, rig.now))));
        let id = rig.write(order(customer, "2024-05-20", 20_000)).made.unwrap().id;
        assert_eq!(level(&rig, customer).as_deref(), Some("钻石"));
        // two levels at once, and one of them is still reached: it was an upgrade
        corrected(&mut rig, id, 20_000, 3_000);
        assert_eq!(level(&rig, customer).as_deref(), Some("VIP"));
        corrected(&mut rig, id, 3_000, 100);
        assert_eq!(level(&rig, customer).as_deref(), falls_to);
    }
    assert_eq!(rig.count(&format!("SELECT converted FROM touch WHERE customer_id={both}")), 0);
    rig.sound();
}

#[test]
fn k24_a_coupon_that_was_not_used_or_goes_takes_its_outcomes_and_the_conversion_along() {
    let mut rig = rig();
    let (customer, touch) = case_two(&mut rig);
    rig.write(coupon(false));
    rig.write(order(customer, "2024-05-20", 398));
    rig.write(coupon(true));
    let stands = |rig: &Rig| {
        let kinds = rig.text("SELECT group_concat(kind) FROM (SELECT kind FROM touch_outcome ORDER BY id)");
        let order = rig.count("SELECT order_id IS NOT NULL FROM touch");
        (kinds, rig.count("SELECT responded FROM touch"), rig.count("SELECT converted FROM touch"), order)
    };
    let used = (Some("claimed,ordered".to_owned()), 1, 1, 1);
    assert_eq!(stands(&rig), used);
    let cleared = |rig: &mut Rig, field: Field| {
        let rev = rig.count("SELECT rev FROM coupon");
        let set = vec![Edited { field, was: day("2024-05-20"), to: Value::None }];
        rig.write(Change::Edit { row: Row { noun: Noun::Coupon, id: 1 }, rev, set });
    };
    cleared(&mut rig, Field::CouponUsed);
    assert_eq!(stands(&rig), (Some("claimed".to_owned()), 1, 0, 0), "it was claimed all the same");
    cleared(&mut rig, Field::CouponClaimed);
    assert_eq!(stands(&rig), (None, 0, 0, 0));
    rig.write(Change::Undo(None));
    rig.write(Change::Undo(None));
    assert_eq!(stands(&rig), used);
    removed(&mut rig, Noun::Coupon, 1);
    assert_eq!(stands(&rig), (None, 0, 0, 0));
    rig.write(Change::Undo(None));
    // what somebody has noted themselves of the touch stays
    rig.write(outcome(touch, "answered", "来电感谢"));
    removed(&mut rig, Noun::Coupon, 1);
    assert_eq!(stands(&rig), (Some("answered".to_owned()), 1, 0, 0));
    rig.sound();
}

#[test]
fn k15_the_outcome_of_a_coupon_is_worth_what_the_coupon_was_corrected_to_be() {
    let mut rig = rig();
    case_two(&mut rig);
    rig.write(coupon(false));
    let rev = rig.count("SELECT rev FROM coupon");
    let set = vec![Edited { field: Field::CouponOffer, was: money(199), to: money(179) }];
    rig.write(Change::Edit { row: Row { noun: Noun::Coupon, id: 1 }, rev, set });
    assert_eq!(rig.text("SELECT note FROM touch_outcome").as_deref(), Some("¥299→179"));
    removed(&mut rig, Noun::Coupon, 1);
    assert_eq!(rig.count("SELECT count(*) FROM touch_outcome"), 0);
    rig.sound();
}

#[test]
fn k24_what_was_refunded_of_a_cancelled_order_is_not_taken_off_the_rest() {
    let mut rig = rig();
    let customer = rig.customer("优品汇");
    rig.write(add(Noun::Membership, customer, &[]));
    let gone = rig.write(order(customer, "2024-05-10", 1_000)).made.unwrap().id;
    // as the books of a company bring it: a refund that names its order
    rig.store
        .db
        .execute(
            "INSERT INTO refund(customer_id,order_id,refunded_on,amount_fen) VALUES(?1,?2,'2024-05-11',100000)",
            (customer, gone),
        )
        .unwrap();
    rig.write(edit(Noun::Order, gone, 1, Field::OrderStatus, "paid", "cancelled"));
    rig.write(order(customer, "2024-05-12", 2_499));
    assert_eq!(rig.text("SELECT level FROM membership"), None);
    rig.write(order(customer, "2024-05-12", 1));
    assert_eq!(rig.text("SELECT level FROM membership").as_deref(), Some("VIP"), "2500 is what is left");
}

/// An order of a customer on a day of May, and a refund of it, as the books of a company bring them.
fn booked(customer: &str, code: &str, day: u32, yuan: i64) -> BookRow {
    let at = format!("2024-05-{day:02}T02:00:00Z").parse().unwrap();
    let (code, customer, amount) = (code.into(), customer.into(), cny(yuan));
    BookRow::Order { code, customer, at, amount, cost: None, cancelled: false }
}

fn given_back(customer: &str, order: &str, yuan: i64) -> BookRow {
    let (code, at) = (format!("R{order}"), "2024-05-19T02:00:00Z".parse().unwrap());
    BookRow::Refund { code, order: Some(order.into()), customer: customer.into(), at, amount: cny(yuan) }
}

fn cny(yuan: i64) -> Foreign {
    Foreign { minor: yuan * 100, currency: "CNY".into(), rate_ppm: 1_000_000 }
}

fn book(rig: &mut Rig, rows: Vec<BookRow>) {
    let job = rig.write(Change::StartImport { what: "账.csv".into() }).job.unwrap();
    let rows = rows.into_iter().map(ImportRow::Book).collect();
    rig.write(Change::ImportRows { job, rows });
    rig.write(Change::FinishImport { job });
}

#[test]
fn k12_k24_k37_a_refund_takes_the_reward_the_level_and_the_activation_of_its_order_along() {
    let mut rig = rig();
    let referrer = rig.customer("恒远物流");
    let customer = referred(&mut rig, "甲公司", referrer);
    let code = rig.text(&format!("SELECT code FROM customer WHERE id={customer}")).unwrap();
    rig.write(add(Noun::Membership, customer, &[]));
    rig.write(add(Noun::Activation, customer, &[(Field::ActivationStarted, day("2024-05-01"))]));
    let came = |rig: &Rig| {
        (
            rig.text("SELECT outcome FROM activation").unwrap(),
            rig.text("SELECT level FROM membership"),
            rig.count("SELECT count(*) FROM task WHERE cause LIKE 'reward:%' AND state='open'"),
        )
    };
    let none = ("open".to_owned(), None, 0);
    book(&mut rig, vec![booked(&code, "O1", 10, 2_500)]);
    assert_eq!(came(&rig), ("won".into(), Some("VIP".into()), 1));
    book(&mut rig, vec![given_back(&code, "O1", 2_500)]);
    assert_eq!(came(&rig), none, "what was wholly given back never was a sale (kpis.md C4)");
    // what stays of another one is an order like any other
    book(&mut rig, vec![booked(&code, "O2", 12, 3_000), given_back(&code, "O2", 100)]);
    assert_eq!(came(&rig), ("won".into(), Some("VIP".into()), 1));
    let on = rig.text("SELECT ended_on FROM activation");
    assert_eq!(on.as_deref(), Some("2024-05-12"));
    // nor does a refund of no order leave a level that is no longer reached
    let refund = [(Field::RefundDay, day("2024-05-20")), (Field::RefundAmount, money(500))];
    rig.write(add(Noun::Refund, customer, &refund));
    assert_eq!(came(&rig), ("won".into(), None, 1));
    rig.write(Change::Undo(None));
    assert_eq!(came(&rig), ("won".into(), Some("VIP".into()), 1));
    // a refund that goes raises, and the next one lowers again
    let id = rig.write(add(Noun::Refund, customer, &refund)).made.unwrap().id;
    removed(&mut rig, Noun::Refund, id);
    assert_eq!(came(&rig).1.as_deref(), Some("VIP"));
    rig.write(add(Noun::Refund, customer, &refund));
    assert_eq!(came(&rig).1, None);
    rig.sound();
}

#[test]
fn k24_an_upgrade_by_hand_converts_too_and_one_member_row_is_enough() {
    let mut rig = rig();
    let customer = rig.customer("优品汇");
    rig.write(add(Noun::Membership, customer, &[(Field::MemberPoints, Value::Int(5))]));
    rig.write(Change::LogTouch(Box::new(talk(customer, rig.now))));
    rig.write(add(Noun::Membership, customer, &[(Field::MemberLevel, Value::Text("VIP".into()))]));
    assert_eq!(rig.count("SELECT count(*) FROM membership"), 1);
    assert_eq!(rig.count("SELECT converted FROM touch"), 1);
    // a customer without a member row is no member, however much was spent
    let other = rig.customer("散客");
    rig.write(order(other, "2024-05-20", 9_999));
    assert_eq!(rig.count("SELECT count(*) FROM membership"), 1);
    rig.sound();
}

#[test]
fn k37_a_deal_within_thirty_days_is_the_success_of_an_activation_and_one_on_day_31_is_not() {
    let mut rig = rig();
    let (a, b) = (rig.customer("甲"), rig.customer("乙"));
    for customer in [a, b] {
        let set = [
            (Field::ActivationStarted, day("2024-05-01")),
            (Field::ActivationPlan, Value::Text("以旧换新".into())),
        ];
        rig.write(add(Noun::Activation, customer, &set));
    }
    assert_eq!(rig.text("SELECT due_on FROM activation WHERE id=1").unwrap(), "2024-05-31");
    // weeks that are over do not pile up: the one that runs stands
    assert_eq!(rig.count("SELECT count(*) FROM task WHERE cause LIKE 'activation:1:%'"), 1);
    assert_eq!(
        task(&rig, "activation:1:2").unwrap(),
        ("open".into(), "2024-05-15".into(), "以旧换新 · 2024-05-31".into())
    );
    let week = rig.count("SELECT id FROM task WHERE cause='activation:1:2'");
    rig.write(Change::Done(vec![TaskRef::Stored(week)]));
    assert_eq!(task(&rig, "activation:1:3").unwrap().1, "2024-05-22", "tracked weekly (G12)");
    rig.at("2024-06-01T02:00:00Z");
    rig.write(order(a, "2024-05-31", 100));
    rig.write(order(b, "2024-06-01", 100));
    let outcome =
        |rig: &Rig, id: i64| rig.text(&format!("SELECT outcome FROM activation WHERE id={id}")).unwrap();
    assert_eq!((outcome(&rig, 1).as_str(), outcome(&rig, 2).as_str()), ("won", "open"));
    assert_eq!(state(&rig, "activation:1:3").as_deref(), Some("dropped"));
    let id = rig.count("SELECT order_id FROM activation WHERE id=1");
    rig.write(Change::Remove { row: Row { noun: Noun::Order, id }, rev: 1 });
    assert_eq!(outcome(&rig, 1), "open");
    assert_eq!(state(&rig, "activation:1:3").as_deref(), Some("open"));
    rig.sound();
}

#[test]
fn g33_a_big_deal_or_a_good_survey_asks_for_a_referral_once_until_it_was_asked() {
    let mut rig = rig();
    let customer = rig.customer("恒远");
    rig.write(order(customer, "2024-05-19", 49_999));
    assert_eq!(rig.count("SELECT count(*) FROM task"), 0);
    rig.write(order(customer, "2024-05-20", 50_000));
    assert_eq!(
        rig.text("SELECT text FROM task WHERE cause LIKE 'ask:order:%' AND state='open'").unwrap(),
        "¥50,000"
    );
    rig.write(add(Noun::Survey, customer, &[(Field::SurveyNps, Value::Int(9))]));
    assert_eq!(rig.count("SELECT count(*) FROM task WHERE state='open'"), 1, "one request is enough");
    rig.write(add(Noun::Referral, customer, &[(Field::ReferralAsked, day("2024-05-20"))]));
    assert_eq!(rig.count("SELECT count(*) FROM task WHERE state='done'"), 1);
    rig.write(order(customer, "2024-05-20", 60_000));
    assert_eq!(
        rig.count("SELECT count(*) FROM task WHERE state='open'"),
        0,
        "asked half a year ago at the most"
    );
    let other = rig.customer("宏达");
    rig.write(add(Noun::Survey, other, &[(Field::SurveyNps, Value::Int(8))]));
    assert_eq!(rig.count("SELECT count(*) FROM task WHERE state='open'"), 0);
    rig.write(add(Noun::Survey, other, &[(Field::SurveyNps, Value::Int(9))]));
    assert_eq!(rig.count("SELECT count(*) FROM task WHERE state='open'"), 1);
    rig.sound();
}

#[test]
fn k18_the_reason_of_a_churn_is_kept_with_the_customer() {
    let mut rig = rig();
    let customer = rig.customer("优品汇");
    rig.write(edit(Noun::Customer, customer, 1, Field::ChurnReason, "", "service"));
    rig.write(edit(Noun::Customer, customer, 2, Field::ChurnNote, "", "之前购买的C品类赠品破损未及时解决"));
    assert_eq!(rig.text("SELECT churn_reason FROM customer").unwrap(), "service");
    let bad = rig.attempt(edit(Noun::Customer, customer, 3, Field::ChurnReason, "service", "weather"));
    assert!(matches!(bad, Err(StoreError::Invalid(_))));
}

#[test]
fn a23_nobody_was_sent_by_whomever_they_have_sent_by_themselves_or_through_others() {
    let mut rig = rig();
    let (a, b, c) = (rig.customer("甲公司"), rig.customer("乙公司"), rig.customer("丙公司"));
    let by = |rig: &mut Rig, id: i64, by: Value| {
        let rev = rig.count(&format!("SELECT rev FROM customer WHERE id={id}"));
        let set = vec![Edited { field: Field::Referrer, was: Value::None, to: by }];
        rig.attempt(Change::Edit { row: Row { noun: Noun::Customer, id }, rev, set })
    };
    by(&mut rig, b, Value::Id(a)).unwrap();
    // a number that was typed is as good, in small letters too
    let code = rig.text(&format!("SELECT code FROM customer WHERE id={b}")).unwrap();
    by(&mut rig, c, Value::Text(code.to_lowercase())).unwrap();
    assert_eq!(sent_by(&rig, c), b);
    for sender in [b, c] {
        let refused = by(&mut rig, a, Value::Id(sender)).unwrap_err();
        let problem = Problem::InACircle;
        assert_eq!(refused, StoreError::Invalid(Invalid { field: Field::Referrer, problem }));
    }
    let unknown = by(&mut rig, a, Value::Text("C9".into())).unwrap_err();
    assert!(matches!(unknown, StoreError::Invalid(Invalid { problem: Problem::NoSuchCustomer(_), .. })));
    // a referral that would say so is kept, and says nothing of who was sent
    rig.write(add(Noun::Referral, c, &[(Field::ReferralNew, Value::Id(a))]));
    assert_eq!(sent_by(&rig, a), 0);
    // and where two become one, no ring is left
    rig.write(super::merge::merge(a, c));
    assert_eq!((sent_by(&rig, a), sent_by(&rig, b)), (0, a));
    rig.sound();
}
