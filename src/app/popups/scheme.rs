//! Classes explained, and the rules edited: the account of why a customer stands where it stands, scheme by scheme; and the
//! editor, in which conditions are changed line by line, tried on everybody, and put in force with a reason.

use tui_input::Input;

use super::super::cursor::{Cursor, Move};
use super::super::feed::Slot;
use super::super::form::line_key;
use super::super::key::{Code, Key};
use super::super::popup::Popup;
use super::super::shared::{Shared, Tone};
use super::super::{App, Effect, Ticket, room};
use crate::domain::change::Change;
use crate::domain::people::{Relation, Verb, may};
use crate::domain::scheme::draft::{Draft, Spot};
use crate::domain::scheme::parse::{condition, parse};
use crate::i18n::{Lang, errors, scheme as t};
use crate::store::request::{Query, SchemeRow, StoreError};

/// The account of a customer's classes.
#[derive(Clone, Debug, Default)]
pub struct WhyView {
    /// Which scheme of those that have been answered.
    pub scheme: usize,
    /// The first line shown.
    pub top: usize,
}

/// What is being typed in the editor.
#[derive(Clone, Debug)]
pub enum Typing {
    /// A condition in place of the one at the spot, or after it.
    Condition {
        /// The line.
        input: Input,
        /// After it.
        after: bool,
    },
    /// The words of a new class.
    Class(Input),
    /// The reason with which the rules come into force.
    Reason(Input),
}

impl Typing {
    /// The line.
    pub const fn input(&self) -> &Input {
        match self {
            Self::Condition { input, .. } | Self::Class(input) | Self::Reason(input) => input,
        }
    }

    const fn input_mut(&mut self) -> &mut Input {
        match self {
            Self::Condition { input, .. } | Self::Class(input) | Self::Reason(input) => input,
        }
    }
}

/// The editor of the rules; it is kept while the popup is closed, so that `Esc` loses nothing.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// The scheme as edited, once the one in force has come.
    pub draft: Option<Draft>,
    /// Which scheme is edited.
    pub scheme: String,
    /// Whether anything was changed.
    pub dirty: bool,
    /// Which line.
    pub cursor: Cursor,
    /// What is being typed.
    pub typing: Option<Typing>,
    /// The text that is being tried on everybody, or was.
    pub tried: Option<String>,
    /// What is wrong with what was typed.
    pub wrong: Option<String>,
    /// The rules are coming into force under this ticket: so many of so many.
    pub applying: Option<(Ticket, u64, u64)>,
}

impl Rules {
    /// The editor of a scheme.
    pub fn new(scheme: &str) -> Self {
        Self { scheme: scheme.to_owned(), ..Self::default() }
    }

    /// The line under the cursor.
    pub fn spot(&self) -> Option<Spot> {
        self.draft.as_ref()?.spots().get(self.cursor.at).copied()
    }

    /// What it asks the store.
    pub fn wants(&self) -> Vec<(Slot, Query)> {
        let mut wants = vec![(Slot::Schemes, Query::Schemes)];
        if self.applying.is_none()
            && let Some(text) = &self.tried
        {
            wants.push((Slot::Moves, Query::SchemePreview(text.clone())));
        }
        wants
    }

    /// Takes the scheme in force for editing, where nothing is edited yet.
    pub fn take(&mut self, rows: &[SchemeRow]) {
        if self.draft.is_some() {
            return;
        }
        let version = rows.iter().find(|r| r.scheme == self.scheme).and_then(|r| r.versions.first());
        self.draft = version.and_then(|v| parse(&v.text).ok()).map(|scheme| Draft::of(&scheme));
    }

    fn edited(&mut self) {
        self.dirty = true;
        self.tried = None;
        let count = self.draft.as_ref().map_or(0, |d| d.spots().len());
        self.cursor.at = self.cursor.at.min(count.saturating_sub(1));
        self.wrong = None;
    }
}

/// Whether the person may edit the rules, and not only read them.
pub fn edits_rules(s: &Shared) -> bool {
    may(s.actor.role, Verb::Configure, Relation::Own)
}

/// The schemes of an account that a popup steps through.
pub fn explained(s: &Shared) -> usize {
    s.feeds.why().map_or(0, Vec::len)
}

impl App {
    /// Opens the rules of a scheme: everybody reads them, whoever sets the company up edits them. An editor that was left with
    /// changes is gone on with.
    pub(in crate::app) fn open_rules(&mut self, scheme: &str) {
        let rules = match self.rules.take() {
            Some(kept) if kept.dirty => kept,
            _ => Rules::new(scheme),
        };
        self.popups.push(Popup::Rules(Box::new(rules)));
    }

    pub(super) fn why_key(&mut self, mut view: WhyView, key: Key) {
        let count = explained(&self.shared).max(1);
        let page = room::popup(self.shared.size);
        match key.narrow().code {
            Code::Esc | Code::Enter | Code::Char('q' | 'w' | '-') => return,
            Code::Tab | Code::Right | Code::Char('l') => {
                view = WhyView { scheme: (view.scheme + 1) % count, top: 0 };
            }
            Code::BackTab | Code::Left | Code::Char('h') => {
                view = WhyView { scheme: (view.scheme + count - 1) % count, top: 0 };
            }
            Code::Down | Code::Char('j') => view.top += 1,
            Code::Up | Code::Char('k') => view.top = view.top.saturating_sub(1),
            Code::PageDown => view.top += page,
            Code::PageUp => view.top = view.top.saturating_sub(page),
            Code::Home => view.top = 0,
            _ => {}
        }
        self.popups.push(Popup::Why(view));
    }

