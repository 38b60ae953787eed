//! Keys in, screen out: what a person at the keyboard sees, at every size, in both languages.

#[path = "screens/forms.rs"]
mod forms;
#[path = "screens/found.rs"]
mod found;
#[path = "screens/import.rs"]
mod import;
#[path = "screens/place.rs"]
mod place;
#[path = "screens/random.rs"]
mod random;
#[expect(dead_code, reason = "other tests let single answers come")]
mod rig;
#[path = "screens/small.rs"]
mod small;

use guanxi::app::key::{Code, Key};
use guanxi::app::{Effect, Msg};
use guanxi::domain::change::{Change, Edited};
use guanxi::domain::field::{Field, Noun, Row, Value};
use guanxi::i18n::Lang;
use guanxi::store::request::Query;
use rig::Rig;

#[test]
fn an_empty_store_offers_the_demo_an_import_and_the_first_customer() {
    let rig = Rig::empty(Lang::En, 80, 24);
    rig.shows(&["Welcome", "F6  Try the demo company", "I   Import a file", "n   Add the first customer"]);
    rig.hides(&["Log a touch"]);
}

#[test]
fn k05_the_first_customer_gets_a_number_of_the_month_and_its_profile_opens() {
    let mut rig = Rig::empty(Lang::Zh, 80, 24);
    rig.keys("n恒远物流有限公司<Tab>陈总<Tab>运营总监<Tab>138-0013-8812<Enter>");
    rig.shows(&["恒远物流有限公司", "C2024050001"]);
    rig.keys("1").shows(&["全部客户 · 1", "C2024050001", "陈总"]);
}

#[test]
fn the_list_shows_who_what_next_and_how_much_and_the_card_who_it_is() {
    let rig = Rig::company(Lang::Zh, 120, 36);
    rig.shows(&[
        "全部客户 · 4",
        "客户编号",
        "▌  C202405001",
        "宏达机械制造有限公司",
        "潜力成长",
        "逾期 05-18 发送资料",
        "86,400",
        "今天 协调座位",
        "上次 05-12 电话 王敏 推荐A品类新品 — 对新品功能感兴趣",
        "承诺 逾期 05-18 发送资料",
    ]);
}

#[test]
fn a_move_is_drawn_at_once_for_all_that_it_asks_shows_nothing_yet() {
    let mut rig = Rig::company(Lang::Zh, 120, 36);
    rig.keys("<Down>");
    let mut asked = 0;
    for effect in rig.app.update(rig.now, Msg::Key(Key::plain(Code::Down))) {
        if let Effect::Ask { slot, query, .. } = effect {
            assert!(slot.is_ahead() || query.can_wait(), "a frame would wait for {query:?}");
            asked += 1;
        }
    }
    assert!(asked > 0, "the next card is asked ahead");
}

#[test]
fn anyone_is_found_by_any_part_reading_or_digits_and_the_matched_part_shows() {
    let mut rig = Rig::company(Lang::Zh, 120, 36);
    for (typed, name) in [
        ("物流", "恒远物流有限公司"),
        ("汇", "优品汇零售"),
        ("kejixin", "上海科技信息服务有限公司"),
        ("shkj", "上海科技信息服务有限公司"),
        ("cql", "上海科技信息服务有限公司"),
        ("zengg", "上海科技信息服务有限公司"),
        ("8812", "恒远物流有限公司"),
        ("13800138812", "恒远物流有限公司"),
        ("66881234", "上海科技信息服务有限公司"),
        ("c202405003", "优品汇零售"),
        ("周店", "优品汇零售"),
    ] {
        rig.keys("/").keys(typed).shows(&[&format!("│ ▌ {name}")]);
        rig.keys("<Esc>");
    }
    rig.keys("/物流").shows(&["陈总 运营总监", "138-0013-8812"]);
    let (_, cursor) = rig.paint();
    assert!(cursor.is_some(), "the cursor stands in the box, so that an input method opens there");
}

#[test]
fn an_unknown_number_becomes_a_new_customer_with_it() {
    let mut rig = Rig::company(Lang::Zh, 100, 30);
    rig.keys("/13912345678").shows(&["没有客户使用这个号码", "用 13912345678 新建客户"]);
    rig.keys("<Enter>").shows(&["新建客户", "13912345678"]);
}

