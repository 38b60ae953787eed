//! Figures that follow changes, customer by customer, are those counted anew: after every few of hundreds of random changes of
//! everything that figures count, while the clock goes on by minutes, hours and days. The order of chance is fixed.

use super::kept::{self, Chance, some};
use super::rare::{Seen, rare};
use super::*;
use crate::domain::complaint;
use crate::domain::field::Row;
use crate::domain::kpi::Period;
use crate::domain::requests;
use crate::store::read::kpi;
use crate::store::request::KpiQuery;

/// Random changes that are tried.
const CHANGES: usize = 900;
/// The periods that are looked at: present and past, one of them with its answers still coming in.
const PERIODS: [&str; 6] = ["2024-05", "2024-04", "2024-Q2", "2024-W21", "2024", "2024-05-03..2024-06-04"];

fn add(noun: Noun, customer: CustomerId, set: Vec<(Field, Value)>) -> Change {
    Change::Add { noun, customer, set }
}

/// One change of those that only this test makes, or of those that kept figures are tried with.
fn change(rig: &Rig, chance: &mut Chance, customers: &[i64]) -> Option<Change> {
    let customer = CustomerId(customers[chance.below(customers.len())]);
    let other = customers[chance.below(customers.len())];
    let day = |chance: &mut Chance| Value::Day(chance.day().parse().unwrap());
    match chance.below(24) {
        0 => {
            let (row, _) = some(rig, Noun::Complaint, "complaint", chance.below(99))?;
            let step = match chance.below(3) {
                0 => complaint::Step::Answer { channel: "phone".into(), said: "已致电".into() },
                1 => complaint::Step::Solve { solution: "换货".into(), repair: None, recheck: None },
                _ => complaint::Step::End { how: "withdrawn".into(), reason: Some("误会".into()) },
            };
            Some(Change::Complaint { id: row.id, step })
        }
        1 => {
            let at = Value::Moment(chance.instant().timestamp_millis());
            let subject = Value::text(["重复触达", "售后"][chance.below(2)]);
            let what = (Field::ComplaintSummary, Value::text("又来电"));
            let set = vec![what, (Field::ComplaintSubject, subject), (Field::ComplaintOpened, at)];
            Some(add(Noun::Complaint, customer, set))
        }
        2 => {
            let set = vec![
                (Field::RequestDepartment, Value::text("sales")),
                (Field::RequestText, Value::text("补充案例")),
            ];
            Some(Change::Ask { customer, touch: None, set, by: None })
        }
        3 => {
            let (row, _) = some(rig, Noun::Request, "request", chance.below(99))?;
            Some(Change::Request { id: row.id, step: requests::Step::Answer("已发".into()) })
        }
        4 => Some(Change::Check(customer)),
        5 => {
            let (row, rev) = some(rig, Noun::Customer, "customer", chance.below(99))?;
            let was = rig.text(&format!("SELECT industry FROM customer WHERE id={}", row.id));
            let was = was.map_or(Value::None, Value::Text);
            let to = Value::text(["制造业", "物流业", "零售业"][chance.below(3)]);
            Some(Change::Edit { row, rev, set: vec![Edited { field: Field::Industry, was, to }] })
        }
        6 => {
            let name = format!("{}联系人", chance.below(999));
            let contact = NewContact {
                name,
                methods: vec![("mobile".into(), format!("1380013{:04}", chance.below(9_999)))],
                ..NewContact::default()
            };
            Some(Change::AddContact { customer, contact })
        }
        7 => {
            some(rig, Noun::Method, "method", chance.below(99)).map(|(row, rev)| Change::Remove { row, rev })
        }
        8 => {
            let set = vec![
                (Field::ContractExpires, day(chance)),
                (Field::ContractAnnual, Value::Money(Fen(100_000))),
            ];
            Some(add(Noun::Contract, customer, set))
        }
        9 => {
            let mut new = named(&format!("新{}", chance.below(99_999)));
            new.values.push((Field::Referrer, Value::Id(other)));
            Some(Change::AddCustomer(Box::new(new)))
        }
        10 => {
            let task =
                next("回访", &(rig.now.today() + chrono::Days::new(chance.below(3) as u64)).to_string());
            Some(Change::AddTask { customer, task })
        }
        11 => {
            let (row, _) = some(rig, Noun::Task, "task", chance.below(99))?;
            Some(Change::Done(vec![crate::domain::change::TaskRef::Stored(row.id)]))
        }
        12 => {
            let answers = Value::text(["90 80 70 60 50", "60 70 80 90 100"][chance.below(2)]);
            let on = Value::Day(rig.now.today());
            Some(add(Noun::Survey, customer, vec![(Field::SurveyOn, on), (Field::SurveyAnswers, answers)]))
        }
        13 => Some(add(
            Noun::Activation,
            customer,
            vec![(Field::ActivationStarted, Value::Day(rig.now.today()))],
        )),
        14 => {
            let (row, rev) = some(rig, Noun::Refund, "refund", chance.below(99))?;
            Some(Change::Remove { row, rev })
        }
        15 => {
            let set = vec![
                (Field::RefundDay, day(chance)),
                (Field::RefundAmount, Value::Money(Fen(100 * i64::try_from(chance.below(90)).unwrap()))),
            ];
            Some(add(Noun::Refund, customer, set))
        }
        _ => kept::change(rig, chance, customers),
    }
}

