//! A leak from the keyboard and from the command line: what the screen shows, that the old key shows nowhere, what is
//! printed, exit statuses.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says where")]

#[path = "rig/pty.rs"]
#[expect(dead_code, reason = "the benchmark measures with it")]
mod pty;
#[expect(dead_code, reason = "each file of tests uses its part of the rig")]
mod rig;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use guanxi::app::{Effect, Msg};
use guanxi::domain::filter;
use guanxi::domain::leak::Secret;
use guanxi::domain::people::Via;
use guanxi::i18n::Lang;
use guanxi::store::Store;
use guanxi::store::request::export::{Exported, Wanted};
use guanxi::store::request::{Rekeyed, VaultError};
use rig::Rig;

const NOW: &str = "2024-05-20T14:02:00+08:00";
const OLD: &str = "AGE-SECRET-KEY-1QQPQYQ";

/// The demo company with its team; Zhang Lei has taken customers out, and whoever may answer sits at the screen.
fn company(lang: Lang, width: u16, height: u16) -> Rig {
    let mut store = Store::memory().unwrap();
    guanxi::demo::fill(&mut store, 40, 1, rig::now(), &mut |_| {}).unwrap();
    let actor = store.actor("zhanglei", Via::Command, "s").unwrap().unwrap();
    let wanted = Wanted {
        request: "x".into(),
        what: Exported::Customers,
        filter: filter::parse("owner:me").unwrap(),
        only: Vec::new(),
        period: None,
        typed: "owner:me".into(),
        format: "csv".into(),
        place: "名单.csv".into(),
        reason: "季度对账".into(),
    };
    let mut export = store.export(&actor, &wanted, rig::now()).unwrap();
    while store.export_page(&actor, &mut export).unwrap().is_some() {}
    store.export_ended(&export, true, rig::now()).unwrap();
    Rig::on(store, lang, width, height)
}

fn reported(lang: Lang) -> Rig {
    let mut rig = company(lang, 80, 24);
    rig.keys("<F9>n客户收到骚扰电话<Tab>z<Enter><Enter>");
    rig
}

#[test]
fn k52_h35_the_case_runs_from_one_screen_each_step_one_key() {
    let mut rig = company(Lang::Zh, 80, 24);
    rig.keys("<F9>").shows(&["客户信息泄露", "没有泄露事件"]);
    rig.keys("n客户收到骚扰电话<Tab>z").shows(&["上报信息泄露", "← 张磊 →"]);
    rig.keys("<Enter>").shows(&["张磊", "0/4", "处理中"]);
    rig.keys("<Enter>").shows(&[
        "泄露事件1号 · 张磊",
        "05-20 15:02 前启动",
        "客户收到骚扰电话",
        "客户 owner:me → 名单.csv",
    ]);
    // shut out: asked once more, then the step is ticked with who and when
    rig.keys("f").shows(&["立即冻结 张磊"]);
    rig.keys("<Enter>").shows(&["[✓] f 冻结涉事人员权限 · 已冻结", "王敏 05-20 14:02"]);
    assert!(rig.wanted.iter().any(|effect| matches!(effect, Effect::ShutOut(_))), "what hangs is ended too");
    rig.keys("x").shows(&["[✓] x 审计导出日志"]);
    rig.keys("<Tab>").shows(&["涉及客户", "尚未致歉", "张磊"]);
    rig.keys("a").shows(&["致歉与补偿:"]);
    rig.keys("就资料外泄致歉<Tab>200<Enter>").shows(&["泄露致歉补偿"]);
    rig.keys("<End>").shows(&["¥200 · 王敏 05-20 14:02"]);
    rig.keys("A致歉信已寄出<Enter>").shows(&["[✓] a 致歉并补偿客户"]).hides(&["尚未致歉"]);
    // the key of the backups was not changed: that is refused, or has its reason
    rig.keys("c已致歉").shows(&["关闭泄露事件,未完成:更换数据加密"]);
    rig.keys("<Enter>").shows(&["未完成步骤的原因:请填写"]);
    rig.keys("备份不在此服务器<Enter>")
        .shows(&["王敏 于 05-20 14:02 关闭:已致歉(未做步骤的原因:备份不在此服务器)"]);
    rig.keys("<Esc>").shows(&["3/4", "已关闭"]);
}

