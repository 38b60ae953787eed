//! The rules of the house, as tests: who may use whom, where SQL, colours, the terminal library and text measuring may
//! stand, how long a file may be. They read `src/` as text and name the place where a rule is broken.

#![expect(clippy::unwrap_used, reason = "a test ends where anything fails")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// A source file: its path below `src/` and its text without comments and without its tests.
struct Source {
    path: String,
    code: String,
    lines: usize,
}

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    files(&root, &mut paths);
    paths.sort();
    paths
        .into_iter()
        .filter(|p| !p.ends_with("tests.rs") && !p.components().any(|c| c.as_os_str() == "tests"))
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let body = text.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or("");
            let code: String =
                body.lines().filter(|l| !l.trim_start().starts_with("//")).fold(String::new(), |mut s, l| {
                    let _ = writeln!(s, "{l}");
                    s
                });
            let name = path.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
            Source { path: name, code, lines: body.lines().count() }
        })
        .collect()
}

/// Asserts that no file under `part` has one of `words`, but for the files named.
fn never(part: &str, words: &[&str], but: &[&str]) {
    let mut broken = String::new();
    for source in sources().iter().filter(|s| s.path.starts_with(part) && !but.contains(&s.path.as_str())) {
        for (n, line) in source.code.lines().enumerate() {
            for word in words.iter().filter(|w| line.contains(**w)) {
                let _ = writeln!(broken, "src/{}: code line {}: {word}", source.path, n + 1);
            }
        }
    }
    assert!(broken.is_empty(), "this does not belong here:\n{broken}");
}

#[test]
fn the_domain_knows_no_other_part_and_no_outside() {
    never(
        "domain/",
        &[
            "crate::store",
            "crate::app",
            "crate::ui",
            "crate::i18n",
            "crate::exchange",
            "crate::cli",
            "rusqlite",
            "ratatui",
            "crossterm",
            "std::fs",
            "std::env",
            "std::thread",
            "Utc::now",
            "Local::now",
            "SystemTime",
            "Instant::now",
        ],
        &[],
    );
}

#[test]
fn words_know_the_domain_and_the_plain_data_of_the_store_only() {
    never(
        "i18n/",
        &["crate::app", "crate::ui", "crate::exchange", "rusqlite", "ratatui", "crossterm", "std::fs"],
        &[],
    );
    for source in sources().iter().filter(|s| s.path.starts_with("i18n")) {
        for line in source.code.lines().filter(|l| l.contains("crate::store")) {
            assert!(line.contains("crate::store::request"), "src/{}: {line}", source.path);
        }
    }
}

#[test]
fn the_store_knows_no_words_and_no_screen() {
    never(
        "store/",
        &["crate::i18n", "crate::app", "crate::ui", "crate::exchange", "ratatui", "crossterm"],
        &[],
    );
}

#[test]
fn files_in_and_out_know_no_screen() {
    never("exchange/", &["crate::app", "crate::ui", "ratatui", "crossterm"], &[]);
}

#[test]
fn the_app_knows_no_terminal_no_database_no_clock_no_files_and_no_threads() {
    never(
        "app/",
        &[
            "crossterm",
            "ratatui",
            "rusqlite",
            "std::fs",
            "std::thread",
            "std::env",
            "Utc::now",
            "SystemTime",
            "Instant::now",
            "crate::ui",
            "crate::exchange",
            "RefCell",
        ],
        &[],
    );
    for source in sources().iter().filter(|s| s.path.starts_with("app/")) {
        for line in source.code.lines().filter(|l| l.contains("crate::store")) {
            assert!(line.contains("crate::store::request"), "src/{}: {line}", source.path);
        }
    }
}

#[test]
fn the_screen_knows_no_database_and_one_file_knows_the_terminal() {
    never(
        "ui/",
        &["rusqlite", "crate::exchange", "std::fs", "Utc::now", "Instant::now"],
        &["ui/term.rs", "ui/theme.rs"],
    );
    never("", &["crossterm::"], &["ui/term.rs"]);
}

#[test]
fn sql_stands_in_the_store_only() {
    never(
        "",
        &["SELECT ", "INSERT INTO", "DELETE FROM", "PRAGMA "],
        &sources()
            .iter()
            .filter(|s| s.path.starts_with("store/"))
            .map(|s| s.path.as_str())
            .collect::<Vec<_>>(),
    );
}

#[test]
fn every_write_waits_its_turn_in_one_place() {
    never("", &["transaction_with_behavior"], &["store/turn.rs"]);
    never("", &["BEGIN IMMEDIATE"], &["store/turn.rs", "store/write/frame.rs"]);
}

