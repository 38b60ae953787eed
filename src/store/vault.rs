//! Backups that only the holder of a key opens. The store encrypts to a public key in age's format and never holds the
//! secret half; whoever restores, or gives the backups another key, brings it. A copy is plain on disk only while it is
//! verified, in the same private folder and for the owner's eyes only; giving another key never writes it plain.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

pub use super::keys::{Identity, Recipient, identities, new_pair, recipient};
use super::request::{Rekeyed, VaultError};
use super::{Store, backup, settings};
use crate::domain::backup::{self as names, Keep};

/// How every encrypted file begins.
const HEADER: &[u8] = b"age-encryption.org/v1";

/// Whether a file is encrypted.
pub fn is_locked(path: &Path) -> bool {
    let mut head = [0; HEADER.len()];
    File::open(path).and_then(|mut f| f.read_exact(&mut head)).is_ok() && head == *HEADER
}

impl Store {
    /// The public key to which this company's backups are encrypted; none where it has set none.
    pub fn backup_key(&self) -> Result<Option<Recipient>, VaultError> {
        let text = settings::get(&self.db, "backup_key").map_err(super::request::StoreError::from)?;
        if text.is_empty() { Ok(None) } else { recipient(&text).map(Some) }
    }

    /// How many backups stay.
    pub fn backups_kept(&self) -> Result<Keep, VaultError> {
        let number = |key| -> Result<usize, VaultError> {
            let n = settings::number(&self.db, key).map_err(super::request::StoreError::from)?;
            Ok(usize::try_from(n).unwrap_or(0))
        };
        Ok(Keep {
            hourly: number("backups_hourly")?,
            daily: number("backups_daily")?,
            monthly: number("backups_monthly")?,
        })
    }

    /// Copies this database to a file that does not exist yet, verified, and encrypted where there is a key.
    pub fn back_up_to(&self, to: &Path, key: Option<&Recipient>) -> Result<(), VaultError> {
        let Some(key) = key else { return Ok(self.back_up(to)?) };
        if to.exists() {
            return Err(file(to, &"exists already"));
        }
        let plain = beside(to, "plain");
        // one that a cut has left is of no use
        let _ = fs::remove_file(&plain);
        self.back_up(&plain)?;
        let locked = File::open(&plain).map_err(|e| file(&plain, &e)).and_then(|open| lock(open, to, key));
        let removed = fs::remove_file(&plain).map_err(|e| file(&plain, &e));
        locked.and(removed)
    }
}

/// Removes the copies of a folder that need not stay; tells their names.
pub fn prune(folder: &Path, keep: Keep) -> Result<Vec<String>, VaultError> {
    let surplus = names::surplus(&listed(folder)?, keep);
    for name in &surplus {
        let path = folder.join(name);
        fs::remove_file(&path).map_err(|e| file(&path, &e))?;
    }
    Ok(surplus)
}

/// Opens an encrypted backup into a new plain file for the owner's eyes only.
pub fn unlock(from: &Path, keys: &[Identity], to: &Path) -> Result<(), VaultError> {
    let mut plain = open(from, keys)?;
    written(to, |out| io::copy(&mut plain, out).map(drop)).map_err(|e| match e {
        // the text of a damaged file breaks off in the middle
        VaultError::File(_, why) => VaultError::Shut(format!("{} ({why})", from.display())),
        e => e,
    })
}

/// Gives every encrypted backup of a folder another key: it then opens with that key alone. What the old keys do not open
/// stays as it is and is told (G1, K52).
pub fn rekey(folder: &Path, keys: &[Identity], to: &Recipient) -> Result<Rekeyed, VaultError> {
    let mut told = Rekeyed::default();
    for name in listed(folder)? {
        let path = folder.join(&name);
        if !is_locked(&path) {
            told.plain.push(name);
            continue;
        }
        match open(&path, keys) {
            Ok(plain) => match lock_over(plain, &path, to) {
                Ok(()) => told.changed.push(name),
                Err(VaultError::Shut(_)) => told.shut.push(name),
                Err(e) => return Err(e),
            },
            Err(VaultError::Shut(_)) => told.shut.push(name),
            Err(e) => return Err(e),
        }
    }
    Ok(told)
}

/// The names of the backups in a folder, oldest first.
fn listed(folder: &Path) -> Result<Vec<String>, VaultError> {
    let read = fs::read_dir(folder).map_err(|e| file(folder, &e))?;
    let mut names: Vec<String> = read
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| names::instant(name).is_some())
        .collect();
    names.sort();
    Ok(names)
}

/// The plain text of an encrypted file.
fn open(from: &Path, keys: &[Identity]) -> Result<impl Read, VaultError> {
    let locked = File::open(from).map_err(|e| file(from, &e))?;
    let shut = |_| VaultError::Shut(from.display().to_string());
    let decryptor = age::Decryptor::new_buffered(BufReader::new(locked)).map_err(shut)?;
    decryptor.decrypt(keys.iter().map(|key| key as &dyn age::Identity)).map_err(shut)
}

fn lock(plain: impl Read, to: &Path, key: &Recipient) -> Result<(), VaultError> {
    let partial = beside(to, "partial");
    lock_into(plain, &partial, key)?;
    fs::rename(&partial, to).map_err(|e| file(to, &e))
}

/// Encrypts into the place of the file that is being read: half of it never bears the name.
fn lock_over(plain: impl Read, path: &Path, key: &Recipient) -> Result<(), VaultError> {
    let partial = beside(path, "partial");
    let locked = lock_into(plain, &partial, key);
    if let Err(error) = locked {
        let _ = fs::remove_file(&partial);
        return Err(match error {
            VaultError::File(name, why) if why.contains("decrypt") => VaultError::Shut(name),
            error => error,
        });
    }
    fs::rename(&partial, path).map_err(|e| file(path, &e))
}

