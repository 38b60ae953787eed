//! Schemes: how a customer is classed, as data. A [`Scheme`] names its classes, best first, and for each the conditions
//! over metrics; [`Scheme::class_of`] finds the one that holds. Reading and proving a scheme is in `parse` and `total`,
//! the account of a decision in `why`, the metrics in `metric`. Nothing here stores or asks anything.

pub mod draft;
mod fault;
pub mod metric;
pub mod parse;
pub mod total;
pub mod why;

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use metric::{Reading, Standing};

/// The schemes that ship with the program, in an order in which each comes after those it builds on.
pub const SHIPPED: &[(&str, &str)] = &[
    ("segment", include_str!("../../assets/schemes/segment.toml")),
    ("grade", include_str!("../../assets/schemes/grade.toml")),
    ("lifecycle", include_str!("../../assets/schemes/lifecycle.toml")),
    ("value", include_str!("../../assets/schemes/value.toml")),
    ("depth", include_str!("../../assets/schemes/depth.toml")),
    ("relation", include_str!("../../assets/schemes/relation.toml")),
    ("need", include_str!("../../assets/schemes/need.toml")),
    ("expansion", include_str!("../../assets/schemes/expansion.toml")),
    ("stage", include_str!("../../assets/schemes/stage.toml")),
];

/// Schemes that are computed by rules, in the order of computation.
pub const RULED: [&str; 6] = ["segment", "grade", "lifecycle", "value", "expansion", "stage"];

/// How a reading is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Op {
    /// At least.
    #[serde(rename = ">=")]
    AtLeast,
    /// At most.
    #[serde(rename = "<=")]
    AtMost,
    /// More than.
    #[serde(rename = ">")]
    Above,
    /// Less than.
    #[serde(rename = "<")]
    Below,
    /// Equal.
    #[serde(rename = "=")]
    Is,
    /// Not equal; holds where there is nothing to compare.
    #[serde(rename = "!=")]
    IsNot,
    /// There is no reading.
    #[serde(rename = "is missing")]
    Missing,
}

impl Op {
    /// Every sign, the longer ones first so that a prefix never wins.
    pub const ALL: [(&str, Self); 7] = [
        ("is missing", Self::Missing),
        (">=", Self::AtLeast),
        ("<=", Self::AtMost),
        ("!=", Self::IsNot),
        (">", Self::Above),
        ("<", Self::Below),
        ("=", Self::Is),
    ];

    /// The sign that stands first in a text; of two at one place the longer.
    pub fn first_in(text: &str) -> Option<(&'static str, Self)> {
        Self::ALL
            .iter()
            .filter_map(|(sign, op)| text.find(sign).map(|at| (at, *sign, *op)))
            .min_by_key(|(at, sign, _)| (*at, std::cmp::Reverse(sign.len())))
            .map(|(_, sign, op)| (sign, op))
    }

    /// The sign as written.
    pub fn sign(self) -> &'static str {
        Self::ALL.iter().find(|(_, op)| *op == self).map_or("", |(sign, _)| sign)
    }
}

/// What a reading is compared with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Limit {
    /// A number in millionths of the metric's unit (per cent: of 1).
    Number(i64),
    /// A word.
    Word(String),
    /// Nothing, for `is missing`.
    Nothing,
}

/// One condition: `share >= 150%`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Condition {
    /// Metric id, or the id of another scheme.
    pub metric: String,
    /// The comparison.
    pub op: Op,
    /// With what.
    pub limit: Limit,
    /// As it was written.
    pub text: String,
}

impl Condition {
    /// Whether it holds for a reading.
    pub fn holds(&self, reading: &Reading) -> bool {
        match (reading, &self.limit) {
            (Reading::Missing, _) => matches!(self.op, Op::Missing | Op::IsNot),
            (Reading::Ratio(num, den), Limit::Number(limit)) => {
                let order = (num * 1_000_000).cmp(&(i128::from(*limit) * den));
                match self.op {
                    Op::AtLeast => order != Ordering::Less,
                    Op::AtMost => order != Ordering::Greater,
                    Op::Above => order == Ordering::Greater,
                    Op::Below => order == Ordering::Less,
                    Op::Is => order == Ordering::Equal,
                    Op::IsNot => order != Ordering::Equal,
                    Op::Missing => false,
                }
            }
            (Reading::Word(word), Limit::Word(limit)) => match self.op {
                Op::Is => word == limit,
                Op::IsNot => word != limit,
                _ => false,
            },
            _ => false,
        }
    }
}

/// A class, or a named reason for none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Class {
    /// Its id.
    pub id: String,
    /// English word.
    pub en: String,
    /// Chinese word.
    pub zh: String,
    /// Alternatives, each a list of conditions that hold together; empty for a class set by hand and for the rest.
    pub when: Vec<Vec<Condition>>,
    /// It takes whoever fits no other class.
    pub otherwise: bool,
    /// The line of the file on which it begins.
    #[serde(skip)]
    pub line: usize,
}

impl Class {
    fn holds(&self, read: &dyn Fn(&str) -> Reading) -> bool {
        self.when.iter().any(|all| all.iter().all(|c| c.holds(&read(&c.metric))))
    }
}

