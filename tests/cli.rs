//! The real program on the command line: what it prints, what it says, its exit status; the clock stands still.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

#[path = "rig/desk.rs"]
mod desk;
#[path = "cli/hostile.rs"]
mod hostile;
#[path = "cli/slips.rs"]
mod slips;

use std::fs;
use std::process::Stdio;

use desk::Desk;
use serde_json::Value;

impl Desk {
    fn json(&self, args: &[&str]) -> Value {
        let mut args = args.to_vec();
        args.push("--json");
        serde_json::from_str(&self.ok(&args)).unwrap()
    }

    fn file(&self, name: &str, text: &str) -> String {
        fs::write(self.path(name), text).unwrap();
        name.to_owned()
    }

    /// The same number of the customer that most tests are about.
    fn hengyuan(&self) -> String {
        let out = self.ok(&["add", "恒远物流有限公司", "--set", "phone=13800138000", "--set", "联系人=陈总"]);
        out.trim().to_owned()
    }
}

#[test]
fn add_prints_the_number_alone_and_find_and_show_know_the_customer() {
    let desk = Desk::new("zh");
    let out = desk.ok(&["add", "恒远物流有限公司", "--set", "phone=13800138000", "--set", "contact=陈总"]);
    assert_eq!(out, "C2024050001\n");
    for typed in ["恒远", "hywl", "hengyuan", "8000", "陈总", "C2024050001", "138 0013"] {
        let found = desk.json(&["find", typed]);
        assert_eq!(found[0]["code"], "C2024050001", "{typed}");
    }
    let shown = desk.json(&["show", "C2024050001"]);
    assert_eq!(shown["contacts"][0]["phones"][0], "13800138000");
    assert!(desk.ok(&["show", "C2024050001"]).starts_with("C2024050001  恒远物流有限公司\n"));
}

#[test]
fn k56_equal_name_and_phone_or_number_is_refused_and_a_near_one_is_made_with_a_warning() {
    let desk = Desk::new("en");
    desk.hengyuan();
    let (status, out, err) = desk.run(&["add", "恒远物流有限公司", "--set", "phone=+86 138-0013-8000"]);
    assert_eq!((status, out.as_str()), (1, ""));
    assert!(err.contains("C2024050001"), "{err}");
    assert_eq!(desk.run(&["add", "别家", "--set", "code=C2024050001"]).0, 1);
    let (status, out, err) = desk.run(&["add", "恒远物流公司"]);
    assert_eq!((status, out.as_str()), (0, "C2024050002\n"));
    assert!(err.contains("C2024050001") && err.contains("undo"), "{err}");
}

#[test]
fn k03_two_promises_in_words_become_two_tasks_and_the_first_is_overdue() {
    let desk = Desk::new("zh");
    let code = desk.hengyuan();
    desk.ok(&[
        "log",
        &code,
        "--channel",
        "电话",
        "--summary",
        "推荐A品类新品",
        "--feedback",
        "要求发详细资料",
        "--at",
        "2024-05-10",
        "--next",
        "2日内发送资料,3天内跟进意向",
        "--responded",
        "yes",
    ]);
    let tasks = desk.json(&["show", &code])["tasks"].clone();
    assert_eq!((&tasks[0]["text"], &tasks[0]["due"]), (&"发送资料".into(), &"2024-05-12".into()));
    assert_eq!((&tasks[1]["text"], &tasks[1]["due"]), (&"跟进意向".into(), &"2024-05-13".into()));
    let due = desk.json(&["due"]);
    assert_eq!(due.as_array().unwrap().len(), 2);
    assert_eq!(due[0]["overdue"], true);
    let task = due[0]["task"].as_str().unwrap().to_owned();
    desk.ok(&["done", &task]);
    assert_eq!(desk.json(&["due"]).as_array().unwrap().len(), 1);
    assert_eq!(desk.run(&["done", "999"]).0, 3);
}

