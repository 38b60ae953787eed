//! Keys in, screen out, on the profile, the ledger, the matrix and the board.

#![expect(clippy::panic, reason = "a test that cannot go on says so and ends")]

#[path = "panes/cards.rs"]
mod cards;
#[path = "panes/dues.rs"]
mod dues;
#[path = "panes/onward.rs"]
mod onward;
#[expect(dead_code, reason = "other tests hold answers back")]
mod rig;
#[path = "panes/trial.rs"]
mod trial;

use guanxi::app::panes::PaneId;
use guanxi::app::popup::Popup;
use guanxi::app::{Effect, Msg};
use guanxi::domain::change::{Change, Edited, TaskRef};
use guanxi::domain::field::{Field, Noun, Row, Value};
use guanxi::domain::queue::{Queue, Reason};
use guanxi::i18n::Lang;
use guanxi::store::request::{Answer, Query};
use rig::Rig;

fn zh() -> Rig {
    Rig::company(Lang::Zh, 120, 36)
}

/// A screen on which a whole profile has room.
fn tall() -> Rig {
    Rig::company(Lang::Zh, 120, 80)
}

fn queue(rig: &Rig) -> Queue {
    let query = Query::Queue { owner: None, whole: false, ahead: 60 };
    let Ok(Answer::Queue(queue)) = rig.store.ask(&rig.actor, &query, rig.now) else { panic!("no queue") };
    queue
}

fn texts(rig: &Rig) -> Vec<String> {
    let queue = queue(rig);
    queue.today.iter().chain(&queue.later).map(|i| i.text.clone()).collect()
}

#[test]
fn k03_two_promises_in_words_stand_in_the_queue_on_their_days_and_undo_takes_the_call_back() {
    let mut rig = zh();
    rig.keys("1<End>a邀请参加体验日<Tab><Tab><Tab>2日内发送资料,3天内跟进意向<Enter>");
    rig.keys("3").shows(&["后天 周三", "05-23 周四", "发送资料", "跟进意向", "承诺"]);
    rig.keys("u<Enter>");
    assert!(!texts(&rig).contains(&"跟进意向".to_owned()));
    rig.hides(&["跟进意向"]);
}

#[test]
fn the_queue_says_when_what_for_whom_and_why_and_the_card_below_who_it_is() {
    let mut rig = zh();
    rig.keys("3").shows(&[
        "待跟进",
        "今天 3 项",
        "逾期 05-18",
        "发送资料",
        "承诺",
        "潜力成长",
        "李经理",
        "139 0000 0031",
    ]);
    rig.shows(&["宏达机械制造有限公司 · 潜力成长"]);
    rig.keys("<Down>").shows(&["恒远物流有限公司 · 高价值"]);
}

#[test]
fn one_key_ticks_a_promise_off_and_the_cursor_stays_on_its_line() {
    let mut rig = zh();
    rig.keys("3x").shows(&["完成待办", "u 撤销", "▌  今天"]);
    assert!(!texts(&rig).contains(&"发送资料".to_owned()));
    assert_eq!(rig.app.shared.subject.as_ref().unwrap().name, "恒远物流有限公司");
}

#[test]
fn snooze_needs_a_later_day_and_a_reason() {
    let mut rig = zh();
    rig.keys("3z<Enter>").shows(&["直到", "请填写"]);
    rig.keys("今天<Enter>").shows(&["请写今天之后的日期"]);
    rig.keys("<C-u>3天后<Enter>").shows(&["原因", "请填写"]);
    rig.keys("客户出差<Enter>");
    rig.shows(&["推迟"]);
    assert!(queue(&rig).today.iter().all(|i| i.text != "发送资料"));
    rig.keys("<Up><Enter>").shows(&["恒远物流有限公司"]);
}

#[test]
fn nobody_answered_keeps_the_promise_moves_it_and_is_one_step_to_undo() {
    for (key, said, when) in [("N", "未接", "16:02"), ("B", "占线", "14:17")] {
        let mut rig = zh();
        rig.keys("3").keys(key);
        rig.shows(&[&format!("今天 {when}"), "发送资料"]);
        // the next item is at hand
        assert_eq!(rig.app.shared.subject.as_ref().unwrap().name, "恒远物流有限公司");
        rig.keys("<Tab>").shows(&[said, "未响应"]);
        rig.keys("u").shows(&["未联系上"]);
        rig.keys("<Enter>").hides(&[said]);
        rig.keys("<BackTab>").shows(&["逾期 05-18"]).hides(&[when]);
    }
}

#[test]
fn call_back_in_a_quarter_of_an_hour_is_said_in_words() {
    let mut rig = zh();
    rig.keys("3b15分钟后<Enter>").shows(&["今天 14:17", "发送资料"]);
}

