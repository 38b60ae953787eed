//! Changes of a rarer kind, for the tests that compare kept figures with figures counted anew: erasures, removals, hand-overs,
//! imports of several rows, the daily round that moves classes without anybody's change. And instants at which periods turn.

use super::kept::{Chance, some};
use super::*;
use crate::domain::change::ImportRow;
use crate::domain::field::Row;
use crate::domain::handover::{HandOver, Whom};
use crate::domain::people::PersonId;

/// Days on which a period begins or ends; the company's zone is eight hours ahead of UTC.
pub const DAYS: [&str; 9] = [
    "2023-12-31",
    "2024-01-01",
    "2024-02-29",
    "2024-03-01",
    "2024-03-31",
    "2024-04-01",
    "2024-04-30",
    "2024-05-01",
    "2024-05-20",
];
/// The last instant of a period and the first of the next.
pub const INSTANTS: [&str; 8] = [
    "2023-12-31T15:59:59.999Z",
    "2023-12-31T16:00:00Z",
    "2024-02-29T15:59:59.999Z",
    "2024-02-29T16:00:00Z",
    "2024-03-31T15:59:59.999Z",
    "2024-03-31T16:00:00Z",
    "2024-04-30T15:59:59.999Z",
    "2024-04-30T16:00:00Z",
];

/// How often each kind went through.
#[derive(Debug, Default)]
pub struct Seen {
    pub erased: usize,
    pub removed: usize,
    pub handed: usize,
    pub imported: usize,
    pub rounds: usize,
}

impl Seen {
    /// Every kind was tried with success.
    pub fn all(&self) -> bool {
        [self.erased, self.removed, self.handed, self.imported, self.rounds].iter().all(|n| *n > 0)
    }
}

/// Does one of them, by whoever writes, to one of the customers; hand-overs go to `to`.
pub fn rare(rig: &mut Rig, chance: &mut Chance, customers: &[i64], to: PersonId, seen: &mut Seen) {
    let customer = CustomerId(customers[chance.below(customers.len())]);
    match chance.below(12) {
        0 => {
            let name = rig.text(&format!("SELECT max(name) FROM customer WHERE id={}", customer.0));
            let Some(name) = name else { return };
            let erase = Change::Erase { customer, name, reason: "客户来函".into() };
            seen.erased += usize::from(rig.attempt(erase).is_ok());
        }
        1 => {
            // whoever came last goes, so that those who were there from the beginning stay
            let Some((row, rev)) = some(rig, Noun::Customer, "customer", chance.below(999)) else { return };
            let going = Change::Remove { row: Row { id: row.id, ..row }, rev };
            let known = customers.contains(&row.id);
            seen.removed += usize::from(!known && rig.attempt(going).is_ok());
        }
        2..5 => {
            let whom = Whom::These(vec![customer]);
            let hand = HandOver::Propose { whom, to, at_once: true, reason: Some("岗位调整".into()) };
            seen.handed += usize::from(rig.attempt(Change::HandOver(Box::new(hand))).is_ok());
        }
        5..8 => seen.imported += usize::from(import(rig, chance, customer)),
        8 => {
            let new = named(&format!("新客户{}", chance.below(99_999)));
            let _made = rig.attempt(Change::AddCustomer(Box::new(new)));
        }
        _ => {
            rig.store.daily_round(rig.now, 500).unwrap();
            seen.rounds += 1;
        }
    }
}

/// A file with a new customer, an order and a talk of a known one; sometimes all of it is taken back.
fn import(rig: &mut Rig, chance: &mut Chance, customer: CustomerId) -> bool {
    let job = rig.attempt(Change::StartImport { what: "导入.csv".into() });
    let Some(job) = job.ok().and_then(|receipt| receipt.job) else { return false };
    let values = vec![
        (Field::OrderDay, Value::Day(chance.day().parse().unwrap())),
        (Field::OrderAmount, Value::Money(Fen(100 * i64::try_from(chance.below(900)).unwrap()))),
    ];
    let touch = NewTouch {
        kind: "proactive".into(),
        responded: chance.below(2) == 0,
        override_reason: Some("补录".into()),
        ..NewTouch::plain(customer, chance.instant(), "导入的互动")
    };
    let rows = vec![
        ImportRow::Customer(named(&format!("导入客户{}", chance.below(99_999)))),
        ImportRow::Order { customer, values, nth: 1 },
        in_file(touch),
    ];
    let done = rig.attempt(Change::ImportRows { job, rows }).is_ok();
    rig.write(Change::FinishImport { job });
    if chance.below(3) == 0 {
        let _undone = rig.attempt(Change::Undo(None));
    }
    done
}
