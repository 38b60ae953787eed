//! The rules of a classification on the screen: conditions are changed line by line, tried on everybody, and put in force
//! with a reason, or proposed by who may not do that. What was in force before and what is proposed stands in `versions`.

mod versions;

use tui_input::Input;

use super::super::cursor::{Cursor, Move};
use super::super::feed::Ticket;
use super::super::form::line_key;
use super::super::key::{Code, Key};
use super::super::msg::Effect;
use super::super::popup::Popup;
use super::super::popup::rules::{Rules, Typing, applies_rules, edits_rules, proposed, said_of, who_applies};
use super::super::shared::Tone;
use super::super::{App, room};
use crate::domain::change::Change;
use crate::domain::scheme::RULED;
use crate::domain::scheme::draft::{Draft, Spot};
use crate::domain::scheme::parse::condition;
use crate::i18n::{Lang, scheme as t};
use crate::store::request::StoreError;

impl App {
    /// Opens the rules of a scheme: everybody reads them. For whoever puts rules in force it is the scheme for which others
    /// are proposed. An editor that was left with changes is gone on with.
    pub(in crate::app) fn open_rules(&mut self, scheme: &str) {
        let shown = if RULED.contains(&scheme) { scheme } else { "segment" };
        let mut rules = match self.rules.take() {
            Some(kept) if kept.dirty => kept,
            _ => Rules::new(proposed(&self.shared).map_or(shown, |row| &row.scheme)),
        };
        rules.take(self.shared.feeds.schemes().map(Vec::as_slice).unwrap_or_default());
        self.popups.push(Popup::Rules(Box::new(rules)));
    }

    pub(super) fn rules_key(&mut self, mut rules: Box<Rules>, key: Key, fx: &mut Vec<Effect>) {
        if rules.applying.is_some() {
            if key.code == Code::Esc {
                fx.push(Effect::Cancel);
            }
        } else if rules.typing.is_some() {
            self.rules_typed(&mut rules, key, fx);
        } else if rules.versions.is_some() {
            self.versions_key(&mut rules, key, fx);
        } else if matches!(key.narrow().code, Code::Esc | Code::Char('q' | '-')) {
            if rules.dirty {
                self.shared.say(Tone::Plain, t::KEPT.of(self.shared.lang).to_owned());
            }
            self.rules = Some(*rules);
            return;
        } else if !self.rules_moved(&mut rules, key) {
            self.rules_command(&mut rules, key);
        }
        self.popups.push(Popup::Rules(rules));
    }

    /// Moves among the lines; false where the key moves nothing.
    fn rules_moved(&self, rules: &mut Rules, key: Key) -> bool {
        let Some(go) = moved(key) else { return false };
        let ids: Vec<i64> = (0..).take(rules.draft.as_ref().map_or(0, |d| d.spots().len())).collect();
        rules.cursor.go(go, &ids, room::popup(self.shared.size));
        rules.wrong = None;
        true
    }

    fn rules_command(&self, rules: &mut Rules, key: Key) {
        let lang = self.shared.lang;
        let code = key.narrow().code;
        match code {
            Code::Tab if rules.dirty => rules.wrong = Some(t::FIRST_APPLY.of(lang).to_owned()),
            Code::Tab => {
                *rules = Rules::new(next_scheme(&rules.scheme));
                rules.take(self.shared.feeds.schemes().map(Vec::as_slice).unwrap_or_default());
            }
            Code::Char('v') => rules.versions = Some(Cursor::default()),
            _ if !edits_rules(&self.shared) => {
                rules.wrong = Some(t::READ_ONLY.with(lang, &[&who_applies(&self.shared)]));
            }
            Code::Char('p') => rules.tried = rules.draft.as_ref().map(Draft::text),
            Code::Char('r') => {
                *rules = Rules::new(&rules.scheme);
                rules.take(self.shared.feeds.schemes().map(Vec::as_slice).unwrap_or_default());
            }
            Code::Char('a') if rules.dirty => {
                rules.tried = rules.draft.as_ref().map(Draft::text);
                rules.typing = Some(Typing::Reason(Input::default()));
            }
            Code::Char('a') => rules.wrong = Some(t::NOTHING_EDITED.of(lang).to_owned()),
            _ => {
                if let Some(spot) = rules.spot() {
                    at_spot(rules, spot, code, lang);
                }
            }
        }
    }

