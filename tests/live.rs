//! Several people at once, keys in, screen out: what a colleague changes shows beside the field that is being filled in, who
//! else edits is told, nothing typed is lost when the row is removed or handed over meanwhile, and time ends a session.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test ends where anything fails")]

#[expect(dead_code, reason = "other tests hold answers back")]
mod rig;

use guanxi::app::{App, Effect, Msg, Start, Why};
use guanxi::domain::change::{Change, Each, Edited, Envelope};
use guanxi::domain::customer::CustomerId;
use guanxi::domain::field::{Field, Noun, Row, Value};
use guanxi::domain::people::{Actor, Role, Via};
use guanxi::domain::user::{NewPerson, Staff};
use guanxi::i18n::Lang;
use guanxi::store::request::{Answer, Query, StoreError};
use rig::Rig;

/// A company in which 李雷 works too; he is back as an actor of a session of his own.
fn company(role: Role) -> (Rig, Actor) {
    let mut rig = Rig::company(Lang::Zh, 100, 40);
    let new = NewPerson {
        login: "li".into(),
        name: "李雷".into(),
        role,
        department: "service".into(),
        post: "客户经理".into(),
        key: None,
    };
    rig.write(Change::Staff(Staff::Add(Box::new(new))));
    let li = rig.store.actor("li", Via::Screen, "li").unwrap().unwrap();
    (rig, li)
}

fn write(rig: &mut Rig, who: &Actor, request: &str, change: Change) -> Result<(), StoreError> {
    let envelope = Envelope { request: request.into(), change, reason: None };
    rig.store.write(who, &envelope, rig.now).map(drop)
}

fn customer(rig: &Rig) -> CustomerId {
    rig.app.shared.subject.as_ref().unwrap().id
}

fn name(rig: &Rig, field: Field) -> (i64, Value) {
    let query = Query::Record(Row { noun: Noun::Customer, id: customer(rig).0 });
    let Ok(Answer::Record(Some(record))) = rig.store.ask(&rig.actor, &query, rig.now) else { panic!() };
    (record.rev, record.get(field).clone())
}

fn edit(rig: &Rig, field: Field, to: &str) -> Change {
    let (rev, was) = name(rig, field);
    let row = Row { noun: Noun::Customer, id: customer(rig).0 };
    Change::Edit { row, rev, set: vec![Edited { field, was, to: Value::text(to) }] }
}

#[test]
fn i07_what_a_colleague_changes_shows_beside_the_field_and_what_is_typed_stays() {
    let (mut rig, li) = company(Role::Admin);
    rig.keys("1<Home>e");
    rig.shows(&["修改客户"]);
    rig.keys("<C-e>新楼");
    let (before, cursor) = rig.paint();
    let theirs = edit(&rig, Field::Region, "杭州");
    write(&mut rig, &li, "r1", theirs).unwrap();
    rig.send(Msg::Elsewhere);
    rig.shows(&["新楼", "李雷于14:02改为:杭州"]);
    assert_eq!(rig.paint().1, cursor, "the cursor stays:\n{}", before.join("\n"));
    // what both did is kept, and it is said
    rig.keys("<Enter>").shows(&["李雷同时改了“地区”,两处都已保留"]);
    assert_eq!(name(&rig, Field::Region).1, Value::text("杭州"));
    assert!(name(&rig, Field::Name).1.as_text().unwrap().ends_with("新楼"));
}

#[test]
fn the_same_field_asks_whose_word_stands_and_loses_none() {
    let (mut rig, li) = company(Role::Admin);
    rig.keys("1<Home>e<C-e>甲");
    let theirs = edit(&rig, Field::Name, "乙公司");
    write(&mut rig, &li, "r1", theirs).unwrap();
    rig.send(Msg::Elsewhere);
    rig.shows(&["李雷于14:02改为:乙公司"]);
    rig.keys("<Enter>").shows(&["李雷 于 14:02 修改过", "对方", "乙公司", "我的"]);
    rig.keys("m<Enter>");
    assert!(name(&rig, Field::Name).1.as_text().unwrap().ends_with('甲'));
}

