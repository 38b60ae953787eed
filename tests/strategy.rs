//! The strategy matrix by keys: its figures, an edit with its preview, versions, festivals, and what the queue makes of it.

#[expect(dead_code, reason = "other tests hold answers back")]
mod rig;

use guanxi::domain::change::{Change, Envelope};
use guanxi::domain::field::{Field, Value};
use guanxi::domain::strategy::Edit;
use guanxi::i18n::Lang;
use guanxi::store::request::{Answer, Query};
use rig::Rig;

fn zh() -> Rig {
    Rig::company(Lang::Zh, 120, 36)
}

#[test]
fn k55_the_matrix_shows_accounts_cadence_load_and_what_a_row_lacks() {
    let mut rig = zh();
    rig.keys("4").shows(&["分层策略", "按节奏", "本周应联系", "人均/标准", "预算可行", "▲ 240%", "高价值 !"]);
    rig.shows(&["缺少", "责任人", "▽"]);
    rig.keys("<Right>").shows(&["等级策略"]);
    let mut small = Rig::company(Lang::En, 80, 24);
    small.keys("4").shows(&["Strategy by Segment", "On cadence", "Due this week", "high"]);
}

#[test]
fn h20_an_edit_shows_what_it_would_do_needs_a_reason_and_becomes_a_version_that_undo_takes_back() {
    let mut rig = zh();
    rig.keys("4<Down>e").shows(&["修改策略 · 潜力成长", "标准关怀 30/37, 促销触达 91/105"]);
    rig.keys("<Tab><C-u>标准关怀 周, 技术沙龙 季度 80/100");
    rig.shows(&["今日应联系 0 → 1", "全年每户 16 → 56 次", "占预算 840%"]);
    rig.keys("<Enter>").shows(&["原因", "请填写"]);
    rig.keys("响应率下降<Enter>").shows(&["策略 · 潜力成长 · u 撤销", "标准关怀 7/9 · 技术沙龙 80/100"]);
    rig.keys("v").shows(&["版本 · 分层", "第2版 潜力成长  响应率下降", "第1版 初始版本", "王敏"]);
    rig.shows(&["频率(理想/最迟天): 标准关怀 30/37, 促销触达 91/105 → 标准关怀 7/9, 技术沙龙 80/100"]);
    rig.shows(&["明天起可对比"]);
    rig.keys("<Esc>3").shows(&["未更新 · ▲ 标准"]);
    rig.keys("4u<Enter>").shows(&["标准关怀 30/37 · 促销触达 91/105"]);
    rig.keys("v").shows(&["该策略表尚未修改过"]);
}

#[test]
fn a_row_that_a_colleague_changed_meanwhile_is_not_written_over_and_what_was_typed_stays() {
    let mut rig = zh();
    rig.keys("4<Down>e<Tab><C-u>标准关怀 周");
    let rev = rig.store.ask(&rig.actor, &Query::Strategy("segment".into()), rig.now).unwrap();
    let Answer::Strategy(rows) = rev else { panic!() };
    let rev = rows.iter().find(|row| row.class == "growth").unwrap().rev;
    let set = vec![(Field::StrategyGoal, Value::text("稳住增长"))];
    let edit = Edit { scheme: "segment".into(), class: "growth".into(), rev: Some(rev), set };
    let change = Change::Strategy { edit: Box::new(edit), reason: "年度调整".into() };
    let envelope = Envelope { request: "colleague".into(), change, reason: None };
    rig.store.write(&rig.actor, &envelope, rig.now).unwrap();
    rig.keys("<Enter>").shows(&["原因"]);
    rig.keys("更频繁<Enter>").shows(&["王敏刚刚改过此项", "标准关怀 周", "更频繁"]);
    rig.keys("<Enter>").shows(&["王敏刚刚改过此项", "标准关怀 周"]);
}

#[test]
fn a_kind_that_cannot_be_read_is_told_at_its_field() {
    let mut rig = zh();
    rig.keys("4e<Tab><C-u>深度回访<Tab>");
    rig.keys("<BackTab><BackTab><BackTab>试<Enter>").shows(&["不是“触达类型 天数”"]);
}

#[test]
fn h51_festivals_are_kept_and_one_that_comes_asks_managers_to_prepare_it() {
    let mut rig = zh();
    // 端午 falls on 10 June: active from the 3rd, to be prepared from 27 May on
    rig.pass(8 * 24 * 3600);
    rig.keys("3").shows(&["端午自06-03开始:请准备节日内容"]);
    rig.keys("4").shows(&["▲ 端午(自06-03)"]);
    rig.keys("o").shows(&["节日与旺季", "端午", "▲ 待准备", "年中备货提醒"]);
    rig.keys("x").hides(&["▲ 待准备"]);
    rig.keys("n建材旺季<Enter>").shows(&["月", "请填写"]);
    rig.keys("9<Tab>1<Tab><C-u>0<Enter>").shows(&["建材旺季"]);
    rig.keys("<Esc>3").hides(&["请准备节日内容"]);
    let mut rig = zh();
    rig.pass(15 * 24 * 3600);
    rig.keys("4").shows(&["端午(至06-10):节日关怀"]);
    rig.keys("3").shows(&["端午 节日关怀"]);
}
