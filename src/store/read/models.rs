//! Customer analytics from the orders: every customer's purchase days in the order of their index, once; then the models
//! of `domain::models` over what came together. Days of orders of amount zero count for the repeat-purchase model and
//! nowhere else; a wholly refunded order never was (kpis.md C4, 3.4).

mod loyalty;
mod seen;

use chrono::{Days, NaiveDate};
use rusqlite::Connection;

use super::eyes::Eyes;
use super::kpi::{Far, few};
use crate::domain::models::cohorts::Cohorts;
use crate::domain::models::forecast::HORIZON;
use crate::domain::models::purchase::{History, Purchase};
use crate::domain::models::rfm::{self, Rfm};
use crate::domain::models::tree::{self, DEPTH};
use crate::domain::models::{clusters, value};
use crate::store::net::net;
use crate::store::request::{Cluster, CohortRow, Leaf, ModelPart, Models, Outlook, StoreError};
use crate::store::settings;

pub use seen::Seen;

/// Days of history that RFM looks at (kpis.md 3.2).
const HISTORY: u64 = 3 * 365;
/// Days of silence after which a customer is lost, for the tree.
const SILENCE: u64 = 180;
/// Customers that clusters and tree are learnt from; of more, every so many-th. What is learnt then holds for everybody.
const SAMPLE: usize = 20_000;
/// Cohorts that are shown.
const MONTHS: usize = 12;
/// The facts the tree asks about.
const FACTS: [&str; 4] = ["days_since", "purchases_year", "amount_year", "months_known"];

/// A purchase day: how many days before the present, and what it brought in fen.
pub type Bought = (u32, i64);
/// A history in days: repeat purchase days, from the first to the last, from the first to the present.
pub type Days3 = (u32, u32, u32);

/// What comes together while customers go by.
#[derive(Default)]
struct Gathered {
    seen: Seen,
    /// Who they are, by their place.
    whose: Vec<i64>,
    /// Repeat purchase days with an amount, and their mean in yuan; by the customer's place.
    spends: Vec<(f64, f64)>,
    rfm: Vec<Rfm>,
    /// Whose they are.
    ranked: Vec<i64>,
    /// What the tree asks about, of whom it is known.
    facts: Vec<Vec<f32>>,
    lost: Vec<bool>,
    /// Whose facts they are.
    asked: Vec<i64>,
    cohorts: Cohorts,
}

/// What is done once all customers are gone through: two fits, the back-test, scores and loyalty, groups, the tree.
const PARTS: i64 = 5;

/// What the models say on a day as it shows to whoever asks: the amounts of a group of too few customers whose amounts they
/// may not see are masked (I14). `far` hears how far they are.
pub fn shown(eyes: &mut Eyes, as_of: NaiveDate, far: &Far<'_>) -> Result<Models, StoreError> {
    let mut models = models(eyes.db, as_of, far)?;
    let mut each = None;
    for (number, cluster) in models.clusters.iter_mut().enumerate() {
        let who = |db: &Connection| {
            // gone through once for all groups
            let each = match &each {
                Some(each) => each,
                None => each.insert(members(&gather(db, as_of, &Far::nobody())?)),
            };
            Ok(each.iter().filter(|(_, of)| *of == number).map(|(id, _)| (*id, true)).collect())
        };
        if few::tells(eyes, cluster.customers, who)? {
            cluster.monetary = None;
        }
    }
    Ok(models)
}

