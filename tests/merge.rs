//! Making two records of one customer one, from the keyboard and from the command line (H7): what the screen shows, what is
//! printed, what `u` brings back.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

#[path = "rig/desk.rs"]
mod desk;
#[expect(dead_code, reason = "each file of tests uses its part of the rig")]
mod rig;

use desk::Desk;
use guanxi::domain::change::{Change, NewContact, NewCustomer};
use guanxi::domain::field::{Field, Value};
use guanxi::i18n::Lang;
use guanxi::store::Store;
use rig::Rig;

/// The demo company, with somebody who stands there twice.
fn company(lang: Lang, width: u16, height: u16) -> Rig {
    let mut store = Store::memory().unwrap();
    guanxi::demo::fill(&mut store, 40, 1, rig::now(), &mut |_| {}).unwrap();
    let mut rig = Rig::on(store, lang, width, height);
    for (code, name, region) in [("D1", "华腾机械", "华东"), ("D2", "华腾机械厂", "华南")] {
        let values = vec![
            (Field::Name, Value::text(name)),
            (Field::Region, Value::text(region)),
            (Field::Website, if code == "D2" { Value::text("huateng.cn") } else { Value::None }),
        ];
        let contact = NewContact {
            name: "赵工".into(),
            title: None,
            methods: vec![("mobile".into(), "13911112222".into())],
        };
        let new = NewCustomer {
            code: Some(code.into()),
            values: values.into_iter().filter(|(_, value)| *value != Value::None).collect(),
            contacts: vec![contact],
            ..NewCustomer::default()
        };
        rig.write(Change::AddCustomer(Box::new(new)));
    }
    rig.send(guanxi::app::Msg::Elsewhere);
    rig
}

#[test]
fn h7_the_duplicate_is_looked_up_both_show_side_by_side_and_one_key_makes_them_one() {
    let mut rig = company(Lang::Zh, 80, 24);
    rig.keys("/D1<Enter>J").shows(&["合并重复客户"]);
    rig.keys("D2").shows(&["华腾机械厂"]);
    rig.keys("<Enter>").shows(&["华腾机械", "被并入:华腾机械厂 D2", "华东", "或 华南", "Enter 合并"]);
    rig.shows(&["一并转入", "联系人 1", "据此补全", "网站", "D2 保留为旧编号"]);
    // the name of the one that stays stands; the region of the other is taken
    rig.keys("<Tab><Right>").shows(&["或 华东"]);
    rig.keys("<Enter>").shows(&["合并客户"]);
    rig.keys("2").shows(&["D1", "华南", "huateng.cn", "华腾机械厂"]);
    rig.keys("/D2<Enter>").shows(&["D1"]);
    rig.keys("1u<Enter>");
    rig.keys("/D2<Enter>2").shows(&["D2", "华腾机械厂"]);
}

#[test]
fn h7_the_same_in_english_on_a_large_screen() {
    let mut rig = company(Lang::En, 120, 36);
    rig.keys("/D1<Enter>JD2<Enter>").shows(&[
        "Merge with a duplicate",
        "goes: 华腾机械厂 D2",
        "or 华南",
        "Moves along: contact 1",
        "Filled from it: Website",
        "D2 stays findable",
        "Enter Merge",
    ]);
    rig.keys("<Esc>:merge").shows(&["Merge with a duplicate"]);
    rig.keys("<Esc>:hebing").shows(&["Merge with a duplicate"]);
    rig.keys("<Esc>:duplicate").shows(&["Merge with a duplicate"]);
}