#[test]
fn due_for_machines_is_the_days_list_too_and_says_on_each_line_how_many_more_there_are() {
    let desk = Desk::new("en");
    for name in ["恒远物流有限公司", "宏达机械制造有限公司", "优品汇零售"] {
        let code = desk.ok(&["add", name]);
        let words = ["log", code.trim(), "--channel", "phone", "--summary", "x", "--responded", "yes"];
        desk.ok(&[&words[..], &["--at", "2024-04-01"]].concat());
    }
    desk.ok(&["setting", "capacity", "1"]);
    let (status, out, err) = desk.run(&["due", "--json"]);
    let day: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((status, day.as_array().unwrap().len(), &day[0]["more"]), (0, 1, &2.into()));
    assert!(err.contains("2 more are due"), "{err}");
    let all = desk.json(&["due", "--all"]);
    assert_eq!((all.as_array().unwrap().len(), &all[0]["more"], &all[2]["more"]), (3, &0.into(), &0.into()));
    assert_eq!(all[0]["task"], day[0]["task"]);
}

#[test]
fn k04_promises_count_from_the_day_of_the_event() {
    let desk = Desk::new("zh");
    let code = desk.hengyuan();
    let words =
        ["log", &code, "--channel", "visit", "--summary", "邀请", "--next", "提前3天发送参会提醒,协调座位"];
    let (status, _, err) = desk.run(&words);
    assert_eq!(status, 1);
    assert!(err.contains("活动日期"), "{err}");
    desk.ok(&[&words[..], &["--event", "2024-06-20"]].concat());
    let tasks = desk.json(&["show", &code])["tasks"].clone();
    assert_eq!((&tasks[0]["due"], &tasks[1]["due"]), (&"2024-06-17".into(), &"2024-06-20".into()));
}

#[test]
fn k59_a_vague_next_action_is_refused_with_a_hint_and_none_means_closed() {
    let desk = Desk::new("zh");
    let code = desk.hengyuan();
    let log = |next: &[&str]| {
        let words = [&["log", &code, "--channel", "phone", "--summary", "问候"], next].concat();
        desk.run(&words)
    };
    let (status, out, err) = log(&["--next", "后续跟进"]);
    assert_eq!((status, out.as_str()), (1, ""));
    assert!(err.contains("3天内跟进意向"), "{err}");
    assert_eq!(desk.json(&["show", &code])["touches"], Value::Array(vec![]), "nothing was written");
    assert_eq!(log(&["--next", "3天内跟进意向"]).0, 0);
    assert_eq!(log(&["--kind", "reply"]).0, 0);
    assert_eq!(desk.json(&["show", &code])["touches"][0]["closed"], true);
}

#[test]
fn show_gives_everything_in_one_document_and_leaves_no_null_out() {
    let desk = Desk::new("en");
    let code = desk.hengyuan();
    desk.ok(&["order", &code, "--amount", "10万元", "--on", "2024-05-01", "--category", "A品类"]);
    desk.ok(&["survey", &code, "--score", "90", "--nps", "9"]);
    desk.ok(&["complaint", &code, "--summary", "送货迟到", "--at", "yesterday 15:00"]);
    desk.ok(&["set", &code, "等级=A", "region=上海", "tag=关注点:价格", "birthday=1980-06-18", "员工数=120"]);
    desk.ok(&[
        "log",
        &code,
        "--channel",
        "wechat",
        "--summary",
        "报价",
        "--cost",
        "12.5",
        "--kind",
        "reply",
        "--contact",
        "陈总",
    ]);
    let (_, text, _) = desk.run(&["show", &code, "--json"]);
    let first: Vec<&str> =
        text.lines().skip(1).take(3).map(|l| l.trim().split('"').nth(1).unwrap()).collect();
    assert_eq!(first, ["code", "name", "segment"], "the fields of the customer come first");
    assert!(text.contains("\"spend_12m\": 100000.00,"), "yuan with two decimals: {text}");
    let shown: Value = serde_json::from_str(&text).unwrap();
    for key in [
        "code",
        "name",
        "segment",
        "grade",
        "owner",
        "kind",
        "industry",
        "employees",
        "size",
        "revenue",
        "region",
        "source",
        "referrer",
        "depth",
        "relation",
        "need",
        "channel",
        "note",
        "last_touch",
        "next_due",
        "spend_12m",
        "contacts",
        "tags",
        "touches",
        "tasks",
        "orders",
        "complaints",
        "surveys",
        "important_dates",
        "classes",
    ] {
        assert!(shown.get(key).is_some(), "{key} is missing");
    }
    assert_eq!(shown["grade"], "A");
    assert_eq!(shown["employees"], 120);
    assert_eq!(shown["revenue"], Value::Null);
    assert_eq!(shown["orders"][0]["amount"], 100_000.0);
    assert_eq!(shown["touches"][0]["channel"], "wechat");
    assert_eq!(shown["touches"][0]["kind"], "reply");
    assert_eq!(shown["touches"][0]["at"], "2024-05-20T06:02:00Z");
    assert_eq!(shown["last_touch"], "2024-05-20");
    assert_eq!(shown["important_dates"][0]["month"], 6);
    let tags = shown["tags"].as_array().unwrap();
    assert!(tags.iter().any(|tag| tag["value"] == "价格"), "{tags:?}");
}