#[test]
fn a_touch_from_the_queue_fulfils_its_promise_and_the_next_due_customer_opens() {
    let mut rig = zh();
    rig.keys("3a资料已发<Tab><Tab><Tab>-<Enter>");
    rig.shows(&["下一位:恒远物流有限公司", "恒远物流有限公司 · 高价值"]);
    assert!(!texts(&rig).contains(&"发送资料".to_owned()));
    assert_eq!(rig.app.shared.subject.as_ref().unwrap().name, "恒远物流有限公司");
    // the same from a profile that was opened from the queue
    let mut rig = zh();
    rig.keys("3<Enter>").shows(&["基本信息"]);
    rig.keys("a资料已发<Tab><Tab><Tab>-<Enter>");
    assert_eq!(rig.app.active, PaneId::Profile);
    rig.shows(&["恒远物流有限公司", "协调座位"]);
    assert!(!texts(&rig).contains(&"发送资料".to_owned()));
    rig.keys("<Esc>");
    assert_eq!(rig.app.active, PaneId::Ledger);
}

#[test]
fn the_day_prints_as_columns_with_a_box_to_tick() {
    let mut rig = zh();
    rig.keys("p5天后寄样品<Enter>3P");
    let printed = rig.wanted.iter().find_map(|e| match e {
        Effect::Print { name, text } => Some((name.clone(), text.clone())),
        _ => None,
    });
    let (name, text) = printed.unwrap();
    assert_eq!(name, "guanxi-2024-05-20.txt");
    assert!(text.starts_with("待跟进清单 2024-05-20 周一  王敏"), "{text}");
    let column =
        |line: &str, word: &str| unicode_width::UnicodeWidthStr::width(line.split(word).next().unwrap());
    let row = |word: &str| text.lines().find(|l| l.contains(word)).unwrap().to_owned();
    let (head, first, second) = (row("客户编号"), row("发送资料"), row("协调座位"));
    assert!(first.starts_with("[ ] !05-18"), "{first}");
    assert_eq!(column(&head, "待办事项"), column(&first, "发送资料"));
    assert_eq!(column(&first, "发送资料"), column(&second, "协调座位"));
    assert!(text.contains("139 0000 0031") && text.contains("之后") && text.contains("寄样品"));
}

#[test]
fn all_touches_are_searched_and_edited_and_enter_opens_the_customer() {
    let mut rig = zh();
    rig.keys("3<Tab>").shows(&["互动内容简述", "邀请参加季度品鉴会", "推荐A品类新品"]);
    rig.keys("f品鉴会<Enter>").shows(&["搜索:品鉴会", "邀请参加季度品鉴会"]).hides(&["推荐A品类新品"]);
    rig.keys("e").shows(&["修改互动", "邀请参加季度品鉴会"]);
    rig.keys("<Esc><Enter>").shows(&["恒远物流有限公司", "基本信息"]);
    rig.keys("<Esc><Esc>").shows(&["推荐A品类新品"]);
    rig.keys("fis:gap<Enter>").shows(&["没有符合条件的互动"]);
    rig.keys("f<C-u>by:王敏<Enter>").shows(&["推荐A品类新品"]);
    rig.keys("f<C-u>by:me 品鉴会<Enter>").shows(&["邀请参加季度品鉴会"]).hides(&["推荐A品类新品"]);
    rig.keys("f<C-u>品鉴会 is:gap<Enter>").shows(&["没有符合条件的互动"]);
    rig.keys("f<C-u>by:nobody<Enter>").shows(&["没有符合条件的互动"]);
}

#[test]
fn thousands_of_touches_page_from_the_newest_to_the_oldest_and_back() {
    let mut rig = zh();
    let customer = rig.app.shared.subject.as_ref().unwrap().id;
    for n in 0..400 {
        let at = rig.now.at - chrono::Duration::hours(n);
        // answers, which no cap counts
        let touch = guanxi::domain::change::NewTouch {
            kind: "reply".into(),
            ..guanxi::domain::change::NewTouch::plain(customer, at, format!("第{n:03}通"))
        };
        let change = Change::LogTouch(Box::new(touch));
        rig.write(change);
    }
    rig.send(Msg::Elsewhere);
    rig.keys("3<Tab>").shows(&["▌  05-20 14:02", "第000通"]);
    for _ in 0..18 {
        rig.keys("<PgDn>");
    }
    let row = rig.app.panes.ledger.touch_row(&rig.app.shared).unwrap();
    assert!(row.summary.starts_with("第39") || !row.summary.starts_with('第'), "{}", row.summary);
    rig.keys("<End>");
    let row = rig.app.panes.ledger.touch_row(&rig.app.shared).unwrap();
    let last = rig.app.shared.feeds.touches().unwrap().rows.last().unwrap();
    assert_eq!(row, last);
    assert!(!rig.app.shared.feeds.touches().unwrap().after);
    rig.keys("<Home>").shows(&["第000通"]);
}

