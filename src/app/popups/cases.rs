//! Hand-overs as a list and one by one: the checklist is ticked, and both sides sign, in one popup. What may be pressed
//! follows from the state and from whom the person speaks for.

use super::super::cursor::Cursor;
use super::super::form::{FormKind, Handing};
use super::super::key::{Code, Key};
use super::super::msg::Effect;
use super::super::popup::cases::{Cases, TURNS, fits};
use super::super::popup::{Act, Item, Menu, Picked, Popup, press};
use super::super::shared::{Shared, Tone};
use super::super::{App, room};
use crate::domain::change::Change;
use crate::domain::dispute::Dispute;
use crate::domain::handover::{HandOver, Turn};
use crate::i18n::{format, handover as t};
use crate::store::request::CaseKind;

impl App {
    pub(super) fn cases_key(&mut self, mut cases: Cases, key: Key, fx: &mut Vec<Effect>) {
        let height = room::popup(self.shared.size);
        match cases.open {
            Some((CaseKind::Dispute, _)) => return self.dispute_key(cases, key, fx),
            Some(_) => return self.case_key(cases, key, fx),
            None => {}
        }
        let rows = Cases::rows(&self.shared);
        let at = cases.cursor.at;
        let here = rows.get(at).map(|row| (row.kind, row.id));
        match (press(key, None, &mut cases.cursor, rows.len(), height), key.narrow().code) {
            (Picked::Left, _) => return,
            (Picked::Chosen, _) => {
                cases.open = here;
                cases.line = Cursor::default();
            }
            (_, Code::Char('n')) => {
                let menu = givers(&self.shared);
                self.popups.push(Popup::Cases(cases));
                return self.offer(menu);
            }
            _ => {}
        }
        self.popups.push(Popup::Cases(cases));
    }

    fn case_key(&mut self, mut cases: Cases, key: Key, fx: &mut Vec<Effect>) {
        let height = room::popup(self.shared.size);
        let case = cases.shown(&self.shared).cloned();
        let count = case.as_ref().map_or(0, |c| c.items.len());
        let at = cases.line.at;
        let picked = press(key, None, &mut cases.line, count, height);
        if picked == Picked::Left {
            cases.open = None;
        }
        let code = key.narrow().code;
        self.popups.push(Popup::Cases(cases));
        let Some(case) = case.filter(|_| picked != Picked::Left) else { return };
        if picked == Picked::Chosen || matches!(code, Code::Char('x' | ' ')) {
            if let Some(item) = case.items.get(at) {
                let tick = HandOver::Tick { item: item.id, rev: item.rev };
                self.write(Change::HandOver(Box::new(tick)), fx);
            }
            return;
        }
        let turn = TURNS.iter().find(|(key, _)| code == Code::Char(*key)).map(|(_, turn)| *turn);
        let Some(turn) = turn.filter(|turn| fits(&case, *turn)) else { return };
        if matches!(turn, Turn::Decline | Turn::TakeBack) {
            return self.open_form(FormKind::TurnHandOver { id: case.id, rev: case.rev, turn });
        }
        let change = HandOver::Turn { id: case.id, rev: case.rev, turn, note: None };
        self.write(Change::HandOver(Box::new(change)), fx);
    }

    fn dispute_key(&mut self, mut cases: Cases, key: Key, fx: &mut Vec<Effect>) {
        let case = cases.dispute(&self.shared).cloned();
        let code = key.narrow().code;
        if matches!(code, Code::Esc | Code::Char('-' | 'q')) {
            cases.open = None;
        }
        let left = cases.open.is_none();
        self.popups.push(Popup::Cases(cases));
        let Some(case) = case.filter(|case| !left && case.state == "open") else { return };
        match code {
            Code::Char('n') => self.open_form(FormKind::NoteDispute { id: case.id }),
            Code::Char('c') if case.decides => {
                let first = case.first.as_ref().map(|(.., person)| *person);
                self.open_form(FormKind::DecideDispute { id: case.id, rev: case.rev, first });
            }
            Code::Char('b') if case.began => {
                let what = Dispute::Withdraw { id: case.id, rev: case.rev };
                self.write(Change::Dispute(what), fx);
            }
            _ => {}
        }
    }

    /// `H`: whom to hand over; the marked ones, the one at hand, or all of its owner.
    pub(in crate::app) fn hand_over(&mut self) {
        let lang = self.shared.lang;
        let marked = if self.lists_customers() { self.shared.marks.len() } else { 0 };
        let mut items = Vec::new();
        let these = Act::Form(FormKind::HandOver(Handing::These));
        if marked > 0 {
            items.push(Item::new(t::THESE.with(lang, &[&marked]), "", these));
        } else if let Some(subject) = &self.shared.subject {
            items.push(Item::new(subject.name.clone(), subject.code.clone(), these));
        }
        items.extend(self.owner_at_hand().map(|(id, name)| {
            Item::new(t::ALL_OF.with(lang, &[&name]), "", Act::Form(FormKind::HandOver(Handing::All(id))))
        }));
        let mine = self.owner_at_hand().is_none_or(|(id, _)| id == self.shared.actor.id.0);
        if marked == 0 && !mine {
            items.push(Item::new(t::DISPUTE.of(lang), "", Act::Form(FormKind::OpenDispute)));
        }
        if items.is_empty() {
            let text = t::NOBODY_AT_HAND.of(lang).to_owned();
            return self.shared.say(Tone::Plain, text);
        }
        self.offer(Menu::new(crate::i18n::commands::HAND_OVER, items));
    }

    /// Who owns the customer at hand, as far as it is known here.
    fn owner_at_hand(&self) -> Option<(i64, String)> {
        let id = self.shared.subject.as_ref()?.id.0;
        let feeds = &self.shared.feeds;
        let profile = feeds.profile().and_then(Option::as_ref).map(|p| &p.row);
        let listed = feeds.customers().map(|w| w.rows.as_slice()).unwrap_or_default();
        let row = profile.into_iter().chain(listed).find(|row| row.id == id)?;
        Some((row.owner_id, row.owner.clone()))
    }
}

/// Everybody whose customers could be handed over, with how many they have.
fn givers(s: &Shared) -> Menu {
    let loads = s.feeds.loads().map(Vec::as_slice).unwrap_or_default();
    let items = loads.iter().filter(|row| row.customers > 0).map(|row| {
        let count = t::COUNTED.with(s.lang, &[&format::count(row.customers)]);
        Item::new(row.name.clone(), count, Act::Form(FormKind::HandOver(Handing::All(row.person.0))))
    });
    Menu::new(t::FROM_WHOM, items.collect())
}
