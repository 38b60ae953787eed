//! Keys in, screen out, about filters and marks: all that fit are marked and not only those on the screen, one is taken
//! off again, and what is done to them is done to all.

#[expect(dead_code, reason = "other tests need more of it")]
mod rig;

use guanxi::domain::change::{Change, NewCustomer};
use guanxi::domain::field::{Field, Value};
use guanxi::i18n::Lang;
use guanxi::store::request::{Answer, Query};
use rig::Rig;

/// A company with so many more customers than a window holds.
fn many(lang: Lang, more: usize) -> Rig {
    let mut rig = Rig::company(lang, 120, 36);
    for n in 0..more {
        let values = vec![(Field::Name, Value::Text(format!("{n:03}号分店")))];
        rig.write(Change::AddCustomer(Box::new(NewCustomer { values, ..NewCustomer::default() })));
    }
    rig.app.shared.revision += 1;
    rig.send(guanxi::app::Msg::Elsewhere);
    rig
}

fn count(rig: &Rig, filter: &str) -> u64 {
    let filter = guanxi::domain::filter::parse(filter).expect("a filter");
    match rig.store.ask(&rig.actor, &Query::Count(filter), rig.now) {
        Ok(Answer::Count(count)) => count.shown,
        other => panic!("{other:?}"),
    }
}

#[test]
fn all_that_fit_are_marked_one_is_taken_off_and_one_undo_takes_the_work_back() {
    let mut rig = many(Lang::Zh, 160);
    let all = count(&rig, "");
    rig.keys("f分店<Enter>").shows(&["160 / "]);
    rig.keys("V").shows(&["已标记全部 160 个", "已标记 160"]);
    // marks stay when the filter goes, one is taken off, and marking the same once more puts it back
    rig.keys("<Space>").shows(&["已标记 159"]);
    rig.keys("V").shows(&["已标记 160"]);
    rig.keys("V").hides(&["已标记 1"]);
    rig.keys("VG<Space>").shows(&["已标记 159"]);
    rig.keys("t关注性价比");
    assert_eq!(count(&rig, "tag:关注性价比"), 0);
    rig.keys("<Enter>");
    assert_eq!(count(&rig, "tag:关注性价比"), 159, "{}", rig.screen());
    rig.keys("u<Enter>");
    assert_eq!((count(&rig, "tag:关注性价比"), count(&rig, "")), (0, all));
}
