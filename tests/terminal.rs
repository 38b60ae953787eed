//! The real program in a true terminal: it starts, takes Chinese, follows the window, and gives the terminal back on
//! every way out; what was typed survives a killed session.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test ends where anything fails")]

#[path = "rig/pty.rs"]
#[expect(dead_code, reason = "the benchmark measures with it")]
mod pty;

use std::path::{Path, PathBuf};

use pty::Session;

/// The cursor stands on a customer: the first rows are there.
const ROW: &str = "▌  C20";
const NOW: &str = "2024-05-20T14:02:00+08:00";

fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_guanxi"))
}

/// A demo company of 60 customers in a folder that goes away.
struct Company {
    folder: tempfile::TempDir,
    db: PathBuf,
}

impl Company {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let db = folder.path().join("demo.db");
        let filled = std::process::Command::new(program())
            .args(["demo", "--fill", "--customers", "60", "--db"])
            .arg(&db)
            .env("GUANXI_NOW", NOW)
            .output()
            .unwrap();
        assert!(filled.status.success(), "{}", String::from_utf8_lossy(&filled.stderr));
        Self { folder, db }
    }

    fn open(&self, size: (u16, u16)) -> Session {
        let db = self.db.to_str().unwrap();
        let home = self.folder.path().to_str().unwrap();
        Session::start(
            program(),
            &["--db", db, "--lang", "zh"],
            &[("GUANXI_NOW", NOW), ("HOME", home), ("XDG_CONFIG_HOME", home), ("COLORTERM", "truecolor")],
            size,
        )
    }
}

impl Company {
    /// A session that has its customers on the screen.
    fn at_work(&self, size: (u16, u16)) -> Session {
        let mut session = self.open(size);
        session.wait(ROW);
        session
    }

