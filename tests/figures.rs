//! The figures of a company's books against the reference, to the digit; books in twice; figures kept and counted anew.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on says where")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use guanxi::domain::change::{Change, Envelope};
use guanxi::domain::clock::{Now, Zone};
use guanxi::domain::kpi::Period;
use guanxi::domain::people::{Actor, Via};
use guanxi::exchange::books;
use guanxi::i18n::Lang;
use guanxi::store::request::{Answer, KpiQuery, Kpis, Query};
use guanxi::store::{Mode, Store};
use serde_json::Value;

const BOOKS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/analytics/ledger");

struct Company {
    folder: tempfile::TempDir,
    store: Store,
    actor: Actor,
    now: Now,
}

fn now() -> Now {
    Now { at: "2026-01-05T01:00:00Z".parse().unwrap(), zone: Zone::default() }
}

impl Company {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(&folder.path().join("a.db"), Mode::Create).unwrap();
        store.personal("wang", "王敏", now()).unwrap();
        let actor = store.actor("wang", Via::Command, "one").unwrap().unwrap();
        Self { folder, store, actor, now: now() }
    }

    fn with_books() -> Self {
        let mut company = Self::new();
        let books = company.import(Path::new(BOOKS), false).unwrap();
        assert_eq!((books.rejects(), books.files.len()), (0, 12));
        company
    }

    fn import(&mut self, folder: &Path, dry: bool) -> Result<books::Books, books::BooksError> {
        let mut progress = |_: &str, _: u64| {};
        books::import(&mut self.store, &self.actor, self.now, Lang::En, folder, dry, &mut progress)
    }

    fn kpis(&self, period: &str, as_of: Option<&str>) -> Kpis {
        let as_of = as_of.map(|at| format!("{at}+08:00").parse::<chrono::DateTime<chrono::Utc>>().unwrap());
        let query =
            KpiQuery { period: Period::read(period).unwrap(), as_of: as_of.map(|at| at.timestamp_millis()) };
        match self.store.ask(&self.actor, &Query::Kpis(query), self.now).unwrap() {
            Answer::Kpis(kpis) => *kpis,
            other => unreachable!("{other:?}"),
        }
    }

    fn write(&mut self, request: &str, change: Change) {
        let envelope = Envelope { request: request.to_owned(), change, reason: None };
        self.store.write(&self.actor, &envelope, self.now).unwrap();
    }
}

/// The figures of all customers as JSON, by id.
fn rows(kpis: &Kpis) -> BTreeMap<String, Value> {
    let list = serde_json::to_value(kpis.group("")).unwrap();
    let list = list.as_array().unwrap().clone();
    list.into_iter().map(|row| (row["id"].as_str().unwrap().to_owned(), row)).collect()
}

fn same(what: &str, ours: &Value, theirs: &Value) {
    match (ours.as_f64(), theirs.as_f64()) {
        (None, None) => {}
        (Some(a), Some(b)) => assert!((a - b).abs() <= 1e-9 * b.abs().max(1.0), "{what}: {a} is not {b}"),
        (a, b) => unreachable!("{what}: {a:?} is not {b:?}"),
    }
}

