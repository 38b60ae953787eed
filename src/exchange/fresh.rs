//! New files for people: never over one that is there, and readable for their owner alone.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

/// Numbers that are tried behind a name.
const MOST: u32 = 1_000;

/// Makes a new file of this name, or of the name with the next free number behind it (`客户.rejects 2.csv`); answers which.
pub fn create(path: &Path) -> io::Result<(File, PathBuf)> {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let ending = path.extension().map(|e| format!(".{}", e.to_string_lossy())).unwrap_or_default();
    let mut n = 1;
    loop {
        let named =
            if n == 1 { path.to_path_buf() } else { path.with_file_name(format!("{stem} {n}{ending}")) };
        match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&named) {
            Ok(file) => return Ok((file, named)),
            Err(e) if e.kind() == ErrorKind::AlreadyExists && n < MOST => n += 1,
            Err(e) => return Err(e),
        }
    }
}