#[test]
fn what_is_not_found_ends_with_three_and_a_sentence_in_the_persons_language() {
    for (lang, word) in [("en", "Nobody"), ("zh", "没有找到")] {
        let desk = Desk::new(lang);
        desk.hengyuan();
        let (status, out, err) = desk.run(&["find", "不存在的"]);
        assert_eq!((status, out.as_str()), (3, ""));
        assert!(err.contains(word), "{err}");
        assert_eq!(desk.run(&["find", "不存在的", "--json"]).1, "[]\n");
        assert_eq!(desk.run(&["show", "C9"]).0, 3);
        assert_eq!(desk.run(&["matrix", "--scheme", "nix"]).0, 3);
    }
}

#[test]
fn a_class_that_is_none_is_told_under_the_name_of_its_scheme() {
    let desk = Desk::new("zh");
    let code = desk.ok(&["add", "甲公司"]).trim().to_owned();
    for (set, label) in [("grade=Z", "Grade:"), ("segment=Z", "Segment:")] {
        let (status, _, err) = desk.run(&["--lang", "en", "set", &code, set]);
        assert!(status == 1 && err.contains(label) && !err.contains("Class:"), "{set}: {status} {err}");
    }
}

#[test]
fn wrong_inputs_end_with_their_status_and_one_sentence_and_nothing_on_standard_output() {
    let desk = Desk::new("zh");
    let code = desk.hengyuan();
    desk.file("table.csv", "地区\n上海\n");
    desk.file("book.xlsx", "PK\u{3}\u{4}…");
    let table: &[(&[&str], i32)] = &[
        (&["shw"], 2),
        (&["find"], 2),
        (&["find", "x", "--limit", "many"], 2),
        (&["--lang", "fr", "due"], 2),
        (&["log", &code], 2),
        (&["import", "dogs", "table.csv"], 2),
        (&["set", &code, "foo=1"], 2),
        (&["set", &code, "region"], 2),
        (&["setting", "foo", "1"], 2),
        (&["board", "--period", "May"], 2),
        (&["board", "--as-of", "soon"], 2),
        (&["completions", "dos"], 2),
        (&[], 2),
        (&["add", ""], 1),
        (&["add", "甲", "--set", "employees=viele"], 1),
        (&["add", "甲", "--set", "kind=dog"], 1),
        (&["add", "甲", "--set", "birthday=gestern"], 1),
        (&["set", &code, "owner=niemand"], 1),
        (&["log", &code, "--channel", "pigeon", "--summary", "x"], 1),
        (&["log", &code, "--channel", "phone", "--summary", ""], 1),
        (&["log", &code, "--channel", "phone", "--summary", "x", "--at", "2030-01-01"], 1),
        (&["log", &code, "--channel", "phone", "--summary", "x", "--by", "nobody"], 1),
        (&["log", &code, "--channel", "phone", "--summary", "x", "--contact", "谁"], 1),
        (&["order", &code, "--amount", "viel"], 1),
        (&["order", &code, "--amount", "1", "--on", "2024-02-30"], 1),
        (&["survey", &code, "--score", "900"], 1),
        (&["setting", "capacity", "0"], 1),
        (&["due", "--owner", "niemand"], 1),
        (&["import", "customers", "nix.csv"], 1),
        (&["import", "customers", "table.csv"], 1),
        (&["import", "customers", "book.xlsx"], 1),
        (&["import", "customers", "table.csv", "--map", "nix"], 1),
        (&["restore", "table.csv"], 1),
        (&["restore", "nix.db"], 1),
        (&["demo", "--fill"], 1),
        (&["show", "C9"], 3),
        (&["set", "C9", "region=x"], 3),
        (&["done", "silence:9:2024-01-01"], 3),
    ];
    for (args, wanted) in table {
        let (status, out, err) = desk.run(args);
        assert_eq!(status, *wanted, "{args:?}: {out}{err}");
        assert_eq!(out, "", "{args:?}");
        assert_eq!(err.lines().count(), 1, "{args:?}: {err}");
        assert!(err.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{args:?} in Chinese: {err}");
    }
    assert_eq!(desk.json(&["find", "C"]).as_array().unwrap().len(), 1, "nothing was written");
}

#[test]
fn a_missing_database_says_what_to_do_and_is_not_made_by_reading() {
    let desk = Desk::new("en");
    for args in [&["find", "x"][..], &["due"], &["show", "C1"], &["check"], &["undo"], &["backup", "b.db"]] {
        let (status, _, err) = desk.run(args);
        assert_eq!(status, 1, "{args:?}");
        assert!(err.contains("guanxi add"), "{args:?}: {err}");
    }
    desk.file("c.csv", "客户编号,客户名称\nC1,恒远\n");
    desk.ok(&["import", "customers", "c.csv", "--dry-run"]);
    assert!(!desk.path("a.db").exists(), "neither reading nor trying makes a database");
    desk.ok(&["import", "customers", "c.csv"]);
    assert!(desk.path("a.db").exists());
}

#[test]
fn the_language_comes_from_the_option_then_the_environment() {
    let desk = Desk::new("");
    let said = |args: &[&str], set: &[(&str, &str)]| {
        let mut command = desk.command(args);
        command.env_remove("GUANXI_LANG").envs(set.iter().copied());
        let err = String::from_utf8(command.output().unwrap().stderr).unwrap();
        if err.contains("没有数据库") { "zh" } else { "en" }
    };
    assert_eq!(said(&["due"], &[]), "en");
    assert_eq!(said(&["due"], &[("LANG", "zh_CN.UTF-8")]), "zh");
    assert_eq!(said(&["due"], &[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "C")]), "en");
    assert_eq!(said(&["due"], &[("LANG", "en_US.UTF-8"), ("GUANXI_LANG", "zh")]), "zh");
    assert_eq!(said(&["--lang", "en", "due"], &[("GUANXI_LANG", "zh")]), "en");
    assert_eq!(said(&["due", "--lang=zh"], &[]), "zh");
}