#[test]
fn every_figure_of_the_books_is_that_of_the_reference_for_every_period_and_instant() {
    let company = Company::with_books();
    let text = fs::read_to_string(Path::new(BOOKS).join("expected.json")).unwrap();
    let expected: BTreeMap<String, Value> = serde_json::from_str(&text).unwrap();
    assert_eq!(expected.len(), 4);
    for (key, expected) in &expected {
        let (period, as_of) = key.split_once(" as of ").unwrap();
        let ours = rows(&company.kpis(period, Some(as_of)));
        let check = |id: &str, part: &str, theirs: &Value| {
            same(&format!("{key}: {id}.{part}"), &ours[id][part], theirs);
        };
        for id in
            ["response", "conversion", "repurchase", "churn", "csat", "timeliness", "activation", "renewal"]
        {
            let theirs = &expected[id];
            for (part, name) in [("k", "k"), ("n", "n"), ("value", "rate")] {
                check(id, part, &theirs[name]);
            }
            check(id, "low", &theirs["ci"][0]);
            check(id, "high", &theirs["ci"][1]);
        }
        for (id, part, theirs) in [
            ("response", "pending", &expected["response"]["pending_touches"]),
            ("conversion", "pending", &expected["conversion"]["pending_touches"]),
            ("activation", "pending", &expected["activation"]["pending"]),
            ("renewal", "pending", &expected["renewal"]["pending"]),
            ("retention", "value", &expected["retention_rate"]),
            ("nps", "value", &expected["nps"]["nps"]),
            ("nps", "low", &expected["nps"]["lo"]),
            ("nps", "high", &expected["nps"]["hi"]),
            ("csat_points", "value", &expected["csat"]["points"]),
            ("referral", "k", &expected["referral"]["referrers"]),
            ("referral", "n", &expected["referral"]["active"]),
            ("referral", "value", &expected["referral"]["rate"]),
            ("complaint_rate", "k", &expected["complaints"]["n"]),
            ("complaint_rate", "value", &expected["complaints"]["rate"]),
            ("complaint_decrease", "k", &expected["complaints"]["n"]),
            ("complaint_decrease", "value", &expected["complaints"]["decrease"]),
            ("response_time", "value", &expected["complaints"]["median_first_response_h"]),
            ("response_time_shortening", "value", &expected["complaints"]["shortening"]),
            ("answered_24h", "k", &expected["complaints"]["within_24h"]["k"]),
            ("answered_24h", "n", &expected["complaints"]["within_24h"]["n"]),
            ("aov_growth", "value", &expected["aov_growth"]),
            ("orders", "value", &expected["orders"]),
            ("buyers", "value", &expected["buyers"]),
            ("new_customers", "value", &expected["new_customers"]),
            ("budget_acquisition", "value", &expected["budget"]["acquisition"]["rate"]),
            ("budget_retention", "value", &expected["budget"]["retention"]["rate"]),
            ("accounts_per_head", "value", &expected["accounts_per_head"]),
        ] {
            check(id, part, theirs);
        }
        for (id, name) in [
            ("aov", "aov_fen"),
            ("cac", "cac_fen"),
            ("retention_cost", "retention_cost_fen"),
            ("cost_per_touch", "cost_per_touch_fen"),
            ("revenue", "net_revenue_fen"),
            ("revenue_per_buyer", "revenue_per_buyer_fen"),
        ] {
            let yuan = expected[name].as_f64().map_or(Value::Null, |fen| Value::from(fen / 100.0));
            check(id, "value", &yuan);
        }
        let parts: Vec<&String> = ours["response"].as_object().unwrap().keys().collect();
        assert_eq!(parts.len(), 10, "what a figure does not have is null: {parts:?}");
    }
}

#[test]
fn books_read_twice_change_nothing_and_one_undo_takes_them_back() {
    let mut company = Company::with_books();
    let again = company.import(Path::new(BOOKS), false).unwrap();
    assert!(again.files.iter().all(|f| f.made + f.updated == 0 && f.same == f.rows), "{again:?}");
    assert_eq!(company.store.check(company.now).unwrap(), []);
    company.write("undo", Change::Undo(None));
    let customers = &rows(&company.kpis("2025-08", None))["customers"]["value"];
    same("customers", customers, &Value::from(0.0));
    assert_eq!(company.store.check(company.now).unwrap(), []);
    // and in again, under the numbers they had
    assert_eq!(company.import(Path::new(BOOKS), false).unwrap().rejects(), 0);
    same("orders", &rows(&company.kpis("2025-08", None))["orders"]["value"], &Value::from(8.0));
}