#[test]
fn the_profile_shows_everything_of_one_customer() {
    let mut rig = Rig::company(Lang::Zh, 200, 50);
    rig.keys("<Down><Enter>").shows(&[
        "恒远物流有限公司  C202405002  高价值",
        "负责 王敏",
        "陈总",
        "138-0013-8812",
        "服务业-大型企业-联系人陈总",
        "未完成承诺",
        "今天",
        "协调座位",
        "06-17",
        "发送参会提醒",
        "基本信息",
        "所属行业",
        "未填写",
        "关键联系人",
        "分类",
        "手动 · 自 05-01",
        "近12月 210,000 元",
        "期初数据",
        "时间线",
        "邀请参加季度品鉴会",
        "「已确认出席,需预留VIP座位」",
        "新建客户",
    ]);
}

#[test]
fn a_field_is_edited_where_it_stands() {
    let mut rig = zh();
    rig.keys("<Enter><Tab><Down>").shows(&["▌  客户名称"]);
    rig.keys("e").shows(&["修改客户", "客户名称"]).hides(&["员工数  "]);
    rig.keys("<C-u>宏达重工<Enter>").shows(&["▌  客户名称      宏达重工"]);
    rig.keys("u<Enter>").shows(&["宏达机械制造有限公司"]);
}

#[test]
fn a_second_writer_is_shown_with_both_values_and_what_was_typed_stays() {
    let mut rig = zh();
    rig.keys("<Enter><Tab><Down>e<C-u>宏达重工");
    let id = rig.app.shared.subject.as_ref().unwrap().id.0;
    let row = Row { noun: Noun::Customer, id };
    let Ok(Answer::Record(Some(record))) = rig.store.ask(&rig.actor, &Query::Record(row), rig.now) else {
        panic!("no record")
    };
    let set = vec![Edited {
        field: Field::Name,
        was: Value::text("宏达机械制造有限公司"),
        to: Value::text("宏达集团"),
    }];
    rig.write(Change::Edit { row, rev: record.rev, set });
    rig.keys("<Enter>").shows(&["宏达集团", "宏达重工", "宏达机械制造有限公司"]);
    rig.keys("m<Enter>").shows(&["▌  客户名称      宏达重工"]);
}

#[test]
fn a_profile_gives_what_can_be_added_and_takes_it_away_again() {
    let mut rig = zh();
    rig.keys("<Enter>n").shows(&["新增", "联系人", "订单", "询价", "重要日期", "退订", "满意度调查"]);
    rig.keys("<Down><Down><Down><Enter>").shows(&["新建订单"]);
    rig.keys("<Tab><Tab>86400<Tab>A品类<Enter>");
    // stand on the order and remove it
    while !rig.screen().contains("▌  2024-05-20") {
        let before = rig.app.panes.profile.at;
        rig.keys("<Down>");
        assert!(rig.app.panes.profile.at > before, "no order on:\n{}", rig.screen());
    }
    rig.shows(&["订单", "86,400", "月度消费", "█"]);
    rig.keys("D").shows(&["删除", "u 撤销"]).hides(&["▌  2024-05-20"]);
    rig.keys("u<Enter>").shows(&["86,400"]);
}

#[test]
fn tasks_of_a_profile_are_done_put_aside_and_moved() {
    let mut rig = zh();
    rig.keys("<Enter>").shows(&["▌  逾期 05-18"]);
    rig.keys("r后天<Enter>").shows(&["▌  后天"]);
    rig.keys("x").hides(&["未完成承诺"]);
    rig.keys("x").shows(&["未完成承诺"]);
    rig.keys("<End>").shows(&["✓ 发送资料"]);
}

#[test]
fn what_can_be_copied_stands_in_a_menu() {
    let mut rig = zh();
    rig.keys("<Enter>y").shows(&[
        "宏达机械制造有限公司",
        "C202405001",
        "139 0000 0031",
        "制造业-中型企业-联系人李经理",
    ]);
    rig.keys("<Down><Enter>");
    assert!(rig.wanted.contains(&Effect::Copy("C202405001".into())));
}

#[test]
fn next_and_previous_record_walk_the_list_on_the_profile() {
    let mut rig = zh();
    rig.keys("<Enter>]").shows(&["恒远物流有限公司  C202405002"]);
    rig.keys("]").shows(&["优品汇零售  C202405003"]);
    rig.keys("[[").shows(&["宏达机械制造有限公司  C202405001"]);
}

