//! The form of making two customers one (H7): a line for every field in which they differ, with both values as its choices;
//! the value of the customer that stays is chosen. What is not chosen goes into the note, so that nothing is lost. The lines
//! come with the answer of the store, which compares the two.

use super::super::feed::Slot;
use super::super::form::{Entry, Form, FormKind};
use super::super::shared::{Shared, context};
use super::family::{Family, nobody};
use crate::domain::change::Change;
use crate::domain::customer::CustomerId;
use crate::domain::field::{Field, Invalid, Problem, Value};
use crate::domain::merge::{Hindrance, Merge};
use crate::domain::own::OwnField;
use crate::i18n::entry::show;
use crate::i18n::{errors, merge as t, shell};
use crate::store::request::{Merging, Query};

pub(super) const FAMILY: Family = Family { fields: |_| Vec::new(), start: |_, _, _| None, build };

/// What the form asks: how the two differ.
pub fn question(form: &Form) -> Option<Query> {
    let FormKind::Merge { gone: Some(gone) } = &form.kind else { return None };
    Some(Query::Merging { keep: form.subject.as_ref()?.id, gone: gone.id })
}

/// The comparison of the two whom the form is about, once it is here.
pub fn compared<'s>(form: &Form, s: &'s Shared) -> Option<&'s Merging> {
    let Some(Query::Merging { keep, gone }) = question(form) else { return None };
    s.feeds.merging().map(|look| &**look).filter(|look| (look.keep.id, look.gone.id) == (keep, gone))
}

/// What the store has said of the two: the form gets its lines, or says why it cannot have them.
pub fn answered(form: &mut Form, s: &Shared) {
    if question(form).is_none_or(|question| s.feeds.asked(Slot::Merging) != Some(&question)) {
        return;
    }
    if let Some(error) = s.feeds.error(Slot::Merging) {
        form.refused = Some(errors::store(error, s.lang));
    } else if let Some(look) = compared(form, s) {
        fill(form, look, s);
    }
}

/// Gives the form its lines; what was chosen before stays chosen.
fn fill(form: &mut Form, look: &Merging, s: &Shared) {
    let before = std::mem::take(&mut form.entries);
    for (field, own, keep, gone) in lines(look, s) {
        let picks = vec![(Value::text(&keep), keep.clone()), (Value::text(&gone), gone)];
        let mut entry = Entry::new(field, &keep, Value::None, picks);
        entry.own = own;
        let old = before.iter().find(|e| e.field == field && e.label(s.lang) == entry.label(s.lang));
        if let Some(old) = old.filter(|old| entry.picks.iter().any(|(_, word)| word == old.text())) {
            entry.input = old.input.clone();
        }
        form.entries.push(entry);
    }
    form.focus = form.focus.min(form.entries.len().saturating_sub(1));
}

/// The fields that have to be chosen between, with both values in words; one that would say the same is none.
fn lines(look: &Merging, s: &Shared) -> Vec<(Field, Option<OwnField>, String, String)> {
    let people = s.people();
    let with = context(s, &people, &[], &[]);
    let word = |field: Field, value: &Value| {
        let text = show(field, value, &with).replace('\n', " ");
        if text.is_empty() { shell::ABSENT.of(s.lang).to_owned() } else { text }
    };
    let fields = look.met.iter().filter(|met| !met.fills);
    let fields = fields.map(|m| (m.field, None, word(m.field, &m.keep), word(m.field, &m.gone)));
    let own = look.own.iter().map(|m| {
        let field = OwnField {
            id: m.field,
            rev: 0,
            name: m.name.clone(),
            key: String::new(),
            kind: "text".to_owned(),
            allowed: Vec::new(),
        };
        (Field::OwnText, Some(field), m.keep.clone(), m.gone.clone())
    });
    fields.chain(own).filter(|(.., keep, gone)| keep != gone).collect()
}

fn build(form: &Form, s: &Shared) -> Result<Change, Invalid> {
    let FormKind::Merge { gone: Some(gone) } = &form.kind else { return Err(nobody()) };
    let keep: CustomerId = form.subject.as_ref().map(|c| c.id).ok_or_else(nobody)?;
    let stands = |why| Invalid { field: Field::MergeWith, problem: Problem::CannotMerge(why) };
    let look = compared(form, s).ok_or_else(|| stands(Hindrance::Uncompared))?;
    if let Some(why) = look.hindrance {
        return Err(stands(why));
    }
    let chosen = |entry: &&Entry| entry.picks.get(1).is_some_and(|(_, word)| word == entry.text());
    let taken = || form.entries.iter().filter(chosen);
    let take: Vec<Field> = taken().filter(|e| e.own.is_none()).map(|e| e.field).collect();
    let take_own: Vec<i64> = taken().filter_map(|e| e.own.as_ref()).map(|own| own.id).collect();
    let people = s.people();
    let note = t::note(look, &take, &context(s, &people, &[], &[]));
    let seen = Some((look.keep.rev, look.gone.rev));
    Ok(Change::Merge(Box::new(Merge { keep, gone: gone.id, seen, take, take_own, note })))
}
