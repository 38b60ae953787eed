//! The smallest screen: every list shows more than one row, the field with the focus is seen whatever is said below it, and
//! what has no room ends with a sign instead of running into its neighbour.

use guanxi::app::Msg;
use guanxi::domain::change::Change;
use guanxi::domain::customer::CustomerId;
use guanxi::domain::field::{Field, Noun, Value};
use guanxi::i18n::Lang;

use super::random;
use super::rig::Rig;

/// The smallest screen of all.
fn smallest(lang: Lang) -> Rig {
    Rig::company(lang, 40, 12)
}

fn lines(rig: &Rig) -> Vec<String> {
    rig.paint().0
}

#[test]
fn the_title_bar_says_what_is_due_before_it_names_the_other_panes() {
    let mut rig = smallest(Lang::En);
    rig.shows(&["1 Customers  2  3  4  5", "due 3", "14:02"]);
    rig.keys("3").shows(&["1  2  3 Ledger  4  5", "due 3"]);
    rig.send(Msg::Click(4, 0));
    rig.shows(&["1  2 Profile  3"]);
    Rig::company(Lang::Zh, 40, 12).shows(&["1 客户  2  3  4  5", "到期 3"]);
    Rig::company(Lang::En, 80, 24).shows(&["1 Customers  2 Profile  3 Ledger  4 Matrix  5 Board", "due 3"]);
}

#[test]
fn the_head_of_the_list_and_its_order_never_run_into_each_other() {
    let mut rig = smallest(Lang::En);
    assert!(lines(&rig)[1].ends_with("sorted by Number ↑"), "{}", rig.screen());
    rig.keys("<Space><Space>").shows(&["All customers · 4 · 2 marked"]).hides(&["sorted"]);
    rig.keys("fsegment:high or segment:growth or grade:A<Enter>");
    let head = &lines(&rig)[1];
    assert!(head.ends_with('…') && !head.contains("sorted"), "{head}");
    let mut rig = smallest(Lang::Zh);
    rig.keys("<Space><Space>").shows(&["全部客户 · 4 · 已标记 2", "客户编号 ↑"]);
}

#[test]
fn help_look_up_and_history_show_several_rows() {
    for lang in [Lang::En, Lang::Zh] {
        let mut rig = smallest(lang);
        let words: [&str; 3] =
            if lang == Lang::En { ["Views", "Sort", "Filter"] } else { ["视图", "排序", "筛选"] };
        rig.keys("?").shows(&words).shows(&["keys.toml"]);
        rig.keys("<Esc>/有限");
        assert!(rig.screen().matches("C20240500").count() >= 3, "{}", rig.screen());
        rig.keys("<Esc>L");
        assert!(rig.screen().matches("05-").count() >= 3, "{}", rig.screen());
    }
}

#[test]
fn the_dictionary_of_tags_shows_the_values_before_their_types() {
    for lang in [Lang::En, Lang::Zh] {
        let mut rig = random::demo_company(lang, 40, 12);
        rig.keys("T");
        let values: Vec<String> =
            rig.app.shared.feeds.tags().unwrap().iter().map(|tag| tag.path.value.clone()).collect();
        let shown = values.iter().filter(|value| rig.screen().contains(value.as_str())).count();
        assert!(shown >= 3, "{}", rig.screen());
    }
}

#[test]
fn the_field_with_the_focus_shows_whatever_the_guard_has_to_say() {
    for (lang, label, held) in [(Lang::En, "What was said", "Stopped."), (Lang::Zh, "互动内容", "已拦截")]
    {
        let mut rig = smallest(lang);
        rig.write(Change::Add {
            noun: Noun::OptOut,
            customer: CustomerId(1),
            set: vec![
                (Field::OptOutChannel, Value::text("all")),
                (Field::OptOutSince, Value::Day("2024-05-01".parse().unwrap())),
            ],
        });
        rig.send(Msg::Elsewhere);
        rig.keys("a").shows(&[label, held]);
        assert!(rig.paint().1.is_some(), "{}", rig.screen());
    }
}

#[test]
fn a_form_about_the_company_names_no_customer() {
    let mut rig = Rig::company(Lang::Zh, 100, 30);
    rig.campaign_and_plan();
    rig.keys("<F8><Down><Enter>").shows(&["取值"]).hides(&["│ 宏达机械制造有限公司  C202405001"]);
    let mut rig = Rig::company(Lang::Zh, 100, 30);
    rig.campaign_and_plan();
    rig.keys("4<Tab><Tab>e").shows(&["夏季唤醒", "Enter 保存"]).hides(&["C202405001"]);
}

