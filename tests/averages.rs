//! Averages of industries from a file and a look into the tables, on the command line of the real program.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

#[path = "rig/desk.rs"]
mod desk;

use std::fs;

use desk::Desk;

#[test]
fn a57_averages_come_from_a_file_say_so_and_one_undo_takes_all_of_them_back() {
    let desk = Desk::new("zh");
    let file = desk.path("averages.csv");
    let name = file.to_str().unwrap();
    fs::write(
        &file,
        "所属行业;年份;行业平均\n互联网公司;2024;10万元\n制造业;2023;86400\n零售业;去年;5\n;2024;3\n",
    )
    .unwrap();
    assert_eq!(desk.run(&["benchmark", "制造业", "90000", "--year", "2023"]).0, 1, "no store yet");
    desk.ok(&["add", "恒远物流"]);
    desk.run(&["benchmark", "制造业", "90000", "--year", "2023"]);
    let (_, dry, _) = desk.run(&["import", "benchmarks", name, "--dry-run"]);
    let (status, out, err) = desk.run(&["import", "benchmarks", name]);
    assert_eq!(status, 0, "{err}");
    let counts = "4 行 = 新增 1 + 更新 1 + 已有(无新内容) 0 + 拒绝 2";
    assert!(out.contains(counts) && dry.contains(counts), "{out}{dry}");
    assert!(out.contains("第4行:年份:“去年”不是年份") && out.contains("第5行:行业:请填写"), "{out}");
    let all = || desk.run(&["benchmark"]).1;
    assert!(all().contains("互联网信息服务  100,000元,2024年导入"), "{}", all());
    assert!(all().contains("制造业  86,400元,2023年导入"), "{}", all());
    // a second reading changes nothing
    assert!(desk.run(&["import", "benchmarks", name]).1.contains("更新 0 + 已有(无新内容) 2"));
    desk.run(&["undo"]);
    assert!(all().contains("制造业  90,000元,2023年录入") && !all().contains("互联网信息服务"), "{}", all());
}

#[test]
fn a_file_without_the_columns_of_averages_is_refused_with_what_it_has() {
    let desk = Desk::new("zh");
    let file = desk.path("other.csv");
    fs::write(&file, "客户编号,金额\nC1,5\n").unwrap();
    desk.ok(&["add", "恒远物流"]);
    let (status, _, err) = desk.run(&["import", "benchmarks", file.to_str().unwrap()]);
    assert_eq!(status, 1);
    assert!(err.contains("需有“行业”列和“平均”列") && err.contains("客户编号, 金额"), "{err}");
}

#[test]
fn sql_answers_what_reads_and_refuses_what_writes() {
    let desk = Desk::new("zh");
    desk.ok(&["add", "恒远物流"]);
    let sql = |text: &str| desk.run(&["sql", "--read-only", text]);
    let (status, out, _) = sql("SELECT name, id FROM customer");
    assert_eq!((status, out.as_str()), (0, "name      id\n恒远物流   1\n"));
    let (_, json, _) = desk.run(&["sql", "--read-only", "SELECT id FROM customer", "--json"]);
    assert_eq!(json.split_whitespace().collect::<String>(), "[{\"id\":1}]");
    let (status, _, err) = sql("DELETE FROM customer");
    assert_eq!((status, err.contains("只执行读取语句")), (1, true), "{err}");
    assert_eq!(sql("SELEKT").0, 1);
    assert_eq!(desk.run(&["sql", "SELECT 1"]).0, 2, "it has to be said that it only reads");
}
