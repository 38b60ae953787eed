//! What stands beside the rules that are edited: proposals of colleagues, the newest first, then every version that was in
//! force with who, when and why. Each can be taken into the editor, where it is tried and applied like any other text.

use super::super::super::cursor::Cursor;
use super::super::super::key::{Code, Key};
use super::super::super::msg::Effect;
use super::super::super::popup::rules::{Kept, Rules, applies_rules, edits_rules, kept, who_applies};
use super::super::super::{App, room};
use super::moved;
use crate::domain::change::Change;
use crate::domain::field::{Noun, Row};
use crate::domain::scheme::draft::Draft;
use crate::domain::scheme::parse::parse;
use crate::i18n::scheme as t;

impl App {
    pub(super) fn versions_key(&mut self, rules: &mut Rules, key: Key, fx: &mut Vec<Effect>) {
        let lang = self.shared.lang;
        let kept = kept(&rules.scheme, &self.shared);
        let Some(cursor) = &mut rules.versions else { return };
        if let Some(go) = moved(key) {
            let ids: Vec<i64> = (0..).take(kept.len()).collect();
            cursor.go(go, &ids, room::popup(self.shared.size));
            rules.wrong = None;
            return;
        }
        let at = kept.get(cursor.at).copied();
        match (key.narrow().code, at) {
            (Code::Esc | Code::Char('v' | 'q' | '-'), _) => {
                rules.versions = None;
                rules.wrong = None;
            }
            (Code::Enter, Some(_)) if rules.dirty => rules.wrong = Some(t::FIRST_APPLY.of(lang).to_owned()),
            (Code::Enter, Some(_)) if !edits_rules(&self.shared) => {
                rules.wrong = Some(t::READ_ONLY.with(lang, &[&who_applies(&self.shared)]));
            }
            (Code::Enter, Some(text)) => take(rules, text),
            (Code::Delete | Code::Char('D'), Some(Kept::Proposal(p))) => {
                let row = Row { noun: Noun::Proposal, id: p.id };
                let (mine, rev) = (p.by_me, p.rev);
                if mine || applies_rules(&self.shared) {
                    rules.versions = Some(Cursor::default());
                    self.write(Change::Remove { row, rev }, fx);
                } else {
                    rules.wrong = Some(t::READ_ONLY.with(lang, &[&who_applies(&self.shared)]));
                }
            }
            _ => {}
        }
    }
}

/// Takes a kept text into the editor.
fn take(rules: &mut Rules, kept: Kept<'_>) {
    let Ok(scheme) = parse(kept.text()) else { return };
    let dirty = !matches!(kept, Kept::InForce(_));
    let base = rules.base;
    *rules = Rules { draft: Some(Draft::of(&scheme)), dirty, base, ..Rules::new(&rules.scheme) };
    rules.stand();
    // whom it would move is what one wants to know first
    rules.tried = rules.draft.as_ref().filter(|_| dirty).map(Draft::text);
}
