//! Showing what is masked: a reason, a count, a limit, and a trace in the history.

use super::*;
use crate::store::request::Limited;

fn reveal(row: Row, field: Option<Field>, reason: &str) -> Change {
    Change::Reveal { row, field, reason: reason.into() }
}

#[test]
fn i14_a_masked_field_shows_for_a_reason_which_is_kept_and_counted_up_to_the_limit() {
    let mut rig = rig();
    rig.write(Change::AddCustomer(Box::new(with_phone("恒远物流", "13800138812"))));
    let boss = rig.person("boss", "manager", "service");
    let viewer = rig.person("viewer", "viewer", "sales");
    let rep = rig.person("rep", "rep", "service");
    rig.write(Change::Set { key: "reveals".into(), value: "2".into() });
    let me = std::mem::replace(&mut rig.me, rep);
    let (list, method) = (Row { noun: Noun::Customer, id: 1 }, Row { noun: Noun::Method, id: 1 });
    let empty = Invalid { field: Field::Reason, problem: Problem::Empty };
    assert_eq!(rig.attempt(reveal(method, None, "  ")), Err(StoreError::Invalid(empty)));
    let shown = rig.write(reveal(list, Some(Field::Phone), "客户来电核对"));
    assert_eq!(shown.revealed.clone().unwrap().values, [(Field::Phone, Value::text("13800138812"))]);
    assert_eq!(shown.revealed.unwrap().counted, Some((1, 2)));
    let shown = rig.write(reveal(method, Some(Field::MethodValue), "回电"));
    assert_eq!(shown.revealed.clone().unwrap().values, [(Field::MethodValue, Value::text("13800138812"))]);
    let over = Err(StoreError::Limit { what: Limited::Reveal, most: 2 });
    assert_eq!(rig.attempt(reveal(method, None, "再看一次")), over);
    assert_eq!(rig.count("SELECT count(*) FROM look_up WHERE what='reveal'"), 2);
    assert_eq!(
        rig.text("SELECT reason FROM change WHERE verb='reveal' ORDER BY id").unwrap(),
        "客户来电核对"
    );
    // another day has another count, and a manager none
    rig.at("2024-05-21T02:00:00Z");
    assert_eq!(rig.write(reveal(method, None, "回电")).revealed.unwrap().counted, Some((1, 2)));
    rig.me = boss;
    for _ in 0..3 {
        assert_eq!(rig.write(reveal(method, None, "质检")).revealed.unwrap().counted, None);
    }
    rig.me = viewer;
    assert_eq!(rig.attempt(reveal(method, None, "看看")), Err(StoreError::Denied(Verb::Reveal)));
    // nobody asks for what they see anyway: it is no look-up
    rig.me = me;
    rig.write(reveal(method, None, "自己的客户"));
    assert_eq!(rig.count("SELECT count(*) FROM look_up"), 6);
    assert_eq!(rig.attempt(Change::Undo(None)).unwrap().verb, "undo", "there is nothing of it to take back");
    rig.sound();
}

#[test]
fn the_log_of_look_ups_is_not_rewritten() {
    let mut rig = rig();
    rig.write(Change::AddCustomer(Box::new(with_phone("恒远物流", "13800138812"))));
    let rep = rig.person("rep", "rep", "service");
    rig.me = rep;
    rig.write(reveal(Row { noun: Noun::Method, id: 1 }, None, "回电"));
    for sql in
        ["UPDATE look_up SET reason='x'", "UPDATE look_up SET reason=NULL, at=0", "DELETE FROM look_up"]
    {
        assert!(rig.store.db.execute(sql, []).unwrap_err().to_string().contains("not rewritten"), "{sql}");
    }
}

