//! Where the handbooks contradict each other or are silent, the company decides by a setting; each has the default that
//! requirements.md proposes, and the other choice does what it says (X8, X12, X26, X37, X39, B9).

use super::*;
use crate::store::read::guard::guarded;

impl Rig {
    fn setting(&mut self, key: &str, value: &str) {
        self.write(Change::Set { key: key.into(), value: value.into() });
    }

    fn class_of(&self, id: i64) -> Option<String> {
        self.store.db.query_row("SELECT segment FROM facts WHERE customer_id=?1", [id], |r| r.get(0)).unwrap()
    }

    /// A customer of an industry whose average is 10,000 yuan.
    fn maker(&mut self, name: &str) -> i64 {
        let id = self.customer(name);
        let set = vec![Edited { field: Field::Industry, was: Value::None, to: Value::text("制造业") }];
        self.write(Change::Edit { row: Row { noun: Noun::Customer, id }, rev: 1, set });
        let average = Fen(1_000_000);
        self.write(Change::Benchmark { industry: "制造业".into(), year: 2024, average });
        id
    }
}

const YEAR: &str = "SELECT spend_12m FROM facts";

#[test]
fn x37_annual_spend_is_that_of_twelve_months_unless_the_company_means_the_calendar_year() {
    let mut rig = rig();
    let id = rig.customer("恒远物流");
    rig.write(order(id, "2023-12-31", 100));
    rig.write(order(id, "2024-01-01", 20));
    assert_eq!(rig.count(YEAR), 12_000);
    rig.setting("annual", "calendar");
    assert_eq!(rig.count(YEAR), 2_000);
    assert!(rig.text("SELECT stale_on FROM facts").is_some_and(|d| d.as_str() <= "2025-01-01"));
    rig.write(Change::Undo(None));
    assert_eq!(rig.count(YEAR), 12_000);
    rig.sound();
}

#[test]
fn x39_b50_a_young_customer_is_taken_as_it_is_unless_the_company_scales_the_year() {
    let mut rig = rig();
    let id = rig.maker("新客制造");
    // the second month has begun: two twelfths of 10,000 yuan are 1,666.66
    rig.write(order(id, "2024-04-10", 2_500));
    assert_eq!(rig.class_of(id).as_deref(), Some("ordinary"), "a quarter of the average");
    rig.setting("annualise", "1");
    assert_eq!(rig.class_of(id).as_deref(), Some("high"), "2,500 in two months are 150 per cent");
    rig.write(order(id, "2023-05-20", 1));
    assert_eq!(rig.class_of(id).as_deref(), Some("ordinary"), "a customer for a year is not scaled");
    rig.sound();
}

#[test]
fn b09_a_message_that_nobody_answered_is_no_contact_unless_the_company_counts_it() {
    let mut rig = rig();
    let id = rig.maker("沉默制造");
    rig.write(order(id, "2023-10-01", 9_000));
    rig.write(Change::LogTouch(Box::new(NewTouch { responded: false, ..talk(id, rig.now) })));
    assert_eq!(rig.class_of(id).as_deref(), Some("cooling"));
    rig.setting("two_way_only", "0");
    assert_eq!(rig.class_of(id).as_deref(), Some("growth"));
    rig.sound();
}

#[test]
fn x26_an_entry_is_late_after_the_hours_that_the_company_sets() {
    let mut rig = rig();
    let id = rig.customer("恒远物流");
    let logged = |rig: &mut Rig, hours: i64| {
        let at = rig.now.at - chrono::Duration::hours(hours);
        let touch = NewTouch { at, kind: "reply".into(), ..talk(id, rig.now) };
        let id = rig.write(Change::LogTouch(Box::new(touch))).made.unwrap().id;
        rig.count(&format!("SELECT late FROM touch WHERE id={id}"))
    };
    assert_eq!([logged(&mut rig, 24), logged(&mut rig, 25)], [0, 1]);
    rig.setting("late_hours", "48");
    assert_eq!([logged(&mut rig, 48), logged(&mut rig, 49)], [0, 1]);
    assert_eq!(rig.count("SELECT sum(late) FROM touch"), 2, "what was late stays late (E28)");
}

