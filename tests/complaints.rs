//! Complaints and requests between departments by keys: received, answered, solved, resolved; asked, taken, refused, read.

#[expect(dead_code, reason = "other tests hold answers back")]
mod rig;

use guanxi::domain::people::Via;
use guanxi::i18n::Lang;
use rig::Rig;

const HOUR: i64 = 3_600;

fn zh() -> Rig {
    Rig::company(Lang::Zh, 120, 36)
}

/// A company in which the first customer has complained just now.
fn complained() -> Rig {
    let mut rig = zh();
    rig.keys("3<BackTab>").shows(&["投诉", "没有投诉"]);
    rig.keys("n发错货,要求换货<Enter>").shows(&["发错货,要求换货", "还剩24小时", "还剩48小时", "待响应"]);
    rig
}

#[test]
fn k41_a_complaint_goes_from_receipt_to_resolved_and_its_entry_is_marked() {
    let mut rig = complained();
    rig.pass(3 * HOUR);
    rig.shows(&["还剩21小时"]);
    rig.keys("A已致电,明早安排换货<Enter>").shows(&["✓ 3小时", "还剩45小时", "已响应"]);
    rig.keys("S换货并承担运费<Tab>主管致歉<Tab>05-27<Enter>").shows(&[
        "换货并承担运费",
        "主管致歉",
        "已给方案",
    ]);
    rig.keys("x客户满意<Enter>");
    rig.shows(&["没有投诉"]);
    rig.keys("oo").shows(&["已解决", "客户满意", "✓ 3小时"]);
    rig.keys("<Tab><Tab>").shows(&["已致电"]);
}

#[test]
fn k41_both_lines_are_told_when_they_are_passed_and_the_line_itself_is_in_time() {
    let mut rig = complained();
    rig.pass(24 * HOUR).shows(&["还剩0分", "还剩24小时"]);
    rig.pass(60).shows(&["! 超时1分", "超时 1"]);
    rig.pass(24 * HOUR).shows(&["! 超时24小时", "! 超时1分"]);
    rig.keys("3<Tab><Tab><Tab><Tab>3").keys("<Tab><Tab><Tab><Tab>");
    rig.keys("A晚了<Enter>").shows(&["✗ 48小时"]);
}

#[test]
fn a_complaint_that_was_none_does_not_count_and_a_solution_is_needed_before_it_is_resolved() {
    let mut rig = complained();
    rig.keys("W<Enter>").shows(&["没有投诉", "撤"]);
    rig.keys("u<Enter>").shows(&["待响应"]);
    rig.keys("S<Enter>").shows(&["请填写"]);
}

#[test]
fn a_complaint_stands_in_the_queue_with_its_line_and_enter_goes_to_it() {
    let mut rig = complained();
    rig.keys("<Tab>").shows(&["发错货,要求换货", "投诉待响应", "明天 14:02"]);
    rig.keys("G<Enter>").shows(&["还剩24小时", "K 接手"]);
}

/// The customer at hand asks marketing; then somebody of marketing sits down.
fn asked() -> Rig {
    let mut rig = Rig::team(Lang::Zh, 120, 36);
    rig.keys("3Q").shows(&["请其他部门协助", "市场部"]);
    rig.keys("需市场部补充案例<Enter>");
    rig
}

fn sit_down(mut rig: Rig, login: &str) -> Rig {
    let actor = rig.store.actor(login, Via::Screen, login).unwrap_or_default();
    rig.actor = actor.unwrap_or_else(|| rig.actor.clone());
    let mut rig = rig.restart();
    rig.keys("3");
    rig
}

#[test]
fn k21_a_request_waits_in_the_inbox_for_two_hours_and_its_answer_comes_back() {
    let mut rig = sit_down(asked(), "huang");
    rig.shows(&["请求 1", "需市场部补充案例"]);
    rig.pass(2 * HOUR).keys("<Tab><Tab>").shows(&["还剩0分", "待受理"]);
    rig.pass(60).shows(&["! 超时1分"]);
    rig.keys("K").shows(&["处理中", "黄凯"]);
    rig.keys("A案例已发<Enter>").shows(&["已回复", "✗ 2小时1分"]);
    let mut rig = sit_down(rig, "wang");
    rig.shows(&["请求 1"]);
    // since when it waits to be read, and not until when
    rig.shows(&["黄凯: 案例已发"]);
    rig.keys("<BackTab><BackTab>").shows(&["自 16:03"]).hides(&["今天 16:03"]);
    rig.keys("<Tab><Tab>");
    rig.keys("x").shows(&["没有部门请求"]).hides(&["请求 1"]);
}

#[test]
fn a_request_that_is_refused_says_why() {
    let mut rig = sit_down(asked(), "huang");
    rig.keys("<Tab><Tab>W<Enter>").shows(&["请填写"]);
    rig.keys("本月无案例<Enter>").shows(&["已拒绝", "✓ 0分"]);
    let rig = sit_down(rig, "wang");
    rig.shows(&["黄凯: 本月无案例", "已拒绝"]);
}
