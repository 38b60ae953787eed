//! Workbooks of Excel into the store, end to end: what cells mean, which sheet is read, rows by their numbers, and every file
//! that cannot be read as one sentence.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on says where"
)]

#[path = "rig/desk.rs"]
mod desk;
#[path = "rig/personal.rs"]
mod personal;

use std::io::{Cursor, Read, Write};
use std::process::Stdio;

use desk::Desk;
use guanxi::domain::field::{Field, Noun, Value};
use guanxi::domain::import::Report;
use guanxi::domain::people::{Verb, Via};
use guanxi::exchange::benchmarks;
use guanxi::exchange::import::{ImportError, Job, Source, import, sentence};
use guanxi::exchange::mapping::Mapping;
use guanxi::exchange::table::BookError;
use guanxi::i18n::Lang;
use guanxi::store::Store;
use guanxi::store::fill::Firm;
use guanxi::store::fill::rows::Person;
use guanxi::store::request::{Answer, Profile, Query, StoreError};
use personal::Rig;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

impl Rig {
    fn read(&mut self, noun: Noun, bytes: &[u8], sheet: Option<&str>) -> Result<Report, ImportError> {
        let source = Source::Reader("-", Box::new(bytes));
        let (sheet, mapping) = (sheet.map(ToOwned::to_owned), Mapping::default());
        let job = Job { source, sheet, noun: Some(noun), mapping, dry: false, rejects: None };
        import(&mut self.store, &self.me, self.now, Lang::Zh, job, &mut |_, _, _| {})
    }

    fn profile(&self, code: &str) -> Box<Profile> {
        let ask = |query| self.store.ask(&self.me, &query, self.now).unwrap();
        let Answer::ByCode(Some(id)) = ask(Query::ByCode(code.into())) else { panic!("nobody is {code}") };
        let Answer::Profile(Some(profile)) = ask(Query::Profile(id)) else { panic!("no profile of {code}") };
        profile
    }
}

/// A workbook with one sheet.
fn book(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet());
    book.save_to_buffer().unwrap()
}

fn row(sheet: &mut Worksheet, at: u32, cells: &[&str]) {
    for (column, cell) in (0_u16..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
        sheet.write_string(at, column, *cell).unwrap();
    }
}

/// The same workbook with another part of this name.
fn with_part(book: &[u8], name: &str, content: impl FnOnce(&mut dyn Write)) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let part = from.by_index(at).unwrap();
        if part.name().unwrap() != name {
            to.raw_copy_file(part).unwrap();
        }
    }
    let deflated =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    to.start_file(name, deflated).unwrap();
    content(&mut to);
    to.finish().unwrap().into_inner()
}

fn day(format: &str) -> Format {
    Format::new().set_num_format(format)
}