#[test]
fn k03_k04_two_promises_in_words_are_shown_as_dates_before_saving_and_u_takes_the_call_back() {
    let mut rig = Rig::company(Lang::Zh, 100, 30);
    rig.keys("<Down>a邀请参加体验日<Tab><Tab><Tab>2日内发送资料,3天内跟进意向");
    rig.shows(&["→ 05-22 周三  发送资料", "→ 05-23 周四  跟进意向"]);
    rig.keys("<Enter>").shows(&["记录互动 · 恒远物流有限公司 · u 撤销"]);
    rig.keys("u").shows(&["记录互动 · 恒远物流有限公司"]);
    rig.keys("<Enter>").shows(&["已撤销"]);
    rig.hides(&["邀请参加体验日"]);
}

#[test]
fn e9_a_vague_promise_is_refused_with_a_sentence_and_what_was_typed_stays() {
    let mut rig = Rig::company(Lang::Zh, 100, 30);
    rig.keys("a电话沟通<Tab><Tab><Tab>后续跟进<Enter>");
    rig.shows(&["没有说明做什么、何时做", "电话沟通", "后续跟进"]);
}

#[test]
fn a_call_during_a_form_loses_nothing_and_several_forms_wait() {
    let mut rig = Rig::company(Lang::Zh, 100, 30);
    rig.keys("a第一通电话说到一半<C-f>优品<Enter>");
    rig.keys("a第二通电话<Esc>").shows(&["表单已暂存"]);
    rig.keys("<F5>").shows(&["第一通电话说到一半", "第二通电话"]);
    rig.keys("<Down><Enter>").shows(&["第一通电话说到一半", "宏达机械制造有限公司"]);
}

#[test]
fn a_draft_is_kept_after_a_pause_and_offered_again_after_a_restart() {
    let mut rig = Rig::company(Lang::Zh, 100, 30);
    rig.keys("a客户要求发送样品");
    assert!(rig.drafts.is_empty());
    rig.pass(1);
    assert_eq!(rig.drafts.len(), 1);
    let mut rig = rig.restart();
    rig.shows(&["上次有1个表单未完成"]);
    rig.keys("<F5>").shows(&["客户要求发送样品"]);
    rig.keys("<Tab><Tab><Tab>-<Enter>");
    assert!(rig.drafts.is_empty(), "a saved form needs no draft");
}

#[test]
fn what_a_session_left_that_dies_after_the_next_one_has_begun_is_offered_too() {
    let mut rig = Rig::company(Lang::Zh, 100, 30);
    rig.keys("<F5>").shows(&["没有待续表单"]);
    rig.keys("a断线前的话").pass(1);
    let left = std::mem::take(&mut rig.drafts);
    let mut rig = rig.restart();
    rig.left = left;
    rig.hides(&["未完成"]);
    rig.keys("<F5>").shows(&["断线前的话"]);
    // a form that is opened next has a number of its own
    rig.keys("<Esc>e<C-e>二<Esc>").pass(1);
    assert_eq!(rig.drafts.iter().map(|d| d.id).collect::<Vec<_>>(), [1, 1_001]);
    rig.left = rig.drafts.split_off(1);
    rig.pass(60).shows(&["上次有1个表单未完成"]);
}

#[test]
fn two_people_who_edit_the_same_field_choose_and_other_fields_are_merged() {
    let mut rig = Rig::company(Lang::Zh, 100, 30);
    let edit = |rig: &mut Rig, field, was: &str, to: &str| {
        let id = rig.app.shared.subject.as_ref().unwrap().id;
        let row = Row { noun: Noun::Customer, id: id.0 };
        let record = rig.store.ask(&rig.actor, &Query::Record(row), rig.now).unwrap();
        let guanxi::store::request::Answer::Record(Some(record)) = record else { panic!("no record") };
        let set = vec![Edited { field, was: Value::text(was), to: Value::text(to) }];
        rig.write(Change::Edit { row, rev: record.rev, set });
    };
    rig.keys("e<C-u>宏达重工有限公司");
    edit(&mut rig, Field::Name, "宏达机械制造有限公司", "宏达机械集团");
    rig.keys("<Enter>").shows(&["请逐项选择", "宏达机械集团", "宏达重工有限公司", "原来", "对方", "我的"]);
    rig.keys("m<Enter>").shows(&["宏达重工有限公司"]);
    rig.hides(&["请逐项选择"]);
}