#[test]
fn who_else_edits_is_told_while_they_do_and_no_longer() {
    let (mut rig, li) = company(Role::Admin);
    rig.keys("1<Home>e");
    let row = Row { noun: Noun::Customer, id: customer(&rig).0 };
    assert!(rig.wanted.contains(&Effect::Editing(Some(row))), "colleagues are told of this form");
    rig.hides(&["也正在修改"]);
    rig.store.begin_session(&li, "10.0.0.7", rig.now).unwrap();
    rig.store.edits("li", Some(row)).unwrap();
    rig.send(Msg::Stirred);
    rig.shows(&["李雷也正在修改"]);
    rig.store.end_session("li").unwrap();
    // one that was killed says nothing when it goes: it is asked for again after a while
    rig.pass(11).hides(&["也正在修改"]);
    rig.keys("<Esc>");
    assert_eq!(rig.wanted.iter().rfind(|e| matches!(e, Effect::Editing(_))), Some(&Effect::Editing(None)));
}

#[test]
fn what_was_typed_about_a_contact_that_is_removed_meanwhile_becomes_a_note() {
    let (mut rig, li) = company(Role::Admin);
    rig.keys("1<Home>");
    let whom = customer(&rig);
    let Ok(Answer::Profile(Some(profile))) = rig.store.ask(&rig.actor, &Query::Profile(whom), rig.now) else {
        panic!()
    };
    let contact = Row { noun: Noun::Contact, id: profile.contacts[0].0.row.id };
    rig.keys("<Enter>");
    let Ok(Answer::Record(Some(record))) = rig.store.ask(&rig.actor, &Query::Record(contact), rig.now) else {
        panic!()
    };
    rig.app.shared.personal = true;
    edit_here(&mut rig, record.get(Field::ContactName));
    rig.keys("<C-e>转任总监");
    write(&mut rig, &li, "r1", Change::Remove { row: contact, rev: record.rev }).unwrap();
    rig.send(Msg::Elsewhere);
    rig.shows(&["李雷于14:02删除了它", "按Ctrl-T"]);
    rig.keys("<C-t>").shows(&["转任总监", "互动内容"]);
    rig.keys("<Enter>");
    let touches = Query::Profile(whom);
    let Ok(Answer::Profile(Some(profile))) = rig.store.ask(&rig.actor, &touches, rig.now) else { panic!() };
    let kept = profile.touches.iter().find(|t| t.summary.contains("转任总监")).unwrap();
    assert_eq!((kept.kind.as_str(), kept.responded), ("reply", false));
}

/// Moves the cursor of the profile to the line that shows this, and opens it.
fn edit_here(rig: &mut Rig, value: &Value) {
    let text = value.as_text().unwrap().to_owned();
    for _ in 0..60 {
        if rig.screen().lines().any(|l| l.contains('▌') && l.contains(&text)) {
            rig.keys("e");
            return;
        }
        rig.keys("<Down>");
    }
    panic!("no line with {text}:\n{}", rig.screen());
}

#[test]
fn what_was_typed_about_a_customer_that_is_handed_over_meanwhile_becomes_a_note() {
    let (mut rig, li) = company(Role::Rep);
    rig.keys("1<Home>");
    let whom = customer(&rig);
    let give = |to| Change::Many { customers: vec![whom], each: Each::Assign(to) };
    rig.write(give(li.id));
    // from here on he sits at the screen
    let boss = std::mem::replace(&mut rig.actor, Actor { session: "rig".into(), ..li.clone() });
    rig.app.shared.actor = rig.actor.clone();
    rig.app.shared.revision += 1;
    rig.send(Msg::Elsewhere);
    rig.keys("e").keys("<C-e>新名");
    write(&mut rig, &boss, "r2", give(boss.id)).unwrap();
    rig.send(Msg::Elsewhere);
    rig.keys("<Enter>").shows(&["新名", "按Ctrl-T"]);
    rig.keys("<C-t><Enter>");
    let Ok(Answer::Profile(Some(profile))) = rig.store.ask(&boss, &Query::Profile(whom), rig.now) else {
        panic!()
    };
    assert!(profile.touches.iter().any(|t| t.summary.contains("新名")));
}