#[test]
fn k52_the_old_key_is_pasted_used_once_and_shows_nowhere() {
    let mut rig = reported(Lang::En);
    rig.keys("K").shows(&["Another key for the backups", "New public key", "Old secret key"]);
    rig.send(Msg::Paste("age1newkey".into()));
    rig.keys("<Tab>");
    rig.send(Msg::Paste(format!("# old\n{OLD}\n")));
    rig.shows(&["age1newkey", "28 characters, hidden"]).hides(&["AGE-SECRET"]);
    rig.keys("<Enter>").shows(&["being encrypted anew"]).hides(&["AGE-SECRET", "hidden"]);
    // it takes a while with many backups: nobody has to wait in front of it, or can begin it twice
    rig.keys("<Esc>").hides(&["being encrypted anew"]);
    rig.keys("K").shows(&["being encrypted anew"]);
    let given = rig.wanted.iter().find_map(|effect| match effect {
        Effect::Reencrypt { leak, key, old } => Some((*leak, key.clone(), old.clone())),
        _ => None,
    });
    let (leak, key, old) = given.unwrap();
    assert_eq!((leak, key.as_str()), (1, "age1newkey"));
    assert!(old.as_ref().map(Secret::tell).unwrap().contains(OLD));
    // neither a log of what the program wants nor a draft has it, nor what is kept of the screen
    assert!(!format!("{:?}{:?}", rig.wanted, rig.app).contains("AGE-SECRET"));
    assert!(rig.drafts.is_empty());
    rig.send(Msg::Reencrypted(Err(VaultError::Identity(String::new()))));
    rig.shows(&["pasted text holds no secret key", "▸ Old secret key"]);
    rig.keys("<Enter>");
    let told = Rekeyed { changed: vec!["a.age".into()], shut: vec!["b.age".into()], plain: Vec::new() };
    rig.send(Msg::Reencrypted(Ok(Some(told))));
    rig.shows(&["with the new key alone now: 1"]).hides(&["Another key for the backups"]);
}

#[test]
fn g1_the_alarm_opens_the_case_and_whoever_may_not_answer_is_told_so() {
    let mut rig = reported(Lang::En);
    rig.keys("<Esc><Esc>5<Tab>").shows(&["Information leak"]);
    rig.keys("<Enter>").shows(&["Leak no. 1 · 张磊", "freeze the person's access"]);
    let mut store = Store::memory().unwrap();
    guanxi::demo::fill(&mut store, 40, 1, rig::now(), &mut |_| {}).unwrap();
    let mut rig = Rig::on(store, Lang::En, 80, 24);
    rig.actor = rig.store.actor("zhanglei", Via::Screen, "rig").unwrap().unwrap();
    rig.keys("<F9>").shows(&["You may not do this"]);
}

#[test]
fn the_case_fits_every_size_in_both_languages() {
    for lang in [Lang::En, Lang::Zh] {
        for (width, height) in [(40, 12), (80, 24), (120, 36)] {
            let mut rig = company(lang, width, height);
            rig.keys("<F9>n名单外泄<Tab>z<Enter><Enter>").shows(&["张磊"]);
            rig.keys("<Tab>K").screen();
            rig.keys("<Esc>f").screen();
        }
    }
}