#[test]
fn every_size_and_language_shows_whole_rows_and_no_wide_character_is_cut() {
    for lang in [Lang::En, Lang::Zh] {
        for (width, height) in [(40, 12), (60, 17), (80, 24), (120, 36), (200, 50), (300, 90)] {
            let mut rig = Rig::company(lang, width, height);
            for keys in [
                "", "/物流", "<Esc>a", "<Esc>n", "<Esc>:", "<Esc>?", "<Esc>s", "<Esc>v", "<Esc>e", "<Esc>2",
                "3", "<Tab>", "4", "5", "1I", "<Esc>u", "<Esc>f",
            ] {
                rig.keys(keys);
                let (lines, _) = rig.paint();
                assert_eq!(lines.len(), usize::from(height));
            }
        }
    }
    let rig = Rig::company(Lang::Zh, 30, 8);
    rig.shows(&["40 x 12"]);
}

#[test]
fn a_window_that_has_shrunk_before_the_program_hears_of_it_is_drawn_as_far_as_it_reaches() {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    let mut rig = Rig::company(Lang::Zh, 200, 50);
    for keys in ["", "/物流", "<Esc>a", "<Esc>I", "<Esc>2", "3", "4", "5"] {
        rig.keys(keys);
        for (width, height) in [(1, 1), (30, 8), (40, 12), (100, 20), (0, 0)] {
            let area = Rect { x: 0, y: 0, width, height };
            guanxi::ui::paint(&rig.app, false, &mut Buffer::empty(area), area);
        }
    }
}

#[test]
fn the_language_changes_with_one_key_and_the_screen_with_it() {
    let mut rig = Rig::company(Lang::En, 100, 30);
    rig.shows(&["All customers", "growth"]);
    rig.keys("<F2>").shows(&["全部客户", "潜力成长"]);
}

#[test]
fn full_width_signs_of_an_input_method_work_as_keys() {
    let mut rig = Rig::company(Lang::Zh, 100, 30);
    rig.keys("：").shows(&["命令、记录"]);
    rig.keys("<Esc>？").shows(&["按键、筛选词"]);
    rig.keys("<Esc>／").shows(&["名称、拼音"]);
}

#[test]
fn hostile_text_in_data_reaches_the_screen_without_its_power() {
    let mut rig = Rig::company(Lang::Zh, 120, 36);
    rig.keys("n");
    for text in ["坏\u{1b}[31m公司", "a\u{202e}b\u{200b}c", "x\u{7}\u{9b}y"] {
        rig.send(guanxi::app::Msg::Paste(text.to_owned()));
    }
    let screen = rig.screen();
    assert!(!screen.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202e}' || c == '\u{200b}'));
}

#[test]
fn an_empty_queue_leaves_every_other_key_working() {
    let mut rig = Rig::empty(Lang::Zh, 80, 24);
    rig.keys("3").shows(&["还没有客户"]);
    rig.keys("1").shows(&["欢迎使用"]);
    rig.keys("3:").shows(&["命令、记录"]);
}

#[test]
fn k03_a_full_width_comma_of_an_input_method_separates_two_promises() {
    let mut rig = Rig::company(Lang::Zh, 100, 30);
    rig.keys("a邀请<Tab><Tab><Tab>2日内发送资料\u{ff0c}3天内跟进意向");
    rig.shows(&["→ 05-22 周三  发送资料", "→ 05-23 周四  跟进意向"]);
}

#[test]
fn editing_one_field_leaves_fields_that_could_not_be_shown_as_they_were() {
    let mut rig = Rig::company(Lang::Zh, 100, 40);
    let row = Row { noun: Noun::Customer, id: 1 };
    let record = |rig: &Rig| match rig.store.ask(&rig.actor, &Query::Record(row), rig.now) {
        Ok(guanxi::store::request::Answer::Record(Some(record))) => record,
        other => panic!("{other:?}"),
    };
    let rev = record(&rig).rev;
    let set = vec![Edited { field: Field::Referrer, was: Value::None, to: Value::Id(2) }];
    rig.write(Change::Edit { row, rev, set });
    rig.send(guanxi::app::Msg::Elsewhere);
    rig.keys("e<C-u>宏达重工<Enter>");
    assert_eq!(*record(&rig).get(Field::Referrer), Value::Id(2));
    assert_eq!(*record(&rig).get(Field::Name), Value::text("宏达重工"));
}

