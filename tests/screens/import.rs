//! Keys in the import wizard, screen out: a file is found by typing, the report adds up, a cut is told, leaving asks.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on says so and ends")]

use std::path::{Path, PathBuf};
use std::sync::mpsc;

use guanxi::app::popup::{FileRow, Popup, Stage, Wizard};
use guanxi::app::shared::Size;
use guanxi::app::{Effect, Failure, Msg};
use guanxi::domain::field::Noun;
use guanxi::domain::import::Report;
use guanxi::i18n::Lang;
use guanxi::run;
use guanxi::store::{Mode, Store};
use rust_xlsxwriter::Workbook;

use super::rig::{Rig, now};

fn row(name: &str, folder: bool) -> FileRow {
    FileRow { name: name.into(), path: format!("/home/wang/{name}"), folder, size: 1_234 }
}

fn report(dry: bool) -> Box<Report> {
    Box::new(Report {
        noun: Noun::Customer,
        file: "客户.csv".into(),
        encoding: "UTF-8".into(),
        delimiter: Some(','),
        sheet: None,
        sheets: Vec::new(),
        columns: vec![("编号".into(), Some("code".into())), ("星座".into(), None)],
        labels: vec![Some("客户编号".into()), None],
        choices: vec![("code".into(), "客户编号".into()), ("note".into(), "备注".into())],
        missing: Vec::new(),
        sample: Vec::new(),
        rows: 10,
        made: 4,
        updated: 3,
        same: 2,
        alike: Vec::new(),
        customers: 0,
        rejected: vec![(7, "坏行".into())],
        rejects: 1,
        warned: vec![(5, "最近消费:“某天”不是日期".into())],
        warnings: 1,
        gaps: 0,
        within: 0,
        people: Vec::new(),
        changed: Vec::new(),
        industries: Vec::new(),
        rejects_file: None,
        dry,
    })
}

fn wizard(rig: &Rig) -> &Wizard {
    match rig.app.popups.last() {
        Some(Popup::Import(wizard)) => wizard,
        other => panic!("{other:?}"),
    }
}

/// A rig with the wizard open on a folder.
fn open() -> Rig {
    let mut rig = Rig::company(Lang::Zh, 100, 30);
    rig.keys(":导入<Enter>");
    assert_eq!(rig.wanted.last(), Some(&Effect::Files(String::new())));
    let files = vec![row("订单 5月.csv", false), row("kehu.csv", false), row("下载", true), row("..", true)];
    rig.send(Msg::Files(String::new(), Some(("/home/wang".into(), files))));
    rig
}

fn tried(rig: &Rig) -> Option<&str> {
    match rig.wanted.last() {
        Some(Effect::Import { path, dry: true, .. }) => Some(path),
        _ => None,
    }
}

#[test]
fn typing_filters_the_names_and_a_typed_path_works() {
    let mut rig = open();
    rig.shows(&["/home/wang", "订单 5月.csv", "下载/", ".."]);
    rig.keys("5月").shows(&["订单 5月.csv"]).hides(&["kehu.csv", "下载/"]);
    rig.keys("<Enter>");
    assert_eq!(tried(&rig), Some("/home/wang/订单 5月.csv"));
    // a path is looked into while it is typed; late answers about other folders are dropped
    let mut rig = open();
    rig.keys("~/data/");
    assert_eq!(rig.wanted.last(), Some(&Effect::Files("~/data/".into())));
    rig.send(Msg::Files("~/".into(), Some(("/home/wang".into(), vec![row("falsch.csv", false)]))));
    rig.hides(&["falsch.csv"]);
    let files = vec![row("a.csv", false), row("b.csv", false)];
    rig.send(Msg::Files("~/data/".into(), Some(("/home/wang/data".into(), files))));
    rig.keys("b").shows(&["b.csv"]).hides(&["a.csv"]);
    rig.keys("<Backspace>noch.dat<Enter>");
    assert_eq!(tried(&rig), Some("/home/wang/data/noch.dat"));
    rig.send(Msg::Imported(
        "/home/wang/data/noch.dat".into(),
        Err(Failure { sentence: "无法读取。".into(), report: None, sheets: None }),
    ));
    rig.shows(&["无法读取"]);
    let mut rig = open();
    rig.keys("/gibt/es/nicht/");
    rig.send(Msg::Files("/gibt/es/nicht/".into(), None));
    rig.shows(&["没有此文件夹"]);
}

