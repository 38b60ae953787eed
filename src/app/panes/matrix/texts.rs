//! What a campaign says to whom: the text of the customer under the cursor, the list of all texts, and the file of those
//! that can be sent. A text with a place that nobody can fill is shown so, copied with a warning and left out of the file.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::super::super::command::Command;
use super::super::super::feed::Slot;
use super::super::super::msg::Effect;
use super::super::super::popup::Act;
use super::super::super::shared::{Shared, Tone};
use super::super::pane::Step;
use super::campaigns::Campaigns;
use crate::domain::customer::CustomerId;
use crate::domain::text::guard_formula;
use crate::i18n::{campaigns as t, fields, scripts, user};
use crate::store::request::{Query, TextRow};

impl Campaigns {
    /// What is asked about texts: all of them, or that of the customer under the cursor.
    pub(super) fn text_query(&self, s: &Shared) -> Option<Query> {
        let campaign = self.at.open?;
        let customer = if self.texts { None } else { Some(CustomerId(self.member(s)?.customer)) };
        Some(Query::Texts { campaign, customer })
    }

    /// The texts that are here.
    pub fn said<'s>(&self, s: &'s Shared) -> &'s [TextRow] {
        let here = self.text_query(s).is_some_and(|query| s.feeds.current(Slot::Texts, &query));
        s.feeds.texts().filter(|_| here).map_or(&[], Vec::as_slice)
    }

    /// The text of the customer under the cursor.
    pub fn text<'s>(&self, s: &'s Shared) -> Option<&'s TextRow> {
        let customer = self.member(s)?.customer;
        self.said(s).iter().find(|row| row.customer == customer)
    }

    /// The listed members by name with their texts, as far as those are here.
    pub fn by_name<'s>(&self, s: &'s Shared) -> Vec<(&'s str, Option<&'s TextRow>)> {
        let said: HashMap<i64, &TextRow> = self.said(s).iter().map(|row| (row.customer, row)).collect();
        self.listed(s).iter().map(|m| (m.name.as_str(), said.get(&m.customer).copied())).collect()
    }

    /// Shows the texts of all; once more writes those that can be sent to a file.
    pub(super) fn all_texts(&mut self, s: &mut Shared) -> Step {
        let Some(campaign) = self.campaign(s).cloned() else { return Step::Done };
        if !self.texts {
            self.at.enter(Some(campaign.id));
            self.texts = true;
            return Step::with_key(s, t::TEXTS_AGAIN, Command::Texts);
        }
        if !s.personal {
            // the machine is a server then, and its files are none of the person's
            s.say(Tone::Plain, user::NOT_ON_SERVER.of(s.lang).to_owned());
            return Step::Done;
        }
        let rows = self.said(s);
        if rows.is_empty() {
            return Step::said(s, t::NO_TEXT_YET);
        }
        let whole: Vec<&TextRow> = rows.iter().filter(|row| row.missing.is_empty()).collect();
        let (all, fit) = (rows.len(), whole.len());
        let text = table(&whole, s);
        if fit < all {
            let said = t::TEXTS_LACK.with(s.lang, &[&(all - fit), &all]);
            s.say(Tone::Bad, said);
        }
        if fit == 0 {
            return Step::Done;
        }
        Step::Effect(Effect::Print { name: format!("guanxi-{}.csv", campaign.code), text })
    }

    /// Copies the text of the customer under the cursor.
    pub(super) fn copy(&self, s: &mut Shared) -> Step {
        let Some(row) = self.text(s) else {
            return Step::said(s, t::NO_TEXT_YET);
        };
        // with the places that are still to be filled in, which is said
        Step::Act(Box::new(Act::Copy(scripts::shown(&row.text, s.lang))))
    }
}

/// The texts as a table that any program for tables opens.
fn table(rows: &[&TextRow], s: &Shared) -> String {
    use crate::domain::field::Field as F;
    let head = [F::Code, F::Name, F::Contact, F::Phone].map(|f| fields::label(f).of(s.lang));
    // the mark by which spreadsheets know the encoding
    let mut out = String::from('\u{feff}');
    let _ = writeln!(out, "{},{}\r", head.map(cell).join(","), cell(t::TEXT.of(s.lang)));
    for row in rows {
        let contact = row.contact.as_deref().unwrap_or_default();
        let phone = row.phone.as_deref().unwrap_or_default();
        let cells = [row.code.as_str(), &row.name, contact, phone, &row.text].map(cell);
        let _ = writeln!(out, "{}\r", cells.join(","));
    }
    out
}

/// A cell of a table: in quotes, and never read as a formula.
fn cell(text: &str) -> String {
    format!("\"{}\"", guard_formula(text).replace('"', "\"\""))
}