#[test]
fn cells_come_in_as_a_person_would_have_typed_them() {
    let bytes = book(|sheet| {
        row(
            sheet,
            0,
            &["客户编号", "客户名称", "电话", "最近消费时间", "消费频次", "年消费金额", "已授权", "备注"],
        );
        let china = day("yyyy\"年\"m\"月\"d\"日\"");
        let serial = ExcelDateTime::from_ymd(2023, 10, 15).unwrap();
        // a code with zeros in front by its format, a phone and amounts as numbers, a formula with its value
        sheet.write_number_with_format(1, 0, 42.0, &day("00000")).unwrap();
        sheet.write_string(1, 1, "𠮷野家·恒远物流").unwrap();
        sheet.write_number(1, 2, 13_800_138_000.0).unwrap();
        sheet.write_datetime_with_format(1, 3, &serial, &china).unwrap();
        sheet.write_number(1, 4, 3.0).unwrap();
        sheet.write_formula(1, 5, Formula::new("=100.1+0.2").set_result("100.30000000000001")).unwrap();
        sheet.write_boolean(1, 6, true).unwrap();
        let bold = Format::new().set_bold();
        let rich = [(&bold, "重点"), (&Format::new(), "客户")];
        sheet.write_rich_string(1, 7, &rich).unwrap();
        // eighteen digits as text stay, as a number they are lost
        row(sheet, 2, &["110101199003071234", "宏达机械"]);
        row(sheet, 3, &["", "优品汇"]);
        sheet.write_number(3, 0, 110_101_199_003_071_234.0).unwrap();
    });
    let mut rig = Rig::new();
    let report = rig.read(Noun::Customer, &bytes, None).unwrap();
    assert_eq!((report.made, report.rejects), (2, 1), "{:?} {:?}", report.rejected, report.warned);
    assert_eq!(report.warned, [], "every other cell is understood");
    assert!(report.rejected[0].0 == 4 && report.rejected[0].1.contains("数字已在表格中丢失"), "{report:?}");
    assert_eq!((report.encoding.as_str(), report.delimiter), ("XLSX", None));
    assert_eq!(report.sample[0][3], "2023-10-15");
    assert_eq!(report.sample[0][5], "100.3");
    let profile = rig.profile("00042");
    assert_eq!(profile.row.name, "𠮷野家·恒远物流");
    assert_eq!(profile.customer.get(Field::CustomerNote), &Value::Text("重点客户".into()));
    assert_eq!(rig.profile("110101199003071234").row.name, "宏达机械");
    // the time of a touch
    let touches = book(|sheet| {
        row(sheet, 0, &["客户编号", "互动时间", "互动方式", "互动内容简述"]);
        row(sheet, 1, &["00042", "", "电话", "谈了报价"]);
        let at = ExcelDateTime::from_ymd(2024, 5, 10).unwrap().and_hms(14, 30, 0).unwrap();
        sheet.write_datetime_with_format(1, 1, &at, &day("yyyy/m/d h:mm")).unwrap();
    });
    let report = rig.read(Noun::Touch, &touches, None).unwrap();
    assert_eq!((report.made, report.sample[0][1].as_str()), (1, "2024-05-10 14:30"), "{report:?}");
    assert_eq!(rig.store.check(rig.now).unwrap(), []);
}

#[test]
fn rows_keep_their_numbers_below_titles_gaps_and_line_breaks_and_a_failed_formula_is_no_row() {
    let bytes = book(|sheet| {
        sheet.merge_range(0, 0, 0, 3, "客户台账\n2024年", &Format::new()).unwrap();
        row(sheet, 2, &["客户编号", "客户名称", "年消费金额", "备注"]);
        row(sheet, 3, &["C1", "恒远", "1000", "第一行\n第二行\n第三行"]);
        let failed = |error: &str| Formula::new("=B1/0").set_result(error);
        row(sheet, 7, &["C2", "宏达"]);
        sheet.write_formula(7, 2, failed("#REF!")).unwrap();
        // nothing was found, and nothing is there
        row(sheet, 8, &["C3", "优品"]);
        sheet.write_formula(8, 2, failed("#N/A")).unwrap();
        // a word beside the table shifts nothing
        row(sheet, 9, &["C4", "科讯", "", "", "", "记得回访"]);
        row(sheet, 10, &["合计", "", "1000"]);
    });
    let mut rig = Rig::new();
    let report = rig.read(Noun::Customer, &bytes, None).unwrap();
    assert_eq!((report.rows, report.made, report.rejects), (4, 3, 1), "{report:?}");
    let (line, why) = &report.rejected[0];
    assert_eq!((*line, why.as_str()), (8, "年消费金额:“#REF!”是公式错误,请填入数值。"));
    let note = Value::Text("第一行\n第二行\n第三行".into());
    assert_eq!(rig.profile("C1").customer.get(Field::CustomerNote), &note);
    let again = rig.read(Noun::Customer, &bytes, None).unwrap();
    assert_eq!((again.made, again.updated, again.same), (0, 0, 3));
}

