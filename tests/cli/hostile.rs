//! What nobody means to type: signs that steer a terminal or turn the writing round, endless words, numbers and days that do
//! not exist, and places of the disk that hold no table. Every verb answers with a status of its own, one clean sentence in
//! the person's language, and the store as it was.

use std::fs;

use super::desk::Desk;

/// Values that fit nowhere.
const VALUES: &[&str] = &[
    "",
    "\u{1b}]0;x\u{7}\u{1b}[31mred",
    "\u{202e}ltr\u{2066}",
    "a\u{200b}b\u{feff}",
    "-1",
    "99999999999999999999999",
    "2024-02-30",
    "NaN",
    "../../etc/passwd",
    "'; DROP TABLE customer;--",
];

/// Verbs and where the value goes: `?`.
const VERBS: &[&[&str]] = &[
    &["find", "?"],
    &["find", "王", "--limit", "?"],
    &["show", "?"],
    &["add", "新公司", "--set", "?"],
    &["set", "?", "name=x"],
    &["log", "CODE", "--channel", "?", "--summary", "x"],
    &["log", "CODE", "--channel", "phone", "--summary", "x", "--next", "?"],
    &["log", "CODE", "--channel", "phone", "--summary", "x", "--by", "?"],
    &["order", "CODE", "--amount", "100", "--on", "?"],
    &["order", "?", "--amount", "5"],
    &["survey", "CODE", "--score", "?"],
    &["done", "?"],
    &["due", "--owner", "?"],
    &["matrix", "--scheme", "?"],
    &["why", "CODE", "--scheme", "?"],
    &["board", "--period", "?"],
    &["models", "--as-of", "?"],
    &["setting", "capacity", "?"],
    &["setting", "?", "1"],
    &["benchmark", "制造业", "?"],
    &["export", "?", "--reason", "x"],
    &["report", "--period", "?"],
    &["user", "add", "甲", "--role", "?"],
    &["user", "freeze", "?"],
    &["handover", "?", "wang"],
    &["handover", "?", "accept"],
    &["handover", "accept", "999"],
    &["erase", "CODE", "--name", "?", "--reason", "x"],
    &["scheme", "show", "?"],
    &["demo", "--customers", "?", "--fill", "--db", "b.db"],
];

/// The same where a file is asked for.
const FILES: &[&[&str]] = &[
    &["import", "customers", "?"],
    &["import", "orders", "?"],
    &["import", "all", "?"],
    &["import", "ledger", "?"],
    &["scheme", "apply", "?"],
    &["scheme", "propose", "?"],
    &["restore", "?"],
    &["user", "add", "甲", "--key", "?"],
    &["backup", "--into", "?"],
    &["backup-key", "change", "--folder", "?"],
];

/// Asserts that a refusal is one that a person can read.
fn refused(desk: &Desk, lang: &str, args: &[&str]) {
    let (status, _, err) = desk.run(args);
    assert!((1..=3).contains(&status), "{args:?} ends with {status}: {err}");
    let sentence = err.trim_end();
    assert!(!sentence.is_empty() && sentence.chars().count() < 1_500, "{args:?} says: {sentence}");
    let steers = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{200b}' | '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(!sentence.chars().any(steers), "{args:?} says: {sentence:?}");
    for raw in ["panicked", "os error", "Some(", "Err("] {
        assert!(!sentence.contains(raw), "{args:?} says: {sentence}");
    }
    let chinese = sentence.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    assert!(lang == "en" || chinese, "{args:?} says: {sentence}");
}

#[test]
fn nothing_that_nobody_means_to_type_goes_through_changes_anything_or_steers_the_terminal() {
    for lang in ["en", "zh"] {
        let desk = Desk::new(lang);
        let code = desk.hengyuan();
        let held = || desk.ok(&["sql", "--read-only", "SELECT count(*), max(id) FROM change"]);
        let before = held();
        let endless = "x".repeat(100_000);
        let with = |args: &[&str], value: &str| -> Vec<String> {
            args.iter()
                .map(|arg| match *arg {
                    "?" => value.to_owned(),
                    "CODE" => code.clone(),
                    arg => arg.to_owned(),
                })
                .collect()
        };
        for args in VERBS {
            // each verb meets three of the values, and all verbs together each of them
            let from = args.len() + args.first().map_or(0, |verb| verb.len());
            let some = (0..3).filter_map(|n| VALUES.get((from + n * 3) % VALUES.len()).copied());
            for value in some.chain([endless.as_str()]) {
                let args = with(args, value);
                // what is fine for some verb is not tried with it
                if !fits(&args, value) {
                    refused(&desk, lang, &args.iter().map(String::as_str).collect::<Vec<_>>());
                }
            }
        }
        fs::create_dir(desk.path("folder")).unwrap();
        fs::write(desk.path("empty.csv"), "").unwrap();
        fs::write(desk.path("signs.csv"), "\u{1b}[31m\u{7}\0\u{202e}").unwrap();
        for args in FILES {
            for file in ["folder", "missing\u{1b}[31m.csv", "empty.csv", "signs.csv", "/proc/self/mem"] {
                let args = with(args, file);
                if !fits(&args, file) {
                    refused(&desk, lang, &args.iter().map(String::as_str).collect::<Vec<_>>());
                }
            }
        }
        assert_eq!(held(), before, "{lang}");
    }
}

/// What a verb may well be told: text that is looked for, a blank that means none, a folder where one is asked for.
fn fits(args: &[String], value: &str) -> bool {
    match args.first().map(String::as_str) {
        Some("find") => args.len() == 2 && value.trim().is_empty(),
        Some("due" | "scheme") => value.is_empty(),
        Some("backup") => value == "folder",
        Some("handover") => value.is_empty() && args.len() == 2,
        _ => false,
    }
}