#[test]
fn tags_are_set_and_taken_away_and_lead_to_their_customers() {
    let mut rig = tall();
    rig.keys("<Enter>t关注性价比<BackTab>关注点<Enter>").shows(&[
        "标签",
        "关注点",
        "关注性价比",
        "手动 王敏",
    ]);
    while !rig.screen().contains("▌  需求") {
        rig.keys("<Down>");
    }
    rig.keys("<Enter>");
    assert_eq!(rig.app.active, PaneId::Customers);
    rig.shows(&["tag:", "宏达机械制造有限公司"]).hides(&["优品汇零售"]);
    rig.keys("2D").shows(&["去标签"]);
}

#[test]
fn masked_fields_are_marked_and_cannot_be_edited() {
    let mut rig = tall();
    rig.keys("<Enter>");
    // what the store would answer to a colleague of another department
    for effect in rig.app.update(rig.now, Msg::Elsewhere) {
        let Effect::Ask { slot, ticket, query } = effect else { continue };
        let mut result = rig.store.ask(&rig.actor, &query, rig.now);
        if let Ok(Answer::Profile(Some(profile))) = &mut result {
            profile.may_edit = false;
            profile.months = None;
            profile.row.spend_12m = None;
            profile.customer.masked = true;
            let methods = profile.contacts.iter_mut().flat_map(|(_, m)| m);
            let sections = profile.sections.iter_mut().flat_map(|(_, r)| r);
            for record in methods.chain(sections) {
                record.masked = true;
                for (field, value) in &mut record.values {
                    match (field.spec().private, &value) {
                        (true, Value::Text(_)) => *value = Value::text("139****0031"),
                        (true, _) => *value = Value::None,
                        _ => {}
                    }
                }
            }
        }
        rig.app.update(rig.now, Msg::Answer { slot, ticket, result });
    }
    rig.shows(&["139****0031", "已屏蔽", "金额对您已屏蔽"]).hides(&["86,400"]);
    while !rig.screen().contains("▌  手机") {
        rig.keys("<Down>");
    }
    rig.keys("e").shows(&["此项对您屏蔽"]);
    assert!(rig.app.popups.is_empty());
    rig.keys("<Up>e").shows(&["仅该客户的负责人或主管可以修改"]);
}

#[test]
fn the_matrix_goes_through_the_schemes_and_opens_the_class() {
    let mut rig = zh();
    rig.keys("4").shows(&["分层策略", "高价值", "潜力成长", "触达上限"]);
    rig.keys("<Right>").shows(&["等级策略"]);
    rig.keys("<Right>").shows(&["生命周期策略"]);
    // classes in use that no strategy is written for yet are marked
    rig.keys("<Right>").shows(&["价值策略", "缺少"]);
    rig.keys("<Left>").shows(&["生命周期策略"]);
    rig.keys("<Left><Left><Down><Enter>")
        .shows(&["分层:潜力成长", "宏达机械制造有限公司"])
        .hides(&["恒远物流"]);
}

#[test]
fn h39_scripts_are_written_approved_and_withdrawn_in_their_view() {
    let mut rig = zh();
    rig.keys("4<Tab>").shows(&["策略矩阵", "话术", "季度回访", "已审核", "高价值", "D55", "出自手册"]);
    rig.keys("n新品试用<Tab>{contact},{product}新品到货<Tab>潜力成长<Enter>").shows(&["新建话术 · 新品试用"]);
    rig.keys("<End>").shows(&["新品试用", "草稿", "作者 王敏"]);
    rig.keys("A").shows(&["审核话术 · 新品试用"]);
    rig.keys("<Home>G").shows(&["第1版", "已审核 · 王敏"]);
    // what is approved is edited as a new version, and withdrawn instead of removed
    rig.keys("e<Tab><End>了<Enter>").shows(&["草稿"]);
    rig.keys("G").shows(&["第1版"]);
    rig.keys("D").shows(&["撤回话术"]);
    rig.keys("u<Enter>").shows(&["已撤销"]);
}

#[test]
fn a_script_is_copied_for_the_customer_at_hand_and_open_places_are_told() {
    let mut rig = zh();
    // 恒远 is high-value: the quarterly visit lacks the product
    rig.keys("3<Down>4<Tab>").shows(&["对 恒远物流有限公司", "⟨产品⟩", "3个免费试用名额"]);
    rig.keys("y<Enter>").shows(&["已复制,但尚缺:产品、功能"]);
    let copied =
        rig.wanted.iter().find_map(|e| if let Effect::Copy(text) = e { Some(text.clone()) } else { None });
    assert!(copied.unwrap().starts_with("陈总,近期公司上线⟨产品⟩新品,"));
}