#[test]
fn the_next_import_starts_where_the_last_one_was() {
    let mut rig = open();
    rig.keys("kehu<Enter>");
    rig.send(Msg::Imported("/home/wang/kehu.csv".into(), Ok(report(true))));
    rig.keys("<Enter>");
    let remembered = rig.wanted.iter().find_map(|e| match e {
        Effect::Remember(place) => Some(place.import_folder.clone()),
        _ => None,
    });
    assert_eq!(remembered.as_deref(), Some("/home/wang"));
    let mut rig = rig.restart();
    rig.keys(":导入<Enter>");
    assert_eq!(rig.wanted.last(), Some(&Effect::Files("/home/wang".into())));
}

#[test]
fn what_a_file_would_change_stands_on_the_screen_once() {
    for (width, height) in [(100, 30), (80, 24), (120, 36)] {
        let mut rig = open();
        rig.keys("kehu<Enter>");
        rig.send(Msg::Resize(guanxi::app::shared::Size { width, height }));
        let changed = vec![(6, "恒远物流".to_owned(), "备注 — → 重复".to_owned())];
        let report = Box::new(Report { changed, ..*report(true) });
        rig.send(Msg::Imported("/home/wang/kehu.csv".into(), Ok(report)));
        assert_eq!(rig.screen().matches("备注 — → 重复").count(), 1, "{}", rig.screen());
    }
}

#[test]
fn the_report_adds_up_in_words_and_a_cut_import_says_so() {
    let mut rig = open();
    rig.keys("kehu<Enter>");
    rig.send(Msg::Imported("/home/wang/kehu.csv".into(), Ok(report(true))));
    rig.shows(&[
        "10 行 = 新增 4 + 更新 3 + 已有(无新内容) 2 + 拒绝 1",
        "1 行中有无法识别的单元格",
        "第5行",
        "第7行",
    ]);
    rig.shows(&["→ 客户编号", "→ 不导入"]).hides(&["→ code"]);
    rig.keys("<Enter>");
    let sentence = "导入中途停止:磁盘已满。此前已导入的内容保留,可以撤销。".to_owned();
    let failure = Failure { sentence, report: Some(report(false)), sheets: None };
    rig.send(Msg::Imported("/home/wang/kehu.csv".into(), Err(failure)));
    assert!(matches!(wizard(&rig).stage, Stage::Cut(..)));
    rig.shows(&["导入中途停止:磁盘已满", "可以撤销", "已完成:10 行"]);
    rig.keys("<Enter>");
    assert!(rig.app.popups.is_empty());
}

#[test]
fn e25_a_dry_run_shows_which_known_records_would_change_and_walks_through_them_all() {
    let mut rig = open();
    rig.keys("kehu<Enter>");
    let changed = (1..=40).map(|n| (n, format!("C{n} 客户{n}"), "地区 北京 → 上海".to_owned())).collect();
    let industries = vec!["养蜂".to_owned()];
    let told = Report { changed, industries, ..*report(true) };
    rig.send(Msg::Imported("/home/wang/kehu.csv".into(), Ok(Box::new(told))));
    rig.shows(&[
        "40 条已有记录的字段将被改写",
        "第1行:C1 客户1:地区 北京 → 上海",
        "没有行业平均",
        "→ 客户编号",
    ]);
    rig.hides(&["客户40"]);
    rig.keys("<PgDn><PgDn><PgDn><PgDn>").shows(&["第40行:C40 客户40:地区 北京 → 上海"]);
    // a record is no column: there is nothing to correct
    rig.keys("e");
    assert!(matches!(wizard(&rig).stage, Stage::Shown(_)));
    rig.keys("<PgUp><PgUp><PgUp><PgUp>").shows(&["→ 客户编号"]);
}

