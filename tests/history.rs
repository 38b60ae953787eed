//! Who did what, and what is masked shown once for a reason: keys in, screen out.

#[expect(dead_code, reason = "other tests use the rest of the rig")]
mod rig;

use guanxi::app::Msg;
use guanxi::domain::change::Change;
use guanxi::domain::people::{Role, Via};
use guanxi::domain::user::{NewPerson, Staff};
use guanxi::i18n::Lang;
use rig::Rig;

fn zh() -> Rig {
    let mut rig = Rig::company(Lang::Zh, 120, 36);
    rig.keys("/C202405001<Enter>");
    rig
}

/// From now on somebody of another department is at the keys.
fn colleague(rig: &mut Rig) {
    let new = NewPerson {
        login: "sun".into(),
        name: "孙丽".into(),
        role: Role::Rep,
        department: "service".into(),
        post: "客服".into(),
        key: None,
    };
    rig.write(Change::Staff(Staff::Add(Box::new(new))));
    if let Ok(Some(actor)) = rig.store.actor("sun", Via::Screen, "sun") {
        rig.actor = actor;
    }
    rig.app.shared.revision += 1;
    rig.send(Msg::Elsewhere);
}

#[test]
fn i15_one_key_shows_who_did_what_and_conditions_narrow_it_while_they_are_typed() {
    let mut rig = zh();
    rig.keys("1L").shows(&["操作记录", "王敏", "新建客户", "C202405001 宏达机械制造有限公司", "记录互动"]);
    // the change under the cursor says from where and what it did
    rig.shows(&["会话 other", "互动 客户反馈:— → 对新品功能感兴趣"]);
    rig.keys("操作:新建客户").hides(&["记录互动"]);
    rig.shows(&["C202405003 优品汇零售", "客户 "]);
    rig.keys("<C-u>owner:x ").shows(&["“owner”不是操作记录的条件"]);
    rig.keys("<C-u>操作:导出 ").shows(&["没有您可查看的匹配记录"]);
    rig.keys("<C-u>did:dance").shows(&["没有名为“dance”的操作"]);
    rig.keys("<Esc>").hides(&["操作记录的条件"]);
}

#[test]
fn on_a_profile_it_is_the_customers_history_and_a_change_is_taken_back_from_it() {
    let mut rig = zh();
    rig.keys("2L").shows(&["customer:C202405001", "对新品功能感兴趣"]);
    rig.hides(&["恒远物流有限公司  "]);
    rig.keys("<Enter>").shows(&["打开客户档案", "该人员的全部记录", "撤销此操作"]);
    // it is said what that is, as `u` does elsewhere, and nothing is done yet
    rig.keys("<Down><Down><Down><Enter>");
    rig.shows(&[
        "Enter 将撤销:",
        "记录互动 · 2行 · C202405001 宏达机械制造有限公司 · 05-12 11:00",
        "客户反馈:— → 对新品功能感兴趣",
    ]);
    rig.keys("<Esc>").hides(&["将撤销", "已撤销"]);
    rig.keys("<Enter><Down><Down><Down><Enter><Enter>").shows(&["已撤销:宏达机械制造有限公司 · 记录互动"]);
    rig.keys("<Esc>").hides(&["推荐A品类新品"]);
}

#[test]
fn the_history_reads_at_every_size_in_both_languages() {
    for (lang, width, height) in
        [(Lang::En, 40, 12), (Lang::Zh, 40, 12), (Lang::En, 80, 24), (Lang::Zh, 200, 60)]
    {
        let mut rig = Rig::company(lang, width, height);
        rig.keys("L").shows(&[if lang == Lang::En { "History" } else { "操作记录" }]);
        for _ in 0..12 {
            rig.keys("<Down>");
            rig.paint();
        }
    }
}

#[test]
fn i14_what_is_masked_shows_once_for_a_reason_and_stands_in_the_history() {
    let mut rig = zh();
    colleague(&mut rig);
    rig.keys("1").shows(&["139****0031"]).hides(&["139 0000 0031"]);
    rig.keys("M<Enter>").shows(&["原因", "请填写"]);
    rig.keys("客户来电核对<Enter>").shows(&["139 0000 0031", "今日第1次"]);
    rig.keys("<Esc>").hides(&["139 0000 0031"]);
    rig.keys("L").shows(&["孙丽", "查看脱敏信息", "原因:客户来电核对"]);
    rig.hides(&["139 0000 0031", "王敏  "]);
}
