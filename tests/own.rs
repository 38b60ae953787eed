//! Fields of the company's own (A4), from the key to the file: made, filled in the forms and on the profile, found, exported,
//! imported; keys in, screen out, and the same on the command line.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

#[path = "rig/desk.rs"]
mod desk;
#[expect(dead_code, reason = "other tests need more of it")]
mod rig;

use std::fs;

use guanxi::app::Msg;
use guanxi::domain::change::Change;
use guanxi::domain::people::{Role, Via};
use guanxi::domain::user::{NewPerson, Staff};
use guanxi::i18n::Lang;
use guanxi::store::{Mode, Store};
use rig::Rig;

#[test]
fn a4_a_field_is_made_with_keys_filled_where_it_stands_found_and_taken_back() {
    let mut rig = Rig::company(Lang::Zh, 120, 36);
    rig.keys("E").shows(&["自有字段", "新建自有字段"]);
    rig.keys("<Enter>车间数<Tab>数字<Enter>").shows(&["车间数"]);
    rig.keys("E").shows(&["车间数", "数字"]);
    rig.keys("<Enter>区域车间<Tab>单选<Tab>A车间,B车间<Enter>E").shows(&["单选 · A车间、B车间"]);
    rig.keys("<Esc>/C202405002<Enter>").shows(&["未填写", "车间数、区域车间"]);
    // the form on the whole record has them below the fields of every company
    rig.keys("1e").shows(&["修改客户"]);
    rig.keys("<Up><Up>").shows(&["← – →"]);
    rig.keys("<Up>12x<Enter>").shows(&["车间数:“12x”不是数字"]);
    rig.keys("<Backspace><Down><Space><Enter>").hides(&["不是数字"]);
    rig.keys("2").shows(&["车间数", "12", "区域车间", "A车间"]);
    rig.keys("1f车间数:>10<Enter>").shows(&["车间数:>10", "恒远物流", "1 / "]);
    rig.keys("f<C-u>区域车间:<Tab>").shows(&["区域车间:A车间"]);
    rig.keys("<Enter>").shows(&["恒远物流"]);
    rig.keys("f<C-u>车间:3<Enter>").shows(&["没有筛选项“车间:”"]);
    rig.keys("<Esc>u<Enter>2").hides(&["A车间"]);
}

#[test]
fn a4_a_field_is_edited_where_the_profile_shows_it_and_emptied_with_one_key() {
    let mut rig = Rig::company(Lang::En, 120, 36);
    rig.keys("E<Enter>Plant size<Tab>number<Enter>/C202405002<Enter>").shows(&["Plant size"]);
    rig.keys("1e<Up><Up>40<Enter>2").shows(&["Plant size", "40"]);
    let down = "j".repeat(60);
    let at = (0..60).find(|n| {
        rig.keys("gg").keys(&down[..*n]);
        rig.screen().lines().any(|line| line.contains('▌') && line.contains("Plant size"))
    });
    assert!(at.is_some(), "{}", rig.screen());
    rig.keys("e").shows(&["Edit customer", "Plant size", "40"]);
    rig.keys("55<Enter>").shows(&["55"]);
    // what is told of it afterwards goes by the field's name
    rig.keys("u").shows(&["Plant size: 40 → 55"]);
    rig.keys("<Esc>G").shows(&["Plant size 40 → 55"]);
    assert!(at.is_some_and(|n| {
        rig.keys("gg").keys(&down[..n]);
        true
    }));
    rig.keys("D").hides(&["Plant size          55"]);
    rig.keys("u<Enter>").shows(&["55"]);
}

#[test]
fn a4_an_own_field_is_a_column_that_is_chosen_moved_sized_and_sorted_by() {
    let mut rig = Rig::company(Lang::Zh, 120, 36);
    rig.keys("E<Enter>车间数<Tab>数字<Enter>1");
    for (code, value) in [("C202405001", "9"), ("C202405002", "12")] {
        rig.keys(&format!("/{code}<Enter>1e<Up><Up>{value}<Enter>"));
    }
    rig.keys("1c").shows(&["显示/隐藏", "J K 调整顺序"]).hides(&["✓ 车间数"]);
    rig.keys("<End><Enter>").shows(&["✓ 车间数"]);
    // to the front of all, and wider than it needs
    rig.keys("KKKKKKKKKK").keys("<Right><Right><Right>").shows(&["宽11"]);
    rig.keys("<Esc>");
    let heads = |rig: &Rig| rig.screen().lines().find(|line| line.contains("联系人")).unwrap().to_owned();
    assert!(heads(&rig).trim_start().starts_with("车间数"), "{}", rig.screen());
    let order = |rig: &Rig| -> Vec<String> {
        let screen = rig.screen();
        let codes =
            screen.lines().filter_map(|line| line.split_whitespace().find(|word| word.starts_with("C2024")));
        codes.map(str::to_owned).take(3).collect()
    };
    rig.keys("s").shows(&["车间数"]);
    rig.keys("<End><Enter>").shows(&["排序 车间数 ↑"]);
    assert_eq!(order(&rig), ["C202405001", "C202405002", "C202405003"], "9 before 12, the empty one last");
    rig.keys("s<Enter>").shows(&["排序 车间数 ↓"]);
    assert_eq!(order(&rig)[..2], ["C202405002", "C202405001"]);
    // the next log-in opens with it, and a view keeps the order
    rig.keys("S车间<Enter>");
    let mut rig = rig.restart();
    assert!(heads(&rig).trim_start().starts_with("车间数"), "{}", rig.screen());
    rig.keys("s<Home><Enter>v<End><Enter>").shows(&["排序 车间数 ↓"]);
    rig.keys("c<Home>").shows(&["宽11"]);
    rig.keys("<Del>").hides(&["宽11"]);
    // a field that goes takes its column and its order along
    rig.keys("<Esc>E<Down><Del><Esc>").shows(&["排序 客户编号 ↑"]);
    assert!(!heads(&rig).contains("车间数"), "{}", rig.screen());
}

