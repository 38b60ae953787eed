//! The settings of the company on the screen: found, told with default and source, changed, taken back.

#[expect(dead_code, reason = "other tests use the rest of the rig")]
mod rig;

use guanxi::i18n::Lang;
use rig::Rig;

#[test]
fn a_setting_is_found_by_its_source_told_with_its_default_changed_and_taken_back() {
    let mut rig = Rig::company(Lang::Zh, 120, 36);
    rig.keys("<F8>").shows(&["公司设置", "每人每日待跟进上限", "25"]);
    rig.keys("X37").shows(&["年消费口径", "近12个月", "可选:近12个月、自然年", "默认 近12个月", "依据 X37"]);
    rig.keys("<Enter>").shows(&["年消费口径", "← 近12个月 →"]);
    rig.keys("<Right><Enter>").shows(&["自然年", "依据 X37"]);
    rig.keys("<Esc>").keys("u<Enter>").keys("<F8>X37").shows(&["近12个月  │"]).hides(&["自然年  │"]);
}

#[test]
fn a_value_that_a_setting_does_not_take_is_refused_with_a_sentence_and_stays_in_the_form() {
    let mut rig = Rig::company(Lang::En, 120, 36);
    rig.keys("<F8>capacity<Enter>").shows(&["follow-ups a day holds", "25"]);
    rig.keys("many<Enter>").shows(&["“many”", "many"]);
    rig.keys("<C-u>30<Enter>").shows(&["30", "default 25"]);
}

#[test]
fn the_settings_read_at_every_size_in_both_languages() {
    for lang in [Lang::En, Lang::Zh] {
        for (width, height) in [(40, 12), (80, 24), (200, 50)] {
            let mut rig = Rig::company(lang, width, height);
            rig.keys("<F8>");
            for _ in 0..40 {
                rig.keys("<Down>");
            }
            let screen = rig.keys("<Home>").screen();
            assert!(screen.lines().count() <= usize::from(height), "{screen}");
            rig.keys("<Esc>").hides(&[if lang == Lang::En { "P20 or X11" } else { "P20、X11" }]);
        }
    }
}

#[test]
fn f8_over_ssh_a_setting_that_names_a_file_of_the_server_is_refused_with_the_way_to_set_it() {
    let mut rig = Rig::company(Lang::Zh, 120, 36);
    rig.keys("<F8>history_place<Enter>").shows(&["Enter 保存"]);
    rig.keys("<Esc><Esc>");
    rig.app.shared.personal = false;
    rig.keys("<F8>history_place<Enter>");
    rig.shows(&["“history_place”指向服务器上的文件", "guanxi setting history_place"]).hides(&["Enter 保存"]);
}
