//! What is found by its name in the palette and the help instead of by a key: records, views, lists of customers.

use guanxi::app::feed::Slot;
use guanxi::app::key::Key;
use guanxi::app::panes::PaneId;
use guanxi::app::popup::Popup;
use guanxi::app::{Effect, Msg};
use guanxi::domain::field::Noun;
use guanxi::i18n::Lang;
use guanxi::store::request::StoreError;

use super::rig::Rig;

#[test]
fn a_record_is_found_by_its_name_in_palette_and_help_and_its_form_opens_where_it_will_stand() {
    for (lang, open, name, shown) in [
        (Lang::En, ":", "coupon", "New coupon"),
        (Lang::En, ":", "budgets", "New budget"),
        (Lang::En, "?", "referral", "New referral"),
        (Lang::Zh, ":", "会员", "新建会员"),
        (Lang::Zh, "?", "yusuan", "新建预算"),
    ] {
        let mut rig = Rig::company(lang, 80, 24);
        rig.keys(open).keys(name).shows(&[shown]);
        rig.keys("<Enter>");
        assert!(matches!(rig.app.popups.last(), Some(Popup::Form(_))), "{name}:\n{}", rig.screen());
        assert_eq!(rig.app.active, PaneId::Profile);
        rig.keys("<Esc>").shows(&["C202405001"]);
    }
    for (name, shelf) in [("new gift", Noun::Gift), ("new content", Noun::Content)] {
        let mut rig = Rig::company(Lang::En, 80, 24);
        rig.keys(":").keys(name).keys("<Enter>");
        assert!(matches!(rig.app.popups.last(), Some(Popup::Form(_))), "{name}:\n{}", rig.screen());
        assert_eq!((rig.app.active, rig.app.panes.matrix.scripts.shelf()), (PaneId::Matrix, shelf));
    }
}

#[test]
fn where_no_customer_is_at_hand_it_is_asked_for_whom_the_record_is() {
    let mut rig = Rig::company(Lang::En, 100, 30);
    rig.keys("fno such customer<Enter>");
    rig.app.shared.subject = None;
    rig.keys(":referral<Enter>").shows(&["New referral"]);
    rig.keys("hywl<Enter>").shows(&["New referral", "恒远物流有限公司", "Ctrl-F Find"]);
    rig.keys("<C-f>优品<Enter><Enter>").shows(&["no deal yet; the reward is due with"]);
}

#[test]
fn views_and_the_customers_of_a_condition_are_found_by_name() {
    let mut rig = Rig::company(Lang::En, 80, 24);
    rig.keys(":evaluation<Enter>");
    assert_eq!(rig.app.active, PaneId::Board);
    rig.keys(":gifts<Enter>");
    assert_eq!((rig.app.active, rig.app.panes.matrix.scripts.shelf()), (PaneId::Matrix, Noun::Gift));
    rig.keys(":refresh<Enter>").shows(&["is:retag"]);
    assert_eq!(rig.app.active, PaneId::Customers);
    rig.keys(":by hand differs<Enter>").shows(&["is:differs"]);
    rig.keys(":possible duplicates<Enter>").shows(&["is:duplicate"]);
    let mut rig = Rig::company(Lang::Zh, 80, 24);
    rig.keys(":查重<Enter>").shows(&["是:疑似重复"]);
}

#[test]
fn the_cursor_goes_to_what_was_just_written_and_the_line_says_what_it_was() {
    let mut rig = Rig::company(Lang::En, 110, 36);
    rig.keys(":new budget<Enter><Tab>1000<Enter>").shows(&["New budget · 宏达机械制造有限公司"]);
    let row = |rig: &Rig| match rig.app.panes.profile.on() {
        guanxi::app::panes::profile::Target::Record(row, _) => Some(row.noun),
        _ => None,
    };
    assert_eq!(row(&rig), Some(Noun::Budget));
    rig.shows(&["spent 0 of 1,000 yuan (0 %) · own budget, approved by 王敏"]);
    rig.keys("<Left>").shows(&["A Approve the budget"]);
    rig.keys("u").shows(&["New budget · 宏达机械制造有限公司"]);
    rig.keys("<Enter>").hides(&["spent 0 of 1,000"]);
    rig.keys(":new referral<Enter><Tab>2024-05-20<Enter>");
    assert_eq!(row(&rig), Some(Noun::Referral), "{}", rig.screen());
}

