//! Slips of the hand on the command line: each is refused with one sentence that says what the place takes, and nothing is
//! written.

use super::desk::Desk;

#[test]
fn a_slip_is_refused_with_what_its_place_takes() {
    let desk = Desk::new("en");
    let code = desk.hengyuan();
    let code = code.as_str();
    let itself = format!("referrer={code}");
    let all = "export customers --reason x --where";
    let table: &[(Vec<&str>, &str)] = &[
        (vec!["order", code, "--amount", "1", "--on", "2099-01-01"], "future"),
        (vec!["order", code, "--amount", "1", "--on", "1900-01-01"], "before 1980"),
        (vec!["order", code, "--amount", "999999999999999"], "at most 90,000,000,000 yuan"),
        (vec!["survey", code, "--score", "85.5"], "from 0 to 100"),
        (vec!["set", code, "employees=-5"], "from 0 on"),
        (vec!["set", code, "phone=abc"], "no phone number"),
        (vec!["set", code, "phone=1380013800"], "11"),
        (vec!["set", code, "email=notmail"], "name@example.com"),
        (vec!["add", "甲", "--set", "phone=139"], "no phone number"),
        (vec!["set", code, &itself], "not referred by itself"),
        (
            vec!["log", code, "--channel", "phone", "--summary", "x", "--script", "无此话术"],
            "no script is called",
        ),
        (
            vec!["log", code, "--channel", "phone", "--summary", "x", "--next", "2020-01-01发资料"],
            "before the talk",
        ),
        (
            vec!["log", code, "--channel", "phone", "--summary", "x", "--next", "明天10点25:99发资料"],
            "no clock has this time",
        ),
        (
            vec!["log", code, "--channel", "phone", "--summary", "x", "--at", "1970-01-01 10:00"],
            "before 1980",
        ),
        (vec!["benchmark", "制造业", "-5"], "above 0"),
        (vec!["log", code, "--channel", "phone", "--summary", "x", "--next", "-3d call"], "“-3d call”"),
        (vec!["find", "x", "--limit", "0"], "1 or more"),
        (vec!["history", "--limit", "0"], "1 or more"),
        (vec!["report", "--period", "2024-05", "-o", "x.txt"], "html"),
        (vec!["report", "--period", "2024-05", "-o", "no/x.html"], "folder is not there"),
        (vec!["export", "contacts", "--format", "ics", "--reason", "x"], "csv"),
        (vec!["export", "customers", "-o", "x.txt", "--reason", "x"], "csv"),
        (all.split(' ').chain(["\""]).collect(), "not closed"),
        (all.split(' ').chain(["silent:>-5d"]).collect(), "silent:>30d"),
    ];
    for (args, told) in table {
        let (status, out, err) = desk.run(args);
        assert!(status == 1 || status == 2, "{args:?}: {out}{err}");
        assert!(err.contains(told), "{args:?}: {err}");
        assert_eq!(out, "", "{args:?}");
    }
    assert!(!desk.path("x.txt").exists());
}

#[test]
fn an_edit_says_what_gave_way() {
    let desk = Desk::new("en");
    let code = desk.hengyuan();
    let said = desk.ok(&["set", &code, "phone=13900139000", "region=上海"]);
    assert!(said.contains("Phone 13800138000 → 13900139000") && said.contains("— → 上海"), "{said}");
}

#[test]
fn a_login_that_nobody_has_is_refused_and_a_name_says_the_login() {
    let desk = Desk::new("en");
    desk.ok(&["demo", "--fill", "--customers", "30"]);
    let run = |user: &str| Desk::told(desk.command(&["due"]).env("GUANXI_USER", user));
    let (status, out, err) = run("nosuch");
    assert_eq!((status, out.as_str()), (1, ""));
    assert!(err.contains("“nosuch” does not work here"), "{err}");
    assert!(run("王敏").2.contains("set GUANXI_USER=wangmin"), "{}", run("王敏").2);
    assert_eq!(run("wangmin").0, 0);
    // whoever tries the demo has no login there, and has chosen none
    let (status, _, err) = Desk::told(desk.command(&["due"]).env_remove("GUANXI_USER").env("USER", "trial"));
    assert_eq!(status, 0, "{err}");
}

#[test]
fn a_demo_that_somebody_has_worked_in_is_not_made_afresh() {
    let desk = Desk::new("en");
    let demo = ["demo", "--fill", "--customers", "30"];
    desk.ok(&demo);
    desk.ok(&demo);
    let (status, _, err) = Desk::told(desk.command(&["add", "恒远"]).env("GUANXI_USER", "wangmin"));
    assert_eq!(status, 0, "{err}");
    let (status, _, err) = desk.run(&demo);
    assert_eq!(status, 1);
    assert!(err.contains("work that the demo did not make"), "{err}");
    let (_, out, _) = Desk::told(desk.command(&["find", "恒远"]).env("GUANXI_USER", "wangmin"));
    assert!(out.contains("恒远"), "it stands: {out}");
}