#[test]
fn the_environment_is_read_in_one_place() {
    never("", &["env::var", "env::vars", "env::home_dir"], &["run/env.rs"]);
}

#[test]
fn no_part_of_the_program_starts_another_but_the_one_that_sets_a_server_up() {
    never("", &["process::Command", "Command::new(\"", "exec("], &["cli/server/system.rs"]);
}

#[test]
fn colours_stand_in_the_theme_and_text_is_measured_in_one_place() {
    never("ui/", &["Color::"], &["ui/theme.rs"]);
    never("ui/", &["UnicodeWidth", "unicode_width", "unicode_segmentation", "graphemes("], &["ui/text.rs"]);
}

#[test]
fn nothing_is_allowed_in_silence_and_nothing_panics_on_purpose() {
    never("", &["#[allow(", "todo!(", "unimplemented!(", "panic!(", ".unwrap()", "dbg!("], &[]);
}

#[test]
fn a_file_reads_in_one_sitting() {
    let long: Vec<String> = sources()
        .iter()
        .filter(|s| s.lines > 400)
        .map(|s| format!("src/{}: {} lines", s.path, s.lines))
        .collect();
    assert!(long.is_empty(), "split these:\n{}", long.join("\n"));
}

#[test]
fn every_file_says_what_lives_in_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for source in sources() {
        let text = fs::read_to_string(root.join(&source.path)).unwrap();
        assert!(text.starts_with("//!"), "src/{} does not open with a sentence about itself", source.path);
    }
}

/// The part of README.md between two marks; with `GUANXI_UPDATE=1` it is written anew.
#[test]
fn the_readme_has_the_keys_of_the_table_of_commands() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let text = fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once("<!-- keys:").unwrap();
    let (mark, rest) = rest.split_once("-->\n").unwrap();
    let (keys, after) = rest.split_once("<!-- end of keys -->").unwrap();
    let right = guanxi::app::command::markdown();
    if std::env::var_os("GUANXI_UPDATE").is_some() {
        fs::write(&path, format!("{before}<!-- keys:{mark}-->\n{right}<!-- end of keys -->{after}")).unwrap();
        return;
    }
    assert!(keys == right, "README.md is out of step: GUANXI_UPDATE=1 cargo test --test house");
}

#[test]
fn every_text_is_used() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    files(&root, &mut paths);
    let texts: Vec<String> = paths.iter().map(|p| fs::read_to_string(p).unwrap()).collect();
    let mut unused = String::new();
    for (path, text) in paths.iter().zip(&texts).filter(|(p, _)| p.starts_with(root.join("i18n"))) {
        let module = path.file_stem().unwrap().to_string_lossy();
        let named = |line: &str| {
            let (name, rest) = line.strip_prefix("    ")?.split_once(' ')?;
            let upper = name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
            (upper && rest.starts_with('"') && rest.ends_with("\";")).then(|| name.to_owned())
        };
        for name in text.lines().filter_map(named) {
            let is = |c: char| c.is_ascii_alphanumeric() || c == '_';
            // used as `t::NAME`, `module::NAME`, or by its name in the table's own file
            let uses = paths.iter().zip(&texts).any(|(other, text)| {
                text.match_indices(&name).any(|(at, _)| {
                    let before = text.get(..at).unwrap_or_default();
                    let after = text.get(at + name.len()..).unwrap_or_default();
                    let whole = !after.starts_with(is) && !before.ends_with(is);
                    // where a text is defined its English follows
                    let here = other == path && !after.starts_with(" \"");
                    whole && (before.ends_with("::") || here || before.ends_with(['{', ' ']) && other != path)
                })
            });
            if !uses {
                let _ = writeln!(unused, "i18n/{module}.rs: {name}");
            }
        }
    }
    assert!(unused.is_empty(), "texts that nobody says:\n{unused}");
}

#[test]
fn every_setting_is_read_somewhere() {
    let sources = sources();
    let read = |key: &str| {
        let (whole, family) = (format!("\"{key}\""), key.split_once('_').map_or(key, |(first, _)| first));
        let family = format!("\"{family}_{{");
        let table = |path: &str| path.starts_with("store/settings");
        let mut code = sources.iter().filter(|s| s.path.starts_with("store") && !table(&s.path));
        code.any(|s| s.code.contains(&whole) || s.code.contains(&family))
    };
    let unread: Vec<&str> = guanxi::store::settings::KEYS.iter().copied().filter(|key| !read(key)).collect();
    assert!(unread.is_empty(), "these settings have no effect: {unread:?}");
}