#[test]
fn the_cursor_goes_to_a_new_gift_and_a_new_plan_opens_so_that_its_tasks_come_next() {
    let mut rig = Rig::company(Lang::Zh, 100, 36);
    rig.keys(":新建礼品<Enter>端午礼盒<Tab><Tab>80<Tab>2<Enter>");
    let stands = |rig: &Rig| {
        let gift = rig.app.panes.matrix.scripts.record(&rig.app.shared);
        gift.and_then(|gift| gift.get(guanxi::domain::field::Field::GiftName).as_text().map(str::to_owned))
    };
    assert_eq!(stands(&rig).as_deref(), Some("端午礼盒"), "{}", rig.screen());
    // where a gift comes from is said in words
    rig.shows(&["出自手册"]);
    rig.keys("u<Enter>").shows(&["已撤销:端午礼盒 · 新建礼品"]);
    assert_ne!(stands(&rig).as_deref(), Some("端午礼盒"));
    rig.keys(":新建计划<Enter>三季度维系<Tab>分层:高价值<Enter>2024-09-30<Enter>");
    assert!(rig.app.popups.is_empty(), "{}", rig.screen());
    rig.shows(&["尚无内容:n 添加任务、资源或指标", "分层:高价值"]);
    rig.keys("n").shows(&["计划任务"]);
}

#[test]
fn the_look_up_box_says_how_to_open_log_and_close() {
    let mut rig = Rig::company(Lang::En, 80, 24);
    rig.keys("/").shows(&["Esc Back"]);
    rig.keys("hywl").shows(&["Enter Open", "Ctrl-T Log a touch", "Esc Back"]);
    rig.keys("<Enter>a").shows(&["Log a touch", "恒远物流有限公司"]);
}

#[test]
fn a_touch_is_logged_from_the_look_up_box_with_one_key_and_a_form_that_was_open_waits() {
    let mut rig = Rig::company(Lang::Zh, 80, 24);
    rig.keys("/hywl<C-t>").shows(&["记一笔", "恒远物流有限公司  C202405002"]);
    rig.keys("来电询价<C-f>yph<C-t>").shows(&["记一笔", "优品汇零售  C202405003"]).hides(&["来电询价"]);
    rig.keys("<Esc><F5>").shows(&["来电询价"]);
    // pressed before the hits are here it waits for them
    let mut rig = Rig::company(Lang::Zh, 80, 24);
    rig.hold(true);
    rig.keys("/hywl<C-t>").hides(&["记一笔"]);
    rig.hold(false);
    rig.shows(&["记一笔", "恒远物流有限公司  C202405002"]);
    // where nobody is found, or a customer is chosen for something else, it does nothing
    rig.keys("<Esc>/无此客户<C-t>").shows(&["均无匹配"]);
}

#[test]
fn a_touch_wanted_before_the_hits_are_here_is_of_a_hit_or_of_nobody() {
    // a tag alone, somebody new, and a number that nobody has
    for (typed, offer) in
        [("制造业", "标签“制造业”的客户"), ("无此客户", "均无匹配"), ("13912345678", "13912345678")]
    {
        let mut rig = Rig::company(Lang::Zh, 80, 24);
        rig.keys("/hywl<Enter>");
        let at_hand = rig.app.shared.subject.clone();
        rig.hold(true);
        rig.keys("/").keys(typed).keys("<C-t>来电q");
        rig.hold(false);
        rig.shows(&[offer]).hides(&["记一笔", "来电q"]);
        let Some(Popup::Finder(finder)) = rig.app.popups.last() else { panic!("{}", rig.screen()) };
        assert_eq!((finder.input.value(), rig.app.popups.len()), (typed, 1));
        assert_eq!(rig.app.shared.subject, at_hand);
        // and the next key is at once for the box
        rig.keys("<Esc>");
        assert!(rig.app.popups.is_empty());
    }
    // what came in the same burst stands in the form
    let mut rig = Rig::company(Lang::Zh, 80, 24);
    rig.hold(true);
    rig.keys("/优品<C-t>来电<C-t>询价");
    rig.hold(false);
    rig.shows(&["记一笔", "优品汇零售  C202405003", "来电询价"]);
}

