//! Exports read back by somebody else's hand: workbooks, cards and calendars; hostile data stay data; what does not fit
//! together is said and makes no file.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on says where")]

#[path = "rig/desk.rs"]
mod desk;

use std::fs;
use std::io::BufReader;

use calamine::{Data, Reader, Xlsx};
use desk::Desk;
use ical::parser::Component as _;
use ical::parser::vcard::component::VcardContact;
use ical::property::Property;

/// One customer with everything that a spreadsheet or an address book could stumble over, and one without anything.
fn company() -> Desk {
    let desk = Desk::new("en");
    let hostile = "=cmd|' /C calc'!A0, Ltd; \"Q\"";
    let phone = "phone=13800138000";
    let set = ["--set", phone, "--set", "contact=@SUM(A1);陈总,X", "--set", "title=采购\\总监"];
    let mut add = vec!["add", hostile, "--set", "email=chen@a.example", "--set", "note=-2+3"];
    add.extend(set);
    let code = desk.ok(&add).trim().to_owned();
    desk.ok(&["add", "清白公司"]);
    desk.ok(&["order", &code, "--amount", "1234.56", "--on", "2024-05-02"]);
    let said = ["--summary", "谈了报价", "--next", "2024-06-17 15:00发送参会提醒", "--next", "周五回访"];
    let mut log = vec!["log", &code, "--channel", "phone", "--responded", "yes"];
    log.extend(said);
    desk.ok(&log);
    desk
}
fn value<'p>(properties: &'p [Property], name: &str) -> &'p str {
    properties.iter().find(|p| p.name == name).and_then(|p| p.value.as_deref()).unwrap_or("")
}

#[test]
fn a_workbook_has_texts_as_texts_and_amounts_and_days_as_such() {
    let desk = company();
    desk.ok(&["export", "orders", "-o", "orders.xlsx", "--reason", "audit"]);
    let mut book: Xlsx<_> = calamine::open_workbook(desk.path("orders.xlsx")).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    let rows: Vec<&[Data]> = sheet.rows().collect();
    assert_eq!((rows.len(), rows[0][1].to_string().as_str()), (2, "customer"));
    assert_eq!(rows[1][1], Data::String("=cmd|' /C calc'!A0, Ltd; \"Q\"".into()));
    // the second of May 2024 is the 45,414th day of a spreadsheet
    assert!(matches!(&rows[1][3], Data::DateTime(day) if (day.as_f64() - 45_414.0).abs() < 1e-9));
    assert_eq!(rows[1][4], Data::Float(1_234.56));
    assert!(book.worksheet_formula("Sheet1").unwrap().is_empty(), "no cell is a formula");
}

#[test]
fn contacts_leave_as_cards_that_an_address_book_reads() {
    let desk = company();
    desk.ok(&["export", "contacts", "-o", "people.vcf", "--reason", "phone book"]);
    let file = BufReader::new(fs::File::open(desk.path("people.vcf")).unwrap());
    let cards: Vec<VcardContact> = ical::VcardParser::new(file).map(Result::unwrap).collect();
    assert_eq!(cards.len(), 1, "a customer without a contact has no card");
    let said = |name: &str| value(&cards[0].properties, name).to_owned();
    assert_eq!(said("VERSION"), "3.0");
    assert_eq!(said("FN"), "@SUM(A1)\\;陈总\\,X", "what parts values is escaped");
    assert_eq!(said("ORG"), "=cmd|' /C calc'!A0\\, Ltd\\; \"Q\"");
    assert_eq!((said("TITLE"), said("TEL")), ("采购\\\\总监".into(), "13800138000".into()));
    assert_eq!(said("EMAIL"), "chen@a.example");
}

#[test]
fn dues_leave_as_a_calendar_an_hour_where_there_is_one_and_the_whole_day_where_not() {
    let desk = company();
    // the calendar is one unless somebody says otherwise
    let text = desk.ok(&["export", "calendar", "--reason", "my phone"]);
    let mut calendars = ical::IcalParser::new(BufReader::new(text.as_bytes()));
    let calendar = calendars.next().unwrap().unwrap();
    assert_eq!(value(&calendar.properties, "VERSION"), "2.0");
    let events: Vec<_> = calendar
        .events
        .iter()
        .map(|e| {
            let get = |name| e.get_property(name).and_then(|p| p.value.clone()).unwrap_or_default();
            (get("SUMMARY"), get("DTSTART"), get("DTEND"), get("UID"))
        })
        .collect();
    assert_eq!(events.len(), 2, "{text}");
    // 周五 after Monday the 20th is the 24th
    assert!(events[0].0.ends_with("回访") && events[0].1 == "20240524" && events[0].2.is_empty());
    // three in the afternoon in the company's zone is seven in UTC
    assert_eq!((events[1].1.as_str(), events[1].2.as_str()), ("20240617T070000Z", "20240617T073000Z"));
    assert!(events[1].0.contains("\\, Ltd\\; ") && events[0].3 != events[1].3, "{events:?}");
}

