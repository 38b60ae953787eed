//! Who sees, takes out and reads what, with the real program on the command line: masks, exports with their log, a history
//! that shows when it was rewritten.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use guanxi::store::{Mode, Store};
use serde_json::Value;

/// A folder with a company in it.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    /// Wang's own file with two customers; the second has what a spreadsheet would run.
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        desk.ok(&["add", "恒远物流有限公司", "--set", "phone=13800138000", "--set", "contact=陈总"]);
        desk.ok(&[
            "add",
            "优品汇零售",
            "--set",
            "phone=13700005548",
            "--set",
            "note==HYPERLINK(\"http://x\")",
        ]);
        desk.ok(&["order", "C2024050001", "--amount", "86400.50", "--on", "2024-05-02"]);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Exit status, standard output, standard error.
    fn run_on(&self, db: &str, args: &[&str]) -> (i32, String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_guanxi"))
            .args(args)
            .current_dir(self.folder.path())
            .env_clear()
            .env("GUANXI_NOW", "2024-05-20T14:02:00+08:00")
            .env("GUANXI_DB", self.path(db))
            .env("GUANXI_LANG", "zh")
            .env("GUANXI_USER", "wang")
            .env("HOME", self.folder.path())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }

    fn run(&self, args: &[&str]) -> (i32, String, String) {
        self.run_on("a.db", args)
    }

    fn ok(&self, args: &[&str]) -> String {
        let (status, out, err) = self.run(args);
        assert_eq!(status, 0, "guanxi {args:?}: {out}{err}");
        out
    }
}

#[test]
fn i5_an_export_to_a_file_says_what_left_and_comes_back_in_as_it_was() {
    let desk = Desk::new();
    let (status, out, err) = desk.run(&["export", "customers", "--reason", "季度对账", "-o", "c.csv"]);
    assert_eq!((status, out.as_str()), (0, ""), "{err}");
    assert!(err.contains("已导出2行至c.csv"), "{err}");
    let csv = fs::read_to_string(desk.path("c.csv")).unwrap();
    assert!(csv.starts_with("\u{FEFF}客户编号,客户名称,") && csv.contains("13800138000"), "{csv}");
    assert!(csv.contains("'=HYPERLINK"), "{csv}");
    // a file that is there is never overwritten
    let (status, _, err) = desk.run(&["export", "customers", "--reason", "再来", "-o", "c.csv"]);
    assert!(status == 1 && err.contains("c.csv"), "{err}");
    let (status, out, err) = desk.run_on("b.db", &["import", "customers", "c.csv"]);
    assert_eq!(status, 0, "{out}{err}");
    let (_, shown, _) = desk.run_on("b.db", &["show", "C2024050002", "--json"]);
    let shown: Value = serde_json::from_str(&shown).unwrap();
    assert_eq!((&shown["name"], &shown["note"]), (&"优品汇零售".into(), &"=HYPERLINK(\"http://x\")".into()));
}

#[test]
fn an_export_needs_a_reason_and_streams_to_standard_output_in_both_formats() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["export", "orders"]).0, 2);
    let (status, _, err) = desk.run(&["export", "orders", "--reason", " "]);
    assert!(status == 1 && !err.is_empty());
    assert_eq!(desk.run(&["export", "orders", "--reason", "对账", "--where", "spend:>x"]).0, 2);
    let csv = desk.ok(&["export", "orders", "--reason", "对账", "--where", "恒远"]);
    assert_eq!(csv.lines().nth(1), Some("C2024050001,恒远物流有限公司,,2024-05-02,86400.50,,已付款,"));
    let json: Value =
        serde_json::from_str(&desk.ok(&["export", "contacts", "--reason", "对账", "--json"])).unwrap();
    assert_eq!(json.as_array().unwrap().len(), 2);
    assert_eq!(
        (&json[0]["customer"], &json[0]["phone"]),
        (&"恒远物流有限公司".into(), &"13800138000".into())
    );
    let none = desk.ok(&["export", "touches", "--reason", "对账", "--format", "json"]);
    assert_eq!(serde_json::from_str::<Value>(&none).unwrap(), Value::Array(Vec::new()));
}

#[test]
fn i15_check_names_the_first_change_that_was_rewritten() {
    let desk = Desk::new();
    assert!(desk.run(&["check"]).0 == 0);
    let heads = desk.path("heads");
    desk.ok(&["setting", "history_place", heads.to_str().unwrap()]);
    let store = Store::open(&desk.path("a.db"), Mode::Existing).unwrap();
    let now = guanxi::domain::clock::Now { at: "2024-05-20T06:02:00Z".parse().unwrap(), zone: store.zone() };
    store.mark_history(now).unwrap();
    drop(store);
    assert_eq!(fs::read_to_string(&heads).unwrap().lines().count(), 1);
    assert_eq!(desk.run(&["check"]).0, 0);
    // one character of a line, in the file itself and not by way of the engine
    let mut bytes = fs::read(desk.path("a.db")).unwrap();
    let needle = "\"ordered_on\":\"2024-05-02\"".as_bytes();
    let at = bytes.windows(needle.len()).position(|w| w == needle).unwrap();
    *bytes.get_mut(at + needle.len() - 2).unwrap() = b'3';
    fs::write(desk.path("a.db"), bytes).unwrap();
    let (status, out, err) = desk.run(&["check"]);
    assert_eq!(status, 1, "{out}");
    assert!(err.contains("第3条操作"), "{err}");
}

#[test]
fn the_history_is_read_by_conditions_and_knows_what_was_exported_and_why() {
    let desk = Desk::new();
    desk.ok(&["export", "orders", "--reason", "季度对账", "-o", "o.csv"]);
    let rows: Value = serde_json::from_str(&desk.ok(&["history", "操作:导出", "--json"])).unwrap();
    assert_eq!(rows.as_array().unwrap().len(), 1);
    assert_eq!((&rows[0]["reason"], &rows[0]["via"]), (&"季度对账".into(), &"command".into()));
    assert_eq!((&rows[0]["export"]["rows"], &rows[0]["export"]["state"]), (&1.into(), &"done".into()));
    let text = desk.ok(&["history", "customer:C2024050001"]);
    assert!(
        text.contains("新建客户")
            && text.contains("C2024050001 恒远物流有限公司")
            && !text.contains("优品汇"),
        "{text}"
    );
    assert_eq!(desk.run(&["history", "who:nobody"]).0, 3);
    let (status, _, err) = desk.run(&["history", "colour:red"]);
    assert!(status == 2 && err.contains("“colour”"), "{err}");
}
