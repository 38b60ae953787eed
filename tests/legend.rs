//! What a view is for and what its columns mean, and the narrow title bar: keys in, screen out.

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
    rig.keys("<PgDn><PgDn><PgDn>").shows(&["together"]);
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