#[test]
fn two_look_ups_on_one_another_never_ask_by_turns() {
    let mut rig = Rig::company(Lang::Zh, 100, 30);
    rig.keys("a电话<Esc>/恒远<C-c>").shows(&["退出?"]);
    rig.keys("<C-f>优品").shows(&["▌ 优品汇零售"]);
    rig.keys("<Esc><Esc>").shows(&["恒远", "▌ 恒远物流有限公司"]);
}

#[test]
fn every_view_of_the_board_is_named_and_its_keys_stay_beside_a_waiting_form() {
    let mut rig = Rig::company(Lang::En, 80, 24);
    rig.keys("anot yet<Esc>5").shows(&["KPIs", "Evaluation", "People", "Analysis", "Models"]);
    rig.shows(&["F5 ", "Enter Open", "[ ] Period", "e Edit", "n New", "? Help"]);
    for view in ["Alarms", "Counts", "Evaluation", "People", "Analysis", "Models"] {
        rig.keys("<Tab>").shows(&[view, "Models"]);
    }
}

#[test]
fn the_company_is_named_in_both_languages_by_the_beginning_of_its_name_where_there_is_less_room() {
    for lang in [Lang::En, Lang::Zh] {
        let mut rig = Rig::company(lang, 120, 36);
        rig.write(Change::Set {
            key: "company".into(), value: "宏达机械设备制造有限公司".into()
        });
        rig.send(Msg::Elsewhere);
        let title = lines(&rig)[0].clone();
        assert!(title.contains("宏达机械"), "{title}");
    }
}

#[test]
fn without_a_customer_no_key_is_offered_that_has_nothing_to_work_on() {
    for lang in [Lang::En, Lang::Zh] {
        let mut rig = Rig::empty(lang, 120, 36);
        let undo = if lang == Lang::En { "u Undo" } else { "u 撤销" };
        rig.hides(&[undo]);
        for pane in ["2", "3", "5"] {
            rig.keys(pane).hides(&[undo, " a Log", " a 记一笔", "Enter Open", "Enter 打开"]);
        }
    }
    // nothing of the welcome sticks out beside the form
    let mut rig = Rig::empty(Lang::En, 80, 24);
    rig.keys("n");
    assert!(
        lines(&rig).iter().all(|line| !line.ends_with("│ .") && !line.ends_with("│.")),
        "{}",
        rig.screen()
    );
}

#[test]
fn the_bar_of_the_smallest_screen_keeps_the_touch_and_a_small_form_its_way_out() {
    let mut rig = smallest(Lang::En);
    rig.shows(&["a Log", ": Commands", "? Help"]);
    // a note of several lines has a key of its own beside the way out
    rig.keys("5n").shows(&["Enter Save", "Esc Set aside"]);
}

#[test]
fn names_of_views_stand_before_what_is_said_beside_them() {
    let mut rig = Rig::company(Lang::En, 80, 24);
    let names = "Follow-ups  Touches  Requests  Complaints";
    rig.keys("3<Tab>").shows(&[names, "f words · by:me"]);
    rig.keys("<Tab>").shows(&[names, "o shows others"]);
}

#[test]
fn the_value_of_a_tag_is_called_so_below_its_name() {
    let mut rig = Rig::company(Lang::En, 80, 24);
    rig.keys("t").shows(&["Tag type", "Tag name", "│ Value "]);
}

#[test]
fn a_click_in_the_look_up_box_and_in_a_menu_goes_to_the_row_and_a_second_one_chooses_it() {
    for (width, height) in [(40, 12), (80, 20), (80, 24), (120, 36)] {
        let mut rig = Rig::company(Lang::Zh, width, height);
        let row = |rig: &Rig, text: &str| {
            // what is open stands below the heads of the list behind it
            let line = lines(rig).iter().rposition(|line| line.contains(text)).unwrap();
            u16::try_from(line).unwrap()
        };
        rig.keys("/公司");
        let second = rig.app.shared.feeds.find().unwrap()[1].row.code.clone();
        let hit = row(&rig, &second);
        rig.send(Msg::Click(10, hit));
        assert!(!rig.app.popups.is_empty());
        rig.send(Msg::Click(10, hit));
        assert_eq!(rig.app.shared.subject.as_ref().unwrap().code, second, "{width}x{height}");
        assert!(rig.app.popups.is_empty());
        rig.keys("1s<Down>");
        let name = row(&rig, "名称");
        rig.send(Msg::Click(20, name));
        rig.send(Msg::Click(20, name));
        assert!(rig.app.popups.is_empty(), "{}", rig.screen());
        assert_eq!(rig.app.panes.customers.sort, guanxi::store::request::Sort::Name);
    }
}
