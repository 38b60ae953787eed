//! The demo company that is thrown away at the end, in a true terminal: it leaves nothing behind however it ends, also while it
//! is still being made, and whoever has customers of their own is asked before and comes back to them.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test ends where anything fails")]

#[path = "rig/pty.rs"]
#[expect(dead_code, reason = "other tests measure keys and resize")]
mod pty;

use std::path::Path;
use std::time::{Duration, Instant};

use pty::Session;

/// A home of one's own, with a folder for what passes.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        std::fs::create_dir(home.path().join("tmp")).unwrap();
        Self(home)
    }

    fn start(&self, args: &[&str]) -> Session {
        let (home, tmp) = (self.0.path().to_str().unwrap(), self.0.path().join("tmp"));
        let env = [
            ("HOME", home),
            ("XDG_CONFIG_HOME", home),
            ("XDG_DATA_HOME", home),
            ("TMPDIR", tmp.to_str().unwrap()),
            ("GUANXI_LANG", "en"),
        ];
        Session::start(Path::new(env!("CARGO_BIN_EXE_guanxi")), args, &env, (100, 30))
    }

    /// What has passed and is still there.
    fn left(&self) -> Vec<std::fs::DirEntry> {
        std::fs::read_dir(self.0.path().join("tmp")).unwrap().map(Result::unwrap).collect()
    }

    /// Waits until the company is being written.
    fn being_made(&self) {
        let until = Instant::now() + Duration::from_secs(20);
        while !self.left().iter().any(|folder| folder.path().join("demo.db-wal").exists()) {
            assert!(Instant::now() < until, "nothing is made");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

#[test]
fn a_demo_that_is_ended_while_it_is_made_leaves_nothing_behind() {
    for signal in ["TERM", "HUP", "INT", "QUIT"] {
        let home = Home::new();
        let mut session = home.start(&["demo"]);
        home.being_made();
        session.signal(signal);
        assert_eq!(session.end().exit_code(), 1, "{signal}");
        assert!(home.left().is_empty(), "{signal}: {:?}", home.left());
        assert!(String::from_utf8_lossy(&session.output).contains("nothing of the demo company is left"));
    }
    // Ctrl-C, which is a signal until the screen is there
    let home = Home::new();
    let mut session = home.start(&["demo"]);
    home.being_made();
    session.send(b"\x03");
    assert_eq!(session.end().exit_code(), 1);
    assert!(home.left().is_empty(), "{:?}", home.left());
}

#[test]
fn whoever_has_customers_is_asked_before_the_demo_and_esc_brings_them_back_to_theirs() {
    let home = Home::new();
    home.start(&["add", "恒远物流有限公司"]).end();
    let mut session = home.start(&[]);
    session.wait("恒远物流有限公司");
    session.keys("<F6>");
    session.expect("Your customers and forms stay as they are");
    session.keys("<Esc>");
    session.expect("恒远物流有限公司");
    assert!(home.left().is_empty(), "nothing is begun before the answer");
    session.keys("<F6>");
    session.expect("Your customers and forms stay as they are");
    session.keys("<Enter>");
    session.expect("Esc stops it");
    home.being_made();
    session.keys("<Esc>");
    session.wait("恒远物流有限公司");
    assert!(home.left().is_empty(), "{:?}", home.left());
    // and once more, with an end of the program in the middle
    session.keys("<F6>");
    session.expect("Your customers and forms stay as they are");
    session.keys("<Enter>");
    home.being_made();
    session.signal("TERM");
    session.end();
    assert!(home.left().is_empty(), "{:?}", home.left());
}
