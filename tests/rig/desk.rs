//! The real program on the command line in a folder of its own: a database that may not be there yet, a clock that stands
//! still, and nothing of the environment. Each test adds what only it asks for.

use std::path::PathBuf;
use std::process::{Command, Stdio};

/// A folder to work in.
pub struct Desk {
    pub folder: tempfile::TempDir,
    pub lang: &'static str,
    /// The login under which it is opened; 王敏's in a demo is `wangmin`.
    pub user: &'static str,
}

impl Desk {
    /// An empty one; the program speaks this language.
    pub fn new(lang: &'static str) -> Self {
        Self { folder: tempfile::tempdir().unwrap(), lang, user: "wang" }
    }

    /// A file of the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The program with these arguments, for 王敏.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_guanxi"));
        command
            .args(args)
            .current_dir(self.folder.path())
            .env_clear()
            .env("GUANXI_NOW", "2024-05-20T14:02:00+08:00")
            .env("GUANXI_DB", self.path("a.db"))
            .env("GUANXI_LANG", self.lang)
            .env("GUANXI_USER", self.user)
            .env("HOME", self.folder.path())
            .stdin(Stdio::null());
        command
    }

    /// Exit status, standard output, standard error.
    pub fn told(command: &mut Command) -> (i32, String, String) {
        let output = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }

    /// What comes of these arguments.
    pub fn run(&self, args: &[&str]) -> (i32, String, String) {
        Self::told(&mut self.command(args))
    }

    /// What a command prints when it goes through.
    pub fn ok(&self, args: &[&str]) -> String {
        let (status, out, err) = self.run(args);
        assert_eq!(status, 0, "guanxi {args:?}: {out}{err}");
        out
    }
}
