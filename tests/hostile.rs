//! What people or other programs have put into the data: texts that steer a terminal, turn the writing round, pile up marks,
//! or are formulas to a spreadsheet (operations.md section 9, line 18). They are written into the file itself, past every
//! form and import, into each column in which the words of people stand; then every pane, view and popup is drawn and every
//! table taken out. What leaves has no power: no byte but letters and the program's own colours and places, no formula.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test ends where anything fails")]

#[path = "rig/desk.rs"]
mod desk;
#[expect(dead_code, reason = "each file of tests uses its part of the rig")]
mod rig;

use std::path::Path;

use guanxi::i18n::Lang;
use guanxi::store::tables::TABLES;
use guanxi::store::{Mode, Store};
use guanxi::ui;
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use rig::Rig;
use rusqlite::{Connection, OpenFlags};

/// Texts that should have no power.
const TEXTS: &[&str] = &[
    "\u{1b}[31mred\u{1b}[0m",
    "\u{1b}[2J",
    "\u{1b}c",
    "\u{1b}]0;title\u{7}",
    "\u{1b}]52;c;aGFja2Vk\u{7}",
    "\u{1b}]8;;http://x\u{1b}\\link\u{1b}]8;;\u{1b}\\",
    "\u{1b}P1$r0m\u{1b}\\",
    "\u{1b}_Gf=100;AAAA\u{1b}\\",
    "\u{1b}[?1049l",
    "\u{1b}[?2004l",
    "\u{1b}[6n",
    "\u{1b}[c",
    "\u{1b}(0",
    "\u{1b}",
    "\u{1b}[",
    "\u{1b}\u{1b}[31m",
    "\u{9b}31m",
    "\u{9d}0;title\u{9c}",
    "\u{90}q\u{9c}",
    "\u{85}x",
    "\u{80}\u{9f}",
    "\u{1}\u{2}\u{3}",
    "\u{7}\u{7}\u{7}",
    "a\u{8}\u{8}\u{8}b",
    "\u{7f}\u{7f}",
    "\u{e}\u{f}",
    "\u{11}\u{13}",
    "\u{18}\u{1a}",
    "a\rb",
    "a\nb",
    "a\r\nb",
    "a\tb",
    "\u{b}\u{c}",
    "abc\u{202e}fdp.exe",
    "\u{202a}\u{202b}\u{202c}\u{202d}",
    "\u{2066}a\u{2067}b\u{2068}c\u{2069}",
    "a\u{200e}b\u{200f}c\u{61c}",
    "a\u{200b}b",
    "a\u{2060}b",
    "a\u{feff}b",
    "so\u{ad}ft",
    "a\u{e0041}\u{e007f}b",
    "a\u{2028}b\u{2029}c",
    "Z\u{30d}\u{30d}\u{30d}\u{30d}\u{30d}\u{30d}\u{30d}\u{30d}\u{30d}\u{30d}\u{30d}\u{30d}",
    "\u{301}\u{302}",
    "👨\u{200d}👩\u{200d}👧\u{200d}👦",
    "🇨🇳🇨",
    "1\u{fe0f}\u{20e3}",
    "می\u{200c}خواهم",
    "שלום",
    "ＡＢＣ",
    "=1+1",
    "=HYPERLINK(\"http://x\")",
    "+1-1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "|calc",
    "'=1",
    "%0A=1",
    "\"; rm -rf /",
    "'); DROP TABLE customer;--",
    "<script>alert(1)</script>",
    "{contact}{product}",
    "%s%n{}{:?}",
];

/// What may not leave towards a terminal.
fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
        || matches!(c, '\u{e0000}'..='\u{e007f}')
}

fn open(path: &Path) -> Connection {
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap()
}

/// A company in whose every column of people's words such texts stand; how many columns that are.
fn company(path: &Path) -> usize {
    let mut store = Store::open(path, Mode::Create).unwrap();
    guanxi::demo::fill(&mut store, 60, 1, rig::now(), &mut |_| {}).unwrap();
    drop(store);
    let db = open(path);
    let mut columns = 0;
    for table in TABLES.iter().filter(|t| t.numbered) {
        for column in table.columns {
            // where people write, Chinese stands in the company; what the program reads by its ids is in Latin letters
            let rows: Vec<(i64, String)> = db
                .prepare(&format!(
                    "SELECT id, {column} FROM {} WHERE typeof({column})='text' AND {column} GLOB '*[^ -~]*'",
                    table.name
                ))
                .unwrap()
                .query_map([], |r| Ok((r.get(0)?, r.get(1)?)))
                .unwrap()
                .map(Result::unwrap)
                .collect();
            columns += usize::from(!rows.is_empty());
            let sql = format!("UPDATE {} SET {column}=?2, rev=rev+1 WHERE id=?1", table.name);
            for (at, (id, was)) in rows.into_iter().enumerate() {
                let text = TEXTS[(at + columns) % TEXTS.len()];
                // the name of a class or of a rule is looked up by what stands there: such a row stays as it is
                let _ = db.execute(&sql, (id, format!("{text}{was}")));
            }
        }
    }
    db.execute_batch("UPDATE method SET value='=1+1'||value, rev=rev+1 WHERE kind IN ('email','wechat')")
        .unwrap();
    columns
}