#[test]
fn undo_says_what_it_takes_back_until_nothing_is_left() {
    let desk = Desk::new("zh");
    let code = desk.hengyuan();
    desk.ok(&["set", &code, "region=上海"]);
    assert!(desk.ok(&["undo"]).contains("修改 恒远物流有限公司"));
    assert_eq!(desk.json(&["show", &code])["region"], Value::Null);
    assert!(desk.ok(&["undo"]).contains("新建客户"));
    let (status, _, err) = desk.run(&["undo"]);
    assert_eq!(status, 1);
    assert!(err.contains("没有可撤销"), "{err}");
}

#[test]
fn an_import_tells_its_counts_and_rejected_rows_and_is_one_undo() {
    let desk = Desk::new("zh");
    desk.file("c.csv", "客户编号,客户名称,电话\nC1,恒远,13800138000\nC2,#REF!,电话\nC3,宏达,\n");
    let dry = desk.json(&["import", "customers", "c.csv", "--dry-run"]);
    assert_eq!((&dry["made"], &dry["rejects"], &dry["dry"]), (&2.into(), &1.into(), &true.into()));
    assert_eq!(dry["columns"][2], serde_json::json!(["电话", "phone"]));
    let (status, out, err) = desk.run(&["import", "customers", "c.csv"]);
    assert_eq!(status, 0);
    assert!(out.contains("新增 2") && out.contains("第3行"), "{out}");
    assert!(err.contains("c.rejects.csv"), "{err}");
    assert!(fs::read_to_string(desk.path("c.rejects.csv")).unwrap().contains("#REF!"));
    let undone = desk.ok(&["undo"]);
    assert!(out.contains("共2条") && undone.contains("(共2条)"), "{out}{undone}");
    assert_eq!(desk.run(&["show", "C1"]).0, 3);
    let (status, _, err) = {
        desk.file("bad.csv", "客户编号,客户名称,电话\nC2,#REF!,电话\n");
        desk.run(&["import", "customers", "bad.csv"])
    };
    assert_eq!(status, 1);
    assert!(err.contains("没有导入任何行"), "{err}");
}