#[test]
fn the_first_visible_sheet_that_is_a_table_is_read_and_the_others_are_told() {
    let mut book = Workbook::new();
    row(book.add_worksheet().set_name("说明").unwrap(), 0, &["请按模板填写"]);
    book.add_worksheet().set_name("空").unwrap();
    let hidden = book.add_worksheet().set_name("旧名单").unwrap();
    row(hidden, 0, &["客户编号", "客户名称"]);
    row(hidden, 1, &["C8", "旧客户"]);
    hidden.set_hidden(true);
    for (name, code) in [("客户", "C1"), ("客户二", "C2")] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        row(sheet, 0, &["客户编号", "客户名称"]);
        row(sheet, 1, &[code, name]);
    }
    let bytes = book.save_to_buffer().unwrap();
    let mut rig = Rig::new();
    let report = rig.read(Noun::Customer, &bytes, None).unwrap();
    assert_eq!((report.sheet.as_deref(), report.made), (Some("客户"), 1));
    assert_eq!(report.unread().collect::<Vec<_>>(), ["说明", "客户二"]);
    assert_eq!(report.next_sheet(), Some("客户二"));
    let report = rig.read(Noun::Customer, &bytes, Some("客户二")).unwrap();
    assert_eq!((report.made, report.next_sheet()), (1, Some("说明")));
    let report = rig.read(Noun::Customer, &bytes, Some("旧名单")).unwrap();
    assert_eq!(report.made, 1, "a hidden one if asked for");
    let error = rig.read(Noun::Customer, &bytes, Some("联系人")).unwrap_err();
    let told = sentence(&error, Lang::En);
    assert_eq!(told, "The workbook has no sheet “联系人”; it has 说明, 客户, 客户二.");
    let error = rig.read(Noun::Customer, "客户编号,客户名称\nC9,甲\n".as_bytes(), Some("客户")).unwrap_err();
    assert_eq!(error, ImportError::NoSheets);
}

#[test]
fn every_workbook_that_cannot_be_read_is_one_sentence_in_both_languages_and_changes_nothing() {
    let good = book(|sheet| {
        row(sheet, 0, &["客户编号", "客户名称"]);
        for n in 1..200 {
            row(sheet, n, &[&format!("C{n}"), &format!("客户{n}")]);
        }
    });
    let cut = good[..good.len() / 2].to_vec();
    let mut turned = good.clone();
    let at = turned.windows(9).position(|w| w == b"worksheet").unwrap() + 60;
    turned[at] ^= 0xff;
    let empty = book(|_| {});
    let lock: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let locked = [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), vec![0; 65_530], lock].concat();
    let old = [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), vec![0; 4_096]].concat();
    let texts = "xl/sharedStrings.xml";
    // a text that no cell has, in a few kilobytes; more texts than are held; fewer than it says
    let bomb = with_part(&good, "xl/worksheets/sheet1.xml", |part| {
        part.write_all(b"<worksheet><sheetData><row r=\"1\"><c t=\"inlineStr\"><is><t>").unwrap();
        std::io::copy(&mut std::io::repeat(b'a').take(4 << 20), part).map(drop).unwrap();
    });
    let many = with_part(&good, texts, |part| {
        let some = "<si><t>a</t></si>".repeat(4_096);
        part.write_all(b"<sst>").unwrap();
        for _ in 0..1_024 {
            part.write_all(some.as_bytes()).unwrap();
        }
    });
    let lie = with_part(&good, texts, |part| {
        part.write_all(b"<sst uniqueCount=\"99999999999999999999\"><si><t>a</t></si></sst>").unwrap();
    });
    let broken = with_part(&good, "xl/workbook.xml", |part| part.write_all(b"<workbook><sheets").unwrap());
    let other = {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
        zip.finish().unwrap().into_inner()
    };
    for (bytes, en, zh) in [
        (&cut, "damaged", "已损坏"),
        (&turned, "damaged", "已损坏"),
        (&broken, "damaged", "已损坏"),
        (&lie, "damaged", "已损坏"),
        (&bomb, "larger than can be read", "过大"),
        (&many, "larger than can be read", "过大"),
        (&empty, "nothing in this file", "空"),
        (&locked, "password", "密码"),
        (&old, "old Excel (.xls)", "旧版Excel"),
        (&other, "without an Excel workbook", "没有Excel工作簿"),
    ] {
        let mut rig = Rig::new();
        let error = rig.read(Noun::Customer, bytes, None).unwrap_err();
        let (english, chinese) = (sentence(&error, Lang::En), sentence(&error, Lang::Zh));
        assert!(english.contains(en) && chinese.contains(zh), "{english} {chinese}");
        assert_eq!(english.lines().count(), 1);
        let Answer::Find(found) =
            rig.store.ask(&rig.me, &Query::Find { text: "C".into(), limit: 9 }, rig.now).unwrap()
        else {
            panic!("hits")
        };
        assert!(found.is_empty());
    }
    assert_eq!(Rig::new().read(Noun::Customer, &good, None).unwrap().made, 199);
}