#[test]
fn a_script_with_an_open_place_is_never_proposed_as_what_to_say() {
    let mut rig = zh();
    // the quarterly visit fits 恒远 best, and lacks the product
    rig.keys("3<Down>").shows(&["恒远物流有限公司"]).hides(&["⟨"]);
    rig.keys("<Enter>").shows(&["恒远物流有限公司"]).hides(&["⟨"]);
    rig.keys("4<Tab>").shows(&["⟨产品⟩"]);
}

#[test]
fn gifts_contents_and_products_stand_beside_the_scripts() {
    let mut rig = zh();
    rig.keys("4<Tab><Right>").shows(&["定制商务礼盒", "库存"]);
    rig.keys("<Right>").shows(&["《降本增效案例集》", "关注成本控制"]);
    rig.keys("<Right>").shows(&["暂无内容"]);
    rig.keys("n智能分拣机<Tab>A品类<Tab>3万<Enter>").shows(&["智能分拣机", "30,000"]);
    rig.keys("e<Tab><Tab><C-u>28000<Enter>").shows(&["28,000"]);
    rig.keys("D").shows(&["删除 · 智能分拣机", "暂无内容"]);
    rig.keys("<Right>").shows(&["激活计划请在客户档案中新建"]);
    rig.keys("<Right>").shows(&["季度回访"]);
}

/// Goes down on the profile until the cursor stands on a line with this text.
fn stand_on(rig: &mut Rig, text: &str) {
    while !rig.screen().lines().any(|line| line.starts_with('▌') && line.contains(text)) {
        let before = rig.app.panes.profile.at;
        rig.keys("<Down>");
        assert!(rig.app.panes.profile.at > before, "no {text} on:\n{}", rig.screen());
    }
}

#[test]
fn k14_k15_a_coupon_goes_out_with_a_touch_is_claimed_and_used_with_one_key_each() {
    let mut rig = zh();
    // nine fields on: channel, contact, what, feedback, answered, next, nothing to do, product, script, coupon
    rig.keys("3<Down>a发送套餐优惠<Tab><Tab><Tab>-<Tab><Tab><Tab><Tab>299→199<Enter>").shows(&["记录互动"]);
    rig.keys("3<Down><Enter>");
    stand_on(&mut rig, "套餐优惠");
    rig.shows(&["优惠券", "2024-05-27"]);
    rig.keys("x").shows(&["领取优惠券", "领取日期 2024-05-20"]);
    stand_on(&mut rig, "有回应 否 → 是");
    let follow_up = "引导使用优惠券 ¥299→199 · 2024-05-27";
    rig.keys("<Home>").shows(&[follow_up]);
    stand_on(&mut rig, "套餐优惠");
    rig.keys("x").shows(&["使用优惠券"]);
    rig.keys("<Home>").hides(&[follow_up]);
    rig.keys("u<Enter>").shows(&[follow_up]);
}

#[test]
fn a_script_is_chosen_by_title_in_the_touch_form_and_its_code_is_kept() {
    let mut rig = zh();
    // a call of one's own accord: what keeps a promise is no proactive touch
    rig.keys("1<Down>a回访<Tab><Tab><Tab>-<Tab><Tab><Tab><Right>")
        .shows(&["← 季度回访 →", "近期公司上线⟨产品⟩新品"]);
    rig.keys("<Enter>").shows(&["记录互动"]);
    rig.keys("4<Tab>").shows(&["主动触达 1 次,响应 0"]);
    // an old touch shows the title of its script
    rig.keys("3<Tab>e").shows(&["修改互动", "季度回访"]);
    rig.keys("<Esc>");
}

#[test]
fn k45_a_reward_that_was_given_stands_in_the_history_of_the_referrer() {
    let mut rig = zh();
    rig.keys("3<Down>");
    let referrer = rig.app.shared.subject.clone().unwrap();
    let values =
        vec![(Field::Name, Value::Text("新介绍的公司".into())), (Field::Referrer, Value::Id(referrer.id.0))];
    let new = guanxi::domain::change::NewCustomer { values, ..Default::default() };
    rig.write(Change::AddCustomer(Box::new(new)));
    let Ok(Answer::Find(hits)) =
        rig.store.ask(&rig.actor, &Query::Find { text: "新介绍".into(), limit: 5 }, rig.now)
    else {
        panic!("nobody")
    };
    let customer = guanxi::domain::customer::CustomerId(hits[0].row.id);
    let set = vec![(Field::OrderAmount, Value::Money(guanxi::domain::money::Fen(100_000)))];
    rig.write(Change::Add { noun: Noun::Order, customer, set });
    rig.send(Msg::Elsewhere);
    rig.keys("3<Home>");
    while !rig.screen().lines().any(|line| line.starts_with('▌') && line.contains("发放转介绍奖励"))
    {
        let before = rig.app.panes.ledger.queue.at;
        rig.keys("<Down>");
        assert!(rig.app.panes.ledger.queue.at > before, "{}", rig.screen());
    }
    rig.shows(&["被介绍客户已成"]);
    rig.keys("x");
    rig.keys("<Tab>").shows(&["发放转介绍奖励 新介绍的公司 · ¥1000"]);
}

