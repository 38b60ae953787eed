//! The rules of a classification on the screen: conditions are changed line by line, tried on everybody, and put in force
//! with a reason, or proposed by who may not do that. What was in force before and what is proposed stands in `versions`.

mod versions;

use tui_input::Input;

use super::super::command::Command;
use super::super::cursor::{Cursor, Move};
use super::super::draft::Draft as KeptForm;
use super::super::feed::{Slot, Ticket};
use super::super::form::{FormKind, line_key};
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
use crate::store::request::{Query, StoreError};

impl App {
    /// Opens the rules of a scheme: everybody reads them. For whoever puts rules in force it is the scheme for which others
    /// are proposed. An editor that was left with changes is gone on with.
    pub(in crate::app) fn open_rules(&mut self, scheme: &str) {
        let shown = if RULED.contains(&scheme) { scheme } else { "segment" };
        let kept = self.shared.waiting.iter().rposition(|form| matches!(form.kind, FormKind::Rules { .. }));
        let kept = kept.and_then(|at| Rules::again(self.shared.waiting.remove(at)));
        let mut rules =
            kept.unwrap_or_else(|| Rules::new(proposed(&self.shared).map_or(shown, |row| &row.scheme)));
        rules.take(self.shared.feeds.schemes().map(Vec::as_slice).unwrap_or_default());
        self.popups.push(Popup::Rules(Box::new(rules)));
    }

    /// What was changed in the rules waits as a form does.
    pub(in crate::app) fn park_rules(&mut self, rules: &Rules, fx: &mut Vec<Effect>) {
        if let Some(form) = rules.waiting() {
            self.park(form, fx);
            let key = self.shared.key(Command::Forms);
            self.shared.say(Tone::Plain, t::KEPT.with(self.shared.lang, &[&key]));
        }
    }

    /// Keeps on disk what was changed, and lets go what no longer is.
    fn keep_rules(&mut self, rules: &mut Rules, kept: u64, fx: &mut Vec<Effect>) {
        if rules.form == 0 && rules.dirty {
            self.forms += 1;
            rules.form = self.forms;
        }
        if kept != 0 && kept != rules.form {
            fx.push(Effect::Drop(kept));
        }
        fx.extend(rules.waiting().map(|form| Effect::Keep(KeptForm::of(&form))));
    }

    pub(super) fn rules_key(&mut self, mut rules: Box<Rules>, key: Key, fx: &mut Vec<Effect>) {
        let (was, kept) = (rules.draft.clone(), rules.form);
        if rules.applying.is_some() {
            if key.code == Code::Esc {
                fx.push(Effect::Cancel);
            }
        } else if rules.typing.is_some() {
            self.rules_typed(&mut rules, key, fx);
        } else if rules.versions.is_some() {
            self.versions_key(&mut rules, key, fx);
        } else if matches!(key.narrow().code, Code::Esc | Code::Char('q' | '-')) {
            if rules.tried.is_none() {
                return self.park_rules(&rules, fx);
            }
            // what was tried goes first
            rules.tried = None;
        } else if key.narrow().code == Code::Char('r') && rules.dirty && edits_rules(&self.shared) {
            // what was changed waits as a form does until it is said that it may go
            self.park_rules(&rules, fx);
            let mut anew = Rules::new(&rules.scheme);
            anew.take(self.shared.feeds.schemes().map(Vec::as_slice).unwrap_or_default());
            self.popups.push(Popup::Rules(Box::new(anew)));
            return self.ask_discard(rules.form);
        } else if !self.rules_moved(&mut rules, key) {
            self.rules_command(&mut rules, key);
        }
        if rules.draft != was {
            self.keep_rules(&mut rules, kept, fx);
        }
        self.popups.push(Popup::Rules(rules));
    }

    /// Whether it is known whom the rules as they are would move, or that they cannot be tried.
    fn tried(&self, rules: &Rules) -> bool {
        let query = rules.tried.clone().map(Query::SchemePreview);
        query.is_some_and(|query| self.shared.feeds.current(Slot::Moves, &query))
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
                    let text = read.text.clone();
                    // a limit is another's only where it limits the same
                    let same = |was: &&str| {
                        let was = condition(was, &rules.scheme);
                        was.is_ok_and(|was| was.metric == read.metric)
                    };
                    let was = draft.condition(spot).filter(|was| !after && *was != text).filter(same);
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
            // whom it would move is known before it is done
            Typing::Reason(_) if applies_rules(&self.shared) && !self.tried(rules) => {
                rules.wrong = Some(t::STILL_TRYING.of(lang).to_owned());
                rules.typing = Some(typing);
            }
            Typing::Reason(_) => {
                let Some(draft) = rules.draft.as_ref() else { return };
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
    pub(in crate::app) fn rules_written(
        &mut self,
        ticket: Ticket,
        wrong: Option<&StoreError>,
        fx: &mut Vec<Effect>,
    ) -> bool {
        let lang = self.shared.lang;
        let at = self
            .popups
            .iter()
            .position(|p| matches!(p, Popup::Rules(r) if r.applying.is_some_and(|(t, ..)| t == ticket)));
        let Some(at) = at else { return false };
        if let (Some(wrong), Some(Popup::Rules(rules))) = (wrong, self.popups.get_mut(at)) {
            rules.applying = None;
            rules.wrong = Some(said_of(wrong, rules.draft.as_ref(), lang));
        } else if let Popup::Rules(rules) = self.popups.remove(at) {
            fx.push(Effect::Drop(rules.form));
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
        Code::Enter | Code::Char('e') | Code::F(4) if has_conditions(rules, spot) => {
            rules.cursor.at += 1;
            if let Some(first) = rules.spot() {
                at_spot(rules, first, Code::Enter, lang);
            }
        }
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
