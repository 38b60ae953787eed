//! Moves between segments and what is told of an instant: the segment of a touch, figures that were kept before a move.

use super::*;
use crate::domain::kpi::Period;
use crate::domain::scheme::SHIPPED;
use crate::store::moves::segment_before;
use crate::store::request::{Answer, KpiQuery, Kpis, Query};

/// The instant of the move in UTC ms.
const MOVED: i64 = 1_716_192_000_000;

impl Rig {
    /// Puts a customer into a segment by hand.
    fn put(&mut self, customer: i64, segment: &str) {
        self.write(Change::Class {
            customer: CustomerId(customer),
            scheme: "segment".into(),
            value: Some(segment.into()),
            reason: None,
        });
    }

    /// The figures of May and whether they had to be counted.
    fn may(&self) -> Kpis {
        let query = KpiQuery { period: Period::read("2024-05").unwrap(), as_of: None };
        match self.store.ask(&self.me, &Query::Kpis(query), self.now).unwrap() {
            Answer::Kpis(kpis) => *kpis,
            other => panic!("{other:?}"),
        }
    }

    fn keep_may(&self) {
        self.store.keep(&self.may().fresh.unwrap()).unwrap();
        assert!(self.may().fresh.is_none(), "kept");
    }
}

#[test]
fn f51_a_touch_belongs_to_the_segment_after_a_move_from_its_millisecond_on_and_before_it_to_the_one_left() {
    let mut rig = rig();
    let id = rig.customer("优品汇");
    rig.put(id, "growth");
    rig.now.at = chrono::DateTime::from_timestamp_millis(MOVED).unwrap();
    rig.put(id, "high");
    for (at, segment) in [(MOVED - 1, "growth"), (MOVED, "high"), (MOVED + 1, "high")] {
        rig.now.at = chrono::DateTime::from_timestamp_millis(MOVED + 10).unwrap();
        let talk =
            NewTouch::plain(CustomerId(id), chrono::DateTime::from_timestamp_millis(at).unwrap(), "客户来电");
        rig.write(Change::LogTouch(Box::new(NewTouch { kind: "inbound".into(), ..talk })));
        let then = rig.text(&format!("SELECT segment_then FROM touch WHERE at={at}"));
        assert_eq!(then.as_deref(), Some(segment), "{}", at - MOVED);
    }
    rig.sound();
}

#[test]
fn f51_a_touch_whose_time_is_corrected_belongs_to_the_segment_of_its_time() {
    let mut rig = rig();
    let id = rig.customer("优品汇");
    rig.put(id, "growth");
    rig.now.at = chrono::DateTime::from_timestamp_millis(MOVED).unwrap();
    rig.put(id, "high");
    rig.now.at = chrono::DateTime::from_timestamp_millis(MOVED + 10).unwrap();
    let touch = rig.write(Change::LogTouch(Box::new(talk(id, rig.now)))).made.unwrap().id;
    let mut was = MOVED + 10;
    for (rev, (at, segment)) in (1..).zip([(MOVED - 1, "growth"), (MOVED, "high")]) {
        let set = vec![Edited { field: Field::TouchAt, was: Value::Moment(was), to: Value::Moment(at) }];
        rig.write(Change::Edit { row: Row { noun: Noun::Touch, id: touch }, rev, set });
        assert_eq!(rig.text("SELECT segment_then FROM touch").as_deref(), Some(segment));
        assert_eq!(rig.text("SELECT segment FROM daily WHERE touches>0").as_deref(), Some(segment));
        was = at;
    }
    rig.sound();
}

#[test]
fn a42_a_period_that_ends_with_the_millisecond_before_a_move_stands_before_it() {
    let mut rig = rig();
    let id = rig.customer("优品汇");
    rig.put(id, "growth");
    rig.now.at = chrono::DateTime::from_timestamp_millis(MOVED).unwrap();
    rig.put(id, "high");
    let before = |until: i64| segment_before(&rig.store.db, id, until).unwrap();
    assert_eq!(before(MOVED).as_deref(), Some("growth"));
    assert_eq!(before(MOVED + 1).as_deref(), Some("high"));
}

#[test]
fn figures_kept_before_the_daily_round_moved_somebody_follow_the_move() {
    let mut rig = rig();
    rig.at("2024-02-01T02:00:00Z");
    rig.write(Change::Benchmark { industry: "制造业".into(), year: 2024, average: Fen(1_000_000) });
    let id = rig.customer("优品汇");
    let set = vec![Edited { field: Field::Industry, was: Value::None, to: Value::text("制造业") }];
    rig.write(Change::Edit { row: Row { noun: Noun::Customer, id }, rev: 1, set });
    rig.write(order(id, "2024-02-01", 6_000));
    rig.at("2024-05-20T02:00:00Z");
    rig.keep_may();
    let before = rig.may();
    let was = rig.text("SELECT segment FROM facts");
    rig.at("2024-05-20T02:00:01Z");
    while !rig.store.daily_round(rig.now, 100).unwrap().done {}
    assert_ne!(rig.text("SELECT segment FROM facts"), was, "silence alone moves a customer");
    let segments = |kpis: &Kpis| -> Vec<Option<f64>> {
        kpis.groups.iter().map(|group| kpis.row(group.segment, "customers").unwrap().figure.value).collect()
    };
    let followed = rig.may();
    assert_ne!(segments(&followed), segments(&before));
    rig.store.db.execute("DELETE FROM kept_figures", []).unwrap();
    assert_eq!(followed.groups, rig.may().groups);
    rig.sound();
}

#[test]
fn figures_kept_in_the_millisecond_in_which_new_rules_move_somebody_are_not_taken_for_right() {
    let mut rig = rig();
    rig.write(Change::Benchmark { industry: "制造业".into(), year: 2024, average: Fen(1_000_000) });
    let id = rig.customer("优品汇");
    let set = vec![Edited { field: Field::Industry, was: Value::None, to: Value::text("制造业") }];
    rig.write(Change::Edit { row: Row { noun: Noun::Customer, id }, rev: 1, set });
    rig.write(order(id, "2024-01-05", 6_000));
    let was = rig.text("SELECT segment FROM facts");
    rig.at("2024-05-20T03:00:00Z");
    rig.keep_may();
    let (_, text) = SHIPPED.iter().find(|(id, _)| *id == "segment").unwrap();
    let text = text.replace("share < 50%", "share < 70%").replace("share >= 50%", "share >= 70%");
    rig.write(Change::ApplyScheme { text });
    assert_ne!(rig.text("SELECT segment FROM facts"), was);
    rig.sound();
    rig.write(Change::Undo(None));
    rig.sound();
}