fn models(db: &Connection, as_of: NaiveDate, far: &Far<'_>) -> Result<Models, StoreError> {
    let gathered = gather(db, as_of, far)?;
    let seen = &gathered.seen;
    let (shown, gate) = seen.fit();
    far.part(1, PARTS);
    let repeat: Vec<(f64, f64)> =
        gathered.spends.iter().copied().filter(|(x, m)| *x > 0.0 && *m > 0.0).collect();
    let spend = shown.and_then(|_| value::fit(&repeat));
    let discount = value::monthly(settings::number(db, "discount_percent")? as f64 / 100.0);
    let outlook = shown.map(|f| outlook(&f.model, spend.filter(value::Fitted::valid), &gathered, discount));
    far.part(2, PARTS);
    let backtest = shown.and_then(|_| seen.backtest(as_of));
    far.part(3, PARTS);
    let mut scores = [[0; 5]; 3];
    let of_each = rfm::scores(&gathered.rfm);
    for customer in of_each.iter().copied() {
        for (counts, score) in scores.iter_mut().zip(customer) {
            if let Some(count) = counts.get_mut(usize::from(score.clamp(1, 5)) - 1) {
                *count += 1;
            }
        }
    }
    let loyalty = loyalty::counts(db, as_of, &gathered.ranked, &of_each)?;
    far.part(4, PARTS);
    let clusters = grouped(&gathered.rfm);
    far.part(5, PARTS);
    Ok(Models {
        as_of,
        customers: seen.histories.len(),
        repeaters: seen.histories.iter().filter(|h| h.0 > 0).count(),
        weeks: seen.weeks(),
        gate: gate.id(),
        r: shown.map(|f| f.model.r),
        alpha: shown.map(|f| f.model.alpha),
        a: shown.map(|f| f.model.a),
        b: shown.map(|f| f.model.b),
        ll: shown.map(|f| f.ll),
        p: spend.map(|f| f.model.p),
        q: spend.map(|f| f.model.q),
        v: spend.map(|f| f.model.v),
        correlation: spend.map(|f| f.correlation),
        amounts: spend.is_some_and(|f| f.valid()),
        amounts_alike: spend.is_some_and(|f| f.at_edge()),
        outlook,
        backtest,
        rfm: scores,
        loyalty,
        learnt_from: learnt_from(&gathered),
        clusters,
        tree: parted(&gathered),
        cohorts: gathered
            .cohorts
            .until(as_of)
            .into_iter()
            .rev()
            .take(MONTHS)
            .rev()
            .map(|c| CohortRow { month: c.month, size: c.size, active: c.active, running: c.running })
            .collect(),
    })
}

/// The customers behind a number of the models.
pub fn who(db: &Connection, as_of: NaiveDate, part: ModelPart) -> Result<Vec<(i64, bool)>, StoreError> {
    let gathered = gather(db, as_of, &Far::nobody())?;
    let ids: Vec<i64> = match part {
        ModelPart::Chance(band) => {
            let Some(fitted) = gathered.seen.fit().0 else { return Ok(Vec::new()) };
            let chance = |(x, t_x, t): Days3| {
                fitted.model.buys(&History::of_days(x, t_x, t), f64::from(HORIZON) / 7.0)
            };
            let each = gathered.whose.iter().zip(&gathered.seen.histories);
            each.filter(|(_, history)| tenth(chance(**history)) == band).map(|(id, _)| *id).collect()
        }
        ModelPart::Score(measure, score) => {
            let scores = rfm::scores(&gathered.rfm);
            let is =
                |of: &rfm::Scores| of.get(measure).is_some_and(|s| usize::from((*s).clamp(1, 5)) == score);
            gathered.ranked.iter().zip(&scores).filter(|(_, of)| is(of)).map(|(id, _)| *id).collect()
        }
        ModelPart::Loyalty(attitude) => {
            let scores = rfm::scores(&gathered.rfm);
            loyalty::each(db, as_of, &gathered.ranked, &scores)?
                .filter(|(_, of)| *of == attitude)
                .map(|(id, _)| id)
                .collect()
        }
        ModelPart::Cluster(number) => {
            members(&gathered).into_iter().filter(|(_, of)| *of == number).map(|(id, _)| id).collect()
        }
        ModelPart::Leaf(number) => {
            let tree = grown(&gathered);
            let each = gathered.asked.iter().zip(gathered.facts.iter().zip(&gathered.lost));
            // whoever was lost stands against it
            let here = each.filter(|(_, (facts, _))| tree.leaf_of(facts) == number);
            return Ok(here.map(|(id, (_, lost))| (*id, !lost)).collect());
        }
    };
    Ok(ids.into_iter().map(|id| (id, true)).collect())
}

/// Customers with the number of their group.
fn members(gathered: &Gathered) -> Vec<(i64, usize)> {
    let of = clustered(&gathered.rfm).map(|found| found.of).unwrap_or_default();
    gathered.ranked.iter().copied().zip(of).collect()
}

