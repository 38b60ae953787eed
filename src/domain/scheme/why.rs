//! The account of a decision: every condition with its limit, the reading and whether it holds, what the class is by rule
//! and by hand, and what would have to change for the next better class. Plain data; screens and `guanxi why` word it.

use chrono::NaiveDate;
use serde::Serialize;

use super::metric::{Reading, Standing, Unit, metric};
use super::{Class, Classes, Condition, Limit, Op, Rulebook, Verdict};

/// One condition, tried.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Check {
    /// As written in the scheme.
    pub condition: String,
    /// Metric id.
    pub metric: String,
    /// What it is for this customer, as [`written`]; none where it is missing or masked.
    pub reading: Option<String>,
    /// Whether it holds; none where that is masked.
    pub holds: Option<bool>,
}

/// A class with its conditions, tried.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tried {
    /// Class id, or id of the reason for none.
    pub id: String,
    /// English word.
    pub en: String,
    /// Chinese word.
    pub zh: String,
    /// It is a reason for no class.
    pub none: bool,
    /// It takes the rest.
    pub otherwise: bool,
    /// Whether one of its alternatives holds.
    pub holds: bool,
    /// The alternatives.
    pub alternatives: Vec<Vec<Check>>,
}

/// What is missing for a better class: the one that lacks the least.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Better {
    /// That class.
    pub class: String,
    /// The conditions that do not hold yet, of the alternative that lacks the fewest.
    pub lacks: Vec<Check>,
    /// Fen of spend in twelve months that are lacking, where spend is what lacks.
    pub spend_lacking: Option<i64>,
}

/// A decision with its reasons.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Account {
    /// Scheme id.
    pub scheme: String,
    /// The class by rule; none for a scheme set by hand, and where a reason for none holds.
    pub by_rule: Option<String>,
    /// The reason for no class.
    pub none: Option<String>,
    /// Version of the scheme.
    pub version: i64,
    /// Ids of requirements.md.
    pub source: String,
    /// Every reason for none and every class, in the order in which they are looked at.
    pub tried: Vec<Tried>,
    /// The next better class.
    pub better: Option<Better>,
}

/// A reading as people write limits: `86400`, `86.4%`, `3`, a word; none where it is missing. Figures are cut, not
/// rounded, to two decimals, so that 149.999 % never reads as the 150 % that it misses.
pub fn written(name: &str, reading: &Reading) -> Option<String> {
    match reading {
        Reading::Missing => None,
        Reading::Word(word) => Some(word.clone()),
        Reading::Ratio(num, den) => {
            let unit = metric(name).map_or(Unit::Count, |m| m.unit);
            let (scale, sign) = if unit == Unit::Percent { (10_000, "%") } else { (100, "") };
            let hundredths = num * scale / den.max(&1);
            let (whole, part) = (hundredths.abs() / 100, hundredths.abs() % 100);
            let minus = if hundredths < 0 { "-" } else { "" };
            Some(match part {
                0 => format!("{minus}{whole}{sign}"),
                _ => format!("{minus}{whole}.{part:02}{sign}"),
            })
        }
    }
}

/// Why a customer stands where it stands in a scheme; `fixed` are the classes that people set. None where there is no such
/// scheme.
pub fn account(
    book: &Rulebook,
    id: &str,
    standing: &Standing,
    fixed: &Classes,
    today: NaiveDate,
) -> Option<Account> {
    let (scheme, version) = book.get(id)?;
    let found = book.classes(standing, fixed, today);
    let read = |metric: &str| book.read(metric, standing, fixed, &found, today);
    let verdict = if scheme.by_hand { None } else { scheme.class_of(&read) };
    let try_one = |class: &Class, none: bool| {
        let alternatives: Vec<Vec<Check>> =
            class.when.iter().map(|all| all.iter().map(|c| check(c, &read)).collect()).collect();
        Tried {
            id: class.id.clone(),
            en: class.en.clone(),
            zh: class.zh.clone(),
            none,
            otherwise: class.otherwise,
            holds: alternatives.iter().any(|all| all.iter().all(|c| c.holds == Some(true))),
            alternatives,
        }
    };
    let tried: Vec<Tried> = scheme
        .none
        .iter()
        .map(|c| try_one(c, true))
        .chain(scheme.classes.iter().map(|c| try_one(c, false)))
        .collect();
    let by_rule = verdict.and_then(Verdict::class).map(ToOwned::to_owned);
    let better = by_rule.as_deref().and_then(|is| {
        let place = scheme.classes.iter().position(|c| c.id == is)?;
        better(scheme.classes.get(..place)?, standing, &read)
    });
    Some(Account {
        scheme: id.to_owned(),
        by_rule,
        none: verdict.and_then(|v| match v {
            Verdict::None(reason) => Some(reason.id.clone()),
            Verdict::Class(_) => None,
        }),
        version,
        source: scheme.source.clone(),
        tried,
        better,
    })
}

fn check(condition: &Condition, read: &dyn Fn(&str) -> Reading) -> Check {
    let reading = read(&condition.metric);
    Check {
        condition: condition.text.clone(),
        metric: condition.metric.clone(),
        holds: Some(condition.holds(&reading)),
        reading: written(&condition.metric, &reading),
    }
}

/// Of all better classes the one that lacks the fewest conditions, the nearest of those that lack as few.
fn better(classes: &[Class], standing: &Standing, read: &dyn Fn(&str) -> Reading) -> Option<Better> {
    let lacks = |all: &[Condition]| all.iter().filter(|c| !c.holds(&read(&c.metric))).count();
    let alternatives = classes.iter().rev().flat_map(|class| class.when.iter().map(move |all| (class, all)));
    let (next, fewest) = alternatives.min_by_key(|(_, all)| lacks(all))?;
    let lacking: Vec<&Condition> = fewest.iter().filter(|c| !c.holds(&read(&c.metric))).collect();
    let spend_lacking = lacking.iter().filter_map(|c| spend_for(c, standing)).max();
    Some(Better {
        class: next.id.clone(),
        lacks: lacking.iter().map(|c| check(c, read)).collect(),
        spend_lacking,
    })
}

/// Fen more in twelve months until a condition on spend holds.
fn spend_for(condition: &Condition, standing: &Standing) -> Option<i64> {
    let (Op::AtLeast, Limit::Number(limit)) = (condition.op, &condition.limit) else { return None };
    let needed = match condition.metric.as_str() {
        "spend_12m" => i128::from(*limit) / 10_000,
        // rounded up: a fen less would not reach the share
        "share" => (i128::from(*limit) * i128::from(standing.average?) + 999_999) / 1_000_000,
        _ => return None,
    };
    i64::try_from(needed).ok()?.checked_sub(standing.spend_12m).filter(|n| *n > 0)
}