    fn rules_typed(&mut self, rules: &mut Rules, key: Key, fx: &mut Vec<Effect>) {
        let Some(mut typing) = rules.typing.take() else { return };
        if key.code == Code::Esc {
            rules.wrong = None;
            return;
        }
        if key.code != Code::Enter {
            if let Some(request) = line_key(key) {
                typing.input_mut().handle(request);
            }
            rules.typing = Some(typing);
            return;
        }
        let lang = self.shared.lang;
        let text = typing.input().value().trim().to_owned();
        let Some((spot, draft)) = rules.spot().zip(rules.draft.as_mut()) else { return };
        match &typing {
            // nothing written is nothing added; in place of a condition it is none
            Typing::Condition { after: true, .. } | Typing::Class(_) if text.is_empty() => {}
            Typing::Condition { .. } if text.is_empty() => {
                rules.wrong = Some(t::EMPTY_CONDITION.of(lang).to_owned());
                rules.typing = Some(typing);
            }
            Typing::Condition { after, .. } => match condition(&t::typed(&text), &rules.scheme) {
                Ok(read) => {
                    let text = read.text;
                    let was = draft.condition(spot).filter(|was| !after && *was != text);
                    let border = was.map(|was| (was.to_owned(), text.clone()));
                    draft.put(spot, &text, *after);
                    rules.edited();
                    rules.border = border;
                }
                Err(fault) => {
                    rules.wrong = Some(t::fault(&fault, lang));
                    rules.typing = Some(typing);
                }
            },
            Typing::Class(_) => {
                draft.add(spot, &text);
                rules.edited();
            }
            Typing::Reason(_) if text.is_empty() => {
                rules.wrong = Some(t::REASON_NEEDED.of(lang).to_owned());
                rules.typing = Some(typing);
            }
            Typing::Reason(_) => {
                let change = if applies_rules(&self.shared) {
                    Change::ApplyScheme { text: draft.text() }
                } else {
                    Change::ProposeScheme { text: draft.text() }
                };
                let ticket = self.write_because(change, Some(text), fx);
                rules.applying = Some((ticket, 0, 0));
            }
        }
    }

    /// The rules have come into force or are proposed, or were refused; true where the editor waited for it.
    pub(in crate::app) fn rules_written(&mut self, ticket: Ticket, wrong: Option<&StoreError>) -> bool {
        let lang = self.shared.lang;
        let at = self
            .popups
            .iter()
            .position(|p| matches!(p, Popup::Rules(r) if r.applying.is_some_and(|(t, ..)| t == ticket)));
        let Some(at) = at else { return false };
        if let (Some(wrong), Some(Popup::Rules(rules))) = (wrong, self.popups.get_mut(at)) {
            rules.applying = None;
            rules.wrong = Some(said_of(wrong, rules.draft.as_ref(), lang));
        } else {
            self.popups.remove(at);
        }
        true
    }
}

/// What a key does at a line of the draft.
fn at_spot(rules: &mut Rules, spot: Spot, code: Code, lang: Lang) {
    match code {
        Code::Enter | Code::Char('e') | Code::F(4) if matches!(spot, Spot::Condition(..)) => {
            let text = rules.draft.as_ref().and_then(|d| d.condition(spot)).unwrap_or_default();
            rules.typing = Some(Typing::Condition { input: Input::new(text.to_owned()), after: false });
        }
        // the conditions of a class stand below its heading
        Code::Enter | Code::Char('e') | Code::F(4) if has_conditions(rules, spot) => rules.cursor.at += 1,
        Code::Enter | Code::Char('n' | 'e') => {
            rules.typing = Some(Typing::Condition { input: Input::default(), after: true });
        }
        Code::Char('c') => rules.typing = Some(Typing::Class(Input::default())),
        Code::Char('o') => {
            if rules.draft.as_mut().is_some_and(|draft| draft.take_rest(spot)) {
                rules.edited();
            } else {
                rules.wrong = Some(t::NONE_STAYS.of(lang).to_owned());
            }
        }
        Code::Char('=') => {
            if let Some(((was, is), draft)) = rules.border.take().zip(rules.draft.as_mut()) {
                draft.carry(&was, &is);
                rules.edited();
            }
        }
        Code::Delete | Code::Char('D') => {
            if let Some(draft) = &mut rules.draft {
                draft.remove(spot);
            }
            rules.edited();
        }
        _ => {}
    }
}

/// Whether a line is the heading of a class with conditions.
fn has_conditions(rules: &Rules, spot: Spot) -> bool {
    let Spot::Part(part) = spot else { return false };
    let spots = rules.draft.as_ref().map(Draft::spots).unwrap_or_default();
    spots.iter().any(|spot| matches!(spot, Spot::Condition(of, ..) if *of == part))
}

/// Where a key moves to in the lists of this popup.
fn moved(key: Key) -> Option<Move> {
    match key.narrow().code {
        Code::Down | Code::Char('j') => Some(Move::By(1)),
        Code::Up | Code::Char('k') => Some(Move::By(-1)),
        Code::PageDown => Some(Move::Page(1)),
        Code::PageUp => Some(Move::Page(-1)),
        Code::Home | Code::Char('g') => Some(Move::First),
        Code::End | Code::Char('G') => Some(Move::Last),
        _ => None,
    }
}

/// The scheme with rules after this one.
fn next_scheme(scheme: &str) -> &'static str {
    let at = RULED.iter().position(|s| *s == scheme).map_or(0, |at| (at + 1) % RULED.len());
    RULED.get(at).copied().unwrap_or("segment")
}
