//! What the store tells of one customer so that figures can be counted: orders that count, touches, answers, complaints,
//! all as they were known at an instant. And the span of time they are counted for. Plain data; no row of it is changed.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::period::Period;
use crate::domain::clock::Zone;

/// A segment by its place in this list; figures are kept for each, and for all together.
pub const SEGMENTS: &[&str] = &["high", "growth", "ordinary", "cooling", "dormant"];

/// The place of a segment in the list.
pub fn place(segment: &str) -> Option<usize> {
    SEGMENTS.iter().position(|s| *s == segment)
}

/// The windows that kpis.md leaves to the company, with its defaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Rules {
    /// Days without a purchase after which a customer is no longer active.
    pub active_days: u64,
    /// Days a response may take.
    pub response_days: u64,
    /// Days an order may take after a touch.
    pub conversion_days: u64,
    /// Yearly discount in percent, for the simple lifetime value.
    pub discount_percent: u64,
    /// Which questions of a survey are about service, and which about the product: a bit each, the first the lowest (F22).
    pub questions: [u64; 2],
    /// Whether coupons and rewards run against the budget of a customer, too (X14).
    pub all_costs: bool,
    /// One record in so many is drawn each month to be looked through (F23).
    pub sample: u64,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            active_days: 180,
            response_days: 7,
            conversion_days: 30,
            discount_percent: 10,
            questions: [0; 2],
            all_costs: false,
            sample: super::sample::EVERY,
        }
    }
}

/// Days an activation may take until its order (P27).
pub const ACTIVATION_DAYS: u64 = 30;
/// Days before and after its end in which a contract may be renewed.
pub const RENEWAL_DAYS: (u64, u64) = (90, 30);
/// Months over which the cost of a new customer is also told.
pub const ROLLING_MONTHS: u32 = 3;
/// Days of «the last year».
pub const YEAR_DAYS: u64 = 365;
/// Days of history that loyalty ranks customers by (kpis.md 3.2).
pub const HISTORY_DAYS: u64 = 3 * 365;
/// An hour in milliseconds.
pub const HOUR: i64 = 3_600_000;
/// A day in milliseconds.
pub const DAY: i64 = 24 * HOUR;

/// A period as an instant sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The period.
    pub period: Period,
    /// The company's zone.
    pub zone: Zone,
    /// The instant of knowledge in UTC milliseconds; what happened later does not exist (C2).
    pub as_of: i64,
    /// The windows.
    pub rules: Rules,
}

impl Span {
    /// First instant.
    pub fn start(&self) -> i64 {
        self.zone.start(self.period.from).timestamp_millis()
    }

    /// First instant after.
    pub fn end(&self) -> i64 {
        self.zone.start(self.period.until).timestamp_millis()
    }

    /// Whether the period was not over at the instant of knowledge.
    pub fn runs(&self) -> bool {
        self.as_of < self.end() - 1
    }

    /// The first day that what stands at the end of a period no longer looks at: the one after the period or, while it
    /// runs, the one after the day of knowledge. Whoever may still buy until the end is not lost (C2).
    pub fn stand(&self) -> NaiveDate {
        if self.runs() { ahead(self.as_of_day(), 1).max(self.period.from) } else { self.period.until }
    }

    /// The first day that was not over: silence is counted back from it, for who may still buy today is not yet silent.
    pub fn open_day(&self) -> NaiveDate {
        if self.runs() { self.day(self.as_of + 1).max(self.period.from) } else { self.period.until }
    }

    /// The same as [`Span::stand`] as an instant, the first that no longer counts.
    pub fn stand_at(&self) -> i64 {
        self.end().min(self.as_of.saturating_add(1)).max(self.start())
    }

    /// The first day after those of the period before that are compared with: all of it or, while the period runs, as
    /// many of its days as have begun of this one (C12).
    pub fn before_until(&self) -> NaiveDate {
        let days = (self.stand() - self.period.from).num_days();
        let same = ahead(self.before(), u64::try_from(days).unwrap_or_default());
        if self.runs() { same.min(self.period.from) } else { self.period.from }
    }

