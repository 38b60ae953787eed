//! What happens to the disk under a database: the power goes while people write, and the disk runs full under a form. Real
//! file systems in an image and in memory, the real program; it needs root, loop devices and mkfs.ext4, and says plainly
//! where they are missing (operations.md section 9, lines 7 and 8).

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test ends where anything fails")]

#[path = "rig/pty.rs"]
#[expect(dead_code, reason = "other tests measure keys and resize")]
mod pty;

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use guanxi::domain::change::{Change, Envelope, NewContact, NewCustomer};
use guanxi::domain::clock::Now;
use guanxi::domain::field::{Field, Value};
use guanxi::domain::people::Via;
use guanxi::store::{Mode, Store};

/// Times the power goes; `CUTS=` for another number.
const CUTS: u64 = 20;
/// Writers at work when it goes.
const WRITERS: u64 = 3;
/// Set in the process of a writer: its number.
const WRITER: &str = "GUANXI_TEST_WRITER";
/// Where the processes of writers find the database.
const DATABASE: &str = "GUANXI_TEST_DATABASE";

/// A folder that something is mounted on; unmounted when it goes out of scope.
struct Mount(PathBuf);

impl Mount {
    /// Mounts, or says why it cannot be.
    fn new(args: &[&str], at: &Path) -> Option<Self> {
        fs::create_dir_all(at).unwrap();
        let done = Command::new("mount").args(args).arg(at).stderr(Stdio::piped()).output();
        match done {
            Ok(out) if out.status.success() => Some(Self(at.to_owned())),
            Ok(out) => {
                eprintln!("LEFT OUT: mount {args:?}: {}", String::from_utf8_lossy(&out.stderr).trim());
                None
            }
            Err(error) => {
                eprintln!("LEFT OUT: mount {args:?}: {error}");
                None
            }
        }
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        // lazily: a program that is just ending may still stand in it
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

fn guanxi(db: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_guanxi"));
    command
        .env_clear()
        .env("GUANXI_USER", "wang")
        .env("GUANXI_LANG", "en")
        .env("HOME", db.parent().unwrap())
        .arg("--db")
        .arg(db)
        .stdin(Stdio::null());
    command
}

/// What a command says, which has to go well.
fn ok(command: &mut Command) -> String {
    let out = command.output().unwrap();
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(out.status.success(), "{text}{}", String::from_utf8_lossy(&out.stderr));
    text
}

fn now(store: &Store) -> Now {
    Now { at: std::time::SystemTime::now().into(), zone: store.zone() }
}

fn company(db: &Path) {
    let mut store = Store::open(db, Mode::Create).unwrap();
    let at = now(&store);
    store.personal("wang", "王敏", at).unwrap();
}

/// One writer in a process of its own: customers with a contact and a phone, one after the other, each said once it is
/// acknowledged; and a file beside that nobody syncs.
#[test]
fn a_writer_of_its_own_process_is_started_by_the_power_cut_below() {
    let (Ok(writer), Ok(db)) = (std::env::var(WRITER), std::env::var(DATABASE)) else { return };
    let db = PathBuf::from(db);
    let mut store = Store::open(&db, Mode::Existing).unwrap();
    let actor = store.actor("wang", Via::Command, &format!("writer-{writer}")).unwrap().unwrap();
    let mut beside = fs::File::create(db.with_file_name(format!("unsynced-{writer}"))).unwrap();
    for n in 0.. {
        let name = format!("甲{writer}号{n}公司");
        let new = NewCustomer {
            values: vec![(Field::Name, Value::text(&name))],
            contacts: vec![NewContact {
                name: format!("联系人{n}"),
                title: None,
                methods: vec![("mobile".into(), format!("139{n:08}"))],
            }],
            ..NewCustomer::default()
        };
        let change = Change::AddCustomer(Box::new(new));
        let envelope = Envelope { request: name.clone(), change, reason: None };
        let at = now(&store);
        store.write(&actor, &envelope, at).unwrap();
        // a line whole, or none
        std::io::stdout().write_all(format!("\nacknowledged {name}\n").as_bytes()).unwrap();
        writeln!(beside, "{name}").unwrap();
    }
}

fn writer(db: &Path, number: u64) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["a_writer_of_its_own_process_is_started_by_the_power_cut_below", "--exact", "--nocapture"])
        .env(WRITER, number.to_string())
        .env(DATABASE, db)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// What lies on the disk at one moment: copied until a second look finds it unchanged.
fn on_the_disk(image: &Path, copy: &Path) {
    loop {
        fs::copy(image, copy).unwrap();
        if fs::read(image).unwrap() == fs::read(copy).unwrap() {
            return;
        }
    }
}

/// Names of customers with a contact and a phone, and how many lack one.
fn customers(db: &Path) -> (BTreeSet<String>, i64) {
    let db = rusqlite::Connection::open_with_flags(db, rusqlite::OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap();
    let names = db
        .prepare("SELECT name FROM customer c WHERE EXISTS(SELECT 1 FROM method m WHERE m.customer_id=c.id)")
        .unwrap()
        .query_map([], |r| r.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let halves = "SELECT count(*) FROM customer c JOIN facts f ON f.customer_id=c.id
                  WHERE NOT EXISTS(SELECT 1 FROM method m WHERE m.customer_id=c.id)";
    (names, db.query_row(halves, [], |r| r.get(0)).unwrap())
}

#[test]
fn s07_whatever_was_acknowledged_is_there_after_the_power_went_and_nothing_is_half_there() {
    let folder = tempfile::tempdir().unwrap();
    let (image, copy) = (folder.path().join("disk"), folder.path().join("after"));
    fs::File::create(&image).unwrap().set_len(48 << 20).unwrap();
    let made = Command::new("mkfs.ext4").args(["-q", "-F"]).arg(&image).status();
    if !made.is_ok_and(|status| status.success()) {
        eprintln!("LEFT OUT: a power cut needs mkfs.ext4");
        return;
    }
    let place = folder.path().join("mnt");
    let mut acknowledged = BTreeSet::new();
    let mut unsynced = 0;
    let cuts = std::env::var("CUTS").ok().and_then(|n| n.parse().ok()).unwrap_or(CUTS);
    for cut in 0..cuts {
        let Some(mount) = Mount::new(&["-o", "loop", image.to_str().unwrap()], &place) else { return };
        let db = place.join("a.db");
        if cut == 0 {
            company(&db);
        }
        let mut crowd: Vec<Child> = (0..WRITERS).map(|n| writer(&db, cut * WRITERS + n)).collect();
        let mut heard: Vec<_> = crowd.iter_mut().map(|c| BufReader::new(c.stdout.take().unwrap())).collect();
        // every one of them is at work
        for out in &mut heard {
            let mut line = String::new();
            while !line.starts_with("acknowledged") {
                line.clear();
                assert!(out.read_line(&mut line).unwrap() > 0, "a writer ended");
            }
            acknowledged.insert(line.trim().trim_start_matches("acknowledged ").to_owned());
        }
        std::thread::sleep(Duration::from_millis(40 + cut * 37 % 200));
        for child in &mut crowd {
            child.kill().unwrap();
        }
        on_the_disk(&image, &copy);
        for (mut child, out) in crowd.into_iter().zip(heard) {
            child.wait().unwrap();
            let lines = out.lines().map(Result::unwrap);
            acknowledged.extend(lines.filter_map(|l| l.strip_prefix("acknowledged ").map(ToOwned::to_owned)));
        }
        // the machine that was on has forgotten everything; the next one finds the disk
        drop(mount);
        fs::rename(&copy, &image).unwrap();
        let mount = Mount::new(&["-o", "loop", image.to_str().unwrap()], &place).unwrap();
        let said = ok(guanxi(&db).arg("check"));
        let (there, halves) = customers(&db);
        let missing: Vec<_> = acknowledged.difference(&there).collect();
        assert!(missing.is_empty(), "cut {cut}: {missing:?} were acknowledged and are gone; {said}");
        assert_eq!(halves, 0, "cut {cut}");
        assert!(there.len() as u64 <= acknowledged.len() as u64 + (cut + 1) * WRITERS, "cut {cut}");
        let lost = |n: u64| fs::metadata(place.join(format!("unsynced-{n}"))).map_or(true, |m| m.len() == 0);
        unsynced += (cut * WRITERS..(cut + 1) * WRITERS).filter(|n| lost(*n)).count();
        drop(mount);
    }
    eprintln!(
        "power: {cuts} cuts, {} acknowledged, 0 missing; {unsynced} files that nobody synced are gone",
        acknowledged.len()
    );
    assert!(unsynced > 0, "the cuts were none: what nobody had synced is there");
}

/// The cursor stands on a customer: the first rows are there.
const ROW: &str = "▌  C20";

#[test]
fn s08_on_a_full_disk_a_form_keeps_its_text_and_saves_it_once_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("mnt");
    let Some(_mount) = Mount::new(&["-t", "tmpfs", "-o", "size=6m", "none"], &place) else { return };
    let db = place.join("a.db");
    company(&db);
    ok(guanxi(&db).args(["add", "恒远物流有限公司", "--set", "phone=13800138000"]));
    let home = folder.path().to_str().unwrap();
    let env = [("GUANXI_USER", "wang"), ("HOME", home), ("XDG_CONFIG_HOME", home)];
    let args = ["--db", db.to_str().unwrap(), "--lang", "en"];
    let mut screen = pty::Session::start(Path::new(env!("CARGO_BIN_EXE_guanxi")), &args, &env, (100, 30));
    screen.wait(ROW);
    screen.keys("e");
    screen.expect("Edit customer");
    screen.keys("<C-e>");
    screen.send("北方分公司".as_bytes());
    screen.expect("北方分公司");
    // to the last byte
    let ballast = place.join("ballast");
    let mut file = fs::File::create(&ballast).unwrap();
    while file.write_all(&[0; 4096]).is_ok() {}
    screen.keys("<Enter>");
    screen.expect("disk is full");
    assert!(screen.screen().contains("北方分公司"), "{}", screen.screen());
    // others read on, and nothing of it is there
    assert!(!ok(guanxi(&db).args(["find", "恒远"])).contains("北方分公司"));
    drop(file);
    fs::remove_file(&ballast).unwrap();
    ok(guanxi(&db).arg("check"));
    screen.keys("<Enter>");
    screen.rest(Duration::from_millis(500));
    assert!(
        ok(guanxi(&db).args(["find", "恒远"])).contains("恒远物流有限公司北方分公司"),
        "{}",
        screen.screen()
    );
    screen.keys("q");
    assert!(screen.end().success());
    ok(guanxi(&db).arg("check"));
}

/// The screen of a database, once it shows the customers.
fn opened(db: &Path, home: &Path) -> pty::Session {
    let home = home.to_str().unwrap();
    let env = [("GUANXI_USER", "wang"), ("HOME", home), ("XDG_CONFIG_HOME", home)];
    let args = ["--db", db.to_str().unwrap(), "--lang", "en"];
    let mut screen = pty::Session::start(Path::new(env!("CARGO_BIN_EXE_guanxi")), &args, &env, (100, 30));
    screen.wait(ROW);
    screen
}

/// Types a customer into a form that cannot be saved: the sentence comes and the text stays.
fn refused(screen: &mut pty::Session, name: &str, sentence: &str) {
    screen.keys("n");
    screen.expect("New customer");
    screen.send(name.as_bytes());
    screen.keys("<Enter>");
    screen.expect(sentence);
    assert!(screen.screen().contains(name), "{}", screen.screen());
}

#[test]
fn a_disk_that_is_full_at_the_start_is_read_and_written_again_once_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("mnt");
    let Some(_mount) = Mount::new(&["-t", "tmpfs", "-o", "size=6m", "none"], &place) else { return };
    let db = place.join("a.db");
    company(&db);
    ok(guanxi(&db).args(["add", "恒远物流有限公司", "--set", "phone=13800138000"]));
    let ballast = place.join("ballast");
    let mut file = fs::File::create(&ballast).unwrap();
    while file.write_all(&[0; 4096]).is_ok() {}
    drop(file);
    let mut screen = opened(&db, folder.path());
    assert!(screen.screen().contains("The disk is full: look up what you like"), "{}", screen.screen());
    screen.keys("/");
    screen.send(b"8000");
    screen.expect("恒远物流有限公司");
    screen.keys("<Esc>");
    screen.expect("read-only");
    refused(&mut screen, "北方甲公司", "The disk is full: not saved");
    fs::remove_file(&ballast).unwrap();
    screen.keys("<Enter>");
    screen.expect("北方甲公司  C20");
    assert!(!screen.screen().contains("read-only"), "{}", screen.screen());
    // what others write from now on is seen as ever
    ok(guanxi(&db).args(["add", "南方乙公司"]));
    screen.keys("1");
    screen.expect("南方乙公司");
    screen.keys("q");
    assert!(screen.end().success());
    ok(guanxi(&db).arg("check"));
}

#[test]
fn a_file_system_that_can_only_be_read_is_read_and_said_to_be_so() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("mnt");
    let Some(_mount) = Mount::new(&["-t", "tmpfs", "-o", "size=20m", "none"], &place) else { return };
    let db = place.join("a.db");
    company(&db);
    ok(guanxi(&db).args(["add", "恒远物流有限公司", "--set", "phone=13800138000"]));
    let mount = |how: &str| {
        assert!(Command::new("mount").args(["-o", how]).arg(&place).status().unwrap().success());
    };
    mount("remount,ro");
    let out = guanxi(&db).args(["add", "北方甲公司"]).env("HOME", folder.path()).output().unwrap();
    assert!(!out.status.success());
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(said.contains("a.db can only be read") && said.contains("mounted read-only"), "{said}");
    assert!(ok(guanxi(&db).args(["find", "8000"])).contains("恒远"));
    let mut screen = opened(&db, folder.path());
    assert!(screen.screen().contains("can only be read: look up what you like"), "{}", screen.screen());
    refused(&mut screen, "北方甲公司", "can only be read: not saved");
    mount("remount,rw");
    // somebody writes to what was read as a file that does not change
    ok(guanxi(&db).args(["add", "南方乙公司"]));
    screen.keys("<Enter>");
    screen.expect("北方甲公司  C20");
    screen.keys("1");
    screen.expect("南方乙公司");
    screen.keys("q");
    assert!(screen.end().success());
    ok(guanxi(&db).arg("check"));
}
