//! Filling in forms, keys in and screen out: everything that is wrong at once, letters in a field of choices, what Enter
//! does, fields above and below, a form that is let go, a form that first asks for its customer, a clash that loses nothing.

#[expect(dead_code, reason = "other tests hold answers back")]
mod rig;

use guanxi::app::Msg;
use guanxi::app::popup::Popup;
use guanxi::domain::change::{Change, Edited};
use guanxi::domain::field::{Field, Noun, Row, Value};
use guanxi::i18n::Lang;
use guanxi::store::request::{Answer, Query};
use rig::Rig;

fn company(lang: Lang, width: u16, height: u16) -> Rig {
    Rig::company(lang, width, height)
}

#[test]
fn everything_that_is_wrong_is_marked_at_once_and_the_cursor_stands_on_the_first() {
    let mut rig = company(Lang::En, 100, 40);
    rig.keys("1<Home>");
    rig.keys("2n");
    rig.keys("<Esc>1e");
    // the number of employees and the revenue are no numbers
    rig.shows(&["Edit customer", "Employees"]);
    let focus = |rig: &Rig| match rig.app.popups.last() {
        Some(Popup::Form(form)) => form.focused().map(|entry| entry.field),
        _ => None,
    };
    while focus(&rig) != Some(Field::Employees) {
        rig.keys("<Tab>");
    }
    rig.keys("many<Tab><Tab>");
    assert_eq!(focus(&rig), Some(Field::Revenue));
    rig.keys("much<Enter>");
    assert_eq!(focus(&rig), Some(Field::Employees));
    rig.shows(&["!Employees", "!Revenue, yuan", "“many” is no whole number", "2 fields need another look"]);
    // the one that is mended is no longer marked, the other still is and says what it lacks
    rig.keys("<C-u>12").hides(&["!Employees", "2 fields"]).shows(&["!Revenue, yuan"]);
    rig.keys("<Tab><Tab>").shows(&["“much” is no amount"]);
    rig.keys("<C-u>10万<Enter>").hides(&["Edit customer"]);
}

#[test]
fn letters_in_a_field_of_choices_narrow_them_and_what_none_has_is_said_and_not_lost() {
    let mut rig = company(Lang::En, 100, 40);
    rig.keys("1<Home>a<BackTab><BackTab>");
    rig.shows(&["← phone →"]);
    // «e» goes from one to the next, «em» and «email» narrow
    rig.keys("w").shows(&["← WeChat →"]);
    rig.keys("<Right><Left>").shows(&["← WeChat →"]);
    rig.keys("live").shows(&["← livestream →"]);
    rig.keys("<Right>xq").shows(&["no choice has “xq” in it"]);
    rig.keys("<Backspace><Backspace>").hides(&["no choice has"]);
}

#[test]
fn the_bottom_line_says_what_enter_really_does() {
    let mut rig = company(Lang::En, 100, 40);
    rig.keys("1f").shows(&["Enter Filter"]).hides(&["Enter Save"]);
    rig.keys("<Esc>2<F12>").shows(&["Enter Erase"]).hides(&["Enter Save"]);
    rig.keys("<Esc>5d").shows(&["Enter Show"]).hides(&["Enter Save"]);
    rig.keys("<Esc>1e").shows(&["Enter Save"]);
}

#[test]
fn a_long_form_on_a_small_screen_says_how_many_fields_stand_above_and_below() {
    let mut rig = company(Lang::En, 80, 24);
    rig.keys("1<Home>e").shows(&["▼"]).hides(&["▲"]);
    rig.keys("<BackTab><BackTab>").shows(&["▲"]).hides(&["▼"]);
    let mut rig = company(Lang::En, 100, 60);
    rig.keys("1<Home>e").hides(&["▲", "▼"]);
}

