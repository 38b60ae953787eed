//! Whom both customers have as a contact (H7, K56).

use super::*;

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
    assert_eq!(customer::by_code(&rig.store.db, "C2").unwrap(), Some(keep));
    assert_eq!(rig.text("SELECT name FROM customer"), Some("宏达科技".into()));
    assert_eq!(rig.text("SELECT note FROM customer"), Some("C2: 名称 宏达科技公司".into()));
    rig.sound();
}

#[test]
fn h07_two_contacts_without_a_name_are_one_only_with_a_number_in_common() {
    for (other, contacts) in [("13800138001", 2), ("138 0013 8000", 1)] {
        let mut rig = rig();
        let new = |code: &str, phone: &str| {
            let mut new = NewCustomer {
                code: Some(code.into()),
                ..with_phone(if code == "C1" { "宏达科技" } else { "宏达" }, phone)
            };
            for contact in &mut new.contacts {
                contact.name = "—".into();
            }
            Change::AddCustomer(Box::new(new))
        };
        let keep = rig.write(new("C1", "13800138000")).customer.unwrap().0;
        let gone = rig.write(new("C2", other)).customer.unwrap().0;
        rig.write(merge(keep, gone));
        assert_eq!(rig.count("SELECT count(*) FROM contact"), contacts, "{other}");
        rig.sound();
    }
}
