//! People, keys and sessions on the command line: who is let in, who is shut out, what a session over SSH may do. sshd is
//! stood in for by the file in which it names the key that has signed; the real one is in `server.rs`.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

#[path = "rig/desk.rs"]
mod desk;

use std::fs;
use std::process::{Command, Stdio};

use desk::Desk;
use serde_json::Value;

const WANG: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFAbXlwiGQFRiaupZg+XBqYXh1zGrSXHnRcrkyNUEVWG wang@laptop";
const LI: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIaqkGCPLv4kS8JRUKUaZ7h7M9MX+zWLWPfwTUKSoHwr li@desk";

/// A store of a company with an administrator, 王敏, and 李雷, a viewer.
fn server() -> Desk {
    let server = Desk::new("en");
    fs::write(server.path("wang.pub"), format!("{WANG}\n")).unwrap();
    fs::write(server.path("li.pub"), format!("{LI}\n")).unwrap();
    server.ok(&["add", "恒远物流有限公司", "--set", "phone=13800138000"]);
    server.ok(&["user", "key", "add", "wang", "wang.pub"]);
    let li = ["user", "add", "李雷", "--role", "viewer", "--department", "客服部", "--login", "li"];
    server.ok(&[&li[..], &["--post", "客服专员", "--key", "li.pub"]].concat());
    server
}

impl Desk {
    /// What sshd would start for the holder of this key, with what they typed after `ssh host`.
    fn session(&self, key: &str, typed: &str) -> Command {
        let auth = self.path("auth");
        let signed = key.rsplit_once(' ').unwrap().0;
        fs::write(&auth, format!("publickey {signed}\n")).unwrap();
        let db = self.path("a.db");
        let mut command = self.command(&["--db", db.to_str().unwrap(), "session"]);
        command.env("SSH_USER_AUTH", auth).env("SSH_CONNECTION", "10.0.0.7 50000 10.0.0.1 22");
        command.env("SSH_ORIGINAL_COMMAND", typed).env("LANG", "en_US.UTF-8");
        command
    }

    fn over_ssh(&self, key: &str, typed: &str) -> (i32, String, String) {
        Self::told(&mut self.session(key, typed))
    }

    fn keys(&self, fingerprint: &str) -> (i32, String) {
        let db = self.path("a.db");
        let (status, out, _) = self.run(&["--db", db.to_str().unwrap(), "sshd-keys", fingerprint]);
        (status, out)
    }

    fn users(&self) -> Vec<Value> {
        let text = self.ok(&["user", "list", "--json"]);
        serde_json::from_str::<Value>(&text).unwrap().as_array().unwrap().clone()
    }
}

#[test]
fn a139_people_are_listed_with_their_role_department_post_and_keys() {
    let server = server();
    let list = server.ok(&["user", "list"]);
    for text in ["wang", "administrator", "李雷", "viewer", "service", "客服专员", "active", "wang@laptop"]
    {
        assert!(list.contains(text), "{text}: {list}");
    }
    let users = server.users();
    assert_eq!(users[1]["login"], "li");
    assert_eq!(users[1]["role"], "viewer");
    assert_eq!(users[1]["frozen"], false);
    assert_eq!(users[1]["keys"][0]["note"], "li@desk");
}

#[test]
fn a_person_may_have_several_keys_and_a_key_one_person() {
    let server = server();
    let (status, _, err) = server.run(&["user", "key", "add", "li", "wang.pub"]);
    assert_eq!(status, 1);
    assert!(err.contains("wang has it already"), "{err}");
    fs::write(
        server.path("second.pub"),
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIL0S4c0pPqXyVcJqSmtPqYz6w3rBl9cLvXyN6s0rD0nW li@phone\n",
    )
    .unwrap();
    server.ok(&["user", "key", "add", "li", "second.pub"]);
    assert_eq!(server.users()[1]["keys"].as_array().unwrap().len(), 2);
    server.ok(&["user", "key", "remove", "li", "second.pub"]);
    assert_eq!(server.users()[1]["keys"].as_array().unwrap().len(), 1);
    let (status, _, err) = server.run(&["user", "key", "remove", "li", "second.pub"]);
    assert_eq!(status, 1);
    assert!(err.contains("no key"), "{err}");
    server.ok(&["undo"]);
    assert_eq!(server.users()[1]["keys"].as_array().unwrap().len(), 2);
}

