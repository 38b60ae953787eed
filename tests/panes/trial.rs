//! What a trial with new users found, as keys and screens: places that were lost, things that were not said.

use guanxi::app::Msg;
use guanxi::domain::change::{Change, NewTask, NewTouch};
use guanxi::domain::customer::CustomerId;
use guanxi::domain::date::{Anchor, Due};
use guanxi::i18n::Lang;

use super::rig::Rig;
use super::{queue, zh};

#[test]
fn a_column_without_room_says_so_in_the_menu() {
    let mut rig = Rig::company(Lang::Zh, 80, 24);
    rig.keys(":显示<Enter>");
    if !rig.screen().contains("品类偏好") {
        rig.keys("<Esc><Esc>c");
    }
    rig.shows(&["品类偏好", "放不下"]);
    let wide = Rig::company(Lang::Zh, 200, 40);
    wide.hides(&["放不下"]);
}

#[test]
fn every_scheme_of_the_filter_language_finds_its_class() {
    let mut rig = zh();
    for (scheme, class) in [("depth", "strategic"), ("value", "high"), ("expansion", "core")] {
        let customer = CustomerId(2);
        let value = Some(class.to_owned());
        rig.write(Change::Class { customer, scheme: scheme.into(), value, reason: None });
        rig.send(Msg::Elsewhere);
        rig.keys(&format!("1f<C-u>{scheme}:{class}<Enter>"));
        rig.shows(&["恒远物流有限公司", "1 / 4"]).hides(&["优品汇零售"]);
    }
    rig.keys("f<C-u>合作:战略级<Enter>").shows(&["恒远物流有限公司", "1 / 4"]);
}

#[test]
fn a_name_nobody_has_is_said_in_a_sentence_and_becomes_a_new_customer() {
    let mut rig = zh();
    rig.keys("/天外来客公司").shows(&["均无匹配", "新建客户“天外来客公司”"]);
    rig.keys("<Enter>").shows(&["新建客户", "天外来客公司"]);
    rig.keys("<Enter>").shows(&["天外来客公司"]);
    assert_eq!(rig.app.shared.subject.as_ref().unwrap().name, "天外来客公司");
}

#[test]
fn an_undone_renaming_is_told_with_the_name_that_stands_now() {
    let mut rig = zh();
    rig.keys("1e<Home><C-u>宏达重工<Enter>").shows(&["宏达重工"]);
    rig.keys("u<Enter>");
    let notice = rig.app.shared.notice.as_ref().unwrap().text.clone();
    assert!(notice.contains("宏达机械制造有限公司") && !notice.contains("宏达重工"), "{notice}");
}

#[test]
fn a_task_given_another_day_leaves_the_cursor_where_it_was() {
    let mut rig = zh();
    rig.keys("3");
    let next = queue(&rig).today[1].name.clone();
    rig.keys("r+9d<Enter>");
    assert_eq!(rig.app.shared.subject.as_ref().unwrap().name, next);
    assert_eq!(rig.app.panes.ledger.queue.at, 0);
}

#[test]
fn calls_that_reached_nobody_stand_in_the_history_of_the_customer() {
    for (key, said) in [("N", "未接"), ("B", "占线")] {
        let mut rig = Rig::company(Lang::Zh, 160, 50);
        rig.keys("3");
        let name = queue(&rig).today[0].name.clone();
        rig.keys(key).keys("/").keys(&name).keys("<Enter>").shows(&[said]);
    }
}

#[test]
fn a_paste_over_the_limit_says_what_was_cut() {
    let mut rig = zh();
    rig.keys("a");
    rig.send(Msg::Paste("话".repeat(20_003)));
    rig.shows(&["末尾 3 个字已截断"]);
    rig.keys("<Esc>/");
    rig.send(Msg::Paste("话".repeat(401)));
    rig.shows(&["末尾 1 个字已截断"]);
}

#[test]
fn the_board_compares_equal_numbers_of_days_and_enter_narrows_to_the_period() {
    let mut rig = Rig::company(Lang::Zh, 130, 40);
    let customer = CustomerId(1);
    // three in April, of which one lies after the 20th
    for day in ["2024-04-05", "2024-04-20", "2024-04-25"] {
        let at = format!("{day}T02:00:00Z").parse().unwrap();
        rig.write(Change::LogTouch(Box::new(NewTouch::plain(customer, at, format!("四月{day}")))));
    }
    rig.send(Msg::Elsewhere);
    rig.keys("5<Tab><Tab>").shows(&["上期同期"]);
    let figure = |rig: &Rig, id: &str| {
        let board = rig.app.shared.feeds.board().unwrap();
        board.figures.iter().find(|f| f.id == id).map(|f| (f.value, f.before, f.trend.clone())).unwrap()
    };
    let (value, before, trend) = figure(&rig, "touches");
    assert_eq!((value, before, trend.iter().rev().nth(1)), (2, Some(2), Some(&3)));
    // a promise of next week is neither kept nor broken yet
    let due = figure(&rig, "due").0;
    let task = NewTask {
        text: "以后".into(),
        due: Due { day: "2024-05-28".parse().unwrap(), time: None },
        anchor: Anchor::Absolute,
    };
    rig.write(Change::AddTask { customer, task });
    rig.send(Msg::Elsewhere);
    assert_eq!(figure(&rig, "due").0, due);
    // the period before is whole, and Enter shows its touches only
    rig.keys("[").hides(&["上期同期"]).shows(&["上期"]);
    rig.keys("<Down><Down><Enter>");
    rig.shows(&["四月2024-04-25", "on:2024-04-01..2024-04-30"]).hides(&["邀请参加季度品鉴会"]);
    rig.keys("5<Up><Enter>").shows(&["新增:2024-04-01..2024-04-30", "0 / 4"]);
    rig.keys("5]<Enter>").shows(&["新增:2024-05-01..2024-05-31", "· 4"]);
}
