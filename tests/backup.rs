//! Backups on the command line: copied while somebody writes, verified, encrypted to a key, pruned, restored to a new place
//! where everything is as it was; another key for them when a secret one has leaked.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says where")]

#[path = "rig/desk.rs"]
mod desk;
#[path = "rig/pty.rs"]
#[expect(dead_code, reason = "other tests measure keys and resize")]
mod pty;

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use desk::Desk;

/// A folder with a demo company.
fn company() -> Desk {
    let mut desk = Desk::new("en");
    desk.user = "wangmin";
    desk.ok(&["demo", "--fill", "--customers", "60", "--db", "a.db"]);
    desk
}

impl Desk {
    /// A pair of keys: the secret one in the file, the public one is back.
    fn pair(&self, file: &str) -> String {
        self.ok(&["backup-key", "new", file]).trim().to_owned()
    }

    /// What the company says of its customers and its board.
    fn everything(&self, db: &str) -> String {
        ["due", "matrix", "board"].map(|what| self.ok(&["--db", db, what, "--json"])).concat()
    }

    fn backups(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.path("kept"))
            .unwrap()
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

#[test]
fn the_restore_drill_an_encrypted_backup_made_while_somebody_writes_opens_elsewhere_and_is_sound() {
    let company = company();
    let public = company.pair("secret");
    let mode =
        std::os::unix::fs::PermissionsExt::mode(&fs::metadata(company.path("secret")).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
    company.ok(&["setting", "backup_key", &public]);
    let before = company.everything("a.db");
    // somebody writes all the while
    let done = Arc::new(AtomicBool::new(false));
    let writer = {
        let done = Arc::clone(&done);
        let mut commands: Vec<Command> =
            (0..200).map(|n| company.command(&["setting", "capacity", &(20 + n % 7).to_string()])).collect();
        std::thread::spawn(move || {
            let mut written = 0;
            while !done.load(Ordering::SeqCst)
                && let Some(mut command) = commands.pop()
            {
                assert!(command.output().unwrap().status.success(), "nobody waits for a backup");
                written += 1;
            }
            written
        })
    };
    let out = company.ok(&["backup", "there.db.age"]);
    assert!(out.contains("encrypted"), "{out}");
    done.store(true, Ordering::SeqCst);
    writer.join().unwrap();
    let bytes = fs::read(company.path("there.db.age")).unwrap();
    assert!(!bytes.windows(15).any(|w| w == b"SQLite format 3"), "nothing of it is plain");
    // without its key it opens for nobody
    let (status, _, err) = company.run(&["--db", "new/b.db", "restore", "there.db.age"]);
    assert_eq!(status, 1);
    assert!(err.contains("--identity FILE"), "{err}");
    company.pair("other");
    let (status, _, err) =
        company.run(&["--db", "new/b.db", "restore", "there.db.age", "--identity", "other"]);
    assert_eq!(status, 1);
    assert!(err.contains("does not open with this key"), "{err}");
    assert!(!company.path("new/b.db").exists());
    company.ok(&["--db", "new/b.db", "restore", "there.db.age", "--identity", "secret"]);
    assert!(company.ok(&["--db", "new/b.db", "check"]).contains("in order"));
    company.ok(&["--db", "new/b.db", "setting", "capacity", "25"]);
    company.ok(&["setting", "capacity", "25"]);
    assert_eq!(company.everything("new/b.db"), before);
    let log = fs::read(company.path("new/b.db")).unwrap().get(18..20).map(<[u8]>::to_vec);
    assert_eq!(
        log,
        Some(vec![2, 2]),
        "it has a log again: who reads and who writes do not wait for each other"
    );
    let left: Vec<_> = fs::read_dir(company.path("new")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(
        left.iter().all(|n| !n.to_str().unwrap().contains("unlocked")),
        "nothing plain is left: {left:?}"
    );
}

#[test]
fn backups_into_a_folder_are_dated_and_the_settings_say_how_many_stay() {
    let company = company();
    fs::create_dir(company.path("kept")).unwrap();
    for (key, value) in [("backups_hourly", "2"), ("backups_daily", "2"), ("backups_monthly", "1")] {
        company.ok(&["setting", key, value]);
    }
    fs::write(company.path("kept/notes.txt"), "not a backup").unwrap();
    for at in
        ["2024-05-18T09", "2024-05-18T23", "2024-05-19T09", "2024-05-20T07", "2024-05-20T08", "2024-05-20T09"]
    {
        let mut command = company.command(&["backup", "--into", "kept"]);
        let made = command.env("GUANXI_NOW", format!("{at}:00:00+08:00")).output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    }
    assert_eq!(
        company.backups(),
        ["guanxi-20240519-090000.db", "guanxi-20240520-080000.db", "guanxi-20240520-090000.db", "notes.txt"]
    );
    let (status, _, err) = company.run(&["backup", "kept/guanxi-20240520-090000.db"]);
    assert_eq!(status, 1);
    assert!(err.contains("there already"), "{err}");
    assert_eq!(company.run(&["backup"]).0, 2);
}

#[test]
fn k52_after_a_leak_every_backup_opens_with_the_new_key_alone() {
    let company = company();
    fs::create_dir(company.path("kept")).unwrap();
    let old = company.pair("old");
    company.ok(&["backup", "kept/guanxi-20240519-090000.db"]);
    company.ok(&["backup", "kept/guanxi-20240520-090000.db.age", "--to", &old]);
    let new = company.pair("new");
    // without the old secret key only what comes from now on is changed, and that is said
    let out = company.ok(&["backup-key", "change", "kept", "--to", &new]);
    assert!(out.contains("Those made before still open with the old one"), "{out}");
    let out = company.run(&["backup-key", "change", "kept", "--to", &new, "--identity", "old"]);
    assert_eq!(out.0, 0, "{}", out.2);
    assert!(out.1.contains("with the new key alone now: 1"), "{}", out.1);
    assert!(out.2.contains("not encrypted") && out.2.contains("guanxi-20240519-090000.db"), "{}", out.2);
    let restore = |identity: &str, to: &str| {
        let file = "kept/guanxi-20240520-090000.db.age";
        company.run(&["--db", to, "restore", file, "--identity", identity]).0
    };
    assert_eq!((restore("old", "c.db"), restore("new", "c.db")), (1, 0));
    assert!(company.ok(&["--db", "c.db", "check"]).contains("in order"));
    assert_eq!(company.ok(&["setting", "backup_key"]).trim(), new);
}

#[test]
fn what_is_no_key_is_one_sentence_and_changes_nothing() {
    let company = company();
    fs::write(company.path("note"), "hello").unwrap();
    for (args, words) in [
        (&["backup", "x.age", "--to", "age1x"][..], "begins with age1"),
        (&["setting", "backup_key", "hello"], "begins with age1"),
        (&["restore", "a.db", "--identity", "note"], "no secret key"),
        (&["restore", "a.db", "--identity", "absent"], "absent"),
        (&["backup-key", "new", "note"], "there already"),
        (&["backup-key", "change", "nowhere", "--to", "x"], "begins with age1"),
    ] {
        let (status, out, err) = company.run(args);
        assert_eq!(status, 1, "{args:?}: {out}{err}");
        assert!(err.contains(words), "{args:?}: {err}");
    }
    assert!(!company.path("x.age").exists());
    assert_eq!(fs::read(company.path("note")).unwrap(), b"hello");
}

#[test]
fn a_bare_name_is_a_file_of_the_folder_one_stands_in_and_restores_without_a_complaint() {
    let company = company();
    company.ok(&["--db", "a.db", "backup", "a.db.bak"]);
    let before = company.everything("a.db");
    company.ok(&["--db", "a.db", "setting", "capacity", "7"]);
    // a.db has no folder in its name
    let said = company.ok(&["--db", "a.db", "restore", "a.db.bak"]);
    assert!(said.contains("a.db.bak"), "{said}");
    assert_eq!(company.everything("a.db"), before);
}

/// Set in the process of a session that has a file open: which.
const OPEN: &str = "GUANXI_TEST_OPEN";

/// A session in a process of its own, which has lost the engine's locks: some descriptor of the file was closed in it.
#[test]
fn a_session_of_its_own_process_is_started_by_the_restore_below() {
    let Ok(db) = std::env::var(OPEN) else { return };
    let store = guanxi::store::Store::open(Path::new(&db), guanxi::store::Mode::Existing).unwrap();
    drop(fs::File::open(&db).unwrap());
    println!("\nopen");
    std::thread::sleep(std::time::Duration::from_mins(5));
    drop(store);
}

/// The same, once it has the file open.
fn idle(db: &Path) -> Child {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["a_session_of_its_own_process_is_started_by_the_restore_below", "--exact", "--nocapture"])
        .env(OPEN, db)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.map(Result::unwrap).any(|line| line == "open"), "the session ended");
    child
}

#[test]
fn nothing_is_restored_under_a_session_however_idle_and_one_that_was_killed_is_none() {
    let company = company();
    company.ok(&["--db", "a.db", "backup", "b.db"]);
    let files = |company: &Desk| fs::read_dir(company.path(".")).unwrap().count();
    let mut session = idle(&company.path("a.db"));
    let before = files(&company);
    for args in
        [&["--db", "a.db", "restore", "b.db"][..], &["--db", "a.db", "demo", "--fill", "--customers", "1"]]
    {
        let (status, out, err) = company.run(args);
        assert_eq!(status, 1, "{out}");
        assert!(err.contains("Another session"), "{err}");
    }
    assert_eq!(files(&company), before, "nothing was put beside");
    session.kill().unwrap();
    session.wait().unwrap();
    company.ok(&["--db", "a.db", "restore", "b.db"]);
}

#[test]
fn a_screen_whose_file_was_replaced_says_so_and_keeps_what_was_typed() {
    let company = company();
    company.ok(&["--db", "a.db", "backup", "b.db"]);
    let (db, home) = (company.path("a.db"), company.path("."));
    let home = home.to_str().unwrap();
    let env = [("GUANXI_USER", "wangmin"), ("HOME", home), ("XDG_CONFIG_HOME", home)];
    let args = ["--db", db.to_str().unwrap(), "--lang", "en"];
    let mut screen = pty::Session::start(Path::new(env!("CARGO_BIN_EXE_guanxi")), &args, &env, (100, 30));
    screen.wait("C20");
    let (status, _, err) = company.run(&["--db", "a.db", "restore", "b.db"]);
    assert!(status == 1 && err.contains("Another session"), "{err}");
    // by other means than ours nothing keeps it in its place
    fs::rename(&db, company.path("away.db")).unwrap();
    fs::rename(company.path("b.db"), &db).unwrap();
    screen.keys("n");
    screen.expect("New customer");
    screen.send("恢复后新客户".as_bytes());
    screen.keys("<Enter>");
    screen.expect("Another database was put in the place");
    assert!(screen.screen().contains("恢复后新客户"), "{}", screen.screen());
    screen.keys("<Esc>");
    screen.keys("q");
    assert!(screen.end().success());
    assert_ne!(company.run(&["--db", "a.db", "find", "恢复后新客户"]).0, 0);
    assert_ne!(company.run(&["--db", "away.db", "find", "恢复后新客户"]).0, 0);
}