#[test]
fn what_is_no_key_no_role_no_department_or_no_person_is_one_sentence_and_changes_nothing() {
    let server = server();
    fs::write(server.path("id"), "-----BEGIN OPENSSH PRIVATE KEY-----\nx\n").unwrap();
    fs::write(server.path("note.txt"), "hello\n").unwrap();
    for (args, status, words) in [
        (&["user", "key", "add", "li", "id"][..], 1, "secret half"),
        (&["user", "key", "add", "li", "note.txt"], 1, "no public key"),
        (&["user", "key", "add", "li", "absent.pub"], 1, "absent.pub"),
        (&["user", "key", "add", "zhao", "li.pub"], 1, "zhao"),
        (&["user", "freeze", "zhao"], 1, "zhao"),
        (&["user", "add", "赵", "--role", "boss"], 2, "boss"),
        (&["user", "add", "赵", "--role", "rep", "--department", "moon"], 2, "moon"),
        (&["user", "add", "李雷", "--role", "rep", "--login", "li"], 1, "李雷 has it already"),
        (&["user", "add", "李雷", "--role", "rep", "--login", "li2"], 1, "Name: 李雷 has it already"),
        (&["user", "freeze", "wang"], 1, "Nobody freezes themselves"),
    ] {
        let (code, out, err) = server.run(args);
        assert_eq!(code, status, "{args:?}: {out}{err}");
        assert!(err.contains(words), "{args:?}: {err}");
        assert!(!err.contains("panicked"), "{err}");
    }
    assert_eq!(server.users().len(), 2);
}

#[test]
fn sshd_is_told_the_key_of_an_active_person_and_nothing_else() {
    let server = server();
    let print = server.users()[1]["keys"][0]["fingerprint"].as_str().unwrap().to_owned();
    let (status, line) = server.keys(&print);
    assert_eq!(
        (status, line.as_str()),
        (0, format!("restrict,pty {}\n", LI.rsplit_once(' ').unwrap().0).as_str())
    );
    assert_eq!(server.keys("SHA256:unknown"), (0, String::new()));
    assert_eq!(server.keys("' OR 1=1 --"), (0, String::new()));
    server.ok(&["user", "freeze", "li"]);
    assert_eq!(server.keys(&print), (0, String::new()));
    let (status, _, err) = server.over_ssh(LI, "find 恒远");
    assert_eq!(status, 1);
    assert!(err.contains("Nobody here comes in with this key"), "{err}");
    // what is to be otherwise when they come back can be set before
    assert!(server.ok(&["user", "set", "李雷", "--post", "顾问"]).contains("Post"));
    server.ok(&["user", "thaw", "li"]);
    assert_eq!(server.keys(&print).1, line);
}

#[test]
fn i04_a_session_runs_commands_as_the_person_whose_key_has_signed() {
    let server = server();
    let (status, out, err) = server.over_ssh(WANG, "find 恒远");
    assert_eq!(status, 0, "{err}");
    assert!(out.contains("恒远物流有限公司"), "{out}");
    let (status, _, err) = server.over_ssh(LI, "add 新客户");
    assert_eq!(status, 1);
    assert!(err.contains("may not"), "{err}");
    // a user name in the environment is nobody
    let (_, _, err) = Desk::told(server.session(LI, "add 新客户").env("GUANXI_USER", "wang"));
    assert!(err.contains("may not"), "{err}");
    // data comes through the pipe
    fs::write(server.path("new.csv"), "客户名称,联系人,电话\n优品汇零售,周店长,13700137000\n").unwrap();
    let mut piped = server.session(WANG, "import customers");
    let (status, out, err) = Desk::told(piped.stdin(fs::File::open(server.path("new.csv")).unwrap()));
    assert_eq!(status, 0, "{out}{err}");
    assert!(server.ok(&["find", "优品汇"]).contains("优品汇零售"));
}

