//! A campaign for the customers of the list: those that are marked, else those that the filter leaves.

use super::Customers;
use crate::app::panes::Step;
use crate::app::panes::matrix::campaigns::groups;
use crate::app::popup::{Act, Item, Popup};
use crate::app::shared::{Shared, Tone};
use crate::i18n::campaigns as t;

/// Marked customers that a group by hand holds; more are filtered for.
const BY_HAND: usize = 500;

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
        let rows = s.feeds.customers().map(|w| w.rows.as_slice()).unwrap_or_default();
        let codes: Vec<&str> = rows
            .iter()
            .filter(|r| s.marks.contains(crate::domain::customer::CustomerId(r.id)))
            .map(|r| r.code.as_str())
            .collect();
        // marks survive filters; of those that are not on the list any more the number is not known here
        if codes.len() > BY_HAND || codes.len() < s.marks.len() {
            let text = t::TOO_MANY_MARKED.of(s.lang).to_owned();
            s.say(Tone::Bad, text);
            return Step::Done;
        }
        Step::Act(Box::new(Act::Campaign(String::new(), format!("code:{}", codes.join("|")), "sms", None)))
    }
}