#[test]
fn a_number_typed_by_hand_names_another_customer_and_so_does_one_in_a_form_that_was_kept_and_opened_again() {
    let mut rig = Rig::company(Lang::Zh, 100, 40);
    let referrer = |rig: &Rig, id: i64| {
        let row = Row { noun: Noun::Customer, id };
        match rig.store.ask(&rig.actor, &Query::Record(row), rig.now) {
            Ok(guanxi::store::request::Answer::Record(Some(record))) => record.get(Field::Referrer).clone(),
            other => panic!("{other:?}"),
        }
    };
    let at = |rig: &Rig| match rig.app.popups.last() {
        Some(guanxi::app::popup::Popup::Form(form)) => {
            form.entries.iter().position(|e| e.field == Field::Referrer).unwrap() - form.focus
        }
        other => panic!("{other:?}"),
    };
    let one = 1;
    rig.keys("e");
    for _ in 0..at(&rig) {
        rig.keys("<Tab>");
    }
    rig.keys("c202405003<Esc>");
    // what was found last is forgotten, and the form was only kept
    let mut rig = rig.restart();
    rig.keys("<F5>").shows(&["c202405003"]);
    rig.keys("<Enter>").hides(&["c202405003"]);
    let Value::Id(by) = referrer(&rig, one) else { panic!("nobody") };
    assert_ne!(by, one);
    rig.keys("/C202405003<Enter>");
    assert_eq!(rig.app.shared.subject.clone().unwrap().id.0, by);
}

#[test]
fn keys_that_come_in_one_burst_after_the_enter_of_the_look_up_box_are_for_what_it_opens() {
    let mut rig = Rig::company(Lang::Zh, 100, 30);
    rig.hold(true);
    rig.keys("/恒远<Enter>a样品已寄出");
    rig.shows(&["查找"]);
    rig.hold(false);
    rig.shows(&["记一笔", "恒远物流有限公司", "样品已寄出"]);
    // whoever changes their mind is not held
    let mut rig = Rig::company(Lang::Zh, 100, 30);
    rig.hold(true);
    rig.keys("/恒远<Enter>a<Esc>");
    assert!(rig.app.popups.is_empty());
}

#[test]
fn enter_before_the_hits_are_here_never_opens_a_hit_of_what_was_typed_before() {
    let mut rig = Rig::company(Lang::Zh, 100, 30);
    rig.keys("/恒远");
    rig.hold(true);
    rig.keys("<C-u>优品<Enter>");
    rig.shows(&["查找"]);
    rig.hold(false);
    rig.shows(&["C202405003", "优品汇零售"]);
    assert!(rig.app.popups.is_empty());
}

#[test]
fn a_form_set_aside_while_it_is_saved_is_done_when_it_is_saved() {
    let mut rig = Rig::company(Lang::Zh, 100, 30);
    rig.hold(true);
    rig.keys("a电话<Tab><Tab><Tab>-<Enter>");
    rig.keys("<C-f>");
    rig.hold(false);
    rig.keys("优品<Enter>");
    assert!(rig.app.shared.waiting.is_empty() && rig.drafts.is_empty());
}

#[test]
fn campaigns_and_plans_read_at_every_size_in_both_languages() {
    for (lang, name, task) in [(Lang::Zh, "夏季唤醒", "客户需求调研"), (Lang::En, "夏季唤醒", "客户需求调研")]
    {
        for (width, height) in [(40, 12), (80, 24), (120, 36), (200, 50)] {
            let mut rig = Rig::company(lang, width, height);
            rig.campaign_and_plan();
            rig.keys("4<Tab><Tab>").shows(&["▌", name]);
            rig.keys("<Enter>").shows(&["▌"]);
            let progress = match lang {
                _ if width < 80 => "▌",
                Lang::Zh => "0/1 完成",
                Lang::En => "0 of 1 done",
            };
            rig.keys("<Esc><Tab>").shows(&["▌", progress]);
            rig.keys("<Enter>").shows(&["▌", task]);
        }
    }
}

#[test]
fn e18_the_title_bar_counts_requests_that_wait_and_a_colleague_of_another_department_sees_none() {
    let mut rig = Rig::team(Lang::Zh, 120, 36);
    rig.keys("1Q需市场部补充案例<Enter>").hides(&["请求 1"]);
    rig.actor = rig.store.actor("huang", guanxi::domain::people::Via::Screen, "two").unwrap().unwrap();
    let rig = rig.restart();
    rig.shows(&["请求 1", "黄凯"]);
}