#[test]
fn a_workbook_that_holds_more_than_it_says_is_refused_before_it_is_kept() {
    let good = book(|sheet| {
        row(sheet, 0, &["客户编号", "客户名称"]);
        row(sheet, 1, &["C1", "恒远"]);
    });
    let texts = |said: &str| {
        with_part(&good, "xl/sharedStrings.xml", |part| part.write_all(said.as_bytes()).unwrap())
    };
    let many = |part: &mut dyn Write| {
        std::io::copy(&mut std::io::repeat(b' ').take(2 << 20), part).map(drop).unwrap();
    };
    let leads = |target: &str| {
        let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
        let said = format!(
            "<Relationships><Relationship Id=\"a\" Type=\"{kind}\" Target=\"{target}\"/></Relationships>"
        );
        with_part(&good, "_rels/.rels", |part| part.write_all(said.as_bytes()).unwrap())
    };
    let styles = |format: usize, styled: usize| {
        with_part(&good, "xl/styles.xml", |part| {
            let format = "0".repeat(format);
            let said =
                format!("<styleSheet><numFmts><numFmt numFmtId=\"200\" formatCode=\"{format}\"/></numFmts>");
            let xf = "<xf numFmtId=\"200\"/>".repeat(styled);
            part.write_all(format!("{said}<cellXfs>{xf}</cellXfs></styleSheet>").as_bytes()).unwrap();
        })
    };
    let sheet = |said: &str| {
        with_part(&good, "xl/worksheets/sheet1.xml", |part| {
            let around = format!("<worksheet><sheetData><row r=\"1\">{said}</row></sheetData></worksheet>");
            part.write_all(around.as_bytes()).unwrap();
        })
    };
    // more texts than are held, each of a few bytes, in a file of some; and as many promised
    let count: usize = 2 * 1024 * 1024 + 1;
    let texts_of = |said: &str, each: &str, times: usize| {
        with_part(&good, "xl/sharedStrings.xml", |part| {
            part.write_all(said.as_bytes()).unwrap();
            for _ in 0..times / 1_024 {
                part.write_all(each.repeat(1_024).as_bytes()).unwrap();
            }
            part.write_all(each.repeat(times % 1_024).as_bytes()).unwrap();
            part.write_all(b"</sst>").unwrap();
        })
    };
    let tiny = texts_of("<sst>", "<si/>", count);
    assert!(tiny.len() < 100_000, "{}", tiny.len());
    let promised = texts_of(&format!("<sst uniqueCount=\"{count}\">"), "<x/>", count * 3 / 2);
    let run = format!("<r><t>{}</t></r>", "a".repeat(4_096)).repeat(300);
    let si = "<si><t>a</t></si></sst>";
    let (damaged, huge, other) = (BookError::Damaged, BookError::Huge, BookError::Other);
    for (bytes, why) in [
        // in a folder of its own, and under a name that is none
        (with_part(&leads("evil/workbook.xml"), "evil/sharedStrings.xml", many), &huge),
        (leads("evil/other.xml"), &other),
        (leads("xl/media/image1.png"), &other),
        // counts in every way that a reader takes them
        (texts(&format!("<sst uniqueCount= \"999999999999\">{si}")), &damaged),
        (texts(&format!("<sst uniqueCount =\"999999999999\">{si}")), &damaged),
        (texts(&format!("<!-- uniqueCount=\"1\" --><sst\tuniqueCount='999999999999'>{si}")), &damaged),
        (tiny, &huge),
        (promised, &huge),
        // one format for each of many styles
        (styles(900_000, 10), &huge),
        (styles(4_000, 60_000), &huge),
        (styles(10, 65_491), &huge),
        // one cell of many runs, whatever stands between them
        (sheet(&format!("<c t=\"inlineStr\"><is>{run}</is></c>")), &huge),
        (sheet(&format!("<c t=\"inlineStr\"><is><t>{}</t></is></c>", "a<!-- < -->".repeat(200_000))), &huge),
        (sheet(&format!("<c t=\"inlineStr\"><is><t>{}</t></is></c>", "a<c/>".repeat(9))), &damaged),
    ] {
        assert_eq!(
            Rig::new().read(Noun::Customer, &bytes, None).unwrap_err(),
            ImportError::Book(why.clone())
        );
    }
    assert_eq!(Rig::new().read(Noun::Customer, &styles(10, 60_000), None).unwrap().made, 1);
}

