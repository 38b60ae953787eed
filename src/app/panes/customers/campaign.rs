//! A campaign for the customers of the list: those that are marked, else those that the filter leaves.

use super::Customers;
use crate::app::panes::Step;
use crate::app::panes::matrix::campaigns::groups;
use crate::app::popup::{Act, Item, Popup};
use crate::app::shared::Shared;
use crate::domain::customer::CustomerId;
use crate::domain::filter::MARKED;
use crate::i18n::campaigns as t;

/// Marked customers whose numbers stand in the form, where a person can read and mend them; more are kept as a set.
const BY_NUMBER: usize = 20;

impl Customers {
    /// Marked customers go straight into a form; without marks the filter and the shipped groups are offered.
    pub(super) fn campaign(&self, s: &mut Shared) -> Step {
        if s.marks.is_empty() {
            let filter = self.filter_text.clone();
            let here = if filter.is_empty() {
                None
            } else {
                let label = t::SHOWN.with(s.lang, &[&crate::i18n::group::shown(&filter, s.lang)]);
                Some(Item::new(label, "", Act::Campaign(String::new(), filter, "sms", None)))
            };
            return Step::Open(Box::new(Popup::Menu(groups(s, here))));
        }
        let group = numbers(s).unwrap_or_else(|| format!("{}:{}", MARKED.0, s.marks.text()));
        Step::Act(Box::new(Act::Campaign(String::new(), group, "sms", None)))
    }
}

/// The marked customers by their numbers, where they are few and all of them stand on the list: marks survive filters, and
/// of those that are not on it the number is not known here.
fn numbers(s: &Shared) -> Option<String> {
    let rows = s.feeds.customers().map(|w| w.rows.as_slice()).unwrap_or_default();
    let codes: Vec<&str> =
        rows.iter().filter(|r| s.marks.contains(CustomerId(r.id))).map(|r| r.code.as_str()).collect();
    let all = codes.len() == s.marks.len() && codes.len() <= BY_NUMBER;
    all.then(|| format!("code:{}", codes.join("|")))
}
