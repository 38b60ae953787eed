//! The company as a whole: the figures of a period, and what the title bar counts.
//! Every figure is a true count; shares come with what they are a share of.

use serde::Serialize;

use crate::domain::people::Role;

/// True counts of a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Board {
    /// One row a figure.
    pub figures: Vec<Figure>,
    /// Touches and answers by segment id, in the order of the segments.
    pub segments: Vec<(String, i64, i64)>,
    /// Touches and answers by person.
    pub people: Vec<(String, i64, i64)>,
}

/// One figure of the board with the same figure of the periods before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// Id: `customers`, `new`, `touches`, `answered`, `due`, `overdue`, `late`, `orders`, `revenue`, `cost`.
    pub id: &'static str,
    /// The value; fen for money.
    pub value: i64,
    /// Of how many, where it is a share.
    pub of: Option<i64>,
    /// The value of the period before: of as many of its days as have passed of this one.
    pub before: Option<i64>,
    /// The twelve periods up to this one, oldest first.
    pub trend: Vec<i64>,
    /// It would tell the amounts of too few customers (I14), so that nothing of it is told.
    pub masked: bool,
}

/// What the title bar shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Title {
    /// What stands on my list for today: promises, plans, dates, silences, as many as the day holds.
    pub due: usize,
    /// Tasks whose due has passed.
    pub overdue: usize,
    /// Requests of other departments that wait for me, and answers to mine.
    pub requests: usize,
    /// Open alarms that are mine.
    pub alarms: usize,
    /// The number of the newest of them; 0 where there is none.
    pub newest_alarm: i64,
    /// My next promise with a time today: UTC ms after which it rings, customer and words.
    pub next: Option<(i64, String, String)>,
    /// The actor's name.
    pub person: String,
    /// Their role and department as they are now; none before the first answer.
    pub role: Option<(Role, String)>,
    /// The company's name; blank where nobody has set it.
    pub company: String,
    /// Whether the terminal's bell is wanted.
    pub bell: bool,
    /// All customers: none means an empty store.
    pub customers: u64,
    /// Whether this is the demo company.
    pub demo: bool,
}
