//! Very long names on a small screen: what stands beside them is still seen, and no line grows beyond the screen.

#[expect(dead_code, reason = "other tests use the rest of the rig")]
mod rig;

use guanxi::domain::cells::width;
use guanxi::domain::change::{Change, Each, NewContact, NewCustomer, TagPath};
use guanxi::domain::customer::CustomerId;
use guanxi::domain::field::{Field, Noun, Value};
use guanxi::i18n::Lang;
use rig::Rig;

/// A company in which everything has a name of sixty characters, and one customer an English name of 118.
fn long(lang: Lang) -> Rig {
    let mut rig = Rig::company(lang, 80, 24);
    let name: String = "内蒙古自治区呼伦贝尔市鄂温克族自治旗伊敏河镇草原生态畜牧业发展冷链物流"
        .chars()
        .cycle()
        .take(60)
        .collect();
    let contact = NewContact {
        name: name.clone(),
        title: Some(name.clone()),
        methods: vec![("mobile".into(), "13800138000".into())],
    };
    let values = vec![
        (Field::Name, Value::text(&name)),
        (Field::Industry, Value::text(&name)),
        (Field::Region, Value::text(&name)),
    ];
    let new = NewCustomer {
        code: Some("C2024059999".into()),
        values,
        contacts: vec![contact],
        ..NewCustomer::default()
    };
    let id = rig.write(Change::AddCustomer(Box::new(new))).customer.unwrap_or(CustomerId(0));
    let path = TagPath { kind: "need".into(), name: "关注点".into(), value: name.clone() };
    rig.write(Change::Many { customers: vec![id], each: Each::Tag(path) });
    let add = |noun, set| Change::Add { noun, customer: id, set };
    rig.write(add(Noun::Product, vec![(Field::ProductName, Value::text(&name))]));
    rig.write(add(Noun::Complaint, vec![(Field::ComplaintSummary, Value::text(&name))]));
    rig.write(add(Noun::OptOut, vec![(Field::OptOutChannel, Value::text("all"))]));
    rig.write(add(
        Noun::Order,
        vec![(Field::OrderAmount, Value::Money(guanxi::domain::money::Fen(12_345_678_900)))],
    ));
    let english: String = "International Consolidated Machinery ".chars().cycle().take(118).collect();
    let values = vec![(Field::Name, Value::text(&english))];
    rig.write(Change::AddCustomer(Box::new(NewCustomer { values, ..NewCustomer::default() })));
    rig.app.shared.revision += 1;
    rig.send(guanxi::app::Msg::Elsewhere);
    rig
}

#[test]
fn a_name_of_sixty_characters_pushes_out_neither_number_nor_owner_nor_phone_nor_a_wish() {
    let mut rig = long(Lang::Zh);
    rig.keys("/8000").shows(&["13800138000", "免打扰"]);
    rig.keys("<Enter>").shows(&["C2024059999", "负责 王敏", "13800138000", "123,456,789"]);
    rig.keys("1").shows(&["免打扰", "负责 王敏"]);
    let mut rig = long(Lang::En);
    rig.keys("/8000<Enter>").shows(&["C2024059999", "owner 王敏", "13800138000"]);
}

#[test]
fn no_line_is_wider_than_the_screen_whatever_is_open_over_long_names() {
    for lang in [Lang::Zh, Lang::En] {
        let mut rig = long(lang);
        rig.keys("/8000<Enter>");
        for keys in [
            "1",
            "2",
            "3",
            "3<Tab>",
            "3<Tab><Tab><Tab>",
            "4",
            "4<Tab>",
            "5",
            "2a",
            "2n",
            "1e",
            "2y",
            "2w",
            "2L",
            "2T",
            "2t",
            "2p",
            "2H",
            "2O",
            "2Q",
            "/8000",
            "1X",
            "1m",
            "1 m",
            "2u",
            "2<End>",
            "4<Tab><Right><Right><Right>",
            "2<F12>",
        ] {
            rig.keys("<Esc><Esc><Esc>").keys(keys);
            let (lines, _) = rig.paint();
            assert_eq!(lines.len(), 24, "{keys}");
            for line in lines {
                assert!(width(line.trim_end()) <= 80, "{keys}: {line}");
            }
        }
    }
}
