//! How complete and how well checked records were in periods that are over (F38): the first is written down by the day's look,
//! the second is told by when each record was ticked. Worked by hand in the comments.

use super::*;
use crate::domain::kpi::{Figure, Period};
use crate::store::Mode;
use crate::store::request::{Answer, KpiQuery, Query};

fn figure(rig: &Rig, period: &str, id: &str, as_of: Option<&str>) -> Figure {
    let as_of = as_of.map(|at| at.parse::<chrono::DateTime<chrono::Utc>>().unwrap().timestamp_millis());
    let query = KpiQuery { period: Period::read(period).unwrap(), as_of };
    match rig.store.ask(&rig.me, &Query::Kpis(query), rig.now).unwrap() {
        Answer::Kpis(kpis) => kpis.row("", id).unwrap().figure.clone(),
        other => panic!("{other:?}"),
    }
}

/// Key fields filled of all.
fn complete(rig: &Rig, period: &str) -> Option<(i64, i64)> {
    let figure = figure(rig, period, "completeness", None);
    figure.value.and(figure.k.zip(figure.n))
}

/// The day's look, so many customers at a time.
fn look(rig: &mut Rig, at: &str, slice: usize) {
    rig.at(at);
    let (me, now) = (rig.me.clone(), rig.now);
    while rig.store.watch(&me, now, slice).unwrap().more {}
}

#[test]
fn f38_a_past_period_tells_how_complete_records_were_on_the_last_day_that_was_counted_in_it() {
    let mut rig = rig();
    // a contact and a phone of four fields, then a bare name: 2 of 8
    rig.write(Change::AddCustomer(Box::new(with_phone("恒远物流有限公司", "13800138000"))));
    let bare = rig.customer("宏达机械有限公司");
    look(&mut rig, "2024-05-20T02:00:00Z", 1);
    assert_eq!(complete(&rig, "2024-05"), Some((2, 8)), "a running month is counted");
    // the industry on the 30th, seen by that day's look; the size on the 31st, when nobody looks any more
    look(&mut rig, "2024-05-30T01:00:00Z", 100);
    fill(&mut rig, bare, Field::Industry, Value::text("制造业"));
    let (me, now) = (rig.me.clone(), rig.now);
    rig.store.watch_all(&me, now).unwrap();
    rig.at("2024-05-31T02:00:00Z");
    fill(&mut rig, bare, Field::Employees, Value::Int(40));
    look(&mut rig, "2024-06-03T02:00:00Z", 1);
    assert_eq!(complete(&rig, "2024-05"), Some((3, 8)), "as the 30th had it");
    assert_eq!(complete(&rig, "2024-06"), Some((4, 8)), "as it is");
    assert_eq!(complete(&rig, "2024-Q2"), Some((4, 8)), "a running quarter too");
    // as it was known on the 25th, May had what the look of the 20th had counted
    let known = figure(&rig, "2024-05", "completeness", Some("2024-05-25T02:00:00Z"));
    assert_eq!(known.k.zip(known.n), Some((2, 8)));
    let nobody = figure(&rig, "2024-04", "completeness", None);
    assert_eq!((nobody.value, nobody.n), (None, None), "of April nobody wrote anything down");
    look(&mut rig, "2024-07-02T02:00:00Z", 1);
    assert_eq!((complete(&rig, "2024-Q2"), complete(&rig, "2024-06")), (Some((4, 8)), Some((4, 8))));
    assert_eq!(rig.count("SELECT count(*) FROM completeness WHERE day=''"), 0, "no count is left half done");
    rig.sound();
}

fn fill(rig: &mut Rig, customer: i64, field: Field, to: Value) {
    let row = Row { noun: Noun::Customer, id: customer };
    let rev = rig.count(&format!("SELECT rev FROM customer WHERE id={customer}"));
    rig.write(Change::Edit { row, rev, set: vec![Edited { field, was: Value::None, to }] });
}

#[test]
fn f38_a_count_that_is_cut_off_is_begun_again_and_counts_nobody_twice() {
    let mut rig = rig();
    for name in ["恒远物流有限公司", "宏达机械有限公司", "优品汇零售"] {
        rig.customer(name);
    }
    let (me, now) = (rig.me.clone(), rig.now);
    assert!(rig.store.watch(&me, now, 1).unwrap().more);
    assert!(rig.count("SELECT count(*) FROM completeness WHERE day=''") > 0, "a slice was counted");
    rig.store.watch_all(&me, now).unwrap();
    let fields = rig.count("SELECT fields FROM completeness WHERE segment='' AND day='2024-05-20'");
    assert_eq!(fields, 12, "three records of four fields");
}

#[test]
fn f38_records_checked_by_the_end_of_a_past_month_are_told_by_their_ticks() {
    let mut rig = rig();
    rig.at("2024-03-04T02:00:00Z");
    let [first, second] = ["恒远物流有限公司", "宏达机械有限公司"].map(|name| rig.customer(name));
    rig.me = rig.person("zhao", "admin", "operations");
    rig.at("2024-03-31T15:59:59Z");
    rig.write(Change::Check(CustomerId(first)));
    rig.at("2024-03-31T16:00:00Z");
    rig.write(Change::Check(CustomerId(second)));
    rig.at("2024-05-20T02:00:00Z");
    rig.customer("优品汇零售");
    let checked = |period: &str| {
        let figure = figure(&rig, period, "checked", None);
        figure.k.zip(figure.n)
    };
    // the first at the last second of March in Shanghai, the second with the first of April; the third came in May
    assert_eq!(
        ["2024-02", "2024-03", "2024-04", "2024-05"].map(checked),
        [Some((0, 0)), Some((1, 2)), Some((2, 2)), Some((2, 3))]
    );
}

#[test]
fn f38_a_slice_that_two_sessions_look_at_at_once_is_counted_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let mut rig = rig();
    rig.store = Store::open(&path, Mode::Create).unwrap();
    rig.me = rig.store.personal("wang", "王敏", rig.now).unwrap().unwrap();
    for name in ["恒远物流有限公司", "宏达机械有限公司", "优品汇零售"] {
        rig.customer(name);
    }
    let (me, now) = (rig.me.clone(), rig.now);
    let mut sessions = [(); 2].map(|()| Store::open(&path, Mode::Existing).unwrap());
    // both have read the second slice before either of them puts it down; the first begins the count anew in any case
    assert!(rig.store.watch(&me, now, 1).unwrap().more);
    let seen = sessions.each_mut().map(|session| session.seen(&me, now, 1).unwrap().unwrap());
    for (session, seen) in sessions.iter_mut().zip(seen) {
        assert!(session.put_down(seen).unwrap().more);
    }
    while rig.store.watch(&me, now, 1).unwrap().more {}
    let fields = rig.count("SELECT fields FROM completeness WHERE segment='' AND day='2024-05-20'");
    assert_eq!(fields, 12, "three records of four fields");
}