    /// The instant at which as much of the period before had passed as of this one: its figures as they were known then
    /// are the ones to compare with. None for a period that is over.
    pub fn same_days(&self) -> Option<i64> {
        self.runs().then(|| self.zone.start(self.before_until()).timestamp_millis() - 1)
    }

    /// First day of the period before.
    pub fn before(&self) -> NaiveDate {
        self.period.before().from
    }

    /// First instant of the period before.
    pub fn before_start(&self) -> i64 {
        self.zone.start(self.before()).timestamp_millis()
    }

    /// The day of knowledge.
    pub fn as_of_day(&self) -> NaiveDate {
        self.day(self.as_of)
    }

    /// The local day of an instant.
    pub fn day(&self, at: i64) -> NaiveDate {
        self.zone.day(DateTime::from_timestamp_millis(at).unwrap_or_default())
    }

    /// Whether a day lies in the period.
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.period.from <= day && day < self.period.until
    }

    /// Whether a day lies in the three months that end with the period: what one month spends often wins the customers of
    /// the next (kpis.md, cac).
    pub fn rolls(&self, day: NaiveDate) -> bool {
        let from =
            self.period.until.checked_sub_months(Months::new(ROLLING_MONTHS)).unwrap_or(self.period.from);
        from <= day && day < self.period.until
    }

    /// Whether an instant lies in the period.
    pub fn holds_at(&self, at: i64) -> bool {
        self.start() <= at && at < self.end()
    }

    /// The first day of the calendar year in which the period ends, as far as it has come (F37).
    pub fn year_begin(&self) -> NaiveDate {
        let last = back(self.stand(), 1).max(self.period.from);
        NaiveDate::from_ymd_opt(last.year(), 1, 1).unwrap_or(last)
    }

    /// The first day whose orders any figure of the period looks at.
    pub fn orders_from(&self) -> NaiveDate {
        back(self.stand(), HISTORY_DAYS).min(self.before())
    }

    /// The first day whose orders no figure of the period looks at.
    pub fn orders_until(&self) -> NaiveDate {
        let wait = self.rules.conversion_days.max(self.rules.response_days).max(ACTIVATION_DAYS) + 1;
        self.period.until.checked_add_days(Days::new(wait)).unwrap_or(self.period.until)
    }
}

/// A day so many days before another.
pub fn back(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(day)
}

/// A day so many days after another.
pub fn ahead(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

/// An order that counts (C4): paid, and something left of it after the refunds known then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// Its local day.
    pub day: NaiveDate,
    /// Its instant, where more than the day is known.
    pub at: Option<i64>,
    /// Amount less its refunds, in fen.
    pub net: i64,
    /// Cost of goods in fen, where known.
    pub cost: Option<i64>,
    /// When it was written down by a person; none for what was imported.
    pub recorded: Option<i64>,
}

impl Order {
    /// Whether it lies between two instants, both included; of an order without an instant the days are compared.
    pub fn between(&self, span: &Span, from: i64, to: i64) -> bool {
        match self.at {
            Some(at) => from <= at && at <= to,
            None => span.day(from) <= self.day && self.day <= span.day(to),
        }
    }
}

/// Which way a touch went (A85).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Ours to the customer, on our own account: what response and cost are counted for.
    Ours,
    /// The customer came to us, which answers what we had sent.
    Theirs,
    /// We answered what they had asked.
    Reply,
}

/// A touch, of the period or of the days after it in which answers still count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Touch {
    /// When it happened.
    pub at: i64,
    /// Which way it went.
    pub way: Way,
    /// Whether it reached them.
    pub delivered: bool,
    /// When they answered it.
    pub responded: Option<i64>,
    /// Whether an upgrade or order was noted on it (K24).
    pub converted: bool,
    /// Fen.
    pub cost: i64,
    /// The segment at the time (F51), by its place.
    pub segment: Option<usize>,
    /// Whether it passed the guard with a reason (F35).
    pub breach: bool,
    /// When it was written down by a person; none for what was imported.
    pub recorded: Option<i64>,
}

