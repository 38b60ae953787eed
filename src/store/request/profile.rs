//! One customer: the call card, and the profile with everything that is kept of them, as records of fields.
//! What the actor may not see is masked already.

use chrono::NaiveDate;
use serde::Serialize;

use super::BudgetRow;
use super::json::opt_rfc3339;
use super::{Advice, CustomerRow, Deed, Gift, OwnValue, Passage, Said, TaskRow, TouchRow};
use crate::domain::change::TagPath;
use crate::domain::field::{Field, Noun, Row, Value};
use crate::domain::guard::Standing;
use crate::domain::money::Fen;
use crate::domain::people::Verb;
use crate::domain::tag::Ground;

/// What one needs to see before saying a word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Card {
    /// Who it is.
    pub row: CustomerRow,
    /// Contacts with their phones.
    pub contacts: Vec<ContactRow>,
    /// The last touch.
    pub last: Option<TouchRow>,
    /// Open promises, the next first.
    pub tasks: Vec<TaskRow>,
    /// The open complaint.
    pub complaint: Option<String>,
    /// What the guard says before anyone dials: caps, opt-outs, consent, the second check.
    pub standing: Standing,
    /// Festivals and seasons that are on for this customer: name and what to bring (D48).
    pub seasons: Vec<(String, String)>,
    /// What to say: approved scripts that fit, the best first, with their places filled.
    pub scripts: Vec<Said>,
    /// What can go along: gifts meant for a class of theirs (D23).
    pub gifts: Vec<Gift>,
    /// The composite tag line (C18).
    pub tags: String,
}

/// A contact with their methods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ContactRow {
    /// Inside id.
    #[serde(skip)]
    pub id: i64,
    /// Name.
    pub name: String,
    /// Position.
    pub title: Option<String>,
    /// The key contact.
    pub key: bool,
    /// Phones, masked where they have to be.
    pub phones: Vec<String>,
    /// WeChat ids.
    pub wechat: Vec<String>,
    /// E-mail addresses.
    pub email: Vec<String>,
    /// Accounts of any other kind.
    pub other: Vec<String>,
}

/// A record as its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Which row.
    pub row: Row,
    /// Its revision.
    pub rev: i64,
    /// Its fields in the order of the table; private ones masked or none where they have to be.
    pub values: Vec<(Field, Value)>,
    /// Whether private fields came masked.
    pub masked: bool,
    /// The right that whoever asks lacks to change it; none where they may, and of a list, where nobody asks.
    pub locked: Option<Verb>,
    /// Of a customer: the fields of the company's own with what is in them (A4).
    pub own: Vec<OwnValue>,
}

impl Record {
    /// The value of a field.
    pub fn get(&self, field: Field) -> &Value {
        self.values.iter().find(|(f, _)| *f == field).map_or(&Value::None, |(_, v)| v)
    }
}

/// Everything of one customer.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// How the present silence compares with the days that usually lie between orders (kpis.md 3.5).
    pub rhythm: Option<crate::domain::models::rhythm::Rhythm>,
    /// Whether they bought once only, which shows no rhythm.
    pub once: bool,
    /// The chance to order within 90 days by the kept fit; none where no model may be used (kpis.md 3.4).
    pub chance: Option<crate::domain::models::forecast::Chance>,
    /// The head.
    pub row: CustomerRow,
    /// The fields of the customer itself.
    pub customer: Record,
    /// Aliases, the old numbers.
    pub aliases: Vec<String>,
    /// The composite tag line (C18).
    pub composite: String,
    /// Tags.
    pub tags: Vec<TagRow>,
    /// One class per scheme.
    pub classes: Vec<ClassRow>,
    /// Contacts with their methods as records: contact, then its methods.
    pub contacts: Vec<(Record, Vec<Record>)>,
    /// Other records by noun, newest first; only nouns that have any.
    pub sections: Vec<(Noun, Vec<Record>)>,
    /// The lines of orders, each with its order, in the order of their entry.
    pub order_lines: Vec<(i64, Record)>,
    /// Tasks, open ones first.
    pub tasks: Vec<TaskRow>,
    /// The latest touches, at most 200.
    pub touches: Vec<TouchRow>,
    /// What suggests itself: what to say and bring, what they might need.
    pub advice: Advice,
    /// Spend by month, the last 24, oldest first; none where masked.
    pub months: Option<Vec<(NaiveDate, Fen)>>,
    /// All orders and the opening balance.
    pub total: Option<Fen>,
    /// How far the reward of each referral is, by its id.
    pub rewards: Vec<(i64, RewardState)>,
    /// How many customers this one has referred (A23).
    pub referred: Vec<(String, String)>,
    /// Customers that other records name: id → number and name.
    pub names: Vec<(i64, String)>,
    /// What the guard says before anyone dials.
    pub standing: Standing,
    /// What the year has cost against its budget; none where amounts are hidden (A123).
    pub budget: Option<BudgetRow>,
    /// What may be done with it: edit.
    pub may_edit: bool,
    /// And whether this person may check it as the second one.
    pub may_check: bool,
    /// The hand-overs it went through, the newest first.
    pub passages: Vec<Passage>,
    /// The latest changes.
    pub history: Vec<Deed>,
}

/// How far the reward of a referral is (K12, K45).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RewardState {
    /// Nobody was named yet.
    Asked,
    /// Who was named has not bought: a reward is due with their first deal.
    Waiting,
    /// It is to be given.
    Due,
    /// It was given.
    Given,
    /// Who was named had bought before, or was sent by somebody else: there is none.
    None,
}

/// A tag of a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TagRow {
    /// Type, name, value.
    #[serde(flatten)]
    pub path: TagPath,
    /// `hand`, `derived`, `import`.
    pub how: String,
    /// Who set it.
    pub by: Option<String>,
    /// When, UTC ms; none for derived ones.
    #[serde(serialize_with = "opt_rfc3339")]
    pub at: Option<i64>,
    /// For derived ones, what they rest on.
    pub ground: Option<Ground>,
    /// For need tags that were taken off: when, UTC ms (K44).
    #[serde(serialize_with = "opt_rfc3339")]
    pub until: Option<i64>,
}

/// The class of a customer in one scheme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClassRow {
    /// Scheme id.
    pub scheme: String,
    /// Class id.
    pub value: String,
    /// `hand`, `rule`, `import`.
    pub how: String,
    /// Why.
    pub reason: Option<String>,
    /// Since when, UTC ms; none where it was so from the beginning.
    #[serde(serialize_with = "opt_rfc3339")]
    pub since: Option<i64>,
    /// What the rule says, where it says something else.
    pub by_rule: Option<String>,
}