#[test]
fn a_heading_that_was_taken_for_the_wrong_column_is_corrected_and_the_file_tried_anew() {
    let mut rig = open();
    rig.keys("kehu<Enter>");
    rig.send(Msg::Imported("/home/wang/kehu.csv".into(), Ok(report(true))));
    rig.keys("<Down>e").shows(&["该列对应", "不导入", "备注"]);
    // the cursor stands on what it is now: nothing; then number and note follow
    rig.keys("<Down><Down><Enter>");
    let fixes = vec![("星座".to_owned(), Some("note".to_owned()))];
    let path = "/home/wang/kehu.csv".to_owned();
    let noun = Some(Noun::Customer);
    let again = Effect::Import { path: path.clone(), sheet: None, noun, fixes: fixes.clone(), dry: true };
    assert_eq!(rig.wanted.last(), Some(&again));
    rig.send(Msg::Imported(path.clone(), Ok(report(true))));
    rig.keys("<Enter>");
    assert!(rig.wanted.contains(&Effect::Import { path, sheet: None, noun, fixes, dry: false }));
    // another file has headings of its own
    let mut rig = open();
    rig.keys("kehu<Enter>");
    rig.send(Msg::Imported("/home/wang/kehu.csv".into(), Ok(report(true))));
    rig.keys("e<Enter>");
    rig.send(Msg::Imported("/home/wang/kehu.csv".into(), Ok(report(true))));
    rig.keys("<Esc><C-u>5月<Enter>");
    assert!(matches!(rig.wanted.last(), Some(Effect::Import { fixes, .. }) if fixes.is_empty()));
}

#[test]
fn leaving_while_a_file_comes_in_asks_first() {
    let mut rig = open();
    rig.keys("kehu<Enter>");
    rig.send(Msg::Imported("/home/wang/kehu.csv".into(), Ok(report(true))));
    rig.keys("<Enter><Esc>q").shows(&["正在导入文件"]).hides(&["有未保存的表单"]);
    assert!(!rig.wanted.contains(&Effect::Quit));
    rig.keys("<Esc>");
    rig.send(Msg::Imported("/home/wang/kehu.csv".into(), Ok(report(false))));
    rig.keys("q");
    assert_eq!(rig.wanted.last(), Some(&Effect::Quit));
}

#[test]
fn a_workbook_says_which_sheet_was_read_and_a_key_reads_the_next() {
    let mut rig = open();
    rig.keys("kehu<Enter>");
    let of = |sheet: &str| {
        let sheets = ["说明", "客户", "订单"].map(ToOwned::to_owned).to_vec();
        let sheet = Some(sheet.to_owned());
        Box::new(Report { encoding: "XLSX".into(), delimiter: None, sheet, sheets, ..*report(true) })
    };
    rig.send(Msg::Imported("/home/wang/kehu.csv".into(), Ok(of("客户"))));
    rig.shows(&["XLSX · 工作表“客户”", "未读取的工作表:说明、订单", "换工作表"]);
    rig.keys("s");
    let asked = |rig: &Rig| match rig.wanted.last() {
        Some(Effect::Import { sheet, noun: None, dry: true, .. }) => sheet.clone(),
        _ => None,
    };
    assert_eq!(asked(&rig).as_deref(), Some("订单"));
    rig.send(Msg::Imported("/home/wang/kehu.csv".into(), Ok(of("订单"))));
    rig.shows(&["工作表“订单”"]);
    rig.keys("s");
    assert_eq!(asked(&rig).as_deref(), Some("说明"), "round to the first");
    // what was chosen is what comes in
    rig.send(Msg::Imported("/home/wang/kehu.csv".into(), Ok(of("说明"))));
    rig.keys("<Enter>");
    let brought = |e: &Effect| matches!(e, Effect::Import { sheet: Some(s), dry: false, .. } if s == "说明");
    assert!(rig.wanted.iter().any(brought));
    // of text there is no other
    let mut rig = open();
    rig.keys("kehu<Enter>");
    rig.send(Msg::Imported("/home/wang/kehu.csv".into(), Ok(report(true))));
    rig.hides(&["换工作表"]);
    rig.shows(&["分隔符 ,"]);
}

/// A session on a store of its own on disk, with the wizard open on a folder.
struct Desk {
    folder: tempfile::TempDir,
    rig: Rig,
}

