//! Why the text of a scheme is refused: because it cannot be read (`parse`), or because it leaves somebody without a class or
//! gives them two (`total`).

use super::metric::Unit;

/// Why a scheme is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No TOML, or a key that is missing or not known: what the parser says.
    Toml(String),
    /// There is no such scheme.
    Scheme(String),
    /// A condition that is not understood.
    Condition(String),
    /// There is no such metric.
    Metric(String),
    /// A limit that the metric cannot be compared with, and what would fit.
    Limit(String, Unit),
    /// A word that the metric never is, and what it can be.
    Word(String, Vec<String>),
    /// A metric builds on the class that it shall find.
    Circle(String),
    /// Two classes with one id.
    Twice(String),
    /// A class without an id or word.
    Nameless,
    /// A class without conditions, in a scheme of rules.
    NoRule(String),
    /// Conditions in a scheme that is set by hand.
    HandRule(String),
    /// Nobody fits: these readings belong to no class.
    Gap(Vec<String>),
    /// These readings belong to both classes.
    Overlap(String, String, Vec<String>),
    /// Too many metrics in one scheme to be proved.
    TooMany,
    /// A class that has no row in the strategy table.
    Unserved(String),
}

/// A fault with the line of the text on which it stands; 0 where it concerns the whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong.
    pub fault: Fault,
}