/// A class with its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClassWord {
    /// Scheme id.
    pub scheme: String,
    /// Its id.
    pub id: String,
    /// English word.
    pub en: String,
    /// Chinese word.
    pub zh: String,
}

/// A classification scheme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Scheme {
    /// Its id.
    pub id: String,
    /// English word.
    pub en: String,
    /// Chinese word.
    pub zh: String,
    /// Ids of requirements.md.
    pub source: String,
    /// No rules: people set the class.
    pub by_hand: bool,
    /// Named reasons for no class, looked at first.
    pub none: Vec<Class>,
    /// The classes, best first.
    pub classes: Vec<Class>,
}

/// What a scheme makes of a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict<'s> {
    /// This class.
    Class(&'s Class),
    /// No class, for this reason.
    None(&'s Class),
}

impl<'s> Verdict<'s> {
    /// The id of the class; none where there is none.
    pub fn class(self) -> Option<&'s str> {
        match self {
            Self::Class(class) => Some(&class.id),
            Self::None(_) => None,
        }
    }
}

impl Scheme {
    /// The class whose conditions hold; none for a scheme that is set by hand.
    pub fn class_of(&self, read: &dyn Fn(&str) -> Reading) -> Option<Verdict<'_>> {
        if let Some(reason) = self.none.iter().find(|c| c.holds(read)) {
            return Some(Verdict::None(reason));
        }
        let by_rule = self.classes.iter().find(|c| c.holds(read));
        by_rule.or_else(|| self.classes.iter().find(|c| c.otherwise)).map(Verdict::Class)
    }

    /// Every condition.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        self.none.iter().chain(&self.classes).flat_map(|c| c.when.iter().flatten())
    }
}

/// The rules in force: one version of every scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rulebook {
    schemes: Vec<(Arc<Scheme>, i64)>,
}

/// The shipped schemes, read once; a test proves that all of them can be.
static DEFAULT: LazyLock<Vec<(Arc<Scheme>, i64)>> = LazyLock::new(|| {
    SHIPPED.iter().filter_map(|(_, text)| parse::parse(text).ok()).map(|s| (Arc::new(s), 1)).collect()
});

impl Default for Rulebook {
    fn default() -> Self {
        Self { schemes: DEFAULT.clone() }
    }
}

/// The classes of one customer: scheme to class; a scheme without a class is not there.
pub type Classes = BTreeMap<String, String>;

impl Rulebook {
    /// Puts a version of a scheme in force.
    pub fn put(&mut self, scheme: Arc<Scheme>, version: i64) {
        match self.schemes.iter_mut().find(|(s, _)| s.id == scheme.id) {
            Some(place) => *place = (scheme, version),
            None => self.schemes.push((scheme, version)),
        }
    }

    /// A scheme with its version; the shipped ones are version 1.
    pub fn get(&self, id: &str) -> Option<(&Scheme, i64)> {
        self.schemes.iter().find(|(s, _)| s.id == id).map(|(s, v)| (s.as_ref(), *v))
    }

    /// All schemes with their versions.
    pub fn all(&self) -> impl Iterator<Item = (&Scheme, i64)> {
        self.schemes.iter().map(|(s, v)| (s.as_ref(), *v))
    }

    /// The classes by rule, where `fixed` gives those that people set: they stand in the conditions of other schemes.
    pub fn classes(&self, standing: &Standing, fixed: &Classes, today: NaiveDate) -> Classes {
        let mut found = Classes::new();
        for id in RULED {
            let Some((scheme, _)) = self.get(id) else { continue };
            let read = |metric: &str| self.read(metric, standing, fixed, &found, today);
            if let Some(class) = scheme.class_of(&read).and_then(Verdict::class) {
                let class = class.to_owned();
                found.insert(id.to_owned(), class);
            }
        }
        found
    }

    /// A reading for a condition: of a metric, or the class of another scheme, hand-set before computed.
    pub fn read(
        &self,
        metric: &str,
        standing: &Standing,
        fixed: &Classes,
        found: &Classes,
        today: NaiveDate,
    ) -> Reading {
        if metric::CLASS_METRICS.contains(&metric) {
            return fixed
                .get(metric)
                .or_else(|| found.get(metric))
                .cloned()
                .map_or(Reading::Missing, Reading::Word);
        }
        standing.read(metric, today)
    }

    /// The months of a condition on a metric under which a scheme gives a class.
    pub fn months(&self, scheme: &str, class: &str, metric: &str) -> Option<u32> {
        let (scheme, _) = self.get(scheme)?;
        let class = scheme.classes.iter().find(|c| c.id == class)?;
        let condition = class.when.iter().flatten().find(|c| c.metric == metric)?;
        let Limit::Number(limit) = condition.limit else { return None };
        u32::try_from(limit / 1_000_000).ok()
    }

    /// The first day after `today` on which time alone may move a class.
    pub fn turns_on(&self, standing: &Standing, today: NaiveDate) -> Option<NaiveDate> {
        let months = self.schemes.iter().flat_map(|(s, _)| s.conditions()).filter_map(|c| match c.limit {
            Limit::Number(n) if c.metric.ends_with("_months") => Some((c.metric.as_str(), n / 1_000_000)),
            _ => None,
        });
        months.flat_map(|(metric, n)| standing.turns(metric, n, today)).min()
    }
}

#[cfg(test)]
mod tests;