#[test]
fn the_board_steps_its_period_and_opens_what_stands_behind_a_number() {
    let mut rig = zh();
    rig.keys("5<Tab><Tab>").shows(&["2024年5月", "客户总数", "互动次数", "各分层互动"]);
    rig.keys("[").shows(&["2024年4月"]);
    rig.keys("]]").shows(&["2024年5月", "已是本期"]);
    rig.keys("m").shows(&["2024年第2季度"]);
    rig.keys("m").shows(&["2024年"]);
    rig.keys("<Down><Down><Enter>").shows(&["互动内容简述", "推荐A品类新品"]);
    rig.keys("5<Home>");
    for _ in 0..6 {
        rig.keys("<Down>");
    }
    rig.keys("<Enter>").shows(&["是:逾期", "宏达机械制造有限公司"]).hides(&["优品汇"]);
}

#[test]
fn a_report_of_the_shown_period_is_written_from_the_board_where_files_may_be() {
    use guanxi::domain::report::Format;
    let mut rig = Rig::company(Lang::Zh, 120, 36);
    rig.keys("5[P").shows(&[
        "写出报告",
        "网页(含图)",
        "工作簿",
        "report-2024-04.html",
        "report-2024-04.xlsx",
    ]);
    rig.keys("<Down><Enter>").shows(&["正在写出2024年4月的报告"]);
    let period = guanxi::domain::kpi::Period::read("2024-04").unwrap();
    assert!(rig.wanted.contains(&Effect::Report { period, format: Format::Markdown }));
    // a session on a server has no files of the person's
    rig.wanted.clear();
    rig.app.shared.personal = false;
    rig.keys("P").shows(&["SSH会话不写文件", "report --period 2024-04 > report-2024-04.html"]);
    assert!(!rig.wanted.iter().any(|e| matches!(e, Effect::Report { .. })));
}

#[test]
fn f45_the_board_holds_figures_against_targets_by_segment_and_lists_the_customers_behind() {
    let mut rig = zh();
    rig.keys("5").shows(&["指标", "2024年5月", "全部客户", "响应率", "近12期", "判定"]);
    // the line under the table explains the row under the cursor
    rig.shows(&["7天内有回应的客户 ÷ 本期触达成功的客户"]);
    rig.keys("<Right>").shows(&["高价值", "≥80%"]);
    rig.keys("<Left><Left>").shows(&["沉睡", "≥30%"]).hides(&["≥80%"]);
    rig.keys("<Right><Right>[").shows(&["2024年4月"]);
    rig.keys("]<Left><Enter>").shows(&["响应率 · 全部客户"]);
    rig.keys("<Esc>").shows(&["判定"]);
    rig.keys("<Tab><Tab><Tab><Tab><Tab><Tab>").shows(&["客户模型", "数据不足以预测"]);
    rig.keys("<Tab>").shows(&["判定"]);
}

#[test]
fn the_place_is_remembered() {
    let mut rig = zh();
    rig.keys("5m[3<Tab>f品鉴<Enter>");
    let mut rig = rig.restart();
    rig.shows(&["搜索:品鉴", "邀请参加季度品鉴会"]);
    rig.keys("5").shows(&["2024年第1季度"]);
}

#[test]
fn without_a_customer_the_profile_says_how_to_find_one() {
    let mut rig = Rig::empty(Lang::En, 80, 24);
    rig.keys("2").shows(&["There is no customer yet"]);
    for keys in ["e", "n<Esc>", "D", "x", "y", "<Tab>", "<Enter>", "]", "<Right>", "<End>"] {
        rig.keys(keys);
    }
    assert!(rig.app.popups.iter().all(|p| !matches!(p, Popup::Menu(_))));
}

#[test]
fn the_panes_stand_at_every_size_in_both_languages() {
    for lang in [Lang::En, Lang::Zh] {
        for (width, height) in [(40, 12), (60, 17), (80, 24), (130, 30), (200, 50), (300, 90)] {
            let mut rig = Rig::company(lang, width, height);
            for keys in [
                "<Down>2", "<End>", "<PgUp>", "<Right>", "<Home>", "]", "3", "<Down>", "<Tab>", "4", "5",
                "<End>",
            ] {
                rig.keys(keys);
                let (lines, _) = rig.paint();
                assert_eq!(lines.len(), usize::from(height));
            }
        }
    }
}

