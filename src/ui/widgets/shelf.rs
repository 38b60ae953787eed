//! A list with everything of the row under the cursor below it, as most views beside the first four panes are: columns
//! as wide as fits, the rows that the screen shows, and the parts below. What a cell says stands with its view.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::canvas::Canvas;
use super::super::text;
use super::table::{self, Cell, Column, Row, Wish};
use crate::app::command::Command;
use crate::app::cursor::Cursor;
use crate::app::feed::Slot;
use crate::app::room;
use crate::i18n::legend::{self, Page};
use crate::i18n::{Text, errors, shell};

/// Heading, least cells, growth, what yields first, figures to the right.
pub type Head = (Text, u16, u16, u8, bool);

/// A label, what stands there and how it is meant.
pub type Part = (String, String, Style);

/// The columns that fit, each with its place among those wished for.
pub type Columns = Vec<(usize, Column)>;

/// How many rows are measured for the widths of the columns: those further down never move the ones above.
const MEASURED: usize = 100;

/// The columns of a list and the rows that the screen shows, `cell` saying what stands in a column of one.
pub fn laid<T>(
    c: &Canvas,
    heads: &[Head],
    width: u16,
    (items, cursor): (&[T], Cursor),
    cell: impl Fn(usize, &T) -> Cell,
) -> (Columns, Vec<Row>) {
    let columns = columns(c, heads, width, items, &cell);
    let rows = rows(c, &columns, (items, cursor), cell);
    (columns, rows)
}

/// The columns of a list, as wide as what they hold asks for and the width allows.
pub fn columns<T>(
    c: &Canvas,
    heads: &[Head],
    width: u16,
    items: &[T],
    cell: impl Fn(usize, &T) -> Cell,
) -> Columns {
    let (wishes, names) = wishes(c, heads);
    columns_of(&wishes, &names, width, items, cell)
}

/// The same from wishes that are no table: a heading, and whether figures stand to the right.
pub fn columns_of<T>(
    wishes: &[Wish],
    heads: &[(String, bool)],
    width: u16,
    items: &[T],
    cell: impl Fn(usize, &T) -> Cell,
) -> Columns {
    let needs: Vec<u16> = heads
        .iter()
        .enumerate()
        .map(|(i, (heading, _))| {
            let cells = items.iter().take(MEASURED).map(|item| text::width(&cell(i, item).text));
            u16::try_from(cells.max().unwrap_or(0).max(text::width(heading))).unwrap_or(u16::MAX)
        })
        .collect();
    named(heads, table::allot_to(wishes, &needs, width.saturating_sub(1)))
}

/// The rows that the screen shows, `cell` saying what stands in a column of one.
pub fn rows<T>(
    c: &Canvas,
    columns: &[(usize, Column)],
    (items, cursor): (&[T], Cursor),
    cell: impl Fn(usize, &T) -> Cell,
) -> Vec<Row> {
    items
        .iter()
        .enumerate()
        .skip(cursor.top)
        .take(room::shelf(c.shared.size))
        .map(|(at, item)| Row {
            cells: columns.iter().map(|(i, _)| cell(*i, item)).collect(),
            on: at == cursor.at,
            mark: false,
        })
        .collect()
}

/// The columns of a list as wide as fits, whatever stands in them.
pub fn fit(c: &Canvas, heads: &[Head], width: u16) -> Columns {
    let (wishes, names) = wishes(c, heads);
    named(&names, table::allot(&wishes, width.saturating_sub(1)))
}

fn wishes(c: &Canvas, heads: &[Head]) -> (Vec<Wish>, Vec<(String, bool)>) {
    heads
        .iter()
        .map(|(heading, width, grow, yields, right)| {
            let heading = heading.of(c.lang());
            let width = (*width).max(u16::try_from(text::width(heading)).unwrap_or(0));
            (Wish { width, grow: *grow, yields: *yields }, (heading.to_owned(), *right))
        })
        .unzip()
}

