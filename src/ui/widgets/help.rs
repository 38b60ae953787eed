//! The help of a place: its keys first, then the keys of every place, then what can be looked up besides; the row under the
//! cursor is read whole below the list.

use ratatui::layout::Rect;

use super::super::canvas::Canvas;
use super::super::text;
use super::popup::{frame, middle, search, shown};
use crate::app::panes::PaneId;
use crate::app::popup::{HelpRow, Palette};
use crate::app::room;
use crate::i18n::{commands, shell};

/// Cells of the frame of the help.
const WIDTH: u16 = 84;

/// Draws the help of a pane.
pub fn draw(c: &mut Canvas, screen: Rect, palette: &Palette, pane: PaneId) {
    let s = c.shared;
    let rows = palette.help(s, pane);
    let below = room::meaning(s.size);
    // beside the rows: the frame, what is searched for with a blank line, and a blank line above what is read whole
    let height = u16::try_from(room::help(s.size)).unwrap_or(10) + below + 5;
    let title = format!("{} · {}", c.say(commands::HELP), pane.title().of(c.lang()));
    let inside = frame(c, middle(screen, WIDTH, height), &title);
    search(c, inside, &palette.input, shell::HELP_HINT);
    let height = u16::try_from(room::help(s.size)).unwrap_or(0);
    let list = Rect { y: inside.y + 2, height: inside.height.saturating_sub(2).min(height), ..inside };
    for (y, on, row) in shown(&rows, palette.cursor, list) {
        let (said, hint) = line(c, row, pane, usize::from(list.width));
        let style = c.theme.dim;
        super::popup::row(c, list, (y, on), &said, (&hint, style));
    }
    super::popup::beyond_rows(c, inside, list, palette.cursor, rows.len());
    if rows.is_empty() {
        c.put(list, (list.x, list.y), list.width, c.say(shell::NOTHING_FOUND), c.theme.dim);
    }
    if let Some(row) = rows.get(palette.cursor.at) {
        let lines = text::wrap(&meaning(c, row, pane), usize::from(inside.width), usize::from(below));
        let below = inside.bottom().saturating_sub(below).max(list.bottom());
        for (line, y) in lines.iter().zip(below..inside.bottom()) {
            let style = c.theme.text;
            c.put(inside, (inside.x, y), inside.width, line, style);
        }
    }
}

/// A row of the list: what it is, and to the right its keys or its kind.
fn line(c: &Canvas, row: &HelpRow, pane: PaneId, width: usize) -> (String, String) {
    match row {
        HelpRow::Offer(offer) => (offer.label(c.lang()), offer.hint(c.shared, pane)),
        HelpRow::Topic(topic) => {
            let kind = topic.kind.of(c.lang());
            let room = width.saturating_sub(text::width(kind) + 2);
            (text::cut(&format!("{}  {}", topic.name, topic.means), room).into_owned(), kind.to_owned())
        }
    }
}

/// The row under the cursor in full.
fn meaning(c: &Canvas, row: &HelpRow, pane: PaneId) -> String {
    match row {
        HelpRow::Topic(topic) => format!("{}  {}", topic.name, topic.means),
        HelpRow::Offer(offer) => offer.meaning(c.shared, pane),
    }
}
