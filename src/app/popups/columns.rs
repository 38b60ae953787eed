//! The menu of the columns of the customer list: which show, in which order, how wide. What the columns are stands in
//! `panes::customers`; a change shows in the list behind the menu at once.

use super::super::App;
use super::super::cursor::Cursor;
use super::super::key::{Code, Key};
use super::super::popup::{Act, Menu};

impl App {
    /// Takes a key of this menu alone; false for those that every menu has.
    pub(super) fn column_key(&mut self, menu: &mut Menu, key: Key) -> bool {
        let Some(Act::Column(column)) = menu.item().map(|item| item.act.clone()) else { return false };
        let (list, s) = (&mut self.panes.customers, &self.shared);
        match (key.narrow().code, key.ctrl) {
            (Code::Enter | Code::Char(' '), _) => list.toggle(column, s),
            (Code::Right, _) | (Code::Char('l'), false) => list.widen(column, 1, s),
            (Code::Left, _) | (Code::Char('h'), false) => list.widen(column, -1, s),
            (Code::Down, true) | (Code::Char('J'), false) => list.shift(column, true),
            (Code::Up, true) | (Code::Char('K'), false) => list.shift(column, false),
            (Code::Delete, _) => list.widths.retain(|(chosen, _)| *chosen != column),
            _ => return false,
        }
        let top = menu.cursor.top;
        *menu = self.panes.customers.column_menu(&self.shared);
        let here = |act: &Act| matches!(act, Act::Column(c) if *c == column);
        let at = menu.items.iter().position(|item| here(&item.act)).unwrap_or(0);
        menu.cursor = Cursor { id: i64::try_from(at).ok(), at, top };
        menu.cursor.follow(
            &(0..).take(menu.items.len()).collect::<Vec<i64>>(),
            super::room::popup(self.shared.size),
        );
        true
    }
}