#[test]
fn the_sheet_whose_columns_are_enough_for_what_is_asked_is_read_and_one_that_fails_stops_no_other() {
    let mut book = Workbook::new();
    let customers = book.add_worksheet().set_name("客户").unwrap();
    row(customers, 0, &["客户编号", "客户名称", "所属行业"]);
    row(customers, 1, &["C1", "恒远", "制造业"]);
    let orders = book.add_worksheet().set_name("订单").unwrap();
    row(orders, 0, &["客户编号", "订单编号", "下单日期", "金额"]);
    row(orders, 1, &["C1", "D1", "2024-05-02", "100"]);
    let good = book.save_to_buffer().unwrap();
    let mut rig = Rig::new();
    let report = rig.read(Noun::Customer, &good, None).unwrap();
    assert_eq!((report.sheet.as_deref(), report.made), (Some("客户"), 1));
    let report = rig.read(Noun::Order, &good, None).unwrap();
    assert_eq!((report.sheet.as_deref(), report.made), (Some("订单"), 1), "{report:?}");
    // an error that Excel knows and the reader does not
    let failing = with_part(&good, "xl/worksheets/sheet1.xml", |part| {
        let said = "<worksheet><sheetData><row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>客户编号</t></is></c>\
            <c r=\"B3\" t=\"e\"><v>#GETTING_DATA</v></c></row></sheetData></worksheet>";
        part.write_all(said.as_bytes()).unwrap();
    });
    for sheet in [None, Some("订单")] {
        let report = Rig::new().read(Noun::Order, &failing, sheet).unwrap();
        assert_eq!((report.sheet.as_deref(), report.rows), (Some("订单"), 1));
        assert_eq!(report.unread().collect::<Vec<_>>(), ["客户"]);
    }
    let error = Rig::new().read(Noun::Customer, &failing, Some("客户")).unwrap_err();
    let told = sentence(&error, Lang::En);
    assert!(told.starts_with("Sheet “客户”: In or below row 3 a cell says #GETTING_DATA"), "{told}");
    assert!(sentence(&error, Lang::Zh).starts_with("工作表“客户”:第3行或其下有单元格为#GETTING_DATA"));
}

#[test]
fn one_heading_is_a_table_where_it_is_all_that_is_needed_and_a_page_of_words_is_none() {
    let with = |sheets: &[(&str, &[&[&str]])]| {
        let mut book = Workbook::new();
        for (name, rows) in sheets {
            let sheet = book.add_worksheet().set_name(*name).unwrap();
            for (at, cells) in (0..).zip(*rows) {
                row(sheet, at, cells);
            }
        }
        book.save_to_buffer().unwrap()
    };
    let words: &[&[&str]] = &[&["请按模板填写"], &["一行一户"]];
    let names: &[&[&str]] = &[&["客户名称"], &["恒远"], &["宏达"]];
    let list: &[&[&str]] = &[&["客户编号", "客户名称"], &["C1", "恒远"], &["C2", "宏达"], &["C3", "优品"]];
    // the same list as text works as well
    let text = Rig::new().read(Noun::Customer, "客户名称\n恒远\n宏达\n".as_bytes(), None).unwrap();
    assert_eq!(text.made, 2);
    let explained: &[&[&str]] = &[&["客户名称", "填写公司全称"], &["必填", "不超过二百字"]];
    let orders: &[&[&str]] = &[&["客户名称", "下单日期", "金额"], &["恒远", "2024-05-02", "100"]];
    for (sheets, read, made) in [
        (&[("说明", words), ("名单", names)], "名单", 2),
        (&[("订单", orders), ("名单", names)], "名单", 2),
        (&[("填写说明", explained), ("名单", list)], "名单", 3),
    ] {
        let report = Rig::new().read(Noun::Customer, &with(sheets), None).unwrap();
        assert_eq!((report.sheet.as_deref(), report.made), (Some(read), made), "{sheets:?}");
    }
}

#[test]
fn a_sheet_that_cannot_be_brought_in_is_named_where_there_are_others() {
    let mut book = Workbook::new();
    row(book.add_worksheet().set_name("部门").unwrap(), 0, &["部门", "负责人", "电话"]);
    row(book.add_worksheet().set_name("名单").unwrap(), 0, &["车牌", "颜色"]);
    let bytes = book.save_to_buffer().unwrap();
    let error = Rig::new().read(Noun::Order, &bytes, None).unwrap_err();
    let ImportError::Sheet { sheets, .. } = &error else { panic!("{error:?}") };
    assert_eq!((sheets.read.as_str(), sheets.next()), ("部门", Some("名单")));
    let (en, zh) = (sentence(&error, Lang::En), sentence(&error, Lang::Zh));
    assert!(en.starts_with("Sheet “部门”: The file has no column"), "{en}");
    assert!(zh.starts_with("工作表“部门”:文件缺少"), "{zh}");
}

