//! Gifts that go to customers: what they cost, what is left of them, and how an undo gives them back (A119, D21, D23).

use super::*;

/// A company with three boxes, and a customer.
fn boxes() -> (Rig, i64) {
    let mut rig = rig();
    let customer = rig.customer("恒远物流");
    let set = vec![
        (Field::GiftName, Value::text("茶叶礼盒")),
        (Field::GiftUnit, Value::Money(Fen(8_000))),
        (Field::GiftStock, Value::Int(2)),
    ];
    rig.write(Change::Add { noun: Noun::Gift, customer: CustomerId(0), set });
    (rig, customer)
}

fn with_gift(rig: &Rig, customer: i64, gift: &str) -> Change {
    let touch = NewTouch { gift: Some(gift.into()), kind: "reply".into(), ..talk(customer, rig.now) };
    Change::LogTouch(Box::new(touch))
}

const LEFT: &str = "SELECT stock FROM gift WHERE name='茶叶礼盒'";
const COST: &str = "SELECT coalesce(sum(amount_fen),0) FROM expense WHERE category='gift'";

#[test]
fn a119_a_gift_that_goes_along_is_taken_from_the_stock_and_runs_against_the_budget() {
    let (mut rig, customer) = boxes();
    rig.write(with_gift(&rig, customer, "茶叶礼盒"));
    assert_eq!((rig.count(LEFT), rig.count(COST)), (1, 8_000));
    assert_eq!(rig.text("SELECT spent_on || note FROM expense").unwrap(), "2024-05-20茶叶礼盒");
    assert_eq!(rig.count("SELECT cost_year FROM facts"), 8_000);
    rig.write(Change::Undo(None));
    assert_eq!((rig.count(LEFT), rig.count(COST)), (2, 0));
    rig.write(Change::Redo);
    assert_eq!((rig.count(LEFT), rig.count(COST)), (1, 8_000));
    rig.sound();
}

#[test]
fn a119_what_is_not_left_cannot_be_given_and_nothing_is_written() {
    let (mut rig, customer) = boxes();
    for _ in 0..2 {
        rig.write(with_gift(&rig, customer, "茶叶礼盒"));
    }
    let none = Problem::NoneLeft("茶叶礼盒".into());
    let refused = rig.attempt(with_gift(&rig, customer, "茶叶礼盒"));
    assert_eq!(refused.unwrap_err(), StoreError::Invalid(Invalid { field: Field::TouchGift, problem: none }));
    let unknown = rig.attempt(with_gift(&rig, customer, "金条"));
    let problem = Problem::NoSuchGift("金条".into());
    assert_eq!(unknown.unwrap_err(), StoreError::Invalid(Invalid { field: Field::TouchGift, problem }));
    assert_eq!((rig.count("SELECT count(*) FROM touch"), rig.count(LEFT), rig.count(COST)), (2, 0, 16_000));
}

#[test]
fn a119_an_undo_gives_the_gift_back_though_a_colleague_has_given_the_same_one_since() {
    let (mut rig, customer) = boxes();
    let mine = rig.write(with_gift(&rig, customer, "茶叶礼盒")).change;
    let me = rig.me.clone();
    rig.me = rig.person("li", "admin", "sales");
    rig.write(with_gift(&rig, customer, "茶叶礼盒"));
    assert_eq!(rig.count(LEFT), 0);
    rig.me = me;
    rig.write(Change::Undo(mine));
    assert_eq!(rig.count(LEFT), 1);
}

#[test]
fn an_expense_that_is_noted_by_a_gift_s_name_counts_as_one_given_and_its_removal_as_one_back() {
    let (mut rig, customer) = boxes();
    let expense = |note: &str| Change::Add {
        noun: Noun::Expense,
        customer: CustomerId(customer),
        set: vec![
            (Field::ExpenseDay, Value::Day("2024-05-20".parse().unwrap())),
            (Field::ExpenseKind, Value::text("gift")),
            (Field::ExpenseAmount, Value::Money(Fen(8_000))),
            (Field::ExpenseNote, Value::text(note)),
        ],
    };
    rig.write(expense("鲜花"));
    assert_eq!(rig.count(LEFT), 2);
    let row = rig.write(expense("茶叶礼盒")).made.unwrap();
    assert_eq!(rig.count(LEFT), 1);
    rig.write(Change::Remove { row, rev: 1 });
    assert_eq!(rig.count(LEFT), 2);
}
