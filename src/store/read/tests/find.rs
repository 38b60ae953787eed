//! What the look-up box finds, and that it is kept as the records have it.

use super::*;
use crate::store::check::Fault;

#[test]
fn who_stands_behind_thousands_that_only_look_alike_is_found() {
    let mut c = Company::new();
    let named = |name: String| {
        let values = vec![(Field::Name, Value::text(&name))];
        Change::AddCustomer(Box::new(NewCustomer { values, ..NewCustomer::default() }))
    };
    c.write(named("Xabcdx Trading".to_owned()));
    // each holds the grams of what is typed, and not the word
    c.write(Change::All((0..2_500).map(|n| named(format!("Xabc Xbcd {n}"))).collect()));
    c.write(named("Yabcdy Trading".to_owned()));
    assert_eq!(c.found("abcd"), ["Xabcdx Trading", "Yabcdy Trading"]);
    assert_eq!(c.found("yabc"), ["Yabcdy Trading"]);
    assert_eq!(c.found("zzz"), Vec::<String>::new());
}

#[test]
fn every_text_of_a_customer_finds_it_as_it_stands_now_and_no_longer_as_it_stood() {
    let mut c = Company::new();
    let customer = c.customer("恒远物流", "陈一鸣", "170 0000 1234");
    let add = |noun, field, text: &str| Change::Add { noun, customer, set: vec![(field, Value::text(text))] };
    c.write(add(Noun::Contact, Field::ContactName, "李四光"));
    let tag = TagPath { kind: "need".into(), name: "服务".into(), value: "夜间送货".into() };
    c.write(Change::Many { customers: vec![customer], each: Each::Tag(tag) });
    for text in ["恒远", "hywl", "陈一", "李四光", "夜间", "1234", "17000001234"] {
        assert_eq!(c.found(text), ["恒远物流"], "{text}");
    }
    let contact: i64 =
        c.store.db.query_row("SELECT id FROM contact WHERE name='李四光'", [], |r| r.get(0)).unwrap();
    let row = crate::domain::field::Row { noun: Noun::Contact, id: contact };
    c.write(Change::Remove { row, rev: 1 });
    assert_eq!(c.found("李四光"), Vec::<String>::new());
    assert_eq!(c.store.check(c.now).unwrap(), []);
}

#[test]
fn the_check_tells_an_entry_that_is_not_as_the_records_have_it_and_a_repair_mends_it() {
    let mut c = Company::new();
    let CustomerId(id) = c.customer("恒远物流", "陈一鸣", "17000001234");
    for broken in ["UPDATE entry SET contacts='别人'", "DELETE FROM entry"] {
        c.store.db.execute_batch(broken).unwrap();
        assert_eq!(c.store.check(c.now).unwrap(), [Fault::Lookup { index: "entry", row: id }], "{broken}");
        c.store.repair(c.now, &mut |_, _| {}).unwrap();
        assert_eq!(c.store.check(c.now).unwrap(), []);
        assert_eq!(c.found("陈一"), ["恒远物流"]);
    }
}

#[test]
fn i14_middle_digits_find_ones_own_customers_alone_the_lately_talked_to_first() {
    let mut c = Company::new();
    c.customer("宏达机械", "李明", "13977770003");
    c.actor = c.person("li", "李雷", "rep", "sales");
    for (name, phone) in [("恒远物流", "13977770001"), ("远航货运", "13977770002"), ("明星", "13988880000")]
    {
        c.customer(name, "陈一鸣", phone);
    }
    let talked = c.customer("晚星", "陈一鸣", "13977770004");
    c.touch(talked, "2024-05-18", "谈过");
    // too many digits for a head or a tail: who shows masked is not found by them
    assert_eq!(c.found("77770"), ["晚星", "恒远物流", "远航货运"]);
    assert_eq!(c.found("9999"), Vec::<String>::new());
}
