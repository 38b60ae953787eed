//! The guard before every touch: what is known of a customer and what somebody is about to do go in, findings come out
//! (E22, G46–G52). Each finding says what, who and when, and what it means for one touch and for many at once
//! (product.md, The guard's findings). All departments' touches count together (D35); replies, deliveries that were asked
//! for and calls that nobody took count for nothing and are never stopped (D36, K10, K16). Pure: the store hands in facts.

mod finding;
mod window;

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::clock::{Zone, from_ms};
use super::find::fold;
use super::money::Fen;

pub use finding::{Finding, Many, One, asking, barring};
pub use window::{Cap, Window};

/// What somebody is about to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// A touch of our own accord.
    Touch,
    /// A call that nobody took: it bothers nobody, so no cap holds it, but the customer's wishes do.
    Attempt,
    /// A touch that is planned for a day.
    Plan,
    /// An answer to the customer, what they asked for, or their own coming in.
    Answer,
}

impl Deed {
    /// The deed behind the kind of a touch (id of `TOUCH_KINDS`).
    pub fn of_kind(kind: &str) -> Self {
        if kind == "proactive" { Self::Touch } else { Self::Answer }
    }
}

/// The touch that is about to be made, planned or written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intent {
    /// What it is.
    pub deed: Deed,
    /// When.
    pub at: DateTime<Utc>,
    /// Channel id; none where it is not known yet.
    pub channel: Option<String>,
    /// Products to be offered, separated by commas (A89).
    pub product: Option<String>,
    /// The script to be used.
    pub script: Option<String>,
    /// A touch that is being corrected, which does not count beside itself.
    pub besides: Option<i64>,
}

impl Intent {
    /// A deed at an instant of which nothing else is known.
    pub const fn new(deed: Deed, at: DateTime<Utc>) -> Self {
        Self { deed, at, channel: None, product: None, script: None, besides: None }
    }
}

/// A touch of the past, or one that is planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    /// When, UTC ms.
    #[serde(serialize_with = "rfc3339", deserialize_with = "ms")]
    pub at: i64,
    /// The company's day of that.
    pub day: NaiveDate,
    /// Whether it counts towards caps: our own accord, and it reached the customer.
    pub counts: bool,
    /// Whether it is only planned.
    pub planned: bool,
    /// Channel id.
    pub channel: Option<String>,
    /// Who.
    pub person: String,
    /// Their department id at the time.
    pub department: String,
    /// Products offered.
    pub product: Option<String>,
    /// What was said.
    pub summary: String,
    /// What the customer said to it.
    pub feedback: Option<String>,
    /// Whether the customer answered.
    pub responded: bool,
}

/// A channel that the customer does not want to be touched by; `all` is do not disturb (A26).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OptOut {
    /// Channel id.
    pub channel: String,
    /// From which day on.
    pub since: NaiveDate,
    /// In which way they said so.
    pub way: Option<String>,
}

/// Whether the customer has agreed to the use of their data (A25).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    /// Nobody has asked, as with data of old files (X40).
    #[default]
    Unknown,
    /// Given.
    Given,
    /// Taken back.
    Withdrawn,
}

/// How far a script has come (A118).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScriptState {
    /// Being written, or waiting for approval.
    Draft,
    /// To be used.
    Approved,
    /// Not to be used any more.
    Withdrawn,
}

/// Thresholds that are settings of the company.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Days for which a product that was offered is not offered again (G48).
    pub product_days: u16,
    /// The share of the budget from which a touch needs a reason, in percent (D20, P32).
    pub budget_percent: i64,
}

/// What the guard has to know of one customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The class that governs caps and budget.
    pub class: Option<String>,
    /// The cap of that class.
    pub cap: Cap,
    /// Follow-up is suspended since this instant, UTC ms (G41).
    pub suspended: Option<i64>,
    /// Touches of all departments that can still matter, the newest first.
    pub touches: Vec<Past>,
    /// Opt-outs.
    pub opt_outs: Vec<OptOut>,
    /// Consent.
    pub consent: Consent,
    /// Who entered the record.
    pub entered: Option<String>,
    /// Who checked it as a second person.
    pub checked: Option<String>,
    /// The budget of the touch's year.
    pub budget: Option<Fen>,
    /// What touches and gifts have cost in that year (D21).
    pub spent: Fen,
    /// The state of the script that is to be used, where it is a known one.
    pub script: Option<ScriptState>,
    /// Thresholds.
    pub rules: Rules,
}

/// What one has to know before dialling.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// Touches that count, in the present window of the cap.
    pub touched: usize,
    /// The cap.
    pub cap: Cap,
    /// The last touch of our own accord by anybody that can still matter.
    pub last: Option<Past>,
    /// Opt-outs.
    pub opt_outs: Vec<OptOut>,
    /// Whether follow-up is suspended.
    pub suspended: bool,
    /// Consent.
    pub consent: Consent,
    /// Who entered the record.
    pub entered: Option<String>,
    /// Who checked it as a second person.
    pub checked: Option<String>,
    /// What stands against a touch just now, whatever its channel.
    pub findings: Vec<Finding>,
}