#[test]
fn no_way_of_asking_gives_a_session_a_shell_a_file_or_another_database() {
    let server = server();
    for typed in [
        "sh",
        "sh -c id",
        "/bin/bash -i",
        "scp -t /tmp",
        "/usr/lib/openssh/sftp-server",
        "--db /etc/passwd find x",
        "find x --db /tmp/other.db",
        "backup /tmp/out.db",
        "restore /tmp/out.db",
        "check",
        "demo",
        "demo --db /tmp/x.db --fill",
        "man",
        "completions bash",
        "session",
        "sshd-keys SHA256:x",
        "import customers /etc/passwd",
        "import customers /dev/stdin",
        "import customers - --map /etc/passwd",
        "import customers - --rejects /tmp/rejects.csv",
        "import ledger /etc",
        "user add x --role admin --key /etc/passwd",
        "user key add li /etc/passwd",
        "user key remove li /etc/passwd",
        "scheme apply /etc/passwd",
        "scheme propose /etc/passwd",
        "find x\nid",
        "find \u{1b}[2J",
        "find 'x",
        "find x; id",
        "find x && id",
        "find x | tee /tmp/guanxi-was-here",
        "find x > /tmp/guanxi-was-here",
    ] {
        let (status, out, err) = server.over_ssh(WANG, typed);
        assert!(status == 2 || status == 3, "{typed:?} gave {status}: {out}{err}");
        assert!(!out.contains("root:") && !out.contains("uid="), "{typed:?}: {out}");
        assert!(!err.is_empty() && !err.contains("panicked"), "{typed:?}: {err}");
    }
    assert!(!std::path::Path::new("/tmp/guanxi-was-here").exists());
    let (status, _, err) = server.over_ssh(WANG, &"x".repeat(9_000));
    assert_eq!(status, 2);
    assert!(err.contains("too long"), "{err}");
    // nothing is expanded: this looks for the characters themselves
    let (status, out, _) = server.over_ssh(WANG, "find $(id)");
    assert_eq!(status, 3, "{out}");
}

#[test]
fn without_sshd_or_without_a_terminal_a_session_does_not_begin() {
    let server = server();
    let (status, _, err) = server.run(&["session"]);
    assert_eq!(status, 1);
    assert!(err.contains("sshd"), "{err}");
    let (status, _, err) = server.over_ssh(WANG, "");
    assert_eq!(status, 2);
    assert!(err.contains("ssh -t"), "{err}");
    // two keys in the file: it would not be certain who this is
    let mut two = server.session(WANG, "find x");
    let plain = |key: &str| key.rsplit_once(' ').unwrap().0.to_owned();
    fs::write(server.path("auth"), format!("publickey {}\npublickey {}\n", plain(WANG), plain(LI))).unwrap();
    let (status, _, err) = Desk::told(&mut two);
    assert_eq!(status, 1, "{err}");
}

#[test]
fn g01_the_security_officer_freezes_and_thaws_nobody() {
    let server = server();
    server.ok(&["user", "add", "安全", "--role", "security", "--login", "sec"]);
    let as_sec = |args: &[&str]| Desk::told(server.command(args).env("GUANXI_USER", "sec"));
    assert_eq!(as_sec(&["user", "freeze", "li"]).0, 0);
    let (status, _, err) = as_sec(&["user", "thaw", "li"]);
    assert_eq!(status, 1, "{err}");
    // taking the freeze back is thawing
    let (status, _, err) = as_sec(&["undo"]);
    assert_eq!(status, 1, "{err}");
    assert_eq!(server.users()[1]["frozen"], true);
    let as_li = Desk::told(server.command(&["user", "list"]).env("GUANXI_USER", "li"));
    assert_eq!(as_li.0, 1);
}

#[test]
fn k52_over_ssh_the_old_key_comes_through_the_pipe_and_never_from_a_file_of_the_server() {
    use std::io::Write;

    let server = server();
    server.ok(&["leak", "--report", "名单外泄"]);
    let public = |file: &str| {
        let out = server.ok(&["backup-key", "new", file]);
        out.lines().find(|line| line.starts_with("age1")).unwrap().to_owned()
    };
    let (old, new) = (public("old"), public("new"));
    server.ok(&["setting", "backup_key", &old]);
    fs::create_dir(server.path("kept")).unwrap();
    server.ok(&["backup", "--into", "kept"]);
    let (status, _, err) = server.over_ssh(WANG, &format!("leak 1 key --new-key {new} --old-key old"));
    assert!(status == 2 && err.contains("opens no file of the server"), "{status} {err}");
    let mut session = server.session(WANG, &format!("leak 1 key --new-key {new} --old-key -"));
    let mut child =
        session.stdin(Stdio::piped()).stderr(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(&fs::read(server.path("old")).unwrap()).unwrap();
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && told.contains("with the new key alone now: 1"), "{told}");
    let (status, out, _) = server.over_ssh(LI, "leak");
    assert_eq!((status, out.as_str()), (1, ""), "a viewer answers no leak");
}

