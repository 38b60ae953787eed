//! Reviews by keys: targets, causes and baselines on the board, evaluations with their suggestions, people and analyses;
//! every view at the smallest and at a wide screen, in both languages.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

#[expect(dead_code, reason = "other tests hold answers back")]
mod rig;

use guanxi::app::Msg;
use guanxi::domain::change::{Change, NewTouch};
use guanxi::domain::customer::CustomerId;
use guanxi::domain::field::{Field, Noun, Value};
use guanxi::domain::money::Fen;
use guanxi::i18n::Lang;
use rig::Rig;

fn zh() -> Rig {
    Rig::company(Lang::Zh, 120, 36)
}

/// Orders of two customers in this month and the one before, so that figures have something to tell.
fn with_orders(rig: &mut Rig) {
    for (customer, day, yuan) in
        [(1, "2024-04-10", 1_000), (1, "2024-05-06", 3_000), (2, "2024-05-08", 2_000)]
    {
        let set = vec![
            (Field::OrderDay, Value::Day(day.parse().unwrap())),
            (Field::OrderAmount, Value::Money(Fen(yuan * 100))),
        ];
        rig.write(Change::Add { noun: Noun::Order, customer: CustomerId(customer), set });
    }
    rig.send(Msg::Elsewhere);
}

fn touch(customer: i64, at: &str, channel: &str, responded: bool) -> Change {
    let touch = NewTouch {
        channel: Some(channel.into()),
        responded,
        closed: true,
        override_reason: Some("演示".into()),
        ..NewTouch::plain(CustomerId(customer), at.parse().unwrap(), "回访")
    };
    Change::LogTouch(Box::new(touch))
}

#[test]
fn f46_a_target_is_set_where_its_figure_stands_and_one_out_of_range_says_so_and_changes_nothing() {
    let mut rig = zh();
    rig.keys("5e").shows(&["目标 · 响应率"]);
    rig.keys("<C-u>180%<Enter>").shows(&["“180%”不适用,请填写0%到100%之间的数"]);
    rig.keys("<C-u>75%<Enter>").shows(&["≥75%"]);
    rig.keys("<Right>e").shows(&["目标 · 响应率 · 高价值", "80%"]);
    rig.keys("<C-u>185<Enter>").shows(&["“185”不适用"]);
    rig.keys("<C-u>85<Enter>").shows(&["≥85%"]);
    rig.keys("u<Enter>").shows(&["≥80%"]).hides(&["≥85%"]);
}

#[test]
fn k64_a_cause_is_pinned_to_its_figure_and_found_a_month_later() {
    let mut rig = zh();
    rig.keys("5<Right>n").shows(&["原因 · 响应率 · 高价值 · 2024-05"]);
    rig.keys("流失率上升,原因为售后响应延迟<Enter>")
        .shows(&["响应率*", "原因 2024-05:流失率上升,原因为售后响应延迟"]);
    rig.pass(31 * 24 * 3600);
    rig.keys("5").shows(&["2024年6月", "原因 2024-05:流失率上升"]);
    rig.keys("w").shows(&["指标原因", "王敏", "记录原因"]);
    // a cause is the company's: whoever was at hand before has nothing to do with it
    assert!(rig.app.shared.subject.is_some());
    rig.keys("<Enter>").shows(&["售后响应延迟"]).hides(&["C2024050"]);
    rig.keys("<Esc>").shows(&["2024年6月"]);
    // of another class nothing was said
    rig.keys("<Right>").hides(&["售后响应延迟"]);
}

#[test]
fn f49_figures_are_compared_with_the_period_before_and_with_a_stored_baseline() {
    let mut rig = zh();
    with_orders(&mut rig);
    rig.keys("5");
    // 5,000 yuan in May after 1,000 in April
    while !rig.screen().contains("净收入 · 全部客户") {
        let before = rig.screen();
        rig.keys("<Down>");
        assert!(before != rig.screen(), "no figure of revenue:\n{before}");
    }
    rig.shows(&["↑ +4,000.00 向好 · 对比1,000.00(2024年4月同期)"]);
    rig.keys("c").shows(&["对比基准", "上期", "保存本期为基线"]);
    rig.keys("<End><Enter>").shows(&["基线 · 2024-05"]);
    rig.keys("<C-u>五月<Enter>").shows(&["保存基线"]);
    rig.keys("c<Down><Enter>").shows(&["→ 0 · 对比5,000.00(五月)"]);
    rig.keys("c<Enter>").shows(&["对比基准"]);
}