/// A session that ends after so many milliseconds without a key.
fn idle_after(idle: i64) -> Rig {
    let mut rig = Rig::company(Lang::Zh, 100, 40);
    let size = rig.app.shared.size;
    rig.app = App::new(Start {
        now: rig.now,
        actor: rig.actor.clone(),
        lang: Lang::Zh,
        theme: rig.app.shared.theme,
        size,
        keymap: rig.app.shared.keymap.clone(),
        personal: true,
        idle: Some(idle),
        drafts: Vec::new(),
        place: None,
    });
    rig.send(Msg::Resize(size));
    rig
}

#[test]
fn a_frozen_person_goes_at_once_and_an_idle_one_after_their_time_both_with_their_text_kept() {
    let (mut rig, _) = company(Role::Rep);
    rig.keys("1<Home>a客户想看样品");
    rig.send(Msg::Frozen);
    assert!(rig.wanted.contains(&Effect::Leave(Why::Frozen)));
    assert_eq!(rig.drafts.len(), 1);
    let mut rig = idle_after(60_000);
    rig.keys("1<Home>a样品");
    rig.pass(59);
    assert!(!rig.wanted.contains(&Effect::Leave(Why::Idle)));
    rig.keys("x").pass(59);
    assert!(!rig.wanted.contains(&Effect::Leave(Why::Idle)), "a key begins the time anew");
    rig.pass(1);
    assert!(rig.wanted.contains(&Effect::Leave(Why::Idle)));
    assert_eq!(rig.drafts.len(), 1);
}

#[test]
fn in_a_session_on_a_server_nothing_of_the_machine_is_offered() {
    let (mut rig, _) = company(Role::Rep);
    rig.app.shared.personal = false;
    for key in ["I", "<F6>", "<C-z>"] {
        rig.wanted.clear();
        rig.keys(key);
        assert!(rig.app.popups.is_empty(), "{key}");
        assert!(
            !rig.wanted.iter().any(|e| matches!(
                e,
                Effect::Files(_) | Effect::Import { .. } | Effect::Demo | Effect::Suspend
            ))
        );
    }
    rig.keys("I").shows(&["import customers < 客户.csv"]);
    rig.keys("3P");
    assert!(!rig.wanted.iter().any(|e| matches!(e, Effect::Print { .. })));
    rig.shows(&["此功能仅限个人使用"]);
}

/// Gives the person at the screen another role, as an administrator elsewhere does.
fn role(rig: &mut Rig, who: &Actor, request: &str, to: &str) {
    let row = Row { noun: Noun::Person, id: rig.actor.id.0 };
    let Ok(Answer::Record(Some(record))) = rig.store.ask(who, &Query::Record(row), rig.now) else { panic!() };
    let field = Field::PersonRole;
    let set = vec![Edited { field, was: record.get(field).clone(), to: Value::text(to) }];
    write(rig, who, request, Change::Edit { row, rev: record.rev, set }).unwrap();
    rig.send(Msg::Elsewhere);
}

#[test]
fn i14_a_running_session_follows_a_new_role_at_once_masks_included() {
    let (mut rig, li) = company(Role::Admin);
    rig.keys("1<Home>");
    let whom = customer(&rig);
    let give = Change::Many { customers: vec![whom], each: Each::Assign(li.id) };
    write(&mut rig, &li, "r0", give).unwrap();
    rig.send(Msg::Elsewhere);
    rig.keys("<Enter>").shows(&["139 0000 0031"]);
    // an address stands in a form, a note is being typed beside it
    let theirs = edit(&rig, Field::Address, "张江路1号");
    write(&mut rig, &li, "r1", theirs).unwrap();
    rig.send(Msg::Elsewhere);
    rig.keys("1<Home>e").shows(&["张江路1号"]);
    rig.keys("<C-e>新楼");
    role(&mut rig, &li, "r2", "viewer");
    rig.shows(&["新楼", "您现在的角色为只读"]).hides(&["139 0000 0031", "张江路1号"]);
    rig.keys("<Esc>2").shows(&["139****0031"]).hides(&["139 0000 0031", "张江路1号"]);
    rig.keys("U").shows(&["王敏 · 只读", "李雷 · 管理员"]);
    rig.keys("<Esc>");
    // what was typed is not lost by it
    role(&mut rig, &li, "r3", "admin");
    rig.keys("2").shows(&["139 0000 0031"]);
    rig.keys("<F5>").shows(&["新楼"]);
}