fn lock_into(mut plain: impl Read, to: &Path, key: &Recipient) -> Result<(), VaultError> {
    let to_key = std::iter::once(key as &dyn age::Recipient);
    let encryptor =
        age::Encryptor::with_recipients(to_key).map_err(|e| VaultError::Recipient(e.to_string()))?;
    // one that a cut has left is of no use
    let _ = fs::remove_file(to);
    written(to, |out| {
        let mut locked = encryptor.wrap_output(out)?;
        io::copy(&mut plain, &mut locked)?;
        locked.finish().map(drop)
    })
}

/// Writes a new file for the owner's eyes only, down to the disk; removes what a fault has left of it.
fn written(to: &Path, fill: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>) -> Result<(), VaultError> {
    let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(to);
    let mut out = BufWriter::new(made.map_err(|e| file(to, &e))?);
    let done = fill(&mut out).and_then(|()| out.flush()).and_then(|()| out.get_ref().sync_all());
    done.map_err(|e| {
        let _ = fs::remove_file(to);
        file(to, &e)
    })
}

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_os_string();
    name.push(".");
    name.push(end);
    PathBuf::from(name)
}

fn file(path: &Path, why: &dyn std::fmt::Display) -> VaultError {
    VaultError::File(path.display().to_string(), why.to_string())
}

/// Puts a backup in the place of a database, opened with the keys where it is encrypted; see [`backup::restore`].
pub fn restore(
    from: &Path,
    keys: Option<&[Identity]>,
    to: &Path,
    stamp: &str,
) -> Result<Option<PathBuf>, VaultError> {
    if !is_locked(from) {
        return Ok(backup::restore(from, to, stamp)?);
    }
    let keys = keys.ok_or_else(|| VaultError::NeedsKey(from.display().to_string()))?;
    super::open::place(to)?;
    let plain = to.with_extension(format!("unlocked-{stamp}.db"));
    unlock(from, keys, &plain)?;
    let restored = backup::restore(&plain, to, stamp);
    let removed = fs::remove_file(&plain).map_err(|e| file(&plain, &e));
    let kept = restored?;
    removed.map(|()| kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> (Vec<Identity>, Recipient) {
        let (secret, public) = new_pair();
        (identities(&secret).unwrap(), recipient(&public).unwrap())
    }

    fn locked(folder: &Path, name: &str, text: &[u8], key: &Recipient) -> PathBuf {
        let path = folder.join(name);
        lock(text, &path, key).unwrap();
        path
    }

    #[test]
    fn what_is_locked_opens_with_its_key_and_with_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let (mine, to) = keys();
        let (other, _) = keys();
        let text: Vec<u8> = (0..200_000_u32).flat_map(u32::to_le_bytes).collect();
        let path = locked(folder.path(), "a.age", &text, &to);
        assert!(is_locked(&path));
        let out = folder.path().join("plain");
        assert!(matches!(unlock(&path, &other, &out), Err(VaultError::Shut(_))));
        assert!(!out.exists());
        unlock(&path, &mine, &out).unwrap();
        assert_eq!(fs::read(&out).unwrap(), text);
    }

    #[test]
    fn a_damaged_or_cut_off_backup_is_told_and_leaves_nothing_half() {
        let folder = tempfile::tempdir().unwrap();
        let (mine, to) = keys();
        let path = locked(folder.path(), "a.age", &vec![7; 300_000], &to);
        let whole = fs::read(&path).unwrap();
        let out = folder.path().join("plain");
        let mut flipped = whole.clone();
        flipped[200_000] ^= 1;
        for bad in [&flipped[..], &whole[..whole.len() - 1], &whole[..100_000], &whole[..30]] {
            fs::write(&path, bad).unwrap();
            assert!(matches!(unlock(&path, &mine, &out), Err(VaultError::Shut(_))), "{} bytes", bad.len());
            assert!(!out.exists());
        }
    }

    #[test]
    fn k52_another_key_opens_every_backup_that_the_old_one_opened_and_the_old_one_none() {
        let folder = tempfile::tempdir().unwrap();
        let ((old, to_old), (new, to_new), (_, to_third)) = (keys(), keys(), keys());
        let path = locked(folder.path(), "guanxi-20240520-140000.db.age", b"one", &to_old);
        locked(folder.path(), "guanxi-20240520-150000.db.age", b"two", &to_third);
        fs::write(folder.path().join("guanxi-20240520-160000.db"), "plain").unwrap();
        fs::write(folder.path().join("notes.age"), "not ours").unwrap();
        let told = rekey(folder.path(), &old, &to_new).unwrap();
        assert_eq!(told.changed, ["guanxi-20240520-140000.db.age"]);
        assert_eq!(told.shut, ["guanxi-20240520-150000.db.age"]);
        assert_eq!(told.plain, ["guanxi-20240520-160000.db"]);
        let out = folder.path().join("out");
        assert!(matches!(unlock(&path, &old, &out), Err(VaultError::Shut(_))));
        unlock(&path, &new, &out).unwrap();
        assert_eq!(fs::read(&out).unwrap(), b"one");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 5, "nothing half is left beside");
    }

    #[test]
    fn a_text_that_is_no_key_is_refused() {
        for bad in ["", "age1", "ssh-ed25519 AAAA", "AGE-SECRET-KEY-1X"] {
            assert!(recipient(bad).is_err() && identities(bad).is_err(), "{bad}");
        }
        assert!(identities("# only a comment\n").is_err());
    }
}
