//! A shared server as people meet it: a real sshd on a loopback port, the real ssh client, real pseudo-terminals. Set up and
//! looked at by the program itself; log-ins with keys, verbs, a freeze in the middle of a word, a line that is cut, two people
//! on one customer, sixty at the door at once. It needs root and OpenSSH, and says plainly where they are missing.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test ends where anything fails")]

#[path = "server/check.rs"]
mod check;
#[path = "server/export.rs"]
mod export;
#[path = "server/hostile.rs"]
mod hostile;
#[path = "rig/pty.rs"]
#[expect(dead_code, reason = "other tests measure keys and resize")]
mod pty;
#[path = "rig/sshd.rs"]
mod sshd;
#[path = "server/timer.rs"]
mod timer;

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use sshd::{Site, told};

/// The cursor stands on a customer: the first rows are there.
const ROW: &str = "▌  C20";

/// A server with a customer of 王敏's.
fn site() -> Option<Site> {
    let site = Site::new()?;
    site.ok("wang", "add 恒远物流有限公司 --set phone=13800138000 --set 地区=上海");
    Some(site)
}

/// How long a machine that does other work meanwhile may take. The figures that are promised (operations.md, section 9) are
/// printed; the load program measures them against their limits.
const BUSY: Duration = Duration::from_secs(5);

/// Waits until something holds; how long it took.
fn until(what: &str, patience: Duration, holds: impl Fn() -> bool) -> Duration {
    let from = Instant::now();
    while !holds() {
        assert!(from.elapsed() < patience, "{what}: not within {patience:?}");
        std::thread::sleep(Duration::from_millis(5));
    }
    from.elapsed()
}

