//! Campaigns: one touch for everybody in a target group who may be touched (H52, D50, D51). Pure rules: whom the guard's
//! findings leave out, how a cost is shared to the fen, when the evaluation is due, and the target groups that come with
//! the program.

use chrono::{Months, NaiveDate};

use super::guard::{Finding, Many};
use super::money::Fen;

/// What a company lets pass where many are touched at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Whoever has not said yes or no is left out (X40).
    pub consent: bool,
    /// Whoever's record nobody has checked is left out (G51).
    pub checked: bool,
}

/// What becomes of one customer of the group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They are touched; what was passed over because somebody put them back.
    Touch(Vec<Finding>),
    /// They are left out, for these.
    LeftOut(Vec<Finding>),
}

/// Whether a finding leaves a customer out under a company's rules.
fn counts(finding: &Finding, rules: Rules) -> bool {
    match finding {
        Finding::ConsentUnknown => rules.consent,
        Finding::Unchecked { .. } => rules.checked,
        // a script that is not approved blocks the campaign and no single customer
        other => other.many() != Many::Blocked,
    }
}

/// Whether somebody may put a customer back for whom these stand.
pub fn can_be_put_back(findings: &[Finding]) -> bool {
    !findings.is_empty() && findings.iter().all(|f| f.many() == Many::PutBack)
}

/// What becomes of a customer whom the guard finds these at; `put_back`: somebody has given a reason.
pub fn verdict(findings: Vec<Finding>, put_back: bool, rules: Rules) -> Verdict {
    let standing: Vec<Finding> = findings.into_iter().filter(|f| counts(f, rules)).collect();
    if standing.is_empty() || (put_back && can_be_put_back(&standing)) {
        Verdict::Touch(standing)
    } else {
        Verdict::LeftOut(standing)
    }
}

/// What stops the whole campaign.
pub fn block(findings: &[Finding]) -> Option<&Finding> {
    findings.iter().find(|f| f.many() == Many::Blocked)
}

/// The share of the touch with this number, from nought: all shares together are the cost, and the fen that cannot be
/// shared go to the first ones.
pub fn share(cost: Fen, touches: usize, nth: usize) -> Fen {
    let Some(of) = i64::try_from(touches).ok().filter(|n| *n > 0) else { return Fen(0) };
    let first = i64::try_from(nth).is_ok_and(|nth| nth < cost.0 % of);
    Fen(cost.0 / of + i64::from(first))
}

/// The day on which the evaluation is due: so many months after the end (G25, H19, P15).
pub fn evaluate_on(ends: NaiveDate, months: u32) -> NaiveDate {
    ends.checked_add_months(Months::new(months)).unwrap_or(ends)
}

/// A target group that comes with the program, with how its campaign is mostly made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its id; `i18n::words` has its name.
    pub id: &'static str,
    /// The filter.
    pub filter: &'static str,
    /// The channel that is proposed.
    pub channel: &'static str,
    /// The script that is proposed.
    pub script: Option<&'static str>,
    /// Where it is printed: ids of requirements.md.
    pub source: &'static str,
}

const fn group(
    id: &'static str,
    filter: &'static str,
    channel: &'static str,
    script: Option<&'static str>,
    source: &'static str,
) -> Group {
    Group { id, filter, channel, script, source }
}

/// The target groups that come with the program; their rules are looser than those of the classes (B7).
pub const GROUPS: &[Group] = &[
    group("first_order", "lifecycle:prospect|new orders:<2", "wechat", None, "B7"),
    group("repurchase", "lifecycle:new|existing", "wechat", None, "B7"),
    group("wake_up", "silent:>90d bought:>90d", "sms", Some("D57"), "B7 H26"),
    group("deep", "segment:high", "one_to_one", Some("D55"), "B7 H29"),
    group("win_back", "lifecycle:lost", "sms", Some("D59"), "H27"),
    group("recall", "is:recall", "phone", None, "H28 K60"),
    group("community", "segment:dormant", "community", Some("D57"), "D50"),
    group("co_creation", "segment:high", "community", Some("D58"), "D51"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::filter;
    use crate::domain::guard::{Past, ScriptState};

    const STRICT: Rules = Rules { consent: true, checked: true };

    fn offered() -> Finding {
        let past = Past {
            at: 0,
            day: "2024-05-10".parse().unwrap(),
            counts: true,
            planned: false,
            channel: None,
            person: String::new(),
            department: "sales".into(),
            product: Some("P".into()),
            summary: String::new(),
            feedback: None,
            responded: false,
        };
        Finding::SameProduct { product: "P".into(), past }
    }

    #[test]
    fn h52_the_shares_add_up_and_the_rest_goes_to_the_first_ones() {
        for (cost, touches) in [(1_000, 3), (999, 1_000), (0, 7), (1, 1), (120_000, 12)] {
            let shares: Vec<i64> = (0..touches).map(|n| share(Fen(cost), touches, n).0).collect();
            assert_eq!(shares.iter().sum::<i64>(), cost);
            assert!(shares.is_sorted_by(|a, b| a >= b) && shares[0] - shares[touches - 1] <= 1);
        }
        assert_eq!((share(Fen(1_000), 3, 0), share(Fen(1_000), 3, 1)), (Fen(334), Fen(333)));
        assert_eq!(share(Fen(1_000), 0, 0), Fen(0));
    }

    #[test]
    fn g48_whom_a_colleague_offered_it_can_be_put_back_and_whoever_wants_no_touch_cannot() {
        let out = |found: Vec<Finding>, back| matches!(verdict(found, back, STRICT), Verdict::LeftOut(_));
        assert!(out(vec![offered()], false) && !out(vec![offered()], true));
        let wish = Finding::ConsentWithdrawn;
        assert!(out(vec![wish.clone()], true) && out(vec![offered(), wish], true));
        assert!(!out(vec![], false));
    }

    #[test]
    fn x40_unknown_consent_and_an_unchecked_record_leave_out_unless_the_company_says_otherwise() {
        let found = vec![Finding::ConsentUnknown, Finding::Unchecked { entered: None }];
        assert_eq!(verdict(found.clone(), false, STRICT), Verdict::LeftOut(found.clone()));
        let loose = Rules { consent: false, checked: false };
        assert_eq!(verdict(found.clone(), false, loose), Verdict::Touch(vec![]));
        let one = Rules { consent: true, checked: false };
        assert_eq!(verdict(found, false, one), Verdict::LeftOut(vec![Finding::ConsentUnknown]));
    }

    #[test]
    fn g49_a_script_that_is_not_approved_blocks_all_and_leaves_out_nobody_by_itself() {
        let found = vec![Finding::Script { script: "S1".into(), state: ScriptState::Draft }];
        assert!(block(&found).is_some() && block(&[offered()]).is_none());
        assert_eq!(verdict(found, false, STRICT), Verdict::Touch(vec![]));
    }

    #[test]
    fn g25_the_evaluation_is_due_a_month_after_the_end_also_at_the_end_of_a_month() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(evaluate_on(day("2024-05-20"), 1), day("2024-06-20"));
        assert_eq!(evaluate_on(day("2024-01-31"), 1), day("2024-02-29"));
    }

    #[test]
    fn b07_every_group_that_comes_with_the_program_is_a_filter_that_reads() {
        for group in GROUPS {
            assert!(filter::parse(group.filter).is_ok_and(|f| !f.terms.is_empty()), "{}", group.id);
        }
    }
}