#[test]
fn an_own_span_is_shown_stepped_by_its_length_and_a_bad_one_is_told() {
    let mut rig = zh();
    rig.keys("5d").shows(&["期间", "2024-05"]);
    rig.keys("<C-u>May<Enter>").shows(&["“May”不是期间"]);
    rig.keys("<C-u>2024-07<Enter>").shows(&["2024-07尚未开始"]);
    rig.keys("<C-u>2024-05-01..2024-05-10<Enter>").shows(&["2024-05-01..2024-05-10"]);
    rig.keys("[").shows(&["2024-04-21..2024-04-30"]);
    rig.keys("]]").shows(&["2024-05-11..2024-05-20"]);
    rig.keys("]").shows(&["2024-05-11..2024-05-20", "已是本期"]);
    rig.keys("m").shows(&["季度"]);
}

#[test]
fn h19_h20_a_plan_is_evaluated_with_a_conclusion_and_its_suggestion_changes_the_matrix() {
    let mut rig = zh();
    rig.campaign_and_plan();
    rig.keys("4<Tab><Tab><Tab>S").shows(&["执行中"]);
    rig.keys("5<Tab><Tab><Tab>").shows(&["效果评估", "三季度深度维系", "进行中", "10-30"]);
    rig.keys("<Enter>").shows(&["评估维度", "客户满意度", "NPS", "≥40", "对比基线"]);
    rig.keys("n<Enter>").shows(&["优化方向", "具体措施"]);
    rig.keys("分级触达<Tab>高价值每两周回访<Tab><Tab>+3d<Enter>").shows(&["分级触达 · 高价值每两周回访"]);
    rig.keys("<End><Enter>").shows(&["优化建议", "策略修改 · 高价值"]);
    rig.keys("<Down><Enter>").shows(&["策略修改 · 高价值"]);
    rig.keys("<C-u>每两周一次回访<Enter>").shows(&["策略:高价值 待应用"]);
    rig.keys("<Enter><Enter>").shows(&["应用策略修改 · 高价值", "原因"]);
    rig.keys("响应率下降<Enter>").shows(&["策略:高价值 已应用", "✓ 完成"]);
    // closing asks for a conclusion first
    rig.keys("<Home>x").shows(&["评估结论"]);
    rig.keys("达成目标<Enter>").shows(&["评估结论  达成目标"]);
    rig.keys("x<Esc>").shows(&["已结束"]);
    rig.keys("<Enter><Home>w").keys("太晚<Enter>").shows(&["评估已结束,请先重新打开"]);
}

#[test]
fn a130_a_suggestion_stands_in_the_queue_of_its_owner_and_opens_where_it_was_made() {
    let mut rig = zh();
    rig.keys("5<Tab><Tab><Tab>n").shows(&["优化方向"]);
    rig.keys("社群化唤醒<Tab>建立沉睡客户社群<Tab><Tab>+1d<Enter>");
    rig.keys("3").shows(&["建立沉睡客户社群", "复盘建议"]);
    rig.keys("5").shows(&["社群化唤醒 · 建立沉睡客户社群", "待办"]);
    rig.keys("x").shows(&["✓ 完成"]);
    rig.keys("3").hides(&["建立沉睡客户社群"]);
}

#[test]
fn f48_people_show_their_load_and_the_sheet_of_the_month() {
    let mut rig = zh();
    rig.write(touch(1, "2024-05-15T02:00:00Z", "phone", true));
    rig.send(Msg::Elsewhere);
    rig.keys("5<Tab><Tab><Tab><Tab>").shows(&["人均负荷", "考核得分", "王敏"]);
    rig.keys("<Enter>").shows(&["信息更新及时率", "15%", "主管评分", "30%"]);
    // one's own month is nobody's to judge
    rig.keys("e90<Enter>").shows(&["您无权"]);
    rig.keys("<Esc><Esc>[").shows(&["2024年4月"]);
}