fn gather(db: &Connection, as_of: NaiveDate, far: &Far<'_>) -> Result<Gathered, StoreError> {
    let mut gathered = Gathered::default();
    each(db, as_of, &mut |customer, bought| {
        one(&mut gathered, customer, bought, as_of);
        far.at(customer);
    })?;
    Ok(gathered)
}

/// Walks through all customers with an order, in the order of their entry: who, and their purchase days up to a day.
pub fn each(
    db: &Connection,
    as_of: NaiveDate,
    tell: &mut dyn FnMut(i64, &[Bought]),
) -> Result<(), StoreError> {
    let mut query = db.prepare(concat!(
        "SELECT o.customer_id, o.ordered_on, o.amount_fen, ",
        net!(" AND f.refunded_on<=?1"),
        "
         FROM orders o INDEXED BY orders_customer
         WHERE o.status='paid' AND o.ordered_on<=?1 ORDER BY o.customer_id, o.ordered_on"
    ))?;
    let mut rows = query.query([as_of.to_string()])?;
    let mut whose = 0;
    let mut bought: Vec<Bought> = Vec::new();
    while let Some(row) = rows.next()? {
        let customer: i64 = row.get(0)?;
        if customer != whose {
            tell(whose, &bought);
            bought.clear();
            whose = customer;
        }
        let Some(day) = super::kpi::day(row, 1)? else { continue };
        let (amount, net): (i64, i64) = (row.get(2)?, row.get(3)?);
        if amount > 0 && net <= 0 || amount < 0 {
            continue;
        }
        let ago = u32::try_from((as_of - day).num_days()).unwrap_or(0);
        match bought.last_mut() {
            // several orders of one day are one purchase (C6)
            Some((last, sum)) if *last == ago => *sum += net,
            _ => bought.push((ago, net)),
        }
    }
    tell(whose, &bought);
    Ok(())
}

/// Adds one customer.
fn one(gathered: &mut Gathered, customer: i64, bought: &[Bought], as_of: NaiveDate) {
    if bought.is_empty() {
        return;
    }
    gathered.seen.add(bought);
    gathered.whose.push(customer);
    let repeat: Vec<f64> =
        bought.iter().skip(1).filter(|(_, net)| *net > 0).map(|(_, net)| *net as f64 / 100.0).collect();
    let mean = if repeat.is_empty() { 0.0 } else { repeat.iter().sum::<f64>() / repeat.len() as f64 };
    gathered.spends.push((repeat.len() as f64, mean));
    let paid: Vec<Bought> = bought.iter().copied().filter(|(_, net)| *net > 0).collect();
    let recent = || paid.iter().filter(|(ago, _)| u64::from(*ago) < HISTORY);
    if let Some((recency, _)) = recent().next_back() {
        gathered.ranked.push(customer);
        gathered.rfm.push(Rfm {
            recency: *recency,
            frequency: u32::try_from(recent().count()).unwrap_or(u32::MAX),
            monetary: recent().map(|(_, net)| net).sum(),
        });
    }
    let days: Vec<NaiveDate> =
        paid.iter().filter_map(|(ago, _)| as_of.checked_sub_days(Days::new(u64::from(*ago)))).collect();
    gathered.cohorts.add(&days);
    // who had bought in the year before the silence began, and whether they came back
    let silence = u32::try_from(SILENCE).unwrap_or(0);
    let before = || paid.iter().filter(move |(ago, _)| *ago >= silence);
    if let (Some((first, _)), Some((last, _))) = (before().next(), before().next_back())
        && *last < silence + 365
    {
        let year = || before().filter(move |(ago, _)| *ago < silence + 365);
        let amount: i64 = year().map(|(_, net)| net).sum();
        gathered.facts.push(vec![
            (last - silence) as f32,
            year().count() as f32,
            (amount as f64 / 100.0) as f32,
            (f64::from(first - silence) / 30.44) as f32,
        ]);
        gathered.lost.push(paid.iter().all(|(ago, _)| *ago >= silence));
        gathered.asked.push(customer);
    }
}

/// The tenth in which a chance lies.
fn tenth(chance: f64) -> usize {
    ((chance * 10.0) as usize).min(9)
}