/// Says that it was read.
struct Watched<'a>(&'a std::sync::atomic::AtomicBool);

impl Read for Watched<'_> {
    fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
        self.0.store(true, std::sync::atomic::Ordering::Relaxed);
        Ok(0)
    }
}

#[test]
fn nothing_is_read_for_somebody_who_may_not_import() {
    let mut rig = Rig::new();
    let viewer = Person {
        id: 7,
        login: "li".into(),
        name: "李雷".into(),
        role: "viewer".into(),
        department: "sales".into(),
        state: "active".into(),
        ..Person::default()
    };
    rig.store = Store::memory().unwrap();
    let firm = Firm { people: vec![viewer], ..Firm::default() };
    rig.store.fill(&firm, std::iter::empty(), rig.now, &mut |_| ()).unwrap();
    rig.me = rig.store.actor("li", Via::Command, "").unwrap().unwrap();
    for dry in [true, false] {
        let read = std::sync::atomic::AtomicBool::new(false);
        let source = Source::Reader("-", Box::new(Watched(&read)));
        let (sheet, mapping) = (None, Mapping::default());
        let job = Job { source, sheet, noun: Some(Noun::Customer), mapping, dry, rejects: None };
        let error = import(&mut rig.store, &rig.me, rig.now, Lang::Zh, job, &mut |_, _, _| {}).unwrap_err();
        assert_eq!(error, ImportError::Store(StoreError::Denied(Verb::Import)));
        assert!(!read.load(std::sync::atomic::Ordering::Relaxed), "it was read first");
    }
    // averages of industries as well, whatever the file is
    let missing = std::path::Path::new("nowhere.xlsx");
    let averages = benchmarks::import(&mut rig.store, &rig.me, rig.now, Lang::Zh, (missing, None), false);
    let told = guanxi::i18n::errors::told(&StoreError::Denied(Verb::Import), Lang::Zh);
    assert_eq!(averages.unwrap_err(), told);
}

#[test]
fn a_text_beyond_what_excel_has_is_refused_and_one_beside_the_table_is_not_kept() {
    let held = |text: &str, column: u16| {
        book(|sheet| {
            row(sheet, 0, &["客户编号", "客户名称", "备注"]);
            row(sheet, 1, &["C1", "恒远"]);
            sheet.write_string(1, column, text).unwrap();
            // nothing but a word beside the table is no row
            row(sheet, 2, &["", "", "", "", "", "记得回访"]);
            // a formula that points at an empty cell is no day
            sheet.write_number_with_format(3, 2, 0.0, &day("yyyy-mm-dd")).unwrap();
        })
    };
    let report = Rig::new().read(Noun::Customer, &held("远", 5), None).unwrap();
    assert_eq!((report.rows, report.made, report.rejects), (1, 1, 0), "{report:?}");
    let long = "客".repeat(32_768);
    let texts = format!("<sst><si><t>客户编号</t></si><si><t>客户名称</t></si><si><t>{long}</t></si></sst>");
    let longer =
        with_part(&held("远", 2), "xl/sharedStrings.xml", |part| part.write_all(texts.as_bytes()).unwrap());
    let error = Rig::new().read(Noun::Customer, &longer, None).unwrap_err();
    assert_eq!(error, ImportError::Book(BookError::Huge));
}