#[test]
fn people_are_changed_from_the_list_of_people_and_each_says_their_own_absence() {
    let (mut rig, li) = company(Role::Rep);
    rig.send(Msg::Elsewhere);
    rig.keys("U").shows(&["王敏 · 管理员", "李雷 · 客户经理 · 客服部 · 客户经理"]);
    rig.keys("<Down><Enter>").shows(&["修改人员", "角色", "休假代理人"]);
    // the name is first, the role below it: one step to the right is the next role
    rig.keys("<Tab><Right><Enter>").shows(&["李雷"]);
    let known = rig.store.actor("li", Via::Screen, "").unwrap().unwrap();
    assert_eq!(known.role, Role::Manager);
    rig.keys("uu");
    assert_eq!(rig.store.actor("li", Via::Screen, "").unwrap().unwrap().role, Role::Rep);
    // the last administrator stays one: the form says so at the field
    rig.keys("U<Home><Enter><Tab><Left><Enter>").shows(&["没有其他在岗管理员"]);
    rig.keys("<Esc>");
    let admin = li_as_admin(&mut rig, &li);
    role(&mut rig, &admin, "r9", "rep");
    rig.keys("U<Enter>").shows(&["休假代理人", "休假自"]).hides(&["角色  "]);
}

#[test]
fn i04_somebody_is_shut_out_from_the_list_of_people_with_two_keys_by_whoever_may() {
    let (mut rig, _) = company(Role::Rep);
    rig.send(Msg::Elsewhere);
    // never oneself, which is said; whoever may has come for somebody else, and the cursor begins there
    rig.keys("U<Home>x").shows(&["王敏 · 管理员", "不能冻结自己"]).hides(&["立即冻结"]);
    rig.keys("<Esc>Ux").shows(&["立即冻结 李雷", "会话立即结束"]);
    rig.keys("<Esc>").shows(&["李雷"]);
    assert!(rig.store.actor("li", Via::Screen, "").unwrap().is_some());
    rig.keys("x<Enter>");
    assert!(rig.store.actor("li", Via::Screen, "").unwrap().is_none(), "no key of theirs opens");
    // who may not, is not offered it
    let (mut rig, li) = company(Role::Rep);
    let admin = li_as_admin(&mut rig, &li);
    role(&mut rig, &admin, "r9", "rep");
    rig.send(Msg::Elsewhere);
    rig.keys("U").shows(&["李雷"]).hides(&["冻结"]);
}

/// The colleague as an administrator, so that somebody else can be demoted.
fn li_as_admin(rig: &mut Rig, li: &Actor) -> Actor {
    let row = Row { noun: Noun::Person, id: li.id.0 };
    let Ok(Answer::Record(Some(record))) = rig.store.ask(&rig.actor, &Query::Record(row), rig.now) else {
        panic!()
    };
    let field = Field::PersonRole;
    let set = vec![Edited { field, was: record.get(field).clone(), to: Value::text("admin") }];
    rig.write(Change::Edit { row, rev: record.rev, set });
    rig.store.actor("li", Via::Screen, "li").unwrap().unwrap()
}

#[test]
fn whoever_only_looks_on_is_told_so_at_the_key_and_is_offered_nothing_to_write() {
    let (rig, _) = company(Role::Viewer);
    let mut rig = Rig::by("li", rig.store, Lang::En, 120, 36);
    rig.keys("1").shows(&["/ Find", "Open", "Filter"]).hides(&["Log a touch", "n New", "t Tags"]);
    for key in ["a", "n", "e", "t", "H", "p", "M"] {
        rig.keys(key).shows(&["administrator only: "]).hides(&["Tab Next field"]);
    }
    rig.keys("2").hides(&["Log a touch", "e Edit"]);
    rig.keys("e").shows(&["administrator only: "]);
    // what is theirs stays: filters, pages, the board
    rig.keys("1f恒远<Enter>").shows(&["恒远物流"]);
    rig.keys("5").shows(&["KPI"]);
}
