//! What the customers of an industry spend in a year, as far as it is known, and the form that enters it (A57): without it
//! nobody of that industry has a segment.

use super::super::App;
use super::super::feed::Slot;
use super::super::form::FormKind;
use super::super::popup::{Act, Item, Menu, Popup};
use super::super::shared::{Shared, Tone};
use crate::domain::people::{Relation, Verb, may};
use crate::i18n::{commands, errors, scheme as t, shell, shipped};
use crate::store::request::StoreError;

/// The menu of the industries, with a row for one that is not there.
fn menu(s: &Shared) -> Menu {
    let form = |industry: &str| Act::Form(FormKind::Average { industry: industry.to_owned() });
    let mut items = vec![Item::new(t::NEW_AVERAGE.of(s.lang), "", form(""))];
    let known = s.feeds.benchmarks().map(Vec::as_slice).unwrap_or_default();
    items.extend(known.iter().map(|(industry, average)| {
        let words = t::average_words(average, s.lang);
        Item::new(shipped::said(industry, s.lang), words, form(industry))
    }));
    if s.feeds.benchmarks().is_none() {
        let text = shell::LOADING.of(s.lang).to_owned();
        return Menu { note: vec![text], ..Menu::new(commands::AVERAGES, items) };
    }
    Menu::new(commands::AVERAGES, items)
}

impl App {
    /// Opens the menu for whoever sets the company up.
    pub(in crate::app) fn open_averages(&mut self) {
        if !may(self.shared.actor.role, Verb::Configure, Relation::Own) {
            let text = errors::store(&StoreError::Denied(Verb::Configure), self.shared.lang);
            return self.shared.say(Tone::Bad, text);
        }
        self.shared.feeds.forget(Slot::Benchmarks);
        self.popups.push(Popup::Menu(menu(&self.shared)));
    }

    /// The averages have come: the menu shows them.
    pub(in crate::app) fn averages_answered(&mut self) {
        let fresh = menu(&self.shared);
        for popup in &mut self.popups {
            if let Popup::Menu(shown) = popup
                && shown.title == commands::AVERAGES
            {
                *shown = Menu { cursor: shown.cursor, ..fresh.clone() };
            }
        }
    }
}
