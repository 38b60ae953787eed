//! The one place that starts other programs: setting a server up makes an account, and asks sshd what it would do. Every
//! program is named by its whole path or found in the system's own folders; nothing a person typed is given to a shell.

use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Where the system keeps programs for its administrator.
const FOLDERS: [&str; 4] = ["/usr/sbin", "/usr/bin", "/sbin", "/bin"];

/// A program of the system.
pub fn find(name: &str) -> Option<PathBuf> {
    FOLDERS.iter().map(|folder| Path::new(folder).join(name)).find(|path| path.is_file())
}

/// An account as the system knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its number.
    pub uid: u32,
    /// Its group's.
    pub gid: u32,
}

/// The account with this name.
pub fn account(name: &str) -> Option<Account> {
    parse_account(&fs::read_to_string("/etc/passwd").ok()?, name)
}

/// The program that runs what an account is told to run when it logs in.
pub fn shell(name: &str) -> Option<String> {
    let passwd = fs::read_to_string("/etc/passwd").ok()?;
    let line = passwd.lines().find(|line| line.split(':').next() == Some(name))?;
    line.split(':').nth(6).map(ToOwned::to_owned)
}

fn parse_account(passwd: &str, name: &str) -> Option<Account> {
    let line = passwd.lines().find(|line| line.split(':').next() == Some(name))?;
    let mut fields = line.split(':').skip(2);
    Some(Account { uid: fields.next()?.parse().ok()?, gid: fields.next()?.parse().ok()? })
}

/// Runs a program of the system; what it printed, or what went wrong.
pub fn run<S: AsRef<OsStr>>(name: &str, args: &[S]) -> Result<String, String> {
    let program = find(name).ok_or_else(|| format!("{name}: not found"))?;
    let output = Command::new(program)
        .args(args)
        .env_clear()
        .env("PATH", FOLDERS.join(":"))
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .output()
        .map_err(|e| format!("{name}: {e}"))?;
    finished(&output)
}

/// Runs this program as another account, with a text on its standard input.
pub fn run_as<S: AsRef<OsStr>>(
    account: Account,
    program: &Path,
    args: &[S],
    input: &str,
) -> Result<String, String> {
    let failed = |e: std::io::Error| format!("{}: {e}", program.display());
    let mut child = Command::new(program)
        .args(args)
        .env_clear()
        .env("LC_ALL", "C.UTF-8")
        .current_dir("/")
        .uid(account.uid)
        .gid(account.gid)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    if let Some(mut pipe) = child.stdin.take() {
        pipe.write_all(input.as_bytes()).map_err(failed)?;
    }
    finished(&child.wait_with_output().map_err(failed)?)
}

fn finished(output: &std::process::Output) -> Result<String, String> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    if output.status.success() {
        return Ok(text(&output.stdout));
    }
    let said = text(&output.stderr);
    Err(if said.is_empty() { text(&output.stdout) } else { said })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_read_by_its_whole_name() {
        let passwd = "root:x:0:0:root:/root:/bin/bash\nguanxi2:x:997:996::/nowhere:/bin/sh\n";
        assert_eq!(parse_account(passwd, "guanxi2"), Some(Account { uid: 997, gid: 996 }));
        assert_eq!(parse_account(passwd, "guanxi"), None);
        assert_eq!(parse_account("broken:x", "broken"), None);
    }

    #[test]
    fn a_program_that_fails_says_why() {
        assert_eq!(run("true", &[] as &[&str]), Ok(String::new()));
        assert!(run("ls", &["/no-such-folder-here"]).unwrap_err().contains("no-such-folder-here"));
        assert!(run("no-such-program-here", &[] as &[&str]).unwrap_err().contains("not found"));
    }
}
