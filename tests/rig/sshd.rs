//! A whole server for a test: an account, a store, sshd on a loopback port, all set up by `guanxi server init` itself, and
//! taken away again at the end. It needs root and OpenSSH; where they are missing the test says so and is left out.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::pty::Session;

static COUNT: AtomicU32 = AtomicU32::new(0);
/// Accounts are made one after the other: the system's list of them is locked meanwhile.
static ALONE: Mutex<()> = Mutex::new(());

/// The server of one test.
pub struct Site {
    /// The service account.
    pub account: String,
    /// Everything but the home of the account.
    pub folder: PathBuf,
    /// Where the people keep their keys.
    pub keys: tempfile::TempDir,
    port: u16,
    sshd: Child,
    _alone: MutexGuard<'static, ()>,
}

fn run(command: &mut Command) -> Output {
    command.stdin(Stdio::null()).output().unwrap()
}

/// What came of a command: exit status, standard output, standard error.
pub fn told(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

/// Whether this machine can play a server; says what is missing.
fn can() -> bool {
    let root = fs::metadata("/proc/self").is_ok_and(|m| std::os::unix::fs::MetadataExt::uid(&m) == 0);
    let needed = ["/usr/sbin/sshd", "/usr/bin/ssh", "/usr/bin/ssh-keygen", "/usr/sbin/useradd"];
    let missing: Vec<&str> = needed.into_iter().filter(|p| !Path::new(p).exists()).collect();
    if !root || !missing.is_empty() {
        eprintln!("LEFT OUT: a real sshd needs root ({root}) and {missing:?}");
    }
    root && missing.is_empty()
}

impl Site {
    /// Sets the server up; none where the machine cannot play one.
    pub fn new() -> Option<Self> {
        if !can() {
            return None;
        }
        let alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
        let account = format!("gxt{}n{}", std::process::id(), COUNT.fetch_add(1, Ordering::SeqCst));
        let folder = Path::new("/opt").join(&account);
        fs::create_dir_all(folder.join("ssh/sshd_config.d")).unwrap();
        fs::create_dir_all("/run/sshd").unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let ssh = folder.join("ssh");
        let at = ssh.display();
        let config = format!(
            "Port {port}\nListenAddress 127.0.0.1\nHostKey {at}/host\nPidFile none\nUsePAM no\n\
             AcceptEnv LANG LC_* COLORTERM\nSubsystem sftp internal-sftp\nInclude {at}/sshd_config.d/*.conf\n"
        );
        fs::write(ssh.join("sshd_config"), config).unwrap();
        let keys = tempfile::tempdir().unwrap();
        keygen(&ssh.join("host"));
        keygen(&keys.path().join("wang"));
        let mut site =
            Self { account, folder, keys, port, sshd: Command::new("true").spawn().unwrap(), _alone: alone };
        let key = site.keys.path().join("wang.pub");
        let more = ["--admin", "王敏", "--login", "wang", "--key", key.to_str().unwrap()];
        let made = site.init(&[&more[..], &["--server-wide", "yes", "--timer", "no"]].concat());
        assert!(made.status.success(), "{:?}", told(&made));
        site.start();
        Some(site)
    }

    /// Where things stand, as options of `guanxi server`.
    fn place(&self) -> Vec<String> {
        let at = |name: &str| self.folder.join(name).display().to_string();
        let pairs = [
            ("--account", self.account.clone()),
            ("--program", at("bin/guanxi")),
            ("--ssh", at("ssh")),
            ("--backups", at("backups")),
        ];
        pairs.into_iter().flat_map(|(name, value)| [name.to_owned(), value]).collect()
    }

    /// `guanxi server init` or `check` with this place.
    pub fn server(&self, what: &str, more: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_guanxi"));
        command.env_clear().env("PATH", "/usr/bin:/bin").args(["--lang", "en", "--db"]).arg(self.db());
        run(command.args(["server", what]).args(self.place()).args(more))
    }

    /// The arguments of `guanxi server init` with this place, for who starts it another way.
    pub fn init_args(&self, more: &[&str]) -> Vec<String> {
        let db = self.db().display().to_string();
        let before = ["--lang", "en", "--db", &db, "server", "init"].map(str::to_owned);
        let more = more.iter().map(|arg| (*arg).to_owned());
        before.into_iter().chain(self.place()).chain(more).collect()
    }

    /// `guanxi server init`.
    pub fn init(&self, more: &[&str]) -> Output {
        self.server("init", more)
    }

    /// The database.
    pub fn db(&self) -> PathBuf {
        self.folder.join("data/guanxi.db")
    }

    fn start(&mut self) {
        let log = fs::File::create(self.folder.join("sshd.log")).unwrap();
        let config = self.folder.join("ssh/sshd_config");
        self.sshd = Command::new("/usr/sbin/sshd")
            .args(["-D", "-e", "-f"])
            .arg(config)
            .stdin(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        let until = Instant::now() + Duration::from_secs(10);
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(Instant::now() < until, "sshd does not listen: {}", self.log());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// What sshd has said.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.join("sshd.log")).unwrap_or_default()
    }

    /// The arguments of a client that comes with this key.
    pub fn client(&self, key: &str) -> Vec<String> {
        let mut args: Vec<String> = ["-F", "none", "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes"]
            .into_iter()
            .map(ToOwned::to_owned)
            .collect();
        for option in [
            "StrictHostKeyChecking=no",
            "UserKnownHostsFile=/dev/null",
            "LogLevel=ERROR",
            "SendEnv=LANG COLORTERM",
        ] {
            args.extend(["-o".to_owned(), option.to_owned()]);
        }
        let key = self.keys.path().join(key).display().to_string();
        args.extend(["-i".to_owned(), key, "-p".to_owned(), self.port.to_string()]);
        args
    }

    /// The command of a client with these options before the host, and this after it.
    pub fn ssh(&self, key: &str, options: &[&str], typed: &[&str]) -> Command {
        let mut command = Command::new("/usr/bin/ssh");
        command.env_clear().env("LANG", "en_US.UTF-8").env("PATH", "/usr/bin:/bin").args(self.client(key));
        command.args(options).arg(format!("{}@127.0.0.1", self.account)).args(typed).stdin(Stdio::null());
        command
    }

    /// Runs one verb as the holder of a key.
    pub fn says(&self, key: &str, typed: &str) -> (i32, String, String) {
        told(&self.ssh(key, &[], &[typed]).output().unwrap())
    }

    /// The same, and it has to go through.
    pub fn ok(&self, key: &str, typed: &str) -> String {
        let (status, out, err) = self.says(key, typed);
        assert_eq!(status, 0, "{typed}: {out}{err}\n{}", self.log());
        out
    }

    /// The same with a file on its standard input.
    pub fn piped(&self, key: &str, typed: &str, file: &Path) -> (i32, String, String) {
        let input = fs::File::open(file).unwrap();
        told(&self.ssh(key, &[], &[typed]).stdin(input).output().unwrap())
    }

    /// Lets somebody in with a new key of this name.
    pub fn person(&self, login: &str, name: &str, role: &str) {
        let path = self.keys.path().join(login);
        keygen(&path);
        let typed = format!("user add {name} --login {login} --role {role} --key -");
        let (status, out, err) = self.piped("wang", &typed, &path.with_extension("pub"));
        assert_eq!(status, 0, "{out}{err}");
    }

    /// The full screen over a true line, as the holder of a key.
    pub fn screen(&self, key: &str) -> Session {
        let mut args = self.client(key);
        args.extend(["-tt".to_owned(), format!("{}@127.0.0.1", self.account)]);
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let env = [("LANG", "zh_CN.UTF-8"), ("COLORTERM", "truecolor")];
        Session::start(Path::new("/usr/bin/ssh"), &args, &env, (100, 30))
    }

    /// The processes of the program that run as the account; those that have ended run no more.
    pub fn processes(&self) -> Vec<u32> {
        let uid =
            fs::metadata(self.folder.join("data")).map(|m| std::os::unix::fs::MetadataExt::uid(&m)).unwrap();
        let is = |pid: u32| {
            let at = format!("/proc/{pid}");
            fs::metadata(&at)
                .is_ok_and(|m| std::os::unix::fs::MetadataExt::uid(&m) == uid || m_is_ours(pid, uid))
                && fs::read_to_string(format!("{at}/comm")).is_ok_and(|c| c.trim() == "guanxi")
                // one that has ended may wait a long time for the first process of the machine to take note
                && guanxi::store::process::began(pid).is_some()
        };
        let all = fs::read_dir("/proc").unwrap().flatten();
        all.filter_map(|e| e.file_name().to_str()?.parse().ok()).filter(|pid| is(*pid)).collect()
    }
}

/// Whose a process is by its status: one that nobody may look into belongs to root in the file system.
fn m_is_ours(pid: u32, uid: u32) -> bool {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("Uid:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|n| n.parse().ok()) == Some(uid)
}

/// Makes a pair of keys.
pub fn keygen(path: &Path) {
    let mut command = Command::new("/usr/bin/ssh-keygen");
    let made = run(command.args(["-q", "-t", "ed25519", "-N", "", "-C", "test", "-f"]).arg(path));
    assert!(made.status.success(), "{:?}", told(&made));
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = self.sshd.kill();
        let _ = self.sshd.wait();
        for pid in self.processes() {
            let _ = run(Command::new("/bin/kill").args(["-9", &pid.to_string()]));
        }
        let _ = run(Command::new("/usr/sbin/userdel").arg(&self.account));
        let _ = fs::remove_dir_all(&self.folder);
        let _ = fs::remove_dir_all(format!("/var/lib/{}-home", self.account));
    }
}
