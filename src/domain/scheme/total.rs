//! The proof that a scheme gives every customer exactly one class. Conditions divide each metric into a few pieces; one
//! reading of every piece stands for all readings of it, so trying all combinations tries everything there is.

use std::collections::{BTreeMap, BTreeSet};

use super::fault::{Fault, Refused};
use super::metric::{Reading, Unit, metric};
use super::{Class, Condition, Limit, Scheme};

/// Combinations that are tried at most.
const MOST: usize = 400_000;

/// Refuses a scheme under which somebody would fit no class, or two.
pub fn prove(scheme: &Scheme) -> Result<(), Refused> {
    if scheme.by_hand {
        return Ok(());
    }
    let pieces = pieces(scheme);
    let combinations = pieces.values().try_fold(1_usize, |n, p| n.checked_mul(p.len()));
    if combinations.is_none_or(|n| n > MOST) {
        return Err(Refused { line: 0, fault: Fault::TooMany });
    }
    let metrics: Vec<&String> = pieces.keys().collect();
    let mut places = vec![0_usize; pieces.len()];
    loop {
        let at: BTreeMap<&str, &Reading> = pieces
            .iter()
            .zip(&places)
            .filter_map(|((metric, readings), place)| Some((metric.as_str(), readings.get(*place)?)))
            .collect();
        one(scheme, &at)?;
        // the next combination, as a counter turns
        let mut turned = false;
        for (place, metric) in places.iter_mut().zip(&metrics) {
            *place += 1;
            if *place < pieces.get(*metric).map_or(0, Vec::len) {
                turned = true;
                break;
            }
            *place = 0;
        }
        if !turned {
            return Ok(());
        }
    }
}

fn one(scheme: &Scheme, at: &BTreeMap<&str, &Reading>) -> Result<(), Refused> {
    let read = |metric: &str| at.get(metric).map_or(Reading::Missing, |r| (*r).clone());
    if scheme.none.iter().any(|c| c.holds(&read)) {
        return Ok(());
    }
    let fit: Vec<&Class> = scheme.classes.iter().filter(|c| c.holds(&read)).collect();
    let example = || at.iter().map(|(metric, reading)| shown(metric, reading)).collect();
    match fit.as_slice() {
        [_] => Ok(()),
        [] if scheme.classes.iter().any(|c| c.otherwise) => Ok(()),
        [] => {
            // where the text is mended most likely: the class that comes nearest, of equal ones the last
            let near = |c: &&Class| {
                let held = |all: &Vec<Condition>| all.iter().filter(|c| c.holds(&read(&c.metric))).count();
                c.when.iter().map(|all| (std::cmp::Reverse(all.len() - held(all)), held(all))).max()
            };
            let line = scheme.classes.iter().max_by_key(near).map_or(0, |c| c.line);
            Err(Refused { line, fault: Fault::Gap(example()) })
        }
        [first, second, ..] => Err(Refused {
            line: second.line,
            fault: Fault::Overlap(first.id.clone(), second.id.clone(), example()),
        }),
    }
}

/// One reading of each piece into which the conditions divide a metric.
fn pieces(scheme: &Scheme) -> BTreeMap<String, Vec<Reading>> {
    let mut numbers: BTreeMap<&str, BTreeSet<i64>> = BTreeMap::new();
    let mut words: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut missing: BTreeSet<&str> = BTreeSet::new();
    for condition in scheme.conditions() {
        let name = condition.metric.as_str();
        match &condition.limit {
            Limit::Number(n) => {
                numbers.entry(name).or_default().insert(*n);
            }
            Limit::Word(word) => {
                words.entry(name).or_default().insert(word);
            }
            Limit::Nothing => {
                missing.insert(name);
            }
        }
    }
    let names: BTreeSet<&str> =
        numbers.keys().chain(words.keys()).copied().chain(missing.iter().copied()).collect();
    let mut out = BTreeMap::new();
    for name in names {
        let known = metric(name);
        let unit = known.map_or(Unit::Word, |m| m.unit);
        let mut readings: Vec<Reading> = Vec::new();
        if unit == Unit::Word {
            let fixed = known.into_iter().flat_map(|m| m.words.iter().copied());
            let said = words.get(name).into_iter().flatten().copied();
            let all: BTreeSet<&str> = fixed.chain(said).collect();
            readings.extend(all.into_iter().map(|w| Reading::Word(w.to_owned())));
            if known.is_none() {
                // a class of the other scheme that no condition names
                readings.push(Reading::Word(String::new()));
            }
        } else {
            let limits = numbers.get(name).into_iter().flatten();
            let points: BTreeSet<i64> =
                limits.flat_map(|n| around(*n, unit)).filter(|n| *n >= lowest(name, unit)).collect();
            readings.extend(points.into_iter().map(|n| Reading::Ratio(i128::from(n), 1_000_000)));
            if readings.is_empty() {
                readings.push(Reading::Ratio(1, 1));
            }
        }
        if known.is_none_or(|m| m.optional) {
            readings.push(Reading::Missing);
        }
        out.insert(name.to_owned(), readings);
    }
    out
}

/// The limit itself and its nearest neighbours that the metric can be.
fn around(limit: i64, unit: Unit) -> [i64; 3] {
    let step = match unit {
        Unit::Count | Unit::Months => 1_000_000,
        // a fen
        Unit::Yuan => 10_000,
        Unit::Percent | Unit::Word => 1,
    };
    [limit.saturating_sub(step), limit, limit.saturating_add(step)]
}

/// What a metric never falls below.
fn lowest(name: &str, unit: Unit) -> i64 {
    // refunds can outweigh orders, and spend can fall
    if matches!(unit, Unit::Yuan) || matches!(name, "share" | "spend_change") { i64::MIN } else { 0 }
}

fn shown(name: &str, reading: &Reading) -> String {
    match reading {
        Reading::Missing => format!("{name} is missing"),
        Reading::Word(word) if word.is_empty() => format!("{name} = …"),
        Reading::Word(word) => format!("{name} = {word}"),
        Reading::Ratio(num, den) => {
            let unit = metric(name).map_or(Unit::Count, |m| m.unit);
            let scaled = if unit == Unit::Percent { num * 100 } else { *num };
            let (whole, part) = (scaled / den, (scaled % den).unsigned_abs());
            let part = format!("{part:06}");
            let part = part.trim_end_matches('0');
            let dot = if part.is_empty() { "" } else { "." };
            let sign = if unit == Unit::Percent { "%" } else { "" };
            format!("{name} = {whole}{dot}{part}{sign}")
        }
    }
}
