//! Figures that are kept equal figures counted anew, whatever came in between: thousands of random changes, back-dated
//! entries, entries at the instants at which periods turn, class moves, removals, undos and redos, erasures, hand-overs,
//! imports, with figures kept on the way. The order of chance is fixed.

use super::rare::{DAYS, INSTANTS, Seen, rare};
use super::*;
use crate::domain::field::Row;
use crate::domain::kpi::Period;
use crate::store::request::{Answer, KpiQuery, Kpis, Query};

/// Random changes that are tried.
const CHANGES: usize = 2_400;
/// After so many of them figures are kept again.
const KEEPS: usize = 40;
/// The periods whose figures are kept: months past and present, a quarter, a year, a span.
const PERIODS: [&str; 7] =
    ["2023-12", "2024-02", "2024-04", "2024-05", "2024-Q1", "2023", "2024-03-10..2024-04-20"];

/// Numbers that look like chance and are the same in every run (xorshift).
pub(super) struct Chance(pub(super) u64);

impl Chance {
    pub(super) fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % most
    }

    /// A day of the sixteen months up to the present, one in five at the turn of a period.
    pub(super) fn day(&mut self) -> String {
        if self.below(5) == 0 {
            return DAYS[self.below(DAYS.len())].to_owned();
        }
        let first: chrono::NaiveDate = "2023-01-20".parse().unwrap();
        (first + chrono::Days::new(u64::try_from(self.below(487)).unwrap())).to_string()
    }

    /// An instant up to the present, one in five the last of a period or the first of the next.
    pub(super) fn instant(&mut self) -> chrono::DateTime<chrono::Utc> {
        if self.below(5) == 0 {
            return INSTANTS[self.below(INSTANTS.len())].parse().unwrap();
        }
        let (day, hour) = (self.day(), self.below(24));
        let at: chrono::DateTime<chrono::Utc> = format!("{day}T{hour:02}:30:00Z").parse().unwrap();
        at.min("2024-05-20T01:00:00Z".parse().unwrap())
    }
}

/// A record of a table that is there, with its revision.
pub(super) fn some(rig: &Rig, noun: Noun, table: &str, at: usize) -> Option<(Row, i64)> {
    let sql = format!(
        "SELECT id, rev FROM {table} ORDER BY id LIMIT 1 OFFSET {at} % max(1,(SELECT count(*) FROM {table}))"
    );
    rig.store.db.query_row(&sql, [], |r| Ok((Row { noun, id: r.get(0)? }, r.get(1)?))).ok()
}

/// One change of the kinds that figures depend on, and of some that they must not.
pub(super) fn change(rig: &Rig, chance: &mut Chance, customers: &[i64]) -> Option<Change> {
    let customer = CustomerId(customers[chance.below(customers.len())]);
    let day = |chance: &mut Chance| Value::Day(chance.day().parse().unwrap());
    let money = |chance: &mut Chance| Value::Money(Fen(100 * i64::try_from(chance.below(5_000)).unwrap()));
    let add = |noun: Noun, set: Vec<(Field, Value)>| Some(Change::Add { noun, customer, set });
    match chance.below(20) {
        0..5 => {
            let touch = NewTouch::plain(customer, chance.instant(), "回访");
            let touch = NewTouch {
                responded: chance.below(3) == 0,
                kind: ["proactive", "reply", "inbound"][chance.below(3)].into(),
                cost: Fen(i64::try_from(chance.below(9_000)).unwrap()),
                override_reason: Some("随机".into()),
                ..touch
            };
            Some(Change::LogTouch(Box::new(touch)))
        }
        5..9 => {
            let set = vec![(Field::OrderDay, day(chance)), (Field::OrderAmount, money(chance))];
            add(Noun::Order, set)
        }
        9 => {
            let score = Value::Int(i64::try_from(chance.below(101)).unwrap());
            let nps = Value::Int(i64::try_from(chance.below(11)).unwrap());
            add(
                Noun::Survey,
                vec![(Field::SurveyOn, day(chance)), (Field::SurveyScore, score), (Field::SurveyNps, nps)],
            )
        }
        10 => {
            let at = Value::Moment(chance.instant().timestamp_millis());
            add(
                Noun::Complaint,
                vec![(Field::ComplaintSummary, Value::text("回复慢")), (Field::ComplaintOpened, at)],
            )
        }
        11 => {
            let set = vec![
                (Field::ExpenseDay, day(chance)),
                (Field::ExpenseKind, Value::text("gift")),
                (Field::ExpenseAmount, money(chance)),
            ];
            add(Noun::Expense, set)
        }
        12 => add(Noun::Quote, vec![(Field::QuoteDay, day(chance)), (Field::QuoteAmount, money(chance))]),
        13 => Some(Change::Class {
            customer,
            scheme: "segment".into(),
            value: Some(["high", "growth", "ordinary", "dormant"][chance.below(4)].into()),
            reason: None,
        }),
        14 => {
            let (row, rev) = some(rig, Noun::Order, "orders", chance.below(1_000))?;
            let was: i64 = rig
                .store
                .db
                .query_row("SELECT amount_fen FROM orders WHERE id=?1", [row.id], |r| r.get(0))
                .ok()?;
            let to = money(chance);
            let set = vec![Edited { field: Field::OrderAmount, was: Value::Money(Fen(was)), to }];
            Some(Change::Edit { row, rev, set })
        }
        15 => some(rig, Noun::Order, "orders", chance.below(1_000))
            .map(|(row, rev)| Change::Remove { row, rev }),
        16 => {
            some(rig, Noun::Touch, "touch", chance.below(1_000)).map(|(row, rev)| Change::Remove { row, rev })
        }
        17 | 18 => Some(Change::Undo(None)),
        _ => Some(Change::Redo),
    }
}

