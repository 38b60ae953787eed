//! Why a class, the rules edited and put in force, the dictionary of tags: keys in, screen out.

#[expect(dead_code, reason = "other tests use the rest of the rig")]
mod rig;

use guanxi::domain::change::Change;
use guanxi::domain::customer::CustomerId;
use guanxi::domain::field::{Field, Noun, Value};
use guanxi::domain::money::Fen;
use guanxi::domain::people::{Role, Via};
use guanxi::domain::user::{NewPerson, Staff};
use guanxi::i18n::Lang;
use guanxi::store::request::{Answer, Query};
use rig::Rig;

/// The rig's company with an average of 100,000 yuan and an old order of the last customer, who is cooling by rule.
fn zh() -> Rig {
    let mut rig = Rig::company(Lang::Zh, 120, 36);
    rig.write(Change::Benchmark { industry: "制造业".into(), year: 2024, average: Fen(10_000_000) });
    let Ok(Answer::ByCode(Some(CustomerId(id)))) =
        rig.store.ask(&rig.actor, &Query::ByCode("C202405001".into()), rig.now)
    else {
        unreachable!("the rig has this customer")
    };
    rig.write(Change::Class {
        customer: CustomerId(id),
        scheme: "segment".into(),
        value: None,
        reason: None,
    });
    rig.write(Change::Add {
        noun: Noun::Order,
        customer: CustomerId(id),
        set: vec![
            (Field::OrderAmount, Value::Money(Fen(4_360_000))),
            (Field::OrderDay, Value::Day("2024-05-18".parse().unwrap_or_default())),
        ],
    });
    rig.app.shared.revision += 1;
    rig.send(guanxi::app::Msg::Elsewhere);
    rig.keys("/C202405001<Enter>");
    rig
}

#[test]
fn the_why_key_tells_facts_conditions_and_what_lacks_scheme_by_scheme() {
    let mut rig = zh();
    rig.keys("w").shows(&[
        "依据与原因",
        "事实",
        "规则(按顺序)",
        "与行业平均之比",
        "130%",
        "行业平均",
        "100,000元",
    ]);
    rig.shows(&["✓ 潜力成长"]);
    rig.keys("<PgDn>").shows(&["升为“高价值”还差", "近12个月再消费20,000"]);
    rig.keys("<Tab>").shows(&["等级  A", "近12个月消费"]);
    rig.keys("<Esc>").hides(&["规则(按顺序)"]);
}

/// The same company with an account manager and a manager, as one of the three sees it.
fn staffed(login: &str) -> Rig {
    let mut rig = zh();
    for (login, name, role) in [("li", "李强", Role::Manager), ("zhang", "张磊", Role::Rep)] {
        let person = NewPerson {
            login: login.into(),
            name: name.into(),
            role,
            department: "sales".into(),
            post: String::new(),
            key: None,
        };
        rig.write(Change::Staff(Staff::Add(Box::new(person))));
    }
    seen_by(rig, login)
}

/// The same company as somebody else sees it.
fn seen_by(rig: Rig, login: &str) -> Rig {
    let actor = rig.store.actor(login, Via::Screen, login).ok().flatten().expect("works here");
    Rig::of(actor, rig.store, Lang::Zh, 120, 36)
}

#[test]
fn everybody_reads_the_rules_and_who_may_not_edit_them_is_told_who_does() {
    let mut rig = staffed("zhang");
    rig.keys("4R").shows(&["分类规则", "share >= 150%", "Esc 返回"]).hides(&["试算", "Del 删除"]);
    rig.keys("<Down><Enter>").shows(&["主管可提议修改,由王敏启用", "share >= 150%"]).hides(&["条件:"]);
    rig.keys("<Tab>").shows(&["分类规则 · 等级"]);
    rig.keys("v").shows(&["第1版 · 现行", "出厂"]);
    rig.keys("<Esc><Esc>").hides(&["分类规则 ·"]);
}

#[test]
fn the_cursor_moves_at_once_whenever_the_rules_are_opened() {
    let mut rig = zh();
    rig.keys("4R<Esc>R<End><Enter>").shows(&["条件 idle_months > 3"]);
}