#[test]
fn undo_of_an_import_counts_the_records_that_the_import_has_counted() {
    let desk = Desk::new("zh");
    desk.file("c.csv", "客户编号,客户名称,联系人,电话,地区\nC1,恒远,陈总,13800138000,北京\n");
    desk.ok(&["import", "customers", "c.csv"]);
    // one known record changes, of another nothing is new, and a touch brings a contact and a customer along
    desk.file("d.csv", "客户编号,客户名称,地区\nC1,恒远,上海\nC1,恒远,上海\n");
    desk.file(
        "t.csv",
        "客户编号,客户名称,互动时间,互动内容,联系人,下一步行动\nC1,恒远,2024-05-10,来电,李工,3天内回访\nC9,新来的,2024-05-10,来电,,\n",
    );
    for (noun, file, records) in [("customers", "d.csv", 1), ("touches", "t.csv", 3)] {
        let told = desk.ok(&["import", noun, file]);
        assert!(told.contains(&format!("可整体撤销本次导入(共{records}条)")), "{told}");
        let undone = desk.ok(&["undo"]);
        assert!(undone.contains(&format!("{file}(共{records}条)")), "{undone}");
        desk.ok(&["import", noun, file]);
        assert_eq!(desk.json(&["undo"])["records"], records, "{file}");
    }
}

