//! The demo company as its file has it: a year of moves that hangs together, promises kept late, sleepers who answered,
//! expenses of every month, and alarms of the past whose figures are those of the records.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::path::PathBuf;

use guanxi::demo;
use guanxi::domain::alarm::Fact;
use guanxi::domain::clock::{Now, Zone};
use guanxi::domain::kpi::Period;
use guanxi::domain::people::Via;
use guanxi::store::fill::rows::Alarm;
use guanxi::store::request::{Answer, KpiQuery, Query};
use guanxi::store::{Mode, Store};
use rusqlite::Connection;

struct Company {
    _folder: tempfile::TempDir,
    path: PathBuf,
    store: Store,
}

/// A company in which the rules have raised alarms.
const SEED: u64 = 20_240_501;

fn noon() -> Now {
    Now { at: "2026-07-15T06:02:00Z".parse().unwrap(), zone: Zone::default() }
}

impl Company {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("demo.db");
        let mut store = Store::open(&path, Mode::Create).unwrap();
        demo::fill(&mut store, 400, SEED, noon(), &mut |_| ()).unwrap();
        Self { _folder: folder, path, store }
    }

    fn count(&self, sql: &str) -> i64 {
        Connection::open(&self.path).unwrap().query_row(sql, [], |r| r.get(0)).unwrap()
    }
}

#[test]
fn a42_a_year_of_moves_hangs_together_and_ends_where_the_rules_are() {
    let company = Company::new();
    let moves = "FROM class_move m WHERE m.scheme='segment'";
    assert!(company.count(&format!("SELECT count(*) {moves}")) > 200);
    let next = "(SELECT n.was FROM class_move n WHERE n.customer_id=m.customer_id AND n.id>m.id ORDER BY n.id LIMIT 1)";
    let last = "m.id=(SELECT max(id) FROM class_move l WHERE l.customer_id=m.customer_id)";
    assert_eq!(
        company.count(&format!("SELECT count(*) {moves} AND NOT {last} AND m.became IS NOT {next}")),
        0
    );
    let is = "(SELECT segment FROM facts f WHERE f.customer_id=m.customer_id)";
    assert_eq!(company.count(&format!("SELECT count(*) {moves} AND {last} AND m.became IS NOT {is}")), 0);
    assert_eq!(company.count(&format!("SELECT count(*) {moves} AND m.was IS m.became")), 0);
}

#[test]
fn the_company_is_no_paragon_some_promises_are_late_and_some_sleepers_answer() {
    let company = Company::new();
    let done = company.count("SELECT count(*) FROM task WHERE done_at IS NOT NULL");
    let late = company.count("SELECT count(*) FROM task WHERE done_at>due_at");
    assert!(late * 100 >= done && late * 10 <= done, "{late} of {done}");
    for segment in ["cooling", "dormant"] {
        let touches = |responded: u8| {
            let of = format!("segment_then='{segment}' AND kind='proactive' AND responded={responded}");
            company.count(&format!("SELECT count(*) FROM touch WHERE {of}"))
        };
        let (answered, silent) = (touches(1), touches(0));
        assert!(answered > 0 && silent > 0, "{segment}: {answered} {silent}");
    }
    let months = "SELECT count(DISTINCT substr(spent_on,1,7)) FROM expense WHERE category";
    assert_eq!(company.count(&format!("{months}='acquisition'")), 24);
    assert_eq!(company.count(&format!("{months}='retention'")), 24);
    assert_eq!(company.count("SELECT count(*) FROM orders WHERE cost_fen>=amount_fen AND amount_fen>0"), 0);
}

#[test]
fn what_an_alarm_of_the_past_says_is_what_the_figures_of_its_month_said_then() {
    let mut company = Company::new();
    // a target that nobody reaches, so that there is a cause
    let db = Connection::open(&company.path).unwrap();
    db.execute("INSERT OR REPLACE INTO setting(key,value) VALUES('target.response.growth','100%')", [])
        .unwrap();
    company.store.fill_alarms(&[noon()], &|alarm| Alarm { owner_id: 1, ..alarm }).unwrap();
    let me = company.store.actor(demo::LOGIN, Via::Screen, "one").unwrap().unwrap();
    let (period, figures, at): (String, String, i64) = db
        .query_row(
            "SELECT period, figures, raised_at FROM alarm WHERE rule='response' AND segment='growth' ORDER BY id DESC",
            [],
            |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)),
        )
        .unwrap();
    let of = KpiQuery { period: Period::read(&period).unwrap(), as_of: Some(at) };
    let answer = company.store.ask(&me, &Query::Kpis(of), noon()).unwrap();
    let Answer::Kpis(kpis) = answer else { unreachable!("{answer:?}") };
    let figure = &kpis.row("growth", "response").unwrap().figure;
    let told: Vec<Fact> = serde_json::from_str(&figures).unwrap();
    let fact = |name: &str| told.iter().find(|f| f.name == name).map(|f| f.value as i64);
    assert_eq!((fact("answered"), fact("touched")), (figure.k, figure.n));
    assert!(figure.n > Some(0));
}
