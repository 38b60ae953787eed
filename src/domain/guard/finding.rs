//! What the guard can find, and what each finding means for one touch and for many at once: the table of product.md.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Cap, Past, ScriptState};

/// One thing that stands against a touch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "finding", rename_all = "snake_case")]
pub enum Finding {
    /// The customer does not want to be disturbed at all (G47).
    Quiet {
        /// Since which day.
        since: NaiveDate,
        /// In which way they said so.
        way: Option<String>,
    },
    /// The customer has opted out of this channel (G47).
    OptedOut {
        /// Channel id.
        channel: String,
        /// Since which day.
        since: NaiveDate,
        /// In which way they said so.
        way: Option<String>,
    },
    /// The customer has taken their consent back, which is a wish like do not disturb.
    ConsentWithdrawn,
    /// Follow-up of this customer is suspended (G41).
    Suspended,
    /// The cap is reached (G46).
    Cap {
        /// The cap.
        cap: Cap,
        /// The touches that fill it, the oldest first.
        touches: Vec<Past>,
    },
    /// The script may not be used (G49).
    Script {
        /// Which.
        script: String,
        /// How far it has come.
        state: ScriptState,
    },
    /// Somebody has offered the same product lately (G48).
    SameProduct {
        /// The product as it is to be offered.
        product: String,
        /// The last offer: who, when, how they took it.
        past: Past,
    },
    /// The year's budget is used up and more (G52).
    Budget {
        /// The share that is used, in percent.
        percent: i64,
        /// The share from which a reason is asked for.
        limit: i64,
    },
    /// Nobody knows whether the customer has agreed (G50).
    ConsentUnknown,
    /// No second person has checked the record (G51).
    Unchecked {
        /// Who entered it, and cannot be that person (K57).
        entered: Option<String>,
    },
}

/// What a finding means for one touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum One {
    /// Something to know.
    Note,
    /// It needs a reason, which is kept and counted.
    Reason,
    /// It is stopped, unless there is a reason.
    BlockOrReason,
    /// It is stopped. What has taken place already is recorded as a breach, with its reason.
    Block,
}

/// What a finding means where many are touched at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Many {
    /// This customer is left out.
    LeftOut,
    /// Left out, and can be put back.
    PutBack,
    /// Nobody is touched.
    Blocked,
}

impl Finding {
    /// What it means for one touch.
    pub const fn one(&self) -> One {
        match self {
            Self::Quiet { .. } | Self::OptedOut { .. } | Self::ConsentWithdrawn | Self::Script { .. } => {
                One::Block
            }
            Self::Suspended | Self::Cap { .. } => One::BlockOrReason,
            Self::SameProduct { .. } | Self::Budget { .. } => One::Reason,
            Self::ConsentUnknown | Self::Unchecked { .. } => One::Note,
        }
    }

    /// Its id, by which those who were left out are counted.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Quiet { .. } => "quiet",
            Self::OptedOut { .. } => "opted_out",
            Self::ConsentWithdrawn => "consent_withdrawn",
            Self::Suspended => "suspended",
            Self::Cap { .. } => "cap",
            Self::Script { .. } => "script",
            Self::SameProduct { .. } => "same_product",
            Self::Budget { .. } => "budget",
            Self::ConsentUnknown => "consent_unknown",
            Self::Unchecked { .. } => "unchecked",
        }
    }

    /// What it means where many are touched at once.
    pub const fn many(&self) -> Many {
        match self {
            Self::Script { .. } => Many::Blocked,
            Self::SameProduct { .. } => Many::PutBack,
            _ => Many::LeftOut,
        }
    }
}

/// Those findings for which a reason has to be given.
pub fn asking(findings: &[Finding]) -> impl Iterator<Item = &Finding> {
    findings.iter().filter(|f| f.one() > One::Note)
}

/// Those findings that stop what has not taken place yet, whatever the reason.
pub fn barring(findings: &[Finding]) -> impl Iterator<Item = &Finding> {
    findings.iter().filter(|f| f.one() == One::Block)
}