/// An answer to a survey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Survey {
    /// Its day.
    pub day: NaiveDate,
    /// Its instant or, failing that, its place among those of the day.
    pub order: i64,
    /// 0–100.
    pub score: Option<i64>,
    /// 0–10.
    pub nps: Option<i64>,
    /// Scores of the questions about service and about the product: sum and number of each (F22).
    pub parts: [(i64, i64); 2],
}

/// A valid complaint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// When it came.
    pub opened: i64,
    /// When a person first answered.
    pub answered: Option<i64>,
    /// When there was a solution.
    pub solved: Option<i64>,
    /// Whether it is about having been contacted again and again (F25).
    pub repeated: bool,
}

/// Something that another department was asked about a customer (F24).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// When it was entered.
    pub at: i64,
    /// When the other department had handled it.
    pub handled: Option<i64>,
}

/// A contract that ends in the period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contract {
    /// Its last day.
    pub expires: NaiveDate,
    /// The day it was renewed.
    pub renewed: Option<NaiveDate>,
    /// Fen a year.
    pub annual: i64,
}

/// Something that happened to a customer and has to be written down in time (F19).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// When it happened.
    pub at: i64,
    /// When it was written down; none: never.
    pub recorded: Option<i64>,
}

/// Money spent on a customer, or on none in particular.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expense {
    /// Its day.
    pub day: NaiveDate,
    /// Which kind.
    pub category: Category,
    /// Fen.
    pub fen: i64,
}

/// The kinds of expense that figures know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    /// Winning new customers.
    Acquisition,
    /// Keeping those there are.
    Retention,
    /// Anything else.
    Other,
}

impl Category {
    /// The kind with this id.
    pub fn from_id(id: &str) -> Self {
        match id {
            "acquisition" => Self::Acquisition,
            "retention" => Self::Retention,
            _ => Self::Other,
        }
    }
}

/// What came of a record that was drawn to be looked through (F23).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looked {
    /// A second person checked it and had nothing to correct.
    Right,
    /// Whoever checked it had to correct it.
    Wrong,
    /// Nobody has checked it in the period.
    NotYet,
}

/// Everything of one customer that figures of a span count.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts of a customer, no state")]
pub struct Book {
    /// The customer's id, so that what is behind a number can be opened.
    pub customer: i64,
    /// The segment, by its place.
    pub segment: Option<usize>,
    /// Whether a referral brought the customer.
    pub by_referral: bool,
    /// Whether the customer is named as referrer of a record made in the period.
    pub refers: bool,
    /// The first purchase ever, where there is one.
    pub first: Option<NaiveDate>,
    /// Orders from [`Span::orders_from`] on, oldest first.
    pub orders: Vec<Order>,
    /// Refunds that name no order: day and fen.
    pub loose: Vec<(NaiveDate, i64)>,
    /// Touches of the period and of the days in which answers count, oldest first.
    pub touches: Vec<Touch>,
    /// Whether the first touch ever lies in the period.
    pub first_touch: bool,
    /// Answers of the last year, oldest first.
    pub surveys: Vec<Survey>,
    /// Valid complaints of the period and of the one before.
    pub complaints: Vec<Complaint>,
    /// Contracts that end in the period.
    pub contracts: Vec<Contract>,
    /// Whether a contract was renewed in the last year.
    pub renewed: bool,
    /// Events of the period.
    pub events: Vec<Event>,
    /// Expenses of the last year or of the period, whichever is longer.
    pub expenses: Vec<Expense>,
    /// Activation plans begun in the period: from when to when an order counts.
    pub activations: Vec<(i64, i64)>,
    /// Quotations of the period: whether each was won.
    pub quotes: Vec<bool>,
    /// Requests to other departments, of the period and of the one before.
    pub requests: Vec<Asked>,
    /// What came of the record where it was drawn to be looked through in the period (F23).
    pub looked: Option<Looked>,
    /// What runs against the customer's budget besides touches, by day, in fen (D21, X14).
    pub spent: Vec<(NaiveDate, i64)>,
}
