//! What there is to see of a server: owners and modes of files and of every folder above them, what sshd says it would do for
//! the account, swap, core dumps. It reads and judges nothing; `check` does.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

/// Owner and mode of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Which.
    pub path: PathBuf,
    /// Its owner's number.
    pub uid: u32,
    /// Its mode, the permission bits alone.
    pub mode: u32,
}

/// A path as it stands; none where it is not there.
pub fn path(path: &Path) -> Option<Seen> {
    let meta = fs::metadata(path).ok()?;
    Some(Seen { path: path.to_path_buf(), uid: meta.uid(), mode: meta.mode() & 0o7777 })
}

/// A path and every folder above it, up to the root.
pub fn and_above(whole: &Path) -> Vec<Seen> {
    whole.ancestors().filter_map(path).collect()
}

/// The options that sshd would take for a log-in of the account, as it says itself.
pub type Options = BTreeMap<String, Vec<String>>;

/// Reads what `sshd -T` prints: a name and its value a line, a name on several lines where it has several.
pub fn options(text: &str) -> Options {
    let mut out = Options::new();
    for line in text.lines() {
        let (name, value) = line.split_once(' ').unwrap_or((line, ""));
        out.entry(name.to_lowercase()).or_default().push(value.trim().to_owned());
    }
    out
}

/// The places to which memory is swapped without encryption; compressed memory and mapped (encrypted) devices are not.
pub fn bare_swap(swaps: &str) -> Vec<String> {
    swaps
        .lines()
        .skip(1)
        .filter_map(|line| line.split_whitespace().next())
        .filter(|device| !["/dev/dm-", "/dev/mapper/", "/dev/zram"].iter().any(|d| device.starts_with(d)))
        .map(ToOwned::to_owned)
        .collect()
}

/// The field of an account's password in `/etc/shadow`; none where it cannot be read.
pub fn password(account: &str) -> Option<String> {
    let text = fs::read_to_string("/etc/shadow").ok()?;
    let line = text.lines().find(|line| line.split(':').next() == Some(account))?;
    line.split(':').nth(1).map(ToOwned::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_sshd_prints_is_read_by_name_with_every_value() {
        let seen = options(
            "port 22\nacceptenv LANG\nacceptenv LC_*\nforcecommand exec /usr/local/bin/guanxi session\n",
        );
        assert_eq!(seen["acceptenv"], ["LANG", "LC_*"]);
        assert_eq!(seen["forcecommand"], ["exec /usr/local/bin/guanxi session"]);
    }

    #[test]
    fn swap_on_a_plain_disk_is_seen_and_encrypted_or_compressed_one_is_not() {
        let swaps = "Filename\tType\tSize\tUsed\tPriority\n/dev/sda2 partition 1 0 -2\n/swapfile file 1 0 -3\n/dev/dm-1 partition 1 0 -4\n/dev/zram0 partition 1 0 5\n";
        assert_eq!(bare_swap(swaps), ["/dev/sda2", "/swapfile"]);
        assert!(bare_swap("Filename\tType\n").is_empty());
    }

    #[test]
    fn every_folder_above_a_file_is_looked_at() {
        let seen = and_above(Path::new("/usr/bin/env"));
        let paths: Vec<&str> = seen.iter().filter_map(|s| s.path.to_str()).collect();
        assert_eq!(paths, ["/usr/bin/env", "/usr/bin", "/usr", "/"]);
    }
}
