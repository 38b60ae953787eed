//! What is no database of guanxi's is one sentence, and is not touched: twenty kinds of wrong file, each the same to the byte
//! afterwards (operations.md, sections 7 and 9, line 23).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

fn guanxi(folder: &Path, args: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_guanxi"))
        .args(["--lang", "en"])
        .args(args)
        .current_dir(folder)
        .env_clear()
        .env("GUANXI_USER", "wang")
        .env("HOME", folder)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    (output.status.code().unwrap(), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// A sound database, folded into its one file.
fn sound(folder: &Path) -> Vec<u8> {
    assert_eq!(guanxi(folder, &["--db", "good.db", "add", "恒远物流有限公司"]).0, 0);
    assert_eq!(guanxi(folder, &["--db", "good.db", "backup", "copy.db"]).0, 0);
    fs::read(folder.join("copy.db")).unwrap()
}

/// The database with some of its bytes changed.
fn with(good: &[u8], at: usize, bytes: &[u8]) -> Vec<u8> {
    let mut out = good.to_vec();
    out[at..at + bytes.len()].copy_from_slice(bytes);
    out
}

#[test]
fn twenty_kinds_of_wrong_file_are_a_sentence_and_stay_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let good = sound(folder.path());
    let not_ours = "is not a database of guanxi";
    let kinds: Vec<(&str, Vec<u8>, &str)> = vec![
        ("empty", Vec::new(), not_ours),
        ("one byte", vec![0], not_ours),
        ("text", b"customers,phones\n".to_vec(), not_ours),
        ("long text", "客户名称,电话\n".repeat(2_000).into_bytes(), not_ours),
        ("zeros", vec![0; 8_192], not_ours),
        ("a picture", [b"\x89PNG\r\n\x1a\n".as_slice(), &[7; 4_000]].concat(), not_ours),
        ("a zip", [b"PK\x03\x04".as_slice(), &[9; 4_000]].concat(), not_ours),
        ("gzip", [b"\x1f\x8b\x08".as_slice(), &[3; 4_000]].concat(), not_ours),
        ("an encrypted backup", b"age-encryption.org/v1\n-> X25519 x\n".to_vec(), not_ours),
        ("the head of a database", good[..100].to_vec(), ""),
        ("half a page", good[..2_048].to_vec(), ""),
        ("one page", good[..4_096].to_vec(), ""),
        ("two pages", good[..8_192].to_vec(), ""),
        ("cut in the middle", good[..good.len() / 2].to_vec(), ""),
        ("another program's", with(&good, 68, b"abcd"), not_ours),
        ("nobody's", with(&good, 68, &[0; 4]), not_ours),
        ("of a newer guanxi", with(&good, 60, &9_999_u32.to_be_bytes()), "newer guanxi"),
        ("another page size", with(&good, 16, &[0, 3]), ""),
        ("another head", with(&good, 0, b"SQLite format 4\0"), not_ours),
        ("a broken schema", with(&good, 100, &[0xFF; 60]), ""),
    ];
    assert_eq!(kinds.len(), 20);
    for (kind, bytes, words) in kinds {
        let path = folder.path().join("wrong.db");
        fs::write(&path, &bytes).unwrap();
        // a command that may make a database takes an empty file for one that is just being made
        let writes = if bytes.is_empty() { &["due"][..] } else { &["add", "新客户"] };
        for args in [&["find", "恒远"][..], writes, &["due"]] {
            let args = [&["--db", "wrong.db"], args].concat();
            let (status, err) = guanxi(folder.path(), &args);
            assert_eq!(status, 1, "{kind} {args:?}: {err}");
            assert!(err.contains(words), "{kind}: {err}");
            assert_eq!(err.trim().lines().count(), 1, "{kind}: one sentence: {err}");
            assert!(!err.contains("panicked"), "{kind}: {err}");
            assert!(fs::read(&path).unwrap() == bytes, "{kind} {args:?}: the file was changed");
        }
        for end in ["-wal", "-shm", "-journal"] {
            let _ = fs::remove_file(folder.path().join(format!("wrong.db{end}")));
        }
    }
}
