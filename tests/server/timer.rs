//! The hourly backup that `guanxi server init` offers, first and once more: agreed to, not agreed to, only rehearsed, changed,
//! taken back. This machine need not run systemd: a room of its own (`unshare --mount`) holds its folders and a stand-in for
//! `systemctl` that writes down what it is asked.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::sshd::{Site, told};

/// Puts folders and stand-in in their places and runs the rest of the arguments.
const ROOM: &str = "set -e; mkdir -p /run/systemd /etc/systemd/system
mount --bind \"$1/run\" /run/systemd; mount --bind \"$1/units\" /etc/systemd/system
mount --bind \"$1/systemctl\" /usr/bin/systemctl; shift; exec \"$@\"";

/// A server on a machine that seems to run systemd.
struct Room {
    site: Site,
    folder: PathBuf,
}

impl Room {
    fn new() -> Option<Self> {
        let site = Site::new()?;
        let can = Command::new("/usr/bin/unshare").args(["--mount", "/bin/true"]).status();
        if !can.is_ok_and(|status| status.success()) || !PathBuf::from("/usr/bin/systemctl").exists() {
            eprintln!("LEFT OUT: a room of its own needs unshare --mount and a file /usr/bin/systemctl");
            return None;
        }
        let folder = site.folder.join("room");
        fs::create_dir_all(folder.join("run/system")).unwrap();
        fs::create_dir_all(folder.join("units")).unwrap();
        let asked = folder.join("asked");
        let stand_in = format!(
            "#!/bin/sh\n[ -e {0}.refuse ] && {{ echo 'Failed to connect to bus' >&2; exit 1; }}\necho \"$@\" >> {0}\n",
            asked.display()
        );
        fs::write(folder.join("systemctl"), stand_in).unwrap();
        fs::set_permissions(folder.join("systemctl"), fs::Permissions::from_mode(0o755)).unwrap();
        Some(Self { site, folder })
    }

    /// `guanxi server init` in the room; what it said, and what it asked of systemd.
    fn init(&self, status: i32, more: &[&str]) -> (String, Vec<String>) {
        let _ = fs::remove_file(self.folder.join("asked"));
        let output = Command::new("/usr/bin/unshare")
            .args(["--mount", "--propagation", "private", "/bin/sh", "-c", ROOM, "room"])
            .arg(&self.folder)
            .arg(env!("CARGO_BIN_EXE_guanxi"))
            .args(self.site.init_args(&[&["--server-wide", "yes"], more].concat()))
            .env_clear()
            .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let (code, out, err) = told(&output);
        assert_eq!(code, status, "{more:?}: {out}{err}");
        let asked = fs::read_to_string(self.folder.join("asked")).unwrap_or_default();
        (format!("{out}{err}"), asked.lines().map(str::to_owned).collect())
    }

    /// The units that stand: name and text.
    fn units(&self) -> Vec<(String, String)> {
        let mut units: Vec<(String, String)> = fs::read_dir(self.folder.join("units"))
            .unwrap()
            .map(|file| file.unwrap())
            .map(|file| (file.file_name().into_string().unwrap(), fs::read_to_string(file.path()).unwrap()))
            .collect();
        units.sort();
        units
    }
}

#[test]
fn the_hourly_backup_is_set_up_only_where_it_is_agreed_to_and_stands_when_init_runs_again() {
    let Some(room) = Room::new() else { return };
    let timer = format!("{}-backup.timer", room.site.account);
    let service = format!("{}-backup.service", room.site.account);
    // nobody to ask, a refusal, a rehearsal: nothing is written and nothing is asked of systemd
    for more in [&[][..], &["--timer", "no"], &["--dry-run"]] {
        let (said, asked) = room.init(0, more);
        assert!(said.contains("No backup is scheduled (--timer yes does it)."), "{more:?}: {said}");
        assert_eq!((room.units(), asked), (Vec::new(), Vec::new()), "{more:?}");
    }
    let (said, asked) = room.init(0, &["--timer", "yes", "--dry-run"]);
    assert!(said.contains("OnCalendar=hourly") && said.contains("ProtectSystem=strict"), "{said}");
    assert_eq!((room.units(), asked), (Vec::new(), Vec::new()));
    // agreed to: two units, read and started
    let (said, asked) = room.init(0, &["--timer", "yes"]);
    assert!(said.contains(&format!("{timer}: written")), "{said}");
    assert_eq!(asked, ["daemon-reload".to_owned(), format!("enable --now {timer}")]);
    let units = room.units();
    assert_eq!(units.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), [&service, &timer]);
    let backs_up = format!(
        "ExecStart={0}/bin/guanxi --db {0}/data/guanxi.db backup --into {0}/backups",
        room.site.folder.display()
    );
    assert!(units[0].1.contains(&backs_up), "{}", units[0].1);
    // the line that the timer runs makes a backup
    let line = backs_up.trim_start_matches("ExecStart=").to_owned();
    let mut ran = Command::new("/sbin/runuser");
    ran.args(["-u", &room.site.account, "--", "/bin/sh", "-c", &line]).current_dir("/").env_clear();
    let (code, out, err) = told(&ran.output().unwrap());
    assert_eq!(code, 0, "{out}{err}");
    assert_eq!(fs::read_dir(room.site.folder.join("backups")).unwrap().count(), 1);
    // once more: nobody is asked, nothing changes, and what was stopped by hand is not started again
    for more in [&[][..], &["--timer", "yes"], &["--dry-run"]] {
        let (said, asked) = room.init(0, more);
        assert!(said.contains(&format!("{timer}: there already, the same")), "{more:?}: {said}");
        assert_eq!((room.units(), asked), (units.clone(), Vec::new()), "{more:?}");
    }
    // a unit that somebody has changed is put right and started
    fs::write(room.folder.join("units").join(&timer), "[Timer]\nOnCalendar=yearly\n").unwrap();
    let (_, asked) = room.init(0, &[]);
    assert_eq!((room.units(), asked.len()), (units.clone(), 2));
    // taken back: stopped first, then gone
    let (said, asked) = room.init(0, &["--timer", "no", "--dry-run"]);
    assert!(said.contains("is stopped and taken away"), "{said}");
    assert_eq!((room.units(), asked), (units, Vec::new()), "a rehearsal takes nothing away");
    let (_, asked) = room.init(0, &["--timer", "no"]);
    assert_eq!(asked, [format!("disable --now {timer}"), "daemon-reload".to_owned()]);
    assert_eq!(room.units(), Vec::new());
}

#[test]
fn a_systemd_that_refuses_is_told_by_its_own_words_and_the_next_run_goes_on_from_there() {
    let Some(room) = Room::new() else { return };
    fs::write(room.folder.join("asked.refuse"), "").unwrap();
    let (said, _) = room.init(1, &["--timer", "yes"]);
    assert!(said.contains("Failed to connect to bus") && said.contains("-backup.timer"), "{said}");
    fs::remove_file(room.folder.join("asked.refuse")).unwrap();
    let (_, asked) = room.init(0, &["--timer", "yes"]);
    assert_eq!(asked.len(), 2, "it is started by the next run: {asked:?}");
}
