//! A customer who was erased on request: what is typed about them goes from every session and from the disk (I18).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

#[expect(dead_code, reason = "each file of tests uses its part of the rig")]
mod rig;

use std::fs;
use std::process::{Command, Stdio};

use guanxi::app::{Effect, Msg};
use guanxi::domain::change::Change;
use guanxi::domain::customer::CustomerId;
use guanxi::i18n::Lang;
use guanxi::store::request::{Answer, Query};
use rig::Rig;

/// Somebody else erases a customer.
fn erased(rig: &mut Rig, code: &str, name: &str) -> CustomerId {
    let Answer::ByCode(Some(customer)) =
        rig.store.ask(&rig.actor, &Query::ByCode(code.into()), rig.now).unwrap()
    else {
        unreachable!("{code}")
    };
    rig.write(Change::Erase { customer, name: name.into(), reason: "来函".into() });
    rig.send(Msg::Elsewhere);
    customer
}

#[test]
fn i18_a_form_that_is_open_or_waits_about_an_erased_customer_goes_with_its_draft() {
    let mut rig = Rig::company(Lang::Zh, 80, 24);
    // one waits, one is open, one is about somebody else
    rig.keys("f优品汇<Enter>a别的客户<Esc>");
    rig.keys("f<C-u>恒远<Enter>a打高尔夫<Esc>");
    rig.keys("a又打高尔夫").pass(1).shows(&["又打高尔夫"]);
    assert_eq!(rig.drafts.len(), 3);
    erased(&mut rig, "C202405002", "恒远物流有限公司");
    rig.shows(&["该客户已应要求抹除"]).hides(&["又打高尔夫"]);
    assert_eq!(rig.drafts.len(), 1, "the other customer's stays");
    rig.keys("<F5>").shows(&["别的客户"]).hides(&["打高尔夫"]);
    assert!(!format!("{:?}", rig.app.place()).contains("恒远物流"), "nor does the place name them");
}

#[test]
fn i18_who_was_erased_before_the_program_started_takes_the_draft_along() {
    let mut rig = Rig::company(Lang::En, 80, 24);
    rig.keys("f恒远<Enter>a打高尔夫<Esc>");
    let mut rig = rig.restart();
    rig.shows(&["1"]);
    erased(&mut rig, "C202405002", "恒远物流有限公司");
    assert!(rig.drafts.is_empty());
    rig.keys("<F5>").hides(&["打高尔夫"]);
}

#[test]
fn i18_the_session_that_erases_clears_the_disk_of_everybody() {
    let mut rig = Rig::company(Lang::Zh, 80, 24);
    rig.keys("f恒远<Enter>2<F12>恒远物流有限公司<Tab>来函<Enter>").shows(&["不再含有身份信息"]);
    assert!(rig.wanted.iter().any(|effect| matches!(effect, Effect::Scrub(_))), "{:?}", rig.wanted);
    // once more it is for what was edited since
    rig.keys("<F12>").shows(&["该客户已抹除;请输入其原名"]).hides(&["将永久删除"]);
    rig.keys("恒远物流有限公司<Tab>复查<Enter>").shows(&["C202405002:此前已抹除;已从其后的历史中清除0行"]);
}

#[test]
fn i18_the_command_line_clears_the_disk_too() {
    let folder = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_guanxi"))
            .args(args)
            .current_dir(folder.path())
            .env_clear()
            .env("GUANXI_NOW", "2024-05-20T14:02:00+08:00")
            .env("GUANXI_DB", folder.path().join("a.db"))
            .env("GUANXI_LANG", "en")
            .env("GUANXI_USER", "wang")
            .env("HOME", folder.path())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert!(output.status.success(), "{args:?}: {output:?}");
    };
    run(&["add", "王小明"]);
    run(&["add", "别人"]);
    let drafts = folder.path().join("a.db.drafts");
    fs::create_dir(&drafts).unwrap();
    let keep = |name: &str, id: i64| {
        let subject = format!(r#"{{"id":{id},"code":"C","name":"n"}}"#);
        let text = format!(r#"{{"id":1,"kind":"contact","subject":{subject},"many":[],"texts":[]}}"#);
        fs::write(drafts.join(name), text).unwrap();
    };
    keep("li.4-4.1.json", 1);
    keep("li.4-4.2.json", 2);
    fs::write(drafts.join("notes.json"), "no json").unwrap();
    run(&["erase", "C2024050001", "--name", "王小明", "--reason", "来函"]);
    let left: Vec<bool> =
        ["li.4-4.1.json", "li.4-4.2.json", "notes.json"].map(|name| drafts.join(name).exists()).into();
    assert_eq!(left, [false, true, true]);
}
