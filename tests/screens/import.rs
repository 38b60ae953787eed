//! Keys in the import wizard, screen out: a file is found by typing, the report adds up, a cut is told, leaving asks.

#![expect(clippy::panic, reason = "a test that cannot go on says so and ends")]

use guanxi::app::popup::{FileRow, Popup, Stage, Wizard};
use guanxi::app::{Effect, Failure, Msg};
use guanxi::domain::field::Noun;
use guanxi::domain::import::Report;
use guanxi::i18n::Lang;

use super::rig::Rig;

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
        Err(Failure { sentence: "无法读取。".into(), report: None }),
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
    let failure = Failure { sentence, report: Some(report(false)) };
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