fn named(heads: &[(String, bool)], cells: Vec<(usize, u16)>) -> Columns {
    cells
        .into_iter()
        .filter_map(|(i, width)| {
            let (heading, right) = heads.get(i)?;
            Some((i, Column { heading: heading.clone(), width, right: *right }))
        })
        .collect()
}

/// Draws the rows of a list, or says that there are none; answers the line below it.
pub fn list(c: &mut Canvas, area: Rect, columns: &[(usize, Column)], rows: &[Row], none: &str) -> u16 {
    if rows.is_empty() {
        nothing(c, area, none);
        return area.bottom();
    }
    let heads: Vec<Column> = columns.iter().map(|(_, column)| column.clone()).collect();
    table::draw(c, area, &heads, rows)
}

/// What an empty view says once it is known to be empty: what it is for, and how to begin.
pub fn none(c: &Canvas, page: Page, slot: Slot, how: &str) -> String {
    if !c.shared.feeds.is_here(slot) {
        return c.say(shell::LOADING).to_owned();
    }
    format!("{}\n{how}", c.say(legend::purpose(page)))
}

/// What a view says while the company has no customer: what it will be for, and where to begin.
pub fn begin(c: &Canvas, page: Page) -> Option<String> {
    let empty = c.shared.feeds.title().is_some_and(|title| title.customers == 0);
    empty.then(|| {
        none(c, page, Slot::Title, &shell::NO_CUSTOMERS.with(c.lang(), &[&c.shared.key(Command::Customers)]))
    })
}

/// Says that there is nothing, a sentence a line: the last, which says how to begin, in strength.
pub fn nothing(c: &mut Canvas, area: Rect, said: &str) {
    let (dim, text) = (c.theme.dim, c.theme.text);
    let cells = area.width.saturating_sub(table::GUTTER + 1);
    let mut y = area.y + 1;
    let sentences = said.lines().count();
    for (at, sentence) in said.lines().enumerate() {
        let style = if at + 1 == sentences && sentences > 1 { text } else { dim };
        for line in text::wrap(sentence, usize::from(cells), 4) {
            c.put(area, (area.x + table::GUTTER, y), cells, &line, style);
            y += 1;
        }
    }
}

/// Draws what stands below a list, where there is room for it.
pub fn below(c: &mut Canvas, area: Rect, y: u16, parts: &[Part]) {
    if y + 1 < area.bottom() && room::shelf(c.shared.size) < room::list(c.shared.size).saturating_sub(1) {
        c.rule(area, y);
        let rest = Rect {
            x: area.x + 1,
            y: y + 1,
            width: area.width.saturating_sub(2),
            height: area.bottom() - y - 1,
        };
        details(c, rest, parts);
    }
}

/// Whether the answer of a place is an error, which is said instead.
pub fn failed(c: &mut Canvas, area: Rect, slot: Slot) -> bool {
    let Some(error) = c.shared.feeds.error(slot) else { return false };
    let sentence = errors::store(error, c.lang());
    let bad = c.theme.bad;
    c.put(area, (area.x + table::GUTTER, area.y + 1), area.width, &sentence, bad);
    true
}

/// Draws parts one below the other, their labels in one column.
pub fn details(c: &mut Canvas, area: Rect, parts: &[Part]) {
    let label = parts.iter().map(|(label, ..)| text::width(label)).max().unwrap_or(0);
    let label = u16::try_from(label).unwrap_or(0).min(area.width / 4);
    let cells = area.width.saturating_sub(label + 2);
    let mut y = area.y;
    for (name, value, style) in parts {
        for (i, line) in text::wrap(value, usize::from(cells), 4).iter().enumerate() {
            if i == 0 {
                let name = text::cut(name, usize::from(label));
                let dim = c.theme.dim;
                c.put(area, (area.x, y), label, &name, dim);
            }
            c.put(area, (area.x + label + 2, y), cells, line, *style);
            y += 1;
        }
    }
}
