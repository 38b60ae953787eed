//! More than sixty ways to ask a session for more than it is: shells, files, other subsystems, forwarding, environment,
//! line breaks, signals, several sessions on one line. None may give anything but a refusal.

use std::path::Path;
use std::process::Stdio;

use crate::site;
use crate::sshd::told;

/// What is typed after the host.
const TYPED: [&str; 46] = [
    "sh",
    "sh -c id",
    "bash -i",
    "/bin/sh",
    "id",
    "exec /bin/sh",
    "$(id)",
    "`id`",
    "find $(touch /tmp/MARK)",
    "find `touch /tmp/MARK`",
    "find x; touch /tmp/MARK",
    "find x && touch /tmp/MARK",
    "find x || touch /tmp/MARK",
    "find x | tee /tmp/MARK",
    "find x > /tmp/MARK",
    "find x\ntouch /tmp/MARK",
    "find x\rtouch /tmp/MARK",
    "find 'x",
    "find \"x",
    "find x\\",
    "find \u{1b}]0;x\u{7}",
    "cat /etc/passwd",
    "--help; id",
    "--db /etc/passwd find x",
    "find x --db /tmp/MARK",
    "--db=/tmp/MARK demo --fill",
    "demo --fill",
    "backup /tmp/MARK",
    "backup --into /tmp",
    "backup-key new /tmp/MARK",
    "restore /etc/passwd",
    "server init",
    "server check",
    "server first --login x --name x",
    "session",
    "sshd-keys SHA256:x",
    "import customers /etc/passwd",
    "import customers /dev/stdin",
    "import customers /proc/self/environ",
    "import ledger /etc",
    "import customers - --map /etc/passwd",
    "import customers - --rejects /tmp/MARK",
    "user key add wang /etc/shadow",
    "scheme apply /etc/passwd",
    "scp -t /tmp",
    "/usr/lib/openssh/sftp-server",
];

/// Options of the client, each with something after the host.
const OPTIONS: [(&[&str], &str); 16] = [
    (&["-s"], "sftp"),
    (&["-s"], "netconf"),
    (&["-o", "SetEnv=LD_PRELOAD=/tmp/evil.so"], "id"),
    (&["-o", "SetEnv=PATH=/tmp"], "id"),
    (&["-o", "SetEnv=GUANXI_DB=/tmp/MARK"], "id"),
    (&["-o", "SetEnv=SSH_USER_AUTH=/tmp/MARK"], "id"),
    (&["-o", "SetEnv=SSH_ORIGINAL_COMMAND=id"], "id"),
    (&["-o", "SetEnv=LC_ALL=$(id)"], "id"),
    (&["-W", "127.0.0.1:22"], ""),
    (&["-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:22"], "id"),
    (&["-o", "ExitOnForwardFailure=yes", "-R", "/tmp/MARK:127.0.0.1:22"], "id"),
    (&["-A"], "id"),
    (&["-X"], "id"),
    (&["-Y"], "id"),
    (&["-w", "any"], "id"),
    (&["-t"], "sh"),
];

#[test]
fn no_way_round_a_session_gives_a_shell_a_file_or_a_tunnel() {
    let Some(site) = site() else { return };
    let mark = format!("/tmp/guanxi-mark-{}", site.account);
    let plain = TYPED.iter().map(|typed| (&[][..], *typed));
    let mut tried = 0;
    for (options, typed) in plain.chain(OPTIONS) {
        let options: Vec<String> = options.iter().map(|o| o.replace("/tmp/MARK", &mark)).collect();
        let options: Vec<&str> = options.iter().map(String::as_str).collect();
        let typed = typed.replace("/tmp/MARK", &mark);
        let typed: Vec<&str> = if typed.is_empty() { Vec::new() } else { vec![&typed] };
        let mut client = site.ssh("wang", &options, &typed);
        let (status, out, err) = told(&client.stdin(Stdio::null()).output().unwrap());
        assert_ne!(status, 0, "{options:?} {typed:?} went through: {out}{err}");
        assert!(!out.contains("uid=") && !out.contains("root:"), "{options:?} {typed:?}: {out}");
        assert!(!err.contains("panicked"), "{err}");
        assert!(!Path::new(&mark).exists(), "{options:?} {typed:?} left a file");
        tried += 1;
    }
    eprintln!("hostile: {tried} tried, 0 got through");
    assert!(tried >= 60);
    // the same session still does what it is for
    assert!(site.ok("wang", "find 恒远").contains("恒远物流有限公司"));
}