#[test]
fn the_matrix_and_the_board_leave_with_the_figures_that_the_commands_show() {
    let desk = company();
    let parsed = |args: &[&str]| -> serde_json::Value { serde_json::from_str(&desk.ok(args)).unwrap() };
    let matrix = parsed(&["export", "matrix", "--format", "json", "--reason", "plan"]);
    let shown = parsed(&["matrix", "--json"]);
    let high = |rows: &serde_json::Value| {
        let is =
            |r: &&serde_json::Value| r["class"] == "high" && r.get("scheme").is_none_or(|s| s == "segment");
        rows.as_array().unwrap().iter().find(is).unwrap().clone()
    };
    for id in ["goal", "content", "budget", "accounts", "on_cadence", "channels"] {
        assert_eq!(high(&matrix)[id], high(&shown)[id], "{id}");
    }
    let board = parsed(&["export", "board", "--period", "2024-05", "--format", "json", "--reason", "review"]);
    let kpis = parsed(&["board", "--period", "2024-05", "--json"]);
    let revenue = |rows: &serde_json::Value, key: &str| {
        let is = |r: &&serde_json::Value| {
            r[key] == "revenue" && r.get("segment").is_none_or(serde_json::Value::is_null)
        };
        rows.as_array().unwrap().iter().find(is).unwrap()["value"].clone()
    };
    assert_eq!(revenue(&board, "kpi"), 1_234.56);
    assert_eq!(revenue(&board, "kpi"), revenue(&kpis["kpis"], "id"));
}

#[test]
fn what_does_not_fit_is_one_sentence_no_file_and_no_line_in_the_log() {
    let desk = company();
    for (args, sentence) in [
        (&["contacts", "--format", "ics"][..], "contacts cannot be written as ics"),
        (&["orders", "-o", "x.vcf"], "orders cannot be written as vcf"),
        (&["matrix", "--where", "owner:me"], "concerns no single customer"),
        (&["orders", "--period", "2024-05"], "--period is for the board alone"),
        (&["board", "--period", "Mai"], "“Mai” is no period"),
    ] {
        let mut all = vec!["export"];
        all.extend(args);
        all.extend(["--reason", "test"]);
        let (status, out, err) = desk.run(&all);
        assert_eq!((status, out.as_str()), (2, ""), "{args:?}");
        assert!(err.contains(sentence), "{err}");
    }
    assert!(!desk.path("x.vcf").exists());
    let history: serde_json::Value = serde_json::from_str(&desk.ok(&["history", "--json"])).unwrap();
    assert!(history.as_array().unwrap().iter().all(|deed| deed["verb"] != "export"), "{history}");
}

/// The template of the handbooks as it is printed (A147), a row each.
const PRINTED: &str =
    "客户编号,所属行业,企业规模,关键联系人,职位,最近消费时间,消费频次(次/年),客户等级,品类偏好
C202405001,制造业,中型,某经理,采购总监,2024-04-15,3,潜力成长,A品类
C202405002,服务业,大型,某总,运营总监,2024-03-20,5,高价值,B品类
";

/// What of a customer leaves under the headings that mean the nine printed columns.
fn nine(code: &str) -> Vec<String> {
    let desk = Desk::new("en");
    fs::write(desk.path("printed.csv"), PRINTED).unwrap();
    desk.ok(&["import", "customers", "printed.csv"]);
    let out = desk.ok(&["--lang", "zh", "export", "customers", "--where", code, "--reason", "核对"]);
    let mut rows = csv::Reader::from_reader(out.trim_start_matches('\u{FEFF}').as_bytes());
    let headings = rows.headers().unwrap().clone();
    let row = rows.records().next().unwrap().unwrap();
    let columns = [
        "客户编号",
        "所属行业",
        "企业规模",
        "联系人",
        "职位",
        "最近消费时间",
        "消费频次",
        "客户分层",
        "品类",
    ];
    let cell = |name: &str| row[headings.iter().position(|h| h == name).unwrap()].to_owned();
    columns.map(cell).to_vec()
}

#[test]
fn k01_the_first_printed_row_comes_in_and_leaves_as_it_is() {
    let row = ["C202405001", "制造业", "中型", "某经理", "采购总监", "2024-04-15", "3", "潜力成长", "A品类"];
    assert_eq!(nine("C202405001"), row);
}

#[test]
fn k02_the_second_printed_row_comes_in_and_leaves_as_it_is() {
    let row = ["C202405002", "服务业", "大型", "某总", "运营总监", "2024-03-20", "5", "高价值", "B品类"];
    assert_eq!(nine("C202405002"), row);
}

