//! Who works in the demo company: the nine people as `team.toml` has them, who of them owns customers and who helps.

use fastrand::Rng;
use serde::Deserialize;

use super::chance::Shares;

/// The team, its views and budgets, as `team.toml` has them.
#[derive(Debug, Deserialize)]
pub struct Team {
    pub person: Vec<Person>,
    pub view: Vec<View>,
    pub budget: Vec<Budget>,
}

/// One of them.
#[derive(Debug, Deserialize)]
pub struct Person {
    pub login: String,
    pub name: String,
    pub role: String,
    pub department: String,
    pub post: String,
    pub share: (u32, u32),
    pub deputy: Option<i64>,
}

/// A saved view of all.
#[derive(Debug, Deserialize)]
pub struct View {
    pub name: String,
    pub filter: String,
    pub sort: String,
    #[serde(default)]
    pub descending: bool,
}

/// What a segment may cost for a customer and year.
#[derive(Debug, Deserialize)]
pub struct Budget {
    pub segment: String,
    pub yuan: i64,
}

/// Who logs in to the demo company.
pub const ME: i64 = 1;

/// Who owns customers, and who works for them besides.
#[derive(Debug)]
pub struct Staff {
    active: Shares<i64>,
    others: Shares<i64>,
    service: Shares<i64>,
    marketing: Shares<i64>,
    departments: Vec<&'static str>,
}

impl Staff {
    /// The staff of the team.
    pub fn new(team: &'static Team) -> Self {
        let numbered = || (1_i64..).zip(&team.person);
        let of = |department: &str| {
            // the head of a department answers once where the others answer five times
            let here = numbered().filter(|(_, p)| p.department == department);
            Shares::new(here.map(|(id, p)| (if p.role == "manager" { 1 } else { 5 }, id)))
        };
        Self {
            active: Shares::new(numbered().map(|(id, p)| (p.share.0, id))),
            others: Shares::new(numbered().map(|(id, p)| (p.share.1, id))),
            service: of("service"),
            marketing: of("marketing"),
            departments: team.person.iter().map(|p| p.department.as_str()).collect(),
        }
    }

    /// Who owns a customer.
    pub fn owner(&self, active: bool, rng: &mut Rng) -> i64 {
        let shares = if active { &self.active } else { &self.others };
        shares.pick(rng).copied().unwrap_or(ME)
    }

    /// A colleague of the active ones who is not `person`.
    pub fn colleague(&self, person: i64, rng: &mut Rng) -> i64 {
        let one = self.active.pick(rng).copied().unwrap_or(ME);
        if one == person { 1 + person % 4 } else { one }
    }

    /// Who does what a talk says: the owner, service or marketing.
    pub fn doer(&self, by: &str, owner: i64, rng: &mut Rng) -> i64 {
        let pool = match by {
            "service" => &self.service,
            "marketing" => &self.marketing,
            _ => return owner,
        };
        pool.pick(rng).copied().unwrap_or(owner)
    }

    /// The department of a person.
    pub fn department(&self, person: i64) -> &'static str {
        usize::try_from(person - 1).ok().and_then(|at| self.departments.get(at)).copied().unwrap_or("other")
    }
}