    pub(super) fn rules_key(&mut self, mut rules: Box<Rules>, key: Key, fx: &mut Vec<Effect>) {
        if rules.applying.is_some() {
            if key.code == Code::Esc {
                fx.push(Effect::Cancel);
            }
            return self.popups.push(Popup::Rules(rules));
        }
        if rules.typing.is_some() {
            self.rules_typed(&mut rules, key, fx);
            return self.popups.push(Popup::Rules(rules));
        }
        let ids: Vec<i64> = (0..).take(rules.draft.as_ref().map_or(0, |d| d.spots().len())).collect();
        let height = room::popup(self.shared.size);
        let spot = rules.spot();
        let go = match key.narrow().code {
            Code::Esc | Code::Char('q' | '-') => {
                if rules.dirty {
                    self.shared.say(Tone::Plain, t::KEPT.of(self.shared.lang).to_owned());
                }
                self.rules = Some(*rules);
                return;
            }
            Code::Down | Code::Char('j') => Some(Move::By(1)),
            Code::Up | Code::Char('k') => Some(Move::By(-1)),
            Code::PageDown => Some(Move::Page(1)),
            Code::PageUp => Some(Move::Page(-1)),
            Code::Home => Some(Move::First),
            Code::End => Some(Move::Last),
            _ => None,
        };
        if let Some(go) = go {
            rules.cursor.go(go, &ids, height);
            rules.wrong = None;
            return self.popups.push(Popup::Rules(rules));
        }
        if key.code != Code::Tab && !edits_rules(&self.shared) {
            let text = errors::store(&StoreError::Denied(Verb::Configure), self.shared.lang);
            self.shared.say(Tone::Plain, text);
            return self.popups.push(Popup::Rules(rules));
        }
        match (key.narrow().code, spot) {
            (Code::Enter | Code::Char('e') | Code::F(4), Some(Spot::Condition(..))) => {
                let text = rules.draft.as_ref().and_then(|d| d.condition(spot?)).unwrap_or_default();
                rules.typing = Some(Typing::Condition { input: Input::new(text.to_owned()), after: false });
            }
            (Code::Enter | Code::Char('n' | 'e'), Some(_)) => {
                rules.typing = Some(Typing::Condition { input: Input::default(), after: true });
            }
            (Code::Char('c'), Some(_)) => rules.typing = Some(Typing::Class(Input::default())),
            (Code::Char('o'), Some(spot)) => {
                if rules.draft.as_mut().is_some_and(|draft| draft.take_rest(spot)) {
                    rules.edited();
                } else {
                    rules.wrong = Some(t::NONE_STAYS.of(self.shared.lang).to_owned());
                }
            }
            (Code::Delete | Code::Char('D'), Some(spot)) => {
                if let Some(draft) = &mut rules.draft {
                    draft.remove(spot);
                }
                rules.edited();
            }
            (Code::Char('p'), _) => rules.tried = rules.draft.as_ref().map(Draft::text),
            (Code::Char('r'), _) => *rules = Rules::new(&rules.scheme),
            (Code::Char('a'), _) if rules.dirty => {
                rules.tried = rules.draft.as_ref().map(Draft::text);
                rules.typing = Some(Typing::Reason(Input::default()));
            }
            (Code::Tab, _) if !rules.dirty => *rules = Rules::new(next_scheme(&rules.scheme)),
            (Code::Tab, _) => rules.wrong = Some(t::FIRST_APPLY.of(self.shared.lang).to_owned()),
            _ => {}
        }
        if rules.draft.is_none()
            && let Some(rows) = self.shared.feeds.schemes()
        {
            rules.take(rows);
        }
        self.popups.push(Popup::Rules(rules));
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
            Typing::Condition { after, .. } => match condition(&text, &rules.scheme) {
                Ok(_) => {
                    draft.put(spot, &text, *after);
                    rules.edited();
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
                let change = Change::ApplyScheme { text: draft.text() };
                let ticket = self.write_because(change, Some(text), fx);
                rules.applying = Some((ticket, 0, 0));
            }
        }
    }

    /// The rules have come into force, or were refused; true where the editor waited for it.
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

/// Why the rules are refused: by the class that is wrong, where it is one of the draft.
pub fn said_of(error: &StoreError, draft: Option<&Draft>, lang: Lang) -> String {
    match (error, draft) {
        (StoreError::Scheme(refused), Some(draft)) => t::refused_at(refused, draft, lang),
        _ => errors::store(error, lang),
    }
}

/// The scheme with rules after this one.
fn next_scheme(scheme: &str) -> &'static str {
    let all = crate::domain::scheme::RULED;
    let at = all.iter().position(|s| *s == scheme).map_or(0, |at| (at + 1) % all.len());
    all.get(at).copied().unwrap_or("segment")
}