#[test]
fn the_command_line_tries_imports_rejects_pipes_and_takes_back_a_workbook() {
    let desk = Desk::new("en");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("客户名单").unwrap();
    row(sheet, 0, &["客户编号", "客户名称", "电话"]);
    row(sheet, 1, &["C1", "恒远物流", "13800138000"]);
    row(sheet, 2, &["C2", "#REF!", "13900139000"]);
    let orders = book.add_worksheet().set_name("订单").unwrap();
    row(orders, 0, &["客户编号", "订单编号", "下单日期", "金额"]);
    row(orders, 1, &["C1", "D1"]);
    let on = ExcelDateTime::from_ymd(2024, 5, 2).unwrap();
    orders.write_datetime_with_format(1, 2, &on, &day("yyyy-mm-dd")).unwrap();
    orders.write_number_with_format(1, 3, 1_234.5, &day("#,##0.00")).unwrap();
    // the name says nothing
    std::fs::write(desk.path("台账.csv"), book.save_to_buffer().unwrap()).unwrap();
    let told = desk.ok(&["import", "customers", "台账.csv", "--dry-run"]);
    assert!(told.contains("XLSX · sheet “客户名单”"), "{told}");
    assert!(told.contains("Sheets that were not read: 订单."), "{told}");
    assert!(told.contains("line 3") && told.contains("#REF!"), "{told}");
    let (status, out, err) = desk.run(&["import", "customers", "台账.csv"]);
    assert_eq!(status, 0, "{out}{err}");
    let rejects = std::fs::read_to_string(desk.path("台账.rejects.csv")).unwrap();
    assert!(rejects.contains("C2,#REF!,13900139000,") && rejects.trim_end().ends_with(",3"), "{rejects}");
    let mut piped = desk.command(&["import", "orders", "-", "--sheet", "订单", "--json"]);
    let file = std::fs::File::open(desk.path("台账.csv")).unwrap();
    let (status, out, err) = Desk::told(piped.stdin(Stdio::from(file)));
    assert_eq!(status, 0, "{out}{err}");
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((report["made"].as_u64(), report["sheet"].as_str()), (Some(1), Some("订单")));
    assert_eq!((report["encoding"].as_str(), report["delimiter"].is_null()), (Some("XLSX"), true));
    let shown = desk.ok(&["show", "C1", "--json"]);
    assert!(shown.contains("1234.5") && shown.contains("2024-05-02"), "{shown}");
    desk.ok(&["undo"]);
    desk.ok(&["undo"]);
    let (status, ..) = desk.run(&["show", "C1"]);
    assert_eq!(status, 3);
    // averages of industries as well
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    row(sheet, 0, &["行业", "年份", "平均"]);
    row(sheet, 1, &["制造业"]);
    sheet.write_number(1, 1, 2024.0).unwrap();
    sheet.write_number(1, 2, 86_400.0).unwrap();
    std::fs::write(desk.path("averages.xlsx"), book.save_to_buffer().unwrap()).unwrap();
    assert!(desk.ok(&["import", "benchmarks", "averages.xlsx"]).contains("1 row = 1 new"));
    let (status, _, err) = desk.run(&["import", "benchmarks", "averages.xlsx", "--sheet", "none"]);
    assert!(status == 1 && err.contains("no sheet “none”"), "{err}");
}

/// Ignored: run by hand (`cargo test --test workbooks -- --ignored --nocapture`), with optimisation or for the ratio alone.
#[test]
#[ignore = "measures; run by hand"]
fn speed_of_a_workbook_beside_the_same_rows_as_text() {
    use std::fmt::Write as _;
    let rows: u32 = std::env::var("ROWS").ok().and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let heads =
        ["客户编号", "客户名称", "联系人", "职位", "手机", "所属行业", "企业规模", "地区", "年消费金额"];
    let mut text = heads.join(",") + "\n";
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    row(sheet, 0, &heads);
    for n in 1..=rows {
        let (code, name) = (format!("K{n:07}"), format!("宏达机械{n}有限公司"));
        let phone = format!("13{:09}", u64::from(n) * 7_919 % 1_000_000_000);
        let cells = [&code, &name, "李经理", "采购总监", &phone, "制造业", "中型", "上海"];
        row(sheet, n, &cells);
        sheet.write_number(n, 8, n).unwrap();
        let _ = writeln!(text, "{},{n}", cells.join(","));
    }
    let book = book.save_to_buffer().unwrap();
    let peak = || {
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default().to_owned()
    };
    for (kind, bytes) in [("csv", text.as_bytes()), ("xlsx", &book)] {
        std::fs::write("/proc/self/clear_refs", "5").unwrap();
        let begun = std::time::Instant::now();
        let report = Rig::new().read(Noun::Customer, bytes, None).unwrap();
        let wall = begun.elapsed().as_secs_f64();
        assert_eq!(report.made, u64::from(rows));
        println!(
            "{kind}: {rows} rows, {wall:.2} s = {:.0}/s, {} bytes, {}",
            f64::from(rows) / wall,
            bytes.len(),
            peak()
        );
    }
}