#[test]
fn a_border_that_several_conditions_draw_is_moved_with_one_more_key() {
    let mut rig = zh();
    rig.keys("4R<End><Enter><Backspace>4<Enter>")
        .shows(&["idle_months > 4", "另有4个条件使用同一界限:按 = 一并更改"]);
    rig.keys("p").shows(&["不属于任何一类", "按 = 一并更改"]);
    rig.keys("=").shows(&["idle_months <= 4"]).hides(&["idle_months <= 3", "一并更改"]);
    rig.keys("p").shows(&["已试算4户"]);
}

#[test]
fn a_manager_tries_other_rules_and_proposes_them_and_an_administrator_applies_them() {
    let mut rig = staffed("li");
    rig.keys("4R<End><Enter><Backspace>4<Enter>=p").shows(&["已试算4户", "a 提议"]).hides(&["a 启用"]);
    rig.keys("a放宽一个月<Enter>").hides(&["分类规则 ·"]).shows(&["已提交王敏"]);
    // nothing has moved; the manager sees it beside the versions
    rig.keys("R").shows(&["idle_months > 3", "放宽一个月"]).hides(&["idle_months > 4"]);
    rig.keys("<Esc>");
    let mut rig = seen_by(rig, "wang");
    rig.keys("4").shows(&["李强提议修改“分层”规则"]);
    rig.keys("R").shows(&["提议新规则", "放宽一个月"]);
    rig.keys("v").shows(&["提议", "第1版 · 现行"]);
    rig.keys("<Enter>").shows(&["已修改", "idle_months > 4", "已试算4户"]);
    rig.keys("a同意<Enter>").hides(&["分类规则 ·", "提议修改"]);
    rig.keys("R").shows(&["idle_months > 4"]).hides(&["提议新规则"]);
    rig.keys("v").shows(&["第2版 · 现行", "同意", "第1版"]).hides(&["放宽一个月"]);
    // an older version comes back as a newer one
    rig.keys("<Down><Enter>").shows(&["已修改", "idle_months > 3"]);
    rig.keys("r<Down><Enter><Esc>u<Enter>4").shows(&["李强提议修改“分层”规则"]);
}

#[test]
fn a_proposal_is_withdrawn_or_refused_and_a_wrong_one_is_never_taken() {
    let mut rig = staffed("li");
    rig.keys("4R<End><Enter><Backspace>4<Enter>a试试<Enter>").shows(&["不属于任何一类"]).hides(&["已提交"]);
    rig.keys("=a试试<Enter>").shows(&["已提交"]);
    rig.keys("Rv").shows(&["试试", "Del 删除"]);
    rig.keys("<Del>").hides(&["试试"]).shows(&["第1版 · 现行"]);
}

#[test]
fn a_threshold_is_raised_tried_on_everybody_applied_with_a_reason_and_taken_back() {
    let mut rig = zh();
    rig.keys("4R").shows(&["分类规则", "share >= 150%"]);
    // two lines draw the border between high and growth
    for condition in ["share >= 150%", "share < 150%"] {
        rig.keys("<Home>");
        let line = |rig: &Rig| {
            rig.app.popups.iter().find_map(|p| match p {
                guanxi::app::popup::Popup::Rules(r) => {
                    r.spot().and_then(|s| r.draft.as_ref()?.condition(s).map(ToOwned::to_owned))
                }
                _ => None,
            })
        };
        while line(&rig).as_deref() != Some(condition) {
            rig.keys("<Down>");
        }
        rig.keys("<Enter><C-u>").keys(&condition.replace("150", "120")).keys("<Enter>");
    }
    rig.keys("p").shows(&["1户", "分层:潜力成长 → 高价值  宏达机械制造有限公司"]);
    rig.keys("a").shows(&["原因"]);
    rig.keys("<Enter>").shows(&["请写明修改原因"]);
    rig.keys("下调门槛<Enter>").hides(&["分类规则 · 分层"]);
    rig.keys("2").shows(&["高价值"]);
    rig.keys("w<PgUp>").shows(&["第2版"]);
    rig.keys("<Esc>u<Enter>").shows(&["潜力成长"]);
}

