//! Keys in forms, screen out: where the focus stands, what is replaced, what is asked before anything is written.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says so and ends")]

use guanxi::app::Msg;
use guanxi::app::form::Form;
use guanxi::app::popup::Popup;
use guanxi::domain::change::{Change, TaskRef};
use guanxi::domain::field::Field;
use guanxi::i18n::Lang;

use super::rig::Rig;

/// The form on top.
#[track_caller]
fn form(rig: &Rig) -> &Form {
    match rig.app.popups.last() {
        Some(Popup::Form(form)) => form,
        other => panic!("no form but {other:?}:\n{}", rig.screen()),
    }
}

/// The field with the focus.
#[track_caller]
fn focus(rig: &Rig) -> Field {
    form(rig).focused().unwrap().field
}

/// Opens what `n` offers under this label on a profile.
fn add(rig: &mut Rig, label: &str) {
    rig.keys("n<Home>");
    let at = match rig.app.popups.last() {
        Some(Popup::Menu(menu)) => menu.items.iter().position(|i| i.label == label).unwrap(),
        other => panic!("{other:?}"),
    };
    rig.keys(&"<Down>".repeat(at)).keys("<Enter>");
}

#[test]
fn a_refused_save_stands_on_the_first_field_in_error_and_keeps_the_text() {
    let mut rig = Rig::company(Lang::Zh, 100, 30);
    // nothing said and a vague promise: what was said stands first
    rig.keys("a<Tab><Tab><Tab>后续跟进<Enter>");
    assert_eq!(focus(&rig), Field::TouchSummary);
    rig.keys("报价<Enter>");
    assert_eq!(focus(&rig), Field::Next);
    rig.shows(&["后续跟进", "报价"]);
}

#[test]
fn what_the_program_filled_in_is_replaced_by_the_first_key_and_kept_by_an_arrow() {
    let mut rig = Rig::company(Lang::Zh, 100, 30);
    rig.keys("2");
    add(&mut rig, "订单");
    rig.shows(&["新建订单", "2024-05-20"]);
    let day = |rig: &Rig| form(rig).text(Field::OrderDay).to_owned();
    rig.keys("<Tab>2024-05-17");
    assert_eq!(day(&rig), "2024-05-17");
    rig.keys("<Esc>");
    add(&mut rig, "订单");
    rig.keys("<Tab><End><Backspace>1");
    assert_eq!(day(&rig), "2024-05-21");
    rig.keys("<Esc>");
    add(&mut rig, "订单");
    rig.keys("<Tab><Backspace>");
    assert_eq!(day(&rig), "");
}

#[test]
fn a25_consent_asks_for_state_purpose_and_way_before_it_is_saved() {
    let mut rig = Rig::company(Lang::Zh, 100, 30);
    rig.keys("2");
    add(&mut rig, "授权");
    rig.keys("<Enter>").shows(&["新建授权", "用途", "方式", "2024-05-20"]);
    assert_eq!(focus(&rig), Field::ConsentState);
    rig.keys("<Right><Right><Enter>");
    assert_eq!(focus(&rig), Field::ConsentPurpose);
    rig.keys("短信通知<Enter>");
    assert_eq!(focus(&rig), Field::ConsentWay);
    rig.keys("电话确认<Enter>").shows(&["新建授权 · 宏达机械制造有限公司"]);
    assert!(rig.app.popups.is_empty(), "{}", rig.screen());
}