#[test]
fn h7_on_the_smallest_screen_signs_tell_what_goes_on_and_the_last_field_leads_to_it() {
    for (lang, below, first, last) in [
        (Lang::Zh, "▼ 下面还有", "据此补全", "只留在历史中"),
        (Lang::En, "▼ ", "Filled from it", "What is private"),
    ] {
        let mut rig = company(lang, 40, 12);
        let mut add = |code: &str, name: &str, more: Vec<(Field, Value)>| {
            let values = [vec![(Field::Name, Value::text(name))], more].concat();
            let new = NewCustomer { code: Some(code.into()), values, ..NewCustomer::default() };
            rig.write(Change::AddCustomer(Box::new(new)));
        };
        add("D3", "北辰", vec![(Field::Address, Value::text("和平路1号"))]);
        let more = vec![
            (Field::Address, Value::text("和平路2号")),
            (Field::Region, Value::text("华北")),
            (Field::Website, Value::text("beichen.cn")),
            (Field::Employees, Value::Int(9)),
            (Field::PreferredCategory, Value::text("A品类")),
            (Field::CooperationOn, Value::Day("2020-05-01".parse().unwrap())),
        ];
        add("D4", "北辰机械", more);
        rig.send(guanxi::app::Msg::Elsewhere);
        rig.keys("/D3<Enter>JD4<Enter>").shows(&["北辰", below, first]).hides(&["▲", last]);
        rig.keys("<Tab>").shows(&["▲", last]).hides(&["▼"]);
        rig.keys("<Tab>").shows(&[below, first]).hides(&[last]);
        for (width, height) in [(80, 24), (120, 36)] {
            rig.send(guanxi::app::Msg::Resize(guanxi::app::shared::Size { width, height }));
            rig.shows(&[first, last]).hides(&["▼", "▲"]);
        }
    }
}

#[test]
fn h7_opened_for_the_second_time_the_form_has_its_choices_at_once() {
    let mut rig = company(Lang::En, 100, 30);
    rig.keys("/D1<Enter>JD2<Enter>").shows(&["or 华南"]);
    rig.keys("<Esc>JD2<Enter>").shows(&["goes: 华腾机械厂 D2", "or 华南"]);
    rig.keys("<Tab><Right>").shows(&["or 华东"]);
    rig.keys("<Enter>").shows(&["merged"]);
}

#[test]
fn h7_an_answer_that_comes_while_a_popup_lies_over_the_form_fills_it_all_the_same() {
    let mut rig = company(Lang::En, 100, 30);
    rig.keys("/D1<Enter>JD2");
    rig.hold(true);
    rig.keys("<Enter><C-f>");
    rig.hold(false);
    rig.keys("<Esc>").shows(&["goes: 华腾机械厂 D2", "or 华南"]);
}

#[test]
fn h7_with_itself_nobody_is_merged_and_the_form_says_so() {
    let mut rig = company(Lang::En, 100, 30);
    rig.keys("/D1<Enter>JD1<Enter>").shows(&["Both are the same customer"]);
    rig.keys("<Enter>").shows(&["Both are the same customer"]);
}

#[test]
fn h7_on_the_command_line_a_dry_run_tells_and_writes_nothing_and_undo_brings_both_back() {
    let desk = Desk::new("en");
    for (code, region) in [("D1", "east"), ("D2", "south")] {
        let (code, region) = (format!("code={code}"), format!("region={region}"));
        desk.ok(&["add", "Huateng", "--set", &code, "--set", &region]);
    }
    let told = desk.ok(&["merge", "D1", "D2", "--dry-run"]);
    assert!(told.contains("nothing was written") && told.contains("south"), "{told}");
    assert!(desk.ok(&["show", "D2"]).contains("D2"));
    let json = desk.ok(&["merge", "D1", "D2", "--take", "region", "--json"]);
    assert!(json.contains("\"taken\":true") || json.contains("\"taken\": true"), "{json}");
    let shown = desk.ok(&["show", "D2"]);
    assert!(shown.contains("D1") && shown.contains("south") && shown.contains("east"), "{shown}");
    desk.ok(&["check"]);
    desk.ok(&["undo"]);
    assert!(!desk.ok(&["show", "D2"]).contains("D1"));
    desk.ok(&["check"]);
}
