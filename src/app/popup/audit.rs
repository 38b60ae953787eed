//! The history while it is looked through: its conditions, and the change under the cursor.

use tui_input::Input;

use super::super::cursor::Cursor;
use super::super::feed::Slot;
use super::super::shared::Shared;
use crate::i18n::audit as t;
use crate::store::request::Query;
use crate::store::request::audit::AuditRow;

/// Changes that are asked for at a time.
pub(in crate::app) const STEP: usize = 200;

/// The history while it is looked through.
#[derive(Clone, Debug)]
pub struct AuditView {
    /// The conditions.
    pub input: Input,
    /// Which change.
    pub cursor: Cursor,
    /// So many of the newest.
    pub(in crate::app) take: usize,
}

impl AuditView {
    /// The history under a condition.
    pub fn of(conditions: String) -> Self {
        Self { input: Input::new(conditions), cursor: Cursor::default(), take: STEP }
    }

    /// What is not understood of the conditions.
    pub fn fault(&self, s: &Shared) -> Option<String> {
        t::parse(self.input.value(), s.now, self.take, s.lang).err()
    }

    /// The changes that are here.
    pub fn rows<'s>(&self, s: &'s Shared) -> &'s [AuditRow] {
        s.feeds.audit().map_or(&[], Vec::as_slice)
    }

    /// The change under the cursor.
    pub fn row<'s>(&self, s: &'s Shared) -> Option<&'s AuditRow> {
        self.rows(s).get(self.cursor.at)
    }

    /// What it wants to know.
    pub fn wants(&self, s: &Shared) -> Vec<(Slot, Query)> {
        let list = t::parse(self.input.value(), s.now, self.take, s.lang).ok();
        let mut wants: Vec<(Slot, Query)> =
            list.into_iter().map(|list| (Slot::Audit, Query::Audit(Box::new(list)))).collect();
        wants.extend(self.row(s).map(|row| (Slot::AuditOne, Query::AuditOne(row.id))));
        wants
    }
}