impl Desk {
    fn new(lang: Lang, width: u16, height: u16) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(&folder.path().join("a.db"), Mode::Create).unwrap();
        store.personal("wang", "王敏", now()).unwrap();
        Self { folder, rig: Rig::on(store, lang, width, height) }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Opens the wizard and chooses a file there.
    fn choose(&mut self, file: &str) {
        self.rig.keys("<Esc><Esc>:import<Enter>");
        let path = self.path(file).display().to_string();
        let files = vec![FileRow { name: file.into(), path, folder: false, size: 9 }];
        let asked = wizard(&self.rig).asked.clone();
        self.rig.send(Msg::Files(asked, Some((self.folder.path().display().to_string(), files))));
        self.rig.keys("<Enter>");
        self.carry_out();
    }

    /// Carries out the import that is wanted, as a session does.
    fn carry_out(&mut self) {
        let wanted = self.rig.wanted.iter().rev().find_map(|effect| match effect {
            Effect::Import { path, sheet, noun, fixes, dry } => {
                Some((path.clone(), sheet.clone(), *noun, fixes.clone(), *dry))
            }
            _ => None,
        });
        let (path, sheet, noun, fixes, dry) = wanted.unwrap();
        let (actor, lang) = (self.rig.actor.clone(), self.rig.app.shared.lang);
        let db = self.path("a.db");
        let (send, told) = mpsc::channel();
        run::import::start(
            run::import::Job { db, actor, now: now(), lang, path, sheet, noun, fixes, dry },
            send,
        );
        for msg in told {
            self.rig.send(msg);
        }
    }
}

/// A workbook of these sheets.
fn book(path: &Path, sheets: &[(&str, &[&[&str]])]) {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet().set_name(*name).unwrap();
        for (row, cells) in (0..).zip(*rows) {
            for (column, cell) in (0..).zip(*cells) {
                sheet.write_string(row, column, *cell).unwrap();
            }
        }
    }
    book.save(path).unwrap();
}

#[test]
fn the_sheet_that_is_a_list_is_found_and_from_one_that_is_none_a_key_leads_to_the_next() {
    let staff: &[&[&str]] = &[&["部门", "负责人", "电话"], &["销售部", "李雷", "13800138000"]];
    let empty: &[&[&str]] = &[&["客户编号", "客户名称"]];
    let list: &[&[&str]] = &[&["客户编号", "客户名称"], &["C1", "恒远物流"], &["C2", "宏达机械"]];
    let mut desk = Desk::new(Lang::Zh, 80, 24);
    book(&desk.path("a.xlsx"), &[("部门", staff), ("客户", list)]);
    desk.choose("a.xlsx");
    desk.rig.shows(&["工作表“客户”", "2 行 = 新增 2", "未读取的工作表:部门"]);
    // what is read first has no rows, and the next has; what was chosen is what comes in
    book(&desk.path("b.xlsx"), &[("模板", empty), ("部门", staff), ("客户", list)]);
    desk.choose("b.xlsx");
    desk.rig.shows(&["工作表“模板”:只有表头", "未读取的工作表:部门、客户", "s 换工作表", "Esc 换文件"]);
    assert!(!wizard(&desk.rig).is_choosing(), "a letter is no name of a file here");
    desk.rig.send(Msg::Resize(Size { width: 40, height: 12 }));
    desk.rig.shows(&["工作表“模板”", "未读取的工作表:部门", "s 换工作表"]);
    desk.rig.send(Msg::Resize(Size { width: 80, height: 24 }));
    desk.rig.keys("s");
    desk.carry_out();
    desk.rig.shows(&["工作表“部门”:无法识别表头"]);
    desk.rig.keys("s");
    desk.carry_out();
    desk.rig.shows(&["工作表“客户”", "2 行 = 新增 2"]);
    desk.rig.keys("<Enter>");
    desk.carry_out();
    desk.rig.shows(&["已完成:2 行 = 新增 2"]);
    // a file without another sheet leads back to the files
    book(&desk.path("c.xlsx"), &[("部门", staff)]);
    desk.choose("c.xlsx");
    desk.rig.shows(&["无法识别表头", "选择"]).hides(&["换工作表"]);
    // and Esc does from a sheet
    desk.choose("b.xlsx");
    desk.rig.keys("<Esc>");
    assert!(wizard(&desk.rig).is_choosing());
}