#[test]
fn a_row_that_does_not_fit_stays_out_and_is_told_with_file_and_line() {
    let mut company = Company::new();
    let folder = company.folder.path().join("books");
    fs::create_dir(&folder).unwrap();
    let put = |file: &str, text: &str| fs::write(folder.join(file), text).unwrap();
    put(
        "customers.csv",
        "id,created_at,segment,owner\nC1,2025-01-01T00:00:00Z,high,A\nC2,yesterday,high,A\n",
    );
    put(
        "orders.csv",
        "id,customer_id,ordered_at,amount_minor,currency,rate_to_cny\nO1,C1,2025-08-01T00:00:00Z,100,CNY,1.000000\n\
         O2,C9,2025-08-01T00:00:00Z,100,CNY,1\nO1,C1,2025-08-02T00:00:00Z,100,CNY,1\nO3,C1,2025-08-02T00:00:00Z,1,USD,7.1234567\n",
    );
    put("surveys.csv", "id,customer_id,answered_at,kind,score\nS1,C1,2025-08-01T00:00:00Z,nps,11\n");
    let dry = company.import(&folder, true).unwrap();
    assert!(dry.dry && dry.came() == 2);
    let books = company.import(&folder, false).unwrap();
    assert_eq!((books.came(), books.rejects()), (2, 5));
    let mut told: Vec<String> =
        books.rejected.iter().map(|(file, line, why)| format!("{file} {line} {why}")).collect();
    told.sort();
    assert_eq!(
        told,
        [
            "customers.csv 3 created_at: “yesterday” is no instant; write 2025-08-01T01:00:00Z.",
            "orders.csv 3 Number: no customer has the number or name “C9”; look it up with /.",
            "orders.csv 4 id: “O1” stands in an earlier line already.",
            "orders.csv 5 rate_to_cny: “7.1234567” is no rate; write it with at most six decimals, such as 7.123456.",
            "surveys.csv 2 score: “11” does not lie between 0 and 10.",
        ]
    );
    // changed books change what they say, and nothing else
    put("customers.csv", "id,created_at,segment,owner\nC1,2025-01-01T00:00:00Z,dormant,A\n");
    put("orders.csv", "id,customer_id,ordered_at,amount_minor\nO1,C1,2025-08-01T00:00:00Z,150\n");
    let books = company.import(&folder, false).unwrap();
    let counts: Vec<_> = books.files.iter().map(|f| (f.made, f.updated, f.same)).collect();
    assert_eq!(counts, [(0, 1, 0), (0, 1, 0), (0, 0, 0)]);
    assert!(matches!(company.import(&folder.join("none"), false), Err(books::BooksError::Folder(_))));
    fs::write(folder.join("orders.csv"), "id,customer_id,amount_minor\n").unwrap();
    assert!(matches!(company.import(&folder, false), Err(books::BooksError::Folder(_))));
}

#[test]
fn figures_are_kept_and_follow_a_change_that_touches_their_period() {
    let mut company = Company::with_books();
    let july = company.kpis("2025-07", None);
    let fresh = july.fresh.as_deref().unwrap();
    company.store.keep(fresh).unwrap();
    let kept = company.kpis("2025-07", None);
    assert!(kept.fresh.is_none());
    assert!(kept.groups == july.groups, "kept figures come back bit by bit");
    assert_eq!(company.store.check(company.now).unwrap(), []);
    // an instant before they were counted knows less
    assert!(company.kpis("2025-07", Some("2025-08-02T09:00:00")).fresh.is_some());
    // an order of today says nothing of July, one of July does
    let order = |day: &str| {
        use guanxi::domain::field::{Field, Noun, Value as Cell};
        use guanxi::domain::money::Fen;
        Change::Add {
            noun: Noun::Order,
            customer: guanxi::domain::customer::CustomerId(1),
            set: vec![
                (Field::OrderDay, Cell::Day(day.parse().unwrap())),
                (Field::OrderAmount, Cell::Money(Fen(100))),
            ],
        }
    };
    company.write("today", order("2026-01-05"));
    assert!(company.kpis("2025-07", None).fresh.is_none());
    company.write("july", order("2025-07-09"));
    let again = company.kpis("2025-07", None);
    assert!(again.groups != july.groups);
    same("orders", &rows(&again)["orders"]["value"], &Value::from(2.0));
    // taken back, July is as it was
    company.write("undo", Change::Undo(None));
    assert!(company.kpis("2025-07", None).groups == july.groups);
}
