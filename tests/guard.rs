//! Keys in, screen out, about the guard: what stands against a touch shows before anyone dials, in the form, when a
//! colleague was faster, and after one key in the queue; wishes and the second check on the profile.

#[expect(dead_code, reason = "other tests need more of it")]
mod rig;

use guanxi::app::Msg;
use guanxi::domain::change::{Change, NewTask, NewTouch};
use guanxi::domain::customer::CustomerId;
use guanxi::domain::date::{Anchor, Due};
use guanxi::domain::field::{Field, Noun, Value};
use guanxi::i18n::Lang;
use guanxi::store::request::{Answer, Query};
use rig::Rig;

fn zh() -> Rig {
    Rig::company(Lang::Zh, 120, 36)
}

fn at_hand(rig: &Rig) -> CustomerId {
    rig.app.shared.subject.as_ref().map(|c| c.id).expect("somebody is at hand")
}

/// A message of a colleague to the customer at hand, of which this session does not know yet.
fn message(rig: &mut Rig) {
    let touch = NewTouch {
        channel: Some("sms".into()),
        product: Some("B品类".into()),
        feedback: Some("反应冷淡".into()),
        ..NewTouch::plain(at_hand(rig), rig.now.at, "新品短信")
    };
    rig.write(Change::LogTouch(Box::new(touch)));
}

fn quiet(rig: &mut Rig, customer: CustomerId) {
    let set =
        vec![(Field::OptOutChannel, Value::text("all")), (Field::OptOutSince, Value::Day(rig.now.today()))];
    rig.write(Change::Add { noun: Noun::OptOut, customer, set });
    rig.send(Msg::Elsewhere);
}

fn touches(rig: &Rig, customer: CustomerId) -> Vec<(String, Option<String>)> {
    let answer = rig.store.ask(&rig.actor, &Query::Profile(customer), rig.now);
    let Ok(Answer::Profile(Some(profile))) = answer else { return Vec::new() };
    profile.touches.iter().map(|t| (t.summary.clone(), t.override_reason.clone())).collect()
}

#[test]
fn k48_the_form_says_what_stands_against_a_touch_asks_for_the_reason_and_keeps_it() {
    let mut rig = zh();
    // a growth customer: one touch a week
    rig.keys("1");
    message(&mut rig);
    rig.send(Msg::Elsewhere);
    rig.shows(&["本周已触达 1/1"]);
    rig.keys("2").shows(&["最近 销售部 今天: 推荐B品类, 反应冷淡"]);
    rig.keys("1");
    rig.keys("a").shows(&[
        "触达已达上限 1/1(当周):05-20 销售部 王敏 短信",
        "如需继续",
        "例外原因",
        "尚无授权",
    ]);
    rig.keys("电话推荐<Tab><Tab><Tab>-<Enter>").shows(&["例外原因:请填写"]);
    rig.keys("客户来电要求<Enter>").shows(&["记录互动"]);
    rig.keys("3<Tab>foverride:yes<Enter>").shows(&["(例外原因:客户来电要求)"]).hides(&["新品短信"]);
    // an answer is held by nothing, and the line for a reason goes
    rig.keys("1a").shows(&["例外原因"]);
    for _ in 0..11 {
        rig.keys("<Tab>");
    }
    rig.keys("<Right>").shows(&["回复"]).hides(&["例外原因", "触达已达上限"]);
}

#[test]
fn e22_a_colleague_who_was_faster_is_caught_when_the_form_is_saved_and_nothing_typed_is_lost() {
    let mut rig = zh();
    rig.keys("1a电话推荐<Tab><Tab><Tab>-").hides(&["例外原因"]);
    // this session has not heard of it when Enter is pressed
    message(&mut rig);
    rig.keys("<Enter>").shows(&["触达已达上限", "例外原因", "电话推荐"]);
    assert_eq!(touches(&rig, at_hand(&rig)).len(), 2);
    rig.keys("同事先发了短信<Enter>").shows(&["记录互动"]);
    let kept = touches(&rig, at_hand(&rig));
    assert!(kept.contains(&("电话推荐".into(), Some("同事先发了短信".into()))), "{kept:?}");
}

#[test]
fn k16_what_was_promised_in_a_talk_the_customer_reacted_to_is_an_answer() {
    let mut rig = zh();
    // «recommended A», to which the customer had reacted; meanwhile the cap of the week is full
    rig.keys("3");
    message(&mut rig);
    rig.send(Msg::Elsewhere);
    rig.keys("a").shows(&["性质      回复", "同时完成:发送资料"]).hides(&["例外原因"]);
    rig.keys("资料已发<Tab><Tab><Tab>-<Enter>").shows(&["记录互动"]);
    // of our own accord it would have been held
    rig.keys("1<Home>a").shows(&["主动", "触达已达上限", "例外原因"]);
}