#[test]
fn figures_that_follow_changes_and_the_clock_are_those_counted_anew() {
    let mut rig = rig();
    // every second record is drawn, so that the sample of the month has a part in what is compared (F23)
    rig.write_setting("accuracy_every", "2");
    rig.at("2023-01-15T02:00:00Z");
    let customers: Vec<i64> = (0..14).map(|n| rig.customer(&format!("客户{n:02}"))).collect();
    let enterer = rig.me.clone();
    let checker = rig.person("zhao", "admin", "operations");
    let mut chance = Chance(0x2545_f491_4f6c_dd1d);
    rig.at("2024-05-20T02:00:00Z");
    let (mut written, mut followed, mut anew, mut seen) = (0, 0, 0, Seen::default());
    for n in 0..CHANGES {
        rig.me = if chance.below(4) == 0 { checker.clone() } else { enterer.clone() };
        if chance.below(40) == 0 {
            rig.me = enterer.clone();
            rare(&mut rig, &mut chance, &customers, checker.id, &mut seen);
        } else if let Some(change) = change(&rig, &mut chance, &customers)
            && rig.attempt(change).is_ok()
        {
            written += 1;
        }
        rig.now.at += match chance.below(30) {
            0 => chrono::TimeDelta::hours(9),
            1 => chrono::TimeDelta::minutes(80),
            _ => chrono::TimeDelta::seconds(20),
        };
        if n % 3 > 0 {
            continue;
        }
        let period = PERIODS[chance.below(PERIODS.len())];
        let query = KpiQuery { period: Period::read(period).unwrap(), as_of: None };
        let db = &rig.store.db;
        let span = kpi::span(db, rig.now, query).unwrap();
        let (right, fresh) = kpi::computed(db, &span).unwrap();
        let found = kpi::kept::find(db, &span, &kpi::kept::rules(&span), kpi::kept::Wanted::Exact).unwrap();
        let to_keep = if let Some(found) = found {
            followed += 1;
            for (group, (ours, right)) in found.figures.iter().zip(&right).enumerate() {
                for (ours, right) in ours.iter().zip(right) {
                    assert_eq!(ours, right, "{period} after {n} changes, group {group}");
                }
            }
            // what was followed goes on being followed, or what was counted first
            found.fresh.filter(|_| chance.below(2) == 0)
        } else {
            anew += 1;
            Some(fresh)
        };
        if let Some(kept) = to_keep {
            rig.store.keep(&kept).unwrap();
        }
    }
    assert!(written > CHANGES / 2, "only {written} changes went through");
    assert!(seen.all(), "{seen:?}");
    // after an erasure, a removal and at midnight everybody is counted
    assert!(followed > 2 * anew, "{followed} were followed, {anew} counted anew");
    rig.sound();
}

