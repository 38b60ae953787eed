//! The rules of the house, as tests: who may use whom, where SQL, colours, the terminal library and text measuring may
//! stand, how long a file may be. They read `src/` as text and name the place where a rule is broken.

#![expect(clippy::unwrap_used, reason = "a test ends where anything fails")]

use std::collections::{BTreeMap, BTreeSet};
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
            let tests = ["\n#[cfg(test)]\nmod tests {", "\n#[cfg(test)]\npub(super) mod tests {"];
            let ends = tests.iter().filter_map(|begin| text.find(begin)).min();
            let body = text.get(..ends.unwrap_or(text.len())).unwrap_or("");
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

/// The map of `src/lib.rs`: which parts each part may use beside itself. `store::request` is the plain data of the store;
/// `store` is all of it.
const MAP: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("i18n", &["domain", "store::request"]),
    ("store", &["domain"]),
    ("exchange", &["domain", "i18n", "store"]),
    ("demo", &["domain", "store"]),
    ("app", &["domain", "i18n", "store::request"]),
    ("ui", &["domain", "i18n", "app", "store::request"]),
    ("run", &["domain", "i18n", "store", "exchange", "app", "ui"]),
    ("cli", &["domain", "i18n", "store", "exchange", "demo", "run"]),
];

/// The part of the program a file belongs to.
fn part(path: &str) -> &str {
    path.split('/').next().unwrap_or_default().trim_end_matches(".rs")
}

#[test]
fn every_part_uses_what_the_map_allows_and_nothing_else() {
    let mut broken = String::new();
    for source in sources() {
        let Some((own, allowed)) = MAP.iter().find(|(own, _)| *own == part(&source.path)) else {
            assert!(
                matches!(source.path.as_str(), "lib.rs" | "main.rs"),
                "{} is not on the map",
                source.path
            );
            continue;
        };
        for (at, _) in source.code.match_indices("crate::") {
            let used: Vec<&str> = source.code[at + "crate::".len()..]
                .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .filter(|word| !word.is_empty())
                .take(2)
                .collect();
            let whole = used.join("::");
            let first = used.first().copied().unwrap_or_default();
            // a macro of the crate is no part of it
            let known = MAP.iter().any(|(name, _)| *name == first);
            if known && first != *own && !allowed.contains(&first) && !allowed.contains(&whole.as_str()) {
                let _ = writeln!(broken, "src/{} uses {whole}", source.path);
            }
        }
    }
    assert!(broken.is_empty(), "the map of src/lib.rs has no such arrow:\n{broken}");
}

/// What reaches the world outside, and the parts that may: no other part names it.
const OUTSIDE: &[(&str, &[&str])] = &[
    ("rusqlite", &["store"]),
    ("ratatui", &["ui", "run"]),
    ("anyhow", &["run", "cli"]),
    ("clap", &["cli"]),
    ("Utc::now", &["run", "cli"]),
    ("Local::now", &["run", "cli"]),
    ("SystemTime", &["run", "cli", "store"]),
    ("Instant::now", &["run", "cli", "store"]),
    ("std::thread", &["run", "cli", "store", "exchange", "ui", "demo"]),
    ("std::fs", &["run", "cli", "store", "exchange"]),
    ("std::env", &["run", "cli"]),
    ("RefCell", &[]),
    // a cache that nobody sees is state all the same; the store has one for its turn
    ("thread_local", &["store"]),
    ("async fn", &[]),
];

#[test]
fn clock_files_threads_and_libraries_stand_in_the_parts_that_may_have_them() {
    let mut broken = String::new();
    for source in sources() {
        let own = part(&source.path);
        for (word, parts) in OUTSIDE {
            let line = source.code.lines().find(|line| line.contains(word));
            if let Some(line) = line.filter(|_| MAP.iter().any(|(p, _)| *p == own) && !parts.contains(&own)) {
                let _ = writeln!(broken, "src/{}: {}", source.path, line.trim());
            }
        }
    }
    assert!(broken.is_empty(), "this does not belong here:\n{broken}");
}