impl Facts {
    /// What stands against a deed, in the order of product.md's table.
    pub fn findings(&self, intent: &Intent, zone: Zone) -> Vec<Finding> {
        if intent.deed == Deed::Answer {
            return Vec::new();
        }
        let day = zone.day(intent.at);
        let mut found = Vec::new();
        found.extend(self.unwanted(intent, day));
        if self.consent == Consent::Withdrawn {
            found.push(Finding::ConsentWithdrawn);
        }
        if self.suspended.is_some_and(|since| since <= intent.at.timestamp_millis()) {
            found.push(Finding::Suspended);
        }
        if intent.deed != Deed::Attempt {
            let touches = self.fullest(intent, zone);
            if i64::try_from(touches.len()).is_ok_and(|n| n >= self.cap.count) {
                found.push(Finding::Cap { cap: self.cap, touches });
            }
        }
        if let (Some(script), Some(state)) = (&intent.script, self.script)
            && state != ScriptState::Approved
        {
            found.push(Finding::Script { script: script.clone(), state });
        }
        found.extend(self.offered(intent, day));
        found.extend(self.overspent());
        if self.consent == Consent::Unknown {
            found.push(Finding::ConsentUnknown);
        }
        if self.checked.is_none() {
            found.push(Finding::Unchecked { entered: self.entered.clone() });
        }
        found
    }

    /// What one has to know before dialling at `now`.
    pub fn standing(&self, now: DateTime<Utc>, zone: Zone) -> Standing {
        let ms = now.timestamp_millis();
        let counting = || self.touches.iter().filter(|t| t.counts && !t.planned);
        let (after, until) = self.cap.window.around(now, zone);
        Standing {
            touched: counting().filter(|t| t.at >= after && t.at < until).count(),
            cap: self.cap,
            last: counting().find(|t| t.at <= ms).cloned(),
            opt_outs: self.opt_outs.clone(),
            suspended: self.suspended.is_some(),
            consent: self.consent,
            entered: self.entered.clone(),
            checked: self.checked.clone(),
            findings: self.findings(&Intent::new(Deed::Touch, now), zone),
        }
    }

    /// Do not disturb, or the channel that they have opted out of.
    fn unwanted(&self, intent: &Intent, day: NaiveDate) -> Option<Finding> {
        let said = |channel: &str| self.opt_outs.iter().find(|o| o.channel == channel && o.since <= day);
        if let Some(all) = said("all") {
            return Some(Finding::Quiet { since: all.since, way: all.way.clone() });
        }
        let one = said(intent.channel.as_deref()?)?;
        Some(Finding::OptedOut { channel: one.channel.clone(), since: one.since, way: one.way.clone() })
    }

    /// The touches in the fullest window of the cap that the new touch would fall into, the oldest first. A plan counts
    /// other plans too; what takes place counts only what took place.
    fn fullest(&self, intent: &Intent, zone: Zone) -> Vec<Past> {
        let counting: Vec<&Past> = self
            .touches
            .iter()
            .rev()
            .filter(|t| t.counts && (!t.planned || intent.deed == Deed::Plan))
            .collect();
        let at = intent.at.timestamp_millis();
        // a rolling window may end with a touch that is there already
        let ends = counting.iter().map(|t| t.at).filter(|t| *t > at).chain([at]);
        let windows = ends.map(from_ms).map(|end| self.cap.window.around(end, zone));
        let inside = windows
            .filter(|(after, until)| (*after..*until).contains(&at))
            .map(|(after, until)| {
                counting.iter().filter(|t| t.at >= after && t.at < until).map(|t| (*t).clone()).collect()
            })
            .collect::<Vec<Vec<Past>>>();
        inside.into_iter().max_by_key(Vec::len).unwrap_or_default()
    }

    /// Products that somebody has offered lately (G48, K19), each with its last offer.
    fn offered(&self, intent: &Intent, day: NaiveDate) -> Vec<Finding> {
        let from = day.checked_sub_days(Days::new(u64::from(self.rules.product_days))).unwrap_or(day);
        let lately = || self.touches.iter().filter(|t| !t.planned && t.day >= from && t.day <= day);
        products(intent.product.as_deref())
            .into_iter()
            .filter_map(|(key, product)| {
                let same = |t: &&Past| products(t.product.as_deref()).iter().any(|(k, _)| *k == key);
                let past = lately().find(same)?.clone();
                Some(Finding::SameProduct { product, past })
            })
            .collect()
    }

    /// Spending against the budget of the year.
    fn overspent(&self) -> Option<Finding> {
        let budget = self.budget.filter(|b| b.0 > 0)?;
        let percent = self.spent.0.saturating_mul(100) / budget.0;
        let limit = self.rules.budget_percent;
        // whole numbers on both sides: 120 % of an odd budget is not rounded away
        let over = self.spent.0.saturating_mul(100) >= budget.0.saturating_mul(limit);
        over.then_some(Finding::Budget { percent, limit })
    }
}

/// The products of a list as written, each with the form in which it is compared.
fn products(list: Option<&str>) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    for product in list.unwrap_or_default().split([',', '，', '、', ';', '；']).map(str::trim) {
        let key = fold(product).text();
        if !key.is_empty() && out.iter().all(|(k, _)| *k != key) {
            out.push((key, product.to_owned()));
        }
    }
    out
}

/// Writes UTC milliseconds as RFC 3339.
pub fn rfc3339<S: Serializer>(ms: &i64, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&from_ms(*ms).to_rfc3339_opts(chrono::SecondsFormat::Secs, true))
}

/// Reads them back.
pub fn ms<'d, D: Deserializer<'d>>(from: D) -> Result<i64, D::Error> {
    Ok(DateTime::<Utc>::deserialize(from)?.timestamp_millis())
}

#[cfg(test)]
mod tests;
