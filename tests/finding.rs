//! Keys in, screen out, about filters, help and marks: all that fit are marked and not only those on the screen, one is taken
//! off again, and what is done to them is done to all.

#[expect(dead_code, reason = "other tests need more of it")]
mod rig;

use guanxi::domain::change::{Change, NewCustomer};
use guanxi::domain::field::{Field, Value};
use guanxi::i18n::Lang;
use guanxi::store::request::{Answer, Query};
use rig::Rig;

/// A company with so many more customers than a window holds.
fn many(lang: Lang, more: usize) -> Rig {
    let mut rig = Rig::company(lang, 120, 36);
    for n in 0..more {
        let values = vec![(Field::Name, Value::Text(format!("{n:03}号分店")))];
        rig.write(Change::AddCustomer(Box::new(NewCustomer { values, ..NewCustomer::default() })));
    }
    rig.app.shared.revision += 1;
    rig.send(guanxi::app::Msg::Elsewhere);
    rig
}

fn count(rig: &Rig, filter: &str) -> Option<u64> {
    let filter = guanxi::domain::filter::parse(filter).ok()?;
    match rig.store.ask(&rig.actor, &Query::Count(filter), rig.now) {
        Ok(Answer::Count(count)) => Some(count.shown),
        _ => None,
    }
}

#[test]
fn all_that_fit_are_marked_one_is_taken_off_and_one_undo_takes_the_work_back() {
    let mut rig = many(Lang::Zh, 160);
    let all = count(&rig, "");
    rig.keys("f分店<Enter>").shows(&["160 / "]);
    rig.keys("V").shows(&["已标记全部 160 个", "已标记 160"]);
    // marks stay when the filter goes, one is taken off, and marking the same once more puts it back
    rig.keys("<Space>").shows(&["已标记 159"]);
    rig.keys("V").shows(&["已标记 160"]);
    rig.keys("V").hides(&["已标记 1"]);
    rig.keys("VG<Space>").shows(&["已标记 159"]);
    rig.keys("t关注性价比");
    assert_eq!(count(&rig, "tag:关注性价比"), Some(0));
    rig.keys("<Enter>");
    assert_eq!(count(&rig, "tag:关注性价比"), Some(159), "{}", rig.screen());
    rig.keys("u<Enter>");
    assert_eq!((count(&rig, "tag:关注性价比"), count(&rig, "")), (Some(0), all));
}

#[test]
fn a_filter_is_typed_and_shown_in_the_persons_language_and_kept_in_neither() {
    let mut rig = Rig::company(Lang::Zh, 120, 36);
    rig.keys("f负责人:我 分层:高价值<Enter>").shows(&["负责人:我 分层:高价值", "恒远物流", "1 / "]);
    rig.keys("<F2>").shows(&["owner:me segment:high", "1 of "]);
    rig.keys("f<C-u>owner:me silent:>30d<Enter><F2>").shows(&["负责人:我 沉默:>30天"]);
    // the box opens with what stands there, and says in its language how one may go on
    rig.keys("f").shows(&["负责人:我 沉默:>30天", "分层:高价值 到期:<3天"]);
    rig.keys("<C-u>分层:潜<Tab>").shows(&["分层:潜力成长"]).hides(&["没有筛选项"]);
    rig.keys("<Enter>").shows(&["分层:潜力成长", "宏达机械"]);
}

#[test]
fn a_slip_in_a_closed_list_is_said_with_the_nearest_word_and_the_list_stays() {
    let mut rig = Rig::company(Lang::Zh, 120, 36);
    rig.keys("f分层:高价植<Enter>").shows(&["是否要找“高价值”", "潜力成长"]);
    let mut rig = Rig::company(Lang::En, 120, 36);
    rig.keys("fsegment:hihg<Enter>").shows(&["Did you mean “high”", "is no value of “segment:”"]);
    rig.keys("<C-u>segmnt:high<Enter>").shows(&["Did you mean “segment”"]);
    rig.keys("<C-u>is:late<Enter>").shows(&["is no value of “is:”", "overdue"]);
}

#[test]
fn an_owner_whom_nobody_knows_is_said_with_the_nearest_name_in_place_of_an_empty_list() {
    let mut rig = Rig::company(Lang::Zh, 120, 36);
    rig.keys("f负责人:王明<Enter>").shows(&["是否要找“王敏”", "没有名为“王明”的负责人"]);
    rig.keys("f<C-u>负责人:王敏<Enter>").hides(&["没有名为"]).shows(&["恒远物流"]);
}

