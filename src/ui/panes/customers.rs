//! Pane 1: head line, the table of customers, the card of the one under the cursor. An empty store offers what to do.

use ratatui::layout::Rect;

use super::super::canvas::Canvas;
use super::super::text;
use super::super::widgets::table::{self, Cell, Row};
use super::card;
use crate::app::command::Command;
use crate::app::feed::Slot;
use crate::app::panes::customers::{Column, Customers, offered};
use crate::app::room;
use crate::domain::customer::CustomerId;
use crate::i18n::{errors, format, group, ledger, own_fields, shell, shipped, words};
use crate::store::request::CustomerRow;

/// Draws the pane.
pub fn draw(c: &mut Canvas, area: Rect, pane: &Customers) {
    let s = c.shared;
    if s.feeds.title().is_some_and(|t| t.customers == 0) {
        return welcome(c, area);
    }
    head(c, area, pane);
    let rows_area = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let kept = pane.kept(s);
    let columns: Vec<table::Column> = kept
        .iter()
        .filter_map(|(column, width)| Some((column.look(s)?, *width)))
        .map(|(look, width)| table::Column { heading: look.heading, width, right: look.right })
        .collect();
    let shown: Vec<Column> = kept.iter().map(|(column, _)| *column).collect();
    let height = room::customers(s.size);
    let window = s.feeds.customers().map(|w| w.rows.as_slice()).unwrap_or_default();
    let rows: Vec<Row> = window
        .iter()
        .enumerate()
        .skip(pane.list.cursor.top)
        .take(height)
        .map(|(at, row)| Row {
            cells: shown.iter().map(|column| cell(c, *column, row)).collect(),
            on: at == pane.list.cursor.at,
            mark: s.marks.contains(CustomerId(row.id)),
        })
        .collect();
    table::draw(c, Rect { height: u16::try_from(height).unwrap_or(0) + 1, ..rows_area }, &columns, &rows);
    if window.is_empty()
        && let Some(text) = why_empty(c)
    {
        let style = if s.feeds.error(Slot::Customers).is_some() { c.theme.bad } else { c.theme.dim };
        let cells = usize::from(area.width.saturating_sub(table::GUTTER + 2));
        for (y, line) in (rows_area.y + 2..).zip(text::wrap(&text, cells, 3)) {
            c.put(rows_area, (area.x + table::GUTTER, y), area.width, &line, style);
        }
    }
    let lines = room::card(s.size);
    if lines > 0 {
        let y = area.bottom().saturating_sub(lines + 1);
        c.rule(area, y);
        let below = Rect { x: area.x + 1, y: y + 1, width: area.width.saturating_sub(2), height: lines };
        if let Some(Some(shown)) = s.feeds.card()
            && pane.list.cursor.id == Some(shown.row.id)
        {
            card::below(c, below, shown);
        }
    }
}

/// Why there is no row, once that is known.
fn why_empty(c: &Canvas) -> Option<String> {
    if let Some(error) = c.shared.feeds.error(Slot::Customers) {
        return Some(errors::store(error, c.lang()));
    }
    c.shared.feeds.customers().map(|_| c.say(shell::FILTERED_EMPTY).to_owned())
}

/// The head line: the filter with its count, marks, the order.
fn head(c: &mut Canvas, area: Rect, pane: &Customers) {
    let theme = c.theme;
    let s = c.shared;
    let y = area.y;
    let name = match pane.filter_text.as_str() {
        "" => c.say(shell::ALL_CUSTOMERS),
        "owner:me" => c.say(shell::MY_CUSTOMERS),
        kept => &group::shown(kept, c.lang()),
    };
    let (count, more) = s.feeds.count().map_or((String::new(), false), |n| {
        let (shown, total) = (format::count_or_more(n.shown, n.more), format::count_or_more(n.total, false));
        let whole = n.shown == n.total;
        (if whole { total } else { shell::OF_ALL.with(c.lang(), &[&shown, &total]) }, n.more)
    });
    let between = if count.is_empty() { "" } else { " · " };
    let mut parts = vec![(name, theme.strong), (between, theme.dim), (&count, theme.text)];
    let marked = shell::MARKED_N.with(c.lang(), &[&format::count_or_more(s.marks.len() as u64, false)]);
    if !s.marks.is_empty() {
        parts.extend([(" · ", theme.dim), (&marked, theme.good)]);
    }
    if more {
        parts.extend([(" · ", theme.dim), (c.say(shell::NARROW), theme.dim)]);
    }
    let wide: usize = parts.iter().map(|(part, _)| text::width(part)).sum();
    let room = usize::from(area.width).saturating_sub(wide.min(HEAD) + 4);
    let end = match order(c, pane).into_iter().find(|said| text::width(said) <= room) {
        Some(said) => c.right(area, y, &said, theme.dim).saturating_sub(2),
        None => area.right(),
    };
    c.line(Rect { width: end.saturating_sub(area.x), ..area }, (area.x + 1, y), &parts);
}

/// Cells of the head line that its filter, count and marks get before the order of the list does.
const HEAD: usize = 60;