#[test]
fn the_cursor_of_the_profile_is_always_on_the_screen() {
    for (width, height) in [(40, 12), (80, 24), (140, 20), (230, 18)] {
        let mut rig = Rig::company(Lang::Zh, width, height);
        rig.keys("<Down><Enter>");
        let mut random = fastrand::Rng::with_seed(7);
        for _ in 0..200 {
            let keys = [
                "<Down>",
                "<Up>",
                "<PgDn>",
                "<PgUp>",
                "<Tab>",
                "<BackTab>",
                "<Left>",
                "<Right>",
                "<End>",
                "<Home>",
            ];
            rig.keys(keys[random.usize(..keys.len())]);
            assert!(rig.screen().contains('▌'), "at {width}x{height}:\n{}", rig.screen());
        }
    }
}

#[test]
fn the_cursors_of_ledger_matrix_and_board_are_always_on_the_screen() {
    for (width, height) in [(40, 12), (60, 17), (80, 24), (120, 18), (200, 50)] {
        let mut rig = Rig::company(Lang::En, width, height);
        rig.campaign_and_plan();
        for pane in
            ["3", "3<Tab>", "4", "4<Tab>", "4<Right>", "4<Tab>", "4<Tab>", "4<Tab>", "5", "5<Tab><Tab>"]
        {
            rig.keys(pane);
            for _ in 0..20 {
                assert!(rig.screen().contains('▌'), "{pane} at {width}x{height}:\n{}", rig.screen());
                rig.keys("<Down>");
            }
        }
    }
}

#[test]
fn the_smallest_screen_shows_what_is_due_for_whom_and_every_figure() {
    let mut rig = Rig::company(Lang::Zh, 40, 12);
    rig.keys("3").shows(&["逾期 05-18", "发送资料", "恒远物流"]);
    rig.keys("<Tab>").shows(&["05-12 10:00", "恒远物流", "邀请参加"]);
    rig.keys("5").shows(&["响应率", "7天内有回应的客户"]);
    rig.keys("<Tab><Tab>").shows(&["本期", "客户总数", "互动次数"]);
}

#[test]
fn a_follow_up_can_be_removed_and_brought_back_and_its_phone_copied() {
    let mut rig = zh();
    rig.keys("3y").shows(&["139 0000 0031"]);
    rig.keys("<Esc>D").shows(&["删除"]);
    assert!(!texts(&rig).contains(&"发送资料".to_owned()));
    rig.keys("u<Enter>");
    assert!(texts(&rig).contains(&"发送资料".to_owned()));
}

#[test]
fn an_item_without_a_row_is_ticked_off_in_words() {
    let mut rig = zh();
    rig.pass(120 * 24 * 3600);
    rig.keys("3");
    let queue = queue(&rig);
    let silent = queue.today.iter().position(|i| matches!(i.task, TaskRef::Cause { .. }));
    let at = silent.expect("somebody has been silent for four months");
    for _ in 0..at {
        rig.keys("<Down>");
    }
    rig.shows(&["轻互动(微信)", "✗ 139/105天"]);
    let name = queue.today[at].name.clone();
    rig.keys("x").shows(&["完成待办", &name]);
    let after: Vec<_> = self::queue(&rig).today.iter().map(|i| i.task.clone()).collect();
    assert!(!after.contains(&queue.today[at].task));
}

#[test]
fn the_title_bar_and_the_ledger_count_the_same_things_as_due() {
    let mut rig = zh();
    for day in [0, 20, 30, 100] {
        rig.pass(day * 24 * 3600);
        rig.send(Msg::Elsewhere);
        rig.keys("3");
        let due = queue(&rig).today.len();
        assert_eq!(rig.app.shared.feeds.title().unwrap().due, due);
        rig.shows(&[&format!("到期 {due}"), &format!("今天 {due} 项")]);
    }
    // dates and silences count, and what the day cannot hold is counted apart
    rig.write(Change::Set { key: "capacity".into(), value: "2".into() });
    rig.send(Msg::Elsewhere);
    let queue = queue(&rig);
    assert!(queue.over > 0);
    assert_eq!(rig.app.shared.feeds.title().unwrap().due, queue.today.len());
    rig.shows(&[&format!("到期共 {} 项", queue.today.len() + queue.over)]);
}

