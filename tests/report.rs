//! Reports of a period: the workbook against `board --json`, texts that cannot become markup or formulas, the same bytes
//! twice, what a wrong wish leaves untouched, and the page in a true browser.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on says where")]

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use guanxi::domain::alarm::Step;
use guanxi::domain::change::{Change, Envelope, Reviewing};
use guanxi::domain::clock::{Now, Zone};
use guanxi::domain::customer::CustomerId;
use guanxi::domain::field::{Field, Noun, Value as Cell};
use guanxi::domain::kpi::Period;
use guanxi::domain::people::Via;
use guanxi::store::{Mode, Store};

use calamine::{Data, Range, Reader, Xlsx};
use serde_json::Value;

const BOOKS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/analytics/ledger");
const NOW: &str = "2025-09-20T10:00:00+08:00";

/// A folder with a database, and who sits there.
struct Desk {
    folder: tempfile::TempDir,
    user: &'static str,
}

impl Desk {
    fn new(user: &'static str) -> Self {
        Self { folder: tempfile::tempdir().unwrap(), user }
    }

    /// With the books of the reference company.
    fn with_books() -> Self {
        let desk = Self::new("wang");
        desk.ok(&["import", "ledger", BOOKS]);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Exit status, standard output, standard error.
    fn run(&self, args: &[&str]) -> (i32, Vec<u8>, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_guanxi"))
            .args(args)
            .current_dir(self.folder.path())
            .env_clear()
            .env("GUANXI_NOW", NOW)
            .env("GUANXI_DB", self.path("a.db"))
            .env("GUANXI_LANG", "en")
            .env("GUANXI_USER", self.user)
            .env("HOME", self.folder.path())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        (output.status.code().unwrap(), output.stdout, String::from_utf8(output.stderr).unwrap())
    }

    fn ok(&self, args: &[&str]) -> Vec<u8> {
        let (status, out, err) = self.run(args);
        assert_eq!(status, 0, "guanxi {args:?}: {}{err}", String::from_utf8_lossy(&out));
        out
    }

    fn text(&self, args: &[&str]) -> String {
        String::from_utf8(self.ok(args)).unwrap()
    }

    fn json(&self, args: &[&str]) -> Value {
        serde_json::from_slice(&self.ok(args)).unwrap()
    }

    fn book(&self, args: &[&str]) -> Xlsx<std::io::BufReader<fs::File>> {
        let mut all = vec!["report", "-o", "r.xlsx"];
        all.extend(args);
        self.ok(&all);
        calamine::open_workbook(self.path("r.xlsx")).unwrap()
    }
}

/// The rows of a sheet by their head.
fn rows(sheet: &Range<Data>) -> Vec<BTreeMap<String, Data>> {
    let mut rows = sheet.rows();
    let head: Vec<String> = rows.next().unwrap().iter().map(ToString::to_string).collect();
    rows.map(|row| head.iter().cloned().zip(row.iter().cloned()).collect()).collect()
}

/// A cell of the workbook against a value of the document: both none, or the same number.
fn same(what: &str, cell: &Data, value: &Value) {
    match (cell, value.as_f64()) {
        (Data::Empty, None) => {}
        (Data::Float(ours), Some(theirs)) => {
            assert!((ours - theirs).abs() <= 1e-9 * theirs.abs().max(1.0), "{what}: {ours} is not {theirs}");
        }
        (cell, value) => unreachable!("{what}: {cell:?} is not {value:?}"),
    }
}

#[test]
fn every_number_of_the_workbook_is_that_of_the_board_for_all_and_for_every_class() {
    let desk = Desk::with_books();
    let wish = ["--period", "2025-08", "--as-of", "2025-09-05T09:00:00+08:00"];
    let mut board = vec!["board", "--json"];
    board.extend(wish);
    let board = desk.json(&board);
    let mut book = desk.book(&wish);
    assert_eq!(
        book.sheet_names(),
        [
            "Report",
            "Figures",
            "By class",
            "Trend",
            "Causes",
            "Alarms",
            "Activities",
            "Evaluation",
            "Suggestions",
            "How it is counted"
        ]
    );
    let parts = [
        ("Value", "value"),
        ("Target", "target"),
        ("Hits", "k"),
        ("95 % from", "low"),
        ("95 % to", "high"),
        ("Not yet due", "pending"),
    ];
    let check = |row: &BTreeMap<String, Data>, kpi: &Value| {
        let id = row["Id"].to_string();
        assert_eq!(kpi["id"], id.as_str());
        for (column, part) in parts {
            same(&format!("{id}.{part}"), &row[column], &kpi[part]);
        }
        if !kpi["n"].is_null() {
            same(&format!("{id}.n"), &row["Cases"], &kpi["n"]);
        }
        assert_eq!(row["Verdict"].to_string().starts_with('✓'), kpi["verdict"] == "met", "{id}");
        assert_eq!(row["Verdict"].to_string().starts_with('✗'), kpi["verdict"] == "missed", "{id}");
    };
    let figures = rows(&book.worksheet_range("Figures").unwrap());
    let kpis = board["kpis"].as_array().unwrap();
    assert_eq!(figures.len(), kpis.len());
    for (row, kpi) in figures.iter().zip(kpis) {
        check(row, kpi);
    }
    let classes = rows(&book.worksheet_range("By class").unwrap());
    let mut found = 0;
    for (word, id) in [("high-value", "high"), ("growth", "growth"), ("dormant", "dormant")] {
        let kpis = board["segments"][id].as_array().unwrap();
        for kpi in kpis.iter().filter(|k| !k["value"].is_null()) {
            let row =
                classes.iter().find(|r| r["Class"] == *word && kpi["id"] == r["Id"].to_string().as_str());
            check(row.unwrap(), kpi);
            found += 1;
        }
    }
    assert!(found > 30, "{found}");
    // and the trend ends with the period itself
    let trend = rows(&book.worksheet_range("Trend").unwrap());
    let revenue = trend.iter().find(|r| r["KPI"] == *"Net revenue").unwrap();
    same("revenue", &revenue["2025-08"], &kpis.iter().find(|k| k["id"] == "revenue").unwrap()["value"]);
}

#[test]
fn a_workbook_has_true_days_percentages_and_a_head_that_stays() {
    let desk = Desk::with_books();
    let mut book = desk.book(&["--period", "2025-08"]);
    let front = book.worksheet_range("Report").unwrap();
    let is = |ours: f64, theirs: f64| (ours - theirs).abs() < 1e-6;
    let cell = |row: u32| front.get_value((row, 1)).unwrap().clone();
    assert!(
        matches!(cell(2), Data::DateTime(day) if day.is_datetime() && is(day.as_f64(), 45_870.0)),
        "{:?}",
        cell(2)
    );
    assert!(
        matches!(cell(3), Data::DateTime(day) if is(day.as_f64(), 45_900.0)),
        "the last day is 31 August"
    );
    // ten o'clock of the twentieth in Shanghai, as the clock says
    assert!(matches!(cell(4), Data::DateTime(at) if is(at.as_f64(), 45_920.0 + 10.0 / 24.0)));
    let part = |name: &str| {
        let mut archive = zip::ZipArchive::new(fs::File::open(desk.path("r.xlsx")).unwrap()).unwrap();
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    for sheet in 2..=10 {
        let text = part(&format!("xl/worksheets/sheet{sheet}.xml"));
        assert!(text.contains("ySplit=\"1\"") && text.contains("state=\"frozen\""), "sheet {sheet}");
        assert!(text.contains("<autoFilter") && text.contains("<cols>"), "sheet {sheet}");
        assert!(!text.contains("<f>"), "no formula anywhere");
    }
    let styles = part("xl/styles.xml");
    assert!(
        styles.contains("0.0%")
            && styles.contains("#,##0.00")
            && styles.contains("yyyy\\-mm\\-dd") | styles.contains("yyyy-mm-dd")
    );
    assert!(
        part("docProps/core.xml").contains("2025-09-20T02:00:00Z"),
        "the report's clock, not the machine's"
    );
}

#[test]
fn the_same_clock_gives_the_same_bytes_whether_figures_were_kept_or_not() {
    let (one, two) = (Desk::with_books(), Desk::with_books());
    for format in ["html", "md", "xlsx"] {
        for lang in ["en", "zh"] {
            let name = format!("r.{lang}.{format}");
            let wish = ["report", "--period", "2025-Q3", "--format", format, "--lang", lang, "-o", &name];
            one.ok(&wish);
            two.ok(&wish);
            let first = fs::read(one.path(&name)).unwrap();
            assert_eq!(first, fs::read(two.path(&name)).unwrap(), "{name}");
            fs::remove_file(one.path(&name)).unwrap();
            one.ok(&wish);
            assert_eq!(first, fs::read(one.path(&name)).unwrap(), "{name}, figures kept");
        }
    }
}

#[test]
fn both_languages_say_what_the_period_is_and_whether_it_is_over() {
    let desk = Desk::with_books();
    let report = |period: &str, lang: &str, also: &[&str]| {
        let mut args = vec!["report", "--format", "md", "--period", period, "--lang", lang];
        args.extend(also);
        desk.text(&args)
    };
    let closed = report("2025-08", "en", &[]);
    assert!(closed.starts_with("# Report on 2025-08\n\n2025-08-01 to 2025-08-31 · figures as known on 2025-09-20 10:00 · made for wang · period closed\n"), "{closed}");
    // response waits seven days: a touch of 18 September is not yet due on the twentieth
    let open = report("2025-09", "zh", &[]);
    assert!(open.starts_with("# 2025年9月经营报告\n") && open.contains("期间未结束,数字还会变化"), "{open}");
    assert!(
        report("2025-08", "en", &["--as-of", "2025-08-31T23:59:00+08:00"]).contains("period still running")
    );
    assert!(report("2025-08", "en", &["--as-of", "2025-09-01T00:00:00+08:00"]).contains("period closed"));
    // kpis.md C9: fewer than five cases are told as counts, fewer than thirty are marked
    assert!(closed.contains("few"), "{closed}");
    let page = desk.text(&["report", "--period", "2025-08", "--lang", "zh"]);
    assert!(
        page.contains("<html lang=\"zh-CN\">")
            && page.contains("响应率")
            && page.contains("<svg class=\"trend\"")
    );
}

#[test]
fn an_empty_store_gives_a_report_without_a_single_rate() {
    let desk = Desk::new("wang");
    desk.ok(&["add", "恒远物流有限公司"]);
    desk.ok(&["undo"]);
    let text = desk.text(&["report", "--period", "2025-08", "--format", "md"]);
    assert!(text.contains("| Churn rate | — | — |  | ≤15% | no cases | 0 |"), "{text}");
    assert!(
        text.contains("No class has a figure in this period.") || text.contains("| Customers | 0 |"),
        "{text}"
    );
    for odd in ["NaN", "inf", "-0.0"] {
        assert!(!text.contains(odd), "{odd}: {text}");
    }
    let page = desk.text(&["report", "--period", "2025-08"]);
    assert!(!page.contains("NaN") && page.ends_with("</html>\n") | page.ends_with("</html>"), "{page}");
    let mut book = desk.book(&["--period", "2025-08"]);
    let figures = rows(&book.worksheet_range("Figures").unwrap());
    assert!(figures.iter().any(|r| r["Id"] == *"churn" && r["Value"] == Data::Empty));
}

#[test]
fn what_people_typed_stays_text_in_every_kind_of_file() {
    let desk = Desk::new("=HYPERLINK(\"http://x\")|<script>alert(1)</script>");
    desk.ok(&["add", "恒远物流有限公司"]);
    let page = desk.text(&["report", "--period", "2025-08"]);
    assert!(
        !page.contains("<script") && page.contains("&#60;script&#62;") | page.contains("&lt;script&gt;"),
        "{page}"
    );
    assert!(page.contains("default-src 'none'"), "and nothing would run or be fetched if it were");
    let text = desk.text(&["report", "--period", "2025-08", "--format", "md"]);
    assert!(text.contains("=HYPERLINK(\"http://x\")\\|&lt;script&gt;alert(1)&lt;/script&gt;"), "{text}");
    let mut book = desk.book(&["--period", "2025-08"]);
    let front = book.worksheet_range("Report").unwrap();
    let by = front.rows().find(|r| r[0] == *"Made for").unwrap()[1].clone();
    assert!(matches!(by, Data::String(text) if text.starts_with("=HYPERLINK")));
    assert!(book.worksheet_formula("Report").unwrap().used_cells().all(|(_, _, f)| f.is_empty()));
}

#[test]
fn a_wrong_wish_is_one_sentence_and_changes_nothing() {
    let desk = Desk::with_books();
    fs::write(desk.path("there.html"), "mine").unwrap();
    let told = |args: &[&str], status: i32, sentence: &str| {
        let mut all = vec!["report"];
        all.extend(args);
        let (got, out, err) = desk.run(&all);
        assert_eq!((got, err.lines().count(), out.len()), (status, 1, 0), "{args:?}: {err}");
        assert!(err.contains(sentence), "{args:?}: {err}");
    };
    told(&["--period", "2025-13"], 2, "“2025-13” is no period; write 2024-05");
    told(&["--period", "2026-Q1"], 2, "2026-Q1 has not begun yet");
    told(&["--period", "2025-08", "--as-of", "2025-07-31"], 2, "2025-08 has not begun yet");
    told(&["--period", "2025-08", "--as-of", "soon"], 2, "“soon” is no instant");
    told(&["--period", "2025-08", "--format", "pdf"], 2, "html, md, xlsx");
    told(&["--format", "md"], 2, "--period");
    told(&["--period", "2025-08", "--format", "xlsx"], 2, "--out FILE");
    told(&["--period", "2025-08", "-o", "there.html"], 1, "there.html is there already; name another file.");
    told(&["--period", "2025-08", "-o", "nowhere/r.html"], 1, "nowhere/r.html could not be written");
    // a workbook goes through a pipe where one says so
    assert!(desk.ok(&["report", "--period", "2025-08", "--format", "xlsx", "-o", "-"]).starts_with(b"PK"));
    assert_eq!(fs::read_to_string(desk.path("there.html")).unwrap(), "mine");
    assert!(!desk.path("nowhere").exists());
    // the ending of the file names the format; what is written is for its owner alone
    desk.ok(&["report", "--period", "2025-08", "-o", "r.md"]);
    assert!(fs::read_to_string(desk.path("r.md")).unwrap().starts_with("# Report on 2025-08"));
    assert_eq!(fs::metadata(desk.path("r.md")).unwrap().permissions().mode() & 0o777, 0o600);
}

/// The company of the books after a review: a cause of August and one of the quarter, a plan that ended in August with its
/// evaluation, a suggestion; every text of it tries to be more than a text.
fn reviewed() -> Desk {
    let desk = Desk::with_books();
    let mut store = Store::open(&desk.path("a.db"), Mode::Existing).unwrap();
    let now = Now { at: NOW.parse().unwrap(), zone: Zone::default() };
    let actor = store.actor("wang", Via::Command, "one").unwrap().unwrap();
    let mut n = 0;
    let mut write = |change: Change| {
        n += 1;
        let envelope = Envelope { request: format!("r{n}"), change, reason: None };
        store.write(&actor, &envelope, now).unwrap()
    };
    let text = |field: Field, text: &str| (field, Cell::text(text));
    let day = |field: Field, day: &str| (field, Cell::Day(day.parse().unwrap()));
    let cause = |period: &str, text: &str| {
        let (kpi, segment) = ("churn".to_owned(), String::new());
        let period = Period::read(period).unwrap();
        Change::Reviewing(Box::new(Reviewing::Cause { kpi, segment, period, text: text.to_owned() }))
    };
    write(cause("2025-08", "售后响应延迟 | <b>=1+1</b>"));
    write(cause("2025-Q3", "rivals undercut us"));
    let plan = vec![
        text(Field::PlanName, "=SUM(A1)|<i>秋季维系</i>"),
        text(Field::PlanFilter, "is:idle"),
        day(Field::PlanStarts, "2025-08-04"),
        day(Field::PlanEnds, "2025-08-31"),
        (Field::PlanOwner, Cell::Id(actor.id.0)),
    ];
    let plan = write(Change::Add { noun: Noun::Plan, customer: CustomerId(0), set: plan }).made.unwrap();
    write(Change::TurnPlan { plan: plan.id, rev: 1 });
    let set = vec![
        text(Field::SuggestionDirection, "@direction"),
        text(Field::SuggestionMeasure, "每两周回访"),
        (Field::SuggestionOwner, Cell::Id(actor.id.0)),
        day(Field::SuggestionDue, "2025-09-30"),
    ];
    write(Change::Add { noun: Noun::Suggestion, customer: CustomerId(0), set });
    desk
}

#[test]
fn causes_evaluations_and_suggestions_stand_in_every_kind_of_file_with_their_texts_as_texts() {
    let desk = reviewed();
    let text = desk.text(&["report", "--period", "2025-08", "--format", "md"]);
    let lines: Vec<&str> = text.lines().collect();
    let has = |start: &str| assert!(lines.iter().any(|l| l.starts_with(start)), "{start}\n{text}");
    // the cause of the month, not that of the quarter around it
    has(
        "| Churn rate | All customers | 2025-08 | 售后响应延迟 \\| &lt;b&gt;=1+1&lt;/b&gt; | wang | 2025-09-20 |",
    );
    assert!(!text.contains("rivals"));
    has("| =SUM(A1)\\|&lt;i&gt;秋季维系&lt;/i&gt; | 2025-08-04 | 2025-08-31 | wang | 2025-09-30 | open |");
    has("| =SUM(A1)\\|&lt;i&gt;秋季维系&lt;/i&gt; | satisfaction | NPS | ");
    has("| @direction | 每两周回访 | review of the board | wang | 2025-09-30 | open |");
    let quarter = desk.text(&["report", "--period", "2025-Q3", "--format", "md"]);
    assert!(quarter.contains("| 2025-08 | 售后") && quarter.contains("| 2025-Q3 | rivals"), "{quarter}");
    let page = desk.text(&["report", "--period", "2025-08"]);
    assert!(!page.contains("<b>=1+1") && !page.contains("<i>秋季"), "{page}");
    assert!(page.contains("Cause: 售后响应延迟 | &#60;b&#62;=1+1&#60;/b&#62; (wang)"), "{page}");
    let mut book = desk.book(&["--period", "2025-08"]);
    let suggestions = rows(&book.worksheet_range("Suggestions").unwrap());
    assert_eq!(suggestions[0]["Direction"], *"@direction");
    assert!(matches!(suggestions[0]["Due"], Data::DateTime(_)));
    let evaluation = rows(&book.worksheet_range("Evaluation").unwrap());
    let nps = evaluation.iter().find(|r| r["Metric"] == *"NPS").unwrap();
    assert_eq!(nps["Target"], Data::Float(40.0), "a target is a number in a workbook");
    assert!(book.worksheet_formula("Activities").unwrap().used_cells().all(|(_, _, f)| f.is_empty()));
    // as of an instant before they were written they are not there yet
    let before = desk.text(&["report", "--period", "2025-08", "--format", "md", "--as-of", "2025-09-19"]);
    assert!(!before.contains("售后") && !before.contains("@direction"), "{before}");
}

#[test]
fn g56_alarms_stand_in_the_report_of_the_time_in_which_they_were_open_with_how_they_ended() {
    let desk = Desk::with_books();
    let mut store = Store::open(&desk.path("a.db"), Mode::Existing).unwrap();
    let now = Now { at: NOW.parse().unwrap(), zone: Zone::default() };
    let actor = store.actor("wang", Via::Command, "one").unwrap().unwrap();
    let mut write = |request: &str, at: Now, change: Change| {
        let envelope = Envelope { request: request.to_owned(), change, reason: None };
        store.write(&actor, &envelope, at).unwrap()
    };
    let raise =
        Change::RaiseAlarm { rule: "leak".to_owned(), customer: None, note: "名单|外泄".to_owned() };
    let id = write("raise", now, raise).made.unwrap().id;
    let report = |period: &str, also: &[&str]| {
        let mut args = vec!["report", "--format", "md", "--period", period];
        args.extend(also);
        desk.text(&args)
    };
    let line = |text: &str| text.lines().find(|l| l.contains("Information leak")).map(ToOwned::to_owned);
    let open = line(&report("2025-09", &[])).unwrap();
    assert!(open.starts_with("| 2025-09-20 10:00 |") && open.contains("名单\\|外泄"), "{open}");
    assert!(open.contains("| raised |"), "{open}");
    assert_eq!(line(&report("2025-08", &[])), None, "it was raised later");
    assert!(report("2025-08", &[]).contains("No alarm was raised or open in this period."));
    let later = Now { at: now.at + chrono::TimeDelta::minutes(30), ..now };
    write("take", later, Change::Alarm { id, step: Step::Acknowledge });
    // what answers a leak is done before it ends (K52)
    for at in 0..4 {
        write(&format!("tick {at}"), later, Change::Alarm { id, step: Step::Tick(at) });
    }
    write("close", later, Change::Alarm { id, step: Step::Close("权限已冻结".to_owned()) });
    let closed = line(&report("2025-09", &["--as-of", "2025-09-20T11:00:00+08:00"])).unwrap();
    assert!(
        closed.contains("| closed |") && closed.ends_with("| 2025-09-20 10:30 | 权限已冻结 |"),
        "{closed}"
    );
    let then = line(&report("2025-09", &["--as-of", "2025-09-20T10:10:00+08:00"])).unwrap();
    assert!(then.ends_with("|  |  |"), "what ended later was open then: {then}");
    let mut book = desk.book(&["--period", "2025-09", "--as-of", "2025-09-20T11:00:00+08:00"]);
    let alarms = rows(&book.worksheet_range("Alarms").unwrap());
    assert!(
        matches!(alarms[0]["Raised"], Data::DateTime(_)) && matches!(alarms[0]["Closed"], Data::DateTime(_))
    );
}

/// The browser, where there is one.
fn browser() -> Option<&'static str> {
    ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find(|name| Command::new(name).arg("--version").output().is_ok_and(|o| o.status.success()))
}

fn browse(browser: &str, folder: &Path, args: &[&str], page: &str) -> Vec<u8> {
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"])
        .arg(format!("--user-data-dir={}", folder.join("profile").display()))
        .args(args)
        .arg(format!("file://{}", folder.join(page).display()))
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

#[test]
fn the_page_opens_in_a_true_browser_light_dark_and_on_paper() {
    let Some(browser) = browser() else {
        eprintln!("chromium is missing (apt-get install chromium): the page is not opened in a browser");
        return;
    };
    let desk = reviewed();
    desk.ok(&["report", "--period", "2025-08", "-o", "r.html"]);
    let folder = desk.folder.path();
    let dom = String::from_utf8(browse(browser, folder, &["--dump-dom"], "r.html")).unwrap();
    assert!(dom.contains("<title>Report on 2025-08</title>"), "{dom}");
    // what the browser made of it is what was written: no row or picture was thrown out of its place
    let page = fs::read_to_string(desk.path("r.html")).unwrap();
    for tag in ["<tr", "<td", "<svg", "<figure>", "<table"] {
        assert_eq!(dom.matches(tag).count(), page.matches(tag).count(), "{tag}");
    }
    let size = ["--window-size=1100,1400", "--screenshot=light.png"];
    browse(browser, folder, &size, "r.html");
    let dark =
        ["--window-size=1100,1400", "--screenshot=dark.png", "--blink-settings=preferredColorScheme=0"];
    browse(browser, folder, &dark, "r.html");
    let (light, dark) = (fs::read(desk.path("light.png")).unwrap(), fs::read(desk.path("dark.png")).unwrap());
    assert!(light.starts_with(b"\x89PNG") && light.len() > 20_000, "{} bytes", light.len());
    assert!(dark.starts_with(b"\x89PNG") && dark != light, "light and dark differ");
    browse(browser, folder, &["--print-to-pdf=r.pdf", "--no-pdf-header-footer"], "r.html");
    let pdf = fs::read(desk.path("r.pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF"));
    // A4 is 595 by 842 points
    let text = String::from_utf8_lossy(&pdf);
    assert!(text.contains("594.9") || text.contains("595"), "A4");
    let pages = text.matches("/Type /Page\n").count() + text.matches("/Type /Page ").count();
    assert!((2..=12).contains(&pages), "{pages} pages");
}