fn kpis(rig: &Rig, period: &str) -> Kpis {
    let query = KpiQuery { period: Period::read(period).unwrap(), as_of: None };
    match rig.store.ask(&rig.me, &Query::Kpis(query), rig.now).unwrap() {
        Answer::Kpis(kpis) => *kpis,
        other => panic!("{other:?}"),
    }
}

#[test]
fn kept_figures_are_those_counted_anew_after_thousands_of_random_changes() {
    let mut rig = rig();
    // every second record is drawn, so that the sample of the month has a part in what is compared (F23)
    rig.write_setting("accuracy_every", "2");
    rig.at("2023-01-15T02:00:00Z");
    let customers: Vec<i64> = (0..24).map(|n| rig.customer(&format!("客户{n:02}"))).collect();
    let heir = rig.person("zhao", "rep", "sales").id;
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    rig.at("2024-05-20T02:00:00Z");
    let (mut written, mut shown, mut seen) = (0, 0, Seen::default());
    for n in 0..CHANGES {
        if chance.below(40) == 0 {
            rare(&mut rig, &mut chance, &customers, heir, &mut seen);
        } else if let Some(change) = change(&rig, &mut chance, &customers)
            && rig.attempt(change).is_ok()
        {
            written += 1;
        }
        if n % KEEPS == 0 {
            let kpis = kpis(&rig, PERIODS[chance.below(PERIODS.len())]);
            match kpis.fresh {
                Some(fresh) => rig.store.keep(&fresh).unwrap(),
                None => shown += 1,
            }
            // a minute passes, so that instants of knowledge differ
            rig.now.at += chrono::TimeDelta::minutes(1);
        }
        if n % 800 == 799 {
            rig.sound();
        }
    }
    assert!(written > CHANGES * 7 / 10, "only {written} changes went through");
    assert!(seen.all(), "{seen:?}");
    // what is shown at the end, kept or not, is what the records say
    for period in PERIODS {
        let first = kpis(&rig, period);
        if let Some(fresh) = &first.fresh {
            rig.store.keep(fresh).unwrap();
        }
        let kept = kpis(&rig, period);
        assert!(kept.fresh.is_none(), "{period} is kept");
        rig.store.db.execute("DELETE FROM kept_figures", []).unwrap();
        let anew = kpis(&rig, period);
        assert!(anew.fresh.is_some());
        assert!(kept.groups == anew.groups, "{period}: what was kept differs from what is counted");
    }
    rig.sound();
    assert!(shown < CHANGES / KEEPS, "every change of a period is seen");
}

#[test]
fn figures_of_a_month_as_it_ran_follow_once_somebody_is_entered_later() {
    let mut rig = rig();
    let asked = |rig: &Rig| {
        let as_of = Some("2024-04-20T15:59:59.999Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap());
        let as_of = as_of.map(|at| at.timestamp_millis());
        let query = Query::Kpis(KpiQuery { period: Period::read("2024-04").unwrap(), as_of });
        match rig.store.ask(&rig.me, &query, rig.now).unwrap() {
            Answer::Kpis(kpis) => *kpis,
            other => panic!("{other:?}"),
        }
    };
    rig.store.keep(&asked(&rig).fresh.unwrap()).unwrap();
    assert!(asked(&rig).fresh.is_none(), "it is kept");
    rig.customer("恒远物流有限公司");
    let complete = |kpis: &Kpis| kpis.row("", "completeness").unwrap().figure.n;
    let followed = asked(&rig);
    assert_eq!(complete(&followed), None, "how complete records were then, nobody had written down");
    rig.store.db.execute("DELETE FROM kept_figures", []).unwrap();
    assert_eq!(followed.groups, asked(&rig).groups);
    rig.sound();
}