/// Draws the screen as it is sent to a terminal, and looks at every byte.
fn drawn(rig: &Rig, after: &str) {
    let size = rig.app.shared.size;
    let area = Rect { x: 0, y: 0, width: size.width, height: size.height };
    let mut buffer = Buffer::empty(area);
    ui::paint(&rig.app, false, &mut buffer, area);
    let mut bytes = Vec::new();
    let cells = (0..size.height).flat_map(|y| (0..size.width).map(move |x| (x, y)));
    CrosstermBackend::new(&mut bytes).draw(cells.map(|(x, y)| (x, y, &buffer[(x, y)]))).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let mut rest = text.as_str();
    while let Some(at) = rest.find(steers) {
        let here = &rest[at..];
        // colours and places are the program's own
        let own = here.strip_prefix("\u{1b}[").and_then(|s| {
            let end = s.find(|c: char| !c.is_ascii_digit() && c != ';')?;
            matches!(&s[end..=end], "m" | "H").then_some(end + 3)
        });
        let Some(length) = own else {
            panic!(
                "after {after}: {:?} in {:?}",
                here.chars().next(),
                rest.chars().skip(at.saturating_sub(5)).take(40).collect::<String>()
            )
        };
        rest = &here[length..];
    }
}

/// Where people go: keys, one screen after each.
const WAYS: &[&str] = &[
    "1",
    "<Down>",
    "<Down>",
    "v",
    "<Esc>",
    "s",
    "<Esc>",
    "c",
    "<Esc>",
    "f",
    "<Esc>",
    "<Space><Space>t",
    "<Esc><Esc>",
    "e",
    "<Tab><Tab>",
    "<Esc>",
    "a",
    "<Tab>",
    "<Esc>",
    "n",
    "<Esc>",
    "w",
    "<Esc>",
    "y",
    "<Esc>",
    "H",
    "<Enter>",
    "<Esc><Esc>",
    "p",
    "<Esc>",
    "2",
    "<PgDn>",
    "<PgDn>",
    "<PgDn>",
    "<End>",
    "<Tab>",
    "<Tab>",
    "y",
    "<Esc>",
    "t",
    "<Esc>",
    "u",
    "<Esc>",
    "1<Home>",
    "3",
    "<Down>",
    "<Tab>",
    "<Down>",
    "o",
    "<Esc>",
    "<Tab>",
    "<Down>",
    "o",
    "<Esc>",
    "<Tab>",
    "<Down>",
    "o",
    "<Esc>",
    "4",
    "<Down>",
    "<Enter>",
    "<Esc>",
    "v",
    "<Esc>",
    "o",
    "<Esc>",
    "R",
    "<Esc>",
    "Y",
    "<Esc>",
    "<Tab>",
    "<Down>",
    "<Enter>",
    "<Esc>",
    "<Tab>",
    "<Enter>",
    "<Down>",
    "P",
    "<Esc><Esc>",
    "<Tab>",
    "<Enter>",
    "<Esc>",
    "5",
    "<Enter>",
    "<Esc>",
    "<Tab>",
    "<Down>",
    "<Enter>",
    "<Esc>",
    "<Tab>",
    "<Enter>",
    "<Esc>",
    "<Tab>",
    "<Enter>",
    "<Esc>",
    "<Tab>",
    "<Enter>",
    "<Esc>",
    "<Tab>",
    "<Enter>",
    "<Esc>",
    "<Tab>",
    "<Enter>",
    "<Esc>",
    "L",
    "<Down>",
    "<Esc>",
    "T",
    "<Down>",
    "<Esc>",
    "U",
    "<Esc>",
    "<F7>",
    "<Esc>",
    ":",
    "<Esc>",
    "?",
    "<Esc>",
    "/王",
    "<Esc>",
    "/red",
    "<Esc>",
];

#[test]
fn s18_whatever_stands_in_the_data_no_screen_and_no_table_that_leaves_gives_it_power() {
    assert!(TEXTS.len() >= 60);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let columns = company(&path);
    assert!(columns >= 40, "{columns} columns");
    let mut screens = 0;
    for (lang, width, height) in [(Lang::Zh, 100, 30), (Lang::En, 140, 44)] {
        let mut rig = Rig::on(Store::open(&path, Mode::Existing).unwrap(), lang, width, height);
        for keys in WAYS {
            rig.keys(keys);
            drawn(&rig, keys);
            screens += 1;
        }
    }
    let desk = desk::Desk { user: "wangmin", ..desk::Desk::new("en") };
    std::fs::copy(&path, desk.path("a.db")).unwrap();
    for (what, format) in [("contacts", "vcf"), ("calendar", "ics")] {
        let out = desk.ok(&["export", what, "--format", format, "--reason", "x"]);
        let steering = out.replace("\r\n", "").chars().find(|c| steers(*c));
        assert_eq!(steering, None, "{what}: {}", out.escape_debug());
    }
    let mut cells = 0;
    for what in ["customers", "contacts", "orders", "touches", "matrix", "board"] {
        let out = desk.ok(&["export", what, "--reason", "x"]);
        let mut reader = csv::Reader::from_reader(out.trim_start_matches('\u{feff}').as_bytes());
        for row in reader.records() {
            for cell in &row.unwrap() {
                cells += 1;
                // a line of a note is a line
                assert!(!cell.chars().any(|c| steers(c) && c != '\n'), "{what}: {cell:?}");
                // a number with its sign is one, of a phone too
                let number = cell.bytes().skip(1).all(|b| b.is_ascii_digit() || b" -.,()%".contains(&b));
                let runs =
                    cell.starts_with(['=', '@', '\t', '\r']) || (cell.starts_with(['+', '-']) && !number);
                assert!(!runs, "{what}: {cell:?} is a formula");
            }
        }
    }
    eprintln!(
        "hostile data: {} texts in {columns} columns, {screens} screens, {cells} cells of CSV: no power",
        TEXTS.len()
    );
}