#[test]
fn a139_a_person_is_changed_field_by_field_and_the_change_is_taken_back() {
    let server = server();
    let told = server.ok(&[
        "user",
        "set",
        "li",
        "--role",
        "manager",
        "--department",
        "市场部",
        "--post",
        "市场部经理",
    ]);
    assert!(told.contains("李雷: changed are Role, Department, Post"), "{told}");
    let li = |server: &Desk| server.users()[1].clone();
    assert_eq!((&li(&server)["role"], &li(&server)["department"]), (&"manager".into(), &"marketing".into()));
    server.ok(&["user", "set", "李雷", "--deputy", "wang", "--away", "2024-05-27..2024-05-31"]);
    let away = li(&server);
    assert_eq!((&away["away_from"], &away["away_until"]), (&"2024-05-27".into(), &"2024-05-31".into()));
    assert_eq!(away["deputy"], "wang");
    assert!(server.ok(&["user", "list"]).contains("away 2024-05-27..2024-05-31 · wang stands in"));
    server.ok(&["user", "set", "li", "--away", "", "--deputy", ""]);
    assert!(li(&server)["away_from"].is_null() && li(&server)["deputy"].is_null());
    server.ok(&["user", "set", "li", "--name", "李小雷"]);
    let same = server.ok(&["user", "set", "li", "--name", "李小雷", "--role", "manager"]);
    assert!(same.contains("is like this already"), "{same}");
    server.ok(&["undo"]);
    assert_eq!(li(&server)["name"], "李雷");
    assert!(server.ok(&["history"]).contains("李雷"));
}

#[test]
fn what_cannot_be_so_of_a_person_is_one_sentence_and_changes_nothing() {
    let server = server();
    let before = server.users();
    for (args, status, words) in [
        (&["--role", "viewer"][..], 1, "Nobody else is an active administrator"),
        (&["--role", "boss"], 2, "boss"),
        (&["--department", "moon"], 1, "Department: “moon” is not known"),
        (&["--deputy", "zhao"], 1, "nobody here is called “zhao”"),
        (&["--deputy", "wang"], 1, "nobody stands in for themselves"),
        (&["--away", "..2024-05-31"], 2, "no time away"),
        (&["--away", "soon..later"], 1, "is no date"),
        (&["--away", "2024-05-31..2024-05-27"], 1, "not before the start"),
        (&["--name", ""], 1, "please fill it in"),
        (&[], 2, ""),
    ] {
        let args = [&["user", "set", "wang"][..], args].concat();
        let (code, out, err) = server.run(&args);
        assert_eq!(code, status, "{args:?}: {out}{err}");
        assert!(err.contains(words) && !err.contains("panicked"), "{args:?}: {err}");
    }
    assert_eq!(server.users(), before);
}

#[test]
fn i14_over_ssh_a_role_that_was_changed_holds_for_the_next_command() {
    let server = server();
    let code = server.ok(&["find", "恒远", "--json"]);
    let code: Value = serde_json::from_str(&code).unwrap();
    let code = code[0]["code"].as_str().unwrap().to_owned();
    let shown = |server: &Desk| server.over_ssh(LI, &format!("show {code}")).1;
    assert!(!shown(&server).contains("13800138000") && shown(&server).contains("138****8000"));
    server.ok(&["user", "set", "li", "--role", "admin"]);
    assert!(shown(&server).contains("13800138000"));
    // the second administrator takes the first's rights, over SSH too
    let (status, out, err) = server.over_ssh(LI, "user set wang --role viewer");
    assert_eq!(status, 0, "{out}{err}");
    let (status, _, err) = server.over_ssh(WANG, "user set wang --role admin");
    assert_eq!(status, 1);
    assert!(err.contains("You may not do this (change settings); it is for: administrator."), "{err}");
}

#[test]
fn f8_over_ssh_a_setting_that_names_a_file_says_where_it_is_set() {
    let server = server();
    let (status, _, err) = server.over_ssh(WANG, "setting history_place /tmp/x");
    assert_eq!(status, 2);
    assert!(err.contains("on the server itself, run “guanxi setting history_place /path”"), "{err}");
    assert_eq!(server.over_ssh(WANG, "setting capacity 20").0, 0);
}

#[test]
fn a_negative_amount_is_one_clear_sentence() {
    let server = server();
    let code: Value = serde_json::from_str(&server.ok(&["find", "恒远", "--json"])).unwrap();
    let code = code[0]["code"].as_str().unwrap();
    for amount in ["-5", "-5.50"] {
        let (status, _, err) = server.run(&["order", code, "--amount", amount]);
        assert_eq!(status, 1, "{err}");
        assert!(err.contains(&format!("Amount, yuan: {amount}")) && err.contains("without a minus"), "{err}");
    }
    let talk = ["log", code, "--channel", "phone", "--summary", "x", "--cost"];
    let (status, _, err) = server.run(&[&talk[..], &["-3"]].concat());
    assert_eq!(status, 1, "{err}");
    assert!(err.contains("without a minus"), "{err}");
}