#[test]
fn two_files_know_the_terminal_one_takes_it_and_one_sends_cells() {
    never("", &["crossterm::"], &["ui/term.rs", "ui/backend.rs"]);
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
fn an_order_counts_for_what_is_left_of_it() {
    // `few` counts whoever must not be told apart, and `balances` what came in twice
    const OTHERWISE: &[&str] = &["store/read/kpi/few.rs", "store/balances.rs"];
    let mut broken = String::new();
    for source in sources().iter().filter(|s| !OTHERWISE.contains(&s.path.as_str())) {
        let lines: Vec<&str> = source.code.lines().collect();
        for at in (0..lines.len()).filter(|at| lines[*at].contains("status='paid'")) {
            let near = &lines[at.saturating_sub(4)..(at + 5).min(lines.len())];
            if !near.iter().any(|line| line.contains("net!(") || line.contains("net_known!(")) {
                let _ = writeln!(broken, "src/{}: {}", source.path, lines[at].trim());
            }
        }
    }
    assert!(broken.is_empty(), "orders are counted without their refunds (store/net.rs):\n{broken}");
}

#[test]
fn what_is_read_asks_no_writer() {
    // what a merge would do, the merge itself says
    never("store/read/", &["store::write"], &["store/read/merge.rs"]);
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
    // what a cell looks like where nothing is said of it is no colour of ours
    never("ui/", &["Color::"], &["ui/theme.rs", "ui/backend.rs"]);
    never("", &["UnicodeWidth", "unicode_width"], &["domain/cells.rs"]);
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

/// The words and signs of a source text.
fn tokens(text: &str) -> Vec<&str> {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let mut out = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let end = if word(first) {
            rest.find(|c| !word(c)).unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        let (token, after) = rest.split_at(end);
        out.push(token);
        rest = after.trim_start();
    }
    out
}

/// Words for which the house has another one: customer, touch, task, segment, actor.
const OTHER_WORDS: &[&str] = &["interaction", "client", "reminder", "salesperson"];

#[test]
fn names_are_of_one_vocabulary() {
    let mut broken = String::new();
    for source in sources() {
        for pair in tokens(&source.code).windows(2) {
            let named = matches!(
                pair[0],
                "fn" | "struct" | "enum" | "trait" | "mod" | "type" | "let" | "const" | "for"
            );
            let name = pair[1].to_lowercase().replace('_', "");
            if named && OTHER_WORDS.iter().any(|word| name.contains(word)) {
                let _ = writeln!(broken, "src/{}: {} {}", source.path, pair[0], pair[1]);
            }
        }
    }
    assert!(broken.is_empty(), "the house has another word for this (design.md):\n{broken}");
}

/// The names that a file takes from tables: `table::NAME`, `t::NAME` where it says `table as t`, `table::{NAME, …}`.
fn taken<'t>(tokens: &[&'t str]) -> BTreeSet<(&'t str, &'t str)> {
    let mut alias = BTreeMap::new();
    for (at, w) in tokens.windows(3).enumerate().filter(|(_, w)| w[1] == "as") {
        // `table::{self as t, …}`
        let table = if w[0] == "self" && at >= 3 { tokens[at - 3] } else { w[0] };
        alias.insert(w[2], table);
    }
    let mut out = BTreeSet::new();
    for (at, pair) in tokens.windows(3).enumerate().filter(|(_, w)| w[1] == "::") {
        let table = alias.get(pair[0]).copied().unwrap_or(pair[0]);
        if pair[2] == "{" {
            let list = tokens.iter().skip(at + 3).take_while(|t| **t != "}");
            out.extend(list.map(|name| (table, *name)));
        }
        out.insert((table, pair[2]));
    }
    out
}

#[test]
fn every_text_is_used() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    files(&root, &mut paths);
    let texts: Vec<String> = paths.iter().map(|p| fs::read_to_string(p).unwrap()).collect();
    let files: Vec<(&PathBuf, Vec<&str>)> = paths.iter().zip(texts.iter().map(|text| tokens(text))).collect();
    let used: BTreeSet<(&str, &str)> = files.iter().flat_map(|(_, tokens)| taken(tokens)).collect();
    let mut unused = String::new();
    for (path, tokens) in files.iter().filter(|(path, _)| path.starts_with(root.join("i18n"))) {
        let table = path.file_stem().unwrap().to_str().unwrap();
        let upper =
            |name: &str| name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
        // a text is defined on a line of its own, by its name and its English
        let text = fs::read_to_string(path).unwrap();
        let defined = text.lines().filter(|line| line.ends_with("\";")).filter_map(|line| {
            let (name, _) = line.strip_prefix("    ")?.split_once(" \"")?;
            upper(name).then_some(name)
        });
        let here: BTreeSet<&str> = tokens.windows(2).filter(|w| w[1] != "\"").map(|w| w[0]).collect();
        for name in defined.filter(|name| !used.contains(&(table, name)) && !here.contains(name)) {
            let _ = writeln!(unused, "i18n/{table}.rs: {name}");
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