#[test]
fn a_condition_that_is_none_is_told_while_it_is_typed_and_a_gap_when_it_is_tried() {
    let mut rig = zh();
    rig.keys("4R<Home><Down><Down><Down><Down><Down><Enter><C-u>wealth > 3<Enter>")
        .shows(&["没有指标“wealth”"]);
    rig.keys("<C-u>share >= 160%<Enter>p").shows(&["与行业平均之比 = 150%", "不属于任何一类"]);
    // what was edited is kept when the popup is left
    rig.keys("<Esc><Esc>").shows(&["修改的规则已保留"]);
    rig.keys("R").shows(&["已修改", "share >= 160%"]);
}

#[test]
fn a57_averages_of_industries_stand_in_pane_4_are_entered_there_and_move_whom_they_concern() {
    let mut rig = zh();
    rig.keys("4Y").shows(&["行业平均", "其他行业", "制造业", "100,000"]);
    rig.keys("<Down><Enter>").shows(&["所属行业", "制造业", "2024"]);
    rig.keys("<Tab><Tab>many<Enter>").shows(&["不是金额"]).hides(&["已保存"]);
    rig.keys("<C-u>20000<Enter>2").shows(&["高价值"]);
    rig.keys("4Y").shows(&["20,000"]);
    rig.keys("<Esc>u<Enter>Y").shows(&["100,000"]);
    rig.keys("<Enter><Enter>").shows(&["所属行业:请填写"]);
}

#[test]
fn the_dictionary_shows_who_has_a_tag_and_joins_two_wordings() {
    let mut rig = zh();
    rig.keys("t关注性价比<Enter>");
    rig.keys("T").shows(&["标签库", "关注性价比"]);
    rig.keys("xjb").shows(&["关注性价比"]);
    rig.keys("<Enter>").shows(&["有此标签的客户", "1户"]);
    rig.keys("<Enter>").shows(&["标签:关注性价比", "宏达机械制造有限公司"]);
}

#[test]
fn nothing_of_the_account_is_cut_at_eighty_columns_in_either_language() {
    for lang in [Lang::Zh, Lang::En] {
        let mut rig = Rig::company(lang, 80, 24);
        rig.keys("1<Home>w");
        for key in ["<PgDn>", "<Tab>"].iter().cycle().take(12) {
            let screen = rig.keys(key).screen();
            // of what lies below the popup something may be cut
            let mut inside = screen.lines().filter_map(|line| line.split('│').nth(1));
            assert!(inside.all(|line| !line.contains('…')), "{screen}");
        }
    }
}

#[test]
fn a_condition_is_typed_in_the_words_it_is_shown_in_and_enter_on_a_class_edits_its_first_condition() {
    let mut rig = zh();
    // the cursor begins on a condition
    rig.keys("4R<Enter>").shows(&["条件 orders = 0"]);
    rig.keys("<Esc><Home><Enter>").shows(&["条件 orders = 0"]);
    rig.keys("<Esc><Down><Down><Down><Down><Enter><C-u>与行业平均之比 ≥ 170%<Enter>")
        .shows(&["share >= 170%", "已修改"])
        .hides(&["没有指标"]);
    // what is no metric is told with the names beside the ids
    rig.keys("<Enter><C-u>财富 > 3<Enter>").shows(&["没有指标“财富”", "与行业平均之比 (share)"]);
    rig.keys("<C-u>spend vs industry >= 180%<Enter>").shows(&["share >= 180%"]);
    // a class that has lost its conditions takes one at its heading
    rig.keys("<Home><Down><Del>").hides(&["orders = 0"]).shows(&["尚无条件"]);
    rig.keys("<Home><Enter>订单数 = 0<Enter>").hides(&["尚无条件"]);
}

/// How many drafts lie on the disk.
fn drafts(rig: &Rig) -> usize {
    rig.drafts.len()
}