fn outlook(model: &Purchase, spend: Option<value::Fitted>, gathered: &Gathered, discount: f64) -> Outlook {
    let mut outlook = Outlook { buyers_90d: 0.0, purchases_12m: 0.0, value_12m: None, chances: [0; 10] };
    let mut worth = 0.0;
    for ((x, t_x, t), (repeats, mean)) in gathered.seen.histories.iter().zip(&gathered.spends) {
        let history = History::of_days(*x, *t_x, *t);
        let chance = model.buys(&history, f64::from(HORIZON) / 7.0);
        outlook.buyers_90d += chance;
        if let Some(count) = outlook.chances.get_mut(tenth(chance)) {
            *count += 1;
        }
        outlook.purchases_12m += model.expected(&history, 12.0 * value::MONTH);
        if let Some(spend) = spend {
            worth += value::lifetime(model, &history, spend.model.expected(*repeats, *mean), 12, discount);
        }
    }
    outlook.value_12m = spend.map(|_| worth);
    outlook
}

/// Every so many-th, so that at most [`SAMPLE`] are learnt from.
fn stride(all: usize) -> usize {
    all.div_ceil(SAMPLE).max(1)
}

/// How many customers groups and tree are learnt from; none where it is all of them.
fn learnt_from(gathered: &Gathered) -> Option<usize> {
    let all = gathered.rfm.len();
    (all > SAMPLE).then(|| all.div_ceil(stride(all)))
}

/// Three groups, everybody in one of them.
fn clustered(customers: &[Rfm]) -> Option<clusters::Clusters> {
    clusters::learnt(customers, stride(customers.len()), 3)
}

fn grouped(customers: &[Rfm]) -> Vec<Cluster> {
    let Some(found) = clustered(customers) else { return Vec::new() };
    let all = customers.len() as f64;
    found
        .sizes
        .iter()
        .zip(&found.means)
        .map(|(size, [recency, frequency, monetary])| Cluster {
            customers: *size,
            share: *size as f64 / all,
            recency: *recency,
            frequency: *frequency,
            monetary: Some(*monetary),
        })
        .collect()
}

/// The tree that parts the lost from the kept.
fn grown(gathered: &Gathered) -> tree::Node {
    let every = stride(gathered.facts.len());
    let rows: Vec<Vec<f32>> = gathered.facts.iter().step_by(every).cloned().collect();
    let lost: Vec<bool> = gathered.lost.iter().copied().step_by(every).collect();
    tree::grow(&rows, &lost, DEPTH, tree::leaf(rows.len()))
}