/// How the list is sorted: in a sentence, and in a word for a narrow screen.
fn order(c: &Canvas, pane: &Customers) -> [String; 2] {
    let looks = offered(c.shared).into_iter().filter_map(|column| column.look(c.shared));
    let by =
        looks.filter(|look| look.sort == Some(pane.sort)).map(|look| look.heading).next().unwrap_or_default();
    let arrow = if pane.descending { "↓" } else { "↑" };
    [shell::SORTED_BY.with(c.lang(), &[&by, &arrow]), format!("{by} {arrow}")]
}

/// One cell of the table.
fn cell(c: &Canvas, column: Column, row: &CustomerRow) -> Cell {
    let theme = c.theme;
    let today = c.shared.now.today();
    let plain = |text: &str| Cell::new(text, theme.text);
    let maybe = |text: Option<&String>| Cell::new(text.map_or("", String::as_str), theme.text);
    match column {
        Column::Code => Cell::new(row.code.clone(), theme.dim),
        Column::Name => {
            let text = if row.complaints > 0 { format!("! {}", row.name) } else { row.name.clone() };
            Cell::new(text, if row.complaints > 0 { theme.bad } else { theme.text })
        }
        Column::Segment => {
            let id = row.segment.as_deref();
            Cell::new(id.map_or("—", |id| words::word("segment", id, c.lang())), theme.segment(id))
        }
        Column::Grade => plain(row.grade.as_deref().unwrap_or("—")),
        Column::Industry => plain(row.industry.as_deref().map_or("", |i| shipped::said(i, c.lang()))),
        Column::Size => plain(row.size.as_deref().map_or("", |id| words::word("size", id, c.lang()))),
        Column::Contact => maybe(row.contact.as_ref()),
        Column::Title => maybe(row.title.as_ref()),
        Column::Phone if row.quiet => Cell::new(c.say(shell::QUIET), theme.bad),
        Column::Phone => maybe(row.phone.as_ref()),
        Column::LastTouch => {
            Cell::new(row.last_touch.map_or("—".into(), |d| format::days_ago(d, today, c.lang())), theme.dim)
        }
        Column::Next => next(c, row),
        Column::LastOrder => plain(&row.last_order.map_or(String::new(), |d| d.to_string())),
        Column::PerYear => plain(&row.per_year.to_string()),
        Column::Spend => match row.spend_12m {
            Some(amount) if amount.0 != 0 => plain(&format::yuan(amount)),
            Some(_) => Cell::new("—", theme.dim),
            None => Cell::new("***", theme.dim),
        },
        Column::Category => maybe(row.category.as_ref()),
        Column::Owner => Cell::new(row.owner.clone(), theme.dim),
        Column::Own(field) => match row.own.iter().find(|own| own.field == field).map(|own| &own.value) {
            Some(Some(value)) => plain(value),
            Some(None) => Cell::new(c.say(own_fields::MASKED), theme.dim),
            None => Cell::default(),
        },
    }
}

/// What is due next: late in words and colour.
fn next(c: &Canvas, row: &CustomerRow) -> Cell {
    let theme = c.theme;
    let Some(due) = row.next_due else { return Cell::new("—", theme.dim) };
    let today = c.shared.now.today();
    let late =
        due < today || (due == today && row.next_time.is_some_and(|t| t < c.shared.now.local().time()));
    let day = if late && due != today {
        format!("{} {}", c.say(shell::LATE_WORD), format::day(due, today))
    } else {
        format::near_day(due, today, c.lang())
    };
    let time = row.next_time.map_or(String::new(), |t| format!(" {}", format::time(t)));
    let text = ledger::task(row.next_cause.as_deref(), row.next_text.as_deref().unwrap_or(""), c.lang());
    let style = match (late, due == today) {
        (true, _) => theme.bad,
        (false, true) => theme.warn,
        _ => theme.text,
    };
    Cell::new(format!("{day}{time} {text}"), style)
}

/// What an empty store offers.
fn welcome(c: &mut Canvas, area: Rect) {
    let theme = c.theme;
    let x = area.x + area.width.saturating_sub(56) / 2;
    let mut y = area.y + area.height.saturating_sub(9) / 2;
    c.put(area, (x, y), area.width, c.say(shell::EMPTY_FIRST), theme.strong);
    y += 2;
    let ways = [Command::Demo, Command::Import, Command::New].map(|command| {
        let text = if command == Command::New { shell::FIRST_CUSTOMER } else { command.spec().text };
        (c.shared.key(command), text)
    });
    let wide = ways.iter().map(|(key, _)| text::width(key)).max().unwrap_or(0);
    for (key, text) in ways {
        let key = text::fit(&key, wide, false);
        c.line(area, (x + 2, y), &[(&key, theme.accent), ("  ", theme.text), (c.say(text), theme.text)]);
        y += 1;
    }
    for line in text::wrap(c.say(shell::EMPTY_PRIVATE), 56, 2) {
        y += 1;
        c.put(area, (x, y), area.width, &line, theme.dim);
    }
}