#[test]
fn a_touch_shows_at_once_without_anybody_else_being_counted() {
    let mut rig = rig();
    let ids: Vec<i64> = (0..5).map(|n| rig.customer(&format!("客户{n}"))).collect();
    let query = KpiQuery { period: Period::read("2024-05").unwrap(), as_of: None };
    let span = kpi::span(&rig.store.db, rig.now, query).unwrap();
    rig.store.keep(&kpi::computed(&rig.store.db, &span).unwrap().1).unwrap();
    rig.now.at += chrono::TimeDelta::seconds(1);
    let talk = NewTouch { kind: "proactive".into(), cost: Fen(1_200), ..talk(ids[0], rig.now) };
    rig.write(Change::LogTouch(Box::new(talk)));
    // of the others, everything is taken away, so that they cannot have been looked at
    rig.store.db.execute_batch("PRAGMA foreign_keys=OFF").unwrap();
    rig.store.db.execute("DELETE FROM facts WHERE customer_id<>?1", [ids[0]]).unwrap();
    let span = kpi::span(&rig.store.db, rig.now, query).unwrap();
    let found = kpi::kept::find(&rig.store.db, &span, &kpi::kept::rules(&span), kpi::kept::Wanted::Exact)
        .unwrap()
        .unwrap();
    let value = |id: &str| found.figures[0].iter().find(|f| f.id == id).unwrap();
    assert_eq!((value("cost_per_touch").value, value("cost_per_touch").cases), (Some(12.0), Some(1)));
    assert_eq!(value("response").pending, Some(1));
    assert_eq!(value("completeness").n, Some(20), "four fields of five customers");
}

#[test]
fn an_erasure_a_removal_and_a_new_day_of_a_running_period_are_counted_anew() {
    let mut rig = rig();
    let (gone, _stays) = (rig.customer("甲公司"), rig.customer("乙公司"));
    let query = KpiQuery { period: Period::read("2024-05").unwrap(), as_of: None };
    let found = |rig: &Rig| {
        let span = kpi::span(&rig.store.db, rig.now, query).unwrap();
        kpi::kept::find(&rig.store.db, &span, &kpi::kept::rules(&span), kpi::kept::Wanted::Exact)
            .unwrap()
            .is_some()
    };
    let keep = |rig: &Rig| {
        let span = kpi::span(&rig.store.db, rig.now, query).unwrap();
        rig.store.keep(&kpi::computed(&rig.store.db, &span).unwrap().1).unwrap();
    };
    keep(&rig);
    rig.write(Change::Remove { row: Row { noun: Noun::Customer, id: gone }, rev: 1 });
    assert!(!found(&rig), "in which class somebody was who is gone, nobody kept");
    keep(&rig);
    assert!(found(&rig));
    rig.at("2024-05-20T15:59:59.998Z");
    assert!(found(&rig), "the last second of the day");
    rig.at("2024-05-20T16:00:00Z");
    assert!(!found(&rig), "whoever was silent for so many days is so since midnight");
}

#[test]
fn h07_where_an_undo_gives_rows_back_to_another_customer_everybody_is_counted() {
    let mut rig = rig();
    let ids: Vec<i64> = (0..8).map(|n| rig.customer(&format!("客户{n}"))).collect();
    rig.write(order(ids[7], "2024-05-02", 300));
    rig.write(super::merge::merge(ids[0], ids[7]));
    let query = KpiQuery { period: Period::read("2024-05").unwrap(), as_of: None };
    let span = kpi::span(&rig.store.db, rig.now, query).unwrap();
    rig.store.keep(&kpi::computed(&rig.store.db, &span).unwrap().1).unwrap();
    rig.now.at += chrono::TimeDelta::seconds(1);
    rig.write(Change::Undo(None));
    // so many others that both are looked at apart
    for id in &ids[1..7] {
        rig.write(order(*id, "2024-05-03", 100));
    }
    let span = kpi::span(&rig.store.db, rig.now, query).unwrap();
    let rules = kpi::kept::rules(&span);
    let found = kpi::kept::find(&rig.store.db, &span, &rules, kpi::kept::Wanted::Exact).unwrap();
    let right = kpi::computed(&rig.store.db, &span).unwrap().0;
    assert!(found.is_none_or(|found| found.figures == right));
}