#[test]
fn a_question_of_tags_that_fails_holds_no_key_back() {
    let mut rig = Rig::company(Lang::Zh, 80, 24);
    rig.keys("/");
    let fails = |ticket| Msg::Answer { slot: Slot::Named, ticket, result: Err(StoreError::Busy) };
    let mut under_way = None;
    // nobody is found, and which tags are named fails for all that was typed before
    for c in "新客户甲".chars() {
        for effect in rig.app.update(rig.now, Msg::Key(Key::char(c))) {
            match effect {
                Effect::Ask { slot: Slot::Named, ticket, .. } if c == '甲' => under_way = Some(ticket),
                Effect::Ask { slot: Slot::Named, ticket, .. } => rig.send(fails(ticket)),
                Effect::Ask { slot, ticket, query } => {
                    let result = rig.store.ask(&rig.actor, &query, rig.now);
                    rig.send(Msg::Answer { slot, ticket, result });
                }
                _ => {}
            }
        }
    }
    // that says nothing of what is typed now, which is waited for
    rig.keys("<Enter>").shows(&["查找"]);
    rig.send(fails(under_way.unwrap()));
    rig.shows(&["新建客户", "新客户甲"]);
    rig.keys("乙").shows(&["新客户甲乙"]);
}

#[test]
fn a_word_of_a_tag_or_class_offers_its_customers_behind_the_hits_and_before_a_new_one() {
    for (lang, typed, offer, filter, one) in [
        (Lang::Zh, "制造业", "标签“制造业”的客户", "标签:制造业", "宏达机械"),
        (Lang::Zh, "zhizaoye", "标签“制造业”的客户", "标签:制造业", "宏达机械"),
        (Lang::En, "manufac", "Customers with tag “manufacturing”", "tag:制造业", "宏达机械"),
        (Lang::Zh, "高价值", "分层“高价值”的客户", "分层:高价值", "恒远物流"),
        (Lang::Zh, "小型企业", "企业规模“小型”的客户", "规模:小型", "优品汇零售"),
    ] {
        let mut rig = Rig::company(lang, 80, 24);
        rig.keys("/").keys(typed).shows(&[offer]).hides(&["均无匹配", "Nobody has this"]);
        rig.keys("<Enter>").shows(&[filter, one]);
        assert!(rig.app.popups.is_empty());
        rig.keys("<Esc>").hides(&[filter]);
    }
    // hits come first, a new customer last
    let mut rig = Rig::company(Lang::Zh, 80, 24);
    rig.keys("/零售");
    let screen = rig.screen();
    let line = |text: &str| screen.lines().position(|line| line.contains(text));
    assert!(line("优品汇零售") < line("标签“零售业”的客户") && line("优品汇零售").is_some(), "{screen}");
    rig.keys("<Down>").shows(&["Enter 选择"]).hides(&["Ctrl-T"]);
    rig.keys("<Enter>").shows(&["标签:零售业", "优品汇零售"]);
    let mut rig = Rig::company(Lang::Zh, 80, 24);
    rig.keys("/制造业<Down><Enter>").shows(&["新建客户", "制造业"]);
}

#[test]
fn a_tag_that_people_set_is_offered_under_its_standard_wording_and_only_while_somebody_has_it() {
    let mut rig = Rig::company(Lang::Zh, 80, 24);
    rig.keys("1t关注性价比<Enter>");
    rig.keys("/关注性").shows(&["标签“关注性价比”的客户"]);
    rig.keys("<Esc>u<Enter>");
    rig.keys("/关注性").hides(&["标签“关注性价比”的客户"]).shows(&["均无匹配"]);
    // where a customer is chosen for a form there is nothing to filter
    rig.keys("<Esc>:转介绍<Enter>").keys("<C-f>制造业").hides(&["标签“制造业”的客户"]);
}

