//! The texts that setting a server up writes: sshd's drop-in file and the units of the nightly backup (operations.md,
//! section 5). What stands in them is what `check` asks sshd for afterwards.

use std::path::{Path, PathBuf};

/// How a server is laid out.
#[derive(Clone, Debug)]
pub struct Layout<'a> {
    /// The service account.
    pub account: &'a str,
    /// The program, as sshd starts it.
    pub program: &'a Path,
    /// The database.
    pub db: &'a Path,
    /// The folder of the backups.
    pub backups: &'a Path,
}

/// So many people may be at the door at once; sshd's own default turned 17 of 60 away (operations.md, section 1).
pub const STARTUPS: u32 = 200;

/// The drop-in file of sshd; `wide` are the two settings that concern every account of the machine.
pub fn drop_in(layout: &Layout, wide: bool) -> String {
    let Layout { account, program, db, .. } = layout;
    let (program, db) = (program.display(), db.display());
    let wide = if wide {
        format!(
            "# these two hold for every account: many people log in at the same minute\n\
             MaxStartups {STARTUPS}\nLoginGraceTime 20\n\n"
        )
    } else {
        String::new()
    };
    format!(
        "# Written by “guanxi server init”; “guanxi server check” looks at it.\n\
         {wide}Match User {account}\n    \
         AuthenticationMethods publickey\n    \
         AuthorizedKeysFile none\n    \
         AuthorizedKeysCommand {program} --db {db} sshd-keys %f\n    \
         AuthorizedKeysCommandUser {account}\n    \
         ForceCommand exec {program} --db {db} session\n    \
         ExposeAuthInfo yes\n    \
         DisableForwarding yes\n    \
         PermitTunnel no\n    \
         PermitUserRC no\n    \
         PermitTTY yes\n    \
         MaxSessions 2\n    \
         # a silent line is cut after about 48 s\n    \
         ClientAliveInterval 8\n    \
         ClientAliveCountMax 2\n\
         Match all\n"
    )
}

/// Where the drop-in file of an account stands.
pub fn drop_in_file(ssh: &Path, account: &str) -> PathBuf {
    ssh.join("sshd_config.d").join(format!("{account}.conf"))
}

/// Whether a drop-in file has the settings that concern every account.
pub fn is_wide(text: &str) -> bool {
    text.lines().any(|line| line.starts_with("MaxStartups"))
}

/// The unit that makes one backup.
pub fn service(layout: &Layout) -> String {
    let Layout { account, program, db, backups } = layout;
    let (program, db, backups) = (program.display(), db.display(), backups.display());
    let data = layout.db.parent().unwrap_or(Path::new("/")).display();
    format!(
        "[Unit]\nDescription=Backup of guanxi\n\n\
         [Service]\nType=oneshot\nUser={account}\nUMask=0077\n\
         ExecStart={program} --db {db} backup --into {backups}\n\
         NoNewPrivileges=yes\nPrivateTmp=yes\nPrivateNetwork=yes\nProtectSystem=strict\nProtectHome=yes\n\
         ReadWritePaths={data} {backups}\nNice=10\n"
    )
}

/// The unit that starts it every hour; which copies stay is a setting.
pub fn timer() -> String {
    "[Unit]\nDescription=Hourly backup of guanxi\n\n\
     [Timer]\nOnCalendar=hourly\nRandomizedDelaySec=300\nPersistent=true\n\n\
     [Install]\nWantedBy=timers.target\n"
        .to_owned()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::cli::server) fn layout() -> Layout<'static> {
        Layout {
            account: "guanxi",
            program: Path::new("/usr/local/bin/guanxi"),
            db: Path::new("/var/lib/guanxi/guanxi.db"),
            backups: Path::new("/var/backups/guanxi"),
        }
    }

    #[test]
    fn what_concerns_other_accounts_stands_in_the_file_only_where_it_was_agreed_to() {
        let narrow = drop_in(&layout(), false);
        assert!(!narrow.contains("MaxStartups") && !is_wide(&narrow));
        let wide = drop_in(&layout(), true);
        assert!(is_wide(&wide));
        assert!(wide.find("MaxStartups").unwrap() < wide.find("Match User guanxi").unwrap());
        // what another file says after it must not fall under the account
        assert!(wide.ends_with("Match all\n"));
    }

    #[test]
    fn the_backup_runs_as_the_account_and_may_write_two_folders_only() {
        let unit = service(&layout());
        assert!(unit.contains("User=guanxi\n"));
        assert!(unit.contains("ReadWritePaths=/var/lib/guanxi /var/backups/guanxi\n"));
        assert!(unit.contains("--db /var/lib/guanxi/guanxi.db backup --into /var/backups/guanxi\n"));
    }
}