fn parted(gathered: &Gathered) -> Vec<Leaf> {
    let tree = grown(gathered);
    if tree.split.is_none() {
        return Vec::new();
    }
    // counted over everybody, those it was not learnt from too
    let mut counts = vec![(0, 0); tree.leaves().len()];
    for (facts, lost) in gathered.facts.iter().zip(&gathered.lost) {
        if let Some((n, hits)) = counts.get_mut(tree.leaf_of(facts)) {
            *n += 1;
            *hits += usize::from(*lost);
        }
    }
    tree.leaves()
        .into_iter()
        .zip(counts)
        .map(|((path, _), (n, lost))| Leaf {
            path: path
                .into_iter()
                .map(|(feature, bound, yes)| (FACTS.get(feature).copied().unwrap_or(""), bound, yes))
                .collect(),
            n,
            lost,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RAW: &str = include_str!("../../../tests/data/analytics/CDNOW_sample.txt");

    /// The orders of the CDNOW sample in a store of their own.
    fn cdnow() -> Connection {
        let db = crate::store::open::memory().unwrap();
        db.execute("INSERT INTO person(id,login,name,role,created_at) VALUES(1,'a','A','admin',0)", [])
            .unwrap();
        db.execute_batch("BEGIN").unwrap();
        for line in RAW.lines() {
            let cells: Vec<&str> = line.split_whitespace().collect();
            let customer: i64 = cells[1].parse().unwrap();
            let day = format!("{}-{}-{}", &cells[2][..4], &cells[2][4..6], &cells[2][6..]);
            let fen = (cells[4].parse::<f64>().unwrap() * 100.0).round() as i64;
            db.prepare_cached(
                "INSERT OR IGNORE INTO customer(id,code,name,owner_id,created_at) VALUES(?1,?1,?1,1,0)",
            )
            .unwrap()
            .execute([customer])
            .unwrap();
            db.prepare_cached(
                "INSERT INTO orders(customer_id,ordered_on,amount_fen,created_at) VALUES(?1,?2,?3,0)",
            )
            .unwrap()
            .execute((customer, day, fen))
            .unwrap();
        }
        db.execute_batch("COMMIT").unwrap();
        db
    }

    fn near(ours: Option<f64>, theirs: f64, relative: f64) {
        let ours = ours.unwrap();
        assert!((ours - theirs).abs() <= relative * theirs.abs(), "{ours} is not {theirs}");
    }

    #[test]
    fn orders_of_cdnow_give_the_published_model() {
        let db = cdnow();
        let found = models(&db, "1997-09-30".parse().unwrap(), &Far::nobody()).unwrap();
        assert_eq!((found.customers, found.repeaters, found.gate), (2_357, 946, "ready"));
        near(found.r, 0.242_594_522_5, 2e-3);
        near(found.alpha, 4.413_602_021_8, 2e-3);
        near(found.a, 0.792_922_015, 5e-3);
        near(found.b, 2.425_906_769, 5e-3);
        assert!(found.ll.unwrap() >= -9_582.429_206_7 - 1e-3);
        near(found.p, 6.249_572_2, 5e-3);
        near(found.q, 3.744_224_7, 5e-3);
        near(found.v, 15.443_521_1, 1e-2);
        assert!(found.amounts && found.backtest.is_some());
        // counted by a program of its own, with parameters from another optimiser; the line at 20 % is left out, where one
        // customer stands within 0.00002
        let test = found.backtest.unwrap();
        let bands: Vec<_> = test.bands.iter().map(|b| (b.from, b.customers, b.ordered)).collect();
        assert_eq!(bands[2..], [(40, 142, 66), (60, 67, 45), (80, 18, 16)]);
        assert_eq!((bands[0].1 + bands[1].1, bands[0].2 + bands[1].2), (2_130, 282));
        assert!((test.said - 403.228).abs() < 0.5 && test.actual == 409, "{test:?}");
        let outlook = found.outlook.unwrap();
        assert_eq!(outlook.chances.iter().sum::<usize>(), 2_357);
        // RFM leaves out who only ever had something for nothing
        assert_eq!(found.rfm.map(|scores| scores.iter().sum::<usize>()), [2_349; 3]);
        assert!((found.clusters.iter().map(|c| c.share).sum::<f64>() - 1.0).abs() < 1e-9);
        assert_eq!(found.cohorts.first().map(|c| c.size), Some(777));
    }

    #[test]
    fn whoever_stands_behind_a_group_or_a_leaf_is_as_many_as_the_number_says() {
        let (db, day) = (cdnow(), "1998-06-30".parse().unwrap());
        let found = models(&db, day, &Far::nobody()).unwrap();
        assert_eq!((found.learnt_from, found.clusters.len()), (None, 3));
        for (number, cluster) in found.clusters.iter().enumerate() {
            assert_eq!(who(&db, day, ModelPart::Cluster(number)).unwrap().len(), cluster.customers);
        }
        assert!(found.tree.len() > 1, "{:?}", found.tree);
        let mut everybody = std::collections::BTreeSet::new();
        for (number, leaf) in found.tree.iter().enumerate() {
            let here = who(&db, day, ModelPart::Leaf(number)).unwrap();
            let lost = here.iter().filter(|(_, kept)| !kept).count();
            assert_eq!((here.len(), lost), (leaf.n, leaf.lost), "{:?}", leaf.path);
            everybody.extend(here.into_iter().map(|(customer, _)| customer));
        }
        assert_eq!(
            everybody.len(),
            found.tree.iter().map(|leaf| leaf.n).sum::<usize>(),
            "nobody stands twice"
        );
        assert!(who(&db, day, ModelPart::Leaf(99)).unwrap().is_empty());
    }

    #[test]
    fn too_little_is_said_to_be_too_little() {
        let db = crate::store::open::memory().unwrap();
        let found = models(&db, "2024-05-20".parse().unwrap(), &Far::nobody()).unwrap();
        assert_eq!((found.customers, found.gate, found.r), (0, "too_few", None));
        assert!(found.outlook.is_none() && found.clusters.is_empty() && found.tree.is_empty());
    }
}