#[test]
fn a_campaign_is_for_all_that_are_marked_however_many_of_them_are_on_the_list() {
    let mut rig = many(Lang::Zh, 160);
    // some are taken off, so that no filter says who is left, and the filter goes
    rig.keys("f分店<Enter>VG<Space>").shows(&["已标记 159"]);
    rig.keys("f<C-u>恒远<Enter>m").shows(&["目标客户"]);
    rig.keys("<Tab>").shows(&["已标记的159户"]);
    rig.keys("<Tab>").hides(&["已标记的159户"]);
    rig.keys("<BackTab><BackTab>开业回访<Enter>").shows(&["开业回访", "已标记的159户"]);
    rig.keys("<Enter>").shows(&["159"]);
}

#[test]
fn help_shows_the_keys_of_the_place_first_and_finds_filters_figures_and_findings_in_either_language() {
    let mut rig = Rig::company(Lang::Zh, 120, 36);
    let first = rig.keys("?").screen();
    let at = |text: &str| first.lines().position(|line| line.contains(text)).unwrap_or(usize::MAX);
    assert!(at("分配") < at("记一笔"), "{first}");
    rig.keys("silent").shows(&["沉默:", "双向互动", "沉默:>30天"]);
    rig.keys("<C-u>响应率").shows(&["7天内有回应的客户"]);
    rig.keys("<C-u>免打扰").shows(&["客户要求免打扰:拦截"]);
    rig.keys("<C-u>与行业平均").shows(&["share", "近12个月净消费"]);
    // what is only to be read stays; a key is done
    rig.keys("<Enter>").shows(&["帮助"]);
    rig.keys("<C-u>sort<Enter>").hides(&["帮助 ·"]);
    let mut rig = Rig::company(Lang::En, 80, 24);
    rig.keys("?misplaced").shows(&["is:misplaced", "another post"]);
}

#[test]
fn the_palette_does_what_belongs_to_another_pane_there() {
    let mut rig = Rig::company(Lang::En, 120, 36);
    rig.keys("5:columns").shows(&["Customers · c"]);
    rig.keys("<Enter>").shows(&["Columns", "All customers"]);
}

#[test]
fn enter_on_a_number_of_the_models_lists_its_customers_and_esc_leads_back_to_it() {
    let mut rig = Rig::company(Lang::Zh, 120, 36);
    for customer in 1..=4 {
        let set = vec![
            (Field::OrderDay, Value::Day("2024-05-02".parse().expect("a day"))),
            (Field::OrderAmount, Value::Money(guanxi::domain::money::Fen(100_000 * customer))),
        ];
        let customer = guanxi::domain::customer::CustomerId(customer);
        rig.write(Change::Add { noun: guanxi::domain::field::Noun::Order, customer, set });
    }
    rig.send(guanxi::app::Msg::Elsewhere);
    rig.keys("5<BackTab>").shows(&["客户模型", "Enter 查看对应客户"]);
    // nobody's chance is told of so few, so that the scores come first
    rig.keys("<Down><Enter>").shows(&["1分"]);
    rig.keys("<Esc><Right><Right><Enter>").shows(&["3分"]);
    rig.keys("<Esc>").shows(&["客户模型"]);
    // the last number of all is those whose attitude is not known: everybody who bought
    rig.keys("<Down><Down><Down><Down><Down><Enter>").shows(&["态度未知", "4", "恒远物流", "宏达机械"]);
    rig.keys("<Enter>").shows(&["基本信息"]).hides(&["态度未知"]);
    rig.keys("<Esc>").shows(&["态度未知"]);
    rig.keys("<Esc>").shows(&["Enter 查看对应客户"]);
}

#[test]
fn words_that_stand_in_no_name_find_what_they_mean_in_the_palette_and_in_the_help() {
    for (typed, lang, name) in [
        ("cause", Lang::En, "KPI"),
        ("原因", Lang::Zh, "看板 · Tab"),
        ("问卷", Lang::Zh, "新建满意度调查"),
        ("wenjuan", Lang::En, "New survey"),
        ("handover", Lang::En, "Hand over"),
    ] {
        for key in [":", "?"] {
            let mut rig = Rig::company(lang, 120, 36);
            rig.keys(&format!("1{key}{typed}")).shows(&[name]);
        }
    }
    let mut rig = Rig::company(Lang::En, 120, 36);
    rig.keys("1?cause of a").shows(&["cause of a figure", "n on a figure of the board"]);
    rig.keys("<Esc>:cause<Enter>");
    assert_eq!(rig.app.active, guanxi::app::panes::PaneId::Board);
}
