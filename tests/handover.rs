//! Hand-overs from the keyboard and from the command line: what the screen shows, what is printed, exit statuses.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

#[expect(dead_code, reason = "each command has a person of its own here")]
#[path = "rig/desk.rs"]
mod desk;
#[expect(dead_code, reason = "each file of tests uses its part of the rig")]
mod rig;

use desk::Desk;
use guanxi::i18n::Lang;
use guanxi::store::Store;
use rig::Rig;

/// The demo company with its team, opened by its administrator.
fn demo(lang: Lang, width: u16, height: u16) -> Rig {
    let mut store = Store::memory().unwrap();
    guanxi::demo::fill(&mut store, 40, 1, rig::now(), &mut |_| {}).unwrap();
    Rig::on(store, lang, width, height)
}

/// The same; its list shows the customers of the handbooks.
fn company(lang: Lang, width: u16, height: u16) -> Rig {
    let mut rig = demo(lang, width, height);
    rig.keys("f恒远物流<Enter>");
    rig
}

#[test]
fn h33_the_customer_at_hand_goes_to_a_colleague_whose_load_shows_and_comes_back() {
    let mut rig = company(Lang::Zh, 80, 24);
    rig.keys("H").shows(&["交接客户", "恒远物流有限公司", "王敏 的全部客户"]);
    rig.keys("<Enter>").shows(&["接收人", "立即移交", "待办", "逾期", "编制"]);
    // whoever has them is not offered as the one who gets them
    rig.keys("<Esc>H<Enter><Right>").shows(&["▸ 李强"]);
    rig.keys("<Left>").hides(&["▸ 王敏"]);
    rig.keys("<Right>").shows(&["▸ 李强"]);
    rig.keys("<Tab><Tab>岗位调整<Enter>").shows(&["客户交接"]);
    rig.keys("<F7>").shows(&["1号  王敏 → 李强  恒远物流有限公司"]);
    rig.keys("<Enter>").shows(&["待接收人签收", "岗位调整", "[ ] 档案信息完整", "最近5次互动已阅读"]);
    rig.keys("x").shows(&["[✓] 档案信息完整"]);
    rig.keys("b").shows(&["收回交接"]);
    rig.keys("搞错了<Enter>").shows(&["已收回", "说明:搞错了"]);
    rig.keys("<Esc><Esc>2<BackTab>").shows(&["王敏 → 李强 (已退回) · 岗位调整"]);
    rig.keys("1").shows(&["负责 王敏"]);
}

#[test]
fn h33_marked_customers_are_handed_over_in_one_change_that_u_takes_back() {
    let mut rig = demo(Lang::En, 120, 36);
    rig.keys("fowner:王敏<Enter><Space><Space>H").shows(&["The 2 marked customers", "All customers of 王敏"]);
    rig.keys("<Enter>").shows(&["2 customers", "To whom"]);
    rig.keys("<Right><Right><Tab><Tab>leaves<Enter>").shows(&["hand-over"]);
    rig.keys("<F7>").shows(&["No. 1  王敏 → 李强  2 customers"]);
    rig.keys("<Esc>");
    rig.keys("u").shows(&["takes this back", "hand-over"]);
    assert_eq!(rig.screen().matches("Owner: 王敏 → 李强").count(), 1, "{}", rig.screen());
    rig.keys("<Enter>");
    rig.keys("<F7>").shows(&["There is no hand-over or dispute that concerns you."]);
}

#[test]
fn all_customers_of_a_person_are_chosen_from_the_list_of_people_and_a_reason_is_asked_for() {
    let mut rig = company(Lang::En, 80, 24);
    rig.keys("<F7>").shows(&["There is no hand-over or dispute that concerns you."]);
    rig.keys("n").shows(&["Whose customers?", "王敏", "张磊", " customers"]);
    rig.keys("<Enter>").shows(&["All customers of 王敏", "To whom"]);
    rig.keys("<Right><Enter>").shows(&["Reason: please fill it in."]);
    rig.keys("retires<Enter><F7>").shows(&["No. 1  王敏 → 李强"]);
    rig.keys("<Enter>").shows(&["waits for the receiver", "open next actions", "because: retires"]);
}