    /// Waits until a file beside the database holds a text: for the file, not for luck.
    fn keeps(&self, text: &str) {
        fn holds(folder: &Path, text: &str) -> bool {
            std::fs::read_dir(folder).unwrap().flatten().any(|e| {
                let path = e.path();
                if path.is_dir() {
                    return holds(&path, text);
                }
                // under its own name, not half written under another
                path.extension().is_some_and(|end| end == "json")
                    && std::fs::read(&path).is_ok_and(|t| String::from_utf8_lossy(&t).contains(text))
            })
        }
        let until = std::time::Instant::now() + std::time::Duration::from_secs(15);
        while !holds(self.folder.path(), text) {
            assert!(std::time::Instant::now() < until, "{text} is not on disk");
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
    }
}

fn assert_restored(session: &Session) {
    assert!(!session.is_alternate(), "the alternate screen was left");
    assert!(session.cursor().is_some(), "the cursor shows again");
    let text = String::from_utf8_lossy(&session.output).into_owned();
    assert!(text.contains("\x1b[?2004l"), "bracketed paste is off again");
}

#[test]
fn it_starts_finds_in_chinese_follows_the_window_and_leaves_the_terminal_as_it_was() {
    let company = Company::new();
    let mut session = company.at_work((100, 30));
    session.keys("/");
    session.send("恒远物流".as_bytes());
    session.wait("C202405002");
    // the cursor comes after the text of a frame
    session.rest(std::time::Duration::from_millis(200));
    let (row, _) = session.cursor().expect("the cursor stands in the text field");
    assert!(row > 0);
    session.keys("<Esc>");
    session.resize(50, 14);
    session.expect("客户");
    session.resize(30, 8);
    session.expect("40");
    session.resize(100, 30);
    session.expect(ROW);
    session.keys("q");
    assert!(session.end().success());
    assert_restored(&session);
}

#[test]
fn the_terminal_is_given_back_on_a_signal_to_end_and_a_cut_line_ends_the_program() {
    let company = Company::new();
    // on this terminal Ctrl-C is a key: a signal comes from outside, and asks for an end
    for signal in ["TERM", "INT", "QUIT"] {
        let mut session = company.at_work((80, 24));
        session.signal(signal);
        assert!(session.end().success(), "{signal}");
        assert_restored(&session);
    }
    let mut session = company.at_work((80, 24));
    // the whole first frame: what nobody reads any more, the program could not write
    session.rest(std::time::Duration::from_millis(500));
    session.hang_up();
    session.end();
}

#[test]
fn what_was_typed_survives_kill_9_and_is_offered_again() {
    let company = Company::new();
    let mut session = company.at_work((100, 30));
    session.keys("a");
    session.expect("互动内容");
    session.send("客户要求发送样品".as_bytes());
    session.expect("客户要求发送样品");
    company.keeps("客户要求发送样品");
    session.signal("KILL");
    session.end();
    let mut session = company.at_work((100, 30));
    session.keys("<F5>");
    session.expect("客户要求发送样品");
    session.keys("<Esc>q");
    session.end();
}

#[test]
fn a_killed_session_opens_again_where_it_was() {
    let company = Company::new();
    let mut session = company.at_work((100, 30));
    session.keys("/");
    session.send("恒远物流".as_bytes());
    session.wait("C202405002");
    session.keys("<Enter>");
    session.expect("基本信息");
    // a second or so after the key that led there
    company.keeps("\"pane\":2");
    company.keeps("C202405002");
    session.signal("KILL");
    session.end();
    let mut session = company.open((100, 30));
    session.wait("基本信息");
    session.expect("恒远物流");
    session.keys("q");
    session.end();
}

#[test]
fn pasted_text_never_runs_as_keys() {
    let company = Company::new();
    let mut session = company.at_work((80, 24));
    session.send(b"\x1b[200~q:quit\r\x1b[201~");
    session.rest(pty::QUIET * 3);
    session.keys("/");
    session.send(b"\x1b[200~C202405001\x1b[201~");
    session.expect("C202405001");
    session.keys("<Esc>q");
    assert!(session.end().success());
}

#[test]
fn an_older_file_says_before_the_first_frame_what_is_done_to_it_and_how_far_it_is() {
    let company = Company::new();
    let of_before = || {
        // the last migration sets ways of merging and can be done twice
        let db = rusqlite::Connection::open(&company.db).unwrap();
        let version: i32 = db.query_row("PRAGMA user_version", [], |r| r.get(0)).unwrap();
        db.pragma_update(None, "user_version", version - 1).unwrap();
    };
    of_before();
    // a rebuild that was cut off
    let db = rusqlite::Connection::open(&company.db).unwrap();
    db.execute("INSERT INTO setting(key,value) VALUES('rebuild','')", []).unwrap();
    drop(db);
    let mut session = company.at_work((100, 30));
    let output = String::from_utf8_lossy(&session.output).into_owned();
    let (told, frame) = output.split_once("\x1b[?1049h").expect("the screen is entered");
    for line in [
        "该文件由旧版本建立,先备份:",
        "正在核对备份:",
        "正在升级数据文件:第1步,共1步",
        "客户已全部完成,正在整理",
    ] {
        assert!(told.contains(line), "{told:?} lacks {line}");
    }
    assert!(told.ends_with("\r\x1b[K"), "the line is gone before the screen comes: {told:?}");
    assert!(!frame.contains("正在升级"));
    session.keys("q");
    // a command says it too, in its language; a file of this version says nothing
    let db = company.db.to_str().unwrap();
    let find = || {
        let env = [("GUANXI_NOW", NOW)];
        let mut session =
            Session::start(program(), &["--db", db, "--lang", "en", "find", "8812"], &env, (100, 30));
        session.end();
        String::from_utf8_lossy(&session.output).into_owned()
    };
    of_before();
    let output = find();
    assert!(output.contains("The file is brought to this version: step 1 of 1"), "{output:?}");
    assert!(!find().contains("step 1 of 1"));
}