#[test]
fn whoever_looks_like_a_known_customer_is_told_with_both_numbers() {
    for (lang, line) in [
        (Lang::Zh, "第2行:CUST002与CUST001 蓝星化工有限公司疑似重复"),
        (Lang::En, "line 2: CUST002 looks like CUST001 蓝星化工有限公司"),
    ] {
        let mut desk = Desk::new(lang, 100, 30);
        let list = |code: &str| format!("客户编号;客户名称;电话\n{code};蓝星化工有限公司;13800138000\n");
        for code in ["CUST001", "CUST002"] {
            let text = encoding_rs::GB18030.encode(&list(code)).0.into_owned();
            std::fs::write(desk.path("a.csv"), text).unwrap();
            desk.choose("a.csv");
            if code == "CUST001" {
                desk.rig.keys("<Enter>");
                desk.carry_out();
            }
        }
        desk.rig.shows(&[line]);
    }
}

#[test]
fn what_goes_on_above_and_below_is_told_at_the_frame() {
    for lang in [Lang::Zh, Lang::En] {
        let mut rig = Rig::company(lang, 40, 12);
        rig.keys(":import<Enter>");
        let files: Vec<FileRow> = (1..=9).map(|n| row(&format!("{n}.csv"), false)).collect();
        rig.send(Msg::Files(String::new(), Some(("/home/wang".into(), files))));
        let below = |n: usize| {
            if lang == Lang::Zh { format!("▼ 下面还有{n}项") } else { format!("▼ {n} more") }
        };
        let above = |n: usize| {
            if lang == Lang::Zh { format!("▲ 上面还有{n}项") } else { format!("▲ {n} more") }
        };
        rig.shows(&[&below(5)]).hides(&["▲"]);
        rig.keys("<PgDn>").shows(&[&above(2), &below(3)]);
        // what was wrong stands above the files, and the one under the cursor shows nevertheless
        rig.keys("<Enter>");
        let sentence = "很长的一句话,说明文件为什么读不了,以及应当怎么办。".repeat(4);
        let failure = Failure { sentence, report: None, sheets: None };
        rig.send(Msg::Imported("/home/wang/5.csv".into(), Err(failure)));
        rig.shows(&["很长的一句话", "5.csv", "▲", &below(4)]);
        // of a dry run the figures show first, then whatever is walked to
        rig.keys("<Enter>");
        let columns = (1..=9).map(|n| (format!("列{n}"), None)).collect();
        let told = Report { columns, labels: vec![None; 9], ..*report(true) };
        rig.send(Msg::Imported("/home/wang/5.csv".into(), Ok(Box::new(told.clone()))));
        let sum = if lang == Lang::Zh { "10 行 =" } else { "10 rows =" };
        rig.shows(&["客户.csv", sum, "列1", "列2", "▼"]).hides(&["▲", "列3"]);
        let mut seen = rig.screen();
        for n in 2..=9 {
            rig.keys("<Down>").shows(&[&format!("列{n}"), "▲"]);
            assert!(rig.screen().lines().any(|line| line.contains('▌') && line.contains(&format!("列{n}"))));
            seen += &rig.screen();
        }
        rig.hides(&["▼"]);
        assert!(
            seen.contains("坏行") && seen.contains("最近消费"),
            "nothing of the head is passed over: {seen}"
        );
        rig.keys("<PgUp><PgUp><PgUp>").shows(&[sum, "列1"]).hides(&["▲"]);
        // and what has come in can be read to its end as well
        rig.keys("<Enter>");
        rig.send(Msg::Imported("/home/wang/5.csv".into(), Ok(Box::new(Report { dry: false, ..told }))));
        rig.shows(&["▼"]).hides(&["▌ 列"]);
        rig.keys("<Down>").shows(&["▲", "列3"]);
        rig.keys("<PgDn><PgDn><PgDn>").shows(&["列9"]).hides(&["▼"]);
        for (width, height) in [(80, 24), (120, 36)] {
            rig.send(Msg::Resize(Size { width, height }));
            rig.shows(&["列1", "列9"]).hides(&["▼", "▲"]);
        }
    }
}