#[test]
fn j23_f33_analyses_tell_channels_moves_cohorts_and_the_way_to_the_first_order() {
    let mut rig = zh();
    with_orders(&mut rig);
    for (customer, responded) in [(1, true), (2, false), (3, true), (4, false), (1, true)] {
        rig.write(touch(customer, "2024-05-16T02:00:00Z", "wechat", responded));
    }
    let class = |to: &str| Change::Class {
        customer: CustomerId(2),
        scheme: "segment".into(),
        value: Some(to.into()),
        reason: None,
    };
    rig.write(class("growth"));
    rig.send(Msg::Elsewhere);
    rig.keys("5<Tab><Tab><Tab><Tab><Tab>").shows(&["趋势", "响应率", "转化率", "高价值", "换页"]);
    rig.keys("<Right>").shows(&["渠道对比", "微信", "60.0%"]);
    rig.keys("<Enter>").shows(&["全部互动", "回访"]);
    rig.keys("5<Right>").shows(&["本期没有使用话术的触达"]);
    rig.keys("<Right>").shows(&["分类迁移", "迁入", "迁出"]);
    // from high (the first row) to growth (the second column)
    rig.keys("<Right><Enter>").shows(&["高价值 → 潜力成长", "恒远物流有限公司"]);
    rig.keys("<Enter>").shows(&["恒远物流有限公司", "C202405002"]);
    rig.keys("5<Esc>").shows(&["分类迁移"]);
    rig.keys("<Right><Right><Right><Right><Right>").shows(&["同期群留存", "2024-04", "2024-05"]);
    rig.keys("<Enter>").shows(&["首购2024-04"]);
    rig.keys("<Esc><Right><Right>").shows(&["首单漏斗", "建档", "首单", "进行中"]);
    rig.keys("<Enter>").shows(&["宏达机械制造有限公司"]);
}

#[test]
fn a_new_touch_shows_on_the_open_board_as_soon_as_the_store_tells_of_it() {
    let mut rig = zh();
    rig.keys("5<Tab><Tab>").shows(&["互动次数"]);
    let count = |rig: &Rig| -> String {
        let screen = rig.screen();
        let line = screen.lines().find(|l| l.contains("互动次数")).unwrap().to_owned();
        line.split_whitespace().nth(1).unwrap_or_default().trim_start_matches("▌").to_owned()
    };
    let before = count(&rig);
    rig.write(touch(3, "2024-05-20T05:00:00Z", "phone", false));
    rig.send(Msg::Elsewhere);
    assert_ne!(before, count(&rig), "{}", rig.screen());
}

#[test]
fn every_view_of_the_board_fits_a_small_and_a_wide_screen_in_both_languages() {
    for (lang, width, height) in
        [(Lang::En, 80, 24), (Lang::Zh, 80, 24), (Lang::En, 120, 36), (Lang::Zh, 160, 50), (Lang::En, 40, 12)]
    {
        let mut rig = Rig::company(lang, width, height);
        with_orders(&mut rig);
        rig.campaign_and_plan();
        rig.keys("5");
        for _ in 0..7 {
            rig.keys("<Tab>");
            for keys in
                ["<Right>", "<Right>", "<Right>", "<Right>", "<Down>", "<Enter>", "<Esc>", "[", "G", "m"]
            {
                rig.keys(keys);
                // a cell cut in half, or text beyond the edge, fails here
                assert_eq!(rig.paint().0.len(), usize::from(height));
            }
            rig.keys("<Esc>5");
        }
    }
}

#[test]
fn f33_the_names_of_classes_stand_whole_above_their_moves_at_eighty_columns() {
    for (lang, names) in [
        (Lang::En, ["high-value", "growth", "ordinary", "cooling", "dormant", "moved out", "moved in"]),
        (Lang::Zh, ["高价值", "潜力成长", "普通活跃", "冷却", "沉睡", "迁出", "迁入"]),
    ] {
        let mut rig = Rig::company(lang, 80, 24);
        for (customer, class) in [(1, "growth"), (2, "dormant"), (3, "cooling")] {
            rig.write(Change::Class {
                customer: CustomerId(customer),
                scheme: "segment".into(),
                value: Some(class.into()),
                reason: None,
            });
        }
        rig.send(Msg::Elsewhere);
        rig.keys("5<BackTab><BackTab><Right><Right><Right>").shows(&names);
        let (lines, _) = rig.paint();
        let cut = lines.iter().skip(2).find(|line| line.contains('…'));
        assert_eq!(cut, None);
    }
}