#[test]
fn waiting_forms_stand_newest_first_each_with_what_was_typed_and_come_back_with_whom_they_were() {
    let mut rig = Rig::company(Lang::Zh, 100, 30);
    rig.keys("a报价单已发出<Esc>a客户要求周五前送样品并附检测报告<Esc><F5>");
    let screen = rig.screen();
    let line = |said: &str| screen.lines().position(|line| line.contains(said)).unwrap();
    assert!(line("客户要求周五前送样品") < line("报价单已发出"), "{screen}");
    rig.keys("<Enter>");
    let whom = form(&rig).text(Field::TouchContact).to_owned();
    assert!(!whom.is_empty());
    rig.keys("<Esc>");
    let mut rig = rig.restart();
    rig.keys("<F5><Enter>").shows(&["客户要求周五前送样品", &whom]);
    assert_eq!(form(&rig).text(Field::TouchContact), whom);
    // a second form about the same customer has its choices, too
    let scripts = |rig: &Rig| form(rig).entry(Field::TouchScript).unwrap().picks.len();
    let offered = scripts(&rig);
    rig.keys("<Esc>a");
    assert_eq!((scripts(&rig), form(&rig).text(Field::TouchContact)), (offered, whom.as_str()));
    assert!(offered > 0);
}

#[test]
fn a_menu_says_its_keys_and_how_much_of_it_lies_below() {
    let mut rig = Rig::company(Lang::En, 80, 24);
    rig.keys("2n").shows(&["Enter Choose", "Esc Back", "▼"]);
    rig.keys("<End>").shows(&["▲"]).hides(&["▼"]);
}

#[test]
fn on_an_open_promise_of_a_profile_a_touch_fulfils_it_as_from_the_queue() {
    let mut rig = Rig::company(Lang::Zh, 100, 30);
    // reached through the look-up box and not from the queue
    rig.keys("/C202405002<Enter>");
    let on = |rig: &Rig| matches!(rig.app.panes.profile.on(), guanxi::app::panes::profile::Target::Task(..));
    for _ in 0..60 {
        if on(&rig) {
            break;
        }
        rig.keys("<Down>");
    }
    assert!(on(&rig), "{}", rig.screen());
    rig.keys("<Down><Up>a").shows(&["同时完成"]);
    rig.keys("样品已寄出<Tab><Tab><Tab>-<Enter>").shows(&["记录互动", "同时完成:"]);
    rig.keys("3").hides(&["致电确认"]);
}

#[test]
fn a_touch_of_a_profile_keeps_no_promise_of_next_month_that_nobody_went_to() {
    let mut rig = Rig::company(Lang::Zh, 100, 30);
    // the one of today is done; the cursor stands on the one that is left, because a profile opens there
    rig.write(Change::Done(vec![TaskRef::Stored(2)]));
    rig.send(Msg::Elsewhere);
    rig.keys("/C202405002<Enter>");
    assert!(matches!(rig.app.panes.profile.on(), guanxi::app::panes::profile::Target::Task(..)));
    rig.keys("a").hides(&["同时完成"]);
    rig.keys("只是问候一下<Tab><Tab><Tab>-<Enter>").shows(&["记录互动", "发送参会提醒"]).hides(&["同时完成"]);
    // whoever goes there and comes back means it
    rig.keys("<Down><Up>a").shows(&["同时完成:发送参会提醒"]);
}

#[test]
fn k03_lines_that_are_pasted_as_next_actions_are_a_promise_each_and_shown_before_they_are_saved() {
    let mut rig = Rig::company(Lang::Zh, 120, 36);
    rig.keys("/C202405002<Enter>a样品已寄出<Tab><Tab><Tab>");
    rig.send(Msg::Paste("2日内发资料\r\n\n周五拜访王总\n".into()));
    assert_eq!(form(&rig).text(Field::Next), "2日内发资料;周五拜访王总");
    rig.shows(&["发资料", "拜访王总"]).hides(&["发资料 周五"]);
    for (typed, said) in [
        ("5月22日发送资料5月25日拜访", "还有另一个时间“5月25日”"),
        ("25:00回电", "没有“25:00”这个时间"),
        ("昨天回电", "“昨天”早于本次互动"),
        ("每周五回访", "是重复的"),
    ] {
        rig.keys("<C-u>").keys(typed).shows(&[said]);
    }
    rig.keys("<C-u>准备5月22日会议材料").shows(&["准备5月22日会议材料"]);
}
