//! The plain counts of the board: what stands behind each of them.

use super::super::super::pane_id::PaneId;
use super::super::super::popup::Act;
use super::super::super::shared::{Shared, Tone};
use super::super::pane::Step;
use super::Board;
use crate::i18n::board as t;
use crate::store::request::{Board as Counts, Period};

impl Board {
    pub(super) fn ids(s: &Shared) -> Vec<i64> {
        let count = s.feeds.board().map_or(0, |b| b.figures.len() + b.segments.len() + b.people.len());
        (0..i64::try_from(count).unwrap_or(0)).collect()
    }

    /// What stands behind the number under the cursor.
    pub(super) fn behind(&self, counts: &Counts, s: &mut Shared) -> Step {
        let at = self.cursor.at;
        let customers = |filter: &str, sort: &str, descending| {
            let view = Act::View(filter.to_owned(), sort.to_owned(), descending);
            Step::Many(vec![Step::Act(Box::new(view)), Step::Go(PaneId::Customers)])
        };
        let Period { from, until, .. } = self.period(s.now.today());
        let days = format!("{from}..{}", until.pred_opt().unwrap_or(from));
        let touches = |also: &str| {
            let text = format!("on:{days} {also}");
            Step::Act(Box::new(Act::Touches(text.trim_end().to_owned())))
        };
        if let Some(figure) = counts.figures.get(at) {
            return match figure.id {
                "customers" => customers("", "code", false),
                "new" => customers(&format!("created:{days}"), "code", true),
                "orders" | "revenue" => customers(&format!("ordered:{days}"), "last_order", true),
                "due" | "done" => {
                    let period = self.period(s.now.today());
                    Step::Act(Box::new(Act::Figure(period, "tasks_in_time", String::new())))
                }
                "overdue" => {
                    s.say(Tone::Plain, t::OVERDUE_BEHIND.of(s.lang).to_owned());
                    customers("is:overdue", "next_due", false)
                }
                "touches" | "cost" => touches(""),
                "answered" => touches("is:answered"),
                "late" => touches("is:late"),
                "breaches" => touches("is:override"),
                _ => {
                    s.say(Tone::Plain, t::NOTHING_BEHIND.of(s.lang).to_owned());
                    Step::Done
                }
            };
        }
        let at = at - counts.figures.len();
        if let Some((segment, ..)) = counts.segments.get(at) {
            let segment = if segment.is_empty() { "none" } else { segment };
            return touches(&format!("segment:{segment}"));
        }
        match counts.people.get(at - counts.segments.len().min(at)) {
            Some((name, ..)) => touches(&format!("by:{name}")),
            None => Step::Done,
        }
    }
}