/// The files of a folder, without those that say who took everything out and put it in.
fn tables(desk: &Desk, folder: &str) -> std::collections::BTreeMap<String, String> {
    let own = ["change.csv", "export_log.csv", "export_customer.csv", "setting.csv", "guanxi.toml"];
    fs::read_dir(desk.path(folder))
        .unwrap()
        .map(|file| file.unwrap())
        .map(|file| (file.file_name().into_string().unwrap(), fs::read_to_string(file.path()).unwrap()))
        .filter(|(name, _)| !own.contains(&name.as_str()))
        .collect()
}

#[test]
fn everything_goes_out_and_comes_in_without_loss_and_is_sound() {
    let mut desk = Desk::new("en");
    desk.user = "wangmin";
    desk.ok(&["demo", "--customers", "60", "--fill"]);
    let odd = ["add", "=1+1", "--set", "note='quoted', \"two\"\nlines \\N", "--set", "phone=+8613800138000"];
    desk.ok(&odd);
    desk.ok(&["export", "all", "-o", "out", "--reason", "move"]);
    desk.ok(&["--db", "b.db", "import", "all", "out"]);
    desk.ok(&["--db", "b.db", "check"]);
    desk.ok(&["--db", "b.db", "export", "all", "-o", "again", "--reason", "compare"]);
    let (before, after) = (tables(&desk, "out"), tables(&desk, "again"));
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    for (name, text) in &before {
        assert!(after[name] == *text, "{name} differs");
    }
    assert!(before["customer.csv"].contains("'=1+1"), "nothing is a formula in a spreadsheet");
    assert!(before["touch.csv"].lines().count() > 100);
    // looked for and found again, since the indexes were made anew
    let found = desk.ok(&["--db", "b.db", "find", "13800138000"]);
    assert!(found.contains("=1+1"), "{found}");
    let history = desk.ok(&["--db", "b.db", "history"]);
    assert!(history.contains("all"), "{history}");
}

#[test]
fn what_was_cut_or_is_no_such_folder_fills_nothing_and_only_an_empty_file_is_filled() {
    let desk = company();
    desk.ok(&["export", "all", "-o", "out", "--reason", "move"]);
    let path = desk.path("out/touch.csv");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.lines().next().unwrap()).unwrap();
    for (args, sentence) in [
        (&["--db", "b.db", "import", "all", "out"][..], "touch has 0 rows"),
        (&["--db", "b.db", "import", "all", "nowhere"], "no folder that `export all` has written"),
        (&["import", "all", "out"], "holds data already"),
        (&["export", "all", "-o", "out", "--reason", "move"], "out"),
    ] {
        let (status, out, err) = desk.run(args);
        assert_eq!((status, out.as_str()), (1, ""), "{args:?}: {err}");
        assert!(err.contains(sentence), "{err}");
        assert!(!desk.path("b.db").exists());
    }
    // a value that does not fit is named with its line
    fs::write(&path, text.replacen("2024", "x", 1)).unwrap();
    let customer = desk.path("out/customer.csv");
    let text = fs::read_to_string(&customer).unwrap();
    fs::write(&customer, text.replacen("\n1,", "\nx,", 1)).unwrap();
    let (status, _, err) = desk.run(&["--db", "b.db", "import", "all", "out"]);
    assert_eq!(status, 1);
    assert!(err.contains("customer, line 2") && err.contains("(id)"), "{err}");
    let (status, _, err) = desk.run(&["export", "all", "--reason", "move"]);
    assert_eq!(status, 2, "{err}");
}

#[test]
fn what_a_company_exports_is_known_when_it_comes_back_in_either_language() {
    for lang in ["zh", "en"] {
        let mut desk = Desk::new(lang);
        desk.user = "wangmin";
        desk.ok(&["demo", "--customers", "160", "--fill"]);
        let formats = ["own.csv", "own.xlsx"];
        for (what, own) in ["customers", "contacts"].iter().flat_map(|what| formats.map(|own| (what, own))) {
            desk.ok(&["export", what, "--reason", "t", "-o", own]);
            let told = desk.ok(&["import", what, own, "--dry-run", "--json"]);
            let report: serde_json::Value = serde_json::from_str(&told).unwrap();
            let count = |kind: &str| report[kind].as_u64().unwrap();
            let changed = ["made", "updated", "rejects"].map(count);
            assert_eq!(changed, [0, 0, 0], "{lang} {what} {own}: {:#?}", report["changed"]);
            assert!(count("same") >= 160, "{lang} {what}: {told}");
            fs::remove_file(desk.path(own)).unwrap();
        }
    }
}