#[test]
fn x12_answers_count_for_no_cap_unless_the_company_counts_them() {
    let mut rig = rig();
    let id = rig.customer("恒远物流");
    let touch = |rig: &Rig, kind: &str| NewTouch { kind: kind.into(), responded: false, ..talk(id, rig.now) };
    rig.write(Change::LogTouch(Box::new(touch(&rig, "reply"))));
    rig.write(Change::LogTouch(Box::new(touch(&rig, "inbound"))));
    let own = Change::LogTouch(Box::new(touch(&rig, "proactive")));
    rig.setting("cap_counts", "all");
    assert!(matches!(rig.attempt(own.clone()), Err(StoreError::Guarded(found)) if found.iter().any(
        |f| matches!(f, crate::domain::guard::Finding::Cap { touches, .. } if touches.len() == 1)
    )));
    rig.setting("cap_counts", "proactive");
    rig.write(own);
}

#[test]
fn x08_a_preference_names_as_many_categories_as_the_company_keeps() {
    use crate::domain::tag::preference;
    let bought = [("A品类".to_owned(), 3), ("B品类".to_owned(), 2), ("C品类".to_owned(), 1)];
    assert_eq!(preference(&bought, 1), ["A品类"]);
    assert_eq!(preference(&bought, 2), ["A品类", "B品类"]);
    let kept = |rig: &Rig| crate::store::facts::habits::Habits::load(&rig.store.db).unwrap().categories;
    let mut rig = rig();
    assert_eq!(kept(&rig), 2);
    rig.setting("categories_kept", "3");
    assert_eq!(kept(&rig), 3);
}

#[test]
fn x14_d21_coupons_and_rewards_run_against_no_budget_unless_the_company_counts_them() {
    use crate::store::request::{Answer, Query};
    let mut rig = rig();
    let new = NewCustomer { classes: vec![("segment".into(), "growth".into())], ..named("恒远物流") };
    let id = rig.write(Change::AddCustomer(Box::new(new))).customer.unwrap().0;
    for (kind, yuan) in [("touch", 30), ("coupon", 100), ("reward", 1_000)] {
        let set = vec![
            (Field::ExpenseDay, Value::Day("2024-05-02".parse().unwrap())),
            (Field::ExpenseKind, Value::text(kind)),
            (Field::ExpenseAmount, Value::Money(Fen(yuan * 100))),
        ];
        rig.write(Change::Add { noun: Noun::Expense, customer: CustomerId(id), set });
    }
    let counting = |rig: &Rig| crate::store::read::budget::of(&rig.store.db, id, rig.now).unwrap().counting;
    // the matrix adds up the same for the class
    let matrix =
        |rig: &Rig| match rig.store.ask(&rig.me, &Query::Strategy("segment".into()), rig.now).unwrap() {
            Answer::Strategy(rows) => {
                rows.into_iter().find(|row| row.class == "growth").and_then(|row| row.spent)
            }
            other => panic!("{other:?}"),
        };
    assert_eq!((counting(&rig), matrix(&rig)), (Some(Fen(3_000)), Some(Fen(3_000))));
    rig.setting("budget_counts", "all");
    assert_eq!((counting(&rig), matrix(&rig)), (Some(Fen(113_000)), Some(Fen(113_000))));
}

#[test]
fn x13_x16_x41_the_line_of_feasibility_the_range_of_loads_and_the_cap_of_the_dormant_are_the_companys() {
    use crate::domain::guard::{Deed, Finding, Intent};
    use crate::store::request::{Answer, Query};
    let mut rig = rig();
    let line = |rig: &Rig| match rig.store.ask(&rig.me, &Query::Strategy("segment".into()), rig.now).unwrap()
    {
        Answer::Strategy(rows) => rows.first().map(|row| row.feasible_line),
        other => panic!("{other:?}"),
    };
    assert_eq!(line(&rig), Some(100));
    rig.setting("feasible_percent", "120");
    assert_eq!(line(&rig), Some(120));
    let new = NewCustomer { classes: vec![("segment".into(), "dormant".into())], ..named("沉睡客户") };
    let id = rig.write(Change::AddCustomer(Box::new(new))).customer.unwrap();
    rig.write(Change::LogTouch(Box::new(NewTouch { responded: false, ..talk(id.0, rig.now) })));
    let capped = |rig: &Rig| {
        let found = guarded(&rig.store.db, &[id], &Intent::new(Deed::Touch, rig.now.at), rig.now).unwrap();
        found[0].findings.iter().any(|finding| matches!(finding, Finding::Cap { .. }))
    };
    assert!(capped(&rig), "one touch a month is the cap of the dormant");
    rig.setting("wake_up_cap", "lifted");
    assert!(!capped(&rig));
}