#[test]
fn an_import_reads_standard_input() {
    let desk = Desk::new("en");
    let mut child = desk
        .command(&["import", "customers", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(child.stdin.as_mut().unwrap(), "客户编号,客户名称\nC1,恒远\n".as_bytes())
        .unwrap();
    drop(child.stdin.take());
    assert!(child.wait_with_output().unwrap().status.success());
    assert_eq!(desk.json(&["show", "C1"])["name"], "恒远");
}

#[test]
fn a_backup_comes_back_and_the_database_from_before_is_kept() {
    let desk = Desk::new("en");
    let code = desk.hengyuan();
    desk.ok(&["backup", "b.db"]);
    assert_eq!(desk.run(&["backup", "b.db"]).0, 1, "a backup overwrites nothing");
    desk.ok(&["set", &code, "region=上海"]);
    let told = desk.json(&["restore", "b.db"]);
    assert_eq!(desk.json(&["show", &code])["region"], Value::Null);
    let kept = told["kept"].as_str().unwrap();
    assert!(kept.contains("20240520"), "{kept}");
    desk.ok(&["check"]);
    let before: Value = serde_json::from_str(&desk.ok(&["--db", kept, "show", &code, "--json"])).unwrap();
    assert_eq!(before["region"], "上海");
    // half a file is no backup, and nothing is touched
    let half = fs::read(desk.path("b.db")).unwrap();
    fs::write(desk.path("half.db"), &half[..half.len() / 2]).unwrap();
    let (status, _, err) = desk.run(&["restore", "half.db"]);
    assert_eq!(status, 1, "{err}");
    desk.ok(&["check"]);
    // without a database a backup becomes one
    fs::remove_file(desk.path("a.db")).unwrap();
    desk.ok(&["restore", "b.db"]);
    assert_eq!(desk.json(&["show", &code])["code"], code);
}

#[test]
fn check_finds_a_sound_store_sound_and_names_what_is_no_database() {
    let desk = Desk::new("en");
    desk.hengyuan();
    assert_eq!(desk.json(&["check"]), Value::Array(vec![]));
    let text =
        desk.file("no.db", "this is no database but a text of some length, which SQLite does not know");
    let (status, _, err) = desk.run(&["--db", &text, "check"]);
    assert_eq!(status, 1);
    assert!(err.contains("no.db"), "{err}");
}

#[test]
fn a_demo_is_made_afresh_and_nothing_else_is_overwritten() {
    let mut desk = Desk::new("en");
    desk.hengyuan();
    let (status, _, err) = desk.run(&["demo", "--fill", "--db", "a.db"]);
    assert_eq!(status, 1, "{err}");
    desk.user = "wangmin";
    for customers in ["30", "40"] {
        desk.ok(&["demo", "--fill", "--db", "d.db", "--customers", customers]);
        let board: Value = serde_json::from_str(&desk.ok(&["--db", "d.db", "board", "--json"])).unwrap();
        let figures = board["kpis"].as_array().unwrap();
        let all = figures.iter().find(|f| f["id"] == "customers").unwrap();
        assert_eq!(all["value"].as_f64(), customers.parse().ok());
    }
    let (status, _, err) = desk
        .command(&["demo"])
        .env_remove("GUANXI_DB")
        .output()
        .map(|o| (o.status.code().unwrap(), o.stdout, String::from_utf8(o.stderr).unwrap()))
        .unwrap();
    assert_eq!(status, 2, "{err}");
}

#[test]
fn board_matrix_and_settings_answer_as_documents() {
    let desk = Desk::new("en");
    let code = desk.hengyuan();
    desk.ok(&["order", &code, "--amount", "398"]);
    for period in ["2024-05", "2024-W21", "2024-Q2", "2024", "2024-05-01..2024-06-15"] {
        let board = desk.json(&["board", "--period", period]);
        let revenue = board["kpis"].as_array().unwrap().iter().find(|f| f["id"] == "revenue").unwrap();
        assert_eq!(revenue["value"], 398.0, "{period}");
    }
    let matrix = desk.json(&["matrix"]);
    assert_eq!(matrix[0]["class"], "high");
    desk.ok(&["setting", "capacity", "30"]);
    assert_eq!(desk.ok(&["setting", "capacity"]), "30\n");
    assert_eq!(desk.json(&["setting"])["capacity"], "30");
}

#[test]
fn a_reader_that_stops_early_is_no_failure() {
    let desk = Desk::new("en");
    desk.hengyuan();
    let mut child = desk.command(&["man"]).stdout(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert!(child.wait().unwrap().success());
}

#[test]
fn completions_man_and_help_are_there_in_both_languages() {
    let desk = Desk::new("zh");
    assert!(desk.ok(&["completions", "bash"]).contains("guanxi"));
    assert!(desk.ok(&["man"]).contains(".TH guanxi"));
    assert!(desk.ok(&["help"]).contains("记录一次互动"));
    assert!(desk.ok(&["--lang", "en", "help"]).contains("Log a touch"));
    let help = desk.ok(&["import", "--help"]);
    assert!(help.contains("--dry-run") && help.contains("试运行"), "{help}");
}

#[test]
fn a_clock_that_is_no_instant_is_told() {
    let desk = Desk::new("en");
    desk.hengyuan();
    let output = desk.command(&["due"]).env("GUANXI_NOW", "yesterday").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("GUANXI_NOW"));
}

#[test]
fn rules_are_shown_tried_applied_explained_and_taken_back() {
    let desk = Desk::new("zh");
    let code = desk.ok(&["add", "优品汇零售", "--set", "industry=零售业"]).trim().to_owned();
    desk.ok(&["order", &code, "--amount", "600", "--on", "2023-11-19"]);
    let why = desk.json(&["why", &code, "--scheme", "segment"]);
    assert_eq!((&why["class"], &why["none"]), (&Value::Null, &Value::from("no_benchmark")));
    desk.ok(&["benchmark", "零售业", "1000"]);
    assert_eq!(desk.json(&["show", &code])["segment"], "cooling");

    let text = desk.ok(&["scheme", "show", "segment"]);
    let stricter = text.replace("share < 50%", "share < 70%").replace("share >= 50%", "share >= 70%");
    fs::write(desk.path("s.toml"), &stricter).unwrap();
    let file = desk.path("s.toml").display().to_string();
    let moves = desk.json(&["scheme", "apply", &file, "--dry-run"]);
    assert_eq!((&moves["moved"], &moves["version"]), (&Value::from(1), &Value::from(2)));
    assert_eq!(desk.json(&["show", &code])["segment"], "cooling");
    desk.ok(&["scheme", "apply", &file, "--reason", "年末收紧"]);
    let why = desk.json(&["why", &code, "--scheme", "segment"]);
    assert_eq!((&why["class"], &why["version"]), (&Value::from("dormant"), &Value::from(2)));
    assert_eq!(why["better"]["class"], "cooling");
    let told = desk.ok(&["why", &code, "--scheme", "分层"]);
    assert!(told.contains("沉睡") && told.contains("第2版"), "{told}");
    desk.ok(&["undo"]);
    assert_eq!(desk.json(&["show", &code])["segment"], "cooling");

    fs::write(desk.path("s.toml"), text.replace("share < 50%", "share < 40%")).unwrap();
    let (status, _, told) = desk.run(&["scheme", "apply", &file]);
    assert_eq!(status, 1);
    assert!(told.contains("与行业平均之比 = 40% (share)") && told.contains("未作任何改动"), "{told}");
    // with the file and the line of the class that comes nearest
    assert!(told.starts_with(&format!("{file}:第")), "{told}");
    let (status, _, told) = desk.run(&["setting", "capacty", "30"]);
    assert!(status == 2 && told.contains("是否要找“capacity”"), "{told}");
    let (status, _, _) = desk.run(&["why", &code, "--scheme", "mine"]);
    assert_eq!(status, 3);
}

#[test]
fn k48_log_is_stopped_with_a_sentence_for_each_finding_and_an_override_is_kept() {
    let desk = Desk::new("zh");
    let code = desk.hengyuan();
    let log = |more: &[&str]| {
        let words =
            [&["log", &code, "--channel", "phone", "--summary", "问候", "--product", "A品类"], more].concat();
        desk.run(&words)
    };
    assert_eq!(log(&[]).0, 0);
    let (status, out, err) = log(&[]);
    assert_eq!((status, out.as_str()), (1, ""));
    assert!(err.contains("触达已达上限 1/1(当周)") && err.contains("A品类近期已推荐过"), "{err}");
    assert!(err.contains("--override"), "{err}");
    let (status, out, _) = log(&["--json"]);
    let document: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((status, &document["findings"][0]["consequence"]), (1, &"block_or_reason".into()));
    assert_eq!(log(&["--kind", "reply"]).0, 0);
    assert_eq!(log(&["--override", "客户来电要求"]).0, 0);
    let shown = desk.json(&["show", &code]);
    assert_eq!(shown["touches"][0]["override"], "客户来电要求");
    assert_eq!((&shown["touches"][1]["override"], &shown["guard"]["touched"]), (&Value::Null, &2.into()));
    let (_, settings, _) = desk.run(&["setting"]);
    assert!(
        settings.lines().any(|l| l.starts_with("overspend_percent") && l.contains("D20 P32")),
        "{settings}"
    );
}