#[test]
fn a_try_names_what_would_be_updated_and_lines_stand_in_the_order_of_the_file() {
    let desk = Desk::new("en");
    let code = desk.hengyuan();
    desk.ok(&["set", &code, "region=上海"]);
    let rows = format!(
        "number,name,sector,phones,region,email\n{code},恒远物流有限公司,,,北京,\nD2,乙,养老,13900139000,,notmail\n,,,,苏州,\nD4,丁,物流,1380013800,,\n"
    );
    desk.file("c.csv", &rows);
    let out = desk.ok(&["import", "customers", "c.csv", "--dry-run"]);
    assert!(out.contains(&format!("line 2: {code}: Region 上海 → 北京")), "{out}");
    assert!(out.contains("Industries without an average, whose customers get no segment: 养老."), "{out}");
    assert!(out.contains("sector  industry  Industry") && out.contains("phones  phone     Phone"), "{out}");
    let at = |what: &str| out.find(what).unwrap_or_else(|| panic!("{what}: {out}"));
    assert!(at("line 3: ") < at("line 4: ") && at("line 4: ") < at("line 5: "), "{out}");
    let report = desk.json(&["import", "customers", "c.csv", "--dry-run"]);
    assert_eq!(report["changed"][0][2], "Region 上海 → 北京");
    let out = desk.ok(&["import", "customers", "c.csv"]);
    assert!(out.contains("takes the whole import back (3 records)"), "{out}");
}

#[test]
fn an_industry_that_nobody_knows_is_kept_and_said() {
    let desk = Desk::new("en");
    let said = |args: &[&str]| {
        let (status, _, err) = desk.run(args);
        assert_eq!(status, 0, "{err}");
        err
    };
    let near = said(&["add", "甲", "--set", "industry=制照业"]);
    assert!(
        near.contains("“制照业” is an industry without an average")
            && near.contains("did you mean “制造业”?"),
        "{near}"
    );
    said(&["add", "戊", "--set", "industry=养老"]);
    assert!(said(&["add", "乙", "--set", "industry=养老"]).contains("guanxi benchmark 养老 YUAN"));
    assert_eq!(said(&["add", "丙", "--set", "industry=制造业"]), "");
    desk.ok(&["benchmark", "养老", "50000"]);
    assert_eq!(said(&["add", "丁", "--set", "industry=养老"]), "");
}

#[test]
fn what_is_no_customer_but_a_tag_or_class_is_named_as_the_filter_that_finds_it() {
    for (lang, typed, told) in [
        (
            "zh",
            "制造业",
            "没有找到“制造业”,但有标签“制造业”:可用 guanxi export customers --where '标签:制造业'",
        ),
        ("zh", "高价值", "--where '分层:高价值'"),
        ("zh", "小型企业", "--where '规模:小型'"),
        (
            "en",
            "manufacturing",
            "there is the tag “manufacturing”: guanxi export customers --where 'tag:制造业'",
        ),
    ] {
        let desk = Desk::new(lang);
        let code = desk.hengyuan();
        desk.ok(&["set", &code, "industry=制造业"]);
        let (status, out, err) = desk.run(&["find", typed]);
        assert_eq!((status, out.as_str()), (3, ""), "{err}");
        assert!(err.contains(told), "{err}");
        assert_eq!(desk.run(&["find", typed, "--json"]).1, "[]\n");
        let filter = told.split('\'').nth(1).unwrap();
        let (status, out, err) = desk.run(&["export", "customers", "--where", filter, "--reason", "x"]);
        assert_eq!((status, out.contains(&code)), (0, typed == "制造业" || lang == "en"), "{err}");
    }
}

#[test]
fn signs_alone_find_nobody() {
    let desk = Desk::new("zh");
    desk.hengyuan();
    for signs in ["%", "'", "\"", "——"] {
        let (status, out, err) = desk.run(&["find", signs]);
        assert_eq!((status, out.as_str()), (2, ""), "{signs}");
        assert!(err.contains("请填写要查找的内容"), "{err}");
    }
}

#[test]
fn a_birthday_reads_as_a_date_and_a_category_of_complaints_in_the_language_of_the_reader() {
    for (lang, solar, lunar) in [
        ("zh", "日期 公历 1980-02-29", "日期 农历八月十五"),
        ("en", "Date solar 1980-02-29", "Date lunar 08-15"),
    ] {
        let desk = Desk::new(lang);
        let code = desk.hengyuan();
        desk.ok(&["set", &code, "birthday=1980-02-29"]);
        let other =
            desk.ok(&["add", "优品汇零售", "--set", "contact=周店长", "--set", "birthday=农历八月十五"]);
        for (code, date) in [(code.as_str(), solar), (other.trim(), lunar)] {
            let shown = desk.ok(&["show", code]);
            assert!(shown.contains(date), "{shown}");
        }
        assert_eq!(desk.json(&["show", &code])["important_dates"][0]["day"], 29);
    }
}
