//! How long writes take. Ignored: run by hand with optimisation, on a quiet machine.

use std::time::Duration;

use super::*;
use crate::domain::change::ImportRow;
use crate::store::brake::Brake;

fn on_disk(folder: &std::path::Path) -> Rig {
    let mut store = Store::open(&folder.join("a.db"), open::Mode::Create).unwrap();
    let now = Now { at: "2024-05-20T02:00:00Z".parse().unwrap(), zone: store.zone() };
    let me = store.personal("wang", "王敏", now).unwrap().unwrap();
    Rig { store, me, now, requests: 0 }
}

const NAMES: &[&str] =
    &["宏达", "恒远", "优品", "科讯", "华信", "锦程", "安泰", "鼎盛", "中联", "瑞丰", "长江", "重庆"];
const TRADES: &[&str] = &["机械制造", "物流", "零售", "信息技术", "医疗器械", "建材", "贸易", "食品"];

fn pick(list: &[&str], n: usize) -> String {
    list.get(n % list.len()).copied().unwrap_or("").to_owned()
}

fn company(n: usize) -> NewCustomer {
    let name = format!("{}{}{}有限公司", pick(NAMES, n), pick(TRADES, n / 12), n);
    NewCustomer {
        code: Some(format!("K{n:07}")),
        ..with_phone(&name, &format!("13{:09}", n * 7919 % 1_000_000_000))
    }
}

/// Processor time of this thread: neighbours on the machine do not count.
fn cpu() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    Duration::from_nanos(text.split(' ').next().unwrap().parse().unwrap())
}

fn report(what: &str, n: usize, took: Duration) {
    println!(
        "{what}: {n} in {took:?}, {:.0}/s, {:.1} us each",
        n as f64 / took.as_secs_f64(),
        took.as_micros() as f64 / n as f64
    );
}

#[test]
#[ignore = "measures; run by hand with optimisation"]
fn speed_of_import_touch_order_and_rebuild() {
    let folder = tempfile::tempdir().unwrap();
    let mut rig = on_disk(folder.path());
    let n: usize = std::env::var("ROWS").ok().and_then(|n| n.parse().ok()).unwrap_or(20_000);
    let job = rig.write(Change::StartImport { what: "a".into() }).job.unwrap();
    let rows: Vec<_> = (0..n).map(|n| ImportRow::Customer(company(n))).collect();
    let begun = cpu();
    for rows in rows.chunks(2_000) {
        rig.write(Change::ImportRows { job, rows: rows.to_vec() });
    }
    report("import customers", n, cpu().saturating_sub(begun));
    if std::env::var("ONLY").is_ok() {
        return;
    }
    let now = rig.now;
    let rows: Vec<_> = (0..n).map(|n| in_file(talk(i64::try_from(n).unwrap() + 1, now))).collect();
    let begun = cpu();
    for rows in rows.chunks(2_000) {
        rig.write(Change::ImportRows { job, rows: rows.to_vec() });
    }
    report("import touches", n, cpu().saturating_sub(begun));
    for kind in ["touch", "order", "add", "undo"] {
        let mut times: Vec<Duration> = (0..300)
            .map(|i| {
                let id = i64::try_from(i * 37 % n).unwrap() + 1;
                let begun = cpu();
                match kind {
                    "touch" => {
                        let new = NewTouch {
                            next: vec![next("送样", "2024-05-22")],
                            summary: format!("谈{i}"),
                            ..talk(id, now)
                        };
                        rig.write(Change::LogTouch(Box::new(new)));
                    }
                    "order" => {
                        rig.write(order(id, "2024-05-01", 10));
                    }
                    "add" => {
                        rig.write(Change::AddCustomer(Box::new(named(&format!("新客户{i}")))));
                    }
                    _ => {
                        rig.write(Change::Undo(None));
                    }
                }
                cpu().saturating_sub(begun)
            })
            .collect();
        times.sort();
        println!("{kind}: median {:?}, p99 {:?}", times[150], times[297]);
    }
    let begun = cpu();
    crate::store::facts::rebuild::rebuild_all(&mut rig.store.db, rig.now, &Brake::default(), &mut |_, _| {})
        .unwrap();
    report("rebuild", n, cpu().saturating_sub(begun));
    let begun = cpu();
    rig.write(Change::FinishImport { job });
    rig.sound();
    report("check", n, cpu().saturating_sub(begun));
}
