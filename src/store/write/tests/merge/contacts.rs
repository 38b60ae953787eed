//! Whom both customers have as a contact (H7, K56).

use super::*;
use crate::store::values::by_code;

#[test]
fn k56_one_phone_under_two_numbers_is_one_contact_with_one_phone_and_both_numbers_lead_to_it() {
    let mut rig = rig();
    let new = |code: &str, name: &str| {
        Change::AddCustomer(Box::new(NewCustomer {
            code: Some(code.into()),
            ..with_phone(name, "13800138000")
        }))
    };
    let keep = rig.write(new("C1", "宏达科技")).customer.unwrap().0;
    let gone = rig.write(new("C2", "宏达科技公司")).customer.unwrap().0;
    rig.write(Change::LogTouch(Box::new(NewTouch { closed: true, ..talk(gone, rig.now) })));
    let contact = rig.count(&format!("SELECT id FROM contact WHERE customer_id={gone}"));
    written(&mut rig, Some(gone), |work| {
        let touch: i64 = work.db.query_row("SELECT id FROM touch", [], |r| r.get(0)).unwrap();
        work.update(Noun::Touch, touch, &[("contact_id", rusqlite::types::Value::Integer(contact))]).unwrap();
    });
    let merged = Merge { note: Some("C2: 名称 宏达科技公司".into()), ..plain(keep, gone) };
    rig.write(Change::Merge(Box::new(merged)));
    assert_eq!(rig.count("SELECT count(*) FROM contact"), 1);
    assert_eq!(rig.count("SELECT count(*) FROM method"), 1);
    assert_eq!(
        rig.count(
            "SELECT count(*) FROM touch t JOIN contact c ON c.id=t.contact_id AND c.customer_id=t.customer_id"
        ),
        1
    );
    assert_eq!(by_code(&rig.store.db, "C2").unwrap(), Some(keep));
    assert_eq!(rig.text("SELECT name FROM customer"), Some("宏达科技".into()));
    assert_eq!(rig.text("SELECT note FROM customer"), Some("C2: 名称 宏达科技公司".into()));
    rig.sound();
}

#[test]
fn h07_two_contacts_without_a_name_or_with_one_of_many_are_one_only_with_a_number_in_common() {
    for (name, other, contacts) in [
        ("—", "13800138001", 2),
        ("—", "138 0013 8000", 1),
        ("李经理", "13800138001", 2),
        ("李经理", "138 0013 8000", 1),
        ("李雷", "13800138001", 1),
    ] {
        let mut rig = rig();
        let keep = called(&mut rig, "宏达科技", name, "13800138000");
        let gone = called(&mut rig, "宏达", name, other);
        rig.write(merge(keep, gone));
        assert_eq!(rig.count("SELECT count(*) FROM contact"), contacts, "{name} {other}");
        assert_eq!(rig.count("SELECT count(*) FROM contact WHERE is_key=1"), 1);
        rig.sound();
    }
}

/// A customer with one contact.
fn called(rig: &mut Rig, name: &str, contact: &str, phone: &str) -> i64 {
    let mut new = with_phone(name, phone);
    new.contacts[0].name = contact.into();
    rig.write(Change::AddCustomer(Box::new(new))).customer.unwrap().0
}

#[test]
fn h07_the_key_contact_of_the_gone_one_is_that_of_the_other_where_that_has_none() {
    for (has, key) in [(false, "李雷"), (true, "韩梅梅")] {
        let mut rig = rig();
        let keep = called(&mut rig, "宏达科技", "韩梅梅", "13800138000");
        let contact = NewContact { name: "李雷".into(), ..NewContact::default() };
        rig.write(Change::AddContact { customer: CustomerId(keep), contact });
        let gone = called(&mut rig, "宏达", "李雷", "13800138001");
        written(&mut rig, Some(keep), |work| {
            let sql = "SELECT id FROM contact WHERE customer_id=?1 AND name='韩梅梅'";
            let id = work.db.query_row(sql, [keep], |r| r.get(0)).unwrap();
            let is = rusqlite::types::Value::Integer(i64::from(has));
            work.update(Noun::Contact, id, &[("is_key", is)]).unwrap();
        });
        let before = all(&rig);
        rig.write(merge(keep, gone));
        assert_eq!(column::<String>(&rig.store.db, "SELECT name FROM contact WHERE is_key=1"), [key]);
        rig.sound();
        taken_back(&mut rig, &before);
    }
}