#[test]
fn signs_alone_are_nothing_to_look_for_and_an_empty_box_says_whom_it_shows() {
    let mut rig = Rig::company(Lang::Zh, 80, 24);
    rig.keys("/").shows(&["最近联系", "宏达机械"]);
    for signs in ["%", "'", "\"", "——", "%'\""] {
        rig.keys("<C-u>").keys(signs).shows(&["其中没有可查找的内容"]).hides(&["最近联系", "Enter"]);
        rig.keys("<Enter>").shows(&["其中没有可查找的内容"]);
    }
    rig.keys("<C-u>").shows(&["最近联系"]);
}

#[test]
fn what_is_said_of_a_word_of_the_help_and_of_a_wrong_filter_is_read_whole() {
    for lang in [Lang::En, Lang::Zh] {
        let mut rig = Rig::company(lang, 80, 24);
        let (word, last) = if lang == Lang::En { ("threshold", "versions") } else { ("阈值", "v 查看") };
        rig.keys("?").keys(word).shows(&[last]);
        rig.keys("<Esc>ffoo:bar<Enter>");
        let inside = rig.screen();
        let said: Vec<&str> = inside.lines().filter(|line| line.contains("foo")).collect();
        assert!(said.iter().all(|line| !line.contains('…')), "{inside}");
    }
}

#[test]
fn what_people_call_a_command_finds_it_in_their_language() {
    for (typed, lang, name) in [
        ("打印", Lang::Zh, "导出当日清单"),
        ("打印", Lang::Zh, "写出报告"),
        ("语言", Lang::Zh, "English"),
        ("language", Lang::En, "中文"),
        ("备份", Lang::Zh, "公司设置"),
        ("backup", Lang::En, "Settings of the company"),
    ] {
        let mut rig = Rig::company(lang, 80, 24);
        rig.keys(":").keys(typed).shows(&[name]);
    }
}

#[test]
fn the_help_of_a_form_begins_with_what_works_in_it_and_that_of_a_view_with_its_own_keys() {
    for (lang, shown) in [
        (Lang::En, ["set aside with what was typed", "Ctrl-X", "next monday"]),
        (Lang::Zh, ["暂存,已填内容保留;按 F5", "Ctrl-X", "下周一"]),
    ] {
        let mut rig = Rig::company(lang, 80, 24);
        rig.keys("a<F1>").shows(&shown);
        rig.keys("Ctrl-X").shows(&["Ctrl-X"]);
        rig.keys("<Esc>");
        assert!(matches!(rig.app.popups.last(), Some(Popup::Form(_))), "{}", rig.screen());
    }
    // board, people: what is done with alarms does not stand before what is done here
    let mut rig = Rig::company(Lang::Zh, 80, 24);
    rig.keys("5");
    while rig.app.panes.board.view != guanxi::app::panes::board::view::View::People {
        rig.keys("<Tab>");
    }
    let own: Vec<_> = guanxi::app::bar::own(&rig.app).iter().map(|c| c.spec().text.zh).collect();
    let help = rig.keys("?").screen();
    let at = |text: &str| help.lines().position(|line| line.contains(text)).unwrap_or(usize::MAX);
    assert!(own.iter().take(3).all(|text| at(text) < at("确认")), "{own:?}\n{help}");
}

#[test]
fn a_full_width_phone_is_kept_in_half_width_and_as_it_was_grouped() {
    for (typed, kept) in
        [("１３８００１３８０００", "13800138000"), ("１３８ 0013-８０００", "138 0013-8000")]
    {
        let mut rig = Rig::company(Lang::Zh, 80, 24);
        rig.keys("n新客户甲");
        let form = |rig: &Rig| match rig.app.popups.last() {
            Some(Popup::Form(form)) => form.focused().map(|e| e.field),
            _ => None,
        };
        while form(&rig).is_some_and(|field| field != guanxi::domain::field::Field::Phone) {
            rig.keys("<Tab>");
        }
        rig.keys(typed).keys("<Enter>").shows(&[kept]).hides(&[typed]);
    }
}