#[test]
fn a4_two_sessions_that_edit_one_own_field_see_both_values_and_lose_neither() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let mut store = Store::open(&path, Mode::Create).unwrap();
    store.personal("wang", "王敏", rig::now()).unwrap();
    let mut wang = Rig::on(store, Lang::Zh, 100, 36);
    let new = NewPerson {
        login: "li".into(),
        name: "李雷".into(),
        role: Role::Admin,
        department: "service".into(),
        post: "客户经理".into(),
        key: None,
    };
    wang.write(Change::Staff(Staff::Add(Box::new(new))));
    wang.keys("n恒远物流有限公司<Enter>E<Enter>车间数<Tab>数字<Enter>E<Enter>发货周期<Enter>");
    wang.keys("1e<Up><Up>3<Enter>2").shows(&["发货周期", "3"]);
    let store = Store::open(&path, Mode::Existing).unwrap();
    let actor = store.actor("li", Via::Screen, "li").unwrap().unwrap();
    let mut li = Rig::of(actor, store, Lang::Zh, 100, 36);

    // both have the form open and write another value into the same field; one of them writes into another one, too
    wang.keys("1e<Up><Up><C-u>周三");
    li.keys("1e<Up><Up><C-u>月底<Up>12<Enter>").hides(&["修改客户"]);
    wang.send(Msg::Elsewhere);
    wang.keys("<Enter>").shows(&["李雷", "修改过", "对方", "月底", "我的", "周三"]);
    // what is typed stands until somebody has chosen
    li.keys("2").shows(&["发货周期      月底", "12"]);
    wang.keys("m<Enter>").hides(&["修改过"]);
    wang.keys("2").shows(&["发货周期      周三", "车间数        12"]);
    li.send(Msg::Elsewhere);
    li.shows(&["发货周期      周三", "12"]);

    // the other way round, and this time the colleague's value stays
    li.keys("1e<Up><Up><C-u>周五");
    wang.keys("1e<Up><Up><C-u>周一<Enter>");
    li.send(Msg::Elsewhere);
    li.keys("<Enter>").shows(&["王敏", "对方", "周一", "我的", "周五"]);
    li.keys("t<Enter>").hides(&["修改过"]);
    li.keys("2").shows(&["发货周期      周一"]).hides(&["周五"]);
    // nobody's word is lost: every value stands in the history
    wang.send(Msg::Elsewhere);
    wang.keys("L").shows(&["李雷", "王敏"]);
    assert_eq!((wang.drafts.len(), li.drafts.len()), (0, 0), "no text is left waiting");
}

#[test]
fn a4_the_command_line_sets_shows_finds_exports_and_imports_them() {
    let desk = desk::Desk::new("zh");
    let code = desk.ok(&["add", "恒远物流有限公司"]).trim().to_owned();
    let csv = format!(
        "客户编号,客户名称,车间数,发货周期,备注2\n{code},恒远物流有限公司,12,每周三,x\n,新客户有限公司,三,月底,y\n"
    );
    fs::write(desk.path("in.csv"), csv).unwrap_or_default();
    fs::write(desk.path("map.txt"), "车间数 = own\n发货周期 = 自有字段\n").unwrap_or_default();
    desk.ok(&["import", "customers", "in.csv", "--map", "map.txt"]);
    let shown: serde_json::Value =
        serde_json::from_str(&desk.ok(&["show", &code, "--json"])).unwrap_or_default();
    assert_eq!(shown["own"]["车间数"], "12");
    assert_eq!(shown["own"]["发货周期"], "每周三");
    desk.ok(&["set", &code, "发货周期=每周五"]);
    assert!(desk.ok(&["show", &code]).contains("每周五"));
    let (status, _, err) = desk.run(&["set", &code, "发货=x"]);
    assert!(status == 2 && err.contains("发货周期"), "{err}");
    let out = desk.ok(&["export", "customers", "--where", "发货周期:周五", "--reason", "核对"]);
    let mut lines = out.lines();
    assert!(lines.next().is_some_and(|head| head.trim_end().ends_with("车间数,发货周期")), "{out}");
    assert!(lines.next().is_some_and(|row| row.trim_end().ends_with(",12,每周五")), "{out}");
    assert_eq!(lines.next(), None, "{out}");
    // what was exported comes in again as the same fields, without being told
    fs::write(desk.path("again.csv"), out.replace("每周五", "每周六")).unwrap_or_default();
    desk.ok(&["import", "customers", "again.csv"]);
    assert!(desk.ok(&["show", &code]).contains("每周六"));
}
