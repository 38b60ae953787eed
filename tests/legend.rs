//! What a view is for, what its columns mean, how it begins, and the narrow title bar: keys in, screen out.

#[expect(dead_code, reason = "other tests use the rest of the rig")]
mod rig;

use guanxi::i18n::Lang;
use rig::Rig;

#[test]
fn i_explains_the_view_on_the_screen_and_any_key_of_leaving_goes_back() {
    let mut rig = Rig::company(Lang::En, 80, 24);
    rig.keys("4i").shows(&["What this shows", "at the latest after 37", "Per head"]);
    rig.keys("<Esc>").hides(&["What this shows"]);
    // in the matrix nobody is classed, so that the why of a column is its meaning
    rig.keys("w").shows(&["What this shows"]);
    rig.keys("<Esc>5<Tab>i").shows(&["Start by", "somebody must begin"]);
    let mut zh = Rig::company(Lang::Zh, 80, 24);
    zh.keys("3i").shows(&["本页说明", "承诺过期为逾期"]);
}

#[test]
fn the_legend_is_scrolled_where_the_screen_is_low() {
    let mut rig = Rig::company(Lang::En, 60, 12);
    rig.keys("4i").shows(&["Accounts"]).hides(&["together"]);
    rig.keys(&"<PgDn>".repeat(12)).shows(&["together"]);
}

#[test]
fn the_narrow_title_bar_keeps_what_is_late_and_the_clock() {
    for lang in [Lang::En, Lang::Zh] {
        let rig = Rig::company(lang, 80, 24);
        let (lines, _) = rig.paint();
        let title = lines.first().cloned().unwrap_or_default();
        let late = if lang == Lang::En { "late 1" } else { "逾期 1" };
        assert!(title.contains(late) && title.contains("14:02"), "{title}");
    }
}

#[test]
fn derived_tags_read_in_english() {
    let mut rig = Rig::company(Lang::En, 120, 60);
    rig.keys("/C202405001<Enter>").shows(&["buying activity", "preferred category"]);
    rig.hides(&["消费活跃度", "品类偏好"]);
}

#[test]
fn an_empty_company_says_what_each_view_is_for_and_where_to_begin() {
    let mut rig = Rig::empty(Lang::En, 80, 24);
    let begin = "There is no customer yet: 1 shows how to begin.";
    rig.keys("2").shows(&["Everything known of one customer", begin]);
    rig.keys("3").shows(&["What to do today", begin]);
    rig.keys("<Tab>").shows(&["Every talk with a customer", begin]);
    rig.keys("<Tab>").shows(&["What departments ask", "n asks another department"]);
    rig.keys("4<Tab><Tab>").shows(&["One message to a whole group", "n makes the first"]);
    rig.keys("5").shows(&["How the work goes", begin]).hides(&["no cases"]);
    let mut zh = Rig::empty(Lang::Zh, 80, 24);
    zh.keys("3").shows(&["今天要做的事", "还没有客户:按 1 查看如何开始。"]);
}

#[test]
fn rules_name_the_class_that_is_wrong_and_a_class_without_conditions_says_so() {
    let mut rig = Rig::company(Lang::En, 120, 36);
    // nothing written on a heading adds nothing
    rig.keys("4R<Home>n<Enter>").hides(&["is no condition"]);
    rig.keys("<Down><Del>").shows(&["no condition yet: n adds one"]);
    rig.keys("p").shows(&["“no order yet”:"]).hides(&["Line "]);
    rig.keys("r<Down><Enter><Enter><C-u><Enter>").shows(&["Write a condition such as"]);
}

#[test]
fn a_campaign_that_is_saved_is_shown_with_its_next_step() {
    let mut rig = Rig::company(Lang::Zh, 120, 36);
    rig.campaign_and_plan();
    rig.keys("4<Tab><Tab>").shows(&["预览名单", "执行"]);
}
