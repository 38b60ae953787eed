//! The popups of the strategy table: its versions with what came of them, and festivals and seasons.

use super::super::form::FormKind;
use super::super::key::{Code, Key};
use super::super::msg::Effect;
use super::super::popup::Sheet;
use super::super::popup::{Picked, Popup, press};
use super::super::{App, room};
use crate::domain::change::Change;

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