#[test]
fn edited_rules_wait_as_forms_do_and_outlive_the_program_until_they_are_discarded() {
    let mut rig = zh();
    rig.keys("4R<End><Enter><Backspace>4<Enter><Esc>").shows(&["修改的规则已保留:F5 继续"]);
    let mut rig = rig.restart();
    rig.keys("<F5>").shows(&["已修改", "idle_months > 4", "r 放弃修改"]);
    rig.keys("<Esc>4R").shows(&["已修改", "idle_months > 4"]);
    // beside another form it says what it is
    rig.keys("<Esc>1amore<Esc><F5>").shows(&["分类规则 · 分层", "未往来月数 > 4"]);
    // whoever wants the rules in force back is asked first, as with every other form
    rig.keys("<Esc>4R<Down><Up>r").shows(&["丢弃已输入的内容"]);
    assert_eq!(drafts(&rig), 2, "nothing has gone yet");
    rig.keys("<Enter>").shows(&["已修改", "idle_months > 4"]);
    rig.keys("r<Down><Enter>").shows(&["idle_months > 3"]).hides(&["已修改", "放弃修改"]);
    assert_eq!(drafts(&rig), 1, "the touch");
    // a session that dies loses nothing either, and what has come into force is no draft any more
    rig.keys("<End><Enter><Backspace>4<Enter>=");
    assert_eq!(drafts(&rig), 2);
    let mut rig = rig.restart();
    rig.keys("4R").shows(&["已修改", "idle_months <= 4"]);
    rig.keys("a放宽<Enter>").hides(&["分类规则 ·"]);
    assert_eq!(drafts(&rig), 1);
    rig.keys("R").hides(&["已修改"]);
}

#[test]
fn kept_rules_say_that_others_have_come_into_force_since() {
    let mut rig = zh();
    rig.keys("4R<End><Enter><Backspace>4<Enter>=<Esc>");
    let Ok(Answer::Schemes(rows)) = rig.store.ask(&rig.actor, &Query::Schemes, rig.now) else {
        unreachable!("everybody reads the rules")
    };
    let text = rows.iter().find(|row| row.scheme == "segment").and_then(|row| row.versions.first());
    let text = text.map(|v| v.text.replace("150%", "160%")).unwrap_or_default();
    rig.write(Change::ApplyScheme { text });
    rig.send(guanxi::app::Msg::Elsewhere);
    rig.keys("R").shows(&["第2版已启用"]);
    rig.keys("r").shows(&["share >= 160%"]).hides(&["第2版已启用"]);
}

#[test]
fn a_limit_goes_along_only_to_conditions_that_limit_the_same() {
    let mut rig = zh();
    rig.keys("4R<End><Enter><C-u>orders > 5<Enter>").shows(&["orders > 5"]).hides(&["一并更改"]);
    rig.keys("=").shows(&["idle_months <= 3"]).hides(&["idle_months <= 5"]);
}

#[test]
fn esc_leaves_what_was_tried_before_the_rules_and_nobody_applies_what_was_not_counted() {
    let mut rig = zh();
    rig.keys("4R<End><Enter><Backspace>4<Enter>=p").shows(&["已试算4户"]);
    rig.keys("<Esc>").shows(&["分类规则 ·"]).hides(&["已试算4户"]);
    rig.keys("<Enter><Backspace>5<Enter>=");
    rig.hold(true);
    rig.keys("a放宽<Enter>").shows(&["正在统计将变动的客户", "原因 放宽"]);
    rig.hold(false);
    rig.shows(&["已试算4户"]);
    rig.keys("<Enter>").hides(&["分类规则 ·"]);
}

#[test]
fn the_rules_say_that_they_go_on_below_and_keep_their_keys_on_a_small_screen() {
    let mut rig = Rig::company(Lang::En, 80, 24);
    rig.keys("4R").shows(&["▼", "more", "n condition", "Del Remove", "Esc Back"]);
    rig.keys("<End>").shows(&["▲"]).hides(&["▼"]);
    rig.keys("<Enter><Backspace>4<Enter>").shows(&["r reset", "n condition", "Del Remove"]);
}
