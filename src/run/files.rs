//! Folders and files for the person, on their own machine: what can be imported, where a list or a report is written.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::app::popup::FileRow;
use crate::exchange::fresh;

/// Endings of files that can be tables.
const TABLES: &[&str] = &["csv", "tsv", "txt", "xlsx", "xlsm", "xls"];

/// The folder that is meant: `~` and what does not begin at the root count from the home.
fn meant(asked: &str, home: &Path) -> PathBuf {
    match asked.strip_prefix('~') {
        Some(rest) => home.join(rest.trim_start_matches('/')),
        None => home.join(asked),
    }
}

/// The folder as asked, or the home where none is; the newest table first, folders after the tables. None where there is no
/// such folder.
pub fn list(asked: &str) -> Option<(String, Vec<FileRow>)> {
    let folder = meant(asked, &super::place::home()).canonicalize().ok().filter(|folder| folder.is_dir())?;
    let mut rows: Vec<(bool, std::cmp::Reverse<std::time::SystemTime>, FileRow)> = Vec::new();
    for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
        let Ok(meta) = std::fs::metadata(entry.path()) else { continue };
        let name = entry.file_name().to_string_lossy().into_owned();
        let ending = entry.path().extension().map(|e| e.to_string_lossy().to_lowercase());
        let wanted = meta.is_dir() || ending.is_some_and(|e| TABLES.contains(&e.as_str()));
        if name.starts_with('.') || name.ends_with(".drafts") || !wanted {
            continue;
        }
        let path = entry.path().to_string_lossy().into_owned();
        let at = meta.modified().unwrap_or(std::time::UNIX_EPOCH);
        let row = FileRow { name, path, folder: meta.is_dir(), size: meta.len() };
        rows.push((meta.is_dir(), std::cmp::Reverse(at), row));
    }
    rows.sort_by(|a, b| (a.0, a.1, &a.2.name).cmp(&(b.0, b.1, &b.2.name)));
    let up = folder.parent().map(|p| FileRow {
        name: "..".to_owned(),
        path: p.to_string_lossy().into_owned(),
        folder: true,
        size: 0,
    });
    let rows = rows.into_iter().map(|(.., row)| row).chain(up).collect();
    Some((folder.to_string_lossy().into_owned(), rows))
}

/// Writes to a new file of this name in a folder, which is made where there is none, for its owner alone; gives its path.
pub fn put(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<PathBuf> {
    std::fs::create_dir_all(folder)?;
    let (mut file, path) = fresh::create(&folder.join(name))?;
    file.write_all(bytes)?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_goes_into_a_folder_that_is_made_and_never_over_another() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("share/guanxi/reports");
        let first = put(&folder, "day.txt", b"one").unwrap();
        let second = put(&folder, "day.txt", b"two").unwrap();
        assert_eq!(first, folder.join("day.txt"));
        assert_ne!(first, second);
        assert_eq!(std::fs::read(first).unwrap(), b"one");
    }

    #[test]
    fn typed_folders_count_from_the_home_or_from_the_root() {
        let home = Path::new("/home/wang");
        let paths = ["", "~", "~/下载", "下载/", "/tmp"].map(|asked| meant(asked, home));
        let as_text = paths.map(|p| p.components().collect::<PathBuf>().display().to_string());
        assert_eq!(as_text, ["/home/wang", "/home/wang", "/home/wang/下载", "/home/wang/下载", "/tmp"]);
        assert_eq!(list("/there/is/no/such/folder"), None);
    }
}