#[test]
fn h52_a_campaign_is_looked_at_before_it_runs_leaves_out_with_reasons_and_its_outcome_is_noted_on_the_touch()
{
    let mut rig = Rig::company(Lang::Zh, 120, 36);
    rig.campaign_and_plan();
    rig.keys("4<Tab><Tab>").shows(&["营销活动", "夏季唤醒", "草稿", "负责人:我"]);
    // the first press only shows who would be touched
    rig.keys("S").shows(&["预览:将触达", "排除", "尚无授权", "S 执行"]);
    rig.write(Change::Set { key: "mass_consent".into(), value: "noted".into() });
    rig.write(Change::Set { key: "mass_unchecked".into(), value: "noted".into() });
    rig.app.shared.revision += 1;
    rig.send(Msg::Elsewhere);
    rig.shows(&["✓ 将触达"]);
    rig.keys("S").shows(&["已触达 ", "✓ 已触达"]);
    rig.keys("<End>").shows(&["记录结果"]);
    rig.keys("x").shows(&["后续结果", "已领取未下单"]);
    rig.keys("<Down><Enter>").shows(&["已领取未下单"]);
    rig.keys("<Esc>").shows(&["进行中"]);
    rig.keys("u").keys("<Enter>");
}

#[test]
fn a135_a_task_of_a_plan_stands_in_the_queue_opens_its_plan_and_is_ticked_off_there() {
    let mut rig = Rig::company(Lang::Zh, 120, 36);
    rig.campaign_and_plan();
    rig.keys("4<Tab><Tab><Tab>").shows(&["三季度深度维系", "0/1 完成", "分层:高价值"]);
    rig.keys("S").shows(&["执行中"]);
    rig.keys("3").shows(&["客户需求调研", "计划任务"]);
    rig.keys("4<Enter>").shows(&["客户需求调研", "待办"]);
    rig.keys("x").shows(&["✓ 完成", "1/1 完成"]);
    rig.keys("3").hides(&["客户需求调研"]);
}

#[test]
fn on_a_task_of_a_plan_nobody_is_at_hand_no_card_shows_and_no_touch_goes_to_the_row_before() {
    let mut rig = Rig::company(Lang::En, 120, 36);
    rig.campaign_and_plan();
    rig.keys("4<Tab><Tab><Tab>S3<Home>");
    let at_hand = |rig: &Rig| rig.app.shared.subject.clone();
    let row = queue(&rig).today.iter().position(|i| i.text == "客户需求调研").unwrap();
    assert!(row > 0, "somebody stands above it");
    let down = "<Down>".repeat(row - 1);
    rig.keys(&down);
    let above = at_hand(&rig).unwrap();
    // the card of the customer above is asked for and comes late
    rig.hold(true);
    rig.keys("<Down>");
    rig.hold(false);
    assert_eq!(at_hand(&rig), None);
    let below = |rig: &Rig| rig.screen().lines().filter(|line| line.contains(&above.name)).count();
    let listed = queue(&rig).today.iter().filter(|i| i.name == above.name).count();
    assert!(below(&rig) <= listed, "no card:\n{}", rig.screen());
    for key in ["a", "t", "p", "Q", "y", "M", "b", "N", "B"] {
        rig.keys(key).shows(&["This is about no single customer."]);
        assert!(rig.app.popups.is_empty(), "{key}");
    }
    // a profile that is walked through from the queue goes past it
    rig.keys("<Up><Enter>");
    assert_eq!(at_hand(&rig), Some(above));
    rig.keys("]");
    assert!(at_hand(&rig).is_some_and(|subject| subject.id.0 > 0));
    // beside the queue it is again whoever was
    rig.keys("3<Home>").keys(&down);
    let before = at_hand(&rig);
    rig.keys("<Down>4");
    assert!(before.is_some() && at_hand(&rig) == before);
    // what it is itself is still ticked off
    rig.keys("3<Home>").keys(&"<Down>".repeat(row)).keys("x");
    assert!(!texts(&rig).contains(&"客户需求调研".to_owned()));
}

#[test]
fn a_campaign_is_made_from_a_shipped_group_from_the_list_as_filtered_and_from_marks() {
    let mut rig = Rig::company(Lang::Zh, 120, 36);
    rig.keys("4<Tab><Tab>n").shows(&["沉睡客户唤醒", "流失客户挽回", "未续购客户召回", "自定义筛选"]);
    rig.keys("<Down><Down><Enter>").shows(&["新建营销活动", "沉默:>90天 未购:>90天", "短信"]);
    rig.keys("<Esc>").keys("1<Space>m").shows(&["新建营销活动", "编号:C"]);
    rig.keys("<Esc>");
}

#[test]
fn the_reason_of_a_follow_up_is_read_whole_on_small_screens_too() {
    for (width, height) in [(80, 24), (120, 36), (200, 50)] {
        for lang in [Lang::Zh, Lang::En] {
            let mut rig = Rig::company(lang, width, height);
            rig.keys("3");
            for _ in 0..6 {
                let item = rig.app.panes.ledger.item(&rig.app.shared).cloned().unwrap();
                let why = guanxi::i18n::ledger::why(&item, rig.app.shared.now, lang);
                assert!(rig.screen().contains(&why), "{why}:\n{}", rig.screen());
                rig.keys("<Down>");
            }
        }
    }
}