#[test]
fn a27_the_owner_lets_a_colleague_in_who_sees_and_checks_but_does_not_give_away() {
    let mut rig = rig();
    let owner = rig.person("owner", "rep", "sales");
    let other = rig.person("other", "rep", "service");
    rig.me = owner.clone();
    let customer = rig.customer("恒远物流");
    let share = |person: &Actor| Change::Add {
        noun: Noun::Share,
        customer: CustomerId(customer),
        set: vec![(Field::SharePerson, Value::Id(person.id.0))],
    };
    let check = Change::Check(CustomerId(customer));
    rig.me = other.clone();
    assert_eq!(rig.attempt(share(&other)), Err(StoreError::Denied(Verb::Share)), "nobody lets themselves in");
    assert_eq!(rig.attempt(check.clone()), Err(StoreError::Denied(Verb::Check)));
    rig.me = owner.clone();
    let row = rig.write(share(&other)).made.unwrap();
    let again = Problem::InAlready("other".into());
    let again = StoreError::Invalid(Invalid { field: Field::SharePerson, problem: again });
    assert_eq!(rig.attempt(share(&other)), Err(again));
    assert_eq!(rig.attempt(check.clone()), Err(StoreError::SameHand), "K57: not by whoever entered it");
    rig.me = other.clone();
    assert_eq!(rig.attempt(Change::Remove { row, rev: 1 }), Err(StoreError::Denied(Verb::Share)));
    let give = Change::Many { customers: vec![CustomerId(customer)], each: Each::Assign(other.id) };
    assert_eq!(rig.attempt(give), Err(StoreError::Denied(Verb::Assign)));
    assert_eq!(rig.write(check).rows, 1);
    rig.me = owner;
    rig.write(Change::Remove { row, rev: 1 });
    rig.write(Change::Undo(None));
    assert_eq!(rig.count("SELECT count(*) FROM customer_share"), 1);
    rig.sound();
}

#[test]
fn i14_a_new_customer_with_a_colleagues_number_is_told_of_as_a_look_up_that_is_kept_and_counted() {
    let mut rig = rig();
    rig.write(Change::AddCustomer(Box::new(with_phone("恒远物流", "13800138812"))));
    rig.write(Change::AddCustomer(Box::new(with_phone("宏达", "13800138813"))));
    rig.write(Change::Set { key: "look_ups".into(), value: "1".into() });
    let alike = |rig: &mut Rig, name: &str, phone: &str| {
        rig.write(Change::AddCustomer(Box::new(with_phone(name, phone)))).alike.map(|(_, name)| name)
    };
    assert_eq!(alike(&mut rig, "总管", "13800138812").as_deref(), Some("恒远物流"));
    assert_eq!(rig.count("SELECT count(*) FROM look_up"), 0, "who sees all asks for nothing");
    rig.me = rig.person("rep", "rep", "service");
    for name in ["甲", "乙"] {
        assert_eq!(alike(&mut rig, name, "13800138812").as_deref(), Some("恒远物流"));
    }
    assert_eq!(rig.count("SELECT count(*) FROM look_up WHERE what='number' AND customer_id=1"), 1);
    assert_eq!(alike(&mut rig, "丙", "13800138813"), None, "over the limit it is saved and nothing told");
    assert_eq!(
        alike(&mut rig, "宏达有限公司", "13900000000").as_deref(),
        Some("宏达"),
        "names are the directory"
    );
    assert_eq!(rig.count("SELECT count(*) FROM look_up"), 1);
    rig.sound();
}

#[test]
fn i14_guessing_at_a_number_by_making_customers_is_counted_whether_it_is_refused_or_not() {
    let mut rig = rig();
    rig.write(Change::AddCustomer(Box::new(with_phone("恒远物流", "13800138812"))));
    rig.write_setting("look_ups", "3");
    rig.me = rig.person("rep", "rep", "service");
    let guess = |rig: &mut Rig, phone: &str| {
        let made = rig.attempt(Change::AddCustomer(Box::new(with_phone("恒远物流", phone))));
        let taken = matches!(
            made,
            Err(StoreError::Invalid(Invalid { field: Field::Name, problem: Problem::Taken { .. } }))
        );
        assert!(taken || made.is_ok(), "{made:?}");
        taken
    };
    let counted = |rig: &Rig| rig.count("SELECT count(*) FROM look_up WHERE what='number'");
    // nobody's number tells as much as somebody's
    assert_eq!((guess(&mut rig, "13800138811"), counted(&rig)), (false, 1));
    // the refusal is gone with its transaction, and what it told is kept all the same
    assert_eq!((guess(&mut rig, "13800138812"), counted(&rig)), (true, 2));
    assert_eq!(
        (guess(&mut rig, "13800138812"), counted(&rig)),
        (true, 2),
        "who asks again learns nothing new"
    );
    assert_eq!((guess(&mut rig, "13800138813"), counted(&rig)), (false, 3));
    // over the limit a right guess and a wrong one come to the same
    rig.write_setting("look_ups", "2");
    rig.me = rig.person("other", "rep", "service");
    for (phone, counts) in [("13800138821", 4), ("13800138822", 5), ("13800138812", 5), ("13800138823", 5)] {
        assert_eq!((guess(&mut rig, phone), counted(&rig)), (false, counts), "{phone}");
    }
    rig.sound();
}