#[test]
fn a_small_screen_shows_the_line_for_the_reason_too() {
    for lang in [Lang::Zh, Lang::En] {
        let mut rig = Rig::company(lang, 80, 24);
        rig.keys("1");
        message(&mut rig);
        rig.send(Msg::Elsewhere);
        let (line, cap) = match lang {
            Lang::Zh => ("│ 例外原因", "触达已达上限"),
            Lang::En => ("│ Exception reason", "The contact cap"),
        };
        rig.keys("a").shows(&[line, cap]);
    }
}

#[test]
fn a_same_product_is_found_while_it_is_being_typed() {
    let mut rig = zh();
    rig.keys("1<Down>");
    message(&mut rig);
    rig.send(Msg::Elsewhere);
    rig.keys("a").hides(&["例外原因"]);
    for _ in 0..5 {
        rig.keys("<Tab>");
    }
    rig.keys("b品类").shows(&["b品类近期已推荐过:05-20 销售部 王敏 短信, 反应冷淡", "例外原因"]);
    rig.keys("<Backspace>").hides(&["例外原因"]);
}

#[test]
fn k49_one_key_for_no_answer_at_somebody_who_wants_no_calls_asks_why_and_one_more_records_it() {
    let mut rig = zh();
    rig.keys("1<End>");
    let customer = at_hand(&rig);
    let due = Due { day: rig.now.today(), time: None };
    let task = NewTask { text: "季度问候".into(), due, anchor: Anchor::Absolute };
    rig.write(Change::PlanTouch { customer, task, reason: None });
    quiet(&mut rig, customer);
    rig.keys("3");
    while at_hand(&rig) != customer {
        rig.keys("<Down>");
    }
    rig.keys("N").shows(&["仍要记录", "客户要求免打扰", "如确已发生", "例外原因"]);
    rig.keys("<Enter>").shows(&["例外原因:请填写"]);
    assert_eq!(touches(&rig, customer).len(), 0);
    rig.keys("误拨<Enter>").shows(&["未联系上"]);
    assert_eq!(touches(&rig, customer), [("未接".to_owned(), Some("误拨".to_owned()))]);
}

#[test]
fn wishes_are_set_and_lifted_by_a_short_form_and_undone() {
    let mut rig = zh();
    rig.keys("2O").shows(&["联系意愿", "免打扰", "短信", "授权", "可联系"]);
    rig.keys("<Down><Down><Down><Down><Down><Enter>").shows(&["客户不再接受联系:短信", "方式", "2024-05-20"]);
    rig.keys("回复TD<Enter>").shows(&["已退订:短信"]);
    // by message it is stopped, by phone it is not
    rig.keys("a").hides(&["已退订短信"]);
    rig.keys("<BackTab><BackTab><Right><Right><Right><Right>")
        .shows(&["客户已退订短信(自2024-05-20起,回复TD)"]);
    rig.keys("<Esc>");
    rig.keys("O").shows(&["自 2024-05-20 起不再联系"]);
    rig.keys("<Enter>").shows(&["恢复联系:短信"]);
    rig.keys("电话确认<Enter>").hides(&["已退订:短信"]);
    rig.keys("u<Enter>").shows(&["已退订:短信"]);
    rig.keys("u<Enter>").hides(&["已退订:短信"]);
}

#[test]
fn k57_the_second_check_is_refused_for_whoever_entered_the_record_and_shown_with_who_did_it() {
    let mut rig = zh();
    rig.keys("2").shows(&["第二人核对", "尚未核对,由王敏录入", "K"]);
    rig.keys("K").shows(&["该资料由您录入,须由他人核对"]);
    rig.keys(":核对<Enter>").shows(&["该资料由您录入,须由他人核对"]);
}

#[test]
fn a_plan_of_our_own_accord_is_held_and_a_promise_is_not() {
    let mut rig = zh();
    rig.keys("1");
    message(&mut rig);
    rig.send(Msg::Elsewhere);
    rig.keys("p周五电话回访").shows(&["触达已达上限"]).hides(&["例外原因"]);
    rig.keys("<Tab><Right>").shows(&["主动触达", "例外原因", "如需继续"]);
    rig.keys("<Left>").hides(&["例外原因"]);
    rig.keys("<Enter>").shows(&["安排待办"]);
    let customer = at_hand(&rig);
    quiet(&mut rig, customer);
    rig.keys("p周五电话回访<Tab><Right>").shows(&["免打扰", "不能安排该触达"]).hides(&["例外原因"]);
    rig.keys("<Enter>").shows(&["不能安排该触达"]);
}

#[test]
fn planning_for_the_marked_leaves_out_whom_the_guard_holds_and_says_so() {
    let mut rig = zh();
    rig.keys("1");
    let customer = at_hand(&rig);
    quiet(&mut rig, customer);
    rig.keys("Vp周五问候<Enter>").shows(&["1个未安排:宏达机械制造有限公司(免打扰)"]);
}