#[test]
fn i02_a_server_that_init_has_set_up_is_in_order_and_its_keys_alone_let_in() {
    let Some(site) = site() else { return };
    let (status, out, err) = told(&site.server("check", &[]));
    // swap and core dumps are the machine's, not the server's
    let ours = err.lines().filter(|l| !l.is_empty() && !l.contains("wap") && !l.contains("suid_dumpable"));
    assert_eq!(ours.count(), 0, "{status}: {out}{err}");
    assert!(out.contains("sshd: in order") && out.contains("files: in order"), "{out}");
    // a second run finds everything done
    let before =
        fs::read_to_string(site.folder.join(format!("ssh/sshd_config.d/{}.conf", site.account))).unwrap();
    let (status, out, err) = told(&site.init(&["--server-wide", "yes", "--timer", "no"]));
    assert_eq!(status, 0, "{err}");
    assert_eq!(out.matches("already").count(), 7, "{out}");
    let after =
        fs::read_to_string(site.folder.join(format!("ssh/sshd_config.d/{}.conf", site.account))).unwrap();
    assert_eq!(before, after);
    // what is wrong is said with its mend
    fs::set_permissions(site.db(), std::os::unix::fs::PermissionsExt::from_mode(0o640)).unwrap();
    let (status, _, err) = told(&site.server("check", &[]));
    assert_eq!(status, 1);
    assert!(err.contains("chmod 0600"), "{err}");
    fs::set_permissions(site.db(), std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    // keys
    assert!(site.ok("wang", "find 恒远").contains("恒远物流有限公司"));
    sshd::keygen(&site.keys.path().join("stranger"));
    let (status, _, err) = site.says("stranger", "find 恒远");
    assert_eq!(status, 255);
    assert!(err.contains("Permission denied (publickey)"), "{err}");
}

#[test]
fn i04_verbs_run_over_ssh_and_data_comes_and_goes_through_the_pipe() {
    let Some(site) = site() else { return };
    site.person("li", "李雷", "rep");
    let file = site.keys.path().join("new.csv");
    fs::write(&file, "客户名称,联系人,电话\n优品汇零售,周店长,13700137000\n").unwrap();
    let (status, out, err) = site.piped("wang", "import customers", &file);
    assert_eq!(status, 0, "{out}{err}");
    assert!(site.ok("li", "find 优品汇").contains("优品汇零售"));
    // the number of somebody else's customer comes masked
    assert!(site.ok("li", "find 恒远").contains("138****8000"));
    let (status, _, err) = site.piped("li", "import customers", &file);
    assert_eq!(status, 1, "{err}");
    // several keys offered: it is the person whose key signs
    let stranger = site.keys.path().join("stranger");
    sshd::keygen(&stranger);
    let both =
        site.ssh("stranger", &["-i", site.keys.path().join("li").to_str().unwrap()], &["user list"]).output();
    let (status, _, err) = told(&both.unwrap());
    assert_eq!(status, 1, "{err}");
    assert_eq!(site.processes(), Vec::<u32>::new(), "every verb has ended");
}

#[test]
fn a_frozen_person_is_out_within_a_second_with_their_words_kept() {
    let Some(site) = site() else { return };
    site.person("li", "李雷", "manager");
    let mut screen = site.screen("li");
    screen.wait(ROW);
    screen.keys("a");
    screen.expect("互动内容");
    screen.send("客户要求发送样品".as_bytes());
    screen.expect("客户要求发送样品");
    let pids = site.processes();
    assert_eq!(pids.len(), 1);
    let freezing = site.ssh("wang", &[], &["user freeze li"]).stdout(Stdio::piped()).spawn().unwrap();
    let gone = until("the frozen session", BUSY, || !site.processes().contains(&pids[0]));
    let (status, out, err) = told(&freezing.wait_with_output().unwrap());
    assert_eq!(status, 0, "{err}");
    assert!(out.contains("shut out") && out.contains("Sessions ended: 1"), "{out}");
    eprintln!("frozen: the session was gone {gone:?} after the client of the freeze was started");
    assert!(!screen.end().success());
    let text = String::from_utf8_lossy(&screen.output).into_owned();
    assert!(text.contains("权限已被冻结") && text.contains("\x1b[?2004l"), "{}", screen.screen());
    assert!(!screen.is_alternate() && screen.cursor().is_some(), "the terminal is given back");
    let (status, _, err) = site.says("li", "find 恒远");
    assert_eq!(status, 255, "{err}");
    site.ok("wang", "user thaw li");
    let mut screen = site.screen("li");
    screen.wait(ROW);
    screen.keys("<F5>");
    screen.expect("客户要求发送样品");
}

#[test]
fn a_cut_line_ends_the_session_and_the_next_log_in_goes_on_where_it_was() {
    let Some(site) = site() else { return };
    for round in 0..3 {
        let mut screen = site.screen("wang");
        screen.wait(ROW);
        screen.keys("a");
        screen.expect("互动内容");
        let words = format!("第{round}次断线前的话");
        screen.send(words.as_bytes());
        screen.expect(&words);
        let pids = site.processes();
        assert_eq!(pids.len(), 1, "round {round}");
        let pid = pids[0];
        screen.signal("KILL");
        let gone = until("the orphan", BUSY, || !site.processes().contains(&pid));
        eprintln!("cut: the session was gone after {gone:?}");
        screen.end();
        let mut screen = site.screen("wang");
        screen.wait(ROW);
        screen.keys("<F5>");
        screen.expect(&words);
        // throw it away for the next round
        screen.keys("<Enter>");
        screen.expect("互动内容");
        screen.keys("<C-c>");
        screen.rest(Duration::from_millis(200));
        screen.keys("y");
        screen.end();
        for entry in fs::read_dir(site.folder.join("data")).unwrap().flatten() {
            if entry.path().is_dir() {
                fs::remove_dir_all(entry.path()).unwrap();
            }
        }
    }
}

#[test]
fn two_people_on_one_customer_see_each_other_and_both_texts_survive() {
    let Some(site) = site() else { return };
    site.person("li", "李雷", "admin");
    let mut wang = site.screen("wang");
    let mut li = site.screen("li");
    wang.wait(ROW);
    li.wait(ROW);
    for screen in [&mut wang, &mut li] {
        screen.keys("e");
        screen.expect("修改客户");
    }
    wang.expect("李雷也正在修改");
    li.expect("王敏也正在修改");
    wang.keys("<C-e>");
    wang.send("北方分公司".as_bytes());
    wang.expect("北方分公司");
    // a colleague's commit shows beside the field without moving what is typed
    // the rest of the frame may still be on its way
    wang.rest(Duration::from_millis(300));
    let cursor = wang.cursor();
    let found = site.ok("wang", "find 恒远");
    let line = found.lines().find(|line| line.contains("恒远")).unwrap();
    let code = line.split_whitespace().next().unwrap().to_owned();
    let from = Instant::now();
    li.keys("<Tab><Tab><Tab>");
    site.ok("li", &format!("set {code} 地区=杭州"));
    let committed = Instant::now();
    wang.expect("李雷于");
    eprintln!(
        "live: shown {:?} after the client had ended ({:?} in all)",
        committed.elapsed(),
        from.elapsed()
    );
    assert!(committed.elapsed() < BUSY, "{:?}", committed.elapsed());
    wang.rest(Duration::from_millis(300));
    assert_eq!(wang.cursor(), cursor);
    wang.keys("<Enter>");
    wang.expect("两处都已保留");
    let shown = site.ok("wang", &format!("show {code}"));
    assert!(shown.contains("北方分公司") && shown.contains("杭州"), "{shown}");
    // whoever is killed edits nothing any more
    li.signal("KILL");
    wang.keys("e");
    wang.expect("修改客户");
    wang.rest(Duration::from_millis(300));
    assert!(!wang.screen().contains("也正在修改"), "{}", wang.screen());
}

#[test]
fn sixty_at_the_door_at_once_all_come_in() {
    let Some(site) = site() else { return };
    let from = Instant::now();
    let clients: Vec<_> = (0..60)
        .map(|_| {
            let mut command = site.ssh("wang", &[], &["find 恒远"]);
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
        })
        .collect();
    let inside = clients
        .into_iter()
        .map(|client| told(&client.wait_with_output().unwrap()))
        .filter(|(status, out, _)| *status == 0 && out.contains("恒远物流有限公司"))
        .count();
    eprintln!("storm: {inside} of 60 in {:?}", from.elapsed());
    assert_eq!(inside, 60, "{}", site.log());
}

#[test]
fn a_session_starts_no_other_program_whatever_is_typed() {
    let Some(site) = site() else { return };
    if !std::path::Path::new("/usr/bin/strace").exists() {
        eprintln!("LEFT OUT: strace is not installed");
        return;
    }
    let mut screen = site.screen("wang");
    screen.wait(ROW);
    let log = site.keys.path().join("execs");
    let mut tracer = Command::new("/usr/bin/strace")
        .args(["-f", "-e", "trace=execve,execveat,fork,vfork", "-o"])
        .arg(&log)
        .args(["-p", &site.processes()[0].to_string()])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // its own word that it is there; what is done before that it would not see
    let mut words = std::io::BufRead::lines(std::io::BufReader::new(tracer.stderr.take().unwrap()));
    let attached = words.find(|line| line.as_ref().is_ok_and(|line| line.contains("attached")));
    assert!(attached.is_some(), "strace did not attach");
    let rest = std::thread::spawn(move || words.count());
    for keys in ["2", "3P", "4", "5", "1", "I", "<F5>", "<Esc>", ":", "<Esc>", "e<Esc>", "yy<Esc>"] {
        screen.keys(keys);
    }
    // Ctrl-Z, Ctrl-\ and their signals neither stop nor end it
    for byte in [26, 28] {
        screen.send(&[byte]);
    }
    for signal in ["TSTP", "QUIT", "INT", "TTIN", "TTOU", "USR1", "USR2"] {
        let pid = site.processes()[0].to_string();
        assert!(Command::new("/bin/kill").args([&format!("-{signal}"), &pid]).status().unwrap().success());
    }
    screen.keys("1");
    screen.expect(ROW);
    let _ = tracer.kill();
    let _ = tracer.wait();
    let _ = rest.join();
    let seen = fs::read_to_string(&log).unwrap();
    // that it saw anything is shown by the signals of above
    assert!(seen.contains("SIGUSR1"), "{seen}");
    assert!(!seen.contains("exec") && !seen.contains("fork("), "{seen}");
    screen.keys("q");
    assert!(screen.end().success());
}