/// The real program on a file of its own, for whoever is named.
struct Team(Desk);

impl Team {
    fn run(&self, user: &str, args: &[&str]) -> (i32, String, String) {
        Desk::told(self.0.command(args).env("GUANXI_USER", user))
    }

    fn ok(&self, user: &str, args: &[&str]) -> String {
        let (status, out, err) = self.run(user, args);
        assert_eq!(status, 0, "guanxi {args:?}: {out}{err}");
        out
    }
}

#[test]
fn h33_the_command_line_hands_over_signs_and_takes_back() {
    let desk = Team(Desk::new("en"));
    desk.ok(
        "wangmin",
        &["demo", "--db", desk.0.path("a.db").to_str().unwrap(), "--fill", "--customers", "60"],
    );
    let (from, to) = ("王敏", "李强");
    let out = desk.ok("wangmin", &["handover", from, to, "--all", "--reason", "moves to another city"]);
    assert!(out.contains("No. 1  王敏 → 李强") && out.contains("waits for the receiver"), "{out}");
    assert!(out.contains("because: moves to another city"), "{out}");
    let listed = desk.ok("wangmin", &["handover"]);
    assert!(listed.starts_with("No. 1  王敏 → 李强"), "{listed}");
    let (status, _, err) = desk.run("wangmin", &["handover", "1", "confirm"]);
    assert_eq!((status, err.contains("another state")), (1, true), "{err}");
    desk.ok("wangmin", &["handover", "1", "accept"]);
    let (status, _, err) = desk.run("wangmin", &["handover", "1", "confirm"]);
    assert_eq!((status, err.contains("Tick the whole checklist first")), (1, true), "{err}");
    let (status, _, err) = desk.run("wangmin", &["handover", "1", "--tick", "nonsense"]);
    assert_eq!((status, err.contains("is no entry of the checklist")), (2, true), "{err}");
    let done = desk.ok("wangmin", &["handover", "1", "confirm", "--tick", "all"]);
    assert!(done.contains("done, signed by both"), "{done}");
    let (status, _, err) = desk.run("wangmin", &["handover", from, to]);
    assert_eq!((status, err.contains("no customer to hand over")), (1, true), "{err}");
    desk.ok("wangmin", &["handover", to, from, "--where", "segment:high", "--wait"]);
    let taken = desk.ok("wangmin", &["handover", "2", "take-back", "--reason", "not yet"]);
    assert!(taken.contains("taken back") && taken.contains("note: not yet"), "{taken}");
    assert_eq!(desk.run("wangmin", &["handover", "2", "nonsense"]).0, 2);
    assert_eq!(desk.run("wangmin", &["handover", "9"]).0, 3);
    assert_eq!(desk.run("wangmin", &["handover", "王敏"]).0, 2);
    desk.ok("wangmin", &["check"]);
}

#[test]
fn i18_erasing_says_what_goes_before_it_asks_for_the_name_and_the_profile_stands_without_it() {
    let mut rig = company(Lang::Zh, 80, 24);
    rig.keys("2<F12>").shows(&["应要求抹除客户", "此操作无法撤销", "输入客户名称"]);
    rig.keys("恒远<Tab>客户来函<Enter>").shows(&["请准确输入客户名称以确认"]);
    rig.keys("<C-u>恒远物流有限公司<Enter>").hides(&["恒远物流有限公司", "某总"]);
}

#[test]
fn g44_a_customer_that_moved_to_another_class_says_into_whose_hands_and_the_form_opens_with_them() {
    let mut rig = company(Lang::Zh, 80, 24);
    // the class of a customer of Wang's, by hand: ordinary, which is for sales representatives
    rig.keys("2C<Tab>growth<Tab>复核<Enter>");
    rig.keys("C<Tab>ordinary<Tab>复核<Enter>");
    // the key stands at the end, not in the middle of a sentence that breaks
    rig.keys("gg").shows(&["建议交接", "责任岗位为销售代表", "负责人为客户成功", "经理 · H → 张磊"]);
    rig.keys("H<Enter>").shows(&["← 张磊 →"]);
    rig.keys("<Tab><Tab>分层变动<Enter>").shows(&["客户交接"]);
    rig.keys("gg").hides(&["建议交接"]);
}