#[test]
fn a_form_is_let_go_after_one_question_from_the_form_and_from_the_list_and_its_draft_with_it() {
    let mut rig = company(Lang::En, 100, 40);
    rig.keys("1<Home>aone thing");
    rig.pass(1);
    assert_eq!(rig.drafts.len(), 1);
    rig.keys("<C-x>").shows(&["Discard what was typed?", "No, keep it"]);
    // the first answer keeps it
    rig.keys("<Enter>").shows(&["one thing"]);
    rig.keys("<C-x><Down><Enter>").shows(&["Discarded."]).hides(&["one thing"]);
    assert!(rig.drafts.is_empty() && rig.app.shared.waiting.is_empty());
    // two of them, from the list
    rig.keys("afirst talk<Esc>asecond talk<Esc><F5>").shows(&["first talk", "second talk"]);
    rig.keys("x").shows(&["Discard what was typed?"]);
    rig.keys("<Down><Enter>");
    // the newest stood first
    assert_eq!(rig.app.shared.waiting.len(), 1);
    rig.keys("<F5>").shows(&["first talk"]);
}

#[test]
fn a_complaint_without_a_customer_at_hand_asks_first_whom_it_is_about() {
    let mut rig = company(Lang::En, 100, 40);
    rig.keys("3<Tab><Tab><Tab>").shows(&["Complaints"]);
    rig.app.shared.subject = None;
    rig.keys("n").shows(&["New complaint · Find"]);
    rig.keys("优品汇<Enter>").shows(&["New complaint", "优品汇零售"]);
    rig.keys("迟到<Enter>");
    let sql = Query::Complaints(guanxi::store::request::Which::Open);
    let Ok(Answer::Complaints(found)) = rig.store.ask(&rig.actor, &sql, rig.now) else { unreachable!() };
    assert!(found.rows.iter().any(|row| row.name == "优品汇零售" && row.summary == "迟到"));
}

#[test]
fn where_two_changed_the_same_field_one_chooses_and_enter_alone_decides_nothing() {
    let mut rig = company(Lang::En, 100, 40);
    let row = Row { noun: Noun::Customer, id: 1 };
    let record = |rig: &Rig| match rig.store.ask(&rig.actor, &Query::Record(row), rig.now) {
        Ok(Answer::Record(Some(record))) => record,
        _ => unreachable!(),
    };
    for (keys, stands) in [("m<Enter>", "宏达机械制造有限公司甲"), ("t<Enter>", "乙公司")] {
        rig.keys("1<Home>e");
        let (now, field) = (record(&rig), Field::Name);
        let was = now.get(field).clone();
        rig.keys("<C-e>甲");
        rig.write(Change::Edit {
            row,
            rev: now.rev,
            set: vec![Edited { field, was, to: Value::text("乙公司") }],
        });
        rig.send(Msg::Elsewhere);
        rig.keys("<Enter>").shows(&["乙公司", "甲", "t theirs  m mine  Esc Back to the form"]);
        // pressed once more it neither overwrites a colleague nor throws away what was typed
        rig.keys("<Enter>").shows(&["theirs  乙公司", "mine    宏达机械制造有限公司甲"]);
        assert_eq!(record(&rig).get(Field::Name).as_text(), Some("乙公司"));
        rig.keys(keys);
        let name = record(&rig).get(Field::Name).as_text().unwrap().to_owned();
        assert_eq!(name, stands);
        let (now, was) = (record(&rig), Value::text(&name));
        let to = Value::text("宏达机械制造有限公司");
        if was != to {
            rig.write(Change::Edit { row, rev: now.rev, set: vec![Edited { field, was, to }] });
            rig.send(Msg::Elsewhere);
        }
    }
}

#[test]
fn steady_typing_is_on_disk_about_a_second_after_it_was_typed() {
    let mut rig = company(Lang::En, 100, 40);
    rig.keys("1<Home>a");
    let begun = rig.now.ms();
    let kept = |rig: &Rig| rig.drafts.first().map_or(0, |draft| format!("{draft:?}").matches('q').count());
    // a key every 300 ms for ten seconds, and never a pause; the deadline comes in between when it is due
    for key in 0..34_i64 {
        for step in 0..3 {
            rig.now.at = chrono::DateTime::from_timestamp_millis(begun + key * 300 + step * 100).unwrap();
            if rig.app.deadline() <= rig.now.ms() {
                rig.send(Msg::Deadline);
            }
            if step == 0 {
                rig.keys("q");
            }
        }
        // all but what was typed within the last second
        let old = usize::try_from(key - 3).unwrap_or(0);
        assert!(kept(&rig) >= old, "{} of {key} keys are kept", kept(&rig));
    }
    assert!(kept(&rig) >= 30);
}