#[test]
fn k52_the_command_line_does_each_step_and_says_what_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("a.db");
    let run = |user: &str, args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_guanxi"))
            .arg("--db")
            .arg(&db)
            .args(args)
            .current_dir(folder.path())
            .env_clear()
            .env("GUANXI_NOW", NOW)
            .env("GUANXI_LANG", "en")
            .env("GUANXI_USER", user)
            .env("HOME", folder.path())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    };
    let ok = |user: &str, args: &[&str]| {
        let (status, out, err) = run(user, args);
        assert_eq!(status, 0, "{args:?}: {out}{err}");
        format!("{out}{err}")
    };
    ok("boss", &["add", "恒远物流"]);
    for (name, role) in [("li", "rep"), ("zhou", "security")] {
        ok("boss", &["user", "add", name, "--role", role]);
    }
    ok("li", &["add", "宏达机械"]);
    ok("li", &["export", "customers", "--reason", "对账", "-o", "list.csv"]);
    assert_eq!(run("zhou", &["leak"]).0, 3, "none yet");
    let told = ok("zhou", &["leak", "--report", "名单外泄", "--person", "li", "--at", "2024-05-20 13:30"]);
    assert!(
        told.contains("Leak no. 1 is reported; the first step is due by 05-20") && told.contains("14:30"),
        "{told}"
    );
    assert!(told.contains("宏达机械") && told.contains("list.csv") && !told.contains("恒远物流"), "{told}");
    assert!(ok("zhou", &["leak"]).contains("0/4"));
    assert_eq!(run("li", &["leak", "1"]).0, 1, "not for everybody");
    assert_eq!(run("zhou", &["leak", "2"]).0, 3);
    for (args, status, words) in [
        (&["leak", "1", "dance"][..], 2, "freeze, audit, key, apologise or close"),
        (&["leak", "1", "key"], 2, "--new-key"),
        (&["leak", "1", "apologise"], 2, "--said"),
        (&["leak", "1", "apologise", "--said", "x", "--via", "pigeon"], 2, "pigeon"),
        (&["leak", "1", "key", "--new-key", "age1"], 1, "begins with age1"),
        (&["leak", "1", "close", "--said", "x"], 1, "Not done yet: freeze the person's access"),
    ] {
        let (code, _, err) = run("zhou", args);
        assert!(code == status && err.contains(words), "{args:?}: {code} {err}");
    }
    assert!(ok("zhou", &["leak", "1", "freeze"]).contains("[x] freeze the person's access"));
    assert_eq!(run("li", &["find", "宏达"]).0, 1, "shut out");
    ok("zhou", &["leak", "1", "audit"]);
    let old = ok("boss", &["backup-key", "new", "old"]);
    let old = old.lines().find(|l| l.starts_with("age1")).unwrap().to_owned();
    ok("boss", &["setting", "backup_key", &old]);
    fs::create_dir(folder.path().join("kept")).unwrap();
    ok("boss", &["backup", "--into", "kept"]);
    let new = ok("boss", &["backup-key", "new", "new"]);
    let new = new.lines().find(|l| l.starts_with("age1")).unwrap().to_owned();
    let told = ok("zhou", &["leak", "1", "key", "--new-key", &new, "--old-key", "old"]);
    assert!(told.contains("with the new key alone now: 1") && told.contains("backups changed 1"), "{told}");
    let told = ok("zhou", &["leak", "1", "apologise", "--said", "就资料外泄致歉", "--pays", "200"]);
    assert!(told.contains("Customers apologised to: 1; left: 0") && told.contains("¥200"), "{told}");
    let told = ok("zhou", &["leak", "1", "close", "--said", "已处理", "--json"]);
    assert!(told.contains("\"compensation_yuan\": 200.00"), "{told}");
    let case: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!((case["state"].as_str(), case["told"].as_i64()), (Some("closed"), Some(1)));
    assert!(ok("boss", &["check"]).contains("in order"));
}

/// What the program prints for somebody in a folder with a database `a.db`, where it goes through.
fn printed(folder: &Path, user: &str, now: &str, args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_guanxi"))
        .arg("--db")
        .arg(folder.join("a.db"))
        .args(args)
        .current_dir(folder)
        .env_clear()
        .envs([("GUANXI_NOW", now), ("GUANXI_LANG", "en"), ("GUANXI_USER", user)])
        .env("HOME", folder)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    assert!(output.status.success(), "{args:?}: {said}");
    said
}

/// A pair of keys in a file of the folder: secret and public.
fn pair(folder: &Path, name: &str) -> (String, String) {
    printed(folder, "wangmin", NOW, &["backup-key", "new", name]);
    let file = fs::read_to_string(folder.join(name)).unwrap();
    let line = |with: &str| {
        let at = file.find(with).unwrap();
        file[at..].split_whitespace().next().unwrap().to_owned()
    };
    (line("AGE-SECRET-KEY-"), line("age1"))
}

