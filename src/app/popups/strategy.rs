//! The popups of the strategy table: its versions with what came of them, and festivals and seasons.

use super::super::cursor::Cursor;
use super::super::feed::Slot;
use super::super::form::FormKind;
use super::super::key::{Code, Key};
use super::super::popup::{Picked, Popup, press};
use super::super::shared::Shared;
use super::super::{App, Effect, room};
use crate::domain::change::Change;
use crate::store::request::{OverlayRow, Query, VersionRow};

/// One of the two.
#[derive(Clone, Debug)]
pub enum Sheet {
    /// The versions of a scheme's table, the newest first.
    Versions {
        /// Scheme id.
        scheme: String,
        /// Which version.
        cursor: Cursor,
    },
    /// Festivals and seasons, the next first.
    Festivals {
        /// Which one.
        cursor: Cursor,
    },
}

impl Sheet {
    /// The versions, as far as they are here.
    pub fn versions(s: &Shared) -> &[VersionRow] {
        s.feeds.versions().map(Vec::as_slice).unwrap_or_default()
    }

    /// The festivals, as far as they are here.
    pub fn festivals(s: &Shared) -> &[OverlayRow] {
        s.feeds.overlays().map(Vec::as_slice).unwrap_or_default()
    }

    /// What it wants to know.
    pub fn wants(&self, s: &Shared) -> Vec<(Slot, Query)> {
        match self {
            Self::Versions { scheme, cursor } => {
                let mut wants = vec![(Slot::Versions, Query::StrategyVersions(scheme.clone()))];
                wants.extend(Self::versions(s).get(cursor.at).map(|v| {
                    let query = Query::StrategyResult { scheme: scheme.clone(), version: v.version };
                    (Slot::Compared, query)
                }));
                wants
            }
            Self::Festivals { .. } => vec![(Slot::Overlays, Query::Overlays)],
        }
    }
}

impl App {
    pub(super) fn sheet_key(&mut self, mut sheet: Sheet, key: Key, fx: &mut Vec<Effect>) {
        let height = room::popup(self.shared.size);
        let (cursor, count) = match &mut sheet {
            Sheet::Versions { cursor, .. } => (cursor, Sheet::versions(&self.shared).len()),
            Sheet::Festivals { cursor } => (cursor, Sheet::festivals(&self.shared).len()),
        };
        let at = cursor.at;
        let picked = press(key, None, cursor, count, height);
        if picked == Picked::Left {
            return;
        }
        let festivals = matches!(sheet, Sheet::Festivals { .. });
        self.popups.push(Popup::Sheet(sheet));
        if !festivals {
            return;
        }
        let here = Sheet::festivals(&self.shared).get(at).map(|row| row.id);
        match (picked, key.narrow().code) {
            (Picked::Removed, _) | (_, Code::Char('D')) => {
                if let Some(id) = here {
                    self.write(Change::RemoveOverlay(id), fx);
                }
            }
            (_, Code::Char('x')) => {
                if let Some(id) = here {
                    self.write(Change::OverlayReady(id), fx);
                }
            }
            (_, Code::Char('n')) => self.open_form(FormKind::Overlay { id: None }),
            (Picked::Chosen, _) | (_, Code::Char('e') | Code::F(4)) if here.is_some() => {
                self.open_form(FormKind::Overlay { id: here });
            }
            _ => {}
        }
    }
}
