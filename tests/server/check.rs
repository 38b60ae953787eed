//! Every fault that `guanxi server check` can find on this machine: broken, told in one sentence, mended by the very command
//! that the sentence names, and in order again (operations.md, section 5). Setting up once more keeps what was agreed to.

use std::fs;
use std::process::Command;

use crate::sshd::{Site, told};

/// Runs a line as an administrator would type it.
fn sh(line: &str) {
    let done =
        Command::new("/bin/sh").args(["-c", line]).env("PATH", "/usr/sbin:/usr/bin:/bin").output().unwrap();
    assert!(done.status.success(), "{line}: {:?}", told(&done));
}

/// What is wrong; swap and core dumps are the machine's, not the server's.
fn faults(site: &Site) -> Vec<String> {
    let (_, _, err) = told(&site.server("check", &[]));
    err.lines()
        .filter(|line| !line.is_empty() && !line.contains("wap") && !line.contains("suid_dumpable"))
        .map(ToOwned::to_owned)
        .collect()
}

#[test]
fn every_fault_is_told_with_a_command_that_mends_it() {
    let Some(site) = Site::new() else { return };
    assert_eq!(faults(&site), Vec::<String>::new());
    let (account, at) = (site.account.clone(), site.folder.display().to_string());
    fs::create_dir_all(site.folder.join("data/guanxi.db.drafts")).unwrap();
    sh(&format!("chown {account} {at}/data/guanxi.db.drafts; chmod 0700 {at}/data/guanxi.db.drafts"));
    for (breaks, told) in [
        (format!("chmod g+w {at}/bin"), "sshd refuses every log-in"),
        (format!("chown {account} {at}/bin/guanxi"), "should belong to root"),
        (format!("usermod -p '!' {account}"), "is locked for keys too"),
        (format!("usermod -p '$6$salt$hash' {account}"), "has a password"),
        (format!("usermod -s /usr/sbin/nologin {account}"), "which runs nothing"),
        (format!("chmod 0755 {at}/data"), "may be read by others"),
        (format!("chmod 0644 {at}/data/guanxi.db"), "may be read by others"),
        (format!("chown root {at}/data/guanxi.db"), "should belong to gxt"),
        (format!("chmod 0755 {at}/data/guanxi.db.drafts"), "may be read by others"),
        (format!("chmod 0755 {at}/backups"), "may be read by others"),
        (format!("chmod o+w /var/lib/{account}-home"), "may be written by others"),
        (format!("chmod o+w {at}/ssh/sshd_config.d"), "put something else in its place"),
    ] {
        sh(&breaks);
        let found = faults(&site);
        assert_eq!(found.len(), 1, "{breaks}: {found:?}");
        assert!(found[0].contains(told), "{breaks}: {found:?}");
        let mend = found[0].rsplit(": ").next().unwrap();
        sh(mend);
        assert_eq!(faults(&site), Vec::<String>::new(), "after {mend}");
    }
}

#[test]
fn what_sshd_says_otherwise_is_told_and_setting_up_once_more_mends_it() {
    let Some(site) = Site::new() else { return };
    let (main, file) = (
        site.folder.join("ssh/sshd_config"),
        site.folder.join(format!("ssh/sshd_config.d/{}.conf", site.account)),
    );
    let (plain, ours) = (fs::read_to_string(&main).unwrap(), fs::read_to_string(&file).unwrap());
    for (changed, told) in [
        (ours.replace("ExposeAuthInfo yes", "ExposeAuthInfo no"), "exposeauthinfo no"),
        (ours.replace("ClientAliveInterval 8", "ClientAliveInterval 0"), "clientaliveinterval 0"),
        (ours.replace("MaxStartups 200", "MaxStartups 10:30:100"), "sshd turns people away when 10 log in"),
        (format!("{ours}AcceptEnv LD_PRELOAD\n"), "sshd takes “LD_PRELOAD” over"),
    ] {
        fs::write(&file, &changed).unwrap();
        let found = faults(&site);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains(told), "{found:?}");
        // nothing is asked anew: what was agreed to stands
        let (status, out, err) = crate::told(&site.init(&["--timer", "no"]));
        assert_eq!(status, 0, "{out}{err}");
        assert_eq!(fs::read_to_string(&file).unwrap(), ours);
        assert_eq!(faults(&site), Vec::<String>::new());
    }
    // without the file, and where the file is not read, one sentence says so and not every option by itself
    fs::remove_file(&file).unwrap();
    let found = faults(&site);
    assert!(found.iter().any(|f| f.contains("is not there; run “guanxi server init”")), "{found:?}");
    assert_eq!(found.len(), 2, "the file and how many may knock: {found:?}");
    fs::write(&file, &ours).unwrap();
    fs::write(&main, plain.lines().filter(|l| !l.starts_with("Include")).collect::<Vec<_>>().join("\n"))
        .unwrap();
    let found = faults(&site);
    let line = found[0].rsplit(": ").next().unwrap();
    assert!(line.starts_with("Include "), "{found:?}");
    fs::write(&main, format!("{line}\n{}", fs::read_to_string(&main).unwrap())).unwrap();
    assert_eq!(faults(&site), Vec::<String>::new());
    // a line that sshd cannot read is sshd's to tell
    fs::write(&main, format!("{plain}Garbage yes\n")).unwrap();
    assert!(faults(&site)[0].contains("mend that in its configuration"), "{:?}", faults(&site));
    fs::write(&main, plain).unwrap();
    // settings that concern everybody are taken back only when somebody says so
    let (_, out, _) = crate::told(&site.init(&["--timer", "no", "--server-wide", "no"]));
    assert!(out.contains("because they concern every account"), "{out}");
    assert!(!fs::read_to_string(&file).unwrap().contains("MaxStartups"));
}

#[test]
fn a_check_by_somebody_else_says_who_has_to_look() {
    let Some(site) = Site::new() else { return };
    let program = site.folder.join("bin/guanxi");
    let line = format!("{} --lang en server check", program.display());
    let done = Command::new("/bin/su").args(["-s", "/bin/sh", "nobody", "-c", &line]).output().unwrap();
    let (status, out, err) = told(&done);
    assert_eq!((status, out.as_str()), (1, ""), "{err}");
    assert!(err.contains("needs root"), "{err}");
}