/// Whether the copies of the folder open with a key.
fn opens(folder: &Path, secret: &str) -> bool {
    let keys = guanxi::store::vault::identities(secret).unwrap();
    let copies = fs::read_dir(folder.join("kept")).unwrap().map(|file| file.unwrap().path());
    let to = folder.join("opened");
    let all = copies.map(|copy| {
        let opened = guanxi::store::vault::unlock(&copy, &keys, &to).is_ok();
        let _ = fs::remove_file(&to);
        opened
    });
    let all: Vec<bool> = all.collect();
    assert!(!all.is_empty() && all.iter().all(|one| *one == all[0]), "{all:?}");
    all[0]
}

#[test]
fn k52_the_whole_case_in_the_real_program_without_the_old_key_and_then_with_it() {
    let texts = [
        ("zh", (80, 24), ["仅新备份", "未提供旧私钥", "已更换1份", "关闭:已处理"]),
        ("en", (120, 36), ["new backups only", "still open with the old", "backups changed 1", "已处理"]),
    ];
    for (lang, size, [only_new, without, changed, closed]) in texts {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        printed(folder, "wangmin", NOW, &["demo", "--fill", "--customers", "60"]);
        printed(folder, "zhanglei", NOW, &["export", "customers", "--reason", "对账", "-o", "list.csv"]);
        let ((old, to_old), (new, to_new)) = (pair(folder, "old"), pair(folder, "new"));
        printed(folder, "wangmin", NOW, &["setting", "backup_key", &to_old]);
        fs::create_dir(folder.join("kept")).unwrap();
        printed(folder, "wangmin", NOW, &["backup", "--into", "kept"]);
        assert!(opens(folder, &old) && !opens(folder, &new));
        let (db, home) = (folder.join("a.db"), folder.to_str().unwrap());
        let mut screen = pty::Session::start(
            Path::new(env!("CARGO_BIN_EXE_guanxi")),
            &["--db", db.to_str().unwrap(), "--lang", lang],
            &[("GUANXI_NOW", NOW), ("GUANXI_USER", "wufeng"), ("HOME", home), ("XDG_CONFIG_HOME", home)],
            size,
        );
        let paste = |screen: &mut pty::Session, text: &str| {
            screen.send(format!("\x1b[200~{text}\x1b[201~").as_bytes());
            screen.rest(std::time::Duration::from_millis(100));
        };
        screen.wait("▌  C20");
        screen.keys("<F9>n名单外泄<Tab>张磊<Enter>");
        screen.expect("0/4");
        screen.keys("<Enter>");
        screen.expect("list.csv");
        screen.keys("f<Enter>x");
        screen.expect("[✓] x");
        // without the old key only what comes is encrypted to the new one, and that is said plainly
        screen.keys("K");
        paste(&mut screen, &to_new);
        screen.keys("<Enter>");
        screen.expect(only_new);
        screen.expect(without);
        assert!(opens(folder, &old), "{}", screen.screen());
        // the old key is found: the same new one is given again with it
        screen.keys("K");
        paste(&mut screen, &to_new);
        screen.keys("<Tab>");
        paste(&mut screen, &old);
        assert!(!screen.screen().contains("AGE-SECRET"), "{}", screen.screen());
        screen.keys("<Enter>");
        screen.expect(changed);
        assert!(opens(folder, &new) && !opens(folder, &old));
        screen.keys("<Tab>A就资料外泄致歉<Tab>200<Enter>");
        screen.expect("[✓] a");
        screen.expect("¥200");
        screen.keys("c已处理<Enter>");
        screen.expect(closed);
        screen.keys("<Esc>");
        screen.expect("4/4");
        let case: serde_json::Value =
            serde_json::from_str(&printed(folder, "wufeng", NOW, &["leak", "1", "--json"])).unwrap();
        assert_eq!(
            (case["state"].as_str(), case["told"].as_i64()),
            (Some("closed"), case["affected"].as_i64())
        );
        assert!(printed(folder, "wangmin", NOW, &["check"]).contains("in order"));
    }
}
